"""From a plan and the ledger of what was sent to what is to be done: send, replace, cancel, or leave alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from waterspace.domain import Band, Joined, NotamCircle
from waterspace.errors import DraftError, LedgerError
from waterspace.messages.audience import Kind, kind_of
from waterspace.messages.draft import Draft
from waterspace.messages.phrasing.numbers import listed
from waterspace.messages.reading import Category
from waterspace.notation import format_time
from waterspace.notices.ledger import book
from waterspace.notices.ledger.as_sent import as_it_went
from waterspace.notices.ledger.changing import changes, is_wider
from waterspace.notices.ledger.coming import in_turn, still_to_come
from waterspace.notices.ledger.content import notation_of, said
from waterspace.notices.ledger.offices import each_office, spans_of
from waterspace.notices.ledger.pairing import paired
from waterspace.notices.ledger.waiting import reason_to_wait
from waterspace.quantity import MINUTE_MS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from waterspace.notices.ledger.book import Ledger, Sending
    from waterspace.notices.ledger.content import Place, Said

__all__ = ["Action", "ActionKind", "amendments", "record"]


class ActionKind(StrEnum):
    """What is to be done about a notice.

    `SEND` what was never sent, or ended and is planned anew; `REPLACE` what says something else by now; `CANCEL` what
    is in force and not planned any more. `KEEP` says the same, `EXPIRED` has ended, and `TOO_LATE` was never sent and
    is over: about these nothing is to be done.
    """

    SEND = "send"
    REPLACE = "replace"
    CANCEL = "cancel"
    KEEP = "keep"
    EXPIRED = "expired"
    TOO_LATE = "too late"


_WIDEST_M = 990.0 * NAUTICAL_MILE_M
"""Line Q has three digits for a radius in miles; a little less, as it is rounded up."""
_ORDER = (
    ActionKind.SEND,
    ActionKind.REPLACE,
    ActionKind.CANCEL,
    ActionKind.TOO_LATE,
    ActionKind.KEEP,
    ActionKind.EXPIRED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What is to be done about one notice.

    Attributes:
        kind: what.
        id: of the draft.
        sentence: the notice, why, and what to do, for a watch officer.
        changes: what is otherwise than in what was sent, half a sentence each; for `REPLACE`.
        is_urgent: whether something is dangerous where or when nobody was warned: it goes before everything else.
        draft: to be sent, what it replaces or cancels among its `cancels`; None where nothing is to be sent.
        text: of it; empty where nothing is to be sent, or something is in the way.
        obstacle: why there is no text though there should be one, as a sentence; empty where nothing is in the way.
        sending: the last text that was sent; None where none was.
        first_ms: when the first of its times to come begins; None where none does.
    """

    kind: ActionKind
    id: str
    sentence: str
    changes: tuple[str, ...] = ()
    is_urgent: bool = False
    draft: Draft | None = None
    text: str = ""
    obstacle: str = ""
    sending: Sending | None = None
    first_ms: int | None = None


def amendments(
    drafts: Iterable[Draft], ledger: Ledger, *, now_ms: int, write: Callable[[Draft], str]
) -> tuple[Action, ...]:
    """What is to be done so that what was sent says what is planned.

    Args:
        drafts: of the plan as it is now, each id and channel once; their order does not matter. A NOTAM for several
            states becomes one for each of their offices, such as `N3-RJJJ`.
        ledger: of what was sent.
        now_ms: milliseconds since 1970-01-01T00:00Z; times that are over concern nobody.
        write: writes a draft in the form of its kind.

    Returns:
        An action for each draft and for each notice that was sent, but for those that were cancelled and are not
        planned any more: dangers of which nobody was warned first, then what is to be sent, replaced and cancelled,
        in order of time.

    Raises:
        LedgerError: two drafts have the same id and channel.
    """
    planned: dict[tuple[str, str], Draft] = {}
    for draft in sorted((one for whole in drafts for one in each_office(whole)), key=lambda one: one.id):
        key = (draft.id, book.channel_of(draft))
        if key in planned:
            raise LedgerError(f"two drafts are called {draft.id}, so nobody can tell which of them was sent")
        planned[key] = draft
    at_ms = now_ms // MINUTE_MS * MINUTE_MS
    live = ledger.in_force(at_ms)
    pairs = paired(planned, live, at_ms)
    followed = {*pairs.values()}
    spare = [sending for at, sending in enumerate(live) if at not in followed]
    decisions = _Decisions(at_ms, write, spare)
    ended = {(one.id, one.channel): one for one in ledger.latest if not one.is_in_force(at_ms)}
    found = [
        decisions.planned(draft, live[pairs[key]] if key in pairs else ended.get(key)) for key, draft in planned.items()
    ]
    found += [decisions.dropped(sending, _beside(sending, live)) for sending in decisions.left()]
    over = (sending for key, sending in ended.items() if key not in planned and sending.status is book.Status.SENT)
    found += [decisions.over(sending) for sending in over]
    stuck = [one.draft for one in found if one.obstacle and one.draft is not None and one.draft.paragraphs]
    return tuple(sorted((_waiting(one, stuck, at_ms) for one in found), key=_rank))


def _waiting(action: Action, stuck: Sequence[Draft], now_ms: int) -> Action:
    """An action; a cancellation with what it has to wait for."""
    if not stuck or action.kind is not ActionKind.CANCEL or action.sending is None:
        return action
    reason = reason_to_wait(action.sending, stuck, now_ms)
    return replace(action, sentence=f"{action.sentence} {reason}") if reason else action


def _beside(sending: Sending, live: Sequence[Sending]) -> Sending | None:
    """The last text of the same notice that is in force too, and which did not cancel it; None where there is none."""
    others = (
        one for one in reversed(live) if one is not sending and (one.id, one.channel) == (sending.id, sending.channel)
    )
    return next(others, None)


def record(ledger: Ledger, action: Action, number: str, at_ms: int, text: str | None = None) -> Ledger:
    """A ledger with an action that was carried out.

    Args:
        ledger: from which the action was made.
        action: to send, replace or cancel; or to keep what has no number yet, to record its number.
        number: that the coordinator gave, as others cite it; may be empty where it is not given yet.
        at_ms: when it was sent, milliseconds since 1970-01-01T00:00Z.
        text: exactly as it was sent; None where that is the text of the action. What it says otherwise than the draft
            (times, places, what it cancels) the ledger keeps as it is said, and the next actions correct it.

    Raises:
        LedgerError: there was nothing to send, the ledger does not allow it, or the text that is given was to cancel a
            notice and does not.
    """
    if action.obstacle:
        raise LedgerError(action.obstacle)
    as_sent = action.text if text is None else text
    draft = action.draft
    if text is not None and draft is not None:
        draft, _ = as_it_went(draft, text, at_ms)
    if action.kind is ActionKind.CANCEL and action.sending is not None:
        return book.cancelled(ledger, action.sending, as_sent, number, at_ms)
    if draft is not None:
        return book.went_out(ledger, draft, as_sent, number, at_ms)
    if number and action.sending is not None and not action.sending.number:
        return book.numbered(ledger, action.sending, number, at_ms)
    raise LedgerError(f"nothing is to be recorded for {action.id}: {action.sentence}")


def _rank(action: Action) -> tuple[bool, int, int, str]:
    first_ms = action.first_ms if action.first_ms is not None else 0
    return (not action.is_urgent, _ORDER.index(action.kind), first_ms, action.id)


def _taken_over(last: Sending, draft: Draft, now_ms: int) -> tuple[str, ...]:
    """The numbers that a new text cancels: those in force, of NOTAMs each where that of its own time stands."""
    live = last.numbers_at(now_ms)
    if len(last.spans) != len(last.numbers):
        return live
    try:
        new = spans_of(draft)
    except DraftError:  # its writer says why
        return live
    spans = dict(zip(last.numbers, last.spans, strict=True))
    return in_turn([(number, spans[number]) for number in live], new)


class _Decisions:
    """What is to be done about each notice at one instant."""

    def __init__(self, now_ms: int, write: Callable[[Draft], str], spare: Sequence[Sending]) -> None:
        """For one instant.

        Args:
            now_ms: a whole minute.
            write: a draft in the form of its kind.
            spare: texts in force that are no draft's.
        """
        self.now_ms = now_ms
        self.write = write
        self._spare = spare
        self._taken: list[Sending] = []

    def left(self) -> list[Sending]:
        """Texts in force that are no draft's, and that no new text cancels so far."""
        return [one for one in self._spare if not any(one is taken for taken in self._taken)]

    def planned(self, whole: Draft, last: Sending | None) -> Action:
        """About a notice that the plan has, and the last text that was sent for it."""
        draft = still_to_come(whole, self.now_ms)
        in_force = last if last is not None and last.is_in_force(self.now_ms) else None
        try:
            what = said(draft, notation_of(draft) if in_force is None else in_force.said.notation)
        except DraftError as error:
            kind = ActionKind.SEND if in_force is None else ActionKind.REPLACE
            action = Action(kind=kind, id=draft.id, sentence="cannot be told", obstacle=str(error), sending=last)
            return self._made(action)
        if in_force is None:
            return self._unsent(draft, what, last)
        differences = changes(in_force.said, what, self.now_ms)
        if not differences:
            why = "says the same" if in_force.id == draft.id else f"says what {draft.id} is to say"
            return self._made(Action(kind=ActionKind.KEEP, id=draft.id, sentence=f"{why}; nothing to do", sending=last))
        if not what.after(self.now_ms):
            return self._cancel(in_force, "is over by the plan as it is now")
        return self._replace(draft, what, in_force, differences)

    def dropped(self, last: Sending, beside: Sending | None) -> Action:
        """About a text in force that is no draft's, and the one of the same notice that did not cancel it."""
        if last.said.places and not last.said.after(self.now_ms):
            why = f"has no times to come, and {_end(last, self.now_ms)}; nothing to do"
            return self._made(Action(kind=ActionKind.EXPIRED, id=last.id, sentence=why, sending=last))
        if beside is None:
            return self._cancel(last, "is not planned any more")
        other = beside.number or f"what was sent at {format_time(beside.sent_ms)}"
        is_older = last.sent_ms <= beside.sent_ms
        return self._cancel(
            last, f"stands beside {other}, which {'did not cancel it' if is_older else 'it did not cancel'}"
        )

    def over(self, last: Sending) -> Action:
        """About a notice that has ended, and that the plan does not have any more."""
        why = f"{_end(last, self.now_ms)}; nothing to do"
        return self._made(Action(kind=ActionKind.EXPIRED, id=last.id, sentence=why, sending=last))

    def _unsent(self, draft: Draft, what: Said, last: Sending | None) -> Action:
        """About a notice of which nothing is in force."""
        ahead = what.after(self.now_ms)
        if not ahead and last is not None:
            why = f"{_end(last, self.now_ms)}; nothing to do"
            return self._made(Action(kind=ActionKind.EXPIRED, id=draft.id, sentence=why, sending=last))
        if not ahead:
            why = "was never sent, and is over; nothing can be done"
            return self._made(Action(kind=ActionKind.TOO_LATE, id=draft.id, sentence=why))
        why = "was never sent" if last is None else f"{_end(last, self.now_ms)} and is planned anew"
        first_ms = _first(ahead)
        is_urgent = first_ms is not None and first_ms <= self.now_ms
        if is_urgent:
            order = "is dangerous already; send it at once"
        elif first_ms is None:
            order = "holds until further notice; send it"
        else:
            order = f"begins at {format_time(first_ms)}; send it"
        issued_ms = None if draft.issued_ms is None else max(draft.issued_ms, self.now_ms)
        return self._made(
            Action(
                kind=ActionKind.SEND,
                id=draft.id,
                sentence=f"{why}, {order}",
                draft=replace(draft, issued_ms=issued_ms),
                sending=last,
                is_urgent=is_urgent,
                first_ms=first_ms,
            )
        )

    def _replace(self, draft: Draft, what: Said, last: Sending, differences: tuple[str, ...]) -> Action:
        ahead = what.after(self.now_ms)
        too = self._taken_along(draft, ahead, last)
        warned = [place for one in (last, *too) for place in one.said.after(self.now_ms)]
        is_urgent = is_wider(warned, ahead)
        order = "send the new text, which cancels the old"
        if too:
            order += f" and {listed([one.name for one in too], 'and')} too"
        if is_urgent:
            order += ", before anything else: it is dangerous where or when nobody was warned"
        issued_ms = None if draft.issued_ms is None else self.now_ms
        cancels = [*_taken_over(last, draft, self.now_ms), *(n for one in too for n in one.numbers_at(self.now_ms))]
        now = "" if last.id == draft.id else f"is to be {draft.id} now, "
        return self._made(
            Action(
                kind=ActionKind.REPLACE,
                id=draft.id,
                sentence=f"{now}{', '.join(differences)}; {order}",
                changes=differences,
                is_urgent=is_urgent,
                sending=last,
                draft=replace(draft, issued_ms=issued_ms, cancels=(*cancels, *draft.cancels)),
                obstacle="" if last.number else _no_number(last),
                first_ms=_first(ahead),
            )
        )

    def _taken_along(self, draft: Draft, ahead: Sequence[Place], last: Sending) -> list[Sending]:
        """Other texts that a new one cancels: what they tell it tells too, or they were to be cancelled by the last.

        A NOTAM replaces one NOTAM, so that others are cancelled apart.
        """
        if kind_of(draft.kind) is Kind.NOTAM:
            return []
        found = []
        for one in [one for one in self.left() if one.channel == last.channel and one.number and last.number]:
            left = one.said.after(self.now_ms)
            if left and (one.id == last.id or not is_wider(ahead, left)):
                found.append(one)
        self._taken += found
        return found

    def _cancel(self, last: Sending, why: str) -> Action:
        until = "until further notice" if last.until_ms is None else f"until {format_time(last.until_ms)}"
        return self._made(
            Action(
                kind=ActionKind.CANCEL,
                id=last.id,
                sentence=f"{why}, and is in force {until}; send the cancellation",
                sending=last,
                draft=_cancellation(last, self.now_ms),
                obstacle="" if last.number else _no_number(last),
                first_ms=_first(last.said.after(self.now_ms)),
            )
        )

    def _made(self, action: Action) -> Action:
        """An action with the name of its notice, its text, and what is in the way of it."""
        name = action.id if action.sending is None else action.sending.name
        named = replace(action, sentence=f"{name}: {action.sentence}.")
        if named.obstacle:
            return _blocked(named, named.obstacle)
        if named.draft is None:
            return named
        try:
            return replace(named, text=self.write(named.draft))
        except DraftError as error:
            return _blocked(named, str(error))


def _blocked(action: Action, obstacle: str) -> Action:
    """An action that has no text."""
    sentence = f"{obstacle.rstrip('.')}."
    return replace(action, obstacle=sentence, sentence=f"{action.sentence} It cannot be sent yet: {sentence}")


def _first(places: Iterable[Place]) -> int | None:
    """When the first of some times begins; None until further notice, and where there is none."""
    return min((place.windows[0].start_ms for place in places if place.windows), default=None)


def _end(last: Sending, now_ms: int) -> str:
    """How a notice ended, or will."""
    if last.status is not book.Status.SENT:
        by = f" by {last.ended_by}" if last.ended_by else ""
        return f"was {last.status}{by} at {format_time(last.changed_ms)}"
    assert last.until_ms is not None, "what holds until further notice does not end"
    itself = " itself" if last.said.cancel_ms is not None else ""
    verb = ("cancelled" if itself else "ended") if last.until_ms <= now_ms else ("cancels" if itself else "ends")
    return f"{verb}{itself} at {format_time(last.until_ms)}"


def _no_number(last: Sending) -> str:
    return f"{last.id} was sent without a number; record the number that the coordinator gave it"


def _cancellation(last: Sending, now_ms: int) -> Draft:
    """The draft that cancels a notice and says nothing else."""
    categories = [place.category for place in last.said.places]
    return Draft(
        id=last.id,
        kind=last.kind,
        areas=(),
        issuer=last.issuer,
        series=last.series,
        general_area=last.general_area,
        originator=last.originator,
        issued_ms=now_ms,
        category=categories[0] if categories else Category.OTHER,
        firs=last.said.firs,
        circle=_circle(last),
        band=Band.around(place.band for place in last.said.places) if last.said.places else Band(),
        cancels=last.numbers_at(now_ms),
    )


def _circle(last: Sending) -> NotamCircle | None:
    """The circle of line Q that a cancellation repeats; None where there is none that a line Q can hold."""
    if kind_of(last.kind) is not Kind.NOTAM or not last.said.places:
        return None
    from waterspace.geometry.footprints import bounding_circle

    given = last.said.circle
    around = bounding_circle(
        Joined(parts=tuple(place.footprint for place in last.said.places)) if given is None else given
    )
    return NotamCircle(centre=around.centre, radius_m=around.radius_m) if around.radius_m < _WIDEST_M else None
