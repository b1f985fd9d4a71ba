"""When a moving box first overlaps something, for how long, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from waterspace.domain import Position, Window
from waterspace.geometry.boxes import BoxMotion
from waterspace.geometry.footprints import bounding_circle
from waterspace.geometry.geodesic import FloatArray, distances_m
from waterspace.geometry.plane import EARTH_RADIUS_M, Plane
from waterspace.geometry.shapes import TOUCH_M, Shape, eroded, meeting_point, shape_of
from waterspace.quantity import MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.domain import Footprint
    from waterspace.geometry.separation import IndexArray

__all__ = ["Encounter", "Meeting"]

_PIECE_M = 50_000.0
"""Farthest that either box moves in one piece, so that a plane is nearly true along it."""

_LEAF_MS = SECOND_MS
"""The first instant is known to this."""

_PARTED_MS = MINUTE_MS
"""Boxes that part for less than this are not seen to part."""

_SPLIT_PARTS = 8


class _Pieces(NamedTuple):
    """Spans in which nothing changes course; arrays of shape (n,), in order of time.

    Attributes:
        start_ms: as floats.
        end_ms: as floats.
        a: leg of the one box.
        b: leg of the other; zeros where the other stands still.
    """

    start_ms: FloatArray
    end_ms: FloatArray
    a: IndexArray
    b: IndexArray

    def take(self, keep: NDArray[np.bool_]) -> _Pieces:
        """Some of the pieces."""
        return _Pieces(self.start_ms[keep], self.end_ms[keep], self.a[keep], self.b[keep])


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The first time that two footprints overlap.

    Attributes:
        window: from the first instant, right to a second, until they part for a minute or more.
        position: where they first overlap.
    """

    window: Window
    position: Position


class _Slices(NamedTuple):
    """What both sides cover in slices of time, as arrays of shapely geometries of one plane.

    Attributes:
        a: what the one box covers, as seen from the other.
        b: the other, without the strip in which it is only touched.
        reach_m: distance between the two at which they overlap, allowance for the plane included.
        origin: where the other is at the start of each slice, metres, shape (n, 2).
    """

    plane: Plane
    a: Any
    b: Any
    reach_m: FloatArray
    origin: FloatArray


class Encounter:
    """A moving box, and another box or a footprint that stands still."""

    __slots__ = ("_box", "_other", "_plane", "_reach_m", "_still", "_within")

    def __init__(
        self, box: BoxMotion, other: BoxMotion | Footprint, taking_part: NDArray[np.bool_] | None = None
    ) -> None:
        """Prepare to ask for meetings.

        Args:
            box: a box of no size stands for a unit.
            other: must not be a `MovingBox`; give its motion.
            taking_part: which legs of the box count, shape (legs,); None for all.
        """
        import shapely

        self._box = box
        self._within = taking_part
        self._other: BoxMotion | None = None
        if isinstance(other, BoxMotion):
            self._other = other.shrunk(TOUCH_M)
            self._reach_m = box.radius_m + other.radius_m
        else:
            bounds = bounding_circle(other)
            self._plane = Plane(bounds.centre)
            self._still = eroded(shape_of(other, self._plane))
            shapely.prepare(self._still.core)
            self._reach_m = box.radius_m + bounds.radius_m

    def first(self, window: Window) -> Meeting | None:
        """The first meeting in a window; None where there is none."""
        pieces = self._pieces(float(window.start_ms), float(window.end_ms))
        for number in range(pieces.start_ms.size):
            leaf = self._first_slice(pieces, number)
            if leaf is not None:
                parted_ms = self._parted_ms(pieces, number, leaf[1])
                window = Window(start_ms=int(leaf[0]), end_ms=int(np.ceil(parted_ms)))
                return Meeting(window=window, position=self._where(pieces, number, leaf))
        return None

    def _pieces(self, start_ms: float, end_ms: float) -> _Pieces:
        """The pieces of a span of time in which the two may be close enough to meet."""
        motions = [self._box.motion] + ([self._other.motion] if self._other is not None else [])
        start_ms = max(start_ms, *(float(motion.start_ms[0]) for motion in motions))
        end_ms = min(end_ms, *(float(motion.end_ms[-1]) for motion in motions))
        ends = np.concatenate([times for motion in motions for times in (motion.start_ms, motion.end_ms)])
        cuts = np.unique(np.clip(np.append(ends, (start_ms, end_ms)), start_ms, max(start_ms, end_ms)))
        if start_ms >= end_ms:
            cuts = cuts[:1]
        begin, finish = cuts[:-1], cuts[1:]
        legs = [motion.leg_at((begin + finish) / 2.0) for motion in motions]
        fastest = np.max([motion.speed[leg] for motion, leg in zip(motions, legs, strict=True)], axis=0)
        parts = np.maximum(np.ceil(fastest * (finish - begin) / SECOND_MS / _PIECE_M), 1.0).astype(np.intp)
        whole = np.repeat(np.arange(parts.size), parts)
        place = np.arange(whole.size) - np.repeat(np.cumsum(parts) - parts, parts)
        part_ms = ((finish - begin) / parts)[whole]
        first_ms = begin[whole] + part_ms * place
        last_ms = np.where(place + 1 == parts[whole], finish[whole], first_ms + part_ms)
        a = legs[0][whole]
        return self._close(_Pieces(first_ms, last_ms, a, legs[1][whole] if len(legs) > 1 else np.zeros_like(a)))

    def _close(self, pieces: _Pieces) -> _Pieces:
        """The pieces in which the two may be close enough to meet, by the circles around them."""
        middle_ms = (pieces.start_ms + pieces.end_ms) / 2.0
        half_s = (pieces.end_ms - pieces.start_ms) / SECOND_MS / 2.0
        box = self._box.motion
        travel_m = box.speed[pieces.a] * half_s
        there: tuple[FloatArray, FloatArray] | tuple[float, float]
        if self._other is None:
            there = self._plane.centre.lat_deg, self._plane.centre.lon_deg
        else:
            there = self._other.motion.on_leg(pieces.b, middle_ms)
            travel_m = travel_m + self._other.motion.speed[pieces.b] * half_s
        apart_m = distances_m(*box.on_leg(pieces.a, middle_ms), *there)
        close = apart_m <= self._reach_m + travel_m
        return pieces.take(close if self._within is None else close & self._within[pieces.a])

    def _first_slice(self, pieces: _Pieces, number: int) -> tuple[float, float] | None:
        """The first slice of a piece, no longer than a leaf, in which the two overlap."""
        stack = [(float(pieces.start_ms[number]), float(pieces.end_ms[number]))]
        while stack:
            start_ms, end_ms = stack.pop()
            if end_ms - start_ms <= _LEAF_MS:
                cuts = np.array([start_ms, end_ms])
            else:
                cuts = np.linspace(start_ms, end_ms, _SPLIT_PARTS + 1)
            hits = np.flatnonzero(self._overlap(self._slices(pieces, number, cuts[:-1], cuts[1:])))
            if hits.size and cuts.size == 2:
                return start_ms, end_ms
            stack.extend((float(cuts[hit]), float(cuts[hit + 1])) for hit in hits[::-1])
        return None

    def _parted_ms(self, pieces: _Pieces, number: int, together_ms: float) -> float:
        """When the two, together at a time, first part."""
        for piece in range(number, pieces.start_ms.size):
            if pieces.start_ms[piece] > together_ms:
                break
            times = self._samples(pieces, piece, together_ms)
            inside = self._overlap(self._slices(pieces, piece, times, times))
            if not inside.all():
                out = int(np.argmin(inside))
                return self._between(pieces, piece, times[max(out - 1, 0)], times[out])
            together_ms = float(pieces.end_ms[piece])
        return together_ms

    def _between(self, pieces: _Pieces, piece: int, inside_ms: float, outside_ms: float) -> float:
        """When the two part, sought between two samples."""
        times = np.linspace(inside_ms, outside_ms, _SPLIT_PARTS + 1)
        inside = self._overlap(self._slices(pieces, piece, times, times))
        return float(times[int(np.argmin(inside))])

    def _samples(self, pieces: _Pieces, piece: int, start_ms: float) -> FloatArray:
        """Instants of a piece at which to look whether the two are still together."""
        end_ms = float(pieces.end_ms[piece])
        still = self._box.motion.speed[pieces.a[piece]] == 0.0
        if self._other is not None:
            still = still and self._other.motion.speed[pieces.b[piece]] == 0.0
        count = 1 if still else max(int(np.ceil((end_ms - start_ms) / _PARTED_MS)), 1)
        return np.linspace(start_ms, end_ms, count + 1)

    def _where(self, pieces: _Pieces, number: int, leaf: tuple[float, float]) -> Position:
        """A position in the overlap of a slice."""
        slices = self._slices(pieces, number, np.array([leaf[0]]), np.array([leaf[1]]))
        radius_m = self._still.radius_m if self._other is None else 0.0
        x_m, y_m = meeting_point(Shape(core=slices.a[0]), Shape(core=slices.b[0], radius_m=radius_m))
        return slices.plane.position(x_m + float(slices.origin[0, 0]), y_m + float(slices.origin[0, 1]))

    def _slices(self, pieces: _Pieces, number: int, start_ms: FloatArray, end_ms: FloatArray) -> _Slices:
        """What both sides cover between times of one piece, each of shape (n,)."""
        leg = np.full(start_ms.shape, pieces.a[number])
        travel_m = self._box.motion.speed[leg] * (end_ms - start_ms) / SECOND_MS
        if self._other is None:
            corners = _at_both_ends(self._box, leg, self._plane, start_ms, end_ms)
            still = np.full(start_ms.shape, self._still.core, dtype=np.object_)
            reach_m = self._still.radius_m + _bend_m(travel_m, corners)
            return _Slices(self._plane, _hulls(corners), still, reach_m, np.zeros((start_ms.size, 2)))
        other_leg = np.full(start_ms.shape, pieces.b[number])
        middle_ms = np.array([(start_ms[0] + end_ms[-1]) / 2.0])
        lat, lon = self._other.motion.on_leg(other_leg[:1], middle_ms)
        plane = Plane(Position(lat_deg=float(lat[0]), lon_deg=float(lon[0])))
        corners = _at_both_ends(self._box, leg, plane, start_ms, end_ms)
        others = _at_both_ends(self._other, other_leg, plane, start_ms, end_ms)
        motion = self._other.motion
        origin = np.stack([plane.project(*motion.on_leg(other_leg, times)) for times in (start_ms, end_ms)], axis=1)
        shift = np.repeat(origin, 4, axis=1)
        other_m = motion.speed[other_leg] * (end_ms - start_ms) / SECOND_MS
        reach_m = _bend_m(travel_m, corners) + _bend_m(other_m, others)
        return _Slices(plane, _hulls(corners - shift), _hulls(others - shift), reach_m, origin[:, 0])

    def _overlap(self, slices: _Slices) -> NDArray[np.bool_]:
        """In which slices the two overlap, shape (n,)."""
        import shapely

        overlapping: NDArray[np.bool_] = shapely.dwithin(slices.b, slices.a, slices.reach_m)
        return overlapping


def _at_both_ends(
    box: BoxMotion, leg: IndexArray, plane: Plane, start_ms: FloatArray, end_ms: FloatArray
) -> FloatArray:
    """Corners of a box at the start and at the end of slices, in metres of a plane, shape (n, 8, 2)."""
    return np.concatenate([plane.project(*box.corners(leg, times)) for times in (start_ms, end_ms)], axis=1)


def _hulls(points: FloatArray) -> Any:  # noqa: ANN401  # shapely ships no types
    """Convex hulls of points, shape (n, k, 2), as an array of shapely geometries.

    A box that keeps its course sweeps over the convex hull of its first and last corners.
    """
    import shapely

    return shapely.convex_hull(shapely.multipoints(points))


def _bend_m(travel_m: FloatArray, corners: FloatArray) -> FloatArray:
    """By how much a geodesic run may stray from a straight, even run on a plane, shape (n,).

    At a distance D from the centre of an azimuthal equidistant plane geodesics bend by at most about 2D / 3R²; thrice
    that also covers the change of scale along the run.
    """
    far_m = np.max(np.hypot(corners[..., 0], corners[..., 1]), axis=1)
    bend: FloatArray = travel_m**2 / 8.0 * 2.0 * (far_m + travel_m) / EARTH_RADIUS_M**2
    return bend
