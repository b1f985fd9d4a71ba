"""Reservations as flat arrays: their shapes, heights and windows.

Everything is made in a few passes over all reservations, so that thousands of them cost some hundredths of a second.
What the arrays say of a shape is a little wrong, by a stated amount; nothing is decided from them that this amount
could change.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.domain import Circle, MovingBox
from waterspace.geometry.reservations.earthframe import ragged
from waterspace.geometry.reservations.flatruns import moving_boxes
from waterspace.geometry.reservations.flatshapes import Kind, Shapes, counts_of, still_shapes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.domain import Reservation
    from waterspace.geometry.geodesic import FloatArray
    from waterspace.geometry.separation import IndexArray

__all__ = ["Table"]


class Table(NamedTuple):
    """Reservations as arrays.

    Attributes:
        shapes: of all reservations, several for a moving box.
        starts: where the edges start, shape (edges, 3).
        ends: where they end.
        floor_m: of each reservation, shape (reservations,).
        ceiling_m: of each reservation.
        moves: whether the reservation is a moving box.
        row: shape of each claim on time; shape (claims,).
        start_ms: when the claim starts.
        end_ms: when it ends, after the start.
    """

    shapes: Shapes
    starts: FloatArray
    ends: FloatArray
    floor_m: FloatArray
    ceiling_m: FloatArray
    moves: NDArray[np.bool_]
    row: IndexArray
    start_ms: NDArray[np.int64]
    end_ms: NDArray[np.int64]

    @classmethod
    def of(cls, reservations: Sequence[Reservation]) -> Table:
        """The arrays of reservations."""
        footprints = [reservation.footprint for reservation in reservations]
        bands = [reservation.band for reservation in reservations]
        by_kind: dict[type, list[int]] = {}
        for number, footprint in enumerate(footprints):
            by_kind.setdefault(type(footprint), []).append(number)
        kinds: list[Kind] = []
        pieces_ms = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
        moves = np.zeros(len(footprints), dtype=np.bool_)
        still = 0
        for kind, numbers in by_kind.items():
            if kind is not MovingBox:
                chosen = [footprints[number] for number in numbers]
                kinds.append(still_shapes(kind, chosen, np.array(numbers, dtype=np.intp)))
                still += len(numbers)
        moving = by_kind.get(MovingBox, [])
        if moving:
            moves[moving] = True
            boxes = [box for box in map(footprints.__getitem__, moving) if isinstance(box, MovingBox)]
            made, *pieces = moving_boxes(boxes, np.array(moving, dtype=np.intp))
            kinds.append(made)
            pieces_ms = pieces[0], pieces[1]
        if not kinds:
            kinds.append(still_shapes(Circle, (), np.zeros(0, dtype=np.intp)))
        shapes = Shapes.joined([kind.shapes for kind in kinds])
        owner, start_ms, end_ms = _windows(reservations)
        row, start_ms, end_ms = _claims((shapes.owner, still, moves), (owner, start_ms, end_ms), pieces_ms)
        count = len(bands)
        return cls(
            shapes=shapes,
            starts=np.concatenate([kind.starts for kind in kinds]),
            ends=np.concatenate([kind.ends for kind in kinds]),
            floor_m=np.fromiter((band.floor_m for band in bands), dtype=np.float64, count=count),
            ceiling_m=np.fromiter((band.ceiling_m for band in bands), dtype=np.float64, count=count),
            moves=moves,
            row=row,
            start_ms=start_ms,
            end_ms=end_ms,
        )


def _windows(reservations: Sequence[Reservation]) -> tuple[IndexArray, NDArray[np.int64], NDArray[np.int64]]:
    """Windows of reservations that last, laid end to end: reservation, start and end."""
    lists = [reservation.windows for reservation in reservations]
    flat = list(itertools.chain.from_iterable(lists))
    start_ms = np.fromiter(map(attrgetter("start_ms"), flat), dtype=np.int64, count=len(flat))
    end_ms = np.fromiter(map(attrgetter("end_ms"), flat), dtype=np.int64, count=len(flat))
    owner = np.repeat(np.arange(len(lists)), counts_of(lists))
    lasts = start_ms < end_ms
    return (owner, start_ms, end_ms) if lasts.all() else (owner[lasts], start_ms[lasts], end_ms[lasts])


def _claims(
    rows: tuple[IndexArray, int, NDArray[np.bool_]],
    windows: tuple[IndexArray, NDArray[np.int64], NDArray[np.int64]],
    pieces_ms: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> tuple[IndexArray, NDArray[np.int64], NDArray[np.int64]]:
    """Which shape is claimed when: each still shape in all windows of its reservation, each piece while it lasts."""
    owner_of_row, still, moves = rows
    owner, start_ms, end_ms = windows
    row_of_owner = np.zeros(moves.size, dtype=np.intp)
    row_of_owner[owner_of_row[:still]] = np.arange(still)
    stays = ~moves[owner]
    if stays.all():
        return row_of_owner[owner], start_ms, end_ms
    first = np.searchsorted(owner, owner_of_row[still:], side="left")
    count = np.searchsorted(owner, owner_of_row[still:], side="right") - first
    piece, window = ragged(first, count)
    begin_ms = np.maximum(pieces_ms[0][piece], start_ms[window])
    finish_ms = np.minimum(pieces_ms[1][piece], end_ms[window])
    lasts = begin_ms < finish_ms
    return (
        np.concatenate((row_of_owner[owner[stays]], still + piece[lasts])),
        np.concatenate((start_ms[stays], begin_ms[lasts])),
        np.concatenate((end_ms[stays], finish_ms[lasts])),
    )
