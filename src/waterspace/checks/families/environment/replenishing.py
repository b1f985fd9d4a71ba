"""Environment (WS4): a replenishment steams into the wind, and has sea room for its whole length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.checks.families.environment.depth import CLEARANCE, SPARE_RATIO, draught_m
from waterspace.checks.families.environment.sampling import samples_of
from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, NotCheckedError, Remark, rule
from waterspace.checks.words import at, lasting, listing
from waterspace.domain import Amount, Corridor, Position, Severity, Window
from waterspace.geometry.angles import off_deg
from waterspace.notation import format_bearing, format_distance, format_speed, format_time
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from waterspace.checks.context import Context
    from waterspace.domain import Footprint, Leg
    from waterspace.geometry.arrays import FloatArray

__all__ = ["replenishment_course", "replenishment_sea_room"]

_TYPE = "replenishment"
_CIRCLE_DEG = 360.0
_RAS = "multinational replenishment procedures: course with wind and sea within two points of ahead"
_OFF = Limit(
    name="replenishment_off_wind",
    kind=Kind.ANGLE,
    default=22.5,
    meaning="A replenishment's course farther than this off the wind is spoken of.",
    source=f"{_RAS}, 22.5 degrees",
)
_WIND = Limit(
    name="replenishment_wind",
    kind=Kind.SPEED,
    default=15.0 * KNOT_MPS,
    meaning="In less wind than this the course of a replenishment does not matter.",
)
_ROOM = Limit(
    name="replenishment_sea_room",
    kind=Kind.DISTANCE,
    default=2.0 * NAUTICAL_MILE_M,
    meaning="Land, shoals or dangers nearer than this to either side of a replenishment's way are spoken of.",
)
_RUN_ON = Limit(
    name="replenishment_run_on",
    kind=Kind.DURATION,
    default=30 * MINUTE_MS,
    meaning="So long after its end the way of a replenishment is followed straight on.",
)
_STEP_M = NAUTICAL_MILE_M
_ARC_RATIO = 1.01
"""More than a geodesic of up to a thousand miles is longer than the straight line through the earth."""


@rule(
    code="WS406",
    name="replenishment-course",
    severity=Severity.WARNING,
    summary="The course of a replenishment lies more than two points off the wind.",
    why=(
        "With wind and sea abeam or astern ships alongside each other roll, yaw and are set together. The wind is that "
        "of the planner's fields, every hour in the middle of the area, else of the schedule in the file; below a "
        "speed the course does not matter."
    ),
    source=f"{_RAS} (two points are 22.5 degrees); the wind from which it matters is {JUDGEMENT}",
    bad="""
serials:
  S1:
    type: replenishment
    area: WEST
    units: {supply: ALFA, receiving: BRAVO}
    course: "090"
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
weather:
  - {start: 2026-06-01T00:00Z, end: 2026-06-12T00:00Z, sea_state: 4, wind_from: "200", wind_speed: 22 kn}
""",
    good="""
serials:
  S1:
    type: replenishment
    area: WEST
    units: {supply: ALFA, receiving: BRAVO}
    course: "210"
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
weather:
  - {start: 2026-06-01T00:00Z, end: 2026-06-12T00:00Z, sea_state: 4, wind_from: "200", wind_speed: 22 kn}
""",
    limits=(_OFF, _WIND),
)
def replenishment_course(context: Context) -> Iterator[Remark]:
    """One remark for each replenishment, about the time at which its course is worst."""
    most_deg, least_mps = context.limit(_OFF), context.limit(_WIND)
    unknown = []
    for id_ in _replenishments(context):
        course_deg = float(getattr(context.exercise.serials[id_].parameters, "course_deg", 0.0))
        winds = _winds(context, id_)
        if not winds:
            unknown.append(id_)
        off = [
            (off_deg(course_deg, from_deg), -number, from_deg, speed_mps, both)
            for number, (from_deg, speed_mps, both) in enumerate(winds)
            if speed_mps > least_mps
        ]
        if not off or max(off)[0] <= most_deg:
            continue
        angle_deg, _, from_deg, speed_mps, both = max(off)
        message = (
            f"{context.serial_title(id_)}{context.area_title(id_)} steers {format_bearing(course_deg)}, "
            f"{angle_deg:.0f} degrees off the wind of {format_speed(speed_mps)} from {format_bearing(from_deg)} that "
            f"is given from {format_time(both.start_ms)} to {format_time(both.end_ms)}; {most_deg:g} degrees are let "
            f"pass. Steer {format_bearing(from_deg)}."
        )
        yield Remark(
            message=message,
            subjects=(id_,),
            path=("serials", id_, "course"),
            position=context.area_position(id_),
            window=both,
            amount=Amount(value=angle_deg, limit=most_deg, unit="degrees"),
        )
    if unknown:
        raise NotCheckedError(f"no wind is given for {listing(sorted(unknown))}")


def _replenishments(context: Context) -> list[str]:
    return [id_ for id_ in context.windows if context.exercise.serials[id_].type == _TYPE]


def _winds(context: Context, serial: str) -> Sequence[tuple[float, float, Window]]:
    """Where each wind in a serial comes from, its speed, and when it is given."""
    window, fields = context.windows[serial], context.surroundings.fields
    if fields is None:
        return [
            (spell.wind_from_deg, spell.wind_speed_mps, both)
            for spell in context.exercise.weather
            if spell.wind_from_deg is not None
            and spell.wind_speed_mps is not None
            and (both := spell.window.overlap(window)) is not None
        ]
    position = context.area_position(serial)
    if position is None:
        return []
    found = []
    for start_ms in range(window.start_ms, window.end_ms, HOUR_MS):
        here = context.surroundings.conditions(position, start_ms)
        if here is not None and here.wind_from_deg is not None and here.wind_mps is not None:
            both = Window(start_ms=start_ms, end_ms=min(start_ms + HOUR_MS, window.end_ms))
            found.append((here.wind_from_deg, here.wind_mps, both))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """The way of a supply ship in one replenishment, and straight on after it.

    Attributes:
        places: of the way, the end of the run-on last.
        corridor: all that is nearer to it than the sea room.
        window: the run-on included.
    """

    serial: str
    unit: str
    places: tuple[Position, ...]
    corridor: Corridor
    window: Window


def _ways(context: Context) -> list[tuple[str, str, tuple[Leg, ...]]]:
    """Serial, supply ship and its legs under way, for every replenishment."""
    found = []
    for id_ in _replenishments(context):
        tracks = context.plans[id_].tracks
        for unit in context.exercise.units_in(context.exercise.serials[id_], "supply"):
            legs = tuple(leg for leg in tracks.get(unit, ()) if not leg.is_wait)
            if legs:
                found.append((id_, unit, legs))
    return found


def _run(context: Context, way: tuple[str, str, tuple[Leg, ...]]) -> _Run:
    from waterspace.geometry.geodesic import bearing_deg, destination, distance_m

    (serial, unit, legs), run_on_ms = way, round(context.limit(_RUN_ON))
    last = legs[-1]
    speed_mps = distance_m(last.start, last.end) * SECOND_MS / max(last.duration_ms, 1)
    course_deg = (bearing_deg(last.end, last.start) + _CIRCLE_DEG / 2.0) % _CIRCLE_DEG
    beyond = destination(last.end, course_deg, speed_mps * run_on_ms / SECOND_MS)
    places = (legs[0].start, *(leg.end for leg in legs), beyond)
    return _Run(
        serial=serial,
        unit=unit,
        places=places,
        corridor=Corridor(waypoints=places, half_width_m=context.limit(_ROOM)),
        window=Window(start_ms=legs[0].start_ms, end_ms=last.end_ms + run_on_ms),
    )


def _near_dangers(context: Context, ways: Sequence[tuple[str, str, tuple[Leg, ...]]]) -> NDArray[np.bool_]:
    """Which ways may come near the danger of another serial while it is active; a few more besides."""
    import numpy as np

    from waterspace.checks.views.sifting import balls_of
    from waterspace.geometry.reservations.earthframe import norm, points_of

    run_on_ms = round(context.limit(_RUN_ON))
    near = np.zeros(len(ways), dtype=bool)
    dangers = context.firing
    starts = points_of([legs[0].start for _, _, legs in ways])
    begin = np.array([legs[0].start_ms for _, _, legs in ways])
    finish = np.array([legs[-1].end_ms + run_on_ms for _, _, legs in ways])
    under_way_ms = np.array([sum(leg.duration_ms for leg in legs) for _, _, legs in ways])
    ends = points_of([legs[-1].end for _, _, legs in ways])
    top_mps = np.array([context.top_speed_mps(unit) for _, unit, _ in ways])
    straight = np.array([len(legs) == 1 for _, _, legs in ways], dtype=bool)
    run_m = np.where(straight, _ARC_RATIO * norm(ends - starts), top_mps * under_way_ms / SECOND_MS)
    longest_m = run_m * (1.0 + run_on_ms / np.maximum(under_way_ms, 1)) + context.limit(_ROOM) + _STEP_M
    middle, reach_m = balls_of(dangers)
    for number, danger in enumerate(dangers):
        at_once = np.flatnonzero((begin < danger.windows[-1].end_ms) & (danger.windows[0].start_ms < finish))
        away_m = norm(starts[at_once] - middle[number])
        near[at_once] |= away_m < reach_m[number] + longest_m[at_once]
    return near


@rule(
    code="WS407",
    name="replenishment-sea-room",
    severity=Severity.ERROR,
    summary="Land, a shoal or another serial's danger lies ahead of a replenishment or close beside its way.",
    why=(
        "Ships alongside each other cannot turn and cannot stop: they need the water of their whole run, and of what "
        "they run on if a hose parts at the end. Land and shoals are errors, the danger of another serial a warning; "
        "dangers that meet the moving box of the replenishment itself are other rules'."
    ),
    source=(
        "NWP 4-01.4, Underway Replenishment: steady course while connected; how much room and run-on is "
        f"{JUDGEMENT}; shore: GSHHG; depths: ETOPO1 or the planner's grid"
    ),
    bad="""
areas:
  WEST: {name: West, circle: {centre: 37-30.0N 130-30.0E, radius: 15 nm}}
serials:
  S1:
    type: replenishment
    area: WEST
    units: {supply: ALFA, receiving: BRAVO}
    course: "090"
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
""",
    good="""
areas:
  WEST: {name: West, circle: {centre: 37-30.0N 130-30.0E, radius: 15 nm}}
serials:
  S1:
    type: replenishment
    area: WEST
    units: {supply: ALFA, receiving: BRAVO}
    course: "000"
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
""",
    limits=(_ROOM, _RUN_ON, CLEARANCE),
)
def replenishment_sea_room(context: Context) -> Iterator[Remark]:
    """At most one remark for each replenishment and each thing that is in its way."""
    ways = _ways(context)
    if not ways:
        return
    narrow = {(unit, leg.serial) for unit, leg in context.once(samples_of).ways}
    unknown: list[str] = []
    for way in ways:
        if (way[1], way[0]) in narrow:
            yield from _land_or_shoal(context, _run(context, way), unknown)
    near = _near_dangers(context, ways)
    yield from _dangers(
        context, [_run(context, way) for way, is_near in zip(ways, near.tolist(), strict=True) if is_near]
    )
    if unknown:
        raise NotCheckedError(f"the grid of depths cannot say how deep it is for {listing(sorted(unknown))}")


def _land_or_shoal(context: Context, run: _Run, unknown: list[str]) -> Iterator[Remark]:
    import numpy as np

    from waterspace.environment.shores import coast

    land = coast.load().land_in(run.corridor)
    if land is not None:
        yield _in_the_way(context, run, f"land near {at(land)}", (land, None))
        return
    lat, lon = _across(run)
    grid = context.surroundings.depths
    needed_m = draught_m(context, run.unit) * (1.0 + context.limit(CLEARANCE))
    depths = grid.depths_m(lat, lon)
    short = np.flatnonzero(depths < needed_m)
    if short.size:
        worst = int(short[np.argmin(depths[short])])
        place = Position(lat_deg=float(lat[worst]), lon_deg=float(lon[worst]))
        depth_m = float(depths[worst])
        amount = Amount(value=depth_m, limit=needed_m, unit="m")
        yield _in_the_way(context, run, f"water of {depth_m:.1f} m near {at(place)}", (place, amount))
        return
    blind = np.flatnonzero(np.isnan(depths))
    if blind.size and not (grid.least_around_m(lat[blind], lon[blind]) >= SPARE_RATIO * needed_m).all():
        unknown.append(run.serial)


def _across(run: _Run) -> tuple[FloatArray, FloatArray]:
    """Points a mile apart along a run and at both edges of its corridor."""
    import numpy as np

    from waterspace.geometry.geodesic import destinations, inverses, position_arrays

    lat, lon = position_arrays(run.places)
    length_m, course = inverses(lat[:-1], lon[:-1], lat[1:], lon[1:])
    found = []
    for number, whole_m in enumerate(length_m.tolist()):
        run_m = np.append(np.arange(0.0, whole_m, _STEP_M), whole_m)
        at_lat, at_lon = destinations(lat[number], lon[number], course[number], run_m)
        found.append((at_lat, at_lon))
        found.extend(
            destinations(at_lat, at_lon, course[number] + side_deg, run.corridor.half_width_m)
            for side_deg in (-90.0, 90.0)
        )
    return np.concatenate([part[0] for part in found]), np.concatenate([part[1] for part in found])


def _dangers(context: Context, runs: Sequence[_Run]) -> Iterator[Remark]:
    """Where runs meet the dangers of other serials that do not meet their boxes already."""
    from waterspace.domain import SURFACE, Hazard, Reservation
    from waterspace.geometry.reservations.index import ReservationIndex

    dangers = context.firing
    if not dangers or not runs:
        return
    claims = tuple(
        Reservation(
            id=f"{run.serial}/run",
            owner=run.serial,
            name="",
            footprint=run.corridor,
            band=SURFACE,
            windows=(run.window,),
            hazard=Hazard.NONE,
        )
        for run in runs
    )
    met = ReservationIndex((*claims, *dangers)).meetings(
        lambda first, second: (first < len(claims)) != (second < len(claims))
    )
    found = set()
    for k in range(len(met)):
        low, high = sorted((int(met.first[k]), int(met.second[k])))
        run, danger = runs[low], dangers[high - len(claims)]
        pair = frozenset((run.serial, danger.owner))
        if len(pair) == 2 and pair not in context.met_pairs and pair not in found:
            found.add(pair)
            clash = met.clash(k)
            words = f"{context.claim_title(danger)} near {at(clash.position)}"
            yield _in_the_way(context, run, words, (clash.position, None), danger.footprint)


def _in_the_way(
    context: Context,
    run: _Run,
    what: str,
    found: tuple[Position, Amount | None],
    danger: Footprint | None = None,
) -> Remark:
    place, amount = found
    message = (
        f"{context.serial_title(run.serial)}{context.area_title(run.serial)} has {what} within "
        f"{format_distance(run.corridor.half_width_m)} of its way and {lasting(round(context.limit(_RUN_ON)))} of "
        "run-on. Alter its course, or move it."
    )
    return Remark(
        message=message,
        subjects=(run.serial,),
        about=(run.serial, what.partition(" near ")[0]),
        path=("serials", run.serial, "course"),
        position=place,
        window=run.window,
        shapes=(run.corridor, *(() if danger is None else (danger,))),
        amount=amount,
        severity=None if danger is None else Severity.WARNING,
    )
