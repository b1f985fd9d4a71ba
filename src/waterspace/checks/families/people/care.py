"""Safety of people (WS6): whoever is hurt can be picked up and brought to a hospital in time."""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.checks.families.people.peril import endangering, flown
from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, NotCheckedError, Remark, rule
from waterspace.checks.views.flights import fuel_lasts_ms
from waterspace.checks.words import at, lasting, listing, span
from waterspace.domain import Amount, Medium, Severity
from waterspace.notation import format_distance, format_speed
from waterspace.quantity import HOUR_MS, KNOT_MPS, NAUTICAL_MILE_M, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Position
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["hospital_far", "land_far", "rescue_missing"]

_HOSPITAL_TIME = Limit(
    name="hospital_time",
    kind=Kind.DURATION,
    default=2 * HOUR_MS,
    meaning="A longer flight than this from a serial to the nearest hospital is a finding.",
)
_EVACUATION_SPEED = Limit(
    name="evacuation_speed",
    kind=Kind.SPEED,
    default=120.0 * KNOT_MPS,
    meaning="How fast a helicopter from ashore brings a casualty, where the exercise has none of its own.",
)
_RADIUS_SHARE = Limit(
    name="evacuation_radius_share",
    kind=Kind.RATIO,
    default=0.4,
    meaning="The part of its range that a helicopter flies out from land with a casualty to fetch.",
    source="assumed: a tenth for the time over the ship and as much in reserve, half of the rest each way",
)
_BY_SHIP = Limit(
    name="evacuation_by_ship",
    kind=Kind.DURATION,
    default=8 * HOUR_MS,
    meaning="Without a helicopter, a longer way than this to land for the fastest ship of a serial is a finding.",
)
_RESCUE_AWAY = Limit(
    name="rescue_away",
    kind=Kind.DISTANCE,
    default=50.0 * NAUTICAL_MILE_M,
    meaning="Flying with no ship of the exercise within this distance is a finding.",
    source="assumed: two hours at 25 kn",
)

_first = operator.itemgetter(0)

_FEW = 20
"""So many places are measured one by one; for more a tree of all shores is worth its while."""

_SHOOTING = """
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """Serials that endanger people, each with where it is."""

    ids: tuple[str, ...]
    positions: tuple[Position, ...]

    def arrays(self) -> tuple[FloatArray, FloatArray]:
        """Latitudes and longitudes, each of shape (n,)."""
        from waterspace.geometry.geodesic import position_arrays

        return position_arrays(self.positions)


def _perilous_places(context: Context) -> _Places:
    known = [(id_, place) for id_ in endangering(context) if (place := context.area_position(id_)) is not None]
    return _Places(ids=tuple(id_ for id_, _ in known), positions=tuple(place for _, place in known))


def _helicopters(context: Context) -> tuple[str, ...]:
    """Helicopters of the exercise, by what their class says they are."""
    found = []
    for id_ in sorted(context.exercise.units, key=lambda id_: (context.unit_title(id_), id_)):
        platform = context.exercise.platform(id_)
        if platform is not None and platform.medium is Medium.AIR and "helicopter" in platform.kind.casefold():
            found.append(id_)
    return tuple(found)


@rule(
    code="WS603",
    name="hospital-far",
    severity=Severity.ADVICE,
    summary="A serial that endangers people is a long flight away from the nearest hospital.",
    why=(
        "Whoever is badly hurt must be on a table within hours; it is better to know before that he will not be. A "
        "serial endangers people where it fires or flies, or where its type needs a safety officer. The flight is "
        "straight from a middle of its area, by the fastest helicopter of the exercise at cruising speed, or without "
        "one by a helicopter from ashore. It needs the planner's own file of hospitals (`environment.hospitals`); "
        "without one, nothing is said where there is only flying."
    ),
    source="two hours are assumed; the medical plan of the exercise knows better",
    bad=f"""
environment: {{hospitals: hospitals.geojson}}
areas:
  WEST: {{name: West, circle: {{centre: 42-30.0N 134-00.0E, radius: 15 nm}}, vertical: surface to 3000 ft}}
serials:{_SHOOTING}""",
    good=f"""
environment: {{hospitals: hospitals.geojson}}
areas:
  WEST: {{name: West, circle: {{centre: 38-30.0N 134-00.0E, radius: 15 nm}}, vertical: surface to 3000 ft}}
serials:{_SHOOTING}""",
    limits=(_HOSPITAL_TIME, _EVACUATION_SPEED),
    files={
        "hospitals.geojson": '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": '
        '{"name": "Invented hospital"}, "geometry": {"type": "Point", "coordinates": [136.7, 36.6]}}]}'
    },
)
def hospital_far(context: Context) -> Iterator[Remark]:
    """One remark for each serial that is too far from every hospital."""
    import numpy as np

    from waterspace.geometry.geodesic import distances_m, position_arrays
    from waterspace.serials.base import cruising_speed_mps

    hospitals = context.surroundings.hospitals
    if not hospitals:
        flying = frozenset(flown(context))
        if all(id_ in flying for id_ in endangering(context)):
            return
        raise NotCheckedError("no file of hospitals is given under environment.hospitals, or it names none")
    serials = _perilous_places(context)
    if not serials.ids:
        return
    speeds = [(cruising_speed_mps(context.exercise, unit), unit) for unit in _helicopters(context)]
    speed_mps, unit = max(speeds, key=_first, default=(context.limit(_EVACUATION_SPEED), ""))
    lat, lon = serials.arrays()
    there = position_arrays([hospital.position for hospital in hospitals])
    away_m = np.stack([distances_m(lat, lon, a, b) for a, b in zip(*(part.tolist() for part in there), strict=True)])
    nearest = np.argmin(away_m, axis=0)
    limit_ms = context.limit(_HOSPITAL_TIME)
    for number, id_ in enumerate(serials.ids):
        way_m = float(away_m[nearest[number], number])
        flight_ms = way_m / max(speed_mps, 1e-9) * SECOND_MS
        if flight_ms <= limit_ms:
            continue
        hospital = hospitals[int(nearest[number])]
        by = f"for {context.unit_title(unit)}" if unit else "for a helicopter from ashore"
        message = (
            f"{context.serial_title(id_)}{context.area_title(id_)}, near {at(serials.positions[number])}, is "
            f"{format_distance(way_m)} from {hospital.name}, the nearest hospital: {lasting(round(flight_ms))} {by} at "
            f"{format_speed(speed_mps)}, and {_HOSPITAL_TIME.write(limit_ms)} at most are looked for. Plan a surgeon "
            "on board, or hold it nearer to the coast."
        )
        yield Remark(
            message=message,
            subjects=(id_,),
            path=("serials", id_),
            position=serials.positions[number],
            window=context.windows[id_],
            shapes=(serials.positions[number], hospital.position),
            amount=Amount(value=flight_ms / HOUR_MS, limit=limit_ms / HOUR_MS, unit="h"),
        )


@rule(
    code="WS604",
    name="land-far",
    severity=Severity.WARNING,
    summary="A serial that endangers people is farther from land than a casualty can be carried.",
    why=(
        "No hospital is at sea. With a helicopter in the exercise, land must be within part of its range (or of its "
        "endurance at cruising speed); without one, or where nothing is known of it, the fastest ship of the serial "
        "must reach land within hours. A serial endangers people where it fires or flies, or where its type needs a "
        "safety officer. The distance is from a middle of its area to the nearest shore."
    ),
    source=f"GSHHG shoreline; the part of the range and the hours are {JUDGEMENT}",
    bad=f"""
areas:
  WEST: {{name: West, circle: {{centre: 25-00.0N 150-00.0E, radius: 15 nm}}, vertical: surface to 3000 ft}}
units:
  ALFA: {{name: Alfa, nation: JPN, class: cutter, start: 25-00.0N 150-00.0E, command_ship: yes}}
  BRAVO: {{name: Bravo, nation: KOR, class: cutter, start: 25-01.0N 150-00.0E}}
serials:{_SHOOTING}""",
    good=f"""
areas:
  WEST: {{name: West, circle: {{centre: 38-30.0N 134-00.0E, radius: 15 nm}}, vertical: surface to 3000 ft}}
serials:{_SHOOTING}""",
    limits=(_RADIUS_SHARE, _BY_SHIP),
)
def land_far(context: Context) -> Iterator[Remark]:
    """One remark for each serial that is too far from land."""
    serials = _perilous_places(context)
    if not serials.ids:
        return
    radii = [(radius_m, unit) for unit in _helicopters(context) if (radius_m := _radius_m(context, unit)) is not None]
    radius_m, helicopter = max(radii, key=_first, default=(0.0, ""))
    reaches = [(radius_m, helicopter) if helicopter else _ship(context, id_) for id_ in serials.ids]
    least_m = min((reach_m for reach_m, unit in reaches if unit), default=math.inf)
    away = _from_land(serials.positions, least_m)
    for number, id_ in enumerate(serials.ids):
        reach_m, unit = reaches[number]
        away_m = away[serials.positions[number]]
        if not unit or away_m <= reach_m:
            continue
        if helicopter:
            carries = f"{context.unit_title(unit)} fetches a casualty up to {format_distance(reach_m)} from land"
        else:
            hours = _BY_SHIP.write(context.limit(_BY_SHIP))
            carries = (
                f"there is no helicopter, and {context.unit_title(unit)} makes {format_distance(reach_m)} in {hours}"
            )
        message = (
            f"{context.serial_title(id_)}{context.area_title(id_)}, near {at(serials.positions[number])}, is "
            f"{format_distance(away_m)} from the nearest land; {carries}. Hold it nearer to the coast, or plan "
            "a surgeon on board."
        )
        yield Remark(
            message=message,
            subjects=(id_,),
            path=("serials", id_),
            position=serials.positions[number],
            window=context.windows[id_],
            amount=Amount(value=away_m / NAUTICAL_MILE_M, limit=reach_m / NAUTICAL_MILE_M, unit="nm"),
        )


def _from_land(positions: Sequence[Position], least_m: float) -> Mapping[Position, float]:
    """Position to its distance from the nearest land; nought where a named port is nearer than a distance."""
    from waterspace.environment.places import every
    from waterspace.environment.shores import coast
    from waterspace.geometry.geodesic import distances_m, position_arrays

    asked = list(dict.fromkeys(positions))
    lat, lon = position_arrays(asked)
    ports = position_arrays([place.position for place in every()])
    nearest = distances_m(lat[:, None], lon[:, None], *ports).min(axis=1)
    rest = [position for position, away_m in zip(asked, nearest.tolist(), strict=True) if away_m > least_m]
    shore = coast.load()
    if len(rest) <= _FEW:
        found = {position: shore.nearest_land(position).distance_m for position in rest}
    else:
        found = dict(zip(rest, shore.distances_m(*position_arrays(rest)).tolist(), strict=True))
    return {**dict.fromkeys(asked, 0.0), **found}


def _radius_m(context: Context, unit: str) -> float | None:
    """How far from land a helicopter fetches somebody; None where neither range nor endurance is known."""
    from waterspace.serials.base import cruising_speed_mps

    platform = context.exercise.platform(unit)
    range_m = None if platform is None else platform.range_m
    if range_m is None:
        lasts_ms = fuel_lasts_ms(context, unit)
        range_m = None if lasts_ms is None else lasts_ms / SECOND_MS * cruising_speed_mps(context.exercise, unit)
    return None if range_m is None else range_m * context.limit(_RADIUS_SHARE)


def _ship(context: Context, serial: str) -> tuple[float, str]:
    """How far the fastest ship of a serial comes in the time that is allowed, and which that is; none without ships."""
    ships = [unit for unit in context.assigned[serial] if context.medium(unit) in {Medium.SURFACE, Medium.SUBSURFACE}]
    speeds = sorted((-context.top_speed_mps(unit), context.unit_title(unit), unit) for unit in ships)
    return (-speeds[0][0] * context.limit(_BY_SHIP) / SECOND_MS, speeds[0][2]) if speeds else (0.0, "")


_COVER = """
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, economical_speed: 12 kn,
           range: 4000 nm}
  watcher: {name: Watcher, kind: maritime patrol aircraft, medium: air, max_speed: 300 kn, cruise_speed: 250 kn,
            endurance: 10 h}
serials:
  S1: {type: asw_search, area: WEST, units: {searching: EAGLE}, start: 2026-06-08T02:00Z, duration: 2 h, objectives: O1}
"""


@rule(
    code="WS605",
    name="rescue-missing",
    severity=Severity.WARNING,
    summary="Aircraft fly where no ship of the exercise is near enough to pick up a crew.",
    why=(
        "A crew in cold water lives for an hour or two. While a serial with aircraft runs, a ship is to be near: one "
        "that takes part in it, or any other of the exercise whose planned place is within a distance of its area, at "
        "its start, middle and end."
    ),
    source=f"plane guard is general practice; the distance is {JUDGEMENT}",
    bad=f"""{_COVER}
units:
  ALFA: {{name: Alfa, nation: JPN, class: cutter, start: 37-30.0N 134-00.0E, command_ship: yes}}
  EAGLE: {{name: Eagle, nation: JPN, class: watcher, home: RJOH}}
""",
    good=f"""{_COVER}
units:
  ALFA: {{name: Alfa, nation: JPN, class: cutter, start: 38-15.0N 134-00.0E, command_ship: yes}}
  EAGLE: {{name: Eagle, nation: JPN, class: watcher, home: RJOH}}
""",
    limits=(_RESCUE_AWAY,),
)
def rescue_missing(context: Context) -> Iterator[Remark]:
    """One remark for each serial with aircraft and without a ship."""
    ships = [unit for unit in context.exercise.units if context.medium(unit) is Medium.SURFACE]
    alone = [id_ for id_ in flown(context) if context.assigned[id_].isdisjoint(ships)]
    places = [(id_, place) for id_ in alone if (place := context.area_position(id_)) is not None]
    limit_m = context.limit(_RESCUE_AWAY)
    for (id_, place), (away_m, ship) in zip(places, _nearest_ships(context, places), strict=True):
        if away_m <= limit_m:
            continue
        near = (
            f"the nearest, {context.unit_title(ship)}, is {format_distance(away_m)} away" if ship else "there is none"
        )
        units = listing([context.unit_title(unit) for unit in sorted(context.assigned[id_])])
        message = (
            f"No ship is within {_RESCUE_AWAY.write(limit_m)} of {context.serial_title(id_)}{context.area_title(id_)}, "
            f"near {at(place)}, with {units} in the air ({span(context.windows[id_])}); {near}. Station a rescue ship."
        )
        yield Remark(
            message=message,
            subjects=(id_, *([ship] if ship else [])),
            path=("serials", id_),
            about=(id_,),
            position=place,
            window=context.windows[id_],
            amount=Amount(value=away_m / NAUTICAL_MILE_M, limit=limit_m / NAUTICAL_MILE_M, unit="nm") if ship else None,
        )


def _nearest_ships(context: Context, places: Sequence[tuple[str, Position]]) -> Iterator[tuple[float, str]]:
    """For each serial the ship that stays nearest to it: how far it is at the worst, and its id; infinite for none."""
    import numpy as np

    from waterspace.geometry.geodesic import distances_m, position_arrays
    from waterspace.geometry.legs import positions_at

    best = [(float("inf"), "")] * len(places)
    if not places:
        return
    windows = [context.windows[id_] for id_, _ in places]
    times_ms = np.array([[one.start_ms, (one.start_ms + one.end_ms) // 2, one.end_ms] for one in windows]).reshape(-1)
    lat, lon = position_arrays([place for _, place in places for _ in range(3)])
    for unit, track in sorted(context.programme.tracks.items()):
        if context.medium(unit) is Medium.SURFACE:
            away_m = distances_m(lat, lon, *positions_at(track.legs, times_ms)).reshape(-1, 3).max(axis=1)
            best = [min(known, (float(found), unit)) for known, found in zip(best, away_m, strict=True)]
    yield from best
