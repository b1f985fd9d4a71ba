"""Dangers that reach beyond the areas that notices name, so that those who keep outside are not safe.

Rule WS513 finds the same; a notice is often drafted before a plan is checked.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from waterspace.messages import audience
from waterspace.messages.leads import BEYOND_M
from waterspace.quantity import nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from waterspace.domain import Exercise, Footprint, PlannedNotice
    from waterspace.notices.drafting.claims import Claim

__all__ = ["beyond"]


def beyond(exercise: Exercise, notice: PlannedNotice, claims: Mapping[str, Sequence[Claim]]) -> str:
    """What a notice that names areas leaves untold, in sentences; empty where its public is told of every danger.

    A serial that a notice to the same public covers by its name is told in full; areas that several of them name count
    together.

    Args:
        exercise: whose notice it is.
        notice: of the plan.
        claims: id of a serial to its dangers.
    """
    is_for_airmen = audience.reaches_airmen(notice.kind)
    reaches = audience.reaches_airmen if is_for_airmen else audience.reaches_ships
    if not reaches(notice.kind):
        return ""
    told = dict.fromkeys(name for one in exercise.notices.values() if reaches(one.kind) for name in one.covers)
    areas = tuple(exercise.areas[name].footprint for name in told if name in exercise.areas)
    said = []
    for owner, dangers in _by_area(exercise, notice, claims):
        if owner in told:
            continue
        meant = [
            one for one in dangers if one.hazard.endangers_shipping and (one.endangers_aircraft or not is_for_airmen)
        ]
        away_m = max((_outside_m(one.footprint, areas) for one in meant), default=0.0)
        if away_m > BEYOND_M:
            area = exercise.serials[owner].area
            said.append(
                f"The danger of {owner} reaches {nautical_miles(away_m):.1f} nm beyond {area}, which is told: let "
                f"{notice.id} cover {owner}."
            )
    return " ".join(said)


def _by_area(
    exercise: Exercise, notice: PlannedNotice, claims: Mapping[str, Sequence[Claim]]
) -> Iterator[tuple[str, Sequence[Claim]]]:
    """The serials in the areas that a notice names, with their dangers."""
    named = {name for name in notice.covers if name in exercise.areas and name not in exercise.serials}
    return ((owner, dangers) for owner, dangers in claims.items() if exercise.serials[owner].area in named)


@functools.lru_cache(maxsize=512)
def _outside_m(footprint: Footprint, areas: tuple[Footprint, ...]) -> float:
    """How far a danger reaches out of some areas, metres."""
    from waterspace.geometry.reaching import farthest_outside

    return 0.0 if footprint in areas else farthest_outside(footprint, areas)[0]
