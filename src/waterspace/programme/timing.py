"""When each serial is planned to run: fixed times, windows to start in, durations and order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.domain import Window
from waterspace.serials import registry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Exercise, Serial

__all__ = ["Timing", "plan_times"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Planned times.

    Attributes:
        windows: id of a serial to its planned start and end.
        untimed: id of a serial that has no planned time, to the reason in words.
        circles: groups of serials that wait for each other, each in order.
    """

    windows: Mapping[str, Window]
    untimed: Mapping[str, str]
    circles: tuple[tuple[str, ...], ...]


def plan_times(exercise: Exercise) -> Timing:
    """Plan every serial as early as its own limits and its order allow.

    A fixed start stands as given even where it contradicts the order; a rule reports that. A serial without a fixed
    start begins at its earliest time, or at the start of the exercise period, but not before the serials it follows
    have ended. Names of serials that do not exist are passed over.
    """
    windows: dict[str, Window] = {}
    untimed: dict[str, str] = {}
    order, circles = _in_order(exercise)
    for id_ in order:
        serial = exercise.serials[id_]
        duration_ms = _duration_ms(exercise, serial)
        if duration_ms is None:
            untimed[id_] = "it has neither an end nor a duration, and its type cannot work one out"
            continue
        if duration_ms <= 0:
            untimed[id_] = "its duration is not above zero"
            continue
        before = [name for name in serial.after if name in exercise.serials]
        missing = [name for name in before if name not in windows]
        if serial.start_ms is None and serial.end_ms is None and missing:
            untimed[id_] = f"it follows {missing[0]}, which has no planned time"
            continue
        start_ms = _start_ms(
            exercise, serial, duration_ms, [windows[name].end_ms for name in before if name in windows]
        )
        windows[id_] = Window(start_ms=start_ms, end_ms=start_ms + duration_ms)
    for circle in circles:
        untimed.update({id_: f"it waits for itself: {' after '.join((*circle, circle[0]))}" for id_ in circle})
    return Timing(windows=windows, untimed=untimed, circles=circles)


def _start_ms(exercise: Exercise, serial: Serial, duration_ms: int, ends_ms: list[int]) -> int:
    if serial.start_ms is not None:
        return serial.start_ms
    if serial.end_ms is not None:
        return serial.end_ms - duration_ms
    earliest_ms = exercise.window.start_ms if serial.earliest_ms is None else serial.earliest_ms
    return max([earliest_ms, *ends_ms])


def _duration_ms(exercise: Exercise, serial: Serial) -> int | None:
    if serial.start_ms is not None and serial.end_ms is not None:
        return serial.end_ms - serial.start_ms
    if serial.duration_ms is not None:
        return serial.duration_ms
    return registry.get(serial.type).duration_ms(exercise, serial)


def _in_order(exercise: Exercise) -> tuple[list[str], tuple[tuple[str, ...], ...]]:
    """Ids so that each comes after those it follows, and the circles that have no such order."""
    waiting = {
        id_: {name for name in serial.after if name in exercise.serials} for id_, serial in exercise.serials.items()
    }
    order: list[str] = []
    circles: list[tuple[str, ...]] = []
    while waiting:
        while ready := [id_ for id_, before in waiting.items() if waiting.keys().isdisjoint(before)]:
            order.extend(ready)
            for id_ in ready:
                del waiting[id_]
        found = [circle for id_ in waiting if (circle := _circle(id_, waiting)) and id_ == min(circle)]
        circles.extend(found)
        for id_ in {id_ for circle in found for id_ in circle}:
            del waiting[id_]
    return order, tuple(circles)


def _circle(start: str, waiting: Mapping[str, set[str]]) -> tuple[str, ...]:
    """The way from a serial back to itself, or nothing."""
    trail: list[str] = []
    name = start
    while name not in trail:
        trail.append(name)
        onward = sorted(waiting[name].intersection(waiting))
        if not onward:
            return ()
        name = onward[0]
    return tuple(trail[trail.index(name) :]) if name == start else ()
