"""Places of a message: the words that announce them, the positions, and what they make."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from waterspace.domain import Without
from waterspace.errors import GeometryError
from waterspace.messages import shapes
from waterspace.messages.cursor import COORDINATES, Cursor, Point
from waterspace.messages.intent import Intent, Shape
from waterspace.messages.joints import Run, run
from waterspace.messages.lexing import Kind, Token
from waterspace.messages.measures import UNITS_M, bearings, direction, length, length_before
from waterspace.messages.reading import Doubt, Span, WarnedArea

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Places", "read_areas"]


@dataclass(slots=True)
class Places:
    """The places of a part of a message.

    Attributes:
        areas: without times, in the order of the text.
        doubts: about them.
        spans: characters that gave positions; whatever stands there is no time.
        pending: what the last words announce and what has not come yet, for the parts below.
    """

    areas: list[WarnedArea] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    pending: Intent = field(default_factory=Intent)


def read_areas(tokens: Sequence[Token], start: int, end: int, inherited: Intent | None = None) -> Places:
    """The places of a part of a message.

    Args:
        tokens: of the whole message.
        start: index of the first token of the part.
        end: index after the last.
        inherited: what the words above the part announce.
    """
    reader = _Reader(Cursor(tokens, start, end), inherited)
    reader.read()
    return reader.found


_AREA_WORDS = frozenset(
    {
        "AREA",
        "AREAS",
        "ZONE",
        "ZONES",
        "POLYGON",
        "POLYGONS",
        "SQUARE",
        "RECTANGLE",
        "QUADRANGLE",
        "BOX",
        "BOXES",
        "REGION",
    }
)
_BY = frozenset({"BY", "WITHIN", "BETWEEN", "AS", ":", "THE", "IN", "A", ".", "LINES", "LINE", "FROM", "AT"})
_LINE_FRAME = frozenset({"JOINING", "CONNECTING", "BETWEEN", "FROM", "THROUGH", ":", "LINKING", "PASSING", "VIA"})
_RADIUS_FRAME = frozenset({"OF", "IS", ":", "=", "-", "A", ",", "WITH", "IN"})
_WIDE_FRAME = frozenset(
    {"A", "AN", "THE", "ABOUT", "APPROXIMATELY", "RADIUS", "OF", "AREA", "CIRCLE", "DISTANCE", "IN"}
)


_CENTRED = frozenset({"CENTERED", "CENTRED", "CIRCLE", "CIRCLES"})
_CENTRE_FRAME = frozenset({"OF", "ON", "AT", "IN", "POSITION", ":", "POINT"})
_CORNERS = 3


class _Reader:
    """Walks over a part of a message and keeps what it announces."""

    __slots__ = ("_cursor", "_inherited", "_intent", "found")

    def __init__(self, cursor: Cursor, inherited: Intent | None) -> None:
        self._cursor = cursor
        self._inherited = inherited
        self._intent = Intent() if inherited is None else replace(inherited)
        self.found = Places()

    def read(self) -> None:
        """Read to the end of the part."""
        cursor, tokens = self._cursor, self._cursor.tokens
        rules = _RULES
        while cursor.at < cursor.end:
            token = tokens[cursor.at]
            if token.kind in COORDINATES:
                self._place()
                continue
            rule = rules.get(token.text)
            cursor.at += 1
            if rule is not None:
                rule(self, token)
        self.found.pending = self._intent

    # ---- words

    def _stop(self, token: Token) -> None:
        """A full stop ends what was announced, unless it is a slip before a position."""
        after = self._cursor.peek()
        if after.text and after.kind not in COORDINATES and after.start > token.end:
            self._intent = Intent()

    def _cancel(self, token: Token) -> None:
        """What is cancelled is no place: step to the end of the sentence."""
        cursor = self._cursor
        while cursor.at < cursor.end and not cursor.on_coordinate:
            token = cursor.take()
            if token.text == "." and cursor.peek().start > token.end:
                break
        self._intent = Intent()

    def _area(self, token: Token) -> None:
        intent = self._intent
        intent.is_plural = intent.is_plural or token.text.endswith("S")
        if intent.shape in (Shape.NONE, Shape.LINE):
            intent.shape = Shape.AREA

    def _bound(self, token: Token) -> None:
        after = self._cursor.peek()
        if after.text in _BY or after.kind in COORDINATES or not after.text:
            self._intent.shape = Shape.BOUND
            self._cursor.word(("BY", "WITHIN"))

    def _joining(self, _: Token) -> None:
        if self._intent.shape is Shape.AREA:
            self._intent.shape = Shape.BOUND
        elif self._intent.shape is Shape.NONE:
            self._intent.shape = Shape.LINE

    def _line(self, token: Token) -> None:
        cursor, intent = self._cursor, self._intent
        after = cursor.peek()
        if after.text not in _LINE_FRAME and after.kind not in COORDINATES and after.text:
            if after.kind is not Kind.WORD or cursor.peek(1).text not in _LINE_FRAME:
                return
        if intent.shape is Shape.WITHIN:
            intent.of_line = True
        elif intent.shape is not Shape.BOUND and not (
            intent.shape is Shape.AREA and after.text in ("JOINING", "CONNECTING")
        ):
            intent.shape = Shape.LINE
        if token.text.endswith("S"):
            intent.is_plural = True

    def _between(self, _: Token) -> None:
        cursor = self._cursor
        cursor.at -= 1
        found = bearings(cursor)
        if found is not None:
            self._bearings(found)
        else:
            cursor.at += 1
            self._intent.is_between = True

    def _from(self, token: Token) -> None:
        cursor = self._cursor
        cursor.at -= 1
        found = bearings(cursor)
        if found is not None:
            self._bearings(found)
        else:
            cursor.at += 1
            if cursor.on_coordinate:
                self._intent.is_from = True

    def _bearing(self, token: Token) -> None:
        """`BEARING 045 DEGREES`, or two bearings of a sector."""
        cursor = self._cursor
        cursor.at -= 1
        found = bearings(cursor)
        if found is not None:
            self._bearings(found)
            return
        cursor.at += 1
        if cursor.peek().kind is Kind.NUMBER:
            value = float(cursor.peek().text)
            if value <= 360.0:
                cursor.at += 1
                self._intent.bearing_deg = value

    def _degrees(self, token: Token) -> None:
        """`045 DEGREES`, a bearing."""
        cursor = self._cursor
        before = cursor.tokens[cursor.at - 2] if cursor.at > 1 else None
        if before is not None and before.kind is Kind.NUMBER and float(before.text) <= 360.0:
            self._intent.bearing_deg = float(before.text)

    def _bearings(self, found: tuple[float, float]) -> None:
        self._intent.bearings_deg = found

    def _within(self, _: Token) -> None:
        cursor, intent = self._cursor, self._intent
        start = cursor.at
        cursor.skip(_WIDE_FRAME, 5)
        found = length(cursor)
        if found is None:
            cursor.at = start
            if cursor.peek().text in (":", "") or intent.is_plural:
                intent.shape = Shape.WITHIN
            return
        intent.shape, intent.length = Shape.WITHIN, found
        cursor.skip(("RADIUS", "OF", "FROM", "AROUND", "RADII"), 3)

    def _unit(self, token: Token) -> None:
        """A length that no rule before it took: what stands behind it says what it is."""
        cursor, intent = self._cursor, self._intent
        cursor.at -= 1
        unit = cursor.at
        before = length_before(cursor)
        if before is None:
            cursor.at = unit + 1
            return
        found, _ = before
        if cursor.word(("RADIUS", "AROUND")):
            intent.shape, intent.length = Shape.WITHIN, found
            cursor.skip(("OF", "FROM", "AROUND"), 2)
            return
        if cursor.peek().text in ("ON", "EACH", "EITHER", "BOTH", "TO") and self._sides():
            intent.shape, intent.length, intent.of_line = Shape.WITHIN, found, True
            return
        if cursor.peek().text in ("OF", "FROM"):
            if intent.shape is Shape.WITHIN and intent.length is None:
                intent.length = found
                cursor.at += 1
            elif intent.bearing_deg is not None:
                intent.range = found
            elif self._near_coordinate():
                self._doubt(token, f"a distance is given from a position, without a bearing: {self._quote(token)}")
            return
        bearing_deg = direction(cursor)
        if bearing_deg is not None:
            intent.bearing_deg, intent.range = bearing_deg, found

    def _sides(self) -> bool:
        cursor = self._cursor
        start = cursor.at
        cursor.skip(("ON", "TO"), 2)
        if cursor.word(("EACH", "EITHER", "BOTH")) and cursor.word(("SIDE", "SIDES")):
            cursor.word(("OF",))
            return True
        cursor.at = start
        return False

    def _near_coordinate(self) -> bool:
        return any(self._cursor.peek(ahead).kind in COORDINATES for ahead in range(1, 5))

    def _radius(self, _: Token) -> None:
        cursor = self._cursor
        start = cursor.at
        cursor.skip(_RADIUS_FRAME, 4)
        found = length(cursor)
        if found is None:
            cursor.at = start
            return
        self._intent.shape, self._intent.length = Shape.WITHIN, found
        cursor.skip(("OF", "FROM", "AROUND"), 2)

    def _centre(self, token: Token) -> None:
        after = self._cursor.peek()
        if token.text in _CENTRED or after.kind in COORDINATES:
            self._intent.is_centre = True
        elif after.text in _CENTRE_FRAME and self._near_coordinate():
            self._intent.is_centre = True

    def _except(self, token: Token) -> None:
        cursor = self._cursor
        start = cursor.at
        cursor.skip(("FOR", "THE", "THAT", "FROM", "PART", "PARTS", "OF", "WITHIN"), 5)
        after = cursor.peek()
        cursor.at = start
        if after.text in _AREA_WORDS or after.kind in COORDINATES:
            self._intent = Intent(is_hole=True)
        elif token.text != "EXCEPT":
            self._doubt(token, f"something is excluded that has no position: {self._quote(token)}")

    # ---- positions

    def _place(self) -> None:
        """Positions come next: read them, and make of them what was announced."""
        cursor = self._cursor
        intent = self._intent
        first = cursor.tokens[cursor.at]
        start = cursor.at
        if cursor.partner() < 0:
            self._halves(first)
            self._intent = self._after()
            return
        takes_names = intent.shape in (Shape.BOUND, Shape.AREA, Shape.LINE) or intent.is_from or intent.is_between
        found = run(cursor, takes_names=takes_names, takes_in=intent.is_from)
        if found is None:
            cursor.at = start + 1
            return
        self.found.spans.append(found.span)
        self._trailing()
        self._check_tail(found)
        for half in found.broken:
            self._doubt(half, f"{half.text} is half a position; the other half is expected beside it")
        faults = [point for point in found.points if point.fault]
        for point in faults:
            self.found.doubts.append(
                Doubt(
                    point.span, f"the position {self._text(point.span)} {point.fault}; a position on earth is expected."
                )
            )
        if not faults:
            try:
                self._make(found)
            except GeometryError as error:
                self.found.doubts.append(Doubt(found.span, f"{error}."))
        self._intent = self._after()

    def _after(self) -> Intent:
        """What is announced once a place has come: a distance holds for further positions of the list."""
        return Intent()

    def _trailing(self) -> None:
        """What may stand behind positions: a radius, a sector."""
        cursor, intent = self._cursor, self._intent
        while True:
            start = cursor.at
            cursor.skip((",", "AND", "WITH", ")", "IN", "COVERING", "(", "A", "WITHIN", "ON"), 4)
            text = cursor.peek().text
            if text in ("RADIUS", "RADII") and not (intent.shape is Shape.WITHIN and intent.length):
                cursor.at += 1
                self._radius(cursor.peek())
                if intent.length is not None:
                    continue
            elif text in ("BETWEEN", "BEARING", "BEARINGS", "FROM", "SECTOR") and intent.bearings_deg is None:
                found = bearings(cursor)
                if found is not None:
                    intent.bearings_deg = found
                    continue
            elif intent.length is None and intent.shape is not Shape.BOUND:
                found_length = length(cursor)
                if found_length is not None and cursor.word(("RADIUS", "AROUND")):
                    intent.shape, intent.length = Shape.WITHIN, found_length
                    continue
            cursor.at = start
            return

    def _check_tail(self, found: Run) -> None:
        """Doubt where numbers like a position without its letters stand behind a list."""
        cursor = self._cursor
        skip = 1 if cursor.peek().text == "," else 0
        digits, dash, rest = cursor.peek(skip), cursor.peek(skip + 1), cursor.peek(skip + 2)
        if digits.kind is Kind.NUMBER and dash.text == "-" and rest.kind is Kind.NUMBER and digits.end == dash.start:
            self._doubt(digits, f"{digits.text}-{rest.text} stands in a list of positions and is none that can be read")

    def _make(self, found: Run) -> None:
        """Make a place of positions."""
        intent, points = self._intent, found.points
        edges = [joint.edge for joint in found.joints if joint.edge]
        if found.edge_behind and intent.shape in (Shape.AREA, Shape.BOUND):
            edges.append(found.edge_behind)
        if edges and intent.shape is not Shape.LINE:
            self.found.doubts.append(
                Doubt(
                    found.span,
                    f"an edge is no straight line ({edges[0].lower()}); it is drawn straight between its ends.",
                )
            )
        if intent.shape is Shape.WITHIN and intent.length is not None:
            self._within_of(found)
        elif intent.is_centre:
            self._doubt_span(found.span, "a circle is announced here and no radius is given")
        elif intent.range is not None and intent.bearing_deg is not None and intent.shape is Shape.NONE:
            self._offset(found)
        elif intent.shape is Shape.BOUND or (intent.shape is Shape.AREA and not self._is_pair(found)):
            self._corners(found)
        elif len(points) > 1 and self._is_line(found):
            self._add(shapes.line(_in_order(found)))
        else:
            if intent.shape is Shape.AREA and len(points) == 2:
                self._doubt_span(
                    found.span, "an area is announced and two positions are given, which may be corners or ends"
                )
            if len(points) >= _CORNERS and intent.shape is Shape.NONE and self._inherited_nothing():
                self._doubt_span(found.span, "positions stand in a list, and nothing says whether they bound an area")
            for point in points:
                self._add(shapes.single(point))

    def _inherited_nothing(self) -> bool:
        return self._inherited is None or not self._inherited.is_open

    def _is_pair(self, found: Run) -> bool:
        return len(found.points) <= 2

    def _is_line(self, found: Run) -> bool:
        """Whether positions that are no area make a line."""
        intent = self._intent
        if intent.shape is Shape.LINE:
            return True
        if intent.shape is Shape.AREA:
            return False
        if intent.is_between and len(found.points) == 2:
            return True
        return any(joint.is_to for joint in found.joints)

    def _within_of(self, found: Run) -> None:
        intent, points = self._intent, found.points
        length_m = intent.length
        assert length_m is not None
        if length_m.fault:
            self._doubt_span(found.span, f"the distance from here {length_m.fault}")
        if intent.of_line or (len(points) == 2 and intent.is_between):
            self._add(shapes.corridor(_in_order(found), length_m.metres))
            return
        for point in points:
            self._add(shapes.circle(point, length_m.metres, intent.bearings_deg))

    def _offset(self, found: Run) -> None:
        """A position given by bearing and range from another."""
        from waterspace.geometry.geodesic import destination

        intent = self._intent
        point = found.points[0]
        assert intent.range is not None
        assert intent.bearing_deg is not None
        moved = destination(point.position, intent.bearing_deg, intent.range.metres)
        self._add(shapes.single(point._replace(position=moved)))
        for other in found.points[1:]:
            self._add(shapes.single(other))

    def _corners(self, found: Run) -> None:
        """Corners of one area, or of several that are closed one after the other."""
        points = found.points
        if len(points) < 3:
            if len(points) == 1 and self._intent.shape is Shape.AREA:
                self._add(shapes.single(points[0]))
                return
            self._doubt_span(found.span, f"an area is bounded by {len(points)} positions; at least three are expected")
            return
        named = [joint for joint in found.joints if joint.names and not joint.in_brackets]
        if named:
            words = " ".join(named[0].names)
            self._doubt_span(found.span, f"between corners of an area stands {words}, which is not understood")
        for corners in self._rings(found):
            self._add(shapes.polygon(corners))

    def _rings(self, found: Run) -> list[list[Point]]:
        """Lists of corners, cut where one comes back to its first."""
        rings: list[list[Point]] = []
        ring: list[Point] = []
        for point in found.points:
            ring.append(point)
            if len(ring) > 3 and point.position == ring[0].position:
                rings.append(ring)
                ring = []
        if ring and rings and len(ring) < 3:
            if all(point.position == rings[-1][0].position for point in ring):
                ring = []
            else:
                self._doubt_span(found.span, "corners stand behind the one that closes the area")
                ring = []
        if ring:
            rings.append(ring)
        return rings

    def _halves(self, first: Token) -> None:
        """Halves of positions that stand alone: a box between latitudes and longitudes, or a limit."""
        cursor = self._cursor
        halves = [cursor.take()]
        while len(halves) < 5:
            start = cursor.at
            cursor.skip(
                (
                    ",",
                    "AND",
                    "TO",
                    "-",
                    "/",
                    "LATITUDES",
                    "LONGITUDES",
                    "LATITUDE",
                    "LONGITUDE",
                    "BETWEEN",
                    "(",
                    ")",
                    "BY",
                    ";",
                ),
                4,
            )
            if not cursor.on_coordinate:
                cursor.at = start
                break
            halves.append(cursor.take())
        span = Span(first.start, halves[-1].end)
        self.found.spans.append(span)
        kinds = [half.kind for half in halves]
        faults = [half for half in halves if half.fault]
        if faults:
            self._doubt_span(span, f"{faults[0].text} {faults[0].fault}")
        elif len(halves) == 4 and kinds[0] is kinds[1] and kinds[2] is kinds[3] and kinds[0] is not kinds[2]:
            try:
                self._add(shapes.box(halves))
            except GeometryError as error:
                self._doubt_span(span, str(error))
        else:
            self._doubt_span(
                span,
                f"{self._text(span)} is half a position, or no box; latitudes and longitudes in pairs are expected",
            )

    # ---- results

    def _add(self, area: WarnedArea) -> None:
        if self._intent.is_hole:
            if self.found.areas:
                base = self.found.areas[-1]
                self.found.areas[-1] = replace(base, footprint=Without(base=base.footprint, holes=(area.footprint,)))
            else:
                self._doubt_span(area.spans[0], "an area is excluded from none that can be read")
            return
        self.found.areas.append(area)

    def _doubt(self, token: Token, reason: str) -> None:
        self._doubt_span(token.span, reason)

    def _doubt_span(self, span: Span, reason: str) -> None:
        self.found.doubts.append(Doubt(span, f"{reason[0].upper()}{reason[1:]}."))

    def _quote(self, token: Token) -> str:
        """A few words around a token."""
        cursor = self._cursor
        at = max(cursor.at - 4, 0)
        return " ".join(part.text for part in cursor.tokens[at : at + 8])

    def _text(self, span: Span) -> str:
        cursor = self._cursor
        return " ".join(token.text for token in cursor.tokens if span.start <= token.start < span.end)[:80]


def _in_order(found: Run) -> list[Point]:
    """The points of a line as they are passed: `FROM a TO b VIA c d` passes c and d before b."""
    points = found.points
    if len(points) > 2 and found.joints[1].is_via and (found.joints[0].is_to or found.joints[0].is_and):
        return [points[0], *points[2:], points[1]]
    return points


def _rules() -> dict[str, Callable[[_Reader, Token], None]]:
    """The rule that each word calls."""
    reader = _Reader
    rules: dict[str, Callable[[_Reader, Token], None]] = {
        ".": reader._stop,
        "BETWEEN": reader._between,
        "FROM": reader._from,
    }
    for words, rule in (
        (("CANCEL", "CANCELS", "CANX"), reader._cancel),
        (_AREA_WORDS, reader._area),
        (
            ("BOUND", "BOUNDED", "BORDERED", "DELIMITED", "ENCLOSED", "LIMITED", "FORMED", "DEFINED", "DELINEATED"),
            reader._bound,
        ),
        (("JOINING", "CONNECTING", "LINKING"), reader._joining),
        (("LINE", "LINES", "TRACKLINE", "TRACKLINES", "TRACK", "TRACKS", "ROUTE", "ROUTES"), reader._line),
        (("BEARING", "BEARINGS", "SECTOR", "AZIMUTHS"), reader._bearing),
        (("DEGREES", "DEGREE", "DEG", "°"), reader._degrees),
        (("WITHIN",), reader._within),
        (UNITS_M, reader._unit),
        (("RADIUS", "RADII"), reader._radius),
        (("CENTERED", "CENTRED", "CENTER", "CENTRE", "CIRCLE", "CIRCLES"), reader._centre),
        (("EXCEPT", "EXCLUDING", "EXCEPTING", "EXCLUDED"), reader._except),
    ):
        rules |= dict.fromkeys(words, rule)
    return rules


_RULES = _rules()
