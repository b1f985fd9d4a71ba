"""The JSON Schema says what the reader accepts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from plan_texts import FULL, SMALL
from source_tree import ROOT
from waterspace import planfile
from waterspace.planfile.schema import write_schema
from waterspace.planfile.tree import compose, plain
from waterspace.serials import registry

COMMITTED = ROOT / "schema" / "waterspace-1.schema.json"
EXAMPLES = sorted((ROOT / "examples").glob("*.exercise.yaml"))


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return planfile.json_schema()


def errors(schema: dict[str, Any], text: str) -> list[str]:
    """Where a text violates a schema, and how."""
    validator = jsonschema.Draft7Validator(schema)
    found = validator.iter_errors(plain(compose(text, "x").root))
    return [f"{error.json_path}: {error.message}" for error in found]


def test_the_schema_is_a_schema(schema: dict[str, Any]) -> None:
    jsonschema.Draft7Validator.check_schema(schema)


def test_the_committed_schema_is_that_of_the_code() -> None:
    fresh = write_schema(planfile.json_schema(registry.built_in_keys()))
    assert COMMITTED.read_text(encoding="utf-8") == fresh, "run `make docs` and commit the schema"


def test_vscode_is_told_to_use_the_schema() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"][COMMITTED.relative_to(ROOT).as_posix()] == "*.exercise.yaml"


@pytest.mark.parametrize("text", [SMALL, FULL, planfile.new_file("x")], ids=["small", "full", "new"])
def test_a_file_without_fault_fits_the_schema(schema: dict[str, Any], text: str) -> None:
    assert errors(schema, text) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_fits_the_schema(schema: dict[str, Any], path: Path) -> None:
    assert errors(schema, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("name: Full drill", "nmae: Full drill", "$.exercise"),
        ("waterspace: 1", "waterspace: 2", "$.waterspace"),
        ("host: JPN", "host: Japan", "$.exercise.host"),
        ("type: transit", "type: tranist", "$.serials.S1.type"),
        ("    speed: 12 kn", "    sped: 12 kn", "$.serials.S1"),
        ("    speed: 12 kn", "    speed: quick", "$.serials.S1.speed"),
        ("    - 36-24.0N 132-18.0E", "    - 36.4 132.3", "$.serials.S1.route"),
        ("    start: 2024-06-06T01:00Z", "    start: 2024-06-06", "$.serials.S1.start"),
        ("medium: surface", "medium: sea", "$.classes.cutter.medium"),
        ("  HELO: {", "  9HELO: {", "$.units"),
        ("DELTA: {corridor", "DELTA: {polygon: [36N 1E, 36N 2E, 37N 1E], corridor", "$.areas.DELTA"),
        ("vertical: surface to FL100", "vertical: surface", "$.areas.ALFA.vertical"),
        ("waypoints: [36N 132E, 37N 132E]", "waypoints: [36N 132E]", "$.areas.DELTA.corridor.waypoints"),
        ("command_ship: yes", "command_ship: maybe", "$.units.WAKASA.command_ship"),
    ],
)
def test_common_faults_violate_the_schema_too(schema: dict[str, Any], old: str, new: str, at: str) -> None:
    assert FULL.count(old) == 1
    found = errors(schema, FULL.replace(old, new))
    assert found
    assert any(error.startswith(at) for error in found), found


def test_every_serial_type_has_its_branch_with_its_parameters(schema: dict[str, Any]) -> None:
    serial = schema["definitions"]["Serial"]
    assert serial["properties"]["type"]["enum"] == list(registry.keys())
    branches = {branch["if"]["properties"]["type"]["const"]: branch["then"] for branch in serial["allOf"]}
    assert set(branches) == set(registry.keys())
    transit = branches["transit"]
    assert transit["additionalProperties"] is False
    assert transit["properties"]["speed"]["examples"] == ["18 kn"]
    assert transit["properties"]["area"] is True


def test_a_schema_can_be_asked_for_some_types_only() -> None:
    serial = planfile.json_schema(["transit"])["definitions"]["Serial"]
    assert serial["properties"]["type"]["enum"] == ["transit"]
    assert len(serial["allOf"]) == 1


def test_everything_in_the_schema_is_described(schema: dict[str, Any]) -> None:
    for name, definition in (("file", schema), *schema["definitions"].items()):
        assert definition["description"], name
        for key, value in definition["properties"].items():
            assert value["description"].endswith((".", "...")), f"{name}.{key}"


def test_examples_of_every_notation_are_read_by_its_reader(schema: dict[str, Any]) -> None:
    position = schema["definitions"]["Circle"]["properties"]["centre"]["examples"]
    times = schema["definitions"]["Window"]["properties"]["start"]["examples"]
    for start in position:
        for time in times:
            text = FULL.replace("start: 36-24.0N 132-18.0E", f"start: {start}")
            text = text.replace("at: 2024-06-06T03:00Z", f"at: {time}")
            planfile.loads(text)


def test_editors_complete_classes_and_ports(schema: dict[str, Any]) -> None:
    unit = schema["definitions"]["Unit"]["properties"]
    assert "type052d" in unit["class"]["examples"]
    assert "CNTAO" in unit["home"]["examples"]
