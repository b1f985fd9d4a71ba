"""In a run ships turn, gather way and keep station, and aircraft climb and come home in time."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from script_cases import HERE, SHIP, Acts, at_sea, install, kinds, outside, scripted
from waterspace.domain import (
    NEWS,
    BearingFrom,
    CloseTo,
    Event,
    Exercise,
    Follow,
    KeepStation,
    Medium,
    OutsideKind,
    Platform,
    Proceed,
    SerialStatus,
    Track,
    Unit,
    Wait,
    WaitUntil,
)
from waterspace.engine import rehearse
from waterspace.geometry.angles import turn_deg
from waterspace.geometry.geodesic import bearing_deg, destination, distance_m
from waterspace.geometry.legs import legs_at_speed, position_at, speed_mps
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M, SECOND_MS

NORTH = destination(HERE, 0.0, 10.0 * NAUTICAL_MILE_M)
NORTH_EAST = destination(NORTH, 90.0, 10.0 * NAUTICAL_MILE_M)
TWENTY_KNOTS = 20.0 * KNOT_MPS
START_MS, END_MS = 10 * HOUR_MS, 12 * HOUR_MS


@pytest.fixture(autouse=True)
def _scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch.setattr)


def of_class(plan: Exercise, **more: object) -> Exercise:
    """The same with ships that handle as told."""
    return replace(plan, platforms={**plan.platforms, "ship": replace(SHIP, **more)})  # type: ignore[arg-type]


def done(events: tuple[Event, ...], unit: str) -> list[int]:
    return [event.time_ms for event in kinds(events, "act.done") if event.unit == unit]


def sharpest_deg(exercise: Exercise, unit: str) -> float:
    legs = [leg for leg in rehearse(exercise).tracks[unit].legs if leg.serial == "S1" and not leg.is_wait]
    return max(
        abs(turn_deg(bearing_deg(a.end, a.start) + 180.0, bearing_deg(b.start, b.end)))
        for a, b in itertools.pairwise(legs)
        if distance_m(a.start, a.end) > 2.0 and distance_m(b.start, b.end) > 2.0
    )


def round_the_corner(*more: Proceed | Wait) -> Exercise:
    go = Proceed(waypoints=(NORTH, NORTH_EAST), speed_mps=TWENTY_KNOTS)
    return at_sea(scripted("S1", 10, {"A": Acts(orders=(go, *more))}))


def test_a_class_with_a_tactical_diameter_turns_along_an_arc() -> None:
    plan = round_the_corner()
    assert sharpest_deg(plan, "A") == pytest.approx(90.0, abs=1.0)
    assert sharpest_deg(of_class(plan, tactical_diameter_m=800.0), "A") < 8.0


def test_whoever_waits_for_a_ship_that_turns_is_told_when_it_really_arrives() -> None:
    plan = of_class(round_the_corner(), tactical_diameter_m=800.0)
    outcome = rehearse(plan)
    (arrived_ms,) = done(outcome.events, "A")
    legs = outcome.tracks["A"].legs
    assert distance_m(position_at(legs, arrived_ms), NORTH_EAST) < 1.0
    assert distance_m(position_at(legs, arrived_ms - 5 * SECOND_MS), NORTH_EAST) > 40.0
    at_once_ms = START_MS + 20.0 * NAUTICAL_MILE_M / TWENTY_KNOTS * SECOND_MS
    cut_m = 400.0 * (2.0 - 3.14159265 / 2.0)
    assert arrived_ms == pytest.approx(at_once_ms - cut_m / TWENTY_KNOTS * SECOND_MS, abs=500)


def test_a_ship_that_is_ordered_about_turns_from_the_course_it_is_on() -> None:
    run = Proceed(waypoints=(NORTH,), speed_mps=TWENTY_KNOTS, heeds=NEWS)
    back = Proceed(waypoints=(HERE,), speed_mps=TWENTY_KNOTS)
    plan = of_class(at_sea(scripted("S1", 10, {"A": Acts(orders=(run, back))})), tactical_diameter_m=800.0)
    legs = rehearse(plan, journal=(outside(10.25, OutsideKind.ORDER, "A", text="turn back"),)).tracks["A"].legs
    turned = position_at(legs, round(10.25 * HOUR_MS))
    widest_m = max(
        distance_m(position_at(legs, round(10.25 * HOUR_MS) + second * SECOND_MS), turned) for second in range(120)
    )
    assert 790.0 <= widest_m <= 900.0


def test_a_class_with_a_time_to_full_speed_gathers_way() -> None:
    plan = round_the_corner(Wait(duration_ms=MINUTE_MS))
    slow = of_class(plan, full_speed_ms=7 * MINUTE_MS)
    first, late = (done(rehearse(exercise).events, "A")[0] for exercise in (plan, slow))
    ramp_s = 7 * 60.0 * 20.0 / 28.0
    assert late - first == pytest.approx(ramp_s / 2.0 * SECOND_MS, rel=0.01)
    legs = rehearse(slow).tracks["A"].legs
    assert speed_mps(next(leg for leg in legs if leg.serial == "S1" and not leg.is_wait)) < 2.0 * KNOT_MPS


def test_a_pursuer_that_turns_and_gathers_way_still_meets() -> None:
    chase = CloseTo(unit="A", range_m=500.0, timeout_ms=3 * HOUR_MS)
    acts = {"A": Acts(orders=(Proceed(waypoints=(NORTH, NORTH_EAST)),)), "B": Acts(orders=(chase,))}
    plan = of_class(at_sea(scripted("S1", 10, acts)), tactical_diameter_m=900.0, full_speed_ms=5 * MINUTE_MS)
    outcome = rehearse(plan)
    (met,) = [event for event in kinds(outcome.events, "act.done") if event.text == "B met"]
    gap_m = distance_m(*(position_at(outcome.tracks[unit].legs, met.time_ms) for unit in "AB"))
    assert gap_m == pytest.approx(500.0, abs=20.0)


# -------------------------------------------------------------------------------------------------------- station


def stationed(keep: KeepStation, guide: Acts | None = None) -> Exercise:
    go = Proceed(waypoints=(NORTH, NORTH_EAST), speed_mps=12.0 * KNOT_MPS)
    acts = {"A": guide or Acts(orders=(go,)), "B": Acts(orders=(keep,))}
    return at_sea(scripted("S1", 10, acts))


KEEP = KeepStation(guide="A", bearing_deg=135.0, range_m=2000.0, until_ms=END_MS)


def off_m(tracks: Mapping[str, Track], keep: KeepStation, time_ms: int) -> float:
    legs = {unit: track.legs for unit, track in tracks.items()}
    guide = position_at(legs["A"], time_ms)
    from_deg = 0.0
    if keep.bearing_from is BearingFrom.BOW:
        from_deg = bearing_deg(position_at(legs["A"], time_ms - SECOND_MS), guide)
    return distance_m(position_at(legs["B"], time_ms), destination(guide, from_deg + keep.bearing_deg, keep.range_m))


@pytest.mark.parametrize("bearing_from", list(BearingFrom))
@pytest.mark.parametrize(
    "handling",
    [
        {},
        {"tactical_diameter_m": 800.0},
        {"full_speed_ms": 6 * MINUTE_MS},
        {"tactical_diameter_m": 500.0, "full_speed_ms": 9 * MINUTE_MS},
    ],
)
def test_a_ship_takes_its_station_and_keeps_it_round_a_corner(
    bearing_from: BearingFrom, handling: dict[str, object]
) -> None:
    keep = replace(KEEP, bearing_from=bearing_from)
    plan = of_class(stationed(keep), **handling)
    outcome = rehearse(plan)
    events, tracks = outcome.events, outcome.tracks
    assert [event.time_ms for event in kinds(events, "act.done") if event.unit == "B"] == [END_MS]
    off, taken = kinds(events, "station.off"), kinds(events, "station.taken")
    assert off[0].time_ms == START_MS
    assert off[0].text.startswith("B off its station on A by 4")
    assert len(off) == len(taken)
    for time_ms in range(START_MS, START_MS + 99 * MINUTE_MS, 97 * SECOND_MS):
        away = any(a.time_ms <= time_ms <= b.time_ms for a, b in zip(off, taken, strict=True))
        assert away or off_m(tracks, keep, time_ms) < (101.0 if handling else 2.0)
    assert off_m(tracks, keep, START_MS + 44 * MINUTE_MS) < 5.0
    assert off_m(tracks, keep, START_MS + 90 * MINUTE_MS) < 5.0
    expected = 2 if bearing_from is BearingFrom.BOW else 1
    assert len(off) == expected or handling


def test_a_station_follows_a_guide_that_is_ordered_elsewhere() -> None:
    run = Proceed(waypoints=(NORTH,), speed_mps=12.0 * KNOT_MPS, heeds=NEWS)
    guide = Acts(orders=(run, Proceed(waypoints=(destination(HERE, 270.0, 40_000.0),), speed_mps=12.0 * KNOT_MPS)))
    plan = stationed(KEEP, guide)
    legs = rehearse(plan, journal=(outside(11.0, OutsideKind.ORDER, "A", text="west"),)).tracks
    for minute in (55, 61, 80, 119):
        time_ms = START_MS + minute * MINUTE_MS
        station = destination(position_at(legs["A"].legs, time_ms), 135.0, 2000.0)
        assert distance_m(position_at(legs["B"].legs, time_ms), station) < 2.0


def test_a_station_on_a_guide_that_is_too_fast_is_lost_and_that_is_said() -> None:
    keep = replace(KEEP, speed_mps=10.0 * KNOT_MPS)
    flight = Proceed(waypoints=(destination(NORTH, 300.0, 200_000.0),), speed_mps=TWENTY_KNOTS)
    events = rehearse(stationed(keep, Acts(orders=(flight,)))).events
    (off,) = kinds(events, "station.off")
    assert off.text.endswith("with no time to take it")
    assert kinds(events, "station.taken") == []
    assert float(off.data["gap_m"]) > 5000.0


def test_news_breaks_station_keeping_off_and_the_ship_stops() -> None:
    keep = replace(KEEP, heeds=NEWS)
    outcome = rehearse(stationed(keep), journal=(outside(11.5, OutsideKind.ORDER, "B", text="stop"),))
    legs = outcome.tracks["B"].legs
    there = position_at(legs, round(11.5 * HOUR_MS))
    assert distance_m(there, position_at(legs, round(11.9 * HOUR_MS))) < 1.0


@pytest.mark.parametrize(
    ("keep", "words"),
    [
        (replace(KEEP, guide="X"), "'X', which is no unit"),
        (replace(KEEP, guide="B"), "keeps station on B"),
        (replace(KEEP, range_m=-1.0), "must be numbers"),
        (replace(KEEP, bearing_deg=float("nan")), "must be numbers"),
        (replace(KEEP, speed_mps=0.0), "cannot reach its station on A at 0.0 m/s"),
    ],
)
def test_a_station_that_cannot_be_kept_is_refused_with_the_serial_and_the_time(keep: KeepStation, words: str) -> None:
    outcome = rehearse(stationed(keep))
    assert "serial S1 at 1970-01-01T10:00" in outcome.records[0].reason
    assert words in outcome.records[0].reason


def test_two_ships_cannot_be_each_others_guides() -> None:
    guide = Acts(orders=(replace(KEEP, guide="B"),))
    assert "one of them must be the guide" in rehearse(stationed(KEEP, guide)).records[0].reason


def test_ships_may_keep_station_in_a_chain() -> None:
    go = Proceed(waypoints=(NORTH, NORTH_EAST), speed_mps=12.0 * KNOT_MPS)
    acts = {
        "A": Acts(orders=(go,)),
        "B": Acts(orders=(KEEP,)),
        "C": Acts(orders=(replace(KEEP, guide="B", bearing_deg=225.0),)),
    }
    tracks = rehearse(at_sea(scripted("S1", 10, acts, units=("A", "B", "C")))).tracks
    places = {unit: position_at(tracks[unit].legs, END_MS - MINUTE_MS) for unit in "ABC"}
    assert distance_m(places["B"], destination(places["A"], 135.0, 2000.0)) < 5.0
    assert distance_m(places["C"], destination(places["B"], 225.0, 2000.0)) < 5.0


# ------------------------------------------------------------------------------------------------------- aircraft

HELICOPTER = Platform(
    key="helicopter",
    name="Helicopter",
    kind="ship helicopter",
    medium=Medium.AIR,
    cruise_speed_mps=110.0 * KNOT_MPS,
    max_speed_mps=140.0 * KNOT_MPS,
    climb_rate_mps=5.0,
)
BASE = destination(HERE, 0.0, 60.0 * NAUTICAL_MILE_M)


def flying(orders: tuple[Proceed | WaitUntil | Follow, ...], **more: object) -> Exercise:
    unit = Unit(id="H", name="H", nation="JPN", platform="helicopter", home=BASE, home_name="base")
    plan = at_sea(scripted("S1", 10, {"H": Acts(orders=orders)}, units=("A", "H")))
    platforms = {**plan.platforms, "helicopter": replace(HELICOPTER, **more)}  # type: ignore[arg-type]
    return replace(plan, platforms=platforms, units={**plan.units, "H": unit})


def height_at(exercise: Exercise, time_ms: int) -> float:
    legs = rehearse(exercise).tracks["H"].legs
    return next(leg.height_m for leg in legs if leg.start_ms <= time_ms < leg.end_ms)


@given(st.integers(0, 600))
def test_an_aircraft_is_as_high_as_it_can_have_climbed(second: int) -> None:
    away = Proceed(waypoints=(destination(HERE, 180.0, 90_000.0),), height_m=1500.0)
    plan = flying((away,))
    exact_m = min(5.0 * second, 1500.0)
    assert height_at(plan, START_MS + second * SECOND_MS) == pytest.approx(exact_m, abs=50.5)


def test_an_aircraft_without_a_rate_of_climb_is_up_at_once() -> None:
    away = Proceed(waypoints=(destination(HERE, 180.0, 90_000.0),), height_m=1500.0)
    assert height_at(flying((away,), climb_rate_mps=None), START_MS + SECOND_MS) == 1500.0


def test_an_aircraft_comes_down_in_time_to_land() -> None:
    plan = flying((Proceed(waypoints=(destination(HERE, 180.0, 90_000.0),), height_m=1500.0),))
    outcome = rehearse(plan)
    (landed,) = kinds(outcome.events, "unit.landed")
    for second in (30, 100, 290):
        assert height_at(plan, landed.time_ms - second * SECOND_MS) == pytest.approx(5.0 * second, abs=50.5)


LOITER = (
    Proceed(waypoints=(destination(HERE, 90.0, 9000.0),), height_m=300.0),
    WaitUntil(time_ms=END_MS),
)


def test_an_aircraft_whose_endurance_would_run_out_breaks_off_and_flies_home() -> None:
    outcome = rehearse(flying(LOITER, endurance_ms=2 * HOUR_MS))
    (broke,) = kinds(outcome.events, "unit.broke_off")
    assert broke.text == "H breaks off: its endurance of 2 h is used up but for the way home"
    assert broke.serial == "S1"
    (up,) = kinds(outcome.events, "unit.under_way")[-1:]
    (landed,) = kinds(outcome.events, "unit.landed")
    assert (up.unit, landed.unit) == ("H", "H")
    assert 2 * HOUR_MS - MINUTE_MS < landed.time_ms - up.time_ms <= 2 * HOUR_MS + 5 * SECOND_MS
    record = outcome.records[0]
    assert record.status is SerialStatus.COMPLETED
    assert record.reason == "without H: its endurance of 2 h is used up but for the way home"


def test_an_aircraft_that_is_home_in_time_is_left_alone() -> None:
    enough = rehearse(flying(LOITER, endurance_ms=4 * HOUR_MS))
    unknown = rehearse(flying(LOITER))
    assert kinds(enough.events, "unit.broke_off") == []
    assert enough.digest == unknown.digest


def test_an_aircraft_that_cannot_even_get_there_turns_back_on_the_way_and_tries_no_more_than_it_can() -> None:
    outcome = rehearse(flying(LOITER, endurance_ms=50 * MINUTE_MS))
    broke, landed = kinds(outcome.events, "unit.broke_off"), kinds(outcome.events, "unit.landed")
    assert broke
    assert len(landed) == len(broke)
    assert outcome.records[0].status is SerialStatus.COMPLETED
    assert "H" not in outcome.records[0].units


def test_what_the_class_does_not_say_leaves_a_run_as_it_was() -> None:
    plan = round_the_corner()
    assert rehearse(of_class(plan, tactical_diameter_m=0.0, full_speed_ms=0)).digest == rehearse(plan).digest


def test_a_plan_in_time_is_kept_to_in_time_however_the_ship_handles() -> None:
    route = (HERE, NORTH, NORTH_EAST)
    follow = Follow(legs=legs_at_speed(route, START_MS, 14.0 * KNOT_MPS))
    plan = at_sea(scripted("S1", 10, {"A": Acts(orders=(follow,))}))
    handling = of_class(plan, tactical_diameter_m=900.0, full_speed_ms=10 * MINUTE_MS)
    assert done(rehearse(handling).events, "A") == done(rehearse(plan).events, "A")
