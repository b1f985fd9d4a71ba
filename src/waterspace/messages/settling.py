"""Which days the days of a message are: their months, years and weekdays.

A list shares the month and the year that it names last. Which year is meant is told from the message's cancellation,
its issue or its number, in this order.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from waterspace.messages.days import EPOCH, Day, Known, day_of
from waterspace.messages.reading import Doubt, Span
from waterspace.messages.timewords import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["settle"]

_PAST_DAYS = 2
"""The last day that a message warns of lies at most so long before its issue: assumed, our reading."""
_SAFE_MONTHDAY = (3, 1)
"""From March on a message whose number is of a year warns of days in that year: assumed, our reading."""
_FAR_DAYS = 300
"""A day without a year that would lie so long after the issue may have been meant for one before it: assumed."""
_LONGEST_DAYS = 183
"""Days without a year that go on into the next year are no longer than this: assumed; else they are out of order."""
_MONTHS_BEFORE, _MONTHS_A_YEAR = 9, 12
"""A day that the cancellation puts so many months before the issue lies ahead, and the former is wrong: assumed."""
_NO_MONTH_DAYS = 20
"""A day without a month is taken for the first after the issue, where this is so near: assumed, our reading."""
_MONTHS_CROSSED = 15
"""Days of a list that fall by so many have crossed into the next month, which the list should have said."""
_MONTH_NAMES = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


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
        if known.issued_ms is not None and not day.is_past and _is_long_before(day, known.issued_ms):
            day.year += 1
    elif known.issued_ms is not None:
        earliest = date.fromordinal(day_of(known.issued_ms) - (_LONGEST_DAYS if day.is_near else _PAST_DAYS))
        day.year = earliest.year + (monthday < (earliest.month, earliest.day))
        if not (day.is_open or day.is_near) and _days_ahead(earliest, monthday) > _FAR_DAYS:
            doubts.append(
                _doubt(
                    day,
                    f"A day without a year lies shortly before the issue; {day.year} was taken, a year was expected.",
                )
            )
    elif known.year is not None and monthday >= _SAFE_MONTHDAY:
        day.year = known.year
    else:
        doubts.append(
            _doubt(
                day,
                "A date without a year stands in a message whose issue and cancellation give none; a year was "
                "expected.",
            )
        )


def _is_long_before(day: Day, issued_ms: int) -> bool:
    """Whether a day lies so long before the issue that the cancellation is wrong, and not the day a year ago."""
    issued = date.fromordinal(day_of(issued_ms))
    months = (issued.year - (day.year or 0)) * 12 + issued.month - (day.month or 1)
    return _MONTHS_BEFORE <= months <= _MONTHS_A_YEAR


def _days_ahead(earliest: date, monthday: tuple[int, int]) -> int:
    """About how many days a day of the year lies after another."""
    months = (monthday[0] - earliest.month) % 12
    days = months * 30 + monthday[1] - earliest.day
    return days if days >= 0 else days + 365


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
    day.ordinal = exact.toordinal() - EPOCH
    if day.weekday is not None and exact.weekday() != day.weekday:
        said = next(word for word, number in WEEKDAYS.items() if number == day.weekday and len(word) > len("MON"))
        doubts.append(_doubt(day, f"{name} is not a {said}; the date or the weekday is wrong."))
