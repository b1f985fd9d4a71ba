"""The type of most arrays; distinct values and medians without what NumPy would import to find them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Scalar = TypeVar("Scalar", bound=np.generic)

__all__ = ["FloatArray", "distinct", "median"]

FloatArray: TypeAlias = "NDArray[np.float64]"
"""An array of 64-bit floats."""


def distinct(values: NDArray[Scalar]) -> NDArray[Scalar]:
    """The values of an array of shape (n,) in rising order, each once.

    `numpy.unique` does the same and imports `numpy.ma` first, a twentieth of the time in which a plan is checked.
    """
    rising: NDArray[Scalar] = np.sort(values)
    is_new = np.ones(rising.size, dtype=np.bool_)
    is_new[1:] = rising[1:] != rising[:-1]
    return rising[is_new]


def median(values: FloatArray) -> float:
    """The median of an array of shape (n,) of finite numbers, n at least 1.

    `numpy.median` does the same and imports `numpy.ma` first, as `numpy.unique` does.
    """
    rising = np.sort(values)
    return float(rising[(values.size - 1) // 2] + rising[values.size // 2]) / 2.0
