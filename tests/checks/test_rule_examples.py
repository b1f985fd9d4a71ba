"""Every rule speaks of its bad example and keeps silent about its good one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders import plan
from waterspace import checks, planfile
from waterspace.checks.example import whole
from waterspace.domain import Severity
from waterspace.errors import PlanFileError

if TYPE_CHECKING:
    from pathlib import Path

    from waterspace.checks.rule import Rule
    from waterspace.domain import Exercise

RULES = [rule for rule in checks.rules() if rule.code != "WS000"]

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def example(rule: Rule, fragment: str, folder: Path) -> Exercise:
    """The exercise of an example, in a folder with the files of data that it names."""
    for name, content in rule.files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return planfile.loads(whole(fragment), file=str(folder / "plan.exercise.yaml"))


@every_rule
def test_the_bad_example_yields_the_finding(rule: Rule, tmp_path: Path) -> None:
    found = checks.check(example(rule, rule.bad, tmp_path), select=[rule.code]).findings
    assert found
    assert {finding.code for finding in found} == {rule.code}


@every_rule
def test_the_good_example_yields_no_finding_of_the_rule(rule: Rule, tmp_path: Path) -> None:
    result = checks.check(example(rule, rule.good, tmp_path), select=[rule.code])
    assert not result.findings
    assert not result.not_checked


@every_rule
def test_the_good_example_has_no_error_of_any_rule(rule: Rule, tmp_path: Path) -> None:
    result = checks.check(example(rule, rule.good, tmp_path))
    assert not [finding.message for finding in result.findings if finding.severity is Severity.ERROR]


@every_rule
def test_a_finding_says_a_sentence_and_points_into_the_file(rule: Rule, tmp_path: Path) -> None:
    for finding in checks.check(example(rule, rule.bad, tmp_path), select=[rule.code]).findings:
        assert finding.message.endswith((".", "?"))
        assert "  " not in finding.message
        assert finding.place.file.endswith("plan.exercise.yaml")
        assert finding.place.line > 1


def test_the_file_fault_ws000_is_what_the_reader_reports() -> None:
    rule = checks.get("WS000")
    with pytest.raises(PlanFileError) as caught:
        plan(rule.bad)
    assert len(caught.value.faults) == 2
    assert not checks.check(plan(rule.good), select=[rule.code]).findings


def test_the_plan_around_the_examples_has_nothing_wrong() -> None:
    result = checks.check(plan(""))
    assert not result.findings
    assert not result.not_checked
    assert result.rules == len(checks.rules())
