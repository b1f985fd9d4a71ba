"""Contradictions between the items of a NOTAM.

Most of them leave the area and its times as they are, and are remarks: a circle of line Q that does not cover the area,
levels of line Q that are not those of items F and G, hours of item D that do not begin at item B; so is an end that is
only estimated. One is a doubt: an area so far from the circle that one of the two must have a wrong hemisphere or a
wrong digit.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Polygon, Without
from waterspace.geometry import geodesic
from waterspace.geometry.plane import EARTH_RADIUS_M
from waterspace.messages.notam.levels import flight_level_m
from waterspace.messages.reading import Doubt, Form, Span
from waterspace.quantity import FLIGHT_LEVEL_M, NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Footprint, Position
    from waterspace.messages.notam.fields import Circle as QCircle
    from waterspace.messages.notam.fields import Notam
    from waterspace.messages.reading import Spell, WarnedArea

__all__ = ["contradictions", "far_from_circle", "overshoot_m"]

_SPARE_M = 0.5 * NAUTICAL_MILE_M
"""How far an area may reach out of the circle: its centre is rounded to minutes, its radius to miles."""

_FAR_M = 300.0 * NAUTICAL_MILE_M
"""How far beyond the circle an area begins that belongs to another part of the world (assumed)."""

_SURE = 0.99
"""Part of a range within which a distance on a sphere is surely within it on the ellipsoid: they differ by 0.6 %."""

_ESTIMATE = re.compile(r"C\)\s*(\d{10}\s*EST)")
_WHOLE_REGION_NM = 999
_SPARE_LEVELS_M = 5.0 * FLIGHT_LEVEL_M


def contradictions(notam: Notam, areas: Sequence[WarnedArea], spells: Sequence[Spell]) -> list[Doubt]:
    """Remarks on a NOTAM, in no order.

    Args:
        notam: its fields.
        areas: what its words give.
        spells: what its times give.
    """
    return [*_circle(notam, areas), *_levels(notam, areas), *_times(notam, spells), *_estimate(notam, areas)]


def far_from_circle(notam: Notam, areas: Sequence[WarnedArea]) -> list[Doubt]:
    """Doubts about areas that begin far outside of the circle of line Q.

    Args:
        notam: its fields.
        areas: what its words give.
    """
    circle = _limited(notam)
    if circle is None:
        return []
    doubts = []
    for area in areas:
        if area.label == "Q" or _is_near(circle, area, 2.0 * _radius_m(circle) + _FAR_M):
            continue
        nearest_m = min(geodesic.distance_m(circle.centre, corner) for corner in _corners(area)) - _reach_m(area)
        if nearest_m > 2.0 * _radius_m(circle) + _FAR_M:
            reason = (
                f"The area lies {nautical_miles(nearest_m):.0f} nm from the centre of line Q, whose radius is "
                f"{circle.radius_nm} nm: a hemisphere or a digit of one of them is wrong."
            )
            doubts.append(Doubt(_span(area), reason))
    return doubts


def overshoot_m(notam: Notam, areas: Sequence[WarnedArea]) -> float | None:
    """How far the areas of the words reach beyond the circle of line Q, negative for room to spare; None without one.

    Args:
        notam: its fields.
        areas: what its words give.
    """
    circle = _limited(notam)
    if circle is None:
        return None
    reaches = [
        max(geodesic.distance_m(circle.centre, corner) for corner in _corners(area)) + _reach_m(area)
        for area in areas
        if area.form is Form.AREA and area.label != "Q"
    ]
    return max(reaches) - _radius_m(circle) if reaches else None


def _circle(notam: Notam, areas: Sequence[WarnedArea]) -> list[Doubt]:
    """A circle that does not cover."""
    circle = _limited(notam)
    if circle is None or notam.line is None or all(_is_near(circle, area, _radius_m(circle)) for area in areas):
        return []
    over_m = overshoot_m(notam, areas)
    if over_m is None or over_m <= _SPARE_M:
        return []
    radius_nm = circle.radius_nm or 0
    reason = (
        f"The circle of line Q, radius {radius_nm} nm, does not cover the area: its farthest point is "
        f"{radius_nm + nautical_miles(over_m):.2f} nm from the centre."
    )
    return [Doubt(notam.line.span, reason)]


def _limited(notam: Notam) -> QCircle | None:
    """The circle of line Q, unless it stands for a whole region."""
    circle = notam.line.circle if notam.line else None
    return circle if circle and circle.radius_nm and circle.radius_nm < _WHOLE_REGION_NM else None


def _radius_m(circle: QCircle) -> float:
    return (circle.radius_nm or 0) * NAUTICAL_MILE_M


def _is_near(circle: QCircle, area: WarnedArea, range_m: float) -> bool:
    """Whether all of an area surely lies within a range of a centre: on a sphere, with room to spare."""
    lat_deg, lon_deg = circle.centre.lat_deg, circle.centre.lon_deg
    within_m = _SURE * (range_m - _reach_m(area))
    if within_m <= 0.0:
        return False
    cosine = math.cos(math.radians(lat_deg))
    most = math.sin(min(within_m / (2.0 * EARTH_RADIUS_M), math.pi / 2.0)) ** 2
    for corner in _corners(area):
        across = math.sin(math.radians(corner.lon_deg - lon_deg) / 2.0)
        along = math.sin(math.radians(corner.lat_deg - lat_deg) / 2.0)
        if along * along + cosine * math.cos(math.radians(corner.lat_deg)) * across * across > most:
            return False
    return True


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
    if spells[-1].end_ms != notam.end_ms and notam.end_ms is not None and not notam.estimated:
        remarks.append(Doubt(span, "The last hours of item D do not end at item C."))
    return remarks


def _estimate(notam: Notam, areas: Sequence[WarnedArea]) -> list[Doubt]:
    """An item C that ends nothing."""
    item = _ESTIMATE.search(notam.mended.text) if notam.estimated and areas else None
    if item is None:
        return []
    told = f"Item C, {item[1]}, is only estimated: in force until a NOTAMR or a NOTAMC comes, and taken to have no end."
    return [Doubt(notam.mended.span(*item.span(1)), told)]


def _corners(area: WarnedArea) -> Sequence[Position]:
    shape = _whole(area)
    return shape.vertices if isinstance(shape, Polygon) else area.positions


def _reach_m(area: WarnedArea) -> float:
    """How far an area reaches beyond its positions."""
    shape = _whole(area)
    if isinstance(shape, Circle):
        return shape.radius_m
    return shape.half_width_m if isinstance(shape, Corridor) else 0.0


def _whole(area: WarnedArea) -> Footprint:
    """An area with what is left out of it."""
    return area.footprint.base if isinstance(area.footprint, Without) else area.footprint


def _span(area: WarnedArea) -> Span:
    return Span(min(span.start for span in area.spans), max(span.end for span in area.spans))
