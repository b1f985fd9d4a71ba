"""Escort: ships sail along a route in convoy, and others screen them from stations about the convoy.

The convoy sails in column. The screen keeps stations on an arc ahead, at a range from the middle of the convoy, by
bearing relative to the course; at each waypoint the stations swing with it. Where the sea slows the convoy, the screen
stays with it: its ships then keep station on a guide, the ship of the convoy nearest to its middle, at the bearing and
range that the plan has for as far as the convoy has come. If the guide falls out, the next nearest is guide. During a
run contacts turn up at random about the convoy: the nearest screening ship that is on station goes out to look, and
comes back to its station, if its speed allows. Contacts are played on paper: no other unit moves for them, and they lie
where they turned up.

A ship of the convoy counts as inside the screen while a screening ship is no farther from it than the screen's range,
half the length of the column and one spacing. When the escort is told to stop, a ship that is out at a contact reports
how long it has been off its station.

Sources: protection of shipping by a screen on relative stations, as in open writing on convoys; numbers are
parameters and assumed.
Limits: no sensor, no weapon and no intent; alterations of course take no time, so on the outer side of a turn a screen
is faster than the convoy, by as much as its range and the turn ask; a screening ship that is out keeps no distance from
others; that the convoy falls behind, or that its guide falls out, the screen notices ten minutes later at most.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from waterspace.domain import (
    SURFACE,
    Await,
    Band,
    Confidence,
    Follow,
    Hazard,
    KeepStation,
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
from waterspace.errors import OrderError, RelievedError
from waterspace.geometry.geodesic import destination, distance_m, route_length_m
from waterspace.geometry.intercept import intercept_ms
from waterspace.geometry.legs import legs_at_speed, parallel_relative, position_at, trim
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
    once,
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
from waterspace.serials.seamanship.screening import Contact, Screen
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
_AFTER_THE_OTHERS = Await(name="others", timeout_ms=0)
"""Goes on at the same instant, when whoever moves or starts at it has done so; nobody raises the signal."""
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
        if not stage.plan.get(unit):
            return
        screen = _screen(stage)
        convoy, _ = _parties(stage.briefing)
        try:
            yield from _sail(stage, unit) if unit in convoy else _guard(stage, unit)
        except (OrderError, RelievedError):
            screen.lost.add(unit)
            raise

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


@once
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


@once
def _route(briefing: Briefing[EscortParameters]) -> tuple[Position, ...]:
    return briefing.parameters.route or corridor_route(briefing)


@once
def _half_column_m(briefing: Briefing[EscortParameters]) -> float:
    return max(0, len(_parties(briefing)[0]) - 1) * briefing.parameters.spacing_m / 2.0


@once
def _screen_range_m(briefing: Briefing[EscortParameters]) -> float:
    """As given, or one spacing beyond the ends of the column."""
    given = briefing.parameters
    return max(given.screen_range_m, _half_column_m(briefing) + given.spacing_m)


def _run(briefing: Briefing[EscortParameters], back_m: float) -> tuple[Leg, ...]:
    """Legs of whoever sails a distance astern of the leader."""
    way = column_route(_route(briefing), back_m)
    return run_route(way, briefing.window, speed_mps=briefing.parameters.speed_mps, serial=briefing.serial.id)


@once_for_all
def _screen(stage: Stage[EscortParameters]) -> Screen:
    """What the ships of this run know of each other."""
    return Screen(_parties(stage.briefing)[0], stage.plan, _contacts(stage))


def _contacts(stage: Stage[EscortParameters]) -> tuple[Contact, ...]:
    """The contacts of this run, in order of time, the same for every script that asks."""
    given, window = stage.briefing.parameters, stage.briefing.window
    first, *draws = common_draws(stage.stream("contacts"), 1 + 2 * _CONTACTS_MAX)
    out_m = _screen_range_m(stage.briefing) + given.contact_range_m
    span_ms = window.end_ms - window.start_ms
    found: list[tuple[int, float]] = []
    for index in range(_poisson(given.contacts_count, first)):
        share = _QUIET_RATIO + (1.0 - 2.0 * _QUIET_RATIO) * draws[2 * index]
        found.append((window.start_ms + round(share * span_ms), 360.0 * draws[2 * index + 1]))
    return tuple(
        Contact(number=number, time_ms=time_ms, bearing_deg=angle_deg, range_m=out_m)
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


def _sail(stage: Stage[EscortParameters], unit: str) -> Script:
    """A ship of the convoy runs its legs, and says when it is at the end of its route."""
    screen = _screen(stage)
    before, after = pieces(stage.plan[unit], [screen.due_ms(unit)])
    yield Follow(legs=before)
    screen.arrived.add(unit)
    yield Record(kind="escort.arrived", text=f"{unit} at the end of the route")
    yield Follow(legs=after)


def _guard(stage: Stage[EscortParameters], unit: str) -> Script:
    """A screening ship is on its station, but for the contacts that it is to look at."""
    screen = _screen(stage)
    yield _AFTER_THE_OTHERS
    while not screen.is_over(stage):
        yield from _look_out(stage)
        if unit in screen.tasks:
            yield from _go_and_look(stage, unit, *screen.tasks.pop(unit))
        else:
            yield screen.keeping(stage, unit, screen.look_ms(stage, unit))
        if stage.now_ms >= stage.briefing.window.end_ms:
            yield _AFTER_THE_OTHERS


def _look_out(stage: Stage[EscortParameters]) -> Script:
    """Whoever looks first settles who goes out to the contacts that have turned up, the nearest ship that can."""
    screen = _screen(stage)
    while screen.contacts and screen.contacts[0].time_ms <= stage.now_ms:
        contact = screen.contacts.pop(0)
        middle = position_at(_run(stage.briefing, _half_column_m(stage.briefing)), screen.come_ms(stage))
        place = destination(middle, contact.bearing_deg, contact.range_m)
        _, ships = _parties(stage.briefing)
        free = [ship for ship in ships if ship not in screen.away and ship not in screen.lost]
        ranges_m = {ship: distance_m(stage.position(ship), place) for ship in free}
        nearest_first = sorted(free, key=lambda name: (ranges_m[name], name))
        goes = next((ship for ship in nearest_first if _is_in_time(stage, ship, place)), None)
        if goes is not None:
            screen.away.add(goes)
            screen.tasks[goes] = (contact.number, place)
            continue
        text = f"contact {contact.number}: nobody could look at it and be back in time"
        yield Record(kind="escort.unanswered", text=text, data=_data(contact.number, place))


def _is_in_time(stage: Stage[EscortParameters], unit: str, place: Position) -> bool:
    """Whether a ship that goes to look now can be back on its station before the end."""
    legs = _screen(stage).station_legs(stage, unit)
    top_mps = stage.briefing.max_speed_mps(unit)
    out_ms = time_to_run_ms(distance_m(stage.position(unit), place), top_mps)
    if not legs or out_ms is None or stage.now_ms + out_ms >= legs[-1].end_ms:
        return False
    there_ms, end_ms = stage.now_ms + out_ms, legs[-1].end_ms
    ahead = trim(legs, Window(start_ms=there_ms, end_ms=end_ms))
    back_ms = intercept_ms(place, top_mps, ahead, 0.0, (there_ms, end_ms))
    return back_ms is not None and back_ms > there_ms


def _go_and_look(stage: Stage[EscortParameters], unit: str, number: int, place: Position) -> Script:
    """Out to a contact and back on station."""
    screen, left_ms, top_mps = _screen(stage), stage.now_ms, stage.briefing.max_speed_mps(unit)
    data: dict[str, float | int | str] = {"contact": number}
    text = f"{unit} leaves the screen for contact {number}"
    yield Record(kind="escort.contact", text=text, data=_data(number, place))
    closing_mps = 0.0
    try:
        out = legs_at_speed((stage.position(unit), place), left_ms, top_mps, 0.0, stage.briefing.serial.id)
        for legs in pieces(out, [contact.time_ms for contact in screen.contacts if contact.time_ms < out[-1].end_ms]):
            yield Follow(legs=legs)
            yield from _look_out(stage)
        yield Record(kind="escort.investigated", text=f"{unit} has looked at contact {number}", data=data)
        while not screen.is_on_station(stage, unit) and not screen.is_over(stage):
            from_ms, off_m = stage.now_ms, screen.off_m(stage, unit)
            order = screen.regaining(stage, unit, closing_mps)
            yield order
            gone_ms, nearer_m = stage.now_ms - from_ms, off_m - screen.off_m(stage, unit)
            is_steady = isinstance(order, KeepStation) and gone_ms > 0
            closing_mps = nearer_m * SECOND_MS / gone_ms if is_steady else 0.0
            yield from _look_out(stage)
    except RelievedError as error:
        text = f"{unit} is off its station when the escort stops: {error}"
        yield Record(kind="escort.broken_off", text=text, data={"off_station_ms": stage.now_ms - left_ms})
        raise
    data["off_station_ms"] = stage.now_ms - left_ms
    if not screen.is_on_station(stage, unit):
        yield Record(kind="escort.broken_off", text=f"{unit} is off its station when the escort ends", data=data)
        return
    screen.away.discard(unit)
    yield Record(kind="escort.regained", text=f"{unit} back on station after contact {number}", data=data)


def _data(number: int, place: Position) -> dict[str, float | int | str]:
    return {"contact": number, "lat_deg": place.lat_deg, "lon_deg": place.lon_deg}


SERIAL_TYPE = Escort()
