"""The tracks of many vessels as arrays of timed points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.domain import Leg, Track
from waterspace.geometry.compiled.pieces import Runs
from waterspace.geometry.geodesic import destinations, inverses, positions_from
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.geometry.arrays import FloatArray

__all__ = ["Points", "Segments", "Traffic", "Vessel", "joined", "within_span"]


class Vessel(NamedTuple):
    """One vessel of the background.

    Attributes:
        id: such as `MERCHANT-00012`.
        kind: such as `bulk carrier` or `trawler`.
        length_m: of its hull.
        speed_mps: on passage; of a fishing vessel while it tows.
        origin: code of the port or gate that it comes from; name of the ground of a fishing vessel.
        destination: code of the port or gate that it goes to; home port of a fishing vessel, empty for none.
    """

    id: str
    kind: str
    length_m: float
    speed_mps: float
    origin: str
    destination: str


class Points(NamedTuple):
    """Timed points of vessels, one vessel after the other.

    Attributes:
        first: place of the first point of each vessel, and at the end how many points there are; shape (vessels + 1,).
        time_ms: milliseconds since 1970, rising within a vessel, shape (points,).
        lat: degrees.
        lon: degrees.
    """

    first: NDArray[np.int64]
    time_ms: NDArray[np.int64]
    lat: FloatArray
    lon: FloatArray


class Segments(NamedTuple):
    """The legs of all vessels laid end to end; arrays of shape (legs,).

    Attributes:
        vessel: number of the vessel, never falling.
        start_ms: when each leg starts, rising within a vessel.
        end_ms: when it ends.
        lat: latitude of its start, degrees.
        lon: longitude of its start, degrees.
        course: at its start, degrees; 0 for a wait.
        length_m: of the geodesic.
        speed_mps: on it; 0 for a wait.
    """

    vessel: NDArray[np.int64]
    start_ms: NDArray[np.int64]
    end_ms: NDArray[np.int64]
    lat: FloatArray
    lon: FloatArray
    course: FloatArray
    length_m: FloatArray
    speed_mps: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Traffic:
    """Vessels of the background and where they are; each is there from its first point to its last.

    Attributes:
        vessels: in order of their ids' making.
        points: of all of them; at least two each, joined by geodesics at constant speed.
        notes: what a reader should know of how they were made.
    """

    vessels: tuple[Vessel, ...]
    points: Points
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        """How many vessels there are."""
        return len(self.vessels)

    @property
    def size_bytes(self) -> int:
        """Memory that the points take."""
        return sum(array.nbytes for array in self.points)

    def legs(self, number: int) -> tuple[Leg, ...]:
        """The legs of a vessel."""
        first, last = self.points.first[number : number + 2].tolist()
        times_ms = self.points.time_ms[first:last].tolist()
        places = positions_from(self.points.lat[first:last], self.points.lon[first:last])
        return tuple(
            Leg(start_ms=times_ms[k], end_ms=times_ms[k + 1], start=places[k], end=places[k + 1])
            for k in range(len(places) - 1)
        )

    def tracks(self) -> Iterator[Track]:
        """The track of each vessel, made when it is asked for."""
        for number, vessel in enumerate(self.vessels):
            yield Track(unit=vessel.id, legs=self.legs(number))

    def segments(self) -> Segments:
        """Every leg of every vessel, as arrays for kernels."""
        points, start = self.points, _starts(self.points)
        length_m, course = inverses(points.lat[start], points.lon[start], points.lat[start + 1], points.lon[start + 1])
        start_ms, end_ms = points.time_ms[start], points.time_ms[start + 1]
        return Segments(
            vessel=np.repeat(np.arange(len(self)), np.diff(points.first) - 1),
            start_ms=start_ms,
            end_ms=end_ms,
            lat=points.lat[start],
            lon=points.lon[start],
            course=course,
            length_m=length_m,
            speed_mps=length_m * SECOND_MS / (end_ms - start_ms),
        )

    def runs(self) -> Runs:
        """Every leg of every vessel, as arrays of which curves are made."""
        points, start = self.points, _starts(self.points)
        times_ms = points.time_ms.astype(np.float64)
        return Runs(
            np.repeat(np.arange(len(self)), np.diff(points.first) - 1),
            times_ms[start],
            times_ms[start + 1],
            points.lat[start],
            points.lon[start],
            points.lat[start + 1],
            points.lon[start + 1],
        )

    def at(self, time_ms: int) -> tuple[NDArray[np.int64], FloatArray, FloatArray]:
        """The vessels that are there at a time: their numbers, latitudes and longitudes in degrees, shape (n,) each."""
        points = self.points
        there = (points.time_ms[points.first[:-1]] <= time_ms) & (points.time_ms[points.first[1:] - 1] >= time_ms)
        vessel = np.flatnonzero(there)
        if not vessel.size:
            return vessel, np.empty(0), np.empty(0)
        owner = np.repeat(np.arange(len(self)), np.diff(points.first))
        passed = np.bincount(owner[points.time_ms <= time_ms], minlength=len(self))[vessel]
        here = np.minimum(points.first[vessel] + passed - 1, points.first[vessel + 1] - 2)
        length_m, course = inverses(points.lat[here], points.lon[here], points.lat[here + 1], points.lon[here + 1])
        part = (time_ms - points.time_ms[here]) / (points.time_ms[here + 1] - points.time_ms[here])
        return vessel, *destinations(points.lat[here], points.lon[here], course, length_m * part)


def joined(parts: Sequence[Traffic]) -> Traffic:
    """Several traffics as one, in order."""
    shifts = np.cumsum([0, *(part.points.time_ms.size for part in parts)])
    firsts = [part.points.first[:-1] + shift for part, shift in zip(parts, shifts[:-1].tolist(), strict=True)]
    points = Points(
        np.concatenate([*firsts, shifts[-1:]]),
        *(
            np.concatenate([np.empty(0, dtype=kind), *(part.points[field] for part in parts)])
            for field, kind in ((1, np.int64), (2, np.float64), (3, np.float64))
        ),
    )
    return Traffic(
        vessels=tuple(vessel for part in parts for vessel in part.vessels),
        points=points,
        notes=tuple(note for part in parts for note in part.notes),
    )


def within_span(
    times_ms: NDArray[np.int64], lat: FloatArray, lon: FloatArray, span_ms: tuple[int, int]
) -> tuple[NDArray[np.intp], Points]:
    """The parts of tracks within a span, cut where it starts and ends.

    Args:
        times_ms: of the points of vessels, never falling in a row, shape (vessels, points).
        lat: degrees, of the same shape.
        lon: degrees, of the same shape.
        span_ms: start and end.

    Returns:
        The rows of which something is left, rising, and their points. Points in between that take no time are left out.
    """
    begin, end = times_ms[:, :-1], times_ms[:, 1:]
    row, column = np.nonzero((end > span_ms[0]) & (begin < span_ms[1]) & (end > begin))
    rows, counts = _runs(row)
    from_ms, to_ms = begin[row, column], end[row, column]
    ends = (lat[row, column], lon[row, column]), (lat[row, column + 1], lon[row, column + 1])
    early, late = np.flatnonzero(from_ms < span_ms[0]), np.flatnonzero(to_ms > span_ms[1])
    cut_from = _along(ends, early, (span_ms[0] - from_ms[early]) / (to_ms[early] - from_ms[early]))
    cut_to = _along(ends, late, (span_ms[1] - from_ms[late]) / (to_ms[late] - from_ms[late]))
    for (own, other), cut, which in ((ends[0], cut_from, early), (ends[1], cut_to, late)):
        own[which], other[which] = cut
    from_ms, to_ms = np.maximum(from_ms, span_ms[0]), np.minimum(to_ms, span_ms[1])
    first = np.concatenate(([0], np.cumsum(counts + 1))).astype(np.int64)
    start = _starts_of(first)
    last = first[1:] - 1
    final = np.cumsum(counts) - 1
    whole_ms = np.empty(int(first[-1]), dtype=np.int64)
    whole_ms[start], whole_ms[last] = from_ms, to_ms[final]
    places = np.empty((2, int(first[-1])))
    for axis in (0, 1):
        places[axis, start], places[axis, last] = ends[0][axis], ends[1][axis][final]
    return rows, Points(first, whole_ms, places[0], places[1])


def _along(
    ends: tuple[tuple[FloatArray, FloatArray], tuple[FloatArray, FloatArray]], which: NDArray[np.intp], part: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Places at a part of the way along some of many legs."""
    (lat1, lon1), (lat2, lon2) = ends
    length_m, course = inverses(lat1[which], lon1[which], lat2[which], lon2[which])
    return destinations(lat1[which], lon1[which], course, length_m * part)


def _runs(values: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The values of an array that never falls, each once, and how often each stands in it."""
    new = np.flatnonzero(np.append(True, values[1:] != values[:-1])) if values.size else np.empty(0, dtype=np.intp)
    return values[new], np.diff(np.append(new, values.size))


def _starts(points: Points) -> NDArray[np.int64]:
    """Every point from which a leg leads on."""
    return _starts_of(points.first)


def _starts_of(first: NDArray[np.int64]) -> NDArray[np.int64]:
    leads_on = np.ones(int(first[-1]), dtype=np.bool_)
    leads_on[first[1:] - 1] = False
    return np.flatnonzero(leads_on)
