"""What words say of time or place that no rule reads: a place by its name, a number without its unit, what is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.messages.cursor import COORDINATES, Cursor, words
from waterspace.messages.measures import length
from waterspace.messages.reading import CLAIMS, Doubt, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from waterspace.messages.lexing import Token
    from waterspace.messages.reading import Category

__all__ = ["placeless", "silences"]

_OVER = words("COMPLETED CEASED TERMINATED CONCLUDED POSTPONED FINISHED")
"""Words that say that what a message tells of is over, or not yet; which of its places is for a person to say."""
_NOT_OVER = words("NOT UNTIL IF UNLESS WHEN ONCE AFTER")
"""Words that say before one of them that it is not so yet; `UNTIL` is told of by the reader of times."""
_FRAME = words("A AN THE ABOUT APPROXIMATELY RADIUS OF AREA CIRCLE DISTANCE IN")
_FIXED = words(
    "PLATFORM PLATFORMS RIG RIGS FPSO FSO ISLAND ISLET ROCK REEF CAPE POINT LIGHT LIGHTHOUSE BUOY WRECK TOWER TERMINAL "
    "PORT HARBOR HARBOUR WELLHEAD INSTALLATION INSTALLATIONS BRIDGE"
)
"""What stays where it is, so that a distance from it is a place."""
_TOLD = words(": ) FOLLOWING BELOW ABOVE LISTED THESE")
_CALLED_OFF = words("CANCELLED CANCELED CANX")
_WHERE = words("AREA AREAS OFF NEAR VICINITY AROUND WITHIN BETWEEN IN")
"""Words with which a place begins that has no coordinates."""
_SENTENCE = 24
"""Words of a sentence in which a position may still follow (assumed)."""


def silences(tokens: Sequence[Token], said: AbstractSet[str], *, has_areas: bool) -> Iterator[Doubt]:
    """Doubts about such words.

    Args:
        tokens: of a message.
        said: their texts.
        has_areas: whether the message gives a place by coordinates.
    """
    if has_areas and not _OVER.isdisjoint(said):
        yield from _over(tokens)
    if "WITHIN" in said:
        yield from _named(tokens, has_areas=has_areas)


def placeless(tokens: Sequence[Token], said: AbstractSet[str], about: Category, *, has_times: bool) -> Iterator[Doubt]:
    """A doubt about a message that warns of something at a place, and gives no coordinates.

    Args:
        tokens: of a message without places; one that cancels another may put new times in its place.
        said: their texts.
        about: what it warns of.
        has_times: whether it tells when.
    """
    is_called_off = not said.isdisjoint(_OVER) or not said.isdisjoint(_CALLED_OFF)
    if about not in CLAIMS or (is_called_off and not has_times):
        return
    at = next((at for at, token in enumerate(tokens) if token.text in _WHERE), 0)
    where = _sentence(tokens, at) or tokens
    reason = f"The place is told in words only, if at all: {' '.join(word.text for word in where[:8])}."
    yield Doubt(Span(where[0].start, where[-1].end), f"{reason} Positions were expected.")


def _over(tokens: Sequence[Token]) -> Iterator[Doubt]:
    for at, token in enumerate(tokens):
        if token.text in _OVER and not any(before.text in _NOT_OVER for before in tokens[max(at - 3, 0) : at]):
            reason = f"Found {token.text}, which may say that it is over; what still holds was not understood."
            yield Doubt(token.span, reason)


def _named(tokens: Sequence[Token], *, has_areas: bool) -> Iterator[Doubt]:
    """`WITHIN 500 METRES OF PLATFORM ALFA`, where no position of it is given."""
    for at, token in enumerate(tokens):
        if token.text != "WITHIN":
            continue
        cursor = Cursor(tokens, at + 1)
        cursor.skip(_FRAME, 5)
        if length(cursor) is None or not cursor.word(("OF", "FROM", "AROUND")):
            continue
        said = _sentence(tokens, cursor.at)
        texts = {word.text for word in said}
        if not said or not texts.isdisjoint(_TOLD) or any(word.kind in COORDINATES for word in said):
            continue
        if not has_areas or not _FIXED.isdisjoint(texts):
            span = Span(token.start, said[-1].end)
            quoted = " ".join(word.text for word in said[:6])
            yield Doubt(span, f"A distance is told from {quoted}, whose position is not given.")


def _sentence(tokens: Sequence[Token], start: int) -> Sequence[Token]:
    """What stands from a token to the full stop."""
    end = start
    while end < min(len(tokens), start + _SENTENCE):
        is_stop = tokens[end].text == "." and end + 1 < len(tokens) and tokens[end + 1].start > tokens[end].end
        if is_stop or (tokens[end].text == "." and end + 1 == len(tokens)):
            break
        end += 1
    return tokens[start:end]
