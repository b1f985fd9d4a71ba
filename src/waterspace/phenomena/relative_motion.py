"""One track as another sees it: straight runs on a flat sheet that moves with the observer."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from waterspace.domain import Window
from waterspace.domain.schedule import join_windows
from waterspace.geometry.geodesic import ellipsoid, inverses
from waterspace.geometry.legs import length_m, positions_at
from waterspace.geometry.solving import inverse_array
from waterspace.phenomena.draws import above_zero
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from waterspace.domain import Leg
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["RelativeLeg", "least_range_m", "reach_windows", "relative_legs", "times_within"]

_PART_M = 10_000.0
"""Neither track runs farther than this in one relative leg."""

_STANDING_RATIO = 1e-7
"""A run shorter than this part of the range counts as standing: rounding would say more about it than it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeLeg:
    """A straight run of the other past the observer, who stands at the origin.

    Attributes:
        start_ms: milliseconds since 1970.
        end_ms: not before `start_ms`.
        east_m: where the other is at the start.
        north_m: the same.
        east_mps: its speed against the observer.
        north_mps: the same.
    """

    start_ms: int
    end_ms: int
    east_m: float
    north_m: float
    east_mps: float = 0.0
    north_mps: float = 0.0

    @property
    def duration_s(self) -> float:
        """Time from start to end."""
        return (self.end_ms - self.start_ms) / SECOND_MS

    @property
    def speed_mps(self) -> float:
        """Relative speed."""
        return math.hypot(self.east_mps, self.north_mps)

    @property
    def range_m(self) -> float:
        """Range at the start."""
        return math.hypot(self.east_m, self.north_m)

    @property
    def stands(self) -> bool:
        """Whether nothing moves that would matter: less than a ten-millionth of the range."""
        return self.speed_mps * self.duration_s <= _STANDING_RATIO * self.range_m

    @property
    def along_m(self) -> float:
        """Way since the closest point of the whole line; negative before it; 0 where nothing moves."""
        return 0.0 if self.stands else (self.east_m * self.east_mps + self.north_m * self.north_mps) / self.speed_mps

    @property
    def lateral_m(self) -> float:
        """Range of the closest point of the whole line; where nothing moves, the range."""
        if self.stands:
            return self.range_m
        return abs(self.east_m * self.north_mps - self.north_m * self.east_mps) / self.speed_mps

    def range_at_m(self, time_ms: int) -> float:
        """Range at an instant of the run."""
        passed_s = (time_ms - self.start_ms) / SECOND_MS
        return math.hypot(self.east_m + self.east_mps * passed_s, self.north_m + self.north_mps * passed_s)

    def cut(self, times_ms: Iterable[int]) -> Iterator[RelativeLeg]:
        """The same run in parts that end at given instants; those outside it cut nothing.

        Args:
            times_ms: in order.
        """
        rest = self
        for time_ms in times_ms:
            if rest.start_ms < time_ms < rest.end_ms:
                passed_s = (time_ms - rest.start_ms) / SECOND_MS
                yield replace(rest, end_ms=time_ms)
                rest = replace(
                    rest,
                    start_ms=time_ms,
                    east_m=rest.east_m + rest.east_mps * passed_s,
                    north_m=rest.north_m + rest.north_mps * passed_s,
                )
        yield rest

    def within_s(self, range_m: float) -> tuple[float, float] | None:
        """From when until when the range is no more than this, in seconds from the start; None for never."""
        speed_mps, lateral_m = self.speed_mps, self.lateral_m
        if lateral_m > range_m:
            return None
        if self.stands or math.isinf(range_m):
            return 0.0, self.duration_s
        half_m = math.sqrt((range_m - lateral_m) * (range_m + lateral_m))
        first_s = max(0.0, (-half_m - self.along_m) / speed_mps)
        last_s = min(self.duration_s, (half_m - self.along_m) / speed_mps)
        return (first_s, last_s) if first_s <= last_s else None


def relative_legs(observer: Sequence[Leg], other: Sequence[Leg]) -> tuple[RelativeLeg, ...]:
    """The other's track against the observer's while both are out, in order of time.

    Long legs are cut so that each part is straight to within a metre where the range is below 100 km. Each part lies on
    a sheet that keeps its direction while the observer moves; east and north are those at its start. Range is along the
    surface, and heights are left out.

    Args:
        observer: legs in order of time.
        other: the same.

    Returns:
        No leg where the tracks share no time.
    """
    found = _pieces(observer, other)
    if found is None:
        return ()
    times_ms, places_m, speeds_mps = found
    rows = zip(itertools.pairwise(times_ms), places_m.tolist(), speeds_mps.tolist(), strict=True)
    return tuple(
        RelativeLeg(
            start_ms=start_ms, end_ms=end_ms, east_m=east_m, north_m=north_m, east_mps=east_mps, north_mps=north_mps
        )
        for (start_ms, end_ms), (east_m, north_m), (east_mps, north_mps) in rows
    )


def least_range_m(observer: Sequence[Leg], other: Sequence[Leg]) -> float | None:
    """The least range of two tracks while both are out, to a metre within 100 km; None where they share no time."""
    found = _pieces(observer, other)
    if found is None:
        return None
    times_ms, places_m, speeds_mps = found
    lasts_s = np.diff(times_ms) / SECOND_MS
    square = np.einsum("nk,nk->n", speeds_mps, speeds_mps)
    closing = -np.einsum("nk,nk->n", places_m, speeds_mps)
    nearest_s = np.clip(closing / np.where(square > 0.0, square, 1.0), 0.0, lasts_s)
    nearest_m = places_m + speeds_mps * nearest_s[:, None]
    return float(np.min(np.hypot(nearest_m[:, 0], nearest_m[:, 1])))


def times_within(observer: Sequence[Leg], other: Sequence[Leg], range_m: float) -> tuple[Window, ...]:
    """Every time that two tracks are within a range, as `reach_windows` of their relative legs, worked out together.

    Args:
        observer: legs in order of time.
        other: the same.
        range_m: above 0.

    Raises:
        ModelError: the range is not above 0.
    """
    above_zero(range_m=range_m)
    found = _pieces(observer, other)
    if found is None:
        return ()
    times_ms, places_m, speeds_mps = found
    starts_ms, ends_ms = np.asarray(times_ms[:-1]), np.asarray(times_ms[1:])
    lasts_s = (ends_ms - starts_ms) / SECOND_MS
    square = np.einsum("nk,nk->n", speeds_mps, speeds_mps)
    along = np.einsum("nk,nk->n", places_m, speeds_mps)
    beyond = np.einsum("nk,nk->n", places_m, places_m) - range_m**2
    moves = square * lasts_s**2 > (_STANDING_RATIO * np.hypot(places_m[:, 0], places_m[:, 1])) ** 2
    rest = along**2 - square * beyond
    root, safe = np.sqrt(np.maximum(rest, 0.0)), np.where(moves, square, 1.0)
    first_s = np.where(moves, np.maximum((-along - root) / safe, 0.0), 0.0)
    last_s = np.where(moves, np.minimum((-along + root) / safe, lasts_s), lasts_s)
    inside = np.where(moves, (rest >= 0.0) & (first_s < last_s), beyond <= 0.0)
    from_ms = starts_ms + np.ceil(first_s * SECOND_MS)
    to_ms = np.minimum(ends_ms, starts_ms + np.ceil(last_s * SECOND_MS))
    spans = zip(from_ms[inside].tolist(), to_ms[inside].tolist(), strict=True)
    return join_windows(Window(start_ms=int(start), end_ms=int(end)) for start, end in spans if start < end)


def _pieces(observer: Sequence[Leg], other: Sequence[Leg]) -> tuple[list[int], FloatArray, FloatArray] | None:
    """Instants between which the relative track is straight, and its place and speed from each on; None for never.

    Returns:
        n + 1 instants, and two arrays of shape (n, 2): east and north.
    """
    times_ms = _cuts(observer, other)
    if len(times_ms) < 2:
        return None
    lat, lon = positions_at(observer, times_ms)
    ranges_m, bearings_deg = inverses(lat, lon, *positions_at(other, times_ms))
    _, leaving_deg, arriving_deg = inverse_array(ellipsoid(), lat[:-1], lon[:-1], lat[1:], lon[1:])
    at_end_deg = bearings_deg[1:] - (arriving_deg - leaving_deg)  # north turns under way; the sheet does not
    start_m = np.column_stack(_sheet(ranges_m[:-1], bearings_deg[:-1]))
    end_m = np.column_stack(_sheet(ranges_m[1:], at_end_deg))
    lasts_s = np.diff(times_ms) / SECOND_MS
    return times_ms, start_m, (end_m - start_m) / lasts_s[:, None]


def reach_windows(legs: Sequence[RelativeLeg], range_m: float) -> tuple[Window, ...]:
    """When the range is no more than this, to the millisecond; in order of time, those that touch joined.

    Args:
        legs: in order of time.
        range_m: above 0.

    Raises:
        ModelError: the range is not above 0.
    """
    above_zero(range_m=range_m)
    found: list[Window] = []
    for leg in legs:
        inside = leg.within_s(range_m)
        if inside is None:
            continue
        start_ms = leg.start_ms + math.ceil(inside[0] * SECOND_MS)
        end_ms = min(leg.end_ms, leg.start_ms + math.ceil(inside[1] * SECOND_MS))
        if end_ms <= start_ms:
            continue
        if found and start_ms <= found[-1].end_ms:
            start_ms = found.pop().start_ms
        found.append(Window(start_ms=start_ms, end_ms=end_ms))
    return tuple(found)


def _cuts(observer: Sequence[Leg], other: Sequence[Leg]) -> list[int]:
    """Instants between which both run along one leg, and not far along it."""
    if not observer or not other:
        return []
    first_ms = max(observer[0].start_ms, other[0].start_ms)
    last_ms = min(observer[-1].end_ms, other[-1].end_ms)
    if first_ms >= last_ms:
        return []
    found = {first_ms, last_ms}
    for leg in (*observer, *other):
        parts = max(1, math.ceil(length_m(leg) / _PART_M))
        found.update(leg.start_ms + leg.duration_ms * part // parts for part in range(parts + 1))
    return sorted(time_ms for time_ms in found if first_ms <= time_ms <= last_ms)


def _sheet(ranges_m: FloatArray, bearings_deg: FloatArray) -> tuple[FloatArray, FloatArray]:
    """How far east and north."""
    return ranges_m * np.sin(np.radians(bearings_deg)), ranges_m * np.cos(np.radians(bearings_deg))
