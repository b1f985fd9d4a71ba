"""Footprints are drawn, measured and asked alike anywhere on the earth."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from strategies import bearings, moving_boxes, still_footprints, waters
from waterspace.domain import Circle, Corridor, Footprint, Joined, Leg, MovingBox, Polygon, Position, Sector, Window
from waterspace.errors import GeometryError
from waterspace.geometry.footprints import (
    area_m2,
    bounding_circle,
    buffer,
    centre,
    contains,
    distance_between_m,
    outline,
    outline_at,
    outlines,
    swept_outline,
)
from waterspace.geometry.geodesic import (
    bearing_deg,
    destination,
    distance_m,
    ellipsoid,
    inverse,
    position_arrays,
    route_length_m,
)
from waterspace.geometry.legs import hold, legs_at_speed
from waterspace.geometry.plane import Plane
from waterspace.geometry.shapes import solid
from waterspace.quantity import HOUR_MS, NAUTICAL_MILE_M

SEA = Position(lat_deg=39.5, lon_deg=133.5)
DATE_LINE = Position(lat_deg=40.0, lon_deg=180.0)
POLE = Position(lat_deg=90.0, lon_deg=0.0)

Placed = tuple[Position, Footprint]


def at(lat: float, lon: float) -> Position:
    return Position(lat_deg=lat, lon_deg=lon)


def enclosed_m2(ring: tuple[Position, ...]) -> float:
    """Area inside a ring that may run back along itself."""
    lat, lon = position_arrays(ring)
    area, _ = ellipsoid().polygon_area_perimeter(lon, lat)
    return abs(float(area))


def footprints_anywhere() -> st.SearchStrategy[Placed]:
    return waters().flatmap(
        lambda place: st.tuples(st.just(place), still_footprints(place) | moving_boxes(place)),
    )


OVER_180 = Polygon(vertices=(at(40.0, 179.0), at(40.0, -179.0), at(41.0, -179.0), at(41.0, 179.0)))
AROUND_POLE = Polygon(vertices=tuple(at(80.0, lon) for lon in (0.0, 90.0, 180.0, -90.0)))
RING = Sector(centre=SEA, bearing_deg=0.0, half_angle_deg=180.0, radius_m=20_000.0, inner_radius_m=5000.0)
RUN = legs_at_speed((SEA, destination(SEA, 90.0, 36_000.0)), 0, 10.0)
TOW = MovingBox(legs=RUN, ahead_m=2000.0, astern_m=1000.0, abeam_m=500.0)


@given(footprints_anywhere())
@settings(max_examples=60, deadline=None)
def test_every_corner_of_an_outline_lies_in_the_circle_around_it(placed: Placed) -> None:
    _, footprint = placed
    bounds = bounding_circle(footprint)
    assert centre(footprint) == bounds.centre
    corners = outline(footprint)
    assert len(corners) >= 3
    assert corners[0] != corners[-1]
    assert all(distance_m(bounds.centre, corner) <= bounds.radius_m + 1.0 for corner in corners)


@given(footprints_anywhere(), bearings(), st.floats(0.0, 60_000.0))
@settings(max_examples=60, deadline=None)
def test_a_position_is_inside_exactly_where_it_is_at_no_distance(
    placed: Placed, bearing: float, range_m: float
) -> None:
    place, footprint = placed
    position = destination(place, bearing, range_m)
    gap_m = distance_between_m(footprint, position)
    bounds = bounding_circle(footprint)
    assert gap_m >= distance_m(bounds.centre, position) - bounds.radius_m - 1.0
    if contains(footprint, position):
        assert gap_m < 1.0
    else:
        edge_m = min(distance_m(position, corner) for corner in outline(footprint, 100.0, 0.1))
        assert gap_m > 0.0 or edge_m < 60.0


@given(footprints_anywhere(), st.floats(100.0, 10_000.0))
@settings(max_examples=40, deadline=None)
def test_a_buffer_reaches_as_far_as_its_distance(placed: Placed, distance: float) -> None:
    _, footprint = placed
    wide = buffer(footprint, distance)
    for corner in outline(wide)[::7]:
        assert distance_between_m(footprint, corner) == pytest.approx(distance, rel=0.01, abs=25.0)


@pytest.mark.parametrize("distance", [-1.0, -1e-9, math.nan, math.inf])
@pytest.mark.parametrize(
    "footprint",
    [
        Circle(centre=Position(lat_deg=40.0, lon_deg=133.0), radius_m=5_000.0),
        Joined(parts=(Circle(centre=Position(lat_deg=40.0, lon_deg=133.0), radius_m=5_000.0),)),
        Sector.ring(Position(lat_deg=40.0, lon_deg=133.0), 1_000.0, 5_000.0),
    ],
)
def test_a_buffer_that_would_shrink_is_refused(footprint: Footprint, distance: float) -> None:
    with pytest.raises(GeometryError, match="give one of 0 or more"):
        buffer(footprint, distance)


@given(footprints_anywhere(), st.data())
@settings(max_examples=40, deadline=None)
def test_the_distance_of_two_footprints_is_the_same_both_ways(placed: Placed, data: st.DataObject) -> None:
    place, footprint = placed
    other = data.draw(still_footprints(destination(place, data.draw(bearings()), 100_000.0)))
    one_m, other_m = distance_between_m(footprint, other), distance_between_m(other, footprint)
    assert one_m == pytest.approx(other_m, abs=1.0)
    if one_m > 0.0:
        assert one_m <= min(distance_between_m(footprint, corner) for corner in outline(other)) + 20.0


def test_a_polygon_over_180_degrees_contains_its_middle() -> None:
    assert contains(OVER_180, at(40.5, 180.0))
    assert contains(OVER_180, at(40.5, -180.0))
    assert contains(OVER_180, at(40.5, 179.2))
    assert not contains(OVER_180, at(40.5, 178.9))
    assert not contains(OVER_180, at(-40.5, 0.0))
    assert abs(centre(OVER_180).lon_deg) == pytest.approx(180.0)


def test_a_polygon_around_the_pole_contains_it_and_not_the_other_pole() -> None:
    assert contains(AROUND_POLE, POLE)
    assert contains(AROUND_POLE, at(85.0, 44.0))
    assert not contains(AROUND_POLE, at(79.0, 44.0))
    assert not contains(AROUND_POLE, at(-90.0, 0.0))
    assert centre(AROUND_POLE).lat_deg == pytest.approx(90.0)


def test_corners_and_edges_belong_to_a_polygon() -> None:
    south_west, south_east = OVER_180.vertices[:2]
    assert contains(OVER_180, south_west)
    middle_of_edge = destination(
        south_west, bearing_deg(south_west, south_east), distance_m(south_west, south_east) / 2
    )
    assert contains(OVER_180, middle_of_edge)
    assert middle_of_edge.lat_deg > 40.0


@pytest.mark.parametrize("middle", [SEA, DATE_LINE, POLE, at(0.0, -180.0)])
def test_a_circle_is_drawn_and_measured_at_its_radius(middle: Position) -> None:
    circle = Circle(centre=middle, radius_m=10_000.0)
    assert all(distance_m(middle, corner) == pytest.approx(10_000.0) for corner in outline(circle))
    assert len(outline(circle)) == 72
    assert len(outline(circle, arc_step_deg=1.0)) == 360
    assert area_m2(circle) == pytest.approx(math.pi * 1e8, rel=1e-5)
    assert area_m2(Polygon(vertices=outline(circle, arc_step_deg=0.5))) == pytest.approx(area_m2(circle), rel=1e-4)


def test_a_sector_opens_to_both_sides_of_its_bearing() -> None:
    sector = Sector(centre=SEA, bearing_deg=350.0, half_angle_deg=20.0, radius_m=20_000.0, inner_radius_m=5000.0)
    assert contains(sector, destination(SEA, 9.0, 10_000.0))
    assert contains(sector, destination(SEA, 331.0, 10_000.0))
    assert not contains(sector, destination(SEA, 11.0, 10_000.0))
    assert not contains(sector, destination(SEA, 350.0, 4000.0))
    assert not contains(sector, destination(SEA, 350.0, 21_000.0))
    assert not contains(sector, SEA)
    assert area_m2(sector) == pytest.approx(math.pi * (4e8 - 0.25e8) * 40.0 / 360.0, rel=1e-4)
    assert area_m2(Polygon(vertices=outline(sector, arc_step_deg=0.1))) == pytest.approx(area_m2(sector), rel=1e-3)


def test_a_sector_without_an_inner_radius_reaches_its_apex() -> None:
    sector = Sector(centre=SEA, bearing_deg=90.0, half_angle_deg=15.0, radius_m=10_000.0)
    assert contains(sector, SEA)
    assert min(distance_m(SEA, corner) for corner in outline(sector)) == pytest.approx(0.0, abs=1e-6)


def test_a_ring_has_a_hole_and_one_outline() -> None:
    assert contains(RING, destination(SEA, 180.0, 10_000.0))
    assert not contains(RING, SEA)
    assert distance_between_m(RING, SEA) == pytest.approx(5000.0, abs=1.0)
    ranges = {round(distance_m(SEA, corner), -1) for corner in outline(RING)}
    assert {20_000.0, 5000.0} <= ranges
    assert area_m2(Polygon(vertices=outline(RING, arc_step_deg=0.5))) == pytest.approx(area_m2(RING), rel=1e-3)
    disc = Sector(centre=SEA, bearing_deg=0.0, half_angle_deg=180.0, radius_m=20_000.0)
    assert area_m2(disc) == area_m2(Circle(centre=SEA, radius_m=20_000.0))
    assert len(outline(disc)) == 72


def test_a_corridor_holds_what_is_within_its_half_width() -> None:
    line = (at(40.0, 179.5), at(40.0, -179.5), at(41.0, -179.5))
    corridor = Corridor(waypoints=line, half_width_m=2.0 * NAUTICAL_MILE_M)
    assert contains(corridor, at(40.002, 180.0))
    assert contains(corridor, destination(line[0], 270.0, 3600.0))
    assert not contains(corridor, destination(line[0], 270.0, 3800.0))
    assert not contains(corridor, at(40.5, 180.0))
    length_m = route_length_m(line)
    expected_m2 = length_m * 4.0 * NAUTICAL_MILE_M + math.pi * (2.0 * NAUTICAL_MILE_M) ** 2
    assert area_m2(corridor) == pytest.approx(expected_m2, rel=0.01)
    assert distance_between_m(corridor, at(40.0, 178.5)) == pytest.approx(
        distance_m(at(40.0, 178.5), line[0]) - 2.0 * NAUTICAL_MILE_M, abs=1.0
    )


def test_a_corridor_of_one_waypoint_is_a_disc() -> None:
    corridor = Corridor(waypoints=(SEA,), half_width_m=1000.0)
    assert contains(corridor, destination(SEA, 77.0, 999.0))
    assert not contains(corridor, destination(SEA, 77.0, 1001.0))
    assert centre(corridor) == SEA
    assert area_m2(corridor) == pytest.approx(math.pi * 1e6, rel=0.01)


def test_a_corridor_that_closes_on_itself_keeps_its_hole_in_the_area() -> None:
    corners = [destination(SEA, bearing, 30_000.0) for bearing in (0.0, 90.0, 180.0, 270.0, 0.0)]
    corridor = Corridor(waypoints=tuple(corners), half_width_m=1000.0)
    assert area_m2(corridor) == pytest.approx(route_length_m(corners) * 2000.0, rel=0.02)
    (patch,) = outlines(corridor)
    assert len(patch.holes) == 1
    assert area_m2(Polygon(vertices=patch.outer)) > 3.0 * area_m2(corridor)
    assert enclosed_m2(outline(corridor)) == pytest.approx(area_m2(corridor), rel=1e-6)
    assert not contains(corridor, SEA)


def test_a_box_lies_along_the_course_of_its_leg() -> None:
    port_astern, port_ahead, starboard_ahead, starboard_astern = outline_at(TOW, HOUR_MS // 2)
    here = destination(SEA, 90.0, 18_000.0)
    for corner, along_m, side_m in (
        (port_astern, -1000.0, -500.0),
        (port_ahead, 2000.0, -500.0),
        (starboard_ahead, 2000.0, 500.0),
        (starboard_astern, -1000.0, 500.0),
    ):
        range_m, bearing = inverse(here, corner)
        off = math.radians(bearing - 90.0 - 0.13)
        assert range_m * math.cos(off) == pytest.approx(along_m, abs=2.0)
        assert range_m * math.sin(off) == pytest.approx(side_m, abs=5.0)


def test_a_box_that_waits_keeps_the_course_it_came_with() -> None:
    start = hold(SEA, Window(start_ms=-HOUR_MS, end_ms=0))
    end = hold(RUN[-1].end, Window(start_ms=HOUR_MS, end_ms=2 * HOUR_MS))
    box = MovingBox(legs=(start, *RUN, end), ahead_m=2000.0, astern_m=0.0, abeam_m=10.0)
    assert bearing_deg(SEA, outline_at(box, -5)[1]) == pytest.approx(90.0, abs=0.5)
    assert bearing_deg(RUN[-1].end, outline_at(box, 5 * HOUR_MS)[1]) == pytest.approx(90.0, abs=0.6)
    anchored = MovingBox(legs=(start,), ahead_m=2000.0, astern_m=0.0, abeam_m=10.0)
    assert bearing_deg(SEA, outline_at(anchored, -5)[1]) == pytest.approx(359.7, abs=0.1)


def test_a_swept_outline_grows_with_its_window() -> None:
    def length_m(start_ms: int, end_ms: int) -> float:
        ring = swept_outline(TOW, Window(start_ms=start_ms, end_ms=end_ms))
        return area_m2(Polygon(vertices=ring)) / 1000.0

    assert length_m(0, 1) == pytest.approx(3000.0, rel=1e-3)
    assert length_m(0, HOUR_MS // 2) == pytest.approx(21_000.0, rel=1e-3)
    assert length_m(-HOUR_MS, 2 * HOUR_MS) == pytest.approx(39_000.0, rel=1e-3)
    assert swept_outline(TOW, Window(start_ms=-10, end_ms=-5)) == ()


def test_a_moving_box_stands_for_all_that_it_sweeps_over() -> None:
    assert area_m2(TOW) == pytest.approx(39_000.0 * 1000.0, rel=1e-3)
    assert contains(TOW, destination(SEA, 90.0, 20_000.0))
    assert contains(TOW, destination(SEA, 270.0, 990.0))
    assert not contains(TOW, destination(SEA, 270.0, 1010.0))
    assert not contains(TOW, destination(SEA, 0.0, 600.0))
    assert not contains(TOW, destination(SEA, 0.0, 60_000.0))
    assert distance_between_m(TOW, destination(SEA, 0.0, 1500.0)) == pytest.approx(1000.0, abs=2.0)


def test_a_degenerate_ring_still_has_a_centre() -> None:
    line = Polygon(vertices=(SEA, destination(SEA, 90.0, 500.0), destination(SEA, 90.0, 1000.0)))
    assert distance_m(centre(line), SEA) < 1000.0
    assert area_m2(line) == pytest.approx(0.0, abs=1.0)


def test_distances_between_circles_are_exact() -> None:
    one = Circle(centre=SEA, radius_m=1000.0)
    two = Circle(centre=destination(SEA, 33.0, 2_000_000.0), radius_m=4000.0)
    assert distance_between_m(one, two) == pytest.approx(1_995_000.0)
    assert distance_between_m(one, destination(SEA, 5.0, 800.0)) == 0.0


def test_a_great_circle_is_not_taken_for_a_point() -> None:
    great = Circle(centre=SEA, radius_m=800_000.0)
    box = Polygon(vertices=outline(Circle(centre=destination(SEA, 80.0, 900_000.0), radius_m=20_000.0)))
    assert distance_between_m(great, box) == pytest.approx(80_000.0, rel=0.002)


@given(waters(), st.data())
@settings(max_examples=30, deadline=None)
def test_the_box_of_any_instant_lies_in_what_it_sweeps_over(place: Position, data: st.DataObject) -> None:
    box = data.draw(moving_boxes(place))
    time_ms = data.draw(st.integers(box.legs[0].start_ms, box.legs[-1].end_ms))
    assert all(distance_between_m(box, corner) < 2.0 for corner in outline_at(box, time_ms))


def test_a_leg_of_a_box_may_take_no_time() -> None:
    jump = Leg(start_ms=HOUR_MS, end_ms=HOUR_MS, start=RUN[-1].end, end=RUN[-1].end)
    box = MovingBox(legs=(*RUN, jump), ahead_m=2000.0, astern_m=1000.0, abeam_m=500.0)
    assert area_m2(box) == pytest.approx(area_m2(TOW), rel=1e-6)


@given(st.floats(-80.0, 80.0), st.floats(-180.0, 180.0))
@example(54.97045246458539, 15.429385968271223)
def test_a_circle_without_a_radius_is_the_point_that_it_is(lat_deg: float, lon_deg: float) -> None:
    circle = Circle(centre=Position(lat_deg=lat_deg, lon_deg=lon_deg), radius_m=0.0)
    shape = solid(circle, Plane(circle.centre))
    assert shape.geom_type == "Point"
    assert math.hypot(shape.x, shape.y) < 1e-6
