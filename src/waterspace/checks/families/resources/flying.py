"""Resources (WS1): aircraft have time on the ground between flights, and fuel to go elsewhere when they come home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.families.resources.diversion import landings_of, without_alternate
from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import NotCheckedError, Remark, rule
from waterspace.checks.views.flights import flights_of, fuel_lasts_ms
from waterspace.checks.words import at, lasting, listing
from waterspace.domain import Amount, Severity, Window
from waterspace.notation import format_distance, format_time
from waterspace.quantity import HOUR_MS, MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context
    from waterspace.checks.families.resources.diversion import Alternate, Landing
    from waterspace.programme import Sortie

__all__ = ["diversion_fuel", "too_long", "turnaround_short"]

_TURNAROUND = Limit(
    name="turnaround_least",
    kind=Kind.DURATION,
    default=HOUR_MS,
    meaning="An aircraft that takes off again sooner after it has landed is a finding.",
)
_RESERVE = Limit(
    name="diversion_reserve",
    kind=Kind.DURATION,
    default=30 * MINUTE_MS,
    meaning="Flying time that is to be left when an aircraft has flown home and on to the nearest other place to land.",
    source="ICAO Annex 6, final reserve fuel of 30 min (not verified); navies set their own",
)

_HELICOPTER_AND_TWO_SHIPS = """
classes:
  cutter:
    name: Cutter
    kind: patrol vessel
    medium: surface
    max_speed: 24 kn
    economical_speed: 12 kn
    range: 4000 nm
    endurance: 20 d
    helicopter_spots: 1
  hopper:
    name: Hopper
    kind: ship helicopter
    medium: air
    max_speed: 130 kn
    cruise_speed: 120 kn
    endurance: 3 h
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
  HELO: {name: Helo, nation: JPN, class: hopper, home: ALFA}
"""


@rule(
    code="WS109",
    name="turnaround-short",
    severity=Severity.WARNING,
    summary="An aircraft takes off again too soon after it has landed.",
    why=(
        "Refuelling, a look over and the change of crew take time; what is skipped is the look over. The airframes of "
        "a flight take turns: of two of them, every second flight is by the same. Less than half an hour is not even "
        "planned with, for the aircraft then stays in the air."
    ),
    source="the hour is assumed; who flies a type knows better",
    bad=f"""{_HELICOPTER_AND_TWO_SHIPS}
serials:
  S1: {{type: asw_search, area: WEST, units: {{searching: [ALFA, HELO]}}, start: 2026-06-08T00:00Z, duration: 1 h,
       objectives: O1}}
  S2: {{type: asw_search, area: WEST, units: {{searching: [ALFA, HELO]}}, start: 2026-06-08T02:00Z, duration: 30 min,
       objectives: O1}}
""",
    good=f"""{_HELICOPTER_AND_TWO_SHIPS}
serials:
  S1: {{type: asw_search, area: WEST, units: {{searching: [ALFA, HELO]}}, start: 2026-06-08T00:00Z, duration: 1 h,
       objectives: O1}}
  S2: {{type: asw_search, area: WEST, units: {{searching: [ALFA, HELO]}}, start: 2026-06-08T04:00Z, duration: 30 min,
       objectives: O1}}
""",
    limits=(_TURNAROUND,),
)
def turnaround_short(context: Context) -> Iterator[Remark]:
    """One remark for each landing and the take-off after it of the same airframe."""
    least_ms = context.limit(_TURNAROUND)
    for unit, flights in sorted(flights_of(context).items()):
        airframes = max(context.exercise.units[unit].count, 1)
        for before, after in zip(flights, flights[airframes:], strict=False):
            pause_ms = after.window.start_ms - before.window.end_ms
            if not 0 <= pause_ms < least_ms:
                continue
            message = (
                f"{context.unit_title(unit)} lands from {listing(before.serials)} at "
                f"{format_time(before.window.end_ms)} and takes off for {listing(after.serials)} at "
                f"{format_time(after.window.start_ms)}, {lasting(pause_ms)} later; {_TURNAROUND.write(least_ms)} "
                "or more should lie between. Put the serials further apart, or plan another aircraft."
            )
            yield Remark(
                message=message,
                subjects=(unit, before.serials[-1], after.serials[0]),
                path=("serials", after.serials[0], "start"),
                window=Window(start_ms=before.window.end_ms, end_ms=after.window.start_ms),
                amount=Amount(value=pause_ms / MINUTE_MS, limit=least_ms / MINUTE_MS, unit="min"),
            )


@rule(
    code="WS110",
    name="diversion-fuel",
    severity=Severity.ERROR,
    summary="An aircraft comes back to its ship without the fuel to land elsewhere if it cannot land there.",
    why=(
        "A deck may be fouled, or pitch too much. When a flight ends on a ship, the aircraft is to have fuel for the "
        "way to the nearest other ship with a deck or airfield, and a reserve beside. It is an error where it cannot "
        "get there at all, a warning where it would eat into the reserve. Fuel is the endurance of the class, else its "
        "range at cruising speed. A flight that is longer than that is left to WS103; flights that end ashore are not "
        "looked at, for the airfields known here are few."
    ),
    source=(
        "ICAO Annex 6: fuel to the destination, on to an alternate, and a final reserve (not verified); the airfields "
        "are those that come with Waterspace and the homes of other aircraft"
    ),
    bad=f"""{_HELICOPTER_AND_TWO_SHIPS}
serials:
  S1: {{type: asw_search, area: WEST, units: {{searching: [ALFA, HELO]}}, start: 2026-06-08T00:00Z,
       duration: 2 h 35 min, objectives: O1}}
""",
    good=f"""{_HELICOPTER_AND_TWO_SHIPS}
serials:
  S1: {{type: asw_search, area: WEST, units: {{searching: [ALFA, HELO]}}, start: 2026-06-08T00:00Z,
       duration: 1 h 30 min, objectives: O1}}
""",
    limits=(_RESERVE,),
)
def diversion_fuel(context: Context) -> Iterator[Remark]:
    """One remark for each flight at whose end too little fuel is left."""
    from waterspace.programme.passages import carrier

    unknown: list[str] = []
    reserve_ms = context.limit(_RESERVE)
    landings: list[Landing] = []
    for unit, flights in sorted(flights_of(context).items()):
        if not carrier(context.exercise, context.exercise.units[unit]):
            continue
        lasts_ms = fuel_lasts_ms(context, unit)
        if lasts_ms is None:
            unknown.append(unit)
            continue
        within = [flight for flight in flights if not too_long(context, flight)]
        if within:
            landings.extend(landings_of(context, within, lasts_ms))
    for landing, there in without_alternate(context, landings, reserve_ms):
        yield _without_fuel(context, landing, there, reserve_ms)
    if unknown:
        names = listing([context.unit_title(unit) for unit in unknown])
        raise NotCheckedError(f"no endurance or range is given for {names}")


def too_long(context: Context, flight: Sortie) -> bool:
    """Whether a flight is longer than the endurance or the range of its aircraft, which WS103 says."""
    platform = context.exercise.platform(flight.unit)
    if platform is None:
        return False
    outlasts = (
        platform.endurance_ms is not None and flight.window.end_ms - flight.window.start_ms > platform.endurance_ms
    )
    return outlasts or (platform.range_m is not None and flight.distance_m > platform.range_m)


def _without_fuel(context: Context, landing: Landing, there: Alternate | None, reserve_ms: float) -> Remark:
    flight, here, left_ms = landing.flight, landing.position, landing.left_ms
    ends = (
        f"The flight of {context.unit_title(flight.unit)} for {listing(flight.serials)} ends near {at(here)} at "
        f"{format_time(flight.window.end_ms)} with fuel for {lasting(round(left_ms))}"
    )
    way_ms = 0.0 if there is None else there.way_ms
    if there is None:
        message = f"{ends}, and there is no other place to land. Plan a second deck."
    else:
        message = (
            f"{ends}; the nearest other place to land is {there.name}, {format_distance(there.way_m)} and "
            f"{lasting(round(way_ms))} away, and {_RESERVE.write(reserve_ms)} of reserve are looked for. Shorten the "
            "flight, or bring a deck nearer."
        )
    reaches = there is not None and left_ms >= way_ms
    return Remark(
        message=message,
        subjects=(flight.unit, *flight.serials),
        path=("units", flight.unit),
        about=(flight.unit, flight.serials[0]),
        severity=Severity.WARNING if reaches else Severity.ERROR,
        position=here,
        window=flight.window,
        shapes=(here,) if there is None else (here, there.position),
        amount=Amount(value=left_ms / MINUTE_MS, limit=(way_ms + reserve_ms) / MINUTE_MS, unit="min"),
    )
