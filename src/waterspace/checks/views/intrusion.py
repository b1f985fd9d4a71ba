"""Intrusion: units inside a danger in which they have no part, and between which serials that is."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from waterspace.geometry.answers import Answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Leg, Reservation
    from waterspace.geometry.meeting import Clash
    from waterspace.geometry.reservations.legarrays import LegArrays
    from waterspace.geometry.separation import IndexArray

    Tracks = Iterable[tuple[str, Sequence[Sequence[Leg]]]]

__all__ = ["intruders", "intruders_each", "legs_near_each", "near_each", "runs", "serials_around"]


def intruders(context: Context, danger: Reservation, tracks: Tracks) -> list[tuple[str, Clash]]:
    """Units inside a danger that is not of a serial of theirs, with where and when first; in order of time.

    Args:
        context: knows who takes part in what.
        danger: a claim of a serial, or of somebody else.
        tracks: unit and its legs, in runs without a gap of time; several entries may be of one unit.
    """
    return intruders_each(context, ((danger, tracks),))[0]


def intruders_each(context: Context, asked: Iterable[tuple[Reservation, Tracks]]) -> list[list[tuple[str, Clash]]]:
    """What `intruders` finds for each of several dangers, all together: ten times as fast as one by one.

    Args:
        context: knows who takes part in what.
        asked: dangers, each with its tracks.
    """
    due = [(danger, list(_due(context, danger, tracks))) for danger, tracks in asked]
    clashes = iter(_clashes([(danger, tuple(legs)) for danger, some in due for _, legs in some]))
    return [_first_of_each((unit, next(clashes)) for unit, _ in some) for _, some in due]


def _first_of_each(met: Iterable[tuple[str, Clash | None]]) -> list[tuple[str, Clash]]:
    """The first clash of each unit that has one, in order of time."""
    found: dict[str, Clash] = {}
    for unit, clash in met:
        if clash is not None and (unit not in found or clash.window < found[unit].window):
            found[unit] = clash
    return sorted(found.items(), key=lambda entry: (entry[1].window, entry[0]))


def _due(context: Context, danger: Reservation, tracks: Tracks) -> Iterator[tuple[str, Sequence[Leg]]]:
    """Runs of the legs of others that share some time with a danger, each with its unit."""
    if not danger.windows:
        return
    from_ms, to_ms = danger.windows[0].start_ms, danger.windows[-1].end_ms
    own = context.assigned.get(danger.owner, frozenset())
    for unit, legs in ((unit, legs) for unit, pieces in tracks if unit not in own for legs in pieces):
        if legs[0].start_ms < to_ms and legs[-1].end_ms > from_ms:
            yield unit, legs


def _clashes(pairs: Sequence[tuple[Reservation, tuple[Leg, ...]]]) -> list[Clash | None]:
    """The clash of each track with its danger, None where it does not enter it."""
    return _KEPT.answers(pairs)


def _met(pairs: Sequence[tuple[Reservation, tuple[Leg, ...]]]) -> Sequence[Clash | None]:
    from waterspace.geometry.meeting import track_clash_each

    once: dict[tuple[Leg, ...], tuple[Leg, ...]] = {}
    return track_clash_each([(once.setdefault(legs, legs), danger) for danger, legs in pairs])


_KEPT = Answers(_met, most=8192)
"""Where and when ways first enter dangers, for the pairs that were looked at lately."""


def near_each(claims: Sequence[Reservation], legs: LegArrays) -> Iterator[tuple[Reservation, list[int]]]:
    """Each claim that some track may meet, in order, and the numbers of those tracks, rising.

    It looks at all of them together and coarsely: whatever it leaves out surely does not meet.

    Args:
        claims: of serials, or of somebody else.
        legs: those of all tracks.
    """
    from waterspace.geometry.reservations.sieve import Sieve

    yield from _by_claim(claims, *Sieve(legs).near(claims))


def legs_near_each(claims: Sequence[Reservation], legs: LegArrays) -> Iterator[tuple[Reservation, list[int]]]:
    """Each claim that some leg may meet, in order, and the numbers of those legs, rising.

    The runs that these legs make meet the claim where and when the whole tracks do: what goes along a leg that is left
    out is outside all the while, its ends included.

    Args:
        claims: of serials, or of somebody else.
        legs: those of all tracks.
    """
    from waterspace.geometry.reservations.sieve import legs_near

    yield from _by_claim(claims, *legs_near(claims, legs))


def _by_claim(
    claims: Sequence[Reservation], numbers: IndexArray, near: IndexArray
) -> Iterator[tuple[Reservation, list[int]]]:
    """Pairs in order of the claims, claim by claim."""
    for number, pairs in groupby(zip(numbers.tolist(), near.tolist(), strict=True), key=itemgetter(0)):
        yield claims[number], [other for _, other in pairs]


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
