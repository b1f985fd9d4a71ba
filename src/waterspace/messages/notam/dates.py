"""Days of item D as they are written, `JUN 23-25 29-JUL 02`, and as dates between items B and C."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["DaySpan", "day_spans", "resolve"]

_LAST_DAY = 31
_ONE_DAY = timedelta(days=1)


class DaySpan(NamedTuple):
    """From one day to another, both included; months are None where the text gives none."""

    month: int | None
    day: int
    last_month: int | None
    last_day: int


def day_spans(
    raw: Sequence[int | str], months: Mapping[str, int], month: int | None
) -> tuple[tuple[DaySpan, ...], int | None, str]:
    """Days from numbers, names of months and dashes.

    Args:
        raw: such as `["JUN", 23, "-", 25, 29, "-", "JUL", 2]`, or with the months last, `[29, "JUN"]`.
        months: their numbers.
        month: that was named before.

    Returns:
        The days, the month named last, and what is wrong, empty where nothing is.
    """
    has_months_last = bool(raw) and isinstance(raw[0], int) and isinstance(raw[-1], str) and raw[-1] != "-"
    dated = _with_months_last(raw, months) if has_months_last else _with_months_first(raw, months, month)
    spans: list[DaySpan] = []
    problem = ""
    opened = False
    for found in dated:
        if found is None:
            opened = True
            continue
        of, day = found
        if not 1 <= day <= _LAST_DAY:
            problem = f"{day} is no day of a month."
            continue
        if opened and spans:
            spans[-1] = spans[-1]._replace(last_month=of, last_day=day)
        else:
            spans.append(DaySpan(of, day, of, day))
        opened = False
    if opened or not spans:
        problem = problem or "A month stands without a day."
    names = [item for item in raw if isinstance(item, str) and item != "-"]
    return tuple(spans), months[names[-1]] if names else month, problem


def _with_months_first(
    raw: Sequence[int | str], months: Mapping[str, int], month: int | None
) -> list[tuple[int | None, int] | None]:
    """Pairs of month and day, and None for a dash; days before the first month that is named are of the one before."""
    found: list[tuple[int | None, int] | None] = []
    named = next((months[item] for item in raw if isinstance(item, str) and item != "-"), None)
    if month is None and named is not None and not _goes_on_to_month(raw):
        month = (named - 2) % 12 + 1
    for item in raw:
        if isinstance(item, int):
            found.append((month, item))
        elif item == "-":
            found.append(None)
        else:
            month = months[item]
    return found


def _goes_on_to_month(raw: Sequence[int | str]) -> bool:
    """Whether the first month ends a range of days, as in `29-JUL 02`, which says itself what the days before are."""
    place = next(place for place, item in enumerate(raw) if isinstance(item, str) and item != "-")
    return place > 0 and raw[place - 1] == "-"


def _with_months_last(raw: Sequence[int | str], months: Mapping[str, int]) -> list[tuple[int | None, int] | None]:
    """Likewise where each month follows its days."""
    found: list[tuple[int | None, int] | None] = []
    month: int | None = None
    for item in reversed(raw):
        if isinstance(item, int):
            found.append((month, item))
        elif item == "-":
            found.append(None)
        else:
            month = months[item]
    return found[::-1]


def resolve(span: DaySpan, first: date, last: date) -> tuple[list[date], str]:
    """The dates that a span of days means between two dates.

    Args:
        span: with or without months.
        first: of item B.
        last: of item C.

    Returns:
        The dates in order, and what is wrong; empty where nothing is.
    """
    starts = _starts(span, first, last)
    if not starts:
        return [], f"{_told(span)} in item D lies outside of items B to C."
    problem = ""
    if len(starts) > 1:
        problem = f"{_told(span)} in item D may be in any of {len(starts)} months."
    dates: list[date] = []
    for start in starts:
        day = start
        while not (day.day == span.last_day and span.last_month in (None, day.month)):
            dates.append(day)
            day += _ONE_DAY
            if (day - start).days > 366:
                return [], f"{_told(span)} in item D has an end that does not exist."
        dates.append(day)
    return dates, problem


def _starts(span: DaySpan, first: date, last: date) -> list[date]:
    """Dates that the beginning of a span may mean; one day before item B counts only if nothing else does."""
    found = []
    for year in range(first.year, last.year + 1):
        for month in range(1, 13) if span.month is None else (span.month,):
            try:
                day = date(year, month, span.day)
            except ValueError:
                continue
            found.append(day)
    inside = [day for day in found if first <= day <= last]
    if inside:
        return inside
    ends = [day for day in found if day <= last and (span.day, span.month) != (span.last_day, span.last_month)]
    reaching = [day for day in ends if (first - day).days <= _LAST_DAY and _reaches(span, day, first)]
    return reaching[-1:] or [day for day in found if day == first - _ONE_DAY]


def _reaches(span: DaySpan, start: date, first: date) -> bool:
    """Whether a span that begins before item B ends on its date or later."""
    day = start
    for _ in range(366):
        if day.day == span.last_day and span.last_month in (None, day.month):
            return day >= first
        day += _ONE_DAY
    return False


def _told(span: DaySpan) -> str:
    """The day that a span begins with, in words."""
    return f"Day {span.day:02}" + (f" of month {span.month}" if span.month else "")
