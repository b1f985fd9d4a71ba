"""Communications check: a control station calls every other station on each circuit, and notes who answers.

The control station works through the circuits in order, and on each through the stations. A call is answered with a
probability that the planner gives, if the circuit reaches that far; a call without answer is made again, some times.
On line-of-sight circuits (VHF, UHF) the reach is that of IMO's formula for sea area A1 from both antenna heights; the
first circuits are of that kind, the others (HF, satellite) reach everywhere.

Nobody moves for it: the check runs beside whatever the units are doing, at sea or in harbour.

Sources: IMO resolution A.801(19), annex 3 (range of A1: 2.5 nautical miles times the sum of the roots of both antenna
heights in metres).
Limits: no frequency, power, noise or terrain; aircraft are all taken to be at one height, in the air or not; no call
sign or cipher is modelled; a unit whose place is not known is not called.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from waterspace.domain import Measure, Medium, Record, Wait
from waterspace.geometry.geodesic import distance_m
from waterspace.quantity import MINUTE_MS, NAUTICAL_MILE_M, SECOND_MS
from waterspace.serials.base import (
    AIRCRAFT,
    SHIPS,
    Briefing,
    Needs,
    Plan,
    Role,
    Script,
    SerialParameters,
    SerialType,
    Stage,
    parameter,
)
from waterspace.serials.seamanship.patterns import untimed

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from waterspace.domain import Event, Exercise, Leg, Order, Serial, SerialRecord, Wake

__all__ = ["SERIAL_TYPE", "CommunicationsCheck", "CommunicationsCheckParameters"]

_CONTROL = "control"
_STATIONS = "stations"
_ANYWHERE = SHIPS | AIRCRAFT | frozenset({Medium.SUBSURFACE, Medium.SHORE})

_REACH_M_PER_ROOT_M = 2.5 * NAUTICAL_MILE_M
"""Reach of VHF for each root of a metre of antenna height. Source: IMO resolution A.801(19), annex 3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunicationsCheckParameters(SerialParameters):
    """What the planner may say of a communications check."""

    line_of_sight_count: int = parameter(
        text="Circuits that reach no farther than line of sight, such as VHF and UHF.",
        default=2,
        minimum=0,
        source="assumed",
    )
    long_range_count: int = parameter(
        text="Circuits that reach everywhere, such as HF and satellite.", default=1, minimum=0, source="assumed"
    )
    answer_ratio: float = parameter(
        text="Probability that a call within reach is answered.",
        default=0.9,
        minimum=0.0,
        maximum=1.0,
        source="assumed",
    )
    attempts_count: int = parameter(
        text="Calls to a station on a circuit before it counts as not reached.",
        default=3,
        minimum=1,
        source="assumed",
    )
    call_ms: int = parameter(
        text="Time for one call and its answer.", default=30 * SECOND_MS, minimum=1, source="assumed"
    )
    setting_up_ms: int = parameter(
        text="Time to set up each circuit.", default=5 * MINUTE_MS, minimum=0, source="assumed"
    )
    ship_antenna_m: float = parameter(text="Antenna height of ships.", default=20.0, minimum=0.0, source="assumed")
    shore_antenna_m: float = parameter(
        text="Antenna height of stations ashore.", default=50.0, minimum=0.0, source="assumed"
    )
    aircraft_antenna_m: float = parameter(
        text="Height at which aircraft are taken to fly.", default=300.0, minimum=0.0, source="assumed"
    )


class CommunicationsCheck(SerialType[CommunicationsCheckParameters]):
    """Test of the circuits between units."""

    key = "communications_check"
    title = "communications check"
    summary = "A control station calls every other station on each circuit, and notes who answers. Nobody moves for it."
    parameters = CommunicationsCheckParameters
    exclusive = False
    roles = (
        Role(name=_CONTROL, text="Net control station.", maximum=1, media=_ANYWHERE),
        Role(name=_STATIONS, text="Stations that are called.", media=_ANYWHERE),
    )
    sources = ("IMO resolution A.801(19), annex 3: VHF range from antenna heights",)
    measured_by: ClassVar[Mapping[str, str]] = {
        "calls_count": "calls made, repeats included",
        "contacts_count": "circuits on which a station was reached, summed over the stations",
        "contact_ratio": "share of all pairs of station and circuit that were reached",
        "first_call_ratio": "share of the pairs that were reached by the first call",
    }

    def needs(self, parameters: CommunicationsCheckParameters) -> Needs:
        """Nothing: it runs wherever the units are."""
        return Needs(area=False)

    def duration_ms(self, exercise: Exercise, serial: Serial) -> int | None:
        """Every call made as often as it may be, on every circuit."""
        briefing: Briefing[CommunicationsCheckParameters] = untimed(exercise, serial)
        given = briefing.parameters
        calls = max(0, len(briefing.units()) - 1) * given.attempts_count
        circuits = given.line_of_sight_count + given.long_range_count
        return circuits * (given.setting_up_ms + calls * given.call_ms) or None

    def plan(self, briefing: Briefing[CommunicationsCheckParameters]) -> Plan:
        """Nobody moves."""
        return {}

    def script(self, stage: Stage[CommunicationsCheckParameters], unit: str) -> Script:
        """The control station calls; the others only listen and answer."""
        control = _control(stage.briefing)
        if unit != control:
            return
        given = stage.briefing.parameters
        called = [other for other in stage.briefing.units() if other != control]
        for circuit in range(1, given.line_of_sight_count + given.long_range_count + 1):
            yield Wait(duration_ms=given.setting_up_ms)
            for other in called:
                yield from _call(stage, (control, other), circuit)

    def measures(
        self,
        briefing: Briefing[CommunicationsCheckParameters],
        record: SerialRecord,
        events: tuple[Event, ...],
        tracks: Mapping[str, tuple[Leg, ...]],
    ) -> tuple[Measure, ...]:
        """Who was reached, and how readily."""
        tried = [event.data for event in events if event.kind in {"communications.contact", "communications.silence"}]
        calls = [int(data["calls_count"]) for data in tried]
        reached = [int(data["reached_count"]) for data in tried]
        first = sum(1 for call, answer in zip(calls, reached, strict=True) if answer and call == 1)
        values = {"calls_count": float(sum(calls)), "contacts_count": float(sum(reached))}
        if tried:
            values |= {"contact_ratio": sum(reached) / len(tried), "first_call_ratio": first / len(tried)}
        return tuple(
            Measure(name=name, value=value, subject=record.serial, text=self.measured_by[name])
            for name, value in values.items()
        )


def _control(briefing: Briefing[CommunicationsCheckParameters]) -> str:
    """The net control station: the first of its role, else the first of all."""
    return next(iter((*briefing.units(_CONTROL), *briefing.units())), "")


def _call(
    stage: Stage[CommunicationsCheckParameters], pair: tuple[str, str], circuit: int
) -> Generator[Order, Wake, None]:
    """Call one station on one circuit until it answers or the attempts are used up."""
    given, (control, other) = stage.briefing.parameters, pair
    luck = stage.stream(f"circuit.{circuit}.{other}").random(given.attempts_count)
    calls, is_reached = 0, False
    while not is_reached and calls < given.attempts_count:
        yield Wait(duration_ms=given.call_ms)
        within = circuit > given.line_of_sight_count or _within_reach(stage, control, other)
        is_reached = within and bool(luck[calls] < given.answer_ratio)
        calls += 1
    yield Record(
        kind="communications.contact" if is_reached else "communications.silence",
        text=f"{other} {'answers' if is_reached else 'does not answer'} on circuit {circuit}",
        data={"circuit": circuit, "calls_count": calls, "reached_count": int(is_reached), "station": other},
    )


def _within_reach(stage: Stage[CommunicationsCheckParameters], a: str, b: str) -> bool:
    """Whether line of sight joins two stations."""
    heights_m = (_antenna_m(stage.briefing, a), _antenna_m(stage.briefing, b))
    reach_m = _REACH_M_PER_ROOT_M * sum(math.sqrt(height_m) for height_m in heights_m)
    return distance_m(stage.position(a), stage.position(b)) <= reach_m


def _antenna_m(briefing: Briefing[CommunicationsCheckParameters], unit: str) -> float:
    given = briefing.parameters
    match briefing.medium(unit):
        case Medium.AIR:
            return given.aircraft_antenna_m
        case Medium.SHORE:
            return given.shore_antenna_m
        case _:
            return given.ship_antenna_m


SERIAL_TYPE = CommunicationsCheck()
