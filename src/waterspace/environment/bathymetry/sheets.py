"""Sheets: one grid of depths, read tile by tile, that says where a depth at a point would be a guess.

A node is *known* where all nine nodes of its neighbourhood are sea, where no land of the coast lies within a cell of
it (as far as the sheet has been told), and where the nine differ by no more than the depth at the node. A depth is
given where the nearest node is known.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from waterspace.quantity import DEGREE_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.environment.files.axes import Axis
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Sheet", "Tile", "Window", "decoded"]

Window: TypeAlias = Callable[[slice, slice], "FloatArray"]
"""Reads some rows and columns of a grid: depths in metres, positive down, 0 or less on land, NaN where masked."""

_TILE = 512
_TILES = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A part of a sheet with a margin of one node on each side; NaN beyond the edge of the sheet.

    Attributes:
        depths: metres, positive down.
        shallowest, deepest: of the nine nodes around each node, metres; NaN where one of them is land or masked.
        is_known: whether a depth may be given where this is the nearest node.
    """

    depths: FloatArray
    shallowest: FloatArray
    deepest: FloatArray
    is_known: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One grid of depths.

    Attributes:
        lats: rows.
        lons: columns.
        read: of the grid; only what is asked for is read.
        source: whom to cite.
        near_shore: reads 1 for each node that has land of the coast within a cell of it, 0 for the others; None to go
            by the grid alone.
        shallows: reads the shallowest depth in the cell around each node, where the grid holds a mean; None where it
            does not.
        tile_nodes: rows and columns of a tile.
    """

    lats: Axis
    lons: Axis
    read: Window
    source: str
    near_shore: Window | None = None
    shallows: Window | None = None
    tile_nodes: int = _TILE
    _tiles: OrderedDict[tuple[int, int], Tile] = field(default_factory=OrderedDict)

    @property
    def resolution_m(self) -> float:
        """The longest distance between neighbouring nodes, at the equator."""
        return round(max(self.lats.step_deg, self.lons.step_deg) * DEGREE_M, 1)

    @property
    def is_one_tile(self) -> bool:
        """Whether all of it is held at once."""
        return max(self.lats.nodes.size, self.lons.nodes.size) <= self.tile_nodes

    def places(self, lat: FloatArray, lon: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Rows and columns of points as fractions; NaN outside the sheet."""
        return self.lats.places(lat), self.lons.places(self.lons.turned(lon))

    def depths_m(self, row: FloatArray, column: FloatArray) -> FloatArray:
        """Depths at places of shape (n,), all inside the sheet; NaN where unknown."""
        near_row, near_column = self.nearest(row, column)
        if self.is_one_tile:
            return _between(self._tile(0, 0), (0, 0), (row, column), (near_row, near_column))
        depths = np.full(row.shape, np.nan)
        tile_row, tile_column = near_row // self.tile_nodes, near_column // self.tile_nodes
        key = tile_row.astype(np.int64) * (self.lons.nodes.size + 1) + tile_column
        order = np.argsort(key, kind="stable")
        for part in np.split(order, np.flatnonzero(np.diff(key[order])) + 1):
            corner = int(tile_row[part[0]]), int(tile_column[part[0]])
            here, near = (row[part], column[part]), (near_row[part], near_column[part])
            start = corner[0] * self.tile_nodes, corner[1] * self.tile_nodes
            depths[part] = _between(self._tile(*corner), start, here, near)
        return depths

    def nearest(self, row: FloatArray, column: FloatArray) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """The node nearest to each place."""
        near_row, near_column = ((place + 0.5).astype(np.int32) for place in (row, column))
        return near_row, near_column % np.int32(self.lons.nodes.size) if self.lons.is_round else near_column

    def around(self, row: int, column: int) -> Tile:
        """The tile that holds a node, cut down to that node and its eight neighbours."""
        tile = self._tile(row // self.tile_nodes, column // self.tile_nodes)
        i, j = row % self.tile_nodes, column % self.tile_nodes
        cut = slice(i, i + 3), slice(j, j + 3)
        return Tile(
            depths=tile.depths[cut],
            shallowest=tile.shallowest[cut],
            deepest=tile.deepest[cut],
            is_known=tile.is_known[cut],
        )

    def _tile(self, tile_row: int, tile_column: int) -> Tile:
        key = tile_row, tile_column
        if key in self._tiles:
            self._tiles.move_to_end(key)
            return self._tiles[key]
        rows, columns = (
            (start * self.tile_nodes, min((start + 1) * self.tile_nodes, size))
            for start, size in zip(key, (self.lats.nodes.size, self.lons.nodes.size), strict=True)
        )
        self._tiles[key] = self._made(rows, columns)
        if len(self._tiles) > _TILES:
            self._tiles.popitem(last=False)
        return self._tiles[key]

    def _made(self, rows: tuple[int, int], columns: tuple[int, int]) -> Tile:
        depths = self._with_margin(self.read, rows, columns)
        sea = np.where(depths > 0.0, depths, np.nan)
        is_off = np.isnan(self._with_margin(_nothing, rows, columns))
        least = _of_nine(np.where(is_off, np.inf, sea), np.minimum)
        deepest = _of_nine(np.where(is_off, -np.inf, sea), np.maximum)
        with np.errstate(invalid="ignore"):
            is_known = deepest - least <= sea
        if self.near_shore is not None:
            is_known &= self._with_margin(self.near_shore, rows, columns) == 0.0
        shallowest = least
        if self.shallows is not None:
            in_cells = self._with_margin(self.shallows, rows, columns)
            shallowest = _of_nine(np.where(is_off, np.inf, np.where(np.isnan(sea), np.nan, in_cells)), np.minimum)
        return Tile(depths=depths, shallowest=shallowest, deepest=deepest, is_known=is_known)

    def _with_margin(self, read: Window, rows: tuple[int, int], columns: tuple[int, int]) -> FloatArray:
        """Nodes with one more on each side, round the world where the sheet goes round it; NaN off the sheet."""
        first, last = max(rows[0] - 1, 0), min(rows[1] + 1, self.lats.nodes.size)
        width = self.lons.nodes.size
        west, east = max(columns[0] - 1, 0), min(columns[1] + 1, width)
        part = read(slice(first, last), slice(west, east))
        edges = ((first - rows[0] + 1, rows[1] + 1 - last), (west - columns[0] + 1, columns[1] + 1 - east))
        whole = np.pad(part.astype(np.float64), edges, constant_values=np.nan)
        if self.lons.is_round and edges[1][0]:
            whole[edges[0][0] : whole.shape[0] - edges[0][1], :1] = read(slice(first, last), slice(width - 1, width))
        if self.lons.is_round and edges[1][1]:
            whole[edges[0][0] : whole.shape[0] - edges[0][1], -1:] = read(slice(first, last), slice(0, 1))
        return whole


def decoded(planes: NDArray[np.uint8], rows: int, columns: int) -> FloatArray:
    """Depths from the two planes of bytes in which the packaged files keep them; see `tools/build_depth.py`."""
    zigzag = (planes[0].astype(np.uint16) << 8) | planes[1]
    rest = ((zigzag >> 1) ^ (0 - (zigzag & 1))).astype(np.uint16).view(np.int16).reshape(rows, columns)
    nodes = np.cumsum(np.cumsum(rest, axis=0, dtype=np.int16), axis=1, dtype=np.int16)
    return nodes.astype(np.float64)


def _between(
    tile: Tile,
    start: tuple[int, int],
    place: tuple[FloatArray, FloatArray],
    near: tuple[NDArray[np.int32], NDArray[np.int32]],
) -> FloatArray:
    """Depths between the four nodes around each place, NaN where the nearest node is not known.

    Args:
        tile: holds the nearest nodes.
        start: row and column of its first node, the margin left out.
        place: rows and columns.
        near: nearest nodes.
    """
    width = tile.depths.shape[1]
    near_row, near_column = near[0] - (start[0] - 1), near[1] - (start[1] - 1)
    from_row = place[0] - near[0]
    from_column = place[1] - near[1]
    from_column = np.where(from_column > 1.0, from_column - np.rint(from_column), from_column)
    part_row, part_column = np.abs(from_row), np.abs(from_column)
    at = near_row * width + near_column
    next_row = np.where(from_row < 0.0, -width, width)
    next_column = np.where(from_column < 0.0, -1, 1)
    depths, known = tile.depths.ravel(), tile.is_known.ravel()
    here, beside = depths[at], depths[at + next_column]
    above, across = depths[at + next_row], depths[at + next_row + next_column]
    # off the sheet there is no neighbour, and a place beyond the outermost node has that node's depth
    with np.errstate(invalid="ignore"):
        near_line = here + np.where(part_column > 0.0, part_column * (beside - here), 0.0)
        far_line = above + np.where(part_column > 0.0, part_column * (across - above), 0.0)
        depth = near_line + np.where(part_row > 0.0, part_row * (far_line - near_line), 0.0)
    return np.where(known[at], depth, np.nan)


def _of_nine(values: FloatArray, best: np.ufunc) -> FloatArray:
    """The least or greatest of each node and its eight neighbours; NaN where one of them is. Margins keep their own."""
    result = values.copy()
    for axis in (0, 1):
        one = np.moveaxis(result, axis, 0)
        inner = best(best(one[:-2], one[1:-1]), one[2:])
        one[1:-1] = inner
    return result


def _nothing(rows: slice, columns: slice) -> FloatArray:
    """Zeros wherever there is a node."""
    return np.zeros((rows.stop - rows.start, columns.stop - columns.start))
