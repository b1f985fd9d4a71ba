"""Takes one unit from serial to serial: when to leave, how fast to go, when to land."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Leg
from waterspace.engine.endurance import EnduranceWatch, endurance_ms
from waterspace.engine.kernel import Priority, Ticket
from waterspace.engine.motion import climb_rate_mps, handling_of
from waterspace.geometry import legs as geometry
from waterspace.geometry.intercept import intercept_ms
from waterspace.notation import format_duration, format_position
from waterspace.programme.passages import TURN_ROUND_MS, carrier, departure, flies_home
from waterspace.quantity import DAY_MS, MINUTE_MS
from waterspace.serials.base import cruising_speed_mps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Position, Unit
    from waterspace.engine.conductor import Conductor
    from waterspace.engine.motion import Mover
    from waterspace.engine.sea import Sea

__all__ = ["Coxswain"]

_LOOK_AGAIN_MS = 10 * MINUTE_MS
"""An aircraft on board works out anew when to take off, for its ship moves: at half the time left, down to this."""


class Coxswain:
    """One unit's way through the programme as it really goes."""

    def __init__(self, sea: Sea, unit: Unit, serials: tuple[str, ...], conductors: Mapping[str, Conductor]) -> None:
        self.sea = sea
        self.unit = unit
        self._ahead = [conductors[id_] for id_ in serials if unit.id in conductors[id_].plan.tracks]
        self._returns = flies_home(sea.exercise, unit)
        self._ready_ms = unit.start_ms or 0
        self._ship = carrier(sea.exercise, unit)
        self._ticket: Ticket | None = None
        self._must_land = False
        self._watch: EnduranceWatch | None = None
        self.mover.handling = handling_of(sea.exercise, unit.id)
        self.mover.climb_rate_mps = climb_rate_mps(sea.exercise, unit.id)
        limit_ms = endurance_ms(sea, unit)
        if limit_ms is not None:
            self._watch = EnduranceWatch(sea, unit, limit_ms, self._home_ms, self._break_off)
            self.mover.took_off = self._watch.begin

    @property
    def mover(self) -> Mover:
        """Where the unit is."""
        return self.sea.fleet[self.unit.id]

    def start(self) -> None:
        """Look at the first serial."""
        self._next()

    def released(self, conductor: Conductor) -> None:
        """A serial has ended, will not run, or has begun without the unit; go on if it was the one in hand."""
        if self._ahead and self._ahead[0] is conductor:
            if self._ticket is not None:
                self._ticket.cancel()
            self._ahead.pop(0)
            self._note_missed(conductor)
            self._next()

    def rescheduled(self, conductor: Conductor) -> None:
        """The serial in hand has been put back; a unit that still waits in base works out anew when to leave."""
        if self._ahead and self._ahead[0] is conductor and self.mover.in_base and self._ticket is not None:
            self._ticket.cancel()
            self._leave_for(conductor)

    def diverted(self, conductor: Conductor) -> None:
        """The serial in hand is to be held elsewhere; go there, from wherever the unit is."""
        if self._must_land or self.unit.id in self.sea.disabled:
            return
        if self._ahead and self._ahead[0] is conductor:
            if self._ticket is not None:
                self._ticket.cancel()
            self._leave_for(conductor)

    def fail(self) -> None:
        """The unit is out of action: a ship stops where it is, an aircraft goes home; what it was bound for waits."""
        if self._is_engaged():
            return
        now_ms = self.sea.kernel.now_ms
        if self._ticket is not None:
            self._ticket.cancel()
        if self._returns and not self.mover.in_base:
            self._fly_home(now_ms)
        else:
            self.sea.halt(self.unit.id)

    def repaired(self) -> None:
        """The unit can move again; go on with what is next."""
        if self._is_engaged():
            return
        if self._ticket is not None:
            self._ticket.cancel()
        self._next()

    def favour(self, conductor: Conductor, over: Conductor) -> None:
        """Go to one serial next, as soon as another has ended, whatever was to come between."""
        if conductor in self._ahead and over in self._ahead:
            self._ahead.remove(conductor)
            self._ahead.insert(self._ahead.index(over) + 1, conductor)

    def _is_engaged(self) -> bool:
        return any(conductor.holds(self.unit.id) for conductor in self._ahead[:1])

    def _note_missed(self, conductor: Conductor) -> None:
        """Say so where a serial began without the unit."""
        if conductor.actual is not None and self.unit.id not in conductor.ready:
            text = f"{self.unit.id} too late for {conductor.id}"
            self.sea.write("unit.missed", text, serial=conductor.id, unit=self.unit.id)

    def _next(self) -> None:
        while self._ahead and (self._ahead[0].is_over or self._ahead[0].is_running):
            self._note_missed(self._ahead.pop(0))
        now_ms = self.sea.kernel.now_ms
        if self.unit.id in self.sea.disabled:
            self.fail()
        elif self._returns and not self.mover.in_base and (self._must_land or self._has_time_at_home(now_ms)):
            self._fly_home(now_ms)
        elif self._ahead:
            self._leave_for(self._ahead[0])
        else:
            self.mover.stop(now_ms)
            self.sea.altered(self.unit.id)

    def _goal(self, conductor: Conductor) -> Leg:
        return conductor.plan.tracks[self.unit.id][0]

    def _leave_for(self, conductor: Conductor) -> None:
        """Wait in base until it is time to go, or go."""
        now_ms = self.sea.kernel.now_ms
        places = (self.mover.position(now_ms), self._goal(conductor).start)
        times_ms = (max(now_ms, self._ready_ms), conductor.due_ms)
        way = departure(self.sea.exercise, self.unit.id, places, times_ms, in_harbour=self.mover.in_base)
        if way.distance_m > 0.0 and way.speed_mps <= 0.0:
            self.mover.stop(now_ms)
            text = f"{self.unit.id} cannot reach its station for {conductor.id}: its class cannot move"
            self.sea.write("unit.unable", text, serial=conductor.id, unit=self.unit.id)
            return
        wait_ms = way.depart_ms - now_ms
        if self.mover.aboard is not None and wait_ms > _LOOK_AGAIN_MS:
            look_ms = now_ms + max(_LOOK_AGAIN_MS, wait_ms // 2)
            self._ticket = self.sea.kernel.at(look_ms, Priority.SCRIPT, lambda: self._leave_for(conductor))
        elif wait_ms > 0:
            self._ticket = self.sea.kernel.at(way.depart_ms, Priority.SCRIPT, lambda: self._depart(conductor))
        else:
            self._depart(conductor)

    def _depart(self, conductor: Conductor) -> None:
        now_ms, goal = self.sea.kernel.now_ms, self._goal(conductor)
        here = self.mover.position(now_ms)
        way = departure(
            self.sea.exercise, self.unit.id, (here, goal.start), (now_ms, conductor.due_ms), in_harbour=False
        )
        if way.distance_m == 0.0:
            self.mover.stop(now_ms)
            self._arrived(conductor)
            return
        if self.mover.in_base:
            self.sea.write("unit.under_way", f"{self.unit.id} under way for {conductor.id}", unit=self.unit.id)
        out = Leg(start_ms=now_ms, end_ms=way.arrive_ms, start=here, end=goal.start, height_m=goal.height_m)
        legs = self.sea.go(self.unit.id, self.mover.in_time((out,), now_ms))
        if self._watch is not None:
            self._watch.resume()
        self._ticket = self.sea.kernel.at(legs[-1].end_ms, Priority.MOTION, lambda: self._arrived(conductor))

    def _arrived(self, conductor: Conductor) -> None:
        goal = self._goal(conductor).start
        where = format_position(goal.lat_deg, goal.lon_deg)
        text = f"{self.unit.id} in place for {conductor.id} at {where}"
        self.sea.write("unit.arrived", text, serial=conductor.id, unit=self.unit.id)
        conductor.report(self.unit.id)

    def _base(self) -> tuple[Leg, ...] | None:
        """Where the base is and how it moves; None where it is unknown."""
        if self._ship in self.sea.fleet:
            return self.sea.course_of(self._ship)
        home = self.unit.home
        now_ms = self.sea.kernel.now_ms
        return None if home is None else (Leg(start_ms=now_ms, end_ms=now_ms, start=home, end=home),)

    def _landing_ms(self, base: tuple[Leg, ...], now_ms: int) -> int | None:
        here = self.mover.position(now_ms)
        speed_mps = cruising_speed_mps(self.sea.exercise, self.unit.id)
        return intercept_ms(here, speed_mps, base, 0.0, (now_ms, now_ms + DAY_MS))

    def _home_ms(self) -> int | None:
        """When the unit would be down if it went home now; None where that is not known."""
        base = self._base()
        return None if base is None else self._landing_ms(base, self.sea.kernel.now_ms)

    def _break_off(self) -> None:
        """What is left of the endurance is needed for the way home: leave whatever is in hand."""
        assert self._watch is not None
        self._must_land = True
        why = f"its endurance of {format_duration(self._watch.limit_ms)} is used up but for the way home"
        serial = self._ahead[0].id if self._ahead else ""
        self.sea.write("unit.broke_off", f"{self.unit.id} breaks off: {why}", serial=serial, unit=self.unit.id)
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
        if self._is_engaged():
            for actor in tuple(self._ahead[0].actors):
                if actor.unit == self.unit.id:
                    actor.withdraw(why)
        elif self._ahead:
            self._ahead[0].ready.discard(self.unit.id)
        if self._ticket is None:  # the serial has let it go, and it is not on its way home yet
            self._fly_home(self.sea.kernel.now_ms)

    def _has_time_at_home(self, now_ms: int) -> bool:
        base = self._base()
        land_ms = None if base is None else self._landing_ms(base, now_ms)
        if base is None or land_ms is None:
            return False
        if not self._ahead:
            return True
        conductor = self._ahead[0]
        there: Position = geometry.position_at(base, max(now_ms, conductor.due_ms))
        places = (there, self._goal(conductor).start)
        times_ms = (land_ms + TURN_ROUND_MS, conductor.due_ms)
        way = departure(self.sea.exercise, self.unit.id, places, times_ms, in_harbour=True)
        return way.arrive_ms <= conductor.due_ms

    def _fly_home(self, now_ms: int) -> None:
        base = self._base()
        land_ms = None if base is None else self._landing_ms(base, now_ms)
        if base is None or land_ms is None:
            return
        if self._watch is not None:
            self._watch.end()
        here, there = self.mover.position(now_ms), geometry.position_at(base, land_ms)
        if land_ms > now_ms:
            height_m = self.mover.height_m(now_ms)
            home = Leg(start_ms=now_ms, end_ms=land_ms, start=here, end=there, height_m=height_m)
            land_ms = self.sea.go(self.unit.id, self.mover.landing((home,), now_ms))[-1].end_ms
        self._ticket = self.sea.kernel.at(land_ms, Priority.MOTION, self._land)

    def _land(self) -> None:
        """Down on the base; where the ship has turned away meanwhile, go after it."""
        now_ms = self.sea.kernel.now_ms
        base = self._base()
        if base is not None and not self.sea.fleet.at(self.unit.id, geometry.position_at(base, now_ms), now_ms):
            self._fly_home(now_ms)
            return
        if self._ship in self.sea.fleet:
            self.mover.embark(self.sea.fleet[self._ship], now_ms)
        else:
            self.mover.stop(now_ms)
            self.mover.in_base = True
        self._must_land = False
        self._ready_ms = now_ms + TURN_ROUND_MS
        self.sea.write("unit.landed", f"{self.unit.id} down on {self.unit.home_name or 'base'}", unit=self.unit.id)
        if self._ahead:
            self._next()
