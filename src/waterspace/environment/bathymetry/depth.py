"""Depths of the sea, as finely as a grid knows them and no finer.

The packaged depths are ETOPO1: one node every 0.1 degrees (11 km) between 115 and 160 degrees east and 20 and 60
degrees north, a mean over every 0.5 degrees (56 km) elsewhere. That says how deep a sea is. It does not say what water
is under a keel, in a strait or off a beach: there the answer is unknown. A grid of the user's own may know more.

Source: C. Amante and B. W. Eakins, ETOPO1 1 Arc-Minute Global Relief Model, NOAA Technical Memorandum NESDIS NGDC-24,
2009; NOAA National Centers for Environmental Information; public domain.
"""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.environment.bathymetry.sheets import Sheet, decoded
from waterspace.environment.files.axes import latitudes, longitudes
from waterspace.environment.files.packaged import read_bytes
from waterspace.errors import GeometryError
from waterspace.geometry.arguments import admitted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import ArrayLike, NDArray

    from waterspace.domain import Position
    from waterspace.environment.shores.shoreline import Bounds
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["DepthGrid", "Sounding", "least_by_degree_m", "load", "read"]

_FILES = ("depth_region.npz", "depth_world.npz")
_LAND_NODE = "the nearest point of the grid is land"
_MOST_NODES = 25_000_000
_BLOCK = 32_768  # points at a time, so that what is computed of them stays in the processor's cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounding:
    """What a grid knows of the depth at a position.

    Attributes:
        depth_m: positive down, below mean sea level, between the nodes of the grid; None where it is unknown.
        resolution_m: distance between the nodes that answered.
        source: whom to cite.
        note: why the depth is unknown; empty where it is known.
        shallowest_m: least depth of the nearest node and its eight neighbours, as far as the grid knows; None where one
            of them is land or has no data.
        deepest_m: greatest depth of the same nine.
    """

    depth_m: float | None
    resolution_m: float
    source: str
    note: str = ""
    shallowest_m: float | None = None
    deepest_m: float | None = None


class DepthGrid:
    """One or more grids of depths; where they overlap, the first answers.

    A depth is unknown outside the grids, on land, within a cell of land, where the grid has no data, and where the nine
    nodes around differ by more than the depth itself: there any number would be a guess.
    """

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = tuple(sheets)

    @property
    def source(self) -> str:
        """Whom to cite."""
        return self._sheets[0].source

    def at(self, position: Position, within_m: float | None = None) -> Sounding:
        """The depth at a position.

        Args:
            position: anywhere.
            within_m: how finely the depth must be known: it is unknown where the nodes of the grid are further apart
                than this. None takes what the grid has.

        Raises:
            GeometryError: a position off the globe, or a distance that is not above 0.
        """
        if within_m is not None and not within_m > 0.0:
            raise GeometryError(f"found {within_m} m for how finely a depth must be known; give a distance above 0")
        lat, lon = (np.atleast_1d(value) for value in admitted(lat_deg=position.lat_deg, lon_deg=position.lon_deg))
        for sheet in self._sheets:
            row, column = sheet.places(lat, lon)
            if np.isfinite(row[0] + column[0]):
                return _sounding(sheet, row, column, within_m)
        finest = self._sheets[0]
        return Sounding(
            depth_m=None, resolution_m=finest.resolution_m, source=finest.source, note="outside the grid of depths"
        )

    def depths_m(self, lat: ArrayLike, lon: ArrayLike) -> FloatArray:
        """Depths at many points, NaN where unknown by the rules of `at`.

        Args:
            lat: degrees; broadcasts with `lon`.
            lon: degrees, any turn.

        Returns:
            Metres, positive down, of the common shape.

        Raises:
            GeometryError: a latitude beyond a pole, or what is not a number.
        """
        lat_, lon_ = (np.asarray(values) for values in admitted(lat=lat, lon=lon))
        shape = lat_.shape
        lat_, lon_ = lat_.ravel(), lon_.ravel()
        depths = np.full(lat_.shape, np.nan)
        step = _BLOCK if all(sheet.is_one_tile for sheet in self._sheets) else max(lat_.size, 1)
        for start in range(0, lat_.size, step):
            block = slice(start, start + step)
            self._fill(depths[block], lat_[block], lon_[block])
        return depths.reshape(shape)

    def least_around_m(self, lat: FloatArray, lon: FloatArray) -> FloatArray:
        """Least depth of the node nearest to each point and its eight neighbours, NaN where one is land or unknown.

        Args:
            lat: degrees, shape (n,).
            lon: degrees, shape (n,).
        """
        least = np.full(lat.shape, np.nan)
        left = np.arange(lat.size)
        for sheet in self._sheets:
            row, column = sheet.places(lat[left], lon[left])
            is_here = ~np.isnan(row + column)
            near_row, near_column = sheet.nearest(row[is_here], column[is_here])
            nodes, which = np.unique(np.stack([near_row, near_column]), axis=1, return_inverse=True)
            found = np.array([sheet.around(int(i), int(j)).shallowest[1, 1] for i, j in nodes.T])
            if found.size:
                least[left[is_here]] = found[which.ravel()]
            left = left[~is_here]
        return least

    def _fill(self, depths: FloatArray, lat: FloatArray, lon: FloatArray) -> None:
        """Write the depths of some points over NaN, each from the first sheet that holds it."""
        left = None
        for sheet in self._sheets:
            row, column = sheet.places(lat, lon)
            is_here = ~np.isnan(row + column)
            if left is None and is_here.all():
                depths[:] = sheet.depths_m(row, column)
                return
            left = np.arange(lat.size) if left is None else left
            if is_here.any():
                depths[left[is_here]] = sheet.depths_m(row[is_here], column[is_here])
            left, lat, lon = left[~is_here], lat[~is_here], lon[~is_here]

    def window(self, bounds: Bounds) -> tuple[FloatArray, FloatArray, FloatArray]:
        """The nodes of a box and one more on each side, as they are, to be drawn.

        The finest grid that holds the whole box gives them, else the coarsest. The rules of `at` are not applied:
        draw land over them.

        Returns:
            Latitudes of shape (n,) and longitudes of shape (m,), both rising, longitudes running on beyond 180 where
            the box does; depths of shape (n, m) in metres, positive down, 0 or less on land, NaN where the grid has
            none.

        Raises:
            GeometryError: a box with more than 25 million nodes.
        """
        sheet = next((sheet for sheet in self._sheets if _holds(sheet, bounds)), self._sheets[-1])
        lats, lons = sheet.lats.nodes, sheet.lons.nodes
        rows = _within(lats, bounds.south_deg, bounds.north_deg, sheet.lats.step_deg)
        pieces = []
        for turn_deg in (-360.0, 0.0, 360.0):
            columns = _within(lons + turn_deg, bounds.west_deg, bounds.east_deg, sheet.lons.step_deg)
            if (rows.stop - rows.start) * (columns.stop - columns.start) > _MOST_NODES:
                raise GeometryError(f"the box {bounds} has more than {_MOST_NODES:,} depths; ask for a smaller one")
            if rows.start < rows.stop and columns.start < columns.stop:
                pieces.append((lons[columns] + turn_deg, sheet.read(rows, columns).astype(np.float64)))
        if not pieces:
            return np.empty(0), np.empty(0), np.empty((0, 0))
        box_lons = np.concatenate([part for part, _ in pieces])
        depths = np.concatenate([part for _, part in pieces], axis=1)
        box_lats = lats[rows]
        by_lat, by_lon = np.argsort(box_lats), np.argsort(box_lons, kind="stable")
        return box_lats[by_lat], box_lons[by_lon], depths[by_lat][:, by_lon]


@functools.cache
def load() -> DepthGrid:
    """The packaged depths; they are read when they are first asked for, in a few hundredths of a second."""
    return DepthGrid([_Packaged(name).sheet() for name in _FILES])


@functools.cache
def least_by_degree_m() -> FloatArray:
    """Least packaged depth in each square of one degree and its eight neighbours, to the metre below; NaN by land.

    Returns:
        Shape (180, 360), from 90 south and 180 west.
    """
    least = _Packaged(_FILES[-1]).array("least").astype(np.float64)
    return np.where(least > 0.0, least, np.nan)


def read(path: str | Path) -> DepthGrid:
    """A grid of the user's own: GEBCO or ETOPO as NetCDF (extra `weather`), or GeoTIFF (extra `geotiff`).

    Only the header is read now; depths are read in squares when they are first asked for. The grid alone says what is
    land: the packaged coast may be coarser than it.

    Raises:
        DataFileError: the file cannot be read, is cut short, or holds no depths in degrees of WGS-84.
    """
    from pathlib import Path

    from waterspace.environment.bathymetry import depth_files, depth_tiff

    if Path(path).suffix.lower() in {".tif", ".tiff"}:
        return DepthGrid([depth_tiff.read(Path(path))])
    return DepthGrid([depth_files.read(Path(path))])


class _Packaged:
    """One of our own files, whose arrays are unpacked when they are first asked for; see `tools/build_depth.py`."""

    def __init__(self, name: str) -> None:
        self._bytes = read_bytes(name)

    def array(self, name: str) -> NDArray[Any]:
        """One array as it is kept."""
        with np.load(io.BytesIO(self._bytes)) as archive:
            return np.asarray(archive[name])

    @functools.cached_property
    def about(self) -> dict[str, Any]:
        """What the file says of itself."""
        import json

        about: dict[str, Any] = json.loads(self.array("about").tobytes())
        return about

    @property
    def _shape(self) -> tuple[int, int]:
        return self.about["rows"], self.about["columns"]

    @functools.cached_property
    def _depths(self) -> FloatArray:
        return decoded(self.array("depths"), *self._shape)

    @functools.cached_property
    def _shallows(self) -> FloatArray:
        shallows: FloatArray = decoded(self.array("shallowest"), *self._shape) * self.about["shallowest_unit_m"]
        return shallows

    @functools.cached_property
    def _shore(self) -> FloatArray:
        rows, columns = self._shape
        return np.unpackbits(self.array("shore"), count=rows * columns).reshape(rows, columns).astype(np.float64)

    def sheet(self) -> Sheet:
        """The grid."""
        (rows, columns), step_deg = self._shape, self.about["step_deg"]
        return Sheet(
            lats=latitudes(self.about["south_deg"] + step_deg * np.arange(rows)),
            lons=longitudes(self.about["west_deg"] + step_deg * np.arange(columns)),
            read=lambda r, c: self._depths[r, c],
            source=self.about["source"],
            near_shore=lambda r, c: self._shore[r, c],
            shallows=(lambda r, c: self._shallows[r, c]) if "shallowest_unit_m" in self.about else None,
            tile_nodes=max(rows, columns),
        )


def _sounding(sheet: Sheet, row: FloatArray, column: FloatArray, within_m: float | None) -> Sounding:
    """What a sheet knows at one place inside it."""
    near_row, near_column = sheet.nearest(row, column)
    around = sheet.around(int(near_row[0]), int(near_column[0]))
    least, most = float(around.shallowest[1, 1]), float(around.deepest[1, 1])
    depth = float(sheet.depths_m(row, column)[0])
    note = ""
    if not around.depths[1, 1] > 0.0:
        note = "no data here" if np.isnan(around.depths[1, 1]) else _LAND_NODE
    elif within_m is not None and within_m < sheet.resolution_m:
        note = f"the grid knows one depth every {sheet.resolution_m:.0f} m, which is coarser than {within_m:.0f} m"
    elif np.isnan(depth):
        near_land = np.isnan(least) or (sheet.near_shore is not None and most - least <= around.depths[1, 1])
        note = (
            f"within a cell of {sheet.resolution_m:.0f} m of land or of the edge of the data"
            if near_land
            else f"{least:.0f} to {most:.0f} m within a cell of {sheet.resolution_m:.0f} m"
        )
    return Sounding(
        depth_m=None if note else depth,
        resolution_m=sheet.resolution_m,
        source=sheet.source,
        note=note,
        shallowest_m=None if np.isnan(least) else least,
        deepest_m=None if np.isnan(most) else most,
    )


def _holds(sheet: Sheet, bounds: Bounds) -> bool:
    """Whether a sheet reaches over the whole of a box."""
    south, north = float(np.min(sheet.lats.nodes)), float(np.max(sheet.lats.nodes))
    west, east = float(np.min(sheet.lons.nodes)), float(np.max(sheet.lons.nodes))
    inside = any(west <= bounds.west_deg + turn and bounds.east_deg + turn <= east for turn in (-360.0, 0.0, 360.0))
    return south <= bounds.south_deg and bounds.north_deg <= north and (inside or sheet.lons.is_round)


def _within(nodes: FloatArray, least: float, most: float, margin: float) -> slice:
    """The run of nodes between two values, with a margin."""
    found = np.flatnonzero((nodes >= least - margin) & (nodes <= most + margin))
    return slice(int(found[0]), int(found[-1]) + 1) if found.size else slice(0, 0)
