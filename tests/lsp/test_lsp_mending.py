"""Every safe fix at once, as changes of the text."""

from __future__ import annotations

import logging
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from waterspace.checks.example import whole
from waterspace.lsp import mending
from waterspace.lsp.mending import differences, mended
from waterspace.lsp.plan import Plan
from waterspace.lsp.text import Text

if TYPE_CHECKING:
    import pytest

Lines = st.lists(st.sampled_from(["a\n", "a: {b: c}\n", "a: {b: d}\n", "\r\n", "a\r\n", "\U0001f6a2: x\n"]), max_size=8)
Texts = st.tuples(Lines, st.sampled_from(["", "end", "a: {b: c}"])).map(lambda two: "".join((*two[0], two[1])))


def _after(text: str, new: str) -> str:
    for change in sorted(differences(text, new), reverse=True):
        text = text[: change.span[0]] + change.new + text[change.span[1] :]
    return text


@given(Texts, Texts)
def test_the_differences_of_two_texts_make_one_of_the_other_and_stand_in_order_apart(old: str, new: str) -> None:
    assert _after(old, new) == new
    spans = [change.span for change in differences(old, new)]
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(change.new or change.span[0] < change.span[1] for change in differences(old, new))


def test_of_a_line_only_what_changed_is_written_anew() -> None:
    (change,) = differences("x: 1\ncovers: S11\ny: 2\n", "x: 1\ncovers: S12\ny: 2\n")
    assert change.span == (15, 16)
    assert change.new == "2"


def test_a_text_that_cannot_be_understood_is_left_to_the_planner() -> None:
    for text in ("waterspace: 1\nunitz: {}\n", "{", "\ud800", ""):
        assert mended(Plan(Text(text)), "plan.exercise.yaml") == ()


def test_many_changed_lines_are_each_changed_alone_also_where_a_line_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    class Matcher(SequenceMatcher[str]):
        def __init__(self, junk: None, before: list[str], after: list[str]) -> None:
            seen.append(len(before) + len(after))
            super().__init__(junk, before, after)

    monkeypatch.setattr(mending, "SequenceMatcher", Matcher)
    old = "".join(f"S{number}:\n  type: assembly\n  area: WESTT\n  objectives: O1\n" for number in range(500))
    new = old.replace("WESTT", "WEST")
    assert len(list(differences(old, new))) == 500
    assert not seen
    more = new.replace("S250:\n", "S250:\n  leads: ALFA\n")
    assert _after(old, more) == more
    assert len(list(differences(old, more))) == 501
    assert max(seen) < 10


def test_what_goes_wrong_between_the_texts_is_logged_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(mending, "differences", fail)
    with caplog.at_level(logging.ERROR):
        assert mended(Plan(Text(whole(""))), "plan.exercise.yaml") == ()
    assert "broken on purpose" in caplog.text
