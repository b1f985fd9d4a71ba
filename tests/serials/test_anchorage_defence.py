"""The serial type anchorage_defence: room to swing, patrols in sectors, and run-ins that are challenged."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from small_exercise import (
    BAY,
    MIDDLE,
    START_MS,
    assert_keeps_its_promises,
    assert_ships_keep_apart,
    briefing_of,
    measures_of,
    one_serial,
    play,
    value,
)
from waterspace.domain import Exercise, Hazard
from waterspace.geometry.footprints import contains
from waterspace.geometry.geodesic import bearing_deg, distance_m
from waterspace.geometry.legs import position_at
from waterspace.quantity import HOUR_MS, KNOT_MPS, NAUTICAL_MILE_M
from waterspace.serials import registry
from waterspace.serials.seamanship.anchorage_ground import AnchorageDefenceParameters, Lookout

if TYPE_CHECKING:
    from waterspace.engine.rehearsal import Outcome

TYPE = registry.get("anchorage_defence")


def anchorage(
    anchored: int = 4,
    patrols: dict[str, str] | None = None,
    intruders: int = 1,
    parameters: AnchorageDefenceParameters | None = None,
    hours: float = 4.0,
) -> Exercise:
    units = {
        "anchored": {f"A{n}": "frigate" for n in range(anchored)},
        "patrol": {"P": "frigate", "Q": "frigate", "H": "helicopter"} if patrols is None else patrols,
        "intruder": {f"X{n}": "frigate" for n in range(intruders)},
    }
    return one_serial("anchorage_defence", units, parameters, hours=hours)


def kinds(outcome: Outcome) -> list[str]:
    return [event.kind.removeprefix("anchorage.") for event in outcome.events if event.kind.startswith("anchorage.")]


@settings(max_examples=40, deadline=None)
@given(
    anchored=st.integers(1, 12),
    ships=st.integers(0, 6),
    aircraft=st.integers(0, 2),
    intruders=st.integers(0, 3),
    cable_m=st.floats(50.0, 300.0),
    distance=st.floats(1_000.0, 8_000.0),
    hours=st.floats(0.01, 6.0),
)
def test_everybody_fills_the_window_within_speed_and_ships_keep_apart(
    *, anchored: int, ships: int, aircraft: int, intruders: int, cable_m: float, distance: float, hours: float
) -> None:
    patrols = {f"P{n}": "frigate" for n in range(ships)} | {f"H{n}": "helicopter" for n in range(aircraft)}
    given_ = AnchorageDefenceParameters(cable_m=cable_m, patrol_distance_m=distance)
    briefing = briefing_of(anchorage(anchored, patrols, intruders, given_, hours))
    plan = assert_keeps_its_promises(briefing)
    assert set(plan) == set(briefing.units())
    assert_ships_keep_apart(plan, briefing)
    claims = {claim.id: claim for claim in TYPE.reservations(briefing, plan)}
    for unit, legs in plan.items():
        claim = claims["S1/flying" if unit.startswith("H") else "S1/patrol"]
        assert all(contains(claim.footprint, leg.end) for leg in legs)


def test_ships_at_anchor_have_room_to_swing() -> None:
    given_ = AnchorageDefenceParameters(cable_m=200.0, margin_m=50.0)
    plan = TYPE.plan(briefing_of(anchorage(7, intruders=0, parameters=given_)))
    berths = [plan[f"A{n}"][0].start for n in range(7)]
    assert all(leg.is_wait for n in range(7) for leg in plan[f"A{n}"])
    # Cable, length of the ship (134 m) and margin, of both neighbours.
    for one, other in itertools.combinations(berths, 2):
        assert distance_m(one, other) >= 2 * (200.0 + 134.0 + 50.0) - 1.0


def test_each_patrol_ship_keeps_to_its_sector_of_the_ring() -> None:
    patrols = {f"P{n}": "frigate" for n in range(4)}
    plan = TYPE.plan(briefing_of(anchorage(4, patrols, 0, AnchorageDefenceParameters(approach_from_deg=90.0))))
    for number in range(4):
        middle_deg = 90.0 + 90.0 * number
        off_deg = [(bearing_deg(MIDDLE, leg.end) - middle_deg + 180.0) % 360.0 - 180.0 for leg in plan[f"P{number}"]]
        assert max(map(abs, off_deg)) < 45.0
        assert max(off_deg) > 35.0
        assert min(off_deg) < -35.0


def test_a_lone_patrol_ship_goes_all_the_way_round() -> None:
    plan = TYPE.plan(briefing_of(anchorage(2, {"P": "frigate"}, 0)))
    bearings = [bearing_deg(MIDDLE, leg.end) for leg in plan["P"]]
    assert {int(bearing // 90.0) for bearing in bearings} == {0, 1, 2, 3}


def test_claims_are_harmless_without_an_intruder_and_aircraft() -> None:
    briefing = briefing_of(anchorage(2, {"P": "frigate"}, 0))
    claims = TYPE.reservations(briefing, TYPE.plan(briefing))
    assert {claim.id: claim.hazard for claim in claims} == {"S1/anchorage": Hazard.NONE, "S1/patrol": Hazard.NONE}
    busy = briefing_of(anchorage())
    assert {claim.id: claim.hazard for claim in TYPE.reservations(busy, TYPE.plan(busy))} == {
        "S1/anchorage": Hazard.NONE,
        "S1/patrol": Hazard.MANOEUVRE,
        "S1/flying": Hazard.FLYING,
    }


@pytest.mark.parametrize("seed", range(5))
def test_a_run_in_is_made_out_challenged_and_turned_back(seed: int) -> None:
    exercise = anchorage()
    outcome = play(exercise, seed)
    assert kinds(outcome) == ["run_in", "alert", "challenge", "turned_back"]
    run_in, alert, challenge, _ = [event for event in outcome.events if event.kind.startswith("anchorage.")]
    assert START_MS <= run_in.time_ms <= START_MS + 2 * HOUR_MS
    assert run_in.time_ms <= alert.time_ms < challenge.time_ms
    intruder = position_at(outcome.tracks["X0"].legs, challenge.time_ms)
    assert challenge.position is not None
    assert distance_m(challenge.position, intruder) == pytest.approx(0.5 * NAUTICAL_MILE_M, abs=2.0)
    lookout = position_at(outcome.tracks[alert.unit].legs, alert.time_ms)
    made_out = position_at(outcome.tracks["X0"].legs, alert.time_ms)
    assert distance_m(lookout, made_out) <= 3.0 * NAUTICAL_MILE_M + 5.0
    measures = measures_of(exercise, outcome)
    assert value(measures, "challenged_count") == value(measures, "intrusions_count") == 1.0
    assert value(measures, "time_to_challenge_ms") == challenge.time_ms - run_in.time_ms
    assert value(measures, "least_challenge_range_m") > 0.0
    assert value(measures, "patrol_m") > 0.0


def test_a_patrol_ship_returns_to_its_sector_after_the_challenge() -> None:
    exercise = anchorage(hours=6.0)
    outcome = play(exercise)
    (challenge,) = [event for event in outcome.events if event.kind == "anchorage.challenge"]
    plan = TYPE.plan(briefing_of(exercise))[challenge.unit]
    later_ms = challenge.time_ms + HOUR_MS
    assert distance_m(position_at(outcome.tracks[challenge.unit].legs, later_ms), position_at(plan, later_ms)) < 100.0


def test_nobody_on_watch_lets_the_intruder_reach_the_anchorage() -> None:
    exercise = anchorage(2, {})
    outcome = play(exercise)
    assert kinds(outcome) == ["run_in", "reached"]
    measures = measures_of(exercise, outcome)
    assert value(measures, "reached_count") == 1.0
    assert "time_to_challenge_ms" not in measures


def test_aircraft_alone_give_the_alarm_but_do_not_challenge() -> None:
    assert kinds(play(anchorage(2, {"H": "helicopter"}))) == ["run_in", "alert", "reached"]


def test_a_slow_patrol_does_not_catch_a_fast_intruder_in_time() -> None:
    given_ = AnchorageDefenceParameters(
        alert_range_m=0.6 * NAUTICAL_MILE_M, intruder_speed_mps=27.0 * KNOT_MPS, patrol_distance_m=0.5 * NAUTICAL_MILE_M
    )
    outcomes = [kinds(play(anchorage(1, {"P": "tanker"}, parameters=given_), seed)) for seed in range(12)]
    assert any("reached" in outcome for outcome in outcomes)


def test_each_of_two_intruders_is_answered_by_another_ship() -> None:
    outcome = play(anchorage(3, {f"P{n}": "frigate" for n in range(3)}, 2))
    challenges = [event for event in outcome.events if event.kind == "anchorage.challenge"]
    assert {event.data["intruder"] for event in challenges} == {"X0", "X1"}
    assert len({event.unit for event in challenges}) == 2


def test_the_same_seed_gives_the_same_run_in() -> None:
    exercise = anchorage()
    assert play(exercise, 5).digest == play(exercise, 5).digest
    assert play(exercise, 5).digest != play(exercise, 6).digest


@pytest.mark.parametrize("missing", ["area", "anchored", "patrol", "intruder", "everybody"])
def test_what_is_missing_leaves_units_out_and_never_stops_the_run(missing: str) -> None:
    units = {"anchored": {"A": "frigate"}, "patrol": {"P": "frigate"}, "intruder": {"X": "frigate"}}
    for role in units:
        if missing in {role, "everybody"}:
            units[role] = {}
    exercise = one_serial("anchorage_defence", units, footprint=None if missing == "area" else BAY)
    briefing = briefing_of(exercise)
    plan = assert_keeps_its_promises(briefing)
    nobody = missing in {"area", "anchored", "everybody"}
    assert set(plan) == (set() if nobody else {id_ for members in units.values() for id_ in members})
    assert (TYPE.reservations(briefing, plan) == ()) == nobody
    outcome = play(exercise)
    if outcome.records[0].actual is not None:
        measures_of(exercise, outcome)


def test_what_a_run_in_came_to_is_measured_along_its_track() -> None:
    exercise = anchorage()
    outcome = play(exercise, 2)
    measures = measures_of(exercise, outcome)
    (alert,) = [event for event in outcome.events if event.kind == "anchorage.alert"]
    times_ms = range(START_MS, START_MS + 4 * HOUR_MS, 10_000)
    berths = [outcome.tracks[f"A{n}"].legs for n in range(4)]
    closest_m = min(
        distance_m(position_at(outcome.tracks["X0"].legs, time_ms), position_at(berth, time_ms))
        for time_ms in times_ms
        for berth in berths
    )
    assert value(measures, "closest_run_in_m") == pytest.approx(closest_m, abs=60.0)
    assert value(measures, "mean_detection_range_m") == float(alert.data["range_m"]) > closest_m
    assert value(measures, "made_out_count") == value(measures, "made_out_ratio") == 1.0
    assert value(measures, "mean_time_to_challenge_ms") == value(measures, "time_to_challenge_ms")


def test_a_lookout_by_chance_detects_more_often_the_better_it_sees() -> None:
    shares = []
    for range_m in (200.0, 6_000.0, 40_000.0):
        given_ = AnchorageDefenceParameters(alert_range_m=range_m, lookout=Lookout.INVERSE_CUBE)
        exercise = anchorage(2, {"P": "frigate"}, parameters=given_)
        runs = [measures_of(exercise, play(exercise, seed)) for seed in range(25)]
        shares.append(sum(value(measures, "made_out_ratio") for measures in runs) / 25)
    assert shares[0] < shares[1] < shares[2]
    assert shares[0] < 0.5
    assert shares[2] > 0.9
