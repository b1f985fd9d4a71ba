"""Exits: corners of the waters round an end from which a way may run on straight to far places."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.routing import seaways
from waterspace.environment.routing.approaches import clear_lines
from waterspace.environment.routing.sights import ENOUGH_RATIO, clear_ahead
from waterspace.environment.routing.widening import kept_off
from waterspace.environment.shores import coast
from waterspace.quantity import KILOMETRE_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.environment.routing.approaches import Approach
    from waterspace.environment.shores.shoreline import IntArray
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Exits"]

_REACH_M = 60.0 * KILOMETRE_M
_TRIED_M = (1.0 * KILOMETRE_M, 4.0 * KILOMETRE_M, 16.0 * KILOMETRE_M)
_RAYS = 180
_MOST_EXITS = 1500
_SLACK = 1e-9
_STEP = 1e-4


class Exits:
    """Corners that shortest ways from an end turn at and leave its waters from, and which far corners they see.

    Attributes:
        points: which points of the approach they are.
        lat: degrees.
        lon: degrees.
        offing_m: their distances from the nearest shore.
    """

    def __init__(self, approach: Approach, clearance_m: float, inside: IntArray) -> None:
        """Find the exits of an approach from its first place.

        Args:
            approach: the waters.
            clearance_m: to keep off the land.
            inside: the packaged corners in the waters, to which lines are among the waters' own.
        """
        self._plane, self._clearance_m = approach.waters.plane, clearance_m
        points, rays = _exits(approach)
        kept = rays.any(axis=1)
        self.points, self._rays = points[kept], rays[kept]
        lat, lon = self._plane.unproject(approach.points[self.points])
        offing_m = coast.load().exact_distances_m(lat, lon)
        afloat = offing_m >= ENOUGH_RATIO * approach.least_m  # islets that were simplified away
        self.points, self._rays = self.points[afloat], self._rays[afloat]
        self.lat, self.lon, self.offing_m = lat[afloat], lon[afloat], offing_m[afloat]
        self._here = seaways.vectors(self.lat, self.lon)
        self._looked = np.zeros(len(kept_off(clearance_m)), dtype=np.bool_)
        self._looked[inside] = True
        self._pairs = np.empty((2, 0), dtype=np.intp)

    def seen(self, corners: IntArray) -> tuple[IntArray, IntArray]:
        """Exits, and those of some packaged corners to which a way may run straight from them."""
        graph = kept_off(self._clearance_m)
        fresh = corners[~self._looked[corners]]
        if fresh.size and self.points.size:
            self._looked[fresh] = True
            exit_, place = np.nonzero(self.leads_to(graph.here[fresh]) & graph.tangents(self._here, fresh))
            lat, lon = graph.lat[fresh[place]], graph.lon[fresh[place]]
            far_m = seaways.lengths_m(self.lat[exit_], self.lon[exit_], lat, lon)
            clear = self._clear(exit_, lat, lon, graph.narrow_need_m(fresh[place], far_m))
            self._pairs = np.concatenate((self._pairs, np.stack((exit_[clear], fresh[place[clear]]))), axis=1)
        wanted = np.zeros(len(graph), dtype=np.bool_)
        wanted[corners] = True
        first, second = self._pairs[:, wanted[self._pairs[1]]]
        return first, second

    def seen_from(
        self, lat: FloatArray, lon: FloatArray, offing_m: FloatArray, others: Exits | None = None
    ) -> tuple[IntArray, IntArray]:
        """Exits, and those of some places, or of the exits of other waters, to which a way may run straight.

        Args:
            lat: of the places or the other exits, degrees.
            lon: degrees.
            offing_m: of the places.
            others: whose exits the places are.
        """
        if not self.points.size or not lat.size:
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
        good = self.leads_to(seaways.vectors(lat, lon))
        if others is not None:
            good &= others.leads_to(self._here).T
        exit_, place = np.nonzero(good)
        clear = self._clear(exit_, lat[place], lon[place], offing_m[place])
        return exit_[clear], place[clear]

    def _clear(self, exit_: IntArray, lat: FloatArray, lon: FloatArray, offing_m: FloatArray) -> NDArray[np.bool_]:
        """Which lines from exits to places, so far off a shore, keep clear as far as is looked at beforehand."""
        graph, there = kept_off(self._clearance_m), seaways.vectors(lat, lon)
        near = graph.in_rough_sight(self._here[exit_], there)
        lat1, lon1 = self.lat[exit_[near]], self.lon[exit_[near]]
        need = np.minimum(np.minimum(self._clearance_m, offing_m[near]), self.offing_m[exit_[near]])
        clear = np.zeros(len(exit_), dtype=np.bool_)
        clear[near[clear_ahead((lat1, lon1, lat[near], lon[near]), need, self._clearance_m)]] = True
        return clear

    def leads_to(self, there: FloatArray) -> NDArray[np.bool_]:
        """Whether a way may turn at each exit straight to each unit vector; shape (exits, places)."""
        found = np.zeros((len(self._here), len(there)), dtype=np.bool_)
        wide = self._rays | np.roll(self._rays, 1, axis=1) | np.roll(self._rays, -1, axis=1)
        for index, here in enumerate(self._here):
            ahead = there - (there @ here)[:, None] * here
            ahead /= np.maximum(np.linalg.norm(ahead, axis=1), 1e-12)[:, None]
            step = self._plane.flat(here + _STEP * ahead) - self._plane.flat(here[None, :])
            ray = np.round(np.arctan2(step[:, 0], step[:, 1]) * (_RAYS / (2.0 * np.pi))).astype(np.intp) % _RAYS
            found[index] = wide[index, ray]
        return found


def _exits(approach: Approach) -> tuple[IntArray, NDArray[np.bool_]]:
    """Corners on shortest ways from the first place, and into which of 180 directions a way may leave from each."""
    parent = _tree(approach)
    points = np.array(sorted(node for node in parent if node >= approach.places), dtype=np.intp)
    came_from = np.array([parent[node] for node in points.tolist()], dtype=np.intp)
    angle = np.arange(_RAYS) * (2.0 * np.pi / _RAYS)
    ahead = np.stack((np.sin(angle), np.cos(angle)), axis=1)
    inward = approach.points[points] - approach.points[came_from]
    before, after = approach.sides(points)
    rays = _one_side(_cross(inward, ahead), -_cross(before, ahead), -_cross(after, ahead))
    for run_m in (*_TRIED_M, 3.0 * approach.waters.radius_m):  # most rays end soon, and short ones are soon looked at
        exit_, ray = np.nonzero(rays)
        start = approach.points[points[exit_]]
        rays[exit_, ray] = clear_lines(approach, start, start + run_m * ahead[ray])
    return points, rays


def _cross(steps: FloatArray, ahead: FloatArray) -> FloatArray:
    """How far to the left of some steps some directions point; shape (steps, directions)."""
    return steps[:, :1] * ahead[None, :, 1] - steps[:, 1:] * ahead[None, :, 0]


def _one_side(turn: FloatArray, before: FloatArray, after: FloatArray) -> NDArray[np.bool_]:
    """Where a way turns to the side on which the land lies."""
    left = (turn >= -_SLACK) & (before >= -_SLACK) & (after >= -_SLACK)
    right = (turn <= _SLACK) & (before <= _SLACK) & (after <= _SLACK)
    found: NDArray[np.bool_] = left | right
    return found


def _tree(approach: Approach) -> dict[int, int]:
    """The point before each on the shortest ways from the first place, not much farther than waters are wide."""
    cost, parent, queue = {0: 0.0}, {}, [(0.0, 0)]
    done: set[int] = set()
    while queue:
        reached, node = heapq.heappop(queue)
        if node in done or reached > _REACH_M:
            continue
        if len(done) >= _MOST_EXITS:
            break
        done.add(node)
        if 0 < node < approach.places:
            continue
        others, lengths = approach.seen(node)
        for other, length in zip(others.tolist(), lengths.tolist(), strict=True):
            if reached + length < cost.get(other, np.inf):
                cost[other], parent[other] = reached + length, node
                heapq.heappush(queue, (cost[other], other))
    return parent
