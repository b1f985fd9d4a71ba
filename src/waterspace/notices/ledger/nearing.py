"""Shapes as a text says them: positions rounded, and of all ways to say the same shape one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Joined, Polygon, Sector, Without
from waterspace.errors import DraftError
from waterspace.messages.phrasing.positions import Notation, rounded
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.domain import Footprint, Position

__all__ = ["as_said"]

_HALF_TURN_DEG, _TURN_DEG = 180.0, 360.0
_CORNERS = 3


def as_said(footprint: Footprint, notation: Notation) -> Footprint:  # noqa: PLR0911  # one for each kind
    """A footprint as a text says it, one of all that say the same.

    Args:
        footprint: that does not move.
        notation: to which positions are rounded; lengths are rounded to hundredths of a mile, angles to tenths of a
            degree.

    Raises:
        DraftError: it moves, or is nothing when it is rounded.
    """
    match footprint:
        case Polygon():
            return Polygon(vertices=_ring(footprint.vertices, notation))
        case Circle():
            return Circle(centre=rounded(footprint.centre, notation), radius_m=_length_m(footprint.radius_m))
        case Sector():
            return _sector(footprint, notation)
        case Corridor(waypoints=(single,)):
            return Circle(centre=rounded(single, notation), radius_m=_length_m(footprint.half_width_m))
        case Corridor():
            points = tuple(rounded(point, notation) for point in footprint.waypoints)
            waypoints = min(points, points[::-1], key=_keys)
            return Corridor(waypoints=waypoints, half_width_m=_length_m(footprint.half_width_m))
        case Joined():
            return Joined(parts=_several(_flat(footprint), notation))
        case Without():
            holes = list(footprint.holes)
            base = footprint.base
            while isinstance(base, Without):
                holes = [*base.holes, *holes]
                base = base.base
            taken = _several([one for hole in holes for one in _flat(hole)], notation)
            return Without(base=as_said(base, notation), holes=taken)
    raise DraftError("an area of a draft moves, and no notice says how; draft the outline of what it sweeps")


def _flat(footprint: Footprint) -> list[Footprint]:
    """The parts of what is joined."""
    return [one for part in footprint.parts for one in _flat(part)] if isinstance(footprint, Joined) else [footprint]


def _several(footprints: Iterable[Footprint], notation: Notation) -> tuple[Footprint, ...]:
    found = {as_said(footprint, notation) for footprint in footprints}
    return tuple(sorted(found, key=repr))


def _sector(sector: Sector, notation: Notation) -> Footprint:
    centre = rounded(sector.centre, notation)
    radius_m, inner_m = _length_m(sector.radius_m), _length_m(sector.inner_radius_m)
    half_deg = round(sector.half_angle_deg, 1)
    if half_deg >= _HALF_TURN_DEG:
        return Sector.ring(centre, inner_m, radius_m) if inner_m else Circle(centre=centre, radius_m=radius_m)
    if not half_deg:
        raise DraftError("a sector of a draft has no width in tenths of a degree; draft a circle or a line")
    return Sector(
        centre=centre,
        bearing_deg=round(sector.bearing_deg % _TURN_DEG, 1) % _TURN_DEG,
        half_angle_deg=half_deg,
        radius_m=radius_m,
        inner_radius_m=inner_m,
    )


def _ring(vertices: Sequence[Position], notation: Notation) -> tuple[Position, ...]:
    """Corners from the southernmost on, in one of the two directions, none twice in a row."""
    kept: list[Position] = []
    for vertex in vertices:
        near = rounded(vertex, notation)
        if not kept or near != kept[-1]:
            kept.append(near)
    while len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    if len(set(kept)) < _CORNERS:
        raise DraftError(
            f"an area of a draft is too small for positions in {notation.name.lower()}; draft a circle around it"
        )
    ways = [(*line[at:], *line[:at]) for line in (kept, kept[::-1]) for at in range(len(line))]
    return min(ways, key=_keys)


def _keys(line: Sequence[Position]) -> list[tuple[float, float]]:
    return [(point.lat_deg, point.lon_deg) for point in line]


def _length_m(length_m: float) -> float:
    """A length to the hundredth of a mile."""
    return round(nautical_miles(length_m), 2) * NAUTICAL_MILE_M
