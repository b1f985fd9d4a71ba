"""Cutting a place where it crosses the limit of a territorial sea, so that each part has the notice of its own waters.

The limit is computed, never legal: see `waterspace.environment.limits.zones`. A part that a notice can tell has few
corners, so the cut follows the limit only roughly, on the safe side of both: every part covers all that it stands for,
and parts overlap along the cut rather than leave a gap.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from waterspace.domain import Joined, Without
from waterspace.environment.limits.baselines import UNASSIGNED
from waterspace.environment.limits.belts import belts
from waterspace.environment.limits.zones import load
from waterspace.errors import GeometryError
from waterspace.geometry.cornering import covering, outlined
from waterspace.geometry.footprints import bounding_circle
from waterspace.geometry.plane import Plane
from waterspace.geometry.shapes import solid
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Footprint, Polygon
    from waterspace.environment.limits.zones import Zones

__all__ = ["LEAST_M2", "Piece", "split"]

LEAST_M2: Final = NAUTICAL_MILE_M**2
"""A part smaller than this is not cut off: assumed, a square nautical mile."""

_OUTSIDE: Final = ""
"""Stands for the holder of what lies in nobody's sea."""

_JOINT_M: Final = 1.0
"""How far a small part is widened to join what lies beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a place.

    Attributes:
        footprint: with at most 12 corners where it was cut; the whole place as it was where it was not.
        state: in whose territorial sea, internal waters or land it lies, ISO 3166-1 alpha-3; None outside of all;
            empty where that hangs on a feature that is assigned to nobody.
        feature: key of that feature, else empty.
    """

    footprint: Footprint
    state: str | None
    feature: str = ""


def split(footprint: Footprint, zones: Zones | None = None, least_m2: float = LEAST_M2) -> tuple[Piece, ...]:
    """A place by whose territorial sea its parts lie in: those of states first, then what lies outside.

    Args:
        footprint: right up to 500 km across; it must not move.
        zones: with the holders that a planner gives features in dispute; None for the packaged ones.
        least_m2: a part with less area goes with what lies beside it.

    Returns:
        At least one piece. Together they cover all of the footprint, to a metre.

    Raises:
        GeometryError: the footprint bounds nothing.
    """
    return _split(footprint, zones or load(), least_m2)


@functools.lru_cache(maxsize=512)
def _split(footprint: Footprint, zones: Zones, least_m2: float) -> tuple[Piece, ...]:
    """As `split`; the same place is asked for again and again."""
    if isinstance(footprint, Joined):
        return tuple(piece for part in footprint.parts for piece in split(part, zones, least_m2))
    if isinstance(footprint, Without):
        found = (_without(piece, footprint.holes) for piece in split(footprint.base, zones, least_m2))
        return tuple(piece for piece in found if piece is not None)
    if not zones.territorial_seas_near(footprint):
        return (Piece(footprint=footprint, state=None),)
    whole = covering(footprint)
    plane = Plane(bounding_circle(whole).centre)
    parts = _parts(whole, footprint, plane, zones, least_m2)
    holders = {holder for holder, _ in parts}
    if len(holders) == 1:
        return (_piece(footprint, next(iter(holders))),)
    return tuple(_piece(corners, holder) for holder, part in parts for corners in outlined(whole, plane, part))


def _parts(whole: Polygon, footprint: Footprint, plane: Plane, zones: Zones, least_m2: float) -> list[tuple[str, Any]]:
    """The parts of a polygon that covers a footprint, by holder, empty for none; small ones joined with others."""
    import shapely

    outline = solid(whole, plane)
    shape = solid(footprint, plane)
    if not shape.area:  # a line or a point is not cut, and belongs where most of it is
        shape, least_m2 = outline, np.inf
    held = belts(zones.baselines, whole, plane)
    outside = shapely.difference(outline, shapely.union_all(list(held.values())))
    parts = [
        (holder, part)
        for holder, area in (*sorted(held.items()), (_OUTSIDE, outside))
        for part in shapely.get_parts(_opened(area))
        if part.geom_type == "Polygon"
    ]
    parts.sort(key=lambda one: -shapely.intersection(one[1], shape).area)
    large = [one for one in parts if shapely.intersection(one[1], shape).area >= least_m2] or parts[:1]
    areas = [area for _, area in large]
    for _, small in parts[len(large) :]:
        beside = int(np.argmin([shapely.distance(area, small) for area in areas]))
        areas[beside] = shapely.union_all([areas[beside], small.buffer(_JOINT_M)])
    united: dict[str, list[Any]] = {}
    for (holder, _), area in zip(large, areas, strict=True):
        united.setdefault(holder, []).append(shapely.intersection(area, outline))
    return [
        (holder, part)
        for holder in sorted(united, key=lambda name: (name == _OUTSIDE, name.startswith(UNASSIGNED), name))
        for part in shapely.get_parts(_opened(shapely.union_all(united[holder])))
        if part.geom_type == "Polygon"
    ]


def _opened(area: Any) -> Any:  # noqa: ANN401  # shapely ships no types
    """An area without threads that have no breadth, which are left where edges run along each other."""
    return area.buffer(-_JOINT_M, join_style="mitre").buffer(_JOINT_M, join_style="mitre")


def _piece(footprint: Footprint, holder: str) -> Piece:
    if holder == _OUTSIDE:
        return Piece(footprint=footprint, state=None)
    if holder.startswith(UNASSIGNED):
        return Piece(footprint=footprint, state="", feature=holder.removeprefix(UNASSIGNED))
    return Piece(footprint=footprint, state=holder)


def _without(piece: Piece, holes: Sequence[Footprint]) -> Piece | None:
    """A piece without holes; None where they cover all of it."""
    left = Without(base=piece.footprint, holes=tuple(holes))
    plane = Plane(bounding_circle(piece.footprint).centre)
    try:
        solid(left, plane)
    except GeometryError:
        return None
    return replace(piece, footprint=left)
