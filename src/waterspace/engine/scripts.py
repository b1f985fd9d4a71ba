"""Runs the scripts of serials: takes each order, carries it out on the fleet, and answers it."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING

from waterspace.domain import (
    Await,
    CloseTo,
    Follow,
    KeepStation,
    Leg,
    Order,
    Proceed,
    Record,
    Send,
    Signal,
    Wait,
    WaitUntil,
    Wake,
    WakeReason,
)
from waterspace.engine import watchman
from waterspace.engine.kernel import Priority, Ticket
from waterspace.engine.news import News
from waterspace.engine.pursuit import Pursuit
from waterspace.engine.station import StationKeeper, why_not
from waterspace.errors import OrderError, PluginError, RehearsalError, RelievedError
from waterspace.geometry import legs as geometry
from waterspace.notation import format_time_iso
from waterspace.serials import registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from waterspace.engine.stage import LiveStage
    from waterspace.serials.base import Script

__all__ = ["MOST_ORDERS", "Actor"]

MOST_ORDERS = 10_000
"""Orders of one script at one instant after which it is held never to let time pass (assumed)."""

_NOTHING: frozenset[WakeReason] = frozenset()


class Actor:
    """One unit's script in one serial.

    Attributes:
        is_over: it gives no more orders.
        failure: why it ended before its time, in words; empty where it ended by itself or was told to.
        keeper: of the station that it is told to keep; None while it keeps none.
    """

    def __init__(self, stage: LiveStage, unit: str, done: Callable[[Actor], None]) -> None:
        self.stage = stage
        self.unit = unit
        self.is_over = False
        self.failure = ""
        self._done = done
        self._script: Script = stage.type.script(stage, unit)
        self._ticket: Ticket | None = None
        self._awaiting = ""
        self.keeper: StationKeeper | None = None
        self._pursuit: Pursuit | None = None
        self._is_moving = False
        self._heeds = _NOTHING
        self._inbox: list[News] = []
        self._counted_ms, self._orders = -1, 0

    def start(self) -> None:
        """Take the first order."""
        self._advance(None)

    def tell(self, news: News) -> None:
        """Bring news: it wakes a script whose order heeds it, and is kept for one whose order does not."""
        if self.is_over:
            return
        self._inbox.append(news)
        if news.reason in self._heeds:
            self._break_off()
            self._advance(self._wake_by_news(self._inbox.pop()))

    def fail(self, text: str) -> None:
        """The unit is out of action: the script is told, and ends unless it knows what to do."""
        if self.is_over:
            return
        if WakeReason.FAILED in self._heeds:
            self.tell(News(WakeReason.FAILED, text, "", {}))
        else:
            self._break_off()
            self._advance(OrderError(text))

    def relieve(self, reason: str) -> None:
        """Tell the script to stop. It may give orders that clean up, and take time over them."""
        if not self.is_over:
            self._break_off()
            self._advance(RelievedError(reason))

    def cancel(self, reason: str = "its time is over") -> None:
        """Break the script off, wherever it is; orders with which it cleans up are lost where they take time."""
        self._clear()
        if not self.is_over:
            self._wind_up(RelievedError(reason))
            self.is_over = True
            try:
                self._script.close()
            except RuntimeError as error:
                raise self._stuck("goes on giving orders after it has been closed") from error

    def withdraw(self, reason: str) -> None:
        """Take the unit out of the serial, whatever its script would like."""
        if not self.is_over:
            if self._is_moving:
                self.stage.sea.halt(self.unit)
            self.cancel(reason)
            self.failure = reason
            self._done(self)

    def _wind_up(self, answer: Wake | Exception) -> None:
        """Carry out what the script still orders, up to the first order that takes time."""
        while True:
            self._count()
            order = self._resume(answer)
            if not isinstance(order, Record | Signal | Send):
                return
            answer = self._try(order) or answer

    def _clear(self) -> None:
        self._heeds = _NOTHING
        self._is_moving = False
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
        if self._awaiting:
            self.stage.waiting[self._awaiting].remove(self)
            self._awaiting = ""
        if self._pursuit is not None:
            self._pursuit.stop()
            self.stage.sea.pursuers[self._pursuit.order.unit].remove(self)
            self._pursuit = None
        if self.keeper is not None:
            self.keeper.stop()
            self.stage.sea.pursuers[self.keeper.order.guide].remove(self)
            self.keeper = None

    def _break_off(self) -> None:
        """Leave the order in hand; a unit that moves by it stops where it is."""
        if self._is_moving:
            self.stage.sea.halt(self.unit)
        self._clear()

    def _wake(self, reason: WakeReason) -> Wake:
        return Wake(reason=reason, time_ms=self.stage.now_ms, position=self.stage.position(self.unit))

    def _wake_by_news(self, news: News) -> Wake:
        return Wake(
            reason=news.reason,
            time_ms=self.stage.now_ms,
            position=self.stage.position(self.unit),
            text=news.text,
            sender=news.sender,
            data=dict(news.data),
        )

    def _answer(self, reason: WakeReason) -> None:
        self._clear()
        self._advance(self._wake(reason))

    def _advance(self, answer: Wake | Exception | None) -> None:
        """Answer the script until it gives an order that takes time, or ends."""
        while True:
            self._count()
            order = self._resume(answer)
            if self.is_over:
                self._done(self)
                return
            answer = self._try(order)
            if answer is None:
                return

    def _resume(self, answer: Wake | Exception | None) -> Order | None:
        """The next order of the script; where it ends instead, it is over, and nothing comes back."""
        watch = self.stage.sea.watch
        try:
            watch.asked()
            with registry.Blame(self.stage.type.key, self.stage.serial.id):
                if answer is None:
                    return next(self._script)
                if isinstance(answer, Exception):
                    return self._script.throw(answer)
                return self._script.send(answer)
        except OrderError as error:
            self.failure = str(error)
        except (RelievedError, StopIteration):
            pass
        except watchman.NoOrderError:
            watch.broken_off()
            self.is_over = True
            raise self._stuck(f"has computed for {watchman.LONGEST_S:.0f} s and given no order") from None
        finally:
            watch.answered()
        self.is_over = True
        return None

    def _count(self) -> None:
        """Make sure that time passes.

        Raises:
            RehearsalError: the script gives order after order at one instant.
        """
        if self._counted_ms != self.stage.now_ms:
            self._counted_ms, self._orders = self.stage.now_ms, 0
        self._orders += 1
        if self._orders > MOST_ORDERS:
            raise self._stuck(f"has given {MOST_ORDERS:,} orders at one instant, and no time passes")

    def _stuck(self, how: str) -> RehearsalError:
        serial, now_ms = self.stage.serial.id, self.stage.now_ms
        message = (
            f"serial {serial} at {format_time_iso(now_ms)}: the script of {self.unit} "
            f"(serial type {self.stage.type.key!r}) {how}; the script must be mended"
        )
        return RehearsalError(message, time_ms=now_ms, serial=serial)

    def _refused(self, why: str) -> OrderError:
        """An order that cannot be carried out."""
        return OrderError(f"serial {self.stage.serial.id} at {format_time_iso(self.stage.now_ms)}: {self.unit} {why}")

    def _try(self, order: Order | None) -> Wake | Exception | None:
        """Carry an order out; what to answer at once, or None where the answer comes later."""
        if self._inbox and (heeds := getattr(order, "heeds", _NOTHING)):
            for news in self._inbox:
                if news.reason in heeds:
                    self._inbox.remove(news)
                    return self._wake_by_news(news)
        try:
            reason = self._carry_out(order)
        except OrderError as error:
            return error
        if reason is not None:
            return self._wake(reason)
        self._heeds = getattr(order, "heeds", _NOTHING)
        return None

    def _carry_out(self, order: Order | None) -> WakeReason | None:  # noqa: PLR0911  # one for each kind of order
        """Carry an order out; the reason to go on at once, or None where the answer comes later."""
        match order:
            case Record():
                self.stage.sea.record(self.stage.serial.id, self.unit, order)
                return WakeReason.DONE
            case Signal():
                self._raise(order.name)
                return WakeReason.DONE
            case Send():
                return self._send(order)
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
            case KeepStation():
                return self._keep_station(order)
            case _:  # a plug-in need not have been type-checked
                message = (
                    f"serial type {self.stage.type.key!r} gives {self.unit} no order, but {order!r}, "
                    f"in serial {self.stage.serial.id} at {format_time_iso(self.stage.now_ms)}"
                )
                raise PluginError(message)

    def _sleep(self, until_ms: int) -> WakeReason | None:
        if until_ms <= self.stage.now_ms:
            return WakeReason.ELAPSED
        self._later(until_ms, Priority.SCRIPT, WakeReason.ELAPSED)
        return None

    def _later(self, time_ms: int, priority: Priority, reason: WakeReason) -> None:
        try:
            due_ms = operator.index(time_ms)
        except TypeError:
            raise self._refused(f"is to wait until {time_ms!r}; times are whole milliseconds") from None
        self._ticket = self.stage.sea.kernel.at(due_ms, priority, lambda: self._answer(reason))

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
        self._later(self.stage.now_ms + max(0, order.timeout_ms), Priority.SCRIPT, WakeReason.TIMEOUT)
        self._awaiting = order.name
        self.stage.waiting.setdefault(order.name, []).append(self)
        return None

    def _send(self, order: Send) -> WakeReason:
        sea = self.stage.sea
        if order.to not in sea.exercise.units and order.to not in sea.exercise.serials:
            raise self._refused(f"sends word to {order.to!r}, which is no unit and no serial of the exercise")
        data = {"to": order.to, **order.data}
        sea.write("message.sent", order.text, serial=self.stage.serial.id, unit=self.unit, data=data)
        news = News(WakeReason.MESSAGE, order.text, self.unit, order.data)
        due_ms = self.stage.now_ms + max(0, order.delay_ms)
        if sea.exercise.links:
            sea.kernel.at(due_ms, Priority.SCRIPT, lambda: sea.call(order.to, news))
        else:
            sea.kernel.at(due_ms, Priority.SCRIPT, lambda: sea.post(order.to, news))
        return WakeReason.DONE

    def _move(self, order: Proceed | Follow) -> WakeReason | None:
        self._refuse_if_fixed()
        try:
            legs = self._legs(order)
        except ValueError as error:
            raise self._refused(f"cannot reach its station: {error}") from error
        if not legs:
            return WakeReason.ARRIVED
        mover, now_ms = self.stage.sea.fleet[self.unit], self.stage.now_ms
        run = mover.at_speed(legs, now_ms) if isinstance(order, Proceed) else mover.in_time(legs, now_ms)
        legs = self.stage.sea.go(self.unit, run)
        self._later(legs[-1].end_ms, Priority.MOTION, WakeReason.ARRIVED)
        self._is_moving = True
        return None

    def _legs(self, order: Proceed | Follow) -> tuple[Leg, ...]:
        now_ms, here = self.stage.now_ms, self.stage.position(self.unit)
        serial = self.stage.serial.id
        if isinstance(order, Proceed):
            cruising_mps = self.stage.briefing.cruising_speed_mps(self.unit)
            speed_mps = cruising_mps if order.speed_mps is None else order.speed_mps
            height_m = self.stage.sea.fleet[self.unit].height_m(now_ms) if order.height_m is None else order.height_m
            return geometry.legs_at_speed((here, *order.waypoints), now_ms, speed_mps, height_m=height_m, serial=serial)
        if not order.legs:
            return ()
        first = order.legs[0]
        join: tuple[Leg, ...] = ()
        if not self.stage.sea.fleet.at(self.unit, first.start, now_ms):
            speed_mps = self.stage.briefing.max_speed_mps(self.unit)
            join = geometry.legs_at_speed(
                (here, first.start), now_ms, speed_mps, height_m=first.height_m, serial=serial
            )
        begin_ms = join[-1].end_ms if join else now_ms
        return (*join, *geometry.assign(geometry.shift(order.legs, begin_ms - first.start_ms), serial))

    def _close(self, order: CloseTo) -> WakeReason | None:
        self._refuse_if_fixed()
        if order.unit not in self.stage.sea.exercise.units:
            raise self._refused(f"is to close {order.unit!r}, which is no unit of the exercise")
        if order.unit not in self.stage.sea.fleet:  # it has no place anywhere
            self._later(self.stage.now_ms + max(0, order.timeout_ms), Priority.SCRIPT, WakeReason.TIMEOUT)
            return None
        pursuit = Pursuit(self.stage, self.unit, order, self._answer)
        if not 0.0 < pursuit.speed_mps < math.inf:
            raise self._refused(f"cannot close {order.unit} at {pursuit.speed_mps} m/s; a speed above 0 is needed")
        self._pursuit = pursuit
        self.stage.sea.pursuers.setdefault(order.unit, []).append(self)
        self._is_moving = True
        pursuit.steer()
        return None

    def _keep_station(self, order: KeepStation) -> WakeReason | None:
        self._refuse_if_fixed()
        sea, briefing = self.stage.sea, self.stage.briefing
        top_mps = briefing.max_speed_mps(self.unit) if order.speed_mps is None else order.speed_mps
        refusal = why_not(sea, self.unit, order, top_mps)
        if refusal:
            raise self._refused(refusal)
        if order.until_ms <= self.stage.now_ms:
            return WakeReason.ELAPSED
        self._later(order.until_ms, Priority.SCRIPT, WakeReason.ELAPSED)
        self.keeper = StationKeeper(sea, self.unit, self.stage.serial.id, order, top_mps)
        sea.pursuers.setdefault(order.guide, []).append(self)
        self._is_moving = True
        self.keeper.steer()
        return None

    def steer(self) -> None:
        """Act on what the unit that it closes, or keeps station on, does now; called whenever that alters its track."""
        if self.keeper is not None:
            self.keeper.steer()
        elif self._pursuit is not None:
            self._pursuit.steer()

    def _refuse_if_fixed(self) -> None:
        if not self.stage.type.exclusive:
            message = (
                f"serial type {self.stage.type.key!r} says it is not exclusive, and yet its script moves {self.unit}"
            )
            raise PluginError(message)
        if self.unit in self.stage.sea.disabled:
            raise self._refused("is out of action and cannot move")
