"""Where faults and findings are drawn, and what is offered about them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plan_texts import SMALL
from source_tree import ROOT
from waterspace import planfile
from waterspace.checks import baseline, check
from waterspace.checks.example import whole
from waterspace.checks.session import Session
from waterspace.domain import CheckResult, Edit, Finding, Fix, NotChecked, Severity, Sorting
from waterspace.lsp import inspection
from waterspace.lsp.actions import remedies
from waterspace.lsp.inspection import Inspection, inspect
from waterspace.lsp.layout import layout_of
from waterspace.lsp.marks import FILE_FAULT, Mark, marks_of_result
from waterspace.lsp.mending import mended
from waterspace.lsp.plan import Plan
from waterspace.lsp.text import Text

TEXT = (ROOT / "examples" / "northern-interaction-2023.exercise.yaml").read_text(encoding="utf-8")
PASSEX = (ROOT / "examples" / "passex.exercise.yaml").read_text(encoding="utf-8")


def _inspected(source: str) -> Inspection:
    return inspect(Plan(Text(source)), Session("typed.exercise.yaml"))


def _marked(source: str) -> list[tuple[str, str]]:
    """Code and marked text of everything that is wrong."""
    found = _inspected(source)
    body = found.plan.text.body
    return [(mark.code, body[slice(*mark.span)]) for mark in found.marks if mark.severity is not None]


@pytest.mark.parametrize(
    ("added", "marked"),
    [
        ("phases:\n  P: {kind: see, start: 2024-06-06T00:00Z, end: 2024-06-06T01:00Z}\n", "see"),
        ("phases:\n  P: {kind: sea, start: 2024-06-06 at noon, end: 2024-06-06T01:00Z}\n", "2024-06-06 at noon"),
        ('areas:\n  A: {circle: {centre: "39N, 200E", radius: 1 nm}}\n', '"39N, 200E"'),
        ("areas:\n  A: {circle: {centre: 39N 20E, radius: 1}} # why\n", "1"),
        ("unitz: {}\n", "unitz"),
        ("units:\n  Q:\n    name: x\n    nation: JPN\n", "Q"),
        ("units: Q\n", "Q"),
        ("units:\n  - Q\n", "units"),
        ("areas:\n  A: {polygon: [39N 20E, 40N 20E]}\n", "[39N 20E, 40N 20E]"),
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_fault_covers_the_value_or_the_key_at_fault(added: str, marked: str, mark: str) -> None:
    assert (FILE_FAULT, marked) in _marked(mark + SMALL + added)
    assert (FILE_FAULT, marked) in _marked((mark + SMALL + added).replace("\n", "\r\n"))


def test_findings_of_the_example_cover_names_and_values_and_lead_to_the_other_subject() -> None:
    found = _inspected(TEXT)
    assert found.exercise is not None
    plan = found.plan
    by_code = {mark.code: mark for mark in found.marks}
    danger = by_code["WS201"]
    assert plan.text.body[slice(*danger.span)] == "S110"
    assert [plan.text.body[slice(*one.span)] for one in danger.related] == ["S109"]
    assert "Joint gunnery" in danger.related[0].message
    unused = by_code["WS002"]
    assert unused.is_unused
    assert not danger.is_unused
    assert plan.text.body[slice(*unused.span)] in {"Y20", "Z20"}


def test_what_was_not_checked_is_a_hint_in_the_first_line_and_says_why() -> None:
    result = CheckResult(findings=(), not_checked=(NotChecked(code="WS401", reason="no weather is given"),))
    (mark,) = marks_of_result(Plan(Text(SMALL)), result)
    assert mark.severity is None
    assert mark.message == "WS401 was not checked: no weather is given"
    assert mark.span == (0, len("waterspace: 1"))


def test_a_failure_of_the_check_is_said_and_does_not_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(inspection, "marks_of_result", fail)
    (mark,) = _inspected(PASSEX).marks
    assert mark.severity is Severity.ERROR
    assert "broken on purpose" in mark.message
    assert "a fault of the program" in mark.message


def test_the_settings_of_the_folder_hold_in_the_editor_too(tmp_path: Path) -> None:
    file, settings = tmp_path / "typed.exercise.yaml", tmp_path / "waterspace.toml"

    def codes() -> set[str]:
        marks = inspect(Plan(Text(TEXT)), Session(str(file))).marks
        return {mark.code for mark in marks if mark.severity is not None}

    assert {"WS201", "WS002"} <= codes()
    settings.write_text('[check]\nselect = ["WS0"]\n', encoding="utf-8")
    assert codes() == {"WS002"}
    baseline.write(check(planfile.loads(TEXT)).findings, tmp_path / "known.json", frozenset())
    settings.write_text('[check]\nbaseline = "known.json"\n', encoding="utf-8")
    assert codes() == set()
    settings.write_text('[check]\nselekt = ["WS0"]\n', encoding="utf-8")
    assert {FILE_FAULT, "WS201"} <= codes()
    (tmp_path / "known.json").write_text("{}", encoding="utf-8")
    for name in ("known.json", "gone.json"):
        settings.write_text(f'[check]\nbaseline = "{name}"\n', encoding="utf-8")
        assert {FILE_FAULT, "WS201", "WS002"} <= codes()


def test_without_settings_nothing_is_said_to_be_mendable_for_nothing_would_be(tmp_path: Path) -> None:
    file, text = tmp_path / "typed.exercise.yaml", whole("").replace("covers: WEST", "covers: WESST")
    assert inspect(Plan(Text(text)), Session(str(file))).has_safe_fixes
    assert mended(Plan(Text(text)), str(file))
    (tmp_path / "waterspace.toml").write_text('[check]\nselekt = ["WS0"]\n', encoding="utf-8")
    assert not inspect(Plan(Text(text)), Session(str(file))).has_safe_fixes
    assert not mended(Plan(Text(text)), str(file))


# --------------------------------------------------------------------------------------------------------- remedies


def _after(source: str, mark: Mark, plan: Plan) -> list[str]:
    texts = []
    for remedy in remedies(plan, mark):
        text = source
        for (start, end), new in sorted(remedy.changes, reverse=True):
            text = text[:start] + new + text[end:]
        texts.append(text)
    return texts


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("exercse:\n", "exercise:\n"),
        ("    conditions: {daylite: yes}\n", "    conditions: {daylight: yes}\n"),
        ("    type: gunery\n", "    type: gunnery\n"),
        ("    type: 'gunery'\n", "    type: 'gunnery'\n"),
        ("    confidence: asumed\n", "    confidence: assumed\n"),
    ],
)
def test_a_word_that_was_meant_is_put_in_place(wrong: str, right: str) -> None:
    serial = "" if wrong.startswith("exerc") else f"serials:\n  S1:\n    name: One\n{wrong}"
    source = SMALL.replace("exercise:\n", wrong) if not serial else SMALL + serial
    found = _inspected(source)
    mended = [text for mark in found.marks for text in _after(source, mark, found.plan)]
    assert source.replace(wrong, right) in mended


def test_a_fix_of_a_finding_changes_the_values_it_names_and_nothing_else() -> None:
    plan = Plan(Text(PASSEX))
    assert plan.layout is not None
    path = next(path for path in plan.layout.tree.paths() if path[:1] == ("serials",) and path[-1] == "start")
    fix = Fix(title="Begin later", edits=(Edit(path, "2030-01-01T00:00Z"),))
    finding = next(mark.finding for mark in _inspected(TEXT).marks if mark.finding is not None)
    mark = Mark(span=(0, 0), severity=Severity.ERROR, code="WS005", message="", finding=replace(finding, fix=fix))
    (text,) = _after(PASSEX, mark, plan)
    old = plan.layout.text_at(path)
    assert old is not None
    assert text.count("2030-01-01T00:00Z") == 1
    assert [line for line in text.splitlines() if line not in PASSEX.splitlines()] == [
        line.replace(old, "2030-01-01T00:00Z") for line in PASSEX.splitlines() if line not in text.splitlines()
    ]
    assert isinstance(finding, Finding)


def test_a_fix_may_add_a_key_and_sort_a_list_and_one_for_another_text_is_not_offered() -> None:
    source = "waterspace: 1\nunits:\n  A: {name: a}\nlist: [b, a]\n"
    plan = Plan(Text(source))
    finding = next(mark.finding for mark in _inspected(TEXT).marks if mark.finding is not None)

    def after(*edits: Edit | Sorting) -> list[str]:
        fix = Fix(title="Do it", edits=edits)
        mark = Mark(span=(0, 0), severity=None, code="", message="", finding=replace(finding, fix=fix))
        return _after(source, mark, plan)

    both = after(Edit(("units", "A", "hull"), "5"), Sorting(("list",), (1, 0)))
    assert both == ["waterspace: 1\nunits:\n  A: {name: a, hull: 5}\nlist: [a, b]\n"]
    assert after(Edit(("units", "B", "hull"), "5")) == []
    assert after(Sorting(("list",), (0, 1, 2))) == []


def test_a_text_that_does_not_parse_keeps_the_names_of_the_rest() -> None:
    for broken in ("    area\n", "    units: {firing: [\n", "  : x\n", "\tx: y\n", '    name: "open\n'):
        source = TEXT.replace("    area: XRAY\n", broken, 1)
        line = source[: source.index(broken)].count("\n")
        layout = layout_of(source, line)
        assert layout is not None, broken
        assert len(layout.keys_at(("units",))) > 15
        assert len(layout.text) == len(source)
