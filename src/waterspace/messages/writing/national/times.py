"""Times of a national text: local clocks, days that share their hours, and stretches from one instant to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.phrasing.schedules import whole_minutes
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Window
    from waterspace.messages.writing.national.phrases import Phrases

__all__ = ["moment_text", "times_text"]

_DAY = DAY_MS // MINUTE_MS
_HOUR = HOUR_MS // MINUTE_MS
_EPOCH = date(1970, 1, 1)
_SHORT_RUN = 2
"""Days in a row up to so many are listed, more become a range, as in the texts in English."""


class _Hours(NamedTuple):
    """Hours of a day: minutes after its midnight, the end less than a day after the start."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    """Some days with the same hours; or one stretch, which has no days."""

    start_ms: int
    days: tuple[date, ...] = ()
    hours: tuple[_Hours, ...] = ()
    end_ms: int = 0


def times_text(windows: Sequence[Window], reserves: Sequence[Window], phrases: Phrases) -> str:
    """The times of a paragraph by the local clock.

    Args:
        windows: when it is in force; none for until further notice.
        reserves: alternate times; may be empty.
        phrases: of the language.
    """
    clauses = _clauses(windows, phrases.offset_ms)
    alternates = _clauses(reserves, phrases.offset_ms)
    if not clauses:
        main = phrases.of("open")
    elif _are_alike(clauses, alternates):
        return _clause(clauses[0], phrases, alternates[0].days)
    else:
        main = phrases.listed("clauses", [_clause(clause, phrases) for clause in clauses])
    if not alternates:
        return main
    stretches = [_stretch(window.start_ms, window.end_ms, phrases) for window in _local(reserves, phrases.offset_ms)]
    return phrases.of("reserves", times=main, reserves=phrases.listed("clauses", stretches))


def moment_text(instant_ms: int, phrases: Phrases) -> str:
    """An instant by the local clock, with its date."""
    day, minute = divmod((instant_ms + phrases.offset_ms) // MINUTE_MS, _DAY)
    return _moment(_day_text(_day(day), None, phrases), minute, phrases)


def _moment(date_text: str, minute: int, phrases: Phrases) -> str:
    hour, rest = divmod(minute, _HOUR)
    return phrases.of("moment", date=date_text, clock=_clock(minute, phrases), hour=f"{hour:02}", minute=f"{rest:02}")


def _are_alike(clauses: Sequence[_Clause], alternates: Sequence[_Clause]) -> bool:
    """Whether the alternate times are other days with the hours of the only days."""
    return len(clauses) == len(alternates) == 1 and bool(clauses[0].days) and clauses[0].hours == alternates[0].hours


def _local(windows: Sequence[Window], offset_ms: int) -> list[Window]:
    """Windows by the local clock, to whole minutes."""
    from waterspace.domain import Window as Stretch

    return [
        Stretch(start_ms=window.start_ms + offset_ms, end_ms=window.end_ms + offset_ms)
        for window in whole_minutes(windows)
    ]


def _clauses(windows: Sequence[Window], offset_ms: int) -> list[_Clause]:
    """Windows put together: days that have the same hours, several hours that have the same days, and stretches."""
    recurring: dict[_Hours, list[int]] = {}
    found: list[_Clause] = []
    for window in _local(windows, offset_ms):
        day, minute = divmod(window.start_ms // MINUTE_MS, _DAY)
        length = (window.end_ms - window.start_ms) // MINUTE_MS
        if length < _DAY:
            recurring.setdefault(_Hours(minute, minute + length), []).append(day)
        else:
            found.append(_Clause(start_ms=window.start_ms, end_ms=window.end_ms))
    together: dict[tuple[int, ...], list[_Hours]] = {}
    for hours, days in recurring.items():
        together.setdefault(tuple(days), []).append(hours)
    for numbers, several in together.items():
        start_ms = numbers[0] * DAY_MS + several[0].start * MINUTE_MS
        found.append(
            _Clause(start_ms=start_ms, days=tuple(_day(number) for number in numbers), hours=tuple(sorted(several)))
        )
    return sorted(found, key=lambda clause: clause.start_ms)


def _clause(clause: _Clause, phrases: Phrases, alternates: tuple[date, ...] = ()) -> str:
    if not clause.days:
        return _stretch(clause.start_ms, clause.end_ms, phrases)
    reserve = phrases.of("reserve", days=_days(alternates, clause.days[-1], phrases)) if alternates else ""
    return phrases.of(
        "daily" if len(clause.days) > 1 else "once",
        days=_days(clause.days, None, phrases),
        hours=phrases.listed("hours", [_hours(hours, phrases) for hours in clause.hours]),
        reserve=reserve,
    )


def _stretch(start_ms: int, end_ms: int, phrases: Phrases) -> str:
    """From one instant to another."""
    (first, start), (last, end) = (divmod(instant_ms // MINUTE_MS, _DAY) for instant_ms in (start_ms, end_ms))
    begin = _day_text(_day(first), None, phrases)
    stop = _day_text(_day(last), _day(first) if phrases.is_year_first else None, phrases)
    return phrases.of("stretch", start=_moment(begin, start, phrases), end=_moment(stop, end, phrases))


def _hours(hours: _Hours, phrases: Phrases) -> str:
    """From one clock to another; midnight at the end is 2400."""
    is_over = hours.end > _DAY
    end = hours.end - _DAY if is_over else hours.end
    return phrases.of("overnight" if is_over else "hours", start=_clock(hours.start, phrases), end=_clock(end, phrases))


def _clock(minute: int, phrases: Phrases) -> str:
    hour, rest = divmod(minute, _HOUR)
    return phrases.of("clock", hour=f"{hour:02}", minute=f"{rest:02}")


def _days(days: Sequence[date], before: date | None, phrases: Phrases) -> str:
    """Days as ranges and single ones."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and day - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    ends = [
        pair
        for first, last in runs
        for pair in ([(first,), (last,)] if 0 < (last - first).days < _SHORT_RUN else [(first, last)])
    ]
    flat = [day for pair in ends for day in dict.fromkeys(pair)]
    texts = iter(_dated(flat, before, phrases))
    made = []
    for pair in ends:
        named = [next(texts) for _ in dict.fromkeys(pair)]
        made.append(phrases.of("range", first=named[0], last=named[1]) if len(named) > 1 else named[0])
    return phrases.listed("days", made)


def _dated(days: Sequence[date], before: date | None, phrases: Phrases) -> list[str]:
    """Days in order, of which only the first, or the last, names what all of them have in common."""
    if phrases.is_year_first:
        return [_day_text(day, days[at - 1] if at else before, phrases) for at, day in enumerate(days)]
    return [_day_text(day, days[at + 1] if at + 1 < len(days) else None, phrases) for at, day in enumerate(days)]


def _day_text(day: date, beside: date | None, phrases: Phrases) -> str:
    """A day without what it has in common with one beside it, of which the text tells the year and the month."""
    if beside is None or beside.year != day.year or (phrases.is_year_first and day < beside):
        years = phrases.years(day)
        return phrases.of("date", year=years, month=phrases.months[day.month - 1], day=str(day.day))
    if beside.month != day.month:
        return phrases.of("date_without_year", month=phrases.months[day.month - 1], day=str(day.day))
    return phrases.of("date_day", day=str(day.day))


def _day(number: int) -> date:
    return _EPOCH + timedelta(days=number)
