"""`waterspace campaign` as a user meets it: real processes, a real Ctrl-C, a real full disk."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from command_line import here, process
from source_tree import ROOT

PASSEX = ROOT / "examples" / "passex.exercise.yaml"
VARY = ("--vary", "serials.S1.duration=20 min..40 min")


def _command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "waterspace", "campaign", *map(str, arguments)]


def _campaign(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return here("campaign", *arguments)


def test_a_campaign_writes_its_folder_and_says_where(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = process("campaign", PASSEX, "--runs", "12", "--seed", "4", *VARY, "--out", out, "--engine", "local")
    assert result.returncode == 0, result.stderr
    assert result.stderr == "", "nothing but the answer where nobody watches"
    assert result.stdout.startswith("PASSEX: 12 runs, 3 variants, seed 4\ndigest ")
    assert {path.name for path in out.iterdir()} == {
        "campaign.html",
        "campaign.json",
        "campaign.parquet",
        "exercise.yaml",
        "runs.ndjson",
    }
    assert (out / "exercise.yaml").read_bytes() == PASSEX.read_bytes()
    record = json.loads((out / "campaign.json").read_text(encoding="utf-8"))
    assert (record["runs"], record["seed"], record["units"]) == (12, 4, {"serials.S1.duration": "min"})


def test_the_engine_and_the_number_of_workers_do_not_change_a_byte(tmp_path: Path) -> None:
    for name, options in (("one", ("--engine", "local")), ("two", ("--workers", "2"))):
        result = _campaign(PASSEX, "--runs", "10", *VARY, "--out", tmp_path / name, *options)
        assert result.returncode == 0, result.stderr
    for file in ("campaign.parquet", "campaign.json", "campaign.html"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file


@pytest.mark.parametrize("engine", ["local", pytest.param("processes", marks=pytest.mark.deep)])
def test_interrupted_it_keeps_what_is_done_and_resume_goes_on(tmp_path: Path, engine: str) -> None:
    out = tmp_path / "out"
    arguments = (PASSEX, "--out", out, "--engine", engine, "--workers", "2")
    with subprocess.Popen(
        _command(*arguments, "--runs", "100000"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        journal = out / "runs.ndjson"
        until = time.monotonic() + 60
        while not (journal.exists() and journal.read_bytes().count(b"\n") > 5):
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < until
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the workers get it too
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "--resume goes on" in errors
    kept = journal.read_bytes()
    count = kept.count(b"\n") - 1 + 20
    assert not (out / "campaign.parquet").exists()
    refused = _campaign(*arguments, "--runs", str(count))
    assert refused.returncode == 2
    assert "unfinished campaign" in refused.stderr
    resumed = _campaign(*arguments, "--runs", str(count), "--resume")
    assert resumed.returncode == 0, resumed.stderr
    assert journal.read_bytes().startswith(kept)
    assert 0 < journal.read_bytes().count(b"\n") - kept.count(b"\n") <= 24
    _campaign(PASSEX, "--runs", str(count), "--out", tmp_path / "whole", "--engine", "local")
    assert (out / "campaign.parquet").read_bytes() == (tmp_path / "whole" / "campaign.parquet").read_bytes()


def test_a_disk_that_is_full_loses_nothing_that_was_done(tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = (PASSEX, "--runs", "60", "--out", out, "--engine", "local")
    words = ["waterspace", "campaign", *map(str, arguments)]
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))"
    start = f"import sys; sys.argv = {words!r}; from waterspace.cli import main; main()"
    command = [sys.executable, "-c", f"{limit}; {start}"]
    full = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert full.returncode == 2, full.stderr
    assert "runs.ndjson" in full.stderr
    assert "are kept: make room and go on with --resume" in full.stderr
    kept = (out / "runs.ndjson").read_bytes()
    assert kept.endswith(b"\n")
    assert kept.count(b"\n") > 5
    assert _campaign(*arguments, "--resume").returncode == 0
    assert (out / "runs.ndjson").read_bytes().startswith(kept)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--vary", "serials.S1.duratoin=20 min..40 min"), "Did you mean serials.S1.duration"),
        (("--vary", "serials.S1.duration=2 kn..4 kn"), "cannot have '2 kn'"),
        (("--target-half-width", "S1.calls_count"), "expected MEASURE=NUMBER"),
        (("--engine", "cloud"), "there is no executor 'cloud'"),
        (("--runs", "0"), "--runs"),
    ],
)
def test_bad_usage_is_said_before_anything_runs(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    result = _campaign(PASSEX, "--out", tmp_path / "out", *arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert not (tmp_path / "out" / "campaign.parquet").exists()


def test_a_damaged_journal_is_named_by_its_line(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert _campaign(PASSEX, "--runs", "5", "--out", out, "--engine", "local").returncode == 0
    journal = out / "runs.ndjson"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:3], lines[3].replace(b"measures", b"mesaures"), *lines[4:]]))
    damaged = journal.read_bytes()
    result = _campaign(PASSEX, "--runs", "9", "--out", out, "--engine", "local", "--resume")
    assert result.returncode == 2
    assert "runs.ndjson, line 4: it is damaged; take the line out" in result.stderr
    assert journal.read_bytes() == damaged


def test_two_plans_are_compared_on_the_page(tmp_path: Path) -> None:
    other = tmp_path / "later.exercise.yaml"
    text = PASSEX.read_text(encoding="utf-8").replace("duration: 2 h, obj", "reaction: 90 s, duration: 2 h, obj")
    other.write_text(text, encoding="utf-8")
    result = _campaign(PASSEX, "--against", other, "--runs", "40", "--out", tmp_path / "out", "--engine", "local")
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "out" / "campaign.html").read_text(encoding="utf-8")
    assert "Differences between the plans" in page
    assert "leaves out zero" in page
    assert f"--against {other}" in page


class _References(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.found += [value or "" for name, value in attrs if name in {"src", "href", "action", "data"}]


def test_the_page_needs_no_network_and_no_script(tmp_path: Path) -> None:
    assert _campaign(PASSEX, "--runs", "6", "--out", tmp_path / "out", "--engine", "local").returncode == 0
    references = _References()
    references.feed((tmp_path / "out" / "campaign.html").read_text(encoding="utf-8"))
    assert references.scripts == 0
    assert {reference for reference in references.found if not reference.startswith("#")} == set()


def test_the_command_on_the_page_gives_the_same_table_again(tmp_path: Path) -> None:
    import html
    import re
    import shlex

    first = _campaign(
        PASSEX,
        "--runs",
        "12",
        "--seed",
        "9",
        *VARY,
        "--design",
        "sobol",
        "--out",
        tmp_path / "out",
        "--engine",
        "local",
    )
    assert first.returncode == 0, first.stderr
    page = (tmp_path / "out" / "campaign.html").read_text(encoding="utf-8")
    shown = re.search(r'<code class="command">(.*?)</code>', page)
    assert shown is not None
    words = shlex.split(html.unescape(shown[1]))
    assert words[:3] == ["waterspace", "campaign", str(PASSEX)]
    again = here(*words[1:], folder=tmp_path)
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "again" / "campaign.parquet").read_bytes() == (
        tmp_path / "out" / "campaign.parquet"
    ).read_bytes()


def test_a_measure_that_is_asked_for_is_printed_and_one_that_is_not_there_is_refused_before_anything_runs(
    tmp_path: Path,
) -> None:
    out = tmp_path / "out"
    shown = _campaign(PASSEX, "--runs", "4", "--out", out, "--engine", "local", "--show", "S1.calls_count")
    assert shown.returncode == 0, shown.stderr
    assert re.search(r"\n\nS1\.calls_count\n  all runs    \S+.* 4 runs\)\n$", shown.stdout)
    never = tmp_path / "never"
    wrong = _campaign(PASSEX, "--runs", "1000000", "--out", never, "--engine", "local", "--show", "S1.cals_count")
    assert wrong.returncode == 2
    assert "no run has a measure 'S1.cals_count'; did you mean S1.calls_count" in wrong.stderr
    assert not never.exists()
