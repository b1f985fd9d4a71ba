"""The serial type crossdeck: helicopters shift from deck to deck, and no deck is landed on before it is clear."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from small_exercise import (
    BAY,
    START_MS,
    assert_keeps_its_promises,
    assert_ships_keep_apart,
    assert_stays_in_box,
    briefing_of,
    measures_of,
    one_serial,
    play,
    value,
)
from waterspace.domain import Event, Exercise, Hazard, MovingBox, OutsideEvent, OutsideKind
from waterspace.engine import rehearse
from waterspace.geometry.geodesic import distance_m
from waterspace.geometry.legs import position_at
from waterspace.quantity import HOUR_MS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.serials import registry
from waterspace.serials.crossdeck import CrossdeckParameters

TYPE = registry.get("crossdeck")


def landings(
    ships: int = 3, helicopters: int = 2, parameters: CrossdeckParameters | None = None, hours: float | None = None
) -> Exercise:
    units = {
        "decks": {f"D{n}": "frigate" for n in range(ships)},
        "helicopters": {f"H{n}": "helicopter" for n in range(helicopters)},
    }
    homes = {f"H{n}": f"D{n}" for n in range(min(ships, helicopters))}
    return one_serial("crossdeck", units, parameters, hours=hours, homes=homes)


@settings(max_examples=60, deadline=None)
@given(
    ships=st.integers(1, 5),
    helicopters=st.integers(0, 6),
    spacing_m=st.floats(500.0, 8_000.0),
    speed=st.floats(0.0, 15.0),
    rounds=st.integers(1, 6),
    hours=st.none() | st.floats(0.01, 10.0),
)
def test_everybody_fills_the_window_within_speed_and_ships_keep_apart(
    *, ships: int, helicopters: int, spacing_m: float, speed: float, rounds: int, hours: float | None
) -> None:
    given_ = CrossdeckParameters(spacing_m=spacing_m, speed_mps=speed, landings_count=rounds)
    exercise = landings(ships, helicopters, given_, 4.0 if hours is None and helicopters == 0 else hours)
    briefing = briefing_of(exercise)
    plan = assert_keeps_its_promises(briefing)
    assert set(plan) == {unit for unit in briefing.units() if unit.startswith("D") or int(unit[1:]) < ships}
    assert_ships_keep_apart(plan, briefing)
    flying, water = TYPE.reservations(briefing, plan)
    assert (flying.hazard, water.hazard) == (Hazard.FLYING, Hazard.NONE)
    for unit, legs in plan.items():
        box = (flying if unit.startswith("H") else water).footprint
        assert isinstance(box, MovingBox)
        assert_stays_in_box(legs, box)


def test_helicopters_begin_and_end_on_their_own_ships() -> None:
    briefing = briefing_of(landings())
    plan = TYPE.plan(briefing)
    for helicopter, ship in (("H0", "D0"), ("H1", "D1")):
        assert plan[helicopter][0].start == plan[ship][0].start
        assert distance_m(plan[helicopter][-1].end, plan[ship][-1].end) < 1.0
        assert {leg.height_m for leg in plan[helicopter]} == {0.0, 100.0}


def test_a_helicopter_that_is_carried_elsewhere_takes_a_free_deck_and_others_stay_where_they_are() -> None:
    units = {
        "decks": {"D0": "frigate", "D1": "frigate"},
        "helicopters": {"H": "helicopter", "I": "helicopter", "J": "helicopter", "K": "helicopter"},
    }
    briefing = briefing_of(one_serial("crossdeck", units, homes={"H": "D1", "J": "D1"}))
    plan = assert_keeps_its_promises(briefing)
    assert plan["H"][0].start == plan["D1"][0].start
    assert plan["I"][0].start == plan["D0"][0].start
    assert plan["J"] == plan["D1"]
    assert "K" not in plan


def decks(events: tuple[Event, ...]) -> list[tuple[str, str, str]]:
    short = {"crossdeck.took_off": "off", "crossdeck.landed": "on"}
    return [(short[event.kind], event.unit, str(event.data["deck"])) for event in events if event.kind in short]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("helicopters", [1, 2, 3])
def test_no_helicopter_lands_on_a_deck_before_it_is_clear(seed: int, helicopters: int) -> None:
    exercise = landings(3, helicopters, CrossdeckParameters(landings_count=3))
    outcome = play(exercise, seed)
    occupied = {f"D{n}": f"H{n}" for n in range(helicopters)}
    for what, unit, deck in decks(outcome.events):
        if what == "off":
            assert occupied.pop(deck) == unit
        else:
            assert deck not in occupied
            occupied[deck] = unit
    assert occupied == {f"D{n}": f"H{n}" for n in range(helicopters)}


def test_a_helicopter_lands_where_its_ship_is() -> None:
    exercise = landings()
    outcome = play(exercise)
    for event in outcome.events:
        if event.kind == "crossdeck.landed":
            assert event.position is not None
            ship = position_at(outcome.tracks[str(event.data["deck"])].legs, event.time_ms)
            assert distance_m(event.position, ship) < 30.0


def test_measures_count_landings_and_time_on_deck() -> None:
    exercise = landings(3, 3, CrossdeckParameters(landings_count=2))
    waits_ms = []
    for seed in range(8):
        outcome = play(exercise, seed)
        measures = measures_of(exercise, outcome)
        assert value(measures, "landings_count") == 9.0
        assert value(measures, "landings_ratio") == 1.0
        assert 0.7 * 15 * MINUTE_MS <= value(measures, "mean_turn_around_ms") <= 1.4 * 15 * MINUTE_MS
        waits = [event for event in outcome.events if event.kind == "crossdeck.waited"]
        assert value(measures, "deck_wait_ms") == sum(float(event.data["waited_ms"]) for event in waits)
        waits_ms.append(value(measures, "deck_wait_ms"))
    assert max(waits_ms) > MINUTE_MS


def test_the_usual_duration_is_enough_for_all_landings() -> None:
    exercise = landings(4, 4, CrossdeckParameters(landings_count=4))
    duration_ms = TYPE.duration_ms(exercise, exercise.serials["S1"])
    assert duration_ms is not None
    assert 6 * 15 * MINUTE_MS < duration_ms < 3 * HOUR_MS
    late = []
    for seed in range(10):
        record = play(exercise, seed).records[0]
        assert record.actual is not None
        late.append(record.actual.end_ms - (START_MS + duration_ms))
    assert max(late) < 15 * MINUTE_MS


def test_a_short_serial_has_fewer_landings_and_a_very_short_one_none() -> None:
    given_ = CrossdeckParameters(landings_count=5)
    assert len(decks(play(landings(3, 1, given_, 1.2)).events)) == 2 * 3
    assert decks(play(landings(3, 1, given_, 0.5)).events) == []


def test_going_round_all_decks_ends_at_home_without_another_hop() -> None:
    exercise = landings(2, 2, CrossdeckParameters(landings_count=2))
    assert [deck for what, unit, deck in decks(play(exercise).events) if (what, unit) == ("on", "H0")] == ["D1", "D0"]


def test_daylight_and_sea_state_are_the_planners() -> None:
    needs = TYPE.needs(CrossdeckParameters(daylight=False, sea_state_limit=3))
    assert not needs.daylight
    assert needs.sea_state_max == 3
    assert TYPE.needs(CrossdeckParameters()).daylight


def test_the_air_is_claimed_up_to_the_helicopters_and_beyond() -> None:
    given_ = CrossdeckParameters(flying_radius_m=2.0 * NAUTICAL_MILE_M, height_m=200.0, spacing_m=NAUTICAL_MILE_M)
    briefing = briefing_of(landings(3, 1, given_))
    flying = TYPE.reservations(briefing, TYPE.plan(briefing))[0]
    assert (flying.band.floor_m, flying.band.ceiling_m) == (0.0, 350.0)
    assert isinstance(flying.footprint, MovingBox)
    assert flying.footprint.abeam_m == 3.0 * NAUTICAL_MILE_M


def test_the_same_seed_gives_the_same_landings() -> None:
    exercise = landings()
    assert play(exercise, 5).digest == play(exercise, 5).digest
    assert play(exercise, 5).digest != play(exercise, 6).digest


@pytest.mark.parametrize("missing", ["area", "decks", "helicopters", "everybody"])
def test_what_is_missing_leaves_units_out_and_never_stops_the_run(missing: str) -> None:
    units = {"decks": {"D0": "frigate", "D1": "frigate"}, "helicopters": {"H0": "helicopter"}}
    for role in units:
        if missing in {role, "everybody"}:
            units[role] = {}
    exercise = one_serial("crossdeck", units, footprint=None if missing == "area" else BAY)
    briefing = briefing_of(exercise)
    plan = assert_keeps_its_promises(briefing)
    assert set(plan) == ({"D0", "D1"} if missing == "helicopters" else set())
    assert TYPE.reservations(briefing, {}) == () or missing == "helicopters"
    if missing != "area":
        assert TYPE.duration_ms(exercise, exercise.serials["S1"]) is None
    outcome = play(exercise)
    if outcome.records[0].actual is not None:
        assert value(measures_of(exercise, outcome), "landings_count") == 0.0


def test_a_helicopter_in_the_air_when_the_serial_stops_lands_on_a_clear_deck() -> None:
    exercise = landings(3, 2)
    flown = play(exercise)
    took_off = [event for event in flown.events if event.kind == "crossdeck.took_off"]
    at_ms = took_off[0].time_ms + MINUTE_MS
    stop = OutsideEvent(at_ms=at_ms, kind=OutsideKind.CANCEL, to="S1", text="fog")
    outcome = rehearse(exercise, 1, journal=(stop,))
    down = [event for event in outcome.events if event.kind == "crossdeck.recovered"]
    aloft = {event.unit for event in took_off if event.time_ms <= at_ms}
    assert {event.unit for event in down} == aloft
    for event in down:
        ship = outcome.tracks[str(event.data["deck"])].legs
        assert event.position is not None
        assert distance_m(event.position, position_at(ship, event.time_ms)) < 3_000.0
    measures = measures_of(exercise, outcome)
    assert value(measures, "recovered_count") == len(aloft)
    assert value(measures, "landings_count") == 0.0
    assert value(measures, "flying_ms") == sum(event.time_ms for event in down) - sum(
        event.time_ms for event in took_off if event.unit in aloft and event.time_ms <= at_ms
    )


def test_time_in_the_air_is_from_each_take_off_to_its_landing() -> None:
    exercise = landings(3, 2)
    outcome = play(exercise)
    times: dict[str, list[int]] = {"crossdeck.took_off": [], "crossdeck.landed": []}
    for event in outcome.events:
        if event.kind in times:
            times[event.kind].append(event.time_ms)
    flying_ms = sum(times["crossdeck.landed"]) - sum(times["crossdeck.took_off"])
    assert value(measures_of(exercise, outcome), "flying_ms") == flying_ms > 0
