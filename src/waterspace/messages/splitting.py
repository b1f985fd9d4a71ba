"""Cutting a text that holds many messages into them: bulletins, NAVTEX captures, lists of NOTAMs.

A line that names a series and a number begins a message, so do a date-time group on its own line and `ZCZC`; `NNNN`
ends one. A blank line parts messages only where they have no headings. Nothing is thrown away: whatever stands between
two messages belongs to the one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from waterspace.messages.closing import behind_end
from waterspace.messages.openings import (
    BESIDE,
    LONGEST_HEADING,
    NUMBER,
    POSITION,
    SERIES,
    SUBREGIONS,
    handed_on,
    heading,
    is_noise,
    is_open,
    named,
)
from waterspace.messages.reading import Doubt, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Piece", "begins_message", "heading_of", "pieces"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One message of a text.

    Attributes:
        text: of it, with its heading.
        line: its first line in the whole text, from 1.
        name: what its heading calls it, such as `HYDROPAC 2395/26`; empty where it has none.
        doubts: what is wrong with how it begins and ends.
    """

    text: str
    line: int
    name: str
    doubts: tuple[Doubt, ...] = ()


_DATE_TIME_GROUP = re.compile(r"\d{6}\s?(?:Z|UTC)\s+[A-Z]{3}\.?\s+(?:\d{4}|\d\d)\.?$")
_BEGINNING = re.compile(r"ZCZC(?:\s+(?P<mark>\S+))?")
_MARK = re.compile(r"[A-Z-][A-Z](?:\d\d|--)$")
_END = re.compile(r"N{3,4}$")
_GARBLED = re.compile(r"[\ufffd*]+|(?<=[A-Z])[_#~^]+(?=[A-Z])")
_ENDED = re.compile(r"CANCEL\s+THIS\s+M(?:SG|ESSAGE)\s[^.\n]*")
_LOOSE_BEGINNING = re.compile(rf"(?P<blank>[^\S\n]*)(?:(?:{SERIES[0]}|{SERIES[1]})\s+{NUMBER}{SUBREGIONS}\.?\s|ZCZC\s)")
_INLINE = re.compile(
    rf"(?<![^\s=.])\d{{6}}\s?Z\s+[A-Z]{{3}}\s+\d\d\s+(?P<heading>(?:{SERIES[0]}|{SERIES[1]})\s+\d{{1,5}}/\d\d)"
)
_GOES_ON = re.compile(r"\s*(?:[2-9]|\d\d)[.)]|\s*[A-Z][.)]\s|\s*\(?\d{1,3}-\d\d")
_FAR = 2
"""Blank lines behind which no sentence goes on."""


def pieces(text: str, *, parts_at_blank_lines: bool = True) -> list[Piece]:
    """The messages of a text, in its order; none of a text without a word.

    Args:
        text: as it came.
        parts_at_blank_lines: whether messages without headings may be parted by blank lines.
    """
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    starts = _starts(lines)
    if len(starts) < 2 and parts_at_blank_lines and not any(heading(line) for line in lines):
        starts = _paragraph_starts(lines)
    if parts_at_blank_lines and "NOTAM" in text:
        starts = [line for first, end in pairwise([*starts, len(lines)]) for line in _notam_starts(lines, first, end)]
    found: list[tuple[str, int, bool]] = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(lines)
        chunk = "".join(lines[start:end])
        if not chunk.strip():
            continue
        line = start + 1
        for part, is_loose in _loosened(chunk):
            if part.strip():
                found.append((part, line, is_loose))
            line += part.count("\n")
    framed = sum(_is_framed(part) for part, _, _ in found)
    is_capture = 2 * framed > len(found)
    return [
        _piece(part, line, is_loose=is_loose, is_navtex=_is_navtex(part, is_capture=is_capture) if framed else False)
        for part, line, is_loose in found
    ]


def _is_framed(text: str) -> bool:
    """Whether a message has the mark that begins one of NAVTEX, or that ends one."""
    return "ZCZC" in text or _has_end(text)


def _has_end(text: str) -> bool:
    return _END.match(text.rstrip().rpartition("\n")[2].strip()) is not None


def _is_navtex(text: str, *, is_capture: bool) -> bool:
    """Whether a message was heard by NAVTEX, so that it lacks what it does not have of its marks.

    One without marks has a heading and comes from elsewhere, unless most others have marks and it does not end in a
    full stop.

    Args:
        text: of the message.
        is_capture: whether most messages of the text have marks.
    """
    if _is_framed(text):
        return True
    words = text.strip()
    is_headed = any(heading(line) for line in words.split("\n", 2)[:2])
    return not is_headed or (is_capture and not words.endswith("."))


def heading_of(text: str) -> str:
    """What a message calls itself in its first lines; empty where it has no heading."""
    for line in text.lstrip().split("\n", 6)[:6]:
        found = heading(line)
        if found:
            return found
    words = text.lstrip()
    first, _, _ = words.partition("\n")
    if name := handed_on(first):
        return name
    match = _INLINE.match(words.upper())
    return named(match["heading"]) if match is not None else ""


def begins_message(lines: Sequence[str], at: int) -> bool:
    """Whether a line is the beginning of a message by itself, whatever stands before it: a mark, a time, a heading."""
    return _beginning(lines[at].strip().upper(), "", lines[at + 1 : at + 3]) != ""


def _starts(lines: Sequence[str]) -> list[int]:
    """Numbers of the lines, from 0, that begin a message; the first line always does."""
    starts = [0]
    blanks = 0
    is_begun = False  # whether the message that runs has a heading or text already
    has_heading = False
    before = ""
    for number, line in enumerate(lines):
        words = line.strip().upper()
        if not words:
            blanks += 1
            before = "" if blanks >= _FAR else before
            continue
        after = lines[number + 1 : number + 3]
        beginning = _beginning(words, before, after) or _handed_on(words, before, after, is_apart=blanks > 0)
        blanks = 0
        if beginning and (is_begun or (has_heading and beginning == "heading")):
            starts.append(number)
            is_begun = has_heading = False
        if beginning == "heading":
            has_heading = True
            is_begun = len(words) > LONGEST_HEADING or is_begun
        elif not beginning:
            is_begun = True
        before = words
        if _END.match(words):
            starts.append(number + 1)
            is_begun = has_heading = False
            before = ""
    return [start for start in starts if start < len(lines)]


def _beginning(words: str, before: str, after: Sequence[str]) -> str:
    """What a line begins a message with: `mark`, `time`, `heading` or nothing.

    Args:
        words: the line in capitals.
        before: the last line that was not blank.
        after: the next lines: a date-time group begins a message where a heading follows.
    """
    if words.startswith("ZCZC"):
        return "mark"
    if _DATE_TIME_GROUP.match(BESIDE.sub("", words, count=1)):
        return "time" if not is_open(before) and any(heading(line) for line in after) else ""
    return "heading" if not is_open(before) and heading(words) else ""


def _handed_on(words: str, before: str, after: Sequence[str], *, is_apart: bool) -> str:
    """The same of a line in which words of one who handed the message on stand first.

    Args:
        words: the line in capitals.
        before: the last line that was not blank.
        after: the next lines.
        is_apart: whether a blank line stands before it.
    """
    if is_open(before):
        return ""
    if handed_on(words, before, is_apart=is_apart):
        return "heading"
    group = _DATE_TIME_GROUP.search(words) if is_apart and words.endswith(tuple("0123456789.")) else None
    is_time = group is not None and is_noise(words[: group.start()]) and any(heading(line) for line in after)
    return "time" if is_time else ""


def _paragraph_starts(lines: Sequence[str]) -> list[int]:
    """Lines after blank lines that begin a message: not those that go on with its numbers or its positions."""
    starts = [0]
    is_blank, before = False, ""
    for number, line in enumerate(lines):
        words = line.strip().upper()
        if not words:
            is_blank = True
            continue
        if is_blank and before and not is_open(before) and _GOES_ON.match(words) is None:
            starts.append(number)
        is_blank, before = False, words
    return starts if _are_messages(lines, starts) else [0]


def _notam_starts(lines: Sequence[str], first: int, end: int) -> list[int]:
    """Lines that begin messages from one line to another, where a NOTAM ends and others stand behind a blank line."""
    text = "".join(lines[first:end])
    behind = behind_end(capitals) if len(capitals := text.upper()) == len(text) else None
    if behind is None:
        return [first]
    start = first + text.count("\n", 0, behind)
    if lines[start - 1].strip():
        return [first]
    return [first, *(start + line for line in _paragraph_starts(lines[start:end]))]


def _are_messages(lines: Sequence[str], starts: Sequence[int]) -> bool:
    """Whether paragraphs read as messages of their own: most hold positions, or ends of messages."""
    ends = [*starts[1:], len(lines)]
    full = sum(
        1
        for start, end in zip(starts, ends, strict=True)
        if any(POSITION.search(line.upper()) or "CANCEL" in line.upper() for line in lines[start:end])
    )
    return 2 * full > len(starts)


def _loosened(chunk: str) -> Iterator[tuple[str, bool]]:
    """Messages that stand in one line: their texts, and whether one runs on from the one before.

    A date-time group with a heading begins one wherever it stands, as in a bulletin without its line ends; a heading
    alone does so behind the cancel line of another.
    """
    capitals = chunk.upper() if len(chunk.upper()) == len(chunk) else chunk
    beside = BESIDE.match(capitals)
    first = 0 if beside is None else beside.end()
    starts = {match.start(): False for match in _INLINE.finditer(capitals) if match.start() > first}
    if starts and is_noise(capitals[: min(starts)]):
        del starts[min(starts)]
    for match in _ENDED.finditer(capitals):
        after = match.end() + 1
        begins = _LOOSE_BEGINNING.match(capitals[after : after + LONGEST_HEADING] + " ")
        if begins is not None:
            starts.setdefault(after + begins.end("blank"), True)
    place, is_loose = 0, False
    for start in sorted(starts):
        yield chunk[place:start], is_loose
        place, is_loose = start, starts[start]
    yield chunk[place:], is_loose


def _piece(text: str, line: int, *, is_loose: bool, is_navtex: bool) -> Piece:
    doubts = []
    if is_loose:
        reason = "This message runs on from the one before it without a new line: expected each to begin on its own."
        doubts.append(Doubt(Span(0, min(len(text), LONGEST_HEADING)), reason))
    if is_navtex:
        doubts += _navtex_doubts(text)
    else:
        doubts += [_garbled(match) for match in re.finditer("\ufffd+", text)]
    ends = list(_ENDED.finditer(text.upper())) if len(text.upper()) == len(text) else []
    if len(ends) > 1:
        reason = "This message cancels itself twice: expected one such line, so that two messages seem to run together."
        doubts.append(Doubt(Span(*ends[1].span()), reason))
    return Piece(text=text, line=line, name=heading_of(text), doubts=tuple(doubts))


def _navtex_doubts(text: str) -> Iterator[Doubt]:
    """What was lost of a message on the air."""
    words = text.strip()
    begin = text.find(words)
    opening = _BEGINNING.match(words)
    if opening is None:
        yield Doubt(Span(begin, begin + 1), "The beginning is missing: expected `ZCZC` and four characters.")
    elif opening["mark"] is None or _MARK.match(opening["mark"].upper()) is None:
        found = opening["mark"] or "nothing"
        reason = f"Found {found!r} after `ZCZC`: expected station, subject and two digits, such as `JA42`."
        yield Doubt(Span(begin, begin + opening.end()), reason)
    lines = words.splitlines()
    if not lines or _END.match(lines[-1].strip()) is None:
        end = begin + len(words)
        yield Doubt(Span(max(begin, end - 1), end), "The end is missing: expected `NNNN` after the last line.")
    for match in _GARBLED.finditer(text):
        yield _garbled(match)


def _garbled(match: re.Match[str]) -> Doubt:
    return Doubt(Span(*match.span()), f"Found {match.group()!r}: characters were lost here.")
