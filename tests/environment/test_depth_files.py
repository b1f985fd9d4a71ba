"""Depths of the user's own: NetCDF and GeoTIFF, written by their libraries and read back."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import ArrayLike

from corpora import corpus
from waterspace.domain import Position
from waterspace.environment.bathymetry import depth
from waterspace.errors import DataFileError
from waterspace.geometry.geodesic import FloatArray

netcdf = pytest.importorskip("netCDF4", reason="extra weather")
tifffile = pytest.importorskip("tifffile", reason="extra geotiff")
pytest.importorskip("imagecodecs", reason="extra geotiff")

WGS84: dict[str, Any] = {"GTModelTypeGeoKey": 2, "GTRasterTypeGeoKey": 1, "GeographicTypeGeoKey": 4326}
GEO_KEY_NUMBERS = {
    "GTModelTypeGeoKey": 1024,
    "GTRasterTypeGeoKey": 1025,
    "GeographicTypeGeoKey": 2048,
    "ProjectedCSTypeGeoKey": 3072,
}


def at(lat_deg: float, lon_deg: float) -> Position:
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


def bottom(lat: ArrayLike, lon: ArrayLike) -> FloatArray:
    """Heights of a plane that falls to the north-east."""
    north, east = np.asarray(lat, dtype=np.float64) - 40.0, np.asarray(lon, dtype=np.float64) - 130.0
    return np.asarray(-1000.0 - 100.0 * north - 50.0 * east, dtype=np.float64)


def write_netcdf(path: Path, lats: FloatArray, lons: FloatArray, **options: Any) -> Path:  # noqa: ANN401 - of many kinds
    """A grid as GEBCO writes it, unless options say otherwise."""
    names = options.get("names", ("lat", "lon", "elevation"))
    form = options.get("form", "NETCDF4")
    with netcdf.Dataset(path, "w", format=form) as dataset:
        for name, nodes in zip(names[:2], (lats, lons), strict=True):
            dataset.createDimension(name, len(nodes))
            dataset.createVariable(name, "f8", (name,))[:] = nodes
        variable = dataset.createVariable(
            names[2], options.get("kind", "f4"), names[:2], fill_value=options.get("fill", -32767)
        )
        if "scale" in options:
            variable.scale_factor, variable.add_offset = options["scale"]
        variable.units = options.get("units", "m")
        for key, value in options.get("attributes", {}).items():
            setattr(variable, key, value)
        heights = bottom(lats[:, None], ((lons + 180.0) % 360.0 - 180.0)[None, :])
        variable[:] = options.get("change", lambda values: values)(heights)
    return path


GEBCO_LATS, GEBCO_LONS = np.arange(40.0, 42.0, 0.05) + 0.025, np.arange(130.0, 132.0, 0.05) + 0.025
ETOPO_LATS, ETOPO_LONS = np.linspace(40.0, 42.0, 41), np.linspace(130.0, 132.0, 41)


@pytest.mark.parametrize("lats", [GEBCO_LATS, GEBCO_LATS[::-1]], ids=["south first", "north first"])
@pytest.mark.parametrize("turn", [0.0, 360.0, -360.0])
@pytest.mark.parametrize("form", ["NETCDF4", "NETCDF3_CLASSIC", "NETCDF3_64BIT_OFFSET", "NETCDF3_64BIT_DATA"])
def test_a_grid_is_read_whatever_its_order_turn_and_format(
    tmp_path: Path, lats: FloatArray, turn: float, form: str
) -> None:
    grid = depth.read(write_netcdf(tmp_path / "g.nc", lats, GEBCO_LONS + turn, form=form))
    for lat_deg, lon_deg in ((41.0, 131.0), (40.0, 130.0), (42.0, 132.0), (41.234, 130.567)):
        found = grid.at(at(lat_deg, lon_deg))
        assert found.depth_m == pytest.approx(-bottom(lat_deg, lon_deg), abs=4.0)
        assert found.resolution_m == pytest.approx(5556.0)
    assert grid.at(at(42.03, 131.0)).note == "outside the grid of depths"


def test_nodes_on_the_lines_of_a_grid_reach_no_further_than_the_lines(tmp_path: Path) -> None:
    grid = depth.read(write_netcdf(tmp_path / "e.nc", ETOPO_LATS, ETOPO_LONS, names=("y", "x", "z"), units="meters"))
    assert grid.at(at(42.0, 132.0)).depth_m == pytest.approx(1300.0)
    assert grid.at(at(42.01, 131.0)).depth_m is None


def test_packed_and_masked_values_are_unpacked_and_unknown(tmp_path: Path) -> None:
    def holed(heights: FloatArray) -> FloatArray:
        masked: FloatArray = np.ma.masked_where((np.arange(heights.size) % 331 == 7).reshape(heights.shape), heights)
        return masked

    path = write_netcdf(
        tmp_path / "p.nc", ETOPO_LATS, ETOPO_LONS, kind="i2", scale=(0.1, -1000.0), change=holed, fill=-32768
    )
    grid = depth.read(path)
    assert grid.at(at(41.0, 131.0)).depth_m == pytest.approx(1150.0, abs=0.1)
    assert grid.at(at(float(ETOPO_LATS[0]), float(ETOPO_LONS[7]))).note == "no data here"


def test_depths_that_count_downwards_are_depths(tmp_path: Path) -> None:
    path = write_netcdf(
        tmp_path / "d.nc",
        ETOPO_LATS,
        ETOPO_LONS,
        names=("latitude", "longitude", "deptho"),
        attributes={"standard_name": "sea_floor_depth_below_geoid"},
        change=np.negative,
    )
    assert depth.read(path).at(at(41.0, 131.0)).depth_m == pytest.approx(1150.0)


def test_a_grid_round_the_world_has_no_seam(tmp_path: Path) -> None:
    lats, lons = np.linspace(-90.0, 90.0, 91), np.linspace(0.0, 360.0, 181)
    path = write_netcdf(tmp_path / "w.nc", lats, lons, change=lambda heights: np.full_like(heights, -3000.0))
    found = depth.read(path).depths_m([0.0, 0.0, 10.0, 90.0], [359.9, 0.1, -180.0, 12.0])
    assert found == pytest.approx(3000.0)


def test_a_large_file_is_read_in_squares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lats, lons = np.linspace(20.0, 60.0, 2001), np.linspace(100.0, 140.0, 2001)
    path = tmp_path / "large.nc"
    with netcdf.Dataset(path, "w") as dataset:
        for name, nodes in (("lat", lats), ("lon", lons)):
            dataset.createDimension(name, nodes.size)
            dataset.createVariable(name, "f8", (name,))[:] = nodes
        variable = dataset.createVariable("elevation", "i2", ("lat", "lon"), zlib=True, chunksizes=(256, 256))
        variable[:] = np.rint(bottom(lats[:, None], lons[None, :])).astype(np.int16)
    grid = depth.read(path)
    read: list[int] = []
    (sheet,) = grid._sheets
    window = sheet.read

    def counted(rows: slice, columns: slice) -> FloatArray:
        part = window(rows, columns)
        read.append(part.size)
        return part

    object.__setattr__(sheet, "read", counted)
    assert grid.at(at(41.0, 131.0)).depth_m == pytest.approx(1150.0, abs=1.0)
    assert 0 < sum(read) < lats.size * lons.size / 10


def test_the_shelf_of_the_north_sea_is_that_of_the_sample() -> None:
    path = corpus("weather", "reduced_testdata_depth.nc")
    with netcdf.Dataset(path) as dataset:
        lats, lons, heights = (np.ma.filled(dataset[name][:], np.nan) for name in ("latitude", "longitude", "z"))
    grid = depth.read(path)
    lat, lon = (axis.ravel() for axis in np.meshgrid(lats, lons, indexing="ij"))
    found = grid.depths_m(lat, lon)
    known = np.isfinite(found)
    assert known.mean() > 0.9
    assert found[known] == pytest.approx(-heights.ravel()[known], abs=1e-6)
    assert np.isnan(found[heights.ravel() >= 0.0]).all()
    assert grid.at(at(52.0, 2.5)).resolution_m == pytest.approx(926.0)


# --------------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize("form", ["NETCDF4", "NETCDF3_CLASSIC", "NETCDF3_64BIT_OFFSET", "NETCDF3_64BIT_DATA"])
@pytest.mark.parametrize("share", [0.999, 0.5, 0.02, 0.001])
def test_a_netcdf_file_cut_short_is_refused_and_never_read_as_zeros(tmp_path: Path, form: str, share: float) -> None:
    whole = write_netcdf(tmp_path / "whole.nc", GEBCO_LATS, GEBCO_LONS, form=form).read_bytes()
    path = tmp_path / "cut.nc"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(DataFileError, match=r"cut\.nc"):
        depth.read(path)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"names": ("lat", "lon", "temperature")}, "expected a variable on latitude and longitude named one of elev"),
        ({"names": ("a", "b", "elevation")}, "expected a one-dimensional one of latitudes"),
        ({"units": "fathoms"}, "in 'fathoms'; expected metres"),
    ],
)
def test_a_file_without_what_is_needed_says_what_it_has(tmp_path: Path, options: dict[str, Any], words: str) -> None:
    path = write_netcdf(tmp_path / "x.nc", GEBCO_LATS, GEBCO_LONS, **options)
    with pytest.raises(DataFileError, match=words):
        depth.read(path)


def test_projected_coordinates_are_refused(tmp_path: Path) -> None:
    path = write_netcdf(tmp_path / "m.nc", np.linspace(4e6, 5e6, 20), np.linspace(1e6, 2e6, 20), names=("y", "x", "z"))
    with pytest.raises(DataFileError, match="expected degrees of WGS-84"):
        depth.read(path)


def test_coordinates_out_of_order_are_refused(tmp_path: Path) -> None:
    path = write_netcdf(tmp_path / "o.nc", np.array([40.0, 42.0, 41.0]), GEBCO_LONS)
    with pytest.raises(DataFileError, match="latitudes that are not two or more finite numbers in rising or falling"):
        depth.read(path)


def test_what_is_no_file_or_no_netcdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="there is no such file"):
        depth.read(tmp_path / "absent.nc")
    for content in (b"", b"hello, this is text"):
        (tmp_path / "text.nc").write_bytes(content)
        with pytest.raises(DataFileError, match=r"text\.nc"):
            depth.read(tmp_path / "text.nc")


# ----------------------------------------------------------------------------------------------------------- GeoTIFF


def write_tiff(path: Path, heights: ArrayLike, keys: dict[str, Any], **options: Any) -> Path:  # noqa: ANN401 - of many kinds
    """An image from 42 N 130 E down with a pixel of 0.05 degrees, with the geographic tags given."""
    tags: list[tuple[int, str, int, Any, bool]] = []
    if keys:
        directory = [1, 1, 0, len(keys)]
        for name, value in keys.items():
            directory += [GEO_KEY_NUMBERS[name], 0, 1, value]
        scale, tie = (0.05, 0.05, 0.0), (0.0, 0.0, 0.0, 130.0, 42.0, 0.0)
        tags = [(33550, "d", 3, scale, True), (33922, "d", 6, tie, True), (34735, "H", len(directory), directory, True)]
    if "no_data" in options:
        tags.append((42113, "s", 0, options.pop("no_data"), True))
    tifffile.imwrite(path, heights, extratags=tags, metadata=None, **options)
    return path


def heights_of_pixels() -> FloatArray:
    lats, lons = 42.0 - 0.05 * (np.arange(40) + 0.5), 130.0 + 0.05 * (np.arange(60) + 0.5)
    return bottom(lats[:, None], lons[None, :])


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"rowsperstrip": 7},
        {"rowsperstrip": 7, "compression": "zlib", "predictor": True},
        {"tile": (16, 32), "compression": "lzw"},
        {"tile": (16, 16), "compression": "zstd"},
    ],
)
def test_a_geotiff_is_read_in_strips_and_in_tiles(tmp_path: Path, options: dict[str, Any]) -> None:
    path = write_tiff(tmp_path / "g.tif", heights_of_pixels().astype(np.float32), WGS84, **options)
    grid = depth.read(path)
    lat, lon = np.meshgrid(np.linspace(40.1, 41.9, 23), np.linspace(130.1, 132.9, 31), indexing="ij")
    assert grid.depths_m(lat, lon) == pytest.approx(-bottom(lat, lon), abs=1e-3)
    assert grid.at(at(41.0, 133.01)).note == "outside the grid of depths"
    assert grid.at(at(42.0, 130.0)).depth_m == pytest.approx(1200.0, abs=5.0)


def test_pixels_that_are_points_stand_half_a_pixel_elsewhere(tmp_path: Path) -> None:
    heights = bottom((42.0 - 0.05 * np.arange(41))[:, None], (130.0 + 0.05 * np.arange(61))[None, :])
    path = write_tiff(tmp_path / "p.tif", heights.astype(np.float32), WGS84 | {"GTRasterTypeGeoKey": 2})
    grid = depth.read(path)
    assert grid.at(at(41.0, 131.0)).depth_m == pytest.approx(1150.0, abs=1e-3)
    assert grid.at(at(42.01, 131.0)).depth_m is None


def test_the_value_for_no_data_is_unknown(tmp_path: Path) -> None:
    heights = np.rint(heights_of_pixels()).astype(np.int16)
    heights[20, 20] = -32767
    path = write_tiff(tmp_path / "n.tif", heights, WGS84, no_data="-32767")
    assert depth.read(path).at(at(42.0 - 20.5 * 0.05, 130.0 + 20.5 * 0.05)).note == "no data here"


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({}, "expected ModelPixelScale"),
        ({"GTModelTypeGeoKey": 1, "ProjectedCSTypeGeoKey": 32652}, "the projected system EPSG:32652"),
        (WGS84 | {"GeographicTypeGeoKey": 4301}, "model type 2 on EPSG:4301"),
    ],
)
def test_another_system_of_coordinates_is_refused_by_name(tmp_path: Path, keys: dict[str, Any], words: str) -> None:
    path = write_tiff(tmp_path / "x.tif", heights_of_pixels().astype(np.float32), keys)
    with pytest.raises(DataFileError, match=words):
        depth.read(path)


def test_a_picture_in_colours_is_refused(tmp_path: Path) -> None:
    path = write_tiff(tmp_path / "c.tif", np.zeros((40, 60, 3), dtype=np.uint8), WGS84, photometric="rgb")
    with pytest.raises(DataFileError, match="expected one band"):
        depth.read(path)


@pytest.mark.parametrize("share", [0.9, 0.3, 0.01])
def test_a_geotiff_cut_short_is_refused(tmp_path: Path, share: float) -> None:
    whole = write_tiff(tmp_path / "w.tif", heights_of_pixels().astype(np.float32), WGS84, rowsperstrip=5).read_bytes()
    path = tmp_path / "cut.tif"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(DataFileError, match=r"cut\.tif"):
        depth.read(path)


def test_a_damaged_strip_is_refused_when_it_is_read(tmp_path: Path) -> None:
    path = write_tiff(
        tmp_path / "bad.tif", heights_of_pixels().astype(np.float32), WGS84, rowsperstrip=5, compression="zlib"
    )
    with tifffile.TiffFile(path) as tiff:
        offset = tiff.pages[0].dataoffsets[3]
    content = bytearray(path.read_bytes())
    content[offset : offset + 8] = b"\xff" * 8
    path.write_bytes(content)
    with pytest.raises(DataFileError, match="cannot be decoded"):
        depth.read(path).at(at(41.0, 131.0))


@pytest.mark.parametrize(
    ("missing", "suffix", "words"),
    [("netCDF4", "nc", r"waterspace\[weather\]"), ("tifffile", "tif", r"waterspace\[geotiff\]")],
)
def test_without_the_extra_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str, suffix: str, words: str
) -> None:
    monkeypatch.setitem(__import__("sys").modules, missing, None)
    with pytest.raises(DataFileError, match=words):
        depth.read(tmp_path / f"any.{suffix}")
