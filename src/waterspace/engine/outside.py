"""The outside world: checks what somebody does to a run, does it at its time, and carries news to the scripts."""

from __future__ import annotations

import difflib
import math
from typing import TYPE_CHECKING

from waterspace.domain import OutsideKind, WakeReason
from waterspace.engine.kernel import Priority
from waterspace.engine.news import News
from waterspace.errors import RehearsalError
from waterspace.notation import format_duration, format_time_iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from waterspace.domain import Exercise, Inject, OutsideEvent
    from waterspace.engine.conductor import Conductor
    from waterspace.engine.coxswain import Coxswain
    from waterspace.engine.sea import Sea

__all__ = ["Outside", "refuse_unknown"]

_REASONS = {
    OutsideKind.MESSAGE: WakeReason.MESSAGE,
    OutsideKind.ORDER: WakeReason.ORDERED,
    OutsideKind.INJECT: WakeReason.INJECT,
}
_OF_SERIALS = frozenset({OutsideKind.DELAY, OutsideKind.CANCEL, OutsideKind.PREEMPT})


class Outside:
    """Lets the outside world into one run, at its instants and after all else that is due at them."""

    def __init__(self, sea: Sea, conductors: Mapping[str, Conductor], coxswains: Sequence[Coxswain]) -> None:
        self._sea = sea
        self._conductors = conductors
        self._coxswains = coxswains
        sea.post = self.post

    def expect(self, event: OutsideEvent) -> None:
        """Have an event happen at its time.

        Raises:
            RehearsalError: the run is past that time, or the event names what is not there.
        """
        now_ms = self._sea.kernel.now_ms
        refuse_unknown(self._sea.exercise, event)
        if event.at_ms < now_ms:
            message = (
                f"{_called(event)} comes too late: the run is at {format_time_iso(now_ms)} already; "
                "give that time or a later one"
            )
            raise RehearsalError(message, time_ms=event.at_ms, serial=_serial(self._sea.exercise, event))
        self._sea.kernel.at(event.at_ms, Priority.OUTSIDE, lambda: self._strike(event))

    def expect_inject(self, inject: Inject) -> None:
        """Have an inject of the exercise happen at its time."""
        self._sea.kernel.at(inject.at_ms, Priority.CONDUCT, lambda: self._inject(inject))

    def post(self, to: str, news: News, within: str = "") -> None:
        """Bring news to the running scripts of a serial, a unit or a group.

        Args:
            to: id; empty brings it to all.
            news: what is brought.
            within: id of the one serial whose scripts get it; empty for all.
        """
        units = self._sea.exercise.groups[to].units if to in self._sea.exercise.groups else (to,)
        if to in self._sea.exercise.serials:
            units = ("",)
        for conductor in self._conductors.values():
            if within not in {"", conductor.id}:
                continue
            if to not in self._sea.exercise.serials or conductor.id == to:
                _bring(conductor, news, units)

    def _inject(self, inject: Inject) -> None:
        sea = self._sea
        serial = inject.to if inject.to in sea.exercise.serials else inject.delays
        unit = inject.to if inject.to in sea.exercise.units else ""
        sea.write("inject", f"{inject.id}: {inject.text}", serial=serial, unit=unit)
        if inject.delays in self._conductors and inject.delay_ms > 0:
            self._conductors[inject.delays].put_back(inject.delay_ms)
        self.post(inject.to, News(WakeReason.INJECT, inject.text, inject.id, {}))

    def _strike(self, event: OutsideEvent) -> None:
        exercise = self._sea.exercise
        unit = event.to if event.to in exercise.units else ""
        text = f"{event.kind.value} to {event.to}" + (f": {event.text}" if event.text else "")
        data = {**event.data, **({"by_ms": event.by_ms} if event.by_ms else {})}
        self._sea.write(f"outside.{event.kind.value}", text, serial=_serial(exercise, event), unit=unit, data=data)
        if event.kind in _REASONS:
            self.post(event.to, News(_REASONS[event.kind], event.text, "", event.data))
        elif event.kind is OutsideKind.FAILURE:
            self._fail(event.to, event.by_ms, event.text)
        elif event.to in self._conductors:
            self._direct(event, self._conductors[event.to])

    def _direct(self, event: OutsideEvent, conductor: Conductor) -> None:
        why = f": {event.text}" if event.text else ""
        if event.kind is OutsideKind.DELAY:
            conductor.put_back(event.by_ms, f"put back by order{why}")
        elif event.kind is OutsideKind.CANCEL:
            conductor.relieve(f"cancelled{why}")
        else:
            first = self._conductors.get(event.other)
            for coxswain in self._coxswains:
                if first is not None:
                    coxswain.favour(first, conductor)
            conductor.relieve(f"gave way to {event.other}{why}")

    def fail(self, unit: str, repair_ms: int, text: str) -> None:
        """Put a unit out of action by chance, and log it."""
        if self._sea.is_closed:
            return
        data = {"repair_ms": repair_ms}
        self._sea.write("unit.failed", f"{unit}: {text}, {format_duration(repair_ms)} to repair", unit=unit, data=data)
        self._fail(unit, repair_ms, text)

    def _fail(self, unit: str, repair_ms: int, text: str) -> None:
        """Put a unit out of action, and see to its repair; without a time, for the rest of the run."""
        sea = self._sea
        repaired_ms = sea.kernel.now_ms + repair_ms if repair_ms else math.inf
        sea.disabled[unit] = max(repaired_ms, sea.disabled.get(unit, repaired_ms))
        if repair_ms:
            sea.kernel.at(sea.kernel.now_ms + repair_ms, Priority.CONDUCT, lambda: self._repair(unit))
        why = f"out of action{f' ({text})' if text else ''}"
        if repair_ms:
            why += f" for {format_duration(repair_ms)}"
        for conductor in self._conductors.values():
            conductor.fail(unit, why)
        for coxswain in self._coxswains:
            if coxswain.unit.id == unit:
                coxswain.fail()

    def _repair(self, unit: str) -> None:
        if self._sea.disabled.get(unit, math.inf) > self._sea.kernel.now_ms:
            return
        del self._sea.disabled[unit]
        self._sea.write("unit.repaired", f"{unit} repaired", unit=unit)
        for coxswain in self._coxswains:
            if coxswain.unit.id == unit:
                coxswain.repaired()


def refuse_unknown(exercise: Exercise, event: OutsideEvent) -> None:
    """Make sure that an event names what the exercise has, and has an amount that can be used.

    Raises:
        RehearsalError: it does not.
    """
    if event.kind in _OF_SERIALS:
        _refuse_stranger(event, event.to, "serial", exercise.serials)
    elif event.kind is OutsideKind.FAILURE:
        _refuse_stranger(event, event.to, "unit", exercise.units)
    else:
        _refuse_stranger(event, event.to, "unit or serial", (*exercise.units, *exercise.serials))
    if event.kind is OutsideKind.PREEMPT:
        _refuse_stranger(event, event.other, "serial", exercise.serials)
        if event.other == event.to:
            raise _refusal(event, "a serial cannot give way to itself; name the other one in `other`")
    if event.by_ms < 0 or (event.kind is OutsideKind.DELAY and event.by_ms == 0):
        raise _refusal(event, f"by_ms is {event.by_ms}; it must be {'above 0' if event.by_ms == 0 else '0 or above'}")


def _refuse_stranger(event: OutsideEvent, name: str, what: str, known: Iterable[str]) -> None:
    names = tuple(known)
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise _refusal(event, f"{name!r} is no {what} of the exercise{hint}")


def _refusal(event: OutsideEvent, why: str) -> RehearsalError:
    return RehearsalError(f"{_called(event)} cannot be: {why}", time_ms=event.at_ms, serial=event.other or event.to)


def _called(event: OutsideEvent) -> str:
    return f"the {event.kind.value} to {event.to} at {format_time_iso(event.at_ms)}"


def _serial(exercise: Exercise, event: OutsideEvent) -> str:
    return event.to if event.to in exercise.serials else ""


def _bring(conductor: Conductor, news: News, units: Iterable[str]) -> None:
    if conductor.is_running and not conductor.is_over:
        for unit in units:
            conductor.bring(news, unit)
