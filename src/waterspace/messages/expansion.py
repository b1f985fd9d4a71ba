"""From what a message says of times to spells: days times hours, without its exceptions, in UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.daytimes import SUNRISE, SUNSET, Hours
from waterspace.messages.reading import Doubt, Span, Spell
from waterspace.messages.sunlight import sun_at
from waterspace.quantity import DAY_MS, MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from waterspace.domain import Position
    from waterspace.messages.days import Day, DayRange, Known
    from waterspace.messages.daytimes import Bound

__all__ = ["Clause", "Expansion", "Lasting", "Moment", "Recurring", "Reported", "spells_of"]

_LAST_MINUTE = DAY_MS // MINUTE_MS - 1
"""A day without an hour ends with its last minute, 2359."""
_GREATEST_DAYS = 1100
"""Days from the first to the last of something that recurs: three years; more is a slip of a digit."""
_THURSDAY = 3
"""Weekday of 1970-01-01."""
_WEEK = 7


@dataclass(slots=True)
class Moment:
    """An instant, or a whole day where it has no bound."""

    day: Day
    bound: Bound | None = None


@dataclass(slots=True)
class Lasting:
    """One stretch of time; None for a first that is the issue's and for a last that nobody knows."""

    first: Moment | None
    last: Moment | None
    is_reserve: bool
    span: Span
    length_ms: int | None = None


@dataclass(slots=True)
class Recurring:
    """Hours on each of some days.

    Attributes:
        ranges: the days; a first of None is the issue's.
        hours: of each day; none for the whole day.
        weekdays: that alone count, 0 for Monday; empty for all.
        not_weekdays: that do not count.
        not_ranges: days that do not count.
        is_reserve: used where the others fail.
        span: all that it was read from.
    """

    is_reserve: bool
    span: Span
    ranges: list[tuple[Day | None, Day]] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)
    weekdays: set[int] = field(default_factory=set)
    not_weekdays: set[int] = field(default_factory=set)
    not_ranges: list[DayRange] = field(default_factory=list)


@dataclass(slots=True)
class Reported:
    """A single instant or day: what was seen then may still be there.

    `is_report` is None where only the message's issue can tell whether the day lies behind it or ahead.
    """

    moment: Moment
    span: Span
    is_report: bool | None = True
    is_reserve: bool = False


Clause = Lasting | Recurring | Reported


@dataclass(slots=True)
class Expansion:
    """Spells and what was found wrong while they were made."""

    spells: list[Spell] = field(default_factory=list)
    reserves: list[Spell] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    lacks_place: bool = False
    sky: _Sky | None = None


class _Sky(NamedTuple):
    """When the sun rises and sets at a place on the days from `first` to `last`."""

    first: int
    last: int
    sun: Callable[[int, str], int | None]


def spells_of(clauses: Sequence[Clause], known: Known, place: Position | None) -> Expansion:
    """The spells of clauses.

    Args:
        clauses: in the order of the text, their days settled.
        known: of the message.
        place: where the sun is seen to rise and set; None where nobody knows yet.
    """
    made = Expansion()
    reported = [clause for clause in clauses if isinstance(clause, Reported) and _is_seen(clause, known)]
    others = [_as_lasting(clause) for clause in clauses if clause not in reported]
    mains = [clause for clause in others if not clause.is_reserve]
    for clause in others:
        into = made.reserves if clause.is_reserve else made.spells
        if isinstance(clause, Lasting):
            into.extend(_lasting(clause, known, made))
        else:
            into.extend(_recurring(_with_hours(clause, mains, made), known, place, made))
    if any(isinstance(clause, Recurring) and clause.hours for clause in others):
        reason = (
            "A day stands alone beside hours on days: whether it is one of something seen, or has them, is not told."
        )
        made.doubts += [Doubt(clause.span, reason) for clause in reported if clause.is_report is None]
    if not made.spells and not made.doubts:
        starts = [start for start in (_start_ms(report.moment) for report in reported) if start is not None]
        if starts:
            made.spells.append(Spell(min(starts), None))
    made.spells = _ordered(made.spells)
    made.reserves = _ordered(made.reserves)
    return made


def _ordered(spells: list[Spell]) -> list[Spell]:
    """Spells once each, in order of time, those that have begun first."""
    if len(spells) < 2:
        return spells
    return sorted(set(spells), key=lambda spell: (spell.start_ms is not None, spell.start_ms or 0, spell.end_ms or 0))


def _is_seen(clause: Reported, known: Known) -> bool:
    """Whether a single instant or day is one at which something was seen, rather than one that lies ahead."""
    if clause.is_report is not None:
        return clause.is_report
    start_ms = _start_ms(clause.moment)
    return known.issued_ms is None or start_ms is None or start_ms <= known.issued_ms


def _as_lasting(clause: Clause) -> Lasting | Recurring:
    """A clause, a single day as one that lasts all day."""
    if isinstance(clause, Reported):
        return Lasting(clause.moment, clause.moment, clause.is_reserve, clause.span)
    return clause


def _minute(bound: Bound | None, otherwise: int) -> int | None:
    """Minutes after midnight in UTC; None where they cannot be told."""
    if bound is None:
        return otherwise
    if not isinstance(bound.minute, int) or not isinstance(bound.zone, int):
        return None
    return bound.minute - bound.zone


def _start_ms(moment: Moment) -> int | None:
    """The instant, or the start of the day."""
    minute = _minute(moment.bound, 0)
    if moment.day.ordinal is None or minute is None:
        return None
    return moment.day.ordinal * DAY_MS + minute * MINUTE_MS


def _end_ms(moment: Moment) -> int | None:
    """The instant, or the end of the day."""
    minute = _minute(moment.bound, _LAST_MINUTE)
    if moment.day.ordinal is None or minute is None:
        return None
    return moment.day.ordinal * DAY_MS + minute * MINUTE_MS


def _lasting(clause: Lasting, known: Known, made: Expansion) -> list[Spell]:
    """The spell of a stretch of time."""
    start_ms = known.issued_ms if clause.first is None else _start_ms(clause.first)
    if clause.first is not None and start_ms is None:
        return []
    if clause.length_ms is not None:
        return [] if start_ms is None else [Spell(start_ms, start_ms + clause.length_ms)]
    if clause.last is None:
        return [Spell(start_ms, None)]
    end_ms = _end_ms(clause.last)
    if end_ms is not None and start_ms is not None and end_ms <= start_ms:
        what = "ended before the message was issued" if clause.first is None else "its end before its start"
        made.doubts.append(Doubt(clause.span, f"A time has {what}; a later end was expected."))
        return []
    return [] if end_ms is None else [Spell(start_ms, end_ms)]


def _with_hours(clause: Recurring, mains: Sequence[Lasting | Recurring], made: Expansion) -> Recurring:
    """Give alternate days without hours those of the main times."""
    if clause.hours or not clause.is_reserve:
        return clause
    found: list[Hours] = []
    for main in mains:
        if isinstance(main, Recurring):
            found.extend(hours for hours in main.hours if not _among(hours, found))
        elif main.first and main.last and main.first.bound and main.last.bound:
            hours = Hours(main.first.bound, main.last.bound)
            if not _among(hours, found):
                found.append(hours)
    if len(found) > 1 and not all(isinstance(main, Recurring) for main in mains):
        made.doubts.append(
            Doubt(clause.span, "Alternate days have no hours, and the main times have several; hours were expected.")
        )
    clause.hours = found
    return clause


def _among(hours: Hours, others: list[Hours]) -> bool:
    """Whether the same hours are among others."""
    return any((hours.first.minute, hours.last.minute) == (other.first.minute, other.last.minute) for other in others)


def _recurring(clause: Recurring, known: Known, place: Position | None, made: Expansion) -> list[Spell]:
    """The spells of hours on days."""
    days = _days_of(clause, known, made)
    if not clause.hours:
        return _whole_days(days)
    needs_sun = any(isinstance(bound.minute, str) for hours in clause.hours for bound in (hours.first, hours.last))
    sun: Callable[[int, str], int | None] | None = None
    if needs_sun and days:
        if place is None:
            made.lacks_place = True
            return []
        sky = made.sky
        if sky is None or not sky.first < days[0] <= days[-1] < sky.last:
            first, last = days[0] - _WEEK, days[-1] + _WEEK  # the next hours may be those of other weekdays
            made.sky = sky = _Sky(first, last, sun_at(place, first, last))
        sun = sky.sun
    found: list[Spell] = []
    for hours in clause.hours:
        shift = _shift(hours)
        if sun is None:
            if shift is not None:
                found.extend(
                    Spell(day * DAY_MS + shift[0] * MINUTE_MS, day * DAY_MS + shift[1] * MINUTE_MS) for day in days
                )
            continue
        for day in days:
            spell = _sunny(day, hours, sun)
            if spell is None:
                made.doubts.append(Doubt(clause.span, "The sun does not rise or set there on one of the days."))
                break
            found.append(spell)
    return found


def _shift(hours: Hours) -> tuple[int, int] | None:
    """Minutes in UTC from the midnight that the day names to the start and the end."""
    first, last = hours.first, hours.last
    if not isinstance(first.minute, int) or not isinstance(last.minute, int):
        return None
    if not isinstance(first.zone, int) or not isinstance(last.zone, int):
        return None
    end = last.minute if last.minute > first.minute else last.minute + _LAST_MINUTE + 1
    return first.minute - first.zone, end - last.zone


def _days_of(clause: Recurring, known: Known, made: Expansion) -> list[int]:
    """The days that count, since 1970, in order."""
    excluded = {
        day
        for first, last in clause.not_ranges
        if first.ordinal is not None and last.ordinal is not None
        for day in range(first.ordinal, min(last.ordinal, first.ordinal + _GREATEST_DAYS) + 1)
    }
    found: set[int] = set()
    for first, last in clause.ranges:
        if first is None:
            start = None if known.issued_ms is None else known.issued_ms // DAY_MS
            if start is None:
                made.doubts.append(Doubt(clause.span, "Daily times have no first day, nor has the message an issue."))
        else:
            start = first.ordinal
        if start is None or last.ordinal is None:
            continue
        if last.ordinal < start:
            made.doubts.append(
                Doubt(Span(last.start, last.end), "The last day lies before the first; a later day was expected.")
            )
        elif last.ordinal - start > _GREATEST_DAYS:
            made.doubts.append(Doubt(Span(last.start, last.end), "Daily times go on for more than three years."))
        else:
            found.update(range(start, last.ordinal + 1))
    return sorted(
        day
        for day in found
        if day not in excluded
        and (not clause.weekdays or (day + _THURSDAY) % _WEEK in clause.weekdays)
        and (day + _THURSDAY) % _WEEK not in clause.not_weekdays
    )


def _whole_days(days: list[int]) -> list[Spell]:
    """Spells over whole days, days in a row as one."""
    found: list[Spell] = []
    index = 0
    while index < len(days):
        last = index
        while last + 1 < len(days) and days[last + 1] == days[last] + 1:
            last += 1
        found.append(Spell(days[index] * DAY_MS, days[last] * DAY_MS + _LAST_MINUTE * MINUTE_MS))
        index = last + 1
    return found


def _sunny(day: int, hours: Hours, sun: Callable[[int, str], int | None]) -> Spell | None:
    """Hours with an end that the sun gives; None where the sun gives none."""
    start_ms = _bound_ms(day, hours.first, sun)
    end_ms = _bound_ms(day, hours.last, sun)
    if start_ms is None or end_ms is None:
        return None
    if isinstance(hours.first.minute, str):
        if end_ms <= start_ms:
            later = _bound_ms(day + 1, hours.last, sun)
            end_ms = end_ms if later is None else later
        if end_ms - start_ms > DAY_MS:
            end_ms -= DAY_MS
    elif end_ms <= start_ms:
        later = _bound_ms(day + 1, hours.last, sun)
        end_ms = end_ms if later is None else later
    elif end_ms - start_ms > DAY_MS:
        earlier = _bound_ms(day - 1, hours.last, sun)
        end_ms = end_ms if earlier is None else earlier
    return Spell(start_ms, end_ms)


def _bound_ms(day: int, bound: Bound, sun: Callable[[int, str], int | None]) -> int | None:
    """One end of hours on a day."""
    if bound.minute in (SUNRISE, SUNSET):
        return sun(day, str(bound.minute))
    minute = _minute(bound, 0)
    return None if minute is None else day * DAY_MS + minute * MINUTE_MS
