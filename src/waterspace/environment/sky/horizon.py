"""The sun at the horizon day after day, many days at once, where it rises and sets every day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.quantity import DAY_MS, MINUTE_MS

if TYPE_CHECKING:
    from waterspace.domain import Position

__all__ = ["STEADY_DEG", "daily_meetings"]

STEADY_DEG = 55.0
"""Up to this latitude the sun rises and sets every day within three hours of six o'clock, so that Newton's way ends."""
_MOST_STEPS = 8
_EXACT_MS = 10.0


def daily_meetings(place: Position, start_ms: int, days: int) -> list[int]:
    """When the sun passes the horizon nearest to an instant of the first day, and on the days that follow.

    Args:
        place: no farther from the equator than `STEADY_DEG`; `sun.passages` answers for the rest.
        start_ms: six o'clock, in the morning or in the evening, by the mean sun of the first day.
        days: how many.

    Returns:
        Milliseconds since 1970, right to a second.
    """
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
