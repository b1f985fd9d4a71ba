"""Landfall: where at sea a route to a place on the coast starts or ends."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.domain import Position
from waterspace.environment.routing.inshore import Waters, waters
from waterspace.environment.routing.widening import kept_off
from waterspace.environment.shores import coast
from waterspace.errors import GeometryError, RouteError
from waterspace.geometry.geodesic import distance_m
from waterspace.notation.position import format_position
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from waterspace.environment.shores.shoreline import IntArray
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["End", "around", "corners_in", "resolve"]

_REACH_M = 12.0 * NAUTICAL_MILE_M
"""How far a place on land may be from its approach point (assumed: published positions of ports are a mile or two off,
and Shanghai and Rotterdam lie 8 and 11 miles up rivers that the coast does not show)."""

_LEVELS_M = (140.0, 50.0)
"""Clearance of an approach point, the larger first (assumed: a ship's length or more in a harbour)."""

_CLOSE_M = 1000.0
"""Places nearer to the shore than this are looked at closely: they may lie in water that leads nowhere."""

_CLEARANCE_M = 0.5 * NAUTICAL_MILE_M
_RADII_M = (32_000.0, 75_000.0, 150_000.0, 300_000.0)
_STEPS_DEG = (0.1, 0.5, 1.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end of a route.

    Attributes:
        position: at sea.
        offing_m: its distance from the nearest shore.
        note: what was done to a place on land, empty for a place at sea.
    """

    position: Position
    offing_m: float
    note: str = ""


@functools.lru_cache(maxsize=4096)
def resolve(position: Position) -> End:
    """A place as the end of a route: itself at sea, its approach point on land.

    Raises:
        GeometryError: it is no position.
        RouteError: it is a pole, or on land with no sea within 12 nautical miles that leads to the oceans.
    """
    _check(position)
    shores = coast.load()
    if shores.is_land(position):
        found = _approach_point(position)
        off = nautical_miles(distance_m(position, found))
        note = f"{_text(position)} is on land: the route uses its approach point {_text(found)}, {off:.1f} nm away"
        return End(position=found, offing_m=_offing_m(found), note=note)
    offing_m = _offing_m(position)
    found = _outer_water(position) if offing_m < _CLOSE_M else position
    if found == position:
        return End(position=position, offing_m=offing_m)
    off = nautical_miles(distance_m(position, found))
    note = (
        f"{_text(position)} lies {nautical_miles(offing_m):.2f} nm from the shore, in water that is narrow or closed "
        f"on the coast: the route uses its approach point {_text(found)}, {off:.1f} nm away"
    )
    return End(position=found, offing_m=_offing_m(found), note=note)


def around(position: Position, level: int, clearance_m: float) -> Waters:
    """Waters that hold a place and much around it; neighbours share them.

    Args:
        position: a place.
        level: 0 to 3: 32, 75, 150 or 300 km to each side.
        clearance_m: that ways are to keep.
    """
    step = _STEPS_DEG[level]
    lat = max(min(round(position.lat_deg / step) * step, 88.0), -88.0)
    stretch = step / max(math.cos(math.radians(lat)), 0.05)
    lon = round(position.lon_deg / stretch) * stretch
    return waters(lat, (lon + 180.0) % 360.0 - 180.0, _RADII_M[level], clearance_m)


def corners_in(area: Waters) -> tuple[IntArray, FloatArray]:
    """The corners of the packaged sea ways inside some waters, and where they are on their plane."""
    graph = kept_off(area.clearance_m)
    near = np.flatnonzero(graph.distances_m(area.plane.lat_deg, area.plane.lon_deg) < 1.4 * area.radius_m)
    points = area.plane.project(graph.lat[near], graph.lon[near])
    inside = np.abs(points).max(axis=1, initial=0.0) < 0.97 * area.radius_m
    return near[inside], points[inside]


def _approach_point(position: Position) -> Position:
    """The nearest point of sea, a little off the shore, that leads to the oceans."""
    found = _nearest_water(position)
    if found is not None:
        return found
    near = coast.load().nearest_land(position)
    raise RouteError(
        f"{_text(position)} is on land, {nautical_miles(near.distance_m):.1f} nm from the nearest shore at "
        f"{_text(near.position)}, and no sea that leads to the oceans lies within {nautical_miles(_REACH_M):.0f} nm; "
        f"give a position at sea, or a port on the coast"
    )


def _outer_water(position: Position) -> Position:
    """A place at sea close to the shore: itself where the sea is open, else the nearest point of open water."""
    return _nearest_water(position) or position


def _nearest_water(position: Position) -> Position | None:
    """The nearest point of water that leads to the oceans, a little off the shore; None where it is far."""
    import shapely

    for level in range(len(_RADII_M)):
        area = around(position, level, _CLEARANCE_M)
        corners, points = corners_in(area)
        if not corners.size:
            continue
        spot = shapely.Point(area.plane.project(*_arrays(position))[0])
        for clearance_m in _LEVELS_M:
            free = _open_water(area, points, clearance_m)
            if free is None or shapely.distance(free, spot) > _REACH_M:
                continue
            if shapely.intersects(free, spot):
                return position
            line = shapely.shortest_line(free, spot)
            lat, lon = area.plane.unproject(shapely.get_coordinates(line)[:1])
            return Position(lat_deg=float(lat[0]), lon_deg=float(lon[0]))
        break
    return None


def _open_water(area: Waters, points: FloatArray, clearance_m: float) -> Any:  # noqa: ANN401
    """The waters that are joined to a corner of the sea ways, at a clearance; None where there are none."""
    import shapely

    square = shapely.box(*(area.radius_m * np.array([-1.0, -1.0, 1.0, 1.0])))
    free = shapely.get_parts(shapely.difference(square, area.widened(clearance_m)))
    joined = np.unique(shapely.STRtree(free).query(shapely.points(points), predicate="intersects")[1])
    return shapely.union_all(free[joined]) if joined.size else None


def _check(position: Position) -> None:
    """Refuse what is no place at sea."""
    lat, lon = position.lat_deg, position.lon_deg
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90.0 and abs(lon) <= 180.0):
        raise GeometryError(
            f"found a position of latitude {lat} and longitude {lon}, expected latitudes of -90 to 90 and longitudes "
            "of -180 to 180 degrees"
        )
    if abs(lat) > 89.9:
        raise RouteError(
            f"found a pole ({lat}, {lon}), where no sea route is computed; give a position below 89.9 degrees"
        )


def _offing_m(position: Position) -> float:
    return float(coast.load().exact_distances_m(*_arrays(position))[0])


def _arrays(position: Position) -> tuple[FloatArray, FloatArray]:
    return np.array([position.lat_deg]), np.array([position.lon_deg])


def _text(position: Position) -> str:
    """A position as a mariner writes it."""
    return format_position(position.lat_deg, position.lon_deg)
