"""The direct and the inverse problem, points in between and areas, for numbers and arrays, and what is refused."""

from __future__ import annotations

import math
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from strategies import bearings, positions
from waterspace import geometry
from waterspace.errors import GeometryError
from waterspace.geometry import Ellipsoid, geodesic

if TYPE_CHECKING:
    from waterspace.domain import Position

QUARTER_MERIDIAN_M = 10_001_965.729
HALF_OF_THE_EARTH_M2 = 255_032_810_862_045.0
SPHERE = Ellipsoid(equatorial_radius_m=6_371_000.0, flattening_ratio=0.0)


def spot(position: Position) -> tuple[float, float]:
    return position.lat_deg, position.lon_deg


@given(a=positions(), b=positions())
def test_going_where_the_inverse_points_leads_there(a: Position, b: Position) -> None:
    way = geometry.inverse(*spot(a), *spot(b))
    end = geometry.direct(*spot(a), way.azimuth1_deg, way.distance_m)
    assert geometry.inverse(end.lat2_deg, end.lon2_deg, *spot(b)).distance_m < 1e-3
    assert 0.0 <= way.azimuth1_deg < 360.0
    assert 0.0 <= way.azimuth2_deg < 360.0
    assert 0.0 <= way.distance_m < 20_003_932.0
    assert -180.0 <= end.lon2_deg <= 180.0


@given(a=positions(), bearing=bearings(), distance=st.floats(-15_000_000.0, 15_000_000.0))
def test_going_back_leads_where_one_came_from(a: Position, bearing: float, distance: float) -> None:
    end = geometry.direct(*spot(a), bearing, distance)
    back = geometry.direct(end.lat2_deg, end.lon2_deg, end.azimuth2_deg, -distance)
    assert geometry.inverse(back.lat2_deg, back.lon2_deg, *spot(a)).distance_m < 1e-3


@given(a=positions(), b=positions())
def test_the_way_back_is_as_long_and_runs_the_other_way(a: Position, b: Position) -> None:
    there, back = geometry.inverse(*spot(a), *spot(b)), geometry.inverse(*spot(b), *spot(a))
    assert back.distance_m == pytest.approx(there.distance_m, abs=1e-6)
    end = geometry.direct(*spot(b), there.azimuth2_deg + 180.0, there.distance_m)
    assert geometry.inverse(end.lat2_deg, end.lon2_deg, *spot(a)).distance_m < 1e-3


@given(a=positions(), b=positions(), c=positions())
def test_no_detour_is_shorter(a: Position, b: Position, c: Position) -> None:
    direct = geometry.inverse(*spot(a), *spot(c)).distance_m
    detour = geometry.inverse(*spot(a), *spot(b)).distance_m + geometry.inverse(*spot(b), *spot(c)).distance_m
    assert direct <= detour + 1e-6


@given(a=positions(), b=positions(), turns=st.integers(-3, 3))
def test_whole_turns_of_longitude_and_mirrors_change_no_distance(a: Position, b: Position, turns: int) -> None:
    (lat1, lon1), (lat2, lon2) = spot(a), spot(b)
    distance_m = geometry.inverse(lat1, lon1, lat2, lon2).distance_m
    assert geometry.inverse(lat1, lon1 + 360.0 * turns, lat2, lon2).distance_m == pytest.approx(distance_m, abs=1e-6)
    assert geometry.inverse(-lat1, lon1, -lat2, lon2).distance_m == pytest.approx(distance_m, abs=1e-6)
    assert geometry.inverse(lat1, -lon1, lat2, -lon2).distance_m == pytest.approx(distance_m, abs=1e-6)


@given(st.lists(st.tuples(positions(), positions()), min_size=1, max_size=5))
def test_arrays_give_what_numbers_give(pairs: list[tuple[Position, Position]]) -> None:
    columns = np.array([[*spot(a), *spot(b)] for a, b in pairs]).T
    ways = geometry.inverse(*columns)
    ends = geometry.direct(columns[0], columns[1], columns[3], 1e6)
    for index, (a, b) in enumerate(pairs):
        assert tuple(column[index] for column in ways) == geometry.inverse(*spot(a), *spot(b))
        assert tuple(column[index] for column in ends) == geometry.direct(*spot(a), b.lon_deg, 1e6)


@given(a=positions(), b=positions())
def test_positions_and_numbers_agree(a: Position, b: Position) -> None:
    distance_m, bearing_deg = geodesic.inverse(a, b)
    way = geometry.inverse(*spot(a), *spot(b))
    assert way.distance_m == distance_m
    assert bearing_deg == (way.azimuth1_deg if distance_m > 0.0 else 0.0)


def test_arrays_broadcast_and_keep_their_shape() -> None:
    lat = np.array([[10.0], [20.0]])
    lon = np.array([0.0, 1.0, 2.0])
    ways = geometry.inverse(lat, lon, 0, 0)
    assert {column.shape for column in ways} == {(2, 3)}
    assert geometry.inverse([], [], 0.0, 0.0).distance_m.shape == (0,)
    assert geometry.direct([1.0], 2.0, [[3.0]], 4.0).lat2_deg.shape == (1, 1)


def test_numbers_of_every_kind_give_numbers() -> None:
    expected = tuple(geometry.inverse(1.0, 2.0, 3.0, 4.0))
    for one in (1, np.float64(1.0), np.int64(1), np.array(1.0)):
        found: tuple[object, ...] = geometry.inverse(one, 2, 3, 4)
        assert found == expected
        assert all(type(value) is float for value in found)


def test_coincident_points_have_no_distance_and_the_azimuth_of_the_library() -> None:
    for lat, azimuth_deg in ((20.001, 180.0), (0.0, 180.0), (-20.001, 0.0)):
        way = geometry.inverse(lat, 5.0, lat, 365.0)
        assert way == (0.0, azimuth_deg, azimuth_deg)
    assert geometry.inverse(0.0, 180.0, 0.0, -180.0).distance_m == 0.0
    assert geometry.direct(10.0, 20.0, 400.0, 0.0) == pytest.approx((10.0, 20.0, 40.0))


def test_at_a_pole_azimuths_count_from_the_meridian_that_was_given() -> None:
    assert geometry.inverse(90.0, 0.0, 90.0, 180.0) == (0.0, 0.0, 180.0)
    assert geometry.inverse(90.0, 30.0, 0.0, 70.0).azimuth1_deg == pytest.approx(140.0)
    assert geometry.inverse(-90.0, 30.0, 0.0, 70.0).azimuth1_deg == pytest.approx(40.0)
    end = geometry.direct(90.0, 10.0, 180.0, QUARTER_MERIDIAN_M)
    assert end == pytest.approx((0.0, 10.0, 180.0), abs=1e-8)
    over = geometry.direct(80.0, 10.0, 0.0, 2_000_000.0)
    assert over.lon2_deg == pytest.approx(-170.0)
    assert over.azimuth2_deg == pytest.approx(180.0)


def test_opposite_points_are_half_a_meridian_apart() -> None:
    for lat in (0.0, 30.0, -60.0, 90.0):
        way = geometry.inverse(lat, 20.0, -lat, -160.0)
        assert way.distance_m == pytest.approx(2.0 * QUARTER_MERIDIAN_M, abs=1e-2)
        assert way.azimuth1_deg in {0.0, 180.0}


def test_the_short_way_leads_over_180_degrees() -> None:
    way = geometry.inverse(0.0, 179.0, 0.0, -179.0)
    assert way == pytest.approx((222_638.98, 90.0, 90.0), abs=0.01)
    assert abs(geometry.direct(0.0, 179.0, 90.0, 222_638.98158654).lon2_deg) == pytest.approx(179.0)


@given(a=positions(), b=positions(), fraction=st.floats(0.0, 1.0))
def test_a_point_in_between_divides_the_way(a: Position, b: Position, fraction: float) -> None:
    place = geometry.interpolate(spot(a), spot(b), fraction)
    whole_m = geometry.inverse(*spot(a), *spot(b)).distance_m
    assert geometry.inverse(*spot(a), *place).distance_m == pytest.approx(whole_m * fraction, abs=1e-3)
    assert geometry.inverse(*place, *spot(b)).distance_m == pytest.approx(whole_m * (1.0 - fraction), abs=1e-3)


def test_many_points_in_between_come_as_arrays() -> None:
    line = geometry.interpolate((10.0, 170.0), (10.0, -170.0), [0.0, 0.5, 1.0])
    assert line.lat_deg == pytest.approx([10.0, 10.1521, 10.0], abs=1e-4)
    assert np.abs(line.lon_deg) == pytest.approx([170.0, 180.0, 170.0])


rings = st.lists(positions(), min_size=3, max_size=7)


@given(ring=rings, shift=st.floats(-360.0, 360.0))
def test_an_area_turns_with_its_ring_and_not_with_the_earth(ring: list[Position], shift: float) -> None:
    lats, lons = np.array([spot(corner) for corner in ring]).T
    turns = np.abs((np.roll(lons, -1) - lons + 180.0) % 360.0 - 180.0)
    edges_m = geometry.inverse(lats, lons, np.roll(lats, -1), np.roll(lons, -1)).distance_m
    assume(turns.max() < 179.0)  # an edge over a pole could as well pass it on the other side
    assume(edges_m.max() < 19.9e6)  # and one between opposite points could as well lead anywhere
    area_m2 = geometry.area_m2(lats, lons)
    assert abs(area_m2) <= HALF_OF_THE_EARTH_M2 + 1.0
    tolerance_m2 = max(1.0, 1e-9 * abs(area_m2))
    for other in (
        -geometry.area_m2(lats[::-1], lons[::-1]),
        geometry.area_m2(np.roll(lats, 1), np.roll(lons, 1)),
        geometry.area_m2(lats, lons + 360.0),
    ):
        apart_m2 = abs(other - area_m2) % (2.0 * HALF_OF_THE_EARTH_M2)
        assert min(apart_m2, 2.0 * HALF_OF_THE_EARTH_M2 - apart_m2) <= tolerance_m2
    small = np.array([10.0, 10.0, 11.0]), np.array([0.0, 1.0, 0.5])
    assert geometry.area_m2(small[0], small[1] + shift) == pytest.approx(geometry.area_m2(*small), abs=1.0)


def test_an_anticlockwise_ring_is_positive_round_a_pole_and_over_180_degrees_too() -> None:
    square_m2 = geometry.area_m2([0.0, 0.0, 1.0, 1.0], [179.5, -179.5, -179.5, 179.5])
    assert square_m2 == pytest.approx(12_308_778_361.5, abs=1.0)
    assert geometry.area_m2([1.0, 1.0, 0.0, 0.0], [179.5, -179.5, -179.5, 179.5]) == pytest.approx(-square_m2)
    assert geometry.area_m2([89.0] * 4, [0.0, 90.0, 180.0, 270.0]) == pytest.approx(24_952_305_678.0, abs=1.0)
    assert geometry.area_m2([0.0] * 3, [0.0, 120.0, 240.0]) == pytest.approx(HALF_OF_THE_EARTH_M2, abs=1.0)


def test_a_ring_need_not_repeat_its_first_corner_and_may_be_no_ring_at_all() -> None:
    corners = [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]
    closed = [*corners[0], 0.0], [*corners[1], 0.0]
    assert geometry.area_m2(*corners) == pytest.approx(geometry.area_m2(*closed))
    assert geometry.perimeter_m(*corners) == pytest.approx(geometry.perimeter_m(*closed))
    assert geometry.area_m2([1.0], [1.0]) == geometry.area_m2([], []) == geometry.perimeter_m(1.0, 1.0) == 0.0
    there_and_back_m = 2.0 * geometry.inverse(0.0, 0.0, 0.0, 1.0).distance_m
    assert geometry.perimeter_m([0.0, 0.0], [0.0, 1.0]) == pytest.approx(there_and_back_m)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((91, 0, 0, 0), "lat1 is 91, expected a latitude from -90 to 90 degrees"),
        ((0, 0, -90.000001, 0), "lat2 is -90.000001"),
        ((math.nan, 0, 0, 0), "lat1 is nan"),
        ((0, 0, 0, math.inf), "lon2 is inf, expected a finite number of degrees"),
        (([0.0, 1.0, math.nan], 0, 0, 0), r"lat1\[2\] is nan"),
        ((0, 0, [[0.0, 1.0], [120.0, 3.0]], 0), r"lat2\[1, 0\] is 120.0.*the latitude comes before the longitude"),
        ((0, [0.0, -math.inf], 0, 0), r"lon1\[1\] is -inf.*leave out what is not known"),
        ((0, 0, None, 0), "lat2 is nan"),
        (("39-48N", 0, 0, 0), "lat1 is '39-48N', expected a number or an array of numbers"),
        (([[1.0], [1.0, 2.0]], 0, 0, 0), "lat1 is .*, expected a number or an array of numbers"),
        (([1.0, 2.0], [1.0, 2.0, 3.0], 0, 0), r"the shapes do not fit together: lat1 \(2,\), lon1 \(3,\)"),
        ((np.ma.masked_invalid([1.0, math.nan]), 0, 0, 0), r"lat1\[1\] is nan"),
        ((np.ma.masked_equal([1, 2], 2), 0, 0, 0), r"lat1\[1\] is nan"),
    ],
)
def test_what_is_no_place_is_refused_by_name_index_and_value(arguments: tuple[object, ...], named: str) -> None:
    for function in (geometry.inverse, geometry.rhumb_inverse):
        with pytest.raises(GeometryError, match=named):
            function(*arguments)  # type: ignore[call-overload]


@pytest.mark.parametrize("function", [geometry.direct, geometry.rhumb_direct])
def test_a_course_and_a_distance_must_be_finite(function: object) -> None:
    assert callable(function)
    with pytest.raises(GeometryError, match=r"azimuth(1)?_deg\[1\] is nan, expected a finite number of degrees"):
        function(0.0, 0.0, [0.0, math.nan], 1.0)
    with pytest.raises(GeometryError, match="distance_m is inf, expected a finite distance in metres"):
        function(0.0, 0.0, 0.0, math.inf)
    with pytest.raises(GeometryError, match=r"lat1 is 90\.5"):
        function(90.5, 0.0, 0.0, 1.0)


def test_other_functions_refuse_what_is_no_place_too() -> None:
    with pytest.raises(GeometryError, match=r"lats\[1\] is 100.0"):
        geometry.area_m2([0.0, 100.0, 0.0], [0.0, 1.0, 2.0])
    with pytest.raises(GeometryError, match="one ring"):
        geometry.perimeter_m([[0.0, 1.0], [2.0, 3.0]], 0.0)
    with pytest.raises(GeometryError, match="lat_of_end is nan"):
        geometry.interpolate((0.0, 0.0), (math.nan, 0.0), 0.5)
    with pytest.raises(GeometryError, match="fraction is nan, expected a finite number"):
        geometry.interpolate((0.0, 0.0), (1.0, 0.0), math.nan)


@pytest.mark.parametrize(
    ("radius_m", "flattening", "named"),
    [(0.0, 0.0, "equatorial_radius_m"), (math.nan, 0.0, "equatorial_radius_m"), (1.0, 1.0, "flattening_ratio")],
)
def test_what_is_no_ellipsoid_is_refused(radius_m: float, flattening: float, named: str) -> None:
    with pytest.raises(GeometryError, match=named):
        Ellipsoid(equatorial_radius_m=radius_m, flattening_ratio=flattening)


def test_another_ellipsoid_gives_other_lengths() -> None:
    assert geometry.inverse(0.0, 0.0, 0.0, 90.0, ellipsoid=SPHERE).distance_m == pytest.approx(math.pi * 3_185_500.0)
    assert geometry.WGS84.polar_radius_m == pytest.approx(6_356_752.3142, abs=1e-4)


def test_importing_geometry_imports_no_library_and_a_wrong_name_is_told() -> None:
    code = "import sys, waterspace.geometry as g; print(*sys.modules); g.inverse(1, 2, 3, 4); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    before, after = (set(line.split()) for line in done.stdout.splitlines())
    assert not before & {"numpy", "pyproj", "shapely"}
    assert {"numpy", "pyproj"} <= after
    assert set(dir(geometry)) == set(geometry.__all__)
    with pytest.raises(AttributeError, match="no attribute 'vincenty'"):
        geometry.vincenty  # noqa: B018
