"""Canals: ways between two seas that the coast shows as land."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from waterspace.domain import Position
from waterspace.environment.files.packaged import rows
from waterspace.environment.routing import seaways
from waterspace.environment.routing.landfall import End
from waterspace.environment.shores import coast

if TYPE_CHECKING:
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["ends", "length_m", "line", "names"]


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
def ends(key: str) -> tuple[End, End]:
    """The places at sea between which a canal runs."""
    way = line(key)[[0, -1]]
    offing_m = coast.load().exact_distances_m(way[:, 0], way[:, 1])
    first, second = (
        End(position=Position(lat_deg=float(lat), lon_deg=float(lon)), offing_m=float(off_m))
        for (lat, lon), off_m in zip(way, offing_m, strict=True)
    )
    return first, second


@functools.cache
def length_m(key: str) -> float:
    """The length of a canal."""
    return float(seaways.runs_m(line(key))[-1])
