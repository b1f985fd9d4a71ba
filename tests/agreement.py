"""Whether drawn runs agree with a closed form: the test behind Wilson's interval."""

from __future__ import annotations

import math
from statistics import NormalDist

__all__ = ["CONFIDENCE", "RUNS", "agrees"]

RUNS = 10_000
CONFIDENCE = 0.999


def agrees(successes: int, expected: float, runs: int = RUNS) -> bool:
    """Whether the closed form lies in Wilson's interval, at the confidence above, of so many successes."""
    z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2.0)
    return abs(successes / runs - expected) <= z * math.sqrt(expected * (1.0 - expected) / runs) + 1e-12
