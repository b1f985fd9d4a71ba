"""Days and clocks in Chinese and Japanese: `9月24日1600时至1800时`, `平成30年5月23日(予備日24日)、1000~1555`.

A phrase is read in two steps: its words become days, clocks and the words between them; these become spells. Days
without a clock last from midnight to midnight, days from one to another with one pair of clocks are daily.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from waterspace.messages.eastern.parts import CLOCK_DIGITS, Calendar, Part, PartReader, unit_ahead
from waterspace.messages.eastern.words import Role
from waterspace.messages.reading import Doubt, Span, Spell
from waterspace.quantity import DAY_MS, MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.eastern.words import Cursor

__all__ = ["Phrase", "begins_phrase", "read_phrase"]

_MOST_DAYS = 800
"""A range of more days than this is a slip (assumed: no warning lasts two years)."""

_FARTHEST = 60
"""Parts inside parentheses (assumed: none hold more)."""

_DAY_MINUTES = DAY_MS // MINUTE_MS
_EPOCH = date(1970, 1, 1)
_INNER = frozenset(
    {
        *(Role.ERA, Role.FIRST_YEAR, Role.YEAR, Role.MONTH, Role.DAY, Role.HOUR, Role.MINUTE, Role.TO, Role.AND),
        *(Role.FROM, Role.FILLER, Role.DAILY, Role.NEXT_DAY, Role.NOW, Role.NOTICE, Role.ALL_DAY, Role.UTC),
        *(Role.LOCAL, Role.EXCEPT, Role.RESERVE, Role.WEEKDAY, Role.HOLIDAY, Role.SUN, Role.VAGUE),
    }
)
_SIGNS = frozenset(",:()[]/")
_TRAILING = frozenset({Role.AND, Role.FILLER, Role.FROM, Role.SIGN})


@dataclass(slots=True)
class Phrase:
    """The times of one phrase.

    Attributes:
        span: from its first character to its last.
        spells: in the order of the phrase.
        reserves: alternate times.
        doubts: what of it was not understood.
        moments: instants that are no window, such as when something was seen.
        is_day_only: whether it is one day without a clock, as at the head of a message.
    """

    span: Span
    spells: list[Spell] = field(default_factory=list)
    reserves: list[Spell] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    moments: list[int] = field(default_factory=list)
    is_day_only: bool = False


def begins_phrase(cursor: Cursor) -> bool:
    """Whether a phrase of times begins here."""
    first, second = cursor.peek(), cursor.peek(1)
    is_dated = first.role is Role.UTC and second.role in (Role.NUMBER, Role.ERA, Role.FROM)
    if is_dated or first.role in (Role.NOW, Role.NOTICE, Role.DAILY, Role.RESERVE, Role.SUN, Role.ALL_DAY):
        return True
    if first.role is Role.ERA:
        return second.role in (Role.NUMBER, Role.FIRST_YEAR) and cursor.peek(3).role is Role.NUMBER
    if first.role is not Role.NUMBER:
        return False
    if second.role in (Role.YEAR, Role.MONTH):
        return cursor.peek(2).role is Role.NUMBER and cursor.peek(3).role in (
            *(Role.MONTH, Role.DAY, Role.TO, Role.AND, Role.SIGN),
        )
    if second.role in (Role.DAY, Role.HOUR):
        return True
    return unit_ahead(cursor.terms, cursor.at) in (Role.DAY, Role.HOUR) or _are_clocks(cursor)


def _are_clocks(cursor: Cursor) -> bool:
    """Whether two clocks stand here, such as `1000~1555` or `07:00~17:00`."""
    words = [cursor.peek(ahead) for ahead in range(7)]
    if words[1].role is Role.TO and words[2].role is Role.NUMBER:
        return len(words[0].text) == len(words[2].text) == CLOCK_DIGITS
    return (
        words[1].text == words[5].text == ":"
        and words[2].role is words[4].role is words[6].role is Role.NUMBER
        and words[3].role is Role.TO
    )


def read_phrase(cursor: Cursor, calendar: Calendar) -> Phrase:
    """The times of the phrase that begins here; the cursor goes to its end."""
    first = cursor.at
    while _is_inner(cursor):
        cursor.at += 1
    last = cursor.at
    while last > first and cursor.terms[last - 1].role in _TRAILING and cursor.terms[last - 1].text != ")":
        last -= 1
    words = cursor.terms[first:last]
    cursor.at = first
    cursor.use(last - first)
    phrase = Phrase(Span(words[0].start, words[-1].end))
    is_utc = any(word.role is Role.UTC for word in words)
    reader = PartReader(words, calendar)
    parts = reader.read()
    phrase.doubts += reader.doubts
    _Spells(parts, phrase, calendar, 0 if is_utc else calendar.offset_ms).read()
    return phrase


def _is_inner(cursor: Cursor) -> bool:
    """Whether the phrase goes on over this term: numbers only where they count days or hours."""
    here = cursor.peek()
    if here.role is Role.SIGN:
        return here.text in _SIGNS and bool(here.text)
    if here.role is Role.NUMBER:
        units = (Role.YEAR, Role.MONTH, Role.DAY, Role.HOUR, Role.MINUTE)
        return (
            cursor.peek(1).role in units
            or unit_ahead(cursor.terms, cursor.at) is not None
            or len(here.text) == CLOCK_DIGITS
            or ":" in (cursor.peek(1).text, cursor.peek(-1).text)
        )
    return here.role in _INNER


class _Spells:
    """Parts of a phrase into spells."""

    def __init__(self, parts: Sequence[Part], phrase: Phrase, calendar: Calendar, offset_ms: int) -> None:
        self.parts, self.phrase, self.calendar, self.offset_ms = parts, phrase, calendar, offset_ms
        self.at = 0
        self.days: list[tuple[date, date]] = []
        self.reserves: list[tuple[date, date]] = []
        self.clocks: list[tuple[int, int]] = []
        self.except_weekdays: set[int] = set()
        self.except_days: set[date] = set()
        self.is_reserve = self.clocks_came_first = False

    def read(self) -> None:
        """Go over all parts and fill the phrase."""
        only_days = len(self.parts) == 1 and self.parts[0].kind == "day"
        while self.at < len(self.parts):
            part = self.parts[self.at]
            handler = _HANDLERS.get(part.kind)
            if handler is None:
                self._doubt(part, "is not expected among times")
                self.at += 1
            else:
                handler(self)
        self._flush()
        self.phrase.is_day_only = only_days

    def _peek(self, ahead: int = 0) -> Part | None:
        place = self.at + ahead
        return self.parts[place] if place < len(self.parts) else None

    def _kind(self, ahead: int = 0) -> str:
        part = self._peek(ahead)
        return part.kind if part is not None else ""

    def _take_day(self) -> tuple[date, Span]:
        """The day here, with the weekday in parentheses that may follow it."""
        day = self.parts[self.at].day
        assert day is not None  # only parts of that kind are asked
        self.at += 1
        if [self._kind(ahead) for ahead in range(3)] == ["(", "weekday", ")"]:
            said = self.parts[self.at + 1]
            if round(said.term.value) % 7 != day.when.weekday():
                self._doubt(said, f"is not the weekday of {day.when.isoformat()}")
            self.at += 3
        return day.when, day.span

    def _day(self) -> None:
        """A day, days from one to another, or a time from one day to another."""
        if self.days and self.clocks and not (self.is_reserve or self.clocks_came_first):
            self._flush()
        first, span = self._take_day()
        last = first
        if self._kind() == "clock" and self._kind(1) == "to" and self._kind(2) in ("day", "next_day"):
            if self._runs_on(first):
                return
        elif self._kind() == "to" and self._kind(1) == "day":
            self.at += 1
            last, _ = self._take_day()
        elif self._kind() == "to" and self._kind(1) in ("", "notice"):
            self.phrase.spells.append(Spell(self._ms(first, 0), None))
            self.at += 1 if self._kind(1) == "" else 2
            return
        if last < first or (last - first).days > _MOST_DAYS:
            reason = f"Found days from {first.isoformat()} to {last.isoformat()}: expected the last after the first."
            self.phrase.doubts.append(Doubt(span, reason))
            last = first
        (self.reserves if self.is_reserve else self.days).append((first, last))

    def _runs_on(self, first: date) -> bool:
        """Read a time that runs on from a day and clock to another; False where it is a clock of one day."""
        start = self.parts[self.at].minutes
        if self._kind(2) == "next_day":
            return False
        clock, day = self.at, self.at + 2
        self.at = day
        last, span = self._take_day()
        if self._kind() != "clock":
            self.at = clock
            self._doubt(self.parts[day], "is the last day but has no clock, where the first has one")
            self.at = day + 1
            return True
        spell = Spell(self._ms(first, start), self._ms(last, self.parts[self.at].minutes))
        self.at += 1
        spell = self._forwards(spell, span)
        if self.is_reserve:
            self.phrase.reserves.append(spell)
        else:
            self.phrase.spells.append(spell)
        return True

    def _clock(self) -> None:
        """A pair of clocks, or one that is only a moment."""
        if not self.days:
            self.clocks_came_first = True
        elif self.clocks_came_first:
            self._flush()
        self.is_reserve = False
        start = self.parts[self.at].minutes
        is_next = self._kind(2) == "next_day"
        if self._kind(1) == "to" and self._kind(2 + is_next) == "clock":
            end = self.parts[self.at + 2 + is_next].minutes
            self.clocks.append((start, end + _DAY_MINUTES if is_next or end <= start else end))
            self.at += 3 + is_next
        elif self._kind(1) == "to" and self._kind(2) in ("", "notice") and self.days:
            day = self.days.pop()[0]
            self.phrase.spells.append(Spell(self._ms(day, start), None))
            self.at += 2 if self._kind(2) == "" else 3
        elif self.days and not self.clocks:
            self.phrase.moments.append(self._ms(self.days.pop()[0], start))
            self.at += 1
        else:
            self._doubt(self.parts[self.at], "is a clock without another: expected from when to when")
            self.at += 1

    def _now(self) -> None:
        """From now to a time."""
        self.at += 1
        if self._kind() == "to":
            self.at += 1
        start_ms = self.calendar.near_ms
        if self._kind() == "notice" or not self._kind():
            self.at += self._kind() == "notice"
            self.phrase.spells.append(Spell(start_ms, None))
        elif self._kind() == "day":
            self._until(start_ms)

    def _to(self) -> None:
        """A time that has only an end: `至9月30日1600时`."""
        if self._kind(1) == "day" and not self.days:
            self.at += 1
            self._until(self.calendar.near_ms)
        elif self._kind(1) == "notice":
            self.at += 1
            self._notice()
        else:
            self._doubt(self.parts[self.at], "has no time before it or none after it")
            self.at += 1

    def _until(self, start_ms: int | None) -> None:
        last, span = self._take_day()
        minutes = _DAY_MINUTES
        if self._kind() == "clock" and self._kind(1) != "to":
            minutes = self.parts[self.at].minutes
            self.at += 1
        self.phrase.spells.append(self._forwards(Spell(start_ms, self._ms(last, minutes)), span))

    def _forwards(self, spell: Spell, span: Span) -> Spell:
        """A spell, without its end and with a doubt where that does not come after its beginning."""
        if spell.start_ms is None or spell.end_ms is None or spell.end_ms > spell.start_ms:
            return spell
        self.phrase.doubts.append(Doubt(span, "The end does not come after the beginning."))
        return Spell(spell.start_ms, None)

    def _notice(self) -> None:
        self.at += 1
        start_ms = self._ms(self.days.pop()[0], 0) if self.days else self.calendar.near_ms
        self.phrase.spells.append(Spell(start_ms, None))

    def _all_day(self) -> None:
        self.at += 1
        self.clocks.append((0, _DAY_MINUTES))

    def _sun(self) -> None:
        """From sunrise to sunset: the whole day stands for it, with a doubt."""
        first = self.at
        while self._kind() in ("sun", "to"):
            self.at += 1
        self.clocks.append((0, _DAY_MINUTES))
        self._doubt(self.parts[first], "is a time by the sun; the whole day is given instead")

    def _reserve(self) -> None:
        self.is_reserve = True
        self.at += 1
        if self._kind() not in ("day", "("):
            self._doubt(self.parts[self.at - 1], "names no alternate day")

    def _open(self) -> None:
        """What stands in parentheses: alternate days, exceptions, or clocks."""
        last = min(len(self.parts), self.at + _FARTHEST)
        close = next((k for k in range(self.at, last) if self.parts[k].kind == ")"), last)
        inside = self.parts[self.at + 1 : close]
        if any(part.kind == "except" for part in inside):
            self._exceptions(inside)
            self.at = close + 1
        else:
            self.at += 1

    def _close(self) -> None:
        self.is_reserve = False
        self.at += 1

    def _exceptions(self, inside: Sequence[Part]) -> None:
        """Days that are left out."""
        for place, part in enumerate(inside):
            if part.kind == "weekday":
                self.except_weekdays.add(round(part.term.value) % 7)
            elif part.kind == "holiday":
                self._doubt(
                    part, "are left out; which they are is not known here, and they are given as if they were not"
                )
            elif part.kind == "day" and part.day is not None:
                first = part.day.when
                if place and inside[place - 1].kind == "to":
                    start = max(self.except_days)
                    self.except_days.update(start + timedelta(days=k) for k in range((first - start).days))
                self.except_days.add(first)
            elif part.kind not in ("except", "to"):
                self._doubt(part, "is not expected among exceptions")

    def _skip(self) -> None:
        self.at += 1

    def _flush(self) -> None:
        """Give every day of the group its clocks."""
        clocks = self.clocks or ([(0, _DAY_MINUTES)] if self.days or self.reserves else [])
        if self.clocks and not self.days:
            text = "Found hours without a day: expected the days on which they hold."
            self.phrase.doubts.append(Doubt(self.phrase.span, text))
        if self.reserves and not self.days:
            text = "Found alternate days without the days that they stand for."
            self.phrase.doubts.append(Doubt(self.phrase.span, text))
        self.phrase.spells += self._product(self.days, clocks)
        self.phrase.reserves += self._product(self.reserves, clocks)
        self.days, self.reserves, self.clocks = [], [], []
        self.except_days, self.except_weekdays = set(), set()
        self.is_reserve = self.clocks_came_first = False

    def _product(self, ranges: Sequence[tuple[date, date]], clocks: Sequence[tuple[int, int]]) -> list[Spell]:
        """Every clock on every day; days that touch run on."""
        found = []
        for first, last in ranges:
            self.calendar.spells_left -= ((last - first).days + 1) * len(clocks)
            if self.calendar.spells_left < 0:
                text = "The message asks for more times than any real one: the rest of them is left out."
                self.phrase.doubts.append(Doubt(self.phrase.span, text))
                break
            days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
            for day in days:
                if day.weekday() not in self.except_weekdays and day not in self.except_days:
                    found += [Spell(self._ms(day, start), self._ms(day, end)) for start, end in clocks]
        return _run_on(found)

    def _ms(self, day: date, minutes: int) -> int:
        """Milliseconds since 1970 of a local clock."""
        return (day - _EPOCH).days * DAY_MS + minutes * MINUTE_MS - self.offset_ms

    def _doubt(self, part: Part, reason: str) -> None:
        self.phrase.doubts.append(Doubt(part.term.span, f"Found {part.term.text!r}, which {reason}."))


def _run_on(spells: Sequence[Spell]) -> list[Spell]:
    """Spells of which each that begins when the one before it ends is one with it."""
    found: list[Spell] = []
    for spell in spells:
        if found and found[-1].end_ms == spell.start_ms:
            found[-1] = Spell(found[-1].start_ms, spell.end_ms)
        else:
            found.append(spell)
    return found


_HANDLERS = {
    "day": _Spells._day,  # noqa: SLF001
    "clock": _Spells._clock,  # noqa: SLF001
    "now": _Spells._now,  # noqa: SLF001
    "to": _Spells._to,  # noqa: SLF001
    "notice": _Spells._notice,  # noqa: SLF001
    "all_day": _Spells._all_day,  # noqa: SLF001
    "sun": _Spells._sun,  # noqa: SLF001
    "reserve": _Spells._reserve,  # noqa: SLF001
    "(": _Spells._open,  # noqa: SLF001
    ")": _Spells._close,  # noqa: SLF001
    "daily": _Spells._skip,  # noqa: SLF001
}
