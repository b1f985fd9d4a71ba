"""A danger area holds every slice of fire from every point of the firing stretch, and its flanks are clear of it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import bearings, waters
from waterspace.domain import Circle, Position, Sector
from waterspace.geometry.footprints import contains, distance_between_m
from waterspace.serials.seamanship.danger_area import DangerArea, all_round, practice_circle, slice_of_fire
from waterspace.serials.seamanship.frame import Frame

ranges_m = st.floats(2000.0, 30_000.0)
half_angles_deg = st.floats(2.0, 180.0)
stretches_m = st.floats(10.0, 2000.0)


@st.composite
def falls(draw: st.DrawFn) -> tuple[DangerArea, tuple[float, float]]:
    """A slice of fire, and a point in which something fired from somewhere on the stretch comes down."""
    range_m, half_angle_deg, stretch_m = draw(ranges_m), draw(half_angles_deg), draw(stretches_m)
    way_m = range_m * draw(st.floats(0.0, 0.999))
    angle_rad = math.radians(half_angle_deg * draw(st.floats(-0.999, 0.999)))
    beside_m = stretch_m * draw(st.floats(-0.5, 0.5))
    fall = (way_m * math.cos(angle_rad), beside_m + way_m * math.sin(angle_rad))
    return slice_of_fire(range_m, half_angle_deg, stretch_m), fall


@settings(deadline=None)
@given(fall=falls(), origin=waters(), axis_deg=bearings())
def test_everything_that_can_come_down_lies_in_the_danger_area(
    fall: tuple[DangerArea, tuple[float, float]], origin: Position, axis_deg: float
) -> None:
    danger, point = fall
    frame = Frame(origin=origin, axis_deg=axis_deg)
    footprint, place = danger.footprint(frame), frame.position(point)
    assert contains(footprint, place) or distance_between_m(footprint, place) < 2.0


areas = st.builds(slice_of_fire, ranges_m, half_angles_deg, stretches_m) | st.builds(all_round, ranges_m, stretches_m)


wide_areas = st.builds(DangerArea.widened, areas, st.floats(1.0, 5000.0))


@settings(deadline=None)
@given(danger=areas | wide_areas, ahead=st.floats(0.0, 0.99), clearance_m=st.floats(500.0, 5000.0), origin=waters())
def test_a_flank_is_clear_by_the_clearance(
    danger: DangerArea, ahead: float, clearance_m: float, origin: Position
) -> None:
    frame = Frame(origin=origin, axis_deg=70.0)
    ahead_m = ahead * (danger.radius_m + danger.apex_m)
    flank = frame.position((ahead_m, danger.flank_m(ahead_m, clearance_m)))
    assert distance_between_m(danger.footprint(frame), flank) >= clearance_m * 0.995 - 5.0


@settings(deadline=None)
@given(danger=areas | wide_areas, angle_deg=st.floats(91.0, 269.0))
def test_nothing_behind_the_firing_point_is_dangerous_beyond_the_rear(danger: DangerArea, angle_deg: float) -> None:
    frame = Frame(origin=Position(lat_deg=39.5, lon_deg=133.5), axis_deg=10.0)
    out_m, angle_rad = danger.rear_m + 20.0, math.radians(angle_deg)
    assert not contains(
        danger.footprint(frame), frame.position((out_m * math.cos(angle_rad), out_m * math.sin(angle_rad)))
    )


def test_the_practice_circle_lies_about_the_target() -> None:
    frame = Frame(origin=Position(lat_deg=39.5, lon_deg=133.5), axis_deg=90.0)
    danger = practice_circle(9260.0, 4000.0)
    assert danger.footprint(frame) == Circle(centre=frame.position((4000.0, 0.0)), radius_m=9260.0)
    assert danger.rear_m == pytest.approx(math.sqrt(9260.0**2 - 4000.0**2))
    assert practice_circle(3000.0, 4000.0).rear_m == 0.0


def test_a_slice_keeps_its_angle_and_a_wide_one_is_all_round() -> None:
    frame = Frame(origin=Position(lat_deg=39.5, lon_deg=133.5), axis_deg=350.0)
    narrow = slice_of_fire(20_000.0, 15.0, 600.0).footprint(frame)
    assert isinstance(narrow, Sector)
    assert narrow.half_angle_deg == 15.0
    assert narrow.bearing_deg == pytest.approx(350.0, abs=0.01)
    assert narrow.radius_m == pytest.approx(20_000.0 + 300.0 / math.sin(math.radians(15.0)))
    assert slice_of_fire(20_000.0, 90.0, 600.0) == all_round(20_000.0, 600.0)


@settings(deadline=None)
@given(fall=falls(), by_m=st.floats(0.0, 5000.0), off_deg=st.floats(0.0, 360.0), off=st.floats(0.0, 0.999))
def test_a_widened_danger_area_holds_all_that_skips_on_by_the_margin(
    fall: tuple[DangerArea, tuple[float, float]], by_m: float, off_deg: float, off: float
) -> None:
    danger, (ahead_m, beside_m) = fall
    skipped_m, turn_rad = by_m * off, math.radians(off_deg)
    point = ahead_m + skipped_m * math.cos(turn_rad), beside_m + skipped_m * math.sin(turn_rad)
    frame = Frame(origin=Position(lat_deg=39.5, lon_deg=133.5), axis_deg=0.0)
    footprint, place = danger.widened(by_m).footprint(frame), frame.position(point)
    assert contains(footprint, place) or distance_between_m(footprint, place) < 2.0


@given(radius_m=st.floats(4000.0, 20_000.0), share=st.floats(0.1, 0.9), by_m=st.floats(1.0, 5000.0))
def test_the_rear_of_a_widened_practice_circle_is_where_it_is_widest(
    radius_m: float, share: float, by_m: float
) -> None:
    wide = practice_circle(radius_m, radius_m * share).widened(by_m)
    assert wide.rear_m == pytest.approx(practice_circle(radius_m + by_m, radius_m * share).rear_m)
