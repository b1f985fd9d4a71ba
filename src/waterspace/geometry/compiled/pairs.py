"""Two tracks, asked in compiled form what `approach` and `visits` ask of them in NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Window
from waterspace.geometry.compiled.fleet import Fleet
from waterspace.geometry.geodesic import distance_m
from waterspace.geometry.legs import position_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Footprint, Leg

__all__ = ["closest_approach", "first_within", "stays", "windows_within"]


def closest_approach(legs_a: Sequence[Leg], legs_b: Sequence[Leg]) -> tuple[int, float] | None:
    """When two tracks are closest while both are out, and their range then; as `approach.closest_approach`.

    Args:
        legs_a: in order of time.
        legs_b: in order of time.

    Returns:
        Time in milliseconds and range along the surface in metres; None where the tracks share no time.
    """
    from waterspace.geometry.compiled.kernels.contacts import closest

    span = _shared_ms(legs_a, legs_b)
    if span is None:
        return None
    near_ms, _ = closest(Fleet.of((legs_a, legs_b)).pieces, (0, 1), (float(span[0]), float(span[1])))
    time_ms = min(max(round(near_ms), span[0]), span[1])
    return time_ms, distance_m(position_at(legs_a, time_ms), position_at(legs_b, time_ms))


def first_within(legs_a: Sequence[Leg], legs_b: Sequence[Leg], range_m: float) -> int | None:
    """The first millisecond at which two tracks are within a range of each other; as `approach.first_within`.

    Args:
        legs_a: in order of time.
        legs_b: in order of time.
        range_m: along the surface, 0 or more.

    Returns:
        Time in milliseconds; None where the tracks share no time or stay farther apart.
    """
    windows = windows_within(legs_a, legs_b, range_m)
    return windows[0].start_ms if windows else None


def windows_within(legs_a: Sequence[Leg], legs_b: Sequence[Leg], range_m: float) -> tuple[Window, ...]:
    """Every time at which two tracks are within a range of each other, in order.

    Unlike `visits.windows_within`, a window ends with the last millisecond within the range, and a time that is too
    short to hold one is a window without length.

    Args:
        legs_a: in order of time.
        legs_b: in order of time.
        range_m: along the surface, 0 or more.
    """
    span = _shared_ms(legs_a, legs_b)
    if span is None:
        return ()
    found = Fleet.of((legs_a, legs_b)).meetings(range_m, *span)
    times = zip(found.start_ms.tolist(), found.end_ms.tolist(), strict=True)
    return tuple(Window(start_ms=start_ms, end_ms=end_ms) for start_ms, end_ms in times)


def stays(legs: Sequence[Leg], footprint: Footprint) -> tuple[Window, ...]:
    """Every time at which a track is inside a footprint, in order, to the millisecond.

    Args:
        legs: in order of time; none for no visit.
        footprint: a moving box is where it is at the time.
    """
    if not legs:
        return ()
    found = Fleet.of((legs,)).visits(footprint, legs[0].start_ms, legs[-1].end_ms)
    times = zip(found.start_ms.tolist(), found.end_ms.tolist(), strict=True)
    return tuple(Window(start_ms=start_ms, end_ms=end_ms) for start_ms, end_ms in times)


def _shared_ms(legs_a: Sequence[Leg], legs_b: Sequence[Leg]) -> tuple[int, int] | None:
    """First and last millisecond at which both tracks are out; None where there is none."""
    if not legs_a or not legs_b:
        return None
    start_ms, end_ms = max(legs_a[0].start_ms, legs_b[0].start_ms), min(legs_a[-1].end_ms, legs_b[-1].end_ms)
    return (start_ms, end_ms) if start_ms <= end_ms else None
