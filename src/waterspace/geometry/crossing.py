"""Where geodesics cross: endless ones and segments, on the ellipsoid, for numbers and for arrays.

From two points, one on each line, a spherical triangle says how far along each line the crossing would lie on a sphere;
going there and asking again leaves some hundredth of the error each time.

Source: Karney, Geodesic intersections, Journal of Surveying Engineering 150 (2024).
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, overload

import numpy as np

from waterspace.geometry.arguments import Degrees, Numbers, Point, Spot, admitted, is_scalar
from waterspace.geometry.ellipsoid import WGS84, Ellipsoid, solver
from waterspace.geometry.solving import inverse_array
from waterspace.geometry.tracklines import Ray, foot

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from waterspace.geometry.arrays import FloatArray

__all__ = ["Crossing", "CrossingKind", "intersection", "segment_intersection"]

_TOUCH_M = 1e-3
"""Lines and ends nearer to each other than this touch: the accuracy that all of this is held to."""

_PARALLEL_RAD = 1.5e-10
"""Lines that meet at a smaller angle than this stay within a millimetre of each other for a quarter of the earth."""

_STEP_M = 1e-7
_MOST_STEPS = 40


class CrossingKind(IntEnum):
    """How two lines meet."""

    NONE = 0
    POINT = 1
    COINCIDENT = 2


class Crossing(NamedTuple, Generic[Numbers]):
    """Where two lines meet.

    Attributes:
        kind: `CrossingKind`, an array of them where arrays were given.
        lat_deg: of the point where they cross, or of the middle of what they share; NaN where they do not meet.
        lon_deg: likewise.
        along1_m: from the start of the first line to that point, negative before the start.
        along2_m: the same on the second.
    """

    kind: CrossingKind | NDArray[np.int8]
    lat_deg: Numbers
    lon_deg: Numbers
    along1_m: Numbers
    along2_m: Numbers


@overload
def intersection(
    point1: Spot, azimuth1_deg: Degrees, point2: Spot, azimuth2_deg: Degrees, *, ellipsoid: Ellipsoid = ...
) -> Crossing[float]: ...
@overload
def intersection(
    point1: Point, azimuth1_deg: ArrayLike, point2: Point, azimuth2_deg: ArrayLike, *, ellipsoid: Ellipsoid = ...
) -> Crossing[FloatArray]: ...
def intersection(
    point1: Point, azimuth1_deg: ArrayLike, point2: Point, azimuth2_deg: ArrayLike, *, ellipsoid: Ellipsoid = WGS84
) -> Crossing[float] | Crossing[FloatArray]:
    """Where two endless geodesics cross: of all their crossings the one nearest to the points they are given by.

    Nearest is what has the least sum of distances along the two lines, forwards or backwards. Two geodesics always
    cross, unless they coincide; then the point half way between the two given ones is returned.

    Args:
        point1: latitude and longitude in degrees of a point of the first line, numbers or arrays.
        azimuth1_deg: of the first line at that point.
        point2: of a point of the second line.
        azimuth2_deg: of the second line at that point.
        ellipsoid: WGS-84 unless told otherwise.

    Raises:
        GeometryError: where an argument cannot be computed with.
    """
    values = admitted(
        lat_of_point1=point1[0],
        lon_of_point1=point1[1],
        azimuth1_deg=azimuth1_deg,
        lat_of_point2=point2[0],
        lon_of_point2=point2[1],
        azimuth2_deg=azimuth2_deg,
    )
    lat1, lon1, course1, lat2, lon2, course2 = (np.ravel(np.asarray(value)) for value in values)
    first = Ray(ellipsoid=ellipsoid, lat=lat1, lon=lon1, azimuth=course1)
    second = Ray(ellipsoid=ellipsoid, lat=lat2, lon=lon2, azimuth=course2)
    along1, along2 = _nearest_crossing(first, second, np.zeros_like(lat1), np.zeros_like(lat1))
    same, foot1, sense = _one_line(first, second)
    along1, along2 = np.where(same, foot1 / 2.0, along1), np.where(same, -sense * foot1 / 2.0, along2)
    kind = np.where(same, CrossingKind.COINCIDENT, CrossingKind.POINT)
    return _answer(values, first, kind, along1, along2)


@overload
def segment_intersection(
    start1: Spot, end1: Spot, start2: Spot, end2: Spot, *, ellipsoid: Ellipsoid = ...
) -> Crossing[float]: ...
@overload
def segment_intersection(
    start1: Point, end1: Point, start2: Point, end2: Point, *, ellipsoid: Ellipsoid = ...
) -> Crossing[FloatArray]: ...
def segment_intersection(
    start1: Point, end1: Point, start2: Point, end2: Point, *, ellipsoid: Ellipsoid = WGS84
) -> Crossing[float] | Crossing[FloatArray]:
    """Where the shortest ways between two pairs of points cross, ends included.

    Segments that come within a millimetre touch. Segments of one line that share more than a point are coincident, and
    the middle of what they share is returned.

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
    (first, length1), (second, length2) = _segment(ellipsoid, *flat[:4]), _segment(ellipsoid, *flat[4:])
    along1, along2 = _nearest_crossing(first, second, length1 / 2.0, length2 / 2.0)
    met = _within(along1, length1) & _within(along2, length2)
    same, foot1, sense = _one_line(first, second)
    if same.any():
        foot1[same] = _foot_of_overlap(
            (first.part(same), second.part(same)), (length1[same], length2[same]), (foot1[same], sense[same])
        )
    low, high = _shared(length1, foot1, sense * length2)
    middle = (low + high) / 2.0
    kind = np.where(met, CrossingKind.POINT, CrossingKind.NONE)
    shared = np.where(high - low > _TOUCH_M, CrossingKind.COINCIDENT, CrossingKind.POINT)
    kind = np.where(same, np.where(high - low >= -_TOUCH_M, shared, CrossingKind.NONE), kind)
    along1 = np.clip(np.where(same, middle, along1), 0.0, length1)
    along2 = np.clip(np.where(same, sense * (middle - foot1), along2), 0.0, length2)
    return _answer(values, first, kind, along1, along2)


def _segment(
    ellipsoid: Ellipsoid, lat1: FloatArray, lon1: FloatArray, lat2: FloatArray, lon2: FloatArray
) -> tuple[Ray, FloatArray]:
    """Segments as rays and lengths."""
    length, azimuth, _ = inverse_array(solver(ellipsoid), lat1, lon1, lat2, lon2)
    return Ray(ellipsoid=ellipsoid, lat=lat1, lon=lon1, azimuth=azimuth), length


def _nearest_crossing(first: Ray, second: Ray, from1: FloatArray, from2: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Distances along both rays to the crossing nearest to places on them."""
    half_turn_m = np.pi * first.ellipsoid.mean_radius_m
    step1, step2 = _step(first, second, from1, from2)
    near = _settled(first, second, from1 + step1, from2 + step2)
    across = from1 + step1 - np.copysign(half_turn_m, step1), from2 + step2 - np.copysign(half_turn_m, step2)
    far = _settled(first, second, *across)
    sum_near = np.abs(near[0] - from1) + np.abs(near[1] - from2)
    sum_far = np.abs(far[0] - from1) + np.abs(far[1] - from2)
    return np.where(sum_near <= sum_far, near[0], far[0]), np.where(sum_near <= sum_far, near[1], far[1])


def _settled(first: Ray, second: Ray, along1: FloatArray, along2: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The crossing to which steps lead from places near it."""
    along1, along2 = along1.copy(), along2.copy()
    left = np.arange(along1.size)
    for _ in range(_MOST_STEPS):
        step1, step2 = _step(first.part(left), second.part(left), along1[left], along2[left])
        along1[left] += step1
        along2[left] += step2
        left = left[np.abs(step1) + np.abs(step2) > _STEP_M]
        if left.size == 0:
            break
    return along1, along2


def _step(first: Ray, second: Ray, along1: FloatArray, along2: FloatArray) -> tuple[FloatArray, FloatArray]:
    """How much further the crossing would lie along both rays if the earth were round."""
    radius_m = first.ellipsoid.mean_radius_m
    lat1, lon1, course1 = first.at(along1)
    lat2, lon2, course2 = second.at(along2)
    distance, bearing1, bearing2 = inverse_array(solver(first.ellipsoid), lat1, lon1, lat2, lon2)
    arc = distance / radius_m
    turn1, turn2 = np.radians(_half_turn(bearing1 - course1)), np.radians(_half_turn(bearing2 - course2))
    sense = np.copysign(1.0, _half_turn(np.degrees(turn2 - turn1)))
    turn1, turn2 = sense * turn1, sense * turn2
    sine1, cosine1, sine2, cosine2 = np.sin(turn1), np.cos(turn1), np.sin(turn2), np.cos(turn2)
    step1 = radius_m * np.arctan2(sine2 * np.sin(arc), sine2 * cosine1 * np.cos(arc) - cosine2 * sine1)
    step2 = radius_m * np.arctan2(sine1 * np.sin(arc), -sine1 * cosine2 * np.cos(arc) + cosine1 * sine2)
    return step1, step2


def _one_line(first: Ray, second: Ray) -> tuple[NDArray[np.bool_], FloatArray, FloatArray]:
    """Which second rays lie on the first ones; where they start on them, and whether they run with (1) or against."""
    along, cross, _ = foot(first, second.lat, second.lon)
    _, _, course = first.at(along)
    turn = np.radians(_half_turn(second.azimuth - course))
    same = (np.abs(cross) <= _TOUCH_M) & (np.abs(np.sin(turn)) <= _PARALLEL_RAD)
    return same, along, np.copysign(1.0, np.cos(turn))


def _foot_of_overlap(
    rays: tuple[Ray, Ray], lengths: tuple[FloatArray, FloatArray], start: tuple[FloatArray, FloatArray]
) -> FloatArray:
    """Where second segments of the same lines start on the first ones, so that they overlap if they can.

    Meridians and the equator close: what starts behind a segment and leads away from it may reach it from ahead.
    """
    foot1, sense = start
    end_lat, end_lon, _ = rays[1].at(lengths[1])
    foot2, cross, _ = foot(rays[0], end_lat, end_lon)
    round_about = foot2 - sense * lengths[1]
    overlaps = []
    for begin in (foot1, round_about):
        low, high = _shared(lengths[0], begin, sense * lengths[1])
        overlaps.append(high - low)
    return np.where((np.abs(cross) <= _TOUCH_M) & (overlaps[1] > overlaps[0]), round_about, foot1)


def _shared(length: FloatArray, start: FloatArray, run: FloatArray) -> tuple[FloatArray, FloatArray]:
    """From where to where segments of given lengths share runs on their lines; the wrong way round if nowhere."""
    return np.maximum(np.minimum(start, start + run), 0.0), np.minimum(np.maximum(start, start + run), length)


def _within(along: FloatArray, length: FloatArray) -> NDArray[np.bool_]:
    """Whether places on rays lie on segments."""
    return (along >= -_TOUCH_M) & (along <= length + _TOUCH_M)


def _half_turn(angles: FloatArray) -> FloatArray:
    """Angles in degrees from -180 to 180."""
    turned: FloatArray = angles - 360.0 * np.round(angles / 360.0)
    return turned


def _answer(
    values: tuple[Any, ...], first: Ray, kind: NDArray[Any], along1: FloatArray, along2: FloatArray
) -> Crossing[float] | Crossing[FloatArray]:
    """The results in the shape of the arguments."""
    lat, lon, _ = first.at(along1)
    numbers = [np.where(kind == CrossingKind.NONE, np.nan, result) for result in (lat, lon, along1, along2)]
    if is_scalar(values[0]):
        lat_deg, lon_deg, along1_m, along2_m = (float(result[0]) for result in numbers)
        return Crossing(CrossingKind(int(kind[0])), lat_deg, lon_deg, along1_m, along2_m)
    shape = values[0].shape
    return Crossing(kind.astype(np.int8).reshape(shape), *(result.reshape(shape) for result in numbers))
