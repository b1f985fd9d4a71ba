"""A schedule becomes the windows that a person reading it expects."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain import ClockTime, Schedule, SunEvent, SunTime, Weekday, Window, join_windows
from waterspace.errors import GeometryError
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS

THURSDAY = date(2023, 7, 20)
SUNDAY = date(2023, 7, 23)
NINE = ClockTime(after_midnight_ms=9 * HOUR_MS)
SUNRISE, SUNSET = SunTime(event=SunEvent.SUNRISE), SunTime(event=SunEvent.SUNSET)


def clock(hour: int, offset_h: int = 0) -> ClockTime:
    return ClockTime(after_midnight_ms=hour * HOUR_MS, offset_ms=offset_h * HOUR_MS)


def ms(day: date, hour: float = 0.0) -> int:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return round(midnight.timestamp()) * 1000 + round(hour * HOUR_MS)


def window(day: date, first_h: float, last_h: float) -> Window:
    return Window(start_ms=ms(day, first_h), end_ms=ms(day, last_h))


def days(count: int) -> list[date]:
    return [THURSDAY + timedelta(days=number) for number in range(count)]


def test_the_same_hours_come_on_every_date_both_ends_included() -> None:
    schedule = Schedule(first=THURSDAY, last=SUNDAY, opens=clock(0), closes=NINE)
    assert schedule.windows() == tuple(window(day, 0, 9) for day in days(4))


def test_weekdays_exceptions_and_extra_dates_say_which_dates_count() -> None:
    schedule = Schedule(
        first=THURSDAY,
        last=date(2023, 7, 31),
        opens=clock(0),
        closes=NINE,
        weekdays=frozenset({Weekday.MON, Weekday.TUE}),
        without=frozenset({date(2023, 7, 25)}),
        also=frozenset({SUNDAY, date(2023, 8, 5)}),
    )
    assert [day.isoformat() for day in schedule.dates()] == ["2023-07-23", "2023-07-24", "2023-07-31", "2023-08-05"]


def test_hours_that_end_before_they_begin_run_over_midnight() -> None:
    schedule = Schedule(first=THURSDAY, last=THURSDAY, opens=clock(22), closes=clock(4))
    assert schedule.windows() == (window(THURSDAY, 22, 28),)
    always = Schedule(first=THURSDAY, last=SUNDAY, opens=clock(0), closes=clock(0))
    assert always.windows() == (Window(start_ms=ms(THURSDAY), end_ms=ms(SUNDAY, 24)),)


def test_dates_are_those_of_the_zone_of_the_clock() -> None:
    schedule = Schedule(first=THURSDAY, last=THURSDAY, opens=clock(8, 9), closes=clock(17, 9))
    assert schedule.windows() == (window(THURSDAY, -1, 8),)


def light(day: date) -> Window | None:
    return None if day == SUNDAY else window(day, -4.25, 10.5)


def test_hours_by_the_sun_follow_it_with_their_offsets() -> None:
    opens = SunTime(event=SunEvent.SUNRISE, after_ms=30 * MINUTE_MS)
    closes = SunTime(event=SunEvent.SUNSET, after_ms=-HOUR_MS)
    schedule = Schedule(first=THURSDAY, last=SUNDAY, opens=opens, closes=closes)
    assert schedule.needs_sun
    assert schedule.windows(light) == tuple(window(day, -3.75, 9.5) for day in days(3))


def test_from_sunset_to_sunrise_is_the_night_that_follows() -> None:
    schedule = Schedule(first=THURSDAY, last=THURSDAY, opens=SUNSET, closes=SUNRISE)
    assert schedule.windows(light) == (window(THURSDAY, 10.5, 19.75),)


def test_a_clock_time_and_the_sun_go_together() -> None:
    schedule = Schedule(first=THURSDAY, last=THURSDAY, opens=clock(2), closes=SUNSET)
    assert schedule.windows(light) == (window(THURSDAY, 2, 10.5),)


def test_a_date_without_sunrise_has_no_window() -> None:
    assert Schedule(first=SUNDAY, last=SUNDAY, opens=SUNRISE, closes=SUNSET).windows(light) == ()
    assert Schedule(first=SUNDAY - timedelta(days=1), last=SUNDAY, opens=SUNSET, closes=SUNRISE).windows(light) == ()


def test_hours_by_the_sun_need_a_place_and_dates_an_order() -> None:
    with pytest.raises(GeometryError, match="need a place"):
        Schedule(first=THURSDAY, last=THURSDAY, opens=SUNRISE, closes=NINE).windows()
    with pytest.raises(GeometryError, match="ends before it begins"):
        Schedule(first=SUNDAY, last=THURSDAY, opens=clock(0), closes=NINE)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), max_size=12))
def test_joined_windows_hold_the_same_instants_and_never_touch(spans: list[tuple[int, int]]) -> None:
    given_windows = [Window(start_ms=start, end_ms=start + length) for start, length in spans]
    joined = join_windows(given_windows)
    assert all(one.end_ms < other.start_ms for one, other in itertools.pairwise(joined))
    for instant in range(60):
        held = any(one.start_ms <= instant < one.end_ms for one in given_windows)
        assert held == any(one.start_ms <= instant < one.end_ms for one in joined)


@given(st.integers(0, 23), st.integers(0, 23), st.integers(-12, 14), st.integers(0, 40))
def test_each_date_gives_a_window_of_the_same_length(first_h: int, last_h: int, offset_h: int, span: int) -> None:
    last = THURSDAY + timedelta(days=span)
    schedule = Schedule(first=THURSDAY, last=last, opens=clock(first_h, offset_h), closes=clock(last_h, offset_h))
    whole_ms = sum(one.end_ms - one.start_ms for one in schedule.windows())
    each_ms = (last_h - first_h) * HOUR_MS % DAY_MS or DAY_MS
    assert whole_ms == (span + 1) * each_ms
