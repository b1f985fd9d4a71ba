"""Where and when claims and tracks meet: what others ask.

Edges are right to about a metre within 500 km of the centre of the smaller footprint, the sides of a corridor to a
thousandth of its width.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.geometry.approach import closest_approach, closest_approaches, first_within
from waterspace.geometry.reservations.index import ReservationIndex
from waterspace.geometry.reservations.pairwise import (
    Clash,
    clash,
    clash_each,
    footprints_meet,
    track_clash,
    track_clash_each,
    track_clashes,
)
from waterspace.geometry.reservations.repeated import every_clash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Reservation

__all__ = [
    "Clash",
    "clash",
    "clash_each",
    "clashes",
    "closest_approach",
    "closest_approaches",
    "every_clash",
    "first_within",
    "footprints_meet",
    "track_clash",
    "track_clash_each",
    "track_clashes",
]


def clashes(reservations: Sequence[Reservation]) -> list[tuple[int, int, Clash]]:
    """Every clash between two reservations, found by the index.

    Returns:
        Numbers of the two reservations, the lower first, and their clash; in order of the numbers.
    """
    found = ReservationIndex(reservations).meetings()
    return [(int(found.first[k]), int(found.second[k]), found.clash(k)) for k in range(len(found))]
