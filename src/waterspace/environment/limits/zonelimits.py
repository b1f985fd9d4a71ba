"""Lines to draw: where zones end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from waterspace.environment.limits.baselines import closed_waters
from waterspace.environment.limits.breadths import CONTIGUOUS_ZONE_M, EEZ_M, TERRITORIAL_SEA_M, Zone
from waterspace.environment.limits.nearby import REACH_M, nearby
from waterspace.environment.shores import coast
from waterspace.environment.shores.contours import zero_lines
from waterspace.environment.shores.shoreline import Bounds
from waterspace.errors import GeometryError
from waterspace.geometry.plane import EARTH_RADIUS_M

if TYPE_CHECKING:
    from waterspace.environment.limits.baselines import Baselines
    from waterspace.environment.limits.nearby import Nearby
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["limits"]

_STEPS = 400
"""Steps of the grid along the longer side of a box."""

_FINEST_DEG = 0.002
"""Least step of the grid."""

_SQUARES = 2.0
"""Nodes within this many steps of a limit are measured exactly; of the others only the side matters."""

_OUTER_M: Final = {
    Zone.TERRITORIAL_SEA: TERRITORIAL_SEA_M,
    Zone.CONTIGUOUS_ZONE: CONTIGUOUS_ZONE_M,
    Zone.EEZ: EEZ_M,
}


def limits(baselines: Baselines, kind: Zone, bounds: Bounds) -> list[tuple[FloatArray, FloatArray]]:
    """Lines to draw: see `Zones.limits`."""
    south, west, north, east = bounds
    if not (-90.0 <= south < north <= 90.0 and west < east <= west + 360.0):
        raise GeometryError(
            f"a box from {south} to {north} north and from {west} to {east} east: expected south before north "
            "and west before east, at most 360 degrees wide"
        )
    if kind is Zone.INTERNAL_WATERS:
        return _declared(bounds)
    if kind not in _OUTER_M:
        raise GeometryError(f"{kind} has no outer limit to draw: expected one of {', '.join(_OUTER_M)}")
    step = max(north - south, east - west) / _STEPS
    step = max(step, _FINEST_DEG)
    rows, columns = (max(int(np.ceil(extent / step)), 1) + 1 for extent in (north - south, east - west))
    lat_step, lon_step = (north - south) / (rows - 1), (east - west) / (columns - 1)
    lat, lon = np.meshgrid(south + np.arange(rows) * lat_step, west + np.arange(columns) * lon_step, indexing="ij")
    lat_, lon_ = lat.ravel(), (lon.ravel() + 180.0) % 360.0 - 180.0
    margin_m = _SQUARES * float(np.radians(max(lat_step, lon_step))) * EARTH_RADIUS_M
    beyond_m = _beyond_m(baselines, kind, (lat_, lon_), margin_m)
    lines = zero_lines(beyond_m.reshape(lat.shape))
    return [(south + row * lat_step, west + column * lon_step) for row, column in lines]


def _beyond_m(baselines: Baselines, kind: Zone, points: tuple[FloatArray, FloatArray], margin_m: float) -> FloatArray:
    """How far points lie beyond the outer limit of a zone, negative within it; exact only within a margin of it."""
    lat, lon = points
    near = nearby(baselines, lat, lon)
    outer_m = _OUTER_M[kind]
    beyond = np.minimum(near.roughly(lat, lon).held_m, REACH_M) - outer_m
    close = np.flatnonzero(np.abs(beyond) <= margin_m + near.slack_m)
    beyond[close] = near.exactly(lat[close], lon[close]).held_m - outer_m
    if kind is Zone.TERRITORIAL_SEA:
        _narrow(baselines, near, beyond, points, margin_m)
    land = coast.load().on_land(lat, lon) | (baselines.closed_at(lat, lon) >= 0)
    beyond[land] = -outer_m
    return beyond


def _narrow(
    baselines: Baselines, near: Nearby, beyond: FloatArray, points: tuple[FloatArray, FloatArray], margin_m: float
) -> None:
    """Measure the points in narrow seas against the breadths in force there."""
    narrow = baselines.narrow_at(*points)
    inside = np.flatnonzero(np.isfinite(np.min(list(narrow.values()), axis=0)))
    if not inside.size:
        return
    lat, lon = points[0][inside], points[1][inside]
    best = np.full(inside.size, REACH_M)
    for state in near.states.tolist():
        breadth_m = np.full(inside.size, TERRITORIAL_SEA_M)
        if state in narrow:
            breadth_m = np.minimum(narrow[state][inside], breadth_m)
        best = np.minimum(best, near.of_state(state, lat, lon, breadth_m, margin_m) - breadth_m)
    beyond[inside] = best


def _declared(bounds: Bounds) -> list[tuple[FloatArray, FloatArray]]:
    """The declared lines that meet a box, whole."""
    found = []
    for closed in closed_waters():
        for lat, lon in closed.lines if closed.inland else ():
            for turn_deg in (0.0, 360.0, -360.0):
                turned = lon + turn_deg
                line = Bounds(float(lat.min()), float(turned.min()), float(lat.max()), float(turned.max()))
                if bounds.meets(line):
                    found.append((lat, turned))
    return found
