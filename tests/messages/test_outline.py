"""Numbered paragraphs and lettered parts of messages."""

from __future__ import annotations

from waterspace.messages.lexing import plain, tokens
from waterspace.messages.outline import Block, outline


def parts(text: str) -> list[str]:
    """The labels of the parts, children behind their parents as `1/A`."""

    def walk(block: Block, path: str) -> list[str]:
        found = []
        for child in block.children:
            label = f"{path}/{child.label}" if path else child.label
            found += [label, *walk(child, label)]
        return found

    flat = plain(text)
    return walk(outline(flat, tokens(flat)), "")


def test_paragraphs_hold_lettered_parts() -> None:
    text = "SEA.\n1. GUNNERY IN AREAS BOUND BY:\n   A. 12-00N 110-00E.\n   B. 13-00N 110-00E.\n2. CANCEL THIS MSG."
    assert parts(text) == ["1", "1/A", "1/B", "2"]


def test_parts_are_told_in_a_single_line() -> None:
    text = "SEA. 1. GUNNERY IN AREAS: A. 12-00N 110-00E B. 13-00N 110-00E. 2. CANCEL THIS MSG."
    assert parts(text) == ["1", "1/A", "1/B", "2"]


def test_numbers_may_stand_below_letters() -> None:
    text = "A. WRECKS IN:\n1. 12-00N 110-00E.\n2. 13-00N 110-00E.\nB. BUOYS IN:\n1. 12-00N 111-00E.\n2. 13-00N 111-00E."
    assert parts(text) == ["A", "A/1", "A/2", "B", "B/1", "B/2"]


def test_brackets_and_named_areas_open_parts() -> None:
    assert parts("IN (A) 12-00N 110-00E (B) 13-00N 110-00E") == ["A", "B"]
    assert parts("AREA A: 12-00N 110-00E. AREA B: 13-00N 110-00E.") == ["A", "B"]
    assert parts("AREA 1 BOUND BY 12-00N 110-00E. AREA 2 BOUND BY 13-00N 110-00E.") == ["1", "2"]


def test_letters_typed_in_cyrillic_are_letters() -> None:
    assert parts("IN:\nА. 12-00N 110-00E.\nВ. 13-00N 110-00E.\nC. 14-00N 110-00E.")[0] == "A"  # noqa: RUF001


def test_initials_and_directions_open_none() -> None:
    assert parts("U.S.A. E. COAST. M/V J. SMITH ADRIFT. LIGHT FL 3. SHOWN. PHONE 1. 2.") == []


def test_a_marker_that_is_missing_at_the_start_of_a_line_is_stepped_over() -> None:
    assert parts("1. GUNNERY.\n3. CANCEL THIS MSG.") == ["1", "3"]


def test_the_outline_of_any_list_stays_shallow() -> None:
    flat = plain("1. " * 10_000)
    root = outline(flat, tokens(flat))
    depth, block = 0, root
    while block.children:
        depth, block = depth + 1, block.children[-1]
    assert depth <= 5
