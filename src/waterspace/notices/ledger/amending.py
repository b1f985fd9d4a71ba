"""From a plan and the ledger of what was sent to what is to be done: send, replace, cancel, or leave alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from waterspace.domain import Joined, NotamCircle, Window, join_windows
from waterspace.errors import DraftError, LedgerError
from waterspace.messages.draft import Draft
from waterspace.messages.phrasing.schedules import whole_minutes
from waterspace.messages.reading import Category
from waterspace.notation import format_time
from waterspace.notices.ledger import book
from waterspace.notices.ledger.changing import changes, is_wider
from waterspace.notices.ledger.content import notation_of, said
from waterspace.notices.ledger.offices import by_office
from waterspace.quantity import MINUTE_MS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
_NO_PLAIN_TEXT = ("", "<", "{", "!", "$", "\\")
"""What begins datasets and sentences, which do not carry all times."""
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
    for draft in sorted((one for whole in drafts for one in by_office(whole)), key=lambda one: one.id):
        key = (draft.id, book.channel_of(draft))
        if key in planned:
            raise LedgerError(f"two drafts are called {draft.id}, so nobody can tell which of them was sent")
        planned[key] = draft
    decisions = _Decisions(now_ms // MINUTE_MS * MINUTE_MS, write)
    left = {(sending.id, sending.channel): sending for sending in ledger.latest}
    found: list[Action] = []
    for key, draft in planned.items():
        last = left.pop(key, None)
        if last is None:
            others = [other for other in left if other not in planned and other[1] == key[1]]
            same = next((other for other in others if decisions.is_same(draft, left[other])), None)
            last = None if same is None else left.pop(same)
        found.append(decisions.planned(draft, last))
    found += [action for sending in left.values() if (action := decisions.dropped(sending)) is not None]
    return tuple(sorted(found, key=_rank))


def record(ledger: Ledger, action: Action, number: str, at_ms: int, text: str | None = None) -> Ledger:
    """A ledger with an action that was carried out.

    Args:
        ledger: from which the action was made.
        action: to send, replace or cancel; or to keep what has no number yet, to record its number.
        number: that the coordinator gave, as others cite it; may be empty where it is not given yet.
        at_ms: when it was sent, milliseconds since 1970-01-01T00:00Z.
        text: exactly as it was sent; None where that is the text of the action.

    Raises:
        LedgerError: there was nothing to send, the ledger does not allow it, or the text that is given is read whole
            and has other times than the draft, so that the plan was changed since.
    """
    if action.obstacle:
        raise LedgerError(action.obstacle)
    as_sent = action.text if text is None else text
    if action.kind is ActionKind.CANCEL and action.sending is not None:
        return book.cancelled(ledger, action.sending, as_sent, number, at_ms)
    if action.draft is not None:
        if text is not None:
            _check_times(action.draft, text)
        return book.sent(ledger, action.draft, as_sent, number, at_ms)
    if number and action.sending is not None and not action.sending.number:
        return book.numbered(ledger, action.sending, number, at_ms)
    raise LedgerError(f"nothing is to be recorded for {action.id}: {action.sentence}")


def _check_times(draft: Draft, text: str) -> None:
    """Refuse plain text that is understood and says other times than a draft; all else is taken as it is."""
    if text.lstrip()[:1] in _NO_PLAIN_TEXT:
        return
    from waterspace.messages.reader import read
    from waterspace.messages.reading import Message, Verdict
    from waterspace.messages.splitting import pieces

    readings = [read(Message(id="", text=piece.text, issued_ms=draft.issued_ms)) for piece in pieces(text)]
    if not readings or any(reading.verdict is not Verdict.UNDERSTOOD for reading in readings):
        return
    spells = [spell for one in readings for area in one.areas for spell in (*area.spells, *area.reserves)]
    read_times = join_windows(
        Window(start_ms=spell.start_ms, end_ms=spell.end_ms)
        for spell in spells
        if spell.start_ms is not None and spell.end_ms is not None
    )
    meant = join_windows(
        whole_minutes(window for part in draft.paragraphs for window in (*part.windows, *part.reserves))
    )
    if meant and read_times != meant:
        raise LedgerError(
            f"the text that was sent for {draft.id} has other times than the plan has now; record it with the plan "
            "from which it was written"
        )


def _rank(action: Action) -> tuple[bool, int, int, str]:
    first_ms = action.first_ms if action.first_ms is not None else 0
    return (not action.is_urgent, _ORDER.index(action.kind), first_ms, action.id)


class _Decisions:
    """What is to be done about each notice at one instant."""

    def __init__(self, now_ms: int, write: Callable[[Draft], str]) -> None:
        self.now_ms = now_ms
        self.write = write

    def is_same(self, draft: Draft, sending: Sending) -> bool:
        """Whether what was sent under another id is in force and says what a draft says."""
        try:
            what = said(draft, sending.said.notation)
        except DraftError:
            return False
        is_alive = sending.is_in_force(self.now_ms) and bool(what.after(self.now_ms))
        return is_alive and not changes(sending.said, what, self.now_ms)

    def planned(self, draft: Draft, last: Sending | None) -> Action:
        """About a notice that the plan has, and the last text that was sent for it."""
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

    def dropped(self, last: Sending) -> Action | None:
        """About a notice that was sent and that the plan does not have any more."""
        if last.is_in_force(self.now_ms):
            if last.said.after(self.now_ms):
                return self._cancel(last, "is not planned any more")
            why = f"has no times to come, and {_end(last, self.now_ms)}; nothing to do"
        elif last.status is book.Status.SENT:
            why = f"{_end(last, self.now_ms)}; nothing to do"
        else:
            return None
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
        is_urgent = is_wider(last.said.after(self.now_ms), ahead)
        order = "send the new text, which cancels the old"
        if is_urgent:
            order += ", before anything else: it is dangerous where or when nobody was warned"
        issued_ms = None if draft.issued_ms is None else self.now_ms
        return self._made(
            Action(
                kind=ActionKind.REPLACE,
                id=draft.id,
                sentence=f"{', '.join(differences)}; {order}",
                changes=differences,
                is_urgent=is_urgent,
                sending=last,
                draft=replace(draft, issued_ms=issued_ms, cancels=(*draft.cancels, *last.numbers)),
                obstacle="" if last.number else _no_number(last),
                first_ms=_first(ahead),
            )
        )

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
        cancels=last.numbers,
    )


def _circle(last: Sending) -> NotamCircle | None:
    """The circle of line Q that a cancellation repeats; None where there is none that a line Q can hold."""
    if not last.said.firs or not last.said.places:
        return None
    from waterspace.geometry.footprints import bounding_circle

    given = last.said.circle
    around = bounding_circle(
        Joined(parts=tuple(place.footprint for place in last.said.places)) if given is None else given
    )
    return NotamCircle(centre=around.centre, radius_m=around.radius_m) if around.radius_m < _WIDEST_M else None
