"""Rules of stretches of time: from one instant to another, to further notice or for so many hours."""

from __future__ import annotations

from waterspace.messages.clauses import JOINTS, RANGES, ClauseReader
from waterspace.messages.days import read_day
from waterspace.messages.expansion import Lasting, Moment, Reported
from waterspace.messages.reading import Span
from waterspace.messages.timewords import Sort

__all__ = ["StretchReader"]


class StretchReader(ClauseReader):
    """A reader with the rules of stretches."""

    def stretch(self, *, is_between: bool = False, is_from: bool = False) -> bool:
        """A stretch that begins with a date-time group, or a single one."""
        cursor = self.cursor
        mark, after = cursor.marks[cursor.at : cursor.at + 2]
        is_range = after.sort in RANGES and cursor.sort(2) in (Sort.GROUP, Sort.NOTICE, Sort.FILLER)
        if not (mark.is_zulu or after.sort in (Sort.ZONE, Sort.MONTH) or is_range or is_from or is_between):
            return False
        self.close_group()
        first = self.group_moment(None)
        return self.rest(first, is_between=is_between, is_from=is_from)

    def rest(self, first: Moment, *, is_between: bool = False, is_from: bool = False) -> bool:
        """The rest of a stretch after its first instant."""
        cursor = self.cursor
        sort = cursor.sort()
        if sort in RANGES or (is_between and sort is Sort.AND):
            cursor.at += 1
            if self.takes_notice():
                last = None
            else:
                last = self.moment(first)
                if last is None:
                    cursor.at -= 1
                    self.doubt(first.day.start, first.day.end, "A time begins here and its end was not understood.")
        elif sort is Sort.FOR:
            before = cursor.at
            length_ms = self.length()
            if length_ms is not None:
                self.clauses.append(Lasting(first, None, self.is_reserve, self.span_of(first), length_ms))
                return True
            cursor.at = before
            last = None
        elif sort is Sort.GROUP and cursor.marks[cursor.at].is_zulu:
            last = self.moment(first)
            self.doubt(first.day.start, first.day.end, "Two times stand side by side; TO was expected between them.")
        elif not is_from:
            first.day.is_past = self.is_seen()
            self.clauses.append(Reported(first, self.span_of(first), is_report=True, is_reserve=self.is_reserve))
            return True
        else:
            last = None
        self.clauses.append(Lasting(first, last, self.is_reserve, self.span_of(first, last)))
        return True

    def is_seen(self) -> bool:
        """Whether the words before a single instant show that something was seen at it."""
        before = self.cursor.marks[max(self.element_at - 1, 0)].sort if self.element_at else Sort.BREAK
        return bool(self.is_report) or Sort.AT in (before, self.cursor.marks[self.element_at].sort)

    def stretch_by_clock(self) -> bool:
        """`0800Z 12 APR TO 1600Z 14 APR`; the cursor as it was where this is something else."""
        cursor = self.cursor
        before, days, bounds = cursor.at, len(self.found_days), len(self.found_bounds)
        if cursor.sort() is Sort.CLOCK and cursor.sort(1) not in (*RANGES, *JOINTS):
            first = self.moment()
            if first is not None:
                if cursor.sort() in RANGES and cursor.sort(1) in (Sort.CLOCK, Sort.GROUP):
                    self.close_group()
                    return self.rest(first)
                if cursor.marks[max(before - 1, 0)].sort is Sort.AT and before:
                    self.close_group()
                    return self.rest(first)
        cursor.at = before
        del self.found_days[days:], self.found_bounds[bounds:]
        return False

    def stretch_by_day(self) -> bool:
        """`12 APR 0800Z TO 14 APR 1600Z`, `16 2200Z TO 170400Z`; the cursor as it was where this is something else."""
        cursor = self.cursor
        if cursor.sort(1) not in (Sort.CLOCK, Sort.MONTH):
            return False
        before, days, bounds = cursor.at, len(self.found_days), len(self.found_bounds)
        day = read_day(cursor, is_end=False)
        if cursor.sort() is Sort.CLOCK:
            bound = self.bound()
            if cursor.sort() in RANGES and cursor.sort(1) in (Sort.DAY, Sort.GROUP):
                self.close_group()
                self.found_days.append(day)
                self.found_bounds.append(bound)
                return self.rest(Moment(day, bound))
        cursor.at = before
        del self.found_days[days:], self.found_bounds[bounds:]
        return False

    def until(self) -> bool:
        """`UNTIL 110900Z JUN`, `UNTIL 31 DEC`, `DAILY UNTIL 30 JUN`, `UNTIL FURTHER NOTICE`."""
        cursor = self.cursor
        start = cursor.take().start
        group = self.group
        is_daily = group is not None and (bool(group.hours) or self.is_daily)
        begun = group.ranges[-1][0] if group is not None and group.ranges else None
        if self.takes_notice():
            if is_daily:
                self.doubt(start, cursor.marks[cursor.at - 1].end, "Daily times without a last day cannot be counted.")
            self.group = None
            first = None if begun is None else Moment(begun)
            self.clauses.append(Lasting(first, None, self.is_reserve, Span(start, cursor.marks[cursor.at - 1].end)))
            return True
        if group is not None and is_daily and cursor.sort() is not Sort.CLOCK:
            last = self.moment()
            if last is None:
                return False
            if begun is not None and group.ranges[-1][1] is begun:
                last.day.first = begun
                group.ranges[-1] = (begun, last.day)
            else:
                group.ranges.append((None, last.day))
            self.is_after_days = True
            return True
        last = self.moment()
        if last is None:
            return False
        last.day.is_open = True
        self.close_group()
        self.clauses.append(Lasting(None, last, self.is_reserve, Span(start, cursor.marks[cursor.at - 1].end)))
        return True

    def to(self) -> bool:
        """`IN PROGRESS THRU 31 JUL`, `TO 30 SEP`: a last day alone."""
        cursor = self.cursor
        mark = cursor.marks[cursor.at]
        is_word = mark.end - mark.start > 1
        is_dated = cursor.sort(1) in (Sort.DAY, Sort.GROUP) and cursor.sort(2) in (Sort.MONTH, Sort.ZONE)
        return is_word and self.group is None and is_dated and self.until()
