"""What a safety officer says of a stranger tells how long there is."""

from __future__ import annotations

import re

import pytest

from waterspace.domain import Circle, Position
from waterspace.engine.range_words import course_words
from waterspace.geometry.geodesic import destination
from waterspace.notation import parse_duration
from waterspace.quantity import KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M, SECOND_MS

MIDDLE = Position(lat_deg=39.8, lon_deg=133.2)
RANGE = Circle(centre=MIDDLE, radius_m=5.0 * NAUTICAL_MILE_M)
SPEED_MPS = 12.0 * KNOT_MPS


def words(off_miles: float, course_deg: float) -> str:
    """Of somebody due south of the middle who steers a course at 12 kn."""
    here = destination(MIDDLE, 180.0, off_miles * NAUTICAL_MILE_M)
    return course_words(RANGE, here, destination(here, course_deg, SPEED_MPS), 0)


@pytest.mark.parametrize("course_deg", [0.0, 30.0])
def test_who_is_about_to_come_in_is_told_with_the_time_that_is_left(course_deg: float) -> None:
    said = words(6.0, course_deg)
    told = re.fullmatch(r"closing, inside in (.+)", said)
    assert told, said
    left_ms = parse_duration(told[1])
    assert left_ms == pytest.approx(5 * MINUTE_MS, abs=5 * SECOND_MS) if course_deg == 0.0 else left_ms > 5 * MINUTE_MS


@pytest.mark.parametrize(
    ("off_miles", "course_deg", "said"),
    [
        (6.0, 90.0, "passing"),
        (6.0, 180.0, "opening"),
        (40.0, 0.0, "closing"),
        (2.0, 0.0, "closing"),
        (2.0, 90.0, "passing"),
    ],
)
def test_who_does_not_come_in_soon_or_is_inside_has_no_time(off_miles: float, course_deg: float, said: str) -> None:
    assert words(off_miles, course_deg) == said
