"""Every time that two claims meet, where `pairwise` tells the first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.domain import Window
from waterspace.geometry.reservations.pairwise import Clash, clash_each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Reservation

__all__ = ["every_clash"]


def every_clash(met: Sequence[tuple[Reservation, Reservation, Clash]]) -> list[tuple[Clash, ...]]:
    """All the clashes of pairs of claims of which the first is known, in order of time; as many entries as pairs.

    Claims that part for less than a minute have not parted. The pairs are looked at together, once for the second
    time that they meet, once for the third, and so on.
    """
    found = [[first] for *_, first in met]
    due = list(range(len(met)))
    while due:
        left = [(number, _after(*met[number][:2], found[number][-1].window.end_ms)) for number in due]
        asked = [(number, pair) for number, pair in left if pair is not None]
        again = zip(asked, clash_each([pair for _, pair in asked]), strict=True)
        due = []
        for (number, _), clash in again:
            if clash is not None and clash.window.end_ms > found[number][-1].window.end_ms:
                found[number].append(clash)
                due.append(number)
    return [tuple(clashes) for clashes in found]


def _after(a: Reservation, b: Reservation, time_ms: int) -> tuple[Reservation, Reservation] | None:
    """Two claims as they are from an instant on; None where they have no time in common any more."""
    left = tuple(
        Window(start_ms=max(window.start_ms, time_ms), end_ms=window.end_ms)
        for window in a.windows
        if window.end_ms > time_ms
    )
    if not any(window.overlap(other) for window in left for other in b.windows):
        return None
    return replace(a, windows=left), b
