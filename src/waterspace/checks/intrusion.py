"""Intrusion: units inside a danger in which they have no part, and between which serials that is."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Leg, Reservation
    from waterspace.geometry.meeting import Clash
    from waterspace.geometry.reservations.legarrays import LegArrays

__all__ = ["intruders", "near_each", "runs", "serials_around"]


def intruders(
    context: Context, danger: Reservation, tracks: Iterable[tuple[str, Sequence[Sequence[Leg]]]]
) -> list[tuple[str, Clash]]:
    """Units inside a danger that is not of a serial of theirs, with where and when first; in order of time.

    Args:
        context: knows who takes part in what.
        danger: a claim of a serial, or of somebody else.
        tracks: unit and its legs, in runs without a gap of time; several entries may be of one unit.
    """
    if not danger.windows:
        return []
    from_ms, to_ms = danger.windows[0].start_ms, danger.windows[-1].end_ms
    own = context.assigned.get(danger.owner, frozenset())
    due: dict[str, Sequence[Leg]] = {}
    units: dict[str, str] = {}
    for unit, legs in ((unit, legs) for unit, pieces in tracks if unit not in own for legs in pieces):
        if legs[0].start_ms < to_ms and legs[-1].end_ms > from_ms:
            number = str(len(due))
            due[number], units[number] = legs, unit
    found: dict[str, Clash] = {}
    for number, clash in _clashes(due, danger).items():
        unit = units[number]
        if unit not in found or clash.window < found[unit].window:
            found[unit] = clash
    return sorted(found.items(), key=lambda entry: (entry[1].window, entry[0]))


_KNOWN: dict[tuple[Reservation, tuple[Leg, ...]], Clash | None] = {}
"""Where and when ways first enter dangers, for the pairs that have been looked at."""

_MOST_KNOWN = 4096


def _clashes(tracks: Mapping[str, Sequence[Leg]], danger: Reservation) -> dict[str, Clash]:
    """The clash of each track that enters a danger, by the track's name."""
    from waterspace.geometry.meeting import track_clashes

    keys = {name: (danger, tuple(legs)) for name, legs in tracks.items()}
    new = {name: legs for name, legs in tracks.items() if keys[name] not in _KNOWN}
    met = {name: clash for name, _, clash in track_clashes(new, (danger,))} if new else {}
    known = {name: _KNOWN[key] for name, key in keys.items() if name not in new}
    if len(_KNOWN) + len(new) > _MOST_KNOWN:
        _KNOWN.clear()
    _KNOWN.update((keys[name], met.get(name)) for name in new)
    found = {name: known.get(name) or met.get(name) for name in tracks}
    return {name: clash for name, clash in found.items() if clash is not None}


def near_each(claims: Sequence[Reservation], legs: LegArrays) -> Iterator[tuple[Reservation, list[int]]]:
    """Each claim that some track may meet, in order, and the numbers of those tracks, rising.

    It looks at all of them together and coarsely: whatever it leaves out surely does not meet.

    Args:
        claims: of serials, or of somebody else.
        legs: those of all tracks.
    """
    from waterspace.geometry.reservations.sieve import Sieve

    numbers, near = Sieve(legs).near(claims)
    for number, pairs in groupby(zip(numbers.tolist(), near.tolist(), strict=True), key=itemgetter(0)):
        yield claims[number], [track for _, track in pairs]


def runs(legs: Iterable[Leg]) -> list[list[Leg]]:
    """Legs in runs that have no gap of time; legs that take no time are left out."""
    found: list[list[Leg]] = []
    for leg in legs:
        if leg.duration_ms <= 0:
            continue
        if found and found[-1][-1].end_ms == leg.start_ms:
            found[-1].append(leg)
        else:
            found.append([leg])
    return found


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
