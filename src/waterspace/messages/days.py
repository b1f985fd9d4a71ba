"""Days of a message: single ones, ranges and lists of them, as `08 THRU 12, 29 AND 30 JUL`, as the text gives them.

Which days they are is told by `settling`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from waterspace.messages.timewords import PLURAL, Sort
from waterspace.quantity import DAY_MS

if TYPE_CHECKING:
    from waterspace.messages.marks import TimeCursor

__all__ = [
    "EPOCH",
    "NOTHING",
    "Day",
    "DayRange",
    "Known",
    "day_of",
    "month_and_year",
    "read_day",
    "read_days",
    "starts_days",
]

EPOCH: Final = date(1970, 1, 1).toordinal()
"""The day from which an ordinal of `Day` counts, as a proleptic Gregorian ordinal."""
_GREATEST_DAY = 31
_CENTURY = 100
_YEARS_AWAY = range(-3, 26)
"""Years from a message's own that it may name: moorings stay for long."""


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
NOTHING = Known()
"""Of a message of which nothing is known."""


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
        is_near: it is the nearest to the issue, before it or after, as in `ON 12 JUN`.
        is_open: it is the last of something in progress, which may go on for long.
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
    is_near: bool = False
    is_open: bool = False
    is_apart: bool = False


class DayRange(NamedTuple):
    """Days from `first` to `last`, both of them meant; `last` is `first` for a single day."""

    first: Day
    last: Day


def day_of(time_ms: int) -> int:
    """The day of an instant as a proleptic Gregorian ordinal, as `date.fromordinal` wants it."""
    return time_ms // DAY_MS + EPOCH


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
    if cursor.reaches(at):
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
    is_clock = mark.sort is Sort.CLOCK and after.sort is Sort.TO and cursor.sort(2) is not Sort.DAY
    if after.sort in (Sort.UNIT, Sort.ZONE) or is_clock:
        return month, None
    if mark.sort is Sort.CLOCK and not mark.is_zulu and value in _years_of(cursor, range(1950, 2100)):
        cursor.at += 1
        return month, value
    if mark.sort is not Sort.DAY or mark.end - mark.start != len("26"):
        return month, None
    if value not in _years_of(cursor, range(_CENTURY)):
        return month, None
    if cursor.reaches(cursor.at) and (
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
