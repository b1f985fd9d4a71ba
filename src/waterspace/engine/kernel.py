"""The event queue: calls in order of (time, priority, sequence). It knows nothing of the sea."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from enum import IntEnum

from waterspace.errors import RehearsalError
from waterspace.notation import format_time_iso

__all__ = ["MOST_CALLS", "Kernel", "Priority", "Ticket"]

MOST_CALLS = 1_000_000
"""Calls at one instant after which the run is held to go round in a circle (assumed)."""


class Priority(IntEnum):
    """Order of calls at one instant: what moves comes first, what decides comes after it, the outside world last."""

    MOTION = 0
    SCRIPT = 1
    CONDUCT = 2
    CLOSE = 3
    OUTSIDE = 4


class Ticket:
    """A call that is due. Cancelling it leaves it in the queue, where it is passed over.

    Attributes:
        time_ms: when.
        cancelled: it will not be made.
    """

    __slots__ = ("call", "cancelled", "time_ms")

    def __init__(self, time_ms: int, call: Callable[[], None]) -> None:
        self.time_ms = time_ms
        self.call = call
        self.cancelled = False

    def cancel(self) -> None:
        """Make sure that the call is never made."""
        self.cancelled = True


class Kernel:
    """A clock that jumps from call to call.

    Time is integer milliseconds since 1970-01-01T00:00Z. Calls due at one instant are made in order of priority, then
    in the order in which they were asked for, so a run depends on nothing but its inputs.

    Attributes:
        now_ms: the instant.
        on_time: told of each instant at which something is due, before it is done; None for nobody.
    """

    def __init__(self, start_ms: int) -> None:
        self.now_ms = start_ms
        self.on_time: Callable[[int], None] | None = None
        self._queue: list[tuple[int, int, int, Ticket]] = []
        self._sequence = 0
        self._calls = 0

    def at(self, time_ms: int, priority: Priority, call: Callable[[], None]) -> Ticket:
        """Ask for a call at an instant; an instant already past means now."""
        due_ms = max(time_ms, self.now_ms)
        ticket = Ticket(due_ms, call)
        heapq.heappush(self._queue, (due_ms, priority, self._sequence, ticket))
        self._sequence += 1
        return ticket

    def run(self, until_ms: int) -> None:
        """Make every call that is due up to an instant, that instant included.

        Raises:
            RehearsalError: the calls of one instant do not come to an end.
        """
        queue = self._queue
        while queue and queue[0][0] <= until_ms:
            time_ms, _, _, ticket = heapq.heappop(queue)
            if ticket.cancelled:
                continue
            if time_ms != self.now_ms:
                self.now_ms, self._calls = time_ms, 0
                if self.on_time is not None:
                    self.on_time(time_ms)
            self._calls += 1
            if self._calls > MOST_CALLS:
                when = format_time_iso(time_ms)
                message = f"the run stands still at {when}: {MOST_CALLS:,} things happened and no time passed"
                raise RehearsalError(message, time_ms=time_ms)
            ticket.call()
        if until_ms > self.now_ms:
            self.now_ms, self._calls = until_ms, 0
