"""Breakdowns and repairs in a run, by the rates that the exercise file gives; where it gives none nothing breaks down.

Each unit draws from a stream of its own, so that another unit, or another rate for it, changes nobody else's luck.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.engine.kernel import Priority
from waterspace.phenomena.failures import Lifetime, breakdowns
from waterspace.phenomena.links import outages_until
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from waterspace.domain import Exercise, Reliability, Window
    from waterspace.engine.outside import Outside
    from waterspace.engine.sea import Sea

__all__ = ["expect_breakdowns"]


def expect_breakdowns(sea: Sea, outside: Outside, window: Window) -> None:
    """Have every unit with a rate break down and be repaired again and again, within a window."""
    for unit, rate in _rates(sea.exercise).items():
        if unit in sea.fleet:
            works = Lifetime(mean_s=rate.works_mean_ms / SECOND_MS, shape_ratio=rate.shape_ratio)
            repair = Lifetime(mean_s=rate.repair_mean_ms / SECOND_MS)
            row = breakdowns(sea.streams.get(f"{unit}/breakdowns"), window.start_ms, works, repair)
            _expect_next(sea, outside, unit, outages_until(row, window.end_ms))


def _expect_next(sea: Sea, outside: Outside, unit: str, row: Iterator[Window]) -> None:
    spell = next(row, None)
    if spell is None:
        return
    repair_ms = spell.end_ms - spell.start_ms

    def strike() -> None:
        outside.fail(unit, repair_ms, "breakdown")
        _expect_next(sea, outside, unit, row)

    sea.kernel.at(spell.start_ms, Priority.CONDUCT, strike)


def _rates(exercise: Exercise) -> Mapping[str, Reliability]:
    """The rate of each unit: that of the first entry that names it, else of the first that names nobody."""
    common = next((rate for rate in exercise.breakdowns.values() if not rate.units), None)
    found = {} if common is None else dict.fromkeys(exercise.units, common)
    for rate in reversed(tuple(exercise.breakdowns.values())):
        found |= dict.fromkeys(exercise.expand(rate.units), rate)
    return {unit: found[unit] for unit in exercise.units if unit in found}
