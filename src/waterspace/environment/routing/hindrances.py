"""Hindrances on the way: areas that legs keep out of while they are in force, and lanes that are sailed one way."""

from __future__ import annotations

import functools
import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.domain import SURFACE, MovingBox, Window
from waterspace.environment.routing import seaways
from waterspace.environment.routing.inshore import Corners, Gnomonic, corners_of
from waterspace.geometry.footprints import outlines, swept_outline
from waterspace.geometry.geodesic import position_arrays
from waterspace.geometry.plane import EARTH_RADIUS_M
from waterspace.quantity import MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from waterspace.domain import Footprint, Position, Reservation
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Clock", "Hindrance", "every", "keep_out", "one_way"]

_STRAY_M = 100.0
"""How far off the barred water corners are rounded (assumed: what a ship strays from her track)."""

_TOLERANCE_RATIO = 0.05
"""How far the way round an area may lie outside its berth, as a part of that, or of the steps of its outline."""

_SLICE_MS = 30 * MINUTE_MS
_MOST_SLICES = 24
"""A moving box bars what it covers in half an hour at a time; in longer spells in windows of more than 12 hours."""

_MOST_OFF_DEG = 120.0
"""How far from the flow of a lane a course may be: with it, or across at about a right angle, not against it.

Source: International Regulations for Preventing Collisions at Sea, 1972, rule 10 (b) and (c); the breadth is assumed.
"""
_TANGENT_SLACK = 1e-4
_WITHIN_SIGHT = 0.1
"""Cosine of the distance from an area up to which places are looked at: most of a quarter of the earth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """When a ship is where: departure and speed; without them every window counts as open."""

    depart_ms: int | None
    speed_mps: float | None

    def at_ms(self, run_m: FloatArray) -> FloatArray | None:
        """Times after some runs, None where they are not known."""
        if self.depart_ms is None or self.speed_mps is None:
            return None
        return self.depart_ms + run_m / self.speed_mps * SECOND_MS


class Hindrance:
    """An area that bars some legs.

    Attributes:
        name: what a chart would call it.
        plane: around its middle.
        radius_m: how far it reaches from there.
        corners: round which a way may turn, on the plane.
        windows: when it is in force: from and to, milliseconds since 1970; None where it always is.
        flow_deg: of a one-way lane, None of an area to keep out of.
    """

    def __init__(self, name: str, shape: Any, plane: Gnomonic, berth_m: float) -> None:  # noqa: ANN401
        """Take an area.

        Args:
            name: what a chart would call it.
            shape: on the plane.
            plane: around its middle.
            berth_m: to keep off it, 0 or more.
        """
        import shapely

        self.name, self.plane = name, plane
        self._area = shape
        tolerance_m = max(berth_m * _TOLERANCE_RATIO, 40.0)
        self._shape = shapely.simplify(shapely.buffer(shape, berth_m, quad_segs=4), tolerance_m) if berth_m else shape
        shapely.prepare(self._shape)
        low_x, low_y, high_x, high_y = self._shape.bounds
        self.radius_m = math.hypot(max(-low_x, high_x), max(-low_y, high_y))
        self._middle = seaways.vectors(np.array([plane.lat_deg]), np.array([plane.lon_deg]))[0]
        wide = shapely.simplify(shapely.buffer(self._shape, _STRAY_M + tolerance_m, quad_segs=4), tolerance_m)
        self.corners: Corners = corners_of(wide, math.inf)
        self.windows: tuple[tuple[int, int], ...] | None = None
        self.flow_deg: float | None = None

    @functools.cached_property
    def positions(self) -> tuple[FloatArray, FloatArray]:
        """Latitudes and longitudes of the corners."""
        return self.plane.unproject(self.corners.points)

    def tangents(self, lat: FloatArray, lon: FloatArray) -> NDArray[np.bool_]:
        """At which corners lines from places, in degrees, are tangent to the area; shape (corners, places)."""
        there = seaways.vectors(lat, lon)
        high = there @ self._middle > _WITHIN_SIGHT
        points = self.plane.flat(there[high])
        found = np.zeros((len(self.corners.points), len(lat)), dtype=np.bool_)
        one, two = self.corners.before - self.corners.points, self.corners.after - self.corners.points
        east, north = (points[None, :, axis] - self.corners.points[:, axis, None] for axis in (0, 1))
        left1, left2 = (east * side[:, 1:] - north * side[:, :1] for side in (one, two))
        size1, size2 = (np.hypot(*side.T)[:, None] for side in (one, two))
        off_m = np.minimum(np.abs(left1) / size1, np.abs(left2) / size2)
        found[:, high] = (left1 * left2 >= 0.0) | (off_m <= 1.0 + _TANGENT_SLACK * np.hypot(east, north))
        return found

    def holds(self, position: Position) -> bool:
        """Whether a position lies in the area itself."""
        return self._in(self._area, position)

    def holds_off(self, position: Position) -> bool:
        """Whether a position lies in the area or within its berth."""
        return self._in(self._shape, position)

    def _in(self, shape: Any, position: Position) -> bool:  # noqa: ANN401
        import shapely

        lat, lon = position_arrays([position])
        if float((seaways.vectors(lat, lon)[0] * self._middle).sum()) < 0.5:
            return False
        return bool(shapely.contains_xy(shape, *self.plane.project(lat, lon)[0]))

    def in_force_ms(self, start_ms: float, end_ms: float) -> tuple[int, int] | None:
        """The first window that a spell of time meets, None where there is none."""
        return next((window for window in self.windows or () if window[0] <= end_ms and start_ms < window[1]), None)

    def entered_m(self, lat: FloatArray, lon: FloatArray) -> float:
        """How far along a leg, degrees of shape (2,), the area is entered; infinite where it is not."""
        import shapely

        if not self._near(lat[None, :], lon[None, :]).size:
            return math.inf
        start, way = self._clipped(lat[None, :], lon[None, :])
        inside = shapely.get_coordinates(shapely.intersection(self._shape, shapely.linestrings(way[0])))
        return float(start[0] + self._runs_m(inside, way[0, 0]).min(initial=math.inf))

    def is_entered(self, lat: FloatArray, lon: FloatArray, run_m: float, clock: Clock) -> bool:
        """Whether a leg, degrees of shape (2,), runs well into the area itself while it is in force.

        Args:
            lat: of both ends.
            lon: of both ends.
            run_m: how far the ship has come when she starts on it.
            clock: when that is.
        """
        import shapely

        if self.flow_deg is not None or not self._near(lat[None, :], lon[None, :]).size:
            return False
        start, way = self._clipped(lat[None, :], lon[None, :])
        inside = shapely.intersection(self._area, shapely.linestrings(way[0]))
        return inside.length > _STRAY_M and self._in_force(inside, way[0, 0], run_m + float(start[0]), clock)

    def _runs_m(self, points: FloatArray, start: FloatArray) -> FloatArray:
        """Geodesic distances of points of the plane from another."""
        lat, lon = self.plane.unproject(np.concatenate((start[None, :], points)))
        return seaways.lengths_m(lat[1:], lon[1:], float(lat[0]), float(lon[0]))

    def bars(self, lat: FloatArray, lon: FloatArray, run_m: float, clock: Clock) -> NDArray[np.bool_]:
        """Which legs are barred.

        Args:
            lat: of both ends of each leg, degrees, shape (n, 2).
            lon: degrees.
            run_m: how far the ship has come when she starts on a leg.
            clock: when that is.
        """
        import shapely

        barred = np.zeros(len(lat), dtype=np.bool_)
        near = self._near(lat, lon)
        if not near.size:
            return barred
        start, way = self._clipped(lat[near], lon[near])
        lines = shapely.linestrings(way)
        for index in np.flatnonzero(shapely.intersects(self._shape, lines)).tolist():
            inside = shapely.intersection(self._shape, lines[index])
            if inside.length <= 1.0:
                continue
            barred[near[index]] = (
                self._wrong_way(way[index])
                if self.flow_deg is not None
                else self._in_force(inside, way[index, 0], run_m + float(start[index]), clock)
            )
        return barred

    def _near(self, lat: FloatArray, lon: FloatArray) -> NDArray[np.intp]:
        """Legs that pass within the radius of the middle, roughly."""
        a, b = seaways.vectors(lat[:, 0], lon[:, 0]), seaways.vectors(lat[:, 1], lon[:, 1])
        reach = self.radius_m / EARTH_RADIUS_M * 1.02 + 1e-5
        normal = np.cross(a, b)
        size = np.linalg.norm(normal, axis=1)
        off = np.abs(normal @ self._middle) <= math.sin(min(reach, 1.5)) * np.maximum(size, 1e-12)
        length = np.arctan2(size, (a * b).sum(axis=1))
        far = np.minimum(
            np.arccos(np.clip(a @ self._middle, -1.0, 1.0)), np.arccos(np.clip(b @ self._middle, -1.0, 1.0))
        )
        return np.flatnonzero(off & (far <= length + reach))

    def _clipped(self, lat: FloatArray, lon: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Of legs, the part within a few radii of the middle: how far along it starts, and its ends on the plane."""
        a, b = seaways.vectors(lat[:, 0], lon[:, 0]), seaways.vectors(lat[:, 1], lon[:, 1])
        angle = np.arctan2(np.linalg.norm(np.cross(a, b), axis=1), (a * b).sum(axis=1))
        tangent = b - (a * b).sum(axis=1)[:, None] * a
        tangent /= np.maximum(np.linalg.norm(tangent, axis=1), 1e-12)[:, None]
        abeam = np.arctan2(tangent @ self._middle, a @ self._middle)
        reach = min(3.0 * self.radius_m / EARTH_RADIUS_M + 0.02, 1.2)
        low, high = np.clip(abeam - reach, 0.0, angle), np.clip(abeam + reach, 0.0, angle)
        ends = []
        for part in (low, high):
            there = np.cos(part)[:, None] * a + np.sin(part)[:, None] * tangent
            ends.append(self.plane.project(*_places(there)))
        return low * EARTH_RADIUS_M, np.stack(ends, axis=1)

    def _wrong_way(self, way: FloatArray) -> bool:
        """Whether a leg through the lane runs neither with its flow nor across it."""
        flow_deg = self.flow_deg or 0.0
        step = way[1] - way[0]
        off = abs((math.degrees(math.atan2(step[0], step[1])) - flow_deg + 180.0) % 360.0 - 180.0)
        return off > _MOST_OFF_DEG

    def _in_force(self, inside: Any, start: FloatArray, run_m: float, clock: Clock) -> bool:  # noqa: ANN401
        """Whether the area is in force while a leg runs through it."""
        import shapely

        along = self._runs_m(shapely.get_coordinates(inside), start) + run_m
        times = clock.at_ms(np.array([along.min(), along.max()]))
        if times is None or self.windows is None:
            return True
        return any(start_ms < times[1] and times[0] < end_ms for start_ms, end_ms in self.windows)


def keep_out(reservation: Reservation, berth_m: float) -> tuple[Hindrance, ...]:
    """A reservation to keep out of: several hindrances where it moves, none where it does not meet the surface."""
    if not reservation.band.meets(SURFACE) or not reservation.windows:
        return ()
    footprint, windows = reservation.footprint, reservation.windows
    if isinstance(footprint, MovingBox):
        return tuple(
            _in_force(Hindrance(reservation.name, *_drawn([(ring, ())]), berth_m), (part,))
            for window in windows
            for part in _slices(window)
            if (ring := swept_outline(footprint, part))
        )
    patches = outlines(footprint)
    return (_in_force(Hindrance(reservation.name, *_drawn(patches), berth_m), windows),)


def one_way(name: str, footprint: Footprint, flow_deg: float) -> Hindrance:
    """A lane that is sailed with its flow, or crossed."""
    found = Hindrance(name, *_drawn(outlines(footprint)), 0.0)
    found.flow_deg = flow_deg
    return found


def every(reservations: Sequence[Reservation], berth_m: float, spared: Sequence[Position]) -> tuple[Hindrance, ...]:
    """The hindrances among some reservations.

    Args:
        reservations: to keep out of.
        berth_m: to keep off them.
        spared: places that a way has to come to; what lies within the berth of one is given none.
    """
    found: list[Hindrance] = []
    for reservation in reservations:
        parts = keep_out(reservation, berth_m)
        close = any(part.holds_off(place) and not part.holds(place) for part in parts for place in spared)
        found += keep_out(reservation, 0.0) if close else parts
    return tuple(found)


def _in_force(hindrance: Hindrance, windows: Sequence[Window]) -> Hindrance:
    hindrance.windows = tuple((window.start_ms, window.end_ms) for window in windows)
    return hindrance


def _slices(window: Window) -> Iterator[Window]:
    """A window in pieces of half an hour or, where it is long, in as many as there may be."""
    length_ms = window.end_ms - window.start_ms
    count = min(max(math.ceil(length_ms / _SLICE_MS), 1), _MOST_SLICES)
    cuts = [window.start_ms + length_ms * index // count for index in range(count + 1)]
    return (Window(start_ms=start, end_ms=end) for start, end in itertools.pairwise(cuts))


def _drawn(patches: Sequence[tuple[Sequence[Position], Sequence[Sequence[Position]]]]) -> tuple[Any, Gnomonic]:
    """Rings with their holes, on a plane around the middle of all."""
    import shapely

    lat, lon = position_arrays([position for ring, _ in patches for position in ring])
    middle = seaways.vectors(lat, lon).mean(axis=0)
    plane = Gnomonic(*(float(angle[0]) for angle in _places(middle[None, :])))
    areas = [
        shapely.Polygon(
            plane.project(*position_arrays(ring)), [plane.project(*position_arrays(hole)) for hole in holes]
        )
        for ring, holes in patches
    ]
    return shapely.union_all(shapely.make_valid(np.array(areas, dtype=object))), plane


def _places(vectors: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Latitudes and longitudes of unit vectors."""
    lat = np.degrees(np.arctan2(vectors[:, 2], np.hypot(vectors[:, 0], vectors[:, 1])))
    return lat, np.degrees(np.arctan2(vectors[:, 1], vectors[:, 0]))
