"""Ships that manoeuvre keep their distance from each other, whatever the order and the delay."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serial_cases import (
    START_MS,
    assert_fills_its_window,
    assert_keeps_the_laws,
    briefing_of,
    exercise_of,
    least_separation_m,
    rehearsed,
)
from waterspace.domain import Hazard, OutsideEvent, OutsideKind, SerialStatus
from waterspace.engine import rehearse
from waterspace.geometry.footprints import contains
from waterspace.geometry.geodesic import bearing_deg, distance_m
from waterspace.geometry.legs import position_at, speed_mps
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, YARD_M
from waterspace.serials.manoeuvres import SERIAL_TYPE, ManoeuvreKind, ManoeuvresParameters

ships = st.sampled_from(("frigate", "tanker"))
asked = st.builds(
    ManoeuvresParameters,
    kind=st.sampled_from(tuple(ManoeuvreKind)),
    axis_deg=st.floats(0.0, 360.0),
    speed_mps=st.none() | st.floats(3.0, 7.0),
    spacing_m=st.floats(500.0, 2000.0),
    run_m=st.floats(1000.0, 20_000.0),
    evolution_ms=st.integers(5, 40).map(lambda minutes: minutes * MINUTE_MS),
)


@settings(deadline=None, max_examples=40)
@given(guides=st.lists(ships, max_size=1), others=st.lists(ships, max_size=6), given_=asked)
def test_manoeuvres_keep_the_laws_of_every_serial(
    guides: list[str], others: list[str], given_: ManoeuvresParameters
) -> None:
    briefing = briefing_of(exercise_of("manoeuvres", {"guide": guides, "ships": others}, given_))
    plan = SERIAL_TYPE.plan(briefing)
    assert set(plan) == set(briefing.units())
    assert_keeps_the_laws(briefing, plan, given_.spacing_m * 0.9)
    for claim in SERIAL_TYPE.reservations(briefing, plan):
        assert claim.hazard is Hazard.MANOEUVRE
        for leg in itertools.chain(*plan.values()):
            assert contains(claim.footprint, leg.start)


def test_a_formation_goes_from_column_to_line_of_bearing_to_line_abreast() -> None:
    exercise = exercise_of("manoeuvres", {"guide": ["frigate"], "ships": ["frigate", "frigate"]})
    plan = SERIAL_TYPE.plan(briefing_of(exercise))
    for evolution, expected_deg in ((0, 180.0), (1, 135.0), (2, 90.0), (3, 135.0), (5, 225.0), (6, 270.0)):
        time_ms = START_MS + evolution * 15 * MINUTE_MS
        guide, first, second = (position_at(legs, time_ms) for legs in plan.values())
        assert bearing_deg(guide, first) == pytest.approx(expected_deg, abs=0.1)
        assert bearing_deg(guide, second) == pytest.approx(expected_deg, abs=0.1)
        assert distance_m(guide, second) == pytest.approx(2000.0 * YARD_M, rel=1e-3)


def test_officers_of_the_watch_take_station_one_after_the_other() -> None:
    given_ = ManoeuvresParameters(kind=ManoeuvreKind.OFFICER_OF_THE_WATCH)
    plan = SERIAL_TYPE.plan(
        briefing_of(exercise_of("manoeuvres", {"guide": ["frigate"], "ships": ["frigate"] * 2}, given_))
    )
    evolution_ms = 4 * HOUR_MS / (4 * HOUR_MS // (15 * MINUTE_MS))
    expected = [(180.0, 180.0), (90.0, 180.0), (90.0, 90.0), (0.0, 90.0), (0.0, 0.0), (270.0, 0.0)]
    for evolution, both_deg in enumerate(expected):
        time_ms = START_MS + round(evolution * evolution_ms)
        guide, *others = (position_at(legs, time_ms) for legs in plan.values())
        for other, angle_deg in zip(others, both_deg, strict=True):
            off_deg = (bearing_deg(guide, other) - angle_deg + 180.0) % 360.0 - 180.0
            assert abs(off_deg) < 0.2


def test_an_evolution_takes_longer_where_the_outer_ship_could_not_keep_up() -> None:
    def duration_ms(count: int) -> int | None:
        exercise = exercise_of("manoeuvres", {"ships": ["tanker"] * count}, duration_ms=None)
        return SERIAL_TYPE.duration_ms(exercise, exercise.serials["S1"])

    assert duration_ms(2) == 8 * 15 * MINUTE_MS
    assert (duration_ms(9) or 0) > 8 * 15 * MINUTE_MS
    assert duration_ms(0) is None


def test_a_speed_that_a_ship_cannot_go_is_planned_as_given() -> None:
    given_ = ManoeuvresParameters(speed_mps=20.0 * KNOT_MPS)
    exercise = exercise_of("manoeuvres", {"ships": ["tanker", "frigate"]}, given_)
    plan = SERIAL_TYPE.plan(briefing_of(exercise))
    assert speed_mps(plan["ships1"][0]) == pytest.approx(20.0 * KNOT_MPS, rel=1e-3)


def test_a_window_too_short_for_one_evolution_is_spent_in_column() -> None:
    briefing = briefing_of(exercise_of("manoeuvres", {"ships": ["frigate"] * 3}, duration_ms=10 * MINUTE_MS))
    plan = SERIAL_TYPE.plan(briefing)
    assert_fills_its_window(briefing, plan)
    ends = [legs[-1].end for legs in plan.values()]
    assert bearing_deg(ends[0], ends[2]) == pytest.approx(180.0, abs=0.1)
    run = rehearsed(briefing.exercise)
    assert run.value("evolutions_count") == 0.0


def test_without_an_area_or_a_ship_nobody_is_placed() -> None:
    for exercise in (
        exercise_of("manoeuvres", {"ships": ["frigate"]}, area=None),
        exercise_of("manoeuvres", {"ships": ["helicopter"]}),
    ):
        briefing = briefing_of(exercise)
        assert SERIAL_TYPE.plan(briefing) == {}
        assert SERIAL_TYPE.reservations(briefing, {}) == ()


@pytest.mark.parametrize("kind", ManoeuvreKind)
def test_in_a_run_ships_are_late_by_chance_and_still_keep_their_distance(kind: ManoeuvreKind) -> None:
    given_ = ManoeuvresParameters(kind=kind, reaction_ms=2 * MINUTE_MS)
    exercise = exercise_of("manoeuvres", {"guide": ["frigate"], "ships": ["frigate", "frigate"]}, given_)
    run = rehearsed(exercise)
    assert run.record.status is SerialStatus.COMPLETED
    assert run.record.actual == run.record.planned
    assert run.value("evolutions_count") == 16.0
    assert run.value("time_to_station_ms") > 10 * MINUTE_MS
    assert run.record.actual is not None
    assert least_separation_m(run.tracks, run.record.actual) >= 1000.0 * YARD_M * 0.98
    assert rehearsed(exercise, 2).value("time_to_station_ms") != run.value("time_to_station_ms")


def test_without_delay_the_run_is_the_plan() -> None:
    given_ = ManoeuvresParameters(reaction_ms=0)
    exercise = exercise_of("manoeuvres", {"guide": ["frigate"], "ships": ["frigate", "tanker"]}, given_)
    run = rehearsed(exercise)
    plan = SERIAL_TYPE.plan(briefing_of(exercise))
    for unit, legs in plan.items():
        for leg in legs:
            assert distance_m(position_at(run.tracks[unit], leg.end_ms), leg.end) < 1.0


def test_time_out_of_station_is_the_time_from_each_signal_to_the_new_station() -> None:
    exercise = exercise_of("manoeuvres", {"guide": ["frigate"], "ships": ["frigate", "tanker"]})
    run = rehearsed(exercise)
    done = run.kinds("manoeuvre.on_station")
    away_ms = sum(int(event.data["taken_ms"]) for event in done)
    assert run.record.actual is not None
    span_ms = run.record.actual.end_ms - run.record.actual.start_ms
    assert run.value("out_of_station_ms") == away_ms
    assert run.value("on_station_ratio") == pytest.approx(1.0 - away_ms / (2 * span_ms))
    assert run.value("reaction_ms") == pytest.approx(sum(int(event.data["reaction_ms"]) for event in done) / len(done))
    briefing = briefing_of(exercise)
    sampled_m = least_separation_m(run.tracks, briefing.window, steps=4_000)
    assert run.value("least_range_m") == pytest.approx(sampled_m, abs=5.0)


def test_a_ship_told_to_stop_between_stations_counts_the_time_out_of_station() -> None:
    exercise = exercise_of("manoeuvres", {"guide": ["frigate"], "ships": ["frigate"]})
    first = rehearsed(exercise).kinds("manoeuvre.on_station")[0]
    stop = OutsideEvent(at_ms=first.time_ms - MINUTE_MS, kind=OutsideKind.CANCEL, to="S1", text="fog")
    (told,) = [e for e in rehearse(exercise, 1, journal=(stop,)).events if e.kind == "manoeuvre.broken_off"]
    assert told.data["taken_ms"] == int(first.data["taken_ms"]) - MINUTE_MS
