"""Times the search for every meeting of a fleet, beside a KD-tree asked every ten seconds.

Usage: python benchmarks/fleet_meetings.py [--ships N] [--runs N] [--seed N]

The ships run straight for an hour, 10 to 20 knots, in a square of 1,000 miles across 180°, as a seeded generator has
them. The peer is `pykdtree` on earth-centred places, made new and asked for neighbours within the range at every tenth
second; places come from the same compiled curves and are not counted. It knows which pairs come near, not when, and
misses what happens between two samples. Run on one core: OMP_NUM_THREADS is set to 1.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np

from waterspace.domain import Leg, Position
from waterspace.geometry.compiled import warm_up
from waterspace.geometry.compiled.fleet import Fleet, Meetings
from waterspace.geometry.compiled.pieces import places
from waterspace.geometry.geodesic import destinations, positions_from
from waterspace.quantity import HOUR_MS, KNOT_MPS, NAUTICAL_MILE_M, SECOND_MS

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["main", "straight_runs"]

_START_MS = 1_690_000_000_000
_RANGE_M = 5.0 * NAUTICAL_MILE_M
_SIDE_M = 1000.0 * NAUTICAL_MILE_M
_STEP_MS = 10 * SECOND_MS
_FEW, _MANY = 4, 16
"""Neighbours asked for, a ship itself among them: few of all, many of those that have at least so many."""


def main() -> None:
    """Print the time of the first start, and the medians."""
    parser = argparse.ArgumentParser(description="Time the search for every meeting of a fleet.")
    parser.add_argument("--ships", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=2023)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter(), time.process_time()
        warm_up(lambda _: None, Path(folder))
        spent = time.perf_counter() - began[0], time.process_time() - began[1]
        print(f"first start after an install: kernels compiled in {spent[0]:.1f} s (CPU {spent[1]:.1f} s)")
        _compare(options.ships, options.runs, options.seed)
    sys.stdout.flush()


def _compare(ships: int, runs: int, seed: int) -> None:
    """Print what both find and how long they take."""
    tracks = straight_runs(ships, seed)
    fleet = Fleet.of(tracks)
    end_ms = _START_MS + HOUR_MS
    found: Meetings = fleet.meetings(_RANGE_M, _START_MS, end_ms)
    ours_s = _median_s(lambda: fleet.meetings(_RANGE_M, _START_MS, end_ms), runs)
    build_s = _median_s(lambda: Fleet.of(tracks), runs)
    samples = [places(*fleet.positions(time_ms)) for time_ms in range(_START_MS, end_ms + 1, _STEP_MS)]
    pairs = set(_sampled(samples).tolist())
    peer_s = _median_s(lambda: _sampled(samples), max(runs // 2, 1))
    met = set((found.first * ships + found.second).tolist())
    print(
        f"{ships:,} ships for an hour, 10-20 kn, straight, in a square of 1,000 nm (seed {seed}), every meeting within "
        f"5 nm; median CPU of {runs}, one core; target 0.5 s"
    )
    print(f"  meetings to the millisecond   {ours_s * 1e3:8.1f} ms   {found.first.size:,} meetings")
    print(f"  curves from legs, before that {build_s * 1e3:8.1f} ms")
    print(
        f"  KD-tree every 10 s            {peer_s * 1e3:8.1f} ms   {len(pairs):,} pairs, {len(met - pairs):,} missed, "
        f"no instants   {peer_s / ours_s:.0f} times ours, {peer_s / (ours_s + build_s):.0f} times ours with curves"
    )
    if pairs - met:
        raise SystemExit(f"the KD-tree knows {len(pairs - met)} pairs that we do not")


def straight_runs(ships: int, seed: int) -> list[tuple[Leg, ...]]:
    """One leg of an hour for each ship, in a square around a place on 180°."""
    rng = np.random.default_rng(seed)
    east_m, north_m = rng.uniform(-_SIDE_M / 2.0, _SIDE_M / 2.0, (2, ships))
    bearing = np.degrees(np.arctan2(east_m, north_m))
    lat, lon = destinations(40.0, 180.0, bearing, np.hypot(east_m, north_m))
    run_m = rng.uniform(10.0, 20.0, ships) * KNOT_MPS * (HOUR_MS / SECOND_MS)
    ends = destinations(lat, lon, rng.uniform(0.0, 360.0, ships), run_m)
    both: zip[tuple[Position, Position]] = zip(positions_from(lat, lon), positions_from(*ends), strict=True)
    end_ms = _START_MS + HOUR_MS
    return [(Leg(start_ms=_START_MS, end_ms=end_ms, start=start, end=end),) for start, end in both]


def _sampled(samples: list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]) -> NDArray[np.int64]:
    """Pairs that are within the range at any sample, each as one number."""
    from pykdtree.kdtree import KDTree

    found = []
    for here in samples:
        tree = KDTree(here)
        every = np.arange(len(here))
        _, few = tree.query(here, k=_FEW, distance_upper_bound=_RANGE_M)
        full = every[few[:, -1] < len(here)]
        found.append(_keys(every, few))
        if full.size:
            _, many = tree.query(here[full], k=_MANY, distance_upper_bound=_RANGE_M)
            assert np.all(many[:, -1] == len(here)), "a ship has more neighbours than were asked for"
            found.append(_keys(full, many, len(here)))
    return np.unique(np.concatenate(found))


def _keys(asked: NDArray[np.int64], neighbours: NDArray[np.uint32], ships: int | None = None) -> NDArray[np.int64]:
    """Pairs of those who asked and their neighbours, the lower number first, each as one number."""
    ships = ships or len(asked)
    row, column = np.nonzero(neighbours < ships)
    first, second = asked[row], neighbours[row, column].astype(np.int64)
    lower, upper = np.minimum(first, second), np.maximum(first, second)
    keys: NDArray[np.int64] = lower[lower < upper] * ships + upper[lower < upper]
    return keys


def _median_s(work: Callable[[], object], runs: int) -> float:
    spent_s = []
    for _ in range(runs):
        began_s = time.process_time()
        work()
        spent_s.append(time.process_time() - began_s)
    return statistics.median(spent_s)


if __name__ == "__main__":
    main()
