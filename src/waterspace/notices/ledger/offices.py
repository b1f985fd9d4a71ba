"""Notices to airmen in several states as one for each office, which numbers, replaces and cancels its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.errors import DraftError
from waterspace.messages.audience import Kind, kind_of
from waterspace.messages.phrasing.numbers import listed
from waterspace.messages.writing.notam_offices import offices

if TYPE_CHECKING:
    from waterspace.messages.draft import Draft

__all__ = ["by_office"]


def by_office(draft: Draft) -> tuple[Draft, ...]:
    """A draft as it is, or one for each NOTAM office of its regions, such as `N3-RJJJ` and `N3-UHHH`.

    Each names the regions of the others. A draft without sound regions is left as it is: its writer says why.
    """
    if kind_of(draft.kind) is not Kind.NOTAM:
        return (draft,)
    try:
        whose = offices(draft.firs)
    except DraftError:
        return (draft,)
    if len(whose) == 1:
        return (draft,)
    found = []
    for office in whose:
        others = [fir for fir in draft.firs if fir not in office.firs]
        told = f"ACT ALSO IN {listed(others)} FIR, SEE NOTAM OF THAT FIR"
        found.append(replace(draft, id=f"{draft.id}-{office.region}", firs=office.firs, remarks=(*draft.remarks, told)))
    return tuple(found)
