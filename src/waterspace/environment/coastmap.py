"""Land as rings to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from waterspace.environment.shoreline import Bounds, Cut
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["polygons"]


def polygons(cuts: list[Cut], bounds: Bounds, tolerance_deg: float) -> list[tuple[FloatArray, FloatArray]]:
    """Land inside a box as closed rings, clipped and simplified, the largest first.

    Args:
        cuts: the shorelines that the box meets.
        bounds: the box, in the longitudes that the rings are to have.
        tolerance_deg: as in `Coast.polygons`.
    """
    import shapely

    whole: list[Any] = []
    parts: list[Any] = []
    for cut in cuts:
        for ring in cut.shoreline.rings(cut.bounds, tolerance_deg):
            kept = parts if ring.is_cut and not ring.is_lake else whole
            kept.append(shapely.Polygon(np.stack((ring.lon - cut.turn_deg, ring.lat), axis=1)))
    south, west, north, east = bounds
    joined = [shapely.union_all(shapely.clip_by_rect(parts, west, south, east, north))]
    clipped = shapely.clip_by_rect([*whole, *joined], west, south, east, north)
    shapes = shapely.simplify(clipped, tolerance_deg)
    rings = shapely.get_rings(shapely.get_parts(shapes))
    drawn = [shapely.get_coordinates(ring) for ring in rings]
    drawn = [ring for ring in drawn if np.ptp(ring, axis=0).max() >= tolerance_deg]
    drawn.sort(key=lambda ring: float(-np.ptp(ring, axis=0).max()))
    return [(ring[:, 1].copy(), ring[:, 0].copy()) for ring in drawn]
