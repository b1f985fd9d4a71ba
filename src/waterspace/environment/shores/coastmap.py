"""Land as rings to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from waterspace.environment.shores.shoreline import Bounds, Cut, Ring
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

    rings = [(cut.turn_deg, ring) for cut in cuts for ring in cut.shoreline.rings(cut.bounds, tolerance_deg)]
    shapes = _shapes(rings)
    is_part = np.array([ring.is_cut and not ring.is_lake for _, ring in rings], dtype=np.bool_)
    south, west, north, east = bounds
    parts = shapely.clip_by_rect(shapes[is_part], west, south, east, north)
    crossed = ~shapely.is_valid(parts)  # coarse rings may touch themselves where the box cuts them
    parts[crossed] = shapely.make_valid(parts[crossed])
    joined = shapely.union_all(parts)
    clipped = shapely.clip_by_rect([*shapes[~is_part], joined], west, south, east, north)
    simple = shapely.get_rings(shapely.get_parts(shapely.simplify(clipped, tolerance_deg)))
    places, owner = shapely.get_coordinates(simple, return_index=True)
    start = np.flatnonzero(np.diff(owner, prepend=-1))
    extent = np.maximum.reduceat(places, start, axis=0) - np.minimum.reduceat(places, start, axis=0)
    size = extent.max(axis=1)
    drawn = np.split(places, start[1:])
    largest_first = np.argsort(-size, kind="stable")
    kept = [drawn[ring] for ring in largest_first.tolist() if size[ring] >= tolerance_deg]
    return [(ring[:, 1].copy(), ring[:, 0].copy()) for ring in kept]


def _shapes(rings: Sequence[tuple[float, Ring]]) -> NDArray[Any]:
    """Rings as polygons, all at once."""
    import shapely

    if not rings:
        return np.empty(0, dtype=object)
    lon = np.concatenate([ring.lon - turn_deg for turn_deg, ring in rings])
    lat = np.concatenate([ring.lat for _, ring in rings])
    owner = np.repeat(np.arange(len(rings)), [len(ring.lat) for _, ring in rings])
    return np.asarray(shapely.polygons(shapely.linearrings(np.stack((lon, lat), axis=1), indices=owner)))
