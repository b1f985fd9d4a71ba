"""Detours: lead a leg round the small land that it meets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.routing import offing, seaways
from waterspace.environment.routing.approaches import Approach
from waterspace.environment.routing.inshore import waters
from waterspace.environment.routing.wayfinding import shortest_path
from waterspace.geometry.geodesic import destinations, inverses

if TYPE_CHECKING:
    from waterspace.environment.shores.shoreline import IntArray
    from waterspace.geometry.geodesic import FloatArray
from waterspace.quantity import KILOMETRE_M

__all__ = ["across", "lead_round"]

_APART_M = 60.0 * KILOMETRE_M
_LEAD_M = 30_000.0
_LONGEST_M = 250_000.0
_SIDE_M = 40_000.0


def lead_round(leg: FloatArray, least_m: float, clearance_m: float) -> FloatArray | None:
    """A leg with a turn wherever it comes too near to land; None where it meets more land than a detour goes round.

    Args:
        leg: latitudes and longitudes of its ends, degrees, shape (2, 2).
        least_m: how near it may come to a shore.
        clearance_m: what detours keep off.
    """
    (lat1, lon1), (lat2, lon2) = leg
    length, bearing = (float(value) for value in inverses(lat1, lon1, lat2, lon2))
    near = offing.strokes(leg[:1, 0], leg[:1, 1], leg[1:, 0], leg[1:, 1], clearance_m)
    close = np.sort(np.concatenate([part[far < least_m] for _, far, part in near] or [np.empty(0)])) * length
    if not close.size:
        return leg
    pieces = [leg[:1]]
    for stretch in np.split(close, np.flatnonzero(np.diff(close) > _APART_M) + 1):
        if stretch[-1] - stretch[0] > _LONGEST_M:
            return None
        low, high = max(float(stretch[0]) - _LEAD_M, 0.0), min(float(stretch[-1]) + _LEAD_M, length)
        lat, lon = destinations(lat1, lon1, bearing, np.array([low, high]))
        way = across(np.column_stack((lat, lon)), clearance_m)
        if way is None:
            return None
        pieces.append(way)
    return np.concatenate([*pieces, leg[1:]])


def across(ends: FloatArray, clearance_m: float) -> FloatArray | None:
    """The shortest way between two places in one small stretch of water; None where there is none with the clearance.

    Args:
        ends: latitudes and longitudes, degrees, shape (2, 2).
        clearance_m: to keep off land.
    """
    (lat1, lon1), (lat2, lon2) = ends
    length, bearing = (float(value) for value in inverses(lat1, lon1, lat2, lon2))
    (lat,), (lon,) = destinations(np.array([lat1]), np.array([lon1]), np.array([bearing]), np.array([length / 2.0]))
    area = waters(round(float(lat), 2), round(float(lon), 2), round(length / 2.0 + _SIDE_M, -3), clearance_m)
    local = Approach.of(area, area.plane.project(ends[:, 0], ends[:, 1]))
    places = np.column_stack(local.positions())
    bound = seaways.lengths_m(places[:, 0], places[:, 1], places[1, 0], places[1, 1]) * 0.999
    bound[1] = 0.0

    def edges(node: int, _: int) -> tuple[IntArray, FloatArray]:
        return local.seen(node)

    found = shortest_path(0, 1, edges, bound)
    return None if found is None else places[found[0]]
