"""Very many legs as arrays: what can be said of all of them at once before any of them is looked at closely.

A geodesic for each of a hundred thousand legs takes longer than everything else that is asked of them. The straight
line through the earth from end to end costs next to nothing and bounds the geodesic from both sides.
"""

from __future__ import annotations

import itertools
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.geometry.reservations.earthframe import earth_centred, norm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from waterspace.domain import Leg
    from waterspace.geometry.arrays import FloatArray

    IndexArray = NDArray[np.intp]

__all__ = ["LegArrays"]

_SHARP_M = 6_330_000.0
"""Below the least radius to which a geodesic bends, 6,335 km: of a meridian at the equator."""

_HALF_ROUND_M = 20_100_000.0
"""More than the longest geodesic that is the shortest way."""

_LONG_M = 1_000_000.0
"""From this chord on a leg is held by a ball about its middle; below, by its chord and a bulge."""

_BULGE = 7.5
"""A geodesic stays nearer to its chord than the chord's square over this many radii; up to `_LONG_M` 7.9 would do."""

_SPARE_M = 10.0
"""Added to every reach, for rounding."""


_VALUES = attrgetter("start_ms", "end_ms", "start.lat_deg", "start.lon_deg", "end.lat_deg", "end.lon_deg")
"""Of a leg; its times are whole numbers of milliseconds, which a float holds for 285,000 years."""


class LegArrays(NamedTuple):
    """The legs of tracks, laid end to end; arrays of shape (legs,) unless said otherwise.

    Attributes:
        first: number of the first leg of each track, shape (tracks,).
        size: how many legs each track has, 1 or more, shape (tracks,).
        starts: earth-centred points at which the legs start, shape (legs, 3).
        ends: where they end, shape (legs, 3).
        start_ms: when they start.
        end_ms: when they end.
        moves: whether start and end differ.
    """

    first: IndexArray
    size: IndexArray
    starts: FloatArray
    ends: FloatArray
    start_ms: NDArray[np.int64]
    end_ms: NDArray[np.int64]
    moves: NDArray[np.bool_]

    @classmethod
    def of(cls, tracks: Sequence[Sequence[Leg]]) -> LegArrays:
        """The arrays of tracks, each of one leg or more in order of time; between its legs a track may be nowhere."""
        size = np.fromiter(map(len, tracks), dtype=np.intp, count=len(tracks))
        legs = itertools.chain.from_iterable(tracks)
        values = itertools.chain.from_iterable(map(_VALUES, legs))  # each leg once: most of the time is memory's
        count = int(size.sum())
        start_ms, end_ms, *degrees = np.fromiter(values, dtype=np.float64, count=6 * count).reshape(count, 6).T
        return cls(
            first=np.cumsum(size) - size,
            size=size,
            starts=earth_centred(degrees[0], degrees[1]),
            ends=earth_centred(degrees[2], degrees[3]),
            start_ms=start_ms.astype(np.int64),
            end_ms=end_ms.astype(np.int64),
            moves=(degrees[0] != degrees[2]) | (degrees[1] != degrees[3]),
        )

    def taken(self, legs: IndexArray, first: IndexArray) -> LegArrays:
        """Other tracks made of some of the legs.

        Args:
            legs: their numbers, those of a track together and in order of time, shape (n,).
            first: place among them of the first leg of each track, rising from 0, shape (tracks,).
        """
        return LegArrays(
            first=first,
            size=np.diff(np.append(first, legs.size)),
            starts=self.starts[legs],
            ends=self.ends[legs],
            start_ms=self.start_ms[legs],
            end_ms=self.end_ms[legs],
            moves=self.moves[legs],
        )

    @property
    def track(self) -> IndexArray:
        """Number of the track of each leg."""
        return np.repeat(np.arange(self.size.size), self.size)

    @property
    def least_m(self) -> FloatArray:
        """No leg is shorter: the straight line through the earth."""
        return norm(self.ends - self.starts)

    @property
    def most_m(self) -> FloatArray:
        """No leg is longer: the arc over that line of a circle as sharp as no geodesic is; 0 for a leg that waits."""
        half = np.minimum(self.least_m / (2.0 * _SHARP_M), 1.0)
        arc: FloatArray = np.where(half < 1.0, 2.0 * _SHARP_M * np.arcsin(half), _HALF_ROUND_M)
        return np.where(self.moves, np.where(half > _NEARLY_ROUND, _HALF_ROUND_M, arc) + _ROUNDING_M, 0.0)

    def leg_balls(self) -> tuple[FloatArray, FloatArray]:
        """A ball about each leg: its middle, shape (legs, 3), and how far it reaches."""
        return (self.starts + self.ends) / 2.0, self.least_m / 2.0 + self._bulge_m() + _SPARE_M

    def stray_m(self) -> FloatArray:
        """How far what goes along each leg may be from where it would be on the line between its ends, at any time.

        Of a leg shorter than `_LONG_M` that is most in its middle; of a longer one it is less than half of the leg, for
        neither is farther from the start, nor from the end, than has been sailed and than is left.
        """
        return self._bulge_m() + _SPARE_M

    def balls(self) -> tuple[FloatArray, FloatArray]:
        """A ball about each track: its middle, shape (tracks, 3), and how far it reaches."""
        if not self.size.size:
            return np.zeros((0, 3)), np.zeros(0)
        low = np.minimum.reduceat(np.minimum(self.starts, self.ends), self.first)
        high = np.maximum.reduceat(np.maximum(self.starts, self.ends), self.first)
        bulge_m = np.maximum.reduceat(self._bulge_m(), self.first)
        return (low + high) / 2.0, norm(high - low) / 2.0 + bulge_m + _SPARE_M

    def _bulge_m(self) -> FloatArray:
        """How far each leg may lie off the line between its ends.

        None of its points is farther from the middle of that line than half of its length.
        """
        chord_m = self.least_m
        return np.where(chord_m < _LONG_M, chord_m * chord_m / (_BULGE * _SHARP_M), self.most_m / 2.0)


_NEARLY_ROUND = 0.99
"""Of the way through the earth; beyond it the bound says half a round, for there it is sharp no more."""

_ROUNDING_M = 0.001
"""More than rounding takes from an earth-centred point."""
