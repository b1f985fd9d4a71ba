"""How a message begins: the headings of all series, what may stand before one in its line, and what is a reference.

`HYDROPAC 2395/26` begins a message at the start of a line, and behind a blank line also where a few words of somebody
who handed it on stand before it, as in `FWD: HYDROPAC 2395/26`. `CANCEL HYDROPAC 2395/26` only refers to one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from waterspace.messages.reading import Doubt, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "BESIDE",
    "LONGEST_HEADING",
    "NUMBER",
    "OFFICES",
    "POSITION",
    "SERIES",
    "SUBREGIONS",
    "handed_on",
    "heading",
    "is_noise",
    "is_open",
    "is_reference",
    "named",
    "second_headings",
]

SERIES = (
    r"HYDRO(?:PAC|LANT|ARC)",
    r"NAVAREA\s+[IVX]+(?:\s+(?:NAVIGATIONAL\s+)?WARNINGS?)?",
    r"(?:[A-Z]+\s+){0,3}NAV(?:IGATIONAL|TEX)?\.?\s?WARN(?:INGS?)?",
    r"[A-Z]*\s?COASTAL\s+(?:NAVIGATIONAL\s+)?WARNING(?:\s+[A-Z]+)?",
    r"(?:LOCAL|SUBAREA|SUB-AREA)\s+WARNING",
    r"WZ",
    r"AUSCOAST",
)
"""Patterns of the names of series; the first two are those of bulletins for whole oceans."""
NUMBER = r"(?:(?:N[OR]\.?\s?)?\d[\d-]{0,8}(?:\s?/\s?\d{2,4})?|[_-]{2,4}/\d\d)"
"""With blanks where the coordinator has not given it yet, as in `NAVAREA XI ___/26` of a draft."""
BESIDE = re.compile(r"^(?:[>|*\s]{1,20}|UNCLAS(?:SIFIED)?\s+)")
"""What may stand before a heading in its line: marks of a list or a quotation, and that everybody may read it."""
SUBREGIONS = r"(?:\s?\(\d[\d\s,]*\))?"
"""Regions of charts behind a number, as in `HYDROPAC 9999/26(97)`."""
LONGEST_HEADING = 60
"""Characters of a line behind its number, where it is a heading and nothing else."""
POSITION = re.compile(r"\d[NS][\s,/]{0,4}\d|[北南][纬緯]\s?\d|\d\s?[度°]")
"""The middle of a position."""
_HEADING = re.compile(rf"(?P<series>{'|'.join(SERIES)})\s+(?P<number>{NUMBER}){SUBREGIONS}(?=[\s.,:]|$)")
OFFICES = frozenset({"HN", "LN", "SD", "TJ", "HB", "SH", "ZJ", "FJ", "GD", "GX", "JS", "LYG", "SZ", "XM", "QZ"})
"""Offices of the Chinese maritime administration as they stand before the numbers of their warnings.

Source: texts of the Hainan, Liaoning and Shanghai offices; the rest by the same rule, assumed.
"""
_SHORT = re.compile(r"(?P<series>[A-Z]{2})\s?(?P<number>\d{1,4}/\d\d)\b")
"""Coastal warnings of China in English, such as `HN182/26`."""
_EASTERN_SERIES = (
    r"[\u4e00-\u9fff]{1,8}(?:航警|航行警报|航行警告|航通|航行通告)|[\u4e00-\u9fff]{0,8}(?:水路通報|航行警報)"
)
_EASTERN_NUMBER = (
    r"\s?(?:第(?!\d+号\s?\d))?"
    r"(?P<number>第\d{1,4}号\s?\d[\d-]{0,6}項|\d[\d-]{0,6}(?:年\d+項|年第?\d+号?|/\d{2,4}|項|号)?)"
    r"(?![\d項号/-]|年第?\d)(?!\s?(?:[をはのに、]|及び|取消|作废))"
)
_EASTERN = re.compile(rf"(?!取消|撤销|废止|廃止)(?P<series>{_EASTERN_SERIES}){_EASTERN_NUMBER}")
"""Of China, and of Japan with the issue of its weekly notices and without, as in `水路通報第36号 26-512項`."""
_NOTAM = re.compile(r"\(?(?P<series>[A-Z](?:\d{4}|_{4})/\d\d)\s*(?P<number>NOTAM[NRC]\b|$)")
_FDC = re.compile(r"!(?P<series>[A-Z]{3,4})\s+(?P<number>\d{1,2}/\d{3,4})\b")

_OPEN_ENDS = (
    "CANCEL",
    "CANCELS",
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

_LONGEST_NOISE, _MOST_WORDS = 40, 4
"""What one who hands a message on writes before it in its line is no longer (assumed)."""
_CITED = r"\d[\d-]{0,8}\s?/\s?\d{2,4}|N[OR]\.?\s?\d\d-\d{3,4}|\d\d-\d{4}"
_NAMES = (*SERIES[:2], r"NAV(?:IGATIONAL|TEX)?\.?\s?WARN(?:INGS?)?", *SERIES[3:5], SERIES[6])
_LATIN = re.compile(
    rf"(?<![^\W_])(?P<series>{'|'.join(_NAMES)})\s+(?P<number>(?:N[OR]\.?\s?)?(?:{_CITED})){SUBREGIONS}(?=[\s.,:]|$)"
)
_HAN = re.compile(
    r"(?P<series>(?![转发轉發])[\u4e00-\u9fff]{1,2}(?:航警|航行警告|航通|航行通告)|水路通報|航行警報)"
    rf"{_EASTERN_NUMBER}"
)
_AERIAL = re.compile(r"(?P<series>[A-Z]\d{4}/\d\d)\s*(?P<number>NOTAM[NRC]\b)")
_OFFICIAL = re.compile(rf"(?<![^\W_])(?P<series>{'|'.join(sorted(OFFICES))})\s?(?P<number>\d{{1,4}}/\d\d)\b")
_NAMED_ANYWHERE = (_LATIN, _HAN, _AERIAL, _OFFICIAL)
_QUICK = re.compile(r"HYDRO[PLA]|NAVAREA|WARN|AUSCOAST|航[警通行]|水路")
_CITING_WORDS = (
    r"CANCEL\w*|CANX|REF\w*|SEE|VIDE|IAW|CF|REPL\w+|SUPERSED\w+|AMEND\w*|CORRECT\w*|EXTEND\w*|DELETE\w*|DISREGARD|"
    r"IGNORE|PREVIOUS\w*|FORCE"
)
_CITING_SIGNS = (
    r"取消|取り消|撤销|撤銷|废止|廃止|作废|解除|注销|参[见照看]|根据|依据|详见|替代|代替|更正|订正|修正|関[連係]|、"
)
_CITING = re.compile(rf"\b(?:{_CITING_WORDS})\b|{_CITING_SIGNS}")
"""Words before a heading behind which nobody doubts that a message is only cited."""
_REFERRING = re.compile(
    rf"\b(?:{_CITING_WORDS}|RE|IN|OF|AND|OR|TO|BY|PER|WITH|AS|FROM|FOR|ON|AT|ALSO|THIS|THESE|THE|SELF|READ|LESS|SINCE|"
    r"AFTER|BEFORE|DURING|INCLUD\w+|ACTIVE|VALID|CURRENT|REPEAT\w*|FORMER|UPDATE\w*|RELATED?|SAME)\b"
    rf"|{_CITING_SIGNS}|见|及び|及|和|与|原"
)
"""Those and others, of which each makes a heading behind it a reference."""
_SUBJECT = re.compile(
    r"\s{1,3}(?:IS|ARE|WAS|HAS|HAVE|REFERS?|CANCELL?ED|CANX|REMAINS?|AND|OR|ALSO|STILL|NOT|SUPERSEDED|EXTENDED|AMENDED|"
    r"CORRECTED|REPLACED|REPEATED|CITED|APPLIES)\b"
)
"""Words behind a heading that make it the subject of a sentence."""
_LISTED = re.compile(r"\s?,\s?\d|\s*\)|\s?(?:已|被|仍|继续|有效|同时|等|和|及|与)")
"""What stands behind a heading of which a list or a sentence in Chinese tells."""
_NOISE = re.compile(
    r"(?:\W|_|\b(?:FWD?|MSG|MESSAGE|NEXT|NO|NR|SUBJ|SUBJECT|SECURITE|NEW|BEGINS?|\d{1,3}(?:ST|ND|RD|TH)?)\b|转发?|轉發?|航行警[报告])*$"
)
"""Words of one who hands on, which belong to no sentence."""
_NUMBERED = re.compile(r"\s*\(?(?:\d{1,2}|[A-Z])[.)]\s*$")
_BRACKETED = re.compile(r"\s*[\[【(（<《〔「][^\]】)）>》〕」]{1,12}[\]】)）>》〕」]\W*$")  # noqa: RUF001
_ENDED = (".", "。", ")", "）", "=", "！")  # noqa: RUF001


def named(*words: str) -> str:
    """The name of a message: of `NAVAREA XI WARNING NO.26-0612` without the word that says what it is."""
    return re.sub(r"^(NAVAREA [IVX]+)(?: NAVIGATIONAL)? WARNINGS?\b", r"\1", " ".join(" ".join(words).split()))


def heading(line: str) -> str:
    """What a line calls a message, if it is the beginning of one."""
    words = BESIDE.sub("", line.strip().upper(), count=1)
    match = _HEADING.match(words)
    if match is not None and _SUBJECT.match(words, match.end()) is not None:
        return ""
    if match is not None and len(words) - match.end() < LONGEST_HEADING:
        return named(match["series"], match["number"])
    match = _SHORT.match(words) or _EASTERN.match(words)
    if match is not None:
        return "".join(f"{match['series']}{match['number']}".split())
    match = _NOTAM.match(words)
    if match is not None:
        return match["series"]
    match = _FDC.match(words)
    return f"{match['series']} {match['number']}" if match is not None else ""


def is_open(line: str) -> bool:
    """Whether a line in capitals goes on in the next, so that a heading there is only a reference."""
    return line.endswith(_OPEN_ENDS) and _WORD.search(line) is not None


def handed_on(line: str, before: str = "", *, is_apart: bool = True) -> str:
    """What a line calls a message that begins in it behind words of one who handed it on; empty where none does.

    Args:
        line: perhaps with such a heading.
        before: the line before, in capitals.
        is_apart: whether a blank line stands before it, or nothing: else only words that belong to no sentence count.
    """
    found = _behind_noise(line.strip().upper())
    if found is None:
        return ""
    noise, name, is_referred_to = found
    is_marked = noise != "" and (_NOISE.match(noise) is not None or _BRACKETED.match(noise) is not None)
    is_begun = is_apart or (is_marked and before.endswith(_ENDED))
    return name if is_begun and is_noise(noise) and not is_referred_to else ""


def _behind_noise(words: str) -> tuple[str, str, bool] | None:
    """What stands before the first heading of a line, the name of the message, and whether it is only referred to.

    None where no heading stands there, or one that is surely cited.
    """
    if "/" not in words and "-" not in words and "項" not in words:
        return None
    matches = [match for pattern in _NAMED_ANYWHERE if (match := pattern.search(words)) is not None]
    match = min(matches, key=re.Match.start, default=None)
    if match is None:
        return None
    noise, behind = words[: match.start()], words[match.end() :]
    said = words[: match.start("number")] if match.re is _HAN else noise
    if _CITING.search(said) is not None or _goes_on(behind):
        return None
    name = match["series"]
    if match.re is _LATIN:
        name = named(name, match["number"])
    elif match.re is not _AERIAL:
        name = "".join(f"{name}{match['number']}".split())
    return noise, name, is_reference(said, behind)


def is_reference(before: str, behind: str) -> bool:
    """Whether the words of a line before the name of a message, or those behind it, make it one that is only cited."""
    return _REFERRING.search(before) is not None or _goes_on(behind)


def _goes_on(behind: str) -> bool:
    """Whether the words behind the name of a message make it part of a sentence or a list."""
    return _SUBJECT.match(behind) is not None or _LISTED.match(behind) is not None


def is_noise(words: str) -> bool:
    """Whether the words before a heading, or before its date-time group, are a few of one who handed it on."""
    is_short = len(words) <= _LONGEST_NOISE and _words_of(words) <= _MOST_WORDS
    return is_short and _NUMBERED.match(words) is None and _REFERRING.search(words) is None


def _words_of(noise: str) -> int:
    """How many words stand in some noise; a run of Chinese signs counts as one."""
    return len(re.findall(r"[\u4e00-\u9fff]+|[^\W\u4e00-\u9fff]+", noise))


def second_headings(text: str) -> Iterator[Doubt]:
    """A doubt about the first heading of another message that stands in a message, with positions behind it.

    Args:
        text: of a message, with its own heading.
    """
    if len(_QUICK.findall(text.upper())) < len("AB"):
        return
    own, before, is_apart, place = "", "", True, 0
    last = max((match.start() for match in POSITION.finditer(text.upper())), default=-1)
    for line in text.split("\n"):
        words = line.strip().upper()
        if words:
            name = _heads(words, before, is_apart=is_apart)
            if own and name and name != own and place <= last:
                start = place + len(line) - len(line.lstrip())
                reason = f"A second heading stands in it, {name}: two messages may be run together."
                yield Doubt(Span(start, start + len(words)), reason)
                return
            own = own or name
            before, is_apart = words, False
        else:
            is_apart = True
        place += len(line) + 1


def _heads(words: str, before: str, *, is_apart: bool) -> str:
    """What a line calls a message that may begin in it, however long the words before the name; empty for none."""
    if is_open(before) and (before.endswith((",", "AND")) or _REFERRING.search(before) is not None):
        return ""
    name = heading(words)
    if name:
        return name
    found = _behind_noise(words)
    if found is None or (found[2] and not is_apart):
        return ""
    is_begun = is_apart or before.endswith(_ENDED) or (found[0] != "" and _NOISE.match(found[0]) is not None)
    return found[1] if is_begun else ""
