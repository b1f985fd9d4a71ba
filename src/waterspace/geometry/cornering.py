"""Areas that a notice can tell: few corners, to a hundredth of a minute, and nothing of what they stand for lost."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from waterspace.domain import Circle, Polygon, Position
from waterspace.geometry.plane import Plane

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Footprint
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["MOST_CORNERS", "covering", "outlined"]

MOST_CORNERS: Final = 12
"""Assumed: the warnings of the seas around Japan in 2026 have seven corners in the middle."""

_MOST_OF_WHOLE: Final = 10
"""Corners of what is to be cut, so that some are left for the cut."""

_UNITS: Final = 6000
"""Of a hundredth of a minute, how many a degree has."""

_MARGIN_M: Final = 20.0
"""More than a hundredth of a minute."""

_FIRST_M, _GROWTH, _LAST_M = 30.0, 1.4, 50_000.0
"""How much simpler an outline is made at first, by how much that grows while it has too many corners, and until when.
"""

_STRAY_M: Final = 2000.0
"""What is made simpler than this is told in two polygons: assumed, about a mile in a limit that is computed anyhow."""

_MOST_CUTS: Final = 3
"""Into no more than eight polygons."""

_CLEAR_M: Final = 80.0
"""No corner is nearer to another or to a side: more than twice a second of arc, to which some round, so that
sides never cross.
"""

_LOST_RATIO: Final = 1e-9
"""A share of an area that is nothing but rounding."""

_HOPEFUL: Final = 2
"""An outline with more than twice the corners wanted is not looked at closely."""

_SAME_M: Final = 1.0
"""Corners nearer than this are one."""

_REACH: Final = 4
"""How many hundredths of a minute a corner is moved at most to lie on the safe side of its edges."""


def covering(footprint: Footprint) -> Polygon:
    """A polygon of at most 10 corners that covers a footprint; a polygon that is such a one itself.

    Args:
        footprint: of one piece and without holes.
    """
    import shapely

    from waterspace.geometry.footprints import bounding_circle
    from waterspace.geometry.shapes import solid

    if isinstance(footprint, Polygon) and len(footprint.vertices) <= _MOST_OF_WHOLE:
        return footprint
    plane = Plane(bounding_circle(footprint).centre)
    if isinstance(footprint, Circle):
        turn = 2.0 * np.pi * np.arange(_MOST_OF_WHOLE) / _MOST_OF_WHOLE
        reach_m = (footprint.radius_m + _MARGIN_M) / np.cos(np.pi / _MOST_OF_WHOLE)
        ring = reach_m * np.stack((np.sin(turn), np.cos(turn)), axis=1)
    else:
        shape = solid(footprint, plane).buffer(_MARGIN_M)
        room = shapely.box(*shape.buffer(_LAST_M).bounds)
        ring, _ = _few(shapely.Polygon(shape.exterior), room, _MOST_OF_WHOLE)
    return Polygon(vertices=tuple(_rounded(plane.position(*corner)) for corner in ring.tolist()))


def outlined(whole: Polygon, plane: Plane, area: Any) -> Iterator[Polygon]:  # noqa: ANN401  # shapely ships no types
    """Polygons of at most 12 corners that together cover a part of a polygon: one, or more where it has holes.

    Args:
        whole: of which it is a part; its corners stay as they are, and no other lies outside by more than some metres.
        plane: around it.
        area: shapely polygon on the plane.
    """
    import shapely

    from waterspace.geometry.shapes import solid

    own = plane.project_positions(whole.vertices)
    straight, true = shapely.Polygon(own), solid(whole, plane)
    for part in _without_holes(area):
        for ring in _told(part, straight if straight.is_valid else true, _MOST_CUTS):
            yield Polygon(vertices=tuple(_corners(ring, own, true, plane, whole)))


def _without_holes(area: Any) -> Iterator[Any]:  # noqa: ANN401
    """An area in parts that have no holes: cut through the middle of each, the shorter way."""
    import shapely

    if not area.interiors:
        yield area
        return
    x_m, y_m = shapely.Polygon(area.interiors[0]).centroid.coords[0]
    west, south, east, north = area.buffer(_SAME_M).bounds
    halves = (
        (shapely.box(west, south, x_m, north), shapely.box(x_m, south, east, north)),
        (shapely.box(west, south, east, y_m), shapely.box(west, y_m, east, north)),
    )
    lines = (shapely.LineString([(x_m, south), (x_m, north)]), shapely.LineString([(west, y_m), (east, y_m)]))
    shorter = min((0, 1), key=lambda way: float(shapely.length(shapely.intersection(area, lines[way]))))
    for half in halves[shorter]:
        for part in shapely.get_parts(shapely.intersection(area, half)):
            if part.geom_type == "Polygon" and part.area > _SAME_M:
                yield from _without_holes(part)


def _told(part: Any, whole: Any, cuts: int) -> Iterator[FloatArray]:  # noqa: ANN401
    """Corners of polygons that together cover a part: it is cut in halves where one would stray too far."""
    import shapely

    ring, stray_m = _few(part, whole, MOST_CORNERS)
    if stray_m <= _STRAY_M or not cuts:
        yield ring
        return
    west, south, east, north = part.bounds
    x_m, y_m = (west + east) / 2.0, (south + north) / 2.0
    halves = (
        (shapely.box(west, south, x_m, north), shapely.box(x_m, south, east, north))
        if east - west > north - south
        else (shapely.box(west, south, east, y_m), shapely.box(west, y_m, east, north))
    )
    for half in halves:
        for piece in shapely.get_parts(shapely.intersection(part, half)):
            if piece.geom_type == "Polygon" and piece.area > _SAME_M:
                yield from _told(piece, whole, cuts - 1)


def _few(part: Any, whole: Any, most: int) -> tuple[FloatArray, float]:  # noqa: ANN401
    """The corners of a polygon that covers a part and stays in the whole, shape (n, 2), and how far it strays.

    Not more corners than so many; the whole itself where no such polygon is found.
    """
    import shapely

    inner = shapely.intersection(part, whole)
    rough_m = _FIRST_M
    while rough_m < _LAST_M:
        simple = part.simplify(rough_m)
        spares = (_SAME_M, _CLEAR_M, 3.0 * _CLEAR_M) if shapely.get_num_coordinates(simple) <= _HOPEFUL * most else ()
        for spare_m in spares:
            for one in shapely.get_parts(shapely.intersection(_around(part, simple, spare_m), whole)):
                ring = _ring(one, inner)
                if ring is not None and len(ring) <= most:
                    return ring, rough_m
        rough_m *= _GROWTH
    return np.asarray(shapely.get_coordinates(whole.exterior)[:-1]), _LAST_M


def _ring(area: Any, inner: Any) -> FloatArray | None:  # noqa: ANN401
    """The corners of an area without its holes; None where it loses something or would cross itself when rounded."""
    import shapely

    if area.geom_type != "Polygon" or area.intersection(inner).area < inner.area * (1.0 - _LOST_RATIO):
        return None
    plain = shapely.Polygon(area.exterior).simplify(_SAME_M)
    if shapely.minimum_clearance(plain) < _CLEAR_M:
        return None
    return np.asarray(shapely.get_coordinates(plain)[:-1])


def _around(part: Any, simple: Any, spare_m: float) -> Any:  # noqa: ANN401
    """A polygon around a part: a simpler one, widened by what it lost and some more."""
    import shapely

    lost_m = float(np.max(shapely.distance(shapely.points(shapely.get_coordinates(part)), simple)))
    wide = simple.buffer(lost_m + spare_m, join_style="mitre", mitre_limit=2.0)
    return shapely.Polygon(wide.exterior) if wide.geom_type == "Polygon" else wide


def _corners(ring: FloatArray, own: FloatArray, true: Any, plane: Plane, whole: Polygon) -> Iterator[Position]:  # noqa: ANN401
    """The corners of a ring as positions: those of the whole as they are, others rounded outwards.

    A corner on an edge of the whole is first brought onto that edge as it truly runs.
    """
    import shapely

    clockwise = not shapely.LinearRing(ring).is_ccw
    edge = true.exterior
    straight = shapely.LinearRing(own)
    for before, corner, after in zip(np.roll(ring, 1, axis=0), ring, np.roll(ring, -1, axis=0), strict=True):
        away = np.hypot(*(own - corner).T)
        if away.min() <= _SAME_M:
            yield whole.vertices[int(away.argmin())]
            continue
        point, at = shapely.Point(corner), corner
        if shapely.distance(point, straight) <= _SAME_M:
            at = np.array(shapely.line_interpolate_point(edge, shapely.line_locate_point(edge, point)).coords[0])
        yield _outwards(plane, (before, at, after), -1.0 if clockwise else 1.0)


def _outwards(plane: Plane, corners: tuple[FloatArray, FloatArray, FloatArray], turn: float) -> Position:
    """The nearest position to a hundredth of a minute that lies outside of both edges of a corner."""
    before, corner, after = corners
    near = plane.position(*corner.tolist())
    lat, lon = np.round(near.lat_deg * _UNITS), np.round(near.lon_deg * _UNITS)
    steps = np.arange(-_REACH, _REACH + 1)
    lats, lons = (grid.ravel() / _UNITS for grid in np.meshgrid(lat + steps, lon + steps, indexing="ij"))
    points = plane.project(np.clip(lats, -90.0, 90.0), lons)
    outside = np.ones(len(points), dtype=bool)
    for start, end in pairwise((before, corner, after)):
        along = (end - start) / max(float(np.hypot(*(end - start))), _SAME_M)
        outside &= turn * (along[0] * (points[:, 1] - corner[1]) - along[1] * (points[:, 0] - corner[0])) <= 0.1
    away = np.hypot(*(points - corner).T)
    best = int(np.argmin(np.where(outside, away, away + 1e6)))
    return _wrapped(float(lats[best]), float(lons[best]))


def _rounded(position: Position) -> Position:
    return _wrapped(round(position.lat_deg * _UNITS) / _UNITS, round(position.lon_deg * _UNITS) / _UNITS)


def _wrapped(lat_deg: float, lon_deg: float) -> Position:
    from waterspace.geometry.geodesic import normalise_lon

    return Position(lat_deg=min(max(lat_deg, -90.0), 90.0), lon_deg=normalise_lon(lon_deg))
