"""Ships of an exercise of others: they move about inside its footprint while it lasts, each at random of its own.

A ship runs from one point of the footprint to the next, drawn evenly over it, on a geodesic that stays inside and meets
no land, at a speed drawn anew for each leg. All of it is assumed: nobody says what others do in their exercise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from waterspace.geometry.footprints import bounding_circle, contains
from waterspace.geometry.geodesic import between, destination, distance_m
from waterspace.quantity import HOUR_MS, KNOT_MPS, NAUTICAL_MILE_M, SECOND_MS
from waterspace.traffic.draws import rows, triangular
from waterspace.traffic.tracks import Points, Traffic, Vessel, joined

if TYPE_CHECKING:
    from waterspace.domain import Footprint, Position
    from waterspace.geometry.arrays import FloatArray

__all__ = ["Drill", "build"]

_SPEEDS_MPS = (8.0 * KNOT_MPS, 12.0 * KNOT_MPS, 20.0 * KNOT_MPS)
"""Least, likeliest and greatest speed of a leg (assumed)."""

_LENGTH_M = 150.0
"""Of a ship of war (assumed)."""

_TRIES = 24
"""Points that are tried for the end of a leg; where none can be reached the ship waits (assumed)."""

_WAIT_MS = HOUR_MS
_STEP_M = 2.0 * NAUTICAL_MILE_M
"""How far apart a leg is looked at for being inside."""

_MOST_LEGS = 1000
_BEARING, _OFF, _SPEED = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """An exercise of others, as far as its ships go.

    Attributes:
        name: short; ids of ships are made of it, and their numbers.
        footprint: that they do not leave.
        start_ms: when they are there first.
        end_ms: when they are gone.
        ships: how many.
    """

    name: str
    footprint: Footprint
    start_ms: int
    end_ms: int
    ships: int


def build(drill: Drill, seed: int) -> Traffic:
    """The ships of an exercise; one ship more leaves the others as they were.

    Ships for which no point of the footprint is found, because it is land, are left out, and a note says so.
    """
    parts = [_ship(drill, number, seed) for number in range(drill.ships)]
    found = [part for part in parts if part is not None]
    lost = len(parts) - len(found)
    notes = (f"exercise {drill.name}: {lost} of {drill.ships} ships found no water in it and are left out",)
    return joined([*found, Traffic(vessels=(), points=joined(()).points, notes=notes if lost else ())])


def _ship(drill: Drill, number: int, seed: int) -> Traffic | None:
    """One ship from start to end; None where it finds no place to be."""
    ways = rows(seed, f"drill/{drill.name}/{number + 1}", _MOST_LEGS, 3 * _TRIES).reshape(_MOST_LEGS, _TRIES, 3)
    here = _reached(drill.footprint, None, ways[0])
    if here is None:
        return None
    times_ms, places = [drill.start_ms], [here]
    for row in ways[1:]:
        there = _reached(drill.footprint, here, row)
        speed_mps = float(triangular(row[0, _SPEED], *_SPEEDS_MPS))
        lasts_ms = _WAIT_MS if there is None else round(distance_m(here, there) * SECOND_MS / speed_mps)
        there = here if there is None else there
        left_ms = drill.end_ms - times_ms[-1]
        if lasts_ms >= left_ms:
            times_ms.append(drill.end_ms)
            places.append(between(here, there, left_ms / lasts_ms))
            break
        times_ms.append(times_ms[-1] + lasts_ms)
        places.append(there)
        here = there
    if times_ms[-1] < drill.end_ms:
        times_ms.append(drill.end_ms)
        places.append(here)
    points = Points(
        np.array([0, len(places)], dtype=np.int64),
        np.array(times_ms, dtype=np.int64),
        np.array([place.lat_deg for place in places]),
        np.array([place.lon_deg for place in places]),
    )
    vessel = Vessel(f"{drill.name}/{number + 1}", "ship of another exercise", _LENGTH_M, _SPEEDS_MPS[1], drill.name, "")
    return Traffic(vessels=(vessel,), points=points)


def _reached(footprint: Footprint, here: Position | None, tries: FloatArray) -> Position | None:
    """The first of some random points that lies inside and can be reached inside; None where there is none."""
    from waterspace.environment.shores import coast

    circle = bounding_circle(footprint)
    for row in tries:
        there = destination(circle.centre, 360.0 * float(row[_BEARING]), circle.radius_m * math.sqrt(float(row[_OFF])))
        if not contains(footprint, there):
            continue
        if here is None:
            if coast.load().distances_m(np.array([there.lat_deg]), np.array([there.lon_deg]))[0] > 0.0:
                return there
            continue
        whole_m = distance_m(here, there)
        if whole_m < _STEP_M:
            continue
        steps = math.ceil(whole_m / _STEP_M)
        inside = all(contains(footprint, between(here, there, step / steps)) for step in range(1, steps))
        if inside and coast.load().land_on_legs([(here, there)])[0] is None:
            return there
    return None
