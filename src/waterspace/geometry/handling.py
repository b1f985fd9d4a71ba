"""How a unit really runs the legs it is given: turns that take room, changes of speed that take time.

What comes out are short geodesic legs again. Turns are arcs as in `turning`. A change of speed is made at constant
acceleration, in steps of constant speed of which each is never more than 0.5 m off; so positions are right to 1 m.
A unit that comes to a wait among its legs brakes to be at rest there; one that starts from a wait may start on any
course.

There are two ways to run legs. *In time*: every leg ends when the plan says, if the unit can do that at no more than
its top speed; what it loses in a sharp turn or while it gathers way it makes up. *At speed*: every leg is run at the
speed the plan has for it, and the unit arrives when it arrives. In both, whoever asks when the last leg ends gets the
time at which the unit is really there.
"""

from __future__ import annotations

import bisect
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.geometry.geodesic import bearing_deg, between, distance_m
from waterspace.geometry.legs import length_m, speed_mps
from waterspace.geometry.turning import CHORD_ERROR_M, turn_by, turn_towards
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from waterspace.domain import Leg, Position

__all__ = ["AT_REST", "Handling", "Way", "run_at_speed", "run_in_time", "way_at_end"]

_SAME_PLACE_M = 1.0
_SLOWEST_MPS = 1e-3
_HALVINGS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """What a unit can do.

    Attributes:
        top_mps: greatest speed, up to which lost time is made up.
        radius_m: of the turning circle; 0 turns on the spot.
        full_speed_ms: from rest to the greatest speed; 0 changes speed at once.
    """

    top_mps: float
    radius_m: float = 0.0
    full_speed_ms: int = 0

    @property
    def acceleration(self) -> float:
        """Metres a second, each second; infinite where speed changes at once."""
        return self.top_mps * SECOND_MS / self.full_speed_ms if self.full_speed_ms > 0 else math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a unit moves at an instant; no course where it is at rest."""

    course_deg: float | None = None
    speed_mps: float = 0.0


AT_REST = Way()


def way_at_end(legs: Sequence[Leg]) -> Way:
    """How a unit moves at the end of its legs."""
    last = legs[-1] if legs else None
    if last is None or last.is_wait or last.duration_ms <= 0:
        return AT_REST
    return Way(course_deg=(bearing_deg(last.end, last.start) + 180.0) % 360.0, speed_mps=speed_mps(last))


def run_in_time(legs: Sequence[Leg], handling: Handling, entry: Way = AT_REST) -> tuple[Leg, ...]:
    """The legs as they are really run by a unit that keeps to their times as well as it can.

    Args:
        legs: as given, in order of time.
        handling: what the unit can do.
        entry: how it moves when the first of them starts.
    """
    return _Run(handling, entry, in_time=True).through(legs)


def run_at_speed(legs: Sequence[Leg], handling: Handling, entry: Way = AT_REST) -> tuple[Leg, ...]:
    """The legs as they are really run by a unit that keeps to their speeds; arguments as in `run_in_time`."""
    return _Run(handling, entry, in_time=False).through(legs)


class _Run:
    """One unit on its way through legs."""

    def __init__(self, handling: Handling, entry: Way, *, in_time: bool) -> None:
        self.handling = handling
        self._in_time = in_time
        self._course_deg = entry.course_deg
        self._speed_mps = entry.speed_mps
        self._now_ms = 0.0
        self._early: tuple[Position, ...] = ()
        self._done: list[Leg] = []

    def through(self, legs: Sequence[Leg]) -> tuple[Leg, ...]:
        """All legs, one after another."""
        if not legs:
            return ()
        self._now_ms = float(legs[0].start_ms)
        due_ms = legs[0].start_ms
        for leg, onward in itertools.zip_longest(legs, legs[1:]):
            if leg.start_ms > due_ms:
                self._wait(replace(leg, end_ms=leg.start_ms, end=leg.start))
            due_ms = leg.end_ms
            if leg.is_wait or leg.duration_ms <= 0:
                self._wait(leg)
            else:
                self._move(leg, onward)
        return tuple(self._done)

    def _wait(self, leg: Leg) -> None:
        """Stay until the leg ends; where that is over, go on."""
        start_ms, end_ms = round(self._now_ms), leg.end_ms
        if end_ms > start_ms:
            self._done.append(leg if start_ms == leg.start_ms else replace(leg, start_ms=start_ms))
            self._course_deg, self._speed_mps, self._now_ms = None, 0.0, float(end_ms)

    def _move(self, leg: Leg, onward: Leg | None) -> None:
        stops = onward is not None and (onward.is_wait or onward.start_ms > leg.end_ms)
        goes_on = onward is not None and not stops and distance_m(leg.end, onward.start) < _SAME_PLACE_M
        path = self._path(leg, onward if goes_on else None)
        given_mps = speed_mps(leg)
        lengths = [distance_m(a, b) for a, b in itertools.pairwise(path)]
        whole = math.fsum(lengths)
        most_mps = max(self.handling.top_mps, given_mps)
        exit_mps = 0.0 if stops else None
        if self._in_time and goes_on and onward is not None:
            exit_mps = min(speed_mps(onward), most_mps)
        pace = _Pace(self._speed_mps, self.handling.acceleration, whole, exit_mps)
        if self._in_time:
            cruise_mps = pace.cruise_within((leg.end_ms - self._now_ms) / SECOND_MS, most_mps)
        else:
            cruise_mps = given_mps
        self._lay(leg, path, lengths, pace.marks(cruise_mps))
        self._speed_mps = pace.last_mps(cruise_mps)
        before = path[-2] if len(path) > 1 else leg.start
        if self._early:
            self._course_deg = None
        elif before != path[-1]:
            self._course_deg = bearing_deg(path[-1], before) + 180.0

    def _path(self, leg: Leg, onward: Leg | None) -> list[Position]:
        """Points of the way along one leg, with its share of the turns at both ends."""
        radius_m = self.handling.radius_m
        if self._early:
            path = [*self._early]
        else:
            path = [leg.start]
            if radius_m > 0.0 and self._course_deg is not None:
                path.extend(turn_towards(leg.start, self._course_deg, leg.end, radius_m))
        self._early = ()
        turn = None
        if onward is not None and radius_m > 0.0:
            room_m = min(distance_m(path[-1], leg.end), length_m(onward) / 2.0)
            turn = turn_by(path[-1], leg.end, onward.end, radius_m, room_m) if room_m > 0.0 else None
        if turn is None:
            path.append(leg.end)
        else:
            path.extend(turn.before)
            self._early = (turn.before[-1], *turn.after)
        return path

    def _lay(self, leg: Leg, path: list[Position], lengths: list[float], marks: list[tuple[float, float]]) -> None:
        """Make legs of the points and of the marks (metres run, seconds) between which speed is constant."""
        run = [0.0, *itertools.accumulate(lengths)]
        begin_ms = self._now_ms
        start, start_ms = path[0], round(begin_ms)
        laid = False
        for way_m in sorted({*run[1:], *(mark[0] for mark in marks if mark[0] < run[-1])}):
            self._now_ms = begin_ms + _time_s(marks, way_m) * SECOND_MS
            end_ms = round(self._now_ms)
            if end_ms <= start_ms and not (way_m == run[-1] and not laid):
                continue
            end = _place(path, run, way_m)
            if end == start:
                continue
            self._done.append(replace(leg, start_ms=start_ms, end_ms=end_ms, start=start, end=end))
            start, start_ms, laid = end, end_ms, True
        if laid and self._done[-1].end != path[-1]:
            self._done[-1] = replace(self._done[-1], end=path[-1])


class _Pace:
    """Speed along one leg: a change to the cruising speed, that speed, and perhaps a change to another at the end.

    Attributes:
        entry_mps: speed at the start.
        acceleration: metres a second, each second.
        whole: length of the leg, metres.
        exit_mps: speed wanted at the end; None for any.
    """

    def __init__(self, entry_mps: float, acceleration: float, whole: float, exit_mps: float | None) -> None:
        self.entry_mps = entry_mps
        self.acceleration = acceleration
        self.whole = whole
        self.exit_mps = exit_mps

    def _phases(self, cruise_mps: float) -> list[tuple[float, float, float]]:
        """Metres, speed at the start and at the end, of each part; together they make the whole leg."""
        if math.isinf(self.acceleration):
            return [(self.whole, cruise_mps, cruise_mps)]
        entry, double = self.entry_mps, 2.0 * self.acceleration
        last = cruise_mps if self.exit_mps is None else self.exit_mps
        if abs(last**2 - entry**2) >= double * self.whole:  # no room for more than one change of speed
            gained = math.copysign(double * self.whole, last - entry)
            reached = last if last == 0.0 else math.sqrt(max(entry**2 + gained, 0.0))
            return [(self.whole, entry, reached)]
        peak = cruise_mps
        if cruise_mps > max(entry, last):
            peak = min(cruise_mps, math.sqrt((double * self.whole + entry**2 + last**2) / 2.0))
        elif cruise_mps < min(entry, last):
            peak = max(cruise_mps, math.sqrt(max(entry**2 + last**2 - double * self.whole, 0.0) / 2.0))
        first_m, last_m = abs(peak**2 - entry**2) / double, abs(peak**2 - last**2) / double
        return [(first_m, entry, peak), (max(self.whole - first_m - last_m, 0.0), peak, peak), (last_m, peak, last)]

    def _lasts_s(self, cruise_mps: float) -> float:
        return math.fsum(2.0 * way / (first + last) for way, first, last in self._phases(cruise_mps) if way > 0.0)

    def cruise_within(self, time_s: float, most_mps: float) -> float:
        """The least cruising speed with which the leg is over in a time; the greatest where that is not enough."""
        if math.isinf(self.acceleration):
            return min(self.whole / time_s, most_mps) if time_s > 0.0 else most_mps
        if self._lasts_s(most_mps) >= time_s:
            return most_mps
        low_mps, high_mps = _SLOWEST_MPS, most_mps
        for _ in range(_HALVINGS):
            middle_mps = (low_mps + high_mps) / 2.0
            if self._lasts_s(middle_mps) > time_s:
                low_mps = middle_mps
            else:
                high_mps = middle_mps
        return high_mps

    def last_mps(self, cruise_mps: float) -> float:
        """Speed at the end of the leg."""
        return self._phases(cruise_mps)[-1][2]

    def marks(self, cruise_mps: float) -> list[tuple[float, float]]:
        """Metres run and seconds passed, from the start on, between which speed may be taken as constant."""
        found = [(0.0, 0.0)]
        for way, first, last in self._phases(cruise_mps):
            if way <= 0.0:
                continue
            run, passed = found[-1]
            lasts = 2.0 * way / (first + last)
            steps = 1
            if first != last:
                steps = max(1, math.ceil(lasts / math.sqrt(8.0 * CHORD_ERROR_M * lasts / abs(last - first))))
            for step in range(1, steps + 1):
                time = lasts * step / steps
                found.append((run + first * time + (last - first) * time * step / steps / 2.0, passed + time))
        found[-1] = (self.whole, found[-1][1])
        return found


def _time_s(marks: list[tuple[float, float]], way_m: float) -> float:
    """When a distance has been run."""
    index = min(max(bisect.bisect_left(marks, (way_m,)), 1), len(marks) - 1)
    (from_m, from_s), (to_m, to_s) = marks[index - 1], marks[index]
    share = (way_m - from_m) / (to_m - from_m) if to_m > from_m else 1.0
    return from_s + min(max(share, 0.0), 1.0) * (to_s - from_s)


def _place(path: list[Position], run: list[float], way_m: float) -> Position:
    """The point a distance along a way."""
    index = min(bisect.bisect_left(run, way_m), len(run) - 1)
    if way_m >= run[index] or index == 0:
        return path[index]
    from_m = run[index - 1]
    return between(path[index - 1], path[index], (way_m - from_m) / (run[index] - from_m))
