"""Times the zones of many points, beside asking a plain k-d tree of shore points for the nearest of each.

Usage: python benchmarks/zones.py [--points N] [--runs N] [--seed N]

Points lie evenly in a box around the Sea of Japan, on land too. The peer tells only how far the nearest point of the
shore is, not whose it is, nor what is land, closed by lines, or narrow.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np
from pykdtree.kdtree import KDTree

from waterspace.domain import Circle, Position
from waterspace.environment.limits import zones
from waterspace.environment.limits.zones import Zone
from waterspace.environment.shores.coast import Bounds
from waterspace.environment.shores.shoretree import on_ellipsoid, pieces
from waterspace.geometry.geodesic import destination
from waterspace.quantity import SECOND_MS

__all__ = ["main"]

_BOX = Bounds(33.0, 127.0, 52.0, 147.0)
_SHORES = Bounds(29.0, 122.0, 56.0, 152.0)
_SINGLE = 200


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description="Time the zones of many points.")
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=2023)
    options = parser.parse_args()
    generator = np.random.default_rng(options.seed)
    lat = generator.uniform(_BOX.south_deg, _BOX.north_deg, options.points)
    lon = generator.uniform(_BOX.west_deg, _BOX.east_deg, options.points)
    here = zones.load()
    codes, _ = here.classify(lat, lon)
    shores = pieces(here.baselines.within(_SHORES), 400.0)
    tree = KDTree(on_ellipsoid(shores.lat1, shores.lon1))
    ours = _median_s(lambda: here.classify(lat, lon), options.runs)
    peer = _median_s(lambda: tree.query(on_ellipsoid(lat, lon), k=1), options.runs)
    counts = np.bincount(codes, minlength=len(Zone))
    print(", ".join(f"{zone} {count}" for zone, count in zip(Zone, counts.tolist(), strict=True)))
    print(f"zones of {options.points} points: {ours:.2f} s; nearest shore point by a tree: {peer:.2f} s;")
    print(f"ratio {ours / peer:.2f}")
    start = Position(lat_deg=39.8, lon_deg=133.21)
    places = [destination(start, 17.0 * index, 4000.0 * index) for index in range(_SINGLE)]
    single = _median_s(lambda: [here.at(place) for place in places], 1) / _SINGLE
    areas = [Circle(centre=place, radius_m=9000.0) for place in places]
    reach = _median_s(lambda: [here.territorial_seas_near(area) for area in areas], 1) / _SINGLE
    print(f"one point {single * SECOND_MS:.1f} ms; one footprint's territorial seas {reach * SECOND_MS:.1f} ms")
    drawn = _median_s(lambda: here.limits(Zone.TERRITORIAL_SEA, _BOX), 1)
    print(f"limits of the territorial sea in the box: {drawn:.2f} s")


def _median_s(work: Callable[[], object], runs: int) -> float:
    """Median of the times that some work takes."""
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
