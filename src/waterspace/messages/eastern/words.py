"""Words of a text that has no blanks between them: each with its role in a warning and its place in the text."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.lexing import Kind, Token, plain, tokens
from waterspace.messages.reading import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Cursor", "Role", "Term", "Vocabulary", "terms"]


class Role(Enum):
    """What a word does in a warning; a language says which of its words do it."""

    LATITUDE = auto()
    LONGITUDE = auto()
    NUMBER = auto()
    SIGN = auto()
    OTHER = auto()
    # days and clocks
    ERA = auto()
    FIRST_YEAR = auto()
    YEAR = auto()
    MONTH = auto()
    DAY = auto()
    HOUR = auto()
    MINUTE = auto()
    SECOND = auto()
    TO = auto()
    AND = auto()
    FROM = auto()
    FILLER = auto()
    DAILY = auto()
    NEXT_DAY = auto()
    NOW = auto()
    NOTICE = auto()
    ALL_DAY = auto()
    UTC = auto()
    LOCAL = auto()
    EXCEPT = auto()
    RESERVE = auto()
    WEEKDAY = auto()
    HOLIDAY = auto()
    SUN = auto()
    VAGUE = auto()
    # places
    NORTH = auto()
    SOUTH = auto()
    EAST = auto()
    WEST = auto()
    DEGREE = auto()
    CENTRE = auto()
    RADIUS = auto()
    UNIT = auto()
    BEARING = auto()
    SECTOR = auto()
    RING = auto()
    JOINED = auto()
    ENCLOSED = auto()
    BELOW = auto()
    PARTICLE = auto()
    WATERS = auto()
    SIDES = auto()
    LINE = auto()
    NEAR = auto()
    COAST = auto()
    OUTSIDE = auto()
    # the rest
    CANCEL = auto()
    SERIES = auto()


class Term(NamedTuple):
    """A word with its role.

    Attributes:
        role: of it.
        text: in capitals and plain signs.
        start: place of its first character in the message's text.
        end: place after its last.
        value: of a number; what the vocabulary says of a word, such as metres of a unit or the year before an era.
        token: of a coordinate.
    """

    role: Role
    text: str
    start: int
    end: int
    value: float = 0.0
    token: Token | None = None

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


_NO_HALF = "(?![纬经])"
"""`以北` is north of a place; in `以北纬21度` it only comes before a latitude."""


class Vocabulary:
    """The words of a language that matter, longest first.

    Args:
        words: role and value of each; a value of 0 says nothing.
    """

    def __init__(self, words: Mapping[str, tuple[Role, float]]) -> None:
        self.words = dict(words)
        longest = sorted(self.words, key=len, reverse=True)
        known = "|".join(re.escape(word) + (_NO_HALF if word[:1] == "以" else "") for word in longest)
        self.pattern = re.compile(rf"(?P<known>{known})|[A-Z]+|[^A-Z]")


_GREATEST = 1e15
"""A number of more digits is worth no more, so that it can be rounded."""
_ROLES = {Kind.LATITUDE: Role.LATITUDE, Kind.LONGITUDE: Role.LONGITUDE}


def terms(text: str, vocabulary: Vocabulary) -> list[Term]:
    """The words of a text in its order; blanks and lines are left out.

    Args:
        text: as it came.
        vocabulary: of its language.
    """
    same = plain(text)
    found: list[Term] = []
    for token in tokens(same):
        if token.kind in _ROLES:
            found.append(Term(_ROLES[token.kind], token.text, token.start, token.end, token.degrees, token))
        elif token.kind is Kind.NUMBER:
            found.append(Term(Role.NUMBER, token.text, token.start, token.end, min(float(token.text), _GREATEST)))
        elif token.kind is Kind.ZULU:
            number = token.text
            end = token.start + len(number)
            found.append(Term(Role.NUMBER, number, token.start, end, float(number)))
            found.append(Term(Role.UTC, "Z", end, token.end))
        else:
            found += _split(token, same, vocabulary)
    return found


def _split(token: Token, same: str, vocabulary: Vocabulary) -> list[Term]:
    """The known words in a run of characters; neighbours that nobody knows make one."""
    if token.text in vocabulary.words:
        role, value = vocabulary.words[token.text]
        return [Term(role, token.text, token.start, token.end, value)]
    if token.kind is Kind.SIGN:
        return [Term(Role.SIGN, token.text, token.start, token.end)]
    found: list[Term] = []
    read = token.start
    for match in vocabulary.pattern.finditer(same, token.start, token.end):
        if match["known"] is None:
            continue
        start, end = match.span()
        _keep_unknown(found, same, read, start)
        role, value = vocabulary.words[match[0]]
        found.append(Term(role, match[0], start, end, value))
        read = end
    _keep_unknown(found, same, read, token.end)
    return found


def _keep_unknown(found: list[Term], same: str, start: int, end: int) -> None:
    """Add characters that nobody knows to the last term, where nothing is known of that either; else as another."""
    if start == end:
        return
    if found and found[-1].role is Role.OTHER:
        start = found.pop().start
    found.append(Term(Role.OTHER, same[start:end], start, end))


_NOTHING = Term(Role.SIGN, "", 0, 0)


class Cursor:
    """A place among terms.

    Args:
        found: to go over.
    """

    def __init__(self, found: Sequence[Term]) -> None:
        self.terms = found
        self.at = 0
        self.used: set[int] = set()
        """Numbers of the terms that were understood."""

    def peek(self, ahead: int = 0) -> Term:
        """The term that many places on; one without a text beyond the end."""
        place = self.at + ahead
        return self.terms[place] if 0 <= place < len(self.terms) else _NOTHING

    def is_done(self) -> bool:
        """Whether no term is left."""
        return self.at >= len(self.terms)

    def use(self, count: int = 1) -> None:
        """Go on over terms that were understood."""
        self.used.update(range(self.at, min(self.at + count, len(self.terms))))
        self.at += count
