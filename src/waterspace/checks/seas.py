"""Seas: which territorial seas claims and ways lead into, and who has leave to exercise there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from waterspace.checks.consents import leave_given
from waterspace.checks.sifting import surely_clear

if TYPE_CHECKING:
    from collections.abc import Callable

    from waterspace.checks.context import Context
    from waterspace.checks.reach import Balls
    from waterspace.domain import Footprint, Reservation
    from waterspace.environment.limits.reach import NearZone

__all__ = ["Seas", "may_exercise", "reported_seas"]


class Seas:
    """Which territorial seas footprints reach into, each worked out once."""

    def __init__(self, context: Context) -> None:
        self._zones = context.surroundings.zones
        self._known: dict[int, tuple[Footprint, tuple[NearZone, ...]]] = {}

    def near(self, footprint: Footprint) -> tuple[NearZone, ...]:
        """The deepest first; those of shores that are assigned to nobody are left out."""
        if id(footprint) not in self._known:
            found = tuple(near for near in self._zones.territorial_seas_near(footprint) if near.state)
            self._known[id(footprint)] = (footprint, found)
        return self._known[id(footprint)][1]

    def unclear(self, some: Balls) -> list[int]:
        """Numbers of the balls that may be in somebody's sea, rising."""
        clear = surely_clear(some, self._zones.surely_none_near, 1)
        return [number for number, is_clear in enumerate(clear.tolist()) if not is_clear]


def reported_seas(context: Context, seas: Seas) -> Callable[[str, str], bool]:
    """Whether another rule (WS301) speaks of a serial in the sea of a state, for its claims there are dangerous."""
    dangers: dict[str, list[Reservation]] = defaultdict(list)
    for claim in context.reservations:
        if claim.hazard.is_hazardous:
            dangers[claim.owner].append(claim)

    def told(serial: str, state: str) -> bool:
        return any(near.state == state for claim in dangers.get(serial, ()) for near in seas.near(claim.footprint))

    return told


def may_exercise(context: Context, state: str, serial: str) -> bool:
    """Whether a state hosts the exercise, or has given leave for a serial."""
    return state == context.exercise.host or leave_given(context, state, serial)
