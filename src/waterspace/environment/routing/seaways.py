"""Sea ways: the packaged graph of corners to turn at off the coasts of the world, and which of them see each other.

`seaways.npz` holds (`tools/build_seaways.py` writes it): `lon` and `lat`, steps from corner to corner in
five-thousandths of a degree; `before` and `after`, bearings in steps of two degrees along both sides of the widened
land at each corner; `degree`, how many later corners each sees; `other`, those corners, each as the step from the one
before; `narrow`, the clearance in tens of metres at corners in narrow waters; `solid`, one bit for each cell of a grid,
whether it lies well inside land.
"""

from __future__ import annotations

import functools
import io
import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.environment.files.packaged import read_bytes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.environment.shores.shoreline import IntArray
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Lines", "Seaways", "length_m", "lengths_m", "load", "runs_m", "vectors"]

_QUANTUM_DEG = 2e-4
_BEARING_STEP_DEG = 2.0
_TANGENT_SLACK = 0.05
_NARROW_REACH_M = 20_000.0
"""Longer lines keep the full clearance even where they end in narrow waters."""

_NARROW_TOLL_RATIO = 1.05
"""What a mile to or from a corner in narrow waters counts: ways do not hug a cape beside a strait to save a cable."""

_CELL_DEG = 0.1
_SOUTH_DEG = -80.0
_LOOK_RAD = 0.0015
"""How far apart the points are at which a line is looked at, in radians: 9 km, less than a cell is high."""

_SEMI_MAJOR_M = 6_378_137.0
_FLATTENING_RATIO = 1.0 / 298.257223563
"""Of the WGS-84 ellipsoid. Source: NIMA TR8350.2, Department of Defense World Geodetic System 1984, 3rd edition."""

_LOOK_GROWTH_RATIO = 0.0067
"""How much farther apart they are at a distance, as a part of it."""


@functools.cache
def load() -> Seaways:
    """The packaged graph, read when it is first asked for."""
    with np.load(io.BytesIO(read_bytes("seaways.npz")), allow_pickle=False) as arrays:
        lon = np.cumsum(arrays["lon"]) * _QUANTUM_DEG
        lat = np.cumsum(arrays["lat"]) * _QUANTUM_DEG
        bearings = [arrays[name].astype(np.float64) * _BEARING_STEP_DEG for name in ("before", "after")]
        solid = np.unpackbits(arrays["solid"], axis=1).view(np.bool_)
        first = np.repeat(np.arange(len(lat)), arrays["degree"])
        second = _later(first, arrays["other"].astype(np.int64))
        return Seaways(lat, lon, arrays["narrow"] * 10.0, Lines(first, second, (bearings[0], bearings[1]), solid))


class Lines(NamedTuple):
    """What stays as it is where corners are moved.

    Attributes:
        first: one corner of each line.
        second: the other.
        bearings: along both sides of the widened land at each corner, degrees.
        solid: whether a cell of the grid lies well inside land.
    """

    first: IntArray
    second: IntArray
    bearings: tuple[FloatArray, FloatArray]
    solid: NDArray[np.bool_]


class Seaways:
    """Corners off the coasts of the world, and the lines between them that no large land blocks.

    Attributes:
        lat: of each corner, degrees, shape (n,).
        lon: degrees.
        here: unit vectors of the corners, shape (n, 3).
        offset: neighbours of corner k stand from `offset[k]` to `offset[k + 1]`.
        narrow_m: the clearance at a corner in narrow waters, 0 elsewhere.
        neighbour: corners.
        length_m: distance of each neighbour, more than that in narrow waters.
        lines: what the graph is made of.
    """

    def __init__(self, lat: FloatArray, lon: FloatArray, narrow_m: FloatArray, lines: Lines) -> None:
        self.lat, self.lon, self.narrow_m, self.lines = lat, lon, narrow_m, lines
        self.here = vectors(lat, lon)
        self._sides = [_normals(lat, lon, bearing) for bearing in lines.bearings]
        first, second = lines.first, lines.second
        length = lengths_m(lat[first], lon[first], lat[second], lon[second])
        length *= np.maximum(self.toll_ratio(first), self.toll_ratio(second))
        ends = np.concatenate((first, second))
        order = np.argsort(ends, kind="stable")
        self.neighbour = np.concatenate((second, first))[order]
        self.length_m = np.concatenate((length, length))[order]
        self.offset = np.zeros(len(lat) + 1, dtype=np.intp)
        np.cumsum(np.bincount(ends, minlength=len(lat)), out=self.offset[1:])

    def __len__(self) -> int:
        return len(self.lat)

    def toll_ratio(self, corners: IntArray) -> FloatArray:
        """What a mile to some corners counts."""
        return np.where(self.narrow_m[corners] > 0.0, _NARROW_TOLL_RATIO, 1.0)

    def narrow_need_m(self, corners: IntArray, far_m: FloatArray) -> FloatArray:
        """The clearance that lines to corners need there, infinite but for short lines to corners in narrow waters.

        Args:
            corners: where lines end.
            far_m: how long the lines are.
        """
        narrow = self.narrow_m[corners]
        return np.where((narrow > 0.0) & (far_m < _NARROW_REACH_M), narrow, np.inf)

    def tangents(self, there: FloatArray, which: IntArray) -> NDArray[np.bool_]:
        """Whether lines from places are tangent to the land at some corners, over land or not.

        Args:
            there: unit vectors, shape (n, 3).
            which: corners.

        Returns:
            Of shape (n, corners).
        """
        one, two = (there @ side[which].T for side in self._sides)
        slack = _TANGENT_SLACK * np.sqrt(np.clip(1.0 - (there @ self.here[which].T) ** 2, 0.0, 1.0))
        found: NDArray[np.bool_] = (one * two >= 0.0) | (np.minimum(np.abs(one), np.abs(two)) < slack)
        return found

    def tangent(self, lat_deg: float, lon_deg: float) -> IntArray:
        """The corners at which a line from a place is tangent to the land, over land or not."""
        there = vectors(np.array([lat_deg]), np.array([lon_deg]))
        return np.flatnonzero(self.tangents(there, np.arange(len(self)))[0])

    def rough_sight(self, lat_deg: float, lon_deg: float, corners: IntArray) -> IntArray:
        """Of some corners, those that no great land hides from a place; the others are surely hidden."""
        start = np.broadcast_to(vectors(np.array([lat_deg]), np.array([lon_deg])), (len(corners), 3))
        return corners[self.in_rough_sight(start, self.here[corners])]

    def in_rough_sight(self, start: FloatArray, end: FloatArray) -> IntArray:
        """Which lines between unit vectors, shape (n, 3), no great land hides; the others are surely hidden."""
        angle = np.arccos(np.clip((end * start).sum(axis=1), -1.0, 1.0))
        order = np.argsort(angle)
        start, end, angle = start[order], end[order], angle[order]
        ahead = end - np.cos(angle)[:, None] * start
        ahead /= np.maximum(np.linalg.norm(ahead, axis=1), 1e-12)[:, None]
        seen = np.ones(len(order), dtype=np.bool_)
        first, run, farthest = 0, _LOOK_RAD, float(angle.max(initial=0.0))
        while run < farthest:
            first += int(np.searchsorted(angle[first:], run))
            here = first + np.flatnonzero(seen[first:])
            if not here.size:
                break
            there = math.cos(run) * start[here] + math.sin(run) * ahead[here]
            seen[here[self._inland(there)]] = False
            run += max(_LOOK_RAD, run * _LOOK_GROWTH_RATIO)
        return np.sort(order[seen])

    def _inland(self, there: FloatArray) -> NDArray[np.bool_]:
        """Which unit vectors lie well inside land."""
        lat = np.degrees(np.arctan2(there[:, 2], np.hypot(there[:, 0], there[:, 1])))
        lon = np.degrees(np.arctan2(there[:, 1], there[:, 0]))
        solid = self.lines.solid
        row = np.clip((lat - _SOUTH_DEG) / _CELL_DEG, 0, solid.shape[0] - 1).astype(np.intp)
        column = np.clip((lon + 180.0) / _CELL_DEG, 0, solid.shape[1] - 1).astype(np.intp)
        found: NDArray[np.bool_] = solid[row, column]
        return found

    def distances_m(self, lat_deg: float, lon_deg: float) -> FloatArray:
        """How far each corner is from a place."""
        return lengths_m(self.lat, self.lon, lat_deg, lon_deg)


def _later(first: IntArray, steps: FloatArray) -> IntArray:
    """Later corners from their steps: of each group in `first`, the first step counts from 0."""
    total = np.cumsum(steps)
    starts = np.flatnonzero(np.diff(first, prepend=-1) > 0)
    before = np.zeros(len(first), dtype=np.int64)
    before[starts] = np.diff(np.concatenate(([0], total[starts] - steps[starts])))
    return (total - np.cumsum(before)).astype(np.intp)


def vectors(lat: FloatArray, lon: FloatArray) -> FloatArray:
    """Unit vectors, shape (n, 3), of places in degrees."""
    phi, lam = np.radians(lat), np.radians(lon)
    return np.stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)), axis=-1)


def _normals(lat: FloatArray, lon: FloatArray, bearing: FloatArray) -> FloatArray:
    """Normals of great circles that start at places with bearings."""
    phi, lam, angle = np.radians(lat), np.radians(lon), np.radians(bearing)
    east = np.stack((-np.sin(lam), np.cos(lam), np.zeros_like(lam)), axis=1)
    north = np.stack((-np.sin(phi) * np.cos(lam), -np.sin(phi) * np.sin(lam), np.cos(phi)), axis=1)
    ahead = np.sin(angle)[:, None] * east + np.cos(angle)[:, None] * north
    return np.cross(ahead, vectors(lat, lon))


def lengths_m(
    lat1: FloatArray, lon1: FloatArray, lat2_deg: FloatArray | float, lon2_deg: FloatArray | float
) -> FloatArray:
    """Distances on the ellipsoid, to about 50 m in 10,000 km; fast, for the search alone.

    Source: Lambert's formula for long lines, as in Meeus, Astronomical Algorithms (1998), chapter 11.
    """
    phi1, phi2 = np.radians(lat1), np.radians(lat2_deg)
    mean, half, turn = (phi1 + phi2) / 2.0, (phi1 - phi2) / 2.0, np.radians(np.subtract(lon1, lon2_deg)) / 2.0
    sin_g, cos_g = np.sin(half) ** 2, np.cos(half) ** 2
    sin_f, cos_f = np.sin(mean) ** 2, np.cos(mean) ** 2
    sin_l, cos_l = np.sin(turn) ** 2, np.cos(turn) ** 2
    sine = np.clip(sin_g * cos_l + cos_f * sin_l, 1e-18, 1.0)
    cosine = np.clip(cos_g * cos_l + sin_f * sin_l, 1e-18, 1.0)
    omega = np.arctan2(np.sqrt(sine), np.sqrt(cosine))
    ratio = np.sqrt(sine * cosine) / omega
    one, two = (3.0 * ratio - 1.0) / (2.0 * cosine), (3.0 * ratio + 1.0) / (2.0 * sine)
    correction = 1.0 + _FLATTENING_RATIO * (one * sin_f * cos_g - two * cos_f * sin_g)
    length: FloatArray = 2.0 * omega * _SEMI_MAJOR_M * correction
    return length


def runs_m(way: FloatArray) -> FloatArray:
    """How far it is to each place of a way, latitudes and longitudes in degrees of shape (n, 2), from its first."""
    lengths = lengths_m(way[:-1, 0], way[:-1, 1], way[1:, 0], way[1:, 1])
    return np.concatenate(([0.0], np.cumsum(lengths)))


def length_m(lat1_deg: float, lon1_deg: float, lat2_deg: float, lon2_deg: float) -> float:
    """As `lengths_m`, of one line."""
    ends = (np.array([value]) for value in (lat1_deg, lon1_deg, lat2_deg, lon2_deg))
    return float(lengths_m(*ends)[0])
