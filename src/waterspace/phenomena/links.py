"""Communications links: whether and when a message arrives.

A link is open while both ends are in reach and nothing is out of order. A message takes its time on the air, must go
through in one opening, and arrives after the link's delay. What is broken off is sent again from its beginning.

Limits (all assumed): messages leave in the order in which they were given, one at a time; what has been sent arrives
even if the link closes behind it; nothing is lost or garbled while the link is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.domain import Window
from waterspace.domain.schedule import join_windows
from waterspace.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Delivery", "Message", "deliveries", "open_windows", "outages_until", "sent_at_once"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is to be sent.

    Attributes:
        key: as its sender calls it.
        sent_ms: when it is given to the link, milliseconds since 1970.
        airtime_ms: how long the link must stay open for it, 0 or more.
        patience_ms: it is dropped where it cannot begin within this time; None for one that waits for ever.
    """

    key: str
    sent_ms: int
    airtime_ms: int = 0
    patience_ms: int | None = None

    def __post_init__(self) -> None:
        """Refuse times below 0."""
        if self.airtime_ms < 0 or (self.patience_ms is not None and self.patience_ms < 0):
            raise ModelError(
                f"message {self.key}: airtime is {self.airtime_ms} ms and patience {self.patience_ms} ms; "
                "expected 0 or more"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of a message.

    Attributes:
        began_ms: when it went on the air for good; None where it never could.
        arrives_ms: when the other end has it; None where it never does.
    """

    message: Message
    began_ms: int | None
    arrives_ms: int | None


def open_windows(reach: Iterable[Window], outages: Iterable[Window]) -> tuple[Window, ...]:
    """When a link is open: in reach, and not out of order; in order of time, those that touch joined.

    Args:
        reach: when both ends are in reach, in any order.
        outages: when either end or the link is out of order, in any order; not endless (`outages_until`).
    """
    found: list[Window] = []
    closed = join_windows(outages)
    for window in join_windows(reach):
        now_ms = window.start_ms
        for outage in closed:
            if outage.end_ms <= now_ms or outage.start_ms >= window.end_ms:
                continue
            if outage.start_ms > now_ms:
                found.append(Window(start_ms=now_ms, end_ms=outage.start_ms))
            now_ms = outage.end_ms
        if now_ms < window.end_ms:
            found.append(Window(start_ms=now_ms, end_ms=window.end_ms))
    return tuple(found)


def outages_until(outages: Iterable[Window], end_ms: int) -> Iterator[Window]:
    """Those of an endless row of outages, in order of time, that begin before an instant."""
    for outage in outages:
        if outage.start_ms >= end_ms:
            return
        yield outage


def deliveries(messages: Iterable[Message], opened: Sequence[Window], delay_ms: int = 0) -> tuple[Delivery, ...]:
    """What becomes of messages that wait for their turn and for the link, first come, first served.

    A message that fits into no opening that is left is dropped at once, and so is one whose patience ends before its
    turn; they keep nobody waiting.

    Args:
        messages: sorted here by the time they were given, those of one instant in the order given.
        opened: when the link is open, in order of time and apart.
        delay_ms: from the end of sending to arrival, 0 or more.

    Returns:
        One for each message, in order of its turn.

    Raises:
        ModelError: the delay is below 0.
    """
    _delay(delay_ms)
    free_ms: int | None = None
    found: list[Delivery] = []
    for message in sorted(messages, key=lambda one: one.sent_ms):
        ready_ms = message.sent_ms if free_ms is None else max(free_ms, message.sent_ms)
        began_ms = _first_fit_ms(message.airtime_ms, ready_ms, opened)
        if began_ms is None or _impatient(message, began_ms):
            found.append(Delivery(message=message, began_ms=None, arrives_ms=None))
            continue
        free_ms = began_ms + message.airtime_ms
        found.append(Delivery(message=message, began_ms=began_ms, arrives_ms=free_ms + delay_ms))
    return tuple(found)


def sent_at_once(message: Message, opened: Sequence[Window], delay_ms: int = 0) -> Delivery:
    """What becomes of a message that nobody repeats: it goes through at once or is lost, as a call by voice.

    Args:
        message: its patience plays no part.
        opened: when the link is open, in order of time and apart.
        delay_ms: from the end of sending to arrival, 0 or more.

    Raises:
        ModelError: the delay is below 0.
    """
    _delay(delay_ms)
    if _first_fit_ms(message.airtime_ms, message.sent_ms, opened) != message.sent_ms:
        return Delivery(message=message, began_ms=None, arrives_ms=None)
    arrives_ms = message.sent_ms + message.airtime_ms + delay_ms
    return Delivery(message=message, began_ms=message.sent_ms, arrives_ms=arrives_ms)


def _first_fit_ms(airtime_ms: int, ready_ms: int, opened: Sequence[Window]) -> int | None:
    """The first instant from which the link stays open long enough."""
    for window in opened:
        began_ms = max(window.start_ms, ready_ms)
        if began_ms < window.end_ms and began_ms + airtime_ms <= window.end_ms:
            return began_ms
    return None


def _impatient(message: Message, began_ms: int) -> bool:
    return message.patience_ms is not None and began_ms - message.sent_ms > message.patience_ms


def _delay(delay_ms: int) -> None:
    if delay_ms < 0:
        raise ModelError(f"found a delay of {delay_ms} ms; expected 0 or more")
