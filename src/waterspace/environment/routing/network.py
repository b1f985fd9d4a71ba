"""Network: the nodes and lines of one search for a way, and what is learnt of lines while the process lives."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.environment.routing import seaways
from waterspace.environment.routing.arctic import pairs_crossing, sides_of

if TYPE_CHECKING:
    from waterspace.environment.routing.approaches import Approach
    from waterspace.environment.routing.exits import Exits
    from waterspace.environment.routing.hindrances import Clock, Hindrance
    from waterspace.environment.routing.landfall import End
    from waterspace.environment.shores.shoreline import IntArray
    from waterspace.geometry.geodesic import FloatArray

__all__ = [
    "BOUND_RATIO",
    "FIRST_M",
    "FIRST_RATIO",
    "PREFERRED",
    "Chart",
    "Found",
    "Line",
    "Log",
    "Network",
    "log_of",
    "need_m",
    "shared_waters",
    "through_m",
]

BOUND_RATIO = 0.9995
"""How much of a distance a way surely needs: lengths in the search are right to a small part of the rest."""

FIRST_RATIO, FIRST_M = 1.2, 100_000.0
"""Corners are first looked for where a way through them is at most so much longer than the straight line."""

PREFERRED = "preferred"
"""What holds a leg along a preferred line."""


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
        most_m: ways longer than this are not looked for.
    """

    clearance_m: float
    hindrances: tuple[Hindrance, ...]
    clock: Clock
    closed: frozenset[str]
    arctic: bool
    preferred: tuple[tuple[FloatArray, FloatArray], ...] = ()
    preferred_ratio: float = 1.0
    most_m: float = np.inf


class Found(NamedTuple):
    """A way: places in degrees, shape (n, 2), and what holds each leg: a canal, a preferred line, or nothing."""

    places: FloatArray
    held: tuple[str, ...]


class Line(NamedTuple):
    """What is known of the line between two nodes: the way, and what it costs: its length, more in narrow waters."""

    places: FloatArray
    length_m: float


@dataclass(slots=True)
class Log:
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
def log_of(clearance_m: float) -> Log:  # noqa: ARG001  # the cache keeps one for each
    """What was learnt of lines between packaged corners, with a clearance."""
    return Log()


@dataclass
class Network:
    """The nodes of one search: packaged corners, both ends, then those of waters and hindrances."""

    chart: Chart
    ends: tuple[End, End]
    graph: seaways.Seaways
    lat: FloatArray
    lon: FloatArray
    members: dict[int, list[tuple[Approach, int, IntArray]]] = field(default_factory=dict)
    extra: dict[int, list[tuple[IntArray, FloatArray]]] = field(default_factory=dict)
    own: Log = field(default_factory=Log)
    shared: Log = field(default_factory=Log)
    canal_at: dict[int, list[tuple[int, float, str]]] = field(default_factory=dict)
    detours: int = 0
    runs_m: dict[int, float] = field(default_factory=dict)
    canal_ends: dict[str, tuple[int, int]] = field(default_factory=dict)
    connected: dict[int, set[int]] = field(default_factory=dict)
    exits: dict[int, tuple[Exits, IntArray]] = field(default_factory=dict)
    close: dict[int, float] = field(default_factory=dict)
    corners: list[IntArray] = field(default_factory=list)
    guarded: bool = True

    @functools.cached_property
    def here(self) -> FloatArray:
        """Unit vectors of all nodes, shape (n, 3); asked for when no more nodes come."""
        return seaways.vectors(self.lat, self.lon)

    @functools.cached_property
    def _sides(self) -> FloatArray:
        return sides_of(self.here)

    def through_arctic(self, node: int) -> IntArray:
        """Which of the packaged lines of a node cross the Arctic, counted from its first."""
        if node >= self.count:
            return np.empty(0, dtype=np.intp)
        known = _crossing(self.graph)
        low, high = np.searchsorted(known, self.graph.offset[node : node + 2])
        found: IntArray = known[low:high] - self.graph.offset[node]
        return found

    def over_barriers(self, node: int, others: IntArray) -> IntArray:
        """Which of some nodes lie on the other side of a meridian that bars the Arctic from a node."""
        sides = self._sides
        return np.flatnonzero((sides[:, others] * sides[:, node, None] < 0.0).any(axis=0))

    @property
    def count(self) -> int:
        """How many packaged corners there are; the start is the node after them, the goal the next."""
        return len(self.graph)


@functools.lru_cache(maxsize=16)
def _crossing(graph: seaways.Seaways) -> IntArray:
    """Which lines of the packaged graph cross the Arctic: indices of `neighbour`."""
    first = np.repeat(np.arange(len(graph)), np.diff(graph.offset))
    return pairs_crossing(graph.here, first, graph.neighbour)


def need_m(network: Network, *nodes: int) -> float:
    """The clearance that a line between nodes has to keep: less near narrow waters and near ends close to land."""
    need = network.chart.clearance_m
    far_m = 0.0
    if len(nodes) == 2 and max(nodes) >= network.count:
        far_m = seaways.length_m(*(float(axis[node]) for node in nodes for axis in (network.lat, network.lon)))
    for node in nodes:
        if node < network.count:
            need = min(need, float(network.graph.narrow_need_m(np.array([node]), np.array([far_m]))[0]))
        elif node < network.count + 2:
            need = min(need, network.ends[node - network.count].offing_m)
        else:
            need = min(need, network.close.get(node, np.inf))
    if len(nodes) == 2:
        need = min([need, *(approach.least_m for approach in shared_waters(network, *nodes))])
    return need


def shared_waters(network: Network, first: int, second: int) -> list[Approach]:
    """The waters round an end that two nodes both lie in."""
    here = {id(approach) for approach, _, _ in network.members.get(first, ())}
    return [approach for approach, _, _ in network.members.get(second, ()) if id(approach) in here]


def through_m(network: Network) -> FloatArray:
    """For every packaged corner, no more than the length of any way between the ends through it."""
    graph = network.graph
    both = [graph.distances_m(end.position.lat_deg, end.position.lon_deg) for end in network.ends]
    through: FloatArray = (both[0] + both[1]) * BOUND_RATIO
    return through
