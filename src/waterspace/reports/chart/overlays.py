"""Overlays: what people lay over the sea, such as areas, reservations, tracks, routes, lanes and marks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from waterspace.domain import Hazard, Joined, MovingBox, Without
from waterspace.geometry import footprints
from waterspace.geometry.geodesic import destinations, inverses, position_arrays
from waterspace.reports.chart.labels import Box, Label
from waterspace.reports.chart.request import LineKind, MarkKind
from waterspace.reports.chart.sheet import LegendEntry
from waterspace.reports.chart.svg import element

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.domain import Area, Footprint, Position, Reservation
    from waterspace.geometry.geodesic import FloatArray
    from waterspace.reports.chart.frame import Line
    from waterspace.reports.chart.request import ChartLine, ChartMark
    from waterspace.reports.chart.sheet import Sheet

__all__ = [
    "box_swatch",
    "draw_areas",
    "draw_lines",
    "draw_marks",
    "draw_ports",
    "draw_reservations",
    "line_swatch",
    "name_line",
]

_LETTERS = 12.0
_SMALL = 11.0
_STROKE_M = 40_000.0
_LINE_WORDS = {
    LineKind.TRACK: "Track",
    LineKind.ROUTE: "Route",
    LineKind.LANE: "Traffic lane, with its direction",
    LineKind.BOUNDARY: "Boundary of a flight information region",
}


def draw_areas(sheet: Sheet, areas: Iterable[Area]) -> None:
    """Outlines of exercise areas with their names."""
    drawn = list(areas)
    for area in drawn:
        rings = _rings(sheet, area.footprint)
        sheet.parts.append(sheet.line("area", rings, is_closed=True))
        _name_shape(sheet, area.name or area.id, *max(rings, key=_extent), rank=20)
    if drawn:
        sheet.legend.append(LegendEntry(words="Exercise area", swatch=box_swatch(sheet, "area", "none")))


def draw_reservations(sheet: Sheet, reservations: Iterable[Reservation]) -> None:
    """Outlines of reservations, hatched: what endangers shipping, and every other claim on the water.

    A moving box is drawn as all that it sweeps over. The air and the deep count as the surface does.
    """
    claims = list(reservations)
    words = {"danger": "Firing, or a warning in force", "claim": "Other water taken by a serial or a notice"}
    for name, title in words.items():
        kept = [claim for claim in claims if _kind(claim) == name]
        if not kept:
            continue
        hatch = f"{sheet.key}-{name}"
        sheet.definitions.append(_hatch(hatch, sheet.look.hatches[name], 45.0 if name == "danger" else 135.0))
        for claim in kept:
            fill = "none" if isinstance(claim.footprint, MovingBox) else f"url(#{hatch})"
            sheet.parts.append(sheet.line(name, _rings(sheet, claim.footprint), is_closed=True, fill=fill))
        sheet.legend.append(LegendEntry(words=title, swatch=box_swatch(sheet, name, f"url(#{hatch})")))


def draw_lines(sheet: Sheet, lines: Iterable[ChartLine]) -> None:
    """Tracks, routes, lanes and boundaries; the way a lane leads and a route runs is marked by arrowheads."""
    drawn = sorted(lines, key=lambda line: tuple(LineKind).index(line.kind))
    for kind in dict.fromkeys(line.kind for line in drawn):
        paths = [_geodesics(sheet, line.positions) for line in drawn if line.kind is kind]
        sheet.parts.append(sheet.line(kind.value, paths))
        if kind in {LineKind.LANE, LineKind.ROUTE}:
            sheet.parts.append(_arrowheads(sheet, kind, paths))
        sheet.legend.append(LegendEntry(words=_LINE_WORDS[kind], swatch=line_swatch(sheet, kind.value)))
        for line, (x, y) in zip((line for line in drawn if line.kind is kind), paths, strict=True):
            if line.name:
                name_line(sheet, line.name, x, y)


def draw_marks(sheet: Sheet, marks: Iterable[ChartMark]) -> None:
    """Positions that somebody asked about, as a ring with a dot and a name; ports as `draw_ports` has them."""
    drawn = list(marks)
    draw_ports(sheet, [(mark.name, mark.position) for mark in drawn if mark.kind is MarkKind.PORT])
    asked = [mark for mark in drawn if mark.kind is MarkKind.POSITION]
    for mark in asked:
        x, y = sheet.frame.pixel(mark.position)
        if not sheet.frame.holds(x, y):
            continue
        sheet.parts.append(_ring(sheet, x, y))
        sheet.taken.append(Box(x - 5.0, y - 5.0, x + 5.0, y + 5.0))
        sheet.labels.append(Label(words=mark.name, x=x, y=y, size=_LETTERS, role="mark", rank=5, may_lead=True))
    if asked:
        sheet.legend.append(LegendEntry(words="Position", swatch=_ring(sheet, 13.0, 6.0)))


def draw_ports(sheet: Sheet, ports: Iterable[tuple[str, Position]]) -> None:
    """A small ring for each port, and its name where there is room for it."""
    count = 0
    for name, position in ports:
        x, y = sheet.frame.pixel(position)
        if not sheet.frame.holds(x, y, 3.0):
            continue
        count += 1
        sheet.parts.append(_dot(sheet, x, y))
        sheet.taken.append(Box(x - 3.0, y - 3.0, x + 3.0, y + 3.0))
        sheet.labels.append(Label(words=name, x=x, y=y, size=_SMALL, role="port", rank=60))
    if count:
        sheet.legend.append(LegendEntry(words="Port", swatch=_dot(sheet, 13.0, 6.0)))


def line_swatch(sheet: Sheet, name: str) -> str:
    """A line for the legend."""
    return element("path", {"d": "M0,6h26", **sheet.look.lines[name].attributes()})


def box_swatch(sheet: Sheet, name: str, fill: str) -> str:
    """An outlined box for the legend."""
    attributes = sheet.look.lines[name].attributes() | {"fill": fill}
    return element("rect", {"x": 1.0, "y": 1.0, "width": 24.0, "height": 10.0, **attributes})


def _kind(claim: Reservation) -> str:
    return "danger" if claim.hazard in {Hazard.FIRING, Hazard.WARNING} else "claim"


def _rings(sheet: Sheet, footprint: Footprint) -> list[Line]:
    """All rings of a footprint on the page, those of holes too."""
    if isinstance(footprint, Joined | Without):
        rings = [ring for patch in footprints.outlines(footprint) for ring in (patch.outer, *patch.holes)]
    else:
        rings = [footprints.outline(footprint)]
    return [sheet.frame.pixels(*position_arrays(ring)) for ring in rings]


def _extent(ring: Line) -> float:
    return float(np.ptp(ring[0]) * np.ptp(ring[1]))


def _geodesics(sheet: Sheet, positions: Sequence[Position]) -> Line:
    """A line on the page, with points along its longer legs."""
    lat, lon = position_arrays(positions)
    length, bearing = inverses(lat[:-1], lon[:-1], lat[1:], lon[1:])
    count = np.maximum(1, np.ceil(length / _STROKE_M)).astype(np.int64)
    leg = np.repeat(np.arange(count.size), count)
    step = np.arange(leg.size) - np.repeat(np.cumsum(count) - count, count)
    on_lat, on_lon = destinations(lat[leg], lon[leg], bearing[leg], length[leg] * step / count[leg])
    return sheet.frame.pixels(np.append(on_lat, lat[-1]), np.append(on_lon, lon[-1]))


def _name_shape(sheet: Sheet, words: str, x: FloatArray, y: FloatArray, rank: int) -> None:
    """Ask for a name near the middle of the visible part of a shape."""
    frame = sheet.frame
    left, right = max(float(x.min()), frame.left), min(float(x.max()), frame.left + frame.width)
    top, bottom = max(float(y.min()), frame.top), min(float(y.max()), frame.top + frame.height)
    if left < right and top < bottom:
        middle_x, middle_y = (left + right) / 2.0, (top + bottom) / 2.0
        sheet.labels.append(
            Label(
                words=words,
                x=middle_x,
                y=middle_y,
                size=_LETTERS,
                role="area",
                rank=rank,
                may_lead=True,
                may_cover=True,
            )
        )


def name_line(sheet: Sheet, words: str, x: FloatArray, y: FloatArray) -> None:
    """Ask for a name beside the middle of the visible part of a line."""
    inside = [
        index for index, (a, b) in enumerate(zip(x.tolist(), y.tolist(), strict=True)) if sheet.frame.holds(a, b, 6.0)
    ]
    if inside:
        at = inside[len(inside) // 2]
        sheet.labels.append(
            Label(words=words, x=float(x[at]), y=float(y[at]), size=_SMALL, role="line", rank=40, may_lead=True)
        )


def _arrowheads(sheet: Sheet, kind: LineKind, paths: Sequence[Line]) -> str:
    """An arrowhead in the middle of each line, in its direction."""
    heads = []
    for x, y in paths:
        run = np.append(0.0, np.cumsum(np.hypot(np.diff(x), np.diff(y))))
        if run[-1] < 12.0:  # no room for an arrowhead
            continue
        at = np.array([run[-1] / 2.0 - 4.0, run[-1] / 2.0 + 4.0])
        (x1, x2), (y1, y2) = np.interp(at, run, x).tolist(), np.interp(at, run, y).tolist()
        turn = math.atan2(y2 - y1, x2 - x1)
        corners = [(x2 + 9.0 * math.cos(turn + lean), y2 + 9.0 * math.sin(turn + lean)) for lean in (2.75, -2.75)]
        heads.append(f"M{x2:.1f},{y2:.1f}" + "".join(f"L{a:.1f},{b:.1f}" for a, b in corners) + "z")
    return element("path", {"d": "".join(heads), "fill": sheet.look.lines[kind.value].ink})


def _hatch(name: str, ink: str, turn_deg: float) -> str:
    """A pattern of slanting lines."""
    line = element("path", {"d": "M0,0V7", "stroke": ink, "stroke-width": 0.7})
    attributes: dict[str, str | float] = {
        "id": name,
        "width": 7.0,
        "height": 7.0,
        "patternUnits": "userSpaceOnUse",
        "patternTransform": f"rotate({turn_deg:g})",
    }
    return element("pattern", attributes, line)


def _ring(sheet: Sheet, x: float, y: float) -> str:
    around = element(
        "circle",
        {"cx": x, "cy": y, "r": 4.5, "fill": sheet.look.halo, "stroke": sheet.look.ink, "stroke-width": 1.4},
    )
    return around + element("circle", {"cx": x, "cy": y, "r": 1.4, "fill": sheet.look.ink})


def _dot(sheet: Sheet, x: float, y: float) -> str:
    return element(
        "circle",
        {"cx": x, "cy": y, "r": 2.3, "fill": sheet.look.halo, "stroke": sheet.look.ink, "stroke-width": 1.0},
    )
