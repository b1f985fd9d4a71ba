"""Closest approaches and first contacts agree with dense sampling and with published encounters."""

from __future__ import annotations

import itertools
import json
import math

import numpy as np
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpora import corpus
from strategies import tracks, waters
from waterspace.domain import Leg, Position, Window
from waterspace.geometry.geodesic import between, destination, distance_m, distances_m
from waterspace.geometry.legs import hold, parallel, position_at, positions_at, shift
from waterspace.geometry.meeting import closest_approach, closest_approaches, first_within
from waterspace.geometry.plane import Plane
from waterspace.quantity import HOUR_MS, SECOND_MS

Track = tuple[Leg, ...]

SEA = Position(lat_deg=39.5, lon_deg=133.5)
DATE_LINE = Position(lat_deg=-5.0, lon_deg=180.0)


def straight(start: Position, course_deg: float, speed_mps: float, duration_ms: int) -> Track:
    end = destination(start, course_deg, speed_mps * duration_ms / SECOND_MS)
    return (Leg(start_ms=0, end_ms=duration_ms, start=start, end=end),)


def ranges_m(a: Track, b: Track, times: np.ndarray) -> np.ndarray:
    return distances_m(*positions_at(a, times), *positions_at(b, times))


def shared_times(a: Track, b: Track, count: int) -> np.ndarray:
    start, end = max(a[0].start_ms, b[0].start_ms), min(a[-1].end_ms, b[-1].end_ms)
    bounds = [time for leg in (*a, *b) for time in (leg.start_ms, leg.end_ms) if start <= time <= end]
    return np.unique(np.concatenate((np.linspace(start, end, count), bounds))) if start <= end else np.array([])


def sampled_least_m(a: Track, b: Track) -> float | None:
    """The least range by sampling, with the neighbourhoods of the lowest samples sampled again."""
    times = shared_times(a, b, 400)
    if not times.size:
        return None
    least = math.inf
    ranges = ranges_m(a, b, times)
    for lowest in np.argsort(ranges)[:4]:
        near = times[max(lowest - 1, 0) : lowest + 2]
        for _ in range(5):
            near = np.linspace(near[0], near[-1], 41)
            values = ranges_m(a, b, near)
            middle = int(np.argmin(values))
            least = min(least, float(values[middle]))
            near = near[max(middle - 1, 0) : middle + 2]
    return least


def pairs_of_tracks() -> st.SearchStrategy[tuple[Track, Track]]:
    return waters().flatmap(lambda place: st.tuples(tracks(place), tracks(place)))


def check_closest(pair: tuple[Track, Track]) -> None:
    a, b = pair
    expected_m, found = sampled_least_m(a, b), closest_approach(a, b)
    if expected_m is None or found is None:
        assert expected_m is None
        assert found is None
        return
    time_ms, range_m = found
    assert max(a[0].start_ms, b[0].start_ms) <= time_ms <= min(a[-1].end_ms, b[-1].end_ms)
    assert range_m == pytest.approx(distance_m(position_at(a, time_ms), position_at(b, time_ms)), abs=1e-6)
    assert range_m <= expected_m + 0.5


def check_first(pair: tuple[Track, Track], range_m: float) -> None:
    a, b = pair
    times, found = shared_times(a, b, 1500), first_within(a, b, range_m)
    if found is None:
        assert not times.size or np.min(ranges_m(a, b, times)) > range_m - 1.0
        return
    assert distance_m(position_at(a, found), position_at(b, found)) <= range_m + 1.0
    earlier = times[times < found - 10]
    assert not earlier.size or np.min(ranges_m(a, b, earlier)) > range_m - 1.0


COINCIDENT = straight(SEA, 60.0, 8.0, 4 * HOUR_MS)
STANDING = (hold(SEA, Window(start_ms=0, end_ms=HOUR_MS)),)
STANDING_APART = (hold(destination(SEA, 10.0, 3000.0), Window(start_ms=HOUR_MS // 2, end_ms=2 * HOUR_MS)),)
AT_ANCHOR = (hold(Position(lat_deg=39.50000000000001, lon_deg=133.5), Window(start_ms=0, end_ms=1)),)
ALONGSIDE = (hold(Position(lat_deg=39.500009005605364, lon_deg=133.50000020290332), Window(start_ms=0, end_ms=1)),)
ACROSS = straight(destination(DATE_LINE, 270.0, 20_000.0), 90.0, 10.0, HOUR_MS)
BACK_ACROSS = straight(destination(DATE_LINE, 90.0, 20_000.0), 270.0, 10.0, HOUR_MS)


@given(pairs_of_tracks())
@example((AT_ANCHOR, ALONGSIDE))
@example((COINCIDENT, COINCIDENT))
@example((COINCIDENT, parallel(COINCIDENT, 0.0, 1000.0)))
@example((STANDING, STANDING_APART))
@example((STANDING, STANDING))
@example((ACROSS, BACK_ACROSS))
@example((STANDING, shift(STANDING, HOUR_MS)))
@example((STANDING, shift(STANDING, HOUR_MS + 1)))
@settings(max_examples=60, deadline=None)
def test_no_sample_is_closer_than_the_closest_approach(pair: tuple[Track, Track]) -> None:
    check_closest(pair)


@given(pairs_of_tracks(), st.floats(0.0, 60_000.0) | st.sampled_from((0.0, 1000.0)))
@example((COINCIDENT, parallel(COINCIDENT, 0.0, 1000.0)), 1000.0)
@example((COINCIDENT, COINCIDENT), 0.0)
@example((ACROSS, BACK_ACROSS), 0.0)
@example((ACROSS, BACK_ACROSS), 5000.0)
@settings(max_examples=60, deadline=None)
def test_no_sample_before_the_first_contact_is_within_the_range(pair: tuple[Track, Track], range_m: float) -> None:
    check_first(pair, range_m)


@pytest.mark.deep
@given(pairs_of_tracks(), st.floats(0.0, 100_000.0))
@settings(max_examples=2000, deadline=None)
def test_closest_approach_and_first_contact_agree_with_sampling_at_length(
    pair: tuple[Track, Track], range_m: float
) -> None:
    check_closest(pair)
    check_first(pair, range_m)


@given(pairs_of_tracks())
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_tracks_does_not_matter(pair: tuple[Track, Track]) -> None:
    a, b = pair
    one, other = closest_approach(a, b), closest_approach(b, a)
    if one is None or other is None:
        assert one is other is None
    else:
        assert one[1] == pytest.approx(other[1], abs=0.2)
    assert (first_within(a, b, 500.0) is None) == (first_within(b, a, 500.0) is None)


def test_ships_that_meet_head_on_meet_half_way() -> None:
    found = closest_approach(ACROSS, BACK_ACROSS)
    assert found is not None
    assert found[0] == pytest.approx(2_000_000, abs=10)
    assert found[1] < 1.0
    assert first_within(ACROSS, BACK_ACROSS, 10_000.0) == pytest.approx(1_500_000, abs=10)


def test_tracks_that_share_no_time_have_no_closest_approach() -> None:
    later = shift(STANDING, 5 * HOUR_MS)
    assert closest_approach(STANDING, later) is None
    assert first_within(STANDING, later, 1e9) is None
    assert closest_approach((), STANDING) is None
    assert first_within(STANDING, (), 10.0) is None


def test_ships_already_within_range_meet_at_once() -> None:
    assert first_within(STANDING, STANDING_APART, 5000.0) == HOUR_MS // 2
    assert first_within(STANDING, STANDING_APART, 2000.0) is None


def test_ships_far_apart_in_company_keep_their_range() -> None:
    guide = straight(SEA, 100.0, 9.0, 40 * HOUR_MS)
    far = straight(destination(SEA, 190.0, 900_000.0), 100.0, 9.0, 40 * HOUR_MS)
    check_closest((guide, far))
    check_first((guide, far), 890_000.0)


def test_tracks_on_opposite_sides_of_the_earth_are_compared() -> None:
    here = straight(Position(lat_deg=10.0, lon_deg=0.0), 90.0, 10.0, HOUR_MS)
    there = straight(Position(lat_deg=-10.0, lon_deg=-178.0), 270.0, 10.0, HOUR_MS)
    check_closest((here, there))
    assert first_within(here, there, 19_000_000.0) is None


def on_plane(plane: Plane, north_m: float, east_m: float, speed_mps: float, course_deg: float) -> Track:
    """A run of two hours that is straight on a plane."""
    course, run_m = math.radians(course_deg), speed_mps * 2 * HOUR_MS / SECOND_MS
    start = plane.position(east_m, north_m)
    end = plane.position(east_m + run_m * math.sin(course), north_m + run_m * math.cos(course))
    return (Leg(start_ms=0, end_ms=2 * HOUR_MS, start=start, end=end),)


@pytest.mark.parametrize("centre", [SEA, DATE_LINE])
def test_the_imazu_encounters_meet_at_25_minutes(centre: Position) -> None:
    cases = json.loads(corpus("encounters", "imazu22_canonical.json").read_text(encoding="utf-8"))["cases"]
    assert len(cases) == 22
    plane = Plane(centre)
    for case in cases:
        own, *targets = (
            on_plane(plane, ship["north_m"], ship["east_m"], ship["sog_mps"], ship["cog"])
            for ship in (case["own"], *case["targets"])
        )
        for target in targets:
            found = closest_approach(own, target)
            assert found is not None
            assert found[0] == pytest.approx(1_500_000, abs=SECOND_MS), case["case"]
            assert found[1] < 1.0, case["case"]


def test_the_recorded_imazu_scenarios_have_the_published_closest_approach() -> None:
    folder = corpus("encounters", "imazu22_ntnu")
    cases = json.loads((folder / "derived_cpa.json").read_text(encoding="utf-8"))["cases"]
    compared = 0
    for case in cases:
        ships = yaml.safe_load((folder / f"{case['case']}.yaml").read_text(encoding="utf-8"))["ship_list"]
        own_north, own_east, *own_run = ships[0]["csog_state"]
        plane = Plane(SEA)
        own = on_plane(plane, 0.0, 0.0, *own_run)
        for target in case["targets"]:
            north, east, *run = target["state_N_E_sog_cog"]
            if target["tcpa_s"] <= 0.0:
                continue
            found = closest_approach(own, on_plane(plane, north - own_north, east - own_east, *run))
            assert found is not None
            assert found[1] == pytest.approx(target["dcpa_m"], abs=1.0), case["case"]
            assert found[0] == pytest.approx(target["tcpa_s"] * SECOND_MS, abs=SECOND_MS), case["case"]
            compared += 1
    assert compared > 30


@given(waters().flatmap(lambda place: st.lists(tracks(place), min_size=2, max_size=5)))
@settings(max_examples=25, deadline=None)
def test_all_pairs_together_give_what_each_pair_gives(many: list[Track]) -> None:
    units = {f"U{number}": track for number, track in enumerate(many)}
    together = {(found.first, found.second): found for found in closest_approaches(units)}
    for one, other in itertools.combinations(units, 2):
        alone = closest_approach(units[one], units[other])
        if alone is None:
            assert (one, other) not in together
            continue
        found = together[one, other]
        assert found.range_m == pytest.approx(alone[1], abs=0.2)
        here, there = (position_at(units[unit], found.time_ms) for unit in (one, other))
        assert found.range_m == pytest.approx(distance_m(here, there), abs=1e-6)
        assert distance_m(found.position, between(here, there, 0.5)) < 1e-3


def test_pairs_can_be_left_out_by_name_by_range_and_leg_by_leg() -> None:
    units = {
        "GUIDE": COINCIDENT,
        "CONSORT": parallel(COINCIDENT, 0.0, 500.0),
        "FAR": parallel(COINCIDENT, 0.0, 50_000.0),
        "ASHORE": (),
    }
    assert [(a.first, a.second) for a in closest_approaches(units)] == [
        ("GUIDE", "CONSORT"),
        ("GUIDE", "FAR"),
        ("CONSORT", "FAR"),
    ]
    near = closest_approaches(units, within_m=2000.0)
    assert [(a.first, a.second, round(a.range_m)) for a in near] == [("GUIDE", "CONSORT", 500)]
    named = closest_approaches(units, {frozenset(("CONSORT", "GUIDE"))})
    assert [a.second for a in named] == ["FAR", "FAR"]
    assert closest_approaches(units, skip=lambda a, b: a.serial == b.serial) == ()
    assert closest_approaches({"GUIDE": COINCIDENT}) == ()


def test_a_time_that_does_not_count_is_passed_over() -> None:
    out = straight(SEA, 90.0, 10.0, HOUR_MS)
    berth = (hold(SEA, Window(start_ms=-HOUR_MS, end_ms=0)), *out)
    other = (hold(SEA, Window(start_ms=-HOUR_MS, end_ms=0)), *straight(SEA, 0.0, 10.0, HOUR_MS))
    (found,) = closest_approaches({"A": berth, "B": other}, skip=lambda a, b: a.is_wait and b.is_wait)
    assert found.time_ms == 0
    (found,) = closest_approaches({"A": berth, "B": other})
    assert found.time_ms == -HOUR_MS


def test_many_pairs_are_looked_at_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waterspace.geometry.approach._BATCH_SPANS", 2)
    units = {f"U{number}": parallel(COINCIDENT, 0.0, 1000.0 * number) for number in range(5)}
    found = closest_approaches(units)
    assert len(found) == 10
    expected = [1000.0 * (b - a) for a, b in itertools.combinations(range(5), 2)]
    assert [approach.range_m for approach in found] == pytest.approx(expected, rel=1e-3)
