"""Resources (WS1): units can be where the programme wants them in time."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.words import at, lasting, listing, span
from waterspace.domain import Amount, Severity, Window
from waterspace.notation import format_distance, format_duration, format_speed
from waterspace.quantity import MINUTE_MS, SECOND_MS, knots

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Leg
    from waterspace.programme import Passage

__all__ = ["no_time_between_serials", "too_fast_inside_a_serial"]

_GRACE_MS = 5 * MINUTE_MS
"""Lateness on passage that is not worth a remark."""

_NEVER_MS = 2**62
"""Stands for a unit that never arrives."""

_TOLERANCE_RATIO = 1.01
"""How far above its top speed a leg may be: times of legs are rounded."""

_CLOSELY = 1.0 - 1e-9
"""Share of the limit from which a leg is measured exactly."""


@rule(
    code="WS102",
    name="no-time-between-serials",
    severity=Severity.ERROR,
    summary="A unit cannot be at its next serial in time, even at its greatest speed.",
    why=(
        "A late unit makes its serial late, and through the order of the programme every serial that follows. The way "
        "is measured as the shortest over the earth; up to 5 minutes late is let pass."
    ),
    source=f"{JUDGEMENT}; speeds are those of the class, where it gives some",
    bad="""
areas:
  WEST: {circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}}
  EAST: {circle: {centre: 38-30.0N 136-00.0E, radius: 15 nm}}
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}
  S2: {type: assembly, area: EAST, units: {units: ALFA}, start: 2026-06-08T03:00Z, duration: 2 h, objectives: O1}
""",
    good="""
areas:
  WEST: {circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}}
  EAST: {circle: {centre: 38-30.0N 136-00.0E, radius: 15 nm}}
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}
  S2: {type: assembly, area: EAST, units: {units: ALFA}, start: 2026-06-08T07:00Z, duration: 2 h, objectives: O1}
""",
)
def no_time_between_serials(context: Context) -> Iterator[Remark]:
    """One remark for each way from serial to serial, about the unit that would be latest."""
    late: dict[tuple[str, str], list[tuple[int, str, Passage]]] = defaultdict(list)
    for passage in context.programme.passages:
        late_ms = _late_ms(context, passage)
        if late_ms > _GRACE_MS and not _overlap(context, passage):
            late[passage.origin, passage.destination].append((late_ms, passage.unit, passage))
    for (origin, destination), found in sorted(late.items()):
        found.sort(key=lambda entry: (-entry[0], entry[1]))
        message = _late_message(context, found[0])
        if found[1:]:
            others = [f"{context.unit_title(unit)} ({_delay(by_ms)})" for by_ms, unit, _ in found[1:]]
            message += f" Also late: {listing(others)}."
        subjects = (destination, *filter(None, (origin,)), *(unit for _, unit, _ in found))
        path = ("serials", destination, "start")
        late_ms, _, worst = found[0]
        minutes, most = round(late_ms / MINUTE_MS, 1), _GRACE_MS / MINUTE_MS
        yield Remark(
            message=message,
            subjects=subjects,
            about=(f"from {origin}", f"to {destination}"),
            path=path,
            position=worst.end,
            window=_ordered(worst.available),
            amount=None if late_ms >= _NEVER_MS else Amount(minutes, most, "min"),
        )


def _late_ms(context: Context, passage: Passage) -> int:
    """How late a unit arrives at its greatest speed; 0 or less in time, a very long time if it cannot move."""
    top_mps = context.top_speed_mps(passage.unit)
    available_ms = passage.available.end_ms - passage.available.start_ms
    if passage.distance_m <= 0.0:
        return 0
    if top_mps <= 0.0:
        return _NEVER_MS
    return round(passage.distance_m / top_mps * SECOND_MS) - available_ms


def _overlap(context: Context, passage: Passage) -> bool:
    """Whether the two serials run at once, which another rule reports."""
    if passage.origin not in context.windows or passage.destination not in context.windows:
        return False
    return context.windows[passage.origin].overlap(context.windows[passage.destination]) is not None


def _delay(late_ms: int) -> str:
    return "never there" if late_ms >= _NEVER_MS else lasting(late_ms)


def _late_message(context: Context, worst: tuple[int, str, Passage]) -> str:
    late_ms, unit, passage = worst
    available_ms = passage.available.end_ms - passage.available.start_ms
    origin = context.serial_title(passage.origin) if passage.origin else f"its start at {at(passage.start)}"
    name, destination = context.unit_title(unit), context.serial_title(passage.destination)
    if late_ms >= _NEVER_MS:
        away = format_distance(passage.distance_m)
        return f"{name} cannot get from {origin} to {destination}, {away} away: it does not move."
    time = f"in {format_duration(available_ms)}" if available_ms > 0 else "and no time for it"
    needed = "" if math.isinf(passage.required_speed_mps) else f", needs {format_speed(passage.required_speed_mps)}"
    return (
        f"{name} cannot get from {origin} to {destination} in time: it has {format_distance(passage.distance_m)} to go "
        f"{time}{needed}, and makes {format_speed(context.top_speed_mps(unit))} at most. "
        f"It would be {_delay(late_ms)} late."
    )


def _ordered(window: Window) -> Window:
    return Window(start_ms=min(window.start_ms, window.end_ms), end_ms=max(window.start_ms, window.end_ms))


@rule(
    code="WS106",
    name="too-fast-inside-a-serial",
    severity=Severity.ERROR,
    summary="A serial as planned wants a unit to go faster than it can.",
    why=(
        "A route that is too long for its window, or a station too far out in a turn, pulls the serial apart. One per "
        "cent above the class's greatest speed is let pass."
    ),
    source=f"{JUDGEMENT}; speeds are those of the class, where it gives some",
    bad="""
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [38-30.0N 134-00.0E, 39-30.0N 134-00.0E]
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
""",
    good="""
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [38-30.0N 134-00.0E, 39-30.0N 134-00.0E]
    start: 2026-06-08T00:00Z
    duration: 4 h
    objectives: O1
""",
)
def too_fast_inside_a_serial(context: Context) -> Iterator[Remark]:
    """One remark for each unit and serial, about the fastest leg."""
    for (serial, unit), track in sorted(_perhaps_too_fast(context).items()):
        top_mps = context.top_speed_mps(unit)
        speed_mps, leg = _fastest(track)
        if speed_mps <= top_mps * _TOLERANCE_RATIO:
            continue
        window = Window(start_ms=leg.start_ms, end_ms=leg.end_ms)
        message = (
            f"{context.serial_title(serial)} wants {context.unit_title(unit)} to make {format_speed(speed_mps)} from "
            f"{at(leg.start)} to {at(leg.end)}, {span(window)}; it makes {format_speed(top_mps)} at most. "
            "Give the serial more time or a shorter way."
        )
        path = ("serials", serial)
        yield Remark(
            message=message,
            subjects=(serial, unit),
            path=path,
            position=leg.start,
            window=window,
            amount=Amount(value=round(knots(speed_mps), 1), limit=round(knots(top_mps), 1), unit="kn"),
        )


def _perhaps_too_fast(context: Context) -> Mapping[tuple[str, str], Sequence[Leg]]:
    """Serial and unit to the legs that move, for every track that may hold one above the unit's greatest speed."""
    import numpy as np

    legs, tracks = context.plan_legs, context.plan_tracks
    if not tracks:
        return {}
    lasting_ms = legs.end_ms - legs.start_ms
    counts = legs.moves & (lasting_ms > 0)
    most_mps = np.where(counts, legs.most_m * SECOND_MS / np.maximum(lasting_ms, 1), 0.0)
    top_mps = {unit: context.top_speed_mps(unit) for unit in {unit for _, unit, _ in tracks}}
    limits_mps = np.array([top_mps[unit] for _, unit, _ in tracks]) * _TOLERANCE_RATIO
    suspects = np.flatnonzero(np.maximum.reduceat(most_mps, legs.first) > limits_mps * _CLOSELY).tolist()
    found: dict[tuple[str, str], Sequence[Leg]] = {}
    for serial, unit, track in map(tracks.__getitem__, suspects):
        moving = [leg for leg in track if not leg.is_wait and leg.duration_ms > 0]
        if moving:
            found[serial, unit] = moving
    return found


def _fastest(legs: Sequence[Leg]) -> tuple[float, Leg]:
    """The greatest speed and the first leg that has it, of legs that all move and last."""
    from waterspace.geometry.geodesic import distances_m, position_arrays

    starts, ends = position_arrays([leg.start for leg in legs]), position_arrays([leg.end for leg in legs])
    lengths_m = distances_m(*starts, *ends).tolist()
    speeds_mps = [length_m * SECOND_MS / leg.duration_ms for length_m, leg in zip(lengths_m, legs, strict=True)]
    fastest = max(range(len(legs)), key=speeds_mps.__getitem__)
    return speeds_mps[fastest], legs[fastest]
