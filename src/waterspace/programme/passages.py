"""The way from one serial to the next: when to leave and how fast, in the plan and in a run alike."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from waterspace.domain import Medium
from waterspace.domain.quick import quick
from waterspace.geometry import geodesic
from waterspace.quantity import MINUTE_MS, SECOND_MS
from waterspace.serials.base import cruising_speed_mps, top_speed_mps

if TYPE_CHECKING:
    from waterspace.domain import Exercise, Position, Unit, Window

__all__ = [
    "TURN_ROUND_MS",
    "Departure",
    "Passage",
    "Sortie",
    "Speeds",
    "carrier",
    "departure",
    "flies_home",
    "required_speed_mps",
    "speeds_of",
    "times_of",
]

TURN_ROUND_MS = 30 * MINUTE_MS
"""Least time on the ground or on deck between two sorties (assumed)."""


class Speeds(NamedTuple):
    """How fast a unit goes: in no hurry, and at most."""

    cruising_mps: float
    top_mps: float

    def used_mps(self, required_mps: float) -> float:
        """Economical, or faster where it must be, but never above the greatest; 0 where nothing moves."""
        return max(0.0, min(max(required_mps, self.cruising_mps), self.top_mps))


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """When to leave, how fast to go, how far it is.

    Attributes:
        required_speed_mps: to arrive when due, leaving at once; inf where no time is left.
        speed_mps: to really use, never above the unit's maximum.
    """

    depart_ms: int
    arrive_ms: int
    distance_m: float
    speed_mps: float
    required_speed_mps: float


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A unit's way to a serial.

    Attributes:
        origin: id of the serial it comes from; empty where it comes from its start or base.
        destination: id of the serial it goes to.
        available: from the earliest departure to the time it is due; the end may lie before the start.
        required_speed_mps: inf where no time is available and the two places differ.
    """

    unit: str
    origin: str
    destination: str
    start: Position
    end: Position
    available: Window
    distance_m: float
    required_speed_mps: float


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Sortie:
    """An aircraft's flight from take-off to landing.

    Attributes:
        serials: ids of the serials flown in it, in order.
    """

    unit: str
    window: Window
    distance_m: float
    serials: tuple[str, ...]


def departure(
    exercise: Exercise, unit: str, places: tuple[Position, Position], times_ms: tuple[int, int], *, in_harbour: bool
) -> Departure:
    """How a unit gets from one place to another by the time it is due.

    At sea it leaves at once and waits at the far end; from harbour it stays as long as its economical speed allows.
    It goes at economical speed (aircraft: cruise), or faster where it must, but never above its maximum.

    Args:
        exercise: gives the unit's speeds.
        unit: id.
        places: from, to.
        times_ms: earliest departure, due.
        in_harbour: stay until it is time to go.
    """
    speeds, distance_m = speeds_of(exercise, unit), geodesic.distance_m(*places)
    required_mps = required_speed_mps(distance_m, times_ms[1] - times_ms[0])
    depart_ms, arrive_ms = times_of(speeds, (distance_m, required_mps), times_ms, in_harbour=in_harbour)
    return Departure(
        depart_ms=depart_ms,
        arrive_ms=arrive_ms,
        distance_m=distance_m,
        speed_mps=speeds.used_mps(required_mps) if distance_m > 0.0 else speeds.cruising_mps,
        required_speed_mps=required_mps,
    )


def speeds_of(exercise: Exercise, unit: str) -> Speeds:
    """How fast a unit goes."""
    return Speeds(cruising_mps=cruising_speed_mps(exercise, unit), top_mps=top_speed_mps(exercise, unit))


def times_of(
    speeds: Speeds, way: tuple[float, float], times_ms: tuple[int, int], *, in_harbour: bool
) -> tuple[int, int]:
    """When a unit leaves and when it arrives, as `departure` says, for who knows what that works out first.

    Args:
        speeds: of the unit.
        way: how far it is, and the speed that this asks for.
        times_ms: earliest departure, due.
        in_harbour: stay until it is time to go.

    Returns:
        Both at once where there is no way to go or nothing that moves.
    """
    now_ms, due_ms = times_ms
    distance_m, required_mps = way
    if distance_m == 0.0:
        depart_ms = max(now_ms, due_ms) if in_harbour else now_ms
        return depart_ms, depart_ms
    speed_mps = speeds.used_mps(required_mps)
    if speed_mps <= 0.0:
        return now_ms, now_ms
    duration_ms = round(distance_m / speed_mps * SECOND_MS)
    depart_ms = max(now_ms, due_ms - duration_ms) if in_harbour else now_ms
    return depart_ms, depart_ms + duration_ms


def required_speed_mps(distance_m: float, available_ms: int) -> float:
    """Speed that a distance asks for; 0 for none, inf where there is no time for it."""
    if distance_m == 0.0:
        return 0.0
    return distance_m * SECOND_MS / available_ms if available_ms > 0 else math.inf


def carrier(exercise: Exercise, unit: Unit) -> str:
    """Id of the ship that carries a unit; empty where the file names none, or something that cannot carry it.

    Only what does not fly itself can carry, so that nobody is carried in a circle.
    """
    other = exercise.platform(unit.home_unit)
    return unit.home_unit if other is not None and other.medium is not Medium.AIR and unit.home_unit != unit.id else ""


def flies_home(exercise: Exercise, unit: Unit) -> bool:
    """Whether a unit returns to a base or a ship between serials."""
    platform = exercise.platform(unit.id)
    has_home = unit.home is not None or bool(carrier(exercise, unit))
    return platform is not None and platform.medium is Medium.AIR and has_home
