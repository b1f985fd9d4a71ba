"""Flight restrictions of the United States as their web page tells them: `FDC 6/7037 ... Affected Area(s) ...`.

They have no items. Beginning and end stand behind their names in words; each affected area has its own altitudes.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.notam.levels import band, read_level
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from waterspace.domain import Band

__all__ = ["Restriction", "Section", "is_fdc", "read_fdc"]

_NUMBER = re.compile(r"\bFDC\s+(\d{1,2}/\d{4})\b")
_WHEN = r"([A-Z]+) (\d{1,2}), (\d{4})(?: AT (\d{4}))? UTC"
_BEGINNING = re.compile(rf"BEGINNING DATE AND TIME\s*:\s*{_WHEN}((?:\s*\d{{4}}\s*(?:-|TO)\s*\d{{4}})?(?:\s*DAILY)?)")
_ENDING = re.compile(rf"ENDING DATE AND TIME\s*:\s*{_WHEN}")
_ISSUED = re.compile(rf"ISSUE DATE\s*:\s*{_WHEN}")
_REPLACED = re.compile(r"REPLACED NOTAM\(S\)\s*:\s*(\d{1,2}/\d{4})")
_AREA = re.compile(r"AIRSPACE DEFINITION\s*:")
_AREA_END = re.compile(r"EFFECTIVE DATE|ENDSECTION|AIRSPACE DEFINITION\s*:|OPERATING RESTRICTIONS AND REQUIREMENTS TOP")
_ALTITUDE = re.compile(
    r"ALTITUDE\s*:\s*FROM\s+(?:AND INCLUDING\s+)?(THE SURFACE|\d+ FEET (?:MSL|AGL)|FL\d+)\s+"
    r"UP TO(?: AND INCLUDING)?\s+(UNLIMITED|FL\s?\d+|\d+ FEET (?:MSL|AGL))"
)
_REASON = re.compile(r"REASON FOR NOTAM\s*:\s*(.{0,80}?)\s*(?:TYPE|AREA TYPE)\b")
_MONTHS = {
    name: place
    for place, name in enumerate(
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], start=1
    )
}


class Section(NamedTuple):
    """One affected area: where its words stand, and its heights; None where they are not understood."""

    start: int
    end: int
    band: Band | None


class Restriction(NamedTuple):
    """What such a text says.

    Attributes:
        number: such as `6/7037`.
        replaced: the number of the one that it replaces; empty where none.
        reason: in its own words.
        start_ms: its beginning; None where it is not understood.
        end_ms: its end; None where it is not understood.
        schedule: daily hours, as in item D.
        issued_ms: when it was issued.
        sections: its areas.
    """

    number: str
    replaced: str
    reason: str
    start_ms: int | None
    end_ms: int | None
    schedule: str
    issued_ms: int | None
    sections: tuple[Section, ...]


def is_fdc(text: str) -> bool:
    """Whether a text is such a page.

    Args:
        text: in capitals.
    """
    return "AIRSPACE DEFINITION" in text and _NUMBER.search(text, 0, 400) is not None


def read_fdc(text: str) -> Restriction:
    """What the page says.

    Args:
        text: in capitals.
    """
    number, replaced, reason = _NUMBER.search(text), _REPLACED.search(text), _REASON.search(text)
    beginning, ending, issued = _BEGINNING.search(text), _ENDING.search(text), _ISSUED.search(text)
    schedule = beginning[5].strip() if beginning else ""
    return Restriction(
        number=number[1] if number else "",
        replaced=replaced[1] if replaced else "",
        reason=reason[1] if reason else "",
        start_ms=_moment_ms(beginning, schedule[:4] if schedule[:4].isdigit() else "0000"),
        end_ms=_end_ms(ending, schedule),
        schedule=schedule,
        issued_ms=_moment_ms(issued, "0000"),
        sections=tuple(_section(text, found) for found in _AREA.finditer(text)),
    )


def _section(text: str, found: re.Match[str]) -> Section:
    """One affected area."""
    stop = _AREA_END.search(text, found.end())
    end = stop.start() if stop else len(text)
    altitude = _ALTITUDE.search(text, found.end(), end)
    limits = None
    if altitude:
        low, high = read_level(altitude[1].removeprefix("THE ")), read_level(altitude[2])
        limits = band(low, high) if low and high else None
    return Section(found.end(), altitude.start() if altitude else end, limits)


def _moment_ms(found: re.Match[str] | None, time: str) -> int | None:
    """A date in words and a time; `time` where the words have none."""
    if found is None:
        return None
    month, day, year, hours = found.group(1, 2, 3, 4)
    hours = hours or time
    try:
        moment = datetime(int(year), _MONTHS[month[:3]], int(day), int(hours[:2]), int(hours[2:]), tzinfo=UTC)
    except (ValueError, KeyError):
        return None
    return int(moment.timestamp()) * SECOND_MS


def _end_ms(found: re.Match[str] | None, schedule: str) -> int | None:
    """The end; with daily hours the end of the last of them, past midnight where they run past it."""
    digits = re.findall(r"\d{4}", schedule)
    if len(digits) != 2:
        return _moment_ms(found, "2359")
    return _moment_ms(found, digits[1])
