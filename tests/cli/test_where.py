"""`waterspace where`: a point, and everything known of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from waterspace.cli.app import app

BIG = Path(__file__).parents[2] / "examples" / "northern-interaction-2023.exercise.yaml"
AT = "2023-07-20T12:00Z"
FIRING_AREA = "39-20N 134-20E"


def where(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["where", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def known(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(where(*arguments, "--format", "json"))
    return found


def refused(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["where", *arguments])
    assert result.exit_code == 2
    return " ".join(result.output.split())


def test_the_middle_of_the_exercise_is_far_from_everything() -> None:
    found = known("39-48N 133-12.6E", "--at", AT)
    assert found["zone"] == "eez"
    assert found["distance_to_land_m"] == pytest.approx(305_000, abs=2_000)
    assert 1_500 < found["depth_m"] < 2_500
    assert found["fir"] is None
    assert found["sunrise"].startswith("2023-07-20T19:55")
    assert found["sunset"].startswith("2023-07-21T10:3")
    assert found["variation_deg"] == pytest.approx(-9.8, abs=0.1)
    assert [strait["key"] for strait in found["straits"]] == ["tsugaru_w", "korea_w", "kanmon"]


@pytest.mark.parametrize(
    ("position", "zone", "state"),
    [
        ("36-00N 138-00E", "land", "JPN"),
        ("41-20N 140-16E", "contiguous_zone", "JPN"),  # Tsugaru Strait, where Japan claims three miles
        ("42-48N 132-00E", "internal_waters", "RUS"),  # behind the closing line of Peter the Great Bay
        ("33-00N 179-30W", "high_seas", None),
        ("37-14.5N 131-52.0E", "unknown", None),  # at the Liancourt Rocks, which are assigned to nobody
    ],
)
def test_the_zone_is_computed_and_says_whose_it_is(position: str, zone: str, state: str | None) -> None:
    found = known(position, "--at", AT)
    assert (found["zone"], found["zone_state"]) == (zone, state)


def test_on_land_the_distance_to_land_is_none_at_all() -> None:
    found = known("36-00N 138-00E", "--at", AT)
    assert found["distance_to_land_m"] == 0
    assert found["depth_m"] is None


def test_on_land_no_depth_is_told_whatever_the_grid_has_around() -> None:
    found = known("90-00S 012-00E", "--at", AT)
    assert (found["zone"], found["depth"]["note"], found["depth"]["deepest_m"]) == ("land", "land", None)
    assert any("assigned to no state" in note for note in found["zone_notes"])


def test_at_sea_where_the_coarse_grid_has_land_that_is_what_is_said() -> None:
    found = known("65-00N 180-00W", "--at", AT)
    assert found["zone"] == "territorial_sea"
    assert found["depth"]["note"] == "the nearest point of the grid is land"


def test_a_shore_in_dispute_is_held_by_whom_the_planner_says_in_every_line(tmp_path: Path) -> None:
    plan = tmp_path / "plan.exercise.yaml"
    plan.write_text(
        "waterspace: 1\n"
        "exercise: {name: Small, period: {start: 2026-06-01T00:00Z, end: 2026-06-02T00:00Z}}\n"
        "environment: {holders: {liancourt_rocks: KOR}}\n"
    )
    found = known("37-14N 131-52E", "--at", AT, "--exercise", str(plan))
    assert (found["zone_state"], found["nearest_land"]["state"]) == ("KOR", "KOR")
    assert "assigned to no state" not in where("37-14N 131-52E", "--at", AT, "--exercise", str(plan))
    assert known("37-14N 131-52E", "--at", AT)["nearest_land"]["state"] is None


@pytest.mark.parametrize(
    ("position", "is_lake"), [("51N 104E", True), ("41N 100E", True), ("52-30N 106-30E", True), ("36N 138E", False)]
)
def test_the_shore_of_a_lake_is_called_that(position: str, is_lake: bool) -> None:
    assert known(position, "--at", AT)["nearest_land"]["is_lake_shore"] is is_lake
    assert ("the shore of a lake" in where(position, "--at", AT)) is is_lake


def test_a_polar_day_has_no_sunrise_and_says_so() -> None:
    found = known("80-00N 010-00E", "--at", AT)
    assert found["sunrise"] is None
    assert found["sunset"] is None
    assert found["polar"] == "polar day"
    assert "polar day" in where("80-00N 010-00E", "--at", AT)


def test_with_an_exercise_it_tells_which_areas_are_in_force() -> None:
    found = known(FIRING_AREA, "--at", "2023-07-22T02:00Z", "--exercise", str(BIG))
    later = known(FIRING_AREA, "--at", "2023-08-22T02:00Z", "--exercise", str(BIG))
    assert {"S109", "S110"} <= {claim["owner"] for claim in found["active"]}
    assert not later["active"]
    assert found["weather"]["sea_state"] is not None
    assert later["weather"]["sea_state"] is None


def test_areas_in_force_tell_heights_as_the_file_has_them_and_one_without_windows_is_always_in_force(
    tmp_path: Path,
) -> None:
    ring = [[130.0, 38.0], [135.0, 38.0], [135.0, 42.0], [130.0, 42.0], [130.0, 38.0]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    areas = [
        {"name": "Range", "hazard": "firing", "vertical": "surface to FL100"},
        {"name": "Room", "hazard": "manoeuvre", "vertical": "depth 15 m to 60 m", "start": "2026-06-01T00:00Z"}
        | {"end": "2026-06-02T00:00Z"},
    ]
    features = [{"type": "Feature", "properties": area, "geometry": geometry} for area in areas]
    (tmp_path / "areas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    plan = tmp_path / "plan.exercise.yaml"
    plan.write_text(
        "waterspace: 1\n"
        "exercise: {name: Small, period: {start: 2026-06-01T00:00Z, end: 2026-06-02T00:00Z}}\n"
        "environment: {areas: areas.geojson}\n"
    )
    lines = where("39-48N 133-12E", "--at", "2026-06-01T12:00Z", "--exercise", str(plan)).splitlines()
    assert "in force    Range: firing, surface to 10000 ft (FL100), always" in lines
    assert "            Room: manoeuvre, depth 15 m to 60 m, until 020000Z JUN 26 (020900I)" in lines


def test_boundaries_that_the_planner_has_name_the_flight_information_region(tmp_path: Path) -> None:
    ring = [[130.0, 38.0], [135.0, 38.0], [135.0, 42.0], [130.0, 42.0], [130.0, 38.0]]
    feature = {"type": "Feature", "properties": {"id": "TEST"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    (tmp_path / "firs.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    plan = tmp_path / "plan.exercise.yaml"
    plan.write_text(
        "waterspace: 1\n"
        "exercise: {name: Small, period: {start: 2026-06-01T00:00Z, end: 2026-06-02T00:00Z}}\n"
        "environment: {firs: firs.geojson}\n"
    )
    assert known("39-48N 133-12E", "--exercise", str(plan))["fir"] == "TEST"
    assert known("37-00N 133-12E", "--exercise", str(plan))["fir"] is None


@pytest.mark.parametrize(
    ("position", "said"),
    [
        ("39.8, 133.2", "nobody knows which number is the latitude"),
        ("Vladivostock", "Did you mean Vladivostok?"),
        ("nan nan", "no port or airfield is called"),
        ("95-00N 010-00E", "95-00N 010-00E"),
        ("", "no port or airfield is called"),
    ],
)
def test_what_is_no_position_is_refused_with_advice(position: str, said: str) -> None:
    assert said in refused(position)


def test_the_words_of_a_position_or_a_name_need_no_quotation_marks() -> None:
    assert known("41N", "135E", "--at", AT)["position"] == [41.0, 135.0]
    assert where("misawa", "air", "base", "--at", AT).startswith("Misawa Air Base, 40-")
    assert "no port or airfield is called 'Busan Niigata'" in refused("Busan", "Niigata")


def test_a_town_is_answered_with_the_airfield_that_is_named_after_it() -> None:
    assert "Did you mean Misawa Air Base?" in refused("Misawa")


def test_a_time_without_a_zone_is_refused() -> None:
    assert "--at" in refused("39-48N 133-12E", "--at", "2023-07-20T12:00")


def test_a_port_may_be_named() -> None:
    assert where("Busan", "--at", AT).startswith("Busan, 35-")
    assert re.search(r"^ +here +Busan, KOR", where("Busan", "--at", AT), re.MULTILINE)
    found = known("KRPUS", "--at", AT)
    assert found["name"] == found["ports"][0]["name"] == "Busan"
    assert found["ports"][0]["distance_m"] == 0
    assert found["ports"][0]["bearing_deg"] is None
    assert known("35N 129E", "--at", AT)["name"] is None


def test_every_line_fits_a_terminal_and_the_last_one_warns() -> None:
    lines = where("41-20N 140-16E", "--at", AT).splitlines()
    assert all(len(line) <= 100 for line in lines)
    assert lines[-1] == "Limits are computed, never legal; nothing here is for navigation."


def test_times_are_in_utc_and_in_zone_time() -> None:
    lines = where("39-48N 133-12E", "--at", AT).splitlines()
    assert lines[1] == "time        201200Z JUL 23, 202100I zone time"
    assert any(re.fullmatch(r"next +UTC +zone time", line) for line in lines)
    assert any(re.fullmatch(r" +201955Z JUL 23  210455I JUL 23  sunrise", line) for line in lines)


def test_at_greenwich_a_time_is_told_once() -> None:
    text = where("49-00N 005-00W", "--at", AT)
    assert "zone time" not in text
    assert "time        201200Z JUL 23\n" in text


def test_with_an_exercise_that_has_a_local_clock_that_is_told() -> None:
    text = where(FIRING_AREA, "--at", "2023-07-22T02:00Z", "--exercise", str(BIG))
    assert re.search(r"^time +220200Z JUL 23, 22\d{4}[A-Z] exercise time$", text, re.MULTILINE)
    assert re.search(r"until \d{6}Z JUL\s+23\s+\(\d{6}[A-Z]\)", text)


def test_ports_and_straits_are_said_to_be_a_choice_and_stand_in_columns() -> None:
    lines = where("39-48N 133-12E", "--at", AT).splitlines()
    heads = [number for number, line in enumerate(lines) if "the nearest 3 of the packaged" in line]
    assert [lines[number].split()[0] for number in heads] == ["ports", "straits"]
    for head in heads:
        assert lines[head].endswith("within 600 nm, with true bearings")
        rows = [re.fullmatch(r" {12} *(\d+\.\d) nm  (\d{3})  \S.*", line) for line in lines[head + 1 : head + 4]]
        distances = [float(row[1]) for row in rows if row]
        assert len(distances) == 3
        assert distances == sorted(distances)


def test_far_from_every_port_that_is_said() -> None:
    assert "none of the packaged ports within 600 nm" in where("48-52S 123-23W", "--at", AT)


def test_the_readme_shows_the_whole_answer_as_it_is_printed() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    found = re.search(r'\$ waterspace where "([^"]+)" --at (\S+)\n(.*?)```', readme, re.DOTALL)
    assert found is not None
    assert where(found[1], "--at", found[2]) == found[3]
