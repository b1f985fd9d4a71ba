"""Communications check: a control station calls every other station on each circuit, and notes who answers.

The control station works through the circuits in order, and on each through the stations. A call is answered with a
probability that the planner gives, if the circuit reaches that far; a call without answer is made again, some times.
On line-of-sight circuits (VHF, UHF) a station is heard up to the radio horizon from both antenna heights, where the two
really are when the call is made; the first circuits are of that kind, the others (HF, satellite) reach everywhere. A
station beyond the horizon can be reached through relays, if each is within reach of the next; every relay passes the
call on, which takes the time of one more call. Where the file names links (`links`), a call also needs one that both
stations have, that reaches, and whose two sets are in order at that moment, on every circuit.

Nobody moves for it: the check runs beside whatever the units are doing, at sea or in harbour. Told to stop, the control
station reports how many pairs of station and circuit it had not tried.

Sources: Recommendation ITU-R P.310 (radio horizon over an earth of four thirds of its radius).
Limits: no frequency, power, noise or terrain; aircraft are all taken to be at one height, in the air or not; no call
sign or cipher is modelled, and no circuit is tied to one link; a unit whose place is not known is not called.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from waterspace.domain import Measure, Medium, Record, Wait
from waterspace.errors import RelievedError
from waterspace.geometry.geodesic import distance_m
from waterspace.phenomena.heights import radio_m
from waterspace.phenomena.horizon import radio_range_m
from waterspace.quantity import MINUTE_MS, SECOND_MS
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
from waterspace.serials.measuring.spans import numbered
from waterspace.serials.seamanship.patterns import untimed

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from waterspace.domain import Event, Exercise, Leg, Order, Serial, SerialRecord, Wake

__all__ = ["SERIAL_TYPE", "CommunicationsCheck", "CommunicationsCheckParameters"]

_CONTROL = "control"
_STATIONS = "stations"
_RELAY = "relay"
_ANYWHERE = SHIPS | AIRCRAFT | frozenset({Medium.SUBSURFACE, Medium.SHORE})


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
    ship_antenna_m: float | None = parameter(
        text="Antenna height of ships and submarines; without it, each by its class.", default=None, minimum=0.0
    )
    shore_antenna_m: float | None = parameter(
        text="Antenna height of stations ashore; without it, as for the links of the exercise.",
        default=None,
        minimum=0.0,
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
        Role(
            name=_RELAY,
            text="Stations that pass calls on beyond the horizon; they are called as well.",
            minimum=0,
            media=_ANYWHERE,
        ),
    )
    sources = ("Recommendation ITU-R P.310: radio horizon from antenna heights, four thirds of the earth's radius",)
    measured_by: ClassVar[Mapping[str, str]] = {
        "calls_count": "calls made, repeats included",
        "contacts_count": "circuits on which a station was reached, summed over the stations",
        "contact_ratio": "share of all pairs of station and circuit that were reached",
        "first_call_ratio": "share of the pairs that were reached by the first call",
        "relayed_count": "contacts that went through a relay",
        "out_of_reach_count": "pairs that stayed silent because nothing reached the station: horizon, relays, links",
        "farthest_contact_m": "greatest range of a direct contact on a line-of-sight circuit; absent without one",
        "tried_ratio": "share of the pairs of station and circuit that were tried before the check ended",
    }

    def needs(self, parameters: CommunicationsCheckParameters) -> Needs:
        """Nothing: it runs wherever the units are."""
        return Needs(area=False)

    def duration_ms(self, exercise: Exercise, serial: Serial) -> int | None:
        """Every call made as often as it may be, on every circuit; twice the time where a relay may pass it on."""
        briefing: Briefing[CommunicationsCheckParameters] = untimed(exercise, serial)
        given = briefing.parameters
        calls = max(0, len(briefing.units()) - 1) * given.attempts_count
        circuits = given.line_of_sight_count + given.long_range_count
        hops = given.line_of_sight_count * (1 + bool(briefing.units(_RELAY))) + given.long_range_count
        return circuits * given.setting_up_ms + hops * calls * given.call_ms or None

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
        circuits = given.line_of_sight_count + given.long_range_count
        tried = 0
        try:
            for circuit in range(1, circuits + 1):
                yield Wait(duration_ms=given.setting_up_ms)
                for other in called:
                    yield from _call(stage, (control, other), circuit)
                    tried += 1
        except RelievedError as error:
            left = circuits * len(called) - tried
            text = f"{control} breaks the check off with {left} calls to go: {error}"
            yield Record(kind="communications.broken_off", text=text, data={"left_count": left})

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
        given = briefing.parameters
        pairs = (given.line_of_sight_count + given.long_range_count) * max(0, len(briefing.units()) - 1)
        direct_m = [
            float(data["range_m"])
            for data in tried
            if data["reached_count"] and data["hops_count"] == 1 and int(data["circuit"]) <= given.line_of_sight_count
        ]
        values = {
            "calls_count": sum(calls),
            "contacts_count": sum(reached),
            "contact_ratio": sum(reached) / len(tried) if tried else None,
            "first_call_ratio": first / len(tried) if tried else None,
            "relayed_count": sum(int(data["hops_count"]) > 1 for data in tried if data["reached_count"]),
            "out_of_reach_count": sum(data["hops_count"] == 0 for data in tried),
            "farthest_contact_m": max(direct_m, default=None),
            "tried_ratio": min(1.0, len(tried) / pairs) if pairs else None,
        }
        return numbered(self, briefing, values)


def _control(briefing: Briefing[CommunicationsCheckParameters]) -> str:
    """The net control station: the first of its role, else the first of all."""
    return next(iter((*briefing.units(_CONTROL), *briefing.units())), "")


def _call(
    stage: Stage[CommunicationsCheckParameters], pair: tuple[str, str], circuit: int
) -> Generator[Order, Wake, None]:
    """Call one station on one circuit until it answers or the attempts are used up."""
    given, (control, other) = stage.briefing.parameters, pair
    luck = stage.stream(f"circuit.{circuit}.{other}").random(given.attempts_count)
    calls, hops, is_reached = 0, 0, False
    while not is_reached and calls < given.attempts_count:
        yield Wait(duration_ms=given.call_ms)
        hops = _hops(stage, (control, other), circuit)
        if hops > 1:
            yield Wait(duration_ms=(hops - 1) * given.call_ms)
        is_reached = hops > 0 and bool(luck[calls] < given.answer_ratio)
        calls += 1
    by_relay = " by relay" if hops > 1 else ""
    yield Record(
        kind="communications.contact" if is_reached else "communications.silence",
        text=f"{other} {'answers' if is_reached else 'does not answer'} on circuit {circuit}{by_relay}",
        data={
            "circuit": circuit,
            "calls_count": calls,
            "reached_count": int(is_reached),
            "station": other,
            "hops_count": hops,
            "range_m": round(distance_m(stage.position(control), stage.position(other)), 1),
        },
    )


def _hops(stage: Stage[CommunicationsCheckParameters], pair: tuple[str, str], circuit: int) -> int:
    """How many times a call goes on the air until a station hears it: 1 in direct reach, 0 where it never does."""
    control, other = pair
    if circuit > stage.briefing.parameters.line_of_sight_count:
        return int(stage.reaches(control, other))
    relays = [unit for unit in stage.briefing.units(_RELAY) if unit not in {control, other}]
    heard, hops = {control}, 0
    while heard:
        hops += 1
        if any(_within_reach(stage, unit, other) for unit in heard):
            return hops
        heard = {unit for unit in relays if any(_within_reach(stage, one, unit) for one in heard)}
        relays = [unit for unit in relays if unit not in heard]
    return 0


def _within_reach(stage: Stage[CommunicationsCheckParameters], a: str, b: str) -> bool:
    """Whether line of sight joins two stations, and a link of the file where it names any."""
    reach_m = radio_range_m(_antenna_m(stage.briefing, a), _antenna_m(stage.briefing, b))
    return distance_m(stage.position(a), stage.position(b)) <= reach_m and stage.reaches(a, b)


def _antenna_m(briefing: Briefing[CommunicationsCheckParameters], unit: str) -> float:
    given = briefing.parameters
    match briefing.medium(unit):
        case Medium.AIR:
            return given.aircraft_antenna_m
        case Medium.SHORE:
            antenna_m = given.shore_antenna_m
        case _:
            antenna_m = given.ship_antenna_m
    return radio_m(briefing.exercise.platform(unit)) if antenna_m is None else antenna_m


SERIAL_TYPE = CommunicationsCheck()
