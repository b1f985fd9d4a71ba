"""Rings and lines of latitudes and longitudes, with corners dense enough to be joined by straight strokes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from waterspace.geometry.geodesic import FloatArray, destinations, inverses, position_arrays

if TYPE_CHECKING:
    from waterspace.domain import Circle, Corridor, Polygon, Position, Sector

__all__ = [
    "ARC_STEP_DEG",
    "EDGE_STEP_M",
    "Line",
    "arc",
    "arc_step_deg",
    "circle_ring",
    "corridor_line",
    "dense",
    "polygon_ring",
    "sector_ring",
]

Line: TypeAlias = "tuple[FloatArray, FloatArray]"
"""Latitudes and longitudes in degrees, each of shape (n,)."""

EDGE_STEP_M = 20_000.0
"""Longest stroke: at 500 km from the centre of a plane it strays from the geodesic by less than half a metre."""

ARC_STEP_DEG = 5.0
"""Angle between corners of an arc that is only looked at."""

_ARC_SAGITTA_M = 0.5
"""How far a stroke may cut inside an arc that is computed with."""


def arc_step_deg(radius_m: float) -> float:
    """Angle between corners of an arc, small enough that strokes stay within half a metre of it."""
    if radius_m <= _ARC_SAGITTA_M:
        return ARC_STEP_DEG
    return min(ARC_STEP_DEG, 2.0 * math.degrees(math.acos(1.0 - _ARC_SAGITTA_M / radius_m)))


def dense(lat: FloatArray, lon: FloatArray, step_m: float, *, closed: bool) -> Line:
    """Insert points into the geodesics that join points, so that no stroke is longer than a step.

    Args:
        lat: degrees, shape (n,), n at least 1.
        lon: degrees, shape (n,).
        step_m: above 0.
        closed: whether the last point is joined to the first, which is then not repeated.
    """
    next_lat, next_lon = np.roll(lat, -1), np.roll(lon, -1)
    if not closed:
        next_lat, next_lon = next_lat[:-1], next_lon[:-1]
    edges = next_lat.size
    length, bearing = inverses(lat[:edges], lon[:edges], next_lat, next_lon)
    parts = np.maximum(np.ceil(length / step_m), 1.0).astype(np.intp)
    edge = np.repeat(np.arange(edges), parts)
    place = np.arange(edge.size) - np.repeat(np.cumsum(parts) - parts, parts)
    out_lat, out_lon = destinations(lat[edge], lon[edge], bearing[edge], length[edge] * place / parts[edge])
    corner = place == 0
    out_lat[corner], out_lon[corner] = lat[:edges], lon[:edges]
    if closed:
        return out_lat, out_lon
    return np.append(out_lat, lat[-1]), np.append(out_lon, lon[-1])


def arc(centre: Position, bearings_deg: tuple[float, float], radius_m: float, step_deg: float) -> Line:
    """Points at one range from a centre, from the first bearing clockwise to the second, both included."""
    first, last = bearings_deg
    count = max(math.ceil((last - first) / step_deg), 1) + 1
    return destinations(centre.lat_deg, centre.lon_deg, np.linspace(first, last, count), radius_m)


def polygon_ring(polygon: Polygon, step_m: float) -> Line:
    """The ring of a polygon."""
    return dense(*position_arrays(polygon.vertices), step_m, closed=True)


def circle_ring(circle: Circle, step_deg: float) -> Line:
    """The ring of a circle, clockwise from north."""
    lat, lon = arc(circle.centre, (0.0, 360.0), circle.radius_m, step_deg)
    return lat[:-1], lon[:-1]


def sector_ring(sector: Sector, step_m: float, step_deg: float) -> Line:
    """The ring of a sector; a full ring is cut along its middle line, so that one ring bounds it."""
    half_deg = min(sector.half_angle_deg, 180.0)
    full = half_deg == 180.0
    span = (sector.bearing_deg - half_deg, sector.bearing_deg + half_deg)
    lat, lon = arc(sector.centre, span, sector.radius_m, step_deg)
    if full and sector.inner_radius_m <= 0.0:
        return lat[:-1], lon[:-1]
    if sector.inner_radius_m > 0.0:
        inner_lat, inner_lon = arc(sector.centre, span, sector.inner_radius_m, step_deg)
    else:
        inner_lat, inner_lon = position_arrays([sector.centre])
    return dense(np.append(lat, inner_lat[::-1]), np.append(lon, inner_lon[::-1]), step_m, closed=True)


def corridor_line(corridor: Corridor, step_m: float) -> Line:
    """The middle line of a corridor."""
    return dense(*position_arrays(corridor.waypoints), step_m, closed=False)
