"""A station keeps its bearing and range from its guide, and a unit gets to it as soon as its speed allows."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import bearings, tracks, waters
from waterspace.domain import BearingFrom, Leg, Position, Window
from waterspace.geometry.geodesic import bearing_deg, destination, distance_m
from waterspace.geometry.legs import hold, legs_at_speed, position_at, speed_mps
from waterspace.geometry.stationing import Station, keep_station, station_legs
from waterspace.quantity import HOUR_MS, KNOT_MPS, NAUTICAL_MILE_M, SECOND_MS

HERE = Position(lat_deg=39.8, lon_deg=133.2)
TOP_MPS = 24.0 * KNOT_MPS
STATION = Station(bearing_deg=135.0, range_m=2000.0)


def whole(legs: tuple[Leg, ...]) -> bool:
    return all(a.end_ms == b.start_ms and a.end == b.start for a, b in itertools.pairwise(legs))


def span(legs: tuple[Leg, ...], after_ms: int = 0) -> Window:
    return Window(start_ms=legs[0].start_ms, end_ms=legs[-1].end_ms + after_ms)


@given(waters(), bearings(), bearings(), st.floats(200.0, 20_000.0), st.floats(1.0, 500.0))
def test_a_station_by_true_bearing_is_right_to_a_metre_on_legs_of_up_to_500_miles(
    start: Position, course: float, bearing: float, range_m: float, miles: float
) -> None:
    if abs(start.lat_deg) > 89.0:
        start = Position(lat_deg=80.0, lon_deg=start.lon_deg)
        miles = min(miles, 300.0)
    guide = legs_at_speed((start, destination(start, course, miles * NAUTICAL_MILE_M)), 0, 8.0)
    legs = station_legs(guide, span(guide), Station(bearing_deg=bearing, range_m=range_m))
    for share in (0.0, 0.1, 0.37, 0.5, 0.81, 1.0):
        time_ms = round(share * guide[-1].end_ms)
        expected = destination(position_at(guide, time_ms), bearing, range_m)
        assert distance_m(position_at(legs, time_ms), expected) <= 1.0


@given(bearings(), st.floats(0.0, 359.0))
def test_a_station_on_the_bow_swings_with_the_course(course: float, bearing: float) -> None:
    guide = legs_at_speed((HERE, destination(HERE, course, 9000.0)), 0, 8.0)
    legs = station_legs(
        guide, span(guide, HOUR_MS), Station(bearing_deg=bearing, range_m=900.0, bearing_from=BearingFrom.BOW)
    )
    assert distance_m(legs[0].start, destination(HERE, course + bearing, 900.0)) < 0.1
    end = guide[-1].end
    assert distance_m(legs[-1].end, destination(end, bearing_deg(end, HERE) + 180.0 + bearing, 900.0)) < 0.1


@given(waters().flatmap(tracks), bearings(), st.sampled_from(BearingFrom), st.floats(5.0, 25.0))
def test_a_unit_never_exceeds_its_speed_and_is_on_station_except_when_it_says_that_it_is_off(
    guide: tuple[Leg, ...], bearing: float, bearing_from: BearingFrom, top_mps: float
) -> None:
    legs = station_legs(
        guide, span(guide, HOUR_MS), Station(bearing_deg=bearing, range_m=1500.0, bearing_from=bearing_from)
    )
    here = destination(guide[0].start, 10.0, 6000.0)
    keeping = keep_station(here, top_mps, legs)
    assert whole(keeping.legs)
    assert (keeping.legs[0].start_ms, keeping.legs[-1].end_ms) == (legs[0].start_ms, legs[-1].end_ms)
    assert keeping.legs[0].start == here
    for leg in keeping.legs:
        assert distance_m(leg.start, leg.end) <= top_mps * leg.duration_ms / SECOND_MS * 1.0001 + 2.1
    for time_ms in range(legs[0].start_ms, legs[-1].end_ms, 61 * SECOND_MS):
        off_m = distance_m(position_at(keeping.legs, time_ms), position_at(legs, time_ms))
        away = any(
            absence.start_ms <= time_ms and (absence.end_ms is None or time_ms <= absence.end_ms)
            for absence in keeping.absences
        )
        assert away or off_m <= 2.5


def test_a_unit_takes_its_station_as_soon_as_it_can_and_stays_on_it() -> None:
    guide = legs_at_speed((HERE, destination(HERE, 0.0, 20_000.0)), 0, 12.0 * KNOT_MPS)
    legs = station_legs(guide, span(guide), STATION)
    keeping = keep_station(destination(legs[0].start, 180.0, 5000.0), TOP_MPS, legs)
    (absence,) = keeping.absences
    assert absence.end_ms == pytest.approx(5000.0 / (12.0 * KNOT_MPS) * SECOND_MS, rel=0.002)
    assert absence.gap_m == pytest.approx(5000.0, abs=1.0)
    assert speed_mps(keeping.legs[0]) == pytest.approx(TOP_MPS, rel=0.001)


def test_a_station_that_is_too_fast_is_lost_and_taken_again_when_the_guide_slows() -> None:
    far = destination(HERE, 90.0, 20_000.0)
    fast = legs_at_speed((HERE, far), 0, 2.0 * TOP_MPS)
    guide = (*fast, hold(far, Window(start_ms=fast[-1].end_ms, end_ms=HOUR_MS)))
    legs = station_legs(guide, span(guide), STATION)
    keeping = keep_station(legs[0].start, TOP_MPS, legs)
    (absence,) = keeping.absences
    assert absence.start_ms == 0
    assert absence.end_ms == pytest.approx(20_000.0 / TOP_MPS * SECOND_MS, rel=0.001)
    assert absence.gap_m == pytest.approx(10_000.0, rel=0.01)


def test_a_station_that_is_never_reached_is_made_for_all_the_same() -> None:
    guide = legs_at_speed((HERE, destination(HERE, 90.0, 90_000.0)), 0, 2.0 * TOP_MPS)
    legs = station_legs(guide, span(guide), STATION)
    keeping = keep_station(legs[0].start, TOP_MPS, legs)
    assert [absence.end_ms for absence in keeping.absences] == [None]
    assert distance_m(keeping.legs[0].start, keeping.legs[-1].end) == pytest.approx(45_000.0, rel=0.01)
