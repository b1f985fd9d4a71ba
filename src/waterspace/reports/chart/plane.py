"""Plane: the conformal projections of charts, Mercator and polar stereographic, on the WGS-84 ellipsoid.

Both are functions of the isometric latitude, in which the ellipsoid is a Mercator chart: north is up in one, and the
pole is the middle in the other. Lengths are in radians of longitude on the equator, and in radii of the equator.

Source: J. P. Snyder, Map Projections: A Working Manual, U.S. Geological Survey Professional Paper 1395 (1987), formulae
7-7 and 15-9.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Mercator", "Plane", "PolarStereographic", "near_meridian", "plane_for"]

_ECCENTRICITY = 0.08181919084262149
"""Of the WGS-84 ellipsoid. Source: NGA.STND.0036, World Geodetic System 1984 (2014)."""

_POLEWARD_DEG = 65.0
"""A chart that reaches beyond this parallel is drawn around the pole, if it lies on one side of the next."""

_EQUATORWARD_DEG = 35.0
_MERCATOR_END_DEG = 84.0
_ALMOST_POLE_DEG = 90.0 - 1e-5
_ROUNDS = 6


class Plane(Protocol):
    """A flat picture of the earth."""

    middle_lon_deg: float
    name: str

    def project(self, lat: FloatArray, lon: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Right and up, from degrees; longitudes run on where a line does."""

    def unproject(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Degrees, longitudes within half a turn of the middle meridian."""


class Mercator:
    """North is up everywhere, and rhumb lines are straight."""

    __slots__ = ("middle_lon_deg", "name")

    def __init__(self, middle_lon_deg: float) -> None:
        self.middle_lon_deg = middle_lon_deg
        self.name = "Mercator"

    def project(self, lat: FloatArray, lon: FloatArray) -> tuple[FloatArray, FloatArray]:
        """As `Plane.project`; latitudes beyond 84 degrees stop there."""
        held = np.clip(lat, -_MERCATOR_END_DEG, _MERCATOR_END_DEG)
        return np.radians(lon - self.middle_lon_deg), _isometric(held)

    def unproject(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """As `Plane.unproject`."""
        return _geodetic(y), self.middle_lon_deg + np.degrees(x)


class PolarStereographic:
    """A pole is in the middle, or above or below it; the middle meridian runs straight up."""

    __slots__ = ("_sign", "middle_lon_deg", "name")

    def __init__(self, middle_lon_deg: float, *, is_north: bool) -> None:
        self.middle_lon_deg = middle_lon_deg
        self.name = "Polar stereographic"
        self._sign = 1.0 if is_north else -1.0

    def project(self, lat: FloatArray, lon: FloatArray) -> tuple[FloatArray, FloatArray]:
        """As `Plane.project`."""
        away = 2.0 * np.exp(-_isometric(np.clip(self._sign * lat, -_ALMOST_POLE_DEG, _ALMOST_POLE_DEG)))
        turned = np.radians(lon - self.middle_lon_deg)
        return away * np.sin(turned), -self._sign * away * np.cos(turned)

    def unproject(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """As `Plane.unproject`."""
        away = np.maximum(np.hypot(x, y), 1e-12)
        lon = self.middle_lon_deg + np.degrees(np.arctan2(x, -self._sign * y))
        return self._sign * _geodetic(-np.log(away / 2.0)), lon


def plane_for(south_deg: float, west_deg: float, north_deg: float, east_deg: float) -> Plane:
    """The projection that fits a box: Mercator, but polar for what reaches beyond 65 degrees in one hemisphere."""
    middle_deg = (west_deg + east_deg) / 2.0
    if north_deg > _POLEWARD_DEG and south_deg > _EQUATORWARD_DEG:
        return PolarStereographic(middle_deg, is_north=True)
    if south_deg < -_POLEWARD_DEG and north_deg < -_EQUATORWARD_DEG:
        return PolarStereographic(middle_deg, is_north=False)
    return Mercator(middle_deg)


def near_meridian(lon: FloatArray, middle_deg: float) -> FloatArray:
    """The longitudes of a line in one piece, counted so that its middle lies within half a turn of a meridian."""
    running: FloatArray = np.unwrap(np.asarray(lon, dtype=np.float64), period=360.0)
    turns = np.round(((running.min() + running.max()) / 2.0 - middle_deg) / 360.0) if running.size else 0.0
    return np.asarray(running - 360.0 * turns, dtype=np.float64)


def _isometric(lat: FloatArray) -> FloatArray:
    sine = np.sin(np.radians(lat))
    isometric: FloatArray = np.arctanh(sine) - _ECCENTRICITY * np.arctanh(_ECCENTRICITY * sine)
    return isometric


def _geodetic(isometric: FloatArray) -> FloatArray:
    sine = np.tanh(isometric)
    for _ in range(_ROUNDS):
        sine = np.tanh(isometric + _ECCENTRICITY * np.arctanh(_ECCENTRICITY * sine))
    return np.asarray(np.degrees(np.arcsin(sine)), dtype=np.float64)
