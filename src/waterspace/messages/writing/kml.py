"""KML 2.2: a draft for the globes and charts of those who read no warnings, one file for each draft.

Source: OGC 07-147r2, KML 2.2. A document has a folder for each paragraph, in it one for each place, in it a placemark
for each window with its `TimeSpan`, so that a time slider shows what is in force, and one named `(alternate)` for each
alternate time; a place that is in force until further notice has one placemark without an end. Arcs are corners half
a metre off, coordinates have six decimals, and what crosses 180 degrees is cut there. Edges follow the ground
(`tessellate`) and are drawn straight between corners.

What the format cannot carry as such: series, number, restriction and cancellation stand in the description; heights are
words there too, from the surface upwards, for everything is drawn there.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element, SubElement

from waterspace.messages.draft import STATUS
from waterspace.messages.phrasing.positions import BLANK
from waterspace.messages.phrasing.schedules import ZULU_STYLE, group_text, schedule_text
from waterspace.messages.phrasing.titles import number_text
from waterspace.messages.writing.drawing import drawn
from waterspace.messages.writing.styles import STYLES
from waterspace.notation import format_band, format_time_iso

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from waterspace.domain import Band, Window
    from waterspace.messages.draft import Draft, DraftArea, DraftPart

__all__ = ["write"]

_KML = "http://www.opengis.net/kml/2.2"
_STYLE = "warned"
_LINE = "ff0000c8"
_FILL = "400000c8"
"""Alpha, blue, green, red: a dark line around a quarter of its colour."""
_ALTERNATE = "alternate"


def write(draft: Draft) -> str:
    """A draft as a file, in UTF-8 with its declaration and a final newline."""
    root = Element("kml", {"xmlns": _KML})
    document = SubElement(root, "Document")
    style = STYLES[draft.issuer]
    _text(document, "name", f"{draft.series or style.series} {number_text(draft)}: {STATUS}")
    _text(document, "description", _description(draft))
    look = SubElement(document, "Style", {"id": _STYLE})
    line = SubElement(look, "LineStyle")
    _text(line, "color", _LINE)
    _text(line, "width", "2")
    _text(SubElement(look, "PolyStyle"), "color", _FILL)
    for number, part in enumerate(draft.paragraphs, start=1):
        document.append(_paragraph(draft, part, number))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _description(draft: Draft) -> str:
    style = STYLES[draft.issuer]
    sentences = [draft.general_area, draft.locality, style.restrictions[draft.restriction], *draft.remarks]
    if draft.cancels:
        sentences.append(f"CANCELS {', '.join(draft.cancels)}")
    if draft.cancel_ms is not None:
        sentences.append(f"CANCELLED AT {group_text(draft.cancel_ms, ZULU_STYLE, has_year=True)}")
    return _sentences(sentences)


def _sentences(sentences: Sequence[str]) -> str:
    return " ".join(f"{one.rstrip('.')}." for one in sentences if one).replace(BLANK, " ")


def _paragraph(draft: Draft, part: DraftPart, number: int) -> Element:
    activity = draft.activity_of(part) or STYLES[draft.issuer].activities[draft.category_of(part)]
    folder = Element("Folder")
    _text(folder, "name", f"{number}. {activity}")
    when = schedule_text(part.windows, part.reserves, ZULU_STYLE, has_years=True)
    _text(folder, "description", _sentences([when]))
    for place, area in enumerate(part.areas, start=1):
        folder.append(_place(area, area.label or f"{activity} {place}", part))
    return folder


def _place(area: DraftArea, name: str, part: DraftPart) -> Element:
    """A folder of one place: a placemark for each window, then for each alternate."""
    folder = Element("Folder")
    _text(folder, "name", name)
    shape = drawn(area)
    named: list[tuple[str, Window | None]] = [(name, window) for window in part.windows or (None,)]
    named += [(f"{name} ({_ALTERNATE})", window) for window in part.reserves]
    for title, window in named:
        mark = SubElement(folder, "Placemark")
        _text(mark, "name", title)
        if math.isfinite(area.band.floor_m) or math.isfinite(area.band.ceiling_m):
            _text(mark, "description", _heights(area.band))
        if window is not None:
            span = SubElement(mark, "TimeSpan")
            _text(span, "begin", format_time_iso(window.start_ms))
            _text(span, "end", format_time_iso(window.end_ms))
        _text(mark, "styleUrl", f"#{_STYLE}")
        mark.append(_geometry(shape))
    return folder


def _heights(band: Band) -> str:
    """Heights from the surface upwards, as a NOTAM tells them; what ends at or below it keeps its depths."""
    floor_m = band.floor_m if band.ceiling_m <= 0.0 else max(band.floor_m, 0.0)
    return format_band(floor_m, band.ceiling_m)


def _geometry(shape: Mapping[str, Any]) -> Element:
    parts = list(_parts(shape))
    if len(parts) == 1:
        return parts[0]
    several = Element("MultiGeometry")
    several.extend(parts)
    return several


def _parts(shape: Mapping[str, Any]) -> Iterator[Element]:
    """The simple geometries that a drawing has."""
    kind = str(shape["type"])
    if kind == "GeometryCollection":
        for inner in shape["geometries"]:
            yield from _parts(inner)
    elif kind.startswith("Multi"):
        for inner in shape["coordinates"]:
            yield from _parts({"type": kind.removeprefix("Multi"), "coordinates": inner})
    elif kind == "Polygon":
        outer, *holes = shape["coordinates"]
        polygon = Element("Polygon")
        _text(polygon, "tessellate", "1")
        for name, ring in (("outerBoundaryIs", outer), *(("innerBoundaryIs", hole) for hole in holes)):
            _text(SubElement(SubElement(polygon, name), "LinearRing"), "coordinates", _coordinates(ring))
        yield polygon
    else:
        single = Element(kind)
        if kind == "LineString":
            _text(single, "tessellate", "1")
        corners = shape["coordinates"] if kind == "LineString" else [shape["coordinates"]]
        _text(single, "coordinates", _coordinates(corners))
        yield single


def _coordinates(corners: Sequence[Sequence[float]]) -> str:
    return " ".join(f"{lon_deg:.6f},{lat_deg:.6f}" for lon_deg, lat_deg in corners)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
