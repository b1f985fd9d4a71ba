"""Latitudes that make rhumb lines straight: conformal, rectifying and isometric, and the ratios of their differences.

On the conformal latitude a rhumb line is what it is on a sphere; the rectifying latitude is the distance along a
meridian as an angle. Between two points close in latitude, differences of them lose all their digits in a quotient;
divided differences do not.

Source: Karney, On auxiliary latitudes, Survey Review 56 (2024); the coefficients are those of Krueger's series as in
Karney, Transverse Mercator with an accuracy of a few nanometers, Journal of Geodesy 85 (2011), equations 35 and 36.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from waterspace.errors import GeometryError

if TYPE_CHECKING:
    from waterspace.geometry.arrays import FloatArray
    from waterspace.geometry.ellipsoid import Ellipsoid

__all__ = [
    "POLE_TANGENT",
    "Rectifying",
    "Series",
    "conformal_tangent",
    "conformal_to_isometric_ratio",
    "rectifying_series",
]

POLE_TANGENT = 2.0**104
"""Tangent of 90 degrees: a pole is the last point before it that 64-bit numbers can tell from it, as in GeographicLib.

It makes the isometric latitude of a pole large instead of infinite, 73, so that rhumb lines reach it.
"""

_GREATEST_FLATTENING_RATIO = 0.02
"""Up to here the sixth order of the series is worth less than a tenth of a micrometre on an earth."""

_LEAST_COEFFICIENT = 1e-17
"""In radians; less than this, a tenth of a nanometre on an earth, is no part of a 64-bit number near 1."""

_TO_RECTIFYING = (
    (1 / 2, -2 / 3, 5 / 16, 41 / 180, -127 / 288, 7891 / 37800),
    (13 / 48, -3 / 5, 557 / 1440, 281 / 630, -1983433 / 1935360),
    (61 / 240, -103 / 140, 15061 / 26880, 167603 / 181440),
    (49561 / 161280, -179 / 168, 6601661 / 7257600),
    (34729 / 80640, -3418889 / 1995840),
    (212378941 / 319334400,),
)
_TO_CONFORMAL = (
    (-1 / 2, 2 / 3, -37 / 96, 1 / 360, 81 / 512, -96199 / 604800),
    (-1 / 48, -1 / 15, 437 / 1440, -46 / 105, 1118711 / 3870720),
    (-17 / 480, 37 / 840, 209 / 4480, -5569 / 90720),
    (-4397 / 161280, 11 / 504, 830251 / 7257600),
    (-4583 / 161280, 108847 / 3991680),
    (-20648693 / 638668800,),
)
_TO_GEODETIC = (
    (3 / 2, 0, -27 / 32, 0, 269 / 512, 0),
    (21 / 16, 0, -55 / 32, 0, 6759 / 4096),
    (151 / 96, 0, -417 / 128, 0),
    (1097 / 512, 0, -15543 / 2560),
    (8011 / 2560, 0),
    (293393 / 61440,),
)
"""From the rectifying latitude. Row j, from 1: of sin(2 j x), by rising powers of the third flattening, the first j."""


class Series:
    """One latitude from another: x plus a sum of c sin(2 j x), angles in radians."""

    __slots__ = ("_coefficients",)

    def __init__(self, table: tuple[tuple[float, ...], ...], third_flattening_ratio: float) -> None:
        coefficients = (
            sum(factor * third_flattening_ratio ** (order + power) for power, factor in enumerate(row))
            for order, row in enumerate(table, start=1)
        )
        self._coefficients = tuple(value for value in coefficients if abs(value) > _LEAST_COEFFICIENT)

    def at(self, angles: FloatArray) -> FloatArray:
        """The other latitude."""
        total = angles.copy()
        twice_cosine, last, sine = 2.0 * np.cos(2.0 * angles), np.zeros_like(angles), np.sin(2.0 * angles)
        for coefficient in self._coefficients:
            total += coefficient * sine
            last, sine = sine, twice_cosine * sine - last
        return total

    def slope(self, first: FloatArray, second: FloatArray) -> FloatArray:
        """Difference of the other latitude over the difference of this one, its derivative where they coincide.

        The sum runs over 2 c cos(j (x + y)) sin(j (y - x)) / (y - x), both factors by their recurrences.
        """
        total = np.ones_like(first)
        middle, apart = np.cos(first + second), np.cos(second - first)
        last_cosine, cosine = np.ones_like(first), middle
        last_ratio, ratio = np.zeros_like(first), np.sinc((second - first) / np.pi)
        for coefficient in self._coefficients:
            total += 2.0 * coefficient * cosine * ratio
            last_cosine, cosine = cosine, 2.0 * middle * cosine - last_cosine
            last_ratio, ratio = ratio, 2.0 * apart * ratio - last_ratio
        return total


class Rectifying:
    """What ties the rectifying latitude of an ellipsoid to the conformal and the geodetic.

    Attributes:
        radius_m: metres along a meridian for each radian.
        of_conformal: from the conformal latitude.
        to_conformal: back.
        to_geodetic: to the latitude of positions.
    """

    __slots__ = ("of_conformal", "radius_m", "to_conformal", "to_geodetic")

    def __init__(self, ellipsoid: Ellipsoid) -> None:
        n = ellipsoid.third_flattening_ratio
        self.radius_m = ellipsoid.equatorial_radius_m / (1.0 + n) * (1.0 + n**2 / 4.0 + n**4 / 64.0 + n**6 / 256.0)
        self.of_conformal = Series(_TO_RECTIFYING, n)
        self.to_conformal = Series(_TO_CONFORMAL, n)
        self.to_geodetic = Series(_TO_GEODETIC, n)


@functools.cache
def rectifying_series(ellipsoid: Ellipsoid) -> Rectifying:
    """The series of an ellipsoid.

    Raises:
        GeometryError: for one too flat for them.
    """
    if abs(ellipsoid.flattening_ratio) > _GREATEST_FLATTENING_RATIO:
        raise GeometryError(
            f"the flattening is {ellipsoid.flattening_ratio}, expected one from "
            f"-{_GREATEST_FLATTENING_RATIO} to {_GREATEST_FLATTENING_RATIO} for rhumb lines"
        )
    return Rectifying(ellipsoid)


def conformal_tangent(lat: FloatArray, ellipsoid: Ellipsoid) -> FloatArray:
    """Tangent of the conformal latitude, from latitudes in degrees."""
    tangent = _tangent(lat)
    square = ellipsoid.eccentricity2_ratio
    secant = np.hypot(1.0, tangent)
    root = np.sqrt(abs(square))
    angle = np.arctanh(root * tangent / secant) if square >= 0.0 else -np.arctan(root * tangent / secant)
    shift = np.sinh(root * angle)
    conformal: FloatArray = np.hypot(1.0, shift) * tangent - shift * secant
    return conformal


def conformal_to_isometric_ratio(
    first: tuple[FloatArray, FloatArray], second: tuple[FloatArray, FloatArray]
) -> FloatArray:
    """Difference of the isometric latitude over that of the conformal, its derivative where they coincide.

    Args:
        first: conformal latitudes in radians, and their tangents.
        second: the same of the other points.
    """
    (angle1, tangent1), (angle2, tangent2) = first, second
    apart, rise = angle2 - angle1, tangent2 - tangent1
    near = np.abs(apart) < 0.25
    with np.errstate(divide="ignore", invalid="ignore"):
        product = 1.0 + tangent1 * tangent2
        tangent_slope = np.where(near, product * np.where(apart == 0.0, 1.0, np.tan(apart) / apart), rise / apart)
        secant1, secant2 = np.hypot(1.0, tangent1), np.hypot(1.0, tangent2)
        same_side = tangent1 * tangent2 > 0.0
        sine = np.where(
            same_side,
            rise * (tangent1 + tangent2) / (tangent2 * secant1 + tangent1 * secant2),
            tangent2 * secant1 - tangent1 * secant2,
        )
        inverse_slope = np.where(rise == 0.0, 1.0 / secant1, np.arcsinh(sine) / rise)
    ratio: FloatArray = tangent_slope * inverse_slope
    return ratio


def _tangent(lat: FloatArray) -> FloatArray:
    """Tangent of latitudes in degrees, with all its digits close to a pole too."""
    from_pole = np.radians(90.0 - np.abs(lat))
    high = np.abs(lat) > 45.0
    with np.errstate(divide="ignore"):
        steep = np.where(from_pole > 0.0, 1.0 / np.tan(from_pole), POLE_TANGENT)
    return np.where(high, np.copysign(steep, lat), np.tan(np.radians(lat)))
