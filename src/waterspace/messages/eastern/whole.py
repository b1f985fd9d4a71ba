"""A whole warning in Chinese or Japanese: its places with their times, what it cancels, and what is left over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.bounds import bounded
from waterspace.messages.eastern.cancelling import SENTENCE_ENDS, cancels, compact, is_cancelled
from waterspace.messages.eastern.dates import Phrase, begins_phrase, read_phrase
from waterspace.messages.eastern.parts import Calendar
from waterspace.messages.eastern.places import Group, areas_of, begins_point, read_group
from waterspace.messages.eastern.words import Cursor, Role, Term, Vocabulary, terms
from waterspace.messages.reading import CLAIMS, Category, Doubt, Reading, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.messages.reading import Message, Spell, WarnedArea

__all__ = ["Language", "read_whole"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What one language brings to the grammar.

    Attributes:
        vocabulary: its words.
        offset_ms: local time of its warnings less UTC.
        categories: kinds with their words, parted by blanks; the first kind of which the text holds one decides.
        says_after: whether the words on a group of positions always follow it; otherwise only after a particle.
        number: pattern of the message's own number with groups `year` and `number`.
    """

    vocabulary: Vocabulary
    offset_ms: int
    categories: Sequence[tuple[Category, str]]
    says_after: bool
    number: re.Pattern[str]


class _Event(NamedTuple):
    """A phrase of times, or a group of positions, at its place among the terms."""

    first: int
    last: int
    phrase: Phrase | None = None
    group: Group | None = None


_EXERCISES = frozenset(
    {
        *(Category.GUNNERY, Category.MISSILE, Category.BOMBING, Category.ROCKET_LAUNCHING),
        *(Category.MILITARY_EXERCISE, Category.NAVIGATION_PROHIBITED),
    }
)
_LEFT_OVER = frozenset(
    {
        *(Role.RADIUS, Role.SECTOR, Role.SIDES, Role.ENCLOSED, Role.EXCEPT, Role.RESERVE, Role.DAILY, Role.SUN),
        *(Role.NEXT_DAY, Role.HOLIDAY, Role.VAGUE, Role.RING),
    }
)
_COORDINATES = frozenset({Role.LATITUDE, Role.LONGITUDE})
_CENTURY = 2000
_WEEK = "月火水木金土日"
_ALL_HOURS = "24"
_OVER = ("取消", "撤销", "作废", "结束", "完成", "终止", "中止", "取り消", "終了", "延期", "解除")
"""Words that say that what a message tells of is over, or is called off."""
_HOURS = ("小时", "時間")


def read_whole(message: Message, language: Language) -> Reading:
    """What a warning in a language says.

    Args:
        message: to read.
        language: of its text.
    """
    found = _as_weekdays(terms(message.text, language.vocabulary))
    cursor = Cursor(found)
    own = language.number.search(message.text) or language.number.search(message.id)
    calendar = Calendar(
        offset_ms=language.offset_ms,
        near_ms=message.issued_ms,
        year=_CENTURY + int(own["year"]) if own is not None and own["year"] else None,
        number=int(own["number"]) if own is not None else 0,
    )
    cancelled, cancel_doubts = cancels(cursor, message.text)
    own_name = compact(own[0]) if own is not None else ""
    if own is not None and own_name.endswith(tuple(cancelled)) and is_cancelled(own, cursor):
        own, own_name = None, ""
    events = _events(cursor, calendar, message.text)
    areas, doubts = _placed(cursor, events, language, message)
    doubts += [doubt for event in events if event.phrase is not None for doubt in event.phrase.doubts]
    doubts += [*cancel_doubts, *_left_over(cursor)]
    if not (areas or doubts or cancelled):
        doubts += _placeless(message.text, language)
    return bounded(
        Reading(
            message=message,
            areas=tuple(areas),
            doubts=tuple(sorted(set(doubts), key=lambda doubt: doubt.span)),
            cancels=tuple(name for name in cancelled if name != own_name),
            issued_ms=message.issued_ms,
            series=own["series"] if own is not None else "",
            number=compact(own["whole"]) if own is not None else "",
        )
    )


def _as_weekdays(found: list[Term]) -> list[Term]:
    """The terms with single characters in parentheses told as weekdays, and `24小时` as the whole day."""
    made: list[Term] = []
    for number, word in enumerate(found):
        before = found[number - 1] if number else None
        after = found[number + 1] if number + 1 < len(found) else None
        if len(word.text) == 1 and word.text in _WEEK and before is not None and after is not None:
            opens = before.text == "(" or (before.role is Role.AND and len(made) > 1 and made[-2].role is Role.WEEKDAY)
            closes = after.text == ")" or after.role in (Role.AND, Role.EXCEPT, Role.TO)
            if opens and closes:
                made.append(word._replace(role=Role.WEEKDAY, value=float(_WEEK.index(word.text))))
                continue
        if word.text in _HOURS and before is not None and before.text == _ALL_HOURS:
            made[-1] = Term(Role.ALL_DAY, before.text + word.text, before.start, word.end)
            continue
        made.append(word)
    return made


def _events(cursor: Cursor, calendar: Calendar, text: str) -> list[_Event]:
    """The phrases of times and the groups of positions, in the order of the text."""
    found: list[_Event] = []
    cursor.at = 0
    while not cursor.is_done():
        first = cursor.at
        if begins_point(cursor):
            group = read_group(cursor)
            if group is not None:
                found.append(_Event(group.first, group.last, group=group))
                continue
        elif begins_phrase(cursor) and first not in cursor.used:
            if cursor.peek(-1).role is Role.TO:
                cursor.at -= 1
            phrase = read_phrase(cursor, calendar)
            if phrase.is_day_only and _stands_alone(phrase.span, text):
                if calendar.near_ms is None and phrase.spells:
                    calendar.near_ms = phrase.spells[0].start_ms
            else:
                found.append(_Event(first, cursor.at, phrase=phrase))
            continue
        cursor.at = first + 1
    return found


def _stands_alone(span: Span, text: str) -> bool:
    """Whether a day has a line to itself, as the day of issue has at the head or the foot of a message."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return text[start : end if end >= 0 else len(text)].strip(" \t\r。.") == text[span.start : span.end]


def _placed(
    cursor: Cursor, events: Sequence[_Event], language: Language, message: Message
) -> tuple[list[WarnedArea], list[Doubt]]:
    """Every area with its times, and what of places and of their times was not understood."""
    doubts: list[Doubt] = []
    placed: list[tuple[_Event, tuple[WarnedArea, ...]]] = []
    reached = 0
    for number, event in enumerate(events):
        if event.group is None:
            reached = max(reached, event.last)
            continue
        stop = events[number + 1].first if number + 1 < len(events) else len(cursor.terms)
        end = _behind(cursor, event.last, stop, None if language.says_after else message.text)
        if not _speaks_behind(cursor, event, reached, end, language):
            end = event.last
        made = areas_of(event.group, cursor, (reached, event.first), (event.last, end))
        placed.append((event, made.areas))
        doubts += made.doubts
        reached = end
    timed, times_doubts = _timed(events, placed)
    category = _category(message.text, language)
    whole = [replace(area, category=category) for area in timed]
    if category in _EXERCISES:
        times_doubts += [
            Doubt(area.spans[0], "Found an area without the times at which it is in force.")
            for area in whole
            if not area.spells
        ]
    return whole, [*doubts, *times_doubts]


def _behind(cursor: Cursor, start: int, stop: int, text: str | None) -> int:
    """Number of the term behind what a sentence says behind a group of positions.

    Args:
        cursor: over the terms.
        start: number of the term behind the group.
        stop: where the next group or phrase begins.
        text: of the message where the end of a line ends a sentence too.
    """
    for number in range(start, stop):
        word = cursor.terms[number]
        if word.text in SENTENCE_ENDS or word.role is Role.BELOW:
            return number
        if text is not None and number > start and "\n" in text[cursor.terms[number - 1].end : word.start]:
            return number
    return stop


def _speaks_behind(cursor: Cursor, event: _Event, reached: int, end: int, language: Language) -> bool:
    """Whether the words behind a group are on it, rather than on the next."""
    if any(word.role is Role.BELOW for word in cursor.terms[reached : event.first]):
        return False
    if language.says_after:
        return True
    return event.last < end and cursor.terms[event.last].role in (Role.PARTICLE, Role.NEAR)


def _timed(
    events: Sequence[_Event], placed: Sequence[tuple[_Event, tuple[WarnedArea, ...]]]
) -> tuple[list[WarnedArea], list[Doubt]]:
    """Every area with the times that belong to it: those of the message, or those that stand beside it by turns."""
    made = {event.first: areas for event, areas in placed}
    turns: list[tuple[str, list[_Event]]] = []
    for event in events:
        if event.phrase is not None and not (event.phrase.spells or event.phrase.reserves):
            continue  # only a moment
        kind = "times" if event.phrase is not None else "places"
        if turns and turns[-1][0] == kind:
            turns[-1][1].append(event)
        else:
            turns.append((kind, [event]))
    times = [turn for kind, turn in turns if kind == "times"]
    places = [turn for kind, turn in turns if kind == "places"]
    doubts: list[Doubt] = []
    if len(times) <= 1:
        pairs = [(times[0] if times else [], place) for place in places]
    elif len(times) == len(places):
        pairs = list(zip(times, places, strict=True))
    else:
        every = [event for turn in times for event in turn]
        pairs = [(every, place) for place in places]
        span = every[0].phrase.span if every[0].phrase is not None else Span(0, 0)
        doubts.append(Doubt(span, "Found several times and places; which belong together was not understood."))
    found: list[WarnedArea] = []
    known: tuple[list[_Event], tuple[Spell, ...], tuple[Spell, ...]] = ([], (), ())
    for time, place in pairs:
        if time is not known[0]:
            phrases = [event.phrase for event in time if event.phrase is not None]
            spells = _sorted([spell for phrase in phrases for spell in phrase.spells])
            known = time, spells, _sorted([spell for phrase in phrases for spell in phrase.reserves])
        for event in place:
            areas = made.get(event.first, ())
            found += [replace(area, spells=known[1], reserves=known[2]) for area in areas]
    return found, doubts


def _sorted(spells: Sequence[Spell]) -> tuple[Spell, ...]:
    return tuple(sorted(set(spells), key=lambda spell: (spell.start_ms or 0, spell.end_ms or 0)))


def _category(text: str, language: Language) -> Category:
    for category, words in language.categories:
        if any(word in text for word in words.split()):
            return category
    return Category.OTHER


def _placeless(text: str, language: Language) -> Iterator[Doubt]:
    """A doubt about a message that warns of something at a place, and gives no coordinates."""
    if _category(text, language) in CLAIMS and not any(word in text for word in _OVER):
        said = text.strip()
        start = text.find(said)
        reason = "The place is told in words only, if at all; positions were expected."
        yield Doubt(Span(start, start + len(said)), reason)


def _left_over(cursor: Cursor) -> list[Doubt]:
    """What could change place or time and belongs to nothing that was read."""
    found = []
    for number, word in enumerate(cursor.terms):
        if number in cursor.used:
            continue
        if word.role in _COORDINATES:
            found.append(Doubt(word.span, f"Found {word.text}, a coordinate that belongs to no area."))
        elif word.role in _LEFT_OVER:
            found.append(Doubt(word.span, f"Found {word.text!r}, which was not understood here."))
        elif word.role in (Role.HOUR, Role.DAY, Role.DEGREE):
            before = cursor.terms[number - 1] if number else None
            if before is not None and before.role is Role.NUMBER and before.end == word.start:
                span = Span(before.start, word.end)
                found.append(Doubt(span, f"Found {before.text + word.text!r}, which belongs to nothing that was read."))
    return found
