"""The sheet on the sea keeps distances from its origin, and routes fill their window."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import bearings, waters
from waterspace.domain import Circle, Position, Window
from waterspace.geometry.geodesic import distance_m
from waterspace.geometry.legs import speed_mps
from waterspace.quantity import HOUR_MS
from waterspace.serials.seamanship.frame import Frame, encloses, fill_window, reach_m, sheet_of
from waterspace.serials.seamanship.search_lots import box, disc

MIDDLE = Position(lat_deg=39.8, lon_deg=133.2)
metres = st.floats(-40_000.0, 40_000.0)


@settings(deadline=None)
@given(waters(), bearings(), metres, metres)
def test_a_point_goes_to_the_sea_and_back(
    origin: Position, axis_deg: float, ahead_m: float, starboard_m: float
) -> None:
    frame = Frame(origin=origin, axis_deg=axis_deg)
    back = frame.point(frame.position((ahead_m, starboard_m)))
    assert math.dist(back, (ahead_m, starboard_m)) < 1e-3
    assert distance_m(origin, frame.position((ahead_m, starboard_m))) == pytest.approx(
        math.hypot(ahead_m, starboard_m), abs=1e-3
    )


@settings(deadline=None)
@given(bearings(), metres, metres, metres, metres)
def test_distances_on_the_sheet_are_those_on_the_sea(
    axis_deg: float, ahead_m: float, starboard_m: float, other_ahead_m: float, other_starboard_m: float
) -> None:
    frame = Frame(origin=MIDDLE, axis_deg=axis_deg)
    a, b = (ahead_m, starboard_m), (other_ahead_m, other_starboard_m)
    assert distance_m(frame.position(a), frame.position(b)) == pytest.approx(math.dist(a, b), rel=1e-4, abs=0.1)


def test_the_origin_is_its_own_point() -> None:
    frame = Frame(origin=MIDDLE, axis_deg=30.0)
    assert frame.position((0.0, 0.0)) is MIDDLE


def test_a_sheet_draws_its_area_about_the_middle() -> None:
    sheet = sheet_of(Circle(centre=MIDDLE, radius_m=5_000.0), 45.0)
    assert sheet.radius_m == pytest.approx(5_000.0, rel=2e-3)
    assert sheet.port_m == pytest.approx(-5_000.0, rel=5e-3)
    assert sheet.starboard_m == pytest.approx(5_000.0, rel=5e-3)
    assert reach_m(sheet.outline) == pytest.approx(5_000.0, rel=5e-3)


def test_an_area_that_the_axis_misses_is_not_reached() -> None:
    assert reach_m(((1.0, 1.0), (2.0, 1.0), (2.0, 2.0))) == 0.0


@settings(deadline=None)
@given(st.floats(-0.99, 0.99), st.floats(-0.99, 0.99))
def test_a_box_encloses_what_lies_in_it_and_nothing_else(x: float, y: float) -> None:
    assert encloses(box(2.0), (x, y))
    assert not encloses(box(2.0), (x + 2.5, y))
    assert not encloses(box(2.0), (x, y - 2.5))
    assert encloses(disc(1.0), (x, y)) or math.hypot(x, y) > 1.0


@settings(deadline=None)
@given(
    st.lists(st.tuples(metres, metres), min_size=1, max_size=8),
    st.floats(1.0, 200.0),
    st.integers(1, 12 * HOUR_MS),
)
def test_a_route_fills_its_window_at_its_speed(
    points: list[tuple[float, float]], speed: float, duration_ms: int
) -> None:
    frame = Frame(origin=MIDDLE)
    window = Window(start_ms=1_000, end_ms=1_000 + duration_ms)
    legs = fill_window(map(frame.position, points), window, speed_mps=speed, height_m=150.0, serial="S1")
    assert (legs[0].start_ms, legs[-1].end_ms) == (window.start_ms, window.end_ms)
    for before, after in itertools.pairwise(legs):
        assert (before.end_ms, before.end) == (after.start_ms, after.start)
    for leg in legs:
        assert leg.height_m == 150.0
        assert leg.serial == "S1"
        assert leg.is_wait or leg.duration_ms < 1000 or speed_mps(leg) == pytest.approx(speed, rel=1e-3)


def test_a_route_without_end_is_cut_where_the_window_ends() -> None:
    frame = Frame(origin=MIDDLE)
    route = itertools.cycle([frame.position((0.0, 0.0)), frame.position((1_000.0, 0.0))])
    legs = fill_window(route, Window(start_ms=0, end_ms=150_000), speed_mps=10.0)
    assert [leg.duration_ms for leg in legs] == [100_000, 50_000]
    assert distance_m(legs[-1].end, frame.position((500.0, 0.0))) < 0.01


def test_a_route_that_goes_nowhere_waits() -> None:
    window = Window(start_ms=0, end_ms=HOUR_MS)
    for legs in (
        fill_window(itertools.repeat(MIDDLE), window, speed_mps=10.0),
        fill_window((MIDDLE,), window, speed_mps=10.0),
        fill_window((MIDDLE, Frame(origin=MIDDLE).position((1_000.0, 0.0))), window, speed_mps=0.0),
    ):
        assert len(legs) == 1
        assert legs[0].is_wait
        assert legs[0].duration_ms == HOUR_MS


def test_no_waypoint_or_no_time_gives_no_legs() -> None:
    assert fill_window((), Window(start_ms=0, end_ms=1), speed_mps=1.0) == ()
    assert fill_window((MIDDLE,), Window(start_ms=1, end_ms=1), speed_mps=1.0) == ()
