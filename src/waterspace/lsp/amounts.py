"""A quantity of the file in SI and in the other units that people use."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from waterspace import notation
from waterspace.errors import NotationError
from waterspace.quantity import (
    CABLE_M,
    FLIGHT_LEVEL_M,
    HOUR_MS,
    KILOMETRE_M,
    NAUTICAL_MILE_M,
    TONNE_KG,
    feet,
    hours,
    kilometres,
    knots,
    nautical_miles,
    seconds,
    tonnes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["in_other_units"]

_FULL_DEG, _HALF_DEG = 360.0, 180.0
_LONG_M = 50.0 * NAUTICAL_MILE_M
"""Beyond this nobody counts cables or feet."""


def in_other_units(expected: str, text: str, local_offset_ms: int = 0) -> tuple[str, ...]:
    """The same amount in other units, SI first; empty where the text is no such amount.

    Args:
        expected: what may be written, as the reader of the key says it, such as `notation.DISTANCE`.
        text: as the file has it.
        local_offset_ms: local time minus UTC.
    """
    if expected == notation.TIME:
        return _time(text, local_offset_ms)
    write = _WRITERS.get(expected)
    if write is None:
        return ()
    try:
        return write(text)
    except (NotationError, OverflowError):
        return ()


def _distance(text: str) -> tuple[str, ...]:
    distance_m = notation.parse_distance(text)
    said = [f"{distance_m:,.10g} m", f"{nautical_miles(distance_m):,.3f} nm", f"{kilometres(distance_m):,.3f} km"]
    if distance_m < _LONG_M:
        said += [f"{distance_m / CABLE_M:,.1f} cables", f"{feet(distance_m):,.0f} ft"]
    return tuple(said if distance_m >= KILOMETRE_M else (said[0], said[-1], *said[1:-1]))


def _speed(text: str) -> tuple[str, ...]:
    speed_mps = notation.parse_speed(text)
    in_an_hour_m = speed_mps * seconds(HOUR_MS)
    return f"{speed_mps:,.2f} m/s", f"{knots(speed_mps):,.1f} kn", f"{kilometres(in_an_hour_m):,.1f} km/h"


def _duration(text: str) -> tuple[str, ...]:
    duration_ms = notation.parse_duration(text)
    return (
        f"{seconds(duration_ms):,.10g} s",
        notation.format_duration(duration_ms),
        f"{hours(duration_ms):,.2f} h",
    )


def _mass(text: str) -> tuple[str, ...]:
    mass_kg = notation.parse_mass(text)
    return (f"{mass_kg:,.10g} kg", f"{tonnes(mass_kg):,.3f} t") if mass_kg >= TONNE_KG else (f"{mass_kg:,.10g} kg",)


def _height_words(height_m: float) -> tuple[str, ...]:
    if math.isinf(height_m):
        return (notation.format_height(height_m),)
    said = f"{height_m:,.1f} m", f"{feet(height_m):,.0f} ft"
    return (*said, f"FL{height_m / FLIGHT_LEVEL_M:03.0f}") if height_m >= FLIGHT_LEVEL_M else said


def _height(text: str) -> tuple[str, ...]:
    return _height_words(notation.parse_height(text))


def _band(text: str) -> tuple[str, ...]:
    floor_m, ceiling_m = notation.parse_band(text)
    low, high = _height_words(floor_m), _height_words(ceiling_m)
    return f"{low[0]} to {high[0]}", notation.format_band(floor_m, ceiling_m)


def _bearing(text: str) -> tuple[str, ...]:
    bearing_deg = notation.parse_bearing(text)
    reciprocal = notation.format_bearing((bearing_deg + _HALF_DEG) % _FULL_DEG)
    return f"{bearing_deg:g} degrees true", f"reciprocal {reciprocal}"


def _angle(text: str) -> tuple[str, ...]:
    angle_deg = notation.parse_angle(text)
    return f"{angle_deg:g} degrees", f"{math.radians(angle_deg):.4f} rad"


def _ratio(text: str) -> tuple[str, ...]:
    ratio = notation.parse_ratio(text)
    return f"{ratio:g}", f"{ratio:.1%}"


def _offset(text: str) -> tuple[str, ...]:
    return (f"UTC{notation.format_offset(notation.parse_offset(text))}",)


def _position(text: str) -> tuple[str, ...]:
    lat_deg, lon_deg = notation.parse_position(text)
    return f"{lat_deg:.5f}, {lon_deg:.5f} (latitude, longitude)", notation.format_position(lat_deg, lon_deg)


def _time(text: str, local_offset_ms: int) -> tuple[str, ...]:
    try:
        time_ms = notation.parse_time(text)
        local = (notation.format_time(time_ms, local_offset_ms),) if local_offset_ms else ()
        return notation.format_time_iso(time_ms), notation.format_time(time_ms), *local
    except (NotationError, OverflowError):
        return ()


_WRITERS: Mapping[str, Callable[[str], tuple[str, ...]]] = {
    notation.DISTANCE: _distance,
    notation.SPEED: _speed,
    notation.DURATION: _duration,
    notation.MASS: _mass,
    notation.HEIGHT: _height,
    notation.BAND: _band,
    notation.BEARING: _bearing,
    notation.ANGLE: _angle,
    notation.RATIO: _ratio,
    notation.OFFSET: _offset,
    notation.POSITION: _position,
}
