"""Times geodesics and rhumb lines of arrays beside pyproj called raw, and PyPI's `geographiclib` where it is installed.

Usage: python benchmarks/geodesy.py [--points N] [--runs N]

Every line is the best of N runs in one process, and the ratio to `pyproj.Geod` on the same points: checking of
arguments, order of latitude and longitude, and azimuths from 0 to 360 are what ours adds. `geographiclib` is pure
Python and is asked for a hundredth of the points.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import time
from collections.abc import Callable

import numpy as np
from pyproj import Geod

from waterspace import geometry

__all__ = ["main"]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Time geodesics and rhumb lines of arrays.")
    parser.add_argument("--points", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    draw = np.random.default_rng(1)
    lat1, lat2 = draw.uniform(-89.0, 89.0, (2, options.points))
    lon1, lon2 = draw.uniform(-180.0, 180.0, (2, options.points))
    course, length = draw.uniform(0.0, 360.0, options.points), draw.uniform(0.0, 1e5, options.points)
    low = np.clip(lat1, -80.0, 80.0)
    raw = Geod(ellps="WGS84")
    print(f"{options.points:,} points, best of {options.runs}")
    inverse_s = _line("pyproj.Geod.inv", lambda: raw.inv(lon1, lat1, lon2, lat2), options, None)
    _line("geometry.inverse", lambda: geometry.inverse(lat1, lon1, lat2, lon2), options, inverse_s)
    _line("geometry.rhumb_inverse", lambda: geometry.rhumb_inverse(lat1, lon1, lat2, lon2), options, inverse_s)
    direct_s = _line("pyproj.Geod.fwd", lambda: raw.fwd(lon1, lat1, course, length), options, None)
    _line("geometry.direct", lambda: geometry.direct(lat1, lon1, course, length), options, direct_s)
    _line("geometry.rhumb_direct", lambda: geometry.rhumb_direct(low, lon1, course, length), options, direct_s)
    segment = (35.0, 129.0), (41.5, 140.0)
    near = 36.0 + lat1 / 20.0, 134.0 + lon1 / 20.0
    _line("geometry.track_offset", lambda: geometry.track_offset(near, *segment), options, inverse_s)
    _line("geometry.nearest_on_segment", lambda: geometry.nearest_on_segment(near, *segment), options, inverse_s)
    other = (near[0] + 1.0, near[1] - 1.0)
    _line(
        "geometry.segment_intersection",
        lambda: geometry.segment_intersection(near, other, *segment),
        options,
        inverse_s,
    )
    _pure_python(options, inverse_s, (lat1, lon1, lat2, lon2))


def _line(name: str, work: Callable[[], object], options: argparse.Namespace, peer_s: float | None) -> float:
    """Time one function, print it, and return its seconds."""
    spans_s = []
    for _ in range(options.runs):
        began_s = time.perf_counter()
        work()
        spans_s.append(time.perf_counter() - began_s)
    best_s = min(spans_s)
    ratio = "" if peer_s is None else f"   ratio {best_s / peer_s:6.2f}"
    print(f"  {name:<30}{best_s * 1e3:9.1f} ms{best_s / options.points * 1e6:8.2f} us each{ratio}")
    return best_s


def _pure_python(options: argparse.Namespace, peer_s: float, points: tuple[np.ndarray, ...]) -> None:
    """The same inverse problem by `geographiclib`, if there is one."""
    if importlib.util.find_spec("geographiclib") is None:
        print("  geographiclib is not installed: not compared")
        return
    solver = importlib.import_module("geographiclib.geodesic").Geodesic.WGS84
    rows = np.stack(points, axis=1)[: max(options.points // 100, 1)].tolist()
    began_s = time.perf_counter()
    for row in rows:
        solver.Inverse(*row)
    each_s = (time.perf_counter() - began_s) / len(rows)
    ratio = each_s * options.points / peer_s
    print(f"  {'geographiclib, pure Python':<30}{'':>12}{each_s * 1e6:8.2f} us each   ratio {ratio:6.2f}")


if __name__ == "__main__":
    main()
