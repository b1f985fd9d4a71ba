"""Units of measure: every conversion factor lives here, and only here.

Inside Waterspace everything is SI and degrees; the factors serve the edges where mariners read and write.
Source of the definitions: The International System of Units, BIPM, 9th edition (nautical mile, knot, foot).
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "CABLE_M",
    "DAY_MS",
    "DEGREE_M",
    "FLIGHT_LEVEL_M",
    "FOOT_M",
    "HECTOPASCAL_PA",
    "HOUR_MS",
    "KILOMETRE_M",
    "KNOT_MPS",
    "MILLIMETRE_M",
    "MINUTE_MS",
    "NAUTICAL_MILE_M",
    "SECOND_MS",
    "TONNE_KG",
    "YARD_M",
    "ZERO_CELSIUS_K",
    "feet",
    "hours",
    "kilometres",
    "knots",
    "nautical_miles",
    "seconds",
    "tonnes",
    "whole_minute_ms",
]

NAUTICAL_MILE_M: Final = 1852.0
CABLE_M: Final = NAUTICAL_MILE_M / 10.0
DEGREE_M: Final = 60.0 * NAUTICAL_MILE_M
"""Of latitude, to half a percent: for how coarse a step in degrees is, and for no position."""
KILOMETRE_M: Final = 1000.0
MILLIMETRE_M: Final = 0.001
FOOT_M: Final = 0.3048
YARD_M: Final = 3.0 * FOOT_M
FLIGHT_LEVEL_M: Final = 100.0 * FOOT_M
TONNE_KG: Final = 1000.0
HECTOPASCAL_PA: Final = 100.0
ZERO_CELSIUS_K: Final = 273.15

SECOND_MS: Final = 1000
MINUTE_MS: Final = 60 * SECOND_MS
HOUR_MS: Final = 60 * MINUTE_MS
DAY_MS: Final = 24 * HOUR_MS

KNOT_MPS: Final = NAUTICAL_MILE_M * SECOND_MS / HOUR_MS


def whole_minute_ms(time_ms: int) -> int:
    """A time or a duration up to the next whole minute: itself where it is one."""
    return -(-time_ms // MINUTE_MS) * MINUTE_MS


def knots(speed_mps: float) -> float:
    """Speed in knots."""
    return speed_mps / KNOT_MPS


def nautical_miles(distance_m: float) -> float:
    """Distance in international nautical miles."""
    return distance_m / NAUTICAL_MILE_M


def kilometres(distance_m: float) -> float:
    """Distance in kilometres."""
    return distance_m / KILOMETRE_M


def feet(height_m: float) -> float:
    """Height in feet."""
    return height_m / FOOT_M


def tonnes(mass_kg: float) -> float:
    """Mass in tonnes."""
    return mass_kg / TONNE_KG


def hours(duration_ms: float) -> float:
    """Duration in hours."""
    return duration_ms / HOUR_MS


def seconds(duration_ms: float) -> float:
    """Duration in seconds."""
    return duration_ms / SECOND_MS
