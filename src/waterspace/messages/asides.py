"""Words beside a place that widen it, shift it or hold it open: clear distances, extensions, datums, changes.

None of them changes what is read. What a person can and must still settle is a doubt: an area that reaches further than
its positions, positions on another datum, a letter written for a digit. What only stands beside the area is a remark: a
distance to keep from it, times that may change.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from waterspace.messages.cursor import COORDINATES, Cursor, words
from waterspace.messages.lexing import Kind
from waterspace.messages.measures import DIRECTIONS, UNITS_M, length
from waterspace.messages.reading import Doubt, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from waterspace.messages.lexing import Token

__all__ = ["LETTERED", "mistyped", "open_ended", "shifted"]

_CLEAR = words("CLEAR CLEARANCE BERTH BERTHS AWAY STANDOFF STAND-OFF CPA CLOSER NEARER")
"""Words of a distance to keep."""
_KEPT = words("DISTANCE DISTANCES")
_KEEPING = words("SAFE SAFETY PASSING MINIMUM CLOSEST APPROACH")
_HEIGHT = words("VERTICAL OVERHEAD AIR DEPTH DEPTHS HEIGHT UNDERKEEL KEEL")
"""Words that show that a clearance is upwards or downwards."""
_OF_AREA = words("WITHIN RADIUS RADII")
_EXTENDED = words(
    "EXTEND EXTENDS EXTENDED EXTENDING ENLARGE ENLARGED EXPAND EXPANDED WIDEN WIDENED SHIFT SHIFTS SHIFTED MOVE MOVES "
    "MOVED DISPLACED"
)
_MAY = words("MAY MIGHT COULD CAN")
_SURFACE = words("AREA AREAS ZONE ZONES LIMIT LIMITS BOUNDARY BOUNDARIES CIRCLE SECTOR RADIUS RANGE SITE")
_TIMES = words("TIME TIMES DATE DATES DAY DAYS HOURS PERIOD PERIODS SCHEDULE SCHEDULES TIMINGS")
_CHANGING = words(
    "CHANGE CHANGES CHANGED ALTER ALTERED ALTERATION ALTERATIONS AMENDED AMENDMENT AMENDMENTS MODIFIED MODIFICATION "
    "REVISED REVISION DELAY DELAYS DELAYED ADJUSTED ADJUSTMENT VARY VARIATION RESCHEDULED WEATHER PROLONGED"
)
_DATUM = words("DATUM DATUMS PULKOVO BESSEL")
_VERTICAL = words("CHART VERTICAL SOUNDING TIDAL LOW SEARCH SAR BUOY")
"""Words before DATUM that show that it is one of heights, or a place."""
_WORLD = re.compile(r"WGS\W{0,2}(?:19)?84|ITRF|ETRS|CGCS|NAD\W?83|JGD|KGD2002|PZ\W?90")
"""Datums that lie within a metre or two of one another at sea.

Source: NGA.STND.0036, the relation of WGS 84 to ITRF; ETRS89, NAD 83, JGD, KGD2002, CGCS2000 and PZ-90 are bound to
ITRF, assumed to be near enough.
"""
_ROUND = 8
"""Words on each side of one that tells, within which its distance stands (assumed)."""

_MEASURES = ("MILES", "MILE", "NM", "KMS", "KM", "METERS", "METER", "METRES", "METRE")
LETTERED = re.compile(
    r"(?<![A-Z\d/@_=&?%.])(?:\d+(?:[OIL]+\d*)+|O\d+[OIL\d]*)[NSEWZ]?(?:(?![A-Z\d])|(?=(?:MILES?|NM|KM|MET[ER]{2}S?)\b))"
    rf"|(?<![A-Z\d])(?<![A-Z]['-])[OIL]{{1,3}}(?=\s?(?:(?:NAUTICAL|SEA)\s)?(?:{'|'.join(_MEASURES)})\b(?!['-][A-Z]))"
)
"""A number in which letters stand that look like digits."""
_TOLD_APART = bytes.maketrans(b"0123456789OIL", b"0000000000LLL")
_ONLY_LETTERS = frozenset(
    f"{''.join(signs)}{behind}"
    for size in (1, 2, 3)
    for signs in itertools.product("OIL", repeat=size)
    for behind in ("", "NAUTICAL", "SEA", *_MEASURES)
)
"""Words that are such numbers without any digit, by themselves or with what they count."""


def mistyped(said: AbstractSet[str], text: str) -> Iterator[Doubt]:
    """Doubts about letters that stand for digits, such as `1O MILES`.

    Args:
        said: texts of the tokens of a message.
        text: they are of.
    """
    if text.isascii() and said.isdisjoint(_ONLY_LETTERS):
        signs = text.encode("ascii").translate(_TOLD_APART)
        if b"0L" not in signs and b"L0" not in signs:
            return
    for match in LETTERED.finditer(text):
        reason = f"{match[0]} mixes letters with digits; a number was expected, and which is not certain."
        yield Doubt(Span(*match.span()), reason)


def shifted(tokens: Sequence[Token], said: AbstractSet[str], text: str) -> Iterator[Doubt]:
    """Doubts about words that move or enlarge what the positions of a message bound.

    Args:
        tokens: of a message that gives a place by coordinates.
        said: their texts.
        text: they are of.
    """
    if not said.isdisjoint(_DATUM) or "WGS" in said:
        yield from _datums(tokens, text)
    if not said.isdisjoint(_EXTENDED):
        yield from _extensions(tokens)


def open_ended(tokens: Sequence[Token], said: AbstractSet[str]) -> Iterator[Doubt]:
    """Remarks on distances to keep from a place and on times that may change.

    Args:
        tokens: of a message that gives a place by coordinates.
        said: their texts.
    """
    if not said.isdisjoint(_CLEAR) or not said.isdisjoint(_KEPT):
        yield from _distances(tokens)
    if not said.isdisjoint(_CHANGING) or not said.isdisjoint(_EXTENDED):
        yield from _changes(tokens)


def _distances(tokens: Sequence[Token]) -> Iterator[Doubt]:
    """`KEEP 20 MILES CLEAR`, `FIVE MILE BERTH REQUESTED`, `SAFE DISTANCE 15NM`."""
    seen: set[Span] = set()
    for at, token in enumerate(tokens):
        is_kept = token.text in _KEPT and at > 0 and tokens[at - 1].text in _KEEPING
        if not (is_kept or token.text in _CLEAR):
            continue
        first, end = _clause(tokens, at)
        if token.text == "CLEARANCE" and any(one.text in _HEIGHT for one in tokens[first:end]):
            continue
        found = min(_lengths(tokens, first, end), key=lambda pair: max(pair[0] - at, at - pair[1]), default=None)
        span = found and Span(tokens[found[0]].start, tokens[found[1]].end)
        if found and span and span not in seen:
            seen.add(span)
            said = " ".join(one.text for one in tokens[found[0] : found[1] + 1])
            yield Doubt(span, f"A distance to keep, {said}, is no part of the area that is read.")


def _lengths(tokens: Sequence[Token], first: int, end: int) -> Iterator[tuple[int, int]]:
    """Indices of the first and the last word of each length between two indices that is not that of a place."""
    at = first
    while at < end:
        cursor = Cursor(tokens, at, end)
        if tokens[at].kind in COORDINATES or length(cursor) is None:
            at += 1
            continue
        before = {one.text for one in tokens[max(at - 4, 0) : at]}
        if _is_of_message(tokens, cursor.at) or before.isdisjoint(_OF_AREA):
            yield at, cursor.at - 1
        at = cursor.at


def _is_of_message(tokens: Sequence[Token], after: int) -> bool:
    """Whether no position stands behind a length that `WITHIN` announces, so that it is a ship's and no place's."""
    return not any(one.kind in COORDINATES for one in tokens[after : after + _ROUND])


def _extensions(tokens: Sequence[Token]) -> Iterator[Doubt]:
    """`AREA MAY BE EXTENDED 10 MILES EASTWARD`: a length or a side behind the word, or the words of an area before."""
    for at, token in enumerate(tokens):
        if token.text in _EXTENDED and _is_of_area(tokens, at):
            first, end = _clause(tokens, at)
            said = tokens[first:end]
            found = " ".join(one.text for one in said)
            reason = f"{found}: the area may lie elsewhere or reach further than its positions; those were taken."
            yield Doubt(Span(said[0].start, said[-1].end), reason)


def _is_of_area(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word of extending or moving tells of the area, by a side or a length, or by what it extends."""
    first, end = _clause(tokens, at)
    behind = tokens[at + 1 : end]
    is_sided = any(one.text in DIRECTIONS and len(one.text) > 1 for one in behind)
    is_long = any(one.text in UNITS_M for one in behind)
    before = {one.text for one in tokens[first:at]}
    if is_sided and is_long:
        return True
    return not before.isdisjoint(_SURFACE) and before.isdisjoint(_TIMES) and (is_sided or is_long)


def _changes(tokens: Sequence[Token]) -> Iterator[Doubt]:
    """`TIMES SUBJECT TO CHANGE`, `DATES MAY BE EXTENDED`, `AREA MAY MOVE`."""
    for at, token in enumerate(tokens):
        if token.text not in _CHANGING and token.text not in _EXTENDED:
            continue
        first, _ = _clause(tokens, at)
        near = {one.text for one in tokens[max(at - 3, first) : at]}
        before = {one.text for one in tokens[first:at]}
        is_subject = "SUBJECT" in near and token.text in _CHANGING
        is_told = not before.isdisjoint(_TIMES | _SURFACE) and not near.isdisjoint(_MAY)
        if is_subject or (is_told and not (token.text in _EXTENDED and _is_of_area(tokens, at))):
            found = " ".join(one.text for one in tokens[first : at + 1])
            yield Doubt(
                Span(tokens[first].start, token.end), f"{found}: what is told may change; it was taken as told."
            )


def _datums(tokens: Sequence[Token], text: str) -> Iterator[Doubt]:
    """A datum that is not the world's."""
    for at, token in enumerate(tokens):
        is_named = token.text in _DATUM
        if not is_named and token.text != "WGS":
            continue
        if token.text == "DATUM" and at and tokens[at - 1].text in _VERTICAL:
            continue
        clause = _clause(tokens, at)
        first, end = max(at - 4, clause[0]), min(at + 5, clause[1])
        near = text[tokens[first].start if is_named else token.start : tokens[end - 1].end]
        if _WORLD.search(near) is None:
            named = " ".join(near.split()).rstrip(".")
            reason = f"{named}: positions on another datum than WGS 84 may lie hundreds of metres off."
            yield Doubt(token.span, f"{reason} They were taken as of WGS 84.")


def _clause(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """Indices of the words about a word, in its sentence and not beyond a position."""
    first = at
    while first > 0 and at - first < _ROUND and not _parts(tokens, first - 1):
        first -= 1
    end = at + 1
    while end < len(tokens) and end - at < _ROUND and not _parts(tokens, end):
        end += 1
    return first, end


def _parts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token ends what belongs together: a full stop or half a position."""
    token = tokens[at]
    if token.kind in COORDINATES:
        return True
    is_last = at + 1 == len(tokens)
    return token.kind is Kind.SIGN and token.text in (".", ";", "=") and (is_last or tokens[at + 1].start > token.end)
