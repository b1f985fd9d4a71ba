"""Serials that meet one claim of others are told together (WS302), and yet accepted one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import waterspace
from builders import findings_of
from waterspace.checks.example import whole
from waterspace.checks.suggesting import with_suggestions
from waterspace.domain import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from waterspace.domain import CheckResult, Finding

SERIALS = """\
serials:
  S1: {type: assembly, name: First, area: WEST, units: {units: ALFA}, start: 2026-06-08T03:00Z, duration: 2 h,
    objectives: O1}
  S2: {type: assembly, name: Second, area: WEST, units: {units: BRAVO}, start: 2026-06-08T00:00Z, duration: 2 h,
    objectives: O1}
  S3: {type: assembly, name: Third, area: WEST, units: {units: ALFA}, start: 2026-06-09T00:00Z, duration: 4 h,
    objectives: O1}
"""
WARNING = """\
HYDROPAC 77/26.
SEA OF JAPAN.
1. GUNNERY 0000Z TO 0900Z DAILY 08 THRU 09 JUN IN AREA BOUND BY
   38-20.00N 133-50.00E, 38-20.00N 134-40.00E,
   38-40.00N 134-40.00E, 38-40.00N 133-50.00E.
2. CANCEL THIS MSG 091000Z JUN 26.
"""


def checked(folder: Path, plan: str) -> CheckResult:
    (folder / "w.txt").write_text(WARNING, encoding="utf-8")
    file = folder / "plan.exercise.yaml"
    file.write_text(whole(f"{plan}context:\n  warnings: w.txt\n"), encoding="utf-8")
    return waterspace.check(waterspace.load(file), select=["WS302"])


def subjects(findings: tuple[Finding, ...]) -> list[tuple[str, ...]]:
    return [finding.subjects for finding in findings]


def test_serials_that_meet_one_warning_are_told_together_the_first_at_length(tmp_path: Path) -> None:
    (found,) = checked(tmp_path, SERIALS).findings
    assert found.message == (
        "The working room of S2 (Second) in West meets HYDROPAC 77/26 (gunnery; w.txt:4; in force 2 times, 080000Z to "
        "080900Z JUN 26 the first and 090000Z to 090900Z JUN 26 the last) near 38-30.0N 134-00.0E, on the surface, "
        "080000Z to 080200Z JUN 26 (2 h). So do claims of S1 (First) 080300Z to 080500Z JUN 26 and S3 (Third) 090000Z "
        "to 090400Z JUN 26. Move the serials in time, place or height."
    )
    assert found.subjects == ("S2", "HYDROPAC 77/26", "S1", "S3")
    assert len(found.when) == 3
    assert found.amount == (4.0, 0.0, "h")


def test_a_serial_more_in_a_warning_is_another_finding(tmp_path: Path) -> None:
    (three,) = checked(tmp_path, SERIALS).findings
    (two,) = checked(tmp_path, SERIALS.replace("2026-06-09T00:00Z", "2026-06-10T00:00Z")).findings
    assert two.id != three.id


@pytest.mark.parametrize(
    ("about", "until", "left"),
    [
        pytest.param("[S1, HYDROPAC 77/26]", "", [("S2", "HYDROPAC 77/26", "S3")], id="one serial"),
        pytest.param("S1", "", [("S2", "HYDROPAC 77/26", "S3")], id="whatever one serial meets"),
        pytest.param("HYDROPAC 77/26", "", [], id="the warning"),
        pytest.param("HYDROPAC 77/26", "until: 2026-06-08T12:00Z", [("S3", "HYDROPAC 77/26")], id="up to a time"),
        pytest.param("HYDROPAC 78/26", "", [("S2", "HYDROPAC 77/26", "S1", "S3")], id="something else"),
    ],
)
def test_nobody_accepts_more_than_was_meant(
    tmp_path: Path, about: str, until: str, left: list[tuple[str, ...]]
) -> None:
    accepted = f"check: {{suppress: [{{rule: WS302, about: {about}, reason: Agreed., by: SO, {until}}}]}}\n"
    result = checked(tmp_path, f"{SERIALS}{accepted}")
    assert subjects(result.findings) == left
    told = {id_ for one in result.suppressed for id_ in one.finding.subjects}
    assert told.isdisjoint(id_ for some in left for id_ in some if id_.startswith("S"))


DRILL = """\
context:
  exercises:
    X1: {name: Autumn drill, participants: [ITA], start: 2026-06-08T00:00Z, end: 2026-06-09T00:00Z,
      circle: {centre: 38-30.0N 134-00.0E, radius: 10 nm}}
"""


def test_firing_in_the_water_of_others_is_told_apart_from_the_rest() -> None:
    firing = """\
areas:
  WEST: {name: West, circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}, vertical: surface to 3000 ft}
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T03:00Z, duration: 2 h, objectives: O1}
  S2: {type: assembly, area: WEST, units: {units: BRAVO}, start: 2026-06-08T06:00Z, duration: 2 h, objectives: O1}
  S3: {type: gunnery, area: WEST, units: {firing: ALFA, safety: BRAVO}, start: 2026-06-08T00:00Z, duration: 2 h,
    objectives: O1, safety_officer: Executive officer}
"""
    found = findings_of("WS302", firing + DRILL)
    assert {(one.severity, one.subjects) for one in found} == {
        (Severity.ERROR, ("S3", "X1")),
        (Severity.WARNING, ("S1", "X1", "S2")),
    }


def test_a_move_that_takes_one_of_several_serials_out_of_a_warning_brings_nothing_new(tmp_path: Path) -> None:
    firing = """\
areas:
  WEST: {name: West, circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}, vertical: surface to 3000 ft}
serials:
  S1: {type: gunnery, area: WEST, units: {firing: ALFA, safety: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h,
    objectives: O1, safety_officer: Executive officer}
  S2: {type: gunnery, area: WEST, units: {firing: BRAVO, safety: BRAVO}, start: 2026-06-08T00:00Z, duration: 2 h,
    objectives: O1, safety_officer: Executive officer}
"""
    (tmp_path / "w.txt").write_text(WARNING.replace("0900Z DAILY 08 THRU 09 JUN", "0200Z 08 JUN"), encoding="utf-8")
    file = tmp_path / "plan.exercise.yaml"
    file.write_text(whole(f"{firing}context:\n  warnings: w.txt\n"), encoding="utf-8")
    exercise = waterspace.load(file)
    before = waterspace.check(exercise)
    assert [one.subjects for one in before.findings if one.code == "WS302"] == [("S1", "HYDROPAC 77/26", "S2")]
    (clash,) = [one for one in with_suggestions(exercise, before).findings if one.code == "WS201"]
    assert any(fix.title.startswith("Start S1 2 h later") for fix in clash.suggestions)
