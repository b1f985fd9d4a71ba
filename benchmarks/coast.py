"""Times the land test and distances to the shore, beside other ways to the same answers in the same run.

Usage: python benchmarks/coast.py [--points N] [--runs N] [--seed N]

Points are drawn evenly over 115-160 degrees east and 20-60 north. The peers are shapely's prepared polygons and its
tree of polygons, over the same shores, and the packages `global-land-mask` and `roaring-landmask` where they are
installed; those know coarser or other shores, so the share of points on which they agree is printed too.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from importlib import import_module, resources
from importlib.util import find_spec
from os import environ
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from waterspace.environment.shores import field
from waterspace.environment.shores.coast import Bounds, Coast

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.geometry.geodesic import FloatArray

__all__ = ["main"]

_REGION = Bounds(20.0, 115.0, 60.0, 160.0)
_COMPARED = 100_000
_STEP_DEG = 0.02


def main() -> None:
    """Print the medians and the ratios."""
    parser = argparse.ArgumentParser(description="Time the land test and distances to the shore.")
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    draws = np.random.default_rng(options.seed)
    lat = draws.uniform(_REGION.south_deg, _REGION.north_deg, options.points)
    lon = draws.uniform(_REGION.west_deg, _REGION.east_deg, options.points)
    for file in ("coast_region.npz", "coast_world.npz"):
        size = len(resources.files("waterspace.environment").joinpath("data", file).read_bytes())
        print(f"{file}: {size / 1000.0:,.0f} kB")
    _first_uses(options.runs)
    with tempfile.TemporaryDirectory() as folder:
        environ["WATERSPACE_CACHE"] = folder
        _distances(lat, lon, options.runs)
    _land(lat, lon, options.runs)


def _seconds(work: Callable[[], Any], runs: int) -> float:
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def _first_uses(runs: int) -> None:
    one_lat, one_lon = np.array([39.8]), np.array([133.2])
    begin = time.perf_counter()
    Coast().on_land(one_lat, one_lon)
    print(f"first use of the region: {time.perf_counter() - begin:.3f} s in this process")
    print(
        f"first use of a new coast: {_seconds(lambda: Coast().on_land(one_lat, one_lon), runs):.3f} s for the region,"
    )
    print(f"  {_seconds(lambda: Coast().on_land(np.zeros(1), np.zeros(1)), runs):.3f} s with the world")


def _distances(lat: FloatArray, lon: FloatArray, runs: int) -> None:
    coast = Coast()
    begin, busy = time.perf_counter(), time.process_time()
    field.build(coast, _REGION, _STEP_DEG)
    took_s, busy_s = time.perf_counter() - begin, time.process_time() - busy
    print(f"field of the region built: {took_s:.2f} s ({busy_s:.2f} s of processor time)")
    coast.field()
    begin = time.perf_counter()
    Coast().field()
    print(f"field taken from the cache: {time.perf_counter() - begin:.3f} s")
    fast_s = _seconds(lambda: coast.distances_m(lat, lon), runs)
    print(f"{len(lat):,} distances from the field: {fast_s:.3f} s")
    some = slice(0, min(_COMPARED, len(lat)))
    coast.exact_distances_m(lat[:1], lon[:1])
    exact_s = _seconds(lambda: coast.exact_distances_m(lat[some], lon[some]), 1)
    exact_m = coast.exact_distances_m(lat[some], lon[some])
    each = len(lat[some])
    print(
        f"{each:,} exact distances: {exact_s:.3f} s, {exact_s / each / (fast_s / len(lat)):.0f} times as long for each"
    )
    sea = exact_m > 0.0
    errors = np.abs(coast.distances_m(lat, lon)[some] - exact_m)[sea]
    half, most, worst = np.percentile(errors, [50, 95, 100])
    print(f"error at sea: half within {half:.0f} m, 95 % within {most:.0f} m, worst {worst:.0f} m")
    near = errors[exact_m[sea] < 5000.0]
    print(f"  nearer than 5 km: half within {np.median(near):.0f} m, 95 % within {np.percentile(near, 95):.0f} m")


def _land(lat: FloatArray, lon: FloatArray, runs: int) -> None:
    coast = Coast()
    ours = coast.on_land(lat, lon)
    ours_s = _seconds(lambda: coast.on_land(lat, lon), runs)
    print(f"{len(lat):,} land tests: {ours_s:.3f} s, {ours.mean():.4f} on land")
    some = slice(0, min(_COMPARED, len(lat)))
    for name, work in _peers(coast, lat[some], lon[some]):
        begin = time.perf_counter()
        theirs = work()
        theirs_s = (time.perf_counter() - begin) * len(lat) / len(lat[some])
        agree = float(np.mean(theirs == ours[some]))
        print(f"  {name}: {theirs_s / ours_s:,.0f} times as long, agrees on {agree:.5f}")


def _peers(coast: Coast, lat: FloatArray, lon: FloatArray) -> list[tuple[str, Callable[[], Any]]]:
    rings = coast.polygons(_REGION, 0.0)
    shapes = shapely.polygons([shapely.linearrings(np.stack((ring[1], ring[0]), axis=1)) for ring in rings])
    points = shapely.points(lon, lat)
    tree = shapely.STRtree(shapes)
    shapely.prepare(shapes)

    def by_tree() -> NDArray[np.bool_]:
        inside = tree.query(points, predicate="intersects")[0]
        odd: NDArray[np.bool_] = np.bincount(inside, minlength=len(points)) % 2 == 1
        return odd

    def by_polygon() -> NDArray[np.bool_]:
        odd = np.zeros(len(points), dtype=bool)
        for shape in shapes[:200]:
            odd ^= shapely.contains_xy(shape, lon, lat)
        return odd

    peers: list[tuple[str, Callable[[], Any]]] = [
        ("shapely, tree of all polygons", by_tree),
        ("shapely, the 200 largest prepared polygons", by_polygon),
    ]
    if find_spec("global_land_mask"):
        globe = import_module("global_land_mask").globe
        peers.append(("global-land-mask, 1 km raster", lambda: globe.is_land(lat, lon)))
    if find_spec("roaring_landmask"):
        mask = import_module("roaring_landmask").RoaringLandmask.new()
        peers.append(("roaring-landmask", lambda: mask.contains_many(lon, lat)))
    return peers


if __name__ == "__main__":
    main()
