"""Edits touch only their span."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plan_texts import FULL, SMALL
from waterspace import planfile
from waterspace.errors import PlanFileError
from waterspace.planfile import Document
from waterspace.planfile.quoting import quote
from waterspace.planfile.tree import Scalar, compose

BOM = b"\xef\xbb\xbf"

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\ufffe\uffff"))
"""Any text without control characters."""


def scalar_paths(text: str) -> list[str]:
    tree = compose(text, "x")
    return [".".join(path) for path in tree.paths() if isinstance(tree.find(path), Scalar)]


PATHS = scalar_paths(FULL)


@st.composite
def dressed(draw: st.DrawFn) -> bytes:
    """The full text with other line ends, a byte order mark, comments and blank lines."""
    lines = FULL.split("\n")
    comment = draw(words)
    assume(not any(sign in comment for sign in "\r\n\x85\u2028\u2029"))
    for index in draw(st.lists(st.integers(0, len(lines) - 1), max_size=3)):
        lines.insert(index, draw(st.sampled_from([f"# {comment}", "", "   ", f"  # {comment}  "])))
    line_end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    return draw(st.sampled_from([b"", BOM])) + line_end.join(lines).encode()


@given(content=dressed())
def test_with_no_edit_what_is_written_is_what_was_read(content: bytes) -> None:
    document = Document(content)
    assert document.content == content
    assert document.text.encode() == content
    assert document.replace("exercise.name", "Full drill") == document
    assert planfile.loads(content).source.content == content


@given(content=dressed(), path=st.sampled_from(PATHS), new=words)
def test_an_edit_changes_its_value_and_not_one_byte_outside_it(content: bytes, path: str, new: str) -> None:
    before = Document(content)
    after = before.replace(path, new)
    assert after.value(path) == new
    assert {other: after.value(other) for other in PATHS if other != path} == {
        other: before.value(other) for other in PATHS if other != path
    }
    place = before.place(path)
    assert after.place(path) == place
    head = len(common_prefix(before.content, after.content))
    tail = len(common_prefix(before.content[head:][::-1], after.content[head:][::-1]))
    span = before.content[head : len(before.content) - tail]
    written = max(len(quote(before.value(path)).encode()), len(before.value(path).encode()) + 2)
    assert len(span) <= written
    assert b"\n" not in span


def common_prefix(one: bytes, other: bytes) -> bytes:
    length = next((index for index, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    return one[: min(len(one), len(other)) if length is None else length]


@given(
    content=dressed(),
    path=st.sampled_from(PATHS),
    new=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 .:+_-]{0,20}[A-Za-z0-9]", fullmatch=True),
)
def test_an_edit_and_its_opposite_give_the_first_text(content: bytes, path: str, new: str) -> None:
    document = Document(content)
    assume(quote(new) == new)
    assert document.replace(path, new).replace(path, document.value(path)) == document


@given(text=words)
def test_a_quoted_text_reads_back(text: str) -> None:
    for frame in ("key: {}\n", "key: [a, {}, b]\n", "- {}\n- b\n", "{{a: {}, b: c}}\n", "key: {} # comment\n"):
        tree = compose("top:\n  " + frame.format(quote(text)).replace("\n", "\n  "), "x")
        found = [tree.find(path) for path in tree.paths()]
        assert any(isinstance(node, Scalar) and node.text == text for node in found), frame
        assert not tree.faults


def test_quotes_stay_as_they_were() -> None:
    document = Document(b"a: 'one'\nb: \"two\"\nc: three\n")
    assert document.replace("a", "it's").text.startswith("a: 'it''s'\n")
    assert document.replace("b", 'say "so"').text.splitlines()[1] == 'b: "say \\"so\\""'
    assert document.replace("c", "12 nm").text.splitlines()[2] == "c: 12 nm"
    assert document.replace("c", "39-48.0N 133-12.6E").text.splitlines()[2] == "c: 39-48.0N 133-12.6E"
    assert document.replace("c", "a: b").text.splitlines()[2] == 'c: "a: b"'
    assert document.replace("c", "null").text.splitlines()[2] == 'c: "null"'
    assert document.replace("a", "two\nlines").text.startswith('a: "two\\nlines"\n')


def test_a_block_of_text_is_replaced_whole_and_what_follows_stays() -> None:
    text = SMALL.replace("  name: Small\n", "  name: |\n    Small\n    drill\n\n  # comment\n")
    document = Document(text.encode())
    assert document.value("exercise.name") == "Small\ndrill\n"
    assert document.replace("exercise.name", "Other").text == SMALL.replace(
        "  name: Small\n", "  name: Other\n\n  # comment\n"
    )


def test_edits_follow_one_another() -> None:
    document = Document(FULL.encode(), "full.yaml")
    document = document.replace("units.WAKASA.start", "39-48.0N 133-12.6E").replace("units.WAKASA.hull", "7")
    exercise = planfile.loads(document.content)
    assert exercise.units["WAKASA"].hull == "7"
    assert exercise.units["WAKASA"].start is not None
    assert exercise.units["WAKASA"].start.lat_deg == pytest.approx(39.8)


def test_only_texts_that_stand_in_the_file_can_be_edited() -> None:
    document = Document(FULL.encode())
    for path in ("units", "units.NOBODY", "", "serials.S1.route", "serials.S1.route.7"):
        with pytest.raises(KeyError):
            document.replace(path, "x")
    with pytest.raises(PlanFileError):
        Document(b"a: [\n").replace("a", "x")
    with pytest.raises(PlanFileError):
        Document(b"\xff").text  # noqa: B018  # asking is enough


def test_a_document_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "x.exercise.yaml"
    path.write_bytes(SMALL.encode())
    document = Document.read(path)
    assert (document.content, document.file) == (SMALL.encode(), str(path))
    assert str(document.place("exercise.name")) == f"{path}:3:9"


def test_many_edits_at_once_are_the_edits_one_after_another() -> None:
    document = Document(FULL.encode())
    paths = [path for path in document.texts() if document.value(path)]
    assert len(paths) > 10
    new = {path: f"new {number}" for number, path in enumerate(reversed(paths))}
    one_after_another = document
    for path, text in new.items():
        one_after_another = one_after_another.replace(path, text)
    assert document.replace_all(new) == one_after_another
    assert document.replace_all({}) == document
