"""Aircraft of an air escort stay about their group, each at its own height, until the end or until they must go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serial_cases import (
    HERE,
    START_MS,
    assert_keeps_the_laws,
    briefing_of,
    exercise_of,
    rehearsed,
)
from waterspace import planfile
from waterspace.domain import (
    Circle,
    Corridor,
    Event,
    Exercise,
    Hazard,
    MovingBox,
    OutsideEvent,
    OutsideKind,
    SerialStatus,
)
from waterspace.engine import Outcome, rehearse
from waterspace.geometry.footprints import contains
from waterspace.geometry.geodesic import bearing_deg, destination, distance_m, route_length_m
from waterspace.geometry.legs import position_at
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.serials import air_escort
from waterspace.serials.air_escort import SERIAL_TYPE, AirEscortParameters

ROUTE = (HERE, destination(HERE, 45.0, 25.0 * NAUTICAL_MILE_M))
ROLES = {"fighters": ["fighter", "fighter"], "early_warning": ["helicopter"], "escorted": ["frigate", "tanker"]}
SOUND = AirEscortParameters(abort_ratio=0.0)

aircraft = st.lists(st.sampled_from(("fighter", "helicopter")), max_size=3)


@st.composite
def parameters(draw: st.DrawFn) -> AirEscortParameters:
    corner = destination(HERE, 20.0, draw(st.floats(5000.0, 30_000.0)))
    moving = draw(st.booleans())
    return AirEscortParameters(
        route=(HERE, corner, destination(corner, 50.0, 20_000.0)) if moving else (),
        speed_mps=draw(st.none() | st.floats(2.0, 6.0)),
        axis_deg=draw(st.none() | st.floats(0.0, 360.0)),
        station_range_m=draw(st.floats(0.0, 40_000.0)),
        length_m=draw(st.floats(5000.0, 40_000.0)),
        width_m=draw(st.floats(2000.0, 10_000.0)),
    )


@settings(deadline=None, max_examples=25)
@given(
    fighters=aircraft,
    watchers=aircraft,
    ships=st.lists(st.sampled_from(("frigate", "tanker")), max_size=3),
    asked=parameters(),
)
def test_an_air_escort_keeps_the_laws_of_every_serial(
    fighters: list[str], watchers: list[str], ships: list[str], asked: AirEscortParameters
) -> None:
    roles = {"fighters": fighters, "early_warning": watchers, "escorted": ships}
    briefing = briefing_of(exercise_of("air_escort", roles, asked, duration_ms=3 * HOUR_MS))
    plan = SERIAL_TYPE.plan(briefing)
    assert set(plan) == set(briefing.units())
    assert_keeps_the_laws(briefing, plan)
    for claim in SERIAL_TYPE.reservations(briefing, plan):
        if claim.hazard is Hazard.FLYING and isinstance(claim.footprint, Circle):
            flown = [legs for unit, legs in plan.items() if not unit.startswith("escorted")]
            assert all(contains(claim.footprint, leg.start) for legs in flown for leg in legs)
            assert all(claim.band.floor_m < legs[0].height_m < claim.band.ceiling_m for legs in flown)


def test_fighters_are_towards_the_direction_that_is_watched_and_early_warning_is_on_the_far_side() -> None:
    asked = AirEscortParameters(axis_deg=120.0)
    plan = SERIAL_TYPE.plan(briefing_of(exercise_of("air_escort", ROLES, asked)))
    for time_ms in range(START_MS, START_MS + HOUR_MS, 7 * MINUTE_MS):
        for unit, towards_deg in (("fighters1", 60.0), ("fighters2", 180.0), ("early_warning1", 300.0)):
            place = position_at(plan[unit], time_ms)
            off_deg = (bearing_deg(HERE, place) - towards_deg + 180.0) % 360.0 - 180.0
            assert abs(off_deg) < 75.0
            assert distance_m(HERE, place) < 27.0 * NAUTICAL_MILE_M
    assert len({legs[0].height_m for unit, legs in plan.items() if not unit.startswith("escorted")}) == 3


def test_racetracks_go_with_a_group_under_way_and_watch_ahead_of_it() -> None:
    asked = AirEscortParameters(route=ROUTE, abort_ratio=0.0)
    briefing = briefing_of(exercise_of("air_escort", ROLES, asked))
    plan = SERIAL_TYPE.plan(briefing)
    for time_ms in range(START_MS, START_MS + 4 * HOUR_MS, 11 * MINUTE_MS):
        lead = position_at(plan["escorted1"], time_ms)
        assert distance_m(lead, position_at(plan["fighters1"], time_ms)) < 28.0 * NAUTICAL_MILE_M
    flying, group = SERIAL_TYPE.reservations(briefing, plan)
    assert isinstance(flying.footprint, MovingBox)
    assert isinstance(group.footprint, MovingBox)
    assert (flying.hazard, group.hazard) == (Hazard.FLYING, Hazard.NONE)


def test_it_takes_as_long_as_its_ships_need_for_the_route() -> None:
    exercise = exercise_of("air_escort", ROLES, AirEscortParameters(route=ROUTE), duration_ms=None)
    duration_ms = SERIAL_TYPE.duration_ms(exercise, exercise.serials["S1"])
    assert duration_ms == pytest.approx(route_length_m(ROUTE) / (12.0 * KNOT_MPS) * 1000.0, abs=2.0)
    for roles, asked in ((ROLES, AirEscortParameters()), ({"fighters": ["fighter"]}, AirEscortParameters(route=ROUTE))):
        exercise = exercise_of("air_escort", roles, asked, duration_ms=None)
        assert SERIAL_TYPE.duration_ms(exercise, exercise.serials["S1"]) is None
    assert SERIAL_TYPE.needs(AirEscortParameters()).area
    assert not SERIAL_TYPE.needs(AirEscortParameters(route=ROUTE)).area


def test_a_corridor_is_a_route_and_without_a_route_or_an_area_nobody_is_placed() -> None:
    corridor = Corridor(waypoints=ROUTE, half_width_m=2000.0)
    plan = SERIAL_TYPE.plan(briefing_of(exercise_of("air_escort", ROLES, area=corridor)))
    assert plan["escorted1"][-1].end == ROUTE[-1]
    lost = briefing_of(exercise_of("air_escort", ROLES, area=None))
    assert SERIAL_TYPE.plan(lost) == {}
    assert SERIAL_TYPE.reservations(lost, {}) == ()


def test_sound_aircraft_stay_to_the_end() -> None:
    run = rehearsed(exercise_of("air_escort", ROLES, SOUND))
    assert run.record.status is SerialStatus.COMPLETED
    assert run.record.actual == run.record.planned
    assert (run.value("covered_ratio"), run.value("on_station_ratio")) == (1.0, 1.0)
    assert run.value("left_early_count") == 0.0


def test_aircraft_that_leave_early_are_missed_and_fly_towards_their_base() -> None:
    exercise = exercise_of("air_escort", ROLES, replace(SOUND, abort_ratio=1.0))
    run = rehearsed(exercise)
    assert run.record.actual == run.record.planned
    assert run.value("left_early_count") == 3.0
    assert run.value("covered_ratio") < 1.0
    for event in run.kinds("air_escort.left"):
        home = exercise.units[event.unit].home
        assert home is not None
        assert event.position is not None
        after = position_at(run.tracks[event.unit], event.time_ms + 2 * MINUTE_MS)
        assert distance_m(after, home) < distance_m(event.position, home)


def test_aircraft_without_a_base_or_with_a_lost_one_leave_and_stay_near() -> None:
    exercise = exercise_of("air_escort", {"fighters": ["fighter", "helicopter", "helicopter"], "escorted": ["frigate"]})
    units = dict(exercise.units)
    units["fighters1"] = replace(units["fighters1"], home=None, start=HERE)
    units["fighters2"] = replace(units["fighters2"], home=None, start=HERE, home_unit="nowhere")
    units["fighters3"] = replace(units["fighters3"], home=None, home_unit="escorted1")
    serial = replace(exercise.serials["S1"], parameters=replace(SOUND, abort_ratio=1.0))
    run = rehearsed(replace(exercise, units=units, serials={"S1": serial}))
    assert run.value("left_early_count") == 3.0
    assert run.record.status is SerialStatus.COMPLETED


def test_the_cover_of_two_fighters_is_counted_once() -> None:
    exercise = exercise_of("air_escort", {"fighters": ["fighter", "fighter"]})
    briefing = briefing_of(exercise)
    minutes = {"fighters1": (0, 60), "fighters2": (30, 120)}
    events = tuple(
        Event(sequence=0, time_ms=START_MS + minute * MINUTE_MS, kind=kind, text="", unit=unit, data={"early_ms": 1})
        for unit, span in minutes.items()
        for kind, minute in zip(("air_escort.on_station", "air_escort.left"), span, strict=True)
    )
    record = rehearsed(exercise).record
    values = {measure.name: measure.value for measure in SERIAL_TYPE.measures(briefing, record, events, {})}
    assert values["covered_ratio"] == pytest.approx(0.5)
    assert values["on_station_ratio"] == pytest.approx(150 / 480)


def test_with_nobody_to_ask_nothing_is_said_of_time_on_station() -> None:
    exercise = exercise_of("air_escort", {"escorted": ["frigate"]})
    run = rehearsed(exercise)
    assert {measure.name for measure in run.measures} == {"left_early_count", "covered_ratio"}


def test_an_aircraft_in_reserve_takes_the_station_of_a_fighter_whose_time_is_up() -> None:
    given_ = replace(SOUND, time_on_station_ms=HOUR_MS)
    exercise = exercise_of("air_escort", {"fighters": ["fighter"], "reserve": ["fighter", "fighter"]}, given_)
    run = rehearsed(exercise)
    left = {event.unit: event.time_ms for event in run.kinds("air_escort.left")}
    came = {event.unit: event.time_ms for event in run.kinds("air_escort.on_station")}
    assert left["fighters1"] == START_MS + HOUR_MS
    reliefs = [event for event in run.kinds("air_escort.on_station") if "station" in event.data]
    assert [event.unit for event in reliefs] == ["reserve1", "reserve2"]
    assert {event.data["station"] for event in reliefs} == {"fighters1"}
    assert left["fighters1"] < came["reserve1"] < START_MS + HOUR_MS + 10 * MINUTE_MS
    assert left["reserve1"] == came["reserve1"] + HOUR_MS
    plan = SERIAL_TYPE.plan(briefing_of(exercise))
    at_ms = came["reserve1"] + 20 * MINUTE_MS
    assert distance_m(position_at(run.tracks["reserve1"], at_ms), position_at(plan["fighters1"], at_ms)) < 50.0
    first_gap_ms = came["reserve1"] - left["fighters1"]
    second_gap_ms = came["reserve2"] - left["reserve1"]
    uncovered_ms = first_gap_ms + second_gap_ms + (START_MS + 4 * HOUR_MS - left["reserve2"])
    assert run.value("relieved_count") == 2.0
    assert run.value("gaps_count") == 3.0
    assert run.value("covered_ratio") == pytest.approx(1.0 - uncovered_ms / (4 * HOUR_MS))
    assert run.value("longest_gap_ms") == START_MS + 4 * HOUR_MS - left["reserve2"]
    assert run.value("time_on_station_ms") == pytest.approx(HOUR_MS)


def test_a_reserve_that_nobody_needs_stays_in_reserve() -> None:
    run = rehearsed(exercise_of("air_escort", {"fighters": ["fighter"], "reserve": ["fighter"]}, SOUND))
    assert (run.value("relieved_count"), run.value("gaps_count"), run.value("longest_gap_ms")) == (0.0, 0.0, 0.0)
    assert {event.unit for event in run.kinds("air_escort.on_station")} == {"fighters1"}


def test_an_air_escort_that_is_told_to_stop_counts_the_time_until_then() -> None:
    exercise = exercise_of("air_escort", ROLES, SOUND)
    stop = OutsideEvent(at_ms=START_MS + HOUR_MS, kind=OutsideKind.CANCEL, to="S1", text="fog")
    told = [event for event in rehearse(exercise, 1, journal=(stop,)).events if event.kind == "air_escort.left"]
    assert {(event.unit, event.time_ms) for event in told} == {
        (unit, START_MS + HOUR_MS) for unit in ("fighters1", "fighters2", "early_warning1")
    }


def worn_out() -> Exercise:
    """The packaged example, in which something breaks down all the time."""
    example = Path(air_escort.__file__).parent / "examples" / "air_escort.exercise.yaml"
    rates = "breakdowns:\n  ALL: {every: 2 h, repair: 10 min}\n"
    return planfile.loads(example.read_text(encoding="utf-8") + rates)


def test_an_aircraft_in_the_air_whose_serial_is_due_already_goes_on() -> None:
    """With this seed the first pair is repaired in the air after its serial should have begun."""
    exercise = worn_out()
    events = rehearse(exercise, 2).events
    due_ms = exercise.serials["S1"].start_ms
    assert due_ms is not None
    assert any(e.time_ms > due_ms for e in events if e.kind == "unit.repaired" and e.unit == "JET")
    assert events[-1].kind == "run.ended"


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(40))
def test_the_example_runs_to_its_end_however_often_things_break_down(seed: int) -> None:
    assert rehearse(worn_out(), seed).events[-1].kind == "run.ended"


PAIRS = {"fighters": ["fighter", "fighter"], "reserve": ["fighter", "fighter"]}


def losing(asked: AirEscortParameters, *losses: tuple[int, str]) -> Outcome:
    """A run in which units break down for good, minutes after the serial began."""
    journal = [
        OutsideEvent(at_ms=START_MS + minute * MINUTE_MS, kind=OutsideKind.FAILURE, to=unit, text="engine")
        for minute, unit in losses
    ]
    return rehearse(exercise_of("air_escort", PAIRS, asked), 1, journal=journal)


def relieved(outcome: Outcome) -> list[tuple[str, object]]:
    """Who came on whose station in its stead, in order of time."""
    came = [event for event in outcome.events if event.kind == "air_escort.on_station" and "station" in event.data]
    return [(event.unit, event.data["station"]) for event in came]


def test_the_first_in_reserve_stands_in_for_a_fighter_that_is_lost_and_the_next_for_that_one() -> None:
    outcome = losing(SOUND, (60, "fighters1"), (120, "reserve1"))
    assert outcome.records[0].status is SerialStatus.COMPLETED
    assert relieved(outcome) == [("reserve1", "fighters1"), ("reserve2", "fighters1")]
    plan = SERIAL_TYPE.plan(briefing_of(exercise_of("air_escort", PAIRS, SOUND)))
    for unit, minute in (("reserve1", 90), ("reserve2", 200)):
        at_ms = START_MS + minute * MINUTE_MS
        there = position_at(outcome.tracks[unit].legs, at_ms)
        assert distance_m(there, position_at(plan["fighters1"], at_ms)) < 50.0


def test_the_station_of_a_fighter_that_breaks_down_counts_as_left() -> None:
    outcome = losing(SOUND, (60, "fighters1"))
    (left,) = [event for event in outcome.events if event.kind == "air_escort.left" and event.unit == "fighters1"]
    assert left.time_ms == START_MS + HOUR_MS
    assert relieved(outcome) == [("reserve1", "fighters1")]


def test_a_loss_of_one_in_reserve_or_of_nobody_it_knows_calls_nobody() -> None:
    outcome = losing(SOUND, (60, "reserve1"))
    assert relieved(outcome) == []
    assert outcome.records[0].status is SerialStatus.COMPLETED


def test_nobody_comes_by_the_clock_to_a_station_that_another_stands_in_on() -> None:
    asked = replace(SOUND, time_on_station_ms=2 * HOUR_MS)
    usual = dict(relieved(losing(asked)))
    assert sorted(usual) == ["reserve1", "reserve2"]
    lost = str(usual["reserve2"])
    assert relieved(losing(asked, (60, lost))) == [("reserve1", lost)]


def test_without_a_fighter_the_first_in_reserve_is_one() -> None:
    run = rehearsed(exercise_of("air_escort", {"reserve": ["fighter", "fighter"]}, SOUND))
    assert {event.unit for event in run.kinds("air_escort.on_station")} == {"reserve1"}
    assert run.value("covered_ratio") == 1.0
