"""Shapes that nobody can compute with are refused with the place and the reason, never measured wrongly."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import polygons, waters
from waterspace.domain import Circle, Corridor, Leg, MovingBox, Polygon, Position, Sector
from waterspace.errors import GeometryError
from waterspace.geometry.footprints import area_m2, bounding_circle, contains, distance_between_m
from waterspace.geometry.geodesic import destination, distance_m
from waterspace.geometry.meeting import footprints_meet
from waterspace.geometry.soundness import defect, lat_lon_box, require_sound

SEA = Position(lat_deg=39.5, lon_deg=133.5)


def at(lat_deg: float, lon_deg: float) -> Position:
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


def bow_tie(middle: Position = SEA) -> Polygon:
    return Polygon(vertices=tuple(destination(middle, bearing, 10_000.0) for bearing in (45.0, 225.0, 135.0, 315.0)))


@given(waters().flatmap(polygons))
@settings(max_examples=60, deadline=None)
def test_a_polygon_around_a_point_is_sound_either_way_round(polygon: Polygon) -> None:
    assert defect(polygon.vertices) is None
    assert defect(polygon.vertices[::-1]) is None


@pytest.mark.parametrize("middle", [SEA, at(50.0, 180.0), at(89.9, 10.0), at(0.0, 0.0)])
def test_two_sides_that_cross_are_named_with_the_place(middle: Position) -> None:
    with pytest.raises(GeometryError, match=r"the side from .* and the side from .* cross at"):
        require_sound(bow_tie(middle))


def test_the_crossing_is_where_it_is_said_to_be() -> None:
    found = defect(bow_tie(at(39.5, 133.5)).vertices)
    assert found is not None
    assert found.corner == 2
    assert "cross at 39-30.0N 133-30.0E" in found.reason


def test_every_question_about_a_bow_tie_is_refused() -> None:
    for ask in (area_m2, bounding_circle):
        with pytest.raises(GeometryError, match="cross"):
            ask(bow_tie())
    with pytest.raises(GeometryError, match="cross"):
        contains(bow_tie(), SEA)
    with pytest.raises(GeometryError, match="cross"):
        distance_between_m(bow_tie(), SEA)
    with pytest.raises(GeometryError, match="cross"):
        footprints_meet(Circle(centre=SEA, radius_m=1.0), bow_tie())


def test_a_side_that_leads_half_round_the_earth_is_told_what_it_was_understood_as() -> None:
    corners = (at(10.0, -100.0), at(10.0, 100.0), at(30.0, 100.0), at(30.0, -100.0))
    found = defect(corners)
    assert found is not None
    assert "shortest line" in found.reason
    assert "160 degrees of longitude across 180°" in found.reason
    assert "Put corners in between" in found.reason


def test_a_box_across_180_is_written_with_its_western_edge_first() -> None:
    box = lat_lon_box(at(10.0, 170.0), at(20.0, -170.0))
    assert contains(box, at(15.0, 180.0))
    assert not contains(box, at(15.0, 0.0))
    assert area_m2(box) == pytest.approx(area_m2(lat_lon_box(at(10.0, 100.0), at(20.0, 120.0))))
    with pytest.raises(
        GeometryError, match=r"spans 340 degrees.*write it from 10-00.0N 170-00.0E to 20-00.0N 170-00.0W"
    ):
        lat_lon_box(at(10.0, -170.0), at(20.0, 170.0))
    with pytest.raises(GeometryError, match="no height"):
        lat_lon_box(at(20.0, 10.0), at(10.0, 20.0))


def test_the_sides_of_a_box_follow_the_parallels() -> None:
    box = lat_lon_box(at(40.0, 130.0), at(45.0, 150.0), step_deg=0.5)
    assert contains(box, at(44.999, 140.1))
    assert not contains(box, at(45.01, 140.0))


@pytest.mark.parametrize(
    "position", [at(math.nan, 0.0), at(0.0, math.nan), at(90.1, 0.0), at(0.0, 190.0), at(0.0, math.inf)]
)
def test_a_place_that_is_nowhere_is_refused(position: Position) -> None:
    with pytest.raises(GeometryError, match="latitude"):
        Circle(centre=position, radius_m=1.0)
    with pytest.raises(GeometryError, match="latitude"):
        Polygon(vertices=(SEA, position, destination(SEA, 0.0, 1000.0)))
    with pytest.raises(GeometryError, match="latitude"):
        Corridor(waypoints=(SEA, position), half_width_m=1.0)


@given(st.sampled_from((math.nan, -1.0, math.inf)))
def test_a_length_that_is_none_is_refused(length_m: float) -> None:
    with pytest.raises(GeometryError, match="radius_m"):
        Circle(centre=SEA, radius_m=length_m)
    with pytest.raises(GeometryError, match="half_width_m"):
        Corridor(waypoints=(SEA,), half_width_m=length_m)
    with pytest.raises(GeometryError, match="radius_m"):
        Sector(centre=SEA, bearing_deg=0.0, half_angle_deg=10.0, radius_m=length_m)
    leg = Leg(start_ms=0, end_ms=1, start=SEA, end=SEA)
    with pytest.raises(GeometryError, match="abeam_m"):
        MovingBox(legs=(leg,), ahead_m=1.0, astern_m=1.0, abeam_m=length_m)


def test_shapes_that_are_empty_are_refused() -> None:
    with pytest.raises(GeometryError, match="three distinct corners; 2 are given"):
        Polygon(vertices=(SEA, at(40.0, 133.0), SEA))
    with pytest.raises(GeometryError, match="three distinct corners; 0 are given"):
        Polygon(vertices=())
    with pytest.raises(GeometryError, match="at least one waypoint"):
        Corridor(waypoints=(), half_width_m=1.0)
    with pytest.raises(GeometryError, match="at least one leg"):
        MovingBox(legs=(), ahead_m=1.0, astern_m=1.0, abeam_m=1.0)
    with pytest.raises(GeometryError, match="opens by"):
        Sector(centre=SEA, bearing_deg=0.0, half_angle_deg=0.0, radius_m=1.0)
    with pytest.raises(GeometryError, match="inner radius"):
        Sector.ring(SEA, 2000.0, 1000.0)


def test_a_pole_may_be_a_corner() -> None:
    wedge = Polygon(vertices=(at(90.0, 0.0), at(85.0, 10.0), at(85.0, 50.0)))
    assert contains(wedge, at(87.0, 30.0))
    assert not contains(wedge, at(87.0, 60.0))
    assert distance_m(bounding_circle(wedge).centre, at(87.0, 30.0)) < 100_000.0
