"""Where geodesics cross: endless ones and segments, on the ellipsoid, for numbers and for arrays.

From two points, one on each line, a spherical triangle says how far along each line the crossing would lie on a sphere;
going there and asking again leaves some hundredth of the error each time.

Source: Karney, Geodesic intersections, Journal of Surveying Engineering 150 (2024).
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar, overload

import numpy as np

from waterspace.geometry.arguments import Degrees, Numbers, Point, Spot, admitted, is_scalar
from waterspace.geometry.ellipsoid import WGS84, Ellipsoid, solver
from waterspace.geometry.solving import inverse_array
from waterspace.geometry.tracklines import Ray, foot

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from waterspace.geometry.arrays import FloatArray

__all__ = [
    "ONE_LINE_M",
    "Crossing",
    "CrossingKind",
    "Crossings",
    "KindArray",
    "OneCrossing",
    "answer",
    "intersection",
    "nearest_crossing",
    "sense_of",
]

ONE_LINE_M = 1e-4
"""Lines that stay as near to each other as this, a tenth of the accuracy that all is held to, are one."""

_LEVER_M = 5_000_000.0
"""So far from its start a line is compared with another."""

_STEP_M = 1e-7
_MOST_STEPS = 40


class CrossingKind(IntEnum):
    """How two lines meet."""

    NONE = 0
    POINT = 1
    COINCIDENT = 2


KindArray: TypeAlias = "NDArray[np.int8]"
"""Values of `CrossingKind`."""

Kind = TypeVar("Kind", CrossingKind, KindArray)


class Crossing(NamedTuple, Generic[Kind, Numbers]):
    """Where two lines meet.

    Attributes:
        kind: how they meet; an array of the values of `CrossingKind` where arrays were given.
        lat_deg: of the point where they cross, or of the middle of what they share; NaN where they do not meet.
        lon_deg: likewise.
        along1_m: from the start of the first line to that point, negative before the start.
        along2_m: the same on the second.
    """

    kind: Kind
    lat_deg: Numbers
    lon_deg: Numbers
    along1_m: Numbers
    along2_m: Numbers


OneCrossing: TypeAlias = "Crossing[CrossingKind, float]"
"""A crossing of two lines."""

Crossings: TypeAlias = "Crossing[KindArray, FloatArray]"
"""The crossings of as many pairs of lines as the arrays hold."""


@overload
def intersection(
    point1: Spot, azimuth1_deg: Degrees, point2: Spot, azimuth2_deg: Degrees, *, ellipsoid: Ellipsoid = ...
) -> OneCrossing: ...
@overload
def intersection(
    point1: Point, azimuth1_deg: ArrayLike, point2: Point, azimuth2_deg: ArrayLike, *, ellipsoid: Ellipsoid = ...
) -> Crossings: ...
def intersection(
    point1: Point, azimuth1_deg: ArrayLike, point2: Point, azimuth2_deg: ArrayLike, *, ellipsoid: Ellipsoid = WGS84
) -> OneCrossing | Crossings:
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
    along1, along2 = nearest_crossing(first, second, np.zeros_like(lat1), np.zeros_like(lat1))
    same, start, sense = _one_line(first, second)
    along1, along2 = np.where(same, start / 2.0, along1), np.where(same, -sense * start / 2.0, along2)
    kind = np.where(same, CrossingKind.COINCIDENT, CrossingKind.POINT)
    return answer(values, first, kind, along1, along2)


def nearest_crossing(first: Ray, second: Ray, from1: FloatArray, from2: FloatArray) -> tuple[FloatArray, FloatArray]:
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
    start, cross, _ = foot(first, second.lat, second.lon)
    lat, lon, _ = second.at(np.full_like(start, _LEVER_M))
    further, far_cross, _ = foot(first, lat, lon)
    same = (np.abs(cross) <= ONE_LINE_M) & (np.abs(far_cross) <= ONE_LINE_M)
    return same, start, sense_of(start, further, first.ellipsoid)


def sense_of(start: FloatArray, end: FloatArray, ellipsoid: Ellipsoid) -> FloatArray:
    """Whether the short way from one foot on rays to another leads forwards (1) or backwards (-1)."""
    run = end - start
    return np.where(np.abs(run) > np.pi * ellipsoid.mean_radius_m, -np.copysign(1.0, run), np.copysign(1.0, run))


def _half_turn(angles: FloatArray) -> FloatArray:
    """Angles in degrees from -180 to 180."""
    turned: FloatArray = angles - 360.0 * np.round(angles / 360.0)
    return turned


def answer(
    values: tuple[Any, ...], first: Ray, kind: NDArray[Any], along1: FloatArray, along2: FloatArray
) -> OneCrossing | Crossings:
    """The results in the shape of the arguments."""
    lat, lon, _ = first.at(along1)
    numbers = [np.where(kind == CrossingKind.NONE, np.nan, result) for result in (lat, lon, along1, along2)]
    if is_scalar(values[0]):
        lat_deg, lon_deg, along1_m, along2_m = (float(result[0]) for result in numbers)
        one: OneCrossing = Crossing(CrossingKind(int(kind[0])), lat_deg, lon_deg, along1_m, along2_m)
        return one
    shape = values[0].shape
    return Crossing(kind.astype(np.int8).reshape(shape), *(result.reshape(shape) for result in numbers))
