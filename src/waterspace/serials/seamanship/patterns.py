"""Where units stand to each other and how they move together: stations, columns, posts about a guide.

Shapes are drawn on the sheet of a `Frame` (metres ahead, metres to starboard). Search patterns have their own module.
Limits: ships turn on the spot and change speed at once; the room that a real turn takes (some 500 m for a frigate,
assumed) is left between stations.
"""

from __future__ import annotations

import functools
import itertools
import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from waterspace.domain import Corridor, Hazard, Medium, Provenance, Reservation, Window
from waterspace.geometry.geodesic import (
    FloatArray,
    bearing_deg,
    between,
    destination,
    destinations,
    distance_m,
    positions_from,
    route_length_m,
)
from waterspace.geometry.legs import fill, hold, legs_at_speed, legs_in_window, make_leg, positions_at, trim
from waterspace.quantity import SECOND_MS
from waterspace.serials.base import Briefing, once

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.domain import Band, Exercise, Leg, Position, Serial
    from waterspace.serials.base import Stage

__all__ = [
    "HEIGHT_STEP_M",
    "SEPARATION_M",
    "Post",
    "area_claim",
    "cast",
    "column_route",
    "corridor_route",
    "heights_m",
    "keep_posts",
    "part_of_route",
    "pieces",
    "place_of",
    "run_route",
    "slowest_cruise_mps",
    "stations",
    "stations_around",
    "stay",
    "time_to_run_ms",
    "untimed",
]

SEPARATION_M = 500.0
"""Least distance between ships that are not meant to be close (assumed)."""

HEIGHT_STEP_M = 300.0
"""Vertical distance between aircraft that share a piece of air.

Source: ICAO Annex 2, appendix 3: 300 m (1 000 ft) below flight level 290.
"""

_SAME_PLACE_M = 1.0
"""A route shorter than this leads nowhere."""

_FITS = 1e-9
"""Share of a step that may be wanting where stations fill a ring exactly."""

_SWING_DEG = 15.0
"""Widest angle at a guide that a unit cuts across when it changes station; its range then shrinks by 1 % at most."""


@functools.lru_cache(maxsize=256)
def stations(
    count: int, *, radius_m: float, spacing_m: float, arc_deg: float = 360.0
) -> tuple[tuple[float, float], ...]:
    """Stations on rings about a point, none closer to another than the spacing, the inner rings filled first.

    Args:
        count: how many stations.
        radius_m: of the inner ring; 0 puts the first station on the point itself.
        spacing_m: least distance between stations, and between rings; above 0.
        arc_deg: the part of each ring that is used, symmetrical about ahead; up to 360 for all of it.

    Returns:
        For each station its bearing off ahead in degrees, and its range in metres.
    """
    found: list[tuple[float, float]] = []
    ring_m = radius_m
    while len(found) < count:
        found.extend((angle_deg, ring_m) for angle_deg in _ring(ring_m, count - len(found), spacing_m, arc_deg))
        ring_m += spacing_m
    return tuple(found)


def stations_around(
    centre: Position,
    count: int,
    *,
    radius_m: float,
    spacing_m: float,
    middle_deg: float = 0.0,
    arc_deg: float = 360.0,
) -> tuple[Position, ...]:
    """The same stations as positions about a centre, with the true bearing that counts as ahead.

    Args:
        centre: of the rings.
        count: how many stations.
        radius_m: of the inner ring.
        spacing_m: least distance between stations.
        middle_deg: true bearing of the middle of the arc.
        arc_deg: the part of each ring that is used.
    """
    found = stations(count, radius_m=radius_m, spacing_m=spacing_m, arc_deg=arc_deg)
    return tuple(
        destination(centre, middle_deg + angle_deg, range_m) if range_m > 0.0 else centre
        for angle_deg, range_m in found
    )


def _ring(ring_m: float, wanted: int, spacing_m: float, arc_deg: float) -> tuple[float, ...]:
    """Bearings off the middle of the arc for as many stations as are wanted and fit on one ring."""
    if ring_m < spacing_m:
        return (0.0,)
    step_deg = math.degrees(2.0 * math.asin(spacing_m / (2.0 * ring_m)))
    if arc_deg >= 360.0 - step_deg:
        taken = min(wanted, int(360.0 / step_deg + _FITS))
        return tuple(place * 360.0 / taken for place in range(taken))
    taken = min(wanted, int(arc_deg / step_deg + _FITS) + 1)
    if taken == 1:
        return (0.0,)
    return tuple(arc_deg * (place / (taken - 1) - 0.5) for place in range(taken))


def column_route(route: Sequence[Position], back_m: float) -> tuple[Position, ...]:
    """The way of a unit that follows a guide in column, a distance astern of it.

    It starts astern of the first waypoint on the first course, follows the guide's route, and stops as far short of
    the last waypoint. All units of a column run the same distance, so at one speed they keep their distance. The
    route has at least one waypoint.
    """
    return part_of_route(route, -back_m, route_length_m(route) - back_m)


def part_of_route(route: Sequence[Position], from_m: float, to_m: float) -> tuple[Position, ...]:
    """The part of a route between two distances from its first waypoint; below 0 lies astern of it.

    Args:
        route: at least one waypoint.
        from_m: where the part begins.
        to_m: where it ends; not before `from_m`.
    """
    astern_m = max(0.0, -from_m)
    if astern_m > 0.0:
        onward = next((waypoint for waypoint in route if waypoint != route[0]), route[0])
        route = (destination(route[0], bearing_deg(route[0], onward) + 180.0, astern_m), *route)
    part: list[Position] = []
    passed_m = -astern_m
    for here, there in itertools.pairwise(route):
        step_m = distance_m(here, there)
        if not part and passed_m + step_m >= from_m:
            part.append(_on_step((here, there), step_m, from_m - passed_m))
        if part and passed_m + step_m >= to_m:
            part.append(_on_step((here, there), step_m, to_m - passed_m))
            return tuple(part)
        if part:
            part.append(there)
        passed_m += step_m
    return tuple(part) or (route[-1],)


def _on_step(ends: tuple[Position, Position], step_m: float, way_m: float) -> Position:
    """The point a distance along a step of a route."""
    return between(*ends, min(max(way_m / step_m, 0.0), 1.0) if step_m > 0.0 else 0.0)


def run_route(
    route: Sequence[Position],
    window: Window,
    *,
    speed_mps: float | None = None,
    height_m: float = 0.0,
    serial: str = "",
) -> tuple[Leg, ...]:
    """Legs along a route that fill a window and reach the last waypoint by its end.

    Args:
        route: at least one waypoint.
        window: of some length.
        speed_mps: at which to go; None, or too slow to arrive in time, goes at the one speed that fills the window.
        height_m: above mean sea level.
        serial: id written on the legs.
    """
    whole_m = route_length_m(route)
    if whole_m < _SAME_PLACE_M:
        return (hold(route[-1], window, height_m, serial),)
    if speed_mps is None or speed_mps <= whole_m * SECOND_MS / (window.end_ms - window.start_ms):
        return legs_in_window(route, window, height_m, serial)
    return fill(legs_at_speed(route, window.start_ms, speed_mps, height_m, serial), window)


def corridor_route(briefing: Briefing[Any]) -> tuple[Position, ...]:
    """Waypoints of the serial's area where that is a corridor; none otherwise."""
    area = briefing.area
    return area.footprint.waypoints if area is not None and isinstance(area.footprint, Corridor) else ()


def stay(stage: Stage[Any], unit: str) -> tuple[Leg, ...]:
    """A wait where the unit is now, at the height of its plan, until the serial's end; nothing where that is over."""
    window = stage.briefing.window
    planned = stage.plan.get(unit, ())
    if stage.now_ms >= window.end_ms or not planned:
        return ()
    rest = Window(start_ms=stage.now_ms, end_ms=window.end_ms)
    return (hold(stage.position(unit), rest, planned[-1].height_m, stage.briefing.serial.id),)


def place_of(stage: Stage[Any], unit: str) -> Position | None:
    """Where a unit is now, or None where the run does not know it (a base, a ship without a place)."""
    try:
        return stage.position(unit)
    except KeyError:
        return None


def untimed(exercise: Exercise, serial: Serial) -> Briefing[Any]:
    """A briefing for a serial that has no time yet, to work out how long it takes."""
    return Briefing(exercise=exercise, serial=serial, window=Window(start_ms=0, end_ms=0))


def time_to_run_ms(distance_m: float, speed_mps: float) -> int | None:
    """Time for a distance, rounded up to the millisecond; None where nothing moves."""
    return math.ceil(distance_m / speed_mps * SECOND_MS) if distance_m > 0.0 and speed_mps > 0.0 else None


class Post(NamedTuple):
    """Where a unit is to be, relative to a guide, at an instant.

    Attributes:
        bearing_deg: from the guide, clockwise from the formation's axis; not wrapped, so that it says which way round.
        range_m: from the guide.
    """

    time_ms: int
    bearing_deg: float
    range_m: float


def keep_posts(guide: Sequence[Leg], posts: Sequence[Post], axis_deg: float, epoch_ms: int = 0) -> tuple[Leg, ...]:
    """Legs of a unit that goes from post to post about a guide, bearing and range changing evenly in between.

    Before the first post it is where that lies, after the last where that lies. The axis stays as it is when the
    guide alters course, as the stations of a formation do.

    Args:
        guide: legs, at least one.
        posts: in order of time, at least one.
        axis_deg: true bearing from which the posts' bearings count.
        epoch_ms: from when the times of the posts count.
    """
    turns_ms = (*(leg.start_ms - epoch_ms for leg in guide), guide[-1].end_ms - epoch_ms)
    swing = _swing(turns_ms, tuple(posts))
    marks_ms = [epoch_ms + time_ms for time_ms in swing.times_ms]
    lat, lon = _guide_at(tuple(guide), tuple(marks_ms))
    places = positions_from(*destinations(lat, lon, (axis_deg + swing.bearings_deg) % 360.0, swing.ranges_m))
    labels = itertools.repeat(guide[0].height_m), itertools.repeat(guide[0].serial)
    return tuple(map(make_leg, marks_ms, marks_ms[1:], places, places[1:], *labels))


class _Swing(NamedTuple):
    """How a unit moves about a guide, at the instants at which it or the guide alters something.

    Attributes:
        bearings_deg: shape (n,), as those of posts.
        ranges_m: shape (n,).
    """

    times_ms: tuple[int, ...]
    bearings_deg: FloatArray
    ranges_m: FloatArray


@functools.lru_cache(maxsize=256)
def _swing(turns_ms: tuple[int, ...], posts: tuple[Post, ...]) -> _Swing:
    """The same for all who change station in the same rhythm, wherever and whenever they do."""
    own_ms = [post.time_ms for post in posts]
    times_ms = {*turns_ms, *own_ms}
    for before, after in itertools.pairwise(posts):
        steps = math.ceil(abs(after.bearing_deg - before.bearing_deg) / _SWING_DEG)
        span_ms = after.time_ms - before.time_ms
        times_ms.update(before.time_ms + round(span_ms * step / steps) for step in range(1, steps))
    marks_ms = tuple(time_ms for time_ms in sorted(times_ms) if turns_ms[0] <= time_ms <= turns_ms[-1])
    bearings_deg = np.interp(marks_ms, own_ms, [post.bearing_deg for post in posts])
    ranges_m = np.interp(marks_ms, own_ms, [post.range_m for post in posts])
    return _Swing(times_ms=marks_ms, bearings_deg=bearings_deg, ranges_m=ranges_m)


@functools.lru_cache(maxsize=64)
def _guide_at(guide: tuple[Leg, ...], times_ms: tuple[int, ...]) -> tuple[FloatArray, FloatArray]:
    """Where a guide is at some times; ships that change station together all ask for the same."""
    return positions_at(guide, times_ms)


def pieces(legs: Sequence[Leg], times_ms: Iterable[int]) -> tuple[tuple[Leg, ...], ...]:
    """Legs cut at instants, in order: one piece before each, and the rest. A piece outside the legs is empty."""
    cuts_ms = [legs[0].start_ms, *times_ms, legs[-1].end_ms]
    return tuple(
        trim(legs, Window(start_ms=from_ms, end_ms=max(from_ms, to_ms)))
        for from_ms, to_ms in itertools.pairwise(cuts_ms)
    )


def cast(briefing: Briefing[Any], *roles: str, medium: Medium | None = None) -> tuple[str, ...]:
    """Units in any of some roles (all units where none is named), each once, those ashore left out.

    Args:
        briefing: of the serial.
        roles: names, most important first.
        medium: only units that move there.
    """
    known = _players(briefing)
    found = known.get((roles, medium))
    if found is None:
        names = [name for role in roles for name in briefing.units(role)] if roles else briefing.units()
        medium_of = briefing.exercise.medium
        media = {unit: medium_of(unit) for unit in names}
        if medium is None:
            kept = [unit for unit, own in media.items() if own is not Medium.SHORE]
        else:
            kept = [unit for unit, own in media.items() if own is medium]
        found = known[roles, medium] = tuple(kept)
    return found


@once
def _players(
    briefing: Briefing[Any],  # noqa: ARG001  # each has its own
) -> dict[tuple[tuple[str, ...], Medium | None], tuple[str, ...]]:
    """What `cast` has said of a briefing so far."""
    return {}


def heights_m(count: int, lowest_m: float) -> tuple[float, ...]:
    """Heights for aircraft that share a piece of air, lowest first."""
    return tuple(lowest_m + layer * HEIGHT_STEP_M for layer in range(count))


def slowest_cruise_mps(briefing: Briefing[Any]) -> float | None:
    """Cruising speed of the slowest ship of a serial, or of the slowest aircraft where there is no ship."""
    aircraft = cast(briefing, medium=Medium.AIR)
    ships = tuple(unit for unit in cast(briefing) if unit not in aircraft)
    return min((briefing.cruising_speed_mps(unit) for unit in ships or aircraft), default=None)


def area_claim(
    briefing: Briefing[Any], *, name: str, band: Band | None = None, hazard: Hazard = Hazard.NONE
) -> tuple[Reservation, ...]:
    """The serial's own area, claimed for its whole window; nothing where no area is known.

    Args:
        briefing: of the serial.
        name: what a chart would call it.
        band: heights claimed; None for those of the area.
        hazard: why others must keep out.
    """
    area = briefing.area
    if area is None:
        return ()
    return (
        Reservation(
            id=f"{briefing.serial.id}/area",
            owner=briefing.serial.id,
            name=name,
            footprint=area.footprint,
            band=area.band if band is None else band,
            windows=(briefing.window,),
            hazard=hazard,
            provenance=Provenance(source="area named by the serial"),
        ),
    )
