"""The moon: where it stands, how much of it shines, and when it rises and sets.

All of it comes from `ephem`. Its own search for risings is not used: it begins at culminations and can miss the short
arcs of high latitudes. The crossing itself is solved, as for the sun.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.sky.crossings import Crossing, crossings
from waterspace.environment.sky.sun import checked
from waterspace.quantity import DAY_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ephem import Date, Moon, Observer  # type: ignore[import-untyped]
    from numpy.typing import ArrayLike

    from waterspace.domain import Position, Window
    from waterspace.geometry.geodesic import FloatArray

__all__ = [
    "MoonPhase",
    "ages_ms",
    "directions",
    "illuminated_ratios",
    "next_phase_ms",
    "passages",
    "phase",
]

_REFRACTION_DEG = 34.0 / 60.0
"""Of a body at the horizon.

Source: U.S. Naval Observatory, Astronomical Applications Department, Rise, Set, and Twilight Definitions.
"""

_NEAR_DEG = 6.0
"""A quarter, a new or a full moon is called so for some twelve hours on either side; assumed."""

_EPOCH_DAY = 25_567.5
"""1970-01-01T00:00Z in the day count of `ephem`, which begins at noon on the last day of 1899."""


class MoonPhase(StrEnum):
    """What the moon looks like."""

    NEW = "new moon"
    WAXING_CRESCENT = "waxing crescent"
    FIRST_QUARTER = "first quarter"
    WAXING_GIBBOUS = "waxing gibbous"
    FULL = "full moon"
    WANING_GIBBOUS = "waning gibbous"
    LAST_QUARTER = "last quarter"
    WANING_CRESCENT = "waning crescent"


_SEARCH = {
    MoonPhase.NEW: "next_new_moon",
    MoonPhase.FIRST_QUARTER: "next_first_quarter_moon",
    MoonPhase.FULL: "next_full_moon",
    MoonPhase.LAST_QUARTER: "next_last_quarter_moon",
}


def directions(lat: ArrayLike, lon: ArrayLike, times_ms: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Altitudes of the moon's centre and true azimuths, without refraction, for arrays that broadcast together.

    Args:
        lat: geodetic latitudes in degrees.
        lon: longitudes in degrees.
        times_ms: milliseconds since 1970, from 1800 to 2300.

    Returns:
        Degrees above the true horizon as seen from the surface, and degrees from 0 to below 360, of the common shape.

    Raises:
        GeometryError: a latitude beyond a pole, a time out of range, or what is not a number.
    """
    shape = np.broadcast_shapes(np.shape(lat), np.shape(lon), np.shape(times_ms))
    found = np.array([(float(moon.alt), float(moon.az)) for moon in _seen(lat, lon, times_ms)])
    degrees = np.degrees(found.reshape(*shape, 2))
    altitudes, azimuths = degrees[..., 0], degrees[..., 1]
    return altitudes, np.where(azimuths < 360.0, azimuths, 0.0)


def passages(position: Position, window: Window) -> tuple[Crossing, ...]:
    """Every rising and setting of the moon's upper limb in a window, refraction counted, to a second."""

    def height(times: FloatArray) -> FloatArray:
        moons = _seen(position.lat_deg, position.lon_deg, times)
        limb = np.array([float(moon.alt) + float(moon.radius) for moon in moons])
        return np.asarray(np.degrees(limb) + _REFRACTION_DEG, dtype=np.float64)

    checked(position.lat_deg, position.lon_deg, (window.start_ms, window.end_ms))
    return crossings(height, window)


def illuminated_ratios(times_ms: ArrayLike) -> FloatArray:
    """Shares of the moon's disc that shine, 0 to 1, as seen from the middle of the Earth, in the shape of the times."""
    times = checked(0.0, 0.0, times_ms)[2]
    shares = [float(_from_centre(time).phase) / 100.0 for time in times.ravel().tolist()]
    return np.array(shares, dtype=np.float64).reshape(times.shape)


def ages_ms(times_ms: ArrayLike) -> FloatArray:
    """Times since the last new moon, in the shape of the times."""
    import ephem

    times = checked(0.0, 0.0, times_ms)[2]
    ages = [time - _time_ms(ephem.previous_new_moon(_date(time))) for time in times.ravel().tolist()]
    return np.array(ages, dtype=np.float64).reshape(times.shape)


def phase(time_ms: int) -> MoonPhase:
    """What the moon looks like at a time: a quarter, a new or a full moon within some twelve hours of its instant."""
    import ephem

    checked(0.0, 0.0, time_ms)
    moon, sun = _from_centre(time_ms), ephem.Sun(_date(time_ms))
    ahead_deg = float(np.degrees(float(ephem.Ecliptic(moon).lon) - float(ephem.Ecliptic(sun).lon))) % 360.0
    quarter, past_deg = divmod(ahead_deg + _NEAR_DEG, 90.0)
    return tuple(MoonPhase)[(2 * int(quarter) + (past_deg > 2.0 * _NEAR_DEG)) % len(MoonPhase)]


def next_phase_ms(wanted: MoonPhase, after_ms: int) -> int:
    """The instant of the next new moon, full moon or quarter, to a second or so.

    Raises:
        ValueError: a crescent or a gibbous moon, which lasts for days.
    """
    import ephem

    if wanted not in _SEARCH:
        raise ValueError(f"a {wanted} has no instant; ask for one of {', '.join(_SEARCH)}")
    checked(0.0, 0.0, after_ms)
    return _time_ms(getattr(ephem, _SEARCH[wanted])(_date(after_ms)))


def _seen(lat: ArrayLike, lon: ArrayLike, times_ms: ArrayLike) -> Iterator[Moon]:
    """The moon as seen from each place at each time; one object, set anew."""
    import ephem

    moon, observer, place = ephem.Moon(), ephem.Observer(), None
    for lat_deg, lon_deg, time_ms in zip(*_flat(*checked(lat, lon, times_ms)), strict=True):
        if place != (lat_deg, lon_deg):
            place, observer = (lat_deg, lon_deg), _observer(lat_deg, lon_deg)
        observer.date = _date(time_ms)
        moon.compute(observer)
        yield moon


def _flat(*values: FloatArray) -> Iterator[list[float]]:
    """Arrays that broadcast together as plain lists."""
    return (array.ravel().tolist() for array in np.broadcast_arrays(*values))


def _observer(lat_deg: float, lon_deg: float) -> Observer:
    """A place as `ephem` wants it, without air."""
    import ephem

    observer = ephem.Observer()
    observer.lat, observer.lon = float(np.radians(lat_deg)), float(np.radians(lon_deg))
    observer.elevation = observer.pressure = 0.0
    return observer


def _from_centre(time_ms: float) -> Moon:
    """The moon as seen from the middle of the Earth."""
    import ephem

    return ephem.Moon(_date(time_ms))


def _date(time_ms: float) -> float:
    """An instant as `ephem` counts it."""
    return time_ms / DAY_MS + _EPOCH_DAY


def _time_ms(date: Date) -> int:
    return round((float(date) - _EPOCH_DAY) * DAY_MS)
