"""Visits: when units of one state are at the ports and airfields of others."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from waterspace.checks.limits import Kind, Limit
from waterspace.domain import Medium, PhaseKind, Window
from waterspace.environment.places import PlaceKind
from waterspace.quantity import MINUTE_MS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context
    from waterspace.domain import Leg, Position
    from waterspace.environment.places import NamedPlace

__all__ = ["HARBOUR", "Visit", "first_visits", "stays_abroad"]

HARBOUR = Limit(
    name="harbour_range",
    kind=Kind.DISTANCE,
    default=3.0 * NAUTICAL_MILE_M,
    meaning="A ship no farther from the position of a port, or an aircraft from that of an airfield, is there.",
)


class Visit(NamedTuple):
    """That a unit is at a place of a state other than its own."""

    place: NamedPlace
    unit: str
    window: Window


class _Stay(NamedTuple):
    """That a unit is somewhere for some time; on a leg that it does not wait on, only near its beginning or its end."""

    unit: str
    position: Position
    window: Window
    leg: Leg | None = None


def first_visits(context: Context) -> Iterator[Visit]:
    """Units at packaged places of other states, as far as the plan tells; each unit and place once."""
    told: set[tuple[str, str]] = set()
    for visit in _at_places(context, [*_likely(context), *_in_harbour(context)]):
        if (visit.unit, visit.place.name) not in told:
            told.add((visit.unit, visit.place.name))
            yield visit


def stays_abroad(context: Context) -> list[Visit]:
    """Every time that the plan puts a unit at a packaged place of another state, the earliest first.

    A ship is there as long as it waits there, leaves or comes in; an aircraft that is based there is so throughout.
    """
    found = set(_at_places(context, [*_planned(context), *_in_harbour(context)]))
    return sorted(found, key=lambda visit: (visit.window, context.unit_title(visit.unit), visit.unit))


def _visitors(context: Context) -> Iterator[str]:
    """The units that call at places themselves, and are neither ashore nor on board of others."""
    for id_, unit in context.exercise.units.items():
        if not unit.home_unit and context.medium(id_) is not Medium.SHORE:
            yield id_


def _likely(context: Context) -> Iterator[_Stay]:
    """The home of each unit, and the first and the last place of its track."""
    for id_ in _visitors(context):
        unit, track = context.exercise.units[id_], context.programme.tracks.get(id_)
        if unit.home is not None and (track is not None or unit.start is None):
            yield _Stay(id_, unit.home, context.exercise.window)
        if track is not None:
            yield from _ends(id_, track.legs[0], track.legs[-1])


def _planned(context: Context) -> Iterator[_Stay]:
    """Where each unit waits, where its track begins and ends, and where it is based if it does not leave, or flies."""
    for id_ in _visitors(context):
        unit, track = context.exercise.units[id_], context.programme.tracks.get(id_)
        is_based = context.medium(id_) is Medium.AIR if track is not None else unit.start is None
        if unit.home is not None and is_based:
            yield _Stay(id_, unit.home, context.exercise.window)
        if track is not None:
            yield from (_Stay(id_, leg.start, _time_of(leg)) for leg in track.legs if leg.is_wait)
            yield from _ends(id_, track.legs[0], track.legs[-1])


def _ends(unit: str, first: Leg, last: Leg) -> Iterator[_Stay]:
    yield _Stay(unit, first.start, _time_of(first), None if first.is_wait else first)
    yield _Stay(unit, last.end, _time_of(last), None if last.is_wait else last)


def _time_of(leg: Leg) -> Window:
    return Window(start_ms=leg.start_ms, end_ms=leg.end_ms)


def _in_harbour(context: Context) -> Iterator[_Stay]:
    """Where units lie in the serials of harbour phases."""
    phases = {phase.id for phase in context.exercise.phases.values() if phase.kind is PhaseKind.HARBOUR}
    for id_, plan in context.plans.items() if phases else ():
        if context.exercise.serials[id_].phase in phases:
            for unit, legs in plan.tracks.items():
                if legs and context.medium(unit) is not Medium.AIR:
                    yield _Stay(unit, legs[-1].end, plan.window)


def _at_places(context: Context, stays: list[_Stay]) -> Iterator[Visit]:
    """The stays that are at a packaged place of a state other than the unit's own."""
    from waterspace.geometry.balls import balls, near_pairs
    from waterspace.geometry.geodesic import distance_m

    places, range_m = _places(), context.limit(HARBOUR)
    near = near_pairs(balls([stay.position for stay in stays]), balls([one.position for one in places]), range_m)
    for number, index in near:
        stay, place = stays[number], places[index]
        kind = PlaceKind.AIRFIELD if context.medium(stay.unit) is Medium.AIR else PlaceKind.PORT
        if place.kind is not kind or place.state == context.exercise.units[stay.unit].nation:
            continue
        if distance_m(stay.position, place.position) <= range_m:
            yield Visit(place, stay.unit, _within(stay, range_m))


def _within(stay: _Stay, range_m: float) -> Window:
    """The time of a stay; of one that leaves or comes in, about as long as it is in range, and at least a minute."""
    from waterspace.geometry.geodesic import distance_m

    leg, window = stay.leg, stay.window
    if leg is None:
        return window
    share = min(range_m / max(distance_m(leg.start, leg.end), 1.0), 1.0)
    near_ms = max(round(share * leg.duration_ms), MINUTE_MS)
    if stay.position == leg.start:
        return Window(start_ms=window.start_ms, end_ms=min(window.start_ms + near_ms, window.end_ms))
    return Window(start_ms=max(window.end_ms - near_ms, window.start_ms), end_ms=window.end_ms)


@functools.cache
def _places() -> tuple[NamedPlace, ...]:
    from waterspace.environment.places import every

    return every()
