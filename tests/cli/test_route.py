"""`waterspace route`: the way by sea, on the command line."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from waterspace.cli.app import app
from waterspace.domain import Position
from waterspace.environment.shores import coast
from waterspace.geometry.geodesic import route_length_m
from waterspace.quantity import NAUTICAL_MILE_M

BIG = Path(__file__).parents[2] / "examples" / "northern-interaction-2023.exercise.yaml"
CENTRE = "39-48N 133-12E"


def route(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["route", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def found(*arguments: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(route(*arguments, "--format", "json"))
    return data


def refused(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["route", *arguments])
    assert result.exit_code != 0
    return " ".join(str(result.output).split()) + " ".join(str(result.exception).split())


def test_vladivostok_to_the_exercise_is_hardly_longer_than_the_great_circle() -> None:
    data = found("Vladivostok", CENTRE)
    assert data["from"]["name"] == "Vladivostok"
    assert data["distance_nm"] == pytest.approx(data["great_circle_nm"], rel=0.02)
    assert any("approach point" in note for note in data["notes"])


def test_the_waypoints_are_latitude_and_longitude_and_make_up_the_distance() -> None:
    data = found("Busan", "Niigata")
    waypoints = [Position(lat_deg=lat, lon_deg=lon) for lat, lon in data["waypoints"]]
    assert route_length_m(waypoints) == pytest.approx(data["distance_nm"] * NAUTICAL_MILE_M, abs=20.0)
    assert coast.load().land_on_legs(list(pairwise(waypoints))) == (None,) * (len(waypoints) - 1)


def test_a_danger_in_force_is_passed_around_and_one_that_is_over_is_not() -> None:
    ends = ("39-20N 133-30E", "39-20N 135-10E")
    free = found(*ends)["distance_nm"]
    plan = ("--exercise", str(BIG), "--speed", "15 kn")
    during = found(*ends, *plan, "--depart", "2023-07-21T23:00Z")["distance_nm"]
    after = found(*ends, *plan, "--depart", "2023-07-24T01:00Z")["distance_nm"]
    assert during > free + 1.0
    assert after == pytest.approx(free, abs=0.01)


def test_the_text_has_courses_runs_and_a_warning() -> None:
    lines = route("Vladivostok", CENTRE, "--depart", "2023-07-18T00:00Z", "--speed", "15 kn").splitlines()
    assert lines[0].startswith("Vladivostok to 39-48.0N 133-12.0E: ")
    assert lines[2].split() == ["waypoint", "course", "leg", "from", "A"]
    assert any(line.startswith("arrives 18") for line in lines)
    assert lines[-1] == "A planning aid from a packaged shoreline: not for navigation."
    assert all(len(line) <= 100 for line in lines)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("36-00N 138-00E", "Busan"), "is on land"),
        (("Vladivostock", "Busan"), "Did you mean Vladivostok?"),
        (("39.8 133.2", "Busan"), "expected a position"),
        (("Busan", "90-00N 000-00E", "--clearance", "5"), "--clearance"),
        (("Busan", "Niigata", "--clearance", "0 nm"), "clearance"),
        (("Busan", "Niigata", "--depart", "2023-07-18T00:00Z"), "belong together"),
    ],
)
def test_what_cannot_be_sailed_or_read_is_refused(arguments: tuple[str, ...], said: str) -> None:
    assert said in refused(*arguments)
