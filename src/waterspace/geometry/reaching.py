"""How far one shape reaches beyond others, and where it does so farthest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Circle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Footprint, Position
    from waterspace.geometry.arrays import FloatArray

__all__ = ["farthest_outside"]


def farthest_outside(shape: Footprint, others: Sequence[Footprint]) -> tuple[float, Position]:
    """How far the edge of a shape is outside all of some others where it is farthest, metres, and where that is.

    Args:
        shape: measured at the points of its outline; what moves by all that it sweeps.
        others: at least one; what they cover together counts as one.

    Returns:
        A distance of 0 where the whole outline lies within others.
    """
    import numpy as np

    from waterspace.geometry import footprints
    from waterspace.geometry.geodesic import position_arrays

    corners = footprints.outline(shape)
    points = position_arrays(corners)
    middle = footprints.centre(shape)
    away_m = np.min([_outside_m(points, other, middle) for other in others], axis=0)
    farthest = int(np.argmax(away_m))
    return float(away_m[farthest]), corners[farthest]


def _outside_m(points: tuple[FloatArray, FloatArray], area: Footprint, middle: Position) -> FloatArray:
    """Distances of points about a middle, latitudes and longitudes of shape (n,), from an area, 0 within it."""
    import numpy as np
    import shapely

    from waterspace.geometry.geodesic import distances_m
    from waterspace.geometry.plane import Plane
    from waterspace.geometry.shapes import solid

    if isinstance(area, Circle):
        off_m = distances_m(*points, area.centre.lat_deg, area.centre.lon_deg) - area.radius_m
        outside_m: FloatArray = np.maximum(off_m, 0.0)
        return outside_m
    plane = Plane(middle)
    return np.asarray(shapely.distance(solid(area, plane), shapely.points(plane.project(*points))))
