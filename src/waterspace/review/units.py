"""What every unit did: distance, speed, time under way, fuel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Medium, SerialStatus, UnitSummary
from waterspace.geometry import legs as geometry
from waterspace.programme.fuel import fuel_history
from waterspace.quantity import SECOND_MS
from waterspace.review.as_run import as_run
from waterspace.serials import registry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from waterspace.domain import Exercise, SerialRecord, Track

__all__ = ["summarise"]

_MOMENT_MS = 5 * SECOND_MS
"""Legs shorter than this say nothing about the greatest speed, for they round to the millisecond and the metre."""


def summarise(
    exercise: Exercise, tracks: Mapping[str, Track], records: Sequence[SerialRecord]
) -> tuple[UnitSummary, ...]:
    """One line for every unit that has a track, in the order of the file; being carried does not count."""
    filled_ms = _replenished(exercise, records)
    return tuple(_summary(exercise, tracks[unit], filled_ms.get(unit, [])) for unit in exercise.units if unit in tracks)


def _replenished(exercise: Exercise, records: Sequence[SerialRecord]) -> dict[str, list[int]]:
    """Unit id to the instants at which a serial filled it up."""
    filled_ms: dict[str, list[int]] = {}
    for record in records:
        briefing = as_run(exercise, record)
        if briefing is None or record.status is not SerialStatus.COMPLETED:
            continue
        with registry.Blame(briefing.serial.type, record.serial):
            filled = registry.get(briefing.serial.type).replenished(briefing)
        for unit in filled:
            filled_ms.setdefault(unit, []).append(briefing.window.end_ms)
    return filled_ms


def _summary(exercise: Exercise, track: Track, filled_ms: list[int]) -> UnitSummary:
    platform = exercise.platform(track.unit)
    flies = platform is not None and platform.medium is Medium.AIR
    moving = [leg for leg in track.legs if not leg.is_wait and (leg.height_m > 0.0 or not flies)]
    distance_m = geometry.total_length_m(moving)
    under_way_ms = sum(leg.duration_ms for leg in moving)
    speeds_mps = [geometry.speed_mps(leg) for leg in moving if leg.duration_ms >= _MOMENT_MS]
    used = lowest = None
    if platform is not None and not flies:
        history = fuel_history(platform, track.legs, filled_ms)
        if history:
            used = history[-1].used_ratio
            lowest = min(state.remaining_ratio for state in history)
    return UnitSummary(
        unit=track.unit,
        distance_m=distance_m,
        under_way_ms=under_way_ms,
        mean_speed_mps=distance_m * SECOND_MS / under_way_ms if under_way_ms else 0.0,
        max_speed_mps=max(speeds_mps, default=0.0),
        fuel_used_ratio=used,
        fuel_lowest_ratio=lowest,
    )
