"""Lists of positions, and what joins them: commas, `TO`, a coast, an arc."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.cursor import COORDINATES
from waterspace.messages.lexing import Kind
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
        is_stop: whether a full stop does.
        edge: words that say that the edge between them is no straight line; empty where it is.
        names: words that are none of these, such as the name of the second.
        in_brackets: whether the second stands in brackets.
    """

    is_and: bool
    is_to: bool
    is_via: bool
    is_stop: bool
    edge: str
    names: tuple[str, ...]
    in_brackets: bool


@dataclass(slots=True)
class Run:
    """Positions one behind the other.

    Attributes:
        points: of them, at least one.
        joints: what stands before each but the first.
        broken: halves among them that belong to no position.
        edge_behind: words behind the last that say that the closing edge is no straight line; empty where it is.
        first_in_brackets: whether the first stands in brackets.
    """

    points: list[Point]
    joints: list[Joint] = field(default_factory=list)
    broken: list[Token] = field(default_factory=list)
    edge_behind: str = ""
    first_in_brackets: bool = False

    @property
    def span(self) -> Span:
        """From the first to the last."""
        return Span(self.points[0].span.start, self.points[-1].span.end)


_SIGNS = frozenset(",;:/-()")
_TO = frozenset({"TO", "THEN", "THENCE", "THROUGH", "THRU", "BACK", "HENCE", "FURTHER", "UNTIL"})
_COAST = frozenset(
    {
        "COAST",
        "COASTLINE",
        "COASTAL",
        "SHORE",
        "SHORELINE",
        "LIMIT",
        "LIMITS",
        "TERRITORIAL",
        "BORDER",
        "BOUNDARY",
        "ARC",
        "CURVE",
        "CIRCLE",
        "PARALLEL",
        "MERIDIAN",
        "ISOBATH",
        "CONTOUR",
    }
)
_COAST_FRAME = frozenset(
    {
        "ALONG",
        "THE",
        "OF",
        "BY",
        "FOLLOWING",
        "FOLLOWS",
        "LINE",
        "OUTER",
        "INNER",
        "SEA",
        "WATERS",
        "RUSSIAN",
        "FEDERATION",
        "STATE",
        "AND",
        "A",
        "AN",
        "EXCLUDING",
        "BAYS",
        "ISLANDS",
        "NM",
        "RADIUS",
        "CENTERED",
        "CENTRED",
        "ON",
        "AT",
        "CLOCKWISE",
        "ANTICLOCKWISE",
        "COUNTERCLOCKWISE",
        "ANTI-CLOCKWISE",
        "COUNTER-CLOCKWISE",
        "LATITUDE",
        "LONGITUDE",
    }
)
_FILLERS = frozenset(
    {"POINT", "POINTS", "POSITION", "POSITIONS", "POSN", "POS", "THE", "LAT", "LATITUDE", "=", "*", "'", '"', "+"}
)
_BARS = frozenset(
    ["IN", "WITHIN", "AREA", "AREAS", "VICINITY", "UNTIL", "FROM", "WHERE", "WITH", "BOUND", "BOUNDED", "BETWEEN", "REPORTED", "ESTABLISHED", "CANCEL", "DEPTH", "HEIGHT", "RADIUS", "MILES", "MILE", "METERS", "METRES", "KM", "NM", "BY", "FOR", "AT", "ON", "ZONE", "EXCEPT", "DAILY"]
)
"""Words that show that something else begins."""
_HALVES = 4
_BOX_SIGNS = frozenset({",", "AND", "-", "TO"})
_MOST_WORDS = 14
_MOST_NAMES = 5


def run(cursor: Cursor, *, takes_names: bool, takes_in: bool = False) -> Run | None:
    """The positions that come next, joined by anything that joins positions; None where none does.

    Args:
        cursor: at the first half of the first position.
        takes_names: whether a name may stand before a position of the list.
        takes_in: whether `IN` stands for `TO`, as in `FROM 51-18N 144-19E IN 47-05N 142-00E`.
    """
    first_in_brackets = cursor.at > 0 and cursor.tokens[cursor.at - 1].text == "("
    point = cursor.position()
    if point is None:
        return None
    found = Run([point], first_in_brackets=first_in_brackets)
    while True:
        start = cursor.at
        joint = _joint(cursor, takes_names=takes_names, takes_in=takes_in)
        point = cursor.position() if joint is not None else None
        if joint is None or (point is None and not _is_torn(cursor)):
            cursor.at = start
            break
        if point is None:
            found.broken.append(cursor.take())
            continue
        found.points.append(point)
        found.joints.append(joint)
    found.edge_behind = _edge_behind(cursor)
    return found


def _is_torn(cursor: Cursor) -> bool:
    """Whether the half that comes next is what is left of a position, and not the first of a box."""
    first = cursor.at
    kinds = []
    for at in range(first, min(first + _MOST_WORDS, cursor.end)):
        token = cursor.tokens[at]
        if token.kind in COORDINATES:
            kinds.append(token.kind)
        elif token.text not in _BOX_SIGNS:
            break
    return len(kinds) < _HALVES or kinds[:2] != [kinds[0]] * 2 or kinds[2:4] != [kinds[2]] * 2 or kinds[0] is kinds[2]


def _joint(cursor: Cursor, *, takes_names: bool, takes_in: bool) -> Joint | None:
    """What stands before the next half of a position, stepping over it; None where it is no joint."""
    start = cursor.at
    end, tokens = cursor.end, cursor.tokens
    if start < end and tokens[start].kind in COORDINATES:
        return _PLAIN
    if start + 1 < end and tokens[start].text == "," and tokens[start + 1].kind in COORDINATES:
        cursor.at = start + 1
        return _PLAIN
    is_and = is_to = is_via = is_stop = in_brackets = False
    edge: list[str] = []
    names: list[str] = []
    for at in range(start, min(start + _MOST_WORDS, end)):
        token = tokens[at]
        text = token.text
        if token.kind in COORDINATES:
            if names and (is_stop or not (takes_names or in_brackets)):
                return None
            cursor.at = at
            return Joint(is_and, is_to, is_via, is_stop, " ".join(edge), tuple(names), in_brackets)
        if text in _SIGNS:
            in_brackets = text == "(" or (in_brackets and text != ")")
        elif text == "." or text == "&":
            is_stop = is_stop or (text == "." and not names)
            is_and = is_and or text == "&"
        elif text == "AND":
            is_and = True
        elif text in _TO or (text == "IN" and takes_in):
            is_to = True
        elif text == "VIA":
            is_via = True
        elif text in _COAST or (edge and text in _COAST_FRAME) or text in ("ALONG", "FOLLOWING"):
            edge.append(text)
        elif text in _FILLERS:
            continue
        elif not (takes_names or is_to) or text in _BARS or len(names) >= _MOST_NAMES or token.kind is Kind.ZULU or is_stop:
            return None
        elif edge:
            edge.append(text)
        else:
            names.append(text)
    return None


_PLAIN = Joint(False, False, False, False, "", (), False)


def _edge_behind(cursor: Cursor) -> str:
    """Words about the edge that closes a polygon, such as `COASTLINE` behind the last corner."""
    found: list[str] = []
    ahead = 0
    while ahead < _MOST_WORDS:
        text = cursor.peek(ahead).text
        if text in _COAST and text not in ("LIMIT", "LIMITS", "CIRCLE"):
            found.append(text)
        elif text not in (",", "AND", "THEN", "THENCE", "ALONG", "THE", "BY", "FOLLOWING", "FURTHER", "TO", "BACK"):
            break
        ahead += 1
    if found:
        cursor.at += ahead
    return " ".join(found)
