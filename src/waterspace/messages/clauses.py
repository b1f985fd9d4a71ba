"""What the rules of times share: where they are, what they have read, and the instants that clauses are made of."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from waterspace.messages.days import Day, month_and_year, read_day, starts_days
from waterspace.messages.daytimes import Bound, clock, zone
from waterspace.messages.expansion import Lasting, Moment, Recurring, Reported
from waterspace.messages.marks import Mark, TimeCursor, marks
from waterspace.messages.reading import Doubt, Span
from waterspace.messages.timewords import ZULU, Sort
from waterspace.quantity import DAY_MS, HOUR_MS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from waterspace.messages.days import Known
    from waterspace.messages.expansion import Clause
    from waterspace.messages.lexing import Token

__all__ = ["JOINTS", "RANGES", "ClauseReader"]

JOINTS = (Sort.AND, Sort.COMMA)
"""What joins the members of a list."""
RANGES = (Sort.TO, Sort.UNTIL)
"""What stands between the ends of a range."""
_CLOCKS_A_DAY = 10000
"""What the day of a date-time group is worth in its six digits."""


_start: Callable[[Token], int] = attrgetter("start")


class ClauseReader:
    """What has been read of one paragraph's times.

    Attributes:
        clauses: what was read, in the order of the text.
        doubts: what was not understood.
        spans: what the clauses were read from.
        known: of the message.
        cursor: where the reader is.
        found_days: of the phrase that is being read, in the order of the text.
        found_bounds: likewise, times of day.
        group: that is being read.
    """

    def __init__(self, tokens: Sequence[Token], known: Known) -> None:
        """Stand before the first token."""
        self.tokens = tokens
        self.known = known
        self.cursor = TimeCursor(marks(tokens), known.years)
        self.clauses: list[Clause] = []
        self.doubts: list[Doubt] = []
        self.spans: list[Span] = []
        self.found_days: list[Day] = []
        self.found_bounds: list[Bound] = []
        self.group: Recurring | None = None
        self.element_at = 0
        self.is_daily = False
        self.is_after_days = False
        self.is_reserve = False
        self.is_report: bool | None = False
        self.progress: Mark | None = None
        self.unread_reserve: Mark | None = None

    def doubt(self, start: int, end: int, reason: str) -> None:
        """Own to something that was not understood."""
        self.doubts.append(Doubt(Span(start, end), reason))

    def words(self, start: int, end: int) -> str:
        """The words of a part of the text."""
        first = bisect_left(self.tokens, start, key=_start)
        return " ".join(token.text for token in self.tokens[first : bisect_left(self.tokens, end, key=_start)])

    def open_group(self) -> Recurring:
        """The group that is being read."""
        if self.group is None:
            mark = self.cursor.marks[self.element_at]
            self.group = Recurring(self.is_reserve, Span(mark.start, mark.end))
            self.is_daily = self.is_after_days = False
        return self.group

    def close_group(self) -> None:
        """Make a clause of the group that was read."""
        group, self.group = self.group, None
        if group is None:
            return
        group.span = Span(group.span.start, self.cursor.marks[max(self.cursor.at - 1, 0)].end)
        if not (group.ranges or group.hours or self.is_daily or group.weekdays):
            return
        is_plain = not (group.hours or group.weekdays or group.not_weekdays or group.not_ranges or self.is_daily)
        if is_plain and len(group.ranges) == 1 and not group.is_reserve:
            first, last = group.ranges[0]
            if first is last:
                last.is_past = self.is_report is True
                last.is_near = self.is_report is None
                self.clauses.append(Reported(Moment(last), group.span, is_report=self.is_report))
            else:
                self.clauses.append(
                    Lasting(None if first is None else Moment(first), Moment(last), is_reserve=False, span=group.span)
                )
            return
        self.clauses.append(group)

    def keep(self, into: list[tuple[Day | None, Day]], ranges: Sequence[tuple[Day, Day]]) -> None:
        """Take ranges of days into a list, and remember their days to be settled."""
        for first, last in ranges:
            into.append((first, last))
            self.found_days.append(first)
            if last is not first:
                self.found_days.append(last)

    def span_of(self, *moments: Moment | None) -> Span:
        """The span of a stretch that ends here."""
        starts = [moment.bound.start if moment.bound else moment.day.start for moment in moments if moment is not None]
        return Span(min(starts), self.cursor.marks[self.cursor.at - 1].end)

    def bound(self) -> Bound:
        """A time of day and its zone."""
        cursor = self.cursor
        mark = cursor.take()
        said = ZULU if mark.is_zulu else zone(cursor)
        return Bound(clock(mark.value or 0), said, mark.start, cursor.marks[cursor.at - 1].end)

    def moment(self, first: Moment | None = None) -> Moment | None:
        """An instant, or a day, that ends a stretch where `first` begins it."""
        cursor = self.cursor
        mark = cursor.marks[cursor.at]
        if mark.sort is Sort.GROUP:
            return self.group_moment(first)
        if mark.sort is Sort.CLOCK:
            bound = self.bound()
            cursor.skip(Sort.AT)
            is_stretch = cursor.sort(1) in RANGES and cursor.sort(2) is Sort.CLOCK
            if cursor.sort() is Sort.DAY and starts_days(cursor, is_named=first is None and not is_stretch):
                day = read_day(cursor, is_end=first is not None)
                self.found_days.append(day)
            elif first is not None:
                day = first.day
            else:
                return None
            self.found_bounds.append(bound)
            return Moment(day, bound)
        if mark.sort in (Sort.DAY, Sort.WEEKDAY) and starts_days(cursor, is_named=False):
            day = read_day(cursor, is_end=first is not None)
            self.found_days.append(day)
            mark, after = cursor.marks[cursor.at : cursor.at + 2]
            if mark.sort is not Sort.CLOCK or not (mark.is_zulu or after.sort is Sort.ZONE):
                return Moment(day)
            bound = self.bound()
            self.found_bounds.append(bound)
            return Moment(day, bound)
        return None

    def group_moment(self, first: Moment | None) -> Moment:
        """The instant of a date-time group."""
        cursor = self.cursor
        mark = cursor.take()
        number, minutes = divmod(mark.value or 0, _CLOCKS_A_DAY)
        said: int | str = ZULU if mark.is_zulu else zone(cursor)
        bound = Bound(clock(minutes), said, mark.start, mark.end)
        day = Day(number, None, None, None, mark.start, mark.end)
        if cursor.sort() is Sort.MONTH:
            day.month, day.year = month_and_year(cursor, is_end=first is not None)
            day.end = cursor.marks[cursor.at - 1].end
        day.first = None if first is None else first.day
        day.is_apart = first is None and bool(self.clauses) and isinstance(self.clauses[-1], Recurring)
        self.found_days.append(day)
        self.found_bounds.append(bound)
        return Moment(day, bound)

    def length(self) -> int | None:
        """The length in `FOR n HOURS`."""
        cursor = self.cursor
        cursor.at += 1
        number, unit = cursor.marks[cursor.at : cursor.at + 2]
        if number.sort is not Sort.DAY or unit.sort not in (Sort.HOURS, Sort.DAYS):
            return None
        cursor.at += 2
        return (number.value or 0) * (HOUR_MS if unit.sort is Sort.HOURS else DAY_MS)

    def takes_notice(self) -> bool:
        """Go past `FURTHER NOTICE`."""
        cursor = self.cursor
        ahead = 1 if cursor.sort() is Sort.FILLER else 0
        if cursor.sort(ahead) is not Sort.NOTICE:
            return False
        cursor.at += ahead + 1
        return True
