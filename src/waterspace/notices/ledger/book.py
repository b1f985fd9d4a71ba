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
from waterspace.notices.ledger.numbers import citable
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


def channel_of(draft: Draft) -> str:
    """By which way a draft goes: its kind, its series and, for airmen, its regions, as one text.

    A notice that goes by another way, such as to another coordinator, is another notice: it cannot replace the one
    before it, which must be cancelled where it was sent.
    """
    return channel(draft.kind, draft.series, regions_of(draft))


# ---------------------------------------------------------------------------------------------------------- recording


def sent(ledger: Ledger, draft: Draft, text: str, number: str, at_ms: int) -> Ledger:
    """A ledger with a text that was sent.

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
    if not draft.paragraphs:
        raise LedgerError(f"{draft.id} names no place; a text that only cancels is recorded as a cancellation")
    last = ledger.last(draft.id, channel_of(draft))
    replaces = ""
    if last is not None and last.is_in_force(at_ms):
        if not last.number:
            raise LedgerError(unnumbered(last))
        live = last.numbers_at(at_ms)
        if not {*live} <= {*draft.cancels}:
            raise LedgerError(
                f"{last.name} is in force since {format_time(last.sent_ms)}, and the new text does not cancel it; "
                f"send one that cancels {', '.join(live)}, or cancel that first"
            )
        replaces = last.number
    what = said(draft, notation_of(draft))
    record = as_record(what)
    until_ms = what.last_end_ms if what.cancel_ms is None else what.cancel_ms
    event = {
        "event": "sent",
        "at": format_time_iso(at_ms),
        "id": draft.id,
        "channel": channel_of(draft),
        "kind": draft.kind,
        "number": citable(number, draft) if number else "",
        "replaces": replaces,
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


def numbered(ledger: Ledger, sending: Sending, number: str, at_ms: int) -> Ledger:
    """A ledger with the number that the coordinator gave to a text that was sent without one.

    Raises:
        LedgerError: it was not sent, it has a number, the number is none or is taken, or there are more or fewer
            numbers than texts.
    """
    return _with(ledger, {**_about("numbered", sending, at_ms), "number": citable(number, sending)})


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
