"""Footprints that are joined, or have others taken out, answer every question that plain ones do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import SEA, claim
from strategies import bearings, waters
from waterspace.domain import (
    Circle,
    Corridor,
    Joined,
    MovingBox,
    Polygon,
    Position,
    Sector,
    Without,
)
from waterspace.errors import GeometryError
from waterspace.geometry.footprints import (
    area_m2,
    bounding_circle,
    buffer,
    contains,
    distance_between_m,
    outline,
    outlines,
    points_inside,
)
from waterspace.geometry.geodesic import destination, distance_m, ellipsoid, position_arrays
from waterspace.geometry.legs import legs_at_speed
from waterspace.geometry.meeting import clash, footprints_meet
from waterspace.geometry.reservations.index import ReservationIndex


def circle(radius_m: float, centre: Position = SEA) -> Circle:
    return Circle(centre=centre, radius_m=radius_m)


@given(waters(), bearings(), st.floats(0.0, 30_000.0))
@settings(max_examples=60, deadline=None)
def test_a_disc_less_a_disc_is_a_ring(middle: Position, bearing_deg: float, range_m: float) -> None:
    holed = Without(base=circle(20_000.0, middle), holes=(circle(8000.0, middle),))
    ring = Sector.ring(middle, 8000.0, 20_000.0)
    point = destination(middle, bearing_deg, range_m)
    if min(abs(range_m - 8000.0), abs(range_m - 20_000.0)) > 1.0:
        assert contains(holed, point) == contains(ring, point)
    assert distance_between_m(holed, point) == pytest.approx(distance_between_m(ring, point), abs=2.0)
    assert area_m2(holed) == pytest.approx(area_m2(ring), rel=1e-3)


def test_joined_parts_count_once_where_they_overlap() -> None:
    one, other = circle(10_000.0), circle(10_000.0, destination(SEA, 90.0, 10_000.0))
    both = Joined(parts=(one, other))
    shared = Without(base=one, holes=(Without(base=one, holes=(other,)),))
    assert area_m2(both) == pytest.approx(area_m2(one) + area_m2(other) - area_m2(shared), rel=1e-3)
    assert len(outlines(both)) == 1


def test_parts_that_lie_apart_are_drawn_apart_and_in_one_ring_too() -> None:
    far = destination(SEA, 90.0, 50_000.0)
    both = Joined(parts=(circle(10_000.0), Sector.ring(far, 3000.0, 9000.0)))
    drawn = sorted(outlines(both), key=lambda patch: len(patch.holes))
    assert [len(patch.holes) for patch in drawn] == [0, 1]
    lat, lon = position_arrays(outline(both))
    assert abs(ellipsoid().polygon_area_perimeter(lon, lat)[0]) == pytest.approx(area_m2(both), rel=1e-6)
    assert len(points_inside(both)) == 2
    assert all(contains(both, point) for point in points_inside(both))
    for part in both.parts:
        assert all(contains(part, point) for point in points_inside(part))
    bounds = bounding_circle(both)
    assert all(distance_m(bounds.centre, corner) <= bounds.radius_m for corner in outline(both))
    assert distance_between_m(both, destination(SEA, 90.0, 30_000.0)) == pytest.approx(11_000.0, abs=5.0)
    assert contains(buffer(both, 2000.0), destination(SEA, 270.0, 11_999.0))


def test_a_claim_inside_a_hole_meets_nothing_and_one_over_its_edge_does() -> None:
    holed = Without(base=circle(20_000.0), holes=(circle(8000.0),))
    inside, over = circle(7990.0), circle(2000.0, destination(SEA, 45.0, 7000.0))
    assert footprints_meet(holed, inside) is None
    met = footprints_meet(holed, over)
    assert met is not None
    assert contains(over, met)
    assert distance_between_m(holed, met) < 1.0
    claims = [claim(holed), claim(inside), claim(over)]
    found = ReservationIndex(claims).meetings()
    assert {(a, b) for a, b, _ in found} == {(0, 2), (1, 2)}


def test_a_box_under_way_first_meets_a_ring_where_it_comes_to_its_inner_edge() -> None:
    holed = Without(base=circle(40_000.0), holes=(circle(20_000.0),))
    legs = legs_at_speed((SEA, destination(SEA, 90.0, 36_000.0)), 0, 10.0)
    found = clash(claim(MovingBox(legs=legs, ahead_m=1000.0, astern_m=1000.0, abeam_m=100.0)), claim(holed))
    assert found is not None
    assert found.window.start_ms == pytest.approx(1900 * 1000, abs=1500)
    assert distance_m(SEA, found.position) == pytest.approx(20_000.0, abs=30.0)


@pytest.mark.parametrize("middle", [Position(lat_deg=90.0, lon_deg=0.0), Position(lat_deg=-90.0, lon_deg=0.0)])
def test_a_polygon_may_hold_a_pole(middle: Position) -> None:
    toward = -1.0 if middle.lat_deg > 0 else 1.0
    corners = tuple(
        Position(lat_deg=middle.lat_deg + toward * 5.0, lon_deg=lon_deg) for lon_deg in (-150.0, -60.0, 30.0, 120.0)
    )
    cap = Polygon(vertices=corners)
    assert contains(cap, middle)
    assert not contains(cap, Position(lat_deg=-middle.lat_deg, lon_deg=0.0))
    assert distance_m(bounding_circle(cap).centre, middle) < 1000.0
    reach_m = distance_m(middle, corners[0])
    assert area_m2(cap) == pytest.approx(2.0 * reach_m**2, rel=0.01)
    assert area_m2(Without(base=cap, holes=(circle(100_000.0, middle),))) == pytest.approx(
        area_m2(cap) - area_m2(circle(100_000.0, middle)), rel=1e-3
    )
    assert footprints_meet(cap, circle(1000.0, middle)) is not None
    assert len(ReservationIndex((claim(cap), claim(circle(1000.0, middle)))).meetings()) == 1


def test_a_corridor_joined_to_a_disc_is_one_shape_across_180() -> None:
    west = Position(lat_deg=50.0, lon_deg=179.9)
    east = Position(lat_deg=50.0, lon_deg=-179.7)
    both = Joined(parts=(Corridor(waypoints=(west, east), half_width_m=2000.0), circle(5000.0, east)))
    assert len(outlines(both)) == 1
    assert contains(both, Position(lat_deg=50.0, lon_deg=180.0))
    assert contains(both, destination(east, 0.0, 4990.0))
    assert area_m2(both) < area_m2(both.parts[0]) + area_m2(both.parts[1])


def test_what_moves_what_is_empty_and_what_covers_all_is_refused() -> None:
    legs = legs_at_speed((SEA, destination(SEA, 90.0, 36_000.0)), 0, 10.0)
    box = MovingBox(legs=legs, ahead_m=1.0, astern_m=1.0, abeam_m=1.0)
    with pytest.raises(GeometryError, match="moving box"):
        Joined(parts=(box,))
    with pytest.raises(GeometryError, match="moving box"):
        Without(base=circle(1.0), holes=(box,))
    with pytest.raises(GeometryError, match="at least one part"):
        Joined(parts=())
    with pytest.raises(GeometryError, match="nothing is left"):
        area_m2(Without(base=circle(1000.0), holes=(circle(2000.0),)))


def test_a_clash_knows_the_water_that_both_want() -> None:
    one, other = circle(10_000.0), circle(10_000.0, destination(SEA, 90.0, 10_000.0))
    found = clash(claim(one), claim(other))
    assert found is not None
    (patch,) = found.region()
    assert not patch.holes
    assert all(distance_m(corner, SEA) <= 10_001.0 for corner in patch.outer)
    lens = Polygon(vertices=patch.outer)
    assert contains(lens, found.position)
    assert area_m2(lens) == pytest.approx(area_m2(one) + area_m2(other) - area_m2(Joined(parts=(one, other))), rel=1e-3)


def test_the_water_that_a_box_under_way_wants_is_what_it_covers_while_they_meet() -> None:
    legs = legs_at_speed((SEA, destination(SEA, 90.0, 36_000.0)), 0, 10.0)
    box = MovingBox(legs=legs, ahead_m=1000.0, astern_m=1000.0, abeam_m=500.0)
    small = Without(base=circle(3000.0, destination(SEA, 90.0, 18_000.0)), holes=(circle(10.0),))
    found = clash(claim(box), claim(small))
    assert found is not None
    (patch,) = found.region()
    assert area_m2(Polygon(vertices=patch.outer)) == pytest.approx(6000.0 * 1000.0, rel=0.02)
