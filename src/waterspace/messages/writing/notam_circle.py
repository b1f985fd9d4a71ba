"""The circle of line Q: a centre on whole minutes and a radius in whole miles that cover every area.

The centre is sought, not solved for: the radius is never too small, and at most a mile above the least (measured).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from waterspace.domain import Circle, Corridor, Polygon, Position, Sector, Without
from waterspace.errors import DraftError
from waterspace.messages.phrasing.numbers import LENGTH_RESOLUTION_M, written_length_m
from waterspace.messages.phrasing.positions import Notation, rounded
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from waterspace.domain import Footprint, NotamCircle

__all__ = ["MOST_NM", "CoveringCircle", "covering_circle", "given_circle", "reach_m"]

MOST_NM = 998
"""Largest radius; 999 stands for a whole region. Source: ICAO Doc 8126, 6.2, qualifier `Coordinates, radius`."""

_MINUTES = 60
_STEPS = (16, 4, 1)
"""Minutes by which the centre is moved as long as that helps."""
_ROUNDS = 200
_ROUNDED_M = 25.0
"""More than rounding to seconds moves a position: half a second is 15 m of latitude, and as much of longitude."""
_SPARE_M = 0.01
_HALF_TURN_DEG, _TURN_DEG = 180.0, 360.0


class CoveringCircle(NamedTuple):
    """Centre on whole minutes, radius in whole miles."""

    centre: Position
    radius_nm: int


class _Reaches(NamedTuple):
    """Points in degrees, each with what lies around it in metres; all of shape (n,)."""

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    around_m: NDArray[np.float64]

    def from_(self, lat_deg: float, lon_deg: float) -> float:
        """Distance in metres of the farthest point from a centre."""
        from waterspace.geometry.geodesic import distances_m

        return float((distances_m(lat_deg, lon_deg, self.lat, self.lon) + self.around_m).max())


def reach_m(centre: Position, footprints: Sequence[Footprint]) -> float:
    """How far the farthest point of some areas, as drafted and as written, lies from a centre; 0 without any."""
    return _reaches(footprints).from_(centre.lat_deg, centre.lon_deg) if footprints else 0.0


def covering_circle(footprints: Sequence[Footprint]) -> CoveringCircle:
    """A small circle that covers areas, as drafted and as written.

    Args:
        footprints: at least one, of the shapes that have words in a NOTAM.

    Raises:
        DraftError: they reach farther than line Q can say.
    """
    reaches = _reaches(footprints)
    lat, lon = _start(reaches)
    best_m = reaches.from_(lat / _MINUTES, lon / _MINUTES)
    for step in _STEPS:
        while True:
            around = [
                _on_globe(lat + north * step, lon + east * step)
                for north in (-1, 0, 1)
                for east in (-1, 0, 1)
                if north or east
            ]
            reach, lat_new, lon_new = min((reaches.from_(y / _MINUTES, x / _MINUTES), y, x) for y, x in around)
            if reach >= best_m:
                break
            best_m, lat, lon = reach, lat_new, lon_new
    return _whole(Position(lat_deg=lat / _MINUTES, lon_deg=lon / _MINUTES), best_m)


def given_circle(circle: NotamCircle, footprints: Sequence[Footprint]) -> CoveringCircle:
    """The circle that the planner gave, its centre rounded to the minute and its radius up.

    Raises:
        DraftError: it does not cover the areas. It is not made larger: who gave it must know that it was wrong.
    """
    reach = reach_m(circle.centre, footprints)
    if reach > circle.radius_m + _SPARE_M + _ROUNDED_M:
        raise DraftError(
            f"the circle that is given for line Q, {nautical_miles(circle.radius_m):.2f} nm, does not cover the areas, "
            f"which reach {nautical_miles(reach):.2f} nm from its centre; give it {_miles_up(reach)} nm, or no circle "
            "to have one made"
        )
    lat, lon = round(circle.centre.lat_deg * _MINUTES), round(circle.centre.lon_deg * _MINUTES)
    centre = Position(lat_deg=lat / _MINUTES, lon_deg=lon / _MINUTES)
    return _whole(centre, max(circle.radius_m, reach_m(centre, footprints)))


def _whole(centre: Position, radius_m: float) -> CoveringCircle:
    radius_nm = _miles_up(radius_m)
    if radius_nm > MOST_NM:
        raise DraftError(
            f"the areas need a circle of {radius_nm} nm in line Q, which holds {MOST_NM} nm at most; draft those that "
            "lie apart as notices of their own"
        )
    return CoveringCircle(centre, radius_nm)


def _miles_up(radius_m: float) -> int:
    return max(1, math.ceil((radius_m - _SPARE_M) / NAUTICAL_MILE_M))


def _reaches(footprints: Sequence[Footprint]) -> _Reaches:
    """The points that tell how far areas reach."""
    import numpy as np

    lat, lon, around_m = zip(*(point for footprint in footprints for point in _points(footprint)), strict=True)
    return _Reaches(np.array(lat), np.array(lon), np.array(around_m))


def _points(footprint: Footprint) -> Iterator[tuple[float, float, float]]:
    """Latitude, longitude and what lies around, with what rounding may add."""
    match footprint:
        case Polygon():
            yield from (_point(vertex, 0.0) for vertex in footprint.vertices)
        case Circle():
            yield _point(footprint.centre, footprint.radius_m)
        case Corridor():
            yield from (_point(waypoint, footprint.half_width_m) for waypoint in footprint.waypoints)
        case Sector():
            from waterspace.geometry.outlines import arc_step_deg, sector_ring

            ring = sector_ring(footprint, footprint.radius_m, arc_step_deg(footprint.radius_m))
            slack_m = _ROUNDED_M + LENGTH_RESOLUTION_M
            yield from ((float(lat), float(lon), slack_m) for lat, lon in zip(*ring, strict=True))
        case Without():
            yield from _points(footprint.base)
        case _:
            raise DraftError(
                f"a {type(footprint).__name__} has no words in a NOTAM; draft the areas that it is made of, or its "
                "outline"
            )


def _point(position: Position, length_m: float) -> tuple[float, float, float]:
    from waterspace.geometry.geodesic import distance_m

    near = rounded(position, Notation.SECONDS)
    longer_m = max(0.0, written_length_m(length_m) - length_m)
    return position.lat_deg, position.lon_deg, length_m + longer_m + distance_m(position, near)


def _start(reaches: _Reaches) -> tuple[int, int]:
    """About the middle of the least ball around the points, in minutes: each round goes a smaller part of the way.

    Source: Badoiu and Clarkson, Smaller core-sets for balls, 2003.
    """
    import numpy as np

    from waterspace.geometry.plane import EARTH_RADIUS_M

    lat, lon = np.radians(reaches.lat), np.radians(reaches.lon)
    points = np.stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)), axis=1)
    around = reaches.around_m / EARTH_RADIUS_M
    centre = points.mean(axis=0)
    for count in range(1, _ROUNDS):
        away = points - centre
        distances = np.sqrt((away * away).sum(axis=1))
        far = int(np.argmax(distances + around))
        if distances[far] == 0.0:
            break
        centre = centre + away[far] * (1.0 + around[far] / distances[far]) / (count + 1)
    x, y, z = (float(value) for value in centre)
    lat_deg, lon_deg = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
    return _on_globe(round(lat_deg * _MINUTES), round(lon_deg * _MINUTES))


def _on_globe(lat: int, lon: int) -> tuple[int, int]:
    """Minutes of a position; beyond 180 degrees the longitude goes on from the other side."""
    lat = max(-90 * _MINUTES, min(90 * _MINUTES, lat))
    half, turn = round(_HALF_TURN_DEG * _MINUTES), round(_TURN_DEG * _MINUTES)
    lon = (lon + half) % turn - half
    return lat, half if lon == -half else lon
