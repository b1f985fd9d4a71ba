"""Compiled meetings agree with dense sampling, with the NumPy forms and with published encounters."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpora import corpus
from fleet_cases import Track, ends_of, far_tracks, pairs_of_tracks, ranges_m, shared_ms, spells, straight
from strategies import tracks, waters
from waterspace.domain import Leg, Position, Window
from waterspace.errors import GeometryError
from waterspace.geometry import approach, visits
from waterspace.geometry.cartesian import to_cartesian
from waterspace.geometry.compiled import pairs
from waterspace.geometry.compiled.fleet import Fleet
from waterspace.geometry.geodesic import destination, distances_m
from waterspace.geometry.legs import hold, parallel, positions_at, shift
from waterspace.geometry.plane import Plane
from waterspace.quantity import HOUR_MS, SECOND_MS

SEA = Position(lat_deg=39.5, lon_deg=133.5)
DATE_LINE = Position(lat_deg=-5.0, lon_deg=180.0)
POLE = Position(lat_deg=89.99, lon_deg=10.0)

UNDER_WAY = straight(SEA, 60.0, 8.0, 4 * HOUR_MS)
STANDING = (hold(SEA, Window(start_ms=0, end_ms=HOUR_MS)),)
STANDING_APART = (hold(destination(SEA, 10.0, 3000.0), Window(start_ms=HOUR_MS // 2, end_ms=2 * HOUR_MS)),)
ACROSS = straight(destination(DATE_LINE, 270.0, 20_000.0), 90.0, 10.0, HOUR_MS)
BACK_ACROSS = straight(destination(DATE_LINE, 90.0, 20_000.0), 270.0, 10.0, HOUR_MS)
OVER_THE_POLE = straight(POLE, 0.0, 12.0, 3 * HOUR_MS)
PAST_THE_POLE = straight(destination(POLE, 0.0, 20_000.0), 130.0, 9.0, 3 * HOUR_MS)

examples = [
    (UNDER_WAY, UNDER_WAY),
    (UNDER_WAY, parallel(UNDER_WAY, 0.0, 1000.0)),
    (STANDING, STANDING),
    (STANDING, STANDING_APART),
    (ACROSS, BACK_ACROSS),
    (OVER_THE_POLE, PAST_THE_POLE),
    (STANDING, shift(STANDING, HOUR_MS)),
    (STANDING, shift(STANDING, HOUR_MS + 1)),
]


def check_positions(track: Track) -> None:
    fleet = Fleet.of([track])
    times = np.linspace(track[0].start_ms - 1000, track[-1].end_ms + 1000, 23).astype(np.int64)
    lat, lon = positions_at(track, times)
    found = np.array([[value[0] for value in fleet.positions(int(time))] for time in times])
    assert np.max(distances_m(lat, lon, found[:, 0], found[:, 1])) < 0.01


def check_closest(pair: tuple[Track, Track]) -> None:
    a, b = pair
    span, found, other = shared_ms(a, b), pairs.closest_approach(a, b), approach.closest_approach(a, b)
    if span is None or found is None or other is None:
        assert span is None
        assert found is None
        assert other is None
        return
    assert span[0] <= found[0] <= span[1]
    assert found[1] == pytest.approx(other[1], abs=0.5)
    times = np.unique(np.concatenate((np.linspace(*span, 400), ends_within(pair, span))))
    assert found[1] <= np.min(ranges_m(a, b, times)) + 0.5


def ends_within(pair: tuple[Track, Track], span: tuple[int, int]) -> list[int]:
    return [time for time in ends_of(*pair) if span[0] <= time <= span[1]]


def check_windows(pair: tuple[Track, Track], range_m: float) -> None:
    """What is surely within the range is in a window, and what is surely outside is in none."""
    a, b = pair
    span, found = shared_ms(a, b), pairs.windows_within(a, b, range_m)
    if span is None:
        assert found == ()
        return
    assert all(one.end_ms < other.start_ms for one, other in itertools.pairwise(found))
    assert all(span[0] <= window.start_ms <= window.end_ms <= span[1] for window in found)
    times = [
        *ends_within(pair, span),
        *np.linspace(*span, 1500).tolist(),
        *(time + off for window in found for time in (window.start_ms, window.end_ms) for off in (-10, 10)),
    ]
    at = np.array([time for time in times if span[0] <= time <= span[1]], dtype=np.float64)
    within = np.zeros(at.shape, dtype=np.bool_)
    for window in found:
        within |= (window.start_ms - 10 < at) & (at < window.end_ms + 10)
    ranges = ranges_m(a, b, at)
    slack_m = 1.0
    assert not np.any(~within & (ranges < range_m - slack_m)), "a meeting is missed"
    surely_out = ranges > max(range_m, 0.1) + slack_m
    for window in found:
        inner = (window.start_ms + 10 < at) & (at < window.end_ms - 10)
        assert not np.any(inner & surely_out), "a time apart is called a meeting"
    looks = [*ends_within(pair, span), *(time for window in found for time in (window.start_ms, window.end_ms))]
    for low, high in spells(lambda times: range_m - 2.0 - ranges_m(a, b, times), span, looks):
        assert any(window.start_ms - 10 <= low and high <= window.end_ms + 10 for window in found)
    first = approach.first_within(a, b, range_m)
    if found and first is not None:
        ends_m = ranges_m(a, b, np.array([first, found[0].start_ms]))
        assert abs(first - found[0].start_ms) <= 10 or np.all(ends_m < range_m + 1.0)


def check_numpy_windows(pair: tuple[Track, Track], range_m: float) -> None:
    ours, theirs = pairs.windows_within(*pair, range_m), visits.windows_within(*pair, range_m)
    for some, others in ((ours, theirs), (theirs, ours)):
        for window in some:
            middle = (window.start_ms + window.end_ms) / 2.0
            deep = float(ranges_m(*pair, np.array([middle]))[0]) < range_m - 1.0
            covered = any(other.start_ms - 10 <= middle <= other.end_ms + 10 for other in others)
            assert covered or not deep


def with_examples(test: Callable[..., None]) -> Callable[..., None]:
    for pair in examples:
        for range_m in (0.0, 1000.0, 5000.0):
            test = example(pair, range_m)(test)
    return test


@given(waters().flatmap(far_tracks))
@example(OVER_THE_POLE)
@example(ACROSS)
@settings(max_examples=60, deadline=None)
def test_positions_lie_on_the_geodesics_of_the_library(track: Track) -> None:
    check_positions(track)


@with_examples
@given(pairs_of_tracks(), st.floats(0.0, 60_000.0) | st.sampled_from((0.0, 1000.0)))
@settings(max_examples=60, deadline=None)
def test_meetings_of_two_agree_with_sampling_and_with_numpy(pair: tuple[Track, Track], range_m: float) -> None:
    check_closest(pair)
    check_windows(pair, range_m)
    check_numpy_windows(pair, range_m)


def apart_on_the_equator() -> tuple[Track, Track]:
    """Two ships that run for two days 366 km apart: the search in NumPy once looked at each hundredth of a second."""
    return tuple(  # type: ignore[return-value]
        (
            Leg(
                start_ms=32_361,
                end_ms=183_876_992,
                start=Position(lat_deg=0.0, lon_deg=lon_deg),
                end=Position(lat_deg=0.0, lon_deg=lon_deg + 6.60601767),
            ),
        )
        for lon_deg in (-180.0, -176.71017194947285)
    )


@pytest.mark.deep
@example(apart_on_the_equator(), 366_221.0)
@example(apart_on_the_equator(), 366_221.9833821111)
@given(pairs_of_tracks(), st.floats(0.0, 1_000_000.0) | st.floats(0.0, 20_000.0))
@settings(max_examples=3000, deadline=None)
def test_meetings_of_two_agree_with_sampling_and_with_numpy_at_length(
    pair: tuple[Track, Track], range_m: float
) -> None:
    check_positions(pair[0])
    check_closest(pair)
    check_windows(pair, range_m)
    check_numpy_windows(pair, range_m)


def disputed(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Times of more than two milliseconds that are in one of two lists of windows and not in the other."""

    def within(windows: list[tuple[int, int]], low: int, high: int) -> bool:
        return any(start <= low and high <= end for start, end in windows)

    times = sorted({time for window in (*some, *others) for time in window})
    return [
        (low, high)
        for low, high in itertools.pairwise(times)
        if high - low > 2 and within(some, low, high) != within(others, low, high)
    ]


def check_fleet(many: list[Track], range_m: float) -> None:
    start_ms, end_ms = min(track[0].start_ms for track in many), max(track[-1].end_ms for track in many)
    found = Fleet.of(many).meetings(range_m, start_ms, end_ms)
    assert np.all(found.first < found.second)
    together: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for first, second, start, end in zip(*(column.tolist() for column in found[:4]), strict=True):
        together.setdefault((first, second), []).append((start, end))
    for pair in itertools.combinations(range(len(many)), 2):
        a, b = many[pair[0]], many[pair[1]]
        alone = [(window.start_ms, window.end_ms) for window in pairs.windows_within(a, b, range_m)]
        for low, high in disputed(alone, together.get(pair, [])):
            at = np.linspace(low, high, 9)
            assert np.max(np.abs(ranges_m(a, b, at) - range_m)) < 0.05, "found by one search alone, and no graze"
    for k in range(found.first.size):
        a, b = many[int(found.first[k])], many[int(found.second[k])]
        assert found.start_ms[k] <= found.cpa_ms[k] <= found.end_ms[k]
        assert found.cpa_m[k] == pytest.approx(ranges_m(a, b, found.cpa_ms[k : k + 1])[0], abs=0.05)
        during = np.linspace(found.start_ms[k], found.end_ms[k], 100)
        assert found.cpa_m[k] <= np.min(ranges_m(a, b, during)) + 0.5


@given(waters().flatmap(lambda place: st.lists(tracks(place), min_size=2, max_size=9)), st.floats(100.0, 30_000.0))
@settings(max_examples=40, deadline=None)
def test_a_fleet_finds_what_every_pair_finds(many: list[Track], range_m: float) -> None:
    check_fleet(many, range_m)


@pytest.mark.parametrize("range_m", [10.0, 1000.0, 300_000.0])
@pytest.mark.parametrize("bearing_deg", [0.0, 33.0, 90.0, 270.0])
@pytest.mark.parametrize("start", [SEA, DATE_LINE, POLE])
def test_a_fleet_of_units_that_keep_exactly_the_range_finds_it_or_not(
    start: Position, bearing_deg: float, range_m: float
) -> None:
    there, day = destination(start, bearing_deg, range_m), Window(start_ms=0, end_ms=2 * HOUR_MS)
    passing = straight(start, bearing_deg, 240.0, HOUR_MS)
    check_fleet([(hold(start, day),), (hold(there, day),), passing], range_m)
    ahead, astern = straight(there, bearing_deg, 12.0, 8 * HOUR_MS), straight(start, bearing_deg, 12.0, 8 * HOUR_MS)
    check_fleet([ahead, astern, passing, (hold(there, day),)], range_m)


@pytest.mark.deep
@given(waters().flatmap(lambda place: st.lists(far_tracks(place), min_size=5, max_size=20)), st.floats(10.0, 300_000.0))
@settings(max_examples=200, deadline=None)
def test_a_fleet_of_long_tracks_finds_what_every_pair_finds(many: list[Track], range_m: float) -> None:
    check_fleet(many, range_m)


def test_three_hundred_ships_meet_as_often_as_a_plain_search_says() -> None:
    rng = np.random.default_rng(7)
    plane = Plane(DATE_LINE)
    many = [
        on_plane(plane, rng.uniform(-2e5, 2e5), rng.uniform(-2e5, 2e5), rng.uniform(0.0, 10.0), rng.uniform(0.0, 360.0))
        for _ in range(300)
    ]
    found = Fleet.of(many).meetings(9000.0, 0, 2 * HOUR_MS)
    times = np.linspace(0, 2 * HOUR_MS, 721)
    nearest_m = np.full((len(many), len(many)), np.inf)
    tracks_at = [positions_at(track, times) for track in many]
    for k in range(times.size):  # at 9 km a chord is a millimetre shorter than the range
        here = to_cartesian(np.array([at[0][k] for at in tracks_at]), np.array([at[1][k] for at in tracks_at]))
        apart_m = np.sqrt(sum((axis[:, None] - axis[None, :]) ** 2 for axis in here))
        nearest_m = np.minimum(nearest_m, apart_m)
    met = set(zip(found.first.tolist(), found.second.tolist(), strict=True))
    assert len(met) > 300
    for pair in itertools.combinations(range(len(many)), 2):
        if nearest_m[pair] < 8999.0:
            assert pair in met
        elif nearest_m[pair] > 9200.0:  # ten seconds at 20 m/s
            assert pair not in met


def on_plane(plane: Plane, north_m: float, east_m: float, speed_mps: float, course_deg: float) -> Track:
    """A run of two hours that is straight on a plane."""
    course, run_m = np.radians(course_deg), speed_mps * 2 * HOUR_MS / SECOND_MS
    start = plane.position(east_m, north_m)
    end = plane.position(east_m + run_m * float(np.sin(course)), north_m + run_m * float(np.cos(course)))
    return (Leg(start_ms=0, end_ms=2 * HOUR_MS, start=start, end=end),)


@pytest.mark.parametrize("centre", [SEA, DATE_LINE, POLE])
def test_the_imazu_encounters_meet_at_25_minutes(centre: Position) -> None:
    cases = json.loads(corpus("encounters", "imazu22_canonical.json").read_text(encoding="utf-8"))["cases"]
    assert len(cases) == 22
    plane = Plane(centre)
    for case in cases:
        ships = [
            on_plane(plane, ship["north_m"], ship["east_m"], ship["sog_mps"], ship["cog"])
            for ship in (case["own"], *case["targets"])
        ]
        found = Fleet.of(ships).meetings(1000.0, 0, 2 * HOUR_MS)
        of_own = found.first == 0
        assert found.second[of_own].tolist() == list(range(1, len(ships))), case["case"]
        assert found.cpa_ms[of_own] == pytest.approx(1_500_000, abs=SECOND_MS), case["case"]
        assert np.all(found.cpa_m[of_own] < 1.0), case["case"]


def test_a_span_of_time_bounds_what_is_found() -> None:
    fleet = Fleet.of((ACROSS, BACK_ACROSS, ()))
    assert len(fleet) == 3
    (start,), (end,) = fleet.meetings(10_000.0, 0, HOUR_MS)[2:4]
    assert start == pytest.approx(1_500_000, abs=10)
    assert end == pytest.approx(2_500_000, abs=10)
    cut = fleet.meetings(10_000.0, 1_600_000, 1_700_000)
    assert (cut.start_ms[0], cut.end_ms[0], cut.cpa_ms[0]) == (1_600_000, 1_700_000, 1_700_000)
    assert fleet.meetings(10_000.0, 0, 1_400_000).first.size == 0
    assert fleet.meetings(10_000.0, HOUR_MS, 0).first.size == 0
    assert Fleet.of(()).meetings(10.0, 0, HOUR_MS).first.size == 0


def test_a_track_without_legs_is_nowhere() -> None:
    lat, lon = Fleet.of(((), STANDING)).positions(0)
    assert np.isnan(lat[0])
    assert np.isnan(lon[0])
    assert lat[1] == pytest.approx(SEA.lat_deg, abs=1e-9)


def test_legs_that_overlap_in_time_are_refused() -> None:
    with pytest.raises(GeometryError, match="track 1 has a leg that starts at 1800000 ms, before"):
        Fleet.of((STANDING, (*STANDING, *STANDING_APART)))
    backwards = Leg(start_ms=10, end_ms=5, start=SEA, end=SEA)
    with pytest.raises(GeometryError, match="ends at 5 ms, before its 10 ms"):
        Fleet.of(((backwards,),))


@pytest.mark.parametrize("range_m", [-1.0, float("nan"), float("inf")])
def test_a_range_that_is_none_is_refused(range_m: float) -> None:
    with pytest.raises(GeometryError, match="range_m is"):
        Fleet.of((STANDING,)).meetings(range_m, 0, 1)


def test_tracks_that_share_no_time_do_not_meet() -> None:
    later = shift(STANDING, 5 * HOUR_MS)
    assert pairs.closest_approach(STANDING, later) is None
    assert pairs.closest_approach((), STANDING) is None
    assert pairs.first_within(STANDING, later, 1e6) is None
    assert pairs.windows_within(STANDING, (), 1e6) == ()
    assert Fleet.of((STANDING, later)).meetings(1e6, 0, 9 * HOUR_MS).first.size == 0
    assert pairs.first_within(STANDING, STANDING_APART, 5000.0) == HOUR_MS // 2
