"""Shapes as a text says them: positions rounded, and of all ways to say the same shape one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from waterspace.domain import Circle, Corridor, Joined, Polygon, Sector, Without
from waterspace.errors import DraftError
from waterspace.messages.phrasing.numbers import narrower_tenths, shorter_length_m, wider_tenths, written_length_m
from waterspace.messages.phrasing.outlines import corners, flat, parted
from waterspace.messages.phrasing.positions import Notation, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.domain import Footprint, Position

__all__ = ["as_said"]

_PER_DEGREE = 10
_TURN = 360 * _PER_DEGREE


def as_said(footprint: Footprint, notation: Notation) -> Footprint:
    """A footprint as a text says it, one of all that say the same.

    Args:
        footprint: that does not move.
        notation: to which positions are rounded; lengths are rounded to hundredths of a mile and bearings to tenths of
            a degree, so that no danger becomes smaller.

    Raises:
        DraftError: it moves, or is nothing when it is rounded.
    """
    return _said(footprint, notation, _OUTWARDS)


class _Way(NamedTuple):
    """How texts write the lengths and the bearings of a place."""

    length_m: Callable[[float], float]
    tenths: Callable[[Sector], tuple[int, int]]


_OUTWARDS = _Way(written_length_m, wider_tenths)
_INWARDS = _Way(shorter_length_m, narrower_tenths)
"""The same of what is left out of a place."""


def _said(  # noqa: PLR0911  # one for each kind
    footprint: Footprint, notation: Notation, way: _Way
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
            return Without(base=_said(base, notation, way), holes=_several(holes, notation, _INWARDS))
    raise DraftError("an area of a draft moves, and no notice says how; draft the outline of what it sweeps")


def _several(footprints: Iterable[Footprint], notation: Notation, way: _Way) -> tuple[Footprint, ...]:
    found = {_said(footprint, notation, way) for footprint in footprints}
    return tuple(sorted(found, key=repr))


def _sector(sector: Sector, notation: Notation, way: _Way) -> Footprint:
    centre = rounded(sector.centre, notation)
    other = _INWARDS if way is _OUTWARDS else _OUTWARDS
    radius_m, inner_m = way.length_m(sector.radius_m), other.length_m(sector.inner_radius_m)
    first, last = way.tenths(sector)
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
