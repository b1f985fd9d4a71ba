"""Sifting: what surely has nothing to be said about, found for thousands at once, so that few are looked at closely.

Whatever is left over has to be looked at; nothing is decided here but that nothing is there.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from waterspace.domain import Circle, Reservation
    from waterspace.geometry.arrays import FloatArray

    Bools = NDArray[np.bool_]

__all__ = ["balls_of", "surely_clear"]

_FARTHEST_M = 150_000.0
"""What reaches farther is looked at by itself, so that it does not spoil its neighbours' circle."""

_SPARE_RATIO, _SPARE_M = 1.01, 1000.0
"""A circle is made larger by this, for it is laid on the ellipsoid and the balls are not."""

_STEP_M = 25_000.0
"""Radii are whole numbers of steps, so that the same circle is often asked about again."""


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


def surely_clear(balls: tuple[FloatArray, FloatArray], is_clear: Callable[[Circle], bool], few: int) -> Bools:
    """Which of many balls surely lie where nothing is, by asking once about each piece of sea that some lie in.

    Args:
        balls: middles, earth-centred, shape (n, 3), and reach, shape (n,).
        is_clear: whether nothing is in a circle, and so nothing in whatever the circle holds.
        few: how many in a piece of sea are looked at as quickly as such a circle; so few are left to be looked at.
    """
    import numpy as np

    from waterspace.domain import Circle, Position
    from waterspace.geometry.reservations.earthframe import earth_centred, norm

    middle, reach_m = balls
    clear = np.zeros(reach_m.size, dtype=np.bool_)
    chosen = np.flatnonzero(reach_m <= _FARTHEST_M)
    if chosen.size < few:
        return clear
    x, y, z = middle[chosen].T
    lat = np.minimum(np.floor(np.degrees(np.arctan2(z, np.hypot(x, y)))), 89.0)
    lon = np.minimum(np.floor(np.degrees(np.arctan2(y, x))), 179.0)
    cell = (lat + 90.0) * 361.0 + lon + 180.0
    order = np.argsort(cell, kind="stable")
    edges = np.flatnonzero(np.append(True, cell[order][1:] != cell[order][:-1])).tolist()
    for begin, end in zip(edges, [*edges[1:], order.size], strict=True):
        members = order[begin:end]
        if members.size < few:
            continue
        centre = Position(lat_deg=float(lat[members[0]]) + 0.5, lon_deg=float(lon[members[0]]) + 0.5)
        point = earth_centred(np.array([centre.lat_deg]), np.array([centre.lon_deg]))
        inside = chosen[members]
        radius_m = float((norm(middle[inside] - point) + reach_m[inside]).max()) * _SPARE_RATIO + _SPARE_M
        if is_clear(Circle(centre=centre, radius_m=math.ceil(radius_m / _STEP_M) * _STEP_M)):
            clear[inside] = True
    return clear
