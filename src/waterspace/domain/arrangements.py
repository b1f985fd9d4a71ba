"""Arrangements: what a staff agrees on around the serials - nets, agreements, quiet hours, watches for animals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.domain.place import Provenance
from waterspace.domain.reservation import Band

if TYPE_CHECKING:
    from waterspace.domain.footprint import Footprint
    from waterspace.domain.place import Position
    from waterspace.domain.reservation import Window

__all__ = ["Agreement", "AnimalWatch", "Habitat", "Net", "NotamCircle", "QuietHours"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """A line of the communications plan: who talks with whom, on what, in which language.

    Attributes:
        purpose: such as `safety`, `command`, `air control`.
        channel: frequency or channel as the staff writes it; empty where none is given.
        units: ids of units or groups that keep watch on it; empty for all.
        serials: ids of the serials for which it is kept; empty for all.
        language: spoken on it; empty where none is named.
        window: when it is kept; None for the whole exercise.
    """

    id: str
    name: str
    purpose: str = ""
    channel: str = ""
    units: tuple[str, ...] = ()
    serials: tuple[str, ...] = ()
    language: str = ""
    window: Window | None = None
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What states have agreed on about exercises, such as the prevention of incidents at sea.

    Attributes:
        parties: ISO 3166-1 alpha-3.
        kind: such as `incidents at sea`.
        notice_ms: how long before an exercise the parties are to be told; None where it says nothing of that.
    """

    id: str
    name: str
    parties: tuple[str, ...]
    kind: str = ""
    notice_ms: int | None = None
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """Times at which nobody fires, or makes other noise, in some areas.

    Attributes:
        covers: ids of serials or areas; empty for all.
        windows: in order of time, apart.
    """

    id: str
    windows: tuple[Window, ...]
    covers: tuple[str, ...] = ()
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Habitat:
    """Water in which animals live that noise or ordnance would harm.

    Attributes:
        species: in words.
        windows: the season, in order of time, apart; empty for always.
    """

    id: str
    name: str
    footprint: Footprint
    band: Band = Band()
    species: str = ""
    windows: tuple[Window, ...] = ()
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnimalWatch:
    """How a serial keeps clear of whales, seals and turtles.

    Attributes:
        distance_m: it stops when one comes within this distance.
        delay_ms: how long none must have been seen before it goes on.
        before_ms: for how long a lookout watches before it begins.
    """

    distance_m: float
    delay_ms: int
    before_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NotamCircle:
    """The circle of a NOTAM's line Q, which is to cover the area that it warns of."""

    centre: Position
    radius_m: float
