"""The index against points and times drawn at random, judged by pyproj alone and without any index."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from pyproj import Geod

from waterspace.domain import (
    Band,
    Circle,
    Corridor,
    Footprint,
    Hazard,
    Leg,
    MovingBox,
    Polygon,
    Position,
    Reservation,
    Sector,
    Window,
)
from waterspace.geometry.reservations.index import ReservationIndex

WGS84 = Geod(ellps="WGS84")
HOUR_MS = 3_600_000
SAMPLES = 60
EDGE_M = 5.0  # neither side is asked about points nearer to an edge than this
WATERS = ((39.5, 133.5), (52.0, 179.97), (-20.0, -179.99), (89.8, 30.0), (0.0, 10.0))

Array = Any  # of floats, shape (n,)
Samples = tuple[Array, Array, Array]  # latitudes, longitudes and milliseconds


@dataclass(frozen=True)
class Drawn:
    """A footprint, a way to draw points and times inside it, and its own test of points at times.

    Attributes:
        draw: gives so many latitudes, longitudes and milliseconds.
        depth: takes the same and says how many metres inside (negative: outside) the points are, about.
    """

    footprint: Footprint
    window: Window
    draw: Callable[[int], Samples]
    depth: Callable[[Array, Array, Array], Array]


def fwd(lat: Any, lon: Any, azimuth: Any, distance: Any) -> tuple[Array, Array, Array]:  # noqa: ANN401
    """Latitudes, longitudes and back azimuths at the ends of geodesics."""
    lat, lon, azimuth, distance = (values.copy() for values in np.broadcast_arrays(lat, lon, azimuth, distance))
    to_lon, to_lat, back = WGS84.fwd(lon, lat, azimuth, distance)
    return to_lat, to_lon, back


def inv(lat1: Any, lon1: Any, lat2: Any, lon2: Any) -> tuple[Array, Array]:  # noqa: ANN401
    """Distances and azimuths at the first points."""
    lat1, lon1, lat2, lon2 = (values.copy() for values in np.broadcast_arrays(lat1, lon1, lat2, lon2))
    azimuth, _, distance = WGS84.inv(lon1, lat1, lon2, lat2)
    return distance, azimuth


def ahead(lat: float, lon: float, azimuth: float, distance: float) -> tuple[float, float]:
    to_lon, to_lat, _ = WGS84.fwd(lon, lat, azimuth, distance)
    return to_lat, to_lon


def apart(lat1: float, lon1: float, lat2: float, lon2: float) -> tuple[float, float]:
    azimuth, _, distance = WGS84.inv(lon1, lat1, lon2, lat2)
    return distance, azimuth


def turn(angle: Any) -> Any:  # noqa: ANN401  # a number or an array of them
    return (angle + 180.0) % 360.0 - 180.0


def line_points(corners: list[tuple[float, float]], step_m: float = 2000.0) -> tuple[Array, Array]:
    """Points close together on the geodesics that join corners."""
    lats, lons = [], []
    for (lat1, lon1), (lat2, lon2) in itertools.pairwise(corners):
        length, azimuth = apart(lat1, lon1, lat2, lon2)
        along = np.linspace(0.0, length, max(math.ceil(length / step_m), 1) + 1)
        lat, lon, _ = fwd(lat1, lon1, azimuth, along)
        lats.append(lat)
        lons.append(lon)
    return np.concatenate(lats), np.concatenate(lons)


def off_line(lat: Array, lon: Array, points: tuple[Array, Array]) -> tuple[Array, Array]:
    """Distances of places from a line, and by how many degrees it turns around each.

    The line is given by points 2 km apart. On the azimuthal equidistant plane of a place 60 km off, so short a geodesic
    bends by less than a millimetre.
    """
    distance, azimuth = inv(lat[:, None], lon[:, None], points[0][None, :], points[1][None, :])
    x, y = distance * np.sin(np.radians(azimuth)), distance * np.cos(np.radians(azimuth))
    dx, dy = np.diff(x), np.diff(y)
    share = np.clip(-(x[:, :-1] * dx + y[:, :-1] * dy) / np.maximum(dx * dx + dy * dy, 1e-9), 0.0, 1.0)
    off = np.min(np.hypot(x[:, :-1] + share * dx, y[:, :-1] + share * dy), axis=1)
    return off, np.sum(turn(np.diff(azimuth)), axis=1)


def times(rng: np.random.Generator, window: Window, count: int) -> Array:
    return rng.uniform(window.start_ms, window.end_ms, count)


def circle(rng: np.random.Generator, middle: tuple[float, float], window: Window) -> Drawn:
    radius = float(rng.uniform(500.0, 20_000.0))

    def draw(count: int) -> Samples:
        lat, lon, _ = fwd(*middle, rng.uniform(0.0, 360.0, count), radius * np.sqrt(rng.random(count)))
        return lat, lon, times(rng, window, count)

    footprint = Circle(centre=Position(lat_deg=middle[0], lon_deg=middle[1]), radius_m=radius)
    return Drawn(footprint, window, draw, lambda lat, lon, _: radius - inv(*middle, lat, lon)[0])


def sector(rng: np.random.Generator, middle: tuple[float, float], window: Window) -> Drawn:
    outer = float(rng.uniform(1000.0, 20_000.0))
    inner = outer * float(rng.choice((0.0, 0.4)))
    bearing, half = float(rng.uniform(0.0, 360.0)), float(rng.choice((15.0, 60.0, 130.0, 180.0)))

    def draw(count: int) -> Samples:
        lat, lon, _ = fwd(*middle, bearing + half * rng.uniform(-1.0, 1.0, count), rng.uniform(inner, outer, count))
        return lat, lon, times(rng, window, count)

    def depth(lat: Array, lon: Array, _: Array) -> Array:
        distance, azimuth = inv(*middle, lat, lon)
        inside = np.minimum(outer - distance, distance - inner if inner else math.inf)
        if half == 180.0:
            return inside
        within = np.minimum(half - np.abs(turn(azimuth - bearing)), 90.0)
        return np.minimum(inside, distance * np.sin(np.radians(within)))

    centre = Position(lat_deg=middle[0], lon_deg=middle[1])
    footprint = Sector(centre=centre, bearing_deg=bearing, half_angle_deg=half, radius_m=outer, inner_radius_m=inner)
    return Drawn(footprint, window, draw, depth)


def polygon(rng: np.random.Generator, middle: tuple[float, float], window: Window) -> Drawn:
    count = int(rng.integers(3, 9))
    corners = [ahead(*middle, 360.0 * number / count, float(rng.uniform(2000.0, 20_000.0))) for number in range(count)]
    ring = line_points([*corners, corners[0]])

    def draw(count: int) -> Samples:
        lat, lon = np.zeros(0), np.zeros(0)
        while lat.size < count:
            more = fwd(*middle, rng.uniform(0.0, 360.0, count), rng.uniform(0.0, 20_000.0, count))
            inside = depth(more[0], more[1], more[0]) > 0.0
            lat, lon = np.append(lat, more[0][inside]), np.append(lon, more[1][inside])
        return lat[:count], lon[:count], times(rng, window, count)

    def depth(lat: Array, lon: Array, _: Array) -> Array:
        off, around = off_line(lat, lon, ring)
        return off * np.where(np.abs(around) > 180.0, 1.0, -1.0)

    vertices = tuple(Position(lat_deg=lat, lon_deg=lon) for lat, lon in corners)
    return Drawn(Polygon(vertices=vertices), window, draw, depth)


def corridor(rng: np.random.Generator, middle: tuple[float, float], window: Window) -> Drawn:
    half = float(rng.uniform(300.0, 6000.0))
    line = [middle]
    for _ in range(int(rng.integers(1, 4))):
        line.append(ahead(*line[-1], float(rng.uniform(0.0, 360.0)), float(rng.uniform(1000.0, 20_000.0))))
    points, places = line_points(line), line_points(line, 200.0)

    def draw(count: int) -> Samples:
        number = rng.integers(places[0].size, size=count)
        lat, lon, _ = fwd(
            places[0][number], places[1][number], rng.uniform(0.0, 360.0, count), half * rng.random(count)
        )
        return lat, lon, times(rng, window, count)

    waypoints = tuple(Position(lat_deg=lat, lon_deg=lon) for lat, lon in line)
    footprint = Corridor(waypoints=waypoints, half_width_m=half)
    return Drawn(footprint, window, draw, lambda lat, lon, _: half * 0.999 - off_line(lat, lon, points)[0])


def moving(rng: np.random.Generator, middle: tuple[float, float], window: Window) -> Drawn:
    """A box that runs straight, waits, and runs on another course."""
    lasts = window.end_ms - window.start_ms
    speed = float(rng.uniform(2.0, 12.0))
    reach_ahead, reach_abeam = float(rng.uniform(500.0, 5000.0)), float(rng.uniform(500.0, 3000.0))
    turns = [window.start_ms, window.start_ms + lasts // 2, window.start_ms + lasts // 2 + lasts // 6, window.end_ms]
    run = speed * lasts / 2000.0
    start = ahead(*middle, float(rng.uniform(0.0, 360.0)), float(rng.uniform(0.0, run)))
    corner = ahead(*start, float(rng.uniform(0.0, 360.0)), run)
    end = ahead(*corner, float(rng.uniform(0.0, 360.0)), speed * (turns[3] - turns[2]) / 1000.0)
    ways = ((start, corner), (corner, corner), (corner, end))
    first, last = apart(*start, *corner), apart(*corner, *end)

    def centre_at(time: Array) -> tuple[Array, Array, Array]:
        gone = first[0] * np.clip((time - turns[0]) / (turns[1] - turns[0]), 0.0, 1.0)
        lat, lon, back = fwd(*start, first[1], np.maximum(gone, 0.01))
        gone = last[0] * np.clip((time - turns[2]) / (turns[3] - turns[2]), 0.0, 1.0)
        late_lat, late_lon, late_back = fwd(*corner, last[1], np.maximum(gone, 0.01))
        late = time >= turns[2]
        return (
            np.where(late, late_lat, lat),
            np.where(late, late_lon, lon),
            180.0 + np.asarray(np.where(late, late_back, back)),
        )

    def draw(count: int) -> Samples:
        time = times(rng, window, count)
        lat, lon, now = centre_at(time)
        astern = 180.0 * rng.integers(2, size=count)
        lat, lon, back = fwd(lat, lon, now + astern, reach_ahead * rng.uniform(0.001, 1.0, count))
        lat, lon, _ = fwd(lat, lon, back - 90.0, reach_abeam * rng.uniform(-1.0, 1.0, count))
        return lat, lon, time

    def depth(lat: Array, lon: Array, time: Array) -> Array:
        now_lat, now_lon, now = centre_at(time)
        distance, azimuth = inv(now_lat, now_lon, lat, lon)
        angle = np.radians(azimuth - now)
        return np.minimum(
            reach_ahead - np.abs(distance * np.cos(angle)), reach_abeam - np.abs(distance * np.sin(angle))
        )

    legs = tuple(
        Leg(
            start_ms=begin,
            end_ms=finish,
            start=Position(lat_deg=way[0][0], lon_deg=way[0][1]),
            end=Position(lat_deg=way[1][0], lon_deg=way[1][1]),
        )
        for (begin, finish), way in zip(itertools.pairwise(turns), ways, strict=True)
    )
    footprint = MovingBox(legs=legs, ahead_m=reach_ahead, astern_m=reach_ahead, abeam_m=reach_abeam)
    return Drawn(footprint, window, draw, depth)


KINDS = (circle, sector, polygon, corridor, moving)


def drawn(rng: np.random.Generator, water: tuple[float, float]) -> Drawn:
    middle = ahead(*water, float(rng.uniform(0.0, 360.0)), float(rng.uniform(0.0, 30_000.0)))
    start_ms = int(rng.integers(0, 4)) * HOUR_MS
    window = Window(start_ms=start_ms, end_ms=start_ms + int(rng.integers(1, 4)) * HOUR_MS)
    return KINDS[int(rng.integers(len(KINDS)))](rng, middle, window)


def claim(one: Drawn) -> Reservation:
    return Reservation(
        id="S1/area",
        owner="S1",
        name="area",
        footprint=one.footprint,
        band=Band(),
        windows=(one.window,),
        hazard=Hazard.FIRING,
    )


def shared_samples(one: Drawn, other: Drawn) -> Samples:
    """Samples of one that lie in both, off their edges, at a time that both share."""
    samples = one.draw(SAMPLES // 2)
    samples = kept(samples, (other.window.start_ms <= samples[2]) & (samples[2] < other.window.end_ms))
    for side in (other, one):
        if samples[2].size:
            samples = kept(samples, side.depth(*samples) > EDGE_M)
    return samples


def kept(samples: Samples, which: Array) -> Samples:
    return samples[0][which], samples[1][which], samples[2][which]


def agreed(seed: int, pairs: int) -> tuple[int, int]:
    """Look at pairs and say how many meet, and how many samples lay in both of two."""
    rng = np.random.default_rng(seed)
    meet = shared = 0
    for _ in range(pairs):
        water = WATERS[int(rng.integers(len(WATERS)))]
        a, b = drawn(rng, water), drawn(rng, water)
        found = list(ReservationIndex((claim(a), claim(b))).meetings())
        for one, other in ((a, b), (b, a)):
            lat, lon, time = shared_samples(one, other)
            shared += time.size
            assert found or not time.size, f"both hold {lat} {lon} at {time}: {a.footprint} and {b.footprint}"
            assert not time.size or found[0][2].window.start_ms <= time.min()
        if found:
            meet += 1
            met = found[0][2]
            place = (np.array([met.position.lat_deg]), np.array([met.position.lon_deg]))
            for one in (a, b):
                assert one.window.start_ms <= met.window.start_ms < one.window.end_ms
                inside_m = one.depth(*place, np.array([float(met.window.start_ms)]))[0]
                assert inside_m > -3.0 * EDGE_M, f"{met} is {-inside_m:.1f} m outside {one.footprint}"
    return meet, shared


def test_the_index_agrees_with_samples_of_300_pairs() -> None:
    meet, shared = agreed(seed=1, pairs=300)
    assert 60 < meet < 240
    assert shared > 100


@pytest.mark.deep
def test_the_index_agrees_with_samples_of_10_000_pairs() -> None:
    meet, shared = agreed(seed=2, pairs=10_000)
    assert meet > 1500
    assert shared > 5000
