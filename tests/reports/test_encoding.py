"""What is encoded can be decoded again, to the step of its scale."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from strategies import positions, tracks, waters
from waterspace.domain import Leg, Position, Window
from waterspace.quantity import HOUR_MS, SECOND_MS
from waterspace.reports.encoding import RING_SCALE, TRACK_SCALE, Epoch, encode_ring, encode_track

ORIGIN_MS = 1_689_811_200_000


def decoded_ring(flat: list[int], scale: int) -> list[tuple[float, float]]:
    lats, lons = itertools.accumulate(flat[::2]), itertools.accumulate(flat[1::2])
    return [(lat / scale, lon / scale) for lat, lon in zip(lats, lons, strict=True)]


@given(st.lists(positions(), max_size=20))
def test_a_ring_comes_back_to_a_metre(corners: list[Position]) -> None:
    found = decoded_ring(encode_ring(corners), RING_SCALE)
    rounded = [(round(one.lat_deg * RING_SCALE), round(one.lon_deg * RING_SCALE)) for one in corners]
    expected = [one for one, _ in itertools.groupby(rounded)]
    assert [(round(lat * RING_SCALE), round(lon * RING_SCALE)) for lat, lon in found] == expected


@given(waters().flatmap(tracks))
def test_a_track_comes_back_to_a_metre_and_a_second(legs: tuple[Leg, ...]) -> None:
    wire = encode_track(legs, Epoch(legs[0].start_ms))
    columns = [wire["t"], wire["lat"], wire["lon"]]
    times, lats, lons = (list(itertools.accumulate(column)) for column in columns)  # type: ignore[call-overload]
    assert len(times) == len(lats) == len(lons)
    assert times == sorted(times)
    vertices = set(zip(times, lats, lons, strict=True))
    for leg in legs:
        for time_ms, place in ((leg.start_ms, leg.start), (leg.end_ms, leg.end)):
            second = round((time_ms - legs[0].start_ms) / SECOND_MS)
            assert (second, round(place.lat_deg * TRACK_SCALE), round(place.lon_deg * TRACK_SCALE)) in vertices


def test_heights_are_noted_where_they_change() -> None:
    here, there = Position(lat_deg=40.0, lon_deg=133.0), Position(lat_deg=40.1, lon_deg=133.0)
    hours = [ORIGIN_MS + hour * HOUR_MS for hour in range(4)]
    legs = (
        Leg(start_ms=hours[0], end_ms=hours[1], start=here, end=here),
        Leg(start_ms=hours[1], end_ms=hours[2], start=here, end=there, height_m=300.0),
        Leg(start_ms=hours[2], end_ms=hours[3], start=there, end=there),
    )
    wire = encode_track(legs, Epoch(ORIGIN_MS))
    assert wire["h"] == [[1, 300], [2, 0]]
    assert wire["t"] == [0, 3600, 3600, 3600]


def test_a_track_without_legs_is_empty() -> None:
    assert encode_track((), Epoch(0)) == {"t": [], "lat": [], "lon": [], "h": []}


def test_times_are_whole_seconds_after_the_epoch() -> None:
    epoch = Epoch(ORIGIN_MS)
    assert epoch.seconds(ORIGIN_MS + 1499) == 1
    assert epoch.spans([Window(start_ms=ORIGIN_MS, end_ms=ORIGIN_MS + HOUR_MS)]) == [[0, 3600]]
