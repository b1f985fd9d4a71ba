"""Compiled visits to footprints agree with dense sampling refined by bisection, and with the NumPy form."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fleet_cases import Track, ends_of, far_tracks, spells
from strategies import moving_boxes, still_footprints, tracks, waters
from waterspace.domain import (
    Circle,
    Corridor,
    Footprint,
    Joined,
    Leg,
    MovingBox,
    Polygon,
    Position,
    Sector,
    Window,
    Without,
)
from waterspace.errors import GeometryError
from waterspace.geometry.boxes import BoxMotion
from waterspace.geometry.compiled.fleet import Fleet
from waterspace.geometry.compiled.pairs import stays
from waterspace.geometry.geodesic import destination, destinations, distances_m, inverses, runs
from waterspace.geometry.legs import hold, legs_at_speed, positions_at
from waterspace.geometry.plane import Plane, project_around
from waterspace.geometry.shapes import shape_of
from waterspace.geometry.visits import visits
from waterspace.quantity import HOUR_MS, SECOND_MS

SEA = Position(lat_deg=39.5, lon_deg=133.5)
PLACES = [
    SEA,
    Position(lat_deg=10.0, lon_deg=180.0),
    Position(lat_deg=90.0, lon_deg=0.0),
    Position(lat_deg=-89.95, lon_deg=7.0),
]
Depth = Callable[[np.ndarray], np.ndarray]


def depth_in(footprint: Footprint, legs: Track) -> Depth:
    """How far inside a footprint a track is at given times, by the library's geodesics; negative outside."""
    if isinstance(footprint, MovingBox):
        return lambda times: _in_box(footprint, *positions_at(legs, times), times)
    if isinstance(footprint, Circle):
        centre = footprint.centre
        return lambda times: (
            footprint.radius_m - distances_m(centre.lat_deg, centre.lon_deg, *positions_at(legs, times))
        )
    if isinstance(footprint, Sector):
        return lambda times: _in_sector(footprint, *positions_at(legs, times))
    return lambda times: _on_plane(footprint, *positions_at(legs, times))


def _in_sector(sector: Sector, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    range_m, bearing = inverses(sector.centre.lat_deg, sector.centre.lon_deg, lat, lon)
    off = np.abs((bearing - sector.bearing_deg + 180.0) % 360.0 - 180.0)
    depth = np.minimum(sector.radius_m - range_m, range_m - sector.inner_radius_m)
    if sector.inner_radius_m == 0.0:
        depth = sector.radius_m - range_m
    if sector.half_angle_deg >= 180.0:
        return depth
    turn = np.radians(sector.half_angle_deg - off)
    return np.minimum(depth, range_m * np.where(np.abs(turn) > np.pi / 2.0, np.sign(turn), np.sin(turn)))


def _in_box(box: MovingBox, lat: np.ndarray, lon: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Depth on the plane around the box's centre."""
    moving = BoxMotion.of(box)
    motion = moving.motion
    leg = motion.leg_at(times)
    run_m = np.clip(motion.speed[leg] * (times - motion.start_ms[leg]) / SECOND_MS, 0.0, motion.length[leg])
    here_lat, here_lon, course = runs(motion.lat[leg], motion.lon[leg], motion.bearing[leg], run_m)
    distance, bearing = inverses(here_lat, here_lon, lat, lon)
    angle = np.radians(bearing - course)
    ahead, right = distance * np.cos(angle), distance * np.sin(angle)
    return np.minimum(np.minimum(box.ahead_m - ahead, box.astern_m + ahead), box.abeam_m - np.abs(right))


def _on_plane(footprint: Footprint, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Depth on the plane around a polygon or a corridor near it: exact to decimetres within 60 km."""
    import shapely

    first = footprint.vertices[0] if isinstance(footprint, Polygon) else footprint.waypoints[0]  # type: ignore[union-attr]
    shape = shape_of(footprint, Plane(first))
    points = shapely.points(project_around(first.lat_deg, first.lon_deg, lat, lon))
    apart = shapely.distance(shape.core, points)
    if isinstance(footprint, Corridor):
        return np.asarray(shape.radius_m - apart)
    return np.asarray(np.where(apart > 0.0, -apart, shapely.distance(shapely.boundary(shape.core), points)))


def span_of(footprint: Footprint, legs: Track) -> tuple[int, int] | None:
    start_ms, end_ms = legs[0].start_ms, legs[-1].end_ms
    if isinstance(footprint, MovingBox):
        start_ms, end_ms = max(start_ms, footprint.legs[0].start_ms), min(end_ms, footprint.legs[-1].end_ms)
    return (start_ms, end_ms) if start_ms < end_ms else None


def check_visits(footprint: Footprint, legs: Track) -> None:
    """What is surely inside is in a visit, and what is surely outside is in none."""
    span, found = span_of(footprint, legs), stays(legs, footprint)
    if span is None:
        return
    depth = depth_in(footprint, legs)
    slack_m = 1.0
    if isinstance(footprint, Corridor):
        slack_m += footprint.half_width_m / 5000.0
    assert all(one.end_ms < other.start_ms for one, other in itertools.pairwise(found))
    assert all(span[0] <= window.start_ms <= window.end_ms <= span[1] for window in found)
    turns = ends_of(legs) + (ends_of(footprint.legs) if isinstance(footprint, MovingBox) else [])
    ends = [time for window in found for time in (window.start_ms, window.end_ms)]  # what lasts less than a sample
    looks = [time + off for time in turns for off in (-1, 0, 1)] + [time + off for time in ends for off in (-10, 0, 10)]
    for low, high in spells(lambda times: depth(times) - slack_m, span, looks):
        assert any(window.start_ms - 10 <= low and high <= window.end_ms + 10 for window in found) or high - low < 20
    for low, high in spells(lambda times: -slack_m - depth(times), span, looks):
        for window in found:
            assert min(window.end_ms - 10, high) - max(window.start_ms + 10, low) <= 20, "outside, yet in a visit"


def cases() -> st.SearchStrategy[tuple[Footprint, Track]]:
    near = waters().flatmap(
        lambda place: st.tuples(still_footprints(place) | moving_boxes(place), tracks(place, 40_000.0))
    )
    far = waters().flatmap(
        lambda place: st.tuples(
            st.builds(
                lambda radius_m, share: Sector.ring(place, radius_m * share, radius_m),
                st.floats(10_000.0, 600_000.0),
                st.sampled_from((0.0, 0.5)),
            )
            | st.builds(lambda radius_m: Circle(centre=place, radius_m=radius_m), st.floats(1.0, 900_000.0)),
            far_tracks(place),
        )
    )
    return near | far


def a_hair_long(lat_deg: float) -> tuple[Footprint, Track]:
    """A corridor of 200 m around a line far shorter than an atom, and a run of 202 m along it."""
    start = Position(lat_deg=0.0, lon_deg=-180.0)
    corridor = Corridor(waypoints=(start, Position(lat_deg=lat_deg, lon_deg=-180.0)), half_width_m=200.0)
    return corridor, legs_at_speed((start, Position(lat_deg=0.001826826343635555, lon_deg=-180.0)), 0, 1.0)


def through_a_ring_between_two_samples() -> tuple[Footprint, Track]:
    """An aircraft that is in the hole of a ring for 47 s of a day, sampled each minute."""
    ring = Sector.ring(Position(lat_deg=89.9, lon_deg=30.0), 5583.070864220944, 11166.141728441888)
    turn = Position(lat_deg=83.52847858627335, lon_deg=30.0)
    fast = Leg(
        start_ms=1_714_990, end_ms=4_940_524, start=Position(lat_deg=89.54044768247194, lon_deg=-150.0), end=turn
    )
    return ring, (fast, hold(turn, Window(start_ms=4_940_524, end_ms=88_243_855)))


@given(cases())
@settings(max_examples=30, deadline=None)
def test_visits_agree_with_sampling(case: tuple[Footprint, Track]) -> None:
    check_visits(*case)


@pytest.mark.deep
@given(cases())
@example(a_hair_long(5.0682637776644045e-96))
@example(a_hair_long(1.8182432268620106e-147))
@example(through_a_ring_between_two_samples())
@settings(max_examples=4000, deadline=None)
def test_visits_agree_with_sampling_at_length(case: tuple[Footprint, Track]) -> None:
    check_visits(*case)


def check_numpy(footprint: Footprint, legs: Track) -> None:
    """The NumPy form leaves out the outermost metre and breaks of less than a minute, and is right to a second."""
    ours, theirs = stays(legs, footprint), [visit.window for visit in visits(legs, footprint)]
    depth = depth_in(footprint, legs)
    slack_m = 3.0 + (footprint.half_width_m / 500.0 if isinstance(footprint, Corridor) else 0.0)
    for window in ours:
        middle = np.array([(window.start_ms + window.end_ms) / 2.0])
        if window.end_ms - window.start_ms > 10 * SECOND_MS and depth(middle)[0] > slack_m:
            assert any(other.start_ms <= middle[0] <= other.end_ms for other in theirs)
    for window in theirs:
        starts = np.array([window.start_ms + 1500.0])
        if window.end_ms - window.start_ms > 10 * SECOND_MS and depth(starts)[0] > slack_m:
            assert any(other.start_ms <= starts[0] <= other.end_ms for other in ours)


near_cases = waters().flatmap(
    lambda place: st.tuples(still_footprints(place) | moving_boxes(place), tracks(place, 40_000.0))
)


@given(near_cases)
@settings(max_examples=40, deadline=None)
def test_visits_agree_with_numpy(case: tuple[Footprint, Track]) -> None:
    check_numpy(*case)


@pytest.mark.deep
@given(near_cases)
@settings(max_examples=1000, deadline=None)
def test_visits_agree_with_numpy_at_length(case: tuple[Footprint, Track]) -> None:
    check_numpy(*case)


def through(middle: Position, half_m: float, speed_mps: float = 10.0) -> Track:
    """A run from west to east through a place."""
    ends = destination(middle, 270.0, half_m), middle, destination(middle, 90.0, half_m)
    return legs_at_speed(ends, 0, speed_mps)


def in_seconds(windows: tuple[Window, ...]) -> list[float]:
    return [time / SECOND_MS for window in windows for time in (window.start_ms, window.end_ms)]


@pytest.mark.parametrize("middle", PLACES)
def test_a_run_through_a_ring_is_in_it_twice(middle: Position) -> None:
    ring = Sector.ring(middle, 5000.0, 10_000.0)
    assert in_seconds(stays(through(middle, 20_000.0), ring)) == pytest.approx([1000, 1500, 2500, 3000], abs=0.01)


@pytest.mark.parametrize("middle", PLACES)
def test_a_run_through_a_disc_with_a_hole_and_an_island_in_it(middle: Position) -> None:
    def disc(radius_m: float) -> Circle:
        return Circle(centre=middle, radius_m=radius_m)

    left = Without(base=disc(10_000.0), holes=(disc(5000.0), disc(4000.0)))
    area = Joined(parts=(left, disc(1000.0), Circle(centre=destination(middle, 90.0, 10_000.0), radius_m=2000.0)))
    expected = [1000, 1500, 1900, 2100, 2500, 3200]
    assert in_seconds(stays(through(middle, 20_000.0), area)) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("middle", PLACES)
def test_a_run_along_a_corridor_and_across_a_square(middle: Position) -> None:
    ends = destination(middle, 270.0, 4000.0), destination(middle, 90.0, 4000.0)
    corridor = Corridor(waypoints=(ends[0], middle, ends[1]), half_width_m=1000.0)
    assert in_seconds(stays(through(middle, 20_000.0), corridor)) == pytest.approx([1500, 2500], abs=0.1)
    corners = destinations(middle.lat_deg, middle.lon_deg, [0.0, 90.0, 180.0, 270.0], 6000.0)
    square = Polygon(vertices=tuple(Position(lat_deg=a, lon_deg=b) for a, b in zip(*map(list, corners), strict=True)))
    assert in_seconds(stays(through(middle, 20_000.0), square)) == pytest.approx([1400, 2600], abs=0.1)


def test_a_box_that_overtakes_is_visited_while_it_passes() -> None:
    slow = legs_at_speed((SEA, destination(SEA, 90.0, 36_000.0)), 0, 5.0)
    fast = legs_at_speed((destination(SEA, 270.0, 10_000.0), destination(SEA, 90.0, 30_000.0)), 0, 10.0)
    box = MovingBox(legs=fast, ahead_m=1000.0, astern_m=1000.0, abeam_m=500.0)
    assert in_seconds(stays(slow, box)) == pytest.approx([1800, 2200], abs=0.3)


def test_a_box_that_waits_keeps_the_course_it_came_with() -> None:
    middle = destination(SEA, 90.0, 9000.0)
    came = (*legs_at_speed((SEA, middle), 0, 10.0), hold(middle, Window(start_ms=900_000, end_ms=2 * HOUR_MS)))
    box = MovingBox(legs=came, ahead_m=3000.0, astern_m=0.0, abeam_m=100.0)
    abeam = (hold(destination(middle, 0.0, 2000.0), Window(start_ms=0, end_ms=HOUR_MS)),)
    ahead = (hold(destination(middle, 90.0, 2900.0), Window(start_ms=0, end_ms=HOUR_MS)),)
    assert stays(abeam, box) == ()
    assert in_seconds(stays(ahead, box)) == pytest.approx([890, 3600], abs=0.1)
    anchored = MovingBox(legs=came[1:], ahead_m=3000.0, astern_m=0.0, abeam_m=100.0)  # never moved: it looks north
    assert in_seconds(stays(abeam, anchored)) == [900.0, 3600.0]


@pytest.mark.parametrize("bearing_deg", [0.0, 30.0, 90.0, 200.0])
@pytest.mark.parametrize("apart_m", [1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-4, 1e-2, 1.0])
@pytest.mark.parametrize("middle", PLACES)
def test_a_corridor_whose_waypoints_nearly_coincide_is_a_disc(
    middle: Position, apart_m: float, bearing_deg: float
) -> None:
    corridor = Corridor(waypoints=(middle, destination(middle, bearing_deg, apart_m)), half_width_m=1000.0)
    for course_deg in (0.0, 45.0, 90.0, 270.0):
        out = legs_at_speed((middle, destination(middle, course_deg, 4000.0)), 0, 1.0)
        assert in_seconds(stays(out, corridor)) == pytest.approx([0.0, 1000.0], abs=2.0)


@pytest.mark.parametrize("lat_deg", [5e-324, 1e-200, 1e-170, 1e-160, 1e-100, 1e-30, 1e-15, 1e-10])
def test_the_least_latitudes_there_are_make_a_disc_and_a_square_all_the_same(lat_deg: float) -> None:
    corridor, run = a_hair_long(lat_deg)
    assert in_seconds(stays(run, corridor)) == pytest.approx([0.0, 200.0], abs=1.0)
    corners = (
        (0.0, 10.0),
        (lat_deg, 10.0),
        (0.01, 10.0),
        (0.01, 10.02),
        (lat_deg, 10.02),
        (0.0, 10.02),
        (-0.01, 10.01),
    )
    area = Polygon(vertices=tuple(Position(lat_deg=lat, lon_deg=lon) for lat, lon in corners))
    for lat in (0.0, lat_deg / 2.0, lat_deg):
        ends = Position(lat_deg=lat, lon_deg=9.99), Position(lat_deg=lat, lon_deg=10.03)
        (inside,) = stays(legs_at_speed(ends, 0, 1.0), area)
        assert in_seconds((inside,)) == pytest.approx([1113.2, 3339.6], abs=0.1)


@pytest.mark.parametrize("crept_m", [1e-10, 1e-9, 1e-8, 1e-6, 1e-3, 0.5])
@pytest.mark.parametrize("middle", PLACES)
def test_a_box_that_barely_creeps_looks_where_it_goes(middle: Position, crept_m: float) -> None:
    # as a unit that is set down again where it lies: its course is that of its leg, however short
    there = destination(middle, 90.0, crept_m)
    length_m, course_deg = inverses(middle.lat_deg, middle.lon_deg, there.lat_deg, there.lon_deg)
    if length_m == 0.0:
        pytest.skip("the creep is lost in the degrees")
    crept = Leg(start_ms=0, end_ms=HOUR_MS, start=middle, end=there)
    box = MovingBox(
        legs=(crept, hold(there, Window(start_ms=HOUR_MS, end_ms=2 * HOUR_MS))),
        ahead_m=3000.0,
        astern_m=0.0,
        abeam_m=100.0,
    )
    for off_deg, inside in ((0.0, True), (1.0, True), (-1.0, True), (8.0, False), (-8.0, False), (180.0, False)):
        lies = (hold(destination(middle, float(course_deg) + off_deg, 2000.0), Window(start_ms=0, end_ms=2 * HOUR_MS)),)
        assert in_seconds(stays(lies, box)) == ([0.0, 7200.0] if inside else []), off_deg


def test_visits_of_a_fleet_are_in_order_of_tracks() -> None:
    fleet = Fleet.of((through(SEA, 20_000.0), (), through(SEA, 5000.0)))
    found = fleet.visits(Circle(centre=SEA, radius_m=6000.0), 0, HOUR_MS)
    assert found.track.tolist() == [0, 2]
    assert found.start_ms.tolist() == pytest.approx([1_400_000, 0], abs=10)
    assert fleet.visits(Circle(centre=SEA, radius_m=6000.0), HOUR_MS, 0).track.size == 0
    assert stays((), Circle(centre=SEA, radius_m=6000.0)) == ()


def test_a_polygon_round_the_pole_holds_the_pole() -> None:
    pole = Position(lat_deg=90.0, lon_deg=0.0)
    ring = Polygon(vertices=tuple(Position(lat_deg=80.0, lon_deg=lon) for lon in (-180.0, -90.0, 0.0, 90.0)))
    assert len(stays(through(pole, 50_000.0), ring)) == 1
    assert stays(through(SEA, 50_000.0), ring) == ()
    assert math.isclose(stays(through(pole, 50_000.0), ring)[0].end_ms, 10_000_000, abs_tol=10)


def test_a_polygon_whose_sides_cross_and_a_circle_round_the_earth_are_refused() -> None:
    bow = Polygon(vertices=tuple(Position(lat_deg=a, lon_deg=b) for a, b in ((0, 0), (1, 1), (1, 0), (0, 1))))
    with pytest.raises(GeometryError, match="cross"):
        stays(through(SEA, 1000.0), bow)
    with pytest.raises(GeometryError, match="expected at most"):
        stays(through(SEA, 1000.0), Circle(centre=SEA, radius_m=1.5e7))
