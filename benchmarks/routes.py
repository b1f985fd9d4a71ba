"""Times sea routes and measures their lengths, beside PyPI `searoute` where it is installed.

Usage: python benchmarks/routes.py [--pairs N] [--seed S]

Each pair is asked for twice: the first time reads the coast and the packaged sea ways and draws the waters round the
ends, the second is counted. It names a speed, which changes nothing but that the route itself is not remembered.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import random
import statistics
import time
from typing import TYPE_CHECKING

from waterspace.domain import Position
from waterspace.environment.routing import routes
from waterspace.environment.shores import coast
from waterspace.errors import RouteError
from waterspace.quantity import nautical_miles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["main"]

REGION = (30.0, 122.0, 46.0, 145.0)
WORLD = (-50.0, -180.0, 62.0, 180.0)
BUDGET_S = {"region": 0.05, "world": 0.5}
EXAMPLES = {
    "Vladivostok to 39.8N 133.2E": ((43.1167, 131.8833), (39.8, 133.2)),
    "Qingdao to 39.8N 133.2E": ((36.065, 120.3853), (39.8, 133.2)),
    "Vladivostok to Yokohama": ((43.1167, 131.8833), (35.45, 139.65)),
    "Shanghai to San Francisco": ((31.4, 121.5), (37.8, -122.4)),
    "Singapore to Rotterdam": ((1.25, 103.8), (51.95, 4.05)),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time sea routes.")
    parser.add_argument("--pairs", type=int, default=40, help="random pairs in the region, and in the world")
    parser.add_argument("--seed", type=int, default=1, help="of the random pairs")
    options = parser.parse_args()
    for name, bounds in (("region", REGION), ("world", WORLD)):
        pairs = _pairs(bounds, options.pairs, random.Random(options.seed))  # noqa: S311
        times = [_route_s(*pair) for pair in pairs]
        known = sorted(seconds for seconds in times if seconds is not None)
        p95 = known[int(0.95 * (len(known) - 1))]
        kept = "yes" if statistics.median(known) <= BUDGET_S[name] else "NO"
        print(
            f"{name:<8}{len(known):>4} pairs   median {statistics.median(known) * 1e3:8.1f} ms"
            f"   p95 {p95 * 1e3:8.1f} ms"
            f"   budget {BUDGET_S[name] * 1e3:.0f} ms kept: {kept}"
        )
    bound_s = _bound_s(_pairs(REGION, 200, random.Random(options.seed)))  # noqa: S311
    print(f"lower bound {bound_s * 1e3:.4f} ms")
    _beside_searoute()


def _pairs(
    bounds: tuple[float, float, float, float], count: int, source: random.Random
) -> list[tuple[Position, Position]]:
    """Pairs of places at sea."""
    south, west, north, east = bounds
    places: list[Position] = []
    while len(places) < 2 * count:
        place = Position(lat_deg=source.uniform(south, north), lon_deg=source.uniform(west, east))
        if not coast.load().is_land(place):
            places.append(place)
    return list(zip(places[::2], places[1::2], strict=True))


def _route_s(a: Position, b: Position) -> float | None:
    """Time of a route once all that it needs is warm; None where there is no way."""
    try:
        routes.shortest(a, b)
    except RouteError:
        return None
    again = routes.RouteRequest(speed_mps=10.0)  # another request: nothing is remembered of the whole route
    return _timed(lambda: routes.shortest(a, b, again))


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _bound_s(pairs: Sequence[tuple[Position, Position]]) -> float:
    """Time of one lower bound."""
    return _timed(lambda: [routes.lower_bound_m(a, b) for a, b in pairs]) / len(pairs)


def _beside_searoute() -> None:
    """The examples by both, if the other is there."""
    other = importlib.import_module("searoute") if importlib.util.find_spec("searoute") else None
    if other is None:
        print("searoute is not installed: lengths are ours alone (pip install searoute to compare)")
    for name, (a, b) in EXAMPLES.items():
        here, there = (Position(lat_deg=lat, lon_deg=lon) for lat, lon in (a, b))
        ours = nautical_miles(routes.shortest(here, there).length_m)
        ours_s = _route_s(here, there) or float("nan")
        line = f"{name:<30}{ours:9.1f} nm {ours_s * 1e3:8.1f} ms"
        if other is not None:
            other.searoute(a[::-1], b[::-1], units="naut")
            theirs_s = _timed(lambda: other.searoute(a[::-1], b[::-1], units="naut"))  # noqa: B023  # called at once
            theirs = other.searoute(a[::-1], b[::-1], units="naut")["properties"]["length"]
            line += f"   searoute {theirs:9.1f} nm {theirs_s * 1e3:8.1f} ms"
            line += f"   ratio of lengths {ours / theirs:.3f}, of times {ours_s / theirs_s:.2f}"
        print(line)


if __name__ == "__main__":
    main()
