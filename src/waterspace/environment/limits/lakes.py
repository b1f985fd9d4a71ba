"""Lakes that the packaged coast counts as sea."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.limits.baselines import in_each_ring
from waterspace.environment.shores import coast
from waterspace.environment.shores.shoreline import Bounds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.domain import Position
    from waterspace.environment.shores.shoreline import Shoreline
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["in_caspian", "in_lakes", "is_lake_shore"]

_CASPIAN = Bounds(36.0, 46.5, 47.6, 55.0)
"""A box that holds the Caspian Sea and no other large lake."""

_ON_SHORE_DEG = 0.002
"""What lies within this, some 200 m, of the ring of a lake lies on its shore."""


def is_lake_shore(position: Position) -> bool:
    """Whether a point of the packaged shore lies on that of a lake, or of an island in one."""
    import shapely

    lat_deg, lon_deg = position.lat_deg, position.lon_deg
    south, north = max(lat_deg - _ON_SHORE_DEG, -90.0), min(lat_deg + _ON_SHORE_DEG, 90.0)
    box = Bounds(south, lon_deg - _ON_SHORE_DEG, north, lon_deg + _ON_SHORE_DEG)
    for cut in coast.load().cuts(box):
        for lat, lon in _lake_rings(cut.shoreline):
            if Bounds(float(lat.min()), float(lon.min()), float(lat.max()), float(lon.max())).meets(cut.bounds):
                shore = shapely.LinearRing(np.stack((lon, lat), axis=1))
                if shapely.distance(shore, shapely.Point(lon_deg + cut.turn_deg, lat_deg)) <= _ON_SHORE_DEG:
                    return True
    return False


def in_lakes(lat: FloatArray, lon: FloatArray) -> NDArray[np.bool_]:
    """Which points at sea, with longitudes from -180 to 180, lie in a lake that the coast counts as sea."""
    found = np.zeros(len(lat), dtype=bool)
    if not len(lat):
        return found
    box = Bounds(float(lat.min()), float(lon.min()), float(lat.max()), float(lon.max()))
    for cut in coast.load().cuts(box):
        for inside in in_each_ring(_lake_rings(cut.shoreline), lat, lon):
            found |= inside
    return found


@functools.cache
def _lake_rings(shoreline: Shoreline) -> tuple[tuple[FloatArray, FloatArray], ...]:
    return tuple((ring.lat, ring.lon) for ring in shoreline.rings(shoreline.bounds, 0.0) if ring.is_lake)


def in_caspian(lat: FloatArray, lon: FloatArray) -> NDArray[np.bool_]:
    """Which points in lakes lie in the Caspian Sea, which is none in law."""
    south, west, north, east = _CASPIAN
    inside: NDArray[np.bool_] = (lat >= south) & (lat <= north) & (lon >= west) & (lon <= east)
    return inside
