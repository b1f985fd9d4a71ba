"""Exercise: the whole plan as one value. It can hold a bad plan; it never holds an unreadable one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from waterspace.domain.checking import CheckSettings
from waterspace.domain.data_files import DataFiles
from waterspace.domain.place import Place, Provenance
from waterspace.domain.reservation import Band, Hazard, Reservation
from waterspace.domain.traffic import SHADOW_RANGE_M
from waterspace.domain.unit import Medium

if TYPE_CHECKING:
    from waterspace.domain.arrangements import Agreement, Habitat, Net, NotamCircle, QuietHours
    from waterspace.domain.circumstances import Link, Reliability
    from waterspace.domain.footprint import Footprint
    from waterspace.domain.permission import Permission
    from waterspace.domain.place import Position
    from waterspace.domain.policy import WrittenPolicy
    from waterspace.domain.reservation import Window
    from waterspace.domain.sensors import Sensors
    from waterspace.domain.serial import Serial
    from waterspace.domain.traffic import SeaTraffic
    from waterspace.domain.unit import Group, Platform, Unit

__all__ = [
    "Area",
    "ContextExercise",
    "Exercise",
    "Inject",
    "Objective",
    "Observer",
    "Participant",
    "Phase",
    "PhaseKind",
    "PlannedNotice",
    "SourceText",
    "Weather",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    """The file an exercise was read from, byte for byte."""

    file: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A nation that takes part.

    Attributes:
        nation: ISO 3166-1 alpha-3.
        service: navy, coast guard ...
        languages: in which its bridges can work.
    """

    nation: str
    service: str = ""
    languages: tuple[str, ...] = ()
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A named piece of sea and the air and water over and under it."""

    id: str
    name: str
    footprint: Footprint
    band: Band = Band()
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """What the exercise is for: specific, measurable, and owned by somebody.

    Attributes:
        measures: names of the measures that show whether it is met; empty for whatever its serials measure.
    """

    id: str
    text: str
    owner: str = ""
    measures: tuple[str, ...] = ()
    provenance: Provenance = Provenance()


class PhaseKind(StrEnum):
    """The parts an exercise is divided into."""

    HARBOUR = "harbour"
    SEA = "sea"
    FREE_PLAY = "free play"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A named part of the exercise period."""

    id: str
    name: str
    kind: PhaseKind
    window: Window
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedNotice:
    """A warning the exercise intends to have promulgated.

    Attributes:
        kind: such as `navarea`, `coastal`, `navtex`, `notam`.
        covers: ids of serials or areas.
        originator: who sends it.
        planned_ms: when it is to be sent; None where the file does not say.
        cancel_ms: when it is cancelled, or cancels itself; None where the file does not say.
        circle: of line Q of a NOTAM; None where the file gives none.
        firs: ICAO codes of the flight information regions that a NOTAM is sent for.
        to: countries that are told by it, ISO 3166-1 alpha-3.
    """

    id: str
    kind: str
    covers: tuple[str, ...]
    originator: str = ""
    planned_ms: int | None = None
    cancel_ms: int | None = None
    circle: NotamCircle | None = None
    firs: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inject:
    """An event that the directing staff puts into the exercise.

    Attributes:
        at_ms: when.
        to: id of the unit, group or serial it goes to; empty for all.
        delays: id of a serial that it puts back, by `delay_ms`; empty for none.
    """

    id: str
    at_ms: int
    text: str
    to: str = ""
    delays: str = ""
    delay_ms: int = 0
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """Weather as the file gives it for a span of time, over the whole exercise.

    Attributes:
        sea_state: Douglas, 0 to 9.
        wind_from_deg: true direction the wind blows from.
    """

    window: Window
    sea_state: int | None = None
    wind_from_deg: float | None = None
    wind_speed_mps: float | None = None
    visibility_m: float | None = None
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextExercise:
    """Somebody else's exercise near ours in space or time.

    Attributes:
        footprint: None where no position is known.
        ships: how many are at work in its footprint while it lasts; 0 where nobody says.
    """

    id: str
    name: str
    participants: tuple[str, ...]
    window: Window
    footprint: Footprint | None = None
    band: Band = Band()
    ships: int = 0
    provenance: Provenance = Provenance()

    @property
    def claim(self) -> Reservation | None:
        """The water that it takes up while it lasts; None where no position is known."""
        if self.footprint is None:
            return None
        return Reservation(
            id=f"{self.id}/exercise",
            owner=self.id,
            name=self.name,
            footprint=self.footprint,
            band=self.band,
            windows=(self.window,),
            hazard=Hazard.EXERCISE,
            provenance=self.provenance,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Observer:
    """A ship or aircraft that is not a participant and is near.

    Attributes:
        activity: what it does, in neutral words.
        route: where it was reported or is assumed to go; one position for a sighting.
        shadows: id of the unit that it follows; empty for none.
        distance_m: at which it follows, above 0.
    """

    id: str
    name: str
    nation: str
    platform: str
    window: Window
    activity: str = ""
    route: tuple[Position, ...] = ()
    shadows: str = ""
    distance_m: float = SHADOW_RANGE_M
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A joint exercise: who, where, when, what, and what for.

    Attributes:
        window: the exercise period.
        host: ISO 3166-1 alpha-3, empty where none is named.
        marking: handling marking as free text.
        local_offset_ms: local time minus UTC, for display only.
        platforms: every class that a unit may name: the library and those given in place.
        traffic: who else is asked to be at sea; None where the file does not ask.
        sensors: what ships notice strangers by; None where the file does not say.
        check: what the staff says about the check of the plan.
        data: what the planner brings about the sea beyond the packaged data.
        places: dotted path of keys, such as `serials.S104.area`, to its place in the file.
        source: the file as read.
    """

    name: str
    window: Window
    source: SourceText
    series: str = ""
    theme: str = ""
    host: str = ""
    languages: tuple[str, ...] = ()
    marking: str = ""
    local_offset_ms: int = 0
    provenance: Provenance = Provenance()
    participants: Mapping[str, Participant] = field(default_factory=dict)
    platforms: Mapping[str, Platform] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    objectives: Mapping[str, Objective] = field(default_factory=dict)
    serials: Mapping[str, Serial] = field(default_factory=dict)
    phases: Mapping[str, Phase] = field(default_factory=dict)
    notices: Mapping[str, PlannedNotice] = field(default_factory=dict)
    permissions: Mapping[str, Permission] = field(default_factory=dict)
    injects: Mapping[str, Inject] = field(default_factory=dict)
    weather: tuple[Weather, ...] = ()
    other_exercises: Mapping[str, ContextExercise] = field(default_factory=dict)
    observers: Mapping[str, Observer] = field(default_factory=dict)
    standing_reservations: Mapping[str, Reservation] = field(default_factory=dict)
    policies: Mapping[str, WrittenPolicy] = field(default_factory=dict)
    breakdowns: Mapping[str, Reliability] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    nets: Mapping[str, Net] = field(default_factory=dict)
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    quiet_hours: Mapping[str, QuietHours] = field(default_factory=dict)
    habitats: Mapping[str, Habitat] = field(default_factory=dict)
    check: CheckSettings = field(default_factory=CheckSettings)
    sensors: Sensors | None = None
    traffic: SeaTraffic | None = None
    data: DataFiles = field(default_factory=DataFiles)
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def nations(self) -> frozenset[str]:
        """The nations that take part: those that the file names, and those whose units it has."""
        named = {nation.nation for nation in self.participants.values()}
        return frozenset(named.union(unit.nation for unit in self.units.values()))

    def medium(self, unit_id: str) -> Medium:
        """Where a unit moves; the surface where the unit or its class is unknown."""
        platform = self.platform(unit_id)
        return Medium.SURFACE if platform is None else platform.medium

    def platform(self, unit_id: str) -> Platform | None:
        """The class of a unit, or None where the unit or its class is unknown."""
        unit = self.units.get(unit_id)
        return None if unit is None else self.platforms.get(unit.platform)

    def expand(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Names of units and groups as ids of units, in order, each once, unknown names left out."""
        found: dict[str, None] = {}
        units, groups = self.units, self.groups
        for name in names:
            if name in units:
                found[name] = None
            elif name in groups:
                found.update(dict.fromkeys(unit for unit in groups[name].units if unit in units))
        return tuple(found)

    def units_in(self, serial: Serial, role: str | None = None) -> tuple[str, ...]:
        """Ids of the units in a serial, in one role or in all, each once."""
        if role is not None:
            return self.expand(serial.units.get(role, ()))
        return self.expand(tuple(itertools.chain.from_iterable(serial.units.values())))

    def place(self, *path: str) -> Place:
        """Where a value stands in the file; the nearest value around it where it does not stand there."""
        for end in range(len(path), -1, -1):
            place = self.places.get(".".join(path[:end]))
            if place is not None:
                return place
        return Place(file=self.source.file, line=1, column=1)

    def facts(self) -> Iterator[tuple[str, str, Provenance]]:
        """Everything in the plan that carries provenance: (path, name, provenance), in the order of the file."""
        yield "exercise", self.name, self.provenance
        for key, mapping in (
            ("participants", self.participants),
            ("units", self.units),
            ("groups", self.groups),
            ("areas", self.areas),
            ("objectives", self.objectives),
            ("serials", self.serials),
            ("phases", self.phases),
            ("notices", self.notices),
            ("permissions", self.permissions),
            ("injects", self.injects),
            ("context.exercises", self.other_exercises),
            ("context.observers", self.observers),
            ("context.reservations", self.standing_reservations),
            ("policies", self.policies),
            ("breakdowns", self.breakdowns),
            ("links", self.links),
            ("nets", self.nets),
            ("agreements", self.agreements),
            ("quiet_hours", self.quiet_hours),
            ("context.habitats", self.habitats),
        ):
            for id_, thing in mapping.items():
                yield f"{key}.{id_}", getattr(thing, "name", "") or id_, thing.provenance
        if self.traffic is not None:
            yield "traffic", "traffic", self.traffic.provenance
            for id_, ground in self.traffic.fishing.items():
                yield f"traffic.fishing.{id_}", id_, ground.provenance
        for index, spell in enumerate(self.weather):
            yield f"weather.{index}", "weather", spell.provenance
