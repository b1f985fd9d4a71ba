"""Footprints as flat arrays of edges: straight strokes on geodesics, and discs.

Strokes are at most 20 km long: the upright plane through one strays from the geodesic by less than a millimetre.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.domain import Circle, Corridor, MovingBox, Polygon, Sector
from waterspace.errors import GeometryError
from waterspace.geometry.boxes import BoxMotion
from waterspace.geometry.compiled.pieces import Pieces, pieces_of, places, turned_to_course
from waterspace.geometry.ellipsoid import WGS84
from waterspace.geometry.footprints import bounding_circle
from waterspace.geometry.geodesic import position_arrays
from waterspace.geometry.outlines import EDGE_STEP_M, corridor_line, polygon_ring
from waterspace.geometry.plane import EARTH_RADIUS_M
from waterspace.geometry.soundness import require_sound

if TYPE_CHECKING:
    from waterspace.domain import Footprint, Position
    from waterspace.geometry.arrays import FloatArray

__all__ = ["BOX", "CORRIDOR", "DISC", "POLYGON", "SECTOR", "Box", "Edges", "edges_of"]

DISC, POLYGON, SECTOR, CORRIDOR, BOX = range(5)
"""Kinds of footprints."""

_LARGEST_M = 9_000_000.0
"""A reach beyond which the earth's far side begins to count."""

_NO_LENGTH_M = 0.001
"""A stroke of a corridor shorter than this has no course that counts: the discs at its ends are all of it."""

_PLAIN_MARGIN_M = 1000.0
"""Added to bounding circles, so that what they leave out is out for certain."""


class Edges(NamedTuple):
    """A footprint that stands still.

    Attributes:
        kind: one of `DISC`, `POLYGON`, `SECTOR`, `CORRIDOR`; `BOX` where it moves, and all else is empty.
        reach: earth-centred place and, fourth, the reach in metres of a circle that holds it.
        numbers: of a sector its outer and inner radius and half angle in radians; of a corridor its half width, along
            the surface and straight, and by how much strokes overlap at corners; shape (3,).
        discs: earth-centred centres and, fourth, radii along the surface; shape (k, 4).
        start: where strokes begin, earth-centred, shape (n, 3).
        end: where they end.
        side: unit vectors to the right of strokes, shape (n, 3); zero where a stroke is too short to have a side.
        frame: of a sector, ahead, to the right and up at its centre, shape (3, 3).
    """

    kind: int
    reach: FloatArray
    numbers: FloatArray
    discs: FloatArray
    start: FloatArray
    end: FloatArray
    side: FloatArray
    frame: FloatArray


class Box(NamedTuple):
    """A box that moves.

    Attributes:
        pieces: the curve of its centre, one track; none for a footprint that stands still.
        kept: direction ahead at the start of pieces in which it waits, zero in others; shape (n, 3).
        sizes: reach ahead, astern and abeam, and of the farthest corner, metres; shape (4,).
    """

    pieces: Pieces
    kept: FloatArray
    sizes: FloatArray


def edges_of(footprint: Footprint) -> tuple[Edges, Box]:
    """The arrays of a footprint of one kind: one that stands still, or a box.

    Args:
        footprint: neither `Joined` nor `Without`.

    Raises:
        GeometryError: a polygon whose sides cross, or a footprint that reaches round the earth.
    """
    if isinstance(footprint, MovingBox):
        return _still(BOX, np.zeros(4)), _box(footprint)
    bounds = bounding_circle(footprint)
    if bounds.radius_m > _LARGEST_M:
        raise GeometryError(f"a footprint reaches {bounds.radius_m:.0f} m from its centre, expected at most 9,000 km")
    reach = np.append(_place(bounds.centre), bounds.radius_m + _PLAIN_MARGIN_M)
    match footprint:
        case Circle():
            edges = _still(DISC, reach)._replace(discs=_discs([footprint.centre], [footprint.radius_m]))
        case Polygon():
            require_sound(footprint)
            points = places(*polygon_ring(footprint, EDGE_STEP_M))
            edges = _strokes(_still(POLYGON, reach), points, np.roll(points, -1, axis=0))
        case Sector():
            edges = _sector(footprint, reach)
        case Corridor():
            edges = _corridor(footprint, reach)
        case _:
            raise GeometryError(f"a footprint of type {type(footprint).__name__} has no edges of its own")
    return edges, Box(pieces_of(()), np.zeros((0, 3)), np.zeros(4))


def _still(kind: int, reach: FloatArray) -> Edges:
    """A footprint without edges."""
    none = np.zeros((0, 3))
    return Edges(kind, reach, np.zeros(3), np.zeros((0, 4)), none, none, none, np.zeros((3, 3)))


def _place(position: Position) -> FloatArray:
    place: FloatArray = places(*position_arrays([position]))[0]
    return place


def _discs(centres: list[Position], radii_m: list[float]) -> FloatArray:
    return np.column_stack((places(*position_arrays(centres)), np.array(radii_m)))


def _up(points: FloatArray) -> FloatArray:
    """Unit vectors upright on the ellipsoid, shape (n, 3)."""
    upright = points * np.array([1.0, 1.0, 1.0 / (1.0 - WGS84.eccentricity2_ratio)])
    unit: FloatArray = upright / np.sqrt(np.einsum("ij,ij->i", upright, upright))[:, None]
    return unit


def _strokes(edges: Edges, start: FloatArray, end: FloatArray) -> Edges:
    """A footprint with strokes; those of no length are left out, and no other, so that a ring stays closed."""
    gap = end - start
    largest: FloatArray = np.max(np.abs(gap), axis=1)
    some = largest > 0.0
    start, end = start[some], end[some]
    gap = gap[some] / largest[some][:, None]  # the square of the shortest stroke would be 0
    side = np.cross(gap, _up(start + end))
    length = np.sqrt(np.einsum("ij,ij->i", side, side))[:, None]
    return edges._replace(start=start, end=end, side=side / np.where(length > 0.0, length, 1.0))


def _sector(sector: Sector, reach: FloatArray) -> Edges:
    """A slice of a disc or ring, in the frame of its middle line."""
    centre = _place(sector.centre)
    up = _up(centre[None])[0]
    angle = math.radians(sector.bearing_deg)
    turn = math.radians(sector.centre.lon_deg)
    east = np.array([-math.sin(turn), math.cos(turn), 0.0])
    north = np.cross(up, east)
    ahead = math.cos(angle) * north + math.sin(angle) * east
    right = math.cos(angle) * east - math.sin(angle) * north
    numbers = np.array([sector.radius_m, sector.inner_radius_m, math.radians(sector.half_angle_deg)])
    radii_m = [radius_m for radius_m in (sector.radius_m, sector.inner_radius_m) if radius_m > 0.0]
    discs = _discs([sector.centre] * len(radii_m), radii_m) if radii_m else np.zeros((0, 4))
    frame = np.stack((ahead, right, up))
    return _still(SECTOR, reach)._replace(numbers=numbers, discs=discs, frame=frame)


def _corridor(corridor: Corridor, reach: FloatArray) -> Edges:
    """Strokes along the middle line, and a disc around every waypoint."""
    width_m = corridor.half_width_m
    points = places(*corridor_line(corridor, EDGE_STEP_M))
    straight_m = EARTH_RADIUS_M * math.sin(width_m / EARTH_RADIUS_M)
    # strokes that follow on each other differ in slope by their length over the earth's radius, and a point abeam lies
    # below them by the square of the width over its diameter
    overlap_m = 0.1 + width_m**2 * EDGE_STEP_M / (2.0 * EARTH_RADIUS_M**2)
    discs = _discs(list(corridor.waypoints), [width_m] * len(corridor.waypoints))
    edges = _still(CORRIDOR, reach)._replace(numbers=np.array([width_m, straight_m, overlap_m]), discs=discs)
    gap = np.diff(points, axis=0)
    long = np.sqrt(np.einsum("ij,ij->i", gap, gap)) > _NO_LENGTH_M
    return _strokes(edges, points[:-1][long], points[1:][long])


def _box(box: MovingBox) -> Box:
    """The curve and the size of a box that moves."""
    pieces = pieces_of((box.legs,))
    sizes = np.array([box.ahead_m, box.astern_m, box.abeam_m, BoxMotion.of(box).radius_m])
    return Box(pieces, turned_to_course(pieces), sizes)
