"""Cutting a text that holds many messages into them: bulletins, NAVTEX captures, lists of NOTAMs.

A line that names a series and a number begins a message, so do a date-time group on its own line and `ZCZC`; `NNNN`
ends one. A blank line parts messages only where they have no headings. Nothing is thrown away: whatever stands between
two messages belongs to the one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

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


_SERIES = (
    r"HYDRO(?:PAC|LANT|ARC)",
    r"NAVAREA\s+[IVX]+(?:\s+(?:NAVIGATIONAL\s+)?WARNINGS?)?",
    r"(?:[A-Z]+\s+){0,3}NAV(?:IGATIONAL|TEX)?\.?\s?WARN(?:INGS?)?",
    r"[A-Z]*\s?COASTAL\s+(?:NAVIGATIONAL\s+)?WARNING(?:\s+[A-Z]+)?",
    r"(?:LOCAL|SUBAREA|SUB-AREA)\s+WARNING",
    r"WZ",
    r"AUSCOAST",
)
_NUMBER = r"(?:(?:N[OR]\.?\s?)?\d[\d-]{0,8}(?:\s?/\s?\d{2,4})?|[_-]{2,4}/\d\d)"
"""With blanks where the coordinator has not given it yet, as in `NAVAREA XI ___/26` of a draft."""
_BESIDE = re.compile(r"^(?:[>|*\s]{1,20}|UNCLAS(?:SIFIED)?\s+)")
"""What may stand before a heading in its line: marks of a list or a quotation, and that everybody may read it."""
_SUBREGIONS = r"(?:\s?\(\d[\d\s,]*\))?"
_HEADING = re.compile(rf"(?P<series>{'|'.join(_SERIES)})\s+(?P<number>{_NUMBER}){_SUBREGIONS}(?=[\s.,:]|$)")
_SHORT = re.compile(r"(?P<series>[A-Z]{2})\s?(?P<number>\d{1,4}/\d\d)\b")
"""Coastal warnings of China in English, such as `HN182/26`."""
_EASTERN = re.compile(
    r"(?!取消|撤销|废止|廃止)"
    r"(?P<series>[\u4e00-\u9fff]{1,8}(?:航警|航行警报|航行警告|航通|航行通告)|[\u4e00-\u9fff]{0,8}(?:水路通報|航行警報))"
    r"\s?(?:第(?!\d+号\s?\d))?"
    r"(?P<number>第\d{1,4}号\s?\d[\d-]{0,6}項|\d[\d-]{0,6}(?:年\d+項|年第?\d+号?|/\d{2,4}|項|号)?)"
    r"(?![\d項号/-]|年第?\d)(?!\s?(?:[をはのに、]|及び|取消|作废))"
)
"""Of China, and of Japan with the issue of its weekly notices and without, as in `水路通報第36号 26-512項`."""
_NOTAM = re.compile(r"\(?(?P<series>[A-Z](?:\d{4}|_{4})/\d\d)\s*(?P<number>NOTAM[NRC]\b|$)")
_FDC = re.compile(r"!(?P<series>[A-Z]{3,4})\s+(?P<number>\d{1,2}/\d{3,4})\b")
_DATE_TIME_GROUP = re.compile(r"\d{6}\s?(?:Z|UTC)\s+[A-Z]{3}\.?\s+(?:\d{4}|\d\d)\.?$")
_BEGINNING = re.compile(r"ZCZC(?:\s+(?P<mark>\S+))?")
_MARK = re.compile(r"[A-Z-][A-Z](?:\d\d|--)$")
_END = re.compile(r"N{3,4}$")
_GARBLED = re.compile(r"[\ufffd*]+|(?<=[A-Z])[_#~^]+(?=[A-Z])")
_ENDED = re.compile(r"CANCEL\s+THIS\s+M(?:SG|ESSAGE)\s[^.\n]*")
_LOOSE_BEGINNING = re.compile(
    rf"(?P<blank>[^\S\n]*)(?:(?:{_SERIES[0]}|{_SERIES[1]})\s+{_NUMBER}{_SUBREGIONS}\.?\s|ZCZC\s)"
)
_INLINE = re.compile(
    rf"(?<![^\s=.])\d{{6}}\s?Z\s+[A-Z]{{3}}\s+\d\d\s+(?P<heading>(?:{_SERIES[0]}|{_SERIES[1]})\s+\d{{1,5}}/\d\d)"
)
_POSITION = re.compile(r"\d[NS][\s,/]{0,4}\d")
_GOES_ON = re.compile(r"\s*(?:[2-9]|\d\d)[.)]|\s*[A-Z][.)]\s|\s*\(?\d{1,3}-\d\d")
_OPEN_ENDS = (
    "CANCEL",
    "AND",
    ",",
    "REFER",
    "REF",
    "TO",
    "SEE",
    ":",
    "OF",
    "MSG",
    "MESSAGES",
    "MESSAGE",
    "WARNINGS",
    "AT",
    "BY",
)
_WORD = re.compile(r"[^\W\d_]{2}")
"""Without one a line is noise, whatever sign it ends in."""
_FAR = 2
"""Blank lines behind which no sentence goes on."""
_LONGEST_HEADING = 60


def pieces(text: str, *, parts_at_blank_lines: bool = True) -> list[Piece]:
    """The messages of a text, in its order; none of a text without a word.

    Args:
        text: as it came.
        parts_at_blank_lines: whether messages without headings may be parted by blank lines.
    """
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    starts = _starts(lines)
    if len(starts) < 2 and parts_at_blank_lines and not any(_heading(line) for line in lines):
        starts = _paragraph_starts(lines)
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
    is_headed = any(_heading(line) for line in words.split("\n", 2)[:2])
    return not is_headed or (is_capture and not words.endswith("."))


def heading_of(text: str) -> str:
    """What a message calls itself in its first lines; empty where it has no heading."""
    for line in text.lstrip().split("\n", 6)[:6]:
        found = _heading(line)
        if found:
            return found
    match = _INLINE.match(text.lstrip().upper())
    return _named(match["heading"]) if match is not None else ""


def begins_message(lines: Sequence[str], at: int) -> bool:
    """Whether a line is the beginning of a message by itself, whatever stands before it: a mark, a time, a heading."""
    return _beginning(lines[at].strip().upper(), "", lines[at + 1 : at + 3]) != ""


def _named(*words: str) -> str:
    """The name of a message: of `NAVAREA XI WARNING NO.26-0612` without the word that says what it is."""
    return re.sub(r"^(NAVAREA [IVX]+)(?: NAVIGATIONAL)? WARNINGS?\b", r"\1", " ".join(" ".join(words).split()))


def _heading(line: str) -> str:
    """What a line calls a message, if it is the beginning of one."""
    words = _BESIDE.sub("", line.strip().upper(), count=1)
    match = _HEADING.match(words)
    if match is not None and len(words) - match.end() < _LONGEST_HEADING:
        return _named(match["series"], match["number"])
    match = _SHORT.match(words) or _EASTERN.match(words)
    if match is not None:
        return "".join(f"{match['series']}{match['number']}".split())
    match = _NOTAM.match(words)
    if match is not None:
        return match["series"]
    match = _FDC.match(words)
    return f"{match['series']} {match['number']}" if match is not None else ""


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
        blanks = 0
        beginning = _beginning(words, before, lines[number + 1 : number + 3])
        if beginning and (is_begun or (has_heading and beginning == "heading")):
            starts.append(number)
            is_begun = has_heading = False
        if beginning == "heading":
            has_heading = True
            is_begun = len(words) > _LONGEST_HEADING or is_begun
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
    if _DATE_TIME_GROUP.match(_BESIDE.sub("", words, count=1)):
        return "time" if not _is_open(before) and any(_heading(line) for line in after) else ""
    return "heading" if not _is_open(before) and _heading(words) else ""


def _is_open(line: str) -> bool:
    """Whether a line goes on in the next, so that a heading there is only a reference."""
    return line.endswith(_OPEN_ENDS) and _WORD.search(line) is not None


def _paragraph_starts(lines: Sequence[str]) -> list[int]:
    """Lines after blank lines that begin a message: not those that go on with its numbers or its positions."""
    starts = [0]
    is_blank, before = False, ""
    for number, line in enumerate(lines):
        words = line.strip().upper()
        if not words:
            is_blank = True
            continue
        if is_blank and before and not _is_open(before) and _GOES_ON.match(words) is None:
            starts.append(number)
        is_blank, before = False, words
    return starts if _are_messages(lines, starts) else [0]


def _are_messages(lines: Sequence[str], starts: Sequence[int]) -> bool:
    """Whether paragraphs read as messages of their own: most hold positions, or ends of messages."""
    ends = [*starts[1:], len(lines)]
    full = sum(
        1
        for start, end in zip(starts, ends, strict=True)
        if any(_POSITION.search(line.upper()) or "CANCEL" in line.upper() for line in lines[start:end])
    )
    return 2 * full > len(starts)


def _loosened(chunk: str) -> Iterator[tuple[str, bool]]:
    """Messages that stand in one line: their texts, and whether one runs on from the one before.

    A date-time group with a heading begins one wherever it stands, as in a bulletin without its line ends; a heading
    alone does so behind the cancel line of another.
    """
    capitals = chunk.upper() if len(chunk.upper()) == len(chunk) else chunk
    beside = _BESIDE.match(capitals)
    first = 0 if beside is None else beside.end()
    starts = {match.start(): False for match in _INLINE.finditer(capitals) if match.start() > first}
    for match in _ENDED.finditer(capitals):
        after = match.end() + 1
        begins = _LOOSE_BEGINNING.match(capitals[after : after + _LONGEST_HEADING] + " ")
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
        doubts.append(Doubt(Span(0, min(len(text), _LONGEST_HEADING)), reason))
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
