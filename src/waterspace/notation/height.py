"""Heights, depths and vertical limits: `FL100`, `depth 40 m`, `surface to 3000 ft`."""

from __future__ import annotations

import math
import re

from waterspace.errors import NotationError
from waterspace.notation.amount import parse_distance
from waterspace.quantity import FLIGHT_LEVEL_M, feet

__all__ = ["BAND", "HEIGHT", "format_band", "format_height", "parse_band", "parse_height"]

HEIGHT = "a height such as 3000 ft, 300 m, FL100, depth 40 m or surface"
BAND = "vertical limits such as surface to FL100, depth 40 m to surface or sea bed to unlimited"

_WORDS = {
    "surface": 0.0,
    "sfc": 0.0,
    "sea level": 0.0,
    "sea bed": -math.inf,
    "seabed": -math.inf,
    "unlimited": math.inf,
    "unl": math.inf,
}
_FLIGHT_LEVEL = re.compile(r"fl\s*(\d{1,3})")
_DEPTH = re.compile(r"depth\s+(?:of\s+)?(.+)|(.+?)\s+(?:deep|depth)")
_BETWEEN = re.compile(r"\s+to\s+", re.IGNORECASE)


def parse_height(text: str) -> float:
    """Metres above mean sea level; below it negative; infinite for `sea bed` and `unlimited`.

    Flight levels are taken as hundreds of feet above mean sea level (assumed: standard pressure).

    Raises:
        NotationError: for a number without unit and anything else.
    """
    plain = " ".join(text.lower().split())
    if plain in _WORDS:
        return _WORDS[plain]
    if match := _FLIGHT_LEVEL.fullmatch(plain):
        return int(match[1]) * FLIGHT_LEVEL_M
    match = _DEPTH.fullmatch(plain)
    try:
        height_m = parse_distance(plain if match is None else match[1] or match[2])
    except NotationError as error:
        below = "write a height below the surface as a depth, such as depth 40 m"
        raise NotationError(text, HEIGHT, below if plain.startswith("-") else error.reason) from None
    return height_m if match is None or height_m == 0.0 else -height_m


def parse_band(text: str) -> tuple[float, float]:
    """Floor and ceiling in metres above mean sea level, floor first.

    Raises:
        NotationError: unless the text is two heights with `to` between them, the lower first.
    """
    halves = _BETWEEN.split(text.strip())
    if len(halves) != 2:  # floor and ceiling
        raise NotationError(text, BAND, "two heights with the word to between them are needed")
    try:
        floor_m, ceiling_m = (parse_height(half) for half in halves)
    except NotationError as error:
        raise NotationError(text, BAND, f"{error.found!r} is not {HEIGHT}") from None
    if floor_m >= ceiling_m:
        raise NotationError(text, BAND, "the lower limit comes first and must be below the upper one")
    return floor_m, ceiling_m


def format_height(height_m: float) -> str:
    """`3000 ft`, `depth 40 m`, `surface`, `sea bed` or `unlimited`, to the foot or the metre."""
    if math.isinf(height_m):
        return "unlimited" if height_m > 0 else "sea bed"
    if height_m < 0:
        depth_m = round(-height_m)
        return f"depth {depth_m} m" if depth_m else "surface"
    height_ft = round(feet(height_m))
    return f"{height_ft} ft" if height_ft else "surface"


def format_band(floor_m: float, ceiling_m: float) -> str:
    """`surface to 10000 ft`."""
    return f"{format_height(floor_m)} to {format_height(ceiling_m)}"
