"""An aircraft is as high as its rate of climb lets it be, to 50 m, at any time."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain import Leg, Position, Window
from waterspace.geometry.climbing import climb, let_down
from waterspace.geometry.geodesic import destination, distance_m
from waterspace.geometry.legs import hold, legs_at_speed, position_at
from waterspace.quantity import MINUTE_MS, SECOND_MS

HERE = Position(lat_deg=39.8, lon_deg=133.2)
FAR = destination(HERE, 60.0, 300_000.0)


def height_at(legs: tuple[Leg, ...], time_ms: int) -> float:
    return next(leg.height_m for leg in legs if leg.start_ms <= time_ms < leg.end_ms)


def whole(legs: tuple[Leg, ...]) -> bool:
    return all(a.end_ms == b.start_ms and a.end == b.start for a, b in itertools.pairwise(legs))


@given(st.floats(0.0, 9000.0), st.floats(50.0, 9000.0), st.floats(2.0, 40.0))
def test_the_height_on_the_way_up_or_down_is_right_to_fifty_metres(start: float, wanted: float, rate: float) -> None:
    legs = legs_at_speed((HERE, FAR), 0, 100.0, wanted)
    flown = climb(legs, start, rate)
    assert whole(flown)
    assert (flown[0].start, flown[-1].end, flown[-1].end_ms) == (HERE, FAR, legs[-1].end_ms)
    for time_ms in range(0, legs[-1].end_ms, 9 * SECOND_MS):
        gone_m = rate * time_ms / SECOND_MS
        exact_m = min(start + gone_m, wanted) if wanted > start else max(start - gone_m, wanted)
        assert height_at(flown, time_ms) == pytest.approx(exact_m, abs=50.5)
        assert distance_m(position_at(flown, time_ms), position_at(legs, time_ms)) < 1.0


@given(st.floats(50.0, 9000.0), st.floats(2.0, 40.0))
def test_an_aircraft_comes_down_in_time_to_land(height: float, rate: float) -> None:
    legs = climb(legs_at_speed((HERE, FAR), 0, 100.0, height), 0.0, rate)
    flown = let_down(legs, 0.0, rate)
    assert whole(flown)
    end_ms = flown[-1].end_ms
    assert end_ms == legs[-1].end_ms
    for time_ms in range(0, end_ms, 9 * SECOND_MS):
        exact_m = min(rate * time_ms / SECOND_MS, height, rate * (end_ms - time_ms) / SECOND_MS)
        assert height_at(flown, time_ms) == pytest.approx(exact_m, abs=50.5)


def test_a_climb_goes_on_from_leg_to_leg_and_in_a_hover() -> None:
    out = legs_at_speed((HERE, destination(HERE, 0.0, 3000.0)), 0, 50.0, 1000.0)
    rest = hold(out[-1].end, Window(start_ms=MINUTE_MS, end_ms=10 * MINUTE_MS), 1000.0)
    flown = climb((*out, rest), 0.0, 5.0)
    assert whole(flown)
    assert height_at(flown, 59 * SECOND_MS) == pytest.approx(295.0, abs=50.0)
    assert height_at(flown, 100 * SECOND_MS) == pytest.approx(500.0, abs=50.0)
    assert flown[-1].height_m == 1000.0


def test_level_flight_stays_one_leg() -> None:
    legs = legs_at_speed((HERE, FAR), 0, 100.0, 600.0)
    assert climb(legs, 600.0, 5.0) == legs
