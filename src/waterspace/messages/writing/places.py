"""Places in the words of a notice: areas, circles, sectors, what lies beside a line, and what is left out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Polygon, Sector, Without
from waterspace.errors import DraftError
from waterspace.messages.phrasing.numbers import (
    length_text,
    letters,
    listed,
    narrower_bearing_texts,
    shorter_length_text,
    wider_bearing_texts,
)
from waterspace.messages.phrasing.outlines import corners_kept, parted
from waterspace.messages.phrasing.positions import BLANK, Notation, coarsest, position_text
from waterspace.messages.reading import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from waterspace.domain import Footprint, Position
    from waterspace.messages.draft import Draft, DraftArea
    from waterspace.messages.writing.styles import Style

__all__ = ["notation_of", "places_text", "positions_of"]


def notation_of(draft: Draft, style: Style) -> Notation:
    """How the positions of a draft are written, all of them alike."""
    if not style.is_shortest:
        return style.notation
    found = [point for part in draft.paragraphs for area in part.areas for point in positions_of(area.footprint)]
    return coarsest(found, style.notation)


def places_text(areas: Sequence[DraftArea], style: Style, notation: Notation) -> list[str]:
    """The places of a paragraph: what goes on the line of the paragraph, then each lettered part.

    Args:
        areas: at least one; several get letters in order.
        style: of the issuer.
        notation: of positions.

    Raises:
        DraftError: a place has no words in a notice.
    """
    words = _Words(style, notation)
    if len(areas) == 1:
        return [words.alone(areas[0])]
    if all(isinstance(area.footprint, Polygon) for area in areas):
        corners = [words.corners(area.footprint.vertices) for area in areas if isinstance(area.footprint, Polygon)]
        return [f"IN AREAS {style.bounded}:", *_lettered(corners)]
    lead = "IN FOLLOWING AREAS:" if all(area.form is Form.AREA for area in areas) else "IN:"
    return [lead, *_lettered([words.named(area) for area in areas])]


def _lettered(texts: Sequence[str]) -> list[str]:
    """`A. ...` for each; no line is broken behind the letter."""
    return [f"{letter}.{BLANK}{text}." for letter, text in zip(letters(len(texts)), texts, strict=True)]


def positions_of(footprint: Footprint) -> Iterator[Position]:
    """All positions that a footprint is written with."""
    match footprint:
        case Polygon():
            yield from footprint.vertices
        case Circle() | Sector():
            yield footprint.centre
        case Corridor():
            yield from footprint.waypoints
        case Without():
            for part in (footprint.base, *footprint.holes):
                yield from positions_of(part)
        case _:
            return


class _Words:
    """The words of one issuer."""

    def __init__(
        self,
        style: Style,
        notation: Notation,
        length: Callable[[float], str] = length_text,
        bearings: Callable[[Sector], tuple[str, str] | None] = wider_bearing_texts,
    ) -> None:
        self.style, self.notation = style, notation
        self.length, self.bearings = length, bearings

    def alone(self, area: DraftArea) -> str:
        """A place behind what goes on there: `IN AREA BOUND BY ...`."""
        return f"{'ALONG' if area.form is Form.LINE else 'IN'} {self.named(area)}"

    def named(self, area: DraftArea) -> str:
        """A place by itself."""
        footprint = area.footprint
        if area.form is Form.POSITION and isinstance(footprint, Circle):
            return f"POSITION {self.position(footprint.centre)}"
        if area.form is Form.LINE and isinstance(footprint, Corridor):
            return f"LINE JOINING {self.line(footprint.waypoints)}"
        if area.form is not Form.AREA:
            raise DraftError(
                f"a {area.form} is drafted as a {type(footprint).__name__}; a line is a corridor, a position a circle"
            )
        return self.area(footprint)

    def area(self, footprint: Footprint) -> str:
        """An area by its shape."""
        match footprint:
            case Polygon():
                return f"AREA {self.style.bounded} {self.corners(footprint.vertices)}"
            case Circle() if footprint.radius_m > 0.0:
                return self.within(footprint.radius_m, self.position(footprint.centre))
            case Sector():
                return self.sector(footprint)
            case Corridor() if len(footprint.waypoints) == 1:
                return self.within(footprint.half_width_m, self.position(footprint.waypoints[0]))
            case Corridor():
                line = f"LINE JOINING {self.line(footprint.waypoints)}"
                length = self.length(footprint.half_width_m)
                return f"AREA WITHIN {length} {'MILE' if length == '1' else 'MILES'} OF {line}"
            case Without():
                return self.less(footprint)
        raise DraftError(
            f"a {type(footprint).__name__} has no words in a notice; draft the areas that it is made of, or its outline"
        )

    def within(self, radius_m: float, place: str) -> str:
        """A circle."""
        length = self.length(radius_m)
        radius = self.style.radius.replace("MILES", "MILE") if length == "1" else self.style.radius
        return f"AREA WITHIN {length} {radius} {place}"

    def sector(self, sector: Sector) -> str:
        """A sector, less the inner circle of a ring."""
        circle = self.within(sector.radius_m, self.position(sector.centre))
        sides = self.bearings(sector)
        if sides is not None:
            first, last = (f"{side}{BLANK}DEGREES{BLANK}TRUE" for side in sides)
            circle += f" BETWEEN BEARINGS {first} AND {last} FROM THAT POSITION"
        if sector.inner_radius_m > 0.0:
            circle += f" EXCEPT {self._of_holes().within(sector.inner_radius_m, self.position(sector.centre))}"
        return circle

    def less(self, whole: Without) -> str:
        """An area without others."""
        base, taken = parted(whole)
        if any(isinstance(hole, Without) or _is_ring(hole) for hole in taken):
            raise DraftError("an area is taken out that has a hole itself, which has no words; draft several areas")
        return " ".join((self.area(base), *(f"EXCEPT {self._of_holes().area(hole)}" for hole in taken)))

    def _of_holes(self) -> _Words:
        """For what is left out, whose lengths are rounded down and whose bearings inwards."""
        return _Words(self.style, self.notation, shorter_length_text, narrower_bearing_texts)

    def corners(self, vertices: Sequence[Position]) -> str:
        """Corners in order, as many as are left when they are rounded."""
        return self.line(corners_kept(vertices, self.notation))

    def line(self, points: Sequence[Position]) -> str:
        """Positions in order."""
        texts = [self.position(point) for point in points]
        return listed(texts) if self.style.is_list_joined else ", ".join(texts)

    def position(self, position: Position) -> str:
        """One position."""
        return position_text(position, self.notation)


def _is_ring(footprint: Footprint) -> bool:
    return isinstance(footprint, Sector) and footprint.inner_radius_m > 0.0
