"""Draw: a chart as one SVG picture, the same bytes for the same request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from waterspace.reports.chart.border import BORDER, draw_border, draw_graticule, parallel_labels, spacing
from waterspace.reports.chart.frame import fitted
from waterspace.reports.chart.labels import BOLD_ROLES, LINE_EM, Box, place
from waterspace.reports.chart.land import draw_land
from waterspace.reports.chart.legend import draw_foot
from waterspace.reports.chart.letters import BOLD, text_width
from waterspace.reports.chart.look import FONT, look_of
from waterspace.reports.chart.overlays import draw_areas, draw_lines, draw_marks, draw_reservations
from waterspace.reports.chart.request import ChartContent
from waterspace.reports.chart.sheet import Sheet
from waterspace.reports.chart.svg import content, element, text

if TYPE_CHECKING:
    from waterspace.reports.chart.border import Spacing
    from waterspace.reports.chart.labels import Label, Placed
    from waterspace.reports.chart.look import Look
    from waterspace.reports.chart.request import ChartRequest

__all__ = ["draw"]

_MARGIN_X = 72.0
_MARGIN_TOP = 46.0
_MARGIN_FOOT = 30.0
_TITLE = 16.0
_LEAST_WIDTH = 320

_ITALIC_ROLES = frozenset({"line", "strait"})


def draw(request: ChartRequest) -> str:
    """A chart as SVG: coast, graticule and whatever the request names, with border, scale, legend and credits.

    Raises:
        GeometryError: a box that is empty, turned over, wider than the earth, or not made of numbers.
        ValueError: a page less than 320 pixels wide.
    """
    if request.width < _LEAST_WIDTH:
        raise ValueError(f"a chart {request.width} pixels wide cannot be read; {_LEAST_WIDTH} is the least")
    look = look_of(request.style)
    frame = fitted(request.bounds, _MARGIN_X, _MARGIN_TOP, request.width - 2.0 * _MARGIN_X)
    sheet = Sheet(frame=frame, look=look, key=request.key)
    steps = spacing(frame)
    _draw_layers(sheet, request, steps)
    placed, dropped = _place(sheet)
    sheet.parts.append(_words(placed, look))
    foot_top = frame.top + frame.height + BORDER + _MARGIN_FOOT
    foot, foot_height = draw_foot(sheet, foot_top, frame.left - BORDER, frame.width + 2.0 * BORDER)
    height = foot_top + foot_height + 8.0
    inside = element("g", {"clip-path": f"url(#{request.key}-frame)"}, *sheet.parts)
    page = element("rect", {"width": float(request.width), "height": height, "fill": look.paper})
    border = draw_border(frame, look, steps)
    return _document(request, sheet, height, dropped, (page, inside, border, _heading(request, look), foot))


def _draw_layers(sheet: Sheet, request: ChartRequest, steps: Spacing) -> None:
    """Everything inside the frame, from the sea bed up."""
    frame, contents = sheet.frame, request.contents
    water = next(iter(sheet.look.depths.values())) if ChartContent.DEPTHS in contents else sheet.look.water
    sheet.parts.append(
        element(
            "rect",
            {"x": frame.left, "y": frame.top, "width": frame.width, "height": frame.height, "fill": water},
        )
    )
    if ChartContent.DEPTHS in contents:
        from waterspace.reports.chart.depths import draw_depths

        draw_depths(sheet)
    draw_land(sheet)
    sheet.parts.append(draw_graticule(frame, sheet.look, steps))
    sheet.labels += parallel_labels(frame, steps)
    draw_reservations(sheet, request.reservations)
    if ChartContent.ZONES in contents:
        from waterspace.reports.chart.limits import draw_zones

        draw_zones(sheet)
    draw_lines(sheet, request.lines)
    draw_areas(sheet, request.areas)
    if ChartContent.PORTS in contents:
        from waterspace.reports.chart.limits import draw_known_ports

        draw_known_ports(sheet)
    if ChartContent.STRAITS in contents:
        from waterspace.reports.chart.limits import draw_straits

        draw_straits(sheet)
    draw_marks(sheet, request.marks)
    sheet.legend = list(dict.fromkeys(sheet.legend))  # two layers may use one sign


def _place(sheet: Sheet) -> tuple[list[Placed], list[Label]]:
    frame = sheet.frame
    page = Box(frame.left + 3.0, frame.top + 3.0, frame.left + frame.width - 3.0, frame.top + frame.height - 3.0)
    lines = np.concatenate(sheet.keep_off) if sheet.keep_off else np.empty((0, 2))
    return place(sheet.labels, page, sheet.taken, lines)


def _words(placed: list[Placed], look: Look) -> str:
    """Labels with a pale rim, so that they can be read on any ground."""
    inks = {"contour": look.contour_text, "strait": look.strait, "port": look.ink}
    leaders, words = [], []
    for one in placed:
        label = one.label
        ink = inks.get(label.role, look.ink)
        if one.leader:
            x1, y1, x2, y2 = one.leader
            leaders.append(
                element("path", {"d": f"M{x1:.1f},{y1:.1f}L{x2:.1f},{y2:.1f}", "stroke": ink, "stroke-width": 0.7})
            )
        attributes: dict[str, str | float] = {
            "text-anchor": "middle",
            "font-family": FONT,
            "font-size": label.size,
            "fill": ink,
            "stroke": look.halo,
            "stroke-width": 2.6,
            "stroke-linejoin": "round",
            "paint-order": "stroke",
            **({"font-style": "italic"} if label.role in _ITALIC_ROLES else {}),
            **({"font-weight": "bold"} if label.role in BOLD_ROLES else {}),
        }
        words.append(element("text", attributes, *_lines(one)))
    return "".join((*leaders, *words))


def _lines(placed: Placed) -> list[str]:
    """The lines of a label, one under the other."""
    size, middle = placed.label.size, (placed.box.left + placed.box.right) / 2.0
    lines = placed.label.words.split("\n")
    first = (placed.box.top + placed.box.bottom) / 2.0 + size * (0.35 - LINE_EM * (len(lines) - 1) / 2.0)
    return [
        element("tspan", {"x": middle, "y": first + LINE_EM * size * number}, content(line))
        for number, line in enumerate(lines)
    ]


def _heading(request: ChartRequest, look: Look) -> str:
    size = min(_TITLE, _TITLE * (request.width - 2.0 * _MARGIN_X) / max(text_width(request.title, _TITLE, BOLD), 1.0))
    return text(
        request.title,
        {
            "x": _MARGIN_X - BORDER,
            "y": 18.0,
            "font-family": FONT,
            "font-size": size,
            "font-weight": "bold",
            "fill": look.ink,
        },
    )


def _document(request: ChartRequest, sheet: Sheet, height: float, dropped: list[Label], parts: tuple[str, ...]) -> str:
    key, frame = request.key, sheet.frame
    rectangle = element("rect", {"x": frame.left, "y": frame.top, "width": frame.width, "height": frame.height})
    definitions = element("defs", {}, element("clipPath", {"id": f"{key}-frame"}, rectangle), *sheet.definitions)
    attributes: dict[str, str | float] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {request.width} {height:.0f}",
        "width": float(request.width),
        "height": float(round(height)),
        "role": "img",
        "aria-labelledby": f"{key}-title {key}-description",
    }
    said = (
        element("title", {"id": f"{key}-title"}, content(request.title)),
        element("desc", {"id": f"{key}-description"}, content(_description(request, sheet, dropped))),
    )
    return element("svg", attributes, *said, definitions, *parts) + "\n"


def _description(request: ChartRequest, sheet: Sheet, dropped: list[Label]) -> str:
    shown = ", ".join(entry.words for entry in sheet.legend)
    sentences = [request.description or f"A chart that shows: {shown}."]
    unnamed = sorted({label.words.replace("\n", " ") for label in dropped if label.role != "contour"})
    if unnamed:
        sentences.append(f"Not named for want of room: {', '.join(unnamed)}.")
    return " ".join(sentences)
