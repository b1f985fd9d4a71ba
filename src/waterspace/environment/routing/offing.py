"""Offing: how near to any shore a leg comes."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from waterspace.environment.shores import coast
from waterspace.environment.shores.shoreline import Bounds
from waterspace.geometry.arrays import distinct
from waterspace.geometry.geodesic import FloatArray, destinations, inverses
from waterspace.geometry.plane import EARTH_RADIUS_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.environment.shores.shoreline import IntArray

__all__ = ["Ends", "keep_clear", "offings_m", "strokes"]

_SHORT_M, _NEAR_END_M = 20_000.0, 5_000.0

Ends: TypeAlias = "tuple[FloatArray, FloatArray, FloatArray, FloatArray]"

_TILE_DEG = 5.0
_MARGIN_DEG = 0.4
_STROKE_M = 20_000.0
_NORTHERNMOST_DEG = 88.0


def offings_m(lat1: FloatArray, lon1: FloatArray, lat2: FloatArray, lon2: FloatArray, within_m: float) -> FloatArray:
    """The least distance of geodesics from any shore; 0 where one crosses it, infinite beyond `within_m`.

    Right to about one part in a hundred.

    Args:
        lat1: degrees, shape (n,), as the other three.
        lon1: degrees.
        lat2: degrees.
        lon2: degrees.
        within_m: how far from the legs shores matter, at most 20 km: so far beyond its tile a stroke sees shores.
    """
    least = np.full(len(lat1), np.inf)
    for leg, nearest_m, _ in _near(lat1, lon1, lat2, lon2, within_m):
        np.minimum.at(least, leg, nearest_m)
    return least


def keep_clear(ends: Ends, close_m: FloatArray, far_m: FloatArray) -> NDArray[np.bool_]:
    """Which geodesics keep clear of the land: by one distance near their ends and by a greater one between.

    What is nearer than 5 km, or two of the greater distances, is near an end; of a line shorter than 20 km all is.

    Args:
        ends: latitudes and longitudes of both ends of each, degrees, each of shape (n,).
        close_m: to keep near the ends, shape (n,).
        far_m: to keep elsewhere, shape (n,).
    """
    within_m = float(np.maximum(close_m, far_m).max(initial=1.0))
    least = offings_m(*ends, within_m)
    clear = least >= close_m
    length, bearing = inverses(*ends)
    near_m = np.maximum(_NEAR_END_M, 2.0 * far_m)
    looked = np.flatnonzero(clear & (least < far_m) & (length > np.maximum(_SHORT_M, 3.0 * near_m)))
    if looked.size:
        lat1, lon1 = ends[0][looked], ends[1][looked]
        start = destinations(lat1, lon1, bearing[looked], near_m[looked])
        end = destinations(lat1, lon1, bearing[looked], length[looked] - near_m[looked])
        clear[looked] = offings_m(*start, *end, within_m) >= far_m[looked]
    return clear


def strokes(
    lat1: FloatArray, lon1: FloatArray, lat2: FloatArray, lon2: FloatArray, within_m: float
) -> list[tuple[IntArray, FloatArray, FloatArray]]:
    """The parts of geodesics that come near a shore: which leg, how near, and how far along it, 0 to 1."""
    return list(_near(lat1, lon1, lat2, lon2, within_m))


def _near(lat1: FloatArray, lon1: FloatArray, lat2: FloatArray, lon2: FloatArray, within_m: float) -> Any:  # noqa: ANN401
    """For each tile: legs, distances of their strokes, and where along the leg those strokes lie."""
    import shapely

    length, bearing = inverses(lat1, lon1, lat2, lon2)
    widest = _STROKE_M * np.clip(np.cos(np.radians(np.maximum(np.abs(lat1), np.abs(lat2)))), 0.1, 1.0)
    count = np.maximum(np.ceil(length / widest), 1.0).astype(np.intp)
    leg = np.repeat(np.arange(len(lat1)), count + 1)
    place = np.arange(len(leg)) - np.repeat(np.cumsum(count + 1) - count - 1, count + 1)
    part = place / count[leg]
    lat, lon = destinations(lat1[leg], lon1[leg], bearing[leg], length[leg] * part)
    first = np.flatnonzero(place < count[leg])
    row = np.floor((lat[first] + 90.0) / _TILE_DEG).astype(np.intp)
    column = np.floor((lon[first] + 180.0) % 360.0 / _TILE_DEG).astype(np.intp)
    tile = row * 1000 + column
    for key in distinct(tile).tolist():
        shores = _shores(key // 1000, key % 1000)
        if shores is None:
            continue
        here = first[tile == key]
        west = (key % 1000) * _TILE_DEG - 180.0
        middle = west + _TILE_DEG / 2.0
        x1 = middle + (lon[here] - middle + 180.0) % 360.0 - 180.0
        x2 = middle + (lon[here + 1] - middle + 180.0) % 360.0 - 180.0
        ends = np.stack((_mercator(lat[here], x1), _mercator(lat[here + 1], x2)), axis=1)
        scale = np.cos(np.radians(np.minimum((lat[here] + lat[here + 1]) / 2.0, _NORTHERNMOST_DEG)))
        reach = within_m / max(float(scale.min()), 0.05)
        (hit, _), far = shores.query_nearest(
            shapely.linestrings(ends), max_distance=reach, return_distance=True, all_matches=False
        )
        metres = far * scale[hit]
        near = metres <= within_m
        which = here[hit[near]]
        yield leg[which], metres[near], (part[which] + part[which + 1]) / 2.0


def _mercator(lat: FloatArray, lon: FloatArray) -> FloatArray:
    """Points of a plane on which angles are true, shape (n, 2); a metre of it is a metre at the equator."""
    high = np.radians(np.clip(lat, -_NORTHERNMOST_DEG, _NORTHERNMOST_DEG))
    return np.stack(
        (EARTH_RADIUS_M * np.radians(lon), EARTH_RADIUS_M * np.log(np.tan(math.pi / 4.0 + high / 2.0))), axis=-1
    )


@functools.lru_cache(maxsize=512)
def _shores(row: int, column: int) -> Any:  # noqa: ANN401
    """The shores in and around a tile, in a tree of lines on the plane; None where there are none."""
    import shapely

    south, west = row * _TILE_DEG - 90.0, column * _TILE_DEG - 180.0
    high = min(max(abs(south), abs(south + _TILE_DEG)), 85.0)
    wide = _MARGIN_DEG / math.cos(math.radians(high))
    bounds = Bounds(
        max(south - _MARGIN_DEG, -90.0),
        west - wide,
        min(south + _TILE_DEG + _MARGIN_DEG, 90.0),
        west + _TILE_DEG + wide,
    )
    lines = []
    for cut in coast.load().cuts(bounds):
        cells = cut.shoreline.shore_cells(cut.bounds)
        if not cells.size:
            continue
        shores = cut.shoreline.segments(cells)
        ends = (_mercator(shores.lat1, shores.lon1 - cut.turn_deg), _mercator(shores.lat2, shores.lon2 - cut.turn_deg))
        lines.append(np.stack(ends, axis=1))
    return shapely.STRtree(shapely.linestrings(np.concatenate(lines))) if lines else None
