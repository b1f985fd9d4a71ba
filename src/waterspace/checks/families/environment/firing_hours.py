"""Environment (WS4): where animals are watched for, firing keeps inside the hours in which they can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import NotCheckedError, Remark, rule
from waterspace.checks.views.light import needs_daylight
from waterspace.checks.words import at, lasting, listing
from waterspace.domain import Amount, Severity, Window
from waterspace.notation import format_time
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context
    from waterspace.domain import Position

__all__ = ["firing_hours"]

_SINKEX = "NMFS biological opinion on US Navy training, sinking exercises"
_AFTER_SUNRISE = Limit(
    name="firing_after_sunrise",
    kind=Kind.DURATION,
    default=HOUR_MS,
    meaning="Watched firing that begins earlier than this after sunrise is spoken of.",
    source=f"{_SINKEX}: 1 h; 50 CFR 218 for live missions: 2 h",
)
_BEFORE_SUNSET = Limit(
    name="firing_before_sunset",
    kind=Kind.DURATION,
    default=30 * MINUTE_MS,
    meaning="Watched firing that ends later than this before sunset is spoken of.",
    source=f"{_SINKEX}: 30 min; 50 CFR 218 for live missions: 2 h",
)


@rule(
    code="WS412",
    name="firing-hours",
    severity=Severity.WARNING,
    summary="Firing that animals are watched for begins too soon after sunrise or ends too late before sunset.",
    why=(
        "In low sun nobody sees a blow or a back, and the watch before and after the firing needs light as well. It "
        "applies to firing with an `animal_watch`. For missiles and live missions set both limits to 2 h. Firing that "
        "runs into the dark though it needs daylight is WS401's."
    ),
    source=(
        f"{_SINKEX}: from 1 h after sunrise to 30 min before sunset; 50 CFR 218, mitigation: live missions from 2 h "
        "after sunrise to 2 h before sunset"
    ),
    bad="""
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T08:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
    animal_watch: {distance: 100 yd, delay: 30 min, before: 30 min}
""",
    good="""
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T05:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
    animal_watch: {distance: 100 yd, delay: 30 min, before: 30 min}
notices:
  N1: {kind: navarea, covers: S1, originator: JPN, planned: 2026-05-31T00:00Z, cancel: 2026-06-08T08:00Z}
""",
    limits=(_AFTER_SUNRISE, _BEFORE_SUNSET),
)
def firing_hours(context: Context) -> Iterator[Remark]:
    """One remark for each serial that fires, is watched, and begins or ends in low sun."""
    nowhere = []
    watched = (claim.owner for claim in context.firing if context.exercise.serials[claim.owner].animal_watch)
    for id_ in dict.fromkeys(watched):
        position = context.area_position(id_)
        if position is None:
            nowhere.append(id_)
            continue
        yield from _low_sun(context, id_, position)
    if nowhere:
        raise NotCheckedError(f"nothing says where {listing(sorted(nowhere))} is held")


def _low_sun(context: Context, serial: str, position: Position) -> Iterator[Remark]:
    """At most one remark: the end that is farther beyond its limit."""
    from waterspace.environment.sky.sun import daylight

    window = context.windows[serial]
    around = Window(start_ms=window.start_ms - DAY_MS, end_ms=window.end_ms + DAY_MS)
    spans = [light for light in daylight(position, around) if light.overlap(window)]
    whole = len(spans) == 1 and spans[0].start_ms <= window.start_ms and window.end_ms <= spans[0].end_ms
    title = f"{context.serial_title(serial)}{context.area_title(serial)}"
    if not whole:
        if not needs_daylight(context, serial):
            message = f"{title} watches for animals, but runs in the dark at {at(position)}. Nobody sees them then."
            yield _remark(serial, message, position, window)
        return
    after_ms, before_ms = window.start_ms - spans[0].start_ms, spans[0].end_ms - window.end_ms
    rules = (
        (after_ms, context.limit(_AFTER_SUNRISE), "begins", "after sunrise", spans[0].start_ms, window.start_ms),
        (before_ms, context.limit(_BEFORE_SUNSET), "ends", "before sunset", spans[0].end_ms, window.end_ms),
    )
    for found_ms, least_ms, does, when, sun_ms, time_ms in rules:
        if found_ms < least_ms and around.start_ms < sun_ms < around.end_ms:
            message = (
                f"{title} watches for animals and {does} at {format_time(time_ms)}, {lasting(found_ms)} {when} "
                f"({format_time(sun_ms)} at {at(position)}); {lasting(round(least_ms))} are looked for. Move it into "
                "the day."
            )
            amount = Amount(value=found_ms / MINUTE_MS, limit=least_ms / MINUTE_MS, unit="min")
            yield _remark(serial, message, position, window, amount)
            return


def _remark(serial: str, message: str, position: Position, window: Window, amount: Amount | None = None) -> Remark:
    path = ("serials", serial, "start")
    return Remark(message=message, subjects=(serial,), path=path, position=position, window=window, amount=amount)
