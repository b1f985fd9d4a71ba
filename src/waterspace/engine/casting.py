"""Who can take part in a serial as things stand: whether its roles are filled, and when all can be there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.programme.passages import departure
from waterspace.serials import registry

if TYPE_CHECKING:
    from collections.abc import Collection

    from waterspace.domain import Exercise, Serial
    from waterspace.engine.sea import Sea
    from waterspace.serials.base import Plan

__all__ = ["all_there_ms", "leaves_short", "roles_short", "standing_in", "with_those_here"]


def roles_short(exercise: Exercise, serial: Serial, absent: Collection[str]) -> list[str]:
    """Names of the roles that cannot be filled without some units."""
    return [
        role.name
        for role in registry.get(serial.type).roles
        if sum(exercise.units[unit].count for unit in exercise.units_in(serial, role.name) if unit not in absent)
        < role.minimum
    ]


def leaves_short(exercise: Exercise, serial: Serial, unit: str, lost: Collection[str]) -> bool:
    """Whether the loss of a unit leaves a role of it with too few, counting those who stand in for it.

    Args:
        exercise: the plan.
        serial: with those who took part.
        unit: id of the one that has just been lost.
        lost: ids of all that have been, it included.
    """
    roles = registry.get(serial.type).roles
    for role in roles:
        filling = (role.name, *(other.name for other in roles if other.stands_in == role.name))
        left = {name for each in filling for name in serial.units.get(each, ()) if name not in lost}
        if unit in serial.units.get(role.name, ()) and sum(exercise.units[name].count for name in left) < role.minimum:
            return True
    return False


def standing_in(serial: Serial, lost: str) -> tuple[str, ...]:
    """Ids of those who stand in for others of a serial, and so hear of each loss; the lost one left out."""
    roles = registry.get(serial.type).roles
    found = (name for role in roles if role.stands_in for name in serial.units.get(role.name, ()))
    return tuple(dict.fromkeys(name for name in found if name != lost))


def with_those_here(sea: Sea, serial: Serial, absent: Collection[str]) -> Serial:
    """A serial without the units that are late and those that the plan never gives a place."""
    units = {
        role: tuple(unit for unit in sea.exercise.expand(names) if unit in sea.fleet and unit not in absent)
        for role, names in serial.units.items()
    }
    return replace(serial, units=units)


def all_there_ms(sea: Sea, plan: Plan) -> int:
    """When the last unit can be where a plan wants it, each at its best speed from where it is now."""
    now_ms, fleet = sea.kernel.now_ms, sea.fleet
    ways = (
        departure(sea.exercise, unit, (fleet[unit].position(now_ms), legs[0].start), (now_ms, now_ms), in_harbour=False)
        for unit, legs in plan.items()
        if unit in fleet
    )
    return max((way.arrive_ms for way in ways), default=now_ms)
