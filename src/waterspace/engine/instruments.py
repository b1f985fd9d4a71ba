"""Instruments: whoever watches a run, such as a live picture, a progress bar or a debugger. None can change it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from waterspace.domain import Event, Exercise, Position
    from waterspace.engine.sea import Sea

__all__ = ["EventWatch", "Instrument", "Panel", "View"]


class View:
    """What an instrument may ask of a run while it goes on. It only reads."""

    def __init__(self, sea: Sea) -> None:
        self._sea = sea

    @property
    def exercise(self) -> Exercise:
        """The plan."""
        return self._sea.exercise

    @property
    def now_ms(self) -> int:
        """The instant."""
        return self._sea.kernel.now_ms

    @property
    def digest(self) -> str:
        """Of every event so far, in hexadecimal."""
        return self._sea.log.digest

    def units(self) -> tuple[str, ...]:
        """Ids of the units that have a place."""
        return tuple(self._sea.fleet.movers)

    def position(self, unit: str) -> Position | None:
        """Where a unit is now; None for one that has no place."""
        return self._sea.fleet[unit].position(self.now_ms) if unit in self._sea.fleet else None


class Instrument:
    """The port: override what is wanted. What an instrument raises ends the run; nothing else it does can touch it."""

    def on_start(self, view: View) -> None:
        """The run is about to begin, or to be replayed; the view stays good until it ends."""

    def on_time(self, time_ms: int) -> None:
        """The clock has jumped to an instant at which something is due."""

    def on_event(self, event: Event, digest: str) -> None:
        """An event has been logged; the digest includes it."""

    def on_end(self, digest: str) -> None:
        """The run is over."""


class EventWatch(Instrument):
    """An instrument that passes each event to a function."""

    def __init__(self, watch: Callable[[Event], None]) -> None:
        self._watch = watch

    def on_event(self, event: Event, digest: str) -> None:  # noqa: ARG002  # the port gives it
        """Pass it on."""
        self._watch(event)


class Panel:
    """The instruments of one run. Only those that listen are called, so that watching little costs little."""

    def __init__(self, instruments: Sequence[Instrument]) -> None:
        self._all = tuple(instruments)
        self.on_time = self._listening("on_time")
        self.on_event = self._listening("on_event")

    def _listening(self, name: str) -> tuple[Callable[..., None], ...]:
        own = getattr(Instrument, name)
        return tuple(getattr(each, name) for each in self._all if getattr(type(each), name, None) is not own)

    def start(self, view: View) -> None:
        """The run is about to begin."""
        for each in self._all:
            each.on_start(view)

    def time(self, time_ms: int) -> None:
        """The clock has jumped."""
        for call in self.on_time:
            call(time_ms)

    def event(self, event: Event, digest: str) -> None:
        """An event has been logged; each gets a copy of its own."""
        for call in self.on_event:
            call(replace(event, data=dict(event.data)), digest)

    def end(self, digest: str) -> None:
        """The run is over."""
        for each in self._all:
            each.on_end(digest)
