"""The serial type interception: guards meet an intruder, hail it, and see it out; nobody comes too close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from small_exercise import (
    BAY,
    MIDDLE,
    START_MS,
    assert_keeps_its_promises,
    assert_ships_keep_apart,
    box_area,
    briefing_of,
    measures_of,
    one_serial,
    play,
    value,
)
from waterspace.domain import (
    Await,
    Circle,
    CloseTo,
    Exercise,
    Hazard,
    OutsideEvent,
    OutsideKind,
    Position,
    Record,
    Wake,
    WakeReason,
)
from waterspace.engine import rehearse
from waterspace.geometry.footprints import contains
from waterspace.geometry.geodesic import bearing_deg, distance_m, distances_m
from waterspace.geometry.legs import position_at, positions_at
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.serials import registry
from waterspace.serials.interception import InterceptionParameters

if TYPE_CHECKING:
    from waterspace.engine.rehearsal import Outcome
    from waterspace.serials.base import Briefing, Plan

TYPE = registry.get("interception")


def expulsion(
    guards: int = 2, intruders: int = 1, parameters: InterceptionParameters | None = None, hours: float | None = 4.0
) -> Exercise:
    units = {
        "guard": {f"G{n}": "frigate" for n in range(guards)},
        "intruder": {f"X{n}": "frigate" for n in range(intruders)},
    }
    return one_serial("interception", units, parameters, hours=hours)


def kinds(outcome: Outcome) -> list[str]:
    prefix = "interception."
    return [event.kind.removeprefix(prefix) for event in outcome.events if event.kind.startswith(prefix)]


@settings(max_examples=60, deadline=None)
@given(
    guards=st.integers(0, 5),
    intruders=st.integers(0, 3),
    approach_deg=st.floats(0.0, 360.0),
    speed=st.floats(0.5, 20.0),
    hail_range_m=st.floats(1_000.0, 5_000.0),
    hours=st.floats(0.01, 12.0),
)
def test_everybody_fills_the_window_within_speed_and_ships_keep_apart(
    *, guards: int, intruders: int, approach_deg: float, speed: float, hail_range_m: float, hours: float
) -> None:
    given_ = InterceptionParameters(approach_from_deg=approach_deg, intruder_speed_mps=speed, hail_range_m=hail_range_m)
    briefing = briefing_of(expulsion(guards, intruders, given_, hours))
    plan = assert_keeps_its_promises(briefing)
    assert set(plan) == (set(briefing.units()) if intruders else set())
    assert_ships_keep_apart(plan, briefing)
    for claim in TYPE.reservations(briefing, plan):
        assert all(contains(claim.footprint, leg.end) for legs in plan.values() for leg in legs)


def test_the_intruder_comes_from_the_given_side_and_goes_back_the_same_way() -> None:
    given_ = InterceptionParameters(approach_from_deg=240.0, standoff_m=3.0 * NAUTICAL_MILE_M)
    area = box_area(8.0 * NAUTICAL_MILE_M, 4.0 * NAUTICAL_MILE_M)
    units = {"guard": {"G": "frigate"}, "intruder": {"X": "frigate"}}
    briefing = briefing_of(one_serial("interception", units, given_, footprint=area))
    inward, outward = TYPE.plan(briefing)["X"]
    assert bearing_deg(MIDDLE, inward.start) == pytest.approx(240.0, abs=0.5)
    assert not contains(area, inward.start)
    assert contains(area, inward.end)
    assert outward.end == inward.start


def test_whoever_obeys_is_seen_out_of_the_area() -> None:
    exercise = expulsion(3, parameters=InterceptionParameters(compliance_ratio=1.0))
    outcome = play(exercise)
    assert kinds(outcome) == ["approach", "met", "hail", "complied", "escorted_out"]
    end_ms = outcome.records[0].actual.end_ms if outcome.records[0].actual else 0
    for unit in ("G0", "G1", "G2", "X0"):
        assert not contains(BAY, position_at(outcome.tracks[unit].legs, end_ms))
    measures = measures_of(exercise, outcome)
    assert value(measures, "expelled_ratio") == value(measures, "hails_sent_count") == 1.0
    assert value(measures, "time_to_meet_ms") < value(measures, "time_to_expel_ms")


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("guards", [1, 2, 5])
def test_ships_keep_well_clear_of_each_other_whatever_the_draws(seed: int, guards: int) -> None:
    given_ = InterceptionParameters(compliance_ratio=0.3, approach_from_deg=37.0)
    exercise = expulsion(guards, parameters=given_)
    outcome = play(exercise, seed)
    measures = measures_of(exercise, outcome)
    assert value(measures, "closest_range_m") >= 900.0
    record = outcome.records[0]
    assert record.actual is not None
    tracks = {unit: tuple(leg for leg in track.legs if leg.serial == "S1") for unit, track in outcome.tracks.items()}
    assert_ships_keep_apart(tracks, briefing_of(exercise))


def test_whoever_refuses_is_kept_company_until_the_end() -> None:
    given_ = InterceptionParameters(compliance_ratio=0.0, hails_count=3)
    exercise = expulsion(2, parameters=given_, hours=2.0)
    outcome = play(exercise)
    assert kinds(outcome) == ["approach", "met", "hail", "hail", "hail", "refused"]
    end_ms = START_MS + 2 * HOUR_MS
    intruder = position_at(outcome.tracks["X0"].legs, end_ms)
    assert distance_m(intruder, MIDDLE) < 10.0
    for guard in ("G0", "G1"):
        assert distance_m(intruder, position_at(outcome.tracks[guard].legs, end_ms)) == pytest.approx(
            NAUTICAL_MILE_M, rel=0.01
        )
    measures = measures_of(exercise, outcome)
    assert value(measures, "expelled_ratio") == value(measures, "complied_count") == 0.0
    assert "time_to_expel_ms" not in measures


def test_the_first_hail_is_made_at_hailing_range_and_the_next_an_interval_later() -> None:
    given_ = InterceptionParameters(compliance_ratio=0.0, hail_interval_ms=5 * MINUTE_MS)
    outcome = play(expulsion(1, parameters=given_))
    hails = [event for event in outcome.events if event.kind == "interception.hail"]
    (met,) = [event for event in outcome.events if event.kind == "interception.met"]
    assert met.data["range_m"] == pytest.approx(NAUTICAL_MILE_M, abs=2.0)
    assert [event.time_ms - met.time_ms for event in hails] == [n * 5 * MINUTE_MS for n in range(5)]


def test_compliance_comes_as_often_as_its_chance_says() -> None:
    given_ = InterceptionParameters(compliance_ratio=0.5, hails_count=20)
    exercise = expulsion(1, parameters=given_)
    hails = [value(measures_of(exercise, play(exercise, seed)), "hails_sent_count") for seed in range(40)]
    # Geometric with mean 2; the guard may have hailed once more before the intruder turns.
    assert 1.6 < sum(hails) / len(hails) < 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StillStage:
    """A stage on which time stands still at the start of the plan."""

    briefing: Briefing[Any]
    plan: Plan
    now_ms: int

    def position(self, unit: str) -> Position:
        return self.plan[unit][0].start

    def reaches(self, sender: str, to: str) -> bool:  # everybody hears everybody
        return True

    def stream(self, name: str) -> np.random.Generator:
        return np.random.default_rng(len(name))


def test_a_guard_that_cannot_catch_the_intruder_says_so_and_stops() -> None:
    briefing = briefing_of(expulsion())
    stage = StillStage(briefing=briefing, plan=TYPE.plan(briefing), now_ms=START_MS)
    script = TYPE.script(stage, "G0")
    approach = next(script)
    assert isinstance(approach, Record)
    late = Wake(reason=WakeReason.TIMEOUT, time_ms=START_MS, position=stage.position("G0"))
    assert isinstance(script.send(late), CloseTo)
    verdict = script.send(late)
    assert isinstance(verdict, Record)
    assert verdict.kind == "interception.not_met"
    assert isinstance(script.send(late), Await)
    with pytest.raises(StopIteration):
        script.send(late)


def test_several_intruders_share_the_guards() -> None:
    exercise = expulsion(3, 2, InterceptionParameters(compliance_ratio=1.0))
    outcome = play(exercise)
    assert kinds(outcome).count("escorted_out") == 2
    assert value(measures_of(exercise, outcome), "expelled_ratio") == 1.0


def test_an_intruder_without_a_guard_reaches_the_middle() -> None:
    outcome = play(expulsion(0))
    assert distance_m(position_at(outcome.tracks["X0"].legs, START_MS + 4 * HOUR_MS), MIDDLE) < 10.0


def test_the_water_in_which_ships_manoeuvre_is_claimed() -> None:
    briefing = briefing_of(expulsion())
    (claim,) = TYPE.reservations(briefing, TYPE.plan(briefing))
    assert claim.hazard is Hazard.MANOEUVRE
    assert isinstance(claim.footprint, Circle)
    assert claim.footprint.radius_m > BAY.radius_m


def test_the_duration_is_the_way_in_and_out_and_all_hails() -> None:
    exercise = expulsion(parameters=InterceptionParameters(intruder_speed_mps=12.0 * KNOT_MPS), hours=None)
    duration_ms = TYPE.duration_ms(exercise, exercise.serials["S1"])
    assert duration_ms == pytest.approx(2 * HOUR_MS + 15 * MINUTE_MS, abs=2 * MINUTE_MS)


def test_the_same_seed_gives_the_same_encounter() -> None:
    exercise = expulsion()
    assert play(exercise, 5).digest == play(exercise, 5).digest
    assert len({play(exercise, seed).digest for seed in range(5)}) > 1


@pytest.mark.parametrize("missing", ["area", "guard", "intruder", "everybody"])
def test_what_is_missing_leaves_units_out_and_never_stops_the_run(missing: str) -> None:
    units = {"guard": {"G": "frigate"}, "intruder": {"X": "frigate"}}
    for role in units:
        if missing in {role, "everybody"}:
            units[role] = {}
    exercise = one_serial("interception", units, footprint=None if missing == "area" else BAY)
    plan = assert_keeps_its_promises(briefing_of(exercise))
    assert set(plan) == ({"X"} if missing == "guard" else set())
    if missing != "guard":
        assert TYPE.duration_ms(exercise, exercise.serials["S1"]) is None
        assert TYPE.reservations(briefing_of(exercise), plan) == ()
    outcome = play(exercise)
    if outcome.records[0].actual is not None:
        measures_of(exercise, outcome)


def test_time_in_company_and_the_way_in_are_those_of_the_tracks() -> None:
    exercise = expulsion(1, parameters=InterceptionParameters(compliance_ratio=0.3))
    outcome = play(exercise, 4)
    measures = measures_of(exercise, outcome)
    window = outcome.records[0].actual
    assert window is not None
    times_ms = np.linspace(window.start_ms, window.end_ms, 20_001)
    guard = positions_at(outcome.tracks["G0"].legs, times_ms)
    intruder = positions_at(outcome.tracks["X0"].legs, times_ms)
    near = distances_m(*guard, *intruder) <= 1.5 * NAUTICAL_MILE_M
    sampled_ms = float(np.mean(near)) * (window.end_ms - window.start_ms)
    assert sampled_ms > 5 * MINUTE_MS
    assert value(measures, "company_ms") == pytest.approx(sampled_ms, abs=2_000)
    in_m = distances_m(*intruder, np.array(MIDDLE.lat_deg), np.array(MIDDLE.lon_deg))
    assert value(measures, "closest_to_middle_m") == pytest.approx(float(np.min(in_m)), abs=5.0)
    (obeyed,) = [event for event in outcome.events if event.kind == "interception.complied"]
    assert value(measures, "hails_to_comply_count") == obeyed.data["hails_count"]


def test_a_guard_that_is_told_to_stop_leaves_the_intruder_and_says_so() -> None:
    exercise = expulsion(2, parameters=InterceptionParameters(compliance_ratio=0.0))
    hail = next(event for event in play(exercise).events if event.kind == "interception.hail")
    stop = OutsideEvent(at_ms=hail.time_ms + MINUTE_MS, kind=OutsideKind.CANCEL, to="S1", text="fog")
    outcome = rehearse(exercise, 1, journal=(stop,))
    (told,) = [event for event in outcome.events if event.kind == "interception.broken_off"]
    assert told.unit == hail.unit
    assert value(measures_of(exercise, outcome), "hails_sent_count") == 1.0
