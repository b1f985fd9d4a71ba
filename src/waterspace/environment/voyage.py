"""Voyage: search one way over the packaged sea ways, the waters round its ends and what is in the way."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.environment import canals, detours, offing, seaways
from waterspace.environment.approaches import Approach, navigable
from waterspace.environment.exits import Exits
from waterspace.environment.landfall import around, corners_in
from waterspace.environment.sights import ENOUGH_RATIO, NEAR_M, first_parts, offings_to, sights_of
from waterspace.environment.wayfinding import shortest_path
from waterspace.geometry.arrays import distinct
from waterspace.geometry.geodesic import position_arrays

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.environment.hindrances import Clock, Hindrance
    from waterspace.environment.landfall import End
    from waterspace.environment.shoreline import IntArray
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Chart", "Found", "Line", "find", "through_arctic"]

_BOUND_RATIO = 0.9995
_FIRST_RATIO, _FIRST_M, _WIDER_RATIO, _ALL_M = 1.2, 100_000.0, 2.0, 20_000_000.0
"""Corners are first looked for where a way through them is at most so much longer than the straight line."""

_ROUND_RATIO = 4.0
"""A way round a hindrance is longer by at most so many of its radii."""

_BOTH_RATIO = 0.9
"""The other end lies in the waters of one if it is no farther from their middle than so much of their radius."""

_LONG_M = 100_000.0
_OPEN_RATIO = 3.0
"""An end farther off than so many clearances lies in open water."""

_MOST_ROUNDS = 300
_SAME_PLACE_DEG = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What a search heeds.

    Attributes:
        clearance_m: to keep off every shore where there is room.
        hindrances: areas and lanes.
        clock: when the ship leaves and how fast she is.
        closed: keys of canals that are not used.
        arctic: whether passages from ocean to ocean through the Arctic are open.
        preferred: lines along which a mile counts less, each as latitudes and longitudes in degrees.
        preferred_ratio: what it counts.
    """

    clearance_m: float
    hindrances: tuple[Hindrance, ...]
    clock: Clock
    closed: frozenset[str]
    arctic: bool
    preferred: tuple[tuple[FloatArray, FloatArray], ...] = ()
    preferred_ratio: float = 1.0


class Found(NamedTuple):
    """A way: places in degrees, shape (n, 2), and what holds each leg: a canal, a preferred line, or nothing."""

    places: FloatArray
    held: tuple[str, ...]


_PREFERRED = "preferred"


class Line(NamedTuple):
    """What is known of the line between two nodes: the way, its length and the least distance from shores."""

    places: FloatArray
    length_m: float
    least_m: float


@dataclass(slots=True)
class _Log:
    """What was learnt of lines, for as long as the process lives; None where there is no way.

    Attributes:
        lines: by their nodes, the smaller first.
        wrong: for a node, the nodes to which the way costs something else than the straight line.
    """

    lines: dict[tuple[int, int], Line | None] = field(default_factory=dict)
    wrong: dict[int, dict[int, float]] = field(default_factory=dict)

    def enter(self, pair: tuple[int, int], line: Line | None) -> bool:
        """Keep what was learnt of a line; whether it is another way than the straight one."""
        self.lines[pair] = line
        if line is not None and len(line.places) == 2:
            return False
        cost = np.inf if line is None else line.length_m
        for node, other in (pair, pair[::-1]):
            self.wrong.setdefault(node, {})[other] = cost
        return True


@functools.lru_cache(maxsize=16)
def _log_of(clearance_m: float) -> _Log:  # noqa: ARG001  # the cache keeps one for each
    """What was learnt of lines between packaged corners, with a clearance."""
    return _Log()


@dataclass(slots=True)
class _Voyage:
    """The nodes of one search: packaged corners, both ends, then those of waters and hindrances."""

    chart: Chart
    ends: tuple[End, End]
    graph: seaways.Seaways
    lat: FloatArray
    lon: FloatArray
    members: dict[int, list[tuple[Approach, int, IntArray]]] = field(default_factory=dict)
    extra: dict[int, list[tuple[IntArray, FloatArray]]] = field(default_factory=dict)
    own: _Log = field(default_factory=_Log)
    shared: _Log = field(default_factory=_Log)
    canal_at: dict[int, list[tuple[int, float, str]]] = field(default_factory=dict)
    connected: dict[int, set[int]] = field(default_factory=dict)
    exits: dict[int, tuple[Exits, IntArray]] = field(default_factory=dict)
    close: dict[int, float] = field(default_factory=dict)
    corners: list[IntArray] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many packaged corners there are; the start is the node after them, the goal the next."""
        return len(self.graph)


def find(ends: tuple[End, End], chart: Chart, level: int) -> Found | None:
    """The shortest way between two ends, or None where there is none.

    Args:
        ends: at sea.
        chart: what to heed.
        level: how large the waters are that are looked at around ends near land: -1 none, 0 to 2.
    """
    graph = seaways.load()
    voyage = _Voyage(
        chart,
        ends,
        graph,
        np.append(graph.lat, [end.position.lat_deg for end in ends]),
        np.append(graph.lon, [end.position.lon_deg for end in ends]),
        shared=_log_of(chart.clearance_m),
    )
    for which in (0, 1):
        if level >= 0 or ends[which].offing_m <= _OPEN_RATIO * chart.clearance_m:
            _add_waters(voyage, which, max(level, 0))
    for hindrance in chart.hindrances:
        _add_corners(voyage, hindrance)
    for canal in canals.ends(graph):
        if canal.key not in chart.closed:
            voyage.canal_at.setdefault(canal.first, []).append((canal.second, canal.length_m, canal.key))
            voyage.canal_at.setdefault(canal.second, []).append((canal.first, canal.length_m, canal.key))
    _add_preferred(voyage)
    return _search(voyage)


def _search(voyage: _Voyage) -> Found | None:
    """The shortest way, looked for among ever more corners: none beyond them can be on a shorter one."""
    chart, ends = voyage.chart, voyage.ends
    goal = ends[1].position
    bound = seaways.lengths_m(voyage.lat, voyage.lon, goal.lat_deg, goal.lon_deg) * _BOUND_RATIO
    bound *= chart.preferred_ratio if chart.preferred else 1.0
    bound[voyage.count + 1] = 0.0
    edges = functools.partial(_edges, voyage)
    within_m = np.inf if chart.preferred else _FIRST_RATIO * float(bound[voyage.count]) + _FIRST_M
    through_m = _through_m(voyage)
    _connect_exits(voyage)
    while True:
        _connect(voyage, np.flatnonzero(through_m <= within_m))
        found = None
        for _ in range(_MOST_ROUNDS):
            found = shortest_path(voyage.count, voyage.count + 1, edges, bound)
            if found is None or _look(voyage, found[0]):
                break
        else:
            return None
        if found is not None and (found[1] <= within_m or not math.isfinite(within_m)):
            return _way(voyage, found[0])
        if not math.isfinite(within_m):
            return None
        within_m = found[1] if found is not None else within_m * _WIDER_RATIO
        if within_m > _ALL_M:
            within_m = np.inf


def _through_m(voyage: _Voyage) -> FloatArray:
    """For every packaged corner, no more than the length of any way between the ends through it."""
    graph = voyage.graph
    both = [graph.distances_m(end.position.lat_deg, end.position.lon_deg) for end in voyage.ends]
    through: FloatArray = (both[0] + both[1]) * _BOUND_RATIO
    return through


def _connect(voyage: _Voyage, corners: IntArray) -> None:
    """Add the lines from both ends to some packaged corners; those of an earlier call are left out."""
    for which, end in enumerate(voyage.ends):
        node = voyage.count + which
        known = voyage.connected.setdefault(node, set())
        sights = sights_of(end, voyage.chart.clearance_m)
        seen = np.array(sorted(set(sights.seen(corners).tolist()) - known), dtype=np.intp)
        known.update(seen.tolist())
        _join(voyage, node, seen, sights.far_m[seen])
    for which, (exits, nodes) in voyage.exits.items():
        known = voyage.connected.setdefault(-1 - which, set())
        fresh = np.array(sorted(set(corners.tolist()) - known), dtype=np.intp)
        known.update(fresh.tolist())
        first, second = exits.seen(fresh)
        _join_pairs(voyage, nodes[first], second)


def _connect_exits(voyage: _Voyage) -> None:
    """Add the lines from the exits of the waters around one end to the other end, and to its exits."""
    for which, (exits, nodes) in voyage.exits.items():
        goal = voyage.count + 1 - which
        first, _ = exits.seen_from(voyage.lat[goal : goal + 1], voyage.lon[goal : goal + 1])
        _join_pairs(voyage, nodes[first], np.full(len(first), goal))
    if len(voyage.exits) > 1:
        (exits, nodes), (others, there) = voyage.exits[0], voyage.exits[1]
        first, second = exits.seen_from(others.lat, others.lon, others)
        _join_pairs(voyage, nodes[first], there[second])


def _join_pairs(voyage: _Voyage, first: IntArray, second: IntArray) -> None:
    """Add lines between pairs of nodes."""
    lengths = seaways.lengths_m(voyage.lat[first], voyage.lon[first], voyage.lat[second], voyage.lon[second])
    for node in distinct(first).tolist():
        _join(voyage, node, second[first == node], lengths[first == node])


# ---------------------------------------------------------------------------------------------------------------- nodes


def _add_waters(voyage: _Voyage, which: int, level: int) -> None:
    """Add the waters around an end."""
    here, there, count = voyage.ends[which], voyage.ends[1 - which], voyage.count
    clearance_m = voyage.chart.clearance_m
    plane = around(here.position, level, clearance_m).plane
    off_m = seaways.length_m(there.position.lat_deg, there.position.lon_deg, plane.lat_deg, plane.lon_deg)
    other = there if off_m < _BOTH_RATIO * around(here.position, level, clearance_m).radius_m else None
    local = _local(here, other, level, clearance_m)
    if local is None:
        return
    approach, corners, exits = local
    lat, lon = approach.positions()
    fresh = np.arange(len(approach.points) - approach.places) + len(voyage.lat)
    own = [count + which] if other is None else [count + which, count + 1 - which]
    nodes = np.concatenate((own, corners, fresh)).astype(np.intp)
    voyage.lat = np.append(voyage.lat, lat[approach.places :])
    voyage.lon = np.append(voyage.lon, lon[approach.places :])
    for place, node in enumerate(nodes.tolist()):
        voyage.members.setdefault(node, []).append((approach, place, nodes))
    voyage.exits[which] = exits, nodes[exits.points]
    voyage.close.update(zip(nodes[exits.points].tolist(), exits.offing_m.tolist(), strict=True))


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
    return approach, corners, Exits(approach, clearance_m)


def _add_lines(voyage: _Voyage, node: int) -> None:
    """Add the lines from a node to the packaged corners that it may see."""
    lat, lon, graph = float(voyage.lat[node]), float(voyage.lon[node]), voyage.graph
    far = graph.distances_m(lat, lon)
    corners = graph.rough_sight(lat, lon, np.union1d(graph.tangent(lat, lon), np.flatnonzero(far < NEAR_M)))
    if corners.size:
        clear = offings_to(lat, lon, corners, voyage.chart.clearance_m)
        narrow = graph.narrow_m[corners]
        need = np.minimum(_need(voyage, node), np.where(narrow > 0.0, narrow, np.inf))
        corners = corners[clear >= need * ENOUGH_RATIO]
    _join(voyage, node, corners, far[corners])


def _add_corners(voyage: _Voyage, hindrance: Hindrance) -> None:
    """Add the corners of a hindrance, and the lines from them that are tangent to it."""
    lat, lon = hindrance.positions
    fresh = np.arange(len(lat)) + len(voyage.lat)
    voyage.lat, voyage.lon = np.append(voyage.lat, lat), np.append(voyage.lon, lon)
    apart_m = seaways.length_m(*(x for end in voyage.ends for x in (end.position.lat_deg, end.position.lon_deg)))
    most_m = _FIRST_RATIO * apart_m + _FIRST_M + _ROUND_RATIO * hindrance.radius_m
    packaged = np.flatnonzero(_through_m(voyage) <= most_m)
    ends = np.array([voyage.count, voyage.count + 1])
    exits = [nodes for _, nodes in voyage.exits.values()]
    others = np.concatenate((packaged, ends, *exits, *voyage.corners, fresh)).astype(np.intp)
    good = hindrance.tangents(voyage.lat[others], voyage.lon[others])
    good[:, : len(packaged)] &= voyage.graph.tangents(seaways.vectors(lat, lon), packaged)
    own = good[:, len(others) - len(fresh) :]
    own &= own.T & np.tri(len(fresh), k=-1, dtype=np.bool_)
    first, second = np.nonzero(good)
    _join_clear(voyage, fresh[first], others[second])
    voyage.corners.append(fresh)


def _join_clear(voyage: _Voyage, first: IntArray, second: IntArray) -> None:
    """Add those lines between pairs of nodes that keep off the land, as far as is looked at beforehand."""
    ends = [seaways.vectors(voyage.lat[nodes], voyage.lon[nodes]) for nodes in (first, second)]
    seen = voyage.graph.in_rough_sight(ends[0], ends[1])
    first, second = first[seen], second[seen]
    here = voyage.lat[first], voyage.lon[first]
    least = offing.offings_m(
        *here, *first_parts(*here, voyage.lat[second], voyage.lon[second]), voyage.chart.clearance_m
    )
    need = np.array([_need(voyage, int(node)) for node in second.tolist()])
    clear = least >= need * ENOUGH_RATIO
    _join_pairs(voyage, first[clear], second[clear])


def _add_preferred(voyage: _Voyage) -> None:
    """Add the preferred lines: on them a mile counts less."""
    ratio = voyage.chart.preferred_ratio
    for lat, lon in voyage.chart.preferred:
        fresh = np.arange(len(lat)) + len(voyage.lat)
        voyage.lat, voyage.lon = np.append(voyage.lat, lat), np.append(voyage.lon, lon)
        for place, node in enumerate(fresh.tolist()):
            _add_lines(voyage, node)
            ends = np.array([voyage.count, voyage.count + 1])
            _join(voyage, node, ends, seaways.lengths_m(voyage.lat[ends], voyage.lon[ends], lat[place], lon[place]))
        for first, second in pairwise(fresh.tolist()):
            length = seaways.length_m(*(float(x[k]) for k in (first, second) for x in (voyage.lat, voyage.lon))) * ratio
            voyage.canal_at.setdefault(first, []).append((second, length, _PREFERRED))
            voyage.canal_at.setdefault(second, []).append((first, length, _PREFERRED))
    if voyage.chart.preferred:
        start, goal = voyage.count, voyage.count + 1
        lat, lon = voyage.lat[[start, goal]].tolist(), voyage.lon[[start, goal]].tolist()
        straight = seaways.length_m(lat[0], lon[0], lat[1], lon[1])
        _join(voyage, start, np.array([goal]), np.array([straight]))


def _join(voyage: _Voyage, node: int, others: IntArray, lengths: FloatArray) -> None:
    """Add lines from a node to others, and back."""
    voyage.extra.setdefault(node, []).append((others, lengths))
    for other, length in zip(others.tolist(), lengths.tolist(), strict=True):
        voyage.extra.setdefault(other, []).append((np.array([node]), np.array([length])))


# ---------------------------------------------------------------------------------------------------------------- lines


def _edges(voyage: _Voyage, node: int, reached_m: float) -> tuple[IntArray, FloatArray]:
    """The lines from a node: where they lead and what they cost."""
    others, costs = _all_edges(voyage, node)
    for log in (voyage.shared, voyage.own):
        for other, cost in log.wrong.get(node, {}).items():
            costs = np.where(others == other, cost, costs)
    start = float(voyage.lat[node]), float(voyage.lon[node])
    if not voyage.chart.arctic and start[0] > _SOUTH_OF_ARCTIC_DEG:
        costs = np.where(_crosses_arctic(start, voyage.lat[others], voyage.lon[others]), np.inf, costs)
    for hindrance in voyage.chart.hindrances:
        lat = np.column_stack((np.full(len(others), start[0]), voyage.lat[others]))
        lon = np.column_stack((np.full(len(others), start[1]), voyage.lon[others]))
        costs = np.where(hindrance.bars(lat, lon, reached_m, voyage.chart.clock), np.inf, costs)
    return others, costs


def _all_edges(voyage: _Voyage, node: int) -> tuple[IntArray, FloatArray]:
    """The lines from a node, barred or not."""
    graph, others, costs = voyage.graph, [], []
    if node < voyage.count:
        own = slice(graph.offset[node], graph.offset[node + 1])
        others.append(graph.neighbour[own])
        costs.append(graph.length_m[own])
    for more, lengths in voyage.extra.get(node, ()):
        others.append(more)
        costs.append(lengths)
    for approach, place, nodes in voyage.members.get(node, ()):
        seen, lengths = approach.seen(place)
        others.append(nodes[seen])
        costs.append(lengths)
    for other, length, _ in voyage.canal_at.get(node, ()):
        others.append(np.array([other]))
        costs.append(np.array([length]))
    if len(others) == 1:
        return others[0], costs[0]
    if not others:
        return np.empty(0, dtype=np.intp), np.empty(0)
    return np.concatenate(others), np.concatenate(costs)


_SOUTH_OF_ARCTIC_DEG = 45.0
"""From south of this no geodesic shorter than a quarter of the earth reaches a barrier without turning first."""

_BARRIERS_DEG = ((104.3, 77.0), (-95.0, 66.0))
"""Meridians from which, north of a latitude, no way leads on: off Cape Chelyuskin, and from Boothia to the pole."""


def through_arctic(leg: FloatArray, chart: Chart) -> bool:
    """Whether a leg, degrees of shape (2, 2), uses a passage through the Arctic that is not open."""
    return not chart.arctic and bool(_crosses_arctic((float(leg[0, 0]), float(leg[0, 1])), leg[1:, 0], leg[1:, 1])[0])


def _crosses_arctic(start: tuple[float, float], lats: FloatArray, lons: FloatArray) -> NDArray[np.bool_]:
    """Which lines from a place cross from the Atlantic side of the Arctic to the Pacific side."""
    lat, lon = start
    crossing = np.zeros(len(lats), dtype=np.bool_)
    here = seaways.vectors(np.array([lat]), np.array([lon]))[0]
    there = seaways.vectors(lats, lons)
    for meridian, south in _BARRIERS_DEG:
        lam = np.radians(meridian)
        normal = np.array([-np.sin(lam), np.cos(lam), 0.0])
        before, after = float(here @ normal), there @ normal
        over = (before * after) < 0.0
        meet = here * np.abs(after)[:, None] + there * abs(before)
        on_this_side = meet @ np.array([np.cos(lam), np.sin(lam), 0.0]) > 0.0
        high = np.degrees(np.arctan2(meet[:, 2], np.hypot(meet[:, 0], meet[:, 1]))) > south
        crossing |= over & on_this_side & high
    return crossing


def _look(voyage: _Voyage, path: list[int]) -> bool:
    """Look closely at the lines of a path; whether all of them are as they were thought to be."""
    pairs = [(min(pair), max(pair)) for pair in pairwise(path) if not _canal(voyage, *pair)]
    fresh = [pair for pair in pairs if pair not in _log(voyage, pair).lines]
    if not fresh:
        return True
    first, second = np.array(fresh).T
    ends = voyage.lat[first], voyage.lon[first], voyage.lat[second], voyage.lon[second]
    least = offing.offings_m(*ends, voyage.chart.clearance_m)
    lines = zip(fresh, least.tolist(), strict=True)
    strange = [_log(voyage, pair).enter(pair, _line(voyage, pair, least_m)) for pair, least_m in lines]
    return not any(strange)


def _log(voyage: _Voyage, pair: tuple[int, int]) -> _Log:
    """Where to keep what is learnt of a line: for good between packaged corners, else for this search."""
    return voyage.shared if max(pair) < voyage.count else voyage.own


def _line(voyage: _Voyage, pair: tuple[int, int], least_m: float) -> Line | None:
    """What there is between two nodes, given how near to a shore the straight line comes."""
    nodes = np.array(pair)
    straight = np.column_stack((voyage.lat[nodes], voyage.lon[nodes]))
    length = float(seaways.lengths_m(straight[:1, 0], straight[:1, 1], straight[1, 0], straight[1, 1])[0])
    if least_m >= _need(voyage, *pair) * ENOUGH_RATIO:
        return Line(straight, length, least_m)
    if length > _LONG_M and max(pair) >= voyage.count:
        return None  # lines from a place are many: another one will do
    found = detours.lead_round(straight, voyage.chart.clearance_m * ENOUGH_RATIO, voyage.chart.clearance_m)
    if found is None:
        return None
    places = found
    return Line(
        places, float(seaways.lengths_m(places[:-1, 0], places[:-1, 1], places[1:, 0], places[1:, 1]).sum()), least_m
    )


def _need(voyage: _Voyage, *nodes: int) -> float:
    """The clearance that a line between nodes has to keep: less near narrow waters and near ends close to land."""
    need = voyage.chart.clearance_m
    for node in nodes:
        if node < voyage.count:
            narrow = float(voyage.graph.narrow_m[node])
            need = min(need, narrow) if narrow > 0.0 else need
        elif node < voyage.count + 2:
            need = min(need, voyage.ends[node - voyage.count].offing_m)
        else:
            need = min(need, voyage.close.get(node, np.inf))
    if len(nodes) == 2:
        shared = {id(approach): approach for approach, _, _ in voyage.members.get(nodes[0], ())}
        for approach, _, _ in voyage.members.get(nodes[1], ()):
            if id(approach) in shared:
                need = min(need, approach.least_m)
    return need


def _canal(voyage: _Voyage, first: int, second: int) -> str:
    """The key of the canal between two nodes, empty where there is none."""
    return next((key for other, _, key in voyage.canal_at.get(first, ()) if other == second), "")


def _way(voyage: _Voyage, path: list[int]) -> Found:
    """The places along a path."""
    pieces, names = [], []
    for first, second in pairwise(path):
        key = _canal(voyage, first, second)
        if key == _PREFERRED:
            way = np.column_stack((voyage.lat[[first, second]], voyage.lon[[first, second]]))
        elif key:
            way = canals.line(key)
        else:
            pair = min(first, second), max(first, second)
            line = _log(voyage, pair).lines[pair]
            way = line.places if line is not None else np.empty((0, 2))
        if np.abs(way[0] - (voyage.lat[first], voyage.lon[first])).sum() > _SAME_PLACE_DEG:
            way = way[::-1]
        pieces.append(way[:-1])
        names += [key] * (len(way) - 1)
    last = np.array([[voyage.lat[path[-1]], voyage.lon[path[-1]]]])
    return Found(np.concatenate([*pieces, last]), tuple(names))
