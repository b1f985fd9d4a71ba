"""Resources (WS1): fuel and endurance last as long as the programme wants."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from waterspace.checks.rule import JUDGEMENT, NotCheckedError, Remark, rule
from waterspace.checks.words import at, lasting, listing, span
from waterspace.domain import Amount, Medium, Severity, Window
from waterspace.notation import format_distance, format_duration, format_time
from waterspace.quantity import DAY_MS, HOUR_MS, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Leg, Platform
    from waterspace.phenomena.fuel import Runs

__all__ = ["stores_run_out"]

_LOW_RATIO = 0.1
"""Share of full bunkers below which a ship should not plan to be."""


@rule(
    code="WS103",
    name="stores-run-out",
    severity=Severity.ERROR,
    summary="A ship runs out of fuel or stays out longer than its endurance, or a flight is too long for the aircraft.",
    why=(
        "A plan that cannot be fuelled is found out on the last days, far from port. A ship starts with full "
        "bunkers; where its class gives ranges at several speeds, they say what it burns. Else it burns the same for "
        "each mile up to its economical speed and by the hour with the cube of the speed above it, but at sea never "
        "less than a tenth of what it burns at its economical speed; a replenishment fills it up (all assumed). Less "
        "than a tenth left is a warning. A flight is the time from take-off to landing."
    ),
    source=f"{JUDGEMENT}; range, endurance and economical speed are those of the class, where it gives some",
    bad="""
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [38-30.0N 134-00.0E, 39-30.0N 134-00.0E, 38-30.0N 134-00.0E, 39-30.0N 134-00.0E]
    start: 2026-06-08T00:00Z
    duration: 15 h
    objectives: O1
classes:
  cutter:
    name: Cutter
    kind: patrol vessel
    medium: surface
    max_speed: 24 kn
    economical_speed: 12 kn
    range: 120 nm
""",
    good="""
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [38-30.0N 134-00.0E, 39-30.0N 134-00.0E, 38-30.0N 134-00.0E, 39-30.0N 134-00.0E]
    start: 2026-06-08T00:00Z
    duration: 15 h
    objectives: O1
classes:
  cutter:
    name: Cutter
    kind: patrol vessel
    medium: surface
    max_speed: 24 kn
    economical_speed: 12 kn
    range: 1200 nm
""",
)
def stores_run_out(context: Context) -> Iterator[Remark]:
    """Fuel and endurance of every ship and submarine that moves, and of every flight."""
    fills, runs = _replenished(context), _runs(context)
    unknown: list[str] = []
    grounded: list[str] = []
    flown = {sortie.unit for sortie in context.programme.sorties}
    for unit, serials in sorted(context.programme.assignments.items()):
        platform = context.exercise.platform(unit)
        if platform is not None and platform.medium is Medium.SHORE:
            continue
        track = context.programme.tracks.get(unit)
        if not serials or track is None:
            continue
        if platform is None or not (platform.range_m or platform.ranges or platform.endurance_ms):
            unknown.append(unit)
        elif platform.medium is not Medium.AIR:
            yield from _ship(context, unit, runs[unit], fills.get(unit, ()))
        elif unit not in flown:
            grounded.append(unit)
    yield from _flights(context)
    reasons = [f"no range or endurance is given for {_titles(context, unknown)}"] if unknown else []
    reasons += _without_flights(context, grounded)
    if reasons:
        raise NotCheckedError("; ".join(reasons))


def _titles(context: Context, units: Sequence[str]) -> str:
    return listing([context.unit_title(unit) for unit in units])


def _without_flights(context: Context, units: Sequence[str]) -> Iterator[str]:
    """Why no flight of some aircraft is known, each reason once."""
    exercise = context.exercise
    dangling: dict[str, list[str]] = defaultdict(list)
    for reference in context.references:
        if reference.is_dangling and reference.path[0] == "serials" and "units" in reference.path:
            dangling[reference.owner].append(reference.name)
    why: dict[tuple[str, str], list[str]] = defaultdict(list)
    for unit in units:
        serials = context.programme.assignments[unit]
        named = next((id_ for id_ in serials if id_ in dangling), "")
        if exercise.units[unit].home is None and not exercise.units[unit].home_unit:
            why["no base to fly from is known for ", ""].append(unit)
        elif named:
            which = f"which {'does' if len(dangling[named]) == 1 else 'do'} not exist"
            before = f"{named} names {listing(dangling[named])}, {which}, so that no flight of "
            why[before, " is planned"].append(unit)
        else:
            why["no flight of ", f" for {listing(serials)} could be planned"].append(unit)
    for (before, after), grounded in why.items():
        yield f"{before}{_titles(context, grounded)}{after}"


def _replenished(context: Context) -> Mapping[str, Sequence[int]]:
    """Unit to the times at which a serial leaves it with full bunkers."""
    fills: dict[str, list[int]] = {}
    for id_, window in context.windows.items():
        for unit in context.types[id_].replenished(context.briefing(id_)):
            fills.setdefault(unit, []).append(window.end_ms)
    return {unit: sorted(times_ms) for unit, times_ms in fills.items()}


def _runs(context: Context) -> Mapping[str, Runs]:
    """Unit to its legs as arrays, each as long as it is at most."""
    import numpy as np

    from waterspace.phenomena.fuel import Runs
    from waterspace.quantity import SECOND_MS

    legs = context.unit_legs
    most_m, lasting_ms = legs.most_m, legs.end_ms - legs.start_ms
    speed_mps = np.where(lasting_ms > 0, most_m * SECOND_MS / np.maximum(lasting_ms, 1), 0.0)
    columns = (legs.start_ms.astype(np.float64), legs.end_ms.astype(np.float64), most_m, speed_mps)
    spans = zip(legs.first.tolist(), (legs.first + legs.size).tolist(), strict=True)
    return {
        unit: Runs(*(column[begin:end] for column in columns))
        for unit, (begin, end) in zip(context.programme.tracks, spans, strict=True)
    }


def _ship(context: Context, unit: str, runs: Runs, fills_ms: Sequence[int]) -> Iterator[Remark]:
    from waterspace.phenomena.fuel import surely_lasts

    platform, legs = context.exercise.platform(unit), context.programme.tracks[unit].legs
    assert platform is not None
    if not surely_lasts(platform, runs, fills_ms, _LOW_RATIO):
        yield from _fuel(context, (unit, platform), legs, fills_ms)
    yield from _time_out(context, unit, platform, _at_sea(context, unit, legs, fills_ms))


def _fuel(
    context: Context, ship: tuple[str, Platform], legs: Sequence[Leg], fills_ms: Sequence[int]
) -> Iterator[Remark]:
    from waterspace.phenomena.fuel import fuel_history

    unit, platform = ship
    name = context.unit_title(unit)
    history = fuel_history(platform, legs, fills_ms)
    lowest = min(history, key=lambda state: state.remaining_ratio, default=None)
    empty = next((state for state in history if state.remaining_ratio < 0.0), None)
    again = " after its last replenishment" if fills_ms else ""
    if empty is not None:
        message = (
            f"{name} runs out of fuel by {format_time(empty.time_ms)} near {at(empty.position)}{again}: its range is "
            f"{format_distance(platform.range_m or 0.0)}{_at_speed(platform)}. Plan a replenishment, or go slower."
        )
        assert lowest is not None
        yield Remark(
            message=message,
            subjects=(unit,),
            path=("units", unit),
            position=empty.position,
            amount=_share_left(lowest.remaining_ratio, 0.0),
        )
    elif lowest is not None and lowest.remaining_ratio < _LOW_RATIO:
        message = (
            f"{name} is down to {lowest.remaining_ratio:.0%} of its fuel at {format_time(lowest.time_ms)} near "
            f"{at(lowest.position)}. Plan a replenishment, or go slower."
        )
        yield Remark(
            message=message,
            subjects=(unit,),
            path=("units", unit),
            position=lowest.position,
            severity=Severity.WARNING,
            amount=_share_left(lowest.remaining_ratio, _LOW_RATIO),
        )


def _share_left(found_ratio: float, least_ratio: float) -> Amount:
    """Of the fuel of a full ship; below nought by what is lacking."""
    return Amount(value=round(100.0 * found_ratio, 1), limit=100.0 * least_ratio, unit="%")


def _at_speed(platform: Platform) -> str:
    from waterspace.notation import format_speed

    speed_mps = platform.economical_speed_mps
    return "" if speed_mps is None else f" at {format_speed(speed_mps)}"


def _at_sea(context: Context, unit: str, legs: Sequence[Leg], fills_ms: Sequence[int]) -> tuple[Window, ...]:
    """The times at sea between replenishments; a ship that begins in harbour leaves it with its first movement."""
    first = next((leg for leg in legs if not leg.is_wait), None)
    last = next((leg for leg in reversed(legs) if not leg.is_wait), None)
    if first is None or last is None:
        return ()
    starts_at_sea = context.exercise.units[unit].start is not None
    start_ms = legs[0].start_ms if starts_at_sea else first.start_ms
    end_ms = last.end_ms
    cuts = [start_ms, *(time_ms for time_ms in fills_ms if start_ms < time_ms < end_ms), end_ms]
    return tuple(Window(start_ms=a, end_ms=b) for a, b in pairwise(cuts))


def _time_out(context: Context, unit: str, platform: Platform, spans: Sequence[Window]) -> Iterator[Remark]:
    from waterspace.geometry.legs import position_at

    if platform.endurance_ms is None:
        return
    legs = context.programme.tracks[unit].legs
    for window in spans:
        over_ms = window.end_ms - window.start_ms - platform.endurance_ms
        if over_ms > 0:
            message = (
                f"{context.unit_title(unit)} is at sea {span(window)} without replenishment, "
                f"{lasting(over_ms)} longer than its endurance of {format_duration(platform.endurance_ms)}."
            )
            yield Remark(
                message=message,
                subjects=(unit,),
                path=("units", unit),
                position=position_at(legs, window.start_ms + platform.endurance_ms),
                window=window,
                amount=Amount(
                    value=round((window.end_ms - window.start_ms) / DAY_MS, 2),
                    limit=platform.endurance_ms / DAY_MS,
                    unit="d",
                ),
            )


def _flights(context: Context) -> Iterator[Remark]:
    for sortie in context.programme.sorties:
        platform = context.exercise.platform(sortie.unit)
        if platform is None:
            continue
        lasts_ms = sortie.window.end_ms - sortie.window.start_ms
        flight = (
            f"The flight of {context.unit_title(sortie.unit)} for {listing(sortie.serials)}, {span(sortie.window)},"
        )
        subjects, path = (sortie.unit, *sortie.serials), ("units", sortie.unit)
        if platform.endurance_ms is not None and lasts_ms > platform.endurance_ms:
            message = (
                f"{flight} lasts {lasting(lasts_ms)}; its endurance is "
                f"{format_duration(platform.endurance_ms)}. Relieve it, or bring its base nearer."
            )
            yield Remark(
                message=message,
                subjects=subjects,
                path=path,
                position=context.area_position(sortie.serials[0]),
                window=sortie.window,
                amount=Amount(round(lasts_ms / HOUR_MS, 4), platform.endurance_ms / HOUR_MS, "h"),
            )
        if platform.range_m is not None and sortie.distance_m > platform.range_m:
            message = (
                f"{flight} covers {format_distance(sortie.distance_m)}; its range is "
                f"{format_distance(platform.range_m)}. Relieve it, or bring its base nearer."
            )
            flown, most = nautical_miles(sortie.distance_m), nautical_miles(platform.range_m)
            yield Remark(
                message=message,
                subjects=subjects,
                path=path,
                position=context.area_position(sortie.serials[0]),
                window=sortie.window,
                amount=Amount(round(flown, 1), round(most, 1), "nm"),
            )
