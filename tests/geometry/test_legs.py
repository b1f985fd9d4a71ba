"""Legs are built, cut, shifted and asked without losing a metre or a millisecond."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from strategies import positions, tracks, waters
from waterspace.domain import Leg, Position, Window
from waterspace.geometry import legs as geometry
from waterspace.geometry.geodesic import bearing_deg, destination, distance_m, positions_from
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M

HOME = Position(lat_deg=39.8, lon_deg=133.2)
OFF_FIJI = Position(lat_deg=-18.0, lon_deg=179.9)


def window(start_ms: int, end_ms: int) -> Window:
    return Window(start_ms=start_ms, end_ms=end_ms)


def square(side_m: float = 10_000.0, centre: Position = HOME) -> list[Position]:
    corners = [centre]
    for course_deg in (90.0, 180.0, 270.0):
        corners.append(destination(corners[-1], course_deg, side_m))
    return corners


def joined(track: tuple[Leg, ...]) -> bool:
    return all(a.end_ms == b.start_ms and a.end == b.start for a, b in itertools.pairwise(track))


def test_twelve_miles_take_an_hour_at_twelve_knots() -> None:
    (leg,) = geometry.legs_at_speed((HOME, destination(HOME, 45.0, 12.0 * NAUTICAL_MILE_M)), 0, 12.0 * KNOT_MPS)
    assert leg.end_ms == HOUR_MS
    assert geometry.length_m(leg) == pytest.approx(12.0 * NAUTICAL_MILE_M)
    assert geometry.speed_mps(leg) == pytest.approx(12.0 * KNOT_MPS)
    assert geometry.course_deg(leg) == pytest.approx(45.0)


def test_a_wait_has_no_course_no_length_and_no_speed() -> None:
    wait = geometry.hold(HOME, window(0, 1000), height_m=-40.0, serial="S1")
    assert wait.is_wait
    assert geometry.course_deg(wait) is None
    assert geometry.length_m(wait) == geometry.speed_mps(wait) == 0.0
    assert (wait.height_m, wait.serial) == (-40.0, "S1")


def test_a_leg_that_takes_no_time_has_no_speed() -> None:
    assert geometry.speed_mps(Leg(start_ms=5, end_ms=5, start=HOME, end=OFF_FIJI)) == 0.0


@given(st.lists(positions(), min_size=1, max_size=6), st.floats(0.5, 300.0))
def test_legs_at_a_speed_join_and_arrive_on_time(waypoints: list[Position], speed: float) -> None:
    track = geometry.legs_at_speed(waypoints, 1000, speed, 20.0, "S9")
    assert joined(track)
    assert all(leg.duration_ms > 0 and leg.height_m == 20.0 and leg.serial == "S9" for leg in track)
    if track:
        length_m = sum(distance_m(a, b) for a, b in itertools.pairwise(waypoints))
        assert track[0].start_ms == 1000
        assert track[-1].end_ms - 1000 == pytest.approx(length_m / speed * 1000.0, abs=1.0)


@pytest.mark.parametrize("speed", [0.0, -1.0, float("nan"), float("inf")])
def test_a_speed_that_never_arrives_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="speed above 0"):
        geometry.legs_at_speed(square(), 0, speed)


def test_waypoints_that_coincide_take_no_legs() -> None:
    assert geometry.legs_at_speed((HOME, HOME), 0, 5.0) == ()
    assert geometry.legs_at_speed((), 0, 5.0) == ()
    assert len(geometry.legs_at_speed((HOME, HOME, OFF_FIJI), 0, 5.0)) == 1


@given(st.lists(positions(), min_size=1, max_size=6), st.integers(1, 10**9))
@example([HOME, OFF_FIJI, HOME], 1)
@example([HOME, OFF_FIJI, HOME, OFF_FIJI], 2)
def test_legs_in_a_window_fill_it_at_one_speed(waypoints: list[Position], duration_ms: int) -> None:
    track = geometry.legs_in_window(waypoints, window(7, 7 + duration_ms))
    assert joined(track)
    assert (track[0].start_ms, track[-1].end_ms) == (7, 7 + duration_ms)
    assert track[0].start == waypoints[0]
    assert distance_m(track[-1].end, waypoints[-1]) == 0.0
    speeds = [geometry.speed_mps(leg) for leg in track if leg.duration_ms > MINUTE_MS]
    if len(speeds) > 1:
        assert max(speeds) == pytest.approx(min(speeds), rel=1e-3, abs=1e-3)


def test_a_window_without_length_or_a_route_without_waypoints_is_refused() -> None:
    for waypoints, span in (((), window(0, 10)), ((HOME,), window(10, 10))):
        with pytest.raises(ValueError, match="a waypoint and a window"):
            geometry.legs_in_window(waypoints, span)


def test_a_track_is_cut_where_it_was_at_the_time() -> None:
    track = geometry.legs_at_speed(square(), 0, 5.0)
    cut = geometry.trim(track, window(1_000_000, 5_000_000))
    assert joined(cut)
    assert (cut[0].start_ms, cut[-1].end_ms) == (1_000_000, 5_000_000)
    assert distance_m(cut[0].start, destination(HOME, 90.0, 5000.0)) < 0.01
    assert distance_m(cut[-1].end, geometry.position_at(track, 5_000_000)) < 0.01
    assert geometry.trim(track, window(-10, 0)) == ()
    assert geometry.trim(track, window(0, 10**9)) == track


def test_a_short_track_is_filled_with_waits_at_both_ends() -> None:
    track = geometry.legs_at_speed(square(), 1000, 5.0, 30.0, "S1")
    full = geometry.fill(track, window(0, 10**8))
    assert joined(full)
    assert full[0].is_wait
    assert full[0].start == HOME
    assert full[1:-1] == track
    assert full[-1].end_ms == 10**8
    assert {(leg.height_m, leg.serial) for leg in full} == {(30.0, "S1")}


def test_a_gap_in_time_is_filled_where_the_unit_stands() -> None:
    out = geometry.legs_at_speed((HOME, destination(HOME, 0.0, 1000.0)), 0, 10.0)
    home = geometry.legs_at_speed((destination(HOME, 0.0, 1000.0), HOME), 500_000, 10.0)
    full = geometry.fill((*out, *home), window(0, 600_000))
    assert joined(full)
    assert [leg.is_wait for leg in full] == [False, True, False]


def test_filling_cuts_a_track_that_is_too_long_or_lies_elsewhere_in_time() -> None:
    track = geometry.legs_at_speed(square(), 0, 5.0)
    assert geometry.fill(track, window(100, 200)) == geometry.trim(track, window(100, 200))
    before = geometry.fill(track, window(-200, -100))
    assert before == (geometry.hold(HOME, window(-200, -100)),)
    after = geometry.fill(track, window(10**8, 10**8 + 5))
    assert after == (geometry.hold(track[-1].end, window(10**8, 10**8 + 5)),)


def test_a_track_without_legs_cannot_be_filled_or_asked() -> None:
    with pytest.raises(ValueError, match="without legs"):
        geometry.fill((), window(0, 1))
    with pytest.raises(ValueError, match="without legs"):
        geometry.position_at((), 0)
    with pytest.raises(ValueError, match="without legs"):
        geometry.positions_at((), [0.0])


def test_a_shifted_track_is_the_same_later() -> None:
    track = geometry.legs_at_speed(square(), 0, 5.0)
    later = geometry.shift(track, HOUR_MS)
    assert [leg.start_ms - HOUR_MS for leg in later] == [leg.start_ms for leg in track]
    assert geometry.shift(later, -HOUR_MS) == track


@given(waters().flatmap(tracks), st.lists(st.integers(-HOUR_MS, 40 * HOUR_MS), min_size=1, max_size=8))
def test_many_instants_give_what_single_instants_give(track: tuple[Leg, ...], times: list[int]) -> None:
    together = positions_from(*geometry.positions_at(track, times))
    for time_ms, place in zip(times, together, strict=True):
        assert distance_m(place, geometry.position_at(track, time_ms)) < 1e-3


def test_before_and_after_a_track_the_unit_is_at_its_ends() -> None:
    track = geometry.legs_at_speed(square(centre=OFF_FIJI), 0, 5.0)
    assert geometry.position_at(track, -5) == OFF_FIJI
    assert geometry.position_at(track, 10**9) == track[-1].end
    lat, lon = geometry.positions_at(track, np.array([1000.0 * 1000.0]))
    assert distance_m(Position(lat_deg=lat[0], lon_deg=lon[0]), destination(OFF_FIJI, 90.0, 5000.0)) < 0.01


def test_a_leg_that_takes_no_time_ends_at_once() -> None:
    jump = (
        geometry.hold(HOME, window(0, 10)),
        Leg(start_ms=10, end_ms=10, start=HOME, end=OFF_FIJI),
    )
    assert geometry.position_at(jump, 9) == HOME
    assert geometry.position_at(jump, 10) == OFF_FIJI


def test_a_unit_on_a_true_bearing_keeps_it() -> None:
    guide = geometry.legs_at_speed(square(), 0, 5.0)
    consort = geometry.parallel(guide, 300.0, 2000.0)
    assert joined(consort)
    for time_ms in (0, 1_234_567, 5_000_000):
        here, there = geometry.position_at(guide, time_ms), geometry.position_at(consort, time_ms)
        assert distance_m(here, there) == pytest.approx(2000.0, abs=0.1)
        assert bearing_deg(here, there) == pytest.approx(300.0, abs=0.1)


def test_a_unit_on_a_relative_bearing_keeps_it_between_turns() -> None:
    guide = geometry.legs_at_speed(square(50_000.0)[:2], 0, 5.0)
    (consort,) = geometry.parallel_relative(guide, 90.0, 2000.0)
    assert distance_m(consort.start, destination(guide[0].start, 180.0, 2000.0)) < 1.0
    assert geometry.length_m(consort) == pytest.approx(50_000.0, rel=1e-3)


def test_a_unit_on_a_relative_bearing_turns_with_the_guide() -> None:
    guide = geometry.legs_at_speed(square(), 0, 5.0)
    inner = geometry.parallel_relative(guide, 90.0, 1000.0)
    outer = geometry.parallel_relative(guide, 270.0, 1000.0)
    assert joined(inner)
    assert joined(outer)
    assert geometry.total_length_m(inner) < geometry.total_length_m(guide) < geometry.total_length_m(outer)
    assert bearing_deg(guide[1].start, inner[1].start) == pytest.approx(225.0, abs=0.1)


def test_a_guide_that_waits_keeps_the_course_it_came_with() -> None:
    leg = geometry.legs_at_speed((HOME, destination(HOME, 0.0, 5000.0)), 0, 5.0)
    waits = (geometry.hold(HOME, window(-10, 0)), *leg, geometry.hold(leg[0].end, window(leg[0].end_ms, 10**7)))
    consort = geometry.parallel_relative(waits, 90.0, 500.0)
    assert joined(consort)
    assert consort[0].is_wait
    assert consort[-1].is_wait
    assert bearing_deg(leg[0].end, consort[-1].end) == pytest.approx(90.0, abs=0.1)


def test_a_guide_that_turns_back_takes_its_consort_to_the_new_side() -> None:
    there = destination(HOME, 0.0, 5000.0)
    consort = geometry.parallel_relative(geometry.legs_at_speed((HOME, there, HOME), 0, 5.0), 90.0, 500.0)
    assert joined(consort)
    assert bearing_deg(there, consort[1].start) == pytest.approx(270.0, abs=0.1)
    assert geometry.parallel_relative((), 90.0, 500.0) == ()


def test_a_leg_that_takes_no_time_is_somewhere_at_any_time() -> None:
    here, there = Position(lat_deg=36.0, lon_deg=129.0), Position(lat_deg=36.5, lon_deg=129.0)
    still = (Leg(start_ms=1000, end_ms=1000, start=here, end=here),)
    moved = (Leg(start_ms=1000, end_ms=1000, start=here, end=there),)
    times_ms = (0, 999, 1000, 1001)
    assert [geometry.position_at(still, time_ms) for time_ms in times_ms] == [here] * 4
    assert [geometry.position_at(moved, time_ms) for time_ms in times_ms] == [here, here, there, there]
    assert geometry.positions_at(moved, times_ms)[0] == pytest.approx([36.0, 36.0, 36.5, 36.5])
