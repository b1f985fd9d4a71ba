"""Searchers in an area: who they are, how they share it, and how much of it they really swept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.domain import Band, Hazard, Medium, Reservation
from waterspace.geometry.geodesic import distances_m, position_arrays
from waterspace.serials.seamanship.frame import Sheet, encloses
from waterspace.serials.seamanship.patterns import HEIGHT_STEP_M, cast
from waterspace.serials.seamanship.search_patterns import Strip, share_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Footprint, Leg, Provenance
    from waterspace.serials.base import Briefing

__all__ = [
    "CLEARANCE_M",
    "Searcher",
    "flying_band",
    "flying_claim",
    "length_inside_m",
    "lots",
    "searchers",
    "whole",
]

CLEARANCE_M = 300.0
"""How far a ship keeps off the strip of its neighbour, so that two ships stay 600 m apart (assumed)."""

_LEAST_STRIP_M = 2.0 * CLEARANCE_M + 100.0
"""Narrowest strip of a ship that has neighbours (assumed)."""

_SAMPLES = 16
"""Pieces into which a leg is cut to measure how much of it lies in an area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searcher:
    """One unit that searches.

    Attributes:
        speed_mps: at which it searches, never above its own greatest speed.
        height_m: at which it searches; 0 for a ship.
    """

    unit: str
    speed_mps: float
    height_m: float

    @property
    def flies(self) -> bool:
        """Whether it is an aircraft."""
        return self.height_m > 0.0


def searchers(
    briefing: Briefing[Any], *roles: str, ship_speed_mps: float, aircraft_speed_mps: float, height_m: float
) -> tuple[Searcher, ...]:
    """The units of some roles, in the order of the file, each aircraft one step above the one before.

    Units ashore, and units that cannot move, are left out.
    """
    found: list[Searcher] = []
    layer_m = height_m
    for unit in cast(briefing, *roles):
        flies = briefing.medium(unit) is Medium.AIR
        speed_mps = min(aircraft_speed_mps if flies else ship_speed_mps, briefing.max_speed_mps(unit))
        if speed_mps > 0.0:
            found.append(Searcher(unit=unit, speed_mps=speed_mps, height_m=layer_m if flies else 0.0))
            layer_m += HEIGHT_STEP_M if flies else 0.0
    return tuple(found)


def whole(sheet: Sheet) -> Strip:
    """The whole width of an area."""
    return Strip(from_m=sheet.port_m, to_m=sheet.starboard_m)


def lots(sheet: Sheet, team: Sequence[Searcher], keep_off_m: float) -> tuple[Strip, ...]:
    """A strip of the area for each searcher, as wide as it is fast.

    Several ships keep off their neighbours, and the strip of a ship is wide enough for that where the area allows it.
    """
    if not team:
        return ()
    ships = sum(not searcher.flies for searcher in team)
    widths_m = _widths_m(team, sheet.starboard_m - sheet.port_m)
    return share_out(whole(sheet), widths_m, keep_off_m if ships > 1 else 0.0)


def _widths_m(team: Sequence[Searcher], width_m: float) -> list[float]:
    """Shares of a width in proportion to speed, but none of a ship below the least that keeps it apart."""
    narrow: set[str] = set()
    while True:
        left_m = width_m - _LEAST_STRIP_M * len(narrow)
        total_mps = math.fsum(searcher.speed_mps for searcher in team if searcher.unit not in narrow)
        if left_m <= 0.0 or total_mps <= 0.0:
            return [searcher.speed_mps for searcher in team]
        shares = {searcher.unit: left_m * searcher.speed_mps / total_mps for searcher in team}
        found = {
            searcher.unit for searcher in team if not searcher.flies and shares[searcher.unit] < _LEAST_STRIP_M
        } - narrow
        if not found:
            return [_LEAST_STRIP_M if unit in narrow else share_m for unit, share_m in shares.items()]
        narrow |= found


def length_inside_m(legs: Sequence[Leg], sheet: Sheet) -> float:
    """Length of the parts of a track that lie in an area, to a sixteenth of each leg.

    Which sixteenths lie inside is told on the sheet, where legs count as straight: one of 20 km that passes 50 km from
    the middle of the area really bends by a decimetre.
    """
    moving = [leg for leg in legs if not leg.is_wait]
    starts, ends = position_arrays([leg.start for leg in moving]), position_arrays([leg.end for leg in moving])
    from_m, to_m = sheet.frame.points(*starts)[:, None, :], sheet.frame.points(*ends)[:, None, :]
    shares = ((np.arange(_SAMPLES) + 0.5) / _SAMPLES)[:, None]
    inside = encloses(sheet.outline, from_m + shares * (to_m - from_m))
    return math.fsum(distances_m(*starts, *ends) * np.mean(inside, axis=1))


def flying_band(team: Sequence[Searcher]) -> Band | None:
    """The heights between which aircraft search, half a step above and below; None where nobody flies."""
    heights_m = [searcher.height_m for searcher in team if searcher.flies]
    if not heights_m:
        return None
    half_step_m = HEIGHT_STEP_M / 2.0
    return Band(floor_m=max(0.0, min(heights_m) - half_step_m), ceiling_m=max(heights_m) + half_step_m)


def flying_claim(
    briefing: Briefing[Any], team: Sequence[Searcher], footprint: Footprint, provenance: Provenance
) -> tuple[Reservation, ...]:
    """The air that searching aircraft claim: one reservation, or none."""
    band = flying_band(team)
    if band is None:
        return ()
    return (
        Reservation(
            id=f"{briefing.serial.id}/flying",
            owner=briefing.serial.id,
            name=f"{briefing.serial.id} searching aircraft",
            footprint=footprint,
            band=band,
            windows=(briefing.window,),
            hazard=Hazard.FLYING,
            provenance=provenance,
        ),
    )
