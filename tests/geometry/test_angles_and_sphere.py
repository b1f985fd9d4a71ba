"""Angles between directions, and quick distances on the sphere."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain import Position
from waterspace.geometry.angles import off_deg, turn_deg
from waterspace.geometry.geodesic import distance_m
from waterspace.geometry.sphere import SPHERE_ERROR_RATIO, sphere_m, spheres_m

courses = st.integers(-720, 1080)
places = st.builds(Position, lat_deg=st.floats(-90.0, 90.0), lon_deg=st.floats(-180.0, 180.0))


@pytest.mark.parametrize(
    ("one_deg", "other_deg", "apart_deg"), [(350.0, 10.0, 20.0), (10.0, 350.0, 20.0), (0.0, 180.0, 180.0), (90, 91, 1)]
)
def test_directions_are_apart_the_shorter_way_round(one_deg: float, other_deg: float, apart_deg: float) -> None:
    assert off_deg(one_deg, other_deg) == apart_deg


@given(courses, courses)
def test_a_turn_leads_from_one_course_to_the_other_and_is_never_more_than_half_a_circle(start: int, end: int) -> None:
    turn = turn_deg(float(start), float(end))
    assert -180.0 <= turn < 180.0
    assert (start + turn - end) % 360.0 == 0.0
    assert off_deg(float(start), float(end)) == off_deg(float(end), float(start)) == abs(turn)


def test_turns_of_arrays_are_those_of_their_numbers() -> None:
    start, end = np.array([350.0, 10.0, 0.0]), np.array([10.0, 350.0, 180.0])
    assert turn_deg(start, end).tolist() == [turn_deg(a, b) for a, b in zip(start.tolist(), end.tolist(), strict=True)]


@given(places, places)
def test_the_sphere_is_off_the_ellipsoid_by_no_more_than_it_says(a: Position, b: Position) -> None:
    true_m = distance_m(a, b)
    assert sphere_m(a, b) == pytest.approx(true_m, rel=SPHERE_ERROR_RATIO, abs=1e-3)


@given(places, places)
def test_one_distance_on_the_sphere_is_one_of_many(a: Position, b: Position) -> None:
    lat, lon = (np.array([value]) for value in (a.lat_deg, a.lon_deg))
    many = spheres_m((lat, lon), (np.array([b.lat_deg]), np.array([b.lon_deg])))
    assert many.shape == (1,)
    assert many[0] == pytest.approx(sphere_m(a, b), rel=1e-7, abs=1e-3)
