"""Positions as notices write them, rounded to the last digit of a notation."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from waterspace.domain import Position

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BLANK", "Notation", "coarsest", "position_text", "rounded"]

BLANK = "\N{NO-BREAK SPACE}"
"""Stands where a line must not be broken; `writing.lines` makes a blank of it."""
_EXACT_DEG = 1e-9
"""A tenth of a millimetre on the ground: nearer than this a position is the one that its digits say."""
_HALF_TURN_DEG, _TURN_DEG = 180.0, 360.0
_SIXTY = 60


class Notation(Enum):
    """How positions are written, with how many of the last digit's units a minute has."""

    MINUTES = 1
    TENTHS = 10
    SECONDS = 60
    HUNDREDTHS = 100

    @property
    def units(self) -> int:
        """How many of the last digit's units a degree has."""
        return _SIXTY * int(self.value)

    @property
    def resolution_deg(self) -> float:
        """Half of the last digit: what is written is no farther from what is meant, in latitude and in longitude."""
        return 0.5 / self.units


def coarsest(positions: Sequence[Position], finest: Notation) -> Notation:
    """The notation with the fewest digits that says positions exactly; `finest` where none does.

    Args:
        positions: of one message, which all are written alike.
        finest: in minutes; seconds are never left out.
    """
    if finest is Notation.SECONDS:
        return finest
    for notation in (Notation.MINUTES, Notation.TENTHS):
        if notation.value >= finest.value:
            break
        if all(_is_exact(position, notation) for position in positions):
            return notation
    return finest


def _is_exact(position: Position, notation: Notation) -> bool:
    return all(
        abs(abs(degrees) - round(abs(degrees) * notation.units) / notation.units) < _EXACT_DEG
        for degrees in (position.lat_deg, position.lon_deg)
    )


def rounded(position: Position, notation: Notation) -> Position:
    """The position that its digits say."""
    lat_deg, lon_deg = (
        (1 if degrees >= 0.0 else -1) * round(abs(degrees) * notation.units) / notation.units
        for degrees in (position.lat_deg, position.lon_deg)
    )
    return Position(lat_deg=lat_deg, lon_deg=lon_deg + _TURN_DEG if lon_deg == -_HALF_TURN_DEG else lon_deg)


def position_text(position: Position, notation: Notation) -> str:
    """A position, such as `40-20.00N 135-40.00E` or `28-15-15N 146-29-47E`; the blank in it breaks no line."""
    near = rounded(position, notation)
    return f"{_half(near.lat_deg, 'NS', notation)}{BLANK}{_half(near.lon_deg, 'EW', notation)}"


def _half(degrees: float, letters: str, notation: Notation) -> str:
    """A latitude or a longitude; zero is north and east."""
    units = round(abs(degrees) * notation.units)
    letter = letters[degrees < 0.0 and units > 0]
    whole, rest = divmod(units, notation.units)
    width = len("90") if letters == "NS" else len("180")
    if notation is Notation.SECONDS:
        minutes, seconds = divmod(rest, _SIXTY)
        return f"{whole:0{width}}-{minutes:02}-{seconds:02}{letter}"
    parts = notation.value
    minutes, fraction = divmod(rest, parts)
    decimals = len(str(parts)) - 1
    tail = f".{fraction:0{decimals}}" if decimals else ""
    return f"{whole:0{width}}-{minutes:02}{tail}{letter}"
