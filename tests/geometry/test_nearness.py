"""How near claims come: what the arrays leave out is far, and no sample is nearer than the least distance."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import SEA, claim
from strategies import moving_boxes, still_footprints, waters
from waterspace.domain import Band, Circle, Footprint, MovingBox, Polygon, Reservation, Window
from waterspace.geometry.footprints import distance_between_m, nearest_m, outline_at
from waterspace.geometry.geodesic import destination, distance_m
from waterspace.geometry.legs import legs_at_speed
from waterspace.geometry.reservations.index import ReservationIndex
from waterspace.geometry.reservations.nearness import least_distance, within_at
from waterspace.quantity import HOUR_MS, MINUTE_MS, NAUTICAL_MILE_M

LONG = Window(start_ms=0, end_ms=12 * HOUR_MS)


def at(footprint: Footprint, time_ms: int) -> Footprint:
    return Polygon(vertices=outline_at(footprint, time_ms)) if isinstance(footprint, MovingBox) else footprint


@st.composite
def claims(draw: st.DrawFn) -> list[Reservation]:
    """Claims near one another, some of which move."""
    water = draw(waters())
    made = []
    for _ in range(draw(st.integers(2, 6))):
        start_ms = draw(st.integers(0, 3)) * HOUR_MS
        window = Window(start_ms=start_ms, end_ms=start_ms + draw(st.integers(1, 3)) * HOUR_MS)
        band = draw(st.sampled_from((Band(), Band(floor_m=0.0), Band(ceiling_m=-10.0), Band(floor_m=300.0))))
        made.append(claim(draw(still_footprints(water) | moving_boxes(water)), window, band=band))
    return made


def bands_within(a: Band, b: Band, above_m: float) -> bool:
    low, high = sorted((a, b), key=lambda band: band.ceiling_m)
    rise_m = above_m if low.ceiling_m > 0.0 else 0.0
    return max(a.floor_m, b.floor_m) < low.ceiling_m + rise_m and max(a.floor_m, b.floor_m) < high.ceiling_m + above_m


@settings(max_examples=40, deadline=None)
@given(claims(), st.sampled_from((0.0, NAUTICAL_MILE_M, 9_000.0)), st.sampled_from((0.0, 305.0)))
def test_no_pair_that_comes_near_is_left_out(made: list[Reservation], within_m: float, above_m: float) -> None:
    first, second = ReservationIndex(made).neighbours(within_m, above_m, lambda a, b: a != b)
    named = set(zip(first.tolist(), second.tolist(), strict=True))
    assert all(a < b for a, b in named)
    for a, b in itertools.combinations(range(len(made)), 2):
        found = least_distance(made[a], made[b])
        if found is None or not bands_within(made[a].band, made[b].band, above_m):
            continue
        if found.apart_m < within_m - 10.0:
            assert (a, b) in named


@settings(max_examples=60, deadline=None)
@given(waters().flatmap(lambda water: st.tuples(moving_boxes(water), moving_boxes(water) | still_footprints(water))))
def test_the_least_distance_of_a_moving_box_is_no_more_than_that_of_any_minute(
    sides: tuple[MovingBox, Footprint],
) -> None:
    found = least_distance(claim(sides[0], LONG), claim(sides[1], LONG))
    boxes = [side for side in sides if isinstance(side, MovingBox)]
    start_ms = max(0, *(box.legs[0].start_ms for box in boxes))
    end_ms = min(LONG.end_ms, *(box.legs[-1].end_ms for box in boxes))
    if start_ms >= end_ms:
        assert found is None
        return
    assert found is not None
    assert start_ms <= found.time_ms <= end_ms
    step_ms = max((end_ms - start_ms) // 40, 1)
    sampled_m = min(
        distance_between_m(*(at(side, time_ms) for side in sides)) for time_ms in range(start_ms, end_ms, step_ms)
    )
    assert found.apart_m <= sampled_m + 20.0 + 0.001 * sampled_m
    assert found.apart_m == pytest.approx(
        distance_between_m(*(at(side, found.time_ms) for side in sides)), abs=20.0, rel=0.001
    )


def test_the_middle_between_two_circles_lies_midway_between_their_edges() -> None:
    other = destination(SEA, 90.0, 20_000.0)
    apart_m, middle = nearest_m(Circle(centre=SEA, radius_m=12_000.0), Circle(centre=other, radius_m=2_000.0))
    assert apart_m == pytest.approx(6_000.0, abs=1.0)
    assert distance_m(SEA, middle) == pytest.approx(15_000.0, abs=1.0)


def test_a_box_that_passes_a_circle_is_nearest_abeam_and_near_for_a_while() -> None:
    start, abeam = destination(SEA, 270.0, 36_000.0), destination(SEA, 180.0, 8_000.0)
    legs = legs_at_speed((start, destination(SEA, 90.0, 36_000.0)), 0, 10.0)
    box = MovingBox(legs=legs, ahead_m=500.0, astern_m=500.0, abeam_m=500.0)
    circle = Circle(centre=abeam, radius_m=5_000.0)
    found = least_distance(claim(box, LONG), claim(circle, LONG))
    assert found is not None
    assert found.apart_m == pytest.approx(2_500.0, abs=30.0)
    assert found.time_ms == pytest.approx(HOUR_MS, abs=5 * MINUTE_MS)
    near = within_at(box, circle, 3_000.0, LONG)
    assert len(near) == 1
    assert near[0].start_ms < found.time_ms < near[0].end_ms
    assert not within_at(box, circle, 2_000.0, LONG)


def test_claims_that_share_no_time_are_no_distance_apart() -> None:
    later = Window(start_ms=LONG.end_ms, end_ms=LONG.end_ms + HOUR_MS)
    circle = Circle(centre=SEA, radius_m=1_000.0)
    assert least_distance(claim(circle, LONG), claim(circle, later)) is None
    assert math.isclose(least_distance(claim(circle), claim(circle)).apart_m, 0.0)  # type: ignore[union-attr]
