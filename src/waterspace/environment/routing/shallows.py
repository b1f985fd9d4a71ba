"""Shallows: water that a grid of depths shows to be too shallow for a draught, as areas to keep out of."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.routing.hindrances import Hindrance
from waterspace.environment.routing.inshore import Gnomonic
from waterspace.environment.shores.shoreline import Bounds
from waterspace.geometry.geodesic import destinations, inverses, positions_from
from waterspace.geometry.plane import EARTH_RADIUS_M

if TYPE_CHECKING:
    from waterspace.domain import Position
    from waterspace.environment.bathymetry.depth import DepthGrid
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["around", "on_way"]

_STEP_M = 2_000.0
_AROUND_DEG = 1.5
_SMOOTH_RATIO = 0.25
"""How far the outline of shallow water may lie outside its cells, as a part of them."""


def on_way(places: FloatArray, depth: DepthGrid, draught_m: float) -> list[Position]:
    """Where a way passes over water that the grid knows to be shallower than a draught, a mile or so apart.

    Where the depth is unknown, near land above all, nothing is found: unknown water is not taken for shallow.

    Args:
        places: latitudes and longitudes of the waypoints, degrees, shape (n, 2).
        depth: the grid.
        draught_m: above 0.
    """
    found: list[Position] = []
    for start, end in itertools.pairwise(places):
        length, bearing = inverses(start[0], start[1], end[0], end[1])
        run_m = np.arange(0.0, float(length), _STEP_M)
        lat, lon = destinations(start[0], start[1], float(bearing), run_m)
        bad = np.flatnonzero(depth.depths_m(lat, lon) < draught_m)
        found += positions_from(lat[bad], lon[bad])
    return found


def around(place: Position, depth: DepthGrid, draught_m: float) -> Hindrance:
    """The shallow water that hangs together around a shallow place, as far as 1.5 degrees from it.

    Depths are found between the nodes of the grid: so all cells at a shallow node count.
    """
    import shapely

    lat_deg, lon_deg = place.lat_deg, place.lon_deg
    bounds = Bounds(lat_deg - _AROUND_DEG, lon_deg - _AROUND_DEG, lat_deg + _AROUND_DEG, lon_deg + _AROUND_DEG)
    lat, lon, _ = depth.window(bounds)
    depths = depth.depths_m(lat[:, None], lon[None, :])
    steps = [float(np.abs(np.diff(axis)).min()) if axis.size > 1 else 0.1 for axis in (lat, lon)]
    row, column = np.nonzero(depths < draught_m)
    plane = Gnomonic(lat_deg, lon_deg)
    offsets = ((-1, -1), (-1, 1), (1, 1), (1, -1))
    cells = [plane.project(lat[row] + north * steps[0], lon[column] + east * steps[1]) for north, east in offsets]
    shapes = shapely.polygons(np.stack(cells, axis=1)) if row.size else np.empty(0, dtype=object)
    here = shapely.Point(0.0, 0.0)
    cell_m = math.radians(steps[0]) * EARTH_RADIUS_M
    joined = shapely.union_all([*shapes, shapely.buffer(here, _STEP_M)])
    (part,) = (part for part in shapely.get_parts(joined) if shapely.intersects(part, here))
    smooth_m = _SMOOTH_RATIO * cell_m  # the grid is no finer than that
    smooth = shapely.simplify(shapely.buffer(part, smooth_m, join_style="mitre"), smooth_m)
    return Hindrance(f"water that {depth.source} shows shallower than {draught_m:g} m", smooth, plane, 0.0)
