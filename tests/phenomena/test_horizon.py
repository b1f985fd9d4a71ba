"""Horizons against published tables, and the laws of a round earth."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.errors import ModelError
from waterspace.phenomena.horizon import (
    EARTH_RADIUS_M,
    RADIO_EARTH_RATIO,
    radar_range_m,
    radio_horizon_m,
    radio_range_m,
    visual_horizon_m,
    visual_range_m,
)
from waterspace.quantity import FOOT_M, nautical_miles

heights = st.floats(0.0, 20_000.0)


@pytest.mark.parametrize(("feet", "miles"), [(1, 1.17), (10, 3.7), (33, 6.7), (50, 8.3), (100, 11.7), (400, 23.4)])
def test_the_visible_horizon_is_that_of_the_navigators_table(feet: int, miles: float) -> None:
    # Source: Bowditch, table 12: 1.17 times the root of the height in feet.
    assert nautical_miles(visual_horizon_m(feet * FOOT_M)) == pytest.approx(miles, abs=0.06)


@pytest.mark.parametrize("feet", [1, 50, 100, 400])
def test_the_radar_horizon_is_the_rule_of_one_point_two_two_and_the_root_of_the_height(feet: int) -> None:
    # Source: Bowditch, chapter on radar navigation: 1.22 times the root of the height in feet, in nautical miles.
    assert nautical_miles(radio_horizon_m(feet * FOOT_M)) == pytest.approx(1.22 * math.sqrt(feet), rel=0.01)


def test_two_masts_reach_each_other_by_the_rule_of_four_point_one_two_roots_in_kilometres() -> None:
    # Source: Recommendation ITU-R P.310: k = 4/3 gives 4.12 (sqrt h1 + sqrt h2) km.
    assert radio_range_m(25.0, 16.0) == pytest.approx(4120.0 * (5.0 + 4.0), rel=0.001)


def test_an_observer_at_the_surface_sees_only_what_stands_up() -> None:
    assert visual_horizon_m(0.0) == 0.0
    assert visual_range_m(0.0, 20.0) == visual_horizon_m(20.0)


@given(heights, heights)
def test_range_is_the_same_both_ways_and_grows_with_height(one_m: float, other_m: float) -> None:
    low_m, high_m = sorted((one_m, other_m))
    assert visual_range_m(one_m, other_m) == visual_range_m(other_m, one_m)
    assert visual_horizon_m(low_m) <= visual_horizon_m(high_m)
    assert visual_range_m(one_m, other_m) <= radar_range_m(one_m, other_m) == radio_range_m(one_m, other_m)


@given(st.floats(0.001, 20_000.0))
def test_the_ray_to_the_horizon_touches_the_larger_earth_and_does_not_cut_it(height_m: float) -> None:
    radius_m = EARTH_RADIUS_M * RADIO_EARTH_RATIO
    assert (radius_m + height_m) * math.cos(radio_horizon_m(height_m) / radius_m) == pytest.approx(radius_m, rel=1e-12)


@pytest.mark.parametrize("height_m", [-0.1, math.nan, math.inf])
def test_what_is_submerged_has_no_horizon(height_m: float) -> None:
    with pytest.raises(ModelError, match="expected 0 or more"):
        visual_horizon_m(height_m)
