"""How far off and along a geodesic, and what of a segment is nearest."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from strategies import bearings, positions
from waterspace import geometry
from waterspace.errors import GeometryError
from waterspace.geometry import Ellipsoid

if TYPE_CHECKING:
    from waterspace.domain import Position

SPHERE = Ellipsoid(equatorial_radius_m=6_371_000.0, flattening_ratio=0.0)
QUARTER_M = 9_700_000.0

offsets = st.floats(-QUARTER_M, QUARTER_M) | st.sampled_from((-1.0, 0.0, 1e-6, 5000.0))


def spot(position: Position) -> tuple[float, float]:
    return position.lat_deg, position.lon_deg


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    return geometry.inverse(*a, *b).distance_m


@given(start=positions(), bearing=bearings(), length=st.floats(1000.0, 15e6), along=st.floats(-15e6, 15e6), off=offsets)
def test_a_perpendicular_leads_back_to_its_foot(
    start: Position, bearing: float, length: float, along: float, off: float
) -> None:
    end = geometry.direct(*spot(start), bearing, length)
    foot = geometry.direct(*spot(start), bearing, along)
    point = geometry.direct(foot.lat2_deg, foot.lon2_deg, foot.azimuth2_deg + 90.0, off)
    found = geometry.track_offset(point[:2], spot(start), end[:2])
    assert found.cross_track_m == pytest.approx(off, abs=1e-3)
    # the direction of a line is known from its two points, which rounding moves by nanometres
    lever = 1.0 + max(abs(along), abs(off)) / min(length, 20_003_931.0 - length)
    assert found.along_track_m == pytest.approx(along, abs=1e-3 + 1e-7 * lever)
    assert distance_m((found.lat_deg, found.lon_deg), foot[:2]) < 1e-3 + 1e-7 * lever


@given(start=positions(), end=positions(), fraction=st.floats(-0.5, 1.5))
def test_points_of_a_line_lie_on_it(start: Position, end: Position, fraction: float) -> None:
    whole_m = distance_m(spot(start), spot(end))
    assume(1000.0 < whole_m < 13e6)
    place = geometry.interpolate(spot(start), spot(end), fraction)
    found = geometry.track_offset(place, spot(start), spot(end))
    assert found.cross_track_m == pytest.approx(0.0, abs=1e-3)
    assert found.along_track_m == pytest.approx(whole_m * fraction, abs=1e-3)


@given(point=positions(), start=positions(), end=positions())
def test_nothing_of_a_segment_is_nearer_than_its_nearest_point(point: Position, start: Position, end: Position) -> None:
    nearest = geometry.nearest_on_segment(spot(point), spot(start), spot(end))
    line = geometry.interpolate(spot(start), spot(end), np.linspace(0.0, 1.0, 50))
    sampled = geometry.inverse(*spot(point), line.lat_deg, line.lon_deg).distance_m
    assert nearest.distance_m <= sampled.min() + 1e-3
    place = nearest.lat_deg, nearest.lon_deg
    assert distance_m(place, spot(point)) == pytest.approx(nearest.distance_m, abs=1e-6)
    whole_m = distance_m(spot(start), spot(end))
    assert distance_m(spot(start), place) == pytest.approx(nearest.along_track_m, abs=1e-3)
    assert distance_m(spot(start), place) + distance_m(place, spot(end)) == pytest.approx(whole_m, abs=1e-3)


@given(st.lists(st.tuples(positions(), positions(), positions()), min_size=1, max_size=4))
def test_arrays_give_what_numbers_give(cases: list[tuple[Position, Position, Position]]) -> None:
    point, start, end = (np.array([spot(place) for place in column]).T for column in zip(*cases, strict=True))
    found = geometry.nearest_on_segment((point[0], point[1]), (start[0], start[1]), (end[0], end[1]))
    for index, case in enumerate(cases):
        one = geometry.nearest_on_segment(spot(case[0]), spot(case[1]), spot(case[2]))
        assert found.distance_m[index] == pytest.approx(one.distance_m, abs=1e-6)


def test_left_is_negative_and_before_the_start_is_negative() -> None:
    north = (0.0, 0.0), (1.0, 0.0)
    assert geometry.track_offset((0.5, -0.1), *north).cross_track_m == pytest.approx(-11_131.5, abs=1.0)
    assert geometry.track_offset((0.5, 0.1), *north).cross_track_m == pytest.approx(11_131.5, abs=1.0)
    assert geometry.track_offset((-0.5, 0.0), *north).along_track_m == pytest.approx(-55_287.15, abs=0.01)
    assert geometry.track_offset((0.5, 0.1), north[1], north[0]).cross_track_m < 0.0


def test_on_a_sphere_the_formulae_are_the_plain_ones() -> None:
    found = geometry.track_offset((53.2611, -0.7972), (53.3206, -1.7297), (53.1887, 0.1334), ellipsoid=SPHERE)
    assert found.cross_track_m == pytest.approx(-307.55, abs=0.01)
    assert found.along_track_m == pytest.approx(62_331.49, abs=0.01)


def test_one_track_meets_many_points_and_many_tracks_one_point() -> None:
    lons = np.linspace(170.0, 190.0, 21)
    found = geometry.track_offset((1.0, lons), (0.0, 175.0), (0.0, -175.0))
    assert found.cross_track_m == pytest.approx(np.full(21, -110_574.0), abs=1.0)
    assert np.all(np.diff(found.along_track_m) > 0.0)
    nearest = geometry.nearest_on_segment((0.0, 0.0), ([1.0, 2.0], [-1.0, -1.0]), ([1.0, 2.0], [1.0, 1.0]))
    assert nearest.distance_m == pytest.approx([110_591.2, 221_183.1], abs=10.0)


def test_beyond_its_ends_the_nearest_point_of_a_segment_is_an_end_exactly() -> None:
    start, end = (10.1, 20.3), (10.7, 21.9)
    before = geometry.nearest_on_segment((9.0, 19.0), start, end)
    assert (before.lat_deg, before.lon_deg, before.along_track_m) == (*start, 0.0)
    after = geometry.nearest_on_segment((12.0, 24.0), start, end)
    assert (after.lat_deg, after.lon_deg) == end
    point = geometry.nearest_on_segment((12.0, 24.0), start, start)
    assert point.distance_m == distance_m(start, (12.0, 24.0))


def test_where_no_one_point_is_nearest_a_track_says_so_and_a_segment_gives_one() -> None:
    with pytest.raises(GeometryError, match=r"the point \[1\] lies a quarter of the earth off the track"):
        geometry.track_offset(([0.0, 90.0], 0.0), (0.0, 0.0), (0.0, 1.0))
    nearest = geometry.nearest_on_segment((90.0, 0.0), (0.0, 0.0), (0.0, 50.0))
    assert nearest.distance_m == pytest.approx(10_001_965.729, abs=1e-3)
    tilted = geometry.nearest_on_segment((89.0, 90.0), (0.0, 0.0), (1.0, 90.0))
    line = geometry.interpolate((0.0, 0.0), (1.0, 90.0), np.linspace(0.0, 1.0, 1001))
    assert tilted.distance_m <= geometry.inverse(89.0, 90.0, line.lat_deg, line.lon_deg).distance_m.min() + 1e-3


def test_what_makes_no_track_is_refused() -> None:
    with pytest.raises(GeometryError, match="the start and the end of the track coincide"):
        geometry.track_offset((0.0, 0.0), (1.0, 1.0), (1.0, 361.0))
    with pytest.raises(GeometryError, match=r"of the track \[1\] coincide"):
        geometry.track_offset((0.0, 0.0), (1.0, [1.0, 2.0]), (1.0, 2.0))
    with pytest.raises(GeometryError, match=r"lat_of_point\[1\] is nan"):
        geometry.nearest_on_segment(([0.0, math.nan], 0.0), (1.0, 1.0), (2.0, 2.0))
