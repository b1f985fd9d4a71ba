"""Times, offsets and durations as staffs write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.errors import NotationError
from waterspace.notation import (
    format_duration,
    format_offset,
    format_time,
    format_time_iso,
    parse_duration,
    parse_offset,
    parse_time,
)
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS

NOON_MS = 1_689_854_400_000  # 2023-07-20T12:00Z
years = st.integers(0, 4_102_444_799_999)  # 1970 to 2099

SAME_INSTANT = (
    "2023-07-20T12:00Z",
    "2023-07-20T12:00:00Z",
    "2023-07-20T12:00:00.000Z",
    "2023-07-20 12:00Z",
    "2023-07-20t12:00z",
    "2023-07-20T21:00+09:00",
    "2023-07-20T21:00+0900",
    "2023-07-20T21:00+09",
    "2023-07-20T02:00-10:00",
    "201200ZJUL23",
    "201200Z JUL 23",
    "20 1200 Z JUL 2023",
    "201200zjuly23",
    "202100IJUL23",
    "202100I JUL 23",
    "200700RJUL23",
)


@pytest.mark.parametrize("text", SAME_INSTANT)
def test_every_notation_of_one_instant_reads_as_that_instant(text: str) -> None:
    assert parse_time(text) == NOON_MS


def test_fractions_of_a_second_are_kept_to_the_millisecond() -> None:
    assert parse_time("2023-07-20T12:00:01.5Z") == NOON_MS + 1500
    assert parse_time("2023-07-20T12:00:00,007Z") == NOON_MS + 7


def test_two_digit_years_lie_between_1970_and_2069() -> None:
    assert parse_time("010000ZJAN70") == 0
    assert format_time_iso(parse_time("010000ZJAN69")) == "2069-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2023-07-20", "the time of day and its zone are missing"),
        ("2023-07-20T12:00", "the zone is missing"),
        ("2023-02-30T12:00Z", "there is no such time"),
        ("2023-07-20T24:00Z", "there is no such time"),
        ("2023-07-20T12:60Z", "there is no such time"),
        ("0000-07-20T12:00Z", "there is no such time"),
        ("2023-07-20T12:00+15:00", "no clock on earth"),
        ("2023-07-20T12:00+09:60", "no clock on earth"),
        ("321200ZJUL23", "there is no such time"),
        ("201260ZJUL23", "there is no such time"),
        ("201200JJUL23", "zone J"),
        ("201200ZJUX23", "JUX is not a month"),
        ("12:00", ""),
        ("tomorrow", ""),
        ("", ""),
    ],
)
def test_any_other_time_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse_time(text)
    assert reason in caught.value.reason
    assert caught.value.found == text


@given(time_ms=years)
def test_an_iso_time_reads_back_exactly(time_ms: int) -> None:
    assert parse_time(format_time_iso(time_ms)) == time_ms


@given(time_ms=years, hours=st.integers(-12, 12))
def test_a_date_time_group_reads_back_to_the_minute_in_every_zone(time_ms: int, hours: int) -> None:
    assert parse_time(format_time(time_ms, hours * HOUR_MS)) == time_ms - time_ms % MINUTE_MS


def test_times_are_shown_as_date_time_groups() -> None:
    assert format_time(parse_time("2023-07-20T23:00:59Z")) == "202300Z JUL 23"
    assert format_time(parse_time("2023-07-20T23:00Z"), 9 * HOUR_MS) == "210800I JUL 23"
    assert format_time(parse_time("2023-07-20T23:00Z"), -5 * HOUR_MS) == "201800R JUL 23"
    assert format_time(parse_time("2123-07-20T23:00Z")) == "202300Z JUL 2123"
    assert format_time(parse_time("1969-07-20T23:00Z")) == "202300Z JUL 1969"


@pytest.mark.parametrize("offset_ms", [9 * HOUR_MS + 30 * MINUTE_MS, -3 * HOUR_MS - 30 * MINUTE_MS, 13 * HOUR_MS])
def test_zones_without_a_letter_are_shown_with_their_offset(offset_ms: int) -> None:
    text = format_time(NOON_MS, offset_ms)
    assert text.endswith(format_offset(offset_ms))
    assert parse_time(text) == NOON_MS


@given(offset_min=st.integers(-14 * 60, 14 * 60))
def test_an_offset_reads_back(offset_min: int) -> None:
    offset_ms = offset_min * MINUTE_MS
    assert parse_offset(format_offset(offset_ms)) == offset_ms


def test_offsets_may_be_named_and_must_be_offsets() -> None:
    assert parse_offset("Z") == parse_offset("UTC") == 0
    for text in ("", "9", "+9", "JST", "+14:01"):
        with pytest.raises(NotationError):
            parse_offset(text)


@pytest.mark.parametrize(
    ("text", "duration_ms"),
    [
        ("2 h", 2 * HOUR_MS),
        ("2h", 2 * HOUR_MS),
        ("30 min", 30 * MINUTE_MS),
        ("1 d 4 h", DAY_MS + 4 * HOUR_MS),
        ("1 h 30 min", 90 * MINUTE_MS),
        ("1h30min", 90 * MINUTE_MS),
        ("1.5 hours", 90 * MINUTE_MS),
        ("1 day 1 hour 1 minute 1 second", DAY_MS + HOUR_MS + MINUTE_MS + SECOND_MS),
        ("250 ms", 250),
        ("0 min", 0),
        ("PT2H", 2 * HOUR_MS),
        ("P1DT4H", DAY_MS + 4 * HOUR_MS),
        ("pt90s", 90 * SECOND_MS),
        ("P2D", 2 * DAY_MS),
    ],
)
def test_durations_read_as_milliseconds(text: str, duration_ms: int) -> None:
    assert parse_duration(text) == duration_ms


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2", "the unit is missing"),
        ("30 m", "write min for minutes"),
        ("1:30", "it could be a time of day"),
        ("-2 h", "a duration is not negative"),
        ("30 min 2 h", "each unit may stand once, the longest first"),
        ("1 h 1 h", "each unit may stand once"),
        ("2 fortnights", ""),
        ("h", ""),
        ("", ""),
        ("P", ""),
        ("PT", ""),
        ("P1DT", ""),
        ("P1Y", ""),
    ],
)
def test_any_other_duration_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse_duration(text)
    assert reason in caught.value.reason


@given(duration_s=st.integers(0, 10**8))
def test_a_duration_reads_back_to_the_second(duration_s: int) -> None:
    assert parse_duration(format_duration(duration_s * SECOND_MS)) == duration_s * SECOND_MS


def test_durations_are_shown_in_the_units_they_need() -> None:
    assert format_duration(90 * MINUTE_MS) == "1 h 30 min"
    assert format_duration(DAY_MS + 4 * HOUR_MS + SECOND_MS) == "1 d 4 h 1 s"
    assert format_duration(0) == "0 min"
    assert format_duration(-90 * MINUTE_MS) == "-1 h 30 min"
    assert format_duration(-1) == "0 min"


@pytest.mark.parametrize("text", ["1900-01-01T00:00Z", "2200-01-01T00:00Z", "2200-01-01T09:00+09:00", "010000ZJAN1900"])
def test_times_of_three_centuries_are_read(text: str) -> None:
    assert parse_time(text) in {-2_208_988_800_000, 7_258_118_400_000}


@pytest.mark.parametrize(
    "text", ["1899-12-31T23:59Z", "2200-01-01T00:01Z", "1900-01-01T00:00+09:00", "9999-12-31T23:59Z", "010000ZJAN0001"]
)
def test_times_that_no_exercise_can_have_are_refused(text: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse_time(text)
    assert caught.value.reason == "times from 1900-01-01 to 2200-01-01 can be planned with"
