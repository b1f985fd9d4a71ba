"""Phrases of times: from the words of a paragraph to clauses of what is in force when.

    times    = phrase {anything else, then phrase}
    phrase   = [FROM | COMMENCING] (stretch | group) {[","] [AND] (stretch | group)} [ALTERNATE phrase]
    stretch  = moment (TO moment | UNTIL FURTHER NOTICE | FOR n HOURS) | UNTIL moment | IN PROGRESS
    group    = hours {hours} [DAILY] days | days hours {hours} | FOR n HOURS FROM clock days | days
               each with weekdays and EXCEPT weekdays or days

A stretch goes on from its first instant to its last. Hours of a group recur on each of its days; hours that end before
they start end on the next day, and the day names the start.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from waterspace.messages.clauses import JOINTS, RANGES
from waterspace.messages.cursor import COORDINATES
from waterspace.messages.days import read_day
from waterspace.messages.daytimes import LOCAL, read_hours, share_zones
from waterspace.messages.expansion import Lasting, Moment, Recurring, Reported
from waterspace.messages.groups import GroupReader
from waterspace.messages.reading import Span
from waterspace.messages.settling import settle
from waterspace.messages.timewords import ZULU, Sort

if TYPE_CHECKING:
    from collections.abc import Callable


__all__ = ["PhraseReader"]


class PhraseReader(GroupReader):
    """A reader of one paragraph's times."""

    def read(self) -> None:
        """Read phrase after phrase, and doubt every time that none of them took."""
        cursor = self.cursor
        found = cursor.marks
        last = len(found)
        is_report = False
        at = cursor.at
        while at < last:
            sort = found[at][0]
            if sort not in _RULES:
                is_report = sort is Sort.REPORT or (is_report and sort is not Sort.STOP)
                at += 1
                continue
            cursor.at = before = at
            if sort in _LEADING and found[before + 1].sort in _NOTHING:
                at += 1
                continue
            self.is_report = is_report
            self.phrase()
            if cursor.at == before:
                self.leave()
                cursor.at += 1
            at = cursor.at
        self.doubt_alone()
        if self.progress is not None and not self.clauses:
            span = Span(self.progress.start, self.progress.end)
            self.clauses.append(Lasting(None, None, is_reserve=False, span=span))
            self.spans.append(span)

    def doubt_alone(self) -> None:
        """Doubt an instant that stands alone beside times from one to another: the other end may have been lost."""
        if all(isinstance(clause, Reported) for clause in self.clauses):
            return
        for clause in self.clauses:
            if isinstance(clause, Reported) and clause.moment.bound is not None and not clause.moment.day.is_past:
                said = self.words(clause.span.start, clause.span.end)
                self.doubt(clause.span.start, clause.span.end, f"{said} stands alone; TO and an end were expected.")

    def leave(self) -> None:
        """Pass over a mark that starts no phrase; a doubt where it is a time after all."""
        mark, after = self.cursor.marks[self.cursor.at : self.cursor.at + 2]
        is_number = mark.sort in (Sort.GROUP, Sort.CLOCK, Sort.NUMBER)
        is_zoned = is_number and after.sort is Sort.ZONE and after.value is not None
        is_dated = mark.sort in (Sort.DAY, Sort.GROUP, Sort.NUMBER) and after.sort is Sort.MONTH
        is_range = mark.sort is Sort.CLOCK and after.sort is Sort.TO and self.cursor.sort(2) is Sort.CLOCK
        is_range = is_range and self.cursor.sort(3) is not Sort.UNIT
        is_weekday = mark.sort is Sort.WEEKDAY and mark.end - mark.start > len("THURS")
        if mark.sort is Sort.MONTH:
            self.leave_month()
        elif mark.sort is Sort.UNTIL:
            self.leave_until()
        elif mark.is_zulu or is_range or is_zoned or is_dated or is_weekday or mark.sort in (Sort.DAILY, Sort.SUN):
            end = after.end if is_zoned or is_dated else mark.end
            said = self.words(mark.start, end)
            self.doubt(mark.start, end, f"{said} was not understood; times, or days and their month, were expected.")

    def leave_month(self) -> None:
        """Pass over a month without a day; a doubt where the words beside it show that a time is meant."""
        at = self.cursor.at
        mark, after = self.cursor.marks[at : at + 2]
        before = self.cursor.marks[at - 1].sort if at else Sort.BREAK
        is_named = before in (Sort.UNTIL, Sort.FROM, Sort.FILLER, Sort.DAILY)
        if before is Sort.AT:  # the end of May, but also the Isle of May
            is_named = at > 1 and self.cursor.marks[at - 2].sort is Sort.FILLER
        if is_named or after.sort in (Sort.DAY, Sort.CLOCK):
            said = self.words(mark.start, mark.end)
            self.doubt(mark.start, mark.end, f"{said} stands without a day before it; a day was expected.")

    def leave_until(self) -> None:
        """Pass over an `UNTIL` before words that tell no time; a doubt unless it joins positions."""
        mark, after = self.cursor.marks[self.cursor.at : self.cursor.at + 2]
        behind = bisect_left(self.tokens, after.start, key=attrgetter("start"))
        if after.sort is not Sort.BREAK or behind >= len(self.tokens) or self.tokens[behind].kind in COORDINATES:
            return
        said = " ".join(token.text for token in self.tokens[behind : behind + 3])
        self.doubt(mark.start, after.end, f"UNTIL {said} tells no time; a day or FURTHER NOTICE was expected.")

    def phrase(self) -> None:
        """A run of stretches and groups."""
        cursor = self.cursor
        first, end = len(self.clauses), cursor.at
        start = cursor.marks[end].start
        self.found_days, self.found_bounds, self.group = [], [], None
        self.is_reserve = self.is_daily = False
        while self.element():
            end = cursor.at
            cursor.skip(*JOINTS)
        cursor.at = end
        self.close_group()
        if len(self.clauses) == first:
            return
        self.spans.append(Span(start, cursor.marks[cursor.at - 1].end))
        self.lend(first)
        self.doubts.extend(settle(self.found_days, self.known))
        self.check_bounds()
        if self.unread_reserve is not None:
            mark, self.unread_reserve = self.unread_reserve, None
            self.doubt(mark.start, mark.end, "An alternate stands before no time, and times follow: whose is not told.")

    def element(self) -> bool:
        """The next stretch, or part of a group; whether there was one."""
        rule = _RULES.get(self.cursor.sort())
        if rule is None:
            return False
        before, bounds, days = self.cursor.at, len(self.found_bounds), len(self.found_days)
        self.element_at = before
        if rule(self):
            return True
        self.cursor.at = before
        del self.found_bounds[bounds:], self.found_days[days:]
        return False

    def lend(self, first: int) -> None:
        """Give groups of a phrase that have no days those of the next that has."""
        lender: Recurring | None = None
        for clause in reversed(self.clauses[first:]):
            if not isinstance(clause, Recurring):
                continue
            if clause.ranges:
                lender = clause
            elif lender is not None:
                clause.ranges = lender.ranges
                clause.not_weekdays = clause.not_weekdays | lender.not_weekdays
                clause.not_ranges = clause.not_ranges or lender.not_ranges
            else:
                said = self.words(clause.span.start, clause.span.end)
                self.doubt(clause.span.start, clause.span.end, f"{said} names no days; days were expected with it.")

    def check_bounds(self) -> None:
        """Doubt times of day that do not exist, or are in a time that nobody names; digits alone are UTC."""
        for bound in share_zones(self.found_bounds):
            bound.zone = ZULU
        for bound in self.found_bounds:
            if bound.minute is None:
                said = self.words(bound.start, bound.end)
                self.doubt(bound.start, bound.end, f"{said} is no time of day; hours and minutes were expected.")
            elif bound.zone == LOCAL:
                said = self.words(bound.start, bound.end)
                self.doubt(bound.start, bound.end, f"{said} is in local time; its difference from UTC was expected.")

    def begin(self) -> bool:
        """`FROM 08 NOV`, `COMMENCING 010000Z JUL FOR 3 DAYS`; before anything else it says nothing more."""
        cursor = self.cursor
        cursor.at += 1
        cursor.skip(Sort.AT, Sort.FILLER)
        sort = cursor.sort()
        if sort is Sort.GROUP:
            return self.stretch(is_from=True)
        if sort is Sort.DAY and self.stretch_by_day():
            return True
        if sort is Sort.DAY and self.group is None and cursor.sort(1) is Sort.MONTH:
            before = cursor.at
            day = read_day(cursor, is_end=False)
            if cursor.sort() not in (*RANGES, *JOINTS, Sort.CLOCK, Sort.DAY, Sort.DAILY):
                self.found_days.append(day)
                return self.rest(Moment(day), is_from=True)
            cursor.at = before
        rule = _RULES.get(cursor.sort())
        start = cursor.at
        is_read = sort in _AFTER_FROM and rule is not None and rule(self)
        if is_read and sort is Sort.DAY:
            self.doubt_endless(start)
        return is_read

    def doubt_endless(self, start: int) -> None:
        """Doubt daily times that begin on a day and have no last one."""
        cursor, group = self.cursor, self.group
        if group is None or not self.is_daily or cursor.sort() in (*RANGES, *JOINTS):
            return
        if len(group.ranges) == 1 and group.ranges[0][0] is group.ranges[0][1]:
            end = cursor.marks[cursor.at - 1].end
            self.doubt(cursor.marks[start].start, end, "Daily times begin on a day and have no last one.")

    def at(self) -> bool:
        """`AT 141047Z APR`, `ON 12 JUN`: an instant or a day of something seen, or days after hours."""
        cursor = self.cursor
        mark = cursor.take()
        sort = cursor.sort()
        if sort is Sort.DAY and self.group is None and not self.is_report and mark.end - mark.start == len("ON"):
            self.is_report = None
        rule = _RULES.get(sort)
        return sort in _AFTER_AT and rule is not None and rule(self)

    def in_progress(self) -> bool:
        """`IN PROGRESS`, which counts where nothing says until when."""
        self.progress = self.cursor.take()
        return True

    def fill(self) -> bool:
        """Words that say nothing before hours or days: `DURING THE PERIOD`, `HOURS OF DARKNESS`."""
        cursor = self.cursor
        if cursor.sort(1) in (Sort.DAYLIGHT, Sort.FILLER, Sort.HOURS, Sort.AT):
            found = read_hours(cursor)
            if found is not None:
                return self.add_hours(found)
        cursor.skip(Sort.FILLER)
        return cursor.sort() in _AFTER_FROM


_RULES: dict[Sort, Callable[[PhraseReader], bool]] = {
    Sort.GROUP: PhraseReader.stretch,
    Sort.CLOCK: PhraseReader.hours,
    Sort.SUN: PhraseReader.hours,
    Sort.DAYLIGHT: PhraseReader.hours,
    Sort.HOURS: PhraseReader.hours,
    Sort.BETWEEN: PhraseReader.between,
    Sort.FOR: PhraseReader.lasting_hours,
    Sort.DAY: PhraseReader.days_or_stretch,
    Sort.WEEKDAY: PhraseReader.weekdays,
    Sort.DAILY: PhraseReader.daily,
    Sort.EVERY: PhraseReader.every,
    Sort.EXCEPT: PhraseReader.exceptions,
    Sort.RESERVE: PhraseReader.reserve,
    Sort.UNTIL: PhraseReader.until,
    Sort.TO: PhraseReader.to,
    Sort.FROM: PhraseReader.begin,
    Sort.AT: PhraseReader.at,
    Sort.PROGRESS: PhraseReader.in_progress,
    Sort.FILLER: PhraseReader.fill,
    Sort.NUMBER: lambda _: False,
    Sort.MONTH: lambda _: False,
}
"""The rule of each sort of mark that may begin an element."""
_AFTER_FROM = (Sort.GROUP, Sort.CLOCK, Sort.DAY, Sort.WEEKDAY, Sort.DAILY, Sort.SUN, Sort.DAYLIGHT, Sort.EVERY)
_AFTER_AT = (Sort.GROUP, Sort.CLOCK, Sort.DAY, Sort.WEEKDAY)
_LEADING = frozenset(
    {
        *(Sort.AT, Sort.FROM, Sort.FOR, Sort.FILLER, Sort.TO, Sort.HOURS, Sort.BETWEEN, Sort.EVERY, Sort.EXCEPT),
        *(Sort.DAY, Sort.NUMBER),
    }
)
"""Sorts of marks that say nothing by themselves."""
_NOTHING = frozenset({Sort.BREAK, Sort.STOP, Sort.UNIT, Sort.CLOSE})
"""Sorts of marks that nothing goes on with."""
