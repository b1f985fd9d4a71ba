"""Every rule, serial type and command is documented and tested."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache

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


def test_every_rule_is_documented_and_tested() -> None:
    assert [code for code in RULES if f"## {code} " not in _page("rules.md")] == []
    assert [code for code in RULES if not _in_tests(rf"\b{code}\b", "checks")] == [], "no test of the rules names them"


def test_every_rule_has_a_page_worth_of_explanation() -> None:
    assert [code for code in RULES if not _is_explained(code)] == []


def _is_explained(code: str) -> bool:
    """Whether a rule says what it finds and why in sentences, with a source and an example either way."""
    rule = checks.get(code)
    sentences = all(re.match(r"[A-Z`]", text) and text.endswith(".") for text in (rule.summary, rule.why))
    return bool(re.fullmatch(r"WS[0-7]\d\d", code) and sentences and rule.source and rule.bad and rule.good)


def test_every_serial_type_is_documented_and_tested() -> None:
    assert [key for key in TYPES if f"[`{key}`](serials/{key}.md)" not in _page("serial-types.md")] == []
    assert [key for key in TYPES if not _page(f"serials/{key}.md").startswith(f"# `{key}`: ")] == []
    assert [key for key in TYPES if not _in_tests(rf"\b{key}\b", "serials")] == [], "no test of serials names them"


def test_every_command_is_documented_and_tested() -> None:
    assert [name for name in COMMANDS if f"## `waterspace {name}`" not in _page("commands.md")] == []
    untested = [name for name in COMMANDS if not _in_tests(rf"[\"' ]{name}[\"' ]", "cli")]
    assert untested == [], "no test of the command line names them"


@cache
def _page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


@cache
def _tests_of(package: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / package).rglob("*.py")))


def _in_tests(pattern: str, package: str) -> bool:
    return re.search(pattern, _tests_of(package)) is not None
