"""Areas that cannot be what a warning means: wider than any, or with sides that cross and so bound nothing.

The corners of an area whose sides cross are as the text gives them, and which water lies within them is not told: they
may stand in the wrong order, or one of them may be wrong.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Joined, Polygon, Sector, Without
from waterspace.messages.bulging import bulges
from waterspace.messages.reading import Doubt, Span
from waterspace.quantity import nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Footprint
    from waterspace.messages.reading import Reading, WarnedArea

__all__ = ["bounded", "enclosing"]

_MOST_M = 5_000_000.0
"""Half of the way from the equator to a pole: no warning is for all within such a distance (assumed)."""
_MOST_CORNERS = 2_000
"""Most corners whose sides are looked at for crossings: the work grows with their square."""


def bounded(reading: Reading) -> Reading:
    """A reading without areas that reach farther than any that a warning means, with a doubt for each.

    An area whose sides bound nothing stays, with a doubt.

    Args:
        reading: of any message.
    """
    doubts = [doubt for area in reading.areas for doubt in _crossings(area)]
    is_wide = any(_reach_m(area.footprint) > _MOST_M for area in reading.areas)
    if not (is_wide or doubts):
        return reading
    kept = []
    for area in reading.areas:
        reach_m = _reach_m(area.footprint)
        if reach_m <= _MOST_M:
            kept.append(area)
            continue
        reason = f"A distance of {nautical_miles(reach_m):.4g} nm around it is wider than a warning can mean."
        doubts.append(Doubt(_whole(area), reason))
    all_doubts = sorted((*reading.doubts, *doubts), key=lambda doubt: doubt.span)
    return replace(reading, areas=tuple(kept), doubts=tuple(all_doubts))


def enclosing(area: WarnedArea) -> Footprint:
    """The water of an area; where its sides bound nothing, all water between its corners in whatever order they stand.

    Args:
        area: of a message of which something was not understood.
    """
    from waterspace.geometry.soundness import defect

    if all(bulges(part.vertices) or defect(part.vertices) is None for part in _polygons(area.footprint)):
        return area.footprint
    import shapely

    from waterspace.geometry.plane import Plane

    corners = area.positions
    plane = Plane(corners[0])
    points = plane.project_positions(corners)
    hull = shapely.MultiPoint(points).convex_hull
    if hull.geom_type == "Polygon":
        ring = tuple(plane.position(float(x_m), float(y_m)) for x_m, y_m in hull.exterior.coords[:-1])
        if defect(ring) is None:
            return Polygon(vertices=ring)
    return Circle(centre=corners[0], radius_m=max(math.hypot(*point) for point in points.tolist()))


def _whole(area: WarnedArea) -> Span:
    """All characters that gave an area."""
    return Span(min((span.start for span in area.spans), default=0), max((span.end for span in area.spans), default=0))


def _crossings(area: WarnedArea) -> Iterator[Doubt]:
    """Why the sides of an area bound nothing, the first fault of each of its polygons."""
    for polygon in _polygons(area.footprint):
        if len(polygon.vertices) > _MOST_CORNERS:
            reason = f"The polygon has {len(polygon.vertices)} corners; whether its sides cross was not looked at."
            yield Doubt(_whole(area), reason)
        elif not bulges(polygon.vertices):
            from waterspace.geometry.soundness import defect

            found = defect(polygon.vertices)
            if found is not None:
                is_given = len(polygon.vertices) == len(area.spans)
                span = area.spans[found.corner] if is_given else _whole(area)
                yield Doubt(span, f"The sides of the polygon bound no area: {found.reason}.")


def _polygons(footprint: Footprint) -> Iterator[Polygon]:
    if isinstance(footprint, Polygon):
        yield footprint
    elif isinstance(footprint, Without):
        for part in (footprint.base, *footprint.holes):
            yield from _polygons(part)
    elif isinstance(footprint, Joined):
        for part in footprint.parts:
            yield from _polygons(part)


def _reach_m(footprint: Footprint) -> float:
    """How far an area reaches beyond its positions."""
    if isinstance(footprint, Circle | Sector):
        return footprint.radius_m
    if isinstance(footprint, Corridor):
        return footprint.half_width_m
    if isinstance(footprint, Without):
        return _reach_m(footprint.base)
    return max(map(_reach_m, footprint.parts), default=0.0) if isinstance(footprint, Joined) else 0.0
