"""Fields of weather and sea: between nodes and times, over gaps, and where values cannot be."""

import datetime as dt
import json
import math
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import corpus
from waterspace.domain import Position
from waterspace.environment.metoc import fields
from waterspace.environment.metoc.drift import drifted
from waterspace.environment.metoc.fields import Fields, Quantity
from waterspace.errors import DataFileError, GeometryError
from waterspace.geometry.geodesic import FloatArray, distance_m
from waterspace.quantity import HOUR_MS, NAUTICAL_MILE_M

xr = pytest.importorskip("xarray", reason="extra weather")
pytest.importorskip("netCDF4", reason="extra weather")

START_MS = 1_689_811_200_000  # 2023-07-20T00:00Z
LATS, LONS = np.linspace(40.0, 42.0, 11), np.linspace(130.0, 133.0, 16)
TIMES = np.arange(5) * np.timedelta64(3, "h") + np.datetime64("2023-07-20T00:00", "ns")


def plane(lat: FloatArray, lon: FloatArray, hours: float) -> FloatArray:
    """A height that rises evenly to the north, to the east and with time."""
    return np.asarray(1.0 + 0.2 * (lat - 40.0) + 0.1 * (lon - 130.0) + 0.05 * hours, dtype=np.float64)


def dataset(
    names: dict[str, tuple[str, str]],
    lats: FloatArray = LATS,
    lons: FloatArray = LONS,
    times: Any = TIMES,  # noqa: ANN401 - dates of NumPy
) -> Any:  # noqa: ANN401 - xarray may be absent
    """A file of planes: names of variables with their standard name and unit."""
    hours = (times - times[0]) / np.timedelta64(1, "h")
    values = np.stack([plane(lats[:, None], lons[None, :], float(hour)) for hour in hours])
    variables = {
        name: (("time", "lat", "lon"), values.copy(), {"standard_name": standard, "units": text})
        for name, (standard, text) in names.items()
    }
    return xr.Dataset(variables, coords={"time": times, "lat": lats, "lon": lons})


WAVES = {"hs": ("sea_surface_wave_significant_height", "m")}


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[Any], Fields]:
    """Writes a data set and reads it as fields."""

    def save(content: Any) -> Fields:  # noqa: ANN401 - xarray may be absent
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.nc"
        content.to_netcdf(path, engine="netcdf4")
        return fields.read(path)

    return save


def ms(text: str) -> int:
    return round(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp() * 1000)


# ------------------------------------------------------------------------------------------- between nodes and times


@pytest.fixture(scope="module")
def waves(tmp_path_factory: pytest.TempPathFactory) -> Fields:
    path = tmp_path_factory.mktemp("fields") / "waves.nc"
    dataset(WAVES).to_netcdf(path, engine="netcdf4")
    return fields.read(path)


@given(lat=st.floats(40.0, 42.0), lon=st.floats(130.0, 133.0), hours=st.floats(0.0, 12.0))
def test_between_nodes_and_times_a_plane_stays_a_plane(waves: Fields, lat: float, lon: float, hours: float) -> None:
    time_ms = START_MS + round(hours * HOUR_MS)
    found = waves.at(lat, lon, time_ms)
    expected = plane(np.float64(lat), np.float64(lon), (time_ms - START_MS) / HOUR_MS)  # type: ignore[arg-type]
    assert float(found.significant_wave_m) == pytest.approx(float(expected))
    assert math.isnan(float(found.wind_mps))


def test_points_and_times_broadcast(waves: Fields) -> None:
    found = waves.at([[40.5], [41.5]], [131.0, 132.0, 133.0], START_MS + 4 * HOUR_MS)
    assert found.significant_wave_m.shape == (2, 3)
    assert found.significant_wave_m == pytest.approx(
        plane(np.array([[40.5], [41.5]]), np.array([131.0, 132.0, 133.0]), 4.0)
    )
    moving = waves.at(41.0, 131.0, START_MS + np.arange(13) * HOUR_MS)
    assert np.diff(moving.significant_wave_m) == pytest.approx(0.05)


@pytest.mark.parametrize(("lat", "lon"), [(39.9, 131.0), (42.1, 131.0), (41.0, 129.9), (41.0, 133.1), (-41.0, -131.0)])
def test_outside_the_grid_is_unknown(waves: Fields, lat: float, lon: float) -> None:
    assert math.isnan(float(waves.at(lat, lon, START_MS).significant_wave_m))


@pytest.mark.parametrize("off_ms", [-1, 12 * HOUR_MS + 1, -(10**15), 10**15])
def test_before_the_first_and_after_the_last_time_is_unknown(waves: Fields, off_ms: int) -> None:
    assert math.isnan(float(waves.at(41.0, 131.0, START_MS + off_ms).significant_wave_m))
    assert waves.span_ms == (START_MS, START_MS + 12 * HOUR_MS)


@pytest.mark.parametrize("turn", [-360.0, 360.0])
def test_longitudes_may_be_counted_in_any_turn(waves: Fields, turn: float) -> None:
    there, here = waves.at(41.0, 131.5 + turn, START_MS), waves.at(41.0, 131.5, START_MS)
    assert float(there.significant_wave_m) == float(here.significant_wave_m)


@pytest.mark.parametrize("place", [(math.nan, 131.0), (91.0, 131.0), (41.0, math.inf)])
def test_what_is_no_position_is_refused(waves: Fields, place: tuple[float, float]) -> None:
    with pytest.raises(GeometryError, match=r"l(at|on) is .*, expected"):
        waves.at(*place, START_MS)


def test_a_gap_in_time_is_unknown_and_an_even_lengthening_of_steps_is_not(saved: Callable[[Any], Fields]) -> None:
    hours = np.array([0, 1, 2, 3, 4, 10, 13])
    times = np.datetime64("2023-07-20T00:00", "ns") + hours * np.timedelta64(1, "h")
    found = saved(dataset(WAVES, times=times))
    known = [
        math.isfinite(float(found.at(41.0, 131.0, START_MS + round(hour * HOUR_MS)).significant_wave_m))
        for hour in (3.5, 4.0, 4.5, 9.9, 10.0, 11.0)
    ]
    assert known == [True, True, False, False, True, True]


def test_a_field_round_the_world_has_no_seam(saved: Callable[[Any], Fields]) -> None:
    lats, lons = np.linspace(-90.0, 90.0, 19), np.arange(0.0, 360.0, 10.0)
    content = dataset(WAVES, lats, lons)
    content["hs"][:] = 2.0
    content["hs"][:, :, 0] = 4.0
    found = saved(content)
    assert found.at([0.0, 0.0, 0.0], [-5.0, 355.0, 5.0], START_MS).significant_wave_m == pytest.approx([3.0] * 3)


# ---------------------------------------------------------------------------------------------------------- directions


def test_directions_are_blended_through_north_and_not_through_south(saved: Callable[[Any], Fields]) -> None:
    content = dataset({"VMDR": ("sea_surface_wave_from_direction", "degree")})
    content["VMDR"][:] = 350.0
    content["VMDR"][:, :, 1::2] = 10.0
    found = saved(content).at(41.0, [130.0, 130.1, 130.2], START_MS).wave_from_deg
    assert np.cos(np.radians(found - np.array([350.0, 0.0, 10.0]))) == pytest.approx(1.0)


def test_opposed_directions_give_none(saved: Callable[[Any], Fields]) -> None:
    content = dataset({"VMDR": ("sea_surface_wave_from_direction", "degree")})
    content["VMDR"][:] = 90.0
    content["VMDR"][:, :, 1::2] = 270.0
    assert math.isnan(float(saved(content).at(41.0, 130.1, START_MS).wave_from_deg))


def test_a_direction_towards_which_waves_run_is_turned(saved: Callable[[Any], Fields]) -> None:
    content = dataset({"wave": ("sea_surface_wave_to_direction", "degrees")})
    content["wave"][:] = 90.0
    assert float(saved(content).at(41.0, 131.0, START_MS).wave_from_deg) == pytest.approx(270.0)


def test_wind_and_current_are_told_as_seamen_tell_them(saved: Callable[[Any], Fields]) -> None:
    names = {
        "u10": ("eastward_wind", "m s-1"),
        "v10": ("northward_wind", "m s-1"),
        "uo": ("eastward_sea_water_velocity", "m/s"),
        "vo": ("northward_sea_water_velocity", "m/s"),
    }
    content = dataset(names)
    for name, value in {"u10": 0.0, "v10": -10.0, "uo": 0.5, "vo": 0.0}.items():
        content[name][:] = value
    found = saved(content).at(41.0, 131.0, START_MS)
    assert (float(found.wind_from_deg), float(found.wind_mps)) == (0.0, 10.0)
    assert (float(found.current_set_deg), float(found.current_drift_mps)) == (90.0, 0.5)


def test_speed_and_direction_of_the_wind_are_the_same_wind(saved: Callable[[Any], Fields]) -> None:
    content = dataset({"si10": ("wind_speed", "kn"), "wdir10": ("wind_from_direction", "degrees")})
    content["si10"][:], content["wdir10"][:] = 20.0, 300.0
    found = saved(content).at(41.0, 131.0, START_MS)
    assert float(found.wind_mps) == pytest.approx(20.0 * NAUTICAL_MILE_M / 3600.0)
    assert float(found.wind_from_deg) == pytest.approx(300.0)


def test_a_datum_drifts_with_the_current_of_a_field(saved: Callable[[Any], Fields]) -> None:
    content = dataset({"uo": ("eastward_sea_water_velocity", "m/s"), "vo": ("northward_sea_water_velocity", "m/s")})
    content["uo"][:], content["vo"][:] = 0.3, 0.4
    found, datum = saved(content), Position(lat_deg=41.0, lon_deg=131.0)
    end = drifted(datum, START_MS, START_MS + 6 * HOUR_MS, found.current_at)
    assert end is not None
    assert distance_m(datum, end) == pytest.approx(0.5 * 6 * 3600, rel=1e-6)
    assert drifted(datum, START_MS, START_MS + 20 * HOUR_MS, found.current_at) is None


# ------------------------------------------------------------------------------------------- unknown and odd values


def test_masked_cells_are_unknown_and_the_sea_beside_them_is_not_lost(saved: Callable[[Any], Fields]) -> None:
    content = dataset(WAVES)
    content["hs"][:] = 2.0
    content["hs"][:, :5, :] = np.nan
    found = saved(content)
    lats = np.array([40.0, 40.8, 40.89, 40.91, 41.0])
    known = np.isfinite(found.at(lats, 131.0, START_MS).significant_wave_m)
    assert known.tolist() == [False, False, False, True, True]
    assert float(found.at(40.95, 131.0, START_MS).significant_wave_m) == 2.0


def test_seas_that_stand_alone_are_listed_and_unknown_unless_asked_for(saved: Callable[[Any], Fields]) -> None:
    content = dataset(WAVES)
    content["hs"][2, 5, 7] = 29.0
    content["hs"][2, 2, 2] = 9.0
    found, time_ms = saved(content), START_MS + 6 * HOUR_MS
    assert [(odd.time_ms, odd.value) for odd in found.odd_values] == [(time_ms, 9.0), (time_ms, 29.0)]
    assert [odd.position.lat_deg for odd in found.odd_values] == pytest.approx([LATS[2], LATS[5]])
    assert "stands alone" in found.odd_values[0].reason
    assert "outside 0 to 25" in str(found.odd_values[1])
    assert math.isnan(float(found.at(LATS[5], LONS[7], time_ms).significant_wave_m))
    assert float(found.unscreened().at(LATS[5], LONS[7], time_ms).significant_wave_m) == pytest.approx(29.0)
    assert math.isfinite(float(found.at(LATS[5], LONS[8], time_ms).significant_wave_m))


def test_a_storm_is_not_odd(saved: Callable[[Any], Fields]) -> None:
    lats, lons = np.linspace(20.0, 40.0, 41), np.linspace(120.0, 140.0, 41)
    content = dataset(WAVES, lats, lons)
    off = np.hypot(lats[:, None] - 30.0, lons[None, :] - 130.0)
    content["hs"][:] = 1.0 + 13.0 * np.exp(-((off / 1.5) ** 2))
    assert saved(content).odd_values == ()


@pytest.mark.parametrize(
    ("names", "value", "expected"),
    [
        ({"t": ("sea_surface_temperature", "K")}, 293.15, 20.0),
        ({"t": ("sea_surface_temperature", "degree_Celsius")}, 20.0, 20.0),
        ({"t": ("sea_surface_temperature", "K")}, 20.0, math.nan),
    ],
)
def test_temperatures_are_celsius_or_unknown(
    saved: Callable[[Any], Fields], names: dict[str, tuple[str, str]], value: float, expected: float
) -> None:
    content = dataset(names)
    content["t"][:] = value
    found = float(saved(content).at(41.0, 131.0, START_MS).sea_temperature_c)
    assert found == pytest.approx(expected, nan_ok=True)


def test_wind_waves_and_swell_add_by_their_energy(saved: Callable[[Any], Fields]) -> None:
    names = {
        "ww": ("sea_surface_wind_wave_significant_height", "m"),
        "sw": ("sea_surface_swell_wave_significant_height", "m"),
    }
    content = dataset(names)
    content["ww"][:], content["sw"][:] = 3.0, 4.0
    both = saved(content)
    assert float(both.at(41.0, 131.0, START_MS).significant_wave_m) == pytest.approx(5.0)
    assert not both.has_only_part_of_the_waves


def test_visibility_in_kilometres_and_pressure_in_hectopascals_are_understood(saved: Callable[[Any], Fields]) -> None:
    content = dataset({"vis": ("visibility_in_air", "km"), "msl": ("air_pressure_at_mean_sea_level", "hPa")})
    content["vis"][:], content["msl"][:] = 7.0, 1013.0
    found = saved(content).at(41.0, 131.0, START_MS)
    assert (float(found.visibility_m), float(found.air_pressure_pa)) == (7000.0, 101_300.0)


# --------------------------------------------------------------------------------------------------- levels and grids


def test_of_several_heights_the_wind_at_ten_metres_is_taken(saved: Callable[[Any], Fields]) -> None:
    content = dataset({"u": ("eastward_wind", "m/s"), "v": ("northward_wind", "m/s")})
    content["u"][:], content["v"][:] = 1.0, 0.0
    layered = xr.concat([content * scale for scale in (1.0, 5.0, 9.0)], dim="height").assign_coords(
        height=[2.0, 10, 80]
    )
    for name in ("u", "v"):
        layered[name].attrs = content[name].attrs
    assert float(saved(layered).at(41.0, 131.0, START_MS).wind_mps) == pytest.approx(5.0)


def test_levels_that_are_not_the_surface_are_left_out(saved: Callable[[Any], Fields]) -> None:
    deep = dataset({"uo": ("eastward_sea_water_velocity", "m/s"), **WAVES}).expand_dims({"depth": [500.0]})
    aloft = dataset({"u": ("eastward_wind", "m/s"), **WAVES}).expand_dims({"plev": [50_000.0]})
    many = dataset({"u10": ("eastward_wind", "m/s")}).expand_dims({"number": [0, 1]}).assign(hs=dataset(WAVES)["hs"])
    for content, words in ((deep, "nearest level is 500 m"), (aloft, "levels of pressure"), (many, "2 values along")):
        found = saved(content)
        assert any(words in note for note in found.notes), found.notes
        assert set(found.layers) == {Quantity.SIGNIFICANT_WAVE}


def test_a_projected_grid_answers_from_its_nearest_nodes(saved: Callable[[Any], Fields]) -> None:
    x, y = np.meshgrid(np.linspace(-200_000.0, 200_000.0, 41), np.linspace(-150_000.0, 150_000.0, 31))
    from pyproj import Transformer

    lons, lats = Transformer.from_crs(
        "+proj=lcc +lat_0=41 +lon_0=131 +lat_1=40 +lat_2=42", 4326, always_xy=True
    ).transform(x, y)
    content = xr.Dataset(
        {"hs": (("time", "y", "x"), plane(lats, lons, 0.0)[None], {"standard_name": WAVES["hs"][0], "units": "m"})},
        coords={"time": TIMES[:1], "lat": (("y", "x"), lats), "lon": (("y", "x"), lons)},
    )
    found = saved(content)
    lat, lon = np.array([41.0, 40.7, 41.234, 39.9]), np.array([131.0, 130.3, 132.321, 131.0])
    assert found.at(lat, lon, START_MS).significant_wave_m == pytest.approx(plane(lat, lon, 0.0), abs=0.01)
    assert np.isnan(found.at([38.0, 41.0], [131.0, 136.0], START_MS).significant_wave_m).all()
    at_nodes = found.at(lats, lons, START_MS).significant_wave_m
    assert at_nodes == pytest.approx(plane(lats, lons, 0.0))


def test_on_a_projected_grid_the_nearest_node_decides_what_is_unknown(saved: Callable[[Any], Fields]) -> None:
    lats, lons = np.meshgrid(LATS, LONS, indexing="ij")
    turned_lats, turned_lons = lats + 0.02 * (lons - 130.0), lons - 0.02 * (lats - 40.0)
    values = np.full((1, *lats.shape), 2.0)
    values[0, 5, 5] = np.nan
    values[0, 8, 8] = 28.0
    content = xr.Dataset(
        {"hs": (("time", "y", "x"), values, {"standard_name": WAVES["hs"][0], "units": "m"})},
        coords={"time": TIMES[:1], "lat": (("y", "x"), turned_lats), "lon": (("y", "x"), turned_lons)},
    )
    found = saved(content)
    heights = found.at(turned_lats, turned_lons, START_MS).significant_wave_m
    assert np.argwhere(np.isnan(heights)).tolist() == [[5, 5], [8, 8]]
    assert [odd.value for odd in found.odd_values] == [28.0]


# --------------------------------------------------------------------------------------------------- what is refused


def test_a_file_without_fields_of_ours_says_what_it_has(tmp_path: Path) -> None:
    dataset({"rain": ("precipitation_flux", "kg m-2 s-1")}).to_netcdf(tmp_path / "r.nc")
    with pytest.raises(DataFileError, match="variables rain"):
        fields.read(tmp_path / "r.nc")


@pytest.mark.parametrize(("text", "words"), [("furlong", "unit 'furlong' is not known"), ("", "names no unit")])
def test_a_unit_that_is_not_known_is_never_guessed(tmp_path: Path, text: str, words: str) -> None:
    dataset({"hs": (WAVES["hs"][0], text)}).to_netcdf(tmp_path / "u.nc")
    with pytest.raises(DataFileError, match=words):
        fields.read(tmp_path / "u.nc")


def test_a_variable_without_time_or_place_is_left_out(tmp_path: Path) -> None:
    dataset(WAVES).isel(time=0, drop=True).to_netcdf(tmp_path / "t.nc")
    with pytest.raises(DataFileError, match="names no time"):
        fields.read(tmp_path / "t.nc")
    dataset(WAVES).drop_vars("lat").to_netcdf(tmp_path / "l.nc")
    with pytest.raises(DataFileError, match="no coordinate of latitudes"):
        fields.read(tmp_path / "l.nc")


@pytest.mark.parametrize("form", ["NETCDF4", "NETCDF3_CLASSIC", "NETCDF3_64BIT"])
@pytest.mark.parametrize("share", [0.99, 0.5, 0.01])
def test_a_file_cut_short_is_refused_and_never_read_as_calm(tmp_path: Path, form: str, share: float) -> None:
    dataset(WAVES).to_netcdf(tmp_path / "whole.nc", format=form)
    whole = (tmp_path / "whole.nc").read_bytes()
    (tmp_path / "cut.nc").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(DataFileError, match=r"cut\.nc"):
        fields.read(tmp_path / "cut.nc")


def test_without_the_extra_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset(WAVES).to_netcdf(tmp_path / "w.nc")
    monkeypatch.setitem(sys.modules, "netCDF4", None)
    with pytest.raises(DataFileError, match=r"waterspace\[weather\]"):
        fields.read(tmp_path / "w.nc")


def test_what_is_no_field_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.nc").write_text("hello", encoding="utf-8")
    for name in ("text.nc", "absent.nc"):
        with pytest.raises(DataFileError, match=name.replace(".", r"\.")):
            fields.read(tmp_path / name)


# ---------------------------------------------------------------------------------------------------- the sample files


def test_the_baltic_of_july_2023_is_that_of_the_sample() -> None:
    found = fields.read(corpus("weather", "reduced_testdata_weather.nc"))
    points = json.loads(corpus("weather", "point_truth.json").read_text(encoding="utf-8"))
    assert len(points) > 15
    for point in points:
        sea = found.at(point["lat"], point["lon"], ms(point["time"]))
        if point["hs_m"] is None:
            assert math.isnan(float(sea.significant_wave_m))
            continue
        expected = {key: value for key, value in point.items() if key not in {"lat", "lon", "time"}}
        assert {
            "hs_m": float(sea.significant_wave_m),
            "tp_s": float(sea.wave_period_s),
            "mwd_deg_from": float(sea.wave_from_deg),
            "u10": float(sea.wind_east_mps),
            "v10": float(sea.wind_north_mps),
            "uc": float(sea.current_east_mps),
            "vc": float(sea.current_north_mps),
            "sst_c": float(sea.sea_temperature_c),
        } == pytest.approx(expected, abs=1e-9)
    assert found.odd_values == ()
    assert found.notes == ()


def test_the_waves_of_the_pacific_are_those_of_the_sample_and_its_odd_seas_are_found() -> None:
    found = fields.read(corpus("weather", "ds.waveh.5.grib"))
    truth = json.loads(corpus("weather", "ds.waveh.5.truth.json").read_text(encoding="utf-8"))
    time_ms = ms(truth["valid_time"][:19])
    for point in truth["points"]:
        at_node = float(found.at(point["nearest_lat"], point["nearest_lon"], time_ms).significant_wave_m)
        lat_deg, lon_deg = point["query"]
        beside = float(found.at(lat_deg, lon_deg, time_ms).significant_wave_m)
        if point["shww_m"] is None:
            assert math.isnan(at_node)
            assert math.isnan(beside)
        else:
            assert at_node == pytest.approx(point["shww_m"], abs=0.01)
            assert beside == pytest.approx(point["shww_m"], abs=0.3)
    assert max(odd.value for odd in found.odd_values) == pytest.approx(truth["max"])
    assert 30 < len(found.odd_values) < 100
    (layer,) = found.layers.values()
    screened, given = layer._slice(0), layer.unscreened()._slice(0)
    assert np.isfinite(given).sum() == truth["n_finite"]
    assert np.nanmean(given) == pytest.approx(truth["mean"], abs=1e-4)
    assert np.nanmax(screened) < 10.0
    assert found.has_only_part_of_the_waves


def test_pressure_on_a_regular_grid_of_grib_is_that_of_its_library() -> None:
    path = corpus("weather", "regular_ll_msl.grib")
    found = fields.read(path)
    assert set(found.layers) == {Quantity.AIR_PRESSURE}
    eccodes = pytest.importorskip("eccodes")
    with path.open("rb") as file:
        message = eccodes.codes_grib_new_from_file(file)
        values = eccodes.codes_get_values(message).reshape(181, 360)
        eccodes.codes_release(message)
    lats, lons = np.meshgrid(np.arange(90.0, -91.0, -1.0), np.arange(0.0, 360.0), indexing="ij")
    assert found.at(lats, lons, found.span_ms[0]).air_pressure_pa == pytest.approx(values, rel=1e-6)
    assert float(found.at(41.5, -0.5, found.span_ms[0]).air_pressure_pa) == pytest.approx(
        np.mean(values[[48, 48, 49, 49], [359, 0, 359, 0]]), rel=1e-6
    )


@pytest.mark.parametrize("share", [0.999, 0.5, 0.001])
def test_a_grib_file_cut_short_is_refused(tmp_path: Path, share: float) -> None:
    whole = corpus("weather", "regular_ll_msl.grib").read_bytes()
    (tmp_path / "cut.grib").write_bytes(whole + whole[: int(len(whole) * share)])
    with pytest.raises(DataFileError, match="GRIB message 2"):
        fields.read(tmp_path / "cut.grib")


def grib_message(step_hours: int, height_m: float) -> bytes:
    """Significant wave height on a grid of two degrees, 60 to 0 N and 0 to 30 E, the node at 60 N 6 E masked."""
    eccodes = pytest.importorskip("eccodes")
    message = eccodes.codes_grib_new_from_samples("regular_ll_sfc_grib2")
    wanted = {"discipline": 10, "parameterCategory": 0, "parameterNumber": 3, "dataDate": 20230720, "dataTime": 0}
    for key, value in {**wanted, "step": step_hours, "bitmapPresent": 1, "missingValue": 9999.0}.items():
        eccodes.codes_set(message, key, value)
    values = np.full(eccodes.codes_get_size(message, "values"), height_m)
    values[3] = 9999.0
    eccodes.codes_set_values(message, values)
    content: bytes = eccodes.codes_get_message(message)
    eccodes.codes_release(message)
    return content


def test_a_forecast_in_grib_is_read_from_step_to_step(tmp_path: Path) -> None:
    pytest.importorskip("cfgrib")
    path = tmp_path / "f.grib"
    path.write_bytes(grib_message(0, 1.0) + b"\x00" * 8 + grib_message(6, 4.0))
    found = fields.read(path)
    heights = found.at(45.0, 7.5, START_MS + np.array([0, 2, 6, 7]) * HOUR_MS).significant_wave_m
    assert heights == pytest.approx([1.0, 2.0, 4.0, math.nan], abs=1e-3, nan_ok=True)
    assert np.isnan(found.at(60.0, [5.1, 6.0, 6.9], START_MS).significant_wave_m).all()
    assert float(found.at(60.0, 7.1, START_MS).significant_wave_m) == pytest.approx(1.0, abs=1e-3)


AFTER_A_FILE = """
import sys
from waterspace.environment.metoc import fields
fields.read(sys.argv[1])
import eccodes
import pyproj
print(pyproj.CRS.from_epsg(4326).name, round(pyproj.Geod(ellps="WGS84").inv(0, 0, 1, 1)[2]))
"""


@pytest.mark.parametrize(
    "name", ["regular_ll_msl.grib", pytest.param("reduced_testdata_weather.nc", marks=pytest.mark.deep)]
)
def test_proj_keeps_its_database_after_a_file_was_read(name: str) -> None:
    command = [sys.executable, "-c", AFTER_A_FILE, str(corpus("weather", name))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["WGS", "84", "156900"]
