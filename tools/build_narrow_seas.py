"""Draw the assumed extents of the waters in which Japan's territorial sea is 3 nautical miles wide.

The order that fixes them (Cabinet Order 210 of 1977, article 3) was not found in a form that could be read. Assumed is
that they reach as far as they are needed: where the way from shore to shore through a point is shorter than 27 nautical
miles, two belts of 12 and a corridor of 3. Run it in the project's environment; it prints the column `corners` of
`narrow_seas.csv` for each strait::

    python tools/build_narrow_seas.py
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray

from waterspace.domain import Position
from waterspace.environment import straits
from waterspace.environment.limits.baselines import some
from waterspace.environment.shores import coast
from waterspace.environment.shores.contours import zero_lines
from waterspace.environment.shores.shoreline import Segments
from waterspace.environment.shores.shoretree import ShoreTree
from waterspace.quantity import NAUTICAL_MILE_M

SUM_M = 27.0 * NAUTICAL_MILE_M
STEP_DEG = 0.01
SIMPLER_DEG = 0.01

Side = Callable[[Segments], NDArray[np.bool_]]


def island_at(strait: str, end: int) -> Side:
    """The shore of the island on which a gate ends."""

    def chosen(shores: Segments) -> NDArray[np.bool_]:
        point = straits.load()[strait].gate[end]
        piece = np.argmin(np.hypot(shores.lat1 - point.lat_deg, shores.lon1 - point.lon_deg))
        found: NDArray[np.bool_] = shores.ring == shores.ring[piece]
        return found

    return chosen


def state(code: str) -> Side:
    """The shore of a state."""
    return lambda shores: shores.state == code


def tsushima(shores: Segments) -> NDArray[np.bool_]:
    """Both islands of Tsushima and the islets on them."""
    inside: NDArray[np.bool_] = (shores.lat1 > 34.0) & (shores.lat1 < 34.8)
    return inside & (shores.lon1 > 129.1) & (shores.lon1 < 129.6)


def other_japan(side: Side) -> Side:
    """Every shore of Japan but one side's."""
    return lambda shores: (shores.state == "JPN") & ~side(shores)


SIDES: dict[str, tuple[tuple[str, ...], Side, Side]] = {
    "soya": (("laperouse",), island_at("laperouse", 0), state("RUS")),
    "tsugaru_west": (("tsugaru_w",), island_at("tsugaru_w", 0), island_at("tsugaru_w", 1)),
    "tsugaru_east": (("tsugaru_e",), island_at("tsugaru_e", 0), island_at("tsugaru_e", 1)),
    "tsushima_east": (("tsushima_e",), tsushima, other_japan(tsushima)),
    "tsushima_west": (("korea_w",), tsushima, state("KOR")),
    "osumi": (("osumi", "osumi_tane"), island_at("osumi", 0), other_japan(island_at("osumi", 0))),
}


def corners(gates: tuple[str, ...], first: Side, second: Side) -> set[str]:
    """The rings around the water between two sides in which a gate lies, as `lat lon; lat lon`."""
    ends = [end for gate in gates for end in straits.load()[gate].gate]
    middle = Position(
        lat_deg=float(np.mean([end.lat_deg for end in ends])), lon_deg=float(np.mean([end.lon_deg for end in ends]))
    )
    shores = coast.load().shores_near(middle, 80.0 * NAUTICAL_MILE_M)
    lat = np.arange(middle.lat_deg - 0.9, middle.lat_deg + 0.9, STEP_DEG)
    lon = np.arange(middle.lon_deg - 1.2, middle.lon_deg + 1.2, STEP_DEG)
    grid = np.meshgrid(lat, lon, indexing="ij")
    sum_m = sum(
        ShoreTree(some(shores, side(shores)), 500.0).nearest(grid[0].ravel(), grid[1].ravel()).distance_m
        for side in (first, second)
    )
    rings = [
        shapely.Polygon(np.stack((lon[0] + column * STEP_DEG, lat[0] + row * STEP_DEG), axis=1))
        for row, column in zero_lines(SUM_M - np.asarray(sum_m).reshape(grid[0].shape))
        if len(row) > 3 and row[0] == row[-1] and column[0] == column[-1]
    ]
    found = set()
    for gate in gates:
        start, end = straits.load()[gate].gate
        point = shapely.Point((start.lon_deg + end.lon_deg) / 2.0, (start.lat_deg + end.lat_deg) / 2.0)
        for around in rings:
            if around.covers(point):
                ring = shapely.get_coordinates(shapely.simplify(around, SIMPLER_DEG))[:-1]
                found.add("; ".join(f"{lat_deg:.3f} {lon_deg:.3f}" for lon_deg, lat_deg in ring))
    return found


def main() -> int:
    """Print the corners of every strait."""
    for key, (gates, first, second) in SIDES.items():
        for ring in sorted(corners(gates, first, second)):
            print(f"{key}: {ring}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
