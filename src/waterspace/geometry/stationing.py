"""Stations about a guide: where they go as the guide goes, and how a unit gets to one and keeps it.

The legs of a station follow from those of its guide, so a unit on its station needs no look-out for it: it runs them.
A station that is too fast for its unit, or that jumps because it hangs on the bow of a guide that alters course at
once, is caught up with on the straight way that leads to it soonest.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.domain import BearingFrom, Window
from waterspace.geometry.angles import turn_deg
from waterspace.geometry.ellipsoid import WGS84
from waterspace.geometry.geodesic import bearing_deg, between, destination, distance_m, distances_m
from waterspace.geometry.intercept import intercept_ms
from waterspace.geometry.legs import fill, position_at, positions_at, speed_mps
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from waterspace.domain import Leg, Position

__all__ = ["Absence", "Keeping", "Station", "absences_from", "keep_station", "station_legs"]

_OFF_M = 0.15
"""How far, to first order, a leg of a station may be off bearing and range from the guide; 1 m with what is left."""

_ON_STATION_M = 1.0
"""A unit this near to its station is on it."""

_KEEPS_UP_RATIO = 1.0 + 1e-6
"""A station that is faster than its unit by no more than this is kept: legs round to the millisecond."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A bearing and a range from a guide."""

    bearing_deg: float
    range_m: float
    bearing_from: BearingFrom = BearingFrom.NORTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A time off station.

    Attributes:
        end_ms: when the station is taken; None where it is not, in the time looked at.
        gap_m: the farthest it is off.
    """

    start_ms: int
    end_ms: int | None
    gap_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How a unit keeps its station.

    Attributes:
        legs: from the start of the time looked at to its end.
        absences: in order of time; each is longer than no time.
    """

    legs: tuple[Leg, ...]
    absences: tuple[Absence, ...]


def station_legs(guide: Sequence[Leg], window: Window, station: Station) -> tuple[Leg, ...]:
    """Legs of a station over a window; they do not join up where it hangs on the bow of a guide that turns at once.

    Bearing and range are right to 1 m all along a leg: legs on which meridians converge too much are cut. A guide that
    waits keeps the course it came with; before its first movement that by which it will leave.

    Args:
        guide: legs, at least one; before and after them it stays where they begin and end.
        window: the time wanted.
        station: where it is from the guide.
    """
    legs = fill(guide, window)
    bow_deg = _bow_deg(guide, legs)
    found: list[Leg] = []
    for whole in legs:
        for leg in _cut(whole, station):
            if not leg.is_wait:
                bow_deg = bearing_deg(leg.start, leg.end)
            start = _place(leg.start, bow_deg, station)
            if not leg.is_wait:
                bow_deg = bearing_deg(leg.end, leg.start) + 180.0
            found.append(replace(leg, start=start, end=_place(leg.end, bow_deg, station)))
    return tuple(found)


def _bow_deg(guide: Sequence[Leg], legs: Sequence[Leg]) -> float:
    """Where the bow points as a window begins, by all legs of the guide and by those in the window."""
    came = next((leg for leg in reversed(guide) if leg.end_ms <= legs[0].start_ms and not leg.is_wait), None)
    if came is not None:
        return bearing_deg(came.end, came.start) + 180.0
    return next((bearing_deg(leg.start, leg.end) for leg in legs if not leg.is_wait), 0.0)


def keep_station(here: Position, top_mps: float, legs: Sequence[Leg]) -> Keeping:
    """The way of a unit that keeps a station, from the start of the station's legs to their end.

    Args:
        here: where the unit is when they start.
        top_mps: with which it catches up, above 0.
        legs: of the station, without gaps of time, at least one.
    """
    run: list[Leg] = []
    absences: list[Absence] = []
    now_ms, end_ms = legs[0].start_ms, legs[-1].end_ms
    while now_ms < end_ms:
        leg = legs[bisect.bisect_right(legs, now_ms, key=lambda leg: leg.start_ms) - 1]
        place = position_at((leg,), now_ms)
        is_on = distance_m(here, place) <= _ON_STATION_M
        if is_on and speed_mps(leg) <= top_mps * _KEEPS_UP_RATIO:
            run.append(replace(leg, start_ms=now_ms, start=here))
            here, now_ms = leg.end, leg.end_ms
            continue
        met_ms = _met_ms(here, top_mps, legs, (now_ms, leg.end_ms if is_on else now_ms))
        until_ms = end_ms if met_ms is None else met_ms
        aim = position_at(legs, until_ms)
        way_m, can_m = distance_m(here, aim), top_mps * (until_ms - now_ms) / SECOND_MS
        there = aim if met_ms is not None or can_m >= way_m else between(here, aim, can_m / way_m)
        chase = replace(leg, start_ms=now_ms, end_ms=until_ms, start=here, end=there)
        absences.append(Absence(start_ms=now_ms, end_ms=met_ms, gap_m=_widest_m(chase, legs)))
        run.append(chase)
        here, now_ms = there, until_ms
    return Keeping(legs=tuple(run), absences=tuple(absences))


def absences_from(station: Sequence[Leg], run: Sequence[Leg], off_m: float) -> tuple[Absence, ...]:
    """When a unit that has run its legs is farther off its station than it may be, to the second.

    Args:
        station: its legs.
        run: legs of the unit.
        off_m: how far it may be off.
    """
    begin_ms, end_ms = station[0].start_ms, station[-1].end_ms
    found = {leg.start_ms - before for leg in (*station, *run) for before in (0, 1)} | {end_ms}
    times_ms = sorted(time_ms for time_ms in found if begin_ms <= time_ms <= end_ms)

    def gaps_m(at_ms: Sequence[int]) -> list[float]:
        gaps: list[float] = distances_m(*positions_at(station, at_ms), *positions_at(run, at_ms)).tolist()
        return gaps

    def crossing_ms(from_ms: int, to_ms: int) -> int:
        """When the gap, wide at one end and not at the other, is as wide as it may be."""
        from_is_off = gaps_m((from_ms,))[0] > off_m
        while abs(to_ms - from_ms) > SECOND_MS:
            middle_ms = (from_ms + to_ms) // 2
            if (gaps_m((middle_ms,))[0] > off_m) is from_is_off:
                from_ms = middle_ms
            else:
                to_ms = middle_ms
        return to_ms

    absences: list[Absence] = []
    since_ms: int | None = None
    widest_m, before_ms = 0.0, begin_ms
    for time_ms, gap_m in zip(times_ms, gaps_m(times_ms), strict=True):
        if gap_m > off_m:
            if since_ms is None:
                since_ms, widest_m = crossing_ms(before_ms, time_ms), 0.0
            widest_m = max(widest_m, gap_m)
        elif since_ms is not None:
            absences.append(Absence(start_ms=since_ms, end_ms=crossing_ms(before_ms, time_ms), gap_m=widest_m))
            since_ms = None
        before_ms = time_ms
    if since_ms is not None:
        absences.append(Absence(start_ms=since_ms, end_ms=None, gap_m=widest_m))
    return tuple(absences)


def _met_ms(here: Position, top_mps: float, legs: Sequence[Leg], times_ms: tuple[int, int]) -> int | None:
    """When a straight run that begins at one time can first bring the unit to the station, not before another."""
    now_ms, from_ms = times_ms
    end_ms = legs[-1].end_ms
    if from_ms >= end_ms:
        return None
    ahead_m = top_mps * (from_ms - now_ms) / SECOND_MS
    rest = [leg for leg in legs if leg.end_ms > from_ms]
    met_ms = intercept_ms(here, top_mps, rest, ahead_m, (from_ms, end_ms))
    return None if met_ms is None else max(met_ms, now_ms + 1)


def _widest_m(chase: Leg, legs: Sequence[Leg]) -> float:
    times_ms = [chase.start_ms, chase.end_ms]
    times_ms += [leg.end_ms for leg in legs if chase.start_ms < leg.end_ms < chase.end_ms]
    return max(distance_m(position_at((chase,), time_ms), position_at(legs, time_ms)) for time_ms in times_ms)


def _place(guide: Position, bow_deg: float, station: Station) -> Position:
    from_deg = bow_deg if station.bearing_from is BearingFrom.BOW else 0.0
    return destination(guide, from_deg + station.bearing_deg, station.range_m)


def _cut(leg: Leg, station: Station) -> Iterator[Leg]:
    """A leg in so many pieces that the earth is flat enough about each for it not to be seen at the station's range."""
    pieces = 1
    if not leg.is_wait and station.range_m > 0.0:
        bend_rad = distance_m(leg.start, leg.end) / WGS84.equatorial_radius_m
        if station.bearing_from is BearingFrom.NORTH:
            converge_deg = turn_deg(bearing_deg(leg.start, leg.end), bearing_deg(leg.end, leg.start) + 180.0)
            bend_rad += math.radians(abs(converge_deg))
        pieces = max(1, math.ceil(bend_rad / math.sqrt(8.0 * _OFF_M / station.range_m)))
    start_ms, start = leg.start_ms, leg.start
    for piece in range(1, pieces + 1):
        end_ms = leg.start_ms + round(leg.duration_ms * piece / pieces)
        if end_ms > start_ms:
            end = position_at((leg,), end_ms)
            yield replace(leg, start_ms=start_ms, end_ms=end_ms, start=start, end=end)
            start_ms, start = end_ms, end
