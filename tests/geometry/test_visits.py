"""Every entry, every exit and every time within a range is found, on 180° and at the poles as anywhere."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategies import tracks, waters
from waterspace.domain import Circle, Corridor, Leg, MovingBox, Polygon, Position, Sector, Window
from waterspace.errors import GeometryError
from waterspace.geometry.footprints import around_track, contains, distance_between_m
from waterspace.geometry.geodesic import destination, distance_m, distances_m
from waterspace.geometry.legs import hold, legs_at_speed, position_at, positions_at
from waterspace.geometry.visits import visits, windows_within
from waterspace.quantity import HOUR_MS, SECOND_MS

SEA = Position(lat_deg=39.5, lon_deg=133.5)
DATE_LINE, POLE = Position(lat_deg=10.0, lon_deg=180.0), Position(lat_deg=90.0, lon_deg=0.0)
PLACES = [SEA, DATE_LINE, POLE, Position(lat_deg=-89.95, lon_deg=7.0)]


def through(middle: Position, half_m: float, speed_mps: float = 10.0) -> tuple[Leg, ...]:
    """A run from west to east through a place."""
    ends = destination(middle, 270.0, half_m), middle, destination(middle, 90.0, half_m)
    return legs_at_speed(ends, 0, speed_mps)


@pytest.mark.parametrize("middle", PLACES)
def test_a_run_through_a_ring_is_in_it_twice(middle: Position) -> None:
    ring = Sector.ring(middle, 5000.0, 10_000.0)
    first, second = visits(through(middle, 20_000.0), ring)
    for visit, entry_s, exit_s in ((first, 1000, 1500), (second, 2500, 3000)):
        assert visit.window.start_ms == pytest.approx(entry_s * SECOND_MS, abs=1500)
        assert visit.window.end_ms == pytest.approx(exit_s * SECOND_MS, abs=8000)
    assert distance_m(first.entry, middle) == pytest.approx(10_000.0, abs=20.0)
    assert distance_m(second.exit, middle) == pytest.approx(10_000.0, abs=80.0)


def test_a_track_that_begins_and_ends_inside_enters_and_leaves_there() -> None:
    legs = through(SEA, 2000.0)
    (visit,) = visits(legs, Circle(centre=SEA, radius_m=5000.0))
    assert visit.window.start_ms == 0
    assert visit.window.end_ms == pytest.approx(legs[-1].end_ms, abs=1)
    assert visit.entry == legs[0].start


def test_nobody_visits_what_is_elsewhere_and_no_track_visits_anything() -> None:
    far = Circle(centre=destination(SEA, 0.0, 50_000.0), radius_m=5000.0)
    assert visits(through(SEA, 20_000.0), far) == ()
    assert visits((), far) == ()
    assert windows_within((), through(SEA, 1000.0), 10.0) == ()


def test_a_box_that_overtakes_is_visited_while_it_passes() -> None:
    slow = legs_at_speed((SEA, destination(SEA, 90.0, 36_000.0)), 0, 5.0)
    fast = legs_at_speed((destination(SEA, 270.0, 10_000.0), destination(SEA, 90.0, 30_000.0)), 0, 10.0)
    (visit,) = visits(slow, MovingBox(legs=fast, ahead_m=1000.0, astern_m=1000.0, abeam_m=500.0))
    assert visit.window.start_ms == pytest.approx(1800 * SECOND_MS, abs=2 * SECOND_MS)
    assert visit.window.end_ms == pytest.approx(2200 * SECOND_MS, abs=10 * SECOND_MS)


@given(waters(), st.data())
@settings(max_examples=25, deadline=None)
def test_between_visits_a_unit_is_outside_and_during_them_inside(place: Position, data: st.DataObject) -> None:
    legs = data.draw(tracks(place, 30_000.0))
    corners = tuple(destination(place, bearing_deg, 12_000.0) for bearing_deg in (0.0, 72.0, 144.0, 216.0, 288.0))
    area = Polygon(vertices=corners)
    found = visits(legs, area)
    assert all(one.window.end_ms < other.window.start_ms for one, other in itertools.pairwise(found))
    edge = Corridor(waypoints=(*corners, corners[0]), half_width_m=0.0)
    for time_ms in np.linspace(legs[0].start_ms, legs[-1].end_ms - 1, 40).astype(int).tolist():
        here = position_at(legs, time_ms)
        inside = any(visit.window.start_ms <= time_ms < visit.window.end_ms for visit in found)
        if contains(area, here) and distance_between_m(edge, here) > 1000.0:
            assert inside
        if inside and not contains(area, here):  # out for less than a minute does not count
            assert distance_between_m(area, here) < 60.0 * 240.0


@pytest.mark.parametrize("middle", PLACES)
def test_two_runs_that_pass_are_within_a_range_once(middle: Position) -> None:
    waiting = (hold(middle, Window(start_ms=0, end_ms=2 * HOUR_MS)),)
    (window,) = windows_within(through(middle, 20_000.0), waiting, 5000.0)
    assert window.start_ms == pytest.approx(1500 * SECOND_MS, abs=30)
    assert window.end_ms == pytest.approx(2500 * SECOND_MS, abs=30)


def test_a_run_there_and_back_is_within_a_range_twice() -> None:
    out = destination(SEA, 90.0, 20_000.0)
    legs = legs_at_speed((SEA, out, SEA), 0, 10.0)
    waiting = (hold(SEA, Window(start_ms=0, end_ms=HOUR_MS)), hold(SEA, Window(start_ms=HOUR_MS, end_ms=2 * HOUR_MS)))
    first, second = windows_within(legs, waiting, 8000.0)
    assert first.start_ms == 0
    assert second.end_ms == pytest.approx(4000 * SECOND_MS, abs=2)
    assert first.end_ms == pytest.approx(800 * SECOND_MS, abs=30)
    assert second.start_ms == pytest.approx(3200 * SECOND_MS, abs=30)


def test_two_that_keep_station_at_the_very_range_are_decided_without_end() -> None:
    one = legs_at_speed((SEA, destination(SEA, 90.0, 36_000.0)), 0, 10.0)
    start = destination(SEA, 0.0, 3000.0)
    other = legs_at_speed((start, destination(start, 90.0, 36_000.0)), 0, 10.0)
    assert len(windows_within(one, other, 3000.0)) < 50


@given(waters().flatmap(lambda place: st.tuples(tracks(place, 3e4), tracks(place, 3e4))), st.floats(10.0, 2e4))
@settings(max_examples=40, deadline=None)
def test_times_within_a_range_are_those_that_sampling_finds(
    pair: tuple[tuple[Leg, ...], tuple[Leg, ...]], range_m: float
) -> None:
    found = windows_within(*pair, range_m)
    start_ms, end_ms = max(legs[0].start_ms for legs in pair), min(legs[-1].end_ms for legs in pair)
    if start_ms > end_ms:
        assert found == ()
        return
    times = np.linspace(start_ms, end_ms, 300).round()
    apart_m = distances_m(*positions_at(pair[0], times), *positions_at(pair[1], times))
    for time_ms, now_m in zip(times.tolist(), apart_m.tolist(), strict=True):
        inside = any(window.start_ms <= time_ms < window.end_ms for window in found)
        if abs(now_m - range_m) > 10.0:
            assert inside == (now_m < range_m)


def test_the_water_around_a_track_is_a_corridor_without_its_waits() -> None:
    out = destination(SEA, 90.0, 20_000.0)
    legs = (*legs_at_speed((SEA, out), 0, 10.0), hold(out, Window(start_ms=2_000_000, end_ms=3_000_000)))
    around = around_track(legs, 500.0)
    assert around == Corridor(waypoints=(SEA, out), half_width_m=500.0)
    with pytest.raises(GeometryError, match="waypoint"):
        around_track((), 500.0)
