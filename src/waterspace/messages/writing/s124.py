"""S-124 1.0.0: a navigational warning as a dataset in GML, one dataset for each draft.

Source: S-124 1.0.0 Product Specification and its GML schema of 2023-03-29, S-100 5.0.0 Part 10b (IHO); S-53 for what
the parts of a warning are. A dataset has one `NAVWARNPreamble`, one `NAVWARNPart` for each place, and `References` for
the warnings that it cancels.

Our reading of what the specification leaves open: HYDROPAC and its like are of the type of NAVAREA warnings; whatever
is asked of ships short of a prohibition is `Area To Be Avoided`; local warnings are no international service.

What the format cannot carry, and where it goes instead:

* Hours: `fixedDateRange` has days and no time of day. Each run of days in which a place is in force is one range, in
  UTC, and the hours stand in the text of `warningInformation`, in the words of a radio warning. Edition 2.0.0
  has times.
* Alternate times: in the text only.
* Heights: not at all; they belong in a NOTAM.
* A number other than `123/26`: left out (nil). An agency: only its name.
* Labels of places and other names: as `featureName`.

Geometry: see `waterspace.messages.writing.gml`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element, SubElement

from waterspace.messages.draft import Restriction
from waterspace.messages.gml.names import GML, S100, S124, XLINK, XSI
from waterspace.messages.phrasing.positions import BLANK
from waterspace.messages.phrasing.schedules import ZULU_STYLE, schedule_text, whole_minutes
from waterspace.messages.reading import Category, Form
from waterspace.messages.writing.gml import Ids, geometry
from waterspace.messages.writing.styles import STYLES
from waterspace.notation import format_time_iso
from waterspace.quantity import DAY_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from waterspace.domain import Window
    from waterspace.messages.draft import Draft, DraftArea, DraftPart

__all__ = ["S124Version", "day_runs", "write"]


class S124Version(StrEnum):
    """Editions of the product specification that can be written."""

    V1_0_0 = "1.0.0"


_CITED = re.compile(r"(?:(.*\S)\s+)?0*(\d{1,6})/(\d{2}|\d{4})\b.*")
_CENTURY = 2000
_NOT_IN_FILES = re.compile(r"[^A-Z0-9]+")

_TYPES = {
    "local": ("1", "Local Navigational Warning"),
    "coastal": ("2", "Coastal Navigational Warning"),
    "sub-area": ("3", "Sub-Area Navigational Warning"),
    "navarea": ("4", "NAVAREA Navigational Warning"),
}
_SPECIAL_OPERATIONS = ("17", "Special Operations")
_OTHER_HAZARDS = ("5", "Other Hazards")
_FIRING = ("120", "Firing Exercise")
_DETAILS = {
    Category.GUNNERY: _FIRING,
    Category.MISSILE: _FIRING,
    Category.BOMBING: _FIRING,
    Category.ROCKET_LAUNCHING: ("118", "Fallout Hazard"),
    Category.MILITARY_EXERCISE: ("190", "Military Exercise"),
    Category.HAZARDOUS_OPERATIONS: ("142", "Hazardous Area"),
    Category.NAVIGATION_PROHIBITED: ("111", "Exclusion Zone"),
    Category.UNDERWATER_OPERATIONS: ("278", "Underwater Operations"),
    Category.DISTRESS: ("240", "SAR Operation"),
}
_AVOIDED = ("14", "Area To Be Avoided")
_RESTRICTIONS = {
    Restriction.WIDE_BERTH: _AVOIDED,
    Restriction.DANGEROUS: _AVOIDED,
    Restriction.PROHIBITED: ("7", "Entry Prohibited"),
    Restriction.PROHIBITED_INSIDE: ("8", "Entry Restricted"),
}
_CANCELLATION = ("1", "Warning Cancellation")


def write(draft: Draft, *, agency: str = "", version: S124Version = S124Version.V1_0_0) -> str:
    """A draft as a dataset.

    Args:
        draft: with or without a number.
        agency: who produces the warning, as S-62 names it; empty where nobody is known.
        version: of the product specification; there is one so far.

    Returns:
        The text of a file in UTF-8, its declaration and a final newline included.
    """
    writer = _Writer(draft, agency, version)
    ET.indent(dataset := writer.dataset())
    text = ET.tostring(dataset, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def day_runs(windows: Iterable[Window]) -> list[tuple[int, int]]:
    """First and last day, since 1970, of each run of days in UTC that windows touch."""
    runs: list[tuple[int, int]] = []
    for window in sorted(windows):
        first, last = window.start_ms // DAY_MS, max(window.end_ms - 1, window.start_ms) // DAY_MS
        if runs and first <= runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], max(runs[-1][1], last))
        else:
            runs.append((first, last))
    return runs


class _Writer:
    """Writes one dataset."""

    def __init__(self, draft: Draft, agency: str, version: S124Version) -> None:
        self.draft = draft
        self.agency = agency
        self.version = version
        self.ids = Ids()
        self.style = STYLES[draft.issuer]
        self.series = draft.series or self.style.series

    def dataset(self) -> Element:
        name = _NOT_IN_FILES.sub("_", f"{self.series} {self.draft.number or self.draft.id}".upper()).strip("_")
        dataset = Element(f"{S124}Dataset", {f"{GML}id": f"DS_{name}"})
        dataset.append(self._identification(name))
        members = SubElement(dataset, f"{S124}members")
        references = [self._reference(name) for name in self.draft.cancels]
        members.append(self._preamble([reference.get(f"{GML}id", "") for reference in references]))
        members.extend(references)
        members.extend(self._part(part, area) for part in self.draft.paragraphs for area in part.areas)
        return dataset

    def _identification(self, name: str) -> Element:
        issued_ms = self.draft.issued_ms
        outer = Element(f"{S100}DatasetIdentificationInformation")
        values = {
            "encodingSpecification": "S-100 Part 10b",
            "encodingSpecificationEdition": "1.0",
            "productIdentifier": "S-124",
            "productEdition": self.version.value,
            "applicationProfile": "1",
            "datasetFileIdentifier": f"124{name}",
            "datasetTitle": f"{self.series} {self.draft.number}".strip(),
            "datasetReferenceDate": _day(self._reference_ms() if issued_ms is None else issued_ms),
            "datasetLanguage": "eng",
            "datasetTopicCategory": "oceans",
            "datasetPurpose": "base",
            "updateNumber": "0",
        }
        for key, value in values.items():
            SubElement(outer, f"{S100}{key}").text = value
        return outer

    def _reference_ms(self) -> int:
        """A day that stands for that of the issue while nothing is issued: the first on which anything is in force."""
        starts = [window.start_ms for part in self.draft.paragraphs for window in (*part.windows, *part.reserves)]
        return min(starts, default=self.draft.cancel_ms or 0)

    def _preamble(self, references: Sequence[str]) -> Element:
        draft = self.draft
        outer = Element(f"{S124}NAVWARNPreamble", {f"{GML}id": "PREAMBLE"})
        for chart in draft.charts:
            affected = SubElement(SubElement(outer, f"{S124}affectedChartPublications"), f"{S124}chartAffected")
            SubElement(affected, f"{S124}chartNumber").text = chart
            _nil(affected, "editionDate")
        _place(outer, "generalArea", draft.general_area)
        if draft.locality:
            _place(outer, "locality", draft.locality)
        outer.append(self._identifier(f"{self.series} {draft.number}"))
        title = SubElement(outer, f"{S124}nAVWARNTitle")
        _said(title, self._activity(draft.paragraphs[0]) if draft.paragraphs else "CANCELLATION")
        if draft.cancel_ms is not None:
            SubElement(outer, f"{S124}cancellationDate").text = format_time_iso(draft.cancel_ms)
        SubElement(outer, f"{S124}intService").text = "false" if self._type(self.series) == "local" else "true"
        is_distress = Category.DISTRESS in draft.categories
        _coded(outer, "navwarnTypeGeneral", _OTHER_HAZARDS if is_distress else _SPECIAL_OPERATIONS)
        if draft.issued_ms is None:
            _nil(outer, "publicationTime")
        else:
            SubElement(outer, f"{S124}publicationTime").text = format_time_iso(draft.issued_ms)
        for id_ in references:
            SubElement(outer, f"{S124}theReferences", {f"{XLINK}href": f"#{id_}"})
        return outer

    def _identifier(self, cited: str) -> Element:
        """The identity of a warning that is cited as `HYDROPAC 1234/26`."""
        match = _CITED.fullmatch(cited.strip())
        series, number, year = match.groups() if match else (cited, None, None)
        outer = Element(f"{S124}messageSeriesIdentifier")
        if self.agency:
            SubElement(outer, f"{S124}agencyResponsibleForProduction").text = self.agency
        else:
            _nil(outer, "agencyResponsibleForProduction")
        name = (series or self.series).strip()
        SubElement(outer, f"{S124}nameOfSeries").text = name
        _number(outer, "warningNumber", number)
        _coded(outer, "warningType", _TYPES[self._type(name)])
        _number(outer, "year", None if year is None else str(int(year) + (_CENTURY if len(year) == 2 else 0)))
        return outer

    def _type(self, series: str) -> str:
        upper = series.upper()
        if "SUB-AREA" in upper or "SUBAREA" in upper:
            return "sub-area"
        if upper.startswith(("NAVAREA", "HYDRO")):
            return "navarea"
        return "local" if upper.startswith("LOCAL") else "coastal"

    def _reference(self, cited: str) -> Element:
        outer = Element(f"{S124}References", {f"{GML}id": self.ids.new("R")})
        outer.append(self._identifier(cited))
        SubElement(outer, f"{S124}noMessageOnHand").text = "false"
        _coded(outer, "referenceCategory", _CANCELLATION)
        return outer

    def _part(self, part: DraftPart, area: DraftArea) -> Element:
        draft = self.draft
        outer = Element(f"{S124}NAVWARNPart", {f"{GML}id": self.ids.new("N")})
        if area.label:
            name = SubElement(outer, f"{S124}featureName")
            SubElement(name, f"{S124}language").text = "eng"
            SubElement(name, f"{S124}name").text = area.label
        for first, last in day_runs(whole_minutes(part.windows)):
            dates = SubElement(outer, f"{S124}fixedDateRange")
            for key, day in (("dateEnd", last), ("dateStart", first)):
                SubElement(SubElement(dates, f"{S124}{key}"), f"{S100}date").text = _day(day * DAY_MS)
        information = SubElement(outer, f"{S124}warningInformation")
        _said(SubElement(information, f"{S124}information"), self._text(part))
        category = draft.category_of(part)
        if category in _DETAILS:
            _coded(information, "navwarnTypeDetails", _DETAILS[category])
        if area.form is Form.AREA and draft.restriction in _RESTRICTIONS:
            _coded(outer, "restriction", _RESTRICTIONS[draft.restriction])
        SubElement(outer, f"{S124}header", {f"{XLINK}href": "#PREAMBLE"})
        outer.extend(geometry(area.form, area.footprint, self.ids))
        return outer

    def _activity(self, part: DraftPart) -> str:
        return self.draft.activity_of(part) or self.style.activities[self.draft.category_of(part)]

    def _text(self, part: DraftPart) -> str:
        """What goes on and when, what is asked of ships, and remarks."""
        return " ".join(f"{sentence.replace(BLANK, ' ').rstrip('.')}." for sentence in self._sentences(part))

    def _sentences(self, part: DraftPart) -> Iterator[str]:
        when = schedule_text(part.windows, part.reserves, ZULU_STYLE, has_years=True)
        yield f"{self._activity(part)} {when}"
        restriction = self.style.restrictions[self.draft.restriction]
        if restriction:
            yield restriction
        yield from self.draft.remarks


def _place(parent: Element, name: str, text: str) -> None:
    """A general area or a locality; nil where it has no name."""
    location = SubElement(SubElement(parent, f"{S124}{name}"), f"{S124}locationName")
    if text:
        _said(location, text)
    else:
        location.set(f"{XSI}nil", "true")


def _said(parent: Element, text: str) -> None:
    SubElement(parent, f"{S124}language").text = "eng"
    SubElement(parent, f"{S124}text").text = text


def _coded(parent: Element, name: str, value: tuple[str, str]) -> None:
    code, label = value
    SubElement(parent, f"{S124}{name}", {"code": code}).text = label


def _number(parent: Element, name: str, text: str | None) -> None:
    if text is None:
        _nil(parent, name)
    else:
        SubElement(parent, f"{S124}{name}").text = text


def _nil(parent: Element, name: str) -> None:
    SubElement(parent, f"{S124}{name}", {f"{XSI}nil": "true"})


def _day(instant_ms: int) -> str:
    return format_time_iso(instant_ms // SECOND_MS * SECOND_MS)[:10]
