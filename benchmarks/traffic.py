"""Times background traffic and measures its memory.

Usage: python benchmarks/traffic.py [--ships N] [--days N] [--runs N] [--seed N] [--cold]

The packaged table of ports and kinds is sailed in the Sea of Japan. Lanes come from the user's cache; with `--cold` a
new, empty cache is used, so that every lane is computed first. A run with another seed in the same process pays only
for its ships; that is the median.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import tempfile
import time
import tracemalloc

from waterspace.domain import Polygon, Position
from waterspace.quantity import DAY_MS
from waterspace.traffic import FishingGround, Traffic, TrafficPlan, build

__all__ = ["main"]

_START_MS = 1_689_379_200_000  # 2023-07-15T00:00Z
_KIBIBYTE = 1024
_MEBIBYTE = 1024 * 1024
_BUDGET_MIB = 200
_CORNERS = ((36.5, 131.5), (39.5, 132.0), (41.5, 137.0), (38.5, 138.0))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time background traffic.")
    parser.add_argument("--ships", type=float, default=2000.0, help="merchant ships over the span, in the mean")
    parser.add_argument("--days", type=int, default=9)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cold", action="store_true", help="compute every lane")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.cold:
            os.environ["WATERSPACE_CACHE"] = folder
        _measure(options)


def _measure(options: argparse.Namespace) -> None:
    merchants = TrafficPlan(start_ms=_START_MS, end_ms=_START_MS + options.days * DAY_MS, merchant_count=options.ships)
    ground = FishingGround(
        name="BANK",
        area=Polygon(vertices=tuple(Position(lat_deg=lat, lon_deg=lon) for lat, lon in _CORNERS)),
        density_per_m2=3e-9,
    )
    fishers = TrafficPlan(start_ms=merchants.start_ms, end_ms=merchants.end_ms, grounds=(ground,))
    before_mib = _peak_mib()
    began_s = time.perf_counter()
    traffic = build(merchants, options.seed)
    first_s = time.perf_counter() - began_s
    print(f"merchant ships over {options.days} days: {_what(traffic)}")
    print(f"  first in a process, lanes {'computed' if options.cold else 'from the cache'}: {first_s:.2f} s")
    print(f"  another seed: {_median_s(merchants, options.runs):.3f} s (median of {options.runs})")
    print(
        f"  process before {before_mib:.0f} MiB, peak after {_peak_mib():.0f} MiB (coast, depths and libraries in it)"
    )
    tracemalloc.start()
    kept = build(merchants, options.seed + 1)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    fits = "yes" if peak / _MEBIBYTE < _BUDGET_MIB else "NO"
    print(
        f"  of a build {held / _MEBIBYTE:.1f} MiB stay ({len(kept):,} ships), {peak / _MEBIBYTE:.1f} MiB at the most;"
        f" below {_BUDGET_MIB} MiB: {fits}"
    )
    for note in traffic.notes:
        print(f"  note: {note}")
    build(fishers, options.seed)
    print(f"fishing: {_what(build(fishers, options.seed))}")
    print(f"  another seed: {_median_s(fishers, options.runs):.3f} s (median of {options.runs})")


def _what(traffic: Traffic) -> str:
    legs = traffic.points.time_ms.size - len(traffic)
    middle_ms = int(traffic.points.time_ms.min() + traffic.points.time_ms.max()) // 2
    at_once = traffic.at(middle_ms)[0].size
    return f"{len(traffic):,} vessels, {at_once:,} at once, {legs:,} legs, {traffic.size_bytes / _MEBIBYTE:.2f} MiB"


def _median_s(plan: TrafficPlan, runs: int) -> float:
    times_s = []
    for seed in range(100, 100 + runs):
        began_s = time.perf_counter()
        build(plan, seed)
        times_s.append(time.perf_counter() - began_s)
    return statistics.median(times_s)


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIBIBYTE


if __name__ == "__main__":
    main()
