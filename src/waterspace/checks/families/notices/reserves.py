"""Notices (WS5): what follows bad weather."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.views.dangers import dangers
from waterspace.checks.words import listing, span
from waterspace.domain import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context

__all__ = ["reserve_missing"]

_FIRING = """\
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
"""


@rule(
    code="WS510",
    name="reserve-missing",
    severity=Severity.ADVICE,
    summary="Firing that weather can stop has no reserve time.",
    why=(
        "Firing that is put off without a reserve time is fired without a warning in force, or not at all. Practice "
        "writes reserve days into the warning from the start."
    ),
    source=(
        "practice of coast guards' warnings, which name reserve days in the text, such as Japan Coast Guard, 10th "
        f"Regional Headquarters; {JUDGEMENT}"
    ),
    bad=f"""
{_FIRING}""",
    good=f"""
{_FIRING}    reserve:
      - {{start: 2026-06-09T00:00Z, end: 2026-06-09T02:00Z}}
notices:
  N1: {{kind: navarea, covers: S1, originator: JPN, planned: 2026-06-01T00:00Z, cancel: 2026-06-09T03:00Z}}
""",
)
def reserve_missing(context: Context) -> Iterator[Remark]:
    """One remark for each serial that fires, has a limit of weather, and names no reserve."""
    for id_ in dangers(context):
        serial = context.exercise.serials[id_]
        if serial.reserve:
            continue
        stops = _stopped_by(context, id_)
        if stops:
            window = context.windows[id_]
            message = (
                f"{context.serial_title(id_)}{context.area_title(id_)}, {span(window)}, can be stopped by "
                f"{listing(stops)} and has no reserve time. Name one, and let its notices cover it."
            )
            place = context.area_position(id_)
            yield Remark(message=message, subjects=(id_,), path=("serials", id_), window=window, position=place)


def _stopped_by(context: Context, serial: str) -> list[str]:
    """The kinds of weather that have a limit for a serial, in words."""
    asked = context.exercise.serials[serial].conditions
    needs = context.needs[serial]
    return [
        word
        for word, limits in (
            ("the sea", (asked.sea_state_max, needs.sea_state_max)),
            ("wind", (asked.wind_max_mps, needs.wind_max_mps)),
            ("visibility", (asked.visibility_min_m, needs.visibility_min_m)),
        )
        if any(limit is not None for limit in limits)
    ]
