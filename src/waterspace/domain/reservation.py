"""Reservation: a claim on water or air, in space, height and time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from waterspace.domain.place import Provenance
from waterspace.domain.quick import quick

if TYPE_CHECKING:
    from collections.abc import Iterable

    from waterspace.domain.footprint import Footprint

__all__ = ["SURFACE", "Band", "Hazard", "Reservation", "Window"]


@quick
@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Window:
    """A span of time, start included, end not.

    Attributes:
        start_ms: milliseconds since 1970-01-01T00:00Z.
        end_ms: milliseconds since 1970-01-01T00:00Z.
    """

    start_ms: int
    end_ms: int

    def overlap(self, other: Window) -> Window | None:
        """The time that both span, or None."""
        start_ms, end_ms = max(self.start_ms, other.start_ms), min(self.end_ms, other.end_ms)
        return Window(start_ms=start_ms, end_ms=end_ms) if start_ms < end_ms else None

    def begun_at(self, start_ms: int) -> Window:
        """As long a span from another start."""
        return Window(start_ms=start_ms, end_ms=start_ms + self.end_ms - self.start_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A band of height above mean sea level; depth is negative height.

    Attributes:
        floor_m: lowest height; -inf for the sea bed.
        ceiling_m: highest height; inf for unlimited.
    """

    floor_m: float = -math.inf
    ceiling_m: float = math.inf

    def meets(self, other: Band) -> bool:
        """Whether the two bands share more than a touching face."""
        return max(self.floor_m, other.floor_m) < min(self.ceiling_m, other.ceiling_m)

    @classmethod
    def around(cls, bands: Iterable[Band]) -> Band:
        """The lowest and narrowest band that holds some others, of which there is at least one."""
        held = tuple(bands)
        return cls(floor_m=min(band.floor_m for band in held), ceiling_m=max(band.ceiling_m for band in held))


SURFACE = Band(floor_m=-15.0, ceiling_m=60.0)
"""The band a ship takes up, keel to masthead (assumed: generous for every class in the library)."""


class Hazard(StrEnum):
    """What makes a reservation dangerous to others, or that nothing does."""

    NONE = "none"
    FIRING = "firing"
    FLYING = "flying"
    UNDERWATER = "underwater"
    TOWING = "towing"
    MANOEUVRE = "manoeuvre"
    EXERCISE = "exercise"
    WARNING = "warning"

    @property
    def is_hazardous(self) -> bool:
        """Whether others must be kept out or told."""
        return self is not Hazard.NONE

    @property
    def endangers_shipping(self) -> bool:
        """Whether a notice to the outside is owed: firing, and warnings of others."""
        return self in {Hazard.FIRING, Hazard.WARNING}


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """A footprint, a band of height and the times at which both are claimed.

    Attributes:
        id: unique within the exercise, such as `S104/danger-area`.
        owner: id of the serial or of the context entry that makes the claim.
        name: what a chart would call it.
        footprint: a `MovingBox` has its own times; `windows` then spans them.
        windows: in order of time, not overlapping.
        hazard: why others must keep out.
        provenance: where the size comes from, for a reader who wants to trust it.
    """

    id: str
    owner: str
    name: str
    footprint: Footprint
    band: Band
    windows: tuple[Window, ...]
    hazard: Hazard
    provenance: Provenance = Provenance()
