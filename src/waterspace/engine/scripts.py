"""Runs the scripts of serials: takes each order, carries it out on the fleet, and answers it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from waterspace.domain import (
    Await,
    CloseTo,
    Follow,
    Leg,
    Order,
    Proceed,
    Record,
    Signal,
    Wait,
    WaitUntil,
    Wake,
    WakeReason,
)
from waterspace.engine.kernel import Priority, Ticket
from waterspace.errors import PluginError
from waterspace.geometry import legs as geometry
from waterspace.geometry.geodesic import distance_m
from waterspace.geometry.intercept import intercept_ms
from waterspace.serials import registry

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from waterspace.domain import Position, Serial, Window
    from waterspace.engine.sea import Sea
    from waterspace.serials.base import Briefing, Plan, Script, SerialType

__all__ = ["Actor", "LiveStage"]


_SLACK_M = 10.0
"""Two units count as met where they are this much farther apart than asked (assumed)."""


class LiveStage:
    """What a script sees of the running engine."""

    def __init__(self, sea: Sea, type_: SerialType[Any], briefing: Briefing[Any], plan: Plan) -> None:
        self.briefing = briefing
        self.plan = plan
        self.raised: set[str] = set()
        self.waiting: dict[str, list[Actor]] = {}
        self.sea = sea
        self.type = type_

    @property
    def serial(self) -> Serial:
        """The serial."""
        return self.briefing.serial

    @property
    def window(self) -> Window:
        """The window in which it runs."""
        return self.briefing.window

    @property
    def now_ms(self) -> int:
        """The instant."""
        return self.sea.kernel.now_ms

    def position(self, unit: str) -> Position:
        """Where a unit is now."""
        return self.sea.fleet[unit].position(self.now_ms)

    def stream(self, name: str) -> np.random.Generator:
        """Random numbers of this serial under a name."""
        return self.sea.streams.get(f"{self.serial.id}/{name}")


class Actor:
    """One unit's script in one serial."""

    def __init__(self, stage: LiveStage, unit: str, done: Callable[[], None]) -> None:
        self.stage = stage
        self.unit = unit
        self.is_over = False
        self._done = done
        self._script: Script = stage.type.script(stage, unit)
        self._ticket: Ticket | None = None
        self._awaiting = ""
        self._pursuit: CloseTo | None = None
        self._pursuit_end_ms = 0
        self._steered_ms = -1

    def start(self) -> None:
        """Take the first order."""
        self._advance(None)

    def cancel(self) -> None:
        """Break the script off, wherever it is."""
        self._clear()
        self.is_over = True
        self._script.close()

    def _clear(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
        if self._awaiting:
            self.stage.waiting[self._awaiting].remove(self)
            self._awaiting = ""
        if self._pursuit is not None:
            self.stage.sea.pursuers[self._pursuit.unit].remove(self)
            self._pursuit = None

    def _wake(self, reason: WakeReason) -> Wake:
        return Wake(reason=reason, time_ms=self.stage.now_ms, position=self.stage.position(self.unit))

    def _answer(self, reason: WakeReason) -> None:
        self._clear()
        self._advance(self._wake(reason))

    def _advance(self, wake: Wake | None) -> None:
        """Answer the script until it gives an order that takes time, or ends."""
        while not self.is_over:
            try:
                with registry.Blame(self.stage.type.key, self.stage.serial.id):
                    order = next(self._script) if wake is None else self._script.send(wake)
            except StopIteration:
                self.is_over = True
                self._done()
                return
            reason = self._carry_out(order)
            if reason is None:
                return
            wake = self._wake(reason)

    def _carry_out(self, order: Order) -> WakeReason | None:  # noqa: PLR0911  # one for each kind of order
        """Carry an order out; the reason to go on at once, or None where the answer comes later."""
        match order:
            case Record():
                self.stage.sea.record(self.stage.serial.id, self.unit, order)
                return WakeReason.DONE
            case Signal():
                self._raise(order.name)
                return WakeReason.DONE
            case Await():
                return self._await(order)
            case Wait():
                return self._sleep(self.stage.now_ms + max(0, order.duration_ms))
            case WaitUntil():
                return self._sleep(order.time_ms)
            case Proceed() | Follow():
                return self._move(order)
            case CloseTo():
                return self._close(order)
            case _:  # a plug-in need not have been type-checked
                message = f"serial type {self.stage.type.key!r} gives {self.unit} no order, but {order!r}"  # type: ignore[unreachable]
                raise PluginError(message)

    def _sleep(self, until_ms: int) -> WakeReason | None:
        if until_ms <= self.stage.now_ms:
            return WakeReason.ELAPSED
        self._later(until_ms, Priority.SCRIPT, WakeReason.ELAPSED)
        return None

    def _later(self, time_ms: int, priority: Priority, reason: WakeReason) -> None:
        self._ticket = self.stage.sea.kernel.at(time_ms, priority, lambda: self._answer(reason))

    def _raise(self, name: str) -> None:
        self.stage.raised.add(name)
        for actor in self.stage.waiting.pop(name, []):
            actor.signalled()

    def signalled(self) -> None:
        """The signal that was awaited has been raised; go on at this instant, after whoever raised it."""
        self._awaiting = ""
        if self._ticket is not None:
            self._ticket.cancel()
        self._later(self.stage.now_ms, Priority.SCRIPT, WakeReason.SIGNALLED)

    def _await(self, order: Await) -> WakeReason | None:
        if order.name in self.stage.raised:
            return WakeReason.SIGNALLED
        self._awaiting = order.name
        self.stage.waiting.setdefault(order.name, []).append(self)
        self._later(self.stage.now_ms + max(0, order.timeout_ms), Priority.SCRIPT, WakeReason.TIMEOUT)
        return None

    def _move(self, order: Proceed | Follow) -> WakeReason | None:
        self._refuse_if_shared()
        legs = self._legs(order)
        if not legs:
            return WakeReason.ARRIVED
        self.stage.sea.go(self.unit, legs)
        self._later(legs[-1].end_ms, Priority.MOTION, WakeReason.ARRIVED)
        return None

    def _legs(self, order: Proceed | Follow) -> tuple[Leg, ...]:
        now_ms, here = self.stage.now_ms, self.stage.position(self.unit)
        serial = self.stage.serial.id
        if isinstance(order, Proceed):
            speed_mps = order.speed_mps or self.stage.briefing.cruising_speed_mps(self.unit)
            height_m = self.stage.sea.fleet[self.unit].height_m(now_ms) if order.height_m is None else order.height_m
            return geometry.legs_at_speed((here, *order.waypoints), now_ms, speed_mps, height_m=height_m, serial=serial)
        if not order.legs:
            return ()
        first = order.legs[0]
        join: tuple[Leg, ...] = ()
        if not self.stage.sea.fleet.at(self.unit, first.start, now_ms):
            speed_mps = self.stage.briefing.max_speed_mps(self.unit)
            join = geometry.legs_at_speed((here, first.start), now_ms, speed_mps, height_m=first.height_m)
        begin_ms = join[-1].end_ms if join else now_ms
        own = geometry.shift(order.legs, begin_ms - first.start_ms)
        return tuple(replace(leg, serial=serial) for leg in (*join, *own))

    def _close(self, order: CloseTo) -> WakeReason | None:
        self._refuse_if_shared()
        if order.unit not in self.stage.sea.fleet:
            self._later(self.stage.now_ms + max(0, order.timeout_ms), Priority.SCRIPT, WakeReason.TIMEOUT)
            return None
        self._pursuit = order
        self._pursuit_end_ms = self.stage.now_ms + max(0, order.timeout_ms)
        self.stage.sea.pursuers.setdefault(order.unit, []).append(self)
        self.steer()
        return None

    def steer(self) -> None:
        """Shape a course to meet the pursued unit as it moves now; called again whenever it changes its track."""
        order = self._pursuit
        if order is None or self._steered_ms == self.stage.now_ms:
            return
        self._steered_ms = self.stage.now_ms
        if self._ticket is not None:
            self._ticket.cancel()
        now_ms, sea = self.stage.now_ms, self.stage.sea
        here = self.stage.position(self.unit)
        speed_mps = order.speed_mps or self.stage.briefing.max_speed_mps(self.unit)
        target = sea.course_of(order.unit)
        met_ms = intercept_ms(here, speed_mps, target, order.range_m, (now_ms, self._pursuit_end_ms))
        until_ms = self._pursuit_end_ms if met_ms is None else met_ms
        aim = geometry.position_at(target, until_ms)
        height_m = sea.fleet[self.unit].height_m(now_ms)
        legs = geometry.legs_at_speed((here, aim), now_ms, speed_mps, height_m=height_m, serial=self.stage.serial.id)
        if legs:
            sea.go(self.unit, legs)
        else:
            sea.fleet[self.unit].stop(now_ms)
        self._ticket = sea.kernel.at(until_ms, Priority.MOTION, lambda: self._closed(met_ms is not None))

    def _closed(self, met: bool) -> None:  # noqa: FBT001  # what the course was shaped for
        """The time is up, or the two should have met; where the other has turned meanwhile, go after it."""
        order = self._pursuit
        if order is not None and met and self.stage.now_ms < self._pursuit_end_ms and not self._within(order):
            self.steer()
            return
        self._answer(WakeReason.MET if met else WakeReason.TIMEOUT)

    def _within(self, order: CloseTo) -> bool:
        gap_m = distance_m(self.stage.position(self.unit), self.stage.position(order.unit))
        return gap_m <= order.range_m + _SLACK_M

    def _refuse_if_shared(self) -> None:
        if not self.stage.type.exclusive:
            message = (
                f"serial type {self.stage.type.key!r} says it is not exclusive, and yet its script moves {self.unit}"
            )
            raise PluginError(message)
