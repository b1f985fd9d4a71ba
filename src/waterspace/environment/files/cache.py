"""Files that are computed once and kept in the user's cache: written whole or not at all, checked before they are used.

A file begins with a line of JSON that names format, maker, arrays and digest; the arrays follow, one after the other,
and are mapped into memory when it is read.
"""

from __future__ import annotations

import itertools
import os
import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["UnusableFileError", "folder", "read", "write"]

_FORMAT = "waterspace cache 1"
_ALIGNED_BYTES = 64
_HEADER_BYTES = 4096
_CHUNK_BYTES = 1 << 20
_SUFFIX = ".cache"


class UnusableFileError(Exception):
    """A file of the cache is damaged, or was made from other data; it has to be made again."""


def folder() -> Path:
    """Where computed files are kept: `$WATERSPACE_CACHE`, or a folder of our own in the platform's place for caches.

    The place is `%LOCALAPPDATA%` on Windows, `~/Library/Caches` on macOS, else `$XDG_CACHE_HOME` or `~/.cache`.
    """
    from pathlib import Path

    named = os.environ.get("WATERSPACE_CACHE")
    if named:
        return Path(named).expanduser()
    if sys.platform == "win32":
        place = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        place = Path.home() / "Library" / "Caches"
    else:
        place = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return place / "waterspace"


def write(name: str, made_from: str, arrays: Mapping[str, NDArray[Any]]) -> Path:
    """Write a file, in place of an earlier one of that name; whoever looks sees the old one or the whole new one.

    Args:
        name: of the file, without suffix.
        made_from: whatever the content depends on; a reader that expects something else does not use the file.
        arrays: by name.

    Raises:
        OSError: where the folder cannot be written.
    """
    import hashlib
    import json

    target = folder() / f"{name}{_SUFFIX}"
    target.parent.mkdir(parents=True, exist_ok=True)
    table, offset, digest = {}, _HEADER_BYTES, hashlib.sha256()
    parts = [(key, np.ascontiguousarray(array)) for key, array in arrays.items()]
    for key, array in parts:
        table[key] = {"type": array.dtype.str, "shape": array.shape, "offset": offset}
        offset += array.nbytes + -array.nbytes % _ALIGNED_BYTES
        digest.update(_padded(array))
    header = {"format": _FORMAT, "from": made_from, "bytes": offset, "sha256": digest.hexdigest(), "arrays": table}
    text = json.dumps(header).encode("ascii")
    first = text.ljust(_HEADER_BYTES - 1) + b"\n"
    write_whole(target, itertools.chain([first], (_padded(array) for _, array in parts)))
    return target


def _padded(array: NDArray[Any]) -> bytes:
    return array.tobytes() + bytes(-array.nbytes % _ALIGNED_BYTES)


def read(name: str, made_from: str) -> dict[str, NDArray[Any]]:
    """The arrays of a file, mapped into memory and not to be written to.

    Raises:
        FileNotFoundError: there is no such file.
        UnusableFileError: it is cut short or changed, or it was made from something else.
        OSError: it cannot be read.
    """
    import hashlib

    path = folder() / f"{name}{_SUFFIX}"
    header = _header(path)
    if header.get("format") != _FORMAT or header.get("from") != made_from:
        raise UnusableFileError(f"{path} was made by another version")
    size = path.stat().st_size
    if size != header["bytes"]:
        raise UnusableFileError(f"{path} is cut short: it has {size:,} bytes, not {header['bytes']:,}")
    content = np.memmap(path, mode="r")
    digest = hashlib.sha256()
    for start in range(_HEADER_BYTES, size, _CHUNK_BYTES):
        digest.update(content[start : start + _CHUNK_BYTES].data)
    if digest.hexdigest() != header["sha256"]:
        raise UnusableFileError(f"{path} is damaged: its content is not what was written")
    return {key: _array(content, entry) for key, entry in header["arrays"].items()}


def _header(path: Path) -> dict[str, Any]:
    import json

    with path.open("rb") as file:
        text = file.read(_HEADER_BYTES)
    try:
        header = json.loads(text)
    except ValueError:
        raise UnusableFileError(f"{path} is damaged: it does not begin as it should") from None
    if not isinstance(header, dict):
        raise UnusableFileError(f"{path} is damaged: it does not begin as it should")
    return header


def _array(content: NDArray[np.uint8], entry: Mapping[str, Any]) -> NDArray[Any]:
    kind, shape = np.dtype(entry["type"]), tuple(entry["shape"])
    length = int(np.prod(shape, dtype=np.int64)) * kind.itemsize
    array: NDArray[Any] = content[entry["offset"] : entry["offset"] + length].view(kind).reshape(shape)
    return array
