"""Places of a card: what is inside, in words, and the positions to put into a plotter.

Lengths and bearings are rounded outwards as in the texts of warnings, and inwards for what is left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Joined, MovingBox, Polygon, Sector, Without
from waterspace.messages.phrasing.numbers import narrower_bearing_texts, wider_bearing_texts
from waterspace.messages.reading import Form
from waterspace.quantity import kilometres, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Footprint, Position
    from waterspace.messages.draft import DraftArea
    from waterspace.reports.seafarers.words import CardWords

__all__ = ["PlaceLine", "place_lines", "position_words"]

_HUNDREDTHS = 6000
_OUTWARDS = 1
"""Lengths and bearings are rounded up and outwards; the other way, -1, for what is left out."""
_SAME = 1e-6
"""Part of the last digit by which a length may lie beyond it and is written so still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A place or a part of one: words, and positions in order; either may be empty."""

    words: str
    positions: tuple[str, ...] = ()


def place_lines(area: DraftArea, words: CardWords) -> list[PlaceLine]:
    """What a place is, in words of a language.

    Raises:
        DraftError: a sector is left out of it that is nothing in tenths of a degree.
    """
    return list(_lines(area.form, area.footprint, words))


def _lines(  # noqa: C901  # one for each kind
    form: Form, footprint: Footprint, words: CardWords, side: int = _OUTWARDS
) -> Iterator[PlaceLine]:
    said = words.others
    match footprint:
        case Circle() if form is Form.POSITION:
            yield PlaceLine(words=said["position"].format(place=position_words(footprint.centre)))
        case Circle():
            distance = _distance(footprint.radius_m, words, side)
            yield PlaceLine(words=said["circle"].format(distance=distance, place=position_words(footprint.centre)))
        case Sector():
            yield PlaceLine(words=_sector(footprint, words, side))
        case Corridor():
            phrase = said["line" if form is Form.LINE else "corridor"]
            distance = _distance(footprint.half_width_m, words, side)
            yield PlaceLine(words=phrase.format(distance=distance), positions=_listed(footprint.waypoints))
        case Polygon():
            yield PlaceLine(words=said["polygon"], positions=_listed(footprint.vertices))
        case MovingBox():
            from waterspace.geometry.footprints import outline

            yield PlaceLine(words=said["polygon"], positions=_listed(outline(footprint)))
        case Joined():
            for part in footprint.parts:
                yield from _lines(form, part, words, side)
        case Without():
            yield from _lines(form, footprint.base, words, side)
            yield PlaceLine(words=said["without"])
            for hole in footprint.holes:
                yield from _lines(form, hole, words, -side)


def _sector(sector: Sector, words: CardWords, side: int) -> str:
    sides = (wider_bearing_texts if side == _OUTWARDS else narrower_bearing_texts)(sector)
    if sides is None:
        phrase = words.others["whole_ring" if sector.inner_radius_m else "circle"]
    else:
        phrase = words.others["ring" if sector.inner_radius_m else "sector"]
    first, last = sides or ("", "")
    return phrase.format(
        inner=_distance(sector.inner_radius_m, words, -side),
        distance=_distance(sector.radius_m, words, side),
        place=position_words(sector.centre),
        first=words.number(first),
        last=words.number(last),
    )


def _distance(length_m: float, words: CardWords, side: int) -> str:
    miles = words.number(f"{_rounded(nautical_miles(length_m) * 100, side) / 100:.2f}".rstrip("0").rstrip("."))
    far = words.number(f"{_rounded(kilometres(length_m) * 10, side) / 10:.1f}")
    return words.others[words.language.counted("distance", miles)].format(miles=miles, kilometres=far)


def _rounded(digits: float, side: int) -> int:
    """Up where the side is 1, down where it is -1."""
    return side * math.ceil(side * digits - _SAME)


def _listed(positions: tuple[Position, ...]) -> tuple[str, ...]:
    return tuple(map(position_words, positions))


def position_words(position: Position) -> str:
    """`40°20.00′N 135°40.00′E`, as plotters show it."""
    return f"{_half(position.lat_deg, 'NS')} {_half(position.lon_deg, 'EW')}"


def _half(degrees: float, letters: str) -> str:
    units = round(abs(degrees) * _HUNDREDTHS)
    whole, rest = divmod(units, _HUNDREDTHS)
    letter = letters[degrees < 0.0 and units > 0]
    return f"{whole:0{2 if letters == 'NS' else 3}d}°{rest / 100:05.2f}′{letter}"
