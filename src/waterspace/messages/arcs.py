"""Edges of an area that are arcs around a centre."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Position

__all__ = ["Arc", "arc"]

_STEP_DEG = 2.0
_TURN_DEG = 360.0
_SHARE = 0.02
"""By how much of it the ranges of both ends may differ: the text rounds its positions."""


class Arc(NamedTuple):
    """Points of an arc between its ends, and what is doubtful about it, a clause; empty where nothing is."""

    between: tuple[Position, ...]
    fault: str


def arc(first: Position, last: Position, centre: Position, words: Sequence[str]) -> Arc:
    """An arc from one corner to another.

    Args:
        first: where it begins.
        last: where it ends.
        centre: of it.
        words: that tell of it; `CLOCKWISE` and its like give the sense. Without them the shorter way is taken, and
            doubted.
    """
    from waterspace.geometry.geodesic import bearing_deg, distance_m, positions_from
    from waterspace.geometry.outlines import arc as points_of

    start_deg, end_deg = bearing_deg(centre, first), bearing_deg(centre, last)
    start_m, end_m = distance_m(centre, first), distance_m(centre, last)
    told = " ".join(words)
    is_counter = "COUNTER" in told or "ANTI" in told
    clockwise_deg = (end_deg - start_deg) % _TURN_DEG or _TURN_DEG
    is_told = "CLOCKWISE" in told
    if not is_told:
        is_counter = clockwise_deg > _TURN_DEG / 2.0
    span = (start_deg, start_deg + clockwise_deg)
    if is_counter:
        span = (end_deg, end_deg + (_TURN_DEG - clockwise_deg or _TURN_DEG))
    radius_m = (start_m + end_m) / 2.0
    fault = "" if is_told else "an edge is an arc, and nothing says which way round; the shorter is taken"
    if abs(start_m - end_m) > _SHARE * radius_m:
        fault = "an edge is an arc, and its ends are not equally far from its centre"
    points = positions_from(*points_of(centre, span, radius_m, _STEP_DEG))[1:-1]
    return Arc(tuple(reversed(points)) if is_counter else points, fault)
