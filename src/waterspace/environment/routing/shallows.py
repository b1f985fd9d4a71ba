"""Shallows: water that a grid of depths shows to be too shallow for a draught, as areas to keep out of."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.routing.hindrances import Hindrance
from waterspace.environment.routing.inshore import Gnomonic
from waterspace.environment.shores.shoreline import Bounds
from waterspace.geometry.geodesic import destinations, inverses
from waterspace.geometry.plane import EARTH_RADIUS_M

if TYPE_CHECKING:
    from waterspace.environment.bathymetry.depth import DepthGrid
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["on_way"]

_STEP_M = 2_000.0
_AROUND_DEG = 1.5
_SMOOTH_RATIO = 0.25
"""How far the outline of shallow water may lie outside its cells, as a part of them."""


def on_way(places: FloatArray, depth: DepthGrid, draught_m: float) -> Hindrance | None:
    """The first area on a way that the grid knows to be shallower than a draught, None where there is none.

    Where the depth is unknown, near land above all, nothing is found: unknown water is not taken for shallow.

    Args:
        places: latitudes and longitudes of the waypoints, degrees, shape (n, 2).
        depth: the grid.
        draught_m: above 0.
    """
    for start, end in itertools.pairwise(places):
        length, bearing = inverses(start[0], start[1], end[0], end[1])
        run_m = np.arange(0.0, float(length), _STEP_M)
        lat, lon = destinations(start[0], start[1], float(bearing), run_m)
        depths = depth.depths_m(lat, lon)
        bad = np.flatnonzero(depths < draught_m)
        if bad.size:
            return _area(float(lat[bad[0]]), float(lon[bad[0]]), depth, draught_m)
    return None


def _area(lat_deg: float, lon_deg: float, depth: DepthGrid, draught_m: float) -> Hindrance | None:
    """The shallow cells that hang together around a place."""
    import shapely

    bounds = Bounds(lat_deg - _AROUND_DEG, lon_deg - _AROUND_DEG, lat_deg + _AROUND_DEG, lon_deg + _AROUND_DEG)
    lat, lon, _ = depth.window(bounds)
    depths = depth.depths_m(lat[:, None], lon[None, :])
    step = float(np.abs(np.diff(lat)).min()) if lat.size > 1 else 0.1
    row, column = np.nonzero(depths < draught_m)
    plane = Gnomonic(lat_deg, lon_deg)
    half = step / 2.0 * 1.001
    offsets = ((-half, -half), (-half, half), (half, half), (half, -half))
    cells = [plane.project(lat[row] + north, lon[column] + east) for north, east in offsets]
    shapes = shapely.polygons(np.stack(cells, axis=1)) if row.size else np.empty(0, dtype=object)
    here = shapely.Point(0.0, 0.0)
    for part in shapely.get_parts(shapely.union_all(shapes)):
        if shapely.dwithin(part, here, math.radians(step) * EARTH_RADIUS_M):
            name = f"water that {depth.source} shows shallower than {draught_m:g} m"
            smooth_m = _SMOOTH_RATIO * math.radians(step) * EARTH_RADIUS_M  # the grid is no finer than that
            smooth = shapely.simplify(shapely.buffer(part, smooth_m, join_style="mitre"), smooth_m)
            return Hindrance(name, smooth, plane, 0.0)
    return None
