"""How far the fuel goes: one model for the rules, for a run and for the review.

Ships and submarines burn by the class's curve. Where several ranges are given, each at its speed, the burn by the hour
goes through them and as a power of the speed in between. Else it is that of the economical speed, at which the class's
range holds, times the cube of the speed over it (assumed: the usual law of power against speed), and below the
economical speed it falls with the speed, so that a mile costs the same, but never under a tenth (assumed: what
the ship itself needs). A ship that lies at sea burns that tenth; before its first and after its last movement it is
in harbour and burns nothing (assumed), and a replenished ship is full again.

Aircraft burn evenly over their endurance while they fly, and are full again after a turn-round on a deck or on the
ground (assumed).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.geometry.legs import speed_mps
from waterspace.geometry.motion import Motion
from waterspace.quantity import KNOT_MPS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.domain import Leg, Platform, Position
    from waterspace.geometry.arrays import FloatArray

__all__ = [
    "FuelState",
    "FuelUse",
    "Runs",
    "aloft_ms",
    "burn_ratio",
    "flight_use",
    "fuel_history",
    "fuel_use",
    "is_down",
    "surely_lasts",
]

_POWER = 3.0
"""Of the speed, with which the burn by the hour goes (assumed)."""

_FLOOR_RATIO = 0.1
"""Of the burn at economical speed, what a ship at sea burns at least (assumed)."""

_CARRIED_MPS = 50.0 * KNOT_MPS
"""No ship carries an aircraft faster than this, and none flies a leg slower (assumed)."""


_UNSURE_RATIO = 0.01
"""Of all that is burnt: more than comes of lengths that are a thousandth too great, with the cube of the speed."""


class Runs(NamedTuple):
    """Legs of a ship as arrays of shape (n,).

    Attributes:
        start_ms: when each starts.
        end_ms: when it ends.
        length: metres.
        speed: metres per second; 0 for a leg that takes no time.
    """

    start_ms: FloatArray
    end_ms: FloatArray
    length: FloatArray
    speed: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelState:
    """Fuel at the end of a leg, as a share of what a full unit has; below 0 where there is not enough.

    Attributes:
        used_ratio: burnt since the start, replenishment not taken off.
    """

    time_ms: int
    position: Position
    remaining_ratio: float
    used_ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelUse:
    """What became of a unit's fuel, as shares of what a full unit has.

    Attributes:
        lowest_ratio: the least it had at the end of any leg.
        final_ratio: what it had at last.
        used_ratio: burnt in all.
    """

    lowest_ratio: float
    final_ratio: float
    used_ratio: float


def burn_ratio(platform: Platform, speed_mps: float, duration_ms: float) -> float:
    """Share of full bunkers that a ship at sea burns in a time; 0 where the class gives no range.

    Args:
        platform: the class.
        speed_mps: through the water; more than the greatest speed burns what that does.
        duration_ms: for how long.
    """
    if not (platform.range_m or platform.ranges):
        return 0.0
    return float(_burnt(platform, np.array([speed_mps]), np.array([duration_ms]))[0])


def _curve(platform: Platform) -> tuple[tuple[float, float], ...]:
    """Speeds and the share of full bunkers burnt each second at them, slowest first; none where none is given."""
    rows = tuple((mps, range_m) for mps, range_m in platform.ranges if mps > 0.0 and range_m > 0.0)
    at_mps = platform.economical_speed_mps or platform.cruise_speed_mps
    if not rows and platform.range_m and at_mps:
        rows = ((at_mps, platform.range_m),)
    return tuple((mps, mps / range_m) for mps, range_m in rows)


def _burnt(platform: Platform, speeds: FloatArray, durations: FloatArray) -> FloatArray:
    """Shares burnt at speeds (m/s) in times (ms), for arrays of shape (n,)."""
    speeds = np.minimum(speeds, platform.max_speed_mps or math.inf)
    curve = _curve(platform)
    if not curve:  # nobody says at which speed the range holds: a mile costs the same at any
        return speeds * durations / (SECOND_MS * (platform.range_m or math.inf))
    slowest_mps, least = curve[0]
    by_second = least * np.maximum(speeds / slowest_mps, _FLOOR_RATIO)
    for number, (low_mps, low) in enumerate(curve):
        power = _POWER
        if number + 1 < len(curve) and curve[number + 1][0] > low_mps:
            high_mps, high = curve[number + 1]
            power = math.log(high / low) / math.log(high_mps / low_mps)
        faster = speeds > low_mps
        by_second[faster] = low * (speeds[faster] / low_mps) ** power
    return by_second * durations / SECOND_MS


def fuel_history(platform: Platform, legs: Sequence[Leg], replenished_ms: Iterable[int] = ()) -> tuple[FuelState, ...]:
    """Fuel after every leg of a ship that starts full.

    Args:
        platform: the class; without a range there is no history.
        legs: in order of time.
        replenished_ms: instants at which it is filled up again.
    """
    remaining, used = _shares(platform, legs, replenished_ms)
    return tuple(
        FuelState(time_ms=leg.end_ms, position=leg.end, remaining_ratio=left, used_ratio=burnt)
        for leg, left, burnt in zip(legs, remaining.tolist(), used.tolist(), strict=False)
    )


def fuel_use(platform: Platform, legs: Sequence[Leg], replenished_ms: Iterable[int] = ()) -> FuelUse | None:
    """What became of the fuel of a ship that starts full; None where nothing is known. Arguments as `fuel_history`."""
    remaining, used = _shares(platform, legs, replenished_ms)
    if not remaining.size:
        return None
    return FuelUse(lowest_ratio=float(remaining.min()), final_ratio=float(remaining[-1]), used_ratio=float(used[-1]))


def surely_lasts(platform: Platform, runs: Runs, replenished_ms: Iterable[int], least_ratio: float) -> bool:
    """Whether a ship that starts full surely never has less than a share of its fuel.

    Args:
        platform: the class; of one with several ranges nothing is sure.
        runs: its legs in order of time, as long as they are at most and hardly longer than they are.
        replenished_ms: instants at which it is filled up again.
        least_ratio: the share.
    """
    if platform.ranges or not platform.range_m or not runs.length.size:
        return not (platform.ranges or platform.range_m)
    remaining, used = _left(platform, runs, replenished_ms)
    return bool(remaining.min() >= least_ratio + _UNSURE_RATIO * used[-1])


def _shares(platform: Platform, legs: Sequence[Leg], replenished_ms: Iterable[int]) -> tuple[FloatArray, FloatArray]:
    """What is left and what has been burnt after each leg, of shape (n,); n is 0 where nothing is known."""
    if not legs or not (platform.range_m or platform.ranges):
        return np.zeros(0), np.zeros(0)
    motion = Motion(legs)
    return _left(platform, Runs(motion.start_ms, motion.end_ms, motion.length, motion.speed), replenished_ms)


def _left(platform: Platform, motion: Runs, replenished_ms: Iterable[int]) -> tuple[FloatArray, FloatArray]:
    used = np.cumsum(_by_leg(platform, motion))
    before = np.concatenate(([0.0], used[:-1]))
    at_fill = np.zeros_like(used)
    filled = np.searchsorted(motion.start_ms, sorted(replenished_ms), side="left")
    for number in filled[filled < used.size]:
        at_fill[number:] = before[number]
    return 1.0 - (used - at_fill), used


def _by_leg(platform: Platform, motion: Runs) -> FloatArray:
    """Share that each leg of a ship takes; one planned faster than it can go, what it takes at its greatest speed."""
    most_mps = platform.max_speed_mps or math.inf
    durations = motion.end_ms - motion.start_ms
    durations = np.where(motion.speed > most_mps, motion.length * SECOND_MS / most_mps, durations)
    burnt = _burnt(platform, motion.speed, durations)
    under_way = np.flatnonzero(motion.length > 0.0)
    at_sea = np.zeros(burnt.size)
    if under_way.size:
        at_sea[under_way[0] : under_way[-1] + 1] = 1.0
    return burnt * at_sea


def is_down(leg: Leg) -> bool:
    """Whether an aircraft is on the ground or on a deck: at the surface, and no faster than a ship carries it.

    A leg flown at height 0, as a file may ask for, is flown all the same.
    """
    return leg.height_m <= 0.0 and speed_mps(leg) <= _CARRIED_MPS


def flight_use(platform: Platform, legs: Sequence[Leg], turn_round_ms: int) -> FuelUse | None:
    """What became of the fuel of an aircraft that starts full.

    Args:
        platform: the class; without an endurance nothing is known.
        legs: in order of time.
        turn_round_ms: how long it is down before it is full again.
    """
    if not legs or not platform.endurance_ms:
        return None
    flown_ms = since_full_ms = most_ms = down_ms = 0
    for leg in legs:
        lasts_ms = leg.end_ms - leg.start_ms
        if not is_down(leg):
            flown_ms, since_full_ms, down_ms = flown_ms + lasts_ms, since_full_ms + lasts_ms, 0
            most_ms = max(most_ms, since_full_ms)
        else:
            down_ms += lasts_ms
            since_full_ms = 0 if down_ms >= turn_round_ms else since_full_ms
    full_ms = platform.endurance_ms
    return FuelUse(
        lowest_ratio=1.0 - most_ms / full_ms, final_ratio=1.0 - since_full_ms / full_ms, used_ratio=flown_ms / full_ms
    )


def aloft_ms(legs: Sequence[Leg], now_ms: int, turn_round_ms: int) -> int:
    """How long an aircraft has flown by an instant since it was last full.

    Args:
        legs: since it took off, in order of time; after the last it stays as that leaves it.
        now_ms: the instant.
        turn_round_ms: how long it is down before it is full again.
    """
    flown_ms = down_ms = 0
    until_ms = now_ms
    for leg in reversed(legs):
        lasted_ms = max(0, until_ms - leg.start_ms)
        if is_down(leg):
            down_ms += lasted_ms
        else:
            flown_ms, down_ms = flown_ms + lasted_ms, 0
        if down_ms >= turn_round_ms:
            break
        until_ms = min(until_ms, leg.start_ms)
    return flown_ms
