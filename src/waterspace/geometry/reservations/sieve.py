"""Which tracks come near which claims while these are in force: balls around both, nothing finer.

A pair that is left out surely does not meet; a pair that is named may. So the exact code, which takes a millisecond
for each pair, is asked about a few pairs of the millions that there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.geometry.arrays import distinct
from waterspace.geometry.reservations.earthframe import norm, ragged
from waterspace.geometry.reservations.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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

    __slots__ = ("_groups", "count")

    def __init__(self, legs: LegArrays) -> None:
        """Take tracks as arrays."""
        self.count = int(legs.size.size)
        self._groups = tuple(_groups(legs))

    def near(self, claims: Sequence[Reservation]) -> tuple[IndexArray, IndexArray]:
        """Pairs that may meet, each once, in order of the claims.

        Returns:
            Numbers of the claims and of the tracks, each of shape (n,).
        """
        none = np.zeros(0, dtype=np.intp)
        if not claims or not self._groups:
            return none, none
        table = Table.of(claims)
        owner = table.shapes.owner[table.row]
        found = [owner[row] * self.count + track for row, track in (group.near(table) for group in self._groups)]
        pairs = distinct(np.concatenate(found))
        return pairs // self.count, pairs % self.count


class _Group(NamedTuple):
    """Tracks that last about as long as one another, in order of start; arrays of shape (n,), `middle` (n, 3)."""

    number: IndexArray
    start_ms: NDArray[np.int64]
    end_ms: NDArray[np.int64]
    middle: FloatArray
    reach_m: FloatArray

    def near(self, table: Table) -> tuple[IndexArray, IndexArray]:
        """Claims on time, by their place in the table, and the tracks that may meet them."""
        longest_ms = int((self.end_ms - self.start_ms).max())
        first = np.searchsorted(self.start_ms, table.start_ms - longest_ms, side="left")
        last = np.searchsorted(self.start_ms, table.end_ms, side="left")
        claim, here = ragged(first, np.maximum(last - first, 0))
        lasts = self.end_ms[here] > table.start_ms[claim]
        claim, here = claim[lasts], here[lasts]
        row = table.row[claim]
        reach_m = table.shapes.reach_m[row] + self.reach_m[here]
        for axis in range(3):  # one axis after the other keeps the arrays small
            gap_m = np.abs(table.shapes.middle[row, axis] - self.middle[here, axis])
            keep = gap_m <= reach_m
            claim, here, row, reach_m = claim[keep], here[keep], row[keep], reach_m[keep]
        near = norm(table.shapes.middle[row] - self.middle[here]) <= reach_m
        return claim[near], self.number[here[near]]


def _groups(legs: LegArrays) -> Iterator[_Group]:
    middle, reach_m = legs.balls()
    start_ms, end_ms = legs.start_ms[legs.first], legs.end_ms[legs.first + legs.size - 1]
    scale = np.frexp((end_ms - start_ms).astype(np.float64))[1]
    for size in distinct(scale).tolist():
        numbers = np.flatnonzero(scale == size)
        number = numbers[np.argsort(start_ms[numbers], kind="stable")]
        yield _Group(number, start_ms[number], end_ms[number], middle[number], reach_m[number])
