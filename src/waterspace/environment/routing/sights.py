"""Sights: which packaged corners an end of a route sees over water, kept from search to search."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.routing import offing, seaways
from waterspace.geometry.geodesic import destinations, inverses
from waterspace.quantity import KILOMETRE_M

if TYPE_CHECKING:
    from waterspace.environment.routing.landfall import End
    from waterspace.environment.shores.shoreline import IntArray
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["ENOUGH_RATIO", "NEAR_M", "Sights", "first_parts", "offings_to", "sights_of"]

NEAR_M = 60.0 * KILOMETRE_M
"""How far from a place corners are tried whether or not a line to them is tangent."""

_LOOK_M = 2_500_000.0
"""So much of the lines from a place to corners is looked at beforehand, the rest when it is wanted."""

ENOUGH_RATIO = 0.85
"""The part of the clearance with which a leg still passes: outlines and projections are out by less than the rest."""


class Sights:
    """What is known of the lines from one end to the packaged corners; kept from search to search."""

    def __init__(self, end: End, clearance_m: float) -> None:
        """Take an end; nothing is looked at yet."""
        graph = seaways.load()
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
            self.looked[fresh] = True
            self.clear[_in_sight(self, fresh)] = True
        return corners[self.clear[corners]]


@functools.lru_cache(maxsize=4096)
def sights_of(end: End, clearance_m: float) -> Sights:
    """What is known of the lines from an end, the same object whenever it is asked for."""
    return Sights(end, clearance_m)


def _in_sight(sights: Sights, corners: IntArray) -> IntArray:
    """Of some corners, those to which a line from an end keeps clear of the land, as far as it is looked at."""
    graph = seaways.load()
    corners = graph.rough_sight(sights.lat_deg, sights.lon_deg, corners)
    if not corners.size:
        return corners
    clear = offings_to(sights.lat_deg, sights.lon_deg, corners, sights.clearance_m)
    need = np.minimum(sights.need_m, graph.narrow_need_m(corners, sights.far_m[corners]))
    return corners[clear >= need * ENOUGH_RATIO]


def offings_to(lat_deg: float, lon_deg: float, corners: IntArray, clearance_m: float) -> FloatArray:
    """How near to a shore the lines from a place to corners come, in their first `_LOOK_M`."""
    graph = seaways.load()
    here = np.full(len(corners), lat_deg), np.full(len(corners), lon_deg)
    there = first_parts(*here, graph.lat[corners], graph.lon[corners])
    return offing.offings_m(*here, *there, clearance_m)


def first_parts(
    lat1: FloatArray, lon1: FloatArray, lat2: FloatArray, lon2: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Where the parts of geodesics end that are looked at beforehand: latitudes and longitudes in degrees."""
    length, bearing = inverses(lat1, lon1, lat2, lon2)
    lat, lon = lat2.copy(), lon2.copy()
    long = np.flatnonzero(length >= _LOOK_M)
    if long.size:
        lat[long], lon[long] = destinations(lat1[long], lon1[long], bearing[long], _LOOK_M)
    return lat, lon
