"""Racetracks: circuits that aircraft fly about a point, still or under way.

Limits: a half circle is flown as six chords; turns take no bank, and there is no wind.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from waterspace.domain import Leg, Window
from waterspace.geometry.geodesic import destination, distance_m
from waterspace.geometry.legs import fill, position_at
from waterspace.quantity import SECOND_MS
from waterspace.serials.seamanship.frame import Frame, Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.domain import Position

__all__ = ["carried_circuit", "orbit", "racetrack"]

_SEMICIRCLE_CORNERS = 6
"""Corners that stand for a half circle; the chord is 3 % shorter than the arc."""

_CARRY_STEPS = 12
"""Most rounds in which the time to the next corner of a carried circuit is made exact.

Each gains the factor by which the unit is faster than its carrier.
"""


def racetrack(length_m: float, width_m: float) -> tuple[Point, ...]:
    """A circuit of two straights joined by half circles, turning to starboard, drawn about its middle.

    Args:
        length_m: of each straight, along the axis.
        width_m: between the straights.

    Returns:
        Corners in order, the first (the start of the straight that leads ahead, on the port side) not repeated.
    """
    half_m, turn_m = length_m / 2.0, width_m / 2.0
    corners: list[Point] = []
    for sign in (1.0, -1.0):
        corners.append((-sign * half_m, -sign * turn_m))
        for corner in range(_SEMICIRCLE_CORNERS):
            angle_rad = math.pi * corner / _SEMICIRCLE_CORNERS
            ahead_m = half_m + turn_m * math.sin(angle_rad)
            corners.append((sign * ahead_m, -sign * turn_m * math.cos(angle_rad)))
    return tuple(dict.fromkeys(corners))


def carried_circuit(
    carrier: Sequence[Leg],
    corners: Iterable[Point],
    *,
    axis_deg: float,
    speed_mps: float,
    height_m: float = 0.0,
    serial: str = "",
) -> tuple[Leg, ...]:
    """Legs of a unit that flies a circuit about a point that moves, for as long as the point does.

    Args:
        carrier: legs of the point, at least one, in order of time.
        corners: of the circuit, off the point; may go on for ever. The unit starts at the first.
        axis_deg: true bearing of the circuit's ahead.
        speed_mps: of the unit over the ground, above 0; it must be faster than the carrier to keep up.
        height_m: above mean sea level.
        serial: id written on the legs.
    """
    window = Window(start_ms=carrier[0].start_ms, end_ms=carrier[-1].end_ms)

    circuit = _Circuit(axis_deg)
    steps = 1 if all(leg.is_wait for leg in carrier) else _CARRY_STEPS
    points = iter(corners)
    now_ms, here = window.start_ms, circuit.corner(next(points), position_at(carrier, window.start_ms))
    legs: list[Leg] = []
    taken_ms: dict[Point, int] = {}  # to each corner when it was last flown to; nearly as long this time
    for point in points:
        if now_ms >= window.end_ms:
            break
        there, then_ms = here, now_ms + taken_ms.get(point, 1) - 1  # 1 ms less finds the earlier of two that fit
        for _ in range(steps):
            guess_ms = then_ms
            there = circuit.corner(point, position_at(carrier, guess_ms))
            then_ms = now_ms + max(SECOND_MS, round(distance_m(here, there) / speed_mps * SECOND_MS))
            if then_ms == guess_ms:
                break
        legs.append(Leg(start_ms=now_ms, end_ms=then_ms, start=here, end=there, height_m=height_m, serial=serial))
        taken_ms[point] = then_ms - now_ms
        now_ms, here = then_ms, there
    return fill(legs, window)


class _Circuit:
    """Corners of a circuit as positions; about a point that stands still, every round is the same."""

    def __init__(self, axis_deg: float) -> None:
        self._axis_deg = axis_deg
        self._ways: dict[Point, tuple[float, float]] = {}
        self._origin: Position | None = None
        self._known: dict[Point, Position] = {}

    def corner(self, point: Point, origin: Position) -> Position:
        """Where a corner is while the point that carries the circuit is at a place."""
        if origin is not self._origin and origin != self._origin:
            self._origin, self._known = origin, {}
        known = self._known.get(point)
        if known is None:
            way = self._ways.get(point)
            if way is None:
                way = self._ways[point] = Frame(origin=origin, axis_deg=self._axis_deg).way(point)
            known = self._known[point] = origin if way[1] == 0.0 else destination(origin, *way)
        return known


def orbit(
    carrier: Sequence[Leg], size_m: tuple[float, float], *, axis_deg: float, speed_mps: float, height_m: float
) -> tuple[Leg, ...]:
    """Legs of an aircraft that flies racetrack after racetrack about a point, which may move.

    Args:
        carrier: legs of the point, at least one; their serial is written on the aircraft's.
        size_m: length of the straights, and width between them.
        axis_deg: true bearing of the straights.
        speed_mps: of the aircraft, above 0.
        height_m: above mean sea level.
    """
    corners = itertools.cycle(racetrack(*size_m))
    serial = carrier[0].serial
    return carried_circuit(carrier, corners, axis_deg=axis_deg, speed_mps=speed_mps, height_m=height_m, serial=serial)
