"""Depths: tints from level to level, and the contours between them with their depth written on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.bathymetry import depth
from waterspace.environment.shores import coast
from waterspace.environment.shores.contours import zero_lines
from waterspace.reports.chart.labels import Label
from waterspace.reports.chart.overlays import box_swatch, line_swatch
from waterspace.reports.chart.sheet import LegendEntry

if TYPE_CHECKING:
    from waterspace.geometry.geodesic import FloatArray
    from waterspace.reports.chart.frame import Line
    from waterspace.reports.chart.sheet import Sheet

__all__ = ["draw_depths"]

_LETTERS = 10.0
_LEAST_SIZE = 7.0
_LEAST_RUN = 220.0
_LABELS_A_RING = 2
_STEP = 4.0


def draw_depths(sheet: Sheet) -> None:
    """Lay the packaged depths under everything else."""
    field = _sampled(sheet)
    if field is None:
        return
    for level, tint in list(sheet.look.depths.items())[1:]:
        rings = [_thinned(*ring) for ring in _around(sheet, field, level)]
        large = [ring for ring in rings if max(np.ptp(ring[0]), np.ptp(ring[1])) >= _LEAST_SIZE]
        sheet.parts.append(sheet.line("contour", large, is_closed=True, fill=tint))
        for ring in large:
            _label(sheet, f"{level:.0f}", *ring)
    sheet.legend += _entries(sheet, float(field.max()))
    sheet.credits.append(
        "Depths in metres: ETOPO1 (Amante and Eakins 2009, NOAA), public domain; a point every 11 or 56 km."
    )


def _sampled(sheet: Sheet) -> FloatArray | None:
    """Depths every few pixels of the frame and a little beyond, between the nodes of the grid; 0 or less on land."""
    lats, lons, depths = depth.load().window(sheet.frame.bounds)
    if min(depths.shape) < 2:  # there is nothing between fewer nodes
        return None
    frame = sheet.frame
    x = np.arange(frame.left - _STEP, frame.left + frame.width + 2.0 * _STEP, _STEP)
    y = np.arange(frame.top - _STEP, frame.top + frame.height + 2.0 * _STEP, _STEP)
    lat, lon = frame.degrees(*(values.ravel() for values in np.meshgrid(x, y)))
    row = np.clip((lat - lats[0]) / (lats[1] - lats[0]), 0.0, lats.size - 1.0)
    column = np.clip((lon - lons[0]) / (lons[1] - lons[0]), 0.0, lons.size - 1.0)
    low_row = np.minimum(row.astype(np.int64), lats.size - 2)
    low_column = np.minimum(column.astype(np.int64), lons.size - 2)
    up, right = row - low_row, column - low_column
    known = np.nan_to_num(depths, nan=-1.0)
    below = known[low_row, low_column] * (1.0 - right) + known[low_row, low_column + 1] * right
    above = known[low_row + 1, low_column] * (1.0 - right) + known[low_row + 1, low_column + 1] * right
    sampled: FloatArray = (below * (1.0 - up) + above * up).reshape(y.size, x.size)
    return sampled


def _around(sheet: Sheet, field: FloatArray, level: float) -> list[Line]:
    """Closed rings of pixels around all that is as deep as a level, or deeper."""
    lines = zero_lines(np.pad(field - level, 1, constant_values=-1.0))
    left, top = sheet.frame.left - 2.0 * _STEP, sheet.frame.top - 2.0 * _STEP
    return [(left + column * _STEP, top + row * _STEP) for row, column in lines]


def _thinned(x: FloatArray, y: FloatArray) -> Line:
    """A ring without the points that nobody would miss."""
    import shapely

    simple = shapely.simplify(shapely.linearrings(np.stack((x, y), axis=1)), 0.35)
    places = shapely.get_coordinates(simple)
    return places[:, 0], places[:, 1]


def _label(sheet: Sheet, words: str, x: FloatArray, y: FloatArray) -> None:
    """Ask for the depth on a long contour, at a few places of which the first free ones are taken."""
    inside = np.array([sheet.frame.holds(a, b, 14.0) for a, b in zip(x.tolist(), y.tolist(), strict=True)])
    run = float(np.sum(np.hypot(np.diff(x), np.diff(y))[inside[1:]]))
    here = np.flatnonzero(inside)
    if run < _LEAST_RUN or not here.size:
        return
    lat, lon = sheet.frame.degrees(x[here], y[here])
    here = here[~coast.load().on_land(lat, lon)]
    count = min(_LABELS_A_RING if run > 3.0 * _LEAST_RUN else 1, here.size)
    for number in range(count):
        at = here[int((number + 0.5) / count * here.size)]
        sheet.labels.append(
            Label(words=words, x=float(x[at]), y=float(y[at]), size=_LETTERS, role="contour", rank=90, is_over=True)
        )


def _entries(sheet: Sheet, deepest: float) -> list[LegendEntry]:
    """Each tint with the depths that it stands for, as far down as the chart goes, and the contour."""
    look = sheet.look
    levels = [level for level in look.depths if level < max(deepest, 1.0)]
    starts = [level for before, level in pairwise((-1.0, *levels)) if look.depths.get(before) != look.depths[level]]
    entries = []
    for start, end in pairwise((*starts, None)):
        assert start is not None
        swatch = box_swatch(sheet, "contour", look.depths[start])
        entries.append(LegendEntry(words=_range(start, end), swatch=swatch))
    contours = [f"{level:.0f}" for level in levels if level > 0.0]
    if contours:
        words = f"Depth contours: {', '.join(contours)} m"
        entries.append(LegendEntry(words=words, swatch=line_swatch(sheet, "contour")))
    return entries


def _range(start: float, end: float | None) -> str:
    if end is None:
        return f"Deeper than {start:.0f} m"
    return f"{start:.0f} to {end:.0f} m deep"
