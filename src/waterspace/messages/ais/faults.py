"""Sentences that are wrong or broken off, as doubts: an area notice may have been among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.messages.reading import Doubt, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["told", "told_broken"]


def told(faults: Sequence[tuple[Span, str]]) -> tuple[Doubt, ...]:
    """One doubt for all messages that are wrong, at the first of them; none where none is.

    Args:
        faults: where each stands and what is wrong with it.
    """
    if not faults:
        return ()
    span, fault = faults[0]
    more = f" There are {len(faults) - 1} more that are wrong." if len(faults) > 1 else ""
    return (Doubt(span, f"{fault[:1].upper()}{fault[1:]}.{more}"),)


def told_broken(places: Sequence[tuple[int, int]]) -> tuple[Doubt, ...]:
    """One doubt for all sentences that are broken off, at the first of them; none where none is.

    Args:
        places: of each, from a start to just before an end.
    """
    if not places:
        return ()
    more = f" There are {len(places) - 1} more of them." if len(places) > 1 else ""
    return (Doubt(Span(*places[0]), f"A sentence ends before its checksum.{more}"),)
