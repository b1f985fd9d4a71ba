"""A flat sheet laid on the sea at a point: shapes drawn in metres become positions, and routes become timed legs.

The sheet is the azimuthal equidistant projection about its origin, so distances and bearings from the origin are
exact and a track drawn 100 km from it is 0.01 % too long or too short. Serials are smaller than that.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from waterspace.geometry.footprints import centre, outline
from waterspace.geometry.geodesic import FloatArray, between, destination, distance_m, inverse, inverses
from waterspace.geometry.legs import make_leg
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import ArrayLike, NDArray

    from waterspace.domain import Footprint, Leg, Position, Window

__all__ = ["LARGEST_STILL_STEPS", "Frame", "Point", "Sheet", "chord", "encloses", "fill_window", "reach_m", "sheet_of"]

Point: TypeAlias = tuple[float, float]
"""Metres ahead of the origin along the axis, metres to starboard of the axis."""

LARGEST_STILL_STEPS = 64
"""How many waypoints in a row may coincide before a route counts as standing still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where the sheet is pinned, and which way it points.

    Attributes:
        axis_deg: true bearing, at the origin, of the direction called ahead.
    """

    origin: Position
    axis_deg: float = 0.0

    def position(self, point: Point) -> Position:
        """The place on the sea under a point of the sheet."""
        bearing_deg, range_m = self.way(point)
        return self.origin if range_m == 0.0 else destination(self.origin, bearing_deg, range_m)

    def way(self, point: Point) -> tuple[float, float]:
        """True bearing and range of a point of the sheet from its origin, wherever that lies."""
        ahead_m, starboard_m = point
        bearing_deg = self.axis_deg + math.degrees(math.atan2(starboard_m, ahead_m))
        return bearing_deg % 360.0, math.hypot(ahead_m, starboard_m)

    def point(self, position: Position) -> Point:
        """The point of the sheet over a place on the sea."""
        range_m, bearing_deg = inverse(self.origin, position)
        angle_rad = math.radians(bearing_deg - self.axis_deg)
        return range_m * math.cos(angle_rad), range_m * math.sin(angle_rad)

    def points(self, lat: FloatArray, lon: FloatArray) -> FloatArray:
        """Points of the sheet, shape (..., 2), over latitudes and longitudes in degrees of shape (...)."""
        range_m, bearing_deg = inverses(self.origin.lat_deg, self.origin.lon_deg, lat, lon)
        angle_rad = np.radians(bearing_deg - self.axis_deg)
        return np.stack((range_m * np.cos(angle_rad), range_m * np.sin(angle_rad)), axis=-1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A frame and an area drawn on it.

    Attributes:
        outline: corners of the area, in order.
    """

    frame: Frame
    outline: tuple[Point, ...]

    @property
    def port_m(self) -> float:
        """How far the area reaches to port, negative to starboard, as a starboard coordinate."""
        return min(starboard_m for _, starboard_m in self.outline)

    @property
    def starboard_m(self) -> float:
        """How far the area reaches to starboard."""
        return max(starboard_m for _, starboard_m in self.outline)

    @property
    def radius_m(self) -> float:
        """Range from the origin to the farthest corner."""
        return max(math.hypot(*point) for point in self.outline)


@functools.lru_cache(maxsize=1024)
def sheet_of(footprint: Footprint, axis_deg: float = 0.0) -> Sheet:
    """The sheet pinned at the middle of an area, with the area drawn on it."""
    frame = Frame(origin=centre(footprint), axis_deg=axis_deg)
    return Sheet(frame=frame, outline=tuple(frame.point(corner) for corner in outline(footprint)))


def chord(corners: Sequence[Point], starboard_m: float) -> tuple[float, float] | None:
    """Where a line parallel to the axis enters an outline first and leaves it last, ahead coordinates, or None.

    Args:
        corners: of a closed outline, the first not repeated.
        starboard_m: how far the line lies from the axis.
    """
    crossings_m: list[float] = []
    for (ahead_a, side_a), (ahead_b, side_b) in zip(corners, (*corners[1:], corners[0]), strict=True):
        low_m, high_m = min(side_a, side_b), max(side_a, side_b)
        if not low_m <= starboard_m <= high_m:
            continue
        if low_m == high_m:
            crossings_m += [ahead_a, ahead_b]
        else:
            crossings_m.append(ahead_a + (ahead_b - ahead_a) * (starboard_m - side_a) / (side_b - side_a))
    return (min(crossings_m), max(crossings_m)) if crossings_m else None


def reach_m(corners: Sequence[Point]) -> float:
    """How far ahead of the origin an outline reaches on the axis; 0 where the axis misses it."""
    found = chord(corners, 0.0)
    return max(found[1], 0.0) if found else 0.0


def encloses(corners: Sequence[Point], points: ArrayLike) -> NDArray[np.bool_]:
    """Which points lie in an outline, by counting the sides that lie ahead of each.

    Args:
        corners: of a closed outline, the first not repeated.
        points: of the sheet, shape (..., 2).

    Returns:
        Shape (...).
    """
    ahead_m, starboard_m = np.moveaxis(np.asarray(points, dtype=np.float64), -1, 0)
    inside = np.zeros(ahead_m.shape, dtype=np.bool_)
    for (ahead_a, side_a), (ahead_b, side_b) in zip(corners, (*corners[1:], corners[0]), strict=True):
        if side_a != side_b:
            crossing_m = ahead_a + (ahead_b - ahead_a) * (starboard_m - side_a) / (side_b - side_a)
            inside ^= ((side_a > starboard_m) != (side_b > starboard_m)) & (crossing_m > ahead_m)
    return inside


def fill_window(
    route: Iterable[Position], window: Window, *, speed_mps: float, height_m: float = 0.0, serial: str = ""
) -> tuple[Leg, ...]:
    """Run along waypoints at a speed until the window ends; a route that ends sooner is followed by a wait.

    Args:
        route: waypoints, the first where the unit is at the start; may go on for ever. None at all gives no legs.
        window: what the legs fill.
        speed_mps: over the ground; 0 stands still at the first waypoint.
        height_m: above mean sea level.
        serial: id written on the legs.
    """
    points = iter(route)
    here = next(points, None)
    if here is None or window.end_ms <= window.start_ms:
        return ()
    legs: list[Leg] = []
    now_ms, still_steps = window.start_ms, 0
    while speed_mps > 0.0 and still_steps < LARGEST_STILL_STEPS and now_ms < window.end_ms:
        there = next(points, None)
        if there is None:
            break
        duration_ms = round(distance_m(here, there) / speed_mps * SECOND_MS)
        if duration_ms == 0:
            still_steps += 1
            continue
        still_steps = 0
        left_ms = window.end_ms - now_ms
        if duration_ms > left_ms:
            there, duration_ms = between(here, there, left_ms / duration_ms), left_ms
        legs.append(_leg(here, there, (now_ms, duration_ms), (height_m, serial)))
        here, now_ms = there, now_ms + duration_ms
    if now_ms < window.end_ms:
        legs.append(_leg(here, here, (now_ms, window.end_ms - now_ms), (height_m, serial)))
    return tuple(legs)


def _leg(start: Position, end: Position, times_ms: tuple[int, int], label: tuple[float, str]) -> Leg:
    start_ms, duration_ms = times_ms
    return make_leg(start_ms, start_ms + duration_ms, start, end, *label)
