"""Polygons that can be computed with: no two sides cross, and none leads half round the earth.

Sides are followed as great circles here, which stray from geodesics by a few metres in a hundred kilometres; a crossing
is told from a touch by a centimetre.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.domain import Polygon, Position
from waterspace.errors import GeometryError
from waterspace.geometry.geodesic import distance_m, position_arrays
from waterspace.notation import format_position

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Defect", "defect", "lat_lon_box", "require_sound"]

_TOUCH = 2e-9
"""How far off a great circle a point must be to lie on one side of it, as a sine: a centimetre."""

_WIDEST_DEG, _LONGEST_M = 90.0, 5_000_000.0
"""A side that spans more longitude and is longer than this goes where nobody expects (assumed)."""

_HALF_CIRCLE_DEG, _FULL_CIRCLE_DEG = 180.0, 360.0
_YZX, _ZXY = (1, 2, 0), (2, 0, 1)


class Defect(NamedTuple):
    """Why a ring of corners bounds no area.

    Attributes:
        corner: number of the corner at which the side begins that is at fault, from 0.
        reason: as half a sentence.
    """

    corner: int
    reason: str


def defect(vertices: Sequence[Position]) -> Defect | None:
    """What is wrong with the corners of a polygon; None where nothing is.

    Args:
        vertices: at least three, in order, the first not repeated.
    """
    return _wide_side(vertices) or _crossing(vertices)


@functools.lru_cache(maxsize=4096)
def require_sound(polygon: Polygon) -> None:
    """Refuse a polygon that bounds no area.

    Raises:
        GeometryError: two sides cross, or one leads half round the earth.
    """
    found = defect(polygon.vertices)
    if found is not None:
        raise GeometryError(
            f"a polygon that begins at {_at(polygon.vertices[0])} has sides that bound no area: {found.reason}"
        )


def lat_lon_box(south_west: Position, north_east: Position, step_deg: float = 1.0) -> Polygon:
    """The box between two parallels and two meridians; across 180° where the western longitude is the greater.

    Args:
        south_west: one corner.
        north_east: the opposite corner.
        step_deg: longest stroke along a parallel, which is no geodesic.

    Raises:
        GeometryError: the box has no height or no width, or spans more than half of the earth's longitudes.
    """
    west_deg, east_deg = south_west.lon_deg, north_east.lon_deg
    south_deg, north_deg = south_west.lat_deg, north_east.lat_deg
    if not south_deg < north_deg or west_deg == east_deg:
        raise GeometryError(f"a box from {_at(south_west)} to {_at(north_east)} has no height or no width")
    wide_deg = (east_deg - west_deg) % _FULL_CIRCLE_DEG
    if wide_deg > _HALF_CIRCLE_DEG:
        start, end = Position(lat_deg=south_deg, lon_deg=east_deg), Position(lat_deg=north_deg, lon_deg=west_deg)
        raise GeometryError(
            f"a box from {_at(south_west)} east to {_at(north_east)} spans {wide_deg:g} degrees of longitude. If the "
            f"box across 180° is meant, write it from {_at(start)} to {_at(end)}; if not, cut it in two"
        )
    lon = west_deg + np.linspace(0.0, wide_deg, max(int(np.ceil(wide_deg / step_deg)), 1) + 1)
    lon = ((lon + _HALF_CIRCLE_DEG) % _FULL_CIRCLE_DEG - _HALF_CIRCLE_DEG).tolist()
    lower = [Position(lat_deg=south_deg, lon_deg=lon_deg) for lon_deg in lon]
    upper = [Position(lat_deg=north_deg, lon_deg=lon_deg) for lon_deg in reversed(lon)]
    return Polygon(vertices=(*lower, *upper))


def _wide_side(vertices: Sequence[Position]) -> Defect | None:
    """The first side that leads half round the earth."""
    for number, here in enumerate(vertices):
        there = vertices[(number + 1) % len(vertices)]
        apart_deg = abs(there.lon_deg - here.lon_deg)
        wide_deg = min(apart_deg, _FULL_CIRCLE_DEG - apart_deg)
        if wide_deg > _WIDEST_DEG and distance_m(here, there) > _LONGEST_M:
            across = " across 180°" if apart_deg > _HALF_CIRCLE_DEG else ""
            reason = (
                f"the side from {_at(here)} to {_at(there)} was understood as the shortest line between them, which "
                f"spans {wide_deg:g} degrees of longitude{across}. Put corners in between to say which way it goes, or "
                f"mend the longitude"
            )
            return Defect(number, reason)
    return None


def _crossing(vertices: Sequence[Position]) -> Defect | None:
    """The first two sides that cross."""
    points = _vectors(vertices)
    ends = np.concatenate((points[1:], points[:1]))
    axes = points[:, _YZX] * ends[:, _ZXY] - points[:, _ZXY] * ends[:, _YZX]  # half the time of `np.cross`
    axes /= np.maximum(np.sqrt(np.einsum("ij,ij->i", axes, axes)), np.finfo(np.float64).tiny)[:, None]
    side = axes @ points.T
    side = np.where(np.abs(side) < _TOUCH, 0.0, side)
    straddles = side * np.concatenate((side[:, 1:], side[:, :1]), axis=1) < 0.0
    middles = points + ends
    crosses = straddles & straddles.T & (middles @ middles.T > 0.0)
    if not crosses.any():
        return None
    first, second = np.nonzero(np.triu(crosses, k=2))
    if not first.size:
        return None
    i, j = int(first[0]), int(second[0])
    where = np.cross(axes[i], axes[j])
    where *= np.sign(where @ middles[i])
    count = len(vertices)
    sides = [f"from {_at(vertices[k])} to {_at(vertices[(k + 1) % count])}" for k in (i, j)]
    spot = Position(
        lat_deg=float(np.degrees(np.arctan2(where[2], np.hypot(where[0], where[1])))),
        lon_deg=float(np.degrees(np.arctan2(where[1], where[0]))),
    )
    return Defect(j, f"the side {sides[0]} and the side {sides[1]} cross at {_at(spot)}")


def _vectors(vertices: Sequence[Position]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Unit vectors of positions, shape (n, 3)."""
    lat, lon = (np.radians(values) for values in position_arrays(vertices))
    return np.stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)), axis=1)


def _at(position: Position) -> str:
    return format_position(position.lat_deg, position.lon_deg)
