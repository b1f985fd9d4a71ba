"""Straits: where their gates stand, how wide they are, what regime holds, and which a leg passes."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from waterspace.domain import Confidence, Position, Provenance
from waterspace.environment.files.packaged import rows
from waterspace.environment.shores.shoreline import unwrapped
from waterspace.environment.shores.shoretree import on_ellipsoid
from waterspace.geometry.arguments import admitted
from waterspace.geometry.geodesic import FloatArray, distance_m, distances_m, inverse, inverses, runs
from waterspace.geometry.plane import Plane
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.environment.shores.shoreline import IntArray, Segments

__all__ = ["NearStrait", "Strait", "crossed", "load", "measured_width_m", "near"]

_STEP_M = 1000.0
"""How far apart gates are sampled before the nearest point between samples is computed."""

_STROKE_M = 20_000.0
"""Longest stroke of a leg that is tried against a gate, and longest stroke of a gate."""

_SIDE_RATIO = 1.0 / 3.0
"""How much of the shore around either end of a gate is its side, as a part of the gate's length."""

_SIDE_M = 30_000.0
"""The most shore around either end that is its side."""

_REACH_M = 3000.0
"""How far an end of a gate may lie from the shore that it stands for: the coarsest coast strays by this much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strait:
    """A strait, a passage or the mouth of a canal.

    Attributes:
        key: short name, such as `tsugaru_e`.
        region: sea or part of the world.
        gate: the two points, on either shore, between which it is narrowest.
        width_computed_m: length of the gate on the shoreline at full resolution; None where its ends are assumed.
        width_published_m: as a publication gives it, None where none was found.
        width_note: why the widths differ, or which islands count; empty where there is nothing to say.
        regime: of the territorial seas in it, as one sentence; empty where nothing is known.
        tss: the traffic separation schemes in it; empty where nothing is known.
        gate_source: how the gate was found.
        provenance: on whose word regime, schemes and published width stand.
    """

    key: str
    name: str
    region: str
    gate: tuple[Position, Position]
    width_computed_m: float | None
    width_published_m: float | None
    width_note: str
    regime: str
    tss: str
    gate_source: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class NearStrait:
    """A strait near a position.

    Attributes:
        distance_m: to the nearest point of its gate.
        position: that point.
    """

    strait: Strait
    distance_m: float
    position: Position


@functools.cache
def load() -> Mapping[str, Strait]:
    """Every strait by its key, in the order of the table."""
    return MappingProxyType({row["key"]: _strait(row) for row in rows("straits.csv")})


def _strait(row: Mapping[str, str]) -> Strait:
    first, second = (
        Position(lat_deg=float(row[f"gate_lat{end}"]), lon_deg=float(row[f"gate_lon{end}"])) for end in (1, 2)
    )
    return Strait(
        key=row["key"],
        name=row["name"],
        region=row["region"],
        gate=(first, second),
        width_computed_m=_metres(row["width_nm_computed"]),
        width_published_m=_metres(row["width_nm_published"]),
        width_note=row["width_note"],
        regime=row["regime"],
        tss=row["tss"],
        gate_source=row["gate_source"],
        provenance=Provenance(source=row["source"], confidence=Confidence(row["confidence"]), note=row["note"]),
    )


def _metres(miles: str) -> float | None:
    return float(miles) * NAUTICAL_MILE_M if miles else None


# ---------------------------------------------------------------------------------------------------------- nearness


def near(position: Position, within_m: float) -> tuple[NearStrait, ...]:
    """The straits whose gates lie within a distance of a position, nearest first.

    Raises:
        GeometryError: the position is none.
    """
    admitted(lat_deg=position.lat_deg, lon_deg=position.lon_deg)
    owner, lat, lon = _samples()
    distances = distances_m(position.lat_deg, position.lon_deg, lat, lon)
    found = []
    for index, strait in enumerate(load().values()):
        own = np.flatnonzero(owner == index)
        best = own[np.argmin(distances[own])]
        if distances[best] > within_m + _STEP_M:
            continue
        around = own[(own >= best - 1) & (own <= best + 1)]
        point = _nearest_point(position, lat[around], lon[around])
        distance = distance_m(position, point)
        if distance <= within_m:
            found.append(NearStrait(strait=strait, distance_m=distance, position=point))
    return tuple(sorted(found, key=lambda each: (each.distance_m, each.strait.key)))


def _nearest_point(position: Position, lat: FloatArray, lon: FloatArray) -> Position:
    """The point of a short line of two or three points that is nearest to a position."""
    plane = Plane(Position(lat_deg=float(lat[0]), lon_deg=float(lon[0])))
    points, here = plane.project(lat, lon), plane.project_positions([position])[0]
    along = np.diff(points, axis=0)
    part = np.clip(np.sum((here - points[:-1]) * along, axis=1) / np.sum(along**2, axis=1), 0.0, 1.0)
    feet = points[:-1] + part[:, None] * along
    best = feet[np.argmin(np.hypot(*(feet - here).T))]
    return plane.position(float(best[0]), float(best[1]))


@functools.cache
def _samples() -> tuple[IntArray, FloatArray, FloatArray]:
    """Points along every gate: index of the strait, latitude, longitude."""
    return _along([strait.gate for strait in load().values()], _STEP_M)


def _along(legs: list[tuple[Position, Position]], step_m: float) -> tuple[IntArray, FloatArray, FloatArray]:
    """Points along geodesics, both ends included, no farther apart than a step: index of the leg, degrees, degrees."""
    ends = np.array([(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg) for a, b in legs])
    length, bearing = inverses(*ends.T)
    count = np.maximum(1, np.ceil(length / step_m)).astype(np.intp) + 1
    index = np.repeat(np.arange(len(legs)), count)
    place = np.arange(len(index)) - np.repeat(np.cumsum(count) - count, count)
    run_m = length[index] * place / (count[index] - 1)
    lat, lon, _ = runs(ends[index, 0], ends[index, 1], bearing[index], run_m)
    return index, lat, lon


# ---------------------------------------------------------------------------------------------------------- crossing


def crossed(a: Position, b: Position) -> tuple[Strait, ...]:
    """The straits whose gates the geodesic from `a` to `b` passes, in the order of the passage."""
    if inverse(a, b)[0] == 0.0:
        return ()
    _, lat, lon = _along([(a, b)], _STROKE_M)
    owner, gate_lat, gate_lon = _gate_strokes()
    same = np.flatnonzero(owner[:-1] == owner[1:])
    leg = np.stack((lat, unwrapped(lon, lon[0])), axis=1)
    met: dict[int, float] = {}
    for turn_deg in (0.0, 360.0, -360.0):
        gate = np.stack((gate_lat, gate_lon + turn_deg), axis=1)
        stroke, piece, part = _crossings(leg[:-1], leg[1:], gate[same], gate[same + 1])
        for strait, along in zip(owner[same[piece]].tolist(), (stroke + part).tolist(), strict=True):
            met[strait] = min(along, met.get(strait, np.inf))
    every = tuple(load().values())
    return tuple(every[index] for index in sorted(met, key=met.__getitem__))


@functools.cache
def _gate_strokes() -> tuple[IntArray, FloatArray, FloatArray]:
    """Points along every gate that can be joined by straight strokes; longitudes of one gate do not jump."""
    owner, lat, lon = _along([strait.gate for strait in load().values()], _STROKE_M)
    start = np.flatnonzero(np.diff(owner, prepend=-1))
    return owner, lat, unwrapped(lon, lon[start][owner])


def _crossings(a: FloatArray, b: FloatArray, c: FloatArray, d: FloatArray) -> tuple[IntArray, IntArray, FloatArray]:
    """Where strokes a-b, shape (n, 2), meet strokes c-d, shape (m, 2): stroke, piece, part of the stroke (0 to 1)."""

    def side(start: FloatArray, end: FloatArray, point: FloatArray) -> FloatArray:
        way, off = end - start, point - start
        turn: FloatArray = way[..., 0] * off[..., 1] - way[..., 1] * off[..., 0]
        return turn

    a, b, c, d = a[:, None], b[:, None], c[None], d[None]
    from_a, to_b = side(c, d, a), side(c, d, b)
    meet = ((from_a > 0.0) != (to_b > 0.0)) & ((side(a, b, c) > 0.0) != (side(a, b, d) > 0.0))
    stroke, piece = np.nonzero(meet)
    return stroke, piece, (from_a / np.where(meet, from_a - to_b, 1.0))[stroke, piece]


# ------------------------------------------------------------------------------------------------------------- width


def measured_width_m(strait: Strait) -> float:
    """The least distance between the two sides of a gate on the coast that is loaded.

    A side is the shore of one land: of the one whose shore is nearest to that end of the gate, as far as it lies within
    a third of the gate's length of that end, and within 30 km. Islets in the middle do not count, unless the gate ends
    on one.
    """
    a, b = strait.gate
    side_m = min(distance_m(a, b) * _SIDE_RATIO, _SIDE_M)
    lines_a, lines_b = _side(a, side_m), _side(b, side_m)
    return _least_m(lines_a, lines_b)


def _side(end: Position, side_m: float) -> tuple[FloatArray, FloatArray]:
    """Points every few metres along the shore of the land nearest to an end of a gate: latitudes, longitudes."""
    from waterspace.environment.shores import coast

    shores = coast.load().shores_near(end, max(side_m, _REACH_M))
    lat, lon = _points(shores)
    apart = distances_m(end.lat_deg, end.lon_deg, lat, lon)
    ring = np.repeat(shores.ring, _DENSE)
    own = ring == ring[np.argmin(apart)]
    close = own & (apart <= max(side_m, float(apart.min()) * 1.01))
    return lat[close], lon[close]


_DENSE = 9
"""Points on each segment of a side."""


def _points(shores: Segments) -> tuple[FloatArray, FloatArray]:
    """Points along segments, as many on each."""
    part = np.linspace(0.0, 1.0, _DENSE)[None, :]
    lat = shores.lat1[:, None] + part * (shores.lat2 - shores.lat1)[:, None]
    lon = shores.lon1[:, None] + part * (shores.lon2 - shores.lon1)[:, None]
    return lat.ravel(), lon.ravel()


def _least_m(side: tuple[FloatArray, FloatArray], other: tuple[FloatArray, FloatArray]) -> float:
    """The least distance between two sets of points."""
    from pykdtree.kdtree import KDTree

    apart, index = KDTree(on_ellipsoid(*other)).query(on_ellipsoid(*side), k=1)
    best = np.argsort(apart)[:8]
    return float(distances_m(side[0][best], side[1][best], other[0][index[best]], other[1][index[best]]).min())
