"""Laws of geodesics, at the poles, over 180° and where points coincide."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import bearings, positions
from waterspace.domain import Position
from waterspace.geometry import geodesic
from waterspace.geometry.plane import EARTH_RADIUS_M, Plane

NORTH_POLE = Position(lat_deg=90.0, lon_deg=0.0)
SOUTH_POLE = Position(lat_deg=-90.0, lon_deg=0.0)
QUARTER_MERIDIAN_M = 10_001_965.729


def at(lat: float, lon: float) -> Position:
    return Position(lat_deg=lat, lon_deg=lon)


@given(start=positions(), bearing=bearings(), distance=st.floats(1.0, 15_000_000.0))
def test_the_inverse_undoes_the_direct_problem(start: Position, bearing: float, distance: float) -> None:
    end = geodesic.destination(start, bearing, distance)
    distance_m, bearing_deg = geodesic.inverse(start, end)
    assert distance_m == pytest.approx(distance, abs=1e-3)
    assert geodesic.distance_m(geodesic.destination(start, bearing_deg, distance_m), end) < 1e-3
    assert 0.0 <= bearing_deg < 360.0
    assert -180.0 <= end.lon_deg <= 180.0


@given(a=positions(), b=positions())
def test_distance_is_the_same_both_ways(a: Position, b: Position) -> None:
    assert geodesic.distance_m(a, b) == pytest.approx(geodesic.distance_m(b, a), abs=1e-3)


@given(a=positions(), b=positions(), fraction=st.floats(0.0, 1.0))
def test_a_point_between_two_divides_their_distance(a: Position, b: Position, fraction: float) -> None:
    middle = geodesic.between(a, b, fraction)
    whole_m = geodesic.distance_m(a, b)
    assert geodesic.distance_m(a, middle) == pytest.approx(whole_m * fraction, abs=1e-2)


def test_the_ends_of_a_way_are_returned_as_they_are() -> None:
    a, b = at(40.1, 133.3), at(41.7, -179.9)
    assert geodesic.between(a, b, 0.0) is a
    assert geodesic.between(a, b, 1.0) is b
    assert geodesic.between(a, a, 0.3) is a


def test_coincident_points_have_no_distance_and_bearing_zero() -> None:
    for place in (at(40.0, 133.0), NORTH_POLE, SOUTH_POLE, at(0.0, 180.0)):
        assert geodesic.inverse(place, place) == (0.0, 0.0)
    assert geodesic.inverse(at(10.0, 180.0), at(10.0, -180.0)) == (0.0, 0.0)
    assert geodesic.distance_m(NORTH_POLE, at(90.0, 77.0)) == 0.0


def test_the_poles_are_half_a_meridian_apart() -> None:
    assert geodesic.distance_m(NORTH_POLE, SOUTH_POLE) == pytest.approx(2.0 * QUARTER_MERIDIAN_M, abs=1e-2)
    assert geodesic.distance_m(NORTH_POLE, at(0.0, 12.0)) == pytest.approx(QUARTER_MERIDIAN_M, abs=1e-3)
    assert geodesic.bearing_deg(at(50.0, 12.0), NORTH_POLE) == pytest.approx(0.0, abs=1e-9)
    assert geodesic.bearing_deg(at(50.0, 12.0), SOUTH_POLE) == pytest.approx(180.0)


def test_the_short_way_leads_over_180_degrees() -> None:
    distance_m, bearing_deg = geodesic.inverse(at(0.0, 179.0), at(0.0, -179.0))
    assert distance_m == pytest.approx(222_638.98, abs=0.01)
    assert bearing_deg == pytest.approx(90.0)


def test_a_negative_distance_runs_backwards() -> None:
    back = geodesic.destination(at(10.0, 10.0), 90.0, -1000.0)
    assert back.lon_deg < 10.0


@pytest.mark.parametrize(
    ("lon", "expected"),
    [(0.0, 0.0), (180.0, 180.0), (-180.0, -180.0), (181.0, -179.0), (540.0, -180.0), (-190.0, 170.0)],
)
def test_a_longitude_becomes_one_within_180_degrees(lon: float, expected: float) -> None:
    assert geodesic.normalise_lon(lon) == pytest.approx(expected)


def test_a_route_is_as_long_as_its_legs() -> None:
    route = (at(40.0, 133.0), at(40.0, 134.0), at(41.0, 134.0))
    expected_m = geodesic.distance_m(*route[:2]) + geodesic.distance_m(*route[1:])
    assert geodesic.route_length_m(route) == pytest.approx(expected_m)
    assert geodesic.route_length_m(route[:1]) == 0.0
    assert geodesic.route_length_m(()) == 0.0


@given(st.lists(st.tuples(positions(), positions()), min_size=1, max_size=5))
def test_arrays_give_what_single_positions_give(pairs: list[tuple[Position, Position]]) -> None:
    starts, ends = (geodesic.position_arrays(column) for column in zip(*pairs, strict=True))
    distance, bearing = geodesic.inverses(*starts, *ends)
    assert [geodesic.inverse(a, b) for a, b in pairs] == list(zip(distance.tolist(), bearing.tolist(), strict=True))
    lat, lon = geodesic.destinations(*starts, 77.0, 5000.0)
    assert geodesic.positions_from(lat, lon) == tuple(geodesic.destination(a, 77.0, 5000.0) for a, _ in pairs)


def test_one_position_meets_an_array_of_others() -> None:
    lat, lon = np.array([40.0, 41.0, 42.0]), np.array([133.0, 133.0, 133.0])
    distances = geodesic.distances_m(40.0, 133.0, lat, lon)
    assert distances.shape == (3,)
    assert distances[0] == 0.0
    assert np.all(np.diff(distances) > 0.0)


def test_a_run_tells_on_which_course_it_ends() -> None:
    lat, lon, course = geodesic.runs([0.0, 50.0], [0.0, 0.0], [90.0, 90.0], [1e6, 1e6])
    assert course[0] == pytest.approx(90.0)
    assert course[1] > 95.0
    back = geodesic.inverse(Position(lat_deg=lat[1], lon_deg=lon[1]), at(50.0, 0.0))[1]
    assert back == pytest.approx(course[1] + 180.0)


@given(centre=positions(), bearing=bearings(), distance=st.floats(0.0, 5_000_000.0))
def test_a_plane_keeps_what_it_projects(centre: Position, bearing: float, distance: float) -> None:
    plane = Plane(centre)
    place = geodesic.destination(centre, bearing, distance)
    points = plane.project_positions([place])
    assert np.hypot(*points[0]) == pytest.approx(distance, abs=1e-3)
    (again,) = geodesic.positions_from(*plane.unproject(points))
    assert geodesic.distance_m(place, again) < 1e-3
    assert geodesic.distance_m(place, plane.position(*points[0])) < 1e-3


@given(
    lat=st.floats(-80.0, 80.0),
    way=bearings(),
    course=bearings(),
    far=st.floats(0.0, 500_000.0),
    run=st.floats(1e3, 20e3),
)
def test_a_plane_is_as_exact_as_it_says(lat: float, way: float, course: float, far: float, run: float) -> None:
    """Lengths too long by d² / 6R² at most, and strokes of 20 km less than half a metre off the geodesic."""
    plane = Plane(at(lat, 133.0))
    start = geodesic.destination(plane.centre, way, far)
    ends = [geodesic.destination(start, course, run * part) for part in (0.0, 0.5, 1.0)]
    points = plane.project_positions(ends)
    stroke = points[2] - points[0]
    length_m = float(np.hypot(*stroke))
    most_ratio = ((far + run) / EARTH_RADIUS_M) ** 2 / 6.0 * 1.02
    assert -1e-3 <= length_m - run <= most_ratio * run + 1e-3
    half = points[1] - points[0]
    assert abs(stroke[0] * half[1] - stroke[1] * half[0]) / length_m < 0.5
