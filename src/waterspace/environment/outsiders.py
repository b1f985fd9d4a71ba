"""Outsiders: the claims of others near an exercise, each under an id that no other claim has."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from waterspace.domain import Exercise, Reservation

__all__ = ["AREAS", "EXERCISES", "RESERVATIONS", "WARNINGS", "known_as", "own_id", "sort_of", "with_areas"]

EXERCISES, RESERVATIONS, AREAS, WARNINGS = "exercises", "reservations", "areas", "warnings"
"""The sorts of outsiders: exercises of others, standing reservations, areas of the planner's file, warnings of others.
"""


def with_areas(
    exercise: Exercise, areas: Iterable[Reservation], warnings: Iterable[Reservation] = ()
) -> Iterator[Reservation]:
    """The exercises of others whose place is known, standing reservations, areas of the planner's file, warnings.

    Ids and owners begin with their sort, such as `exercises/X1`: an exercise of others, a reservation, an area of the
    file and a serial may all be called X1. Who has no name goes by the id that the file gives.
    """
    drills = (drill.claim for drill in exercise.other_exercises.values())
    for sort, claims in (
        (EXERCISES, (claim for claim in drills if claim is not None)),
        (RESERVATIONS, exercise.standing_reservations.values()),
        (AREAS, areas),
        (WARNINGS, warnings),
    ):
        for claim in claims:
            name = claim.name or claim.owner
            yield replace(claim, id=f"{sort}/{claim.id}", owner=f"{sort}/{claim.owner}", name=name)


def sort_of(outsider: Reservation) -> str:
    """Of which sort an outsider is."""
    return outsider.owner.partition("/")[0]


def own_id(outsider: Reservation) -> str:
    """The id that its file gives an outsider."""
    return outsider.owner.partition("/")[2]


def known_as(outsiders: Sequence[Reservation]) -> dict[str, str]:
    """Owner of outsiders to what a finding knows it by: its own id, or with its sort where others have that id too."""
    ids = {outsider.owner: own_id(outsider) for outsider in outsiders}
    shared = Counter(ids.values())
    return {owner: id_ if shared[id_] == 1 else owner for owner, id_ in ids.items()}
