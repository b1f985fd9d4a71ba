"""Run: what happened in one rehearsal, and what it measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from waterspace.domain.showing import shown

if TYPE_CHECKING:
    from waterspace.domain.exercise import Exercise
    from waterspace.domain.finding import CheckResult
    from waterspace.domain.place import Position
    from waterspace.domain.reservation import Window
    from waterspace.domain.track import Track

__all__ = ["ClosestApproach", "Event", "Measure", "Run", "SerialRecord", "SerialStatus", "UnitSummary"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened at an instant.

    Attributes:
        sequence: position in the log, from 0.
        kind: dotted, such as `serial.started` or `unit.arrived`.
        serial: id, or empty.
        unit: id, or empty.
        text: for a person.
        position: of the unit, if there is one.
        data: amounts, each named with its unit suffix.
    """

    sequence: int
    time_ms: int
    kind: str
    text: str
    serial: str = ""
    unit: str = ""
    position: Position | None = None
    data: Mapping[str, float | int | str] = field(default_factory=dict)


class SerialStatus(StrEnum):
    """How a serial ended."""

    COMPLETED = "completed"
    CUT_SHORT = "cut short"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialRecord:
    """Planned against actual, for one serial.

    Attributes:
        planned: None where the plan gives no time.
        actual: None where it did not run.
        reason: why it was late, cut short or not run; empty where it ran as planned.
        units: ids of those who really took part.
        area: id of the area to which it was moved; empty where it was held as planned.
    """

    serial: str
    planned: Window | None
    actual: Window | None
    status: SerialStatus
    reason: str = ""
    units: tuple[str, ...] = ()
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number that says how well something went.

    Attributes:
        name: ends in a quantity suffix (`_m _mps _s _ms _deg _kg _count _ratio`).
        value: in the unit of the suffix.
        subject: id of the serial, unit or objective.
        text: how it was measured, in one sentence.
    """

    name: str
    value: float
    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosestApproach:
    """The least separation of two units while both were out.

    Attributes:
        first: id of a unit.
        second: id of a unit.
        range_m: along the surface.
    """

    first: str
    second: str
    time_ms: int
    range_m: float
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSummary:
    """What one unit did in the run.

    Attributes:
        under_way_ms: time spent moving.
        fuel_used_ratio: share of full bunkers burnt since start, net of nothing; may exceed 1 where it was replenished.
        fuel_lowest_ratio: least share of full bunkers at any time; None where the class has no range.
    """

    unit: str
    distance_m: float
    under_way_ms: int
    mean_speed_mps: float
    max_speed_mps: float
    fuel_used_ratio: float | None = None
    fuel_lowest_ratio: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One rehearsal of an exercise.

    Attributes:
        digest: of every event in order; the same for the same file, seed and version.
        version: of Waterspace.
        input_sha256: of the exercise file as read.
        engine_seconds: wall time that the simulation took; not part of the digest.
        tracks: unit id to what it did.
        planned_tracks: unit id to what the programme meant it to do.
        others: id of each observer that followed a unit, such as `context.OTAKA`, to what it did.
        check: what the rules had to say of the plan.
        broken: why the run could not go on to its end; empty where it did. Its measures are then left out.
    """

    exercise: Exercise
    seed: int
    version: str
    input_sha256: str
    digest: str
    engine_seconds: float
    events: tuple[Event, ...]
    tracks: Mapping[str, Track]
    planned_tracks: Mapping[str, Track]
    records: tuple[SerialRecord, ...]
    check: CheckResult
    measures: tuple[Measure, ...] = ()
    summaries: tuple[UnitSummary, ...] = ()
    closest_approaches: tuple[ClosestApproach, ...] = ()
    others: Mapping[str, Track] = field(default_factory=dict)
    broken: str = ""

    def __repr__(self) -> str:
        return f"<Run {self.exercise.name!r}: seed {self.seed}, {len(self.events)} events, digest {self.digest[:12]}>"

    def _repr_html_(self) -> str:
        return shown(self)
