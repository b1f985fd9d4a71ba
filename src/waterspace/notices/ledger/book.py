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
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from waterspace.errors import LedgerError
from waterspace.messages.draft import Draft, Issuer
from waterspace.notation import format_time, format_time_iso, parse_time
from waterspace.notices.ledger.content import notation_of, regions_of, said
from waterspace.notices.ledger.records import as_record, digest, from_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.notices.ledger.content import Said

__all__ = [
    "HEADER",
    "Ledger",
    "Sending",
    "Status",
    "cancelled",
    "channel_of",
    "folded",
    "numbered",
    "sending_of",
    "sent",
    "sum_of",
]

HEADER = '{"ledger": "waterspace notices", "version": 1}'
"""First line of the file."""
_MOST_NUMBER = 80


class Status(StrEnum):
    """What became of a notice that was sent; one that ended by itself is still `SENT`."""

    SENT = "sent"
    REPLACED = "replaced"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One text that was sent.

    Attributes:
        id: of the draft.
        kind: such as `navarea`; empty where the draft has none.
        channel: by which it goes, see `channel_of`.
        number: by which others cite it, such as `NAVAREA XI 0123/26`; several with commas between them where a draft
            became several texts, such as NOTAMs of several offices; empty until the coordinator gave one.
        sent_ms: when.
        text: word for word.
        sha256: of the text in UTF-8.
        said: what it says.
        issuer: whose habits it follows.
        series: such as `NAVAREA XI`; empty for what the form has.
        general_area: such as `SEA OF JAPAN`; may be empty.
        originator: who signed; may be empty.
        status: what became of it.
        ended_by: number of the notice that replaced or cancelled it; empty where none did, or none is known.
        changed_ms: of the last event about it.
    """

    id: str
    kind: str
    channel: str
    number: str
    sent_ms: int
    text: str
    sha256: str
    said: Said
    issuer: Issuer
    series: str
    general_area: str
    originator: str
    status: Status = Status.SENT
    ended_by: str = ""
    changed_ms: int

    @property
    def name(self) -> str:
        """What people call it: `N1 (NAVAREA XI 0123/26)`."""
        return f"{self.id} ({self.number or 'no number yet'})"

    @property
    def numbers(self) -> tuple[str, ...]:
        """Its numbers, one by one."""
        return _parts(self.number)

    @property
    def until_ms(self) -> int | None:
        """When it ends by itself: when it cancels itself, else with its last time; None until further notice."""
        return self.said.last_end_ms if self.said.cancel_ms is None else self.said.cancel_ms

    def is_in_force(self, at_ms: int) -> bool:
        """Whether nothing has ended it."""
        return self.status is Status.SENT and (self.until_ms is None or self.until_ms > at_ms)


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
    return _channel(draft.kind, draft.series, regions_of(draft))


def _channel(kind: str, series: str, firs: tuple[str, ...]) -> str:
    return " ".join(word for word in (kind, series, *firs) if word)


# ---------------------------------------------------------------------------------------------------------- recording


def sent(ledger: Ledger, draft: Draft, text: str, number: str, at_ms: int) -> Ledger:
    """A ledger with a text that was sent.

    Args:
        ledger: as it was.
        draft: of the text; where one of its notices is in force, it must cancel that (`Draft.cancels`).
        text: exactly as sent.
        number: by which others cite it, such as `NAVAREA XI 0123/26` or `A1234/26`, several with commas between them;
            empty until the coordinator gave one.
        at_ms: when it was sent, milliseconds since 1970-01-01T00:00Z.

    Raises:
        LedgerError: another text of this draft is in force and is not cancelled by it, the number is none or is taken,
            the draft names no place, or the ledger knows something later about it.
        DraftError: the draft says what cannot be compared.
    """
    if not draft.paragraphs:
        raise LedgerError(f"{draft.id} names no place; a text that only cancels is recorded as a cancellation")
    last = ledger.last(draft.id, channel_of(draft))
    replaces = ""
    if last is not None and last.is_in_force(at_ms):
        if not last.number:
            raise LedgerError(_unnumbered(last))
        if not {*last.numbers} <= {*draft.cancels}:
            raise LedgerError(
                f"{last.name} is in force since {format_time(last.sent_ms)}, and the new text does not cancel it; "
                f"send one that cancels {last.number}, or cancel that first"
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
        "number": _number(number) if number else "",
        "replaces": replaces,
        "issuer": draft.issuer.value,
        "series": draft.series,
        "general_area": draft.general_area,
        "originator": draft.originator,
        "until": None if until_ms is None else format_time_iso(until_ms),
        "says": record,
        "says_sha256": digest(record),
        "sha256": _sha256(text),
        "text": text,
    }
    return _with(ledger, event)


def numbered(ledger: Ledger, sending: Sending, number: str, at_ms: int) -> Ledger:
    """A ledger with the number that the coordinator gave to a text that was sent without one.

    Raises:
        LedgerError: it was not sent, it has a number, or the number is none or is taken.
    """
    return _with(ledger, {**_about("numbered", sending, at_ms), "number": _number(number)})


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
        "number": _number(number) if number else "",
        "sha256": _sha256(text),
        "text": text,
    }
    return _with(ledger, event)


def _about(event: str, sending: Sending, at_ms: int) -> dict[str, Any]:
    return {"event": event, "at": format_time_iso(at_ms), "id": sending.id, "channel": sending.channel}


def _with(ledger: Ledger, event: dict[str, Any]) -> Ledger:
    """A ledger with one more event."""
    try:
        sendings = folded(ledger.sendings, event)
    except ValueError as error:
        raise LedgerError(str(error)) from None
    lines = ledger.lines or (HEADER,)
    line = json.dumps({**event, "sum": sum_of(event)}, ensure_ascii=False)
    return Ledger(lines=(*lines, line), sendings=sendings)


def sum_of(event: Mapping[str, Any]) -> str:
    """What a line ends with, so that a change of it is seen: sixteen digits of the SHA-256 of all else in it."""
    return digest({key: value for key, value in event.items() if key != "sum"})[:16]


def _parts(number: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in number.split(",") if part.strip())


def _number(number: str) -> str:
    """Numbers by which others can cite a notice, their blanks single."""
    parts = _parts(" ".join(number.split()))
    for part in parts or (number,):
        if not re.search(r"\d", part) or re.search(r"_|--", part) or len(part) > _MOST_NUMBER:
            raise LedgerError(
                f"{part!r} is no number of a notice; give it as others cite it, such as `NAVAREA XI 0123/26` or "
                "`A1234/26`"
            )
    return ", ".join(parts)


def _unnumbered(sending: Sending) -> str:
    return (
        f"{sending.id} was sent at {format_time(sending.sent_ms)} and has no number yet; record the number that the "
        "coordinator gave it, for nothing can cancel it without"
    )


def _sha256(text: str) -> str:
    try:
        return hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise LedgerError(f"the text holds {text[error.start]!r}, which no file can; send it without") from None


# -------------------------------------------------------------------------------------------------------- what it says


def folded(sendings: tuple[Sending, ...], event: dict[str, Any]) -> tuple[Sending, ...]:
    """All sendings after one more event.

    Raises:
        ValueError: the event contradicts what was before it.
    """
    at_ms, id_, number = parse_time(event["at"]), event["id"], event["number"]
    alike = [at for at, one in enumerate(sendings) if (one.id, one.channel) == (id_, event["channel"])]
    place = alike[-1] if alike else None
    last = None if place is None else sendings[place]
    if last is not None and at_ms < last.changed_ms:
        raise ValueError(
            f"{last.name} has an event at {format_time(last.changed_ms)}, which is after {format_time(at_ms)}; give "
            "the times in their order"
        )
    if number and event["event"] != "cancelled":
        _check_free(sendings, event)
    if event["event"] == "sent":
        if last is None or place is None or not last.is_in_force(at_ms):
            if event["replaces"]:
                raise ValueError(f"{id_} replaces {event['replaces']}, which is not in force")
            return (*sendings, sending_of(event, at_ms))
        if not last.number or event["replaces"] != last.number:
            raise ValueError(f"{last.name} is in force, and the text that is sent for {id_} does not replace it")
        ended = replace(last, status=Status.REPLACED, ended_by=number, changed_ms=at_ms)
        return (*sendings[:place], ended, *sendings[place + 1 :], sending_of(event, at_ms))
    if last is None or place is None:
        raise ValueError(f"nothing was sent for {id_} by {event['channel']!r}, so nothing can be {event['event']}")
    changed = _numbered(last, number, at_ms) if event["event"] == "numbered" else _cancelled(last, event, at_ms)
    return (*sendings[:place], changed, *sendings[place + 1 :])


def _check_free(sendings: tuple[Sending, ...], event: dict[str, Any]) -> None:
    """Refuse a number that another text of the same channel has."""
    given = {number.upper(): number for number in _parts(event["number"])}
    for sending in sendings:
        taken = [number for number in sending.numbers if number.upper() in given]
        if taken and sending.channel == event["channel"]:
            raise ValueError(
                f"{taken[0]} is the number of {sending.id}, sent at {format_time(sending.sent_ms)}, and cannot be that "
                f"of what is recorded for {event['id']} too"
            )


def _numbered(last: Sending, number: str, at_ms: int) -> Sending:
    if last.number:
        raise ValueError(f"{last.id} has the number {last.number} already; {number} cannot be its number too")
    return replace(last, number=number, changed_ms=at_ms)


def _cancelled(last: Sending, event: dict[str, Any], at_ms: int) -> Sending:
    if last.status is not Status.SENT:
        by = f" by {last.ended_by}" if last.ended_by else ""
        raise ValueError(
            f"{last.name} was {last.status}{by} at {format_time(last.changed_ms)}, and cannot be cancelled"
        )
    if not last.is_in_force(at_ms):
        raise ValueError(f"{last.name} ended by itself at {format_time(last.until_ms or 0)}, and cannot be cancelled")
    if not last.number:
        raise ValueError(_unnumbered(last))
    if event["cancels"] != last.number:
        raise ValueError(f"what cancels {last.id} names {event['cancels'] or 'nothing'}, not {last.number}")
    return replace(last, status=Status.CANCELLED, ended_by=event["number"], changed_ms=at_ms)


def sending_of(event: dict[str, Any], at_ms: int) -> Sending:
    """What an event tells of a text that was sent at an instant.

    Raises:
        KeyError, TypeError, ValueError: what it says is not understood.
    """
    what = from_record(event["says"])
    if event["channel"] != _channel(event["kind"], event["series"], what.firs):
        raise ValueError("its channel is not that of its kind, series and regions")
    return Sending(
        id=event["id"],
        kind=event["kind"],
        channel=event["channel"],
        number=event["number"],
        sent_ms=at_ms,
        text=event["text"],
        sha256=event["sha256"],
        said=what,
        issuer=Issuer(event["issuer"]),
        series=event["series"],
        general_area=event["general_area"],
        originator=event["originator"],
        changed_ms=at_ms,
    )
