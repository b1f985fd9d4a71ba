"""Every rule finds the defects that are planted for it, and is silent about their clean twins."""

from __future__ import annotations

from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waterspace import checks, planfile
from waterspace.checks.example import whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.checks import Rule
    from waterspace.domain import Exercise

FOLDER = Path(__file__).parent / "planted"
VARIANTS = 10
UNPLANTED = {"WS000": "the reader reports it; tests/planfile plants its defects"}


def _defects(path: Path) -> Mapping[str, st.SearchStrategy[tuple[str, str]]]:
    spec = util.spec_from_file_location(f"planted_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Mapping[str, st.SearchStrategy[tuple[str, str]]] = module.DEFECTS
    return found


PLANTED: dict[str, st.SearchStrategy[tuple[str, str]]] = {}
for path in sorted(FOLDER.glob("*.py")):
    for code, strategy in _defects(path).items():
        assert code not in PLANTED, f"{code} is planted twice"
        PLANTED[code] = strategy

every_rule = pytest.mark.parametrize(
    "rule", [rule for rule in checks.rules() if rule.code not in UNPLANTED], ids=lambda rule: rule.code
)


@every_rule
def test_what_is_planted_is_found_and_its_clean_twin_is_let_pass(rule: Rule, tmp_path: Path) -> None:
    assert rule.code in PLANTED, f"plant defects for {rule.code} in {FOLDER}"

    for name, content in rule.files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")

    def plan(fragment: str) -> Exercise:
        return planfile.loads(whole(fragment), str(tmp_path / "plan.exercise.yaml"))

    @settings(max_examples=VARIANTS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(PLANTED[rule.code])
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
    assert PLANTED.keys() <= {rule.code for rule in checks.rules()}
