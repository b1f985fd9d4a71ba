"""The search for a shortest path, and what it knows of the way still to go, against Dijkstra on made-up graphs."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain import Position
from waterspace.environment.routing import seaways
from waterspace.environment.routing.arctic import crosses_arctic, is_near, pairs_crossing
from waterspace.environment.routing.wayfinding import remaining_m, shortest_path

if TYPE_CHECKING:
    from waterspace.environment.shores.shoreline import IntArray
    from waterspace.geometry.geodesic import FloatArray

    Lines = dict[tuple[int, int], float]

COUNT = 9
START, GOAL = 0, 1


@st.composite
def graphs(draw: st.DrawFn) -> tuple[FloatArray, Lines, Lines]:
    """Places on a plane, lines between them no shorter than straight, and what the same lines really cost."""
    places = np.array(draw(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=COUNT, max_size=COUNT)))
    pairs = draw(st.lists(st.sampled_from(list(itertools.combinations(range(COUNT), 2))), unique=True, min_size=8))
    thought = {pair: float(np.hypot(*(places[pair[0]] - places[pair[1]]))) for pair in pairs}
    more = draw(st.lists(st.sampled_from([1.0, 1.0, 1.5, 3.0, np.inf]), min_size=len(pairs), max_size=len(pairs)))
    return places, thought, {pair: cost * ratio for (pair, cost), ratio in zip(thought.items(), more, strict=True)}


def lines_of(lines: Lines, node: int) -> tuple[IntArray, FloatArray]:
    found = [(sum(pair) - node, cost) for pair, cost in lines.items() if node in pair]
    return np.array([other for other, _ in found], dtype=np.intp), np.array([cost for _, cost in found])


def true_costs(lines: Lines, goal: int) -> FloatArray:
    costs = np.full(COUNT, np.inf)
    costs[goal] = 0.0
    for _ in range(COUNT):
        for (first, second), cost in lines.items():
            costs[first] = min(costs[first], costs[second] + cost)
            costs[second] = min(costs[second], costs[first] + cost)
    return costs


@given(graphs(), st.floats(0.5, 3.0))
def test_what_is_still_to_go_is_never_too_much_and_leads_to_the_same_cost(
    drawn: tuple[FloatArray, Lines, Lines], ratio: float
) -> None:
    places, thought, real = drawn
    straight = [np.hypot(*(places - places[end]).T) for end in (START, GOAL)]
    found = shortest_path(START, GOAL, lambda node, _: lines_of(thought, node), straight[GOAL])
    until = ratio * (found[1] if found else 30.0)
    near = remaining_m(GOAL, lambda node: lines_of(thought, node), straight[START], straight[GOAL], until)
    exact = true_costs(thought, GOAL)
    assert (near >= straight[GOAL]).all()
    assert (near <= exact + 1e-9).all()
    for lines in (thought, real):
        best = true_costs(lines, GOAL)[START]
        again = shortest_path(START, GOAL, lambda node, _, lines=lines: lines_of(lines, node), near)  # type: ignore[misc]
        assert (again[1] if again else np.inf) == pytest.approx(best)


@given(st.integers(0, 10_000))
def test_lines_over_the_arctic_are_found_together_as_one_by_one(seed: int) -> None:
    draw = np.random.default_rng(seed)
    here = seaways.vectors(draw.uniform(50.0, 90.0, 12), draw.uniform(-180.0, 180.0, 12))
    first, second = (part.ravel() for part in np.mgrid[0:12, 0:12])
    together = np.zeros(144, dtype=np.bool_)
    together[pairs_crossing(here, first, second)] = True
    alone = np.concatenate([crosses_arctic(here[node], here) for node in range(12)])
    assert (together == alone).all()


def test_only_ways_long_enough_to_reach_the_arctic_are_looked_at_for_it() -> None:
    busan, niigata = Position(lat_deg=35.1, lon_deg=129.1), Position(lat_deg=38.0, lon_deg=139.0)
    rotterdam = Position(lat_deg=52.0, lon_deg=4.0)
    assert not is_near((busan, niigata), 2_000_000.0)
    assert is_near((busan, rotterdam), 20_000_000.0)
    assert is_near((busan, niigata), 9_000_000.0)
