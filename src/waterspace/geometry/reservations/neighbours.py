"""Which claims come near one another while both are in force: what surely stays apart is left out, nothing finer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from waterspace.geometry.arrays import distinct
from waterspace.geometry.reservations.joins import pairs_within
from waterspace.geometry.reservations.verdicts import Verdict, judged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.geometry.reservations.table import Table
    from waterspace.geometry.separation import IndexArray

__all__ = ["Wanted", "neighbours"]

Wanted: TypeAlias = "Callable[[IndexArray, IndexArray], NDArray[np.bool_]]"
"""Numbers of the reservations of pairs to whether each pair matters."""


def neighbours(
    table: Table, within_m: float, above_m: float = 0.0, wanted: Wanted | None = None
) -> tuple[IndexArray, IndexArray]:
    """Pairs of claims that may come within a distance and a height of each other, each once, in order.

    A pair that is left out surely does not. Heights are compared in the air only: of two claims that end below the
    surface, or of one above the other there, nothing is said unless their heights meet.

    Args:
        table: of the claims.
        within_m: along the surface, 0 or more.
        above_m: between the ceiling of the lower claim and the floor of the higher, 0 or more.
        wanted: which pairs to look at, from the numbers of both, each of shape (n,); without it, all.

    Returns:
        Numbers of the claims, the lower first, each of shape (n,).
    """
    wide = _widened(table, within_m / 2.0, above_m)
    together = pairs_within(wide)
    owner = table.shapes.owner
    if wanted is not None:
        keep = wanted(owner[together.a], owner[together.b])
        together = together._replace(a=together.a[keep], b=together.b[keep])
    rows = distinct(together.a * owner.size + together.b)
    a, b = rows // owner.size, rows % owner.size
    near = judged(wide, wide, a, b) != Verdict.APART
    first, second = np.minimum(owner[a[near]], owner[b[near]]), np.maximum(owner[a[near]], owner[b[near]])
    pairs = distinct(first * table.floor_m.size + second)
    return pairs // table.floor_m.size, pairs % table.floor_m.size


def _widened(table: Table, by_m: float, above_m: float) -> Table:
    """The claims with so much room around and, where they reach into the air, above them."""
    shapes = table.shapes
    wide = shapes._replace(
        reach_m=shapes.reach_m + by_m,
        inner_m=np.where(shapes.inner_m > 0.0, shapes.inner_m + by_m, 0.0),
        round_m=shapes.round_m + by_m,
    )
    ceiling_m = np.where(table.ceiling_m > 0.0, table.ceiling_m + above_m, table.ceiling_m)
    return table._replace(shapes=wide, ceiling_m=ceiling_m)
