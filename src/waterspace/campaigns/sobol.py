"""Sobol points: evenly spread points of the unit cube, with direction numbers from the literature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from waterspace.errors import CampaignError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MOST_DIMENSIONS", "sobol_points"]

_BITS = 32

# Source: S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM Journal on
# Scientific Computing 30 (2008) 2635-2654, table new-joe-kuo-6.21201, dimensions 2 to 21. A row holds the primitive
# polynomial, written as the bits of its coefficients from the highest power down, and the first direction numbers.
_ROWS: tuple[tuple[int, tuple[int, ...]], ...] = (
    (0b11, (1,)),
    (0b111, (1, 3)),
    (0b1011, (1, 3, 1)),
    (0b1101, (1, 1, 1)),
    (0b10011, (1, 1, 3, 3)),
    (0b11001, (1, 3, 5, 13)),
    (0b100101, (1, 1, 5, 5, 17)),
    (0b101001, (1, 1, 5, 5, 5)),
    (0b101111, (1, 1, 7, 11, 19)),
    (0b110111, (1, 1, 5, 1, 1)),
    (0b111011, (1, 1, 1, 3, 11)),
    (0b111101, (1, 3, 5, 5, 31)),
    (0b1000011, (1, 3, 3, 9, 7, 49)),
    (0b1011011, (1, 1, 1, 15, 21, 21)),
    (0b1100001, (1, 3, 1, 13, 27, 49)),
    (0b1100111, (1, 1, 1, 15, 7, 5)),
    (0b1101101, (1, 3, 1, 15, 13, 25)),
    (0b1110011, (1, 1, 5, 5, 19, 61)),
    (0b10000011, (1, 3, 7, 11, 23, 15, 103)),
    (0b10001001, (1, 3, 7, 13, 13, 15, 69)),
)

MOST_DIMENSIONS = 1 + len(_ROWS)


def sobol_points(count: int, dimensions: int, shift: NDArray[np.uint32] | None = None) -> NDArray[np.float64]:
    """The first points of the sequence, in Gray-code order.

    Of every 2**k points that begin at a multiple of 2**k, each dimension has one point in each of 2**k equal parts.
    A digital shift keeps that, and keeps the first point off the corner.

    Args:
        count: of points, at most 2**32.
        dimensions: 1 to `MOST_DIMENSIONS`.
        shift: one number for each dimension, combined with each point bit by bit; none leaves the sequence as it is.

    Returns:
        Shape (count, dimensions), from 0 to below 1.

    Raises:
        CampaignError: there are too many dimensions.
    """
    if dimensions > MOST_DIMENSIONS:
        raise CampaignError(
            f"Sobol points are known here for up to {MOST_DIMENSIONS} varied values, and {dimensions} are varied: "
            "take --design lhs"
        )
    directions = np.array([_directions(dimension) for dimension in range(dimensions)], dtype=np.uint32)
    points = np.zeros((count, dimensions), dtype=np.uint32)
    for index in range(1, count):
        lowest_zero = (~(index - 1) & index).bit_length() - 1
        points[index] = points[index - 1] ^ directions[:, lowest_zero]
    if shift is not None:
        points ^= shift
    return points / 2.0**_BITS


def _directions(dimension: int) -> list[int]:
    """The direction numbers of a dimension, each shifted to 32 bits.

    Source: P. Bratley and B. L. Fox, "Algorithm 659", ACM Transactions on Mathematical Software 14 (1988) 88-100, for
    the recurrence.
    """
    if dimension == 0:
        return [1 << (_BITS - 1 - bit) for bit in range(_BITS)]
    polynomial, first = _ROWS[dimension - 1]
    degree = len(first)
    numbers = [number << (_BITS - 1 - bit) for bit, number in enumerate(first)]
    for bit in range(degree, _BITS):
        number = numbers[bit - degree] ^ (numbers[bit - degree] >> degree)
        for step in range(1, degree):
            if polynomial >> (degree - step) & 1:
                number ^= numbers[bit - step]
        numbers.append(number)
    return numbers
