"""The heading of a warning: when it was issued, of which series it is and its number in it.

`150600Z JUL 26`, `HYDROPAC 9999/26(97).`, `NAVAREA XI NO.26-0430 Date:2026/09/26 12 UTC`, `NAVAREA XIII 41/19`,
`ZCZC JA42`, `NAV WARN 0999/26`, `HN182/26`, `COASTAL WARNING WEST 12/24`, in any order, before the text itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from waterspace.messages.days import NOTHING, Day, Known
from waterspace.messages.daytimes import clock
from waterspace.messages.lexing import Kind
from waterspace.messages.lexing import tokens as tokens_of
from waterspace.messages.openings import OFFICES, is_reference
from waterspace.messages.reading import Doubt, Span
from waterspace.messages.settling import settle
from waterspace.messages.timewords import MONTHS
from waterspace.quantity import DAY_MS, MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.lexing import Token

__all__ = ["Heading", "issue_ms", "named", "read_heading", "read_issue", "read_number", "series_of", "year_of"]

_BROADCASTS = ("HYDROPAC", "HYDROLANT", "HYDROARC")
_ROMANS = frozenset(
    "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI".split()  # noqa: SIM905
)
_FIRST_WORDS = _ROMANS | OFFICES | {*_BROADCASTS, "NAVAREA", "COASTAL", "NAV", "NAVTEX", "AVURNAV", "ZCZC"}
"""With what the name of a series begins."""
_PASSED = frozenset(
    {"DTG", "DATE", "SECURITE", "BT", "UTC", "Z", "NR", "NO", "WARNING", "WARNINGS", "MSG"}
    | {"UNCLAS", "UNCLASSIFIED", ">", "|", "*"}
)
_BLANKS = ("_", "-")
"""Signs of a number that is not given yet."""
_MOST_TOKENS = 60
"""A heading is no longer than this."""
_MOST_NOISE = 8
"""What stands before a heading of a message that was handed on is no longer than so many tokens (assumed)."""
_CENTURY = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The heading of a warning.

    Attributes:
        series: such as `HYDROPAC`, `NAVAREA XI`; empty where none is named.
        number: such as `2395/26`; empty where none is given.
        issued_ms: date-time group of its issue; None where none is given.
        end: place in the text where the heading ends.
        doubts: of its date-time group.
    """

    series: str = ""
    number: str = ""
    issued_ms: int | None = None
    end: int = 0
    doubts: tuple[Doubt, ...] = ()

    @property
    def year(self) -> int | None:
        """The year of its number; None where it has none of the form `2395/26`."""
        return year_of(self.number)


def year_of(number: str) -> int | None:
    """The year of a number such as `2395/26` or of a name that ends with one; None where it has none."""
    serial, _, digits = number.rpartition("/")
    if not serial[-1:].isdecimal() or not digits.isdecimal() or not digits.isascii() or len(digits) not in (2, 4):
        return None
    return int(digits) + (_CENTURY if len(digits) == 2 else 0)


def read_heading(tokens: Sequence[Token], near_ms: int | None = None) -> Heading:
    """The heading that a message's tokens begin with; an empty one where they begin with the text itself.

    Args:
        tokens: of the message.
        near_ms: an instant near its issue, for a date-time group without a year; None where unknown.
    """
    found = _read_from(tokens, 0, near_ms)
    if not found.end and (at := _behind_noise(tokens)):
        return _read_from(tokens, at, near_ms)
    return found


def _read_from(tokens: Sequence[Token], at: int, near_ms: int | None) -> Heading:
    """The heading that begins at an index."""
    series, number, issued_ms, end = "", "", None, 0
    doubts: list[Doubt] = []
    last = min(len(tokens), _MOST_TOKENS)
    while at < last:
        after, said = series_of(tokens, at)
        if after > at:
            after_number, found = read_number(tokens, after)
            series = series or said
            number = number or found
            at = after_number
            end = tokens[at - 1].end
            continue
        after, time_ms, faults = read_issue(tokens, at, Known(near_ms))
        if after > at:
            issued_ms = time_ms if issued_ms is None else issued_ms
            doubts += faults
            at, end = after, tokens[after - 1].end
            continue
        after, found = _alone(tokens, at, end)
        if after > at:
            number = number or found
            at, end = after, tokens[after - 1].end
            continue
        text = tokens[at].text
        if (text == "." and end) or (text in _PASSED and end == 0) or (text in (":", "=", "(", ")", "DATE") and end):
            at += 1
            continue
        break
    return Heading(series=series, number=number, issued_ms=issued_ms, end=end, doubts=tuple(doubts))


def _behind_noise(tokens: Sequence[Token]) -> int:
    """The index of a series and its number behind words of one who handed the message on; 0 where none stands there."""
    if _FIRST_WORDS.isdisjoint([token[1] for token in tokens[1:_MOST_NOISE]]):
        return 0
    first = 0
    for at in range(1, min(len(tokens), _MOST_NOISE)):
        if not first and read_issue(tokens, at, NOTHING)[0] > at:
            first = at
        after, _ = series_of(tokens, at)
        if after > at:
            end, number = read_number(tokens, after)
            first = first or at
            said, behind = (" ".join(token.text for token in some) for some in (tokens[:first], tokens[end : end + 2]))
            return first if "/" in number and not is_reference(said, behind) else 0
    return 0


def issue_ms(text: str, near_ms: int | None = None) -> int | None:
    """The issue that a field of its own gives: `051400Z APR 2023`, `2026-10-08T09Z`, `NAVAREA XI 1/23 051201Z APR`.

    Args:
        text: of the field.
        near_ms: an instant near it, for one without a year; None where unknown.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        found = tokens_of(text.upper())
        for at in range(len(found)):
            after, time_ms, _ = read_issue(found, at, Known(near_ms))
            if after > at and time_ms is not None:
                return time_ms
        return None
    return round((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)


def series_of(tokens: Sequence[Token], at: int) -> tuple[int, str]:
    """The name of a series that stands at an index, and the index after it; the same index where none does."""
    if at >= len(tokens) or tokens[at].text not in _FIRST_WORDS:
        return at, ""
    first, second, third, *_ = (*(token.text for token in tokens[at : at + 3]), "", "")
    found: tuple[int, str] = (at, "")
    if first in _BROADCASTS:
        found = at + 1, first
    elif first == "NAVAREA" and second in _ROMANS:
        found = at + 2, f"NAVAREA {second}"
    elif first in _ROMANS and len(first) > 1 and third == "/":
        found = at + 1, f"NAVAREA {first}"
    elif first == "COASTAL" and second in ("WARNING", "WARNINGS"):
        found = _name(tokens, at, 2)
    elif first in ("NAV", "NAVTEX", "AVURNAV") and tokens[at].kind is Kind.WORD:
        found = _name(tokens, at, 2 if second in ("WARN", "WARNING", "WARNINGS") else 1)
    elif first == "ZCZC":
        found = _blanks(tokens, at + 1), "NAVTEX"
    elif first in OFFICES and tokens[at + 1 : at + 2] and third == "/" and second.isdigit():
        found = at + 1, first
    after, series = found
    while after > at and after < len(tokens) and tokens[after].text in ("WARNING", "WARNINGS", "NR", "NO"):
        after += 2 if after + 1 < len(tokens) and tokens[after + 1].text == "." else 1
    return after, series


def named(series: str, number: str) -> str:
    """A message as others cite it: `HYDROPAC 1234/23`, `HN182/26`."""
    return f"{series}{number}" if series in OFFICES else f"{series} {number}".strip()


def _blanks(tokens: Sequence[Token], at: int) -> int:
    """The index after letters that are not given yet, as in `ZCZC -A--` of a draft; the same index where all are."""
    after = at
    if at < len(tokens) and tokens[at].text in ("-", "A", "L"):
        while after < len(tokens) and tokens[after].text in ("-", "A", "L"):
            after += 1
    return after


def _name(tokens: Sequence[Token], at: int, words: int) -> tuple[int, str]:
    """A series whose name goes on with the name of a place up to its number; no series where no number follows."""
    after = at + words
    while after < len(tokens) and tokens[after].kind is Kind.WORD and after < at + words + 4:
        after += 1
    is_number = after + 1 < len(tokens) and tokens[after].kind is Kind.NUMBER and tokens[after + 1].text == "/"
    if is_number or _blank_number(tokens, after) > after:
        return after, " ".join(token.text for token in tokens[at:after])
    return at, ""


def read_number(tokens: Sequence[Token], at: int) -> tuple[int, str]:
    """The number in a series that stands at an index, and the index after it and its list of regions.

    `2395/26(97)`, `26-0430`, `JA42`; the same index and an empty number where none stands there.
    """
    if at >= len(tokens):
        return at, ""
    first = tokens[at]
    if first.text in _BLANKS:
        return _blank_number(tokens, at), ""
    second, third = (tokens[at + ahead] if at + ahead < len(tokens) else first for ahead in (1, 2))
    if first.kind is Kind.NUMBER and second.text in ("/", "-") and third.kind is Kind.NUMBER and at + 2 < len(tokens):
        return _regions(tokens, at + 3), f"{first.text}{second.text}{third.text}"
    if (
        first.kind is Kind.WORD
        and len(first.text) == len("JA")
        and second.kind is Kind.NUMBER
        and first.end == second.start
    ):
        return at + 2, f"{first.text}{second.text}"
    return at, ""


def _blank_number(tokens: Sequence[Token], at: int) -> int:
    """The index after a number that is not given yet, as in `NAVAREA XI ___/26`; the same index where none stands."""
    after = at
    while after < len(tokens) and tokens[after].text in _BLANKS:
        after += 1
    if after + 1 < len(tokens) and tokens[after].text == "/" and tokens[after + 1].kind is Kind.NUMBER:
        return _regions(tokens, after + 2)
    return at


def _regions(tokens: Sequence[Token], at: int) -> int:
    """The index after a list of regions in parentheses, as `(24,25)` or `(GEN)`."""
    if at < len(tokens) and tokens[at].text == "(":
        after = at + 1
        while after < min(len(tokens), at + _MOST_TOKENS):
            if tokens[after].text == ")":
                return after + 1
            if tokens[after].kind not in (Kind.NUMBER, Kind.WORD) and tokens[after].text not in (",", "/", "-"):
                return at
            after += 1
    return at


def _alone(tokens: Sequence[Token], at: int, end: int) -> tuple[int, str]:
    """A number without a series, with which a message begins."""
    if end:
        return at, ""
    after, number = read_number(tokens, at)
    return (after, number) if "/" in number else (at, "")


def read_issue(tokens: Sequence[Token], at: int, known: Known) -> tuple[int, int | None, list[Doubt]]:
    """A date-time group with its month at an index, or a date in digits: the index after it, and the instant.

    The index after it is the same where none stands there.
    """
    if at >= len(tokens):
        return at, None, []
    token = tokens[at]
    if token.kind is Kind.ZULU or token.kind is Kind.NUMBER:
        after = at + 1
        if after < len(tokens) and tokens[after].text in ("UTC", "Z", "GMT"):
            after += 1
        is_group = len(token.text) == len("150600") and token.text.isdecimal()
        if is_group and after < len(tokens) and tokens[after].text in MONTHS:
            return _grouped(tokens, at, after, known)
        if len(token.text) == len("2026"):
            return _in_digits(tokens, at)
    return at, None, []


def _grouped(tokens: Sequence[Token], at: int, after: int, known: Known) -> tuple[int, int | None, list[Doubt]]:
    """`150600Z JUL 26`, the month at `after`."""
    token = tokens[at]
    day = Day(int(token.text[:2]), MONTHS[tokens[after].text], None, None, token.start, tokens[after].end)
    after += 1
    digits = tokens[after].text if after < len(tokens) and tokens[after].kind is Kind.NUMBER else ""
    if len(digits) in (2, 4) and digits.isdecimal():
        year = int(digits)
        day.year = year if year >= 100 else year + _CENTURY
        after += 1
    doubts = settle([day], known)
    minute = clock(int(token.text[2:]))
    if minute is None:
        doubts.append(Doubt(Span(token.start, token.end), f"{token.text} is no date-time group; a time was expected."))
    if day.ordinal is None or minute is None:
        return after, None, doubts
    return after, day.ordinal * DAY_MS + minute * MINUTE_MS, doubts


def _in_digits(tokens: Sequence[Token], at: int) -> tuple[int, int | None, list[Doubt]]:
    """`2026/09/26 12 UTC`."""
    words = [token.text for token in tokens[at : at + 7]]
    signs = ("/", "-")
    if len(words) < 7 or words[1] not in signs or words[3] not in signs or words[6] != "UTC":
        return at, None, []
    if not all(word.isdigit() for word in (words[2], words[4], words[5])):
        return at, None, []
    digits = words[5]
    if len(digits) > len("1200"):
        return at, None, []
    hour, minute = (int(digits[:2]), int(digits[2:])) if len(digits) == len("1200") else (int(digits), 0)
    try:
        moment = datetime(int(words[0]), int(words[2]), int(words[4]), hour, minute, tzinfo=UTC)
    except ValueError:
        span = Span(tokens[at].start, tokens[at + 6].end)
        return at + 7, None, [Doubt(span, "The date of issue does not exist; a date and an hour were expected.")]
    return at + 7, round(moment.timestamp() * 1000), []
