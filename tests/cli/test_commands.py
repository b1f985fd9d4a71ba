"""The commands as a user meets them: real processes, real files, real exit statuses."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
import typer.main

from command_line import here, process
from waterspace.cli import app

ROOT = Path(__file__).parents[2]
PASSEX = ROOT / "examples" / "passex.exercise.yaml"
BIG = ROOT / "examples" / "northern-interaction-2023.exercise.yaml"
FIRING = ROOT / "src" / "waterspace" / "serials" / "examples" / "gunnery.exercise.yaml"


COMMANDS: dict[str, tuple[tuple[str | Path, ...], str]] = {
    "check": ((PASSEX,), "no findings"),
    "rule": (("WS201",), "WS201 "),
    "diff": ((PASSEX, PASSEX), "Nothing changed"),
    "cards": ((PASSEX, "--unit", "ALFA"), "SERIALS"),
    "run": ((PASSEX, "--out", "run"), "PASSEX: "),
    "campaign": ((PASSEX, "--runs", "2", "--engine", "local", "--out", "runs"), "PASSEX: 2 runs"),
    "report": (("run", "--output", "again.html"), "again.html"),
    "notices": ((FIRING, "--only", "N1"), "DRAFT - NOT PROMULGATED"),
    "warnings": (("-",), "1 message: 1 understood"),
    "where": (("39-48N 133-12E",), "nothing here is for navigation"),
    "route": (("39-48N 133-12E", "40-10N 134-00E"), "not for navigation"),
    "ports": (("Busan",), "KRPUS"),
    "classes": (("sejong",), "destroyer"),
    "coast": ((), "cache "),
    "new": (("plan.exercise.yaml",), "plan.exercise.yaml"),
    "schema": ((), "json-schema.org"),
    "serials": ((), "gunnery"),
}
"""Arguments of each command, and what stands in its answer; `lsp` has tests of its own."""

small_and_big = pytest.mark.parametrize(
    "plan", [PASSEX, pytest.param(BIG, marks=pytest.mark.deep)], ids=lambda plan: plan.name
)

WARNING = "HYDROPAC 999/26.\nGUNNERY 200000Z TO 200900Z JUL 26 IN AREA WITHIN 10 MILES OF 40-20N 135-40E.\n"


def test_every_command_is_tried_as_a_process() -> None:
    assert {*COMMANDS, "lsp"} == set(getattr(typer.main.get_command(app), "commands", {}))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run, to report on."""
    path = tmp_path_factory.mktemp("commands")
    here("run", PASSEX, "--out", path / "run")
    return path


@pytest.mark.parametrize("name", COMMANDS)
def test_a_process_answers_on_one_stream_only(name: str, folder: Path) -> None:
    arguments, said = COMMANDS[name]
    answered = process(name, *arguments, given=WARNING + "CANCEL THIS MSG 201000Z JUL 26.\n", folder=folder)
    assert answered.returncode == 0, answered.stderr
    assert said in answered.stdout
    assert answered.stderr == ""


@pytest.mark.parametrize("name", [*COMMANDS, "lsp"])
def test_no_command_has_options_that_it_does_not_know(name: str) -> None:
    refused = here(name, "--colour")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--colour" in refused.stderr


def test_the_version_is_printed() -> None:
    result = here("--version")
    assert result.returncode == 0
    assert result.stdout.startswith("waterspace 0.")


def test_help_names_every_command() -> None:
    result = here("--help")
    assert result.returncode == 0
    for command in ("check", "rule", "run", "report", "new", "schema", "serials"):
        assert command in result.stdout


def test_an_unknown_option_is_a_usage_error() -> None:
    result = process("check", "--colour", PASSEX)
    assert (result.returncode, result.stdout) == (2, "")
    assert "--colour" in result.stderr


@pytest.mark.parametrize("arguments", [("check", ""), ("run", "", "--out", "nowhere")])
def test_an_empty_file_name_is_a_usage_error(arguments: tuple[str, ...]) -> None:
    result = here(*arguments)
    assert result.returncode == 2
    assert "FILE" in result.stderr
    assert "it is empty" in result.stderr


def test_the_smallest_example_is_clean() -> None:
    result = here("check", PASSEX)
    assert result.returncode == 0, result.stdout + result.stderr
    finding_lines = [line for line in result.stdout.splitlines() if " WS" in line and str(PASSEX) in line]
    assert finding_lines == []


def test_check_reads_standard_input() -> None:
    result = process("check", "-", given=PASSEX.read_text(encoding="utf-8"))
    assert result.returncode == 0, result.stdout + result.stderr


def test_check_as_json_keeps_to_the_fixed_names() -> None:
    result = here("check", "--format", "json", BIG)
    answer = json.loads(result.stdout)
    assert set(answer) == {"findings", "not_checked"}
    assert answer["findings"]
    for finding in answer["findings"]:
        told = {"code", "severity", "message", "file", "line", "column", "subjects"}
        evidence = {"id", "where", "when", "value", "limit", "unit", "fix", "suggestions", "internal"}
        assert set(finding) == told | evidence
    for entry in answer["not_checked"]:
        assert set(entry) == {"code", "reason"}


def test_several_files_are_checked_together_and_the_worst_counts(tmp_path: Path) -> None:
    broken = tmp_path / "broken.exercise.yaml"
    broken.write_text("waterspace: 1\nexercise: {name: x}\n", encoding="utf-8")
    result = here("check", "--format", "json", PASSEX, broken)
    assert result.returncode == 2
    codes = {(finding["code"], finding["file"]) for finding in json.loads(result.stdout)["findings"]}
    assert codes == {("WS000", str(broken))}


def test_select_and_ignore_choose_rules_by_prefix() -> None:
    everything = json.loads(here("check", "--format", "json", BIG).stdout)["findings"]
    family = everything[0]["code"][:3]
    chosen = json.loads(here("check", "--format", "json", "--select", family, BIG).stdout)["findings"]
    others = json.loads(here("check", "--format", "json", "--ignore", family, BIG).stdout)["findings"]
    assert chosen == [finding for finding in everything if finding["code"].startswith(family)]
    assert others == [finding for finding in everything if not finding["code"].startswith(family)]


def test_an_unknown_rule_in_select_is_a_usage_error() -> None:
    result = here("check", "--select", "XY9", PASSEX)
    assert result.returncode == 2
    assert "XY9" in result.stderr


def test_a_rule_is_explained_and_an_unknown_one_is_not() -> None:
    listing = here("rule")
    assert listing.returncode == 0
    code = listing.stdout.split()[0]
    explained = here("rule", code)
    assert explained.returncode == 0
    assert code in explained.stdout
    assert here("rule", "WS999").returncode == 2


def test_serial_types_are_listed_and_explained() -> None:
    listing = here("serials")
    assert listing.returncode == 0
    keys = [line.split()[0] for line in listing.stdout.splitlines()]
    assert {"transit", "gunnery", "search_and_rescue"} <= set(keys)
    explained = here("serials", "gunnery")
    assert explained.returncode == 0, explained.stderr
    for expected in ("firing", "practice_radius", "5.0 nm", "safety"):
        assert expected in explained.stdout
    assert here("serials", "gunery").returncode == 2


def test_the_schema_is_json_schema() -> None:
    result = here("schema")
    assert result.returncode == 0
    assert json.loads(result.stdout)["$schema"].startswith("http://json-schema.org/")


def test_a_new_file_is_written_once_and_can_be_understood(tmp_path: Path) -> None:
    path = tmp_path / "harbour-drill.exercise.yaml"
    assert here("new", path).returncode == 0
    assert here("check", path).returncode in {0, 1}
    before = path.read_bytes()
    again = here("new", path)
    assert again.returncode == 2
    assert "already" in again.stderr
    assert path.read_bytes() == before


def test_a_run_leaves_its_folder_and_the_report_can_be_made_again(tmp_path: Path) -> None:
    out = tmp_path / "run"
    result = here("run", PASSEX, "--seed", "3", "--out", out)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run"]
    assert sorted(path.name for path in out.iterdir()) == [
        "events.parquet",
        "exercise.yaml",
        "findings.json",
        "report.html",
        "run.json",
        "tracks.parquet",
    ]
    assert (out / "exercise.yaml").read_bytes() == PASSEX.read_bytes()
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert {"digest", "seed", "version", "input_sha256", "engine_seconds", "units", "events"} <= set(record)
    assert (record["seed"], record["units"]) == (3, 2)
    again = tmp_path / "again.html"
    assert here("report", out, "--output", again).returncode == 0
    assert again.stat().st_size == pytest.approx((out / "report.html").stat().st_size, rel=0.02)


@small_and_big
def test_the_same_seed_gives_the_same_digest_whatever_the_hash_seed(tmp_path: Path, plan: Path) -> None:
    digests = set()
    for name, run in (("here", here), ("there", partial(process, PYTHONHASHSEED="77"))):
        out = tmp_path / name
        assert run("run", plan, "--out", out).returncode == 0
        digests.add(json.loads((out / "run.json").read_text(encoding="utf-8"))["digest"])
    assert len(digests) == 1


def test_a_run_does_not_replace_what_is_not_a_run(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "keep.txt").write_text("dear", encoding="utf-8")
    result = here("run", PASSEX, "--out", tmp_path / "letters")
    assert result.returncode == 2
    assert "something other than a run" in result.stderr
    assert (tmp_path / "letters" / "keep.txt").read_text(encoding="utf-8") == "dear"


def test_a_report_of_no_run_is_a_clear_error(tmp_path: Path) -> None:
    result = here("report", tmp_path)
    assert result.returncode == 2
    assert "is not a run's folder" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_report_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    assert here("run", PASSEX, "--out", tmp_path / "run").returncode == 0
    result = here("report", tmp_path / "run", "--output", tmp_path / "nowhere" / "x.html")
    assert result.returncode == 2
    assert "cannot write" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_damaged_run_is_a_clear_error(tmp_path: Path) -> None:
    out = tmp_path / "run"
    assert here("run", PASSEX, "--out", out).returncode == 0
    (out / "events.parquet").write_bytes(b"not parquet")
    result = here("report", out)
    assert result.returncode == 2
    assert "is damaged" in result.stderr
    assert "Traceback" not in result.stderr


@small_and_big
def test_an_interrupted_run_leaves_nothing_behind(tmp_path: Path, plan: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "waterspace", "run", str(plan), "--out", str(tmp_path / "run")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60.0
    while process.poll() is None and time.monotonic() < deadline:
        if list(tmp_path.iterdir()):
            process.send_signal(signal.SIGINT)
            break
    out, err = process.communicate(timeout=60)
    names = [path.name for path in tmp_path.iterdir()]
    if names:  # it was done before the signal came
        assert names == ["run"], out + err
        assert len(list((tmp_path / "run").iterdir())) == 6
    else:
        assert process.returncode in {130, -signal.SIGINT}, out + err  # shells show both as 130
        assert "interrupted" in err
