"""Lengths, bearings and lists as notices write them."""

from __future__ import annotations

import math
from string import ascii_uppercase
from typing import TYPE_CHECKING

from waterspace.errors import DraftError
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Sector

__all__ = [
    "BEARING_RESOLUTION_DEG",
    "LENGTH_RESOLUTION_M",
    "length_text",
    "letters",
    "listed",
    "narrower_bearing_texts",
    "narrower_tenths",
    "shorter_length_m",
    "shorter_length_text",
    "wider_bearing_texts",
    "wider_tenths",
    "written_length_m",
]

_PER_MILE = 100
LENGTH_RESOLUTION_M = NAUTICAL_MILE_M / _PER_MILE
"""The last digit of a length, a hundredth of a mile: lengths are rounded up, so that no area is written too small."""
BEARING_RESOLUTION_DEG = 0.1
"""The last digit of a bearing: bearings are rounded outwards, so that no sector is written too narrow."""
_PER_DEGREE = 10
_HALF_TURN_DEG = 180.0
_TURN = 360 * _PER_DEGREE


_SAME_BEARING = 0.05
"""The same of a bearing, 5 m at 30 miles: a sector that begins at 170.001 degrees is one from 170 (assumed)."""
_SAME = 1e-6
"""Part of the last digit by which a number may lie beyond it and is written so still: numbers are not exact."""


def length_text(length_m: float) -> str:
    """A length in miles, up to the next hundredth, without noughts at its end, such as `5` or `0.25`.

    Raises:
        DraftError: it is nothing.
    """
    return _miles_text(_hundredths_up(length_m), length_m)


def shorter_length_text(length_m: float) -> str:
    """The same down to the last hundredth, for what is left out of an area.

    Raises:
        DraftError: it is nothing in hundredths of a mile.
    """
    return _miles_text(_hundredths_down(length_m), length_m)


def written_length_m(length_m: float) -> float:
    """A length as `length_text` writes it."""
    return _hundredths_up(length_m) * LENGTH_RESOLUTION_M


def shorter_length_m(length_m: float) -> float:
    """A length as `shorter_length_text` writes it; 0 where that has no words for it."""
    return _hundredths_down(length_m) * LENGTH_RESOLUTION_M


def _hundredths_up(length_m: float) -> int:
    return math.ceil(nautical_miles(length_m) * _PER_MILE - _SAME)


def _hundredths_down(length_m: float) -> int:
    return math.floor(nautical_miles(length_m) * _PER_MILE + _SAME)


def _miles_text(hundredths: int, length_m: float) -> str:
    if hundredths <= 0:
        raise DraftError(
            f"a length of {length_m:g} m is nothing in hundredths of a mile; give {LENGTH_RESOLUTION_M:g} m or more"
        )
    return f"{hundredths / _PER_MILE:.2f}".rstrip("0").rstrip(".")


def wider_bearing_texts(sector: Sector) -> tuple[str, str] | None:
    """Between which two bearings a sector lies, outwards to a tenth of a degree, give or take 0.005.

    None where it is all round.

    Bearings have three digits, and a tenth where there is one, such as `045` or `247.5`.

    Raises:
        DraftError: it is nothing in tenths of a degree.
    """
    return _bearing_texts(*wider_tenths(sector))


def narrower_bearing_texts(sector: Sector) -> tuple[str, str] | None:
    """The same inwards, for what is left out of an area.

    Raises:
        DraftError: it is nothing in tenths of a degree.
    """
    if sector.half_angle_deg >= _HALF_TURN_DEG:
        return None
    return _bearing_texts(*narrower_tenths(sector))


def wider_tenths(sector: Sector) -> tuple[int, int]:
    """Both bearings as `wider_bearing_texts` writes them, in tenths of a degree, the second the greater."""
    first, last = _tenths(sector)
    return math.floor(first + _SAME_BEARING), math.ceil(last - _SAME_BEARING)


def narrower_tenths(sector: Sector) -> tuple[int, int]:
    """The same as `narrower_bearing_texts` writes them."""
    first, last = _tenths(sector)
    return math.ceil(first - _SAME), math.floor(last + _SAME)


def _tenths(sector: Sector) -> tuple[float, float]:
    """The bearings of both sides in tenths of a degree, the second the greater."""
    return (
        (sector.bearing_deg - sector.half_angle_deg) * _PER_DEGREE,
        (sector.bearing_deg + sector.half_angle_deg) * _PER_DEGREE,
    )


def _bearing_texts(first: int, last: int) -> tuple[str, str] | None:
    if first >= last:
        raise DraftError("a sector is nothing in tenths of a degree; draft a circle or a line")
    if last - first >= _TURN:
        return None
    return _bearing_text(first), _bearing_text(last)


def _bearing_text(tenths: int) -> str:
    return f"{tenths % _TURN / _PER_DEGREE:05.1f}".removesuffix(".0")


def listed(items: Sequence[str], last: str = "AND") -> str:
    """A list in words: `A`, `A AND B`, `A, B AND C`; empty for none."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def letters(count: int) -> str:
    """The letters of so many areas of one paragraph, in order.

    Raises:
        DraftError: the alphabet has fewer.
    """
    if count > len(ascii_uppercase):
        raise DraftError(
            f"a paragraph has {count} areas, and letters for {len(ascii_uppercase)}; make several paragraphs or notices"
        )
    return ascii_uppercase[:count]
