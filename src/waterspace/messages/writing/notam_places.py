"""Places in the words of item E: corners, circles, sectors by their arcs, what lies beside a line, lines, positions.

Positions are `ddmmssNdddmmssE`, rounded to the nearest second; lengths are hundredths of a mile. A polygon ends with
its first corner.

Source: PANS-AIM (Doc 10066) appendix 1, corners of areas to a second; ICAO Doc 8400, abbreviations; wording as in texts
of NOTAMs from 2020 to 2026.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Polygon, Sector, Without
from waterspace.errors import DraftError
from waterspace.messages.phrasing.numbers import length_text, shorter_length_text
from waterspace.messages.phrasing.outlines import corners_kept, parted
from waterspace.messages.phrasing.positions import BLANK, Notation, rounded
from waterspace.messages.reading import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from waterspace.domain import Footprint, Position
    from waterspace.messages.draft import DraftArea

    _Length = Callable[[float], str]

__all__ = ["compact_text", "place_text"]

_HALF_TURN_DEG = 180.0
_SIXTY = 60


def place_text(area: DraftArea, height: str = "") -> str:
    """A place behind what goes on there: `WI AREA BOUNDED BY ...`, `WI 5NM RADIUS OF ...`, `AT PSN ...`.

    Args:
        area: of a draft.
        height: its limits, where they stand beside it; before what is left out of it.

    Raises:
        DraftError: it has no words in a NOTAM.
    """
    footprint = area.footprint
    if area.form is Form.POSITION and isinstance(footprint, Circle):
        return f"AT PSN {compact_text(footprint.centre)}{height}"
    if area.form is Form.LINE and isinstance(footprint, Corridor):
        first, *others = (compact_text(point) for point in footprint.waypoints)
        if first in others[1:]:
            raise DraftError(
                "a line comes back to its first point, and reads as the edge of an area; draft its parts as lines"
            )
        return f"ALONG LINE {_line(footprint.waypoints)}{height}"
    if area.form is not Form.AREA:
        raise DraftError(
            f"a {area.form} is drafted as a {type(footprint).__name__}; a line is a corridor, a position a circle"
        )
    base, holes = _parted(footprint)
    return "".join((_area(base), height, *(f", EXCLUDING {_area(hole, shorter_length_text)}" for hole in holes)))


def _parted(footprint: Footprint) -> tuple[Footprint, tuple[Footprint, ...]]:
    """An area as a whole, and what is left out of it: of a ring the inner circle."""
    base, holes = parted(footprint)
    if any(isinstance(hole, Without) or _is_ring(hole) for hole in holes):
        raise DraftError("an area is left out that has a hole itself, which has no words; draft several areas")
    if isinstance(base, Sector) and _is_ring(base):
        return base, (Circle(centre=base.centre, radius_m=base.inner_radius_m), *holes)
    return base, holes


def _is_ring(footprint: Footprint) -> bool:
    return (
        isinstance(footprint, Sector) and footprint.half_angle_deg >= _HALF_TURN_DEG and footprint.inner_radius_m > 0.0
    )


def compact_text(position: Position) -> str:
    """A position such as `402000N1354000E`; zero is north and east."""
    near = rounded(position, Notation.SECONDS)
    return _half(near.lat_deg, "NS", len("90")) + _half(near.lon_deg, "EW", len("180"))


def _half(degrees: float, letters: str, width: int) -> str:
    seconds = round(abs(degrees) * Notation.SECONDS.units)
    minutes, rest = divmod(seconds, _SIXTY)
    whole, minutes = divmod(minutes, _SIXTY)
    return f"{whole:0{width}}{minutes:02}{rest:02}{letters[degrees < 0.0 and seconds > 0]}"


def _area(footprint: Footprint, length: _Length = length_text) -> str:
    """An area without what is left out of it; lengths of what is itself left out are rounded down."""
    match footprint:
        case Polygon():
            return f"WI AREA BOUNDED BY: {_ring(footprint.vertices)}"
        case Circle() if footprint.radius_m > 0.0:
            return _circle(footprint.centre, length(footprint.radius_m))
        case Sector():
            return _sector(footprint, length)
        case Corridor() if len(footprint.waypoints) == 1:
            return _circle(footprint.waypoints[0], length(footprint.half_width_m))
        case Corridor():
            return f"WI {length(footprint.half_width_m)}NM EITHER SIDE OF LINE {_line(footprint.waypoints)}"
    raise DraftError(
        f"a {type(footprint).__name__} has no words in a NOTAM; draft the areas that it is made of, or its outline"
    )


def _circle(centre: Position, miles: str) -> str:
    return f"WI {miles}NM RADIUS OF {compact_text(centre)}"


def _line(points: Sequence[Position]) -> str:
    """Positions in order, those that are the same when they are rounded once."""
    texts: list[str] = []
    for point in points:
        text = compact_text(point)
        if not texts or text != texts[-1]:
            texts.append(text)
    if len(texts) < 2:
        raise DraftError("a line is too short for positions in seconds; draft a circle around it")
    return " - ".join(texts)


def _ring(vertices: Sequence[Position]) -> str:
    """Corners in order, as many as are left when they are rounded, and the first again."""
    kept = corners_kept(vertices, Notation.SECONDS)
    return " ".join(compact_text(point) for point in (*kept, kept[0]))


def _sector(sector: Sector, length: _Length) -> str:
    """A sector by its corners and arcs, clockwise; the radius of the inner arc is rounded the other way."""
    from waterspace.geometry.geodesic import destination

    centre, inner_m = sector.centre, sector.inner_radius_m
    if sector.half_angle_deg >= _HALF_TURN_DEG:
        return _circle(centre, length(sector.radius_m))
    bearings = [sector.bearing_deg + side * sector.half_angle_deg for side in (-1.0, 1.0)]
    first, last = (compact_text(destination(centre, bearing_deg, sector.radius_m)) for bearing_deg in bearings)
    near_first, near_last = (compact_text(destination(centre, bearing_deg, inner_m)) for bearing_deg in bearings)
    if first == last or (inner_m > 0.0 and near_first == near_last):
        raise DraftError("a sector is too small for positions in seconds; draft a circle around it")
    outer = f"{first} {_arc('CLOCKWISE', length(sector.radius_m), centre)} {last}"
    if inner_m > 0.0:
        inner = _arc("ANTICLOCKWISE", (shorter_length_text if length is length_text else length_text)(inner_m), centre)
        return f"WI AREA BOUNDED BY: {outer} {near_last} {inner} {near_first} {first}"
    return f"WI AREA BOUNDED BY: {near_first} {outer} {near_first}"


def _arc(turn: str, miles: str, centre: Position) -> str:
    return f"THENCE {turn} BY THE ARC OF A CIRCLE RADIUS{BLANK}{miles}NM CENTRED ON {compact_text(centre)} TO"
