"""Border: the neat line with its ticks, the graticule, and their labels, as on the edge of a chart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from waterspace.quantity import nautical_miles
from waterspace.reports.chart.labels import Label
from waterspace.reports.chart.look import FONT
from waterspace.reports.chart.plane import PolarStereographic
from waterspace.reports.chart.svg import element, number, path_data, text

if TYPE_CHECKING:
    from waterspace.geometry.geodesic import FloatArray
    from waterspace.reports.chart.frame import Frame, Line
    from waterspace.reports.chart.look import Look

__all__ = [
    "BORDER",
    "Spacing",
    "draw_border",
    "draw_graticule",
    "latitude_label",
    "longitude_label",
    "parallel_labels",
    "spacing",
]

BORDER = 7.0
"""Breadth of the border outside the inner neat line, in pixels."""

_STEPS_MIN = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 1800.0)
_LEAST_TICK, _LEAST_BAR, _LEAST_LINE = 4.0, 16.0, 80.0
_DEGREE_MIN = 60.0
_LEAST_MIN = 0.05
_LEAST_BAR_LENGTH = 0.2
_LETTERS = 11.5
_GAP = 5.0
_LABEL_LENGTH = 84.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """Distances between ticks, bars and lines of the graticule in minutes of arc, each a multiple of the one before."""

    tick_min: float
    bar_min: float
    line_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edge:
    """One side of the frame.

    Attributes:
        values: of latitude or longitude at each place along it, in minutes, rising or falling.
        x: of each place.
        y: of each place.
        out: unit step away from the chart.
        is_lat: whether the values are latitudes.
    """

    values: FloatArray
    x: FloatArray
    y: FloatArray
    out: tuple[int, int]
    is_lat: bool


def spacing(frame: Frame) -> Spacing:
    """Spacing that suits the size of a degree on the page."""
    minutes_in_pixel = nautical_miles(frame.metres_in_pixel())
    tick = _first(minutes_in_pixel * _LEAST_TICK, 1e-9)
    bar = _first(minutes_in_pixel * _LEAST_BAR, tick)
    return Spacing(tick_min=tick, bar_min=bar, line_min=_first(minutes_in_pixel * _LEAST_LINE, bar))


def latitude_label(value_deg: float, step_min: float) -> str:
    """Degrees and minutes with their letter, such as 39°30′N; minutes only where the step has them."""
    letter = "" if abs(value_deg) * _DEGREE_MIN < _LEAST_MIN else "N" if value_deg > 0.0 else "S"
    return _degrees(abs(value_deg), 2, step_min) + letter


def longitude_label(value_deg: float, step_min: float) -> str:
    """Degrees and minutes with their letter, such as 007°30′E, of any turn; minutes only where the step has them."""
    wrapped = (value_deg + 180.0) % 360.0 - 180.0
    is_between = _LEAST_MIN < abs(wrapped) * _DEGREE_MIN < 180.0 * _DEGREE_MIN - _LEAST_MIN
    letter = "" if not is_between else "E" if wrapped > 0.0 else "W"
    return _degrees(abs(wrapped), 3, step_min) + letter


def _degrees(value_deg: float, digits: int, step_min: float) -> str:
    degrees, minutes = divmod(round(value_deg * _DEGREE_MIN, 1), _DEGREE_MIN)
    whole = f"{int(degrees):0{digits}d}°"
    if step_min % _DEGREE_MIN == 0.0:
        return whole
    return f"{whole}{minutes:04.1f}′" if step_min < 1.0 else f"{whole}{minutes:02.0f}′"


def draw_graticule(frame: Frame, look: Look, steps: Spacing) -> str:
    """Meridians and parallels, to be clipped to the frame."""
    south, west, north, east = frame.bounds
    step_deg = steps.line_min / _DEGREE_MIN
    lines: list[Line] = []
    is_polar = isinstance(frame.plane, PolarStereographic)
    along = np.linspace(0.0, 1.0, 91 if is_polar else 2)
    turn = 360.0 if frame.holds_pole else None
    for lon_deg in _multiples(west, east, step_deg * _meridian_factor(frame, step_deg), turn):
        ends = (max(south, -90.0 + step_deg), min(north, 90.0 - step_deg)) if frame.holds_pole else (south, north)
        lat = ends[0] + along * (ends[1] - ends[0])
        lines.append(frame.pixels(lat, np.full(lat.size, lon_deg)))
    for lat_deg in _multiples(south, north, step_deg, None):
        lon = west + along * (east - west)
        lines.append(frame.pixels(np.full(lon.size, lat_deg), lon))
    return element("path", {"d": path_data(lines, is_closed=False), **look.lines["graticule"].attributes()})


def parallel_labels(frame: Frame, steps: Spacing) -> list[Label]:
    """Labels of the parallels round a pole, on the middle meridian: they need not meet the border."""
    if not isinstance(frame.plane, PolarStereographic):
        return []
    lats = np.array(_multiples(frame.bounds[0], frame.bounds[2], steps.line_min / _DEGREE_MIN, None))
    x, y = frame.pixels(lats, np.full(lats.size, frame.plane.middle_lon_deg))
    return [
        Label(words=latitude_label(lat_deg, steps.line_min), x=a, y=b, size=_LETTERS, role="mark", rank=2, is_over=True)
        for lat_deg, a, b in zip(lats.tolist(), x.tolist(), y.tolist(), strict=True)
        if abs(lat_deg) < 90.0
    ]


def draw_border(frame: Frame, look: Look, steps: Spacing) -> str:
    """Neat lines, ticks, alternating bars and the labels outside."""
    parts = [_bars(frame, look, steps), _neat_lines(frame, look)]
    ticks: list[str] = []
    labels: list[str] = []
    for edge in _edges(frame):
        for step_min, length in (
            (steps.tick_min, BORDER * 0.45),
            (steps.bar_min, BORDER),
            (steps.line_min, BORDER + 4),
        ):
            ticks += [_tick(x, y, edge.out, length) for x, y, _ in _crossings(edge, step_min)]
        labels += _labels(frame, look, edge, steps.line_min)
    parts.append(element("path", {"d": "".join(ticks), "fill": "none", "stroke": look.ink, "stroke-width": 0.6}))
    return "".join((*parts, *labels))


def _first(least_min: float, of_min: float) -> float:
    """The first step that is large enough and a multiple of a smaller one."""
    for step_min in _STEPS_MIN:
        parts = step_min / of_min
        if step_min >= least_min and (of_min < 1e-6 or abs(parts - round(parts)) < 1e-6):
            return step_min
    return _STEPS_MIN[-1]


def _meridian_factor(frame: Frame, step_deg: float) -> float:
    """How much wider apart meridians stand than parallels: near a pole they crowd."""
    if not isinstance(frame.plane, PolarStereographic):
        return 1.0
    middle_lat, _ = frame.degrees(
        np.array([frame.left + frame.width / 2.0]), np.array([frame.top + frame.height / 2.0])
    )
    wanted_deg = min(30.0, step_deg / max(float(np.cos(np.radians(abs(middle_lat[0])))), 0.05))
    usual = next((step for step in (0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0) if step >= wanted_deg), 30.0)
    return max(usual, step_deg) / step_deg


def _multiples(low: float, high: float, step: float, turn: float | None) -> list[float]:
    """Multiples of a step in a range; of a whole turn the last is the first."""
    first, last = int(np.ceil(low / step - 1e-9)), int(np.floor(high / step + 1e-9))
    values = [number * step for number in range(first, last + 1)]
    return [value for value in values if turn is None or value < low + turn - 1e-9]


def _edges(frame: Frame) -> list[_Edge]:
    """The four sides, with the coordinate that their ticks count."""
    left, top, right, bottom = frame.left, frame.top, frame.left + frame.width, frame.top + frame.height
    across = np.linspace(left, right, int(frame.width) + 1)
    down = np.linspace(top, bottom, int(frame.height) + 1)
    is_polar = isinstance(frame.plane, PolarStereographic)
    sides = (
        (across, np.full(across.size, top), (0, -1), False),
        (across, np.full(across.size, bottom), (0, 1), False),
        (np.full(down.size, left), down, (-1, 0), not is_polar),
        (np.full(down.size, right), down, (1, 0), not is_polar),
    )
    edges = []
    for x, y, out, is_lat in sides:
        lat, lon = frame.degrees(x, y)
        values = lat if is_lat else np.unwrap(lon, period=360.0)
        edges.append(_Edge(values=values * _DEGREE_MIN, x=x, y=y, out=out, is_lat=is_lat))
    return edges


def _crossings(edge: _Edge, step_min: float) -> list[tuple[float, float, float]]:
    """Where an edge meets multiples of a step: place on the page, and the value in minutes."""
    values, x, y = edge.values, edge.x, edge.y
    if values[0] > values[-1]:
        values, x, y = values[::-1], x[::-1], y[::-1]
    first, last = int(np.ceil(values[0] / step_min - 1e-6)), int(np.floor(values[-1] / step_min + 1e-6))
    wanted = step_min * np.arange(first, last + 1)
    places = zip(np.interp(wanted, values, x), np.interp(wanted, values, y), wanted, strict=True)
    return [(float(a), float(b), float(value)) for a, b, value in places]


def _tick(x: float, y: float, out: tuple[int, int], length: float) -> str:
    along = "h" if out[0] else "v"
    return f"M{number(x)},{number(y)}{along}{number((out[0] or out[1]) * length)}"


def _bars(frame: Frame, look: Look, steps: Spacing) -> str:
    """Every other bar of the border filled."""
    bars: list[str] = []
    for edge in _edges(frame):
        rising = edge.values[0] <= edge.values[-1]
        start = (float(edge.x[0]), float(edge.y[0]), float(edge.values[0]))
        end = (float(edge.x[-1]), float(edge.y[-1]), float(edge.values[-1]))
        low, high = (start, end) if rising else (end, start)
        for (x1, y1, value), (x2, y2, _) in pairwise((low, *_crossings(edge, steps.bar_min), high)):
            is_filled = int(np.floor(value / steps.bar_min + 1e-6)) % 2 == 0
            if is_filled and abs(x2 - x1) + abs(y2 - y1) > _LEAST_BAR_LENGTH:
                bars.append(_bar((x1, y1), (x2, y2), edge.out))
    return element("path", {"d": "".join(bars), "fill": look.ink})


def _bar(start: tuple[float, float], end: tuple[float, float], out: tuple[int, int]) -> str:
    """The outer half of the border between two places of an edge."""
    far, near = BORDER, BORDER * 0.5
    corners = (
        (start[0] + out[0] * near, start[1] + out[1] * near),
        (end[0] + out[0] * near, end[1] + out[1] * near),
        (end[0] + out[0] * far, end[1] + out[1] * far),
        (start[0] + out[0] * far, start[1] + out[1] * far),
    )
    return "M" + "L".join(f"{number(x)},{number(y)}" for x, y in corners) + "z"


def _neat_lines(frame: Frame, look: Look) -> str:
    rectangles = []
    for away, width in ((0.0, 0.9), (BORDER * 0.5, 0.4), (BORDER, 1.3)):
        rectangles.append(
            element(
                "rect",
                {
                    "x": frame.left - away,
                    "y": frame.top - away,
                    "width": frame.width + 2.0 * away,
                    "height": frame.height + 2.0 * away,
                    "fill": "none",
                    "stroke": look.ink,
                    "stroke-width": width,
                },
            )
        )
    return "".join(rectangles)


def _labels(frame: Frame, look: Look, edge: _Edge, step_min: float) -> list[str]:
    """Labels of one edge, those that would run into the corner or the one before left out."""
    factor = _meridian_factor(frame, step_min / _DEGREE_MIN) if not edge.is_lat else 1.0
    words: list[str] = []
    last = -1e9
    dx, dy = edge.out
    for x, y, minutes in sorted(_crossings(edge, step_min * factor)):
        along = y if dx else x
        if abs(along - last) < (_LETTERS * 1.6 if dx else _LABEL_LENGTH):
            continue
        if not dx and not frame.left + 12.0 <= x <= frame.left + frame.width - 12.0:
            continue
        last = along
        away = BORDER + _GAP
        attributes: dict[str, str | float] = {
            "x": x + dx * away,
            "y": y + (_LETTERS * 0.36 if dx else (away + _LETTERS * 0.75) * dy - (0.0 if dy > 0 else -_LETTERS * 0.75)),
            "text-anchor": {-1: "end", 0: "middle", 1: "start"}[dx],
            "font-family": FONT,
            "font-size": _LETTERS,
            "fill": look.ink,
        }
        label = latitude_label if edge.is_lat else longitude_label
        words.append(text(label(minutes / _DEGREE_MIN, step_min * factor), attributes))
    return words
