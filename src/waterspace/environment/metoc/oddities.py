"""Oddities: values of a field that cannot be, such as seas of 29 m among calm water.

Two rules. A value outside the bounds of what has been measured at sea, with a margin, is odd. A height of waves is odd
too where it stands more than 3 m above, and at more than twice, what three quarters of the known nodes around it stay
below: waves are handed on from one cell to the next, and so do not stand alone (the factors are assumed).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from waterspace.environment.metoc.field_names import Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from waterspace.environment.metoc.stencils import Grid
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["BOUNDS", "reason", "where_odd"]

BOUNDS: Final[Mapping[Quantity, tuple[float, float]]] = {
    **dict.fromkeys((Quantity.SIGNIFICANT_WAVE, Quantity.WIND_WAVE, Quantity.SWELL), (0.0, 25.0)),
    Quantity.WAVE_PERIOD: (0.0, 40.0),
    **dict.fromkeys((Quantity.WIND_EAST, Quantity.WIND_NORTH), (-115.0, 115.0)),
    **dict.fromkeys((Quantity.CURRENT_EAST, Quantity.CURRENT_NORTH), (-12.0, 12.0)),
    Quantity.SEA_TEMPERATURE: (-3.0, 40.0),
    Quantity.VISIBILITY: (0.0, np.inf),
    Quantity.AIR_PRESSURE: (85_000.0, 109_000.0),
    Quantity.WAVE_FROM: (-360.0, 720.0),
}
"""Least and greatest that are taken for true, in the units of the quantity.

Source: greatest significant height measured by a buoy 19.0 m (WMO, 4 February 2013); greatest wind in a gust 113 m/s
(WMO, Barrow Island, 10 April 1996); least and greatest air pressure at sea level 870 and 1084 hPa (WMO archive of
extremes); the margins, and the bounds of the others, are assumed.
"""

_WAVES = {Quantity.SIGNIFICANT_WAVE, Quantity.WIND_WAVE, Quantity.SWELL}
_ABOVE_M = 3.0
_TIMES = 2.0
_SHARE = 0.75


def where_odd(quantity: Quantity, values: FloatArray, grid: Grid) -> NDArray[np.bool_]:
    """Which values are odd; those that are NaN are not.

    Args:
        quantity: what they tell.
        values: of all nodes of the grid, shape (n,), in our units.
        grid: where they stand.
    """
    least, greatest = BOUNDS.get(quantity, (-np.inf, np.inf))
    odd: NDArray[np.bool_] = (values < least) | (values > greatest)
    if quantity in _WAVES:
        lowest = float(np.nanmin(values)) if np.isfinite(values).any() else 0.0
        high = np.flatnonzero((values > lowest + _ABOVE_M) & ~odd)
        odd[high[_stands_alone(values, grid, high)]] = True
    return odd


def _stands_alone(values: FloatArray, grid: Grid, high: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which of some nodes stand far above those around them."""
    if not high.size:
        return np.zeros(0, dtype=np.bool_)
    nodes = grid.neighbours(high)
    around = np.where(nodes >= 0, values[nodes], np.nan)
    around.sort(axis=1)  # NaN last
    count = np.count_nonzero(~np.isnan(around), axis=1)
    at = np.clip(np.ceil(_SHARE * count).astype(np.intp) - 1, 0, around.shape[1] - 1)
    most = np.where(count > 0, around[np.arange(high.size), at], np.inf)
    alone: NDArray[np.bool_] = (values[high] > most + _ABOVE_M) & (values[high] > _TIMES * most)
    return alone


def reason(quantity: Quantity, value: float) -> str:
    """Why a value was found odd, in words."""
    least, greatest = BOUNDS.get(quantity, (-np.inf, np.inf))
    if least <= value <= greatest:
        return "it stands alone, far above the nodes around it"
    return f"it is outside {least:g} to {greatest:g}"
