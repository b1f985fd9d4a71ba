"""Bytes of an exercise file to text, or one clear fault for each reason why not."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from waterspace.errors import Fault, PlanFileError
from waterspace.planfile.lines import Lines

__all__ = ["BOM", "LARGEST_BYTES", "NOT_TEXT", "STANDARD_INPUT", "decode", "read"]

BOM = "\ufeff"
STANDARD_INPUT = "-"
LARGEST_BYTES = 16 * 1024 * 1024
"""Far above any plan (10,000 serials take 3 MiB), and small enough to hold in memory."""

NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that have no business in a text: controls, halves of pairs, byte order marks."""
_NAMED = {"\0": "a NUL byte", BOM: "a byte order mark inside the text", "\x7f": "a DEL character"}
_MOST_SHOWN = 20
_MOST_NAMED = 5


def read(path: str | Path) -> bytes:
    """The bytes of a file, or of standard input for `-`.

    Raises:
        PlanFileError: it cannot be read, or is too large.
    """
    file = str(path)
    try:
        if file == STANDARD_INPUT:
            content = sys.stdin.buffer.read(LARGEST_BYTES + 1)
        elif Path(path).is_dir():
            raise _unreadable(file, "It is a folder, not a file.", "Name the *.exercise.yaml file inside it.")
        else:
            with Path(path).open("rb") as stream:
                content = stream.read(LARGEST_BYTES + 1)
    except FileNotFoundError:
        raise _unreadable(file, "There is no such file.", _neighbours(Path(path))) from None
    except PermissionError:
        raise _unreadable(file, "You have no permission to read it.", "Ask its owner, or copy it.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _unreadable(file, f"It cannot be read: {reason}.") from None
    return content


def _neighbours(path: Path) -> str:
    names = sorted(entry.name for entry in path.parent.glob("*.exercise.yaml"))[:_MOST_NAMED]
    return f"Exercise files in that folder: {', '.join(names)}." if names else ""


def _unreadable(file: str, message: str, advice: str = "") -> PlanFileError:
    return PlanFileError((Fault(file=file, line=0, column=0, message=message, advice=advice),))


def decode(content: bytes, file: str) -> str:
    """The text of a file, without byte order mark.

    Raises:
        PlanFileError: it is empty, too large, not UTF-8, or has characters that are not text.
    """
    if len(content) > LARGEST_BYTES:
        mebibytes = LARGEST_BYTES // (1024 * 1024)
        raise _unreadable(file, f"It is larger than {mebibytes} MiB.", "Is it really an exercise file?")
    try:
        text = content.decode("utf-8").removeprefix(BOM)
    except UnicodeDecodeError as error:
        raise _not_utf8(content, error, file) from None
    lines = Lines(text, file)
    odd = [lines.fault(match.start(), _odd(match[0])) for match in NOT_TEXT.finditer(text)]
    if len(odd) > _MOST_SHOWN:
        more = f"There are {len(odd) - _MOST_SHOWN} more characters that are not text."
        odd = [*odd[:_MOST_SHOWN], lines.fault(0, more)]
    if odd:
        raise PlanFileError(tuple(odd))
    if not text.strip():
        raise _unreadable(file, "The file is empty.", "waterspace new writes a starting file.")
    return text


def _odd(character: str) -> str:
    name = _NAMED.get(character, f"the control character U+{ord(character):04X}")
    return f"Here stands {name}, which is not text."


def _not_utf8(content: bytes, error: UnicodeDecodeError, file: str) -> PlanFileError:
    before = content[: error.start]
    *above, start = re.split(rb"\r\n|\r|\n", before)
    line, column = len(above) + 1, len(start.decode("utf-8")) + 1
    found = f"0x{content[error.start]:02X}"
    fault = Fault(
        file=file,
        line=line,
        column=column,
        message=f"The file is not UTF-8: byte {error.start} (line {line}) is {found}.",
        found=found,
        expected="UTF-8 text",
        advice="Save it again with the encoding UTF-8.",
    )
    return PlanFileError((fault,))
