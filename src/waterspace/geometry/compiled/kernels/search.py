"""Every meeting of a fleet: which tracks may meet, by cells of space in slices of time; then when, solved."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from waterspace.geometry.compiled.kernels.compiler import kernel
from waterspace.geometry.compiled.kernels.contacts import COLUMNS, contacts, range_at, roomier
from waterspace.geometry.compiled.kernels.curves import piece_at, place_on, share_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.geometry.arrays import FloatArray
    from waterspace.geometry.compiled.pieces import Pieces

__all__ = ["found_meetings", "whole_ms"]

_OFFSET = 1 << 20
_STRIDE = 1 << 21
"""Cells count from -2**20 to 2**20 along each axis, so that three numbers fit into one."""


@kernel
def found_meetings(
    pieces: Pieces, span: tuple[float, float], range_m: float, slice_ms: float, cell_m: float
) -> FloatArray:
    """The times at which any two tracks are within a range, cut where slices of time end.

    Args:
        pieces: of all tracks.
        span: first and last millisecond that counts.
        range_m: above 0.
        slice_ms: length of a slice, above 0.
        cell_m: length of the edge of a cell, at least ten metres.

    Returns:
        Rows as in `contacts`, in no order, the lower track first.
    """
    tracks = pieces.first.size - 1
    low, high, out_ms = np.empty((tracks, 3)), np.empty((tracks, 3)), np.empty((tracks, 2))
    rows, count = np.empty((1024, COLUMNS)), 0
    slices = max(math.ceil((span[1] - span[0]) / slice_ms), 1)
    for number in range(slices):
        start_ms = span[0] + number * slice_ms
        end_ms = span[1] if number == slices - 1 else start_ms + slice_ms
        for track in range(tracks):
            _bound(pieces, track, (start_ms, end_ms, range_m / 2.0), (low[track], high[track], out_ms[track]))
        cells, owners = _cells(low, high, out_ms, cell_m)
        order = np.argsort(cells)
        rows, count = _meet_in_cells(
            (pieces, range_m), (low, high, out_ms), (cells, owners, order, cell_m), rows, count
        )
    return rows[:count]


@kernel
def whole_ms(pieces: Pieces, rows: FloatArray, times_ms: NDArray[np.int64], cpa_m: FloatArray) -> None:
    """First, last and closest instants as whole milliseconds, and the range at the closest.

    Args:
        pieces: of all tracks.
        rows: of meetings.
        times_ms: shape (n, 3), written to: first and last millisecond within the range, and that of closest approach.
        cpa_m: shape (n,), written to.
    """
    for k in range(rows.shape[0]):
        row = rows[k]
        first_ms, last_ms, near_ms = math.ceil(row[2]), math.floor(row[3]), round(row[4])
        if last_ms < first_ms:  # within the range for less than a millisecond
            first_ms = last_ms = near_ms
        near_ms = min(max(near_ms, first_ms), last_ms)
        times_ms[k, 0], times_ms[k, 1], times_ms[k, 2] = first_ms, last_ms, near_ms
        cpa_m[k] = range_at(pieces, int(row[0]), int(row[1]), float(near_ms))


@kernel
def _bound(
    pieces: Pieces,
    track: int,
    limits: tuple[float, float, float],
    out: tuple[FloatArray, FloatArray, FloatArray],
) -> None:
    """The box that holds a track in a slice of time and a margin around it, and the time it is out.

    Args:
        pieces: of all tracks.
        track: its number.
        limits: start and end of the slice, and the margin in metres.
        out: lower and upper corner and the time, written to; the time ends before it begins where it is not out.
    """
    low, high, out_ms = out
    begin, end = pieces.first[track], pieces.first[track + 1]
    out_ms[0], out_ms[1] = 1.0, 0.0
    if begin == end:
        return
    out_ms[0] = max(limits[0], pieces.start_ms[begin])
    out_ms[1] = min(limits[1], pieces.end_ms[end - 1])
    if out_ms[1] < out_ms[0]:
        return
    for axis in range(3):
        low[axis], high[axis] = math.inf, -math.inf
    piece = piece_at(pieces, track, out_ms[0])
    while piece < end and pieces.start_ms[piece] <= out_ms[1]:
        first, last = share_of(pieces, piece, out_ms[0]), share_of(pieces, piece, out_ms[1])
        ends = (place_on(pieces, piece, first), place_on(pieces, piece, last))
        c = pieces.curve[piece]
        for axis in range(3):
            bend = max(abs(2.0 * c[2, axis]), abs(2.0 * c[2, axis] + 6.0 * c[3, axis])) * (last - first) ** 2 / 8.0
            margin = bend + limits[2]
            low[axis] = min(low[axis], min(ends[0][axis], ends[1][axis]) - margin)
            high[axis] = max(high[axis], max(ends[0][axis], ends[1][axis]) + margin)
        piece += 1


@kernel
def _cells(
    low: FloatArray, high: FloatArray, out_ms: FloatArray, cell_m: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every cell that a box reaches into, as one number, and the track of the box."""
    total = 0
    for track in range(low.shape[0]):
        if out_ms[track, 0] <= out_ms[track, 1]:
            share = 1
            for axis in range(3):
                share *= math.floor(high[track, axis] / cell_m) - math.floor(low[track, axis] / cell_m) + 1
            total += share
    cells, owners = np.empty(total, dtype=np.int64), np.empty(total, dtype=np.int64)
    place = 0
    for track in range(low.shape[0]):
        if out_ms[track, 0] > out_ms[track, 1]:
            continue
        x0, x1 = math.floor(low[track, 0] / cell_m), math.floor(high[track, 0] / cell_m)
        y0, y1 = math.floor(low[track, 1] / cell_m), math.floor(high[track, 1] / cell_m)
        z0, z1 = math.floor(low[track, 2] / cell_m), math.floor(high[track, 2] / cell_m)
        for x in range(x0, x1 + 1):
            for y in range(y0, y1 + 1):
                for z in range(z0, z1 + 1):
                    cells[place] = _cell(x, y, z)
                    owners[place] = track
                    place += 1
    return cells, owners


@kernel
def _cell(x: int, y: int, z: int) -> int:
    """One number for three."""
    return ((x + _OFFSET) * _STRIDE + (y + _OFFSET)) * _STRIDE + (z + _OFFSET)


@kernel
def _meet_in_cells(
    fleet: tuple[Pieces, float],
    boxes: tuple[FloatArray, FloatArray, FloatArray],
    entries: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], float],
    rows: FloatArray,
    count: int,
) -> tuple[FloatArray, int]:
    """Append the meetings of tracks whose boxes overlap in a slice, each pair in one cell only.

    Args:
        fleet: the tracks, and the range in metres.
        boxes: lower and upper corners, and the times at which tracks are out.
        entries: cells, the track of each, the order in which cells rise, and the length of the edge of a cell.
        rows: as in `contacts`.
        count: of rows that are in use.
    """
    pieces, range_m = fleet
    low, high, out_ms = boxes
    cells, owners, order, cell_m = entries
    begin = 0
    while begin < cells.size:
        end = begin + 1
        while end < cells.size and cells[order[end]] == cells[order[begin]]:
            end += 1
        for i in range(begin, end):
            for j in range(i + 1, end):
                one, other = owners[order[i]], owners[order[j]]
                a, b = min(one, other), max(one, other)
                if not _overlap(low, high, a, b) or _home(low, a, b, cell_m) != cells[order[begin]]:
                    continue
                start_ms, end_ms = max(out_ms[a, 0], out_ms[b, 0]), min(out_ms[a, 1], out_ms[b, 1])
                if start_ms <= end_ms:
                    rows = roomier(rows, count)
                    rows, count = contacts(pieces, (a, b), (start_ms, end_ms), range_m, rows, count)
        begin = end
    return rows, count


@kernel
def _overlap(low: FloatArray, high: FloatArray, a: int, b: int) -> bool:
    """Whether two boxes share a point."""
    apart = False
    for axis in range(3):
        apart = apart or low[a, axis] > high[b, axis] or low[b, axis] > high[a, axis]
    return not apart


@kernel
def _home(low: FloatArray, a: int, b: int, cell_m: float) -> int:
    """The one cell, of those that two overlapping boxes share, in which they are looked at."""
    x = math.floor(max(low[a, 0], low[b, 0]) / cell_m)
    y = math.floor(max(low[a, 1], low[b, 1]) / cell_m)
    z = math.floor(max(low[a, 2], low[b, 2]) / cell_m)
    return _cell(x, y, z)
