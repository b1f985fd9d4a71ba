"""The page of a serial type says all that is promised, from the type's own words and a real run of its example."""

from __future__ import annotations

import re

import pytest

from waterspace import checks
from waterspace.planfile import loads
from waterspace.planfile.parameters import parameter_keys
from waterspace.reports.serial_page import model_of, serial_page
from waterspace.review import rehearse
from waterspace.serials import registry

TYPES = registry.built_in_keys()
PARTS = (
    "What the units do",
    "Who takes part",
    "Parameters",
    "Needs and limits of the day",
    "What it reserves",
    "Measures",
    "Limits of the model",
    "Sources",
    "Example",
)

WANTS_FILES = {"WS309", "WS310", "WS312", "WS603"}
"""Rules that want a file of data which cannot be shipped, wherever somebody fires."""

every_type = pytest.mark.parametrize("key", TYPES)


@every_type
def test_a_page_has_every_part_and_names_every_parameter_role_and_measure(key: str) -> None:
    page, type_ = serial_page(key), registry.get(key)
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == list(PARTS)
    named = [*parameter_keys(key).parameters, *(role.name for role in type_.roles), *type_.measured_by]
    assert not [name for name in named if f"| `{name}` |" not in page]
    assert all(f"Source: {source}" in page for source in type_.sources)
    assert "None are stated." not in page
    assert max(map(len, (line for line in page.splitlines() if not line.startswith(("|", "Source:"))))) <= 130


@every_type
def test_a_model_states_what_it_leaves_out(key: str) -> None:
    model = model_of(registry.get(key))
    assert model.text
    assert model.limits.endswith(".")


@every_type
def test_the_example_is_clean_and_completes_and_measures(key: str) -> None:
    exercise = loads(registry.example(key))
    assert [serial.type for serial in exercise.serials.values()] == [key]
    found = checks.check(exercise)
    assert not found.findings
    assert {one.code for one in found.not_checked} <= WANTS_FILES
    run = rehearse(exercise, 1)
    assert run.records[0].status.value == "completed"
    names = {measure.name for measure in run.measures if measure.subject == "S1"}
    assert names
    assert names <= set(registry.get(key).measured_by)


@every_type
def test_a_measure_ends_in_a_unit_and_is_explained_in_one_sentence(key: str) -> None:
    for name, text in registry.get(key).measured_by.items():
        assert name.endswith(("_m", "_mps", "_s", "_ms", "_deg", "_kg", "_count", "_ratio"))
        assert text
        assert not text.endswith(".")
        assert ". " not in text


def test_a_type_without_an_example_has_a_page_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "example", lambda key: "")
    page = serial_page("transit")
    assert "## Example" not in page
    assert "in the example" not in page
