"""How likely a search is to find what it looks for: coverage, and the detection laws on it.

Sources: B. O. Koopman, "Search and Screening", OEG Report 56, 1946 (random search, and the inverse-cube law of
sighting); IAMSAR Manual volume II (coverage factor, probability of detection); the formulas agree with AMSA,
National Search and Rescue Manual, 2023.
Limits: the object stands still or moves slowly against the searcher, and a look on one leg tells nothing of the next.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING

from waterspace.phenomena.draws import above_zero, as_draw

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "DetectionLaw",
    "combined_ratio",
    "coverage_ratio",
    "definite_range_ratio",
    "detection_ratio",
    "inverse_cube_ratio",
    "random_search_ratio",
    "random_search_s",
]


class DetectionLaw(StrEnum):
    """What is assumed of the way in which a searcher finds an object."""

    RANDOM = "random search"
    INVERSE_CUBE = "inverse cube"
    DEFINITE_RANGE = "definite range"


def coverage_ratio(sweep_width_m: float, track_m: float, area_m2: float) -> float:
    """Area swept over area searched: sweep width times length of track, divided by the area."""
    return sweep_width_m * track_m / area_m2 if area_m2 > 0.0 else 0.0


def random_search_ratio(coverage: float) -> float:
    """Probability of detection where the tracks lie at random in the area."""
    return -math.expm1(-coverage)


def inverse_cube_ratio(coverage: float) -> float:
    """Probability of detection by eye on parallel sweeps, in ideal conditions."""
    return math.erf(math.sqrt(math.pi) / 2.0 * coverage)


def definite_range_ratio(coverage: float) -> float:
    """Probability of detection where everything within half a sweep width is seen, and nothing beyond."""
    return min(1.0, coverage)


def detection_ratio(law: DetectionLaw, coverage: float) -> float:
    """Probability of detection at a coverage, by the law named."""
    match law:
        case DetectionLaw.RANDOM:
            return random_search_ratio(coverage)
        case DetectionLaw.INVERSE_CUBE:
            return inverse_cube_ratio(coverage)
        case DetectionLaw.DEFINITE_RANGE:
            return definite_range_ratio(coverage)


def combined_ratio(probabilities: Iterable[float]) -> float:
    """Probability that at least one of several independent searches of the same area detects."""
    return 1.0 - math.prod(1.0 - probability for probability in probabilities)


def random_search_s(area_m2: float, sweep_width_m: float, speed_mps: float, draw_ratio: float) -> float:
    """After how long a random search of an area detects, for one drawn number: area is swept at a constant rate.

    Args:
        area_m2: in which the object lies, anywhere alike.
        sweep_width_m: of the searcher.
        speed_mps: of the searcher against the object.
        draw_ratio: from 0 to below 1.

    Raises:
        ModelError: an argument out of its bounds.
    """
    above_zero(area_m2=area_m2, sweep_width_m=sweep_width_m, speed_mps=speed_mps)
    return -math.log1p(-as_draw(draw_ratio)) * area_m2 / (sweep_width_m * speed_mps)
