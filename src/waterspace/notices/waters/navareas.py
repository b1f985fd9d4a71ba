"""The navigational areas of the world: in which one a place lies, and who coordinates its warnings.

Source: IMO resolution A.706(17) as amended, annex. The limits in the table were written from general knowledge and are
assumed, as is the list of coordinators: within 30 nautical miles of a limit a place is said to be in both areas, and a
person decides.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from waterspace.environment.files.packaged import rows
from waterspace.notices.waters.sampling import corners, inside, sampled
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from waterspace.domain import Footprint

__all__ = ["MARGIN_M", "Navarea", "coordinator", "navarea", "navareas"]

MARGIN_M: Final = 30.0 * NAUTICAL_MILE_M
"""How near to an assumed limit a place counts as being in both areas."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Navarea:
    """A navigational area.

    Attributes:
        number: roman, such as `XI`.
        state: of its coordinator, ISO 3166-1 alpha-3.
        coordinator: in words; not verified.
        area: shapely polygon in longitude and latitude.
    """

    number: str
    state: str
    coordinator: str
    area: Any


@functools.cache
def navareas() -> Mapping[str, Navarea]:
    """The areas by their numbers, in order."""
    return {
        row["area"]: Navarea(
            number=row["area"], state=row["state"], coordinator=row["coordinator"], area=corners(row["corners"])
        )
        for row in rows("navareas.csv")
    }


def navarea(footprints: Sequence[Footprint]) -> tuple[str, ...]:
    """The numbers of the areas that places lie in, the one with most of them first, then those within the margin.

    Args:
        footprints: the places of a notice; none lie in no area.
    """
    if not footprints:
        return ()
    held, near = _shares(footprints, 0.0), _shares(footprints, MARGIN_M)
    first = sorted(held, key=lambda number: -held[number])
    return (*first, *sorted((number for number in near if number not in held), key=lambda number: -near[number]))


def coordinator(number: str) -> str:
    """Who coordinates an area, such as `Japan Hydrographic and Oceanographic Department` for `XI`.

    Raises:
        KeyError: no area has that number.
    """
    return navareas()[number].coordinator


def _shares(footprints: Sequence[Footprint], margin_m: float) -> dict[str, float]:
    """The areas that hold points of places, and how many of all points."""
    lat, lon = sampled(footprints, margin_m)
    shares = {number: float(inside(area.area, lat, lon).mean()) for number, area in navareas().items()}
    return {number: share for number, share in shares.items() if share}
