"""Paired: which measures differ between the variants of one plan, where all variants have the same seeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from waterspace.campaigns.intervals import incomplete_beta

if TYPE_CHECKING:
    from waterspace.campaigns.table import Table

__all__ = ["Spread", "spread_between"]

_ROUNDING = 1e-20
"""Of the squares of the values: what rounding alone may leave where there is no spread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How far the variants of a plan are apart in one measure.

    Attributes:
        measure: its column.
        share: of the variance within the seeds that goes with the variant, 0 to 1; the luck that all variants of a seed
            share is left out.
        chance: how often variants that do not differ would seem to be as far apart, 0 to 1.
        seeds: that have the measure in every variant.
    """

    measure: str
    share: float
    chance: float
    seeds: int


def spread_between(table: Table, measure: str, plan: int = 1) -> Spread | None:
    """How far the variants are apart, compared seed by seed; None where fewer than two seeds have every variant.

    The seeds are the blocks of a two-way analysis of variance without replication, the variants its treatments.

    Source: H. Scheffe, "The Analysis of Variance" (1959), chapter 4; Abramowitz and Stegun, Handbook of Mathematical
    Functions (1964), 26.6.2, for the distribution of F.
    """
    cells: dict[object, dict[object, float]] = {}
    variants: set[object] = set()
    columns = (table[name] for name in ("plan", "variant", "replication", measure))
    for own, variant, replication, value in zip(*columns, strict=True):
        if own != plan:
            continue
        variants.add(variant)
        if isinstance(value, float):
            cells.setdefault(replication, {})[variant] = value
    whole = [[row[variant] for variant in variants] for row in cells.values() if len(row) == len(variants)]
    if len(whole) < 2 or len(variants) < 2:
        return None
    values = np.asarray(whole)
    within = values - values.mean(axis=1, keepdims=True)
    effect = within.mean(axis=0)
    between = len(whole) * float(np.sum(effect**2))
    left = float(np.sum((within - effect) ** 2))
    tiny = _ROUNDING * float(np.sum(values**2))
    if between <= tiny:
        return Spread(measure=measure, share=0.0, chance=1.0, seeds=len(whole))
    free, steps = (len(whole) - 1) * (len(variants) - 1), len(variants) - 1
    chance = 0.0 if left <= tiny else incomplete_beta(free / 2.0, steps / 2.0, left / (left + between))
    return Spread(measure=measure, share=between / (between + left), chance=chance, seeds=len(whole))
