"""Times the altitude of the sun and the events of light, beside ephem and astral in the same run.

Usage: python benchmarks/light.py [--points N] [--runs N]

The peers compute one point a call; their time for a call stands beside ours for a point of an array and for a call.
Places, times and seed are fixed. The budget is that of the issue: a million altitudes in half a second.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import math
import statistics
import time
from collections.abc import Callable, Sequence

import numpy as np

from waterspace.domain import Position
from waterspace.environment.sky import light
from waterspace.environment.sky.light import LightKind
from waterspace.quantity import DAY_MS

__all__ = ["main"]

BUDGET_S = 0.5
PEER_CALLS = 5_000
EVENT_CALLS = 200
EPHEM_1970 = 25_567.5
START_MS, END_MS = -2_208_988_800_000, 4_102_444_800_000  # 1900 to 2100

Point = tuple[float, float, int]


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description="Time the sun.")
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    generator = np.random.default_rng(20230720)
    lat, lon = generator.uniform(-89.0, 89.0, options.points), generator.uniform(-180.0, 180.0, options.points)
    times = generator.integers(START_MS, END_MS, options.points)
    whole_s = _median_s(lambda: light.solar_altitudes_deg(lat, lon, times), options.runs)
    print(f"{options.points:,} solar altitudes, median of {options.runs}: {whole_s:.3f} s (budget {BUDGET_S} s)")
    each_s = whole_s / options.points
    points: list[Point] = list(zip(lat.tolist(), lon.tolist(), times.tolist(), strict=True))[:PEER_CALLS]
    _line("waterspace, a point of an array", each_s, each_s)
    _line("waterspace, a call", _per_call_s(_ours, points, options.runs), each_s)
    _line("ephem, a call", _per_call_s(_ephem(), points, options.runs), each_s)
    if importlib.util.find_spec("astral"):
        _line("astral, a call", _per_call_s(_astral(), points, options.runs), each_s)
    print("next sunset after a time")
    few = [point for point in points if abs(point[0]) < 60.0][:EVENT_CALLS]
    ours_s = _per_call_s(_our_sunset, few, options.runs)
    _line("waterspace", ours_s, ours_s)
    _line("ephem", _per_call_s(_ephem_sunset(), few, options.runs), ours_s)


def _line(name: str, each_s: float, reference_s: float) -> None:
    print(f"  {name:<34}{each_s * 1e6:10.3f} µs   ratio {each_s / reference_s:8.2f}")


def _ours(point: Point) -> object:
    lat_deg, lon_deg, time_ms = point
    return light.solar_altitudes_deg(lat_deg, lon_deg, time_ms)


def _our_sunset(point: Point) -> object:
    lat_deg, lon_deg, time_ms = point
    return light.next_event(Position(lat_deg=lat_deg, lon_deg=lon_deg), LightKind.SUNSET, time_ms)


def _ephem() -> Callable[[Point], object]:
    import ephem  # type: ignore[import-untyped]

    observer, body = ephem.Observer(), ephem.Sun()
    observer.pressure = 0.0

    def altitude(point: Point) -> object:
        observer.lat, observer.lon = math.radians(point[0]), math.radians(point[1])
        observer.date = point[2] / DAY_MS + EPHEM_1970
        body.compute(observer)
        return float(body.alt)

    return altitude


def _ephem_sunset() -> Callable[[Point], object]:
    import ephem

    observer, body = ephem.Observer(), ephem.Sun()
    observer.pressure, observer.horizon = 0.0, "-0:34"

    def sunset(point: Point) -> object:
        observer.lat, observer.lon = math.radians(point[0]), math.radians(point[1])
        observer.date = point[2] / DAY_MS + EPHEM_1970
        return float(observer.next_setting(body))

    return sunset


def _astral() -> Callable[[Point], object]:
    from astral import Observer
    from astral.sun import elevation

    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

    def altitude(point: Point) -> object:
        moment = epoch + dt.timedelta(milliseconds=point[2])
        return elevation(Observer(point[0], point[1], 0.0), moment, with_refraction=False)

    return altitude


def _per_call_s(work: Callable[[Point], object], points: Sequence[Point], runs: int) -> float:
    def whole() -> None:
        for point in points:
            work(point)

    return _median_s(whole, runs) / len(points)


def _median_s(work: Callable[[], object], runs: int) -> float:
    work()
    spans_s = []
    for _ in range(runs):
        began_s = time.perf_counter()
        work()
        spans_s.append(time.perf_counter() - began_s)
    return statistics.median(spans_s)


if __name__ == "__main__":
    main()
