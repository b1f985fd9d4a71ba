"""Which shapes share a time and may share a place: a sweep through time inside cells.

The cells make it quick and nothing else. Balls around the shapes say whether a pair is worth a closer look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.geometry.arrays import median
from waterspace.geometry.reservations.earthframe import ragged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from waterspace.geometry.reservations.table import Table
    from waterspace.geometry.separation import IndexArray

__all__ = ["Together", "pairs_between", "pairs_within"]

_SPREAD = 4.0
"""Cells are this many times as large as the reach of a shape of middling size."""

_SMALLEST_CELL_M = 2_000.0
"""Least size of a cell."""

_FAR_M = 40_000_000.0
"""Added to coordinates, so that cells are counted from 0."""

_CELLS = 100_000
"""More than the number of cells along an axis."""

_CELLS_MAX = 200
"""Shapes that lie in more cells than this are compared with all others instead."""

_BATCH = 2_000_000
"""About how many pairs are looked at together, so that memory stays below some 200 MB."""


class Together(NamedTuple):
    """Pairs of shapes that share a time and may share a place; arrays of shape (n,).

    Attributes:
        a: shape.
        b: shape.
        start_ms: from when both are claimed.
        end_ms: until when.
    """

    a: IndexArray
    b: IndexArray
    start_ms: NDArray[np.int64]
    end_ms: NDArray[np.int64]


def pairs_within(table: Table) -> Together:
    """Pairs of shapes of different reservations, the lower row first, once for each window that they share."""
    cells = _Cells.of(table)
    wide = cells.held() > _CELLS_MAX
    slim = np.flatnonzero(~wide)
    found = [_promising(table, table, *pair) for pair in _swept(table, slim, cells)]
    large = np.flatnonzero(wide)
    found += [_promising(table, table, *pair) for pair in _crossed(large, slim)]
    found += [_promising(table, table, a[a < b], b[a < b]) for a, b in _crossed(large, large)]
    pairs = _joined(found)
    return pairs._replace(a=np.minimum(pairs.a, pairs.b), b=np.maximum(pairs.a, pairs.b))


def pairs_between(few: Table, many: Table) -> Together:
    """Pairs of a shape of one table and a shape of another, each claim compared with each."""
    claims = np.arange(few.row.size), np.arange(many.row.size)
    return _joined([_promising(few, many, *pair) for pair in _crossed(*claims)])


def _joined(found: list[Together]) -> Together:
    """Several lists of pairs as one."""
    if not found:
        none = np.zeros(0, dtype=np.int64)
        return Together(none.astype(np.intp), none.astype(np.intp), none, none)
    return Together(*(np.concatenate(columns) for columns in zip(*found, strict=True)))


class _Cells(NamedTuple):
    """First and last cell of each claim along two axes of the earth; arrays of shape (claims,)."""

    low: tuple[IndexArray, IndexArray]
    high: tuple[IndexArray, IndexArray]

    @classmethod
    def of(cls, table: Table) -> _Cells:
        """Cells along the two axes on which the shapes are most scattered, so that few share one."""
        shapes = table.shapes
        size_m = max(_SPREAD * median(shapes.reach_m), _SMALLEST_CELL_M) if shapes.owner.size else 1.0
        scatter = np.ptp(shapes.middle, axis=0) if shapes.owner.size else np.zeros(3)
        low, high = [], []
        for axis in np.argsort(scatter)[1:].tolist():
            at_m = shapes.middle[:, axis] + _FAR_M
            low.append(np.floor((at_m - shapes.reach_m) / size_m).astype(np.intp)[table.row])
            high.append(np.floor((at_m + shapes.reach_m) / size_m).astype(np.intp)[table.row])
        return cls((low[0], low[1]), (high[0], high[1]))

    def held(self) -> IndexArray:
        """How many cells each claim lies in."""
        count: IndexArray = (self.high[0] - self.low[0] + 1) * (self.high[1] - self.low[1] + 1)
        return count


def _swept(table: Table, claims: IndexArray, cells: _Cells) -> Iterator[tuple[IndexArray, IndexArray]]:
    """Pairs of claims that share a cell and a time, in batches."""
    if claims.size < 2:
        return
    (low, low_too), high_too = (edge[claims] for edge in cells.low), cells.high[1][claims]
    run, place = ragged(np.zeros(claims.size, dtype=np.intp), cells.held()[claims])
    rows = (high_too - low_too + 1)[run]
    down = place // rows
    cell = (low[run] + down) * _CELLS + low_too[run] + place - down * rows
    began_ms = table.start_ms[claims].min()
    start, end = table.start_ms[claims] - began_ms, table.end_ms[claims] - began_ms
    order = np.lexsort((start[run], cell))
    run, cell = run[order], cell[order]
    is_new = np.ones(cell.size, dtype=np.bool_)
    is_new[1:] = cell[1:] != cell[:-1]
    key = np.cumsum(is_new) * (int(end.max()) + 1)
    last = np.searchsorted(key + start[run], key + end[run])
    here = np.arange(cell.size)
    count = last - here - 1
    for part in _batches(count):
        left, right = ragged(here[part] + 1, count[part])
        left += part.start
        a, b = run[left], run[right]
        once = np.maximum(low[a], low[b]) * _CELLS + np.maximum(low_too[a], low_too[b]) == cell[left]
        yield claims[a[once]], claims[b[once]]


def _batches(count: IndexArray) -> Iterator[slice]:
    """Runs whose pairs add up to about a batch each."""
    total = np.cumsum(count)
    begin = 0
    while begin < count.size:
        before = int(total[begin - 1]) if begin else 0
        end = max(int(np.searchsorted(total, before + _BATCH, side="right")), begin + 1)
        yield slice(begin, end)
        begin = end


def _crossed(few: IndexArray, many: IndexArray) -> Iterable[tuple[IndexArray, IndexArray]]:
    """All pairs of two lists of claims, in batches."""
    step = max(_BATCH // max(many.size, 1), 1)
    for begin in range(0, few.size, step):
        part = few[begin : begin + step]
        yield np.repeat(part, many.size), np.tile(many, part.size)


def _promising(one: Table, other: Table, a: IndexArray, b: IndexArray) -> Together:
    """The pairs of claims that share a time, whose heights meet and around which balls meet."""
    row_a, row_b = one.row[a], other.row[b]
    owner_a, owner_b = one.shapes.owner[row_a], other.shapes.owner[row_b]
    may = np.maximum(one.floor_m[owner_a], other.floor_m[owner_b]) < np.minimum(
        one.ceiling_m[owner_a], other.ceiling_m[owner_b]
    )
    if one is other:
        may &= owner_a != owner_b
    a, b, row_a, row_b = a[may], b[may], row_a[may], row_b[may]
    start_ms, end_ms = np.maximum(one.start_ms[a], other.start_ms[b]), np.minimum(one.end_ms[a], other.end_ms[b])
    gap = one.shapes.middle[row_a] - other.shapes.middle[row_b]
    reach_m = one.shapes.reach_m[row_a] + other.shapes.reach_m[row_b]
    near = (np.einsum("ij,ij->i", gap, gap) <= reach_m * reach_m) & (start_ms < end_ms)
    return Together(row_a[near], row_b[near], start_ms[near], end_ms[near])
