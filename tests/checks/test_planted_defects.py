"""Every rule finds the defects that are planted for it, and is silent about their clean twins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from planted_defects import FOLDER, UNPLANTED, planted
from waterspace import checks, planfile
from waterspace.checks.example import whole

if TYPE_CHECKING:
    from pathlib import Path

    from waterspace.checks import Rule
    from waterspace.domain import Exercise

VARIANTS = 10

every_rule = pytest.mark.parametrize(
    "rule", [rule for rule in checks.rules() if rule.code not in UNPLANTED], ids=lambda rule: rule.code
)


@every_rule
def test_what_is_planted_is_found_and_its_clean_twin_is_let_pass(rule: Rule, tmp_path: Path) -> None:
    assert rule.code in planted(), f"plant defects for {rule.code} in {FOLDER}"

    for name, content in rule.files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")

    def plan(fragment: str) -> Exercise:
        return planfile.loads(whole(fragment), str(tmp_path / "plan.exercise.yaml"))

    @settings(max_examples=VARIANTS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(planted()[rule.code])
    def hold(pair: tuple[str, str]) -> None:
        bad, good = pair
        found = checks.check(plan(bad), select=[rule.code]).findings
        assert found, bad
        assert not any(finding.is_internal for finding in found), found
        clean = checks.check(plan(good), select=[rule.code])
        assert not clean.findings, (good, [finding.message for finding in clean.findings])
        assert not clean.not_checked, (good, clean.not_checked)

    hold()


def test_every_strategy_is_for_a_rule_that_there_is() -> None:
    assert planted().keys() <= {rule.code for rule in checks.rules()}
