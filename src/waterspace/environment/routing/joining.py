"""Joining: add the waters round both ends, what is in the way and preferred lines to the network of a search."""

from __future__ import annotations

import functools
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.routing import canals, seaways
from waterspace.environment.routing.approaches import Approach, navigable
from waterspace.environment.routing.exits import Exits
from waterspace.environment.routing.landfall import around, corners_in
from waterspace.environment.routing.network import FIRST_M, FIRST_RATIO, PREFERRED, need_m, through_m
from waterspace.environment.routing.sights import NEAR_M, clear_ahead, sights_of
from waterspace.geometry.arrays import distinct
from waterspace.geometry.geodesic import position_arrays

if TYPE_CHECKING:
    from waterspace.environment.routing.hindrances import Hindrance
    from waterspace.environment.routing.landfall import End
    from waterspace.environment.routing.network import Network
    from waterspace.environment.shores.shoreline import IntArray
    from waterspace.geometry.geodesic import FloatArray

__all__ = [
    "add_canals",
    "add_corners",
    "add_preferred",
    "add_waters",
    "connect",
    "connect_canals",
    "connect_exits",
    "join_pairs",
]

_ROUND_RATIO = 4.0
"""A way round a hindrance is longer by at most so many of its radii."""

_BOTH_RATIO = 0.9
"""The other end lies in the waters of one if it is no farther from their middle than so much of their radius."""


def connect(network: Network, corners: IntArray) -> None:
    """Add the lines from both ends to some packaged corners; those of an earlier call are left out."""
    for which, end in enumerate(network.ends):
        node = network.count + which
        known = network.connected.setdefault(node, set())
        sights = sights_of(end, network.chart.clearance_m)
        seen = np.array(sorted(set(sights.seen(corners).tolist()) - known), dtype=np.intp)
        known.update(seen.tolist())
        _join(network, node, seen, sights.far_m[seen] * network.graph.toll_ratio(seen))
    for which, (exits, nodes) in network.exits.items():
        known = network.connected.setdefault(-1 - which, set())
        fresh = np.array(sorted(set(corners.tolist()) - known), dtype=np.intp)
        known.update(fresh.tolist())
        first, second = exits.seen(fresh)
        join_pairs(network, nodes[first], second)


def connect_exits(network: Network) -> None:
    """Add the lines from the exits of the waters around one end to the other end, and to its exits."""
    for which, (exits, nodes) in network.exits.items():
        goal = network.count + 1 - which
        off_m = np.array([network.ends[1 - which].offing_m])
        first, _ = exits.seen_from(network.lat[goal : goal + 1], network.lon[goal : goal + 1], off_m)
        join_pairs(network, nodes[first], np.full(len(first), goal))
    if len(network.exits) > 1:
        (exits, nodes), (others, there) = network.exits[0], network.exits[1]
        first, second = exits.seen_from(others.lat, others.lon, others.offing_m, others)
        join_pairs(network, nodes[first], there[second])


def add_canals(network: Network) -> None:
    """Add the canals that are open, their ends joined to nothing yet."""
    for key in canals.names():
        if key in network.chart.closed:
            continue
        first, second = len(network.lat), len(network.lat) + 1
        ends = canals.ends(key)
        network.lat = np.append(network.lat, [end.position.lat_deg for end in ends])
        network.lon = np.append(network.lon, [end.position.lon_deg for end in ends])
        network.close.update({first: ends[0].offing_m, second: ends[1].offing_m})
        network.canal_ends[key] = first, second
        network.canal_at.setdefault(first, []).append((second, canals.length_m(key), key))
        network.canal_at.setdefault(second, []).append((first, canals.length_m(key), key))


def connect_canals(network: Network, corners: IntArray, within_m: float) -> None:
    """Add the lines from the ends of canals to some packaged corners, and to both ends of the way and their exits.

    Only of canals through which a way could be within a length; those of an earlier call are left out.
    """
    start, goal = network.count, network.count + 1
    for key, nodes in network.canal_ends.items():
        far = [[_apart_m(network, node, end) for end in (start, goal)] for node in nodes]
        if min(far[0][0] + far[1][1], far[1][0] + far[0][1]) + canals.length_m(key) > within_m:
            continue
        for node, end in zip(nodes, canals.ends(key), strict=True):
            known = network.connected.get(node)
            sights = sights_of(end, network.chart.clearance_m)
            seen = np.array(sorted(set(sights.seen(corners).tolist()) - (known or set())), dtype=np.intp)
            network.connected[node] = (known or set()) | set(seen.tolist())
            _join(network, node, seen, sights.far_m[seen] * network.graph.toll_ratio(seen))
            if known is None:
                _join_canal(network, node, end)


def _join_canal(network: Network, node: int, end: End) -> None:
    """Add the lines from the end of a canal to both ends of the way and their exits."""
    here = network.lat[node : node + 1], network.lon[node : node + 1]
    both = np.array([network.count, network.count + 1])
    need = np.array([min(other.offing_m, end.offing_m) for other in network.ends])
    lines = np.repeat(here[0], 2), np.repeat(here[1], 2), network.lat[both], network.lon[both]
    clear = clear_ahead(lines, need, network.chart.clearance_m)
    join_pairs(network, np.full(int(clear.sum()), node), both[clear])
    for exits, nodes in network.exits.values():
        first, _ = exits.seen_from(*here, np.array([end.offing_m]))
        join_pairs(network, nodes[first], np.full(len(first), node))


def _apart_m(network: Network, first: int, second: int) -> float:
    return seaways.length_m(*(float(axis[node]) for node in (first, second) for axis in (network.lat, network.lon)))


def join_pairs(network: Network, first: IntArray, second: IntArray) -> None:
    """Add lines between pairs of nodes."""
    lengths = seaways.lengths_m(network.lat[first], network.lon[first], network.lat[second], network.lon[second])
    for node in distinct(first).tolist():
        _join(network, node, second[first == node], lengths[first == node])


def add_waters(network: Network, which: int, level: int) -> None:
    """Add the waters around an end."""
    here, there, count = network.ends[which], network.ends[1 - which], network.count
    clearance_m = network.chart.clearance_m
    plane = around(here.position, level, clearance_m).plane
    off_m = seaways.length_m(there.position.lat_deg, there.position.lon_deg, plane.lat_deg, plane.lon_deg)
    other = there if off_m < _BOTH_RATIO * around(here.position, level, clearance_m).radius_m else None
    local = _local(here, other, level, clearance_m)
    if local is None:
        return
    approach, corners, exits = local
    lat, lon = approach.positions()
    fresh = np.arange(len(approach.points) - approach.places) + len(network.lat)
    own = [count + which] if other is None else [count + which, count + 1 - which]
    nodes = np.concatenate((own, corners, fresh)).astype(np.intp)
    network.lat = np.append(network.lat, lat[approach.places :])
    network.lon = np.append(network.lon, lon[approach.places :])
    for place, node in enumerate(nodes.tolist()):
        network.members.setdefault(node, []).append((approach, place, nodes))
    network.exits[which] = exits, nodes[exits.points]
    network.close.update(zip(nodes[exits.points].tolist(), exits.offing_m.tolist(), strict=True))


@functools.lru_cache(maxsize=256)
def _local(here: End, other: End | None, level: int, clearance_m: float) -> tuple[Approach, IntArray, Exits] | None:
    """The waters around an end, the packaged corners in them and the exits, None where no water leads out; kept.

    Args:
        here: the end.
        other: the other end, where it lies in the same waters.
        level: how large they are.
        clearance_m: to keep off the shore.
    """
    area = around(here.position, level, clearance_m)
    corners, points = corners_in(area)
    ends = [here] if other is None else [here, other]
    spots = area.plane.project(*position_arrays([end.position for end in ends]))
    goals = points if other is None else np.concatenate((points, spots[1:]))
    if not len(goals):
        return None
    blocked = navigable(area, spots, points if len(points) else goals, min(end.offing_m for end in ends))
    if blocked is None:
        return None
    approach = Approach.of(area, np.concatenate((spots, points)), blocked)
    return approach, corners, Exits(approach, clearance_m, corners)


def _add_lines(network: Network, node: int) -> None:
    """Add the lines from a node to the packaged corners that it may see."""
    lat, lon, graph = float(network.lat[node]), float(network.lon[node]), network.graph
    far = graph.distances_m(lat, lon)
    corners = graph.rough_sight(lat, lon, np.union1d(graph.tangent(lat, lon), np.flatnonzero(far < NEAR_M)))
    if corners.size:
        here = np.full(len(corners), lat), np.full(len(corners), lon)
        need = np.minimum(need_m(network, node), graph.narrow_need_m(corners, far[corners]))
        corners = corners[clear_ahead((*here, graph.lat[corners], graph.lon[corners]), need, network.chart.clearance_m)]
    _join(network, node, corners, far[corners] * graph.toll_ratio(corners))


def add_corners(network: Network, hindrance: Hindrance) -> None:
    """Add the corners of a hindrance, and the lines from them that are tangent to it."""
    lat, lon = hindrance.positions
    fresh = np.arange(len(lat)) + len(network.lat)
    network.lat, network.lon = np.append(network.lat, lat), np.append(network.lon, lon)
    apart_m = seaways.length_m(*(x for end in network.ends for x in (end.position.lat_deg, end.position.lon_deg)))
    most_m = FIRST_RATIO * apart_m + FIRST_M + _ROUND_RATIO * hindrance.radius_m
    packaged = np.flatnonzero(through_m(network) <= most_m)
    ends = np.array([network.count, network.count + 1])
    exits = [nodes for _, nodes in network.exits.values()]
    others = np.concatenate((packaged, ends, *exits, *network.corners, fresh)).astype(np.intp)
    good = hindrance.tangents(network.lat[others], network.lon[others])
    good[:, : len(packaged)] &= network.graph.tangents(seaways.vectors(lat, lon), packaged)
    own = good[:, len(others) - len(fresh) :]
    own &= own.T & np.tri(len(fresh), k=-1, dtype=np.bool_)
    first, second = np.nonzero(good)
    _join_clear(network, fresh[first], others[second])
    network.corners.append(fresh)


def _join_clear(network: Network, first: IntArray, second: IntArray) -> None:
    """Add those lines between pairs of nodes that keep off the land, as far as is looked at beforehand."""
    ends = [seaways.vectors(network.lat[nodes], network.lon[nodes]) for nodes in (first, second)]
    seen = network.graph.in_rough_sight(ends[0], ends[1])
    first, second = first[seen], second[seen]
    lines = network.lat[first], network.lon[first], network.lat[second], network.lon[second]
    need = np.array([need_m(network, int(node)) for node in second.tolist()])
    clear = clear_ahead(lines, need, network.chart.clearance_m)
    join_pairs(network, first[clear], second[clear])


def add_preferred(network: Network) -> None:
    """Add the preferred lines: on them a mile counts less."""
    ratio = network.chart.preferred_ratio
    for lat, lon in network.chart.preferred:
        fresh = np.arange(len(lat)) + len(network.lat)
        network.lat, network.lon = np.append(network.lat, lat), np.append(network.lon, lon)
        for place, node in enumerate(fresh.tolist()):
            _add_lines(network, node)
            ends = np.array([network.count, network.count + 1])
            _join(network, node, ends, seaways.lengths_m(network.lat[ends], network.lon[ends], lat[place], lon[place]))
        for first, second in pairwise(fresh.tolist()):
            length = (
                seaways.length_m(*(float(x[k]) for k in (first, second) for x in (network.lat, network.lon))) * ratio
            )
            network.canal_at.setdefault(first, []).append((second, length, PREFERRED))
            network.canal_at.setdefault(second, []).append((first, length, PREFERRED))
    if network.chart.preferred:
        start, goal = network.count, network.count + 1
        lat, lon = network.lat[[start, goal]].tolist(), network.lon[[start, goal]].tolist()
        straight = seaways.length_m(lat[0], lon[0], lat[1], lon[1])
        _join(network, start, np.array([goal]), np.array([straight]))


def _join(network: Network, node: int, others: IntArray, lengths: FloatArray) -> None:
    """Add lines from a node to others, and back."""
    network.extra.setdefault(node, []).append((others, lengths))
    for other, length in zip(others.tolist(), lengths.tolist(), strict=True):
        network.extra.setdefault(other, []).append((np.array([node]), np.array([length])))
