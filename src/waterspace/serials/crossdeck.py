"""Helicopter cross-deck landings: ships steam in line abreast, their helicopters land on each other's decks in turn.

Every helicopter begins and ends on its own ship. In each round all of them take off and shift one deck along the
line, so that a deck is left before the next helicopter lands on it; in the last round they fly home. How long a
helicopter stays on deck is drawn, and whoever arrives before the deck is clear waits for it off the ship. When the
serial is told to stop, helicopters on deck stay there; one in the air lands on the deck it was bound for if that is
clear, and otherwise on the deck it came from.

Sources: general practice; every time and distance is a parameter, assumed where the file gives none. The limit of sea
state stands for the design limits of roll 5, pitch 3 degrees and 2 m/s vertical velocity that NPS TSSE quotes; real
limits belong to each pair of ship and helicopter.
Limits: one landing spot on each deck; an entry that stands for several airframes flies as one; helicopters for which
no deck is left stay on board, or away; wind over the deck is not computed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from waterspace.domain import (
    SURFACE,
    Await,
    Band,
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
    Signal,
    WaitUntil,
    WakeReason,
    Window,
)
from waterspace.errors import RelievedError
from waterspace.geometry.footprints import centre
from waterspace.geometry.intercept import intercept_ms
from waterspace.geometry.legs import position_at, trim
from waterspace.quantity import DAY_MS, HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M, SECOND_MS
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
    once,
    parameter,
)
from waterspace.serials.measuring.spans import mean, numbered
from waterspace.serials.seamanship.frame import Frame
from waterspace.serials.seamanship.patterns import SEPARATION_M, cast, untimed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from waterspace.domain import Event, Exercise, Position, Serial, SerialRecord

__all__ = ["SERIAL_TYPE", "Crossdeck", "CrossdeckParameters"]

_DECKS = "decks"
_HELICOPTERS = "helicopters"

_HEADROOM_M = 150.0
"""Air claimed above the helicopters' height (assumed)."""
_APPROACH_MS = 3 * MINUTE_MS
"""Time a helicopter needs to take off, settle into the approach and land, beside the way between decks (assumed)."""
_PATIENCE_MS = HOUR_MS
"""How long a helicopter holds off a deck that is not clear before it comes in after all (assumed)."""
_QUICKEST, _USUAL, _SLOWEST = 0.7, 0.9, 1.4
"""Triangular distribution of a turn-around, in shares of the planned one (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossdeckParameters(SerialParameters):
    """What the planner may say of cross-deck landings."""

    course_deg: float = parameter(
        text="True course of the ships, by choice into the wind.",
        default=0.0,
        minimum=0.0,
        maximum=360.0,
        source="assumed",
    )
    speed_mps: float = parameter(
        text="Speed of the ships, no more than the slowest can make.",
        default=10.0 * KNOT_MPS,
        minimum=0.0,
        source="assumed",
    )
    spacing_m: float = parameter(
        text="Distance between ships in line abreast.", default=2.0 * NAUTICAL_MILE_M, minimum=500.0, source="assumed"
    )
    landings_count: int = parameter(
        text="Landings of each helicopter on other decks before it flies home; fewer where the time is too short.",
        default=2,
        minimum=1,
        maximum=100,
        source="assumed",
    )
    turn_around_ms: int = parameter(
        text="Usual time of a helicopter on deck between landing and take-off.",
        default=15 * MINUTE_MS,
        minimum=MINUTE_MS,
        source="assumed",
    )
    flying_speed_mps: float = parameter(
        text="Speed of helicopters from deck to deck, no more than their greatest.",
        default=80.0 * KNOT_MPS,
        minimum=1.0,
        source="assumed",
    )
    height_m: float = parameter(
        text="Height at which helicopters fly from deck to deck.", default=100.0, minimum=15.0, source="assumed"
    )
    flying_radius_m: float = parameter(
        text="Air claimed round the ships.", default=3.0 * NAUTICAL_MILE_M, minimum=500.0, source="assumed"
    )
    daylight: bool = parameter(text="Whether the sun must be up.", default=True, source="assumed")
    sea_state_limit: int = parameter(
        text="Highest Douglas sea state in which helicopters land.",
        default=4,
        minimum=0,
        maximum=9,
        source="assumed, for the roll, pitch and heave limits that NPS TSSE quotes",
    )


class Crossdeck(SerialType[CrossdeckParameters]):
    """Helicopters land on each other's ships."""

    key = "crossdeck"
    title = "helicopter cross-deck landings"
    summary = "Ships steam in line abreast while their helicopters land on each other's decks in turn and fly home."
    parameters = CrossdeckParameters
    roles = (
        Role(name=_DECKS, text="Ships with a helicopter deck, from port to starboard.", minimum=2, media=SHIPS),
        Role(name=_HELICOPTERS, text="Helicopters that land; each begins on the ship that carries it.", media=AIRCRAFT),
    )
    hazards = "helicopters low round the ships, which keep course and speed"
    sources = ("NPS TSSE, USW 2025: helicopter operations limited to roll 5, pitch 3 degrees, vertical velocity 2 m/s",)
    measured_by: ClassVar[Mapping[str, str]] = {
        "landings_count": "landings made, those at home included",
        "landings_ratio": "landings made over landings planned",
        "mean_turn_around_ms": "mean time on deck between a landing and the next take-off; absent where there was none",
        "flying_ms": "time in the air between take-offs and landings, all together",
        "recovered_count": "helicopters that were in the air when the serial was told to stop, and landed",
        "deck_wait_ms": "time that helicopters waited for a deck to be clear, all together",
    }

    def needs(self, parameters: CrossdeckParameters) -> Needs:
        """An area, daylight unless the file says otherwise, and a sea that is not too rough."""
        return Needs(daylight=parameters.daylight, sea_state_max=parameters.sea_state_limit, source="assumed")

    def duration_ms(self, exercise: Exercise, serial: Serial) -> int | None:
        """Every landing asked for, the way home, and one turn-around in hand."""
        briefing: Briefing[CrossdeckParameters] = untimed(exercise, serial)
        given, decks = briefing.parameters, _decks(briefing)
        if not decks or not _crews(briefing):
            return None
        hops_ms = _hop_ms(briefing, 1) * given.landings_count + _hop_ms(briefing, len(decks) - 1)
        return hops_ms + given.turn_around_ms * (given.landings_count + 2)

    def plan(self, briefing: Briefing[CrossdeckParameters]) -> Plan:
        """Ships side by side through the middle of the area; helicopters on deck and between decks."""
        decks = _decks(briefing)
        if briefing.area is None or not decks or briefing.window.end_ms <= briefing.window.start_ms:
            return {}
        found: dict[str, tuple[Leg, ...]] = {
            deck: (_ship_leg(briefing, place - (len(decks) - 1) / 2.0),) for place, deck in enumerate(decks)
        }
        crews = _crews(briefing)
        for helicopter in cast(briefing, _HELICOPTERS, medium=Medium.AIR):
            if helicopter in crews:
                found[helicopter] = _flight(briefing, found, helicopter, crews[helicopter])
            elif briefing.exercise.units[helicopter].home_unit in decks:
                found[helicopter] = found[briefing.exercise.units[helicopter].home_unit]
        return found

    def reservations(self, briefing: Briefing[CrossdeckParameters], plan: Plan) -> tuple[Reservation, ...]:
        """The air round the ships, and the water they steam in."""
        decks = _decks(briefing)
        if not decks or decks[0] not in plan:
            return ()
        given, id_ = briefing.parameters, briefing.serial.id
        half_width_m = given.spacing_m * (len(decks) - 1) / 2.0
        extent = Provenance(confidence=Confidence.ASSUMED, note="the ships and a margin, a parameter of the serial")

        def claim(part: str, margin_m: float, band: Band, hazard: Hazard) -> Reservation:
            return Reservation(
                id=f"{id_}/{part}",
                owner=id_,
                name=f"{id_} cross-deck landings, {part}",
                footprint=MovingBox(
                    legs=(_ship_leg(briefing, 0.0),),
                    ahead_m=margin_m,
                    astern_m=margin_m,
                    abeam_m=half_width_m + margin_m,
                ),
                band=band,
                windows=(briefing.window,),
                hazard=hazard,
                provenance=extent,
            )

        air = Band(floor_m=0.0, ceiling_m=given.height_m + _HEADROOM_M)
        return (
            claim("flying", given.flying_radius_m, air, Hazard.FLYING),
            claim("ships", SEPARATION_M, SURFACE, Hazard.NONE),
        )

    def script(self, stage: Stage[CrossdeckParameters], unit: str) -> Script:
        """Ships follow the plan; helicopters shift from deck to deck, each when it is ready and the deck is clear."""
        crews = _crews(stage.briefing)
        if unit not in crews or unit not in stage.plan:
            yield from super().script(stage, unit)
            return
        aloft: list[tuple[int, int, int]] = []
        try:
            yield from _shift_decks(stage, unit, crews[unit], aloft)
        except RelievedError as error:
            if aloft:
                yield from _recover(stage, unit, aloft[-1], str(error))

    def measures(
        self,
        briefing: Briefing[CrossdeckParameters],
        record: SerialRecord,
        events: tuple[Event, ...],
        tracks: Mapping[str, tuple[Leg, ...]],
    ) -> tuple[Measure, ...]:
        """Landings made, time on deck, time lost."""
        crews = _crews(briefing)
        planned = sum(len(_route(briefing, own)) for own in crews.values())
        landings = [event for event in events if event.kind == "crossdeck.landed"]
        stays_ms = [
            float(event.data["on_deck_ms"])
            for event in events
            if event.kind == "crossdeck.took_off" and any(_after(event, landing) for landing in landings)
        ]
        waits_ms = [float(event.data["waited_ms"]) for event in events if event.kind == "crossdeck.waited"]
        down = {"crossdeck.landed", "crossdeck.recovered"}
        flights_ms = [
            min((e.time_ms for e in events if e.kind in down and _after(e, event)), default=briefing.window.end_ms)
            - event.time_ms
            for event in events
            if event.kind == "crossdeck.took_off"
        ]
        values = {
            "landings_count": len(landings),
            "landings_ratio": len(landings) / planned if planned else 0.0,
            "flying_ms": math.fsum(flights_ms),
            "recovered_count": sum(event.kind == "crossdeck.recovered" for event in events),
            "deck_wait_ms": math.fsum(waits_ms),
            "mean_turn_around_ms": mean(stays_ms),
        }
        return numbered(self, briefing, values)


def _shift_decks(stage: Stage[CrossdeckParameters], unit: str, here: int, aloft: list[tuple[int, int, int]]) -> Script:
    """Land on one deck after the other, and stay on the last.

    Args:
        stage: of the serial.
        unit: the helicopter.
        here: number of the deck it begins on.
        aloft: holds, while it is in the air, the decks it comes from and goes to, and the turn.
    """
    briefing, decks, crews = stage.briefing, _decks(stage.briefing), _crews(stage.briefing)
    luck = stage.stream(f"turn-around/{unit}")
    for turn, there in enumerate(_route(briefing, here)):
        stay_ms = round(luck.triangular(_QUICKEST, _USUAL, _SLOWEST) * briefing.parameters.turn_around_ms)
        yield from _on_deck(stage, decks[here], stage.now_ms + stay_ms)
        aloft.append((here, there, turn))
        yield Record(
            kind="crossdeck.took_off",
            text=f"{unit} takes off from {decks[here]}.",
            data={"deck": decks[here], "on_deck_ms": stay_ms},
        )
        yield Signal(name=_clear(here, turn))
        target = stage.plan[decks[there]]
        yield Follow(legs=(_hop(briefing, unit, target, (stage.position(unit), stage.now_ms), _APPROACH_MS),))
        if (there - turn) % len(decks) in crews.values():
            yield from _wait_for_deck(stage, unit, there, turn)
        yield Record(kind="crossdeck.landed", text=f"{unit} lands on {decks[there]}.", data={"deck": decks[there]})
        aloft.clear()
        here = there
    yield from _on_deck(stage, decks[here], briefing.window.end_ms)


def _recover(stage: Stage[CrossdeckParameters], unit: str, flight: tuple[int, int, int], why: str) -> Script:
    """Land a helicopter that is in the air when the serial is told to stop."""
    from_deck, to_deck, turn = flight
    briefing, decks = stage.briefing, _decks(stage.briefing)
    was_taken = (to_deck - turn) % len(decks) in _crews(briefing).values()
    clear = not was_taken or (yield Await(name=_clear(to_deck, turn), timeout_ms=0)).reason is WakeReason.SIGNALLED
    deck = decks[to_deck if clear else from_deck]
    now_ms, end_ms = stage.now_ms, briefing.window.end_ms
    steady = trim(stage.plan[deck], Window(start_ms=now_ms, end_ms=max(now_ms + 1, end_ms)))
    yield Follow(legs=(_hop(briefing, unit, steady or stage.plan[deck], (stage.position(unit), now_ms), _APPROACH_MS),))
    yield Record(kind="crossdeck.recovered", text=f"{unit} lands on {deck}: {why}.", data={"deck": deck})


def _after(event: Event, before: Event) -> bool:
    """Whether an event comes after another of the same unit."""
    return event.unit == before.unit and event.sequence > before.sequence


def _clear(deck: int, turn: int) -> str:
    """Name of the signal that a deck has been left in a turn."""
    return f"clear/{deck}/{turn}"


@once
def _decks(briefing: Briefing[CrossdeckParameters]) -> tuple[str, ...]:
    return cast(briefing, _DECKS, medium=Medium.SURFACE)


@once
def _crews(briefing: Briefing[CrossdeckParameters]) -> dict[str, int]:
    """Helicopter to the number of the deck it begins on; those for whom no deck is left do not fly."""
    decks = _decks(briefing)
    crews: dict[str, int] = {}
    helicopters = cast(briefing, _HELICOPTERS, medium=Medium.AIR)
    for helicopter in helicopters:
        home = briefing.exercise.units[helicopter].home_unit
        if home in decks and decks.index(home) not in crews.values():
            crews[helicopter] = decks.index(home)
    free = [place for place in range(len(decks)) if place not in crews.values()]
    guests = [
        unit for unit in helicopters if unit not in crews and briefing.exercise.units[unit].home_unit not in decks
    ]
    crews.update(zip(guests, free, strict=False))
    return crews


@once
def _speed_mps(briefing: Briefing[CrossdeckParameters]) -> float:
    """Speed of the ships: as given, but no more than the slowest can make."""
    return min([briefing.parameters.speed_mps, *(briefing.max_speed_mps(deck) for deck in _decks(briefing))])


def _ship_leg(briefing: Briefing[CrossdeckParameters], place: float) -> Leg:
    """The way of a ship so many places to starboard of the middle of the line."""
    assert briefing.area is not None
    given, window = briefing.parameters, briefing.window
    frame = Frame(origin=centre(briefing.area.footprint), axis_deg=given.course_deg)
    half_run_m = _speed_mps(briefing) * (window.end_ms - window.start_ms) / SECOND_MS / 2.0
    return Leg(
        start_ms=window.start_ms,
        end_ms=window.end_ms,
        start=frame.position((-half_run_m, place * given.spacing_m)),
        end=frame.position((half_run_m, place * given.spacing_m)),
        serial=briefing.serial.id,
    )


def _hop_ms(briefing: Briefing[CrossdeckParameters], places: int) -> int:
    """Usual time from a deck to one so many places away, while the ships run on."""
    given, ships_mps = briefing.parameters, _speed_mps(briefing)
    flying_mps = min(given.flying_speed_mps, *(briefing.max_speed_mps(unit) for unit in _crews(briefing)))
    over_ground_mps = max(flying_mps - ships_mps, 1.0)
    way_m = given.spacing_m * places + ships_mps * _APPROACH_MS / SECOND_MS
    return _APPROACH_MS + math.ceil(way_m / over_ground_mps * SECOND_MS)


def _route(briefing: Briefing[CrossdeckParameters], own: int) -> tuple[int, ...]:
    """The decks a helicopter lands on, its own last: as many as were asked for, or as the time allows."""
    given, decks = briefing.parameters, len(_decks(briefing))
    spare_ms = briefing.window.end_ms - briefing.window.start_ms - given.turn_around_ms - _hop_ms(briefing, decks - 1)
    landings = max(0, min(given.landings_count, spare_ms // (given.turn_around_ms + _hop_ms(briefing, 1))))
    route = [(own + landing) % decks for landing in range(1, landings + 1)]
    return (*route, own) if route and route[-1] != own else tuple(route)


def _hop(
    briefing: Briefing[CrossdeckParameters],
    unit: str,
    target: Sequence[Leg],
    departure: tuple[Position, int],
    settle_ms: int,
) -> Leg:
    """The flight from where a helicopter is to where a ship will be.

    Args:
        briefing: of the serial.
        unit: the helicopter.
        target: legs of the ship.
        departure: where and when the flight begins.
        settle_ms: time it takes beside the way.
    """
    here, now_ms = departure
    given = briefing.parameters
    speed_mps = min(given.flying_speed_mps, briefing.max_speed_mps(unit))
    window_ms = (now_ms, now_ms + DAY_MS)
    met_ms = intercept_ms(here, speed_mps, target, 0.0, window_ms)
    land_ms = (now_ms if met_ms is None else met_ms) + settle_ms + SECOND_MS
    return Leg(
        start_ms=now_ms,
        end_ms=land_ms,
        start=here,
        end=position_at(target, land_ms),
        height_m=given.height_m,
        serial=briefing.serial.id,
    )


def _flight(briefing: Briefing[CrossdeckParameters], ships: Plan, helicopter: str, own: int) -> tuple[Leg, ...]:
    """Where a helicopter is if every turn-around takes its usual time."""
    decks, window = _decks(briefing), briefing.window
    now_ms, here = window.start_ms, own
    legs: list[Leg] = []
    for there in _route(briefing, own):
        take_off = Window(start_ms=now_ms, end_ms=now_ms + briefing.parameters.turn_around_ms)
        legs += trim(ships[decks[here]], take_off)
        start = position_at(ships[decks[here]], take_off.end_ms)
        legs.append(_hop(briefing, helicopter, ships[decks[there]], (start, take_off.end_ms), _APPROACH_MS))
        now_ms, here = legs[-1].end_ms, there
    legs += trim(ships[decks[here]], Window(start_ms=now_ms, end_ms=max(now_ms, window.end_ms)))
    return trim(legs, window)


def _on_deck(stage: Stage[CrossdeckParameters], deck: str, until_ms: int) -> Script:
    """Stay on a ship, and move with it, until an instant."""
    carried = trim(stage.plan[deck], Window(start_ms=stage.now_ms, end_ms=max(stage.now_ms, until_ms)))
    yield Follow(legs=carried)
    yield WaitUntil(time_ms=until_ms)


def _wait_for_deck(stage: Stage[CrossdeckParameters], unit: str, deck: int, turn: int) -> Script:
    """Hold off a ship until its deck is clear, then come in."""
    began_ms, name = stage.now_ms, _decks(stage.briefing)[deck]
    yield Await(name=_clear(deck, turn), timeout_ms=_PATIENCE_MS)
    if stage.now_ms > began_ms:
        waited_ms = stage.now_ms - began_ms
        text = f"{unit} has waited {round(waited_ms / MINUTE_MS)} min for the deck of {name}."
        yield Record(kind="crossdeck.waited", text=text, data={"deck": name, "waited_ms": waited_ms})
        yield Follow(legs=(_hop(stage.briefing, unit, stage.plan[name], (stage.position(unit), stage.now_ms), 0),))


SERIAL_TYPE = Crossdeck()
