"""Where a footprint is, how large it is, what it contains and how far it is from another.

Right to about a metre, or a thousandth of a corridor's width, for footprints that reach up to 500 km from their
centre. A polygon is the smaller of the two parts into which its edges cut the earth. A moving box stands for all that
it sweeps over, except in `outline_at` and `swept_outline`.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.domain import (
    Circle,
    Corridor,
    Joined,
    MovingBox,
    Polygon,
    Position,
    Sector,
    Window,
    Without,
)
from waterspace.errors import GeometryError
from waterspace.geometry.angles import off_deg, turn_deg
from waterspace.geometry.boxes import BoxMotion
from waterspace.geometry.geodesic import (
    FloatArray,
    between,
    destination,
    distance_m,
    distances_m,
    ellipsoid,
    inverse,
    inverses,
    position_arrays,
    positions_from,
)
from waterspace.geometry.legs import position_at
from waterspace.geometry.outlines import (
    ARC_STEP_DEG,
    EDGE_STEP_M,
    Line,
    arc_step_deg,
    circle_ring,
    corridor_line,
    polygon_ring,
    sector_ring,
)
from waterspace.geometry.plane import EARTH_RADIUS_M, Plane
from waterspace.geometry.regions import Patch, area_on_earth_m2, exterior, one_ring, patches, points_within
from waterspace.geometry.shapes import shape_of, solid, swept_shape
from waterspace.geometry.soundness import require_sound

if TYPE_CHECKING:
    from waterspace.domain import Footprint, Leg

__all__ = [
    "area_m2",
    "around_track",
    "bounding_circle",
    "buffer",
    "centre",
    "contains",
    "distance_between_m",
    "nearest_m",
    "outline",
    "outline_at",
    "outlines",
    "points_inside",
    "swept_outline",
]

_WINDING_TOLERANCE_DEG = 1e-6
"""How nearly opposite both ends of an edge must be for a position to lie on it: 0.1 mm off an edge of 20 km."""


def centre(footprint: Footprint) -> Position:
    """A middle to measure from and to label: centroid, centre of a circle, half way along a corridor or a track.

    The centroid of a bent polygon may lie outside it.
    """
    return bounding_circle(footprint).centre


@functools.lru_cache(maxsize=4096)
def bounding_circle(footprint: Footprint) -> Circle:  # noqa: PLR0911  # one for each kind
    """A circle around `centre(footprint)` that holds the whole footprint, at most a metre too large for its centre."""
    match footprint:
        case Circle():
            return footprint
        case Polygon():
            require_sound(footprint)
            return _around(_centroid(polygon_ring(footprint, EDGE_STEP_M)), position_arrays(footprint.vertices))
        case Sector():
            ring = sector_ring(footprint, EDGE_STEP_M, arc_step_deg(footprint.radius_m))
            return _around(_centroid(ring), ring)
        case Corridor():
            return _around_route(footprint.waypoints, footprint.half_width_m)
        case Joined():
            return _around_circles([bounding_circle(part) for part in footprint.parts])
        case Without():
            return bounding_circle(footprint.base)
    ends = [footprint.legs[0].start, *(leg.end for leg in footprint.legs)]
    return _around_route(ends, math.hypot(max(footprint.ahead_m, footprint.astern_m), footprint.abeam_m))


def outline(
    footprint: Footprint, step_m: float = EDGE_STEP_M, arc_step_deg: float = ARC_STEP_DEG
) -> tuple[Position, ...]:
    """The corners of a footprint's edge in order, the first not repeated, to be joined by straight strokes.

    What has holes or several parts is cut open, so that one ring shows it: a ring-shaped sector along its middle line,
    anything else where parts or holes are nearest to one another. See `outlines` for those who can draw holes.

    Args:
        footprint: a moving box is drawn as all that it sweeps over.
        step_m: longest straight stroke along a geodesic edge, above 0.
        arc_step_deg: angle between corners of an arc, above 0.
    """
    match footprint:
        case Circle():
            return positions_from(*circle_ring(footprint, arc_step_deg))
        case Polygon():
            return positions_from(*polygon_ring(footprint, step_m))
        case Sector():
            return positions_from(*sector_ring(footprint, step_m, arc_step_deg))
    plane = Plane(centre(footprint))
    return one_ring(plane, _drawn(footprint, plane))


def outlines(footprint: Footprint) -> tuple[Patch, ...]:
    """Every piece of a footprint with its holes, the strokes no longer than `EDGE_STEP_M`.

    Arcs of circles and sectors are drawn to half a metre, round ends of corridors every 5.6 degrees.
    """
    plane = Plane(centre(footprint))
    shape = solid(footprint, plane) if isinstance(footprint, Circle) else _drawn(footprint, plane)
    return patches(plane, shape)


def points_inside(footprint: Footprint) -> tuple[Position, ...]:
    """A position inside each piece of a footprint; of a moving box, inside what it sweeps over."""
    match footprint:
        case Circle():
            return (footprint.centre,)
        case Sector():
            range_m = (footprint.inner_radius_m + footprint.radius_m) / 2.0
            return (destination(footprint.centre, footprint.bearing_deg, range_m),)
        case Corridor():
            return (footprint.waypoints[0],)
        case MovingBox():
            return (footprint.legs[0].start,)
    plane = Plane(centre(footprint))
    return points_within(plane, solid(footprint, plane))


def outline_at(box: MovingBox, time_ms: int) -> tuple[Position, ...]:
    """The four corners of a moving box at a time: port astern, port ahead, starboard ahead, starboard astern.

    Before the first leg and after the last the box stays where they start and end.
    """
    motion = BoxMotion.of(box)
    times = np.array([float(time_ms)])
    lat, lon = motion.corners(motion.motion.leg_at(times), times)
    return positions_from(lat[0], lon[0])


def swept_outline(box: MovingBox, window: Window) -> tuple[Position, ...]:
    """The edge of all that a moving box covers in a window; empty where the window misses its legs."""
    plane = Plane(position_at(box.legs, (window.start_ms + window.end_ms) // 2))
    return exterior(plane, swept_shape(box, plane, (window.start_ms, window.end_ms)))


def contains(footprint: Footprint, position: Position) -> bool:  # noqa: PLR0911  # one for each kind
    """Whether a position lies inside a footprint or on its edge; for a moving box, at any time.

    The edge of what `Without` takes out is taken out with it.
    """
    match footprint:
        case Joined():
            return any(contains(part, position) for part in footprint.parts)
        case Without():
            out = any(contains(hole, position) for hole in footprint.holes)
            return not out and contains(footprint.base, position)
        case Circle():
            return distance_m(footprint.centre, position) <= footprint.radius_m
        case Sector():
            range_m, bearing_deg = inverse(footprint.centre, position)
            in_angle = range_m == 0.0 or off_deg(footprint.bearing_deg, bearing_deg) <= footprint.half_angle_deg
            return in_angle and footprint.inner_radius_m <= range_m <= footprint.radius_m
        case Corridor():
            points = Plane(position).project(*corridor_line(footprint, EDGE_STEP_M))
            return _distance_to_line_m(points) <= footprint.half_width_m
    bounds = bounding_circle(footprint)
    if distance_m(bounds.centre, position) > bounds.radius_m:
        return False
    if isinstance(footprint, Polygon):
        return _winds_around(position_arrays(footprint.vertices), position)
    sweeps = BoxMotion.of(footprint).sweeps(-math.inf, math.inf, EDGE_STEP_M)
    return any(_winds_around(ring, position) for ring in sweeps)


def area_m2(footprint: Footprint) -> float:
    """Area on the ellipsoid: exact for polygons, to a few parts in 100,000 for circles and sectors up to 500 km."""
    match footprint:
        case Circle():
            return _cap_m2(footprint.radius_m)
        case Polygon():
            require_sound(footprint)
            return _ring_area_m2(position_arrays(footprint.vertices))
        case Sector():
            ring_m2 = _cap_m2(footprint.radius_m) - _cap_m2(footprint.inner_radius_m)
            return ring_m2 * min(footprint.half_angle_deg, 180.0) / 180.0
    plane = Plane(centre(footprint))
    return area_on_earth_m2(plane, _drawn(footprint, plane))


def buffer(footprint: Footprint, distance_m: float) -> Footprint:
    """Everything within a distance (0 or more) of a footprint.

    Circles and corridors stay what they are, as do parts that are joined; every other footprint becomes a polygon with
    round corners drawn every 5.6 degrees, and loses its holes.

    Raises:
        GeometryError: the distance is negative or no number.
    """
    if not 0.0 <= distance_m < math.inf:
        raise GeometryError(f"found a distance of {distance_m} m around a footprint; give one of 0 or more")
    match footprint:
        case Circle():
            return Circle(centre=footprint.centre, radius_m=footprint.radius_m + distance_m)
        case Corridor():
            return Corridor(waypoints=footprint.waypoints, half_width_m=footprint.half_width_m + distance_m)
        case Joined():
            return Joined(parts=tuple(buffer(part, distance_m) for part in footprint.parts))
    plane = Plane(centre(footprint))
    wide = shape_of(footprint, plane).filled().buffer(distance_m, quad_segs=16)
    return Polygon(vertices=exterior(plane, wide))


def around_track(legs: Sequence[Leg], half_width_m: float) -> Corridor:
    """Everything within a distance of a track, whatever the time; a `MovingBox` is what goes along with it.

    Raises:
        GeometryError: there is no leg.
    """
    ends = [leg.start for leg in legs[:1]] + [leg.end for leg in legs]
    waypoints = tuple(here for number, here in enumerate(ends) if number == 0 or here != ends[number - 1])
    return Corridor(waypoints=waypoints, half_width_m=half_width_m)


def distance_between_m(a: Footprint, b: Footprint | Position) -> float:
    """Least distance between two footprints, or between a footprint and a position; 0 where they share a point."""
    if isinstance(a, Circle) and isinstance(b, Circle | Position):
        other, other_radius_m = (b, 0.0) if isinstance(b, Position) else (b.centre, b.radius_m)
        return max(distance_m(a.centre, other) - a.radius_m - other_radius_m, 0.0)
    return nearest_m(a, b)[0]


@functools.lru_cache(maxsize=4096)
def nearest_m(a: Footprint, b: Footprint | Position) -> tuple[float, Position]:
    """Least distance between two footprints, and a position midway between the places where they are nearest."""
    if isinstance(b, Position):
        plane = Plane(b)
    else:
        small, large = sorted((bounding_circle(a), bounding_circle(b)), key=lambda circle: circle.radius_m)
        plane = Plane(between(small.centre, large.centre, 0.5))
        plane = Plane(_nearest(a, b, plane)[1])
    return _nearest(a, b, plane)


def _nearest(a: Footprint, b: Footprint | Position, plane: Plane) -> tuple[float, Position]:
    """Distance between two footprints measured on a plane, and the middle of the shortest line between them."""
    import shapely

    first, second = shape_of(a, plane), shape_of(b, plane)
    line = shapely.shortest_line(first.core, second.core)
    (x1, y1), (x2, y2) = line.coords
    share = 0.5 + (first.radius_m - second.radius_m) / line.length / 2.0 if line.length > 0.0 else 0.5
    share = min(max(share, 0.0), 1.0)
    middle = plane.position(x1 + (x2 - x1) * share, y1 + (y2 - y1) * share)
    apart_m = distance_m(plane.position(x1, y1), plane.position(x2, y2)) if line.length > 0.0 else 0.0
    return max(apart_m - first.radius_m - second.radius_m, 0.0), middle


def _drawn(footprint: Footprint, plane: Plane) -> Any:  # noqa: ANN401  # shapely ships no types
    """A footprint as one shapely geometry."""
    return shape_of(footprint, plane).filled()


def _centroid(ring: Line) -> Position:
    """The centroid of a ring; the mean of its corners where it encloses nothing."""
    lat, lon = (np.radians(values) for values in ring)
    x, y = float(np.mean(np.cos(lat) * np.cos(lon))), float(np.mean(np.cos(lat) * np.sin(lon)))
    z = float(np.mean(np.sin(lat)))
    mean = Position(lat_deg=math.degrees(math.atan2(z, math.hypot(x, y))), lon_deg=math.degrees(math.atan2(y, x)))
    plane = Plane(mean)
    points = plane.project(*ring)
    following = np.roll(points, -1, axis=0)
    cross = points[:, 0] * following[:, 1] - following[:, 0] * points[:, 1]
    twice_area = float(np.sum(cross))
    if abs(twice_area) < 1.0:
        return mean
    middle = (points + following).T @ cross / (3.0 * twice_area)
    return plane.position(float(middle[0]), float(middle[1]))


def _around(middle: Position, points: Line) -> Circle:
    """A circle around a middle that holds points and the geodesics between them."""
    reach_m = distances_m(middle.lat_deg, middle.lon_deg, *points)
    return Circle(centre=middle, radius_m=float(np.max(reach_m)) + 1.0)


def _around_route(waypoints: Sequence[Position], reach_m: float) -> Circle:
    """A circle around the middle of a route that holds everything within a reach of it."""
    lat, lon = position_arrays(waypoints)
    length, bearing = inverses(lat[:-1], lon[:-1], lat[1:], lon[1:])
    run_m = np.concatenate(([0.0], np.cumsum(length)))
    half_m = float(run_m[-1]) / 2.0
    edge = int(np.searchsorted(run_m, half_m, side="right")) - 1
    middle = waypoints[0]
    if half_m > 0.0:
        middle = destination(waypoints[edge], float(bearing[edge]), half_m - float(run_m[edge]))
    return Circle(centre=middle, radius_m=_around(middle, (lat, lon)).radius_m + reach_m)


def _around_circles(circles: Sequence[Circle]) -> Circle:
    """A circle that holds circles, around a middle of their centres."""
    lat, lon = position_arrays([circle.centre for circle in circles])
    middle = _centroid((lat, lon)) if len(circles) > 2 else between(circles[0].centre, circles[-1].centre, 0.5)
    reach_m = distances_m(middle.lat_deg, middle.lon_deg, lat, lon) + [circle.radius_m for circle in circles]
    return Circle(centre=middle, radius_m=float(np.max(reach_m)) + 1.0)


def _winds_around(ring: Line, position: Position) -> bool:
    """Whether geodesics that join a ring of points go around a position, or through it.

    Seen from the position each geodesic turns by less than half a circle, so the turns of all of them add up to a
    full circle inside and to nothing outside; no projection is needed.
    """
    distance, bearing = inverses(position.lat_deg, position.lon_deg, *ring)
    if float(np.min(distance)) == 0.0:
        return True
    turn = turn_deg(bearing, np.roll(bearing, -1))
    if float(np.max(np.abs(turn))) > 180.0 - _WINDING_TOLERANCE_DEG:
        return True
    return abs(float(np.sum(turn))) > 180.0


def _distance_to_line_m(points: FloatArray) -> float:
    """Distance of the origin of a plane from a line through points, shape (n, 2)."""
    starts, steps = points[:-1], np.diff(points, axis=0)
    if not len(steps):
        return float(np.hypot(*points[0]))
    square = np.maximum(np.einsum("ij,ij->i", steps, steps), np.finfo(np.float64).tiny)
    fraction = np.clip(-np.einsum("ij,ij->i", starts, steps) / square, 0.0, 1.0)
    nearest = starts + steps * fraction[:, None]
    return float(np.min(np.hypot(nearest[:, 0], nearest[:, 1])))


def _cap_m2(radius_m: float) -> float:
    """Area within a range of a point, on the sphere that has the area of the ellipsoid."""
    return 2.0 * math.pi * EARTH_RADIUS_M**2 * (1.0 - math.cos(radius_m / EARTH_RADIUS_M))


def _ring_area_m2(ring: Line) -> float:
    """Area that geodesics around a ring enclose."""
    area, _ = ellipsoid().polygon_area_perimeter(ring[1], ring[0])
    return abs(float(area))
