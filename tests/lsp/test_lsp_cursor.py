"""Where the cursor is, in texts that are half typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_texts import FULL
from source_tree import ROOT
from waterspace.lsp.cursor import find_cursor
from waterspace.planfile.tree import Scalar, compose

EXAMPLE = (ROOT / "examples" / "northern-interaction-2023.exercise.yaml").read_text(encoding="utf-8")

KEYS = [
    ("wat|", ""),
    ("exercise:\n  name: X\n  |", "exercise"),
    ("units:\n  Q:\n    name: x\n    cl|", "units.Q"),
    ("units:\n  Q: {name: x, na|", "units.Q"),
    ("units:\n  Q:\n    {name: 'a, b',\n     # {\n     cl|", "units.Q"),
    ("units: {A: {name: x, cl|", "units.A"),
    ('units:\n  Q:\n    name: "a: b"\n    |\n  R: {}', "units.Q"),
    ("weather:\n- start: 1\n  |", "weather.0"),
    ("weather:\n- {start: 1}\n- {start: 1, en|", "weather.1"),
    ("serials:\n  S1:\n    units:\n    |", "serials.S1"),
    ("units:\r\n  Q:\r\n    name: x\r\n    cl|", "units.Q"),
    ("exercise:\n  note: |-\n    a: b\n  na|", "exercise"),
    ("a: }]\nunits:\n  Q:\n    name: [\n  R:\n    name: x\n    c|", "units.R"),
]
VALUES = [
    ("units:\n  Q: {name: x, nation: C|", "units.Q.nation", "C"),
    ("units:\n  Q:\n    name: |", "units.Q.name", ""),
    ("serials:\n  S1:\n    units: {firing: [A, B|", "serials.S1.units.firing.1", "B"),
    ("serials:\n  S1:\n    units: {firing: [A,\n      B, |", "serials.S1.units.firing.2", ""),
    ("policies:\n  P:\n    rules:\n    - when: w|", "policies.P.rules.0.when", "w"),
    ("policies:\n  P:\n    rules:\n    - when: a\n    - then: |", "policies.P.rules.1.then", ""),
]
EITHER = [
    ("exercise:\n  na|", "exercise", "na"),
    ("serials:\n  S1:\n    after:\n    - S0\n    - S|", "serials.S1.after.1", "S"),
    ("serials:\n  S1:\n    after:\n      - |", "serials.S1.after.0", ""),
    ("serials:\n  S1:\n    units:\n      |", "serials.S1.units", ""),
]
COMMENTS = ["units: # bla|", "# a|", "units:\n  Q: {name: x, # bla|", "exercise:\n  note: >\n    x|"]


def _split(text: str) -> tuple[str, int]:
    offset = text.rindex("|")
    return text[:offset] + text[offset + 1 :] + "\nareas: {}\n", offset


@pytest.mark.parametrize(("text", "path"), KEYS)
def test_a_key_is_written_in_the_mapping_around_it(text: str, path: str) -> None:
    cursor = find_cursor(*_split(text))
    assert (".".join(cursor.path), cursor.writes_key, cursor.in_comment) == (path, True, False)


@pytest.mark.parametrize(("text", "path", "written"), VALUES)
def test_a_value_is_written_behind_its_key(text: str, path: str, written: str) -> None:
    cursor = find_cursor(*_split(text))
    assert (".".join(cursor.path), cursor.writes_key, cursor.written) == (path, False, written)


@pytest.mark.parametrize(("text", "path", "written"), EITHER)
def test_a_lone_word_may_be_either(text: str, path: str, written: str) -> None:
    cursor = find_cursor(*_split(text))
    assert (".".join(cursor.path), cursor.writes_key, cursor.written) == (path, None, written)


@pytest.mark.parametrize("text", COMMENTS)
def test_in_comments_and_long_texts_nothing_is_offered(text: str) -> None:
    assert find_cursor(*_split(text)).in_comment


def test_keys_that_stand_before_the_cursor_are_known() -> None:
    assert find_cursor(*_split("units:\n  Q:\n    name: x\n    hull: 1\n    |")).given == {"name", "hull"}
    assert find_cursor(*_split("units:\n  Q: {name: x, 'hull': 1, |")).given == {"name", "hull"}


@pytest.mark.parametrize("text", [FULL, EXAMPLE, FULL.replace("\n", "\r\n")], ids=["full", "example", "crlf"])
def test_at_the_end_of_every_value_of_a_whole_file_the_path_is_that_of_the_tree(text: str) -> None:
    tree = compose(text, "")
    values = [(path, node) for path in tree.paths() if isinstance(node := tree.find(path), Scalar)]
    assert len(values) > 100
    for path, node in values:
        if "\n" not in text[node.start : node.end]:
            cursor = find_cursor(text, node.end)
            assert cursor.path == path
            assert cursor.start == node.start


@given(st.integers(0, len(FULL) - 1), st.integers(0, len(FULL)))
def test_what_stands_behind_the_line_does_not_matter(offset: int, other: int) -> None:
    end = FULL.index("\n", offset)
    alone = find_cursor(FULL[:end], offset)
    assert alone == find_cursor(FULL, offset)
    assert alone == find_cursor(FULL[: end + 1] + FULL[other:], offset)
