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
    to = words.others["to"]
    if run.length_ms >= DAY_MS:
        ends = [(first.start_ms + shift_ms, first.end_ms + shift_ms) for shift_ms in (offset_ms, 0)]
        local, utc = (f"{_moment(start, words)} {to} {_moment(end, words)}" for start, end in ends)
        return TimeLine(days="", local=local, utc=utc)
    days = _day(first.start_ms + offset_ms, words, has_year=len(run.windows) == 1)
    if len(run.windows) > 1:
        until = _day(last.start_ms + offset_ms, words, has_year=True)
        days = f"{days} {to} {until}, {words.others['each day']}"
    return TimeLine(days=days, local=_hours(first, offset_ms, words), utc=_utc_hours(first, offset_ms, words))


def _hours(window: Window, offset_ms: int, words: CardWords) -> str:
    """`22:00 to 04:00 next day`; midnight at the end of a day is 24:00."""
    start_ms, end_ms = window.start_ms + offset_ms, window.end_ms + offset_ms
    end = _clock(end_ms)
    if end_ms % DAY_MS == 0:
        end = "24:00"
    elif end_ms // DAY_MS > start_ms // DAY_MS:
        end = f"{end} {words.others['next day']}"
    return f"{_clock(start_ms)} {words.others['to']} {end}"


def _utc_hours(window: Window, offset_ms: int, words: CardWords) -> str:
    """The same by UTC, with what day of UTC they begin on where it is not that of the local clock."""
    turned = window.start_ms // DAY_MS - (window.start_ms + offset_ms) // DAY_MS
    note = {-1: f" ({words.others['day before']})", 1: f" ({words.others['next day']})"}.get(turned, "")
    if not note:
        return _hours(window, 0, words)
    return f"{_clock(window.start_ms)}{note} {words.others['to']} {_clock(window.end_ms)}"


def _clock(time_ms: int) -> str:
    return f"{_at(time_ms):%H:%M}"


def _moment(time_ms: int, words: CardWords) -> str:
    return f"{_day(time_ms, words, has_year=True)} {_clock(time_ms)}"


def _day(time_ms: int, words: CardWords, *, has_year: bool) -> str:
    """`Mon 20 Jul 2026`."""
    at = _at(time_ms)
    year = f" {at.year}" if has_year else ""
    return f"{words.days[at.weekday()]} {at.day} {words.months[at.month - 1]}{year}"


def _at(time_ms: int) -> datetime:
    return datetime.fromtimestamp(time_ms // SECOND_MS, UTC)
