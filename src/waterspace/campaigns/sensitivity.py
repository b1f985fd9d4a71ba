"""Sensitivity: which of the varied values moves a measure, and which way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["Influence", "influences"]

_FEWEST_BINS, _MOST_BINS = 8, 32
"""Parts into which the values of a factor are cut: the cube root of their number, within these bounds (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """What one varied value has to do with one measure.

    Attributes:
        factor: the path of the varied value.
        share: of the variance of the measure that goes with it alone, 0 to 1.
        direction: standardised rank regression coefficient, -1 to 1 for independent factors: the sign says which way.
            None where a factor has no order, or where the regression cannot be worked out.
    """

    factor: str
    share: float
    direction: float | None


def influences(factors: Mapping[str, Sequence[object]], values: Sequence[float]) -> tuple[Influence, ...]:
    """The varied values in the order of their influence on a measure, the greatest first.

    The share is the first-order index estimated from given data: the factor is cut into parts of equal count, and the
    variance between the means of the parts is compared with the whole, less what chance alone would give. The direction
    comes from a linear regression of ranks on ranks.

    Source: E. Plischke, E. Borgonovo and C. L. Smith, "Global sensitivity measures from given data", European Journal
    of Operational Research 226 (2013) 536-550, for the parts; T. L. Kelley, "An unbiased correlation ratio measure",
    Proceedings of the National Academy of Sciences 21 (1935) 554-559, for the correction; R. L. Iman and W. J. Conover,
    "The use of the rank transform in regression", Technometrics 21 (1979) 499-509.

    Args:
        factors: path to the value in each run; values without order are texts.
        values: of the measure, in the same order.
    """
    found = np.asarray(values, dtype=np.float64)
    if len(found) < 3 or float(np.ptp(found)) == 0.0:
        return ()
    directions = _directions(factors, found)
    listed = [
        Influence(factor=name, share=_share(_parts(column), found), direction=directions.get(name))
        for name, column in factors.items()
    ]
    return tuple(sorted(listed, key=lambda one: (-one.share, -abs(one.direction or 0.0), one.factor)))


def _parts(column: Sequence[object]) -> NDArray[np.intp]:
    """The number of the part that each value falls in."""
    levels, index, counts = np.unique(np.asarray(column), return_inverse=True, return_counts=True)
    bins = min(_MOST_BINS, max(_FEWEST_BINS, round(len(column) ** (1.0 / 3.0))))
    if len(levels) <= bins or not np.issubdtype(levels.dtype, np.number):
        return np.asarray(index, dtype=np.intp)
    middle = np.cumsum(counts) - counts / 2.0
    part = np.minimum((middle * bins / counts.sum()).astype(np.intp), bins - 1)
    return np.asarray(part[index], dtype=np.intp)


def _share(parts: NDArray[np.intp], values: NDArray[np.float64]) -> float:
    """The correlation ratio, corrected for the number of parts."""
    used, index = np.unique(parts, return_inverse=True)
    free = len(values) - len(used)
    if len(used) < 2 or free < 1:
        return 0.0
    means = np.bincount(index, weights=values) / np.bincount(index)
    within = float(np.sum((values - means[index]) ** 2)) / free
    whole = float(np.var(values, ddof=1))
    return min(1.0, max(0.0, 1.0 - within / whole))


def _directions(factors: Mapping[str, Sequence[object]], values: NDArray[np.float64]) -> dict[str, float]:
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
