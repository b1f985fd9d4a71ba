"""Heights of a NOTAM: flight levels in line Q, feet above mean sea level in items F and G, rounded outwards.

A band of a draft is a height above mean sea level and no pressure altitude, so that items F and G give feet and not
flight levels. Line Q knows flight levels only; they are hundreds of feet there, as offices make them.

Source: ICAO Doc 8126, 6.2, qualifiers `Lower` and `Upper`: 000 from the surface, 999 without limit; items F and G.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from waterspace.errors import DraftError
from waterspace.quantity import FLIGHT_LEVEL_M, FOOT_M

if TYPE_CHECKING:
    from waterspace.domain import Band

__all__ = ["check_band", "levels", "limits_text"]

_NO_LIMIT = 999
_TOUCH = 1e-6
"""Part of a foot or of a level that is noise of conversion."""


def check_band(band: Band) -> None:
    """Refuse heights that a NOTAM has no figures for.

    Raises:
        DraftError: the band lies below the sea, or above the last flight level of line Q.
    """
    if band.ceiling_m <= 0.0:
        raise DraftError("an area lies wholly below the sea, where nobody flies; warn mariners of it alone")
    if math.isfinite(band.floor_m) and band.floor_m / FLIGHT_LEVEL_M > _NO_LIMIT - 1:
        raise DraftError(f"an area begins above flight level {_NO_LIMIT - 1}, the last one that line Q has")


def levels(band: Band) -> tuple[str, str]:
    """Lower and upper of line Q, three digits each: down and up to whole levels."""
    if band.ceiling_m / FLIGHT_LEVEL_M > _NO_LIMIT - 1 + _TOUCH:
        return _floor(band, FLIGHT_LEVEL_M), f"{_NO_LIMIT}"
    return _floor(band, FLIGHT_LEVEL_M), f"{math.ceil(band.ceiling_m / FLIGHT_LEVEL_M - _TOUCH):03}"


def limits_text(band: Band) -> tuple[str, str]:
    """Items F and G: `SFC` or feet, feet or `UNL`; down and up to whole feet."""
    low = "SFC" if band.floor_m <= 0.0 else f"{math.floor(band.floor_m / FOOT_M + _TOUCH)}FT AMSL"
    high = "UNL" if math.isinf(band.ceiling_m) else f"{math.ceil(band.ceiling_m / FOOT_M - _TOUCH)}FT AMSL"
    return low, high


def _floor(band: Band, unit_m: float) -> str:
    return f"{math.floor(max(band.floor_m, 0.0) / unit_m + _TOUCH):03}"
