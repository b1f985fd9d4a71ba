"""Sifting: what surely has nothing to be said about, found for thousands at once, so that few are looked at closely.

Whatever is left over has to be looked at; nothing is decided here but that nothing is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from waterspace.domain import Area, Reservation
    from waterspace.environment.shores.openwater import Circles
    from waterspace.geometry.arrays import FloatArray

    Bools = NDArray[np.bool_]

__all__ = ["balls_around", "balls_of", "surely_clear"]

_FARTHEST_M = 150_000.0
"""What reaches farther is looked at by itself."""


def balls_of(claims: Sequence[Reservation]) -> tuple[FloatArray, FloatArray]:
    """A ball about each claim that has a window: middles, shape (claims, 3), and reach; endless for one without."""
    import numpy as np

    from waterspace.geometry.reservations.earthframe import norm
    from waterspace.geometry.reservations.table import Table

    middle, reach_m = np.zeros((len(claims), 3)), np.full(len(claims), np.inf)
    if not claims:
        return middle, reach_m
    shapes = Table.of(claims).shapes
    order = np.argsort(shapes.owner, kind="stable")
    owner = shapes.owner[order]
    first = np.flatnonzero(np.append(True, owner[1:] != owner[:-1]))
    named = owner[first]
    middle[named] = shapes.middle[order][first]
    away_m = norm(shapes.middle[order] - middle[owner]) + shapes.reach_m[order]
    reach_m[named] = np.maximum.reduceat(away_m, first)
    return middle, reach_m


def balls_around(areas: Iterable[Area]) -> tuple[FloatArray, FloatArray]:
    """A ball about each area, as in `balls_of`."""
    import numpy as np

    from waterspace.geometry.footprints import bounding_circle
    from waterspace.geometry.reservations.earthframe import points_of

    circles = [bounding_circle(area.footprint) for area in areas]
    return points_of([circle.centre for circle in circles]), np.array([circle.radius_m for circle in circles])


def surely_clear(balls: tuple[FloatArray, FloatArray], are_clear: Callable[[Circles], Bools], few: int) -> Bools:
    """Which of many balls surely lie where nothing is.

    Args:
        balls: middles, earth-centred, shape (n, 3), and reach, shape (n,).
        are_clear: in which of many circles nothing is, and so nothing in whatever they hold.
        few: fewer than this are left to be looked at closely, which is as quick.
    """
    import numpy as np

    from waterspace.environment.shores.openwater import Circles

    middle, reach_m = balls
    clear = np.zeros(reach_m.size, dtype=np.bool_)
    chosen = np.flatnonzero(reach_m <= _FARTHEST_M)
    if chosen.size >= few:
        clear[chosen] = are_clear(Circles.of_balls(middle[chosen], reach_m[chosen]))
    return clear
