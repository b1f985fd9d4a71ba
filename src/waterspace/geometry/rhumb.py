"""Rhumb lines: courses that cut every meridian at one angle, on the ellipsoid, for numbers and for arrays.

No library that is kept up offers them to Python, so the mathematics is ours, over `auxiliary`; see ADR 0010. Arguments
and azimuths are as in `geodesy`. Half a turn of longitude runs in the sense of the numbers: eastwards from -90 to 90,
westwards from 90 to -90. A pole is taken as the last point before it that can be told from it, so that a rhumb line to
it has a course and a length; no rhumb line leads further than a pole. Between points that coincide the azimuth is 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, overload

import numpy as np

from waterspace.errors import GeometryError
from waterspace.geometry.arguments import Degrees, Metres, Numbers, admitted, is_scalar
from waterspace.geometry.auxiliary import (
    POLE_TANGENT,
    conformal_tangent,
    conformal_to_isometric_ratio,
    rectifying_series,
)
from waterspace.geometry.ellipsoid import WGS84, Ellipsoid
from waterspace.geometry.solving import azimuths

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from waterspace.geometry.arrays import FloatArray

__all__ = ["RhumbDirect", "RhumbInverse", "rhumb_direct", "rhumb_inverse"]

_AT_THE_POLE_M = 1e-6
"""What rounding may add to a distance that leads exactly to a pole."""


class RhumbInverse(NamedTuple, Generic[Numbers]):
    """The shortest rhumb line between two points: its length, and its azimuth from 0 to below 360."""

    distance_m: Numbers
    azimuth_deg: Numbers


class RhumbDirect(NamedTuple, Generic[Numbers]):
    """Where a rhumb line ends: latitude, and longitude from -180 to 180."""

    lat2_deg: Numbers
    lon2_deg: Numbers


@overload
def rhumb_inverse(
    lat1: Degrees, lon1: Degrees, lat2: Degrees, lon2: Degrees, *, ellipsoid: Ellipsoid = ...
) -> RhumbInverse[float]: ...
@overload
def rhumb_inverse(
    lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike, *, ellipsoid: Ellipsoid = ...
) -> RhumbInverse[FloatArray]: ...
def rhumb_inverse(
    lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike, *, ellipsoid: Ellipsoid = WGS84
) -> RhumbInverse[float] | RhumbInverse[FloatArray]:
    """The shortest rhumb line from one point to another.

    Args:
        lat1: of the first point, -90 to 90 degrees.
        lon1: of the first point, degrees.
        lat2: of the second point.
        lon2: of the second point.
        ellipsoid: WGS-84 unless told otherwise; flattening at most 0.02 either way.

    Raises:
        GeometryError: where an argument is no place on earth.
    """
    points = admitted(lat1=lat1, lon1=lon1, lat2=lat2, lon2=lon2)
    return RhumbInverse(*_as_given(points, _inverse(ellipsoid, *(np.asarray(value) for value in points))))


@overload
def rhumb_direct(
    lat1: Degrees, lon1: Degrees, azimuth_deg: Degrees, distance_m: Metres, *, ellipsoid: Ellipsoid = ...
) -> RhumbDirect[float]: ...
@overload
def rhumb_direct(
    lat1: ArrayLike, lon1: ArrayLike, azimuth_deg: ArrayLike, distance_m: ArrayLike, *, ellipsoid: Ellipsoid = ...
) -> RhumbDirect[FloatArray]: ...
def rhumb_direct(
    lat1: ArrayLike, lon1: ArrayLike, azimuth_deg: ArrayLike, distance_m: ArrayLike, *, ellipsoid: Ellipsoid = WGS84
) -> RhumbDirect[float] | RhumbDirect[FloatArray]:
    """Where a rhumb line ends.

    Args:
        lat1: of the point it starts from, -90 to 90 degrees.
        lon1: of the point it starts from, degrees.
        azimuth_deg: any finite angle.
        distance_m: negative to run backwards.
        ellipsoid: WGS-84 unless told otherwise; flattening at most 0.02 either way.

    Raises:
        GeometryError: where an argument cannot be computed with, and where the line would lead past a pole.
    """
    values = admitted(lat1=lat1, lon1=lon1, azimuth_deg=azimuth_deg, distance_m=distance_m)
    return RhumbDirect(*_as_given(values, _direct(ellipsoid, *(np.asarray(value) for value in values))))


def _inverse(
    ellipsoid: Ellipsoid, lat1: FloatArray, lon1: FloatArray, lat2: FloatArray, lon2: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Distances and azimuths."""
    series = rectifying_series(ellipsoid)
    tangent1, tangent2 = conformal_tangent(lat1, ellipsoid), conformal_tangent(lat2, ellipsoid)
    conformal1, conformal2 = np.arctan(tangent1), np.arctan(tangent2)
    north = np.arcsinh(tangent2) - np.arcsinh(tangent1)
    east = np.radians(_turn(lon2 - lon1))
    radians = series.of_conformal.slope(conformal1, conformal2) / conformal_to_isometric_ratio(
        (conformal1, tangent1), (conformal2, tangent2)
    )
    return np.hypot(east, north) * radians * series.radius_m, azimuths(np.degrees(np.arctan2(east, north)))


def _direct(
    ellipsoid: Ellipsoid, lat1: FloatArray, lon1: FloatArray, azimuth: FloatArray, distance: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Latitudes and longitudes."""
    series = rectifying_series(ellipsoid)
    sine, cosine = _sine_and_cosine(azimuth)
    tangent1 = conformal_tangent(lat1, ellipsoid)
    conformal1 = np.arctan(tangent1)
    rectifying1 = series.of_conformal.at(conformal1)
    climb = distance * cosine / series.radius_m
    _refuse_past_the_pole((np.abs(rectifying1 + climb) - np.pi / 2.0) * series.radius_m, distance)
    rectifying2 = np.clip(rectifying1 + climb, -np.pi / 2.0, np.pi / 2.0)
    conformal_slope = series.to_conformal.slope(rectifying1, rectifying2)
    conformal2 = np.clip(conformal1 + climb * conformal_slope, -np.pi / 2.0, np.pi / 2.0)
    pole = np.abs(rectifying2) >= np.pi / 2.0
    tangent2 = np.where(
        pole, np.copysign(POLE_TANGENT, rectifying2), _tangent_after(conformal1, tangent1, climb * conformal_slope)
    )
    turn = distance * sine / series.radius_m * conformal_slope
    turn *= conformal_to_isometric_ratio((conformal1, tangent1), (conformal2, tangent2))
    lat2 = lat1 + np.degrees((rectifying2 - rectifying1) * series.to_geodetic.slope(rectifying1, rectifying2))
    return np.where(pole, np.copysign(90.0, rectifying2), np.clip(lat2, -90.0, 90.0)), _turn(lon1 + np.degrees(turn))


def _refuse_past_the_pole(beyond: FloatArray, distance: FloatArray) -> None:
    """Stop where a line ends further than a pole."""
    if np.any(beyond > _AT_THE_POLE_M):
        index = np.unravel_index(int(np.argmax(beyond > _AT_THE_POLE_M)), beyond.shape)
        place = f"[{', '.join(str(int(part)) for part in index)}]" if beyond.ndim else ""
        raise GeometryError(
            f"distance_m{place} is {distance[index]}, {beyond[index]:.3f} m of latitude past a pole, where no rhumb "
            "line leads; end it at the pole or before, or follow a geodesic"
        )


def _tangent_after(angle: FloatArray, tangent: FloatArray, step: FloatArray) -> FloatArray:
    """Tangent of an angle and a step, short of a pole; where the step is short, with the digits that the angle lost."""
    rise = np.tan(np.clip(step, -0.25, 0.25))
    rest = 1.0 - tangent * rise
    with np.errstate(divide="ignore"):
        short = np.where(rest > 0.0, (tangent + rise) / rest, np.copysign(POLE_TANGENT, angle))
    return np.clip(np.where(np.abs(step) < 0.25, short, np.tan(angle + step)), -POLE_TANGENT, POLE_TANGENT)


def _turn(angles: FloatArray) -> FloatArray:
    """Angles in degrees as turns from -180 to 180; half a turn keeps the sense it was given in."""
    turned = angles - 360.0 * np.round(angles / 360.0)
    return np.where(np.abs(turned) == 180.0, np.copysign(180.0, angles), turned)


def _sine_and_cosine(azimuth: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Both of angles in degrees, exact at the four winds."""
    quarter = np.round(azimuth / 90.0)
    rest = np.radians(azimuth - 90.0 * quarter)
    sine, cosine = np.sin(rest), np.cos(rest)
    quadrant = np.mod(quarter, 4.0)
    odd = np.mod(quadrant, 2.0) == 1.0
    return (
        np.where(odd, cosine, sine) * np.where(quadrant >= 2.0, -1.0, 1.0),
        np.where(odd, sine, cosine) * np.where((quadrant == 1.0) | (quadrant == 2.0), -1.0, 1.0),
    )


def _as_given(values: tuple[Any, ...], results: tuple[FloatArray, ...]) -> tuple[Any, ...]:
    """Numbers where numbers were given."""
    return tuple(float(result) for result in results) if is_scalar(values[0]) else results
