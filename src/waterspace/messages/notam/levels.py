"""Vertical limits: `SFC`, `GND`, `FL300`, `3000FT AMSL`, `500FT AGL`, `2000M AMSL`, `UNL`."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from waterspace.domain import Band
from waterspace.quantity import FLIGHT_LEVEL_M, FOOT_M

__all__ = ["Level", "band", "flight_level_m", "read_level", "read_range"]

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
_LEVEL = (
    rf"(?:QNH\s*)?(?:ALT(?:ITUDE)?\s*)?(?:(?P<surface>SFC|GND|SURFACE|GROUND|MSL|SEA\s?LEVEL)"
    rf"|(?P<unlimited>UNL(?:TD|IM)?|UNLIMITED)"
    rf"|(?:FL\s?|(?=\d{{3}}\Z))(?P<flight>\d{{1,3}})"
    rf"|(?P<height>{_NUMBER})\s?(?P<unit>FT|FEET|M|METERS|METRES))"
    rf"(?:\s*\(?(?P<datum>AMSL|MSL|ASL|AGL|ASFC|ALT|HGT|SFC|GND|STD|QNH)\b\)?)?"
)
_WHOLE = re.compile(_LEVEL)
_LOW, _HIGH = _LEVEL.replace("?P<", "?P<low_"), _LEVEL.replace("?P<", "?P<high_")
_RANGE = re.compile(rf"\b(?:{_LOW})\s*(?:-|TO|UP TO|/|AND)\s*(?:{_HIGH})")
_ABOVE_GROUND = {"AGL", "ASFC", "HGT", "GND", "SFC"}
_NO_LIMIT = 999
"""Flight level of line Q that stands for no limit. Source: ICAO Doc 8126, 6.2, qualifier `Upper`."""


class Level(NamedTuple):
    """One vertical limit.

    Attributes:
        height_m: above mean sea level, or above the ground where `above_ground`; infinite for no limit.
        above_ground: over the sea no difference.
    """

    height_m: float
    above_ground: bool = False


def read_level(text: str) -> Level | None:
    """A limit as items F and G give it; None where it is none.

    A flight level is a pressure altitude: it is taken as its height in the standard atmosphere.
    """
    found = _WHOLE.match(text.strip().lstrip("("))
    return None if found is None else _level(found.group("surface", "unlimited", "flight", "height", "unit", "datum"))


def read_range(text: str, start: int, end: int) -> Band | None:
    """The first `lower-upper` in a part of a text; None where there is none."""
    found = _RANGE.search(text, start, end)
    if found is None:
        return None
    names = ("surface", "unlimited", "flight", "height", "unit", "datum")
    low = _level(found.group(*(f"low_{name}" for name in names)))
    high = _level(found.group(*(f"high_{name}" for name in names)))
    return band(low, high)


def flight_level_m(level: int) -> float:
    """A flight level of line Q, three digits."""
    return math.inf if level >= _NO_LIMIT else level * FLIGHT_LEVEL_M


def band(low: Level, high: Level) -> Band | None:
    """The band between two limits; None where the lower lies above the upper."""
    if low.height_m > high.height_m:
        return None
    return Band(floor_m=low.height_m, ceiling_m=high.height_m)


def _level(groups: tuple[str | None, ...]) -> Level:
    """A limit of what was found, in the order of the groups above."""
    surface, unlimited, flight, height, unit, datum = groups
    if surface:
        return Level(0.0, surface in {"GND", "GROUND"})
    if unlimited:
        return Level(math.inf)
    if flight:
        return Level(flight_level_m(int(flight)))
    metres = float((height or "0").replace(",", "")) * (1.0 if (unit or "").startswith("M") else FOOT_M)
    return Level(metres, datum in _ABOVE_GROUND)
