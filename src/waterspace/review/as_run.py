"""A serial as it really ran: when, and with those who took part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from waterspace.serials.base import Briefing

if TYPE_CHECKING:
    from waterspace.domain import Exercise, SerialRecord

__all__ = ["as_run"]


def as_run(exercise: Exercise, record: SerialRecord) -> Briefing[Any] | None:
    """The briefing of a serial with its actual window and the units that took part; None where it did not run."""
    if record.actual is None or record.actual.end_ms <= record.actual.start_ms:
        return None
    serial = exercise.serials[record.serial]
    units = {
        role: tuple(unit for unit in exercise.expand(names) if unit in record.units)
        for role, names in serial.units.items()
    }
    return Briefing(
        exercise=exercise, serial=replace(serial, units=units, area=record.area or serial.area), window=record.actual
    )
