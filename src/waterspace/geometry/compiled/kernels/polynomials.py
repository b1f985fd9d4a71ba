"""Roots and least values of polynomials of degree six on a stretch of time, none of them missed.

Whatever is asked of motion is a smooth function of time while nobody alters course: the square of a separation, the
distance from a line. Seven samples fix the polynomial of degree six; in Bernstein's form its coefficients bound it, so
that a stretch without a change of sign among them has no root, one with a single change has exactly one, and any
other is halved. Nothing is stepped over, however short.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from waterspace.geometry.compiled.kernels.compiler import kernel

if TYPE_CHECKING:
    from waterspace.geometry.arrays import FloatArray

__all__ = ["COUNT", "MOST_ROOTS", "NODES", "fit", "least", "roots", "turns", "value"]

COUNT = 7
"""Samples of a polynomial, and its coefficients."""

NODES: FloatArray = (1.0 - np.cos(np.pi * np.arange(COUNT) / (COUNT - 1))) / 2.0
"""Where samples are taken: the extrema of Chebyshev's polynomial from 0 to 1, both ends among them."""

MOST_ROOTS = 32
"""More roots than a polynomial of degree six has, those found twice included."""

_DEEPEST = 40
"""How often a stretch can be halved: to a millionth of a millisecond of ten days."""


def _from_samples() -> FloatArray:
    """The matrix, shape (7, 7), that makes Bernstein coefficients of samples."""
    order = COUNT - 1
    rows = [
        [math.comb(order, k) * node**k * (1.0 - node) ** (order - k) for k in range(COUNT)] for node in NODES.tolist()
    ]
    inverse: FloatArray = np.ascontiguousarray(np.linalg.inv(np.array(rows)))
    return inverse


_MATRIX = _from_samples()


@kernel
def fit(samples: FloatArray, out: FloatArray) -> None:
    """Bernstein coefficients of the polynomial through seven samples at `NODES`."""
    for row in range(COUNT):
        total = 0.0
        for column in range(COUNT):
            total += _MATRIX[row, column] * samples[column]
        out[row] = total
    out[0], out[COUNT - 1] = samples[0], samples[COUNT - 1]


@kernel
def value(b: FloatArray, fraction: float, count: int) -> float:
    """The polynomial with the first `count` Bernstein coefficients at a fraction from 0 to 1."""
    rest, power, choose = 1.0 - fraction, 1.0, 1.0
    total = b[0] * rest
    for k in range(1, count - 1):
        power *= fraction
        choose = choose * (count - k) / k
        total = (total + power * choose * b[k]) * rest
    return float(total + power * fraction * b[count - 1])


@kernel
def roots(b: FloatArray, limits: tuple[float, float], out: FloatArray) -> int:
    """Every place at which a polynomial passes through zero, in order.

    Where it stays within the tolerance of zero, or turns within it, one place of that stretch stands for all of it.

    Args:
        b: Bernstein coefficients, shape (7,).
        limits: the tolerance, in the unit of the coefficients, and the share of the stretch that is not halved again.
        out: shape (`MOST_ROOTS`,), written to.

    Returns:
        How many.
    """
    return _roots(b, COUNT, limits, out)


@kernel
def turns(b: FloatArray, limits: tuple[float, float], out: FloatArray) -> int:
    """Every place at which a polynomial is least or greatest among its neighbours, as `roots` finds them.

    Args:
        b: Bernstein coefficients, shape (7,).
        limits: by how much the polynomial may vary where it is called level, and the least share of the stretch.
        out: shape (`MOST_ROOTS`,), written to.

    Returns:
        How many.
    """
    slope = np.empty(COUNT)
    for k in range(COUNT - 1):
        slope[k] = b[k + 1] - b[k]
    return _roots(slope, COUNT - 1, (limits[0] / COUNT, limits[1]), out)


@kernel
def least(b: FloatArray, stretch: tuple[float, float], places: FloatArray, count: int) -> tuple[float, float]:
    """Where a polynomial is least on a stretch, and its value there, given where it turns.

    Args:
        b: Bernstein coefficients, shape (7,).
        stretch: from and to, within 0 to 1.
        places: what `turns` wrote.
        count: what `turns` returned.
    """
    best_at, best = stretch[0], value(b, stretch[0], COUNT)
    at_end = value(b, stretch[1], COUNT)
    if at_end < best:
        best_at, best = stretch[1], at_end
    for k in range(count):
        if stretch[0] < places[k] < stretch[1]:
            here = value(b, places[k], COUNT)
            if here < best:
                best_at, best = places[k], here
    return best_at, best


@kernel
def _changes(b: FloatArray, count: int) -> int:
    """Changes of sign among coefficients; zero counts as positive, so that a root between two halves is in one."""
    changes = 0
    for k in range(1, count):
        if (b[k] < 0.0) != (b[k - 1] < 0.0):
            changes += 1
    return changes


@kernel
def _roots(b: FloatArray, count: int, limits: tuple[float, float], out: FloatArray) -> int:
    """The roots of a polynomial with any number of coefficients up to seven, as `roots` finds them."""
    changes = _changes(b, count)
    if changes == 0:
        return 0
    if changes == 1:
        out[0] = _only_root(b, count)
        return 1
    tolerance, least_share = limits
    stack = np.empty((_DEEPEST + 2, COUNT + 2))
    for k in range(count):
        stack[0, k] = b[k]
    stack[0, COUNT], stack[0, COUNT + 1] = 0.0, 1.0
    open_count, found = 1, 0
    while open_count > 0 and found < MOST_ROOTS:
        open_count -= 1
        top = stack[open_count]
        changes = _changes(top, count)
        if changes == 0:
            continue
        low, high = top[COUNT], top[COUNT + 1]
        if changes == 1:
            out[found] = low + (high - low) * _only_root(top, count)
            found += 1
            continue
        greatest = 0.0
        for k in range(count):
            greatest = max(greatest, abs(top[k]))
        if greatest <= tolerance or high - low <= least_share or open_count + 2 > _DEEPEST:
            out[found] = (low + high) / 2.0
            found += 1
            continue
        _halve(stack, open_count, count)
        open_count += 2
    return found


@kernel
def _halve(stack: FloatArray, place: int, count: int) -> None:
    """Replace a stretch on a stack by its later half, and put its earlier half on top (de Casteljau)."""
    later, earlier = stack[place], stack[place + 1]
    low, high = later[COUNT], later[COUNT + 1]
    for k in range(count):
        earlier[k] = later[0]
        for j in range(count - 1 - k):
            later[j] = (later[j] + later[j + 1]) / 2.0
    # what is left runs from the end of the later half back to its start
    middle = (low + high) / 2.0
    earlier[COUNT], earlier[COUNT + 1] = low, middle
    later[COUNT], later[COUNT + 1] = middle, high


@kernel
def _only_root(b: FloatArray, count: int) -> float:
    """The one root of a polynomial whose ends have opposite signs (the Illinois form of false position)."""
    low, high = 0.0, 1.0
    at_low, at_high = b[0], b[count - 1]
    side = 0
    for _ in range(100):
        here = (low * at_high - high * at_low) / (at_high - at_low)
        if not low < here < high:
            here = (low + high) / 2.0
        at_here = value(b, here, count)
        if at_here == 0.0:
            return float(here)
        if (at_here < 0.0) == (at_high < 0.0):
            high, at_high = here, at_here
            if side == -1:
                at_low /= 2.0
            side = -1
        else:
            low, at_low = here, at_here
            if side == 1:
                at_high /= 2.0
            side = 1
        if high - low < 1e-13 or abs(at_here) < 1e-300:
            break
    return (low + high) / 2.0
