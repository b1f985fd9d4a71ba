"""What is no YAML, or YAML that surprises, is refused in plain language."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from plan_texts import FULL, SMALL
from waterspace import planfile
from waterspace.errors import Fault, PlanFileError, WaterspaceError
from waterspace.planfile.lines import Lines
from waterspace.planfile.syntax import explain_syntax
from waterspace.planfile.tree import DEEPEST, MOST_VALUES


def faults_of(content: str | bytes) -> tuple[Fault, ...]:
    with pytest.raises(PlanFileError) as caught:
        planfile.loads(content, "plan.yaml")
    return caught.value.faults


def faults_of_file(path: Path | str) -> tuple[Fault, ...]:
    with pytest.raises(PlanFileError) as caught:
        planfile.load(path)
    return caught.value.faults


SYNTAX = [
    # text after SMALL, the fault's line and column in it, a part of its message and advice
    ("units:\n\tA: {}\n", (2, 1), "The line is indented with a tab", "Indent with spaces."),
    ("units:\n  A:\n  \tname: A\n", (3, 3), "The line is indented with a tab", "Indent with spaces."),
    ("units:\n  A: \tB\n  C: @x\n", (3, 6), "A value cannot begin with '@'", "quotation marks"),
    ("units: `x`\n", (1, 8), "A value cannot begin with '`'", "quotation marks"),
    ("units: %x\n", (1, 8), "A value cannot begin with '%'", "quotation marks"),
    ("note: it is: so\n", (1, 12), "There is a second colon in this line", "quotation marks"),
    ("units:\n  A: 1\n B: 2\n", (3, 2), "This line fits neither", "same column"),
    ("units: 'open\nareas: {}\n", None, "The quotation mark in line {0} is never closed.", "Close it."),
    ('units: "open\n', None, "The quotation mark in line {0} is never closed.", "Close it."),
    ("units: 'open\n---\nareas: {}\n", (2, 1), "is not closed before this line", "Close it."),
    ("units: {A: 1\nareas: {}\n", None, "The mapping that opens in line {0} is not closed", ""),
    ("units: [A, B\nareas: {}\n", None, "The list that opens in line {0} is not closed", ""),
    ("units: [A, B}\n", (1, 13), "The list that opens in line {0} is not closed", ""),
    ("units\nareas: {}\n", None, "A colon is missing after the key in line {0}.", "Write key: value."),
    ("units\n", None, "A colon is missing after the key in line {0}.", "Write key: value."),
    ("units: - A\n", (1, 8), "A list item cannot begin here.", "its own line"),
    ("units: {A: ]}\n", (1, 12), "A value is missing here, or a comma is too many.", ""),
    ('units: "\\q"\n', (1, 9), "begins an escape that is unknown", "Write \\\\."),
    ('units: "\\xZZ"\n', (1, 11), "lacks hexadecimal digits", "Write \\\\."),
    ('units: "\\uD800"\n', (1, 11), "is no character", "Write the character itself."),
    ("units: !<\n", (1, 10), "An exclamation mark begins a YAML tag", "quotation marks"),
    ("units: !a!b c\n", (1, 8), "An exclamation mark begins a YAML tag", "quotation marks"),
    ("units: & x\n", (1, 9), "A value cannot begin with * or &.", "quotation marks"),
    ("units: |0\n  x\n", (1, 9), "is not an indentation", "Write | or > alone."),
    ("units: |x\n  x\n", (1, 9), "the text begins on the next line", ""),
    ("units: |\n \t\n\t x\n", (3, 2), "tab", "spaces"),
    ("units: 'A' or B\n", (1, 12), "Text stands here after the value has ended.", "the whole text"),
    ("- a\n", (1, 1), "This line fits neither", "same column"),
    ("} x\n", (1, 1), "This line fits neither", "same column"),
]


@pytest.mark.parametrize(("tail", "at", "message", "advice"), SYNTAX, ids=[case[0] for case in SYNTAX])
def test_a_mistake_of_syntax_is_told_in_plain_language(
    tail: str, at: tuple[int, int] | None, message: str, advice: str
) -> None:
    above = SMALL.count("\n")
    faults = faults_of(SMALL + tail)
    assert message.format(above + 1) in faults[0].message
    assert advice in faults[0].advice
    if at is not None:
        assert (faults[0].line - above, faults[0].column) == at


def test_every_line_that_is_indented_with_a_tab_is_named() -> None:
    faults = faults_of(SMALL + "units:\n\tA:\n\t\tname: A\n\n\t# a comment\n\tB: {}\n")
    assert [(fault.line, fault.column) for fault in faults] == [(6, 1), (7, 2), (10, 1)]


def test_what_was_refused_before_the_mistake_is_listed_too() -> None:
    faults = faults_of(SMALL.replace("Small", "&a Small") + "units: @\n")
    assert ["anchors are not used" in fault.advice for fault in faults] == [True, False]


def test_a_mistake_that_nobody_foresaw_is_told_in_libyaml_s_words() -> None:
    error = yaml.MarkedYAMLError(problem="found something odd")
    (fault,) = explain_syntax(error, SMALL, Lines(SMALL, "plan.yaml"))
    assert fault.message == "The text cannot be read as YAML here (found something odd)."


def test_a_directive_of_yaml_is_refused_or_harmless() -> None:
    assert planfile.loads("%YAML 1.1\n---\n" + SMALL).name == "Small"
    assert "another version of YAML" in faults_of("%YAML 2.0\n---\n" + SMALL)[0].message
    assert "is a YAML directive" in faults_of("%YAML\n---\n" + SMALL)[0].message


def test_a_second_document_is_refused_and_markers_around_one_are_not() -> None:
    (fault,) = faults_of(SMALL + "---\n" + SMALL)
    assert (fault.line, fault.column) == (5, 1)
    assert "one document" in fault.message
    assert planfile.loads("---\n" + SMALL + "...\n").name == "Small"
    assert "outside the mapping" in faults_of(SMALL + "...\nunits: {}\n")[0].message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "The file is empty."),
        (" \n\n", "The file is empty."),
        ("# nothing\n", "The file holds no keys."),
        ("---\n", "The file holds no keys."),
        ("~\n", "The file holds no keys."),
        ("*x\n", "The file holds no keys."),
        ("- a\n- b\n", "The file is a list, but a mapping of keys"),
        ("just words\n", "The file is a text, but a mapping of keys"),
        ("{}\n", "The file lacks the key waterspace"),
    ],
)
def test_a_file_that_is_no_mapping_is_refused_as_a_whole(content: str, message: str) -> None:
    faults = faults_of(content)
    assert any(message in fault.message for fault in faults)


def test_nesting_is_limited() -> None:
    def nested(levels: int) -> str:
        return SMALL + "units: " + "[" * levels + "]" * levels + "\n"

    assert "nested" not in str(faults_of(nested(DEEPEST - 1)))
    (fault,) = faults_of(nested(DEEPEST))
    assert f"deeper than {DEEPEST} levels" in fault.message
    assert (fault.line, fault.column) == (5, 8 + DEEPEST - 1)
    assert "deeper than" in faults_of(SMALL + "units: " + "[" * 100_000)[0].message
    assert "deeper than" in faults_of(SMALL + "units:\n  " + "? " * 1000 + "a")[-1].message


@pytest.mark.deep
def test_the_number_of_values_is_limited() -> None:
    faults = faults_of(SMALL + "units: [" + "a," * (MOST_VALUES + 1) + "]\n")
    assert "more than 1,000,000 values" in faults[0].message


def test_one_value_more_than_allowed_is_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waterspace.planfile.tree.MOST_VALUES", 2000)
    assert "more than 2,000" not in str(faults_of(SMALL + "units: [" + "a," * 1800 + "]\n"))
    assert "more than 2,000 values" in faults_of(SMALL + "units: [" + "a," * 2000 + "]\n")[0].message


def test_aliases_can_never_unfold_into_a_huge_file() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcde", "bcdef", strict=True)
    )
    faults = faults_of(SMALL + bomb)
    assert sum("repeats a value" in fault.message for fault in faults) == 10


def test_merge_keys_do_not_merge() -> None:
    faults = faults_of(
        FULL.replace("objectives:\n", "defaults: &d {note: x}\nobjectives:\n", 1).replace("  O1: {", "  O1: {<<: *d, ")
    )
    messages = " ".join(fault.message for fault in faults)
    assert "The merge key <<" in messages
    assert "*d repeats" not in messages, "one fault for one mistake"


def test_control_characters_are_refused_each_with_its_place() -> None:
    faults = faults_of(SMALL.replace("Small", "Sm\0a\x07l\x7f") + "\ufeff#")
    assert [fault.message for fault in faults] == [
        "Here stands a NUL byte, which is not text.",
        "Here stands the control character U+0007, which is not text.",
        "Here stands a DEL character, which is not text.",
        "Here stands a byte order mark inside the text, which is not text.",
    ]
    assert [(fault.line, fault.column) for fault in faults] == [(3, 11), (3, 13), (3, 15), (5, 1)]


def test_a_flood_of_control_characters_is_cut_short() -> None:
    faults = faults_of(SMALL + "\0" * 1000)
    assert len(faults) == 21
    assert "980 more characters" in faults[0].message


def test_half_a_surrogate_pair_is_refused() -> None:
    (fault,) = faults_of(SMALL.replace("Small", "Sm\ud800ll"))
    assert "not UTF-8" in fault.message


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
def test_bytes_that_are_not_utf8_are_named_by_offset_and_line(line_end: bytes) -> None:
    content = SMALL.replace("Small", "Größe").encode("latin-1").replace(b"\n", line_end)
    (fault,) = faults_of(content)
    offset = content.index(b"\xf6")
    assert f"byte {offset} (line 3) is 0xF6" in fault.message
    assert (fault.line, fault.column) == (3, 11)


def test_a_file_of_another_encoding_is_told_to_be_saved_again() -> None:
    (fault,) = faults_of(SMALL.encode("utf-16"))
    assert "byte 0 (line 1) is 0xFF" in fault.message
    assert "UTF-8" in fault.advice


def test_a_file_over_the_limit_is_not_read_on(tmp_path: Path) -> None:
    path = tmp_path / "large.exercise.yaml"
    with path.open("wb") as stream:
        stream.write(SMALL.encode())
        stream.truncate(17 * 1024 * 1024)
    (fault,) = faults_of_file(path)
    assert fault.message == "It is larger than 16 MiB."
    assert (fault.file, fault.line, fault.column) == (str(path), 0, 0)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (fault,) = faults_of_file(tmp_path)
    assert fault.message == "It is a folder, not a file."


def test_a_missing_file_is_told_with_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "there.exercise.yaml").write_text(SMALL, encoding="utf-8")
    (fault,) = faults_of_file(tmp_path / "thare.exercise.yaml")
    assert fault.message == "There is no such file."
    assert fault.advice == "Exercise files in that folder: there.exercise.yaml."
    (fault,) = faults_of_file(tmp_path / "no" / "folder" / "x.yaml")
    assert fault.advice == ""


@pytest.mark.parametrize("path", ["nul\0byte", "x" * 5000])
def test_a_name_that_no_file_can_have_is_one_fault(path: str) -> None:
    (fault,) = faults_of_file(path)
    assert fault.message.startswith("It cannot be read: ")


@pytest.fixture
def _somebody() -> Iterator[None]:
    """Act as a user whom permissions bind."""
    mighty = os.geteuid() == 0
    if mighty:
        os.seteuid(65534)
    yield
    if mighty:
        os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="permissions of files are others there")
def test_a_file_without_permission_is_one_fault(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = tmp_path / "secret.exercise.yaml"
    path.write_text(SMALL, encoding="utf-8")
    path.chmod(0)
    request.getfixturevalue("_somebody")
    (fault,) = faults_of_file(path)
    assert fault.message == "You have no permission to read it."


def test_without_libyaml_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    with pytest.raises(WaterspaceError, match="without libyaml"):
        planfile.loads(SMALL)


def test_lines_are_counted_as_editors_count_them() -> None:
    text = SMALL.replace("Small", '"one\u2028two\x85three"') + "units: 1\n"
    (fault,) = faults_of(text)
    assert (fault.line, fault.column) == (5, 8)
    (fault,) = faults_of(text.replace("\n", "\r"))
    assert (fault.line, fault.column) == (5, 8)
