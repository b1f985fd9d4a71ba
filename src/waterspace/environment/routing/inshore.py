"""Inshore: shortest ways round the corners of a small stretch of coast, on a plane where geodesics are straight."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.environment.shores import coast
from waterspace.environment.shores.shoreline import Bounds
from waterspace.geometry.plane import EARTH_RADIUS_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.environment.shores.shoreline import IntArray
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Corners", "Gnomonic", "Waters", "clear", "corners_of", "prepared", "tangent", "waters"]

_ROUND_SEGMENTS = 3
_TOLERANCE_RATIO = 0.15
"""How far the outline may lie outside the clearance, as a part of it."""

_DETAIL_RATIO, _DETAIL_M = 0.08, 75.0
"""How far the land may be simplified, as a part of the clearance, and while small islands go with it."""

_SLACK_M = 2.0
"""How far lines may cut into the outline, so that they can run along it."""

_TANGENT_SLACK = 1e-4


class Gnomonic:
    """The plane that touches a sphere at a centre, seen from the middle: great circles are straight lines on it.

    Lengths near the centre are true to half a part in a hundred, which is what the sphere is out by.
    """

    def __init__(self, lat_deg: float, lon_deg: float) -> None:
        lat, lon = math.radians(lat_deg), math.radians(lon_deg)
        self.lat_deg, self.lon_deg = lat_deg, lon_deg
        self._axes = np.array(
            [
                [-math.sin(lon), math.cos(lon), 0.0],
                [-math.sin(lat) * math.cos(lon), -math.sin(lat) * math.sin(lon), math.cos(lat)],
                [math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)],
            ]
        )

    def project(self, lat: FloatArray, lon: FloatArray) -> FloatArray:
        """Points of the plane in metres, shape (n, 2); only for points less than a quarter turn away."""
        phi, lam = np.radians(lat), np.radians(lon)
        return self.flat(np.stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)), axis=-1))

    def flat(self, there: FloatArray) -> FloatArray:
        """As `project`, of unit vectors or longer ones, shape (n, 3)."""
        east, north, up = self._axes @ there.T
        return EARTH_RADIUS_M * np.stack((east / up, north / up), axis=-1)

    def unproject(self, points: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Latitudes and longitudes in degrees of points of shape (n, 2)."""
        flat = points / EARTH_RADIUS_M
        there = self._axes.T @ np.stack((flat[:, 0], flat[:, 1], np.ones(len(flat))))
        return np.degrees(np.arctan2(there[2], np.hypot(there[0], there[1]))), np.degrees(
            np.arctan2(there[1], there[0])
        )


@dataclass(frozen=True, slots=True)
class Corners:
    """Corners of the outline that can be turned at: where they are, and the corners before and after them."""

    points: FloatArray
    before: FloatArray
    after: FloatArray


class Waters:
    """A stretch of sea around a centre, its land widened by a clearance.

    Attributes:
        plane: that it is drawn on.
        radius_m: how far it reaches to each side of the centre.
        clearance_m: how far ways keep off the land.
        land: the land as it is, a shapely geometry.
        blocked: the widened land, a shapely geometry.
    """

    def __init__(self, lat_deg: float, lon_deg: float, radius_m: float, clearance_m: float) -> None:
        self.plane = Gnomonic(lat_deg, lon_deg)
        self.radius_m, self.clearance_m = radius_m, clearance_m
        self.land = _land(self.plane, radius_m, min(clearance_m * _DETAIL_RATIO, _DETAIL_M))
        self.blocked = self.widened(clearance_m)

    def widened(self, clearance_m: float) -> Any:  # noqa: ANN401
        """The land and everything within a clearance of it, with a simple outline that lies a little outside."""
        import shapely

        if self.land.is_empty:
            return self.land
        tolerance = max(_TOLERANCE_RATIO * clearance_m, 5.0)
        detail_m = clearance_m * _DETAIL_RATIO
        land = shapely.simplify(self.land, detail_m) if detail_m > _DETAIL_M else self.land  # keeps small islands
        wide = shapely.buffer(land, clearance_m * (1.0 + _DETAIL_RATIO) + tolerance, quad_segs=_ROUND_SEGMENTS)
        return shapely.simplify(wide, tolerance)

    @functools.cached_property
    def corners(self) -> Corners:
        """The corners of the widened land."""
        return corners_of(self.blocked, self.radius_m)

    @functools.cached_property
    def inner(self) -> Any:  # noqa: ANN401
        """The widened land without the very edge, prepared."""
        return prepared(self.blocked)


def prepared(blocked: Any) -> Any:  # noqa: ANN401
    """A geometry without its very edge, ready to be asked many times."""
    import shapely

    inner = shapely.buffer(blocked, -_SLACK_M, join_style="mitre")
    shapely.prepare(inner)
    return inner


def clear(inner: Any, here: FloatArray, there: FloatArray) -> NDArray[np.bool_]:  # noqa: ANN401
    """Which straight lines from one point to many of shape (n, 2) stay outside a prepared geometry."""
    import shapely

    lines = shapely.linestrings(np.stack((np.broadcast_to(here, there.shape), there), axis=1))
    found: NDArray[np.bool_] = ~shapely.intersects(inner, lines)
    return found


def corners_of(blocked: Any, radius_m: float) -> Corners:  # noqa: ANN401
    """The convex corners of a geometry inside a square around the origin."""
    import shapely

    polygons = [part for part in shapely.get_parts(blocked) if part.geom_type == "Polygon"]
    here, before, after = [np.empty((0, 2))], [np.empty((0, 2))], [np.empty((0, 2))]
    for ring in shapely.get_rings(shapely.normalize(np.array(polygons, dtype=object))) if polygons else ():
        points = shapely.get_coordinates(ring)[:-1]  # normalised: shells run clockwise, holes the other way
        back, ahead = np.roll(points, 1, axis=0), np.roll(points, -1, axis=0)
        one, two = points - back, ahead - points
        convex = one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0] < 0.0
        convex &= np.abs(points).max(axis=1) < radius_m * 0.999
        here.append(points[convex])
        before.append(back[convex])
        after.append(ahead[convex])
    return Corners(np.concatenate(here), np.concatenate(before), np.concatenate(after))


def tangent(corners: Corners, here: FloatArray) -> IntArray:
    """Which corners a line from a point is tangent at."""
    way = corners.points - here
    one, two = corners.before - corners.points, corners.after - corners.points
    left1 = way[:, 0] * one[:, 1] - way[:, 1] * one[:, 0]
    left2 = way[:, 0] * two[:, 1] - way[:, 1] * two[:, 0]
    slack = _TANGENT_SLACK * np.hypot(*way.T)
    near = np.minimum(
        np.abs(left1) / np.maximum(np.hypot(*one.T), 1.0), np.abs(left2) / np.maximum(np.hypot(*two.T), 1.0)
    )
    return np.flatnonzero((left1 * left2 >= 0.0) | (near <= slack))


def _land(plane: Gnomonic, radius_m: float, detail_m: float) -> Any:  # noqa: ANN401
    """The land in a square around the centre of a plane."""
    import shapely

    reach = math.degrees(radius_m / EARTH_RADIUS_M) * 1.1
    south, north = max(plane.lat_deg - reach, -90.0), min(plane.lat_deg + reach, 89.9)
    wide = min(reach / max(math.cos(math.radians(max(abs(south), abs(north)))), 0.02), 90.0)
    shores = coast.load()
    detail_deg = math.degrees(detail_m / EARTH_RADIUS_M)
    rings = shores.polygons(Bounds(south, plane.lon_deg - wide, north, plane.lon_deg + wide), detail_deg)
    if not rings:
        return shapely.Polygon()
    lines = [shapely.LineString(np.column_stack((lon, lat))) for lat, lon in rings]
    faces = shapely.get_parts(shapely.polygonize([shapely.unary_union(lines)]))
    inside = shapely.get_coordinates(shapely.point_on_surface(faces))
    kept = faces[shores.on_land(inside[:, 1], inside[:, 0])]
    flat = shapely.transform(kept, lambda points: plane.project(points[:, 1], points[:, 0]))
    flat = shapely.make_valid(flat)  # thin faces may cross themselves on another plane
    return shapely.clip_by_rect(shapely.union_all(flat), -radius_m, -radius_m, radius_m, radius_m)


@functools.lru_cache(maxsize=256)
def waters(lat_deg: float, lon_deg: float, radius_m: float, clearance_m: float) -> Waters:
    """The waters around a place; asked for again they are remembered."""
    return Waters(lat_deg, lon_deg, radius_m, clearance_m)
