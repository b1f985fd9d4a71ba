"""The instants at which a body in the sky passes a height: found between samples, a short graze included."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.quantity import MINUTE_MS

if TYPE_CHECKING:
    from waterspace.domain import Window
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Crossing", "crossings"]

_STEP_MS = 20 * MINUTE_MS
"""In this time no body of the sky turns back twice."""

_EXACT_MS = 0.5
_MOST_ROUNDS = 60


class Crossing(NamedTuple):
    """One passage.

    Attributes:
        time_ms: the first whole millisecond after it.
        is_rise: whether the body is above from here on.
    """

    time_ms: int
    is_rise: bool


def crossings(height: Callable[[FloatArray], FloatArray], window: Window) -> tuple[Crossing, ...]:
    """Every passage through nought in a window, in order of time.

    Two passages less than some seconds apart, as where the sun just grazes the horizon, may be missed together.

    Args:
        height: of the body above what it passes, in degrees, for times of shape (n,) in milliseconds. It turns back at
            most once in 20 minutes, as the altitudes of sun and moon do.
        window: any length; a passage belongs to it if its first millisecond does.
    """
    count = int((window.end_ms - window.start_ms) // _STEP_MS) + 4
    times = window.start_ms + _STEP_MS * np.arange(-1.0, count - 1.0)
    heights = height(times)
    times, heights = _with_turns(height, times, heights)
    above = heights >= 0.0
    before = np.flatnonzero(above[1:] != above[:-1])
    if not before.size:
        return ()
    found = np.ceil(_roots(height, times[before], times[before + 1], heights[before], heights[before + 1]))
    passed = zip(found.tolist(), above[before + 1].tolist(), strict=True)
    return tuple(Crossing(int(time), rises) for time, rises in passed if window.start_ms <= time < window.end_ms)


def _with_turns(
    height: Callable[[FloatArray], FloatArray], times: FloatArray, heights: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Samples, with those added at which the body turns back beyond nought though its neighbours stay on this side."""
    left, middle, right = heights[:-2], heights[1:-1], heights[2:]
    is_peak = (middle < 0.0) & (middle >= left) & (middle >= right)
    is_pit = (middle >= 0.0) & (middle <= left) & (middle <= right)
    bend = left - 2.0 * middle + right
    at = np.flatnonzero((is_peak | is_pit) & (bend != 0.0))
    if not at.size:
        return times, heights
    turn = times[at + 1] + 0.5 * _STEP_MS * (left[at] - right[at]) / bend[at]
    beyond = height(turn)
    passes = (beyond >= 0.0) == is_peak[at]
    if not passes.any():
        return times, heights
    times, heights = np.append(times, turn[passes]), np.append(heights, beyond[passes])
    order = np.argsort(times, kind="stable")
    return times[order], heights[order]


def _roots(
    height: Callable[[FloatArray], FloatArray],
    low: FloatArray,
    high: FloatArray,
    low_height: FloatArray,
    high_height: FloatArray,
) -> FloatArray:
    """Where heights of different sign at the ends of brackets go through nought: false position by the Illinois rule.

    Source: M. Dowell and P. Jarratt, A modified regula falsi method for computing the root of an equation, BIT 11
    (1971).
    """
    last, was_low = low, None
    for _ in range(_MOST_ROUNDS):
        middle = low + (high - low) * (low_height / (low_height - high_height))
        if np.all(np.abs(middle - last) <= _EXACT_MS):
            return middle
        last, reached = middle, height(middle)
        is_low = (reached >= 0.0) == (low_height >= 0.0)
        if was_low is not None:  # an end that stays for a second time counts half, so that it is not kept for ever
            low_height = np.where(~is_low & ~was_low, 0.5 * low_height, low_height)
            high_height = np.where(is_low & was_low, 0.5 * high_height, high_height)
        low, low_height = np.where(is_low, middle, low), np.where(is_low, reached, low_height)
        high, high_height = np.where(is_low, high, middle), np.where(is_low, high_height, reached)
        was_low = is_low
    return last
