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

from waterspace.messages.audience import Kind, kind_of
from waterspace.messages.leads import (
    CANCEL_AFTER_MS,
    FOLLOWING_MS,
    FOLLOWING_SOURCE,
    FULL_MS,
    INCSEA,
    LEAST_MS,
    NOTAM_MS,
    NOTAM_SOURCE,
)
from waterspace.messages.writing.styles import STYLES
from waterspace.notation import format_duration, format_time
from waterspace.notices.drafting.drafts import drafted, span_of
from waterspace.notices.drafting.grouping import pieces
from waterspace.notices.promulgation.addressing import addressee, coordinator_of, listed, sender
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS, NAUTICAL_MILE_M, whole_minute_ms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.domain import Exercise, Footprint
    from waterspace.notices.drafting.drafts import Drafted

__all__ = ["Promulgation", "Step", "Task", "plan"]

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
_LETTER_SOURCE = f"{INCSEA}; for letters assumed"


class Task(StrEnum):
    """What is to be done about a notice, in the order in which it is done."""

    PROMULGATE = "promulgate"
    CONFIRM = "confirm"
    REPEAT = "repeat"
    CANCEL = "cancel"


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
    """

    exercise: str
    steps: tuple[Step, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A notice that is to be promulgated: what it is, and from when to when there is danger."""

    told: Drafted
    kind: Kind
    start_ms: int
    end_ms: int

    @property
    def owners(self) -> frozenset[str]:
        return frozenset(owner for claim in self.told.claims for owner in claim.owners)

    @property
    def public(self) -> str:
        """Whom it tells: notices to others do not make up for it."""
        return self.kind if self.kind in (Kind.NOTAM, Kind.LETTER) else "ships"

    @property
    def order(self) -> tuple[int, int, str]:
        """By which notices to one public are told apart as the first and the further ones."""
        planned_ms = self.told.notice.planned_ms
        if planned_ms is None:
            planned_ms = self.start_ms - (NOTAM_MS if self.kind is Kind.NOTAM else FULL_MS)
        return planned_ms, _rank(self.kind), self.told.notice.id


def plan(exercise: Exercise, told: Sequence[Drafted] | None = None) -> Promulgation:
    """What is to be done about the notices of an exercise, those that the plan lacks included.

    Every danger to shipping, and every firing that reaches above the masts of ships, is told before it begins; nothing
    is cancelled before the last end of what it covers, alternate times included.

    Args:
        exercise: serials of a type that is not installed have no dangers that are known.
        told: its notices with their drafts, as `drafted` gives them; None to draft them.

    Raises:
        DataFileError: the file of flight information regions of the exercise cannot be read.
    """
    tasks: list[_Task] = []
    left_out: list[str] = []
    for one in drafted(exercise) if told is None else told:
        task = _task(exercise, one)
        if isinstance(task, str):
            left_out.append(task)
        else:
            tasks.append(task)
    steps = [step for task in tasks for step in _steps(task, tasks)]
    steps.sort(key=lambda step: (step.at_ms, list(Task).index(step.task), _rank(step.kind), step.id))
    return Promulgation(exercise=exercise.name, steps=tuple(steps), left_out=tuple(sorted(left_out)))


def _rank(kind: Kind) -> int:
    """NOTAMs first, for they are asked for earliest; letters last."""
    return -1 if kind is Kind.NOTAM else list(Kind).index(kind)


def _task(exercise: Exercise, told: Drafted) -> _Task | str:
    """What there is to do about a notice, or why there is nothing."""
    notice, kind = told.notice, kind_of(told.notice.kind)
    if kind is None:
        return f"{notice.id} is of kind {notice.kind}, which nobody knows; nothing is promulgated."
    if told.draft is not None:
        start_ms, end_ms = span_of(told.draft)
        return _Task(told=told, kind=kind, start_ms=start_ms, end_ms=end_ms)
    if kind is not Kind.LETTER:
        return f"{notice.id} ({notice.kind}) covers no danger that has a time and a place; nothing is promulgated."
    windows = [window for claim in told.claims for window in (*claim.windows, *claim.reserves)]
    windows = windows or [exercise.window]
    start_ms, end_ms = min(one.start_ms for one in windows), max(one.end_ms for one in windows)
    return _Task(told=told, kind=kind, start_ms=start_ms, end_ms=end_ms)


def _steps(task: _Task, tasks: Sequence[_Task]) -> Iterator[Step]:
    """All that is to be done about one notice."""
    first = _promulgate(task, tasks)
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


def _is_heard_near(task: _Task, tasks: Sequence[_Task]) -> bool:
    """Whether a warning is, or is followed by, one that ships near the coast hear; others need none."""
    if task.public != "ships" or task.kind in _NEAR:
        return True
    return task.owners <= {owner for other in tasks if other.kind in _NEAR for owner in other.owners}


def _is_in_reach(task: _Task) -> bool:
    """Whether some of its dangers are near enough to land for NAVTEX."""
    return any(_off_land_m(claim.footprint) <= _NAVTEX_M for claim in pieces(task.told.claims))


@functools.lru_cache(maxsize=512)
def _off_land_m(footprint: Footprint) -> float:
    """How far the nearest part of a place may be from land, metres, at least 0."""
    from waterspace.environment.shores import coast
    from waterspace.geometry.footprints import bounding_circle

    around = bounding_circle(footprint)
    return max(coast.load().nearest_land(around.centre).distance_m - around.radius_m, 0.0)


def _promulgate(task: _Task, tasks: Sequence[_Task]) -> Step:
    lead_ms, basis = _lead(task, tasks)
    due_ms = (task.start_ms - lead_ms) // MINUTE_MS * MINUTE_MS
    planned_ms = task.told.notice.planned_ms
    at_ms = due_ms if planned_ms is None else min(planned_ms, due_ms)
    return replace(_step(task, Task.PROMULGATE, at_ms, basis, _remark(task, due_ms)), due_ms=due_ms)


def _lead(task: _Task, tasks: Sequence[_Task]) -> tuple[int, str]:
    """How long ahead a notice is looked for, and why; a coastal warning of a part is the first there."""
    if task.kind is Kind.LETTER:
        return FULL_MS, _LETTER_SOURCE
    before = {
        owner
        for other in tasks
        if other.public == task.public and other.order < task.order and other.start_ms <= task.start_ms
        if not other.told.part_of
        for owner in other.owners
    }
    if task.told.notice.planned_ms is not None and not task.told.part_of and task.owners <= before:
        return FOLLOWING_MS, f"a further notice of what has been told; {FOLLOWING_SOURCE}"
    return (NOTAM_MS, NOTAM_SOURCE) if task.kind is Kind.NOTAM else (FULL_MS, INCSEA)


def _remark(task: _Task, due_ms: int) -> str:
    """What is wrong with the time of a notice, and what it lacks."""
    notice = task.told.notice
    said = []
    if task.told.remark:
        said.append(task.told.remark)
    elif not notice.originator.strip():
        said.append("The plan does not say who sends it.")
    if task.told.beyond:
        said.append(task.told.beyond)
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
    if notice.planned_ms is not None and notice.planned_ms > due_ms:
        late = format_duration(whole_minute_ms(notice.planned_ms - due_ms))
        grave = ", too late" if task.start_ms - notice.planned_ms < LEAST_MS else ""
        said.append(f"The plan has {format_time(notice.planned_ms)}, {late} after it is due{grave}.")
    return " ".join(said)


def _heights(task: _Task) -> Iterator[str]:
    """What a NOTAM says where the plan gives no ceiling."""
    if task.kind is not Kind.NOTAM:
        return
    open_ = {owner for claim in task.told.claims if math.isinf(claim.band.ceiling_m) for owner in claim.owners}
    if open_:
        yield f"No ceiling is given for {listed(sorted(open_))}: the NOTAM says unlimited (UNL)."


def _cancel(task: _Task) -> Step:
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


def _step(task: _Task, what: Task, at_ms: int, basis: str, remark: str) -> Step:
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


def _subject(task: _Task) -> str:
    """`Gunnery exercises, 220000Z JUL 23 to 230900Z JUL 23 (S109 and S116)`."""
    draft = task.told.draft
    names = listed(sorted(task.owners)) or listed(task.told.notice.covers)
    span = f"{format_time(task.start_ms)} to {format_time(task.end_ms)}"
    what = "Letter" if draft is None else draft.activity or STYLES[draft.issuer].activities[draft.category]
    return f"{what.capitalize()}, {span}{f' ({names})' if names else ''}"
