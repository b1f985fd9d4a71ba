"""Notices to airmen as the ledger knows them: one for each office, and when each text of it begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Window
from waterspace.errors import DraftError
from waterspace.messages.audience import Kind, kind_of

if TYPE_CHECKING:
    from waterspace.messages.draft import Draft

__all__ = ["each_office", "spans_of"]


def each_office(draft: Draft) -> tuple[Draft, ...]:
    """A draft as it is, or of a NOTAM one for each office, such as `N3-RJJJ` and `N3-UHHH`.

    A draft without sound regions is left as it is: its writer says why.
    """
    if kind_of(draft.kind) is not Kind.NOTAM:
        return (draft,)
    from waterspace.messages.writing.notam_offices import by_office

    try:
        return by_office(draft)
    except DraftError:
        return (draft,)


def spans_of(draft: Draft) -> tuple[Window, ...]:
    """When each of the NOTAMs that a draft becomes begins and ends, in the order of the texts; none for ships.

    Raises:
        DraftError: it cannot be a NOTAM.
    """
    if kind_of(draft.kind) is not Kind.NOTAM:
        return ()
    from waterspace.messages.writing.notam import divided

    return tuple(Window(start_ms=part.windows[0].start_ms, end_ms=part.windows[-1].end_ms) for part in divided(draft))
