"""How sure a share of independent runs is: Wilson's interval.

Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American
Statistical Association 22 (1927).
"""

from __future__ import annotations

import math
from statistics import NormalDist

from waterspace.phenomena.draws import ModelError

__all__ = ["wilson"]


def wilson(successes_count: int, runs_count: int, confidence_ratio: float = 0.95) -> tuple[float, float]:
    """The interval that holds the true share with the given confidence.

    Args:
        successes_count: from 0 to the number of runs.
        runs_count: 1 or more.
        confidence_ratio: above 0 and below 1.

    Raises:
        ModelError: an argument out of its bounds.
    """
    if not (runs_count > 0 and 0 <= successes_count <= runs_count and 0.0 < confidence_ratio < 1.0):
        raise ModelError(
            f"found {successes_count} of {runs_count} runs at confidence {confidence_ratio}; "
            "expected 0 or more, no more than there are runs, and a confidence above 0 and below 1"
        )
    z = NormalDist().inv_cdf(0.5 + confidence_ratio / 2.0)
    share, weight = successes_count / runs_count, z * z / runs_count
    centre = (share + weight / 2.0) / (1.0 + weight)
    half = z / (1.0 + weight) * math.sqrt(share * (1.0 - share) / runs_count + weight / (4.0 * runs_count))
    low = max(0.0, centre - half) if successes_count else 0.0
    return low, min(1.0, centre + half) if successes_count < runs_count else 1.0
