"""All the times that matter of a track, not the first alone: in a footprint, and within a range of another track."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.domain import MovingBox, Window, join_windows
from waterspace.geometry.boxes import BoxMotion
from waterspace.geometry.encounter import Encounter
from waterspace.geometry.legs import position_at
from waterspace.geometry.separation import Fleet
from waterspace.geometry.slices import StillSide

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.domain import Footprint, Leg, Position
    from waterspace.geometry.geodesic import FloatArray
    from waterspace.geometry.separation import Spans

__all__ = ["Visit", "visits", "windows_within"]

_FINEST_MS = 10.0
"""Spans shorter than this are not split."""

_LEVEL_M = 0.2
"""Where the range varies by less than this, its middle decides for the whole span."""


class Visit(NamedTuple):
    """A time that a unit is inside a footprint.

    Attributes:
        window: from entry to exit, right to a second; a track that begins or ends inside enters or leaves there.
        entry: where it enters.
        exit: where it leaves.
    """

    window: Window
    entry: Position
    exit: Position


def visits(legs: Sequence[Leg], footprint: Footprint) -> tuple[Visit, ...]:
    """Every time that a track is inside a footprint, in order.

    A unit within a metre of the edge is not yet inside, and one that is out for less than a minute does not leave.

    Args:
        legs: in order of time; none for no visit.
        footprint: a moving box is where it is at the time.
    """
    if not legs:
        return ()
    side = BoxMotion.of(footprint) if isinstance(footprint, MovingBox) else StillSide(footprint)
    encounter = Encounter(BoxMotion(legs), side)
    found: list[Visit] = []
    since_ms, last_ms = legs[0].start_ms, legs[-1].end_ms
    while since_ms < last_ms:
        met = encounter.first(Window(start_ms=since_ms, end_ms=last_ms))
        if met is None:
            break
        window = met.window
        found.append(Visit(window, position_at(legs, window.start_ms), position_at(legs, window.end_ms)))
        since_ms = max(window.end_ms, since_ms) + 1
    return tuple(found)


def windows_within(legs_a: Sequence[Leg], legs_b: Sequence[Leg], range_m: float) -> tuple[Window, ...]:
    """Every time that two tracks are within a range of each other while both are out, in order.

    Each end is right to 10 ms, or to an instant at which the range is within two decimetres of the one asked for.

    Args:
        legs_a: in order of time.
        legs_b: in order of time.
        range_m: along the surface, 0 or more.
    """
    if not legs_a or not legs_b:
        return ()
    fleet = Fleet((legs_a, legs_b))
    spans = fleet.spans(0, 0, 1)
    inside: list[Window] = []
    while spans is not None and spans.pair.size:
        bounds = fleet.bounds(spans)
        ends_m = np.maximum(fleet.ranges_m(spans, spans.start_ms), fleet.ranges_m(spans, spans.end_ms))
        middle_m = fleet.ranges_m(spans, (spans.start_ms + spans.end_ms) / 2.0)
        most_m = ends_m + 2.0 * bounds.error_m  # a straight line is farthest at one of its ends
        # and falls no further on one side of its middle than it rises on the other; `lower_m` alone is metres too low
        # at a thousand kilometres
        least_m = np.maximum(bounds.lower_m, 2.0 * middle_m - ends_m - 4.0 * bounds.error_m)
        level = (spans.end_ms - spans.start_ms <= _FINEST_MS) | (most_m - least_m < _LEVEL_M)
        surely_in = (most_m <= range_m) | (level & (middle_m <= range_m))
        surely_out = (least_m > range_m) | (level & (middle_m > range_m))
        inside += _as_windows(spans, surely_in)
        spans = spans.take(~surely_in & ~surely_out).split()
    return join_windows(inside)


def _as_windows(spans: Spans, which: NDArray[np.bool_]) -> list[Window]:
    """Some spans as windows of whole milliseconds."""
    starts: FloatArray = np.ceil(spans.start_ms[which])
    ends: FloatArray = np.floor(spans.end_ms[which]) + 1.0
    pairs = zip(starts.astype(np.int64).tolist(), ends.astype(np.int64).tolist(), strict=True)
    return [Window(start_ms=start_ms, end_ms=end_ms) for start_ms, end_ms in pairs if start_ms < end_ms]
