"""Calendars: what is to be done by when, as a file that every calendar program takes in.

Source: RFC 5545, Internet Calendaring and Scheduling (iCalendar): 3.1 on lines of at most 75 octets, 3.3.11 on signs
that are escaped, 3.6.1 on events, 3.6.6 on alarms, 3.7 on calendars, 3.8.7 on changes; RFC 5546, 2.1.5: of two events
of one UID the one of the higher SEQUENCE holds, of two of one SEQUENCE the one of the later DTSTAMP. Our reading: all
times are in UTC, so that no time zone need be described; an instant is an event without a duration, which programs show
as a mark. The same entries give the same text, for the time stamp is given and not taken from a clock. Nobody remembers
what an earlier calendar said, so that SEQUENCE rises with the time stamp, and not only where something changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.notation import format_time_iso
from waterspace.quantity import MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Entry", "as_calendar"]

_MOST_OCTETS = 75
_PRODUCT = "-//Waterspace//Promulgation plan//EN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing in a calendar.

    Attributes:
        id: unique among all calendars of one exercise and the same for the same thing in each of them, such as
            `N1-promulgate@EXERCISE`; a program that takes in a newer calendar then moves the event.
        start_ms: milliseconds since 1970-01-01T00:00Z.
        end_ms: likewise; None for an instant.
        summary: one line.
        description: any text; may be empty.
        place: in words; may be empty.
        categories: such as `NOTAM`.
        alarm_ms: how long before the start a program reminds its user; None for not at all.
        sequence: how often it was changed; a higher one wins. None for the minutes from 1970 to the time stamp of the
            calendar, so that what a newer calendar says wins.
        modified_ms: when it was changed last, milliseconds since 1970-01-01T00:00Z; None where nobody knows.
        is_cancelled: whether it no longer takes place.
    """

    id: str
    start_ms: int
    summary: str
    end_ms: int | None = None
    description: str = ""
    place: str = ""
    categories: tuple[str, ...] = ()
    alarm_ms: int | None = None
    sequence: int | None = None
    modified_ms: int | None = None
    is_cancelled: bool = False


def as_calendar(entries: Iterable[Entry], *, name: str, stamp_ms: int) -> str:
    """Entries as a calendar, in order of time; lines end in CR LF.

    Args:
        entries: any number of them.
        name: of the calendar.
        stamp_ms: when it was made, milliseconds since 1970-01-01T00:00Z.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"NAME:{_escaped(name)}", f"X-WR-CALNAME:{_escaped(name)}"]
    for entry in sorted(entries, key=lambda one: (one.start_ms, one.id)):
        lines += _event(entry, stamp_ms)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: Entry, stamp_ms: int) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(entry.id)}"
    yield f"DTSTAMP:{_instant(stamp_ms)}"
    yield f"DTSTART:{_instant(entry.start_ms)}"
    if entry.end_ms is not None and entry.end_ms > entry.start_ms:
        yield f"DTEND:{_instant(entry.end_ms)}"
    yield f"SUMMARY:{_escaped(entry.summary)}"
    if entry.description:
        yield f"DESCRIPTION:{_escaped(entry.description)}"
    if entry.place:
        yield f"LOCATION:{_escaped(entry.place)}"
    if entry.categories:
        yield f"CATEGORIES:{','.join(map(_escaped, entry.categories))}"
    if entry.modified_ms is not None:
        yield f"LAST-MODIFIED:{_instant(entry.modified_ms)}"
    yield f"SEQUENCE:{stamp_ms // MINUTE_MS if entry.sequence is None else entry.sequence}"
    yield f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    if entry.alarm_ms is not None:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escaped(entry.summary)}")
        ahead_min = entry.alarm_ms // MINUTE_MS
        yield f"TRIGGER:{'-' if ahead_min else ''}PT{ahead_min}M"
        yield "END:VALARM"
    yield "END:VEVENT"


def _instant(time_ms: int) -> str:
    """`20260720T000000Z`; milliseconds are cut off."""
    return format_time_iso(time_ms // SECOND_MS * SECOND_MS).replace("-", "").replace(":", "")


def _escaped(text: str) -> str:
    """A text in one line; signs that no line can hold become spaces."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(sign, escaped)
    return "".join(sign if sign >= " " and sign != "\x7f" else " " for sign in plain)


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, each but the first begun by a blank; no character is broken."""
    piece, octets = "", 0
    for sign in line:
        length = len(sign.encode("utf-8", errors="surrogatepass"))
        if octets + length > _MOST_OCTETS:
            yield piece
            piece, octets = " ", 1
        piece += sign
        octets += length
    yield piece
