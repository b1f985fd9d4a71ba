"""The words that announce a place: areas, bounds, distances, lines, bearings, exceptions.

Each word calls its rule; a rule steps over what belongs to it and notes in the intent what it announces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.messages.cursor import COORDINATES, Cursor, words
from waterspace.messages.intent import Intent, Shape
from waterspace.messages.lexing import Kind
from waterspace.messages.measures import UNITS_M, Length, bearings, direction, length, length_before, number

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from waterspace.messages.lexing import Token
    from waterspace.messages.places import Places

__all__ = ["RULES", "Announcer", "sides"]

_AREA_WORDS = words(
    "AREA AREAS ZONE ZONES POLYGON POLYGONS SQUARE RECTANGLE QUADRANGLE BOX BOXES REGION CORRIDOR CORRIDORS"
)
_BOUND_WORDS = words("BOUND BOUNDED BORDERED DELIMITED ENCLOSED LIMITED FORMED DEFINED DELINEATED")
_LINE_WORDS = words("LINE LINES TRACKLINE TRACKLINES TRACK TRACKS ROUTE ROUTES")
_STRANGE_WORDS = words(
    "SEMICIRCLE SEMICIRCLES SEMI-CIRCLE SEMICIRCULAR SEMI-CIRCULAR QUADRANT ELLIPSE ELLIPTICAL OVAL ANNULUS RING "
    "COAST COASTLINE SHORE SHORELINE"
)
_COASTS = words("COAST COASTLINE SHORE SHORELINE")
_BY = words("BY WITHIN BETWEEN AS : THE IN A . LINES LINE FROM AT")
_LINE_FRAME = words("JOINING CONNECTING BETWEEN FROM THROUGH : LINKING PASSING VIA")
_RADIUS_FRAME = words("OF IS : = - A , WITH IN ABOUT")
_WITHIN_FRAME = words("A AN THE ABOUT APPROXIMATELY RADIUS OF AREA CIRCLE DISTANCE IN UP TO")
_OF = words("RADIUS OF FROM AROUND RADII")
_CENTRED = words("CENTERED CENTRED CIRCLE CIRCLES")
_CENTRE_FRAME = words("OF ON AT IN POSITION : POINT")
_EXCEPT_FRAME = words("FOR THE THAT FROM PART PARTS OF")
_LAND = words(
    "COAST COASTLINE SHORE ISLAND ISLANDS WATERS TERRITORIAL PORTION PORTIONS PART PARTS BAY BAYS LAND INSIDE SEA "
    "STRAIT STRAITS PORT PORTS CHANNEL"
)
"""Words that show that a place is left out, and not a day or a vessel."""
_SENTENCE = 10
_SIDES = words("EACH EITHER BOTH")
_ON = words("ON EACH EITHER BOTH TO OF THE A")
_CHART_KINDS = (Kind.NUMBER,)
_CHART_FRAME = words("INT ( ) , AND RUS NO NR")
_GREATEST_BEARING = 360.0
_NEAR = 5
_QUOTED = 6


class Announcer:
    """Notes what words announce.

    Attributes:
        cursor: behind the word whose rule is called.
        intent: what is announced so far.
        places: where doubts go.
    """

    __slots__ = ("cursor", "intent", "places")

    def __init__(self, cursor: Cursor, places: Places, intent: Intent) -> None:
        """Begin with what the words above announce."""
        self.cursor = cursor
        self.intent = intent
        self.places = places

    def stop(self, token: Token) -> None:
        """A full stop ends what was announced, unless it is a slip before a position."""
        after = self.cursor.peek()
        if after.text and after.kind not in COORDINATES and after.start > token.end:
            self.intent = Intent()

    def chart(self, _: Token) -> None:
        """`CHART W1009 (INT 5301)`: numbers of charts, some of which look like halves of positions."""
        cursor = self.cursor
        while cursor.peek().kind in _CHART_KINDS or cursor.peek().text in _CHART_FRAME or self._is_chart():
            cursor.at += 1

    def cancel(self, token: Token) -> None:
        """What is cancelled is no place: step to the end of the sentence."""
        cursor = self.cursor
        while cursor.at < cursor.end and not cursor.on_coordinate:
            token = cursor.take()
            if token.text == "." and cursor.peek().start > token.end:
                break
        self.intent = Intent()

    def area(self, token: Token) -> None:
        """`AREA`, `ZONES`."""
        intent = self.intent
        intent.is_plural = intent.is_plural or token.text.endswith("S")
        if intent.shape in (Shape.NONE, Shape.LINE):
            intent.shape = Shape.AREA

    def bound(self, _: Token) -> None:
        """`BOUND BY`."""
        after = self.cursor.peek()
        if after.text in _BY or after.kind in COORDINATES or not after.text:
            self.intent.shape = Shape.BOUND
            self.cursor.word(("BY", "WITHIN"))

    def joining(self, _: Token) -> None:
        """`JOINING` makes corners in an area, and a line outside of one."""
        if self.intent.shape is Shape.AREA:
            self.intent.shape = Shape.BOUND
        elif self.intent.shape is Shape.NONE:
            self.intent.shape = Shape.LINE

    def line(self, token: Token) -> None:
        """`LINE JOINING`, `TRACKLINE BETWEEN`; the lines that bound an area make none."""
        cursor, intent = self.cursor, self.intent
        after = cursor.peek()
        if (
            after.text
            and after.text not in _LINE_FRAME
            and after.kind not in COORDINATES
            and not (after.kind is Kind.WORD and cursor.peek(1).text in _LINE_FRAME)
        ):
            return
        intent.is_plural = intent.is_plural or token.text.endswith("S")
        if intent.shape is Shape.WITHIN:
            intent.of_line = True
        elif intent.shape is Shape.AREA and after.text in ("JOINING", "CONNECTING", "LINKING"):
            intent.shape = Shape.BOUND
        elif intent.shape is not Shape.BOUND:
            intent.shape = Shape.LINE

    def between(self, _: Token) -> None:
        """`BETWEEN` two of anything; two bearings make a sector."""
        if not self._took_bearings():
            self.intent.is_between = True

    def from_(self, _: Token) -> None:
        """`FROM` a position, or from a bearing."""
        if not self._took_bearings() and (self.cursor.on_coordinate or self._is_named_position()):
            self.intent.is_from = True

    def bearing(self, _: Token) -> None:
        """`BEARING 045 DEGREES`, or the two bearings of a sector."""
        if self._took_bearings():
            return
        number = self.cursor.peek()
        if number.kind is Kind.NUMBER and float(number.text) <= _GREATEST_BEARING:
            self.cursor.at += 1
            self.intent.bearing_deg = float(number.text)

    def degrees(self, _: Token) -> None:
        """`045 DEGREES`, a bearing."""
        cursor = self.cursor
        if cursor.at < cursor.start + 2:
            return
        before = cursor.tokens[cursor.at - 2]
        if before.kind is Kind.NUMBER and float(before.text) <= _GREATEST_BEARING:
            self.intent.bearing_deg = float(before.text)

    def within(self, token: Token) -> None:
        """`WITHIN TEN MILES OF`; without a length, it waits for one in the parts below."""
        cursor, intent = self.cursor, self.intent
        start = cursor.at
        cursor.skip(_WITHIN_FRAME, 5)
        found = length(cursor)
        if found is None:
            self._doubt_unitless(_OF)
            cursor.at = start
            if cursor.peek().text in (":", "") or intent.is_plural:
                intent.shape = Shape.WITHIN
            return
        self._distance(found, token)
        if sides(cursor):
            intent.of_line = True

    def unit(self, token: Token) -> None:
        """A length that no rule before it took: what stands behind it says what it is."""
        cursor, intent = self.cursor, self.intent
        cursor.at -= 1
        unit = cursor.at
        found = length_before(cursor)
        if found is None:
            cursor.at = unit + 1
            return
        after = cursor.peek().text
        if after in ("RADIUS", "AROUND"):
            self._distance(found, token)
        elif after == "DIAMETER" or (after == "IN" and cursor.peek(1).text == "DIAMETER"):
            cursor.skip(("IN", "DIAMETER"), 2)
            self._distance(Length(found.metres / 2.0, found.fault), token)
        elif after in ("WIDE", "BROAD") and (intent.shape in (Shape.LINE, Shape.AREA) or intent.of_line):
            cursor.at += 1
            intent.shape, intent.of_line = Shape.WITHIN, True
            intent.length = Length(found.metres / 2.0, found.fault)
        elif sides(cursor):
            intent.shape, intent.length, intent.of_line = Shape.WITHIN, found, True
        elif after in ("OF", "FROM"):
            self._from_place(found, token)
        else:
            bearing_deg = direction(cursor)
            if bearing_deg is not None:
                intent.bearing_deg, intent.range = bearing_deg, found

    def radius(self, token: Token) -> None:
        """`RADIUS OF 5 MILES`."""
        cursor = self.cursor
        start = cursor.at
        cursor.skip(_RADIUS_FRAME, 4)
        found = length(cursor)
        if found is None:
            self._doubt_unitless(None)
            cursor.at = start
            self.unitless(token)
        else:
            self._distance(found, token)

    def diameter(self, token: Token) -> None:
        """`DIAMETER 10 MILES`."""
        cursor = self.cursor
        start = cursor.at
        cursor.skip(_RADIUS_FRAME, 4)
        found = length(cursor)
        if found is None:
            cursor.at = start
            self.intent.strange = token.text
        else:
            self._distance(Length(found.metres / 2.0, found.fault), token)

    def unitless(self, token: Token) -> None:
        """`5 RADIUS`, `10 WIDE`, `2 EITHER SIDE`: a number whose unit is missing."""
        cursor = self.cursor
        before = cursor.tokens[cursor.at - 2] if cursor.at >= cursor.start + 2 else token
        if before.kind is Kind.NUMBER and (token.text not in _SIDES or cursor.peek().text.startswith("SIDE")):
            self._doubt_number(before, token.text)

    def _doubt_unitless(self, after: Container[str] | None) -> None:
        """Doubt a number that comes next without a unit.

        Args:
            after: words of which one, or a position, must stand behind it; None where anything may.
        """
        cursor = self.cursor
        token = cursor.peek()
        if number(cursor) is None:
            return
        follows = cursor.peek()
        is_of_place = after is None or (follows.text in after and self._is_coordinate_in_sentence())
        if is_of_place or follows.kind in COORDINATES:
            self._doubt_number(token, follows.text)

    def _doubt_number(self, token: Token, behind: str) -> None:
        self.places.doubt_at(
            token, f"the distance {token.text} stands before {behind or 'nothing'} without a unit, such as MILES"
        )

    def _is_coordinate_in_sentence(self) -> bool:
        return any(self.cursor.peek(ahead).kind in COORDINATES for ahead in range(_SENTENCE))

    def centre(self, token: Token) -> None:
        """`CENTRED ON`, a circle unless it is a line."""
        cursor = self.cursor
        after = cursor.peek()
        if any(cursor.peek(ahead).text in _LINE_WORDS for ahead in range(4)):
            return
        is_told = token.text in _CENTRED or after.kind in COORDINATES
        if is_told or (after.text in _CENTRE_FRAME and self._is_near_coordinate()):
            self.intent.is_centre = True

    def strange(self, token: Token) -> None:
        """A shape that is not read; a coast is one only where it bounds an area."""
        if token.text not in _COASTS or self.intent.shape in (Shape.AREA, Shape.BOUND):
            self.intent.strange = token.text

    def except_(self, token: Token) -> None:
        """`EXCEPT AREA`: a place that is taken out. Days that are excepted are for the times."""
        cursor = self.cursor
        start = cursor.at
        cursor.skip(_EXCEPT_FRAME, 5)
        after = cursor.peek()
        is_place = after.text in _AREA_WORDS or after.text in ("CIRCLE", "WITHIN") or after.kind in COORDINATES
        is_place = is_place and any(cursor.peek(ahead).kind in COORDINATES for ahead in range(_SENTENCE))
        cursor.at = start
        if is_place:
            self.intent = Intent(is_hole=True)
        elif token.text != "LESS" and (after.text in _AREA_WORDS or self._leaves_land()):
            self.places.doubt_at(token, f"something is left out of an area here: {self._quote()}")

    def _leaves_land(self) -> bool:
        """Whether the words to the end of the clause tell of land or water, and not of days or vessels."""
        for ahead in range(_SENTENCE):
            text = self.cursor.peek(ahead).text
            if text in _LAND:
                return True
            if text in ("IN", ".", ""):
                return False
        return False

    def _distance(self, found: Length, token: Token) -> None:
        """Within a distance, of what comes."""
        intent = self.intent
        intent.shape, intent.length = Shape.WITHIN, found
        if direction(self.cursor) is not None:
            self.places.doubt_at(
                token, f"a distance and a side stand here, which together make no circle: {self._quote()}"
            )
            return
        self.cursor.skip(_OF, 3)

    def _from_place(self, found: Length, token: Token) -> None:
        """A length with `OF` or `FROM` behind it."""
        intent = self.intent
        if intent.shape is Shape.WITHIN and intent.length is None:
            intent.length = found
            self.cursor.at += 1
        elif intent.bearing_deg is not None:
            intent.range = found
        elif self._is_near_coordinate():
            self.places.doubt_at(token, f"a distance is given from a position, without a bearing: {self._quote()}")

    def _took_bearings(self) -> bool:
        cursor = self.cursor
        start = cursor.at
        cursor.at -= 1
        found = bearings(cursor)
        if found is None:
            cursor.at = start
            return False
        self.intent.bearings_deg = found
        return True

    def _is_near_coordinate(self) -> bool:
        return any(self.cursor.peek(ahead).kind in COORDINATES for ahead in range(_NEAR))

    def _is_named_position(self) -> bool:
        """Whether a name and a position in brackets come next."""
        cursor = self.cursor
        for ahead in range(_NEAR):
            if cursor.peek(ahead).kind is not Kind.WORD:
                return ahead > 0 and cursor.peek(ahead).text == "(" and cursor.peek(ahead + 1).kind in COORDINATES
        return False

    def _is_chart(self) -> bool:
        """Whether the number of a chart comes next that has been taken for half of a position and stands alone."""
        token = self.cursor.peek()
        if token.kind not in COORDINATES or self.cursor.peek(1).kind in COORDINATES:
            return False
        return token.text[:1].isalpha() and token.text[1:].isdigit()

    def _quote(self) -> str:
        """The words at the cursor."""
        cursor = self.cursor
        first = max(cursor.at - _QUOTED, cursor.start)
        return " ".join(token.text for token in cursor.tokens[first : min(first + 2 * _QUOTED, cursor.end)])


def sides(cursor: Cursor) -> bool:
    """Whether `EACH SIDE` comes next, stepping over it."""
    if cursor.peek().text not in _ON:
        return False
    start = cursor.at
    cursor.skip(("ON", "TO"), 2)
    if cursor.word(("EACH", "EITHER", "BOTH")) and cursor.word(("SIDE", "SIDES")):
        cursor.word(("OF",))
        return True
    cursor.at = start
    return False


def _rules() -> dict[str, Callable[[Announcer, Token], None]]:
    """The rule that each word calls."""
    named: tuple[tuple[Iterable[str], Callable[[Announcer, Token], None]], ...] = (
        (".", Announcer.stop),
        (("CANCEL", "CANCELS", "CANX"), Announcer.cancel),
        (("CHART", "CHARTS"), Announcer.chart),
        (_AREA_WORDS, Announcer.area),
        (_BOUND_WORDS, Announcer.bound),
        (("JOINING", "CONNECTING", "LINKING"), Announcer.joining),
        (_LINE_WORDS, Announcer.line),
        (("BETWEEN",), Announcer.between),
        (("FROM",), Announcer.from_),
        (("BEARING", "BEARINGS", "SECTOR", "SECTORS", "AZIMUTH", "AZIMUTHS"), Announcer.bearing),
        (("DEGREES", "DEGREE", "DEG", "°"), Announcer.degrees),
        (("WITHIN",), Announcer.within),
        (UNITS_M, Announcer.unit),
        (("RADIUS", "RADII", "RAD"), Announcer.radius),
        (("DIAMETER",), Announcer.diameter),
        ((*_CENTRED, "CENTER", "CENTRE"), Announcer.centre),
        (_STRANGE_WORDS, Announcer.strange),
        ((*_SIDES, "WIDE", "BROAD"), Announcer.unitless),
        (("EXCEPT", "EXCLUDING", "EXCEPTING", "EXCLUDED", "LESS"), Announcer.except_),
    )
    return {word: rule for texts, rule in named for word in texts}


RULES = _rules()
"""The rule that each word calls."""
