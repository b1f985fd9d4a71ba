"""Set and drift."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import waters
from waterspace.domain import Position
from waterspace.environment.metoc.drift import Current, course_to_steer, drifted, made_good
from waterspace.errors import GeometryError, RouteError
from waterspace.geometry.geodesic import distance_m, inverse
from waterspace.quantity import HOUR_MS, KNOT_MPS

DIRECTIONS = st.floats(0.0, 359.9)
CURRENTS = st.builds(lambda a, b: Current(set_deg=a, drift_mps=b), DIRECTIONS, st.floats(0.0, 3.0))
SOYA = Position(lat_deg=45.7, lon_deg=142.0)


def test_a_current_on_the_beam_is_met_by_steering_up_against_it() -> None:
    # Course 000 at 10 kn in a current that sets 090 at 2 kn: the navigator's triangle has sin(crab) = 2/10.
    answer = course_to_steer(0.0, 10 * KNOT_MPS, Current(set_deg=90.0, drift_mps=2 * KNOT_MPS))
    assert answer.heading_deg == pytest.approx(360.0 - 11.537, abs=1e-3)
    assert answer.speed_mps == pytest.approx(math.sqrt(96) * KNOT_MPS)


def test_a_current_on_the_beam_carries_a_ship_off_its_heading() -> None:
    answer = made_good(0.0, 10 * KNOT_MPS, Current(set_deg=90.0, drift_mps=2 * KNOT_MPS))
    assert answer.course_deg == pytest.approx(11.310, abs=1e-3)
    assert answer.speed_mps == pytest.approx(math.sqrt(104) * KNOT_MPS)


@given(course_deg=DIRECTIONS, speed_mps=st.floats(3.5, 20.0), current=CURRENTS)
def test_what_is_steered_makes_good_what_was_asked(course_deg: float, speed_mps: float, current: Current) -> None:
    steered = course_to_steer(course_deg, speed_mps, current)
    over = made_good(steered.heading_deg, speed_mps, current)
    assert math.cos(math.radians(over.course_deg - course_deg)) == pytest.approx(1.0, abs=1e-9)
    assert over.speed_mps == pytest.approx(steered.speed_mps, abs=1e-9)


@given(current=CURRENTS)
def test_components_and_current_are_the_same(current: Current) -> None:
    again = Current.of(*current.components_mps)
    assert again.drift_mps == pytest.approx(current.drift_mps, abs=1e-12)
    if current.drift_mps > 1e-6:
        assert math.cos(math.radians(again.set_deg - current.set_deg)) == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("set_deg", [90.0, 180.0, 170.0])
def test_a_current_that_is_too_strong_is_said_to_be(set_deg: float) -> None:
    with pytest.raises(RouteError, match=r"cannot be made good at 1\.9 kn"):
        course_to_steer(0.0, 1.0, Current(set_deg=set_deg, drift_mps=1.5))


def test_a_ship_without_way_goes_with_the_current_or_nowhere() -> None:
    assert course_to_steer(90.0, 0.0, Current(set_deg=90.0, drift_mps=1.0)).speed_mps == pytest.approx(1.0)
    assert made_good(30.0, 0.0, Current(set_deg=0.0, drift_mps=0.0)).course_deg == 30.0
    assert course_to_steer(30.0, 0.0, Current(set_deg=0.0, drift_mps=0.0)).speed_mps == 0.0


@given(datum=waters(), current=CURRENTS, hours=st.integers(1, 48))
def test_a_constant_current_carries_a_datum_along_its_set(datum: Position, current: Current, hours: int) -> None:
    end = drifted(datum, 0, hours * HOUR_MS, current)
    assert end is not None
    length_m, bearing = inverse(datum, end)
    assert length_m == pytest.approx(current.drift_mps * hours * HOUR_MS / 1000, abs=1e-3)
    if length_m > 10.0:
        assert math.cos(math.radians(bearing - current.set_deg)) == pytest.approx(1.0, abs=1e-9)


def test_a_field_that_turns_carries_a_datum_round_and_back() -> None:
    def tide(_: Position, time_ms: int) -> Current:
        return Current(set_deg=360.0 * time_ms / (12 * HOUR_MS) % 360.0, drift_mps=0.5)

    away = drifted(SOYA, 0, 6 * HOUR_MS, tide)
    back = drifted(SOYA, 0, 12 * HOUR_MS, tide)
    assert away is not None
    assert back is not None
    # half a turn at 0.5 m/s over 6 h has the diameter 2 v T / 2π of the full circle of 12 h
    assert distance_m(SOYA, away) == pytest.approx(2 * 0.5 * 12 * 3600 / (2 * math.pi), rel=1e-3)
    assert distance_m(SOYA, back) < 10.0


def test_drift_runs_back_in_time() -> None:
    current = Current(set_deg=90.0, drift_mps=1.0)
    there = drifted(SOYA, 0, 5 * HOUR_MS, lambda position, time_ms: current)
    assert there is not None
    again = drifted(there, 5 * HOUR_MS, 0, lambda position, time_ms: current)
    assert again is not None
    assert distance_m(SOYA, again) < 100.0


def test_where_the_current_is_unknown_the_drift_is() -> None:
    def known_for_an_hour(_: Position, time_ms: int) -> Current | None:
        return Current(set_deg=0.0, drift_mps=1.0) if time_ms < HOUR_MS else None

    assert drifted(SOYA, 0, HOUR_MS // 2, known_for_an_hour) is not None
    assert drifted(SOYA, 0, 3 * HOUR_MS, known_for_an_hour) is None


def test_what_is_no_current_and_no_motion_is_refused() -> None:
    for set_deg, drift_mps in ((math.nan, 1.0), (0.0, -1.0), (0.0, math.nan), (0.0, math.inf)):
        with pytest.raises(GeometryError, match="found a set"):
            Current(set_deg=set_deg, drift_mps=drift_mps)
    for ask in (made_good, course_to_steer):
        for direction_deg, speed_mps in ((math.nan, 5.0), (0.0, -1.0), (0.0, math.inf)):
            with pytest.raises(GeometryError, match="give finite ones"):
                ask(direction_deg, speed_mps, Current(set_deg=0.0, drift_mps=1.0))
