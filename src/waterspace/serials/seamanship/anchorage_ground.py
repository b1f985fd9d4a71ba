"""An anchorage and its defence as drawn: berths, patrol rings, run-ins, and the alarms that a run's draws lead to."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from waterspace.domain import Medium
from waterspace.geometry.approach import first_within
from waterspace.geometry.footprints import centre
from waterspace.geometry.geodesic import distance_m
from waterspace.geometry.legs import legs_at_speed, position_at
from waterspace.phenomena.detection import InverseCube, detection_ms
from waterspace.phenomena.draws import common_draws
from waterspace.phenomena.relative_motion import relative_legs
from waterspace.quantity import KNOT_MPS, NAUTICAL_MILE_M
from waterspace.serials.base import Briefing, SerialParameters, Stage, once, parameter
from waterspace.serials.seamanship.frame import Frame, Point, fill_window
from waterspace.serials.seamanship.patterns import SEPARATION_M, cast, heights_m, stations_around
from waterspace.serials.seamanship.search_patterns import to_and_fro
from waterspace.serials.seamanship.shared import once_for_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from waterspace.domain import Leg, Position

__all__ = [
    "ANCHORED",
    "INTRUDER",
    "PATROL",
    "Alarm",
    "AnchorageDefenceParameters",
    "Ground",
    "Lookout",
    "alarms_of",
    "ground_of",
    "intruder_speed_mps",
    "patrols",
    "run_ins",
]

ANCHORED = "anchored"
"""Role of ships at anchor."""
PATROL = "patrol"
"""Role of ships and aircraft that patrol."""
INTRUDER = "intruder"
"""Role of participants that run in."""

_USUAL_LENGTH_M = 150.0
"""Length of a ship whose class gives none (assumed)."""
_ARC_STEP_DEG = 10.0
"""Corners of a patrol ring lie this far apart; the chord is 0.4 % of the radius inside the ring."""


class Lookout(StrEnum):
    """How a patrol detects who runs in."""

    DEFINITE_RANGE = "definite range"
    INVERSE_CUBE = "inverse cube"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorageDefenceParameters(SerialParameters):
    """What the planner may say of an anchorage defence."""

    cable_m: float = parameter(text="Cable veered.", default=150.0, minimum=10.0, source="assumed")
    margin_m: float = parameter(
        text="Room between neighbouring swinging circles and their edge.", default=100.0, minimum=0.0, source="assumed"
    )
    at_anchor: bool = parameter(
        text="Whether the ships anchor; without, they lie stopped as if at anchor, however deep it is.",
        default=True,
        source="assumed",
    )
    patrol_distance_m: float = parameter(
        text="Distance of the patrol ring from the anchorage, and of the aircraft's ring from it.",
        default=2.0 * NAUTICAL_MILE_M,
        minimum=500.0,
        source="assumed",
    )
    patrol_speed_mps: float = parameter(
        text="Speed of patrol ships.", default=10.0 * KNOT_MPS, minimum=0.5, source="assumed"
    )
    height_m: float = parameter(
        text="Height of the lowest patrol aircraft; each further one flies 300 m higher.",
        default=150.0,
        minimum=30.0,
        source="assumed",
    )
    approach_from_deg: float = parameter(
        text="True bearing, from the middle of the anchorage, from which an intruder comes.",
        default=180.0,
        minimum=0.0,
        maximum=360.0,
        source="assumed",
    )
    intruder_distance_m: float = parameter(
        text="How far outside the patrol ring an intruder waits.",
        default=4.0 * NAUTICAL_MILE_M,
        minimum=500.0,
        source="assumed",
    )
    intruder_speed_mps: float = parameter(
        text="Speed of an intruder, no more than its greatest.", default=15.0 * KNOT_MPS, minimum=0.5, source="assumed"
    )
    alert_range_m: float = parameter(
        text="Range at which a patrol makes out an intruder.",
        default=3.0 * NAUTICAL_MILE_M,
        minimum=1.0,
        source="assumed",
    )
    lookout: Lookout = parameter(
        text="How patrols detect: for certain at the alert range, or by chance with twice that range as sweep width.",
        default=Lookout.DEFINITE_RANGE,
        source="assumed",
    )
    challenge_range_m: float = parameter(
        text="Range at which a patrol ship challenges an intruder.",
        default=0.5 * NAUTICAL_MILE_M,
        minimum=500.0,
        source="assumed",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The anchorage as drawn.

    Attributes:
        frame: at its middle, ahead towards the side from which an intruder comes.
        berths: anchored ship to its place.
        radius_m: of the anchorage, swinging circles included.
        ring_m: radius of the patrol ring of ships.
    """

    frame: Frame
    berths: Mapping[str, Position]
    radius_m: float
    ring_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """What a run-in leads to, by the draws of this run and the plan.

    Attributes:
        entry_ms: the intruder begins to run in.
        alert_ms: a patrol makes it out; None where none does in time.
        lookout: who makes it out.
        responder: patrol ship that closes it; empty where there is none.
    """

    intruder: str
    entry_ms: int
    alert_ms: int | None = None
    lookout: str = ""
    responder: str = ""


@once
def ground_of(briefing: Briefing[AnchorageDefenceParameters]) -> Ground | None:
    """The anchorage, or None where no area is known or nobody anchors."""
    anchored = cast(briefing, ANCHORED, medium=Medium.SURFACE)
    if briefing.area is None or not anchored:
        return None
    given = briefing.parameters
    platforms = [briefing.exercise.platform(unit) for unit in anchored]
    lengths_m = [(platform and platform.length_m) or _USUAL_LENGTH_M for platform in platforms]
    swing_m = given.cable_m + max(lengths_m) + given.margin_m
    middle = centre(briefing.area.footprint)
    spacing_m = max(2.0 * swing_m, SEPARATION_M)
    berths = stations_around(middle, len(anchored), radius_m=0.0, spacing_m=spacing_m)
    radius_m = max(distance_m(middle, berth) for berth in berths) + swing_m
    return Ground(
        frame=Frame(origin=middle, axis_deg=given.approach_from_deg),
        berths=dict(zip(anchored, berths, strict=True)),
        radius_m=radius_m,
        ring_m=radius_m + given.patrol_distance_m,
    )


def patrols(briefing: Briefing[AnchorageDefenceParameters], ground: Ground) -> dict[str, tuple[Leg, ...]]:
    """Ships to and fro in sectors of one ring, aircraft round and round on a wider one."""
    given = briefing.parameters
    others = [unit for unit in cast(briefing, PATROL) if unit not in ground.berths]
    ships = [unit for unit in others if briefing.medium(unit) is not Medium.AIR]
    aircraft = [unit for unit in others if briefing.medium(unit) is Medium.AIR]
    gap_deg = math.degrees(2.0 * SEPARATION_M / ground.ring_m)
    tracks: dict[str, tuple[Leg, ...]] = {}
    for number, unit in enumerate(ships):
        route: Iterator[Point] = itertools.cycle(_arc(ground.ring_m, 0.0, 360.0)[:-1])
        if len(ships) > 1:
            middle_deg, half_deg = 360.0 * number / len(ships), 180.0 / len(ships) - gap_deg / 2.0
            route = to_and_fro(_arc(ground.ring_m, middle_deg - half_deg, middle_deg + half_deg))
        speed_mps = min(given.patrol_speed_mps, briefing.max_speed_mps(unit))
        tracks[unit] = fill_window(
            map(ground.frame.position, route), briefing.window, speed_mps=speed_mps, serial=briefing.serial.id
        )
    circle = _arc(ground.ring_m + given.patrol_distance_m, 0.0, 360.0)[:-1]
    for unit, height_m in zip(aircraft, heights_m(len(aircraft), given.height_m), strict=True):
        tracks[unit] = fill_window(
            map(ground.frame.position, itertools.cycle(circle)),
            briefing.window,
            speed_mps=briefing.cruising_speed_mps(unit),
            height_m=height_m,
            serial=briefing.serial.id,
        )
    return tracks


def _arc(radius_m: float, from_deg: float, to_deg: float) -> tuple[Point, ...]:
    """Corners of an arc about the origin, bearings relative to the axis; a single one where it has no length."""
    steps = max(1, math.ceil((to_deg - from_deg) / _ARC_STEP_DEG)) if to_deg > from_deg else 0
    if steps == 0:
        from_deg = to_deg = (from_deg + to_deg) / 2.0
    angles = [math.radians(from_deg + (to_deg - from_deg) * step / max(steps, 1)) for step in range(steps + 1)]
    return tuple((radius_m * math.cos(angle), radius_m * math.sin(angle)) for angle in angles)


def intruder_speed_mps(briefing: Briefing[AnchorageDefenceParameters], unit: str) -> float:
    """Speed of a run-in."""
    return min(briefing.parameters.intruder_speed_mps, briefing.max_speed_mps(unit))


def run_ins(briefing: Briefing[AnchorageDefenceParameters], ground: Ground) -> dict[str, tuple[Point, Point]]:
    """Intruder to where it waits and where it makes for, spread evenly round the anchorage."""
    units = [
        unit
        for unit in cast(briefing, INTRUDER, medium=Medium.SURFACE)
        if unit not in ground.berths and unit not in briefing.units(PATROL) and briefing.max_speed_mps(unit) > 0.0
    ]
    outer_m = ground.ring_m + briefing.parameters.intruder_distance_m
    found: dict[str, tuple[Point, Point]] = {}
    for number, unit in enumerate(units):
        angle = 2.0 * math.pi * number / len(units)
        cosine, sine = math.cos(angle), math.sin(angle)
        found[unit] = ((outer_m * cosine, outer_m * sine), (ground.radius_m * cosine, ground.radius_m * sine))
    return found


@once_for_all
def alarms_of(stage: Stage[AnchorageDefenceParameters], ground: Ground) -> tuple[Alarm, ...]:
    """What this run's draws lead to, in order of the alert; every script reads them alike."""
    briefing = stage.briefing
    window = briefing.window
    patrols = [unit for unit in cast(briefing, PATROL) if unit in stage.plan and unit not in ground.berths]
    alarms: list[Alarm] = []
    for intruder, points in run_ins(briefing, ground).items():
        (luck,) = common_draws(stage.stream(f"entry/{intruder}"), 1)
        entry_ms = window.start_ms + round(luck * (window.end_ms - window.start_ms) / 2.0)
        places = [ground.frame.position(point) for point in points]
        legs = legs_at_speed(places, entry_ms, intruder_speed_mps(briefing, intruder))
        seen = [(_seen_ms(stage, intruder, legs, unit), unit) for unit in patrols]
        times = [(time_ms, unit) for time_ms, unit in seen if time_ms is not None]
        alert_ms, lookout = min(times, default=(None, ""))
        alarms.append(Alarm(intruder=intruder, entry_ms=entry_ms, alert_ms=alert_ms, lookout=lookout))
    alarms.sort(key=lambda alarm: (alarm.alert_ms is None, alarm.alert_ms or 0, alarm.intruder))
    ships = [unit for unit in patrols if briefing.medium(unit) is not Medium.AIR]
    answered: list[Alarm] = []
    for alarm in alarms:
        responder = ""
        if alarm.alert_ms is not None and ships:
            goal = ground.frame.position(run_ins(briefing, ground)[alarm.intruder][1])
            ranges = {unit: distance_m(position_at(stage.plan[unit], alarm.alert_ms), goal) for unit in ships}
            responder = min(ships, key=ranges.__getitem__)
            ships.remove(responder)
        answered.append(replace(alarm, responder=responder))
    return tuple(answered)


def _seen_ms(stage: Stage[AnchorageDefenceParameters], intruder: str, legs: tuple[Leg, ...], patrol: str) -> int | None:
    """When a patrol detects an intruder on its way in; None for never."""
    given, own = stage.briefing.parameters, stage.plan[patrol]
    if given.lookout is Lookout.DEFINITE_RANGE:
        return first_within(legs, own, given.alert_range_m)
    (luck,) = common_draws(stage.stream(f"lookout/{intruder}/{patrol}"), 1)
    eye = InverseCube(sweep_width_m=2.0 * given.alert_range_m, at_mps=intruder_speed_mps(stage.briefing, intruder))
    return detection_ms(eye, relative_legs(own, legs), luck)
