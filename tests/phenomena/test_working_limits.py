"""What the day allows: limits, what is unknown, and when work stops."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain import Window
from waterspace.environment.metoc.weather import Conditions
from waterspace.errors import ModelError
from waterspace.phenomena.working_limits import Limits, judge, stopped_windows
from waterspace.quantity import HOUR_MS, KNOT_MPS, NAUTICAL_MILE_M

FLYING = Limits(sea_state_max=4, wind_max_mps=35.0 * KNOT_MPS, visibility_min_m=1.0 * NAUTICAL_MILE_M)


def test_what_equals_the_limits_is_within_them() -> None:
    on_it = Conditions(sea_state=4, wind_mps=35.0 * KNOT_MPS, visibility_m=NAUTICAL_MILE_M)
    assert judge(FLYING, on_it).allows
    assert judge(FLYING, on_it).unknown == ()


def test_each_limit_says_what_was_found_and_what_is_borne() -> None:
    bad = Conditions(sea_state=5, wind_mps=40.0 * KNOT_MPS, visibility_m=0.5 * NAUTICAL_MILE_M)
    assert judge(FLYING, bad).exceeded == (
        "sea state 5, limit 4",
        "wind 40 kn, limit 35 kn",
        "visibility 0.5 nm, least 1.0 nm",
    )


def test_what_is_unknown_is_told_apart_from_what_is_good() -> None:
    verdict = judge(FLYING, Conditions(sea_state=3))
    assert verdict.allows
    assert verdict.unknown == ("wind", "visibility")
    assert judge(Limits(), Conditions()).unknown == ()


@given(st.lists(st.integers(0, 9), min_size=1, max_size=24), st.integers(0, 9))
def test_work_stops_exactly_in_the_hours_whose_sea_is_too_high(states: list[int], limit: int) -> None:
    window = Window(start_ms=0, end_ms=len(states) * HOUR_MS)
    stopped = stopped_windows(
        Limits(sea_state_max=limit),
        window,
        lambda time_ms: Conditions(sea_state=states[time_ms // HOUR_MS]),
        (hour * HOUR_MS for hour in range(-3, 30)),
    )
    assert all(one.end_ms < other.start_ms for one, other in itertools.pairwise(stopped))
    for hour, state in enumerate(states):
        middle = hour * HOUR_MS + HOUR_MS // 2
        assert any(one.start_ms <= middle < one.end_ms for one in stopped) == (state > limit)


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ModelError, match="ends before it begins"):
        stopped_windows(Limits(), Window(start_ms=10, end_ms=5), lambda _: Conditions(), ())
