"""A field of distances to the shore: computed once on a grid, then looked up for many points at a time."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from waterspace.environment.shores.shoreline import Bounds, Segments
from waterspace.environment.shores.shoretree import on_ellipsoid, pieces
from waterspace.geometry.arrays import distinct
from waterspace.geometry.plane import EARTH_RADIUS_M

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from waterspace.environment.shores.shoreline import Cut
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Field", "Shores", "build", "kept"]

_VERSION = 1
"""Of what this module computes; what an earlier one left in the cache is computed again."""

_PIECE_M = 450.0
"""Longest piece of shore that is looked up by its beginning, where the next one before it ends."""

_FAR_PIECE_M = 2000.0
"""The same for shores outside the bounds of the field."""

_REFINED_M = 5000.0
"""Up to where distances are measured to pieces, beyond to ends of pieces: what that adds is 5 m here, less farther."""

_INLAND_M = 5000.0
"""How far inland distances are computed; farther they do not matter to a point at sea."""

_COARSE_DEG = 2.0
"""Step of the nodes from which is told how far away shores matter."""

_BLOCK = 4
"""How many steps wide and high the blocks are that are filled from their corners where no shore is near."""

_FAR_M = 80_000.0
"""How far from every shore the corners of such a block are."""

_NOBODY = 255
"""In place of a state: no shore is near."""

_ROWS = 64
"""How many rows of nodes are computed at a time, a multiple of the size of a block."""

_POINTS = 1 << 15
"""How many points are looked up at a time: what fits into the processor's cache."""


class Shores(Protocol):
    """What is asked about the coast."""

    def cuts(self, bounds: Bounds) -> list[Cut]:
        """The shorelines that a box meets."""

    def on_land(self, lat: FloatArray, lon: FloatArray) -> NDArray[np.bool_]:
        """Which points are on land."""

    def exact_distances_m(self, lat: FloatArray, lon: FloatArray) -> FloatArray:
        """Distances to the shore."""

    def digest(self) -> str:
        """What the shores are."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Field:
    """Distances to the shore at the nodes of a grid.

    Attributes:
        lats: of the rows, rising, degrees, shape (rows,).
        lons: of the columns, rising, degrees, shape (columns,); they may run beyond 180.
        distance_m: to the nearest shore, negative on land and there no less than -5 km, shape (rows, columns).
        state: which of `states` holds the nearest shore, shape (rows, columns); 255 more than 5 km inland.
        states: ISO 3166-1 alpha-3, empty for shores in dispute.
    """

    lats: FloatArray
    lons: FloatArray
    distance_m: NDArray[np.float32]
    state: NDArray[np.uint8]
    states: NDArray[np.str_]

    @property
    def bounds(self) -> Bounds:
        """The box that the nodes fill."""
        return Bounds(float(self.lats[0]), float(self.lons[0]), float(self.lats[-1]), float(self.lons[-1]))

    def covers(self, lat: FloatArray, lon: FloatArray) -> NDArray[np.bool_]:
        """Which points, with longitudes as the field counts them, lie in the box."""
        return self.bounds.covers(lat, lon)

    def distances_m(self, lat: FloatArray, lon: FloatArray) -> FloatArray:
        """Distances at points in the box, by interpolation between four nodes; negative on land."""
        found = np.empty(len(lat))
        south, west, north, east = self.bounds
        rows, columns = self.distance_m.shape
        per_lat, per_lon = (rows - 1) / (north - south), (columns - 1) / (east - west)
        flat = self.distance_m.reshape(-1)
        for start in range(0, len(lat), _POINTS):
            some = slice(start, start + _POINTS)
            y, x = (lat[some] - south) * per_lat, (lon[some] - west) * per_lon
            row = np.minimum(y.astype(np.int32), rows - 2)
            column = np.minimum(x.astype(np.int32), columns - 2)
            y -= row
            x -= column
            node = row * columns + column
            lower = flat[node] * (1.0 - x) + flat[node + 1] * x
            upper = flat[node + columns] * (1.0 - x) + flat[node + columns + 1] * x
            found[some] = lower + y * (upper - lower)
        return found

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The content by name, as `Field(**arrays)` takes it."""
        return {name: getattr(self, name) for name in ("lats", "lons", "distance_m", "state", "states")}


def build(coast: Shores, bounds: Bounds, step_deg: float, progress: Callable[[float], None] = lambda _: None) -> Field:
    """Compute the field of a box.

    Args:
        coast: to whose shores.
        bounds: at most 360 degrees wide; east may run beyond 180. The nodes begin at its south-west and fill it, the
            last row and column are at its north-east or just beyond.
        step_deg: between nodes, in latitude and in longitude.
        progress: is told how much is done, 0 to 1.
    """
    lats = _steps(bounds.south_deg, bounds.north_deg, step_deg)
    lons = _steps(bounds.west_deg, bounds.east_deg, step_deg)
    shores = _shores(coast, bounds)
    names = distinct(shores.state)
    owner = np.append(np.searchsorted(names, shores.state), _NOBODY).astype(np.uint8)
    nearness = _Nearness(coast, shores)
    wide = np.append(lons, lons[-1] + step_deg * np.arange(1, 2 + -len(lons) % _BLOCK))
    distance_m: NDArray[np.float32] = np.empty((len(lats), len(lons)), dtype=np.float32)
    state = np.empty((len(lats), len(lons)), dtype=np.uint8)
    for start in range(0, len(lats), _ROWS):
        rows = lats[0] + np.arange(start, start + _ROWS + 1) * step_deg
        straight_m, piece = nearness.strip(np.minimum(rows, 90.0), wide)
        here = slice(start, min(start + _ROWS, len(lats)))
        part = slice(0, here.stop - start), slice(0, len(lons))
        distance_m[here] = _along_ground_m(straight_m[part])
        state[here] = owner[piece[part]]
        progress(here.stop / len(lats))
    return Field(lats=lats, lons=lons, distance_m=distance_m, state=state, states=names)


def kept(coast: Shores, bounds: Bounds, step_deg: float, progress: Callable[[float], None] = lambda _: None) -> Field:
    """The field of a box from the user's cache; computed and put there where it is not, or does not fit.

    A warning says when the file in the cache could not be used, or none could be written there.
    """
    from waterspace.environment.files import cache

    name = "field-" + "-".join(f"{number:g}" for number in (*bounds, step_deg))
    made_from = f"field {_VERSION} {coast.digest()}"
    try:
        return Field(**cache.read(name, made_from))
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (cache.UnusableFileError, OSError) as error:
        warnings.warn(f"distances to the shore are computed again: {error}", stacklevel=3)
    made = build(coast, bounds, step_deg, progress)
    try:
        cache.write(name, made_from, made.arrays())
    except OSError as error:
        warnings.warn(f"distances to the shore were not kept for the next time: {error}", stacklevel=3)
    return made


def _steps(low_deg: float, high_deg: float, step_deg: float) -> FloatArray:
    count = int(np.ceil((high_deg - low_deg) / step_deg - 1e-6))
    steps: FloatArray = low_deg + np.arange(count + 1, dtype=np.float64) * step_deg
    return steps


def _shores(coast: Shores, bounds: Bounds) -> Segments:
    """Short pieces of every shore that may be the nearest to a point of a box."""
    lat, lon = (
        axis.ravel()
        for axis in np.meshgrid(
            _steps(bounds.south_deg, bounds.north_deg, _COARSE_DEG),
            _steps(bounds.west_deg, bounds.east_deg, _COARSE_DEG),
            indexing="ij",
        )
    )
    reach_deg = math.degrees(_farthest_m(coast, bounds, lat, lon) / EARTH_RADIUS_M) + _COARSE_DEG
    south, north = bounds.south_deg - reach_deg, bounds.north_deg + reach_deg
    wide_deg = (360.0 - (bounds.east_deg - bounds.west_deg)) / 2.0
    if south > -90.0 and north < 90.0:  # no pole in reach: as far east as a circle around the box's outermost point
        outermost = math.cos(math.radians(max(abs(bounds.south_deg), abs(bounds.north_deg))))
        wide_deg = min(wide_deg, math.degrees(math.asin(math.sin(math.radians(reach_deg)) / outermost)))
    south, north = max(south, -90.0), min(north, 90.0)
    outer = Bounds(south, bounds.west_deg - wide_deg, north, bounds.east_deg + wide_deg)
    found = []
    for cut in coast.cuts(outer):
        shores = cut.shoreline.segments(cut.shoreline.shore_cells(cut.bounds))
        near = _inside(bounds, shores.lat1, shores.lon1)
        for part, longest_m in ((near, _PIECE_M), (~near, _FAR_PIECE_M)):
            found.append(pieces(shores.some(part), longest_m))
    return Segments(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def _farthest_m(coast: Shores, bounds: Bounds, lat: FloatArray, lon: FloatArray) -> float:
    """How far at most the nearest shore is from the farthest of some points of a box: to the ends of shores in it."""
    from pykdtree.kdtree import KDTree

    lat = np.clip(lat, -90.0, 90.0)
    ends = [cut.shoreline.segments(cut.shoreline.shore_cells(cut.bounds)) for cut in coast.cuts(bounds)]
    points = np.concatenate([on_ellipsoid(each.lat1, each.lon1) for each in ends])
    if not len(points):
        return float(coast.exact_distances_m(lat, lon).max())
    return float(_along_ground_m(KDTree(points).query(on_ellipsoid(lat, lon))[0]).max())


def _inside(bounds: Bounds, lat: FloatArray, lon: FloatArray) -> NDArray[np.bool_]:
    """Which points lie in a box, or less than a step of the coarse nodes outside."""
    east = (lon - bounds.west_deg + _COARSE_DEG) % 360.0
    inside: NDArray[np.bool_] = east <= bounds.east_deg - bounds.west_deg + 2.0 * _COARSE_DEG
    return inside & (lat >= bounds.south_deg - _COARSE_DEG) & (lat <= bounds.north_deg + _COARSE_DEG)


class _Nearness:
    """Which piece of shore is nearest to the nodes of a grid, and how near."""

    def __init__(self, coast: Shores, shores: Segments) -> None:
        from pykdtree.kdtree import KDTree

        self._coast = coast
        self._first = on_ellipsoid(shores.lat1, shores.lon1)
        self._way = on_ellipsoid(shores.lat2, shores.lon2) - self._first
        self._tree = KDTree(self._first)

    def strip(self, lats: FloatArray, lons: FloatArray) -> tuple[FloatArray, NDArray[np.intp]]:
        """Straight distances of the nodes of some rows, negative on land, and pieces; one too high where none is near.

        The last row is left out of the answer: like every so manieth node it serves as a corner of blocks. A block
        whose corners lie far from every shore is filled from the ends of pieces that are nearest to its corners: the
        nearest to a node within is no nearer by more than 100 m.

        Args:
            lats: of the rows, a multiple of the size of a block and one.
            lons: of the columns, likewise.
        """
        here = on_ellipsoid(lats[:, None], lons[None, :])
        corner_land, corner_m, corner = self._corners(lats[::_BLOCK], lons[::_BLOCK], here[::_BLOCK, ::_BLOCK])
        far = _of_four(corner_m).min(axis=0) > _FAR_M
        spread = np.kron(far, np.ones((_BLOCK, _BLOCK), dtype=np.bool_))
        straight_m = np.empty(spread.shape)
        piece = np.full(spread.shape, len(self._first), dtype=np.intp)
        inner = here[:-1, :-1]
        row, column = np.nonzero(~spread)
        land = self._coast.on_land(lats[row], lons[column])
        straight_m[row, column], piece[row, column] = self._near(land, inner[row, column])
        apart, ends = self._from_corners(_as_blocks(inner)[far], _of_four(corner)[:, far])
        inland = corner_land[:-1, :-1][far][:, None, None]
        _as_blocks(straight_m)[far] = np.where(inland, -_INLAND_M, apart)
        _as_blocks(piece)[far] = np.where(inland, len(self._first), ends)
        return straight_m, piece

    def _from_corners(self, here: FloatArray, corner: NDArray[np.intp]) -> tuple[FloatArray, NDArray[np.intp]]:
        """Distance of nodes in blocks to the nearest of four ends of pieces, and which it is.

        Args:
            here: the nodes, shape (blocks, nodes, nodes, 3).
            corner: the ends of pieces, shape (4, blocks).
        """
        first = np.append(self._first, np.zeros((1, 3)), axis=0)
        least = np.full(here.shape[:3], np.inf)
        best = np.zeros(here.shape[:3], dtype=np.intp)
        for ends in corner:
            off = here - first[ends][:, None, None]
            square = np.einsum("...i,...i", off, off)
            nearer = square < least
            least = np.where(nearer, square, least)
            best = np.where(nearer, ends[:, None, None], best)
        return np.sqrt(least), best

    def _corners(
        self, lats: FloatArray, lons: FloatArray, here: FloatArray
    ) -> tuple[NDArray[np.bool_], FloatArray, NDArray[np.intp]]:
        """Of the corners of blocks: whether on land, distance to the nearest end of a piece, which it is."""
        lat, lon = (axis.ravel() for axis in np.meshgrid(lats, lons, indexing="ij"))
        land = self._coast.on_land(lat, lon)
        apart = np.empty(len(lat))
        piece = np.empty(len(lat), dtype=np.intp)
        flat = here.reshape(-1, 3)
        for some, within_m in ((land, _FAR_M * 1.01), (~land, None)):
            if some.any():
                apart[some], piece[some] = self._tree.query(flat[some], distance_upper_bound=within_m)
        shape = here.shape[:2]
        return land.reshape(shape), apart.reshape(shape), piece.reshape(shape)

    def _near(self, land: NDArray[np.bool_], here: FloatArray) -> tuple[FloatArray, NDArray[np.intp]]:
        """The same as `strip` for single nodes, of shape (n,) and (n, 3)."""
        apart = np.full(len(here), _INLAND_M)
        piece = np.full(len(here), len(self._first), dtype=np.intp)
        if not land.all():
            apart[~land], piece[~land] = self._tree.query(here[~land])
        if land.any():
            apart[land], piece[land] = self._tree.query(here[land], distance_upper_bound=_INLAND_M)
        near = np.flatnonzero((apart < _REFINED_M) & (piece < len(self._first)))
        for some in (piece[near], np.maximum(piece[near] - 1, 0)):
            off, along = here[near] - self._first[some], self._way[some]
            square = np.maximum(np.sum(along**2, axis=1), np.finfo(np.float64).tiny)
            part = np.clip(np.sum(off * along, axis=1) / square, 0.0, 1.0)
            apart[near] = np.minimum(apart[near], np.linalg.norm(off - part[:, None] * along, axis=1))
        return np.where(land, -np.minimum(apart, _INLAND_M), apart), piece


def _of_four(corners: NDArray[Any]) -> NDArray[Any]:
    """The values at the four corners of each block, shape (4, rows, columns)."""
    return np.stack((corners[:-1, :-1], corners[:-1, 1:], corners[1:, :-1], corners[1:, 1:]))


def _as_blocks(nodes: NDArray[Any]) -> NDArray[Any]:
    """A view of nodes (rows, columns, ...) by blocks, shape (rows, columns, nodes, nodes, ...)."""
    rows, columns = (size // _BLOCK for size in nodes.shape[:2])
    return nodes.reshape(rows, _BLOCK, columns, _BLOCK, *nodes.shape[2:]).swapaxes(1, 2)


def _along_ground_m(straight_m: FloatArray) -> FloatArray:
    """The arc above a chord, on a sphere."""
    arc: FloatArray = 2.0 * EARTH_RADIUS_M * np.arcsin(straight_m / (2.0 * EARTH_RADIUS_M))
    return arc
