"""What of a draft is still to come, and which numbers its texts take over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.domain import Window
from waterspace.messages.audience import Kind, kind_of
from waterspace.messages.draft import DraftPart

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.messages.draft import Draft

__all__ = ["in_turn", "still_to_come"]


def still_to_come(draft: Draft, now_ms: int) -> Draft:
    """A draft without its times that are over, and without the places that have no others.

    What has begun keeps its beginning in a warning to ships. A NOTAM cannot begin in the past: there it begins now.

    Args:
        draft: with all its times.
        now_ms: a whole minute, milliseconds since 1970-01-01T00:00Z.
    """
    from_ms = now_ms if kind_of(draft.kind) is Kind.NOTAM else None
    own, *parts = (_left(part, now_ms, from_ms) for part in (_own(draft), *draft.parts))
    kept = own or DraftPart(areas=())
    return replace(
        draft,
        areas=kept.areas,
        windows=kept.windows,
        reserves=kept.reserves,
        parts=tuple(part for part in parts if part is not None),
    )


def _own(draft: Draft) -> DraftPart:
    return DraftPart(areas=draft.areas, windows=draft.windows, reserves=draft.reserves)


def _left(part: DraftPart, now_ms: int, from_ms: int | None) -> DraftPart | None:
    """What is left of a paragraph; None where all is over. Alternates stand alone where the others are over."""
    if not part.windows:
        return part
    windows, reserves = (_ahead(times, now_ms, from_ms) for times in (part.windows, part.reserves))
    if not windows:
        windows, reserves = reserves, ()
    return replace(part, windows=windows, reserves=reserves) if windows else None


def _ahead(windows: Iterable[Window], now_ms: int, from_ms: int | None) -> tuple[Window, ...]:
    return tuple(
        one if from_ms is None else Window(start_ms=max(one.start_ms, from_ms), end_ms=one.end_ms)
        for one in windows
        if one.end_ms > now_ms
    )


def in_turn(old: Sequence[tuple[str, Window]], new: Sequence[Window]) -> tuple[str, ...]:
    """Numbers in the order in which new texts take them over: each that of the old one whose time it shares most.

    Args:
        old: numbers of texts that are in force, and when these begin and end.
        new: when the new texts begin and end.
    """
    left, taken = list(old), list[str]()
    for span in new[: len(old)]:
        best = max(left, key=lambda one: _shared_ms(one[1], span))
        left.remove(best)
        taken.append(best[0])
    return (*taken, *(number for number, _ in left))


def _shared_ms(one: Window, other: Window) -> int:
    """How long two windows last together; below nothing how far they lie apart."""
    return min(one.end_ms, other.end_ms) - max(one.start_ms, other.start_ms)
