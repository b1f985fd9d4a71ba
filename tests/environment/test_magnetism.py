"""Magnetic variation."""

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import positions
from waterspace.domain import Position
from waterspace.environment.magnetism import magnetic_bearing_deg, variation, variation_deg
from waterspace.errors import GeometryError

SEA_OF_JAPAN = Position(lat_deg=42.0, lon_deg=134.0)
MODEL_YEARS = st.integers(1_262_304_000_000, 1_893_455_999_999)


def in_year(year: float) -> int:
    whole = dt.datetime(int(year), 1, 1, tzinfo=dt.UTC)
    length = dt.datetime(int(year) + 1, 1, 1, tzinfo=dt.UTC) - whole
    return round((whole + (year - int(year)) * length).timestamp() * 1000)


@pytest.mark.parametrize(("year", "expected_deg", "model"), [(2023.55, -10.46, "2020"), (2026.8, -10.50, "2025")])
def test_the_variation_of_the_sea_of_japan_is_that_of_the_world_magnetic_model(
    year: float, expected_deg: float, model: str
) -> None:
    found = variation(SEA_OF_JAPAN, in_year(year))
    assert found.variation_deg == pytest.approx(expected_deg, abs=0.005)
    assert model in found.model
    assert found.note == ""


# Source: test values of WMM2020 and WMM2025 published with the models (height 0 km), NOAA NCEI.
@pytest.mark.parametrize(
    ("year", "lat_deg", "lon_deg", "expected_deg"),
    [(2020.0, 80.0, 0.0, -1.28), (2020.0, 0.0, 120.0, 0.16), (2020.0, -80.0, 240.0, 69.36), (2025.0, 80.0, 0.0, 1.28)],
)
def test_the_published_test_values_hold(year: float, lat_deg: float, lon_deg: float, expected_deg: float) -> None:
    place = Position(lat_deg=lat_deg, lon_deg=lon_deg if lon_deg <= 180.0 else lon_deg - 360.0)
    assert variation_deg(place, in_year(year)) == pytest.approx(expected_deg, abs=0.02)


@pytest.mark.parametrize("year", [1970.0, 2009.99, 2030.0, 2099.0])
def test_outside_the_years_of_the_models_it_is_unknown_and_says_so(year: float) -> None:
    found = variation(SEA_OF_JAPAN, in_year(year))
    assert found.variation_deg is None
    assert found.note.startswith("the magnetic models hold from 2010 to 2030")
    assert magnetic_bearing_deg(90.0, SEA_OF_JAPAN, in_year(year)) is None


def test_a_time_beyond_the_calendar_is_unknown_too() -> None:
    assert variation_deg(SEA_OF_JAPAN, 10**18) is None


def test_near_a_magnetic_pole_it_is_unknown_or_warned_of() -> None:
    assert variation(Position(lat_deg=-64.0, lon_deg=136.0), in_year(2026.0)).note == "too near a magnetic pole"
    near = variation(Position(lat_deg=78.0, lon_deg=-110.0), in_year(2026.0))
    assert near.variation_deg is not None
    assert near.note == "compasses are unreliable so near a magnetic pole"


def test_with_the_variation_west_a_compass_shows_more() -> None:
    shown_deg = magnetic_bearing_deg(355.0, SEA_OF_JAPAN, in_year(2023.55))
    assert shown_deg == pytest.approx(5.46, abs=0.01)


@given(position=positions(), time_ms=MODEL_YEARS, true_deg=st.floats(0.0, 360.0))
def test_a_magnetic_bearing_and_the_variation_give_the_true_one(
    position: Position, time_ms: int, true_deg: float
) -> None:
    east_deg, shown_deg = variation_deg(position, time_ms), magnetic_bearing_deg(true_deg, position, time_ms)
    assert (east_deg is None) == (shown_deg is None)
    if east_deg is not None and shown_deg is not None:
        assert 0.0 <= shown_deg < 360.0
        assert math.cos(math.radians(shown_deg + east_deg - true_deg)) == pytest.approx(1.0)


def test_what_is_no_position_is_refused() -> None:
    with pytest.raises(GeometryError, match=r"l(at|on)_deg is .*, expected"):
        variation(Position(lat_deg=math.nan, lon_deg=0.0), in_year(2023.0))
