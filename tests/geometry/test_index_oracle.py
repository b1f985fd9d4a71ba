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
from waterspace.geometry.index import ReservationIndex

WGS84 = Geod(ellps="WGS84")
HOUR_MS = 3_600_000
SAMPLES = 60
EDGE_M = 5.0  # neither side is asked about points nearer to an edge than this
WATERS = ((39.5, 133.5), (52.0, 179.97), (-20.0, -179.99), (89.8, 30.0), (0.0, 10.0))


@dataclass(frozen=True)
class Drawn:
    """A footprint, a way to draw a point and a time inside it, and its own test of a point at a time.

    Attributes:
        draw: gives latitude, longitude and milliseconds.
        depth: takes the same and says how many metres inside (negative: outside) the point is, about.
    """

    footprint: Footprint
    window: Window
    draw: Callable[[], tuple[float, float, float]]
    depth: Callable[[float, float, float], float]


def ahead(lat: float, lon: float, azimuth: float, distance: float) -> tuple[float, float]:
    to_lon, to_lat, _ = WGS84.fwd(lon, lat, azimuth, distance)
    return to_lat, to_lon


def apart(lat1: float, lon1: float, lat2: float, lon2: float) -> tuple[float, float]:
    azimuth, _, distance = WGS84.inv(lon1, lat1, lon2, lat2)
    return distance, azimuth


def turn(angle: Any) -> Any:  # noqa: ANN401  # a number or an array of them
    return (angle + 180.0) % 360.0 - 180.0


def line_points(corners: list[tuple[float, float]], step_m: float = 200.0) -> tuple[np.ndarray, np.ndarray]:
    """Points close together on the geodesics that join corners."""
    lats, lons = [], []
    for (lat1, lon1), (lat2, lon2) in itertools.pairwise(corners):
        length, azimuth = apart(lat1, lon1, lat2, lon2)
        count = max(math.ceil(length / step_m), 1)
        along = np.linspace(0.0, length, count + 1)
        same = np.ones(along.size)
        lon, lat, _ = WGS84.fwd(lon1 * same, lat1 * same, azimuth * same, along)
        lats.append(lat)
        lons.append(lon)
    return np.concatenate(lats), np.concatenate(lons)


def off_line(lat: float, lon: float, points: tuple[np.ndarray, np.ndarray]) -> float:
    """Distance from a line given by points 200 m apart, too large by at most a little."""
    azimuth, _, distance = WGS84.inv(np.full(points[0].size, lon), np.full(points[0].size, lat), points[1], points[0])
    x, y = distance * np.sin(np.radians(azimuth)), distance * np.cos(np.radians(azimuth))
    dx, dy = np.diff(x), np.diff(y)
    share = np.clip(-(x[:-1] * dx + y[:-1] * dy) / np.maximum(dx * dx + dy * dy, 1e-9), 0.0, 1.0)
    return float(np.min(np.hypot(x[:-1] + share * dx, y[:-1] + share * dy)))


def circle(rng: np.random.Generator, middle: tuple[float, float], window: Window) -> Drawn:
    radius = float(rng.uniform(500.0, 20_000.0))

    def draw() -> tuple[float, float, float]:
        where = ahead(*middle, float(rng.uniform(0.0, 360.0)), radius * math.sqrt(rng.random()))
        return (*where, float(rng.uniform(window.start_ms, window.end_ms)))

    footprint = Circle(centre=Position(lat_deg=middle[0], lon_deg=middle[1]), radius_m=radius)
    return Drawn(footprint, window, draw, lambda lat, lon, _: radius - apart(*middle, lat, lon)[0])


def sector(rng: np.random.Generator, middle: tuple[float, float], window: Window) -> Drawn:
    outer = float(rng.uniform(1000.0, 20_000.0))
    inner = outer * float(rng.choice((0.0, 0.4)))
    bearing, half = float(rng.uniform(0.0, 360.0)), float(rng.choice((15.0, 60.0, 130.0, 180.0)))

    def draw() -> tuple[float, float, float]:
        where = ahead(*middle, bearing + half * float(rng.uniform(-1.0, 1.0)), float(rng.uniform(inner, outer)))
        return (*where, float(rng.uniform(window.start_ms, window.end_ms)))

    def depth(lat: float, lon: float, _: float) -> float:
        distance, azimuth = apart(*middle, lat, lon)
        within = min(half - abs(turn(azimuth - bearing)), 90.0)
        aside = math.inf if half == 180.0 else distance * math.sin(math.radians(within))
        return min(outer - distance, distance - inner if inner else math.inf, aside)

    centre = Position(lat_deg=middle[0], lon_deg=middle[1])
    footprint = Sector(centre=centre, bearing_deg=bearing, half_angle_deg=half, radius_m=outer, inner_radius_m=inner)
    return Drawn(footprint, window, draw, depth)


def polygon(rng: np.random.Generator, middle: tuple[float, float], window: Window) -> Drawn:
    count = int(rng.integers(3, 9))
    corners = [ahead(*middle, 360.0 * number / count, float(rng.uniform(2000.0, 20_000.0))) for number in range(count)]
    ring = line_points([*corners, corners[0]])

    def draw() -> tuple[float, float, float]:
        while True:
            lat, lon = ahead(*middle, float(rng.uniform(0.0, 360.0)), float(rng.uniform(0.0, 20_000.0)))
            if depth(lat, lon, 0.0) > 0.0:
                return lat, lon, float(rng.uniform(window.start_ms, window.end_ms))

    def depth(lat: float, lon: float, _: float) -> float:
        azimuth, _, _ = WGS84.inv(np.full(ring[0].size, lon), np.full(ring[0].size, lat), ring[1], ring[0])
        around = float(np.sum(turn(np.diff(np.asarray(azimuth)))))
        return off_line(lat, lon, ring) * (1.0 if abs(around) > 180.0 else -1.0)

    vertices = tuple(Position(lat_deg=lat, lon_deg=lon) for lat, lon in corners)
    return Drawn(Polygon(vertices=vertices), window, draw, depth)


def corridor(rng: np.random.Generator, middle: tuple[float, float], window: Window) -> Drawn:
    half = float(rng.uniform(300.0, 6000.0))
    line = [middle]
    for _ in range(int(rng.integers(1, 4))):
        line.append(ahead(*line[-1], float(rng.uniform(0.0, 360.0)), float(rng.uniform(1000.0, 20_000.0))))
    points = line_points(line)

    def draw() -> tuple[float, float, float]:
        number = int(rng.integers(points[0].size))
        where = ahead(
            float(points[0][number]), float(points[1][number]), float(rng.uniform(0.0, 360.0)), half * rng.random()
        )
        return (*where, float(rng.uniform(window.start_ms, window.end_ms)))

    waypoints = tuple(Position(lat_deg=lat, lon_deg=lon) for lat, lon in line)
    footprint = Corridor(waypoints=waypoints, half_width_m=half)
    return Drawn(footprint, window, draw, lambda lat, lon, _: half * 0.999 - off_line(lat, lon, points))


def moving(rng: np.random.Generator, middle: tuple[float, float], window: Window) -> Drawn:
    bearing, speed = float(rng.uniform(0.0, 360.0)), float(rng.uniform(2.0, 12.0))
    reach_ahead, reach_abeam = float(rng.uniform(500.0, 5000.0)), float(rng.uniform(500.0, 3000.0))
    start = ahead(*middle, bearing + 180.0, speed * (window.end_ms - window.start_ms) / 2000.0)
    run = speed * (window.end_ms - window.start_ms) / 1000.0
    end = ahead(*start, bearing_from(start, middle, bearing), run)
    course = apart(*start, *end)[1]

    def draw() -> tuple[float, float, float]:
        time = float(rng.uniform(window.start_ms, window.end_ms))
        lat, lon, now = centre_at(time)
        along = ahead(lat, lon, now, reach_ahead * float(rng.uniform(-1.0, 1.0)))
        return (*ahead(*along, now + 90.0, reach_abeam * float(rng.uniform(-1.0, 1.0))), time)

    def centre_at(time: float) -> tuple[float, float, float]:
        gone = speed * (time - window.start_ms) / 1000.0
        lon, lat, back = WGS84.fwd(start[1], start[0], course, gone)
        return lat, lon, (back + 180.0) if gone > 0.0 else course

    def depth(lat: float, lon: float, time: float) -> float:
        now_lat, now_lon, now = centre_at(time)
        distance, azimuth = apart(now_lat, now_lon, lat, lon)
        angle = math.radians(azimuth - now)
        return min(reach_ahead - abs(distance * math.cos(angle)), reach_abeam - abs(distance * math.sin(angle)))

    leg = Leg(
        start_ms=window.start_ms,
        end_ms=window.end_ms,
        start=Position(lat_deg=start[0], lon_deg=start[1]),
        end=Position(lat_deg=end[0], lon_deg=end[1]),
    )
    footprint = MovingBox(legs=(leg,), ahead_m=reach_ahead, astern_m=reach_ahead, abeam_m=reach_abeam)
    return Drawn(footprint, window, draw, depth)


def bearing_from(start: tuple[float, float], middle: tuple[float, float], otherwise: float) -> float:
    distance, azimuth = apart(*start, *middle)
    return azimuth if distance > 0.0 else otherwise


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


def agreed(seed: int, pairs: int) -> tuple[int, int]:
    """Look at pairs and say how many meet, and how many samples lay in both of two."""
    rng = np.random.default_rng(seed)
    meet = shared = 0
    for _ in range(pairs):
        water = WATERS[int(rng.integers(len(WATERS)))]
        a, b = drawn(rng, water), drawn(rng, water)
        found = list(ReservationIndex((claim(a), claim(b))).meetings())
        for one, other in ((a, b), (b, a)):
            for _ in range(SAMPLES // 2):
                lat, lon, time = one.draw()
                together = other.window.start_ms <= time < other.window.end_ms
                if together and min(one.depth(lat, lon, time), other.depth(lat, lon, time)) > EDGE_M:
                    shared += 1
                    assert found, f"both hold {lat} {lon} at {time}: {a.footprint} and {b.footprint}"
                    assert found[0][2].window.start_ms <= time
        if found:
            meet += 1
            met = found[0][2]
            lat, lon, time = met.position.lat_deg, met.position.lon_deg, float(met.window.start_ms)
            for one in (a, b):
                assert one.window.start_ms <= time < one.window.end_ms
                assert one.depth(lat, lon, time) > -3.0 * EDGE_M, f"{met} is outside {one.footprint}"
    return meet, shared


def test_the_index_agrees_with_samples_of_300_pairs() -> None:
    meet, shared = agreed(seed=1, pairs=300)
    assert 60 < meet < 240
    assert shared > 100


@pytest.mark.deep
def test_the_index_agrees_with_samples_of_10_000_pairs() -> None:
    meet, shared = agreed(seed=2, pairs=10_000)
    assert meet > 2000
    assert shared > 5000
