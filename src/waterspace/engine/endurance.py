"""Watches over how long an aircraft can still stay up, and sends it home while it can still get there.

It looks ahead only as far as is safe: the margin (what is left of the endurance, less the flight home) falls no faster
than the speeds of the aircraft and of its ship allow, so the instant at which it is used up is found in a few looks.
An aircraft whose class gives no endurance, or that has no base, is not watched. Right to a few seconds.
"""

from __future__ import annotations

import bisect
import math
from typing import TYPE_CHECKING

from waterspace.domain import Medium
from waterspace.engine.kernel import Priority, Ticket
from waterspace.geometry.geodesic import distance_m
from waterspace.phenomena.fuel import aloft_ms
from waterspace.programme.passages import TURN_ROUND_MS, carrier, flies_home
from waterspace.quantity import MINUTE_MS, SECOND_MS
from waterspace.serials.base import cruising_speed_mps, top_speed_mps

if TYPE_CHECKING:
    from collections.abc import Callable

    from waterspace.domain import Unit
    from waterspace.engine.motion import Mover
    from waterspace.engine.sea import Sea

__all__ = ["EnduranceWatch", "endurance_ms"]

_SHORT_MS = SECOND_MS
"""An aircraft breaks off when this much is wanting; looks are never closer together than this either (assumed)."""

_NEAR_MS = 10 * MINUTE_MS
"""With more than this in hand the flight home is only estimated, from above (assumed)."""


def endurance_ms(sea: Sea, unit: Unit) -> int | None:
    """How long an aircraft that flies from a base can stay up; None where that is not known, and for all others."""
    platform = sea.exercise.platform(unit.id)
    if platform is None or platform.medium is not Medium.AIR or not flies_home(sea.exercise, unit):
        return None
    return platform.endurance_ms or None


class EnduranceWatch:
    """The watch over one aircraft.

    Attributes:
        limit_ms: its endurance.
    """

    def __init__(
        self, sea: Sea, unit: Unit, limit_ms: int, landing_ms: Callable[[], int | None], break_off: Callable[[], None]
    ) -> None:
        self.limit_ms = limit_ms
        self._sea = sea
        self._mover: Mover = sea.fleet[unit.id]
        self._landing_ms = landing_ms
        self._break_off = break_off
        self._ticket: Ticket | None = None
        self._up_ms = 0
        cruise_mps = cruising_speed_mps(sea.exercise, unit.id)
        ship = carrier(sea.exercise, unit)
        ship_mps = top_speed_mps(sea.exercise, ship) if ship else 0.0
        apart_mps = top_speed_mps(sea.exercise, unit.id) + ship_mps
        self._home_mps = max(cruise_mps - ship_mps, cruise_mps / 2.0)
        self._falls_ratio = 1.0 + apart_mps / self._home_mps
        self._unit, self._ship = unit, ship

    def begin(self) -> None:
        """It has taken off."""
        self._up_ms = self._sea.kernel.now_ms
        self.resume()

    def resume(self) -> None:
        """It goes on with its flight."""
        self.end()
        self._look()

    def end(self) -> None:
        """It is on its way home, or down."""
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def _look(self) -> None:
        now_ms = self._sea.kernel.now_ms
        legs = self._mover.legs
        flown = legs[bisect.bisect_left(legs, self._up_ms, key=lambda leg: leg.start_ms) :]
        left_ms = self.limit_ms - aloft_ms(flown, now_ms, TURN_ROUND_MS)
        margin_ms = left_ms - self._at_most_ms(now_ms)
        if margin_ms < _NEAR_MS:
            land_ms = self._landing_ms()
            if land_ms is None:
                return
            margin_ms = left_ms - (land_ms - now_ms)
        if margin_ms <= -_SHORT_MS:
            self._ticket = None
            self._break_off()
            return
        wait_ms = max(round(margin_ms / self._falls_ratio), _SHORT_MS)
        self._ticket = self._sea.kernel.at(now_ms + wait_ms, Priority.SCRIPT, self._look)

    def _at_most_ms(self, now_ms: int) -> float:
        """How long the flight home lasts at most, however its ship moves."""
        fleet = self._sea.fleet
        base = fleet[self._ship].position(now_ms) if self._ship in fleet else self._unit.home
        if base is None:
            return math.inf
        return distance_m(self._mover.position(now_ms), base) * SECOND_MS / self._home_mps
