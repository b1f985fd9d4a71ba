"""Light: which serials need the sun."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waterspace.checks.context import Context

__all__ = ["needs_daylight"]


def needs_daylight(context: Context, serial: str) -> bool:
    """Whether the sun must be up throughout a serial: as its conditions say, else as its type does."""
    asked = context.exercise.serials[serial].conditions.daylight
    if asked is not None:
        return asked
    return context.needs[serial].daylight
