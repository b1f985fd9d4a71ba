"""Corners that are likely slips of the one who wrote them: a hemisphere swapped, a digit wrong."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Position

__all__ = ["odd_corner"]

_CORNERS = 3
_CLEAR_DEG = 3.0
"""Coordinates nearer to the equator, to Greenwich or to 180° may truly lie on both sides of it."""
_POLAR_DEG = 80.0
"""Nearer to a pole an area of some miles reaches over many degrees of longitude (assumed)."""
_TURN_DEG = 360.0
_FAR_DEG = 5.0
_TIMES = 8.0
"""How much longer than all others both edges at a corner are before it is odd."""


def odd_corner(corners: Sequence[Position]) -> tuple[int, str] | None:
    """The index of a corner that seems not to belong to the others, and why, a clause; None where all seem to."""
    if len(corners) <= _CORNERS:
        return None
    for values, letters in (
        ([corner.lat_deg for corner in corners], "N and S"),
        ([corner.lon_deg for corner in corners] if _are_off_pole(corners) else [], "E and W"),
    ):
        at = _alone(values)
        if at >= 0:
            return at, f"one corner alone lies in another hemisphere than the rest; {letters} may be swapped"
    return _far(corners)


def _are_off_pole(corners: Sequence[Position]) -> bool:
    """Whether corners lie where an area has corners on both sides of Greenwich only near it."""
    return all(abs(corner.lat_deg) <= _POLAR_DEG for corner in corners)


def _alone(values: Sequence[float]) -> int:
    """Index of the only coordinate of another sign, -1 where there is no such one."""
    if any(not _CLEAR_DEG <= abs(value) <= _TURN_DEG / 2.0 - _CLEAR_DEG for value in values):
        return -1
    negative = [at for at, value in enumerate(values) if value < 0.0]
    if len(negative) == 1:
        return negative[0]
    positive = [at for at, value in enumerate(values) if value > 0.0]
    return positive[0] if len(positive) == 1 else -1


def _far(points: Sequence[Position]) -> tuple[int, str] | None:
    """A corner far from all others."""
    edges_deg = [_apart_deg(point, other) for point, other in zip(points, [*points[1:], points[0]], strict=True)]
    longest = sorted(edges_deg, reverse=True)
    if longest[1] < _FAR_DEG or longest[1] < _TIMES * longest[2]:
        return None
    at = next((at for at in range(len(points)) if min(edges_deg[at], edges_deg[at - 1]) >= longest[1]), -1)
    return None if at < 0 else (at, "one corner lies far from all others")


def _apart_deg(a: Position, b: Position) -> float:
    """How far two corners lie apart, roughly."""
    lon_deg = abs((a.lon_deg - b.lon_deg + _TURN_DEG / 2.0) % _TURN_DEG - _TURN_DEG / 2.0)
    return math.hypot(a.lat_deg - b.lat_deg, lon_deg * math.cos(math.radians(a.lat_deg)))
