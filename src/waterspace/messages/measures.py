"""Numbers, lengths and bearings, in digits and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.lexing import Kind
from waterspace.quantity import CABLE_M, FOOT_M, KILOMETRE_M, NAUTICAL_MILE_M, YARD_M

if TYPE_CHECKING:
    from waterspace.messages.cursor import Cursor

__all__ = ["DIRECTIONS", "UNITS_M", "Length", "bearings", "direction", "length", "length_before", "number"]

_ONES = [
    "ZERO",
    "ONE",
    "TWO",
    "THREE",
    "FOUR",
    "FIVE",
    "SIX",
    "SEVEN",
    "EIGHT",
    "NINE",
    "TEN",
    "ELEVEN",
    "TWELVE",
    "THIRTEEN",
    "FOURTEEN",
    "FIFTEEN",
    "SIXTEEN",
    "SEVENTEEN",
    "EIGHTEEN",
    "NINETEEN",
]
_TENS = ["TWENTY", "THIRTY", "FORTY", "FIFTY", "SIXTY", "SEVENTY", "EIGHTY", "NINETY"]
_SMALL: dict[str, float] = {word: float(value) for value, word in enumerate(_ONES)}
_SMALL |= {word: 20.0 + 10.0 * place for place, word in enumerate(_TENS)}
_SMALL |= {f"{tens}-{ones}": _SMALL[tens] + value for tens in _TENS for value, ones in enumerate(_ONES[:10]) if value}
_GREAT = {"HUNDRED": 100.0, "THOUSAND": 1000.0}
_FRACTIONS = {"HALF": 0.5, "QUARTER": 0.25, "THIRD": 1.0 / 3.0, "QUARTERS": 0.25}
_NUMBER_WORDS = {*_SMALL, *_GREAT, *_FRACTIONS, "A", "AND", "POINT", "ONE-HALF"}

UNITS_M: dict[str, float] = {
    **dict.fromkeys(("MILE", "MILES", "NM", "NMS", "NMI", "NAUTICALMILES", "MLS", "NMILES", "NMILE"), NAUTICAL_MILE_M),
    **dict.fromkeys(("KM", "KMS", "KILOMETER", "KILOMETERS", "KILOMETRE", "KILOMETRES"), KILOMETRE_M),
    **dict.fromkeys(("METER", "METERS", "METRE", "METRES", "MTR", "MTRS", "MTS"), 1.0),
    **dict.fromkeys(("YARD", "YARDS", "YDS", "YD"), YARD_M),
    **dict.fromkeys(("FOOT", "FEET", "FT"), FOOT_M),
    **dict.fromkeys(("CABLE", "CABLES"), CABLE_M),
}
"""Words for units of length. A mile at sea is a nautical mile."""

_MILE_KINDS = frozenset({"NAUTICAL", "SEA", "NAUT", "GEOGRAPHICAL", "N", "-"})
_METRES_FROM = 50.0
"""`M` is metres from this number on; below it may as well be miles."""

_POINTS = ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"]
_NAMES = {"N": "NORTH", "S": "SOUTH", "E": "EAST", "W": "WEST"}
DIRECTIONS: dict[str, float] = {}
"""Words for points of the compass, and their bearings in degrees."""
for _place, _point in enumerate(_POINTS):
    _long = [_NAMES[_letter] for _letter in _point]
    _cut = 1 if len(_long) > 2 else 0  # NORTH-NORTHEAST
    for _word in {
        _point,
        "".join(_long),
        "-".join(_long),
        "-".join((*_long[:_cut], "".join(_long[_cut:]))),
    }:
        DIRECTIONS[_word] = _place * 22.5
        if len(_word) > 4:
            DIRECTIONS[f"{_word}ERLY"] = DIRECTIONS[f"{_word}WARD"] = _place * 22.5

_DEGREE_WORDS = frozenset({"DEGREE", "DEGREES", "DEG", "DEGS", "°", "T", "TRUE"})
_BEARING_WORDS = frozenset(
    {"BEARING", "BEARINGS", "SECTOR", "TRUE", "THE", "FROM", "BETWEEN", "AZIMUTHS", "AZIMUTH", "OF"}
)
_TO_WORDS = frozenset({"TO", "AND", "-", "THROUGH", "THRU", "CLOCKWISE", "UNTIL", "BEARING"})


class Length(NamedTuple):
    """A length in metres; `fault` says why it cannot be trusted, a clause, empty where it can."""

    metres: float
    fault: str = ""


def number(cursor: Cursor) -> float | None:
    """A number in digits or words, such as `5`, `.5`, `1 1/2`, `2,5`, `TEN`, `FIVE HUNDRED`, `ONE AND A HALF`.

    A number in brackets behind the words, as in `FIVE (5)`, says the same again and is stepped over.
    """
    start = cursor.at
    token = cursor.peek()
    value: float | None
    if token.kind is Kind.NUMBER or _is_point(cursor):
        value = _digits(cursor)
    elif token.text in _NUMBER_WORDS:
        value = _words(cursor)
    else:
        return None
    if value is None:
        cursor.at = start
        return None
    if cursor.peek().text == "(" and cursor.peek(1).kind is Kind.NUMBER and cursor.peek(2).text == ")":
        cursor.at += 3
    return value


def _is_point(cursor: Cursor) -> bool:
    """Whether the point of a number such as `.5` comes next."""
    point, digits = cursor.peek(), cursor.peek(1)
    if point.text != "." or digits.kind is not Kind.NUMBER or "." in digits.text or digits.start != point.end:
        return False
    return cursor.at == 0 or cursor.tokens[cursor.at - 1].end < point.start


def _digits(cursor: Cursor) -> float:
    """A number in digits."""
    if cursor.word("."):
        return float(f"0.{cursor.take().text}")
    token = cursor.take()
    value = float(token.text)
    mark, after = cursor.peek(), cursor.peek(1)
    if mark.text == "/" and after.kind is Kind.NUMBER and float(after.text):
        cursor.at += 2
        return value / float(after.text)
    is_joined = mark.text == "," and token.end == mark.start and mark.end == after.start
    if is_joined and after.kind is Kind.NUMBER and "." not in token.text + after.text:
        cursor.at += 2
        thousands = len(after.text) == len("000")
        return float(token.text + after.text) if thousands else float(f"{token.text}.{after.text}")
    if mark.kind is Kind.NUMBER and after.text == "/" and cursor.peek(2).kind is Kind.NUMBER:
        return value + _digits(cursor)
    if mark.text == "AND" and after.text in ("A", "ONE", "HALF"):
        start = cursor.at
        part = _fraction(cursor)
        if part is None:
            cursor.at = start
        else:
            value += part
    return value


def _words(cursor: Cursor) -> float | None:
    """A number in words."""
    total, group, found = 0.0, 0.0, False
    while True:
        start = cursor.at
        part = _fraction(cursor) if found or cursor.peek().text != "AND" else None
        if part is not None:
            return total + group + part
        cursor.at = start
        text = cursor.peek().text
        if text in _SMALL:
            group += _SMALL[text]
        elif text in _GREAT:
            group = max(group, 1.0) * _GREAT[text]
            total, group = total + group, 0.0
        elif text == "POINT" and found and cursor.peek(1).text in _SMALL:
            cursor.at += 1
            return total + group + _SMALL[cursor.take().text] / 10.0
        elif (text == "AND" and found and cursor.peek(1).text in _SMALL and total) or (
            text == "-" and found and cursor.peek(1).text in _SMALL
        ):
            cursor.at += 1
            continue
        elif text == "A" and not found and cursor.peek(1).text in (*_GREAT, *UNITS_M):
            group = 1.0 if cursor.peek(1).text in UNITS_M else 0.0
        else:
            return total + group if found else None
        found = True
        cursor.at += 1


def _fraction(cursor: Cursor) -> float | None:
    """`AND A HALF`, `ONE HALF`, `HALF A`, `THREE QUARTERS`."""
    cursor.word(("AND",))
    if cursor.word(("ONE-HALF",)):
        return 0.5
    count = 1.0
    text = cursor.peek().text
    if text == "A" or (text in _SMALL and cursor.peek(1).text in _FRACTIONS):
        count = _SMALL.get(cursor.take().text, 1.0)
    part = _FRACTIONS.get(cursor.peek().text)
    if part is None:
        return None
    cursor.at += 1
    cursor.skip(("A", "AN", "OF"), 2)
    return count * part


def length(cursor: Cursor) -> Length | None:
    """A number with its unit, such as `TEN MILES`, `500-METRE`, `5.4 SEA MILES`, `5KM`."""
    start = cursor.at
    value = number(cursor)
    if value is not None:
        found = _unit(cursor, value)
        if found is not None:
            return found
    cursor.at = start
    return None


def _unit(cursor: Cursor, value: float) -> Length | None:
    """The unit behind a number."""
    if cursor.peek().text == "STATUTE":
        cursor.skip(("STATUTE", *UNITS_M), 2)
        return Length(value * NAUTICAL_MILE_M, "is in statute miles, which no chart at sea uses")
    if cursor.peek().text == "N" and cursor.peek(1).text == "." and cursor.peek(2).text == "M":
        cursor.at += 3
        cursor.skip((".",), 1)
        return Length(value * NAUTICAL_MILE_M)
    cursor.skip(_MILE_KINDS, 2)
    text = cursor.peek().text
    unit_m = UNITS_M.get(text)
    if unit_m is not None:
        cursor.at += 1
        return Length(value * unit_m)
    if text == "M":
        cursor.at += 1
        if value >= _METRES_FROM:
            return Length(value)
        return Length(value * NAUTICAL_MILE_M, "may be in miles or in metres")
    return None


_NUMBER_SIGNS = frozenset(".,/()")
_LONGEST = 8
"""Tokens of the longest number that `length_before` looks back over."""


def length_before(cursor: Cursor) -> Length | None:
    """The length whose unit comes next, stepping over the unit; None where no number stands before it.

    Reads backwards as far as a number may reach, then forwards.
    """
    unit, tokens = cursor.at, cursor.tokens
    first = unit
    while first > cursor.start and unit - first < _LONGEST:
        token = tokens[first - 1]
        if (
            token.kind is Kind.NUMBER
            or token.text in _NUMBER_WORDS
            or token.text in _MILE_KINDS
            or token.text in _NUMBER_SIGNS
        ):
            first -= 1
        else:
            break
    for start in range(first, unit):
        cursor.at = start
        found = length(cursor)
        if found is not None and cursor.at > unit:
            return found
    cursor.at = unit + 1
    return None


def direction(cursor: Cursor) -> float | None:
    """The bearing of a point of the compass followed by `OF` or `FROM`, stepping over both."""
    start = cursor.at
    cursor.word(("TO",))
    cursor.word(("THE",))
    first = DIRECTIONS.get(cursor.peek().text)
    if first is not None:
        cursor.at += 1
        if cursor.word(("OF", "FROM")):
            return first
    cursor.at = start
    return None


def bearings(cursor: Cursor) -> tuple[float, float] | None:
    """Two bearings, clockwise from the first to the second, such as `BEARINGS FROM 162 DEGREES TO 198 DEGREES`.

    At least one of them must be called degrees, or be a number of three digits after the word bearing.
    """
    start = cursor.at
    words = 0
    named = False
    while words < 4 and cursor.peek().text in _BEARING_WORDS:
        named = named or cursor.peek().text not in ("FROM", "BETWEEN", "THE", "OF", "TRUE")
        cursor.at += 1
        words += 1
    if cursor.peek().kind is not Kind.NUMBER:
        cursor.at = start
        return None
    first = float(cursor.take().text)
    called = cursor.skip(_DEGREE_WORDS, 3)
    if cursor.skip(_TO_WORDS, 3):
        cursor.skip(_BEARING_WORDS, 2)
        if cursor.peek().kind is Kind.NUMBER:
            second = float(cursor.take().text)
            called += cursor.skip(_DEGREE_WORDS, 3)
            if (called or named) and max(first, second) <= 360.0 and first != second:
                return first, second
    cursor.at = start
    return None
