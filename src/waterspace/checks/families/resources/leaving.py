"""Resources (WS1): what a serial does has room in the area that it names."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.words import at, lasting, listing, span
from waterspace.domain import Amount, Circle, Corridor, Joined, Polygon, Severity, Window
from waterspace.notation import format_distance
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Area, Footprint, Leg, Position
    from waterspace.geometry.arrays import FloatArray
    from waterspace.geometry.reservations.legarrays import LegArrays
    from waterspace.geometry.separation import IndexArray

__all__ = ["leaves_its_area"]

_MARGIN = Limit(
    name="area_overrun",
    kind=Kind.DISTANCE,
    default=6.0 * NAUTICAL_MILE_M,
    meaning="A unit that a serial takes farther than this out of the serial's area is a finding.",
    source=f"{JUDGEMENT}: what a ship at 12 kn runs in half an hour; stations and turns at an area's edge stay within",
)
_STEP_M = 2.0 * NAUTICAL_MILE_M
"""Step in which a way is followed that may lead out of an area."""
_CUBE_M2 = 9e14
"""A way along the earth is longer than the straight line through it by less than the line's cube over this.

On a sphere of radius R a line of length c belongs to an arc of 2 R asin(c / 2 R) = c + c^3 / 24 R^2 + 3 c^5 / 640 R^4
and so on. The way bends nowhere more than on a sphere of the least radius of curvature of WGS 84, b^2 / a = 6,335,439
m along the meridian at the equator, for which 24 R^2 is 9.63e14; up to `_LONGEST_M` the next terms take 0.3 % off
that, and the remainder is rounded away.
"""
_LONGEST_M = 1_000_000.0
"""What is farther away is looked at closely."""
_SURELY = 0.99
"""Part of the margin that is used of a polygon, for the roundness of the earth.

How far a point is off is reckoned through the earth and from planes through its middle, and the angles of corners are
taken as if it were flat; the close look measures on a map on which sides are straight. A line through the earth is
shorter than the way over it by d^2 / 6 R^2 of itself, 5e-5 at 60 nm; at the corners of regular areas all of it
together came to 3e-5 at 20 nm. Sides lie elsewhere on the map by more, the farther they run beside its middle: tried
on oblong areas at latitudes from 60 S to 70 N with margins of 2 nm and more, what is taken as clear with 0.99 of the
margin was off by no more than 0.991 of it in areas of up to 400 nm by 240 nm, and by 1.002 of 2 nm (7 m) in areas of
600 nm.
"""
_FLAT_M = 1.0
"""A corner that lies no farther inside than this makes no dent."""
_SAME_DEG = 1e-8
"""Corners no farther apart than this, about 1 mm, are one: the direction of a shorter side is lost in rounding."""
_FEWEST_CORNERS = 3
"""Fewer corners than this hold no room."""


@rule(
    code="WS111",
    name="leaves-its-area",
    severity=Severity.WARNING,
    summary="The planned way of a unit in a serial leads far out of the area in which the serial is held.",
    why=(
        "Notices, permissions and the other serials go by the area. What has no room in it, a replenishment that runs "
        "for hours in one direction or a formation wider than the water it was given, is held where nobody was warned "
        "and nobody keeps clear. Serials that follow a route are not looked at, nor those to which units come from "
        "outside by what they are, or in which aircraft stand about a group (interception, anchorage defence, air "
        "escort)."
    ),
    source=JUDGEMENT,
    bad="""
serials:
  S1:
    type: replenishment
    area: WEST
    units: {supply: ALFA, receiving: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 5 h
    objectives: O1
""",
    good="""
serials:
  S1:
    type: replenishment
    area: WEST
    units: {supply: ALFA, receiving: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
""",
    limits=(_MARGIN,),
)
def leaves_its_area(context: Context) -> Iterator[Remark]:
    """One remark for each serial, about the unit that is farthest outside."""
    margin_m, areas = context.limit(_MARGIN), _areas(context)
    suspects = _perhaps_outside(context, areas, margin_m)
    strays: dict[str, list[_Stray]] = {}
    for serial, stray in _strays(context, areas, suspects):
        if stray.off_m > margin_m:
            strays.setdefault(serial, []).append(stray)
    for serial, found in strays.items():
        found.sort(key=lambda one: (-round(one.off_m), one.begin_ms, one.unit))
        yield _remark(context, (serial, areas[serial]), found)


class _Stray(NamedTuple):
    """A unit that is outside the area of its serial.

    Attributes:
        off_m: how far at most.
        position: where it then is.
        begin_ms: when it is there.
        times_ms: instants along its way, shape (n,).
        away_m: how far outside it then is, 0 or less inside, shape (n,).
    """

    unit: str
    off_m: float
    position: Position
    begin_ms: int
    times_ms: FloatArray
    away_m: FloatArray
    legs: tuple[Leg, ...]


def _areas(context: Context) -> Mapping[str, Area]:
    """Id of a serial to its area, for the serials that are to stay in one."""
    serials, known, needs, types = context.exercise.serials, context.exercise.areas, context.needs, context.types
    found = {}
    for id_, need in needs.items():
        if need.area and not types[id_].goes_beyond_area:
            area = known.get(serials[id_].area)
            if area is not None:
                found[id_] = area
    return found


def _perhaps_outside(context: Context, areas: Mapping[str, Area], margin_m: float) -> Sequence[int]:
    """Numbers of the tracks that do not surely stay within a margin of their area, rising.

    A way whose legs begin and end in a circle, or in a polygon without a dent, does not leave it between.
    """
    import numpy as np

    from waterspace.geometry.reservations.earthframe import norm, points_of

    tracks, legs = context.plan_tracks, context.plan_legs
    kept = {area.id: area.footprint for area in areas.values()}
    numbers = {id_: number for number, id_ in enumerate(kept)}
    number_of = {id_: numbers[area.id] for id_, area in areas.items()}
    which = np.array([number_of.get(id_, -1) for id_, _, _ in tracks], dtype=np.intp)
    asked = np.flatnonzero(which >= 0)
    if not asked.size:
        return []
    shapes = list(kept.values())
    circles = [_held(shape) for shape in shapes]
    middles, reach_m = points_of([middle for middle, _ in circles]), np.array([reach for _, reach in circles])
    away_m = _most(legs, asked, lambda track, points: norm(points - middles[which[asked[track]]]))
    is_near = (away_m + away_m**3 / _CUBE_M2 <= reach_m[which[asked]] + margin_m) & (away_m < _LONGEST_M)
    suspects = asked[~is_near]
    flat = np.array([isinstance(shape, Polygon) for shape in shapes], dtype=np.bool_)[which[suspects]]
    clear = np.zeros(suspects.size, dtype=np.bool_)
    if flat.any():
        used, place = np.unique(which[suspects[flat]], return_inverse=True)
        sides = _sides([shape for shape in map(shapes.__getitem__, used.tolist()) if isinstance(shape, Polygon)])
        off_m = _most(legs, suspects[flat], lambda track, points: sides.off_m(place[track], points))
        clear[flat] = off_m <= _SURELY * margin_m
    left: list[int] = suspects[~clear].tolist()
    return left


def _most(legs: LegArrays, tracks: IndexArray, measure: Callable[[IndexArray, FloatArray], FloatArray]) -> FloatArray:
    """The most that is measured at the ends of the legs of each of some tracks.

    Args:
        legs: of all tracks.
        tracks: numbers of those that are asked about.
        measure: of points, shape (n, 3), each with the place of its track among `tracks`, shape (n,).
    """
    import numpy as np

    from waterspace.geometry.reservations.earthframe import ragged

    first, size = legs.first[tracks], legs.size[tracks]
    track, leg = ragged(first, size)
    starts = np.maximum.reduceat(measure(track, legs.starts[leg]), np.cumsum(size) - size)
    most: FloatArray = np.maximum(starts, measure(np.arange(tracks.size), legs.ends[first + size - 1]))
    return most


def _held(footprint: Footprint) -> tuple[Position, float]:
    """The middle and the radius of a circle that a footprint holds; the radius is endlessly below 0 for none."""
    from waterspace.geometry.footprints import centre

    match footprint:
        case Circle():
            return footprint.centre, footprint.radius_m
        case Polygon():
            return footprint.vertices[0], 0.0
        case Corridor():
            return footprint.waypoints[0], footprint.half_width_m
        case Joined():
            return max((_held(part) for part in footprint.parts), key=lambda held: held[1])
    return centre(footprint), -math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sides:
    """The sides of polygons, laid end to end.

    Attributes:
        first: number of the first side of each polygon, shape (polygons,).
        size: how many sides each has, shape (polygons,).
        normals: for each side a unit vector at right angles to it and out of the polygon, shape (sides, 3); its product
            with an earth-centred point is how far outside of the side that is.
        mitre_ratio: off the sharpest corner of each a point may be so many times as far as off both sides; endless for
            a polygon with a dent.
    """

    first: IndexArray
    size: IndexArray
    normals: FloatArray
    mitre_ratio: FloatArray

    def off_m(self, polygon: IndexArray, points: FloatArray) -> FloatArray:
        """No farther is each of some points, shape (n, 3), from its polygon; endless for a polygon with a dent."""
        import numpy as np

        from waterspace.geometry.reservations.earthframe import ragged

        size, ratio = self.size[polygon], self.mitre_ratio[polygon]
        point, side = ragged(self.first[polygon], size)
        out_m = np.einsum("ij,ij->i", points[point], self.normals[side])
        most_m = np.maximum(np.maximum.reduceat(out_m, np.cumsum(size) - size), 0.0)
        return np.where(np.isinf(ratio), np.inf, np.where(np.isinf(ratio), 0.0, ratio) * most_m)


def _corners(polygon: Polygon) -> Sequence[Position]:
    """The corners of a polygon without those that only say again where the one before is: between them is no side.

    A side without a length has no direction, so that it would hide how sharp the corner is.
    """
    corners = polygon.vertices
    kept = [corner for before, corner in pairwise((corners[-1], *corners)) if not _same(before, corner)]
    return kept or corners[:1]


def _same(one: Position, other: Position) -> bool:
    """Whether two positions are the same place, however the meridian of 180 degrees is written."""
    turn_deg = abs(one.lon_deg - other.lon_deg) % 360.0
    return abs(one.lat_deg - other.lat_deg) <= _SAME_DEG and min(turn_deg, 360.0 - turn_deg) <= _SAME_DEG


def _sides(polygons: Sequence[Polygon]) -> _Sides:
    import numpy as np

    from waterspace.geometry.reservations.earthframe import norm, points_of, ragged

    rings = [_corners(polygon) for polygon in polygons]
    size = np.array([len(ring) for ring in rings], dtype=np.intp)
    first = np.cumsum(size) - size
    corners = points_of([corner for ring in rings for corner in ring])
    owner = np.repeat(np.arange(size.size), size)
    following = np.arange(owner.size) + 1
    following[first + size - 1] = first
    across = np.cross(corners[following], corners)
    normals = across / np.maximum(norm(across), 1.0)[:, None]
    side, corner = ragged(first[owner], size[owner])
    off_m = np.einsum("ij,ij->i", normals[side], corners[corner])
    starts = np.cumsum(size**2) - size**2
    low_m, high_m = np.minimum.reduceat(off_m, starts), np.maximum.reduceat(off_m, starts)
    turned = low_m >= -_FLAT_M
    normals[turned[owner]] *= -1.0
    turn = np.einsum("ij,ij->i", normals, normals[following])
    sharpest = np.sqrt(np.clip(np.minimum.reduceat((1.0 + turn) / 2.0, first), 0.0, 1.0))
    is_round = (turned | (high_m <= _FLAT_M)) & (sharpest > 0.0) & (size >= _FEWEST_CORNERS)
    ratio = np.divide(1.0, sharpest, out=np.full(size.size, np.inf), where=is_round)
    return _Sides(first=first, size=size, normals=normals, mitre_ratio=ratio)


def _strays(context: Context, areas: Mapping[str, Area], suspects: Sequence[int]) -> Iterator[tuple[str, _Stray]]:
    """Serial and unit of those tracks of some that are outside the area at some time, in their order."""
    import numpy as np

    from waterspace.domain import Position

    if not suspects:
        return
    tracks = [context.plan_tracks[number] for number in suspects]
    along = _along([legs for _, _, legs in tracks])
    away_m = _away_m([areas[serial].footprint for serial, _, _ in tracks], along)
    edges = np.append(np.flatnonzero(np.diff(along.track, prepend=-1)), along.track.size).tolist()
    for (serial, unit, legs), (first, last) in zip(tracks, pairwise(edges), strict=True):
        worst = first + int(np.argmax(away_m[first:last]))
        if away_m[worst] > 0.0:
            place = Position(lat_deg=float(along.lat[worst]), lon_deg=float(along.lon[worst]))
            here = slice(first, last)
            begin_ms = round(float(along.times_ms[worst]))
            found = _Stray(unit, float(away_m[worst]), place, begin_ms, along.times_ms[here], away_m[here], legs)
            yield serial, found


class _Along(NamedTuple):
    """Points along tracks, a step or less apart: the number of the track, where and when; arrays of shape (n,)."""

    track: IndexArray
    lat: FloatArray
    lon: FloatArray
    times_ms: FloatArray


def _along(tracks: Sequence[Sequence[Leg]]) -> _Along:
    """Points along tracks, the ends of their legs among them."""
    import numpy as np

    from waterspace.geometry.geodesic import destinations, inverses, position_arrays

    legs = [leg for track in tracks for leg in track]
    starts, ends = position_arrays([leg.start for leg in legs]), position_arrays([leg.end for leg in legs])
    length_m, course = inverses(*starts, *ends)
    steps = np.maximum(np.ceil(length_m / _STEP_M).astype(np.intp), 1)
    leg = np.repeat(np.arange(steps.size), steps + 1)
    place = np.arange(leg.size) - np.repeat(np.cumsum(steps + 1) - steps - 1, steps + 1)
    share = place / steps[leg]
    lat, lon = destinations(starts[0][leg], starts[1][leg], course[leg], share * length_m[leg])
    times = np.array([(leg.start_ms, leg.end_ms) for leg in legs], dtype=np.float64)
    owner = np.repeat(np.arange(len(tracks)), [len(track) for track in tracks])
    return _Along(owner[leg], lat, lon, times[leg, 0] + share * (times[leg, 1] - times[leg, 0]))


def _away_m(footprints: Sequence[Footprint], along: _Along) -> FloatArray:
    """How far each point is outside the footprint of its track; 0 or less inside."""
    import numpy as np
    import shapely

    from waterspace.geometry.footprints import centre
    from waterspace.geometry.geodesic import distances_m, position_arrays
    from waterspace.geometry.plane import Plane
    from waterspace.geometry.shapes import shape_of

    away_m = np.zeros(along.track.size)
    kinds: dict[Footprint, list[int]] = {}
    for number, footprint in enumerate(footprints):
        kinds.setdefault(footprint, []).append(number)
    numbers = np.empty(len(footprints), dtype=np.intp)
    for kind, tracks in enumerate(kinds.values()):
        numbers[tracks] = kind
    of_point = numbers[along.track]
    circles = {kind: shape for kind, shape in enumerate(kinds) if isinstance(shape, Circle)}
    for kind, footprint in enumerate(kinds):
        if kind not in circles:
            chosen = np.flatnonzero(of_point == kind)
            plane = Plane(centre(footprint))
            shape = shape_of(footprint, plane)
            shapely.prepare(shape.core)
            points = shapely.points(plane.project(along.lat[chosen], along.lon[chosen]))
            away_m[chosen] = shapely.distance(shape.core, points) - shape.radius_m
    if circles:
        chosen = np.flatnonzero(np.isin(of_point, list(circles)))
        rank = np.zeros(len(kinds), dtype=np.intp)
        rank[list(circles)] = np.arange(len(circles))
        middles = position_arrays([circle.centre for circle in circles.values()])
        reach_m = np.array([circle.radius_m for circle in circles.values()])
        which = rank[of_point[chosen]]
        apart_m = distances_m(along.lat[chosen], along.lon[chosen], middles[0][which], middles[1][which])
        away_m[chosen] = apart_m - reach_m[which]
    return away_m


def _spans(times_ms: FloatArray, away_m: FloatArray) -> Iterator[Window]:
    """When what is measured at times is above 0, by straight lines from each to the next."""
    begin_ms: float | None = None
    last_ms, last_m = times_ms[0], away_m[0]
    for now_ms, now_m in zip(times_ms.tolist(), away_m.tolist(), strict=True):
        if (now_m > 0.0) != (begin_ms is not None):
            crossing_ms = now_ms if last_m == now_m else last_ms + (now_ms - last_ms) * last_m / (last_m - now_m)
            if begin_ms is None:
                begin_ms = crossing_ms if last_m <= 0.0 else now_ms
            else:
                yield Window(start_ms=round(begin_ms), end_ms=round(crossing_ms))
                begin_ms = None
        last_ms, last_m = now_ms, now_m
    if begin_ms is not None:
        yield Window(start_ms=round(begin_ms), end_ms=round(last_ms))


def _remark(context: Context, where: tuple[str, Area], found: Sequence[_Stray]) -> Remark:
    (serial, area), worst, margin_m = where, found[0], context.limit(_MARGIN)
    windows = tuple(_spans(worst.times_ms, worst.away_m))
    out_ms = sum(window.end_ms - window.start_ms for window in windows)
    when = Window(start_ms=windows[0].start_ms, end_ms=windows[-1].end_ms)
    others = [f"{context.unit_title(one.unit)} ({nautical_miles(one.off_m):.1f} nm)" for one in found[1:]]
    message = (
        f"{context.serial_title(serial)} takes {context.unit_title(worst.unit)} up to "
        f"{nautical_miles(worst.off_m):.1f} nm out of its area {area.name or area.id}, farthest near "
        f"{at(worst.position)}. It is outside for {lasting(out_ms)}, {span(when)}; {format_distance(margin_m)} are let "
        f"pass.{f' Also outside: {listing(others)}.' if others else ''} Give it a larger area, less time, or another "
        "course."
    )
    return Remark(
        message=message,
        subjects=(serial, *(one.unit for one in found), area.id),
        about=(serial,),
        path=("serials", serial, "area"),
        position=worst.position,
        windows=windows,
        shapes=(area.footprint, worst.legs),
        amount=Amount(value=nautical_miles(worst.off_m), limit=nautical_miles(margin_m), unit="nm"),
    )
