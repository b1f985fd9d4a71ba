"""Schedule: hours that come again day after day, as windows of time.

Hours are clock times of a fixed zone, or sunrise and sunset with an offset. When the sun rises is not known here: who
asks for the windows of such a schedule brings a function that knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from waterspace.domain.reservation import Window
from waterspace.errors import GeometryError
from waterspace.quantity import DAY_MS

__all__ = ["ClockTime", "DayTime", "Schedule", "SunEvent", "SunTable", "SunTime", "Weekday", "join_windows"]

_EPOCH = date(1970, 1, 1)
_DAY = timedelta(days=1)


class Weekday(IntEnum):
    """A day of the week, as `datetime.date.weekday` counts."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6


class SunEvent(StrEnum):
    """What the sun does."""

    SUNRISE = "sunrise"
    SUNSET = "sunset"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTime:
    """A time of day in a fixed zone.

    Attributes:
        after_midnight_ms: 0 to a whole day, which is the midnight that ends the day.
        offset_ms: the zone's time less UTC.
    """

    after_midnight_ms: int
    offset_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SunTime:
    """So long after sunrise or sunset; before it where `after_ms` is negative."""

    event: SunEvent
    after_ms: int = 0


DayTime = ClockTime | SunTime

SunTable = Callable[[date], Window | None]
"""From sunrise to sunset of a date: the whole day where the sun does not set, None where it does not rise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The same hours on each day of a span of dates.

    Hours that end no later than they begin run over midnight into the next day.

    Attributes:
        first: the first date; in the zone of a clock time, at the place of a sunrise.
        last: the last date, itself included.
        opens: when each day's window begins.
        closes: when it ends.
        weekdays: days of the week that count; all where it is empty.
        without: dates that do not count.
        also: dates that count whatever their weekday, inside the span or outside it.
    """

    first: date
    last: date
    opens: DayTime
    closes: DayTime
    weekdays: frozenset[Weekday] = frozenset()
    without: frozenset[date] = frozenset()
    also: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins.

        Raises:
            GeometryError: as above.
        """
        if self.last < self.first:
            raise GeometryError(f"a schedule from {self.first} to {self.last} ends before it begins")

    @property
    def needs_sun(self) -> bool:
        """Whether it depends on where it is in force."""
        return isinstance(self.opens, SunTime) or isinstance(self.closes, SunTime)

    def dates(self) -> tuple[date, ...]:
        """The dates on which a window begins, in order."""
        days = (self.first + number * _DAY for number in range((self.last - self.first).days + 1))
        counted = {day for day in days if not self.weekdays or Weekday(day.weekday()) in self.weekdays}
        return tuple(sorted((counted | self.also) - self.without))

    def why_idle(self) -> str:
        """Why no window of it ever begins, as half a sentence; empty where a date counts."""
        if self.dates():
            return ""
        span = f"on {self.first}" if self.first == self.last else f"from {self.first} to {self.last}"
        if not replace(self, without=frozenset()).dates():
            return f"no {' or '.join(day.name.lower() for day in sorted(self.weekdays))} falls {span}"
        return f"every date {span} that counts is left out again"

    def windows(self, light: SunTable | None = None) -> tuple[Window, ...]:
        """Its windows in order of time, those that overlap or touch joined.

        Args:
            light: needed where an hour depends on the sun. A date on which the sun does not rise has no window.

        Raises:
            GeometryError: an hour depends on the sun, and nobody says when it rises.
        """
        if self.needs_sun and light is None:
            raise GeometryError("hours by sunrise or sunset need a place: say where the schedule is in force")
        return join_windows(self._daily(light))

    def _daily(self, light: SunTable | None) -> Iterator[Window]:
        """The window of each date on which there is one."""
        for day in self.dates():
            start_ms, end_ms = _instant(self.opens, day, light), _instant(self.closes, day, light)
            if start_ms is not None and end_ms is not None and end_ms <= start_ms:
                end_ms = _instant(self.closes, day + _DAY, light)
            if start_ms is not None and end_ms is not None and start_ms < end_ms:
                yield Window(start_ms=start_ms, end_ms=end_ms)


def join_windows(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Windows in order of time, those that overlap or touch joined."""
    joined: list[Window] = []
    for window in sorted(windows):
        if joined and window.start_ms <= joined[-1].end_ms:
            last = joined.pop()
            joined.append(Window(start_ms=last.start_ms, end_ms=max(last.end_ms, window.end_ms)))
        else:
            joined.append(window)
    return tuple(joined)


def _instant(time: DayTime, day: date, light: SunTable | None) -> int | None:
    """When a time of day comes on a date; None where the sun does not rise on it."""
    if isinstance(time, ClockTime):
        return (day - _EPOCH).days * DAY_MS + time.after_midnight_ms - time.offset_ms
    assert light is not None, "windows() refuses to begin without"
    lit = light(day)
    if lit is None:
        return None
    return time.after_ms + (lit.start_ms if time.event is SunEvent.SUNRISE else lit.end_ms)
