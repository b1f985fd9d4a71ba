"""Conducts one serial: waits for time, order and units, starts it, runs its scripts, ends it."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from waterspace.domain import SerialRecord, SerialStatus, WakeReason, Window
from waterspace.domain.policy import Trouble, Verb
from waterspace.engine.casting import all_there_ms, leaves_short, roles_short, standing_in, with_those_here
from waterspace.engine.command import PATIENCE_MS
from waterspace.engine.hindrances import Hindrances
from waterspace.engine.kernel import Priority, Ticket
from waterspace.engine.news import News as Word
from waterspace.engine.range_safety import RangeWatch, range_watch
from waterspace.engine.scripts import Actor
from waterspace.engine.stage import OVERRUN_MS, LiveStage
from waterspace.notation import format_duration
from waterspace.programme.build import plan_serial
from waterspace.quantity import HOUR_MS, MINUTE_MS, SECOND_MS
from waterspace.serials import registry
from waterspace.serials.base import Briefing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from waterspace.engine.sea import Sea
    from waterspace.phenomena.decisions import Decision
    from waterspace.programme.build import SerialPlan
    from waterspace.serials.base import Plan

__all__ = ["Conductor", "News"]

_GRACE_MS = HOUR_MS
"""How long the scripts of a serial that is told to stop may take to clean up (assumed)."""


class News(Enum):
    """What a conductor has to tell the units."""

    BEGUN = "begun"
    PUT_BACK = "put back"
    MOVED = "moved to another area"
    LOST = "has lost a unit"
    ENDED = "ended"


class Conductor:
    """One serial in the run.

    Attributes:
        due_ms: when it should start, by the plan and by what injects have put back.
        ready: units that are in place.
        is_over: it has ended, or will not run.
        lost: units that took part and had to leave before its end, to what is said of that.
        ended_ms: when it ended, or it became certain that it would not run; None before.
    """

    def __init__(self, sea: Sea, plan: SerialPlan, tell: Callable[[Conductor, News], None]) -> None:
        self.sea = sea
        self.plan = plan
        self.serial = sea.exercise.serials[plan.serial]
        self.type = registry.get(self.serial.type)
        self.due_ms = plan.window.start_ms
        self.ready: set[str] = set()
        self.is_running = False
        self.is_over = False
        self.status = SerialStatus.NOT_RUN
        self.reason = ""
        self.actual: Window | None = None
        self.took_part: tuple[str, ...] = ()
        self.stage: LiveStage | None = None
        self.actors: list[Actor] = []
        self.lost: dict[str, str] = {}
        self.ended_ms: int | None = None
        self._range: RangeWatch | None = None
        self._held_up = False
        self._relief = ""
        self._postponed_ms = 0
        self._left: set[str] = set()
        self._asked_ms: int | None = None
        self._tell = tell
        self._others: dict[str, Conductor] = {}
        self._due: Ticket | None = None
        self._limit: Ticket | None = None

    @property
    def id(self) -> str:
        """Of the serial."""
        return self.serial.id

    @property
    def movers(self) -> tuple[str, ...]:
        """Units that must be in place before it starts."""
        return tuple(self.plan.tracks) if self.type.exclusive else ()

    def arm(self, others: dict[str, Conductor]) -> None:
        """Get ready to start when due."""
        self._others = others
        self._schedule()

    def _schedule(self) -> None:
        if self._due is not None:
            self._due.cancel()
        latest_ms = self.serial.latest_ms
        give_up_ms = self.due_ms + PATIENCE_MS if latest_ms is None else max(latest_ms, self.due_ms)
        self._due = self.sea.kernel.at(self.due_ms, Priority.CONDUCT, self.try_start)
        self._give_up_at(give_up_ms)

    def _give_up_at(self, time_ms: int) -> None:
        if self._limit is not None:
            self._limit.cancel()
        self._limit = self.sea.kernel.at(time_ms, Priority.CLOSE, self._lose_patience)

    def put_back(self, by_ms: int, reason: str = "put back by an inject") -> None:
        """An inject or somebody outside delays it."""
        if self.is_running or self.is_over:
            return
        self.due_ms += by_ms
        self.sea.write("serial.delayed", f"{self.id} put back by {format_duration(by_ms)}", serial=self.id)
        self.reason = reason
        self._schedule()
        self._tell(self, News.PUT_BACK)

    def report(self, unit: str) -> None:
        """A unit is in place; too late where the serial has begun without it."""
        if self.is_running or self.is_over:
            return
        self.ready.add(unit)
        self.try_start()

    def _pending(self) -> tuple[str, ...]:
        return tuple(name for name in self.serial.after if name in self._others and not self._others[name].is_over)

    def _ask_about_late(self) -> None:
        """Its time has come and those it follows have ended, but not all are there: ask what is to be done."""
        absent = [unit for unit in self.movers if unit not in self.ready]
        if self.is_running or self.is_over or self.sea.is_closed or not absent or self._pending():
            return
        if self.sea.kernel.now_ms < self.due_ms:
            return
        trouble = Trouble.BREAKDOWN if any(unit in self.sea.disabled for unit in absent) else Trouble.LATE
        if self.sea.commander.speaks_of(self.id, trouble) and not self._is_held(trouble, absent):
            self._go_without(absent)

    def _is_held(self, trouble: Trouble, absent: Sequence[str] = ()) -> bool:
        """Ask what is to be done about a trouble, and do it; whether the serial does not start now."""
        now_ms, decision = self.sea.kernel.now_ms, self._decide(trouble, absent)
        match decision.verb:
            case Verb.GO_ON:
                return False
            case Verb.POSTPONE:
                assert decision.until_ms is not None
                self._postponed_ms += decision.until_ms - now_ms
                self.put_back(decision.until_ms - self.due_ms, f"postponed: {trouble.text}")
            case Verb.SWAP_AREA:
                self._move_to(decision.area, trouble)
            case Verb.SCRUB:
                self._end(SerialStatus.NOT_RUN, f"scrubbed: {trouble.text}")
        return True

    def _decide(self, trouble: Trouble, absent: Sequence[str] = ()) -> Decision:
        """Ask the commander, and log what was decided, where anything was."""
        hindrances = self._hindrances()
        situation = hindrances.situation(trouble, absent, self._postponed_ms, self._left)
        decision = self.sea.commander.decide(situation)
        if decision.rule or decision.verb is not Verb.GO_ON:
            about = ", ".join(absent) or hindrances.about(trouble)
            text = f"{decision.reason[:-1]} ({about})." if about else decision.reason
            data = {"trouble": trouble.value, "decision": decision.verb.value, "about": about}
            self.sea.write("serial.decision", text, serial=self.id, data=data)
        return decision

    def _hindrances(self) -> Hindrances:
        return Hindrances(self.sea, self.serial, self.plan, self.movers)

    def _is_hindered(self) -> bool:
        """Whether something other than a late unit stands in the way, and the serial is not to start now."""
        return any(self._is_held(trouble) for trouble in self._hindrances().troubles())

    def _move_to(self, area: str, trouble: Trouble) -> None:
        """Hold the serial in another area: its units go there, and it starts when they have come."""
        now_ms = self.sea.kernel.now_ms
        self._left.add(self.serial.area)
        self.serial = replace(self.serial, area=area)
        moved = plan_serial(self.sea.exercise, self.serial, self.plan.window.begun_at(now_ms))
        self.plan = replace(self.plan, tracks=moved.tracks, reservations=moved.reservations)
        self.ready.clear()
        self.due_ms, self.reason = all_there_ms(self.sea, self.plan.tracks), f"moved to {area}: {trouble.text}"
        self._schedule()
        self.sea.kernel.at(now_ms, Priority.CONDUCT, lambda: self._tell(self, News.MOVED))

    def _go_without(self, absent: Sequence[str]) -> None:
        """Start with those who are there, if nothing else stands in the way."""
        if self._is_hindered():
            return
        self.reason = f"without {', '.join(absent)}"
        self._start(tuple(unit for unit in self.movers if unit not in absent))

    def try_start(self) -> None:
        """Start, if it is due and nothing is missing."""
        if self.sea.is_closed or self.is_running or self.is_over or self.sea.kernel.now_ms < self.due_ms:
            return
        if self.type.exclusive and not self.movers:
            self._end(SerialStatus.NOT_RUN, "no unit of it could be given a place")
            return
        if self._pending():
            self._held_up = True
            return
        if self.ready.issuperset(self.movers):
            if not self._is_hindered():
                self._start(self.movers)
            return
        ask_ms = self._fair_ms() if self._held_up else self.sea.kernel.now_ms
        if self._held_up and self.serial.latest_ms is None:
            self._held_up = False
            self._give_up_at(self.sea.kernel.now_ms + PATIENCE_MS)
        if self._asked_ms != self.due_ms:
            self._asked_ms = self.due_ms
            self.sea.kernel.at(ask_ms, Priority.CONDUCT, self._ask_about_late)

    def _fair_ms(self) -> int:
        """When those who come from the serials that it had to wait for can be in place: only then are they late."""
        others = [self._others[name] for name in self.serial.after if name in self._others]
        held = {unit for other in others for unit in other.took_part if unit not in self.ready}
        coming = {unit: legs for unit, legs in self.plan.tracks.items() if unit in held}
        return all_there_ms(self.sea, coming) + (SECOND_MS if coming else 0)

    def _lose_patience(self) -> None:
        """The last moment to start: go with those who are there if every role can be filled, else do not run."""
        if self.is_running or self.is_over:
            return
        pending = self._pending()
        if pending and self.serial.latest_ms is None:
            return
        if pending:
            self._end(SerialStatus.NOT_RUN, f"{', '.join(pending)} had not ended")
            return
        absent = [unit for unit in self.movers if unit not in self.ready]
        short = roles_short(self.sea.exercise, self.serial, absent)
        if short or len(absent) == len(self.movers):
            self._end(SerialStatus.NOT_RUN, f"{', '.join(absent)} not in place; no {' and no '.join(short) or 'unit'}")
            return
        self._go_without(absent)

    def _start(self, present: tuple[str, ...]) -> None:
        now_ms = self.sea.kernel.now_ms
        self.is_running = True
        self.sea.areas_in_use[self.id] = self.serial.area
        late_ms = now_ms - self.plan.window.start_ms
        window = self.plan.window.begun_at(now_ms)
        serial = with_those_here(self.sea, self.serial, set(self.movers).difference(present))
        if late_ms >= MINUTE_MS and not self.reason:
            self.reason = self._why_late(now_ms)
        briefing: Briefing[object] = Briefing(exercise=self.sea.exercise, serial=serial, window=window)  # type: ignore[type-var]
        with registry.Blame(serial.type, self.id):
            self.stage = LiveStage(self.sea, self.type, briefing, self._plan(briefing))
        self.took_part = briefing.units()
        text = f"{self.id} {self.serial.name or self.type.title} started"
        if late_ms >= MINUTE_MS:
            text += f" {format_duration(late_ms)} late"
        self.sea.write("serial.started", text, serial=self.id, data={"late_ms": late_ms})
        for other in self._hindrances().occupants() if self.sea.around.is_asked_for else ():
            named = self.sea.exercise.other_exercises[other].name or other
            self.sea.write("area.occupied", f"{named} is at work in the same water", serial=self.id, data={"by": other})
        self.actual = window
        self._tell(self, News.BEGUN)
        units = tuple(unit for unit in briefing.units() if unit in self.sea.fleet)
        self.actors = [Actor(self.stage, unit, self._actor_done) for unit in units]
        self.sea.kernel.at(window.end_ms + OVERRUN_MS, Priority.CLOSE, self._overrun)
        self._expect_turn(window.end_ms)
        self._range = range_watch(self.sea, self.stage, self.bring)
        for actor in self.actors:
            actor.start()
        if not self.actors:
            self.sea.kernel.at(window.end_ms, Priority.CONDUCT, self._finish_if_done)

    def _plan(self, briefing: Briefing[object]) -> Plan:  # type: ignore[type-var]
        """The plan for the window and units it really has: the programme's own, where they are those planned."""
        named = {role: self.sea.exercise.expand(names) for role, names in self.serial.units.items()}
        if briefing.window == self.plan.window and briefing.serial.units == named:
            return self.plan.tracks
        return self.type.plan(briefing)

    def _why_late(self, now_ms: int) -> str:
        ended = [other for name in self.serial.after if (other := self._others.get(name)) is not None]
        last = [other.id for other in ended if other.ended_ms == now_ms]
        return f"waited for {last[0]} to end" if last else "waited for units to be in place"

    def _actor_done(self, actor: Actor) -> None:
        if actor.failure and not self.is_over:
            self._lose(actor)
        self._finish_if_done()

    def _finish_if_done(self) -> None:
        if self.is_over or not all(actor.is_over for actor in self.actors):
            return
        none_left = bool(self.actors) and len(self.lost) == len(self.actors)
        status = SerialStatus.CUT_SHORT if self._relief or none_left else SerialStatus.COMPLETED
        self._close_with(status)

    def _close_with(self, status: SerialStatus) -> None:
        """End it when all that is due now is done; one cut short says what cut it, and not why it began late."""

        def end() -> None:
            parts = () if status is SerialStatus.CUT_SHORT and self.lost else (self.reason,)
            self._end(status, self._relief or "; ".join(filter(None, (*parts, *self.lost.values()))))

        self.sea.kernel.at(self.sea.kernel.now_ms, Priority.CLOSE, end)

    def _lose(self, actor: Actor) -> None:
        """A unit had to leave: go on without it where every role is still filled, else break off."""
        self.lost[actor.unit] = f"without {actor.unit}: {actor.failure}"
        self.sea.write(
            "serial.unit_lost", f"{self.id} without {actor.unit}: {actor.failure}", serial=self.id, unit=actor.unit
        )
        if self.stage is None:
            return
        if leaves_short(self.sea.exercise, self.stage.serial, actor.unit, self.lost):
            self._close_with(SerialStatus.CUT_SHORT)
        for other in standing_in(self.stage.serial, actor.unit):
            self.bring(Word(WakeReason.MESSAGE, self.lost[actor.unit], actor.unit, {"lost": actor.unit}), other)
        self._tell(self, News.LOST)

    def holds(self, unit: str) -> bool:
        """Whether a unit takes part at this instant."""
        return self.is_running and not self.is_over and any(a.unit == unit and not a.is_over for a in self.actors)

    def bring(self, news: Word, unit: str = "") -> int:
        """Bring news to the scripts of a unit, or to all; how many there are."""
        found = [actor for actor in self.actors if not actor.is_over and unit in {"", actor.unit}]
        for actor in found:
            actor.tell(news)
        return len(found)

    def fail(self, unit: str, text: str) -> None:
        """A unit is out of action: those in the serial are told, and one that waits for it is no longer ready."""
        if not self.is_running:
            self.ready.discard(unit)
        for actor in self.actors:
            if actor.unit == unit and not self.is_over:
                actor.fail(text)

    def relieve(self, reason: str) -> None:
        """Tell it to stop: its scripts clean up, then it is over; one that has not begun will not run."""
        if self.is_over or self._relief:
            return
        if not self.is_running:
            self._end(SerialStatus.NOT_RUN, reason)
            return
        self._relief = reason
        self.sea.write("serial.relieved", f"{self.id} is to stop: {reason}", serial=self.id)
        limit_ms = self.sea.kernel.now_ms + _GRACE_MS
        self.sea.kernel.at(limit_ms, Priority.CLOSE, lambda: self._end(SerialStatus.CUT_SHORT, reason))
        for actor in self.actors:
            actor.relieve(reason)
        self._finish_if_done()

    def _turns(self, trouble: Trouble) -> None:
        """Weather or darkness comes while it runs: break off, unless a policy says to go on."""
        if not self.is_running or self.is_over or self._relief or self.actual is None:
            return
        why = self._hindrances().about(trouble)
        if self._decide(trouble).verb is Verb.GO_ON:
            self._expect_turn(self.actual.end_ms)
        else:
            self.relieve(f"{trouble.text}: {why}")

    def _expect_turn(self, until_ms: int) -> None:
        """Look when weather or darkness next stops it, before the serial must have ended."""
        window = Window(start_ms=self.sea.kernel.now_ms, end_ms=until_ms + OVERRUN_MS)
        turn = self._hindrances().turn(window)
        if turn is not None:
            time_ms, trouble = turn
            self.sea.kernel.at(time_ms, Priority.CLOSE, lambda: self._turns(trouble))

    def _overrun(self) -> None:
        if self.is_running and not self.is_over:
            self._end(SerialStatus.CUT_SHORT, f"still running {format_duration(OVERRUN_MS)} after its planned end")

    def break_off(self, reason: str) -> None:
        """The run ends."""
        if not self.is_over:
            self._end(SerialStatus.CUT_SHORT if self.is_running else SerialStatus.NOT_RUN, reason)

    def abandon(self, reason: str) -> None:
        """The run broke: note how far the serial has come, and ask none of its scripts."""
        if self.is_over:
            return
        self.is_over = True
        self.status, self.reason = (SerialStatus.CUT_SHORT if self.is_running else SerialStatus.NOT_RUN), reason
        if self.actual is not None:
            self.actual = Window(start_ms=self.actual.start_ms, end_ms=self.sea.kernel.now_ms)

    def _end(self, status: SerialStatus, reason: str) -> None:
        if self.is_over:
            return
        now_ms = self.sea.kernel.now_ms
        self.is_over, self.ended_ms = True, now_ms
        self.sea.areas_in_use.pop(self.id, None)
        self.status, self.reason = status, reason
        for actor in self.actors:
            actor.cancel(reason or "its time is over")
        if self._range is not None:
            self._range.end()
        if self.actual is not None:
            self.actual = Window(start_ms=self.actual.start_ms, end_ms=now_ms)
        kind = "serial.not_run" if status is SerialStatus.NOT_RUN else "serial.ended"
        tail = f": {reason}" if reason else ""
        self.sea.write(kind, f"{self.id} {status.value}{tail}", serial=self.id, data={"status": status.value})
        self._tell(self, News.ENDED)

    def record(self) -> SerialRecord:
        """Planned against actual."""
        return SerialRecord(
            serial=self.id,
            planned=self.plan.window,
            actual=self.actual,
            status=self.status,
            reason=self.reason,
            units=self.took_part,
            area="" if self.serial.area == self.sea.exercise.serials[self.id].area else self.serial.area,
        )
