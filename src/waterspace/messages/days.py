"""Days of a message: single ones, ranges and lists of them, as `08 THRU 12, 29 AND 30 JUL`, and which days they are.

A list shares the month and the year that it names last. Which year is meant is told from the message's issue or its
own cancellation, see `settle`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.reading import Doubt, Span
from waterspace.messages.timewords import PLURAL, WEEKDAYS, Sort, TimeCursor
from waterspace.quantity import DAY_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Day", "DayRange", "Known", "day_of", "month_and_year", "read_day", "read_days", "settle", "starts_days"]

_EPOCH = date(1970, 1, 1).toordinal()
_GREATEST_DAY = 31
_CENTURY = 100
_YEARS_AWAY = range(-3, 26)
"""Years from a message's own that it may name: moorings stay for long."""
_PAST_DAYS = 2
"""The last day that a message warns of lies at most so long before its issue: assumed, our reading."""
_SAFE_MONTHDAY = (3, 1)
"""From March on a message whose number is of a year warns of days in that year: assumed, our reading."""
_LONGEST_DAYS = 183
"""Days without a year that go on into the next year are no longer than this: assumed; else they are out of order."""
_NO_MONTH_DAYS = 20
"""A day without a month is taken for the first after the issue, where this is so near: assumed, our reading."""
_MONTHS_CROSSED = 15
"""Days of a list that fall by so many have crossed into the next month, which the list should have said."""
_MONTH_NAMES = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


class Known(NamedTuple):
    """What is known of a message's time before its text is read.

    Attributes:
        issued_ms: when it was issued; None where nobody says.
        cancel_ms: when it cancels itself; None where it does not say.
        year: of its number, as 2018 in `HYDROPAC 2395/18`; None where it has none.
    """

    issued_ms: int | None = None
    cancel_ms: int | None = None
    year: int | None = None

    @property
    def years(self) -> frozenset[int]:
        """The years that such a message may name, with and without their century; empty where nothing is known."""
        near_ms = self.cancel_ms if self.issued_ms is None else self.issued_ms
        year = self.year if near_ms is None else date.fromordinal(day_of(near_ms)).year
        return _NO_YEARS if year is None else _years(year)


_NO_YEARS: frozenset[int] = frozenset()


@cache
def _years(year: int) -> frozenset[int]:
    """The years that a message of a year may name."""
    return frozenset(number for shift in _YEARS_AWAY for number in (year + shift, (year + shift) % _CENTURY))


@dataclass(slots=True)
class Day:
    """A day as a text gives it, perhaps without its month and year.

    Attributes:
        number: in the month.
        month: from 1.
        year: with its century.
        weekday: that the text says beside it, 0 for Monday.
        start: place of its first character in the text.
        end: place after its last.
        ordinal: days since 1970-01-01 once `settle` has told which day it is.
        first: of the range that it ends.
        is_past: something was seen on it, before the message was issued.
        is_apart: it begins days that need not come after those before them in the text.
    """

    number: int
    month: int | None
    year: int | None
    weekday: int | None
    start: int
    end: int
    ordinal: int | None = None
    first: Day | None = None
    is_past: bool = False
    is_apart: bool = False


class DayRange(NamedTuple):
    """Days from `first` to `last`, both of them meant; `last` is `first` for a single day."""

    first: Day
    last: Day


def day_of(time_ms: int) -> int:
    """The day of an instant as a proleptic Gregorian ordinal, as `date.fromordinal` wants it."""
    return time_ms // DAY_MS + _EPOCH


def starts_days(cursor: TimeCursor, *, is_named: bool) -> bool:
    """Whether days start here.

    Args:
        cursor: where.
        is_named: whether only days count whose month is named further on.
    """
    at = cursor.at
    if cursor.sort() is Sort.WEEKDAY and (cursor.marks[at].value or 0) < PLURAL:
        at += 2 if cursor.sort(1) is Sort.COMMA else 1
    mark = cursor.marks[at]
    if mark.sort is not Sort.DAY or not 1 <= (mark.value or 0) <= _GREATEST_DAY:
        return False
    if cursor.reaches[at]:
        return True
    after = cursor.marks[at + 1]
    return not is_named and after.sort in (Sort.AND, Sort.COMMA, Sort.TO, Sort.DAY)


def read_days(cursor: TimeCursor) -> tuple[list[DayRange], list[DayRange]]:
    """The days of a list, and those in reserve beside them as in `21 (RESERVE 22) MAY`."""
    ranges: list[DayRange] = []
    reserves: list[DayRange] = []
    while True:
        ranges.append(_range(cursor))
        if cursor.sort() is Sort.OPEN and cursor.sort(1) is Sort.RESERVE:
            cursor.at += 2
            while starts_days(cursor, is_named=False) or cursor.sort() is Sort.DAY:
                reserves.append(_range(cursor))
                cursor.skip(Sort.AND, Sort.COMMA)
            cursor.skip(Sort.CLOSE)
            if cursor.sort() is Sort.MONTH:
                last = ranges[-1].last
                last.month, last.year = month_and_year(cursor, is_end=last is not ranges[-1].first)
        before = cursor.at
        cursor.skip(Sort.AND, Sort.COMMA)
        is_open = ranges[-1].last.month is None
        if _is_group(cursor) or not starts_days(cursor, is_named=not is_open):
            cursor.at = before
            return ranges, reserves


def _is_group(cursor: TimeCursor) -> bool:
    """Whether a day is the beginning of a date-time group cut in two, as in `16 2200Z TO 170400Z`."""
    return cursor.sort() is Sort.DAY and cursor.sort(1) is Sort.CLOCK and cursor.sort(3) is Sort.GROUP


def _range(cursor: TimeCursor) -> DayRange:
    """A day, or days from one to another."""
    first = read_day(cursor, is_end=False)
    if cursor.sort() in (Sort.TO, Sort.UNTIL):
        ahead = 2 if cursor.sort(1) is Sort.WEEKDAY else 1
        if cursor.sort(ahead) is Sort.DAY:
            cursor.at += 1
            last = read_day(cursor, is_end=True)
            last.first = first
            return DayRange(first, last)
    return DayRange(first, first)


def read_day(cursor: TimeCursor, *, is_end: bool) -> Day:
    """One day, which stands here; `is_end` as in `month_and_year`."""
    weekday = None
    start = cursor.marks[cursor.at].start
    if cursor.sort() is Sort.WEEKDAY:
        weekday = (cursor.take().value or 0) % PLURAL
        cursor.skip(Sort.COMMA)
    mark = cursor.take()
    day = Day(mark.value or 0, None, None, weekday, start, mark.end)
    if cursor.sort() is Sort.MONTH:
        day.month, day.year = month_and_year(cursor, is_end=is_end)
        day.end = cursor.marks[cursor.at - 1].end
    if cursor.sort() is Sort.OPEN and cursor.sort(1) is Sort.WEEKDAY and cursor.sort(2) is Sort.CLOSE:
        day.weekday = (cursor.marks[cursor.at + 1].value or 0) % PLURAL
        cursor.at += 3
    return day


def month_and_year(cursor: TimeCursor, *, is_end: bool) -> tuple[int | None, int | None]:
    """The month that stands here, and its year where it is said.

    Args:
        cursor: at the month.
        is_end: whether the day ends a range, so that `05 TO 07 MAY 20 TO 21 MAY` names no year.
    """
    month = cursor.take().value
    mark, after = cursor.marks[cursor.at], cursor.marks[cursor.at + 1]
    value = mark.value or 0
    if after.sort in (Sort.UNIT, Sort.ZONE) or (after.sort is Sort.TO and mark.sort is Sort.CLOCK):
        return month, None
    if mark.sort is Sort.CLOCK and not mark.is_zulu and value in _years_of(cursor, range(1950, 2100)):
        cursor.at += 1
        return month, value
    if mark.sort is not Sort.DAY or mark.end - mark.start != len("26"):
        return month, None
    if value not in _years_of(cursor, range(_CENTURY)):
        return month, None
    if cursor.reaches[cursor.at] and (
        after.sort is Sort.MONTH or (is_end and after.sort is Sort.TO) or not _list_has_year(cursor)
    ):
        return month, None
    cursor.at += 1
    return month, value + (2000 if value < 70 else 1900)


def _years_of(cursor: TimeCursor, otherwise: range) -> frozenset[int] | range:
    """The years that a message may name."""
    return cursor.years or otherwise


def _list_has_year(cursor: TimeCursor) -> bool:
    """Whether the list of days that goes on from here names a year after its month."""
    at = cursor.at
    while cursor.marks[at].sort is not Sort.MONTH:
        at += 1
    mark = cursor.marks[at + 1]
    return mark.sort in (Sort.DAY, Sort.CLOCK) and not mark.is_zulu and mark.value in _years_of(cursor, range(2100))


def settle(days: Sequence[Day], known: Known) -> list[Doubt]:
    """Tell which days they are.

    Args:
        days: those of a run of times in the order of the text, with the start of a range before its end. Their
            months, years and ordinals are filled in; the ordinal stays None where it cannot be told.
        known: of the message.
    """
    doubts: list[Doubt] = []
    _months(days, known, doubts)
    anchor = next((day for day in reversed(days) if day.year is not None and day.month is not None), None)
    for day in reversed(days):
        if day.month is None:
            _without_month(day, known, doubts)
        if day.month is not None and day.year is None:
            if anchor is None:
                _year(day, known, doubts)
            else:
                _year_beside(day, anchor)
        if day.year is not None:
            anchor = day
    for day in days:
        _ordinal(day, doubts)
    for day in days:
        _order(day, doubts)
    return doubts


def _doubt(day: Day, reason: str) -> Doubt:
    """A doubt about a day."""
    return Doubt(Span(day.start, day.end), reason)


def _months(days: Sequence[Day], known: Known, doubts: list[Doubt]) -> None:
    """Give days the month that their list names after them, else the one before."""
    month: int | None = None
    year: int | None = None
    after: Day | None = None
    for day in reversed(days):
        first = day.first
        if day.month is None and first is not None and first.month is not None and first.number <= day.number:
            day.month, day.year = first.month, first.year
        if day.month is not None:
            month, year = day.month, day.year
        elif month is not None and after is not None:
            is_apart = after.is_apart and known.cancel_ms is not None
            if day.number - after.number >= _MONTHS_CROSSED and not is_apart:
                doubts.append(
                    _doubt(
                        day,
                        f"Day {day.number:02} stands before day {after.number:02} of a later month, and its own "
                        "month was expected after it; the month before is taken.",
                    )
                )
                month, year = (month - 1, year) if month > 1 else (12, None if year is None else year - 1)
            day.month, day.year = month, year
        after = day
    before: Day | None = None
    for day in days:
        if day.month is None and before is not None and before.month is not None and day.number >= before.number:
            day.month, day.year = before.month, before.year
        before = day


def _without_month(day: Day, known: Known, doubts: list[Doubt]) -> None:
    """Tell the month of a day from the message's time, where only one is near."""
    is_behind = day.is_past or known.issued_ms is None
    near_ms = known.cancel_ms if known.issued_ms is None else known.issued_ms
    if near_ms is not None:
        for shift in range(_NO_MONTH_DAYS + 1):
            near = date.fromordinal(day_of(near_ms) + (-shift if is_behind else shift))
            if near.day == day.number:
                day.month, day.year = near.month, near.year
                return
    doubts.append(_doubt(day, f"Day {day.number:02} has no month; the name of a month was expected after it."))


def _year(day: Day, known: Known, doubts: list[Doubt]) -> None:
    """Tell the year of a day that has a month and stands last.

    The last day lies before the message cancels itself, and no year before; else it lies after the issue. The year of
    the message's number serves where neither is known, but not for months in which a message may be of the year before.
    """
    monthday = (day.month or 1, day.number)
    latest_ms = known.cancel_ms
    if latest_ms is None or (day.is_past and known.issued_ms is not None):
        latest_ms = known.issued_ms if day.is_past else None
    if latest_ms is not None:
        latest = date.fromordinal(day_of(latest_ms) + 1)
        day.year = latest.year - (monthday > (latest.month, latest.day))
    elif known.issued_ms is not None:
        earliest = date.fromordinal(day_of(known.issued_ms) - _PAST_DAYS)
        day.year = earliest.year + (monthday < (earliest.month, earliest.day))
    elif known.year is not None and monthday >= _SAFE_MONTHDAY:
        day.year = known.year
    else:
        doubts.append(
            _doubt(
                day,
                "A date without a year stands in a message whose issue and cancellation give none; a year was expected.",
            )
        )


def _year_beside(day: Day, anchor: Day) -> None:
    """Tell the year of a day from another beside it: before the last of its range, else the nearest to it."""
    month, year = day.month or 1, anchor.year or 0
    later_days = (month - (anchor.month or 1)) * 31 + day.number - anchor.number
    if anchor.first is day:
        day.year = year - (later_days > 0)
    else:
        day.year = year - (later_days > _LONGEST_DAYS) + (later_days < -_LONGEST_DAYS)


def _order(day: Day, doubts: list[Doubt]) -> None:
    """Doubt the end of a range that lies before its start, or so far after it that it must have been meant to."""
    first = day.first
    if first is None or first.ordinal is None or day.ordinal is None:
        return
    is_next_year = (day.month or 0, day.number) < (first.month or 0, first.number)
    length_days = day.ordinal - first.ordinal
    if length_days < 0 or (is_next_year and length_days > _LONGEST_DAYS):
        doubts.append(_doubt(day, "The last day of a range lies before its first; a later day was expected."))
        day.ordinal = None


def _ordinal(day: Day, doubts: list[Doubt]) -> None:
    """Tell the day since 1970, and check it against its weekday."""
    if day.month is None or day.year is None:
        return
    try:
        exact = date(day.year, day.month, 1) + timedelta(days=day.number - 1)
    except (ValueError, OverflowError):
        exact = date.max
    name = f"{day.number:02} {_MONTH_NAMES[day.month - 1]} {day.year}"
    if exact.month != day.month or day.number < 1:
        doubts.append(_doubt(day, f"{name} does not exist; a day of the month was expected."))
        return
    day.ordinal = exact.toordinal() - _EPOCH
    if day.weekday is not None and exact.weekday() != day.weekday:
        said = next(word for word, number in WEEKDAYS.items() if number == day.weekday and len(word) > len("MON"))
        doubts.append(_doubt(day, f"{name} is not a {said}; the date or the weekday is wrong."))
