"""Fishing vessels that trawl on grounds: racetracks at random inside the water of each ground."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.domain import Position
from waterspace.domain.traffic import MOST_FISHING
from waterspace.errors import GeometryError, RouteError
from waterspace.geometry.geodesic import distances_m, positions_from
from waterspace.geometry.plane import Plane
from waterspace.quantity import NAUTICAL_MILE_M, SECOND_MS
from waterspace.traffic import lanes
from waterspace.traffic.draws import rows, triangular
from waterspace.traffic.tracks import Traffic, Vessel, joined, within_span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.geometry.arrays import FloatArray
    from waterspace.traffic.plan import FishingGround, TrafficPlan

__all__ = ["OFF_LAND_M", "Water", "build", "water_of"]

OFF_LAND_M = NAUTICAL_MILE_M
"""Distance off land within which nobody trawls (assumed)."""

_CELL_M = NAUTICAL_MILE_M
_MOST_CELLS = 400_000
_ATTEMPTS = 48
_SIDE_POINTS = 12
_BLOCK = 512
_SHRINK_RATIO = 0.92
_LEAST_SHRUNK_RATIO = 0.2
"""Each attempt to lay a racetrack is shorter than the one before, but for a least, so that small grounds are used."""

_TOW_M = (4.0 * NAUTICAL_MILE_M, 9.0 * NAUTICAL_MILE_M, 16.0 * NAUTICAL_MILE_M)
"""Least, likeliest and greatest length of a tow (assumed: one to four hours at trawling speed)."""

_APART_M = (0.3 * NAUTICAL_MILE_M, 0.6 * NAUTICAL_MILE_M, 1.2 * NAUTICAL_MILE_M)
"""Distance between the tows there and back (assumed)."""

_LENGTHS_M = (15.0, 28.0, 60.0)
"""Least, likeliest and greatest length of a trawler (assumed)."""

_SPEED, _LENGTH, _PHASE, _ROUND, _OWN_COLUMNS = range(5)
_CELL, _EAST, _NORTH, _HEADING, _TOW, _APART, _COLUMNS = range(7)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Water:
    """The water of a ground as square cells of a plane.

    Attributes:
        plane: around the middle of the ground.
        corner_m: of the south-western cell, east and north of the plane's centre.
        cell_m: side of a cell.
        is_fished: which cells are water of the ground, rows to the north, columns to the east.
    """

    plane: Plane
    corner_m: tuple[float, float]
    cell_m: float
    is_fished: NDArray[np.bool_]

    @property
    def area_m2(self) -> float:
        """Of all cells."""
        return float(np.count_nonzero(self.is_fished)) * self.cell_m**2

    def holds(self, points: FloatArray) -> NDArray[np.bool_]:
        """Whether points of the plane, shape (..., 2), lie in the water; shape (...)."""
        column, row = (
            np.floor((points[..., axis] - self.corner_m[axis]) / self.cell_m).astype(np.intp) for axis in (0, 1)
        )
        inside = (row >= 0) & (column >= 0) & (row < self.is_fished.shape[0]) & (column < self.is_fished.shape[1])
        found: NDArray[np.bool_] = inside.copy()
        found[inside] = self.is_fished[row[inside], column[inside]]
        return found


class _Racetracks(NamedTuple):
    """Where vessels tow: corners in the order they are passed in, shape (n, 4), and who found room, shape (n,)."""

    lat: FloatArray
    lon: FloatArray
    fits: NDArray[np.bool_]


def water_of(ground: FishingGround) -> Water:
    """The water of a ground: inside its area, at least a mile off land, and within the depths and distances it names.

    Raises:
        GeometryError: there is none.
    """
    from waterspace.environment.bathymetry import depth
    from waterspace.environment.shores import coast
    from waterspace.geometry.footprints import bounding_circle, outline

    circle = bounding_circle(ground.area)
    plane = Plane(circle.centre)
    ring = plane.project_positions(outline(ground.area))
    low, high = ring.min(axis=0), ring.max(axis=0)
    cell_m = max(_CELL_M, math.sqrt(float(np.prod(high - low)) / _MOST_CELLS))
    east, north = (np.arange(low[axis] + cell_m / 2.0, high[axis], cell_m) for axis in (0, 1))
    middles = np.stack(np.meshgrid(east, north), axis=-1)
    is_fished = _inside(ring, middles, cell_m)
    lat, lon = plane.unproject(middles[is_fished])
    off_m = coast.load().distances_m(lat, lon) if lat.size else np.empty(0)
    least_m, most_m = ground.off_land_m or (0.0, math.inf)
    wet = (off_m >= max(least_m, OFF_LAND_M)) & (off_m <= most_m)
    if ground.depth_m is not None:
        depths_m = depth.load().depths_m(lat, lon)
        wet &= (depths_m >= ground.depth_m[0]) & (depths_m <= ground.depth_m[1])  # an unknown depth is no number
    is_fished[is_fished] = wet
    if not is_fished.any():
        raise GeometryError(
            f"fishing ground {ground.name}: found no water in its area with the depths and distances off land that it "
            "names, expected some; name a larger area or fewer limits"
        )
    return Water(plane=plane, corner_m=(float(low[0]), float(low[1])), cell_m=cell_m, is_fished=is_fished)


def build(
    ground: FishingGround, plan: TrafficPlan, seed: int, progress: Callable[[float], None] = lambda _: None
) -> Traffic:
    """The vessels of a ground: so many, or as many as its density makes of its water, but no more than may be.

    Raises:
        GeometryError: the ground has no water.
        NotationError: its home port is not known.
        RouteError: there is no way by sea between port and ground.
    """
    water = water_of(ground)
    wanted = ground.vessels_count
    if wanted is None:
        wanted = math.floor(ground.density_per_m2 * water.area_m2 + 0.5)
    count = min(wanted, MOST_FISHING)
    if not count:
        return joined(())
    own = rows(seed, f"fishing/{ground.name}/vessels", count, _OWN_COLUMNS)
    tries = rows(seed, f"fishing/{ground.name}/racetracks", count * _ATTEMPTS, _COLUMNS).reshape(count, _ATTEMPTS, -1)
    passage = _passage(ground, water, progress) if ground.home_port else None
    entry = None if passage is None else Position(lat_deg=float(passage.lat[-1]), lon_deg=float(passage.lon[-1]))
    courses = _racetracks(water, tries, own[:, _ROUND], entry)
    speed_mps = triangular(own[:, _SPEED], *ground.tow_speeds_mps)
    fits = np.flatnonzero(courses.fits)
    lat, lon = courses.lat[fits], courses.lon[fits]
    if passage is None:
        times_ms, lat, lon = _on_ground(lat, lon, speed_mps[fits], own[fits, _PHASE], plan)
    else:
        times_ms, lat, lon = _in_trips(ground, passage, (lat, lon), (speed_mps[fits], own[fits, _PHASE]), plan)
    left, points = within_span(times_ms, lat, lon, (plan.start_ms, plan.end_ms))
    length_m = triangular(own[:, _LENGTH], *_LENGTHS_M)
    vessels = tuple(
        Vessel(f"FISHING-{ground.name}-{number + 1:04d}", "trawler", length, speed, ground.name, ground.home_port)
        for number, length, speed in zip(
            *(values.tolist() for values in (fits[left], length_m[fits[left]], speed_mps[fits[left]])), strict=True
        )
    )
    lost = count - len(vessels)
    notes: tuple[str, ...] = ()
    if wanted > count:
        notes += (f"fishing ground {ground.name}: {wanted:,} vessels asked for; no more than {count:,} are made",)
    if lost:
        notes += (f"fishing ground {ground.name}: {lost} of {count} vessels found no room for a tow and are left out",)
    return Traffic(vessels=vessels, points=points, notes=notes)


def _inside(ring: FloatArray, middles: FloatArray, cell_m: float) -> NDArray[np.bool_]:
    """Which cells lie wholly inside a ring: all four corners do."""
    import shapely

    shape = shapely.Polygon(ring)
    shapely.prepare(shape)
    inside = np.ones(middles.shape[:2], dtype=np.bool_)
    for east_m, north_m in ((-0.5, -0.5), (-0.5, 0.5), (0.5, -0.5), (0.5, 0.5)):
        inside &= shapely.contains_xy(shape, middles[..., 0] + east_m * cell_m, middles[..., 1] + north_m * cell_m)
    return inside


def _racetracks(water: Water, tries: FloatArray, first_corner: FloatArray, entry: Position | None) -> _Racetracks:
    """The first racetrack of each vessel that lies in the water and can be reached in a straight line.

    Args:
        water: of the ground.
        tries: random numbers for each attempt of each vessel, shape (vessels, attempts, columns).
        first_corner: random number of each vessel: the corner at which it starts.
        entry: where vessels enter and leave the ground; None where they stay.
    """
    from waterspace.environment.shores import coast

    cells = np.argwhere(water.is_fished)
    cell = cells[np.minimum((tries[..., _CELL] * len(cells)).astype(np.intp), len(cells) - 1)]
    middle = np.array(water.corner_m) + (cell[..., ::-1] + tries[..., (_EAST, _NORTH)]) * water.cell_m
    shrunk = np.maximum(_SHRINK_RATIO ** np.arange(tries.shape[1]), _LEAST_SHRUNK_RATIO)
    along_m = triangular(tries[..., _TOW], *_TOW_M) * shrunk / 2.0
    across_m = triangular(tries[..., _APART], *_APART_M) * np.sqrt(shrunk) / 2.0
    heading = 2.0 * np.pi * tries[..., _HEADING]
    ahead = np.stack((np.sin(heading), np.cos(heading)), axis=-1)
    abeam = np.stack((np.cos(heading), -np.sin(heading)), axis=-1)
    corners = middle[..., None, :] + (
        along_m[..., None, None] * ahead[..., None, :] * np.array([-1.0, 1.0, 1.0, -1.0])[:, None]
        + across_m[..., None, None] * abeam[..., None, :] * np.array([-1.0, -1.0, 1.0, 1.0])[:, None]
    )
    blocks = [corners[first : first + _BLOCK] for first in range(0, len(corners), _BLOCK)]
    lies_well = np.concatenate([_lies_well(water, block) for block in blocks])
    vessel = np.arange(len(tries))
    turned = (np.arange(4) + (first_corner * 4.0).astype(np.intp)[:, None]) % 4
    while True:
        chosen = lies_well.argmax(axis=1)
        fits = lies_well[vessel, chosen]
        lat, lon = water.plane.unproject(corners[vessel[:, None], chosen[:, None], turned])
        legs = _legs_of(lat, lon, entry)
        met = [land is not None for land in coast.load().land_on_legs(legs)]
        barred = np.array(met, dtype=np.bool_).reshape(len(vessel), -1).any(axis=1) & fits
        if not barred.any():
            return _Racetracks(lat, lon, fits)
        lies_well[vessel[barred], chosen[barred]] = False


def _lies_well(water: Water, corners: FloatArray) -> NDArray[np.bool_]:
    """Which racetracks, by their corners of shape (vessels, attempts, 4, 2), lie in the water; (vessels, attempts)."""
    part = np.arange(_SIDE_POINTS)[:, None] / _SIDE_POINTS
    sides = corners[..., :, None, :] * (1.0 - part) + np.roll(corners, -1, axis=2)[..., :, None, :] * part
    found: NDArray[np.bool_] = np.asarray(water.holds(sides).all(axis=(2, 3)))
    return found


def _legs_of(lat: FloatArray, lon: FloatArray, entry: Position | None) -> list[tuple[Position, Position]]:
    """The sides of racetracks, vessel by vessel, each with the way from the entry if there is one."""
    legs = []
    for lats, lons in zip(lat, lon, strict=True):
        corners = positions_from(lats, lons)
        legs += list(zip(corners, (*corners[1:], corners[0]), strict=True))
        if entry is not None:
            legs.append((entry, corners[0]))
    return legs


def _passage(ground: FishingGround, water: Water, progress: Callable[[float], None]) -> lanes.Lane:
    """The lane from the home port to the cell of the ground's water that is nearest to the middle of it."""
    from waterspace.environment import places

    port = places.lookup(ground.home_port).position
    cells = (np.argwhere(water.is_fished)[:, ::-1] + 0.5) * water.cell_m + np.array(water.corner_m)
    nearest = cells[np.hypot(*(cells - cells.mean(axis=0)).T).argmin()]
    entry = water.plane.position(float(nearest[0]), float(nearest[1]))
    lane = lanes.between([(port, entry)], progress).found[0]
    if lane is None:
        raise RouteError(
            f"fishing ground {ground.name}: no way by sea between {ground.home_port} and the ground; name another port"
        )
    return lane


def _rounds(lat: FloatArray, lon: FloatArray, speed_mps: FloatArray, lasting_ms: int) -> tuple[FloatArray, int]:
    """Milliseconds that each vessel takes for each side of its racetrack, and how many sides some of them passes."""
    lengths_m = distances_m(lat, lon, np.roll(lat, -1, axis=1), np.roll(lon, -1, axis=1))
    sides_ms = lengths_m * SECOND_MS / speed_mps[:, None]
    most = math.ceil(lasting_ms / float(sides_ms.sum(axis=1).min())) if len(sides_ms) else 0
    return sides_ms, 4 * most


def _on_ground(
    lat: FloatArray, lon: FloatArray, speed_mps: FloatArray, phase: FloatArray, plan: TrafficPlan
) -> tuple[NDArray[np.int64], FloatArray, FloatArray]:
    """Timed points of vessels that go round all the time."""
    sides_ms, sides = _rounds(lat, lon, speed_mps, plan.end_ms - plan.start_ms)
    sides += 4
    which = np.arange(sides + 1) % 4
    run_ms = np.concatenate((np.zeros((len(lat), 1)), np.cumsum(sides_ms[:, which[:-1]], axis=1)), axis=1)
    begun_ms = plan.start_ms - phase * sides_ms.sum(axis=1)
    times_ms = np.rint(begun_ms[:, None] + run_ms).astype(np.int64)
    return times_ms, lat[:, which], lon[:, which]


def _in_trips(
    ground: FishingGround,
    passage: lanes.Lane,
    racetracks: tuple[FloatArray, FloatArray],
    own: tuple[FloatArray, FloatArray],
    plan: TrafficPlan,
) -> tuple[NDArray[np.int64], FloatArray, FloatArray]:
    """Timed points of vessels that steam out, go round, steam home and wait in port, again and again.

    Args:
        ground: for its times and speeds.
        passage: from the port to the entry of the ground.
        racetracks: corners of each vessel's, degrees, shape (n, 4).
        own: each vessel's speed while it tows, and how far through a trip it is when the span starts, 0 to 1.
        plan: for its span.
    """
    speed_mps, phase = own
    corner_lat, corner_lon = racetracks
    count = len(corner_lat)
    sides_ms, sides = _rounds(corner_lat, corner_lon, speed_mps, ground.fishing_ms)
    rounds = np.maximum(1.0, np.floor(ground.fishing_ms / sides_ms.sum(axis=1)))
    which = np.arange(max(sides, 4) + 1) % 4
    fished_ms = np.concatenate((np.zeros((count, 1)), np.cumsum(sides_ms[:, which[:-1]], axis=1)), axis=1)
    whole_ms = rounds * sides_ms.sum(axis=1)
    done = fished_ms >= whole_ms[:, None] - 0.5
    place = np.where(done, 0, which)
    fished_ms = np.minimum(fished_ms, whole_ms[:, None])
    vessel = np.arange(count)[:, None]
    out_lat, out_lon = (np.broadcast_to(values, (count, values.size)) for values in (passage.lat, passage.lon))
    ground_lat, ground_lon = corner_lat[vessel, place], corner_lon[vessel, place]
    lat = np.concatenate((out_lat, ground_lat, out_lat[:, ::-1], out_lat[:, :1]), axis=1)
    lon = np.concatenate((out_lon, ground_lon, out_lon[:, ::-1], out_lon[:, :1]), axis=1)
    steps_ms = distances_m(lat[:, :-1], lon[:, :-1], lat[:, 1:], lon[:, 1:]) * SECOND_MS / ground.steaming_speed_mps
    fishing = slice(passage.lat.size, passage.lat.size + which.size - 1)
    steps_ms[:, fishing] = np.diff(fished_ms, axis=1)
    steps_ms[:, -1] = ground.in_port_ms
    run_ms = np.concatenate((np.zeros((count, 1)), np.cumsum(steps_ms, axis=1)), axis=1)
    trip_ms = run_ms[:, -1]
    trips = math.ceil((plan.end_ms - plan.start_ms) / float(trip_ms.min())) + 1 if count else 0
    begun_ms = plan.start_ms - phase * trip_ms
    starts_ms = begun_ms[:, None] + np.arange(trips) * trip_ms[:, None]
    times_ms = np.rint(starts_ms[:, :, None] + run_ms[:, None, :]).astype(np.int64).reshape(count, -1)
    return times_ms, np.tile(lat, (1, trips)), np.tile(lon, (1, trips))
