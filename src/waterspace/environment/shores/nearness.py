"""Whose shore is near a footprint, and how near."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from waterspace.domain import Circle, Position
from waterspace.environment.shores.shoreline import Bounds, Cut, IntArray, Segments, Shoreline
from waterspace.environment.shores.shoretree import pieces
from waterspace.geometry.arrays import distinct
from waterspace.geometry.footprints import bounding_circle
from waterspace.geometry.geodesic import FloatArray, distance_m
from waterspace.geometry.plane import EARTH_RADIUS_M, Plane
from waterspace.geometry.shapes import shape_of

if TYPE_CHECKING:
    from waterspace.domain import Footprint

__all__ = ["NearLand", "bounds_around", "nearest", "shores_near"]

_STRAIN_RATIO = 0.03
"""How much a length on a plane may be out up to 2,700 km from its centre."""

_PIECE_M = 1000.0
"""Longest piece of shore that is straight on a plane: what is straight in latitude and longitude strays 0.1 m from it.

A segment of 15 km at 52 degrees, as there are at intermediate resolution, strays 6 m.
"""

_POLAR_DEG, _LARGE_DEG2 = 80.0, 5_000.0
"""Points that lie together lie in a box no larger than this, and not near a pole."""

_SPARE_RATIO = 1.02
"""A box is made larger by this, for it is drawn on a sphere."""

_ROUNDING_M = 10.0
"""More than what a length is out for other reasons than strain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearLand:
    """The nearest shore of one state.

    Attributes:
        state: ISO 3166-1 alpha-3; empty for shores that states dispute or that nobody holds.
        distance_m: 0 where the shore runs through what was asked about.
        position: a nearest point of the shore.
    """

    state: str
    distance_m: float
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """Segments in reach of a place.

    Attributes:
        core_m: rough distance of the first end of each from the core of the place's shape.
        most_m: a little more than the length of each.
        radius_m: of the place's shape around its core.
    """

    shores: Segments
    core_m: FloatArray
    most_m: FloatArray
    radius_m: float


def nearest(cuts: Callable[[Bounds], list[Cut]], place: Footprint | Position, within_m: float) -> tuple[NearLand, ...]:
    """The nearest shore of each state within a distance of a place, nearest first.

    Segments are first ranked by a rough distance, on one plane around the middle of the place. The few that may be
    the nearest of their state are then measured on a plane around the spot itself, where it hardly strains lengths.

    Args:
        cuts: the packaged shorelines that a box meets.
        place: what to measure from.
        within_m: 0 or more.
    """
    whole = Circle(centre=place, radius_m=0.0) if isinstance(place, Position) else bounding_circle(place)
    near_cells = [(cut.shoreline, cut.shoreline.shore_cells(cut.bounds)) for cut in cuts(_bounds(whole, within_m))]
    near_cells = [(shoreline, cells) for shoreline, cells in near_cells if cells.size]
    if not near_cells:
        return ()
    ranked = _rank(near_cells, place, Plane(whole.centre), within_m)
    states = ranked.shores.state
    measured = (_measure(place, ranked, np.flatnonzero(states == state)) for state in distinct(states))
    found = (near for near in measured if near.distance_m <= within_m)
    return tuple(sorted(found, key=lambda near: (near.distance_m, near.state)))


def shores_near(cuts: Callable[[Bounds], list[Cut]], position: Position, within_m: float) -> Segments:
    """The segments of shore in the cells of a box around everything within a distance of a position."""
    box = _bounds(Circle(centre=position, radius_m=0.0), within_m)
    found: list[Segments] = []
    rings = 0
    for cut in cuts(box):
        shores = cut.shoreline.segments(cut.shoreline.shore_cells(cut.bounds))
        found.append(shores._replace(ring=shores.ring + rings))
        rings += cut.shoreline.ring_count
    return Segments(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def bounds_around(lat: FloatArray, lon: FloatArray, within_m: float) -> Bounds | None:
    """A box around everything within a distance of points; None where it is large or holds a pole or 180 degrees."""
    reach_deg = float(np.degrees(within_m / EARTH_RADIUS_M)) * _SPARE_RATIO
    south, north = float(lat.min()) - reach_deg, float(lat.max()) + reach_deg
    if max(-south, north) >= _POLAR_DEG or not math.isfinite(reach_deg):
        return None
    wide_deg = reach_deg / math.cos(math.radians(max(-south, north)))
    west, east = float(lon.min()) - wide_deg, float(lon.max()) + wide_deg
    if west < -180.0 or east > 180.0 or (east - west) * (north - south) > _LARGE_DEG2:
        return None
    return Bounds(south, west, north, east)


def _bounds(whole: Circle, within_m: float) -> Bounds:
    """A box around everything within a distance of a circle."""
    reach_rad = (whole.radius_m + within_m + _ROUNDING_M) / EARTH_RADIUS_M * (1.0 + _STRAIN_RATIO)
    lat_rad = math.radians(whole.centre.lat_deg)
    south, north = lat_rad - reach_rad, lat_rad + reach_rad
    wide_rad = math.pi
    if -math.pi / 2.0 < south and north < math.pi / 2.0:
        wide_rad = math.asin(math.sin(reach_rad) / math.cos(lat_rad))
    south_deg, north_deg = max(math.degrees(south), -90.0), min(math.degrees(north), 90.0)
    lon_deg, wide_deg = whole.centre.lon_deg, math.degrees(wide_rad)
    return Bounds(south_deg, lon_deg - wide_deg, north_deg, lon_deg + wide_deg)


def _rank(
    near_cells: list[tuple[Shoreline, IntArray]], place: Footprint | Position, plane: Plane, within_m: float
) -> _Ranked:
    """Segments in some cells that may lie within a distance of a place, and few others."""
    import shapely

    shape = shape_of(place, plane)
    shapely.prepare(shape.core)
    core_reach_m = (within_m + shape.radius_m) * (1.0 + _STRAIN_RATIO) + _ROUNDING_M
    found: list[Segments] = []
    for shoreline, cells in near_cells:
        middles = shapely.points(plane.project(*shoreline.middles(cells)))
        cell_m = math.radians(shoreline.cell_deg) * EARTH_RADIUS_M
        found.append(shoreline.segments(cells[shapely.dwithin(shape.core, middles, core_reach_m + cell_m)]))
    shores = Segments(*(np.concatenate(parts) for parts in zip(*found, strict=True)))
    core_m = shapely.distance(shape.core, shapely.points(plane.project(shores.lat1, shores.lon1)))
    east = (shores.lon2 - shores.lon1) * np.cos(np.radians(shores.lat1))
    most_m = np.radians(np.hypot(shores.lat2 - shores.lat1, east)) * EARTH_RADIUS_M * (1.0 + 2.0 * _STRAIN_RATIO)
    close = core_m - most_m <= core_reach_m
    return _Ranked(
        shores=Segments(*(part[close] for part in shores)),
        core_m=core_m[close],
        most_m=most_m[close],
        radius_m=shape.radius_m,
    )


def _measure(place: Footprint | Position, ranked: _Ranked, held: IntArray) -> NearLand:
    """The nearest of some segments that one state holds."""
    import shapely

    shores, core_m = ranked.shores, ranked.core_m[held]
    least, state = int(held[np.argmin(core_m)]), str(shores.state[held[0]])
    spot = Position(lat_deg=float(shores.lat1[least]), lon_deg=float(shores.lon1[least]))
    if core_m.min() <= ranked.radius_m:
        return NearLand(state=state, distance_m=0.0, position=spot)
    few = held[core_m - ranked.most_m[held] <= core_m.min() * (1.0 + 2.0 * _STRAIN_RATIO) + _ROUNDING_M]
    plane = Plane(spot)
    core = shape_of(place, plane).core
    short = pieces(shores.some(few), _PIECE_M)
    starts = plane.project(short.lat1, short.lon1)
    ends = plane.project(short.lat2, short.lon2)
    lines = shapely.linestrings(np.stack((starts, ends), axis=1))
    closest = lines[np.argmin(shapely.distance(core, lines))]
    (x1, y1), (x2, y2) = shapely.shortest_line(core, closest).coords
    position = plane.position(x2, y2)
    apart_m = distance_m(plane.position(x1, y1), position) - ranked.radius_m
    return NearLand(state=state, distance_m=max(apart_m, 0.0), position=position)
