"""Track: legs in time. A plan, a run and a recording are the same type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.domain.quick import quick

if TYPE_CHECKING:
    from waterspace.domain.place import Position

__all__ = ["Leg", "Track"]


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A geodesic run at constant speed, or a wait where both ends coincide.

    Attributes:
        start_ms: milliseconds since 1970-01-01T00:00Z.
        end_ms: not before `start_ms`.
        height_m: above mean sea level; 0 at the surface, negative below it.
        serial: id of the serial this leg belongs to; empty on passage between serials.
    """

    start_ms: int
    end_ms: int
    start: Position
    end: Position
    height_m: float = 0.0
    serial: str = ""

    @property
    def is_wait(self) -> bool:
        """Whether nothing moves."""
        return self.start == self.end

    @property
    def duration_ms(self) -> int:
        """Time from start to end."""
        return self.end_ms - self.start_ms


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Where one unit is, from the first leg's start to the last leg's end.

    Attributes:
        unit: id of the unit.
        legs: in order of time; each starts when and where the one before ends.
    """

    unit: str
    legs: tuple[Leg, ...]
