"""Places of warnings in Chinese and Japanese: positions, and what the words around them make of them.

A group of positions stands between words that say what they are: corners that lines join, a centre with a radius, a
sector, a line with its sides, or single points. The words stand behind the group in Chinese and before it in Japanese.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from waterspace.domain import Circle, Corridor, Polygon, Position, Sector
from waterspace.errors import GeometryError
from waterspace.messages.eastern.words import Role
from waterspace.messages.oddities import odd_corner
from waterspace.messages.reading import Doubt, Form, Span, WarnedArea

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Footprint
    from waterspace.messages.eastern.words import Cursor, Term

__all__ = ["Group", "Made", "Point", "areas_of", "begins_point", "read_group"]

_SIXTY, _TURN_DEG, _HALF_TURN_DEG = 60.0, 360.0, 180.0
_CORNERS, _PAIR = 3, 2
_HALVES = {Role.NORTH: 1.0, Role.SOUTH: -1.0, Role.EAST: 1.0, Role.WEST: -1.0}
_LATITUDES = frozenset({Role.LATITUDE, Role.NORTH, Role.SOUTH})
_LONGITUDES = frozenset({Role.LONGITUDE, Role.EAST, Role.WEST})
_BETWEEN = frozenset(",、/;:()[].·・-")
_LABEL_LETTERS = 1
_LABEL_DIGITS = 2


class Point(NamedTuple):
    """A position of a text.

    Attributes:
        position: of it.
        span: its characters.
        resolution_deg: half of its last digit.
        fault: why it cannot be right, a clause; empty where it can.
    """

    position: Position
    span: Span
    resolution_deg: float
    fault: str


class Group(NamedTuple):
    """Positions with nothing but marks between them.

    Attributes:
        points: in their order.
        is_run: whether words such as "from ... to" lead from each to the next.
        first: number of its first term.
        last: number of the term after its last.
    """

    points: tuple[Point, ...]
    is_run: bool
    first: int
    last: int


class _Half(NamedTuple):
    degrees: float
    resolution_deg: float
    fault: str
    start: int
    end: int


def begins_point(cursor: Cursor) -> bool:
    """Whether a position may begin here."""
    first = cursor.peek()
    if first.role is Role.LATITUDE:
        return cursor.peek(1).role in _LONGITUDES or cursor.peek(2).role in _LONGITUDES
    return first.role in (Role.NORTH, Role.SOUTH) and cursor.peek(1).role is Role.NUMBER


def read_group(cursor: Cursor) -> Group | None:
    """The positions from here on; None, and the cursor where it was, where there is none."""
    first = cursor.at
    points: list[Point] = []
    is_run = False
    last = first
    while (point := _point(cursor)) is not None:
        points.append(point)
        last = cursor.at
        is_run = _between(cursor) or is_run
    cursor.at = last
    return Group(tuple(points), is_run, first, last) if points else None


def _between(cursor: Cursor) -> bool:
    """Go over what stands between two positions; whether it says that the one leads to the other."""
    start, is_run = cursor.at, False
    while not cursor.is_done() and not begins_point(cursor):
        here = cursor.peek()
        is_label = here.role is Role.NUMBER and len(here.text) <= _LABEL_DIGITS
        is_label = is_label or (here.role is Role.OTHER and len(here.text) <= _LABEL_LETTERS)
        if here.role is Role.TO or (here.role is Role.SIGN and here.text == "-"):
            is_run = True
        elif not (is_label or here.role is Role.AND or (here.role is Role.SIGN and here.text in _BETWEEN)):
            break
        cursor.at += 1
    if cursor.is_done() or not begins_point(cursor):
        cursor.at = start
        return False
    cursor.used.update(range(start, cursor.at))
    return is_run


def _point(cursor: Cursor) -> Point | None:
    """One position."""
    if cursor.is_done() or not begins_point(cursor):
        return None
    start = cursor.at
    lat = _half(cursor)
    while cursor.peek().text and cursor.peek().text in "/,、":
        cursor.at += 1
    lon = _half(cursor) if cursor.peek().role in _LONGITUDES else None
    if lat is None or lon is None:
        cursor.at = start
        return None
    cursor.used.update(range(start, cursor.at))
    fault = lat.fault or lon.fault
    position = Position(
        lat_deg=max(-90.0, min(90.0, lat.degrees)), lon_deg=max(-_HALF_TURN_DEG, min(_HALF_TURN_DEG, lon.degrees))
    )
    return Point(position, Span(lat.start, lon.end), max(lat.resolution_deg, lon.resolution_deg), fault)


def _half(cursor: Cursor) -> _Half | None:
    """A latitude or a longitude: of the lexer, or spelt `北緯36度38分36秒`."""
    first = cursor.peek()
    if first.token is not None:
        cursor.at += 1
        return _Half(first.value, first.token.resolution_deg, first.token.fault, first.start, first.end)
    sign = _HALVES[first.role]
    cursor.at += 1
    value, resolution_deg, unit_deg = 0.0, 0.0, 1.0
    fault, end = "", first.end
    for unit, mark in _UNITS:
        number, following = cursor.peek(), cursor.peek(1)
        is_named = following.role is unit or following.text == mark
        if number.role is not Role.NUMBER or not (is_named or unit is not Role.DEGREE):
            break
        if unit_deg < 1.0 and number.value >= _SIXTY:
            fault = "has 60 minutes or seconds or more"
        value += number.value * unit_deg
        resolution_deg = 0.5 * unit_deg * 10.0 ** -len(number.text.partition(".")[2])
        end = following.end if is_named else number.end
        cursor.at += 1 + is_named
        unit_deg /= _SIXTY
    if unit_deg == 1.0:
        return None
    most_deg = _HALF_TURN_DEG / (2.0 if first.role in _LATITUDES else 1.0)
    if value > most_deg:
        fault = f"lies beyond {most_deg:.0f} degrees"
    return _Half(sign * value, resolution_deg, fault, first.start, end)


_UNITS = ((Role.DEGREE, "°"), (Role.MINUTE, "'"), (Role.SECOND, '"'))


class _Words(NamedTuple):
    """What the words around a group say of it."""

    is_joined: bool
    is_enclosed: bool
    has_centre: bool
    has_sector: bool
    has_sides: bool
    has_line: bool
    has_waters: bool  # directly behind the word for joining
    is_near: bool
    lengths_m: tuple[float, ...]
    bearings_deg: tuple[float, float] | None
    doubts: tuple[Doubt, ...]


def areas_of(group: Group, cursor: Cursor, before: tuple[int, int], after: tuple[int, int]) -> Made:
    """What a group of positions is.

    Args:
        group: of positions.
        cursor: over the terms, to mark those that were understood.
        before: numbers of the first term before the group that belongs to it, and of the one after the last.
        after: likewise, of the terms behind it.
    """
    behind, ahead = _said(cursor, after), _said(cursor, before)
    doubts = [Doubt(point.span, f"A coordinate {point.fault}.") for point in group.points if point.fault]
    said = behind if _says_something(behind) else ahead
    if _says_something(behind) and not behind.lengths_m and ahead.lengths_m and not behind.is_joined:
        said = behind._replace(lengths_m=ahead.lengths_m, has_centre=behind.has_centre or ahead.has_centre)
    if ahead.has_line and behind.is_joined:
        said = said._replace(has_line=True)
    doubts += said.doubts
    return _made(group.points, said, doubts, is_run=group.is_run)


class Made(NamedTuple):
    """What a group of positions is, and what of it was not understood."""

    areas: tuple[WarnedArea, ...]
    doubts: tuple[Doubt, ...]


def _says_something(said: _Words) -> bool:
    is_round = said.has_centre or said.has_sector or bool(said.lengths_m)
    return is_round or said.is_joined or said.has_sides or said.has_line or said.is_near


def _said(cursor: Cursor, place: tuple[int, int]) -> _Words:
    """What some terms say of a group; those that are understood are marked as used."""
    roles: set[Role] = set()
    lengths_m: list[float] = []
    bearings: list[float] = []
    doubts: list[Doubt] = []
    number = place[0]
    words = cursor.terms
    while number < place[1]:
        word = words[number]
        following = words[number + 1] if number + 1 < place[1] else None
        if word.role is Role.NUMBER and following is not None and following.role is Role.UNIT:
            if _is_radius(words, number, place):
                lengths_m.append(word.value * following.value)
                cursor.used.update((number, number + 1))
            number += 2
            continue
        if word.role is Role.NUMBER and following is not None and following.role is Role.DEGREE:
            bearings.append(word.value)
            cursor.used.update((number, number + 1))
            number += 2
            continue
        if word.role in _SAYING:
            roles.add(word.role)
            cursor.used.add(number)
        if word.role is Role.WATERS and any(
            near.role in _JOINING for near in words[max(place[0], number - _NEAR) : number]
        ):
            roles.add(word.role)
        is_beside = number == place[0] or words[number - 1].role in _JOINING
        if word.role in (Role.COAST, Role.EXCEPT, Role.RING) or (word.role is Role.OUTSIDE and is_beside):
            cursor.used.add(number)
            reason = f"Found {word.text!r}, which bounds the area in a way that is not understood here."
            doubts.append(Doubt(word.span, reason))
        number += 1
    return _Words(
        Role.JOINED in roles or Role.ENCLOSED in roles,
        Role.ENCLOSED in roles,
        Role.CENTRE in roles,
        Role.SECTOR in roles or (Role.BEARING in roles and len(bearings) == _PAIR),
        Role.SIDES in roles,
        Role.LINE in roles,
        Role.WATERS in roles,
        Role.NEAR in roles,
        tuple(lengths_m),
        (bearings[0], bearings[1]) if len(bearings) == _PAIR else None,
        tuple(doubts),
    )


_SAYING = frozenset(
    {
        *(Role.JOINED, Role.ENCLOSED, Role.BELOW, Role.CENTRE, Role.RADIUS, Role.SECTOR, Role.SIDES, Role.LINE),
        *(Role.NEAR, Role.BEARING),
    }
)
_JOINING = frozenset({Role.JOINED, Role.ENCLOSED})
_NEAR = 3
_WITHIN = ("范围", "范围内", "以内", "範囲", "範囲内")


def _is_radius(words: Sequence[Term], number: int, place: tuple[int, int]) -> bool:
    """Whether a length is a radius or a breadth: one of these words stands beside it."""
    reach = range(max(place[0], number - 3), min(place[1], number + 5))
    if number + 2 < place[1] and words[number + 2].text in _WITHIN:
        return True
    return any(words[near].role in (Role.RADIUS, Role.SIDES) for near in reach)


def _made(points: Sequence[Point], said: _Words, doubts: list[Doubt], *, is_run: bool) -> Made:
    """The areas that positions and words make."""
    whole = Span(points[0].span.start, points[-1].span.end)
    radius_m = said.lengths_m[0] if said.lengths_m else None
    if said.has_sides:
        return _wide_line(points, radius_m, whole, doubts)
    if said.has_centre or said.has_sector or (radius_m is not None and not said.is_joined):
        return _round(points, said, whole, doubts)
    if said.is_joined:
        return _joined(points, said, whole, doubts)
    if (is_run or said.has_line) and len(points) > 1:
        return Made((_line(points),), tuple(doubts))
    if len(points) >= _CORNERS and not said.is_near:
        reason = (
            f"Found {len(points)} positions, of which the text does not say that lines join them; an area within them "
            f"is assumed."
        )
        return _polygon(points, [*doubts, Doubt(whole, reason)])
    return Made(tuple(_spot(point) for point in points), tuple(doubts))


def _joined(points: Sequence[Point], said: _Words, whole: Span, doubts: list[Doubt]) -> Made:
    if len(points) >= _CORNERS and (said.is_enclosed or said.has_waters):
        return _polygon(points, doubts)
    if len(points) >= _CORNERS and not (said.has_line or said.is_near):
        reason = "Found lines that join positions, and not whether the water within them is meant; it is assumed."
        return _polygon(points, [*doubts, Doubt(whole, reason)])
    if len(points) >= _PAIR:
        return Made((_line(points),), tuple(doubts))
    doubts.append(Doubt(whole, "Found a single position where lines are said to join several."))
    return Made((_spot(points[0]),), tuple(doubts))


def _polygon(points: Sequence[Point], doubts: list[Doubt]) -> Made:
    corners = points[:-1] if points[0].position == points[-1].position else points
    places = tuple(point.position for point in corners)
    whole = Span(points[0].span.start, points[-1].span.end)
    try:
        shape = Polygon(vertices=places)
    except GeometryError as error:
        doubts.append(Doubt(whole, f"The positions make no area: {error}."))
        return Made((_line(points),), tuple(doubts))
    odd = odd_corner(places)
    if odd is not None:
        doubts.append(Doubt(corners[odd[0]].span, f"{odd[1][:1].upper()}{odd[1][1:]}."))
    return Made((_area(Form.AREA, shape, corners),), tuple(doubts))


def _wide_line(points: Sequence[Point], half_m: float | None, whole: Span, doubts: list[Doubt]) -> Made:
    if half_m is None:
        doubts.append(Doubt(whole, "Found both sides of a line without how far they reach."))
        return Made((_line(points),), tuple(doubts))
    shape = Corridor(waypoints=tuple(point.position for point in points), half_width_m=half_m)
    return Made((_area(Form.AREA, shape, points),), tuple(doubts))


def _round(points: Sequence[Point], said: _Words, whole: Span, doubts: list[Doubt]) -> Made:
    """Circles around each position, or sectors."""
    if not said.lengths_m:
        doubts.append(Doubt(whole, "Found a centre without a radius in a unit that is known."))
        return Made(tuple(_spot(point) for point in points), tuple(doubts))
    if len(said.lengths_m) > 1:
        doubts.append(Doubt(whole, f"Found {len(said.lengths_m)} radii around one centre: expected one."))
    radius_m = said.lengths_m[0]
    if said.has_sector and said.bearings_deg is None:
        doubts.append(Doubt(whole, "Found a sector without two bearings; a whole circle is given."))
    if said.bearings_deg is not None and not said.has_sector:
        doubts.append(Doubt(whole, "Found bearings without the word for a sector."))
    found = []
    for point in points:
        shape: Footprint = Circle(centre=point.position, radius_m=radius_m)
        if said.has_sector and said.bearings_deg is not None:
            shape = _slice(point.position, said.bearings_deg, radius_m)
        found.append(_area(Form.AREA, shape, (point,)))
    return Made(tuple(found), tuple(doubts))


def _slice(apex: Position, bearings_deg: tuple[float, float], radius_m: float) -> Footprint:
    """The sector from one bearing clockwise to another; a circle where they are one."""
    opening_deg = (bearings_deg[1] - bearings_deg[0]) % _TURN_DEG
    if opening_deg == 0.0:
        return Circle(centre=apex, radius_m=radius_m)
    half_deg = opening_deg / 2.0
    middle_deg = (bearings_deg[0] + half_deg) % _TURN_DEG
    return Sector(centre=apex, bearing_deg=middle_deg, half_angle_deg=half_deg, radius_m=radius_m)


def _line(points: Sequence[Point]) -> WarnedArea:
    shape = Corridor(waypoints=tuple(point.position for point in points), half_width_m=0.0)
    return _area(Form.LINE, shape, points)


def _spot(point: Point) -> WarnedArea:
    return _area(Form.POSITION, Circle(centre=point.position, radius_m=0.0), (point,))


def _area(form: Form, shape: Footprint, points: Sequence[Point]) -> WarnedArea:
    return WarnedArea(
        form=form,
        footprint=shape,
        positions=tuple(point.position for point in points),
        spans=tuple(point.span for point in points),
        resolution_deg=max(point.resolution_deg for point in points),
    )
