"""Folders that a command fills: names that every file system takes, and files written with a clear refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

__all__ = ["file_names", "write_texts"]


def file_names(ids: Sequence[str], taken: Iterable[str] = (), noun: str = "unit") -> list[str]:
    """Names that every file system takes, each once whatever the case of its letters.

    Args:
        ids: what the files are about.
        taken: names of other files in the folder.
        noun: stands for an id of which nothing is left.
    """
    used = {name.casefold() for name in taken}
    found = []
    for id_ in ids:
        plain = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in id_) or noun
        name, number = plain, 2
        while name.casefold() in used:
            name, number = f"{plain}-{number}", number + 1
        used.add(name.casefold())
        found.append(name)
    return found


def write_texts(texts: Mapping[str, str], folder: Path) -> list[Path]:
    """Write a file for each name, letter for letter, each in place of an older file of its name.

    Raises:
        BadParameter: a text holds what no file can hold, and then nothing is written; or the folder cannot be written.
    """
    from waterspace.whole_files import write_whole

    contents = {name: _encoded(name, text) for name, text in texts.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            write_whole(folder / name, [content])
    except OSError as error:
        text = f"cannot write {error.filename or folder}: {error.strerror or error}"
        raise typer.BadParameter(text, param_hint="--out") from None
    return [folder / name for name in texts]


def _encoded(name: str, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        sign = f"U+{ord(text[error.start]):04X}"
        line = text.count("\n", 0, error.start) + 1
        raise typer.BadParameter(
            f"{name} cannot be written letter for letter: line {line} holds {sign}, half a character, which no file "
            "holds; write the whole character where that word comes from",
            param_hint="--out",
        ) from None
