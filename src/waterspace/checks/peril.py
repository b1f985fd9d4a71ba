"""Peril: which serials put people in danger."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from waterspace.domain import Hazard, Medium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context

__all__ = ["endangering", "flown"]

_PERILOUS = frozenset({Hazard.FIRING, Hazard.FLYING})

_KEPT: WeakKeyDictionary[Context, tuple[str, ...]] = WeakKeyDictionary()
"""What was found for a plan, for several rules ask."""


def endangering(context: Context) -> tuple[str, ...]:
    """Serials in which people may come to harm, in the order of the file: they fire, fly, or need a safety officer."""
    kept = _KEPT.get(context)
    if kept is None:
        kept = _KEPT[context] = tuple(_found(context))
    return kept


def _found(context: Context) -> Iterator[str]:
    claimed = {claim.owner for claim in context.reservations if claim.hazard in _PERILOUS}
    airborne = frozenset(flown(context))
    for id_ in context.windows:
        needs = context.types[id_].needs(context.exercise.serials[id_].parameters)
        if id_ in claimed or id_ in airborne or needs.safety_officer:
            yield id_


def flown(context: Context) -> tuple[str, ...]:
    """Serials with an aircraft in them, in the order of the file."""
    aircraft = {unit for unit in context.exercise.units if context.medium(unit) is Medium.AIR}
    return tuple(id_ for id_ in context.windows if aircraft & context.assigned[id_]) if aircraft else ()
