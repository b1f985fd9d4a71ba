"""The Arctic: which legs would pass through it from one ocean to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.routing import seaways

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.environment.routing.network import Chart
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["crosses_arctic", "through_arctic"]

_BARRIERS_DEG = ((104.3, 72.0), (-95.0, 66.0))
"""Meridians that no way crosses north of a latitude: over Taymyr and Cape Chelyuskin, and from Boothia to the pole."""


def through_arctic(leg: FloatArray, chart: Chart) -> bool:
    """Whether a leg, degrees of shape (2, 2), uses a passage through the Arctic that is not open."""
    return not chart.arctic and bool(crosses_arctic((float(leg[0, 0]), float(leg[0, 1])), leg[1:, 0], leg[1:, 1])[0])


def crosses_arctic(start: tuple[float, float], lats: FloatArray, lons: FloatArray) -> NDArray[np.bool_]:
    """Which lines from a place cross from the Atlantic side of the Arctic to the Pacific side."""
    crossing = np.zeros(len(lats), dtype=np.bool_)
    here = seaways.vectors(np.array(start[:1]), np.array(start[1:]))[0]
    there = seaways.vectors(lats, lons)
    for meridian, south in _BARRIERS_DEG:
        lam = np.radians(meridian)
        normal = np.array([-np.sin(lam), np.cos(lam), 0.0])
        before, after = float(here @ normal), there @ normal
        over = (before * after) < 0.0
        meet = here * np.abs(after)[:, None] + there * abs(before)
        on_this_side = meet @ np.array([np.cos(lam), np.sin(lam), 0.0]) > 0.0
        high = np.degrees(np.arctan2(meet[:, 2], np.hypot(meet[:, 0], meet[:, 1]))) > south
        crossing |= over & on_this_side & high
    return crossing
