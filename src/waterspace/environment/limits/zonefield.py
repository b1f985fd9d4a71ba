"""Zones of many points at once.

Distances to baselines are first taken at the nodes of a grid. A cell whose corners say that all of it lies in one zone
of one state gives its points that answer; only the points of other cells are measured one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from waterspace.environment.limits.baselines import closed_waters
from waterspace.environment.limits.breadths import CONTIGUOUS_ZONE_M, EEZ_M, TERRITORIAL_SEA_M, Zone
from waterspace.environment.limits.lakes import in_caspian, in_lakes
from waterspace.environment.limits.nearby import Measured, nearby
from waterspace.environment.shores import coast
from waterspace.geometry.plane import EARTH_RADIUS_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.environment.limits.baselines import Baselines
    from waterspace.environment.limits.nearby import Nearby
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["classify"]

_CODES: Final = {zone: np.uint8(code) for code, zone in enumerate(Zone)}

_CELL_DEG = 0.05
"""Size of a cell."""

_FEW_POINTS = 4
"""Where cells hold fewer points than this on average, all points are measured one by one."""


class _Answer(NamedTuple):
    """What is known of points, each of shape (n,).

    Attributes:
        code: index of the zone in `tuple(Zone)`.
        owner: index of the state in `Nearby.states`, -1 for none.
        is_sure: whether zone and state are settled.
        is_held: whether at least the nearest holder is, land being somebody's too.
        holder: index of the nearest holder, -1 for a feature that is assigned to nobody.
    """

    code: NDArray[np.uint8]
    owner: NDArray[np.intp]
    is_sure: NDArray[np.bool_]
    is_held: NDArray[np.bool_]
    holder: NDArray[np.intp]


def classify(baselines: Baselines, lat: FloatArray, lon: FloatArray) -> tuple[NDArray[np.uint8], NDArray[np.str_]]:
    """Index in `tuple(Zone)` and state of many points.

    Args:
        baselines: from where to measure.
        lat: degrees, shape (n,).
        lon: degrees, -180 to 180.
    """
    if not lat.size:
        return np.empty(0, dtype=np.uint8), np.empty(0, dtype="U3")
    near = nearby(baselines, lat, lon)
    codes, owner, is_sure, is_held, holder = _by_cell(near, lat, lon)
    land = coast.load().on_land(lat, lon)
    open_ = np.flatnonzero(~land & ~is_sure)
    codes[open_], owner[open_] = _one_by_one(near, lat[open_], lon[open_])
    _set_narrow(baselines, near, (codes, owner), (lat, lon, ~land))
    closed = np.where(land, -1, baselines.closed_at(lat, lon))
    lake = np.flatnonzero(~land & (closed < 0))
    lake = lake[in_lakes(lat[lake], lon[lake])]
    codes[land], codes[lake] = _CODES[Zone.LAND], _CODES[Zone.INTERNAL_WATERS]
    of_shore = np.concatenate((np.flatnonzero(land), lake))
    owner[of_shore] = holder[of_shore]
    unheld = of_shore[~is_held[of_shore]]
    owner[unheld] = _nearest_holder(near, lat[unheld], lon[unheld])
    caspian = lake[in_caspian(lat[lake], lon[lake])]
    codes[caspian], owner[caspian] = _CODES[Zone.UNKNOWN], -1
    states = np.append(near.states, "")[owner]
    for index, waters in enumerate(closed_waters()):
        states[closed == index] = waters.state
    codes[closed >= 0] = _CODES[Zone.INTERNAL_WATERS]
    return codes, states


def _nearest_holder(near: Nearby, lat: FloatArray, lon: FloatArray) -> NDArray[np.intp]:
    """The holder of the nearest shore: -1 for a feature that is assigned to nobody, and beyond 200 nautical miles."""
    measured = near.roughly(lat, lon, EEZ_M)
    return np.where(measured.free_m < measured.held_m, -1, measured.holder)


def _one_by_one(near: Nearby, lat: FloatArray, lon: FloatArray) -> tuple[NDArray[np.uint8], NDArray[np.intp]]:
    """Code and owner of points at sea from rough distances, and from exact ones where those do not settle the zone."""
    held_m, holder, free_m = near.roughly(lat, lon)
    open_ = np.zeros(lat.size, dtype=bool)
    for values, edges in _edges(held_m, free_m):
        for edge_m in edges:
            open_ |= np.abs(values - edge_m) <= near.slack_m
    which = np.flatnonzero(open_)
    exact = near.exactly(lat[which], lon[which])
    for rough, fine in zip((held_m, holder, free_m), exact, strict=True):
        rough[which] = fine
    return _zones(Measured(held_m, holder, free_m), held_m <= TERRITORIAL_SEA_M)


def _edges(
    held_m: FloatArray, free_m: FloatArray
) -> tuple[tuple[FloatArray, tuple[float, ...]], tuple[FloatArray, tuple[float, ...]]]:
    """Distances, and those at which a zone ends."""
    return (held_m, (TERRITORIAL_SEA_M, CONTIGUOUS_ZONE_M, EEZ_M)), (free_m, (TERRITORIAL_SEA_M, EEZ_M))


def _by_cell(near: Nearby, lat: FloatArray, lon: FloatArray) -> _Answer:
    """What the corners of cells say of the points in them."""
    row, column = (np.floor(values / _CELL_DEG).astype(np.int64) for values in (lat, lon))
    stride = round(720.0 / _CELL_DEG)
    cell, point_cell = np.unique(row * stride + column, return_inverse=True)
    if cell.size * _FEW_POINTS > lat.size:
        nobody, unsure = np.full(lat.size, -1, dtype=np.intp), np.zeros(lat.size, dtype=bool)
        return _Answer(np.zeros(lat.size, dtype=np.uint8), nobody, unsure, unsure, nobody.copy())
    node, which = np.unique(cell[:, None] + np.array([0, 1, stride, stride + 1]), return_inverse=True)
    node_row = np.floor_divide(node + stride // 2, stride)
    at_node = near.roughly(np.clip(node_row * _CELL_DEG, -90.0, 90.0), (node - node_row * stride) * _CELL_DEG)
    which = which.reshape(-1, 4)
    held_m, holder, free_m = at_node.held_m[which], at_node.holder[which], at_node.free_m[which]
    slack_m = np.radians(_CELL_DEG) * EARTH_RADIUS_M * np.sqrt(0.5) + near.slack_m
    is_sure = is_held = np.all(holder == holder[:, :1], axis=1) & np.isfinite(held_m[:, 0])
    is_held = is_held & np.all(free_m > held_m + 2.0 * slack_m, axis=1)
    for values, edges in _edges(held_m, free_m):
        low, high = values.min(axis=1) - slack_m, values.max(axis=1) + slack_m
        for edge_m in edges:
            is_sure = is_sure & ((high < edge_m) | (low > edge_m))
    corner = Measured(held_m[:, 0], holder[:, 0], free_m[:, 0])
    codes, owner = _zones(corner, corner.held_m <= TERRITORIAL_SEA_M)
    whole = _Answer(codes, owner, is_sure, is_held, holder[:, 0])
    return _Answer._make(values[point_cell] for values in whole)


def _set_narrow(
    baselines: Baselines,
    near: Nearby,
    answer: tuple[NDArray[np.uint8], NDArray[np.intp]],
    points: tuple[FloatArray, FloatArray, NDArray[np.bool_]],
) -> None:
    """Correct code and owner of the points at sea for which a state has a breadth of its own."""
    codes, owner = answer
    lat, lon, sea = points
    narrow = baselines.narrow_at(lat, lon)
    inside = np.flatnonzero(np.isfinite(np.min(list(narrow.values()), axis=0)) & sea)
    if not inside.size:
        return
    lat, lon = lat[inside], lon[inside]
    held_m, holder, free_m = near.roughly(lat, lon)
    best_m = np.full(inside.size, np.inf)
    for code, state in enumerate(near.states.tolist()):
        breadth_m = np.full(inside.size, TERRITORIAL_SEA_M)
        if state in narrow:
            breadth_m = np.minimum(narrow[state][inside], breadth_m)
        apart_m = near.of_state(state, lat, lon, breadth_m, 0.0)
        closer = (apart_m <= breadth_m) & (apart_m < best_m)
        best_m[closer], holder[closer] = apart_m[closer], code
    is_territorial = np.isfinite(best_m)
    measured = Measured(np.where(is_territorial, best_m, held_m), holder, free_m)
    codes[inside], owner[inside] = _zones(measured, is_territorial)


def _zones(measured: Measured, is_territorial: NDArray[np.bool_]) -> tuple[NDArray[np.uint8], NDArray[np.intp]]:
    """Code and holder from distances."""
    held_m, holder, free_m = measured
    codes = np.select(
        [is_territorial, free_m <= TERRITORIAL_SEA_M, held_m <= CONTIGUOUS_ZONE_M, held_m <= EEZ_M, free_m <= EEZ_M],
        [_CODES[zone] for zone in (Zone.TERRITORIAL_SEA, Zone.UNKNOWN, Zone.CONTIGUOUS_ZONE, Zone.EEZ, Zone.UNKNOWN)],
        _CODES[Zone.HIGH_SEAS],
    )
    nobody = (codes == _CODES[Zone.UNKNOWN]) | (codes == _CODES[Zone.HIGH_SEAS])
    return codes.astype(np.uint8), np.where(nobody, -1, holder)
