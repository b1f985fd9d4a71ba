"""Diversion: where else an aircraft of a ship can land when its flight ends."""

from __future__ import annotations

import bisect
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.domain import Medium, Position
from waterspace.geometry.sphere import SPHERE_ERROR_RATIO, sphere_m, spheres_m
from waterspace.quantity import NAUTICAL_MILE_M, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.checks.context import Context
    from waterspace.programme import Sortie

__all__ = ["Alternate", "Landing", "landings_of", "without_alternate"]

_SAME_PLACE_M = 5.0 * NAUTICAL_MILE_M
"""An airfield this near to where a flight ends is the one it ends at, and no other place to land (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """The end of a flight.

    Attributes:
        left_ms: how long the fuel would still last.
    """

    flight: Sortie
    position: Position
    left_ms: float
    speed_mps: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """Another place to land: where it is when it is needed, how far and how long the way is."""

    name: str
    position: Position
    way_m: float
    way_ms: float


def landings_of(context: Context, flights: Sequence[Sortie], lasts_ms: float) -> Iterator[Landing]:
    """The ends of an aircraft's flights, those left out that are longer than its fuel lasts.

    Args:
        context: of the plan.
        flights: of one aircraft, at least one.
        lasts_ms: how long its fuel lasts.
    """
    from waterspace.geometry.legs import position_at
    from waterspace.serials.base import cruising_speed_mps

    unit = flights[0].unit
    legs = context.programme.tracks[unit].legs
    speed_mps = max(cruising_speed_mps(context.exercise, unit), 1.0)
    for flight in flights:
        left_ms = lasts_ms - (flight.window.end_ms - flight.window.start_ms)
        if left_ms >= 0.0:
            position = position_at(legs, flight.window.end_ms)
            yield Landing(flight=flight, position=position, left_ms=left_ms, speed_mps=speed_mps)


def without_alternate(
    context: Context, landings: Sequence[Landing], reserve_ms: float
) -> Iterator[tuple[Landing, Alternate | None]]:
    """The landings that leave too little fuel for the nearest other place and a reserve, each with that place.

    Args:
        context: of the plan.
        landings: of any aircraft.
        reserve_ms: flying time that is to be left.
    """
    airfields, decks = _airfields(context), _decks(context)
    for landing in landings:
        if _has_company(context, landing, frozenset(decks), reserve_ms):
            continue
        there = _nearest(context, landing, airfields, decks)
        if there is None or landing.left_ms < there.way_ms + reserve_ms:
            yield landing, there


def _has_company(context: Context, landing: Landing, decks: frozenset[str], reserve_ms: float) -> bool:
    """Whether a deck that was in the serial with it is surely near enough: asked first, for it costs little.

    A ship on a leg is no farther away than the farther end of the leg, which holds for legs much shorter than the
    earth is round.
    """
    reach_m = (landing.left_ms - reserve_ms) / SECOND_MS * landing.speed_mps / (1.0 + SPHERE_ERROR_RATIO)
    if reach_m <= 0.0:
        return False
    company = decks.intersection(context.assigned[landing.flight.serials[-1]]) - {_carrier(context, landing)}
    for deck in company:
        legs = context.programme.tracks[deck].legs
        number = bisect.bisect_right(legs, landing.flight.window.end_ms, key=_start_ms) - 1
        leg = legs[max(number, 0)]
        if max(sphere_m(landing.position, leg.start), sphere_m(landing.position, leg.end)) <= reach_m:
            return True
    return False


_start_ms = operator.attrgetter("start_ms")


def _nearest(
    context: Context, landing: Landing, airfields: Sequence[tuple[str, Position]], decks: Sequence[str]
) -> Alternate | None:
    """The nearest other place at which an aircraft can land when its flight ends; None where there is none.

    Args:
        context: of the plan.
        landing: the end of the flight.
        airfields: name and position of each.
        decks: ids of the ships with room for a helicopter.
    """
    import numpy as np

    from waterspace.geometry.geodesic import distance_m, position_arrays
    from waterspace.geometry.legs import position_at

    here, time_ms = landing.position, landing.flight.window.end_ms
    tracks, own = context.programme.tracks, _carrier(context, landing)
    ships = [(context.unit_title(deck), position_at(tracks[deck].legs, time_ms)) for deck in decks if deck != own]
    places = [*airfields, *ships]
    away_m = spheres_m(position_arrays([here]), position_arrays([position for _, position in places]))
    ashore = away_m[: len(airfields)]
    ashore[ashore < _SAME_PLACE_M] = np.inf
    best = int(np.argmin(away_m)) if places else -1
    if best < 0 or not np.isfinite(away_m[best]):
        return None
    name, there = places[best]
    way_m = distance_m(here, there)
    return Alternate(name=name, position=there, way_m=way_m, way_ms=way_m / landing.speed_mps * SECOND_MS)


def _airfields(context: Context) -> list[tuple[str, Position]]:
    """Airfields that come with Waterspace, and the homes of aircraft ashore."""
    from waterspace.environment.places import PlaceKind, every

    known = {place.position: place.name for place in every() if place.kind is PlaceKind.AIRFIELD}
    for unit in context.exercise.units.values():
        if unit.home is not None and context.medium(unit.id) is Medium.AIR:
            known.setdefault(unit.home, unit.home_name or "an airfield")
    return [(name, position) for position, name in known.items()]


def _carrier(context: Context, landing: Landing) -> str:
    """The ship on which a flight ends."""
    from waterspace.programme.passages import carrier

    return carrier(context.exercise, context.exercise.units[landing.flight.unit])


def _decks(context: Context) -> tuple[str, ...]:
    """Ships with room for a helicopter, whose way is known."""
    tracks = context.programme.tracks
    found = []
    for id_ in sorted(context.exercise.units):
        platform = context.exercise.platform(id_)
        if platform is not None and platform.medium is Medium.SURFACE and platform.helicopter_spots and id_ in tracks:
            found.append(id_)
    return tuple(found)
