"""Deterrence and expulsion: guards approach an intruder, hail it by radio, and escort it out of an area.

A participant plays the intruder: it heads for the middle of the area from a given direction, and each hail is obeyed
with a given chance. The nearest guard closes to hailing range, the others take stations abeam; all keep pace until
the intruder obeys or the hails are used up. Whoever obeys turns back the way it came, with the guards abeam of it.
A guard counts as in company within one and a half times the hailing range, because it keeps abeam at that range. When
the serial is told to stop, the guard that hails reports how many hails it had made, and all keep clear.

Sources: general practice. INCSEA (1972) article IV and CUES (2014) ask ships to keep well clear and to simulate no
attack: guards stay at hailing range, and no weapon, aimed or simulated, is part of the model.
Limits: what an intruder decides is a draw, not a psychology; ships turn at once; several intruders come from
directions spread evenly round the area, and share the guards.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from waterspace.domain import (
    SURFACE,
    Await,
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
    WakeReason,
    Window,
)
from waterspace.errors import RelievedError
from waterspace.geometry.geodesic import distance_m
from waterspace.geometry.legs import hold, legs_in_window
from waterspace.phenomena.relative_motion import times_within
from waterspace.quantity import KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M, SECOND_MS, nautical_miles
from waterspace.serials.base import (
    SHIPS,
    Briefing,
    Plan,
    Role,
    Script,
    SerialParameters,
    SerialType,
    Stage,
    once,
    parameter,
)
from waterspace.serials.measuring.spans import closest_m, length_ms, mean, numbered
from waterspace.serials.seamanship.frame import Frame, Point, reach_m, sheet_of
from waterspace.serials.seamanship.patterns import cast, untimed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Event, Exercise, Serial, SerialRecord

__all__ = ["SERIAL_TYPE", "Interception", "InterceptionParameters", "Lane"]

_GUARD = "guard"
_INTRUDER = "intruder"

_STEP_MS = MINUTE_MS
"""How often a ship that keeps pace with another looks where it is (assumed)."""
_COMPANY_RATIO = 1.5
"""A guard is in company with an intruder within so many hailing ranges (assumed)."""
_DEEPEST_RATIO = 0.8
"""How far of the way to the middle the intruder comes in the plan, at most (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterceptionParameters(SerialParameters):
    """What the planner may say of a deterrence and expulsion."""

    approach_from_deg: float = parameter(
        text="True bearing, from the middle of the area, from which the intruder comes.",
        default=180.0,
        minimum=0.0,
        maximum=360.0,
        source="assumed",
    )
    intruder_speed_mps: float = parameter(
        text="Speed of the intruder, no more than its greatest.",
        default=12.0 * KNOT_MPS,
        minimum=0.5,
        source="assumed",
    )
    standoff_m: float = parameter(
        text="How far outside the area the intruder begins, and to where it is escorted.",
        default=2.0 * NAUTICAL_MILE_M,
        minimum=0.0,
        source="assumed",
    )
    hail_range_m: float = parameter(
        text="Range at which guards hail, and keep abeam.", default=NAUTICAL_MILE_M, minimum=1000.0, source="assumed"
    )
    hails_count: int = parameter(
        text="Hails before the intruder counts as refusing.", default=5, minimum=1, maximum=100, source="assumed"
    )
    hail_interval_ms: int = parameter(
        text="Time from one hail to the next.", default=3 * MINUTE_MS, minimum=MINUTE_MS, source="assumed"
    )
    compliance_ratio: float = parameter(
        text="Chance that a hail is obeyed.", default=0.5, minimum=0.0, maximum=1.0, source="assumed"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The way in and out of one intruder, and who guards it.

    Attributes:
        frame: at the middle of the area, ahead towards the side from which the intruder comes.
        gate_m: where the intruder begins and is escorted to, ahead of the middle.
        speed_mps: of the intruder.
        guards: unit to its station abeam of the intruder, metres to starboard of the lane.
    """

    intruder: str
    frame: Frame
    gate_m: float
    speed_mps: float
    guards: Mapping[str, float]

    @property
    def gate(self) -> Point:
        """Where the intruder begins."""
        return (self.gate_m, 0.0)


class Interception(SerialType[InterceptionParameters]):
    """Approach, hail and escort out."""

    key = "interception"
    title = "deterrence and expulsion"
    summary = "Guards close a ship that enters an area, hail it by radio and escort it out. No weapon is used."
    parameters = InterceptionParameters
    roles = (
        Role(name=_GUARD, text="Ships that approach, hail and escort.", media=SHIPS),
        Role(name=_INTRUDER, text="A participant that plays the ship to be escorted out.", media=SHIPS),
    )
    goes_beyond_area = True
    hazards = "ships manoeuvring near each other"
    sources = (
        "INCSEA 1972, article IV: keep well clear, no simulated attacks",
        "CUES 2014: safe speed and distance between ships of different navies",
    )
    measured_by: ClassVar[Mapping[str, str]] = {
        "time_to_meet_ms": "from the start of the serial until a guard was in hailing range; absent where none was",
        "hails_sent_count": "hails made",
        "complied_count": "intruders that obeyed",
        "expelled_ratio": "intruders that left the area under escort, over all",
        "time_to_expel_ms": "from the start of the serial until the last of them was out; absent where none was",
        "closest_range_m": "least range between a guard and an intruder",
        "hails_to_comply_count": "mean number of hails until an intruder obeyed; absent where none did",
        "company_ms": "time that guards were in company with an intruder, at least one with any",
        "closest_to_middle_m": "least distance of an intruder from the middle of the area",
    }

    def duration_ms(self, exercise: Exercise, serial: Serial) -> int | None:
        """The intruder's way in and out, with all hails made at the middle."""
        briefing: Briefing[InterceptionParameters] = untimed(exercise, serial)
        given, lanes = briefing.parameters, _lanes(briefing)
        if not lanes:
            return None
        longest_s = max(2.0 * lane.gate_m / lane.speed_mps for lane in lanes)
        return math.ceil(longest_s * SECOND_MS / MINUTE_MS) * MINUTE_MS + given.hails_count * given.hail_interval_ms

    def plan(self, briefing: Briefing[InterceptionParameters]) -> Plan:
        """The intruder in for half of the time and out for the rest; guards meet it at the turn and go out with it."""
        if briefing.window.end_ms <= briefing.window.start_ms:
            return {}
        tracks: dict[str, tuple[Leg, ...]] = {}
        for lane in _lanes(briefing):
            tracks.update(_nominal(briefing, lane))
        return tracks

    def reservations(self, briefing: Briefing[InterceptionParameters], plan: Plan) -> tuple[Reservation, ...]:
        """A circle that holds the area, the gate and the stations of the guards."""
        lanes = _lanes(briefing)
        if not lanes or not plan:
            return ()
        reach = max(max(map(abs, lane.guards.values()), default=0.0) + lane.gate_m for lane in lanes)
        return (
            Reservation(
                id=f"{briefing.serial.id}/manoeuvring-area",
                owner=briefing.serial.id,
                name=f"{briefing.serial.id} deterrence and expulsion",
                footprint=Circle(centre=lanes[0].frame.origin, radius_m=reach + briefing.parameters.hail_range_m),
                band=SURFACE,
                windows=(briefing.window,),
                hazard=Hazard.MANOEUVRE,
                provenance=Provenance(
                    confidence=Confidence.ASSUMED, note="the intruder's way and the guards abeam of it"
                ),
            ),
        )

    def script(self, stage: Stage[InterceptionParameters], unit: str) -> Script:
        """The intruder heads in until it obeys; guards meet it, hail it, keep pace, and see it out."""
        for lane in _lanes(stage.briefing):
            if unit == lane.intruder:
                yield from _intrude(stage, lane)
                return
            if unit in lane.guards and lane.intruder in stage.plan:
                if unit == next(iter(lane.guards)):
                    yield from _meet_and_hail(stage, unit, lane)
                else:
                    yield from _keep_pace(stage, unit, lane, stage.briefing.window.end_ms)
                yield from _see_out(stage, unit, lane)
                return
        yield from super().script(stage, unit)

    def measures(
        self,
        briefing: Briefing[InterceptionParameters],
        record: SerialRecord,
        events: tuple[Event, ...],
        tracks: Mapping[str, tuple[Leg, ...]],
    ) -> tuple[Measure, ...]:
        """When it was met, hailed and expelled, and how near the guards came."""
        lanes = _lanes(briefing)
        if record.actual is None or not lanes:
            return ()
        times_ms: dict[str, list[int]] = {}
        for event in events:
            times_ms.setdefault(event.kind.removeprefix("interception."), []).append(event.time_ms)
        expelled = times_ms.get("escorted_out", [])
        values: dict[str, float | None] = {
            "hails_sent_count": float(len(times_ms.get("hail", []))),
            "complied_count": float(len(times_ms.get("complied", []))),
            "expelled_ratio": len(expelled) / len(lanes),
        }
        heard = [float(event.data["hails_count"]) for event in events if event.kind == "interception.complied"]
        intruders = [tracks.get(lane.intruder, ()) for lane in lanes]
        guards = [tracks.get(guard, ()) for lane in lanes for guard in lane.guards]
        company_m = _COMPANY_RATIO * briefing.parameters.hail_range_m
        together = [
            span
            for lane in lanes
            for guard in lane.guards
            for span in times_within(tracks.get(guard, ()), tracks.get(lane.intruder, ()), company_m)
        ]
        middle = hold(lanes[0].frame.origin, record.actual)
        values |= {
            "time_to_meet_ms": min(times_ms["met"]) - record.actual.start_ms if "met" in times_ms else None,
            "time_to_expel_ms": max(expelled) - record.actual.start_ms if expelled else None,
            "closest_range_m": closest_m(guards, intruders),
            "hails_to_comply_count": mean(heard),
            "company_ms": length_ms(together),
            "closest_to_middle_m": closest_m(intruders, [(middle,)]),
        }
        return numbered(self, briefing, values)


@once
def _lanes(briefing: Briefing[InterceptionParameters]) -> tuple[Lane, ...]:
    """A lane for each intruder, spread evenly round the area; guards are shared out in turn."""
    given = briefing.parameters
    intruders = cast(briefing, _INTRUDER, medium=Medium.SURFACE)
    guards = [unit for unit in cast(briefing, _GUARD, medium=Medium.SURFACE) if unit not in intruders]
    if briefing.area is None:
        return ()
    lanes: list[Lane] = []
    for number, intruder in enumerate(intruders):
        axis_deg = (given.approach_from_deg + 360.0 * number / len(intruders)) % 360.0
        sheet = sheet_of(briefing.area.footprint, axis_deg)
        speed_mps = min(given.intruder_speed_mps, briefing.max_speed_mps(intruder))
        own = guards[number :: len(intruders)]
        stations = {unit: given.hail_range_m * (rank // 2 + 1) * (-1) ** rank for rank, unit in enumerate(own)}
        lanes.append(
            Lane(
                intruder=intruder,
                frame=sheet.frame,
                gate_m=reach_m(sheet.outline) + given.standoff_m,
                speed_mps=max(speed_mps, 0.1),
                guards=stations,
            )
        )
    return tuple(lanes)


def _nominal(briefing: Briefing[InterceptionParameters], lane: Lane) -> dict[str, tuple[Leg, ...]]:
    """Legs of an intruder and its guards: in for half of the time, out for the other half."""
    window, id_ = briefing.window, briefing.serial.id
    turn_ms = (window.start_ms + window.end_ms) // 2
    half_s = min(turn_ms - window.start_ms, window.end_ms - turn_ms) / SECOND_MS
    halves = (Window(start_ms=window.start_ms, end_ms=turn_ms), Window(start_ms=turn_ms, end_ms=window.end_ms))
    pace_mps = min([lane.speed_mps, *(briefing.max_speed_mps(guard) for guard in lane.guards)])
    depth_m = min(pace_mps * half_s, _DEEPEST_RATIO * lane.gate_m)
    turn_m = lane.gate_m - depth_m
    routes = {lane.intruder: (lane.gate, (turn_m, 0.0), lane.gate)}
    for guard, abeam_m in lane.guards.items():
        run_m = briefing.cruising_speed_mps(guard) * half_s
        inner_m = min(2.0 * briefing.parameters.hail_range_m, turn_m)
        routes[guard] = ((max(inner_m, turn_m - run_m), abeam_m), (turn_m, abeam_m), (lane.gate_m, abeam_m))
    tracks: dict[str, tuple[Leg, ...]] = {}
    for unit, route in routes.items():
        places = [lane.frame.position(point) for point in route]
        tracks[unit] = tuple(
            leg
            for half, ends in zip(halves, (places[:2], places[1:]), strict=True)
            if half.end_ms > half.start_ms
            for leg in legs_in_window(ends, half, serial=id_)
        )
    return tracks


def _intrude(stage: Stage[InterceptionParameters], lane: Lane) -> Script:
    """Head for the middle of the area, listening; when a hail is obeyed, go back to the gate."""
    given, end_ms = stage.briefing.parameters, stage.briefing.window.end_ms
    luck = stage.stream(f"compliance/{lane.intruder}")
    heard = 0
    while stage.now_ms < end_ms:
        ahead_m, _ = lane.frame.point(stage.position(lane.intruder))
        there_m = max(0.0, ahead_m - lane.speed_mps * _STEP_MS / SECOND_MS)
        legs = (_leg(stage, lane.intruder, lane.frame, (there_m, 0.0), stage.now_ms + _STEP_MS),)
        yield Follow(legs=legs)
        wake = yield Await(name=_hail(lane, heard), timeout_ms=0)
        if wake.reason is not WakeReason.SIGNALLED:
            continue
        heard += 1
        if luck.random() < given.compliance_ratio:
            text = f"{lane.intruder} obeys hail {heard} and turns back."
            yield Record(kind="interception.complied", text=text, data={"hails_count": heard})
            yield Signal(name=_turned(lane))
            yield Proceed(waypoints=(lane.frame.position(lane.gate),), speed_mps=lane.speed_mps)
            return


def _meet_and_hail(stage: Stage[InterceptionParameters], unit: str, lane: Lane) -> Script:
    """Close to hailing range, then hail and keep pace until the intruder obeys or the hails are used up."""
    given, end_ms = stage.briefing.parameters, stage.briefing.window.end_ms
    patience_ms = max(0, end_ms - stage.now_ms)
    yield Record(kind="interception.approach", text=f"{unit} closes {lane.intruder}.")
    wake = yield CloseTo(unit=lane.intruder, range_m=given.hail_range_m, timeout_ms=patience_ms)
    range_m = distance_m(stage.position(unit), stage.position(lane.intruder))
    words = f"{unit} {'has' if wake.reason is WakeReason.MET else 'has not'} met {lane.intruder}"
    kind = "interception.met" if wake.reason is WakeReason.MET else "interception.not_met"
    yield Record(
        kind=kind, text=f"{words}, range {nautical_miles(range_m):.1f} nm.", data={"range_m": round(range_m, 1)}
    )
    if wake.reason is not WakeReason.MET:
        return
    try:
        yield from _hail_until_turned(stage, unit, lane)
    except RelievedError as error:
        yield Record(kind="interception.broken_off", text=f"{unit} leaves {lane.intruder}: {error}")
        return


def _hail_until_turned(stage: Stage[InterceptionParameters], unit: str, lane: Lane) -> Script:
    """Hail and keep pace; stay with an intruder that does not obey."""
    given, end_ms = stage.briefing.parameters, stage.briefing.window.end_ms
    for hail in range(given.hails_count):
        text = f"{unit} hails {lane.intruder} by radio, call {hail + 1}."
        yield Record(kind="interception.hail", text=text, data={"hails_count": hail + 1})
        yield Signal(name=_hail(lane, hail))
        yield from _keep_pace(stage, unit, lane, stage.now_ms + given.hail_interval_ms)
        if (yield Await(name=_turned(lane), timeout_ms=0)).reason is WakeReason.SIGNALLED:
            return
    yield from _keep_pace(stage, unit, lane, stage.now_ms + _STEP_MS)
    if (yield Await(name=_turned(lane), timeout_ms=0)).reason is not WakeReason.SIGNALLED:
        text = f"{lane.intruder} has not obeyed {given.hails_count} hails; {unit} stays with it."
        yield Record(kind="interception.refused", text=text)
        yield from _keep_pace(stage, unit, lane, end_ms)


def _keep_pace(stage: Stage[InterceptionParameters], unit: str, lane: Lane, until_ms: int) -> Script:
    """Take and keep the station abeam of the intruder until an instant, or until it turns back."""
    fastest_mps = stage.briefing.max_speed_mps(unit)
    while stage.now_ms < until_ms:
        ahead_m, starboard_m = lane.frame.point(stage.position(unit))
        other_m, _ = lane.frame.point(stage.position(lane.intruder))
        then_ms = min(until_ms, stage.now_ms + _STEP_MS)
        step_s = (then_ms - stage.now_ms) / SECOND_MS
        goal = (max(0.0, other_m - lane.speed_mps * step_s), lane.guards[unit])
        way_m = math.dist((ahead_m, starboard_m), goal)
        share = min(1.0, fastest_mps * step_s / way_m) if way_m > 0.0 else 0.0
        there = (ahead_m + share * (goal[0] - ahead_m), starboard_m + share * (goal[1] - starboard_m))
        yield Follow(legs=(_leg(stage, unit, lane.frame, there, then_ms),))
        if (yield Await(name=_turned(lane), timeout_ms=0)).reason is WakeReason.SIGNALLED:
            return


def _see_out(stage: Stage[InterceptionParameters], unit: str, lane: Lane) -> Script:
    """Go out abeam of an intruder that has turned back, and report when it is out."""
    if (yield Await(name=_turned(lane), timeout_ms=0)).reason is not WakeReason.SIGNALLED:
        return
    other_m, _ = lane.frame.point(stage.position(lane.intruder))
    way_m = math.dist(lane.frame.point(stage.position(unit)), (lane.gate_m, lane.guards[unit]))
    out_s = max((lane.gate_m - other_m) / lane.speed_mps, way_m / max(stage.briefing.max_speed_mps(unit), 0.1))
    then_ms = stage.now_ms + max(1, round(out_s * SECOND_MS))
    yield Follow(legs=(_leg(stage, unit, lane.frame, (lane.gate_m, lane.guards[unit]), then_ms),))
    if unit == next(iter(lane.guards)):
        yield Record(kind="interception.escorted_out", text=f"{unit} has seen {lane.intruder} out of the area.")


def _leg(stage: Stage[InterceptionParameters], unit: str, frame: Frame, there: Point, then_ms: int) -> Leg:
    """From where a unit is to a point of the sheet, from now to an instant."""
    return Leg(
        start_ms=stage.now_ms,
        end_ms=then_ms,
        start=stage.position(unit),
        end=frame.position(there),
        serial=stage.briefing.serial.id,
    )


def _hail(lane: Lane, number: int) -> str:
    """Name of the signal that an intruder has been hailed."""
    return f"hail/{lane.intruder}/{number}"


def _turned(lane: Lane) -> str:
    """Name of the signal that an intruder has turned back."""
    return f"turned/{lane.intruder}"


SERIAL_TYPE = Interception()
