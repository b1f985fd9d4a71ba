"""The serial type replenishment: one receiver after the other alongside a ship on a steady course."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement import agrees
from small_exercise import (
    BAY,
    START_MS,
    assert_keeps_its_promises,
    assert_stays_in_box,
    briefing_of,
    measures_of,
    one_serial,
    play,
    value,
)
from waterspace.domain import Exercise, Hazard, MovingBox, OutsideEvent, OutsideKind
from waterspace.engine import rehearse
from waterspace.geometry.approach import closest_approach
from waterspace.geometry.geodesic import bearing_deg, distance_m
from waterspace.geometry.legs import position_at, speed_mps, trim
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS
from waterspace.serials import registry
from waterspace.serials.measuring.spans import least_apart_m
from waterspace.serials.replenishment import ReplenishmentParameters

TYPE = registry.get("replenishment")


def replenishment(
    receivers: int = 3, parameters: ReplenishmentParameters | None = None, hours: float | None = None
) -> Exercise:
    units = {"supply": {"T": "tanker"}, "receiving": {f"R{n}": "frigate" for n in range(receivers)}}
    return one_serial("replenishment", units, parameters, hours=hours)


@settings(max_examples=60, deadline=None)
@given(
    receivers=st.integers(1, 5),
    course_deg=st.floats(0.0, 360.0),
    speed=st.floats(1.0, 15.0),
    separation_m=st.floats(20.0, 200.0),
    closing=st.floats(0.5, 5.0),
    transfer_ms=st.integers(0, 2 * HOUR_MS),
    hours=st.none() | st.floats(0.01, 12.0),
)
def test_ships_fill_the_window_within_speed_and_only_the_one_alongside_is_close(
    *,
    receivers: int,
    course_deg: float,
    speed: float,
    separation_m: float,
    closing: float,
    transfer_ms: int,
    hours: float | None,
) -> None:
    given_ = ReplenishmentParameters(
        course_deg=course_deg,
        speed_mps=speed,
        separation_m=separation_m,
        closing_speed_mps=closing,
        transfer_ms=transfer_ms,
    )
    briefing = briefing_of(replenishment(receivers, given_, hours))
    plan = assert_keeps_its_promises(briefing)
    assert set(plan) == {"T", *(f"R{n}" for n in range(receivers))}
    for one, other in itertools.combinations(plan, 2):
        nearest = closest_approach(plan[one], plan[other])
        assert nearest is not None
        assert nearest[1] >= (separation_m if one == "T" else 500.0) - 1.0, (one, other)
    (claim,) = TYPE.reservations(briefing, plan)
    assert isinstance(claim.footprint, MovingBox)
    for legs in plan.values():
        assert_stays_in_box(legs, claim.footprint)


def test_a_receiver_lies_at_its_separation_on_the_starboard_side_while_it_receives() -> None:
    given_ = ReplenishmentParameters(course_deg=70.0, separation_m=55.0)
    briefing = briefing_of(replenishment(1, given_))
    plan = TYPE.plan(briefing)
    for minute in range(12, 80):
        then_ms = START_MS + minute * MINUTE_MS
        supply, receiver = position_at(plan["T"], then_ms), position_at(plan["R0"], then_ms)
        assert distance_m(supply, receiver) == pytest.approx(55.0, abs=0.5)
        assert bearing_deg(supply, receiver) == pytest.approx(160.0, abs=1.0)


def test_the_supply_ship_keeps_course_and_speed_through_the_middle_of_the_area() -> None:
    briefing = briefing_of(replenishment(2, ReplenishmentParameters(course_deg=45.0)))
    (leg,) = TYPE.plan(briefing)["T"]
    assert speed_mps(leg) == pytest.approx(12.0 * KNOT_MPS, rel=1e-6)
    middle = position_at((leg,), (leg.start_ms + leg.end_ms) // 2)
    assert distance_m(middle, BAY.centre) < 1.0


def test_the_supply_ship_slows_down_for_a_receiver_that_could_not_close() -> None:
    units = {"supply": {"T": "frigate"}, "receiving": {"R0": "tanker"}}
    exercise = one_serial("replenishment", units, ReplenishmentParameters(speed_mps=18.0 * KNOT_MPS))
    (leg,) = TYPE.plan(briefing_of(exercise))["T"]
    assert speed_mps(leg) == pytest.approx(15.0 * KNOT_MPS, rel=1e-3)
    assert_keeps_its_promises(briefing_of(exercise))


def test_those_whose_transfer_ends_in_time_are_replenished() -> None:
    turn_ms = TYPE.duration_ms(exercise := replenishment(1), exercise.serials["S1"])
    assert turn_ms is not None
    assert turn_ms / MINUTE_MS == pytest.approx(9.2 + 15 + 60 + 12, abs=0.5)
    assert TYPE.replenished(briefing_of(replenishment(3))) == ("R0", "R1", "R2")
    assert TYPE.replenished(briefing_of(replenishment(3, hours=4.0))) == ("R0", "R1")
    assert TYPE.replenished(briefing_of(replenishment(3, hours=1.0))) == ()
    assert registry.get("transit").replenished(briefing_of(replenishment())) == ()


def test_every_step_alongside_is_reported_in_order() -> None:
    exercise = replenishment(2)
    outcome = play(exercise)
    steps = ["closing", "alongside", "connected", "complete", "clear"]
    for unit in ("R0", "R1"):
        log = [event for event in outcome.events if event.unit == unit and event.kind.startswith("replenishment.")]
        assert [event.kind.removeprefix("replenishment.") for event in log] == steps
        times_ms = [event.time_ms for event in log]
        assert times_ms == sorted(times_ms)
        assert times_ms[3] - times_ms[2] == HOUR_MS
    measures = measures_of(exercise, outcome)
    assert value(measures, "replenished_count") == 2.0
    assert value(measures, "replenished_ratio") == 1.0
    assert value(measures, "transfer_ms") == 2 * HOUR_MS
    assert value(measures, "alongside_ms") == pytest.approx(2 * (15 + 60 + 12) * MINUTE_MS, abs=MINUTE_MS)


def test_what_the_time_does_not_allow_is_not_reported() -> None:
    exercise = replenishment(2, hours=2.0)
    outcome = play(exercise)
    complete = [event.unit for event in outcome.events if event.kind == "replenishment.complete"]
    assert complete == ["R0"]
    assert tuple(complete) == TYPE.replenished(briefing_of(exercise))
    assert value(measures_of(exercise, outcome), "replenished_ratio") == 0.5
    assert play(exercise).digest == outcome.digest


def test_the_box_moves_with_the_supply_ship_and_is_no_place_for_others() -> None:
    briefing = briefing_of(replenishment())
    plan = TYPE.plan(briefing)
    (claim,) = TYPE.reservations(briefing, plan)
    assert claim.hazard is Hazard.MANOEUVRE
    assert isinstance(claim.footprint, MovingBox)
    assert claim.footprint.legs == plan["T"]


def test_the_limit_of_sea_state_is_the_planners() -> None:
    assert TYPE.needs(ReplenishmentParameters(sea_state_limit=3)).sea_state_max == 3


@pytest.mark.parametrize("missing", ["area", "supply", "receiving", "everybody"])
def test_what_is_missing_leaves_units_out_and_never_stops_the_run(missing: str) -> None:
    units = {"supply": {"T": "tanker"}, "receiving": {"R0": "frigate"}}
    for role in units:
        if missing in {role, "everybody"}:
            units[role] = {}
    exercise = one_serial("replenishment", units, footprint=None if missing == "area" else BAY, hours=3.0)
    briefing = briefing_of(exercise)
    assert set(assert_keeps_its_promises(briefing)) == ({"T"} if missing == "receiving" else set())
    assert TYPE.replenished(briefing) == ()
    if missing in {"receiving", "everybody"}:
        assert TYPE.duration_ms(exercise, exercise.serials["S1"]) is None
    outcome = play(exercise)
    if outcome.records[0].actual is not None:
        assert value(measures_of(exercise, outcome), "replenished_count") == 0.0


def test_an_order_to_stop_alongside_leads_to_an_emergency_breakaway() -> None:
    exercise = replenishment(2)
    connected = [event for event in play(exercise).events if event.kind == "replenishment.connected"]
    stop = OutsideEvent(
        at_ms=connected[1].time_ms + 15 * MINUTE_MS, kind=OutsideKind.CANCEL, to="S1", text="sea state 6"
    )
    outcome = rehearse(exercise, 1, journal=(stop,))
    (broken,) = [event for event in outcome.events if event.kind == "replenishment.breakaway"]
    assert broken.unit == "R1"
    assert broken.data["transferred_ratio"] == pytest.approx(0.25, abs=1e-6)
    assert "sea state 6" in broken.text
    measures = measures_of(exercise, outcome)
    assert value(measures, "transferred_ratio") == pytest.approx((1.0 + 0.25) / 2.0)
    assert (value(measures, "replenished_count"), value(measures, "interrupted_count")) == (1.0, 1.0)
    window = outcome.records[0].actual
    assert window is not None
    briefing = replace(briefing_of(exercise), window=window)
    assert set(TYPE.filled_ms(briefing, outcome.records[0], outcome.events)) == {"R0"}
    last_ms = broken.time_ms + 10 * MINUTE_MS
    apart_m = distance_m(
        position_at(outcome.tracks["R1"].legs, last_ms), position_at(outcome.tracks["T"].legs, broken.time_ms)
    )
    assert apart_m > 900.0


def test_who_only_waits_when_it_stops_breaks_nothing_off() -> None:
    exercise = replenishment(2)
    stop = OutsideEvent(at_ms=START_MS + MINUTE_MS, kind=OutsideKind.CANCEL, to="S1", text="fog")
    outcome = rehearse(exercise, 1, journal=(stop,))
    assert not [event for event in outcome.events if event.kind == "replenishment.breakaway"]
    assert value(measures_of(exercise, outcome), "transferred_ratio") == 0.0


def test_lines_part_as_often_as_the_planner_says_and_ships_still_keep_apart() -> None:
    broken = 0
    for seed in range(40):
        exercise = replenishment(3, ReplenishmentParameters(breakaway_ratio=0.5))
        outcome = play(exercise, seed)
        measures = measures_of(exercise, outcome)
        broken += round(value(measures, "interrupted_count"))
        done = value(measures, "replenished_count")
        assert done + value(measures, "interrupted_count") == 3.0
        assert done <= 3.0 * value(measures, "transferred_ratio") <= 3.0
        legs = {unit: outcome.tracks[unit].legs for unit in ("R0", "R1", "R2")}
        window = outcome.records[0].actual
        assert window is not None
        legs = {unit: trim(own, window) for unit, own in legs.items()}
        assert (least_apart_m(legs.values()) or 0.0) > 500.0
    assert agrees(broken, 0.5, 120)
