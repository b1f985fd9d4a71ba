"""Lengths in the words of a NOTAM, and what they are of: the radius of a circle or the width of a corridor."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.lexing import Kind
from waterspace.quantity import FOOT_M, KILOMETRE_M, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.lexing import Token

__all__ = ["Extent", "extent_after", "extent_before", "first_length"]

_UNITS = {
    **dict.fromkeys(("NM", "NML", "NMI", "MILES", "MILE", "NAUTICAL", "MN", "NMS"), NAUTICAL_MILE_M),
    **dict.fromkeys(("KM", "KMS", "KILOMETERS", "KILOMETRES", "KILOMETER", "KILOMETRE"), KILOMETRE_M),
    **dict.fromkeys(("M", "METERS", "METRES", "METER", "METRE", "MTR", "MTRS"), 1.0),
    **dict.fromkeys(("FT", "FEET"), FOOT_M),
}
_CENTRE = {"CENTRED", "CENTERED", "CENTRE", "CENTER", "CENTERD", "CENTRING", "CENTERING", "CNTRD"}
_CIRCLE = {"RADIUS", "CIRCLE", "CIRCULAR", "RAD", "RADII", "RADUIS"} | _CENTRE
_WITHIN = {"WI", "WITHIN", "INSIDE", "IN"}
_OF = {"OF", "FROM", "FM", "AROUND", "ABOUT", "ROUND"}
_LINE = {"LINE", "TRACK", "ROUTE", "CENTRELINE", "CENTERLINE", "AXIS", "LINES"}
_WIDE, _SIDE = {"WIDE", "WIDTH"}, {"SIDE", "SIDES"}
_POLYGON = {"BOUNDED", "BOUND", "BOUNDARY", "JOINING", "CONNECTING", "JOINED", "LINKED"}
_NEAR, _FAR = 4, 14
_LONGEST_HEAD = 40


class Extent(NamedTuple):
    """A radius, or the half of a width.

    Attributes:
        is_circle: else it is a corridor's.
        length_m: None where there is no unit.
        last: number of its last token.
    """

    is_circle: bool
    length_m: float | None
    last: int


class _Length(NamedTuple):
    metres: float | None
    first: int
    last: int


def first_length(found: Sequence[Token], start: int, end: int) -> float | None:
    """The first length among some tokens, in metres."""
    return next((length.metres for place in range(start, end) if (length := _length(found, place, end))), None)


def extent_before(found: Sequence[Token], start: int, end: int) -> Extent | None:
    """The radius or width that words before a position, `start` to `end`, give it: the last one of them."""
    start = max(start, end - _LONGEST_HEAD)
    for place in range(end - 1, start - 1, -1):
        if found[place].kind is not Kind.NUMBER or _repeats(found, place, start):
            continue
        length = _length(found, place, end)
        if length is None:
            if place + 1 < end and found[place + 1].text == "RADIUS" and end - place <= _NEAR:
                return Extent(is_circle=True, length_m=None, last=place)
            continue
        before = {token.text for token in found[max(place - _NEAR, start) : place]}
        after = [token.text for token in found[length.last + 1 : end]]
        corridor = _corridor(length, before, after)
        if corridor is not None:
            return corridor
        if set(after) & _POLYGON:
            return None
        if _is_radius(before, after):
            return Extent(is_circle=True, length_m=length.metres, last=length.last)
    return None


def _corridor(length: _Length, before: set[str], after: list[str]) -> Extent | None:
    """The half width of a corridor, where the words around a length speak of one."""
    is_wide = bool(before & _WIDE or set(after[:2]) & _WIDE)
    is_beside = bool(_SIDE & (before | set(after)))
    is_along = bool(before & _WITHIN and after[:1] and after[0] in _OF and set(after) & _LINE)
    if not (is_wide or is_beside or is_along) or length.metres is None:
        return None
    return Extent(is_circle=False, length_m=length.metres / (2.0 if is_wide else 1.0), last=length.last)


def _repeats(found: Sequence[Token], place: int, start: int) -> bool:
    """Whether a number is the part of another behind its comma, or says the same in another unit in brackets."""
    if place - 2 < start:
        return False
    before, sign = found[place - 2], found[place - 1]
    if sign.text == "(":
        return before.text in _UNITS
    is_joined = before.end == sign.start and sign.end == found[place].start
    return sign.text == "," and before.kind is Kind.NUMBER and is_joined


def _is_radius(before: set[str], after: list[str]) -> bool:
    """Whether a length before a position is the radius around it."""
    words = set(after)
    is_circle = bool(before & _CIRCLE or words & _CIRCLE)
    is_within = bool(before & _WITHIN) and bool(after) and after[0] in _OF
    if not (is_circle or is_within):
        return False
    return len(after) <= _NEAR + 2 or (bool(words & (_CENTRE | {"RADIUS"} | _OF)) and len(after) <= _FAR)


def extent_after(found: Sequence[Token], start: int, end: int) -> Extent | None:
    """The radius or width that words after a position, `start` to `end`, give it, as in `... WITH RADIUS OF 2KM`."""
    place = start
    if place < end and found[place].text == "(":
        close = next((at for at in range(place, min(place + _FAR, end)) if found[at].text == ")"), place)
        if not any(token.text in _CIRCLE for token in found[place:close]):
            place = close
    for at in range(place, min(place + _NEAR + 2, end)):
        length = _length(found, at, end)
        if length is None:
            continue
        near = {token.text for token in found[max(at - _NEAR, start) : min(length.last + 3, end)]}
        following = [token.text for token in found[length.last + 1 : min(length.last + 5, end)]]
        if _SIDE & set(following):
            if _is_next_sentence(found, place, at) and _OF & set(following) and end < len(found):
                return None
            return Extent(is_circle=False, length_m=length.metres, last=length.last)
        is_of_next = any(word in _OF or word in _CENTRE for word in following[:2]) and end < len(found)
        if near & {"RADIUS", "RAD", "R"} and not is_of_next:
            return Extent(is_circle=True, length_m=length.metres, last=length.last)
        return None
    return None


def _is_next_sentence(found: Sequence[Token], place: int, at: int) -> bool:
    """Whether a sentence has ended between two tokens."""
    return any(token.text == "." for token in found[place:at])


def _length(found: Sequence[Token], place: int, end: int) -> _Length | None:
    """A number with its unit; a comma before one or two digits is a decimal point."""
    if found[place].kind is not Kind.NUMBER or place + 1 >= end:
        return None
    number, last = found[place].text, place
    if place + 3 < end and found[place + 1].text == "," and found[place + 1].start == found[place].end:
        digits = found[place + 2]
        if digits.kind is Kind.NUMBER and digits.start == found[place + 1].end and len(digits.text) <= 2:
            number, last = f"{number}.{digits.text}", place + 2
    unit = _UNITS.get(found[last + 1].text)
    if unit is None:
        return None
    is_two_words = found[last + 1].text == "NAUTICAL" and last + 2 < end
    return _Length(float(number) * unit, place, last + (2 if is_two_words else 1))
