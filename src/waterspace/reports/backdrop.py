"""Backdrop: coast, named places and nights behind a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Position, Window
from waterspace.reports.encoding import COAST_SCALE, encode_line

if TYPE_CHECKING:
    from waterspace.domain import Exercise
    from waterspace.reports.extent import Extent

__all__ = ["coast", "homes", "nights", "places"]

_MOST_POINTS = 16_000
"""What a page of decent size can carry of the coast in one sheet: some 130 kB."""

_STEPS_IN_SPAN = 4000
"""How fine a sheet is: seen as a whole on a screen, some three steps to a pixel."""

_FINEST_DEG = 0.001
_WORTH_A_SHEET_RATIO = 0.7


def nights(position: Position, window: Window) -> tuple[Window, ...]:
    """The parts of a window in which the sun is down at a position."""
    from waterspace.environment.sky import sun

    dark = []
    since_ms = window.start_ms
    for light in sun.daylight(position, window):
        if light.start_ms > since_ms:
            dark.append(Window(start_ms=since_ms, end_ms=light.start_ms))
        since_ms = light.end_ms
    if since_ms < window.end_ms:
        dark.append(Window(start_ms=since_ms, end_ms=window.end_ms))
    return tuple(dark)


def places(exercise: Exercise) -> list[dict[str, object]]:
    """The ports and airfields from which units come, to be written into a page."""
    return [{"name": name, "at": [at.lat_deg, at.lon_deg]} for name, at in homes(exercise)]


def homes(exercise: Exercise) -> list[tuple[str, Position]]:
    """The ports and airfields from which units come, each once, by the name that the library knows."""
    from waterspace.environment import places as library

    found: dict[tuple[float, float], str] = {}
    for unit in exercise.units.values():
        if unit.home is not None and unit.home_name:
            known = library.find(unit.home_name)
            at = (round(unit.home.lat_deg, 4), round(unit.home.lon_deg, 4))
            found.setdefault(at, known.name if known else unit.home_name)
    return [(name, Position(lat_deg=lat_deg, lon_deg=lon_deg)) for (lat_deg, lon_deg), name in found.items()]


def coast(home: Extent, everything: Extent) -> list[dict[str, object]]:
    """Land in boxes, each finer and smaller than the one before: all around, everything, the exercise itself.

    A drawer clears a box before filling its rings by the even-odd rule, in steps of 1/COAST_SCALE degree. Longitudes
    run on beyond 180 where the box does. Islands smaller than a sheet's tolerance are left out of it.
    """
    sheets = [everything.widened()]
    for finer in (everything.padded(0.2), home.padded(0.3)):
        if finer.span_deg < _WORTH_A_SHEET_RATIO * sheets[-1].span_deg:
            sheets.append(finer)
    return [_sheet(extent) for extent in sheets]


def _sheet(extent: Extent) -> dict[str, object]:
    from waterspace.environment.shores import coast as shores
    from waterspace.environment.shores.coast import Bounds

    bounds = Bounds(*extent.rounded())
    tolerance_deg = max(_FINEST_DEG, extent.span_deg / _STEPS_IN_SPAN)
    rings = shores.load().polygons(bounds, tolerance_deg)
    while sum(len(lats) for lats, _ in rings) > _MOST_POINTS:
        tolerance_deg *= 2.0
        rings = shores.load().polygons(bounds, tolerance_deg)
    return {"box": list(bounds), "rings": [encode_line(lats, lons, COAST_SCALE) for lats, lons in rings]}
