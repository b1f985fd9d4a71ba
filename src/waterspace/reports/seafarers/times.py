"""Times of a card: local clock first, UTC beside it, the same hours on days in a row as one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from waterspace.quantity import DAY_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Window
    from waterspace.reports.seafarers.words import CardWords

__all__ = ["TimeLine", "time_lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine:
    """One line: on which days by the local clock, at which hours by it, and by UTC."""

    days: str
    local: str
    utc: str


@dataclass(slots=True)
class _Run:
    """The same hours on days in a row."""

    windows: list[Window]

    @property
    def length_ms(self) -> int:
        return self.windows[0].end_ms - self.windows[0].start_ms

    def takes(self, window: Window) -> bool:
        same = window.end_ms - window.start_ms == self.length_ms < DAY_MS
        return same and window.start_ms - self.windows[-1].start_ms == DAY_MS


def time_lines(windows: Sequence[Window], offset_ms: int, words: CardWords) -> list[TimeLine]:
    """Windows as lines, in order of time.

    Args:
        windows: any number of them.
        offset_ms: local time minus UTC.
        words: of the card's language.
    """
    runs: list[_Run] = []
    for window in sorted(windows):
        taker = next((run for run in runs if run.takes(window)), None)
        if taker is None:
            runs.append(_Run([window]))
        else:
            taker.windows.append(window)
    return [_line(run, offset_ms, words) for run in runs]


def _line(run: _Run, offset_ms: int, words: CardWords) -> TimeLine:
    first, last = run.windows[0], run.windows[-1]
    if run.length_ms >= DAY_MS:
        local, utc = (_stretch(first, shift_ms, words) for shift_ms in (offset_ms, 0))
        return TimeLine(days="", local=local, utc=utc)
    start_ms, last_ms = first.start_ms + offset_ms, last.start_ms + offset_ms
    days = _day(start_ms, words)
    if len(run.windows) > 1:
        days = _fill(words, "each_day", *_two_days(start_ms, last_ms, words))
    day = start_ms // DAY_MS
    return TimeLine(days=days, local=_hours(first, offset_ms, day, words), utc=_hours(first, 0, day, words))


def _fill(words: CardWords, name: str, first: str, last: str) -> str:
    return words.times[name].format(first=first, last=last)


def _two_days(start_ms: int, end_ms: int, words: CardWords) -> tuple[str, str]:
    """Two days, of which one names the year that both are of."""
    is_shared = _at(start_ms).year == _at(end_ms).year
    first = _day(start_ms, words, has_year=words.is_year_first or not is_shared)
    return first, _day(end_ms, words, has_year=not words.is_year_first or not is_shared)


def _stretch(window: Window, offset_ms: int, words: CardWords) -> str:
    """From one instant to another by a clock."""
    ends = [
        words.times["moment"].format(date=_day(instant_ms, words), clock=_clock(instant_ms))
        for instant_ms in (window.start_ms + offset_ms, window.end_ms + offset_ms)
    ]
    return words.times["stretch"].format(start=ends[0], end=ends[1])


def _hours(window: Window, offset_ms: int, day: int, words: CardWords) -> str:
    """`22:00 to 04:00 next day`; midnight at the end of a day is 24:00.

    Args:
        window: shorter than a day.
        offset_ms: of the clock minus UTC.
        day: of the local clock, that the line names: hours on other days say so.
        words: of the language.
    """
    start_ms, end_ms = window.start_ms + offset_ms, window.end_ms + offset_ms
    end_day, end = end_ms // DAY_MS, _clock(end_ms)
    if end_ms % DAY_MS == 0:
        end_day, end = end_day - 1, "24:00"
    start = _beside(_clock(start_ms), start_ms // DAY_MS - day, words)
    return words.times["hours"].format(start=start, end=_beside(end, end_day - day, words))


_BESIDE = {-1: "day_before", 1: "next_day", 2: "two_days_later"}


def _beside(clock: str, shift: int, words: CardWords) -> str:
    """A clock, with a word for a day that is not the line's."""
    return words.times[_BESIDE[shift]].format(clock=clock) if shift else clock


def _clock(time_ms: int) -> str:
    return f"{_at(time_ms):%H:%M}"


def _day(time_ms: int, words: CardWords, *, has_year: bool = True) -> str:
    """`Mon 20 Jul 2026`."""
    at = _at(time_ms)
    form = words.calendar["date" if has_year else "date_without_year"]
    return form.format(weekday=words.days[at.weekday()], day=at.day, month=words.months[at.month - 1], year=at.year)


def _at(time_ms: int) -> datetime:
    return datetime.fromtimestamp(time_ms // SECOND_MS, UTC)
