"""How near two claims come to each other while both are in force, when, and where.

Where a claim moves, the least distance is searched for by halving spans of time: no part of a box moves faster than
its centre, so that a span is left out as soon as nothing in it can be nearer than what has been found.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.domain import Corridor, MovingBox, Polygon, Position, Window
from waterspace.geometry.boxes import BoxMotion
from waterspace.geometry.footprints import centre, nearest_m
from waterspace.geometry.geodesic import positions_from
from waterspace.geometry.legs import position_at
from waterspace.geometry.plane import Plane
from waterspace.geometry.reservations.pairwise import shared_windows
from waterspace.geometry.shapes import shape_of
from waterspace.quantity import HOUR_MS, MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Footprint, Reservation
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Nearness", "least_distance", "within_at"]

_TOLERANCE_M = 5.0
"""A distance between claims of which one moves is right to this."""

_SPEED_MARGIN = 1.02
"""Corners of a box move a little faster than its centre, for the earth is round and planes are not."""

_PARTS = 8
"""Into how many parts a span of time is split."""

_PLANE_MS = 6 * HOUR_MS
"""Longest span for which one plane serves: a fast ship does not come 400 km far in it (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """How near two claims come.

    Attributes:
        apart_m: least distance along the surface; 0 where their footprints meet.
        position: midway between the places where they are nearest.
        window: for claims that stand still, the first window that both have; where one moves, the one in which they
            are nearest.
        time_ms: when they are nearest; the start of the window where both stand still.
    """

    apart_m: float
    position: Position
    window: Window
    time_ms: int


def least_distance(a: Reservation, b: Reservation) -> Nearness | None:
    """How near two claims come while both are in force, whatever their heights; None where they share no time."""
    windows = shared_windows(a.windows, b.windows)
    if not windows:
        return None
    if not isinstance(a.footprint, MovingBox) and not isinstance(b.footprint, MovingBox):
        apart_m, position = nearest_m(a.footprint, b.footprint)
        return Nearness(apart_m=apart_m, position=position, window=windows[0], time_ms=windows[0].start_ms)
    pair = _Pair.of(a.footprint, b.footprint)
    best: Nearness | None = None
    for window in windows:
        time_ms = pair.nearest_ms(window)
        if time_ms is None:
            continue
        apart_m, position = nearest_m(*(_at(side, time_ms) for side in (a.footprint, b.footprint)))
        if best is None or apart_m < best.apart_m:
            best = Nearness(apart_m=apart_m, position=position, window=window, time_ms=time_ms)
    return best


def within_at(a: Footprint, b: Footprint, distance_m: float, window: Window) -> tuple[Window, ...]:
    """When two footprints, of which one moves, are within a distance of each other in a window: to a minute or so."""
    return _Pair.of(a, b).within(distance_m, window)


def _at(footprint: Footprint, time_ms: int) -> Footprint:
    """A footprint as it lies at a time."""
    if not isinstance(footprint, MovingBox):
        return footprint
    motion = BoxMotion.of(footprint)
    times = np.array([float(time_ms)])
    lat, lon = motion.corners(motion.motion.leg_at(times), times)
    corners = positions_from(lat[0], lon[0])
    return Polygon(vertices=corners) if len(set(corners)) > 2 else _spot(corners)


def _spot(corners: Sequence[Position]) -> Footprint:
    """A box that has no width or no length, or neither."""
    return Corridor(waypoints=tuple(dict.fromkeys(corners)), half_width_m=0.0)


class _Pair(NamedTuple):
    """Two footprints of which one moves, and how fast they close at most."""

    sides: tuple[Footprint | BoxMotion, Footprint | BoxMotion]
    boxes: tuple[MovingBox, ...]

    @classmethod
    def of(cls, a: Footprint, b: Footprint) -> _Pair:
        boxes = tuple(side for side in (a, b) if isinstance(side, MovingBox))
        one, other = (BoxMotion.of(side) if isinstance(side, MovingBox) else side for side in (a, b))
        return cls((one, other), boxes)

    def nearest_ms(self, window: Window) -> int | None:
        """When in a window the two are nearest; the first such time to a tolerance. None where a box is not out."""
        spans = self._spans(window)
        if not spans:
            return None
        best_m, best_ms = np.inf, spans[0][0]
        for start_ms, end_ms in spans:
            found_m, found_ms = self._least(start_ms, end_ms, best_m)
            if found_m < best_m - _TOLERANCE_M / 10.0:
                best_m, best_ms = found_m, found_ms
        return round(best_ms)

    def within(self, distance_m: float, window: Window) -> tuple[Window, ...]:
        """Spans of a window in which the two are within a distance of each other."""
        found: list[Window] = []
        for start_ms, end_ms in self._spans(window):
            count = int(np.clip(np.ceil((end_ms - start_ms) / MINUTE_MS), 1, 720))
            times = np.linspace(start_ms, end_ms, count + 1)
            near = self._apart_m(times, self._plane(times)) <= distance_m
            for begin, end, is_near in zip(times[:-1], times[1:], near[:-1] | near[1:], strict=True):
                if not is_near:
                    continue
                if found and found[-1].end_ms >= round(begin):
                    found[-1] = Window(start_ms=found[-1].start_ms, end_ms=round(end))
                else:
                    found.append(Window(start_ms=round(begin), end_ms=round(end)))
        return tuple(found)

    def _spans(self, window: Window) -> list[tuple[float, float]]:
        """Spans in which no box changes its leg, in order."""
        start_ms = float(max(window.start_ms, *(box.legs[0].start_ms for box in self.boxes)))
        end_ms = float(min(window.end_ms, *(box.legs[-1].end_ms for box in self.boxes)))
        if start_ms >= end_ms:
            return []
        cuts = {start_ms, end_ms}
        for box in self.boxes:
            ends = (float(time_ms) for leg in box.legs for time_ms in (leg.start_ms, leg.end_ms))
            cuts.update(time_ms for time_ms in ends if start_ms < time_ms < end_ms)
        whole = sorted(cuts)
        spans: list[tuple[float, float]] = []
        for first, last in itertools.pairwise(whole):
            count = int(np.ceil((last - first) / _PLANE_MS))
            edges = np.linspace(first, last, max(count, 1) + 1).tolist()
            spans += itertools.pairwise(edges)
        return spans

    def _least(self, start_ms: float, end_ms: float, best_m: float) -> tuple[float, float]:
        """Least distance in a span in which no box changes its leg, if it is below what is known, and when."""
        plane = self._plane(np.array([start_ms, end_ms]))
        mps = self._closing_mps((start_ms + end_ms) / 2.0)
        low, high = np.array([start_ms]), np.array([end_ms])
        best_ms = start_ms
        while low.size:
            middle = (low + high) / 2.0
            apart_m = self._apart_m(middle, plane)
            nearest = int(np.argmin(apart_m))
            if apart_m[nearest] < best_m:
                best_m, best_ms = float(apart_m[nearest]), float(middle[nearest])
            reach_m = mps * (high - low) / 2.0 / SECOND_MS
            is_open = (apart_m - reach_m < best_m - _TOLERANCE_M) & (best_m > 0.0)
            edges = np.linspace(low[is_open], high[is_open], _PARTS + 1)
            low, high = edges[:-1].T.ravel(), edges[1:].T.ravel()
        return best_m, best_ms

    def _closing_mps(self, time_ms: float) -> float:
        moving = (side.motion for side in self.sides if isinstance(side, BoxMotion))
        return _SPEED_MARGIN * sum(float(motion.speed[int(motion.leg_at(time_ms))]) for motion in moving)

    def _plane(self, times_ms: FloatArray) -> Plane:
        """The plane on which distances are measured: at what stands still, else where the first box is half way."""
        still = [side for side in self.sides if not isinstance(side, BoxMotion)]
        middle_ms = round((float(times_ms[0]) + float(times_ms[-1])) / 2.0)
        return Plane(centre(still[0]) if still else position_at(self.boxes[0].legs, middle_ms))

    def _apart_m(self, times_ms: FloatArray, plane: Plane) -> FloatArray:
        """Distances at times within one leg of each box, on a plane."""
        import shapely

        cores, radius_m = [], 0.0
        inside = (times_ms[0] + times_ms[-1]) / 2.0
        for side in self.sides:
            if isinstance(side, BoxMotion):
                leg = np.full(times_ms.size, int(side.motion.leg_at(inside)), dtype=np.intp)
                lat, lon = side.corners(leg, times_ms)
                points = plane.project(lat, lon)
                cores.append(_cores(points))
            else:
                shape = shape_of(side, plane)
                cores.append(shape.core)
                radius_m += shape.radius_m
        apart_m: FloatArray = np.maximum(shapely.distance(*cores) - radius_m, 0.0)
        return apart_m


def _cores(points: FloatArray) -> FloatArray:
    """Boxes on a plane as shapely geometries; one without a size as a point."""
    import shapely

    if points.shape[1] == 1:
        made: FloatArray = shapely.points(points[:, 0])
        return made
    boxes: FloatArray = shapely.polygons(points)
    return boxes
