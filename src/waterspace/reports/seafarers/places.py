"""Places of a card: what is inside, in words, and the positions to put into a plotter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Joined, MovingBox, Polygon, Sector, Without
from waterspace.messages.reading import Form
from waterspace.quantity import kilometres, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Footprint, Position
    from waterspace.messages.draft import DraftArea
    from waterspace.reports.seafarers.words import CardWords

__all__ = ["PlaceLine", "place_lines", "position_words"]

_HUNDREDTHS = 6000
_HALF_TURN_DEG, _TURN_DEG = 180.0, 360.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A place or a part of one: words, and positions in order; either may be empty."""

    words: str
    positions: tuple[str, ...] = ()


def place_lines(area: DraftArea, words: CardWords) -> list[PlaceLine]:
    """What a place is, in words of a language."""
    return list(_lines(area.form, area.footprint, words))


def _lines(form: Form, footprint: Footprint, words: CardWords) -> Iterator[PlaceLine]:  # noqa: C901  # one for each kind
    said = words.others
    match footprint:
        case Circle() if form is Form.POSITION:
            yield PlaceLine(words=said["position"].format(place=position_words(footprint.centre)))
        case Circle():
            distance = _distance(footprint.radius_m, words)
            yield PlaceLine(words=said["circle"].format(distance=distance, place=position_words(footprint.centre)))
        case Sector():
            yield PlaceLine(words=_sector(footprint, words))
        case Corridor():
            phrase = said["line" if form is Form.LINE else "corridor"]
            distance = _distance(footprint.half_width_m, words)
            yield PlaceLine(words=phrase.format(distance=distance), positions=_listed(footprint.waypoints))
        case Polygon():
            yield PlaceLine(words=said["polygon"], positions=_listed(footprint.vertices))
        case MovingBox():
            from waterspace.geometry.footprints import outline

            yield PlaceLine(words=said["polygon"], positions=_listed(outline(footprint)))
        case Joined():
            for part in footprint.parts:
                yield from _lines(form, part, words)
        case Without():
            yield from _lines(form, footprint.base, words)
            yield PlaceLine(words=said["without"])
            for hole in footprint.holes:
                yield from _lines(form, hole, words)


def _sector(sector: Sector, words: CardWords) -> str:
    if sector.half_angle_deg >= _HALF_TURN_DEG:
        phrase = words.others["whole_ring" if sector.inner_radius_m else "circle"]
    else:
        phrase = words.others["ring" if sector.inner_radius_m else "sector"]
    first_deg, last_deg = (sector.bearing_deg + turn * sector.half_angle_deg for turn in (-1, 1))
    return phrase.format(
        inner=_distance(sector.inner_radius_m, words),
        distance=_distance(sector.radius_m, words),
        place=position_words(sector.centre),
        first=words.number(f"{round(first_deg % _TURN_DEG, 1):g}"),
        last=words.number(f"{round(last_deg % _TURN_DEG, 1):g}"),
    )


def _distance(length_m: float, words: CardWords) -> str:
    miles = words.number(f"{nautical_miles(length_m):.2f}".rstrip("0").rstrip("."))
    far = words.number(f"{kilometres(length_m):.1f}")
    return words.others[words.language.counted("distance", miles)].format(miles=miles, kilometres=far)


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
