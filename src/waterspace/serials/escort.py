"""Escort: ships sail along a route in convoy, and others screen them from stations about the convoy.

The convoy sails in column. The screen keeps stations on an arc ahead, at a range from the middle of the convoy, by
bearing relative to the course; at each waypoint the stations swing with it. During a run contacts turn up at random
about the convoy: the nearest screening ship that is on station goes out to look, and comes back to its station, if its
speed allows. Contacts are played on paper: no other unit moves for them, and they lie where they turned up.

A ship of the convoy counts as inside the screen while a screening ship is no farther from it than the screen's range,
half the length of the column and one spacing. When the escort is told to stop, a ship that is out at a contact reports
how long it has been off its station.

Sources: protection of shipping by a screen on relative stations, as in open writing on convoys; numbers are
parameters and assumed.
Limits: no sensor, no weapon and no intent; alterations of course take no time, so on the outer side of a turn a screen
is faster than the convoy, by as much as its range and the turn ask; a screening ship that is out keeps no distance
from others.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from waterspace.domain import (
    SURFACE,
    Band,
    Confidence,
    Follow,
    Hazard,
    Leg,
    Measure,
    Medium,
    MovingBox,
    Position,
    Provenance,
    Record,
    Reservation,
    Window,
)
from waterspace.errors import RelievedError
from waterspace.geometry.geodesic import destination, distance_m, route_length_m
from waterspace.geometry.intercept import intercept_ms
from waterspace.geometry.legs import parallel_relative, position_at, trim
from waterspace.phenomena.draws import common_draws
from waterspace.quantity import NAUTICAL_MILE_M, SECOND_MS, YARD_M
from waterspace.serials.base import (
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
from waterspace.serials.measuring.spans import length_ms, near_any, numbered, passing_m
from waterspace.serials.seamanship.patterns import (
    cast,
    column_route,
    corridor_route,
    pieces,
    run_route,
    slowest_cruise_mps,
    stations,
    time_to_run_ms,
    untimed,
)
from waterspace.serials.seamanship.shared import once_for_all

if TYPE_CHECKING:
    from waterspace.domain import Event, Exercise, Serial, SerialRecord

__all__ = ["SERIAL_TYPE", "Escort", "EscortParameters"]

_CONVOY = "convoy"
_SCREEN = "screen"

_CONTACTS_MAX = 50
"""More contacts than this are not drawn in one serial."""
_QUIET_RATIO = 0.05
"""Share of the serial at its start and at its end in which no contact turns up (assumed)."""
_NO_LATER_MS = SECOND_MS
"""What rounding may add to a passage that fills its window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscortParameters(SerialParameters):
    """What the planner may say of an escort."""

    route: tuple[Position, ...] = parameter(
        text="Waypoints of the convoy; where none are given, those of an area that is a corridor.", default=()
    )
    speed_mps: float | None = parameter(
        text="Speed of the convoy; faster where it would be late. Without it the convoy fills the window.",
        default=None,
        minimum=0.1,
    )
    spacing_m: float = parameter(
        text="From ship to ship in the convoy, and least distance between screening ships.",
        default=1000.0 * YARD_M,
        minimum=500.0,
        source="assumed",
    )
    screen_range_m: float = parameter(
        text="Range of the screen from the middle of the convoy; wider where the convoy is longer.",
        default=3.0 * NAUTICAL_MILE_M,
        minimum=1000.0,
        source="assumed",
    )
    screen_angle_deg: float = parameter(
        text="Arc over which the screen is spread, half to each side of the course; 360 goes all round.",
        default=180.0,
        minimum=0.0,
        maximum=360.0,
        source="assumed",
    )
    clearance_m: float = parameter(
        text="Water claimed beyond the screen.", default=NAUTICAL_MILE_M, minimum=0.0, source="assumed"
    )
    contacts_count: int = parameter(
        text="Mean number of contacts in the serial (Poisson).", default=3, minimum=0, maximum=20, source="assumed"
    )
    contact_range_m: float = parameter(
        text="How far beyond the screen a contact turns up, and a ship goes to look.",
        default=3.0 * NAUTICAL_MILE_M,
        minimum=100.0,
        source="assumed",
    )


class Escort(SerialType[EscortParameters]):
    """Escort of ships by ships."""

    key = "escort"
    title = "escort"
    summary = "Ships sail along a route in convoy; others screen them, and go out to look at contacts."
    parameters = EscortParameters
    roles = (
        Role(name=_CONVOY, text="Ships that are escorted, in the order of the column."),
        Role(name=_SCREEN, text="Ships that escort."),
    )
    hazards = "ships on relative stations that leave them at high speed without warning to others"
    sources = ("Screens on relative stations about a convoy: open writing; numbers are parameters and assumed",)
    measured_by: ClassVar[Mapping[str, str]] = {
        "arrived_count": "ships of the convoy that reached the end of their route",
        "contacts_count": "contacts that turned up",
        "investigated_ratio": "share of the contacts that a screening ship looked at",
        "off_station_ms": "mean time from leaving the screen to being back on station",
        "screen_kept_ratio": "share of the screen's time that was spent on station",
        "convoy_inside_ratio": "share of the time in which every ship of the convoy was inside the screen",
        "closest_contact_m": "least range of a contact from a ship of the convoy; absent where none turned up",
        "arrival_delay_ms": "how much later than planned the last ship of the convoy arrived; absent if one never did",
        "arrived_in_time_ratio": "1 where every ship of the convoy arrived by the planned end of the escort, else 0",
    }

    def needs(self, parameters: EscortParameters) -> Needs:
        """An area only where no route is given."""
        return Needs(area=not parameters.route)

    def duration_ms(self, exercise: Exercise, serial: Serial) -> int | None:
        """Length of the route at the speed given, or at the cruising speed of the slowest ship."""
        briefing: Briefing[EscortParameters] = untimed(exercise, serial)
        speed_mps = briefing.parameters.speed_mps or slowest_cruise_mps(briefing)
        return None if speed_mps is None else time_to_run_ms(route_length_m(_route(briefing)), speed_mps)

    def plan(self, briefing: Briefing[EscortParameters]) -> Plan:
        """The convoy in column along the route; the screen on its stations about the middle of the column."""
        given, route = briefing.parameters, _route(briefing)
        convoy, screen = _parties(briefing)
        if not route:
            return {}
        plan = {unit: _run(briefing, place * given.spacing_m) for place, unit in enumerate(convoy)}
        middle = _run(briefing, _half_column_m(briefing))
        places = stations(
            len(screen),
            radius_m=_screen_range_m(briefing),
            spacing_m=given.spacing_m,
            arc_deg=given.screen_angle_deg,
        )
        for unit, (angle_deg, range_m) in zip(screen, places, strict=True):
            plan[unit] = parallel_relative(middle, angle_deg, range_m)
        return plan

    def reservations(self, briefing: Briefing[EscortParameters], plan: Plan) -> tuple[Reservation, ...]:
        """A box about convoy and screen that moves with them."""
        convoy, screen = _parties(briefing)
        if not _route(briefing) or not (convoy or screen):
            return ()
        given, serial = briefing.parameters, briefing.serial
        places = stations(
            len(screen),
            radius_m=_screen_range_m(briefing),
            spacing_m=given.spacing_m,
            arc_deg=given.screen_angle_deg,
        )
        out_m = max([_half_column_m(briefing), *(range_m for _, range_m in places)]) + given.clearance_m
        return (
            Reservation(
                id=f"{serial.id}/moving-box",
                owner=serial.id,
                name=f"{serial.name or serial.id}: convoy and screen",
                footprint=MovingBox(
                    legs=_run(briefing, _half_column_m(briefing)), ahead_m=out_m, astern_m=out_m, abeam_m=out_m
                ),
                band=Band(floor_m=SURFACE.floor_m, ceiling_m=SURFACE.ceiling_m),
                windows=(briefing.window,),
                hazard=Hazard.MANOEUVRE,
                provenance=Provenance(confidence=Confidence.ASSUMED, note="the screen's range and a clearance"),
            ),
        )

    def script(self, stage: Stage[EscortParameters], unit: str) -> Script:
        """The convoy follows its route; the screen keeps its stations and looks at contacts."""
        legs = stage.plan.get(unit, ())
        if not legs:
            return
        convoy, _ = _parties(stage.briefing)
        if unit in convoy:
            arrived_ms = max((leg.end_ms for leg in legs if not leg.is_wait), default=legs[0].start_ms)
            notes = [(arrived_ms, Record(kind="escort.arrived", text=f"{unit} at the end of the route"))]
        else:
            legs, notes = _play(stage)[unit]
        parts = pieces(legs, [time_ms for time_ms, _ in notes])
        left_ms = None
        try:
            for part, (_, note) in zip(parts, notes, strict=False):
                yield Follow(legs=part)
                yield note
                if note.kind in {"escort.contact", "escort.regained"}:
                    left_ms = stage.now_ms if note.kind == "escort.contact" else None
            yield Follow(legs=parts[-1])
        except RelievedError as error:
            if left_ms is not None:
                text = f"{unit} is off its station when the escort stops: {error}"
                yield Record(kind="escort.broken_off", text=text, data={"off_station_ms": stage.now_ms - left_ms})

    def measures(
        self,
        briefing: Briefing[EscortParameters],
        record: SerialRecord,
        events: tuple[Event, ...],
        tracks: Mapping[str, tuple[Leg, ...]],
    ) -> tuple[Measure, ...]:
        """Who arrived, and how well the screen was kept."""
        off_ms = [float(event.data["off_station_ms"]) for event in events if event.kind == "escort.regained"]
        looked = sum(event.kind == "escort.investigated" for event in events)
        contacts = looked + sum(event.kind == "escort.unanswered" for event in events)
        _, screen = _parties(briefing)
        away_ms = sum(off_ms) + sum(float(e.data["off_station_ms"]) for e in events if e.kind == "escort.broken_off")
        watch_ms = len(screen) * (briefing.window.end_ms - briefing.window.start_ms)
        values = {
            "arrived_count": float(sum(event.kind == "escort.arrived" for event in events)),
            "contacts_count": float(contacts),
        }
        if contacts:
            values["investigated_ratio"] = looked / contacts
        if off_ms:
            values["off_station_ms"] = sum(off_ms) / len(off_ms)
        if watch_ms:
            values["screen_kept_ratio"] = max(0.0, 1.0 - away_ms / watch_ms)
        return (
            *numbered(self, briefing, values),
            *numbered(self, briefing, _convoy_kept(briefing, record, events, tracks)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contact:
    """Something that turns up near the convoy.

    Attributes:
        position: where a ship must go to look at it.
    """

    number: int
    time_ms: int
    position: Position


def _parties(briefing: Briefing[EscortParameters]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The convoy, and the screen without ships that are in the convoy."""
    convoy = cast(briefing, _CONVOY, medium=Medium.SURFACE)
    return convoy, tuple(unit for unit in cast(briefing, _SCREEN, medium=Medium.SURFACE) if unit not in convoy)


def _convoy_kept(
    briefing: Briefing[EscortParameters],
    record: SerialRecord,
    events: tuple[Event, ...],
    tracks: Mapping[str, tuple[Leg, ...]],
) -> Mapping[str, float | None]:
    """What the convoy had of its screen, and when it arrived.

    A ship is inside the screen while a screening ship is no farther from it than the two can be apart while both are
    on station: the screen's range and half the length of the column, with one spacing to spare.
    """
    convoy, screen = _parties(briefing)
    ships = [tracks.get(unit, ()) for unit in convoy]
    cover_m = _screen_range_m(briefing) + _half_column_m(briefing) + briefing.parameters.spacing_m
    values: dict[str, float | None] = {}
    if convoy and briefing.window.end_ms > briefing.window.start_ms:
        inside = near_any(ships, [tracks.get(unit, ()) for unit in screen], cover_m, briefing.window)
        values["convoy_inside_ratio"] = length_ms(inside) / (briefing.window.end_ms - briefing.window.start_ms)
    turned_up = [event for event in events if "lat_deg" in event.data and event.time_ms < briefing.window.end_ms]
    passed_m = [
        passing_m(Position(lat_deg=float(e.data["lat_deg"]), lon_deg=float(e.data["lon_deg"])), ship, e.time_ms)
        for e in turned_up
        for ship in ships
    ]
    values["closest_contact_m"] = min((range_m for range_m in passed_m if range_m is not None), default=None)
    arrived_ms = {event.unit: event.time_ms for event in events if event.kind == "escort.arrived"}
    if convoy and set(convoy) <= set(arrived_ms) and record.planned is not None:
        planned = _run(replace(briefing, window=record.planned), (len(convoy) - 1) * briefing.parameters.spacing_m)
        due_ms = max((leg.end_ms for leg in planned if not leg.is_wait), default=record.planned.start_ms)
        values["arrival_delay_ms"] = max(arrived_ms.values()) - due_ms
    wanted = _wanted(briefing)
    if wanted and record.planned is not None:
        end_ms = record.planned.end_ms + _NO_LATER_MS
        values["arrived_in_time_ratio"] = float(all(arrived_ms.get(unit, end_ms + 1) <= end_ms for unit in wanted))
    return values


def _wanted(briefing: Briefing[EscortParameters]) -> frozenset[str]:
    """The ships that the file names as the convoy, those left behind in this run with them."""
    serial = briefing.exercise.serials[briefing.serial.id]
    return frozenset(briefing.exercise.expand(serial.units.get(_CONVOY, ())))


def _route(briefing: Briefing[EscortParameters]) -> tuple[Position, ...]:
    return briefing.parameters.route or corridor_route(briefing)


def _half_column_m(briefing: Briefing[EscortParameters]) -> float:
    return max(0, len(_parties(briefing)[0]) - 1) * briefing.parameters.spacing_m / 2.0


def _screen_range_m(briefing: Briefing[EscortParameters]) -> float:
    """As given, or one spacing beyond the ends of the column."""
    given = briefing.parameters
    return max(given.screen_range_m, _half_column_m(briefing) + given.spacing_m)


def _run(briefing: Briefing[EscortParameters], back_m: float) -> tuple[Leg, ...]:
    """Legs of whoever sails a distance astern of the leader."""
    way = column_route(_route(briefing), back_m)
    return run_route(way, briefing.window, speed_mps=briefing.parameters.speed_mps, serial=briefing.serial.id)


def _contacts(stage: Stage[EscortParameters]) -> tuple[_Contact, ...]:
    """The contacts of this run, in order of time, the same for every script that asks."""
    given, window = stage.briefing.parameters, stage.briefing.window
    first, *draws = common_draws(stage.stream("contacts"), 1 + 2 * _CONTACTS_MAX)
    middle = _run(stage.briefing, _half_column_m(stage.briefing))
    out_m = _screen_range_m(stage.briefing) + given.contact_range_m
    span_ms = window.end_ms - window.start_ms
    found: list[tuple[int, float]] = []
    for index in range(_poisson(given.contacts_count, first)):
        share = _QUIET_RATIO + (1.0 - 2.0 * _QUIET_RATIO) * draws[2 * index]
        found.append((window.start_ms + round(share * span_ms), 360.0 * draws[2 * index + 1]))
    return tuple(
        _Contact(number=number, time_ms=time_ms, position=destination(position_at(middle, time_ms), angle_deg, out_m))
        for number, (time_ms, angle_deg) in enumerate(sorted(found), start=1)
    )


def _poisson(mean_count: float, draw: float) -> int:
    """The number of events at which the Poisson distribution passes a draw from 0 to 1."""
    count, term = 0, math.exp(-mean_count)
    passed = term
    while passed < draw and count < _CONTACTS_MAX:
        count += 1
        term *= mean_count / count
        passed += term
    return count


@once_for_all
def _play(stage: Stage[EscortParameters]) -> Mapping[str, tuple[tuple[Leg, ...], list[tuple[int, Record]]]]:
    """What each screening ship does: legs, and notes in order of time."""
    _, screen = _parties(stage.briefing)
    acts: dict[str, tuple[tuple[Leg, ...], list[tuple[int, Record]]]] = {
        unit: (stage.plan[unit], []) for unit in screen if unit in stage.plan
    }
    back_ms = dict.fromkeys(acts, stage.briefing.window.start_ms)
    for contact in _contacts(stage):
        free = [unit for unit in acts if back_ms[unit] <= contact.time_ms]
        ranges_m = {unit: distance_m(position_at(acts[unit][0], contact.time_ms), contact.position) for unit in free}
        sortie = None
        for unit in sorted(free, key=lambda name: (ranges_m[name], name)):
            sortie = _sortie(acts[unit][0], contact, stage.briefing.max_speed_mps(unit))
            if sortie is not None:
                legs, there_ms, back_ms[unit] = sortie
                acts[unit] = (legs, [*acts[unit][1], *_notes(unit, contact, there_ms, back_ms[unit])])
                break
        if sortie is None and acts:
            unit = min(acts)
            text = f"contact {contact.number}: nobody could look at it and be back in time"
            lat_deg, lon_deg = contact.position.lat_deg, contact.position.lon_deg
            data = {"contact": contact.number, "lat_deg": lat_deg, "lon_deg": lon_deg}
            note = Record(kind="escort.unanswered", text=text, data=data)
            acts[unit] = (acts[unit][0], sorted([*acts[unit][1], (contact.time_ms, note)], key=lambda item: item[0]))
    return acts


def _sortie(legs: tuple[Leg, ...], contact: _Contact, speed_mps: float) -> tuple[tuple[Leg, ...], int, int] | None:
    """The legs with a run out to a contact and back to station, when it is there and when it is back, if it can be."""
    leave_ms, end_ms = contact.time_ms, legs[-1].end_ms
    here = position_at(legs, leave_ms)
    out_ms = time_to_run_ms(distance_m(here, contact.position), speed_mps)
    if out_ms is None or leave_ms + out_ms >= end_ms:
        return None
    there_ms = leave_ms + out_ms
    ahead = trim(legs, Window(start_ms=there_ms, end_ms=end_ms))
    back_ms = intercept_ms(contact.position, speed_mps, ahead, 0.0, (there_ms, end_ms))
    if back_ms is None or back_ms <= there_ms:
        return None
    station = position_at(legs, back_ms)
    label = legs[0]
    out = Leg(start_ms=leave_ms, end_ms=there_ms, start=here, end=contact.position, serial=label.serial)
    home = Leg(start_ms=there_ms, end_ms=back_ms, start=contact.position, end=station, serial=label.serial)
    before = trim(legs, Window(start_ms=legs[0].start_ms, end_ms=leave_ms))
    after = trim(legs, Window(start_ms=back_ms, end_ms=end_ms))
    return (*before, out, home, *after), there_ms, back_ms


def _notes(unit: str, contact: _Contact, there_ms: int, back_ms: int) -> list[tuple[int, Record]]:
    number = contact.number
    data: dict[str, float | int | str] = {"contact": number}
    seen = {**data, "lat_deg": contact.position.lat_deg, "lon_deg": contact.position.lon_deg}
    left = Record(kind="escort.contact", text=f"{unit} leaves the screen for contact {number}", data=seen)
    looked = Record(kind="escort.investigated", text=f"{unit} has looked at contact {number}", data=data)
    back = Record(
        kind="escort.regained",
        text=f"{unit} back on station after contact {number}",
        data={"contact": number, "off_station_ms": back_ms - contact.time_ms},
    )
    return [(contact.time_ms, left), (there_ms, looked), (back_ms, back)]


SERIAL_TYPE = Escort()
