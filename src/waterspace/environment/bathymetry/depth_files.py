"""Depths from NetCDF: GEBCO, ETOPO and their like, whatever the order of rows and the turn of longitudes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.environment.bathymetry.sheets import Sheet
from waterspace.environment.files.axes import Axis, latitudes, longitudes
from waterspace.environment.files.wholeness import require_whole
from waterspace.errors import DataFileError

if TYPE_CHECKING:
    from pathlib import Path

    from waterspace.environment.bathymetry.sheets import Window
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["overhang", "read", "require_degrees"]

_LAT_NAMES = ("lat", "latitude", "y")
_LON_NAMES = ("lon", "longitude", "x")
_DEPTH_NAMES = ("elevation", "z", "Band1", "topo", "altitude", "height", "bathymetry", "depth", "deptho")
_DOWN_NAMES = {"sea_floor_depth_below_geoid", "sea_floor_depth_below_mean_sea_level", "sea_floor_depth", "depth"}
_METRES = {"m", "meter", "meters", "metre", "metres"}
_ADVICE = "Give a GEBCO or ETOPO grid with one-dimensional latitudes and longitudes and a variable `elevation` or `z`."


def read(path: Path) -> Sheet:
    """The header of a file; depths are read from it square by square when they are asked for.

    Raises:
        DataFileError: the file cannot be read, is cut short, or is no grid of depths in degrees of WGS-84.
    """
    try:
        import netCDF4
    except ImportError as error:
        reason = "reading NetCDF needs the library netCDF4, which is not installed."
        raise DataFileError(str(path), reason, advice='Install it with `pip install "waterspace[weather]"`.') from error
    require_whole(path)
    try:
        with netCDF4.Dataset(path) as dataset:
            return _sheet(path, dataset)
    except (OSError, RuntimeError) as error:
        raise DataFileError(str(path), f"this is no NetCDF file that can be read: {error}.", advice=_ADVICE) from error


def require_degrees(path: Path, lats: FloatArray, lons: FloatArray) -> None:
    """Pass where coordinates can be degrees and stand in order.

    Raises:
        DataFileError: too few, out of range, out of order, or not finite.
    """
    for name, nodes, most in (("latitudes", lats, 90.001), ("longitudes", lons, 720.0)):
        steps = np.diff(nodes)
        if nodes.size < 2 or not np.all(np.isfinite(nodes)) or not (np.all(steps > 0.0) or np.all(steps < 0.0)):
            reason = f"found {nodes.size} {name} that are not two or more finite numbers in rising or falling order."
            raise DataFileError(str(path), reason, advice=_ADVICE)
        if np.max(np.abs(nodes)) > most:
            reason = f"found {name} from {nodes[0]:g} to {nodes[-1]:g}; expected degrees of WGS-84."
            raise DataFileError(str(path), reason, advice="Reproject the grid to geographic coordinates, EPSG:4326.")


def overhang(nodes: FloatArray) -> float:
    """Half a step where nodes are centres of cells (pixel registration), 0 where they stand on the lines of the grid.

    Centres stand half a step from the whole multiples of the step.
    """
    step = abs(nodes[-1] - nodes[0]) / (nodes.size - 1)
    return 0.5 if abs((nodes[0] / step) % 1.0 - 0.5) < 0.25 else 0.0


def _sheet(path: Path, dataset: Any) -> Sheet:  # noqa: ANN401 - netCDF4 has no useful type for what it opens
    """The grid of an open file."""
    lat, lon = _coordinate(path, dataset, _LAT_NAMES, "latitude"), _coordinate(path, dataset, _LON_NAMES, "longitude")
    variable = _variable(path, dataset, lat, lon)
    unit = str(getattr(variable, "units", "m"))
    if unit.strip().lower() not in _METRES:
        reason = f"the variable is in {unit!r}; expected metres."
        raise DataFileError(str(path), reason, where=variable.name, advice=_ADVICE)
    lats, lons = (np.ma.filled(axis[:].astype(np.float64), np.nan) for axis in (lat, lon))
    require_degrees(path, lats, longitudes(lons).nodes)
    last = lons.size - 1 if abs(abs(lons[-1] - lons[0]) - 360.0) < 1e-6 else lons.size  # 0 and 360 are one meridian
    is_cells = getattr(dataset, "node_offset", None)
    return Sheet(
        lats=latitudes(lats, overhang_ratio=overhang(lats) if is_cells is None else 0.5 * int(is_cells)),
        lons=_columns(lons[:last], is_cells),
        read=_window(
            path, variable.name, is_turned=variable.dimensions[0] == lon.dimensions[0], is_down=_down(variable)
        ),
        source=f"{getattr(dataset, 'title', '') or 'depths'} ({path.name})",
    )


def _columns(lons: FloatArray, is_cells: Any) -> Axis:  # noqa: ANN401 - an attribute of a file
    return longitudes(lons, overhang_ratio=overhang(lons) if is_cells is None else 0.5 * int(is_cells))


def _coordinate(path: Path, dataset: Any, names: tuple[str, ...], title: str) -> Any:  # noqa: ANN401 - as `_sheet`
    """The one-dimensional variable of latitudes or of longitudes."""
    lines = {name.lower(): variable for name, variable in dataset.variables.items() if variable.ndim == 1}
    lines |= {str(getattr(variable, "standard_name", "")).lower(): variable for variable in lines.values()}
    for name in (title, *names):
        if name in lines:
            return lines[name]
    found = ", ".join(dataset.variables) or "none"
    reason = f"found the variables {found}; expected a one-dimensional one of {title}s."
    raise DataFileError(str(path), reason, advice=_ADVICE)


def _variable(path: Path, dataset: Any, lat: Any, lon: Any) -> Any:  # noqa: ANN401 - as `_sheet`
    """The variable of depths or heights on both coordinates."""
    wanted = {lat.dimensions[0], lon.dimensions[0]}
    on_grid = [variable for variable in dataset.variables.values() if set(variable.dimensions) == wanted]
    by_name = {variable.name.lower(): variable for variable in on_grid}
    for name in _DEPTH_NAMES:
        if name.lower() in by_name:
            return by_name[name.lower()]
    found = ", ".join(f"{variable.name}({', '.join(variable.dimensions)})" for variable in dataset.variables.values())
    expected = ", ".join(_DEPTH_NAMES)
    reason = f"found {found}; expected a variable on latitude and longitude named one of {expected}."
    raise DataFileError(str(path), reason, advice=_ADVICE)


def _down(variable: Any) -> bool:  # noqa: ANN401 - as `_sheet`
    """Whether the values are depths; otherwise they are heights."""
    positive = str(getattr(variable, "positive", "")).lower()
    if positive in {"up", "down"}:
        return positive == "down"
    return str(getattr(variable, "standard_name", variable.name)).lower() in _DOWN_NAMES or variable.name == "deptho"


def _window(path: Path, name: str, *, is_turned: bool, is_down: bool) -> Window:
    """Reads rows and columns of a variable; the file is opened for each, so that nothing is held open."""

    def read_window(rows: slice, columns: slice) -> FloatArray:
        import netCDF4

        try:
            with netCDF4.Dataset(path) as dataset:
                variable = dataset.variables[name]
                part = variable[columns, rows].T if is_turned else variable[rows, columns]
        except (OSError, RuntimeError, KeyError) as error:
            where = f"{name}, rows {rows.start} to {rows.stop}, columns {columns.start} to {columns.stop}"
            reason = f"the values cannot be read: {error}."
            raise DataFileError(str(path), reason, where=where, advice="Fetch or copy it again.") from error
        values: FloatArray = np.ma.filled(np.ma.asarray(part).astype(np.float64), np.nan)
        return values if is_down else -values

    return read_window
