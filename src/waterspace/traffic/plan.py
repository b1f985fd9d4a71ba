"""What background traffic is asked for."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.domain.traffic import MOST_FISHING
from waterspace.errors import GeometryError
from waterspace.quantity import DAY_MS, HOUR_MS, KNOT_MPS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from waterspace.domain import Footprint
    from waterspace.traffic.tables import ShipKind, VoyageEnd

__all__ = ["LANE_HALF_WIDTH_M", "FishingGround", "TrafficPlan"]

LANE_HALF_WIDTH_M = 4.0 * NAUTICAL_MILE_M
"""How far ships stray to either side of the shortest way in open water (assumed)."""

_MOST_SHIPS = 200_000
_MOST_PAIRS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class FishingGround:
    """A ground on which vessels trawl.

    Attributes:
        name: short, unique in a plan; ids of vessels are made of it.
        area: where they fish; of it only the water at least a mile off land counts.
        density_per_m2: vessels to a square metre of that water, up to `MOST_FISHING` of them; 1e-9 is one to a
            thousand square kilometres.
        vessels_count: how many there are whatever the water; None where the density says it.
        depth_m: least and greatest depth; None where depth does not matter. What depth is not known is left out.
        off_land_m: least and greatest distance off the land; None where it does not matter.
        home_port: name or code of a port that vessels come from and return to; empty where they stay on the ground.
        tow_speeds_mps: least, likeliest and greatest speed over the ground while fishing.
            Source: NERC Vocabulary Server, L05, otter trawl, gives about 4 knots for most demersal species; the spread
            is assumed.
        steaming_speed_mps: between port and ground (assumed).
        fishing_ms: on the ground, of each trip (assumed).
        in_port_ms: between two trips (assumed).
    """

    name: str
    area: Footprint
    density_per_m2: float = 0.0
    vessels_count: int | None = None
    depth_m: tuple[float, float] | None = None
    off_land_m: tuple[float, float] | None = None
    home_port: str = ""
    tow_speeds_mps: tuple[float, float, float] = (3.0 * KNOT_MPS, 4.0 * KNOT_MPS, 4.5 * KNOT_MPS)
    steaming_speed_mps: float = 9.0 * KNOT_MPS
    fishing_ms: int = 2 * DAY_MS
    in_port_ms: int = 12 * HOUR_MS

    def __post_init__(self) -> None:
        """Refuse what no vessel can do.

        Raises:
            GeometryError: a density, depth, distance, speed or time is out of bounds; the message names the ground.
        """
        for text, wrong in (
            (
                f"a density of {self.density_per_m2} to a square metre, expected 0 to 1e-4",
                not 0.0 <= self.density_per_m2 <= 1e-4,
            ),
            (
                f"{self.vessels_count} vessels, expected 0 to {MOST_FISHING:,}",
                self.vessels_count is not None and not 0 <= self.vessels_count <= MOST_FISHING,
            ),
            (f"depths {self.depth_m}, expected the least first", not _rising(self.depth_m or (0.0, 1.0))),
            (
                f"distances off land {self.off_land_m}, expected the least first",
                not _rising(self.off_land_m or (0.0, 1.0)),
            ),
            (f"speeds {self.tow_speeds_mps}, expected them rising, above 0", not _rising((0.0, *self.tow_speeds_mps))),
            (f"a speed of {self.steaming_speed_mps} m/s, expected more than 0", not self.steaming_speed_mps > 0.0),
            (f"{self.fishing_ms} ms of fishing a trip, expected at least an hour", self.fishing_ms < HOUR_MS),
            (f"{self.in_port_ms} ms in port, expected 0 or more", self.in_port_ms < 0),
        ):
            if wrong:
                raise GeometryError(f"fishing ground {self.name}: found {text}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficPlan:
    """What background traffic is asked for; what is not said is assumed.

    Attributes:
        start_ms: from when on tracks are wanted, milliseconds since 1970.
        end_ms: until when, after `start_ms`.
        merchant_count: mean number of merchant ships that are under way at some time between them; 0 for none. Their
            number is drawn, as it is for a stream of departures at random times.
        ends: ports and gates that they sail between, with weights; empty for the packaged table of assumed weights.
        kinds: of ships, with shares, lengths and speeds; empty for the packaged table of assumed distributions.
        pairs_count: so many pairs of ends are sailed, those that carry the most; each takes a route.
        lane_half_width_m: how far ships stray to either side of a lane where there is water; 0 for none.
        grounds: where vessels fish.
    """

    start_ms: int
    end_ms: int
    merchant_count: float = 0.0
    ends: tuple[VoyageEnd, ...] = ()
    kinds: tuple[ShipKind, ...] = ()
    pairs_count: int = 100
    lane_half_width_m: float = LANE_HALF_WIDTH_M
    grounds: tuple[FishingGround, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be built.

        Raises:
            GeometryError: a number is out of bounds, or two grounds have one name.
        """
        names = [ground.name for ground in self.grounds]
        for text, wrong in (
            (
                f"a span from {self.start_ms} to {self.end_ms}, expected an end after the start",
                self.end_ms <= self.start_ms,
            ),
            (
                f"{self.merchant_count} merchant ships, expected 0 to {_MOST_SHIPS:,}",
                not 0.0 <= self.merchant_count <= _MOST_SHIPS,
            ),
            (
                f"{self.pairs_count} pairs of ports, expected 1 to {_MOST_PAIRS}",
                not 1 <= self.pairs_count <= _MOST_PAIRS,
            ),
            (
                f"lanes {self.lane_half_width_m} m wide to either side, expected 0 to 20 nautical miles",
                not 0.0 <= self.lane_half_width_m <= 20.0 * NAUTICAL_MILE_M,
            ),
            (
                f"two fishing grounds of one name among {names}, expected names that differ",
                len(set(names)) < len(names),
            ),
        ):
            if wrong:
                raise GeometryError(f"traffic: found {text}")


def _rising(values: tuple[float, ...]) -> bool:
    """Whether each value is above the one before."""
    return all(a < b for a, b in itertools.pairwise(values))
