"""Cancellations: when a message cancels itself, and which others it cancels.

    cancel = (CANCEL THIS (MSG | MESSAGE | WARNING) | SELF CANCEL) ([AT | ON] (group | day) | IN n HOURS)
           | CANCEL [series] number {[","] [AND] [series] number} [PARA n] [AND THIS PARA]

A day alone ends with its last minute.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.messages.days import Known
from waterspace.messages.expansion import Reported, spells_of
from waterspace.messages.heading import named, read_issue, read_number, series_of
from waterspace.messages.lexing import Kind
from waterspace.messages.phrases import PhraseReader
from waterspace.messages.reading import Doubt, Span
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.lexing import Token

__all__ = ["CANCEL_WORDS", "NO_CANCELS", "Cancels", "read_cancels"]

CANCEL_WORDS = frozenset({"CANCEL", "CANCELS", "CANCELLED", "CANCELED", "CANX", "SELF-CANCEL", "SELF-CANCELS", "SELF"})
"""Words that may begin a cancellation."""
_SELF = frozenset({"SELF", "SELF-CANCEL", "SELF-CANCELS", "SELF-CANCELLING", "SELF-CANCELING"})
_BEGINNINGS = _SELF | {"CANCEL", "CANCELS", "CANX", "THIS"}
_ITSELF = frozenset({"MSG", "MESSAGE", "MESS", "WARNING", "NOTICE", "MSSG", "MEASSAGE", "MSGS"})
_PARAGRAPHS = frozenset({"PARA", "PARAGRAPH", "PARAS", "PARAGRAPHS", "SUBPARA"})
_PASSED = frozenset({",", "AND", "&", "NAVWARN", "WARNINGS", "WARNING", ";", "MSG", "MESSAGE", "NR", "NO"})
_UNITS_MS = {"HOURS": HOUR_MS, "HOUR": HOUR_MS, "HRS": HOUR_MS, "DAYS": DAY_MS, "DAY": DAY_MS}
_LAST_MINUTE_MS = DAY_MS - MINUTE_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancels:
    """What a message cancels.

    Attributes:
        cancel_ms: when it cancels itself; None where it does not say.
        cancels: the others, as it names them, with the series where it names one, in the order of the text.
        spans: what was read, in the order of the text.
        doubts: what was not understood.
    """

    cancel_ms: int | None = None
    cancels: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    doubts: tuple[Doubt, ...] = ()


NO_CANCELS = Cancels()


def read_cancels(
    tokens: Sequence[Token], near_ms: int | None = None, *, series: str = "", year: int | None = None
) -> Cancels:
    """The cancellations among tokens.

    Args:
        tokens: of a message or some of its paragraphs; what stands before the word `CANCEL` is passed over.
        near_ms: when the message was issued; None where unknown.
        series: of the message itself, for numbers without one; empty where unknown.
        year: of the message's number; None where unknown.
    """
    reader = _Reader(tokens, Known(near_ms, None, year), series)
    after = 0
    for at in [at for at, token in enumerate(tokens) if token[1] in _BEGINNINGS]:
        if at >= after and _begins(tokens, at):
            after = reader.cancel(at)
    if not reader.spans and not reader.doubts:
        return NO_CANCELS
    return Cancels(
        cancel_ms=reader.cancel_ms,
        cancels=tuple(dict.fromkeys(reader.names)),
        spans=tuple(reader.spans),
        doubts=tuple(sorted(reader.doubts, key=lambda doubt: doubt.span)),
    )


def _begins(tokens: Sequence[Token], at: int) -> bool:
    """Whether a cancellation begins at an index: the word itself, or `THIS MSG` where the word was lost."""
    text = tokens[at].text
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if text == "SELF":
        return after.startswith("CANCEL")
    if text in ("CANCEL", "CANCELS", "CANX") or text in _SELF:
        return True
    return text == "THIS" and after in _ITSELF and at + 2 < len(tokens) and tokens[at + 2].kind is Kind.ZULU


class _Reader:
    """Reads one cancellation after another."""

    def __init__(self, tokens: Sequence[Token], known: Known, series: str) -> None:
        self.tokens = tokens
        self.known = known
        self.series = series
        self.cancel_ms: int | None = None
        self.names: list[str] = []
        self.spans: list[Span] = []
        self.doubts: list[Doubt] = []

    def word(self, at: int) -> str:
        """The text of a token; empty beyond the last."""
        return self.tokens[at].text if at < len(self.tokens) else ""

    def cancel(self, at: int) -> int:
        """Read a cancellation at an index; the index after it."""
        start = at
        is_self = self.word(at) in _SELF
        if self.word(at) != "THIS":
            at += 1
        while self.word(at) in ("CANCEL", "CANCELS", "CANCELLING", "CANCELING", "-"):
            at += 1
        if self.word(at) == "THIS" and self.word(at + 1) not in _PARAGRAPHS:
            at += 2 if self.word(at + 1) in _ITSELF else 1
            is_self = True
        at = self.itself(at) if is_self else self.others(at)
        self.spans.append(Span(self.tokens[start].start, self.tokens[at - 1].end))
        return at

    def doubt(self, first: int, after: int, reason: str) -> None:
        """Own to something that was not understood."""
        last = self.tokens[min(after, len(self.tokens)) - 1]
        self.doubts.append(Doubt(Span(self.tokens[min(first, len(self.tokens) - 1)].start, last.end), reason))

    def itself(self, at: int) -> int:
        """When the message cancels itself."""
        if self.word(at) in ("IN", "AFTER") and self.word(at + 1).isdigit() and self.word(at + 2) in _UNITS_MS:
            if self.known.issued_ms is None:
                self.doubt(at, at + 3, "The message cancels itself some time after its issue, which nobody gives.")
            else:
                self.cancel_ms = self.known.issued_ms + int(self.word(at + 1)) * _UNITS_MS[self.word(at + 2)]
            return at + 3
        after, time_ms, doubts = read_issue(self.tokens, at, self.known)
        if after > at and time_ms is not None and not doubts:
            self.keep([time_ms], at, after)
            return after
        after = at
        while after < len(self.tokens) and after < at + 8 and self.word(after) not in (".", "CANCEL", "="):
            after += 1
        reader = PhraseReader(self.tokens[at:after], self.known)
        reader.read()
        self.doubts += reader.doubts
        if len(reader.clauses) != 1 or not isinstance(reader.clauses[0], Reported):
            if not reader.doubts:
                said = " ".join(token.text for token in self.tokens[at:after])
                self.doubt(
                    at - 1,
                    after,
                    f"{said or 'Nothing'} stands for when the message cancels itself; a date was expected.",
                )
            return after
        moment = reader.clauses[0].moment
        if moment.day.ordinal is not None:
            made = spells_of([Reported(moment, reader.clauses[0].span)], self.known, None)
            shift_ms = 0 if moment.bound else _LAST_MINUTE_MS
            self.keep([spell.start_ms + shift_ms for spell in made.spells if spell.start_ms is not None], at, after)
        return after

    def keep(self, times: Sequence[int], at: int, after: int) -> None:
        """Keep the time at which the message cancels itself."""
        for time_ms in times:
            if self.cancel_ms is not None and time_ms != self.cancel_ms:
                self.doubt(at, after, "The message cancels itself twice, at different times; one was expected.")
            self.cancel_ms = time_ms

    def others(self, at: int) -> int:
        """Which other messages are cancelled."""
        start = at
        series = self.series
        before = len(self.names)
        without_year: list[int] = []
        while at < len(self.tokens):
            after, said = series_of(self.tokens, at)
            if after > at:
                series, at = said, after
                continue
            if self.word(at) in _PASSED:
                at += 1
                continue
            after, number = read_number(self.tokens, at)
            if after > at:
                year = number.partition("/")[2]
                for index in without_year:
                    self.names[index] += f"/{year}"
                without_year.clear()
                at = self.paragraphs(after, named(series, number))
                continue
            if self.tokens[at].kind is Kind.NUMBER and self.tokens[at].text.isdigit() and self._list_goes_on(at):
                without_year.append(len(self.names))
                self.names.append(named(series, self.word(at)))
                at += 1
                continue
            break
        if self.word(at) == "THIS" and self.word(at + 1) in _PARAGRAPHS:
            at += 2
        elif len(self.names) == before:
            self.doubt(
                start - 1,
                at + 1,
                "Something is cancelled, and it was not understood what; a number such as 12/24 was expected.",
            )
        return max(at, start)

    def _list_goes_on(self, at: int) -> bool:
        """Whether a number without a year stands in a list whose next number may have one."""
        while at < len(self.tokens) and (self.tokens[at].kind is Kind.NUMBER or self.word(at) in (",", "AND")):
            at += 1
        return self.word(at) == "/"

    def paragraphs(self, at: int, name: str) -> int:
        """The paragraphs of a message that are cancelled, the whole of it where none is named."""
        named = False
        while self.word(at) in _PARAGRAPHS and at + 1 < len(self.tokens):
            after = at + 2
            label = self.word(at + 1)
            if after < len(self.tokens) and self.tokens[after].start == self.tokens[at + 1].end:
                label += self.word(after) if self.tokens[after].kind is Kind.WORD else ""
                after += self.tokens[after].kind is Kind.WORD
            self.names.append(f"{name} PARA {label}")
            named, at = True, after
        if not named:
            self.names.append(name)
        return at
