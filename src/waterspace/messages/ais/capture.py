"""Captures of AIS cut into messages: one for each area notice, one for all the sentences that carry none.

A notice names no year. It is taken from when a sentence was heard, as loggers write it: `c:` of a tag block before it
(IEC 62320-1, not verified), a date and time that begin the line, or seconds since 1970 behind it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from waterspace.errors import NotationError
from waterspace.messages.ais.notices import Head
from waterspace.messages.ais.sentences import heard
from waterspace.messages.reading import Message
from waterspace.notation import parse_time
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.messages.ais.sentences import Heard

__all__ = ["cut", "is_ais"]

_SENTENCE = re.compile(r"!(?:A[BINRSTX]|B[NS]|SA)(?:VDM|VDO|BBM),")
"""A sentence of the automatic identification system, from any talker of IEC 61162-1 (talkers not verified)."""
_MARKS = ("VDM,", "VDO,", "BBM,")
_TAG = re.compile(r"\\[^\\\r\n]{0,200}\\\s*$")
_TAGGED = re.compile(r"[\\,]c:(\d{10,13})\b")
_CLOCK = re.compile(
    r"^\s*\[?(\d{4}-\d\d-\d\d[T ]\d\d:?\d\d(?::?\d\d(?:\.\d+)?)?\s?(?:Z|UTC|[+-]\d\d:?\d\d))\]?[\s,;]*$"
)
_BEHIND = re.compile(r"(?:,[^,\r\n]{0,40}){1,12}")
_EPOCH = re.compile(r",(\d{10})(?=,|\s|$)")
_MILLISECONDS = 13


def is_ais(text: str) -> bool:
    """Whether sentences of AIS stand in a text."""
    return any(mark in text for mark in _MARKS) and _SENTENCE.search(text) is not None


def cut(text: str, file: str = "") -> tuple[list[Message], str]:
    """The AIS of a text as messages, and the text without it, of as many lines.

    A notice that is sent again, or heard by several stations, is one message. The sentences that carry no notice, or
    are wrong, are one message behind all notices, which `ais_area.read_ais` counts.

    Args:
        text: of a file.
        file: where it was found.
    """
    notices: list[Message] = []
    spans: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = []
    known: set[str] = set()
    line, counted, first = 1, 0, 0
    for one in heard(text):
        spans += one.sentences
        head = Head.read(one.bits)
        if head is None:
            others += one.sentences
            continue
        if one.bits in known:
            continue
        known.add(one.bits)
        if one.start >= counted:
            line, counted = line + text.count("\n", counted, one.start), one.start
            first = line
        else:
            first = 1 + text.count("\n", 0, one.start)
        sentences = "\n".join(text[start:end] for start, end in one.sentences)
        name = f"AIS AREA NOTICE {head.mmsi:09d}/{head.linkage}"
        notices.append(Message(id=name, text=sentences, file=file, line=first, issued_ms=_heard_ms(text, one)))
    rest = _without(text, sorted(spans))
    broken = [line for line in rest.split("\n") if _SENTENCE.search(line)]
    if others or broken:
        others.sort()
        sentences = "\n".join([*(text[start:end] for start, end in others), *broken])
        begins = others[0][0] if others else text.find(broken[0])
        notices.append(Message(id="AIS", text=sentences, file=file, line=1 + text.count("\n", 0, begins)))
    return notices, "\n".join("" if _is_of_log(line) else line for line in rest.split("\n"))


def _is_of_log(line: str) -> bool:
    """Whether a line beside sentences of AIS is a remark of the logger, another sentence or one that is broken."""
    return line.startswith(("#", "$", "\\$")) or _SENTENCE.search(line) is not None


def _heard_ms(text: str, one: Heard) -> int | None:
    """When the first sentence of a message that tells it was heard; None where none does."""
    for start, end in one.sentences:
        before = text[text.rfind("\n", 0, start) + 1 : start].rsplit("*", 1)[0] if _is_tagged(text, start) else ""
        tagged = _TAGGED.search(before)
        if tagged is not None:
            return int(tagged[1]) if len(tagged[1]) == _MILLISECONDS else int(tagged[1][:10]) * SECOND_MS
        clock = _CLOCK.match(text[text.rfind("\n", 0, start) + 1 : start])
        if clock is not None:
            try:
                return parse_time(clock[1].replace(" ", "T", 1).replace(" ", ""))
            except NotationError:
                pass
        stop = text.find("\n", end)
        epoch = _EPOCH.search(text[end : len(text) if stop < 0 else stop])
        if epoch is not None:
            return int(epoch[1]) * SECOND_MS
    return None


def _is_tagged(text: str, start: int) -> bool:
    return _TAG.search(text[text.rfind("\n", 0, start) + 1 : start]) is not None


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """A text without sentences and what loggers write around them."""
    return "".join(_kept(text, spans))


def _kept(text: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    at = 0
    for start, end in spans:
        before = text[at:start]
        begins = before.rfind("\n") + 1
        lead = before[begins:]
        if _CLOCK.match(lead):
            before = before[:begins]
        else:
            tag = _TAG.search(lead)
            before = before[: begins + tag.start()] if tag is not None else before
        yield before
        behind = _BEHIND.match(text, end)
        at = end if behind is None else behind.end()
    yield text[at:]
