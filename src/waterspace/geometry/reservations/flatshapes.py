"""Footprints that stand still as flat arrays: balls around them, discs inside them, and edges."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from waterspace.domain import Circle, Corridor, Polygon, Sector
from waterspace.geometry.plane import EARTH_RADIUS_M
from waterspace.geometry.reservations.earthframe import (
    EQUATOR_M,
    TILT,
    local_axes,
    norm,
    on_plane,
    plane_error_m,
    points_of,
    ragged,
    to_surface,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.domain import Footprint
    from waterspace.geometry.geodesic import FloatArray
    from waterspace.geometry.separation import IndexArray

__all__ = ["Kind", "Shapes", "bend_m", "blank", "bulge_m", "counts_of", "numbers_of", "still_shapes"]

_ARC_STEP_DEG = 10.0
"""Angle between corners of an arc; what it cuts off counts as error."""

_DRAWN_M, _DRAWN_ERROR_M = 50_000.0, 1.0
"""The exact code draws circles larger than this, and may be wrong by half of that then."""

_LARGEST_M = 1_000_000.0
"""Shapes that reach farther from their middle have no edges here, and go to the exact code."""


class Shapes(NamedTuple):
    """Shapes that stand still, or pieces of the run of a moving box; arrays of shape (n,), or (n, 3) for points.

    Attributes:
        owner: number of the reservation.
        middle: centre of a ball that holds the shape.
        reach_m: radius of the ball.
        heart: centre of a disc inside the shape.
        inner_m: radius of the disc; 0 or less where none is known.
        round_m: radius around the edges that belongs to the shape: of a circle, of a corridor.
        error_m: by how much the edges may be wrong, apart from what a plane does to them.
        is_area: whether the edges enclose an area.
        is_circle: whether the disc inside is the whole shape.
        first: index of the first edge.
        edges: number of edges, 0 where only the exact code knows the shape.
    """

    owner: IndexArray
    middle: FloatArray
    reach_m: FloatArray
    heart: FloatArray
    inner_m: FloatArray
    round_m: FloatArray
    error_m: FloatArray
    is_area: NDArray[np.bool_]
    is_circle: NDArray[np.bool_]
    first: IndexArray
    edges: IndexArray

    @classmethod
    def joined(cls, parts: Sequence[Shapes]) -> Shapes:
        """The shapes of several, whose edges are laid end to end in the same order."""
        moved, laid = [], 0
        for part in parts:
            moved.append(part._replace(first=part.first + laid))
            laid += int(part.edges.sum())
        return cls(*(np.concatenate(columns) for columns in zip(*moved, strict=True)))


class Kind(NamedTuple):
    """Shapes of one kind, and the ends of their edges, each of shape (edges, 3)."""

    shapes: Shapes
    starts: FloatArray
    ends: FloatArray


def still_shapes(kind: type, footprints: Sequence[Footprint], owner: IndexArray) -> Kind:
    """Footprints of one kind, which is not `MovingBox`.

    Args:
        kind: their class.
        footprints: shape (n,).
        owner: numbers of their reservations, shape (n,).
    """
    return _MAKERS.get(kind, _unknown)(footprints, owner)


def _circles(circles: Sequence[Circle], owner: IndexArray) -> Kind:
    """Circles: a point and a radius."""
    centre = points_of([circle.centre for circle in circles])
    radius_m = numbers_of("radius_m", circles)
    count = (radius_m <= _LARGEST_M).astype(np.intp)
    centre_of_edges = centre[count > 0]
    shapes = Shapes(
        owner,
        centre,
        radius_m,
        centre,
        np.where(count > 0, radius_m, 0.0),
        radius_m,
        np.where(radius_m > _DRAWN_M, _DRAWN_ERROR_M, 0.0),
        np.zeros(radius_m.size, dtype=np.bool_),
        np.ones(radius_m.size, dtype=np.bool_),
        np.cumsum(count) - count,
        count,
    )
    return Kind(shapes, centre_of_edges, centre_of_edges)


def _polygons(polygons: Sequence[Polygon], owner: IndexArray) -> Kind:
    """Polygons: their edges."""
    rings = [polygon.vertices for polygon in polygons]
    corners = points_of(list(itertools.chain.from_iterable(rings)))
    return _areas(corners, counts_of(rings), owner, np.zeros(len(rings)))


def _corridors(corridors: Sequence[Corridor], owner: IndexArray) -> Kind:
    """Corridors: the edges of their lines, and a last one without length, so that one waypoint is a corridor too."""
    lines = [corridor.waypoints for corridor in corridors]
    half_m = numbers_of("half_width_m", corridors)
    count = counts_of(lines)
    first = np.cumsum(count) - count
    starts = points_of(list(itertools.chain.from_iterable(lines)))
    following = np.minimum(np.arange(1, len(starts) + 1), np.repeat(first + count - 1, count))
    ends = starts[following]
    run = np.repeat(np.arange(count.size), count)
    middle = np.add.reduceat(starts, first, axis=0) / count[:, None]
    longest_m = np.maximum.reduceat(norm(ends - starts), first)
    reach_m = np.maximum.reduceat(norm(starts - middle[run]), first) + bulge_m(longest_m) + half_m + 1.0
    known = reach_m <= _LARGEST_M
    known_count = np.where(known, count, 0)
    shapes = Shapes(
        owner,
        middle,
        np.where(known, reach_m, 2.0 * EQUATOR_M + half_m),
        starts[first + count // 2],
        np.where(known, half_m, 0.0),
        half_m,
        bend_m(longest_m) + half_m / 1000.0,
        np.zeros(count.size, dtype=np.bool_),
        np.zeros(count.size, dtype=np.bool_),
        np.cumsum(known_count) - known_count,
        known_count,
    )
    kept = known[run]
    return Kind(shapes, starts[kept], ends[kept])


def _sectors(sectors: Sequence[Sector], owner: IndexArray) -> Kind:
    """Sectors: corners on a plane that touches the earth at the apex; full rings are left to the exact code."""
    centre = points_of([sector.centre for sector in sectors])
    outer_m, inner_m = numbers_of("radius_m", sectors), numbers_of("inner_radius_m", sectors)
    half_deg, bearing_deg = numbers_of("half_angle_deg", sectors), numbers_of("bearing_deg", sectors)
    known = (half_deg < 180.0) & (outer_m <= _LARGEST_M)
    left, taken = np.flatnonzero(~known), np.flatnonzero(known)
    kinds = [blank(owner[left], centre[left], outer_m[left])]
    if taken.size:
        frame = centre[taken], bearing_deg[taken], half_deg[taken]
        corners, count, error_m = _sector_corners(*frame, (inner_m[taken], outer_m[taken]))
        made = _areas(corners, count, owner[taken], error_m)
        kinds.append(made)
    return Kind(
        Shapes.joined([kind.shapes for kind in kinds]),
        np.concatenate([kind.starts for kind in kinds]),
        np.concatenate([kind.ends for kind in kinds]),
    )


def _sector_corners(
    centre: FloatArray, bearing_deg: FloatArray, half_deg: FloatArray, radii_m: tuple[FloatArray, FloatArray]
) -> tuple[FloatArray, IndexArray, FloatArray]:
    """Rings of corners of sectors, their lengths, and by how much the strokes between them stray from the arcs."""
    inner_m, outer_m = radii_m
    steps = np.maximum(np.ceil(2.0 * half_deg / _ARC_STEP_DEG), 1.0).astype(np.intp)
    outer_count, inner_count = steps + 1, np.where(inner_m > 0.0, steps + 1, 1)
    count = outer_count + inner_count
    run, place = ragged(np.zeros(count.size, dtype=np.intp), count)
    back = place >= outer_count[run]
    position = np.where(back, count[run] - 1 - place, place)
    share = np.where(back & (inner_count[run] == 1), 0.0, position / steps[run])
    angle = np.radians(bearing_deg[run] + half_deg[run] * (2.0 * share - 1.0))
    range_m = np.where(back, inner_m[run], outer_m[run])
    sight_m = range_m * (1.0 + (range_m / EARTH_RADIUS_M) ** 2 / 3.0)
    east, north, _ = local_axes(centre)
    across, along = sight_m * np.sin(angle), sight_m * np.cos(angle)
    corners = centre[run] + across[:, None] * east[run] + along[:, None] * north[run]
    cut_m = outer_m * (1.0 - np.cos(np.radians(half_deg / steps)))
    error_m = cut_m + outer_m**2 / EARTH_RADIUS_M * (TILT + (outer_m / EARTH_RADIUS_M) ** 2)
    return corners, count, error_m


def _areas(corners: FloatArray, count: IndexArray, owner: IndexArray, error_m: FloatArray) -> Kind:
    """Areas that rings of corners bound."""
    first = np.cumsum(count) - count
    following = np.arange(1, len(corners) + 1)
    following[first + count - 1] = first
    ends = corners[following]
    run = np.repeat(np.arange(count.size), count)
    middle = np.add.reduceat(corners, first, axis=0) / count[:, None]
    longest_m = np.maximum.reduceat(norm(ends - corners), first)
    reach_m = np.maximum.reduceat(norm(corners - middle[run]), first) + bulge_m(longest_m) + error_m + 1.0
    error_m = error_m + bend_m(longest_m)
    known = reach_m <= _LARGEST_M
    inner_m = np.where(known, _room_m(middle, (corners, following), run, first) - error_m, 0.0)
    # a reach that the ball around the corners does not hold leaves the shape to the exact code, in a ball of all
    shapes = Shapes(
        owner,
        np.where(known[:, None], middle, 0.0),
        np.where(known, reach_m, 2.0 * EQUATOR_M),
        middle,
        inner_m,
        np.zeros(count.size),
        error_m,
        np.ones(count.size, dtype=np.bool_),
        np.zeros(count.size, dtype=np.bool_),
        first,
        np.where(known, count, 0),
    )
    kept = known[run]
    known_count = shapes.edges
    return Kind(shapes._replace(first=np.cumsum(known_count) - known_count), corners[kept], ends[kept])


def _room_m(heart: FloatArray, ring: tuple[FloatArray, IndexArray], run: IndexArray, first: IndexArray) -> FloatArray:
    """Distance from hearts to the edges of their areas, less what a plane may add to it; 0 for hearts outside.

    Args:
        heart: one for each area.
        ring: corners of all areas, and which corner follows each.
        run: area of each corner.
        first: first corner of each area.
    """
    heart = to_surface(heart)
    corners, following = ring
    x1, y1 = on_plane(corners, heart[run], local_axes(heart).take(run))
    x2, y2 = x1[following], y1[following]
    dx, dy = x2 - x1, y2 - y1
    square = np.maximum(dx * dx + dy * dy, np.finfo(np.float64).tiny)
    share = np.clip(-(x1 * dx + y1 * dy) / square, 0.0, 1.0)
    near_m = np.sqrt(np.minimum.reduceat((x1 + share * dx) ** 2 + (y1 + share * dy) ** 2, first))
    crosses = ((y1 > 0.0) != (y2 > 0.0)) & ((x1 * dy - y1 * dx) * dy > 0.0)
    inside = np.logical_xor.reduceat(crosses, first)
    return np.where(inside, near_m - plane_error_m(near_m), 0.0)


def blank(owner: IndexArray, middle: FloatArray, reach_m: FloatArray) -> Kind:
    """Shapes that only the exact code knows: balls without edges."""
    count = owner.size
    none = np.zeros(count)
    shapes = Shapes(
        owner,
        middle,
        reach_m,
        middle,
        none,
        none,
        none,
        np.zeros(count, dtype=np.bool_),
        np.zeros(count, dtype=np.bool_),
        np.zeros(count, dtype=np.intp),
        np.zeros(count, dtype=np.intp),
    )
    return Kind(shapes, np.zeros((0, 3)), np.zeros((0, 3)))


def _unknown(footprints: Sequence[Footprint], owner: IndexArray) -> Kind:
    """Any other footprint: the circle around it."""
    from waterspace.geometry.footprints import bounding_circle

    circles = [bounding_circle(footprint) for footprint in footprints]
    return blank(owner, points_of([circle.centre for circle in circles]), numbers_of("radius_m", circles))


def numbers_of(name: str, things: Sequence[object]) -> FloatArray:
    """One attribute of many things."""
    return np.fromiter(map(attrgetter(name), things), dtype=np.float64, count=len(things))


def counts_of(lists: Iterable[Sequence[object]]) -> IndexArray:
    """Lengths of lists."""
    return np.array([len(entries) for entries in lists], dtype=np.intp)


def bend_m(edge_m: FloatArray) -> FloatArray:
    """By how much a geodesic may stray from the plane through its ends and the centre of the earth."""
    bend: FloatArray = edge_m**2 / (8.0 * EARTH_RADIUS_M) * (TILT + edge_m / EARTH_RADIUS_M * TILT)
    return bend


def bulge_m(edge_m: FloatArray) -> FloatArray:
    """By how much a geodesic rises above its chord, rounded up."""
    bulge: FloatArray = edge_m**2 / (7.5 * EARTH_RADIUS_M)
    return bulge


_MAKERS: dict[type, Callable[[Any, IndexArray], Kind]] = {
    Circle: _circles,
    Polygon: _polygons,
    Sector: _sectors,
    Corridor: _corridors,
}
