"""Distances, bearings and positions along geodesics of the WGS-84 ellipsoid, for positions that are known to be good.

These are the forms that the rest of the project computes with: they take `Position` values, or arrays made of them, and
check nothing. Numbers from outside go through `geodesy`, which has the same solver behind it.

Source: Karney, Algorithms for geodesics, Journal of Geodesy 87 (2013), as implemented in PROJ.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from waterspace.domain import Position
from waterspace.domain.quick import maker
from waterspace.geometry.arguments import together
from waterspace.geometry.arrays import FloatArray
from waterspace.geometry.ellipsoid import WGS84, solver
from waterspace.geometry.solving import azimuth

if TYPE_CHECKING:
    from numpy.typing import ArrayLike
    from pyproj import Geod

__all__ = [
    "FloatArray",
    "bearing_deg",
    "between",
    "destination",
    "destinations",
    "distance_m",
    "distances_m",
    "ellipsoid",
    "inverse",
    "inverses",
    "normalise_lon",
    "position_arrays",
    "positions_from",
    "route_length_m",
    "runs",
]

_position: Callable[[float, float], Position] = maker(Position)

_FULL_CIRCLE_DEG = 360.0
_HALF_CIRCLE_DEG = 180.0


@functools.cache
def ellipsoid() -> Geod:
    """The library's WGS-84 ellipsoid, made on first use."""
    return solver(WGS84)


def normalise_lon(lon_deg: float) -> float:
    """The same meridian as -180 to 180; a longitude already in that range stays as it is."""
    if -_HALF_CIRCLE_DEG <= lon_deg <= _HALF_CIRCLE_DEG:
        return lon_deg
    return (lon_deg + _HALF_CIRCLE_DEG) % _FULL_CIRCLE_DEG - _HALF_CIRCLE_DEG


def inverse(a: Position, b: Position) -> tuple[float, float]:
    """Distance in metres and initial bearing, 0 to below 360, of the shortest way from `a` to `b`.

    The bearing between coincident points is 0. Between opposite points one of the shortest ways is taken.
    """
    return _inverse(a.lat_deg + 0.0, a.lon_deg + 0.0, b.lat_deg + 0.0, b.lon_deg + 0.0)


@functools.lru_cache(maxsize=32768)
def _inverse(lat1: float, lon1: float, lat2: float, lon2: float) -> tuple[float, float]:
    """As `inverse`; a run asks for the same few thousand pairs over and over.

    The cache takes 0.0 and -0.0 for one, so callers add 0.0, which leaves only the first: what was asked before must
    not change an answer.
    """
    azimuth_deg, _, distance = ellipsoid().inv(lon1, lat1, lon2, lat2)
    return distance, azimuth(azimuth_deg) if distance > 0.0 else 0.0


def distance_m(a: Position, b: Position) -> float:
    """Length of the shortest way from `a` to `b`."""
    return _inverse(a.lat_deg + 0.0, a.lon_deg + 0.0, b.lat_deg + 0.0, b.lon_deg + 0.0)[0]


def bearing_deg(a: Position, b: Position) -> float:
    """Initial true bearing of `b` from `a`, 0 to below 360; 0 where they coincide."""
    return _inverse(a.lat_deg + 0.0, a.lon_deg + 0.0, b.lat_deg + 0.0, b.lon_deg + 0.0)[1]


def destination(a: Position, bearing_deg: float, distance_m: float) -> Position:
    """Where a geodesic from `a` ends; a negative distance runs backwards."""
    lon_deg, lat_deg, _ = ellipsoid().fwd(a.lon_deg, a.lat_deg, bearing_deg, distance_m)
    return _position(lat_deg, lon_deg)


def between(a: Position, b: Position, fraction: float) -> Position:
    """The point at a fraction of the way from `a` (0) to `b` (1); the ends are returned as they are."""
    if fraction == 0.0 or a is b or a == b:
        return a
    if fraction == 1.0:
        return b
    length_m, course_deg = inverse(a, b)
    return destination(a, course_deg, length_m * fraction)


def route_length_m(positions: Sequence[Position]) -> float:
    """Length of the geodesics that join positions in order; 0 for fewer than two."""
    return math.fsum(distance_m(here, there) for here, there in itertools.pairwise(positions))


def position_arrays(positions: Sequence[Position]) -> tuple[FloatArray, FloatArray]:
    """Latitudes and longitudes in degrees, each of shape (n,)."""
    lat = np.fromiter(map(attrgetter("lat_deg"), positions), dtype=np.float64, count=len(positions))
    lon = np.fromiter(map(attrgetter("lon_deg"), positions), dtype=np.float64, count=len(positions))
    return lat, lon


def positions_from(lat: FloatArray, lon: FloatArray) -> tuple[Position, ...]:
    """Positions from arrays of shape (n,) in degrees.

    Raises:
        ValueError: they are not of one length.
    """
    if len(lat) != len(lon):
        raise ValueError(f"{len(lat)} latitudes and {len(lon)} longitudes are no positions")
    return tuple(map(_position, lat.tolist(), lon.tolist()))


def inverses(lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Distances in metres and initial bearings, 0 to below 360, for arrays that broadcast together.

    Returns:
        Two arrays of the common shape. Bearings between coincident points are 0.
    """
    from_lat, from_lon, to_lat, to_lon = together(lat1, lon1, lat2, lon2)
    bearings, _, distances = ellipsoid().inv(from_lon, from_lat, to_lon, to_lat)
    distances = np.asarray(distances, dtype=np.float64)
    bearings = np.asarray(bearings, dtype=np.float64) % _FULL_CIRCLE_DEG
    return distances, np.where((distances > 0.0) & (bearings < _FULL_CIRCLE_DEG), bearings, 0.0)


def distances_m(lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike) -> FloatArray:
    """Distances in metres for arrays in degrees that broadcast together."""
    from_lat, from_lon, to_lat, to_lon = together(lat1, lon1, lat2, lon2)
    return np.asarray(ellipsoid().inv(from_lon, from_lat, to_lon, to_lat)[2], dtype=np.float64)


def destinations(
    lat: ArrayLike, lon: ArrayLike, bearing: ArrayLike, distance: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Where geodesics end, for arrays (degrees, degrees, degrees, metres) that broadcast together.

    Returns:
        Latitudes and longitudes in degrees, each of the common shape.
    """
    from_lat, from_lon, course, length = together(lat, lon, bearing, distance)
    to_lon, to_lat, _ = ellipsoid().fwd(from_lon, from_lat, course, length)
    return np.asarray(to_lat, dtype=np.float64), np.asarray(to_lon, dtype=np.float64)


def runs(
    lat: ArrayLike, lon: ArrayLike, bearing: ArrayLike, distance: ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Where geodesics end and on which course, for arrays that broadcast together as in `destinations`.

    Returns:
        Latitudes, longitudes and courses in degrees (-180 to 180), each of the common shape. A run of no length, and
        one that runs backwards, keeps the sense of the bearing it started with.
    """
    from_lat, from_lon, course, length = together(lat, lon, bearing, distance)
    to_lon, to_lat, arriving = ellipsoid().fwd(from_lon, from_lat, course, length, return_back_azimuth=False)
    arrived = [np.asarray(value, dtype=np.float64) for value in (to_lat, to_lon, arriving)]
    return arrived[0], arrived[1], arrived[2]
