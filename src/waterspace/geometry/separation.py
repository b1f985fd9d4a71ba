"""Bounds on the separation of two tracks over a span of time, for searches that must miss nothing.

The earth's surface bends away from a chord by a known amount, so the straight line between two tracks is known to
within an error that falls with the square of the span. Where the bounds on a span leave a question open, it is split.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from waterspace.geometry.arrays import distinct
from waterspace.geometry.geodesic import FloatArray, distances_m, ellipsoid
from waterspace.geometry.motion import Motion
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.domain import Leg

__all__ = ["Bounds", "Fleet", "IndexArray", "Spans"]

IndexArray: TypeAlias = "NDArray[np.intp]"
"""An array of indices."""

_SPLIT_PARTS = 4
"""Into how many parts a span is split: the error of each is a sixteenth."""

_CURVATURE_MARGIN = 1.001
"""Allowance for the torsion of geodesics, which lets a chord be a few parts in 100,000 longer than on a circle."""

_ROUNDING_M = 1e-6
"""Allowance for rounding of earth-centred coordinates, many times over."""

_HALF_ROUND_M = 20_040_000.0
"""More than the length of any shortest geodesic: half the equator, rounded up."""


class Spans(NamedTuple):
    """Spans of time in which both tracks of a pair run along one leg each; arrays of shape (n,).

    Attributes:
        pair: which pair of tracks.
        a: index of the leg of the first track, among the legs of the fleet.
        b: index of the leg of the second track.
        start_ms: as floats.
        end_ms: as floats, not before the start.
    """

    pair: IndexArray
    a: IndexArray
    b: IndexArray
    start_ms: FloatArray
    end_ms: FloatArray

    def take(self, keep: NDArray[np.bool_] | IndexArray) -> Spans:
        """Some of the spans."""
        return Spans(self.pair[keep], self.a[keep], self.b[keep], self.start_ms[keep], self.end_ms[keep])

    def split(self) -> Spans:
        """Each span as four of equal length, in order."""
        many = self.take(np.repeat(np.arange(self.pair.size), _SPLIT_PARTS))
        part_ms = (many.end_ms - many.start_ms) / _SPLIT_PARTS
        step = np.tile(np.arange(_SPLIT_PARTS), self.pair.size)
        start_ms = many.start_ms + part_ms * step
        end_ms = np.where(step == _SPLIT_PARTS - 1, many.end_ms, start_ms + part_ms)
        return many._replace(start_ms=start_ms, end_ms=end_ms)

    @classmethod
    def joined(cls, parts: Sequence[Spans]) -> Spans:
        """The spans of several, at least one, in order."""
        return cls(
            np.concatenate([part.pair for part in parts]),
            np.concatenate([part.a for part in parts]),
            np.concatenate([part.b for part in parts]),
            np.concatenate([part.start_ms for part in parts]),
            np.concatenate([part.end_ms for part in parts]),
        )


class Bounds(NamedTuple):
    """What is known of the separation over each span; arrays of shape (n,).

    Attributes:
        lower_m: it never falls below.
        upper_m: at `time_ms` it is at most this.
        time_ms: the least separation is about here.
        error_m: by how much the straight line between the tracks may be wrong.
        start_upper_m: at the start of the span the separation is at most this.
    """

    lower_m: FloatArray
    upper_m: FloatArray
    time_ms: FloatArray
    error_m: FloatArray
    start_upper_m: FloatArray


class Fleet:
    """The legs of several tracks as arrays, asked two tracks at a time.

    Attributes:
        legs: of all tracks, one after the other.
        first: index of the first leg of each track, and at the end the number of all legs.
    """

    __slots__ = ("_chords", "_motion", "first", "legs")

    def __init__(self, tracks: Iterable[Sequence[Leg]]) -> None:
        """Take tracks of at least one leg each, in order of time."""
        self.legs: list[Leg] = []
        self.first = [0]
        for track in tracks:
            self.legs.extend(track)
            self.first.append(len(self.legs))
        self._motion = Motion(self.legs)
        motion = self._motion
        every = np.arange(len(self.legs))
        self._chords = tuple(_space(*motion.on_leg(every, times)) for times in (motion.start_ms, motion.end_ms))

    def spans(self, pair: int, first: int, second: int) -> Spans | None:
        """The spans in which two tracks are both out, in order; None where there is no such time.

        Args:
            pair: number to give the pair.
            first: number of a track.
            second: number of another.
        """
        motion = self._motion
        slices = [slice(self.first[track], self.first[track + 1]) for track in (first, second)]
        start_ms = max(motion.start_ms[legs.start] for legs in slices)
        end_ms = min(motion.end_ms[legs.stop - 1] for legs in slices)
        if start_ms > end_ms:
            return None
        ends = [times[legs] for legs in slices for times in (motion.start_ms, motion.end_ms)]
        cuts = distinct(np.clip(np.concatenate(ends), start_ms, end_ms))
        begin, finish = (cuts[:-1], cuts[1:]) if cuts.size > 1 else (cuts, cuts)
        middle = (begin + finish) / 2.0
        under_way = [
            np.maximum(np.searchsorted(motion.start_ms[legs], middle, side="right") - 1, 0) + legs.start
            for legs in slices
        ]
        return Spans(np.full(begin.size, pair), under_way[0], under_way[1], begin, finish)

    def rough_bounds(self, spans: Spans) -> Bounds:
        """Bounds from the chords of whole legs: cheap, and wide for long legs."""
        length = self._motion.length
        error_m = (length[spans.a] ** 2 + length[spans.b] ** 2) / (8.0 * _least_radius_m())
        gaps = [
            self._on_chord(spans.b, times) - self._on_chord(spans.a, times) for times in (spans.start_ms, spans.end_ms)
        ]
        return _bounds(spans, gaps[0], gaps[1], error_m)

    def bounds(self, spans: Spans) -> Bounds:
        """Bounds from the chords of the spans."""
        motion = self._motion
        duration_s = (spans.end_ms - spans.start_ms) / SECOND_MS
        square = motion.speed[spans.a] ** 2 + motion.speed[spans.b] ** 2
        error_m = duration_s**2 * square / (8.0 * _least_radius_m())
        gaps = [
            _space(*motion.on_leg(spans.b, times)) - _space(*motion.on_leg(spans.a, times))
            for times in (spans.start_ms, spans.end_ms)
        ]
        return _bounds(spans, gaps[0], gaps[1], error_m)

    def ranges_m(self, spans: Spans, times_ms: FloatArray) -> FloatArray:
        """Separation along the surface at one time in each span."""
        return distances_m(*self._motion.on_leg(spans.a, times_ms), *self._motion.on_leg(spans.b, times_ms))

    def _on_chord(self, leg: IndexArray, times_ms: FloatArray) -> FloatArray:
        """Where the straight lines between the ends of legs are at given times, shape (n, 3)."""
        motion = self._motion
        duration_ms = motion.end_ms[leg] - motion.start_ms[leg]
        fraction = np.ones_like(times_ms)
        np.divide(times_ms - motion.start_ms[leg], duration_ms, out=fraction, where=duration_ms > 0.0)
        start, end = (chords[leg] for chords in self._chords)
        return start + (end - start) * np.clip(fraction, 0.0, 1.0)[:, None]


def _bounds(spans: Spans, start_gap: FloatArray, end_gap: FloatArray, error_m: FloatArray) -> Bounds:
    """Bounds from the straight lines between two tracks at both ends of each span, shape (n, 3)."""
    change = end_gap - start_gap
    square = np.einsum("ij,ij->i", change, change)
    fraction = np.zeros_like(square)
    np.divide(-np.einsum("ij,ij->i", start_gap, change), square, out=fraction, where=square > 0.0)
    fraction = np.clip(fraction, 0.0, 1.0)
    nearest = start_gap + change * fraction[:, None]
    chord = np.sqrt(np.einsum("ij,ij->i", nearest, nearest))
    margin_m = error_m + _ROUNDING_M
    start_chord = np.sqrt(np.einsum("ij,ij->i", start_gap, start_gap))
    return Bounds(
        lower_m=_least_arc_m(np.maximum(chord - margin_m, 0.0)),
        upper_m=_greatest_arc_m(chord + margin_m),
        time_ms=spans.start_ms + (spans.end_ms - spans.start_ms) * fraction,
        error_m=error_m,
        start_upper_m=_greatest_arc_m(start_chord + margin_m),
    )


def _space(lat: FloatArray, lon: FloatArray) -> FloatArray:
    """Earth-centred coordinates in metres, shape (n, 3)."""
    earth = ellipsoid()
    phi, lam = np.radians(lat), np.radians(lon)
    across = earth.a / np.sqrt(1.0 - earth.es * np.sin(phi) ** 2)
    return np.stack(
        (
            across * np.cos(phi) * np.cos(lam),
            across * np.cos(phi) * np.sin(lam),
            across * (1.0 - earth.es) * np.sin(phi),
        ),
        axis=-1,
    )


def _least_radius_m() -> float:
    """Least radius of curvature of a geodesic: along the meridian at the equator."""
    return float(ellipsoid().b ** 2 / ellipsoid().a)


def _greatest_arc_m(chord_m: FloatArray) -> FloatArray:
    """Greatest length of a geodesic over a chord: a curve that bends no more than a circle is no longer than its arc.

    Source: Schwarz's theorem on arcs of bounded curvature.
    """
    radius_m = _least_radius_m()
    sine = chord_m / (2.0 * radius_m)
    arc_m = 2.0 * radius_m * np.arcsin(np.minimum(sine, 1.0))
    return np.where(sine < 0.98, arc_m, _HALF_ROUND_M)


def _least_arc_m(chord_m: FloatArray) -> FloatArray:
    """Least length of a geodesic over a chord: one that bends as little as any does, at the poles."""
    radius_m = float(ellipsoid().a ** 2 / ellipsoid().b) * _CURVATURE_MARGIN
    return 2.0 * radius_m * np.arcsin(chord_m / (2.0 * radius_m))
