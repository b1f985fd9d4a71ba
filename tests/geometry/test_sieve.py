"""Many legs at once: bounds hold, and whatever is left out surely does not meet."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waterspace.domain import Band, Circle, Hazard, Leg, MovingBox, Position, Reservation, Window
from waterspace.geometry.geodesic import between, destination, distance_m
from waterspace.geometry.meeting import track_clashes
from waterspace.geometry.reservations.earthframe import points_of
from waterspace.geometry.reservations.legarrays import LegArrays
from waterspace.geometry.reservations.sieve import Sieve, legs_near
from waterspace.quantity import HOUR_MS

_START_MS = 1_780_272_000_000

positions = st.builds(
    lambda lat_deg, lon_deg: Position(lat_deg=lat_deg, lon_deg=lon_deg),
    st.floats(-89.0, 89.0),
    st.floats(-180.0, 180.0),
)


@given(positions, st.floats(0.0, 360.0), st.floats(0.0, 19_000_000.0))
def test_a_leg_is_no_shorter_and_no_longer_than_the_arrays_say_and_lies_in_its_ball(
    start: Position, course_deg: float, run_m: float
) -> None:
    end = destination(start, course_deg, run_m)
    legs = LegArrays.of([[Leg(start_ms=0, end_ms=HOUR_MS, start=start, end=end)]])
    length_m = distance_m(start, end)
    assert legs.least_m[0] <= length_m + 1e-3
    assert legs.most_m[0] >= length_m
    if 1_000.0 < length_m < 500_000.0:
        assert legs.most_m[0] - legs.least_m[0] < 1e-3 * length_m
    middle, reach_m = legs.balls()
    on_the_way = points_of([between(start, end, part / 16.0) for part in range(17)])
    assert np.linalg.norm(on_the_way - middle[0], axis=1).max() <= reach_m[0]
    middle, reach_m = legs.leg_balls()
    assert np.linalg.norm(on_the_way - middle[0], axis=1).max() <= reach_m[0]


def test_a_wait_has_no_length() -> None:
    here = Position(lat_deg=40.0, lon_deg=180.0)
    legs = LegArrays.of([[Leg(start_ms=0, end_ms=HOUR_MS, start=here, end=here)]])
    assert not legs.moves[0]
    assert legs.most_m[0] == 0.0


@pytest.mark.parametrize("lat_deg", [0.0, 88.0])
def test_the_longest_ways_are_bounded_too(lat_deg: float) -> None:
    start, end = Position(lat_deg=lat_deg, lon_deg=0.0), Position(lat_deg=-lat_deg, lon_deg=179.9)
    legs = LegArrays.of([[Leg(start_ms=0, end_ms=HOUR_MS, start=start, end=end)]])
    assert legs.most_m[0] >= distance_m(start, end)


def _near(middle: Position, numbers: tuple[float, float]) -> Position:
    return destination(middle, numbers[0], numbers[1])


offsets = st.tuples(st.floats(0.0, 360.0), st.floats(0.0, 60_000.0))


@st.composite
def scenes(draw: st.DrawFn) -> tuple[list[list[Leg]], list[Reservation]]:
    """Tracks and claims in one piece of sea and one day, some across the antimeridian or midnight."""
    middle = Position(lat_deg=draw(st.sampled_from((0.0, 40.0, -75.0))), lon_deg=draw(st.sampled_from((133.0, 180.0))))
    tracks = []
    for _ in range(draw(st.integers(1, 6))):
        places = [_near(middle, draw(offsets)) for _ in range(draw(st.integers(2, 5)))]
        now_ms = _START_MS + draw(st.integers(0, 20)) * HOUR_MS
        legs = []
        for here, there in itertools.pairwise(places):
            lasting_ms = draw(st.integers(1, 6)) * HOUR_MS
            legs.append(Leg(start_ms=now_ms, end_ms=now_ms + lasting_ms, start=here, end=there))
            now_ms += lasting_ms
        tracks.append(legs)
    claims = []
    for number in range(draw(st.integers(1, 5))):
        start_ms = _START_MS + draw(st.integers(0, 24)) * HOUR_MS
        window = Window(start_ms=start_ms, end_ms=start_ms + draw(st.integers(1, 8)) * HOUR_MS)
        here, there = _near(middle, draw(offsets)), _near(middle, draw(offsets))
        if draw(st.booleans()):
            leg = Leg(start_ms=window.start_ms, end_ms=window.end_ms, start=here, end=there)
            footprint: MovingBox | Circle = MovingBox(legs=(leg,), ahead_m=3000.0, astern_m=3000.0, abeam_m=3000.0)
        else:
            footprint = Circle(centre=here, radius_m=draw(st.floats(100.0, 20_000.0)))
        claims.append(
            Reservation(
                id=f"R{number}",
                owner=f"R{number}",
                name="",
                footprint=footprint,
                band=Band(),
                windows=(window,),
                hazard=Hazard.FIRING,
            )
        )
    return tracks, claims


@given(scenes())
@settings(deadline=None, max_examples=60)
def test_every_track_that_enters_a_claim_is_named(scene: tuple[list[list[Leg]], list[Reservation]]) -> None:
    tracks, claims = scene
    named = set(zip(*(numbers.tolist() for numbers in Sieve(LegArrays.of(tracks)).near(claims)), strict=True))
    met = track_clashes({str(number): legs for number, legs in enumerate(tracks)}, claims)
    assert {(claim, int(track)) for track, claim, _ in met} <= named


@given(scenes())
@settings(deadline=None, max_examples=60)
def test_every_leg_that_enters_a_claim_is_named(scene: tuple[list[list[Leg]], list[Reservation]]) -> None:
    tracks, claims = scene
    named = set(zip(*(numbers.tolist() for numbers in legs_near(claims, LegArrays.of(tracks))), strict=True))
    legs = [leg for track in tracks for leg in track]
    met = track_clashes({str(number): [leg] for number, leg in enumerate(legs)}, claims)
    assert {(claim, int(leg)) for leg, claim, _ in met} <= named


@given(positions, st.floats(0.0, 360.0), st.floats(0.0, 19_000_000.0))
def test_what_goes_along_a_leg_is_never_far_from_the_line_between_its_ends(
    start: Position, course_deg: float, run_m: float
) -> None:
    end = destination(start, course_deg, run_m)
    legs = LegArrays.of([[Leg(start_ms=0, end_ms=HOUR_MS, start=start, end=end)]])
    parts = np.arange(17) / 16.0
    on_the_way = points_of([between(start, end, part) for part in parts.tolist()])
    on_the_line = legs.starts + parts[:, None] * (legs.ends - legs.starts)
    assert np.linalg.norm(on_the_way - on_the_line, axis=1).max() <= legs.stray_m()[0]


def test_a_long_way_is_near_a_claim_only_while_it_passes_by() -> None:
    start, end = Position(lat_deg=38.0, lon_deg=132.0), Position(lat_deg=38.0, lon_deg=136.0)
    leg = Leg(start_ms=_START_MS, end_ms=_START_MS + 12 * HOUR_MS, start=start, end=end)

    def near(hour: int, here: Position) -> int:
        window = Window(start_ms=_START_MS + hour * HOUR_MS, end_ms=_START_MS + (hour + 1) * HOUR_MS)
        claim = Reservation(
            id="R",
            owner="R",
            name="",
            footprint=Circle(centre=here, radius_m=10_000.0),
            band=Band(),
            windows=(window,),
            hazard=Hazard.FIRING,
        )
        assert Sieve(LegArrays.of([[leg]])).near([claim])[0].size == 1
        return int(legs_near([claim], LegArrays.of([[leg]]))[0].size)

    halfway = between(start, end, 0.5)
    assert [near(hour, halfway) for hour in (0, 4, 5, 6, 7, 11)] == [0, 0, 1, 1, 0, 0]
    assert near(5, destination(halfway, 0.0, 60_000.0)) == 0
    assert legs_near([], LegArrays.of([[leg]]))[0].size == 0
    never = Reservation(
        id="R",
        owner="R",
        name="",
        footprint=Circle(centre=halfway, radius_m=10_000.0),
        band=Band(),
        windows=(),
        hazard=Hazard.FIRING,
    )
    assert legs_near([never], LegArrays.of([[leg]]))[0].size == 0


def test_what_is_far_away_or_at_another_time_is_left_out() -> None:
    here = Position(lat_deg=40.0, lon_deg=133.0)
    claim = Reservation(
        id="R",
        owner="R",
        name="",
        footprint=Circle(centre=here, radius_m=1000.0),
        band=Band(),
        windows=(Window(start_ms=_START_MS, end_ms=_START_MS + HOUR_MS),),
        hazard=Hazard.FIRING,
    )

    def wait(position: Position, start_ms: int) -> list[Leg]:
        return [Leg(start_ms=start_ms, end_ms=start_ms + HOUR_MS, start=position, end=position)]

    tracks = [
        wait(here, _START_MS),
        wait(destination(here, 90.0, 5000.0), _START_MS),
        wait(here, _START_MS + HOUR_MS),
        wait(here, _START_MS - HOUR_MS),
    ]
    claims, near = Sieve(LegArrays.of(tracks)).near([claim])
    assert (claims.tolist(), near.tolist()) == ([0], [0])
    assert not math.isnan(float(LegArrays.of(tracks).most_m.max()))
    assert Sieve(LegArrays.of([])).near([claim])[0].size == 0
