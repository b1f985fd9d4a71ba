"""Claims of one serial to the water of a footprint, as the tests of the index and of meetings draw them."""

from __future__ import annotations

from waterspace.domain import Band, Footprint, Hazard, Position, Reservation, Window
from waterspace.quantity import DAY_MS

__all__ = ["DAY", "SEA", "claim"]

SEA = Position(lat_deg=39.5, lon_deg=133.5)
DAY = Window(start_ms=0, end_ms=DAY_MS)


def claim(footprint: Footprint, *windows: Window, band: Band | None = None) -> Reservation:
    """A claim to fire, all day where no windows are given."""
    return Reservation(
        id="S1/area",
        owner="S1",
        name="area",
        footprint=footprint,
        band=Band() if band is None else band,
        windows=windows or (DAY,),
        hazard=Hazard.FIRING,
    )
