"""Stations, columns, racetracks and posts keep the distances they promise."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serial_cases import HERE, START_MS, briefing_of, exercise_of, least_separation_m
from strategies import bearings
from waterspace.domain import Corridor, Medium, Window
from waterspace.geometry.geodesic import destination, distance_m, route_length_m
from waterspace.geometry.legs import hold, legs_in_window, length_m, position_at, speed_mps, total_length_m
from waterspace.quantity import HOUR_MS, MINUTE_MS
from waterspace.serials.seamanship.frame import Frame
from waterspace.serials.seamanship.patterns import (
    Post,
    area_claim,
    cast,
    column_route,
    corridor_route,
    keep_posts,
    part_of_route,
    pieces,
    run_route,
    slowest_cruise_mps,
    stations,
    stations_around,
    time_to_run_ms,
)
from waterspace.serials.seamanship.racetracks import carried_circuit, orbit, racetrack

WINDOW = Window(start_ms=START_MS, end_ms=START_MS + 2 * HOUR_MS)
ROUTE = (HERE, destination(HERE, 60.0, 20_000.0), destination(HERE, 100.0, 35_000.0))


@settings(deadline=None)
@given(
    count=st.integers(0, 40),
    radius_m=st.floats(0.0, 20_000.0),
    spacing_m=st.floats(500.0, 4000.0),
    arc_deg=st.floats(0.0, 360.0),
)
def test_no_two_stations_are_closer_than_the_spacing(
    count: int, radius_m: float, spacing_m: float, arc_deg: float
) -> None:
    places = stations_around(HERE, count, radius_m=radius_m, spacing_m=spacing_m, middle_deg=30.0, arc_deg=arc_deg)
    assert len(places) == count
    for one, other in itertools.combinations(places, 2):
        assert distance_m(one, other) >= spacing_m * 0.999


@settings(deadline=None)
@given(count=st.integers(1, 30), arc_deg=st.floats(0.0, 330.0))
def test_stations_stay_on_their_arc(count: int, arc_deg: float) -> None:
    for angle_deg, range_m in stations(count, radius_m=5000.0, spacing_m=1000.0, arc_deg=arc_deg):
        assert abs(angle_deg) <= arc_deg / 2.0 + 1e-9
        assert range_m >= 5000.0


def test_six_stations_fill_a_ring_of_one_spacing_about_a_seventh() -> None:
    places = stations(8, radius_m=0.0, spacing_m=1000.0)
    assert [range_m for _, range_m in places] == [0.0, *[1000.0] * 6, 2000.0]


def test_a_racetrack_turns_to_starboard_and_is_as_long_and_wide_as_asked() -> None:
    corners = racetrack(10_000.0, 4000.0)
    assert corners[:2] == ((-5000.0, -2000.0), (5000.0, -2000.0))
    assert max(ahead for ahead, _ in corners) == pytest.approx(7000.0)
    assert max(side for _, side in corners) == pytest.approx(2000.0)
    area_m2 = sum(a[0] * b[1] - a[1] * b[0] for a, b in itertools.pairwise((*corners, corners[0]))) / 2.0
    assert area_m2 > 0.0


@settings(deadline=None)
@given(back_m=st.floats(0.0, 90_000.0))
def test_everyone_in_a_column_runs_the_same_distance(back_m: float) -> None:
    way = column_route(ROUTE, back_m)
    assert route_length_m(way) == pytest.approx(route_length_m(ROUTE), abs=0.1)
    assert distance_m(way[0], ROUTE[0]) == pytest.approx(back_m, abs=0.1)


@settings(deadline=None)
@given(ends_m=st.lists(st.floats(-20_000.0, 60_000.0), min_size=2, max_size=2).map(sorted))
def test_a_part_of_a_route_is_as_long_as_its_ends_are_apart(ends_m: list[float]) -> None:
    from_m, to_m = ends_m
    whole_m = route_length_m(ROUTE)
    part = part_of_route(ROUTE, from_m, to_m)
    assert route_length_m(part) == pytest.approx(max(0.0, min(to_m, whole_m) - from_m), abs=0.1)


def test_a_column_that_stays_where_it_is_lies_in_a_row() -> None:
    assert distance_m(*column_route((HERE, HERE), 1000.0)[:2]) == pytest.approx(0.0, abs=1e-3)


@settings(deadline=None)
@given(speed=st.none() | st.floats(0.5, 40.0))
def test_a_route_fills_the_window_and_is_finished_in_time(speed: float | None) -> None:
    legs = run_route(ROUTE, WINDOW, speed_mps=speed)
    assert (legs[0].start_ms, legs[-1].end_ms) == (WINDOW.start_ms, WINDOW.end_ms)
    assert legs[-1].end == ROUTE[-1]
    assert total_length_m(legs) == pytest.approx(route_length_m(ROUTE), abs=0.1)


def test_a_distance_that_nobody_runs_takes_no_known_time() -> None:
    assert time_to_run_ms(1000.0, 0.0) is None
    assert time_to_run_ms(0.0, 5.0) is None
    assert time_to_run_ms(1000.0, 3.0) == 333_334


@settings(deadline=None)
@given(carrier_mps=st.floats(0.0, 12.0), speed=st.floats(40.0, 250.0), axis_deg=bearings())
def test_an_aircraft_flies_at_its_speed_about_a_point_that_moves(
    carrier_mps: float, speed: float, axis_deg: float
) -> None:
    ends = (HERE, destination(HERE, 20.0, carrier_mps * 2 * HOUR_MS / 1000.0))
    carrier = legs_in_window(ends, WINDOW, serial="S1")
    legs = orbit(carrier, (20_000.0, 8000.0), axis_deg=axis_deg, speed_mps=speed, height_m=900.0)
    assert (legs[0].start_ms, legs[-1].end_ms) == (WINDOW.start_ms, WINDOW.end_ms)
    for before, after in itertools.pairwise(legs):
        assert (before.end_ms, before.end) == (after.start_ms, after.start)
    for leg in legs[:-1]:
        assert speed_mps(leg) == pytest.approx(speed, rel=1e-3)
    for leg in legs:
        assert (leg.height_m, leg.serial) == (900.0, "S1")
        assert distance_m(position_at(carrier, leg.start_ms), leg.start) <= 15_000.0


@settings(deadline=None)
@given(carrier_mps=st.floats(0.0, 12.0), speed=st.floats(100.0, 250.0), axis_deg=bearings())
def test_each_round_of_a_circuit_is_flown_to_the_millisecond(carrier_mps: float, speed: float, axis_deg: float) -> None:
    ends = (HERE, destination(HERE, 20.0, carrier_mps * 2 * HOUR_MS / 1000.0), HERE)
    carrier = legs_in_window(ends, WINDOW)
    corners = racetrack(20_000.0, 8000.0)
    legs = carried_circuit(carrier, itertools.cycle(corners), axis_deg=axis_deg, speed_mps=speed)
    for leg, corner in zip(legs[:-1], itertools.cycle((*corners[1:], corners[0]))):
        assert leg.end_ms - leg.start_ms == pytest.approx(length_m(leg) * 1000.0 / speed, abs=1.5)
        due = Frame(origin=position_at(carrier, leg.end_ms), axis_deg=axis_deg).position(corner)
        assert distance_m(due, leg.end) <= carrier_mps * 0.004 + 1e-3


def test_a_circuit_with_an_end_is_left_at_its_last_corner() -> None:
    carrier = (hold(HERE, WINDOW),)
    legs = carried_circuit(carrier, [(0.0, 0.0), (1000.0, 0.0)], axis_deg=0.0, speed_mps=10.0)
    assert [leg.is_wait for leg in legs] == [False, True]


@settings(deadline=None)
@given(
    marks=st.lists(
        st.tuples(st.integers(0, 120), st.floats(-400.0, 400.0)), min_size=1, max_size=6, unique_by=lambda mark: mark[0]
    ),
    range_m=st.floats(500.0, 5000.0),
)
def test_who_goes_from_post_to_post_keeps_range_to_within_one_percent(
    marks: list[tuple[int, float]], range_m: float
) -> None:
    guide = legs_in_window((HERE, ROUTE[1], HERE), WINDOW, serial="S1")
    posts = [
        Post(time_ms=START_MS + minute * MINUTE_MS, bearing_deg=angle_deg, range_m=range_m)
        for minute, angle_deg in sorted(marks)
    ]
    own = keep_posts(guide, posts, 40.0)
    assert (own[0].start_ms, own[-1].end_ms) == (WINDOW.start_ms, WINDOW.end_ms)
    for time_ms in range(WINDOW.start_ms, WINDOW.end_ms, MINUTE_MS):
        apart_m = distance_m(position_at(guide, time_ms), position_at(own, time_ms))
        assert range_m * 0.98 <= apart_m <= range_m * 1.001
    last = Frame(origin=position_at(guide, WINDOW.end_ms), axis_deg=40.0).point(own[-1].end)
    assert sum(part**2 for part in last) ** 0.5 == pytest.approx(range_m, rel=1e-3)


def test_pieces_of_a_track_are_the_track() -> None:
    legs = run_route(ROUTE, WINDOW)
    cuts_ms = [WINDOW.start_ms, WINDOW.start_ms + HOUR_MS, WINDOW.start_ms + HOUR_MS, WINDOW.end_ms]
    parts = pieces(legs, cuts_ms)
    assert [bool(part) for part in parts] == [False, True, False, True, False]
    assert sum(length_m(leg) for part in parts for leg in part) == pytest.approx(total_length_m(legs))


def test_the_cast_of_a_serial_leaves_out_who_is_ashore() -> None:
    briefing = briefing_of(
        exercise_of("transit", {"units": ["frigate", "headquarters", "helicopter"], "others": ["tanker"]})
    )
    assert cast(briefing) == ("units1", "units3", "others1")
    assert cast(briefing, "others", "units", medium=Medium.SURFACE) == ("others1", "units1")
    assert slowest_cruise_mps(briefing) == briefing.cruising_speed_mps("others1")


def test_the_slowest_aircraft_counts_where_there_is_no_ship() -> None:
    briefing = briefing_of(exercise_of("transit", {"units": ["fighter", "helicopter"]}))
    assert slowest_cruise_mps(briefing) == briefing.cruising_speed_mps("units2")


def test_only_a_corridor_gives_a_route() -> None:
    corridor = Corridor(waypoints=ROUTE, half_width_m=2000.0)
    assert corridor_route(briefing_of(exercise_of("transit", {"units": ["frigate"]}, area=corridor))) == ROUTE
    assert corridor_route(briefing_of(exercise_of("transit", {"units": ["frigate"]}))) == ()


def test_separation_of_one_track_is_without_bound() -> None:
    assert least_separation_m({"A": (hold(HERE, WINDOW),)}, WINDOW) == float("inf")


def test_a_serial_without_an_area_claims_none() -> None:
    assert area_claim(briefing_of(exercise_of("gunnery", {"firing": ["frigate"]}, area=None)), name="none") == ()
