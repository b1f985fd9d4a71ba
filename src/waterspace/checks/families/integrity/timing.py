"""Integrity (WS0): the times of the plan fit together: every serial has one, in the period and in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.words import span
from waterspace.domain import Severity
from waterspace.notation import format_duration, format_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context
    from waterspace.domain import Serial, Window

__all__ = ["order_contradicted", "outside_the_period", "without_a_time"]


@rule(
    code="WS003",
    name="outside-the-period",
    severity=Severity.ERROR,
    summary="A serial, phase or inject lies outside the exercise period, or a serial outside its phase.",
    why="Permissions, notices, harbour berths and the staff's attention are arranged for the period.",
    source=JUDGEMENT,
    bad="""
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, BRAVO]}
    start: 2026-06-11T23:00Z
    duration: 2 h
    objectives: O1
""",
    good="""
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, BRAVO]}
    start: 2026-06-11T22:00Z
    duration: 2 h
    objectives: O1
""",
)
def outside_the_period(context: Context) -> Iterator[Remark]:
    """Serials and phases against the period, serials against their phases, injects against the period."""
    exercise = context.exercise
    period = exercise.window
    for id_, window in context.windows.items():
        serial = exercise.serials[id_]
        path, title = ("serials", id_, "start"), context.serial_title(id_)
        out = _excess(window, period, "the exercise period")
        if out:
            message = f"{title} runs {span(window)}, {out}. Move it, or change the period."
            yield Remark(message=message, subjects=(id_,), path=path, window=window)
        phase = exercise.phases.get(serial.phase)
        out = "" if phase is None else _excess(window, phase.window, f"phase {phase.name or phase.id}")
        if phase is not None and out:
            message = f"{title} runs {span(window)}, {out}. Move it, or name another phase."
            subjects, severity = (id_, phase.id), Severity.WARNING
            yield Remark(message=message, subjects=subjects, path=path, window=window, severity=severity)
    for id_, phase in exercise.phases.items():
        out = _excess(phase.window, period, "the exercise period")
        if out:
            message = f"Phase {phase.name or id_} lasts {span(phase.window)}, {out}."
            path, severity = ("phases", id_, "start"), Severity.WARNING
            yield Remark(message=message, subjects=(id_,), path=path, window=phase.window, severity=severity)
    for id_, inject in exercise.injects.items():
        if not period.start_ms <= inject.at_ms <= period.end_ms:
            message = f"Inject {id_} is due at {format_time(inject.at_ms)}, outside the exercise period {span(period)}."
            path, severity = ("injects", id_, "at"), Severity.WARNING
            yield Remark(message=message, subjects=(id_,), path=path, severity=severity)


def _excess(window: Window, limits: Window, name: str) -> str:
    """How far a window reaches out of another, in words; empty where it does not."""
    early_ms, late_ms = limits.start_ms - window.start_ms, window.end_ms - limits.end_ms
    reach = []
    if early_ms > 0:
        reach.append(f"beginning {format_duration(early_ms)} before {name} begins ({format_time(limits.start_ms)})")
    if late_ms > 0:
        reach.append(f"ending {format_duration(late_ms)} after {name} ends ({format_time(limits.end_ms)})")
    return " and ".join(reach)


@rule(
    code="WS004",
    name="without-a-time",
    severity=Severity.ERROR,
    summary="A serial has no planned time.",
    why=(
        "It appears in nobody's programme, and no rule on units, water, light or notices can be applied to it. Serials "
        "that wait for each other in a circle can never start."
    ),
    source=JUDGEMENT,
    bad="""
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, duration: 2 h, after: S2, objectives: O1}
  S2: {type: assembly, area: WEST, units: {units: BRAVO}, duration: 2 h, after: S1, objectives: O1}
""",
    good="""
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, duration: 2 h, start: 2026-06-08T00:00Z, objectives: O1}
  S2: {type: assembly, area: WEST, units: {units: BRAVO}, duration: 2 h, after: S1, objectives: O1}
""",
)
def without_a_time(context: Context) -> Iterator[Remark]:
    """One remark for each circle, one for each other serial without a time."""
    timing = context.programme.timing
    in_circles: set[str] = set()
    for circle in timing.circles:
        start = circle.index(min(circle))
        ordered = circle[start:] + circle[:start]
        in_circles.update(circle)
        message = (
            f"{' after '.join((*ordered, ordered[0]))}: these serials wait for each other, so none of them can start. "
            "Nothing that depends on their times was checked."
        )
        yield Remark(message=message, subjects=ordered, path=("serials", ordered[0], "after"))
    for id_, reason in timing.untimed.items():
        if id_ not in in_circles:
            message = (
                f"{context.serial_title(id_)} has no planned time: {reason}. "
                "Nothing that depends on its time was checked."
            )
            yield Remark(message=message, subjects=(id_,), path=("serials", id_, "start"))


@rule(
    code="WS005",
    name="order-contradicted",
    severity=Severity.ERROR,
    summary="Fixed times contradict the order of the serials, or the limits given for their start or duration.",
    why="The file says two things; whoever reads only one of them comes at the wrong time.",
    source=JUDGEMENT,
    bad="""
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}
  S2:
    type: assembly
    area: WEST
    units: {units: BRAVO}
    start: 2026-06-08T01:00Z
    duration: 2 h
    after: S1
    objectives: O1
""",
    good="""
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}
  S2:
    type: assembly
    area: WEST
    units: {units: BRAVO}
    start: 2026-06-08T02:00Z
    duration: 2 h
    after: S1
    objectives: O1
""",
)
def order_contradicted(context: Context) -> Iterator[Remark]:
    """Planned starts against `after`, `earliest` and `latest`; a given duration against a given start and end."""
    for id_, window in context.windows.items():
        serial = context.exercise.serials[id_]
        title = context.serial_title(id_)
        for before in sorted({name for name in serial.after if name in context.windows}):
            early_ms = context.windows[before].end_ms - window.start_ms
            if early_ms > 0:
                message = (
                    f"{title} is to follow {context.serial_title(before)}, but starts at "
                    f"{format_time(window.start_ms)}, {format_duration(early_ms)} before that one ends."
                )
                subjects = (id_, before)
                yield Remark(message=message, subjects=subjects, path=("serials", id_, "after"), window=window)
        yield from _beyond_limits(serial, window, title)


def _beyond_limits(serial: Serial, window: Window, title: str) -> Iterator[Remark]:
    start_ms, early, late = window.start_ms, serial.earliest_ms, serial.latest_ms
    lasts_ms = window.end_ms - window.start_ms
    timely = (early is None or start_ms >= early) and (late is None or start_ms <= late)
    if timely and serial.duration_ms in {None, lasts_ms}:
        return
    starts = f"{title} starts at {format_time(start_ms)}"
    if early is not None and start_ms < early:
        message = f"{starts}, {format_duration(early - start_ms)} before its earliest time {format_time(early)}."
        yield _beyond(serial, message, "earliest", window)
    if late is not None and start_ms > late:
        message = f"{starts}, {format_duration(start_ms - late)} after its latest time {format_time(late)}."
        yield _beyond(serial, message, "latest", window)
    if serial.duration_ms is not None and serial.duration_ms != lasts_ms:
        message = (
            f"{title} is given {format_duration(serial.duration_ms)}, but its start and end are "
            f"{format_duration(lasts_ms)} apart; the start and end were taken."
        )
        yield _beyond(serial, message, "duration", window)


def _beyond(serial: Serial, message: str, key: str, window: Window) -> Remark:
    """A remark about one key of a serial: the keys are matters of their own."""
    here, about = ("serials", serial.id, key), (serial.id, key)
    return Remark(message=message, subjects=(serial.id,), about=about, path=here, window=window)
