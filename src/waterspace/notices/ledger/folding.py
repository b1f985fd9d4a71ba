"""What the events of a ledger tell, one after the other, and which of them cannot be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from waterspace.messages.draft import Issuer
from waterspace.notation import format_time, parse_time
from waterspace.notices.ledger.records import from_record, window_of
from waterspace.notices.ledger.sending import Sending, Status, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Fold", "channel", "sending_of", "unnumbered"]


class Fold:
    """All sendings so far, and events that are added to them; each takes as long as the first."""

    def __init__(self, sendings: Iterable[Sending] = ()) -> None:
        self._sendings: list[Sending] = []
        self._last: dict[tuple[str, str], int] = {}
        self._open: dict[tuple[str, str], list[int]] = {}
        self._taken: dict[tuple[str, str], int] = {}
        for sending in sendings:
            self._append(sending)

    @property
    def sendings(self) -> tuple[Sending, ...]:
        """In the order in which they were recorded."""
        return tuple(self._sendings)

    def add(self, event: dict[str, Any]) -> None:
        """Take in one more event.

        Raises:
            ValueError: it contradicts what was before it, and nothing is taken in.
        """
        at_ms, id_, number = parse_time(event["at"]), event["id"], event["number"]
        place = self._last.get((id_, event["channel"]))
        if place is not None:
            _check_order(self._sendings[place], at_ms)
        if number and event["event"] != "cancelled":
            self._check_free(event)
        if event["event"] == "sent":
            self._send(event, at_ms)
            return
        if place is None:
            raise ValueError(f"nothing was sent for {id_} by {event['channel']!r}, so nothing can be {event['event']}")
        place = self._meant(event, place)
        sending = self._sendings[place]
        if event["event"] == "numbered":
            self._put(place, _numbered(sending, number, at_ms))
        else:
            self._put(place, _cancelled(sending, event, at_ms))

    def _meant(self, event: dict[str, Any], last: int) -> int:
        """Which of the texts of a notice an event is about: the last, where it does not name another that is open."""
        for place in self._open.get((event["id"], event["channel"]), ()):
            sending = self._sendings[place]
            if event["event"] == "cancelled":
                is_meant = bool(sending.number) and sending.number == event["cancels"]
            else:
                is_meant = not sending.number and "of" in event and sending.sent_ms == parse_time(event["of"])
            if is_meant:
                return place
        return last

    def _send(self, event: dict[str, Any], at_ms: int) -> None:
        sending = sending_of(event, at_ms)
        left = self._replaced(event, at_ms)
        stays = [
            place
            for place in self._open.get((sending.id, sending.channel), ())
            if self._sendings[place].is_in_force(at_ms) and left.get(place, (self._sendings[place].number,))
        ]
        told = [self._sendings[place].sent_ms for place in stays]
        if sorted(told) != sorted(map(parse_time, event.get("beside", ()))):
            names = " and ".join(self._sendings[place].name for place in stays) or "nothing"
            raise ValueError(f"{names} is in force, and the text that is sent for {sending.id} does not replace it")
        for place, numbers in left.items():
            old = self._sendings[place]
            if numbers:
                self._put(place, replace(_only(old, numbers), changed_ms=at_ms))
            else:
                self._put(place, replace(old, status=Status.REPLACED, ended_by=sending.number, changed_ms=at_ms))
        self._append(sending)

    def _replaced(self, event: dict[str, Any], at_ms: int) -> dict[int, tuple[str, ...]]:
        """Of each text that an event replaces, whatever its notice, the numbers that it leaves in force."""
        gone: dict[int, set[str]] = {}
        for number in parts_of(event["replaces"]):
            place = self._taken.get((event["channel"], number.upper()))
            if place is None or not self._sendings[place].is_in_force(at_ms):
                raise ValueError(f"{event['id']} replaces {number}, which is not in force")
            _check_order(self._sendings[place], at_ms)
            gone.setdefault(place, set()).add(number.upper())
        return {
            place: tuple(one for one in self._sendings[place].numbers_at(at_ms) if one.upper() not in numbers)
            for place, numbers in gone.items()
        }

    def _append(self, sending: Sending) -> None:
        key = (sending.id, sending.channel)
        self._last[key] = len(self._sendings)
        still = [one for one in self._open.get(key, ()) if self._sendings[one].is_in_force(sending.sent_ms)]
        self._open[key] = [*still, len(self._sendings)]
        self._sendings.append(sending)
        self._take(len(self._sendings) - 1)

    def _put(self, place: int, sending: Sending) -> None:
        self._sendings[place] = sending
        self._take(place)

    def _take(self, place: int) -> None:
        """Remember whose the numbers of a sending are."""
        sending = self._sendings[place]
        for number in sending.numbers:
            self._taken.setdefault((sending.channel, number.upper()), place)

    def _check_free(self, event: dict[str, Any]) -> None:
        """Refuse a number that another text of the same channel has."""
        for number in parts_of(event["number"]):
            place = self._taken.get((event["channel"], number.upper()))
            if place is not None:
                sending = self._sendings[place]
                known = next(one for one in sending.numbers if one.upper() == number.upper())
                raise ValueError(
                    f"{known} is the number of {sending.id}, sent at {format_time(sending.sent_ms)}, and cannot be "
                    f"that of what is recorded for {event['id']} too"
                )


def _only(sending: Sending, numbers: Sequence[str]) -> Sending:
    """A text of several numbers with some of them alone, and the times of those."""
    spans = sending.spans
    if len(spans) == len(sending.numbers):
        spans = tuple(span for one, span in zip(sending.numbers, spans, strict=True) if one in numbers)
    return replace(sending, number=", ".join(numbers), spans=spans)


def _check_order(sending: Sending, at_ms: int) -> None:
    if at_ms < sending.changed_ms:
        raise ValueError(
            f"{sending.name} has an event at {format_time(sending.changed_ms)}, which is after {format_time(at_ms)}; "
            "give the times in their order"
        )


def channel(kind: str, series: str, firs: tuple[str, ...]) -> str:
    """By which way a notice goes, as one text."""
    return " ".join(word for word in (kind, series, *firs) if word)


def unnumbered(sending: Sending) -> str:
    """Why nothing can follow a text that has no number yet."""
    return (
        f"{sending.id} was sent at {format_time(sending.sent_ms)} and has no number yet; record the number that the "
        "coordinator gave it, for nothing can cancel it without"
    )


def _check_count(id_: str, number: str, count: int) -> None:
    """Refuse more or fewer numbers than texts: one that nobody knows could never be cancelled."""
    given = parts_of(number)
    if given and len(given) != max(count, 1):
        texts = f"{count} NOTAMs" if count > 1 else "one text"
        raise ValueError(
            f"{id_} became {texts}, and {len(given)} {'number is' if len(given) == 1 else 'numbers are'} given for it; "
            "give each text its number, in the order of the texts with commas between, and none for those that only "
            "cancel; or all later"
        )


def _numbered(last: Sending, number: str, at_ms: int) -> Sending:
    if last.number:
        raise ValueError(f"{last.id} has the number {last.number} already; {number} cannot be its number too")
    _check_count(last.id, number, len(last.spans))
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
        raise ValueError(unnumbered(last))
    if event["cancels"] != last.number:
        raise ValueError(f"what cancels {last.id} names {event['cancels'] or 'nothing'}, not {last.number}")
    return replace(last, status=Status.CANCELLED, ended_by=event["number"], changed_ms=at_ms)


def sending_of(event: dict[str, Any], at_ms: int) -> Sending:
    """What an event tells of a text that was sent at an instant.

    Raises:
        KeyError, TypeError, ValueError: what it says is not understood.
    """
    what = from_record(event["says"])
    if event["channel"] != channel(event["kind"], event["series"], what.firs):
        raise ValueError("its channel is not that of its kind, series and regions")
    spans = tuple(window_of(text) for text in event["spans"])
    _check_count(event["id"], event["number"], len(spans))
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
        spans=spans,
        changed_ms=at_ms,
    )
