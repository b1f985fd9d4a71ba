"""When a moving box first overlaps something, for how long, and where."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from waterspace.domain import Position, Window
from waterspace.geometry.arrays import distinct
from waterspace.geometry.geodesic import FloatArray, distances_m
from waterspace.geometry.slices import Pieces, Side
from waterspace.quantity import MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.geometry.boxes import BoxMotion

__all__ = ["Encounter", "Meeting"]

_PIECE_M = 50_000.0
"""Farthest that either side moves in one piece, so that a plane is nearly true along it."""

_LEAF_MS = SECOND_MS
"""The first instant is known to this."""

_PARTED_MS = MINUTE_MS
"""Sides that part for less than this are not seen to part."""

_SPLIT_PARTS = 8
"""Into how many parts a piece is split to find where in it they meet."""

_SAMPLES = 256
"""About how many instants are looked at together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The first time that two footprints overlap.

    Attributes:
        window: from the first instant, right to a second, until they part for a minute or more.
        position: where they first overlap.
    """

    window: Window
    position: Position


class Encounter:
    """A moving box, and another box or a footprint that stands still."""

    __slots__ = ("_box", "_side", "_taking_part")

    def __init__(self, box: BoxMotion, side: Side, taking_part: NDArray[np.bool_] | None = None) -> None:
        """Prepare to ask for meetings.

        Args:
            box: a box of no size stands for a unit.
            side: what it may meet.
            taking_part: which legs of the box count, shape (legs,); None for all.
        """
        self._box, self._side, self._taking_part = box, side, taking_part

    def first(self, window: Window) -> Meeting | None:
        """The first meeting in a window; None where there is none."""
        pieces = self._close(self._pieces(float(window.start_ms), float(window.end_ms)))
        for number in np.flatnonzero(self._overlapping(pieces)).tolist():
            leaf = self._first_leaf(pieces, number)
            if leaf is not None:
                start_ms, end_ms = float(leaf.start_ms[0]), float(leaf.end_ms[0])
                parted_ms = self._parted_ms(pieces.take(np.arange(number, pieces.a.size)), end_ms)
                position = self._side.slices(self._box, leaf).position(0)
                return Meeting(
                    window=Window(start_ms=math.floor(start_ms), end_ms=math.ceil(parted_ms)), position=position
                )
        return None

    def _overlapping(self, pieces: Pieces) -> NDArray[np.bool_]:
        """In which pieces the two overlap."""
        if not pieces.a.size:
            return np.zeros(0, dtype=np.bool_)
        return self._side.slices(self._box, pieces).overlapping()

    def _pieces(self, start_ms: float, end_ms: float) -> Pieces:
        """A span of time, cut where either side changes course and where it would go too far."""
        motions = [self._box.motion] + ([self._side.motion] if self._side.motion is not None else [])
        start_ms = max(start_ms, *(float(motion.start_ms[0]) for motion in motions))
        end_ms = min(end_ms, *(float(motion.end_ms[-1]) for motion in motions))
        ends = np.concatenate([times for motion in motions for times in (motion.start_ms, motion.end_ms)])
        cuts = distinct(np.clip(np.append(ends, (start_ms, end_ms)), start_ms, max(start_ms, end_ms)))
        if start_ms >= end_ms:
            cuts = cuts[:1]
        begin, finish = cuts[:-1], cuts[1:]
        legs = [motion.leg_at((begin + finish) / 2.0) for motion in motions]
        fastest = np.max([motion.speed[leg] for motion, leg in zip(motions, legs, strict=True)], axis=0)
        parts = np.maximum(np.ceil(fastest * (finish - begin) / SECOND_MS / _PIECE_M), 1.0).astype(np.intp)
        whole = np.repeat(np.arange(parts.size), parts)
        place = np.arange(whole.size) - np.repeat(np.cumsum(parts) - parts, parts)
        part_ms = ((finish - begin) / parts)[whole]
        first_ms = begin[whole] + part_ms * place
        last_ms = np.where(place + 1 == parts[whole], finish[whole], first_ms + part_ms)
        a = legs[0][whole]
        return Pieces(first_ms, last_ms, a, legs[1][whole] if len(legs) > 1 else np.zeros_like(a))

    def _close(self, pieces: Pieces) -> Pieces:
        """The pieces in which the two may be close enough to meet, by the circles around them."""
        middle_ms = (pieces.start_ms + pieces.end_ms) / 2.0
        half_s = (pieces.end_ms - pieces.start_ms) / SECOND_MS / 2.0
        box, other = self._box.motion, self._side.motion
        reach_m = self._box.radius_m + self._side.radius_m + box.speed[pieces.a] * half_s
        if other is not None:
            reach_m += other.speed[pieces.b] * half_s
        close = distances_m(*box.on_leg(pieces.a, middle_ms), *self._side.places(pieces)) <= reach_m
        return pieces.take(close if self._taking_part is None else close & self._taking_part[pieces.a])

    def _first_leaf(self, pieces: Pieces, number: int) -> Pieces | None:
        """The first part of a piece, no longer than a leaf, in which the two overlap; None where there is none."""
        stack = [pieces.take(np.array([number]))]
        while stack:
            part = stack.pop()
            start_ms, end_ms = float(part.start_ms[0]), float(part.end_ms[0])
            if end_ms - start_ms <= _LEAF_MS:
                return part
            smaller = part.cut(0, np.linspace(start_ms, end_ms, _SPLIT_PARTS + 1))
            hits = np.flatnonzero(self._overlapping(smaller))
            stack.extend(smaller.take(hits[hit : hit + 1]) for hit in reversed(range(hits.size)))
        return None

    def _parted_ms(self, pieces: Pieces, together_ms: float) -> float:
        """When the two, together at a time in the first of some pieces, first part."""
        number = 0
        while number < pieces.a.size and pieces.start_ms[number] <= together_ms:
            samples: list[Pieces] = []
            count, reached_ms = 0, together_ms
            while number < pieces.a.size and pieces.start_ms[number] <= reached_ms and count < _SAMPLES:
                samples.append(self._samples(pieces, number, reached_ms))
                count, reached_ms = count + samples[-1].a.size, float(pieces.end_ms[number])
                number += 1
            instants = Pieces(*(np.concatenate(columns) for columns in zip(*samples, strict=True)))
            inside = self._overlapping(instants)
            if not inside.all():
                out = int(np.argmin(inside))
                before_ms = float(instants.start_ms[out - 1]) if out else together_ms
                return self._between(instants, out, before_ms)
            together_ms = reached_ms
        return together_ms

    def _between(self, instants: Pieces, out: int, inside_ms: float) -> float:
        """When the two part, sought between an instant at which they overlap and one at which they do not."""
        times = np.linspace(inside_ms, float(instants.start_ms[out]), _SPLIT_PARTS + 1)
        finer = instants.cut(out, times)
        inside = self._overlapping(Pieces(finer.end_ms, finer.end_ms, finer.a, finer.b))
        return float(finer.end_ms[int(np.argmin(inside))])

    def _samples(self, pieces: Pieces, number: int, start_ms: float) -> Pieces:
        """Instants of a piece at which to look whether the two are still together."""
        end_ms = float(pieces.end_ms[number])
        other = self._side.motion
        still = self._box.motion.speed[pieces.a[number]] == 0.0
        if other is not None:
            still = still and other.speed[pieces.b[number]] == 0.0
        count = 1 if still else max(math.ceil((end_ms - start_ms) / _PARTED_MS), 1)
        times: FloatArray = np.linspace(start_ms, end_ms, count + 1)
        legs = (np.full(times.size, column[number]) for column in (pieces.a, pieces.b))
        return Pieces(times, times, *legs)
