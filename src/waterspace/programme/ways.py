"""The way of every unit through the programme: from serial to serial, out from its base and home again."""

from __future__ import annotations

import bisect
import itertools
import operator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from waterspace.domain import Leg, Track, Window
from waterspace.domain.quick import maker
from waterspace.geometry import geodesic
from waterspace.geometry import legs as geometry
from waterspace.programme.passages import (
    TURN_ROUND_MS,
    Passage,
    Sortie,
    carrier,
    departure,
    required_speed_mps,
    speeds_of,
    times_of,
)
from waterspace.serials.base import cruising_speed_mps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from waterspace.domain import Exercise, Position, Unit
    from waterspace.programme.passages import Speeds
    from waterspace.serials.base import Plan

__all__ = ["Ways", "home_position"]

_start_ms = operator.attrgetter("start_ms")

_passage: Callable[..., Passage] = maker(Passage)


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


class _Step(NamedTuple):
    """What a ship does next: from which serial to which, where and when it then is, and its legs in that serial."""

    origin: str
    serial: str
    here: Position | None
    now_ms: int
    own: tuple[Leg, ...]


class Ways:
    """Joins the serials of each unit by passages into one track."""

    def __init__(self, exercise: Exercise, plans: Mapping[str, Plan]) -> None:
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
        planned = [(id_, own) for id_ in serials if (own := self.plans[id_].get(unit.id))]
        if planned and unit.start_ms is None:
            now_ms = min(now_ms, planned[0][1][0].start_ms)
        steps: list[_Step] = []
        origin = ""
        for id_, own in planned:
            steps.append(_Step(origin, id_, position, now_ms, own))
            if own[-1].end_ms > now_ms:
                position, now_ms, origin = own[-1].end, own[-1].end_ms, id_
        legs = self._sailed(unit, steps)
        if position is not None and now_ms < self.exercise.window.end_ms:
            legs.append(Leg(start_ms=now_ms, end_ms=self.exercise.window.end_ms, start=position, end=position))
        self._keep(unit.id, legs)

    def _sailed(self, unit: Unit, steps: Sequence[_Step]) -> list[Leg]:
        """Legs of a ship to and through its serials; how far it is to each is asked for all of them at once."""
        ways = [(step.here, step.own[0].start) for step in steps if step.here is not None]
        arrays = (geodesic.position_arrays([way[end] for way in ways]) for end in range(2))
        known_m = iter(geodesic.distances_m(*itertools.chain.from_iterable(arrays)).tolist())
        legs: list[Leg] = []
        speeds = speeds_of(self.exercise, unit.id)
        for origin, id_, here, now_ms, own in steps:
            first, last = own[0], own[-1]
            if here is not None:
                available = Window(start_ms=now_ms, end_ms=first.start_ms)
                passage = self._note(unit.id, (origin, id_), (here, first.start), available, next(known_m))
                if now_ms < first.start_ms and now_ms < last.end_ms:
                    legs += _way(passage, speeds, in_harbour=not origin and unit.start is None)
            if first.start_ms >= now_ms and last.end_ms > now_ms:
                legs += own
            elif last.end_ms > now_ms:
                legs += geometry.trim(own, Window(start_ms=now_ms, end_ms=last.end_ms))
        return legs

    def fly(self, unit: Unit, serials: tuple[str, ...]) -> None:
        """An aircraft flies from its base to one or more serials and back."""
        now_ms = self.exercise.window.start_ms
        legs: list[Leg] = []
        flight: list[Leg] = []
        flown: list[str] = []
        speeds = speeds_of(self.exercise, unit.id)
        for index, id_ in enumerate(serials):
            own = self.plans[id_].get(unit.id, ())
            if not own or own[-1].end_ms <= now_ms:
                continue
            if flight:
                places, available = (flight[-1].end, own[0].start), Window(start_ms=now_ms, end_ms=own[0].start_ms)
                passage = self._note(unit.id, (flown[-1], id_), places, available, geodesic.distance_m(*places))
                if now_ms < own[0].start_ms:
                    between = _way(passage, speeds, in_harbour=False)
                    flight.extend(replace(leg, height_m=own[0].height_m) for leg in between)
            else:
                flight.extend(self._take_off(unit, id_, now_ms, own[0]))
            flight.extend(geometry.trim(own, Window(start_ms=max(now_ms, own[0].start_ms), end_ms=own[-1].end_ms)))
            flown.append(id_)
            now_ms = flight[-1].end_ms
            onward = next(
                (self.plans[later][unit.id][0] for later in serials[index + 1 :] if self.plans[later].get(unit.id)),
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
        available = Window(start_ms=ready_ms, end_ms=first.start_ms)
        self._note(unit.id, ("", serial), places, available, geodesic.distance_m(*places))
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
            first = max(bisect.bisect_right(ship, from_ms, key=_start_ms) - 1, 0)
            carried = geometry.trim(ship[first : bisect.bisect_left(ship, until_ms, key=_start_ms)], window)
            legs += [geometry.make_leg(leg.start_ms, leg.end_ms, leg.start, leg.end, 0.0, "") for leg in carried]
        elif unit.home is not None:
            legs.append(geometry.hold(legs[-1].end if legs else unit.home, window))

    def _note(
        self,
        unit: str,
        serials: tuple[str, str],
        places: tuple[Position, Position],
        available: Window,
        distance_m: float,
    ) -> Passage:
        speed_mps = required_speed_mps(distance_m, available.end_ms - available.start_ms)
        passage = _passage(unit, *serials, *places, available, distance_m, speed_mps)
        self.passages.append(passage)
        return passage

    def _keep(self, unit: str, legs: list[Leg]) -> None:
        if legs:
            self.legs[unit] = tuple(legs)
            self.tracks[unit] = Track(unit=unit, legs=self.legs[unit])


def _way(passage: Passage, speeds: Speeds, *, in_harbour: bool) -> list[Leg]:
    """Waits and movement that fill the time from one serial to the next, however fast that must be."""
    here, there = passage.start, passage.end
    now_ms, due_ms = passage.available.start_ms, passage.available.end_ms
    required_mps = passage.required_speed_mps
    way_ms = times_of(speeds, (passage.distance_m, required_mps), (now_ms, due_ms), in_harbour=in_harbour)
    depart_ms, arrive_ms = min(way_ms[0], due_ms), min(way_ms[1], due_ms)
    legs: list[Leg] = []
    if depart_ms > now_ms:
        legs.append(geometry.make_leg(now_ms, depart_ms, here, here, 0.0, ""))
    if passage.distance_m > 0.0:
        legs.append(geometry.make_leg(depart_ms, arrive_ms, here, there, 0.0, ""))
    if arrive_ms < due_ms:
        legs.append(geometry.make_leg(arrive_ms, due_ms, there, there, 0.0, ""))
    return legs


def _sortie(unit: str, flight: list[Leg], flown: list[str]) -> Sortie:
    window = Window(start_ms=flight[0].start_ms, end_ms=flight[-1].end_ms)
    distance_m = geometry.total_length_m(tuple(flight))
    return Sortie(unit=unit, window=window, distance_m=distance_m, serials=tuple(flown))
