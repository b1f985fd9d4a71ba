"""The ledger of notices: what was sent, word for word, under which number, and what became of it.

The file is JSON lines, one event a line, and lines are only ever added. JSON and not YAML, because a text must come out
exactly as it went in, blanks and line ends included, or its hash says nothing; lines and not one document, because a
difference of two versions then shows the new events and nothing else, two copies are merged by keeping the lines of
both, and a line that was cut or changed is found by its number. Every text carries a SHA-256, and so does what it says:
a file that was edited afterwards is refused, line and notice named. That finds slips; it is no signature.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from waterspace.errors import LedgerError
from waterspace.notation import format_time, format_time_iso
from waterspace.notices.ledger.content import notation_of, regions_of, said
from waterspace.notices.ledger.folding import Fold, channel, unnumbered
from waterspace.notices.ledger.numbers import citable, is_same
from waterspace.notices.ledger.offices import spans_of
from waterspace.notices.ledger.records import as_record, digest, window_text
from waterspace.notices.ledger.sending import Sending, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.messages.draft import Draft

__all__ = [
    "HEADER",
    "Ledger",
    "Sending",
    "Status",
    "cancelled",
    "channel_of",
    "numbered",
    "sent",
    "sum_of",
    "went_out",
]

HEADER = '{"ledger": "waterspace notices", "version": 1}'
"""First line of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All that was sent.

    Attributes:
        lines: of the file without line ends, the header first; none where nothing was sent.
        sendings: what they tell, in the order in which it was recorded.
    """

    lines: tuple[str, ...] = ()
    sendings: tuple[Sending, ...] = ()

    def last(self, id_: str, channel: str) -> Sending | None:
        """The last text of a draft that went by a channel; None where none did."""
        found = (sending for sending in reversed(self.sendings) if (sending.id, sending.channel) == (id_, channel))
        return next(found, None)

    @property
    def latest(self) -> tuple[Sending, ...]:
        """The last text of each draft and channel, in the order in which they were first used."""
        return tuple({(sending.id, sending.channel): sending for sending in self.sendings}.values())

    def in_force(self, at_ms: int) -> tuple[Sending, ...]:
        """All texts that nothing has ended, in the order in which they were recorded.

        A notice has several of them where a text was sent that did not cancel the one before it.
        """
        return tuple(sending for sending in self.sendings if sending.is_in_force(at_ms))


def channel_of(draft: Draft) -> str:
    """By which way a draft goes: its kind, its series and, for airmen, its regions, as one text.

    A notice that goes by another way, such as to another coordinator, is another notice: it cannot replace the one
    before it, which must be cancelled where it was sent.
    """
    return channel(draft.kind, draft.series, regions_of(draft))


# ---------------------------------------------------------------------------------------------------------- recording


def sent(ledger: Ledger, draft: Draft, text: str, number: str, at_ms: int) -> Ledger:
    """A ledger with a text that was sent, and that cancels what of its notice was in force.

    Args:
        ledger: as it was.
        draft: of the text; where one of its notices is in force, it must cancel that (`Draft.cancels`).
        text: exactly as sent.
        number: by which others cite it, such as `NAVAREA XI 0123/26` or `A1234/26`; without a series a warning gets
            its own; for a draft that becomes several NOTAMs one for each, in their order with commas between; empty
            until the coordinator gave one.
        at_ms: when it was sent, milliseconds since 1970-01-01T00:00Z.

    Raises:
        LedgerError: another text of this draft is in force and is not cancelled by it, the number is none or is taken,
            there are more or fewer numbers than texts, the draft names no place, or the ledger knows something later
            about it.
        DraftError: the draft says what cannot be compared.
    """
    for one in ledger.in_force(at_ms):
        if (one.id, one.channel) == (draft.id, channel_of(draft)):
            if not one.number:
                raise LedgerError(unnumbered(one))
            left = _left(one, draft, at_ms)
            if left:
                raise LedgerError(
                    f"{one.name} is in force since {format_time(one.sent_ms)}, and the new text does not cancel it; "
                    f"send one that cancels {', '.join(left)}, or cancel that first"
                )
    return went_out(ledger, draft, text, number, at_ms)


def went_out(ledger: Ledger, draft: Draft, text: str, number: str, at_ms: int) -> Ledger:
    """A ledger with a text that was sent, whatever it cancels: what went out is a fact.

    Texts of its way that it cancels are replaced, of whatever notice; those of its own notice that it does not cancel
    stay in force beside it.

    Args:
        ledger: as it was.
        draft: of the text; `Draft.cancels` has what the text really cancels.
        text: see `sent`.
        number: see `sent`.
        at_ms: see `sent`.

    Raises:
        LedgerError: the number is none or is taken, there are more or fewer numbers than texts, the draft names no
            place, or the ledger knows something later about it.
        DraftError: the draft says what cannot be compared.
    """
    if not draft.paragraphs:
        raise LedgerError(f"{draft.id} names no place; a text that only cancels is recorded as a cancellation")
    way = channel_of(draft)
    live = [one for one in ledger.in_force(at_ms) if one.channel == way]
    left = [_left(one, draft, at_ms) for one in live]
    replaces = [
        number_
        for one, kept in zip(live, left, strict=True)
        for number_ in (one.numbers if not kept else one.numbers_at(at_ms))
        if number_ not in kept
    ]
    beside = [
        format_time_iso(one.sent_ms)
        for one, kept in zip(live, left, strict=True)
        if one.id == draft.id and (kept or not one.number)
    ]
    what = said(draft, notation_of(draft))
    record = as_record(what)
    until_ms = what.last_end_ms if what.cancel_ms is None else what.cancel_ms
    event = {
        "event": "sent",
        "at": format_time_iso(at_ms),
        "id": draft.id,
        "channel": way,
        "kind": draft.kind,
        "number": citable(number, draft) if number else "",
        "replaces": ", ".join(replaces),
        **({"beside": beside} if beside else {}),
        "issuer": draft.issuer.value,
        "series": draft.series,
        "general_area": draft.general_area,
        "originator": draft.originator,
        "until": None if until_ms is None else format_time_iso(until_ms),
        "spans": [window_text(span) for span in spans_of(draft)],
        "says": record,
        "says_sha256": digest(record),
        "sha256": _sha256(text),
        "text": text,
    }
    return _with(ledger, event)


def _left(sending: Sending, draft: Draft, at_ms: int) -> tuple[str, ...]:
    """The numbers of a text that is in force that a draft does not cancel."""
    live = sending.numbers_at(at_ms)
    return tuple(number for number in live if not any(is_same(told, number) for told in draft.cancels))


def numbered(ledger: Ledger, sending: Sending, number: str, at_ms: int) -> Ledger:
    """A ledger with the number that the coordinator gave to a text that was sent without one.

    Raises:
        LedgerError: it was not sent, it has a number, the number is none or is taken, or there are more or fewer
            numbers than texts.
    """
    event = {**_about("numbered", sending, at_ms), "number": citable(number, sending)}
    if ledger.last(sending.id, sending.channel) != sending:
        event["of"] = format_time_iso(sending.sent_ms)
    return _with(ledger, event)


def cancelled(ledger: Ledger, sending: Sending, text: str, number: str, at_ms: int) -> Ledger:
    """A ledger with the cancellation of a notice.

    Args:
        ledger: as it was.
        sending: what is cancelled.
        text: of the cancellation, exactly as sent; may be empty.
        number: of the cancellation itself; may be empty.
        at_ms: when it was sent, milliseconds since 1970-01-01T00:00Z.

    Raises:
        LedgerError: it is not in force, its number is not known, or the ledger knows something later about it.
    """
    event = {
        **_about("cancelled", sending, at_ms),
        "cancels": sending.number,
        "number": citable(number, sending) if number else "",
        "sha256": _sha256(text),
        "text": text,
    }
    return _with(ledger, event)


def _about(event: str, sending: Sending, at_ms: int) -> dict[str, Any]:
    return {"event": event, "at": format_time_iso(at_ms), "id": sending.id, "channel": sending.channel}


def _with(ledger: Ledger, event: dict[str, Any]) -> Ledger:
    """A ledger with one more event."""
    try:
        fold = Fold(ledger.sendings)
        fold.add(event)
    except ValueError as error:
        raise LedgerError(str(error)) from None
    lines = ledger.lines or (HEADER,)
    line = json.dumps({**event, "sum": sum_of(event)}, ensure_ascii=False)
    return Ledger(lines=(*lines, line), sendings=fold.sendings)


def sum_of(event: Mapping[str, Any]) -> str:
    """What a line ends with, so that a change of it is seen: sixteen digits of the SHA-256 of all else in it."""
    return digest({key: value for key, value in event.items() if key != "sum"})[:16]


def _sha256(text: str) -> str:
    try:
        return hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise LedgerError(f"the text holds {text[error.start]!r}, which no file can; send it without") from None
