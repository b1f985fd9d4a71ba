"""Pursues one unit: shapes a course to meet it, and shapes it anew whenever the other changes its track."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import WakeReason
from waterspace.engine.kernel import Priority, Ticket
from waterspace.geometry import legs as geometry
from waterspace.geometry.geodesic import distance_m
from waterspace.geometry.intercept import intercept_ms

if TYPE_CHECKING:
    from collections.abc import Callable

    from waterspace.domain import CloseTo, Leg, Position
    from waterspace.engine.stage import LiveStage

__all__ = ["Pursuit"]

_SLACK_M = 10.0
"""Two units count as met where they are this much farther apart than asked (assumed)."""


class Pursuit:
    """One order to close another unit, while it is carried out.

    Attributes:
        order: what was ordered.
        unit: id of the unit that closes.
    """

    def __init__(self, stage: LiveStage, unit: str, order: CloseTo, done: Callable[[WakeReason], None]) -> None:
        """Take an order; the pursuit begins when it first steers.

        Args:
            stage: of the serial in which it is given.
            unit: that closes.
            order: what was ordered.
            done: told when the two have met, or the time is up.
        """
        self.stage = stage
        self.unit = unit
        self.order = order
        self._done = done
        self._end_ms = stage.now_ms + max(0, order.timeout_ms)
        self._steered_ms = -1
        self._ticket: Ticket | None = None

    @property
    def speed_mps(self) -> float:
        """Speed that is ordered, or the greatest of the unit."""
        given_mps = self.order.speed_mps
        return self.stage.briefing.max_speed_mps(self.unit) if given_mps is None else given_mps

    def stop(self) -> None:
        """The order is over."""
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def steer(self) -> None:
        """Shape a course to meet the pursued unit as it moves now; once at an instant is enough."""
        if self._steered_ms == self.stage.now_ms:
            return
        self._steered_ms = self.stage.now_ms
        if self._ticket is not None:
            self._ticket.cancel()
        now_ms, sea, order = self.stage.now_ms, self.stage.sea, self.order
        here = self.stage.position(self.unit)
        target = sea.course_of(order.unit)
        speed_mps = self._made_good_mps(here, target)
        met_ms = intercept_ms(here, speed_mps, target, order.range_m, (now_ms, self._end_ms))
        until_ms = self._end_ms if met_ms is None else met_ms
        aim = geometry.position_at(target, until_ms)
        height_m = sea.fleet[self.unit].height_m(now_ms)
        legs = geometry.legs_at_speed((here, aim), now_ms, speed_mps, height_m=height_m, serial=self.stage.serial.id)
        if legs:
            sea.go(self.unit, sea.fleet[self.unit].at_speed(legs, now_ms))
        else:
            sea.fleet[self.unit].stop(now_ms)
            sea.altered(self.unit)
        self._ticket = sea.kernel.at(until_ms, Priority.MOTION, lambda: self._closed(met_ms is not None))

    def _made_good_mps(self, here: Position, target: tuple[Leg, ...]) -> float:
        """What the sea leaves of the speed on the way to where the other one is now."""
        sea = self.stage.sea
        there = geometry.position_at(target, self.stage.now_ms)
        return sea.weather.attainable_mps(self.unit, self.speed_mps, (here, there), self.stage.now_ms)

    def _closed(self, met: bool) -> None:  # noqa: FBT001  # what the course was shaped for
        """The time is up, or the two should have met; where the other has turned meanwhile, go after it."""
        if met and self.stage.now_ms < self._end_ms and not self._is_within():
            self._steered_ms = -1
            self.steer()
            return
        self._done(WakeReason.MET if met else WakeReason.TIMEOUT)

    def _is_within(self) -> bool:
        gap_m = distance_m(self.stage.position(self.unit), self.stage.position(self.order.unit))
        return gap_m <= self.order.range_m + _SLACK_M
