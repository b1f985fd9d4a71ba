"""Where and when the values of a variable stand: its dimensions read as a grid and as times."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.environment.files.axes import latitudes, longitudes
from waterspace.environment.metoc.stencils import LatLonGrid, ScatteredGrid

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from xarray import DataArray

    from waterspace.environment.metoc.stencils import Grid
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Frame", "frame_of"]

_LATITUDES = ("latitude", "lat", "nav_lat", "y")
_LONGITUDES = ("longitude", "lon", "nav_lon", "x")
_TIMES = ("valid_time", "time")
_NS_PER_MS = 1_000_000
_SAME_DEG = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The grid and the times of a variable.

    Attributes:
        grid: of the values of one time, in the order of `space`.
        times_ms: shape (n,), rising.
        times: for each time what to pick along the dimensions of time.
        space: dimensions of space, rows first.
        dimensions: all dimensions of space and time.
        is_projected: whether rows and columns run along no parallel and meridian.
    """

    grid: Grid
    times_ms: NDArray[np.int64]
    times: tuple[Mapping[Hashable, int], ...]
    space: tuple[Hashable, ...]
    dimensions: frozenset[Hashable]
    is_projected: bool


def frame_of(variable: DataArray, known: dict[tuple[Any, ...], Frame]) -> Frame:
    """The frame of a variable; one that is already known is used again, so that layers share their grids.

    Raises:
        ValueError: coordinates or times are missing or are not what they are called, in words.
    """
    lat = _coordinate(variable, _LATITUDES, "latitude")
    lon = _coordinate(variable, _LONGITUDES, "longitude")
    time = next((variable.coords[name] for name in _TIMES if name in variable.coords), None)
    if time is None:
        raise ValueError("it names no time")
    key = (lat.dims, lon.dims, time.dims, _digest(lat), _digest(lon), _digest(time))
    if key not in known:
        known[key] = _frame(variable, lat, lon, time)
    return known[key]


def _digest(coordinate: DataArray) -> int:
    return hash(coordinate.values.tobytes())


def _frame(variable: DataArray, lat: DataArray, lon: DataArray, time: DataArray) -> Frame:
    times_ms, times = _times(variable, time)
    space = _space(variable, lat, lon)
    grid, is_projected = _grid(lat, lon, space)
    return Frame(
        grid=grid,
        times_ms=times_ms,
        times=times,
        space=space,
        dimensions=frozenset({*space, *(name for one in times for name in one)}),
        is_projected=is_projected,
    )


def _coordinate(variable: DataArray, names: tuple[str, ...], title: str) -> DataArray:
    """The coordinate that is called latitude or longitude, by its standard name or its own."""
    named = [name for name, found in variable.coords.items() if found.attrs.get("standard_name") == title]
    named += [name for name in names if name in variable.coords]
    if not named:
        raise ValueError(f"it has no coordinate of {title}s")
    coordinate: DataArray = variable.coords[named[0]]
    return coordinate


def _space(variable: DataArray, lat: DataArray, lon: DataArray) -> tuple[Hashable, ...]:
    """The dimensions of space, rows first."""
    space = tuple(dict.fromkeys((*lat.dims, *lon.dims)))
    if not space or any(name not in variable.dims for name in space):
        raise ValueError(f"its coordinates stand on {space}, its values on {variable.dims}")
    return space


def _times(variable: DataArray, time: DataArray) -> tuple[NDArray[np.int64], tuple[Mapping[Hashable, int], ...]]:
    """Times in rising order, each once, and where each stands; of two forecasts for one time the later is taken."""
    if time.dtype.kind != "M":
        raise ValueError(f"its times are {time.dtype}, not dates of the common calendar")
    dims = tuple(name for name in time.dims if name in variable.dims)
    if dims != time.dims:
        raise ValueError(f"its times stand on {time.dims}, its values on {variable.dims}")
    moments = time.values.astype("datetime64[ns]").reshape(-1)
    used = np.flatnonzero(~np.isnat(moments))
    if not used.size:
        raise ValueError("it has no time")
    ms = moments.astype(np.int64) // _NS_PER_MS
    order = used[np.argsort(ms[used], kind="stable")]
    is_last = np.append(ms[order][1:] != ms[order][:-1], [True])
    order = order[is_last]
    places = np.unravel_index(order, time.shape) if time.ndim else ()
    picks = tuple(
        {name: int(place[row]) for name, place in zip(dims, places, strict=True)} for row in range(order.size)
    )
    return ms[order], picks


def _grid(lat: DataArray, lon: DataArray, space: tuple[Hashable, ...]) -> tuple[Grid, bool]:
    """The grid of some coordinates, and whether it is projected or has no rows at all."""
    lats, lons = (np.asarray(axis.values, dtype=np.float64) for axis in (lat, lon))
    if np.nanmax(np.abs(lats)) > 90.001 or np.nanmax(np.abs(lons)) > 720.0:
        raise ValueError("its coordinates are not degrees")
    if lat.ndim == lon.ndim == 1 and len(space) == 2:
        found = _rows_and_columns(lats, lons)
        if found is None:
            raise ValueError("its latitudes or longitudes stand in no order")
        return found, False
    if lats.shape != lons.shape:
        raise ValueError(f"its latitudes are of shape {lats.shape}, its longitudes of {lons.shape}")
    width = lats.shape[1] if lats.ndim == 2 else _width(lats)
    if width > 1 and lats.size % width == 0:
        by_row, by_column = lats.reshape(-1, width), lons.reshape(-1, width)
        if np.ptp(by_row, axis=1).max() <= _SAME_DEG and np.ptp(by_column, axis=0).max() <= _SAME_DEG:
            found = _rows_and_columns(by_row[:, 0], by_column[0])
            if found is not None:
                return found, False
    return ScatteredGrid(lats.ravel(), lons.ravel()), True


def _width(lats: FloatArray) -> int:
    """Length of the first row of a grid that is given point by point."""
    return int(np.argmax(np.abs(lats - lats[0]) > _SAME_DEG)) or lats.size


def _rows_and_columns(lats: FloatArray, lons: FloatArray) -> LatLonGrid | None:
    """A grid of parallels and meridians; None where they are in no order."""
    rows, columns = latitudes(lats), longitudes(lons)
    for nodes in (rows.nodes, columns.nodes):
        steps = np.diff(nodes)
        if not np.all(np.isfinite(nodes)) or not (np.all(steps > 0.0) or np.all(steps < 0.0)):
            return None
    return LatLonGrid(rows, columns)
