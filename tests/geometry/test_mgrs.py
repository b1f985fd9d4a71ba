"""The military grid: squares hold their places, letters are those of the standard, and what is no square is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import positions
from waterspace import geometry
from waterspace.errors import GeometryError

if TYPE_CHECKING:
    from waterspace.domain import Position


@given(place=positions(), digits=st.integers(0, 9))
def test_the_middle_of_the_square_of_a_place_lies_within_half_its_diagonal(place: Position, digits: int) -> None:
    square = geometry.to_mgrs(place.lat_deg, place.lon_deg, digits)
    middle = geometry.from_mgrs(square)
    off_m = geometry.inverse(place.lat_deg, place.lon_deg, *middle).distance_m
    assert off_m <= 1.03 * 0.5**0.5 * 100_000.0 / 10**digits + 1e-6
    assert square.startswith(geometry.to_mgrs(place.lat_deg, place.lon_deg, -1))


@given(place=positions(), digits=st.integers(1, 9))
def test_the_square_of_the_middle_of_a_small_square_is_that_square(place: Position, digits: int) -> None:
    square = geometry.to_mgrs(place.lat_deg, place.lon_deg, digits)
    again = geometry.from_mgrs(square)
    # where zones meet a square hangs over into the next one, and its middle has another name there
    if geometry.to_mgrs(*again, -1) == geometry.to_mgrs(place.lat_deg, place.lon_deg, -1):
        assert geometry.to_mgrs(*again, digits) == square


@pytest.mark.parametrize(
    ("lat", "lon", "square"),
    [
        (60.39, 5.32, "32V"),  # Bergen, in the widened zone
        (59.0, 2.9, "31V"),
        (78.22, 15.6, "33X"),  # Longyearbyen
        (75.0, 9.0, "33X"),
        (75.0, 8.9, "31X"),
        (43.1167, 131.8833, "52T"),
        (0.0, 180.0, "01N"),
        (84.0, 0.0, "Z"),
        (84.0, -0.1, "Y"),
        (-80.0, 30.0, "36C"),
        (-80.1, 30.0, "B"),
    ],
)
def test_zones_are_those_of_the_standard(lat: float, lon: float, square: str) -> None:
    assert geometry.to_mgrs(lat, lon, -1) == square


@pytest.mark.parametrize("text", ["", "38SMB448", "61SMB4484", "38IMB44", "38SAB4484", "38S MB 44 84 1", "CAB", "38S"])
def test_what_is_no_square_is_refused_and_named(text: str) -> None:
    with pytest.raises(GeometryError, match="found "):
        geometry.from_mgrs(text)


def test_no_place_and_no_number_of_digits_beyond_the_grid_are_refused() -> None:
    with pytest.raises(GeometryError, match="found 10 digits"):
        geometry.to_mgrs(10.0, 10.0, 10)
    with pytest.raises(GeometryError, match="lat_deg is nan"):
        geometry.to_mgrs(float("nan"), 10.0)
