"""Times and durations as staffs write them: ISO 8601, date-time groups, `1 h 30 min`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from waterspace.errors import NotationError
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS

__all__ = [
    "DURATION",
    "OFFSET",
    "TIME",
    "format_duration",
    "format_offset",
    "format_time",
    "format_time_iso",
    "parse_duration",
    "parse_offset",
    "parse_time",
]

TIME = "a time with its zone such as 2023-07-20T12:00Z or 201200ZJUL23"
DURATION = "a duration such as 2 h, 30 min or 1 d 4 h"
OFFSET = "an offset from UTC such as +09:00"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)
"""No exercise lies outside these; the sun is not computed far from our own time."""
_MILLISECOND = timedelta(milliseconds=1)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_ZONES = {letter: hours for hours, letter in enumerate("ZABCDEFGHIKLM")} | {
    letter: -hours for hours, letter in enumerate("NOPQRSTUVWXY", start=1)
}
"""Hours ahead of UTC by military zone letter; J means the observer's own clock and is left out."""
_ZONE_LETTERS = {hours: letter for letter, hours in _ZONES.items()}
_CENTURY_TURNS = 70

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,3}))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?",
)
_GROUP = re.compile(r"(\d\d)\s*(\d\d)(\d\d)\s*([A-Z])\s*([A-Z]{3})[A-Z]{0,6}\s*(\d{4}|\d\d)")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")

_DURATION_UNITS = {
    word: factor_ms
    for words, factor_ms in (
        ("d day days", DAY_MS),
        ("h hr hrs hour hours", HOUR_MS),
        ("min mins minute minutes", MINUTE_MS),
        ("s sec secs second seconds", SECOND_MS),
        ("ms", 1),
    )
    for word in words.split()
}
_DURATION_TERM = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*")
_DURATION_ISO = re.compile(
    r"P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)


def parse_time(text: str) -> int:
    """Milliseconds since 1970-01-01T00:00Z of an ISO 8601 time with zone or a date-time group.

    Raises:
        NotationError: for a time without zone, a date alone, a year before 1900 or after 2199, and anything else.
    """
    plain = text.strip().upper()
    try:
        if match := _ISO.fullmatch(plain):
            return _within_limits(text, _parse_iso(text, match))
        if match := _GROUP.fullmatch(plain):
            return _within_limits(text, _parse_group(text, match))
    except NotationError as error:
        raise NotationError(text, TIME, error.reason) from None
    except ValueError as error:
        raise NotationError(text, TIME, f"there is no such time ({error})") from None
    reason = "the time of day and its zone are missing" if _DATE.fullmatch(plain) else ""
    raise NotationError(text, TIME, reason)


def _parse_iso(text: str, match: re.Match[str]) -> int:
    *digits, fraction, zone = match.groups()
    if zone is None:
        raise NotationError(text, TIME, "the zone is missing; add Z, or an offset such as +09:00")
    year, month, day, hour, minute, second = (int(part or 0) for part in digits)
    local = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    return _milliseconds(local) + int((fraction or "0").ljust(3, "0")) - parse_offset(zone)


def _parse_group(text: str, match: re.Match[str]) -> int:
    day, hour, minute, letter, month, year_text = match.groups()
    if letter == "J":
        raise NotationError(text, TIME, "zone J is the observer's own clock; use a zone that everybody shares")
    if month not in _MONTHS:
        raise NotationError(text, TIME, f"{month} is not a month")
    year = int(year_text)
    if len(year_text) == 2:  # two digits
        year += 2000 if year < _CENTURY_TURNS else 1900
    local = datetime(year, _MONTHS.index(month) + 1, int(day), int(hour), int(minute), tzinfo=UTC)
    return _milliseconds(local) - _ZONES[letter] * HOUR_MS


def _within_limits(text: str, time_ms: int) -> int:
    if not _milliseconds(_EARLIEST) <= time_ms <= _milliseconds(_LATEST):
        raise NotationError(text, TIME, f"times from {_EARLIEST:%Y-%m-%d} to {_LATEST:%Y-%m-%d} can be planned with")
    return time_ms


def _milliseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // _MILLISECOND


def format_time(time_ms: int, offset_ms: int = 0) -> str:
    """Date-time group `202300Z JUL 23`, seconds cut off.

    Args:
        time_ms: since 1970-01-01T00:00Z.
        offset_ms: local time minus UTC. A whole number of hours gives the zone's letter, such as `210800I JUL 23`;
            any other offset gives `2023-07-21 08:30+09:30`.
    """
    local = _EPOCH + timedelta(milliseconds=time_ms + offset_ms)
    hours, rest_ms = divmod(offset_ms, HOUR_MS)
    letter = _ZONE_LETTERS.get(hours)
    if rest_ms or letter is None:
        return f"{local:%Y-%m-%d %H:%M}{format_offset(offset_ms)}"
    year = f"{local.year % 100:02d}" if 1970 <= local.year < 2070 else f"{local.year:04d}"  # two digits
    return f"{local:%d%H%M}{letter} {_MONTHS[local.month - 1]} {year}"


def format_time_iso(time_ms: int) -> str:
    """`2023-07-20T23:00:00Z`, with milliseconds only where there are some."""
    instant = _EPOCH + timedelta(milliseconds=time_ms)
    fraction = f".{time_ms % SECOND_MS:03d}" if time_ms % SECOND_MS else ""
    return f"{instant.year:04d}-{instant:%m-%dT%H:%M:%S}{fraction}Z"


def parse_offset(text: str) -> int:
    """Local time minus UTC in milliseconds: `+09:00`, `-0330`, `Z`.

    Raises:
        NotationError: for anything else, and for more than 14 hours.
    """
    plain = text.strip().upper()
    if plain in {"Z", "UTC"}:
        return 0
    match = _OFFSET.fullmatch(plain)
    if match is None:
        raise NotationError(text, OFFSET)
    sign, hours, minutes = match.groups()
    offset_ms = int(hours) * HOUR_MS + int(minutes or 0) * MINUTE_MS
    if offset_ms > 14 * HOUR_MS or int(minutes or 0) * MINUTE_MS >= HOUR_MS:
        raise NotationError(text, OFFSET, "no clock on earth has that offset")
    return -offset_ms if sign == "-" else offset_ms


def format_offset(offset_ms: int) -> str:
    """`+09:00`."""
    hours, rest_ms = divmod(abs(offset_ms), HOUR_MS)
    return f"{'-' if offset_ms < 0 else '+'}{hours:02d}:{rest_ms // MINUTE_MS:02d}"


def parse_duration(text: str) -> int:
    """Milliseconds: `2 h`, `30 min`, `1 d 4 h`, `1.5 h`, `PT2H`.

    Raises:
        NotationError: for a number without unit, a negative duration, and anything else.
    """
    plain = text.strip()
    if plain[:1] in {"P", "p"}:
        return _parse_iso_duration(text, plain.upper())
    total_ms, finer_than_ms, end = 0.0, 2 * DAY_MS, 0
    while end < len(plain):
        match = _DURATION_TERM.match(plain.lower(), end)
        factor_ms = None if match is None else _DURATION_UNITS.get(match[2])
        if match is None or factor_ms is None:
            raise NotationError(text, DURATION, _why_no_duration(plain))
        if factor_ms >= finer_than_ms:
            raise NotationError(text, DURATION, "each unit may stand once, the longest first")
        total_ms += float(match[1]) * factor_ms
        finer_than_ms, end = factor_ms, match.end()
    if not plain:
        raise NotationError(text, DURATION)
    return round(total_ms)


def _parse_iso_duration(text: str, plain: str) -> int:
    match = _DURATION_ISO.fullmatch(plain)
    if match is None or not any(match.groups()) or plain.endswith("T"):
        raise NotationError(text, DURATION)
    factors_ms = (DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS)
    return round(
        sum(float(part) * factor_ms for part, factor_ms in zip(match.groups(), factors_ms, strict=True) if part)
    )


def _why_no_duration(plain: str) -> str:
    if re.fullmatch(r"\d+(\.\d+)?", plain):
        return "the unit is missing"
    if re.fullmatch(r"\d+(\.\d+)?\s*m", plain):
        return "m could be metres; write min for minutes"
    if re.fullmatch(r"\d+:\d+(:\d+)?", plain):
        return "it could be a time of day; write hours and minutes as 1 h 30 min"
    return "a duration is not negative" if plain.startswith("-") else ""


def format_duration(duration_ms: int) -> str:
    """`1 h 30 min`, to the second; a negative one carries its sign in front."""
    rest_s = round(abs(duration_ms) / SECOND_MS)
    terms = []
    for factor_ms, unit in ((DAY_MS, "d"), (HOUR_MS, "h"), (MINUTE_MS, "min"), (SECOND_MS, "s")):
        amount, rest_s = divmod(rest_s, factor_ms // SECOND_MS)
        if amount:
            terms.append(f"{amount} {unit}")
    sign = "-" if duration_ms < 0 and terms else ""
    return sign + (" ".join(terms) or "0 min")
