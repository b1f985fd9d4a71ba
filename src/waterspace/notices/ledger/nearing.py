"""Shapes as a text says them: positions rounded, and of all ways to say the same shape one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Joined, Polygon, Sector, Without
from waterspace.errors import DraftError
from waterspace.messages.phrasing.numbers import LENGTH_RESOLUTION_M, written_length_m
from waterspace.messages.phrasing.outlines import corners, flat, parted
from waterspace.messages.phrasing.positions import Notation, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.domain import Footprint, Position

__all__ = ["as_said"]

_PER_DEGREE = 10
_TURN = 360 * _PER_DEGREE
_SAME = 1e-6
"""Part of the last digit that is noise."""


def as_said(footprint: Footprint, notation: Notation) -> Footprint:
    """A footprint as a text says it, one of all that say the same.

    Args:
        footprint: that does not move.
        notation: to which positions are rounded; lengths are rounded to hundredths of a mile and bearings to tenths of
            a degree, so that no danger becomes smaller.

    Raises:
        DraftError: it moves, or is nothing when it is rounded.
    """
    return _said(footprint, notation, _Outwards)


class _Outwards:
    """How lengths and bearings of a danger are written."""

    @staticmethod
    def length_m(length_m: float) -> float:
        """Up to the hundredth of a mile."""
        return written_length_m(length_m)

    @staticmethod
    def bearings(first: float, last: float) -> tuple[int, int]:
        """Two bearings in tenths of a degree, away from each other."""
        return math.floor(first + _SAME), math.ceil(last - _SAME)


class _Inwards(_Outwards):
    """The same of what is left out of it."""

    @staticmethod
    def length_m(length_m: float) -> float:
        """Down to the hundredth of a mile."""
        return math.floor(length_m / LENGTH_RESOLUTION_M + _SAME) * LENGTH_RESOLUTION_M

    @staticmethod
    def bearings(first: float, last: float) -> tuple[int, int]:
        """Two bearings in tenths of a degree, towards each other."""
        return math.ceil(first - _SAME), math.floor(last + _SAME)


def _said(  # noqa: PLR0911  # one for each kind
    footprint: Footprint, notation: Notation, way: type[_Outwards]
) -> Footprint:
    match footprint:
        case Polygon():
            return Polygon(vertices=_ring(footprint.vertices, notation))
        case Circle():
            return Circle(centre=rounded(footprint.centre, notation), radius_m=way.length_m(footprint.radius_m))
        case Sector():
            return _sector(footprint, notation, way)
        case Corridor(waypoints=(single,)):
            return Circle(centre=rounded(single, notation), radius_m=way.length_m(footprint.half_width_m))
        case Corridor():
            points = tuple(rounded(point, notation) for point in footprint.waypoints)
            waypoints = min(points, points[::-1], key=_keys)
            return Corridor(waypoints=waypoints, half_width_m=way.length_m(footprint.half_width_m))
        case Joined():
            return Joined(parts=_several(flat(footprint), notation, way))
        case Without():
            base, holes = parted(footprint)
            return Without(base=_said(base, notation, way), holes=_several(holes, notation, _Inwards))
    raise DraftError("an area of a draft moves, and no notice says how; draft the outline of what it sweeps")


def _several(footprints: Iterable[Footprint], notation: Notation, way: type[_Outwards]) -> tuple[Footprint, ...]:
    found = {_said(footprint, notation, way) for footprint in footprints}
    return tuple(sorted(found, key=repr))


def _sector(sector: Sector, notation: Notation, way: type[_Outwards]) -> Footprint:
    centre = rounded(sector.centre, notation)
    inwards = _Inwards if way is _Outwards else _Outwards
    radius_m, inner_m = way.length_m(sector.radius_m), inwards.length_m(sector.inner_radius_m)
    first, last = way.bearings(
        (sector.bearing_deg - sector.half_angle_deg) * _PER_DEGREE,
        (sector.bearing_deg + sector.half_angle_deg) * _PER_DEGREE,
    )
    if last - first >= _TURN:
        return Sector.ring(centre, inner_m, radius_m) if inner_m else Circle(centre=centre, radius_m=radius_m)
    if first >= last:
        raise DraftError("a sector of a draft has no width in tenths of a degree; draft a circle or a line")
    return Sector(
        centre=centre,
        bearing_deg=(first + last) % (2 * _TURN) / (2 * _PER_DEGREE),
        half_angle_deg=(last - first) / (2 * _PER_DEGREE),
        radius_m=radius_m,
        inner_radius_m=inner_m,
    )


def _ring(vertices: Sequence[Position], notation: Notation) -> tuple[Position, ...]:
    """Corners from the southernmost on, in one of the two directions, none twice in a row."""
    kept = corners(vertices, notation)
    ways = [(*line[at:], *line[:at]) for line in (kept, kept[::-1]) for at in range(len(line))]
    return min(ways, key=_keys)


def _keys(line: Sequence[Position]) -> list[tuple[float, float]]:
    return [(point.lat_deg, point.lon_deg) for point in line]
