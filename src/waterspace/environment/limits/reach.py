"""Whose territorial sea a footprint reaches into, and how far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.domain import Position
from waterspace.environment.limits.baselines import UNASSIGNED, around, closed_waters, narrow_seas, some
from waterspace.environment.limits.breadths import TERRITORIAL_SEA_M, Zone
from waterspace.environment.shores import coast
from waterspace.environment.shores.shoretree import ShoreTree
from waterspace.geometry.arrays import distinct
from waterspace.geometry.footprints import bounding_circle
from waterspace.geometry.geodesic import FloatArray, normalise_lon, position_arrays
from waterspace.geometry.plane import Plane
from waterspace.geometry.shapes import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Footprint
    from waterspace.environment.limits.baselines import Baselines, ClosedWaters
    from waterspace.environment.shores.shoreline import Segments

__all__ = ["NearZone", "by_breadth", "lines_on", "ring_on", "territorial_seas_near"]

_SAMPLES = 4000
"""About how many points of a footprint are looked at where the belts of two states meet in it."""

_FINEST_M = 50.0
"""Least distance between those points."""

_PIECE_M = 2000.0
"""Longest piece of shore that is measured as a straight line."""

_EDGE_DEG = 0.1
"""Longest stroke of an area's edge; on a plane it strays from the parallel by some metres."""

_STRAIN_RATIO = 1.02
"""More than lengths on a plane are out up to 2,000 km from its centre."""

_ROUNDING_M = 10.0
"""More than they are out for other reasons."""

_FAR_M = 3_000_000.0
"""Closed waters farther than this are not looked at; none of the table is half as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearZone:
    """What a footprint reaches of one state's waters.

    Attributes:
        state: ISO 3166-1 alpha-3; empty for a feature that is assigned to nobody.
        zone: the innermost reached: land, internal waters, territorial sea; unknown for an unassigned feature.
        inside_m: how far inside the outer limit of the territorial sea it reaches, at most the breadth.
        distance_m: least distance of the footprint from the baseline, 0 where it reaches over it.
        breadth_m: of the territorial sea in force there.
        position: the point of the baseline that is nearest.
        feature: key of the unassigned feature, else empty.
    """

    state: str
    zone: Zone
    inside_m: float
    distance_m: float
    breadth_m: float
    position: Position
    feature: str = ""


def territorial_seas_near(baselines: Baselines, footprint: Footprint) -> tuple[NearZone, ...]:
    """Whose territorial sea, internal waters or land a footprint reaches into, the deepest first.

    A footprint that reaches into water with a narrower belt is measured by parts: there against that breadth, outside
    of it against 12 nautical miles. Where it lies within the belts of two states, only those are given on whose side of
    the line of equal distance some of it lies. A moving box stands for all that it sweeps over.

    Args:
        baselines: from where to measure.
        footprint: right to a few metres up to 500 km across.
    """
    whole = bounding_circle(footprint)
    shores = baselines.within(around(replace(whole, radius_m=whole.radius_m + TERRITORIAL_SEA_M)))
    if not shores.lat1.size and _is_open_sea(baselines, whole.centre):
        return ()  # neither shore nor line is near, so all of it is where its middle is
    plane = Plane(whole.centre)
    shape = shape_of(footprint, plane).filled()
    found = {}
    for holder in distinct(shores.state).tolist():
        near = _deepest(plane, shape, some(shores, shores.state == holder))
        if near is not None:
            found[holder] = near
    found.update(_inner(plane, shape, found))
    found = _own_sides(baselines, plane, shape, shores, found)
    return tuple(sorted(found.values(), key=lambda near: (-near.inside_m, near.state, near.feature)))


def _is_open_sea(baselines: Baselines, position: Position) -> bool:
    """Whether a point is neither on land nor behind declared lines."""
    lat, lon = position_arrays([position])
    return not coast.load().is_land(position) and bool(baselines.closed_at(lat, lon)[0] < 0)


def _deepest(plane: Plane, shape: Any, shores: Segments) -> NearZone | None:  # noqa: ANN401
    """How far a shape reaches into the belt of the one holder of some baselines, or None where it does not."""
    holder = str(shores.state[0])
    best: NearZone | None = None
    for part, breadth_m in by_breadth(plane, shape, holder):
        distance_m, position, is_shore = _nearest(plane, part, shores)
        if distance_m > breadth_m:
            continue
        zone = Zone.TERRITORIAL_SEA if distance_m > 0.0 else Zone.LAND if is_shore else Zone.INTERNAL_WATERS
        near = _near_zone(holder, zone, distance_m, breadth_m, position)
        if best is None or near.inside_m > best.inside_m:
            best = near
    return best


def _near_zone(holder: str, zone: Zone, distance_m: float, breadth_m: float, position: Position) -> NearZone:
    free = holder.startswith(UNASSIGNED)
    return NearZone(
        state="" if free else holder,
        zone=Zone.UNKNOWN if free else zone,
        inside_m=breadth_m - distance_m,
        distance_m=distance_m,
        breadth_m=breadth_m,
        position=position,
        feature=holder.removeprefix(UNASSIGNED) if free else "",
    )


def by_breadth(plane: Plane, shape: Any, state: str) -> Iterator[tuple[Any, float]]:  # noqa: ANN401
    """The parts of a shape by the breadth of a state's territorial sea in them."""
    import shapely

    rest = shape
    for sea in narrow_seas():
        if sea.state != state:
            continue
        area = ring_on(plane, sea.lat, sea.lon)
        inside = shapely.intersection(rest, area)
        if not inside.is_empty:
            yield inside, sea.breadth_m
            rest = shapely.difference(rest, area)
    if not rest.is_empty:
        yield rest, TERRITORIAL_SEA_M


def ring_on(plane: Plane, lat: FloatArray, lon: FloatArray) -> Any:  # noqa: ANN401
    """The area on a plane that a ring bounds whose edges are straight in latitude and longitude."""
    import shapely

    outline = shapely.segmentize(shapely.LinearRing(np.stack((lon, lat), axis=1)), _EDGE_DEG)
    dense_lon, dense_lat = shapely.get_coordinates(outline).T
    area = shapely.Polygon(plane.project(dense_lat, dense_lon))
    return area if area.is_valid else shapely.make_valid(area)


def _nearest(plane: Plane, shape: Any, shores: Segments) -> tuple[float, Position, bool]:  # noqa: ANN401
    """Distance from a shape to the nearest of some baselines, the point of it, and whether it is a shore.

    It is measured on a plane around that point, where lengths are hardly strained.
    """
    import shapely

    rough = shapely.distance(shape, lines_on(plane, shores))
    least = int(np.argmin(rough))
    few = some(shores, np.flatnonzero(rough <= rough[least] * _STRAIN_RATIO + _ROUNDING_M))
    near = Plane(Position(lat_deg=float(shores.lat1[least]), lon_deg=normalise_lon(float(shores.lon1[least]))))
    turned = shapely.transform(shape, lambda points: near.project(*plane.unproject(points)))
    lines = lines_on(near, few)
    apart = shapely.distance(turned, lines)
    is_shore = few.ring >= 0
    order = np.lexsort((~is_shore, apart))  # a shore goes before a line that runs as near
    closest = int(order[0])
    (x1, y1), (x2, y2) = shapely.shortest_line(turned, lines[closest]).coords
    return float(np.hypot(x2 - x1, y2 - y1)), near.position(x2, y2), bool(is_shore[closest])


def lines_on(plane: Plane, shores: Segments) -> Any:  # noqa: ANN401
    """Segments as shapely lines."""
    import shapely

    starts, ends = plane.project(shores.lat1, shores.lon1), plane.project(shores.lat2, shores.lon2)
    return shapely.linestrings(np.stack((starts, ends), axis=1))


# ---------------------------------------------------------------------------------------- land and closed waters


def _inner(plane: Plane, shape: Any, found: dict[str, NearZone]) -> dict[str, NearZone]:  # noqa: ANN401
    """What no baseline tells: footprints behind declared lines, and those that lie wholly inland."""
    import shapely

    inner = {}
    middle = plane.position(*shapely.point_on_surface(shape).coords[0])
    for closed in closed_waters():
        known = found.get(closed.state)
        if not closed.inland or (known is not None and known.distance_m <= 0.0):
            continue
        if _away_m(plane, closed) <= _FAR_M and shapely.intersects(shape, ring_on(plane, *closed.ring())):
            at = known.position if known is not None else middle
            inner[closed.state] = _near_zone(closed.state, Zone.INTERNAL_WATERS, 0.0, TERRITORIAL_SEA_M, at)
    if coast.load().is_land(middle):
        state = coast.load().nearest_land(middle).state
        if state and state not in found:
            inner[state] = _near_zone(state, Zone.LAND, 0.0, TERRITORIAL_SEA_M, middle)
    return inner


def _away_m(plane: Plane, closed: ClosedWaters) -> float:
    """Distance of a closed water's first point from the centre of a plane."""
    lat, lon = closed.ring()
    return float(np.hypot(*plane.project(lat[:1], lon[:1])[0]))


# ----------------------------------------------------------------------------------------------------- two states


def _own_sides(
    baselines: Baselines,
    plane: Plane,
    shape: Any,  # noqa: ANN401
    shores: Segments,
    found: dict[str, NearZone],
) -> dict[str, NearZone]:
    """What is left where belts of two states meet: each point belongs to the state whose baseline is nearest."""
    states = [holder for holder in found if not holder.startswith(UNASSIGNED)]
    if len(states) < 2 or all(found[state].distance_m <= 0.0 for state in states):
        return found
    lat, lon = plane.unproject(_samples(shape))
    sea = ~coast.load().on_land(lat, lon)
    lat, lon = lat[sea], lon[sea]
    narrow = baselines.narrow_at(lat, lon)
    inside = np.empty((len(states), lat.size))
    apart = np.empty_like(inside)
    for row, state in enumerate(states):
        tree = ShoreTree(some(shores, shores.state == state), _PIECE_M)
        apart[row] = tree.nearest(lat, lon).distance_m
        inside[row] = np.minimum(narrow.get(state, np.inf), TERRITORIAL_SEA_M) - apart[row]
    owner = np.argmin(np.where(inside >= 0.0, apart, np.inf), axis=0)
    kept = dict(found)
    for row, state in enumerate(states):
        if found[state].distance_m <= 0.0:
            continue
        own = np.flatnonzero((owner == row) & (inside[row] >= 0.0))
        if not own.size:
            del kept[state]
            continue
        best = own[np.argmax(inside[row, own])]
        most_m = min(float(inside[row, best]), found[state].inside_m)
        kept[state] = replace(found[state], inside_m=most_m, distance_m=found[state].breadth_m - most_m)
    return kept


def _samples(shape: Any) -> FloatArray:  # noqa: ANN401
    """Points of a shape, shape (n, 2): a grid over it and its outline."""
    import shapely

    west, south, east, north = shapely.bounds(shape)
    step_m = max(np.sqrt((east - west) * (north - south) / _SAMPLES), _FINEST_M)
    grid = np.stack(np.meshgrid(np.arange(west, east, step_m), np.arange(south, north, step_m)), axis=-1).reshape(-1, 2)
    shapely.prepare(shape)
    inner = grid[shapely.intersects_xy(shape, grid[:, 0], grid[:, 1])]
    outline = shapely.get_coordinates(shapely.segmentize(shapely.boundary(shape), max(step_m, _FINEST_M)))
    points: FloatArray = np.concatenate((inner, outline))
    return points
