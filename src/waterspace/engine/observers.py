"""Observers that follow a unit: each closes it at the best speed of its class, and then keeps its distance.

An observer aims for a station: the place at its distance from the unit, on the bearing on which it stands when it
shapes its course. When the unit goes another way it shapes its course anew. A unit that is faster leaves it behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Leg, Medium, Track, Window
from waterspace.engine.kernel import Priority, Ticket
from waterspace.geometry import legs as geometry
from waterspace.geometry.geodesic import bearing_deg, between, destination, distance_m
from waterspace.geometry.intercept import intercept_ms
from waterspace.notation import format_distance
from waterspace.quantity import KNOT_MPS, NAUTICAL_MILE_M, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Observer, Position
    from waterspace.engine.sea import Sea

__all__ = ["Shadow", "follow"]

_COMES_FROM_M = 20.0 * NAUTICAL_MILE_M
"""How far off an observer appears whose file gives it no route (assumed)."""

_SPEED_MPS = 20.0 * KNOT_MPS
"""Of an observer whose class gives no speed (assumed)."""

_HEIGHT_M = 300.0
"""At which an aircraft follows (assumed)."""

_BEARINGS = 16
"""So many bearings are drawn for where it appears; it is the first from which no land lies between (assumed)."""

_SLACK_M = 20.0
_SLACK_RATIO = 1.001


def follow(sea: Sea) -> Mapping[str, Shadow]:
    """Have every observer that follows a unit come when its time comes; id of each to what it does."""
    shadows = {}
    for observer in sea.exercise.observers.values():
        if observer.shadows in sea.fleet and observer.window.end_ms > sea.kernel.now_ms:
            shadow = Shadow(sea, observer)
            shadows[shadow.id] = shadow
            sea.kernel.at(observer.window.start_ms, Priority.MOTION, shadow.appear)
    return shadows


class Shadow:
    """One observer that follows a unit.

    Attributes:
        id: as `Around` calls it.
        legs: that it has run, and runs now.
    """

    def __init__(self, sea: Sea, observer: Observer) -> None:
        self.id = f"context.{observer.id}"
        self.legs: list[Leg] = []
        self._sea, self._observer = sea, observer
        platform = sea.exercise.platforms.get(observer.platform)
        speed_mps = platform and (platform.max_speed_mps or platform.cruise_speed_mps)
        self._speed_mps = speed_mps or _SPEED_MPS
        self._height_m = _HEIGHT_M if platform is not None and platform.medium is Medium.AIR else 0.0
        self._window = Window(start_ms=max(observer.window.start_ms, sea.kernel.now_ms), end_ms=observer.window.end_ms)
        self._tickets: list[Ticket] = []
        self._has_closed = False

    @property
    def track(self) -> Track:
        """What it did."""
        now_ms = self._sea.kernel.now_ms
        legs = geometry.trim(self.legs, Window(start_ms=self._window.start_ms, end_ms=now_ms))
        return Track(unit=self.id, legs=legs)

    def appear(self) -> None:
        """It is there from now on."""
        here = self._begins_at()
        now_ms = self._sea.kernel.now_ms
        self.legs.append(Leg(start_ms=now_ms, end_ms=now_ms, start=here, end=here, height_m=self._height_m))
        self._write("observer.appeared", f"{self._name} appears {self._off(here)} and follows", here)
        self._sea.watches.append(self.altered)
        self._sea.kernel.at(self._window.end_ms, Priority.MOTION, self._leave)
        self._steer()

    def altered(self, who: str) -> None:
        """Somebody goes another way: shape a new course if it is who is followed, or the ship that carries it."""
        carrier = self._sea.fleet[self._observer.shadows].aboard
        if who == self._observer.shadows or (carrier is not None and who == carrier.unit):
            self._steer()

    @property
    def _name(self) -> str:
        return self._observer.name or self._observer.id

    def _off(self, here: Position) -> str:
        """Such as `3.0 nm off Alpha`."""
        unit = self._observer.shadows
        name = self._sea.exercise.units[unit].name or unit
        return f"{format_distance(distance_m(here, self._position_of_unit()))} off {name}"

    def _position_of_unit(self) -> Position:
        return self._sea.fleet[self._observer.shadows].position(self._sea.kernel.now_ms)

    def _begins_at(self) -> Position:
        """Where its route begins; without one, some way off the unit, with no land between if that can be."""
        if self._observer.route:
            return self._observer.route[0]
        from waterspace.environment.shores import coast

        unit = self._position_of_unit()
        bearings = self._sea.streams.get(f"context/{self._observer.id}/bearing").random(_BEARINGS) * 360.0
        places = [destination(unit, bearing, _COMES_FROM_M) for bearing in bearings.tolist()]
        met = coast.load().land_on_legs([(place, unit) for place in places])
        return next((place for place, land in zip(places, met, strict=True) if land is None), places[0])

    def _leave(self) -> None:
        """Its time is over."""
        here = geometry.position_at(self.legs, self._sea.kernel.now_ms)
        self._forget()
        self._sea.watches.remove(self.altered)
        self._go(())
        self._write("observer.left", f"{self._name} leaves, {self._off(here)}", here)

    def _steer(self) -> None:
        """Shape a course for the station and stay on it as the unit moves now."""
        now_ms, end_ms = self._sea.kernel.now_ms, self._window.end_ms
        if now_ms >= end_ms:
            return
        self._forget()
        here = geometry.position_at(self.legs, now_ms)
        course = self._sea.course_of(self._observer.shadows)
        station = geometry.parallel(course, bearing_deg(self._position_of_unit(), here), self._observer.distance_m)
        ahead = next((leg for leg in station if leg.end_ms > now_ms), None)
        is_there = distance_m(here, geometry.position_at(station, now_ms)) <= _SLACK_M
        if is_there and ahead is not None and self._is_outrun(ahead):
            self._chase(here, ahead)
            return
        met_ms = now_ms if is_there else intercept_ms(here, self._speed_mps, station, 0.0, (now_ms, end_ms))
        until_ms = end_ms if met_ms is None else met_ms
        legs = [self._leg((now_ms, until_ms), (here, self._aim(here, station, until_ms)))] if until_ms > now_ms else []
        if met_ms is not None:
            legs += self._keeping(station, met_ms, legs[-1].end if legs else here)
            if not self._has_closed:
                self._tickets.append(self._sea.kernel.at(met_ms, Priority.MOTION, self._closed))
        self._go(tuple(legs))

    def _aim(self, here: Position, station: tuple[Leg, ...], until_ms: int) -> Position:
        """Where a straight run brings it by a time: to the station, or part of the way."""
        there = geometry.position_at(station, until_ms)
        whole_m = distance_m(here, there)
        run_m = self._speed_mps * (until_ms - self._sea.kernel.now_ms) / SECOND_MS
        return there if run_m >= whole_m - _SLACK_M else between(here, there, run_m / whole_m)

    def _keeping(self, station: tuple[Leg, ...], from_ms: int, here: Position) -> list[Leg]:
        """The legs on station, from a place some metres off it, up to where the unit gets too fast, and a look then."""
        kept: list[Leg] = []
        for leg in geometry.trim(station, Window(start_ms=from_ms, end_ms=self._window.end_ms)):
            if self._is_outrun(leg):
                self._tickets.append(self._sea.kernel.at(leg.start_ms, Priority.CLOSE, self._steer))
                break
            kept.append(self._leg((leg.start_ms, leg.end_ms), (kept[-1].end if kept else here, leg.end)))
        return kept

    def _forget(self) -> None:
        """Drop what was due on the course so far."""
        for ticket in self._tickets:
            ticket.cancel()
        self._tickets.clear()

    def _is_outrun(self, leg: Leg) -> bool:
        return geometry.speed_mps(leg) > self._speed_mps * _SLACK_RATIO

    def _chase(self, here: Position, ahead: Leg) -> None:
        """Run after the station as fast as it can until the unit turns or slows, and look again."""
        now_ms, end_ms = self._sea.kernel.now_ms, min(ahead.end_ms, self._window.end_ms)
        self._go((self._leg((now_ms, end_ms), (here, self._aim(here, (ahead,), end_ms))),))
        self._tickets.append(self._sea.kernel.at(end_ms, Priority.CLOSE, self._steer))

    def _closed(self) -> None:
        self._has_closed = True
        here = geometry.position_at(self.legs, self._sea.kernel.now_ms)
        self._write("observer.closed", f"{self._name} keeps {self._off(here)}", here)

    def _leg(self, times_ms: tuple[int, int], places: tuple[Position, Position]) -> Leg:
        return Leg(start_ms=times_ms[0], end_ms=times_ms[1], start=places[0], end=places[1], height_m=self._height_m)

    def _go(self, legs: tuple[Leg, ...]) -> None:
        """Run these legs from now on, and then stay."""
        now_ms = self._sea.kernel.now_ms
        run = list(geometry.trim(self.legs, Window(start_ms=self._window.start_ms, end_ms=now_ms)))
        here = geometry.position_at(self.legs, now_ms)
        if run and run[-1].end_ms < now_ms:
            run.append(self._leg((run[-1].end_ms, now_ms), (run[-1].end, run[-1].end)))
        last_ms, last = (legs[-1].end_ms, legs[-1].end) if legs else (now_ms, here)
        stays = (self._leg((last_ms, self._window.end_ms), (last, last)),) if last_ms < self._window.end_ms else ()
        self.legs = [*run, *legs, *stays] or self.legs
        self._sea.around.turn(self.id, tuple(self.legs))
        self._sea.altered(self.id)

    def _write(self, kind: str, text: str, here: Position) -> None:
        data: dict[str, float | int | str] = {
            "observer": self.id,
            "range_m": distance_m(here, self._position_of_unit()),
        }
        self._sea.write(kind, text, unit=self._observer.shadows, data=data)
