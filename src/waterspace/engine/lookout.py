"""Who notices whom, and when: by AIS, by radar and by eye, from tracks and one drawn number for each look.

An observer hears the reports of a vessel that sends AIS, has it in radar range up to the radar horizon, and in sight up
to the visible horizon or the visibility of the weather, whichever is less. In radar range and in sight chance gathers
at a constant rate. Each pair of observer and sensor has its own number from the stream of its own name: one more
observer or sensor never changes what the others notice, and can only make the first instant earlier.

Sources: horizons, `phenomena.horizon`; AIS, `phenomena.ais`; steady looks, `phenomena.detection`; who must carry AIS,
SOLAS V/19.2.4 (300 GT and upwards on international voyages).
Assumed, each where no class says better: heights of ships, `phenomena.heights`; what is below 45 m has less
than 300 GT; aircraft keep a lookout from the height at which they fly, have a radar only where the class says so, and
hear no AIS; ships of war, and whoever watches the exercise, send no AIS; nobody is seen from below the surface.
Limits: darkness, rain, clutter of the sea and the size of an echo are not modelled, nor is a radio relay of the
picture from outside.
"""

from __future__ import annotations

import bisect
import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from waterspace.geometry.legs import position_at, trim
from waterspace.phenomena import ais, heights
from waterspace.phenomena.detection import Law, SteadyLook, piecewise_detection_ms
from waterspace.phenomena.horizon import radar_range_m, visual_range_m
from waterspace.phenomena.relative_motion import relative_legs
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from waterspace.domain import Leg, Platform, Sensors, Window
    from waterspace.engine.weather import Weather
    from waterspace.phenomena.relative_motion import RelativeLeg

__all__ = ["Draw", "Lookout", "Sighting", "Target", "Watcher", "is_small"]

Draw = Callable[[str], float]
"""The number from 0 to below 1 that belongs to a name; asked again it is the same."""

_SMALL_M: Final = 45.0
"""Length below which a vessel has less than 300 GT (assumed)."""

_AIS, _RADAR, _EYE = "ais", "radar", "eye"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watcher:
    """A ship or an aircraft that keeps a watch.

    Attributes:
        unit: its id.
        legs: what it runs, in order of time.
        radar_m: height of the radar antenna, 0 for no radar; of an aircraft anything above 0 says that it has one.
        eye_m: height of the eye.
        flies: heights are those of its legs; it hears no AIS.
    """

    unit: str
    legs: tuple[Leg, ...]
    radar_m: float
    eye_m: float
    flies: bool = False

    @classmethod
    def ship(cls, unit: str, legs: tuple[Leg, ...], platform: Platform | None) -> Watcher:
        """A ship with the heights of its class, or those assumed for its length."""
        return cls(unit=unit, legs=legs, radar_m=heights.radar_m(platform), eye_m=heights.eye_m(platform))

    @classmethod
    def aircraft(cls, unit: str, legs: tuple[Leg, ...], platform: Platform | None) -> Watcher:
        """An aircraft; it watches from where it flies, by radar only where its class gives one."""
        radar_m = (platform and platform.radar_height_m) or 0.0
        return cls(unit=unit, legs=legs, radar_m=radar_m, eye_m=0.0, flies=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Somebody who may be noticed.

    Attributes:
        id: of a unit or of a stranger.
        legs: what it runs, in order of time.
        length_m: of its hull.
        ais_ratio: chance that it sends AIS: 1 for certain, 0 for never.
    """

    id: str
    legs: tuple[Leg, ...]
    length_m: float
    ais_ratio: float = 0.0

    @property
    def top_m(self) -> float:
        """Height of what can be seen of it."""
        return heights.top_m(self.length_m)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Sighting:
    """Somebody is noticed.

    Attributes:
        unit: id of the observer.
        sensor: `ais`, `radar` or `eye`.
        range_m: at that instant.
    """

    time_ms: int
    unit: str
    sensor: str
    range_m: float


class Lookout:
    """The watch that some observers keep for a time.

    Args:
        watchers: who looks.
        sensors: with what.
        weather: of the run, for the visibility; it counts where an observer then is, and holds until it changes.
        window: for how long they look.
    """

    def __init__(self, watchers: Sequence[Watcher], sensors: Sensors, weather: Weather, window: Window) -> None:
        self.watchers = tuple(watchers)
        self.sensors = sensors
        self.window = window
        self._weather = weather
        self._changes_ms = [window.start_ms, *weather.changes_ms(window)]
        self._visible_m: dict[tuple[str, int], float] = {}

    def sightings(self, target: Target, draw: Draw) -> Iterator[Sighting]:
        """The first sighting by each observer and sensor that ever notices the target, in no order of time.

        Args:
            target: who may be noticed.
            draw: numbers by name: `OBSERVER/SENSOR/TARGET` for each look, `TARGET/ais` for whether it sends AIS, and
                `TARGET/report` for the phase of its reports.
        """
        legs = trim(target.legs, self.window)
        equipment = self._equipment(target, draw)
        for watcher in self.watchers:
            runs = relative_legs(trim(watcher.legs, self.window), legs)
            for sensor, time_ms in self._noticed(watcher, target, runs, draw):
                if time_ms is not None:
                    yield Sighting(time_ms=time_ms, unit=watcher.unit, sensor=sensor, range_m=_range_m(runs, time_ms))
            if equipment is not None and not watcher.flies:
                heard_ms = self._heard_ms(watcher, target, (runs, legs), equipment, draw)
                if heard_ms is not None:
                    range_m = _range_m(runs, heard_ms)
                    yield Sighting(time_ms=heard_ms, unit=watcher.unit, sensor=_AIS, range_m=range_m)

    def first(self, target: Target, draw: Draw) -> Sighting | None:
        """The very first of these sightings; None where nobody ever notices."""
        return min(self.sightings(target, draw), default=None)

    def _equipment(self, target: Target, draw: Draw) -> ais.Equipment | None:
        """What the target sends with, None where it sends nothing or nobody listens."""
        if not self.sensors.ais or draw(f"{target.id}/ais") >= target.ais_ratio:
            return None
        return ais.Equipment.CLASS_B_SELF_ORGANISED if is_small(target.length_m) else ais.Equipment.CLASS_A

    def _noticed(
        self, watcher: Watcher, target: Target, runs: Sequence[RelativeLeg], draw: Draw
    ) -> Iterator[tuple[str, int | None]]:
        if self.sensors.radar and watcher.radar_m > 0.0:
            pieces = self._pieces(watcher, runs, self._radar_law(target))
            yield _RADAR, piecewise_detection_ms(pieces, draw(f"{watcher.unit}/{_RADAR}/{target.id}"))
        if self.sensors.lookout:
            pieces = self._pieces(watcher, runs, self._eye_law(target))
            yield _EYE, piecewise_detection_ms(pieces, draw(f"{watcher.unit}/{_EYE}/{target.id}"))

    def _radar_law(self, target: Target) -> Callable[[Watcher, float, int], Law]:
        mean_s = self.sensors.radar_mean_ms / SECOND_MS

        def law(watcher: Watcher, height_m: float, _: int) -> Law:
            antenna_m = height_m if watcher.flies else watcher.radar_m
            return SteadyLook(limit_m=radar_range_m(antenna_m, target.top_m), mean_s=mean_s)

        return law

    def _eye_law(self, target: Target) -> Callable[[Watcher, float, int], Law]:
        mean_s = self.sensors.lookout_mean_ms / SECOND_MS

        def law(watcher: Watcher, height_m: float, time_ms: int) -> Law:
            horizon_m = visual_range_m(height_m if watcher.flies else watcher.eye_m, target.top_m)
            return SteadyLook(limit_m=min(horizon_m, self._visibility_m(watcher, time_ms)), mean_s=mean_s)

        return law

    def _pieces(
        self, watcher: Watcher, runs: Sequence[RelativeLeg], law: Callable[[Watcher, float, int], Law]
    ) -> Iterator[tuple[Law, RelativeLeg]]:
        """Runs cut where the weather changes, each with its law; none for an aircraft that is down."""
        for run in runs:
            height_m = _height_of(watcher.legs, run.start_ms) if watcher.flies else 0.0
            if watcher.flies and height_m <= 0.0:
                continue
            for piece in run.cut(self._changes_ms):
                yield law(watcher, height_m, piece.start_ms), piece

    def _visibility_m(self, watcher: Watcher, time_ms: int) -> float:
        """What the weather lets an observer see since it last changed, else as assumed."""
        change_ms = self._changes_ms[max(0, bisect.bisect_right(self._changes_ms, time_ms) - 1)]
        key = watcher.unit, change_ms
        if key not in self._visible_m:
            given_m = self._weather.visibility_m(position_at(watcher.legs, change_ms), change_ms)
            self._visible_m[key] = self.sensors.visibility_m if given_m is None else max(given_m, 1.0)
        return self._visible_m[key]

    def _heard_ms(
        self,
        watcher: Watcher,
        target: Target,
        tracks: tuple[Sequence[RelativeLeg], tuple[Leg, ...]],
        equipment: ais.Equipment,
        draw: Draw,
    ) -> int | None:
        runs, legs = tracks
        if not runs:
            return None
        antenna_m = max(watcher.radar_m, watcher.eye_m)
        reception = ais.Reception.between(antenna_m, target.top_m)
        phase = draw(f"{target.id}/report")
        reports = (
            (time_ms, _range_m(runs, time_ms))
            for time_ms in ais.reports_ms(legs, equipment, phase)
            if runs[0].start_ms <= time_ms <= runs[-1].end_ms
        )
        return ais.first_heard_ms(reception, reports, draw(f"{watcher.unit}/{_AIS}/{target.id}"))


def is_small(length_m: float) -> bool:
    """Whether a vessel of that length has less than 300 GT (assumed)."""
    return length_m < _SMALL_M


def _height_of(legs: Sequence[Leg], time_ms: int) -> float:
    place = bisect.bisect_right(legs, time_ms, key=operator.attrgetter("start_ms")) - 1
    return legs[max(place, 0)].height_m


def _range_m(runs: Sequence[RelativeLeg], time_ms: int) -> float:
    place = bisect.bisect_right(runs, time_ms, key=operator.attrgetter("start_ms")) - 1
    return runs[max(place, 0)].range_at_m(time_ms)
