"""Reporting intervals against the recommendation, and reception against its closed form."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement import RUNS, agrees
from strategies import tracks, waters
from waterspace.domain import Leg, Position, Window
from waterspace.errors import ModelError
from waterspace.geometry.legs import hold, legs_at_speed, speed_mps
from waterspace.phenomena.ais import Equipment, Reception, Status, first_heard_ms, heard_ratio, interval_ms, reports_ms
from waterspace.phenomena.horizon import radio_range_m
from waterspace.quantity import HOUR_MS, KNOT_MPS

# Source: Recommendation ITU-R M.1371-5, annex 1, tables 1 and 2: equipment, status, knots, seconds.
TABLE = (
    (Equipment.CLASS_A, Status.MOORED, 0.0, 180.0),
    (Equipment.CLASS_A, Status.MOORED, 3.0, 180.0),
    (Equipment.CLASS_A, Status.MOORED, 4.0, 10.0),
    (Equipment.CLASS_A, Status.UNDER_WAY, 0.0, 10.0),
    (Equipment.CLASS_A, Status.UNDER_WAY, 14.0, 10.0),
    (Equipment.CLASS_A, Status.CHANGING_COURSE, 13.0, 10.0 / 3.0),
    (Equipment.CLASS_A, Status.UNDER_WAY, 18.0, 6.0),
    (Equipment.CLASS_A, Status.CHANGING_COURSE, 18.0, 2.0),
    (Equipment.CLASS_A, Status.UNDER_WAY, 24.0, 2.0),
    (Equipment.CLASS_A, Status.CHANGING_COURSE, 24.0, 2.0),
    (Equipment.CLASS_B_SELF_ORGANISED, Status.UNDER_WAY, 2.0, 180.0),
    (Equipment.CLASS_B_SELF_ORGANISED, Status.UNDER_WAY, 10.0, 30.0),
    (Equipment.CLASS_B_SELF_ORGANISED, Status.UNDER_WAY, 20.0, 15.0),
    (Equipment.CLASS_B_SELF_ORGANISED, Status.UNDER_WAY, 30.0, 5.0),
    (Equipment.CLASS_B_CARRIER_SENSE, Status.UNDER_WAY, 1.0, 180.0),
    (Equipment.CLASS_B_CARRIER_SENSE, Status.UNDER_WAY, 30.0, 30.0),
    (Equipment.RESCUE_AIRCRAFT, Status.UNDER_WAY, 120.0, 10.0),
)

receptions = st.builds(
    lambda horizon_m, share, best: Reception(horizon_m=horizon_m, sure_m=share * horizon_m, best_ratio=best),
    st.floats(1000.0, 100_000.0),
    st.floats(0.0, 1.0),
    st.floats(0.0, 1.0),
)


@pytest.mark.parametrize(("equipment", "status", "speed_kn", "seconds"), TABLE)
def test_intervals_are_those_of_the_recommendation(
    equipment: Equipment, status: Status, speed_kn: float, seconds: float
) -> None:
    assert interval_ms(equipment, speed_kn * KNOT_MPS, status) == int(seconds * 1000)


@given(st.sampled_from(Equipment), st.sampled_from(Status), st.floats(0.0, 200.0), st.floats(0.0, 200.0))
def test_who_is_faster_never_reports_less_often(
    equipment: Equipment, status: Status, one_mps: float, other_mps: float
) -> None:
    slow, fast = sorted((one_mps, other_mps))
    assert interval_ms(equipment, fast, status) <= interval_ms(equipment, slow, status)


@given(waters().flatmap(tracks), st.sampled_from(Equipment), st.floats(0.0, 1.0, exclude_max=True))
def test_reports_come_on_the_track_and_no_farther_apart_than_the_longer_interval(
    legs: tuple[Leg, ...], equipment: Equipment, draw: float
) -> None:
    found = list(itertools.islice(reports_ms(legs, equipment, draw), 2000))
    assert all(legs[0].start_ms <= time_ms < legs[-1].end_ms for time_ms in found)
    longest = max(interval_ms(equipment, speed_mps(leg), Status.MOORED) for leg in legs)
    longest = max(longest, *(interval_ms(equipment, speed_mps(leg)) for leg in legs))
    for one, other in itertools.pairwise(found):
        assert 2000 <= other - one <= longest
    if len(found) < 2000:
        assert legs[-1].end_ms - (found[-1] if found else legs[0].start_ms) <= longest + 1


def test_an_hour_at_twenty_knots_has_six_hundred_reports_and_an_hour_at_anchor_twenty() -> None:
    here = Position(lat_deg=40.0, lon_deg=135.0)
    run = legs_at_speed((here, Position(lat_deg=41.0, lon_deg=135.0)), 0, 20.0 * KNOT_MPS)
    assert sum(time_ms < HOUR_MS for time_ms in reports_ms(run, Equipment.CLASS_A, 0.5)) == 600
    assert sum(1 for _ in reports_ms((hold(here, Window(start_ms=0, end_ms=HOUR_MS)),), Equipment.CLASS_A, 0.5)) == 20


def test_getting_under_way_brings_the_next_report_forward() -> None:
    here = Position(lat_deg=40.0, lon_deg=135.0)
    anchored = hold(here, Window(start_ms=0, end_ms=60_000))
    run = legs_at_speed((here, Position(lat_deg=40.1, lon_deg=135.0)), 60_000, 10.0 * KNOT_MPS)
    assert list(itertools.islice(reports_ms((anchored, *run), Equipment.CLASS_A, 0.0), 3)) == [60_000, 70_000, 80_000]


@given(receptions, st.floats(0.0, 200_000.0), st.floats(0.0, 200_000.0))
def test_a_farther_report_is_never_likelier_to_be_heard(reception: Reception, one_m: float, other_m: float) -> None:
    near, far = sorted((one_m, other_m))
    assert 0.0 <= reception.report_ratio(far) <= reception.report_ratio(near) <= reception.best_ratio
    assert reception.report_ratio(reception.horizon_m) == 0.0


@given(receptions, st.lists(st.floats(0.0, 150_000.0), max_size=30), st.floats(0.0, 1.0, exclude_max=True))
def test_the_first_report_heard_is_where_the_chance_passes_the_draw(
    reception: Reception, ranges_m: list[float], draw: float
) -> None:
    found = first_heard_ms(reception, enumerate(ranges_m), draw)
    if found is None:
        assert heard_ratio(reception, ranges_m) <= draw + 1e-12
    else:
        assert heard_ratio(reception, ranges_m[: found + 1]) > draw - 1e-12
        assert heard_ratio(reception, ranges_m[:found]) <= draw + 1e-12


def test_drawn_receptions_agree_with_the_closed_form() -> None:
    reception = Reception(horizon_m=40_000.0, sure_m=20_000.0, best_ratio=0.9)
    ranges_m = [39_000.0, 38_000.0, 37_000.0, 36_000.0]
    stream = np.random.default_rng(11)
    found = [first_heard_ms(reception, enumerate(ranges_m), float(draw)) for draw in stream.random(RUNS)]
    shares = [0.045, 0.09, 0.135, 0.18]
    for number, share in enumerate(shares):
        before = math.prod(1.0 - other for other in shares[:number])
        assert agrees(found.count(number), before * share)
    assert agrees(found.count(None), math.prod(1.0 - share for share in shares))


def test_two_ships_hear_each_other_to_their_radio_horizon() -> None:
    reception = Reception.between(20.0, 15.0)
    assert reception.horizon_m == radio_range_m(20.0, 15.0)
    assert reception.report_ratio(1000.0) == 0.95


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ModelError, match="speed_mps is -1"):
        interval_ms(Equipment.CLASS_A, -1.0)
    with pytest.raises(ModelError, match="sure_m as part of horizon_m is 2"):
        Reception(horizon_m=10.0, sure_m=20.0, best_ratio=1.0)
    with pytest.raises(ModelError, match="horizon_m is 0"):
        Reception.between(0.0, 0.0)
