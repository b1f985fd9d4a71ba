"""What moves, as an area that stands still: a few corners around all that it sweeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import MovingBox, Polygon

if TYPE_CHECKING:
    from waterspace.domain import Footprint

__all__ = ["still"]

_MOST_CORNERS = 8
"""An outline of more corners becomes the rectangle around it: assumed, what is on the air has four to seven."""
_MARGIN_M = 20.0
"""Around what is swept, so that rounded corners lose nothing: more than a hundredth of a minute."""


def still(footprint: Footprint) -> Footprint:
    """A footprint as it is; what moves as the convex outline of what it sweeps, or a rectangle around that."""
    if not isinstance(footprint, MovingBox):
        return footprint
    import shapely

    from waterspace.geometry import footprints
    from waterspace.geometry.plane import Plane

    plane = Plane(footprints.centre(footprint))
    swept = shapely.MultiPoint(plane.project_positions(footprints.outline(footprint))).convex_hull
    hull = swept.simplify(_MARGIN_M).buffer(2.0 * _MARGIN_M, join_style="mitre")
    if len(hull.exterior.coords) - 1 > _MOST_CORNERS:
        hull = shapely.minimum_rotated_rectangle(hull)
    return Polygon(vertices=tuple(plane.position(x_m, y_m) for x_m, y_m in hull.exterior.coords[:-1]))
