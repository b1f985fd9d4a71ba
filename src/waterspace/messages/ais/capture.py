"""Captures of AIS cut into messages: one for each area notice, one for all the sentences that carry none.

A notice names no year. It is taken from when a sentence was heard, as loggers write it: `c:` of a tag block before it
(IEC 62320-1, not verified), a date and time that begin the line, or seconds since 1970 behind it.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from waterspace.errors import NotationError
from waterspace.messages.ais.faults import told, told_broken
from waterspace.messages.ais.notices import CANCELLATION, OTHERS, Head
from waterspace.messages.ais.sentences import heard, unheard
from waterspace.messages.reading import Message, Span
from waterspace.notation import parse_time
from waterspace.quantity import MINUTE_MS, SECOND_MS

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
_PAIR = 2


def is_ais(text: str) -> bool:
    """Whether sentences of AIS stand in a text."""
    return any(mark in text for mark in _MARKS) and _SENTENCE.search(text) is not None


def cut(text: str, file: str = "") -> tuple[list[Message], str]:
    """The AIS of a text as messages, and the text without it, of as many lines.

    A notice that is sent again, or heard by several stations, is one message for each time that it means. The sentences
    that carry no notice, or are wrong, are one message behind all notices, which `ais_area.read_ais` counts.

    Args:
        text: of a file.
        file: where it was found.
    """
    kept = _Kept()
    spans: list[tuple[int, int]] = []
    others: list[Heard] = []
    for one in heard(text):
        spans += one.sentences
        head = Head.read(one.bits)
        if head is None:
            others.append(one)
        else:
            kept.add(head, one, _heard_ms(text, one))
    notices = list(_messages(text, file, kept.all()))
    rest = _without(text, sorted(spans))
    broken = [line for line in rest.split("\n") if _SENTENCE.search(line)]
    if others or broken:
        notices.append(_others(text, file, others, broken))
    return notices, "\n".join("" if _is_of_log(line) else line for line in rest.split("\n"))


class _Notice(NamedTuple):
    """A notice as it was heard at some time; None where nobody says when."""

    head: Head
    one: Heard
    heard_ms: int | None


class _Kept:
    """Notices that are kept of all that are heard: each once for every time that it means.

    A notice names no year, so the same sentences mean another time when they are heard in another year. One that
    starts at once means another time whenever it is heard: the first and the last are kept, and between them so many
    that no time is lost. One that takes a notice back is kept again where its station has sent another since.
    """

    def __init__(self) -> None:
        self._kept: dict[int, _Notice] = {}
        self._known: dict[tuple[str, int | None], list[int]] = {}
        self._bits: set[str] = set()
        self._last: dict[tuple[int, int], str] = {}
        self._count = 0

    def all(self) -> list[_Notice]:
        """Those that are kept, in the order in which they were complete."""
        return [self._kept[number] for number in sorted(self._kept)]

    def add(self, head: Head, one: Heard, heard_ms: int | None) -> None:
        """Keep a notice if it says more than those before it."""
        last, self._last[head.mmsi, head.linkage] = self._last.get((head.mmsi, head.linkage)), one.bits
        start_ms = None if heard_ms is None else head.start_ms(heard_ms)
        same = self._known.setdefault((one.bits, start_ms), [])
        if heard_ms is None:
            is_known = one.bits in self._bits
        elif head.notice == CANCELLATION:
            is_known = last == one.bits
        elif head.start is None:
            is_known = bool(same) and head.minutes is None
            self._drop_needless(same, head, heard_ms)
        else:
            is_known = bool(same)
        if is_known:
            return
        self._count += 1
        self._kept[self._count] = _Notice(head, one, heard_ms)
        self._bits.add(one.bits)
        same.append(self._count)

    def _drop_needless(self, same: list[int], head: Head, heard_ms: int) -> None:
        """Drop the last of those that start at once where the one before it lasts until this is heard."""
        if head.minutes is None or len(same) < _PAIR:
            return
        before_ms, last_ms = self._kept[same[-2]].heard_ms, self._kept[same[-1]].heard_ms
        if before_ms is None or last_ms is None or not before_ms <= last_ms <= heard_ms:
            return
        if heard_ms <= before_ms + head.minutes * MINUTE_MS:
            del self._kept[same.pop()]


def _messages(text: str, file: str, notices: list[_Notice]) -> Iterator[Message]:
    """Each notice as a message, with its line."""
    line, counted, first = 1, 0, 0
    for head, one, heard_ms in notices:
        if one.start >= counted:
            line, counted = line + text.count("\n", counted, one.start), one.start
            first = line
        else:
            first = 1 + text.count("\n", 0, one.start)
        sentences = "\n".join(text[start:end] for start, end in one.sentences)
        name = f"AIS AREA NOTICE {head.mmsi:09d}/{head.linkage}"
        yield Message(id=name, text=sentences, file=file, line=first, issued_ms=heard_ms)


def _others(text: str, file: str, others: list[Heard], broken: list[str]) -> Message:
    """The message of all that carry no notice: those that are whole, then those that are wrong, with their doubts.

    What is wrong is told here: without what stood around them, parts of two messages might be taken for one.
    """
    whole = [one for one in others if not one.fault]
    wrong = sorted((one for one in others if one.fault), key=lambda one: one.start)
    said = ["\n".join(text[start:end] for start, end in one.sentences) for one in (*whole, *wrong)]
    ends = list(accumulate((len(words) + 1 for words in said), initial=0))
    faults = [
        (Span(start, start + len(words)), one.fault)
        for one, start, words in zip(wrong, ends[len(whole) :], said[len(whole) :], strict=False)
    ]
    places = [(ends[-1] + start, ends[-1] + end) for start, end in unheard("\n".join(broken))]
    begins = min((one.start for one in others), default=text.find(broken[0]) if broken else 0)
    return Message(
        id=OTHERS,
        text="\n".join((*said, *broken)),
        file=file,
        line=1 + text.count("\n", 0, begins),
        doubts=(*told(faults), *told_broken(places)),
    )


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
