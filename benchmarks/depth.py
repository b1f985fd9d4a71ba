"""Times depths at many points, beside plain NumPy that takes the nearest node of the same grid without any rule.

Usage: python benchmarks/depth.py [--points N] [--runs N]

The nearest node alone gives a number on land, in straits and on slopes; the ratio says what the rules and the blending
between four nodes cost.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.bathymetry import depth
from waterspace.environment.shores.shoreline import Bounds

if TYPE_CHECKING:
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["main"]

SOUTH, WEST, NORTH, EAST = 20.0, 115.0, 60.0, 160.0


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description="Time depths at many points.")
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    random = np.random.default_rng(20230720)
    lat = random.uniform(SOUTH + 0.1, NORTH - 0.1, options.points)
    lon = random.uniform(WEST + 0.1, EAST - 0.1, options.points)
    started = time.perf_counter()
    grid = depth.load()
    first_s = time.perf_counter() - started
    lats, lons, nodes = grid.window(Bounds(SOUTH + 0.1, WEST + 0.1, NORTH - 0.1, EAST - 0.1))

    def nearest() -> FloatArray:
        rows = np.rint((lat - lats[0]) / 0.1).astype(np.intp)
        columns = np.rint((lon - lons[0]) / 0.1).astype(np.intp)
        found: FloatArray = nodes[rows, columns]
        return found

    known = float(np.mean(np.isfinite(grid.depths_m(lat, lon))))
    ours_s, plain_s = (_median_s(work, options.runs) for work in (lambda: grid.depths_m(lat, lon), nearest))
    print(f"first load                        {first_s:8.3f} s")
    print(f"depths at {options.points:,} points     {ours_s:8.3f} s, {known:.0%} known")
    print(f"nearest node, no rules            {plain_s:8.3f} s, ratio {ours_s / plain_s:.1f}")


def _median_s(work: Callable[[], object], runs: int) -> float:
    """The median time of some work."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


if __name__ == "__main__":
    main()
