"""GeoJSON: positions, footprints, what two footprints share and tracks as the geometries of RFC 7946.

Outer rings run anticlockwise and holes clockwise, as the standard asks; what crosses the meridian of 180 degrees is cut
there, and a ring round a pole is closed along the pole. Coordinates have six decimals, about a decimetre. Areas that
overlap are united, for the parts of a valid MultiPolygon share no water.

Source: RFC 7946, The GeoJSON Format, 3.1.6 and 3.1.9; OGC 06-103r4, Simple feature access, 6.1.14.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from waterspace.domain import Overlap, Position
from waterspace.geometry import footprints

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from waterspace.domain import Shape
    from waterspace.geometry.regions import Patch

__all__ = ["geometry_of", "line_of", "ring_of"]

_DECIMALS = 6
_DATE_LINE_DEG, _TURN_DEG, _POLE_DEG = 180.0, 360.0, 90.0

_Corner = tuple[float, float]


def geometry_of(shapes: Sequence[Shape], position: Position | None = None) -> Mapping[str, Any]:
    """One geometry of everything: `MultiPolygon` and the like of several parts, `GeometryCollection` of several kinds.

    Args:
        shapes: at least one; two footprints that only touch share nothing to be drawn.
        position: stands for what has no extent of its own.
    """
    drawn = [part for shape in shapes for part in _parts(shape)]
    areas = [part for part in drawn if part["type"] == "Polygon"]
    parts = [*_united(areas), *(part for part in drawn if part["type"] != "Polygon")]
    if not parts and position is not None:
        parts = [_point(position)]
    kinds = {str(part["type"]) for part in parts}
    if len(parts) == 1:
        return parts[0]
    if len(kinds) == 1:
        return {"type": f"Multi{kinds.pop()}", "coordinates": [part["coordinates"] for part in parts]}
    return {"type": "GeometryCollection", "geometries": parts}


def ring_of(corners: Sequence[Position]) -> Mapping[str, Any]:
    """The area within some corners with those corners and no others, unless it is cut at 180 degrees.

    Args:
        corners: at least three in order, either way round, the first not repeated.
    """
    from waterspace.geometry.regions import Patch

    return _whole(list(_areas([Patch(tuple(corners))])), corners[0])


def line_of(points: Sequence[Position]) -> Mapping[str, Any]:
    """A line through points, cut at 180 degrees; a single point is one.

    Args:
        points: at least one.
    """
    return _whole(list(_lines([_corner(point) for point in points])), points[0])


def _whole(parts: Sequence[Mapping[str, Any]], position: Position) -> Mapping[str, Any]:
    """Parts of one kind as one geometry; where nothing is left of them, the position."""
    if not parts:
        return _point(position)
    if len(parts) == 1:
        return parts[0]
    return {"type": f"Multi{parts[0]['type']}", "coordinates": [part["coordinates"] for part in parts]}


def _parts(shape: Shape) -> Iterator[Mapping[str, Any]]:
    if isinstance(shape, Position):
        yield _point(shape)
    elif isinstance(shape, tuple):
        corners = [shape[0].start, *(leg.end for leg in shape)] if shape else []
        yield from _lines([_corner(corner) for corner in corners])
    elif isinstance(shape, Overlap):
        from waterspace.geometry.reservations.pairwise import shared_region

        yield from _areas(shared_region(shape.first, shape.second, shape.window))
    else:
        yield from _areas(footprints.outlines(shape))


def _united(areas: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Areas on the grid of the decimals that neither overlap nor cross themselves; as they are where they need not."""
    import shapely

    if not areas:
        return []
    polygons = [shapely.Polygon(rings[0], rings[1:]) for rings in (area["coordinates"] for area in areas)]
    if shapely.MultiPolygon(polygons).is_valid:
        return list(areas)
    sound = [one if one.is_valid else shapely.make_valid(one) for one in polygons]
    return list(_plain(shapely.union_all(sound, grid_size=10.0**-_DECIMALS)))


def _corner(position: Position) -> _Corner:
    return round(position.lon_deg, _DECIMALS), round(position.lat_deg, _DECIMALS)


def _point(position: Position) -> Mapping[str, Any]:
    return {"type": "Point", "coordinates": list(_corner(position))}


def _unwrapped(corners: Sequence[_Corner]) -> list[_Corner]:
    """The corners with longitudes that never jump, within half a turn of the first and beyond."""
    found = [corners[0]]
    for lon_deg, lat_deg in corners[1:]:
        turns = round((found[-1][0] - lon_deg) / _TURN_DEG)
        found.append((lon_deg + turns * _TURN_DEG, lat_deg))
    return found


def _lines(corners: Sequence[_Corner]) -> Iterator[Mapping[str, Any]]:
    import shapely

    if len(corners) < 2:
        return
    if len(set(corners)) == 1:
        yield {"type": "Point", "coordinates": list(corners[0])}
        return
    yield from _cut(shapely.LineString(_unwrapped(corners)))


def _areas(patches: Sequence[Patch]) -> Iterator[Mapping[str, Any]]:
    import shapely

    for patch in patches:
        outer = _closed([_corner(position) for position in patch.outer])
        holes = [_closed([_corner(position) for position in hole]) for hole in patch.holes]
        near = [
            [
                (lon_deg + round((outer[0][0] - hole[0][0]) / _TURN_DEG) * _TURN_DEG, lat_deg)
                for lon_deg, lat_deg in hole
            ]
            for hole in holes
        ]
        area = shapely.Polygon(outer, near)
        yield from _cut(area if area.is_valid else shapely.make_valid(area))


def _closed(corners: Sequence[_Corner]) -> list[_Corner]:
    """A ring without jumps; one that goes round a pole comes back along the pole."""
    ring = _unwrapped([*corners, corners[0]])
    if round(ring[-1][0] - ring[0][0]) == 0:
        return ring
    pole_deg = _POLE_DEG if sum(lat_deg for _, lat_deg in ring) > 0.0 else -_POLE_DEG
    return [*ring, (ring[-1][0], pole_deg), (ring[0][0], pole_deg), ring[0]]


def _cut(drawn: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401  # shapely ships no types
    """The parts of a drawing east and west of the meridian of 180 degrees, each in its own degrees."""
    import shapely

    west_deg, _, east_deg, _ = drawn.bounds
    lowest = int((west_deg + _DATE_LINE_DEG) // _TURN_DEG)
    highest = int((east_deg + _DATE_LINE_DEG) // _TURN_DEG)
    for turn in range(lowest, highest + 1):
        middle_deg = turn * _TURN_DEG
        sheet = shapely.box(middle_deg - _DATE_LINE_DEG, -_POLE_DEG, middle_deg + _DATE_LINE_DEG, _POLE_DEG)
        part = drawn if lowest == highest else shapely.intersection(drawn, sheet)
        moved = shapely.transform(part, lambda points, by_deg=middle_deg: points - (by_deg, 0.0))
        yield from _plain(moved)


def _plain(drawn: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401
    """Lines and polygons as mappings; pieces without extent are left out."""
    import shapely
    from shapely.geometry import polygon

    for part in shapely.get_parts(drawn):
        if part.is_empty:
            continue
        if part.geom_type == "Polygon":
            turned = polygon.orient(part)
            rings = [turned.exterior, *turned.interiors]
            yield {"type": "Polygon", "coordinates": [_rounded(ring.coords) for ring in rings]}
        elif part.geom_type == "LineString":
            yield {"type": "LineString", "coordinates": _rounded(part.coords)}


def _rounded(corners: Any) -> list[list[float]]:  # noqa: ANN401
    return [[round(lon_deg, _DECIMALS), round(lat_deg, _DECIMALS)] for lon_deg, lat_deg in corners]
