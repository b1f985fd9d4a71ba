"""`waterspace run` stops at a time and goes on later, in another process, as if it had never stopped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import here, process
from source_tree import ROOT

PASSEX = ROOT / "examples" / "passex.exercise.yaml"


def digest(folder: Path) -> str:
    return str(json.loads((folder / "run.json").read_text(encoding="utf-8"))["digest"])


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that was stopped half way."""
    folder = tmp_path_factory.mktemp("stopped") / "half"
    result = process("run", PASSEX, "--seed", 3, "--out", folder, "--until", middle())
    assert result.returncode == 0, result.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["checkpoint.jsonl", "exercise.yaml"]
    assert "--resume" in result.stdout
    return folder


def middle() -> str:
    """A time at which the example is under way."""
    from waterspace import load
    from waterspace.notation import format_time_iso

    window = load(PASSEX).window
    return format_time_iso((window.start_ms + window.end_ms) // 2)


def test_a_run_that_was_stopped_ends_as_if_it_had_not_been(stopped: Path, tmp_path: Path) -> None:
    assert here("run", PASSEX, "--seed", 3, "--out", tmp_path / "whole").returncode == 0
    result = process("run", "--resume", stopped, "--out", tmp_path / "rest")
    assert result.returncode == 0, result.stderr
    assert digest(tmp_path / "rest") == digest(tmp_path / "whole")
    for name in ("exercise.yaml", "findings.json"):
        assert (tmp_path / "rest" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert (stopped / "checkpoint.jsonl").is_file()


def test_without_another_folder_the_rest_takes_the_place_of_the_checkpoint(stopped: Path, tmp_path: Path) -> None:
    folder = tmp_path / "half"
    folder.mkdir()
    for path in stopped.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    assert here("run", "--resume", folder).returncode == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "events.parquet",
        "exercise.yaml",
        "findings.json",
        "report.html",
        "run.json",
        "tracks.parquet",
    ]


def _cut(folder: Path) -> None:
    path = folder / "checkpoint.jsonl"
    path.write_bytes(path.read_bytes()[:-20])


def _exchange(folder: Path) -> None:
    path = folder / "exercise.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")


def _lose(folder: Path) -> None:
    (folder / "checkpoint.jsonl").unlink()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_cut, "checkpoint.jsonl, line 3: it is no line of JSON; the file is cut or damaged; make it anew"),
        (_exchange, "is another exercise or has been changed since"),
        (_lose, "checkpoint.jsonl is missing"),
    ],
)
def test_a_spoilt_folder_is_a_clear_error(stopped: Path, tmp_path: Path, spoil: object, words: str) -> None:
    folder = tmp_path / "half"
    folder.mkdir()
    for path in stopped.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    spoil(folder)  # type: ignore[operator]
    result = here("run", "--resume", folder, "--out", tmp_path / "rest")
    assert result.returncode == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "rest").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run",), "FILE: it is missing"),
        (("run", PASSEX), "--out: it is missing"),
        (("run", PASSEX, "--resume", "."), "leave it out with --resume"),
        (("run", "--resume", "x", "--seed", "2"), "the run keeps its seed"),
        (("run", PASSEX, "--out", "x", "--until", "tomorrow"), "--until"),
        (("run", PASSEX, "--out", "x", "--until", "1999-01-01T00:00Z"), "give a time between"),
    ],
)
def test_usage_that_makes_no_sense_is_refused_in_words(arguments: tuple[object, ...], words: str) -> None:
    result = here(*arguments)
    assert result.returncode == 2
    assert words in " ".join(result.stderr.split())


def test_the_report_of_a_stopped_run_says_how_to_go_on(stopped: Path) -> None:
    result = here("report", stopped)
    assert result.returncode == 2
    assert "waterspace run --resume" in result.stderr
