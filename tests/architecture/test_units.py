"""The units of findings are one closed list: each has a meaning, is in use, and is told in the guide."""

from __future__ import annotations

import ast
from typing import get_args

import pytest

from builders import plan
from source_tree import ROOT, SOURCE
from waterspace import checks
from waterspace.domain import AMOUNT_UNITS, AmountUnit

pytestmark = pytest.mark.no_cover
"""Nothing of the package runs here that has no test of its own."""

RULES = tuple(rule for rule in checks.rules() if rule.code != "WS000" and not rule.files)


def written() -> set[object]:
    """The texts that stand as the unit of an amount anywhere in the package."""
    found: set[object] = set()
    for path in (SOURCE / "checks").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Amount":
                given = [keyword.value for keyword in node.keywords if keyword.arg == "unit"] + node.args[2:3]
                assert len(given) == 1, (path, node.lineno)
                assert isinstance(given[0], ast.Constant), (path, node.lineno)
                found.add(given[0].value)
    return found


def test_every_unit_has_a_meaning() -> None:
    assert set(get_args(AmountUnit)) == set(AMOUNT_UNITS)
    assert all(AMOUNT_UNITS.values())


def test_the_units_that_rules_write_are_the_list() -> None:
    assert written() == set(AMOUNT_UNITS)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_findings_are_told_in_units_of_the_list(rule: checks.Rule) -> None:
    for finding in checks.check(plan(rule.bad), select=[rule.code]).findings:
        assert not finding.unit or finding.unit in AMOUNT_UNITS


def test_the_guide_tells_every_unit() -> None:
    guide = (ROOT / "docs" / "guide" / "check.md").read_text(encoding="utf-8")
    assert [unit for unit in AMOUNT_UNITS if f"`{unit}`" not in guide] == []
