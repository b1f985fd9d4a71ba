"""Sights: which packaged corners an end of a route sees over water, kept from search to search."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.routing import offing
from waterspace.environment.routing.widening import kept_off
from waterspace.geometry.geodesic import destinations, inverses
from waterspace.quantity import KILOMETRE_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.environment.routing.landfall import End
    from waterspace.environment.shores.shoreline import IntArray
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["ENOUGH_RATIO", "NEAR_M", "Sights", "clear_ahead", "sights_of"]

NEAR_M = 60.0 * KILOMETRE_M
"""How far from a place corners are tried whether or not a line to them is tangent."""

_LOOKS_M = (40_000.0, 200_000.0, 2_500_000.0)
"""So much of the lines from a place to corners is looked at beforehand, step by step; the rest when it is wanted."""

ENOUGH_RATIO = 0.85
"""The part of the clearance with which a leg still passes: outlines and projections are out by less than the rest."""


class Sights:
    """What is known of the lines from one end to the packaged corners; kept from search to search."""

    def __init__(self, end: End, clearance_m: float) -> None:
        """Take an end; nothing is looked at yet."""
        graph = kept_off(clearance_m)
        lat, lon = end.position.lat_deg, end.position.lon_deg
        self.lat_deg, self.lon_deg = lat, lon
        self.clearance_m, self.need_m = clearance_m, min(clearance_m, end.offing_m)
        self.far_m = graph.distances_m(lat, lon)
        worth = np.zeros(len(graph), dtype=np.bool_)
        worth[graph.tangent(lat, lon)] = True
        self.looked = ~(worth | (self.far_m < NEAR_M))
        self.clear = np.zeros(len(graph), dtype=np.bool_)

    def seen(self, corners: IntArray) -> IntArray:
        """Of some corners, those to which a line keeps clear of the land."""
        fresh = corners[~self.looked[corners]]
        if fresh.size:
            self.clear[_in_sight(self, fresh)] = True
            self.looked[fresh] = True
        return corners[self.clear[corners]]


@functools.lru_cache(maxsize=4096)
def sights_of(end: End, clearance_m: float) -> Sights:
    """What is known of the lines from an end, the same object whenever it is asked for."""
    return Sights(end, clearance_m)


def _in_sight(sights: Sights, corners: IntArray) -> IntArray:
    """Of some corners, those to which a line from an end keeps clear of the land, as far as it is looked at."""
    graph = kept_off(sights.clearance_m)
    corners = graph.rough_sight(sights.lat_deg, sights.lon_deg, corners)
    if not corners.size:
        return corners
    here = np.full(len(corners), sights.lat_deg), np.full(len(corners), sights.lon_deg)
    need = np.minimum(sights.need_m, graph.narrow_need_m(corners, sights.far_m[corners]))
    return corners[clear_ahead((*here, graph.lat[corners], graph.lon[corners]), need, sights.clearance_m)]


def clear_ahead(ends: offing.Ends, need_m: FloatArray, clearance_m: float) -> NDArray[np.bool_]:
    """Which of many lines keep clear of the land, as far as they are looked at beforehand.

    Most lines that fail do so soon: all are looked at a little way, and ever fewer farther on.

    Args:
        ends: latitudes and longitudes of both ends of each, degrees, each of shape (n,).
        need_m: what they have to keep near their ends, shape (n,).
        clearance_m: what they have to keep elsewhere.
    """
    length, bearing = inverses(*ends)
    clear = np.ones(len(length), dtype=np.bool_)
    before_m = 0.0
    for look_m in _LOOKS_M:
        looked = np.flatnonzero(clear & (length > before_m))
        lat, lon = ends[2][looked], ends[3][looked]
        cut = np.flatnonzero(length[looked] > look_m)
        if cut.size:
            far = looked[cut]
            lat[cut], lon[cut] = destinations(ends[0][far], ends[1][far], bearing[far], look_m)
        part = ends[0][looked], ends[1][looked], lat, lon
        elsewhere = np.full(len(looked), clearance_m * ENOUGH_RATIO)
        clear[looked] = offing.keep_clear(part, need_m[looked] * ENOUGH_RATIO, elsewhere)
        before_m = look_m
    return clear
