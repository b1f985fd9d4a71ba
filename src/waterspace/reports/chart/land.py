"""Land: filled, with its shores drawn as lines, but not where the box of the data cuts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.shores import coast
from waterspace.quantity import DEGREE_M
from waterspace.reports.chart.sheet import LegendEntry
from waterspace.reports.chart.svg import element, path_data

if TYPE_CHECKING:
    from waterspace.environment.shores.shoreline import Bounds
    from waterspace.geometry.geodesic import FloatArray
    from waterspace.reports.chart.frame import Line
    from waterspace.reports.chart.sheet import Sheet

__all__ = ["draw_land"]

_FINENESS = 0.55
"""How far a simplified shore may stray, in pixels."""

_FINEST_DEG = 0.0002
_MOST_POINTS = 9000
_LONGEST_DEG = 1.0


def draw_land(sheet: Sheet) -> None:
    """Fill land by the even-odd rule, so that lakes stay water, and draw the shores."""
    bounds = sheet.frame.bounds
    rings, slack_deg = _rings(sheet, bounds)
    filled = [sheet.frame.pixels(*_dense(lat, lon)) for lat, lon in rings]
    attributes: dict[str, str | float] = {
        "d": path_data(filled, is_closed=True),
        "fill": sheet.look.land,
        "fill-rule": "evenodd",
    }
    sheet.parts.append(element("path", attributes))
    shores = [sheet.frame.pixels(lat, lon) for ring in rings for lat, lon in _shores(*ring, bounds, slack_deg)]
    sheet.parts.append(sheet.line("coast", shores))
    swatch = element(
        "path",
        {
            "d": "M0,12V6C6,1 9,8 14,5S22,2 26,4V12z",
            "fill": sheet.look.land,
            "stroke": sheet.look.lines["coast"].ink,
            "stroke-width": 0.7,
        },
    )
    if rings:
        sheet.legend.append(LegendEntry(words="Land", swatch=swatch))
    sheet.credits.append("Coast: a cut of GSHHG 2.3.6 (Wessel and Smith 1996), LGPL.")


def _rings(sheet: Sheet, bounds: Bounds) -> tuple[list[Line], float]:
    """Land in a box, as fine as can be seen and as a page of decent size can carry, and how far it may stray."""
    tolerance_deg = max(_FINEST_DEG, _FINENESS * sheet.frame.metres_in_pixel() / DEGREE_M)
    rings = coast.load().polygons(bounds, tolerance_deg)
    while sum(len(lat) for lat, _ in rings) > _MOST_POINTS:
        tolerance_deg *= 1.5
        rings = coast.load().polygons(bounds, tolerance_deg)
    return rings, tolerance_deg


def _shores(lat: FloatArray, lon: FloatArray, bounds: Bounds, slack_deg: float) -> list[Line]:
    """The parts of a ring that are shore, not the edge of the box."""
    is_cut = np.zeros(len(lat) - 1, dtype=np.bool_)
    for values, edge in ((lat, bounds[0]), (lon, bounds[1]), (lat, bounds[2]), (lon, bounds[3])):
        at_edge = np.abs(values - edge) <= slack_deg
        is_cut |= at_edge[:-1] & at_edge[1:]
    if not is_cut.any():
        return [(lat, lon)]
    ends = np.flatnonzero(np.diff(np.concatenate(([True], is_cut, [True])).astype(np.int8)))
    pairs = zip(ends[::2].tolist(), ends[1::2].tolist(), strict=True)
    return [(lat[first : last + 1], lon[first : last + 1]) for first, last in pairs]


def _dense(lat: FloatArray, lon: FloatArray) -> Line:
    """The same ring with points along its long strokes, which are straight in degrees and need not be on the page."""
    count = np.maximum(1, np.ceil(np.hypot(np.diff(lat), np.diff(lon)) / _LONGEST_DEG)).astype(np.int64)
    if not np.any(count > 1):
        return lat, lon
    whole = np.concatenate(([0], np.cumsum(count)))
    at = np.arange(whole[-1] + 1)
    return np.interp(at, whole, lat), np.interp(at, whole, lon)
