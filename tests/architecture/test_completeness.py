"""Every rule, serial type and command is documented and tested."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache

import pytest
import typer.main

from source_tree import ROOT
from waterspace import checks
from waterspace.cli import app
from waterspace.serials import registry

REFERENCE = ROOT / "docs" / "reference"
RULES = tuple(rule.code for rule in checks.rules())
TYPES = registry.built_in_keys()
COMMANDS = tuple(sorted(getattr(typer.main.get_command(app), "commands", {})))


def test_there_is_something_to_look_at() -> None:
    assert RULES
    assert TYPES
    assert COMMANDS


def test_the_generated_pages_and_the_schema_are_those_of_the_code() -> None:
    command = [sys.executable, str(ROOT / "tools" / "build_docs.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("code", RULES)
def test_every_rule_is_documented_and_tested(code: str) -> None:
    assert f"## {code} " in _page("rules.md")
    assert _in_tests(rf"\b{code}\b", "checks"), f"no test of the rules names {code}"


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_a_page_worth_of_explanation(code: str) -> None:
    rule = checks.get(code)
    assert re.fullmatch(r"WS[0-7]\d\d", code)
    for text in (rule.summary, rule.why):
        assert text[:1].isupper() or text[:1] == "`"
        assert text.endswith(".")
    assert rule.source
    assert rule.bad
    assert rule.good


@pytest.mark.parametrize("key", TYPES)
def test_every_serial_type_is_documented_and_tested(key: str) -> None:
    assert f"[`{key}`](serials/{key}.md)" in _page("serial-types.md")
    assert _page(f"serials/{key}.md").startswith(f"# `{key}`: ")
    assert _in_tests(rf"\b{key}\b", "serials"), f"no test of the serial types names {key}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_and_tested(name: str) -> None:
    assert f"## `waterspace {name}`" in _page("commands.md")
    assert _in_tests(rf"[\"' ]{name}[\"' ]", "cli"), f"no test of the command line names {name}"


@cache
def _page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


@cache
def _tests_of(package: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / package).rglob("*.py")))


def _in_tests(pattern: str, package: str) -> bool:
    return re.search(pattern, _tests_of(package)) is not None
