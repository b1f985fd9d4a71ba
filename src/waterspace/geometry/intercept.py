"""Where and when a unit can come within a range of another that moves on known legs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.geometry import geodesic
from waterspace.geometry.legs import length_m, position_at
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Leg, Position

__all__ = ["intercept_ms"]

_TOLERANCE_M = 1.0
_MAX_STEPS = 10_000


def intercept_ms(
    position: Position,
    speed_mps: float,
    target: Sequence[Leg],
    range_m: float,
    window_ms: tuple[int, int],
) -> int | None:
    """The first instant at which a straight run can bring a unit within a range of a target.

    The target runs its legs and then stays where the last one ends. The gap that is left at an instant (separation,
    less the range, less what the pursuer can have run) falls no faster than the sum of both speeds, which says how
    far ahead it is safe to skip: no earlier instant is missed. Right to 1 m of separation.

    Args:
        position: of the pursuer at the window's start.
        speed_mps: of the pursuer.
        target: legs in order of time; not empty.
        range_m: separation wanted, along the surface.
        window_ms: start and end of the search.

    Returns:
        The instant, or None where there is none in the window.
    """
    start_ms, end_ms = window_ms
    fastest_mps = max(
        (length_m(leg) * SECOND_MS / leg.duration_ms for leg in target if leg.duration_ms > 0), default=0.0
    )
    closing_mps = speed_mps + fastest_mps
    time_ms = float(start_ms)
    for _ in range(_MAX_STEPS):
        gap_m = geodesic.distance_m(position, position_at(target, round(time_ms)))
        gap_m -= range_m + speed_mps * (time_ms - start_ms) / SECOND_MS
        if gap_m <= _TOLERANCE_M:
            return round(time_ms)
        if closing_mps <= 0.0:
            return None
        time_ms += max(gap_m / closing_mps * SECOND_MS, 1.0)
        if time_ms > end_ms:
            return None
    return None
