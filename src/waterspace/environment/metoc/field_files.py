"""Field files: NetCDF and GRIB through xarray, their variables turned into layers of ours."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.environment.files.wholeness import require_whole
from waterspace.environment.metoc.field_grids import Frame, frame_of
from waterspace.environment.metoc.field_names import LEVELS, TURNED, Quantity, Unit, named, unit
from waterspace.environment.metoc.layers import Layer
from waterspace.errors import DataFileError

if TYPE_CHECKING:
    from pathlib import Path

    from xarray import DataArray, Dataset

    from waterspace.environment.metoc.layers import ReadSlice
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Content", "read"]

_ADVICE = "Give fields of waves, wind, current or sea temperature on latitude, longitude and time, as NetCDF or GRIB."
_PRESSURE_LEVELS = {"isobaricinhpa", "isobaricinpa", "plev", "level", "pressure_level", "isobaric"}
_HEIGHTS = ("height", "depth")


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds for us.

    Attributes:
        layers: by quantity.
        notes: what was left out and why.
    """

    layers: dict[Quantity, Layer] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class _LeftOutError(Exception):
    """A variable is of no use; the message says why."""


def read(path: Path) -> Content:
    """The layers of a file; values are read when they are asked for.

    Raises:
        DataFileError: the file cannot be read, is cut short, or holds no field of ours.
    """
    require_whole(path)
    content = Content()
    ranks: dict[Quantity, int] = {}
    others: list[str] = []
    frames: dict[tuple[Any, ...], Frame] = {}
    for dataset in _datasets(path):
        for name in dataset.data_vars:
            variable = dataset[name]
            known = named(_names(variable))
            if known is None:
                others.append(str(name))
                continue
            quantity, rank, word = known
            if rank >= ranks.get(quantity, 1000):
                continue
            try:
                content.layers[quantity] = _layer(path, variable, quantity, word, frames)
                ranks[quantity] = rank
            except _LeftOutError as why:
                content.notes.append(f"`{name}` is left out: {why}")
    _add_wind(content)
    if not content.layers:
        found = "; ".join([*content.notes, f"variables {', '.join(others)}" if others else ""]).strip("; ") or "nothing"
        raise DataFileError(str(path), f"no field that is understood: {found}.", advice=_ADVICE)
    return content


def _datasets(path: Path) -> list[Dataset]:
    """The parts of a file that share their coordinates.

    PROJ is given its database first: once `eccodes` has been imported, `pyproj` no longer finds it, and may crash.
    """
    import pyproj

    pyproj.Geod(ellps="WGS84")
    with path.open("rb") as file:
        is_grib = b"GRIB" in file.read(1024)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of xarray and cfgrib to their own developers
            if is_grib:
                import cfgrib  # type: ignore[import-untyped]

                parts: list[Dataset] = cfgrib.open_datasets(
                    str(path), backend_kwargs={"indexpath": "", "errors": "raise"}
                )
                return parts
            import netCDF4  # noqa: F401 - xarray asks for it only when it opens
            import xarray as xr

            return [xr.open_dataset(path, engine="netcdf4", decode_timedelta=True)]
    except ImportError as error:
        reason = f"reading weather fields needs the library {error.name}, which is not installed."
        raise DataFileError(str(path), reason, advice='Install it with `pip install "waterspace[weather]"`.') from error
    except Exception as error:  # these libraries raise whatever they come upon
        reason = f"this is no NetCDF or GRIB file that can be read: {type(error).__name__}: {error}."
        raise DataFileError(str(path), reason, advice=_ADVICE) from error


def _names(variable: DataArray) -> list[str]:
    """The names that a variable carries, the most telling first."""
    keys = ("standard_name", "GRIB_cfName", "GRIB_cfVarName", "GRIB_shortName")
    return [
        *(str(variable.attrs.get(key, "")) for key in keys),
        str(variable.name),
        str(variable.attrs.get("GRIB_name", "")),
    ]


def _layer(
    path: Path, variable: DataArray, quantity: Quantity, word: str, frames: dict[tuple[Any, ...], Frame]
) -> Layer:
    """One variable as a layer."""
    text = str(variable.attrs.get("units", ""))
    worth = unit(quantity, text)
    if worth is None:
        raise _LeftOutError(f"its unit {text!r} is not known" if text else "it names no unit")
    try:
        frame = frame_of(variable, frames)
    except ValueError as error:
        raise _LeftOutError(str(error)) from error
    if frame.is_projected and int(variable.attrs.get("GRIB_uvRelativeToGrid", 0)) == 1:
        raise _LeftOutError("its components point along the axes of a projected grid")
    picked = _at_level(variable, quantity, frame)
    turn_deg = 180.0 if word in TURNED else 0.0
    return Layer(
        quantity=quantity,
        grid=frame.grid,
        times_ms=frame.times_ms,
        read=_ReadSlice(path, picked, frame, Unit(worth.factor_ratio, worth.offset_ratio + turn_deg)),
    )


def _at_level(variable: DataArray, quantity: Quantity, frame: Frame) -> DataArray:
    """The variable at the height or depth that is wanted, without any other dimension."""
    levels = {str(name) for name in variable.dims} | {str(variable.attrs.get("GRIB_typeOfLevel", ""))}
    if quantity in LEVELS and any(name.lower() in _PRESSURE_LEVELS for name in levels):
        raise _LeftOutError("it stands at levels of pressure, not at the surface")
    picked = variable
    for name in variable.dims:
        if name in frame.dimensions:
            continue
        if str(name).lower().startswith(_HEIGHTS) and quantity in LEVELS and name in variable.coords:
            picked = picked.isel({name: _best_level(variable.coords[name].values, quantity)})
        elif variable.sizes[name] == 1:
            picked = picked.isel({name: 0})
        else:
            raise _LeftOutError(f"it has {variable.sizes[name]} values along `{name}`; give one")
    named_level = str(variable.attrs.get("GRIB_typeOfLevel", ""))
    if quantity in LEVELS and named_level.lower().startswith(_HEIGHTS) and named_level in variable.coords:
        _best_level(np.atleast_1d(variable.coords[named_level].values), quantity)
    return picked


def _best_level(levels: FloatArray, quantity: Quantity) -> int:
    """Which of some heights or depths is nearest to the one that is wanted."""
    wanted, least, most = LEVELS[quantity]
    sizes = np.abs(np.asarray(levels, dtype=np.float64))
    best = int(np.argmin(np.abs(sizes - wanted)))
    if not least <= sizes[best] <= most:
        raise _LeftOutError(f"its nearest level is {sizes[best]:g} m, and {least:g} to {most:g} m would do")
    return best


def _add_wind(content: Content) -> None:
    """Components of the wind where a file has its speed and direction."""
    speed, direction = content.layers.pop(Quantity.WIND_SPEED, None), content.layers.pop(Quantity.WIND_FROM, None)
    if speed is None or direction is None or Quantity.WIND_EAST in content.layers:
        return
    if speed.grid is not direction.grid or not np.array_equal(speed.times_ms, direction.times_ms):
        content.notes.append("speed and direction of the wind are left out: they stand on different grids or times")
        return
    for quantity, part in ((Quantity.WIND_EAST, np.sin), (Quantity.WIND_NORTH, np.cos)):
        read_part = _component(speed.read, direction.read, part)
        content.layers[quantity] = Layer(quantity=quantity, grid=speed.grid, times_ms=speed.times_ms, read=read_part)


def _component(speed: ReadSlice, direction: ReadSlice, part: np.ufunc) -> ReadSlice:
    def read_slice(index: int) -> FloatArray:
        values: FloatArray = -speed(index) * part(np.radians(direction(index)))
        return values

    return read_slice


class _ReadSlice:
    """Reads one time of a variable as a flat array in our unit."""

    def __init__(self, path: Path, variable: DataArray, frame: Frame, worth: Unit) -> None:
        self._path, self._variable, self._frame, self._worth = path, variable, frame, worth

    def __call__(self, index: int) -> FloatArray:
        picked = self._variable.isel(self._frame.times[index]).transpose(*self._frame.space)
        try:
            values = np.asarray(picked.values, dtype=np.float64).ravel()
        except Exception as error:  # the libraries raise whatever they come upon
            raise DataFileError(
                str(self._path),
                f"the values cannot be read: {type(error).__name__}: {error}.",
                where=f"variable {self._variable.name}, time {index + 1}",
                advice="Fetch or copy it again.",
            ) from error
        return values * self._worth.factor_ratio + self._worth.offset_ratio
