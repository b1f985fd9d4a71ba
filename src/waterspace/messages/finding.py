"""Finding messages: in files of text, NAVTEX captures, JSON, lists of NOTAMs, folders of all these, standard input.

What cannot be cut into messages is an error where the whole file is meant, and a message with a doubt where one line of
it is: the rest is still read.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from waterspace.errors import DataFileError, NotationError
from waterspace.messages.ais.capture import cut, is_ais
from waterspace.messages.decoding import decoded
from waterspace.messages.drafted import sections, texts_of
from waterspace.messages.gml.telling import is_s124
from waterspace.messages.heading import issue_ms
from waterspace.messages.reading import Doubt, Message, Span
from waterspace.messages.splitting import Piece, pieces
from waterspace.notation import parse_time
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.messages.drafted import Section

__all__ = ["files_of", "find", "messages_in"]

_JSON_SUFFIXES = (".json", ".jsonl", ".ndjson")
_TEXT_SUFFIXES = (".txt", ".text", ".log", ".msg", ".nav", ".navtex", ".notam", ".asc", ".gml", ".nmea", ".ais")
_SUFFIXES = ("", *_TEXT_SUFFIXES, *_JSON_SUFFIXES)
_STANDARD_INPUT = "-"
_HOUR_ONLY = re.compile(r"(\d{4}-\d\d-\d\dT\d\d)Z$")
_SECONDS_BELOW = 10**11
"""A whole number below this counts seconds since 1970, not milliseconds."""
_FIRST_MS, _LAST_MS = 0, 7_258_118_400_000
"""Messages are issued from 1970 to 2199 (assumed); a number beyond is no instant."""
_SHOWN = 40
_QUOTED = re.compile(r"^[>\s]+")


def find(paths: Sequence[str]) -> Iterator[Message]:
    """The messages of files and folders, in their order; the files of a folder by name.

    Args:
        paths: of files and folders; `-` for standard input.

    Raises:
        DataFileError: there is no such file, it is no text, or a folder holds none.
    """
    for path in paths:
        if path == _STANDARD_INPUT:
            yield from messages_in(decoded(sys.stdin.buffer.read(), path), path)
        elif Path(path).is_dir():
            yield from _in_folder(path)
        else:
            yield from _in_file(path)


def messages_in(text: str, file: str = "") -> list[Message]:
    """The messages of a text: plain, JSON lines or one JSON array or object; none of our own sheets.

    Args:
        text: of the whole file.
        file: its name, for the messages and for errors; its suffix says whether it must be JSON.

    Raises:
        DataFileError: it begins as a JSON array and is none.
    """
    words = text.lstrip("\ufeff").lstrip()
    if not words:
        return [_empty(file)]
    if words[0] in "[{" and (file.lower().endswith(_JSON_SUFFIXES) or _is_json(words)):
        return list(_of_json(text, file))
    if file.lower().endswith(_JSON_SUFFIXES[1:]):
        return list(_of_lines(text, file))
    parts = sections(text)
    if len(parts) == 1 and parts[0].text == text:
        return _of_words(text, file)
    return [message for part in parts for message in _of_section(part, file)]


def _of_words(text: str, file: str) -> list[Message]:
    if is_s124(text.lstrip("\ufeff").lstrip()):
        return [Message(id=Path(file).name or "1", text=text, file=file)]
    if is_ais(text):
        heard, text = cut(text, file)
        return [*_of_text(text, file), *heard] if text.strip() else heard
    return _of_text(text, file)


def _of_section(part: Section, file: str) -> Iterator[Message]:
    """The messages of a draft, or of what stands beside drafts; one without a name of its own has that of its draft."""
    for message in _of_words(part.text, file):
        yield replace(
            message,
            id=part.id if part.id and message.id.isdecimal() else message.id,
            line=message.line + part.line - 1,
            issued_ms=part.near_ms if message.issued_ms is None else message.issued_ms,
        )


def _of_text(text: str, file: str) -> list[Message]:
    text = _unquoted(text)
    return [_message(piece, file, number) for number, piece in enumerate(pieces(text), start=1)]


def _unquoted(text: str) -> str:
    """A text without the marks of a quotation where all its lines have them, as in mail; it stays as long as it is."""
    if not text.lstrip().startswith(">"):
        return text
    lines = text.split("\n")
    if any(line.strip() and not line.lstrip().startswith(">") for line in lines):
        return text
    return "\n".join(_QUOTED.sub(_blank, line, count=1) for line in lines)


def _blank(marks: re.Match[str]) -> str:
    return " " * len(marks[0])


def files_of(path: Path) -> list[Path]:
    """The files of a folder that may hold messages, by name; of anything else it alone."""
    if not path.is_dir():
        return [path]
    return sorted(
        file
        for file in path.rglob("*")
        if file.suffix.lower() in _SUFFIXES and not file.name.startswith(".") and file.is_file()
    )


def _in_folder(path: str) -> Iterator[Message]:
    files = files_of(Path(path))
    if not files:
        raise DataFileError(
            path, "the folder holds no file of messages.", advice=f"Known suffixes are {', '.join(_SUFFIXES[1:])}."
        )
    for file in files:
        try:
            yield from _in_file(str(file))
        except DataFileError as error:
            yield Message(id=file.name, text="", file=str(file), doubts=(Doubt(Span(0, 0), str(error)),))


def _in_file(path: str) -> list[Message]:
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise DataFileError(path, f"it cannot be read: {error.strerror or error}.") from None
    return messages_in(decoded(content, path), path)


def _empty(file: str) -> Message:
    doubt = Doubt(Span(0, 0), "The file is empty: expected a message.")
    return Message(id=Path(file).name or "1", text="", file=file, doubts=(doubt,))


def _message(piece: Piece, file: str, number: int) -> Message:
    return Message(id=piece.name or str(number), text=piece.text, file=file, line=piece.line, doubts=piece.doubts)


def _is_json(words: str) -> bool:
    """Whether a text that begins with a bracket is JSON: its first line alone, or all of it."""
    first, _, _ = words.partition("\n")
    for candidate in (first, words):
        try:
            json.loads(candidate)
        except (ValueError, RecursionError):
            continue
        return True
    return False


def _of_json(text: str, file: str) -> Iterator[Message]:
    """Messages of an array, of one object, or of lines of objects."""
    try:
        document = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        if text.lstrip("\ufeff \t\r\n").startswith("["):
            where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
            raise DataFileError(file, f"it is no JSON array: {_why(error)}.", where) from None
        yield from _of_lines(text, file)
        return
    own = texts_of(document)
    rows = own if own is not None else document if isinstance(document, list) else [document]
    if not rows and own is None:
        yield _empty(file)
    for number, row in enumerate(rows, start=1):
        yield from _of_row(row, file, 1, number)


def _of_lines(text: str, file: str) -> Iterator[Message]:
    """Messages of lines of JSON; a line that is none becomes a message with a doubt."""
    number = 0
    for place, line in enumerate(text.lstrip("\ufeff").split("\n"), start=1):
        words = line.strip()
        if not words:
            continue
        number += 1
        try:
            row = json.loads(words)
        except (ValueError, RecursionError) as error:
            reason = f"Line {place} is no JSON: {_why(error)}; expected an object with `id` and `text`."
            yield Message(id=str(number), text=line, file=file, line=place, doubts=(Doubt(Span(0, len(line)), reason),))
            continue
        yield from _of_row(row, file, place, number)


def _why(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} at column {error.colno}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


def _of_row(row: object, file: str, line: int, number: int) -> Iterator[Message]:
    """The messages of one object; most hold one."""
    text = row.get("text") if isinstance(row, Mapping) else None
    if not isinstance(row, Mapping) or not isinstance(text, str):
        shown = json.dumps(row, ensure_ascii=False)
        shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]} ..."
        name = row.get("id") if isinstance(row, Mapping) else None
        reason = f"Found {shown}: expected an object with `text`, the words of a message."
        yield Message(
            id=str(number if name is None else name), text="", file=file, line=line, doubts=(Doubt(Span(0, 0), reason),)
        )
        return
    found = pieces(text, parts_at_blank_lines=False)
    name = row.get("id")
    issued_ms = next((time_ms for key in _ISSUE_KEYS if (time_ms := _issued_ms(row.get(key))) is not None), None)
    if not found:
        reason = "The text is empty: expected the words of a message."
        found = [Piece(text=text, line=1, name="", doubts=(Doubt(Span(0, 0), reason),))]
    for place, piece in enumerate(found, start=1):
        yield Message(
            id=str(name) if name is not None else piece.name or str(number),
            text=piece.text,
            file=file,
            line=line,
            issued_ms=issued_ms if place == 1 else None,
            doubts=piece.doubts,
        )


_ISSUE_KEYS = ("issued", "issueDate", "authority")
"""Keys that tell when a message was issued, the surest first; the last names the message that it was made from."""


def _issued_ms(value: object) -> int | None:
    """When a message was issued; None where the key is absent, or in a notation or a year that nobody knows."""
    issued_ms = _instant_ms(value)
    return issued_ms if issued_ms is not None and _FIRST_MS <= issued_ms < _LAST_MS else None


def _instant_ms(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        if not math.isfinite(value):
            return None
        return int(value * SECOND_MS) if abs(value) < _SECONDS_BELOW else int(value)
    if not isinstance(value, str):
        return None
    words = _HOUR_ONLY.sub(r"\1:00Z", value.strip().rstrip("."))
    try:
        return parse_time(words)
    except NotationError:
        return issue_ms(value)
