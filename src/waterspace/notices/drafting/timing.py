"""By when notices are due: from when to when there is danger, and how long ahead it is told.

A danger is told first as long ahead as rules WS502 and WS509 look for; further notices to those who have been told
follow later.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.messages.audience import Kind, kind_of
from waterspace.messages.leads import FOLLOWING_MS, FOLLOWING_SOURCE, FULL_MS, INCSEA, NOTAM_MS, NOTAM_SOURCE
from waterspace.quantity import MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Exercise
    from waterspace.messages.draft import Draft
    from waterspace.notices.drafting.told import Drafted

__all__ = ["Timed", "order_of", "span_of", "timed"]

_LETTER_SOURCE = f"{INCSEA}; for letters assumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """A notice that is to be promulgated, from when to when there is danger, and by when it is due.

    Attributes:
        due_ms: by when it is handed in, milliseconds since 1970-01-01T00:00Z.
        basis: where that comes from.
    """

    told: Drafted
    kind: Kind
    start_ms: int
    end_ms: int
    due_ms: int
    basis: str

    @property
    def owners(self) -> frozenset[str]:
        """Ids of the serials that it tells of."""
        return frozenset(owner for claim in self.told.claims for owner in claim.owners)

    @property
    def public(self) -> str:
        """Whom it tells: notices to others do not make up for it."""
        return self.kind if self.kind in (Kind.NOTAM, Kind.LETTER) else "ships"

    @property
    def order(self) -> tuple[int, int, str]:
        """By which notices to one public are told apart as the first and the further ones."""
        planned_ms = self.told.notice.planned_ms
        if planned_ms is None:
            planned_ms = self.start_ms - (NOTAM_MS if self.kind is Kind.NOTAM else FULL_MS)
        return planned_ms, order_of(self.kind), self.told.notice.id


def timed(exercise: Exercise, told: Sequence[Drafted]) -> tuple[tuple[Timed, ...], tuple[str, ...]]:
    """The notices that are to be promulgated, in the order given, and why nothing is to be done about the others.

    Args:
        exercise: at whose times a letter counts that covers nothing else.
        told: its notices with their drafts.
    """
    spans: list[Timed] = []
    left_out: list[str] = []
    for one in told:
        span = _span(exercise, one)
        if isinstance(span, str):
            left_out.append(span)
        else:
            spans.append(span)
    found = []
    for span in spans:
        lead_ms, basis = _lead(span, spans)
        found.append(replace(span, due_ms=(span.start_ms - lead_ms) // MINUTE_MS * MINUTE_MS, basis=basis))
    return tuple(found), tuple(sorted(left_out))


def order_of(kind: Kind) -> int:
    """NOTAMs first, for they are asked for earliest; letters last."""
    return -1 if kind is Kind.NOTAM else list(Kind).index(kind)


def span_of(draft: Draft) -> tuple[int, int]:
    """When the first time of a draft begins and the last ends, alternate times included, milliseconds since 1970."""
    windows = [window for part in draft.paragraphs for window in (*part.windows, *part.reserves)]
    return min(window.start_ms for window in windows), max(window.end_ms for window in windows)


def _span(exercise: Exercise, told: Drafted) -> Timed | str:
    """A notice and its times, due when they begin; or why there is nothing to do about it."""
    notice, kind = told.notice, kind_of(told.notice.kind)
    if kind is None:
        return f"{notice.id} is of kind {notice.kind}, which nobody knows; nothing is promulgated."
    if told.draft is not None:
        start_ms, end_ms = span_of(told.draft)
        return Timed(told=told, kind=kind, start_ms=start_ms, end_ms=end_ms, due_ms=start_ms, basis="")
    if kind is not Kind.LETTER:
        return f"{notice.id} ({notice.kind}) covers no danger that has a time and a place; nothing is promulgated."
    windows = [window for claim in told.claims for window in (*claim.windows, *claim.reserves)]
    windows = windows or [exercise.window]
    start_ms, end_ms = min(one.start_ms for one in windows), max(one.end_ms for one in windows)
    return Timed(told=told, kind=kind, start_ms=start_ms, end_ms=end_ms, due_ms=start_ms, basis="")


def _lead(one: Timed, others: Sequence[Timed]) -> tuple[int, str]:
    """How long ahead a notice is looked for, and why; a coastal warning of a part is the first there."""
    if one.kind is Kind.LETTER:
        return FULL_MS, _LETTER_SOURCE
    before = {
        owner
        for other in others
        if other.public == one.public and other.order < one.order and other.start_ms <= one.start_ms
        if not other.told.part_of
        for owner in other.owners
    }
    if one.told.notice.planned_ms is not None and not one.told.part_of and one.owners <= before:
        return FOLLOWING_MS, f"a further notice of what has been told; {FOLLOWING_SOURCE}"
    return (NOTAM_MS, NOTAM_SOURCE) if one.kind is Kind.NOTAM else (FULL_MS, INCSEA)
