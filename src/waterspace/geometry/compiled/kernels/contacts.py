"""When two tracks are within a range of each other, and when they are closest."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from waterspace.geometry.compiled.kernels.compiler import kernel
from waterspace.geometry.compiled.kernels.curves import piece_at, place_on, range_between, share_of
from waterspace.geometry.compiled.kernels.polynomials import COUNT, MOST_ROOTS, NODES, fit, least, roots, turns, value

if TYPE_CHECKING:
    from waterspace.geometry.arrays import FloatArray
    from waterspace.geometry.compiled.pieces import Pieces

__all__ = ["COLUMNS", "closest", "contacts", "joined", "range_at", "roomier", "shared"]

COLUMNS = 6
"""Of a row: both tracks, first and last instant (ms), instant of the closest approach (ms), its range squared (m²)."""

_LEVEL_M = 0.001
"""Ranges that differ by less than this are the same."""

_FINEST_MS = 1.0
"""Parts shorter than this are not told from none."""


@kernel
def shared(pieces: Pieces, a: int, b: int) -> tuple[float, float]:
    """First and last instant at which two tracks are both out; the last before the first where there is none."""
    start_ms = max(pieces.start_ms[pieces.first[a]], pieces.start_ms[pieces.first[b]])
    end_ms = min(pieces.end_ms[pieces.first[a + 1] - 1], pieces.end_ms[pieces.first[b + 1] - 1])
    return start_ms, end_ms


@kernel
def range_at(pieces: Pieces, a: int, b: int, time_ms: float) -> float:
    """Range along the surface between two tracks at a time."""
    i, j = piece_at(pieces, a, time_ms), piece_at(pieces, b, time_ms)
    px, py, pz = place_on(pieces, i, share_of(pieces, i, time_ms))
    qx, qy, qz = place_on(pieces, j, share_of(pieces, j, time_ms))
    return range_between(px, py, pz, qx, qy, qz)


@kernel
def contacts(
    pieces: Pieces, pair: tuple[int, int], span: tuple[float, float], range_m: float, rows: FloatArray, count: int
) -> tuple[FloatArray, int]:
    """Append the times at which two tracks are within a range of each other.

    Args:
        pieces: of all tracks.
        pair: numbers of two tracks.
        span: milliseconds in which both are out.
        range_m: above 0.
        rows: shape (n, `COLUMNS`).
        count: of rows that are in use.

    Returns:
        The rows, in a larger array where there was no room, and how many are in use.
    """
    began = count
    i, j = piece_at(pieces, pair[0], span[0]), piece_at(pieces, pair[1], span[0])
    start_ms = span[0]
    while True:
        end_ms = min(span[1], pieces.end_ms[i], pieces.end_ms[j])
        if _least_chord(pieces, (i, j), (start_ms, end_ms)) <= range_m:
            numbers = (pair[0], pair[1], i, j, began)
            rows, count = _contacts_in(pieces, numbers, (start_ms, end_ms), range_m, rows, count)
        if end_ms >= span[1]:
            return rows, count
        if pieces.end_ms[i] <= end_ms:
            i += 1
        if pieces.end_ms[j] <= end_ms:
            j += 1
        start_ms = end_ms


@kernel
def _contacts_in(
    pieces: Pieces,
    numbers: tuple[int, int, int, int, int],
    span: tuple[float, float],
    range_m: float,
    rows: FloatArray,
    count: int,
) -> tuple[FloatArray, int]:
    """Append the times within a range in a span of one piece each, as `contacts` does.

    Args:
        pieces: of all tracks.
        numbers: of two tracks, of the piece that each is on, and of the first row of the two.
        span: milliseconds.
        range_m: above 0.
        rows: shape (n, `COLUMNS`).
        count: of rows that are in use.
    """
    a, b, i, j, began = numbers
    samples, curve = np.empty(COUNT), np.empty(COUNT)
    found, places = np.empty(MOST_ROOTS), np.empty(MOST_ROOTS)
    _sample(pieces, (i, j), span, samples)
    for k in range(COUNT):
        samples[k] -= range_m * range_m
    fit(samples, curve)
    lasts_ms = span[1] - span[0]
    limits = (2.0 * range_m * _LEVEL_M, _FINEST_MS / max(lasts_ms, _FINEST_MS))
    roots_count = roots(curve, limits, found)
    turns_count = turns(curve, limits, places)
    low = 0.0
    for k in range(roots_count + 1):
        high = found[k] if k < roots_count else 1.0
        if value(curve, (low + high) / 2.0, COUNT) <= 0.0:
            at, square = least(curve, (low, high), places, turns_count)
            rows = roomier(rows, count)
            row = rows[count]
            row[0], row[1], row[4], row[5] = a, b, span[0] + at * lasts_ms, square
            row[2], row[3] = span[0] + low * lasts_ms, span[0] + high * lasts_ms
            if count > began and _joins(rows[count - 1], row):
                _join(rows[count - 1], row)
            else:
                count += 1
        low = high
    return rows, count


@kernel
def closest(pieces: Pieces, pair: tuple[int, int], span: tuple[float, float]) -> tuple[float, float]:
    """When two tracks are closest in a span in which both are out, and the square of their range then.

    An approach that is closer by less than a millimetre is not looked for.
    """
    samples, b, places = np.empty(COUNT), np.empty(COUNT), np.empty(MOST_ROOTS)
    i, j = piece_at(pieces, pair[0], span[0]), piece_at(pieces, pair[1], span[0])
    start_ms, best_ms, best = span[0], span[0], math.inf
    while True:
        end_ms = min(span[1], pieces.end_ms[i], pieces.end_ms[j])
        near_m = _least_chord(pieces, (i, j), (start_ms, end_ms))
        if near_m * near_m < best:  # a chord is never longer than the range
            _sample(pieces, (i, j), (start_ms, end_ms), samples)
            fit(samples, b)
            limits = (max(near_m, 1.0) * _LEVEL_M, _FINEST_MS / max(end_ms - start_ms, _FINEST_MS))
            count = turns(b, limits, places)
            at, square = least(b, (0.0, 1.0), places, count)
            if square < best:
                best_ms, best = start_ms + at * (end_ms - start_ms), square
        if end_ms >= span[1]:
            return best_ms, best
        if pieces.end_ms[i] <= end_ms:
            i += 1
        if pieces.end_ms[j] <= end_ms:
            j += 1
        start_ms = end_ms


@kernel
def joined(rows: FloatArray) -> int:
    """Join rows of one pair that follow on each other, in place.

    Args:
        rows: in order of pair and time, shape (n, `COLUMNS`).

    Returns:
        How many rows are left, at the front.
    """
    kept = 0
    for k in range(rows.shape[0]):
        if kept > 0 and _joins(rows[kept - 1], rows[k]):
            _join(rows[kept - 1], rows[k])
        else:
            for column in range(rows.shape[1]):
                rows[kept, column] = rows[k, column]
            kept += 1
    return kept


@kernel
def roomier(rows: FloatArray, count: int) -> FloatArray:
    """The rows, in an array of twice the size where all are in use."""
    if count < rows.shape[0]:
        return rows
    larger = np.empty((2 * count + 1, rows.shape[1]))
    for k in range(count):
        for column in range(rows.shape[1]):
            larger[k, column] = rows[k, column]
    return larger


@kernel
def _joins(before: FloatArray, after: FloatArray) -> bool:
    """Whether two rows are of one pair, and the second follows on the first."""
    return bool(before[0] == after[0] and before[1] == after[1] and after[2] <= before[3] + _FINEST_MS)


@kernel
def _join(before: FloatArray, after: FloatArray) -> None:
    before[3] = max(before[3], after[3])
    if after[5] < before[5]:
        before[4], before[5] = after[4], after[5]


@kernel
def _least_chord(pieces: Pieces, both: tuple[int, int], span: tuple[float, float]) -> float:
    """A straight distance that two units do not come below in a span of one piece each.

    Each strays from the straight line between its ends by at most an eighth of its greatest acceleration times the
    square of the time.
    """
    i, j = both
    i0, i1 = share_of(pieces, i, span[0]), share_of(pieces, i, span[1])
    j0, j1 = share_of(pieces, j, span[0]), share_of(pieces, j, span[1])
    ax, ay, az = place_on(pieces, i, i0)
    bx, by, bz = place_on(pieces, j, j0)
    px, py, pz = place_on(pieces, i, i1)
    qx, qy, qz = place_on(pieces, j, j1)
    x, y, z = bx - ax, by - ay, bz - az
    u, v, w = (qx - px) - x, (qy - py) - y, (qz - pz) - z
    square = u * u + v * v + w * w
    share = 0.0
    if square > 0.0:
        share = min(max(-(x * u + y * v + z * w) / square, 0.0), 1.0)
    x, y, z = x + share * u, y + share * v, z + share * w
    bend_m = (_acceleration(pieces, i) * (i1 - i0) ** 2 + _acceleration(pieces, j) * (j1 - j0) ** 2) / 8.0
    return max(math.sqrt(x * x + y * y + z * z) - bend_m, 0.0)


@kernel
def _acceleration(pieces: Pieces, piece: int) -> float:
    """Greatest second derivative of a piece with respect to the share of its time, metres."""
    c = pieces.curve[piece]
    first, last = 0.0, 0.0
    for axis in range(3):
        first += (2.0 * c[2, axis]) ** 2
        last += (2.0 * c[2, axis] + 6.0 * c[3, axis]) ** 2
    return math.sqrt(max(first, last))


@kernel
def _sample(pieces: Pieces, both: tuple[int, int], span: tuple[float, float], out: FloatArray) -> None:
    """Squares of the range between two units at the nodes of a span of one piece each."""
    i, j = both
    i0, i1 = share_of(pieces, i, span[0]), share_of(pieces, i, span[1])
    j0, j1 = share_of(pieces, j, span[0]), share_of(pieces, j, span[1])
    for k in range(COUNT):
        px, py, pz = place_on(pieces, i, i0 + (i1 - i0) * NODES[k])
        qx, qy, qz = place_on(pieces, j, j0 + (j1 - j0) * NODES[k])
        apart_m = range_between(px, py, pz, qx, qy, qz)
        out[k] = apart_m * apart_m
