"""Position, course and speed of a track at any time agree with `pyproj.Geod` to a metre, wherever it runs."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from strategies import bearings
from waterspace.domain import Leg, Position, Window
from waterspace.geometry.geodesic import destination
from waterspace.geometry.handling import Handling, run_in_time
from waterspace.geometry.legs import hold, legs_at_speed, position_at, positions_at
from waterspace.geometry.motion import Motion
from waterspace.quantity import KNOT_MPS, NAUTICAL_MILE_M, SECOND_MS
from waterspace.serials.seamanship.frame import Frame
from waterspace.serials.seamanship.racetracks import carried_circuit, racetrack
from waterspace.serials.seamanship.search_patterns import expanding_square, parallel_sweep, sector_search

WGS84 = Geod(ellps="WGS84")
FAR_M = 500.0 * NAUTICAL_MILE_M

places = st.builds(
    lambda lat, lon: Position(lat_deg=lat, lon_deg=lon),
    st.floats(-90.0, 90.0) | st.sampled_from((-90.0, -89.999, 0.0, 89.99, 90.0)),
    st.floats(-180.0, 180.0) | st.sampled_from((-180.0, -179.999, 0.0, 179.999, 180.0)),
)
lengths = st.floats(0.0, FAR_M) | st.sampled_from((0.5, FAR_M))
speeds = st.sampled_from((0.5, 7.5, 16.0, 240.0)) | st.floats(0.5, 300.0)


def apart_m(lat: float, lon: float, other: Position) -> float:
    return float(WGS84.inv(lon, lat, other.lon_deg, other.lat_deg)[2])


def turn(a: float, b: float) -> float:
    return abs((a - b + 180.0) % 360.0 - 180.0)


@st.composite
def steps(draw: st.DrawFn) -> tuple[Position, list[tuple[float, float, float, int]]]:
    """A start, and for each leg a course, a length, a speed and a wait after it."""
    start = draw(places)
    parts = st.tuples(bearings(), lengths, speeds, st.sampled_from((0, 0, 1, 600_000)))
    return start, draw(st.lists(parts, min_size=1, max_size=4))


def track_of(start: Position, parts: list[tuple[float, float, float, int]]) -> tuple[Leg, ...]:
    """The legs, with waypoints worked out by `pyproj` alone."""
    legs: list[Leg] = []
    here, now_ms = start, 1_700_000_000_000
    for course, length_m, speed, wait_ms in parts:
        lon, lat, _ = WGS84.fwd(here.lon_deg, here.lat_deg, course, length_m)
        there = Position(lat_deg=lat, lon_deg=lon)
        new = legs_at_speed((here, there), now_ms, speed)
        legs.extend(new)
        if new:
            here, now_ms = there, new[-1].end_ms
        if wait_ms:
            legs.append(hold(here, Window(start_ms=now_ms, end_ms=now_ms + wait_ms)))
            now_ms += wait_ms
    return tuple(legs) or (hold(start, Window(start_ms=now_ms, end_ms=now_ms + 1)),)


def truth(legs: tuple[Leg, ...], time_ms: int) -> tuple[float, float, float | None, float]:
    """Latitude, longitude, course and speed, one leg at a time, by `pyproj` alone."""
    leg = next((leg for leg in legs if leg.start_ms <= time_ms < leg.end_ms), legs[-1])
    azimuth, _, length_m = WGS84.inv(leg.start.lon_deg, leg.start.lat_deg, leg.end.lon_deg, leg.end.lat_deg)
    share = min(max((time_ms - leg.start_ms) / max(leg.end_ms - leg.start_ms, 1), 0.0), 1.0)
    lon, lat, back = WGS84.fwd(leg.start.lon_deg, leg.start.lat_deg, azimuth, length_m * share)
    moving = length_m > 0.0 and leg.end_ms > leg.start_ms and leg.start_ms <= time_ms <= leg.end_ms
    speed = length_m * 1000.0 / (leg.end_ms - leg.start_ms) if moving else 0.0
    return lat, lon, (back + 180.0) % 360.0 if moving else None, speed


def check(legs: tuple[Leg, ...], shares: list[float]) -> None:
    start_ms, end_ms = legs[0].start_ms, legs[-1].end_ms
    times = [start_ms + round(share * (end_ms - start_ms)) for share in (0.0, *shares, 1.0)]
    lats, lons = positions_at(legs, times)
    courses, speeds_found = Motion(legs).ways_at(times)
    for number, time_ms in enumerate(times):
        lat, lon, course, speed = truth(legs, time_ms)
        one = position_at(legs, time_ms)
        assert apart_m(lat, lon, one) <= 1e-3
        assert apart_m(float(lats[number]), float(lons[number]), one) <= 1e-3
        assert speeds_found[number] == pytest.approx(speed, abs=1e-6)
        if course is None:
            assert math.isnan(courses[number])
        elif abs(lat) < 89.9999:
            assert turn(float(courses[number]), course) * math.radians(1.0) * speed * 60.0 < 1.0


@given(steps(), st.lists(st.floats(0.0, 1.0), min_size=1, max_size=8))
def test_a_track_is_where_geodesics_say(
    case: tuple[Position, list[tuple[float, float, float, int]]], shares: list[float]
) -> None:
    check(track_of(*case), shares)


@pytest.mark.deep
@settings(max_examples=5000)
@given(steps(), st.lists(st.floats(0.0, 1.0), min_size=1, max_size=8))
@example(case=(Position(lat_deg=90.0, lon_deg=0.0), [(180.0, FAR_M, 16.0, 0)]), shares=[0.5])
@example(case=(Position(lat_deg=85.0, lon_deg=0.0), [(0.0, FAR_M, 16.0, 0)]), shares=[0.5, 0.6, 0.7])
@example(case=(Position(lat_deg=-17.0, lon_deg=179.9), [(90.0, FAR_M, 16.0, 1), (270.0, FAR_M, 9.0, 0)]), shares=[0.3])
def test_many_tracks_are_where_geodesics_say(
    case: tuple[Position, list[tuple[float, float, float, int]]], shares: list[float]
) -> None:
    check(track_of(*case), shares)


@given(steps(), st.lists(st.floats(0.0, 1.0), min_size=1, max_size=8))
def test_arcs_and_ramps_are_tracks_like_any_other(
    case: tuple[Position, list[tuple[float, float, float, int]]], shares: list[float]
) -> None:
    handling = Handling(top_mps=320.0, radius_m=450.0, full_speed_ms=400_000)
    check(run_in_time(track_of(*case), handling), shares)


def test_before_and_after_a_track_there_is_no_course() -> None:
    legs = legs_at_speed((Position(lat_deg=10.0, lon_deg=10.0), Position(lat_deg=11.0, lon_deg=10.0)), 1000, 10.0)
    courses, speeds_found = Motion(legs).ways_at([0, 1000, legs[-1].end_ms, legs[-1].end_ms + 1])
    assert [math.isnan(course) for course in courses] == [True, False, False, True]
    assert speeds_found.tolist() == pytest.approx([0.0, 10.0, 10.0, 0.0], abs=1e-3)


# ------------------------------------------------------------------------------------------------------- patterns

seas = st.builds(
    lambda lat, lon: Position(lat_deg=lat, lon_deg=lon),
    st.floats(-85.0, 85.0) | st.sampled_from((-85.0, 0.0, 85.0)),
    st.floats(-180.0, 180.0) | st.sampled_from((-179.999, 179.999, 180.0)),
)


def sides_m(points: tuple[tuple[float, float], ...]) -> list[float]:
    return [math.dist(a, b) for a, b in itertools.pairwise(points)]


def assert_sides(frame: Frame, points: tuple[tuple[float, float], ...], speed: float) -> None:
    """Every side is as long as on the sheet, to a metre, and is run at the speed asked, to a metre in its time."""
    legs = legs_at_speed(tuple(frame.position(point) for point in points), 0, speed)
    wanted = [side for side in sides_m(points) if side > 1.0]
    assert len(legs) == len(wanted)
    for leg, side in zip(legs, wanted, strict=True):
        azimuth, _, length_m = WGS84.inv(leg.start.lon_deg, leg.start.lat_deg, leg.end.lon_deg, leg.end.lat_deg)
        assert length_m == pytest.approx(side, abs=1.0)
        assert leg.duration_ms * speed / SECOND_MS == pytest.approx(length_m, abs=1.0)
        del azimuth


@given(seas, bearings(), st.floats(200.0, 3.0 * NAUTICAL_MILE_M), st.integers(1, 12), st.floats(3.0, 60.0))
def test_an_expanding_square_has_the_sides_it_should(
    datum: Position, axis: float, spacing_m: float, legs: int, speed: float
) -> None:
    assert_sides(Frame(origin=datum, axis_deg=axis), expanding_square(spacing_m, legs), speed)


@given(seas, bearings(), st.floats(1000.0, 10.0 * NAUTICAL_MILE_M), st.floats(3.0, 60.0))
def test_a_sector_search_has_the_sides_it_should(datum: Position, axis: float, radius_m: float, speed: float) -> None:
    assert_sides(Frame(origin=datum, axis_deg=axis), sector_search(radius_m), speed)


@given(
    seas,
    bearings(),
    st.floats(2000.0, 15.0 * NAUTICAL_MILE_M),
    st.floats(2000.0, 15.0 * NAUTICAL_MILE_M),
    st.floats(500.0, 3.0 * NAUTICAL_MILE_M),
)
def test_a_parallel_sweep_has_the_sides_it_should(
    datum: Position, axis: float, length_m: float, width_m: float, spacing_m: float
) -> None:
    half, side = length_m / 2.0, width_m / 2.0
    outline = ((-half, -side), (half, -side), (half, side), (-half, side))
    assert_sides(Frame(origin=datum, axis_deg=axis), tuple(parallel_sweep(outline, spacing_m)), 9.0)


@given(seas, bearings(), st.floats(5000.0, 40_000.0), st.floats(2000.0, 15_000.0), st.floats(50.0, 250.0))
def test_a_racetrack_has_the_sides_and_the_speed_it_should(
    centre: Position, axis: float, length_m: float, width_m: float, speed: float
) -> None:
    corners = racetrack(length_m, width_m)
    window = Window(start_ms=0, end_ms=3 * 3600 * SECOND_MS // 2)
    legs = carried_circuit((hold(centre, window),), itertools.cycle(corners), axis_deg=axis, speed_mps=speed)
    sides = sides_m((*corners, corners[0]))
    for leg, side in zip(legs[:-1], itertools.cycle(sides), strict=False):
        found_m = apart_m(leg.start.lat_deg, leg.start.lon_deg, leg.end)
        assert found_m == pytest.approx(side, abs=1.0)
        assert leg.duration_ms * speed / SECOND_MS == pytest.approx(found_m, abs=1.0)


@given(seas, bearings(), st.floats(5.0, 15.0), st.floats(50.0, 250.0))
def test_a_racetrack_under_way_is_flown_at_its_speed(
    start: Position, course: float, carrier_mps: float, speed: float
) -> None:
    carrier = legs_at_speed((start, destination(start, course, 50_000.0)), 0, carrier_mps)
    legs = carried_circuit(carrier, itertools.cycle(racetrack(20_000.0, 8000.0)), axis_deg=course, speed_mps=speed)
    for leg in legs[:-1]:
        found_m = apart_m(leg.start.lat_deg, leg.start.lon_deg, leg.end)
        assert leg.duration_ms * speed / SECOND_MS == pytest.approx(found_m, abs=1.0)


def test_the_arrays_of_a_long_track_are_in_any_order() -> None:
    legs = legs_at_speed([Position(lat_deg=0.0, lon_deg=float(lon)) for lon in range(20)], 0, 8.0 * KNOT_MPS)
    times = np.linspace(-1e6, legs[-1].end_ms + 1e6, 301)
    shuffled = np.random.default_rng(1).permutation(times.size)
    lats, lons = positions_at(legs, times)
    again = positions_at(legs, times[shuffled])
    assert np.array_equal(again[0], lats[shuffled])
    assert np.array_equal(again[1], lons[shuffled])
