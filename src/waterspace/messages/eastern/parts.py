"""Words of times in Chinese and Japanese as parts: days with their year and month, clocks, and what stands between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.eastern.words import Role
from waterspace.messages.reading import Doubt, Span
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.eastern.words import Term

__all__ = ["CLOCK_DIGITS", "Calendar", "Day", "Part", "PartReader", "unit_ahead"]

CLOCK_DIGITS = 4
"""Digits of a clock that is written as one number, such as `0600`."""

_FARTHEST = 60
"""Words of a list of numbers, or inside parentheses, among which its unit must stand (assumed: none is longer)."""

_LONGEST_DAY = 10
"""Words of one day or clock."""

_HOUR_MINUTES, _HOURS = 60, 24
_LAST_MONTH, _LAST_DAY = 12, 31
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
"""Years that warnings are for (assumed)."""

_TURN_OF_YEAR_MONTHS, _FEW = 2, 50
"""A warning of January or February with a number above this may lie in the year after that of its number (assumed)."""


@dataclass(slots=True, kw_only=True)
class Calendar:
    """What fills in the year and the month that a day leaves out.

    Attributes:
        offset_ms: local time less UTC.
        near_ms: when the message was issued; None where unknown.
        year: of the message's number; None where it has none.
        number: in that year; 0 where unknown.
        last: the day that was read before.
        spells_left: how many more spells may be made, so that no text can ask for millions.
    """

    offset_ms: int
    near_ms: int | None = None
    year: int | None = None
    number: int = 0
    last: date | None = None
    spells_left: int = 20_000


class Day(NamedTuple):
    """A day, and where it stands."""

    when: date
    span: Span


class Part(NamedTuple):
    """A piece of a phrase.

    Attributes:
        kind: `day`, `clock` or the name of a role in small letters.
        day: the day, of that kind.
        minutes: of a clock.
        term: where it stands.
    """

    kind: str
    term: Term
    day: Day | None = None
    minutes: int = 0


def unit_ahead(words: Sequence[Term], at: int) -> Role | None:
    """The unit of a number in a list that names it once, such as `22、23日`; None where there is none."""
    last = min(len(words), at + _FARTHEST)
    while at < last and words[at].role is Role.NUMBER:
        following = words[at + 1].role if at + 1 < len(words) else None
        if following in (Role.DAY, Role.HOUR, Role.MONTH):
            return following
        if following not in (Role.AND, Role.TO):
            return None
        at += 2
    return None


_NAMES = {
    role: role.name.lower()
    for role in (
        *(Role.TO, Role.DAILY, Role.NEXT_DAY, Role.NOW, Role.NOTICE, Role.ALL_DAY, Role.EXCEPT, Role.RESERVE),
        *(Role.WEEKDAY, Role.HOLIDAY, Role.SUN),
    )
}


class PartReader:
    """Words into days, clocks and what stands between them.

    Args:
        words: of one phrase.
        calendar: of the message.
    """

    def __init__(self, words: Sequence[Term], calendar: Calendar) -> None:
        self.words, self.calendar = words, calendar
        self.doubts: list[Doubt] = []
        """What was not understood."""
        self.at = 0
        self.after: date | None = None  # the day before parentheses with exceptions, which count from the first day

    def read(self) -> list[Part]:
        """All parts, in order."""
        found: list[Part] = []
        while self.at < len(self.words):
            word = self.words[self.at]
            if word.text == "(" and self._has_exceptions():
                self.after = self.calendar.last
                days = [part for part in found[-_FARTHEST:] if part.day is not None]
                if len(days) > 1 and found[-2].kind == "to" and days[-2].day is not None:
                    self.calendar.last = days[-2].day.when
            elif word.text == ")" and self.after is not None:
                self.calendar.last, self.after = self.after, None
            if word.role in (Role.NUMBER, Role.ERA):
                found += self._number()
            else:
                self.at += 1
                if word.role is Role.SIGN and word.text not in "()":
                    continue
                if word.role not in (Role.AND, Role.FILLER, Role.UTC, Role.LOCAL, Role.FROM):
                    kind = word.text if word.role is Role.SIGN else _NAMES.get(word.role, word.text)
                    found.append(Part(kind, word))
        return found

    def _has_exceptions(self) -> bool:
        """Whether the parentheses that open here name exceptions."""
        for word in self.words[self.at : self.at + _FARTHEST]:
            if word.text == ")":
                return False
            if word.role is Role.EXCEPT:
                return True
        return False

    def _role(self, ahead: int) -> Role | None:
        place = self.at + ahead
        return self.words[place].role if place < len(self.words) else None

    def _number(self) -> list[Part]:
        """A day or a clock that begins with this number, or with the name of an era."""
        start = self.words[self.at]
        year, month = self._year(), self._month()
        if year is not None or month is not None or self._unit() is Role.DAY:
            return self._day(start, year, month)
        return self._clock(start)

    def _unit(self) -> Role | None:
        return unit_ahead(self.words, self.at)

    def _year(self) -> int | None:
        place = self.at
        before = 0
        if self.words[place].role is Role.ERA:
            before = round(self.words[place].value)
            place += 1
        if place + 1 >= len(self.words) or self.words[place + 1].role is not Role.YEAR:
            return None
        word = self.words[place]
        self.at = place + 2
        return before + (1 if word.role is Role.FIRST_YEAR else round(word.value))

    def _month(self) -> int | None:
        if self._role(0) is not Role.NUMBER or self._role(1) is not Role.MONTH:
            return None
        self.at += 2
        return round(self.words[self.at - 2].value)

    def _day(self, start: Term, year: int | None, month: int | None) -> list[Part]:
        if self._role(0) is not Role.NUMBER or (self._role(1) is not Role.DAY and self._unit() is not Role.DAY):
            end = self.words[self.at - 1].end
            self._doubt(Span(start.start, end), "names a month or a year without a day")
            return []
        number = self.words[self.at]
        self.at += 2 if self._role(1) is Role.DAY else 1
        span = Span(start.start, self.words[self.at - 1].end)
        if any(
            "." in word.text
            for word in self.words[max(0, self.at - _LONGEST_DAY) : self.at]
            if word.start >= start.start
        ):
            self._doubt(span, "is no day of any year")
            return []
        when = self._dated(span, year, month, round(number.value))
        return [] if when is None else [Part("day", start, Day(when, span))]

    def _dated(self, span: Span, year: int | None, month: int | None, day: int) -> date | None:
        """A day with its month and year; None, with a doubt, where nobody can tell or it does not exist."""
        last = self.calendar.last
        if month is None:
            if last is None:
                self._doubt(span, "is a day without a month")
                return None
            month, year = last.month, last.year
            if day < last.day:
                self._doubt(span, "lies before the day named last; expected the month where it is another")
        if not (1 <= month <= _LAST_MONTH and 1 <= day <= _LAST_DAY):
            self._doubt(span, "is no day of any year")
            return None
        if year is None:
            year = self._year_of(span, month, day)
        if year is None:
            return None
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            self._doubt(span, "is of no year that a warning is for")
            return None
        try:
            when = date(year, month, day)
        except ValueError:
            self._doubt(span, f"does not exist in {year}")
            return None
        self.calendar.last = when
        return when

    def _year_of(self, span: Span, month: int, day: int) -> int | None:
        """The year of a day that does not say it; None, with a doubt, where nothing does."""
        calendar = self.calendar
        if calendar.last is not None:
            return calendar.last.year + (month < calendar.last.month)
        if calendar.near_ms is not None:
            near = datetime.fromtimestamp((calendar.near_ms + calendar.offset_ms) / SECOND_MS, UTC).date()
            years = (near.year - 1, near.year, near.year + 1)
            return min(
                years, key=lambda year: abs((year - near.year) * 365 + (month - near.month) * 30 + day - near.day)
            )
        if calendar.year is None:
            self._doubt(span, "has no year, and the message says neither its number nor when it was issued")
            return None
        if month <= _TURN_OF_YEAR_MONTHS and calendar.number > _FEW:
            self._doubt(span, f"has no year: it may lie in {calendar.year} or in {calendar.year + 1}")
        return calendar.year

    def _clock(self, start: Term) -> list[Part]:
        """A time of day: `0600时`, `6时30分`, `07:00`, `0600`."""
        digits = start.text
        hour, minute = 0, 0
        self.at += 1
        if self.at + 1 < len(self.words) and self.words[self.at].text == ":" and self._role(1) is Role.NUMBER:
            hour, minute = round(start.value), round(self.words[self.at + 1].value)
            self.at += 2
        elif len(digits) == CLOCK_DIGITS and digits.isdecimal():
            hour, minute = int(digits[:2]), int(digits[2:])
        else:
            hour = round(start.value)
            if self._role(0) is Role.HOUR and self._role(1) is Role.NUMBER and self._role(2) is Role.MINUTE:
                minute = round(self.words[self.at + 1].value)
                self.at += 3
        if self._role(0) is Role.HOUR:
            self.at += 1
        span = Span(start.start, self.words[self.at - 1].end)
        if hour > _HOURS or minute >= _HOUR_MINUTES or (hour == _HOURS and minute) or "." in digits:
            self._doubt(span, "is no time of day")
            return []
        return [Part("clock", start, None, hour * _HOUR_MINUTES + minute)]

    def _doubt(self, span: Span, reason: str) -> None:
        text = "".join(
            word.text
            for word in self.words[max(0, self.at - _LONGEST_DAY) : self.at + 1]
            if span.start <= word.start < span.end
        )
        self.doubts.append(Doubt(span, f"Found {text!r}, which {reason}."))
