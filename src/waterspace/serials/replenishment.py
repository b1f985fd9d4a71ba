"""Replenishment at sea: a supply ship holds course and speed, and receivers come alongside to starboard in turn.

Each receiver waits on the supply ship's starboard quarter, closes at a few knots more than the supply ship's speed,
connects, receives, disconnects, and clears ahead to starboard before the next one closes. Nobody alters course while
connected; those who wait move up, those who are done take station ahead to starboard.

A transfer may have to be broken off, with a probability that the planner gives, at a moment that is drawn; and every
transfer is broken off when the serial is told to stop. The receiver then makes an emergency breakaway: it disconnects
at once, clears to starboard, and reports what share of its transfer was done. The others keep their turns.

Sources: NWP 4-01.4, Underway Replenishment (approach 3 to 5 kn faster than the supply ship; course changes while
connected in small steps only, here none). Distances, times and the limit of sea state are the planner's; defaults are
assumed, because the published tables of separation and sea state were not verified.
Limits: one receiver alongside at a time, on one side; no transfer by helicopter; steady course from the first
approach to the end of the serial, so a long serial needs a long area; who has broken away does not come alongside
again; fuel and stores flow evenly over the time of the transfer.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from waterspace.domain import (
    SURFACE,
    Confidence,
    Follow,
    Hazard,
    Leg,
    Measure,
    Medium,
    MovingBox,
    Provenance,
    Record,
    Reservation,
    Window,
)
from waterspace.errors import RelievedError
from waterspace.geometry.footprints import centre
from waterspace.geometry.legs import make_leg, trim
from waterspace.phenomena.draws import common_draws
from waterspace.quantity import KNOT_MPS, MINUTE_MS, SECOND_MS
from waterspace.serials.base import (
    SHIPS,
    Briefing,
    Needs,
    Plan,
    Role,
    Script,
    SerialParameters,
    SerialType,
    Stage,
    once,
    parameter,
)
from waterspace.serials.measuring.spans import mean, numbered
from waterspace.serials.seamanship.frame import Frame, Point
from waterspace.serials.seamanship.patterns import cast, untimed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from waterspace.domain import Event, Exercise, Serial, SerialRecord

__all__ = ["SERIAL_TYPE", "Replenishment", "ReplenishmentParameters", "Slot"]

_SUPPLY = "supply"
_RECEIVING = "receiving"

_QUEUE_ASTERN_M = 1000.0
"""How far astern of the supply ship the next receiver waits, and the others of each other (assumed)."""
_QUEUE_ABEAM_M = 600.0
"""How far to starboard of the supply ship's track receivers wait (assumed)."""
_CLEAR_M = 1000.0
"""How far ahead and to starboard a receiver goes to be clear (assumed)."""
_MARGIN_M = 500.0
"""Water claimed beyond the outermost ship (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplenishmentParameters(SerialParameters):
    """What the planner may say of a replenishment."""

    course_deg: float = parameter(
        text="True course, by choice with wind and sea within two points of ahead.",
        default=0.0,
        minimum=0.0,
        maximum=360.0,
        source="assumed",
    )
    speed_mps: float = parameter(
        text="Speed of the supply ship; less where a ship could not close at it.",
        default=12.0 * KNOT_MPS,
        minimum=1.0,
        source="assumed",
    )
    separation_m: float = parameter(
        text="Distance from the supply ship's centre line to the receiver's while alongside.",
        default=60.0,
        minimum=20.0,
        maximum=200.0,
        source="assumed",
    )
    closing_speed_mps: float = parameter(
        text="How much faster than the supply ship a receiver closes.",
        default=4.0 * KNOT_MPS,
        minimum=0.5,
        source="NWP 4-01.4: 3 to 5 kn",
        confidence=Confidence.REPORTED,
    )
    connect_ms: int = parameter(
        text="Time to pass lines and hoses.", default=15 * MINUTE_MS, minimum=0, source="assumed"
    )
    transfer_ms: int = parameter(
        text="Time to transfer fuel and stores to one receiver.", default=60 * MINUTE_MS, minimum=0, source="assumed"
    )
    clear_ms: int = parameter(
        text="Time to disconnect and clear.", default=12 * MINUTE_MS, minimum=MINUTE_MS, source="assumed"
    )
    breakaway_ratio: float = parameter(
        text="Probability that a transfer is broken off by an emergency breakaway.",
        default=0.0,
        minimum=0.0,
        maximum=1.0,
        source="assumed",
    )
    sea_state_limit: int = parameter(
        text="Highest Douglas sea state in which ships go alongside.",
        default=5,
        minimum=0,
        maximum=9,
        source="assumed",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One receiver's turn.

    Attributes:
        close_ms: it leaves its waiting station.
        connect_ms: it is alongside and passes lines.
        transfer_ms: the transfer begins.
        disconnect_ms: the transfer is complete.
        clear_ms: it is clear, and the next may close.
    """

    unit: str
    close_ms: int
    connect_ms: int
    transfer_ms: int
    disconnect_ms: int
    clear_ms: int


class Replenishment(SerialType[ReplenishmentParameters]):
    """Fuel and stores handed over under way."""

    key = "replenishment"
    title = "replenishment at sea"
    summary = "A supply ship on a steady course; receivers come alongside in turn, connect, receive and clear."
    parameters = ReplenishmentParameters
    roles = (
        Role(name=_SUPPLY, text="Ship that supplies.", maximum=1),
        Role(name=_RECEIVING, text="Ships that receive, in the order in which they come alongside.", media=SHIPS),
    )
    hazards = "ships close alongside each other that cannot manoeuvre"
    sources = ("NWP 4-01.4, Underway Replenishment: closing speed, steady course while connected",)
    measured_by: ClassVar[Mapping[str, str]] = {
        "replenished_count": "receivers whose transfer was completed",
        "replenished_ratio": "those, over all receivers named",
        "transferred_ratio": "share of all transfers that was done, those broken off counted by what was done of them",
        "interrupted_count": "receivers that had to break away before their transfer was complete",
        "alongside_ms": "time that receivers spent alongside until they were clear or broke away, all together",
        "transfer_ms": "time that completed transfers took, all together",
        "approach_ms": "mean time from leaving the waiting station to being alongside; absent where nobody came",
    }

    def needs(self, parameters: ReplenishmentParameters) -> Needs:
        """An area, and a sea that is not too rough."""
        return Needs(sea_state_max=parameters.sea_state_limit, source="assumed; a parameter of the serial")

    def duration_ms(self, exercise: Exercise, serial: Serial) -> int | None:
        """One turn for each receiver."""
        briefing: Briefing[ReplenishmentParameters] = untimed(exercise, serial)
        turns = _slots(briefing)
        return turns[-1].clear_ms if turns else None

    def plan(self, briefing: Briefing[ReplenishmentParameters]) -> Plan:
        """The supply ship through the middle of the area; receivers from station to station about it."""
        supply, receivers = _supply(briefing), _receivers(briefing)
        if not supply or briefing.area is None or briefing.window.end_ms <= briefing.window.start_ms:
            return {}
        frame = Frame(origin=centre(briefing.area.footprint), axis_deg=briefing.parameters.course_deg)
        tracks = {supply: _legs(briefing, frame, [(briefing.window.start_ms, (0.0, 0.0))])}
        turns = _slots(briefing)
        for own in range(len(receivers)):
            knots = _stations(turns, own, briefing.parameters)
            tracks[receivers[own]] = _legs(briefing, frame, knots)
        return tracks

    def reservations(self, briefing: Briefing[ReplenishmentParameters], plan: Plan) -> tuple[Reservation, ...]:
        """A box that moves with the supply ship and holds everybody."""
        guide = plan.get(_supply(briefing), ())
        if not guide:
            return ()
        waiting = max(0, len(_receivers(briefing)) - 1)
        given = briefing.parameters
        box = MovingBox(
            legs=guide,
            ahead_m=_CLEAR_M * (waiting + 1.0) + _MARGIN_M,
            astern_m=_QUEUE_ASTERN_M * (waiting + 1.0) + _MARGIN_M,
            abeam_m=2.0 * _CLEAR_M + _MARGIN_M,
        )
        return (
            Reservation(
                id=f"{briefing.serial.id}/box",
                owner=briefing.serial.id,
                name=f"{briefing.serial.id} replenishment, course {given.course_deg:03.0f}",
                footprint=box,
                band=SURFACE,
                windows=(briefing.window,),
                hazard=Hazard.MANOEUVRE,
                provenance=Provenance(
                    confidence=Confidence.ASSUMED, note="stations about the supply ship, and a margin"
                ),
            ),
        )

    def replenished(self, briefing: Briefing[ReplenishmentParameters]) -> tuple[str, ...]:
        """Receivers whose transfer is complete before the window ends."""
        if not _supply(briefing) or briefing.area is None:
            return ()
        return tuple(turn.unit for turn in _slots(briefing) if turn.disconnect_ms <= briefing.window.end_ms)

    def filled_ms(
        self,
        briefing: Briefing[ReplenishmentParameters],  # the events say it all
        record: SerialRecord,
        events: tuple[Event, ...],
    ) -> Mapping[str, int]:
        """Receivers whose transfer was completed, even where the serial was cut short after it."""
        return {event.unit: event.time_ms for event in events if event.kind == "replenishment.complete"}

    def script(self, stage: Stage[ReplenishmentParameters], unit: str) -> Script:
        """Follow the plan, and report each step alongside."""
        legs = stage.plan.get(unit, ())
        turn = next((turn for turn in _slots(stage.briefing) if turn.unit == unit), None)
        if not legs:
            return
        if turn is None:
            yield Follow(legs=legs)
            return
        yield from _take_turn(stage, turn, legs)

    def measures(
        self,
        briefing: Briefing[ReplenishmentParameters],
        record: SerialRecord,
        events: tuple[Event, ...],
        tracks: Mapping[str, tuple[Leg, ...]],
    ) -> tuple[Measure, ...]:
        """How many were replenished, and how long they were alongside."""
        times_ms = {(event.unit, event.kind.rpartition(".")[2]): event.time_ms for event in events}
        receivers = _receivers(briefing)
        done = [unit for unit in receivers if (unit, "complete") in times_ms]
        broken = {event.unit: event for event in events if event.kind == "replenishment.breakaway"}
        left_ms = {unit: times_ms.get((unit, "breakaway"), times_ms.get((unit, "clear"))) for unit in receivers}
        alongside = [(times_ms.get((unit, "alongside")), left_ms[unit]) for unit in receivers]
        approaches_ms = [
            float(times_ms[unit, "alongside"] - times_ms[unit, "closing"])
            for unit in receivers
            if (unit, "alongside") in times_ms and (unit, "closing") in times_ms
        ]
        shares = math.fsum(float(event.data["transferred_ratio"]) for event in broken.values())
        values = {
            "replenished_count": len(done),
            "replenished_ratio": len(done) / len(receivers) if receivers else 0.0,
            "transferred_ratio": (len(done) + shares) / len(receivers) if receivers else 0.0,
            "interrupted_count": len(broken),
            "alongside_ms": sum(end - start for start, end in alongside if start is not None and end is not None),
            "transfer_ms": sum(times_ms[unit, "complete"] - times_ms[unit, "connected"] for unit in done),
            "approach_ms": mean(approaches_ms),
        }
        return numbered(self, briefing, values)


def _take_turn(stage: Stage[ReplenishmentParameters], turn: Slot, legs: tuple[Leg, ...]) -> Script:
    """Wait, close, receive and clear; break away where luck or an order says so."""
    chance, share = common_draws(stage.stream(f"breakaway/{turn.unit}"), 2)
    parts_at_ms = turn.transfer_ms + round(share * (turn.disconnect_ms - turn.transfer_ms))
    breaks = chance < stage.briefing.parameters.breakaway_ratio and parts_at_ms < legs[-1].end_ms
    reached, now_ms, end_ms = "", legs[0].start_ms, legs[-1].end_ms
    try:
        for kind, time_ms, text in _steps(turn):
            if breaks and time_ms > parts_at_ms:
                yield Follow(legs=trim(legs, Window(start_ms=now_ms, end_ms=parts_at_ms)))
                yield from _break_away(stage, turn, "the lines part", stays=True)
                return
            if time_ms > end_ms:
                break
            yield Follow(legs=trim(legs, Window(start_ms=now_ms, end_ms=time_ms)))
            yield Record(kind=f"replenishment.{kind}", text=f"{turn.unit} {text}.")
            reached, now_ms = kind, time_ms
        yield Follow(legs=trim(legs, Window(start_ms=now_ms, end_ms=end_ms)))
    except RelievedError as error:
        if reached in {"alongside", "connected"}:
            yield from _break_away(stage, turn, str(error), stays=False)


def _break_away(stage: Stage[ReplenishmentParameters], turn: Slot, why: str, *, stays: bool) -> Script:
    """Disconnect at once, say how much was done, and clear to starboard, outside those who have cleared by plan.

    Args:
        stage: of the serial.
        turn: of the receiver.
        why: in words.
        stays: whether the serial goes on, and the receiver keeps company ahead of those who follow.
    """
    whole_ms = max(1, turn.disconnect_ms - turn.transfer_ms)
    done_ratio = min(1.0, max(0.0, (stage.now_ms - turn.transfer_ms) / whole_ms))
    done = f"{round(100.0 * done_ratio)} % of its transfer done"
    yield Record(
        kind="replenishment.breakaway",
        text=f"{turn.unit} makes an emergency breakaway with {done}: {why}.",
        data={"transferred_ratio": done_ratio},
    )
    briefing, given = stage.briefing, stage.briefing.parameters
    assert briefing.area is not None
    order = [other.unit for other in _slots(briefing)]
    abreast, ahead_m = (_CLEAR_M / 2.0, 2.0 * _CLEAR_M), _CLEAR_M * (len(order) - order.index(turn.unit))
    off_m = math.dist(abreast, (0.0, given.separation_m))
    out_ms, up_ms = (math.ceil(way_m / given.closing_speed_mps * SECOND_MS) for way_m in (off_m, ahead_m - abreast[0]))
    clear_ms = stage.now_ms + out_ms
    knots: list[tuple[int, Point]] = [
        (stage.now_ms, (0.0, given.separation_m)),
        (clear_ms, abreast),
        (clear_ms + up_ms, (ahead_m, abreast[1])),
    ]
    frame = Frame(origin=centre(briefing.area.footprint), axis_deg=given.course_deg)
    legs = trim(_legs(briefing, frame, knots), Window(start_ms=stage.now_ms, end_ms=briefing.window.end_ms))
    yield Follow(legs=legs if stays else trim(legs, Window(start_ms=stage.now_ms, end_ms=clear_ms)))


@once
def _supply(briefing: Briefing[ReplenishmentParameters]) -> str:
    """The ship that supplies, or nothing."""
    return next((unit for unit in cast(briefing, _SUPPLY) if briefing.medium(unit) is Medium.SURFACE), "")


@once
def _receivers(briefing: Briefing[ReplenishmentParameters]) -> tuple[str, ...]:
    supply = _supply(briefing)
    return tuple(unit for unit in cast(briefing, _RECEIVING, medium=Medium.SURFACE) if unit != supply)


@once
def _speed_mps(briefing: Briefing[ReplenishmentParameters]) -> float:
    """The supply ship's speed: as given, but no more than it can make, or than leaves receivers the speed to close."""
    given = briefing.parameters
    limits_mps = [briefing.max_speed_mps(unit) - given.closing_speed_mps for unit in _receivers(briefing)]
    return max(0.0, min(given.speed_mps, briefing.max_speed_mps(_supply(briefing)), *limits_mps))


@once
def _slots(briefing: Briefing[ReplenishmentParameters]) -> tuple[Slot, ...]:
    """The turns of all receivers from the start of the window on, whether or not they fit into it."""
    given = briefing.parameters
    way_m = math.hypot(_QUEUE_ASTERN_M, _QUEUE_ABEAM_M - given.separation_m)
    off_m = math.hypot(_CLEAR_M, _CLEAR_M - given.separation_m)
    close_ms = math.ceil(way_m / given.closing_speed_mps * SECOND_MS)
    clear_ms = max(given.clear_ms, math.ceil(off_m / given.closing_speed_mps * SECOND_MS))
    now_ms = briefing.window.start_ms
    turns: list[Slot] = []
    for unit in _receivers(briefing):
        steps_ms = (now_ms, close_ms, given.connect_ms, given.transfer_ms, clear_ms)
        close, connect, transfer, disconnect, clear = itertools.accumulate(steps_ms)
        turns.append(
            Slot(
                unit=unit,
                close_ms=close,
                connect_ms=connect,
                transfer_ms=transfer,
                disconnect_ms=disconnect,
                clear_ms=clear,
            )
        )
        now_ms = clear
    return tuple(turns)


def _stations(turns: Sequence[Slot], own: int, given: ReplenishmentParameters) -> list[tuple[int, Point]]:
    """When a receiver is where about the supply ship; between those times it moves evenly.

    Args:
        turns: of all receivers.
        own: number of this receiver's turn.
        given: parameters of the serial.
    """
    alongside, turn = (0.0, given.separation_m), turns[own]
    knots: list[tuple[int, Point]] = [
        (before.close_ms, (-_QUEUE_ASTERN_M * (1 + own - number), _QUEUE_ABEAM_M))
        for number, before in enumerate(turns[: own + 1])
    ]
    knots += [(turn.connect_ms, alongside), (turn.disconnect_ms, alongside)]
    knots += [(later.clear_ms, (_CLEAR_M * (1 + number), _CLEAR_M)) for number, later in enumerate(turns[own:])]
    return knots


def _legs(
    briefing: Briefing[ReplenishmentParameters], frame: Frame, knots: Sequence[tuple[int, Point]]
) -> tuple[Leg, ...]:
    """Legs of a unit that keeps stations about a ship which crosses the middle of the frame halfway through."""
    window, speed_mps = briefing.window, _speed_mps(briefing)
    middle_ms = (window.start_ms + window.end_ms) / 2.0

    stations = dict(knots)
    last_ms = max(stations)
    stations[max(window.end_ms, last_ms)] = stations[last_ms]
    places = [
        frame.position((ahead_m + speed_mps * (time_ms - middle_ms) / SECOND_MS, starboard_m))
        for time_ms, (ahead_m, starboard_m) in stations.items()
    ]
    serial = briefing.serial.id
    knots_at = itertools.pairwise(zip(stations, places, strict=True))
    legs = tuple(make_leg(from_ms, to_ms, start, end, 0.0, serial) for (from_ms, start), (to_ms, end) in knots_at)
    return trim(legs, window)


def _steps(turn: Slot) -> tuple[tuple[str, int, str], ...]:
    """What is reported of a turn: kind, instant, words."""
    return (
        ("closing", turn.close_ms, "leaves its waiting station"),
        ("alongside", turn.connect_ms, "is alongside and passes lines"),
        ("connected", turn.transfer_ms, "is connected; the transfer begins"),
        ("complete", turn.disconnect_ms, "has received what it needs and disconnects"),
        ("clear", turn.clear_ms, "is clear of the supply ship"),
    )


SERIAL_TYPE = Replenishment()
