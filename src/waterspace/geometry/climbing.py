"""Changes of height: legs are cut so that the one height each of them has is right to 50 m at any time.

An aircraft changes height at a constant rate, up and down alike (assumed), while it flies its way.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.geometry.legs import position_at
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from waterspace.domain import Leg

__all__ = ["climb", "let_down"]

_STEP_M = 100.0
"""Of height, for each leg while it changes; the leg has the height in the middle."""


def climb(legs: Sequence[Leg], from_m: float, rate_mps: float) -> tuple[Leg, ...]:
    """Legs of an aircraft that is at one height, and climbs or descends to that of each leg as it comes to it.

    Args:
        legs: in order of time, each with the height that is wanted on it.
        from_m: height when the first leg starts.
        rate_mps: of climb and of descent, above 0.
    """
    flown: list[Leg] = []
    now_m = from_m
    for leg in legs:
        way_m = leg.height_m - now_m
        lasts_ms = min(abs(way_m) * SECOND_MS / rate_mps, float(leg.duration_ms))
        to_m = now_m + math.copysign(lasts_ms * rate_mps / SECOND_MS, way_m)
        flown.extend(_cut(leg, (0.0, lasts_ms), (now_m, to_m)))
        now_m = leg.height_m if lasts_ms < leg.duration_ms else to_m
    return tuple(flown)


def let_down(legs: Sequence[Leg], to_m: float, rate_mps: float) -> tuple[Leg, ...]:
    """Legs of an aircraft that is at a height when the last of them ends, and comes down in time for that.

    Args:
        legs: in order of time, each with its height; what is not above the way down stays as it is.
        to_m: height at the end.
        rate_mps: of descent, above 0.
    """
    flown: list[Leg] = []
    low_m = to_m
    for leg in reversed(legs):
        high_m = low_m + leg.duration_ms * rate_mps / SECOND_MS
        if leg.height_m <= low_m:
            flown.append(leg)
        else:
            from_m = min(high_m, leg.height_m)
            begin_ms = leg.duration_ms - (from_m - low_m) * SECOND_MS / rate_mps
            flown.extend(reversed(tuple(_cut(leg, (begin_ms, float(leg.duration_ms)), (from_m, low_m)))))
        low_m = high_m
    return tuple(reversed(flown))


def _cut(leg: Leg, change_ms: tuple[float, float], heights_m: tuple[float, float]) -> Iterator[Leg]:
    """A leg in pieces: level before a change of height, in steps during it, level after it.

    Args:
        leg: to be cut.
        change_ms: from and to when the height changes, from the leg's start.
        heights_m: before and after.
    """
    (begin_ms, end_ms), (from_m, to_m) = change_ms, heights_m
    steps = math.ceil(abs(to_m - from_m) / _STEP_M)
    pieces = [(begin_ms, leg.height_m)]
    for step in range(steps):
        middle_m = from_m + (to_m - from_m) * (step + 0.5) / steps
        pieces.append((begin_ms + (end_ms - begin_ms) * (step + 1) / steps, middle_m))
    pieces.append((float(leg.duration_ms), leg.height_m))
    start, start_ms = leg.start, leg.start_ms
    for till_ms, height_m in pieces:
        stop_ms = leg.start_ms + round(till_ms)
        if stop_ms > start_ms:
            end = position_at((leg,), stop_ms)
            yield replace(leg, start_ms=start_ms, end_ms=stop_ms, start=start, end=end, height_m=height_m)
            start, start_ms = end, stop_ms
