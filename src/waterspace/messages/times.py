"""The times of a paragraph: from its words to the spells in which it is in force, see `phrases` for the grammar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.messages.days import NOTHING, Known
from waterspace.messages.expansion import Recurring, Reported, spells_of
from waterspace.messages.lexing import Kind
from waterspace.messages.phrases import PhraseReader
from waterspace.messages.reading import Doubt, Span, Spell
from waterspace.messages.timewords import WORDS, Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Position
    from waterspace.messages.expansion import Clause
    from waterspace.messages.lexing import Token

__all__ = ["NO_TIMES", "Times", "read_times"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The times of a paragraph.

    Attributes:
        spells: when it is in force, in order of time.
        reserves: alternate times.
        spans: what they were read from, in the order of the text.
        doubts: what was not understood.
        lacks_place: whether some hours are the sun's and await a place, see `at`.
        clauses: what the text says, before it was counted out.
        known: of the message.
    """

    spells: tuple[Spell, ...] = ()
    reserves: tuple[Spell, ...] = ()
    spans: tuple[Span, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    lacks_place: bool = False
    clauses: tuple[Clause, ...] = ()
    known: Known = NOTHING

    def __bool__(self) -> bool:
        """Whether the text says anything of times."""
        return bool(self.spells or self.reserves or self.doubts or self.clauses)

    @property
    def has_hours(self) -> bool:
        """Whether some of what the text says begins or ends at a time of day."""
        return not all(map(_is_of_days, self.clauses))

    @property
    def are_days_alone(self) -> bool:
        """Whether the text names days and no time of day, and does not say that something was seen on them."""
        return bool(self.clauses) and all(
            _is_of_days(clause) and not (isinstance(clause, Reported) and clause.is_report) for clause in self.clauses
        )

    def at(self, place: Position | None) -> Times:
        """The same times where the sun is seen from a place; one doubt more where none is known."""
        if not self.lacks_place:
            return self
        if place is None:
            doubt = Doubt(self.spans[0], "Hours are told by the sun, and the text gives no place for it.")
            return replace(self, doubts=(*self.doubts, doubt))
        made = spells_of(self.clauses, self.known, place)
        return replace(
            self,
            spells=tuple(made.spells),
            reserves=tuple(made.reserves),
            doubts=(*self.doubts, *made.doubts),
            lacks_place=False,
        )


def _is_of_days(clause: Clause) -> bool:
    """Whether a clause names days and no time of day."""
    if isinstance(clause, Recurring):
        return not clause.hours
    if isinstance(clause, Reported):
        return clause.moment.bound is None
    ends = [moment for moment in (clause.first, clause.last) if moment is not None]
    return bool(ends) and clause.length_ms is None and all(moment.bound is None for moment in ends)


NO_TIMES = Times()
_SILENT = frozenset(
    {
        *(Sort.AT, Sort.AND, Sort.TO, Sort.FROM, Sort.FOR, Sort.UNIT, Sort.FILLER, Sort.BETWEEN, Sort.ZONE),
        *(Sort.REPORT, Sort.EVERY),
    }
)
_TELLING = frozenset(word for word, (sort, _) in WORDS.items() if sort not in _SILENT)
"""Words without one of which, and without a number, nothing is said of time."""


def read_times(
    tokens: Sequence[Token],
    near_ms: int | None = None,
    *,
    cancel_ms: int | None = None,
    year: int | None = None,
    place: Position | None = None,
) -> Times:
    """The times that tokens give.

    Args:
        tokens: of one paragraph or lettered part; positions among them are passed over.
        near_ms: when the message was issued, the start of what is in progress; None where unknown.
        cancel_ms: when the message cancels itself, which tells the year where the issue is unknown.
        year: of the message's number; None where unknown.
        place: where the sun is seen to rise and set; None where unknown yet, see `Times.at`.
    """
    if not _tells(tokens):
        return NO_TIMES
    reader = PhraseReader(tokens, Known(near_ms, cancel_ms, year))
    reader.read()
    if not reader.clauses and not reader.doubts:
        return NO_TIMES
    made = spells_of(reader.clauses, reader.known, place)
    return Times(
        spells=tuple(made.spells),
        reserves=tuple(made.reserves),
        spans=tuple(reader.spans),
        doubts=tuple(sorted((*reader.doubts, *made.doubts), key=lambda doubt: doubt.span)),
        lacks_place=made.lacks_place,
        clauses=tuple(reader.clauses),
        known=reader.known,
    )


def _tells(tokens: Sequence[Token]) -> bool:
    """Whether there is a number or a word among tokens that may tell a time."""
    telling, number, zulu = _TELLING, Kind.NUMBER, Kind.ZULU
    for token in tokens:  # noqa: SIM110  # `any` takes twice as long
        if token[0] is number or token[0] is zulu or token[1] in telling:
            return True
    return False
