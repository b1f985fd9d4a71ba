"""Approaches: the waters around an end of a route, with every corner there that the packaged sea ways leave out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from waterspace.environment.routing import seaways
from waterspace.environment.routing.inshore import Corners, Waters, clear, corners_of, prepared, tangent
from waterspace.errors import RouteError
from waterspace.notation import format_position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from waterspace.environment.shores.shoreline import IntArray
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Approach", "clear_lines", "navigable", "opened"]

_NARROW_RATIOS = (0.4, 0.15, 0.05)
"""By how much the clearance shrinks, step by step, where there is no way with the one before."""

_STRIP_RATIO = 1.4
"""The strip along open coasts where ships do not go, in clearances; water beyond it that is blocked is narrow."""

_SPOT_RATIO = 0.6
"""The clearance near a spot, as a part of its own distance from land."""

_MOST_LINES = 6_000_000
"""So many lines between corners of one stretch of water are looked along: some seconds."""

_HARBOURS_M = (0.0, 1500.0, 4000.0)
"""How much wider the waters round a spot are where it lies behind moles, one after the other."""

_BELT_RATIO = 1.5
"""How far around narrow water the smaller clearance holds, in clearances."""


def navigable(waters: Waters, spots: FloatArray, goals: FloatArray, offing_m: float) -> tuple[Any, float] | None:
    """What blocks ways from some spots, and the least clearance used; None where no clearance lets the spots out.

    Args:
        waters: around the spots.
        spots: points of the plane in metres, shape (n, 2), at sea.
        goals: points of which each spot must reach one, shape (m, 2).
        offing_m: how near to land the spots lie.
    """
    if _joined(waters.blocked, waters.radius_m, spots, goals):
        return waters.blocked, waters.clearance_m
    levels = {waters.clearance_m * ratio for ratio in _NARROW_RATIOS} | {offing_m * _SPOT_RATIO}
    for less_m in sorted((level for level in levels if level < waters.clearance_m), reverse=True):
        for blocked in opened(waters, spots, less_m):
            if _joined(blocked, waters.radius_m, spots, goals):
                return blocked, less_m
    return None


def opened(waters: Waters, spots: FloatArray, less_m: float) -> Iterator[Any]:
    """What blocks ways where narrow waters, and those around some spots, are passed with less clearance.

    With ever wider waters around the spots, which may lie behind moles; nothing where one is nearer to land than that.
    """
    import shapely

    square = shapely.box(*(waters.radius_m * np.array([-1.0, -1.0, 1.0, 1.0])))
    basins = shapely.get_parts(square.difference(waters.blocked))
    near = shapely.buffer(basins, waters.clearance_m * _STRIP_RATIO, quad_segs=2)
    fine = waters.widened(less_m)
    points = shapely.points(spots)
    if shapely.intersects(fine, points).any():
        return
    narrow = shapely.difference(square.difference(fine), shapely.union_all(near))
    one, other = shapely.STRtree(near).query(near, predicate="intersects")
    gates = shapely.intersection(near[one[one < other]], near[other[one < other]])
    belt = shapely.buffer(shapely.union_all([narrow, *gates]), _BELT_RATIO * waters.clearance_m, quad_segs=2)
    for more_m in _HARBOURS_M:
        harbours = shapely.buffer(points, _BELT_RATIO * waters.clearance_m + more_m, quad_segs=2)
        yield shapely.union(shapely.difference(waters.blocked, shapely.union_all([belt, *harbours])), fine)


def _joined(blocked: Any, radius_m: float, spots: FloatArray, goals: FloatArray) -> bool:  # noqa: ANN401
    """Whether every spot lies in one piece of water with some goal."""
    import shapely

    free = shapely.get_parts(shapely.difference(shapely.box(-radius_m, -radius_m, radius_m, radius_m), blocked))
    if not len(free):
        return False
    tree = shapely.STRtree(free)
    reached = set(tree.query(shapely.points(goals), predicate="intersects")[1].tolist())
    spot, piece = tree.query(shapely.points(spots), predicate="intersects")
    return {s for s, p in zip(spot.tolist(), piece.tolist(), strict=True) if p in reached} == set(range(len(spots)))


@dataclass(slots=True)
class Approach:
    """A small graph: places of interest, corners of the shores around them, and who sees whom, found when asked.

    Attributes:
        waters: that it lies in.
        points: on their plane, shape (n, 2): places first, then corners.
        places: how many places there are.
        least_m: the least clearance used.
        inner: what blocks lines, prepared.
    """

    waters: Waters
    points: FloatArray
    places: int
    least_m: float
    _corners: Corners
    inner: Any
    _seen: dict[int, tuple[IntArray, FloatArray]] = field(default_factory=dict)

    @classmethod
    def of(cls, waters: Waters, places: FloatArray, blocked: tuple[Any, float] | None = None) -> Approach:
        """The graph of some places, points of the plane of shape (m, 2)."""
        if blocked is None or blocked[0] is waters.blocked:
            corners, inner, least_m = waters.corners, waters.inner, waters.clearance_m
        else:
            corners, inner, least_m = corners_of(blocked[0], waters.radius_m), prepared(blocked[0]), blocked[1]
        points = np.concatenate((places, corners.points))
        return cls(waters, points, len(places), least_m, corners, inner)

    def positions(self) -> tuple[FloatArray, FloatArray]:
        """Latitudes and longitudes of the points."""
        return self.waters.plane.unproject(self.points)

    def sides(self, which: IntArray) -> tuple[FloatArray, FloatArray]:
        """For some points, the steps to the corners of the outline before and after them; nothing for places."""
        back, ahead = np.zeros((len(which), 2)), np.zeros((len(which), 2))
        corner = which >= self.places
        index = which[corner] - self.places
        back[corner] = self._corners.before[index] - self._corners.points[index]
        ahead[corner] = self._corners.after[index] - self._corners.points[index]
        return back, ahead

    def seen(self, index: int) -> tuple[IntArray, FloatArray]:
        """The points that one sees and the lengths of the lines to them; at corners only lines that are tangent."""
        known = self._seen.get(index)
        if known is None:
            if len(self._seen) * len(self.points) > _MOST_LINES:
                middle = format_position(self.waters.plane.lat_deg, self.waters.plane.lon_deg)
                raise RouteError(
                    f"the waters around {middle} are too full of islands to be searched from an end deep inside them; "
                    "give a place nearer to open water"
                )
            known = self._seen[index] = self._look(index)
        return known

    def _look(self, index: int) -> tuple[IntArray, FloatArray]:
        here = self.points[index]
        corners = self._tangent_from(index, tangent(self._corners, here))
        others = np.concatenate((np.arange(self.places), corners + self.places))
        others = others[others != index]
        if not others.size:
            return others, np.empty(0)
        open_lines = others[clear(self.inner, here, self.points[others])]
        lat, lon = self.waters.plane.unproject(self.points[open_lines])
        (lat0,), (lon0,) = self.waters.plane.unproject(here[None, :])
        return open_lines, seaways.lengths_m(lat, lon, lat0, lon0)

    def _tangent_from(self, index: int, others: IntArray) -> IntArray:
        """Of some corners, those towards which a line from one corner is tangent there too."""
        if index < self.places:
            return others
        corner = index - self.places
        one = self._corners.before[corner] - self._corners.points[corner]
        two = self._corners.after[corner] - self._corners.points[corner]
        way = self._corners.points[others] - self._corners.points[corner]
        left1, left2 = way[:, 0] * one[1] - way[:, 1] * one[0], way[:, 0] * two[1] - way[:, 1] * two[0]
        far = np.hypot(*way.T)
        near = (
            np.minimum(np.abs(left1) / max(np.hypot(*one), 1.0), np.abs(left2) / max(np.hypot(*two), 1.0)) <= 1e-4 * far
        )
        kept: IntArray = others[(left1 * left2 >= 0.0) | near]
        return kept


def clear_lines(approach: Approach, start: FloatArray, end: FloatArray) -> NDArray[np.bool_]:
    """Which straight lines between points of the plane, shape (n, 2), meet nothing in the waters of an approach."""
    import shapely

    lines = shapely.linestrings(np.stack((start, end), axis=1))
    found: NDArray[np.bool_] = ~shapely.intersects(approach.inner, lines)
    return found
