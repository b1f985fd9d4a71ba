"""What the words before a list of positions say that the positions make."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waterspace.messages.measures import Length

__all__ = ["Intent", "Shape"]


class Shape(Enum):
    """What positions make: single ones, an area that is only named, corners, a line, what lies within a distance."""

    NONE = auto()
    AREA = auto()
    BOUND = auto()
    LINE = auto()
    WITHIN = auto()


@dataclass(slots=True)
class Intent:
    """What the words so far announce.

    Attributes:
        shape: of what comes.
        is_plural: whether several are announced, as by `AREAS`.
        length: within which, None where none is given (yet).
        of_line: whether the distance is from a line.
        is_centre: whether the centre of a circle is announced, whose radius must stand somewhere.
        is_between: whether `BETWEEN` announces two of something.
        is_from: whether `FROM` announces the first end of a line.
        bearings_deg: of a sector, clockwise from the first to the second.
        bearing_deg: from a position to the place, where the place is given by bearing and range.
        range: likewise.
        is_hole: whether the place is taken out of the one before.
        strange: a word for a shape that is not read, such as `SEMICIRCLE`, or for an edge that is no line between
            positions, such as `COAST`; empty where there is none.
    """

    shape: Shape = Shape.NONE
    is_plural: bool = False
    length: Length | None = None
    of_line: bool = False
    is_centre: bool = False
    is_between: bool = False
    is_from: bool = False
    bearings_deg: tuple[float, float] | None = None
    bearing_deg: float | None = None
    range: Length | None = None
    is_hole: bool = False
    strange: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a place is announced that has not come yet."""
        return self.shape is not Shape.NONE or self.is_centre or self.is_between

    @property
    def is_listed(self) -> bool:
        """Whether the positions to come are a list, in which names may stand."""
        return self.shape in (Shape.BOUND, Shape.AREA, Shape.LINE) or self.is_from or self.is_between
