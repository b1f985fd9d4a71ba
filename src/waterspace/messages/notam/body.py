"""Item E: polygons, circles, corridors, arcs and single positions, as many as there are.

Figures are made of the positions and of the words before, between and after them; see `points` and `lengths`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from waterspace.messages.notam.arcs import Arc
from waterspace.messages.notam.lengths import extent_after, extent_before, first_length
from waterspace.messages.notam.points import GapKind, gap_between, points_of
from waterspace.messages.reading import Doubt, Form, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Position
    from waterspace.messages.lexing import Token
    from waterspace.messages.notam.lengths import Extent
    from waterspace.messages.notam.points import Gap, Point

__all__ = ["Figure", "read_body"]

_LEFT_OUT = {"EXCLUDING", "EXCEPT", "EXCL", "EXC", "EXCLUDED", "EXCEPTING"}
_TRACKS = {"LINE", "TRACK", "TRACKLINE", "ROUTE"}
_LINE = {"LINE", "TRACK", "TRACKLINE", "ROUTE", "CORRIDOR", "SEGMENT"}
_AREA_NAMES = {"AREA", "ZONE", "SECTOR", "PART", "BOX", "POLYGON", "TSA", "TRA", "BLOCK"}
_SLICES = {"SEMICIRCLE", "SEMI-CIRCLE", "QUADRANT", "ARC", "BEARINGS", "RADIALS"}
_BEARINGS = {"BEARING", "BRG", "RDL", "RADIAL"}
_NO_LABELS = {"ACT", "WI", "AS", "IS", "OF", "DUE", "IN", "AT", "TO", "BY", "THE", "FLW", "SFC", "GND", "FOR", "ON"}
_CORNERS = 3
_BOUNDED = {"BOUNDED", "BOUND", "JOINING", "CONNECTING", "ENCLOSED"}
_ROUTE = {"DCT", "VIA"}
_SIDES = {"SIDE", "SIDES"}
_SHORT = 4
_LABEL_REACH = 12
_LONGEST_LABEL = 6


@dataclass(slots=True, kw_only=True)
class Figure:
    """A place that item E describes, in places of the mended text.

    Attributes:
        form: area, line or position.
        points: as the text gives them, the first not repeated.
        arcs: which way an edge leads along an arc, by the number of the point that it begins at.
        radius_m: of a circle, half the width of a corridor; None for a polygon.
        is_corridor: whether the points are a line with a width.
        is_left_out: whether it is taken out of the figure before it.
        label: its name.
        start: place where its description begins.
        end: place where its description ends and the words behind it begin.
    """

    form: Form
    points: list[Point]
    arcs: dict[int, Arc] = field(default_factory=dict)
    radius_m: float | None = None
    is_corridor: bool = False
    is_left_out: bool = False
    label: str = ""
    start: int = 0
    end: int = 0

    @property
    def positions(self) -> tuple[Position, ...]:
        """Of the points."""
        return tuple(point.position for point in self.points if point.position is not None)


@dataclass(slots=True)
class _Chain:
    """Points that belong together, and how."""

    points: list[Point]
    gaps: list[Gap] = field(default_factory=list)
    arcs: dict[int, Arc] = field(default_factory=dict)
    centres: int = 0
    is_closed: bool = False
    start: int = 0


@dataclass(slots=True)
class _Body:
    """The way through the points of item E."""

    tokens: Sequence[Token]
    points: list[Point]
    place: int = 0
    used: int = 0
    figures: list[Figure] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, start: int, end: int, reason: str) -> None:
        """Something is not understood."""
        self.doubts.append(Doubt(Span(start, end), reason))


def read_body(found: Sequence[Token]) -> tuple[list[Figure], list[Doubt]]:
    """The figures of item E, and what was not understood, both with places in the mended text.

    Args:
        found: its tokens.
    """
    points, strays = points_of(found)
    body = _Body(found, points)
    for place in strays:
        stray = found[place]
        if _is_number_of_notam(found, place):
            continue
        body.doubt(
            stray.start, stray.end, f"{stray.text} is half of a position; the other half was not found beside it."
        )
    while body.place < len(points):
        chain = _chain(body)
        for part in _parted(body, chain):
            _figure(body, part)
        body.used = max(body.used, body.points[body.place - 1].last + 1)
        _skip_repeated(body, chain)
    return body.figures, body.doubts


def _is_number_of_notam(found: Sequence[Token], place: int) -> bool:
    """Whether half of a position is half of `N2493/24`, or of a word such as `CNS123W`."""
    stray = found[place]
    following = found[place + 1] if place + 1 < len(found) else None
    if following is not None and following.text == "/" and following.start == stray.end:
        return True
    return place > 0 and found[place - 1].end == stray.start and found[place - 1].text.isalpha()


# --------------------------------------------------------------------------------------------------------------- chains


def _chain(body: _Body) -> _Chain:
    """The points from here on that belong together."""
    points = body.points
    chain = _Chain([points[body.place]], start=body.used)
    is_beside = any(token.text in _SIDES for token in body.tokens[chain.start : chain.points[0].first])
    body.place += 1
    while body.place < len(points):
        here = points[body.place]
        gap = gap_between(body.tokens, points[body.place - 1], here)
        if gap.kind is GapKind.ARC and _take_arc(body, chain, gap):
            if _closes(chain):
                chain.is_closed = True
                break
            continue
        if gap.kind is GapKind.NAMED:
            head = {token.text for token in body.tokens[chain.start : chain.points[0].first]}
            if not head & _BOUNDED:
                break
            told = " ".join(token.text for token in gap.tokens if token.text.isalnum())
            body.doubt(gap.tokens[0].start, gap.tokens[-1].end, f"The corner {told} has a name and no coordinates.")
        if gap.kind in (GapKind.CLOSE, GapKind.PART, GapKind.ARC):
            chain.is_closed = gap.kind is GapKind.CLOSE
            _note_short_gap(body, chain, gap)
            break
        if gap.kind is GapKind.BENT:
            body.doubt(
                gap.tokens[0].start, gap.tokens[-1].end, "An edge follows a border or a coast, not a straight line."
            )
        chain.points.append(here)
        chain.gaps.append(gap)
        body.place += 1
        if not is_beside and _closes(chain):
            chain.is_closed = True
            break
    return chain


def _skip_repeated(body: _Body, chain: _Chain) -> None:
    """Pass over the first corner where it stands once more behind its closed figure."""
    if not chain.is_closed or body.place >= len(body.points):
        return
    again = body.points[body.place]
    gap = gap_between(body.tokens, body.points[body.place - 1], again)
    if again.position == chain.points[0].position and gap.kind is GapKind.JOIN:
        body.place += 1
        body.used = again.last + 1


def _closes(chain: _Chain) -> bool:
    """Whether the last point is the first; it is then taken off."""
    first, last = chain.points[0].position, chain.points[-1].position
    if len(chain.points) > _CORNERS - (1 if chain.arcs else 0) and first is not None and first == last:
        chain.points.pop()
        return True
    return False


def _note_short_gap(body: _Body, chain: _Chain, gap: Gap) -> None:
    """Doubt words that part corners though they are few and nothing says that a figure ends."""
    if gap.kind is not GapKind.PART or len(chain.points) < _CORNERS or len(gap.tokens) > _SHORT:
        return
    words = {token.text for token in gap.tokens}
    if words & _AREA_NAMES or words & _LEFT_OUT or ":" in words or {"AND"} & words or "." in words:
        return
    told = " ".join(token.text for token in gap.tokens)
    body.doubt(gap.tokens[0].start, gap.tokens[-1].end, f"Found {told} between corners; a figure was ended there.")


def _take_arc(body: _Body, chain: _Chain, gap: Gap) -> bool:
    """Take the centre and the end of an arc; False where they are not there."""
    points, place = body.points, body.place
    if place + 1 >= len(points):
        return False
    centre, end = points[place], place + 1
    words = {token.text for token in body.tokens[centre.last + 1 : points[end].first]}
    if words & {"BETWEEN", "BTN"} and end + 1 < len(points):
        end += 1
    texts = [token.text for token in gap.tokens]
    turns = [text for text in texts if "CLOCK" in text]
    is_back = any(text.startswith(("ANTI", "COUNTER")) for text in texts)
    first, last = gap.tokens[0], gap.tokens[-1]
    if not turns:
        body.doubt(first.start, last.end, "An arc has no direction; the shorter way was taken.")
    radius_m = first_length(gap.tokens, 0, len(gap.tokens))
    if centre.position is None:
        body.doubt(centre.start, centre.end, centre.fault)
        return False
    clockwise = None if not turns else not is_back
    chain.arcs[len(chain.points) - 1] = Arc(centre.position, radius_m, clockwise, Span(first.start, centre.end))
    chain.points.append(points[end])
    chain.gaps.append(gap)
    body.place = end + 1
    return True


def _parted(body: _Body, chain: _Chain) -> list[_Chain]:
    """A chain cut where a number begins another figure: some, but not all, of its gaps are numbered; or at its AND."""
    cuts = [place for place, gap in enumerate(chain.gaps) if gap.kind is GapKind.LISTED]
    ands = [place for place, gap in enumerate(chain.gaps) if any(token.text == "AND" for token in gap.tokens)]
    if chain.arcs:
        return [chain]
    if not cuts and len(ands) == 1:
        cuts = ands
    if not cuts or len(cuts) >= len(chain.gaps) - 1:
        return [chain]
    bounds = [0, *(place + 1 for place in cuts), len(chain.points)]
    parts = [chain.points[start:end] for start, end in pairwise(bounds)]
    if any(len(part) < _CORNERS for part in parts):
        return [chain]
    if cuts is ands:
        body.doubt(parts[0][-1].start, parts[1][0].end, "Corners on both sides of AND were taken for two areas.")
    return [
        _Chain(part, is_closed=True, start=chain.start if place == 0 else parts[place - 1][-1].last + 1)
        for place, part in enumerate(parts)
    ]


# -------------------------------------------------------------------------------------------------------------- figures


def _figure(body: _Body, chain: _Chain) -> None:
    """What a chain is."""
    wrong = [point for point in chain.points if point.fault]
    for point in wrong:
        body.doubt(point.start, point.end, point.fault)
    head = body.tokens[chain.start : chain.points[0].first]
    extent = _extent(body, chain)
    if wrong:
        return
    words = [token.text for token in head]
    figures = _shaped(body, chain, words, extent)
    is_left_out = any(word in _LEFT_OUT for word in words[-_LABEL_REACH:])
    for figure in figures:
        is_list_of_corners = any(gap.kind is GapKind.LISTED for gap in chain.gaps)
        figure.label, figure.is_left_out = _label(words, is_list_of_corners), is_left_out
        figure.start = head[0].start if head else chain.points[0].start
        figure.end = body.tokens[max(body.used - 1, chain.points[-1].last)].end
    body.figures.extend(figures)


def _extent(body: _Body, chain: _Chain) -> Extent | None:
    """The radius or width that the words before or behind a chain give it."""
    first, last = chain.points[0], chain.points[-1]
    extent = extent_before(body.tokens, chain.start, first.first)
    if extent is None and (len(chain.points) == 1 or not chain.is_closed):
        following = body.points[body.place].first if body.place < len(body.points) else len(body.tokens)
        extent = extent_after(body.tokens, last.last + 1, following)
        if extent:
            body.used = extent.last + 1
    if extent and extent.length_m is None:
        body.doubt(first.start, first.end, "A radius has no unit; no circle was made of it.")
        return None
    return extent


def _shaped(body: _Body, chain: _Chain, words: list[str], extent: Extent | None) -> list[Figure]:
    """The figures of a chain, without their names and places."""
    points = chain.points
    near = set(words[-_LABEL_REACH:])
    is_ring = chain.is_closed and len(points) >= _CORNERS
    if extent and extent.is_circle and not chain.arcs and not is_ring:
        return _circles(body, points, words, extent)
    if extent and not extent.is_circle and len(points) > 1:
        return [Figure(form=Form.AREA, points=points, radius_m=extent.length_m, is_corridor=True)]
    is_line = bool(near & (_TRACKS if len(points) >= _CORNERS else _LINE))
    if len(points) > 1 and is_line and not chain.is_closed and not chain.arcs:
        return [Figure(form=Form.LINE, points=points)]
    if len(points) >= _CORNERS or (chain.arcs and len(points) > 1):
        return [Figure(form=Form.AREA, points=points, arcs=chain.arcs)]
    return [] if _is_on_route(body, points) else _places(body, points, near)


def _places(body: _Body, points: list[Point], near: set[str]) -> list[Figure]:
    """Single positions, unless they are only what something is measured from."""
    first, last = points[0], points[-1]
    if _is_slice(body, first, last):
        body.doubt(first.start, last.end, "The area may be a sector around this position.")
    elif len(points) == 1 and first_length(body.tokens, max(first.first - _SHORT - 1, 0), first.first) is not None:
        body.doubt(first.start, last.end, "The place lies off this position by a distance that was not followed.")
        return []
    if near & _BOUNDED:
        body.doubt(first.start, last.end, "Fewer than three corners were found of a bounded area.")
    return [Figure(form=Form.POSITION, points=[point]) for point in points]


def _circles(body: _Body, points: list[Point], words: list[str], extent: Extent) -> list[Figure]:
    """A circle around each of some positions."""
    first, last = points[0], points[-1]
    is_bracketed = bool(words) and words[-1] == "(" and len(words) <= _SHORT
    if is_bracketed and body.figures and len(body.figures[-1].points) >= _CORNERS:
        return []  # it only sums up the polygon that it stands behind
    if len(points) > 1:
        body.doubt(first.start, last.end, f"One radius is given for {len(points)} positions; each has a circle.")
    if _is_slice(body, first, last):
        body.doubt(first.start, last.end, "The circle may be a sector; the whole of it was taken.")
    return [Figure(form=Form.AREA, points=[point], radius_m=extent.length_m) for point in points]


def _is_on_route(body: _Body, points: list[Point]) -> bool:
    """Whether positions are points of a way round, such as `DCT 1212N11608E DCT`."""
    before, after = points[0].first - 1, points[-1].last + 1
    near = body.tokens[max(before - 1, 0) : before + 1], body.tokens[after : after + 2]
    return any(token.text in _ROUTE for tokens in near for token in tokens)


def _is_slice(body: _Body, first: Point, last: Point) -> bool:
    """Whether the words around positions speak of a part of a circle."""
    before = [token.text for token in body.tokens[max(first.first - _LABEL_REACH, 0) : first.first]]
    near = [*before, *(token.text for token in body.tokens[last.last + 1 : last.last + _LABEL_REACH])]
    count = sum(word in _BEARINGS for word in near)
    return bool(_SLICES & set(near)) or count > 1 or (count > 0 and "SECTOR" in before)


def _label(words: list[str], is_list_of_corners: bool) -> str:  # noqa: FBT001
    """The name of an area: `AREA A`, `ZONE 2`, or the letter or number of a list, unless it is a list of corners."""
    for place in range(len(words) - 1, max(len(words) - _LABEL_REACH, 0) - 1, -1):
        if words[place] not in _AREA_NAMES or place + 1 >= len(words):
            continue
        name = words[place + 1]
        if name in _NO_LABELS or not name.isalnum() or len(name) > _LONGEST_LABEL:
            continue
        digits = words[place + 2] if place + 2 < len(words) and words[place + 2].isdigit() else ""
        if len(name) == 1 or name.isdigit():
            return name + digits
    if is_list_of_corners:
        return ""
    for place in range(len(words) - 2, max(len(words) - _LABEL_REACH, 0) - 1, -1):
        name = words[place]
        if (
            words[place + 1] in (".", ")")
            and name.isalnum()
            and (len(name) == 1 or (name.isdigit() and len(name) == 2))
        ):
            return name
    return ""
