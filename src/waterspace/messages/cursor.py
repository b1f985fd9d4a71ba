"""A cursor over the tokens of a message, and the positions it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from waterspace.domain import Position
from waterspace.messages.lexing import Kind, Token
from waterspace.messages.reading import Span

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

__all__ = ["COORDINATES", "Cursor", "Point", "words"]

COORDINATES = (Kind.LATITUDE, Kind.LONGITUDE)
_END = Token(Kind.SIGN, "", 0, 0)


def words(text: str) -> frozenset[str]:
    """A set of words, given one behind the other."""
    return frozenset(text.split())


_BETWEEN_HALVES = words(", / - ( : . LON LONG LONGITUDE LAT LATITUDE")
_HALVES_APART = 3
"""How many signs and words may stand between a latitude and its longitude, as in `12-00N, LONG. 110-00E`."""


class Point(NamedTuple):
    """A position as a text gives it.

    Attributes:
        position: on the ellipsoid.
        span: of both its halves.
        resolution_deg: half of the last digit of the coarser half.
        fault: why it cannot be right, a clause; empty where it can.
    """

    position: Position
    span: Span
    resolution_deg: float
    fault: str


class Cursor:
    """A place in a list of tokens.

    Attributes:
        tokens: all of them.
        start: index of the first that belongs to the part that is read.
        at: index of the next.
        end: index after the last that may be taken.
    """

    __slots__ = ("at", "end", "start", "tokens")

    def __init__(self, tokens: Sequence[Token], start: int = 0, end: int | None = None) -> None:
        """Stand before a token."""
        self.tokens = tokens
        self.start = self.at = start
        self.end = len(tokens) if end is None else end

    def peek(self, ahead: int = 0) -> Token:
        """A token ahead; a sign without text beyond the end."""
        index = self.at + ahead
        return self.tokens[index] if index < self.end else _END

    def take(self) -> Token:
        """The next token, stepping over it."""
        token = self.peek()
        self.at += 1
        return token

    def word(self, texts: Container[str]) -> str:
        """The next token's text, stepping over it if it is one of these; empty, and no step, if it is not."""
        if self.at < self.end:
            text = self.tokens[self.at].text
            if text in texts:
                self.at += 1
                return text
        return ""

    def skip(self, texts: Container[str], most: int = 8) -> int:
        """Step over tokens with these texts, at most so many; how many there were."""
        start = self.at
        while self.at - start < most and self.word(texts):
            pass
        return self.at - start

    @property
    def on_coordinate(self) -> bool:
        """Whether half a position comes next."""
        return self.at < self.end and self.tokens[self.at].kind in COORDINATES

    def partner(self) -> int:
        """Index of the half that belongs with the half that comes next, -1 where it has none.

        Halves that belong together are a latitude and a longitude with next to nothing between them.
        """
        tokens, at = self.tokens, self.at
        kind = tokens[at].kind
        for index in range(at + 1, min(at + 2 + _HALVES_APART, self.end)):
            token = tokens[index]
            if token.kind in COORDINATES:
                return index if token.kind is not kind else -1
            if token.text not in _BETWEEN_HALVES:
                return -1
        return -1

    def position(self) -> Point | None:
        """The position that comes next, stepping over it; None, and no step, where none does."""
        if not self.on_coordinate:
            return None
        index = self.partner()
        if index < 0:
            return None
        first, second = self.tokens[self.at], self.tokens[index]
        self.at = index + 1
        lat, lon = (first, second) if first.kind is Kind.LATITUDE else (second, first)
        return Point(
            Position(lat_deg=lat.degrees, lon_deg=lon.degrees),
            Span(first.start, second.end),
            max(lat.resolution_deg, lon.resolution_deg),
            lat.fault or lon.fault,
        )
