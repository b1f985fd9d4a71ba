"""How far a ship's fuel goes: one assumed model for the rules and for the review.

Consumption for each mile is taken as constant up to the economical speed, at which the class's range holds, and as
the square of the speed above it (assumed; the usual cube law of power against speed, divided by speed). A ship that
waits burns nothing in this model, and a replenished ship is full again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.geometry.geodesic import distances_m, position_arrays
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.domain import Leg, Platform, Position

__all__ = ["FuelState", "fuel_history"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelState:
    """Fuel at the end of a leg, as a share of full bunkers; below 0 where there is not enough.

    Attributes:
        used_ratio: burnt since the start, replenishment not taken off.
    """

    time_ms: int
    position: Position
    remaining_ratio: float
    used_ratio: float


def fuel_history(platform: Platform, legs: Sequence[Leg], replenished_ms: Iterable[int] = ()) -> tuple[FuelState, ...]:
    """Fuel after every leg of a ship that starts full.

    Args:
        platform: the class; without a range there is no history.
        legs: in order of time.
        replenished_ms: instants at which it is filled up again.
    """
    if not platform.range_m:
        return ()
    fills_ms = sorted(replenished_ms)
    remaining, used = 1.0, 0.0
    history: list[FuelState] = []
    starts, ends = position_arrays([leg.start for leg in legs]), position_arrays([leg.end for leg in legs])
    for leg, length_m in zip(legs, distances_m(*starts, *ends).tolist(), strict=True):
        while fills_ms and fills_ms[0] <= leg.start_ms:
            fills_ms.pop(0)
            remaining = 1.0
        burnt = _leg_ratio(platform, leg, length_m)
        remaining, used = remaining - burnt, used + burnt
        history.append(FuelState(time_ms=leg.end_ms, position=leg.end, remaining_ratio=remaining, used_ratio=used))
    return tuple(history)


def _leg_ratio(platform: Platform, leg: Leg, length_m: float) -> float:
    """Share of full bunkers that one leg takes; a leg planned faster than the ship can go, at its greatest speed."""
    if leg.is_wait or leg.duration_ms <= 0 or not platform.range_m:
        return 0.0
    speed_mps = min(length_m * SECOND_MS / leg.duration_ms, platform.max_speed_mps or math.inf)
    economical_mps = platform.economical_speed_mps or platform.cruise_speed_mps or speed_mps
    penalty = max(1.0, speed_mps / economical_mps) ** 2 if economical_mps > 0.0 else 1.0
    return length_m / platform.range_m * penalty
