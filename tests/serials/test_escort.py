"""An escort keeps its screen about the convoy, and looks at contacts when it can be back in time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
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
from waterspace.domain import (
    Corridor,
    Hazard,
    MovingBox,
    OutsideEvent,
    OutsideKind,
    Position,
    SerialStatus,
    Weather,
    Window,
)
from waterspace.engine import rehearse
from waterspace.geometry.geodesic import bearing_deg, destination, distance_m, distances_m, route_length_m
from waterspace.geometry.legs import position_at, positions_at, speed_mps
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.review.assess import measures
from waterspace.serials import escort
from waterspace.serials.escort import SERIAL_TYPE, EscortParameters
from waterspace.serials.seamanship.screening import reached_ms

if TYPE_CHECKING:
    from serial_cases import Rehearsed
    from waterspace.domain import Exercise
    from waterspace.serials.base import Briefing, Plan

ROUTE = (HERE, destination(HERE, 45.0, 25.0 * NAUTICAL_MILE_M), destination(HERE, 60.0, 40.0 * NAUTICAL_MILE_M))
QUIET = EscortParameters(route=ROUTE, contacts_count=0)
ROLES = {"convoy": ["tanker", "tanker"], "screen": ["frigate", "frigate", "frigate"]}


@st.composite
def parameters(draw: st.DrawFn) -> EscortParameters:
    corner = destination(HERE, 200.0, draw(st.floats(20_000.0, 40_000.0)))
    end = destination(corner, 200.0 + draw(st.floats(-60.0, 60.0)), draw(st.floats(20_000.0, 40_000.0)))
    return EscortParameters(
        route=(HERE, corner, end),
        speed_mps=draw(st.none() | st.floats(2.0, 6.0)),
        spacing_m=draw(st.floats(900.0, 2000.0)),
        screen_range_m=draw(st.floats(2000.0, 8000.0)),
        screen_angle_deg=draw(st.floats(0.0, 360.0)),
    )


@settings(deadline=None, max_examples=50)
@given(
    convoy=st.lists(st.sampled_from(("tanker", "frigate", "helicopter")), max_size=4),
    screen=st.lists(st.sampled_from(("frigate", "helicopter")), max_size=5),
    asked=parameters(),
)
def test_an_escort_keeps_the_laws_of_every_serial(
    convoy: list[str], screen: list[str], asked: EscortParameters
) -> None:
    roles = {"convoy": convoy, "screen": screen}
    briefing = briefing_of(exercise_of("escort", roles, asked, duration_ms=8 * HOUR_MS))
    plan = SERIAL_TYPE.plan(briefing)
    assert set(plan) == {unit for unit, kind in _kinds(roles).items() if kind != "helicopter"}
    assert_keeps_the_laws(briefing, plan)


def _kinds(roles: dict[str, list[str]]) -> dict[str, str]:
    return {f"{role}{number}": kind for role, kinds in roles.items() for number, kind in enumerate(kinds, start=1)}


def test_the_screen_is_ahead_and_on_the_beams_at_its_range() -> None:
    plan = SERIAL_TYPE.plan(briefing_of(exercise_of("escort", ROLES, QUIET)))
    middle = _middle(position_at(plan["convoy1"], START_MS), position_at(plan["convoy2"], START_MS))
    course_deg = bearing_deg(*ROUTE[:2])
    for unit, off_deg in (("screen1", -90.0), ("screen2", 0.0), ("screen3", 90.0)):
        station = position_at(plan[unit], START_MS)
        assert distance_m(middle, station) == pytest.approx(3.0 * NAUTICAL_MILE_M, rel=1e-3)
        assert abs((bearing_deg(middle, station) - course_deg - off_deg + 180.0) % 360.0 - 180.0) < 0.5


def _middle(a: Position, b: Position) -> Position:
    return destination(a, bearing_deg(a, b), distance_m(a, b) / 2.0)


def test_a_long_convoy_pushes_the_screen_out() -> None:
    roles = {"convoy": ["tanker"] * 5, "screen": ["frigate"]}
    asked = EscortParameters(route=ROUTE, spacing_m=2000.0, screen_range_m=2000.0)
    plan = SERIAL_TYPE.plan(briefing_of(exercise_of("escort", roles, asked)))
    assert distance_m(plan["convoy1"][0].start, plan["screen1"][0].start) == pytest.approx(2000.0, abs=5.0)


def test_it_takes_as_long_as_the_slowest_ship_needs_and_an_area_only_without_a_route() -> None:
    exercise = exercise_of("escort", ROLES, QUIET, duration_ms=None)
    duration_ms = SERIAL_TYPE.duration_ms(exercise, exercise.serials["S1"])
    assert duration_ms == pytest.approx(route_length_m(ROUTE) / (12.0 * KNOT_MPS) * 1000.0, abs=2.0)
    nobody = exercise_of("escort", {}, QUIET, duration_ms=None)
    assert SERIAL_TYPE.duration_ms(nobody, nobody.serials["S1"]) is None
    assert SERIAL_TYPE.needs(EscortParameters()).area
    assert not SERIAL_TYPE.needs(QUIET).area


def test_a_corridor_is_a_route_and_without_a_route_or_a_ship_nobody_is_placed() -> None:
    corridor = Corridor(waypoints=ROUTE, half_width_m=2000.0)
    plan = SERIAL_TYPE.plan(briefing_of(exercise_of("escort", ROLES, area=corridor)))
    assert plan["convoy1"][-1].end == ROUTE[-1]
    for lost in (briefing_of(exercise_of("escort", ROLES)), briefing_of(exercise_of("escort", {}, QUIET))):
        assert SERIAL_TYPE.plan(lost) == {}
        assert SERIAL_TYPE.reservations(lost, {}) == ()


def test_the_claim_is_a_box_that_moves_with_the_middle_of_the_convoy() -> None:
    briefing = briefing_of(exercise_of("escort", ROLES, QUIET))
    (claim,) = SERIAL_TYPE.reservations(briefing, SERIAL_TYPE.plan(briefing))
    assert isinstance(claim.footprint, MovingBox)
    assert claim.hazard is Hazard.MANOEUVRE
    assert claim.footprint.abeam_m == pytest.approx(4.0 * NAUTICAL_MILE_M)


def test_without_contacts_everyone_follows_the_plan() -> None:
    run = rehearsed(exercise_of("escort", ROLES, QUIET, duration_ms=5 * HOUR_MS))
    assert run.record.status is SerialStatus.COMPLETED
    assert (run.value("arrived_count"), run.value("contacts_count")) == (2.0, 0.0)
    assert run.value("screen_kept_ratio") == 1.0
    assert {measure.name for measure in run.measures} == {
        "arrived_count",
        "arrival_delay_ms",
        "arrived_in_time_ratio",
        "contacts_count",
        "convoy_inside_ratio",
        "screen_kept_ratio",
    }
    assert run.value("convoy_inside_ratio") == 1.0
    assert run.value("arrival_delay_ms") == pytest.approx(0.0, abs=1000.0)
    assert run.value("arrived_in_time_ratio") == 1.0


def test_a_convoy_that_is_early_reports_when_it_arrives_and_waits() -> None:
    asked = EscortParameters(route=ROUTE, speed_mps=8.0, contacts_count=0)
    run = rehearsed(exercise_of("escort", {"convoy": ["frigate"]}, asked, duration_ms=6 * HOUR_MS))
    (arrived,) = run.kinds("escort.arrived")
    assert arrived.time_ms - START_MS == pytest.approx(route_length_m(ROUTE) / 8.0 * 1000.0, abs=10.0)


def test_a_ship_that_looks_at_a_contact_goes_there_and_comes_back_to_its_station() -> None:
    asked = EscortParameters(route=ROUTE, contacts_count=6)
    exercise = exercise_of("escort", ROLES, asked, duration_ms=5 * HOUR_MS)
    plan = SERIAL_TYPE.plan(briefing_of(exercise))
    run = rehearsed(exercise, 4)
    looked = run.kinds("escort.investigated")
    assert looked
    assert run.value("contacts_count") == len(looked) + len(run.kinds("escort.unanswered"))
    assert run.value("investigated_ratio") == len(looked) / run.value("contacts_count")
    for event in run.kinds("escort.regained"):
        assert (
            distance_m(position_at(run.tracks[event.unit], event.time_ms), position_at(plan[event.unit], event.time_ms))
            < 2.0
        )
    for event in looked:
        assert event.position is not None
        middle = _middle(position_at(plan["convoy1"], event.time_ms), position_at(plan["convoy2"], event.time_ms))
        assert distance_m(middle, event.position) > 3.0 * NAUTICAL_MILE_M
    assert 0.0 < run.value("screen_kept_ratio") < 1.0
    assert run.value("off_station_ms") > 10 * MINUTE_MS
    for unit, legs in run.tracks.items():
        for leg in legs:
            assert speed_mps(leg) <= 28.0 * KNOT_MPS * 1.001, unit


def test_a_screen_no_faster_than_its_convoy_mostly_stays_where_it_is() -> None:
    asked = EscortParameters(route=ROUTE, speed_mps=16.0 * KNOT_MPS, contacts_count=20)
    roles = {"convoy": ["tanker"], "screen": ["tanker"]}
    run = rehearsed(exercise_of("escort", roles, asked, duration_ms=150 * MINUTE_MS))
    assert run.kinds("escort.unanswered")
    assert run.value("investigated_ratio") < 0.2


def test_contacts_come_by_the_seed() -> None:
    exercise = exercise_of("escort", ROLES, EscortParameters(route=ROUTE), duration_ms=5 * HOUR_MS)
    assert rehearsed(exercise, 1).digest == rehearsed(exercise, 1).digest
    assert len({rehearsed(exercise, seed).value("contacts_count") for seed in range(6)}) > 1


def test_a_contact_near_the_end_is_left_alone() -> None:
    """With the contact on the last mile of the route there is no time to go out and come back."""
    briefing = briefing_of(exercise_of("escort", ROLES, QUIET))
    plan = SERIAL_TYPE.plan(briefing)
    legs = plan["screen1"]
    for before_ms, away_m, expected in (
        (MINUTE_MS, 20_000.0, False),
        (4 * MINUTE_MS, 3000.0, False),
        (HOUR_MS, 3000.0, True),
    ):
        now_ms = briefing.window.end_ms - before_ms
        stage: Any = _Still(briefing, plan, now_ms)
        place = destination(position_at(legs, now_ms), 225.0, away_m)
        assert escort._is_in_time(stage, "screen1", place) is expected


class _Still:
    """A run at one instant, with everybody where the plan has them."""

    def __init__(self, briefing: Briefing[Any], plan: Plan, now_ms: int) -> None:
        self.briefing, self.plan, self.now_ms = briefing, plan, now_ms

    def position(self, unit: str) -> Position:
        return position_at(self.plan[unit], self.now_ms)

    def stream(self, name: str) -> np.random.Generator:
        return np.random.default_rng(len(name))


@pytest.mark.parametrize(("draw", "expected"), [(0.0, 0), (0.04, 0), (0.05, 1), (0.5, 3), (0.96, 6), (0.97, 7)])
def test_a_draw_gives_the_poisson_count_it_lies_under(draw: float, expected: int) -> None:
    """Cumulative probabilities for a mean of 3: 0.0498, 0.1991, 0.4232, 0.6472 ... 0.9665 at 6, 0.9881 at 7."""
    assert escort._poisson(3.0, draw) == expected


def test_a_lone_screen_that_goes_out_leaves_the_convoy_for_as_long_as_a_sampled_track_says() -> None:
    given_ = EscortParameters(route=QUIET.route, contacts_count=6, contact_range_m=15_000.0)
    run = rehearsed(
        exercise_of("escort", {"convoy": ["tanker"], "screen": ["frigate"]}, given_, duration_ms=5 * HOUR_MS)
    )
    assert run.kinds("escort.investigated")
    window = run.record.actual
    assert window is not None
    times_ms = np.linspace(window.start_ms, window.end_ms, 20_001)
    ranges_m = distances_m(
        *positions_at(run.tracks["convoy1"], times_ms), *positions_at(run.tracks["screen1"], times_ms)
    )
    sampled = float(np.mean(ranges_m <= given_.screen_range_m + given_.spacing_m))
    assert 0.1 < sampled < 0.95
    assert run.value("convoy_inside_ratio") == pytest.approx(sampled, abs=2e-3)
    contacts = [event for event in run.events if "lat_deg" in event.data]
    nearest_m = min(
        distance_m(
            position_at(run.tracks["convoy1"], time_ms),
            Position(lat_deg=float(event.data["lat_deg"]), lon_deg=float(event.data["lon_deg"])),
        )
        for event in contacts
        for time_ms in range(event.time_ms, window.end_ms, 10_000)
    )
    assert run.value("closest_contact_m") == pytest.approx(nearest_m, abs=60.0)


def test_an_escort_that_stops_while_a_ship_is_out_says_how_long_it_was_off_its_station() -> None:
    given_ = EscortParameters(route=QUIET.route, contacts_count=6, contact_range_m=15_000.0)
    exercise = exercise_of("escort", {"convoy": ["tanker"], "screen": ["frigate"]}, given_, duration_ms=5 * HOUR_MS)
    left = rehearsed(exercise).kinds("escort.contact")[0]
    stop = OutsideEvent(at_ms=left.time_ms + 300_000, kind=OutsideKind.CANCEL, to="S1", text="storm")
    outcome = rehearse(exercise, 1, journal=(stop,))
    (told,) = [event for event in outcome.events if event.kind == "escort.broken_off"]
    assert told.data["off_station_ms"] == 300_000


@pytest.mark.parametrize(
    ("journal", "expected"),
    [
        ((), 1.0),
        ((OutsideEvent(at_ms=START_MS + HOUR_MS, kind=OutsideKind.FAILURE, to="convoy1"),), 0.0),
        ((OutsideEvent(at_ms=START_MS - HOUR_MS, kind=OutsideKind.FAILURE, to="convoy1"),), 0.0),
        ((OutsideEvent(at_ms=START_MS - HOUR_MS, kind=OutsideKind.DELAY, to="S1", by_ms=2 * HOUR_MS),), 0.0),
    ],
    ids=["as planned", "a ship lost on the way", "a ship that never sailed", "put back"],
)
def test_a_convoy_is_in_time_only_as_a_whole_and_by_the_planned_end(
    journal: tuple[OutsideEvent, ...], expected: float
) -> None:
    exercise = exercise_of("escort", ROLES, QUIET, duration_ms=5 * HOUR_MS)
    outcome = rehearse(exercise, 1, journal=journal)
    found = measures(exercise, outcome.records, outcome.events, outcome.tracks)
    (in_time,) = (measure.value for measure in found if measure.name == "arrived_in_time_ratio")
    assert in_time == expected


def head_sea(exercise: Exercise, sea_state: int = 6, from_deg: float = 60.0, after_ms: int = 0) -> Exercise:
    """The exercise in a sea from a direction, from some time after its serial starts."""
    window = Window(start_ms=START_MS + after_ms, end_ms=exercise.window.end_ms)
    return replace(exercise, weather=(Weather(window=window, sea_state=sea_state, wind_from_deg=from_deg),))


SLOWED = exercise_of(
    "escort", {"convoy": ["tanker"] * 4, "screen": ["frigate"] * 3}, QUIET, duration_ms=round(3.5 * HOUR_MS)
)


def off_screen_m(run: Rehearsed, screen: str, guide: str, time_ms: int) -> float:
    """How far a screening ship is from where the plan has it about a guide that has come as far as it really has."""
    plan = SERIAL_TYPE.plan(briefing_of(SLOWED))
    come_ms = reached_ms(plan[guide], position_at(run.tracks[guide], time_ms), time_ms)
    return distance_m(position_at(run.tracks[screen], time_ms), position_at(plan[screen], come_ms))


def test_a_convoy_that_a_head_sea_slows_stays_inside_its_screen() -> None:
    run = rehearsed(head_sea(SLOWED))
    assert run.value("arrival_delay_ms") > 30 * MINUTE_MS
    assert run.value("convoy_inside_ratio") > 0.99
    assert run.value("screen_kept_ratio") == 1.0
    assert run.record.actual is not None
    assert run.record.planned is not None
    for time_ms in range(START_MS + 20 * MINUTE_MS, run.record.actual.end_ms, 7 * MINUTE_MS):
        for unit in ("screen1", "screen2", "screen3"):
            assert off_screen_m(run, unit, "convoy2", time_ms) < 400.0


def test_a_sea_that_rises_on_the_way_is_noticed_within_ten_minutes() -> None:
    run = rehearsed(head_sea(SLOWED, after_ms=HOUR_MS))
    plan = SERIAL_TYPE.plan(briefing_of(SLOWED))
    for unit in ("screen1", "screen2", "screen3"):
        before_ms, after_ms = START_MS + HOUR_MS - MINUTE_MS, START_MS + HOUR_MS + 15 * MINUTE_MS
        assert distance_m(position_at(run.tracks[unit], before_ms), position_at(plan[unit], before_ms)) < 2.0
        assert distance_m(position_at(run.tracks[unit], after_ms), position_at(plan[unit], after_ms)) > 1000.0
        assert off_screen_m(run, unit, "convoy2", after_ms) < 400.0


def test_an_escort_ends_when_its_convoy_has_arrived_late() -> None:
    run = rehearsed(head_sea(SLOWED))
    arrived_ms = max(event.time_ms for event in run.kinds("escort.arrived"))
    assert run.record.actual is not None
    assert run.record.planned is not None
    assert arrived_ms > run.record.planned.end_ms
    assert 0 <= run.record.actual.end_ms - arrived_ms <= 3000
    assert run.record.status is SerialStatus.COMPLETED


def test_in_a_sea_that_slows_nobody_every_ship_runs_its_planned_legs() -> None:
    run = rehearsed(head_sea(SLOWED, sea_state=3))
    plan = SERIAL_TYPE.plan(briefing_of(SLOWED))
    for unit in ("screen1", "screen2", "screen3"):
        for time_ms in range(START_MS, START_MS + 3 * HOUR_MS, 3 * MINUTE_MS):
            assert distance_m(position_at(run.tracks[unit], time_ms), position_at(plan[unit], time_ms)) < 1.0
    assert not run.kinds("station.off")


def test_the_next_ship_is_guide_where_the_guide_falls_out() -> None:
    fails_ms = START_MS + HOUR_MS
    lost = OutsideEvent(at_ms=fails_ms, kind=OutsideKind.FAILURE, to="convoy2")
    exercise = head_sea(SLOWED)
    outcome = rehearse(exercise, 1, journal=(lost,))
    tracks = {unit: track.legs for unit, track in outcome.tracks.items()}
    plan = SERIAL_TYPE.plan(briefing_of(SLOWED))
    time_ms = fails_ms + 90 * MINUTE_MS
    stopped = position_at(tracks["convoy2"], time_ms)
    assert stopped == position_at(tracks["convoy2"], fails_ms)
    come_ms = reached_ms(plan["convoy3"], position_at(tracks["convoy3"], time_ms), time_ms)
    for unit in ("screen1", "screen2", "screen3"):
        place = position_at(tracks[unit], time_ms)
        assert distance_m(place, position_at(plan[unit], come_ms)) < 400.0
        assert distance_m(place, stopped) > 10_000.0
    found = {m.name: m.value for m in measures(exercise, outcome.records, outcome.events, outcome.tracks)}
    assert found["arrived_count"] == 3.0


def test_a_screen_whose_convoy_is_slowed_looks_at_contacts_and_comes_back_to_it() -> None:
    asked = replace(QUIET, contacts_count=4)
    serial = replace(SLOWED.serials["S1"], parameters=asked)
    exercise = head_sea(replace(SLOWED, serials={"S1": serial}))
    regained = 0
    for seed in range(1, 5):
        run = rehearsed(exercise, seed)
        for event in run.kinds("escort.regained"):
            regained += 1
            assert off_screen_m(run, event.unit, "convoy2", event.time_ms) < 100.0
            left = next(e for e in run.kinds("escort.contact") if e.data["contact"] == event.data["contact"])
            assert event.data["off_station_ms"] == event.time_ms - left.time_ms
        for event in run.kinds("escort.investigated"):
            left = next(e for e in run.kinds("escort.contact") if e.data["contact"] == event.data["contact"])
            place = Position(lat_deg=float(left.data["lat_deg"]), lon_deg=float(left.data["lon_deg"]))
            assert event.position is not None
            assert distance_m(event.position, place) < 1.0
            middle = _middle(*(position_at(run.tracks[unit], left.time_ms) for unit in ("convoy2", "convoy3")))
            assert distance_m(middle, place) == pytest.approx(6.0 * NAUTICAL_MILE_M, rel=0.05)
    assert regained > 3


def test_contacts_of_a_screening_ship_that_has_fallen_out_are_left_to_the_others() -> None:
    asked = replace(QUIET, contacts_count=8)
    exercise = replace(SLOWED, serials={"S1": replace(SLOWED.serials["S1"], parameters=asked)})
    lost = OutsideEvent(at_ms=START_MS + 5 * MINUTE_MS, kind=OutsideKind.FAILURE, to="screen1")
    whole = rehearse(exercise, 3)
    short = rehearse(exercise, 3, journal=(lost,))
    both = [
        {event.data["contact"] for event in run.events if event.kind in {"escort.contact", "escort.unanswered"}}
        for run in (whole, short)
    ]
    assert both[0] == both[1] != set()
    assert not [event for event in short.events if event.unit == "screen1" and event.kind == "escort.contact"]


@settings(deadline=None, max_examples=50)
@given(late_ms=st.integers(0, 3 * HOUR_MS), now_ms=st.integers(0, 4 * HOUR_MS))
def test_how_far_a_ship_has_come_is_read_from_where_it_is(late_ms: int, now_ms: int) -> None:
    legs = SERIAL_TYPE.plan(briefing_of(SLOWED))["convoy2"]
    start_ms = legs[0].start_ms
    then_ms = max(start_ms, min(start_ms + now_ms, legs[-1].end_ms) - late_ms)
    found_ms = reached_ms(legs, position_at(legs, then_ms), start_ms + now_ms)
    assert distance_m(position_at(legs, found_ms), position_at(legs, then_ms)) <= 101.0
    assert found_ms <= start_ms + now_ms
