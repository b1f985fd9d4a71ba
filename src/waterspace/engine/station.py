"""Keeps one unit on its station: works out its way anew when the guide changes its track, and says when it is off."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from waterspace.domain import KeepStation, Window
from waterspace.engine.kernel import Priority, Ticket
from waterspace.geometry.legs import trim
from waterspace.geometry.stationing import Absence, Station, absences_from, keep_station, station_legs
from waterspace.notation import format_distance, format_time
from waterspace.quantity import MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.domain import Leg
    from waterspace.engine.sea import Sea

__all__ = ["StationKeeper", "why_not"]

_OFF_STATION_M = 100.0
"""A unit this far from its station is off it, and it is logged (assumed)."""

_STEADY_MS = 30 * SECOND_MS
"""A leg of at least this long is no part of a turn or of a change of speed (assumed)."""


class StationKeeper:
    """One order to keep a station, while it is carried out.

    Attributes:
        order: what was ordered.
        unit: id of the unit that keeps the station.
    """

    def __init__(self, sea: Sea, unit: str, serial: str, order: KeepStation, top_mps: float) -> None:
        self.sea = sea
        self.unit = unit
        self.order = order
        self._serial = serial
        self._top_mps = top_mps
        self._legs: tuple[Leg, ...] = ()
        self._steered_ms = -1
        self._look: Ticket | None = None
        self._marks: list[Ticket] = []
        self._is_off = False

    def stop(self) -> None:
        """The order is over."""
        for ticket in (*self._marks, *filter(None, (self._look,))):
            ticket.cancel()
        self._marks, self._look = [], None

    def steer(self) -> None:
        """Work the way out for what the guide does now; where that was done at this instant, at the end of it."""
        now_ms = self.sea.kernel.now_ms
        if self._steered_ms == now_ms:
            if self._look is None:
                self._look = self.sea.kernel.at(now_ms, Priority.CLOSE, self._steer_again)
            return
        if now_ms >= self.order.until_ms:
            return
        self._steered_ms = now_ms
        for ticket in self._marks:
            ticket.cancel()
        self._marks = []
        order, mover = self.order, self.sea.fleet[self.unit]
        window = Window(start_ms=now_ms, end_ms=order.until_ms)
        station = Station(bearing_deg=order.bearing_deg, range_m=order.range_m, bearing_from=order.bearing_from)
        self._legs = station_legs(self._guide(now_ms), window, station)
        here, goal = mover.position(now_ms), self._legs[0].start
        top_mps = self.sea.weather.attainable_mps(self.unit, self._top_mps, (here, goal), now_ms)
        keeping = keep_station(here, top_mps, self._legs)
        height_m = mover.height_m(now_ms)
        legs = tuple(replace(leg, height_m=height_m, serial=self._serial) for leg in keeping.legs)
        if mover.handling is not None:
            legs = tuple(_pieces(legs, max(MINUTE_MS, mover.handling.full_speed_ms)))
        run = self.sea.go(self.unit, mover.in_time(legs, now_ms))
        absences = absences_from(self._legs, run, _OFF_STATION_M)
        self._mark(absences)
        steadied_ms = _steadied_ms(run, absences, keeping.absences)
        if steadied_ms is not None:
            self._marks.append(self.sea.kernel.at(steadied_ms, Priority.CLOSE, self.steer))

    def _steer_again(self) -> None:
        self._look = None
        self._steered_ms = -1
        self.steer()

    def _guide(self, now_ms: int) -> tuple[Leg, ...]:
        """What the guide does, and where it lies still, also what it did last, for its bow points that way."""
        ahead = self.sea.course_of(self.order.guide)
        if not ahead[0].is_wait:
            return ahead
        done = self.sea.fleet[self.order.guide].legs
        last = next((leg for leg in reversed(done) if leg.end_ms <= now_ms and not leg.is_wait), None)
        return ahead if last is None else (last, *ahead)

    def _mark(self, absences: tuple[Absence, ...]) -> None:
        """Say at the time when the station is left and when it is taken."""
        now_ms, at = self.sea.kernel.now_ms, self.sea.kernel.at
        if not absences or absences[0].start_ms > now_ms:
            self._marks.append(at(now_ms, Priority.CLOSE, self._taken))
        for absence in absences:
            self._marks.append(at(absence.start_ms, Priority.CLOSE, partial(self._left, absence)))
            if absence.end_ms is not None:
                self._marks.append(at(absence.end_ms, Priority.CLOSE, self._taken))

    def _left(self, absence: Absence) -> None:
        if self._is_off:
            return
        self._is_off = True
        until = f"until {format_time(absence.end_ms)}" if absence.end_ms is not None else "with no time to take it"
        text = f"{self.unit} off its station on {self.order.guide} by {format_distance(absence.gap_m)}, {until}"
        data: dict[str, float | int | str] = {"guide": self.order.guide, "gap_m": round(absence.gap_m, 1)}
        self.sea.write("station.off", text, serial=self._serial, unit=self.unit, data=data)

    def _taken(self) -> None:
        if not self._is_off:
            return
        self._is_off = False
        text = f"{self.unit} on its station on {self.order.guide}"
        self.sea.write("station.taken", text, serial=self._serial, unit=self.unit, data={"guide": self.order.guide})


def _pieces(legs: Sequence[Leg], most_ms: int) -> Iterator[Leg]:
    """Legs no longer than a time, so that a unit that is late makes up for it soon, not by the end of a long leg."""
    for leg in legs:
        edges_ms = (*range(leg.start_ms, leg.end_ms, most_ms), leg.end_ms)
        for from_ms, to_ms in itertools.pairwise(edges_ms):
            yield from trim((leg,), Window(start_ms=from_ms, end_ms=to_ms))


def _steadied_ms(run: Sequence[Leg], absences: Sequence[Absence], meant: Sequence[Absence]) -> int | None:
    """When a unit that meant to be on its station, and is off because it turned or gathered way, may go after it."""
    for leg in run[1:]:
        at_ms = leg.start_ms
        off = any(one.start_ms < at_ms and (one.end_ms is None or at_ms < one.end_ms) for one in absences)
        known = any(one.start_ms <= at_ms and (one.end_ms is None or at_ms < one.end_ms) for one in meant)
        if leg.duration_ms >= _STEADY_MS and off and not known:
            return at_ms
    return None


def why_not(sea: Sea, unit: str, order: KeepStation, top_mps: float) -> str:
    """Why a unit cannot keep a station, in words; empty where it can."""
    guide = order.guide
    if guide not in sea.exercise.units:
        return f"is to keep station on {guide!r}, which is no unit of the exercise"
    if guide not in sea.fleet:
        return f"is to keep station on {guide}, which has no place anywhere"
    if not (math.isfinite(order.bearing_deg) and 0.0 <= order.range_m < math.inf):
        return f"is to keep station on {guide} at {order.range_m} m, bearing {order.bearing_deg}; both must be numbers"
    if not 0.0 < top_mps < math.inf:
        return f"cannot reach its station on {guide} at {top_mps} m/s; a speed above 0 is needed"
    leaders = {keeper.unit: keeper.order.guide for keeper in _keepers(sea)}
    while guide in leaders and guide != unit:
        guide = leaders[guide]
    if guide == unit:
        return f"is to keep station on {order.guide}, which keeps station on {unit}; one of them must be the guide"
    return ""


def _keepers(sea: Sea) -> list[StationKeeper]:
    actors = [actor for others in sea.pursuers.values() for actor in others]
    return [actor.keeper for actor in actors if actor.keeper is not None]
