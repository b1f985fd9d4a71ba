"""Balls about shapes: which of thousands may lie near each other, found without a look at most of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from waterspace.domain import Footprint, Position

__all__ = ["Balls", "balls", "near_pairs"]

_SPARE_M = 50.0
"""Added to every reach, for rounding."""

_BULGE = 6.0
"""What lies between points bulges from the chord between them by its square over this many radii of the earth."""

_FAR_M = 4_000_000.0
"""What is wider may be anywhere."""

_CELLS = 2_000_000
"""How many pairs are looked at in one go."""


class Balls(NamedTuple):
    """A ball about each of some shapes, through the earth.

    Attributes:
        middle: earth-centred, shape (n, 3), metres.
        reach_m: shape (n,).
    """

    middle: NDArray[np.float64]
    reach_m: NDArray[np.float64]


def balls(shapes: Sequence[Footprint | Position]) -> Balls:
    """A ball about each shape; a moving box is held with all its way."""
    import numpy as np

    from waterspace.geometry.geodesic import position_arrays
    from waterspace.geometry.plane import EARTH_RADIUS_M
    from waterspace.geometry.reservations.earthframe import earth_centred, norm

    if not shapes:
        return Balls(np.zeros((0, 3)), np.zeros(0))
    pairs = [_points(shape) for shape in shapes]
    points = earth_centred(*position_arrays([one for some, _ in pairs for one in some]))
    counts = np.array([len(some) for some, _ in pairs])
    first = np.cumsum(counts) - counts
    low, high = np.minimum.reduceat(points, first), np.maximum.reduceat(points, first)
    wide_m = norm(high - low)
    reach_m = wide_m / 2.0 + wide_m**2 / (_BULGE * EARTH_RADIUS_M) + np.array([more for _, more in pairs]) + _SPARE_M
    return Balls((low + high) / 2.0, np.where(wide_m > _FAR_M, np.inf, reach_m))


def _points(shape: Footprint | Position) -> tuple[Sequence[Position], float]:  # noqa: PLR0911  # one for each kind
    """Positions between which a shape lies, and how far it reaches beyond them."""
    from waterspace.domain import Circle, Corridor, Joined, MovingBox, Polygon, Sector, Without

    match shape:
        case Circle() | Sector():
            return (shape.centre,), shape.radius_m
        case Polygon():
            return shape.vertices, 0.0
        case Corridor():
            return shape.waypoints, shape.half_width_m
        case MovingBox():
            ends = [*(leg.start for leg in shape.legs), shape.legs[-1].end]
            return ends, max(shape.ahead_m, shape.astern_m) + shape.abeam_m
        case Joined():
            parts = [_points(part) for part in shape.parts]
            return [one for some, _ in parts for one in some], max(more for _, more in parts)
        case Without():
            return _points(shape.base)
        case _:
            return (shape,), 0.0


def near_pairs(ours: Balls, theirs: Balls, within_m: float) -> list[tuple[int, int]]:
    """Numbers of the pairs that may come within a distance; what is left out surely does not."""
    import numpy as np

    found: list[tuple[int, int]] = []
    if not theirs.reach_m.size:
        return found
    step = max(_CELLS // theirs.reach_m.size, 1)
    for start in range(0, ours.reach_m.size, step):
        here, reach_m = ours.middle[start : start + step], ours.reach_m[start : start + step]
        square = np.maximum(
            (here**2).sum(axis=1)[:, None] + (theirs.middle**2).sum(axis=1) - 2.0 * here @ theirs.middle.T, 0.0
        )
        close = np.sqrt(square) <= within_m + reach_m[:, None] + theirs.reach_m
        first, second = np.nonzero(close)
        found.extend(zip((first + start).tolist(), second.tolist(), strict=True))
    return found
