"""Boxes that move along timed legs: where their corners are, and what a span of time sweeps over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from waterspace.geometry.geodesic import FloatArray, destinations, inverses, runs
from waterspace.geometry.motion import Motion
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.domain import Leg, MovingBox
    from waterspace.geometry.outlines import Line

__all__ = ["BoxMotion", "BoxMotions"]


class BoxMotion:
    """A moving box as arrays. While the centre waits, the box keeps the course it came with.

    Attributes:
        motion: of the centre; its bearings are filled in for waits.
        ahead_m: reach ahead of the centre.
        astern_m: reach astern of the centre.
        abeam_m: reach to each side.
        radius_m: reach of the farthest corner.
    """

    __slots__ = ("abeam_m", "ahead_m", "astern_m", "motion", "radius_m")

    def __init__(self, legs: Sequence[Leg], ahead_m: float = 0.0, astern_m: float = 0.0, abeam_m: float = 0.0) -> None:
        """Take legs in order of time.

        Raises:
            ValueError: there is no leg.
        """
        self.motion = Motion(legs)
        self.ahead_m, self.astern_m, self.abeam_m = ahead_m, astern_m, abeam_m
        self.radius_m = float(np.hypot(max(ahead_m, astern_m), abeam_m))
        _keep_course(self.motion)

    @classmethod
    def of(cls, box: MovingBox) -> BoxMotion:
        """The arrays of a footprint."""
        return cls(box.legs, box.ahead_m, box.astern_m, box.abeam_m)

    def shrunk(self, by_m: float) -> BoxMotion:
        """The same motion of a box that reaches less far on every side, but never less than nothing."""
        small = BoxMotion.__new__(BoxMotion)
        small.motion = self.motion
        small.ahead_m, small.astern_m = max(self.ahead_m - by_m, 0.0), max(self.astern_m - by_m, 0.0)
        small.abeam_m = max(self.abeam_m - by_m, 0.0)
        small.radius_m = self.radius_m
        return small

    def corners(self, index: NDArray[np.intp], times_ms: FloatArray) -> Line:
        """Corners at given times on given legs: port astern, port ahead, starboard ahead, starboard astern.

        Returns:
            Latitudes and longitudes in degrees, each of shape (n, 4); of shape (n, 1) where the box has no size.
        """
        if self.radius_m == 0.0:
            lat, lon = self.motion.on_leg(index, times_ms)
            return lat[:, None], lon[:, None]
        along_m = np.array([-self.astern_m, self.ahead_m])
        return _corners(self.motion, index, times_ms, (along_m, self.abeam_m))

    def reach_m(self, index: NDArray[np.intp]) -> FloatArray:  # noqa: ARG002  # it is the same on all legs
        """Reach of the farthest corner on given legs, an array that broadcasts to their shape."""
        return np.array([self.radius_m])

    def sweep(self, leg: int, start_ms: float, end_ms: float, step_m: float) -> Line:
        """The ring around what the box covers on one leg between two times."""
        index = np.array([leg, leg])
        first_m, last_m = _run_m(self.motion, index, np.array([start_ms, end_ms]))
        first_m, last_m = first_m - self.astern_m, last_m + self.ahead_m
        count = max(int(np.ceil((last_m - first_m) / step_m)), 1) + 1
        motion = self.motion
        lat, lon, course = runs(
            motion.lat[leg], motion.lon[leg], motion.bearing[leg], np.linspace(first_m, last_m, count)
        )
        port_lat, port_lon = destinations(lat, lon, course - 90.0, self.abeam_m)
        starboard_lat, starboard_lon = destinations(lat, lon, course + 90.0, self.abeam_m)
        return np.append(port_lat, starboard_lat[::-1]), np.append(port_lon, starboard_lon[::-1])

    def sweeps(self, start_ms: float, end_ms: float, step_m: float) -> list[Line]:
        """The rings around what the box covers on each leg between two times; none where the span misses the track."""
        motion = self.motion
        rings = []
        for leg in np.flatnonzero((motion.start_ms <= end_ms) & (motion.end_ms >= start_ms)).tolist():
            span = max(start_ms, float(motion.start_ms[leg])), min(end_ms, float(motion.end_ms[leg]))
            rings.append(self.sweep(leg, *span, step_m))
        return rings


class BoxMotions:
    """Boxes that move, their legs laid end to end; all of them have a size, or none has.

    Attributes:
        motion: of the centres; between the legs of two boxes nothing is known.
        first: number of the first leg of each box, shape (boxes,).
    """

    __slots__ = ("_abeam_m", "_along_m", "_radius_m", "first", "motion")

    def __init__(self, boxes: Sequence[BoxMotion]) -> None:
        """Take boxes, one or more."""
        self.motion = Motion.joined([box.motion for box in boxes])
        count = np.array([box.motion.lat.size for box in boxes], dtype=np.intp)
        self.first: NDArray[np.intp] = np.cumsum(count) - count
        reaches = [(box.ahead_m, box.astern_m, box.abeam_m, box.radius_m) for box in boxes]
        ahead_m, astern_m, abeam_m, radius_m = np.repeat(np.array(reaches), count, axis=0).T
        self._along_m: FloatArray = np.stack((-astern_m, ahead_m), axis=1)
        self._abeam_m: FloatArray = abeam_m[:, None]
        self._radius_m: FloatArray = radius_m

    def corners(self, index: NDArray[np.intp], times_ms: FloatArray) -> Line:
        """Corners at given times on given legs, as `BoxMotion.corners` gives them."""
        if not self._radius_m.any():
            lat, lon = self.motion.on_leg(index, times_ms)
            return lat[:, None], lon[:, None]
        return _corners(self.motion, index, times_ms, (self._along_m[index], self._abeam_m[index]))

    def reach_m(self, index: NDArray[np.intp]) -> FloatArray:
        """Reach of the farthest corner on given legs."""
        return self._radius_m[index]


def _corners(
    motion: Motion, index: NDArray[np.intp], times_ms: FloatArray, reach: tuple[FloatArray, FloatArray | float]
) -> Line:
    """Corners from how far ahead of the centre both ends lie, broadcast to (n, 2), and from the reach to each side."""
    along_m, abeam_m = reach
    side_deg, leg = np.array([-90.0, -90.0, 90.0, 90.0]), index[:, None]
    run_m = _run_m(motion, index, times_ms)[:, None] + along_m
    ends = runs(motion.lat[leg], motion.lon[leg], motion.bearing[leg], run_m)
    lat, lon, course = (values[:, [0, 1, 1, 0]] for values in ends)
    return destinations(lat, lon, course + side_deg, abeam_m)


def _run_m(motion: Motion, index: NDArray[np.intp], times_ms: FloatArray) -> FloatArray:
    """Distance of the centre from the start of given legs, clamped to their ends."""
    run_m: FloatArray = motion.speed[index] * (times_ms - motion.start_ms[index]) / SECOND_MS
    return np.clip(run_m, 0.0, motion.length[index])


def _keep_course(motion: Motion) -> None:
    """Give each wait the course at which the leg before it ended; waits before the first leg, that leg's course."""
    moving = motion.length > 0.0
    if not moving.any() or moving.all():
        return
    _, back = inverses(*motion.on_leg(np.arange(moving.size), motion.end_ms), motion.lat, motion.lon)
    held = float(motion.bearing[int(np.argmax(moving))])
    for leg, is_moving in enumerate(moving.tolist()):
        if is_moving:
            held = float(back[leg]) + 180.0
        else:
            motion.bearing[leg] = held
