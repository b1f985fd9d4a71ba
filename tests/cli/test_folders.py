"""Folders that a command fills: each file letter for letter, or a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from waterspace.cli.folders import file_names, write_texts

if TYPE_CHECKING:
    from pathlib import Path


def test_texts_are_written_letter_for_letter(tmp_path: Path) -> None:
    texts = {"a.txt": "演習区域\n", "b.txt": "line\r\nline\n", "c.txt": ""}
    written = write_texts(texts, tmp_path / "new" / "folder")
    assert [path.name for path in written] == list(texts)
    assert [path.read_bytes().decode() for path in written] == list(texts.values())


def test_half_a_character_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(typer.BadParameter, match=r"b\.txt.*line 2 holds U\+D800"):
        write_texts({"a.txt": "fine", "b.txt": "first\nsec\ud800nd"}, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(typer.BadParameter, match=r"cannot write .*file"):
        write_texts({"a.txt": "text"}, tmp_path / "file")


@given(st.lists(st.text(max_size=6), max_size=8))
def test_names_of_files_are_plain_and_each_is_used_once(ids: list[str]) -> None:
    names = file_names(ids, taken=["all"])
    assert len({name.casefold() for name in (*names, "all")}) == len(ids) + 1
    assert all(letter.isalnum() or letter in "-_" for name in names for letter in name)
    assert all(names)
