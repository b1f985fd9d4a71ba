"""Lengths, bearings and lists as notices write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.errors import DraftError
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BEARING_RESOLUTION_DEG", "LENGTH_RESOLUTION_M", "bearing_text", "length_text", "listed"]

LENGTH_RESOLUTION_M = 0.005 * NAUTICAL_MILE_M
"""Half of the last digit of a length, which is a hundredth of a mile."""
BEARING_RESOLUTION_DEG = 0.05
"""Half of the last digit of a bearing, which is a tenth of a degree."""
_TURN_DEG = 360.0


def length_text(length_m: float) -> str:
    """A length in miles to the hundredth, without noughts at its end, such as `5` or `0.25`.

    Raises:
        DraftError: it is too short to be more than nothing.
    """
    miles = round(nautical_miles(length_m), 2)
    if miles <= 0.0:
        raise DraftError(
            f"a length of {length_m:g} m is nothing in hundredths of a mile; give {2 * LENGTH_RESOLUTION_M:g} m or more"
        )
    return f"{miles:.2f}".rstrip("0").rstrip(".")


def bearing_text(bearing_deg: float) -> str:
    """A bearing in three digits and a tenth where it has one, such as `045` or `247.5`."""
    text = f"{round(bearing_deg % _TURN_DEG, 1) % _TURN_DEG:05.1f}"
    return text.removesuffix(".0")


def listed(items: Sequence[str], last: str = "AND") -> str:
    """A list in words: `A`, `A AND B`, `A, B AND C`."""
    *others, final = items
    return f"{', '.join(others)} {last} {final}" if others else final
