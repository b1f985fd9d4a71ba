"""Points that stand for areas of water, and the hand-drawn outlines that hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.domain import Joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from waterspace.domain import Footprint
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["corners", "inside", "sampled"]

_SAMPLES = 400
"""About how many points of an area are looked at."""
_FINEST_M = 20.0
"""Least distance between those points."""
_TURN_DEG = 360.0


def sampled(footprints: Sequence[Footprint], margin_m: float = 0.0) -> tuple[FloatArray, FloatArray]:
    """Points of footprints, each as dense as the others, shape (n,) each: latitudes and longitudes in degrees.

    Args:
        footprints: at least one; what moves stands for all that it sweeps over.
        margin_m: how far around them points are taken too.
    """
    from waterspace.geometry import footprints as of
    from waterspace.geometry.plane import Plane
    from waterspace.geometry.shapes import solid

    whole = footprints[0] if len(footprints) == 1 else Joined(parts=tuple(footprints))
    plane = Plane(of.bounding_circle(whole).centre)
    shapes = [solid(footprint, plane) for footprint in footprints]
    points = _points([shape.buffer(margin_m) if margin_m else shape for shape in shapes])
    lat, lon = plane.unproject(points)
    return lat, (lon + 180.0) % _TURN_DEG - 180.0


def _points(shapes: Sequence[Any]) -> FloatArray:
    """Points of shapes on a plane, shape (n, 2): a grid over all of them, and some of the edge of each."""
    import shapely

    west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
    area_m2 = sum(shapely.area(shape) for shape in shapes)
    length_m = sum(shapely.length(shape) for shape in shapes)
    step_m = max(np.sqrt(area_m2 / _SAMPLES), length_m / _SAMPLES if not area_m2 else 0.0, _FINEST_M)
    found = [np.array(shapely.point_on_surface(shape).coords) for shape in shapes]
    if (east - west) * (north - south) / step_m**2 <= _SAMPLES**2:
        grid = np.stack(np.meshgrid(np.arange(west, east, step_m), np.arange(south, north, step_m)), axis=-1)
        grid = grid.reshape(-1, 2)
        for shape in shapes:
            shapely.prepare(shape)
            found.append(grid[shapely.intersects_xy(shape, grid[:, 0], grid[:, 1])])
    found += [shapely.get_coordinates(shapely.segmentize(shape.boundary, step_m)) for shape in shapes]
    points: FloatArray = np.concatenate(found)
    return points


def corners(text: str) -> Any:  # noqa: ANN401  # shapely ships no types
    """The area of a table's corners, `lat lon; lat lon`, with straight edges in longitude and latitude.

    Longitudes go on beyond 180 degrees, so that no edge jumps.
    """
    import shapely

    ring = [tuple(map(float, reversed(corner.split()))) for corner in text.split(";")]
    return shapely.Polygon(ring)


def inside(area: Any, lat: FloatArray, lon: FloatArray) -> NDArray[np.bool_]:  # noqa: ANN401
    """Which points an area holds, its edge included; longitudes may be those of any turn."""
    import shapely

    shapely.prepare(area)
    west, _, east, _ = area.bounds
    held = np.zeros(lat.shape, dtype=bool)
    for turn in range(int(np.floor((west - 180.0) / _TURN_DEG)), int(np.ceil((east + 180.0) / _TURN_DEG)) + 1):
        held |= shapely.intersects_xy(area, lon + turn * _TURN_DEG, lat)
    return held
