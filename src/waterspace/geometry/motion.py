"""Legs as arrays, to ask for many instants at once."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from waterspace.geometry.geodesic import FloatArray, destinations, inverses, position_arrays, runs
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from waterspace.domain import Leg

__all__ = ["Motion"]


class Motion:
    """The legs of one track as arrays of shape (n,), n at least 1.

    Attributes:
        start_ms: when each leg starts, as floats; never falling.
        end_ms: when each leg ends.
        lat: latitude of each start, degrees.
        lon: longitude of each start, degrees.
        bearing: course at each start, degrees; 0 for waits.
        length: metres.
        speed: metres per second; 0 for legs that take no time.
    """

    __slots__ = ("bearing", "end_ms", "lat", "length", "lon", "speed", "start_ms")

    def __init__(self, legs: Sequence[Leg]) -> None:
        """Take legs in order of time.

        Raises:
            ValueError: there is no leg.
        """
        if not legs:
            raise ValueError("a track without legs has no position")
        count = len(legs)
        self.start_ms: FloatArray = np.fromiter(map(attrgetter("start_ms"), legs), dtype=np.float64, count=count)
        self.end_ms: FloatArray = np.fromiter(map(attrgetter("end_ms"), legs), dtype=np.float64, count=count)
        self.lat, self.lon = position_arrays(list(map(attrgetter("start"), legs)))
        self.length, self.bearing = inverses(self.lat, self.lon, *position_arrays(list(map(attrgetter("end"), legs))))
        duration_ms = self.end_ms - self.start_ms
        self.speed: FloatArray = np.zeros(count)
        np.divide(self.length * SECOND_MS, duration_ms, out=self.speed, where=duration_ms > 0.0)

    @classmethod
    def joined(cls, motions: Sequence[Motion]) -> Motion:
        """Motions laid end to end, to ask for places on numbered legs; it knows no leg by time."""
        joined = cls.__new__(cls)
        for name in cls.__slots__:
            setattr(joined, name, np.concatenate([getattr(motion, name) for motion in motions]))
        return joined

    def leg_at(self, times_ms: ArrayLike) -> NDArray[np.intp]:
        """Index of the leg under way at each time: the last one that has started, or the first."""
        return np.maximum(np.searchsorted(self.start_ms, times_ms, side="right") - 1, 0)

    def on_leg(self, index: NDArray[np.intp], times_ms: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Latitudes and longitudes in degrees on given legs, clamped to the ends of each leg."""
        duration_ms = self.end_ms[index] - self.start_ms[index]
        fraction = (times_ms >= self.start_ms[index]).astype(np.float64)
        np.divide(times_ms - self.start_ms[index], duration_ms, out=fraction, where=duration_ms > 0.0)
        run_m = self.length[index] * np.clip(fraction, 0.0, 1.0)
        return destinations(self.lat[index], self.lon[index], self.bearing[index], run_m)

    def at(self, times_ms: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Latitudes and longitudes in degrees at each time, clamped to the ends of the track."""
        times = np.atleast_1d(np.asarray(times_ms, dtype=np.float64))
        return self.on_leg(self.leg_at(times), times)

    def ways_at(self, times_ms: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """Courses in degrees, 0 to below 360, and speeds in m/s at each time.

        A wait, and the time before and after the track, has speed 0 and no course (NaN). Where a leg ends as the next
        one starts, it is the next one that counts; at the very end of the track the last.
        """
        times = np.atleast_1d(np.asarray(times_ms, dtype=np.float64))
        index = self.leg_at(times)
        during = (times >= self.start_ms[index]) & (times <= self.end_ms[index]) & (self.speed[index] > 0.0)
        duration_ms = self.end_ms[index] - self.start_ms[index]
        fraction = np.zeros_like(times)
        np.divide(times - self.start_ms[index], duration_ms, out=fraction, where=duration_ms > 0.0)
        run_m = self.length[index] * np.clip(fraction, 0.0, 1.0)
        courses = runs(self.lat[index], self.lon[index], self.bearing[index], run_m)[2] % 360.0
        return np.where(during, courses, np.nan), np.where(during, self.speed[index], 0.0)
