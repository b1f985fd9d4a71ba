"""Designs: which values the variants of a campaign take together."""

from __future__ import annotations

import itertools
import math
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from waterspace.campaigns.sobol import sobol_points
from waterspace.engine.streams import Streams
from waterspace.errors import CampaignError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from waterspace.campaigns.factors import Factor

__all__ = ["GRID_LEVELS", "Design", "latin_hypercube", "usual_variants", "variants"]

GRID_LEVELS = 5
"""Levels of a range in a grid."""
_MOST_VARIANTS = 10_000


class Design(StrEnum):
    """How the variants are spread over the ranges."""

    LHS = "lhs"
    GRID = "grid"
    SOBOL = "sobol"


def usual_variants(design: Design, runs: int) -> int:
    """How many variants share so many runs, where nobody says: about as many as each then has runs.

    A divisor of the number of runs where one is near; for Sobol points a power of two, for they are even in these.
    """
    root = math.sqrt(runs)
    if design is Design.SOBOL:
        return 1 << max(0, round(math.log2(root)))
    near = [count for count in range(1, runs + 1) if runs % count == 0 and root / 2.0 <= count <= root * 2.0]
    return min(near, key=lambda count: (abs(math.log(count / root)), count)) if near else max(1, math.isqrt(runs))


def variants(factors: Sequence[Factor], design: Design, count: int, seed: int) -> tuple[tuple[str, ...], ...]:
    """The texts of every variant, one for each factor; one variant without texts where nothing is varied.

    Args:
        factors: what is varied.
        design: how.
        count: of variants; a grid has as many as it has.
        seed: of the campaign.

    Raises:
        CampaignError: there are too many variants or factors.
    """
    if not factors:
        return ((),)
    if design is Design.GRID:
        levels = [factor.levels(GRID_LEVELS) for factor in factors]
        size = math.prod(map(len, levels))
        if size > _MOST_VARIANTS:
            raise CampaignError(f"the grid has {size} variants, more than {_MOST_VARIANTS}: vary less, or take lhs")
        return tuple(itertools.product(*levels))
    if count > _MOST_VARIANTS:
        raise CampaignError(f"{count} variants are more than {_MOST_VARIANTS}: take fewer")
    shares = _shares(design, count, len(factors), seed)
    return tuple(tuple(factor.at(float(share)) for factor, share in zip(factors, row, strict=True)) for row in shares)


def _shares(design: Design, count: int, dimensions: int, seed: int) -> NDArray[np.float64]:
    luck = Streams(seed).get(f"campaign/{design.value}")
    if design is Design.LHS:
        return latin_hypercube(count, dimensions, luck)
    shift = luck.integers(0, 2**32, size=dimensions, dtype=np.uint32)
    return sobol_points(count, dimensions, shift)


def latin_hypercube(count: int, dimensions: int, luck: np.random.Generator) -> NDArray[np.float64]:
    """Points with one in each of `count` equal parts of every dimension, anywhere inside the part.

    Source: M. D. McKay, R. J. Beckman and W. J. Conover, "A comparison of three methods for selecting values of input
    variables in the analysis of output from a computer code", Technometrics 21 (1979) 239-245.

    Returns:
        Shape (count, dimensions), from 0 to below 1.
    """
    columns = [(luck.permutation(count) + luck.random(count)) / count for _ in range(dimensions)]
    return np.minimum(np.stack(columns, axis=1), np.nextafter(1.0, 0.0))
