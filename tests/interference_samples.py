"""Claims as rings of points on a plane, sampled in time: what interference is, told without any index.

Only pyproj and numpy are used. A ring is drawn with strokes of some hundred metres, so that a distance is right to a
few metres where both claims stand still, and to what they move in half a time step otherwise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from pyproj import Geod

from waterspace.domain import Band, Circle, Footprint, MovingBox, Polygon, Position, Reservation, Sector, Window

__all__ = ["Sampled", "bands_gap_m", "sampled", "within"]

WGS84 = Geod(ellps="WGS84")
STEP_MS = 60_000
STROKE_M = 400.0
FAR_M = 4_000.0  # rings farther apart are not looked at closely
DEEP_M = 15.0  # rings that overlap by less may only seem to

Array = Any  # of floats
Ring = tuple[Array, Array]  # latitudes and longitudes, the first not repeated


@dataclass(frozen=True)
class Sampled:
    """What samples say of two claims.

    Attributes:
        apart_m: least distance between the rings, or 0 where one lies in the other, at the sampled times.
        inside_m: how deep a point of one ring lies in the other, at the most.
        first_ms: the first sampled time at which they overlap; None where they never do.
    """

    apart_m: float
    inside_m: float
    first_ms: int | None


def fwd(lat: Any, lon: Any, azimuth: Any, distance: Any) -> tuple[Array, Array, Array]:  # noqa: ANN401
    """Latitudes, longitudes and courses at the ends of geodesics."""
    lat, lon, azimuth, distance = (values.copy() for values in np.broadcast_arrays(lat, lon, azimuth, distance))
    to_lon, to_lat, back = WGS84.fwd(lon, lat, azimuth, distance)
    return np.asarray(to_lat), np.asarray(to_lon), np.asarray(back) + 180.0


def line(lat: Array, lon: Array) -> Ring:
    """Points along the geodesics that join corners and lead back to the first."""
    azimuth, _, length = WGS84.inv(lon, lat, np.roll(lon, -1), np.roll(lat, -1))
    count = np.maximum(np.ceil(np.asarray(length) / STROKE_M), 1.0).astype(int)
    edge = np.repeat(np.arange(count.size), count)
    place = np.arange(edge.size) - np.repeat(np.cumsum(count) - count, count)
    gone_m = np.asarray(length)[edge] * place / count[edge]
    to_lat, to_lon, _ = fwd(lat[edge], lon[edge], np.asarray(azimuth)[edge], gone_m)
    return to_lat, to_lon


def arc(centre: Position, radius_m: float, first_deg: float, last_deg: float) -> Ring:
    count = max(math.ceil(math.radians(last_deg - first_deg) * radius_m / STROKE_M), 8)
    lat, lon, _ = fwd(centre.lat_deg, centre.lon_deg, np.linspace(first_deg, last_deg, count + 1), radius_m)
    return lat, lon


def still_ring(footprint: Footprint) -> Ring:
    match footprint:
        case Circle():
            lat, lon = arc(footprint.centre, footprint.radius_m, 0.0, 360.0)
            return lat[:-1], lon[:-1]
        case Sector():
            half_deg, middle_deg = footprint.half_angle_deg, footprint.bearing_deg
            lat, lon = arc(footprint.centre, footprint.radius_m, middle_deg - half_deg, middle_deg + half_deg)
            return line(np.append(footprint.centre.lat_deg, lat), np.append(footprint.centre.lon_deg, lon))
        case Polygon():
            corners = footprint.vertices
            return line(np.array([one.lat_deg for one in corners]), np.array([one.lon_deg for one in corners]))
    raise AssertionError(footprint)


def box_rings(box: MovingBox, times_ms: Array) -> Ring:
    """The corners of a box at times, shape (times, 4); while it waits it keeps the course it came with."""
    legs = box.legs
    number = np.maximum(np.searchsorted([leg.start_ms for leg in legs], times_ms, side="right") - 1, 0)
    start_ms, end_ms = (np.array([getattr(leg, name) for leg in legs], dtype=float) for name in ("start_ms", "end_ms"))
    ends = [np.array([(leg.start.lat_deg, leg.start.lon_deg, leg.end.lat_deg, leg.end.lon_deg)]) for leg in legs]
    lat1, lon1, lat2, lon2 = np.concatenate(ends).T
    azimuth, back, length = (np.asarray(values) for values in WGS84.inv(lon1, lat1, lon2, lat2))
    moving = [k for k, leg in enumerate(legs) if leg.start != leg.end]
    share = np.clip((times_ms - start_ms[number]) / np.maximum(end_ms - start_ms, 1.0)[number], 0.0, 1.0)
    lat, lon, course = fwd(lat1[number], lon1[number], azimuth[number], length[number] * share)
    for at, leg in enumerate(number.tolist()):
        if moving and leg not in moving:
            before = [k for k in moving if k < leg]
            course[at] = back[before[-1]] + 180.0 if before else azimuth[moving[0]]
    corners = []
    for along, side_deg in ((-box.astern_m, -90.0), (box.ahead_m, -90.0), (box.ahead_m, 90.0), (-box.astern_m, 90.0)):
        on_lat, on_lon, heading = fwd(lat, lon, course, along)
        corners.append(fwd(on_lat, on_lon, heading + side_deg, box.abeam_m)[:2])
    return np.stack([one[0] for one in corners], axis=1), np.stack([one[1] for one in corners], axis=1)


def ring_of(footprint: Footprint, time_ms: float) -> Ring:
    if not isinstance(footprint, MovingBox):
        return still_ring(footprint)
    lat, lon = box_rings(footprint, np.array([time_ms]))
    return line(lat[0], lon[0])


def on_plane(ring: Ring, centre: tuple[float, float]) -> Array:
    """Points of a ring on the plane that touches the earth at a place, shape (..., 2)."""
    lat, lon = ring
    azimuth, _, distance = WGS84.inv(np.full(lat.shape, centre[1]), np.full(lat.shape, centre[0]), lon, lat)
    angle = np.radians(azimuth)
    return np.stack((distance * np.sin(angle), distance * np.cos(angle)), axis=-1)


def gaps_m(points: Array, ring: Array) -> Array:
    """Distance of each point from the nearest stroke of a ring."""
    starts, ends = ring, np.roll(ring, -1, axis=0)
    step = ends - starts
    offset = points[:, None, :] - starts[None, :, :]
    share = np.clip((offset * step).sum(axis=2) / np.maximum((step * step).sum(axis=1), 1e-9), 0.0, 1.0)
    away = offset - share[:, :, None] * step[None, :, :]
    return np.sqrt((away * away).sum(axis=2)).min(axis=1)


def inside(points: Array, ring: Array) -> Array:
    """Whether each point lies in a ring, by counting the strokes that a ray to the north crosses."""
    x1, y1 = ring[:, 0], ring[:, 1]
    x2, y2 = np.roll(x1, -1), np.roll(y1, -1)
    x, y = points[:, 0][:, None], points[:, 1][:, None]
    spans = (x1 > x) != (x2 > x)
    with np.errstate(divide="ignore", invalid="ignore"):
        height = y1 + (x - x1) * (y2 - y1) / (x2 - x1)
    return (spans & (height > y)).sum(axis=1) % 2 == 1


def within(footprint: Footprint, place: Position, time_ms: float) -> float:
    """How many metres inside a footprint a place lies at a time; negative outside."""
    ring = on_plane(ring_of(footprint, time_ms), (place.lat_deg, place.lon_deg))
    here = np.zeros((1, 2))
    gap_m = float(gaps_m(here, ring)[0])
    return gap_m if bool(inside(here, ring)[0]) else -gap_m


def bands_gap_m(a: Band, b: Band) -> float:
    """Height between two bands; below 0 where they overlap."""
    return max(a.floor_m, b.floor_m) - min(a.ceiling_m, b.ceiling_m)


def sampled(a: Reservation, b: Reservation) -> Sampled | None:
    """What samples say of two claims, whatever their heights; None where they share no time."""
    shared = [one.overlap(other) for one in a.windows for other in b.windows]
    windows = [window for window in shared if window is not None]
    if not windows:
        return None
    moves = isinstance(a.footprint, MovingBox) or isinstance(b.footprint, MovingBox)
    when = np.array(times(windows, moves=moves))
    rings = [
        box_rings(side.footprint, when) if isinstance(side.footprint, MovingBox) else still_ring(side.footprint)
        for side in (a, b)
    ]
    centre = float(rings[0][0].ravel()[0]), float(rings[0][1].ravel()[0])
    planes = [on_plane(ring, centre) for ring in rings]
    apart_m, inside_m, first_ms = math.inf, 0.0, None
    for number, time_ms in enumerate(when.tolist()):
        one, other = (plane if plane.ndim == 2 else plane[number] for plane in planes)
        far_m = boxes_apart_m(one, other)
        if far_m > FAR_M:
            apart_m = min(apart_m, far_m)
            continue
        gap = [gaps_m(one, other), gaps_m(other, one)]
        deep = [inside(one, other), inside(other, one)]
        depth_m = max(float(np.max(np.where(lies, away, 0.0))) for lies, away in zip(deep, gap, strict=True))
        overlap = any(bool(lies.any()) for lies in deep)
        apart_m = min(apart_m, 0.0 if overlap else min(float(away.min()) for away in gap))
        inside_m = max(inside_m, depth_m)
        if depth_m > DEEP_M and first_ms is None:
            first_ms = round(time_ms)
    return Sampled(apart_m, inside_m, first_ms)


def boxes_apart_m(one: Array, other: Array) -> float:
    """How far the upright boxes around two rings are apart: never more than the rings are."""
    gaps = np.maximum(one.min(axis=0) - other.max(axis=0), other.min(axis=0) - one.max(axis=0))
    return float(np.hypot(*np.maximum(gaps, 0.0)))


def times(windows: list[Window], *, moves: bool) -> list[float]:
    if not moves:
        return [float(windows[0].start_ms)]
    found: list[float] = []
    for window in windows:
        count = max(math.ceil((window.end_ms - window.start_ms) / STEP_MS), 1)
        found += np.linspace(window.start_ms, window.end_ms - 1, count + 1).tolist()
    return found
