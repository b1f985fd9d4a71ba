"""One question about the weather, to a schedule and to fields."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain import Position, Provenance, Weather, Window
from waterspace.environment.metoc import fields, weather
from waterspace.environment.metoc.fields import Fields
from waterspace.environment.metoc.sea_scales import DOUGLAS
from waterspace.quantity import HOUR_MS

xr = pytest.importorskip("xarray", reason="extra weather")
pytest.importorskip("netCDF4", reason="extra weather")

HERE = Position(lat_deg=41.0, lon_deg=131.0)
START_MS = 1_689_811_200_000  # 2023-07-20T00:00Z


def spell(start_hour: int, end_hour: int, **values: float | None) -> Weather:
    window = Window(start_ms=START_MS + start_hour * HOUR_MS, end_ms=START_MS + end_hour * HOUR_MS)
    return Weather(window=window, **values)  # type: ignore[arg-type]


def forecast(path: Path, **values: tuple[str, str, float]) -> Fields:
    """Fields that have the same values everywhere, for 6 hours: standard name, unit and value by name."""
    axes = ("time", "lat", "lon")
    variables = {
        name: (axes, np.full((2, 5, 5), value), {"standard_name": standard, "units": unit})
        for name, (standard, unit, value) in values.items()
    }
    times = np.datetime64("2023-07-20T00:00", "ns") + np.array([0, 6]) * np.timedelta64(1, "h")
    nodes = {"time": times, "lat": np.linspace(40.0, 42.0, 5), "lon": np.linspace(130.0, 132.0, 5)}
    xr.Dataset(variables, coords=nodes).to_netcdf(path)
    return fields.read(path)


def test_a_schedule_says_what_holds_at_a_time() -> None:
    spells = (
        spell(0, 6, sea_state=3, wind_from_deg=240.0, wind_speed_mps=6.0, visibility_m=10_000.0),
        spell(6, 12, sea_state=5),
    )
    first = weather.at(spells, HERE, START_MS)
    assert (first.sea_state, first.wind_from_deg, first.wind_mps, first.visibility_m) == (3, 240.0, 6.0, 10_000.0)
    assert first.significant_wave_m is None
    assert first.source == "weather of the exercise file"
    second = weather.at(spells, HERE, START_MS + 6 * HOUR_MS)
    assert (second.sea_state, second.wind_mps) == (5, None)


def test_of_spells_that_overlap_the_worst_holds() -> None:
    spells = (
        spell(0, 12, sea_state=3, wind_from_deg=240.0, wind_speed_mps=6.0, visibility_m=500.0),
        spell(3, 6, sea_state=2, wind_from_deg=10.0, wind_speed_mps=16.0, visibility_m=9000.0),
    )
    both = weather.at(spells, HERE, START_MS + 4 * HOUR_MS)
    assert (both.sea_state, both.wind_from_deg, both.wind_mps, both.visibility_m) == (3, 10.0, 16.0, 500.0)


def test_the_source_of_a_spell_is_named() -> None:
    window = Window(start_ms=START_MS, end_ms=START_MS + HOUR_MS)
    told = Weather(window=window, sea_state=2, provenance=Provenance(source="forecast of 19 July"))
    assert weather.at((told,), HERE, START_MS).source == "weather of the exercise file; forecast of 19 July"


@pytest.mark.parametrize("hour", [-1, 12])
def test_what_a_schedule_leaves_out_is_unknown(hour: int) -> None:
    found = weather.at((spell(0, 12, sea_state=3),), HERE, START_MS + hour * HOUR_MS)
    assert found.sea_state is None
    assert found.source == ""
    assert found.flags == ("the schedule says nothing of this time",)


def test_fields_answer_the_same_question(tmp_path: Path) -> None:
    source = forecast(
        tmp_path / "f.nc",
        hs=("sea_surface_wave_significant_height", "m", 2.0),
        u10=("eastward_wind", "m/s", 10.0),
        v10=("northward_wind", "m/s", 0.0),
        uo=("eastward_sea_water_velocity", "m/s", 0.0),
        vo=("northward_sea_water_velocity", "m/s", -0.5),
        sst=("sea_surface_temperature", "K", 291.15),
        vis=("visibility_in_air", "m", 8000.0),
    )
    found = weather.at(source, HERE, START_MS + 2 * HOUR_MS)
    assert found.sea_state == 4
    assert found.significant_wave_m == pytest.approx(2.0)
    assert found.wind_from_deg == pytest.approx(270.0)
    assert found.wind_mps == pytest.approx(10.0)
    assert found.current_set_deg == pytest.approx(180.0)
    assert found.current_drift_mps == pytest.approx(0.5)
    assert found.sea_temperature_c == pytest.approx(18.0)
    assert found.visibility_m == pytest.approx(8000.0)
    assert found.wave_period_s is None
    assert found.source.endswith("f.nc")
    assert found.flags == ()


@given(height_m=st.floats(0.0, 20.0))
def test_the_sea_state_is_that_of_the_waves(tmp_path_factory: pytest.TempPathFactory, height_m: float) -> None:
    path = tmp_path_factory.mktemp("seas") / "f.nc"
    found = weather.at(forecast(path, hs=("sea_surface_wave_significant_height", "m", height_m)), HERE, START_MS)
    assert found.sea_state is not None
    assert DOUGLAS[found.sea_state].over_m * (1 - 1e-8) <= height_m <= DOUGLAS[found.sea_state].to_m * (1 + 1e-8)


def test_waves_that_cannot_be_are_unknown_and_said_to_be(tmp_path: Path) -> None:
    source = forecast(tmp_path / "f.nc", hs=("sea_surface_wave_significant_height", "m", 29.7))
    found = weather.at(source, HERE, START_MS)
    assert found.significant_wave_m is None
    assert found.sea_state is None
    assert found.flags == ("waves of 29.7 m are given, which cannot be; they are left out",)


def test_wind_waves_alone_are_said_to_be_a_part(tmp_path: Path) -> None:
    source = forecast(tmp_path / "f.nc", ww=("sea_surface_wind_wave_significant_height", "m", 1.0))
    found = weather.at(source, HERE, START_MS)
    assert found.sea_state == 3
    assert found.flags == ("the height is that of wind waves or of swell alone: the fields do not have both",)


def test_a_time_that_the_fields_do_not_reach_is_unknown_and_said_to_be(tmp_path: Path) -> None:
    source = forecast(tmp_path / "f.nc", hs=("sea_surface_wave_significant_height", "m", 1.0))
    found = weather.at(source, HERE, START_MS + 7 * HOUR_MS)
    assert found.sea_state is None
    assert found.flags == ("outside the span of time of the fields",)
