"""Zones of many points at once, and the lines where they end.

Distances to baselines are first taken at the nodes of a grid. A cell whose corners say that all of it lies in one zone
of one state gives its points that answer; only the points of other cells are measured one by one.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from waterspace.domain import Circle, Position
from waterspace.environment import coast
from waterspace.environment.baselines import UNASSIGNED, around, closed_waters, some
from waterspace.environment.breadths import CONTIGUOUS_ZONE_M, EEZ_M, TERRITORIAL_SEA_M, Zone
from waterspace.environment.contours import zero_lines
from waterspace.environment.lakes import in_caspian, in_lakes
from waterspace.environment.shoreline import Bounds
from waterspace.environment.shoretree import ShoreTree, on_ellipsoid
from waterspace.errors import GeometryError
from waterspace.geometry.plane import EARTH_RADIUS_M

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pykdtree.kdtree import KDTree

    from waterspace.environment.baselines import Baselines
    from waterspace.environment.shoreline import Segments
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["classify", "limits"]

_CODES: Final = {zone: np.uint8(code) for code, zone in enumerate(Zone)}

_CELL_DEG = 0.05
"""Size of a cell."""

_PIECE_M = 1000.0
"""Longest piece of shore that is measured as a straight line."""

_BOX_DEG = 5.0
"""Boxes of shores are rounded out to this, so that the same shores serve again."""

_LIMIT_STEPS = 400
"""Steps of the grid along the longer side of a box in which limits are drawn."""

_FINEST_DEG = 0.002
"""Least step of that grid."""

_OUTER_M: Final = {
    Zone.TERRITORIAL_SEA: TERRITORIAL_SEA_M,
    Zone.CONTIGUOUS_ZONE: CONTIGUOUS_ZONE_M,
    Zone.EEZ: EEZ_M,
}


class _Measured(NamedTuple):
    """Distances of points from baselines, each of shape (n,).

    Attributes:
        held_m: to the nearest baseline of a state, infinite where there is none within 200 nm and some more.
        holder: which of the states it is, -1 for none.
        free_m: to the nearest shore that is assigned to nobody, infinite likewise.
    """

    held_m: FloatArray
    holder: NDArray[np.intp]
    free_m: FloatArray


class _Around:
    """Baselines in a box, ready to be measured to.

    Attributes:
        states: their holders, in order of the code.
    """

    def __init__(self, shores: Segments) -> None:
        free = np.char.startswith(shores.state, UNASSIGNED)
        held = some(shores, ~free)
        self.states: NDArray[np.str_] = np.array(sorted(set(held.state.tolist())), dtype="U3")
        self._held = ShoreTree(held, _PIECE_M) if held.lat1.size else None
        self._free = ShoreTree(some(shores, free), _PIECE_M) if free.any() else None
        self._held_middles, self._free_middles = _middles(self._held), _middles(self._free)
        self._code = np.searchsorted(self.states, self._held.shores.state) if self._held else np.empty(0, dtype=np.intp)
        self.shores = shores

    def exactly(self, lat: FloatArray, lon: FloatArray) -> _Measured:
        """Distances to the baselines themselves."""
        held_m, holder = np.full(lat.size, np.inf), np.full(lat.size, -1, dtype=np.intp)
        free_m = np.full(lat.size, np.inf)
        if lat.size and self._held is not None:
            feet = self._held.nearest(lat, lon)
            held_m, holder = feet.distance_m, self._code[feet.piece]
        if lat.size and self._free is not None:
            free_m = self._free.nearest(lat, lon).distance_m
        return _Measured(held_m, holder, free_m)

    def roughly(self, lat: FloatArray, lon: FloatArray) -> _Measured:
        """Distances to the middles of pieces, too large by half a piece at most."""
        here = on_ellipsoid(lat, lon)
        held_m, piece = _nearest_middle(self._held_middles, here)
        free_m, _ = _nearest_middle(self._free_middles, here)
        holder = np.append(self._code, -1)[piece]
        return _Measured(held_m, holder, free_m)


def _middles(tree: ShoreTree | None) -> KDTree | None:
    """The middles of pieces of shore."""
    if tree is None:
        return None
    from pykdtree.kdtree import KDTree

    shores = tree.shores
    return KDTree((on_ellipsoid(shores.lat1, shores.lon1) + on_ellipsoid(shores.lat2, shores.lon2)) / 2.0)


_REACH_M = EEZ_M + 30_000.0
"""How far nodes are measured: beyond it a cell lies beyond 200 nm whatever its size."""


def _nearest_middle(tree: KDTree | None, here: FloatArray) -> tuple[FloatArray, NDArray[np.intp]]:
    """Distance along the earth to the nearest middle of a piece, and which; infinite and -1 beyond reach."""
    if tree is None:
        return np.full(len(here), np.inf), np.full(len(here), -1, dtype=np.intp)
    chord_m, piece = tree.query(here, k=1, distance_upper_bound=_REACH_M)
    found = np.isfinite(chord_m)
    ratio = np.minimum(np.where(found, chord_m, 0.0) / (2.0 * EARTH_RADIUS_M), 1.0)
    return (
        np.where(found, 2.0 * EARTH_RADIUS_M * np.arcsin(ratio), np.inf),
        np.where(found, piece.astype(np.intp), -1),
    )


def _box_around(lat: FloatArray, lon: FloatArray) -> Bounds:
    """A rounded box with everything within 200 nm of some points."""
    south, north = float(lat.min()), float(lat.max())
    edge = around(Circle(centre=Position(lat_deg=max(abs(south), abs(north)), lon_deg=0.0), radius_m=_REACH_M))
    high, wide = _REACH_M / EARTH_RADIUS_M * 60.0, edge.east_deg
    west, east = float(lon.min()) - wide, float(lon.max()) + wide
    if east - west >= 360.0 - 2.0 * _BOX_DEG:
        west, east = -180.0, 180.0
    south, north = south - high, north + high
    low = [np.floor(value / _BOX_DEG) * _BOX_DEG for value in (south, west)]
    top = [np.ceil(value / _BOX_DEG) * _BOX_DEG for value in (north, east)]
    return Bounds(max(low[0], -90.0), low[1], min(top[0], 90.0), top[1])


@functools.lru_cache(maxsize=4)
def _around(baselines: Baselines, box: Bounds) -> _Around:
    return _Around(baselines.within(box))


# ------------------------------------------------------------------------------------------------------ many points


def classify(baselines: Baselines, lat: FloatArray, lon: FloatArray) -> tuple[NDArray[np.uint8], NDArray[np.str_]]:
    """Index in `tuple(Zone)` and state of many points.

    Args:
        baselines: from where to measure.
        lat: degrees, shape (n,).
        lon: degrees, -180 to 180.
    """
    codes = np.full(lat.size, _CODES[Zone.LAND])
    if not lat.size:
        return codes, np.empty(0, dtype="U3")
    near = _around(baselines, _box_around(lat, lon))
    names = np.append(near.states, "")
    owner = np.full(lat.size, -1, dtype=np.intp)
    land = coast.load().on_land(lat, lon)
    sea = np.flatnonzero(~land)
    codes[sea], owner[sea] = _at_sea(baselines, near, lat[sea], lon[sea])
    owner[land] = _of_land(near, lat[land], lon[land])
    states = names[owner]
    closed = np.where(land, -1, baselines.closed_at(lat, lon))
    for index, waters in enumerate(closed_waters()):
        states[closed == index] = waters.state
    codes[closed >= 0] = _CODES[Zone.INTERNAL_WATERS]
    _set_lakes(near, codes, states, (lat, lon, np.flatnonzero(~land & (closed < 0))))
    return codes, states


def _of_land(near: _Around, lat: FloatArray, lon: FloatArray) -> NDArray[np.intp]:
    """The holder of land: of the nearest shore, even where that is far."""
    measured = near.exactly(lat, lon)
    return np.where(measured.free_m < measured.held_m, -1, measured.holder)


def _set_lakes(
    near: _Around,
    codes: NDArray[np.uint8],
    states: NDArray[np.str_],
    points: tuple[FloatArray, FloatArray, NDArray[np.intp]],
) -> None:
    """Mark the lakes among points at sea."""
    lat, lon, open_water = points
    lake = open_water[in_lakes(lat[open_water], lon[open_water])]
    if lake.size:
        caspian = in_caspian(lat[lake], lon[lake])
        codes[lake] = np.where(caspian, _CODES[Zone.UNKNOWN], _CODES[Zone.INTERNAL_WATERS])
        states[lake] = np.where(caspian, "", np.append(near.states, "")[_of_land(near, lat[lake], lon[lake])])


def _at_sea(
    baselines: Baselines, near: _Around, lat: FloatArray, lon: FloatArray
) -> tuple[NDArray[np.uint8], NDArray[np.intp]]:
    """Code and holder of points at sea, closed waters and lakes not looked at."""
    codes, owner, sure = _by_cell(near, lat, lon)
    narrow = baselines.narrow_at(lat, lon)
    narrowed = np.zeros(lat.size, dtype=bool)
    for breadth in narrow.values():
        narrowed |= np.isfinite(breadth)
    rest = np.flatnonzero(~sure & ~narrowed)
    measured = _closely(near, lat[rest], lon[rest])
    codes[rest], owner[rest] = _zones(measured, measured.held_m <= TERRITORIAL_SEA_M)
    strait = np.flatnonzero(narrowed)
    if strait.size:
        breadths = {state: breadth[strait] for state, breadth in narrow.items()}
        codes[strait], owner[strait] = _in_narrow_seas(near, lat[strait], lon[strait], breadths)
    return codes, owner


def _closely(near: _Around, lat: FloatArray, lon: FloatArray) -> _Measured:
    """Rough distances, and exact ones wherever the rough ones do not settle the zone."""
    held_m, holder, free_m = near.roughly(lat, lon)
    open_ = np.zeros(lat.size, dtype=bool)
    for values, edges in _edges(held_m, free_m):
        for edge_m in edges:
            open_ |= np.abs(values - edge_m) <= _PIECE_M
    which = np.flatnonzero(open_)
    exact = near.exactly(lat[which], lon[which])
    for rough, fine in zip((held_m, holder, free_m), exact, strict=True):
        rough[which] = fine
    return _Measured(held_m, holder, free_m)


def _edges(
    held_m: FloatArray, free_m: FloatArray
) -> tuple[tuple[FloatArray, tuple[float, ...]], tuple[FloatArray, tuple[float, ...]]]:
    """Distances, and those at which a zone ends."""
    return (held_m, (TERRITORIAL_SEA_M, CONTIGUOUS_ZONE_M, EEZ_M)), (free_m, (TERRITORIAL_SEA_M, EEZ_M))


def _by_cell(
    near: _Around, lat: FloatArray, lon: FloatArray
) -> tuple[NDArray[np.uint8], NDArray[np.intp], NDArray[np.bool_]]:
    """What the corners of cells say of the points in them: code, holder, and whether that is sure."""
    row, column = (np.floor(values / _CELL_DEG).astype(np.int64) for values in (lat, lon))
    stride = round(720.0 / _CELL_DEG)
    cell, point_cell = np.unique(row * stride + column, return_inverse=True)
    if cell.size * 4 > lat.size:
        nothing = np.full(lat.size, -1, dtype=np.intp)
        return np.zeros(lat.size, dtype=np.uint8), nothing, np.zeros(lat.size, dtype=bool)
    corners = cell[:, None] + np.array([0, 1, stride, stride + 1])
    node, which = np.unique(corners, return_inverse=True)
    node_row = np.floor_divide(node + stride // 2, stride)
    node_lat = np.clip(node_row * _CELL_DEG, -90.0, 90.0)
    at_nodes = near.roughly(node_lat, (node - node_row * stride) * _CELL_DEG)
    which = which.reshape(-1, 4)
    held_m, holder, free_m = at_nodes.held_m[which], at_nodes.holder[which], at_nodes.free_m[which]
    slack_m = np.radians(_CELL_DEG) * EARTH_RADIUS_M * np.sqrt(0.5) + _PIECE_M / 2.0
    sure = np.all(holder == holder[:, :1], axis=1)
    for values, edges in _edges(held_m, free_m):
        low, high = values.min(axis=1) - slack_m, values.max(axis=1) + slack_m
        for edge_m in edges:
            sure &= (high < edge_m) | (low > edge_m)
    corner = _Measured(held_m[:, 0], holder[:, 0], free_m[:, 0])
    codes, owner = _zones(corner, corner.held_m <= TERRITORIAL_SEA_M)
    return codes[point_cell], owner[point_cell], sure[point_cell]


def _in_narrow_seas(
    near: _Around, lat: FloatArray, lon: FloatArray, breadths: dict[str, FloatArray]
) -> tuple[NDArray[np.uint8], NDArray[np.intp]]:
    """Code and holder of points for which states have breadths of their own."""
    measured = near.exactly(lat, lon)
    held_m, holder = np.full(lat.size, np.inf), measured.holder.copy()
    for code, state in enumerate(near.states.tolist()):
        tree = ShoreTree(some(near.shores, near.shores.state == state), _PIECE_M)
        distance_m = tree.nearest(lat, lon).distance_m
        breadth_m = np.minimum(breadths.get(state, np.inf), TERRITORIAL_SEA_M)
        closer = (distance_m <= breadth_m) & (distance_m < held_m)
        held_m[closer], holder[closer] = distance_m[closer], code
    is_territorial = np.isfinite(held_m)
    best = _Measured(np.where(is_territorial, held_m, measured.held_m), holder, measured.free_m)
    return _zones(best, is_territorial)


def _zones(measured: _Measured, is_territorial: NDArray[np.bool_]) -> tuple[NDArray[np.uint8], NDArray[np.intp]]:
    """Code and holder from distances."""
    held_m, holder, free_m = measured
    codes = np.select(
        [is_territorial, free_m <= TERRITORIAL_SEA_M, held_m <= CONTIGUOUS_ZONE_M, held_m <= EEZ_M, free_m <= EEZ_M],
        [_CODES[zone] for zone in (Zone.TERRITORIAL_SEA, Zone.UNKNOWN, Zone.CONTIGUOUS_ZONE, Zone.EEZ, Zone.UNKNOWN)],
        _CODES[Zone.HIGH_SEAS],
    )
    nobody = (codes == _CODES[Zone.UNKNOWN]) | (codes == _CODES[Zone.HIGH_SEAS])
    return codes.astype(np.uint8), np.where(nobody, -1, holder)


# ----------------------------------------------------------------------------------------------------------- limits


def limits(baselines: Baselines, kind: Zone, bounds: Bounds) -> list[tuple[FloatArray, FloatArray]]:
    """Lines to draw: see `Zones.limits`."""
    south, west, north, east = bounds
    if not (south < north and west < east and east - west <= 360.0):
        raise GeometryError(
            f"a box from {south} to {north} north and {west} to {east} east: expected south, west, north, east"
        )
    if kind is Zone.INTERNAL_WATERS:
        return _declared(bounds)
    if kind not in _OUTER_M:
        raise GeometryError(f"{kind} has no outer limit to draw: expected one of {', '.join(_OUTER_M)}")
    step = max(north - south, east - west) / _LIMIT_STEPS
    step = max(step, _FINEST_DEG)
    rows, columns = (max(int(np.ceil(extent / step)), 1) + 1 for extent in (north - south, east - west))
    lat_step, lon_step = (north - south) / (rows - 1), (east - west) / (columns - 1)
    lat, lon = np.meshgrid(south + np.arange(rows) * lat_step, west + np.arange(columns) * lon_step, indexing="ij")
    beyond_m = _beyond_m(baselines, kind, lat.ravel(), (lon.ravel() + 180.0) % 360.0 - 180.0)
    lines = zero_lines(beyond_m.reshape(lat.shape))
    return [(south + row * lat_step, west + column * lon_step) for row, column in lines]


def _beyond_m(baselines: Baselines, kind: Zone, lat: FloatArray, lon: FloatArray) -> FloatArray:
    """How far points lie beyond the outer limit of a zone, negative within it; far inside on land."""
    near = _around(baselines, _box_around(lat, lon))
    outer_m = _OUTER_M[kind]
    beyond = np.minimum(near.roughly(lat, lon).held_m, _REACH_M) - outer_m
    close = np.flatnonzero(np.abs(beyond) <= _PIECE_M * 20.0)
    beyond[close] = near.exactly(lat[close], lon[close]).held_m - outer_m
    if kind is Zone.TERRITORIAL_SEA:
        narrow = baselines.narrow_at(lat, lon)
        inside = np.flatnonzero(np.any([np.isfinite(breadth) for breadth in narrow.values()], axis=0))
        best = np.full(inside.size, np.inf)
        for state in near.states.tolist() if inside.size else ():
            tree = ShoreTree(some(near.shores, near.shores.state == state), _PIECE_M)
            breadth_m = np.minimum(narrow.get(state, np.full(lat.size, np.inf))[inside], outer_m)
            best = np.minimum(best, tree.nearest(lat[inside], lon[inside]).distance_m - breadth_m)
        beyond[inside] = best
    land = coast.load().on_land(lat, lon) | (baselines.closed_at(lat, lon) >= 0)
    beyond[land] = -outer_m
    return beyond


def _declared(bounds: Bounds) -> list[tuple[FloatArray, FloatArray]]:
    """The declared lines that meet a box, whole."""
    found = []
    for closed in closed_waters():
        for lat, lon in closed.lines if closed.inland else ():
            for turn_deg in (0.0, 360.0, -360.0):
                turned = lon + turn_deg
                line = Bounds(float(lat.min()), float(turned.min()), float(lat.max()), float(turned.max()))
                if bounds.meets(line):
                    found.append((lat, turned))
    return found
