"""Rhumb lines on the ellipsoid."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from strategies import bearings, positions
from waterspace import geometry
from waterspace.domain import Position
from waterspace.errors import GeometryError
from waterspace.geometry import WGS84, Ellipsoid
from waterspace.geometry.auxiliary import conformal_tangent

SPHERE = Ellipsoid(equatorial_radius_m=6_371_000.0, flattening_ratio=0.0)

BETWEEN = [
    (39.8, 133.2, 43.1, 131.9, -16.50367963092, 382255.106783),
    (35.1, 129.04, 41.77, 140.73, 54.00748541329, 1259876.208163),
    (-33.9, 18.4, -37.8, 144.9, 92.16950933290, 11430933.709507),
    (40.0, 179.0, 41.0, -179.0, 56.77473509734, 202660.606126),
    (10.0, -90.0, 10.000000001, 90.0, 89.99999999968, 19735085.532237),
    (60.0, 0.0, 60.0, 180.0, 90.0, 10044000.283038),
    (89.999, 10.0, 89.999, 100.0, 90.0, 175.448493),
    (-89.9999, 0.0, 45.0, -170.0, -11.32008611391, 15284239.984137),
    (0.0, 0.0, 0.0, 90.0, 90.0, 10018754.171395),
    (51.127, 1.338, 50.964, 1.853, 116.66068803452, 40413.130053),
    (70.0, 20.0, 70.0001, -20.0, -89.99958152478, 1527457.991653),
    (43.1, 131.9, 37.8, -122.4, 93.75856337766, 8978028.896512),
    (0.0, 0.0, 90.0, 0.0, 0.0, 10001965.729313),
    (0.0, 0.0, 90.0, 30.0, 0.41222947267, 10002224.608744),
]
"""Two points, azimuth and length. Source: RhumbSolve of GeographicLib 2.1.2."""

FROM = [
    (39.8, 133.2, -20.0, 500_000.0, 44.03011747198, 131.13743610036),
    (0.0, 0.0, 90.0, 20_000_000.0, 0.0, 179.66305682390),
    (89.9, 0.0, 90.0, 1_000_000.0, 89.9, 89.71329486186),
    (-45.0, 100.0, 179.99999, 5_000_000.0, -89.84760725862, 100.00005739324),
    (60.0, -170.0, 270.0, 3_000_000.0, 60.0, 136.23656065483),
    (10.0, 10.0, 45.0, -1_000_000.0, 3.60610789639, 3.59981537594),
    (80.0, 0.0, 10.0, 1_000_000.0, 88.81803572415, 21.59788965416),
]
"""A point, azimuth and length, and where they lead. Source: RhumbSolve of GeographicLib 2.1.2."""

near_latitudes = st.sampled_from((0.0, 1e-12, 1e-9, 1e-6, 1e-3))
close_to_poles = st.floats(-15.0, 0.0).map(lambda power: 90.0 - 10.0**power)


def turn_deg(a: float, b: float) -> float:
    return abs((a - b + 180.0) % 360.0 - 180.0)


def spot(position: Position) -> tuple[float, float]:
    return position.lat_deg, position.lon_deg


@pytest.mark.parametrize(("lat1", "lon1", "lat2", "lon2", "azimuth_deg", "length_m"), BETWEEN)
def test_rhumb_lines_between_points_are_those_of_the_reference(
    lat1: float, lon1: float, lat2: float, lon2: float, azimuth_deg: float, length_m: float
) -> None:
    way = geometry.rhumb_inverse(lat1, lon1, lat2, lon2)
    assert way.distance_m == pytest.approx(length_m, abs=1e-6)
    assert turn_deg(way.azimuth_deg, azimuth_deg) < 1e-10


@pytest.mark.parametrize(("lat1", "lon1", "azimuth_deg", "length_m", "lat2", "lon2"), FROM)
def test_rhumb_lines_lead_where_those_of_the_reference_lead(
    lat1: float, lon1: float, azimuth_deg: float, length_m: float, lat2: float, lon2: float
) -> None:
    end = geometry.rhumb_direct(lat1, lon1, azimuth_deg, length_m)
    assert geometry.inverse(*end, lat2, lon2).distance_m < 2e-6


@given(a=positions(), b=positions())
@example(a=Position(lat_deg=90.0, lon_deg=0.0), b=Position(lat_deg=-90.0, lon_deg=77.0))
@example(a=Position(lat_deg=90.0, lon_deg=0.0), b=Position(lat_deg=90.0, lon_deg=77.0))
def test_going_where_the_inverse_points_leads_there(a: Position, b: Position) -> None:
    way = geometry.rhumb_inverse(*spot(a), *spot(b))
    end = geometry.rhumb_direct(*spot(a), way.azimuth_deg, way.distance_m)
    assert geometry.inverse(*end, *spot(b)).distance_m < 1e-3
    assert 0.0 <= way.azimuth_deg < 360.0
    assert -180.0 <= end.lon2_deg <= 180.0
    assert -90.0 <= end.lat2_deg <= 90.0


@given(lat=st.floats(-89.999, 89.999) | close_to_poles, step=near_latitudes, lon=st.floats(-180.0, 180.0))
def test_points_of_nearly_one_latitude_are_as_exact_as_others(lat: float, step: float, lon: float) -> None:
    lat2 = min(lat + step, 90.0)
    way = geometry.rhumb_inverse(lat, 0.0, lat2, lon)
    end = geometry.rhumb_direct(lat, 0.0, way.azimuth_deg, way.distance_m)
    assert geometry.inverse(*end, lat2, lon).distance_m < 1e-3
    middle = math.radians((lat + lat2) / 2.0)
    if step <= 1e-6 and lat < 89.0:  # so close in latitude, the line is the arc of a parallel and a bit of a meridian
        parallel_m = WGS84.equatorial_radius_m * math.cos(middle)
        parallel_m /= math.sqrt(1.0 - WGS84.eccentricity2_ratio * math.sin(middle) ** 2)
        north_m = geometry.inverse(lat, 0.0, lat2, 0.0).distance_m
        assert way.distance_m == pytest.approx(math.hypot(parallel_m * math.radians(lon), north_m), abs=1e-4)


@given(a=positions(), b=positions())
def test_the_way_back_is_as_long_and_runs_the_other_way(a: Position, b: Position) -> None:
    there, back = geometry.rhumb_inverse(*spot(a), *spot(b)), geometry.rhumb_inverse(*spot(b), *spot(a))
    assert back.distance_m == pytest.approx(there.distance_m, abs=1e-6)
    assert there.distance_m >= geometry.inverse(*spot(a), *spot(b)).distance_m - 1e-6
    if there.distance_m > 1.0 and max(abs(a.lat_deg), abs(b.lat_deg)) < 90.0:
        assert turn_deg(there.azimuth_deg, back.azimuth_deg) == pytest.approx(180.0, abs=1e-6)


@given(a=positions(), bearing=bearings(), distance=st.floats(1.0, 3_000_000.0), fraction=st.floats(0.01, 0.99))
def test_a_point_on_the_line_lies_on_the_same_course(
    a: Position, bearing: float, distance: float, fraction: float
) -> None:
    assume(abs(a.lat_deg) < 60.0)
    way = geometry.rhumb_direct(*spot(a), bearing, distance)
    part = geometry.rhumb_direct(*spot(a), bearing, distance * fraction)
    rest = geometry.rhumb_inverse(*part, *way)
    assert rest.distance_m == pytest.approx(distance * (1.0 - fraction), abs=1e-3)
    if rest.distance_m > 1.0:
        assert turn_deg(rest.azimuth_deg, bearing) * math.radians(1.0) * rest.distance_m < 1e-3


@given(st.lists(st.tuples(positions(), positions()), min_size=1, max_size=5))
def test_arrays_give_what_numbers_give(pairs: list[tuple[Position, Position]]) -> None:
    columns = np.array([[*spot(a), *spot(b)] for a, b in pairs]).T
    ways = geometry.rhumb_inverse(*columns)
    ends = geometry.rhumb_direct(columns[0], columns[1], ways.azimuth_deg, ways.distance_m)
    for index, (a, b) in enumerate(pairs):
        one = geometry.rhumb_inverse(*spot(a), *spot(b))
        assert ways.distance_m[index] == pytest.approx(one.distance_m, abs=1e-6)
        assert geometry.inverse(ends.lat2_deg[index], ends.lon2_deg[index], *spot(b)).distance_m < 1e-3


def test_along_a_meridian_rhumb_lines_are_geodesics() -> None:
    lats = np.linspace(-90.0, 90.0, 181)
    ways = geometry.rhumb_inverse(-17.0, 33.0, lats, 33.0)
    assert ways.distance_m == pytest.approx(geometry.inverse(-17.0, 33.0, lats, 33.0).distance_m, abs=1e-6)
    assert set(ways.azimuth_deg.tolist()) == {0.0, 180.0}


def test_on_a_sphere_the_formulae_are_the_plain_ones() -> None:
    lat1, lat2, lon = 51.127, -10.0, 40.0
    psi = [math.asinh(math.tan(math.radians(lat))) for lat in (lat1, lat2)]
    azimuth = math.atan2(math.radians(lon), psi[1] - psi[0])
    way = geometry.rhumb_inverse(lat1, 0.0, lat2, lon, ellipsoid=SPHERE)
    assert way.azimuth_deg == pytest.approx(math.degrees(azimuth))
    assert way.distance_m == pytest.approx(6_371_000.0 * math.radians(lat2 - lat1) / math.cos(azimuth), abs=1e-6)


def test_the_course_over_180_degrees_is_the_short_one_and_half_a_turn_follows_the_numbers() -> None:
    assert geometry.rhumb_inverse(1.0, 179.0, 1.0, -179.0).azimuth_deg == 90.0
    assert geometry.rhumb_inverse(1.0, -179.0, 1.0, 179.0).azimuth_deg == 270.0
    assert geometry.rhumb_inverse(1.0, -90.0, 1.0, 90.0).azimuth_deg == 90.0
    assert geometry.rhumb_inverse(1.0, 90.0, 1.0, -90.0).azimuth_deg == 270.0
    assert geometry.rhumb_inverse(1.0, 539.0, 1.0, 181.0).azimuth_deg == pytest.approx(90.0)


def test_coincident_points_have_no_distance_and_no_azimuth() -> None:
    for lat in (0.0, 40.0, -89.999, 90.0):
        assert geometry.rhumb_inverse(lat, 5.0, lat, 365.0) == (0.0, 0.0)
    assert geometry.rhumb_inverse(90.0, 0.0, 90.0, 70.0).distance_m == pytest.approx(0.0, abs=1e-9)


def test_a_line_may_end_at_a_pole_and_never_beyond() -> None:
    pole = geometry.rhumb_direct(0.0, 10.0, 0.0, 10_001_965.729312722)
    assert pole.lat2_deg == pytest.approx(90.0, abs=1e-12)
    with pytest.raises(GeometryError, match=r"distance_m is 10002000.0, 34.271 m of latitude past a pole"):
        geometry.rhumb_direct(0.0, 10.0, 0.0, 10_002_000.0)
    with pytest.raises(GeometryError, match=r"distance_m\[1\] is -20000000.0"):
        geometry.rhumb_direct(0.0, 10.0, 0.0, [1.0, -20_000_000.0])
    assert geometry.rhumb_direct(-90.0, 10.0, 90.0, 5.0).lat2_deg == -90.0
    assert geometry.rhumb_direct(90.0, 10.0, 180.0, 1000.0).lon2_deg == pytest.approx(10.0)


def test_an_ellipsoid_too_flat_for_the_series_is_refused() -> None:
    flat = Ellipsoid(equatorial_radius_m=6.4e6, flattening_ratio=0.1)
    with pytest.raises(GeometryError, match=r"the flattening is 0\.1"):
        geometry.rhumb_inverse(0.0, 0.0, 1.0, 1.0, ellipsoid=flat)


@pytest.mark.parametrize("flattening", [1.0 / 298.257223563, -1.0 / 150.0, 0.0])
def test_the_conformal_latitude_has_its_digits_close_to_the_pole(flattening: float) -> None:
    ellipsoid = Ellipsoid(equatorial_radius_m=6.4e6, flattening_ratio=flattening)
    lat = np.array([-89.999999999, -45.0, 0.0, 45.0, 89.999999999])
    tangents = conformal_tangent(lat, ellipsoid)
    assert tangents == pytest.approx(-tangents[::-1])
    steepness = tangents[-1] * np.radians(90.0 - lat[-1])
    square = ellipsoid.eccentricity2_ratio
    root = math.sqrt(abs(square))
    exponent = root * math.atanh(root) if square >= 0.0 else -root * math.atan(root)
    assert steepness == pytest.approx(math.exp(-exponent), rel=1e-12)
