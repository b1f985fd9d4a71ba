"""Distances on a sphere: quick, and right to 0.6 per cent, to tell what is near before anybody measures it.

The geodesic of `geometry.geodesic` is what findings report. These are for sifting: which of many places is nearer, and
what is surely near or surely far.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from waterspace.geometry.ellipsoid import WGS84

if TYPE_CHECKING:
    from waterspace.domain import Position
    from waterspace.geometry.arrays import FloatArray

__all__ = ["SPHERE_ERROR_RATIO", "sphere_m", "spheres_m"]

SPHERE_ERROR_RATIO = 0.006
"""Part of a geodesic by which a distance on the sphere is off at the most: near the equator, north and south."""


def sphere_m(a: Position, b: Position) -> float:
    """Distance of two places on the mean sphere, in metres; for one pair many times as quick as `spheres_m`."""
    lat_a, lat_b = math.radians(a.lat_deg), math.radians(b.lat_deg)
    across = math.sin(math.radians(b.lon_deg - a.lon_deg) / 2.0) ** 2
    half = math.sin((lat_b - lat_a) / 2.0) ** 2 + math.cos(lat_a) * math.cos(lat_b) * across
    return 2.0 * WGS84.mean_radius_m * math.asin(math.sqrt(min(half, 1.0)))


def spheres_m(a: tuple[FloatArray, FloatArray], b: tuple[FloatArray, FloatArray]) -> FloatArray:
    """Distances of places on the mean sphere, in metres.

    Args:
        a: latitudes and longitudes in degrees, any shape.
        b: the same, of a shape that goes with the first.

    Returns:
        Array of the common shape.
    """
    import numpy as np

    lat_a, lon_a, lat_b, lon_b = (np.radians(values) for values in (*a, *b))
    half = np.sin((lat_b - lat_a) / 2.0) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2.0) ** 2
    return np.asarray(2.0 * WGS84.mean_radius_m * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))
