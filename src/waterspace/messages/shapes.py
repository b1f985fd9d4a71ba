"""Positions of a message, made into warned areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Polygon, Position, Sector
from waterspace.messages.cursor import Point
from waterspace.messages.lexing import Kind
from waterspace.messages.reading import Form, Span, WarnedArea

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Footprint
    from waterspace.messages.lexing import Token

__all__ = ["box", "circle", "corners_of", "corridor", "line", "polygon", "single"]

_TURN_DEG = 360.0
_HALF_TURN_DEG = 180.0
_PARALLEL_DEG = 1.0
"""A side along a parallel gets a vertex at least so often; the geodesic between leaves it by 0.1 km at the most."""


def single(point: Point) -> WarnedArea:
    """A position."""
    return _area(Form.POSITION, (point,), Circle(centre=point.position, radius_m=0.0))


def circle(point: Point, radius_m: float, bearings_deg: tuple[float, float] | None) -> WarnedArea:
    """What lies within a range of a point, between two bearings clockwise from the first.

    Raises:
        GeometryError: nobody can compute with it, like all below.
    """
    if bearings_deg is None:
        return _area(Form.AREA, (point,), Circle(centre=point.position, radius_m=radius_m))
    opening_deg = (bearings_deg[1] - bearings_deg[0]) % _TURN_DEG or _TURN_DEG
    sector = Sector(
        centre=point.position,
        bearing_deg=(bearings_deg[0] + opening_deg / 2.0) % _TURN_DEG,
        half_angle_deg=opening_deg / 2.0,
        radius_m=radius_m,
    )
    return _area(Form.AREA, (point,), sector)


def line(points: Sequence[Point]) -> WarnedArea:
    """A line without a width."""
    return corridor(points, 0.0)


def corridor(points: Sequence[Point], half_width_m: float) -> WarnedArea:
    """What lies within a distance of a line."""
    waypoints = tuple(point.position for point in points)
    form = Form.AREA if half_width_m else Form.LINE
    return _area(form, points, Corridor(waypoints=waypoints, half_width_m=half_width_m))


def polygon(corners: Sequence[Point], vertices: Sequence[Position] = ()) -> WarnedArea:
    """What lines between corners enclose; a last corner that repeats the first is dropped.

    Args:
        corners: as the text gives them.
        vertices: of the footprint where an edge is an arc; empty where the corners are all there is.
    """
    kept = _open([corner.position for corner in corners])
    ring = _open(list(vertices)) if vertices else kept
    return _area(Form.AREA, corners[: len(kept)], Polygon(vertices=tuple(ring)))


def _open(ring: list[Position]) -> list[Position]:
    while len(ring) > 1 and ring[-1] == ring[0]:
        ring.pop()
    return ring


def box(halves: Sequence[Token]) -> WarnedArea:
    """What lies between two latitudes and two longitudes, four tokens in any order; the smaller part of the globe."""
    lats = sorted((half for half in halves if half.kind is Kind.LATITUDE), key=_degrees)
    lons = sorted((half for half in halves if half.kind is Kind.LONGITUDE), key=_degrees)
    if lons[1].degrees - lons[0].degrees > _HALF_TURN_DEG:
        lons.reverse()
    (south, north), (west, east) = lats, lons
    corners = [_corner(lat, lon) for lat, lon in ((south, west), (south, east), (north, east), (north, west))]
    width_deg = (east.degrees - west.degrees) % _TURN_DEG
    steps = max(int(width_deg / _PARALLEL_DEG), 1)
    if steps == 1:
        return polygon(corners)
    lons_deg = [_wrapped(west.degrees + width_deg * step / steps) for step in range(steps + 1)]
    ring = [Position(lat_deg=south.degrees, lon_deg=lon_deg) for lon_deg in lons_deg]
    ring += [Position(lat_deg=north.degrees, lon_deg=lon_deg) for lon_deg in reversed(lons_deg)]
    return polygon(corners, ring)


def corners_of(area: WarnedArea) -> tuple[Position, ...]:
    """The vertices of a polygon that a map of latitude and longitude needs, where a parallel is a straight line."""
    if not isinstance(area.footprint, Polygon):
        return area.positions
    ring, told = area.footprint.vertices, set(area.positions)
    return tuple(
        vertex
        for vertex, before, after in zip(ring, (ring[-1], *ring[:-1]), (*ring[1:], ring[0]), strict=True)
        if vertex in told or not before.lat_deg == vertex.lat_deg == after.lat_deg
    )


def _wrapped(lon_deg: float) -> float:
    return lon_deg - _TURN_DEG if lon_deg > _HALF_TURN_DEG else lon_deg


def _corner(lat: Token, lon: Token) -> Point:
    return Point(
        Position(lat_deg=lat.degrees, lon_deg=lon.degrees),
        Span(min(lat.start, lon.start), max(lat.end, lon.end)),
        max(lat.resolution_deg, lon.resolution_deg),
        "",
    )


def _degrees(half: Token) -> float:
    return half.degrees


def _area(form: Form, points: Sequence[Point], footprint: Footprint) -> WarnedArea:
    return WarnedArea(
        form=form,
        footprint=footprint,
        positions=tuple(point.position for point in points),
        spans=tuple(point.span for point in points),
        resolution_deg=max(point.resolution_deg for point in points),
    )
