"""Where every unit is: the legs it has run and those it is running now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Leg, Track, Window
from waterspace.geometry import geodesic
from waterspace.geometry import legs as geometry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Position

__all__ = ["Fleet", "Mover"]

_SAME_PLACE_M = 1.0
"""Two places closer than this are one."""


class Mover:
    """One unit in motion. Where no leg is given it stays, or is carried by the ship it is on board of.

    Attributes:
        legs: run and under way, in order of time and without gaps up to the end of the last one.
        aboard: the mover that carries this one, or None.
        in_base: alongside or on the ground, so that it may wait there for its time to leave.
    """

    def __init__(self, unit: str, position: Position, start_ms: int, aboard: Mover | None = None) -> None:
        self.unit = unit
        self.legs: list[Leg] = []
        self.aboard = aboard
        self.in_base = True
        self._origin = position
        self._since_ms = start_ms

    def position(self, now_ms: int) -> Position:
        """Where it is."""
        if self.aboard is not None:
            return self.aboard.position(now_ms)
        if self.legs:
            return geometry.position_at(self.legs[-1:] if now_ms >= self.legs[-1].start_ms else self.legs, now_ms)
        return self._origin

    def height_m(self, now_ms: int) -> float:
        """How high it is: that of the leg it is running, or ran last; 0 while it is carried."""
        if self.aboard is not None:
            return 0.0
        return next((leg.height_m for leg in reversed(self.legs) if leg.start_ms <= now_ms), 0.0)

    def go(self, legs: tuple[Leg, ...], now_ms: int) -> None:
        """Leave whatever it is doing and run these legs, of which the first starts now."""
        self.stop(now_ms)
        self.aboard = None
        self.in_base = False
        self.legs.extend(legs)

    def stop(self, now_ms: int) -> None:
        """Break off what it is running, and fill the time since it last moved."""
        while self.legs and self.legs[-1].start_ms >= now_ms:
            self.legs.pop()
        if self.legs and self.legs[-1].end_ms > now_ms:
            last = self.legs.pop()
            self.legs.extend(geometry.trim((last,), Window(start_ms=last.start_ms, end_ms=now_ms)))
        from_ms = self.legs[-1].end_ms if self.legs else self._since_ms
        if from_ms < now_ms:
            self.legs.extend(self._idle(Window(start_ms=from_ms, end_ms=now_ms)))

    def _idle(self, window: Window) -> tuple[Leg, ...]:
        if self.aboard is None:
            here = self.legs[-1].end if self.legs else self._origin
            height_m = 0.0 if self.in_base else self.height_m(window.start_ms)
            return (geometry.hold(here, window, height_m=height_m),)
        self.aboard.fill(window.end_ms)
        carried = geometry.trim(self.aboard.legs, window)
        return tuple(Leg(start_ms=leg.start_ms, end_ms=leg.end_ms, start=leg.start, end=leg.end) for leg in carried)

    def fill(self, now_ms: int) -> None:
        """Make sure that the legs reach an instant, without breaking off what is under way."""
        from_ms = self.legs[-1].end_ms if self.legs else self._since_ms
        if from_ms < now_ms:
            self.legs.extend(self._idle(Window(start_ms=from_ms, end_ms=now_ms)))

    def embark(self, carrier: Mover, now_ms: int) -> None:
        """Land on a ship and be carried from now on."""
        self.stop(now_ms)
        self.aboard = carrier
        self.in_base = True

    def track(self) -> Track:
        """What it did."""
        return Track(unit=self.unit, legs=tuple(self.legs))


class Fleet:
    """Every unit that has a place, by id."""

    def __init__(self) -> None:
        self.movers: dict[str, Mover] = {}

    def __contains__(self, unit: object) -> bool:
        return unit in self.movers

    def __getitem__(self, unit: str) -> Mover:
        return self.movers[unit]

    def place(self, unit: str, position: Position, start_ms: int, aboard: str = "") -> Mover:
        """Put a unit on the board."""
        carrier = self.movers.get(aboard)
        mover = Mover(unit, position, start_ms, carrier)
        self.movers[unit] = mover
        return mover

    def at(self, unit: str, position: Position, now_ms: int) -> bool:
        """Whether a unit is at a place."""
        return geodesic.distance_m(self.movers[unit].position(now_ms), position) <= _SAME_PLACE_M

    def tracks(self, end_ms: int) -> Mapping[str, Track]:
        """What every unit did, up to an instant."""
        for mover in self.movers.values():
            mover.stop(end_ms)
        return {unit: mover.track() for unit, mover in self.movers.items()}
