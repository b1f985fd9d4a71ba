"""The promulgation plan of an exercise: what is handed in, to whom, by when, in which order, and when it is cancelled.

A danger is told first as long ahead as rules WS502 and WS509 look for; further notices to those who have been told
follow later. What was handed in is confirmed: a warning that has no number was not promulgated. What no broadcast near
the coast repeats is repeated a day ahead. Where the plan has a time that is early enough it is kept; where its time is
late the step stands at the time by which it is due, and says so.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from waterspace.messages.audience import Kind
from waterspace.messages.leads import CANCEL_AFTER_MS, LEAST_MS
from waterspace.messages.phrasing.numbers import listed
from waterspace.messages.writing.styles import STYLES
from waterspace.notation import format_duration, format_time
from waterspace.notices.drafting.drafts import drafted
from waterspace.notices.drafting.grouping import pieces, untold
from waterspace.notices.drafting.timing import order_of, timed
from waterspace.notices.promulgation.addressing import addressee, coordinator_of, sender
from waterspace.programme.subjects import misnamed
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS, NAUTICAL_MILE_M, whole_minute_ms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.domain import Exercise, Footprint
    from waterspace.notices.drafting.timing import Timed
    from waterspace.notices.drafting.told import Drafted

__all__ = ["Promulgation", "Step", "Task", "promulgation_plan"]

_CONFIRM_AFTER_MS = DAY_MS
"""From handing in to asking for the number: assumed."""
_CONFIRM_BEFORE_MS = HOUR_MS
"""Before the danger a number is asked for at the latest: assumed."""
_REPEAT_MS = DAY_MS
"""How long before the danger a warning is repeated near the coast: assumed."""
_NAVTEX_M = 400.0 * NAUTICAL_MILE_M
"""How far from land NAVTEX is received at most.

Source: IMO resolution A.801(19), annex 4: stations have ranges of 250 to 400 nautical miles.
"""
_NEAR = frozenset({Kind.NAVTEX, Kind.COASTAL, Kind.LOCAL, Kind.AIS})
"""What ships near the coast hear in the last days: assumed."""
_NO_PREFIXES = ("I", "J", "Q", "X")
"""Letters with which no location indicator begins. Source: ICAO Doc 7910, letters of the regions."""


class Task(StrEnum):
    """What is to be done about a notice, in the order in which it is done."""

    PROMULGATE = "promulgate"
    CONFIRM = "confirm"
    REPEAT = "repeat"
    CANCEL = "cancel"


_AT_ONCE = {
    Task.PROMULGATE: "hand it in at once, if that was not done.",
    Task.CONFIRM: "ask at once, if that was not done.",
    Task.REPEAT: "have it repeated at once, if that was not done.",
}
"""What is to be done about a step whose time has passed; nobody but a ledger knows what was done."""
_OVER = {
    Task.PROMULGATE: ": too late to tell of it; no text is drafted.",
    Task.CONFIRM: ".",
    Task.REPEAT: ".",
    Task.CANCEL: ": its own time of cancellation has passed too.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to be done.

    Attributes:
        id: the same in every plan of the exercise, such as `N1-promulgate`.
        notice: id of the notice, and of its draft.
        kind: of the notice.
        subject: what it tells of, in one line.
        to: whom it is handed in to.
        originator: who hands it in; `not named` where the plan does not say.
        at_ms: when it is done, never later than it is due, milliseconds since 1970-01-01T00:00Z.
        due_ms: by when it is to be done.
        planned_ms: when the plan wants it done; None where it does not say.
        basis: where the time comes from.
        remark: what is wrong or worth knowing; may be empty.
        coordinator: who coordinates the navigational area, not verified; empty for other notices.
        is_over: whether all that it tells of has ended by the time that counts as now.
    """

    id: str
    task: Task
    notice: str
    kind: Kind
    subject: str
    to: str
    originator: str
    at_ms: int
    due_ms: int
    planned_ms: int | None = None
    basis: str
    remark: str = ""
    coordinator: str = ""
    is_over: bool = False

    @property
    def is_late(self) -> bool:
        """Whether the plan wants it done later than it is due."""
        return self.task is not Task.CANCEL and self.planned_ms is not None and self.planned_ms > self.due_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Promulgation:
    """A promulgation plan.

    Attributes:
        exercise: its name.
        steps: in order of time; of several at once NOTAMs first, then warnings to ships, then letters.
        left_out: notices of the plan for which there is nothing to do, a sentence each.
        now_ms: the time that counts as now, a whole minute, milliseconds since 1970-01-01T00:00Z; None for none.
    """

    exercise: str
    steps: tuple[Step, ...]
    left_out: tuple[str, ...] = ()
    now_ms: int | None = None

    @property
    def over(self) -> tuple[str, ...]:
        """Ids of the notices of which nothing is still to come, in order of their steps."""
        return tuple(dict.fromkeys(step.notice for step in self.steps if step.is_over))


def promulgation_plan(
    exercise: Exercise, told: Sequence[Drafted] | None = None, now_ms: int | None = None
) -> Promulgation:
    """What is to be done about the notices of an exercise, those that the plan lacks included.

    Every danger to shipping, and every firing that reaches above the masts of ships, is told before it begins; nothing
    is cancelled before the last end of what it covers, alternate times included.

    Args:
        exercise: serials of a type that is not installed have no dangers that are known.
        told: its notices with their drafts, as `drafted` gives them; None to draft them.
        now_ms: what was due before is said to be late, and what has ended to be over, milliseconds since
            1970-01-01T00:00Z; None to look at no clock, so that one exercise has one plan.

    Raises:
        DataFileError: the file of flight information regions of the exercise cannot be read.
    """
    tasks, left_out = timed(exercise, drafted(exercise, now_ms) if told is None else told)
    now_ms = None if now_ms is None else whole_minute_ms(now_ms)
    steps = [_noted(exercise, task, _at(task, step, now_ms)) for task in tasks for step in _steps(task, tasks)]
    steps.sort(key=lambda step: (step.at_ms, list(Task).index(step.task), order_of(step.kind), step.id))
    return Promulgation(exercise=exercise.name, steps=tuple(steps), left_out=left_out, now_ms=now_ms)


def _steps(task: Timed, tasks: Sequence[Timed]) -> Iterator[Step]:
    """All that is to be done about one notice."""
    first = _promulgate(task)
    yield first
    confirm_ms = max(first.at_ms, min(first.at_ms + _CONFIRM_AFTER_MS, task.start_ms - _CONFIRM_BEFORE_MS))
    asked = (
        "Ask whether it was received." if task.kind is Kind.LETTER else "Ask for its number, and read the text back."
    )
    yield _step(task, Task.CONFIRM, confirm_ms, "assumed: a day after it was handed in", asked)
    repeat_ms = task.start_ms - _REPEAT_MS
    if repeat_ms > confirm_ms and not _is_heard_near(task, tasks) and _is_in_reach(task):
        basis = "assumed: a day ahead, for ships near the coast"
        remark = "No notice of the plan repeats it near the coast."
        yield replace(_step(task, Task.REPEAT, repeat_ms, basis, remark), to="NAVTEX coordinator")
    if task.kind is not Kind.LETTER:
        yield _cancel(task)


def _noted(exercise: Exercise, task: Timed, step: Step) -> Step:
    """A step, and at the first what the names of its serials say that they do not fire."""
    if step.task is not Task.PROMULGATE:
        return step
    called = [sentence for owner in sorted(task.owners) if (sentence := misnamed(exercise, owner))]
    return replace(step, remark=" ".join([step.remark, *called]).strip())


def _is_heard_near(task: Timed, tasks: Sequence[Timed]) -> bool:
    """Whether ships near the coast hear all of a warning, in itself or in others; what is for others need not be heard.

    A notice of the plan tells all of a serial, or of its area; a coastal warning of a part tells that part alone.
    """
    if task.public != "ships" or task.kind in _NEAR:
        return True
    near = [other for other in tasks if other.kind in _NEAR]
    told = {owner for other in near if not other.told.part_of for owner in other.owners}
    left = pieces(claim for claim in task.told.claims if not told.issuperset(claim.owners))
    return not untold(left, [claim for other in near if other.told.part_of for claim in other.told.claims])


def _is_in_reach(task: Timed) -> bool:
    """Whether some of its dangers are near enough to land for NAVTEX."""
    return any(_off_land_m(claim.footprint) <= _NAVTEX_M for claim in pieces(task.told.claims))


@functools.lru_cache(maxsize=512)
def _off_land_m(footprint: Footprint) -> float:
    """How far the nearest part of a place may be from land, metres, at least 0."""
    from waterspace.environment.shores import coast
    from waterspace.geometry.footprints import bounding_circle

    around = bounding_circle(footprint)
    return max(coast.load().nearest_land(around.centre).distance_m - around.radius_m, 0.0)


def _at(task: Timed, step: Step, now_ms: int | None) -> Step:
    """A step, and how far it is behind at the time that counts as now."""
    if now_ms is None:
        return step
    is_over = task.end_ms <= now_ms
    said = _overdue(step, now_ms) if not is_over else f"OVER since {format_time(task.end_ms)}{_OVER[step.task]}"
    if step.at_ms >= now_ms:
        said = ""
    if step.task is Task.PROMULGATE and not is_over and _is_spare(task, now_ms):
        said = f"{said} Only alternate times are left: its text says what may take place."
    return replace(step, remark=f"{step.remark} {said}".strip(), is_over=is_over)


def _is_spare(task: Timed, now_ms: int) -> bool:
    """Whether of a draft nothing but alternate times is still to come."""
    parts = () if task.told.draft is None else task.told.draft.paragraphs
    return bool(parts) and all(window.end_ms <= now_ms for part in parts for window in part.windows)


def _overdue(step: Step, now_ms: int) -> str:
    """What is to be said of a step whose time has passed: late is only what should have been done by now."""
    now, due = format_time(now_ms), format_time(step.due_ms)
    if step.task is Task.CANCEL:
        return ""
    if now_ms > step.due_ms:
        return f"LATE by {format_duration(whole_minute_ms(now_ms - step.due_ms))} at {now}: {_AT_ONCE[step.task]}"
    left = format_duration((step.due_ms - now_ms) // MINUTE_MS * MINUTE_MS)
    return f"The plan had {format_time(step.at_ms)}; due {due}, {left} left at {now}: {_AT_ONCE[Task.PROMULGATE]}"


def _promulgate(task: Timed) -> Step:
    planned_ms = task.told.notice.planned_ms
    at_ms = task.due_ms if planned_ms is None else min(planned_ms, task.due_ms)
    return replace(_step(task, Task.PROMULGATE, at_ms, task.basis, _remark(task)), due_ms=task.due_ms)


def _remark(task: Timed) -> str:
    """What is wrong with the time of a notice, and what it lacks."""
    notice = task.told.notice
    said = []
    if task.told.remark:
        said.append(task.told.remark)
    elif not notice.originator.strip():
        said.append("The plan does not say who sends it.")
    said += [sentence for sentence in (task.told.beyond, task.told.elsewhere) if sentence]
    said += _heights(task)
    said += [
        f"{code} is the code of no region: no ICAO location indicator begins with {code[0]}."
        for code in notice.firs
        if code.upper().startswith(_NO_PREFIXES)
    ]
    said += [
        f"Part lies in the territorial sea of {state} (computed limit): it needs the leave of {state}, and only "
        f"{state} may warn of it there (WS301)."
        for state in task.told.unasked
    ]
    if len(task.told.areas) > 1:
        others = " or ".join(task.told.areas[1:])
        said.append(f"Near the limit of NAVAREA {others} (limits assumed): ask which coordinator takes it.")
    if notice.planned_ms is not None and notice.planned_ms > task.due_ms:
        late = format_duration(whole_minute_ms(notice.planned_ms - task.due_ms))
        grave = ", too late" if task.start_ms - notice.planned_ms < LEAST_MS else ""
        said.append(f"The plan has {format_time(notice.planned_ms)}, {late} after it is due{grave}.")
    return " ".join(said)


def _heights(task: Timed) -> Iterator[str]:
    """What a NOTAM says where the plan gives no ceiling."""
    if task.kind is not Kind.NOTAM:
        return
    open_ = {owner for claim in task.told.claims if math.isinf(claim.band.ceiling_m) for owner in claim.owners}
    if open_:
        yield f"No ceiling is given for {listed(sorted(open_), 'and')}: the NOTAM says unlimited (UNL)."


def _cancel(task: Timed) -> Step:
    """When a notice is taken out of force: at the plan's time, an hour after the last end where that is too early."""
    planned_ms = task.told.notice.cancel_ms
    usual_ms = whole_minute_ms(task.end_ms + CANCEL_AFTER_MS)
    remark = "It cancels itself; cancel it earlier only when all of it has ended."
    if planned_ms is None:
        return _step(task, Task.CANCEL, usual_ms, "an hour after the last end", remark)
    if planned_ms >= task.end_ms:
        return _step(task, Task.CANCEL, planned_ms, "the plan's own time", remark)
    early = (
        f"The plan cancels it at {format_time(planned_ms)}, before its last end at {format_time(task.end_ms)}: correct "
        "the time of cancellation before it is handed in."
    )
    return _step(task, Task.CANCEL, usual_ms, "an hour after the last end", early)


def _step(task: Timed, what: Task, at_ms: int, basis: str, remark: str) -> Step:
    """A step that is due when it is done, with whoever promulgates the notice."""
    notice = task.told.notice
    return Step(
        id=f"{notice.id}-{what}",
        task=what,
        notice=notice.id,
        kind=task.kind,
        subject=_subject(task),
        to=addressee(notice, task.kind, task.told.draft),
        originator=sender(notice),
        at_ms=at_ms,
        due_ms=at_ms,
        planned_ms={Task.PROMULGATE: notice.planned_ms, Task.CANCEL: notice.cancel_ms}.get(what),
        basis=basis,
        remark=remark,
        coordinator=coordinator_of(notice, task.kind, task.told.draft),
    )


def _subject(task: Timed) -> str:
    """`Gunnery exercises, 220000Z JUL 23 to 230900Z JUL 23 (S109 and S116)`."""
    draft = task.told.draft
    names = listed(sorted(task.owners), "and") or listed(task.told.notice.covers, "and")
    span = f"{format_time(task.start_ms)} to {format_time(task.end_ms)}"
    what = "Letter" if draft is None else draft.activity or STYLES[draft.issuer].activities[draft.category]
    return f"{what.capitalize()}, {span}{f' ({names})' if names else ''}"
