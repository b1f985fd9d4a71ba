"""Where segments of geodesics cross, touch or run together, on the ellipsoid, for numbers and for arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from waterspace.geometry.arguments import Point, Spot, admitted
from waterspace.geometry.crossing import (
    ONE_LINE_M,
    CrossingKind,
    Crossings,
    OneCrossing,
    answer,
    nearest_crossing,
    sense_of,
)
from waterspace.geometry.ellipsoid import WGS84, Ellipsoid, solver
from waterspace.geometry.solving import inverse_array
from waterspace.geometry.tracklines import Ray, foot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.geometry.arrays import FloatArray

__all__ = ["segment_intersection"]

_TOUCH_M = 1e-3
"""Segments that come as near to each other as this touch: the accuracy that all is held to."""

_NEAR_MISS_M = 10_000.0
"""Where lines cross so flatly that rounding moves the crossing as far as this, ends are looked at one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Segments:
    """The shortest ways between pairs of points, arrays of shape (n,).

    Attributes:
        ray: from their starts.
        length: metres.
        ends: latitudes and longitudes.
    """

    ray: Ray
    length: FloatArray
    ends: tuple[FloatArray, FloatArray]

    @classmethod
    def between(
        cls, ellipsoid: Ellipsoid, start: tuple[FloatArray, FloatArray], end: tuple[FloatArray, FloatArray]
    ) -> _Segments:
        """The segments from starts to ends."""
        length, azimuth, _ = inverse_array(solver(ellipsoid), *start, *end)
        return cls(ray=Ray(ellipsoid=ellipsoid, lat=start[0], lon=start[1], azimuth=azimuth), length=length, ends=end)

    def part(self, which: NDArray[Any]) -> _Segments:
        """Some of them."""
        return _Segments(
            ray=self.ray.part(which), length=self.length[which], ends=(self.ends[0][which], self.ends[1][which])
        )

    def or_else(self, other: _Segments, here: NDArray[np.bool_]) -> _Segments:
        """These where a condition holds, others elsewhere."""
        ray = Ray(
            ellipsoid=self.ray.ellipsoid,
            lat=np.where(here, self.ray.lat, other.ray.lat),
            lon=np.where(here, self.ray.lon, other.ray.lon),
            azimuth=np.where(here, self.ray.azimuth, other.ray.azimuth),
        )
        ends = (np.where(here, self.ends[0], other.ends[0]), np.where(here, self.ends[1], other.ends[1]))
        return _Segments(ray=ray, length=np.where(here, self.length, other.length), ends=ends)

    def beyond(self, along: FloatArray) -> FloatArray:
        """How far places on the rays lie outside the segments; negative inside."""
        return np.maximum(-along, along - self.length)


@overload
def segment_intersection(
    start1: Spot, end1: Spot, start2: Spot, end2: Spot, *, ellipsoid: Ellipsoid = ...
) -> OneCrossing: ...
@overload
def segment_intersection(
    start1: Point, end1: Point, start2: Point, end2: Point, *, ellipsoid: Ellipsoid = ...
) -> Crossings: ...
def segment_intersection(
    start1: Point, end1: Point, start2: Point, end2: Point, *, ellipsoid: Ellipsoid = WGS84
) -> OneCrossing | Crossings:
    """Where the shortest ways between two pairs of points cross, ends included.

    Segments that come within a millimetre touch. Where the shorter one lies on the line of the longer and the two share
    more than a point, they are coincident, and the middle of what they share is returned. Segments that meet at both
    ends, such as two meridians from pole to pole, meet at one of them.

    Args:
        start1: latitude and longitude in degrees, numbers or arrays.
        end1: where the first segment ends; may coincide with its start.
        start2: of the second segment.
        end2: of the second segment.
        ellipsoid: WGS-84 unless told otherwise.

    Raises:
        GeometryError: where an argument is no place on earth.
    """
    values = admitted(
        lat_of_start1=start1[0],
        lon_of_start1=start1[1],
        lat_of_end1=end1[0],
        lon_of_end1=end1[1],
        lat_of_start2=start2[0],
        lon_of_start2=start2[1],
        lat_of_end2=end2[0],
        lon_of_end2=end2[1],
    )
    flat = [np.ravel(np.asarray(value)) for value in values]
    first = _Segments.between(ellipsoid, (flat[0], flat[1]), (flat[2], flat[3]))
    second = _Segments.between(ellipsoid, (flat[4], flat[5]), (flat[6], flat[7]))
    along1, along2 = nearest_crossing(first.ray, second.ray, first.length / 2.0, second.length / 2.0)
    beyond = np.maximum(first.beyond(along1), second.beyond(along2))
    met = (beyond <= _TOUCH_M) & (_apart(first.ray, along1, second.ray, along2) <= _TOUCH_M)
    kind = np.where(met, CrossingKind.POINT, CrossingKind.NONE)
    unsure = np.flatnonzero(~met & (beyond < _NEAR_MISS_M))
    if unsure.size:
        touch, *there = _touching_ends(first.part(unsure), second.part(unsure))
        kind[unsure[touch]] = CrossingKind.POINT
        along1[unsure[touch]], along2[unsure[touch]] = (reached[touch] for reached in there)
    _run_together(first, second, (kind, along1, along2))
    return answer(values, first.ray, kind, np.clip(along1, 0.0, first.length), np.clip(along2, 0.0, second.length))


def _touching_ends(first: _Segments, second: _Segments) -> tuple[NDArray[np.bool_], FloatArray, FloatArray]:
    """Which segments have an end on the other one, and how far along both it lies."""
    touch = np.zeros(first.length.shape, dtype=np.bool_)
    along1, along2 = np.zeros_like(first.length), np.zeros_like(first.length)
    for one, other, along_one, along_other in ((first, second, along1, along2), (second, first, along2, along1)):
        for reached, lat, lon in ((np.zeros_like(one.length), one.ray.lat, one.ray.lon), (one.length, *one.ends)):
            along, _, _ = foot(other.ray, lat, lon)
            along = np.clip(along, 0.0, other.length)
            new = (_apart(one.ray, reached, other.ray, along) <= ONE_LINE_M) & ~touch
            along_one[new], along_other[new] = reached[new], along[new]
            touch |= new
    return touch, along1, along2


def _run_together(first: _Segments, second: _Segments, found: tuple[NDArray[Any], FloatArray, FloatArray]) -> None:
    """Write down, over what was found, which segments lie on one line, and the middle of what they share."""
    kind, along1, along2 = found
    first_longer = first.length >= second.length
    longer, shorter = first.or_else(second, first_longer), second.or_else(first, first_longer)
    start, cross_start, _ = foot(longer.ray, shorter.ray.lat, shorter.ray.lon)
    end, cross_end, _ = foot(longer.ray, *shorter.ends)
    same = (np.abs(cross_start) <= ONE_LINE_M) & (np.abs(cross_end) <= ONE_LINE_M)
    sense = sense_of(start, end, first.ray.ellipsoid)
    low, high = _shared(longer.length, start, sense * shorter.length)
    # meridians and the equator close: what starts behind a segment and leads away from it may reach it from ahead
    other_start = end - sense * shorter.length
    other_low, other_high = _shared(longer.length, other_start, sense * shorter.length)
    better = other_high - other_low > high - low
    low, high = np.where(better, other_low, low), np.where(better, other_high, high)
    middle = np.clip((low + high) / 2.0, 0.0, longer.length)
    on_shorter = sense * (middle - np.where(better, other_start, start))
    shared = np.where(high - low > _TOUCH_M, CrossingKind.COINCIDENT, CrossingKind.POINT)
    kind[same] = np.where(high - low >= -_TOUCH_M, shared, CrossingKind.NONE)[same]
    along1[same] = np.where(first_longer, middle, on_shorter)[same]
    along2[same] = np.where(first_longer, on_shorter, middle)[same]


def _shared(length: FloatArray, start: FloatArray, run: FloatArray) -> tuple[FloatArray, FloatArray]:
    """From where to where segments of given lengths share runs on their lines; the wrong way round if nowhere."""
    return np.maximum(np.minimum(start, start + run), 0.0), np.minimum(np.maximum(start, start + run), length)


def _apart(first: Ray, along1: FloatArray, second: Ray, along2: FloatArray) -> FloatArray:
    """How far places on two rays are apart."""
    (lat1, lon1, _), (lat2, lon2, _) = first.at(along1), second.at(along2)
    return inverse_array(solver(first.ellipsoid), lat1, lon1, lat2, lon2)[0]
