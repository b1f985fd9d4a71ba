"""Notices that a plan lacks: for serials that endanger shipping or aircraft and that nobody is told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import PlannedNotice
from waterspace.messages import audience
from waterspace.messages.audience import Kind
from waterspace.quantity import DAY_MS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from waterspace.domain import Exercise
    from waterspace.notices.drafting.claims import Claim

__all__ = ["PROPOSED", "proposed"]

PROPOSED = "PROPOSED-"
"""What the ids of proposed notices begin with."""
_SPAN_MS = 7 * DAY_MS
"""From the first to the last beginning of what one notice is proposed for: assumed."""
_MOST = 10
"""Serials that one notice is proposed for: assumed, so that its text stays short enough to be sent."""


def proposed(exercise: Exercise, claims: Mapping[str, Sequence[Claim]]) -> Iterator[tuple[PlannedNotice, list[Claim]]]:
    """Notices that the plan lacks, each with the dangers that it tells of; in the order of the serials.

    A warning to mariners where serials endanger shipping and no warning covers them, by name or by area; a NOTAM where
    such dangers reach above the masts of ships and no NOTAM covers them. What the same is done in the same place within
    a week is told in one notice, which is called after the earliest of them.
    """
    to_ships = _told(exercise, audience.reaches_ships)
    to_airmen = _told(exercise, audience.reaches_airmen)
    ships: dict[str, list[Claim]] = {}
    airmen: dict[str, list[Claim]] = {}
    for owner, of_owner in claims.items():
        names = {owner, exercise.serials[owner].area}
        dangers = [claim for claim in of_owner if claim.hazard.endangers_shipping]
        if dangers and names.isdisjoint(to_ships):
            ships[owner] = dangers
        aloft = [claim for claim in dangers if claim.endangers_aircraft]
        if aloft and names.isdisjoint(to_airmen):
            airmen[owner] = aloft
    to_air = {owners[0]: owners for owners in _together(exercise, airmen)}
    to_sea = {owners[0]: owners for owners in _together(exercise, ships)}
    for first in claims:
        if owners := to_sea.get(first):
            notice = PlannedNotice(id=f"{PROPOSED}{first}", kind=Kind.NAVAREA, covers=owners)
            yield notice, [claim for owner in owners for claim in ships[owner]]
        if owners := to_air.get(first):
            notice = PlannedNotice(id=f"{PROPOSED}NOTAM-{first}", kind=Kind.NOTAM, covers=owners)
            yield notice, [claim for owner in owners for claim in airmen[owner]]


def _together(exercise: Exercise, lacking: Mapping[str, Sequence[Claim]]) -> list[tuple[str, ...]]:
    """Serials that one notice tells of, in order of time: the same goes on in the same place within a week."""
    alike: dict[object, list[str]] = {}
    for owner, dangers in lacking.items():
        place = exercise.serials[owner].area or frozenset(claim.footprint for claim in dangers)
        alike.setdefault((place, frozenset(claim.subject for claim in dangers)), []).append(owner)
    found: list[list[str]] = []
    for owners in alike.values():
        by_time = sorted(owners, key=lambda owner: (_start_ms(lacking[owner]), owner))
        group: list[str] = []
        for owner in by_time:
            is_far = bool(group) and _start_ms(lacking[owner]) - _start_ms(lacking[group[0]]) > _SPAN_MS
            if not group or is_far or len(group) == _MOST:
                group = []
                found.append(group)
            group.append(owner)
    return [tuple(group) for group in found]


def _start_ms(claims: Sequence[Claim]) -> int:
    return min(claim.windows[0].start_ms for claim in claims)


def _told(exercise: Exercise, reaches: Callable[[str], bool]) -> set[str]:
    """Ids of serials and areas that a notice of an audience covers."""
    return {name for notice in exercise.notices.values() if reaches(notice.kind) for name in notice.covers}
