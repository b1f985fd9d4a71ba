"""At an assembly every ship comes to a station of its own and reports."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serial_cases import (
    HERE,
    assert_keeps_the_laws,
    briefing_of,
    exercise_of,
    rehearsed,
)
from waterspace.domain import Hazard, SerialStatus
from waterspace.geometry.footprints import contains
from waterspace.geometry.geodesic import bearing_deg, distance_m
from waterspace.quantity import KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.serials.assembly import SERIAL_TYPE, AssemblyParameters

kinds = st.sampled_from(("frigate", "tanker", "submarine", "helicopter"))


@settings(deadline=None)
@given(
    guides=st.lists(st.just("frigate"), max_size=1),
    others=st.lists(kinds, max_size=9),
    spacing_m=st.floats(500.0, 4000.0),
    approach_m=st.floats(0.0, 20_000.0),
)
def test_an_assembly_keeps_the_laws_of_every_serial(
    guides: list[str], others: list[str], spacing_m: float, approach_m: float
) -> None:
    asked = AssemblyParameters(spacing_m=spacing_m, approach_m=approach_m)
    briefing = briefing_of(exercise_of("assembly", {"guide": guides, "units": others}, asked))
    plan = SERIAL_TYPE.plan(briefing)
    assert_keeps_the_laws(briefing, plan, spacing_m)
    for claim in SERIAL_TYPE.reservations(briefing, plan):
        assert all(contains(claim.footprint, legs[-1].end) for legs in plan.values())


def test_the_guide_has_the_middle_and_the_others_the_side_they_come_from() -> None:
    exercise = exercise_of("assembly", {"guide": ["frigate"], "units": ["frigate", "tanker", "frigate"]})
    plan = SERIAL_TYPE.plan(briefing_of(exercise))
    assert plan["guide1"][-1].end == HERE
    stations_deg = {unit: bearing_deg(HERE, legs[-1].end) for unit, legs in plan.items() if unit != "guide1"}
    assert sorted(stations_deg, key=stations_deg.__getitem__) == ["units1", "units2", "units3"]
    for legs in plan.values():
        assert distance_m(HERE, legs[0].start) - distance_m(HERE, legs[-1].end) == pytest.approx(9260.0, abs=1.0)


def test_it_takes_the_approach_of_the_slowest_and_the_time_to_settle() -> None:
    exercise = exercise_of("assembly", {"units": ["frigate", "tanker"]}, duration_ms=None)
    expected_ms = 5.0 * NAUTICAL_MILE_M / (12.0 * KNOT_MPS) * 1000.0 + 30 * MINUTE_MS
    assert SERIAL_TYPE.duration_ms(exercise, exercise.serials["S1"]) == pytest.approx(expected_ms, abs=2.0)
    nothing = exercise_of("assembly", {"units": []}, AssemblyParameters(settling_ms=0), duration_ms=None)
    assert SERIAL_TYPE.duration_ms(nothing, nothing.serials["S1"]) is None


def test_embarked_aircraft_stay_with_their_ships_and_without_an_area_nobody_is_placed() -> None:
    assert set(SERIAL_TYPE.plan(briefing_of(exercise_of("assembly", {"units": ["frigate", "helicopter"]})))) == {
        "units1"
    }
    lost = briefing_of(exercise_of("assembly", {"units": ["frigate"]}, area=None))
    assert SERIAL_TYPE.plan(lost) == {}
    assert SERIAL_TYPE.reservations(lost, {}) == ()


def test_the_claim_is_no_danger() -> None:
    briefing = briefing_of(exercise_of("assembly", {"units": ["frigate"] * 3}))
    assert [claim.hazard for claim in SERIAL_TYPE.reservations(briefing, {})] == [Hazard.NONE]


def test_in_a_run_every_ship_reports_ready_and_the_last_report_makes_the_assembly() -> None:
    run = rehearsed(exercise_of("assembly", {"guide": ["frigate"], "units": ["frigate", "tanker", "submarine"]}))
    assert run.record.status is SerialStatus.COMPLETED
    assert run.value("ready_count") == 4.0
    assert run.value("ready_ratio") == 1.0
    assert run.record.actual is not None
    last_ms = max(event.time_ms for event in run.kinds("assembly.ready"))
    assert run.value("assembled_ms") == last_ms - run.record.actual.start_ms


def test_a_ship_that_never_reports_leaves_the_assembly_unfinished() -> None:
    exercise = exercise_of("assembly", {"units": ["frigate", "tanker"]}, AssemblyParameters(reporting_ms=0))
    briefing = briefing_of(exercise)
    run = rehearsed(exercise)
    partial = tuple(event for event in run.events if event.unit != "units2")
    names = {measure.name for measure in SERIAL_TYPE.measures(briefing, run.record, partial, {})}
    assert names == {"ready_count", "ready_ratio", "on_station_count", "reporting_ms"}


def test_the_time_to_report_is_drawn_anew_with_each_seed_and_alike_with_the_same() -> None:
    exercise = exercise_of("assembly", {"units": ["frigate", "tanker"]})
    assert rehearsed(exercise, 1).digest == rehearsed(exercise, 1).digest
    assert rehearsed(exercise, 1).value("assembled_ms") != rehearsed(exercise, 2).value("assembled_ms")


def test_when_all_were_there_and_how_long_they_took_to_report_is_measured() -> None:
    run = rehearsed(exercise_of("assembly", {"guide": ["frigate"], "units": ["frigate", "tanker"]}))
    there = {event.unit: event.time_ms for event in run.kinds("assembly.on_station")}
    ready = {event.unit: event.time_ms for event in run.kinds("assembly.ready")}
    assert run.record.actual is not None
    assert run.value("gathered_ms") == max(there.values()) - run.record.actual.start_ms
    assert run.value("reporting_ms") == pytest.approx(sum(ready[unit] - there[unit] for unit in there) / 3)
