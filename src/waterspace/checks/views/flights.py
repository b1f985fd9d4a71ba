"""Flights: when each aircraft flies, and how long its fuel lasts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from waterspace.checks.context import Context
    from waterspace.programme import Sortie

__all__ = ["flights_of", "fuel_lasts_ms"]


def flights_of(context: Context) -> Mapping[str, Sequence[Sortie]]:
    """Aircraft to its flights from take-off to landing, in order of time."""
    found: dict[str, list[Sortie]] = defaultdict(list)
    for sortie in context.programme.sorties:
        found[sortie.unit].append(sortie)
    for flights in found.values():
        flights.sort(key=lambda sortie: (sortie.window, sortie.serials))
    return found


def fuel_lasts_ms(context: Context, unit: str) -> float | None:
    """How long an aircraft can stay in the air; None where nobody says."""
    from waterspace.serials.base import cruising_speed_mps

    platform = context.exercise.platform(unit)
    if platform is None:
        return None
    if platform.endurance_ms is not None:
        return float(platform.endurance_ms)
    speed_mps = cruising_speed_mps(context.exercise, unit)
    return None if not platform.range_m or not speed_mps else platform.range_m / speed_mps * SECOND_MS
