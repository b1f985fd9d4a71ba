"""What every unit did: distance, speed, time under way, fuel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Measure, Medium, UnitSummary
from waterspace.geometry import legs as geometry
from waterspace.phenomena.fuel import flight_use, fuel_use, is_down
from waterspace.programme.passages import TURN_ROUND_MS
from waterspace.quantity import SECOND_MS
from waterspace.review.as_run import as_run
from waterspace.serials import registry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from waterspace.domain import Event, Exercise, Platform, SerialRecord, Track
    from waterspace.phenomena.fuel import FuelUse

__all__ = ["fuel_measures", "summarise"]

_MOMENT_MS = 5 * SECOND_MS
"""Legs shorter than this say nothing about the greatest speed, for they round to the millisecond and the metre."""


def summarise(
    exercise: Exercise, tracks: Mapping[str, Track], records: Sequence[SerialRecord], events: Sequence[Event]
) -> tuple[UnitSummary, ...]:
    """One line for every unit that has a track, in the order of the file; being carried does not count."""
    filled_ms = _replenished(exercise, records, events)
    return tuple(_summary(exercise, tracks[unit], filled_ms.get(unit, [])) for unit in exercise.units if unit in tracks)


def _replenished(exercise: Exercise, records: Sequence[SerialRecord], events: Sequence[Event]) -> dict[str, list[int]]:
    """Unit id to the instants at which a serial filled it up."""
    found: dict[str, list[int]] = {}
    for record in records:
        briefing = as_run(exercise, record)
        if briefing is None:
            continue
        own = tuple(event for event in events if event.serial == record.serial)
        with registry.Blame(briefing.serial.type, record.serial):
            filled_ms = registry.get(briefing.serial.type).filled_ms(briefing, record, own)
        for unit, time_ms in filled_ms.items():
            found.setdefault(unit, []).append(time_ms)
    return {unit: sorted(times_ms) for unit, times_ms in found.items()}


def _summary(exercise: Exercise, track: Track, filled_ms: list[int]) -> UnitSummary:
    platform = exercise.platform(track.unit)
    flies = platform is not None and platform.medium is Medium.AIR
    moving = [leg for leg in track.legs if not (leg.is_wait or (flies and is_down(leg)))]
    distance_m = geometry.total_length_m(moving)
    under_way_ms = sum(leg.duration_ms for leg in moving)
    speeds_mps = [geometry.speed_mps(leg) for leg in moving if leg.duration_ms >= _MOMENT_MS]
    fuel = _fuel(platform, track, filled_ms)
    return UnitSummary(
        unit=track.unit,
        distance_m=distance_m,
        under_way_ms=under_way_ms,
        mean_speed_mps=distance_m * SECOND_MS / under_way_ms if under_way_ms else 0.0,
        max_speed_mps=max(speeds_mps, default=0.0),
        fuel_used_ratio=None if fuel is None else fuel.used_ratio,
        fuel_lowest_ratio=None if fuel is None else fuel.lowest_ratio,
    )


def _fuel(platform: Platform | None, track: Track, filled_ms: list[int]) -> FuelUse | None:
    """What became of a unit's fuel; None where its class says too little."""
    if platform is None:
        return None
    if platform.medium is Medium.AIR:
        return flight_use(platform, track.legs, TURN_ROUND_MS)
    return fuel_use(platform, track.legs, filled_ms)


def fuel_measures(
    exercise: Exercise, tracks: Mapping[str, Track], records: Sequence[SerialRecord], events: Sequence[Event]
) -> tuple[Measure, ...]:
    """The least and the last share of fuel of every unit whose class says how far or how long it goes."""
    filled_ms = _replenished(exercise, records, events)
    found: list[Measure] = []
    for unit in exercise.units:
        if unit not in tracks:
            continue
        fuel = _fuel(exercise.platform(unit), tracks[unit], filled_ms.get(unit, []))
        if fuel is not None:
            lowest, last = "least share of its fuel at any time", "share of its fuel at the end"
            found.append(Measure(name="fuel_lowest_ratio", value=fuel.lowest_ratio, subject=unit, text=lowest))
            found.append(Measure(name="fuel_final_ratio", value=fuel.final_ratio, subject=unit, text=last))
    return tuple(found)
