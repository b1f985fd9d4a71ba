"""The event queue: calls in order of (time, priority, sequence). It knows nothing of the sea."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

__all__ = ["Kernel", "Priority", "Ticket"]


class Priority(IntEnum):
    """Order of calls at one instant: what moves comes first, what decides comes after it."""

    MOTION = 0
    SCRIPT = 1
    CONDUCT = 2
    CLOSE = 3


@dataclass(slots=True, order=True)
class Ticket:
    """A call that is due. Cancelling it leaves it in the queue, where it is passed over."""

    time_ms: int
    priority: Priority
    sequence: int
    call: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """Make sure that the call is never made."""
        self.cancelled = True


class Kernel:
    """A clock that jumps from call to call.

    Time is integer milliseconds since 1970-01-01T00:00Z. Calls due at one instant are made in order of priority, then
    in the order in which they were asked for, so a run depends on nothing but its inputs.
    """

    def __init__(self, start_ms: int) -> None:
        self.now_ms = start_ms
        self._queue: list[Ticket] = []
        self._sequence = 0

    def at(self, time_ms: int, priority: Priority, call: Callable[[], None]) -> Ticket:
        """Ask for a call at an instant; an instant already past means now."""
        ticket = Ticket(time_ms=max(time_ms, self.now_ms), priority=priority, sequence=self._sequence, call=call)
        self._sequence += 1
        heapq.heappush(self._queue, ticket)
        return ticket

    def run(self, until_ms: int) -> None:
        """Make every call that is due up to an instant, that instant included."""
        while self._queue and self._queue[0].time_ms <= until_ms:
            ticket = heapq.heappop(self._queue)
            if ticket.cancelled:
                continue
            self.now_ms = ticket.time_ms
            ticket.call()
        self.now_ms = max(self.now_ms, until_ms)
