"""Light: when it comes and goes, how much there is, and from where the sun dazzles.

The sun is computed by `sun`, the moon by `moon`; this is what others ask. Times are right to a minute from 1900 to 2100
at any latitude where the body does not merely graze the horizon, if the air is as usual: near the horizon, refraction
alone differs by minutes of arc from day to day. Times before 1800 and after 2299 are refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from waterspace.domain import Window
from waterspace.environment.sky import moon as moons
from waterspace.environment.sky import sun as suns
from waterspace.environment.sky.moon import MoonPhase
from waterspace.quantity import DAY_MS

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import ArrayLike

    from waterspace.domain import Position
    from waterspace.environment.sky.crossings import Crossing
    from waterspace.geometry.geodesic import FloatArray

__all__ = [
    "GLARE_LIMIT_DEG",
    "Light",
    "LightEvent",
    "LightKind",
    "LightState",
    "Moon",
    "MoonPhase",
    "Polar",
    "Sun",
    "events",
    "glare_bearing_deg",
    "glare_bearings_deg",
    "moon",
    "next_event",
    "refraction_deg",
    "relative_glare_deg",
    "solar_altitudes_deg",
    "state",
    "sun",
]

GLARE_LIMIT_DEG = 15.0
"""A sun no higher than this dazzles who looks towards it over the sea; assumed, nobody sets a limit for lookouts."""

_CIVIL_DEG, _NAUTICAL_DEG, _ASTRONOMICAL_DEG = -6.0, -12.0, -18.0
"""Altitudes of the sun's centre at which the twilights begin and end.

Source: U.S. Naval Observatory, Astronomical Applications Department, Rise, Set, and Twilight Definitions.
"""

_SEARCHED_MS = 2 * DAY_MS
"""How far ahead an event is looked for: more than a lunar day, and than any day between two sunrises but polar ones."""


class LightKind(StrEnum):
    """What happens to the light at an instant."""

    SUNRISE = "sunrise"
    SUNSET = "sunset"
    CIVIL_DAWN = "civil_dawn"
    CIVIL_DUSK = "civil_dusk"
    NAUTICAL_DAWN = "nautical_dawn"
    NAUTICAL_DUSK = "nautical_dusk"
    ASTRONOMICAL_DAWN = "astronomical_dawn"
    ASTRONOMICAL_DUSK = "astronomical_dusk"
    MOONRISE = "moonrise"
    MOONSET = "moonset"


_BY_SUN = {
    suns.HORIZON_DEG: (LightKind.SUNRISE, LightKind.SUNSET),
    _CIVIL_DEG: (LightKind.CIVIL_DAWN, LightKind.CIVIL_DUSK),
    _NAUTICAL_DEG: (LightKind.NAUTICAL_DAWN, LightKind.NAUTICAL_DUSK),
    _ASTRONOMICAL_DEG: (LightKind.ASTRONOMICAL_DAWN, LightKind.ASTRONOMICAL_DUSK),
}
_BY_MOON = (LightKind.MOONRISE, LightKind.MOONSET)


@dataclass(frozen=True, slots=True, kw_only=True)
class LightEvent:
    """One event: a dawn begins a twilight, a dusk ends it; the sun and the moon rise and set by their upper limb."""

    kind: LightKind
    time_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sun:
    """The sun from a place at a time.

    Attributes:
        altitude_deg: of the centre above the true horizon, without refraction.
        apparent_altitude_deg: of the centre as seen through ordinary air, with refraction.
        azimuth_deg: true, 0 to below 360.
    """

    altitude_deg: float
    apparent_altitude_deg: float
    azimuth_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Moon:
    """The moon from a place at a time.

    Attributes:
        altitude_deg: of the centre above the true horizon, without refraction.
        apparent_altitude_deg: of the centre as seen through ordinary air, with refraction.
        azimuth_deg: true, 0 to below 360.
        illuminated_ratio: share of the disc that shines, 0 to 1.
        age_ms: since the last new moon.
        phase: what it looks like.
    """

    altitude_deg: float
    apparent_altitude_deg: float
    azimuth_deg: float
    illuminated_ratio: float
    age_ms: int
    phase: MoonPhase


class Light(StrEnum):
    """How light it is by the sun alone."""

    DAY = "day"
    CIVIL_TWILIGHT = "civil twilight"
    NAUTICAL_TWILIGHT = "nautical twilight"
    ASTRONOMICAL_TWILIGHT = "astronomical twilight"
    NIGHT = "night"


class Polar(StrEnum):
    """A sun that neither rises nor sets for a whole day around a time."""

    DAY = "polar day"
    NIGHT = "polar night"


@dataclass(frozen=True, slots=True, kw_only=True)
class LightState:
    """How light it is.

    Attributes:
        light: by the altitude of the sun.
        polar: None where the sun rises or sets within twelve hours before or after.
    """

    light: Light
    polar: Polar | None = None

    def __str__(self) -> str:
        """The light, such as `nautical twilight`; in a polar day that, in a polar night with the light in brackets."""
        if self.polar is Polar.NIGHT and self.light is not Light.NIGHT:
            return f"{self.polar} ({self.light})"
        return str(self.polar or self.light)


# --------------------------------------------------------------------------------------------------------------- events


def events(
    position: Position, start_ms: int, end_ms: int, kinds: Collection[LightKind] = tuple(LightKind)
) -> tuple[LightEvent, ...]:
    """All events of some kinds from a time to before another, in order of time; none in a polar day or night.

    Raises:
        GeometryError: a latitude beyond a pole, a time before 1800 or after 2299, or what is not a number.
    """
    window = Window(start_ms=start_ms, end_ms=end_ms)
    found: list[LightEvent] = []
    for horizon_deg, pair in _BY_SUN.items():
        if not set(pair).isdisjoint(kinds):
            found += _named(suns.passages(position, window, horizon_deg), pair)
    if not set(_BY_MOON).isdisjoint(kinds):
        found += _named(moons.passages(position, window), _BY_MOON)
    return tuple(sorted((event for event in found if event.kind in kinds), key=lambda event: event.time_ms))


def next_event(position: Position, kind: LightKind, after_ms: int, within_ms: int = _SEARCHED_MS) -> int | None:
    """The first time of an event at or after a time, or None where there is none within two days (or `within_ms`).

    None is the answer of a polar day or night; `state` says which.
    """
    found = events(position, after_ms, after_ms + within_ms, (LightKind(kind),))
    return found[0].time_ms if found else None


def _named(passages: tuple[Crossing, ...], pair: tuple[LightKind, LightKind]) -> list[LightEvent]:
    rising, setting = pair
    return [LightEvent(kind=rising if passage.is_rise else setting, time_ms=passage.time_ms) for passage in passages]


# ---------------------------------------------------------------------------------------------------------- at one time


def sun(position: Position, time_ms: int) -> Sun:
    """Where the sun stands, with and without refraction."""
    altitude, azimuth = suns.directions(position.lat_deg, position.lon_deg, time_ms)
    return Sun(
        altitude_deg=float(altitude),
        apparent_altitude_deg=float(altitude + refraction_deg(altitude)),
        azimuth_deg=float(azimuth),
    )


def moon(position: Position, time_ms: int) -> Moon:
    """Where the moon stands, with and without refraction, and what it looks like."""
    altitude, azimuth = moons.directions(position.lat_deg, position.lon_deg, time_ms)
    return Moon(
        altitude_deg=float(altitude),
        apparent_altitude_deg=float(altitude + refraction_deg(altitude)),
        azimuth_deg=float(azimuth),
        illuminated_ratio=float(moons.illuminated_ratios(time_ms)),
        age_ms=round(float(moons.ages_ms(time_ms))),
        phase=moons.phase(time_ms),
    )


def state(position: Position, time_ms: int) -> LightState:
    """Day, one of the three twilights or night, and whether the sun neither rises nor sets that day."""
    altitude_deg = suns.sun_altitude_deg(position, time_ms)
    limits_deg = (suns.HORIZON_DEG, _CIVIL_DEG, _NAUTICAL_DEG, _ASTRONOMICAL_DEG)
    light = tuple(Light)[sum(altitude_deg < limit_deg for limit_deg in limits_deg)]
    around = Window(start_ms=time_ms - DAY_MS // 2, end_ms=time_ms + DAY_MS // 2)
    if suns.passages(position, around):
        return LightState(light=light)
    return LightState(light=light, polar=Polar.DAY if light is Light.DAY else Polar.NIGHT)


# --------------------------------------------------------------------------------------------------- altitude and glare


def solar_altitudes_deg(lat: ArrayLike, lon: ArrayLike, times_ms: ArrayLike) -> FloatArray:
    """Altitudes of the sun's centre, without refraction, for arrays that broadcast together.

    Args:
        lat: geodetic latitudes in degrees.
        lon: longitudes in degrees.
        times_ms: milliseconds since 1970.

    Returns:
        Degrees above the true horizon, of the common shape.

    Raises:
        GeometryError: a latitude beyond a pole, a time before 1800 or after 2299, or what is not a number.
    """
    return suns.altitudes_deg(lat, lon, times_ms)


def refraction_deg(altitudes: ArrayLike) -> FloatArray:
    """How much higher than without air a body stands, in degrees, for altitudes without refraction, in their shape.

    For 1010 hPa and 10 degrees Celsius. Below the horizon it fades away, for nothing is seen there.
    Source: T. Saemundsson, Sky and Telescope 72 (1986), as in J. Meeus, Astronomical Algorithms (1998), chapter 16;
    below -0.575 degrees NOAA Global Monitoring Laboratory, Solar Calculation Details.
    """
    true = np.asarray(altitudes, dtype=np.float64)
    seen = np.clip(true, -0.575, 89.89)  # at the zenith the formula is a thousandth of a minute of arc below nought
    air_deg = 1.02 / 60.0 / np.tan(np.radians(seen + 10.3 / (seen + 5.11)))
    under = np.minimum(true, -0.575)
    fading_deg = -0.00577 / np.tan(np.radians(under))
    return np.where(true >= -0.575, air_deg, np.maximum(fading_deg, 0.0))


def glare_bearings_deg(
    lat: ArrayLike, lon: ArrayLike, times_ms: ArrayLike, limit_deg: float = GLARE_LIMIT_DEG
) -> FloatArray:
    """True bearings of a low sun for arrays that broadcast together; NaN where it is down or stands above a limit.

    The sun is low from when its centre is seen at the horizon, refraction counted, to the limit.
    """
    altitudes, azimuths = suns.directions(lat, lon, times_ms)
    seen = altitudes + refraction_deg(altitudes)
    return np.where((seen >= 0.0) & (seen <= limit_deg), azimuths, np.nan)


def glare_bearing_deg(position: Position, time_ms: int, limit_deg: float = GLARE_LIMIT_DEG) -> float | None:
    """True bearing of a low sun, or None where there is none; see `glare_bearings_deg`."""
    bearing = float(glare_bearings_deg(position.lat_deg, position.lon_deg, time_ms, limit_deg))
    return None if np.isnan(bearing) else bearing


def relative_glare_deg(position: Position, time_ms: int, heading_deg: float) -> float | None:
    """Bearing of a low sun from the bow, -180 to below 180, starboard positive, or None where there is none."""
    bearing = glare_bearing_deg(position, time_ms)
    return None if bearing is None else (bearing - heading_deg + 180.0) % 360.0 - 180.0
