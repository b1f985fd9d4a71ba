"""What is measured of a watched range: how often it was fouled, how long ships waited, and what was fired unsafely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Window
from waterspace.serials.seamanship.range_picture import stays_inside

if TYPE_CHECKING:
    from waterspace.domain import Event, SerialRecord

__all__ = ["fouled_times", "longest_wait_ms", "unsafe_firings"]


def fouled_times(events: tuple[Event, ...]) -> int:
    """How often a clear range became fouled."""
    times, fouled = 0, False
    for event in events:
        if event.kind == "range.fouled":
            times += not fouled
            fouled = True
        fouled = fouled and event.kind != "range.clear"
    return times


def longest_wait_ms(events: tuple[Event, ...]) -> float:
    """How long the ship that waited longest has waited in all."""
    waited: dict[str, float] = {}
    for event in events:
        if event.kind == "firing.waited":
            waited[event.unit] = waited.get(event.unit, 0.0) + float(event.data["waited_ms"])
    return max(waited.values(), default=0.0)


def unsafe_firings(events: tuple[Event, ...], record: SerialRecord, firing_ms: int) -> int:
    """How many firings went on while a stranger was inside."""
    end_ms = events[-1].time_ms if record.actual is None else record.actual.end_ms
    inside = stays_inside(events, end_ms)
    ceased = {(event.unit, event.data["run"]): event.time_ms for event in events if event.kind == "firing.ceased"}
    fired = [
        Window(
            start_ms=event.time_ms,
            end_ms=ceased.get((event.unit, event.data["run"]), event.time_ms + firing_ms),
        )
        for event in events
        if event.kind == "firing.run"
    ]
    return sum(any(stay.overlap(firing) for stay in inside) for firing in fired)
