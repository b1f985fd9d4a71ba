"""Legend: what stands under a chart, such as signs, scale, notes and credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from waterspace.quantity import NAUTICAL_MILE_M
from waterspace.reports.chart.border import latitude_label
from waterspace.reports.chart.letters import text_width
from waterspace.reports.chart.look import FONT
from waterspace.reports.chart.svg import element, text

if TYPE_CHECKING:
    from waterspace.reports.chart.frame import Frame
    from waterspace.reports.chart.look import Look
    from waterspace.reports.chart.sheet import LegendEntry, Sheet

__all__ = ["draw_foot"]

_LETTERS = 12.0
_SMALL = 10.5
_ROW = 19.0
_SWATCH = 26.0
_GAP = 7.0
_APART = 20.0
_BAR_SHARE = 0.34
_ROUND_NM = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)

_CAUTION = "Not for navigation."


def draw_foot(sheet: Sheet, top: float, left: float, width: float) -> tuple[str, float]:
    """Everything under the chart, and the height that it takes.

    Args:
        sheet: with all its layers drawn.
        top: where it begins, in pixels.
        left: of the text.
        width: of the page, less its margins.
    """
    parts, y = [], top
    bar, y = _scale_bar(sheet.frame, sheet.look, left, y)
    parts.append(bar)
    entries, y = _entries(sheet, left, y + 12.0, width)
    parts += entries
    y += 4.0
    for index, words in enumerate(_wrapped(" ".join((_caution(sheet), *sheet.credits)), width, _SMALL)):
        y += _SMALL * 1.35 if index else _SMALL
        parts.append(_text(words, left, y, sheet.look.quiet, _SMALL))
    return "".join(parts), y + 4.0 - top


def _caution(sheet: Sheet) -> str:
    return f"{_CAUTION} {sheet.frame.plane.name} projection, WGS-84."


def _scale_bar(frame: Frame, look: Look, left: float, top: float) -> tuple[str, float]:
    """A bar of round miles, true on the parallel through the middle, and where the next thing may begin."""
    middle_x, middle_y = frame.left + frame.width / 2.0, frame.top + frame.height / 2.0
    mile = NAUTICAL_MILE_M / frame.metres_in_pixel()
    part_nm = max((nm for nm in _ROUND_NM if 4.0 * nm * mile <= _BAR_SHARE * frame.width), default=_ROUND_NM[0])
    lat, _ = frame.degrees(np.array([middle_x]), np.array([middle_y]))
    reach = 4.0 * part_nm * mile
    bars = [
        element(
            "rect",
            {
                "x": left + number * part_nm * mile,
                "y": top + 14.0,
                "width": part_nm * mile,
                "height": 5.0,
                "fill": look.ink if number % 2 == 0 else look.paper,
                "stroke": look.ink,
                "stroke-width": 0.8,
            },
        )
        for number in range(4)
    ]
    marks = [
        _text(f"{number * part_nm:g}", left + number * part_nm * mile, top + 10.0, look.ink, _SMALL, "middle")
        for number in (0, 1, 2, 4)
    ]
    at = latitude_label(float(lat[0]), 1.0)
    words = f"nautical miles at {at}"
    marks.append(_text(words, left + reach + 10.0, top + 20.0, look.ink, _SMALL))
    return "".join((*bars, *marks)), top + 20.0


def _entries(sheet: Sheet, left: float, top: float, width: float) -> tuple[list[str], float]:
    """Signs and their meanings in rows, as many in a row as fit."""
    parts: list[str] = []
    x, y = left, top
    for entry in sheet.legend:
        needed = _entry_width(entry)
        if x > left and x + needed > left + width:
            x, y = left, y + _ROW
        moved = element("g", {"transform": f"translate({x:.1f},{y:.1f})"}, entry.swatch)
        parts += [moved, _text(entry.words, x + _SWATCH + _GAP, y + 10.0, sheet.look.ink, _LETTERS)]
        x += needed + _APART
    return parts, y + _ROW


def _entry_width(entry: LegendEntry) -> float:
    return _SWATCH + _GAP + text_width(entry.words, _LETTERS)


def _wrapped(words: str, width: float, size: float) -> list[str]:
    """A text in lines that are not wider than a width."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _text(words: str, x: float, y: float, ink: str, size: float, anchor: str = "start") -> str:
    attributes: dict[str, str | float] = {"x": x, "y": y, "font-family": FONT, "font-size": size, "fill": ink}
    if anchor != "start":
        attributes["text-anchor"] = anchor
    return text(words, attributes)
