"""The fuel model: range at economical speed, the cube of the speed by the hour above it, full after replenishment."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain import Leg, Medium, Platform, Position
from waterspace.geometry.geodesic import destination
from waterspace.phenomena.fuel import aloft_ms, burn_ratio, flight_use, fuel_history, fuel_use, is_down
from waterspace.quantity import HOUR_MS, KNOT_MPS, NAUTICAL_MILE_M

SHIP = Platform(
    key="ship",
    name="Ship",
    kind="frigate",
    medium=Medium.SURFACE,
    max_speed_mps=30.0 * KNOT_MPS,
    economical_speed_mps=15.0 * KNOT_MPS,
    range_m=1500.0 * NAUTICAL_MILE_M,
)
HERE = Position(lat_deg=39.8, lon_deg=133.2)


def leg(start_h: int, hours: int, speed_kn: float) -> Leg:
    end = destination(HERE, 90.0, speed_kn * hours * NAUTICAL_MILE_M) if speed_kn else HERE
    return Leg(start_ms=start_h * HOUR_MS, end_ms=(start_h + hours) * HOUR_MS, start=HERE, end=end)


def test_the_whole_range_at_economical_speed_empties_the_bunkers() -> None:
    state = fuel_history(SHIP, [leg(0, 50, 15.0), leg(50, 50, 15.0)])[-1]
    assert state.remaining_ratio == pytest.approx(0.0, abs=1e-9)
    assert state.used_ratio == pytest.approx(1.0)


def test_twice_the_economical_speed_takes_four_times_as_much_for_a_mile() -> None:
    slow = fuel_history(SHIP, [leg(0, 10, 15.0)])[-1].used_ratio
    fast = fuel_history(SHIP, [leg(0, 5, 30.0)])[-1].used_ratio
    assert fast == pytest.approx(4.0 * slow)


def test_a_mile_costs_the_same_at_slow_speed_until_the_ship_itself_needs_more_than_the_way() -> None:
    assert fuel_history(SHIP, [leg(0, 20, 7.5)])[-1].used_ratio == pytest.approx(0.1)
    assert fuel_history(SHIP, [leg(0, 20, 0.15)])[-1].used_ratio == pytest.approx(20.0 / 100.0 * 0.1)


def test_a_ship_burns_a_tenth_while_it_lies_at_sea_and_nothing_in_harbour() -> None:
    assert fuel_history(SHIP, [leg(0, 20, 0.0)])[-1].used_ratio == 0.0
    history = fuel_history(
        SHIP, [leg(0, 20, 0.0), leg(20, 10, 15.0), leg(30, 10, 0.0), leg(40, 10, 15.0), leg(50, 9, 0.0)]
    )
    assert [round(state.used_ratio, 6) for state in history] == [0.0, 0.1, 0.11, 0.21, 0.21]


def test_the_burn_by_the_hour_goes_with_the_cube_between_economical_and_greatest_speed() -> None:
    burnt = [burn_ratio(SHIP, speed_kn * KNOT_MPS, HOUR_MS) for speed_kn in (15.0, 22.5, 30.0, 90.0)]
    assert burnt == pytest.approx([0.01, 0.01 * 1.5**3, 0.08, 0.08])


def test_given_ranges_replace_the_assumed_curve() -> None:
    ranges = ((12.0 * KNOT_MPS, 2400.0 * NAUTICAL_MILE_M), (24.0 * KNOT_MPS, 960.0 * NAUTICAL_MILE_M))
    ship = replace(SHIP, range_m=None, ranges=ranges)
    by_hour = [burn_ratio(ship, speed_kn * KNOT_MPS, HOUR_MS) for speed_kn in (6.0, 12.0, 24.0, 30.0)]
    assert by_hour == pytest.approx([0.0025, 0.005, 0.025, 0.025 * (30.0 / 24.0) ** 3])
    assert 0.005 < burn_ratio(ship, 18.0 * KNOT_MPS, HOUR_MS) < 0.025
    assert fuel_history(ship, [leg(0, 200, 12.0)])[-1].remaining_ratio == pytest.approx(0.0, abs=1e-9)


@given(st.floats(0.1, 40.0), st.floats(0.1, 40.0))
def test_who_goes_faster_burns_more_by_the_hour(one_kn: float, other_kn: float) -> None:
    slow, fast = (burn_ratio(SHIP, knots * KNOT_MPS, HOUR_MS) for knots in sorted((one_kn, other_kn)))
    assert slow <= fast


def test_replenishment_fills_the_bunkers_but_does_not_undo_what_was_burnt() -> None:
    first, second = fuel_history(SHIP, [leg(0, 50, 15.0), leg(50, 10, 15.0)], [50 * HOUR_MS])
    assert first.remaining_ratio == pytest.approx(0.5)
    assert second.remaining_ratio == pytest.approx(0.9)
    assert second.used_ratio == pytest.approx(0.6)


@given(
    st.lists(st.tuples(st.integers(1, 40), st.sampled_from((0.0, 5.0, 15.0, 28.0))), min_size=1, max_size=8), st.data()
)
def test_the_least_the_last_and_the_whole_are_those_of_the_history(
    parts: list[tuple[int, float]], data: st.DataObject
) -> None:
    begins = [0, *itertools.accumulate(hours for hours, _ in parts)]
    legs = [leg(begin, *part) for begin, part in zip(begins, parts, strict=False)]
    fills = data.draw(st.lists(st.integers(0, begins[-1]).map(lambda hour: hour * HOUR_MS), max_size=3))
    history, use = fuel_history(SHIP, legs, fills), fuel_use(SHIP, legs, fills)
    assert use is not None
    assert use.lowest_ratio == min(state.remaining_ratio for state in history)
    assert (use.final_ratio, use.used_ratio) == (history[-1].remaining_ratio, history[-1].used_ratio)
    assert all(state.remaining_ratio <= 1.0 for state in history)


def test_a_class_without_a_range_has_no_history() -> None:
    unknown = Platform(key="x", name="x", kind="tug", medium=Medium.SURFACE)
    assert fuel_history(unknown, [leg(0, 1, 10.0)]) == ()
    assert burn_ratio(unknown, 10.0, HOUR_MS) == 0.0
    assert fuel_use(unknown, [leg(0, 1, 10.0)]) is None
    assert fuel_use(SHIP, []) is None


def test_an_aircraft_burns_by_the_time_aloft_and_is_full_again_after_a_turn_round() -> None:
    flying = Platform(key="h", name="h", kind="helicopter", medium=Medium.AIR, endurance_ms=4 * HOUR_MS)

    def part(start_h: int, hours: int, height_m: float) -> Leg:
        return replace(leg(start_h, hours, 0.0), height_m=height_m)

    legs = [part(0, 1, 0.0), part(1, 3, 300.0), part(4, 1, 0.0), part(5, 1, 300.0)]
    use = flight_use(flying, legs, HOUR_MS)
    assert use is not None
    assert (use.lowest_ratio, use.final_ratio, use.used_ratio) == pytest.approx((0.25, 0.75, 1.0))
    assert aloft_ms(legs[:2], 3 * HOUR_MS, HOUR_MS) == 2 * HOUR_MS
    assert aloft_ms(legs[:2], 9 * HOUR_MS, HOUR_MS) == 8 * HOUR_MS
    assert aloft_ms(legs, 6 * HOUR_MS, HOUR_MS) == HOUR_MS
    assert aloft_ms(legs, 6 * HOUR_MS, 2 * HOUR_MS) == 4 * HOUR_MS
    assert flight_use(replace(flying, endurance_ms=None), legs, HOUR_MS) is None
    assert flight_use(flying, [], HOUR_MS) is None


def test_the_watch_of_a_run_and_the_review_count_the_same_legs_as_flown() -> None:
    """A flight at height 0 is a flight; what a ship carries at her own speed is not."""
    flying = Platform(key="h", name="h", kind="helicopter", medium=Medium.AIR, endurance_ms=4 * HOUR_MS)
    flown, carried, lying = leg(0, 1, 60.0), leg(1, 1, 10.0), leg(2, 1, 0.0)
    assert [is_down(one) for one in (flown, carried, lying)] == [False, True, True]
    assert not is_down(replace(lying, height_m=300.0))
    for legs in ([flown], [flown, carried], [flown, leg(1, 1, 0.0)], [carried, leg(2, 1, 60.0)]):
        use = flight_use(flying, legs, 2 * HOUR_MS)
        assert use is not None
        assert use.final_ratio == 1.0 - aloft_ms(legs, legs[-1].end_ms, 2 * HOUR_MS) / (4 * HOUR_MS) == 0.75
