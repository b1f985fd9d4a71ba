"""Exercises of one serial, and the laws that every serial type keeps."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from waterspace.domain import (
    Area,
    Band,
    Circle,
    Event,
    Exercise,
    Footprint,
    Leg,
    Measure,
    Medium,
    Platform,
    Position,
    Serial,
    SerialRecord,
    SourceText,
    Unit,
    Window,
)
from waterspace.engine import rehearse
from waterspace.geometry.geodesic import destination, distances_m
from waterspace.geometry.legs import positions_at, speed_mps
from waterspace.quantity import HOUR_MS, KNOT_MPS, NAUTICAL_MILE_M
from waterspace.serials import registry
from waterspace.serials.base import Briefing, Plan

__all__ = [
    "AREA",
    "HERE",
    "START_MS",
    "Rehearsed",
    "assert_apart",
    "assert_claims_are_within_the_serial",
    "assert_fills_its_window",
    "assert_keeps_the_laws",
    "assert_within_speed",
    "briefing_of",
    "exercise_of",
    "least_separation_m",
    "rehearsed",
    "shuffled",
]

HERE = Position(lat_deg=39.8, lon_deg=133.2)
AREA = Circle(centre=HERE, radius_m=20.0 * NAUTICAL_MILE_M)
START_MS = 1_689_811_200_000
"""2023-07-20T00:00Z, when the serial starts."""

PLATFORMS = {
    "frigate": Platform(
        key="frigate",
        name="Frigate",
        kind="frigate",
        medium=Medium.SURFACE,
        max_speed_mps=28.0 * KNOT_MPS,
        economical_speed_mps=15.0 * KNOT_MPS,
    ),
    "tanker": Platform(
        key="tanker",
        name="Tanker",
        kind="fleet tanker",
        medium=Medium.SURFACE,
        max_speed_mps=16.0 * KNOT_MPS,
        economical_speed_mps=12.0 * KNOT_MPS,
    ),
    "submarine": Platform(
        key="submarine", name="Submarine", kind="submarine", medium=Medium.SUBSURFACE, max_speed_mps=17.0 * KNOT_MPS
    ),
    "fighter": Platform(
        key="fighter", name="Fighter", kind="fighter", medium=Medium.AIR, cruise_speed_mps=430.0 * KNOT_MPS
    ),
    "helicopter": Platform(
        key="helicopter", name="Helicopter", kind="helicopter", medium=Medium.AIR, cruise_speed_mps=110.0 * KNOT_MPS
    ),
    "headquarters": Platform(key="headquarters", name="Headquarters", kind="headquarters", medium=Medium.SHORE),
}


def exercise_of(
    key: str,
    roles: Mapping[str, Sequence[str]],
    parameters: object = None,
    *,
    duration_ms: int | None = 4 * HOUR_MS,
    area: Footprint | None = AREA,
    band: Band | None = None,
) -> Exercise:
    """An exercise of one serial, `S1`.

    Args:
        key: of the type.
        roles: role to keys of platforms; units are called by role and number, such as `firing1`.
        parameters: None for the type's defaults.
        duration_ms: None where the type works it out.
        area: None for a serial without one.
        band: of the area.
    """
    type_ = registry.get(key)
    units: dict[str, Unit] = {}
    for role, platforms in roles.items():
        for number, platform in enumerate(platforms, start=1):
            place = destination(HERE, 40.0 * len(units), 25.0 * NAUTICAL_MILE_M)
            name = f"{role}{number}"
            is_ship = PLATFORMS[platform].medium in {Medium.SURFACE, Medium.SUBSURFACE}
            units[name] = Unit(
                id=name,
                name=name,
                nation="CHN",
                platform=platform,
                start=place if is_ship else None,
                home=None if is_ship else place,
            )
    serial = Serial(
        id="S1",
        type=key,
        parameters=type_.parameters() if parameters is None else parameters,
        area="" if area is None else "A",
        units={role: tuple(f"{role}{n + 1}" for n in range(len(platforms))) for role, platforms in roles.items()},
        start_ms=START_MS,
        duration_ms=duration_ms,
    )
    return Exercise(
        name="One serial",
        window=Window(start_ms=START_MS - 6 * HOUR_MS, end_ms=START_MS + 48 * HOUR_MS),
        source=SourceText(file="one.exercise.yaml", content=b""),
        platforms=PLATFORMS,
        units=units,
        areas={} if area is None else {"A": Area(id="A", name="Alfa", footprint=area, band=band or Band())},
        serials={"S1": serial},
    )


def briefing_of(exercise: Exercise) -> Briefing[Any]:
    """The briefing of the only serial, for its planned window."""
    serial = exercise.serials["S1"]
    duration_ms = serial.duration_ms or registry.get(serial.type).duration_ms(exercise, serial)
    assert duration_ms is not None
    return Briefing(exercise=exercise, serial=serial, window=Window(start_ms=START_MS, end_ms=START_MS + duration_ms))


def shuffled(exercise: Exercise) -> Exercise:
    """The same exercise with the units of every role named in the opposite order."""
    serial = exercise.serials["S1"]
    units = {role: names[::-1] for role, names in serial.units.items()}
    return replace(exercise, serials={"S1": replace(serial, units=units)})


def assert_keeps_the_laws(briefing: Briefing[Any], plan: Plan, least_m: float = 500.0) -> None:
    """What every serial keeps: its window, the speeds of its units, room between them, and claims of its own."""
    assert_fills_its_window(briefing, plan)
    assert_within_speed(briefing, plan)
    assert_apart(briefing, plan, least_m)
    assert_claims_are_within_the_serial(briefing, plan)


def assert_fills_its_window(briefing: Briefing[Any], plan: Plan) -> None:
    """Every unit's legs join up in time and place, are of this serial, and span its window."""
    for unit, legs in plan.items():
        assert legs, unit
        assert legs[0].start_ms == briefing.window.start_ms, unit
        assert legs[-1].end_ms == briefing.window.end_ms, unit
        for before, after in itertools.pairwise(legs):
            assert before.end_ms == after.start_ms, unit
            assert before.end == after.start, unit
        assert all(leg.start_ms < leg.end_ms for leg in legs), unit
        assert {leg.serial for leg in legs} == {briefing.serial.id}, unit


def assert_within_speed(briefing: Briefing[Any], plan: Plan) -> None:
    """No unit is asked for more than its greatest speed, but for the rounding of times to the millisecond."""
    for unit, legs in plan.items():
        for leg in legs:
            slack_mps = 2.0 * speed_mps(leg) / leg.duration_ms
            assert speed_mps(leg) <= briefing.max_speed_mps(unit) * 1.001 + slack_mps, (unit, leg)


def least_separation_m(tracks: Mapping[str, Sequence[Leg]], window: Window, *, steps: int = 400) -> float:
    """The least distance between any two of some units, looked at from time to time; infinite for fewer than two."""
    times_ms = np.linspace(window.start_ms, window.end_ms, steps)
    places = [positions_at(legs, times_ms) for legs in tracks.values()]
    return min(
        (float(np.min(distances_m(*one, *other))) for index, one in enumerate(places) for other in places[index + 1 :]),
        default=np.inf,
    )


def assert_apart(briefing: Briefing[Any], plan: Plan, least_m: float = 500.0) -> None:
    """Ships keep apart from each other, and aircraft fly at heights of their own."""
    ships = {unit: legs for unit, legs in plan.items() if briefing.medium(unit) is not Medium.AIR}
    assert least_separation_m(ships, briefing.window) >= least_m * 0.999
    heights_m = [legs[0].height_m for unit, legs in plan.items() if briefing.medium(unit) is Medium.AIR]
    assert len(set(heights_m)) == len(heights_m)


def assert_claims_are_within_the_serial(briefing: Briefing[Any], plan: Plan) -> None:
    """Reservations belong to the serial, have ids of their own, and end with it; the order of units is no matter."""
    type_ = registry.get(briefing.serial.type)
    claims = type_.reservations(briefing, plan)
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        assert claim.owner == briefing.serial.id
        assert claim.id.startswith(f"{briefing.serial.id}/")
        assert claim.band.floor_m < claim.band.ceiling_m
        assert all(
            briefing.window.start_ms <= window.start_ms < window.end_ms <= briefing.window.end_ms
            for window in claim.windows
        )
    other = briefing_of(shuffled(briefing.exercise))
    assert other.window == briefing.window
    assert type_.reservations(other, type_.plan(other)) == claims


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What came of the serial when the engine ran it."""

    record: SerialRecord
    events: tuple[Event, ...]
    tracks: Mapping[str, tuple[Leg, ...]]
    measures: tuple[Measure, ...]
    digest: str

    def kinds(self, kind: str) -> list[Event]:
        """The events of a kind."""
        return [event for event in self.events if event.kind == kind]

    def value(self, name: str) -> float:
        """The value of a measure."""
        return next(measure.value for measure in self.measures if measure.name == name)


def rehearsed(exercise: Exercise, seed: int = 1) -> Rehearsed:
    """Run the exercise in the real engine, and measure its serial."""
    outcome = rehearse(exercise, seed)
    record = outcome.records[0]
    events = tuple(event for event in outcome.events if event.serial == "S1")
    tracks = {unit: tuple(leg for leg in track.legs if leg.serial == "S1") for unit, track in outcome.tracks.items()}
    serial = exercise.serials["S1"]
    window = record.actual or Window(start_ms=START_MS, end_ms=START_MS + 1)
    briefing: Briefing[Any] = Briefing(exercise=exercise, serial=serial, window=window)
    type_ = registry.get(serial.type)
    measures = type_.measures(briefing, record, events, {unit: legs for unit, legs in tracks.items() if legs})
    assert {measure.name for measure in measures} <= set(type_.measured_by)
    return Rehearsed(record=record, events=events, tracks=tracks, measures=measures, digest=outcome.digest)
