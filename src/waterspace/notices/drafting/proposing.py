"""Notices that a plan lacks: one for each serial that endangers shipping or aircraft and that nobody is told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import PlannedNotice
from waterspace.messages import audience
from waterspace.messages.audience import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from waterspace.domain import Exercise
    from waterspace.notices.drafting.claims import Claim

__all__ = ["PROPOSED", "proposed"]

PROPOSED = "PROPOSED-"
"""What the ids of proposed notices begin with."""


def proposed(exercise: Exercise, claims: Mapping[str, Sequence[Claim]]) -> Iterator[tuple[PlannedNotice, list[Claim]]]:
    """Notices that the plan lacks, each with the dangers that it tells of; in the order of the serials.

    A warning to mariners for each serial that endangers shipping and that no warning covers, by its name or by its
    area; a NOTAM where such a danger reaches above the masts of ships and no NOTAM covers it.
    """
    to_ships = _told(exercise, audience.reaches_ships)
    to_airmen = _told(exercise, audience.reaches_airmen)
    for owner, of_owner in claims.items():
        names = {owner, exercise.serials[owner].area}
        dangers = [claim for claim in of_owner if claim.hazard.endangers_shipping]
        if dangers and names.isdisjoint(to_ships):
            yield PlannedNotice(id=f"{PROPOSED}{owner}", kind=Kind.NAVAREA, covers=(owner,)), dangers
        aloft = [claim for claim in dangers if claim.endangers_aircraft]
        if aloft and names.isdisjoint(to_airmen):
            yield PlannedNotice(id=f"{PROPOSED}NOTAM-{owner}", kind=Kind.NOTAM, covers=(owner,)), aloft


def _told(exercise: Exercise, reaches: Callable[[str], bool]) -> set[str]:
    """Ids of serials and areas that a notice of an audience covers."""
    return {name for notice in exercise.notices.values() if reaches(notice.kind) for name in notice.covers}
