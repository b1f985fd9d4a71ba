"""Rules of groups: hours that recur on days, with weekdays, exceptions and alternates.

A group gathers its parts in the order that the text gives them; hours after days begin the next group where the group
began with hours, and the other way round.
"""

from __future__ import annotations

from waterspace.messages.clauses import JOINTS, RANGES
from waterspace.messages.days import read_days, starts_days
from waterspace.messages.daytimes import Bound, Hours, read_hours, whole_day
from waterspace.messages.expansion import Lasting, Recurring
from waterspace.messages.reading import Span
from waterspace.messages.stretches import StretchReader
from waterspace.messages.timewords import PLURAL, Sort
from waterspace.quantity import HOUR_MS, MINUTE_MS

__all__ = ["GroupReader"]

_HOUR_MIN = HOUR_MS // MINUTE_MS
_WEEK = 7


class GroupReader(StretchReader):
    """A reader with the rules of groups."""

    def add_hours(self, found: Hours) -> bool:
        """Take hours into this group, or the next."""
        group = self.group
        if group is not None and group.hours and (group.ranges or group.weekdays) and self.is_after_days:
            self.close_group()
        group = self.open_group()
        group.hours.append(found)
        self.is_after_days = False
        self.found_bounds.extend((found.first, found.last))
        return True

    def is_among_days(self) -> bool:
        """Whether bare digits here are hours because days or hours stand before them."""
        group = self.group
        if group is not None and (group.ranges or group.hours or group.weekdays or self.is_daily):
            return True
        return self.cursor.at > 0 and self.cursor.marks[self.cursor.at - 1].sort is Sort.FROM

    def hours(self) -> bool:
        """Hours, or a stretch that begins with a time of day."""
        if self.stretch_by_clock():
            return True
        found = read_hours(self.cursor, is_among_days=self.is_among_days())
        return found is not None and self.add_hours(found)

    def between(self) -> bool:
        """`BETWEEN 0800Z AND 1600Z`."""
        self.cursor.at += 1
        if self.cursor.sort() is Sort.GROUP:
            return self.stretch(is_between=True)
        found = read_hours(self.cursor, is_between=True)
        return found is not None and self.add_hours(found)

    def lasting_hours(self) -> bool:
        """`FOR 12 HOURS FROM 2200 UTC`, `FOR 3 DAYS FROM 010000Z JUL`."""
        cursor = self.cursor
        length_ms = self.length()
        if length_ms is None:
            return False
        cursor.skip(Sort.DAILY)
        if not cursor.skip(Sort.FROM, Sort.AT):
            return False
        if cursor.sort() is Sort.GROUP:
            moment = self.moment()
            self.clauses.append(Lasting(moment, None, self.is_reserve, self.span_of(moment), length_ms))
            return True
        mark = cursor.marks[cursor.at]
        if mark.sort is not Sort.CLOCK:
            return False
        first = self.bound()
        minute = first.minute if isinstance(first.minute, int) else None
        last = None if minute is None else minute + length_ms // HOUR_MS * _HOUR_MIN
        return self.add_hours(Hours(first, Bound(last, first.zone, first.start, first.end)))

    def days_or_stretch(self) -> bool:
        """Days; a stretch that begins with one; `24 HOURS`."""
        cursor = self.cursor
        mark = cursor.marks[cursor.at]
        if mark.value == 24 and cursor.sort(1) is Sort.HOURS:
            cursor.at += 2
            return self.add_hours(whole_day(mark.start, mark.end)) if self.is_recurring() else False
        is_named = self.group is None or not (self.group.hours or self.is_daily)
        if self.stretch_by_day():
            return True
        if not starts_days(cursor, is_named=is_named):
            return False
        group = self.group
        if group is not None and group.hours and group.ranges and not self.is_after_days:
            self.close_group()
        group = self.open_group()
        ranges, reserves = read_days(cursor)
        ranges[0].first.is_apart = not group.ranges
        self.keep(group.ranges, ranges)
        self.is_after_days = True
        if reserves:
            other = Recurring(is_reserve=True, span=Span(reserves[0].first.start, reserves[-1].last.end))
            self.keep(other.ranges, reserves)
            self.found_days.sort(key=lambda day: day.start)
            self.clauses.append(other)
        return True

    def is_recurring(self) -> bool:
        """Whether something daily stands here."""
        return self.group is not None or self.cursor.sort() in (Sort.DAILY, Sort.EVERY, Sort.DAY, Sort.FROM)

    def weekdays(self) -> bool:
        """Weekdays, or a day with its weekday."""
        cursor = self.cursor
        if starts_days(cursor, is_named=True) and self.is_label():
            return self.days_or_stretch()
        mark = cursor.marks[cursor.at]
        if self.group is None and mark.end - mark.start <= len("THUR"):
            ahead = (Sort.TO, Sort.AND, Sort.COMMA, Sort.CLOCK, Sort.DAY, Sort.WEEKDAY)
            if cursor.sort(1) not in ahead:
                return False
        group = self.group
        if group is not None and group.hours and group.weekdays and not self.is_after_days:
            self.close_group()
        group = self.open_group()
        group.weekdays |= self.read_weekdays()
        self.is_after_days = True
        return True

    def is_label(self) -> bool:
        """Whether a weekday before a day only names it again."""
        cursor = self.cursor
        at = cursor.at + (3 if cursor.sort(1) is Sort.COMMA else 2)
        while cursor.marks[at].sort in (Sort.MONTH, Sort.DAY, Sort.CLOCK):
            at += 1
        return cursor.marks[at].sort is not Sort.TO or cursor.marks[at + 1].sort is not Sort.DAY

    def read_weekdays(self) -> set[int]:
        """Weekdays in a list, and from one to another."""
        cursor = self.cursor
        found: set[int] = set()
        while True:
            value = cursor.take().value or 0
            if value >= 2 * PLURAL:
                found |= {0, 1, 2, 3, 4} if value == 2 * PLURAL else {5, 6}
            elif cursor.sort() in RANGES and cursor.sort(1) is Sort.WEEKDAY:
                cursor.at += 1
                last = (cursor.take().value or 0) % PLURAL
                found |= {(value + shift) % _WEEK for shift in range((last - value) % _WEEK + 1)}
            else:
                found.add(value % PLURAL)
            before = cursor.at
            cursor.skip(*JOINTS)
            if cursor.sort() is not Sort.WEEKDAY:
                cursor.at = before
                return found

    def daily(self) -> bool:
        """`DAILY`."""
        self.open_group()
        self.is_daily = True
        self.cursor.at += 1
        return True

    def every(self) -> bool:
        """`EVERY DAY`, `EVERY MON`, `EACH SATURDAY`."""
        cursor = self.cursor
        cursor.at += 1
        if cursor.sort() is Sort.DAYS:
            return self.daily()
        return cursor.sort() is Sort.WEEKDAY and self.weekdays()

    def exceptions(self) -> bool:
        """`EXCEPT SUNDAYS`, `EXCEPT 12 AND 13 APR`."""
        cursor = self.cursor
        cursor.at += 1
        cursor.skip(Sort.AT, Sort.FILLER)
        group = self.group
        if cursor.sort() not in (Sort.WEEKDAY, Sort.HOLIDAYS) and not starts_days(cursor, is_named=True):
            return False
        if group is None:
            mark = cursor.marks[cursor.at]
            self.doubt(mark.start, mark.end, "Days are excepted from times that have no days of their own.")
            group = Recurring(self.is_reserve, Span(mark.start, mark.end))
        if cursor.sort() is Sort.DAY:
            ranges, _ = read_days(cursor)
            group.not_ranges.extend(ranges)
            self.keep([], ranges)
            return True
        while cursor.sort() in (Sort.WEEKDAY, Sort.HOLIDAYS):
            if cursor.sort() is Sort.HOLIDAYS:
                mark = cursor.take()
                self.doubt(mark.start, mark.end, "Holidays are excepted, and nobody says which days these are.")
            else:
                group.not_weekdays |= self.read_weekdays()
            before = cursor.at
            cursor.skip(*JOINTS)
        cursor.at = before
        return True

    def reserve(self) -> bool:
        """`ALTERNATE`: what follows is in reserve."""
        cursor = self.cursor
        mark = cursor.take()
        cursor.skip(Sort.FILLER, Sort.DAYS, Sort.OPEN, Sort.AT)
        sort = cursor.sort()
        is_time = sort in (Sort.GROUP, Sort.CLOCK, Sort.SUN, Sort.DAILY, Sort.FROM, Sort.FOR, Sort.WEEKDAY)
        if is_time or starts_days(cursor, is_named=False):
            self.close_group()
            self.is_reserve = True
            return True
        self.unread_reserve = mark
        return False
