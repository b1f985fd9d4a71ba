"""Peril: which serials put people in danger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Hazard, Medium

if TYPE_CHECKING:
    from waterspace.checks.context import Context

__all__ = ["endangering", "flown"]

_PERILOUS = frozenset({Hazard.FIRING, Hazard.FLYING})


def endangering(context: Context) -> tuple[str, ...]:
    """Serials in which people may come to harm, in the order of the file: they fire, fly, or need a safety officer."""
    return context.once(_found)


def _found(context: Context) -> tuple[str, ...]:
    claimed = {claim.owner for claim in context.reservations if claim.hazard in _PERILOUS}
    perilous, needs = claimed.union(flown(context)), context.needs
    return tuple(id_ for id_ in context.windows if id_ in perilous or needs[id_].safety_officer)


def flown(context: Context) -> tuple[str, ...]:
    """Serials with an aircraft in them, in the order of the file."""
    aircraft = {unit for unit in context.exercise.units if context.medium(unit) is Medium.AIR}
    return tuple(id_ for id_ in context.windows if aircraft & context.assigned[id_]) if aircraft else ()
