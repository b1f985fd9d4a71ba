"""One rehearsal of an exercise, from its first departure to its last event."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from waterspace.domain import SerialRecord, SerialStatus, Window
from waterspace.engine.conductor import Conductor, News
from waterspace.engine.coxswain import Coxswain
from waterspace.engine.instruments import EventWatch, Panel, View
from waterspace.engine.kernel import Priority
from waterspace.engine.outside import Outside
from waterspace.engine.sea import Sea
from waterspace.engine.watchman import LONGEST_S, NoOrderError
from waterspace.errors import RehearsalError, WaterspaceError
from waterspace.notation import format_time_iso
from waterspace.programme.build import Programme, build
from waterspace.programme.passages import carrier, flies_home
from waterspace.programme.ways import home_position
from waterspace.quantity import HOUR_MS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from waterspace.domain import Event, Exercise, OutsideEvent, Track
    from waterspace.engine.instruments import Instrument
    from waterspace.engine.observers import Shadow

__all__ = ["Outcome", "Rehearsal", "rehearse", "why_broken"]

_TAIL_MS = 12 * HOUR_MS
"""How long past the period and the last planned serial a run may go on (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the engine saw.

    Attributes:
        digest: of every event.
        trail: the digest after each event, 32 bytes each; `engine.first_difference` compares two.
        tracks: unit id to what it did.
        records: planned against actual, in the order of the file.
        engine_seconds: wall time the simulation took.
        journal: what was done to the run from outside, in order.
        others: id of each observer that followed a unit to what it did.
    """

    programme: Programme
    events: tuple[Event, ...]
    digest: str
    tracks: Mapping[str, Track]
    records: tuple[SerialRecord, ...]
    engine_seconds: float
    trail: tuple[bytes, ...] = ()
    journal: tuple[OutsideEvent, ...] = ()
    others: Mapping[str, Track] = field(default_factory=dict)


class Rehearsal:
    """A run that can be stopped at any instant, told what happens outside, and gone on with.

    However it is cut into pieces, the same exercise, seed and journal give the same events and the same digest.

    Attributes:
        journal: what was done to the run from outside so far, in order.
        end_ms: when it is over at the latest.
    """

    def __init__(
        self,
        exercise: Exercise,
        seed: int = 1,
        *,
        instruments: Sequence[Instrument] = (),
        programme: Programme | None = None,
    ) -> None:
        """Set the run up; nothing has happened yet.

        Args:
            exercise: the plan.
            seed: of every random stream.
            instruments: who watches.
            programme: that of this very exercise, where it is known already.
        """
        began = time.perf_counter()
        self.exercise, self.seed = exercise, seed
        self.programme = build(exercise) if programme is None else programme
        plans, tracks = self.programme.plans, self.programme.tracks
        start_ms = min([exercise.window.start_ms, *(track.legs[0].start_ms for track in tracks.values())])
        ends_ms = [plan.window.end_ms for plan in plans.values()]
        self.end_ms = max([exercise.window.end_ms, *ends_ms]) + _TAIL_MS
        self.journal: list[OutsideEvent] = []
        self._panel = Panel(instruments)
        self._sea = Sea(exercise, seed, start_ms, self._watch if self._panel.on_event else None)
        if self._panel.on_time:
            self._sea.kernel.on_time = self._panel.time
        self._conductors: dict[str, Conductor] = {}
        self._coxswains: list[Coxswain] = []
        self._outcome: Outcome | None = None
        self._shadows: Mapping[str, Shadow] = {}
        self._begin(start_ms)
        self._seconds = time.perf_counter() - began

    @property
    def now_ms(self) -> int:
        """Up to when it has been run."""
        return self._sea.kernel.now_ms

    @property
    def events(self) -> Sequence[Event]:
        """What has happened so far, in order."""
        return self._sea.log.events

    @property
    def digest(self) -> str:
        """Of what has happened so far, in hexadecimal."""
        return self._sea.log.digest

    def _watch(self, event: Event) -> None:
        self._panel.event(event, self._sea.log.digest)

    def _begin(self, start_ms: int) -> None:
        sea, exercise, conductors = self._sea, self.exercise, self._conductors
        tell = partial(_tell, conductors, self._coxswains)
        conductors.update({id_: Conductor(sea, plan, tell) for id_, plan in self.programme.plans.items()})
        _place(sea, self.programme, start_ms)
        assignments = self.programme.assignments
        self._coxswains.extend(
            Coxswain(sea, exercise.units[unit], assignments[unit], conductors) for unit in sea.fleet.movers
        )
        self._outside = Outside(sea, conductors, self._coxswains)
        self._panel.start(View(sea))
        sea.log.write(start_ms, "run.started", f"{exercise.name}, seed {self.seed}", data={"seed": self.seed})
        for conductor in conductors.values():
            conductor.arm(conductors)
        for inject in exercise.injects.values():
            self._outside.expect_inject(inject)
        for coxswain in self._coxswains:
            sea.kernel.at(start_ms, Priority.SCRIPT, coxswain.start)
        if sea.around.is_asked_for:
            self._shadows = self._meet_others(start_ms)
        if exercise.breakdowns:
            from waterspace.engine.breakdowns import expect_breakdowns

            expect_breakdowns(sea, self._outside, Window(start_ms=start_ms, end_ms=self.end_ms - _TAIL_MS))

    def _meet_others(self, start_ms: int) -> Mapping[str, Shadow]:
        """Have strangers come, follow and be met."""
        from waterspace.engine.encounters import Encounters
        from waterspace.engine.observers import follow

        around = self._sea.around
        strangers_count = len(around.strangers)
        at_sea = f"{strangers_count:,} stranger{'' if strangers_count == 1 else 's'} at sea"
        text = "; ".join((at_sea, *around.notes))
        self._sea.log.write(start_ms, "traffic.begun", text, data={"strangers_count": strangers_count})
        shadows = follow(self._sea)
        Encounters(self._sea)
        return shadows

    def run(self, until_ms: int) -> None:
        """Go on up to an instant, that instant included, or to the end if that is earlier.

        Raises:
            RehearsalError: the run cannot go on; the message names the serial and the time.
            PluginError: a plug-in's serial type broke.
        """
        began = time.perf_counter()
        if self._outcome is None:
            self._sea.watch.begin()
            try:
                self._sea.kernel.run(min(until_ms, self.end_ms))
            except NoOrderError:
                raise RehearsalError(_no_order(self.now_ms), time_ms=self.now_ms) from None
        self._seconds += time.perf_counter() - began

    @property
    def trail(self) -> Sequence[bytes]:
        """The digest after each event so far."""
        return self._sea.log.trail

    @property
    def is_over(self) -> bool:
        """Whether it has come to its end."""
        return self._outcome is not None

    def direct(self, event: OutsideEvent) -> None:
        """Do something to the run from outside, now or later, and note it in the journal.

        Raises:
            RehearsalError: the run is past that time, is over, or the event names what is not there.
        """
        if event.at_ms > self.end_ms or self._outcome is not None:
            message = (
                f"the {event.kind.value} to {event.to} at {format_time_iso(event.at_ms)} finds the run over; "
                f"it goes on until {format_time_iso(self.end_ms)} at the latest"
            )
            raise RehearsalError(message, time_ms=event.at_ms)
        self._outside.expect(event)
        self.journal.append(event)

    def finish(self) -> Outcome:
        """Go on to the end and say what came of it; asked again, it says the same."""
        if self._outcome is not None:
            return self._outcome
        self.run(self.end_ms)
        began = time.perf_counter()
        sea = self._sea
        sea.is_closed = True
        for conductor in self._conductors.values():
            conductor.break_off("the run ended before it could")
        last_ms = max([self.exercise.window.end_ms, *(event.time_ms for event in sea.log.events)])
        tracks = sea.fleet.tracks(last_ms)
        sea.log.write(last_ms, "run.ended", f"{len(self._conductors)} serials, {len(tracks)} units")
        self._seconds += time.perf_counter() - began
        self._outcome = self._so_far(tracks)
        self._panel.end(sea.log.digest)
        return self._outcome

    def salvage(self, error: Exception) -> Outcome:
        """What came of the run up to where it broke; its last event is the error. No script is asked any more."""
        sea = self._sea
        sea.is_closed = True
        for conductor in self._conductors.values():
            conductor.abandon("the run broke off")
        tracks = sea.fleet.tracks(self.now_ms)
        sea.log.write(self.now_ms, "run.broken", why_broken(error), serial=getattr(error, "serial", ""))
        self._outcome = self._so_far(tracks)
        return self._outcome

    def _so_far(self, tracks: Mapping[str, Track]) -> Outcome:
        log = self._sea.log
        return Outcome(
            programme=self.programme,
            events=tuple(log.events),
            digest=log.digest,
            tracks=tracks,
            records=tuple(_records(self.exercise, self.programme, self._conductors)),
            engine_seconds=self._seconds,
            trail=tuple(log.trail),
            journal=tuple(self.journal),
            others={id_: shadow.track for id_, shadow in self._shadows.items() if shadow.legs},
        )


def rehearse(
    exercise: Exercise,
    seed: int = 1,
    watch: Callable[[Event], None] | None = None,
    programme: Programme | None = None,
    *,
    instruments: Sequence[Instrument] = (),
    journal: Sequence[OutsideEvent] = (),
) -> Outcome:
    """Run an exercise once. A bad plan is run as far as it goes, and the records say what did not happen.

    Args:
        exercise: the plan.
        seed: of every random stream.
        watch: told of each event as it is logged; it cannot change the run.
        programme: of this exercise, where it has been built already; a run leaves it as it is.
        instruments: others that watch.
        journal: what happens to the run from outside, in any order of time; at one instant, in this order.

    Raises:
        RehearsalError: the run cannot go on, or the journal names what is not there.
        PluginError: a plug-in's serial type broke.
    """
    watchers = instruments if watch is None else (*instruments, EventWatch(watch))
    run = Rehearsal(exercise, seed, instruments=watchers, programme=programme)
    for event in journal:
        run.direct(event)
    return run.finish()


def why_broken(error: Exception) -> str:
    """Why a run broke, in words; a fault of the program says of what kind it is."""
    return str(error) if isinstance(error, WaterspaceError) else f"{type(error).__name__}: {error}"


def _no_order(now_ms: int) -> str:
    """What is said where a script was broken off in the instant in which it answered after all."""
    return (
        f"a script at {format_time_iso(now_ms)} has computed for {LONGEST_S:.0f} s and given no order; "
        "the script must be mended"
    )


def _tell(conductors: Mapping[str, Conductor], coxswains: list[Coxswain], conductor: Conductor, news: News) -> None:
    """Pass the news of a serial on to the units, and of its end to the serials that follow it."""
    for coxswain in coxswains:
        if news is News.PUT_BACK:
            coxswain.rescheduled(conductor)
        elif news is News.MOVED:
            coxswain.diverted(conductor)
        elif news is News.LOST:
            if coxswain.unit.id in conductor.lost:
                coxswain.released(conductor)
        elif news is News.ENDED or coxswain.unit.id not in conductor.ready:
            coxswain.released(conductor)
    if news is News.ENDED:
        for other in conductors.values():
            if conductor.id in other.serial.after:
                other.try_start()


def _place(sea: Sea, programme: Programme, start_ms: int) -> None:
    """Put every unit where it begins: ships first, then what they carry."""
    exercise = programme.exercise
    flying = {unit.id for unit in exercise.units.values() if flies_home(exercise, unit)}
    for unit in sorted(exercise.units.values(), key=lambda unit: unit.id in flying):
        track = programme.tracks.get(unit.id)
        if track is None:
            continue
        begin_ms = min(start_ms, track.legs[0].start_ms)
        position = track.legs[0].start
        if unit.id in flying:
            ships = {id_: other.legs for id_, other in programme.tracks.items() if id_ not in flying}
            position = home_position(exercise, unit, ships, begin_ms) or position
        mover = sea.fleet.place(unit.id, position, begin_ms, carrier(exercise, unit) if unit.id in flying else "")
        mover.in_base = unit.start is None


def _records(exercise: Exercise, programme: Programme, conductors: Mapping[str, Conductor]) -> list[SerialRecord]:
    records = []
    for id_ in exercise.serials:
        if id_ in conductors:
            records.append(conductors[id_].record())
        else:
            reason = programme.timing.untimed.get(id_, "it has no planned time")
            records.append(
                SerialRecord(serial=id_, planned=None, actual=None, status=SerialStatus.NOT_RUN, reason=reason)
            )
    return records
