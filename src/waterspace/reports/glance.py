"""Glance: what the exercise is, how the rehearsal went in one look, and what the rules had to say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from waterspace.domain import SerialStatus, Severity
from waterspace.notation import format_position
from waterspace.quantity import MINUTE_MS
from waterspace.reports.wording import (
    Clockface,
    Moment,
    Nation,
    against_plan,
    area_name,
    nations,
    nothing_came,
    serial_name,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Finding, NotChecked, Run, SerialRecord

__all__ = ["Departure", "FindingRow", "Glance", "Header", "finding_rows", "glance", "header"]

_MOST_ERRORS = 5
_MOST_DEPARTURES = 6
_ORDER: Mapping[Severity, int] = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.ADVICE: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What stands at the top of the page.

    Attributes:
        offset: local time minus UTC, empty where they are the same.
    """

    name: str
    marking: str
    series: str
    theme: str
    host: str
    languages: tuple[str, ...]
    start: Moment
    end: Moment
    offset: str
    participants: tuple[Nation, ...]
    unit_count: int
    serial_count: int


def header(run: Run) -> Header:
    """The exercise in a few lines."""
    exercise = run.exercise
    clock = Clockface(exercise.local_offset_ms)
    return Header(
        name=exercise.name,
        marking=exercise.marking,
        series=exercise.series,
        theme=exercise.theme,
        host=exercise.host,
        languages=exercise.languages,
        start=clock.moment(exercise.window.start_ms),
        end=clock.moment(exercise.window.end_ms),
        offset=clock.offset,
        participants=tuple(nation for nation in nations(exercise) if nation.participant),
        unit_count=len(exercise.units),
        serial_count=len(exercise.serials),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A finding as it is printed.

    Attributes:
        number: from 1, the most severe first; the map shows the same.
        place: file, without its folder, line and column.
        where: position in words, empty where there is none.
        lat_deg: None where there is no position.
        lon_deg: None where there is no position.
    """

    number: int
    severity: str
    code: str
    message: str
    subjects: tuple[str, ...]
    place: str
    where: str
    lat_deg: float | None
    lon_deg: float | None
    start: Moment | None
    end: Moment | None


def finding_rows(run: Run) -> tuple[FindingRow, ...]:
    """Every finding, errors first, otherwise in the order in which the rules gave them."""
    clock = Clockface(run.exercise.local_offset_ms)
    ordered = sorted(run.check.findings, key=lambda finding: _ORDER[finding.severity])
    return tuple(_finding_row(number, finding, clock) for number, finding in enumerate(ordered, start=1))


def _finding_row(number: int, finding: Finding, clock: Clockface) -> FindingRow:
    position, window, place = finding.position, finding.window, finding.place
    return FindingRow(
        number=number,
        severity=finding.severity.value,
        code=finding.code,
        message=finding.message,
        subjects=finding.subjects,
        place=f"{PurePath(place.file).name or place.file}:{place.line}:{place.column}",
        where=format_position(position.lat_deg, position.lon_deg) if position else "",
        lat_deg=position.lat_deg if position else None,
        lon_deg=position.lon_deg if position else None,
        start=clock.moment(window.start_ms) if window else None,
        end=clock.moment(window.end_ms) if window else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A serial that did not go as planned."""

    serial: str
    name: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """The run in one look.

    Attributes:
        first: the errors to look at first.
        more_errors_count: errors that `first` leaves out.
        departures: serials that did not go as planned, the worst first.
        more_departures_count: serials that `departures` leaves out.
    """

    error_count: int
    warning_count: int
    advice_count: int
    rule_count: int
    not_checked: tuple[NotChecked, ...]
    completed_count: int
    cut_short_count: int
    not_run_count: int
    late_count: int
    first: tuple[FindingRow, ...]
    more_errors_count: int
    departures: tuple[Departure, ...]
    more_departures_count: int


def glance(run: Run, findings: tuple[FindingRow, ...]) -> Glance:
    """Count what there is to count, and pick what to look at first."""
    severities = [finding.severity for finding in run.check.findings]
    statuses = [record.status for record in run.records]
    errors = [row for row in findings if row.severity == Severity.ERROR]
    empty = {record.serial: _nothing_came(run, record) for record in run.records}
    departed = sorted(
        (record for record in run.records if _departs(record) or empty[record.serial]),
        key=lambda record: (_BADNESS[record.status], not empty[record.serial], -_latest_ms(record)),
    )
    departures = tuple(_departure(run, record, empty[record.serial]) for record in departed[:_MOST_DEPARTURES])
    return Glance(
        error_count=severities.count(Severity.ERROR),
        warning_count=severities.count(Severity.WARNING),
        advice_count=severities.count(Severity.ADVICE),
        rule_count=run.check.rules,
        not_checked=run.check.not_checked,
        completed_count=statuses.count(SerialStatus.COMPLETED),
        cut_short_count=statuses.count(SerialStatus.CUT_SHORT),
        not_run_count=statuses.count(SerialStatus.NOT_RUN),
        late_count=sum(1 for record in run.records if _late_ms(record)),
        first=tuple(errors[:_MOST_ERRORS]),
        more_errors_count=max(0, len(errors) - _MOST_ERRORS),
        departures=departures,
        more_departures_count=len(departed) - len(departures),
    )


_BADNESS: Mapping[SerialStatus, int] = {
    SerialStatus.NOT_RUN: 0,
    SerialStatus.CUT_SHORT: 1,
    SerialStatus.COMPLETED: 2,
}


def _late_ms(record: SerialRecord) -> int:
    """How late a serial started, 0 where it was on time to the minute or has nothing to compare."""
    if record.planned is None or record.actual is None:
        return 0
    by_ms = record.actual.start_ms - record.planned.start_ms
    return by_ms if by_ms >= MINUTE_MS else 0


def _latest_ms(record: SerialRecord) -> int:
    """How late a serial started or ended, whichever is more; 0 where it was on time to the minute."""
    if record.planned is None or record.actual is None:
        return 0
    by_ms = max(_late_ms(record), record.actual.end_ms - record.planned.end_ms)
    return by_ms if by_ms >= MINUTE_MS else 0


def _departs(record: SerialRecord) -> bool:
    went = record.status is SerialStatus.COMPLETED and not _latest_ms(record)
    return not went or bool(record.area or record.reason)


def _nothing_came(run: Run, record: SerialRecord) -> str:
    """What the measures of a serial that was completed say where nothing came of it, else empty."""
    if record.status is not SerialStatus.COMPLETED:
        return ""
    return nothing_came(measure for measure in run.measures if measure.subject == record.serial)


def _departure(run: Run, record: SerialRecord, empty: str) -> Departure:
    words = [record.status.value] if record.status is not SerialStatus.COMPLETED or empty else []
    words += [empty] if empty else []
    words += [text for text in against_plan(record) if text.endswith("late")]
    if record.area:
        words.append(f"moved to {area_name(run.exercise, record.area)}")
    name = serial_name(run.exercise, record.serial)
    text = ", ".join(words) or record.status.value
    return Departure(serial=record.serial, name=name, text=text, reason=record.reason)
