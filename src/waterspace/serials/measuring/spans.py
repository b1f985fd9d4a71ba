"""Spans of time solved from tracks, and measures made out of named numbers."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.domain import Measure, Window
from waterspace.domain.schedule import join_windows
from waterspace.geometry.approach import closest_approaches
from waterspace.geometry.geodesic import inverses
from waterspace.geometry.legs import position_at, positions_at
from waterspace.phenomena.relative_motion import least_range_m, times_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from waterspace.domain import Leg, Position
    from waterspace.serials.base import Briefing, SerialType

__all__ = ["both", "closest_m", "gaps", "least_apart_m", "length_ms", "mean", "near_any", "numbered", "passing_m"]

_SHEET_M = 50_000.0
"""Tracks farther out than this from where the first begins are not laid on one flat sheet (assumed)."""


def numbered(
    type_: SerialType[Any], briefing: Briefing[Any], values: Mapping[str, float | None]
) -> tuple[Measure, ...]:
    """Measures of a serial with the sentences of its type, in the order given; a value of None is left out.

    Args:
        type_: whose `measured_by` names them all.
        briefing: of the serial.
        values: name to number.
    """
    return tuple(
        Measure(name=name, value=float(value), subject=briefing.serial.id, text=type_.measured_by[name])
        for name, value in values.items()
        if value is not None
    )


def length_ms(windows: Iterable[Window]) -> int:
    """How long windows are together, counted once where they overlap."""
    return sum(window.end_ms - window.start_ms for window in join_windows(windows))


def both(some: Sequence[Window], others: Sequence[Window]) -> tuple[Window, ...]:
    """Where two rows of windows overlap; each in order of time and apart."""
    found, i, j = [], 0, 0
    while i < len(some) and j < len(others):
        start_ms = max(some[i].start_ms, others[j].start_ms)
        end_ms = min(some[i].end_ms, others[j].end_ms)
        if start_ms < end_ms:
            found.append(Window(start_ms=start_ms, end_ms=end_ms))
        if some[i].end_ms <= others[j].end_ms:
            i += 1
        else:
            j += 1
    return tuple(found)


def gaps(windows: Iterable[Window], within: Window) -> tuple[Window, ...]:
    """What windows leave free of a span of time."""
    free, now_ms = [], within.start_ms
    for window in join_windows(windows):
        if window.start_ms > now_ms:
            free.append(Window(start_ms=now_ms, end_ms=min(window.start_ms, within.end_ms)))
        now_ms = max(now_ms, window.end_ms)
        if now_ms >= within.end_ms:
            return tuple(free)
    free.append(Window(start_ms=now_ms, end_ms=within.end_ms))
    return tuple(free)


def near_any(
    ships: Sequence[Sequence[Leg]], others: Sequence[Sequence[Leg]], range_m: float, within: Window
) -> tuple[Window, ...]:
    """When every one of some tracks has at least one of the others within a range; solved, not sampled.

    Args:
        ships: tracks that all must have company.
        others: tracks that give it.
        range_m: along the surface, above 0.
        within: the span of time that is looked at.
    """
    whole: tuple[Window, ...] = (within,)
    for ship in ships:
        covered: tuple[Window, ...] = ()
        for other in others:
            covered = join_windows((*covered, *times_within(ship, other, range_m)))
            if covered and covered[0].start_ms <= within.start_ms and covered[0].end_ms >= within.end_ms:
                break
        whole = both(whole, covered)
    return whole


def closest_m(own: Iterable[Sequence[Leg] | None], others: Iterable[Sequence[Leg] | None]) -> float | None:
    """The least range between a track of one kind and one of another while both are out; None where none ever are."""
    pairs = itertools.product(filter(None, own), tuple(filter(None, others)))
    return min((range_m for a, b in pairs if (range_m := least_range_m(a, b)) is not None), default=None)


def passing_m(place: Position, legs: Sequence[Leg], since_ms: int) -> float | None:
    """The least range at which a track passes a place from an instant on, to some metres; None where it has ended.

    Legs are taken as straight on a sheet that is pinned at the place, which bends those that pass 10 km off by less
    than 3 m within 100 km.
    """
    ahead = [leg for leg in legs if leg.end_ms > since_ms]
    if not ahead:
        return None
    ends = [position_at(ahead, since_ms), *(leg.end for leg in ahead)]
    lat, lon = [end.lat_deg for end in ends], [end.lon_deg for end in ends]
    ranges_m, bearings_deg = inverses(place.lat_deg, place.lon_deg, lat, lon)
    points = ranges_m * np.exp(1j * np.radians(bearings_deg))
    ways = np.diff(points)
    square = np.abs(ways) ** 2
    share = np.clip(-np.real(points[:-1] * np.conj(ways)) / np.where(square > 0.0, square, 1.0), 0.0, 1.0)
    return float(np.min(np.abs(points[:-1] + share * ways)))


def least_apart_m(tracks: Iterable[Sequence[Leg] | None]) -> float | None:
    """The least range between any two of some tracks; None where no two are out together.

    Tracks that stay within 50 km of each other are laid on one flat sheet and solved together, to some metres.
    """
    out = [legs for legs in tracks if legs]
    if len(out) < 2:
        return None
    times_ms = np.unique([time_ms for legs in out for leg in legs for time_ms in (leg.start_ms, leg.end_ms)])
    middle = out[0][0].start
    places = np.empty((len(out), times_ms.size), dtype=complex)
    for row, legs in zip(places, out, strict=True):
        ranges_m, bearings_deg = inverses(middle.lat_deg, middle.lon_deg, *positions_at(legs, times_ms))
        row[:] = ranges_m * np.exp(1j * np.radians(bearings_deg))
        row[(times_ms < legs[0].start_ms) | (times_ms > legs[-1].end_ms)] = np.nan
    if float(np.nanmax(np.abs(places))) > _SHEET_M:
        found = closest_approaches({f"{number}": legs for number, legs in enumerate(out)})
        return min((approach.range_m for approach in found), default=None)
    one, other = np.triu_indices(len(out), 1)
    apart = places[one] - places[other]
    ways = np.diff(apart)
    square = np.abs(ways) ** 2
    share = np.clip(-np.real(apart[:, :-1] * np.conj(ways)) / np.where(square > 0.0, square, 1.0), 0.0, 1.0)
    ranges_m = np.abs(apart[:, :-1] + share * ways)
    return None if np.isnan(ranges_m).all() else float(np.nanmin(ranges_m))


def mean(values: Sequence[float]) -> float | None:
    """The mean, or None of nothing."""
    return math.fsum(values) / len(values) if values else None
