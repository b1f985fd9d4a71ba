"""Amounts with their unit: speeds, distances, masses, bearings, angles, counts."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from waterspace.errors import NotationError
from waterspace.quantity import (
    CABLE_M,
    FOOT_M,
    HOUR_MS,
    KILOMETRE_M,
    KNOT_MPS,
    MILLIMETRE_M,
    MINUTE_MS,
    NAUTICAL_MILE_M,
    SECOND_MS,
    TONNE_KG,
    YARD_M,
    knots,
    nautical_miles,
    tonnes,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ANGLE",
    "BEARING",
    "COUNT",
    "DISTANCE",
    "FLAG",
    "MASS",
    "NUMBER",
    "RATIO",
    "SPEED",
    "format_bearing",
    "format_distance",
    "format_mass",
    "format_speed",
    "parse_angle",
    "parse_bearing",
    "parse_count",
    "parse_distance",
    "parse_flag",
    "parse_mass",
    "parse_number",
    "parse_ratio",
    "parse_speed",
]

SPEED = "a speed with its unit such as 18 kn, 30 km/h or 9 m/s"
DISTANCE = "a distance with its unit such as 12 nm, 22 km, 500 m, 300 ft, 400 yd or 2 cables"
MASS = "a mass with its unit such as 1500 t or 900 kg"
BEARING = "a true bearing from 000 to 360 such as 045"
ANGLE = "an angle in degrees such as 15 or 15 deg"
COUNT = "a whole number such as 2"
NUMBER = "a number such as 0.5"
RATIO = "a share such as 0.5 or 50 %"
FLAG = "yes or no"

_CIRCLE_DEG = 360.0
_PERCENT = 100.0
_AMOUNT = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*(\D*)")
_BEARING = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(?:°|deg|degrees)?\s*(t|true)?", re.IGNORECASE)
_ANGLE = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*(?:°|deg|degrees)?", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_RATIO = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*(%?)")
_GROUPED = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?\s*\D*")


def _units(*rows: tuple[str, float]) -> Mapping[str, float]:
    return {word: factor for words, factor in rows for word in words.split("|")}


_SPEEDS = _units(
    ("kn|kt|kts|knot|knots", KNOT_MPS),
    ("km/h|kmh|kph", KILOMETRE_M * SECOND_MS / HOUR_MS),
    ("m/s|mps", 1.0),
    ("ft/min|fpm", FOOT_M * SECOND_MS / MINUTE_MS),
)
_DISTANCES = _units(
    ("nm|nmi|nautical mile|nautical miles|sea mile|sea miles", NAUTICAL_MILE_M),
    ("km|kilometre|kilometres", KILOMETRE_M),
    ("m|metre|metres", 1.0),
    ("ft|foot|feet", FOOT_M),
    ("yd|yds|yard|yards", YARD_M),
    ("cable|cables|cbl", CABLE_M),
    ("mm|millimetre|millimetres", MILLIMETRE_M),
)
_MASSES = _units(("t|tonne|tonnes", TONNE_KG), ("kg|kilogram|kilograms", 1.0))
_REFUSED: Mapping[str, str] = {
    "mach": "Mach depends on the temperature of the air; give knots",
    "mph": "mph is not used at sea; give knots",
    "mile": "a mile could be nautical or statute; write nm",
    "miles": "a mile could be nautical or statute; write nm",
    "mi": "a mile could be nautical or statute; write nm",
    "ton": "a ton could be long, short or metric; write t for tonnes",
    "tons": "a ton could be long, short or metric; write t for tonnes",
}


def parse_speed(text: str) -> float:
    """Metres a second, not negative.

    Raises:
        NotationError: for a number without unit, Mach numbers and anything else.
    """
    if text.strip().lower().startswith(("mach", "m0.", "m1.")):
        raise NotationError(text, SPEED, _REFUSED["mach"])
    return _amount(text, SPEED, _SPEEDS, "speed")


def parse_distance(text: str) -> float:
    """Metres, not negative.

    Raises:
        NotationError: for a number without unit, plain miles and anything else.
    """
    return _amount(text, DISTANCE, _DISTANCES, "distance")


def parse_mass(text: str) -> float:
    """Kilograms, not negative.

    Raises:
        NotationError: for a number without unit, tons that could be of several kinds and anything else.
    """
    return _amount(text, MASS, _MASSES, "mass")


def parse_bearing(text: str) -> float:
    """Degrees from true north, 0 to below 360.

    Raises:
        NotationError: for magnetic bearings, more than 360 degrees and anything else.
    """
    match = _BEARING.fullmatch(text.strip())
    if match is None:
        magnetic = re.fullmatch(r"\d+(\.\d+)?\s*°?\s*(m|mag|magnetic)", text.strip(), re.IGNORECASE)
        raise NotationError(text, BEARING, "bearings are true, not magnetic" if magnetic else "")
    bearing_deg = float(match[1])
    if bearing_deg > _CIRCLE_DEG:
        raise NotationError(text, BEARING, "a circle has 360 degrees")
    return bearing_deg % _CIRCLE_DEG


def parse_angle(text: str) -> float:
    """Degrees, with sign.

    Raises:
        NotationError: for anything but a number of degrees.
    """
    match = _ANGLE.fullmatch(text.strip())
    if match is None:
        raise NotationError(text, ANGLE)
    return _finite(text, match[1], ANGLE)


def parse_count(text: str) -> int:
    """A whole number, not negative.

    Raises:
        NotationError: for anything else.
    """
    plain = text.strip()
    if not re.fullmatch(r"[0-9]{1,9}", plain):
        raise NotationError(text, COUNT, "it must be 0 or more" if re.fullmatch(r"-[0-9]+", plain) else "")
    return int(plain)


def parse_number(text: str) -> float:
    """A plain number.

    Raises:
        NotationError: for anything else.
    """
    if not _NUMBER.fullmatch(text.strip()):
        raise NotationError(text, NUMBER)
    return _finite(text, text.strip(), NUMBER)


def parse_ratio(text: str) -> float:
    """A share as a number, `50 %` as 0.5.

    Raises:
        NotationError: for anything else.
    """
    match = _RATIO.fullmatch(text.strip())
    if match is None:
        raise NotationError(text, RATIO)
    return _finite(text, match[1], RATIO) / (_PERCENT if match[2] else 1.0)


def parse_flag(text: str) -> bool:
    """Yes or no.

    Raises:
        NotationError: for anything but yes, no, true and false.
    """
    flag = {"yes": True, "true": True, "no": False, "false": False}.get(text.strip().lower())
    if flag is None:
        raise NotationError(text, FLAG)
    return flag


def format_speed(speed_mps: float) -> str:
    """`18.0 kn`."""
    return f"{knots(speed_mps):.1f} kn"


def format_distance(distance_m: float) -> str:
    """`12.0 nm`; below one nautical mile whole metres, such as `450 m`."""
    metres = round(distance_m)
    return f"{metres} m" if metres < NAUTICAL_MILE_M else f"{nautical_miles(distance_m):.1f} nm"


def format_mass(mass_kg: float) -> str:
    """`1500 t`; below one tonne whole kilograms, such as `900 kg`."""
    kilograms = round(mass_kg)
    return f"{kilograms} kg" if kilograms < TONNE_KG else f"{round(tonnes(mass_kg))} t"


def format_bearing(bearing_deg: float) -> str:
    """`045`, to the degree."""
    return f"{round(bearing_deg) % round(_CIRCLE_DEG):03d}"


def _amount(text: str, expected: str, units: Mapping[str, float], name: str) -> float:
    plain = text.strip()
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        grouped = _GROUPED.fullmatch(plain)
        raise NotationError(text, expected, "write thousands without a separator" if grouped else "")
    number, unit = match.groups()
    unit = " ".join(unit.lower().split())
    factor = units.get(unit)
    if factor is None:
        raise NotationError(text, expected, _REFUSED.get(unit, "") if unit else "the unit is missing")
    value = _finite(text, number, expected) * factor
    if value < 0 or number.startswith("-"):
        raise NotationError(text, expected, f"a {name} is not negative")
    return value


def _finite(text: str, number: str, expected: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise NotationError(text, expected, "the number is too large")
    return value
