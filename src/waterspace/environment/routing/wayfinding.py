"""Find the shortest path in a graph whose edges are asked for as the search goes."""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from waterspace.environment.shores.shoreline import IntArray
    from waterspace.geometry.geodesic import FloatArray

    BackEdges = Callable[[int], tuple[IntArray, FloatArray]]
    Edges = Callable[[int, int], tuple[IntArray, FloatArray]]

__all__ = ["remaining_m", "shortest_path"]


def shortest_path(
    start: int, goal: int, edges: Edges, bound_m: FloatArray, most_m: float = math.inf
) -> tuple[list[int], float] | None:
    """The cheapest way from one node to another and its cost, or None where there is none.

    Args:
        start: a node, 0 or more.
        goal: another.
        edges: of a node and the one before it, -1 at the start: where it leads and the costs, infinite where barred.
        bound_m: for every node, no more than the cost from there to the goal.
        most_m: ways that cost more are not looked for.
    """
    cost = np.full(len(bound_m), np.inf)
    done = np.zeros(len(bound_m), dtype=np.bool_)
    parent = np.full(len(bound_m), -1, dtype=np.intp)
    cost[start] = 0.0
    queue = [(float(bound_m[start]), start)]
    while queue:
        _, node = heapq.heappop(queue)
        if node == goal:
            return _path(parent, start, goal), float(cost[goal])
        if done[node]:
            continue
        done[node] = True
        reached = float(cost[node])
        others, lengths = edges(node, int(parent[node]))
        through = reached + lengths
        better = through < cost[others]  # never where it is infinite
        if most_m < math.inf:
            better &= through + bound_m[others] <= most_m
        others, through = others[better], through[better]
        cost[others] = through
        parent[others] = node
        guess = through + bound_m[others]
        for entry in zip(guess.tolist(), others.tolist(), strict=True):
            heapq.heappush(queue, entry)
    return None


def remaining_m(
    goal: int, edges: BackEdges, from_start_m: FloatArray, bound_m: FloatArray, until_m: float
) -> FloatArray:
    """For every node, no more than the cost from there to the goal, near to it where a cheap way may pass.

    A search from the goal says what it costs to get there by lines that can be no dearer than the true ones. It ends
    where ways from start to goal would cost more than is asked: what it did not reach costs at least the rest.

    Args:
        goal: a node.
        edges: of a node: from where lines lead to it, and no more than their costs; both ways alike.
        from_start_m: for every node, no more than the cost of getting there.
        bound_m: for every node, no more than the cost from there to the goal; a first guess.
        until_m: the cost of a way from start to goal up to which the answer is to be near the truth.
    """
    cost = np.full(len(bound_m), np.inf)
    done = np.zeros(len(bound_m), dtype=np.bool_)
    cost[goal] = 0.0
    queue = [(float(from_start_m[goal]), goal)]
    while queue and queue[0][0] <= until_m:
        _, node = heapq.heappop(queue)
        if done[node]:
            continue
        done[node] = True
        others, lengths = edges(node)
        through = float(cost[node]) + lengths
        better = through < cost[others]
        others, through = others[better], through[better]
        np.minimum.at(cost, others, through)
        for entry in zip((through + from_start_m[others]).tolist(), others.tolist(), strict=True):
            heapq.heappush(queue, entry)
    rest = np.where(done, cost, until_m - from_start_m)
    nearer: FloatArray = np.maximum(bound_m, np.minimum(cost, rest))
    return nearer


def _path(parent: IntArray, start: int, goal: int) -> list[int]:
    """The nodes from start to goal."""
    path = [goal]
    while path[-1] != start:
        path.append(int(parent[path[-1]]))
    return path[::-1]
