"""Ships turn along arcs and gather way, and yet arrive when they say they do."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import bearings, waters
from waterspace.domain import Leg, Position, Window
from waterspace.geometry.angles import turn_deg
from waterspace.geometry.geodesic import bearing_deg, destination, distance_m
from waterspace.geometry.handling import AT_REST, Handling, Way, run_at_speed, run_in_time, way_at_end
from waterspace.geometry.legs import hold, legs_at_speed, position_at, speed_mps, total_length_m
from waterspace.geometry.turning import turn_by, turn_towards
from waterspace.quantity import KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M, SECOND_MS

HERE = Position(lat_deg=39.8, lon_deg=133.2)
RADIUS_M = 400.0
FRIGATE = Handling(top_mps=28.0 * KNOT_MPS, radius_m=RADIUS_M)
TANKER = Handling(top_mps=16.0 * KNOT_MPS, radius_m=500.0, full_speed_ms=12 * MINUTE_MS)
SLUGGISH = Handling(top_mps=16.0 * KNOT_MPS, full_speed_ms=12 * MINUTE_MS)
TEN_KNOTS = 10.0 * KNOT_MPS


def dog_leg(turn: float, side_m: float = 5000.0, start: Position = HERE) -> tuple[Position, Position, Position]:
    corner = destination(start, 30.0, side_m)
    onward_deg = bearing_deg(corner, start) + 180.0 + turn
    return start, corner, destination(corner, onward_deg, side_m)


def joined(legs: tuple[Leg, ...]) -> bool:
    return all(a.end_ms == b.start_ms and a.end == b.start for a, b in itertools.pairwise(legs))


def sharpest_deg(legs: tuple[Leg, ...]) -> float:
    """The greatest alteration of course from one leg to the next."""
    moving = [leg for leg in legs if not leg.is_wait and leg.duration_ms > 0]
    turns = [
        turn_deg(bearing_deg(a.end, a.start) + 180.0, bearing_deg(b.start, b.end))
        for a, b in itertools.pairwise(moving)
        if distance_m(a.start, a.end) > 1.0 and distance_m(b.start, b.end) > 1.0
    ]
    return max((abs(turn) for turn in turns), default=0.0)


@given(st.floats(10.0, 119.0), st.sampled_from((-1.0, 1.0)), waters())
def test_a_turn_by_a_waypoint_is_an_arc_of_the_turning_circle(angle: float, side: float, start: Position) -> None:
    before, corner, after = dog_leg(side * angle, start=start)
    turn = turn_by(before, corner, after, RADIUS_M, 2500.0)
    assert turn is not None
    points = (*turn.before, *turn.after)
    lead_m = RADIUS_M * math.tan(math.radians(angle) / 2.0)
    assert distance_m(points[0], corner) == pytest.approx(lead_m, abs=0.01)
    assert distance_m(points[-1], corner) == pytest.approx(lead_m, abs=0.01)
    run_m = math.fsum(distance_m(a, b) for a, b in itertools.pairwise(points))
    assert run_m == pytest.approx(RADIUS_M * math.radians(angle), rel=0.002)
    inwards_deg = bearing_deg(points[0], corner) + 90.0 * side
    centre = destination(points[0], inwards_deg, RADIUS_M)
    for point in points:
        assert distance_m(centre, point) == pytest.approx(RADIUS_M, abs=0.01)
    for a, b in itertools.pairwise(points):
        half_m = distance_m(a, b) / 2.0
        assert RADIUS_M - math.sqrt(RADIUS_M**2 - half_m**2) <= 0.5


@given(st.floats(-180.0, 180.0), st.floats(2000.0, 900_000.0), waters(), bearings())
def test_after_a_turn_through_a_waypoint_the_bow_is_on_the_next(
    angle: float, range_m: float, start: Position, course: float
) -> None:
    goal = destination(start, course + angle, range_m)
    points = turn_towards(start, course, goal, RADIUS_M)
    if not points:
        assert abs(angle) < 7.0
        return
    ends_deg = bearing_deg(points[-1], points[-2] if len(points) > 1 else start) + 180.0
    assert abs(turn_deg(ends_deg, bearing_deg(points[-1], goal))) < 4.0
    assert all(distance_m(start, point) <= 2.0 * RADIUS_M + 0.01 for point in points)


@given(st.floats(-180.0, 180.0), waters())
def test_a_unit_that_can_keeps_to_the_times_of_its_legs_however_it_turns(angle: float, start: Position) -> None:
    legs = legs_at_speed(dog_leg(angle, start=start), 0, TEN_KNOTS, 20.0, "S1")
    run = run_in_time(legs, FRIGATE)
    assert joined(run)
    assert run[-1].end_ms == legs[-1].end_ms
    assert run[-1].end == legs[-1].end
    assert all(leg.height_m == 20.0 and leg.serial == "S1" for leg in run)
    assert max(speed_mps(leg) for leg in run if leg.duration_ms > 500) <= FRIGATE.top_mps * 1.01
    assert sharpest_deg(run) < 9.0
    for time_ms in range(0, legs[-1].end_ms, 20 * SECOND_MS):
        assert distance_m(position_at(run, time_ms), position_at(legs, time_ms)) < 4.0 * RADIUS_M


@given(st.floats(-180.0, 180.0), waters())
def test_a_unit_that_keeps_to_its_speed_arrives_when_its_way_is_run(angle: float, start: Position) -> None:
    legs = legs_at_speed(dog_leg(angle, start=start), 0, TEN_KNOTS)
    run = run_at_speed(legs, FRIGATE)
    assert joined(run)
    assert run[-1].end == legs[-1].end
    assert run[-1].end_ms == pytest.approx(total_length_m(run) / TEN_KNOTS * SECOND_MS, abs=len(run))


def test_a_half_turn_goes_through_the_waypoint_and_a_right_angle_by_it() -> None:
    for angle, nearest_m in ((180.0, 0.0), (90.0, RADIUS_M * (math.sqrt(2.0) - 1.0))):
        waypoints = dog_leg(angle)
        run = run_in_time(legs_at_speed(waypoints, 0, TEN_KNOTS), FRIGATE)
        found_m = min(distance_m(leg.end, waypoints[1]) for leg in run)
        assert found_m == pytest.approx(nearest_m, abs=1.0)


def test_a_ship_that_comes_along_on_another_course_turns_first() -> None:
    legs = legs_at_speed((HERE, destination(HERE, 90.0, 8000.0)), 0, TEN_KNOTS)
    run = run_in_time(legs, FRIGATE, Way(course_deg=0.0, speed_mps=TEN_KNOTS))
    assert abs(turn_deg(0.0, bearing_deg(run[0].start, run[0].end))) < 5.0
    assert run[-1].end_ms == legs[-1].end_ms
    assert run_in_time(legs, FRIGATE, AT_REST) == legs


def test_turns_without_room_are_as_wide_as_there_is_room_for() -> None:
    waypoints = [HERE]
    for course in (0.0, 90.0, 180.0, 90.0, 0.0):
        waypoints.append(destination(waypoints[-1], course, 3000.0 if course != 90.0 else 200.0))
    legs = legs_at_speed(waypoints, 0, TEN_KNOTS)
    run = run_in_time(legs, FRIGATE)
    assert joined(run)
    assert run[-1].end_ms == legs[-1].end_ms


def test_what_is_not_a_turn_is_left_as_it_is() -> None:
    track = (HERE, destination(HERE, 90.0, 9000.0))
    legs = (*legs_at_speed(track, 0, TEN_KNOTS), hold(track[1], Window(start_ms=10**7, end_ms=2 * 10**7)))
    run = run_in_time(legs, FRIGATE)
    assert (run[0], run[-1]) == (legs[0], legs[-1])
    assert run_in_time((), FRIGATE) == ()


def gathered(legs: tuple[Leg, ...], time_s: float) -> float:
    return distance_m(legs[0].start, position_at(legs, round(time_s * SECOND_MS)))


@given(st.floats(3.0, 16.0), st.floats(0.0, 16.0), st.floats(3000.0, 30_000.0))
def test_gathering_way_agrees_with_the_law_of_falling_bodies_to_a_metre(
    speed_kn: float, entry_kn: float, length_m: float
) -> None:
    speed, entry = speed_kn * KNOT_MPS, entry_kn * KNOT_MPS
    legs = legs_at_speed((HERE, destination(HERE, 70.0, length_m)), 0, speed)
    run = run_at_speed(legs, SLUGGISH, Way(course_deg=70.0, speed_mps=entry))
    rate = SLUGGISH.top_mps / (12 * 60.0) * math.copysign(1.0, speed - entry)
    ramp_s = (speed - entry) / rate if speed != entry else 0.0
    for time_s in range(0, run[-1].end_ms // SECOND_MS, 7):
        within = min(float(time_s), ramp_s)
        expected_m = entry * within + rate * within**2 / 2.0 + speed * (time_s - within)
        assert gathered(run, time_s) == pytest.approx(expected_m, abs=1.0)


def test_a_ship_from_rest_goes_faster_than_the_mean_to_arrive_in_time_and_stops_for_a_wait() -> None:
    there = destination(HERE, 70.0, 10.0 * NAUTICAL_MILE_M)
    legs = legs_at_speed((HERE, there), 0, TEN_KNOTS)
    wait = hold(there, Window(start_ms=legs[-1].end_ms, end_ms=legs[-1].end_ms + MINUTE_MS))
    run = run_in_time((*legs, wait), SLUGGISH)
    moving = [leg for leg in run if not leg.is_wait]
    assert moving[-1].end_ms == legs[-1].end_ms
    assert max(speed_mps(leg) for leg in moving) > TEN_KNOTS
    assert speed_mps(moving[0]) < 1.0
    assert speed_mps(moving[-1]) < 1.0
    assert way_at_end(run) == AT_REST


def test_who_cannot_arrive_in_time_arrives_late_and_says_when() -> None:
    legs = legs_at_speed((HERE, destination(HERE, 70.0, 10.0 * NAUTICAL_MILE_M)), 0, TANKER.top_mps)
    run = run_in_time(legs, TANKER)
    assert run[-1].end_ms - legs[-1].end_ms == pytest.approx(6 * MINUTE_MS, abs=50)
    assert way_at_end(run).speed_mps == pytest.approx(TANKER.top_mps, rel=0.01)


steps = st.lists(st.tuples(bearings(), st.floats(20.0, 9000.0)), min_size=1, max_size=6)


def assert_whole(start: Position, given_steps: list[tuple[float, float]], speed: float, handling: Handling) -> None:
    waypoints = [start]
    for course, length_m in given_steps:
        waypoints.append(destination(waypoints[-1], course, length_m))
    legs = legs_at_speed(waypoints, 0, speed)
    for run in (run_in_time(legs, handling), run_at_speed(legs, handling)):
        assert joined(run)
        assert (run[0].start, run[-1].end) == (legs[0].start, legs[-1].end)
        assert all(leg.start_ms < leg.end_ms for leg in run)
        fastest = max((speed_mps(leg) for leg in run if leg.duration_ms >= 2000), default=0.0)
        assert fastest <= max(handling.top_mps, speed) * 1.01
    at_once = replace(handling, radius_m=0.0, full_speed_ms=0)
    assert run_in_time(legs, at_once) == legs


@given(steps, st.sampled_from((3.0, 8.0)))
def test_whatever_is_asked_the_way_is_whole_and_ends_where_it_should(
    given_steps: list[tuple[float, float]], speed: float
) -> None:
    assert_whole(HERE, given_steps, speed, TANKER)


@pytest.mark.deep
@settings(max_examples=3000)
@given(waters(), steps, st.floats(1.0, 15.0), st.floats(0.0, 900.0), st.integers(0, 1_200_000))
def test_the_same_for_many_ways_in_all_waters(
    start: Position, given_steps: list[tuple[float, float]], speed: float, radius_m: float, full_speed_ms: int
) -> None:
    handling = Handling(top_mps=14.0, radius_m=radius_m, full_speed_ms=full_speed_ms)
    assert_whole(start, given_steps, speed, handling)
