"""Prose: answers in words, in lines that fit the terminal, with sea distances in miles and times by two clocks."""

from __future__ import annotations

import math
import re
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waterspace.domain import Band

__all__ = ["band", "clocks", "columns", "local_time", "miles", "wrapped", "zone_offset_ms"]

_WIDEST, _NARROWEST = 100, 40
_ZONE_DEG = 15.0
_ROUNDING = 1e-6

_LEAST_LEVEL, _LEVEL_STEP = 50, 5
"""Flight levels that a plan names: from FL050, every five (assumed)."""

_WHOLE = re.compile(
    r"\d\d-\d\d(?:\.\d+)?[NS] \d{3}-\d\d(?:\.\d+)?[EW]"  # a position
    r"|\d{6}[A-Z] [A-Z]{3} \d{2,4}(?: \(\d{6}[A-Z]\))?"  # a date-time group
    r"|\d (?:nm|mm|m|km|kn|ft|d|h|min|t)\b"  # an amount
)
_HARD_SPACE = "\u00a0"


def columns() -> int:
    """How wide lines may be: the terminal's width, at most 100; 100 in a pipe."""
    if not sys.stdout.isatty():
        return _WIDEST
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns))


def wrapped(text: str, first: str = "", rest: str = "  ") -> list[str]:
    """A text in lines; positions, amounts, times and addresses are never broken.

    Args:
        text: one paragraph.
        first: what the first line begins with.
        rest: what every other line begins with.
    """
    glued = _WHOLE.sub(lambda match: match.group().replace(" ", _HARD_SPACE), text)
    lines = textwrap.wrap(
        glued,
        columns(),
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
        break_long_words=False,
    )
    return [line.replace(_HARD_SPACE, " ") for line in lines]


def miles(distance_m: float) -> str:
    """`12.3 nm`; below a mile, where a cable counts, `0.35 nm`."""
    from waterspace.quantity import nautical_miles

    distance_nm = nautical_miles(distance_m)
    return f"{distance_nm:.2f} nm" if round(distance_nm, 2) < 1.0 else f"{distance_nm:.1f} nm"


def band(heights: Band) -> str:
    """`surface to 10000 ft (FL100)`, `depth 15 m to 60 m`: each end in the unit in which it is a round number.

    What the file wrote in metres stays in metres so, and what it wrote in feet in feet.
    """
    return f"{_height(heights.floor_m)} to {_height(heights.ceiling_m)}"


def _height(height_m: float) -> str:
    """A height in hundreds of feet, whole metres or feet, whichever it is; with its flight level where it has one."""
    from waterspace.notation import format_height
    from waterspace.quantity import FLIGHT_LEVEL_M, feet

    if math.isinf(height_m) or round(height_m) == 0:
        return format_height(height_m)
    depth = "depth " if height_m < 0.0 else ""
    size_m = abs(height_m)
    if not _is_whole(size_m / FLIGHT_LEVEL_M) and _is_whole(size_m):
        return f"{depth}{size_m:.0f} m"
    text = f"{depth}{feet(size_m):.0f} ft"
    level = height_m / FLIGHT_LEVEL_M
    return f"{text} (FL{level:03.0f})" if level >= _LEAST_LEVEL and _is_whole(level / _LEVEL_STEP) else text


def _is_whole(number: float) -> bool:
    return abs(number - round(number)) < _ROUNDING


def zone_offset_ms(lon_deg: float) -> int:
    """Zone time at sea minus UTC: an hour for every 15 degrees of longitude, whatever the law ashore."""
    from waterspace.quantity import HOUR_MS

    return round(lon_deg / _ZONE_DEG) * HOUR_MS


def local_time(time_ms: int, offset_ms: int) -> str:
    """`221200I`: a time by a local clock; with month and year where its zone has no letter."""
    from waterspace.notation import format_time

    return format_time(time_ms, offset_ms).removesuffix(format_time(time_ms)[7:])


def clocks(time_ms: int, offset_ms: int) -> str:
    """`220300Z JUL 23 (221200I)`: a time in UTC and by a local clock, once where they agree."""
    from waterspace.notation import format_time

    universal = format_time(time_ms)
    return universal if offset_ms == 0 else f"{universal} ({local_time(time_ms, offset_ms)})"
