"""Words, numbers and coordinates of a message, each with its place in the text.

Coordinates are told from other numbers here, in every notation that is on the air: `42-40.00N`, `28-15-15N`,
`402000N1354000E`, `N395042E1044355`, `2255N`, `59 49 00 S`, `45°32'N`, `39.5000N`. The rest is words, numbers and
single signs; what they mean is for the grammars.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.reading import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Kind", "Token", "plain", "tokens"]


class Kind(Enum):
    """Kinds of tokens. A `ZULU` is a time of day or a date-time group with its Z, such as `2200Z` or `131200Z`."""

    LATITUDE = auto()
    LONGITUDE = auto()
    ZULU = auto()
    NUMBER = auto()
    WORD = auto()
    SIGN = auto()


class Token(NamedTuple):
    """One token.

    Attributes:
        kind: of it.
        text: in capitals and plain signs; `Z` and blanks are taken off a `ZULU`.
        start: place of its first character in the message's text.
        end: place after its last.
        degrees: of a coordinate, north and east positive; 0 for the rest.
        resolution_deg: half of the last digit of a coordinate.
        fault: why a coordinate cannot be right, a clause; empty where it can.
    """

    kind: Kind
    text: str
    start: int
    end: int
    degrees: float = 0.0
    resolution_deg: float = 0.0
    fault: str = ""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


_SAME: dict[int, str | int] = {
    **{0xFF01 + shift: 0x21 + shift for shift in range(94)},  # full-width letters, digits and signs
    **{ord(sign): "'" for sign in "′’ʹ´‘`"},  # noqa: RUF001
    **{ord(sign): '"' for sign in "″”“"},
    **{ord(sign): "°" for sign in "º˚"},
    **{ord(sign): "-" for sign in "−–—‐‑―"},  # noqa: RUF001
    **{ord(sign): " " for sign in "\xa0\u3000\u2002\u2003\u2009"},
}

_FRACTION = r"(?:[.,]\d+)?"
_TORN = r"(?:\.\s?\d+|,\d+)?"
"""A fraction that may be torn from its point, as in `72-57. 8N`."""
_LOOSE = r"(?:\s?'?[.,]\d+)?"
_MINUTE = r"\s?'?\s?"
_SECOND = rf"(?:(\d{{1,2}}{_FRACTION})\s?[\"'\s]{{0,2}})"
_NO_LABEL = rf"(?<!\d)(?<!\d\.)(?!(?:\d-|\d\d-\s)\s?\d\d-\d\d{_FRACTION}[NS][\s,/-]{{0,3}}\d{{3}}-\d\d{_FRACTION}[EW])"
"""Degrees of a latitude are no number before a position, as `1-` is in `1- 38-00N 134-00E`: its halves are alike."""
_ALONE = r"(?![A-Z]|-[A-Z])"
"""A hemisphere is no letter of a word, nor of `E-MAIL`."""
_NOT_LAST = r"(?!\.?\d)(?![NSEW](?![A-Z\d]))(?!\s[NSEW](?![A-Z]|\s?\d))"
"""A hemisphere that stands first has none behind the number, as `S 062-45E` would."""
_ALTERNATIVES = (
    ("word", r"[^\W\d_]{2,}(?:['-][^\W\d_]+)*"),
    # hemisphere last: 42-40.00N, 28-15-15.3N
    (
        "dash",
        rf"{_NO_LABEL}(\d{{1,3}})-\s?(\d{{1,2}}{_TORN})(?:-\s?(\d{{1,2}}{_TORN}))?[\s'\"]?([NSEW]){_ALONE}",
    ),
    # 45°32'N, 45°32'10.5"N, 45°32'.5N
    (
        "degree",
        rf"(?<!\d)(?<!\d\.)(\d{{1,3}}{_FRACTION})\s?°\s?(?:(\d{{1,2}}{_LOOSE}){_MINUTE}{_SECOND}?)?([NSEW]){_ALONE}",
    ),
    # 59 49 00 S
    ("blank", rf"(?<![\d-])(?<!\d\.)(\d{{2,3}})\s(\d\d{_FRACTION})(?:\s(\d\d{_FRACTION}))?\s?([NSEW]){_ALONE}"),
    # 402000N, 2255N, 39.5000N
    ("run", rf"(?<![\d-])(?<!\d\.)(\d{{4,7}}(?:\.\d+)?|\d{{1,3}}\.\d+) ?([NSEW]){_ALONE}"),
    # 60N 170E: whole degrees, both of them
    ("whole", r"(?<![\d-])(?<!\d\.)(\d\d)([NS])(?=[\s,/]{0,3}\d{3}[EW](?![A-Z]))"),
    ("wholelon", r"(?<=[NS\s,/])(?<!\d)(?<!\d\.)(\d{3})([EW])(?![A-Z])"),
    # hemisphere first: N395042, E1044355, N3321
    ("firstrun", r"(?<![A-Z])([NSEW])\s?(\d{4,7}(?:\.\d+)?|\d{1,3}\.\d{2,})" + _NOT_LAST),
    # N39-50.5, E 104°43'55"
    (
        "firstdash",
        rf"(?<![A-Z])([NSEW])\s?(\d{{1,3}})\s?[-°]\s?(\d{{1,2}}{_FRACTION})(?:\s?[-']\s?(\d{{1,2}}{_FRACTION}))?['\"]{{0,2}}{_NOT_LAST}",
    ),
    ("zulu", r"(?<!\d)(?<!\d\.)(\d{6}|\d{4})\s?Z(?![A-Z])"),
    ("number", r"\d+(?:\.\d+)?"),
    ("letter", r"[^\W\d_](?:['-][^\W\d_]+)*"),
    ("sign", r"[^\s\w]|_"),
)


_PLAIN = ("word", "zulu", "number", "letter", "sign")
_FIRST = ("firstrun", "firstdash")
_COORDINATES = [(name, pattern) for name, pattern in _ALTERNATIVES if name not in _PLAIN]
_COORDINATE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _COORDINATES))
_GROUPS = {name: _COORDINATE.groupindex[name] for name, _ in _COORDINATES}


def _next() -> str:
    """Blanks and the token behind them, or the end of the text, with a group for each kind.

    The parts of a coordinate have none, for each would be filled for every token. What begins with a digit or with a
    hemisphere is tried there only.
    """
    bare = {name: re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern) for name, pattern in _ALTERNATIVES}
    last = "|".join(bare[name] for name, _ in _COORDINATES if name not in _FIRST)
    first = "|".join(bare[name] for name in _FIRST)
    number = rf"(?=\d)(?:{bare['zulu']}|{bare['number']})"
    half = rf"(?=\d)(?:{last})|(?=[NSEW])(?:{first})"
    return rf"(\s*)(?:({bare['word']})|({half})|({number})|({bare['letter']})|({bare['sign']})|\Z)"


_NEXT = re.compile(_next())
_DASHED = re.compile(r"(\d{1,3})-(\d{1,2}(?:\.\d+(?!.))?)(?:-(\d{1,2}(?:\.\d+)?))?")
"""Degrees, minutes and perhaps seconds, of which only the last has decimals."""


class _Form(Enum):
    """How a coordinate is written: in parts or as one run of digits, its hemisphere last or first."""

    PARTS = auto()
    FIRST_PARTS = auto()
    RUN = auto()
    FIRST_RUN = auto()


_FORMS = {
    **{_GROUPS[name]: _Form.PARTS for name in ("dash", "degree", "blank")},
    **{_GROUPS[name]: _Form.RUN for name in ("run", "whole", "wholelon")},
    _GROUPS["firstdash"]: _Form.FIRST_PARTS,
    _GROUPS["firstrun"]: _Form.FIRST_RUN,
}
_WORD, _NUMBER, _ZULU, _SIGN = Kind.WORD, Kind.NUMBER, Kind.ZULU, Kind.SIGN
_SIXTY = 60.0
_MINUTE_DEG, _SECOND_DEG = _SIXTY**-1, _SIXTY**-2
_HALF_MINUTE_DEG, _HALF_SECOND_DEG = 0.5 / _SIXTY, 0.5 / _SIXTY / _SIXTY
_LATITUDE_RUNS, _LONGITUDE_RUNS = {2: 2, 4: 2, 6: 2}, {3: 3, 5: 3, 7: 3}
"""Digits of a run: how many of them are degrees."""


def plain(text: str) -> str:
    """A text in capitals and plain signs, as long as it was, so that places in it are places in the text."""
    capitals = text.upper()
    if capitals.isascii():
        return capitals.replace("`", "'")
    if len(capitals) != len(text):
        capitals = "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in text)
    return capitals.translate(_SAME)


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of a text, or of a part of it.

    Args:
        text: as `plain` gives it.
        start: place of the first character to read.
        end: place after the last; None for the end of the text.
    """
    found: list[Token] = []
    keep, make = found.append, tuple.__new__  # the constructor of a named tuple takes twice as long
    end = len(text) if end is None else end
    at = start
    for blanks, word, half, number, letter, sign in _NEXT.findall(text, start, end):
        at += len(blanks)
        if word:
            after = at + len(word)
            keep(make(Token, (_WORD, word, at, after, 0.0, 0.0, "")))
        elif sign:
            after = at + 1
            keep(make(Token, (_SIGN, sign, at, after, 0.0, 0.0, "")))
        elif half:
            after = at + len(half)
            keep(_usual(half, at) or _coordinate(text, at, end))
        elif number:
            after = at + len(number)
            if number[-1] == "Z":
                keep(make(Token, (_ZULU, number[:-1].rstrip(), at, after, 0.0, 0.0, "")))
            else:
                keep(make(Token, (_NUMBER, number, at, after, 0.0, 0.0, "")))
        elif letter:
            after = at + len(letter)
            keep(make(Token, (_WORD, letter, at, after, 0.0, 0.0, "")))
        else:
            break
        at = after
    return found


def _usual(said: str, start: int) -> Token | None:
    """The half of a position with its parts in a run or with hyphens, as most have; None where torn or wrong."""
    digits, letter = (said[:-1], said[-1]) if said[0].isdecimal() else (said[1:], said[0])
    found = _compact(digits, letter) if digits.isdecimal() else _dashed(digits, letter)
    if found is None:
        return None
    kind, value, resolution_deg = found
    return tuple.__new__(Token, (kind, said, start, start + len(said), value, resolution_deg, ""))


def _dashed(digits: str, letter: str) -> tuple[Kind, float, float] | None:
    """What degrees, minutes and perhaps seconds with hyphens are worth; None where torn or wrong."""
    match = _DASHED.fullmatch(digits)
    if match is None:
        return None
    degrees, minutes, seconds = match.groups()
    last, unit_deg = minutes, _MINUTE_DEG
    minute, second = float(minutes), 0.0
    value = float(degrees) + minute * unit_deg
    if seconds is not None:
        last, unit_deg = seconds, _SECOND_DEG
        second = float(seconds)
        value += second * unit_deg
    kind, most = (Kind.LATITUDE, 90.0) if letter in "NS" else (Kind.LONGITUDE, 180.0)
    if minute >= _SIXTY or second >= _SIXTY or value > most:
        return None
    resolution_deg = 0.5 * unit_deg * 10.0 ** -len(last.partition(".")[2])
    return kind, -value if letter in "SW" else value, resolution_deg


def _coordinate(text: str, start: int, end: int) -> Token:
    """The half of a position that begins at a place."""
    match = _COORDINATE.match(text, start, end)
    assert match is not None, "the same alternatives have matched here"
    group = match.lastindex or 0
    form = _FORMS[group]
    first = group + 1
    if form is _Form.PARTS:
        degrees, minutes, seconds, letter = match.group(first, first + 1, first + 2, first + 3)
    elif form is _Form.FIRST_PARTS:
        letter, degrees, minutes, seconds = match.group(first, first + 1, first + 2, first + 3)
    else:
        digits, letter = match.group(first, first + 1)
        if form is _Form.FIRST_RUN:
            digits, letter = letter, digits
        degrees, minutes, seconds = _split(digits, letter)
    parts = ["".join(part.replace(",", ".").replace("'", "").split()) for part in (degrees, minutes, seconds) if part]
    is_latitude = letter in "NS"
    value, resolution_deg = 0.0, 0.0
    for place, part in enumerate(parts):
        unit_deg = _SIXTY**-place
        value += float(part) * unit_deg
        resolution_deg = 0.5 * unit_deg * 10.0 ** -len(part.partition(".")[2])
    fault = _fault(parts, value, is_latitude=is_latitude) if degrees else "has digits that make no degrees and minutes"
    return Token(
        Kind.LATITUDE if is_latitude else Kind.LONGITUDE,
        match.group(),
        match.start(),
        match.end(),
        -value if letter in "SW" else value,
        resolution_deg,
        fault,
    )


def _compact(digits: str, letter: str) -> tuple[Kind, float, float] | None:
    """What a run of whole minutes or seconds is worth; None for any other run or one that is wrong."""
    count = len(digits)
    if count < 4:
        return None
    kind, most, is_whole = (
        (Kind.LATITUDE, 90.0, count % 2 == 0) if letter in "NS" else (Kind.LONGITUDE, 180.0, count % 2)
    )
    number = int(digits)
    seconds, resolution_deg = 0, _HALF_MINUTE_DEG
    if count > 5:
        number, seconds = divmod(number, 100)
        resolution_deg = _HALF_SECOND_DEG
    degrees, minutes = divmod(number, 100)
    value = degrees + minutes * _MINUTE_DEG + seconds * _SECOND_DEG
    if not is_whole or minutes >= 60 or seconds >= 60 or value > most:
        return None
    return kind, -value if letter in "SW" else value, resolution_deg


def _split(digits: str, letter: str) -> tuple[str, str, str]:
    """Degrees, minutes and seconds of a run of digits; degrees are empty where the run is too long or too short."""
    whole, dot, decimals = digits.partition(".")
    if dot and len(whole) <= len("180"):
        return digits, "", ""
    width = (_LATITUDE_RUNS if letter in "NS" else _LONGITUDE_RUNS).get(len(whole))
    if width is None:
        return "", "", ""
    rest = whole[width:]
    minutes, seconds = rest[:2], rest[2:]
    if dot:
        minutes, seconds = (minutes, f"{seconds}.{decimals}") if seconds else (f"{minutes}.{decimals}", "")
    return whole[:width], minutes, seconds


def _fault(parts: Sequence[str], value: float, *, is_latitude: bool) -> str:
    """Why a coordinate cannot be right."""
    greatest_deg = 90.0 if is_latitude else 180.0
    if any("." in part for part in parts[:-1]):
        return "has decimals before its last number"
    if any(float(part) >= _SIXTY for part in parts[1:]):
        return "has 60 minutes or seconds or more"
    if value > greatest_deg:
        return f"lies beyond {greatest_deg:.0f} degrees"
    return ""
