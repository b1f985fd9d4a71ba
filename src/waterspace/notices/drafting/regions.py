"""Flight information regions that dangers lie in, by the planner's own file of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Exercise, Footprint

__all__ = ["regions_of"]


def regions_of(exercise: Exercise, footprints: Sequence[Footprint]) -> tuple[str, ...]:
    """ICAO codes of the regions that some footprints share more than an edge with, in order of the alphabet.

    None where the file of the exercise gives no regions: no official boundaries are packaged.

    Raises:
        DataFileError: the file of the regions cannot be read.
    """
    from waterspace.environment.overlays.firs import code_of
    from waterspace.environment.surroundings import Surroundings
    from waterspace.geometry.meeting import footprints_meet

    regions = Surroundings.of(exercise).firs
    if regions is None:
        return ()
    found = {
        code_of(name)
        for name, polygons in regions.footprints.items()
        if any(footprints_meet(polygon, place) is not None for polygon in polygons for place in footprints)
    }
    return tuple(sorted(found))
