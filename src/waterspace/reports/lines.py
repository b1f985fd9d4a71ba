"""Lines: paragraphs of 80 columns that break no position, time or amount, and instants by two clocks."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from waterspace.notation import format_time

if TYPE_CHECKING:
    from waterspace.domain import Window

__all__ = ["WHOLE", "WIDTH", "clock", "joined", "local_span", "span", "utc_span", "wrapped"]

WIDTH = 80
"""Columns of a line; a terminal that nobody has widened has as many."""

WHOLE = re.compile(
    r"\d\d-\d\d(?:\.\d+)?[NS] \d{3}-\d\d(?:\.\d+)?[EW]"  # a position
    r"|\d{6}[A-Z] [A-Z]{3} \d{2,4}"  # a date-time group
    r"|\d (?:nm²|nm|mm|m|km|kn|ft|d|h|min|s|t|%)(?![\w])"  # an amount
)
"""What is not to be broken between two lines."""

_HARD_SPACE = "\u00a0"
_DAY_LETTERS = 7


def wrapped(text: str, first: str = "", rest: str = "  ") -> list[str]:
    """A text in lines; positions, amounts and times are never broken.

    Args:
        text: one paragraph.
        first: what the first line begins with.
        rest: what every other line begins with.
    """
    glued = WHOLE.sub(lambda match: match.group().replace(" ", _HARD_SPACE), text)
    lines = textwrap.wrap(
        glued,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
        break_long_words=False,
    )
    return [line.replace(_HARD_SPACE, " ") for line in lines]


def clock(time_ms: int, offset_ms: int) -> str:
    """`220300Z JUL 23 (221200I)`: an instant in UTC and by the local clock, once where they agree."""
    universal = format_time(time_ms)
    return f"{universal} ({_short(time_ms, offset_ms)})" if offset_ms else universal


def span(window: Window, offset_ms: int) -> str:
    """`220000Z to 220300Z JUL 23 (220900I to 221200I)`: a span in UTC and by the local clock."""
    universal = utc_span(window)
    return f"{universal} ({local_span(window, offset_ms)})" if offset_ms else universal


def utc_span(window: Window) -> str:
    """`220000Z to 220300Z JUL 23`; both ends in full where the months differ."""
    start, end = format_time(window.start_ms), format_time(window.end_ms)
    same_month = start[_DAY_LETTERS:] == end[_DAY_LETTERS:]
    return f"{start[:_DAY_LETTERS] if same_month else start} to {end}"


def local_span(window: Window, offset_ms: int) -> str:
    """`220900I to 221200I`."""
    return f"{_short(window.start_ms, offset_ms)} to {_short(window.end_ms, offset_ms)}"


def joined(names: list[str]) -> str:
    """`Alfa`, `Alfa and Bravo`, `Alfa, Bravo and Charlie`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _short(time_ms: int, offset_ms: int) -> str:
    """`221200I`; with month and year where its zone has no letter."""
    return format_time(time_ms, offset_ms).removesuffix(format_time(time_ms)[_DAY_LETTERS:])
