"""How likely tracks are to detect something that stands anywhere in an area: the law applied to the tracks as run.

Koopman's formulas of coverage hold for tracks without end. Here the potential of detection is gathered along every
straight piece of the tracks that were really run, at many places spread over the area, and the mean chance is the
answer; edges, gaps and tracks run twice are counted as they are.

Source: B. O. Koopman, Search and Screening, OEG Report 56, 1946, chapters 2 and 3: potential of detection along a
straight run, definite range and inverse cube law.
Limits: the object stands; places lie on a flat sheet, east and north of one origin; heights are left out.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from waterspace.phenomena.detection import DefiniteRange, InverseCube

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from waterspace.geometry.geodesic import FloatArray

__all__ = ["found_ratio", "places_in", "potentials"]

_PLASTIC = 1.324717957244746
_STEPS = np.array([1.0 / _PLASTIC, 1.0 / _PLASTIC**2])
"""Steps of the additive sequences; the plastic number is the real root of x³ = x + 1."""

_NEAR_M = 0.1
"""A place nearer to a track than this counts as this near; the chance there is 1 in any case."""


def places_in(outline: Sequence[tuple[float, float]], count: int = 800) -> FloatArray:
    """Places spread evenly over an outline, without rows that could run along a track, the same each time.

    The two coordinates are additive sequences of the powers of one over the plastic number.
    Source: H. Niederreiter, Random Number Generation and Quasi-Monte Carlo Methods, 1992 (Kronecker sequences).

    Args:
        outline: corners in metres, in order, the first not repeated.
        count: about how many are wanted; above 0.

    Returns:
        Of shape (n, 2); one place, the middle of the corners, where the outline holds no area.
    """
    corners = np.asarray(outline, dtype=float)
    low_m, high_m = corners.min(axis=0), corners.max(axis=0)
    following = np.roll(corners, -1, axis=0)
    area_m2 = abs(float(np.sum(corners[:, 0] * following[:, 1] - following[:, 0] * corners[:, 1]))) / 2.0
    box_m2 = float(np.prod(high_m - low_m))
    middle: FloatArray = corners.mean(axis=0, keepdims=True)
    if area_m2 <= 0.0:
        return middle
    tried = np.arange(1, math.ceil(count * box_m2 / area_m2) + 1)[:, None]
    spread = low_m + (high_m - low_m) * ((0.5 + tried * _STEPS) % 1.0)
    inside: FloatArray = spread[_inside(spread, corners, following)]
    return inside if inside.size else middle


def potentials(law: DefiniteRange | InverseCube, pieces: FloatArray, places: FloatArray) -> FloatArray:
    """The potential of detection that straight pieces of a track gather at each place.

    Args:
        law: of detection; a limit of range is not looked at.
        pieces: of shape (n, 5): start and end in metres, and the time taken in seconds.
        places: of shape (m, 2), in metres.

    Returns:
        Of shape (m,), from 0 to infinity.
    """
    moving = pieces[(np.hypot(*(pieces[:, 2:4] - pieces[:, :2]).T) > 0.0) & (pieces[:, 4] > 0.0)]
    if not moving.size:
        return np.zeros(len(places))
    way_m = moving[:, 2:4] - moving[:, :2]
    length_m = np.hypot(way_m[:, 0], way_m[:, 1])
    ahead = way_m / length_m[:, None]
    from_start_m = places[:, None, :] - moving[None, :, :2]
    along_m = np.einsum("mnk,nk->mn", from_start_m, ahead)
    across_m = np.abs(from_start_m[..., 0] * ahead[:, 1] - from_start_m[..., 1] * ahead[:, 0])
    if isinstance(law, DefiniteRange):
        beyond_m = np.maximum(np.maximum(-along_m, along_m - length_m), 0.0)
        seen = np.hypot(across_m, beyond_m) <= law.range_m
        return np.where(seen.any(axis=1), np.inf, 0.0)
    across_m = np.maximum(across_m, _NEAR_M)
    left_m = length_m - along_m
    gathered = (left_m / np.hypot(across_m, left_m) + along_m / np.hypot(across_m, along_m)) / across_m**2
    rate = law.at_mps * law.sweep_width_m**2 / (8.0 * math.pi) * moving[:, 4] / length_m
    return np.asarray(gathered @ rate)


def found_ratio(tracks: Iterable[tuple[DefiniteRange | InverseCube, FloatArray]], places: FloatArray) -> float:
    """Chance that at least one searcher detects an object that stands at any of the places alike.

    Args:
        tracks: the law of each searcher, and its pieces as `potentials` takes them.
        places: of shape (m, 2), in metres; at least one.
    """
    total = np.zeros(len(places))
    for law, pieces in tracks:
        total += potentials(law, pieces, places)
    return float(np.mean(-np.expm1(-total)))


def _inside(points: FloatArray, corners: FloatArray, following: FloatArray) -> NDArray[np.bool_]:
    """Which points lie in an outline, by counting the sides that lie beyond each."""
    x, y = points[:, :1], points[:, 1:]
    spans = (corners[:, 1] > y) != (following[:, 1] > y)
    rise = following[:, 1] - corners[:, 1]
    slope = (following[:, 0] - corners[:, 0]) / np.where(rise == 0.0, 1.0, rise)
    crossing = corners[:, 0] + (y - corners[:, 1]) * slope
    return np.asarray(np.sum(spans & (crossing > x), axis=1) % 2 == 1)
