"""When the sun rises and sets on a date at a place, for schedules that depend on it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from waterspace.domain import Window
from waterspace.quantity import DAY_MS

if TYPE_CHECKING:
    from waterspace.domain import Footprint, Position, Schedule
    from waterspace.domain.schedule import SunTable

__all__ = ["light_at", "windows_at", "windows_over"]

_EPOCH = date(1970, 1, 1)
_TURN_DEG = 360.0


def windows_at(schedule: Schedule, position: Position) -> tuple[Window, ...]:
    """The windows of a schedule that is in force at a position."""
    return schedule.windows(light_at(position)) if schedule.needs_sun else schedule.windows()


def windows_over(schedule: Schedule, footprint: Footprint) -> tuple[Window, ...]:
    """The windows of a schedule that is in force over a footprint; hours by the sun are those at its middle."""
    if not schedule.needs_sun:
        return schedule.windows()
    from waterspace.geometry import footprints

    return windows_at(schedule, footprints.centre(footprint))


def light_at(position: Position) -> SunTable:
    """From sunrise to sunset of any date at a position.

    A date is the day around noon by the mean sun at the position's longitude, so that its sunrise and its sunset are
    those that people there give that date.
    """
    from waterspace.environment.sky import sun

    def light(day: date) -> Window | None:
        noon_ms = (day - _EPOCH).days * DAY_MS + DAY_MS // 2 - round(position.lon_deg / _TURN_DEG * DAY_MS)
        whole = Window(start_ms=noon_ms - DAY_MS // 2, end_ms=noon_ms + DAY_MS // 2)
        lit = sun.daylight(position, whole)
        return max(lit, key=lambda part: part.end_ms - part.start_ms) if lit else None

    return light
