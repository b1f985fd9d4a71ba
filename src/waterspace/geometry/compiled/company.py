"""A unit in the company of many others: whom it meets as it goes, asked anew whenever it turns.

The others' tracks are known beforehand, all but a few that change as they go. A question about one unit and some hours
costs microseconds, whatever the number of others, because only those that come near it are looked at.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.geometry.compiled.pieces import Pieces
from waterspace.geometry.geodesic import ellipsoid, inverse
from waterspace.quantity import HOUR_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from waterspace.domain import Leg, Window
    from waterspace.geometry.compiled.kernels.company import Finder

__all__ = ["MOST_STROKES", "Company", "Contact"]

MOST_STROKES = 64
"""So many legs of a unit are looked at in one question; a track that changes has room for as many."""

_PIECE_M = 100_000.0
"""Greatest length of a curve that strays from the geodesic by a millimetre at most, as in `pieces`."""

_SLICE_MS = HOUR_MS
_MARGIN_M = 10.0
_HALF_CIRCLE_DEG = 180.0
_COLUMNS = 9


class Contact(NamedTuple):
    """A time at which another is within a range of the unit.

    Attributes:
        other: number of the other's track.
        start_ms: the first millisecond within the range, or of the question.
        end_ms: the last one, or that of the question.
        cpa_ms: the millisecond of the closest approach between them.
        cpa_m: range along the surface then.
    """

    other: int
    start_ms: int
    end_ms: int
    cpa_ms: int
    cpa_m: float


class Company:
    """Many tracks among which a unit goes.

    Ranges and instants are as right as those of `fleet.Fleet`.
    """

    __slots__ = ("_changing", "_finder", "_number", "_pieces", "_strokes")

    def __init__(self, known: Pieces, changing: int = 0) -> None:
        """Lay tracks out.

        Args:
            known: the tracks that do not change; they are numbered as they are there.
            changing: so many others change; they have the numbers that follow, and are nowhere until they are put.
        """
        spare = (changing + 1) * MOST_STROKES
        tracks = int(known.first.size) - 1
        count = int(known.start_ms.size)
        room = count + np.arange(1, changing + 2, dtype=np.int64) * MOST_STROKES
        self._pieces = Pieces(
            np.concatenate((known.first, room)),
            np.concatenate((known.start_ms, np.full(spare, math.inf))),
            np.concatenate((known.end_ms, np.full(spare, math.inf))),
            np.concatenate((known.curve, np.zeros((spare, 4, 3)))),
        )
        self._finder = _finder(known, tracks + changing + 1)
        self._changing = changing
        self._number = 0
        self._strokes = np.empty((MOST_STROKES, _COLUMNS))

    def put(self, number: int, legs: Sequence[Leg], window: Window) -> int:
        """Say where a track that changes goes from now on.

        Args:
            number: of the track.
            legs: in order of time, without gaps.
            window: the time that counts.

        Returns:
            Up to when it is known: earlier than the end of the window where the legs end earlier, or are more than
            `MOST_STROKES`.
        """
        from waterspace.geometry.compiled.kernels.company import rewrite

        count = self._write(legs, window)
        rewrite(self._pieces, self._finder.out_ms, number, self._strokes[:count])
        return math.floor(self._strokes[count - 1, 1]) if count else window.start_ms

    def meetings(self, legs: Sequence[Leg], window: Window, range_m: float) -> tuple[int, tuple[Contact, ...]]:
        """Whom a unit meets.

        Args:
            legs: of the unit, in order of time, without gaps.
            window: the time that counts.
            range_m: along the surface, above 0.

        Returns:
            Up to when it was looked (earlier than the end of the window where the legs end earlier, or are more than
            `MOST_STROKES`), and every time at which another is within the range, in order of time and number.
        """
        from waterspace.geometry.compiled.kernels.company import found_with
        from waterspace.geometry.compiled.kernels.search import whole_ms

        count = self._write(legs, window)
        if not count:
            return window.end_ms, ()
        self._number += 1
        question = (self._number, float(range_m), count)
        rows = found_with(self._pieces, self._finder, question, self._strokes, self._changing)
        until_ms = math.floor(self._strokes[count - 1, 1])
        if not len(rows):
            return until_ms, ()
        times_ms, cpa_m = np.empty((len(rows), 3), dtype=np.int64), np.empty(len(rows))
        whole_ms(self._pieces, rows, times_ms, cpa_m)
        found = [
            Contact(int(other), times[0], times[1], times[2], near_m)
            for other, times, near_m in zip(rows[:, 0].tolist(), times_ms.tolist(), cpa_m.tolist(), strict=True)
        ]
        return until_ms, tuple(sorted(found, key=lambda contact: (contact.start_ms, contact.other)))

    def _write(self, legs: Sequence[Leg], window: Window) -> int:
        """Write down the strokes of legs within a window; how many they are."""
        count = 0
        for leg in legs:
            start_ms, end_ms = max(leg.start_ms, window.start_ms), min(leg.end_ms, window.end_ms)
            if start_ms >= end_ms:
                continue
            for stroke in _strokes(leg, start_ms, end_ms):
                if count == MOST_STROKES:
                    return count
                self._strokes[count] = stroke
                count += 1
        return count


def _strokes(leg: Leg, start_ms: int, end_ms: int) -> Iterator[tuple[float, ...]]:
    """A part of a leg as strokes of at most 100 km."""
    lat, lon = leg.start.lat_deg, leg.start.lon_deg
    if leg.is_wait:
        yield start_ms, end_ms, lat, lon, 0.0, lat, lon, 0.0, 0.0
        return
    whole_m, course = inverse(leg.start, leg.end)
    solver, lasts_ms = ellipsoid(), leg.end_ms - leg.start_ms
    parts = max(1, math.ceil(whole_m * (end_ms - start_ms) / lasts_ms / _PIECE_M))
    marks_ms = [start_ms + (end_ms - start_ms) * part / parts for part in range(parts + 1)]
    here: tuple[float, float, float] | None = None
    for number, time_ms in enumerate(marks_ms):
        run_m = whole_m * (time_ms - leg.start_ms) / lasts_ms
        there = (lat, lon, course)
        if run_m > 0.0:
            there_lon, there_lat, back = solver.fwd(lon, lat, course, run_m)
            there = (there_lat, there_lon, back + _HALF_CIRCLE_DEG)
        if here is not None:
            before_ms = marks_ms[number - 1]
            yield before_ms, time_ms, *here, *there, whole_m * (time_ms - before_ms) / lasts_ms
        here = there


def _finder(known: Pieces, tracks: int) -> Finder:
    """Balls around pieces, and which pieces are under way in each slice of time."""
    from waterspace.geometry.compiled.kernels.company import Finder

    count = known.start_ms.size
    curve = known.curve
    middle = curve[:, 0] + 0.5 * (curve[:, 1] + 0.5 * (curve[:, 2] + 0.5 * curve[:, 3]))
    half_m = np.sqrt(np.einsum("ij,ij->i", curve[:, 1], curve[:, 1])) / 2.0 + _MARGIN_M
    owner: NDArray[np.int64] = np.repeat(np.arange(known.first.size - 1, dtype=np.int64), np.diff(known.first))
    out_ms = np.tile(np.array([math.inf, -math.inf]), (tracks, 1))
    there = np.flatnonzero(np.diff(known.first))
    out_ms[there, 0] = known.start_ms[known.first[there]]
    out_ms[there, 1] = known.end_ms[known.first[there + 1] - 1]
    begin_ms = float(known.start_ms.min()) if count else 0.0
    first, members = _sliced(known, begin_ms)
    return Finder(
        np.column_stack((middle, half_m)).reshape(count, 4),
        owner,
        first,
        members,
        np.array([begin_ms, float(_SLICE_MS)]),
        out_ms,
        np.zeros(tracks, dtype=np.int64),
    )


def _sliced(known: Pieces, begin_ms: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the pieces of each slice of time begin in a list of them, and that list."""
    low, high = (np.floor((times - begin_ms) / _SLICE_MS).astype(np.int64) for times in (known.start_ms, known.end_ms))
    lasting = high - low + 1
    piece = np.repeat(np.arange(low.size, dtype=np.int64), lasting)
    slice_ = low[piece] + np.arange(piece.size) - np.repeat(np.cumsum(lasting) - lasting, lasting)
    order = np.argsort(slice_, kind="stable")
    counts = np.bincount(slice_, minlength=1)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int64), piece[order]
