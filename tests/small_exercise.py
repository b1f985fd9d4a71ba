"""A small exercise round one serial, and what every serial type promises of its plan."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any

from waterspace.domain import (
    Area,
    Circle,
    Exercise,
    Footprint,
    Hazard,
    Leg,
    Measure,
    Medium,
    MovingBox,
    Platform,
    Polygon,
    Position,
    Serial,
    SourceText,
    Unit,
    Window,
)
from waterspace.engine.rehearsal import Outcome, rehearse
from waterspace.geometry.approach import closest_approach
from waterspace.geometry.geodesic import bearing_deg, destination
from waterspace.geometry.legs import position_at, speed_mps
from waterspace.quantity import HOUR_MS, KNOT_MPS, NAUTICAL_MILE_M
from waterspace.serials import registry
from waterspace.serials.base import Briefing, Plan, SerialParameters
from waterspace.serials.seamanship.frame import Frame

__all__ = [
    "BAY",
    "MIDDLE",
    "START_MS",
    "assert_keeps_its_promises",
    "assert_ships_keep_apart",
    "assert_stays_in_box",
    "box_area",
    "briefing_of",
    "measures_of",
    "one_serial",
    "play",
    "value",
]

MIDDLE = Position(lat_deg=39.8, lon_deg=133.2)
START_MS = 400_006 * HOUR_MS

CLASSES = {
    platform.key: platform
    for platform in (
        Platform(
            key="frigate",
            name="Frigate",
            kind="frigate",
            medium=Medium.SURFACE,
            length_m=134.0,
            max_speed_mps=27.0 * KNOT_MPS,
            economical_speed_mps=15.0 * KNOT_MPS,
            helicopter_spots=1,
        ),
        Platform(
            key="tanker",
            name="Tanker",
            kind="replenishment ship",
            medium=Medium.SURFACE,
            max_speed_mps=19.0 * KNOT_MPS,
            economical_speed_mps=14.0 * KNOT_MPS,
        ),
        Platform(
            key="helicopter",
            name="Helicopter",
            kind="ship helicopter",
            medium=Medium.AIR,
            max_speed_mps=146.0 * KNOT_MPS,
            cruise_speed_mps=111.0 * KNOT_MPS,
        ),
        Platform(
            key="submarine",
            name="Submarine",
            kind="submarine",
            medium=Medium.SUBSURFACE,
            max_speed_mps=17.0 * KNOT_MPS,
            economical_speed_mps=7.0 * KNOT_MPS,
        ),
        Platform(key="headquarters", name="Headquarters", kind="headquarters", medium=Medium.SHORE),
    )
}


def box_area(length_m: float, width_m: float, middle: Position = MIDDLE) -> Polygon:
    """A rectangle, its length north and south."""
    half_m, side_m = length_m / 2.0, width_m / 2.0
    corners = ((half_m, side_m), (-half_m, side_m), (-half_m, -side_m), (half_m, -side_m))
    return Polygon(
        vertices=tuple(
            destination(middle, math.degrees(math.atan2(east_m, north_m)), math.hypot(north_m, east_m))
            for north_m, east_m in corners
        )
    )


BAY = Circle(centre=MIDDLE, radius_m=10.0 * NAUTICAL_MILE_M)


def one_serial(
    type_: str,
    units: Mapping[str, Mapping[str, str]],
    parameters: SerialParameters | None = None,
    *,
    footprint: Footprint | None = BAY,
    hours: float | None = 4.0,
    homes: Mapping[str, str] | None = None,
) -> Exercise:
    """An exercise of one serial `S1`.

    Args:
        type_: key of the serial's type.
        units: role to ids of units with their classes.
        parameters: None for the defaults.
        footprint: of the area, or None for a serial whose area is unknown.
        hours: duration; None leaves it to the type.
        homes: aircraft to the ship that carries it.
    """
    given = registry.get(type_).parameters() if parameters is None else parameters
    classes = {id_: class_ for members in units.values() for id_, class_ in members.items()}
    serial = Serial(
        id="S1",
        type=type_,
        parameters=given,
        area="A1",
        units={role: tuple(members) for role, members in units.items()},
        start_ms=START_MS,
        duration_ms=None if hours is None else round(hours * HOUR_MS),
    )
    area = {} if footprint is None else {"A1": Area(id="A1", name="A1", footprint=footprint)}
    return Exercise(
        name="small",
        window=Window(start_ms=START_MS - 24 * HOUR_MS, end_ms=START_MS + 24 * HOUR_MS),
        source=SourceText(file="small.exercise.yaml", content=b""),
        platforms=CLASSES,
        units={id_: _unit(id_, class_, (homes or {}).get(id_, "")) for id_, class_ in classes.items()},
        areas=area,
        serials={"S1": serial},
    )


def _unit(id_: str, class_: str, home_unit: str) -> Unit:
    start = None if home_unit else MIDDLE
    return Unit(id=id_, name=id_, nation="JPN", platform=class_, start=start, home_unit=home_unit)


def briefing_of(exercise: Exercise) -> Briefing[Any]:
    """The briefing of the one serial, at its planned time."""
    serial = exercise.serials["S1"]
    duration_ms = serial.duration_ms
    if duration_ms is None:
        duration_ms = registry.get(serial.type).duration_ms(exercise, serial) or 0
    window = Window(start_ms=START_MS, end_ms=START_MS + duration_ms)
    return Briefing(exercise=exercise, serial=serial, window=window)


def play(exercise: Exercise, seed: int = 1) -> Outcome:
    """One rehearsal."""
    return rehearse(exercise, seed)


def measures_of(exercise: Exercise, outcome: Outcome) -> dict[str, Measure]:
    """What the type measures of a rehearsal, by name."""
    record = outcome.records[0]
    assert record.actual is not None
    serial = exercise.serials["S1"]
    briefing: Briefing[Any] = Briefing(exercise=exercise, serial=serial, window=record.actual)
    tracks = {unit: tuple(leg for leg in track.legs if leg.serial == "S1") for unit, track in outcome.tracks.items()}
    events = tuple(event for event in outcome.events if event.serial == "S1")
    type_ = registry.get(serial.type)
    found = type_.measures(briefing, record, events, tracks)
    assert {measure.name for measure in found} <= set(type_.measured_by)
    assert all(
        measure.name.endswith(("_m", "_mps", "_s", "_ms", "_deg", "_kg", "_count", "_ratio")) for measure in found
    )
    return {measure.name: measure for measure in found}


def value(measures: Mapping[str, Measure], name: str) -> float:
    """The number of one measure."""
    return measures[name].value


def assert_keeps_its_promises(briefing: Briefing[Any]) -> Plan:
    """What every plan and every claim must hold to; returns the plan."""
    type_ = registry.get(briefing.serial.type)
    plan = type_.plan(briefing)
    for unit, legs in plan.items():
        assert unit in briefing.units()
        assert legs[0].start_ms == briefing.window.start_ms
        assert legs[-1].end_ms == briefing.window.end_ms
        for before, after in itertools.pairwise(legs):
            assert before.end_ms == after.start_ms
            assert _same_place(before.end, after.start), f"{unit} jumps"
        fastest_mps = max(speed_mps(leg) for leg in legs if leg.duration_ms >= 1000 or leg.is_wait)
        assert fastest_mps <= briefing.max_speed_mps(unit) * 1.001, f"{unit} is too fast"
        assert {leg.serial for leg in legs} == {briefing.serial.id}
    claims = type_.reservations(briefing, plan)
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        assert claim.owner == briefing.serial.id
        assert isinstance(claim.hazard, Hazard)
        assert claim.band.floor_m < claim.band.ceiling_m
        for window in claim.windows:
            assert briefing.window.start_ms <= window.start_ms < window.end_ms <= briefing.window.end_ms
    return plan


def assert_stays_in_box(legs: tuple[Leg, ...], box: MovingBox) -> None:
    """A track begins and ends each of its legs inside a box that moves on one course."""
    axis_deg = bearing_deg(box.legs[0].start, box.legs[-1].end)
    for time_ms in (legs[0].start_ms, *(leg.end_ms for leg in legs)):
        frame = Frame(origin=position_at(box.legs, time_ms), axis_deg=axis_deg)
        ahead_m, starboard_m = frame.point(position_at(legs, time_ms))
        assert -box.astern_m - 1.0 <= ahead_m <= box.ahead_m + 1.0
        assert abs(starboard_m) <= box.abeam_m + 1.0


def assert_ships_keep_apart(plan: Plan, briefing: Briefing[Any], least_m: float = 500.0) -> None:
    """No two ships come closer to each other than a distance."""
    ships = [unit for unit in plan if briefing.medium(unit) is Medium.SURFACE]
    for one, other in itertools.combinations(ships, 2):
        nearest = closest_approach(plan[one], plan[other])
        assert nearest is not None
        assert nearest[1] >= least_m - 1.0, f"{one} and {other} pass at {nearest[1]:.0f} m"


def _same_place(a: Position, b: Position) -> bool:
    return a == b or Leg(start_ms=0, end_ms=1, start=a, end=b).is_wait
