"""S-124 read: datasets of navigational warnings in GML, as readings.

    for reading in read_s124(Path("warning.gml").read_bytes()):
        print(reading.series, reading.number, reading.verdict)

Source: S-124 1.0.0 and S-100 5.0.0 (IHO). A `NAVWARNPart` is one warned area, or one for each of its positions. Hours
are read from the text of `warningInformation`, for edition 1.0.0 has days only; without hours in the text the whole
days in UTC stand. Where the text and the days contradict one another there is a doubt.

No entity is expanded and no address is opened: a file with a document type declaration is refused as a doubt.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from waterspace.errors import NotationError
from waterspace.messages.bounds import bounded
from waterspace.messages.category import category
from waterspace.messages.gml.geometry import Source, read_geometry
from waterspace.messages.gml.names import S124, XLINK, local
from waterspace.messages.lexing import tokens
from waterspace.messages.reading import Category, Doubt, Message, Reading, Span, Spell, WarnedArea
from waterspace.messages.times import read_times
from waterspace.notation import format_time, parse_time
from waterspace.quantity import DAY_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from waterspace.messages.times import Times

__all__ = ["read_s124"]

_EPOCH = date(1970, 1, 1)
_DECLARATION = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_CENTURY = 100
_RESOLUTION_DEG = 0.5e-6
_CATEGORIES = {
    "111": Category.NAVIGATION_PROHIBITED,
    "118": Category.ROCKET_LAUNCHING,
    "120": Category.GUNNERY,
    "142": Category.HAZARDOUS_OPERATIONS,
    "190": Category.MILITARY_EXERCISE,
    "191": Category.MILITARY_EXERCISE,
    "240": Category.DISTRESS,
    "278": Category.UNDERWATER_OPERATIONS,
}
_CANCELLATION = "1"


def read_s124(data: bytes, file: str = "") -> tuple[Reading, ...]:
    """The warnings of a dataset: one reading for each preamble, which is one in a dataset that keeps the rules.

    Args:
        data: the bytes of a file; anything at all.
        file: its name, for messages.
    """
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    message = Message(id=file or "S-124", text=text, file=file)
    if _DECLARATION.search(text):
        return (_doubted(message, "The file declares a document type or an entity: expected plain GML without one."),)
    try:
        # Entities cannot be declared, as just seen, so that nothing can grow and nothing is fetched.
        root = ET.fromstring(text)  # noqa: S314
    except ET.ParseError as error:
        return (_doubted(message, f"The file is no XML: {error}."),)
    if local(root.tag) != "Dataset" or not root.tag.startswith(S124):
        return (_doubted(message, f"The file holds {root.tag}: expected a Dataset of S-124 1.0."),)
    return tuple(map(bounded, _Dataset(root, message).readings()))


def _doubted(message: Message, reason: str) -> Reading:
    return Reading(message=message, doubts=(Doubt(Span(0, min(len(message.text), 80)), reason),))


class _Dataset:
    """Reads one dataset."""

    def __init__(self, root: Element, message: Message) -> None:
        self.message = message
        self.source = Source(message.text)
        self.preambles = list(root.iter(f"{S124}NAVWARNPreamble"))
        self.parts = list(root.iter(f"{S124}NAVWARNPart"))
        self.references = {_id(one): one for one in root.iter(f"{S124}References")}

    def readings(self) -> tuple[Reading, ...]:
        if not self.preambles:
            return (_doubted(self.message, "The dataset has no NAVWARNPreamble: expected exactly one."),)
        return tuple(self._reading(preamble) for preamble in self.preambles)

    def _reading(self, preamble: Element) -> Reading:
        self.source.doubts = []
        series, number = _identity(preamble)
        issued_ms = self._time(preamble, "publicationTime")
        cancel_ms = self._time(preamble, "cancellationDate")
        reading = Reading(
            message=replace(self.message, id=f"{series} {number}".strip() or self.message.id),
            cancels=tuple(self._cancels(preamble)),
            cancel_ms=cancel_ms,
            issued_ms=issued_ms,
            series=series,
            number=number,
        )
        areas = [area for part in self.parts if self._belongs(part, preamble) for area in self._areas(part, issued_ms)]
        return replace(
            reading, areas=tuple(areas), doubts=tuple(sorted(self.source.doubts, key=lambda doubt: doubt.span))
        )

    def _belongs(self, part: Element, preamble: Element) -> bool:
        header = part.find(f"{S124}header")
        href = header.get(f"{XLINK}href", "") if header is not None else ""
        return len(self.preambles) == 1 or href.rpartition("#")[2] == _id(preamble)

    def _time(self, preamble: Element, name: str) -> int | None:
        text = (preamble.findtext(f"{S124}{name}") or "").strip()
        if not text:
            return None
        try:
            return parse_time(text)
        except NotationError as error:
            self.source.doubt(f"The {name} is not understood: {error}.", text)
            return None

    def _cancels(self, preamble: Element) -> Iterator[str]:
        for link in preamble.findall(f"{S124}theReferences"):
            reference = self.references.get(link.get(f"{XLINK}href", "").rpartition("#")[2])
            if reference is None:
                self.source.doubt("A reference of the preamble leads to nothing in the dataset.")
                continue
            kind = reference.find(f"{S124}referenceCategory")
            if kind is not None and kind.get("code") == _CANCELLATION:
                yield from (" ".join(filter(None, _named(one))) for one in reference.iter(_IDENTIFIER))

    def _areas(self, part: Element, issued_ms: int | None) -> Iterator[WarnedArea]:
        text = (part.findtext(f"{S124}warningInformation/{S124}information/{S124}text") or "").strip()
        start = self.source.find(text) if text else self.source.at
        spells, reserves = self._times(part, text, start, issued_ms)
        label = (part.findtext(f"{S124}featureName/{S124}name") or "").strip()
        found = read_geometry(part.findall(f"{S124}geometry"), self.source)
        for picture in found:
            yield WarnedArea(
                form=picture.form,
                footprint=picture.footprint,
                positions=picture.positions,
                spans=picture.spans,
                label=label,
                spells=spells,
                reserves=reserves,
                category=_category(part, text),
                resolution_deg=_RESOLUTION_DEG,
            )

    def _times(
        self, part: Element, text: str, start: int, issued_ms: int | None
    ) -> tuple[tuple[Spell, ...], tuple[Spell, ...]]:
        """When a part is in force: the hours of its text within its days, else the days."""
        days = [spell for element in part.findall(f"{S124}fixedDateRange") if (spell := self._days(element))]
        near_ms = issued_ms if issued_ms is not None else next((spell.start_ms for spell in days), None)
        told = read_times(tokens(text), near_ms)
        if told.doubts and not told.spells:
            told = _on_days(text, days, near_ms) or told
        self.source.doubts += [
            Doubt(Span(start + doubt.span.start, start + doubt.span.end), doubt.reason) for doubt in told.doubts
        ]
        if not told.spells:
            return tuple(days), told.reserves
        if days and not told.doubts and any(not _within(spell, days) for spell in told.spells):
            self.source.doubt("The hours of the text lie outside of the days beside it.", text)
        return told.spells, told.reserves

    def _days(self, element: Element) -> Spell | None:
        """A range of days, the last included."""
        limits: list[int | None] = []
        for name in ("dateStart", "dateEnd"):
            limit = element.find(f"{S124}{name}")
            text = "".join(limit.itertext()).strip() if limit is not None else ""
            try:
                limits.append((date.fromisoformat(text) - _EPOCH).days * DAY_MS if text else None)
            except ValueError:
                self.source.doubt(f"The {name} of a range is {text[:20]!r}: expected a day such as 2026-07-20.", text)
                return None
        first_ms, last_ms = limits
        if first_ms is not None and last_ms is not None and last_ms < first_ms:
            self.source.doubt("The last day of a range lies before its first.")
            return None
        return Spell(first_ms, None if last_ms is None else last_ms + DAY_MS)


_IDENTIFIER = f"{S124}messageSeriesIdentifier"


def _id(element: Element) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == "id"), "")


def _identity(preamble: Element) -> tuple[str, str]:
    identifier = preamble.find(_IDENTIFIER)
    return ("", "") if identifier is None else _named(identifier)


def _named(identifier: Element) -> tuple[str, str]:
    """Series and number, such as `NAVAREA XI` and `999/26`."""
    series = (identifier.findtext(f"{S124}nameOfSeries") or "").strip()
    number = (identifier.findtext(f"{S124}warningNumber") or "").strip()
    year = (identifier.findtext(f"{S124}year") or "").strip()
    if not number:
        return series, ""
    return series, f"{number}/{int(year) % _CENTURY:02d}" if year.isdecimal() else number


def _category(part: Element, text: str) -> Category:
    """What the words say, else what the code says."""
    said = category(tokens(text))
    if said is not Category.OTHER:
        return said
    codes = (one.get("code", "") for one in part.iter(f"{S124}navwarnTypeDetails"))
    return next((_CATEGORIES[code] for code in codes if code in _CATEGORIES), Category.OTHER)


def _on_days(text: str, days: Sequence[Spell], near_ms: int | None) -> Times | None:
    """The times of a text that names hours only, on the days beside it; None where that does not mend it."""
    ends = [(day.start_ms, day.end_ms - 1) for day in days if day.start_ms is not None and day.end_ms is not None]
    named = " AND ".join(f"{_dated(first_ms)} THRU {_dated(last_ms)}" for first_ms, last_ms in ends)
    told = read_times(tokens(f"{text.rstrip('.')} {named}"), near_ms)
    return None if told.doubts or len(ends) < len(days) else told


def _dated(instant_ms: int) -> str:
    """`20 JUL 26`."""
    return " ".join((format_time(instant_ms)[:2], *format_time(instant_ms).split()[1:]))


def _within(spell: Spell, days: Sequence[Spell]) -> bool:
    return any(
        (day.start_ms is None or (spell.start_ms is not None and day.start_ms <= spell.start_ms))
        and (day.end_ms is None or (spell.end_ms is not None and spell.end_ms <= day.end_ms))
        for day in days
    )
