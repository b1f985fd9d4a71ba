"""Intervals: how far a mean, a share or a difference may be from what was counted."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "CONFIDENCE",
    "Estimate",
    "estimate",
    "incomplete_beta",
    "is_share",
    "mean_interval",
    "t_quantile",
    "wilson_interval",
    "within_bounds",
]

CONFIDENCE = 0.95
"""Of every interval: in so many of a hundred campaigns it holds the true value."""

_SIZES = ("_count", "_ratio", "_mps", "_ms", "_kg", "_m", "_s")
"""Endings of what is counted, timed, weighed or measured; a bearing is not."""
_TINY = 1e-300
_MOST_STEPS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean or share with its interval.

    Attributes:
        count: of the values it rests on.
        value: the mean; of a share, how many of the runs.
        low: lower end of the interval; None where one value alone says nothing about the spread.
        high: upper end.
        method: `t`, `Wilson` or `none`.
        seeds: independent groups that the interval rests on, where those are not the values themselves.
    """

    count: int
    value: float
    low: float | None
    high: float | None
    method: str
    seeds: int | None = None

    @property
    def half_width(self) -> float:
        """Half the interval, infinite where there is none."""
        return math.inf if self.low is None or self.high is None else (self.high - self.low) / 2.0


def is_share(name: str, values: Sequence[float]) -> bool:
    """Whether the values of a measure are yes or no, one for each run: a `_ratio` that is never but 0 or 1."""
    return name.endswith("_ratio") and all(value in {0.0, 1.0} for value in values)


def estimate(name: str, values: Sequence[float]) -> Estimate | None:
    """The mean of independent values of a measure, or the share where each is yes or no; None without a value."""
    if not values:
        return None
    if is_share(name, values):
        return wilson_interval(sum(values), len(values))
    return within_bounds(name, values, mean_interval(values))


def within_bounds(name: str, values: Sequence[float], found: Estimate) -> Estimate:
    """The interval of a mean, cut to what is possible.

    Parts of a whole lie between none and all where every value does; what has a size and was never negative has a mean
    that is not negative.

    Args:
        name: of the measure; its ending says what is possible.
        values: that the mean is of.
        found: the interval.
    """
    if found.low is None or found.high is None or min(values) < 0.0:
        return found
    if name.endswith("_ratio") and max(values) <= 1.0:
        return replace(found, low=max(0.0, found.low), high=min(1.0, found.high))
    return replace(found, low=max(0.0, found.low)) if _has_a_size(name) else found


def _has_a_size(name: str) -> bool:
    return name.partition("#")[0].endswith(_SIZES)


def mean_interval(values: Sequence[float]) -> Estimate:
    """The mean, and Student's interval for it.

    Source: Student, "The probable error of a mean", Biometrika 6 (1908) 1-25.
    """
    count = len(values)
    mean = math.fsum(values) / count
    if count == 1:
        return Estimate(count=1, value=mean, low=None, high=None, method="none")
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (count - 1))
    half = t_quantile((1.0 + CONFIDENCE) / 2.0, count - 1) * spread / math.sqrt(count)
    return Estimate(count=count, value=mean, low=mean - half, high=mean + half, method="t")


def wilson_interval(successes: float, count: int, confidence: float = CONFIDENCE) -> Estimate:
    """A share, and Wilson's interval for it, which is right near 0 and 1 too.

    Args:
        successes: 0 to `count`.
        count: 1 or more.
        confidence: with which the interval holds the share, above 0 and below 1.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
    American Statistical Association 22 (1927) 209-212.
    """
    z = NormalDist().inv_cdf((1.0 + confidence) / 2.0)
    share = successes / count
    weight = 1.0 + z * z / count
    middle = (share + z * z / (2.0 * count)) / weight
    half = z * math.sqrt(share * (1.0 - share) / count + z * z / (4.0 * count * count)) / weight
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Estimate(count=count, value=share, low=min(low, share), high=max(high, share), method="Wilson")


@cache
def t_quantile(probability: float, freedom: int) -> float:
    """The quantile of Student's t, by bisection of its distribution function.

    Args:
        probability: 0.5 to below 1.
        freedom: degrees of freedom, 1 or more.
    """
    low, high = 0.0, 1.0
    while _t_below(high, freedom) < probability:
        high *= 2.0
    for _ in range(200):
        middle = (low + high) / 2.0
        if middle in {low, high}:
            break
        low, high = (middle, high) if _t_below(middle, freedom) < probability else (low, middle)
    return high


def _t_below(t: float, freedom: int) -> float:
    """The share of Student's t below a value that is not negative.

    Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.5.27.
    """
    return 1.0 - 0.5 * incomplete_beta(freedom / 2.0, 0.5, freedom / (freedom + t * t))


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function.

    Source: Abramowitz and Stegun, 26.5.8, the continued fraction, and 26.5.2, the symmetry.
    """
    if x <= 0.0 or x >= 1.0:
        return min(max(x, 0.0), 1.0)
    if x > (a + 1.0) / (a + b + 2.0):
        return 1.0 - incomplete_beta(b, a, 1.0 - x)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x) - math.log(a)
    )
    return front * _continued_fraction(a, b, x)


def _continued_fraction(a: float, b: float, x: float) -> float:
    """By Lentz's method, which works from the front."""
    c, d = 1.0, 1.0 / _away_from_zero(1.0 - (a + b) * x / (a + 1.0))
    total = d
    for step in range(1, _MOST_STEPS):
        even = step * (b - step) * x / ((a + 2 * step - 1.0) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1.0))
        change = 1.0
        for term in (even, odd):
            d = 1.0 / _away_from_zero(1.0 + term * d)
            c = _away_from_zero(1.0 + term / c)
            change = c * d
            total *= change
        if abs(change - 1.0) < 1e-16:
            break
    return total


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
