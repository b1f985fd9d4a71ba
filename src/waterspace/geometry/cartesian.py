"""Latitude, longitude and height to earth-centred Cartesian coordinates and back.

The axes are those of WGS-84: x through the meridian of Greenwich on the equator, y 90 degrees east of it, z through the
north pole. Height is above the ellipsoid.

Source: Karney, Geodesics on an ellipsoid of revolution, arXiv:1102.1215 (2011), appendix B, after Vermeille, Direct
transformation from geocentric coordinates to geodetic coordinates, Journal of Geodesy 76 (2002): exact everywhere, deep
inside the earth too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, overload

import numpy as np

from waterspace.geometry.arguments import Degrees, Metres, Numbers, admitted, is_scalar
from waterspace.geometry.ellipsoid import WGS84, Ellipsoid

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from waterspace.geometry.arrays import FloatArray

__all__ = ["Cartesian", "Geodetic", "from_cartesian", "to_cartesian"]


class Cartesian(NamedTuple, Generic[Numbers]):
    """A point by three earth-centred coordinates in metres."""

    x_m: Numbers
    y_m: Numbers
    z_m: Numbers


class Geodetic(NamedTuple, Generic[Numbers]):
    """A point by latitude, longitude from -180 to 180, and height above the ellipsoid."""

    lat_deg: Numbers
    lon_deg: Numbers
    height_m: Numbers


@overload
def to_cartesian(
    lat: Degrees, lon: Degrees, height_m: Metres = ..., *, ellipsoid: Ellipsoid = ...
) -> Cartesian[float]: ...
@overload
def to_cartesian(
    lat: ArrayLike, lon: ArrayLike, height_m: ArrayLike = ..., *, ellipsoid: Ellipsoid = ...
) -> Cartesian[FloatArray]: ...
def to_cartesian(
    lat: ArrayLike, lon: ArrayLike, height_m: ArrayLike = 0.0, *, ellipsoid: Ellipsoid = WGS84
) -> Cartesian[float] | Cartesian[FloatArray]:
    """Earth-centred coordinates.

    Args:
        lat: -90 to 90 degrees.
        lon: degrees.
        height_m: above the ellipsoid.
        ellipsoid: WGS-84 unless told otherwise.

    Raises:
        GeometryError: where an argument is no place.
    """
    values = admitted(lat=lat, lon=lon, height_m=height_m)
    latitude, longitude, height = (np.asarray(value) for value in values)
    sine, cosine = np.sin(np.radians(latitude)), np.cos(np.radians(latitude))
    cosine = np.where(np.abs(latitude) == 90.0, 0.0, cosine)
    square = ellipsoid.eccentricity2_ratio
    normal = ellipsoid.equatorial_radius_m / np.sqrt(1.0 - square * sine**2)
    angle, across = np.radians(longitude), (normal + height) * cosine
    return Cartesian(
        *_as_given(values, across * np.cos(angle), across * np.sin(angle), (normal * (1.0 - square) + height) * sine)
    )


@overload
def from_cartesian(x_m: Metres, y_m: Metres, z_m: Metres, *, ellipsoid: Ellipsoid = ...) -> Geodetic[float]: ...
@overload
def from_cartesian(
    x_m: ArrayLike, y_m: ArrayLike, z_m: ArrayLike, *, ellipsoid: Ellipsoid = ...
) -> Geodetic[FloatArray]: ...
def from_cartesian(
    x_m: ArrayLike, y_m: ArrayLike, z_m: ArrayLike, *, ellipsoid: Ellipsoid = WGS84
) -> Geodetic[float] | Geodetic[FloatArray]:
    """Latitude, longitude and height of the nearest point of the ellipsoid.

    Where several are nearest, as from the centre, the northern one on the meridian of Greenwich is taken.

    Args:
        x_m: metres.
        y_m: metres.
        z_m: metres.
        ellipsoid: WGS-84 unless told otherwise.

    Raises:
        GeometryError: where an argument is no number or infinite.
    """
    values = admitted(x_m=x_m, y_m=y_m, z_m=z_m)
    x, y, z = (np.asarray(value) for value in values)
    across = np.hypot(x, y)
    sine, cosine, height = _in_meridian(across, z, ellipsoid)
    lon = np.where(across > 0.0, np.degrees(np.arctan2(y, x)), 0.0)
    return Geodetic(*_as_given(values, np.degrees(np.arctan2(sine, cosine)), lon, height))


def _in_meridian(across: FloatArray, z: FloatArray, ellipsoid: Ellipsoid) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Sine and cosine of the latitude, up to a factor, and the height, from distances to the axis and the equator."""
    radius_m, square = ellipsoid.equatorial_radius_m, ellipsoid.eccentricity2_ratio
    if square == 0.0:
        centre = (across == 0.0) & (z == 0.0)
        return np.where(centre, 1.0, z), across, np.hypot(across, z) - radius_m
    rest, fourth = 1.0 - square, square**2
    p, q = (across / radius_m) ** 2, rest * (z / radius_m) ** 2
    r = (p + q - fourth) / 6.0
    if square < 0.0:
        p, q = q, p
    inside = (fourth * q == 0.0) & (r <= 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.where(inside, 1.0, _scale(p, q, r, square))
        first = scale if square > 0.0 else scale - square
        second = scale + square if square > 0.0 else scale
        sine, cosine = z / first, across / second
        height = (1.0 - rest / first) * np.hypot(first * across / second, z)
    # the disc, or the stretch of the axis, within which the nearest point is not the one straight above
    high = np.sqrt(np.maximum(fourth - p if square > 0.0 else p, 0.0) / rest)
    wide = np.sqrt(np.maximum(p if square > 0.0 else fourth - p, 0.0))
    deep = -radius_m * (rest if square > 0.0 else 1.0) * np.hypot(high, wide) / abs(square)
    return (
        np.where(inside, np.where(z < 0.0, -high, high), sine),
        np.where(inside, wide, cosine),
        np.where(inside, deep, height),
    )


def _scale(p: FloatArray, q: FloatArray, r: FloatArray, square: float) -> FloatArray:
    """The root of Vermeille's quartic: the share of the normal that lies on the far side of the equator's plane."""
    fourth = square**2
    s = fourth * p * q / 4.0
    cube = r**3
    discriminant = s * (2.0 * cube + s)
    above = s + cube
    above = above + np.copysign(np.sqrt(np.maximum(discriminant, 0.0)), above)
    root = np.cbrt(above)
    one = r + root + np.where(root == 0.0, 0.0, r**2 / np.where(root == 0.0, 1.0, root))
    angle = np.arctan2(np.sqrt(np.maximum(-discriminant, 0.0)), -(s + cube))
    u = np.where(discriminant >= 0.0, one, r + 2.0 * r * np.cos(angle / 3.0))
    v = np.sqrt(u**2 + fourth * q)
    uv = np.where(u < 0.0, fourth * q / (v - u), u + v)
    w = np.maximum(abs(square) * (uv - q) / (2.0 * v), 0.0)
    scale: FloatArray = uv / (np.sqrt(uv + w**2) + w)
    return scale


def _as_given(values: tuple[Any, ...], *results: FloatArray) -> tuple[Any, ...]:
    """Numbers where numbers were given."""
    return tuple(float(result) for result in results) if is_scalar(values[0]) else results
