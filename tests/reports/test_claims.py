"""The map shows danger areas where and when they were hot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from report_cases import MIDDLE, OPEN_MS, small_run
from waterspace import programme
from waterspace.domain import Circle, Position, Run, SerialRecord, SerialStatus, Window
from waterspace.geometry import footprints
from waterspace.geometry.geodesic import destination, distance_m
from waterspace.quantity import HOUR_MS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.reports.claims import claims_as_run

if TYPE_CHECKING:
    from waterspace.domain import Reservation

PLANNED = Window(start_ms=OPEN_MS + 6 * HOUR_MS, end_ms=OPEN_MS + 8 * HOUR_MS)
AWAY: Position = destination(MIDDLE, 90.0, 100 * NAUTICAL_MILE_M)


def firing(actual: Window | None, status: SerialStatus = SerialStatus.COMPLETED, area: str = "") -> Run:
    """The small run, in which the firing was held at this time and in this area."""
    run = small_run()
    golf = run.exercise.areas["GOLF"]
    away = replace(golf, id="AWAY", name="Area AWAY", footprint=Circle(centre=AWAY, radius_m=10 * NAUTICAL_MILE_M))
    units = ("ALPHA", "BRAVO") if actual else ()
    record = SerialRecord(serial="S2", planned=PLANNED, actual=actual, status=status, units=units, area=area)
    exercise = replace(run.exercise, areas={"GOLF": golf, "AWAY": away})
    return replace(run, exercise=exercise, records=(run.records[0], record, *run.records[2:]))


def of_firing(claims: tuple[Reservation, ...]) -> tuple[Reservation, ...]:
    return tuple(claim for claim in claims if claim.owner == "S2")


def test_a_serial_that_ran_as_planned_has_the_claims_of_the_plan() -> None:
    run = firing(PLANNED)
    planned = of_firing(programme.build(run.exercise).reservations)
    assert planned
    assert of_firing(claims_as_run(run)) == planned


def test_the_claims_of_a_serial_that_was_moved_lie_in_the_other_area() -> None:
    claims = of_firing(claims_as_run(firing(PLANNED, area="AWAY")))
    middles = [footprints.centre(claim.footprint) for claim in claims]
    assert middles
    assert all(distance_m(middle, AWAY) < distance_m(middle, MIDDLE) for middle in middles)


@pytest.mark.parametrize(
    ("start_ms", "end_ms", "status"),
    [
        (PLANNED.start_ms + HOUR_MS, PLANNED.end_ms + HOUR_MS, SerialStatus.COMPLETED),
        (PLANNED.start_ms, PLANNED.start_ms + 30 * MINUTE_MS, SerialStatus.CUT_SHORT),
        (PLANNED.start_ms, PLANNED.end_ms + 26 * MINUTE_MS, SerialStatus.COMPLETED),
    ],
)
def test_claims_are_in_force_while_a_serial_really_runs(start_ms: int, end_ms: int, status: SerialStatus) -> None:
    claims = of_firing(claims_as_run(firing(Window(start_ms=start_ms, end_ms=end_ms), status)))
    assert claims
    assert {claim.windows[0].start_ms for claim in claims} == {start_ms}
    assert {claim.windows[-1].end_ms for claim in claims} == {end_ms}


def test_a_serial_that_is_cut_short_claims_the_water_that_was_planned_for_the_whole_of_it() -> None:
    short = Window(start_ms=PLANNED.start_ms, end_ms=PLANNED.start_ms + 10 * MINUTE_MS)
    run = firing(short, SerialStatus.CUT_SHORT)
    planned = of_firing(programme.build(run.exercise).reservations)
    assert [claim.footprint for claim in of_firing(claims_as_run(run))] == [claim.footprint for claim in planned]


def test_a_serial_that_did_not_run_has_no_claims() -> None:
    assert of_firing(claims_as_run(firing(None, SerialStatus.NOT_RUN, area="AWAY"))) == ()
