"""Points and planes in earth-centred metres, for thousands of shapes at once."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.geometry.plane import EARTH_RADIUS_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Position
    from waterspace.geometry.geodesic import FloatArray
    from waterspace.geometry.separation import IndexArray

__all__ = [
    "EQUATOR_M",
    "TILT",
    "Axes",
    "earth_centred",
    "local_axes",
    "norm",
    "on_plane",
    "plane_error_m",
    "points_of",
    "ragged",
    "to_surface",
]

EQUATOR_M = 6_378_137.0

_ECCENTRICITY_SQUARED = 0.00669437999014
"""Source: National Geospatial-Intelligence Agency, World Geodetic System 1984, NGA.STND.0036 (2014), table 3.1."""

TILT = 0.0034
"""Greatest angle between the vertical and the line to the centre of the earth, radians: about the flattening."""


class Axes(NamedTuple):
    """Unit vectors to the east, to the north and up, each of shape (n, 3)."""

    east: FloatArray
    north: FloatArray
    up: FloatArray

    def take(self, index: IndexArray) -> Axes:
        """Some of them, or some of them several times."""
        return Axes(self.east[index], self.north[index], self.up[index])


def earth_centred(lat: FloatArray, lon: FloatArray) -> FloatArray:
    """Earth-centred points, shape (n, 3) in metres, of latitudes and longitudes in degrees."""
    lat, lon = np.radians(lat), np.radians(lon)
    sin_lat, cos_lat = np.sin(lat), np.cos(lat)
    radius = EQUATOR_M / np.sqrt(1.0 - _ECCENTRICITY_SQUARED * sin_lat * sin_lat)
    points = np.empty((lat.size, 3))
    across = radius * cos_lat
    points[:, 0], points[:, 1] = across * np.cos(lon), across * np.sin(lon)
    points[:, 2] = (1.0 - _ECCENTRICITY_SQUARED) * radius * sin_lat
    return points


def points_of(positions: Sequence[Position]) -> FloatArray:
    """Earth-centred points of positions."""
    lat = np.fromiter(map(attrgetter("lat_deg"), positions), dtype=np.float64, count=len(positions))
    lon = np.fromiter(map(attrgetter("lon_deg"), positions), dtype=np.float64, count=len(positions))
    return earth_centred(lat, lon)


def local_axes(points: FloatArray) -> Axes:
    """The axes at earth-centred points of shape (n, 3); at a pole east is that of longitude 0."""
    up = points.copy()
    up[:, 2] /= 1.0 - _ECCENTRICITY_SQUARED
    up /= np.sqrt(np.einsum("ij,ij->i", up, up))[:, None]
    across = np.hypot(up[:, 0], up[:, 1])
    polar = across < np.finfo(np.float64).eps
    across[polar] = 1.0
    east = np.zeros_like(up)
    east[:, 0], east[:, 1] = -up[:, 1] / across, up[:, 0] / across
    east[polar] = 0.0, 1.0, 0.0
    north = np.empty_like(up)
    north[:, 0], north[:, 1] = -up[:, 2] * east[:, 1], up[:, 2] * east[:, 0]
    north[:, 2] = up[:, 0] * east[:, 1] - up[:, 1] * east[:, 0]
    return Axes(east, north, up)


def to_surface(points: FloatArray) -> FloatArray:
    """Earth-centred points moved to the ellipsoid along the line to the centre."""
    square = np.einsum("ij,ij->i", points, points)
    polar = points[:, 2] ** 2
    flat: FloatArray = points * (EQUATOR_M / np.sqrt(square - polar + polar / (1.0 - _ECCENTRICITY_SQUARED)))[:, None]
    return flat


def on_plane(points: FloatArray, base: FloatArray, axes: Axes) -> tuple[FloatArray, FloatArray]:
    """Points of shape (n, 3) seen from the centre of the earth on planes that touch it at bases of shape (n, 3)."""
    scale = np.einsum("ij,ij->i", base, axes.up) / np.einsum("ij,ij->i", points, axes.up)
    offset = points * scale[:, None] - base
    return np.einsum("ij,ij->i", offset, axes.east), np.einsum("ij,ij->i", offset, axes.north)


def plane_error_m(reach_m: FloatArray) -> FloatArray:
    """By how much a distance may be wrong between points within a reach of where a plane touches the earth.

    Seen from the centre of the earth, the surface at a distance D lies D²/2R below the plane, and the line of sight
    leans by D/R and by the angle between vertical and centre; the sum is doubled, and rounding is allowed for.
    """
    error: FloatArray = reach_m**2 / EARTH_RADIUS_M * (reach_m / EARTH_RADIUS_M + TILT) * 1.5 + 0.01
    return error


def ragged(first: IndexArray, count: IndexArray) -> tuple[IndexArray, IndexArray]:
    """Runs of indices laid end to end.

    Args:
        first: first index of each run, shape (n,).
        count: length of each run.

    Returns:
        For each element, its run and its index.
    """
    run = np.repeat(np.arange(count.size), count)
    place = np.arange(run.size) - np.repeat(np.cumsum(count) - count, count)
    return run, first[run] + place


def norm(vectors: FloatArray) -> FloatArray:
    """Lengths of vectors of shape (n, 3)."""
    length: FloatArray = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    return length
