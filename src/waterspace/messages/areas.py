"""Places of a part of a message: walks over its words, and hands each list of positions to what makes places of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.errors import GeometryError
from waterspace.messages import shapes
from waterspace.messages.announcing import RULES, Announcer, sides
from waterspace.messages.cursor import COORDINATES, Cursor, words
from waterspace.messages.intent import Intent, Shape
from waterspace.messages.joints import run
from waterspace.messages.lexing import Kind, Token
from waterspace.messages.making import Clause, Listed, make
from waterspace.messages.measures import DIRECTIONS, bearings, length
from waterspace.messages.places import Places
from waterspace.messages.reading import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.measures import Length

__all__ = ["Places", "read_areas"]

_HALF_FRAME = words(
    ", ; ( ) AND TO - / BETWEEN BY LAT LON LONG LATITUDE LONGITUDE LATITUDES LONGITUDES PARALLELS MERIDIANS OF THE FROM"
)
_HALVES = 4
_TRAIL_FRAME = words(", AND WITH ) ( IN A AN COVERING WITHIN ON OF FROM")
_SECTOR_WORDS = words("BETWEEN BEARING BEARINGS FROM SECTOR")
_OPPOSITE_DEG = 180.0
_SIDES_DEG = (0.0, 90.0, 180.0, 270.0)


def read_areas(tokens: Sequence[Token], start: int, end: int, inherited: Intent | None = None) -> Places:
    """The places of a part of a message.

    Args:
        tokens: of the whole message.
        start: index of the first token of the part.
        end: index after the last.
        inherited: what the words above the part announce.
    """
    return _Reader(Cursor(tokens, start, end), inherited).read()


class _Reader:
    """Walks over a part of a message and keeps what it finds."""

    __slots__ = ("_announcer", "_cursor", "_is_inherited", "_limits", "_places")

    def __init__(self, cursor: Cursor, inherited: Intent | None) -> None:
        self._cursor = cursor
        self._is_inherited = inherited is not None and inherited.is_open
        intent = Intent() if inherited is None else replace(inherited)
        self._places = Places(pending=intent)
        self._announcer = Announcer(cursor, self._places, intent)
        self._limits: dict[float, Token] = {}

    def read(self) -> Places:
        """Read to the end of the part."""
        cursor, announcer, rules = self._cursor, self._announcer, RULES
        tokens, at, end = cursor.tokens, cursor.at, cursor.end
        latitude, longitude = COORDINATES
        while at < end:
            token = tokens[at]
            if token[0] is latitude or token[0] is longitude:
                cursor.at = at
                self._place(token)
                at = cursor.at
                continue
            at += 1
            rule = rules.get(token[1])
            if rule is not None:
                cursor.at = at
                rule(announcer, token)
                at = cursor.at
        cursor.at = at
        self._doubt_limits()
        self._places.pending = announcer.intent
        return self._places

    def _place(self, first: Token) -> None:
        """Positions come next: read them, and make of them what was announced."""
        cursor, intent = self._cursor, self._announcer.intent
        found = None
        if cursor.partner() >= 0:
            found = run(cursor, takes_names=intent.is_listed, takes_in=intent.is_from)
        if found is None:
            self._halves(first)
        else:
            self._places.spans.append(found.span)
            listed = Listed(found, intent, self._trailing(intent), is_inherited=self._is_inherited)
            self._check_tail()
            make(listed, self._places)
        self._announcer.intent = Intent()

    def _trailing(self, intent: Intent) -> list[Clause]:
        """What may stand behind positions: a radius, a sector, a width; further ones are clauses of their own."""
        cursor = self._cursor
        clauses: list[Clause] = []
        while cursor.at < cursor.end:
            start = cursor.at
            cursor.skip(_TRAIL_FRAME, 4)
            found = bearings(cursor) if cursor.peek().text in _SECTOR_WORDS or _is_bearing(cursor) else None
            cursor.skip(_TRAIL_FRAME, 3)
            radius = self._trailing_length(intent)
            if radius is not None and intent.length is not None and found is not None:
                clauses.append(Clause(radius, found))
            elif radius is not None and intent.length is None:
                intent.shape, intent.length = Shape.WITHIN, radius
                intent.bearings_deg = found or intent.bearings_deg
            elif found is not None and radius is None and intent.bearings_deg is None:
                intent.bearings_deg = found
            else:
                cursor.at = start
                break
        return clauses

    def _trailing_length(self, intent: Intent) -> Length | None:
        """A radius or a width behind positions."""
        cursor = self._cursor
        start = cursor.at
        if intent.shape is not Shape.BOUND and cursor.word(("RADIUS", "RADII", "RAD", "RANGE")):
            cursor.skip(("OF", "IS", ":", "=", "-", "A"), 3)
            found = length(cursor)
            if found is not None:
                return found
        elif intent.length is None and intent.shape is not Shape.BOUND:
            found = length(cursor)
            if found is not None and cursor.word(("RADIUS", "AROUND")):
                return found
            if found is not None and intent.shape is Shape.LINE and (cursor.word(("WIDE",)) or sides(cursor)):
                intent.of_line = True
                is_whole = cursor.tokens[cursor.at - 1].text == "WIDE"
                return found._replace(metres=found.metres / 2.0) if is_whole else found
        cursor.at = start
        return None

    def _check_tail(self) -> None:
        """Doubt where numbers like a position without its letters stand behind a list."""
        cursor = self._cursor
        skip = 1 if cursor.peek().text == "," else 0
        digits, dash, rest = cursor.peek(skip), cursor.peek(skip + 1), cursor.peek(skip + 2)
        if dash.text == "-" and digits.kind is rest.kind is Kind.NUMBER and digits.end == dash.start:
            self._places.doubt_at(
                digits, f"{digits.text}-{rest.text} stands behind positions like one, and is none that can be read"
            )

    def _halves(self, first: Token) -> None:
        """Halves of positions that stand alone: a box between latitudes and longitudes, or a limit on one side."""
        cursor, places = self._cursor, self._places
        if self._took_limit(first):
            return
        halves = [cursor.take()]
        while len(halves) <= _HALVES:
            start = cursor.at
            cursor.skip(_HALF_FRAME, 6)
            if not cursor.on_coordinate:
                cursor.at = start
                break
            halves.append(cursor.take())
        span = Span(first.start, halves[-1].end)
        places.spans.append(span)
        kinds = [half.kind for half in halves]
        fault = next((f"{half.text} {half.fault}" for half in halves if half.fault), "")
        if fault:
            places.doubt(span, fault)
        elif len(halves) == _HALVES and kinds[0] is kinds[1] and kinds[2] is kinds[3] and kinds[0] is not kinds[2]:
            self._box(halves, span)
        else:
            text = " ".join(half.text for half in halves)
            places.doubt(span, f"{text} is no position, and no box between two latitudes and two longitudes")

    def _box(self, halves: Sequence[Token], span: Span) -> None:
        try:
            self._places.add(shapes.box(halves), is_hole=self._announcer.intent.is_hole)
        except GeometryError as error:
            self._places.doubt(span, str(error))

    def _took_limit(self, half: Token) -> bool:
        """Whether the half is a limit on one side, as in `NORTH OF 12-00N`; the fourth of them makes a box."""
        cursor = self._cursor
        tokens, at = cursor.tokens, cursor.at
        if at < cursor.start + 2 or tokens[at - 1].text not in ("OF", "BY"):
            return False
        side_deg = DIRECTIONS.get(tokens[at - 2].text)
        if side_deg not in _SIDES_DEG:
            return False
        if tokens[at - 1].text == "BY":  # bounded on the north by it, so south of it
            side_deg = (side_deg + _OPPOSITE_DEG) % (2.0 * _OPPOSITE_DEG)
        cursor.at += 1
        self._places.spans.append(half.span)
        self._limits[side_deg] = half
        halves = [self._limits[side] for side in _SIDES_DEG if side in self._limits]
        if len(halves) == _HALVES:
            self._limits = {}
            if [half.kind for half in halves] == [Kind.LATITUDE, Kind.LONGITUDE] * 2 and not any(
                half.fault for half in halves
            ):
                self._box(halves, Span(min(half.start for half in halves), max(half.end for half in halves)))
            else:
                self._places.doubt_at(half, "limits to the four sides are given, and they make no box")
        return True

    def _doubt_limits(self) -> None:
        for half in self._limits.values():
            self._places.doubt_at(half, f"{half.text} limits an area on one side, and the other sides are not given")


def _is_bearing(cursor: Cursor) -> bool:
    """Whether two numbers follow that may be bearings, such as `270-360 DEGREES`."""
    return (
        cursor.peek().kind is Kind.NUMBER and cursor.peek(1).text in ("-", "TO") and cursor.peek(2).kind is Kind.NUMBER
    )
