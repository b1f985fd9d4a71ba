"""One question about the weather, whether the exercise file gives it as a schedule or a forecast gives it as fields."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from waterspace.environment.metoc.fields import Fields
from waterspace.environment.metoc.sea_scales import douglas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Position, Weather
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Conditions", "Source", "at"]

Source: TypeAlias = "Sequence[Weather] | Fields"
"""A schedule of the exercise file, or the fields of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Weather and sea at a place and time; None is unknown.

    Attributes:
        sea_state: Douglas, 0 to 9; from the height of the waves where fields give it.
        wind_from_deg: true direction the wind blows from.
        current_set_deg: true direction towards which the current flows.
        sea_temperature_c: degrees Celsius.
        source: who says so; empty where nobody says anything.
        flags: what a reader should know of these values, such as one that was left out because it cannot be.
    """

    sea_state: int | None = None
    significant_wave_m: float | None = None
    wave_period_s: float | None = None
    wave_from_deg: float | None = None
    wind_from_deg: float | None = None
    wind_mps: float | None = None
    visibility_m: float | None = None
    current_set_deg: float | None = None
    current_drift_mps: float | None = None
    sea_temperature_c: float | None = None
    source: str = ""
    flags: tuple[str, ...] = ()


def at(source: Source, position: Position, time_ms: int) -> Conditions:
    """The conditions at a place and time.

    Of spells of a schedule that overlap, the highest sea, the strongest wind and the least visibility hold.

    Raises:
        GeometryError: a position off the globe, where fields are asked.
        DataFileError: the file of the fields cannot be read any more.
    """
    if isinstance(source, Fields):
        return _of_fields(source, position, time_ms)
    return _of_spells([spell for spell in source if spell.window.start_ms <= time_ms < spell.window.end_ms])


def _of_spells(spells: Sequence[Weather]) -> Conditions:
    """The worst of the spells that hold."""
    if not spells:
        return Conditions(flags=("the schedule says nothing of this time",))
    windy = [spell for spell in spells if spell.wind_speed_mps is not None]
    wind = max(windy, key=lambda spell: spell.wind_speed_mps or 0.0, default=spells[0])
    sources = dict.fromkeys(spell.provenance.source for spell in spells if spell.provenance.source)
    return Conditions(
        sea_state=max((spell.sea_state for spell in spells if spell.sea_state is not None), default=None),
        wind_from_deg=wind.wind_from_deg,
        wind_mps=wind.wind_speed_mps,
        visibility_m=min((spell.visibility_m for spell in spells if spell.visibility_m is not None), default=None),
        source="; ".join(("weather of the exercise file", *sources)),
    )


def _of_fields(fields: Fields, position: Position, time_ms: int) -> Conditions:
    sea = fields.at(position.lat_deg, position.lon_deg, time_ms)
    wave_m = _known(sea.significant_wave_m)
    return Conditions(
        sea_state=None if wave_m is None else douglas(wave_m),
        significant_wave_m=wave_m,
        wave_period_s=_known(sea.wave_period_s),
        wave_from_deg=_known(sea.wave_from_deg),
        wind_from_deg=_known(sea.wind_from_deg),
        wind_mps=_known(sea.wind_mps),
        visibility_m=_known(sea.visibility_m),
        current_set_deg=_known(sea.current_set_deg),
        current_drift_mps=_known(sea.current_drift_mps),
        sea_temperature_c=_known(sea.sea_temperature_c),
        source=fields.source,
        flags=tuple(_flags(fields, position, time_ms, wave_m)),
    )


def _flags(fields: Fields, position: Position, time_ms: int, wave_m: float | None) -> list[str]:
    """What is to be said of the values of fields."""
    flags = []
    start_ms, end_ms = fields.span_ms
    if not start_ms <= time_ms <= end_ms:
        flags.append("outside the span of time of the fields")
    if wave_m is None:
        as_given_m = _known(fields.unscreened().at(position.lat_deg, position.lon_deg, time_ms).significant_wave_m)
        if as_given_m is not None:
            flags.append(f"waves of {as_given_m:.1f} m are given, which cannot be; they are left out")
    elif fields.has_only_part_of_the_waves:
        flags.append("the height is that of wind waves or of swell alone: the fields do not have both")
    return flags


def _known(value: FloatArray) -> float | None:
    """A single value; None where it is NaN."""
    number = float(np.asarray(value).reshape(()))
    return None if math.isnan(number) else number
