"""Lengths, bearings and lists as notices write them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from waterspace.errors import DraftError
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "BEARING_RESOLUTION_DEG",
    "LENGTH_RESOLUTION_M",
    "bearing_text",
    "length_text",
    "listed",
    "shorter_length_text",
    "written_length_m",
]

_PER_MILE = 100
LENGTH_RESOLUTION_M = NAUTICAL_MILE_M / _PER_MILE
"""The last digit of a length, a hundredth of a mile: lengths are rounded up, so that no area is written too small."""
BEARING_RESOLUTION_DEG = 0.05
"""Half of the last digit of a bearing, which is a tenth of a degree."""
_TURN_DEG = 360.0


_SAME = 1e-6
"""Part of a hundredth by which a length may lie beyond it and is that hundredth still: numbers are not exact."""


def length_text(length_m: float) -> str:
    """A length in miles, up to the next hundredth, without noughts at its end, such as `5` or `0.25`.

    Raises:
        DraftError: it is nothing.
    """
    return _miles_text(math.ceil(nautical_miles(length_m) * _PER_MILE - _SAME), length_m)


def shorter_length_text(length_m: float) -> str:
    """The same down to the last hundredth, for what is left out of an area.

    Raises:
        DraftError: it is nothing in hundredths of a mile.
    """
    return _miles_text(math.floor(nautical_miles(length_m) * _PER_MILE + _SAME), length_m)


def written_length_m(length_m: float) -> float:
    """A length as `length_text` writes it."""
    return math.ceil(nautical_miles(length_m) * _PER_MILE - _SAME) * LENGTH_RESOLUTION_M


def _miles_text(hundredths: int, length_m: float) -> str:
    if hundredths <= 0:
        raise DraftError(
            f"a length of {length_m:g} m is nothing in hundredths of a mile; give {LENGTH_RESOLUTION_M:g} m or more"
        )
    return f"{hundredths / _PER_MILE:.2f}".rstrip("0").rstrip(".")


def bearing_text(bearing_deg: float) -> str:
    """A bearing in three digits and a tenth where it has one, such as `045` or `247.5`."""
    text = f"{round(bearing_deg % _TURN_DEG, 1) % _TURN_DEG:05.1f}"
    return text.removesuffix(".0")


def listed(items: Sequence[str], last: str = "AND") -> str:
    """A list in words: `A`, `A AND B`, `A, B AND C`."""
    *others, final = items
    return f"{', '.join(others)} {last} {final}" if others else final
