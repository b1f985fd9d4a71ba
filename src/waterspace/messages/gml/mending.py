"""Joins what was cut at the meridian of 180 degrees: areas with edges on it, and lines that end and begin there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from waterspace.domain import Polygon, Position, Without
from waterspace.errors import GeometryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.domain import Footprint
    from waterspace.messages.reading import Span

__all__ = ["mended", "spliced"]

_DATE_LINE_DEG, _TURN_DEG = 180.0, 360.0
_STRAIGHT_DEG = 3e-6
"""A corner on the meridian that is no further from a straight line is one that the cut made; coordinates have six
decimals where a cut was made."""

_ON_IT_DEG = 1e-9

_Line = tuple["list[Position]", "list[Span]"]


def mended(footprints: Sequence[Footprint]) -> list[Footprint]:
    """The same footprints, those that touch the meridian of 180 degrees from both sides joined across it.

    Raises:
        GeometryError: they bound nothing that can be joined, such as a ring whose sides cross.
    """
    touching = [one for one in footprints if _touches(one)]
    west = any(vertex.lon_deg == -_DATE_LINE_DEG for one in touching for vertex in _ring(one))
    east = any(vertex.lon_deg == _DATE_LINE_DEG for one in touching for vertex in _ring(one))
    if not (west and east):
        return list(footprints)
    import shapely

    try:
        drawn = shapely.union_all([_drawn(one) for one in touching], grid_size=1e-7)
    except shapely.errors.ShapelyError as error:
        raise GeometryError(f"areas cut at 180 degrees cannot be joined: {error}") from None
    joined = [_footprint(part) for part in shapely.get_parts(drawn) if part.geom_type == "Polygon"]
    if not joined:
        raise GeometryError("areas cut at 180 degrees cannot be joined: they bound nothing")
    return [*(one for one in footprints if one not in touching), *joined]


def _touches(footprint: Footprint) -> bool:
    return any(abs(vertex.lon_deg) == _DATE_LINE_DEG for vertex in _ring(footprint))


def _ring(footprint: Footprint) -> Sequence[Position]:
    base = footprint.base if isinstance(footprint, Without) else footprint
    return base.vertices if isinstance(base, Polygon) else ()


def _drawn(footprint: Footprint) -> Any:  # noqa: ANN401  # shapely ships no types
    """An area in longitudes from 0 to 360."""
    import shapely

    holes = footprint.holes if isinstance(footprint, Without) else ()
    area = shapely.Polygon(list(_unwrapped(_ring(footprint))))
    for hole in holes:
        area = shapely.difference(area, shapely.Polygon(list(_unwrapped(_ring(hole)))))
    return area


def _unwrapped(ring: Sequence[Position]) -> Iterator[tuple[float, float]]:
    """Longitudes from 0 to 360; what touches the meridian lies on one side of it only."""
    is_west = any(vertex.lon_deg == -_DATE_LINE_DEG for vertex in ring)
    for vertex in ring:
        yield vertex.lon_deg + (_TURN_DEG if is_west or vertex.lon_deg < 0.0 else 0.0), vertex.lat_deg


def _footprint(area: Any) -> Footprint:  # noqa: ANN401
    base = Polygon(vertices=tuple(_open(area.exterior.coords)))
    holes = tuple(Polygon(vertices=tuple(_open(hole.coords))) for hole in area.interiors)
    return Without(base=base, holes=holes) if holes else base


def _open(coords: Any) -> Iterator[Position]:  # noqa: ANN401
    """The corners of a closed ring without those that the cut made."""
    ring = [(float(lon_deg), float(lat_deg)) for lon_deg, lat_deg in coords][:-1]
    for before, here, after in zip((ring[-1], *ring[:-1]), ring, (*ring[1:], ring[0]), strict=True):
        if abs(here[0] - _DATE_LINE_DEG) < _ON_IT_DEG and _is_between(before, here, after):
            continue
        lon_deg = here[0] - _TURN_DEG if here[0] > _DATE_LINE_DEG else here[0]
        yield Position(lat_deg=here[1], lon_deg=lon_deg)


def _is_between(before: tuple[float, float], here: tuple[float, float], after: tuple[float, float]) -> bool:
    """Whether a corner lies on the straight line between its neighbours."""
    run, rise = after[0] - before[0], after[1] - before[1]
    length = max(abs(run), abs(rise))
    if length == 0.0 or (before[0] - _DATE_LINE_DEG) * (after[0] - _DATE_LINE_DEG) >= 0.0:
        return False
    return abs(run * (here[1] - before[1]) - rise * (here[0] - before[0])) / length < _STRAIGHT_DEG


def spliced(lines: Sequence[_Line]) -> list[_Line]:
    """The same lines, those that end on the meridian of 180 degrees joined to one that begins there."""
    found: list[_Line] = []
    for positions, spans in lines:
        if not found or not _goes_on(found[-1][0][-1], positions[0]):
            found.append((list(positions), list(spans)))
            continue
        before, spans_before = found[-1]
        inner = [*before[-2:-1], before[-1], *positions[1:2]]
        is_cut = len(inner) < 3 or _is_between(*((_eastward(one), one.lat_deg) for one in inner))
        keep = len(before) - (1 if is_cut else 0)
        found[-1] = ([*before[:keep], *positions[1:]], [*spans_before[:keep], *spans[1:]])
    return found


def _eastward(position: Position) -> float:
    """A longitude from 0 to 360."""
    return position.lon_deg + (_TURN_DEG if position.lon_deg < 0.0 else 0.0)


def _goes_on(end: Position, start: Position) -> bool:
    return (
        abs(end.lon_deg) == _DATE_LINE_DEG
        and start.lon_deg == -end.lon_deg
        and abs(start.lat_deg - end.lat_deg) < _STRAIGHT_DEG
    )
