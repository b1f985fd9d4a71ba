"""When the sun rises and sets on the days of a warning, for hours such as `SUNRISE TO SUNSET`."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from waterspace.messages.daytimes import SUNRISE
from waterspace.quantity import DAY_MS

if TYPE_CHECKING:
    from collections.abc import Callable

    from waterspace.domain import Position

__all__ = ["sun_at"]


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
    from waterspace.environment.sky.horizon import STEADY_DEG, daily_meetings

    noon_ms = DAY_MS // 2 - round(place.lon_deg / 360.0 * DAY_MS)
    if abs(place.lat_deg) > STEADY_DEG:
        return _seen(place, first, last, noon_ms)
    before = first * DAY_MS + noon_ms - DAY_MS // 4
    rises, sets = (daily_meetings(place, before + shift_ms, last - first + 1) for shift_ms in (0, DAY_MS // 2))

    def sun(day: int, which: str) -> int | None:
        times = rises if which == SUNRISE else sets
        return times[day - first] if first <= day <= last else None

    return sun


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
