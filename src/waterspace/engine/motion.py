"""Where every unit is: the legs it has run and those it is running now.

A unit whose class has turning data, a time to full speed or a rate of climb runs the legs that it is given as
`handling` and `climbing` say; all others run them as they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.domain import Leg, Medium, Track, Window
from waterspace.geometry import geodesic
from waterspace.geometry import legs as geometry
from waterspace.geometry.climbing import climb, let_down
from waterspace.geometry.handling import AT_REST, Handling, Way, run_at_speed, run_in_time, way_at_end
from waterspace.serials.base import top_speed_mps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from waterspace.domain import Exercise, Position

__all__ = ["Fleet", "Mover", "climb_rate_mps", "handling_of"]

_SAME_PLACE_M = 1.0
"""Two places closer than this are one."""


class Mover:
    """One unit in motion. Where no leg is given it stays, or is carried by the ship it is on board of.

    Attributes:
        legs: run and under way, in order of time and without gaps up to the end of the last one.
        aboard: the mover that carries this one, or None.
        in_base: alongside or on the ground, so that it may wait there for its time to leave.
        handling: how it turns and gathers way; None where it does both at once.
        climb_rate_mps: at which it changes height; None where it does so at once.
        took_off: told when it leaves its base or ship; None for nobody.
    """

    def __init__(self, unit: str, position: Position, start_ms: int, aboard: Mover | None = None) -> None:
        self.unit = unit
        self.legs: list[Leg] = []
        self.aboard = aboard
        self.in_base = True
        self.handling: Handling | None = None
        self.climb_rate_mps: float | None = None
        self.took_off: Callable[[], None] | None = None
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

    def way(self, now_ms: int) -> Way:
        """On what course and how fast it is at an instant."""
        if self.aboard is not None or self.in_base:
            return AT_REST
        last = next((leg for leg in reversed(self.legs) if leg.start_ms < now_ms), None)
        if last is None or last.end_ms < now_ms or last.is_wait:
            return AT_REST
        here = geometry.position_at((last,), now_ms)
        return way_at_end((replace(last, end=here, end_ms=now_ms),))

    def in_time(self, legs: tuple[Leg, ...], now_ms: int) -> tuple[Leg, ...]:
        """Legs that start now, as it really runs them when it keeps to their times as well as it can."""
        run = legs if self.handling is None else run_in_time(legs, self.handling, self.way(now_ms))
        return self._climbing(run, now_ms)

    def at_speed(self, legs: tuple[Leg, ...], now_ms: int) -> tuple[Leg, ...]:
        """Legs that start now, as it really runs them when it keeps to their speed and arrives when it arrives."""
        run = legs if self.handling is None else run_at_speed(legs, self.handling, self.way(now_ms))
        return self._climbing(run, now_ms)

    def landing(self, legs: tuple[Leg, ...], now_ms: int) -> tuple[Leg, ...]:
        """Legs in time that end on the ground or on a deck."""
        run = self.in_time(legs, now_ms)
        return run if not self.climb_rate_mps else let_down(run, 0.0, self.climb_rate_mps)

    def _climbing(self, legs: tuple[Leg, ...], now_ms: int) -> tuple[Leg, ...]:
        return legs if not self.climb_rate_mps else climb(legs, self.height_m(now_ms), self.climb_rate_mps)

    def go(self, legs: tuple[Leg, ...], now_ms: int) -> None:
        """Leave whatever it is doing and run these legs, of which the first starts now."""
        self.stop(now_ms)
        leaves_base = self.in_base or self.aboard is not None
        self.aboard = None
        self.in_base = False
        self.legs.extend(legs)
        if leaves_base and self.took_off is not None:
            self.took_off()

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


def handling_of(exercise: Exercise, unit: str) -> Handling | None:
    """How a unit turns and gathers way, by its class; None where that says nothing."""
    platform = exercise.platform(unit)
    if platform is None or not (platform.tactical_diameter_m or platform.full_speed_ms):
        return None
    return Handling(
        top_mps=top_speed_mps(exercise, unit),
        radius_m=(platform.tactical_diameter_m or 0.0) / 2.0,
        full_speed_ms=platform.full_speed_ms or 0,
    )


def climb_rate_mps(exercise: Exercise, unit: str) -> float | None:
    """At which an aircraft changes height, by its class; None where that says nothing, and for all others."""
    platform = exercise.platform(unit)
    return None if platform is None or platform.medium is not Medium.AIR else platform.climb_rate_mps or None


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
