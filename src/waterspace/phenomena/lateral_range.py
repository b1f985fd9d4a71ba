"""How likely one straight pass is to detect, by how far off it goes: lateral range curves and their sweep width.

Source: B. O. Koopman, Search and Screening, OEG Report 56, 1946, chapter 2: the lateral range curve, the effective
search width as the area under it, and the inverse cube law of sighting.
Limits: the pass is long, straight and at constant speed, past an object that keeps its course and speed.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from waterspace.errors import ModelError
from waterspace.phenomena.draws import above_zero, as_ratio

__all__ = ["definite_lateral_ratio", "inverse_cube_lateral_ratio", "inverse_cube_width_m", "sweep_width_m"]

_LEAST_STEPS = 2


def definite_lateral_ratio(lateral_m: float, sweep_width_m: float) -> float:
    """Chance of detection where everything within half a sweep width is seen, and nothing beyond: 1 or 0.

    Args:
        lateral_m: range at the closest point.
        sweep_width_m: above 0.

    Raises:
        ModelError: the sweep width is not above 0.
    """
    above_zero(sweep_width_m=sweep_width_m)
    return 1.0 if abs(lateral_m) <= sweep_width_m / 2.0 else 0.0


def inverse_cube_lateral_ratio(lateral_m: float, sweep_width_m: float) -> float:
    """Chance of detection by the inverse cube law: 1 - exp(-W² / 4πx²).

    Args:
        lateral_m: range at the closest point.
        sweep_width_m: above 0.

    Raises:
        ModelError: the sweep width is not above 0.
    """
    above_zero(sweep_width_m=sweep_width_m)
    ratio = abs(lateral_m) / sweep_width_m
    square = 4.0 * math.pi * ratio * ratio
    return -math.expm1(-1.0 / square) if square > 0.0 else 1.0


def inverse_cube_width_m(lateral_m: float, seen_ratio: float) -> float:
    """The sweep width with which the inverse cube law gives a known chance at a known lateral range.

    Args:
        lateral_m: above 0.
        seen_ratio: above 0 and below 1.

    Raises:
        ModelError: an argument out of its bounds.
    """
    above_zero(lateral_m=lateral_m)
    if not 0.0 < as_ratio("seen_ratio", seen_ratio) < 1.0:
        raise ModelError(f"seen_ratio is {seen_ratio}; only a chance above 0 and below 1 tells a sweep width")
    return 2.0 * lateral_m * math.sqrt(-math.pi * math.log1p(-seen_ratio))


def sweep_width_m(curve: Callable[[float], float], reach_m: float, steps_count: int = 20_000) -> float:
    """The area under a lateral range curve that is alike on both sides, by Simpson's rule.

    Args:
        curve: chance of detection at a lateral range in metres.
        reach_m: beyond which the curve is taken as 0.
        steps_count: even, 2 or more.

    Raises:
        ModelError: an argument out of its bounds.
    """
    above_zero(reach_m=reach_m)
    if steps_count < _LEAST_STEPS or steps_count % 2:
        raise ModelError(f"steps_count is {steps_count}; Simpson's rule needs an even number of 2 or more")
    step_m = reach_m / steps_count
    inner = math.fsum((4.0 if step % 2 else 2.0) * curve(step * step_m) for step in range(1, steps_count))
    return 2.0 * step_m / 3.0 * (curve(0.0) + inner + curve(reach_m))
