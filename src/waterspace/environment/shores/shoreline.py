"""One packaged cut of the shore: its rings, its segments by cell of a grid, and the questions a grid answers fast.

A file holds these arrays (`tools/build_coast.py` writes them): `frame`: west, south, east and north of the cut, the
quantum of its coordinates and the size of a cell, all in degrees; `first` and `length`: first point of each ring, in
quanta, as longitudes and latitudes, and how many points it has; `lake`: whether a ring bounds a lake or lies in one;
`step`: from each point of a ring to the next one in quanta, 0 for its first; `holder`: for the segment that starts at
each point, which of `states` holds it, 255 where it only closes a ring along the edge of the cut; `land`: one bit for
each cell, row by row from the south-west, whether its reference point is on land; `detail`: boxes as west, south, east
and north in degrees, and how finely in metres the shore is followed in each; where boxes overlap the finest counts.
"""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np

from waterspace.environment.files.packaged import read_bytes
from waterspace.geometry.arrays import distinct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Bounds", "Boxes", "Cut", "IntArray", "Ring", "Segments", "Shoreline", "Strokes", "unwrapped"]

IntArray = np.ndarray[tuple[int], np.dtype[np.intp]]
"""A one-dimensional array of indices."""

_NOT_COAST = 255
_REFERENCE_SHIFT_QUANTA = 0.3
"""How far the reference point of a cell lies off its middle, so that no shore runs through it."""

_MOST_PAIRS = 2_000_000
"""How many pairs of a point or stroke and a segment are looked at in one go."""


class Boxes(NamedTuple):
    """Boxes of latitudes and longitudes in degrees, west the smaller number; arrays of shape (n,)."""

    south_deg: FloatArray
    west_deg: FloatArray
    north_deg: FloatArray
    east_deg: FloatArray


class Bounds(NamedTuple):
    """A box of latitudes and longitudes in degrees; west is the smaller number, east may run beyond 180."""

    south_deg: float
    west_deg: float
    north_deg: float
    east_deg: float

    def covers(self, lat: FloatArray, lon: FloatArray) -> NDArray[np.bool_]:
        """Which points, with longitudes as the box counts them, lie in it, its edge included."""
        inside: NDArray[np.bool_] = (
            (lat >= self.south_deg) & (lat <= self.north_deg) & (lon >= self.west_deg) & (lon <= self.east_deg)
        )
        return inside

    def meets(self, other: Bounds) -> bool:
        """Whether two boxes share a point."""
        return (
            self.south_deg <= other.north_deg
            and other.south_deg <= self.north_deg
            and self.west_deg <= other.east_deg
            and other.west_deg <= self.east_deg
        )

    def holds(self, other: Bounds) -> bool:
        """Whether another box lies within this one."""
        return (
            self.south_deg <= other.south_deg
            and other.north_deg <= self.north_deg
            and self.west_deg <= other.west_deg
            and other.east_deg <= self.east_deg
        )


class Strokes(NamedTuple):
    """Strokes that are straight in latitude and longitude, degrees, each of shape (n,)."""

    lat1: FloatArray
    lon1: FloatArray
    lat2: FloatArray
    lon2: FloatArray


class Segments(NamedTuple):
    """Segments of the shore, as strokes, the state that holds each, and the ring it is of, counted by cut."""

    lat1: FloatArray
    lon1: FloatArray
    lat2: FloatArray
    lon2: FloatArray
    state: NDArray[np.str_]
    ring: IntArray

    def some(self, which: NDArray[np.bool_] | IntArray) -> Segments:
        """Those that a mask or an index picks."""
        lat1, lon1, lat2, lon2 = (end[which] for end in self[:4])
        return Segments(lat1, lon1, lat2, lon2, self.state[which], self.ring[which])


class Ring(NamedTuple):
    """A ring of shore, its first point not repeated, each of shape (n,).

    Attributes:
        is_lake: it bounds a lake or an island in one.
        is_cut: the edge of the cut closes it.
    """

    lat: FloatArray
    lon: FloatArray
    is_lake: bool
    is_cut: bool


class Shoreline:
    """The shore inside a box, outside of which it knows nothing.

    Attributes:
        bounds: the box.
        cell_deg: size of a cell of the grid.
        states: who holds shores, ISO 3166-1 alpha-3, empty for shores in dispute.
        lat: latitude of each point of each ring, degrees.
        lon: longitude.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Take the arrays of a file, as the head of this module names them."""
        west, south, east, north, quantum_deg, self.cell_deg = (float(number) for number in arrays["frame"])
        self._length: NDArray[np.int32] = arrays["length"]
        first, step = arrays["first"], arrays["step"]
        self._holder: NDArray[np.uint8] = arrays["holder"]
        self.states: NDArray[np.str_] = arrays["states"]
        self._lake: NDArray[np.bool_] = arrays["lake"]
        self._detail: FloatArray = arrays["detail"]
        packed = arrays["land"]
        self.bounds = Bounds(south, west, north, east)
        self._rows, self._columns = round((north - south) / self.cell_deg), round((east - west) / self.cell_deg)
        self._land = np.unpackbits(packed, count=self._rows * self._columns).view(np.bool_)
        self._reference = 0.5 + _REFERENCE_SHIFT_QUANTA * quantum_deg / self.cell_deg
        self._end = np.cumsum(self._length, dtype=np.intp)
        self._start = self._end - self._length
        whole = np.cumsum(step, axis=1, dtype=np.int32)
        whole += np.repeat(first - whole[:, self._start], self._length, axis=1)
        degrees: FloatArray = whole / round(1.0 / quantum_deg)
        self.lon, self.lat = degrees

    @classmethod
    def packaged(cls, file: str) -> Self:
        """The one in a packaged file."""
        with np.load(io.BytesIO(read_bytes(file)), allow_pickle=False) as arrays:
            return cls(arrays)

    # ------------------------------------------------------------------------------------------------------ the grid

    @functools.cached_property
    def _next(self) -> IntArray:
        """The point that follows each point on its ring."""
        following = np.arange(1, len(self.lat) + 1)
        following[self._end - 1] = self._start
        return following

    @functools.cached_property
    def _index(self) -> tuple[IntArray, IntArray]:
        """Segments by the cells that they touch: segments of cell k stand from `offset[k]` to `offset[k + 1]`."""
        segments = np.flatnonzero(self._holder != _NOT_COAST)
        row, column = self._row_column(self.lat, self.lon)
        here, there = row * self._columns + column, (row * self._columns + column)[self._next]
        inside = segments[here[segments] == there[segments]]
        across = segments[here[segments] != there[segments]]
        rows, columns = (np.sort((part[across], part[self._next[across]]), axis=0) for part in (row, column))
        item, cell = self._cells(rows, columns)
        cells = np.concatenate((here[inside], cell)).astype(np.uint32 if self._land.size > 2**16 else np.uint16)
        order = np.argsort(cells, kind="stable")
        offset = np.zeros(self._land.size + 1, dtype=np.intp)
        np.cumsum(np.bincount(cells, minlength=self._land.size), out=offset[1:])
        return np.concatenate((inside, across[item]))[order], offset

    @functools.cached_property
    def _count(self) -> IntArray:
        """How many segments touch each cell."""
        return np.diff(self._index[1])

    def _row_column(self, lat: FloatArray, lon: FloatArray) -> tuple[IntArray, IntArray]:
        """Row and column of the cells that hold points; of the nearest cell for points outside."""
        row = np.floor((lat - self.bounds.south_deg) / self.cell_deg).astype(np.intp)
        column = np.floor((lon - self.bounds.west_deg) / self.cell_deg).astype(np.intp)
        return np.clip(row, 0, self._rows - 1), np.clip(column, 0, self._columns - 1)

    def _within(self, row: IntArray, column: IntArray, part: float) -> tuple[FloatArray, FloatArray]:
        """Latitudes and longitudes of the points that lie a part of a cell north and east of its corner."""
        lat: FloatArray = self.bounds.south_deg + (row.astype(np.float64) + part) * self.cell_deg
        lon: FloatArray = self.bounds.west_deg + (column.astype(np.float64) + part) * self.cell_deg
        return lat, lon

    def _cells(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> tuple[IntArray, IntArray]:
        """Cells of boxes of cells: (index of the box, cell). Lowest and highest row and column have shape (2, n)."""
        width = columns[1] - columns[0] + 1
        item, place = _spread((rows[1] - rows[0] + 1) * width)
        return item, (rows[0][item] + place // width[item]) * self._columns + columns[0][item] + place % width[item]

    # -------------------------------------------------------------------------------------------------- questions

    @property
    def size(self) -> int:
        """How many points the rings have."""
        return len(self.lat)

    @property
    def ring_count(self) -> int:
        """How many rings there are."""
        return len(self._length)

    def spacing_m(self, lat_deg: float, lon_deg: float) -> float:
        """How finely the shore is followed around a point of the box."""
        west, south, east, north, spacing_m = self._detail.T
        inside = (west <= lon_deg) & (lon_deg <= east) & (south <= lat_deg) & (lat_deg <= north)
        return float(spacing_m[inside].min())

    def covers(self, lat: FloatArray, lon: FloatArray) -> NDArray[np.bool_]:
        """Which points lie in the box, its edge included."""
        return self.bounds.covers(lat, lon)

    def on_land(self, lat: FloatArray, lon: FloatArray) -> NDArray[np.bool_]:
        """Which points, all of them in the box, are on land: on which side of the shore of their cell they lie."""
        row, column = self._row_column(lat, lon)
        cell = row * self._columns + column
        land: NDArray[np.bool_] = self._land[cell]
        mixed = np.flatnonzero(self._count[cell])
        for some in _batches(mixed, self._count[cell[mixed]]):
            item, segment = self._segments_at(cell[some])
            point = some[item]
            way = Strokes(*self._within(row[point], column[point], self._reference), lat[point], lon[point])
            crossed = item[_fraction(way, self._ends(segment)) < np.inf]
            land[some] ^= np.bincount(crossed, minlength=len(some)) % 2 == 1
        return land

    def first_crossings(self, strokes: Strokes) -> FloatArray:
        """How far along strokes the first shore lies, 0 to 1; infinite where there is none.

        Strokes should not be much longer than a cell.
        """
        first = np.full(len(strokes.lat1), np.inf)
        low_lat, high_lat = np.sort((strokes.lat1, strokes.lat2), axis=0)
        low_lon, high_lon = np.sort((strokes.lon1, strokes.lon2), axis=0)
        south, west, north, east = self.bounds
        meets = (high_lat >= south) & (low_lat <= north) & (high_lon >= west) & (low_lon <= east)
        which = np.flatnonzero(meets)
        low = self._row_column(low_lat[which], low_lon[which])
        high = self._row_column(high_lat[which], high_lon[which])
        item, cell = self._cells(np.stack((low[0], high[0])), np.stack((low[1], high[1])))
        shore = np.flatnonzero(self._count[cell])
        for some in _batches(shore, self._count[cell[shore]]):
            pair, segment = self._segments_at(cell[some])
            stroke = which[item[some[pair]]]
            part = _fraction(Strokes(*(end[stroke] for end in strokes)), self._ends(segment))
            np.minimum.at(first, stroke, part)
        return first

    def shore_cells(self, bounds: Bounds) -> IntArray:
        """Cells with shore in them that meet a box, which itself meets the cut."""
        south, west, north, east = bounds
        rows, columns = self._row_column(np.array([south, north]), np.array([west, east]))
        cells = self._cells(rows[:, None], columns[:, None])[1]
        return cells[self._count[cells] > 0]

    @functools.cached_property
    def _sums(self) -> NDArray[np.int32]:
        """How many cells with shore lie south and west of each corner of a cell, shape (rows + 1, columns + 1)."""
        mixed = (self._count > 0).reshape(self._rows, self._columns)
        sums = np.zeros((self._rows + 1, self._columns + 1), dtype=np.int32)
        np.cumsum(mixed, axis=1, dtype=np.int32, out=sums[1:, 1:])
        return np.cumsum(sums, axis=0, out=sums)

    def shore_in(self, boxes: Boxes) -> NDArray[np.bool_]:
        """Which of many boxes, each of which meets the cut, meet a cell with shore in it."""
        row, column = self._row_column(boxes.south_deg, boxes.west_deg)
        last_row, last_column = self._row_column(boxes.north_deg, boxes.east_deg)
        sums, last_row, last_column = self._sums, last_row + 1, last_column + 1
        held = sums[last_row, last_column] - sums[row, last_column] - sums[last_row, column] + sums[row, column]
        some: NDArray[np.bool_] = held > 0
        return some

    def middles(self, cells: IntArray) -> tuple[FloatArray, FloatArray]:
        """Latitudes and longitudes of the middles of cells."""
        return self._within(*np.divmod(cells, self._columns), 0.5)

    def segments(self, cells: IntArray) -> Segments:
        """The segments that touch cells, each once."""
        return self._shores(distinct(self._segments_at(cells)[1]))

    def every_segment(self) -> Segments:
        """All the segments."""
        return self._shores(np.flatnonzero(self._holder != _NOT_COAST))

    def _shores(self, segment: IntArray) -> Segments:
        ring = np.searchsorted(self._end, segment, side="right")
        return Segments(*self._ends(segment), self.states[self._holder[segment]], ring)

    def rings(self, bounds: Bounds, least_deg: float) -> Iterator[Ring]:
        """Rings whose extent meets a box and is at least so high or wide."""
        low_lat, high_lat = (extreme.reduceat(self.lat, self._start) for extreme in (np.minimum, np.maximum))
        low_lon, high_lon = (extreme.reduceat(self.lon, self._start) for extreme in (np.minimum, np.maximum))
        wanted = (high_lat >= bounds.south_deg) & (low_lat <= bounds.north_deg)
        wanted &= (high_lon >= bounds.west_deg) & (low_lon <= bounds.east_deg)
        wanted &= np.maximum(high_lat - low_lat, high_lon - low_lon) >= least_deg
        is_cut = np.logical_or.reduceat(self._holder == _NOT_COAST, self._start)
        for ring in np.flatnonzero(wanted):
            part = slice(self._start[ring], self._end[ring])
            yield Ring(self.lat[part], self.lon[part], bool(self._lake[ring]), bool(is_cut[ring]))

    def _segments_at(self, cells: IntArray) -> tuple[IntArray, IntArray]:
        """Segments of each of some cells: (index into `cells`, segment)."""
        order, offset = self._index
        item, place = _spread(self._count[cells])
        return item, order[offset[cells[item]] + place]

    def _ends(self, segment: IntArray) -> Strokes:
        """Segments as strokes."""
        following = self._next[segment]
        return Strokes(self.lat[segment], self.lon[segment], self.lat[following], self.lon[following])


class Cut(NamedTuple):
    """The part of a box that falls to one shoreline, after turning the box by some full circles."""

    shoreline: Shoreline
    bounds: Bounds
    turn_deg: float


def _spread(counts: NDArray[np.intp]) -> tuple[IntArray, IntArray]:
    """For counts such as (2, 3): which item (0, 0, 1, 1, 1), and which place within it (0, 1, 0, 1, 2)."""
    item = np.repeat(np.arange(len(counts)), counts)
    return item, np.arange(len(item)) - np.repeat(np.cumsum(counts) - counts, counts)


def _batches(items: IntArray, counts: IntArray) -> Iterator[IntArray]:
    """Items in batches that stand for about as many pairs as are looked at in one go."""
    if items.size:
        batch = np.cumsum(counts) // _MOST_PAIRS
        yield from np.split(items, np.flatnonzero(np.diff(batch)) + 1)


def _fraction(way: Strokes, shore: Strokes) -> FloatArray:
    """How far along each stroke a segment of shore crosses it, 0 to 1; infinite where it does not.

    Which side of the stroke an end of a segment lies on depends on that end alone, so that a stroke through the point
    where two segments meet crosses one of them or both or none, as it crosses the shore or only touches it.
    """
    north, east = way.lat2 - way.lat1, way.lon2 - way.lon1
    left1 = north * (shore.lon1 - way.lon1) - east * (shore.lat1 - way.lat1)
    left2 = north * (shore.lon2 - way.lon1) - east * (shore.lat2 - way.lat1)
    shore_north, shore_east = shore.lat2 - shore.lat1, shore.lon2 - shore.lon1
    from_left = shore_north * (way.lon1 - shore.lon1) - shore_east * (way.lat1 - shore.lat1)
    to_left = shore_north * (way.lon2 - shore.lon1) - shore_east * (way.lat2 - shore.lat1)
    crossing = ((left1 > 0.0) != (left2 > 0.0)) & ((from_left > 0.0) != (to_left > 0.0))
    fraction = np.full(crossing.shape, np.inf)
    np.divide(from_left, from_left - to_left, out=fraction, where=crossing)
    return fraction


def unwrapped(lon: FloatArray, near_deg: FloatArray | float) -> FloatArray:
    """The same meridians, each counted so that it is within half a turn of another."""
    turned: FloatArray = near_deg + (lon - near_deg + 180.0) % 360.0 - 180.0
    return turned
