"""How close units came to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Medium
from waterspace.geometry.approach import closest_approaches as solve
from waterspace.programme.passages import flies_home
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import ClosestApproach, Exercise, Leg, Track

__all__ = ["closest_approaches"]

NEAR_M = 5.0 * NAUTICAL_MILE_M
"""Pairs that never came closer than this are of no interest to a safety officer (assumed)."""


def closest_approaches(exercise: Exercise, tracks: Mapping[str, Track]) -> tuple[ClosestApproach, ...]:
    """The closest approach of every pair of ships and of every pair of aircraft that came near, nearest first.

    Time in harbour or on deck does not count: only the legs from a unit's first movement to its last one, and for
    aircraft with a base only while they are up. Ships and aircraft are not paired, since height keeps them apart.
    """
    found: list[ClosestApproach] = []
    for in_the_air in (False, True):
        out = {
            unit: legs
            for unit, track in tracks.items()
            if _is_aircraft(exercise, unit) is in_the_air and (legs := _at_sea(exercise, track))
        }
        found.extend(solve(out, within_m=NEAR_M))
    return tuple(sorted(found, key=lambda approach: (approach.range_m, approach.first, approach.second)))


def _is_aircraft(exercise: Exercise, unit: str) -> bool:
    platform = exercise.platform(unit)
    return platform is not None and platform.medium is Medium.AIR


def _at_sea(exercise: Exercise, track: Track) -> tuple[Leg, ...]:
    moving = [index for index, leg in enumerate(track.legs) if not leg.is_wait]
    if not moving:
        return ()
    if flies_home(exercise, exercise.units[track.unit]):
        return tuple(leg for leg in track.legs if leg.height_m > 0.0)
    return track.legs[moving[0] : moving[-1] + 1]
