"""Limits: the outer limits of maritime zones, and the gates of straits with their names."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment import places, straits
from waterspace.environment.limits import zones
from waterspace.environment.limits.zones import Zone
from waterspace.environment.places import PlaceKind
from waterspace.reports.chart.labels import Box, Label
from waterspace.reports.chart.medians import medians
from waterspace.reports.chart.overlays import draw_ports, line_swatch, name_line
from waterspace.reports.chart.sheet import LegendEntry
from waterspace.reports.chart.svg import element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.environment.shores.shoreline import Bounds
    from waterspace.environment.straits import Strait
    from waterspace.geometry.geodesic import FloatArray
    from waterspace.reports.chart.frame import Line
    from waterspace.reports.chart.sheet import Sheet

__all__ = ["draw_known_ports", "draw_straits", "draw_zones"]

_LETTERS = 11.5
_LIMITS = {
    Zone.EEZ: ("eez", "Exclusive economic zone, outer limit"),
    Zone.CONTIGUOUS_ZONE: ("contiguous_zone", "Contiguous zone, outer limit"),
    Zone.TERRITORIAL_SEA: ("territorial_sea", "Territorial sea, outer limit"),
    Zone.INTERNAL_WATERS: ("internal_waters", "Line that closes internal waters"),
}
_STRAYING = 0.4
_LEAST_SIZE = 2.0


def draw_zones(sheet: Sheet) -> None:
    """The computed outer limits, from the widest zone inwards, and the lines between neighbours."""
    drawn = []
    for zone, (name, words) in _LIMITS.items():
        lines = [_thinned(*sheet.frame.pixels(lat, lon)) for lat, lon in _computed(zone, sheet.frame.bounds)]
        seen = [(x, y) for x, y in lines if max(np.ptp(x), np.ptp(y)) >= _LEAST_SIZE]
        if seen:
            sheet.parts.append(sheet.line(name, seen))
            drawn.append(LegendEntry(words=words, swatch=line_swatch(sheet, name)))
        if seen and zone is Zone.EEZ:
            _name_longest(sheet, "EEZ limit", seen)
    between = [_thinned(x, y) for x, y in medians(sheet.frame)]
    if between:
        sheet.parts.append(sheet.line("median", between))
        drawn.insert(0, LegendEntry(words="Equally far from two states", swatch=line_swatch(sheet, "median")))
        _name_longest(sheet, "equidistant", between)
    sheet.legend += reversed(drawn)
    sheet.credits.insert(0, "Limits are computed, not legal.")


@functools.lru_cache(maxsize=8)
def _computed(zone: Zone, bounds: Bounds) -> tuple[Line, ...]:
    """Limits in degrees: they take seconds, and a chart in a second style asks for them again."""
    return tuple(zones.load().limits(zone, bounds))


def draw_straits(sheet: Sheet) -> None:
    """The gate of each strait as a bar from shore to shore, and the name, once where it has two gates."""
    named: set[str] = set()
    for strait in straits.load().values():
        x, y = _gate(sheet, strait)
        middle_x, middle_y = float(x.mean()), float(y.mean())
        if not sheet.frame.holds(middle_x, middle_y, 2.0):
            continue
        sheet.parts.append(sheet.line("strait", [(x, y)]))
        for end_x, end_y in zip(x.tolist(), y.tolist(), strict=True):
            sheet.parts.append(_end(sheet, end_x, end_y))
        sheet.taken += _boxes(x, y)
        words = _short_name(strait)
        if words not in named:
            named.add(words)
            sheet.labels.append(
                Label(words=words, x=middle_x, y=middle_y, size=_LETTERS, role="strait", rank=10, may_lead=True)
            )
    if named:
        swatch = element("path", {"d": "M2,6h22", **sheet.look.lines["strait"].attributes()})
        swatch += _end(sheet, 2.0, 6.0) + _end(sheet, 24.0, 6.0)
        sheet.legend.append(LegendEntry(words="Strait, at its narrowest", swatch=swatch))


def draw_known_ports(sheet: Sheet) -> None:
    """The packaged ports."""
    known = [place for place in places.every() if place.kind is PlaceKind.PORT]
    draw_ports(sheet, [(place.name, place.position) for place in known])


def _name_longest(sheet: Sheet, words: str, lines: Sequence[Line]) -> None:
    """Write what lines are beside the longest of them, so that nobody need compare dashes."""
    name_line(sheet, words, *max(lines, key=lambda line: float(np.hypot(np.diff(line[0]), np.diff(line[1])).sum())))


def _boxes(x: FloatArray, y: FloatArray) -> list[Box]:
    """Boxes along a gate that words must keep off; the middle one is the foot of the name."""
    count = 2 * max(1, int(np.hypot(x[1] - x[0], y[1] - y[0]) / 10.0)) + 1
    at = zip(np.linspace(x[0], x[1], count).tolist(), np.linspace(y[0], y[1], count).tolist(), strict=True)
    return [Box(a - 2.5, b - 2.5, a + 2.5, b + 2.5) for a, b in at]


def _short_name(strait: Strait) -> str:
    """The name without what stands in brackets, which channel of it on a line of its own."""
    return re.sub(r"\s*\([^)]*\)", "", strait.name).strip().replace(", ", ",\n")


def _gate(sheet: Sheet, strait: Strait) -> Line:
    a, b = strait.gate
    return sheet.frame.pixels(np.array([a.lat_deg, b.lat_deg]), np.array([a.lon_deg, b.lon_deg]))


def _end(sheet: Sheet, x: float, y: float) -> str:
    return element("circle", {"cx": x, "cy": y, "r": 1.9, "fill": sheet.look.strait})


def _thinned(x: FloatArray, y: FloatArray) -> Line:
    """A line without the points that nobody would miss."""
    import shapely

    simple = shapely.simplify(shapely.linestrings(np.stack((x, y), axis=1)), _STRAYING)
    places_ = shapely.get_coordinates(simple)
    return places_[:, 0], places_[:, 1]
