"""What of a draft is still to come, and which numbers its texts take over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.domain import Window
from waterspace.messages.audience import HYDRO, Kind, kind_of
from waterspace.messages.draft import ALTERNATE, ALTERNATE_FOR_AIRMEN, DraftPart, Issuer
from waterspace.messages.writing.styles import STYLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.messages.draft import Draft

__all__ = ["in_turn", "shared_ms", "still_to_come", "without_alternate"]

_ALTERNATE = {True: ALTERNATE_FOR_AIRMEN, False: ALTERNATE}
"""What stands behind what goes on where only alternate times are left, in a NOTAM or not."""


def still_to_come(draft: Draft, now_ms: int) -> Draft:
    """A draft without its times that are over, and without the places that have no others.

    What has begun keeps its beginning in a warning to ships. A NOTAM cannot begin in the past: there it begins now.

    Args:
        draft: with all its times.
        now_ms: a whole minute, milliseconds since 1970-01-01T00:00Z.
    """
    from_ms = now_ms if kind_of(draft.kind) is Kind.NOTAM else None
    own, *parts = (_left(draft, part, now_ms, from_ms) for part in (_own(draft), *draft.parts))
    left = [part for part in parts if part is not None]
    if own is not None and own.activity:  # words of its own that are not those of the other paragraphs
        left.insert(0, own)
        own = None
    kept = own or DraftPart(areas=())
    return replace(draft, areas=kept.areas, windows=kept.windows, reserves=kept.reserves, parts=tuple(left))


def without_alternate(words: str) -> str:
    """What goes on, in capital words, without the word that its times are alternates."""
    for ending in _ALTERNATE.values():
        words = words.removesuffix(ending)
    return words


def _own(draft: Draft) -> DraftPart:
    return DraftPart(areas=draft.areas, windows=draft.windows, reserves=draft.reserves)


def _left(draft: Draft, part: DraftPart, now_ms: int, from_ms: int | None) -> DraftPart | None:
    """What is left of a paragraph; None where all is over.

    Alternates stand alone where the others are over, and its words then say that they are alternates.
    """
    if not part.windows:
        return part
    windows, reserves = (_ahead(times, now_ms, from_ms) for times in (part.windows, part.reserves))
    if not windows and reserves:
        windows, reserves = reserves, ()
        category = part.category if part.activity else draft.category_of(part)
        part = replace(part, activity=_as_alternate(draft, part), category=category)
    return replace(part, windows=windows, reserves=reserves) if windows else None


def _as_alternate(draft: Draft, part: DraftPart) -> str:
    """What goes on in a paragraph, as alternate times follow it."""
    kind = kind_of(draft.kind)
    issuer = Issuer.USA if kind in HYDRO else draft.issuer
    words = draft.activity_of(part) or STYLES[issuer].activities[draft.category_of(part)]
    return words.upper().rstrip(".") + _ALTERNATE[kind is Kind.NOTAM]


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
        best = max(left, key=lambda one: shared_ms(one[1], span))
        left.remove(best)
        taken.append(best[0])
    return (*taken, *(number for number, _ in left))


def shared_ms(one: Window, other: Window) -> int:
    """How long two windows last together; below nothing how far they lie apart."""
    return min(one.end_ms, other.end_ms) - max(one.start_ms, other.start_ms)
