"""The sun: where it stands, and the times at which it is light.

The formula is our own, for arrays: the sun's mean motion with the equation of the centre, the five largest pulls of
planets and moon, nutation, aberration and parallax. From 1900 to 2100 it keeps within 0.006 degrees of the altitudes of
`ephem`, which computes with VSOP87; at 45 degrees of latitude the sun sinks by that much in two seconds.

Source: J. Meeus, Astronomical Algorithms (1998), chapters 12, 13, 22, 25 and 40; the five pulls from the same author's
Astronomical Formulae for Calculators (1988), chapter 18; how far the turning Earth lags (TT less UT) from L. V.
Morrison and F. R. Stephenson, Journal for the History of Astronomy 35 (2004): a parabola, since 1900 right to a minute,
in which the sun moves by 0.0007 degrees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.domain import Window
from waterspace.environment.sky.crossings import Crossing, crossings
from waterspace.errors import GeometryError
from waterspace.geometry.arguments import admitted
from waterspace.quantity import DAY_MS, SECOND_MS

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from waterspace.domain import Position
    from waterspace.geometry.geodesic import FloatArray

__all__ = [
    "HORIZON_DEG",
    "altitudes_deg",
    "checked",
    "daylight",
    "directions",
    "first_dark_ms",
    "passages",
    "sun_altitude_deg",
]

HORIZON_DEG = -0.833
"""Altitude of the sun's centre at sunrise and sunset: semi-diameter 16', refraction 34'.

Source: U.S. Naval Observatory, Astronomical Applications Department, Rise, Set, and Twilight Definitions.
"""

_EARLIEST_MS = -5_364_662_400_000  # 1800-01-01T00:00Z
_LATEST_MS = 10_413_792_000_000  # 2300-01-01T00:00Z

_J2000_DAY = 10957.5
"""Days from 1970-01-01T00:00Z to the epoch of the formulae, 2000-01-01T12:00."""

_CENTURY_DAYS = 36525.0
_PARALLAX_DEG = 0.0024428
"""Of the sun at its mean distance: 8.794 seconds of arc."""

_BLOCK = 16_384
"""Points computed at once: what fits into the processor's own memory is done in half the time."""


class _Place(NamedTuple):
    """Where the sun is, as seen from the middle of the Earth.

    Attributes:
        x: towards the equinox; with `y` (90 degrees east of it) and `z` (the north pole of the sky) a unit vector.
        sidereal_deg: apparent sidereal time at Greenwich.
    """

    x: FloatArray
    y: FloatArray
    z: FloatArray
    sidereal_deg: FloatArray


def altitudes_deg(lat: ArrayLike, lon: ArrayLike, times_ms: ArrayLike) -> FloatArray:
    """Altitudes of the sun's centre above the true horizon, without refraction, for arrays that broadcast together.

    Args:
        lat: geodetic latitudes in degrees.
        lon: longitudes in degrees.
        times_ms: milliseconds since 1970, from 1800 to 2300.

    Returns:
        Degrees, of the common shape.

    Raises:
        GeometryError: a latitude beyond a pole, a time out of range, or what is not a number.
    """
    lat_, lon_, times = checked(lat, lon, times_ms)
    shape = np.broadcast_shapes(lat_.shape, lon_.shape, times.shape)
    if int(np.prod(shape)) <= _BLOCK:
        return _altitudes_deg(lat_, lon_, times)
    flat = [np.broadcast_to(values, shape).ravel() for values in (lat_, lon_, times)]
    found = np.empty(flat[0].size)
    for start in range(0, found.size, _BLOCK):
        block = slice(start, start + _BLOCK)
        found[block] = _altitudes_deg(flat[0][block], flat[1][block], flat[2][block])
    return found.reshape(shape)


def directions(lat: ArrayLike, lon: ArrayLike, times_ms: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Altitudes as in `altitudes_deg`, and true azimuths from 0 to below 360, of the common shape.

    At a pole the azimuth counts from the given meridian, as if one stood a step away from the pole on it.
    """
    lat_, lon_, times = checked(lat, lon, times_ms)
    place = _place(times)
    hour, latitude = np.radians(place.sidereal_deg + lon_), np.radians(lat_)
    towards = np.cos(hour) * place.x + np.sin(hour) * place.y
    east = np.cos(hour) * place.y - np.sin(hour) * place.x
    north = np.cos(latitude) * place.z - np.sin(latitude) * towards
    azimuths = np.degrees(np.arctan2(east, north)) % 360.0
    return _seen_from_surface(latitude, place.z, towards), np.where(azimuths < 360.0, azimuths, 0.0)


def sun_altitude_deg(position: Position, time_ms: int) -> float:
    """Altitude of the sun's centre above the true horizon, without refraction; see `altitudes_deg`."""
    return float(altitudes_deg(position.lat_deg, position.lon_deg, time_ms))


# ------------------------------------------------------------------------------------------------------ times of light


def passages(position: Position, window: Window, horizon_deg: float = HORIZON_DEG) -> tuple[Crossing, ...]:
    """Every passage of the sun's centre through an altitude in a window, to a second of what `altitudes_deg` says."""
    lat, lon, _ = checked(position.lat_deg, position.lon_deg, (window.start_ms, window.end_ms))
    return crossings(lambda times: _altitudes_deg(lat, lon, times) - horizon_deg, window)


def daylight(position: Position, window: Window, horizon_deg: float = HORIZON_DEG) -> tuple[Window, ...]:
    """The parts of a window in which the sun stands at or above an altitude, in order of time.

    The whole window where it does throughout, none where it never does: a polar day and a polar night are ordinary
    answers. Each end is right to a second of what `sun_altitude_deg` says.

    Args:
        position: of the observer, at sea level.
        window: any length.
        horizon_deg: such as -6 for civil twilight.
    """
    spans: list[Window] = []
    changes = passages(position, window, horizon_deg)
    is_light = not changes[0].is_rise if changes else sun_altitude_deg(position, window.start_ms) >= horizon_deg
    since_ms = window.start_ms
    for change in (*changes, Crossing(window.end_ms, is_rise=False)):
        if is_light and since_ms < change.time_ms:
            spans.append(Window(start_ms=since_ms, end_ms=change.time_ms))
        is_light, since_ms = change.is_rise, change.time_ms
    return tuple(spans)


def first_dark_ms(position: Position, window: Window) -> int | None:
    """The first instant of a window at which the sun is down, or None where it is up throughout."""
    light = daylight(position, window)
    if not light or light[0].start_ms > window.start_ms:
        return window.start_ms
    return None if light[0].end_ms >= window.end_ms else light[0].end_ms


# ---------------------------------------------------------------------------------------------------------- the formula


def checked(lat: ArrayLike, lon: ArrayLike, times_ms: ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Places and times as arrays of floats.

    Raises:
        GeometryError: a latitude beyond a pole, a time before 1800 or after 2299, or what is not a number.
    """
    lat_, lon_ = (np.asarray(admitted(**{name: values})[0]) for name, values in (("lat", lat), ("lon", lon)))
    times = np.asarray(times_ms, dtype=np.float64)
    if not np.all((times >= _EARLIEST_MS) & (times <= _LATEST_MS)):
        wrong = times[~((times >= _EARLIEST_MS) & (times <= _LATEST_MS))].ravel().tolist()
        raise GeometryError(f"found the time {wrong[0]} ms since 1970; sun and moon are computed from 1800 to 2299")
    return lat_, lon_, times


def _altitudes_deg(lat: FloatArray, lon: FloatArray, times: FloatArray) -> FloatArray:
    """As `altitudes_deg`, of a block whose values are known to be in range."""
    place = _place(times)
    hour, latitude = np.radians(place.sidereal_deg + lon), np.radians(lat)
    return _seen_from_surface(latitude, place.z, np.cos(hour) * place.x + np.sin(hour) * place.y)


def _seen_from_surface(latitude: FloatArray, z: FloatArray, towards: FloatArray) -> FloatArray:
    """Altitude in degrees: from the direction along the pole and towards the meridian, less the parallax."""
    sine = np.clip(np.sin(latitude) * z + np.cos(latitude) * towards, -1.0, 1.0)
    altitudes: FloatArray = np.degrees(np.arcsin(sine)) - _PARALLAX_DEG * np.sqrt(1.0 - sine * sine)
    return altitudes


def _place(times: FloatArray) -> _Place:
    """The apparent place of the sun."""
    days = times / DAY_MS - _J2000_DAY
    since_1820 = days / _CENTURY_DAYS + 1.8
    century = (days + (32.0 * since_1820 * since_1820 - 20.0) * (SECOND_MS / DAY_MS)) / _CENTURY_DAYS
    node = _small_angle(125.04 - 1934.136 * century)
    swing_deg = -0.00478 * np.sin(node)
    longitude = np.radians(_longitude_deg(century) + swing_deg)
    tilt = np.radians(23.439291 - 0.0130042 * century + 0.00256 * np.cos(node))
    upright, east = np.cos(tilt), np.sin(longitude)
    turned_deg = 280.46061837 + 360.98564736629 * days + 0.000387933 * century * century + swing_deg * upright
    turned_deg -= 360.0 * np.floor(turned_deg / 360.0)
    return _Place(np.cos(longitude), upright * east, np.sin(tilt) * east, turned_deg)


def _longitude_deg(century: FloatArray) -> FloatArray:
    """Ecliptic longitude of the sun, aberration in it, nutation not."""
    anomaly = np.radians(357.52911 + century * (35999.05029 - 0.0001537 * century))
    sine, cosine = np.sin(anomaly), np.cos(anomaly)
    centre_deg = sine * (
        1.914602
        - century * (0.004817 + 0.000014 * century)
        + 2.0 * cosine * (0.019993 - 0.000101 * century)
        + 0.000289 * (3.0 - 4.0 * sine * sine)
    )
    mean_deg = 280.46646 + century * (36000.76983 + 0.0003032 * century)
    longitude_deg: FloatArray = mean_deg + centre_deg + _pulls_deg(century) - 0.00569
    return longitude_deg


def _pulls_deg(century: FloatArray) -> FloatArray:
    """What Venus, Jupiter and the moon add to the longitude, and an inequality of long period."""
    since_1900 = century + 1.0
    elongation = 350.74 + since_1900 * (445267.1142 - 0.00144 * since_1900)
    pulls_deg: FloatArray = (
        0.00134 * np.cos(_small_angle(153.23 + 22518.7541 * since_1900))
        + 0.00154 * np.cos(_small_angle(216.57 + 45037.5082 * since_1900))
        + 0.00200 * np.cos(_small_angle(312.69 + 32964.3577 * since_1900))
        + 0.00179 * np.sin(_small_angle(elongation))
        + 0.00178 * np.sin(_small_angle(231.19 + 20.20 * since_1900))
    )
    return pulls_deg


def _small_angle(degrees: FloatArray) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Radians in single precision: enough for a term of a hundredth of a degree, and its sine costs a tenth."""
    turns = degrees / 360.0
    return np.asarray(np.radians(360.0 * (turns - np.floor(turns))), dtype=np.float32)
