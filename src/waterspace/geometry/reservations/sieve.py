"""Which tracks come near which claims while these are in force: balls around both, nothing finer.

A pair that is left out surely does not meet; a pair that is named may. So the exact code, which takes a millisecond
for each pair, is asked about a few pairs of the millions that there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.geometry.arrays import distinct
from waterspace.geometry.reservations.earthframe import norm
from waterspace.geometry.reservations.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from waterspace.domain import Reservation
    from waterspace.geometry.geodesic import FloatArray
    from waterspace.geometry.reservations.legarrays import LegArrays
    from waterspace.geometry.separation import IndexArray

__all__ = ["Sieve"]


class Sieve:
    """Tracks as balls with a span of time, found again by what they may meet.

    Attributes:
        count: how many tracks there are.
    """

    __slots__ = ("_axis", "_end_ms", "_middle", "_reach_m", "_start_ms", "_tree", "count")

    def __init__(self, legs: LegArrays) -> None:
        """Take tracks as arrays."""
        import shapely

        self.count = int(legs.size.size)
        self._middle, self._reach_m = legs.balls()
        self._start_ms, self._end_ms = legs.start_ms[legs.first], legs.end_ms[legs.first + legs.size - 1]
        self._axis = int(np.argmax(np.ptp(self._middle, axis=0))) if self.count else 0
        self._tree = shapely.STRtree(self._boxes(self._start_ms, self._end_ms, self._middle, self._reach_m))

    def near(self, claims: Sequence[Reservation]) -> tuple[IndexArray, IndexArray]:
        """Pairs that may meet, each once, in order of the claims.

        Returns:
            Numbers of the claims and of the tracks, each of shape (n,).
        """
        none = np.zeros(0, dtype=np.intp)
        if not claims or not self.count:
            return none, none
        table = Table.of(claims)
        middle, reach_m = table.shapes.middle[table.row], table.shapes.reach_m[table.row]
        claim, track = self._tree.query(self._boxes(table.start_ms, table.end_ms, middle, reach_m))
        near = (self._start_ms[track] < table.end_ms[claim]) & (self._end_ms[track] > table.start_ms[claim])
        near &= norm(middle[claim] - self._middle[track]) <= reach_m[claim] + self._reach_m[track]
        pairs = distinct(table.shapes.owner[table.row[claim[near]]] * self.count + track[near])
        return pairs // self.count, pairs % self.count

    def _boxes(
        self, start_ms: NDArray[np.int64], end_ms: NDArray[np.int64], middle: FloatArray, reach_m: FloatArray
    ) -> NDArray[Any]:
        """Boxes of time and of the one of the three axes along which the tracks lie farthest apart."""
        import shapely

        along_m = middle[:, self._axis]
        boxes: NDArray[Any] = shapely.box(start_ms, along_m - reach_m, end_ms, along_m + reach_m)
        return boxes
