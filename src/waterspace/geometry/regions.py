"""Areas of a plane back on the earth: as patches with holes, or as one ring for those who can draw no hole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from waterspace.domain import Position
from waterspace.geometry.geodesic import ellipsoid, positions_from

if TYPE_CHECKING:
    from waterspace.geometry.geodesic import FloatArray
    from waterspace.geometry.plane import Plane

__all__ = ["Patch", "area_on_earth_m2", "exterior", "one_ring", "patches", "points_within"]

_SAME_CORNER_M = 0.001
"""Corners nearer than this are one: rounding leaves pairs of them where boxes are joined."""

_RING = tuple[Position, ...]


class Patch(NamedTuple):
    """A piece of an area: corners in order, the first not repeated, to be joined by straight strokes.

    Attributes:
        outer: counter-clockwise.
        holes: each clockwise.
    """

    outer: _RING
    holes: tuple[_RING, ...] = ()


def patches(plane: Plane, area: Any) -> tuple[Patch, ...]:  # noqa: ANN401  # shapely ships no types
    """Every piece of a shapely geometry; lines and points have none."""
    return tuple(
        Patch(rings[0], rings[1:])
        for part in _polygons(area)
        if len((rings := tuple(_positions(plane, ring) for ring in _rings(part)))[0]) > 2
    )


def exterior(plane: Plane, area: Any) -> _RING:  # noqa: ANN401
    """The outer ring of an area, of its largest piece where it has several; empty where it is empty."""
    parts = _polygons(area)
    return _positions(plane, _rings(max(parts, key=lambda part: part.area))[0]) if parts else ()


def one_ring(plane: Plane, area: Any) -> _RING:  # noqa: ANN401
    """All pieces and holes of an area as one ring, cut open where they are nearest to one another.

    Filled by either rule it shows the area; each cut is there and back, so that it encloses nothing.
    """
    rings = [ring for part in _polygons(area) for ring in _rings(part)]
    if not rings:
        return ()
    whole = rings.pop(0)
    while rings:
        number, here, there = _nearest(whole, rings)
        ring = np.roll(rings.pop(number), -there, axis=0)
        whole = np.concatenate((whole[: here + 1], ring, ring[:1], whole[here:]))
    return positions_from(*plane.unproject(whole))


def points_within(plane: Plane, area: Any) -> _RING:  # noqa: ANN401
    """A position inside each piece of an area."""
    import shapely

    found = [shapely.point_on_surface(part) for part in _polygons(area)]
    return tuple(plane.position(float(point.x), float(point.y)) for point in found)


def area_on_earth_m2(plane: Plane, area: Any) -> float:  # noqa: ANN401
    """Area on the ellipsoid of a shapely geometry of a plane, without its holes."""
    total = 0.0
    for part in _polygons(area):
        outer, *holes = (_enclosed_m2(plane, ring) for ring in _rings(part))
        total += outer - sum(holes)
    return total


def _polygons(area: Any) -> list[Any]:  # noqa: ANN401
    """The polygons of a shapely geometry."""
    import shapely

    return [part for part in shapely.get_parts(area) if part.geom_type == "Polygon" and not part.is_empty]


def _rings(polygon: Any) -> list[FloatArray]:  # noqa: ANN401
    """Corners of a polygon and of its holes, shape (n, 2) each: the first counter-clockwise, the others clockwise."""
    found = []
    for number, ring in enumerate((polygon.exterior, *polygon.interiors)):
        corners = np.asarray(ring.coords)[:-1]
        if ring.is_ccw == (number > 0):
            corners = corners[::-1]
        apart_m = np.hypot(*(corners - np.roll(corners, 1, axis=0)).T)
        found.append(corners[apart_m > _SAME_CORNER_M])
    return found


def _positions(plane: Plane, ring: FloatArray) -> _RING:
    """A ring on the earth."""
    return positions_from(*plane.unproject(ring))


def _enclosed_m2(plane: Plane, ring: FloatArray) -> float:
    """Area that geodesics around a ring of a plane enclose."""
    lat, lon = plane.unproject(ring)
    area, _ = ellipsoid().polygon_area_perimeter(lon, lat)
    return abs(float(area))


def _nearest(whole: FloatArray, rings: list[FloatArray]) -> tuple[int, int, int]:
    """Which ring is nearest to a ring, and which corners of both are nearest."""
    best = (np.inf, 0, 0, 0)
    for number, ring in enumerate(rings):
        square = np.sum((whole[:, None, :] - ring[None, :, :]) ** 2, axis=2)
        here, there = divmod(int(np.argmin(square)), len(ring))
        best = min(best, (float(square[here, there]), number, here, there))
    return best[1:]
