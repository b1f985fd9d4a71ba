"""The sun: its altitude, and the times at which it is light.

Altitudes come from the `astral` library. Its ready-made sunrise and sunset are not used: they belong to a calendar day
of a time zone, and they raise where the sun does not rise or set. Here the crossing itself is solved.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from waterspace.domain import Window
from waterspace.quantity import DAY_MS, SECOND_MS

if TYPE_CHECKING:
    from astral import Observer

    from waterspace.domain import Position

__all__ = ["HORIZON_DEG", "daylight", "first_dark_ms", "sun_altitude_deg"]

HORIZON_DEG = -0.833
"""Altitude of the sun's centre at sunrise and sunset: semi-diameter 16', refraction 34'.

Source: U.S. Naval Observatory, Astronomical Applications Department, Rise, Set, and Twilight Definitions.
"""


def sun_altitude_deg(position: Position, time_ms: int) -> float:
    """Altitude of the sun's centre above the true horizon, without refraction.

    Good to 0.01 degrees between 1950 and 2050 and to 0.2 degrees within 12 miles of a pole, where `astral` keeps to
    the parallel of 89.8 degrees.
    """
    from astral.sun import elevation

    return float(elevation(_observer(position), _moment(time_ms), with_refraction=False))


def daylight(position: Position, window: Window, horizon_deg: float = HORIZON_DEG) -> tuple[Window, ...]:
    """The parts of a window in which the sun stands at or above an altitude, in order of time.

    The whole window where it does throughout, none where it never does: a polar day and a polar night are ordinary
    answers. Each end is right to a second of what `sun_altitude_deg` says.

    Args:
        position: of the observer, at sea level.
        window: any length.
        horizon_deg: such as -6 for civil twilight.
    """

    def is_light(time_ms: int) -> bool:
        return sun_altitude_deg(position, time_ms) >= horizon_deg

    spans: list[Window] = []
    light_from_ms = window.start_ms if is_light(window.start_ms) else None
    for before_ms, after_ms in pairwise(_turning_points_ms(position, window)):
        was_light, becomes_light = light_from_ms is not None, is_light(after_ms)
        if was_light == becomes_light:
            continue
        change_ms = _change_ms(is_light, before_ms, after_ms)
        if light_from_ms is not None:
            spans.append(Window(start_ms=light_from_ms, end_ms=change_ms))
        light_from_ms = change_ms if becomes_light else None
    if light_from_ms is not None and light_from_ms < window.end_ms:
        spans.append(Window(start_ms=light_from_ms, end_ms=window.end_ms))
    return tuple(spans)


def first_dark_ms(position: Position, window: Window) -> int | None:
    """The first instant of a window at which the sun is down, or None where it is up throughout."""
    light = daylight(position, window)
    if not light or light[0].start_ms > window.start_ms:
        return window.start_ms
    return None if light[0].end_ms >= window.end_ms else light[0].end_ms


def _turning_points_ms(position: Position, window: Window) -> list[int]:
    """The ends of a window and the noons and midnights in it: between two neighbours the sun only climbs or sinks."""
    from astral.sun import midnight, noon

    observer = _observer(position)
    day = _moment(window.start_ms - DAY_MS).date()
    last = _moment(window.end_ms + DAY_MS).date()
    turns = {window.start_ms, window.end_ms}
    while day <= last:
        for turn in (noon(observer, day), midnight(observer, day)):
            turn_ms = round(turn.timestamp() * SECOND_MS)
            if window.start_ms < turn_ms < window.end_ms:
                turns.add(turn_ms)
        day += dt.timedelta(days=1)
    return sorted(turns)


def _change_ms(is_light: Callable[[int], bool], before_ms: int, after_ms: int) -> int:
    """The instant between two at which light and darkness change over, to a second."""
    was_light = is_light(before_ms)
    while after_ms - before_ms > SECOND_MS:
        middle_ms = (before_ms + after_ms) // 2
        if is_light(middle_ms) == was_light:
            before_ms = middle_ms
        else:
            after_ms = middle_ms
    return after_ms


@functools.lru_cache(maxsize=256)
def _observer(position: Position) -> Observer:
    """A position as `astral` wants it."""
    from astral import Observer

    return Observer(position.lat_deg, position.lon_deg, 0.0)


def _moment(time_ms: int) -> dt.datetime:
    """An instant as `astral` wants it."""
    return dt.datetime.fromtimestamp(time_ms / SECOND_MS, tz=dt.UTC)
