"""Contradictions between the items of a NOTAM.

Most of them leave the area and its times as they are, and are remarks: a circle of line Q that does not cover the area,
levels of line Q that are not those of items F and G, hours of item D that do not begin at item B. One is a doubt: an
area so far from the circle that one of the two must have a wrong hemisphere or a wrong digit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Polygon
from waterspace.geometry import geodesic
from waterspace.messages.notam.levels import flight_level_m
from waterspace.messages.reading import Doubt, Form, Span
from waterspace.quantity import FLIGHT_LEVEL_M, NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from waterspace.messages.notam.fields import Notam
    from waterspace.messages.reading import Spell, WarnedArea

__all__ = ["contradictions", "far_from_circle", "overshoot_m"]

_SPARE_M = 0.5 * NAUTICAL_MILE_M
"""How far an area may reach out of the circle: its centre is rounded to minutes, its radius to miles."""

_FAR_M = 300.0 * NAUTICAL_MILE_M
"""How far beyond the circle an area begins that belongs to another part of the world (assumed)."""

_WHOLE_REGION_NM = 999
_SPARE_LEVELS_M = 5.0 * FLIGHT_LEVEL_M


def contradictions(notam: Notam, areas: Sequence[WarnedArea], spells: Sequence[Spell]) -> list[Doubt]:
    """Remarks on a NOTAM, in no order.

    Args:
        notam: its fields.
        areas: what its words give.
        spells: what its times give.
    """
    return [*_circle(notam, areas), *_levels(notam, areas), *_times(notam, spells)]


def far_from_circle(notam: Notam, areas: Sequence[WarnedArea]) -> list[Doubt]:
    """Doubts about areas that begin far outside of the circle of line Q.

    Args:
        notam: its fields.
        areas: what its words give.
    """
    line = notam.line
    if line is None or line.circle is None or not line.circle.radius_nm:
        return []
    radius_m = line.circle.radius_nm * NAUTICAL_MILE_M
    doubts = []
    for area in areas:
        if area.label == "Q" or line.circle.radius_nm >= _WHOLE_REGION_NM:
            continue
        nearest_m = float(_distances_m(notam, area).min()) - _reach_m(area)
        if nearest_m > 2.0 * radius_m + _FAR_M:
            reason = (
                f"The area lies {nautical_miles(nearest_m):.0f} nm from the centre of line Q, whose radius is "
                f"{line.circle.radius_nm} nm: a hemisphere or a digit of one of them is wrong."
            )
            doubts.append(Doubt(_span(area), reason))
    return doubts


def overshoot_m(notam: Notam, areas: Sequence[WarnedArea]) -> float | None:
    """How far the areas of the words reach beyond the circle of line Q, negative for room to spare; None without one.

    Args:
        notam: its fields.
        areas: what its words give.
    """
    circle = notam.line.circle if notam.line else None
    if circle is None or not circle.radius_nm or circle.radius_nm >= _WHOLE_REGION_NM:
        return None
    reaches = [
        float(_distances_m(notam, area).max()) + _reach_m(area)
        for area in areas
        if area.form is Form.AREA and area.label != "Q"
    ]
    return max(reaches) - circle.radius_nm * NAUTICAL_MILE_M if reaches else None


def _circle(notam: Notam, areas: Sequence[WarnedArea]) -> list[Doubt]:
    """A circle that does not cover."""
    over_m = overshoot_m(notam, areas)
    if over_m is None or over_m <= _SPARE_M or notam.line is None or notam.line.circle is None:
        return []
    radius_nm = notam.line.circle.radius_nm or 0
    reason = (
        f"The circle of line Q, radius {radius_nm} nm, does not cover the area: its farthest point is "
        f"{radius_nm + nautical_miles(over_m):.2f} nm from the centre."
    )
    return [Doubt(notam.line.span, reason)]


def _levels(notam: Notam, areas: Sequence[WarnedArea]) -> list[Doubt]:
    """Levels of line Q that do not take in those of items F and G."""
    line = notam.line
    if line is None or line.lower is None or line.upper is None or notam.upper is None or not areas:
        return []
    low_m, high_m = flight_level_m(line.lower), flight_level_m(line.upper)
    highest_m = max(area.band.ceiling_m for area in areas)
    lowest_m = min(area.band.floor_m for area in areas)
    if lowest_m >= low_m - _SPARE_LEVELS_M and highest_m <= high_m + _SPARE_LEVELS_M:
        return []
    told = f"Line Q gives the levels {line.lower:03} to {line.upper:03}, items F and G others that reach beyond them."
    return [Doubt(line.span, told)]


def _times(notam: Notam, spells: Sequence[Spell]) -> list[Doubt]:
    """Hours of item D that do not begin at item B or end at item C; hours by the sun are let pass."""
    item = notam.schedule
    if item is None or not spells or {"SR", "SS", "HJ", "HN"} & set(item.text.replace("-", " ").split()):
        return []
    span = notam.mended.span(item.start, item.end)
    remarks = []
    if spells[0].start_ms != notam.start_ms:
        remarks.append(Doubt(span, "The first hours of item D do not begin at item B."))
    if spells[-1].end_ms != notam.end_ms and notam.end_ms is not None:
        remarks.append(Doubt(span, "The last hours of item D do not end at item C."))
    return remarks


def _distances_m(notam: Notam, area: WarnedArea) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Of the corners of an area from the centre of line Q."""
    footprint = area.footprint
    corners = footprint.vertices if isinstance(footprint, Polygon) else area.positions
    lat, lon = geodesic.position_arrays(corners)
    assert notam.line is not None  # callers have looked
    assert notam.line.circle is not None
    centre = notam.line.circle.centre
    return geodesic.distances_m(centre.lat_deg, centre.lon_deg, lat, lon)


def _reach_m(area: WarnedArea) -> float:
    """How far an area reaches beyond its positions."""
    if isinstance(area.footprint, Circle):
        return area.footprint.radius_m
    return area.footprint.half_width_m if isinstance(area.footprint, Corridor) else 0.0


def _span(area: WarnedArea) -> Span:
    return Span(min(span.start for span in area.spans), max(span.end for span in area.spans))
