"""Anchorage defence: ships at anchor with room to swing, patrols in sectors round them, and perhaps a mock intruder.

Each anchored ship has a circle of its own: cable, length of the longest ship, and a margin. Patrol ships go to and
fro on a ring round the anchorage, each in its sector; aircraft circle on a wider ring. An intruder that a participant
plays waits outside, runs in at an instant that is drawn, and turns back when it is challenged or has reached the
anchorage. Patrols detect it at their alert range for certain, or by the inverse cube law with twice that range as
sweep width, along the real tracks; the first to detect it gives the alarm, and the nearest patrol ship closes and
challenges it by radio.

Sources: swinging room as a circle of length of ship, cable veered and safety margin is common seamanship; other
figures are assumed. No weapon is modelled.
Limits: depth and holding ground are not looked at; the cable does not depend on depth; ships do not swing; the alert
range holds in all directions and conditions; a patrol that answers one alarm is planned as if it kept its sector.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

from waterspace.domain import (
    SURFACE,
    Await,
    Band,
    Circle,
    CloseTo,
    Confidence,
    Follow,
    Hazard,
    Leg,
    Measure,
    Medium,
    Proceed,
    Provenance,
    Record,
    Reservation,
    Signal,
    WaitUntil,
    WakeReason,
    Window,
)
from waterspace.geometry.geodesic import between, distance_m
from waterspace.geometry.intercept import intercept_ms
from waterspace.geometry.legs import position_at, total_length_m, trim
from waterspace.quantity import MINUTE_MS, NAUTICAL_MILE_M, SECOND_MS, nautical_miles
from waterspace.serials.base import (
    AIRCRAFT,
    SHIPS,
    Briefing,
    Plan,
    Role,
    Script,
    SerialType,
    Stage,
)
from waterspace.serials.measuring.spans import closest_m, mean, numbered
from waterspace.serials.seamanship.anchorage_ground import (
    ANCHORED,
    INTRUDER,
    PATROL,
    AnchorageDefenceParameters,
    Ground,
    alarms_of,
    ground_of,
    intruder_speed_mps,
    patrols,
    run_ins,
)
from waterspace.serials.seamanship.frame import fill_window
from waterspace.serials.seamanship.patterns import HEIGHT_STEP_M, SEPARATION_M, cast, heights_m

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Event, Position, SerialRecord

__all__ = ["SERIAL_TYPE", "AnchorageDefence"]

_STEP_MS = MINUTE_MS
"""How often an intruder listens for a challenge (assumed)."""


class AnchorageDefence(SerialType[AnchorageDefenceParameters]):
    """Ships at anchor, patrols round them."""

    key = "anchorage_defence"
    title = "anchorage defence"
    summary = "Ships lie at anchor with room to swing; others patrol sectors round them and challenge who runs in."
    parameters = AnchorageDefenceParameters
    roles = (
        Role(name=ANCHORED, text="Ships at anchor.", media=SHIPS),
        Role(name=PATROL, text="Ships and aircraft that patrol round them.", media=SHIPS | AIRCRAFT),
        Role(name=INTRUDER, text="Participants that play ships running in.", minimum=0, media=SHIPS),
    )
    goes_beyond_area = True
    hazards = "ships at anchor that cannot move; with an intruder, ships manoeuvring near each other at speed"
    sources = ("Swinging circle of length of ship, cable veered and safety margin: common seamanship",)
    measured_by: ClassVar[Mapping[str, str]] = {
        "intrusions_count": "run-ins begun",
        "challenged_count": "run-ins that were challenged before they reached the anchorage",
        "reached_count": "run-ins that reached the anchorage",
        "time_to_challenge_ms": "longest time from the beginning of a run-in to its challenge; absent where none was",
        "least_challenge_range_m": "least range from the anchored ships at a challenge; absent where there was none",
        "patrol_m": "length of the tracks of all patrols",
        "made_out_count": "run-ins that a patrol made out",
        "made_out_ratio": "those over the run-ins begun: how likely it was to be detected; absent where none began",
        "mean_detection_range_m": "mean range from the nearest anchored ship at which a run-in was made out",
        "mean_time_to_challenge_ms": "mean time from the beginning of a run-in to its challenge",
        "closest_run_in_m": "least range of an intruder from an anchored ship; absent where there was no intruder",
    }

    def plan(self, briefing: Briefing[AnchorageDefenceParameters]) -> Plan:
        """Anchored ships in their berths, patrols on their rings, an intruder up to the ring and back."""
        ground = ground_of(briefing)
        if ground is None:
            return {}
        id_, window = briefing.serial.id, briefing.window
        tracks = {
            unit: fill_window((berth,), window, speed_mps=0.0, serial=id_) for unit, berth in ground.berths.items()
        }
        tracks.update(patrols(briefing, ground))
        for intruder, (outside, _) in run_ins(briefing, ground).items():
            turn_m = ground.ring_m + max(briefing.parameters.challenge_range_m, SEPARATION_M)
            shrink = turn_m / math.hypot(*outside)
            places = [
                ground.frame.position(point) for point in (outside, (outside[0] * shrink, outside[1] * shrink), outside)
            ]
            entry_ms = window.start_ms + (window.end_ms - window.start_ms) // 4
            tracks[intruder] = (
                *fill_window(places[:1], Window(start_ms=window.start_ms, end_ms=entry_ms), speed_mps=0.0, serial=id_),
                *fill_window(
                    places,
                    Window(start_ms=entry_ms, end_ms=window.end_ms),
                    speed_mps=intruder_speed_mps(briefing, intruder),
                    serial=id_,
                ),
            )
        return {unit: legs for unit, legs in tracks.items() if legs}

    def reservations(self, briefing: Briefing[AnchorageDefenceParameters], plan: Plan) -> tuple[Reservation, ...]:
        """The anchorage, the water that is patrolled, and the air where aircraft patrol."""
        ground = ground_of(briefing)
        if ground is None or not plan:
            return ()
        given, ring = briefing.parameters, Hazard.NONE
        outer_m = ground.ring_m + SEPARATION_M
        if run_ins(briefing, ground):
            ring, outer_m = Hazard.MANOEUVRE, ground.ring_m + given.intruder_distance_m + SEPARATION_M
        claims = [
            _claim(briefing, ("anchorage", ground.frame.origin), ground.radius_m, SURFACE, Hazard.NONE),
            _claim(briefing, ("patrol", ground.frame.origin), outer_m, SURFACE, ring),
        ]
        aircraft = [unit for unit in cast(briefing, PATROL, medium=Medium.AIR) if unit in plan]
        if aircraft:
            top_m = heights_m(len(aircraft), given.height_m)[-1]
            floor_m = max(0.0, given.height_m - HEIGHT_STEP_M / 2.0)
            air = Band(floor_m=floor_m, ceiling_m=top_m + HEIGHT_STEP_M / 2.0)
            reach_m = ground.ring_m + given.patrol_distance_m + NAUTICAL_MILE_M
            claims.append(_claim(briefing, ("flying", ground.frame.origin), reach_m, air, Hazard.FLYING))
        return tuple(claims)

    def script(self, stage: Stage[AnchorageDefenceParameters], unit: str) -> Script:
        """Lie at anchor, patrol and challenge, or run in."""
        ground = ground_of(stage.briefing)
        legs = stage.plan.get(unit, ())
        if ground is None or not legs:
            return
        intruders = run_ins(stage.briefing, ground)
        if unit in intruders:
            yield from _run_in(stage, unit, ground)
        elif unit in ground.berths or not intruders:
            yield Follow(legs=legs)
        else:
            yield from _patrol(stage, unit, ground)

    def measures(
        self,
        briefing: Briefing[AnchorageDefenceParameters],
        record: SerialRecord,
        events: tuple[Event, ...],
        tracks: Mapping[str, tuple[Leg, ...]],
    ) -> tuple[Measure, ...]:
        """How run-ins ended, and how much was patrolled."""
        if record.actual is None:
            return ()
        begun = {event.unit: event.time_ms for event in events if event.kind == "anchorage.run_in"}
        challenges = [event for event in events if event.kind == "anchorage.challenge"]
        reached = [event for event in events if event.kind == "anchorage.reached"]
        made_out = {str(event.data["intruder"]): event for event in events if event.kind == "anchorage.alert"}
        ranges_m = [float(event.data["range_m"]) for event in made_out.values() if "range_m" in event.data]
        times_ms = [float(event.time_ms - begun[str(event.data["intruder"])]) for event in challenges]
        anchored = [tracks.get(unit, ()) for unit in cast(briefing, ANCHORED)]
        values: dict[str, float | None] = {
            "intrusions_count": len(begun),
            "challenged_count": len(challenges),
            "reached_count": len(reached),
            "patrol_m": math.fsum(total_length_m(tracks.get(unit, ())) for unit in cast(briefing, PATROL)),
            "made_out_count": len(made_out),
            "made_out_ratio": len(made_out) / len(begun) if begun else None,
            "mean_detection_range_m": mean(ranges_m),
            "time_to_challenge_ms": max(times_ms, default=None),
            "mean_time_to_challenge_ms": mean(times_ms),
            "least_challenge_range_m": min((float(event.data["range_m"]) for event in challenges), default=None),
            "closest_run_in_m": closest_m((tracks.get(unit, ()) for unit in cast(briefing, INTRUDER)), anchored),
        }
        return numbered(self, briefing, values)


def _run_in(stage: Stage[AnchorageDefenceParameters], unit: str, ground: Ground) -> Script:
    """Wait outside, run in at the drawn instant, turn back when challenged or arrived."""
    outside, inside = run_ins(stage.briefing, ground)[unit]
    speed_mps = intruder_speed_mps(stage.briefing, unit)
    entry_ms = next(alarm.entry_ms for alarm in alarms_of(stage, ground) if alarm.intruder == unit)
    yield WaitUntil(time_ms=entry_ms)
    yield Record(kind="anchorage.run_in", text=f"{unit} runs in.")
    yield Signal(name=_running_in(unit))
    goal = ground.frame.position(inside)
    while distance_m(stage.position(unit), goal) > 1.0:
        here = stage.position(unit)
        share = min(1.0, speed_mps * _STEP_MS / SECOND_MS / distance_m(here, goal))
        yield Proceed(waypoints=(between(here, goal, share),), speed_mps=speed_mps)
        if (yield Await(name=_challenge(unit), timeout_ms=0)).reason is WakeReason.SIGNALLED:
            yield Record(kind="anchorage.turned_back", text=f"{unit} turns back on being challenged.")
            break
    else:
        yield Record(kind="anchorage.reached", text=f"{unit} has reached the anchorage unchallenged.")
    yield Proceed(waypoints=(ground.frame.position(outside),), speed_mps=speed_mps)


def _patrol(stage: Stage[AnchorageDefenceParameters], unit: str, ground: Ground) -> Script:
    """Follow the patrol; give the alarm, and close who has been made out."""
    legs = stage.plan[unit]
    for alarm in alarms_of(stage, ground):
        if alarm.alert_ms is None or unit not in {alarm.lookout, alarm.responder}:
            continue
        until = Window(start_ms=stage.now_ms, end_ms=max(stage.now_ms, alarm.alert_ms))
        yield Follow(legs=trim(legs, until))
        yield Await(name=_running_in(alarm.intruder), timeout_ms=_STEP_MS)
        if unit == alarm.lookout:
            words = f"{unit} makes out {alarm.intruder}; {alarm.responder or 'no ship'} is to challenge it."
            range_m = _off_m(stage, alarm.intruder, ground)
            data: dict[str, float | int | str] = {"intruder": alarm.intruder, "range_m": round(range_m, 1)}
            yield Record(kind="anchorage.alert", text=words, data=data)
        if unit == alarm.responder:
            yield from _challenge_it(stage, unit, alarm.intruder, ground)
            yield Follow(legs=_way_back(stage, unit))
    yield Follow(legs=trim(legs, Window(start_ms=stage.now_ms, end_ms=max(stage.now_ms, legs[-1].end_ms))))


def _challenge_it(stage: Stage[AnchorageDefenceParameters], unit: str, intruder: str, ground: Ground) -> Script:
    """Close an intruder and challenge it by radio."""
    given, patience_ms = stage.briefing.parameters, max(0, stage.briefing.window.end_ms - stage.now_ms)
    wake = yield CloseTo(unit=intruder, range_m=given.challenge_range_m, timeout_ms=patience_ms)
    if wake.reason is not WakeReason.MET:
        return
    range_m = _off_m(stage, intruder, ground)
    words = f"{unit} challenges {intruder} {nautical_miles(range_m):.1f} nm from the nearest ship at anchor."
    yield Record(kind="anchorage.challenge", text=words, data={"intruder": intruder, "range_m": round(range_m, 1)})
    yield Signal(name=_challenge(intruder))


def _off_m(stage: Stage[AnchorageDefenceParameters], intruder: str, ground: Ground) -> float:
    """How far an intruder is from the nearest ship at anchor."""
    here = stage.position(intruder)
    return min(distance_m(here, berth) for berth in ground.berths.values())


def _way_back(stage: Stage[AnchorageDefenceParameters], unit: str) -> tuple[Leg, ...]:
    """From where a patrol is to where its plan will have it, as soon as it can; nothing where it is too late."""
    now_ms, end_ms = stage.now_ms, stage.briefing.window.end_ms
    here, legs = stage.position(unit), stage.plan[unit]
    back_ms = intercept_ms(here, stage.briefing.max_speed_mps(unit), legs, 0.0, (now_ms, end_ms))
    if back_ms is None or back_ms <= now_ms:
        return ()
    there = position_at(legs, back_ms)
    return (Leg(start_ms=now_ms, end_ms=back_ms, start=here, end=there, serial=stage.briefing.serial.id),)


def _running_in(intruder: str) -> str:
    """Name of the signal that an intruder has begun to run in."""
    return f"run-in/{intruder}"


def _challenge(intruder: str) -> str:
    """Name of the signal that an intruder has been challenged."""
    return f"challenge/{intruder}"


def _claim(
    briefing: Briefing[AnchorageDefenceParameters],
    what: tuple[str, Position],
    radius_m: float,
    band: Band,
    hazard: Hazard,
) -> Reservation:
    part, middle = what
    return Reservation(
        id=f"{briefing.serial.id}/{part}",
        owner=briefing.serial.id,
        name=f"{briefing.serial.id} anchorage defence, {part}",
        footprint=Circle(centre=middle, radius_m=radius_m),
        band=band,
        windows=(briefing.window,),
        hazard=hazard,
        provenance=Provenance(confidence=Confidence.ASSUMED, note="berths, rings and distances of the serial"),
    )


SERIAL_TYPE = AnchorageDefence()
