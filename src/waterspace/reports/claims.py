"""Claims: the water and air that serials really took up, where and when they ran."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.programme import plan_serial
from waterspace.review.as_run import as_run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Exercise, Reservation, Run, SerialRecord, Window

__all__ = ["claims_as_run"]


def claims_as_run(run: Run) -> tuple[Reservation, ...]:
    """The claims of every serial as they were, in the order of the file; a serial that did not run has none.

    A serial lays its claims when it starts: in the area where it is, for as long as was planned, with those who are
    there. They are lifted when it ends, and stay in force until then where it takes longer.
    """
    records = {record.serial: record for record in run.records}
    found = (_of_serial(run.exercise, records[id_]) for id_ in run.exercise.serials if id_ in records)
    return tuple(claim for claims in found for claim in claims)


def _of_serial(exercise: Exercise, record: SerialRecord) -> Iterator[Reservation]:
    briefing, actual = as_run(exercise, record), record.actual
    if briefing is None or actual is None:
        return
    laid = (record.planned or actual).begun_at(actual.start_ms)
    for claim in plan_serial(exercise, briefing.serial, laid).reservations:
        windows = _in_force(claim, laid, actual)
        if windows:
            yield replace(claim, windows=windows)


def _in_force(claim: Reservation, laid: Window, actual: Window) -> tuple[Window, ...]:
    """When a claim was in force: not after the serial ended, and until then where that was later than meant."""
    windows = claim.windows
    if windows and windows[-1].end_ms >= laid.end_ms and actual.end_ms > laid.end_ms:
        windows = (*windows[:-1], replace(windows[-1], end_ms=actual.end_ms))
    return tuple(shared for window in windows if (shared := window.overlap(actual)) is not None)
