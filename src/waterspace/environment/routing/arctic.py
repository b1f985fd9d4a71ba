"""The Arctic: which legs would pass through it from one ocean to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.routing import seaways

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.domain import Position
    from waterspace.environment.shores.shoreline import IntArray
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["crosses_arctic", "is_near", "pairs_crossing", "sides_of", "through_arctic"]

_BARRIERS_DEG = ((104.3, 72.0), (-95.0, 66.0))
"""Meridians that no way crosses north of a latitude: over Taymyr and Cape Chelyuskin, and from Boothia to the pole."""

_STEP_DEG, _SLACK_RATIO, _SLACK_M = 0.5, 1.01, 50_000.0
"""Points of a barrier this far apart stand for it: a way between two of them is at most so much shorter."""


def is_near(ends: tuple[Position, Position], within_m: float) -> bool:
    """Whether a way of a length between two places could reach a barrier; a little too often yes."""
    places = [
        (lat, meridian)
        for meridian, south in _BARRIERS_DEG
        for lat in np.arange(south, 90.0 + _STEP_DEG / 2, _STEP_DEG)
    ]
    lat, lon = np.array(places).T
    through = np.sum([seaways.lengths_m(lat, lon, end.lat_deg, end.lon_deg) for end in ends], axis=0)
    return bool(np.min(through) <= within_m * _SLACK_RATIO + _SLACK_M)


def pairs_crossing(here: FloatArray, first: IntArray, second: IntArray) -> IntArray:
    """Which lines between places cross from the Atlantic side of the Arctic to the Pacific side.

    Args:
        here: unit vectors of the places, shape (n, 3).
        first: where each line starts, in order.
        second: where it leads.
    """
    sides = sides_of(here)
    over = np.flatnonzero((sides[:, first] * sides[:, second] < 0.0).any(axis=0))
    starts = np.flatnonzero(np.diff(first[over], prepend=-1))
    found = [
        group[crosses_arctic(here[first[group[0]]], here[second[group]])]
        for group in np.split(over, starts[1:])
        if group.size
    ]
    return np.concatenate(found) if found else np.empty(0, dtype=np.intp)


def through_arctic(leg: FloatArray) -> bool:
    """Whether a leg, degrees of shape (2, 2), uses a passage through the Arctic from ocean to ocean."""
    here = seaways.vectors(leg[:, 0], leg[:, 1])
    return bool(crosses_arctic(here[0], here[1:])[0])


def sides_of(there: FloatArray) -> FloatArray:
    """On which side of each barrier unit vectors of shape (n, 3) lie, and how far; shape (barriers, n)."""
    lam = np.radians([meridian for meridian, _ in _BARRIERS_DEG])
    found: FloatArray = np.stack((-np.sin(lam), np.cos(lam), np.zeros(len(lam))), axis=1) @ there.T
    return found


def crosses_arctic(here: FloatArray, there: FloatArray) -> NDArray[np.bool_]:
    """Which lines from a place cross from the Atlantic side of the Arctic to the Pacific side.

    Args:
        here: unit vector of the place, shape (3,).
        there: unit vectors where the lines lead, shape (n, 3).
    """
    crossing = np.zeros(len(there), dtype=np.bool_)
    before, after = sides_of(here[None, :])[:, 0], sides_of(there)
    for barrier, (meridian, south) in enumerate(_BARRIERS_DEG):
        over = np.flatnonzero(before[barrier] * after[barrier] < 0.0)
        if not over.size:
            continue
        lam = np.radians(meridian)
        meet = here * np.abs(after[barrier, over])[:, None] + there[over] * abs(before[barrier])
        on_this_side = meet @ np.array([np.cos(lam), np.sin(lam), 0.0]) > 0.0
        high = np.degrees(np.arctan2(meet[:, 2], np.hypot(meet[:, 0], meet[:, 1]))) > south
        crossing[over] |= on_this_side & high
    return crossing
