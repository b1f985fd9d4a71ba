"""Edges that lead along an arc: `CLOCKWISE ALONG AN ARC OF 30 NM RADIUS CENTRED ON ...`.

Ends that are rounded to seconds do not stand exactly at the radius: the edge is led evenly from the range of one end
to the range of the other, as those who draw these areas do.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.geometry import geodesic
from waterspace.geometry.outlines import arc_step_deg
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from waterspace.domain import Position
    from waterspace.messages.reading import Span

__all__ = ["Arc", "along"]

_SPARE_M = 0.2 * NAUTICAL_MILE_M
_SPARE_RATIO = 0.05
"""How far the ends of an arc may stand from its radius before somebody has to look (assumed)."""

_FULL_DEG, _HALF_DEG = 360.0, 180.0


class Arc(NamedTuple):
    """An edge along an arc.

    Attributes:
        centre: of the circle.
        radius_m: None where the text leaves it to the ends.
        clockwise: None for the shorter way.
        span: where the text says so, in the mended text.
    """

    centre: Position
    radius_m: float | None
    clockwise: bool | None
    span: Span


def along(edge: Arc, start: Position, end: Position) -> tuple[tuple[Position, ...], str]:
    """The points of an arc strictly between its ends, and what is wrong; empty where nothing is.

    Args:
        edge: centre, radius and direction.
        start: where it begins.
        end: where it ends.
    """
    first_m, first_deg = geodesic.inverse(edge.centre, start)
    last_m, last_deg = geodesic.inverse(edge.centre, end)
    radius_m = edge.radius_m if edge.radius_m is not None else (first_m + last_m) / 2.0
    spare_m = max(_SPARE_M, _SPARE_RATIO * radius_m)
    problem = ""
    if abs(first_m - radius_m) > spare_m or abs(last_m - radius_m) > spare_m:
        problem = (
            f"The ends of an arc of {radius_m / NAUTICAL_MILE_M:.2f} nm stand {first_m / NAUTICAL_MILE_M:.2f} nm and "
            f"{last_m / NAUTICAL_MILE_M:.2f} nm from its centre."
        )
    turn_deg = (last_deg - first_deg) % _FULL_DEG
    clockwise = turn_deg <= _HALF_DEG if edge.clockwise is None else edge.clockwise
    bearings = (first_deg, first_deg + turn_deg) if clockwise else (last_deg, last_deg + (_FULL_DEG - turn_deg))
    ranges = (first_m, last_m) if clockwise else (last_m, first_m)
    count = max(math.ceil((bearings[1] - bearings[0]) / arc_step_deg(radius_m)), 1) + 1
    centre = edge.centre
    lat, lon = geodesic.destinations(
        centre.lat_deg, centre.lon_deg, np.linspace(*bearings, count), np.linspace(*ranges, count)
    )
    inner = geodesic.positions_from(lat[1:-1], lon[1:-1])
    return (inner if clockwise else inner[::-1]), problem
