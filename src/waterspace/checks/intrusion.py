"""Intrusion: units inside a danger in which they have no part, and what they are doing there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Leg, Reservation
    from waterspace.geometry.meeting import Clash

__all__ = ["intruders", "serials_around"]


def intruders(
    context: Context, danger: Reservation, tracks: Iterable[tuple[str, Sequence[Leg]]]
) -> list[tuple[str, Clash]]:
    """Units inside a danger that is not of a serial of theirs, with where and when first; in order of time.

    Args:
        context: knows who takes part in what.
        danger: a claim of a serial, or of somebody else.
        tracks: unit and legs; they may have gaps.
    """
    from waterspace.geometry.legs import trim
    from waterspace.geometry.meeting import track_clash

    own = context.assigned.get(danger.owner, frozenset())
    found: list[tuple[str, Clash]] = []
    for unit, legs in tracks:
        if unit in own:
            continue
        due = [part for window in danger.windows for part in trim(legs, window)]
        met = (track_clash(run, danger) for run in _without_gaps(due))
        clash = next((clash for clash in met if clash is not None), None)
        if clash is not None:
            found.append((unit, clash))
    return sorted(found, key=lambda entry: (entry[1].window, entry[0]))


def serials_around(context: Context, unit: str, time_ms: int) -> tuple[str, str]:
    """The serials that a unit comes from and goes to at an instant, each empty where there is none."""
    origin = destination = ""
    for id_ in context.programme.assignments[unit]:
        if context.windows[id_].end_ms <= time_ms:
            origin = id_
        elif context.windows[id_].start_ms > time_ms:
            destination = id_
            break
    return origin, destination


def _without_gaps(legs: Sequence[Leg]) -> Iterator[Sequence[Leg]]:
    """Legs in runs that have no gap of time."""
    start = 0
    for end in range(1, len(legs) + 1):
        if end == len(legs) or legs[end].start_ms != legs[end - 1].end_ms:
            yield legs[start:end]
            start = end
