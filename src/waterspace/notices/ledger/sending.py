"""One text that was sent, its numbers, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waterspace.domain import Window
    from waterspace.messages.draft import Issuer
    from waterspace.notices.ledger.content import Said

__all__ = ["Sending", "Status", "parts_of"]


def parts_of(number: str) -> tuple[str, ...]:
    """Numbers that stand in one text with commas between them."""
    return tuple(part.strip() for part in number.split(",") if part.strip())


class Status(StrEnum):
    """What became of a notice that was sent; one that ended by itself is still `SENT`."""

    SENT = "sent"
    REPLACED = "replaced"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One text that was sent.

    Attributes:
        id: of the draft.
        kind: such as `navarea`; empty where the draft has none.
        channel: by which it goes, see `channel_of`.
        number: by which others cite it, such as `NAVAREA XI 0123/26`; several with commas between them where a draft
            became several NOTAMs, in their order; empty until the coordinator gave one.
        sent_ms: when.
        text: word for word.
        sha256: of the text in UTF-8.
        said: what it says.
        issuer: whose habits it follows.
        series: such as `NAVAREA XI`; empty for what the form has.
        general_area: such as `SEA OF JAPAN`; may be empty.
        originator: who signed; may be empty.
        spans: of each NOTAM that it became when it begins and ends, in the order of the texts; none for what is one
            text for ships.
        status: what became of it.
        ended_by: number of the notice that replaced or cancelled it; empty where none did, or none is known.
        changed_ms: of the last event about it.
    """

    id: str
    kind: str
    channel: str
    number: str
    sent_ms: int
    text: str
    sha256: str
    said: Said
    issuer: Issuer
    series: str
    general_area: str
    originator: str
    spans: tuple[Window, ...] = ()
    status: Status = Status.SENT
    ended_by: str = ""
    changed_ms: int

    @property
    def name(self) -> str:
        """What people call it: `N1 (NAVAREA XI 0123/26)`."""
        return f"{self.id} ({self.number or 'no number yet'})"

    @property
    def numbers(self) -> tuple[str, ...]:
        """Its numbers, one by one."""
        return parts_of(self.number)

    def numbers_at(self, at_ms: int) -> tuple[str, ...]:
        """Those of its numbers whose texts have not ended by themselves."""
        if len(self.spans) != len(self.numbers):
            return self.numbers
        return tuple(one for one, span in zip(self.numbers, self.spans, strict=True) if span.end_ms > at_ms)

    @property
    def until_ms(self) -> int | None:
        """When it ends by itself: when it cancels itself, else with its last time; None until further notice."""
        return self.said.last_end_ms if self.said.cancel_ms is None else self.said.cancel_ms

    def is_in_force(self, at_ms: int) -> bool:
        """Whether nothing has ended it."""
        return self.status is Status.SENT and (self.until_ms is None or self.until_ms > at_ms)
