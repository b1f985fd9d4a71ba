"""The programme: every serial's plan in time and space, and the way of every unit through it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from waterspace.domain import Leg, Track, Window
from waterspace.domain.quick import quick
from waterspace.geometry import geodesic
from waterspace.geometry import legs as geometry
from waterspace.programme.passages import (
    TURN_ROUND_MS,
    Passage,
    Sortie,
    carrier,
    departure,
    flies_home,
    required_speed_mps,
    speeds_of,
    timed_departure,
)
from waterspace.programme.timing import Timing, plan_times
from waterspace.serials import registry
from waterspace.serials.base import Briefing, cruising_speed_mps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Exercise, Position, Reservation, Serial, Unit
    from waterspace.programme.passages import Speeds
    from waterspace.serials.base import Plan

__all__ = ["Programme", "SerialPlan", "build", "home_position", "plan_serial"]


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class SerialPlan:
    """One serial as planned.

    Attributes:
        tracks: unit id to its legs within the serial.
        reservations: what the serial claims.
        live: when somebody may fire in it, where anybody does.
    """

    serial: str
    window: Window
    tracks: Plan
    reservations: tuple[Reservation, ...]
    live: tuple[Window, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The whole programme as planned.

    Attributes:
        timing: planned times, and why some serials have none.
        plans: id of a serial to its plan, for every serial that has a time.
        assignments: unit id to the ids of the serials that move it, in order of start.
        passages: every way of a unit to a serial, in order of unit and time.
        sorties: every flight of an aircraft that has a base.
        tracks: unit id to its planned track; units that are never placed are left out.
    """

    exercise: Exercise
    timing: Timing
    plans: Mapping[str, SerialPlan]
    assignments: Mapping[str, tuple[str, ...]]
    passages: tuple[Passage, ...]
    sorties: tuple[Sortie, ...]
    tracks: Mapping[str, Track]

    @property
    def reservations(self) -> tuple[Reservation, ...]:
        """Every claim of every serial, in the order of the file."""
        return tuple(reservation for plan in self.plans.values() for reservation in plan.reservations)


_KEPT: deque[Programme] = deque(maxlen=2)
"""The last programmes, for a command asks for that of one exercise several times: to check, to run, to report."""


_NOT_PLANNED_WITH = frozenset(
    {"serials", "places", "source", "objectives", "phases", "notices", "permissions", "injects", "check"}
)
"""Parts of an exercise that no built-in type looks at when it plans, but for the serial that it plans."""


def build(exercise: Exercise, before: Programme | None = None) -> Programme:
    """Work out the programme that the file describes. A bad plan gives a bad programme, never an error.

    Asked again for the same exercise (the same object, not an equal one) it gives the programme that it gave before.

    Args:
        exercise: the plan.
        before: a programme of an earlier state of the plan. What the built-in types made of a serial is taken from it
            where nothing has changed that they look at; the result is the same without it.
    """
    for kept in tuple(_KEPT):
        if kept.exercise is exercise:
            return kept
    programme = _build(exercise, before)
    _KEPT.append(programme)
    return programme


def plan_serial(exercise: Exercise, serial: Serial, window: Window) -> SerialPlan:
    """What the type of a serial makes of it in a window."""
    type_ = registry.get(serial.type)
    briefing: Briefing[object] = Briefing(exercise=exercise, serial=serial, window=window)  # type: ignore[type-var]
    with registry.Blame(serial.type, serial.id):
        tracks = type_.plan(briefing)
        reservations = type_.reservations(briefing, tracks)
        live = type_.live(briefing)
    return SerialPlan(serial=serial.id, window=window, tracks=tracks, reservations=reservations, live=live)


def _build(exercise: Exercise, before: Programme | None) -> Programme:
    timing = plan_times(exercise)
    earlier = before if before is not None and _planned_alike(before.exercise, exercise) else None
    known = {} if earlier is None else _still_true(earlier, exercise, timing)
    plans: dict[str, SerialPlan] = {}
    for id_, serial in exercise.serials.items():
        if id_ in timing.windows:
            plans[id_] = known.get(id_) or plan_serial(exercise, serial, timing.windows[id_])
    assignments = _assignments(exercise, plans)
    ways = _Ways(exercise, plans)
    flying = {id_: unit for id_, unit in exercise.units.items() if flies_home(exercise, unit)}
    sailing = {id_: unit for id_, unit in exercise.units.items() if id_ not in flying}
    old = None if earlier is None else _OldWays(earlier)
    for go, units in ((ways.sail, sailing), (ways.fly, flying)):
        for id_, unit in units.items():
            if old is None or not old.copy(ways, unit, assignments[id_]):
                go(unit, assignments[id_])
    return Programme(
        exercise=exercise,
        timing=timing,
        plans=plans,
        assignments=assignments,
        passages=tuple(ways.passages),
        sorties=tuple(ways.sorties),
        tracks={unit: ways.tracks[unit] for unit in exercise.units if unit in ways.tracks},
    )


def _planned_alike(one: Exercise, other: Exercise) -> bool:
    """Whether two exercises are the same in all that is looked at when something is planned, but for the serials."""
    names = (field.name for field in fields(one) if field.name not in _NOT_PLANNED_WITH)
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _still_true(before: Programme, exercise: Exercise, timing: Timing) -> Mapping[str, SerialPlan]:
    """The plans of a programme that the built-in types would make again, by id of the serial."""
    earlier = before.exercise
    built_in = registry.built_in_keys()
    return {
        id_: plan
        for id_, plan in before.plans.items()
        if id_ in exercise.serials
        and exercise.serials[id_].type in built_in
        and timing.windows.get(id_) == plan.window
        and exercise.serials[id_] == earlier.serials[id_]
    }


def home_position(
    exercise: Exercise, unit: Unit, tracks: Mapping[str, tuple[Leg, ...]], time_ms: int
) -> Position | None:
    """Where a unit's base is at an instant: a fixed place, or the ship that carries it.

    Args:
        exercise: the plan.
        unit: whose base.
        tracks: legs of the ships, by id.
        time_ms: the instant.
    """
    ship = carrier(exercise, unit)
    if not ship:
        return unit.home
    if tracks.get(ship):
        return geometry.position_at(tracks[ship], time_ms)
    return exercise.units[ship].start or exercise.units[ship].home


def _assignments(exercise: Exercise, plans: Mapping[str, SerialPlan]) -> dict[str, tuple[str, ...]]:
    moving: dict[str, list[str]] = {unit: [] for unit in exercise.units}
    for id_ in sorted(plans, key=lambda id_: (plans[id_].window.start_ms, id_)):
        if registry.get(exercise.serials[id_].type).exclusive:
            for unit in exercise.units_in(exercise.serials[id_]):
                moving[unit].append(id_)
    return {unit: tuple(ids) for unit, ids in moving.items()}


class _Ways:
    """Joins the serials of each unit by passages into one track."""

    def __init__(self, exercise: Exercise, plans: Mapping[str, SerialPlan]) -> None:
        self.exercise = exercise
        self.plans = plans
        self.passages: list[Passage] = []
        self.sorties: list[Sortie] = []
        self.tracks: dict[str, Track] = {}
        self.legs: dict[str, tuple[Leg, ...]] = {}

    def sail(self, unit: Unit, serials: tuple[str, ...]) -> None:
        """A ship goes straight from one serial to the next and waits there."""
        position = unit.start or home_position(self.exercise, unit, self.legs, self.exercise.window.start_ms)
        now_ms = self.exercise.window.start_ms if unit.start_ms is None else unit.start_ms
        planned = [(id_, self.plans[id_].tracks[unit.id]) for id_ in serials if self.plans[id_].tracks.get(unit.id)]
        if planned and unit.start_ms is None:
            now_ms = min(now_ms, planned[0][1][0].start_ms)
        legs: list[Leg] = []
        origin, speeds = "", speeds_of(self.exercise, unit.id)
        for id_, own in planned:
            first, last = own[0], own[-1]
            if position is not None:
                available = Window(start_ms=now_ms, end_ms=first.start_ms)
                passage = self._note(unit.id, (origin, id_), (position, first.start), available)
                if now_ms < first.start_ms and now_ms < last.end_ms:
                    in_harbour = not origin and unit.start is None
                    legs.extend(_way(passage, speeds, in_harbour=in_harbour))
            if last.end_ms <= now_ms:
                continue
            legs.extend(
                own if first.start_ms >= now_ms else geometry.trim(own, Window(start_ms=now_ms, end_ms=last.end_ms))
            )
            position, now_ms, origin = last.end, last.end_ms, id_
        if position is not None and now_ms < self.exercise.window.end_ms:
            legs.append(Leg(start_ms=now_ms, end_ms=self.exercise.window.end_ms, start=position, end=position))
        self._keep(unit.id, legs)

    def fly(self, unit: Unit, serials: tuple[str, ...]) -> None:
        """An aircraft flies from its base to one or more serials and back."""
        now_ms = self.exercise.window.start_ms
        legs: list[Leg] = []
        flight: list[Leg] = []
        flown: list[str] = []
        speeds = speeds_of(self.exercise, unit.id)
        for index, id_ in enumerate(serials):
            own = self.plans[id_].tracks.get(unit.id, ())
            if not own or own[-1].end_ms <= now_ms:
                continue
            if flight:
                places, available = (flight[-1].end, own[0].start), Window(start_ms=now_ms, end_ms=own[0].start_ms)
                passage = self._note(unit.id, (flown[-1], id_), places, available)
                if now_ms < own[0].start_ms:
                    between = _way(passage, speeds, in_harbour=False)
                    flight.extend(replace(leg, height_m=own[0].height_m) for leg in between)
            else:
                flight.extend(self._take_off(unit, id_, now_ms, own[0]))
            flight.extend(geometry.trim(own, Window(start_ms=max(now_ms, own[0].start_ms), end_ms=own[-1].end_ms)))
            flown.append(id_)
            now_ms = flight[-1].end_ms
            onward = next(
                (
                    self.plans[later].tracks[unit.id][0]
                    for later in serials[index + 1 :]
                    if self.plans[later].tracks.get(unit.id)
                ),
                None,
            )
            home = self._landing(unit, flight[-1])
            if home is None or (onward is not None and self._too_late(unit, home, onward)):
                continue
            flight.append(home)
            self.sorties.append(_sortie(unit.id, flight, flown))
            self._on_deck(unit, legs, flight[0].start_ms)
            legs.extend(flight)
            flight, flown, now_ms = [], [], home.end_ms + TURN_ROUND_MS
        if flight:
            self.sorties.append(_sortie(unit.id, flight, flown))
            legs.extend(flight)
        self._on_deck(unit, legs, self.exercise.window.end_ms)
        self._keep(unit.id, legs)

    def _take_off(self, unit: Unit, serial: str, ready_ms: int, first: Leg) -> list[Leg]:
        """The flight out, in time to be there when due; the base is where the carrier will then be."""
        base = home_position(self.exercise, unit, self.legs, first.start_ms)
        for _ in range(2):
            if base is None:
                return []
            way = departure(self.exercise, unit.id, (base, first.start), (ready_ms, first.start_ms), in_harbour=True)
            base = home_position(self.exercise, unit, self.legs, way.depart_ms)
        if base is None:
            return []
        places = (base, first.start)
        self._note(unit.id, ("", serial), places, Window(start_ms=ready_ms, end_ms=first.start_ms))
        return [
            Leg(
                start_ms=way.depart_ms,
                end_ms=max(first.start_ms, way.depart_ms),
                start=base,
                end=first.start,
                height_m=first.height_m,
            )
        ]

    def _landing(self, unit: Unit, last: Leg) -> Leg | None:
        """The flight back, to where the base will be."""
        base = home_position(self.exercise, unit, self.legs, last.end_ms)
        if base is None:
            return None
        speed_mps = cruising_speed_mps(self.exercise, unit.id)
        for _ in range(3):
            out = geometry.legs_at_speed((last.end, base), last.end_ms, speed_mps, height_m=last.height_m)
            land_ms = out[-1].end_ms if out else last.end_ms
            base = home_position(self.exercise, unit, self.legs, land_ms) or base
        return Leg(start_ms=last.end_ms, end_ms=land_ms, start=last.end, end=base, height_m=last.height_m)

    def _too_late(self, unit: Unit, home: Leg, onward: Leg) -> bool:
        """Whether the next serial begins before the aircraft could land, turn round and fly out again."""
        base = home_position(self.exercise, unit, self.legs, onward.start_ms) or home.end
        ready_ms = home.end_ms + TURN_ROUND_MS
        way = departure(self.exercise, unit.id, (base, onward.start), (ready_ms, onward.start_ms), in_harbour=True)
        return way.arrive_ms > onward.start_ms

    def _on_deck(self, unit: Unit, legs: list[Leg], until_ms: int) -> None:
        """Fill the time up to an instant with the base's own movement."""
        from_ms = legs[-1].end_ms if legs else self.exercise.window.start_ms
        if from_ms >= until_ms:
            return
        window = Window(start_ms=from_ms, end_ms=until_ms)
        ship = self.legs.get(carrier(self.exercise, unit), ())
        if ship:
            carried = geometry.trim(ship, window)
            legs += [geometry.make_leg(leg.start_ms, leg.end_ms, leg.start, leg.end, 0.0, "") for leg in carried]
        elif unit.home is not None:
            legs.append(geometry.hold(legs[-1].end if legs else unit.home, window))

    def _note(
        self, unit: str, serials: tuple[str, str], places: tuple[Position, Position], available: Window
    ) -> Passage:
        distance_m = geodesic.distance_m(*places)
        passage = Passage(
            unit=unit,
            origin=serials[0],
            destination=serials[1],
            start=places[0],
            end=places[1],
            available=available,
            distance_m=distance_m,
            required_speed_mps=required_speed_mps(distance_m, available.end_ms - available.start_ms),
        )
        self.passages.append(passage)
        return passage

    def _keep(self, unit: str, legs: list[Leg]) -> None:
        if legs:
            self.legs[unit] = tuple(legs)
            self.tracks[unit] = Track(unit=unit, legs=tuple(legs))


class _OldWays:
    """The ways of units in an earlier programme of an exercise that is planned alike."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._passages: dict[str, list[Passage]] = {}
        for passage in programme.passages:
            self._passages.setdefault(passage.unit, []).append(passage)
        self._sorties: dict[str, list[Sortie]] = {}
        for sortie in programme.sorties:
            self._sorties.setdefault(sortie.unit, []).append(sortie)

    def copy(self, ways: _Ways, unit: Unit, serials: tuple[str, ...]) -> bool:
        """Take over the way of a unit whose serials, and whose ship, go as they went; say whether they do."""
        old, ship = self._programme, carrier(ways.exercise, unit)
        if old.assignments.get(unit.id) != serials or ways.tracks.get(ship) is not old.tracks.get(ship):
            return False
        if any(ways.plans[id_] is not old.plans.get(id_) for id_ in serials):
            return False
        track = old.tracks.get(unit.id)
        if track is not None:
            ways.tracks[unit.id], ways.legs[unit.id] = track, track.legs
        ways.passages.extend(self._passages.get(unit.id, ()))
        ways.sorties.extend(self._sorties.get(unit.id, ()))
        return True


def _way(passage: Passage, speeds: Speeds, *, in_harbour: bool) -> list[Leg]:
    """Waits and movement that fill the time from one serial to the next, however fast that must be."""
    here, there = passage.start, passage.end
    now_ms, due_ms = passage.available.start_ms, passage.available.end_ms
    way = timed_departure(speeds, passage.distance_m, (now_ms, due_ms), in_harbour=in_harbour)
    depart_ms, arrive_ms = min(way.depart_ms, due_ms), min(way.arrive_ms, due_ms)
    legs: list[Leg] = []
    if depart_ms > now_ms:
        legs.append(geometry.make_leg(now_ms, depart_ms, here, here, 0.0, ""))
    if way.distance_m > 0.0:
        legs.append(geometry.make_leg(depart_ms, arrive_ms, here, there, 0.0, ""))
    if arrive_ms < due_ms:
        legs.append(geometry.make_leg(arrive_ms, due_ms, there, there, 0.0, ""))
    return legs


def _sortie(unit: str, flight: list[Leg], flown: list[str]) -> Sortie:
    window = Window(start_ms=flight[0].start_ms, end_ms=flight[-1].end_ms)
    distance_m = geometry.total_length_m(tuple(flight))
    return Sortie(unit=unit, window=window, distance_m=distance_m, serials=tuple(flown))
