"""Distances of many points to the baselines around them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.domain import Circle, Position
from waterspace.environment.limits.baselines import UNASSIGNED, around, some
from waterspace.environment.limits.breadths import EEZ_M
from waterspace.environment.shores.shoreline import Bounds
from waterspace.environment.shores.shoretree import ShoreTree, on_ellipsoid
from waterspace.geometry.plane import EARTH_RADIUS_M

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pykdtree.kdtree import KDTree

    from waterspace.environment.limits.baselines import Baselines
    from waterspace.environment.shores.shoreline import Segments
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["REACH_M", "Measured", "Nearby", "nearby"]

REACH_M = EEZ_M + 30_000.0
"""How far points are measured: a cell of a grid farther off than this lies beyond 200 nm, whatever its size."""

_FINE_M = 400.0
"""Longest piece of shore that is measured as a straight line, in a box that is not too large."""

_COARSE_M = 1000.0
"""The same in a large box."""

_LARGE_DEG = 60.0
"""A box wider than this is large."""

_BOX_DEG = 5.0
"""Boxes of shores are rounded out to this, so that the same shores serve again."""


class Measured(NamedTuple):
    """Distances of points from baselines, each of shape (n,).

    Attributes:
        held_m: to the nearest baseline of a state, infinite where there is none within reach.
        holder: index of that state in `Nearby.states`, -1 for none.
        free_m: to the nearest shore that is assigned to nobody, infinite likewise.
    """

    held_m: FloatArray
    holder: NDArray[np.intp]
    free_m: FloatArray


class _Pieces:
    """Pieces of baselines with two ways to measure to them."""

    def __init__(self, shores: Segments, piece_m: float) -> None:
        from pykdtree.kdtree import KDTree

        self.exact = ShoreTree(shores, piece_m)
        cut = self.exact.shores
        self.state = cut.state
        self._middles: KDTree = KDTree((on_ellipsoid(cut.lat1, cut.lon1) + on_ellipsoid(cut.lat2, cut.lon2)) / 2.0)

    def rough(self, here: FloatArray, reach_m: float) -> tuple[FloatArray, NDArray[np.intp]]:
        """Distance along the earth to the nearest middle of a piece, and which; infinite and -1 beyond reach."""
        chord_m, piece = self._middles.query(here, k=1, distance_upper_bound=reach_m)
        found = np.isfinite(chord_m)
        half_turn = np.minimum(np.where(found, chord_m, 0.0) / (2.0 * EARTH_RADIUS_M), 1.0)
        along_m = 2.0 * EARTH_RADIUS_M * np.arcsin(half_turn)
        return np.where(found, along_m, np.inf), np.where(found, piece.astype(np.intp), -1)


class Nearby:
    """Baselines in a box, ready to be measured to.

    Attributes:
        states: their holders, in the order of their indices.
        slack_m: how much too large a rough distance may be.
    """

    def __init__(self, shores: Segments, piece_m: float) -> None:
        self.slack_m = piece_m
        self._shores, self._piece_m = shores, piece_m
        free = np.char.startswith(shores.state, UNASSIGNED)
        self.states: NDArray[np.str_] = np.array(sorted(set(shores.state[~free].tolist())), dtype="U3")
        self._held = _Pieces(some(shores, ~free), piece_m) if not free.all() else None
        self._free = _Pieces(some(shores, free), piece_m) if free.any() else None
        self._code = np.searchsorted(self.states, self._held.state) if self._held else np.empty(0, dtype=np.intp)

    def exactly(self, lat: FloatArray, lon: FloatArray) -> Measured:
        """Distances to the baselines themselves, however far."""
        held_m, holder = np.full(lat.size, np.inf), np.full(lat.size, -1, dtype=np.intp)
        free_m = np.full(lat.size, np.inf)
        if lat.size and self._held is not None:
            feet = self._held.exact.nearest(lat, lon)
            held_m, holder = feet.distance_m, self._code[feet.piece]
        if lat.size and self._free is not None:
            free_m = self._free.exact.nearest(lat, lon).distance_m
        return Measured(held_m, holder, free_m)

    def roughly(self, lat: FloatArray, lon: FloatArray, reach_m: float = REACH_M) -> Measured:
        """Distances to the middles of pieces: never too small, and too large by `slack_m` at most."""
        here = on_ellipsoid(lat, lon)
        none = np.full(lat.size, np.inf), np.full(lat.size, -1, dtype=np.intp)
        held_m, piece = self._held.rough(here, reach_m) if self._held is not None else none
        free_m, _ = self._free.rough(here, reach_m) if self._free is not None else none
        return Measured(held_m, np.append(self._code, -1)[piece], free_m)

    def of_state(self, state: str, lat: FloatArray, lon: FloatArray, edge_m: FloatArray, margin_m: float) -> FloatArray:
        """Distances to the baselines of one state: rough ones, exact where they may be within a margin of an edge.

        Args:
            state: one of `states`.
            lat: degrees, shape (n,).
            lon: degrees.
            edge_m: the distance that matters for each point.
            margin_m: how near to it distances must be right; what is farther beyond the largest edge is infinite.
        """
        pieces = self._of_state(state)
        if not lat.size:
            return np.empty(0)
        reach_m = float(edge_m.max()) + margin_m + self.slack_m
        distance_m, _ = pieces.rough(on_ellipsoid(lat, lon), reach_m)
        close = np.flatnonzero(np.abs(distance_m - edge_m) <= margin_m + self.slack_m)
        if close.size:
            distance_m[close] = pieces.exact.nearest(lat[close], lon[close]).distance_m
        return distance_m

    @functools.lru_cache(maxsize=64)  # noqa: B019  # the cache is as large as there are states around, and short-lived
    def _of_state(self, state: str) -> _Pieces:
        return _Pieces(some(self._shores, self._shores.state == state), self._piece_m)


def nearby(baselines: Baselines, lat: FloatArray, lon: FloatArray) -> Nearby:
    """The baselines within reach of some points, at least one."""
    return _nearby(baselines, _box_around(lat, lon))


@functools.lru_cache(maxsize=4)
def _nearby(baselines: Baselines, box: Bounds) -> Nearby:
    large = box.east_deg - box.west_deg > _LARGE_DEG
    return Nearby(baselines.within(box), _COARSE_M if large else _FINE_M)


def _box_around(lat: FloatArray, lon: FloatArray) -> Bounds:
    """A rounded box with everything within reach of some points."""
    south, north = float(lat.min()), float(lat.max())
    poleward = Position(lat_deg=max(north, -south, key=abs), lon_deg=0.0)
    edge = around(Circle(centre=poleward, radius_m=REACH_M))
    high, wide = edge.north_deg - poleward.lat_deg, edge.east_deg
    if edge.north_deg >= 90.0:
        high = poleward.lat_deg - edge.south_deg
    west, east = float(lon.min()) - wide, float(lon.max()) + wide
    if east - west >= 360.0 - 2.0 * _BOX_DEG:
        west, east = -180.0, 180.0
    south, west = (float(np.floor(value / _BOX_DEG) * _BOX_DEG) for value in (south - high, west))
    north, east = (float(np.ceil(value / _BOX_DEG) * _BOX_DEG) for value in (north + high, east))
    return Bounds(max(south, -90.0), west, min(north, 90.0), east)
