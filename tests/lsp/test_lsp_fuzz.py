"""No text makes an answer fail: what is typed is broken most of the time."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plan_texts import FULL
from waterspace.checks.session import Session
from waterspace.lsp.actions import remedies
from waterspace.lsp.completion import complete
from waterspace.lsp.cursor import find_cursor
from waterspace.lsp.hover import hover
from waterspace.lsp.inspection import inspect
from waterspace.lsp.outline import outline
from waterspace.lsp.plan import Plan
from waterspace.lsp.rename import RenameError, renamable, rename
from waterspace.lsp.text import Encoding, Text

FRAGMENTS = (
    *(
        "{",
        "}",
        "[",
        "]",
        ":",
        ": ",
        "-",
        "- ",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "#",
        "'",
        '"',
        "|",
        ">",
        "&a",
        "*a",
        "!!x",
        ",",
        "  ",
    ),
    *(
        "\ufeff",
        "\0",
        "\u2028",
        "\x85",
        "\U0001f6a2",
        "名前",
        "\ud800",
        "e\u0301",
        "? ",
        "<<: ",
        "---\n",
        "...",
        "%YAML 1.1\n",
    ),
    *(
        "serials:",
        "  S9:\n    type: gunnery\n    ",
        "units: {",
        "WS201",
        "WS999",
        "39-48N 133E",
        "12 nm",
        "check: {suppress: [{rule: ",
    ),
)

Edits = st.lists(
    st.tuples(st.floats(0.0, 1.0), st.integers(0, 60), st.sampled_from(FRAGMENTS) | st.text(max_size=5)),
    min_size=1,
    max_size=6,
)


def _span_is_inside(span: tuple[int, int], plan: Plan) -> bool:
    return 0 <= span[0] <= span[1] <= len(plan.text.body)


def _ask_everything(plan: Plan, offset: int) -> None:
    cursor = find_cursor(plan.text.body, offset)
    assert 0 <= cursor.start <= len(plan.text.body)
    shown = hover(plan, offset)
    assert shown is None or (_span_is_inside(shown.span, plan) and shown.markdown)
    for offer in complete(plan, offset):
        assert _span_is_inside(offer.span, plan)
        assert offer.span[0] <= offset <= offer.span[1]
        assert plan.text.line_of(offer.span[0]) == plan.text.line_of(offer.span[1])
    for heading in outline(plan):
        assert heading.span[0] <= heading.key_span[0] <= heading.key_span[1] <= heading.span[1]
    if renamable(plan, offset) is not None:
        with suppress(RenameError):
            assert rename(plan, offset, "NEW-NAME")


@example(edits=[(0.9996, 1, ":")], at=1.0, encoding=Encoding.UTF_8)
@given(Edits, st.floats(0.0, 1.0), st.sampled_from(Encoding))
def test_no_text_makes_an_answer_fail(edits: list[tuple[float, int, str]], at: float, encoding: Encoding) -> None:
    plan = Plan(Text(FULL, encoding))
    for where, length, new in edits:
        source = plan.text.source
        start = int(where * len(source))
        text = Text(source[:start] + new + source[start + length :], encoding)
        plan = plan.edited(text, text.line_of(start))
        _ask_everything(plan, min(start + len(new), len(text.body)))
    _ask_everything(plan, int(at * len(plan.text.body)))


@pytest.mark.deep
@settings(max_examples=400)
@given(Edits)
def test_whatever_is_typed_gets_marks_inside_the_text(edits: list[tuple[float, int, str]]) -> None:
    source = FULL
    for where, length, new in edits:
        start = int(where * len(source))
        source = source[:start] + new + source[start + length :]
    _marks_are_inside(source)


@pytest.mark.parametrize(
    "source", ["", "\n", "\ufeff", "\ufeff\r\n", "a", "- a", "waterspace: 1", "\0", "\ud800", "{" * 50, "a: *b", "\r"]
)
def test_odd_texts_get_marks_inside_the_text(source: str) -> None:
    _marks_are_inside(source)
    plan = Plan(Text(source))
    for offset in range(len(plan.text.body) + 1):
        _ask_everything(plan, offset)


def _marks_are_inside(source: str) -> None:
    plan = Plan(Text(source))
    found = inspect(plan, Session("typed.exercise.yaml"))
    assert found.marks or found.exercise is not None
    for mark in found.marks:
        assert _span_is_inside(mark.span, plan)
        assert mark.message
        assert all(_span_is_inside(one.span, plan) for one in mark.related)
        for remedy in remedies(plan, mark):
            assert all(_span_is_inside(change.span, plan) for change in remedy.changes)
