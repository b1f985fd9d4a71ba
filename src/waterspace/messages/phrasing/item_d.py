"""Times as item D of a NOTAM has them: `DAILY 0000-0900`, `20-23 25 0000-0900`, `JUL 30 2200-0400, AUG 02 0100-0300`.

Days stand before their hours and name the start: hours that end no later than they begin end on the next day. What
lasts a day or more is written from one day to another, `20 0600-22 0900`. Months stand where items B and C are of
different ones. Statements stand in order of time; days of the same hours stand together across others only where
item D would be too long. The end of a day is 0000 of the next: most offices write 2359, which is a minute short.

Source: ICAO Doc 8126 6.2.12 and the EUROCONTROL OPADD 4.1 section 2.3.20, item D.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.domain import Window

__all__ = ["LONGEST_TEXT", "item_d", "listed_days", "stages"]

LONGEST_TEXT = 200
"""Most characters of item D. Source: ICAO Doc 8126 6.2.12, PANS-AIM (Doc 10066) appendix 3."""
_EXCEPTION_SHARE = 4
"""Days left out are told by EXC where at least so many times as many are in force (assumed)."""
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


class _Hours(NamedTuple):
    """Hours of a day, in minutes after its midnight; the end may lie on the next day."""

    start: int
    end: int


def item_d(windows: Sequence[Window]) -> str:
    """Item D; empty where the times are one stretch from item B to item C.

    Args:
        windows: in order, apart from each other, on whole minutes, at least one.
    """
    if len(windows) == 1:
        return ""
    has_months = _names_months(windows)
    days, stretches = _by_day(windows)
    if not stretches and len(set(days.values())) == 1:
        return _daily(sorted(days), days[min(days)], has_months=has_months)
    return _dated(days, stretches, has_months=has_months)


def listed_days(windows: Sequence[Window], *, has_months: bool) -> str:
    """Times by their days, even where there is only one.

    Args:
        windows: in order, apart from each other, on whole minutes.
        has_months: whether days name their months.
    """
    return _dated(*_by_day(windows), has_months=has_months)


def stages(windows: Sequence[Window], longest_ms: int) -> Iterator[tuple[Window, ...]]:
    """Windows cut into as few stages as may be, each of which item D can hold.

    Args:
        windows: in order, apart from each other, on whole minutes.
        longest_ms: from the first start of a stage to its last end; one window may be longer.
    """
    first = 0
    for end in range(2, len(windows) + 1):
        stage = windows[first:end]
        if stage[-1].end_ms - stage[0].start_ms > longest_ms or len(item_d(stage)) > LONGEST_TEXT:
            yield tuple(windows[first : end - 1])
            first = end - 1
    yield tuple(windows[first:])


def _names_months(windows: Sequence[Window]) -> bool:
    """Whether items B and C are of different months."""
    first, last = _moment(windows[0].start_ms), _moment(windows[-1].end_ms)
    return (first.year, first.month) != (last.year, last.month)


def _by_day(windows: Sequence[Window]) -> tuple[dict[int, tuple[_Hours, ...]], list[Window]]:
    """The hours of each day since 1970, and what lasts a day or more."""
    days: dict[int, tuple[_Hours, ...]] = {}
    stretches = []
    for window in windows:
        if window.end_ms - window.start_ms >= DAY_MS:
            stretches.append(window)
            continue
        day, start = divmod(window.start_ms // MINUTE_MS, DAY_MS // MINUTE_MS)
        hours = _Hours(start, start + (window.end_ms - window.start_ms) // MINUTE_MS)
        days[day] = (*days.get(day, ()), hours)
    return days, stretches


def _daily(days: Sequence[int], hours: tuple[_Hours, ...], *, has_months: bool) -> str:
    """The same hours on some days: on all of them, on all but a few, or on those that are listed."""
    told = _hours_text(hours)
    left_out = sorted({*range(days[0], days[-1] + 1)} - {*days})
    if not left_out and len(days) > 1:
        return f"DAILY {told}"
    by_list = f"{_days_text(days, has_months=has_months)} {told}"
    is_overnight = any(each.end > DAY_MS // MINUTE_MS for each in hours)
    if not left_out or is_overnight or len(left_out) * _EXCEPTION_SHARE > len(days):
        return by_list
    by_exception = f"DAILY {told} EXC {_days_text(left_out, has_months=has_months)}"
    return min(by_list, by_exception, key=len)


def _dated(days: dict[int, tuple[_Hours, ...]], stretches: Sequence[Window], *, has_months: bool) -> str:
    """Days with their hours in order of time; where that is longer than item D, those of the same hours together."""
    in_turn = _joined(_runs_of_hours(days, stretches), stretches, has_months=has_months)
    if len(in_turn) <= LONGEST_TEXT:
        return in_turn
    together: dict[tuple[_Hours, ...], list[int]] = {}
    for day, hours in sorted(days.items()):
        together.setdefault(hours, []).append(day)
    return _joined([(of, hours) for hours, of in together.items()], stretches, has_months=has_months)


def _runs_of_hours(
    days: dict[int, tuple[_Hours, ...]], stretches: Sequence[Window]
) -> list[tuple[list[int], tuple[_Hours, ...]]]:
    """Days of the same hours between which nothing else is in force."""
    found: list[tuple[list[int], tuple[_Hours, ...]]] = []
    for day, hours in sorted(days.items()):
        is_same = bool(found) and found[-1][1] == hours
        start = hours[0].start * MINUTE_MS
        if is_same and not any(found[-1][0][-1] * DAY_MS <= one.start_ms - start < day * DAY_MS for one in stretches):
            found[-1][0].append(day)
        else:
            found.append(([day], hours))
    return found


def _joined(
    groups: Sequence[tuple[Sequence[int], tuple[_Hours, ...]]], stretches: Sequence[Window], *, has_months: bool
) -> str:
    """Groups of days with the same hours, and what lasts longer, in order of the first start."""
    statements = [
        (of[0] * DAY_MS + hours[0].start * MINUTE_MS, f"{_days_text(of, has_months=has_months)} {_hours_text(hours)}")
        for of, hours in groups
    ]
    statements += [(window.start_ms, _stretch(window, has_months=has_months)) for window in stretches]
    return ", ".join(text for _, text in sorted(statements))


def _stretch(window: Window, *, has_months: bool) -> str:
    """`JUL 30 0600-AUG 02 0900`."""
    first, last = _moment(window.start_ms), _moment(window.end_ms)
    start = f"{_MONTHS[first.month - 1]} " if has_months else ""
    end = f"{_MONTHS[last.month - 1]} " if has_months and first.month != last.month else ""
    return f"{start}{first:%d %H%M}-{end}{last:%d %H%M}"


def _hours_text(hours: Sequence[_Hours]) -> str:
    return " ".join(f"{_clock(each.start)}-{_clock(each.end)}" for each in hours)


def _clock(minute: int) -> str:
    hour, rest = divmod(minute % (DAY_MS // MINUTE_MS), HOUR_MS // MINUTE_MS)
    return f"{hour:02}{rest:02}"


def _days_text(days: Sequence[int], *, has_months: bool) -> str:
    """`JUL 20-23 29-AUG 02 05`: a month stands before the first of its days."""
    texts: list[str] = []
    known = 0
    for first, last in _runs(days):
        text = ""
        for at, day in enumerate(dict.fromkeys((first, last))):
            month = _moment(day * DAY_MS).month
            name = f"{_MONTHS[month - 1]} " if has_months and month != known else ""
            text += f"{'-' if at else ''}{name}{_moment(day * DAY_MS):%d}"
            known = month
        texts.append(text)
    return " ".join(texts)


def _runs(days: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of days in a row."""
    ends = [day for day, following in pairwise(days) if following != day + 1]
    starts = [following for day, following in pairwise(days) if following != day + 1]
    return list(zip([days[0], *starts], [*ends, days[-1]], strict=True))


def _moment(instant_ms: int) -> datetime:
    return datetime.fromtimestamp(instant_ms // SECOND_MS, UTC)
