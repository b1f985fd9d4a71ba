"""Files written whole or not at all: a failure leaves what was there, and nothing of its own."""

from __future__ import annotations

import ast
import os
import sys
from typing import TYPE_CHECKING

import pytest

from source_tree import modules
from waterspace.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions and pipes are those of POSIX")

LENT = {"waterspace.campaigns.table"}
"""Temporary files that are lent to somebody else: DuckDB reads one."""


def cut_short() -> Iterator[bytes]:
    yield b"half of "
    raise KeyboardInterrupt


def test_parts_follow_each_other_and_an_older_file_is_replaced(tmp_path: Path) -> None:
    for parts in ([b"first, and longer"], [b"se", b"", b"cond"]):
        write_whole(tmp_path / "file", parts)
        assert (tmp_path / "file").read_bytes() == b"".join(parts)
    write_whole(str(tmp_path / "file"), iter(()))
    assert (tmp_path / "file").read_bytes() == b""
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("before", [None, b"as it was"])
def test_what_is_cut_short_leaves_the_folder_as_it_was(tmp_path: Path, before: bytes | None) -> None:
    path = tmp_path / "file"
    if before is not None:
        path.write_bytes(before)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, cut_short())
    assert {path.read_bytes() for path in tmp_path.iterdir()} == ({before} if before is not None else set())


def test_the_older_file_is_there_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"as it was")

    def watched() -> Iterator[bytes]:
        for part in (b"new ", b"content"):
            assert path.read_bytes() == b"as it was"
            yield part

    write_whole(path, watched())
    assert path.read_bytes() == b"new content"


def test_a_folder_that_is_not_there_or_stands_in_the_way_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "none" / "file", [b"content"])
    with pytest.raises((IsADirectoryError, PermissionError)):
        write_whole(tmp_path, [b"content"])


def test_the_longest_name_of_a_file_system_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("船" * 85)
    write_whole(path, [b"content"])
    assert path.read_bytes() == b"content"


@POSIX
def test_an_older_file_passes_its_permissions_on_and_a_new_one_obeys_the_mask(tmp_path: Path) -> None:
    path = tmp_path / "file"
    before = os.umask(0o027)
    try:
        write_whole(path, [b"new"])
        assert path.stat().st_mode & 0o777 == 0o640
        path.chmod(0o600)
        write_whole(path, [b"newer"])
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600


@POSIX
def test_the_file_behind_a_link_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    behind, link = tmp_path / "behind", tmp_path / "link"
    behind.write_bytes(b"as it was")
    link.symlink_to(behind)
    write_whole(link, [b"new"])
    assert link.is_symlink()
    assert behind.read_bytes() == b"new"


@POSIX
def test_what_is_no_file_is_written_to_as_it_stands(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, [b"through"])
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_no_other_module_has_a_recipe_of_its_own() -> None:
    offenders = [
        module.place(node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == "mkstemp" and module.name not in LENT
    ]
    assert not offenders, f"a file is written whole by waterspace.whole_files: {offenders}"
