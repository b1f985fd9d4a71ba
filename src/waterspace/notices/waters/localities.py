"""Where in its general area a notice is: its locality, in the words that its issuer has for that.

Japan names the nearest landmark of a table and the side of it (`OKI SHOTO, NORTHWARD`), Russia likewise (`WEST OF
NOVAYA ZEMLYA ISLANDS`), the United States a coast or the state of the nearest shore (`VIETNAM`); warnings of China in
English have none. The landmarks and how far each reaches are assumed. Where none reaches there is no locality, and so
where the nearest shore is disputed: a blank is better than a wrong name.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from waterspace.domain import Joined, Position
from waterspace.environment.files.packaged import rows
from waterspace.messages.draft import Issuer
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from waterspace.domain import Footprint

__all__ = ["locality"]

_HERE_M: Final = 10.0 * NAUTICAL_MILE_M
"""Nearer than this a place is at the landmark, on no side of it: assumed."""

_SHORE_M: Final = 100.0 * NAUTICAL_MILE_M
"""Farther from every shore no state is named: assumed."""

_ISLET_M: Final = 24.0 * NAUTICAL_MILE_M
"""How much farther the shore behind an islet may be: assumed."""

_SIDES: Final = ("NORTH", "NORTHEAST", "EAST", "SOUTHEAST", "SOUTH", "SOUTHWEST", "WEST", "NORTHWEST")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Landmark:
    """A place by which others are told, how far away at most, and its name in the words of one issuer."""

    name: str
    position: Position
    reach_m: float


def locality(footprints: Sequence[Footprint], issuer: Issuer = Issuer.USA) -> str:
    """The locality of a notice, such as `OKI SHOTO, NORTHWARD`; empty where no known place is near.

    Args:
        footprints: the places of a notice; none have no locality.
        issuer: whose words are used.
    """
    from waterspace.geometry.footprints import bounding_circle, centre
    from waterspace.geometry.geodesic import inverse

    if not footprints or issuer is Issuer.CHINA:
        return ""
    whole = footprints[0] if len(footprints) == 1 else Joined(parts=tuple(footprints))
    middle = centre(whole) if len(footprints) == 1 else bounding_circle(whole).centre
    ways = ((*inverse(mark.position, middle), mark) for mark in _landmarks(issuer))
    near = min((way for way in ways if way[0] <= way[2].reach_m), key=lambda way: way[0], default=None)
    if near is None:
        return _shore(middle) if issuer is Issuer.USA else ""
    away_m, bearing_deg, mark = near
    if issuer is Issuer.USA or away_m <= _HERE_M:
        return mark.name
    side = _SIDES[round(bearing_deg / 45.0) % len(_SIDES)]
    return f"{side} OF {mark.name}" if issuer is Issuer.RUSSIA else f"{mark.name}, {side}WARD"


def _shore(position: Position) -> str:
    """The state of the nearest shore; empty for one far off, in dispute, or whose coasts lie far apart.

    An islet that the data assigns to nobody, without a dispute in the table, is passed over for the shore behind it.
    """
    from waterspace.environment.limits.baselines import UNASSIGNED, features
    from waterspace.environment.limits.zones import load
    from waterspace.environment.shores import coast

    lands = coast.load().nearest(position, _SHORE_M)
    for land in lands:
        holder = load().baselines.counted(land)
        is_islet = holder.startswith(UNASSIGNED) and holder.removeprefix(UNASSIGNED) not in features()
        if land.distance_m > lands[0].distance_m + _ISLET_M:
            break
        if not is_islet:
            return _states().get(holder, "")
    return ""


@functools.cache
def _landmarks(issuer: Issuer) -> tuple[_Landmark, ...]:
    return tuple(
        _Landmark(
            name=row[issuer.value],
            position=Position(lat_deg=float(row["lat_deg"]), lon_deg=float(row["lon_deg"])),
            reach_m=float(row["reach_nm"]) * NAUTICAL_MILE_M,
        )
        for row in rows("localities.csv")
        if row[issuer.value]
    )


@functools.cache
def _states() -> Mapping[str, str]:
    return {row["state"]: row["name"] for row in rows("states.csv")}
