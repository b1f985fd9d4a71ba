"""The positions in the words of a NOTAM, and what stands between two of them.

Words between two positions join them as corners of one figure (`-`, `TO`, `THENCE`, a number in a list), lead along an
arc, close the figure (`BACK TO START`), or part it from the next one.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from waterspace.domain import Position
from waterspace.messages.lexing import Kind, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.lexing import Token

__all__ = ["Gap", "GapKind", "Point", "body_tokens", "gap_between", "points_of"]

# Each begins with a sign that is rare, and looks behind after it, so that the search leaps from one to the next.
_LIST_DOT = re.compile(r"(\d(?<![\d.]\d)\d?)\.(?=\d{4}(?:\d\d)?(?:\.\d+)?\s?[NS][ ,/-]{0,3}\d{5,7}(?:\.\d+)?\s?[EW])")
_DASH = re.compile(r"-(?:(?=\d{4,7}(?:\.\d+)?\s?[NSEW](?![A-Z]))|(?=[NSEW]\s?\d{4})|(?<=\d[NSEW]-)(?=[A-Z]))")
_FIRST_BLANK = re.compile(
    r"([NS](?<![A-Z][NS]) ?\d\d) (\d\d(?:\.\d+)?)(?: (\d\d(?:\.\d+)?))?([ ,/-]{1,3}[EW] ?\d{3}) (\d\d(?:\.\d+)?)"
    r"(?: (\d\d(?:\.\d+)?))?(?!\d)"
)

_WITHIN_PAIR = {"-", ",", "/", ":", "LAT", "LATITUDE", "LON", "LONG", "LONGITUDE", "AND", ";"}
_MOST_WITHIN_PAIR = 3
_SEPARATORS = frozenset("-,;/.:()'\"?_>=&")
_JOINING = frozenset(
    [
        "TO",
        "THEN",
        "THENCE",
        "AND",
        "FROM",
        "FM",
        "POINT",
        "POINTS",
        "POSITION",
        "POSITIONS",
        "PSN",
        "POS",
        "COORD",
        "COORDS",
        "COORDINATE",
        "COORDINATES",
        "STRAIGHT",
        "LINE",
        "LINES",
        "JOINING",
        "VIA",
        "NEXT",
        "THROUGH",
        "BY",
        "LATITUDE",
        "LONGITUDE",
        "LAT",
        "LONG",
        "LON",
        "DIRECT",
        "TOWARDS",
        "CORNER",
        "THE",
        "IN",
        "A",
        "PT",
        "WP",
    ]
)
_CLOSING = {"BACK", "ORIGIN", "BEGINNING", "STARTING", "START", "INITIAL", "ORIGINAL", "BAC"}
_ARC = {"ARC", "ARCS", "CLOCKWISE", "ANTICLOCKWISE", "COUNTERCLOCKWISE", "ANTI-CLOCKWISE", "COUNTER-CLOCKWISE"}
_BENT = {"BORDER", "BOUNDARY", "COAST", "COASTLINE", "SHORE", "SHORELINE", "RIVER", "FRONTIER", "PARALLEL", "MERIDIAN"}
_MOST_NAMED = 8
_LIST_DIGITS = 2
_FIX_DIGITS = 6


class Point(NamedTuple):
    """A position in the text.

    Attributes:
        position: None where a half of it cannot be right.
        first: number of its first token.
        last: number of its last.
        start: place of its first character.
        end: place after its last.
        resolution_deg: half of the last digit of its coarser half.
        fault: a sentence; empty where nothing is wrong.
    """

    position: Position | None
    first: int
    last: int
    start: int
    end: int
    resolution_deg: float
    fault: str


class GapKind(Enum):
    """What the words between two positions do; a `NAMED` gap joins them through a place without coordinates."""

    JOIN = auto()
    LISTED = auto()
    NAMED = auto()
    BENT = auto()
    ARC = auto()
    CLOSE = auto()
    PART = auto()


class Gap(NamedTuple):
    """The words between two positions: what they do, and their tokens."""

    kind: GapKind
    tokens: Sequence[Token]


def body_tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of item E, with places in the text.

    Args:
        text: mended.
        start: place of its first character.
        end: place after its last.
    """
    body = text[start:end]
    if "-" in body:
        body = _DASH.sub(" ", body)
    if "." in body:
        body = _LIST_DOT.sub(r"\1 ", body)
    body = _FIRST_BLANK.sub(_dashed, body)
    return tokens(text[:start] + body, start)


def _dashed(match: re.Match[str]) -> str:
    """`N40 20 00 E135 40 00` with dashes, as long as it was."""
    parts = match.groups()
    first = "-".join(part for part in parts[:3] if part)
    return first + "-".join(part for part in parts[3:] if part)


def points_of(found: Sequence[Token]) -> tuple[list[Point], list[int]]:
    """The positions, and the numbers of the tokens that are halves of positions that nothing goes with."""
    points: list[Point] = []
    strays: list[int] = []
    latitude, longitude = Kind.LATITUDE, Kind.LONGITUDE
    halves = [at for at, token in enumerate(found) if token[0] is latitude or token[0] is longitude]
    free, count = 0, len(found)
    for place in halves:
        if place < free:
            continue
        token = found[place]
        kind = token.kind
        wanted = Kind.LONGITUDE if kind is Kind.LATITUDE else Kind.LATITUDE
        other = place + 1
        while other < count and other - place <= _MOST_WITHIN_PAIR and found[other].text in _WITHIN_PAIR:
            other += 1
        if other < count and found[other].kind is wanted:
            points.append(_point(found, place, other))
            free = other + 1
        elif not token.fault or len(token.text) > _FIX_DIGITS:
            strays.append(place)
    return points, strays


def _point(found: Sequence[Token], first: int, last: int) -> Point:
    """A position of two halves."""
    one, other = found[first], found[last]
    latitude, longitude = (one, other) if one.kind is Kind.LATITUDE else (other, one)
    wrong = next((half for half in (latitude, longitude) if half.fault), None)
    return Point(
        None if wrong else Position(lat_deg=latitude.degrees, lon_deg=longitude.degrees),
        first,
        last,
        one.start,
        other.end,
        max(one.resolution_deg, other.resolution_deg),
        f"{wrong.text} {wrong.fault}." if wrong else "",
    )


def gap_between(found: Sequence[Token], before: Point, after: Point) -> Gap:
    """What the words between two positions do."""
    gap = found[before.last + 1 : after.first]
    if not gap:
        return Gap(GapKind.JOIN, gap)
    words = {token.text for token in gap}
    if words & _ARC or {"COUNTER", "CLOCKWISE"} <= words:
        return Gap(GapKind.ARC, gap)
    if words & _CLOSING:
        return Gap(GapKind.CLOSE, gap)
    if words <= _SEPARATORS:
        return Gap(GapKind.JOIN, gap)
    if words & _BENT and words & {"ALONG", "FOLLOWING", "FLW", "BY"}:
        return Gap(GapKind.BENT, gap)
    kind = _joins(gap)
    if kind is GapKind.PART and len(gap) <= _MOST_WITHIN_PAIR and len(words - _SEPARATORS) == 1:
        kind = GapKind.NAMED
    return Gap(kind, gap)


def _joins(gap: Sequence[Token]) -> GapKind:
    """Whether words join: names in brackets, fixes and numbers of a list do."""
    is_listed = False
    place = 0
    while place < len(gap):
        token = gap[place]
        following = gap[place + 1].text if place + 1 < len(gap) else ""
        if token.text == "(":
            close = next(
                (at for at in range(place, min(place + _MOST_NAMED + 2, len(gap))) if gap[at].text == ")"), None
            )
            place = close if close is not None else place
        elif token.kind is Kind.NUMBER:
            if len(token.text) > _LIST_DIGITS:
                return GapKind.PART
            is_listed = True
        elif token.kind is Kind.WORD and token.text not in _JOINING:
            if len(token.text) <= len("OMN") and _is_fix(gap, place):
                place += 1
            elif len(token.text) == 1 and (following in (".", ")", ":", "-", "") or following.isdigit()):
                is_listed = True
            else:
                return GapKind.PART
        elif token.text not in _SEPARATORS and token.text not in _JOINING:
            return GapKind.PART
        elif token.text == "A" and following in (".", ")", ":"):
            is_listed = True
        place += 1
    return GapKind.LISTED if is_listed else GapKind.JOIN


def _is_fix(gap: Sequence[Token], place: int) -> bool:
    """Whether a name is followed by a bearing and distance, as in `OMN141034.4`."""
    if place + 1 >= len(gap) or gap[place + 1].kind is not Kind.NUMBER:
        return False
    return len(gap[place + 1].text.partition(".")[0]) == _FIX_DIGITS
