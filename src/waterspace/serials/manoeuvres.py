"""Manoeuvres: ships change formation together, or take station one by one under their officers of the watch.

A guide steams to and fro along the formation's axis; every other ship has a ring of its own about the guide, one
spacing wider than the ring of the ship before, and changes station along its ring. So two ships are never closer than
the spacing, whatever the order or the delay. *Formation*: all ships swing together, in steps of 45 degrees, from
column to line of bearing, line abreast and back, first to starboard, then to port. *Officer of the watch*: one ship
after the other takes the next station round the guide: astern, starboard beam, ahead, port beam. In a run each ship
acts on the signal after a random delay; the plan has none. A ship is out of station from the signal until it is on its
new station. Told to stop on the way there, it says how long it had been out of station.

Sources: station keeping by bearing and range from a guide, and a formation axis that stays when the guide alters
course, as in the openly taught tactical manoeuvring of multinational forces; numbers are parameters and assumed.
Limits: ships turn on the spot; the time to a new station leaves room for delays but not for a bad ship handler.
"""

from __future__ import annotations

import functools
import itertools
import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from waterspace.domain import (
    SURFACE,
    Circle,
    Confidence,
    Follow,
    Hazard,
    Measure,
    Medium,
    Provenance,
    Record,
    Reservation,
)
from waterspace.errors import RelievedError
from waterspace.geometry.footprints import centre
from waterspace.quantity import MINUTE_MS, NAUTICAL_MILE_M, SECOND_MS, YARD_M
from waterspace.serials.base import (
    Briefing,
    Plan,
    Role,
    Script,
    SerialParameters,
    SerialType,
    Stage,
    once,
    parameter,
)
from waterspace.serials.measuring.spans import least_apart_m, mean, numbered
from waterspace.serials.seamanship.frame import Frame, fill_window
from waterspace.serials.seamanship.patterns import Post, cast, keep_posts, pieces, untimed
from waterspace.serials.seamanship.search_patterns import to_and_fro

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from waterspace.domain import Event, Exercise, Leg, Serial, SerialRecord

__all__ = ["SERIAL_TYPE", "ManoeuvreKind", "Manoeuvres", "ManoeuvresParameters"]

_GUIDE = "guide"
_SHIPS = "ships"

_SHIFTING_RATIO = 2.0 / 3.0
"""Share of an evolution in which ships change station; for the rest they keep it, or make up a delay (assumed)."""

_FORMATIONS = (
    (180.0, "column"),
    (135.0, "line of bearing to starboard"),
    (90.0, "line abreast to starboard"),
    (135.0, "line of bearing to starboard"),
    (180.0, "column"),
    (225.0, "line of bearing to port"),
    (270.0, "line abreast to port"),
    (225.0, "line of bearing to port"),
)
"""Bearing of the formation off its axis, from the guide, and what that is called."""

_STATIONS = ("astern", "on the starboard beam", "ahead", "on the port beam")
"""Stations of an officer-of-the-watch manoeuvre, a quarter of a circle apart."""


class ManoeuvreKind(StrEnum):
    """How ships change station."""

    FORMATION = "formation"
    OFFICER_OF_THE_WATCH = "officer of the watch"


@dataclass(frozen=True, slots=True, kw_only=True)
class ManoeuvresParameters(SerialParameters):
    """What the planner may say of manoeuvres."""

    kind: ManoeuvreKind = parameter(
        text="Whether ships change formation together, or take station one by one.", default=ManoeuvreKind.FORMATION
    )
    axis_deg: float = parameter(
        text="True direction of the formation's axis, along which the guide steams to and fro.",
        default=0.0,
        minimum=0.0,
        maximum=360.0,
        source="assumed",
    )
    speed_mps: float | None = parameter(
        text="Speed of the guide; without it the cruising speed of the slowest ship.", default=None, minimum=0.1
    )
    spacing_m: float = parameter(
        text="Distance between neighbouring ships.", default=1000.0 * YARD_M, minimum=500.0, source="assumed"
    )
    run_m: float = parameter(
        text="How far the guide steams before it turns back.",
        default=4.0 * NAUTICAL_MILE_M,
        minimum=500.0,
        source="assumed",
    )
    evolution_ms: int = parameter(
        text="Time from one signal to the next; longer where the outer ship could not keep up.",
        default=15 * MINUTE_MS,
        minimum=MINUTE_MS,
        source="assumed",
    )
    evolutions_count: int = parameter(
        text="Evolutions, for a serial without a given duration.", default=8, minimum=1, source="assumed"
    )
    reaction_ms: int = parameter(
        text="Mean of the random (exponential) time from a signal to a ship's acting on it.",
        default=20 * SECOND_MS,
        minimum=0,
        source="assumed",
    )


class Manoeuvres(SerialType[ManoeuvresParameters]):
    """Ship handling in company."""

    key = "manoeuvres"
    title = "manoeuvres"
    summary = "Ships change formation together, or take station one by one under their officers of the watch."
    parameters = ManoeuvresParameters
    roles = (
        Role(name=_GUIDE, text="Ship on which the others keep station.", minimum=0, maximum=1),
        Role(name=_SHIPS, text="Ships that manoeuvre, in the order of their distance from the guide.", minimum=1),
    )
    hazards = "ships close to each other that alter course and speed without warning to others"
    sources = (
        "Station by bearing and range from a guide, on a fixed formation axis: openly taught tactical manoeuvring",
        "Numbers are parameters and assumed",
    )
    measured_by: ClassVar[Mapping[str, str]] = {
        "evolutions_count": "signals to change station that were carried out, counted once for each signal",
        "time_to_station_ms": "mean time from the signal until a ship was on its new station",
        "out_of_station_ms": "time that ships were between stations or waited to act on a signal, all together",
        "on_station_ratio": "share of the ships' time, the guide's left out, that was spent on station",
        "reaction_ms": "mean time from a signal until a ship acted on it",
        "least_range_m": "least range between any two ships; absent for one alone",
    }

    def duration_ms(self, exercise: Exercise, serial: Serial) -> int | None:
        """The evolutions asked for, each as long as the outer ship needs."""
        briefing: Briefing[ManoeuvresParameters] = untimed(exercise, serial)
        return briefing.parameters.evolutions_count * _evolution_ms(briefing) if _ships(briefing) else None

    def plan(self, briefing: Briefing[ManoeuvresParameters]) -> Plan:
        """The guide to and fro; the others from station to station on their rings."""
        guide, ships = _guide_legs(briefing), _ships(briefing)
        if not guide or not ships:
            return {}
        given, rhythm, start_ms = briefing.parameters, _rhythm(briefing), briefing.window.start_ms
        plan = {ships[0]: guide}
        for place in range(1, len(ships)):
            plan[ships[place]] = keep_posts(
                guide, _planned_posts(rhythm, place, given.spacing_m), given.axis_deg, start_ms
            )
        return plan

    def reservations(self, briefing: Briefing[ManoeuvresParameters], plan: Plan) -> tuple[Reservation, ...]:
        """A circle about everything the ships can reach, with one spacing to spare."""
        area, serial, ships = briefing.area, briefing.serial, _ships(briefing)
        if area is None or not ships:
            return ()
        given = briefing.parameters
        radius_m = given.run_m / 2.0 + len(ships) * given.spacing_m
        return (
            Reservation(
                id=f"{serial.id}/manoeuvring-room",
                owner=serial.id,
                name=f"{serial.name or serial.id}: manoeuvring room",
                footprint=Circle(centre=centre(area.footprint), radius_m=radius_m),
                band=SURFACE,
                windows=(briefing.window,),
                hazard=Hazard.MANOEUVRE,
                provenance=Provenance(
                    confidence=Confidence.ASSUMED, note="half the guide's run, the outer ring and one spacing"
                ),
            ),
        )

    def script(self, stage: Stage[ManoeuvresParameters], unit: str) -> Script:
        """Keep station, and change it a moment after each signal."""
        legs, briefing = stage.plan.get(unit, ()), stage.briefing
        ships = _ships(briefing)
        if not legs:
            return
        if unit == ships[0]:
            yield Follow(legs=legs)
            return
        place, luck = ships.index(unit), stage.stream(f"reaction.{unit}")
        shifts = _shifts(_rhythm(briefing), place, briefing.window.start_ms)
        slack_ms = round(_step_ms(briefing) * (1.0 - _SHIFTING_RATIO))
        delays_ms = [round(float(luck.exponential(briefing.parameters.reaction_ms))) for _ in shifts]
        late = [shift.delayed(min(delay_ms, slack_ms)) for shift, delay_ms in zip(shifts, delays_ms, strict=True)]
        posts = _posts(late, briefing.window.start_ms, place * briefing.parameters.spacing_m)
        own = keep_posts(stage.plan[ships[0]], posts, briefing.parameters.axis_deg)
        parts = pieces(own, [shift.end_ms for shift in late])
        try:
            for part, shift in zip(parts, late, strict=False):
                yield Follow(legs=part)
                yield _on_station(unit, shift)
            yield Follow(legs=parts[-1])
        except RelievedError as error:
            shift_now = next((one for one in late if one.signal_ms <= stage.now_ms < one.end_ms), None)
            if shift_now is not None:
                text = f"{unit} breaks off before it is on station ({shift_now.name}): {error}"
                data = {"evolution": shift_now.evolution, "taken_ms": stage.now_ms - shift_now.signal_ms}
                yield Record(kind="manoeuvre.broken_off", text=text, data=data)

    def measures(
        self,
        briefing: Briefing[ManoeuvresParameters],
        record: SerialRecord,
        events: tuple[Event, ...],
        tracks: Mapping[str, tuple[Leg, ...]],
    ) -> tuple[Measure, ...]:
        """How many signals were carried out, and how quickly."""
        done = [event.data for event in events if event.kind == "manoeuvre.on_station"]
        taken_ms = [float(data["taken_ms"]) for data in done]
        broken_ms = [float(event.data["taken_ms"]) for event in events if event.kind == "manoeuvre.broken_off"]
        ships, span_ms = _ships(briefing), briefing.window.end_ms - briefing.window.start_ms
        watch_ms, away_ms = (len(ships) - 1) * span_ms, math.fsum((*taken_ms, *broken_ms))
        values = {
            "evolutions_count": len({data["evolution"] for data in done}),
            "time_to_station_ms": mean(taken_ms),
            "out_of_station_ms": away_ms,
            "on_station_ratio": max(0.0, 1.0 - away_ms / watch_ms) if watch_ms > 0 else None,
            "reaction_ms": mean([float(data["reaction_ms"]) for data in done if "reaction_ms" in data]),
            "least_range_m": least_apart_m(tracks.get(ship) for ship in ships),
        }
        return numbered(self, briefing, values)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shift:
    """One change of station of one ship.

    Attributes:
        evolution: number of the signal, from 1.
        signal_ms: when it is made.
        start_ms: when the ship leaves its old station.
        end_ms: when it is on its new station.
        bearing_deg: of the new station off the axis, not wrapped.
        name: of the new station.
    """

    evolution: int
    signal_ms: int
    start_ms: int
    end_ms: int
    bearing_deg: float
    name: str

    def delayed(self, by_ms: int) -> _Shift:
        """The same change, begun and ended later."""
        return replace(self, start_ms=self.start_ms + by_ms, end_ms=self.end_ms + by_ms)


def _on_station(unit: str, shift: _Shift) -> Record:
    return Record(
        kind="manoeuvre.on_station",
        text=f"{unit} on station: {shift.name}",
        data={
            "evolution": shift.evolution,
            "taken_ms": shift.end_ms - shift.signal_ms,
            "reaction_ms": shift.start_ms - shift.signal_ms,
        },
    )


@once
def _ships(briefing: Briefing[ManoeuvresParameters]) -> tuple[str, ...]:
    """The guide first, then the others in the order of the file."""
    return tuple(
        dict.fromkeys((*cast(briefing, _GUIDE, medium=Medium.SURFACE), *cast(briefing, medium=Medium.SURFACE)))
    )


@once
def _speed_mps(briefing: Briefing[ManoeuvresParameters]) -> float:
    slowest_mps = min(briefing.cruising_speed_mps(unit) for unit in _ships(briefing))
    return briefing.parameters.speed_mps or slowest_mps


@once
def _guide_legs(briefing: Briefing[ManoeuvresParameters]) -> tuple[Leg, ...]:
    """The guide's track to and fro through the middle of the area; none where there is no area or no ship."""
    area, given = briefing.area, briefing.parameters
    if area is None or not _ships(briefing):
        return ()
    frame = Frame(origin=centre(area.footprint), axis_deg=given.axis_deg)
    ends = ((-given.run_m / 2.0, 0.0), (given.run_m / 2.0, 0.0))
    route = to_and_fro(tuple(map(frame.position, ends)))
    return fill_window(route, briefing.window, speed_mps=_speed_mps(briefing), serial=briefing.serial.id)


def _turn_deg(kind: ManoeuvreKind) -> float:
    """How far round the guide a ship goes in one evolution."""
    return 45.0 if kind is ManoeuvreKind.FORMATION else 90.0


@once
def _evolution_ms(briefing: Briefing[ManoeuvresParameters]) -> int:
    """Least time from signal to signal: as asked, or as the outer ship needs without exceeding its greatest speed."""
    given, ships = briefing.parameters, _ships(briefing)
    spare_mps = min(briefing.max_speed_mps(unit) for unit in ships) - _speed_mps(briefing)
    arc_m = (len(ships) - 1) * given.spacing_m * math.radians(_turn_deg(given.kind))
    if spare_mps <= 0.0:
        return given.evolution_ms
    return max(given.evolution_ms, math.ceil(arc_m / spare_mps * SECOND_MS / _SHIFTING_RATIO))


@once
def _step_ms(briefing: Briefing[ManoeuvresParameters]) -> float:
    """Time from signal to signal when the window is shared out evenly; 0 where not one evolution fits."""
    window = briefing.window
    span_ms = window.end_ms - window.start_ms
    count = span_ms // _evolution_ms(briefing)
    return span_ms / count if count else 0.0


class _Rhythm(NamedTuple):
    """When the signals are made, counted from the start, and who answers them.

    Attributes:
        signals: how many, each `step_ms` after the last; 0 where not one evolution fits.
        others: ships without the guide.
    """

    kind: ManoeuvreKind
    step_ms: float
    signals: int
    others: int


@once
def _rhythm(briefing: Briefing[ManoeuvresParameters]) -> _Rhythm:
    step_ms, window = _step_ms(briefing), briefing.window
    count = round((window.end_ms - window.start_ms) / step_ms) if step_ms > 0.0 else 0
    return _Rhythm(kind=briefing.parameters.kind, step_ms=step_ms, signals=count, others=len(_ships(briefing)) - 1)


def _shifts(rhythm: _Rhythm, place: int, begin_ms: int) -> Sequence[_Shift]:
    """Every change of station of the ship at a place from the guide, in order of time, without delays."""
    together, step_ms = rhythm.kind is ManoeuvreKind.FORMATION, rhythm.step_ms
    mine = range(rhythm.signals) if together else range(place - 1, rhythm.signals, rhythm.others)
    shifts: list[_Shift] = []
    for turn, evolution in enumerate(mine, start=1):
        signal_ms = begin_ms + round(evolution * step_ms)
        if together:
            bearing_deg, name = _FORMATIONS[turn % len(_FORMATIONS)]
        else:
            bearing_deg, name = 180.0 - 90.0 * turn, _STATIONS[turn % len(_STATIONS)]
        shifts.append(
            _Shift(
                evolution=evolution + 1,
                signal_ms=signal_ms,
                start_ms=signal_ms,
                end_ms=signal_ms + round(step_ms * _SHIFTING_RATIO),
                bearing_deg=bearing_deg,
                name=name,
            )
        )
    return shifts


def _posts(shifts: Sequence[_Shift], begin_ms: int, range_m: float) -> tuple[Post, ...]:
    """Astern at first; then from each old station to the new one."""
    bearings_deg = [180.0, *(shift.bearing_deg for shift in shifts)]
    posts = [Post(time_ms=begin_ms, bearing_deg=180.0, range_m=range_m)]
    for shift, (old_deg, new_deg) in zip(shifts, itertools.pairwise(bearings_deg), strict=True):
        posts.append(Post(time_ms=shift.start_ms, bearing_deg=old_deg, range_m=range_m))
        posts.append(Post(time_ms=shift.end_ms, bearing_deg=new_deg, range_m=range_m))
    return tuple(posts)


@functools.lru_cache(maxsize=256)
def _planned_posts(rhythm: _Rhythm, place: int, spacing_m: float) -> tuple[Post, ...]:
    """The posts of a ship that never acts late, counted from the start: the same wherever and whenever."""
    return _posts(_shifts(rhythm, place, 0), 0, place * spacing_m)


SERIAL_TYPE = Manoeuvres()
