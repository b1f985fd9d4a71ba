"""The serial type asw_search: strips side by side, detections by the random-search law, claims above and below."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement import agrees
from small_exercise import (
    BAY,
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
from waterspace.domain import Circle, Exercise, Hazard, OutsideEvent, OutsideKind, Position
from waterspace.engine import rehearse
from waterspace.geometry.approach import first_within
from waterspace.geometry.footprints import contains
from waterspace.geometry.legs import length_m, position_at, total_length_m
from waterspace.phenomena.coverage import DetectionLaw, random_search_ratio
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.serials import registry
from waterspace.serials.asw_search import AswSearchParameters, SearchTracks

TYPE = registry.get("asw_search")
SEARCHERS = {"A": "frigate", "B": "frigate", "H": "helicopter"}
BOAT = {"K": "submarine"}
TRACKS = st.sampled_from(SearchTracks)


def search(
    parameters: AswSearchParameters | None = None, *, target: bool = True, hours: float | None = 4.0
) -> Exercise:
    units = {"searching": SEARCHERS, **({"target": BOAT} if target else {})}
    return one_serial("asw_search", units, parameters, hours=hours, homes={"H": "A"})


@settings(max_examples=40, deadline=None)
@given(
    tracks=TRACKS,
    ships=st.integers(0, 4),
    aircraft=st.integers(0, 2),
    spacing_m=st.floats(500.0, 6_000.0),
    axis_deg=st.floats(0.0, 360.0),
    ship_speed_mps=st.floats(1.0, 30.0),
    hours=st.floats(0.01, 12.0),
    radius_m=st.floats(15_000.0, 60_000.0),
)
def test_every_searcher_fills_the_window_within_its_speed_and_ships_keep_apart(
    *,
    tracks: SearchTracks,
    ships: int,
    aircraft: int,
    spacing_m: float,
    axis_deg: float,
    ship_speed_mps: float,
    hours: float,
    radius_m: float,
) -> None:
    units = {f"A{n}": "frigate" for n in range(ships)} | {f"H{n}": "helicopter" for n in range(aircraft)}
    given_ = AswSearchParameters(
        tracks=tracks, track_spacing_m=spacing_m, axis_deg=axis_deg, ship_speed_mps=ship_speed_mps
    )
    footprint = Circle(centre=Position(lat_deg=39.8, lon_deg=133.2), radius_m=radius_m)
    exercise = one_serial("asw_search", {"searching": units, "target": BOAT}, given_, footprint=footprint, hours=hours)
    briefing = briefing_of(exercise)
    plan = assert_keeps_its_promises(briefing)
    assert set(plan) == {*units, "K"}
    assert_ships_keep_apart(plan, briefing)
    for unit, legs in plan.items():
        for leg in legs:
            assert contains(Circle(centre=footprint.centre, radius_m=radius_m * 1.01), leg.end), unit


def test_searchers_in_a_box_run_parallel_lanes_a_spacing_apart() -> None:
    area = box_area(10.0 * NAUTICAL_MILE_M, 6.0 * NAUTICAL_MILE_M)
    given_ = AswSearchParameters(track_spacing_m=NAUTICAL_MILE_M, ship_speed_mps=10.0 * KNOT_MPS)
    exercise = one_serial("asw_search", {"searching": {"A": "frigate"}}, given_, footprint=area, hours=None)
    briefing = briefing_of(exercise)
    # Source: pattern/parallel sweep 10 x 6 nm, spacing 1 nm: 59 nm of track.
    assert briefing.window.end_ms - START_MS == pytest.approx(5.9 * 60 * MINUTE_MS, abs=MINUTE_MS)
    legs = TYPE.plan(briefing)["A"]
    lanes = [length_m(leg) for leg in legs if length_m(leg) > 2.0 * NAUTICAL_MILE_M]
    assert lanes == pytest.approx([9.0 * NAUTICAL_MILE_M] * 6, rel=2e-3)
    assert total_length_m(legs) == pytest.approx(59.0 * NAUTICAL_MILE_M, rel=3e-3)


def test_aircraft_search_above_each_other_and_the_submarine_below() -> None:
    units = {"searching": {"A": "frigate", "H": "helicopter", "I": "helicopter"}, "target": BOAT}
    plan = assert_keeps_its_promises(briefing_of(one_serial("asw_search", units)))
    heights = {unit: {leg.height_m for leg in legs} for unit, legs in plan.items()}
    assert heights == {"A": {0.0}, "H": {150.0}, "I": {450.0}, "K": {-60.0}}


def test_the_water_below_the_area_is_claimed_and_the_air_where_aircraft_search() -> None:
    briefing = briefing_of(search())
    claims = {claim.id: claim for claim in TYPE.reservations(briefing, TYPE.plan(briefing))}
    assert {id_: claim.hazard for id_, claim in claims.items()} == {
        "S1/under-water": Hazard.UNDERWATER,
        "S1/surface": Hazard.NONE,
        "S1/flying": Hazard.FLYING,
    }
    assert claims["S1/under-water"].band.ceiling_m == 0.0
    assert claims["S1/flying"].band.floor_m == 0.0
    assert all(claim.footprint == BAY for claim in claims.values())
    alone = briefing_of(one_serial("asw_search", {"searching": {"H": "helicopter"}}))
    assert {claim.id for claim in TYPE.reservations(alone, TYPE.plan(alone))} == {"S1/under-water", "S1/flying"}


def test_the_duration_of_a_random_search_covers_the_area_once() -> None:
    given_ = AswSearchParameters(tracks=SearchTracks.RANDOM, sweep_width_m=2_000.0, ship_speed_mps=6.0)
    exercise = one_serial("asw_search", {"searching": {"A": "frigate"}}, given_, hours=None)
    seconds = math.pi * BAY.radius_m**2 / (2_000.0 * 6.0)
    assert TYPE.duration_ms(exercise, exercise.serials["S1"]) == pytest.approx(seconds * 1000.0, rel=1e-3)


def test_a_detection_is_reported_where_the_searcher_is_and_the_search_goes_on() -> None:
    exercise = search(AswSearchParameters(sweep_width_m=8_000.0))
    outcome = play(exercise, seed=3)
    found = [event for event in outcome.events if event.kind == "search.detection"]
    assert found
    plan = TYPE.plan(briefing_of(exercise))
    for event in found:
        assert event.position is not None
        where = position_at(plan[event.unit], event.time_ms)
        assert (event.position.lat_deg, event.position.lon_deg) == pytest.approx(
            (where.lat_deg, where.lon_deg), abs=1e-6
        )
        assert event.data["elapsed_ms"] == event.time_ms - START_MS
    assert outcome.records[0].actual == outcome.records[0].planned


def test_detections_come_as_often_as_the_random_search_law_says() -> None:
    given_ = AswSearchParameters(sweep_width_m=1_500.0)
    exercise = search(given_, target=False)
    runs = 120
    detected = 0
    chance = 0.0
    for seed in range(runs):
        outcome = play(exercise, seed)
        measures = measures_of(exercise, outcome)
        detected += value(measures, "detections_count") > 0
        chance = value(measures, "detection_probability_ratio")
        assert ("first_detection_ms" in measures) == (value(measures, "detections_count") > 0)
    spread = math.sqrt(chance * (1.0 - chance) / runs)
    assert 0.2 < chance < 0.9
    assert detected / runs == pytest.approx(chance, abs=4.0 * spread + 0.03)


def test_coverage_is_sweep_width_times_track_over_area() -> None:
    exercise = search(target=False)
    measures = measures_of(exercise, play(exercise))
    covered = value(measures, "track_m") * 2.0 * NAUTICAL_MILE_M / (math.pi * BAY.radius_m**2)
    assert value(measures, "coverage_ratio") == pytest.approx(covered, rel=1e-3)
    assert value(measures, "detection_probability_ratio") == pytest.approx(random_search_ratio(covered), rel=1e-3)


def test_nothing_is_detected_where_nobody_plays_the_target_and_none_is_simulated() -> None:
    exercise = search(AswSearchParameters(simulated_target=False, sweep_width_m=50_000.0), target=False)
    assert value(measures_of(exercise, play(exercise)), "detections_count") == 0.0


def test_the_same_seed_gives_the_same_luck_and_another_seed_another() -> None:
    exercise = search(AswSearchParameters(sweep_width_m=8_000.0))
    assert play(exercise, 5).digest == play(exercise, 5).digest
    assert play(exercise, 5).digest != play(exercise, 6).digest


def test_a_unit_named_in_both_roles_searches() -> None:
    units = {"searching": SEARCHERS, "target": {"A": "frigate"}}
    plan = TYPE.plan(briefing_of(one_serial("asw_search", units)))
    assert {leg.height_m for leg in plan["A"]} == {0.0}


@pytest.mark.parametrize("missing", ["area", "searching", "target", "everybody"])
def test_what_is_missing_leaves_units_out_and_never_stops_the_run(missing: str) -> None:
    units = {"searching": dict(SEARCHERS), "target": dict(BOAT)}
    for role in units:
        if missing in {role, "everybody"}:
            units[role] = {}
    exercise = one_serial("asw_search", units, footprint=None if missing == "area" else BAY)
    briefing = briefing_of(exercise)
    plan = assert_keeps_its_promises(briefing)
    assert set(plan) == (set() if missing == "area" else {id_ for members in units.values() for id_ in members})
    if missing in {"area", "searching", "everybody"}:
        assert TYPE.duration_ms(exercise, exercise.serials["S1"]) is None
    outcome = play(exercise)
    if outcome.records[0].actual is not None:
        measures_of(exercise, outcome)


def test_a_headquarters_ashore_does_not_search() -> None:
    plan = TYPE.plan(briefing_of(one_serial("asw_search", {"searching": {"Z": "headquarters"}})))
    assert plan == {}


def test_a_submarine_that_plays_the_target_is_found_along_the_real_tracks() -> None:
    given_ = AswSearchParameters(law=DetectionLaw.DEFINITE_RANGE, sweep_width_m=3_000.0, track_spacing_m=3_000.0)
    exercise = search(given_, hours=8.0)
    plan = TYPE.plan(briefing_of(exercise))
    outcome = play(exercise)
    found = {event.unit: event.time_ms for event in outcome.events if event.kind == "search.detection"}
    met = {unit: first_within(plan[unit], plan["K"], 1_500.0) for unit in SEARCHERS}
    assert found == {unit: pytest.approx(time_ms, abs=1_000) for unit, time_ms in met.items() if time_ms is not None}
    assert found
    measures = measures_of(exercise, outcome)
    assert value(measures, "detection_probability_ratio") == 1.0
    assert value(measures, "closest_target_m") <= 1_500.0
    assert value(measures, "effort_ratio") == pytest.approx(1.0, abs=0.05)


@pytest.mark.deep
@pytest.mark.parametrize("law", [DetectionLaw.INVERSE_CUBE, DetectionLaw.RANDOM])
def test_against_a_real_submarine_the_measured_probability_is_what_the_runs_show(law: DetectionLaw) -> None:
    exercise = search(AswSearchParameters(law=law, sweep_width_m=700.0), hours=1.5)
    runs, detected, chance = 100, 0, 0.0
    for seed in range(runs):
        measures = measures_of(exercise, play(exercise, seed))
        detected += value(measures, "detections_count") > 0
        chance = value(measures, "detection_probability_ratio")
    assert 0.05 < chance < 0.95
    assert agrees(detected, chance, runs)


@pytest.mark.deep
@pytest.mark.parametrize("law", [DetectionLaw.DEFINITE_RANGE, DetectionLaw.INVERSE_CUBE])
def test_a_simulated_target_that_stands_is_found_as_often_as_measured(law: DetectionLaw) -> None:
    given_ = AswSearchParameters(law=law, sweep_width_m=1_200.0, track_spacing_m=2_400.0, target_speed_mps=0.0)
    exercise = search(given_, target=False, hours=2.0)
    runs, detected, chance = 100, 0, 0.0
    for seed in range(runs):
        measures = measures_of(exercise, play(exercise, seed))
        detected += value(measures, "detections_count") > 0
        chance = value(measures, "detection_probability_ratio")
    assert 0.2 < chance < 0.9
    assert agrees(detected, chance, runs)


def test_a_search_that_is_told_to_stop_says_what_it_has_done() -> None:
    exercise = search(AswSearchParameters(sweep_width_m=1.0), target=False)
    half = OutsideEvent(at_ms=START_MS + HOUR_MS, kind=OutsideKind.CANCEL, to="S1", text="fog")
    outcome = rehearse(exercise, 1, journal=(half,))
    told = [event for event in outcome.events if event.kind == "search.broken_off"]
    assert {event.unit for event in told} == set(SEARCHERS)
    assert {event.data["searched_ms"] for event in told} == {HOUR_MS}
    assert value(measures_of(exercise, outcome), "effort_ratio") == pytest.approx(0.25, abs=0.02)
