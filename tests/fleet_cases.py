"""Tracks with Hypothesis, and what dense sampling refined by bisection says of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from hypothesis import strategies as st

from strategies import bearings, tracks, waters
from waterspace.domain import Leg, Position, Window
from waterspace.geometry.geodesic import destination, distances_m
from waterspace.geometry.legs import hold, positions_at
from waterspace.quantity import NAUTICAL_MILE_M, SECOND_MS

__all__ = ["Track", "ends_of", "far_tracks", "pairs_of_tracks", "ranges_m", "shared_ms", "spells", "straight"]

Track = tuple[Leg, ...]


def straight(start: Position, course_deg: float, speed_mps: float, duration_ms: int) -> Track:
    end = destination(start, course_deg, speed_mps * duration_ms / SECOND_MS)
    return (Leg(start_ms=0, end_ms=duration_ms, start=start, end=end),)


@st.composite
def far_tracks(draw: st.DrawFn, centre: Position) -> Track:
    """Legs of up to 500 miles, of a ship or of an aircraft, with waits and gaps of time between them."""
    here = destination(centre, draw(bearings()), draw(st.floats(0.0, 400_000.0)))
    now_ms = draw(st.integers(0, 3_600_000))
    legs: list[Leg] = []
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(("run", "run", "wait", "gap")))
        if kind == "gap" and legs:
            now_ms += draw(st.integers(1, 3_600_000))
            continue
        if kind == "wait":
            legs.append(hold(here, Window(start_ms=now_ms, end_ms=now_ms + draw(st.integers(0, 7_200_000)))))
        else:
            length_m = draw(st.floats(0.0, 500.0 * NAUTICAL_MILE_M))
            there = destination(here, draw(bearings()), length_m)
            lasts_ms = max(round(length_m * SECOND_MS / draw(st.sampled_from((4.0, 12.0, 240.0)))), 1)
            legs.append(Leg(start_ms=now_ms, end_ms=now_ms + lasts_ms, start=here, end=there))
            here = there
        now_ms = legs[-1].end_ms
    return tuple(legs) or (hold(here, Window(start_ms=now_ms, end_ms=now_ms + 1000)),)


def pairs_of_tracks() -> st.SearchStrategy[tuple[Track, Track]]:
    near = waters().flatmap(lambda place: st.tuples(tracks(place), tracks(place)))
    far = waters().flatmap(lambda place: st.tuples(far_tracks(place), far_tracks(place)))
    return near | far


def ranges_m(a: Track, b: Track, times: np.ndarray) -> np.ndarray:
    return distances_m(*positions_at(a, times), *positions_at(b, times))


def shared_ms(a: Track, b: Track) -> tuple[int, int] | None:
    start_ms, end_ms = max(a[0].start_ms, b[0].start_ms), min(a[-1].end_ms, b[-1].end_ms)
    return (start_ms, end_ms) if start_ms <= end_ms else None


def spells(depth_m: Callable[[np.ndarray], np.ndarray], span: tuple[int, int], extra: list[int]) -> list[list[float]]:
    """Times at which a depth is not negative, by 1,500 samples, each change refined by bisection.

    Args:
        depth_m: how far inside, at times of shape (n,); negative outside.
        span: first and last millisecond.
        extra: more instants to look at.
    """
    inside_at = [time for time in extra if span[0] <= time <= span[1]]
    times = np.unique(np.concatenate((np.linspace(*span, 1500), np.array(inside_at, dtype=np.float64))))
    inside = depth_m(times) >= 0.0
    found: list[list[float]] = []
    if inside[0]:
        found.append([float(times[0]), float(times[0])])
    for k in range(1, times.size):
        if inside[k] == inside[k - 1]:
            continue
        low, high = times[k - 1], times[k]
        while high - low > 0.5:
            middle = (low + high) / 2.0
            if (depth_m(np.array([middle]))[0] >= 0.0) == inside[k]:
                high = middle
            else:
                low = middle
        if inside[k]:
            found.append([float(high), float(high)])
        else:
            found[-1][1] = float(low)
    if inside[-1]:
        found[-1][1] = float(times[-1])
    return found


def ends_of(*tracks_of: Track) -> list[int]:
    """When legs begin and end."""
    return [time for track in tracks_of for leg in track for time in (leg.start_ms, leg.end_ms)]
