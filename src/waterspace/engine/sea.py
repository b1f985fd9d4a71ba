"""What every part of a running rehearsal shares: clock, luck, log, fleet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from waterspace.domain import Leg
from waterspace.engine.around import Around
from waterspace.engine.command import Commander
from waterspace.engine.communications import Communications
from waterspace.engine.kernel import Kernel, Priority
from waterspace.engine.log import EventLog
from waterspace.engine.motion import Fleet
from waterspace.engine.streams import Streams
from waterspace.engine.watchman import Watch
from waterspace.engine.weather import Weather

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from waterspace.domain import Event, Exercise, Record
    from waterspace.engine.news import News
    from waterspace.engine.scripts import Actor

__all__ = ["Sea"]


class Sea:
    """The state of one rehearsal.

    Attributes:
        pursuers: unit id to the scripts that are closing it, which steer anew when it changes its track.
        areas_in_use: id of each serial that is being held to that of its area.
        disabled: unit id to the instant at which it is repaired, infinite for never, of the units out of action.
        is_closed: the run is over, and nothing may begin.
        post: brings news to the scripts of a unit or a serial that are running.
        around: everybody at sea who takes no part.
        watches: told of whoever goes another way, by the watches over hot danger areas.
    """

    def __init__(self, exercise: Exercise, seed: int, start_ms: int, watch: Callable[[Event], None] | None) -> None:
        self.exercise = exercise
        self.kernel = Kernel(start_ms)
        self.streams = Streams(seed)
        self.log = EventLog(watch)
        self.fleet = Fleet()
        self.watch = Watch()
        self.weather = Weather(exercise)
        self.commander = Commander(exercise)
        self.communications = Communications(exercise, self.kernel, self.fleet, self.streams, self.write)
        self.areas_in_use: dict[str, str] = {}
        self.pursuers: dict[str, list[Actor]] = {}
        self.disabled: dict[str, float] = {}
        self.is_closed = False
        self.post: Callable[..., None] = _nobody
        self.watches: list[Callable[[str], None]] = []
        self.around = Around(exercise, seed)

    def write(
        self,
        kind: str,
        text: str,
        *,
        serial: str = "",
        unit: str = "",
        data: Mapping[str, float | int | str] | None = None,
    ) -> None:
        """Log an event that happens now, with the place of its unit."""
        now_ms = self.kernel.now_ms
        position = self.fleet[unit].position(now_ms) if unit in self.fleet else None
        self.log.write(now_ms, kind, text, serial=serial, unit=unit, position=position, data=data)

    def record(self, serial: str, unit: str, order: Record) -> None:
        """Log what a script asks to have logged."""
        self.write(order.kind, order.text, serial=serial, unit=unit, data=order.data)

    def go(self, unit: str, legs: tuple[Leg, ...]) -> tuple[Leg, ...]:
        """Set a unit on legs that start now, and let its pursuers know.

        Returns:
            The legs that it really runs: later than asked where the sea slows it.
        """
        legs = self.weather.slowed(unit, legs)
        self.fleet[unit].go(legs, self.kernel.now_ms)
        for actor in tuple(self.pursuers.get(unit, ())):
            actor.steer()
        self.altered(unit)
        return legs

    def halt(self, unit: str) -> None:
        """Stop a unit where it is; its pursuers look at the end of this instant whether it stays."""
        self.fleet[unit].stop(self.kernel.now_ms)

        def look() -> None:
            for actor in tuple(self.pursuers.get(unit, ())):
                actor.steer()

        if self.pursuers.get(unit):
            self.kernel.at(self.kernel.now_ms, Priority.CLOSE, look)
        self.altered(unit)

    def altered(self, who: str) -> None:
        """Somebody, of the exercise or not, goes another way: the watches look at it at the end of this instant."""

        def look() -> None:
            for watch in tuple(self.watches):
                watch(who)

        if self.watches:
            self.kernel.at(self.kernel.now_ms, Priority.CLOSE, look)

    def call(self, to: str, news: News) -> None:
        """Have word from a unit reach another, or all units of a serial, over the links of the exercise."""
        serial = self.exercise.serials.get(to)
        for unit in (to,) if serial is None else self.exercise.units_in(serial):
            within = "" if serial is None else serial.id
            self.communications.send(news.sender, unit, partial(self.post, unit, news, within))

    def course_of(self, unit: str) -> tuple[Leg, ...]:
        """What a unit is running from now on; a wait where it is carried or stays."""
        now_ms = self.kernel.now_ms
        mover = self.fleet[unit]
        if mover.aboard is not None:
            return self.course_of(mover.aboard.unit)
        ahead = tuple(leg for leg in mover.legs if leg.end_ms > now_ms)
        if ahead:
            return ahead
        here = mover.position(now_ms)
        return (Leg(start_ms=now_ms, end_ms=now_ms, start=here, end=here),)


def _nobody(to: str, news: News, within: str = "") -> None:
    """There is nobody to bring news to yet."""
