"""In gunnery everybody but the firing ships is out of the danger area, and nobody fires on a fouled range."""

from __future__ import annotations

import itertools
from dataclasses import replace

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
from waterspace.domain import Band, Circle, Confidence, Hazard, Sector, SerialStatus, Window
from waterspace.geometry.footprints import distance_between_m
from waterspace.geometry.geodesic import distance_m, positions_from
from waterspace.geometry.legs import positions_at
from waterspace.quantity import FOOT_M, HOUR_MS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.serials.gunnery import SERIAL_TYPE, Fired, GunneryParameters, TargetKind
from waterspace.serials.seamanship.danger_area import practice_circle
from waterspace.serials.seamanship.firing_runs import FiringRuns
from waterspace.serials.seamanship.frame import Frame

ROLES = {"firing": ["frigate", "frigate"], "target": ["tanker"], "safety": ["frigate"]}
ships = st.sampled_from(("frigate", "tanker"))
anyone = st.sampled_from(("frigate", "tanker", "helicopter"))


@st.composite
def parameters(draw: st.DrawFn) -> GunneryParameters:
    fires = draw(st.sampled_from(tuple(Fired)))
    has_range = fires is not Fired.GUNS or draw(st.booleans())
    return GunneryParameters(
        fires=fires,
        target=draw(st.sampled_from(tuple(TargetKind))),
        bearing_deg=draw(st.floats(0.0, 360.0)),
        range_m=draw(st.floats(8000.0, 25_000.0)) if has_range else None,
        half_angle_deg=draw(st.none() | st.floats(3.0, 180.0)) if has_range else None,
        target_range_m=draw(st.floats(1000.0, 7000.0)),
        clearance_m=draw(st.floats(500.0, 4000.0)),
        runs_count=draw(st.integers(1, 6)),
        speed_mps=draw(st.floats(4.0, 7.5)),
        firing_ms=draw(st.integers(1, 6)) * MINUTE_MS,
    )


@settings(deadline=None, max_examples=25)
@given(
    firing=st.lists(ships, max_size=4),
    target=st.lists(anyone, max_size=3),
    safety=st.lists(anyone, max_size=4),
    asked=parameters(),
)
def test_gunnery_keeps_the_laws_of_every_serial(
    firing: list[str], target: list[str], safety: list[str], asked: GunneryParameters
) -> None:
    roles = {"firing": firing, "target": target, "safety": safety}
    briefing = briefing_of(exercise_of("gunnery", roles, asked, duration_ms=8 * HOUR_MS))
    plan = SERIAL_TYPE.plan(briefing)
    assert set(plan) == set(briefing.units())
    assert_keeps_the_laws(briefing, plan)


@settings(deadline=None, max_examples=25)
@given(
    count=st.integers(1, 4),
    target=st.lists(anyone, min_size=1, max_size=3),
    safety=st.lists(anyone, min_size=1, max_size=4),
    asked=parameters(),
)
def test_nobody_else_is_in_the_danger_area_while_a_ship_may_fire(
    count: int, target: list[str], safety: list[str], asked: GunneryParameters
) -> None:
    roles = {"firing": ["frigate"] * count, "target": target, "safety": safety}
    exercise = exercise_of("gunnery", roles, asked, duration_ms=None)
    briefing = briefing_of(exercise)
    plan = SERIAL_TYPE.plan(briefing)
    danger = SERIAL_TYPE.reservations(briefing, plan)[0].footprint
    under_way = [leg for leg in plan["firing1"] if not leg.is_wait]
    assert len(under_way) == asked.runs_count
    times_ms = np.linspace(under_way[0].start_ms, under_way[-1].end_ms, 15)
    for unit, legs in plan.items():
        if not unit.startswith("firing"):
            for place in positions_from(*positions_at(legs, times_ms)):
                assert distance_between_m(danger, place) >= asked.clearance_m * 0.99 - 10.0


def test_the_practice_circle_is_that_of_the_published_warnings() -> None:
    briefing = briefing_of(exercise_of("gunnery", ROLES))
    danger, area = SERIAL_TYPE.reservations(briefing, {})
    assert isinstance(danger.footprint, Circle)
    assert distance_m(danger.footprint.centre, HERE) < 1.0
    assert danger.footprint.radius_m == 5.0 * NAUTICAL_MILE_M
    assert (danger.id, danger.hazard) == ("S1/danger-area", Hazard.FIRING)
    assert danger.provenance.confidence is Confidence.REPORTED
    assert (area.id, area.hazard) == ("S1/area", Hazard.NONE)


def test_a_half_angle_without_a_range_is_refused() -> None:
    with pytest.raises(ValueError, match="give range too"):
        GunneryParameters(half_angle_deg=15.0)


@pytest.mark.parametrize("fires", [fires for fires in Fired if fires is not Fired.GUNS])
def test_the_practice_circle_of_guns_is_refused_to_anything_else(fires: Fired) -> None:
    with pytest.raises(ValueError, match=f"for guns, and {fires.value} are fired; give their range"):
        GunneryParameters(fires=fires)
    with pytest.raises(ValueError, match="practice_radius"):
        GunneryParameters(fires=fires, ricochet_margin_m=500.0)
    asked = GunneryParameters(fires=fires, practice_radius_m=20_000.0)
    danger = SERIAL_TYPE.reservations(briefing_of(exercise_of("gunnery", ROLES, asked)), {})[0]
    assert isinstance(danger.footprint, Circle)
    assert danger.footprint.radius_m == 20_000.0
    assert danger.provenance.confidence is None


@pytest.mark.parametrize(("floor_m", "wanted_m"), [(-200.0, -200.0), (0.0, -15.0), (float("-inf"), float("-inf"))])
def test_torpedoes_are_dangerous_down_to_the_floor_of_the_area_and_at_least_to_the_keels(
    floor_m: float, wanted_m: float
) -> None:
    asked = GunneryParameters(fires=Fired.TORPEDOES, range_m=10_000.0)
    exercise = exercise_of("gunnery", ROLES, asked, band=Band(floor_m=floor_m, ceiling_m=3000.0))
    assert SERIAL_TYPE.reservations(briefing_of(exercise), {})[0].band.floor_m == wanted_m
    shots = exercise_of(
        "gunnery", ROLES, replace(asked, fires=Fired.MISSILES), band=Band(floor_m=floor_m, ceiling_m=60.0)
    )
    assert SERIAL_TYPE.reservations(briefing_of(shots), {})[0].band.floor_m == -15.0


def test_range_and_half_angle_make_a_slice_about_the_line_of_fire_in_the_middle_of_the_area() -> None:
    asked = GunneryParameters(range_m=20_000.0, half_angle_deg=15.0, bearing_deg=120.0, ceiling_m=10_000.0 * FOOT_M)
    danger = SERIAL_TYPE.reservations(briefing_of(exercise_of("gunnery", ROLES, asked)), {})[0]
    assert isinstance(danger.footprint, Sector)
    assert danger.footprint.half_angle_deg == 15.0
    assert danger.footprint.bearing_deg == pytest.approx(120.0, abs=0.05)
    assert danger.band.ceiling_m == 10_000.0 * FOOT_M
    assert distance_m(danger.footprint.centre, HERE) == pytest.approx(11_382.0, abs=10.0)
    assert danger.provenance.confidence is None


def test_a_range_alone_is_dangerous_all_round() -> None:
    asked = GunneryParameters(range_m=20_000.0)
    danger = SERIAL_TYPE.reservations(briefing_of(exercise_of("gunnery", ROLES, asked)), {})[0]
    assert isinstance(danger.footprint, Circle)
    assert danger.footprint.radius_m == pytest.approx(20_370.4, abs=0.1)


def test_without_a_vertical_limit_the_area_s_own_holds() -> None:
    exercise = exercise_of("gunnery", ROLES, band=Band(floor_m=0.0, ceiling_m=3000.0))
    assert SERIAL_TYPE.reservations(briefing_of(exercise), {})[0].band.ceiling_m == 3000.0
    assert SERIAL_TYPE.reservations(briefing_of(exercise_of("gunnery", ROLES)), {})[0].band.ceiling_m == float("inf")


def test_it_needs_daylight_unless_it_may_be_held_at_night() -> None:
    needs = SERIAL_TYPE.needs(GunneryParameters())
    assert (needs.daylight, needs.safety_officer, needs.sea_state_max) == (True, True, 4)
    assert not SERIAL_TYPE.needs(GunneryParameters(night=True)).daylight


def test_it_takes_the_runs_and_twice_the_setting_up() -> None:
    exercise = exercise_of("gunnery", {"firing": ["frigate"]}, duration_ms=None)
    duration_ms = SERIAL_TYPE.duration_ms(exercise, exercise.serials["S1"])
    assert duration_ms == pytest.approx(2 * 30 * MINUTE_MS + 4 * 12 * MINUTE_MS, abs=10)
    exercise = exercise_of("gunnery", {"safety": ["frigate"]}, duration_ms=None)
    assert SERIAL_TYPE.duration_ms(exercise, exercise.serials["S1"]) is None


def test_without_an_area_nobody_is_placed() -> None:
    briefing = briefing_of(exercise_of("gunnery", ROLES, area=None))
    assert SERIAL_TYPE.plan(briefing) == {}
    assert SERIAL_TYPE.reservations(briefing, {}) == ()


def test_on_a_clear_range_every_ship_fires_in_every_run_and_one_after_the_other() -> None:
    run = rehearsed(exercise_of("gunnery", ROLES, GunneryParameters(foul_ratio=0.0)))
    assert run.record.status is SerialStatus.COMPLETED
    assert run.record.actual == run.record.planned
    firings = run.kinds("firing.run")
    assert (run.value("firings_count"), run.value("fired_ratio")) == (8.0, 1.0)
    assert [event.unit for event in firings[:4]] == ["firing2", "firing1", "firing1", "firing2"]
    for before, after in itertools.pairwise(firings):
        assert after.time_ms - before.time_ms >= 2 * MINUTE_MS
    assert {event.unit for event in run.kinds("range.clear")} == {"safety1"}


def test_every_ship_opens_fire_on_the_firing_stretch() -> None:
    asked = GunneryParameters(foul_ratio=0.0)
    run = rehearsed(exercise_of("gunnery", {"firing": ["frigate"] * 3}, asked))
    firing_point_m = asked.target_range_m
    stretch_m = asked.speed_mps * asked.firing_ms / 1000.0
    for event in run.kinds("firing.run"):
        assert event.position is not None
        assert distance_m(event.position, HERE) == pytest.approx(
            (firing_point_m**2 + (stretch_m / 2.0) ** 2) ** 0.5, abs=5.0
        )
    assert {event.unit for event in run.kinds("range.clear")} == {"firing1"}


def test_on_a_fouled_range_nobody_fires() -> None:
    run = rehearsed(exercise_of("gunnery", ROLES, GunneryParameters(foul_ratio=1.0)))
    assert (run.value("firings_count"), run.value("checked_count"), run.value("foul_count")) == (0.0, 8.0, 4.0)
    assert run.value("fired_ratio") == 0.0


def test_whether_the_range_is_clear_is_a_matter_of_the_seed() -> None:
    exercise = exercise_of("gunnery", ROLES, GunneryParameters(foul_ratio=0.5))
    assert rehearsed(exercise, 1).digest == rehearsed(exercise, 1).digest
    assert len({rehearsed(exercise, seed).value("foul_count") for seed in range(6)}) > 1


def test_a_window_too_short_for_a_run_sees_no_firing() -> None:
    run = rehearsed(exercise_of("gunnery", ROLES, duration_ms=20 * MINUTE_MS))
    assert (run.value("firings_count"), run.value("foul_count")) == (0.0, 0.0)


def test_a_laying_ship_that_cannot_move_lies_on_its_flank() -> None:
    window = Window(start_ms=START_MS, end_ms=START_MS + HOUR_MS)
    runs = FiringRuns(
        window=window,
        serial="S1",
        danger=practice_circle(9260.0, 4000.0),
        ships=1,
        asked=2,
        speed_mps=6.0,
        spacing_m=1000.0,
        target_range_m=4000.0,
        clearance_m=1000.0,
        firing_ms=MINUTE_MS,
        settling_ms=MINUTE_MS,
        setting_up_ms=0,
        laying_mps=0.0,
    )
    frame = Frame(origin=HERE, axis_deg=0.0)
    (still,) = runs.laying(frame, 1)
    assert still.is_wait
    assert frame.point(still.start) == pytest.approx((4000.0, -10_260.0), abs=1.0)


def test_margins_widen_the_danger_area_on_all_sides_and_add_up() -> None:
    bare, asked = GunneryParameters(), GunneryParameters(ricochet_margin_m=500.0, seeker_margin_m=1500.0)
    radii_m = []
    for given_ in (bare, asked):
        danger = SERIAL_TYPE.reservations(briefing_of(exercise_of("gunnery", ROLES, given_)), {})[0]
        assert isinstance(danger.footprint, Circle)
        radii_m.append(danger.footprint.radius_m)
    assert radii_m[1] - radii_m[0] == pytest.approx(2000.0)


def test_a_ship_that_tows_the_target_draws_off_no_farther_than_its_tow_is_long() -> None:
    roles = {"firing": ["frigate"], "target": ["tanker"], "safety": []}
    asked = GunneryParameters(tow_m=1200.0)
    briefing = briefing_of(exercise_of("gunnery", roles, asked, duration_ms=4 * HOUR_MS))
    tug = SERIAL_TYPE.plan(briefing)[briefing.units("target")[0]]
    (live,) = SERIAL_TYPE.live(briefing)
    assert briefing.window.start_ms < live.start_ms < live.end_ms < briefing.window.end_ms
    during = [leg for leg in tug if leg.start_ms < live.end_ms and leg.end_ms > live.start_ms]
    danger = SERIAL_TYPE.reservations(briefing, {})[0]
    assert isinstance(danger.footprint, Circle)
    assert all(leg.is_wait for leg in during)
    assert distance_m(during[0].start, danger.footprint.centre) == pytest.approx(1200.0, abs=5.0)


def test_a_practice_says_how_far_it_reaches_and_whether_its_margins_are_stated() -> None:
    circle = SERIAL_TYPE.ordnance(GunneryParameters())
    assert (circle.has_range, circle.has_margins, circle.greatest_range_m) == (False, False, None)
    assert circle.fires == "guns"
    sliced = SERIAL_TYPE.ordnance(GunneryParameters(range_m=20_000.0, half_angle_deg=15.0, ricochet_margin_m=0.0))
    assert (sliced.has_range, sliced.has_margins) == (True, True)
    assert sliced.reach_m >= 20_000.0
