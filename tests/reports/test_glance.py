"""One look tells which serials were moved, ended late or came to nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from report_cases import OPEN_MS, small_run
from waterspace.domain import Event, Measure, Run, SerialRecord, SerialStatus, Window
from waterspace.quantity import HOUR_MS, MINUTE_MS
from waterspace.reports.conduct import ProgrammeRow, event_rows, measure_groups, programme_rows
from waterspace.reports.glance import Departure, glance

PLANNED = Window(start_ms=OPEN_MS + 6 * HOUR_MS, end_ms=OPEN_MS + 8 * HOUR_MS)
AS_PLANNED = SerialRecord(serial="S2", planned=PLANNED, actual=PLANNED, status=SerialStatus.COMPLETED)


def with_firing(record: SerialRecord, **values: float) -> Run:
    """The small run with the firing alone, and these measures of it."""
    run = small_run()
    measures = tuple(Measure(name=name, value=value, subject="S2", text="") for name, value in values.items())
    away = replace(run.exercise.areas["GOLF"], id="AWAY", name="Area AWAY")
    exercise = replace(run.exercise, areas=dict(run.exercise.areas) | {"AWAY": away})
    return replace(run, exercise=exercise, records=(record,), measures=measures)


def departures(run: Run) -> tuple[Departure, ...]:
    return glance(run, ()).departures


def row(run: Run) -> ProgrammeRow:
    (found,) = programme_rows(run)
    return found


def test_a_serial_that_did_what_it_was_to_do_departs_in_nothing() -> None:
    run = with_firing(AS_PLANNED, firings_count=4.0, waited_ms=1.0)
    assert departures(run) == ()
    assert row(run).empty_text == ""


def test_a_serial_that_was_completed_and_came_to_nothing_says_so_and_why() -> None:
    run = with_firing(AS_PLANNED, firings_count=0.0, fired_ratio=0.0, foul_count=2.0, waited_ms=153.0 * MINUTE_MS)
    (departure,) = departures(run)
    assert departure.text == "completed, firings 0; waited 2 h 33 min, foul 2"
    assert row(run).empty_text == "firings 0; waited 2 h 33 min, foul 2"


def test_no_time_lost_and_nothing_measured_are_not_nothing_done() -> None:
    assert departures(with_firing(AS_PLANNED, time_to_meet_ms=0.0, hails_count=0.0)) == ()
    assert departures(with_firing(AS_PLANNED)) == ()


@pytest.mark.parametrize("status", list(SerialStatus))
def test_a_serial_that_was_moved_shows_where_to_whether_it_ran_or_not(status: SerialStatus) -> None:
    actual = None if status is SerialStatus.NOT_RUN else PLANNED
    run = with_firing(replace(AS_PLANNED, status=status, actual=actual, area="AWAY", reason="moved to AWAY: fog"))
    (departure,) = departures(run)
    assert "moved to Area AWAY" in departure.text
    assert departure.reason == "moved to AWAY: fog"
    assert row(run).area == "Area AWAY, moved from Area GOLF"


@pytest.mark.parametrize(
    ("start_min", "end_min", "text"),
    [(0, 26, "ended 26 min late"), (12, 0, "started 12 min late"), (5, 26, "started 5 min late, ended 26 min late")],
)
def test_a_serial_that_began_or_ended_late_is_among_the_departures(start_min: int, end_min: int, text: str) -> None:
    actual = Window(start_ms=PLANNED.start_ms + start_min * MINUTE_MS, end_ms=PLANNED.end_ms + end_min * MINUTE_MS)
    (departure,) = departures(with_firing(replace(AS_PLANNED, actual=actual)))
    assert departure.text == text


def test_measures_that_would_have_one_name_are_told_apart() -> None:
    (group,) = measure_groups(with_firing(AS_PLANNED, replenished_count=0.0, replenished_ratio=0.0, waited_ms=0.0))
    assert [one.amount.name for one in group.rows] == ["replenished, number", "replenished, share", "waited"]


def test_an_instant_in_the_log_is_shown_as_a_time() -> None:
    data: dict[str, float | int | str] = {"cpa_m": 6667.2, "closest_at": "2023-07-20T01:02:03Z"}
    event = Event(sequence=0, time_ms=OPEN_MS, kind="encounter.begun", text="", data=data)
    (shown,), _ = event_rows(replace(small_run(), events=(event,)))
    assert [(one.name, one.text) for one in shown.amounts] == [
        ("cpa", "3.6 nm"),
        ("closest at", "2023-07-20T01:02:03Z"),
    ]
