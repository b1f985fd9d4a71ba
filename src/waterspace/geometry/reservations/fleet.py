"""Many moving boxes as arrays of their legs, to ask for many places of many boxes at once.

The motion is that of `boxes.BoxMotion`, which knows one box.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.geometry.geodesic import destinations, inverses, position_arrays, runs
from waterspace.geometry.reservations.earthframe import earth_centred
from waterspace.geometry.reservations.flatshapes import counts_of, numbers_of
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from waterspace.domain import MovingBox
    from waterspace.geometry.geodesic import FloatArray
    from waterspace.geometry.separation import IndexArray

__all__ = ["Fleet"]


class Fleet(NamedTuple):
    """The legs of moving boxes laid end to end; arrays of shape (legs,).

    Attributes:
        numbers: of the boxes, rising, shape (boxes,).
        box: place among `numbers` of the box of each leg, never falling.
        start_ms: when each leg starts, never falling within a box.
        lat: latitude of each start, degrees.
        lon: longitude of each start, degrees.
        course: at each start, degrees; of a wait, the course that the box came with.
        length_m: of each leg.
        speed_mps: on each leg; 0 for waits and for legs that take no time.
        ahead_m: reach of the box ahead of its centre.
        astern_m: reach astern.
        abeam_m: reach to each side.
    """

    numbers: IndexArray
    box: IndexArray
    start_ms: NDArray[np.int64]
    lat: FloatArray
    lon: FloatArray
    course: FloatArray
    length_m: FloatArray
    speed_mps: FloatArray
    ahead_m: FloatArray
    astern_m: FloatArray
    abeam_m: FloatArray

    @classmethod
    def of(cls, boxes: Mapping[int, MovingBox]) -> Fleet:
        """The legs of boxes by number."""
        numbers = sorted(boxes)
        chosen = [boxes[number] for number in numbers]
        lists = [box.legs for box in chosen]
        flat = list(itertools.chain.from_iterable(lists))
        box = np.repeat(np.arange(len(lists)), counts_of(lists))
        lat, lon = position_arrays([leg.start for leg in flat])
        length_m, course = inverses(lat, lon, *position_arrays([leg.end for leg in flat]))
        start_ms = np.fromiter((leg.start_ms for leg in flat), dtype=np.int64, count=len(flat))
        lasts_s = (numbers_of("end_ms", flat) - start_ms) / SECOND_MS
        speed_mps = np.zeros(len(flat))
        np.divide(length_m, lasts_s, out=speed_mps, where=lasts_s > 0.0)
        reaches = (numbers_of(name, chosen)[box] for name in ("ahead_m", "astern_m", "abeam_m"))
        kept = _courses((lat, lon), course, length_m, box)
        return cls(np.array(numbers, dtype=np.intp), box, start_ms, lat, lon, kept, length_m, speed_mps, *reaches)

    @property
    def radius_m(self) -> FloatArray:
        """Reach of the farthest corner of the box."""
        radius_m: FloatArray = np.hypot(np.maximum(self.ahead_m, self.astern_m), self.abeam_m)
        return radius_m

    @property
    def room_m(self) -> FloatArray:
        """Reach of the nearest side of the box."""
        room_m: FloatArray = np.minimum(np.minimum(self.ahead_m, self.astern_m), self.abeam_m)
        return room_m

    def leg_at(self, numbers: IndexArray, times_ms: NDArray[np.int64]) -> IndexArray:
        """The leg that a box is on at a time not before its first leg: the last one that has started."""
        began_ms = self.start_ms.min()
        stride_ms = int(max(self.start_ms.max(), times_ms.max()) - began_ms) + 1
        box = np.searchsorted(self.numbers, numbers)
        started = self.box * stride_ms + (self.start_ms - began_ms)
        leg: IndexArray = np.searchsorted(started, box * stride_ms + (times_ms - began_ms), side="right") - 1
        return leg

    def run_m(self, leg: IndexArray, times_ms: FloatArray) -> FloatArray:
        """Distance of the centre from the start of given legs, clamped to their ends."""
        run_m: FloatArray = self.speed_mps[leg] * (times_ms - self.start_ms[leg]) / SECOND_MS
        return np.clip(run_m, 0.0, self.length_m[leg])

    def centres(self, leg: IndexArray, times_ms: FloatArray) -> FloatArray:
        """Earth-centred places of the centres on given legs at given times, shape (n, 3)."""
        return earth_centred(*destinations(self.lat[leg], self.lon[leg], self.course[leg], self.run_m(leg, times_ms)))

    def corners(self, leg: IndexArray, times_ms: FloatArray) -> FloatArray:
        """Earth-centred corners, shape (n, 4, 3): port astern, port ahead, starboard ahead, starboard astern."""
        run_m = self.run_m(leg, times_ms)
        along_m = np.stack((run_m - self.astern_m[leg], run_m + self.ahead_m[leg]), axis=1)
        lat, lon, course = (values[leg][:, None] for values in (self.lat, self.lon, self.course))
        lat, lon, course = (values[:, [0, 1, 1, 0]] for values in runs(lat, lon, course, along_m))
        side_deg = np.array([-90.0, -90.0, 90.0, 90.0])
        lat, lon = destinations(lat, lon, course + side_deg, self.abeam_m[leg][:, None])
        return earth_centred(lat.ravel(), lon.ravel()).reshape(-1, 4, 3)


def _courses(
    start: tuple[FloatArray, FloatArray], course: FloatArray, length_m: FloatArray, box: IndexArray
) -> FloatArray:
    """Courses of legs; of a wait, that at which the leg before it ended, or that of the first leg that follows."""
    moving = length_m > 0.0
    if moving.all():
        return course
    _, back = inverses(*destinations(*start, course, length_m), *start)
    here = np.arange(box.size)
    first = np.flatnonzero(np.append(True, box[1:] != box[:-1]))
    before = np.maximum.accumulate(np.where(moving, here, -1))
    after = np.minimum.reduceat(np.where(moving, here, box.size), first)[box]
    came = before >= first[box]
    kept = np.where(came, back[before] + 180.0, course[np.minimum(after, box.size - 1)])
    return np.where(moving | (~came & (after == box.size)), course, kept)
