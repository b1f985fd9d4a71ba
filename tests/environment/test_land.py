"""The land test and exact distances, against slow and simple ways to the same answers."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from waterspace.domain import Position
from waterspace.environment.shores.coast import Bounds, Coast, load
from waterspace.environment.shores.shoreline import Shoreline
from waterspace.environment.shores.shoretree import ShoreTree, on_ellipsoid, pieces
from waterspace.errors import GeometryError
from waterspace.geometry.geodesic import destination, distance_m, distances_m
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

REGION = Bounds(20.0, 115.0, 60.0, 160.0)
WORLD = Bounds(-90.0, -180.0, 90.0, 180.0)


def at(lat_deg: float, lon_deg: float) -> Position:
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


@pytest.fixture(scope="module")
def coast() -> Coast:
    return load()


def points_in(bounds: Bounds, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    draws = np.random.default_rng(seed)
    lat = draws.uniform(bounds.south_deg, bounds.north_deg, count)
    return lat, draws.uniform(bounds.west_deg, bounds.east_deg, count)


def crossings_west(file: str, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Whether an odd number of edges of rings, those along the cut too, lie west of each point: no grid, no cells."""
    rings = list(Shoreline.packaged(file).rings(WORLD, 0.0))
    lat1, lon1 = np.concatenate([ring.lat for ring in rings]), np.concatenate([ring.lon for ring in rings])
    lat2 = np.concatenate([np.roll(ring.lat, -1) for ring in rings])
    lon2 = np.concatenate([np.roll(ring.lon, -1) for ring in rings])
    odd = np.zeros(len(lat), dtype=bool)
    for index, (y, x) in enumerate(zip(lat.tolist(), lon.tolist(), strict=True)):
        over = (lat1 > y) != (lat2 > y)
        at_lon = lon1[over] + (y - lat1[over]) / (lat2[over] - lat1[over]) * (lon2[over] - lon1[over])
        odd[index] = int((at_lon < x).sum()) % 2 == 1
    return odd


@pytest.mark.parametrize(("file", "bounds"), [("coast_region.npz", REGION), ("coast_world.npz", WORLD)])
def test_what_is_land_is_what_counting_all_shores_west_of_it_says(file: str, bounds: Bounds) -> None:
    shoreline = Shoreline.packaged(file)
    lat, lon = points_in(bounds, 2000, 11)
    assert np.array_equal(shoreline.on_land(lat, lon), crossings_west(file, lat, lon))


def test_what_is_land_is_what_counting_says_where_shores_are_dense(coast: Coast) -> None:
    shores = Shoreline.packaged("coast_region.npz").every_segment()
    draws = np.random.default_rng(12)
    some = draws.integers(0, len(shores.lat1), 2000)
    lat = np.clip(shores.lat1[some] + draws.normal(0.0, 0.004, 2000), 20.0, 60.0)
    lon = np.clip(shores.lon1[some] + draws.normal(0.0, 0.004, 2000), 115.0, 160.0)
    assert np.array_equal(coast.on_land(lat, lon), crossings_west("coast_region.npz", lat, lon))


@pytest.mark.parametrize(
    ("lat", "lon"), [(math.nan, 130.0), (40.0, math.nan), (91.0, 130.0), (-90.5, 0.0), (40.0, math.inf)]
)
def test_a_point_that_is_none_is_refused_and_named(coast: Coast, lat: float, lon: float) -> None:
    for question in (coast.on_land, coast.distances_m, coast.exact_distances_m):
        with pytest.raises(GeometryError, match=r"\[1\] is "):
            question([40.0, lat], [130.0, lon])


def test_longitudes_may_run_on_beyond_180_degrees(coast: Coast) -> None:
    assert coast.on_land([-16.85, -16.85, -16.6], [-179.97, 180.03, 179.2 - 720.0]).all()


# --------------------------------------------------------------------------------------------------------- distances


def slow_distance_m(coast: Coast, position: Position) -> float:
    """To points every 20 m or so of every shore within 300 km."""
    shores = coast.shores_near(position, 300_000.0)
    short = pieces(shores, 20.0)
    return float(distances_m(position.lat_deg, position.lon_deg, short.lat1, short.lon1).min())


@pytest.mark.parametrize(
    "position", [at(41.3, 139.6), at(45.7, 142.0), at(33.0, 127.5), at(20.2, 114.6), at(52.5, -179.0), at(-68.0, 10.0)]
)
def test_exact_distances_are_those_to_closely_sampled_shores(coast: Coast, position: Position) -> None:
    exact_m = float(coast.exact_distances_m(position.lat_deg, position.lon_deg)[0])
    assert exact_m == pytest.approx(slow_distance_m(coast, position), abs=1.0)
    near = coast.nearest_land(position)
    assert near.distance_m == pytest.approx(exact_m, abs=0.01)
    assert distance_m(position, near.position) == pytest.approx(exact_m, abs=0.01)


@given(lat=st.floats(-89.0, 89.0), lon=st.floats(-180.0, 180.0))
@example(lat=24.0, lon=161.0)  # Minami-Torishima, in the region, is too small for the world's coast
@example(lat=24.0, lon=-175.0)
def test_the_nearest_land_is_as_far_as_the_tree_says_anywhere_in_the_world(lat: float, lon: float) -> None:
    coast = load()
    exact_m = float(coast.exact_distances_m(lat, lon)[0])
    if exact_m > 0.0:
        assert coast.nearest_land(at(lat, lon)).distance_m == pytest.approx(exact_m, rel=1e-4, abs=1.0)


@given(lat=st.floats(21.0, 59.0), lon=st.floats(116.0, 159.0), bearing=st.floats(0.0, 360.0), run=st.floats(0.0, 5e4))
def test_whoever_sails_comes_no_nearer_than_the_way_made_good(
    lat: float, lon: float, bearing: float, run: float
) -> None:
    there = destination(at(lat, lon), bearing, run)
    here_m, there_m = load().exact_distances_m([lat, there.lat_deg], [lon, there.lon_deg])
    assert abs(here_m - there_m) <= run + 1.0


def test_land_lies_at_no_distance_and_every_point_has_one(coast: Coast) -> None:
    lat, lon = points_in(WORLD, 500, 13)
    distances = coast.exact_distances_m(lat, lon)
    assert np.isfinite(distances).all()
    assert np.array_equal(distances == 0.0, coast.on_land(lat, lon))


def test_the_nearest_land_is_found_in_the_middle_of_oceans_and_at_the_poles(coast: Coast) -> None:
    # Source: H. Lukatela, Point Nemo (2022): 48 deg 53 min S 123 deg 24 min W, 2,688 km (1,450 nm) from Ducie,
    # Motu Nui and Maher Island.
    nemo = coast.nearest_land(at(-48.8767, -123.3933))
    assert nautical_miles(nemo.distance_m) == pytest.approx(1451.0, abs=5.0)
    assert nemo.state == "GBR"
    north = coast.nearest_land(at(90.0, 0.0))
    assert north.distance_m == pytest.approx(distance_m(at(90.0, 0.0), north.position), abs=0.1)
    assert north.state == "DNK"
    assert coast.nearest_land(at(-90.0, 0.0)).distance_m > 100_000.0
    assert coast.nearest_land(at(-17.2, 179.99)).state == "FJI"


def test_the_nearest_land_to_a_point_on_land_is_its_shore(coast: Coast) -> None:
    near = coast.nearest_land(at(36.2, 138.2))
    assert near.state == "JPN"
    assert 50.0 * NAUTICAL_MILE_M < near.distance_m < 80.0 * NAUTICAL_MILE_M


# --------------------------------------------------------------------------------------------------------- the parts


def test_points_on_the_ellipsoid_are_where_geodesy_puts_them() -> None:
    # Source: WGS-84, equatorial radius and, at the pole, polar radius.
    points = on_ellipsoid(np.array([0.0, 90.0, 0.0]), np.array([0.0, 0.0, 90.0]))
    assert points == pytest.approx(
        np.array([[6378137.0, 0.0, 0.0], [0.0, 0.0, 6356752.3142], [0.0, 6378137.0, 0.0]]), abs=1e-3
    )


def test_pieces_are_short_and_lie_end_to_end(coast: Coast) -> None:
    shores = coast.shores_near(at(45.7, 142.0), 60_000.0)
    short = pieces(shores, 100.0)
    assert distances_m(short.lat1, short.lon1, short.lat2, short.lon2).max() <= 101.0
    whole_m = distances_m(shores.lat1, shores.lon1, shores.lat2, shores.lon2).sum()
    assert distances_m(short.lat1, short.lon1, short.lat2, short.lon2).sum() == pytest.approx(whole_m, rel=1e-6)


def test_a_tree_of_one_piece_answers(coast: Coast) -> None:
    one = coast.shores_near(at(45.7, 142.0), 60_000.0).some(np.array([0]))
    feet = ShoreTree(one, 1e9).nearest(np.array([45.7, 10.0]), np.array([142.0, 10.0]))
    assert feet.piece.tolist() == [0, 0]


# ------------------------------------------------------------------------------------------------------- resolutions


@pytest.mark.parametrize(
    ("position", "name"),
    [
        (at(39.8, 133.2), "high"),
        (at(45.52, 141.94), "full"),  # Cape Soya, an end of a gate
        (at(36.0, -5.0), "high"),  # off Gibraltar
        (at(36.02, -5.56), "full"),
        (at(50.0, -30.0), "intermediate"),
    ],
)
def test_the_coast_says_how_finely_it_is_known(coast: Coast, position: Position, name: str) -> None:
    assert coast.resolution_at(position).name == name


@cache
def alone() -> Coast:
    """A coast of its own, which has not made all shores of the world ready."""
    assert load()._world_tree is not None
    return Coast()


@given(
    st.floats(-60.0, 60.0),
    st.floats(90.0, 175.0),
    st.lists(st.tuples(st.floats(-8.0, 8.0), st.floats(-12.0, 12.0)), min_size=1, max_size=20),
)
@settings(deadline=None, max_examples=10)
def test_distances_of_points_that_lie_together_are_those_measured_from_the_shores_of_the_whole_world(
    lat_deg: float, lon_deg: float, offsets: list[tuple[float, float]]
) -> None:
    lat, lon = np.array([(lat_deg + north, min(lon_deg + east, 180.0)) for north, east in offsets]).T
    whole_m = load().exact_distances_m(lat, lon)
    small = alone()
    small.__dict__.pop("_world_tree", None)
    assert np.allclose(small.exact_distances_m(lat, lon), whole_m, rtol=1e-9, atol=1e-6)
