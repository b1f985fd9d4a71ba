"""Breakdown and repair: when what wears out fails, and when it works again.

Times to failure and to repair are drawn from Weibull's distribution; its shape 1 is the exponential one, in which age
does not matter. After a repair a thing is as good as new (assumed).

Sources: W. Weibull, A statistical distribution function of wide applicability, Journal of Applied Mechanics 18 (1951);
availability, R. E. Barlow and F. Proschan, Mathematical Theory of Reliability, 1965 (alternating renewal process).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from waterspace.domain import Window
from waterspace.errors import ModelError
from waterspace.phenomena.draws import above_zero, as_draw, from_zero
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

__all__ = ["SHAPES", "Lifetime", "availability_at_ratio", "availability_ratio", "breakdowns"]

SHAPES: Final = (0.1, 20.0)
"""Least and greatest of Weibull's shape that is computed with (assumed): beyond them nothing wears so, and the mean of
a small one is made by rare times that no run is long enough to see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifetime:
    """How long something lasts: works until it fails, or is under repair.

    Attributes:
        mean_s: above 0.
        shape_ratio: Weibull's shape, from 0.1 to 20: below 1 what is new fails soonest, 1 is exponential, above
            1 it wears.
    """

    mean_s: float
    shape_ratio: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a mean that is not above 0, and a shape out of bounds."""
        above_zero(mean_s=self.mean_s)
        least, most = SHAPES
        if not least <= self.shape_ratio <= most:
            raise ModelError(f"shape_ratio is {self.shape_ratio}; expected a number from {least:g} to {most:g}")

    @property
    def scale_s(self) -> float:
        """Weibull's scale: what 63 in 100 do not outlast."""
        return self.mean_s / math.gamma(1.0 + 1.0 / self.shape_ratio)

    def survival_ratio(self, after_s: float) -> float:
        """Chance that it lasts longer than a time of 0 or more.

        Raises:
            ModelError: the time is negative or not finite.
        """
        from_zero(after_s=after_s)
        return math.exp(-math.pow(after_s / self.scale_s, self.shape_ratio))

    def drawn_s(self, draw_ratio: float) -> float:
        """How long it lasts for one drawn number; more for a greater one.

        Raises:
            ModelError: the draw is not from 0 to below 1.
        """
        return self.scale_s * math.pow(-math.log1p(-as_draw(draw_ratio)), 1.0 / self.shape_ratio)


def breakdowns(stream: np.random.Generator, start_ms: int, works: Lifetime, repair: Lifetime) -> Iterator[Window]:
    """Spells of being out of order, without end; two numbers are drawn for each, and none before it is asked for.

    Outages of a communications link come from the same model. Both ends of a spell are whole milliseconds, and between
    two changes at least one passes.

    Args:
        stream: of its owner; nobody else may draw from it while the spells are read.
        start_ms: milliseconds since 1970; it works then, as new.
        works: time to failure.
        repair: time to repair.
    """
    now_ms = start_ms
    while True:
        failed_ms = now_ms + _lasts_ms(works, stream)
        now_ms = failed_ms + _lasts_ms(repair, stream)
        yield Window(start_ms=failed_ms, end_ms=now_ms)


def availability_ratio(works: Lifetime, repair: Lifetime) -> float:
    """Share of time in which it works, in the long run, whatever the shapes."""
    return works.mean_s / (works.mean_s + repair.mean_s)


def availability_at_ratio(works_mean_s: float, repair_mean_s: float, after_s: float) -> float:
    """Chance that it works at a time after it was new, both times exponential.

    Args:
        works_mean_s: mean time to failure, above 0.
        repair_mean_s: mean time to repair, above 0.
        after_s: 0 or more.

    Raises:
        ModelError: an argument out of its bounds.
    """
    above_zero(works_mean_s=works_mean_s, repair_mean_s=repair_mean_s)
    from_zero(after_s=after_s)
    steady = works_mean_s / (works_mean_s + repair_mean_s)
    return steady + (1.0 - steady) * math.exp(-after_s * (1.0 / works_mean_s + 1.0 / repair_mean_s))


def _lasts_ms(lifetime: Lifetime, stream: np.random.Generator) -> int:
    return max(1, round(lifetime.drawn_s(float(stream.random())) * SECOND_MS))
