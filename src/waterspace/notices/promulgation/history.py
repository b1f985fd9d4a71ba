"""A calendar that follows the ledger: what was sent stands when it was sent, and what is gone is taken out.

A program that took in an earlier calendar of the exercise gets the same entries again under the same ids, moved, or
cancelled where the notice is not planned any more or the step is not needed any more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.messages.audience import Kind, kind_of
from waterspace.messages.phrasing.numbers import listed
from waterspace.notices.ledger.amending import ActionKind
from waterspace.notices.promulgation.calendar import Entry
from waterspace.notices.promulgation.plan import Task
from waterspace.notices.promulgation.sheet import as_entries
from waterspace.quantity import DAY_MS, HOUR_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from waterspace.notices.ledger.amending import Action
    from waterspace.notices.ledger.book import Ledger
    from waterspace.notices.ledger.sending import Sending
    from waterspace.notices.promulgation.plan import Promulgation, Step

__all__ = ["as_entries_so_far"]


def as_entries_so_far(
    promulgation: Promulgation, ledger: Ledger, actions: Sequence[Action], now_ms: int
) -> tuple[Entry, ...]:
    """The steps as entries of a calendar, with what became of them, and those of notices that are gone.

    Args:
        promulgation: the plan as it is now, made without a time that counts as now: what is late the ledger knows.
        ledger: of what was sent.
        actions: what is to be done about it, as `amendments` gives them.
        now_ms: when that holds, milliseconds since 1970-01-01T00:00Z: what is to be sent at once, replaced or cancelled
            stands there, and no alarm rings before it.
    """
    notices = {step.notice: step.kind for step in promulgation.steps}
    about: dict[str, list[Action]] = {}
    for action in actions:
        about.setdefault(_notice_of(action.id, notices), []).append(action)
    steps = zip(promulgation.steps, as_entries(promulgation), strict=True)
    found = [_so_far(step, entry, about.get(step.notice, ()), now_ms) for step, entry in steps]
    gone: dict[str, list[Sending]] = {}
    open_: dict[str, list[Action]] = {}
    for sending in ledger.latest:
        if (whole := _notice_of(_whole_of(sending), notices)) not in notices:
            gone.setdefault(whole, []).append(sending)
    for action in actions:
        if action.kind is ActionKind.CANCEL and action.sending is not None:
            open_.setdefault(_whole_of(action.sending), []).append(action)
    for id_, sendings in gone.items():
        found += _taken_out(id_, sendings, promulgation.exercise, open_.get(id_, ()), now_ms)
    return tuple(_to_be_heard(entry, now_ms) for entry in found)


def _to_be_heard(entry: Entry, now_ms: int) -> Entry:
    """An entry whose alarm does not ring before now, where nobody would hear it; what is past has none."""
    if entry.alarm_ms is None:
        return entry
    ahead_ms = entry.start_ms - now_ms
    return replace(entry, alarm_ms=None if ahead_ms < 0 else min(entry.alarm_ms, ahead_ms))


def _notice_of(id_: str, notices: Mapping[str, Kind]) -> str:
    """The notice of a plan of which a text is: `N3` for `N3-RJJJ`, which goes to one of its offices; else its own."""
    whole, _, _ = id_.rpartition("-")
    return whole if id_ not in notices and notices.get(whole) is Kind.NOTAM else id_


def _whole_of(sending: Sending) -> str:
    """The notice of which a text was: `N3` for `N3-RJJJ` of the region RJJJ."""
    whole, _, region = sending.id.rpartition("-")
    return whole if whole and region in sending.said.firs else sending.id


def _so_far(step: Step, entry: Entry, actions: Sequence[Action], now_ms: int) -> Entry:
    """An entry of a notice of the plan, by what was sent for it."""
    sendings = [action.sending for action in actions if action.sending is not None]
    if not sendings:
        return _unsent(step, entry, actions, now_ms)
    entry = replace(entry, modified_ms=max(sending.changed_ms for sending in sendings))
    kinds = {action.kind for action in actions}
    if not kinds.isdisjoint({ActionKind.REPLACE, ActionKind.CANCEL}):
        entry = _to_be_done(step, entry, actions, now_ms)
    if ActionKind.REPLACE not in kinds and ActionKind.SEND not in kinds:
        kept = [action.sending for action in actions if action.kind is ActionKind.KEEP and action.sending is not None]
        entry = _done(step, entry, kept) if kept else entry
    return entry


def _unsent(step: Step, entry: Entry, actions: Sequence[Action], now_ms: int) -> Entry:
    """An entry of a notice of which nothing was sent: what should have been done is to be done now, or is too late."""
    kinds = {action.kind for action in actions}
    if ActionKind.SEND in kinds and step.task in (Task.PROMULGATE, Task.REPEAT):
        said = "\n".join([*(action.sentence for action in actions), entry.description])
        return entry if entry.start_ms >= now_ms else replace(entry, start_ms=now_ms, description=said)
    if ActionKind.SEND in kinds and step.task is Task.CONFIRM:
        return replace(entry, start_ms=max(entry.start_ms, _asked_ms(actions, now_ms)))
    if kinds == {ActionKind.TOO_LATE}:
        return replace(entry, alarm_ms=None, is_cancelled=True)
    return entry


def _asked_ms(actions: Sequence[Action], now_ms: int) -> int:
    """When the number of what is sent now is asked for: a day later, or an hour before the danger."""
    begins_ms = min((action.first_ms for action in actions if action.first_ms is not None), default=now_ms)
    return max(now_ms, min(now_ms + DAY_MS, begins_ms - HOUR_MS))


def _to_be_done(step: Step, entry: Entry, actions: Sequence[Action], now_ms: int) -> Entry:
    """An entry of a notice whose text is to be replaced or cancelled now."""
    kinds = {action.kind for action in actions}
    said = "\n".join([*(action.sentence for action in actions), entry.description])
    if step.task is Task.PROMULGATE and ActionKind.REPLACE in kinds:
        return replace(
            entry, start_ms=now_ms, summary=f"Replace {step.notice} ({step.kind}): {step.to}", description=said
        )
    if step.task is Task.CONFIRM and ActionKind.REPLACE in kinds:
        return replace(entry, start_ms=_asked_ms(actions, now_ms))
    if step.task is Task.CANCEL and ActionKind.CANCEL in kinds:
        return replace(entry, start_ms=now_ms, description=said)
    return entry


def _done(step: Step, entry: Entry, kept: Sequence[Sending]) -> Entry:
    """An entry of a notice whose text says what it is to say."""
    if step.task is Task.PROMULGATE:
        summary = f"Promulgated {', '.join(sending.name for sending in kept)}"
        return replace(entry, start_ms=max(sending.sent_ms for sending in kept), summary=summary, alarm_ms=None)
    if step.task is Task.CONFIRM and all(sending.number for sending in kept):
        return replace(entry, is_cancelled=True, alarm_ms=None)
    return entry


def _taken_out(
    id_: str, sendings: Sequence[Sending], exercise: str, cancels: Sequence[Action], now_ms: int
) -> Iterator[Entry]:
    """The entries of a notice that the plan does not have any more; its cancellation where some is still to be sent.

    Args:
        id_: of the notice.
        sendings: its last text by each way; several where it went to several offices.
        exercise: its name.
        cancels: what is still to be cancelled of it; the names and the words of the cancellation are of these alone.
        now_ms: where these stand.
    """
    kind = kind_of(sendings[0].kind) or Kind.MARINERS
    sent = min(sendings, key=lambda sending: sending.sent_ms)
    for task in Task:
        asked = sorted(cancels, key=lambda action: action.id) if task is Task.CANCEL else []
        names = [action.sending.name for action in asked if action.sending is not None]
        yield Entry(
            id=f"{id_}-{task}@{exercise}",
            start_ms=now_ms if asked else sent.sent_ms,
            summary=f"{task.capitalize()} {listed(names or [sending.name for sending in sendings], 'and')}",
            description="\n".join(action.sentence for action in asked),
            categories=(kind.upper(), task.upper()),
            alarm_ms=0 if asked else None,
            modified_ms=max(sending.changed_ms for sending in sendings),
            is_cancelled=not asked,
        )
