"""Relative motion of real tracks on the ellipsoid against their true ranges."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from strategies import tracks
from waterspace.domain import Leg, Position, Window
from waterspace.errors import ModelError
from waterspace.geometry.approach import closest_approach
from waterspace.geometry.geodesic import distance_m
from waterspace.geometry.legs import hold, legs_at_speed, position_at
from waterspace.phenomena.relative_motion import least_range_m, reach_windows, relative_legs, times_within
from waterspace.quantity import SECOND_MS

SEA = (
    Position(lat_deg=39.5, lon_deg=133.5),
    Position(lat_deg=-20.0, lon_deg=179.99),
    Position(lat_deg=0.0, lon_deg=-180.0),
    Position(lat_deg=70.0, lon_deg=20.0),
)
pairs = st.sampled_from(SEA).flatmap(lambda sea: st.tuples(tracks(sea, 50_000.0), tracks(sea, 50_000.0)))


@given(pairs, st.floats(0.0, 1.0))
def test_ranges_on_relative_legs_are_those_on_the_ellipsoid_to_a_metre(
    pair: tuple[tuple[Leg, ...], tuple[Leg, ...]], share: float
) -> None:
    observer, other = pair
    legs = relative_legs(observer, other)
    assume(legs)
    assert all(before.end_ms == after.start_ms for before, after in itertools.pairwise(legs))
    for leg in legs:
        time_ms = leg.start_ms + round(share * (leg.end_ms - leg.start_ms))
        gone_s = (time_ms - leg.start_ms) / SECOND_MS
        range_m = math.hypot(leg.east_m + leg.east_mps * gone_s, leg.north_m + leg.north_mps * gone_s)
        true_m = distance_m(position_at(observer, time_ms), position_at(other, time_ms))
        assert range_m == pytest.approx(true_m, abs=1.0)


@given(pairs, st.floats(500.0, 40_000.0))
def test_a_range_is_kept_inside_its_windows_and_not_outside(
    pair: tuple[tuple[Leg, ...], tuple[Leg, ...]], range_m: float
) -> None:
    observer, other = pair
    legs = relative_legs(observer, other)
    assume(legs)
    windows = reach_windows(legs, range_m)
    assert all(one.end_ms < next_.start_ms for one, next_ in itertools.pairwise(windows))
    span_ms = legs[-1].end_ms - legs[0].start_ms
    for part in range(21):
        time_ms = legs[0].start_ms + span_ms * part // 21
        true_m = distance_m(position_at(observer, time_ms), position_at(other, time_ms))
        if abs(true_m - range_m) > 2.0:
            assert any(one.start_ms <= time_ms < one.end_ms for one in windows) == (true_m < range_m)


def test_tracks_that_share_no_time_have_no_relative_motion() -> None:
    here = SEA[0]
    first = hold(here, Window(start_ms=0, end_ms=1000))
    later = hold(here, Window(start_ms=1000, end_ms=2000))
    assert relative_legs((first,), (later,)) == ()
    assert relative_legs((), (later,)) == ()


def test_a_ship_that_steams_past_is_in_reach_for_as_long_as_the_chord_takes() -> None:
    watch = Position(lat_deg=0.0, lon_deg=10.0)
    route = (Position(lat_deg=0.0, lon_deg=9.0), Position(lat_deg=0.0, lon_deg=11.0))
    ship = legs_at_speed(route, 0, 10.0)
    standing = hold(watch, Window(start_ms=0, end_ms=ship[-1].end_ms))
    (window,) = reach_windows(relative_legs((standing,), ship), 20_000.0)
    assert window.end_ms - window.start_ms == pytest.approx(4_000_000, abs=300)


def test_a_reach_of_nothing_is_refused() -> None:
    with pytest.raises(ModelError, match="range_m is 0"):
        reach_windows((), 0.0)


@given(pairs, st.floats(100.0, 60_000.0))
def test_worked_out_together_the_answers_are_those_of_each_leg(
    pair: tuple[tuple[Leg, ...], tuple[Leg, ...]], range_m: float
) -> None:
    observer, other = pair
    legs = relative_legs(observer, other)
    together, one_by_one = times_within(observer, other, range_m), reach_windows(legs, range_m)
    assert len(together) == len(one_by_one)
    for window, same in zip(together, one_by_one, strict=True):
        assert window.start_ms == pytest.approx(same.start_ms, abs=1)
        assert window.end_ms == pytest.approx(same.end_ms, abs=1)
    met, nearest_m = closest_approach(observer, other), least_range_m(observer, other)
    assert (met is None) == (nearest_m is None) == (not legs)
    if met is not None and met[1] < 100_000.0:
        assert nearest_m == pytest.approx(met[1], abs=1.5)


def test_tracks_that_share_no_time_have_no_range() -> None:
    assert least_range_m((), ()) is None
    assert times_within((), (), 100.0) == ()
