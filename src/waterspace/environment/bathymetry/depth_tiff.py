"""Depths from GeoTIFF in geographic coordinates of WGS-84; anything else is refused with what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.environment.bathymetry.depth_files import require_degrees
from waterspace.environment.bathymetry.sheets import Sheet
from waterspace.environment.files.axes import latitudes, longitudes
from waterspace.environment.files.wholeness import require_whole
from waterspace.errors import DataFileError

if TYPE_CHECKING:
    from pathlib import Path

    from waterspace.geometry.geodesic import FloatArray

__all__ = ["read"]

# Source: OGC GeoTIFF Standard 1.1 (19-008r4): GTModelTypeGeoKey 2 is geographic, GTRasterTypeGeoKey 2 is a point.
_GEOGRAPHIC = 2
_PIXEL_IS_POINT = 2
_WGS84 = {4326, 4979}
_NO_DATA_TAG = 42113
_ADVICE = "Reproject the grid to geographic coordinates of WGS-84, EPSG:4326, with one band of heights in metres."


def read(path: Path) -> Sheet:
    """The header of a file; its strips or tiles are decoded when depths are asked for.

    Heights are taken as positive up, as GEBCO and ETOPO give them.

    Raises:
        DataFileError: the file cannot be read, is cut short, or is no grid in degrees of WGS-84.
    """
    try:
        import imagecodecs  # noqa: F401 - tifffile decodes with it, and says so only when it is too late
        import tifffile
    except ImportError as error:
        reason = "reading GeoTIFF needs the libraries tifffile and imagecodecs, which are not installed."
        raise DataFileError(
            str(path), reason, advice='Install them with `pip install "waterspace[geotiff]"`.'
        ) from error
    require_whole(path)
    try:
        with tifffile.TiffFile(path) as tiff:
            return _sheet(path, tiff.pages[0])
    except (OSError, ValueError, tifffile.TiffFileError, IndexError) as error:
        raise DataFileError(str(path), f"this is no TIFF file that can be read: {error}.", advice=_ADVICE) from error


def _sheet(path: Path, page: Any) -> Sheet:  # noqa: ANN401 - tifffile's pages are of many kinds
    """The grid of the first page."""
    keys: dict[str, Any] = page.geotiff_tags or {}
    _require_wgs84(path, keys)
    if len(page.shape) != 2:
        raise DataFileError(str(path), f"found an image of shape {page.shape}; expected one band.", advice=_ADVICE)
    size = path.stat().st_size
    ends = [start + count for start, count in zip(page.dataoffsets, page.databytecounts, strict=True)]
    if max(ends, default=0) > size:
        reason = f"its header declares {max(ends)} bytes and the file has {size}: it is cut short."
        raise DataFileError(str(path), reason, advice="Fetch or copy it again.")
    lats, lons = _nodes(path, page, keys)
    require_degrees(path, lats, lons)
    is_point = int(keys.get("GTRasterTypeGeoKey", 1)) == _PIXEL_IS_POINT
    columns = lons.size - 1 if is_point and abs(lons[-1] - lons[0] - 360.0) < 1e-6 else lons.size
    edge = 0.0 if is_point else 0.5
    return Sheet(
        lats=latitudes(lats, overhang_ratio=edge),
        lons=longitudes(lons[:columns], overhang_ratio=edge),
        read=_Window(path, _no_data(page)),
        source=f"depths ({path.name})",
    )


def _require_wgs84(path: Path, keys: dict[str, Any]) -> None:
    if not keys or "ModelPixelScale" not in keys or "ModelTiepoint" not in keys:
        found = ", ".join(sorted(keys)) or "none"
        reason = f"found the geographic tags {found}; expected ModelPixelScale and ModelTiepoint."
        raise DataFileError(str(path), reason, advice=_ADVICE)
    model = int(keys.get("GTModelTypeGeoKey", 0))
    datum = int(keys.get("GeographicTypeGeoKey", keys.get("GeodeticCRSGeoKey", 0)))
    projected = keys.get("ProjectedCSTypeGeoKey")
    if model != _GEOGRAPHIC or datum not in _WGS84:
        what = f"the projected system EPSG:{int(projected)}" if projected else f"model type {model} on EPSG:{datum}"
        reason = f"found {what}; expected geographic coordinates of WGS-84, EPSG:4326."
        raise DataFileError(str(path), reason, advice=_ADVICE)


def _nodes(path: Path, page: Any, keys: dict[str, Any]) -> tuple[FloatArray, FloatArray]:  # noqa: ANN401 - as `_sheet`
    """Latitudes and longitudes of the middles of the pixels."""
    scale, tie = [float(value) for value in keys["ModelPixelScale"]], [float(value) for value in keys["ModelTiepoint"]]
    if len(tie) != 6 or not (scale[0] > 0.0 and scale[1] > 0.0):
        reason = f"found {len(tie) // 6} tie points and the pixel scale {scale[:2]}; expected one and a positive scale."
        raise DataFileError(str(path), reason, advice=_ADVICE)
    middle = 0.0 if int(keys.get("GTRasterTypeGeoKey", 1)) == _PIXEL_IS_POINT else 0.5
    rows, columns = page.shape
    lats = tie[4] - (np.arange(rows) + middle - tie[1]) * scale[1]
    lons = tie[3] + (np.arange(columns) + middle - tie[0]) * scale[0]
    return lats, lons


def _no_data(page: Any) -> float:  # noqa: ANN401 - as `_sheet`
    """The value that means no data, NaN where none is named."""
    tag = page.tags.get(_NO_DATA_TAG)
    try:
        return float(str(tag.value).strip("\x00 ")) if tag else np.nan
    except ValueError:
        return np.nan


class _Window:
    """Reads rows and columns of the first page; only the strips or tiles that hold them are decoded."""

    def __init__(self, path: Path, no_data: float) -> None:
        self._path = path
        self._no_data = no_data

    def __call__(self, rows: slice, columns: slice) -> FloatArray:
        import tifffile

        heights = np.full((rows.stop - rows.start, columns.stop - columns.start), np.nan)
        try:
            with tifffile.TiffFile(self._path) as tiff:
                self._fill(heights, tiff.pages[0], (rows, columns))
        except (OSError, ValueError, tifffile.TiffFileError, RuntimeError) as error:
            reason = f"rows {rows.start} to {rows.stop} cannot be decoded: {error}."
            raise DataFileError(str(self._path), reason, advice="Fetch or copy it again.") from error
        heights[heights == self._no_data] = np.nan
        return -heights

    def _fill(self, heights: FloatArray, page: Any, cut: tuple[slice, slice]) -> None:  # noqa: ANN401 - as `_sheet`
        """Copy what each strip or tile holds of a cut into the cut."""
        deep, wide = page.chunks[0], page.chunks[1]
        across = -(-page.shape[1] // wide)
        rows, columns = cut
        with page.parent.filehandle.lock:
            for i in range(rows.start // deep, -(-rows.stop // deep)):
                for j in range(columns.start // wide, -(-columns.stop // wide)):
                    part = self._segment(page, i * across + j)
                    if part is None:
                        continue
                    top, left = max(rows.start, i * deep), max(columns.start, j * wide)
                    low, right = min(rows.stop, i * deep + part.shape[0]), min(columns.stop, j * wide + part.shape[1])
                    heights[top - rows.start : low - rows.start, left - columns.start : right - columns.start] = part[
                        top - i * deep : low - i * deep, left - j * wide : right - j * wide
                    ]

    @staticmethod
    def _segment(page: Any, index: int) -> FloatArray | None:  # noqa: ANN401 - as `_sheet`
        """One strip or tile; None where it is sparse, that is, where the file holds nothing."""
        offset, count = page.dataoffsets[index], page.databytecounts[index]
        if count == 0:
            return None
        handle = page.parent.filehandle
        handle.seek(offset)
        decoded, _, shape = page.decode(handle.read(count), index)
        if decoded is None:
            return None
        part: FloatArray = np.asarray(decoded)[0, : shape[1], : shape[2], 0].astype(np.float64)
        return part
