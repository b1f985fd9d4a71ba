"""The one way in: reads a message with the grammar that its text calls for.

from waterspace.messages import reader

for reading in reader.read_all(["warnings.txt"]):
    print(reading.message.id, reading.verdict, reading.reason)
"""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from waterspace.messages.ais.capture import is_ais
from waterspace.messages.gml.telling import is_s124
from waterspace.messages.openings import second_headings
from waterspace.messages.reading import Doubt, Reading, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from waterspace.messages.reading import Message

__all__ = ["read", "read_all"]

_NOTAM = re.compile(
    r"\bNOTAM[NRC]\b|^\s*\(?Q\)\s?[A-Z]{4}/|\bA\)\s?[A-Z]{4}\b[\s\S]{0,200}\bB\)\s?\d{10}|^!?FDC\s\d", re.MULTILINE
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_JAPANESE = re.compile("[経実円囲駆撃浜]|平成|令和|昭和|航行警報|水路通報")
"""Characters that are written so in Japan only, and words of its warnings."""
_LATIN = re.compile(r"[A-Za-z]{3,}")
_FEW = 4


def read(message: Message) -> Reading:
    """What a message warns of, where and when, and what of it was not understood.

    Args:
        message: as `finding` gives it, or made of any text.
    """
    if not message.text.strip():
        reading = Reading(message=message, doubts=() if message.doubts else (_EMPTY,))
    else:
        reading = _grammar(message.text)(message)
    others = (*message.doubts, *second_headings(message.text))
    if not others:
        return reading
    doubts = dict.fromkeys((*others, *reading.doubts))  # a set has another order in each process
    return replace(reading, doubts=tuple(sorted(doubts, key=lambda doubt: doubt.span)))


def read_all(paths: Sequence[str]) -> Iterator[Reading]:
    """Readings of everything in files and folders, in order.

    Args:
        paths: of files and folders; `-` for standard input.

    Raises:
        DataFileError: one of them cannot be read at all.
    """
    from waterspace.messages.finding import find

    return map(read, find(paths))


def _read_s124(message: Message) -> Reading:
    """The warning of a dataset, with a doubt where it holds several, which the format forbids."""
    from waterspace.messages.s124 import read_s124

    first, *others = read_s124(message.text.encode(), message.file)
    doubts = first.doubts
    if others:
        reason = f"The dataset holds {len(others) + 1} warnings: expected one, and the first is read."
        doubts = (*doubts, Doubt(Span(0, 0), reason))
    return replace(first, message=replace(first.message, id=message.id, line=message.line), doubts=doubts)


_EMPTY = Doubt(Span(0, 0), "The text is empty: expected the words of a message.")


def _grammar(text: str) -> Callable[[Message], Reading]:
    """The function that reads such a text."""
    if is_s124(text):
        return _read_s124
    if is_ais(text):
        return _imported("ais_area", "read_ais")
    if _NOTAM.search(text):
        return _imported("notam", "read_notam")
    if not text.isascii():
        han = len(_HAN.findall(text))
        if han >= _FEW and han > len(_LATIN.findall(text)):
            if _KANA.search(text) or _JAPANESE.search(text):
                return _imported("japanese", "read_japanese")
            return _imported("chinese", "read_chinese")
    return _imported("warnings", "read_warning")


def _imported(module: str, name: str) -> Callable[[Message], Reading]:
    """A grammar; each is loaded when the first message needs it."""
    found: Callable[[Message], Reading] = getattr(import_module(f"waterspace.messages.{module}"), name)
    return found
