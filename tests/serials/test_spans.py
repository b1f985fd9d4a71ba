"""Spans of time and ranges solved from tracks."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import tracks
from waterspace.domain import Leg, Position, Window
from waterspace.domain.schedule import join_windows
from waterspace.geometry.approach import closest_approach
from waterspace.geometry.geodesic import distances_m
from waterspace.geometry.legs import hold, positions_at
from waterspace.serials.measuring.spans import (
    both,
    closest_m,
    gaps,
    least_apart_m,
    length_ms,
    mean,
    near_any,
    passing_m,
)

SEA = Position(lat_deg=39.5, lon_deg=133.5)
WHOLE = Window(start_ms=0, end_ms=1_000)
windows = st.lists(
    st.tuples(st.integers(0, 900), st.integers(1, 300)).map(
        lambda span: Window(start_ms=span[0], end_ms=min(1_000, span[0] + span[1]))
    ),
    max_size=6,
)


@given(some=windows, others=windows)
def test_overlaps_gaps_and_lengths_are_those_of_every_millisecond(some: list[Window], others: list[Window]) -> None:
    def flags(spans: object) -> np.ndarray:
        there = np.zeros(1_000, dtype=bool)
        for span in spans:  # type: ignore[attr-defined]
            there[span.start_ms : span.end_ms] = True
        return there

    a, b = join_windows(some), join_windows(others)
    assert (flags(both(a, b)) == (flags(a) & flags(b))).all()
    assert (flags(gaps(some, WHOLE)) == ~flags(some)).all()
    assert length_ms(some) == flags(some).sum()


@given(track=tracks(SEA, 50_000.0), east=st.floats(-0.2, 0.2), share=st.floats(0.0, 1.0))
def test_the_range_at_which_a_track_passes_a_place_is_that_of_a_finely_sampled_one(
    track: tuple[Leg, ...], east: float, share: float
) -> None:
    place = Position(lat_deg=39.4, lon_deg=133.5 + east)
    if not track or track[0].start_ms == track[-1].end_ms:
        return
    since_ms = track[0].start_ms + round(share * (track[-1].end_ms - track[0].start_ms))
    found_m = passing_m(place, track, since_ms)
    if since_ms >= track[-1].end_ms:
        assert found_m is None
        return
    times_ms = np.linspace(since_ms, track[-1].end_ms, 4_000)
    ranges_m = distances_m(*positions_at(track, times_ms), np.array(place.lat_deg), np.array(place.lon_deg))
    step_m = float(np.max(np.abs(np.diff(ranges_m))))
    assert found_m == pytest.approx(float(np.min(ranges_m)), abs=step_m + 10.0)


@given(some=st.lists(tracks(SEA, 20_000.0).filter(bool), min_size=2, max_size=4))
def test_the_least_range_of_several_tracks_is_that_of_the_closest_two(some: list[tuple[Leg, ...]]) -> None:
    pairs = [closest_approach(a, b) for a, b in itertools.combinations(some, 2)]
    ranges_m = [met[1] for met in pairs if met is not None]
    found_m = least_apart_m(some)
    if any(a[0].start_ms < b[-1].end_ms and b[0].start_ms < a[-1].end_ms for a, b in itertools.combinations(some, 2)):
        assert found_m == pytest.approx(min(ranges_m), abs=3.0)
    elif found_m is not None:
        assert ranges_m


def test_every_ship_needs_company_and_any_other_gives_it() -> None:
    near = Position(lat_deg=39.5, lon_deg=133.51)
    far = Position(lat_deg=39.5, lon_deg=134.5)
    ship, late = (hold(SEA, WHOLE),), (hold(near, Window(start_ms=400, end_ms=1_000)),)
    assert near_any([ship], [(hold(far, WHOLE),), late], 2_000.0, WHOLE) == (Window(start_ms=400, end_ms=1_000),)
    assert near_any([ship, (hold(far, WHOLE),)], [late], 2_000.0, WHOLE) == ()
    assert near_any([], [late], 2_000.0, WHOLE) == (WHOLE,)
    assert near_any([ship], [], 2_000.0, WHOLE) == ()


def test_of_nothing_there_is_no_range_and_no_mean() -> None:
    assert closest_m([()], [()]) is None
    assert least_apart_m([(hold(SEA, WHOLE),)]) is None
    assert mean([]) is None
    assert mean([1.0, 2.0]) == 1.5
