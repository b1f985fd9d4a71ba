"""Magnetic variation, to show a bearing as a compass would; nothing is computed with it.

Source: World Magnetic Model, NOAA National Centers for Environmental Information and British Geological Survey:
WMM2010, WMM2015 (second version), WMM2020 and WMM2025, each good for its five years, as packed by `pygeomag`.
"""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.geometry.arguments import admitted

if TYPE_CHECKING:
    from pygeomag import GeoMag  # type: ignore[import-untyped]

    from waterspace.domain import Position

__all__ = ["Variation", "magnetic_bearing_deg", "variation", "variation_deg"]

_MODELS = {2010: "WMM_2010.COF", 2015: "WMM_2015v2.COF", 2020: "WMM_2020.COF", 2025: "WMM_2025.COF"}
"""Coefficients by the first year for which they hold."""

_MODEL_YEARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """Magnetic variation at a place and time.

    Attributes:
        variation_deg: from true to magnetic north, east positive; None where it is unknown.
        model: which answered, such as `WMM-2020`; empty where none holds.
        note: why it is unknown, or that compasses are unreliable; else empty.
    """

    variation_deg: float | None
    model: str = ""
    note: str = ""


def variation(position: Position, time_ms: int) -> Variation:
    """The variation at sea level, from the model that holds at a time.

    It is unknown before 2010 and from 2030 on, and in the zones round the magnetic poles where the horizontal field is
    below 2000 nT: there the model's makers warn against its declination.

    Raises:
        GeometryError: a position off the globe.
    """
    admitted(lat_deg=position.lat_deg, lon_deg=position.lon_deg)
    year = _decimal_year(time_ms)
    first = int(year) - int(year) % _MODEL_YEARS
    if first not in _MODELS:
        span = f"{min(_MODELS)} to {max(_MODELS) + _MODEL_YEARS}"
        return Variation(variation_deg=None, note=f"the magnetic models hold from {span}, not in {year:.1f}")
    model = _model(first)
    found = model.calculate(glat=position.lat_deg, glon=position.lon_deg, alt=0.0, time=year)
    if found.in_blackout_zone:
        return Variation(variation_deg=None, model=model.model, note="too near a magnetic pole")
    note = "compasses are unreliable so near a magnetic pole" if found.in_caution_zone else ""
    return Variation(variation_deg=float(found.d), model=model.model, note=note)


def variation_deg(position: Position, time_ms: int) -> float | None:
    """The variation, east positive; None where `variation` says that it is unknown."""
    return variation(position, time_ms).variation_deg


def magnetic_bearing_deg(true_deg: float, position: Position, time_ms: int) -> float | None:
    """A true bearing as degrees magnetic, 0 to below 360, for display only; None where the variation is unknown."""
    east_deg = variation_deg(position, time_ms)
    return None if east_deg is None else (true_deg - east_deg) % 360.0 % 360.0


@functools.cache
def _model(first_year: int) -> GeoMag:
    from pygeomag import GeoMag

    return GeoMag(coefficients_file=f"wmm/{_MODELS[first_year]}")


def _decimal_year(time_ms: int) -> float:
    """Years of the calendar with the part that has gone, as the models count them; 0 where no calendar has the time."""
    try:
        moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=time_ms)
        start = dt.datetime(moment.year, 1, 1, tzinfo=dt.UTC)
        length = dt.datetime(moment.year + 1, 1, 1, tzinfo=dt.UTC) - start
    except (OverflowError, ValueError):
        return 0.0
    return moment.year + (moment - start) / length
