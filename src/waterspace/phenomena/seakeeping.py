"""How the sea slows ships: what waves take, and what a master gives up.

What waves take (involuntary loss) is Aertssen's percentage of speed at constant power, m / L + n, by Beaufort force and
by the sector from which the sea comes. A ship that has power to spare makes the loss good; it is slowed only to what is
left of its greatest speed. What a master gives up (voluntary loss) is a ceiling of speed by the state of the sea.

Sources: G. Aertssen, service performance and seakeeping trials, Transactions of the Royal Institution of Naval
Architects 111 (1969), with m and n as tabulated by Molland, Turnock and Hudson, Ship Resistance and Propulsion, 2011,
chapter 3. Assumed: sectors of 30, 60 and 150 degrees off the bow; no loss below force 5 and that of force 8 above it;
the ceilings; a sea that has grown with its wind, where only the state of the sea is known.
Limits: Aertssen's ships were merchant ships of some 100 m and more; a shorter one is given the formula all the same and
loses no more than 80 in 100 (assumed).
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from waterspace.environment.metoc.sea_scales import BEAUFORT, DOUGLAS, beaufort
from waterspace.errors import ModelError
from waterspace.phenomena.draws import above_zero, from_zero
from waterspace.quantity import KNOT_MPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from waterspace.domain import Weather, Window
    from waterspace.environment.metoc.weather import Conditions

__all__ = [
    "CALM_STATE",
    "Sector",
    "attainable_mps",
    "force_in",
    "force_of_sea_state",
    "involuntary_loss_ratio",
    "rough_windows",
    "sector_of",
    "voluntary_ceiling_mps",
]


CALM_STATE: Final = 3
"""The highest sea state in which no ship is slowed; above it some are, whatever their course."""


class Sector(StrEnum):
    """From where the sea comes, off the bow."""

    HEAD = "head"
    BOW = "bow"
    BEAM = "beam"
    FOLLOWING = "following"


_SECTOR_ENDS: Final = ((30.0, Sector.HEAD), (60.0, Sector.BOW), (150.0, Sector.BEAM), (180.0, Sector.FOLLOWING))

_AERTSSEN: Final[dict[int, dict[Sector, tuple[float, float]]]] = {
    5: {Sector.HEAD: (9.0, 0.02), Sector.BOW: (7.0, 0.02), Sector.BEAM: (3.5, 0.01), Sector.FOLLOWING: (1.0, 0.0)},
    6: {Sector.HEAD: (13.0, 0.06), Sector.BOW: (10.0, 0.05), Sector.BEAM: (5.0, 0.03), Sector.FOLLOWING: (2.0, 0.01)},
    7: {Sector.HEAD: (21.0, 0.11), Sector.BOW: (14.0, 0.08), Sector.BEAM: (7.0, 0.05), Sector.FOLLOWING: (4.0, 0.02)},
    8: {Sector.HEAD: (36.0, 0.18), Sector.BOW: (23.0, 0.12), Sector.BEAM: (10.0, 0.07), Sector.FOLLOWING: (7.0, 0.03)},
}
"""A hundredth of m and n, so that the sum is a part and not a percentage: metres, and a part."""

_MOST_LOST_RATIO: Final = 0.8

_CEILINGS_KN: Final = {6: 15.0, 7: 10.0, 8: 6.0, 9: 4.0}
_EASIER_RATIO: Final = {Sector.HEAD: 1.0, Sector.BOW: 1.0, Sector.BEAM: 1.3, Sector.FOLLOWING: 1.3}


def sector_of(course_deg: float, sea_from_deg: float) -> Sector:
    """The sector from which the sea comes on a course; both true."""
    off_deg = abs((sea_from_deg - course_deg + 180.0) % 360.0 - 180.0)
    return next(sector for end_deg, sector in _SECTOR_ENDS if off_deg <= end_deg)


def force_of_sea_state(sea_state: int) -> int:
    """The strongest Beaufort force whose probable waves do not exceed a Douglas sea state.

    Args:
        sea_state: 0 to 9.

    Raises:
        ModelError: it is none of them.
    """
    _state(sea_state)
    return max(force.number for force in BEAUFORT if force.wave_m <= DOUGLAS[sea_state].to_m)


def force_in(conditions: Conditions) -> int | None:
    """The Beaufort force that goes with the sea in the conditions: by the sea's state, else by the wind.

    Returns:
        None where neither is known.
    """
    if conditions.sea_state is not None:
        return force_of_sea_state(conditions.sea_state)
    return None if conditions.wind_mps is None else beaufort(conditions.wind_mps)


def involuntary_loss_ratio(length_m: float, force: int, sector: Sector) -> float:
    """Part of its speed that a ship loses to the sea at constant power, 0 to 0.8.

    Args:
        length_m: between perpendiculars; the length overall makes it a little less.
        force: Beaufort, 0 to 12.
        sector: from which the sea comes.

    Raises:
        ModelError: an argument out of its bounds.
    """
    above_zero(length_m=length_m)
    if not 0 <= force < len(BEAUFORT):
        raise ModelError(f"found Beaufort force {force}; expected 0 to {len(BEAUFORT) - 1}")
    if force < min(_AERTSSEN):
        return 0.0
    m, n = _AERTSSEN[min(force, max(_AERTSSEN))][sector]
    return min(_MOST_LOST_RATIO, m / length_m + n)


def voluntary_ceiling_mps(sea_state: int, sector: Sector) -> float:
    """The speed to which a master slows to spare ship and people, all assumed; infinite where none need slow.

    Args:
        sea_state: Douglas, 0 to 9.
        sector: from which the sea comes.

    Raises:
        ModelError: there is no such sea state.
    """
    _state(sea_state)
    return _CEILINGS_KN.get(sea_state, math.inf) * _EASIER_RATIO[sector] * KNOT_MPS


def rough_windows(schedule: Iterable[Weather]) -> tuple[Window, ...]:
    """When a schedule gives a sea in which some ships are slowed; as given, in the order given."""
    return tuple(spell.window for spell in schedule if (spell.sea_state or 0) > CALM_STATE)


def attainable_mps(wanted_mps: float, greatest_mps: float, length_m: float, sea_state: int, sector: Sector) -> float:
    """The speed that a ship makes through a sea: what it wants, as far as power and seamanship let it.

    Args:
        wanted_mps: 0 or more; no more than the greatest is made of it.
        greatest_mps: in calm water, above 0.
        length_m: between perpendiculars.
        sea_state: Douglas, 0 to 9.
        sector: from which the sea comes.

    Raises:
        ModelError: an argument out of its bounds.
    """
    from_zero(wanted_mps=wanted_mps)
    above_zero(greatest_mps=greatest_mps)
    loss_ratio = involuntary_loss_ratio(length_m, force_of_sea_state(sea_state), sector)
    return min(wanted_mps, greatest_mps * (1.0 - loss_ratio), voluntary_ceiling_mps(sea_state, sector))


def _state(sea_state: int) -> None:
    if not 0 <= sea_state < len(DOUGLAS):
        raise ModelError(f"found sea state {sea_state}; expected 0 to {len(DOUGLAS) - 1} of the Douglas scale")
