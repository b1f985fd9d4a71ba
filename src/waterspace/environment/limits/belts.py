"""The territorial seas inside an area, as shapes on a plane."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from waterspace.environment.limits.baselines import UNASSIGNED, around, closed_waters, some
from waterspace.environment.limits.breadths import TERRITORIAL_SEA_M
from waterspace.environment.limits.reach import by_breadth, lines_on, ring_on
from waterspace.environment.shores import coast
from waterspace.geometry.arrays import distinct
from waterspace.geometry.footprints import bounding_circle
from waterspace.geometry.shapes import solid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Footprint
    from waterspace.environment.limits.baselines import Baselines
    from waterspace.environment.shores.shoreline import Segments
    from waterspace.geometry.plane import Plane

__all__ = ["belts"]

_QUAD_SEGS: Final = 32
"""Strokes of a quarter of a circle: at 12 nautical miles they stray inwards by 7 m."""

_SHORE_SLACK_M: Final = 10.0
"""How far a shore may be taken from where it runs: belts of a ragged shore are drawn many times faster so."""

_SHORE_STEP_M: Final = 400.0
"""Between points of shores where two states' belts meet: the line between them is right to half of that."""

_NEAR_M: Final = 2_000_000.0
"""Closed waters farther than this are not looked at."""


def belts(baselines: Baselines, footprint: Footprint, plane: Plane) -> Mapping[str, Any]:
    """What lies in the land, the internal waters and the territorial sea of each holder.

    Where belts of two states meet, each point belongs to the state whose baseline is nearest, as in `Zones`. What is
    near a feature that is assigned to nobody, and in no state's belt, is given by the holder `UNASSIGNED` with its key.

    Args:
        baselines: from where to measure.
        footprint: right to some tens of metres up to 500 km across.
        plane: on which the shapes are drawn, around the footprint.

    Returns:
        Holder to shapely area, none of them empty; they do not overlap but for their edges.
    """
    import shapely

    shape = solid(footprint, plane)
    whole = bounding_circle(footprint)
    shores = baselines.within(around(replace(whole, radius_m=whole.radius_m + TERRITORIAL_SEA_M)))
    own = {holder: _belt(plane, shape, some(shores, shores.state == holder)) for holder in distinct(shores.state)}
    found = {str(holder): area for holder, area in own.items() if not area.is_empty}
    for holder, inner in _inner(plane, shape, found).items():
        found[holder] = shapely.union_all([found[holder], inner]) if holder in found else inner
    return {holder: area for holder, area in _apart(plane, shores, found).items() if not area.is_empty}


def _belt(plane: Plane, shape: Any, shores: Segments) -> Any:  # noqa: ANN401  # shapely ships no types
    """What of a shape lies within the breadth of the territorial sea of the one holder of some baselines."""
    import shapely

    lines = lines_on(plane, shores)
    found = []
    for part, breadth_m in by_breadth(plane, shape, str(shores.state[0])):
        near = lines[shapely.dwithin(lines, part, breadth_m)]
        if near.size:
            merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(near)))
            rough = shapely.simplify(merged, _SHORE_SLACK_M)
            sea = shapely.union_all(shapely.buffer(rough, breadth_m, quad_segs=_QUAD_SEGS))
            found.append(shapely.intersection(part, sea))
    return _areas(shapely.union_all(found)) if found else shapely.Polygon()


def _inner(plane: Plane, shape: Any, found: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401
    """What lies behind declared lines or far inland, by its state."""
    import shapely

    inner: dict[str, list[Any]] = {}
    for closed in closed_waters():
        lat, lon = closed.ring()
        if closed.inland and float(np.hypot(*plane.project(lat[:1], lon[:1])[0])) <= _NEAR_M:
            inner.setdefault(closed.state, []).append(_areas(shapely.intersection(shape, ring_on(plane, lat, lon))))
    left = shapely.difference(
        shape, shapely.union_all([*found.values(), *(a for some_ in inner.values() for a in some_)])
    )
    for part in shapely.get_parts(_areas(left)):
        middle = plane.position(*shapely.point_on_surface(part).coords[0])
        if coast.load().is_land(middle):
            state = coast.load().nearest_land(middle).state
            if state:
                inner.setdefault(state, []).append(part)
    united = {state: shapely.union_all(areas) for state, areas in inner.items()}
    return {state: area for state, area in united.items() if not area.is_empty}


def _apart(plane: Plane, shores: Segments, found: Mapping[str, Any]) -> dict[str, Any]:
    """Belts without what is nearer to another state; those of nobody without what is some state's."""
    import shapely

    states = [holder for holder in found if not holder.startswith(UNASSIGNED)]
    apart = {state: found[state] for state in states}
    if len(states) > 1:
        sides = _sides(plane, shores, found, states)
        for state in states:
            others = shapely.union_all([found[other] for other in states if other != state])
            alone = shapely.difference(found[state], others)
            shared = shapely.intersection(shapely.intersection(found[state], others), sides[state])
            apart[state] = _areas(shapely.union_all([alone, shared]))
    taken = shapely.union_all([found[state] for state in states])
    for holder in found:
        if holder not in apart:
            apart[holder] = _areas(shapely.difference(found[holder], taken))
    return apart


def _sides(plane: Plane, shores: Segments, found: Mapping[str, Any], states: list[str]) -> dict[str, Any]:
    """For each state, the part of the plane that is nearer to its baselines than to those of the others."""
    import shapely

    where = shapely.union_all([found[state] for state in states])
    points, owners = [], []
    for index, state in enumerate(states):
        lines = shapely.segmentize(lines_on(plane, some(shores, shores.state == state)), _SHORE_STEP_M)
        dots = np.unique(
            np.round(shapely.get_coordinates(lines[shapely.dwithin(lines, where, TERRITORIAL_SEA_M)])), axis=0
        )
        points.append(dots)
        owners.append(np.full(len(dots), index))
    dots, owner = shapely.points(np.concatenate(points)), np.concatenate(owners)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(dots), extend_to=where.envelope))
    dot, cell = shapely.STRtree(cells).query(dots, predicate="within")
    return {
        state: shapely.union_all(cells[cell[owner[dot] == index]]) if (owner[dot] == index).any() else shapely.Polygon()
        for index, state in enumerate(states)
    }


def _areas(shape: Any) -> Any:  # noqa: ANN401
    """What of a shape has an area."""
    import shapely

    parts = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if parts else shapely.Polygon()
