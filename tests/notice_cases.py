"""Firing practices and the notices of them, as pieces of exercise files for planted defects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planting import clock, flotilla, period
from waterspace.quantity import MINUTE_MS

if TYPE_CHECKING:
    from waterspace.domain import Position

__all__ = ["firing", "notice", "practice"]


def firing(id_: str, start_ms: int, minutes: int, *, more: str = "") -> str:
    """One practice in the area WEST."""
    return (
        f"  {id_}:\n    type: gunnery\n    area: WEST\n    units: {{firing: ALFA, safety: BRAVO}}\n"
        f"    start: {clock(start_ms)}\n    duration: {minutes} min\n    objectives: O1\n"
        f"    safety_officer: Executive officer\n{more}"
    )


def practice(position: Position, start_ms: int, minutes: int, *, more: str = "") -> str:
    """A whole plan with one practice S1, but for its notices."""
    return period(start_ms, 40) + flotilla(position) + "serials:\n" + firing("S1", start_ms, minutes, more=more)


def notice(id_: str, kind: str, planned_ms: int, covers: str = "S1", **more: str) -> str:
    """One line of notices."""
    keys = "".join(f", {key}: {value}" for key, value in more.items())
    whole_ms = planned_ms - planned_ms % MINUTE_MS
    return f"  {id_}: {{kind: {kind}, covers: [{covers}], planned: {clock(whole_ms)}{keys}}}\n"
