"""Moving boxes as flat arrays: the pieces of their runs, and when each is run."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from waterspace.geometry.plane import EARTH_RADIUS_M
from waterspace.geometry.reservations.earthframe import norm, points_of, ragged
from waterspace.geometry.reservations.flatshapes import Kind, blank, bulge_m, counts_of, numbers_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.domain import MovingBox
    from waterspace.geometry.separation import IndexArray

__all__ = ["moving_boxes"]

_PIECE_M = 20_000.0
"""About how far a moving box runs in one piece."""


def moving_boxes(boxes: Sequence[MovingBox], owner: IndexArray) -> tuple[Kind, NDArray[np.int64], NDArray[np.int64]]:
    """Moving boxes: rectangles that hold what they sweep over in pieces of their run, and the times of the pieces."""
    legs = [box.legs for box in boxes]
    count = counts_of(legs)
    flat = list(itertools.chain.from_iterable(legs))
    start, end = points_of([leg.start for leg in flat]), points_of([leg.end for leg in flat])
    begin_ms, finish_ms = numbers_of("start_ms", flat), numbers_of("end_ms", flat)
    box_of_leg = np.repeat(np.arange(count.size), count)
    # between legs with a pause between them, a box stays where it is
    pause = np.flatnonzero((box_of_leg[1:] == box_of_leg[:-1]) & (finish_ms[:-1] < begin_ms[1:]))
    if pause.size:
        start, end = np.concatenate((start, end[pause])), np.concatenate((end, end[pause]))
        begin_ms, finish_ms = np.append(begin_ms, finish_ms[pause]), np.append(finish_ms, begin_ms[pause + 1])
        box_of_leg = np.append(box_of_leg, box_of_leg[pause])
    length_m = norm(end - start)
    parts = np.maximum(np.ceil(length_m / _PIECE_M), 1.0).astype(np.intp)
    leg, place = ragged(np.zeros(parts.size, dtype=np.intp), parts)
    low, high = place / parts[leg], (place + 1) / parts[leg]
    step = end - start
    here, there = start[leg] + step[leg] * low[:, None], start[leg] + step[leg] * high[:, None]
    part_ms = (finish_ms - begin_ms)[leg]
    start_ms = np.floor(begin_ms[leg] + part_ms * low).astype(np.int64)
    end_ms = np.ceil(begin_ms[leg] + part_ms * high).astype(np.int64)
    box = box_of_leg[leg]
    ahead_m, astern_m = numbers_of("ahead_m", boxes)[box], numbers_of("astern_m", boxes)[box]
    abeam_m = numbers_of("abeam_m", boxes)[box]
    radius_m = np.hypot(np.maximum(ahead_m, astern_m), abeam_m)
    middle = (here + there) / 2.0
    long_m = np.maximum(length_m[leg], _PIECE_M)
    slack_m = bulge_m(long_m) + long_m * (long_m / EARTH_RADIUS_M) ** 2
    reach_m = norm(there - here) / 2.0 + radius_m + slack_m
    shapes = blank(owner[box], middle, reach_m).shapes
    # a wait keeps the course it came with, which is not known here: a disc holds the box
    count = np.full(box.size, 2, dtype=np.intp)
    shapes = shapes._replace(round_m=radius_m, error_m=slack_m, edges=count, first=np.cumsum(count) - count)
    corners = np.stack((here, there), axis=1).reshape(-1, 3)
    return Kind(shapes, corners, np.repeat(there, 2, axis=0)), start_ms, end_ms
