"""Windows in UTC from items B, C and D.

A rule without dates holds on every day from item B to item C, and hours that run past midnight into item B count from
there on, since `DAILY 2100-0400` says of each night the same. A date holds for hours that begin on it. Hours that begin
by the sun count on the day of UTC and on that of the place, where those are two: in Japan the daylight of Monday begins
on Sunday by UTC, so that `MON-FRI HJ` may mean that of Saturday as well, and no day that may be meant is left out.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from waterspace.domain import Window
from waterspace.messages.notam.dates import resolve
from waterspace.messages.notam.rules import Light, Misread
from waterspace.messages.notam.schedule import read_schedule
from waterspace.messages.reading import Spell
from waterspace.quantity import DAY_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from waterspace.domain import Position
    from waterspace.messages.notam.dates import DaySpan
    from waterspace.messages.notam.rules import Break, Edge, Hours, Moment, Rule

__all__ = ["Windows", "expand"]

_LONGEST_MS = 800 * DAY_MS
"""Longest validity that is expanded (assumed); longer ones, and open ones, are cut there and said to be."""

_LONGEST_TEXT = 4_000
"""Longest item D that is read. Source: ICAO Doc 8126 allows 200 characters; twenty times that is no schedule."""

_CIVIL_DEG = -6.0
"""Altitude of the sun at civil twilight. Source: ICAO Annex 2, definition of night."""

_EPOCH = date(1970, 1, 1)


class Windows(NamedTuple):
    """What item D means.

    Attributes:
        spells: in order, apart from each other.
        misread: what was not understood, with places in item D.
        goes_on: whether some hours are of no dates, so that they go on where item C is not the end.
    """

    spells: tuple[Spell, ...]
    misread: tuple[Misread, ...]
    goes_on: bool = False


def expand(text: str, start_ms: int, end_ms: int | None, position: Position | None = None) -> Windows:
    """The windows of item D within items B and C.

    Args:
        text: item D, in capitals.
        start_ms: item B.
        end_ms: item C; None where there is no end.
        position: where the sun rises and sets.
    """
    if len(text) > _LONGEST_TEXT:
        reason = f"Item D has {len(text)} characters, more than any schedule; it was not read."
        return Windows((), (Misread(0, len(text), reason),))
    plan = read_schedule(text)
    misread = list(plan.misread)
    last_ms = start_ms + _LONGEST_MS if end_ms is None else min(end_ms, start_ms + _LONGEST_MS)
    if last_ms != end_ms:
        misread.append(Misread(0, len(text), "Item D has no end within two years; it was followed no further."))
    span = _Span(start_ms, last_ms, position, misread, len(text))
    dated = [_of_rule(rule, span) for rule in plan.rules]
    dated += [span.stretch(each.start, each.end) for each in plan.stretches]
    _note_overlaps([windows for rule, windows in zip(plan.rules, dated, strict=False) if rule.days], misread, len(text))
    spells = _joined([window for windows in dated for window in windows], start_ms, last_ms)
    if not spells and not misread:
        misread.append(Misread(0, len(text), "None of the hours of item D lies within items B to C."))
    return Windows(spells, tuple(sorted(set(misread))), goes_on=any(not rule.days for rule in plan.rules))


def _of_rule(rule: Rule, span: _Span) -> list[tuple[int, int]]:
    """The windows of a rule by the days of UTC, and, where it begins by the sun, by those of the place too.

    What only one of the two cannot follow is no matter. Every other day is counted by the days of the place alone.
    """
    if span.position is None or not any(hours.start.light for hours in rule.hours):
        return span.windows(rule)
    here: list[Misread] = []
    found = span.local(here).windows(rule)
    if rule.every > 1:
        span.misread.extend(here)
        return found
    there = len(span.misread)
    found += span.windows(rule)
    span.misread[there:] = [each for each in span.misread[there:] if each in here]
    return found


class _Span:
    """From item B to item C, in days of UTC, or of a place `shift_ms` before it."""

    def __init__(
        self, start_ms: int, end_ms: int, position: Position | None, misread: list[Misread], length: int
    ) -> None:
        self.start_ms, self.end_ms = start_ms, end_ms
        self.first, self.last = _date(start_ms), _date(max(end_ms - 1, start_ms))
        self.position = position
        self.misread = misread
        self.length = length
        self.shift_ms = 0
        self._passages: dict[Light, list[int]] = {}

    def wrong(self, reason: str) -> None:
        """Something of the whole of item D is not understood."""
        self.misread.append(Misread(0, self.length, reason))

    def local(self, misread: list[Misread]) -> _Span:
        """The same in days by the mean sun of the place.

        Args:
            misread: gets what is not understood there.
        """
        place = _Span(self.start_ms, self.end_ms, self.position, misread, self.length)
        if self.position is not None:
            shift_ms = round(self.position.lon_deg / 360.0 * DAY_MS)
            place.first = _date(self.start_ms + shift_ms)
            place.last = _date(max(self.end_ms - 1, self.start_ms) + shift_ms)
            place.shift_ms = shift_ms
        place._passages = self._passages
        return place

    def windows(self, rule: Rule) -> list[tuple[int, int]]:
        """The windows of a rule."""
        if not rule.but and all(not (each.start.light or each.end.light) for each in rule.hours):
            spans = [(each.start.offset_ms, _end_ms(each)) for each in rule.hours]
            return [
                (begin + start, begin + end) for begin in self._beginnings(rule) for start, end in spans if start < end
            ]
        found = []
        exceptions = [(self._days_of(but), but) for but in rule.but]
        for day in self._days(rule):
            hours = rule.hours
            cut: list[tuple[int, int]] = []
            for days, but in exceptions:
                if days is None or day in days:
                    if not but.hours:
                        hours = ()
                    cut.extend(window for each in but.hours if (window := self._window(day, each)))
            for each in hours:
                window = self._window(day, each)
                if window:
                    found.extend(_without(window, cut))
        return found

    def stretch(self, start: Moment, end: Moment) -> list[tuple[int, int]]:
        """The window of a stretch."""
        moments = []
        earliest = self.first
        for moment in (start, end):
            if moment.day is None:
                moments.append(moment.at_ms)
                continue
            days, problem = resolve(moment.day, earliest, max(self.last, earliest))
            if problem or not days:
                self.wrong(problem or "A date of item D lies outside of items B to C.")
            if not days:
                return []
            earliest = days[0]
            moments.append(_ms(days[0]) + moment.at_ms)
        if moments[1] <= moments[0]:
            self.wrong("A span of item D ends before it begins.")
            return []
        return [(moments[0], moments[1])]

    def _days(self, rule: Rule) -> list[date]:
        """The days on which a rule holds."""
        everyday = _every(self.first - timedelta(days=1), self.last)
        days = self._resolved(rule.days) if rule.days else list(everyday)
        if rule.weekdays:
            days = [day for day in days if day.weekday() in rule.weekdays]
        if rule.every > 1 and days:
            days = self._alternate(rule, days)
        return days

    def _beginnings(self, rule: Rule) -> Iterable[int]:
        """Midnight of the days on which a rule holds."""
        if rule.days or rule.weekdays or rule.every > 1:
            return map(_ms, self._days(rule))
        return range(_ms(self.first) - DAY_MS, _ms(self.last) + 1, DAY_MS)

    def _alternate(self, rule: Rule, days: list[date]) -> list[date]:
        """Every other day, or the weekdays of every other week, counted from the first that is in force."""
        begin = next((day for day in days if day >= self.first), days[0])
        if rule.weekdays:
            monday = begin - timedelta(days=begin.weekday())
            return [day for day in days if day >= begin and ((day - monday).days // 7) % rule.every == 0]
        return [day for day in days if day >= begin and (day - begin).days % rule.every == 0]

    def _resolved(self, spans: Sequence[DaySpan]) -> list[date]:
        """Dates of spans of days."""
        days = []
        for span in spans:
            found, problem = resolve(span, self.first, self.last)
            days.extend(found)
            if problem:
                self.wrong(problem)
        return days

    def _days_of(self, but: Break) -> set[date] | None:
        """The days of an exception; None for every day."""
        if not (but.days or but.weekdays):
            return None
        days = set(self._resolved(but.days)) if but.days else set(_every(self.first - timedelta(days=1), self.last))
        if but.days and but.weekdays:
            weekdays = {day for day in _every(self.first, self.last) if day.weekday() in but.weekdays}
            return days | weekdays
        return {day for day in days if day.weekday() in but.weekdays} if but.weekdays else days

    def _window(self, day: date, hours: Hours) -> tuple[int, int] | None:
        """The window of hours that begin on a day."""
        start_ms = self._instant(day, hours.start, None)
        if start_ms is None:
            return None
        raw_ms = start_ms - (hours.start.offset_ms if hours.start.light else 0)
        end_ms = self._instant(day, hours.end, raw_ms if hours.end.light else start_ms)
        if end_ms is None:
            return None
        end_ms += hours.days * DAY_MS
        return (start_ms, end_ms) if end_ms > start_ms else None

    def _instant(self, day: date, edge: Edge, after_ms: int | None) -> int | None:
        """When an end of hours is; later than `after_ms`."""
        if edge.light is None:
            at_ms = _ms(day if after_ms is None else _date(after_ms)) + edge.offset_ms
            return at_ms + DAY_MS if after_ms is not None and at_ms <= after_ms else at_ms
        times = self._times(edge.light)
        begin_ms = _ms(day) - self.shift_ms
        place = bisect_right(times, begin_ms - 1 if after_ms is None else after_ms)
        if place >= len(times) or (after_ms is None and times[place] >= begin_ms + DAY_MS):
            self.wrong(f"The sun does not pass {edge.light.value} on {day}, or nobody says where.")
            return None
        return times[place] + edge.offset_ms

    def _times(self, light: Light) -> list[int]:
        """When the sun passes a height from the day before item B to two days after item C."""
        if light not in self._passages:
            self._passages[light] = []
            if self.position is not None:
                self._passages[light] = _sun_times(light, self.position, self.start_ms, self.end_ms)
        return self._passages[light]


def _sun_times(light: Light, position: Position, start_ms: int, end_ms: int) -> list[int]:
    from waterspace.environment.sky import sun

    window = Window(start_ms=start_ms - 2 * DAY_MS, end_ms=end_ms + 2 * DAY_MS)
    horizon_deg = sun.HORIZON_DEG if light in (Light.SUNRISE, Light.SUNSET) else _CIVIL_DEG
    is_rise = light in (Light.SUNRISE, Light.DAWN)
    return [each.time_ms for each in sun.passages(position, window, horizon_deg) if each.is_rise is is_rise]


def _end_ms(hours: Hours) -> int:
    """The end of hours by the clock, since 00:00 of the day on which they begin."""
    later_ms = DAY_MS if hours.end.offset_ms <= hours.start.offset_ms else 0
    return hours.end.offset_ms + later_ms + hours.days * DAY_MS


def _without(window: tuple[int, int], cut: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A window less others."""
    parts = [window]
    for start, end in cut:
        parts = [
            piece
            for first, last in parts
            for piece in ((first, min(last, start)), (max(first, end), last))
            if piece[0] < piece[1]
        ]
    return parts


def _note_overlaps(dated: list[list[tuple[int, int]]], misread: list[Misread], length: int) -> None:
    """Say so where hours of different dates overlap: `01-02 2224-0109, 02-03 2322-0207` may mean nights."""
    windows = sorted((start, -end, place) for place, found in enumerate(dated) for start, end in found)
    for (_, before_end, one), (after_start, after_end, other) in pairwise(windows):
        if one != other and after_start < -before_end < -after_end:
            reason = "Hours of item D overlap, so its dates may be meant in another way."
            misread.append(Misread(0, length, reason))
            return


def _joined(windows: list[tuple[int, int]], first_ms: int, last_ms: int) -> tuple[Spell, ...]:
    """Windows in order within bounds; those that touch are one."""
    joined: list[list[int]] = []
    for start, end in sorted(windows):
        start_ms, end_ms = max(start, first_ms), min(end, last_ms)
        if start_ms >= end_ms:
            continue
        if joined and start_ms <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end_ms)
        else:
            joined.append([start_ms, end_ms])
    return tuple(Spell(start_ms, end_ms) for start_ms, end_ms in joined)


def _every(first: date, last: date) -> Iterator[date]:
    """Every date from the first to the last."""
    for shift in range((last - first).days + 1):
        yield first + timedelta(days=shift)


def _date(time_ms: int) -> date:
    return datetime.fromtimestamp(time_ms // SECOND_MS, tz=UTC).date()


def _ms(day: date) -> int:
    return (day - _EPOCH).days * DAY_MS
