"""Fields of weather and sea from a forecast or an analysis: asked anywhere and at any time, never guessed.

What a file does not say is unknown: outside its grid and its span of time, where it is masked, within a gap of time.
Values that cannot be are unknown too, and are listed; `Fields.unscreened` takes them as they are.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from waterspace.domain import Position
from waterspace.environment.metoc.drift import Current
from waterspace.environment.metoc.field_names import Quantity
from waterspace.environment.metoc.oddities import reason
from waterspace.geometry.arguments import admitted
from waterspace.geometry.geodesic import normalise_lon

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import ArrayLike, NDArray

    from waterspace.environment.metoc.layers import Layer
    from waterspace.environment.metoc.stencils import Stencil
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Fields", "OddValue", "Quantity", "Sea", "read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OddValue:
    """A value of a file that cannot be.

    Attributes:
        value: as the file gives it, in our unit.
        reason: which rule it breaks.
    """

    quantity: Quantity
    position: Position
    time_ms: int
    value: float
    reason: str

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.quantity} {self.value:.1f}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sea:
    """Weather and sea at points and times; all arrays have one shape, NaN where unknown.

    Attributes:
        significant_wave_m: of wind waves and swell together; where a file has only one of them, of that one.
        wave_from_deg: true direction that the waves come from.
        wind_east_mps: component towards east of the wind at 10 m.
        current_east_mps: component towards east of the current at the surface.
        sea_temperature_c: at the surface, degrees Celsius.
    """

    significant_wave_m: FloatArray
    wave_period_s: FloatArray
    wave_from_deg: FloatArray
    wind_east_mps: FloatArray
    wind_north_mps: FloatArray
    current_east_mps: FloatArray
    current_north_mps: FloatArray
    sea_temperature_c: FloatArray
    visibility_m: FloatArray
    air_pressure_pa: FloatArray

    @property
    def wind_mps(self) -> FloatArray:
        """Speed of the wind."""
        return np.hypot(self.wind_east_mps, self.wind_north_mps)

    @property
    def wind_from_deg(self) -> FloatArray:
        """True direction that the wind blows from, 0 to below 360."""
        return _direction(-self.wind_east_mps, -self.wind_north_mps)

    @property
    def current_drift_mps(self) -> FloatArray:
        """Speed of the current."""
        return np.hypot(self.current_east_mps, self.current_north_mps)

    @property
    def current_set_deg(self) -> FloatArray:
        """True direction towards which the current flows, 0 to below 360."""
        return _direction(self.current_east_mps, self.current_north_mps)


class Fields:
    """The layers of one file.

    Attributes:
        source: the file.
        layers: by quantity.
        notes: what of the file was left out and why.
    """

    def __init__(self, source: str, layers: Mapping[Quantity, Layer], notes: Sequence[str] = ()) -> None:
        self.source = source
        self.layers = dict(layers)
        self.notes = tuple(notes)

    def unscreened(self) -> Fields:
        """The same fields with odd values taken as they are."""
        return Fields(self.source, {key: layer.unscreened() for key, layer in self.layers.items()}, self.notes)

    @property
    def span_ms(self) -> tuple[int, int]:
        """From the first time of any quantity to the last."""
        starts, ends = zip(*((layer.times_ms[0], layer.times_ms[-1]) for layer in self.layers.values()), strict=True)
        return int(min(starts)), int(max(ends))

    @property
    def has_only_part_of_the_waves(self) -> bool:
        """Whether the file has wind waves without swell, or swell without wind waves."""
        has = self.layers.keys()
        return Quantity.SIGNIFICANT_WAVE not in has and (Quantity.WIND_WAVE in has) != (Quantity.SWELL in has)

    def at(self, lat: ArrayLike, lon: ArrayLike, time_ms: ArrayLike) -> Sea:
        """Weather and sea at points and times.

        Args:
            lat: degrees; the three broadcast together.
            lon: degrees, any turn.
            time_ms: milliseconds since 1970.

        Raises:
            GeometryError: a latitude beyond a pole, or what is not a number.
            DataFileError: the file cannot be read any more.
        """
        lat_, lon_, times = np.broadcast_arrays(*admitted(lat=lat, lon=lon), np.asarray(time_ms, dtype=np.int64))
        shape = lat_.shape
        look = _Look(self.layers, lat_.ravel(), lon_.ravel(), times.ravel())
        return Sea(
            significant_wave_m=self._waves(look).reshape(shape),
            wave_period_s=look(Quantity.WAVE_PERIOD).reshape(shape),
            wave_from_deg=look(Quantity.WAVE_FROM).reshape(shape),
            wind_east_mps=look(Quantity.WIND_EAST).reshape(shape),
            wind_north_mps=look(Quantity.WIND_NORTH).reshape(shape),
            current_east_mps=look(Quantity.CURRENT_EAST).reshape(shape),
            current_north_mps=look(Quantity.CURRENT_NORTH).reshape(shape),
            sea_temperature_c=look(Quantity.SEA_TEMPERATURE).reshape(shape),
            visibility_m=look(Quantity.VISIBILITY).reshape(shape),
            air_pressure_pa=look(Quantity.AIR_PRESSURE).reshape(shape),
        )

    def current_at(self, position: Position, time_ms: int) -> Current | None:
        """The current at a position and a time, for `drift.drifted`; None where it is unknown."""
        look = _Look(self.layers, *_alone(position, time_ms))
        east, north = float(look(Quantity.CURRENT_EAST)[0]), float(look(Quantity.CURRENT_NORTH)[0])
        return Current.of(east, north) if np.isfinite(east + north) else None

    @functools.cached_property
    def odd_values(self) -> tuple[OddValue, ...]:
        """Every value of the file that cannot be, of all quantities and times; the whole file is read."""
        found = []
        for quantity, layer in self.layers.items():
            for index, time_ms in enumerate(layer.times_ms.tolist()):
                nodes, values = layer.odd(index)
                lats, lons = layer.grid.positions(nodes)
                for lat_deg, lon_deg, value in zip(lats.tolist(), lons.tolist(), values.tolist(), strict=True):
                    found.append(
                        OddValue(
                            quantity=quantity,
                            position=Position(lat_deg=lat_deg, lon_deg=normalise_lon(lon_deg)),
                            time_ms=time_ms,
                            value=value,
                            reason=reason(quantity, value),
                        )
                    )
        return tuple(found)

    def _waves(self, look: _Look) -> FloatArray:
        """Heights of all waves: as given, or from wind waves and swell, whose energies add."""
        if Quantity.SIGNIFICANT_WAVE in self.layers:
            return look(Quantity.SIGNIFICANT_WAVE)
        parts = [look(key) for key in (Quantity.WIND_WAVE, Quantity.SWELL) if key in self.layers]
        if not parts:
            return look(Quantity.SIGNIFICANT_WAVE)
        return np.asarray(np.sqrt(sum(part**2 for part in parts)), dtype=np.float64)


def read(path: str | Path) -> Fields:
    """Fields of a NetCDF or GRIB file (extra `weather`).

    Its variables are known by their standard or short names and must state a unit that is known. Values are read when
    they are asked for.

    Raises:
        DataFileError: the file cannot be read, is cut short, or holds no field of ours.
    """
    from pathlib import Path

    from waterspace.environment.metoc import field_files

    content = field_files.read(Path(path))
    return Fields(str(path), content.layers, content.notes)


class _Look:
    """One question to several layers: those that share a grid share the nodes around the points."""

    def __init__(
        self, layers: Mapping[Quantity, Layer], lat: FloatArray, lon: FloatArray, times: NDArray[np.int64]
    ) -> None:
        self._layers, self._lat, self._lon, self._times = layers, lat, lon, times
        self._stencils: dict[int, Stencil] = {}

    def __call__(self, quantity: Quantity) -> FloatArray:
        """Values of a quantity, NaN where the file has none."""
        layer = self._layers.get(quantity)
        if layer is None:
            return np.full(len(self._lat), np.nan)
        key = id(layer.grid)
        if key not in self._stencils:
            self._stencils[key] = layer.grid.stencil(self._lat, self._lon)
        return layer.at(self._stencils[key], self._times)


def _alone(position: Position, time_ms: int) -> tuple[FloatArray, FloatArray, NDArray[np.int64]]:
    """One position and time as arrays."""
    return np.array([position.lat_deg]), np.array([position.lon_deg]), np.array([time_ms], dtype=np.int64)


def _direction(east: FloatArray, north: FloatArray) -> FloatArray:
    """Direction of a vector, 0 to below 360."""
    direction: FloatArray = np.degrees(np.arctan2(east, north)) % 360.0 % 360.0
    return direction
