"""Lines along which a field on a grid is zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.geometry.geodesic import FloatArray

__all__ = ["zero_lines"]


def zero_lines(values: FloatArray) -> list[tuple[FloatArray, FloatArray]]:
    """Where a field changes its sign, by marching squares.

    Between nodes the field is taken to be straight. Where it is positive at two opposite corners of a square only, the
    positive corners are taken to be joined if the mean of the four is positive.

    Args:
        values: shape (rows, columns), finite; zero counts as positive.

    Returns:
        Lines as rows and columns, fractions of a node included; a closed one repeats its first point.
    """
    positive = values >= 0.0
    corners = [positive[:-1, :-1], positive[:-1, 1:], positive[1:, 1:], positive[1:, :-1]]
    case = np.tensordot(np.array([1, 2, 4, 8]), np.array(corners, dtype=np.intp), axes=1)
    mean = (values[:-1, :-1] + values[:-1, 1:] + values[1:, 1:] + values[1:, :-1]) >= 0.0
    row, column = np.nonzero((case > 0) & (case < 15))
    sides = _sides(case[row, column], mean[row, column])
    pairs = sides.reshape(-1, 2)
    square = np.repeat(np.arange(row.size), 2)[pairs[:, 0] >= 0]
    pairs = pairs[pairs[:, 0] >= 0]
    edges = _edge(row[square][:, None], column[square][:, None], pairs, values.shape[1])
    return [_places(chain, values) for chain in _chains(edges)]


def _sides(case: NDArray[np.intp], mean: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The sides of squares that each stroke joins, shape (n, 2 strokes, 2), -1 where there is no second stroke.

    Sides are south 0, east 1, north 2, west 3; a corner's bit is set where the field is positive there.
    """
    single = {1: (3, 0), 2: (0, 1), 3: (3, 1), 4: (1, 2), 6: (0, 2), 7: (3, 2)}
    table = np.full((16, 2, 2), -1, dtype=np.intp)
    for corners, sides in single.items():
        table[corners, 0] = sides
        table[15 - corners, 0] = sides
    found = table[case]
    around_first, around_second = [(3, 0), (1, 2)], [(0, 1), (2, 3)]
    # corners 0 and 2 positive (5) or 1 and 3 (10): joined through the middle, the other two corners are cut off
    for diagonal, joined, apart in ((5, around_second, around_first), (10, around_first, around_second)):
        here = case == diagonal
        found[here & mean] = joined
        found[here & ~mean] = apart
    return found


def _edge(row: NDArray[np.intp], column: NDArray[np.intp], side: NDArray[np.intp], columns: int) -> NDArray[np.intp]:
    """One number for each edge of the grid: twice its south-western node, and one more where it runs north."""
    node = (row + (side == 2)) * columns + column + (side == 1)
    number: NDArray[np.intp] = 2 * node + ((side == 1) | (side == 3))
    return number


def _chains(strokes: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Strokes between edges joined end to end."""
    ends: dict[int, list[int]] = {}
    for index, (a, b) in enumerate(strokes.tolist()):
        ends.setdefault(a, []).append(index)
        ends.setdefault(b, []).append(index)
    used = np.zeros(len(strokes), dtype=bool)
    pairs = strokes.tolist()
    starts = [edge for edge, at in ends.items() if len(at) == 1] + [pair[0] for pair in pairs]
    found = []
    for start in starts:
        chain = [start]
        here = start
        while True:
            onward = next((index for index in ends[here] if not used[index]), None)
            if onward is None:
                break
            used[onward] = True
            a, b = pairs[onward]
            here = b if here == a else a
            chain.append(here)
        if len(chain) > 1:
            found.append(np.array(chain, dtype=np.intp))
    return found


def _places(chain: NDArray[np.intp], values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Rows and columns of the zeros on edges."""
    columns = values.shape[1]
    north = chain % 2 == 1
    row, column = np.divmod(chain // 2, columns)
    start = values[row, column]
    end = values[row + north, column + ~north]
    part = start / (start - end)
    return row + np.where(north, part, 0.0), column + np.where(north, 0.0, part)
