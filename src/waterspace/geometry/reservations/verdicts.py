"""Which pairs of shapes surely overlap, and which surely do not, judged together on planes.

A pair is judged on a plane that touches the earth at the smaller shape. Seen from the centre of the earth, an edge is a
straight stroke there, and by how much the plane misleads is known; a pair that this could change stays open.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.geometry.plane import EARTH_RADIUS_M
from waterspace.geometry.reservations.earthframe import (
    Axes,
    local_axes,
    norm,
    on_plane,
    plane_error_m,
    ragged,
    to_surface,
)
from waterspace.geometry.shapes import TOUCH_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.geometry.geodesic import FloatArray
    from waterspace.geometry.reservations.flatshapes import Shapes
    from waterspace.geometry.reservations.table import Table
    from waterspace.geometry.separation import IndexArray

__all__ = ["Verdict", "judged", "judged_sweeps"]

_CHORD_ERROR = 1e-6
"""By how much a distance computed from a chord may be wrong, as a share of it: below 200 km."""

_CHORD_MAX_M = 200_000.0
"""Chords longer than this are not trusted."""

_ROUNDING_M = 0.05
"""Allowance for rounding, here and in the exact code."""

_PLANE_MAX_M = 1_000_000.0
"""Pairs that reach farther from where their plane touches stay open."""


class Verdict(IntEnum):
    """What is known of a pair of shapes."""

    APART = 0
    OVERLAP = 1
    OPEN = 2


class _Edges(NamedTuple):
    """Edges of one side of pairs on the planes of the pairs, laid end to end.

    Attributes:
        pair: which pair each edge belongs to, shape (edges,).
        first: index of the first edge of each pair, shape (pairs,).
        held: number of edges of each pair.
        x: where the edges start, metres.
        y: likewise.
        dx: where they end, from their start.
        dy: likewise.
    """

    pair: IndexArray
    first: IndexArray
    held: IndexArray
    x: FloatArray
    y: FloatArray
    dx: FloatArray
    dy: FloatArray


class _Duel(NamedTuple):
    """Every edge of one side of a pair against every edge of the other; arrays of shape (n,).

    Attributes:
        edge: index among the edges of the one side, never falling.
        other: index among the edges of the other side.
        cross: twice the signed area between the start of `edge` and `other`.
    """

    edge: IndexArray
    other: IndexArray
    cross: FloatArray


class _Sides(NamedTuple):
    """Pairs of shapes whose edges are compared.

    Attributes:
        one: edges of one side.
        other: edges of the other.
        is_area: whether the edges of the other side enclose an area, shape (pairs,).
        round_m: radius that belongs to both sides together.
        slack_m: by how much a distance may be wrong.
    """

    one: _Edges
    other: _Edges
    is_area: NDArray[np.bool_]
    round_m: FloatArray
    slack_m: FloatArray


def judged(one: Table, other: Table, a: IndexArray, b: IndexArray) -> NDArray[np.int8]:
    """What is known of pairs of shapes of two tables, as values of `Verdict`; overlap is by more than a touch.

    Args:
        one: table of the first shapes.
        other: table of the second; may be the same.
        a: first shapes, shape (n,).
        b: second shapes.
    """
    verdict = _judged((one, other), (a, b), np.ones(a.size, dtype=np.bool_))
    moving = one.moves[one.shapes.owner[a]] | other.moves[other.shapes.owner[b]]
    verdict[moving & (verdict == Verdict.OVERLAP)] = Verdict.OPEN
    return verdict


def judged_sweeps(
    tables: tuple[Table, Table], rows: tuple[IndexArray, IndexArray], tells: NDArray[np.bool_]
) -> NDArray[np.int8]:
    """What is known of areas that boxes sweep over and of the shapes that they pass, as values of `Verdict`.

    The exact code takes a strip off the shape, which may take off more than a strip of a sharp corner.

    Args:
        tables: of the areas swept over, and of the shapes.
        rows: of both, each of shape (n,).
        tells: whether a corner of the shape that lies deep in the area tells that they meet, shape (n,).
    """
    verdict = _judged(tables, rows, tells)
    todo = np.flatnonzero((verdict == Verdict.OPEN) & ~tells & (tables[0].shapes.edges[rows[0]] > 0))
    if todo.size:
        verdict[todo[_by_hearts(tables, (rows[0][todo], rows[1][todo]))]] = Verdict.OVERLAP
    return verdict


def _judged(
    tables: tuple[Table, Table], rows: tuple[IndexArray, IndexArray], tells: NDArray[np.bool_]
) -> NDArray[np.int8]:
    """What is known of pairs; a corner of the second tells of overlap only where it is said to."""
    (one, other), (a, b) = tables, rows
    left, right = one.shapes, other.shapes
    verdict = _by_discs((left, right), (a, b))
    reach_m = np.minimum(left.reach_m[a], right.reach_m[b]) + left.round_m[a] + right.round_m[b]
    known = (left.edges[a] > 0) & (right.edges[b] > 0) & (reach_m < _PLANE_MAX_M)
    todo = np.flatnonzero((verdict == Verdict.OPEN) & known)
    gap_m = np.full(todo.size, np.inf)
    for turned in (False, True):
        sides = _sides((other, one), (b[todo], a[todo])) if turned else _sides((one, other), (a[todo], b[todo]))
        overlap, near_m = _by_corners(sides)
        overlap &= tells[todo] | (not turned)
        verdict[todo[overlap]] = Verdict.OVERLAP
        gap_m = np.minimum(gap_m, near_m)[~overlap]
        todo = todo[~overlap]
    if todo.size:
        verdict[todo] = _by_crossings(_sides((one, other), (a[todo], b[todo])), gap_m)
    return verdict


def _by_hearts(tables: tuple[Table, Table], rows: tuple[IndexArray, IndexArray]) -> NDArray[np.bool_]:
    """Pairs in which the first shape, an area, comes well into the disc that is known inside the second."""
    (one, other), (a, b) = tables, rows
    base = to_surface(other.shapes.heart[b])
    each, none = np.arange(b.size), np.zeros(b.size)
    hearts = _Edges(each, each, np.ones(b.size, dtype=np.intp), none, none, none, none)
    near_m, inside = _from_edges(hearts, _edges(one, a, base, local_axes(base)))
    slack_m = plane_error_m(near_m) + one.shapes.error_m[a] + _ROUNDING_M
    within: NDArray[np.bool_] = np.where(inside, 0.0, near_m) < other.shapes.inner_m[b] - TOUCH_M - slack_m
    return within


def _by_discs(shapes: tuple[Shapes, Shapes], rows: tuple[IndexArray, IndexArray]) -> NDArray[np.int8]:
    """Overlap where discs inside the shapes overlap; for two circles, all that is to know."""
    (left, right), (a, b) = shapes, rows
    chord_m = norm(left.heart[a] - right.heart[b])
    apart_m = 2.0 * EARTH_RADIUS_M * np.arcsin(np.minimum(chord_m / (2.0 * EARTH_RADIUS_M), 1.0))
    slack_m = apart_m * _CHORD_ERROR + _ROUNDING_M
    inner_a, inner_b = left.inner_m[a], right.inner_m[b]
    discs = (inner_a > 2.0 * TOUCH_M) & (inner_b > 2.0 * TOUCH_M) & (chord_m < _CHORD_MAX_M)
    touch_m = inner_a + inner_b - TOUCH_M
    verdict = np.full(a.size, Verdict.OPEN, dtype=np.int8)
    verdict[discs & (apart_m < touch_m - slack_m)] = Verdict.OVERLAP
    circles = left.is_circle[a] & right.is_circle[b] & discs
    verdict[circles & (apart_m > touch_m + slack_m)] = Verdict.APART
    return verdict


def _sides(tables: tuple[Table, Table], rows: tuple[IndexArray, IndexArray]) -> _Sides:
    """Both sides of pairs on planes that touch the earth at the middle of the smaller shape."""
    (one, other), (a, b) = tables, rows
    left, right = one.shapes, other.shapes
    smaller = left.reach_m[a] <= right.reach_m[b]
    base = to_surface(np.where(smaller[:, None], left.middle[a], right.middle[b]))
    axes = local_axes(base)
    round_m = left.round_m[a] + right.round_m[b]
    reach_m = np.minimum(left.reach_m[a], right.reach_m[b]) + round_m
    return _Sides(
        _edges(one, a, base, axes),
        _edges(other, b, base, axes),
        right.is_area[b],
        round_m,
        plane_error_m(reach_m) + left.error_m[a] + right.error_m[b] + _ROUNDING_M,
    )


def _edges(table: Table, rows: IndexArray, base: FloatArray, axes: Axes) -> _Edges:
    """The edges of shapes, each shape on its own plane."""
    count = table.shapes.edges[rows]
    pair, index = ragged(table.shapes.first[rows], count)
    base, axes = base[pair], axes.take(pair)
    x, y = on_plane(table.starts[index], base, axes)
    end_x, end_y = on_plane(table.ends[index], base, axes)
    return _Edges(pair, np.cumsum(count) - count, count, x, y, end_x - x, end_y - y)


def _duel(one: _Edges, other: _Edges) -> _Duel:
    """Every edge of one side of each pair against every edge of the other."""
    edge, against = ragged(other.first[one.pair], other.held[one.pair])
    x, y = one.x[edge] - other.x[against], one.y[edge] - other.y[against]
    return _Duel(edge, against, other.dx[against] * y - other.dy[against] * x)


def _from_edges(points: _Edges, other: _Edges) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Distance of points from the edges of the other side, and whether these go around them; shape (points,)."""
    point, against = ragged(other.first[points.pair], other.held[points.pair])
    dx, dy = other.dx[against], other.dy[against]
    x, y = points.x[point] - other.x[against], points.y[point] - other.y[against]
    square = np.maximum(dx * dx + dy * dy, np.finfo(np.float64).tiny)
    share = np.clip((x * dx + y * dy) / square, 0.0, 1.0)
    runs = np.cumsum(other.held[points.pair]) - other.held[points.pair]
    near = np.minimum.reduceat((x - share * dx) ** 2 + (y - share * dy) ** 2, runs)
    passes = ((y < 0.0) != (y < dy)) & ((dx * y - dy * x) * dy > 0.0)
    inside = np.add.reduceat(passes, runs, dtype=np.intp) % 2 == 1
    return np.sqrt(near), inside


def _by_corners(sides: _Sides) -> tuple[NDArray[np.bool_], FloatArray]:
    """Pairs of which a corner of the one side shows that they overlap; and how near the corners come, at least."""
    if not sides.round_m.size:
        return np.zeros(0, dtype=np.bool_), np.zeros(0)
    near_m, inside = _from_edges(sides.one, sides.other)
    inside &= sides.is_area[sides.one.pair]
    first = sides.one.first
    deepest_m = np.maximum.reduceat(np.where(inside, near_m, 0.0), first)
    gap_m = np.where(deepest_m > 0.0, 0.0, np.minimum.reduceat(near_m, first))
    overlap = (deepest_m > TOUCH_M + sides.slack_m) | (gap_m < sides.round_m - TOUCH_M - sides.slack_m)
    return overlap, gap_m


def _by_crossings(sides: _Sides, gap_m: FloatArray) -> NDArray[np.int8]:
    """What the crossings of edges tell of pairs whose corners come as near as a gap, and leave the question open."""
    edge, against, cross = _duel(sides.one, sides.other)
    one, other = sides.one, sides.other
    turn = other.dx[against] * one.dy[edge] - other.dy[against] * one.dx[edge]
    away = one.dx[edge] * (other.y[against] - one.y[edge]) - one.dy[edge] * (other.x[against] - one.x[edge])
    crossing = (cross * (cross + turn) < 0.0) & (away * (away - turn) < 0.0)
    crossed = np.zeros(gap_m.size, dtype=np.bool_)
    crossed[one.pair[edge[crossing]]] = True
    gap_m = np.where(crossed, 0.0, gap_m)
    verdict = np.full(gap_m.size, Verdict.OPEN, dtype=np.int8)
    verdict[gap_m > sides.round_m + sides.slack_m] = Verdict.APART
    verdict[gap_m < sides.round_m - TOUCH_M - sides.slack_m] = Verdict.OVERLAP
    hits = np.flatnonzero(crossing)
    share = cross[hits] / (cross[hits] - (cross[hits] + turn[hits]))
    midway = _midway(one, edge[hits], share)
    if midway.pair.size:
        near_m, inside = _from_edges(midway, other)
        deep = inside & sides.is_area[midway.pair] & (near_m > TOUCH_M + sides.slack_m[midway.pair])
        verdict[midway.pair[deep]] = Verdict.OVERLAP
    return verdict


def _midway(edges: _Edges, edge: IndexArray, share: FloatArray) -> _Edges:
    """Points midway between neighbouring crossings of edges, as edges without length.

    Args:
        edges: of one side.
        edge: which of them is crossed, never falling, shape (crossings,).
        share: where, 0 at its start to 1 at its end.
    """
    order = np.lexsort((share, edge))
    edge, share = edge[order], share[order]
    same = np.flatnonzero(edge[1:] == edge[:-1])
    middle, edge = (share[same] + share[same + 1]) / 2.0, edge[same]
    none = np.zeros(edge.size)
    return _Edges(
        edges.pair[edge],
        np.arange(edge.size),
        np.ones(edge.size, dtype=np.intp),
        edges.x[edge] + middle * edges.dx[edge],
        edges.y[edge] + middle * edges.dy[edge],
        none,
        none,
    )
