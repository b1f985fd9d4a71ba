"""Conduct: who did what when, planned against actual; measures, units, approaches and the event log as table rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.notation import format_distance, format_position, format_speed
from waterspace.reports.wording import (
    Amount,
    Clockface,
    Moment,
    against_plan,
    amounts,
    area_name,
    nations,
    nothing_came,
    percentage,
    rounded_duration,
    serial_name,
    unit_name,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Event, Exercise, Measure, Run, SerialRecord, Window

__all__ = [
    "MOST_EVENTS",
    "ApproachRow",
    "EventRow",
    "MeasureGroup",
    "MeasureRow",
    "ProgrammeRow",
    "UnitRow",
    "approach_rows",
    "event_rows",
    "measure_groups",
    "programme_rows",
    "unit_rows",
]

MOST_EVENTS = 5000
"""Events on the page; a longer log is in the run's own folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRow:
    """One serial, planned against actual.

    Attributes:
        who: role and the names of its units, in the order of the file.
        start_text: how late it started, empty where there is nothing to compare.
        end_text: how late it ended, empty where that is as late as it started.
        area: where it was, and where it was to be if it was moved.
        empty_text: what its measures say where nothing came of it, else empty.
        jump_ms: an instant to show, None where the serial has none.
    """

    id: str
    name: str
    type: str
    phase: str
    area: str
    who: tuple[tuple[str, str], ...]
    planned: tuple[Moment, Moment] | None
    actual: tuple[Moment, Moment] | None
    start_text: str
    end_text: str
    late: bool
    status: str
    empty_text: str
    reason: str
    jump_ms: int | None


def programme_rows(run: Run) -> tuple[ProgrammeRow, ...]:
    """Every serial in order of its planned start; those without a time last."""
    clock = Clockface(run.exercise.local_offset_ms)
    ordered = sorted(run.records, key=_when)
    return tuple(_programme_row(run, record, clock) for record in ordered)


def _when(record: SerialRecord) -> tuple[bool, int, str]:
    window = record.planned or record.actual
    return window is None, window.start_ms if window else 0, record.serial


def _programme_row(run: Run, record: SerialRecord, clock: Clockface) -> ProgrammeRow:
    exercise, serial = run.exercise, run.exercise.serials[record.serial]
    phase = exercise.phases.get(serial.phase)
    area = area_name(exercise, serial.area)
    start_text, end_text = against_plan(record)
    window = record.actual or record.planned
    return ProgrammeRow(
        id=serial.id,
        name=serial.name,
        type=serial.type.replace("_", " "),
        phase=phase.name if phase else serial.phase,
        area=f"{area_name(exercise, record.area)}, moved from {area}" if record.area else area,
        who=_who(exercise, record.serial),
        planned=_moments(record.planned, clock),
        actual=_moments(record.actual, clock),
        start_text=start_text,
        end_text=end_text,
        late=start_text.endswith("late"),
        status=record.status.value,
        empty_text=nothing_came(one for one in run.measures if one.subject == record.serial),
        reason=record.reason,
        jump_ms=window.start_ms if window else None,
    )


def _who(exercise: Exercise, serial: str) -> tuple[tuple[str, str], ...]:
    roles = exercise.serials[serial].units
    return tuple(
        (
            role.replace("_", " "),
            ", ".join(unit_name(exercise, unit) for unit in exercise.expand(names)) or ", ".join(names),
        )
        for role, names in roles.items()
    )


def _moments(window: Window | None, clock: Clockface) -> tuple[Moment, Moment] | None:
    return (clock.moment(window.start_ms), clock.moment(window.end_ms)) if window else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One measure."""

    amount: Amount
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureGroup:
    """The measures of one serial, unit or objective."""

    subject: str
    title: str
    rows: tuple[MeasureRow, ...]


def measure_groups(run: Run) -> tuple[MeasureGroup, ...]:
    """Measures by what they are about, in the order in which they were given."""
    by_subject: dict[str, list[Measure]] = {}
    for measure in run.measures:
        by_subject.setdefault(measure.subject, []).append(measure)
    return tuple(
        MeasureGroup(subject=subject, title=_title(run.exercise, subject), rows=_measure_rows(given))
        for subject, given in by_subject.items()
    )


def _measure_rows(given: Sequence[Measure]) -> tuple[MeasureRow, ...]:
    told = amounts((one.name, one.value) for one in given)
    return tuple(MeasureRow(amount=how, text=one.text) for how, one in zip(told, given, strict=True))


def _title(exercise: Exercise, subject: str) -> str:
    if subject in exercise.serials:
        return serial_name(exercise, subject)
    if subject in exercise.objectives:
        return exercise.objectives[subject].text
    return unit_name(exercise, subject) if subject in exercise.units else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """What one unit did.

    Attributes:
        sign: the shape of its nation.
        lowest_fuel: least share of bunkers at any time.
    """

    id: str
    name: str
    hull: str
    nation: str
    sign: str
    platform: str
    command_ship: bool
    distance: str
    under_way: str
    mean_speed: str
    max_speed: str
    fuel_used: str
    lowest_fuel: str


def unit_rows(run: Run) -> tuple[UnitRow, ...]:
    """Distances, speeds and fuel of every unit that has a summary."""
    exercise = run.exercise
    signs = {nation.code: nation.sign for nation in nations(exercise)}
    rows = []
    for summary in run.summaries:
        unit = exercise.units[summary.unit]
        platform = exercise.platform(unit.id)
        rows.append(
            UnitRow(
                id=unit.id,
                name=unit.name or unit.id,
                hull=unit.hull,
                nation=unit.nation,
                sign=signs[unit.nation],
                platform=(platform.name if platform else unit.platform) + (f" ×{unit.count}" if unit.count > 1 else ""),
                command_ship=unit.command_ship,
                distance=format_distance(summary.distance_m),
                under_way=rounded_duration(summary.under_way_ms),
                mean_speed=format_speed(summary.mean_speed_mps),
                max_speed=format_speed(summary.max_speed_mps),
                fuel_used=percentage(summary.fuel_used_ratio),
                lowest_fuel=percentage(summary.fuel_lowest_ratio),
            )
        )
    return tuple(rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachRow:
    """The least separation of two units."""

    first: str
    second: str
    range: str
    at: Moment
    where: str
    lat_deg: float
    lon_deg: float


def approach_rows(run: Run) -> tuple[ApproachRow, ...]:
    """Closest approaches, the nearest first."""
    exercise = run.exercise
    clock = Clockface(exercise.local_offset_ms)
    ordered = sorted(run.closest_approaches, key=lambda one: (one.range_m, one.first, one.second))
    return tuple(
        ApproachRow(
            first=unit_name(exercise, approach.first),
            second=unit_name(exercise, approach.second),
            range=format_distance(approach.range_m),
            at=clock.moment(approach.time_ms),
            where=format_position(approach.position.lat_deg, approach.position.lon_deg),
            lat_deg=approach.position.lat_deg,
            lon_deg=approach.position.lon_deg,
        )
        for approach in ordered
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One line of the event log."""

    sequence: int
    at: Moment
    kind: str
    serial: str
    unit: str
    text: str
    amounts: tuple[Amount, ...]


def event_rows(run: Run) -> tuple[tuple[EventRow, ...], int]:
    """The log in order, and how many of its last events are left out of it to keep the page small."""
    clock = Clockface(run.exercise.local_offset_ms)
    shown = run.events[:MOST_EVENTS]
    return tuple(_event_row(run.exercise, event, clock) for event in shown), len(run.events) - len(shown)


def _event_row(exercise: Exercise, event: Event, clock: Clockface) -> EventRow:
    return EventRow(
        sequence=event.sequence,
        at=clock.moment(event.time_ms),
        kind=event.kind,
        serial=event.serial,
        unit=unit_name(exercise, event.unit) if event.unit else "",
        text=event.text,
        amounts=amounts(event.data.items()),
    )
