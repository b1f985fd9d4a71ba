"""One rehearsal of an exercise, from its first departure to its last event."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from waterspace.domain import SerialRecord, SerialStatus
from waterspace.engine.conductor import Conductor, News
from waterspace.engine.coxswain import Coxswain
from waterspace.engine.kernel import Priority
from waterspace.engine.sea import Sea
from waterspace.programme.build import Programme, build, home_position
from waterspace.programme.passages import carrier, flies_home
from waterspace.quantity import HOUR_MS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from waterspace.domain import Event, Exercise, Inject, Track

__all__ = ["Outcome", "rehearse"]

_TAIL_MS = 12 * HOUR_MS
"""How long past the period and the last planned serial a run may go on (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the engine saw.

    Attributes:
        tracks: unit id to what it did.
        records: planned against actual, in the order of the file.
        engine_seconds: wall time the simulation took.
    """

    programme: Programme
    events: tuple[Event, ...]
    digest: str
    tracks: Mapping[str, Track]
    records: tuple[SerialRecord, ...]
    engine_seconds: float


def rehearse(
    exercise: Exercise,
    seed: int = 1,
    watch: Callable[[Event], None] | None = None,
    programme: Programme | None = None,
) -> Outcome:
    """Run an exercise once. A bad plan is run as far as it goes, and the records say what did not happen.

    Args:
        exercise: the plan.
        seed: of every random stream.
        watch: told of each event as it is logged; it cannot change the run.
        programme: of this exercise, where it has been built already; a run leaves it as it is.
    """
    began = time.perf_counter()
    programme = build(exercise) if programme is None else programme
    starts_ms = [track.legs[0].start_ms for track in programme.tracks.values()]
    start_ms = min([exercise.window.start_ms, *starts_ms])
    sea = Sea(exercise, seed, start_ms, watch)
    coxswains: list[Coxswain] = []

    conductors: dict[str, Conductor] = {}
    tell = partial(_tell, conductors, coxswains)
    conductors.update({id_: Conductor(sea, plan, tell) for id_, plan in programme.plans.items()})
    _place(sea, programme, start_ms)
    coxswains.extend(
        Coxswain(sea, exercise.units[unit], programme.assignments[unit], conductors) for unit in sea.fleet.movers
    )
    sea.log.write(start_ms, "run.started", f"{exercise.name}, seed {seed}", data={"seed": seed})
    for conductor in conductors.values():
        conductor.arm(conductors)
    for inject in exercise.injects.values():
        sea.kernel.at(inject.at_ms, Priority.CONDUCT, _injector(sea, conductors, inject))
    for coxswain in coxswains:
        sea.kernel.at(start_ms, Priority.SCRIPT, coxswain.start)
    ends_ms = [plan.window.end_ms for plan in programme.plans.values()]
    sea.kernel.run(max([exercise.window.end_ms, *ends_ms]) + _TAIL_MS)
    sea.is_closed = True
    for conductor in conductors.values():
        conductor.break_off("the run ended before it could")
    last_ms = max([exercise.window.end_ms, *(event.time_ms for event in sea.log.events)])
    tracks = sea.fleet.tracks(last_ms)
    sea.log.write(last_ms, "run.ended", f"{len(conductors)} serials, {len(tracks)} units")
    return Outcome(
        programme=programme,
        events=tuple(sea.log.events),
        digest=sea.log.digest,
        tracks=tracks,
        records=tuple(_records(exercise, programme, conductors)),
        engine_seconds=time.perf_counter() - began,
    )


def _tell(conductors: Mapping[str, Conductor], coxswains: list[Coxswain], conductor: Conductor, news: News) -> None:
    """Pass the news of a serial on to the units, and of its end to the serials that follow it."""
    for coxswain in coxswains:
        if news is News.PUT_BACK:
            coxswain.rescheduled(conductor)
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


def _injector(sea: Sea, conductors: Mapping[str, Conductor], inject: Inject) -> Callable[[], None]:
    def strike() -> None:
        serial = inject.to if inject.to in sea.exercise.serials else inject.delays
        unit = inject.to if inject.to in sea.exercise.units else ""
        sea.write("inject", f"{inject.id}: {inject.text}", serial=serial, unit=unit)
        if inject.delays in conductors and inject.delay_ms > 0:
            conductors[inject.delays].put_back(inject.delay_ms)

    return strike


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
