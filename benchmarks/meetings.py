"""Times the index over reservations, beside two plain uses of a shapely tree on the same claims.

Usage: python benchmarks/meetings.py [--reservations N] [--runs N] [--seed N]

The claims are made up by a seeded generator: a month of warnings, exercise areas and escorts in and around the Sea of
Japan, and a twentieth of them across 180°. Both peers work in one plane of degrees and only say that two shapes meet;
the first compares boxes alone, the second shapes before times. The search says which pairs meet; when and where a pair
with a moving box first meets is solved when it is asked for, which is timed by itself.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from waterspace.domain import (
    Band,
    Circle,
    Corridor,
    Footprint,
    Hazard,
    MovingBox,
    Polygon,
    Position,
    Reservation,
    Sector,
    Window,
)
from waterspace.geometry.footprints import bounding_circle, outline
from waterspace.geometry.geodesic import destination
from waterspace.geometry.legs import legs_at_speed
from waterspace.geometry.reservations.index import ReservationIndex
from waterspace.quantity import DAY_MS, HOUR_MS, NAUTICAL_MILE_M

__all__ = ["main", "month_of_claims"]

_START_MS = 1_688_169_600_000  # 2023-07-01T00:00Z
_DAYS = 30
_MOVING_SHARE = 0.01
_DAILY_SHARE = 0.10
_FAR_SHARE = 0.05
_GROUNDS, _GROUNDS_SHARE, _GROUND_M = 30, 0.5, 60_000.0  # half of the claims lie in training grounds
_BANDS = (Band(), Band(ceiling_m=3000.0), Band(floor_m=0.0, ceiling_m=6000.0), Band(floor_m=-400.0, ceiling_m=0.0))


def main() -> None:
    """Print the medians."""
    parser = argparse.ArgumentParser(description="Time the search for every meeting of many reservations.")
    parser.add_argument("--reservations", type=int, default=12_000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=2023)
    options = parser.parse_args()
    claims = month_of_claims(options.reservations, options.seed)
    found = ReservationIndex(claims).meetings()  # what the first search pays once
    bounding_circle.cache_clear()
    ours = _median(lambda: ReservationIndex(claims).meetings(), options.runs)
    solving = _solving(claims, options.runs)
    still = [claim for claim in claims if not isinstance(claim.footprint, MovingBox)]
    still_found = ReservationIndex(still).meetings()
    still_spent = _median(lambda: ReservationIndex(still).meetings(), options.runs)
    planar = _Planar.of(claims)
    box_pairs, box_spent = planar.boxes_then_time(), _median(planar.boxes_then_time, options.runs)
    shape_pairs, shape_spent = planar.shapes_then_time(), _median(planar.shapes_then_time, options.runs)
    moving = np.array([isinstance(claim.footprint, MovingBox) for claim in claims])
    daily = sum(len(claim.windows) > 1 for claim in claims)
    met = int(np.count_nonzero(moving[found.first] | moving[found.second]))
    print(
        f"{len(claims):,} reservations over {_DAYS} days (seed {options.seed}; {moving.sum()} moving boxes,"
        f" {moving.mean():.1%}; {daily} with daily windows), median of {options.runs}; target 100 ms"
    )
    print(_line("build and find every meeting", ours, f"{len(found):,} meetings, {met} with a moving box"))
    print(_line("the same without what moves", still_spent, f"{len(still_found):,} meetings"))
    print(_line("then solve first instants", solving, f"of the {met} with a moving box, not counted above"))
    print(_line("STRtree of boxes, then time", box_spent, f"{box_pairs:,} pairs of boxes", ours))
    print(_line("STRtree of shapes, then time", shape_spent, f"{shape_pairs:,} pairs of planar shapes", ours))


def _solving(claims: Sequence[Reservation], runs: int) -> _Spent:
    """What it takes to solve the first instants of all meetings that are known, but not since when."""
    found = [ReservationIndex(claims).meetings() for _ in range(runs)]
    return _median(lambda: found.pop().start_ms, runs)


def month_of_claims(count: int, seed: int) -> list[Reservation]:
    """Reservations in and around the Sea of Japan, and a few across 180°."""
    rng = np.random.default_rng(seed)
    grounds = [_anywhere(rng) for _ in range(_GROUNDS)]
    return [_claim(rng, number, grounds) for number in range(count)]


def _anywhere(rng: np.random.Generator) -> Position:
    """A place in or around the Sea of Japan."""
    return Position(lat_deg=float(rng.uniform(33.0, 50.0)), lon_deg=float(rng.uniform(127.0, 145.0)))


def _claim(rng: np.random.Generator, number: int, grounds: Sequence[Position]) -> Reservation:
    middle = _anywhere(rng)
    if rng.random() < _FAR_SHARE:
        lon_deg = float(rng.choice((-1.0, 1.0)) * rng.uniform(178.0, 180.0))
        middle = Position(lat_deg=float(rng.uniform(48.0, 60.0)), lon_deg=lon_deg)
    elif rng.random() < _GROUNDS_SHARE:
        ground = grounds[int(rng.integers(len(grounds)))]
        middle = destination(ground, float(rng.uniform(0.0, 360.0)), abs(float(rng.normal(0.0, _GROUND_M))))
    windows = _windows(rng)
    if rng.random() < _MOVING_SHARE:
        footprint: Footprint = _escort(rng, middle, windows[0].start_ms)
        assert isinstance(footprint, MovingBox)
        windows = (Window(start_ms=footprint.legs[0].start_ms, end_ms=footprint.legs[-1].end_ms),)
    else:
        footprint = _still(rng, middle)
    return Reservation(
        id=f"R{number}/area",
        owner=f"R{number}",
        name=f"Area {number}",
        footprint=footprint,
        band=_BANDS[int(rng.integers(len(_BANDS)))],
        windows=windows,
        hazard=Hazard.WARNING,
    )


def _windows(rng: np.random.Generator) -> tuple[Window, ...]:
    """One window of 2 to 12 hours, or the same hours on several days."""
    start_ms = _START_MS + int(rng.integers(_DAYS * 24)) * HOUR_MS
    length_ms = int(rng.integers(2, 13)) * HOUR_MS
    days = int(rng.integers(3, 11)) if rng.random() < _DAILY_SHARE else 1
    return tuple(
        Window(start_ms=start_ms + day * DAY_MS, end_ms=start_ms + day * DAY_MS + length_ms) for day in range(days)
    )


def _still(rng: np.random.Generator, middle: Position) -> Footprint:
    """A polygon (45 %), a circle (30 %), a sector (10 %) or a corridor (15 %)."""
    size_m = float(np.exp(rng.uniform(np.log(2.0), np.log(20.0)))) * NAUTICAL_MILE_M
    pick = rng.random()
    if pick < 0.45:
        corners = int(rng.integers(4, 9))
        turn_deg = float(rng.uniform(0.0, 360.0))
        return Polygon(
            vertices=tuple(
                destination(middle, turn_deg + 360.0 * corner / corners, size_m * float(rng.uniform(0.6, 1.0)))
                for corner in range(corners)
            )
        )
    if pick < 0.75:
        return Circle(centre=middle, radius_m=size_m)
    bearing_deg = float(rng.uniform(0.0, 360.0))
    if pick < 0.85:
        half_deg, inner_m = float(rng.uniform(10.0, 60.0)), size_m * float(rng.choice((0.0, 0.3)))
        return Sector(
            centre=middle, bearing_deg=bearing_deg, half_angle_deg=half_deg, radius_m=size_m, inner_radius_m=inner_m
        )
    ends = [middle]
    for _ in range(int(rng.integers(1, 4))):
        ends.append(destination(ends[-1], bearing_deg + float(rng.uniform(-30.0, 30.0)), size_m))
    return Corridor(waypoints=tuple(ends), half_width_m=float(rng.uniform(0.5, 3.0)) * NAUTICAL_MILE_M)


def _escort(rng: np.random.Generator, middle: Position, start_ms: int) -> MovingBox:
    """A box around a convoy that runs 4 to 10 hours on two or three courses."""
    speed_mps = float(rng.uniform(5.0, 9.0))
    ends, bearing_deg = [middle], float(rng.uniform(0.0, 360.0))
    for _ in range(int(rng.integers(2, 4))):
        ends.append(destination(ends[-1], bearing_deg + float(rng.uniform(-40.0, 40.0)), speed_mps * 3600.0 * 3.0))
    return MovingBox(legs=legs_at_speed(ends, start_ms, speed_mps), ahead_m=6000.0, astern_m=4000.0, abeam_m=4000.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planar:
    """The claims as shapes of a plane of degrees, longitudes 0 to 360, made before the clock starts."""

    shapes: Any
    start_ms: Any
    end_ms: Any

    @classmethod
    def of(cls, claims: Sequence[Reservation]) -> _Planar:
        """One shape for each claim, and the span of its windows."""
        rings = [[(corner.lon_deg % 360.0, corner.lat_deg) for corner in outline(claim.footprint)] for claim in claims]
        return cls(
            shapes=np.array([shapely.Polygon(ring) for ring in rings]),
            start_ms=np.array([claim.windows[0].start_ms for claim in claims]),
            end_ms=np.array([claim.windows[-1].end_ms for claim in claims]),
        )

    def boxes_then_time(self) -> int:
        """Pairs whose bounding boxes meet and whose times do."""
        return self._together(shapely.STRtree(self.shapes).query(self.shapes))

    def shapes_then_time(self) -> int:
        """Pairs whose shapes meet and whose times do."""
        return self._together(shapely.STRtree(self.shapes).query(self.shapes, predicate="intersects"))

    def _together(self, pairs: Any) -> int:  # noqa: ANN401  # shapely ships no types
        first, second = pairs
        keep = first < second
        first, second = first[keep], second[keep]
        start_ms = np.maximum(self.start_ms[first], self.start_ms[second])
        end_ms = np.minimum(self.end_ms[first], self.end_ms[second])
        return int(np.count_nonzero(start_ms < end_ms))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spent:
    """Medians of the time of the processor and of the clock, seconds."""

    cpu_s: float
    wall_s: float


def _line(name: str, spent: _Spent, what: str, ours: _Spent | None = None) -> str:
    ratio = "" if ours is None else f"   ratio of CPU {ours.cpu_s / spent.cpu_s:.2f}"
    return f"  {name:<29} CPU {spent.cpu_s * 1e3:7.1f} ms, wall {spent.wall_s * 1e3:7.1f} ms   {what}{ratio}"


def _median(work: Callable[[], object], runs: int) -> _Spent:
    cpu_s, wall_s = [], []
    for _ in range(runs):
        began_s = time.process_time(), time.perf_counter()
        work()
        cpu_s.append(time.process_time() - began_s[0])
        wall_s.append(time.perf_counter() - began_s[1])
    return _Spent(cpu_s=statistics.median(cpu_s), wall_s=statistics.median(wall_s))


if __name__ == "__main__":
    main()
