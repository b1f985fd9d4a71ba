"""Files of data that a plan names (WS008), and what the other rules make of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import waterspace
from waterspace.checks.example import whole

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


@pytest.mark.parametrize("key", ["firs", "lanes", "areas", "depths", "weather"])
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
    assert "liancourt_rocks" in found[0]
    assert not said(checked(tmp_path, "{holders: {liancourt_rocks: KOR}}"))


def test_areas_of_the_planner_are_claims_of_others(tmp_path: Path) -> None:
    (tmp_path / "areas.geojson").write_text(json.dumps(AREAS), encoding="utf-8")
    result = checked(tmp_path, "{areas: areas.geojson}")
    assert not said(result)
    assert "WS303" not in {entry.code for entry in result.not_checked}
    assert any("Range of others" in message for message in said(result, "WS303") + said(result, "WS302"))
