"""What moving boxes sweep over while they share a time with something else, judged together.

Against a shape that stands still, a box is taken as all that it sweeps over in the time both share; against another
box, as all that it sweeps over as seen from that box. On a straight run this is a hexagon, and the time is gone from
the question: the two meet at some instant where the hexagon overlaps the shape, and nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.geometry.plane import EARTH_RADIUS_M
from waterspace.geometry.reservations.earthframe import norm, plane_error_m
from waterspace.geometry.reservations.flatshapes import Shapes, bend_m, bulge_m
from waterspace.geometry.reservations.fleet import Fleet
from waterspace.geometry.reservations.table import Table
from waterspace.geometry.reservations.verdicts import Verdict, judged_sweeps
from waterspace.geometry.shapes import TOUCH_M

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from waterspace.domain import MovingBox
    from waterspace.geometry.geodesic import FloatArray
    from waterspace.geometry.reservations.joins import Together
    from waterspace.geometry.separation import IndexArray

__all__ = ["swept_verdicts"]

_LARGEST_M = 200_000.0
"""A box that reaches or runs farther than this within a span of time is left to the exact code."""

_MITRE_M = 5.0 * TOUCH_M
"""The exact code takes a strip from shapes that boxes meet, and at hollow corners up to five times its width."""


class _Runs(NamedTuple):
    """Boxes while each keeps one course; arrays of shape (n,), or (n, 3) and (n, 4, 3) for points.

    Attributes:
        first: corners at the start.
        last: corners at the end.
        begin: centre at the start.
        finish: centre at the end.
        heart: centre in the middle of the time.
        room_m: reach of a disc around `heart` that the box holds.
        radius_m: reach of the farthest corner from the centre.
        travel_m: how far the centre runs.
    """

    first: FloatArray
    last: FloatArray
    begin: FloatArray
    finish: FloatArray
    heart: FloatArray
    room_m: FloatArray
    radius_m: FloatArray
    travel_m: FloatArray

    @classmethod
    def of(cls, fleet: Fleet, leg: IndexArray, start_ms: FloatArray, end_ms: FloatArray) -> _Runs:
        """Boxes on given legs between two times each."""
        legs, times_ms = np.tile(leg, 2), np.concatenate((start_ms, end_ms))
        corners = np.split(fleet.corners(legs, times_ms), 2)
        middle_ms = (start_ms + end_ms) / 2.0
        begin, heart, finish = (fleet.centres(leg, when_ms) for when_ms in (start_ms, middle_ms, end_ms))
        run_m = fleet.run_m(leg, end_ms) - fleet.run_m(leg, start_ms)
        return cls(corners[0], corners[1], begin, finish, heart, fleet.room_m[leg], fleet.radius_m[leg], run_m)


def swept_verdicts(
    tables: tuple[Table, Table],
    together: Together,
    numbers: tuple[IndexArray, IndexArray],
    boxes: Mapping[int, MovingBox],
) -> NDArray[np.int8]:
    """What is known of pairs of which at least one side moves, in the times named, as values of `Verdict`.

    Args:
        tables: of the first and of the second shapes.
        together: pairs of shapes and the time that they share, shape (n,).
        numbers: of the reservations of both, each of shape (n,).
        boxes: those of them that move, by number.
    """
    moves = [table.moves[table.shapes.owner[row]] for table, row in zip(tables, (together.a, together.b), strict=True)]
    fleet = Fleet.of(boxes)
    verdict = np.full(together.a.size, Verdict.OPEN, dtype=np.int8)
    middle_ms = together.start_ms + (together.end_ms - together.start_ms) // 2
    start_ms, end_ms = together.start_ms.astype(np.float64), together.end_ms.astype(np.float64)

    def runs(which: IndexArray, side: int) -> _Runs:
        leg = fleet.leg_at(numbers[side][which], middle_ms[which])
        return _Runs.of(fleet, leg, start_ms[which], end_ms[which])

    for side, rows in ((0, together.b), (1, together.a)):
        which = np.flatnonzero(moves[side] & ~moves[1 - side])
        if which.size:
            verdict[which] = _past_still(runs(which, side), tables[1 - side], rows[which])
    which = np.flatnonzero(moves[0] & moves[1])
    if which.size:
        ours, theirs = runs(which, 0), runs(which, 1)
        legs = fleet.leg_at(numbers[1][which], middle_ms[which])
        verdict[which] = _past_moving(ours, theirs, fleet.corners(legs, (start_ms[which] + end_ms[which]) / 2.0))
    return verdict


def _past_still(runs: _Runs, table: Table, rows: IndexArray) -> NDArray[np.int8]:
    """What is known of boxes and shapes that stand still."""
    far_m = table.shapes.reach_m[rows] + runs.travel_m + 2.0 * runs.radius_m
    error_m = _error_m(runs) + 1.5 * runs.radius_m**2 * far_m / EARTH_RADIUS_M**2
    sweeps = _areas(_hexagons(runs, runs.finish - runs.begin), runs, error_m)
    return judged_sweeps((sweeps, table), (np.arange(rows.size), rows), ~table.shapes.is_area[rows])


def _past_moving(runs: _Runs, others: _Runs, corners: FloatArray) -> NDArray[np.int8]:
    """What is known of boxes and other boxes, whose corners in the middle of the time are given."""
    moved = others.finish - others.begin
    early, late = others.heart - others.begin, others.heart - others.finish
    seen = runs._replace(
        first=runs.first + early[:, None],
        last=runs.last + late[:, None],
        begin=runs.begin + early,
        finish=runs.finish + late,
    )
    span_m = runs.travel_m + others.travel_m + runs.radius_m + others.radius_m
    error_m = _error_m(runs) + _error_m(others) + plane_error_m(span_m)
    sweeps = _areas(_hexagons(seen, runs.finish - runs.begin - moved), seen, error_m)
    boxes = _areas(corners, others, np.zeros(span_m.size))
    every = np.arange(span_m.size)
    return judged_sweeps((sweeps, boxes), (every, every), np.ones(every.size, dtype=np.bool_))


def _error_m(runs: _Runs) -> FloatArray:
    """By how much the sides of what boxes sweep over may stray from strokes between corners."""
    length_m = runs.travel_m + 2.0 * runs.radius_m
    parallel_m = runs.radius_m * length_m**2 / (4.0 * EARTH_RADIUS_M**2)
    error_m: FloatArray = bend_m(length_m) + parallel_m + _MITRE_M
    return error_m


def _hexagons(runs: _Runs, moved: FloatArray) -> FloatArray:
    """Corners around all places of boxes that move straight, by how far they do, shape (n, 6, 3)."""
    forward = np.einsum("ij,ij->i", moved, runs.first[:, 1] - runs.first[:, 0])
    sideways = np.einsum("ij,ij->i", moved, runs.first[:, 3] - runs.first[:, 0])
    trailing = np.where(sideways >= 0.0, np.where(forward >= 0.0, 0, 1), np.where(forward >= 0.0, 3, 2))
    here = np.arange(trailing.size)
    order = ((runs.first, 0), (runs.first, 1), (runs.last, 1), (runs.last, 2), (runs.last, 3), (runs.first, 3))
    return np.stack([corners[here, (trailing + step) % 4] for corners, step in order], axis=1)


def _areas(rings: FloatArray, runs: _Runs, error_m: FloatArray) -> Table:
    """Areas around rings of corners of shape (n, k, 3), as shapes of a table that knows no heights and times."""
    count, size = rings.shape[:2]
    following = np.roll(rings, -1, axis=1)
    middle = rings.mean(axis=1)
    longest_m = norm((following - rings).reshape(-1, 3)).reshape(count, size).max(axis=1)
    reach_m = norm((rings - middle[:, None]).reshape(-1, 3)).reshape(count, size).max(axis=1)
    reach_m += bulge_m(longest_m) + error_m + 1.0
    known = np.maximum(runs.radius_m, runs.travel_m) <= _LARGEST_M
    edges = np.full(count, size, dtype=np.intp)
    nothing = np.zeros(count)
    shapes = Shapes(
        owner=np.arange(count),
        middle=middle,
        reach_m=reach_m,
        heart=runs.heart,
        inner_m=np.where(known, runs.room_m - error_m, 0.0),
        round_m=nothing,
        error_m=error_m,
        is_area=np.ones(count, dtype=np.bool_),
        is_circle=np.zeros(count, dtype=np.bool_),
        first=np.cumsum(edges) - edges,
        edges=np.where(known, edges, 0),
    )
    none = np.zeros(0, dtype=np.int64)
    return Table(
        shapes,
        rings.reshape(-1, 3),
        following.reshape(-1, 3),
        nothing,
        nothing,
        np.ones(count, dtype=np.bool_),
        none.astype(np.intp),
        none,
        none,
    )
