"""Lists of positions, and what joins them: commas, `TO`, a coast, an arc."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.cursor import COORDINATES, words
from waterspace.messages.lexing import Kind
from waterspace.messages.measures import UNITS_M
from waterspace.messages.reading import Span

if TYPE_CHECKING:
    from waterspace.messages.cursor import Cursor, Point
    from waterspace.messages.lexing import Token

__all__ = ["Joint", "Run", "run"]


class Joint(NamedTuple):
    """What stands between two positions.

    Attributes:
        is_and: whether `AND` does.
        is_to: whether the second is gone to, by `TO`, `THENCE` or the like.
        is_via: whether `VIA` says that the second and those behind it lie on the way.
        edge: words that say that the edge between them is no straight line; empty where it is.
        names: words that are none of these, such as the name of the second.
        in_brackets: whether the second stands in brackets.
    """

    is_and: bool = False
    is_to: bool = False
    is_via: bool = False
    edge: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    in_brackets: bool = False

    @property
    def is_centre(self) -> bool:
        """Whether the second position is the centre of an arc, and no corner."""
        return not _CENTRES.isdisjoint(self.edge)


@dataclass(slots=True)
class Run:
    """Positions one behind the other.

    Attributes:
        points: of them, at least one.
        joints: what stands before each but the first.
        broken: halves among them that belong to no position.
        edge_behind: words behind the last that say that the closing edge is no straight line.
    """

    points: list[Point]
    joints: list[Joint] = field(default_factory=list)
    broken: list[Token] = field(default_factory=list)
    edge_behind: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """From the first to the last."""
        return Span(self.points[0].span.start, self.points[-1].span.end)


_PLAIN = Joint()
_SIGNS = words(", ; : / - ( )")
_TO = words("TO THEN THENCE THROUGH THRU BACK HENCE FURTHER UNTIL T0")
_CENTRES = words("CENTERED CENTRED CENTER CENTRE")
_EDGES = words(
    "ALONG FOLLOWING COAST COASTLINE COASTAL SHORE SHORELINE LIMIT LIMITS TERRITORIAL BORDER BOUNDARY ARC CURVE "
    "PARALLEL MERIDIAN ISOBATH CONTOUR CLOCKWISE ANTICLOCKWISE COUNTERCLOCKWISE ANTI-CLOCKWISE COUNTER-CLOCKWISE ANTI "
    "COUNTER"
)
"""Words that make an edge something else than a straight line."""
_NO_EDGE = words(". AREA AREAS ZONE ELLIPSE WITHIN BOUND BOUNDED BETWEEN")
_ENDS = words("COAST COASTLINE COASTAL SHORE SHORELINE BORDER")
_END_FRAME = words(", AND THEN THENCE ALONG THE BY FOLLOWING FURTHER TO BACK")
_FILLERS = words("POINT POINTS POSITION POSITIONS POSN POS THE LAT LATITUDE = * ' \" +")
_BARS = words(
    "IN WITHIN AREA AREAS VICINITY UNTIL FROM WHERE WITH BOUND BOUNDED BETWEEN REPORTED ESTABLISHED CANCEL DEPTH "
    "HEIGHT RADIUS BY FOR AT ON ZONE EXCEPT EXCLUDING DAILY"
) | set(UNITS_M)
"""Words that show that something else begins, unless an edge is told."""
_HALVES = 4
_BOX_SIGNS = words(", AND - TO")
_MOST_WORDS = 18
_MOST_NAMES = 5
_LABEL = 2


def run(cursor: Cursor, *, takes_names: bool, takes_in: bool = False) -> Run | None:
    """The positions that come next, joined by anything that joins positions; None where none does.

    Args:
        cursor: at the first half of the first position.
        takes_names: whether a name may stand before a position of the list.
        takes_in: whether `IN` stands for `TO`, as in `FROM 51-18N 144-19E IN 47-05N 142-00E`.
    """
    point = cursor.position()
    if point is None:
        return None
    found = Run([point])
    while True:
        start = cursor.at
        joint = _joint(cursor, takes_names=takes_names, takes_in=takes_in)
        if joint is None:
            break
        point = cursor.position()
        if point is not None:
            found.points.append(point)
            found.joints.append(joint)
        elif _is_torn(cursor):
            found.broken.append(cursor.take())
        else:
            break
    cursor.at = start
    found.edge_behind = _edge_behind(cursor)
    return found


def _is_torn(cursor: Cursor) -> bool:
    """Whether the half that comes next is what is left of a position, and not the first of a box."""
    kinds = []
    for at in range(cursor.at, min(cursor.at + _MOST_WORDS, cursor.end)):
        token = cursor.tokens[at]
        if token.kind in COORDINATES:
            kinds.append(token.kind)
        elif token.text not in _BOX_SIGNS:
            break
    return len(kinds) < _HALVES or kinds[0] is not kinds[1] or kinds[2] is not kinds[3] or kinds[0] is kinds[2]


def _joint(cursor: Cursor, *, takes_names: bool, takes_in: bool) -> Joint | None:
    """What stands before the next half of a position, stepping over it; None where it is no joint."""
    start, end, tokens = cursor.at, cursor.end, cursor.tokens
    if start < end and tokens[start].kind in COORDINATES:
        return _PLAIN
    if start + 1 < end and tokens[start].text == "," and tokens[start + 1].kind in COORDINATES:
        cursor.at = start + 1
        return _PLAIN
    gathered = _Gathered(takes_names, takes_in)
    for at in range(start, min(start + _MOST_WORDS, end)):
        token = tokens[at]
        if token.kind in COORDINATES:
            cursor.at = at
            return gathered.joint()
        if not (gathered.takes_sign(token.text) or gathered.takes_word(token)):
            return None
    return None


class _Gathered:
    """What stands between two positions, as far as it has been read."""

    __slots__ = ("_edge", "_in_brackets", "_is_and", "_is_stop", "_is_to", "_is_via", "_label", "_names", "_takes_in",
                 "_takes_names")  # fmt: skip

    def __init__(self, takes_names: bool, takes_in: bool) -> None:  # noqa: FBT001
        self._takes_names = takes_names
        self._takes_in = takes_in
        self._is_and = self._is_to = self._is_via = self._is_stop = self._in_brackets = False
        self._label = ""
        self._edge: list[str] = []
        self._names: list[str] = []

    def takes_sign(self, text: str) -> bool:
        """Take a sign, or a word that is a joint by itself."""
        if text in _SIGNS:
            self._in_brackets = text == "(" or (self._in_brackets and text != ")")
        elif text == "." and not self._edge:
            self._is_stop = self._is_stop or not self._names
        elif text in ("AND", "&"):
            self._is_and = True
        elif text in _TO or (text == "IN" and self._takes_in):
            self._is_to = True
        elif text == "VIA":
            self._is_via = True
        else:
            return False
        return True

    def takes_word(self, token: Token) -> bool:
        """Take a word about the edge, the label or the name of the next position."""
        text = token.text
        if text in _EDGES or (self._edge and text not in _NO_EDGE):
            self._edge.append(text)
        elif text in _FILLERS:
            return True
        elif not self._label and len(text) <= _LABEL and (len(text) == 1 or text.isdigit()):
            self._label = text
        elif (self._takes_names or self._is_to) and self._may_be_name(token):
            self._names.append(text)
        else:
            return False
        return True

    def _may_be_name(self, token: Token) -> bool:
        is_name = token.text not in _BARS and token.kind is not Kind.ZULU
        return is_name and not self._is_stop and len(self._names) < _MOST_NAMES

    def joint(self) -> Joint | None:
        """The joint; None where a name stands before a position that is no part of the list."""
        if self._names and (self._is_stop or not (self._takes_names or self._in_brackets)):
            return None
        edge, names = tuple(self._edge), tuple(self._names)
        return Joint(self._is_and, self._is_to, self._is_via, edge, names, self._in_brackets)


def _edge_behind(cursor: Cursor) -> tuple[str, ...]:
    """Words about the edge that closes a polygon, such as `COASTLINE` behind the last corner."""
    found: list[str] = []
    ahead = 0
    while ahead < _MOST_WORDS:
        text = cursor.peek(ahead).text
        if text in _ENDS:
            found.append(text)
        elif text not in _END_FRAME:
            break
        ahead += 1
    if found:
        cursor.at += ahead
    return tuple(found)
