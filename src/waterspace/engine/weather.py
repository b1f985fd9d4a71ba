"""The weather in a run: it slows ships, and it stops work beyond the limits of a serial.

Weather comes from the fields that the planner brings, else from the schedule of the exercise file, else there is none
and nothing is slowed or stopped. Between two changes it is held to be constant at the place where a ship then is.

Assumed: where nobody says from where the sea comes, it comes from
ahead; submarines, aircraft and whatever is carried are not slowed; fields are looked at every hour.
"""

from __future__ import annotations

import bisect
import math
from typing import TYPE_CHECKING, Final

from waterspace.domain import Leg, Medium, Window
from waterspace.environment.surroundings import Surroundings
from waterspace.geometry.geodesic import destination, inverse
from waterspace.phenomena import seakeeping
from waterspace.phenomena.heights import length_m
from waterspace.quantity import HOUR_MS, SECOND_MS
from waterspace.serials.base import top_speed_mps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Exercise, Position, Serial
    from waterspace.environment.metoc.weather import Conditions
    from waterspace.phenomena.working_limits import Limits
    from waterspace.serials.base import Needs

__all__ = ["Weather", "limits_of"]

_LEAST_MPS: Final = 0.1
"""A ship makes some headway in any sea (assumed)."""


class Weather:
    """What the weather does to one run."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._around = Surroundings.of(exercise)
        self._has_fields = bool(exercise.data.weather)
        spells = () if self._has_fields else exercise.weather
        ends = {time_ms for spell in spells for time_ms in (spell.window.start_ms, spell.window.end_ms)}
        self._changes_ms = sorted(ends)
        self._known: dict[int, Conditions | None] = {}
        self._floors_mps: dict[tuple[str, int], float] = {}
        self._rough = seakeeping.rough_windows(spells)

    @property
    def is_given(self) -> bool:
        """Whether anybody says anything of the weather."""
        return self._has_fields or bool(self._exercise.weather)

    def conditions(self, position: Position, time_ms: int) -> Conditions | None:
        """At a place and time; None where nobody says anything.

        Raises:
            DataFileError: the planner's file cannot be read.
        """
        if not self.is_given or self._has_fields:
            return self._around.conditions(position, time_ms) if self.is_given else None
        spell = bisect.bisect_right(self._changes_ms, time_ms)
        if spell not in self._known:
            self._known[spell] = self._around.conditions(position, time_ms)
        return self._known[spell]

    def visibility_m(self, position: Position, time_ms: int) -> float | None:
        """How far one sees at a place and time, in metres; None where nobody says anything of it.

        Raises:
            DataFileError: the planner's file cannot be read.
        """
        conditions = self.conditions(position, time_ms)
        return None if conditions is None else conditions.visibility_m

    def changes_ms(self, window: Window) -> list[int]:
        """When the weather may change within a window."""
        if self._has_fields:
            first_ms = window.start_ms - window.start_ms % HOUR_MS + HOUR_MS
            return list(range(first_ms, window.end_ms, HOUR_MS))
        return [time_ms for time_ms in self._changes_ms if window.start_ms < time_ms < window.end_ms]

    def stopped(self, limits: Limits, position: Position, window: Window) -> tuple[Window, ...]:
        """When the weather at a place forbids work within a window; what is not known forbids nothing."""
        if not self.is_given:
            return ()
        from waterspace.environment.metoc.weather import Conditions
        from waterspace.phenomena.working_limits import stopped_windows

        def known(time_ms: int) -> Conditions:
            return self.conditions(position, time_ms) or Conditions()

        return stopped_windows(limits, window, known, self.changes_ms(window))

    def why_stopped(self, limits: Limits, position: Position, time_ms: int) -> str:
        """What forbids work at an instant, in words; empty where nothing known does."""
        from waterspace.phenomena.working_limits import judge

        conditions = self.conditions(position, time_ms)
        return "" if conditions is None else "; ".join(judge(limits, conditions).exceeded)

    def attainable_mps(self, unit: str, wanted_mps: float, way: tuple[Position, Position], time_ms: int) -> float:
        """What a unit makes of a speed that it wants.

        Args:
            unit: id.
            wanted_mps: speed, 0 or more.
            way: where it is, and where it is bound.
            time_ms: when.
        """
        if wanted_mps <= 0.0 or not self._may_slow(unit, time_ms, time_ms + 1):
            return wanted_mps
        conditions = self.conditions(way[0], time_ms)
        if conditions is None or (conditions.sea_state or 0) <= seakeeping.CALM_STATE:
            return wanted_mps
        assert conditions.sea_state is not None
        if wanted_mps <= self._floor_mps(unit, conditions.sea_state):
            return wanted_mps
        sea_from_deg = conditions.wind_from_deg if conditions.wave_from_deg is None else conditions.wave_from_deg
        sector = (
            seakeeping.Sector.HEAD if sea_from_deg is None else seakeeping.sector_of(inverse(*way)[1], sea_from_deg)
        )
        greatest_mps = max(top_speed_mps(self._exercise, unit), wanted_mps)
        hull_m = length_m(self._exercise.platform(unit))
        made_mps = seakeeping.attainable_mps(wanted_mps, greatest_mps, hull_m, conditions.sea_state, sector)
        return max(made_mps, min(wanted_mps, _LEAST_MPS))

    def _floor_mps(self, unit: str, sea_state: int) -> float:
        """What a unit makes in a sea whatever its course: what it makes of its greatest speed with the sea ahead."""
        key = (unit, sea_state)
        if key not in self._floors_mps:
            top_mps, hull_m = top_speed_mps(self._exercise, unit), length_m(self._exercise.platform(unit))
            ahead = seakeeping.Sector.HEAD
            self._floors_mps[key] = (
                seakeeping.attainable_mps(top_mps, top_mps, hull_m, sea_state, ahead) if top_mps > 0.0 else 0.0
            )
        return self._floors_mps[key]

    def slowed(self, unit: str, legs: tuple[Leg, ...]) -> tuple[Leg, ...]:
        """The legs as the sea lets a unit run them: later where it is slowed; waits in between take up the delay."""
        if not legs or not self._may_slow(unit, legs[0].start_ms, legs[-1].end_ms):
            return legs
        late_ms, found = 0, []
        for leg in legs:
            if leg.is_wait:
                end_ms = max(leg.end_ms, leg.start_ms + late_ms)
                if end_ms > leg.start_ms + late_ms:
                    found.append(_timed(leg, leg.start_ms + late_ms, end_ms))
            else:
                found.extend(self._run(unit, leg, leg.start_ms + late_ms))
                end_ms = found[-1].end_ms
            late_ms = end_ms - leg.end_ms
        return tuple(found)

    def _may_slow(self, unit: str, start_ms: int, end_ms: int) -> bool:
        if not self._has_fields and not any(
            window.start_ms < end_ms and start_ms < window.end_ms for window in self._rough
        ):
            return False
        return self._exercise.medium(unit) is Medium.SURFACE

    def _run(self, unit: str, leg: Leg, start_ms: int) -> Iterator[Leg]:
        """One leg from a start on, cut wherever the weather changes on the way."""
        distance_m, course_deg = inverse(leg.start, leg.end)
        wanted_mps = distance_m * SECOND_MS / leg.duration_ms if leg.duration_ms else math.inf
        here, now_ms = leg.start, start_ms
        while True:
            made_mps = self.attainable_mps(unit, wanted_mps, (here, leg.end), now_ms)
            if made_mps >= wanted_mps and here is leg.start:
                arrive_ms = now_ms + leg.duration_ms
            else:
                arrive_ms = now_ms + round(distance_m / made_mps * SECOND_MS)
            change_ms = self._next_change_ms(now_ms)
            if change_ms is None or change_ms >= arrive_ms:
                if (start_ms, arrive_ms) == (leg.start_ms, leg.end_ms) and here is leg.start:
                    yield leg
                    return
                yield Leg(
                    start_ms=now_ms,
                    end_ms=arrive_ms,
                    start=here,
                    end=leg.end,
                    height_m=leg.height_m,
                    serial=leg.serial,
                )
                return
            there = destination(here, course_deg, made_mps * (change_ms - now_ms) / SECOND_MS)
            yield Leg(
                start_ms=now_ms, end_ms=change_ms, start=here, end=there, height_m=leg.height_m, serial=leg.serial
            )
            here, now_ms = there, change_ms
            distance_m, course_deg = inverse(here, leg.end)

    def _next_change_ms(self, now_ms: int) -> int | None:
        if self._has_fields:
            return now_ms - now_ms % HOUR_MS + HOUR_MS
        after = bisect.bisect_right(self._changes_ms, now_ms)
        return self._changes_ms[after] if after < len(self._changes_ms) else None


def limits_of(serial: Serial, needs: Needs) -> Limits:
    """What work a serial bears: its own conditions, and what its type needs where the file says nothing."""
    from waterspace.phenomena.working_limits import Limits

    asked = serial.conditions
    return Limits(
        sea_state_max=needs.sea_state_max if asked.sea_state_max is None else asked.sea_state_max,
        wind_max_mps=needs.wind_max_mps if asked.wind_max_mps is None else asked.wind_max_mps,
        visibility_min_m=needs.visibility_min_m if asked.visibility_min_m is None else asked.visibility_min_m,
    )


def _timed(leg: Leg, start_ms: int, end_ms: int) -> Leg:
    return Leg(start_ms=start_ms, end_ms=end_ms, start=leg.start, end=leg.end, height_m=leg.height_m, serial=leg.serial)
