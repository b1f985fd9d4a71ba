"""Positions of a message, made into warned areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Polygon, Position, Sector
from waterspace.messages.reading import Form, Span, WarnedArea

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from waterspace.messages.cursor import Point
    from waterspace.messages.lexing import Token

__all__ = ["box", "circle", "corridor", "line", "polygon", "single", "whole_span"]

_CORNERS = 3
_TURN_DEG = 360.0
_HALF_TURN_DEG = 180.0


def whole_span(points: Sequence[Point]) -> Span:
    """From the first of some points to the last."""
    return Span(points[0].span.start, points[-1].span.end)


def single(point: Point) -> WarnedArea:
    """A position."""
    return _area(Form.POSITION, (point,), lambda: Circle(centre=point.position, radius_m=0.0))


def circle(point: Point, radius_m: float, bearings_deg: tuple[float, float] | None) -> WarnedArea:
    """What lies within a range of a point, between two bearings clockwise from the first."""
    if bearings_deg is None:
        return _area(Form.AREA, (point,), lambda: Circle(centre=point.position, radius_m=radius_m))
    opening_deg = (bearings_deg[1] - bearings_deg[0]) % _TURN_DEG or _TURN_DEG
    return _area(
        Form.AREA,
        (point,),
        lambda: Sector(
            centre=point.position,
            bearing_deg=(bearings_deg[0] + opening_deg / 2.0) % _TURN_DEG,
            half_angle_deg=opening_deg / 2.0,
            radius_m=radius_m,
        ),
    )


def line(points: Sequence[Point]) -> WarnedArea:
    """A line without a width."""
    return corridor(points, 0.0)


def corridor(points: Sequence[Point], half_width_m: float) -> WarnedArea:
    """What lies within a distance of a line."""
    form = Form.AREA if half_width_m else Form.LINE
    waypoints = tuple(point.position for point in points)
    return _area(form, points, lambda: Corridor(waypoints=waypoints, half_width_m=half_width_m))


def polygon(points: Sequence[Point]) -> WarnedArea:
    """What lines between points enclose; a last point that repeats the first is dropped."""
    corners = list(points)
    while len(corners) > 1 and corners[-1].position == corners[0].position:
        corners.pop()
    vertices = tuple(point.position for point in corners)
    return _area(Form.AREA, corners, lambda: Polygon(vertices=vertices))


def box(halves: Sequence[Token]) -> WarnedArea:
    """What lies between two latitudes and two longitudes, four tokens in any order; the smaller part of the globe."""
    from waterspace.messages.cursor import Point
    from waterspace.messages.lexing import Kind

    lats = sorted((half for half in halves if half.kind is Kind.LATITUDE), key=_degrees)
    lons = sorted((half for half in halves if half.kind is Kind.LONGITUDE), key=_degrees)
    if lons[1].degrees - lons[0].degrees > _HALF_TURN_DEG:
        lons.reverse()
    south, north = lats
    west, east = lons
    pairs = ((south, west), (south, east), (north, east), (north, west))
    corners = [
        Point(
            Position(lat_deg=lat.degrees, lon_deg=lon.degrees),
            Span(min(lat.start, lon.start), max(lat.end, lon.end)),
            max(lat.resolution_deg, lon.resolution_deg),
            "",
        )
        for lat, lon in pairs
    ]
    return polygon(corners)


def _degrees(half: Token) -> float:
    return half.degrees


def _area(
    form: Form, points: Sequence[Point], footprint: Callable[[], Circle | Sector | Corridor | Polygon]
) -> WarnedArea:
    """A warned area.

    Raises:
        GeometryError: nobody can compute with it.
    """
    return WarnedArea(
        form=form,
        footprint=footprint(),
        positions=tuple(point.position for point in points),
        spans=tuple(point.span for point in points),
        resolution_deg=max(point.resolution_deg for point in points),
    )
