"""Canals: ways between two seas that the coast shows as land."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.environment.files.packaged import rows
from waterspace.environment.routing import seaways

if TYPE_CHECKING:
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["CanalEnds", "ends", "line", "names"]


class CanalEnds(NamedTuple):
    """The corners of the packaged sea ways off both ends of a canal, and the length of the way between them."""

    key: str
    first: int
    second: int
    length_m: float


@functools.cache
def _table() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in rows("canals.csv")}


def names() -> dict[str, str]:
    """Names of the canals by key."""
    return {key: row["name"] for key, row in _table().items()}


@functools.cache
def line(key: str) -> FloatArray:
    """The turning points of a canal, latitudes and longitudes in degrees, shape (n, 2)."""
    return np.array([[float(number) for number in point.split()] for point in _table()[key]["waypoints"].split(";")])


@functools.cache
def ends(graph: seaways.Seaways) -> tuple[CanalEnds, ...]:
    """The canals whose ends are corners of the packaged sea ways."""
    found = []
    for key in _table():
        way = line(key)
        length = float(seaways.lengths_m(way[:-1, 0], way[:-1, 1], way[1:, 0], way[1:, 1]).sum())
        far = [graph.distances_m(float(way[end, 0]), float(way[end, 1])) for end in (0, -1)]
        first, second = (int(np.argmin(each)) for each in far)
        found.append(CanalEnds(key, first, second, length + float(far[0][first] + far[1][second])))
    return tuple(found)
