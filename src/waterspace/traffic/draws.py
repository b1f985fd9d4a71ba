"""Random numbers for many vessels: a row for each, which does not change when there are more vessels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from waterspace.geometry.arrays import FloatArray

__all__ = ["poisson", "rows", "triangular"]

_BLOCK = 1024


def rows(seed: int, name: str, count: int, columns: int) -> FloatArray:
    """Numbers from 0 to below 1, shape (count, columns), from the stream of a name.

    The generator counts: row 7 is the same whether 8 or 8,000 rows are asked for, as long as the columns are as many.

    Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC'11, for the counter-based generator.
    """
    return _generator(seed, name).random((count, columns))


def poisson(seed: int, name: str, mean_count: float) -> int:
    """A number of events with a mean; of one seed and name it never falls when the mean rises.

    It is the number of arrivals at rate 1 before a time, so that a larger mean only adds arrivals.
    """
    generator = _generator(seed, name)
    count, now = 0, 0.0
    while True:
        arrivals = now + np.cumsum(generator.standard_exponential(_BLOCK))
        before = int(np.searchsorted(arrivals, mean_count, side="right"))
        count, now = count + before, float(arrivals[-1])
        if before < _BLOCK:
            return count


def triangular(
    uniform: FloatArray, low: FloatArray | float, mode: FloatArray | float, high: FloatArray | float
) -> FloatArray:
    """Values of the triangular distribution at quantiles, all of which broadcast together; `low` is below `high`."""
    low_, mode_, high_ = (np.asarray(value, dtype=np.float64) for value in (low, mode, high))
    whole = high_ - low_
    at_mode = (mode_ - low_) / whole
    rising = low_ + np.sqrt(uniform * whole * (mode_ - low_))
    falling = high_ - np.sqrt((1.0 - uniform) * whole * (high_ - mode_))
    value: FloatArray = np.where(uniform < at_mode, rising, falling)
    return value


def _generator(seed: int, name: str) -> np.random.Generator:
    """The generator of a stream."""
    import hashlib

    key = hashlib.sha256(f"{seed}\x1ftraffic/{name}".encode()).digest()[:16]
    return np.random.Generator(np.random.Philox(key=int.from_bytes(key, "big")))
