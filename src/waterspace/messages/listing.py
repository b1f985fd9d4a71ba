"""Marks of numbered lines that are no usual ones: `1 - `, `1: `, `1/ `, `#1`, `[1]`, `I.`.

One of them alone means nothing: a day, a length or a clock may stand so at the start of a line. They count where lines
begin with the same mark from 1 on, at least two of them. Where the number may as well be a day, as in `1 - 20 JUL`, it
is neither taken for the one nor for the other in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.lexing import Kind
from waterspace.messages.reading import Doubt, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.lexing import Token

__all__ = ["Mark", "line_marks"]

_MOST = 30
_NUMBERS = {f"{number}": number for number in range(1, _MOST)}
_ROMANS = {roman: number for number, roman in enumerate("I II III IV V VI VII VIII IX X".split(), start=1)}  # noqa: SIM905
_ORDINALS = _NUMBERS | _ROMANS
_LEAST = 2
_DAY_DIGITS = 2
_OPENINGS = ("#", "[")
_SIGNS = ("-", "/", ":")


class Mark(NamedTuple):
    """A mark at the start of a line.

    Attributes:
        at: index of its first token.
        size: tokens of it.
        label: such as `1`.
        ordinal: which in its row, from 1.
    """

    at: int
    size: int
    label: str
    ordinal: int


def line_marks(text: str, tokens: Sequence[Token]) -> tuple[list[Mark], list[Doubt]]:
    """The marks in order, and doubts of those that may be days.

    Args:
        text: as `lexing.plain` gives it.
        tokens: of the text.
    """
    rows: dict[str, list[Mark]] = {}
    ordinals = _ORDINALS
    numbers = [at for at, token in enumerate(tokens) if token[1] in ordinals]
    if not any(_mark(text, tokens, at) for at in numbers if ordinals[tokens[at].text] == 1):
        return [], []
    for at in numbers:
        found = _mark(text, tokens, at)
        if found is not None:
            said = tokens[at].text
            rows.setdefault(found[0], []).append(Mark(at, found[1], said, ordinals[said]))
    marks: list[Mark] = []
    doubts: list[Doubt] = []
    for style, row in rows.items():
        if len(row) < _LEAST or [mark.ordinal for mark in row] != list(range(1, len(row) + 1)):
            continue
        if style == _DAYS:
            doubts += (_doubt(tokens[mark.at]) for mark in row)
        else:
            marks += row
    return sorted(marks), doubts


_DAYS = "1 20"
"""The style of numbers that may be days."""


def _doubt(token: Token) -> Doubt:
    return Doubt(
        Span(token.start, token.end),
        f"{token.text} begins a line and may be its number or a day: expected a full stop behind the number of a line.",
    )


def _mark(text: str, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """The style of a mark whose number is here, and how many tokens it has; None where it is none."""
    if at + 1 >= len(tokens):
        return None
    token, after = tokens[at], tokens[at + 1]
    opening = tokens[at - 1].text if at and tokens[at - 1].text in _OPENINGS else ""
    first = at - len(opening)
    if first and "\n" not in text[tokens[first - 1].end : tokens[first].start]:
        return None
    is_close = after.start == token.end
    if token.text in _ROMANS:
        return ("I.", 2) if is_close and after.text == "." and not opening else None
    if opening:
        is_closed = after.text == "]"
        return (opening, 2 if is_closed else 1) if is_closed is (opening == "[") else None
    return _open(tokens, at, is_close=is_close)


def _open(tokens: Sequence[Token], at: int, *, is_close: bool) -> tuple[str, int] | None:
    """The same of a number that a sign or a blank parts from what follows, the sign close behind it or not."""
    after = tokens[at + 1]
    if after.text not in _SIGNS:
        return (_DAYS, 0) if _is_day(after) and not is_close else None
    behind = tokens[at + 2] if at + 2 < len(tokens) else after
    is_apart = behind.start > after.end
    if is_close:
        return (after.text, 2) if is_apart or (after.text == "-" and behind.kind is Kind.WORD) else None
    if not is_apart or after.text == ":":
        return None
    return (_DAYS, 0) if _is_day(behind) else (after.text, 2)


def _is_day(token: Token) -> bool:
    return token.kind is Kind.NUMBER and len(token.text) <= _DAY_DIGITS
