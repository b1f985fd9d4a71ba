"""Widening: the packaged sea ways moved farther off the land, for those who keep a greater clearance."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.routing import seaways
from waterspace.environment.shores import coast
from waterspace.geometry.geodesic import destinations

if TYPE_CHECKING:
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["kept_off"]

_PACKAGED_M = 930.0
"""The clearance that the packaged corners are good for, but for those in narrow waters."""

_ENOUGH_RATIO, _BEYOND_RATIO = 1.25, 1.3
"""How far off a corner has to lie, and is moved to, in clearances: outside the simple outlines of inshore waters."""

_TRIES = 3


@functools.lru_cache(maxsize=16)
def kept_off(clearance_m: float) -> seaways.Seaways:
    """The sea ways whose corners lie a clearance off the land where there is room.

    Corners are moved straight off the land that they lie at. Where there is no room for that they stay in the middle
    of the narrow water, and count as corners of narrow waters.
    """
    packaged = seaways.load()
    if clearance_m <= _PACKAGED_M:
        return packaged
    outward = _outward_deg(packaged)
    lat, lon = packaged.lat.copy(), packaged.lon.copy()
    off_m = coast.load().exact_distances_m(lat, lon)
    moved_m = np.zeros(len(packaged))
    movable = packaged.narrow_m == 0.0
    for _ in range(_TRIES):
        short = np.flatnonzero(movable & (off_m < clearance_m * _ENOUGH_RATIO))
        if not short.size:
            break
        moved_m[short] += clearance_m * _BEYOND_RATIO - off_m[short]
        there = destinations(packaged.lat[short], packaged.lon[short], outward[short], moved_m[short])
        there_m = coast.load().exact_distances_m(*there)
        better = there_m > off_m[short]
        lat[short[better]], lon[short[better]] = there[0][better], there[1][better]
        off_m[short[better]] = there_m[better]
        movable[short[~better]] = False
    tight = (off_m < clearance_m) & (packaged.narrow_m == 0.0)
    narrow_m = np.where(tight, np.maximum(off_m, 1.0), packaged.narrow_m)
    return seaways.Seaways(lat, lon, narrow_m, packaged.lines)


def _outward_deg(graph: seaways.Seaways) -> FloatArray:
    """The bearing at each corner that leads straight off the land: half way round between its sides, outside."""
    before, after = (np.radians(bearing) for bearing in graph.lines.bearings)
    ahead = np.stack((np.sin(after) - np.sin(before), np.cos(after) - np.cos(before)))
    outward: FloatArray = np.degrees(np.arctan2(ahead[0], ahead[1])) + 90.0  # outlines have the land on the left
    return outward
