"""A run's folder: what is written is read back, and nothing is left half-written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import waterspace
from waterspace.errors import RunFolderError
from waterspace.reports import folder as folders

if TYPE_CHECKING:
    from waterspace.domain import Run

EXAMPLE = Path(__file__).parents[2] / "examples" / "sarex-2024.exercise.yaml"


@pytest.fixture(scope="module")
def run() -> Run:
    return waterspace.run(waterspace.load(EXAMPLE), seed=5)


def test_a_run_is_read_back_as_it_was(run: Run, tmp_path: Path) -> None:
    folders.write_run(run, tmp_path / "run")
    again = folders.read_run(tmp_path / "run")
    source = replace(again.exercise.source, file=run.exercise.source.file)
    places = {key: replace(place, file=source.file) for key, place in again.exercise.places.items()}
    data = replace(again.exercise.data, folder=run.exercise.data.folder)
    exercise = replace(again.exercise, source=source, places=places, data=data)
    assert exercise == run.exercise
    assert again.events == run.events
    assert again.tracks == run.tracks
    assert again.planned_tracks == run.planned_tracks
    assert again.records == run.records
    assert again.measures == run.measures
    assert again.summaries == run.summaries
    assert again.closest_approaches == run.closest_approaches
    assert (again.digest, again.seed, again.version) == (run.digest, run.seed, run.version)
    assert len(again.check.findings) == len(run.check.findings)


def test_the_tables_are_the_same_bytes_each_time(run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        folders.write_run(run, tmp_path / name)
    for table in ("events.parquet", "tracks.parquet", "findings.json", "run.json"):
        assert (tmp_path / "one" / table).read_bytes() == (tmp_path / "two" / table).read_bytes()


def test_a_second_run_takes_the_place_of_the_first(run: Run, tmp_path: Path) -> None:
    folders.write_run(run, tmp_path / "run")
    folders.write_run(replace(run, seed=6), tmp_path / "run")
    assert json.loads((tmp_path / "run" / "run.json").read_text(encoding="utf-8"))["seed"] == 6
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_failure_leaves_the_earlier_run_and_nothing_else(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders.write_run(run, tmp_path / "run")
    before = (tmp_path / "run" / "run.json").read_bytes()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(folders, "write_report", interrupted)  # stands for Ctrl-C in the middle of writing
    with pytest.raises(KeyboardInterrupt):
        folders.write_run(replace(run, seed=6), tmp_path / "run")
    assert (tmp_path / "run" / "run.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_folder_that_holds_anything_else_is_never_replaced(run: Run, tmp_path: Path) -> None:
    folders.write_run(run, tmp_path / "run")
    (tmp_path / "run" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RunFolderError, match=r"notes\.txt"):
        folders.write_run(run, tmp_path / "run")
    assert (tmp_path / "run" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_the_folder_one_stands_in_is_never_replaced(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for folder in (Path(), Path("..")):
        with pytest.raises(RunFolderError, match="the folder you are in"):
            folders.write_run(run, folder)
    assert list((tmp_path / "here").iterdir()) == []


def test_an_exercise_changed_since_the_run_is_refused(run: Run, tmp_path: Path) -> None:
    folders.write_run(run, tmp_path / "run")
    path = tmp_path / "run" / "exercise.yaml"
    path.write_bytes(path.read_bytes().replace(b"S4:", b"S5:"))
    with pytest.raises(RunFolderError, match="has been changed"):
        folders.read_run(tmp_path / "run")


def test_a_file_in_the_way_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "run").write_text("mine", encoding="utf-8")
    with pytest.raises(RunFolderError, match="is a file"):
        folders.write_run(run, tmp_path / "run")


@pytest.mark.parametrize("missing", ["exercise.yaml", "run.json", "events.parquet", "tracks.parquet"])
def test_a_folder_that_lacks_a_part_is_named(run: Run, tmp_path: Path, missing: str) -> None:
    folders.write_run(run, tmp_path / "run")
    (tmp_path / "run" / missing).unlink()
    with pytest.raises(RunFolderError, match=missing):
        folders.read_run(tmp_path / "run")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.json", b"{"),
        ("run.json", b"{}"),
        ("run.json", b'{"seed": "<b>", "serials": []}'),
        ("events.parquet", b"PAR1"),
        ("tracks.parquet", b""),
    ],
)
def test_a_damaged_part_is_a_clear_error(run: Run, tmp_path: Path, name: str, content: bytes) -> None:
    folders.write_run(run, tmp_path / "run")
    (tmp_path / "run" / name).write_bytes(content)
    with pytest.raises(RunFolderError, match="is damaged"):
        folders.read_run(tmp_path / "run")
