"""An intercept is the first instant that a straight run can make, and it can be made."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import tracks, waters
from waterspace.domain import Leg, Position, Window
from waterspace.geometry.geodesic import destination, distance_m
from waterspace.geometry.intercept import intercept_ms
from waterspace.geometry.legs import hold, legs_at_speed, position_at
from waterspace.quantity import HOUR_MS, SECOND_MS

SEA = Position(lat_deg=39.5, lon_deg=133.5)
DAY_MS = 24 * HOUR_MS


def gap_m(position: Position, speed_mps: float, target: tuple[Leg, ...], time_ms: int) -> float:
    return distance_m(position, position_at(target, time_ms)) - speed_mps * time_ms / SECOND_MS


@given(waters().flatmap(lambda place: st.tuples(st.just(place), tracks(place))), st.floats(2.0, 60.0))
@settings(max_examples=40, deadline=None)
def test_no_sample_before_an_intercept_could_be_reached(pair: tuple[Position, tuple[Leg, ...]], speed: float) -> None:
    place, target = pair
    met_ms = intercept_ms(place, speed, target, 500.0, (0, DAY_MS))
    until_ms = DAY_MS if met_ms is None else met_ms
    for time_ms in range(0, until_ms, max(until_ms // 100, 1)):
        assert gap_m(place, speed, target, time_ms) > 499.0
    if met_ms is not None:
        assert gap_m(place, speed, target, met_ms) <= 502.0


def test_a_ship_that_waits_is_reached_in_the_time_of_the_run() -> None:
    target = (hold(destination(SEA, 30.0, 36_000.0), Window(start_ms=0, end_ms=HOUR_MS)),)
    assert intercept_ms(SEA, 10.0, target, 0.0, (0, DAY_MS)) == pytest.approx(HOUR_MS, abs=SECOND_MS)
    assert intercept_ms(SEA, 10.0, target, 6000.0, (0, DAY_MS)) == pytest.approx(3000 * SECOND_MS, abs=SECOND_MS)
    assert intercept_ms(SEA, 10.0, target, 0.0, (0, HOUR_MS // 2)) is None


def test_a_ship_that_cannot_move_reaches_nothing_that_waits() -> None:
    target = (hold(destination(SEA, 30.0, 36_000.0), Window(start_ms=0, end_ms=HOUR_MS)),)
    assert intercept_ms(SEA, 0.0, target, 0.0, (0, DAY_MS)) is None
    assert intercept_ms(SEA, 0.0, target, 40_000.0, (0, DAY_MS)) == 0


def test_a_faster_ship_that_runs_away_is_never_reached() -> None:
    away = legs_at_speed((destination(SEA, 0.0, 5000.0), destination(SEA, 0.0, 900_000.0)), 0, 15.0)
    assert intercept_ms(SEA, 5.0, away, 0.0, (0, 10 * HOUR_MS)) is None
