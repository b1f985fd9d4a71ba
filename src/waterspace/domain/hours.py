"""Dates and hours of the day as they are written: `2023-07-20`, `0000Z to 0900Z`, `sunrise+30min to sunset-1h`."""

from __future__ import annotations

import re
from datetime import date

from waterspace import notation
from waterspace.domain.schedule import ClockTime, DayTime, SunEvent, SunTime
from waterspace.errors import NotationError
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS

__all__ = ["DATE", "HOURS", "parse_date", "parse_hours"]

DATE = "a date such as 2023-07-20"
HOURS = "hours with their zone such as 0000Z to 0900Z, 08:00+09:00 to 17:00+09:00 or sunrise+30min to sunset-1h"

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_CLOCK = re.compile(r"(\d\d):?(\d\d)\s*([A-Z]|[+-]\d\d(?::?\d\d)?)?")
_SUN = re.compile(r"(sunrise|sunset)\s*(?:([+-])\s*(\S.*))?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+to\s+", re.IGNORECASE)
_ZONES = {letter: hours for hours, letter in enumerate("ZABCDEFGHIKLM")} | {
    letter: -hours for hours, letter in enumerate("NOPQRSTUVWXY", start=1)
}
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def parse_date(text: str) -> date:
    """A date.

    Raises:
        NotationError: it is none, or not of the years 1900 to 2199.
    """
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise NotationError(text, DATE)
    try:
        found = date(*(int(part) for part in match.groups()))
    except ValueError as error:
        raise NotationError(text, DATE, f"there is no such date ({error})") from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise NotationError(text, DATE, f"years from {_FIRST_YEAR} to {_LAST_YEAR} can be planned with")
    return found


def parse_hours(text: str) -> tuple[DayTime, DayTime]:
    """When the hours of a day begin and end.

    Raises:
        NotationError: it is no such pair, or a clock time lacks its zone.
    """
    parts = _BETWEEN.split(text.strip())
    if len(parts) != 2:
        raise NotationError(text, HOURS)
    opens, closes = (_day_time(text, part) for part in parts)
    return opens, closes


def _day_time(text: str, part: str) -> DayTime:
    sun = _SUN.fullmatch(part)
    if sun is not None:
        event, sign, after = sun.groups()
        after_ms = notation.parse_duration(after) if after else 0
        return SunTime(event=SunEvent(event.lower()), after_ms=-after_ms if sign == "-" else after_ms)
    clock = _CLOCK.fullmatch(part.upper())
    if clock is None:
        raise NotationError(text, HOURS)
    hour, minute, zone = clock.groups()
    if zone is None:
        raise NotationError(text, HOURS, f"the zone of {part} is missing; add Z, or an offset such as +09:00")
    after_midnight_ms = int(hour) * HOUR_MS + int(minute) * MINUTE_MS
    if after_midnight_ms > DAY_MS or int(minute) * MINUTE_MS >= HOUR_MS:
        raise NotationError(text, HOURS, f"there is no time of day {part}")
    return ClockTime(after_midnight_ms=after_midnight_ms, offset_ms=_offset_ms(text, zone))


def _offset_ms(text: str, zone: str) -> int:
    if not zone.isalpha():
        return notation.parse_offset(zone)
    if zone not in _ZONES:
        raise NotationError(text, HOURS, f"zone {zone} is the observer's own clock; use a zone that everybody shares")
    return _ZONES[zone] * HOUR_MS
