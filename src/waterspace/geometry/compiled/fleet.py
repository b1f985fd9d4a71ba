"""Tracks of many units, asked together: where they are, who meets whom, who is inside a footprint."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.domain import Joined, Without
from waterspace.errors import GeometryError
from waterspace.geometry.compiled.pieces import Pieces, pieces_of
from waterspace.quantity import MINUTE_MS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from waterspace.domain import Footprint, Leg
    from waterspace.geometry.arrays import FloatArray

__all__ = ["Fleet", "Meetings", "Visits"]

_LEAST_RANGE_M = 0.1
"""A range of 0 is met by units that come this close."""

_LEAST_SLICE_MS, _LEAST_CELL_M = MINUTE_MS, NAUTICAL_MILE_M
"""Slices and cells of the search are not made smaller than these, which changes nothing but its speed."""


class Meetings(NamedTuple):
    """Times at which two tracks are within a range; arrays of shape (n,), in order of tracks and of time.

    Attributes:
        first: number of the track that comes first in the fleet.
        second: number of the other.
        start_ms: the first millisecond within the range.
        end_ms: the last one.
        cpa_ms: the millisecond of the closest approach in that time.
        cpa_m: range along the surface then.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    start_ms: NDArray[np.int64]
    end_ms: NDArray[np.int64]
    cpa_ms: NDArray[np.int64]
    cpa_m: FloatArray


class Visits(NamedTuple):
    """Times at which tracks are inside a footprint; arrays of shape (n,), in order of tracks and of time.

    Attributes:
        track: number of the track.
        start_ms: the first millisecond inside.
        end_ms: the last one.
    """

    track: NDArray[np.int64]
    start_ms: NDArray[np.int64]
    end_ms: NDArray[np.int64]


class Fleet:
    """Tracks of many units.

    Positions are right to 1 cm against the library's geodesics, legs of any length. Ranges are along the surface,
    whatever the heights, and right to 2 mm at 500 km, 12 mm at 1,000 km and 1.6 m at 5,000 km. Instants are right to
    10 ms, or to an instant at which the range, or the distance from an edge, is within a metre of what was asked for.
    Nothing that lasts is missed; what only grazes, by less than a metre, may be found or not.

    Attributes:
        pieces: the curves of all tracks.
    """

    __slots__ = ("pieces",)

    def __init__(self, pieces: Pieces) -> None:
        """Take curves; `of` makes them of legs."""
        self.pieces = pieces

    @classmethod
    def of(cls, tracks: Sequence[Sequence[Leg]]) -> Fleet:
        """The fleet of some tracks, which go by their number from now on.

        Args:
            tracks: legs of each in order of time; between legs with a gap of time a unit waits. A track without legs
                is nowhere and meets nobody.

        Raises:
            GeometryError: legs of a track overlap in time.
        """
        return cls(pieces_of(tracks))

    def __len__(self) -> int:
        """How many tracks there are."""
        return int(self.pieces.first.size) - 1

    def positions(self, time_ms: int) -> tuple[FloatArray, FloatArray]:
        """Where every unit is at a time; before its track begins and after it ends, where that begins and ends.

        Returns:
            Latitudes and longitudes in degrees, each of shape (tracks,); NaN for a track without legs.
        """
        from waterspace.geometry.compiled.kernels.curves import places_at

        lat, lon = np.full(len(self), np.nan), np.full(len(self), np.nan)
        places_at(self.pieces, float(time_ms), lat, lon)
        return lat, lon

    def meetings(self, range_m: float, start_ms: int, end_ms: int) -> Meetings:
        """Every time at which two tracks are within a range of each other while both are out.

        Args:
            range_m: along the surface, 0 or more; a range of 0 is met by units that come within a decimetre.
            start_ms: first millisecond that counts.
            end_ms: last millisecond that counts; none counts where it comes before the first.

        Raises:
            GeometryError: the range is negative or no number.
        """
        from waterspace.geometry.compiled.kernels.contacts import joined
        from waterspace.geometry.compiled.kernels.search import found_meetings, whole_ms

        range_m = _admitted(range_m)
        rows: FloatArray = np.empty((0, 6))
        if self.pieces.start_ms.size:
            span = max(float(start_ms), self.pieces.start_ms.min()), min(float(end_ms), self.pieces.end_ms.max())
            if span[0] <= span[1]:
                slice_ms, cell_m = self._grain(range_m)
                rows = found_meetings(self.pieces, span, range_m, slice_ms, cell_m)
        rows = rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]
        rows = rows[: joined(rows)]
        times_ms, cpa_m = np.empty((len(rows), 3), dtype=np.int64), np.empty(len(rows))
        whole_ms(self.pieces, rows, times_ms, cpa_m)
        first, second = rows[:, 0].astype(np.int64), rows[:, 1].astype(np.int64)
        return Meetings(first, second, times_ms[:, 0], times_ms[:, 1], times_ms[:, 2], cpa_m)

    def visits(self, footprint: Footprint, start_ms: int, end_ms: int) -> Visits:
        """Every time at which a track is inside a footprint.

        A moving box is where it is at the time, and nowhere before its legs begin and after they end. The sides of a
        sector are right to 1 m up to 500 km from its centre.

        Args:
            footprint: of any kind.
            start_ms: first millisecond that counts.
            end_ms: last millisecond that counts.

        Raises:
            GeometryError: a polygon whose sides cross.
        """
        rows = self._stays(footprint, (float(start_ms), float(end_ms)))
        start, end = np.ceil(rows[:, 1]).astype(np.int64), np.floor(rows[:, 2]).astype(np.int64)
        inside = start <= end
        return Visits(rows[inside, 0].astype(np.int64), start[inside], end[inside])

    def _stays(self, footprint: Footprint, span_ms: tuple[float, float]) -> FloatArray:
        """Rows of track, first and last instant inside a footprint, shape (n, 3), in order."""
        from waterspace.geometry.compiled.edges import edges_of
        from waterspace.geometry.compiled.kernels.crossings import found_visits

        if isinstance(footprint, Joined):
            return _united([self._stays(part, span_ms) for part in footprint.parts])
        if isinstance(footprint, Without):
            holes = _united([self._stays(hole, span_ms) for hole in footprint.holes])
            return _less(self._stays(footprint.base, span_ms), holes)
        edges, box = edges_of(footprint)
        rows: FloatArray = found_visits(self.pieces, edges, box, span_ms)
        return rows

    def _grain(self, range_m: float) -> tuple[float, float]:
        """Length of the slices of time (ms) and of the edges of cells (m) for a search; any find the same.

        A unit should run about as far in a slice as the next one is away, or the range if that is more.
        """
        pieces = self.pieces
        lasts_ms = pieces.end_ms - pieces.start_ms
        run_m = np.sqrt(np.einsum("ij,ij->i", pieces.curve[:, 1], pieces.curve[:, 1]))
        under_way = run_m > 0.0
        here = pieces.curve[:, 0]
        extent_m = np.sort(here.max(axis=0) - here.min(axis=0))
        spacing_m = math.sqrt(float(extent_m[2] * max(extent_m[1], extent_m[2] / 10.0)) / max(len(self), 1))
        reach_m = max(range_m, spacing_m, _LEAST_CELL_M)
        if not under_way.any():
            return float(pieces.end_ms.max() - pieces.start_ms.min()) + _LEAST_SLICE_MS, range_m + reach_m
        usual_m_per_ms = float(run_m[under_way].sum() / lasts_ms[under_way].sum())
        slice_ms = max(1.5 * reach_m / usual_m_per_ms, float(_LEAST_SLICE_MS))
        return slice_ms, range_m + usual_m_per_ms * slice_ms


def _admitted(range_m: float) -> float:
    """A range that can be computed with."""
    if not (math.isfinite(range_m) and range_m >= 0.0):
        raise GeometryError(f"range_m is {range_m}, expected metres from 0 up")
    return max(float(range_m), _LEAST_RANGE_M)


def _united(parts: Sequence[FloatArray]) -> FloatArray:
    """Stays in any of several places."""
    rows = np.concatenate(parts)
    rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
    kept: list[FloatArray] = []
    for row in rows:
        if kept and kept[-1][0] == row[0] and row[1] <= kept[-1][2]:
            kept[-1][2] = max(kept[-1][2], row[2])
        else:
            kept.append(row.copy())
    return np.array(kept).reshape(-1, 3)


def _less(base: FloatArray, holes: FloatArray) -> FloatArray:
    """Stays in one place less those in others; both in order."""
    kept: list[tuple[float, float, float]] = []
    for track, start_ms, end_ms in base.tolist():
        since_ms = start_ms
        for _, from_ms, to_ms in holes[holes[:, 0] == track].tolist():
            if to_ms <= since_ms or from_ms >= end_ms:
                continue
            if from_ms > since_ms:
                kept.append((track, since_ms, from_ms))
            since_ms = to_ms
        if since_ms < end_ms:
            kept.append((track, since_ms, end_ms))
    return np.array(kept).reshape(-1, 3)
