"""Constant-bearing tracks as geodesic pieces, so that whatever computes on legs computes on them too."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from waterspace.geometry.ellipsoid import WGS84
from waterspace.geometry.geodesic import positions_from
from waterspace.geometry.rhumb import rhumb_direct, rhumb_inverse

if TYPE_CHECKING:
    from waterspace.domain import Position

__all__ = ["rhumb_route", "rhumb_way"]

_OFF_M = 0.5
"""How far a piece may be off the rhumb line; with the bend of the line itself along a piece it stays within 1 m."""

_MOST_PIECES = 10_000
"""A rhumb line that ends near a pole winds about it; it is not followed closer than this many pieces do."""

_SAME_PLACE_M = 1e-3


def rhumb_way(start: Position, end: Position) -> tuple[Position, ...]:
    """Points of the shortest rhumb line between two places, both included, joined by geodesics within 1 m of it.

    The pieces are of equal length, so that at one speed they take equal times and the position at any time is right
    to 1 m too.
    """
    way = rhumb_inverse(start.lat_deg, start.lon_deg, end.lat_deg, end.lon_deg)
    if way.distance_m < _SAME_PLACE_M:
        return (start, end)
    steepest = max(abs(math.tan(math.radians(place.lat_deg))) for place in (start, end))
    bend = steepest * abs(math.sin(math.radians(way.azimuth_deg))) / WGS84.equatorial_radius_m
    pieces = min(max(1, math.ceil(way.distance_m / math.sqrt(8.0 * _OFF_M / bend))), _MOST_PIECES) if bend > 0.0 else 1
    runs = way.distance_m * np.arange(1, pieces) / pieces
    between = rhumb_direct(
        np.full(pieces - 1, start.lat_deg), np.full(pieces - 1, start.lon_deg), way.azimuth_deg, runs
    )
    return (start, *positions_from(between.lat2_deg, between.lon2_deg), end)


def rhumb_route(waypoints: Sequence[Position]) -> tuple[Position, ...]:
    """Points of the rhumb lines that join waypoints in order; as `rhumb_way`."""
    if len(waypoints) < 2:
        return tuple(waypoints)
    ways = [rhumb_way(here, there) for here, there in itertools.pairwise(waypoints)]
    return (waypoints[0], *itertools.chain.from_iterable(way[1:] for way in ways))
