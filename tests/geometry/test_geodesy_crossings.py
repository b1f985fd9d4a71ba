"""Where geodesics cross, where they do not, and where they are one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from strategies import bearings, positions
from waterspace import geometry
from waterspace.errors import GeometryError
from waterspace.geometry import CrossingKind

if TYPE_CHECKING:
    from waterspace.domain import Position
    from waterspace.geometry.crossing import OneCrossing

lengths = st.floats(1000.0, 8e6)


def spot(position: Position) -> tuple[float, float]:
    return position.lat_deg, position.lon_deg


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    return geometry.inverse(*a, *b).distance_m


def place(crossing: OneCrossing) -> tuple[float, float]:
    return crossing.lat_deg, crossing.lon_deg


def ends(
    middle: tuple[float, float], bearing: float, before: float, after: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """A segment through a point."""
    return geometry.direct(*middle, bearing, -before)[:2], geometry.direct(*middle, bearing, after)[:2]


@given(a=positions(), b=positions(), first=bearings(), second=bearings())
def test_the_crossing_of_two_lines_lies_on_both(a: Position, b: Position, first: float, second: float) -> None:
    found = geometry.intersection(spot(a), first, spot(b), second)
    assert found.kind in {CrossingKind.POINT, CrossingKind.COINCIDENT}
    on_first = geometry.direct(*spot(a), first, found.along1_m)
    on_second = geometry.direct(*spot(b), second, found.along2_m)
    assert distance_m(on_first[:2], on_second[:2]) < 2e-3
    assert distance_m(on_first[:2], place(found)) < 1e-3
    assert abs(found.along1_m) + abs(found.along2_m) < 20.2e6


@given(
    middle=positions(),
    first=bearings(),
    angle=st.floats(1.0, 179.0),
    one=st.tuples(lengths, lengths),
    other=st.tuples(lengths, lengths),
)
def test_segments_drawn_through_a_point_cross_there(
    middle: Position, first: float, angle: float, one: tuple[float, float], other: tuple[float, float]
) -> None:
    first_start, first_end = ends(spot(middle), first, *one)
    second_start, second_end = ends(spot(middle), first + angle, *other)
    found = geometry.segment_intersection(first_start, first_end, second_start, second_end)
    assert found.kind == CrossingKind.POINT
    assert distance_m(place(found), spot(middle)) < 1e-3
    assert found.along1_m == pytest.approx(one[0], abs=1e-3)
    assert found.along2_m == pytest.approx(other[0], abs=1e-3)


@given(middle=positions(), first=bearings(), angle=st.floats(1.0, 179.0), a=lengths, b=lengths, gap=st.floats(0.1, 8e6))
def test_segments_that_end_before_the_crossing_do_not_meet(
    middle: Position, first: float, angle: float, a: float, b: float, gap: float
) -> None:
    short = ends(spot(middle), first + angle, -gap, gap + b)
    found = geometry.segment_intersection(*ends(spot(middle), first, a, a), *short)
    assert found.kind == CrossingKind.NONE
    assert all(math.isnan(value) for value in found[1:])


@given(a=positions(), b=positions(), c=positions())
def test_segments_with_a_common_end_meet_there(a: Position, b: Position, c: Position) -> None:
    assume(distance_m(spot(a), spot(b)) < 19.9e6)
    assume(distance_m(spot(b), spot(c)) < 19.9e6)
    found = geometry.segment_intersection(spot(a), spot(b), spot(b), spot(c))
    assert found.kind != CrossingKind.NONE
    if found.kind == CrossingKind.POINT:
        to_first = geometry.nearest_on_segment(place(found), spot(a), spot(b)).distance_m
        to_second = geometry.nearest_on_segment(place(found), spot(b), spot(c)).distance_m
        assert max(to_first, to_second) < 2e-3


@given(start=positions(), bearing=bearings(), begin=st.floats(-3e6, 6e6), length=st.floats(1000.0, 3e6))
def test_segments_of_one_line_share_what_they_overlap(
    start: Position, bearing: float, begin: float, length: float
) -> None:
    whole_m = 4e6
    first = ends(spot(start), bearing, 0.0, whole_m)
    second = ends(spot(start), bearing, -begin, begin + length)
    low, high = max(begin, 0.0), min(begin + length, whole_m)
    assume(abs(high - low) > 0.1)
    for one, other in ((second, second[::-1]), (second[::-1], second)):
        found = geometry.segment_intersection(*first, *one)
        assert found.kind == (CrossingKind.COINCIDENT if high > low else CrossingKind.NONE)
        if high > low:
            assert found.along1_m == pytest.approx((low + high) / 2.0, abs=0.01)
            backwards = geometry.segment_intersection(*first, *other)
            assert backwards.along1_m == pytest.approx(found.along1_m, abs=0.01)
            assert backwards.along2_m == pytest.approx(length - found.along2_m, abs=0.01)


@given(st.lists(st.tuples(positions(), positions(), positions(), positions()), min_size=1, max_size=4))
def test_arrays_give_what_numbers_give(cases: list[tuple[Position, ...]]) -> None:
    columns = [tuple(np.array([spot(place) for place in column]).T) for column in zip(*cases, strict=True)]
    found = geometry.segment_intersection(*columns)
    for index, case in enumerate(cases):
        one = geometry.segment_intersection(*(spot(position) for position in case))
        assert found.kind[index] == one.kind
        assert found.along1_m[index] == pytest.approx(one.along1_m, abs=1e-3, nan_ok=True)


def test_of_all_crossings_the_nearest_is_found() -> None:
    near = geometry.intersection((0.0, 0.0), 90.0, (10.0, 10.0), 180.0)
    assert place(near) == pytest.approx((0.0, 10.0), abs=1e-9)
    behind = geometry.intersection((0.0, 20.0), 90.0, (10.0, 10.0), 0.0)
    assert place(behind) == pytest.approx((0.0, 10.0), abs=1e-9)
    assert behind.along1_m < 0.0
    assert behind.along2_m < 0.0


def test_two_meridians_cross_at_a_pole() -> None:
    found = geometry.intersection((50.0, 0.0), 0.0, (60.0, 90.0), 0.0)
    assert found.lat_deg == pytest.approx(90.0)
    assert geometry.segment_intersection((80.0, 0.0), (80.0, 180.0), (80.0, 90.0), (80.0, -90.0)).kind == 1


def test_a_crossing_over_180_degrees_is_found() -> None:
    found = geometry.segment_intersection((10.0, 170.0), (-10.0, -170.0), (-10.0, 170.0), (10.0, -170.0))
    assert found.lat_deg == pytest.approx(0.0, abs=1e-9)
    assert abs(found.lon_deg) == pytest.approx(180.0)


def test_a_line_that_is_given_twice_is_told_from_one_that_is_crossed() -> None:
    twice = geometry.intersection((0.0, 0.0), 90.0, (0.0, 30.0), 270.0)
    assert twice.kind == CrossingKind.COINCIDENT
    assert place(twice) == pytest.approx((0.0, 15.0), abs=1e-9)
    assert twice.along1_m == pytest.approx(twice.along2_m)
    assert geometry.intersection((40.0, 5.0), 33.0, (40.0, 5.0), 33.0).kind == CrossingKind.COINCIDENT
    assert geometry.intersection((40.0, 5.0), 33.0, (40.0, 5.0), 33.1).kind == CrossingKind.POINT


def test_on_lines_that_close_segments_meet_from_behind_too() -> None:
    found = geometry.segment_intersection((0.0, 0.0), (0.0, 170.0), (0.0, -170.0), (0.0, 160.0))
    assert found.kind == CrossingKind.COINCIDENT
    assert place(found) == pytest.approx((0.0, 165.0), abs=1e-9)
    meridian = geometry.segment_intersection((-80.0, 0.0), (80.0, 0.0), (-89.0, 180.0), (-70.0, 0.0))
    assert meridian.kind == CrossingKind.COINCIDENT
    assert place(meridian) == pytest.approx((-75.0, 0.0), abs=1e-2)


def test_a_point_may_lie_on_a_segment_or_off_it() -> None:
    on, off = (0.0, 5.0), (0.001, 5.0)
    for point, kind in ((on, CrossingKind.POINT), (off, CrossingKind.NONE)):
        assert geometry.segment_intersection((0.0, 0.0), (0.0, 10.0), point, point).kind == kind
        assert geometry.segment_intersection(point, point, (0.0, 0.0), (0.0, 10.0)).kind == kind
    assert geometry.segment_intersection(on, on, on, on).kind == CrossingKind.POINT
    assert geometry.segment_intersection(on, on, off, off).kind == CrossingKind.NONE


def test_what_is_no_place_is_refused() -> None:
    with pytest.raises(GeometryError, match="lat_of_point2 is 91"):
        geometry.intersection((0.0, 0.0), 0.0, (91.0, 0.0), 0.0)
    with pytest.raises(GeometryError, match=r"azimuth1_deg\[0\] is inf"):
        geometry.intersection((0.0, 0.0), [math.inf], (1.0, 0.0), 0.0)
    with pytest.raises(GeometryError, match="lon_of_end2 is nan"):
        geometry.segment_intersection((0.0, 0.0), (1.0, 1.0), (0.0, 1.0), (1.0, math.nan))
