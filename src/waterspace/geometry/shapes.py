"""Footprints as shapes of a plane: a core that may be a point or a line, and a radius around it."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.domain import Circle, Corridor, Joined, MovingBox, Polygon, Position, Sector, Without
from waterspace.errors import GeometryError
from waterspace.geometry.boxes import BoxMotion
from waterspace.geometry.outlines import (
    EDGE_STEP_M,
    Line,
    arc_step_deg,
    circle_ring,
    corridor_line,
    polygon_ring,
    sector_ring,
)
from waterspace.geometry.soundness import require_sound

if TYPE_CHECKING:
    from waterspace.domain import Footprint
    from waterspace.geometry.plane import Plane

__all__ = ["TOUCH_M", "Shape", "eroded", "meeting_point", "overlap", "shape_of", "solid", "swept_shape"]

TOUCH_M = 1.0
"""Footprints that share less than this depth only touch (assumed: well below the resolution of a chart)."""

_NO_LENGTH_M = 0.001
"""A line shorter than this is a point."""

_POINT_CIRCLE_MAX_M = 50_000.0
"""Largest circle that is taken as a point and a radius; a larger one is drawn, so that its far side is right too."""

_EVER = (-math.inf, math.inf)
"""A span of time that is all of a track."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Everything within a radius of a core.

    Attributes:
        core: a shapely geometry, metres.
        radius_m: 0 where the core is the shape.
    """

    core: Any
    radius_m: float = 0.0

    def filled(self) -> Any:  # noqa: ANN401  # shapely ships no types
        """The shape as one shapely geometry, round ends drawn with corners every 5.6 degrees."""
        return self.core.buffer(self.radius_m, quad_segs=16) if self.radius_m > 0.0 else self.core


def shape_of(footprint: Footprint | Position, plane: Plane) -> Shape:
    """A footprint, or a position, on a plane; a moving box as everything it sweeps over."""
    import shapely

    radius_m = 0.0
    match footprint:
        case Position():
            core = shapely.Point(plane.project_positions([footprint])[0])
        case Circle() if footprint.radius_m <= _POINT_CIRCLE_MAX_M:
            core, radius_m = shapely.Point(plane.project_positions([footprint.centre])[0]), footprint.radius_m
        case Circle():
            core = _area(plane, circle_ring(footprint, arc_step_deg(footprint.radius_m)))
        case Polygon():
            require_sound(footprint)
            core = _area(plane, polygon_ring(footprint, EDGE_STEP_M))
        case Sector():
            core = _sector(plane, footprint)
        case Corridor():
            points = plane.project(*corridor_line(footprint, EDGE_STEP_M))
            has_length = float(np.max(np.ptp(points, axis=0))) > _NO_LENGTH_M
            core = shapely.LineString(points) if has_length else shapely.Point(points[0])
            radius_m = footprint.half_width_m
        case MovingBox():
            core = swept_shape(footprint, plane, _EVER)
        case Joined() | Without():
            core = _combined(footprint, plane)
    return Shape(core=core, radius_m=radius_m)


def _combined(footprint: Joined | Without, plane: Plane) -> Any:  # noqa: ANN401  # shapely ships no types
    """Parts that are joined, or what is left of a base without others."""
    import shapely

    if isinstance(footprint, Joined):
        return shapely.union_all([solid(part, plane) for part in footprint.parts])
    base = solid(footprint.base, plane)
    left = shapely.difference(base, shapely.union_all([solid(hole, plane) for hole in footprint.holes]))
    if left.is_empty:
        raise GeometryError("nothing is left of a footprint from which others are taken out: all is covered")
    return left


def solid(footprint: Footprint, plane: Plane) -> Any:  # noqa: ANN401
    """A footprint as one shapely geometry without a radius, its arcs drawn to half a metre; a point is a point."""
    if isinstance(footprint, Circle) and footprint.radius_m > _NO_LENGTH_M:
        return _area(plane, circle_ring(footprint, arc_step_deg(footprint.radius_m)))
    shape = shape_of(footprint, plane)
    if shape.radius_m <= 0.0:
        return shape.core
    return shape.core.buffer(shape.radius_m, quad_segs=max(math.ceil(90.0 / arc_step_deg(shape.radius_m)), 16))


def swept_shape(box: MovingBox, plane: Plane, span_ms: tuple[float, float]) -> Any:  # noqa: ANN401
    """The shapely geometry of what a box covers between two times, empty where the span misses its legs."""
    import shapely

    rings = BoxMotion.of(box).sweeps(*span_ms, EDGE_STEP_M) if span_ms != _EVER else _sweeps(box)
    return shapely.union_all([_area(plane, ring) for ring in rings])


@functools.lru_cache(maxsize=64)
def _sweeps(box: MovingBox) -> tuple[Line, ...]:
    """The rings of all that a box sweeps over: the same box is drawn on many planes."""
    return tuple(BoxMotion.of(box).sweeps(*_EVER, EDGE_STEP_M))


def eroded(shape: Shape) -> Shape:
    """The shape without the outermost strip in which others only touch it."""
    if shape.radius_m > 0.0:
        return Shape(core=shape.core, radius_m=max(shape.radius_m - TOUCH_M, 0.0))
    return Shape(core=shape.core.buffer(-TOUCH_M, join_style="mitre"))


def overlap(a: Shape, b: Shape) -> bool:
    """Whether two shapes share more than a touching edge."""
    import shapely

    if a.radius_m > 0.0:
        a, b = b, a
    if b.radius_m <= 0.0 and not shapely.intersects(a.core, b.core):
        return False
    inner = eroded(b)
    if shapely.dwithin(a.core, inner.core, a.radius_m + inner.radius_m):
        return True
    return b.radius_m <= 0.0 and bool(shapely.intersects(eroded(a).core, b.core))


def meeting_point(a: Shape, b: Shape) -> tuple[float, float]:
    """A point, in metres, that lies in both of two shapes that overlap."""
    import shapely

    shared = shapely.intersection(a.core, b.core)
    if not shared.is_empty:
        point = shapely.point_on_surface(shared)
        return float(point.x), float(point.y)
    line = shapely.shortest_line(a.core, b.core)
    gap_m = line.length
    point = line.interpolate((max(gap_m - b.radius_m, 0.0) + min(a.radius_m, gap_m)) / 2.0)
    return float(point.x), float(point.y)


def _area(plane: Plane, ring: Line) -> Any:  # noqa: ANN401
    """A valid shapely geometry that a ring bounds."""
    import shapely

    area = shapely.Polygon(plane.project(*ring))
    return area if area.is_valid else shapely.make_valid(area)


def _sector(plane: Plane, sector: Sector) -> Any:  # noqa: ANN401
    """A sector as a shapely geometry, a full ring with a hole."""
    outer_step_deg = arc_step_deg(sector.radius_m)
    if sector.half_angle_deg < 180.0 or sector.inner_radius_m <= 0.0:
        return _area(plane, sector_ring(sector, EDGE_STEP_M, outer_step_deg))
    disc = circle_ring(Circle(centre=sector.centre, radius_m=sector.radius_m), outer_step_deg)
    hole = circle_ring(Circle(centre=sector.centre, radius_m=sector.inner_radius_m), outer_step_deg)
    return _area(plane, disc).difference(_area(plane, hole))
