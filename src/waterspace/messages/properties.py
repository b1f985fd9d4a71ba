"""What features of warnings and of drafts both say of a place: heights, and the circle that it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from waterspace.domain import Circle
from waterspace.quantity import nautical_miles

if TYPE_CHECKING:
    from waterspace.domain import Band, Footprint, Position

__all__ = ["DECIMALS", "heights", "roundness"]

DECIMALS = 7
"""Of degrees, where a position stands for itself."""
_MILE_DECIMALS = 4


def heights(band: Band) -> dict[str, Any]:
    """Heights above the sea in metres; `null` for the sea bed and for no upper limit."""
    return {
        "floor_m": round(band.floor_m, 1) if math.isfinite(band.floor_m) else None,
        "ceiling_m": round(band.ceiling_m, 1) if math.isfinite(band.ceiling_m) else None,
    }


def roundness(footprint: Footprint) -> dict[str, Any]:
    """Centre (longitude, latitude) and radius of a circle; nothing of other places."""
    if not isinstance(footprint, Circle) or footprint.radius_m == 0.0:
        return {}
    return {"center": _corner(footprint.centre), "radius_nm": round(nautical_miles(footprint.radius_m), _MILE_DECIMALS)}


def _corner(position: Position) -> list[float]:
    return [round(position.lon_deg, DECIMALS), round(position.lat_deg, DECIMALS)]
