"""A transit runs its route in column, in the window, no faster than it must."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serial_cases import (
    HERE,
    START_MS,
    assert_apart,
    assert_claims_are_within_the_serial,
    assert_fills_its_window,
    assert_keeps_the_laws,
    assert_within_speed,
    briefing_of,
    exercise_of,
    rehearsed,
)
from waterspace.domain import Corridor, Hazard, Leg, MovingBox, Position, SerialStatus, Window
from waterspace.geometry.geodesic import destination, distance_m, route_length_m
from waterspace.geometry.legs import position_at, speed_mps, total_length_m, trim
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.serials.transit import SERIAL_TYPE, TrackKind, TransitParameters

ROUTE = (HERE, destination(HERE, 45.0, 30.0 * NAUTICAL_MILE_M), destination(HERE, 60.0, 50.0 * NAUTICAL_MILE_M))

casts = st.lists(st.sampled_from(("frigate", "tanker", "submarine", "helicopter", "fighter")), max_size=6)


@st.composite
def parameters(draw: st.DrawFn) -> TransitParameters:
    turn_deg = draw(st.floats(-80.0, 80.0))
    corner = destination(HERE, 200.0, draw(st.floats(10_000.0, 40_000.0)))
    end = destination(corner, 200.0 + turn_deg, draw(st.floats(10_000.0, 40_000.0)))
    return TransitParameters(
        route=(HERE, corner, end),
        speed_mps=draw(st.none() | st.floats(2.0, 7.0)),
        spacing_m=draw(st.floats(750.0, 3000.0)),
        track=draw(st.sampled_from(TrackKind)),
    )


@settings(deadline=None)
@given(kinds=casts, asked=parameters())
def test_a_transit_keeps_the_laws_of_every_serial(kinds: list[str], asked: TransitParameters) -> None:
    briefing = briefing_of(exercise_of("transit", {"units": kinds}, asked, duration_ms=8 * HOUR_MS))
    plan = SERIAL_TYPE.plan(briefing)
    assert set(plan) == set(briefing.units())
    assert_keeps_the_laws(briefing, plan)


@pytest.mark.parametrize("track", list(TrackKind))
def test_the_track_keeps_its_bearing_where_that_is_asked(track: TrackKind) -> None:
    far = Position(lat_deg=HERE.lat_deg, lon_deg=HERE.lon_deg + 6.0)
    asked = TransitParameters(route=(HERE, far), track=track)
    briefing = briefing_of(exercise_of("transit", {"units": ["frigate"]}, asked, duration_ms=24 * HOUR_MS))
    (legs,) = SERIAL_TYPE.plan(briefing).values()
    middle = position_at(legs, START_MS + 12 * HOUR_MS)
    northing_m = (middle.lat_deg - HERE.lat_deg) * 60.0 * NAUTICAL_MILE_M
    assert abs(northing_m) < 1.0 if track is TrackKind.RHUMB_LINE else northing_m > 3000.0
    assert legs[-1].end_ms == START_MS + 24 * HOUR_MS
    speeds = [speed_mps(leg) for leg in legs]
    assert max(speeds) == pytest.approx(min(speeds), rel=1e-3)


def test_it_takes_as_long_as_the_slowest_ship_needs_for_the_route() -> None:
    exercise = exercise_of(
        "transit", {"units": ["frigate", "tanker"]}, TransitParameters(route=ROUTE), duration_ms=None
    )
    duration_ms = SERIAL_TYPE.duration_ms(exercise, exercise.serials["S1"])
    assert duration_ms == pytest.approx(route_length_m(ROUTE) / (12.0 * KNOT_MPS) * 1000.0, abs=2.0)


def test_a_given_speed_says_how_long_it_takes_and_nobody_and_no_route_take_no_known_time() -> None:
    quick = TransitParameters(route=ROUTE, speed_mps=10.0)
    exercise = exercise_of("transit", {"units": []}, quick, duration_ms=None)
    assert SERIAL_TYPE.duration_ms(exercise, exercise.serials["S1"]) == pytest.approx(
        route_length_m(ROUTE) * 100.0, abs=2
    )
    for asked in (TransitParameters(route=ROUTE), TransitParameters(speed_mps=10.0)):
        exercise = exercise_of("transit", {"units": []}, asked, duration_ms=None)
        assert SERIAL_TYPE.duration_ms(exercise, exercise.serials["S1"]) is None


def test_the_leader_ends_on_the_last_waypoint_and_the_next_ship_one_spacing_astern() -> None:
    asked = TransitParameters(route=ROUTE, spacing_m=2000.0)
    plan = SERIAL_TYPE.plan(briefing_of(exercise_of("transit", {"units": ["frigate", "tanker"]}, asked)))
    assert plan["units1"][-1].end == ROUTE[-1]
    assert distance_m(plan["units2"][-1].end, ROUTE[-1]) == pytest.approx(2000.0, abs=1.0)
    assert distance_m(plan["units2"][0].start, ROUTE[0]) == pytest.approx(2000.0, abs=1.0)


@settings(deadline=None)
@given(count=st.integers(1, 6), leaves=st.booleans(), enters=st.booleans(), speed=st.none() | st.floats(2.0, 12.0))
def test_ships_in_column_keep_their_distance_out_of_harbour_and_into_harbour(
    count: int, leaves: bool, enters: bool, speed: float | None
) -> None:
    asked = TransitParameters(
        route=ROUTE, spacing_m=1000.0, speed_mps=speed, leaves_harbour=leaves, enters_harbour=enters
    )
    exercise = exercise_of("transit", {"units": ["frigate"] * count}, asked, duration_ms=9 * HOUR_MS)
    briefing = briefing_of(exercise)
    plan = SERIAL_TYPE.plan(briefing)
    assert_fills_its_window(briefing, plan)
    assert_within_speed(briefing, plan)
    assert_claims_are_within_the_serial(briefing, plan)
    legs = list(plan.values())
    if leaves:
        assert {own[0].start for own in legs} == {ROUTE[0]}
    if enters:
        assert max(distance_m(own[-1].end, ROUTE[-1]) for own in legs) < 1.0
    whole_m = route_length_m(ROUTE)
    for time_ms in range(START_MS, START_MS + 9 * HOUR_MS, 17 * MINUTE_MS):
        runs_m = [_run_m(own, time_ms) for own in legs]
        for place, (ahead_m, astern_m) in enumerate(itertools.pairwise(runs_m)):
            if leaves:
                expected_m = min(max(ahead_m - 1000.0, 0.0), whole_m)
                in_harbour = astern_m == 0.0 or (enters and ahead_m > whole_m - 1.0)
                assert in_harbour or astern_m == pytest.approx(expected_m, abs=2.0), place
    if not leaves and not enters:
        assert_apart(briefing, plan)


def _run_m(legs: Sequence[Leg], time_ms: int) -> float:
    """How far a ship has run."""
    return total_length_m(trim(legs, Window(start_ms=legs[0].start_ms, end_ms=max(time_ms, legs[0].start_ms + 1))))


def test_into_harbour_the_last_ship_is_in_when_the_serial_ends() -> None:
    asked = TransitParameters(route=ROUTE, spacing_m=2000.0, leaves_harbour=True, enters_harbour=True)
    run = rehearsed(exercise_of("transit", {"units": ["frigate"] * 3}, asked))
    arrived = {event.unit: event.time_ms for event in run.kinds("transit.arrived")}
    gap_ms = 2000.0 / (route_length_m(ROUTE) + 4000.0) * 4 * HOUR_MS
    assert arrived["units3"] == START_MS + 4 * HOUR_MS
    assert arrived["units3"] - arrived["units2"] == pytest.approx(gap_ms, abs=2)
    assert run.record.actual == run.record.planned


def test_a_column_longer_than_its_route_stays_where_it_is() -> None:
    asked = TransitParameters(route=ROUTE[:2], spacing_m=60_000.0, leaves_harbour=True)
    plan = SERIAL_TYPE.plan(briefing_of(exercise_of("transit", {"units": ["frigate"] * 2}, asked)))
    assert [leg.is_wait for leg in plan["units2"]] == [True]


def test_a_route_too_long_for_the_window_is_planned_as_fast_as_it_must_be() -> None:
    asked = TransitParameters(route=ROUTE, speed_mps=2.0)
    plan = SERIAL_TYPE.plan(briefing_of(exercise_of("transit", {"units": ["frigate"]}, asked, duration_ms=HOUR_MS)))
    assert speed_mps(plan["units1"][0]) == pytest.approx(route_length_m(ROUTE) / 3600.0, rel=1e-3)


def test_a_ship_at_a_given_speed_waits_at_the_end() -> None:
    asked = TransitParameters(route=ROUTE, speed_mps=12.0)
    legs = SERIAL_TYPE.plan(briefing_of(exercise_of("transit", {"units": ["frigate"]}, asked)))["units1"]
    assert [leg.is_wait for leg in legs] == [False, False, True]


def test_aircraft_that_go_with_ships_cruise_and_aircraft_alone_fly_as_told() -> None:
    asked = TransitParameters(route=ROUTE, speed_mps=40.0)
    alone = SERIAL_TYPE.plan(briefing_of(exercise_of("transit", {"units": ["fighter"]}, asked)))
    assert speed_mps(alone["units1"][0]) == pytest.approx(40.0, rel=1e-3)
    together = SERIAL_TYPE.plan(briefing_of(exercise_of("transit", {"units": ["frigate", "fighter"]}, asked)))
    assert speed_mps(together["units2"][0]) == pytest.approx(430.0 * KNOT_MPS, rel=1e-3)
    assert together["units2"][0].height_m == asked.height_m


def test_a_submarine_runs_at_the_depth_given_and_the_claim_goes_down_to_it() -> None:
    briefing = briefing_of(
        exercise_of("transit", {"units": ["submarine"]}, TransitParameters(route=ROUTE, depth_m=60.0))
    )
    plan = SERIAL_TYPE.plan(briefing)
    assert plan["units1"][0].height_m == -60.0
    assert SERIAL_TYPE.reservations(briefing, plan)[0].band.floor_m <= -60.0


def test_a_corridor_is_a_route_and_without_a_route_nobody_is_placed() -> None:
    corridor = Corridor(waypoints=ROUTE, half_width_m=2000.0)
    plan = SERIAL_TYPE.plan(briefing_of(exercise_of("transit", {"units": ["frigate"]}, area=corridor)))
    assert plan["units1"][-1].end == ROUTE[-1]
    lost = briefing_of(exercise_of("transit", {"units": ["frigate", "helicopter"]}))
    assert SERIAL_TYPE.plan(lost) == {}
    assert SERIAL_TYPE.reservations(lost, {}) == ()
    assert SERIAL_TYPE.needs(TransitParameters()).area
    assert not SERIAL_TYPE.needs(TransitParameters(route=ROUTE)).area


def test_one_waypoint_is_a_place_to_wait() -> None:
    plan = SERIAL_TYPE.plan(
        briefing_of(exercise_of("transit", {"units": ["frigate"]}, TransitParameters(route=(HERE,))))
    )
    assert [leg.is_wait for leg in plan["units1"]] == [True]


def test_the_claim_is_a_box_as_long_as_the_column_and_no_danger() -> None:
    asked = TransitParameters(route=ROUTE, spacing_m=1000.0, clearance_m=500.0)
    briefing = briefing_of(exercise_of("transit", {"units": ["frigate"] * 4}, asked))
    (claim,) = SERIAL_TYPE.reservations(briefing, SERIAL_TYPE.plan(briefing))
    assert isinstance(claim.footprint, MovingBox)
    assert (claim.footprint.ahead_m, claim.footprint.astern_m, claim.hazard) == (500.0, 3500.0, Hazard.NONE)


def test_in_a_run_everyone_arrives_and_the_speed_made_good_is_that_of_the_plan() -> None:
    asked = TransitParameters(route=ROUTE)
    run = rehearsed(exercise_of("transit", {"units": ["frigate", "tanker", "helicopter"]}, asked))
    assert run.record.status is SerialStatus.COMPLETED
    assert run.value("arrived_count") == 3.0
    assert run.value("distance_m") == pytest.approx(route_length_m(ROUTE), rel=1e-3)
    assert run.value("speed_made_good_mps") == pytest.approx(route_length_m(ROUTE) / 14_400.0, rel=1e-3)
    assert position_at(run.tracks["units1"], START_MS + 4 * HOUR_MS) == ROUTE[-1]
