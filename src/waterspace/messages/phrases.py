"""Phrases of times: the rules that turn the words of a paragraph into clauses of what is in force when.

A phrase is a run of stretches and groups. A group gathers hours, days, weekdays and exceptions in the order that the
text gives them; hours after days begin the next group where the group began with hours, and the other way round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.messages.days import Day, month_and_year, read_day, read_days, settle, starts_days
from waterspace.messages.daytimes import LOCAL, Bound, Hours, clock, read_hours, share_zones, whole_day, zone
from waterspace.messages.expansion import Lasting, Moment, Recurring, Reported
from waterspace.messages.reading import Doubt, Span
from waterspace.messages.timewords import PLURAL, ZULU, Mark, Sort, TimeCursor, marks
from waterspace.quantity import DAY_MS, HOUR_MS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from waterspace.messages.days import Known
    from waterspace.messages.expansion import Clause
    from waterspace.messages.lexing import Token

__all__ = ["PhraseReader"]

_JOINTS = (Sort.AND, Sort.COMMA)
_RANGES = (Sort.TO, Sort.UNTIL)
_HOUR_MIN = 60
_WEEK = 7
_CLOCKS_A_DAY = 10000
"""What the day of a date-time group is worth in its six digits."""


class PhraseReader:
    """A reader of one paragraph's times.

    Attributes:
        clauses: what was read, in the order of the text.
        doubts: what was not understood.
        spans: what the clauses were read from.
        known: of the message.
    """

    def __init__(self, tokens: Sequence[Token], known: Known) -> None:
        """Stand before the first token."""
        self.tokens = tokens
        self.known = known
        self.cursor = TimeCursor(marks(tokens), known.years)
        self.clauses: list[Clause] = []
        self.doubts: list[Doubt] = []
        self.spans: list[Span] = []
        self._days: list[Day] = []
        self._bounds: list[Bound] = []
        self._group: Recurring | None = None
        self._element_at = 0
        self._is_daily = False
        self._is_after_days = False
        self._is_reserve = False
        self._is_report: bool | None = False
        self._progress: Mark | None = None
        self._unread_reserve: Mark | None = None

    def read(self) -> None:
        """Read phrase after phrase, and doubt every time that none of them took."""
        cursor = self.cursor
        found = cursor.marks
        last = len(found)
        is_report = False
        while cursor.at < last:
            sort = found[cursor.at].sort
            if sort not in _RULES:
                is_report = sort is Sort.REPORT or (is_report and sort is not Sort.STOP)
                cursor.at += 1
                continue
            before = cursor.at
            self._is_report = is_report
            self._phrase()
            if cursor.at == before:
                self._leave()
                cursor.at += 1
        self._doubt_alone()
        if self._progress is not None and not self.clauses:
            span = Span(self._progress.start, self._progress.end)
            self.clauses.append(Lasting(None, None, False, span))
            self.spans.append(span)

    def _doubt_alone(self) -> None:
        """Doubt an instant that stands alone beside times from one to another: the other end may have been lost."""
        if all(isinstance(clause, Reported) for clause in self.clauses):
            return
        for clause in self.clauses:
            if isinstance(clause, Reported) and clause.moment.bound is not None and not clause.moment.day.is_past:
                said = self._words(clause.span.start, clause.span.end)
                self._doubt(clause.span.start, clause.span.end, f"{said} stands alone; TO and an end were expected.")

    def _doubt(self, start: int, end: int, reason: str) -> None:
        """Own to something that was not understood."""
        self.doubts.append(Doubt(Span(start, end), reason))

    def _words(self, start: int, end: int) -> str:
        """The words of a part of the text."""
        return " ".join(token.text for token in self.tokens if start <= token.start < end)

    def _leave(self) -> None:
        """Pass over a mark that starts no phrase; a doubt where it is a time after all."""
        mark, after = self.cursor.marks[self.cursor.at : self.cursor.at + 2]
        is_number = mark.sort in (Sort.GROUP, Sort.CLOCK, Sort.NUMBER)
        is_zoned = is_number and after.sort is Sort.ZONE and after.value is not None
        is_dated = mark.sort in (Sort.DAY, Sort.GROUP, Sort.NUMBER) and after.sort is Sort.MONTH
        is_weekday = mark.sort is Sort.WEEKDAY and mark.end - mark.start > len("THURS")
        if mark.is_zulu or is_zoned or is_dated or is_weekday or mark.sort in (Sort.DAILY, Sort.SUN):
            end = after.end if is_zoned or is_dated else mark.end
            said = self._words(mark.start, end)
            self._doubt(mark.start, end, f"{said} was not understood; times, or days and their month, were expected.")

    def _phrase(self) -> None:
        """A run of stretches and groups."""
        cursor = self.cursor
        first, end = len(self.clauses), cursor.at
        start = cursor.marks[end].start
        self._days, self._bounds, self._group = [], [], None
        self._is_reserve = self._is_daily = False
        while self._element():
            end = cursor.at
            cursor.skip(*_JOINTS)
        cursor.at = end
        self._close()
        if len(self.clauses) == first:
            return
        self.spans.append(Span(start, cursor.marks[cursor.at - 1].end))
        self._lend(first)
        self.doubts.extend(settle(self._days, self.known))
        self._check_bounds()
        if self._unread_reserve is not None:
            mark, self._unread_reserve = self._unread_reserve, None
            self._doubt(mark.start, mark.end, "An alternate stands before no time, and times follow; which are meant?")

    def _element(self) -> bool:
        """The next stretch, or part of a group; whether there was one."""
        rule = _RULES.get(self.cursor.sort())
        if rule is None:
            return False
        before, bounds, days = self.cursor.at, len(self._bounds), len(self._days)
        self._element_at = before
        if rule(self):
            return True
        self.cursor.at = before
        del self._bounds[bounds:], self._days[days:]
        return False

    # Groups: hours, days, weekdays and exceptions

    def _open(self) -> Recurring:
        """The group that is being read."""
        if self._group is None:
            mark = self.cursor.marks[self._element_at]
            self._group = Recurring(self._is_reserve, Span(mark.start, mark.end))
            self._is_daily = self._is_after_days = False
        return self._group

    def _close(self) -> None:
        """Make a clause of the group that was read."""
        group, self._group = self._group, None
        if group is None:
            return
        group.span = Span(group.span.start, self.cursor.marks[max(self.cursor.at - 1, 0)].end)
        if not (group.ranges or group.hours or self._is_daily or group.weekdays):
            return
        is_plain = not (group.hours or group.weekdays or group.not_weekdays or group.not_ranges or self._is_daily)
        if is_plain and len(group.ranges) == 1 and not group.is_reserve:
            first, last = group.ranges[0]
            if first is last:
                last.is_past = self._is_report is True
                self.clauses.append(Reported(Moment(last), group.span, is_report=self._is_report))
            else:
                self.clauses.append(Lasting(None if first is None else Moment(first), Moment(last), False, group.span))
            return
        self.clauses.append(group)

    def _lend(self, first: int) -> None:
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
                said = self._words(clause.span.start, clause.span.end)
                self._doubt(clause.span.start, clause.span.end, f"{said} names no days; days were expected with it.")

    def _check_bounds(self) -> None:
        """Doubt times of day that do not exist, or are in a time that nobody names; digits alone are UTC."""
        for bound in share_zones(self._bounds):
            bound.zone = ZULU
        for bound in self._bounds:
            if bound.minute is None:
                said = self._words(bound.start, bound.end)
                self._doubt(bound.start, bound.end, f"{said} is no time of day; hours and minutes were expected.")
            elif bound.zone == LOCAL:
                said = self._words(bound.start, bound.end)
                self._doubt(bound.start, bound.end, f"{said} is in local time; its difference from UTC was expected.")

    def _add_hours(self, found: Hours) -> bool:
        """Take hours into this group, or the next."""
        group = self._group
        if group is not None and group.hours and (group.ranges or group.weekdays) and self._is_after_days:
            self._close()
        group = self._open()
        group.hours.append(found)
        self._is_after_days = False
        self._bounds.extend((found.first, found.last))
        return True

    def _is_among_days(self) -> bool:
        """Whether bare digits here are hours because days or hours stand before them."""
        group = self._group
        if group is not None and (group.ranges or group.hours or group.weekdays or self._is_daily):
            return True
        return self.cursor.at > 0 and self.cursor.marks[self.cursor.at - 1].sort is Sort.FROM

    def _hours(self) -> bool:
        """Hours, or a stretch that begins with a time of day."""
        if self._stretch_by_clock():
            return True
        found = read_hours(self.cursor, is_among_days=self._is_among_days())
        return found is not None and self._add_hours(found)

    def _between(self) -> bool:
        """`BETWEEN 0800Z AND 1600Z`."""
        self.cursor.at += 1
        if self.cursor.sort() is Sort.GROUP:
            return self._stretch(is_between=True)
        found = read_hours(self.cursor, is_between=True)
        return found is not None and self._add_hours(found)

    def _for(self) -> bool:
        """`FOR 12 HOURS FROM 2200 UTC`, `FOR 3 DAYS FROM 010000Z JUL`."""
        cursor = self.cursor
        length_ms = self._length()
        if length_ms is None:
            return False
        cursor.skip(Sort.DAILY)
        if not cursor.skip(Sort.FROM, Sort.AT):
            return False
        if cursor.sort() is Sort.GROUP:
            moment = self._moment()
            self.clauses.append(Lasting(moment, None, self._is_reserve, self._span_of(moment), length_ms))
            return True
        mark = cursor.marks[cursor.at]
        if mark.sort is not Sort.CLOCK:
            return False
        first = self._bound()
        minute = first.minute if isinstance(first.minute, int) else None
        last = None if minute is None else minute + length_ms // HOUR_MS * _HOUR_MIN
        return self._add_hours(Hours(first, Bound(last, first.zone, first.start, first.end)))

    def _length(self) -> int | None:
        """The length in `FOR n HOURS`."""
        cursor = self.cursor
        cursor.at += 1
        number, unit = cursor.marks[cursor.at : cursor.at + 2]
        if number.sort is not Sort.DAY or unit.sort not in (Sort.HOURS, Sort.DAYS):
            return None
        cursor.at += 2
        return (number.value or 0) * (HOUR_MS if unit.sort is Sort.HOURS else DAY_MS)

    def _days_or_stretch(self) -> bool:
        """Days; a stretch that begins with one; `24 HOURS`."""
        cursor = self.cursor
        mark = cursor.marks[cursor.at]
        if mark.value == 24 and cursor.sort(1) is Sort.HOURS:
            cursor.at += 2
            return self._add_hours(whole_day(mark.start, mark.end)) if self._is_recurring() else False
        is_named = self._group is None or not (self._group.hours or self._is_daily)
        if self._stretch_by_day():
            return True
        if not starts_days(cursor, is_named=is_named):
            return False
        group = self._group
        if group is not None and group.hours and group.ranges and not self._is_after_days:
            self._close()
        group = self._open()
        ranges, reserves = read_days(cursor)
        ranges[0].first.is_apart = not group.ranges
        self._keep(group.ranges, ranges)
        self._is_after_days = True
        if reserves:
            other = Recurring(True, Span(reserves[0].first.start, reserves[-1].last.end))
            self._keep(other.ranges, reserves)
            self._days.sort(key=lambda day: day.start)
            self.clauses.append(other)
        return True

    def _keep(self, into: list[tuple[Day | None, Day]], ranges: Sequence[tuple[Day, Day]]) -> None:
        """Take ranges of days into a list, and remember their days to be settled."""
        for first, last in ranges:
            into.append((first, last))
            self._days.append(first)
            if last is not first:
                self._days.append(last)

    def _is_recurring(self) -> bool:
        """Whether something daily stands here."""
        return self._group is not None or self.cursor.sort() in (Sort.DAILY, Sort.EVERY, Sort.DAY, Sort.FROM)

    def _weekdays(self) -> bool:
        """Weekdays, or a day with its weekday."""
        cursor = self.cursor
        if starts_days(cursor, is_named=True) and self._is_label():
            return self._days_or_stretch()
        mark = cursor.marks[cursor.at]
        if self._group is None and mark.end - mark.start <= len("THUR"):
            ahead = (Sort.TO, Sort.AND, Sort.COMMA, Sort.CLOCK, Sort.DAY, Sort.WEEKDAY)
            if cursor.sort(1) not in ahead:
                return False
        group = self._group
        if group is not None and group.hours and group.weekdays and not self._is_after_days:
            self._close()
        group = self._open()
        group.weekdays |= self._read_weekdays()
        self._is_after_days = True
        return True

    def _is_label(self) -> bool:
        """Whether a weekday before a day only names it again."""
        cursor = self.cursor
        at = cursor.at + (3 if cursor.sort(1) is Sort.COMMA else 2)
        while cursor.marks[at].sort in (Sort.MONTH, Sort.DAY, Sort.CLOCK):
            at += 1
        return cursor.marks[at].sort is not Sort.TO or cursor.marks[at + 1].sort is not Sort.DAY

    def _read_weekdays(self) -> set[int]:
        """Weekdays in a list, and from one to another."""
        cursor = self.cursor
        found: set[int] = set()
        while True:
            value = cursor.take().value or 0
            if value >= 2 * PLURAL:
                found |= {0, 1, 2, 3, 4} if value == 2 * PLURAL else {5, 6}
            elif cursor.sort() in _RANGES and cursor.sort(1) is Sort.WEEKDAY:
                cursor.at += 1
                last = (cursor.take().value or 0) % PLURAL
                found |= {(value + shift) % _WEEK for shift in range((last - value) % _WEEK + 1)}
            else:
                found.add(value % PLURAL)
            before = cursor.at
            cursor.skip(*_JOINTS)
            if cursor.sort() is not Sort.WEEKDAY:
                cursor.at = before
                return found

    def _daily(self) -> bool:
        """`DAILY`."""
        self._open()
        self._is_daily = True
        self.cursor.at += 1
        return True

    def _every(self) -> bool:
        """`EVERY DAY`, `EVERY MON`, `EACH SATURDAY`."""
        cursor = self.cursor
        cursor.at += 1
        if cursor.sort() is Sort.DAYS:
            return self._daily()
        return cursor.sort() is Sort.WEEKDAY and self._weekdays()

    def _except(self) -> bool:
        """`EXCEPT SUNDAYS`, `EXCEPT 12 AND 13 APR`."""
        cursor = self.cursor
        cursor.at += 1
        cursor.skip(Sort.AT, Sort.FILLER)
        group = self._group
        if cursor.sort() not in (Sort.WEEKDAY, Sort.HOLIDAYS) and not starts_days(cursor, is_named=True):
            return False
        if group is None:
            mark = cursor.marks[cursor.at]
            self._doubt(mark.start, mark.end, "Days are excepted from times that have no days of their own.")
            group = Recurring(self._is_reserve, Span(mark.start, mark.end))
        if cursor.sort() is Sort.DAY:
            ranges, _ = read_days(cursor)
            group.not_ranges.extend(ranges)
            self._keep([], ranges)
            return True
        while cursor.sort() in (Sort.WEEKDAY, Sort.HOLIDAYS):
            if cursor.sort() is Sort.HOLIDAYS:
                mark = cursor.take()
                self._doubt(mark.start, mark.end, "Holidays are excepted, and nobody says which days these are.")
            else:
                group.not_weekdays |= self._read_weekdays()
            before = cursor.at
            cursor.skip(*_JOINTS)
        cursor.at = before
        return True

    def _reserve(self) -> bool:
        """`ALTERNATE`: what follows is in reserve."""
        cursor = self.cursor
        mark = cursor.take()
        cursor.skip(Sort.FILLER, Sort.DAYS, Sort.OPEN, Sort.AT)
        sort = cursor.sort()
        is_time = sort in (Sort.GROUP, Sort.CLOCK, Sort.SUN, Sort.DAILY, Sort.FROM, Sort.FOR, Sort.WEEKDAY)
        if is_time or starts_days(cursor, is_named=False):
            self._close()
            self._is_reserve = True
            return True
        self._unread_reserve = mark
        return False

    # Stretches: from one instant to another

    def _span_of(self, *moments: Moment | None) -> Span:
        """The span of a stretch that ends here."""
        starts = [moment.bound.start if moment.bound else moment.day.start for moment in moments if moment is not None]
        return Span(min(starts), self.cursor.marks[self.cursor.at - 1].end)

    def _bound(self) -> Bound:
        """A time of day and its zone."""
        cursor = self.cursor
        mark = cursor.take()
        said = ZULU if mark.is_zulu else zone(cursor)
        return Bound(clock(mark.value or 0), said, mark.start, cursor.marks[cursor.at - 1].end)

    def _moment(self, first: Moment | None = None) -> Moment | None:
        """An instant, or a day, that ends a stretch where `first` begins it."""
        cursor = self.cursor
        mark = cursor.marks[cursor.at]
        if mark.sort is Sort.GROUP:
            return self._group_moment(first)
        if mark.sort is Sort.CLOCK:
            bound = self._bound()
            cursor.skip(Sort.AT)
            if cursor.sort() is Sort.DAY and starts_days(cursor, is_named=first is None):
                day = read_day(cursor, is_end=first is not None)
                self._days.append(day)
            elif first is not None:
                day = first.day
            else:
                return None
            self._bounds.append(bound)
            return Moment(day, bound)
        if mark.sort in (Sort.DAY, Sort.WEEKDAY) and starts_days(cursor, is_named=False):
            day = read_day(cursor, is_end=first is not None)
            self._days.append(day)
            mark, after = cursor.marks[cursor.at : cursor.at + 2]
            if mark.sort is not Sort.CLOCK or not (mark.is_zulu or after.sort is Sort.ZONE):
                return Moment(day)
            bound = self._bound()
            self._bounds.append(bound)
            return Moment(day, bound)
        return None

    def _group_moment(self, first: Moment | None) -> Moment:
        """The instant of a date-time group."""
        cursor = self.cursor
        mark = cursor.take()
        number, minutes = divmod(mark.value or 0, _CLOCKS_A_DAY)
        said: int | str = ZULU if mark.is_zulu else zone(cursor)
        bound = Bound(clock(minutes), said, mark.start, mark.end)
        day = Day(number, None, None, None, mark.start, mark.end)
        if cursor.sort() is Sort.MONTH:
            day.month, day.year = month_and_year(cursor, is_end=first is not None)
        day.first = None if first is None else first.day
        day.is_apart = first is None and bool(self.clauses) and isinstance(self.clauses[-1], Recurring)
        self._days.append(day)
        self._bounds.append(bound)
        return Moment(day, bound)

    def _stretch(self, *, is_between: bool = False, is_from: bool = False) -> bool:
        """A stretch that begins with a date-time group, or a single one."""
        cursor = self.cursor
        mark, after = cursor.marks[cursor.at : cursor.at + 2]
        is_range = after.sort in _RANGES and cursor.sort(2) in (Sort.GROUP, Sort.NOTICE, Sort.FILLER)
        if not (mark.is_zulu or after.sort in (Sort.ZONE, Sort.MONTH) or is_range or is_from or is_between):
            return False
        self._close()
        first = self._group_moment(None)
        return self._rest(first, is_between=is_between, is_from=is_from)

    def _rest(self, first: Moment, *, is_between: bool = False, is_from: bool = False) -> bool:
        """The rest of a stretch after its first instant."""
        cursor = self.cursor
        sort = cursor.sort()
        if sort in _RANGES or (is_between and sort is Sort.AND):
            cursor.at += 1
            if self._takes_notice():
                last = None
            else:
                last = self._moment(first)
                if last is None:
                    cursor.at -= 1
                    self._doubt(first.day.start, first.day.end, "A time begins here and its end was not understood.")
        elif sort is Sort.FOR:
            before = cursor.at
            length_ms = self._length()
            if length_ms is not None:
                self.clauses.append(Lasting(first, None, self._is_reserve, self._span_of(first), length_ms))
                return True
            cursor.at = before
            last = None
        elif sort is Sort.GROUP and cursor.marks[cursor.at].is_zulu:
            last = self._moment(first)
            self._doubt(first.day.start, first.day.end, "Two times stand side by side; TO was expected between them.")
        elif not is_from:
            first.day.is_past = self._is_seen()
            self.clauses.append(Reported(first, self._span_of(first), is_report=True, is_reserve=self._is_reserve))
            return True
        else:
            last = None
        self.clauses.append(Lasting(first, last, self._is_reserve, self._span_of(first, last)))
        return True

    def _is_seen(self) -> bool:
        """Whether the words before a single instant show that something was seen at it."""
        before = self.cursor.marks[max(self._element_at - 1, 0)].sort if self._element_at else Sort.BREAK
        return bool(self._is_report) or Sort.AT in (before, self.cursor.marks[self._element_at].sort)

    def _takes_notice(self) -> bool:
        """Go past `FURTHER NOTICE`."""
        cursor = self.cursor
        ahead = 1 if cursor.sort() is Sort.FILLER else 0
        if cursor.sort(ahead) is not Sort.NOTICE:
            return False
        cursor.at += ahead + 1
        return True

    def _stretch_by_clock(self) -> bool:
        """`0800Z 12 APR TO 1600Z 14 APR`; the cursor as it was where this is something else."""
        cursor = self.cursor
        before, days, bounds = cursor.at, len(self._days), len(self._bounds)
        if cursor.sort() is Sort.CLOCK and cursor.sort(1) not in (*_RANGES, *_JOINTS):
            first = self._moment()
            if first is not None:
                if cursor.sort() in _RANGES and cursor.sort(1) in (Sort.CLOCK, Sort.GROUP):
                    self._close()
                    return self._rest(first)
                if cursor.marks[max(before - 1, 0)].sort is Sort.AT and before:
                    self._close()
                    return self._rest(first)
        cursor.at = before
        del self._days[days:], self._bounds[bounds:]
        return False

    def _stretch_by_day(self) -> bool:
        """`12 APR 0800Z TO 14 APR 1600Z`, `16 2200Z TO 170400Z`; the cursor as it was where this is something else."""
        cursor = self.cursor
        if cursor.sort(1) not in (Sort.CLOCK, Sort.MONTH):
            return False
        before, days, bounds = cursor.at, len(self._days), len(self._bounds)
        day = read_day(cursor, is_end=False)
        if cursor.sort() is Sort.CLOCK:
            bound = self._bound()
            if cursor.sort() in _RANGES and cursor.sort(1) in (Sort.DAY, Sort.GROUP):
                self._close()
                self._days.append(day)
                self._bounds.append(bound)
                return self._rest(Moment(day, bound))
        cursor.at = before
        del self._days[days:], self._bounds[bounds:]
        return False

    def _until(self) -> bool:
        """`UNTIL 110900Z JUN`, `UNTIL 31 DEC`, `DAILY UNTIL 30 JUN`, `UNTIL FURTHER NOTICE`."""
        cursor = self.cursor
        start = cursor.take().start
        group = self._group
        is_daily = group is not None and (bool(group.hours) or self._is_daily)
        begun = group.ranges[-1][0] if group is not None and group.ranges else None
        if self._takes_notice():
            if is_daily:
                self._doubt(start, cursor.marks[cursor.at - 1].end, "Daily times without a last day cannot be counted.")
            self._group = None
            first = None if begun is None else Moment(begun)
            self.clauses.append(Lasting(first, None, self._is_reserve, Span(start, cursor.marks[cursor.at - 1].end)))
            return True
        if group is not None and is_daily and cursor.sort() is not Sort.CLOCK:
            last = self._moment()
            if last is None:
                return False
            if begun is not None and group.ranges[-1][1] is begun:
                last.day.first = begun
                group.ranges[-1] = (begun, last.day)
            else:
                group.ranges.append((None, last.day))
            self._is_after_days = True
            return True
        last = self._moment()
        if last is None:
            return False
        self._close()
        self.clauses.append(Lasting(None, last, self._is_reserve, Span(start, cursor.marks[cursor.at - 1].end)))
        return True

    def _to(self) -> bool:
        """`IN PROGRESS THRU 31 JUL`, `TO 30 SEP`: a last day alone."""
        cursor = self.cursor
        mark = cursor.marks[cursor.at]
        is_word = mark.end - mark.start > 1
        is_dated = cursor.sort(1) in (Sort.DAY, Sort.GROUP) and cursor.sort(2) in (Sort.MONTH, Sort.ZONE)
        return is_word and self._group is None and is_dated and self._until()

    def _from(self) -> bool:
        """`FROM 08 NOV`, `COMMENCING 010000Z JUL FOR 3 DAYS`; before anything else it says nothing more."""
        cursor = self.cursor
        cursor.at += 1
        cursor.skip(Sort.AT, Sort.FILLER)
        sort = cursor.sort()
        if sort is Sort.GROUP:
            return self._stretch(is_from=True)
        if sort is Sort.DAY and self._group is None and cursor.sort(1) is Sort.MONTH and not self._stretch_by_day():
            before = cursor.at
            day = read_day(cursor, is_end=False)
            if cursor.sort() not in (*_RANGES, *_JOINTS, Sort.CLOCK, Sort.DAY, Sort.DAILY):
                self._days.append(day)
                return self._rest(Moment(day), is_from=True)
            cursor.at = before
        rule = _RULES.get(cursor.sort())
        return sort in _AFTER_FROM and rule is not None and rule(self)

    def _at(self) -> bool:
        """`AT 141047Z APR`, `ON 12 JUN`: an instant or a day of something seen, or days after hours."""
        cursor = self.cursor
        mark = cursor.take()
        sort = cursor.sort()
        if sort is Sort.DAY and self._group is None and not self._is_report and mark.end - mark.start == len("ON"):
            self._is_report = None
        rule = _RULES.get(sort)
        return sort in _AFTER_AT and rule is not None and rule(self)

    def _in_progress(self) -> bool:
        """`IN PROGRESS`, which counts where nothing says until when."""
        self._progress = self.cursor.take()
        return True

    def _fill(self) -> bool:
        """Words that say nothing before hours or days: `DURING THE PERIOD`, `HOURS OF DARKNESS`."""
        cursor = self.cursor
        if cursor.sort(1) in (Sort.DAYLIGHT, Sort.FILLER, Sort.HOURS, Sort.AT):
            found = read_hours(cursor)
            if found is not None:
                return self._add_hours(found)
        cursor.skip(Sort.FILLER)
        return cursor.sort() in _AFTER_FROM


_RULES: dict[Sort, Callable[[PhraseReader], bool]] = {
    Sort.GROUP: PhraseReader._stretch,
    Sort.CLOCK: PhraseReader._hours,
    Sort.SUN: PhraseReader._hours,
    Sort.DAYLIGHT: PhraseReader._hours,
    Sort.HOURS: PhraseReader._hours,
    Sort.BETWEEN: PhraseReader._between,
    Sort.FOR: PhraseReader._for,
    Sort.DAY: PhraseReader._days_or_stretch,
    Sort.WEEKDAY: PhraseReader._weekdays,
    Sort.DAILY: PhraseReader._daily,
    Sort.EVERY: PhraseReader._every,
    Sort.EXCEPT: PhraseReader._except,
    Sort.RESERVE: PhraseReader._reserve,
    Sort.UNTIL: PhraseReader._until,
    Sort.TO: PhraseReader._to,
    Sort.FROM: PhraseReader._from,
    Sort.AT: PhraseReader._at,
    Sort.PROGRESS: PhraseReader._in_progress,
    Sort.FILLER: PhraseReader._fill,
    Sort.NUMBER: lambda _: False,
}
"""The rule of each sort of mark that may begin an element."""
_AFTER_FROM = (Sort.GROUP, Sort.CLOCK, Sort.DAY, Sort.WEEKDAY, Sort.DAILY, Sort.SUN, Sort.DAYLIGHT, Sort.EVERY)
_AFTER_AT = (Sort.GROUP, Sort.CLOCK, Sort.DAY, Sort.WEEKDAY)
