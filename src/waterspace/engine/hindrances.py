"""What stands in the way of a serial at an instant: weather, darkness, others in its area or on its range, no link."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from waterspace.domain import Window
from waterspace.domain.policy import Trouble
from waterspace.engine.casting import roles_short
from waterspace.engine.danger import stays
from waterspace.engine.weather import limits_of
from waterspace.geometry.footprints import centre
from waterspace.phenomena.decisions import Situation
from waterspace.programme.build import plan_serial
from waterspace.quantity import DAY_MS, HOUR_MS
from waterspace.serials import registry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from waterspace.domain import Position, Reservation, Serial
    from waterspace.engine.sea import Sea
    from waterspace.programme.build import SerialPlan

__all__ = ["Hindrances"]

_FORECAST_MS = DAY_MS
"""How far ahead the weather is known to whoever decides (assumed)."""
_LOOK_MS = HOUR_MS
"""How far ahead it can be told whether a stranger will have left (assumed)."""


class Hindrances:
    """What stands in the way of one serial now."""

    def __init__(self, sea: Sea, serial: Serial, plan: SerialPlan, movers: Sequence[str]) -> None:
        """Of a serial as it stands now.

        Args:
            sea: of the run.
            serial: in the area in which it is to be held.
            plan: of it.
            movers: ids of the units that must be in place.
        """
        self._serial, self._plan, self._movers = serial, plan, movers
        self._sea = sea
        self._needs = registry.get(serial.type).needs(serial.parameters)
        self._limits = limits_of(serial, self._needs)
        self._now_ms = sea.kernel.now_ms

    def troubles(self) -> Iterator[Trouble]:
        """One after the other; each is looked for when the one before has been decided upon."""
        for trouble in (Trouble.DARK, Trouble.WEATHER):
            if self._has(trouble):
                yield trouble
        for trouble in (Trouble.AREA_OCCUPIED, Trouble.STRANGER, Trouble.NO_LINK):
            if self._sea.commander.speaks_of(self._serial.id, trouble) and self._has(trouble):
                yield trouble

    def situation(self, trouble: Trouble, absent: Sequence[str], postponed_ms: int, left: Collection[str]) -> Situation:
        """What the commander knows.

        Args:
            trouble: what stands in the way.
            absent: ids of the units that are not in place.
            postponed_ms: by how much the serial has been put off so far.
            left: ids of areas that it has been moved away from.
        """
        movers = self._movers or self._sea.exercise.units_in(self._serial)
        return Situation(
            serial=self._serial.id,
            trouble=trouble,
            now_ms=self._now_ms,
            postponed_ms=postponed_ms,
            clears_ms=self._clears_ms(trouble, absent),
            latest_ms=self._serial.latest_ms,
            free_areas=tuple(self._free_areas(trouble, left)),
            ready_count=sum(unit not in absent and unit not in self._sea.disabled for unit in movers),
            can_go_on=not absent
            or (len(absent) < len(movers) and not roles_short(self._sea.exercise, self._serial, absent)),
        )

    def turn(self, window: Window) -> tuple[int, Trouble] | None:
        """When weather or darkness first stops the serial within a window; not where it is so from the beginning."""
        place, found = self._place(), []
        if place is None:
            return None
        spells = self._sea.weather.stopped(self._limits, place, window)
        found += [(spell.start_ms, Trouble.WEATHER) for spell in spells if spell.start_ms > window.start_ms][:1]
        if self._needs_light:
            from waterspace.environment.sky.sun import daylight

            found += [(light.end_ms, Trouble.DARK) for light in daylight(place, window) if light.end_ms < window.end_ms]
        return min(found, default=None)

    def about(self, trouble: Trouble) -> str:
        """Who or what it is that stands in the way now, in a few words; empty where there is nothing to add."""
        place, sea = self._place(), self._sea
        match trouble:
            case Trouble.DARK:
                return "it needs daylight"
            case Trouble.WEATHER:
                return "" if place is None else sea.weather.why_stopped(self._limits, place, self._now_ms)
            case Trouble.AREA_OCCUPIED:
                return ", ".join(sea.exercise.other_exercises[id_].name or id_ for id_ in self._occupants())
            case Trouble.STRANGER:
                known = sea.around.strangers
                names = (known[id_].name if id_ in known else id_ for id_, _ in self._strangers())
                return ", ".join(dict.fromkeys(names))
            case Trouble.NO_LINK:
                units = sea.exercise.units_in(self._serial)
                return f"{units[0]} cannot reach {', '.join(sea.communications.unreached(units[0], units[1:]))}"
            case Trouble.LATE | Trouble.BREAKDOWN:
                return ""

    @property
    def _needs_light(self) -> bool:
        asked = self._serial.conditions.daylight
        return self._needs.daylight if asked is None else asked

    def _light_again_ms(self) -> int | None:
        """When it is light again: now where it is, or where the serial needs no light; None for not within a day."""
        place = self._place()
        if place is None or not self._needs_light:
            return self._now_ms
        from waterspace.environment.sky.sun import HORIZON_DEG, daylight, sun_altitude_deg

        if sun_altitude_deg(place, self._now_ms) >= HORIZON_DEG:
            return self._now_ms
        ahead = Window(start_ms=self._now_ms, end_ms=self._now_ms + _FORECAST_MS)
        return next((light.start_ms for light in daylight(place, ahead)), None)

    def _stopped_by_weather_until_ms(self) -> int | None:
        """Until when the weather forbids the serial; None where it does not now."""
        place = self._place()
        if place is None:
            return None
        ahead = Window(start_ms=self._now_ms, end_ms=self._now_ms + _FORECAST_MS)
        spells = self._sea.weather.stopped(self._limits, place, ahead)
        return spells[0].end_ms if spells and spells[0].start_ms == self._now_ms else None

    def _clears_ms(self, trouble: Trouble, absent: Sequence[str]) -> int | None:
        """When the trouble is expected to be over; None where nobody knows."""
        match trouble:
            case Trouble.DARK:
                return self._light_again_ms()
            case Trouble.WEATHER:
                until_ms = self._stopped_by_weather_until_ms()
                return None if until_ms is None or until_ms - self._now_ms >= _FORECAST_MS else until_ms
            case Trouble.STRANGER:
                gone_ms = max((stay.end_ms for _, stay in self._strangers()), default=self._now_ms)
                return None if gone_ms - self._now_ms >= _LOOK_MS else gone_ms
            case Trouble.LATE | Trouble.BREAKDOWN:
                return max((self._expected_ms(unit) for unit in absent), default=None)
            case Trouble.AREA_OCCUPIED:
                others = self._occupants()
                return max((self._sea.exercise.other_exercises[id_].window.end_ms for id_ in others), default=None)
            case Trouble.NO_LINK:
                return None

    def _expected_ms(self, unit: str) -> int:
        """When a unit that is late may be there: when it is repaired, or has run the legs that it is on."""
        repaired_ms = self._sea.disabled.get(unit, 0.0)
        if repaired_ms > self._now_ms + _FORECAST_MS:
            return self._now_ms + _FORECAST_MS
        legs = self._sea.fleet[unit].legs if unit in self._sea.fleet else []
        return max(self._now_ms, int(repaired_ms), legs[-1].end_ms if legs else 0)

    def occupants(self) -> tuple[str, ...]:
        """Ids of the exercises of others, with ships at work, that claim the same water from now on."""
        others = self._sea.exercise.other_exercises
        return tuple(id_ for id_ in self._occupants() if others[id_].ships)

    def _has(self, trouble: Trouble) -> bool:
        """Whether a trouble is there now; who is late or out of action is known to the conductor."""
        match trouble:
            case Trouble.DARK:
                return self._light_again_ms() != self._now_ms
            case Trouble.WEATHER:
                return self._stopped_by_weather_until_ms() is not None
            case Trouble.AREA_OCCUPIED:
                return bool(self._occupants())
            case Trouble.STRANGER:
                return bool(self._strangers())
            case Trouble.NO_LINK:
                return self._lacks_link()
            case Trouble.LATE | Trouble.BREAKDOWN:
                return False

    @property
    def _window(self) -> Window:
        """In which it would run if it began now."""
        return self._plan.window.begun_at(self._now_ms)

    @cached_property
    def _claims(self) -> tuple[Reservation, ...]:
        """What it would claim if it began now."""
        if self._plan.window == self._window:
            return self._plan.reservations
        return plan_serial(self._sea.exercise, self._serial, self._window).reservations

    def _occupants(self) -> tuple[str, ...]:
        others = self._sea.exercise.other_exercises
        return self._sea.around.occupied(self._claims, self._window) if others else ()

    def _strangers(self) -> tuple[tuple[str, Window], ...]:
        """Who is inside a danger area now, and how long they will stay there, as they now move."""
        window = Window(start_ms=self._now_ms, end_ms=self._now_ms + _LOOK_MS)
        own = self._sea.exercise.units_in(self._serial)
        found = stays(self._sea, self._claims, own, window)
        return tuple((who, stay) for who, stay in found if stay.start_ms == self._now_ms)

    def _lacks_link(self) -> bool:
        units = self._sea.exercise.units_in(self._serial)
        return bool(units and self._sea.communications.unreached(units[0], units[1:]))

    def _free_areas(self, trouble: Trouble, left: Collection[str]) -> Iterator[str]:
        """Areas of a policy to which the serial may move: nobody is there, nor the trouble, nor has it been there."""
        sea, exercise = self._sea, self._sea.exercise
        taken = {self._serial.area, *left, *sea.areas_in_use.values()}
        for id_ in sea.commander.areas(self._serial.id):
            if id_ in exercise.areas and id_ not in taken:
                moved = replace(self._serial, area=id_)
                there = Hindrances(sea, moved, plan_serial(exercise, moved, self._window), self._movers)
                if not there._has(Trouble.AREA_OCCUPIED) and not there._has(trouble):
                    yield id_

    def _place(self) -> Position | None:
        """Where the weather counts: in the middle of the area, else where the first unit is."""
        area = self._sea.exercise.areas.get(self._serial.area)
        if area is not None:
            return centre(area.footprint)
        units = (unit for unit in self._sea.exercise.units_in(self._serial) if unit in self._sea.fleet)
        first = next(units, None)
        return None if first is None else self._sea.fleet[first].position(self._now_ms)
