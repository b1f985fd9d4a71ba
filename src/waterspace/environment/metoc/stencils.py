"""Stencils: which nodes of a grid speak for a point, and how much each has to say.

A value belongs to the cell around its node. A point is known where its nearest node is known; the other nodes around
are blended in as far as they are known, so that the sea off a coast is not lost and land never fills in for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pykdtree.kdtree import KDTree

    from waterspace.environment.files.axes import Axis
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Grid", "LatLonGrid", "ScatteredGrid", "Stencil", "blended"]

_CELL_REACH = 0.75
"""How far a scattered node speaks, in distances to its third neighbour: half the diagonal of a square and some more."""

_AROUND = 2


@dataclass(frozen=True, slots=True)
class Stencil:
    """Nodes around points.

    Attributes:
        nodes: shape (n, k), places in the flat array of values; 0 where the point is outside the grid.
        weights: shape (n, k), 0 to 1, the sum 1; NaN where the point is outside the grid.
        nearest: shape (n,), which of the k nodes is nearest.
    """

    nodes: NDArray[np.intp]
    weights: FloatArray
    nearest: NDArray[np.intp]

    def part(self, chosen: NDArray[np.intp]) -> Stencil:
        """The stencil of some of the points."""
        return Stencil(self.nodes[chosen], self.weights[chosen], self.nearest[chosen])


class Grid(Protocol):
    """Where the values of a field stand."""

    @property
    def size(self) -> int:
        """How many nodes there are."""

    def stencil(self, lat: FloatArray, lon: FloatArray) -> Stencil:
        """The nodes around points of shape (n,), in degrees."""

    def neighbours(self, nodes: NDArray[np.intp]) -> NDArray[np.intp]:
        """The nodes around nodes of shape (n,), as shape (n, k); -1 where there is none."""

    def positions(self, nodes: NDArray[np.intp]) -> tuple[FloatArray, FloatArray]:
        """Latitudes and longitudes of nodes."""


def blended(values: FloatArray, stencil: Stencil) -> FloatArray:
    """Values at the points of a stencil, NaN where unknown.

    Args:
        values: of the nodes that the stencil names, shape (n, k), NaN where unknown.
        stencil: of n points.
    """
    known = ~np.isnan(values)
    weights = np.where(known, stencil.weights, 0.0)
    total = weights.sum(axis=1)
    is_known = known[np.arange(len(values)), stencil.nearest] & (total > 0.0)
    sums = (weights * np.where(known, values, 0.0)).sum(axis=1)
    means: FloatArray = np.divide(sums, total, out=np.full(len(values), np.nan), where=is_known)
    return means


@dataclass(frozen=True, slots=True)
class LatLonGrid:
    """Rows of one latitude and columns of one longitude, evenly spaced or not; values in rows."""

    lats: Axis
    lons: Axis

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return self.lats.nodes.size * self.lons.nodes.size

    def stencil(self, lat: FloatArray, lon: FloatArray) -> Stencil:
        """The four nodes around each point, with bilinear weights."""
        row, column = self.lats.places(lat), self.lons.places(self.lons.turned(lon))
        outside = np.isnan(row + column)
        row, column = np.where(outside, 0.0, row), np.where(outside, 0.0, column)
        width = self.lons.nodes.size
        first_row = np.clip(row.astype(np.intp), 0, max(self.lats.nodes.size - 2, 0))
        next_row = np.minimum(first_row + 1, self.lats.nodes.size - 1)
        first_column = np.floor(column).astype(np.intp)
        if not self.lons.is_round:
            first_column = np.clip(first_column, 0, max(width - 2, 0))
        down, across = row - first_row, column - first_column
        next_column = (first_column + 1) % width if self.lons.is_round else np.minimum(first_column + 1, width - 1)
        first_column = first_column % width
        nodes = np.stack(
            [
                first_row * width + first_column,
                first_row * width + next_column,
                next_row * width + first_column,
                next_row * width + next_column,
            ],
            axis=1,
        )
        weights = np.stack(
            [(1.0 - down) * (1.0 - across), (1.0 - down) * across, down * (1.0 - across), down * across], axis=1
        )
        weights[outside] = np.nan
        nearest = 2 * (down > 0.5).astype(np.intp) + (across > 0.5)
        return Stencil(nodes, weights, nearest)

    def neighbours(self, nodes: NDArray[np.intp]) -> NDArray[np.intp]:
        """The 24 nodes of the five by five around each."""
        width = self.lons.nodes.size
        row, column = nodes // width, nodes % width
        steps = range(-_AROUND, _AROUND + 1)
        found = []
        for down in steps:
            for across in steps:
                if down or across:
                    there = column + across
                    inside = (row + down >= 0) & (row + down < self.lats.nodes.size)
                    if self.lons.is_round:
                        there = there % width
                    else:
                        inside &= (there >= 0) & (there < width)
                    found.append(np.where(inside, (row + down) * width + there, -1))
        return np.stack(found, axis=1)

    def positions(self, nodes: NDArray[np.intp]) -> tuple[FloatArray, FloatArray]:
        """Latitudes and longitudes of nodes."""
        return self.lats.nodes[nodes // self.lons.nodes.size], self.lons.nodes[nodes % self.lons.nodes.size]


@dataclass(frozen=True, slots=True)
class ScatteredGrid:
    """Nodes anywhere: projected and unstructured grids, by the nearest nodes and the inverse of their distance.

    Attributes:
        lat: degrees, shape (n,).
        lon: degrees, shape (n,).
    """

    lat: FloatArray
    lon: FloatArray
    _trees: list[tuple[KDTree, NDArray[np.intp]]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return self.lat.size

    def stencil(self, lat: FloatArray, lon: FloatArray) -> Stencil:
        """The four nearest nodes; outside where the nearest is further off than half a cell of its own."""
        distance, nodes = self._nearest(lat, lon, 4)
        own, _ = self._nearest(self.lat[nodes[:, 0]], self.lon[nodes[:, 0]], 4)
        outside = ~(distance[:, 0] <= _CELL_REACH * own[:, -1])
        is_node = distance[:, :1] < 1e-9
        with np.errstate(divide="ignore"):
            weights = np.where(is_node, distance < 1e-9, 1.0 / np.maximum(distance, 1e-12))
        weights /= weights.sum(axis=1, keepdims=True)
        weights[outside] = np.nan
        return Stencil(nodes, weights, np.zeros(len(nodes), dtype=np.intp))

    def neighbours(self, nodes: NDArray[np.intp]) -> NDArray[np.intp]:
        """The 24 nearest other nodes."""
        return self._nearest(self.lat[nodes], self.lon[nodes], 25)[1][:, 1:]

    def positions(self, nodes: NDArray[np.intp]) -> tuple[FloatArray, FloatArray]:
        """Latitudes and longitudes of nodes."""
        return self.lat[nodes], self.lon[nodes]

    def _nearest(self, lat: FloatArray, lon: FloatArray, count: int) -> tuple[FloatArray, NDArray[np.intp]]:
        """Distances on the unit sphere and nodes, nearest first, each of shape (n, count)."""
        tree, used = self._tree()
        count = min(count, used.size)
        distance, found = tree.query(_on_sphere(lat, lon), k=count)
        nodes = used[np.asarray(found, dtype=np.intp).reshape(len(lat), count)]
        return np.asarray(distance, dtype=np.float64).reshape(len(lat), count), nodes

    def _tree(self) -> tuple[KDTree, NDArray[np.intp]]:
        """Made on first use, of the nodes that have coordinates."""
        if not self._trees:
            from pykdtree.kdtree import KDTree

            used = np.flatnonzero(np.isfinite(self.lat + self.lon))
            self._trees.append((KDTree(_on_sphere(self.lat[used], self.lon[used])), used))
        return self._trees[0]


def _on_sphere(lat: FloatArray, lon: FloatArray) -> FloatArray:
    """Points of the unit sphere, shape (n, 3)."""
    phi, theta = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)], axis=1)
