"""A text under an editor's hands: the same whether it is sent whole or edited in part."""

from __future__ import annotations

import re
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from waterspace.lsp import spoken
from waterspace.lsp.text import Encoding, Text

PIECES = st.sampled_from(
    ["a", "\n", "\r\n", "\r", "\n", "é", "名", "\U0001f6a2", "x y", ": ", "\u2028", "\x85", "\x0b", ""]
)
SOURCES = st.lists(PIECES, max_size=30).map("".join)
ENCODINGS = st.sampled_from(Encoding)


def _lines(source: str) -> list[tuple[int, str]]:
    """Offset and content of each line as the protocol has lines, worked out another way than in the code."""
    parts = re.split(r"(\r\n|\r|\n)", source)
    ends = list(accumulate(map(len, parts)))
    return [(ends[index] - len(part), part) for index, part in enumerate(parts) if index % 2 == 0]


def _column(line: str, characters: int, encoding: Encoding) -> int:
    name, size = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}[encoding.value]
    return len(line[:characters].encode(name)) // size


@given(SOURCES, ENCODINGS, st.data())
def test_an_edit_of_a_part_gives_the_text_that_the_editor_has(
    source: str, encoding: Encoding, data: st.DataObject
) -> None:
    text = Text(source, encoding)
    for _ in range(data.draw(st.integers(1, 4))):
        lines = _lines(source)
        ends = sorted(
            (number, data.draw(st.integers(0, len(lines[number][1]))))
            for number in (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        )
        new = data.draw(SOURCES)
        places = [types.Position(line, _column(lines[line][1], at, encoding)) for line, at in ends]
        text, _ = spoken.changed(text, [types.TextDocumentContentChangePartial(types.Range(*places), new)])
        start, end = (lines[line][0] + at for line, at in ends)
        source = source[:start] + new + source[end:]
        assert text.source == source
        assert text.body == Text(source, encoding).body


@given(SOURCES, ENCODINGS)
def test_a_position_leads_back_to_its_offset(source: str, encoding: Encoding) -> None:
    text = Text(source, encoding)
    for offset in range(len(text.body) + 1):
        if text.body[offset - 1 : offset + 1] == "\r\n":
            continue  # no position lies between the two
        assert text.offset(*text.position(offset)) == offset


@given(SOURCES, ENCODINGS)
def test_a_byte_order_mark_takes_a_column_and_no_offset(source: str, encoding: Encoding) -> None:
    plain, marked = Text(source, encoding), Text("\ufeff" + source, encoding)
    assert marked.body == plain.body
    wide = encoding.units("\ufeff")
    for offset in range(len(source) + 1):
        line, column = plain.position(offset)
        assert marked.position(offset) == (line, column + (wide if line == 0 else 0))
        assert marked.offset(*marked.position(offset)) == plain.offset(line, column)


@pytest.mark.parametrize(
    ("line", "column", "offset"), [(0, 99, 2), (1, 0, 4), (1, 1, 4), (1, 2, 5), (1, 3, 6), (7, 0, 6)]
)
def test_positions_beyond_a_line_or_the_text_and_inside_a_pair_are_taken_back(
    line: int, column: int, offset: int
) -> None:
    assert Text("ab\r\n\U0001f6a2c").offset(line, column) == offset


def test_changes_of_one_message_are_made_one_after_the_other() -> None:
    first = types.TextDocumentContentChangePartial(types.Range(types.Position(0, 0), types.Position(0, 0)), "one\n")
    second = types.TextDocumentContentChangePartial(types.Range(types.Position(1, 0), types.Position(1, 1)), "two")
    text, line = spoken.changed(Text("x\n"), [first, second])
    assert text.source == "one\ntwo\n"
    assert line == 1
    text, line = spoken.changed(text, [types.TextDocumentContentChangeWholeDocument("one\n2\n")])
    assert (text.source, line) == ("one\n2\n", 1)
