"""The catalogue of rules: found by code and by family, in words, and quickly."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from waterspace import checks
from waterspace.checks.catalogue import FAMILIES
from waterspace.checks.example import whole
from waterspace.domain import Severity
from waterspace.errors import UnknownRuleError, WaterspaceError

LIGHT = """
import sys
from waterspace.checks import explain, get, rules
assert all(explain(rule) for rule in rules())
heavy = {"numpy", "pyproj", "shapely", "pydantic", "yaml", "astral", "waterspace.programme"}
print(sorted(heavy.intersection(sys.modules)))
"""


def test_codes_and_names_are_unique_and_every_family_has_rules() -> None:
    rules = checks.rules()
    assert len({rule.code for rule in rules}) == len(rules)
    assert len({rule.name for rule in rules}) == len(rules)
    assert [rule.code for rule in rules] == sorted(rule.code for rule in rules)
    assert {rule.code[:3] for rule in rules} == set(FAMILIES)


def test_every_rule_says_why_and_on_whose_word() -> None:
    for rule in checks.rules():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name), rule.code
        assert isinstance(rule.severity, Severity)
        assert rule.summary.endswith(".")
        assert rule.why.endswith(".")
        assert rule.source
        assert not rule.source.endswith("."), rule.code
        assert rule.bad != rule.good


def test_a_rule_is_found_by_its_code_in_capitals_or_not() -> None:
    assert checks.get("ws201").code == "WS201"


@pytest.mark.parametrize(("code", "advice"), [("WS210", "did you mean WS2"), ("XYZ", "there are WS0, WS1")])
def test_a_code_that_does_not_exist_gets_a_suggestion(code: str, advice: str) -> None:
    with pytest.raises(UnknownRuleError) as caught:
        checks.get(code)
    assert f"there is no rule {code}; " in str(caught.value)
    assert advice in str(caught.value)
    assert isinstance(caught.value, WaterspaceError)
    assert isinstance(caught.value, KeyError)


def test_a_rule_tells_which_keys_of_the_plan_name_the_data_that_it_reads() -> None:
    for rule in checks.rules():
        assert set(rule.reads.values()) == set(rule.files), rule.code
        assert all(
            f"Data: it reads the file that {key} names" in " ".join(checks.explain(rule).split()) for key in rule.reads
        )
    assert checks.get("WS312").reads == {"environment.firs": "firs.geojson"}
    assert not checks.get("WS201").reads


def test_codes_are_found_by_their_beginning() -> None:
    assert checks.codes_matching("ws20")[:3] == ("WS201", "WS202", "WS203")
    assert all(code.startswith("WS20") for code in checks.codes_matching("ws20"))
    assert set(checks.codes_matching("WS")) == {rule.code for rule in checks.rules()}
    assert checks.codes_matching("WS9") == ()
    assert checks.codes_matching("") == ()


def test_a_rule_is_explained_with_its_family_why_source_and_both_examples() -> None:
    rule = checks.get("WS301")
    text = checks.explain(rule)
    assert text.startswith("WS301 in-a-territorial-sea (error)\nThird parties and law\n\n")
    for part in ("Why: ", "Source: ", "Bad:\n    ", "Good:\n    "):
        assert f"\n\n{part}" in text
    assert all(len(line) <= 120 for line in text.splitlines())


def test_explaining_every_rule_loads_no_heavy_library() -> None:
    done = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_fragment_keeps_its_own_keys_and_gets_all_others() -> None:
    text = whole("areas:\n  EAST: {circle: {centre: 38-30.0N 135-00.0E, radius: 15 nm}}")
    assert text.count("\nareas:\n") == 1
    assert "EAST" in text
    assert "WEST: {name" not in text
    assert text.startswith("waterspace: 1\nexercise:\n")
    assert whole("").endswith("\n")


def test_a_rule_is_found_by_its_name_too() -> None:
    assert checks.get("notice-late") is checks.get("WS502")
    assert checks.get("Notice-Late") is checks.get("ws502")
    with pytest.raises(UnknownRuleError, match="did you mean notice-late"):
        checks.get("notice-lat")
