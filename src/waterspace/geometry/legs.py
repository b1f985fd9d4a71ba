"""Build, cut, shift and ask timed legs."""

from __future__ import annotations

import bisect
import itertools
import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.domain import Leg, Position, Window
from waterspace.domain.quick import maker
from waterspace.geometry.angles import turn_deg
from waterspace.geometry.geodesic import FloatArray, bearing_deg, between, destination, distance_m
from waterspace.geometry.motion import Motion
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = [
    "assign",
    "course_deg",
    "fill",
    "hold",
    "legs_at_speed",
    "legs_in_window",
    "length_m",
    "make_leg",
    "parallel",
    "parallel_relative",
    "position_at",
    "positions_at",
    "shift",
    "speed_mps",
    "total_length_m",
    "trim",
]


def length_m(leg: Leg) -> float:
    """Length of a leg; 0 for a wait."""
    return 0.0 if leg.is_wait else distance_m(leg.start, leg.end)


def speed_mps(leg: Leg) -> float:
    """Speed over the ground; 0 for a wait and for a leg that takes no time."""
    return length_m(leg) * SECOND_MS / leg.duration_ms if leg.duration_ms > 0 else 0.0


def course_deg(leg: Leg) -> float | None:
    """True course at the start of a leg, 0 to below 360; None for a wait."""
    return None if leg.is_wait else bearing_deg(leg.start, leg.end)


def total_length_m(legs: Sequence[Leg]) -> float:
    """Distance run over all legs."""
    return math.fsum(length_m(leg) for leg in legs)


def legs_at_speed(
    waypoints: Sequence[Position], start_ms: int, speed_mps: float, height_m: float = 0.0, serial: str = ""
) -> tuple[Leg, ...]:
    """Legs through waypoints at one speed.

    Times are rounded to the millisecond from the distance run so far, so that rounding never adds up. A waypoint that
    is reached within the same millisecond as the one before is passed over; the last one never is.

    Returns:
        One leg for each step that takes time; none where all waypoints coincide.

    Raises:
        ValueError: the speed is not above 0.
    """
    if not 0.0 < speed_mps < math.inf:
        raise ValueError(f"a speed above 0 is needed to run a route, not {speed_mps} m/s")
    legs: list[Leg] = []
    now_ms, run_m = start_ms, 0.0
    from_waypoint = 0
    for number, (here, there) in enumerate(itertools.pairwise(waypoints)):
        run_m += distance_m(here, there)
        end_ms = start_ms + round(run_m * SECOND_MS / speed_mps)
        if end_ms > now_ms:
            start = waypoints[from_waypoint]
            legs.append(make_leg(now_ms, end_ms, start, there, height_m, serial))
            now_ms, from_waypoint = end_ms, number + 1
    if legs and legs[-1].end != waypoints[-1]:
        last = legs[-1]
        legs[-1] = _leg(last, (last.start_ms, last.end_ms), (last.start, waypoints[-1]))
    return tuple(legs)


def legs_in_window(
    waypoints: Sequence[Position], window: Window, height_m: float = 0.0, serial: str = ""
) -> tuple[Leg, ...]:
    """Legs through waypoints at the one speed that fills a window; a wait where all waypoints coincide.

    Raises:
        ValueError: there is no waypoint, or the window has no length.
    """
    if not waypoints or window.end_ms <= window.start_ms:
        raise ValueError("a route needs a waypoint and a window that lasts")
    whole_m = math.fsum(distance_m(a, b) for a, b in itertools.pairwise(waypoints))
    if whole_m == 0.0:
        return (hold(waypoints[0], window, height_m, serial),)
    speed = whole_m * SECOND_MS / (window.end_ms - window.start_ms)
    legs = legs_at_speed(waypoints, window.start_ms, speed, height_m, serial)
    last = legs[-1]
    if last.end_ms == window.end_ms:
        return legs
    return (*legs[:-1], _leg(last, (last.start_ms, window.end_ms), (last.start, last.end)))


def hold(position: Position, window: Window, height_m: float = 0.0, serial: str = "") -> Leg:
    """A wait at a position for the whole of a window."""
    return make_leg(window.start_ms, window.end_ms, position, position, height_m, serial)


def trim(legs: Sequence[Leg], window: Window) -> tuple[Leg, ...]:
    """The part of the legs inside a window; legs that take no time are dropped."""
    cut: list[Leg] = []
    from_ms, to_ms = window.start_ms, window.end_ms
    for leg in legs:
        start_ms, end_ms = leg.start_ms, leg.end_ms
        if end_ms <= from_ms or start_ms >= to_ms or start_ms >= end_ms or from_ms >= to_ms:
            continue
        if start_ms >= from_ms and end_ms <= to_ms:
            cut.append(leg)
        else:
            start_ms, end_ms = max(start_ms, from_ms), min(end_ms, to_ms)
            start, end = _on_leg(leg, start_ms), _on_leg(leg, end_ms)
            cut.append(_leg(leg, (start_ms, end_ms), (start, end)))
    return tuple(cut)


def fill(legs: Sequence[Leg], window: Window) -> tuple[Leg, ...]:
    """Legs that span a window: trimmed to it, with waits before, after and in any gap of time.

    A wait takes the height and serial of the leg it follows; before the first leg, of that leg.

    Raises:
        ValueError: there is no leg.
    """
    if not legs:
        raise ValueError("a track without legs cannot fill a window")
    full: list[Leg] = []
    from_ms, to_ms = window.start_ms, window.end_ms
    last, place, now_ms = legs[0], legs[0].start, from_ms
    for leg in legs:
        start_ms, end_ms = leg.start_ms, leg.end_ms
        if start_ms > now_ms and now_ms < to_ms:
            full.append(_leg(last, (now_ms, min(start_ms, to_ms)), (place, place)))
        if from_ms <= start_ms < end_ms <= to_ms:
            full.append(leg)
        else:
            full.extend(trim((leg,), window))
        last, place, now_ms = leg, leg.end, max(now_ms, end_ms)
    if now_ms < to_ms:
        full.append(_leg(last, (now_ms, to_ms), (place, place)))
    return tuple(full)


def shift(legs: Sequence[Leg], by_ms: int) -> tuple[Leg, ...]:
    """The same legs later (or earlier, where `by_ms` is negative)."""
    if by_ms == 0:
        return tuple(legs)
    return tuple(_leg(leg, (leg.start_ms + by_ms, leg.end_ms + by_ms), (leg.start, leg.end)) for leg in legs)


def assign(legs: Sequence[Leg], serial: str) -> tuple[Leg, ...]:
    """The same legs as legs of a serial; those that are of it already stay as they are."""
    return tuple(leg if leg.serial == serial else replace(leg, serial=serial) for leg in legs)


def parallel(legs: Sequence[Leg], bearing_deg: float, distance_m: float) -> tuple[Leg, ...]:
    """Legs of a unit that keeps a true bearing and a distance from a guide."""
    return tuple(
        _leg(
            leg,
            (leg.start_ms, leg.end_ms),
            (destination(leg.start, bearing_deg, distance_m), destination(leg.end, bearing_deg, distance_m)),
        )
        for leg in legs
    )


def parallel_relative(legs: Sequence[Leg], relative_bearing_deg: float, distance_m: float) -> tuple[Leg, ...]:
    """Legs of a unit that keeps a bearing relative to the guide's course and a distance from it.

    Where the guide alters course the station at the turn lies by the mean of the two courses (by the new course where
    the guide turns back), so that the legs join up; the unit is faster on the outer side of a turn. A guide that
    waits keeps the course it came with.
    """
    stations: list[Position] = []
    courses = _courses_through(legs)
    for index, leg in enumerate(legs):
        after_deg = courses[index][0]
        before_deg = courses[index - 1][1] if index else after_deg
        stations.append(destination(leg.start, _mean_deg(before_deg, after_deg) + relative_bearing_deg, distance_m))
    if legs:
        stations.append(destination(legs[-1].end, courses[-1][1] + relative_bearing_deg, distance_m))
    return tuple(_leg(leg, (leg.start_ms, leg.end_ms), stations[index : index + 2]) for index, leg in enumerate(legs))


def position_at(legs: Sequence[Leg], time_ms: int) -> Position:
    """Where a track is at a time; before its start and after its end, where it starts and ends.

    Raises:
        ValueError: there is no leg.
    """
    if not legs:
        raise ValueError("a track without legs has no position")
    if time_ms >= legs[-1].start_ms:
        return _on_leg(legs[-1], time_ms)
    index = bisect.bisect_right(legs, time_ms, key=_start_ms) - 1
    return _on_leg(legs[max(index, 0)], time_ms)


def positions_at(legs: Sequence[Leg], times_ms: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Latitudes and longitudes in degrees at many times; outside the track, where it starts and ends.

    Args:
        legs: in order of time.
        times_ms: shape (n,), in any order.

    Returns:
        Two arrays of shape (n,).

    Raises:
        ValueError: there is no leg.
    """
    return Motion(legs).at(times_ms)


_start_ms = operator.attrgetter("start_ms")

make_leg: Callable[[int, int, Position, Position, float, str], Leg] = maker(Leg)
"""A leg from all its values in their order: half the time of naming them."""


def _leg(label: Leg, times_ms: tuple[int, int], places: Sequence[Position]) -> Leg:
    """A leg with another's height and serial; many times quicker than replacing what differs."""
    return make_leg(times_ms[0], times_ms[1], places[0], places[1], label.height_m, label.serial)


def _on_leg(leg: Leg, time_ms: int) -> Position:
    """Where a leg is at a time, clamped to its ends; one that takes no time is at its end from its instant on."""
    if time_ms >= leg.end_ms:
        return leg.end
    if time_ms <= leg.start_ms:
        return leg.start
    return between(leg.start, leg.end, (time_ms - leg.start_ms) / leg.duration_ms)


def _courses_through(legs: Sequence[Leg]) -> list[tuple[float, float]]:
    """Course at the start and at the end of each leg; a wait keeps the course it came with (or will leave by)."""
    first = next((course for leg in legs if (course := course_deg(leg)) is not None), 0.0)
    courses: list[tuple[float, float]] = []
    held = first
    for leg in legs:
        if leg.is_wait:
            courses.append((held, held))
            continue
        start_deg, end_deg = bearing_deg(leg.start, leg.end), bearing_deg(leg.end, leg.start) + 180.0
        courses.append((start_deg, end_deg))
        held = end_deg
    return courses


def _mean_deg(a_deg: float, b_deg: float) -> float:
    """The direction midway between two; the second where they are opposite."""
    turned_deg = turn_deg(a_deg, b_deg)
    return b_deg if abs(turned_deg) > 179.0 else a_deg + turned_deg / 2.0
