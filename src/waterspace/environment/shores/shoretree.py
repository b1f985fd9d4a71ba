"""Exact distances to the shore: the nearest of many short straight pieces of it, found with a k-d tree."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.environment.shores.shoreline import IntArray, Segments
from waterspace.geometry.geodesic import FloatArray, distances_m, ellipsoid

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pykdtree.kdtree import KDTree

__all__ = ["Feet", "ShoreTree", "on_ellipsoid", "pieces"]

_FIRST_NEIGHBOURS = 6
"""How many pieces are measured for each point at first; enough where the shore is not a circle around it."""

_MORE_NEIGHBOURS = 16
"""How many times more are measured where those were not enough."""

_MOST_PAIRS = 2_000_000
"""How many pairs of a point and a piece are measured in one go."""


class Feet(NamedTuple):
    """Nearest points of the shore, each of shape (n,).

    Attributes:
        distance_m: geodesic distance to each.
        lat: of each, degrees.
        lon: degrees.
        piece: which piece of the shore it lies on.
    """

    distance_m: FloatArray
    lat: FloatArray
    lon: FloatArray
    piece: IntArray


def on_ellipsoid(lat: FloatArray, lon: FloatArray) -> FloatArray:
    """Points of the ellipsoid in metres from the middle of the earth, shape (..., 3), from degrees that broadcast.

    The straight line between two of them is shorter than the geodesic by 1 m in 100 km and 26 m in 300 km, and the
    same for all directions to a fiftieth of that: what is nearer by one is nearer by the other.
    """
    earth = ellipsoid()
    phi, lam = np.radians(lat), np.radians(lon)
    sine = np.sin(phi)
    normal = earth.a / np.sqrt(1.0 - earth.es * sine**2)
    across = normal * np.cos(phi)
    points = np.empty((*np.broadcast_shapes(phi.shape, lam.shape), 3))
    points[..., 0] = across * np.cos(lam)
    points[..., 1] = across * np.sin(lam)
    points[..., 2] = normal * (1.0 - earth.es) * sine
    return points


def pieces(shores: Segments, longest_m: float) -> Segments:
    """Segments cut into equal pieces no longer than a length; straight in latitude and longitude as they were."""
    metres_per_degree = np.radians(1.0) * ellipsoid().a
    east = (shores.lon2 - shores.lon1) * np.cos(np.radians(np.minimum(np.abs(shores.lat1), np.abs(shores.lat2))))
    length_m = np.hypot(shores.lat2 - shores.lat1, east) * metres_per_degree
    count = np.maximum(1, np.ceil(length_m / longest_m)).astype(np.intp)
    if count.size == count.sum():
        return shores
    segment = np.repeat(np.arange(len(count)), count)
    place = np.arange(len(segment)) - np.repeat(np.cumsum(count) - count, count)
    begin, end = place / count[segment], (place + 1) / count[segment]
    north, east = (shores.lat2 - shores.lat1)[segment], (shores.lon2 - shores.lon1)[segment]
    lat, lon = shores.lat1[segment], shores.lon1[segment]
    return Segments(
        lat + begin * north,
        lon + begin * east,
        lat + end * north,
        lon + end * east,
        shores.state[segment],
        shores.ring[segment],
    )


class ShoreTree:
    """Shores cut into short pieces, ready to be asked which is nearest.

    Attributes:
        shores: the pieces.
    """

    def __init__(self, shores: Segments, longest_m: float) -> None:
        """Cut shores into pieces no longer than a length; at least one segment."""
        self.shores = pieces(shores, longest_m)
        first = on_ellipsoid(self.shores.lat1, self.shores.lon1)
        last = on_ellipsoid(self.shores.lat2, self.shores.lon2)
        self._first, self._way = first, last - first
        self._square = np.maximum(np.sum(self._way**2, axis=1), np.finfo(np.float64).tiny)
        self._half_m = float(np.sqrt(self._square.max())) / 2.0

    @functools.cached_property
    def _tree(self) -> KDTree:
        """Of the middles of the pieces."""
        from pykdtree.kdtree import KDTree

        return KDTree(self._first + self._way / 2.0)

    def nearest(self, lat: FloatArray, lon: FloatArray) -> Feet:
        """The nearest point of the shore to each of some points, by shape (n,)."""
        here = on_ellipsoid(lat, lon)
        piece = np.zeros(len(lat), dtype=np.intp)
        part = np.zeros(len(lat))
        open_ = np.arange(len(lat))
        neighbours = min(_FIRST_NEIGHBOURS, len(self._first))
        while open_.size:
            left = []
            for some in np.array_split(open_, max(1, open_.size * neighbours // _MOST_PAIRS)):
                piece[some], part[some], done = self._among(here[some], neighbours)
                left.append(some[~done])
            open_ = np.concatenate(left)
            neighbours = min(neighbours * _MORE_NEIGHBOURS, len(self._first))
        shores = self.shores
        foot_lat = shores.lat1[piece] + part * (shores.lat2 - shores.lat1)[piece]
        foot_lon = shores.lon1[piece] + part * (shores.lon2 - shores.lon1)[piece]
        return Feet(distances_m(lat, lon, foot_lat, foot_lon), foot_lat, foot_lon, piece)

    def _among(self, here: FloatArray, neighbours: int) -> tuple[IntArray, FloatArray, NDArray[np.bool_]]:
        """The nearest of the pieces whose middles are nearest: piece, part of it, and whether it is surely the one."""
        middle_m, index = self._tree.query(here, k=neighbours)
        middle_m = np.asarray(middle_m, dtype=np.float64).reshape(len(here), neighbours)
        index = np.asarray(index, dtype=np.intp).reshape(len(here), neighbours)
        off = here[:, None] - self._first[index]
        way = self._way[index]
        part = np.clip(np.sum(off * way, axis=2) / self._square[index], 0.0, 1.0)
        square = np.sum((off - part[..., None] * way) ** 2, axis=2)
        best = np.argmin(square, axis=1)
        row = np.arange(len(here))
        done = np.sqrt(square[row, best]) <= middle_m[:, -1] - self._half_m
        return index[row, best], part[row, best], done | (neighbours == len(self._first))
