"""When the sun rises and sets on the days of a warning, for hours such as `SUNRISE TO SUNSET`."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from waterspace.messages.daytimes import SUNRISE
from waterspace.quantity import DAY_MS, MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Callable

    from waterspace.domain import Position

__all__ = ["sun_at"]

_STEADY_DEG = 55.0
"""Up to this latitude the sun rises and sets every day within three hours of six o'clock, so that Newton's way ends."""
_MOST_STEPS = 8
_EXACT_MS = 10.0


def sun_at(place: Position, first: int, last: int) -> Callable[[int, str], int | None]:
    """When the sun rises and sets from a day to another as a place counts its days, by its mean solar time.

    Args:
        place: where it is seen.
        first: days since 1970.
        last: likewise.

    Returns:
        A function of a day and `SUNRISE` or `SUNSET` that gives milliseconds since 1970, right to a second; None where
        the sun does not rise or set.
    """
    noon_ms = DAY_MS // 2 - round(place.lon_deg / 360.0 * DAY_MS)
    if abs(place.lat_deg) > _STEADY_DEG:
        return _seen(place, first, last, noon_ms)
    before = first * DAY_MS + noon_ms - DAY_MS // 4
    rises, sets = (_met(place, before + shift_ms, last - first + 1) for shift_ms in (0, DAY_MS // 2))

    def sun(day: int, which: str) -> int | None:
        times = rises if which == SUNRISE else sets
        return times[day - first] if first <= day <= last else None

    return sun


def _met(place: Position, start_ms: int, days: int) -> list[int]:
    """When the sun passes the horizon nearest to an instant of the first day, and on the days that follow."""
    import numpy as np

    from waterspace.environment.sky.sun import HORIZON_DEG, altitudes_deg

    times = start_ms + DAY_MS * np.arange(float(days))
    for _ in range(_MOST_STEPS):
        heights = altitudes_deg(place.lat_deg, place.lon_deg, np.stack([times, times + MINUTE_MS])) - HORIZON_DEG
        steps = heights[0] * MINUTE_MS / (heights[1] - heights[0])
        times = times - steps
        if float(np.abs(steps).max()) <= _EXACT_MS:
            break
    return [int(time) for time in np.ceil(times).tolist()]


def _seen(place: Position, first: int, last: int, noon_ms: int) -> Callable[[int, str], int | None]:
    """Likewise where there are days on which it does neither."""
    from waterspace.domain import Window
    from waterspace.environment.sky.sun import passages

    seen = passages(place, Window(start_ms=(first - 2) * DAY_MS, end_ms=(last + 3) * DAY_MS))
    rises = [crossing.time_ms for crossing in seen if crossing.is_rise]
    sets = [crossing.time_ms for crossing in seen if not crossing.is_rise]

    def sun(day: int, which: str) -> int | None:
        midday_ms = day * DAY_MS + noon_ms
        times, since_ms = (rises, midday_ms - DAY_MS // 2) if which == SUNRISE else (sets, midday_ms)
        index = bisect_left(times, since_ms)
        return times[index] if index < len(times) and times[index] < since_ms + DAY_MS // 2 else None

    return sun
