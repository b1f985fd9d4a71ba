"""The words of item D, and a way through them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.notam.rules import Light, Misread

if TYPE_CHECKING:
    from waterspace.messages.notam.rules import Rule, Stretch

__all__ = ["GROUPS", "LIGHTS", "MONTHS", "THROUGH", "WEEKDAYS", "Reader", "Token", "reader_of"]


class Token(NamedTuple):
    """A word, number or sign of item D, its kind, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


_MOST_MISREAD = 50
"""Most words that are told of one by one; a text with more of them is no schedule."""

_TOKEN = re.compile(
    r"(?P<hours>H\s?24\b|24\s?H(?:RS?|OURS)?\b|\bHJ\b|\bHN\b)|(?P<time>\d\d[:.]\d\d(?!\d)|\d{4}(?!\d)(?=\s?Z?))"
    r"|(?P<group>\d{10}(?!\d))|(?P<dated>\d{6}(?!\d))|(?P<on>\b0N\b)|(?P<day>\d{1,2}(?!\d))|(?P<number>\d+)"
    r"|(?P<word>[A-Z]+)|(?P<sign>\S)"
)
MONTHS = {
    name: place
    for place, name in enumerate(
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], start=1
    )
}
_LONG_MONTHS = [
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
    "SEPT",
]
MONTHS |= {name: MONTHS[name[:3]] for name in _LONG_MONTHS}
WEEKDAYS = {name: place for place, name in enumerate(["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"])}
WEEKDAYS |= {"TUES": 1, "THUR": 3, "THURS": 3}
WEEKDAYS |= {
    f"{name}DAY{s}": WEEKDAYS[name[:3]]
    for name in ["MON", "TUES", "WEDNES", "THURS", "FRI", "SATUR", "SUN"]
    for s in ("", "S")
}
GROUPS = {"WEEKDAYS": range(5), "WEEKENDS": (5, 6), "WEEKEND": (5, 6)}
LIGHTS = {light.value: light for light in Light} | {"SUNRISE": Light.SUNRISE, "SUNSET": Light.SUNSET}
_IDLE = {
    "UTC",
    "Z",
    "FM",
    "FROM",
    "BTN",
    "BETWEEN",
    "THE",
    "AT",
    "HR",
    "HRS",
    "HOURS",
    "ACT",
    "ACTIVE",
    "DAY",
    "DAYS",
    "OF",
}
THROUGH = {"-", "/", "TO", "TILL", "UNTIL", "AND"}


@dataclass(slots=True)
class Reader:
    """A way through the tokens of item D."""

    tokens: list[Token]
    place: int = 0
    month: int | None = None
    in_exception: bool = False
    rules: list[Rule] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    misread: list[Misread] = field(default_factory=list)

    def peek(self, ahead: int = 0) -> Token:
        """A token further on; one of kind `end` behind the last."""
        place = self.place + ahead
        return self.tokens[place] if place < len(self.tokens) else Token("end", "", 0, 0)

    def take(self) -> Token:
        """The next token."""
        token = self.peek()
        self.place += 1
        return token

    def wrong(self, token: Token, reason: str) -> None:
        """A token that is not understood."""
        if len(self.misread) < _MOST_MISREAD:
            self.misread.append(Misread(token.start, token.end, reason))

    def skip(self, words: set[str]) -> bool:
        """Whether there were any of some words."""
        before = self.place
        while self.peek().text in words:
            self.place += 1
        return self.place > before


def reader_of(text: str) -> Reader:
    """A way through item D, without the words that say nothing.

    Args:
        text: item D, in capitals.
    """
    plain = text.replace("TOUS LES JOURS", "DAILY         ").replace("NEXT DAY", "NEXTDAY ")
    tokens = [Token(match.lastgroup or "", match[0], *match.span()) for match in _TOKEN.finditer(plain)]
    return Reader([token for token in tokens if token.text not in _IDLE or token.kind != "word"])
