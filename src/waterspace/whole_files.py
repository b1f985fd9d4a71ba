"""Files that are written whole or not at all.

Whoever looks while one is written, or after it could not be, sees the file as it was before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

__all__ = ["write_whole"]

_KEPT = 40
"""Characters of a file's name in the name of the new file beside it: enough to know it, and short of every limit."""


def write_whole(path: str | PathLike[str], parts: Iterable[bytes]) -> None:
    """Write a file, in place of an older one of that name, which stays as it is until the new one is on the disk.

    An older file passes its permissions on; a new one has those that the user's mask leaves. Of a link the file behind
    it is replaced. What is no file, such as a pipe or `/dev/null`, is written to as it stands.

    Args:
        path: of the file; its folder must exist.
        parts: the content, one part after the other.

    Raises:
        OSError: it cannot be written; nothing is left of the new file.
    """
    import os
    import secrets
    import stat
    from pathlib import Path

    target = Path(path)
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            stream.writelines(parts)
        return
    target = target.resolve()
    fresh = target.with_name(f".{target.name[:_KEPT]}-{secrets.token_hex(8)}")
    try:
        with fresh.open("xb") as stream:
            stream.writelines(parts)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            fresh.chmod(stat.S_IMODE(target.stat().st_mode))
        fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
