"""How close units came to each other."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from waterspace.domain import Medium
from waterspace.geometry.approach import closest_approaches as solve
from waterspace.geometry.geodesic import distance_m
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import ClosestApproach, Exercise, Leg, Position, Track

__all__ = ["closest_approaches"]

_NEAR_M = 5.0 * NAUTICAL_MILE_M
"""Pairs that never came closer than this are of no interest to a safety officer (assumed)."""

_HARBOUR_M = 5.0 * NAUTICAL_MILE_M
"""How far off a base a ship counts as in harbour (assumed)."""

_APART_M = 150.0
"""Aircraft that are farther apart than this in height are not paired (assumed: 500 ft)."""


def closest_approaches(exercise: Exercise, tracks: Mapping[str, Track]) -> tuple[ClosestApproach, ...]:
    """The closest approach of every pair of ships and of every pair of aircraft that came near, nearest first.

    Ships count from their first movement to their last, but not where both are on a leg that begins or ends off a base,
    since berths are closer than any plan says; aircraft count while both are up and not apart in height. Ships and
    aircraft are not paired, since height keeps them apart.
    """
    bases = [unit.home for unit in exercise.units.values() if unit.home is not None]

    @cache
    def off_a_base(place: Position) -> bool:
        return any(distance_m(place, base) < _HARBOUR_M for base in bases)

    def in_harbour(first: Leg, second: Leg) -> bool:
        return all(off_a_base(leg.start) or off_a_base(leg.end) for leg in (first, second))

    ships, aircraft = {}, {}
    for unit, track in tracks.items():
        platform = exercise.platform(unit)
        if platform is not None and platform.medium is Medium.AIR:
            aircraft[unit] = track.legs
        else:
            ships[unit] = _at_sea(track.legs)
    found = [
        *solve(ships, within_m=_NEAR_M, skip=in_harbour),
        *solve(aircraft, within_m=_NEAR_M, skip=_apart_in_height),
    ]
    return tuple(sorted(found, key=lambda approach: (approach.range_m, approach.first, approach.second)))


def _at_sea(legs: tuple[Leg, ...]) -> tuple[Leg, ...]:
    moving = [index for index, leg in enumerate(legs) if not leg.is_wait]
    return legs[moving[0] : moving[-1] + 1] if moving else ()


def _apart_in_height(first: Leg, second: Leg) -> bool:
    return min(first.height_m, second.height_m) <= 0.0 or abs(first.height_m - second.height_m) >= _APART_M
