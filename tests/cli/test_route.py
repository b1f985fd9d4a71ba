"""`waterspace route`: the way by sea, on the command line."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from waterspace.cli.app import app
from waterspace.domain import Position
from waterspace.environment.shores import coast
from waterspace.geometry.geodesic import distance_m, route_length_m
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
    assert lines[3].split() == ["waypoint", "course", "leg", "from", "A", "off", "land", "at"]
    assert any(re.match(r"arrives 18\d{4}Z JUL 23, \d{6}I zone time, after \d+ h", line) for line in lines)
    assert lines[-1] == "A planning aid from a packaged shoreline: not for navigation."
    assert all(len(line) <= 100 for line in lines)


def test_every_number_of_the_table_is_in_nautical_miles_and_the_runs_add_up() -> None:
    rows = [line.split() for line in route("Vladivostok", CENTRE).splitlines() if re.match(r" +\d+  \d\d-", line)]
    assert len(rows) > 1
    for row, after in pairwise(rows):
        leg, run, off = row[4:7]
        assert all(re.fullmatch(r"\d+\.\d\d\+?", cell) for cell in (leg, run, off))
        assert float(run) + float(leg) == pytest.approx(float(after[-1] if after is rows[-1] else after[5]), abs=0.011)


def test_the_great_circle_is_of_the_same_ends_as_the_way() -> None:
    data = found("Busan", "Niigata")
    first, last = (Position(lat_deg=lat, lon_deg=lon) for lat, lon in (data["waypoints"][0], data["waypoints"][-1]))
    assert data["great_circle_nm"] == pytest.approx(distance_m(first, last) / NAUTICAL_MILE_M, abs=0.01)
    assert data["great_circle_nm"] <= data["distance_nm"]
    direct_nm = data["great_circle_nm"]
    assert f"great circle between the same approach points: {direct_nm:.1f} nm\n" in route("Busan", "Niigata")
    assert "great circle between the same ends: " in route(CENTRE, "40-10N 134-00E")


def test_legs_that_come_closer_to_land_than_asked_are_named() -> None:
    data = found("Busan", CENTRE)
    close = [number for number, leg in enumerate(data["legs"], 1) if leg["offing_nm"] is not None]
    assert 1 in close
    assert all(leg["offing_nm"] is None or leg["offing_nm"] < 0.5 for leg in data["legs"])
    text = route("Busan", CENTRE)
    assert re.search(r"closer to land than 0\.50 nm: from waypoints? 1", text)
    rows = [line.split() for line in text.splitlines() if re.match(r" +\d+  \d\d-", line)][:-1]
    assert [int(row[0]) for row in rows if not row[6].endswith("+")] == close


def test_a_way_from_a_place_to_itself_is_said_to_be_none() -> None:
    lines = route("Busan", "Busan").splitlines()
    assert lines[0].startswith("Busan to Busan: 0.00 nm; both ends of the route are 35-")
    assert len(lines) == 2
    data = found("Busan", "Busan")
    assert data["distance_nm"] == 0
    assert len(data["notes"]) == len(set(data["notes"]))


def test_the_grid_of_depths_is_named_shortly_in_the_text_and_wholly_in_the_data() -> None:
    arguments = (CENTRE, "40-10N 134-00E", "--draught", "12 m")
    text = " ".join(route(*arguments).split())
    assert "ETOPO1 Bedrock does not show shallower than 12 m" in text
    assert "doi" not in text
    assert any("doi 10.7289/V5C8276M" in note for note in found(*arguments)["notes"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("36-00N 138-00E", "Busan"), "is on land"),
        (("Vladivostock", "Busan"), "Did you mean Vladivostok?"),
        (("39.8 133.2", "Busan"), "expected a position"),
        (("Busan", "90-00N 000-00E", "--clearance", "5"), "--clearance"),
        (("Busan", "Niigata", "--clearance", "0 nm"), "clearance"),
        (("Busan", "Niigata", "--depart", "2023-07-18T00:00Z"), "belong together"),
        (("Busan", "Niigata", "--depart", "tomorrow", "--speed", "9 kn"), "--depart"),
        (
            ("Busan", "Niigata", "--depart", "2023-07-18T00:00Z", "--speed", "0kn"),
            "--speed: found '0kn', expected more than 0 kn",
        ),
        (("Busan", "Niigata", "--depart", "2023-07-18T00:00Z", "--speed", "3000 kn"), "less than 1944 kn"),
    ],
)
def test_what_cannot_be_sailed_or_read_is_refused(arguments: tuple[str, ...], said: str) -> None:
    assert said in refused(*arguments)


def test_a_canal_can_be_left_out() -> None:
    ends = ("33N 30E", "20N 38-30E")
    assert found(*ends, "--without-canal", "suez")["distance_nm"] > 8.0 * found(*ends)["distance_nm"]


@pytest.mark.deep
def test_the_arctic_can_be_opened() -> None:
    far = ("72-30N 40E", "70N 175E")
    assert found(*far, "--arctic")["distance_nm"] < 0.5 * found(*far)["distance_nm"]


def test_an_unknown_canal_is_refused_with_those_there_are() -> None:
    said = refused("33N 30E", "20N 38-30E", "--without-canal", "suezz")
    assert "suezz" in said
    assert "'kiel', 'panama', 'suez'" in said
