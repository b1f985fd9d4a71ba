"""Integrity (WS0): times that nobody gave and that are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.domain import Severity
from waterspace.notation import format_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context

__all__ = ["time_taken"]


@rule(
    code="WS014",
    name="time-taken",
    severity=Severity.WARNING,
    summary="A serial says neither when it begins nor what it follows, and is taken to begin with the exercise.",
    why=(
        "Everything that is then said of it, whom it keeps busy and whom it endangers, rests on a time that nobody "
        "chose. Cards and findings print it like any other."
    ),
    source=JUDGEMENT,
    bad="""
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, duration: 2 h, objectives: O1}
""",
    good="""
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, duration: 2 h, earliest: 2026-06-08T00:00Z,
       objectives: O1}
""",
)
def time_taken(context: Context) -> Iterator[Remark]:
    """One remark for each serial that has a planned time only because the exercise has a beginning."""
    for id_, window in context.windows.items():
        serial = context.exercise.serials[id_]
        if (serial.start_ms, serial.end_ms, serial.earliest_ms) == (None, None, None) and not serial.after:
            message = (
                f"{context.serial_title(id_)} says neither when it begins nor what it follows; it is taken to begin "
                f"with the exercise, at {format_time(window.start_ms)}. Enter its start."
            )
            yield Remark(message=message, subjects=(id_,), path=("serials", id_), window=window)
