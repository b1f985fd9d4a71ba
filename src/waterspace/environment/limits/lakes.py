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

    from waterspace.environment.shores.shoreline import Shoreline
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["in_caspian", "in_lakes"]

_CASPIAN = Bounds(36.0, 46.5, 47.6, 55.0)
"""A box that holds the Caspian Sea and no other large lake."""


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
