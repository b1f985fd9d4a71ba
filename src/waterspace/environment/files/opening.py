"""Why a file of the user cannot be opened, in words of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.errors import DataFileError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["unopened"]

_REASONS: tuple[tuple[type[OSError], str, str], ...] = (
    (FileNotFoundError, "there is no such file", "In an exercise file a relative path starts at its folder."),
    (IsADirectoryError, "it is a folder, not a file", "Name the file inside it."),
    (PermissionError, "you have no permission to read it", "Ask its owner, or copy it."),
)


def unopened(path: Path | str, error: OSError) -> DataFileError:
    """The error about a file that the system does not open."""
    for kind, reason, advice in _REASONS:
        if isinstance(error, kind):
            return DataFileError(str(path), f"it cannot be opened: {reason}.", advice=advice)
    return DataFileError(str(path), f"it cannot be opened: {error.strerror or 'the system does not say why'}.")
