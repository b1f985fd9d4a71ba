"""A run that cannot go on leaves what it has computed: in memory, and in its folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from script_cases import Acts, at_sea, install, kinds, scripted
from waterspace.domain import Record, SerialStatus, Wait
from waterspace.engine import Rehearsal
from waterspace.engine.kernel import Priority
from waterspace.errors import RehearsalError
from waterspace.quantity import HOUR_MS, MINUTE_MS
from waterspace.reports.folder import run_record
from waterspace.review import assess

FOREVER = Acts(orders=(Wait(duration_ms=10 * MINUTE_MS), *(Record(kind="act.busy", text="again"),) * 10_001))


@pytest.fixture(autouse=True)
def _types(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch.setattr)


def broken() -> tuple[Rehearsal, RehearsalError]:
    run = Rehearsal(at_sea(scripted("S1", 5), scripted("S2", 10, {"A": FOREVER}), scripted("S3", 20)))
    with pytest.raises(RehearsalError) as caught:
        run.finish()
    return run, caught.value


def test_what_was_computed_is_kept_and_the_last_event_is_the_error() -> None:
    run, error = broken()
    outcome = run.salvage(error)
    assert [record.status for record in outcome.records] == [
        SerialStatus.COMPLETED,
        SerialStatus.CUT_SHORT,
        SerialStatus.NOT_RUN,
    ]
    assert outcome.events[-1].kind == "run.broken"
    assert outcome.events[-1].serial == "S2"
    assert "serial S2 at 1970-01-01T10:10:00Z" in outcome.events[-1].text
    assert len(kinds(outcome.events, "act.busy")) >= 9_999
    assert outcome.tracks["A"].legs[-1].end_ms == 10 * HOUR_MS + 10 * MINUTE_MS


def test_its_record_says_why_and_measures_nothing() -> None:
    run, error = broken()
    result = assess(run.exercise, 1, run.salvage(error), broken=str(error))
    record = run_record(result)
    assert record["broken"] == str(error)
    assert record["measures"] == []
    assert run.finish().digest == result.digest


def test_the_command_writes_the_folder_and_still_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from waterspace.cli.run import _finish

    run = Rehearsal(at_sea(scripted("S2", 10, {"A": FOREVER})))
    with pytest.raises(RehearsalError, match="serial S2"):
        _finish(run, tmp_path / "out")
    assert (tmp_path / "out" / "events.parquet").is_file()
    assert "holds it up to then" in capsys.readouterr().err


@pytest.fixture
def dividing() -> Rehearsal:
    """A run in which Waterspace itself divides by zero, between S1 and S2."""

    def divides() -> None:
        raise ZeroDivisionError("float division by zero")

    run = Rehearsal(at_sea(scripted("S1", 5), scripted("S2", 10)))
    run._sea.kernel.at(9 * HOUR_MS, Priority.CONDUCT, divides)
    return run


def holds_the_broken_run(folder: Path) -> bool:
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    statuses = [serial["status"] for serial in record["serials"]]
    return record["broken"] == "ZeroDivisionError: float division by zero" and statuses == ["completed", "not run"]


def test_whatever_breaks_a_run_its_folder_is_written_and_the_error_goes_on_unchanged(
    dividing: Rehearsal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from waterspace.cli.run import _finish

    with pytest.raises(ZeroDivisionError, match=r"^float division by zero$"):
        _finish(dividing, tmp_path / "out")
    assert holds_the_broken_run(tmp_path / "out")
    assert "holds it up to then" in capsys.readouterr().err


def test_a_run_that_breaks_before_it_is_to_stop_leaves_its_folder_too(dividing: Rehearsal, tmp_path: Path) -> None:
    from waterspace.cli.run import _stop

    with pytest.raises(ZeroDivisionError):
        _stop(dividing, 12 * HOUR_MS, tmp_path / "out")
    assert holds_the_broken_run(tmp_path / "out")


def test_the_first_error_is_the_one_that_is_raised_where_nothing_can_be_written(
    dividing: Rehearsal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from waterspace.cli.run import _finish

    def refuses(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("waterspace.reports.folder.write_run", refuses)
    with pytest.raises(ZeroDivisionError):
        _finish(dividing, tmp_path / "out")
    assert "could not be written: OSError: no room" in capsys.readouterr().err
