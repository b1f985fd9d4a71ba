"""Search patterns against worked examples, and the laws of their geometry."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waterspace.serials.seamanship.frame import Point, chord, encloses
from waterspace.serials.seamanship.search_lots import box, disc
from waterspace.serials.seamanship.search_patterns import (
    Strip,
    again_and_again,
    expanding_square,
    irregular,
    length_m,
    parallel_sweep,
    sector_search,
    share_out,
    to_and_fro,
    turned,
)

TEN_BY_SIX: tuple[Point, ...] = ((0.0, 0.0), (10.0, 0.0), (10.0, 6.0), (0.0, 6.0))


def lengths(points: tuple[Point, ...]) -> list[float]:
    return [math.dist(a, b) for a, b in itertools.pairwise(points)]


def turns_deg(points: tuple[Point, ...]) -> list[float]:
    courses = [math.atan2(b[1] - a[1], b[0] - a[0]) for a, b in itertools.pairwise(points)]
    return [math.degrees(after - before) % 360.0 for before, after in itertools.pairwise(courses)]


def test_an_expanding_square_of_two_miles_grows_every_second_leg() -> None:
    # Source: IAMSAR, first two legs equal the spacing, all turns 90 degrees, each pair grows by the spacing.
    square = expanding_square(2.0, 8)
    assert lengths(square) == pytest.approx([2, 2, 4, 4, 6, 6, 8, 8])
    assert length_m(square) == pytest.approx(40.0)
    assert turns_deg(square) == pytest.approx([90.0] * 7)


def test_a_sector_search_of_five_miles_has_nine_legs_and_passes_the_datum_three_times() -> None:
    # Source: IAMSAR volume III, pattern VS: three sectors, turns of 120 degrees to starboard.
    sectors = sector_search(5.0)
    assert lengths(sectors) == pytest.approx([5.0] * 9)
    assert length_m(sectors) == pytest.approx(45.0)
    assert sum(math.hypot(*point) < 1e-9 for point in sectors[1:]) == 3
    assert turns_deg(sectors)[0::3] == pytest.approx([120.0] * 3)
    assert turns_deg(sectors)[1::3] == pytest.approx([120.0] * 3)
    assert [min(turn, 360.0 - turn) for turn in turns_deg(sectors)[2::3]] == pytest.approx([0.0] * 2, abs=1e-6)


def test_a_parallel_sweep_of_ten_by_six_miles_keeps_half_a_spacing_off_every_side() -> None:
    # Source: first track half a spacing from the side, then a spacing apart; legs half a spacing shorter at each end.
    sweep = parallel_sweep(TEN_BY_SIX, 1.0)
    legs = lengths(sweep)
    assert len(legs[0::2]) == 6
    assert sweep[0] == pytest.approx((0.5, 0.5))
    assert legs[0::2] == pytest.approx([9.0] * 6)
    assert legs[1::2] == pytest.approx([1.0] * 5)
    assert length_m(sweep) == pytest.approx(59.0)


def test_three_miles_spacing_at_twelve_knots_for_four_hours_searches_a_hundred_and_forty_four_square_miles() -> None:
    # Source: A = S V T.
    spacing, run = 3.0, 12.0 * 4.0
    sweep = parallel_sweep(((0.0, 0.0), (run, 0.0), (run, spacing), (0.0, spacing)), spacing)
    assert (length_m(sweep) + spacing) * spacing == pytest.approx(144.0)


def test_a_lane_shorter_than_the_spacing_shrinks_to_its_middle() -> None:
    assert parallel_sweep(((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)), 2.0) == ((0.5, 0.5),)


def test_lanes_stand_closer_where_the_width_is_no_multiple_of_the_spacing() -> None:
    sweep = parallel_sweep(TEN_BY_SIX, 2.5)
    assert sorted({starboard for _, starboard in sweep}) == pytest.approx([1.0, 3.0, 5.0])


@settings(deadline=None)
@given(st.floats(500.0, 5_000.0), st.floats(5_000.0, 60_000.0), st.floats(5_000.0, 60_000.0))
def test_a_parallel_sweep_stays_inside_and_leaves_no_gap_wider_than_the_spacing(
    spacing_m: float, length: float, width: float
) -> None:
    area = ((0.0, 0.0), (length, 0.0), (length, width), (0.0, width))
    sweep = parallel_sweep(area, spacing_m)
    assert all(encloses(area, point) for point in sweep)
    lanes = sorted({starboard for _, starboard in sweep})
    gaps = [b - a for a, b in itertools.pairwise([-lanes[0], *lanes, 2.0 * width - lanes[-1]])]
    assert max(gaps) <= spacing_m * (1.0 + 1e-6)


@settings(deadline=None)
@given(st.integers(1, 40), st.floats(100.0, 5_000.0))
def test_an_expanding_square_never_comes_closer_to_itself_than_the_spacing(legs: int, spacing_m: float) -> None:
    square = expanding_square(spacing_m, legs)
    assert len(square) == legs + 1
    for one, other in itertools.combinations(range(legs + 1), 2):
        assert math.dist(square[one], square[other]) >= spacing_m * (1.0 - 1e-9)


@settings(deadline=None)
@given(st.lists(st.floats(0.1, 100.0), min_size=1, max_size=8), st.floats(0.0, 50_000.0), st.floats(0.0, 400.0))
def test_shares_are_side_by_side_and_as_wide_as_their_weights(
    weights: list[float], width: float, keep_off_m: float
) -> None:
    strip = Strip(from_m=-width / 2.0, to_m=width / 2.0)
    parts = share_out(strip, weights, keep_off_m)
    assert len(parts) == len(weights)
    for part, weight in zip(parts, weights, strict=True):
        full_m = width * weight / math.fsum(weights)
        assert -1e-6 <= part.width_m <= full_m + 1e-6
        assert part.width_m >= full_m - 2.0 * keep_off_m - 1e-6
    for before, after in itertools.pairwise(parts):
        apart_m = after.from_m - before.to_m
        assert apart_m >= 2.0 * keep_off_m - 1e-6 or before.width_m == 0.0 or after.width_m == 0.0


@settings(deadline=None)
@given(st.floats(-720.0, 720.0))
def test_turning_a_pattern_keeps_its_shape(angle_deg: float) -> None:
    sectors = sector_search(1000.0)
    assert lengths(turned(sectors, angle_deg)) == pytest.approx(lengths(sectors))
    assert turned(((1000.0, 0.0),), 90.0)[0] == pytest.approx((0.0, 1000.0), abs=1e-6)


def test_a_pattern_run_again_starts_at_its_first_point_turned() -> None:
    square = expanding_square(1000.0, 4)
    points = list(itertools.islice(again_and_again(square, 45.0), 2 * len(square)))
    assert points[: len(square)] == list(square)
    assert points[len(square) + 1] == pytest.approx((math.sqrt(0.5) * 1000.0, math.sqrt(0.5) * 1000.0))


def test_to_and_fro_runs_back_the_way_it_came() -> None:
    a, b, c = (0.0, 0.0), (1.0, 0.0), (1.0, 1.0)
    assert list(itertools.islice(to_and_fro((a, b, c)), 7)) == [a, b, c, b, a, b, c]
    assert list(itertools.islice(to_and_fro((a,)), 3)) == [a, a, a]
    assert list(to_and_fro(())) == []


def test_irregular_waypoints_fill_their_strip_evenly_and_stay_in_it() -> None:
    area, strip = disc(10_000.0), Strip(from_m=-4_000.0, to_m=4_000.0)
    points = list(itertools.islice(irregular(area, strip, 300.0), 400))
    assert all(encloses(area, point) and strip.from_m <= point[1] <= strip.to_m for point in points)
    quarter = sum(point[0] > 0.0 and point[1] > 0.0 for point in points)
    assert quarter == pytest.approx(100, abs=8)
    assert points == list(itertools.islice(irregular(area, strip, 300.0), 400))


def test_irregular_waypoints_pass_over_lines_that_miss_the_area() -> None:
    beside = Strip(from_m=-1_000.0, to_m=3_000.0)
    points = list(itertools.islice(irregular(box(2_000.0), beside, 0.0), 20))
    assert all(starboard_m <= 1_000.0 for _, starboard_m in points)


def test_lanes_that_miss_the_area_are_left_out() -> None:
    assert parallel_sweep(box(2_000.0), 500.0, Strip(from_m=5_000.0, to_m=6_000.0)) == ()


def test_a_chord_on_an_edge_runs_along_it() -> None:
    assert chord(TEN_BY_SIX, 6.0) == (0.0, 10.0)
    assert chord(TEN_BY_SIX, 6.5) is None
