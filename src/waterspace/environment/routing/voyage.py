"""Voyage: search the shortest way between two ends, and look closely at every line of it."""

from __future__ import annotations

import functools
import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.routing import canals, detours, offing, seaways
from waterspace.environment.routing.arctic import crosses_arctic, is_near
from waterspace.environment.routing.joining import (
    add_canals,
    add_corners,
    add_preferred,
    add_waters,
    connect,
    connect_canals,
    connect_exits,
)
from waterspace.environment.routing.network import (
    BOUND_RATIO,
    FIRST_M,
    FIRST_RATIO,
    PREFERRED,
    Chart,
    Found,
    Line,
    Log,
    Network,
    log_of,
    need_m,
    shared_waters,
    through_m,
)
from waterspace.environment.routing.sights import ENOUGH_RATIO
from waterspace.environment.routing.wayfinding import remaining_m, shortest_path
from waterspace.environment.routing.widening import kept_off

if TYPE_CHECKING:
    from waterspace.environment.routing.landfall import End
    from waterspace.environment.shores.shoreline import IntArray
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["find"]

_WIDER_RATIO, _ALL_M = 2.0, 20_000_000.0
"""How the ellipse grows in which corners are looked for, and from what size on all of them are."""

_LONG_M = 100_000.0

_OPEN_RATIO = 3.0
"""An end farther off than so many clearances lies in open water."""

_MOST_ROUNDS = 300

_FARTHER_RATIO = 1.05
"""Up to how much dearer ways than the one found it is worked out nearly."""

_MOST_DETOURS = 16
"""So many lines of one search are led round land that they meet; others that meet land are left."""

_FEW = 300
"""An end from which no more nodes than this are reached lies in water that the sea ways do not lead out of."""


def find(ends: tuple[End, End], chart: Chart, level: int) -> Found | None:
    """The shortest way between two ends, or None where there is none.

    Args:
        ends: at sea.
        chart: what to heed.
        level: how large the waters are that are looked at around ends near land: -1 none, 0 to 2.
    """
    graph = kept_off(chart.clearance_m)
    network = Network(
        chart,
        ends,
        graph,
        np.append(graph.lat, [end.position.lat_deg for end in ends]),
        np.append(graph.lon, [end.position.lon_deg for end in ends]),
        shared=log_of(chart.clearance_m),
    )
    for which in (0, 1):
        if level >= 0 or ends[which].offing_m <= _OPEN_RATIO * chart.clearance_m:
            add_waters(network, which, max(level, 0))
    for hindrance in chart.hindrances:
        add_corners(network, hindrance)
    add_canals(network)
    add_preferred(network)
    return _search(network)


def _search(network: Network) -> Found | None:
    """The shortest way, looked for among ever more corners: none beyond them can be on a shorter one."""
    chart, ends = network.chart, network.ends
    goal = ends[1].position
    bound = seaways.lengths_m(network.lat, network.lon, goal.lat_deg, goal.lon_deg) * BOUND_RATIO
    bound *= chart.preferred_ratio if chart.preferred else 1.0
    bound[network.count + 1] = 0.0
    edges = functools.partial(_edges, network)
    within_m = np.inf if chart.preferred else FIRST_RATIO * float(bound[network.count]) + FIRST_M
    ways_m = through_m(network)
    places = ends[0].position, ends[1].position
    connect_exits(network)
    while True:
        corners = np.flatnonzero(ways_m <= within_m)
        connect(network, corners)
        connect_canals(network, corners, within_m)
        network.guarded = not chart.arctic and is_near(places, within_m)
        if _is_enclosed(network, network.count) or _is_enclosed(network, network.count + 1):
            if not math.isfinite(within_m):
                return None
            within_m = np.inf
            continue
        found, near = None, bound
        for _ in range(_MOST_ROUNDS):
            found = shortest_path(network.count, network.count + 1, edges, near, chart.most_m)
            if found is None or _look(network, found[0]):
                break
            if near is bound and not (chart.preferred or chart.hindrances):
                near = _nearer(network, bound, found[1])
        else:
            return None
        if found is not None and (found[1] <= within_m or not math.isfinite(within_m)):
            return _way(network, found[0])
        if not math.isfinite(within_m) or within_m > chart.most_m:
            return None
        within_m = found[1] if found is not None else within_m * _WIDER_RATIO
        if within_m > _ALL_M:
            within_m = np.inf


def _nearer(network: Network, bound: FloatArray, found_m: float) -> FloatArray:
    """The cost still to go from every node, as a bound that is nearer than a straight line."""
    start = network.ends[0].position
    past = seaways.lengths_m(network.lat, network.lon, start.lat_deg, start.lon_deg) * BOUND_RATIO
    edges = functools.partial(_far_edges, network)
    to_go = remaining_m(network.count + 1, edges, past, bound, found_m * _FARTHER_RATIO)
    return np.maximum(bound, to_go * BOUND_RATIO)


def _is_enclosed(network: Network, end: int) -> bool:
    """Whether few nodes at all can be reached from an end, and not the other end."""
    reached, queue = {end}, [end]
    while queue:
        others, costs = _open_edges(network, queue.pop())
        fresh = set(others[np.isfinite(costs)].tolist()) - reached
        reached |= fresh
        if len(reached) > _FEW or {network.count, network.count + 1} <= reached:
            return False
        queue += fresh
    return True


def _edges(network: Network, node: int, before: int) -> tuple[IntArray, FloatArray]:
    """The lines from a node: where they lead and what they cost."""
    others, costs = _open_edges(network, node)
    if network.guarded:
        _bar_arctic(network, node, others, costs)
    if not network.chart.hindrances:
        return others, costs
    start = float(network.lat[node]), float(network.lon[node])
    run_m = network.runs_m[node] = 0.0 if before < 0 else network.runs_m[before] + _run_m(network, before, node)
    for hindrance in network.chart.hindrances:
        lat = np.column_stack((np.full(len(others), start[0]), network.lat[others]))
        lon = np.column_stack((np.full(len(others), start[1]), network.lon[others]))
        costs = np.where(hindrance.bars(lat, lon, run_m, network.chart.clock), np.inf, costs)
    return others, costs


def _bar_arctic(network: Network, node: int, others: IntArray, costs: FloatArray) -> None:
    """Bar the lines of a node through the Arctic: packaged ones, which come first, are known, others looked at."""
    costs[network.through_arctic(node)] = np.inf
    packaged = int(network.graph.offset[node + 1] - network.graph.offset[node]) if node < network.count else 0
    if len(others) == packaged:
        return
    over = network.over_barriers(node, others[packaged:]) + packaged
    if over.size:
        crossing = crosses_arctic(network.here[node], network.here[others[over]])
        costs[over] = np.where(crossing, np.inf, costs[over])


def _run_m(network: Network, first: int, second: int) -> float:
    """How far it is from a node to the next, whatever a mile counts."""
    canal = _canal(network, first, second)
    if canal and canal != PREFERRED:
        return canals.length_m(canal)
    pair = min(first, second), max(first, second)
    line = _log(network, pair).lines.get(pair)
    way = np.array([[network.lat[node], network.lon[node]] for node in pair]) if line is None else line.places
    return float(seaways.runs_m(way)[-1])


def _open_edges(network: Network, node: int) -> tuple[IntArray, FloatArray]:
    """The lines from a node and what they cost as far as is known, whatever bars them."""
    return _known_edges(network, node, _all_edges(network, node))


def _known_edges(network: Network, node: int, lines: tuple[IntArray, FloatArray]) -> tuple[IntArray, FloatArray]:
    """Lines from a node with what was learnt of them."""
    others, costs = lines[0], lines[1].copy()
    for log in (network.shared, network.own):
        for other, cost in log.wrong.get(node, {}).items():
            costs[others == other] = cost
    return others, costs


def _far_edges(network: Network, node: int) -> tuple[IntArray, FloatArray]:
    """No fewer lines than lead from a node, none of them dearer than it is: in waters near an end every line counts."""
    others, costs = _known_edges(network, node, _lines_outside(network, node))
    waters = [nodes for _, _, nodes in network.members.get(node, ())]
    if not waters:
        return others, costs
    inside = np.concatenate(waters)
    straight = seaways.lengths_m(
        network.lat[inside], network.lon[inside], float(network.lat[node]), float(network.lon[node])
    )
    return np.concatenate((others, inside)), np.concatenate((costs, straight))


def _all_edges(network: Network, node: int) -> tuple[IntArray, FloatArray]:
    """The lines from a node, barred or not."""
    outside, lengths = _lines_outside(network, node)
    others, costs = [outside], [lengths]
    for approach, place, nodes in network.members.get(node, ()):
        seen, lengths = approach.seen(place)
        others.append(nodes[seen])
        costs.append(lengths)
    return _joined(others, costs)


def _lines_outside(network: Network, node: int) -> tuple[IntArray, FloatArray]:
    """Those that do not lie in waters near an end."""
    graph, others, costs = network.graph, [], []
    if node < network.count:
        own = slice(graph.offset[node], graph.offset[node + 1])
        others.append(graph.neighbour[own])
        costs.append(graph.length_m[own])
    for more, lengths in network.extra.get(node, ()):
        others.append(more)
        costs.append(lengths)
    for other, length, _ in network.canal_at.get(node, ()):
        others.append(np.array([other]))
        costs.append(np.array([length]))
    return _joined(others, costs)


def _joined(others: list[IntArray], costs: list[FloatArray]) -> tuple[IntArray, FloatArray]:
    """Parts laid end to end."""
    if len(others) == 1:
        return others[0], costs[0]
    if not others:
        return np.empty(0, dtype=np.intp), np.empty(0)
    return np.concatenate(others), np.concatenate(costs)


def _look(network: Network, path: list[int]) -> bool:
    """Look closely at the lines of a path; whether all of them are as they were thought to be."""
    pairs = [(min(pair), max(pair)) for pair in pairwise(path) if not _canal(network, *pair)]
    fresh = [pair for pair in pairs if pair not in _log(network, pair).lines]
    if not fresh:
        return True
    first, second = np.array(fresh).T
    ends = network.lat[first], network.lon[first], network.lat[second], network.lon[second]
    needs = np.array([need_m(network, *pair) for pair in fresh])
    shared = np.array([bool(shared_waters(network, *pair)) for pair in fresh])
    elsewhere = np.where(shared, needs, network.chart.clearance_m)
    clear = offing.keep_clear(ends, needs * ENOUGH_RATIO, elsewhere * ENOUGH_RATIO)
    lines = zip(fresh, clear.tolist(), strict=True)
    strange = [_log(network, pair).enter(pair, _line(network, pair, good)) for pair, good in lines]
    return not any(strange)


def _log(network: Network, pair: tuple[int, int]) -> Log:
    """Where to keep what is learnt of a line: for good between packaged corners in open water, else for this search.

    Where a search has made all the detours that it may, nothing that it learns afterwards is kept.
    """
    if pair in network.shared.lines and max(pair) < network.count and not shared_waters(network, *pair):
        return network.shared
    for_this = max(pair) >= network.count or network.detours >= _MOST_DETOURS or shared_waters(network, *pair)
    return network.own if for_this or pair in network.own.lines else network.shared


def _line(network: Network, pair: tuple[int, int], clear: bool) -> Line | None:  # noqa: FBT001
    """What there is between two nodes, given whether the straight line keeps clear of the land."""
    nodes = np.array(pair)
    straight = np.column_stack((network.lat[nodes], network.lon[nodes]))
    length = float(seaways.lengths_m(straight[:1, 0], straight[:1, 1], straight[1, 0], straight[1, 1])[0])
    if clear:
        return Line(straight, length)
    if length > _LONG_M and max(pair) >= network.count:
        return None  # lines from a place are many: another one will do
    network.detours += 1
    if network.detours > _MOST_DETOURS:
        return None
    found = detours.lead_round(straight, network.chart.clearance_m * ENOUGH_RATIO, network.chart.clearance_m)
    if found is None:
        return None
    tolls = network.graph.toll_ratio(nodes[nodes < network.count])
    return Line(found, float(seaways.runs_m(found)[-1]) * float(tolls.max(initial=1.0)))


def _canal(network: Network, first: int, second: int) -> str:
    """The key of the canal between two nodes, empty where there is none."""
    return next((key for other, _, key in network.canal_at.get(first, ()) if other == second), "")


def _way(network: Network, path: list[int]) -> Found:
    """The places along a path."""
    pieces, names = [], []
    for first, second in pairwise(path):
        key = _canal(network, first, second)
        nodes = np.column_stack((network.lat[[first, second]], network.lon[[first, second]]))
        if key == PREFERRED:
            way, held = nodes, [key]
        elif key:
            way = _turned(canals.line(key), nodes)
            held = [key] * (len(way) - 1)
        else:
            pair = min(first, second), max(first, second)
            known = _log(network, pair).lines[pair]
            way = nodes if known is None else _turned(known.places, nodes)
            held = [""] * (len(way) - 1)
        pieces.append(way[:-1])
        names += held
    last = np.array([[network.lat[path[-1]], network.lon[path[-1]]]])
    return Found(np.concatenate([*pieces, last]), tuple(names))


def _turned(way: FloatArray, nodes: FloatArray) -> FloatArray:
    """A way, or the same way back, whichever starts nearer to the first node."""
    start_m, end_m = seaways.lengths_m(way[[0, -1], 0], way[[0, -1], 1], *nodes[0].tolist())
    return way if start_m <= end_m else way[::-1]
