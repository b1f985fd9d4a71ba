"""The programme: every serial's plan in time and space, and the way of every unit through it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from waterspace.domain.quick import quick
from waterspace.programme.passages import Passage, Sortie, carrier, flies_home
from waterspace.programme.timing import Timing, plan_times
from waterspace.programme.ways import Ways
from waterspace.serials import registry
from waterspace.serials.base import Briefing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Exercise, Reservation, Serial, Track, Unit, Window
    from waterspace.serials.base import Plan

__all__ = ["Programme", "SerialPlan", "build", "plan_serial"]


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class SerialPlan:
    """One serial as planned.

    Attributes:
        tracks: unit id to its legs within the serial.
        reservations: what the serial claims.
        live: when somebody may fire in it, where anybody does.
    """

    serial: str
    window: Window
    tracks: Plan
    reservations: tuple[Reservation, ...]
    live: tuple[Window, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The whole programme as planned.

    Attributes:
        timing: planned times, and why some serials have none.
        plans: id of a serial to its plan, for every serial that has a time.
        assignments: unit id to the ids of the serials that move it, in order of start.
        passages: every way of a unit to a serial, in order of unit and time.
        sorties: every flight of an aircraft that has a base.
        tracks: unit id to its planned track; units that are never placed are left out.
    """

    exercise: Exercise
    timing: Timing
    plans: Mapping[str, SerialPlan]
    assignments: Mapping[str, tuple[str, ...]]
    passages: tuple[Passage, ...]
    sorties: tuple[Sortie, ...]
    tracks: Mapping[str, Track]

    @property
    def reservations(self) -> tuple[Reservation, ...]:
        """Every claim of every serial, in the order of the file."""
        return tuple(reservation for plan in self.plans.values() for reservation in plan.reservations)


_KEPT: deque[Programme] = deque(maxlen=2)
"""The last programmes, for a command asks for that of one exercise several times: to check, to run, to report."""


_NOT_PLANNED_WITH = frozenset(
    {"serials", "places", "source", "objectives", "phases", "notices", "permissions", "injects", "check"}
)
"""Parts of an exercise that no built-in type looks at when it plans, but for the serial that it plans."""


def build(exercise: Exercise, before: Programme | None = None) -> Programme:
    """Work out the programme that the file describes. A bad plan gives a bad programme, never an error.

    Asked again for the same exercise (the same object, not an equal one) it gives the programme that it gave before.

    Args:
        exercise: the plan.
        before: a programme of an earlier state of the plan. What the built-in types made of a serial is taken from it
            where nothing has changed that they look at; the result is the same without it.
    """
    for kept in tuple(_KEPT):
        if kept.exercise is exercise:
            return kept
    programme = _build(exercise, before)
    _KEPT.append(programme)
    return programme


def plan_serial(exercise: Exercise, serial: Serial, window: Window) -> SerialPlan:
    """What the type of a serial makes of it in a window."""
    type_ = registry.get(serial.type)
    briefing: Briefing[object] = Briefing(exercise=exercise, serial=serial, window=window)  # type: ignore[type-var]
    with registry.Blame(serial.type, serial.id):
        tracks = type_.plan(briefing)
        reservations = type_.reservations(briefing, tracks)
        live = type_.live(briefing)
    return SerialPlan(serial=serial.id, window=window, tracks=tracks, reservations=reservations, live=live)


def _build(exercise: Exercise, before: Programme | None) -> Programme:
    timing = plan_times(exercise)
    earlier = before if before is not None and _planned_alike(before.exercise, exercise) else None
    known = {} if earlier is None else _still_true(earlier, exercise, timing)
    plans: dict[str, SerialPlan] = {}
    for id_, serial in exercise.serials.items():
        if id_ in timing.windows:
            plans[id_] = known.get(id_) or plan_serial(exercise, serial, timing.windows[id_])
    assignments = _assignments(exercise, plans)
    ways = Ways(exercise, {id_: plan.tracks for id_, plan in plans.items()})
    flying = {id_: unit for id_, unit in exercise.units.items() if flies_home(exercise, unit)}
    sailing = {id_: unit for id_, unit in exercise.units.items() if id_ not in flying}
    old = None if earlier is None else _OldWays(earlier)
    for go, units in ((ways.sail, sailing), (ways.fly, flying)):
        for id_, unit in units.items():
            if old is None or not old.copy(ways, unit, assignments[id_]):
                go(unit, assignments[id_])
    return Programme(
        exercise=exercise,
        timing=timing,
        plans=plans,
        assignments=assignments,
        passages=tuple(ways.passages),
        sorties=tuple(ways.sorties),
        tracks={unit: ways.tracks[unit] for unit in exercise.units if unit in ways.tracks},
    )


def _planned_alike(one: Exercise, other: Exercise) -> bool:
    """Whether two exercises are the same in all that is looked at when something is planned, but for the serials."""
    names = (field.name for field in fields(one) if field.name not in _NOT_PLANNED_WITH)
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _still_true(before: Programme, exercise: Exercise, timing: Timing) -> Mapping[str, SerialPlan]:
    """The plans of a programme that the built-in types would make again, by id of the serial."""
    earlier = before.exercise
    built_in = registry.built_in_keys()
    return {
        id_: plan
        for id_, plan in before.plans.items()
        if id_ in exercise.serials
        and exercise.serials[id_].type in built_in
        and timing.windows.get(id_) == plan.window
        and exercise.serials[id_] == earlier.serials[id_]
    }


def _assignments(exercise: Exercise, plans: Mapping[str, SerialPlan]) -> dict[str, tuple[str, ...]]:
    moving: dict[str, list[str]] = {unit: [] for unit in exercise.units}
    exclusive = {type_: registry.get(type_).exclusive for type_ in {exercise.serials[id_].type for id_ in plans}}
    for _, id_ in sorted([(plan.window.start_ms, id_) for id_, plan in plans.items()]):
        serial = exercise.serials[id_]
        if exclusive[serial.type]:
            for unit in exercise.units_in(serial):
                moving[unit].append(id_)
    return {unit: tuple(ids) for unit, ids in moving.items()}


class _OldWays:
    """The ways of units in an earlier programme of an exercise that is planned alike."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._passages: dict[str, list[Passage]] = {}
        for passage in programme.passages:
            self._passages.setdefault(passage.unit, []).append(passage)
        self._sorties: dict[str, list[Sortie]] = {}
        for sortie in programme.sorties:
            self._sorties.setdefault(sortie.unit, []).append(sortie)

    def copy(self, ways: Ways, unit: Unit, serials: tuple[str, ...]) -> bool:
        """Take over the way of a unit whose serials, and whose ship, go as they went; say whether they do."""
        old, ship = self._programme, carrier(ways.exercise, unit)
        if old.assignments.get(unit.id) != serials or ways.tracks.get(ship) is not old.tracks.get(ship):
            return False
        if any(id_ not in old.plans or ways.plans[id_] is not old.plans[id_].tracks for id_ in serials):
            return False
        track = old.tracks.get(unit.id)
        if track is not None:
            ways.tracks[unit.id], ways.legs[unit.id] = track, track.legs
        ways.passages.extend(self._passages.get(unit.id, ()))
        ways.sorties.extend(self._sorties.get(unit.id, ()))
        return True
