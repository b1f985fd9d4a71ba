"""A NOTAM's own parts: heading, line Q, items A to G, and who made it when.

Source: ICAO Doc 8126 chapter 6 and PANS-AIM (Doc 10066) appendix 3, the NOTAM format. The items are found in their
order, so that a `C)` within the words of item E is no item C.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from waterspace.domain import Position
from waterspace.messages.closing import behind_end
from waterspace.messages.notam.mending import mend
from waterspace.messages.reading import Doubt, Span
from waterspace.quantity import DAY_MS, SECOND_MS

if TYPE_CHECKING:
    from waterspace.messages.notam.mending import Mended

__all__ = ["Circle", "Line", "Notam", "Piece", "read_fields"]

_NUMBER = r"[A-Z]{1,2}\d{1,5}/\d{2,4}"
_HEADING = re.compile(rf"NOTAM([NRC])\b(?:\s+({_NUMBER}))?")
_HEADED = re.compile(rf"(?:({_NUMBER})|[A-Z]?_+/\d{{2}})\s+\Z")
"""A number, or the blanks of a draft that has none yet."""
_PART = re.compile(r"PART\s+(\d{1,2})\s+OF\s+(\d{1,2})\b")
_END_PART = re.compile(r"END\s+PART\s+\d{1,2}\s+OF\s+\d{1,2}\b")
_Q = re.compile(
    r"Q\)(?<!\wQ\))\s*([A-Z]{3,4}|_{4})\s*/\s*(Q?[A-Z]{4})?\s*/\s*([IVK ]*?)\s*/\s*([NBOMK ]*?)\s*/\s*([AEWK ]*?)\s*/"
    r"\s*(\d{3})?\s*/\s*(\d{3})?\s*/?\s*(?:(\d{4})\s*([NS])\s*(\d{5})\s*([EW])\s*(\d{3})?)?"
)
_A = re.compile(r"A\)(?<![A-Z0-9]A\))\s*")
_B = re.compile(r"B\)(?<![A-Z0-9]B\))\s*(\d{10}|WIE)\b")
_C = re.compile(r"C\)(?<![A-Z0-9]C\))\s*(?:(\d{10})\s*(EST)?|(PERM|UFN|WIE))(?![A-Z0-9])")
_D = re.compile(r"\s*D\)\s*")
_E = re.compile(r"E\)(?<![A-Z0-9]E\))\s*")
_F = re.compile(r"F\)(?<![A-Z0-9(]F\))\s*(?=SFC|GND|FL|UNL|MSL|\d|ALT|QNH)")
_G = re.compile(r"\s*\(?\s*G\)\s*([^\r\n]{0,40}?)(?=\s{2,}|[\r\n]|\Z|\s*CREATED|\s*SOURCE)")
_CREATED = re.compile(r"CREATED:\s*(\d{1,2})\s+([A-Z]{3})[A-Z]*\s+(\d{4})\s+(\d\d):(\d\d)(?::\d\d)?")
_SOURCE = re.compile(r"SOURCE:\s*([A-Z]{4,8})\b")
_MONTHS = {
    name: place
    for place, name in enumerate(
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], start=1
    )
}
_MINUTES = 60.0


class Piece(NamedTuple):
    """Some of the text, from `start` to just before `end` of the mended text."""

    text: str
    start: int
    end: int


class _Heading(NamedTuple):
    """A number, its kind, and the number that it refers to; empty where there is none."""

    number: str
    kind: str
    refers: str
    start: int
    end: int


class _Items(NamedTuple):
    """Items E, F and G of one part."""

    body: Piece | None
    lower: Piece | None
    upper: Piece | None


class Circle(NamedTuple):
    """Centre and radius of line Q; the radius is None where it is not given."""

    centre: Position
    radius_nm: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Line Q.

    Attributes:
        fir: flight information region; its end `XX` stands for several; empty where a draft has a blank.
        code: five letters with the Q; empty where absent.
        traffic: `I`, `V`, `IV` or `K`; empty where absent.
        purpose: such as `BO`.
        scope: such as `W`.
        lower: flight level; None where absent.
        upper: flight level, 999 for no limit; None where absent.
        circle: None where absent.
        span: where it stands.
    """

    fir: str
    code: str
    traffic: str
    purpose: str
    scope: str
    lower: int | None
    upper: int | None
    circle: Circle | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Notam:
    """The fields of one NOTAM.

    Attributes:
        mended: the text that the pieces lie in.
        number: such as `A2363/26`; empty where there is no heading.
        kind: `N` new, `R` in place of `refers`, `C` that cancels `refers`; empty where unknown.
        refers: number of the NOTAM that this one replaces or cancels.
        line: line Q.
        part: which part of how many this is; None where it is whole.
        places: item A.
        start_ms: item B; None where it is not given.
        end_ms: item C; None where there is no end.
        estimated: whether the end is only estimated.
        has_end: whether item C stands there at all.
        schedule: item D.
        bodies: item E, of every part.
        lower: item F.
        upper: item G.
        created_ms: when it was made.
        source: address of who made it.
        doubts: what is wrong with the fields, in the order of the text.
    """

    mended: Mended
    number: str = ""
    kind: str = ""
    refers: str = ""
    line: Line | None = None
    part: tuple[int, int] | None = None
    places: tuple[str, ...] = ()
    start_ms: int | None = None
    end_ms: int | None = None
    estimated: bool = False
    has_end: bool = False
    schedule: Piece | None = None
    bodies: tuple[Piece, ...] = ()
    lower: Piece | None = None
    upper: Piece | None = None
    created_ms: int | None = None
    source: str = ""
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class _Found:
    """What is found on the way through the items, and how far the way went."""

    mended: Mended
    end: int
    place: int = 0
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, start: int, end: int, reason: str) -> None:
        """Something is wrong."""
        self.doubts.append(Doubt(self.mended.span(start, max(end, start)), reason))


def read_fields(text: str) -> Notam:
    """The fields of a NOTAM; what is missing is told in its doubts.

    Args:
        text: in capitals and plain signs, as `lexing.plain` gives it, with one NOTAM, or with all its parts.
    """
    mended = mend(text)
    whole = mended.text
    headings = _headings(whole)
    first = headings[0] if headings else None
    end = headings[1].start if len(headings) > 1 else len(whole)
    behind = behind_end(whole)
    found = _Found(mended, end if behind is None else min(end, behind))
    if behind is not None:
        found.doubt(behind, len(whole.rstrip()), "Text stands behind the end of the NOTAM; nothing was expected there.")
    line = _line(found)
    places, part = _places(found)
    start_ms = _beginning(found)
    end_ms, is_estimated, has_end = _ending(found, is_due=first is None or first.kind != "C")
    schedule, first_items = _rest(found)
    items = [first_items, *_parts(found, headings)]
    created = _CREATED.search(whole)
    source = _SOURCE.search(whole)
    if start_ms is not None and end_ms is not None and end_ms <= start_ms:
        found.doubt(found.place - 10, found.place, "Item C is not later than item B.")
    if first is None and line is None:
        found.doubt(0, min(len(whole), 40), "Found no heading with a number and NOTAMN, NOTAMR or NOTAMC.")
    if first is not None and first.kind != "N" and not first.refers:
        found.doubt(first.start, first.end, f"NOTAM{first.kind} does not say which NOTAM it replaces or cancels.")
    return Notam(
        mended=mended,
        number=first.number if first else "",
        kind=first.kind if first else "",
        refers=first.refers if first else "",
        line=line,
        part=part,
        places=places,
        start_ms=start_ms,
        end_ms=end_ms,
        estimated=is_estimated,
        has_end=has_end,
        schedule=schedule,
        bodies=tuple(each.body for each in items if each.body),
        lower=next((each.lower for each in items if each.lower), None),
        upper=next((each.upper for each in items if each.upper), None),
        created_ms=_created_ms(created) if created else None,
        source=source[1] if source else "",
        doubts=tuple(found.doubts),
    )


def _headings(text: str) -> list[_Heading]:
    """Every heading, in order."""
    found = []
    for match in _HEADING.finditer(text):
        number = _HEADED.search(text, max(match.start() - 30, 0), match.start())
        if number:
            found.append(_Heading(number[1] or "", match[1], match[2] or "", number.start(), match.end()))
    return found


def _parts(found: _Found, headings: list[_Heading]) -> list[_Items]:
    """Items E to G of further parts of the same NOTAM that stand in the same text."""
    parts = []
    for place, heading in enumerate(headings[1:], start=1):
        end = headings[place + 1].start if place + 1 < len(headings) else len(found.mended.text)
        if heading.number != headings[0].number:
            told = f"A second NOTAM, {heading.number}, begins in the text of {headings[0].number}."
            found.doubt(heading.start, heading.end, told)
            break
        start = _E.search(found.mended.text, heading.end, end)
        if start:
            parts.append(_items(found.mended.text, start.end(), end))
    return parts


def _line(found: _Found) -> Line | None:
    """Line Q."""
    text = found.mended.text
    match = _Q.search(text, 0, found.end)
    if match is None:
        place = text.find("Q)", 0, found.end)
        if place >= 0:
            found.doubt(
                place, min(place + 60, found.end), "Line Q does not read FIR/code/traffic/purpose/scope/levels."
            )
        return None
    fir, code, traffic, purpose, scope, lower, upper, *centre = match.groups()
    found.place = match.end()
    circle = None
    if centre[0]:
        circle = _circle(found, match.span(8)[0], centre)
    elif text[match.end() : match.end() + 1].isdigit():
        end = match.end()
        found.doubt(end, min(end + 16, found.end), "The centre of line Q is not ddmmNdddmmErrr.")
    return Line(
        fir=fir.strip("_"),
        code=code or "",
        traffic=traffic.replace(" ", ""),
        purpose=purpose.replace(" ", ""),
        scope=scope.replace(" ", ""),
        lower=int(lower) if lower else None,
        upper=int(upper) if upper else None,
        circle=circle,
        span=found.mended.span(*match.span()),
    )


def _circle(found: _Found, start: int, centre: list[str | None]) -> Circle | None:
    """Centre and radius."""
    lat, north, lon, east, radius = centre
    lat_deg = int((lat or "0")[:2]) + int((lat or "0")[2:]) / _MINUTES
    lon_deg = int((lon or "0")[:3]) + int((lon or "0")[3:]) / _MINUTES
    if lat_deg > 90.0 or lon_deg > 180.0 or int((lat or "0")[2:]) >= 60 or int((lon or "0")[3:]) >= 60:
        found.doubt(start, start + 11, f"The centre of line Q, {lat}{north}{lon}{east}, is no position.")
        return None
    position = Position(
        lat_deg=-lat_deg if north == "S" else lat_deg,
        lon_deg=-lon_deg if east == "W" else lon_deg,
    )
    return Circle(position, int(radius) if radius else None)


def _places(found: _Found) -> tuple[tuple[str, ...], tuple[int, int] | None]:
    """Item A and which part of how many this is."""
    text = found.mended.text
    marker = _A.search(text, found.place, found.end)
    following = _B.search(text, marker.end() if marker else found.place, found.end)
    if marker is None or following is None:
        if marker is None:
            found.doubt(found.place, found.place, "Item A is missing.")
        return (), None
    words = text[marker.end() : following.start()]
    part = _PART.search(words)
    found.place = following.start()
    return (
        tuple(re.findall(r"\b[A-Z]{4}\b", _PART.sub(" ", words))),
        (int(part[1]), int(part[2])) if part else None,
    )


def _beginning(found: _Found) -> int | None:
    """Item B."""
    match = _B.search(found.mended.text, found.place, found.end)
    if match is None:
        found.doubt(found.place, found.place, "Item B, ten digits yymmddhhmm, is missing.")
        return None
    found.place = match.end()
    return _moment_ms(found, match, 1)


def _ending(found: _Found, *, is_due: bool) -> tuple[int | None, bool, bool]:
    """Item C, whether it is estimated, and whether it stands there; what only cancels has none."""
    match = _C.search(found.mended.text, found.place, found.end)
    if match is None:
        if is_due:
            found.doubt(found.place, found.place, "Item C, ten digits yymmddhhmm, PERM or UFN, is missing.")
        return None, False, False
    found.place = match.end()
    if match[1] is None:
        return None, False, True
    return _moment_ms(found, match, 1), match[2] is not None, True


def _rest(found: _Found) -> tuple[Piece | None, _Items]:
    """Items D to G."""
    text = found.mended.text
    has_schedule = _D.match(text, found.place)
    body_start = _E.search(text, found.place, found.end)
    schedule = None
    if has_schedule:
        schedule = _piece(text, has_schedule.end(), body_start.start() if body_start else found.end)
    if body_start is None:
        found.doubt(found.place, found.place, "Item E is missing.")
        return schedule, _Items(None, None, None)
    return schedule, _items(text, body_start.end(), found.end)


def _items(text: str, start: int, end: int) -> _Items:
    """Items E to G of one part, from behind its `E)`."""
    low = high = None
    for low in _F.finditer(text, start, end):
        high = _G.search(text, low.end(), min(low.end() + 80, end))
        if high:
            break
    body = _piece(text, start, low.start() if low else _body_end(text, start, end))
    lower = _piece(text, low.end(), high.start() if high else min(end, low.end() + 20)) if low else None
    return _Items(body, lower, _piece(text, *high.span(1)) if high else None)


def _body_end(text: str, start: int, end: int) -> int:
    """Where item E ends, if no item F follows."""
    marks = (_END_PART.search(text, start, end), _CREATED.search(text, start, end), _SOURCE.search(text, start, end))
    return min((mark.start() for mark in marks if mark), default=end)


def _piece(text: str, start: int, end: int) -> Piece:
    """Some of the text, without the blanks around it."""
    words = text[start:end]
    left = start + len(words) - len(words.lstrip())
    words = words.strip()
    return Piece(words, left, left + len(words))


def _moment_ms(found: _Found, match: re.Match[str], group: int) -> int | None:
    """Ten digits yymmddhhmm; 2400 is the end of the day."""
    digits = match[group]
    if not digits.isdigit():
        return None
    year, month, day, hour, minute = (int(digits[place : place + 2]) for place in range(0, 10, 2))
    rolls = hour == 24 and minute == 0
    try:
        moment = datetime(2000 + year, month, day, 0 if rolls else hour, minute, tzinfo=UTC)
    except ValueError:
        found.doubt(*match.span(group), f"{digits} is no date and time yymmddhhmm.")
        return None
    return int(moment.timestamp()) * SECOND_MS + (DAY_MS if rolls else 0)


def _created_ms(match: re.Match[str]) -> int | None:
    """When it was made; None where that is no date."""
    day, month, year, hour, minute = match.groups()
    try:
        moment = datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), tzinfo=UTC)
    except (ValueError, KeyError):
        return None
    return int(moment.timestamp()) * SECOND_MS
