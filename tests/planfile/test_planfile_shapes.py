"""Rings, unions, differences and daily hours in the file, and faults that name the place of a bad shape."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from waterspace import planfile
from waterspace.domain import Circle, Exercise, Joined, Polygon, Position, Reservation, Sector, Window, Without
from waterspace.errors import Fault, PlanFileError
from waterspace.quantity import HOUR_MS, NAUTICAL_MILE_M

HEAD = """\
waterspace: 1
exercise: {name: Shapes, period: {start: 2023-07-20T00:00Z, end: 2023-07-23T00:00Z}}
"""


def with_area(shape: str) -> str:
    return f"{HEAD}areas:\n  A: {{{shape}}}\n"


def with_windows(windows: str) -> str:
    return f"""{HEAD}context:
  reservations:
    R:
      hazard: firing
      circle: {{centre: 42N 134E, radius: 5 nm}}
      windows: [{windows}]
"""


def area(shape: str) -> object:
    return planfile.loads(with_area(shape)).areas["A"].footprint


def reservation(windows: str) -> Reservation:
    exercise: Exercise = planfile.loads(with_windows(windows))
    return exercise.standing_reservations["R"]


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(PlanFileError) as caught:
        planfile.loads(text)
    return caught.value.faults


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000


def test_a_ring_has_two_radii() -> None:
    ring = area("ring: {centre: 36N 132E, radius: 12 nm, inner_radius: 3 nm}")
    assert ring == Sector.ring(Position(lat_deg=36.0, lon_deg=132.0), 3 * NAUTICAL_MILE_M, 12 * NAUTICAL_MILE_M)
    (fault,) = faults(with_area("ring: {centre: 36N 132E, radius: 3 nm, inner_radius: 12 nm}"))
    assert fault.path == "areas.A.ring.inner_radius"


def test_shapes_are_joined_and_taken_out_of_one_another() -> None:
    union = area("union: [{circle: {centre: 36N 132E, radius: 12 nm}}, {polygon: [36N 132E, 37N 132E, 37N 133E]}]")
    assert isinstance(union, Joined)
    assert [type(part) for part in union.parts] == [Circle, Polygon]
    left = area(
        "difference: {base: {circle: {centre: 36N 132E, radius: 12 nm}}, "
        "without: [{circle: {centre: 36N 132E, radius: 3 nm}}]}"
    )
    assert isinstance(left, Without)
    assert left.holes == (Circle(centre=Position(lat_deg=36.0, lon_deg=132.0), radius_m=3 * NAUTICAL_MILE_M),)


def test_each_part_has_exactly_one_shape() -> None:
    (fault,) = faults(with_area("union: [{circle: {centre: 36N 132E, radius: 12 nm}}, {}]"))
    assert fault.path == "areas.A.union.1"
    assert "has no shape" in fault.message
    (fault,) = faults(
        with_area(
            "difference: {base: {circle: {centre: 36N 132E, radius: 1 nm}, polygon: [36N 132E, 37N 132E, 37N 133E]}, "
            "without: [{circle: {centre: 30N 132E, radius: 1 nm}}]}"
        )
    )
    assert fault.path == "areas.A.difference.base.polygon"


def test_a_difference_that_leaves_nothing_is_a_fault() -> None:
    (fault,) = faults(
        with_area(
            "difference: {base: {circle: {centre: 36N 132E, radius: 1 nm}}, "
            "without: [{circle: {centre: 36N 132E, radius: 2 nm}}]}"
        )
    )
    assert fault.path == "areas.A.difference"
    assert "nothing is left" in fault.message


def test_sides_that_cross_are_named_with_the_place_and_stand_at_their_line() -> None:
    text = f"{HEAD}areas:\n  A:\n    polygon:\n    - 36N 132E\n    - 37N 133E\n    - 37N 132E\n    - 36N 133E\n"
    (fault,) = faults(text)
    assert (fault.line, fault.column) == (8, 7)
    assert fault.path == "areas.A.polygon.2"
    assert "the side from 36-00.0N 132-00.0E to 37-00.0N 133-00.0E and the side from 37-00.0N" in fault.message
    assert "cross at 36-30" in fault.message


@pytest.mark.parametrize(
    ("corners", "found"),
    [
        ("[]", "0 corners"),
        ("[36N 132E, 37N 132E]", "2 corners"),
        ("[36N 132E, 37N 132E, 36N 132E, 37N 132E]", "2 distinct"),
    ],
)
def test_too_few_corners_are_counted(corners: str, found: str) -> None:
    (fault,) = faults(with_area(f"polygon: {corners}"))
    assert fault.path == "areas.A.polygon"
    assert found in fault.message


def test_a_side_half_round_the_earth_says_how_it_was_understood() -> None:
    (fault,) = faults(with_area("polygon: [10N 100W, 10N 100E, 30N 100E, 30N 100W]"))
    assert "was understood as the shortest line" in fault.message
    assert "across 180°" in fault.message


def test_a_polygon_across_180_and_one_round_a_pole_are_sound() -> None:
    assert isinstance(area("polygon: [50N 179E, 50N 179W, 51N 179W, 51N 179E]"), Polygon)
    assert isinstance(area("polygon: [85N 000E, 85N 090E, 85N 180E, 85N 090W]"), Polygon)


def test_daily_hours_become_windows() -> None:
    windows = reservation(
        "{from: 2023-07-20, to: 2023-07-23, daily: 0000Z to 0900Z, weekdays: [thu, fri, sat], except: 2023-07-21}"
    ).windows
    assert windows == tuple(
        Window(start_ms=ms(f"2023-07-{day}T00:00"), end_ms=ms(f"2023-07-{day}T09:00")) for day in (20, 22)
    )


def test_daily_hours_stand_beside_single_windows_and_are_joined_with_them() -> None:
    windows = reservation(
        "{from: 2023-07-20, to: 2023-07-20, daily: 2200I to 04:00+09:00, also: [2023-07-25]}, "
        "{start: 2023-07-20T18:00Z, end: 2023-07-20T20:00Z}"
    ).windows
    assert windows == (
        Window(start_ms=ms("2023-07-20T13:00"), end_ms=ms("2023-07-20T20:00")),
        Window(start_ms=ms("2023-07-25T13:00"), end_ms=ms("2023-07-25T19:00")),
    )


def test_daily_hours_follow_the_sun_at_the_middle_of_the_shape() -> None:
    (window,) = reservation("{from: 2023-07-20, to: 2023-07-20, daily: sunrise+30min to sunset - 1h}").windows
    assert window.start_ms == pytest.approx(ms("2023-07-19T20:16"), abs=0.04 * HOUR_MS)
    assert window.end_ms == pytest.approx(ms("2023-07-20T09:35"), abs=0.04 * HOUR_MS)


@pytest.mark.parametrize(
    ("windows", "path", "message"),
    [
        ("{start: 2023-07-20T00:00Z}", "end", "lacks the key end"),
        ("{from: 2023-07-20, daily: 0000Z to 0900Z}", "to", "lacks the key to"),
        ("{from: 2023-07-20, to: 2023-07-21}", "daily", "lacks the key daily"),
        ("{from: 2023-07-22, to: 2023-07-21, daily: 0000Z to 0900Z}", "to", "not before from"),
        ("{from: 2023-07-20, to: 2023-07-21, daily: 0000 to 0900}", "daily", "the zone of 0000 is missing"),
        ("{from: 2023-07-20, to: 2023-07-21, daily: 0000J to 0900J}", "daily", "observer's own clock"),
        ("{from: 2023-07-20, to: 2023-07-21, daily: 0000Z to 2570Z}", "daily", "no time of day 2570Z"),
        ("{from: 2023-07-20, to: 2023-07-21, daily: noon}", "daily", "0000Z to 0900Z"),
        ("{from: 2023-07-20, to: 2023-07-21, daily: noon to 0900Z}", "daily", "0000Z to 0900Z"),
        ("{from: 2023-02-30, to: 2023-07-21, daily: 0000Z to 0900Z}", "from", "no such date"),
        ("{from: 20 July, to: 2023-07-21, daily: 0000Z to 0900Z}", "from", "a date such as"),
        ("{from: 1023-02-20, to: 2023-07-21, daily: 0000Z to 0900Z}", "from", "1900 to 2199"),
        (
            "{from: 2023-07-20, to: 2023-07-21, daily: 0000Z to 0900Z, start: 2023-07-20T00:00Z}",
            "start",
            "has start beside from",
        ),
    ],
)
def test_windows_that_are_neither_one_nor_the_other_are_faults(windows: str, path: str, message: str) -> None:
    (fault,) = faults(with_windows(windows))
    assert fault.path == f"context.reservations.R.windows.0.{path}"
    assert message in fault.message
    assert fault.line == 8


@pytest.mark.parametrize(
    ("window", "path", "reason"),
    [
        (
            "{from: 2023-07-17, to: 2023-07-20, daily: 0000Z to 0900Z, weekdays: [sat, sun]}",
            "weekdays",
            "no sat or sun falls from 2023-07-17 to 2023-07-20",
        ),
        (
            "{from: 2023-07-17, to: 2023-07-17, daily: sunrise to sunset, weekdays: tue}",
            "weekdays",
            "no tue falls on 2023-07-17",
        ),
        (
            "{from: 2023-07-17, to: 2023-07-18, daily: 0000Z to 0900Z, except: [2023-07-17, 2023-07-18]}",
            "except",
            "every date from 2023-07-17 to 2023-07-18 that counts is left out again",
        ),
    ],
)
def test_daily_hours_that_come_on_no_date_are_a_fault_at_their_line(window: str, path: str, reason: str) -> None:
    text = with_windows("").replace("windows: []", f"windows:\n      - {window}")
    (fault,) = faults(text)
    assert fault.path == f"context.reservations.R.windows.0.{path}"
    assert text.splitlines()[fault.line - 1][fault.column - 1 :].startswith(f"{path}: ")
    assert fault.message.startswith("context.reservations.R.windows.0 is never in force: ")
    assert reason in fault.message
    assert fault.found
    assert "in force on one date" in fault.expected
    assert "also" in fault.advice


def test_a_date_added_puts_daily_hours_in_force() -> None:
    windows = "{from: 2023-07-17, to: 2023-07-20, daily: 0000Z to 0900Z, weekdays: sat, also: 2023-07-19}"
    assert [window.start_ms for window in reservation(windows).windows] == [ms("2023-07-19T00:00")]


def test_a_window_that_cannot_be_read_is_not_called_idle_too() -> None:
    (fault,) = faults(with_windows("{from: 2023-07-17, to: 2023-07-20, daily: 0000Z to 0900Z, weekdays: [saturday]}"))
    assert "never" not in fault.message


def test_daily_hours_by_a_sun_that_does_not_rise_are_a_fault() -> None:
    text = with_windows("{from: 2023-12-20, to: 2023-12-21, daily: sunrise to sunset}").replace("42N 134E", "80N 20E")
    (fault,) = faults(text)
    assert fault.path == "context.reservations.R.windows.0.daily"
    assert fault.found == "sunrise to sunset"
    assert "on any date" in fault.message
    assert "clock times" in fault.advice


def test_a_message_names_keys_as_the_file_does() -> None:
    (fault,) = faults(with_windows("{from: 2023-07-22, to: 2023-07-21, daily: 0000Z to 0900Z}"))
    assert "from is 2023-07-22" in fault.message
    assert "from_" not in fault.message
