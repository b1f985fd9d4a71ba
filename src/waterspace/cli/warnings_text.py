"""What `waterspace warnings` read, in words: a paragraph for each message, marks under what was not understood."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from waterspace.cli.prose import band, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.messages.reading import Doubt, Reading, Spell, WarnedArea

__all__ = ["lines"]

_INDENT = "  "
_MOST_SPELLS = 6
_MILE_DECIMALS = 2
_ROUNDING_NM = 1e-4
_ROUNDING_M = 0.01
_BEFORE, _AFTER = 30, 40
"""Columns of the text that are shown before and after what was not understood."""


def lines(shown: Sequence[Reading], every: Sequence[Reading]) -> Iterator[str]:
    """The readings line by line, and how many there are of each verdict.

    Args:
        shown: those to write.
        every: all that were read.
    """
    for reading in shown:
        yield from _message(reading)
        yield ""
    verdicts = [reading.verdict.value for reading in every]
    counts = ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in dict.fromkeys(sorted(verdicts)))
    yield f"{len(every)} {'message' if len(every) == 1 else 'messages'}: {counts}" if every else "no message"


def _message(reading: Reading) -> Iterator[str]:
    from waterspace.notation import format_time

    message = reading.message
    place = f" ({message.file}:{message.line})" if message.file else ""
    yield from wrapped(f"{message.id}: {reading.verdict.value}{place}")
    for area in reading.areas:
        yield from _area(area)
    if reading.cancels:
        yield from _row("cancels", ", ".join(reading.cancels))
    if reading.cancel_ms is not None:
        yield from _row("ends", f"cancels itself at {format_time(reading.cancel_ms)}")
    for doubt in reading.doubts:
        yield from _doubt("look", doubt, message.text)
    for remark in reading.remarks:
        yield from _doubt("remark", remark, message.text)


def _row(label: str, text: str) -> list[str]:
    return wrapped(text, f"{_INDENT}{label:<9}", " " * 11)


def _area(area: WarnedArea) -> Iterator[str]:
    from waterspace.domain import Band

    label = f" {area.label}" if area.label else ""
    what = area.category.value.replace("_", " ")
    yield from _row("area" + label if len(label) < 4 else "area", f"{what}: {_shape(area)}")
    if area.band != Band():
        yield from _row("heights", band(area.band))
    yield from _row("times", _spells(area.spells) or "none given")
    if area.reserves:
        yield from _row("reserve", _spells(area.reserves))


def _shape(area: WarnedArea) -> str:
    """The form of an area with its positions, in words."""
    from waterspace.domain import Circle, Corridor, Sector, Without
    from waterspace.messages.reading import Form
    from waterspace.notation import format_position

    points = ", ".join(format_position(position.lat_deg, position.lon_deg) for position in area.positions)
    footprint = area.footprint.base if isinstance(area.footprint, Without) else area.footprint
    less = ", less others" if isinstance(area.footprint, Without) else ""
    match footprint:
        case _ if area.form is Form.POSITION:
            return points
        case Circle():
            return f"circle of {_length(footprint.radius_m)} around {points}{less}"
        case Sector():
            first_deg = (footprint.bearing_deg - footprint.half_angle_deg) % 360.0
            last_deg = (footprint.bearing_deg + footprint.half_angle_deg) % 360.0
            bearings = f"{_bearing(first_deg)} to {_bearing(last_deg)}"
            return f"sector {bearings}, {_length(footprint.radius_m)} from {points}{less}"
        case Corridor() if area.form is Form.LINE:
            return f"line through {points}"
        case Corridor():
            return f"within {_length(footprint.half_width_m)} of the line through {points}{less}"
    return f"within {points}{less}"


def _length(length_m: float) -> str:
    """A length in the unit in which the text has it: `18.78 nm`, `300 m`, `12 km`; hundredths of a mile of others."""
    from waterspace.quantity import KILOMETRE_M, nautical_miles

    miles_nm = nautical_miles(length_m)
    is_round = abs(miles_nm - round(miles_nm, _MILE_DECIMALS)) < _ROUNDING_NM
    if is_round or abs(length_m - round(length_m)) > _ROUNDING_M:
        return f"{miles_nm:.2f}".rstrip("0").rstrip(".") + " nm"
    metres = round(length_m)
    return f"{metres / KILOMETRE_M:g} km" if metres >= KILOMETRE_M else f"{metres} m"


def _bearing(bearing_deg: float) -> str:
    """`345°`, `015.5°`: tenths where the text has them."""
    rounded_deg = round(bearing_deg, 1) % 360.0
    return f"{rounded_deg:03.0f}°" if rounded_deg.is_integer() else f"{rounded_deg:05.1f}°"


def _spells(spells: Sequence[Spell]) -> str:
    """Times in words: every one of a few, the first and the last of many."""
    words = [_spell(spell) for spell in spells]
    if len(words) > _MOST_SPELLS:
        words = [*words[: _MOST_SPELLS - 1], f"... {len(words)} in all, the last {words[-1]}"]
    return "; ".join(words)


def _spell(spell: Spell) -> str:
    from waterspace.notation import format_time

    start = "before now" if spell.start_ms is None else format_time(spell.start_ms)
    end = "until further notice" if spell.end_ms is None else f"to {format_time(spell.end_ms)}"
    return f"{start} {end}"


def _doubt(label: str, doubt: Doubt, text: str) -> Iterator[str]:
    """Why somebody must look, or may, with the line of the text and marks under the characters."""
    yield from _row(label, doubt.reason)
    start = min(doubt.span.start, len(text))
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    first, last = line_start, line_end
    if _wide(text[line_start:line_end]) > _BEFORE + _AFTER:
        first, last = max(line_start, start - _BEFORE), min(line_end, start + _AFTER)
    piece = text[first:last].replace("\t", " ").rstrip()
    if not piece.strip():
        return
    yield f"{' ' * 11}{piece}"
    marked = text[start : max(start + 1, min(doubt.span.end, last))]
    yield f"{' ' * 11}{' ' * _wide(text[first:start])}{'^' * max(1, _wide(marked))}"


def _wide(text: str) -> int:
    """Columns that a terminal gives to a text: two for a Chinese or Japanese character."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
