"""The journal of a campaign: every run that is done, one line each, so that nothing is done twice."""

from __future__ import annotations

import json
import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from waterspace.campaigns.job import Row
from waterspace.errors import CampaignError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["JOURNAL", "Journal", "read_journal"]

JOURNAL = "runs.ndjson"


class Journal:
    """Appends runs to a file as they are done.

    Each line is handed to the system at once, so that a process that is killed loses none. Each carries a checksum; a
    last line that was cut short by a crash is dropped when the journal is opened again.
    """

    def __init__(self, path: Path, identity: Mapping[str, Any]) -> None:
        """Open it, and begin it where there is none.

        Raises:
            CampaignError: it belongs to another campaign, is damaged, or cannot be written.
        """
        self._path = path
        self.rows: dict[int, Row] = {}
        try:
            if path.exists():
                begun, self.rows, good = read_journal(path)
                _same_campaign(path, begun, identity)
                os.truncate(path, good)
            self._stream = path.open("ab", buffering=0)
        except OSError as error:
            raise CampaignError(f"cannot open {path}: {error.strerror or error}") from error
        if self._stream.tell() == 0:
            self._append(dict(identity))

    def __enter__(self) -> Self:
        """It is open already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self._stream.close()

    def add(self, row: Row) -> None:
        """Keep a run.

        Raises:
            CampaignError: it cannot be written; the runs before it are kept.
        """
        self._append({"run_id": row.run_id, "digest": row.digest, "measures": dict(row.measures)})
        self.rows[row.run_id] = row

    def _append(self, entry: dict[str, Any]) -> None:
        before = self._stream.tell()
        line = _line(entry)
        try:
            if self._stream.write(line) != len(line):
                raise OSError("only a part could be written; the disk is full")
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(self._stream.fileno(), before)
            raise CampaignError(
                f"cannot write {self._path}: {error.strerror or error}; the {len(self.rows)} runs in it are kept: "
                "make room and go on with --resume"
            ) from error


def read_journal(path: Path) -> tuple[dict[str, Any], dict[int, Row], int]:
    """What began the campaign, its runs by number, and how many bytes of the file are whole.

    Raises:
        CampaignError: it cannot be read, or a line other than the last is damaged.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CampaignError(f"cannot read {path}: {error.strerror or error}") from error
    *lines, rest = content.split(b"\n")
    if not lines:
        return {}, {}, 0
    entries = [_entry(path, number, line) for number, line in enumerate(lines, start=1)]
    rows = {}
    for number, entry in enumerate(entries[1:], start=2):
        try:
            row = Row(run_id=int(entry["run_id"]), digest=str(entry["digest"]), measures=dict(entry["measures"]))
        except (KeyError, TypeError, ValueError):
            raise CampaignError(_damaged(path, number)) from None
        rows[row.run_id] = row
    return entries[0], rows, len(content) - len(rest)


def _line(entry: dict[str, Any]) -> bytes:
    text = json.dumps(entry, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _entry(path: Path, number: int, line: bytes) -> dict[str, Any]:
    check, _, text = line.partition(b" ")
    if check != b"%08x" % zlib.crc32(text):
        raise CampaignError(_damaged(path, number))
    entry: dict[str, Any] = json.loads(text)
    return entry


def _damaged(path: Path, number: int) -> str:
    if number == 1:
        return f"{path}, line 1: its head is damaged, and nobody knows what campaign it was; choose another --out"
    return f"{path}, line {number}: it is damaged; take the line out, and with --resume its run is done again"


def _same_campaign(path: Path, begun: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    """Refuse to mix the runs of two campaigns."""
    if not begun:
        return
    for key, value in wanted.items():
        if begun.get(key) != value:
            raise CampaignError(
                f"{path} belongs to another campaign: its {key} is {_shown(begun.get(key))}, not {_shown(value)}; "
                "give the same again, or choose another --out"
            )


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}..."
