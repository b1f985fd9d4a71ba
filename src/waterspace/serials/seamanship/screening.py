"""What the ships of a screen know while it runs: how far the convoy has really come, and who is out at a contact.

A screen stands where the plan has it, for as far as the convoy has come. While the convoy is where the plan has it, a
screening ship runs its planned legs. Where the convoy is not, the ship keeps station on a guide: at the bearing and
range at which the plan has it from the guide there. At every look it asks anew.

Limits: that the convoy has fallen behind, or that its guide has fallen out, is noticed at the next look: ten minutes
later at most. In a sea that slows nobody a ship that is where the plan has it does not look.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from waterspace.domain import Follow, KeepStation, Leg, Window
from waterspace.geometry.geodesic import bearing_deg, distance_m
from waterspace.geometry.intercept import intercept_ms
from waterspace.geometry.legs import position_at, shift, trim
from waterspace.phenomena.seakeeping import rough_windows
from waterspace.quantity import MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from waterspace.domain import Exercise, Position
    from waterspace.serials.base import Plan, Stage

__all__ = ["Contact", "Screen", "reached_ms"]

_LOOK_MS = 10 * MINUTE_MS
"""How often a ship looks whether the convoy is where it should be (assumed)."""
_OFF_M = 100.0
"""A ship this far from where it should be is not there (assumed); the engine logs a station as left at the same."""
_STEP_MS = 30 * SECOND_MS
"""Least time for which a ship that comes back steers before it looks again whether it is there (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Something that turns up near the convoy.

    Attributes:
        bearing_deg: at which it turns up, from the middle of the convoy.
        range_m: at which a ship looks at it, from the middle of the convoy.
    """

    number: int
    time_ms: int
    bearing_deg: float
    range_m: float


class Screen:
    """The state of one escort in a run, shared by the scripts of its ships.

    Attributes:
        contacts: those that have not turned up yet, in order of time.
        arrived: ships of the convoy that are at the end of their route.
        lost: ships of convoy and screen that have fallen out.
        away: screening ships that are out at a contact, or on their way back.
        tasks: screening ship to the place of the contact that it is to look at, and the number of that.
    """

    def __init__(self, convoy: Sequence[str], plan: Plan, contacts: Sequence[Contact]) -> None:
        middle = (len(convoy) - 1) / 2.0
        order = sorted((abs(place - middle), place) for place, unit in enumerate(convoy) if plan.get(unit))
        self._guides = tuple(convoy[place] for _, place in order)
        self._due_ms: Mapping[str, int] = {
            unit: max((leg.end_ms for leg in plan[unit] if not leg.is_wait), default=plan[unit][0].start_ms)
            for unit in self._guides
        }
        self.contacts = list(contacts)
        self.arrived: set[str] = set()
        self.lost: set[str] = set()
        self.away: set[str] = set()
        self.tasks: dict[str, tuple[int, Position]] = {}

    @property
    def guide(self) -> str | None:
        """The ship of the convoy nearest to its middle that has not fallen out, of two the one ahead."""
        return next((unit for unit in self._guides if unit not in self.lost), None)

    def due_ms(self, unit: str) -> int:
        """When the plan has a ship of the convoy at the end of its route."""
        return self._due_ms[unit]

    def is_over(self, stage: Stage[Any]) -> bool:
        """Whether the time is up and nobody of the convoy is still on its way."""
        return stage.now_ms >= stage.briefing.window.end_ms and not self._under_way()

    def _under_way(self) -> tuple[str, ...]:
        return tuple(unit for unit in self._guides if unit not in self.arrived and unit not in self.lost)

    def come_ms(self, stage: Stage[Any]) -> int:
        """The time at which the plan has the guide where it is now."""
        guide = self.guide
        if guide is None:
            return stage.now_ms
        return reached_ms(stage.plan[guide], stage.position(guide), stage.now_ms)

    def station_legs(self, stage: Stage[Any], unit: str) -> tuple[Leg, ...]:
        """The legs of a ship's station from now on, if the convoy goes on at the speed planned; empty at the end."""
        legs = shift(stage.plan[unit], stage.now_ms - self.come_ms(stage))
        return trim(legs, Window(start_ms=stage.now_ms, end_ms=max(stage.now_ms, legs[-1].end_ms)))

    def is_on_station(self, stage: Stage[Any], unit: str) -> bool:
        """Whether a ship is where it should be for as far as the convoy has come."""
        return self.off_m(stage, unit) <= _OFF_M

    def off_m(self, stage: Stage[Any], unit: str) -> float:
        """How far a ship is from where it should be for as far as the convoy has come."""
        return distance_m(stage.position(unit), position_at(stage.plan[unit], self.come_ms(stage)))

    def look_ms(self, stage: Stage[Any], unit: str) -> int:
        """When a ship looks again: when a contact turns up, at the planned end, then when the convoy may arrive."""
        now_ms, end_ms = stage.now_ms, stage.briefing.window.end_ms
        if now_ms >= end_ms:
            reached = [reached_ms(stage.plan[ship], stage.position(ship), now_ms) for ship in self._under_way()]
            left_ms = [self._due_ms[ship] - at_ms for ship, at_ms in zip(self._under_way(), reached, strict=True)]
            return now_ms + min(_LOOK_MS, max(SECOND_MS, *left_ms) if left_ms else _LOOK_MS)
        is_as_planned = self.come_ms(stage) == now_ms and self.is_on_station(stage, unit)
        calm_ms = _rough_from_ms(stage.briefing.exercise, now_ms) if is_as_planned else now_ms
        return min(self._called_ms(stage), max(calm_ms, now_ms + _LOOK_MS))

    def _called_ms(self, stage: Stage[Any]) -> int:
        """When the next contact turns up, or before the planned end that."""
        end_ms = stage.briefing.window.end_ms
        return max(stage.now_ms + 1, min(self.contacts[0].time_ms if self.contacts else end_ms, end_ms))

    def keeping(self, stage: Stage[Any], unit: str, until_ms: int) -> Follow | KeepStation:
        """The order by which a ship is on its station until an instant later than now."""
        now_ms, legs, guide, come_ms = stage.now_ms, stage.plan[unit], self.guide, self.come_ms(stage)
        is_as_planned = come_ms == now_ms < legs[-1].end_ms
        if guide is None or (is_as_planned and self.is_on_station(stage, unit)):
            return Follow(legs=trim(legs, Window(start_ms=now_ms, end_ms=until_ms)))
        midway_ms = come_ms + (until_ms - now_ms) // 2
        mark, place = position_at(stage.plan[guide], midway_ms), position_at(legs, midway_ms)
        return KeepStation(
            guide=guide, bearing_deg=bearing_deg(mark, place), range_m=distance_m(mark, place), until_ms=until_ms
        )

    def regaining(self, stage: Stage[Any], unit: str, closing_mps: float) -> Follow | KeepStation:
        """The order by which a ship goes back to its station, up to when it should be there or should look again.

        Args:
            stage: of the run.
            unit: the ship.
            closing_mps: at which it came nearer to its station of late; 0 where that is not known.
        """
        now_ms, here = stage.now_ms, stage.position(unit)
        if now_ms >= stage.briefing.window.end_ms:
            return self.keeping(stage, unit, self.look_ms(stage, unit))
        called_ms = self._called_ms(stage)
        if closing_mps > 0.0:
            in_ms = math.ceil(self.off_m(stage, unit) / closing_mps * SECOND_MS)
            return self.keeping(stage, unit, min(called_ms, now_ms + max(in_ms, _STEP_MS)))
        legs, top_mps = self.station_legs(stage, unit), stage.briefing.max_speed_mps(unit)
        back_ms = intercept_ms(here, top_mps, legs, 0.0, (now_ms, legs[-1].end_ms)) if legs else None
        if back_ms is None or back_ms <= now_ms or self.come_ms(stage) != now_ms:
            step_ms = _LOOK_MS if back_ms is None else min(max(back_ms - now_ms, _STEP_MS), _LOOK_MS)
            return self.keeping(stage, unit, min(called_ms, now_ms + step_ms))
        there, serial = position_at(legs, back_ms), stage.plan[unit][0].serial
        home = Leg(start_ms=now_ms, end_ms=back_ms, start=here, end=there, serial=serial)
        return Follow(legs=trim((home,), Window(start_ms=now_ms, end_ms=min(back_ms, called_ms))))


def _rough_from_ms(exercise: Exercise, now_ms: int) -> int:
    """From when on a sea may slow somebody, by what the file says; infinitely far off is the end of the exercise."""
    if exercise.data.weather:
        return now_ms
    rough = rough_windows(exercise.weather)
    ahead_ms = [max(now_ms, window.start_ms) for window in rough if window.end_ms > now_ms]
    return min(ahead_ms, default=max(now_ms, exercise.window.end_ms))


def reached_ms(legs: Sequence[Leg], here: Position, now_ms: int) -> int:
    """The latest time, not after now, at which a plan has a ship nearest to where it is.

    Args:
        legs: planned, at least one.
        here: where the ship is; within 100 m of its planned place it is held to be there.
        now_ms: the instant.
    """
    if distance_m(position_at(legs, now_ms), here) <= _OFF_M:
        return now_ms
    best_m, best_ms = math.inf, legs[0].start_ms
    for leg in legs:
        if leg.start_ms > now_ms:
            break
        at_ms = leg.end_ms
        if not leg.is_wait:
            off_rad = math.radians(bearing_deg(leg.start, here) - bearing_deg(leg.start, leg.end))
            along_m = distance_m(leg.start, here) * math.cos(off_rad)
            share = along_m / distance_m(leg.start, leg.end)
            at_ms = leg.start_ms + round(min(max(share, 0.0), 1.0) * leg.duration_ms)
        at_ms = min(at_ms, now_ms)
        off_m = distance_m(position_at(legs, at_ms), here)
        if off_m <= best_m:
            best_m, best_ms = off_m, at_ms
    return best_ms
