"""Sensitivity: which of the varied values moves a measure, and which way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from waterspace.campaigns.intervals import incomplete_beta

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["Influence", "influences"]

_FEWEST_PARTS, _MOST_PARTS = 2, 32
"""Parts into which the values of a factor are cut: the root of how many there are, within these bounds (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """What one varied value has to do with one measure.

    Attributes:
        factor: the path of the varied value.
        share: of the variance of the measure that goes with it alone, 0 to 1.
        chance: how often a value without any influence would seem to have as much, 0 to 1.
        direction: standardised rank regression coefficient, -1 to 1 for independent factors: the sign says which way.
            None where a factor has no order, or where the regression cannot be worked out.
    """

    factor: str
    share: float
    chance: float
    direction: float | None


def influences(
    factors: Mapping[str, Sequence[object]], values: Sequence[float], variants: Sequence[object] | None = None
) -> tuple[Influence, ...]:
    """The varied values in the order of their influence on a measure, the greatest first.

    The share is the first-order index estimated from given data: the factor is cut into parts of equal count, and the
    variance between the means of the parts is compared with the whole, less what chance alone would give. The chance is
    that of the F test. Runs of one variant have the same values and count as one, by their mean. The direction comes
    from a linear regression of ranks on ranks.

    Source: E. Plischke, E. Borgonovo and C. L. Smith, "Global sensitivity measures from given data", European Journal
    of Operational Research 226 (2013) 536-550, for the parts; T. L. Kelley, "An unbiased correlation ratio measure",
    Proceedings of the National Academy of Sciences 21 (1935) 554-559, for the correction; R. L. Iman and W. J. Conover,
    "The use of the rank transform in regression", Technometrics 21 (1979) 499-509.

    Args:
        factors: path to the value in each run; values without order are texts.
        values: of the measure, in the same order.
        variants: what variant each run is of; without it each is one of its own.
    """
    found = np.asarray(values, dtype=np.float64)
    if len(found) < 3 or float(np.ptp(found)) == 0.0:
        return ()
    numbers = np.arange(len(found)) if variants is None else np.asarray(variants)
    _, first, index = np.unique(numbers, return_index=True, return_inverse=True)
    means = np.bincount(index, weights=found) / np.bincount(index)
    of_variants = {name: [column[row] for row in first] for name, column in factors.items()}
    explained = float(np.var(means) / np.var(found)) if len(means) > 1 else 0.0
    directions = _directions(of_variants, means) if explained > 0.0 else {}
    listed = []
    for name, column in of_variants.items():
        share, chance = _share(_parts(column), means)
        listed.append(
            Influence(factor=name, share=share * explained, chance=chance, direction=directions.get(name)),
        )
    return tuple(sorted(listed, key=lambda one: (-one.share, -abs(one.direction or 0.0), one.factor)))


def _parts(column: Sequence[object]) -> NDArray[np.intp]:
    """The number of the part that each value falls in."""
    levels, index, counts = np.unique(np.asarray(column), return_inverse=True, return_counts=True)
    parts = min(_MOST_PARTS, max(_FEWEST_PARTS, round(len(column) ** 0.5)))
    if len(levels) <= parts or not np.issubdtype(levels.dtype, np.number):
        return np.asarray(index, dtype=np.intp)
    middle = np.cumsum(counts) - counts / 2.0
    part = np.minimum((middle * parts / counts.sum()).astype(np.intp), parts - 1)
    return np.asarray(part[index], dtype=np.intp)


def _share(parts: NDArray[np.intp], values: NDArray[np.float64]) -> tuple[float, float]:
    """The correlation ratio, corrected for the number of parts, and how often chance alone would give as much.

    Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.6.2, for the distribution of F.
    """
    used, index = np.unique(parts, return_inverse=True)
    between, free = len(used) - 1, len(values) - len(used)
    squares = float(np.sum((values - values.mean()) ** 2))
    if between < 1 or free < 1 or squares == 0.0:
        return 0.0, 1.0
    means = np.bincount(index, weights=values) / np.bincount(index)
    within = min(squares, float(np.sum((values - means[index]) ** 2)))
    share = 1.0 - (within / free) / (squares / (len(values) - 1))
    return min(1.0, max(0.0, share)), incomplete_beta(free / 2.0, between / 2.0, within / squares)


def _directions(factors: Mapping[str, Sequence[object]], values: NDArray[np.float64]) -> dict[str, float]:
    """The coefficients of the factors that have an order; none where they cannot be told apart."""
    ranked = {
        name: _standard(_ranks(np.asarray(column, dtype=np.float64)))
        for name, column in factors.items()
        if all(isinstance(value, (int, float)) for value in column)
    }
    ranked = {name: column for name, column in ranked.items() if np.any(column)}
    if not ranked or len(values) <= len(ranked) + 1:
        return {}
    matrix = np.stack(list(ranked.values()), axis=1)
    solution, _, rank, _ = np.linalg.lstsq(matrix, _standard(_ranks(values)), rcond=None)
    if int(rank) < len(ranked):
        return {}
    return {name: float(value) for name, value in zip(ranked, solution, strict=True)}


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks, equal values sharing the mean of theirs."""
    _, index, counts = np.unique(values, return_inverse=True, return_counts=True)
    mean_rank = np.cumsum(counts) - (counts - 1) / 2.0
    return np.asarray(mean_rank[index], dtype=np.float64)


def _standard(values: NDArray[np.float64]) -> NDArray[np.float64]:
    spread = float(np.std(values))
    return np.asarray((values - np.mean(values)) / spread if spread else np.zeros_like(values), dtype=np.float64)
