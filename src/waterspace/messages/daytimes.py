"""Times of day of a message: `2200Z TO 0800Z`, `0600 TO 1300 UTC`, `SUNRISE TO SUNSET`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from waterspace.messages.timewords import ZULU, Sort
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.marks import TimeCursor

__all__ = [
    "LOCAL",
    "MISSING",
    "SUNRISE",
    "SUNSET",
    "Bound",
    "Hours",
    "clock",
    "read_hours",
    "share_zones",
    "whole_day",
    "zone",
]

MISSING: Final = "missing"
"""A zone that the text does not say here."""
LOCAL: Final = "local"
"""A zone of which the text says only that it is local."""
SUNRISE: Final = "sunrise"
SUNSET: Final = "sunset"
_HOUR_MIN = HOUR_MS // MINUTE_MS
_DAY_MIN = DAY_MS // MINUTE_MS
_AHEAD = 4
"""Marks to look ahead, fewer than there are after the last."""


@dataclass(slots=True)
class Bound:
    """An end of hours.

    Attributes:
        minute: after midnight in its own zone; `SUNRISE` or `SUNSET`; None where the digits make no time of day.
        zone: minutes east of UTC, `MISSING` or `LOCAL`.
        start: place of its first character in the text.
        end: place after its last.
    """

    minute: int | str | None
    zone: int | str
    start: int
    end: int


@dataclass(slots=True)
class Hours:
    """Hours of a day; an end at or before the start lies on the next day."""

    first: Bound
    last: Bound


def whole_day(start: int, end: int) -> Hours:
    """All hours of a day in UTC, said at some place of the text."""
    return Hours(Bound(0, ZULU, start, end), Bound(_DAY_MIN, ZULU, start, end))


def clock(value: int) -> int | None:
    """Minutes after midnight of hours and minutes as one number; None where they make no time of day."""
    hours, minutes = divmod(value, 100)
    minute = hours * _HOUR_MIN + minutes
    return minute if minutes < _HOUR_MIN and minute <= _DAY_MIN else None


def zone(cursor: TimeCursor) -> int | str:
    """The zone that may stand here, with the words around it, as `LOCAL TIME (UTC+8)`."""
    found: int | str = MISSING
    while True:
        ahead, is_open = 0, False
        while cursor.sort(ahead) in (Sort.FILLER, Sort.OPEN, Sort.HOURS) and ahead < _AHEAD:
            is_open = is_open or cursor.sort(ahead) is Sort.OPEN
            ahead += 1
        mark = cursor.marks[cursor.at + ahead]
        if mark.sort is not Sort.ZONE:
            return found
        cursor.at += ahead + 1
        if mark.value is not None:
            found = mark.value
        elif found == MISSING:
            found = LOCAL
        if is_open:
            cursor.skip(Sort.CLOSE)


def read_hours(cursor: TimeCursor, *, is_between: bool = False, is_among_days: bool = False) -> Hours | None:
    """Hours that start here; None, and the cursor as it was, where none do.

    Args:
        cursor: where.
        is_between: whether `AND` may join the two ends, as after `BETWEEN`.
        is_among_days: whether days stand beside them, so that bare digits are hours rather than depths.
    """
    before = cursor.at
    found = _lit(cursor) or _plain(cursor, is_between=is_between, is_among_days=is_among_days)
    if found is None:
        cursor.at = before
    return found


def _lit(cursor: TimeCursor) -> Hours | None:
    """`DAYLIGHT HOURS`, `HOURS OF DARKNESS`."""
    before = cursor.at
    cursor.skip(Sort.FILLER, Sort.HOURS, Sort.AT)
    mark = cursor.marks[cursor.at]
    if mark.sort is not Sort.DAYLIGHT:
        cursor.at = before
        return None
    cursor.at += 1
    cursor.skip(Sort.HOURS)
    ends = (SUNSET, SUNRISE) if mark.value else (SUNRISE, SUNSET)
    first, last = (Bound(end, ZULU, mark.start, mark.end) for end in ends)
    return Hours(first, last)


def _plain(cursor: TimeCursor, *, is_between: bool, is_among_days: bool) -> Hours | None:
    """Hours with two ends."""
    first = _bound(cursor)
    if first is None:
        return None
    if cursor.sort() in (Sort.TO, Sort.UNTIL) or (is_between and cursor.sort() is Sort.AND):
        cursor.at += 1
    else:
        return None
    last = _bound(cursor)
    if last is None or cursor.sort() is Sort.UNIT:
        return None
    is_bare = isinstance(first.minute, int) and first.zone == MISSING and last.zone == MISSING
    if is_bare and not is_among_days and not _goes_on(cursor):
        return None
    return Hours(first, last)


def _goes_on(cursor: TimeCursor) -> bool:
    """Whether what follows shows digits without a zone to have been hours."""
    cursor.skip(Sort.HOURS)
    ahead = 0
    while cursor.sort(ahead) in (Sort.AND, Sort.COMMA, Sort.FROM, Sort.AT) and ahead < _AHEAD:
        ahead += 1
    mark = cursor.marks[cursor.at + ahead]
    return mark.sort in (Sort.DAILY, Sort.EVERY, Sort.CLOCK, Sort.WEEKDAY) or cursor.reaches(cursor.at + ahead)


def _bound(cursor: TimeCursor) -> Bound | None:
    """An end of hours."""
    mark = cursor.marks[cursor.at]
    if mark.sort is Sort.SUN:
        is_shifted = cursor.at > 0 and cursor.marks[cursor.at - 1].sort is Sort.SHIFT
        cursor.at += 1
        return Bound(None if is_shifted else SUNSET if mark.value else SUNRISE, ZULU, mark.start, mark.end)
    if mark.sort is not Sort.CLOCK:
        return None
    cursor.at += 1
    said = ZULU if mark.is_zulu else zone(cursor)
    end = cursor.marks[cursor.at - 1].end
    cursor.skip(Sort.HOURS)
    return Bound(clock(mark.value or 0), said, mark.start, end)


def share_zones(bounds: Sequence[Bound]) -> list[Bound]:
    """Give bounds the zone that is said after them, else the one before; those that are left without one."""
    said: int | str = MISSING
    for bound in reversed(bounds):
        if bound.zone == MISSING:
            bound.zone = said
        elif isinstance(bound.minute, int):
            said = bound.zone
    said = MISSING
    for bound in bounds:
        if bound.zone == MISSING:
            bound.zone = said
        elif isinstance(bound.minute, int):
            said = bound.zone
    return [bound for bound in bounds if bound.zone == MISSING]
