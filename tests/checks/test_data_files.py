"""Files of data that a plan names (WS008), and what the other rules make of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import waterspace
from waterspace.checks.example import whole
from waterspace.domain import Severity
from waterspace.reports import findings

if TYPE_CHECKING:
    from pathlib import Path

    from waterspace.domain import CheckResult

RING = [[133.8, 38.4], [134.2, 38.4], [134.2, 38.6], [133.8, 38.6], [133.8, 38.4]]
AREAS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "Range of others", "hazard": "firing"},
            "geometry": {"type": "Polygon", "coordinates": [RING]},
        }
    ],
}


def checked(folder: Path, environment: str) -> CheckResult:
    """What the rules say of a small plan that stands in a folder."""
    plan = folder / "plan.exercise.yaml"
    plan.write_text(whole(f"environment: {environment}\n"), encoding="utf-8")
    return waterspace.check(waterspace.load(plan))


def said(result: CheckResult, code: str = "WS008") -> list[str]:
    return [finding.message for finding in result.findings if finding.code == code]


def test_a_plan_without_files_of_its_own_is_content(tmp_path: Path) -> None:
    result = checked(tmp_path, "{}")
    assert not result.findings
    assert not result.not_checked


@pytest.mark.parametrize(
    "key",
    [
        "firs",
        "lanes",
        "areas",
        "air_routes",
        "traffic_density",
        "hospitals",
        "depths",
        "weather",
    ],
)
def test_ws008_names_the_key_and_the_file_that_is_missing(tmp_path: Path, key: str) -> None:
    found = said(checked(tmp_path, f"{{{key}: missing.nc}}"))
    assert len(found) == 1
    assert found[0].startswith(f"The {key} under environment cannot be used: ")
    assert "missing.nc" in found[0]


def test_ws008_names_the_feature_that_is_cut_short(tmp_path: Path) -> None:
    (tmp_path / "areas.geojson").write_text(json.dumps(AREAS)[:-40], encoding="utf-8")
    assert len(said(checked(tmp_path, "{areas: areas.geojson}"))) == 1


def test_a_rule_that_needs_an_unreadable_file_is_not_checked(tmp_path: Path) -> None:
    result = checked(tmp_path, "{areas: missing.geojson}")
    assert "WS302" in {entry.code for entry in result.not_checked}


def test_ws008_knows_the_disputed_features(tmp_path: Path) -> None:
    found = said(checked(tmp_path, "{holders: {liancourt_rock: KOR}}"))
    assert len(found) == 1
    assert found[0].startswith("The holders under environment cannot be used: found 'liancourt_rock: KOR', expected ")
    assert found[0].endswith("no feature is called 'liancourt_rock', perhaps 'liancourt_rocks'.")
    assert not said(checked(tmp_path, "{holders: {liancourt_rocks: KOR}}"))


def test_areas_of_the_planner_are_claims_of_others(tmp_path: Path) -> None:
    (tmp_path / "areas.geojson").write_text(json.dumps(AREAS), encoding="utf-8")
    result = checked(tmp_path, "{areas: areas.geojson}")
    assert not said(result)
    assert "WS303" not in {entry.code for entry in result.not_checked}
    assert any("Range of others" in message for message in said(result, "WS303") + said(result, "WS302"))


def test_what_is_wrong_with_a_file_is_told_once_with_the_feature_and_its_name(tmp_path: Path) -> None:
    bad = json.loads(json.dumps(AREAS))
    bad["features"][0]["properties"]["hazard"] = "lava"
    (tmp_path / "areas.geojson").write_text(json.dumps(bad), encoding="utf-8")
    result = checked(tmp_path, "{areas: areas.geojson}")
    text = findings.as_text(result)
    words = " ".join(text.split())
    assert words.count("lava") == 1
    assert "feature 1 (Range of others): hazard: found 'lava'" in words
    assert len(result.not_checked) > 1
    assert {entry.reason for entry in result.not_checked} == {f"{tmp_path / 'areas.geojson'} cannot be used, see WS008"}
    assert text.count("not checked WS") == 1
    assert ".." not in text


def test_without_the_rule_about_files_the_others_say_what_is_wrong(tmp_path: Path) -> None:
    plan = tmp_path / "plan.exercise.yaml"
    plan.write_text(whole("environment: {areas: missing.geojson}\n"), encoding="utf-8")
    result = waterspace.check(waterspace.load(plan), ignore=("WS008",))
    assert result.not_checked
    assert all("there is no such file" in entry.reason for entry in result.not_checked)
    assert ".." not in findings.as_text(result)


@pytest.mark.parametrize("key", ["firs", "lanes", "areas"])
def test_a_file_without_features_is_an_advice(tmp_path: Path, key: str) -> None:
    (tmp_path / "none.geojson").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    result = checked(tmp_path, f"{{{key}: none.geojson}}")
    assert [finding.severity for finding in result.findings] == [Severity.ADVICE]
    (message,) = said(result)
    assert message.startswith(f"The file of {key} under environment holds no feature")
    assert not result.not_checked


def test_a_misspelt_property_of_an_area_is_an_advice_that_names_the_one_that_was_meant(tmp_path: Path) -> None:
    slip = json.loads(json.dumps(AREAS))
    slip["features"][0]["properties"] = {"name": "W", "windws": [], "hazzard": "firing", "colour": "dark"}
    (tmp_path / "areas.geojson").write_text(json.dumps(slip), encoding="utf-8")
    result = checked(tmp_path, "{areas: areas.geojson}")
    found = [finding for finding in result.findings if finding.code == "WS008"]
    assert [finding.severity for finding in found] == [Severity.ADVICE] * 2
    assert sorted(finding.message for finding in found)[1] == (
        "In the file of areas under environment feature 1 (W) has the property 'windws', which is passed over. "
        "Did you mean windows?"
    )
    assert any("Did you mean hazard?" in finding.message for finding in found)
    assert not result.not_checked


def test_an_area_with_a_hole_takes_part_in_every_rule(tmp_path: Path) -> None:
    pierced = json.loads(json.dumps(AREAS))
    hole = [[133.95, 38.45], [134.05, 38.45], [134.05, 38.55], [133.95, 38.55], [133.95, 38.45]]
    pierced["features"][0]["geometry"]["coordinates"].append(hole)
    (tmp_path / "areas.geojson").write_text(json.dumps(pierced), encoding="utf-8")
    result = checked(tmp_path, "{areas: areas.geojson}")
    assert not said(result)
    assert not result.not_checked
