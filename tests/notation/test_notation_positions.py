"""Positions as mariners write them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from waterspace.errors import NotationError
from waterspace.notation import format_position, parse_position

TENTH_OF_A_MINUTE_DEG = 0.1 / 60

latitudes = st.floats(-90.0, 90.0)
longitudes = st.floats(-180.0, 180.0)

SAME_PLACE = (
    "39-48.0N 133-12.6E",
    "39-48N 133-12.6E",
    "39°48.0'N 133°12.6'E",
    "39°48.0′N 133°12.6′E",
    "39º48'N, 133º12.6'E",
    "39.8N 133.21E",
    "39.8°N 133.21°E",
    "394800N1331236E",
    "394800N 1331236E",
    "3948N13312.6E",
    "3948.0N 13312.6E",
    "39-48-00N 133-12-36E",
    "39-48-00.0N/133-12-36.0E",
    "39°48'00\"N 133°12'36\"E",
    "39 48.0 N 133 12.6 E",
    "39-48.0n 133-12.6e",
    "39-48,0N 133-12,6E",
    "N39-48.0 E133-12.6",
    "N394800E1331236",
    "N39.8, E133.21",
    " N 39°48' E 133°12.6' ",
)


@pytest.mark.parametrize("text", SAME_PLACE)
def test_every_notation_of_one_place_reads_as_that_place(text: str) -> None:
    assert parse_position(text) == pytest.approx((39.8, 133.21), abs=1e-12)


def test_southern_latitudes_and_western_longitudes_are_negative() -> None:
    assert parse_position("33-51.5S 151-12.5W") == pytest.approx((-33.858333, -151.208333), abs=1e-6)


def test_the_poles_and_the_date_line_are_positions() -> None:
    assert parse_position("90N 180E") == (90.0, 180.0)
    assert parse_position("90-00.0S 180-00.0W") == (-90.0, -180.0)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("39.8 133.21", "nobody knows which number is the latitude"),
        ("39.8, 133.21", "nobody knows which number is the latitude"),
        ("[39.8, 133.21]", "nobody knows which number is the latitude"),
        ("-39.8;133.21", "nobody knows which number is the latitude"),
        ("39-48.0 133-12.6", "the hemispheres"),
        ("39-60.0N 133-12.6E", "60.0 minutes"),
        ("39-48-60N 133-12-36E", "60 seconds"),
        ("396000N1331236E", "60 minutes"),
        ("90-00.1N 0E", "the latitude is beyond 90 degrees"),
        ("10N 180-00.1E", "the longitude is beyond 180 degrees"),
        ("133-12.6E 39-48.0N", "the latitude comes first"),
        ("39-48.0N 40-00.0N", "one latitude (N or S) and one longitude (E or W)"),
        ("133-12.6E 40-00.0E", "one latitude (N or S) and one longitude (E or W)"),
        ("39.5-10N 133E", "only the last number may have decimals"),
        ("39-10.5-10N 133E", "only the last number may have decimals"),
        ("39480N 133E", "DDMM or DDMMSS, found 5 digits"),
        ("39N 1331E", "DDDMM or DDDMMSS, found 4 digits"),
        ("39/48N 133E", "not degrees, minutes and seconds"),
        ("somewhere north", ""),
        ("", ""),
        ("N", ""),
    ],
)
def test_anything_else_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse_position(text)
    assert reason in caught.value.reason
    assert caught.value.found == text
    assert "39-48.0N 133-12.6E" in caught.value.expected


@given(lat_deg=latitudes, lon_deg=longitudes)
@example(lat_deg=-0.0001, lon_deg=-0.0001)
@example(lat_deg=39.99999, lon_deg=179.99999)
def test_a_position_reads_back_to_a_tenth_of_a_minute(lat_deg: float, lon_deg: float) -> None:
    text = format_position(lat_deg, lon_deg)
    read_lat_deg, read_lon_deg = parse_position(text)
    assert read_lat_deg == pytest.approx(lat_deg, abs=0.51 * TENTH_OF_A_MINUTE_DEG)
    assert read_lon_deg == pytest.approx(lon_deg, abs=0.51 * TENTH_OF_A_MINUTE_DEG)
    assert format_position(read_lat_deg, read_lon_deg) == text


def test_positions_are_written_with_leading_zeros_and_never_sixty_minutes() -> None:
    assert format_position(39.8, 133.21) == "39-48.0N 133-12.6E"
    assert format_position(-5.0, -7.5) == "05-00.0S 007-30.0W"
    assert format_position(9.99999, 0.0) == "10-00.0N 000-00.0E"
    assert format_position(-0.0, -0.0) == "00-00.0N 000-00.0E"


@given(text=st.text(alphabet="0123456789NSEWnsew .,-°'\"/;", max_size=30))
def test_no_text_does_anything_but_give_a_position_on_earth_or_a_reason(text: str) -> None:
    try:
        lat_deg, lon_deg = parse_position(text)
    except NotationError:
        return
    assert -90.0 <= lat_deg <= 90.0
    assert -180.0 <= lon_deg <= 180.0
