"""Words, numbers and coordinates of a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.messages.lexing import Kind, plain, tokens

HALVES = {
    "42-40.00N": (42 + 40 / 60, 0.005 / 60),
    "28-15-15N": (28 + 15 / 60 + 15 / 3600, 0.5 / 3600),
    "131-10-52.0E": (131 + 10 / 60 + 52 / 3600, 0.05 / 3600),
    "402000N": (40 + 20 / 60, 0.5 / 3600),
    "1354000E": (135 + 40 / 60, 0.5 / 3600),
    "N395042": (39 + 50 / 60 + 42 / 3600, 0.5 / 3600),
    "E10443": (104 + 43 / 60, 0.5 / 60),
    "2255N": (22 + 55 / 60, 0.5 / 60),
    "59 49 00 S": (-59 - 49 / 60, 0.5 / 3600),
    "45°32'10\"N": (45 + 32 / 60 + 10 / 3600, 0.5 / 3600),
    "45°32.5′N": (45 + 32.5 / 60, 0.05 / 60),
    "39.5000N": (39.5, 0.00005),
    "N39-50.5": (39 + 50.5 / 60, 0.05 / 60),
    "28-15,25N": (28 + 15.25 / 60, 0.005 / 60),
    "３５－１０．５Ｎ": (35 + 10.5 / 60, 0.05 / 60),  # noqa: RUF001
}


@pytest.mark.parametrize(("text", "expected"), HALVES.items(), ids=HALVES)
def test_a_coordinate_is_told_in_every_notation(text: str, expected: tuple[float, float]) -> None:
    (token,) = tokens(plain(text))
    assert token.kind in (Kind.LATITUDE, Kind.LONGITUDE)
    assert token.degrees == pytest.approx(expected[0], abs=1e-9)
    assert token.resolution_deg == pytest.approx(expected[1])
    assert not token.fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("42-61.00N", "has 60 minutes or seconds or more"),
        ("91-00N", "lies beyond 90 degrees"),
        ("190-00E", "lies beyond 180 degrees"),
        ("28-15.5-10N", "has decimals before its last number"),
        ("12345N", "has digits that make no degrees and minutes"),
    ],
)
def test_a_coordinate_that_cannot_be_right_says_why(text: str, fault: str) -> None:
    (token,) = tokens(plain(text))
    assert token.fault == fault


def test_what_only_looks_like_a_coordinate_is_none() -> None:
    text = "LIGHT FL W 30M 10S. NR 4 71-41.64N 042-10.00E. PHONE 811 3427 6172. EXERCISES 131200Z."
    found = [token for token in tokens(plain(text)) if token.kind in (Kind.LATITUDE, Kind.LONGITUDE)]
    assert [token.text for token in found] == ["71-41.64N", "042-10.00E"]


def test_coordinates_that_touch_are_told_apart() -> None:
    found = tokens(plain("N395600E1192100-N395600E1193300"))
    assert [token.text for token in found] == ["N395600", "E1192100", "-", "N395600", "E1193300"]


@given(st.text(max_size=200))
def test_any_text_is_read_and_every_token_stands_where_it_says(text: str) -> None:
    same = plain(text)
    assert len(same) == len(text)
    end = 0
    for token in tokens(same):
        assert end <= token.start < token.end
        assert token.kind is Kind.ZULU or same[token.start : token.end] == token.text
        assert not same[end : token.start].strip()
        end = token.end


@given(st.floats(-89.99, 89.99), st.floats(-179.99, 179.99))
def test_positions_written_to_a_hundredth_of_a_minute_are_read_back(lat: float, lon: float) -> None:
    halves = []
    for value, width, letters in ((lat, 2, "NS"), (lon, 3, "EW")):
        degrees, rest = divmod(round(abs(value) * 6000), 6000)
        halves.append(f"{degrees:0{width}d}-{rest // 100:02d}.{rest % 100:02d}{letters[value < 0]}")
    read_lat, read_lon = tokens(" ".join(halves))
    assert read_lat.degrees == pytest.approx(lat, abs=read_lat.resolution_deg * 1.001)
    assert read_lon.degrees == pytest.approx(lon, abs=read_lon.resolution_deg * 1.001)
