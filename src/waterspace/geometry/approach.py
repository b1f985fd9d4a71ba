"""When two tracks are closest, and when they first come within a range: solved, not ticked.

Range is measured along the surface, whatever the heights. It is right to a metre where it is below 5,000 km; farther
out the curvature of the ellipsoid, which differs with direction, adds up to a few metres.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from waterspace.geometry.geodesic import FloatArray, between, distance_m
from waterspace.geometry.legs import position_at
from waterspace.geometry.separation import Fleet, IndexArray, Spans

if TYPE_CHECKING:
    from waterspace.domain import ClosestApproach, Leg

__all__ = ["closest_approach", "closest_approaches", "first_within"]

_TOLERANCE_M = 0.1
"""A range is not improved by less than this."""

_EXACT_M = 0.01
"""Error of the straight line at which a span needs no further split."""

_BATCH_SPANS = 200_000
"""About how many spans are looked at together, so that memory stays below some 100 MB."""


def closest_approach(legs_a: Sequence[Leg], legs_b: Sequence[Leg]) -> tuple[int, float] | None:
    """When two tracks are closest while both are out, and their range then.

    Where the range stays the same to a decimetre for a while, the time is one instant of that while.

    Args:
        legs_a: in order of time.
        legs_b: in order of time.

    Returns:
        Time in milliseconds and range along the surface in metres; None where the tracks share no time.
    """
    if not legs_a or not legs_b:
        return None
    fleet = Fleet((legs_a, legs_b))
    spans = fleet.spans(0, 0, 1)
    if spans is None:
        return None
    times_ms, _ = _least(fleet, spans, 1, math.inf)
    time_ms = round(float(times_ms[0]))
    return time_ms, distance_m(position_at(legs_a, time_ms), position_at(legs_b, time_ms))


def closest_approaches(
    tracks: Mapping[str, Sequence[Leg]],
    ignore: Collection[frozenset[str]] = frozenset(),
    *,
    within_m: float = math.inf,
    skip: Callable[[Leg, Leg], bool] | None = None,
) -> tuple[ClosestApproach, ...]:
    """The closest approach of every two units, solved together.

    Args:
        tracks: unit id to legs in order of time; units without legs are left out.
        ignore: pairs of unit ids to leave out.
        within_m: closest approaches beyond this range are left out; a small range saves most of the work.
        skip: asked for two legs that are under way at the same time, the first of the unit that stands first in
            `tracks`; where it answers yes, that time does not count (two units at work in one serial, say).

    Returns:
        One entry for each pair that shares time, in the order of `tracks`; its position is midway between the units.
    """
    units = [unit for unit, legs in tracks.items() if legs]
    if len(units) < 2:
        return ()
    fleet = Fleet(tracks[unit] for unit in units)
    found = []
    for pairs, spans in _batches(fleet, units, ignore, skip):
        times_ms, ranges_m = _least(fleet, spans, len(pairs), within_m + _TOLERANCE_M)
        for (first, second), time, near_m in zip(pairs, times_ms.tolist(), ranges_m.tolist(), strict=True):
            if math.isfinite(time) and near_m <= within_m:
                found.append(_described((units[first], units[second]), tracks, round(time)))
    return tuple(found)


def first_within(legs_a: Sequence[Leg], legs_b: Sequence[Leg], range_m: float) -> int | None:
    """The first millisecond at which two tracks are within a range of each other while both are out.

    Right to 10 ms, or to an instant at which the range is within a metre of the one asked for.

    Args:
        legs_a: in order of time.
        legs_b: in order of time.
        range_m: along the surface, 0 or more; a range of 0 is met where the tracks come within a metre.

    Returns:
        Time in milliseconds; None where the tracks share no time or stay farther apart.
    """
    if not legs_a or not legs_b:
        return None
    fleet = Fleet((legs_a, legs_b))
    spans = fleet.spans(0, 0, 1)
    if spans is None:
        return None
    range_m = max(range_m, _TOLERANCE_M)
    surely_ms = math.inf
    last: list[Spans] = []
    spans = spans.take(fleet.rough_bounds(spans).lower_m <= range_m)
    while spans.pair.size:
        bounds = fleet.bounds(spans)
        for met, times_ms in (
            (bounds.start_upper_m <= range_m, spans.start_ms),
            (bounds.upper_m <= range_m, bounds.time_ms),
        ):
            surely_ms = min(surely_ms, float(np.min(times_ms[met], initial=math.inf)))
        is_open = (bounds.lower_m <= range_m) & (spans.start_ms < surely_ms)
        exact = bounds.error_m <= _EXACT_M
        last.append(spans.take(is_open & exact))
        spans = spans.take(is_open & ~exact).split()
    surely_ms = min(surely_ms, _first_in(fleet, last, (legs_a, legs_b), range_m))
    return math.ceil(surely_ms) if math.isfinite(surely_ms) else None


def _first_in(fleet: Fleet, parts: list[Spans], tracks: tuple[Sequence[Leg], Sequence[Leg]], range_m: float) -> float:
    """The first time within a range in spans short enough to be straight; infinity where there is none."""
    if not parts:
        return math.inf
    spans = Spans.joined(parts)
    spans = spans.take(np.argsort(spans.start_ms, kind="stable"))
    nearest_ms = fleet.bounds(spans).time_ms
    at_start = fleet.ranges_m(spans, spans.start_ms) <= range_m
    hits = np.flatnonzero(at_start | (fleet.ranges_m(spans, nearest_ms) <= range_m))
    if not hits.size:
        return math.inf
    hit = int(hits[0])
    outside_ms, inside_ms = math.floor(spans.start_ms[hit]), math.ceil(nearest_ms[hit])
    if at_start[hit]:
        return float(spans.start_ms[hit])
    while inside_ms - outside_ms > 1:
        middle_ms = (outside_ms + inside_ms) // 2
        if distance_m(*(position_at(legs, middle_ms) for legs in tracks)) <= range_m:
            inside_ms = middle_ms
        else:
            outside_ms = middle_ms
    return float(inside_ms)


def _least(fleet: Fleet, spans: Spans, pairs: int, cap_m: float) -> tuple[FloatArray, FloatArray]:
    """Time and range of the closest approach of each pair, to a decimetre.

    Args:
        fleet: whose tracks the spans belong to.
        spans: of all pairs.
        pairs: how many there are.
        cap_m: ranges above this do not count.

    Returns:
        Two arrays of shape (pairs,): times, NaN for a pair that stays above the cap, and ranges.
    """
    times_ms, ranges_m = np.full(pairs, np.nan), np.full(pairs, cap_m)
    rough = fleet.rough_bounds(spans)
    surely_m = np.full(pairs, cap_m)
    np.minimum.at(surely_m, spans.pair, rough.upper_m)
    spans = spans.take(rough.lower_m <= surely_m[spans.pair])
    while spans.pair.size:
        bounds = fleet.bounds(spans)
        exact = bounds.error_m <= _EXACT_M
        promising = exact & (bounds.lower_m < ranges_m[spans.pair] - _TOLERANCE_M)
        asked = np.union1d(np.flatnonzero(promising), _least_of_each(spans.pair, bounds.upper_m))
        asked_spans, asked_ms = spans.take(asked), bounds.time_ms[asked]
        asked_m = fleet.ranges_m(asked_spans, asked_ms)
        best = _least_of_each(asked_spans.pair, asked_m)
        pair = asked_spans.pair[best]
        better = asked_m[best] < ranges_m[pair]
        times_ms[pair[better]], ranges_m[pair[better]] = asked_ms[best][better], asked_m[best][better]
        is_open = (bounds.lower_m < ranges_m[spans.pair] - _TOLERANCE_M) & ~exact
        spans = spans.take(is_open).split()
    return times_ms, ranges_m


def _least_of_each(group: IndexArray, values: FloatArray) -> IndexArray:
    """Index of the least value in each group that occurs, the first where several tie."""
    order = np.lexsort((values, group))
    ordered = group[order]
    return order[np.flatnonzero(np.diff(ordered, prepend=-1))]


def _batches(
    fleet: Fleet,
    units: list[str],
    ignore: Collection[frozenset[str]],
    skip: Callable[[Leg, Leg], bool] | None,
) -> Iterator[tuple[list[tuple[int, int]], Spans]]:
    """Pairs of track numbers and their spans, some hundred thousand spans at a time."""
    pairs: list[tuple[int, int]] = []
    parts: list[Spans] = []
    waiting = 0
    for first, unit in enumerate(units):
        for second in range(first + 1, len(units)):
            if frozenset((unit, units[second])) in ignore:
                continue
            spans = fleet.spans(len(pairs), first, second)
            if spans is None:
                continue
            if skip is not None:
                legs = zip(spans.a.tolist(), spans.b.tolist(), strict=True)
                spans = spans.take(np.array([not skip(fleet.legs[a], fleet.legs[b]) for a, b in legs]))
            pairs.append((first, second))
            parts.append(spans)
            waiting += spans.pair.size
            if waiting > _BATCH_SPANS:
                yield pairs, Spans.joined(parts)
                pairs, parts, waiting = [], [], 0
    if parts:
        yield pairs, Spans.joined(parts)


def _described(pair: tuple[str, str], tracks: Mapping[str, Sequence[Leg]], time_ms: int) -> ClosestApproach:
    """A closest approach with its position, midway between the units."""
    from waterspace.domain import ClosestApproach

    here, there = (position_at(tracks[unit], time_ms) for unit in pair)
    return ClosestApproach(
        first=pair[0],
        second=pair[1],
        time_ms=time_ms,
        range_m=distance_m(here, there),
        position=between(here, there, 0.5),
    )
