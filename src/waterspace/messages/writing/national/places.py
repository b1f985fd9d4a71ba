"""Places of a national text: areas by their corners, circles, sectors, what lies beside a line, lines and positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Polygon, Sector
from waterspace.errors import DraftError
from waterspace.messages.phrasing.numbers import length_text, wider_bearing_texts
from waterspace.messages.phrasing.outlines import corners_kept
from waterspace.messages.phrasing.positions import BLANK, Notation, coarsest, position_text
from waterspace.messages.reading import Form
from waterspace.messages.writing.places import positions_of
from waterspace.quantity import kilometres, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Footprint, Position
    from waterspace.messages.draft import Draft, DraftArea
    from waterspace.messages.writing.national.phrases import Phrases

__all__ = ["notation_for", "places_text"]

_EXACT = 1e-7
"""A length is a round one if it is nearer than this, in miles or kilometres, to a whole hundredth."""
_LETTERS = "NSEW"


def notation_for(draft: Draft, phrases: Phrases) -> Notation:
    """How the positions of a draft are written, all of them alike."""
    if not phrases.is_shortest:
        return phrases.notation
    found = [point for part in draft.paragraphs for area in part.areas for point in positions_of(area.footprint)]
    return coarsest(found, phrases.notation)


def places_text(areas: Sequence[DraftArea], phrases: Phrases, notation: Notation) -> str:
    """The places of a paragraph.

    Args:
        areas: at least one.
        phrases: of the language.
        notation: of positions.

    Raises:
        DraftError: a place has no words in a national text.
    """
    words = _Words(phrases, notation)
    texts = [words.named(area) for area in areas]
    if len(texts) > 1:
        texts = [phrases.of("item", place=text, number=number) for number, text in enumerate(texts, 1)]
    return phrases.listed("areas", texts)


class _Words:
    """The words of one language."""

    def __init__(self, phrases: Phrases, notation: Notation) -> None:
        self.phrases, self.notation = phrases, notation

    def named(self, area: DraftArea) -> str:
        """A place by its form."""
        match area.form, area.footprint:
            case Form.POSITION, Circle(centre=centre):
                return self.phrases.of("position", position=self.position(centre))
            case Form.LINE, Corridor(waypoints=points):
                return self.phrases.of("line", positions=self.positions(points), count=len(points))
            case Form.AREA, footprint:
                return self.area(footprint)
        raise DraftError(
            f"a {area.form} is drafted as a {type(area.footprint).__name__}; a line is a corridor, a position a circle"
        )

    def area(self, footprint: Footprint) -> str:
        """An area by its shape."""
        of = self.phrases.of
        match footprint:
            case Polygon():
                kept = corners_kept(footprint.vertices, self.notation)
                return of("polygon", positions=self.positions(kept), count=len(kept))
            case Circle() if footprint.radius_m > 0.0:
                return self.circle(footprint.centre, footprint.radius_m)
            case Sector() if not footprint.inner_radius_m:
                return self.sector(footprint)
            case Corridor(waypoints=(point,)):
                return self.circle(point, footprint.half_width_m)
            case Corridor(waypoints=points):
                length = self.length(footprint.half_width_m)
                return of("corridor", positions=self.positions(points), length=length, count=len(points))
        raise DraftError(
            f"a {type(footprint).__name__} has no words in {self.phrases.language.name}; draft the "
            "areas that it is made of without what is taken out of them, or its outline"
        )

    def circle(self, centre: Position, radius_m: float) -> str:
        """What lies within a distance of a position."""
        return self.phrases.of("circle", position=self.position(centre), length=self.length(radius_m))

    def sector(self, sector: Sector) -> str:
        """What of a circle lies between two bearings."""
        sides = wider_bearing_texts(sector)
        if sides is None:
            return self.circle(sector.centre, sector.radius_m)
        position, length = self.position(sector.centre), self.length(sector.radius_m)
        return self.phrases.of("sector", position=position, length=length, first=sides[0], last=sides[1])

    def length(self, length_m: float) -> str:
        """In miles; in kilometres where the language uses them and the length is a round one in them alone."""
        miles, far = nautical_miles(length_m), kilometres(length_m)
        if self.phrases.phrases["kilometres"] and _is_round(far) and not _is_round(miles):
            return self.phrases.of("kilometres", length=f"{far:.2f}".rstrip("0").rstrip("."))
        text = length_text(length_m)
        return self.phrases.of(self.phrases.language.counted("miles", text), length=text)

    def positions(self, points: Sequence[Position]) -> str:
        """Positions in order."""
        of = self.phrases.of
        texts = [of("point", position=self.position(point), number=at) for at, point in enumerate(points, 1)]
        return self.phrases.listed("positions", texts)

    def position(self, position: Position) -> str:
        """One position, with the letters of the language."""
        text = position_text(position, self.notation).replace(BLANK, " ")
        return text.translate(str.maketrans(_LETTERS, self.phrases.hemispheres))


def _is_round(length: float) -> bool:
    return round(length, 2) > 0.0 and abs(length - round(length, 2)) < _EXACT
