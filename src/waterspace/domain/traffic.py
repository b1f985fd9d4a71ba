"""Who else is asked to be at sea: ships of commerce, and vessels that fish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from waterspace.domain.place import Provenance
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from waterspace.domain.footprint import Footprint

__all__ = [
    "CALL_RANGE_M",
    "ENCOUNTER_RANGE_M",
    "LANES_COUNT",
    "MOST_FISHING",
    "SHADOW_RANGE_M",
    "SPACING_M",
    "FishingFleet",
    "SeaTraffic",
]

ENCOUNTER_RANGE_M = 5.0 * NAUTICAL_MILE_M
"""Range within which a stranger counts as met (assumed)."""

CALL_RANGE_M = 1.0 * NAUTICAL_MILE_M
"""A stranger that is to pass closer than this is called (assumed)."""

SHADOW_RANGE_M = 5.0 * NAUTICAL_MILE_M
"""Range at which an observer follows a unit (assumed)."""

LANES_COUNT = 100
"""Pairs of ports between which ships of commerce sail (assumed)."""

MOST_FISHING = 20_000
"""As many vessels as one fishing ground may have (assumed: more than any sea has on one bank)."""

SPACING_M = 5.0 * NAUTICAL_MILE_M
"""Mean distance between vessels of a fishing ground whose entry says nothing of it (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FishingFleet:
    """Vessels that trawl on a ground.

    Attributes:
        area: id of an area of the exercise; empty where `footprint` says where they fish.
        footprint: where they fish; None where `area` says it.
        spacing_m: mean distance between vessels: one to a square of this side. It counts where `vessels` is None.
        vessels: how many there are.
        depth_m: least and greatest depth of the water they fish in; None where it does not matter.
        off_land_m: least and greatest distance off the land; None where it does not matter.
        home: code of the port that they come from and return to; empty where they stay on the ground.
    """

    id: str
    area: str = ""
    footprint: Footprint | None = None
    spacing_m: float = SPACING_M
    vessels: int | None = None
    depth_m: tuple[float, float] | None = None
    off_land_m: tuple[float, float] | None = None
    home: str = ""
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeaTraffic:
    """What traffic is asked for around an exercise.

    Attributes:
        merchants: mean number of ships of commerce that are under way at some time of the exercise.
        lanes: pairs of ports between which they sail, those that carry the most.
        fishing: grounds by id.
        encounter_range_m: range within which a stranger counts as met.
        call_range_m: a ship that is to pass closer than this is called.
    """

    merchants: int = 0
    lanes: int = LANES_COUNT
    fishing: Mapping[str, FishingFleet] = field(default_factory=dict)
    encounter_range_m: float = ENCOUNTER_RANGE_M
    call_range_m: float = CALL_RANGE_M
    provenance: Provenance = Provenance()
