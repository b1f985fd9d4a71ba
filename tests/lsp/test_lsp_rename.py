"""An entry with another id is the same entry, and the plan the same plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_texts import FULL
from source_tree import ROOT
from waterspace import planfile
from waterspace.checks import check
from waterspace.lsp.plan import Plan
from waterspace.lsp.rename import Change, RenameError, renamable, rename
from waterspace.lsp.text import Text

if TYPE_CHECKING:
    from waterspace.lsp.names import Name

TEXT = (ROOT / "examples" / "passex.exercise.yaml").read_text(encoding="utf-8")
PLAN = Plan(Text(FULL))
assert PLAN.names is not None
OCCURRENCES = [
    one
    for section, found in PLAN.names.definitions.items()
    if section != "participants"
    for name in found.values()
    for one in PLAN.names.occurrences(name)
]


def _changed(text: str, changes: tuple[Change, ...]) -> str:
    for (start, end), new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _said(text: str, swap: tuple[str, str] | None = None) -> list[tuple[str, str, tuple[str, ...]]]:
    """What the rules say, with one id in place of another."""
    found = []
    for finding in check(planfile.loads(text)).findings:
        message, subjects = finding.message, finding.subjects
        if swap is not None:
            message = re.sub(rf"(?<![\w-]){re.escape(swap[0])}(?![\w-])", swap[1], message)
            subjects = tuple(swap[1] if subject == swap[0] else subject for subject in subjects)
        found.append((finding.code, message, tuple(sorted(subjects))))
    return sorted(found)


@given(st.sampled_from(OCCURRENCES), st.sampled_from(["ZZ-9", "null", "Zulu_1", "No"]))
def test_renaming_from_any_place_gives_the_same_plan_with_another_id(name: Name, new: str) -> None:
    changes = rename(PLAN, name.span[0], new)
    renamed = Plan(Text(_changed(FULL, changes)))
    assert renamed.names is not None
    assert PLAN.names is not None
    assert new in renamed.names.definitions[name.section]
    assert name.id not in renamed.names.definitions[name.section]
    assert [use.section for use in renamed.names.uses] == [use.section for use in PLAN.names.uses]
    planfile.loads(renamed.text.source)
    back = rename(renamed, renamed.names.definitions[name.section][new].span[0], name.id)
    again = Plan(Text(_changed(renamed.text.source, back)))
    assert again.layout is not None
    assert PLAN.layout is not None
    assert list(again.layout.tree.paths()) == list(PLAN.layout.tree.paths())


@pytest.mark.parametrize("id_", ["ALFA", "S2", "BRAVO"])
def test_the_rules_say_the_same_after_a_rename(id_: str) -> None:
    plan = Plan(Text(TEXT))
    assert plan.names is not None
    name = plan.names.anywhere(id_)
    if name is None:
        pytest.fail(f"the example has no {id_} any more: choose another id")
    renamed = _changed(TEXT, rename(plan, name.span[0], "RENAMED"))
    assert _said(renamed, ("RENAMED", id_)) == _said(TEXT)


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("", "cannot be an id"),
        ("9", "cannot be an id"),
        ("a b", "cannot be an id"),
        ("HELO", "already the id of another entry, in line"),
        ("S9", "which no entry of the file has"),
    ],
)
def test_an_id_that_would_not_do_is_refused_with_the_reason(new: str, reason: str) -> None:
    with pytest.raises(RenameError, match=reason):
        rename(PLAN, FULL.index("WAKASA") + 1, new)


def test_countries_classes_of_the_library_and_half_read_files_are_not_renamed() -> None:
    assert renamable(PLAN, FULL.index("nation: JPN") + 9) is None
    assert renamable(PLAN, FULL.index("class: kcg_3000") + 9) is None
    assert renamable(PLAN, FULL.index("WAKASA") + 1) is not None
    broken = Plan(Text(FULL + "settings\n"))
    with pytest.raises(RenameError, match="cannot be read"):
        rename(broken, FULL.index("WAKASA") + 1, "NEW")
    with pytest.raises(RenameError, match="No id of an entry"):
        rename(PLAN, 0, "NEW")
