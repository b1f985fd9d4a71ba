"""What may go otherwise than planned: breakdowns, and communications that do not reach. All of it the planner's."""

from __future__ import annotations

from dataclasses import dataclass

from waterspace.domain.place import Provenance

__all__ = ["Link", "Reliability"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """How often units break down, and how long a repair takes; times are drawn for each unit of its own.

    Attributes:
        units: ids of units or groups; empty for every unit that no other entry names.
        works_mean_ms: mean time from new, or from the last repair, to the next breakdown; above 0.
        repair_mean_ms: mean time to repair, above 0.
        shape_ratio: Weibull's shape of the time to a breakdown: 1 where age does not matter, above 1 for wear.
    """

    id: str
    works_mean_ms: int
    repair_mean_ms: int
    units: tuple[str, ...] = ()
    shape_ratio: float = 1.0
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A means of communication between units.

    Attributes:
        name: such as `VHF channel 72`.
        units: ids of the units or groups that have it; empty for all.
        range_m: how far it reaches; None for line of sight over the radio horizon.
        delay_ms: from sending to arrival.
        works_mean_ms: mean time between outages of one unit's set; None where it never fails.
        repair_mean_ms: mean length of an outage; given with `works_mean_ms`.
    """

    id: str
    name: str = ""
    units: tuple[str, ...] = ()
    range_m: float | None = None
    delay_ms: int = 0
    works_mean_ms: int | None = None
    repair_mean_ms: int | None = None
    provenance: Provenance = Provenance()
