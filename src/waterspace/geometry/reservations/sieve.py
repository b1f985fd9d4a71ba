"""Which tracks, or which legs of them, come near which claims while these are in force: balls, and where legs are then.

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

__all__ = ["Sieve", "legs_near"]


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
        if not claims or not self.count:
            return _NONE, _NONE
        table = Table.of(claims)
        claim, track = self.near_in_time(table)
        return _pairs(table, claim, track, self.count)

    def near_in_time(self, table: Table) -> tuple[IndexArray, IndexArray]:
        """Places among a table's claims on time, and the tracks that may meet them there, each of shape (n,)."""
        middle, reach_m = table.shapes.middle[table.row], table.shapes.reach_m[table.row]
        claim, track = self._tree.query(self._boxes(table.start_ms, table.end_ms, middle, reach_m))
        near = (self._start_ms[track] < table.end_ms[claim]) & (self._end_ms[track] > table.start_ms[claim])
        claim, track = claim[near], track[near]
        near = norm(middle[claim] - self._middle[track]) <= reach_m[claim] + self._reach_m[track]
        return claim[near], track[near]

    def _boxes(
        self, start_ms: NDArray[np.int64], end_ms: NDArray[np.int64], middle: FloatArray, reach_m: FloatArray
    ) -> NDArray[Any]:
        """Boxes of time and of the one of the three axes along which the tracks lie farthest apart."""
        import shapely

        along_m = middle[:, self._axis]
        boxes: NDArray[Any] = shapely.box(start_ms, along_m - reach_m, end_ms, along_m + reach_m)
        return boxes


def legs_near(claims: Sequence[Reservation], legs: LegArrays) -> tuple[IndexArray, IndexArray]:
    """Pairs of a claim and a leg that may meet, each once, in order of the claims, then of the legs.

    Of each leg that part counts that is sailed while the claim is in force, so that a long way past many claims is near
    to few of them.

    Args:
        claims: of serials, or of somebody else.
        legs: those of all tracks.

    Returns:
        Numbers of the claims and of the legs, each of shape (n,).
    """
    if not claims or not legs.size.size:
        return _NONE, _NONE
    table, count = Table.of(claims), int(legs.start_ms.size)
    if not table.row.size:
        return _NONE, _NONE
    chosen = _legs_of(legs, Sieve(legs).near_in_time(table)[1])
    here = np.flatnonzero((legs.start_ms < table.end_ms.max()) & (legs.end_ms > table.start_ms.min()) & chosen)
    if not here.size:
        return _NONE, _NONE
    claim, leg = Sieve(legs.taken(here, np.arange(here.size))).near_in_time(table)
    leg = here[leg]
    near = _apart_m(table, legs, claim, leg) <= table.shapes.reach_m[table.row[claim]] + legs.stray_m()[leg]
    return _pairs(table, claim[near], leg[near], count)


def _legs_of(legs: LegArrays, tracks: IndexArray) -> NDArray[np.bool_]:
    """Which legs are of some of the tracks."""
    chosen = np.zeros(legs.size.size, dtype=np.bool_)
    chosen[tracks] = True
    of_chosen: NDArray[np.bool_] = np.repeat(chosen, legs.size)
    return of_chosen


_NONE = np.zeros(0, dtype=np.intp)


def _pairs(table: Table, claim: IndexArray, other: IndexArray, count: int) -> tuple[IndexArray, IndexArray]:
    """Pairs of claims on time and of something else, of which there are so many, as pairs of reservations with it."""
    pairs = distinct(table.shapes.owner[table.row[claim]] * count + other)
    return pairs // count, pairs % count


def _apart_m(table: Table, legs: LegArrays, claim: IndexArray, leg: IndexArray) -> FloatArray:
    """From the middle of what is claimed to the stroke that stands for a leg in the time of the claim, shape (n,)."""
    begun_ms, lasting_ms = legs.start_ms[leg], np.maximum(legs.end_ms[leg] - legs.start_ms[leg], 1)
    way = legs.ends[leg] - legs.starts[leg]
    first = np.clip((table.start_ms[claim] - begun_ms) / lasting_ms, 0.0, 1.0)
    last = np.clip((table.end_ms[claim] - begun_ms) / lasting_ms, 0.0, 1.0)
    here = table.shapes.middle[table.row[claim]] - legs.starts[leg]
    square = np.maximum(np.einsum("ij,ij->i", way, way), 1e-9)
    nearest = np.clip(np.einsum("ij,ij->i", here, way) / square, first, last)
    return norm(here - nearest[:, None] * way)
