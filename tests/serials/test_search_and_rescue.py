"""The serial type search_and_rescue: IAMSAR patterns on the sea, sighting and recovery."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement import agrees
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
from waterspace.domain import Circle, Exercise, Hazard, OutsideEvent, OutsideKind, Polygon
from waterspace.engine import rehearse
from waterspace.geometry.footprints import contains
from waterspace.geometry.geodesic import bearing_deg, destination, distance_m
from waterspace.geometry.legs import length_m, position_at
from waterspace.phenomena.coverage import DetectionLaw, detection_ratio
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.serials import registry
from waterspace.serials.seamanship.search_layout import SearchAndRescueParameters, SearchPattern

TYPE = registry.get("search_and_rescue")
SEARCHERS = {"A": "frigate", "B": "frigate", "H": "helicopter"}
COORDINATOR = {"C": "frigate"}


def rescue(
    parameters: SearchAndRescueParameters | None = None,
    searchers: dict[str, str] | None = None,
    coordinator: dict[str, str] | None = None,
    *,
    hours: float | None = 4.0,
    area: bool = True,
) -> Exercise:
    units = {
        "searching": SEARCHERS if searchers is None else searchers,
        "coordinator": COORDINATOR if coordinator is None else coordinator,
    }
    return one_serial("search_and_rescue", units, parameters, footprint=BAY if area else None, hours=hours)


@settings(max_examples=60, deadline=None)
@given(
    pattern=st.sampled_from(SearchPattern),
    ships=st.integers(0, 4),
    aircraft=st.integers(0, 3),
    spacing_m=st.floats(100.0, 4_000.0),
    legs=st.integers(4, 20),
    axis_deg=st.floats(0.0, 360.0),
    hours=st.floats(0.01, 8.0),
)
def test_every_pattern_fills_the_window_within_speed_and_keeps_ships_apart(
    *, pattern: SearchPattern, ships: int, aircraft: int, spacing_m: float, legs: int, axis_deg: float, hours: float
) -> None:
    units = {f"A{n}": "frigate" for n in range(ships)} | {f"H{n}": "helicopter" for n in range(aircraft)}
    given_ = SearchAndRescueParameters(
        pattern=pattern, track_spacing_m=spacing_m, legs_count=legs, axis_deg=axis_deg, radius_m=3_000.0
    )
    briefing = briefing_of(rescue(given_, units, hours=hours))
    plan = assert_keeps_its_promises(briefing)
    assert set(plan) == ({*units, "C"} if units else set())
    assert_ships_keep_apart(plan, briefing)
    for claim in TYPE.reservations(briefing, plan):
        for unit in units:
            assert all(contains(_wider(claim.footprint), leg.end) for leg in plan[unit])


def _wider(footprint: object) -> Circle:
    assert isinstance(footprint, Circle)
    return Circle(centre=footprint.centre, radius_m=footprint.radius_m * 1.01)


def test_an_expanding_square_from_the_datum_has_the_worked_legs() -> None:
    # Source: pattern/expanding square, spacing 2 nm, 8 legs: 2, 2, 4, 4, 6, 6, 8, 8, in all 40 nm.
    datum = destination(MIDDLE, 60.0, 4_000.0)
    given_ = SearchAndRescueParameters(
        pattern=SearchPattern.EXPANDING_SQUARE,
        datum=(datum,),
        track_spacing_m=2.0 * NAUTICAL_MILE_M,
        axis_deg=30.0,
        ship_speed_mps=20.0 * KNOT_MPS,
    )
    legs = TYPE.plan(briefing_of(rescue(given_, {"A": "frigate"}, hours=2.2)))["A"]
    assert legs[0].start == datum
    assert bearing_deg(legs[0].start, legs[0].end) == pytest.approx(30.0, abs=1e-6)
    miles = [length_m(leg) / NAUTICAL_MILE_M for leg in legs[:8]]
    assert miles == pytest.approx([2, 2, 4, 4, 6, 6, 8, 8], rel=1e-4)


def test_a_sector_search_passes_the_datum_three_times_and_starts_again_thirty_degrees_on() -> None:
    # Source: pattern/sector search, radius 5 nm: nine legs, in all 45 nm.
    given_ = SearchAndRescueParameters(pattern=SearchPattern.SECTOR, ship_speed_mps=20.0 * KNOT_MPS)
    legs = TYPE.plan(briefing_of(rescue(given_, {"A": "frigate"}, hours=5.0)))["A"]
    first = legs[:9]
    assert math.fsum(length_m(leg) for leg in first) / NAUTICAL_MILE_M == pytest.approx(45.0, rel=1e-4)
    assert sum(distance_m(leg.end, legs[0].start) < 20.0 for leg in first) == 3
    assert bearing_deg(legs[9].start, legs[9].end) == pytest.approx(30.0, abs=0.1)


def test_a_parallel_sweep_round_a_datum_needs_no_area() -> None:
    given_ = SearchAndRescueParameters(datum=(MIDDLE,), legs_count=6, track_spacing_m=1_000.0)
    briefing = briefing_of(rescue(given_, {"A": "frigate"}, area=False))
    plan = assert_keeps_its_promises(briefing)
    assert all(distance_m(MIDDLE, leg.end) <= math.hypot(2_500.0, 2_500.0) + 1.0 for leg in plan["A"])
    assert isinstance(TYPE.reservations(briefing, plan)[0].footprint, Polygon)
    assert not TYPE.needs(given_).area
    assert TYPE.needs(SearchAndRescueParameters()).area


def test_the_coordinator_stands_by_beside_the_search_unless_it_searches() -> None:
    box = box_area(8.0 * NAUTICAL_MILE_M, 8.0 * NAUTICAL_MILE_M)
    units = {"searching": {"A": "frigate"}, "coordinator": {"C": "frigate", "D": "frigate", "A": "frigate"}}
    briefing = briefing_of(one_serial("search_and_rescue", units, footprint=box))
    plan = assert_keeps_its_promises(briefing)
    assert plan["C"][0].is_wait
    assert not contains(box, plan["C"][0].start)
    assert distance_m(plan["C"][0].start, plan["D"][0].start) == pytest.approx(NAUTICAL_MILE_M, rel=1e-3)
    assert not plan["A"][0].is_wait


def test_an_aircraft_that_coordinates_circles_above_the_searching_aircraft() -> None:
    plan = assert_keeps_its_promises(briefing_of(rescue(coordinator={"I": "helicopter"})))
    assert {leg.height_m for leg in plan["H"]} == {150.0}
    assert {leg.height_m for leg in plan["I"]} == {450.0}
    assert all(distance_m(leg.end, MIDDLE) < 1.1 * NAUTICAL_MILE_M for leg in plan["I"])


def test_the_search_claims_its_water_and_the_air_of_its_aircraft() -> None:
    briefing = briefing_of(rescue())
    claims = TYPE.reservations(briefing, TYPE.plan(briefing))
    assert [(claim.id, claim.hazard) for claim in claims] == [
        ("S1/search-area", Hazard.NONE),
        ("S1/flying", Hazard.FLYING),
    ]
    assert claims[0].footprint == BAY
    on_ships = briefing_of(rescue(searchers={"A": "frigate"}))
    assert [claim.id for claim in TYPE.reservations(on_ships, TYPE.plan(on_ships))] == ["S1/search-area"]


def test_the_duration_is_one_pass_and_the_recovery() -> None:
    given_ = SearchAndRescueParameters(
        pattern=SearchPattern.SECTOR, ship_speed_mps=15.0 * KNOT_MPS, recovery_ms=30 * MINUTE_MS
    )
    exercise = rescue(given_, {"A": "frigate"}, hours=None)
    assert TYPE.duration_ms(exercise, exercise.serials["S1"]) == pytest.approx(3.5 * HOUR_MS, abs=MINUTE_MS)


def test_what_is_sighted_is_recovered_by_the_nearest_ship() -> None:
    given_ = SearchAndRescueParameters(sweep_width_m=3.0 * NAUTICAL_MILE_M, law=DetectionLaw.DEFINITE_RANGE)
    exercise = rescue(given_, hours=6.0)
    plan = TYPE.plan(briefing_of(exercise))
    finders = set()
    for seed in range(12):
        outcome = play(exercise, seed)
        log = [
            event for event in outcome.events if event.serial == "S1" and event.kind.startswith(("search.", "rescue."))
        ]
        assert [event.kind for event in log] == [
            "search.coordinated",
            "search.sighted",
            "rescue.on_scene",
            "rescue.recovered",
        ]
        sighted, arrived, recovered = log[1:]
        finders.add(sighted.unit)
        lies = type(MIDDLE)(lat_deg=float(sighted.data["lat_deg"]), lon_deg=float(sighted.data["lon_deg"]))
        assert distance_m(position_at(plan[sighted.unit], sighted.time_ms), lies) <= 1.5 * NAUTICAL_MILE_M + 1.0
        ships = [unit for unit in plan if unit != "H"]
        ranges = {unit: distance_m(position_at(plan[unit], sighted.time_ms), lies) for unit in ships}
        assert arrived.unit == recovered.unit == min(ships, key=ranges.__getitem__)
        assert arrived.position is not None
        assert distance_m(arrived.position, lies) < 5.0
        assert recovered.time_ms - arrived.time_ms == 20 * MINUTE_MS
        measures = measures_of(exercise, outcome)
        assert value(measures, "time_to_sighting_ms") == sighted.time_ms - START_MS
        assert value(measures, "time_to_recovery_ms") == recovered.time_ms - START_MS
        assert value(measures, "sighted_count") == value(measures, "recovered_count") == 1.0
    assert "H" in finders


def test_an_aircraft_alone_recovers_what_it_sights() -> None:
    given_ = SearchAndRescueParameters(sweep_width_m=3.0 * NAUTICAL_MILE_M, law=DetectionLaw.DEFINITE_RANGE)
    outcome = play(rescue(given_, {"H": "helicopter"}, {"H": "helicopter"}, hours=6.0))
    assert {event.unit for event in outcome.events if event.kind == "rescue.recovered"} == {"H"}


def test_an_aircraft_that_has_sighted_circles_over_the_object() -> None:
    given_ = SearchAndRescueParameters(sweep_width_m=3.0 * NAUTICAL_MILE_M, law=DetectionLaw.DEFINITE_RANGE)
    exercise = rescue(given_, {"H": "helicopter"}, hours=6.0)
    outcome = play(exercise)
    (sighted,) = [event for event in outcome.events if event.kind == "search.sighted"]
    lies = type(MIDDLE)(lat_deg=float(sighted.data["lat_deg"]), lon_deg=float(sighted.data["lon_deg"]))
    end_ms = START_MS + 6 * HOUR_MS
    assert outcome.records[0].actual == outcome.records[0].planned
    assert distance_m(position_at(outcome.tracks["H"].legs, end_ms), lies) < 1.1 * NAUTICAL_MILE_M


@pytest.mark.deep
@pytest.mark.parametrize("law", DetectionLaw)
def test_one_pass_detects_as_often_as_measured_and_nearly_as_koopman_says(law: DetectionLaw) -> None:
    given_ = SearchAndRescueParameters(sweep_width_m=0.5 * NAUTICAL_MILE_M, recovery_ms=0, law=law)
    box = box_area(8.0 * NAUTICAL_MILE_M, 6.0 * NAUTICAL_MILE_M)
    units = {"searching": {"A": "frigate"}, "coordinator": {}}
    exercise = one_serial("search_and_rescue", units, given_, footprint=box, hours=None)
    pass_miles = 6 * 7.0 + 5.0
    expected = detection_ratio(law, 0.5 * pass_miles / 48.0)
    runs, sighted, measured = 300, 0, 0.0
    for seed in range(runs):
        measures = measures_of(exercise, play(exercise, seed))
        sighted += value(measures, "sighted_count") == 1.0
        if value(measures, "sighted_count") == 0.0:
            measured = value(measures, "detection_probability_ratio")
            assert "time_to_sighting_ms" not in measures
    assert measured == pytest.approx(expected, abs=0.03), "the edges of the box are not Koopman's"
    assert agrees(sighted, measured, runs)


@pytest.mark.deep
@pytest.mark.parametrize("pattern", SearchPattern)
def test_every_pattern_sights_as_often_as_measured(pattern: SearchPattern) -> None:
    width_m = 4_000.0 if pattern is SearchPattern.PARALLEL_SWEEP else 600.0
    given_ = SearchAndRescueParameters(
        pattern=pattern, sweep_width_m=width_m, radius_m=4_000.0, legs_count=6, track_spacing_m=1_200.0, recovery_ms=0
    )
    exercise = rescue(given_, {"A": "frigate", "B": "frigate"}, hours=1.2)
    runs, sighted, measured = 120, 0, 0.0
    for seed in range(runs):
        measures = measures_of(exercise, play(exercise, seed))
        sighted += value(measures, "sighted_count") == 1.0
        if value(measures, "sighted_count") == 0.0:
            measured = value(measures, "detection_probability_ratio")
    assert 0.1 < measured < 0.95
    assert agrees(sighted, measured, runs)


@pytest.mark.deep
def test_what_is_not_in_the_area_is_found_by_nobody() -> None:
    given_ = SearchAndRescueParameters(sweep_width_m=3.0 * NAUTICAL_MILE_M, containment_ratio=0.5)
    exercise = rescue(given_, {"A": "frigate", "H": "helicopter"}, hours=5.0)
    found = 0
    for seed in range(40):
        measures = measures_of(exercise, play(exercise, seed))
        found += value(measures, "sighted_count") == 1.0
        success = value(measures, "success_probability_ratio")
        assert success == pytest.approx(0.5 * value(measures, "detection_probability_ratio"))
    assert agrees(found, 0.5, 40)


def test_an_object_that_drifts_is_recovered_where_it_has_drifted_to() -> None:
    given_ = SearchAndRescueParameters(
        sweep_width_m=3.0 * NAUTICAL_MILE_M, drift_speed_mps=0.2, drift_to_deg=90.0, recovery_ms=0
    )
    outcome = play(rescue(given_, hours=6.0))
    (sighted,) = [event for event in outcome.events if event.kind == "search.sighted"]
    (arrived,) = [event for event in outcome.events if event.kind == "rescue.on_scene"]
    assert arrived.position is not None
    then = type(MIDDLE)(lat_deg=float(sighted.data["lat_deg"]), lon_deg=float(sighted.data["lon_deg"]))
    drifted_m = 0.2 * (arrived.time_ms - sighted.time_ms) / 1000.0
    assert distance_m(then, arrived.position) == pytest.approx(drifted_m, abs=5.0)
    if drifted_m > 10.0:
        assert bearing_deg(then, arrived.position) == pytest.approx(90.0, abs=1.0)


def test_a_search_that_is_told_to_stop_says_what_it_has_done() -> None:
    exercise = rescue(SearchAndRescueParameters(sweep_width_m=1.0))
    stop = OutsideEvent(at_ms=START_MS + HOUR_MS, kind=OutsideKind.CANCEL, to="S1", text="fog")
    told = [event for event in rehearse(exercise, 1, journal=(stop,)).events if event.kind == "search.broken_off"]
    assert {event.unit for event in told} == set(SEARCHERS)
    assert {event.data["searched_ms"] for event in told} == {HOUR_MS}


def test_the_same_seed_gives_the_same_search() -> None:
    exercise = rescue()
    assert play(exercise, 5).digest == play(exercise, 5).digest
    assert play(exercise, 5).digest != play(exercise, 6).digest


@pytest.mark.parametrize("pattern", SearchPattern)
@pytest.mark.parametrize("missing", ["area", "searching", "coordinator", "everybody"])
def test_what_is_missing_leaves_units_out_and_never_stops_the_run(missing: str, pattern: SearchPattern) -> None:
    units = {"searching": dict(SEARCHERS), "coordinator": dict(COORDINATOR)}
    for role in units:
        if missing in {role, "everybody"}:
            units[role] = {}
    given_ = SearchAndRescueParameters(pattern=pattern)
    exercise = one_serial("search_and_rescue", units, given_, footprint=None if missing == "area" else BAY)
    plan = assert_keeps_its_promises(briefing_of(exercise))
    assert set(plan) == (set(SEARCHERS) if missing == "coordinator" else set())
    outcome = play(exercise)
    if outcome.records[0].actual is not None:
        measures_of(exercise, outcome)
    if missing != "coordinator":
        assert TYPE.duration_ms(exercise, exercise.serials["S1"]) is None
