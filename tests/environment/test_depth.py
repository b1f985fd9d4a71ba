"""Depths: what ETOPO1 says, and where it says that it does not know."""

import math
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import positions
from waterspace.domain import Position
from waterspace.environment.bathymetry import depth
from waterspace.environment.bathymetry.depth import DepthGrid
from waterspace.environment.bathymetry.sheets import Sheet
from waterspace.environment.files.axes import latitudes, longitudes
from waterspace.environment.shores import coast
from waterspace.environment.shores.shoreline import Bounds
from waterspace.errors import GeometryError
from waterspace.geometry.geodesic import FloatArray

CELL_M = 11_112.0

# Source: ETOPO1 Bedrock at the nodes of a grid of 0.1 degrees, NOAA National Centers for Environmental Information.
OPEN_SEA = {
    "Japan Basin": (42.0, 137.0, 3613),
    "Yamato Rise": (39.4, 134.5, 1576),
    "Ulleung Basin": (37.0, 131.0, 2193),
    "La Perouse Strait, in the middle": (45.7, 142.0, 49),
    "Tatar Strait": (49.0, 141.0, 164),
    "Japan Trench": (39.5, 144.2, 7434),
}
STRAITS = {"Tsugaru Strait": (41.3, 140.3, 123), "Korea Strait, western channel": (34.9, 129.3, 145)}


def at(lat_deg: float, lon_deg: float) -> Position:
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


@pytest.mark.parametrize("name", OPEN_SEA)
def test_the_depth_of_a_basin_is_that_of_the_survey(name: str) -> None:
    lat_deg, lon_deg, depth_m = OPEN_SEA[name]
    sounding = depth.load().at(at(lat_deg, lon_deg))
    assert sounding.depth_m is not None
    assert sounding.depth_m == pytest.approx(depth_m, abs=0.5)
    assert sounding.shallowest_m is not None
    assert sounding.deepest_m is not None
    assert sounding.shallowest_m <= sounding.depth_m <= sounding.deepest_m
    assert sounding.resolution_m == pytest.approx(CELL_M)
    assert "ETOPO1" in sounding.source


@pytest.mark.parametrize("name", STRAITS)
def test_the_nodes_of_a_strait_are_there_to_be_drawn(name: str) -> None:
    lat_deg, lon_deg, depth_m = STRAITS[name]
    lats, lons, depths = depth.load().window(Bounds(lat_deg - 0.3, lon_deg - 0.3, lat_deg + 0.3, lon_deg + 0.3))
    row, column = np.argmin(np.abs(lats - lat_deg)), np.argmin(np.abs(lons - lon_deg))
    assert depths[row, column] == depth_m


def test_in_a_strait_narrower_than_the_grid_can_see_the_depth_is_unknown() -> None:
    sounding = depth.load().at(at(41.35, 140.3))
    assert sounding.depth_m is None
    assert sounding.note.startswith("within a cell of 11112 m of land")


def test_a_depth_asked_for_more_finely_than_the_grid_knows_is_unknown() -> None:
    basin = at(42.0, 137.0)
    assert depth.load().at(basin, within_m=CELL_M).depth_m == pytest.approx(3613, abs=0.5)
    sounding = depth.load().at(basin, within_m=1000.0)
    assert sounding.depth_m is None
    assert sounding.note == "the grid knows one depth every 11112 m, which is coarser than 1000 m"
    assert sounding.shallowest_m == 3586


def test_where_the_nodes_around_differ_by_more_than_the_depth_it_is_unknown_and_the_range_is_said() -> None:
    sounding = depth.load().at(at(42.6, 131.9))
    assert sounding.depth_m is None
    assert sounding.note == "61 to 227 m within a cell of 11112 m"
    assert (sounding.shallowest_m, sounding.deepest_m) == (61, 227)


def test_land_has_no_depth() -> None:
    for place in (at(36.0, 138.0), at(46.0, 125.0), at(-80.0, 60.0)):
        sounding = depth.load().at(place)
        assert sounding.depth_m is None
        assert "land" in sounding.note


def test_outside_the_region_the_coarser_grid_answers_and_says_so() -> None:
    sounding = depth.load().at(at(30.0, -40.0))
    assert sounding.depth_m == pytest.approx(3419, abs=0.5)
    assert sounding.resolution_m == pytest.approx(5 * CELL_M)
    assert depth.load().at(at(30.0, -40.0), within_m=2 * CELL_M).depth_m is None


@pytest.mark.parametrize("lon_deg", [-180.0, 180.0])
def test_the_world_has_no_seam_at_180_degrees(lon_deg: float) -> None:
    here, beside = depth.load().at(at(0.0, lon_deg)), depth.load().at(at(0.0, math.copysign(179.999, -lon_deg)))
    assert here.depth_m is not None
    assert beside.depth_m == pytest.approx(here.depth_m, rel=0.01)


@pytest.mark.parametrize("lat_deg", [-90.0, 90.0])
def test_the_poles_are_a_sea_and_a_land(lat_deg: float) -> None:
    sounding = depth.load().at(at(lat_deg, 33.0))
    assert sounding.depth_m == (pytest.approx(4200, abs=100) if lat_deg > 0 else None)


@given(position=positions())
def test_a_known_depth_lies_in_the_range_of_its_cell_and_arrays_say_the_same(position: Position) -> None:
    sounding = depth.load().at(position)
    (alone,) = depth.load().depths_m([position.lat_deg], [position.lon_deg])
    if sounding.depth_m is None:
        assert math.isnan(alone)
        assert sounding.note
    else:
        assert alone == sounding.depth_m > 0.0
        assert sounding.note == ""
        assert sounding.deepest_m is not None
        assert sounding.depth_m <= sounding.deepest_m + 1e-6


def test_no_depth_is_given_on_the_land_of_the_coast() -> None:
    random = np.random.default_rng(5)
    lat, lon = random.uniform(-80.0, 80.0, 40_000), random.uniform(-180.0, 180.0, 40_000)
    on_land = coast.load().on_land(lat, lon)
    assert on_land.sum() > 5000
    assert np.isnan(depth.load().depths_m(lat[on_land], lon[on_land])).all()


def test_arrays_broadcast_and_longitudes_may_run_on() -> None:
    depths = depth.load().depths_m([[41.0], [42.0]], [136.0, 137.0, 137.0 + 360.0])
    assert depths.shape == (2, 3)
    assert depths[1, 1] == depths[1, 2] == 3613
    assert depth.load().depths_m(42.0, 137.0).shape == ()
    assert depth.load().depths_m([], []).shape == (0,)


@pytest.mark.parametrize("place", [(math.nan, 0.0), (0.0, math.nan), (91.0, 0.0), (0.0, math.inf)])
def test_what_is_no_position_is_refused_with_its_place(place: tuple[float, float]) -> None:
    with pytest.raises(GeometryError, match=r"l(at|on)\[1\] is"):
        depth.load().depths_m([0.0, place[0]], [0.0, place[1]])
    with pytest.raises(GeometryError, match=r"l(at|on)_deg is"):
        depth.load().at(at(*place))


@pytest.mark.parametrize("within_m", [0.0, -5.0, math.nan])
def test_a_fineness_that_is_no_distance_is_refused(within_m: float) -> None:
    with pytest.raises(GeometryError, match="above 0"):
        depth.load().at(at(42.0, 137.0), within_m=within_m)


def test_a_window_across_180_degrees_is_one_piece() -> None:
    lats, lons, depths = depth.load().window(Bounds(-20.0, 170.0, 20.0, 190.0))
    assert depths.shape == (lats.size, lons.size)
    assert np.diff(lons) == pytest.approx(0.5)
    assert (lats[0], lons[0], lons[-1]) == (-20.5, 169.5, 190.5)


def test_a_window_of_the_region_has_its_own_nodes() -> None:
    lats, lons, depths = depth.load().window(Bounds(30.0, 120.0, 50.0, 150.0))
    assert np.diff(lats) == pytest.approx(0.1)
    assert np.isfinite(depths).all()
    assert depths[np.argmin(np.abs(lats - 42.0)), np.argmin(np.abs(lons - 137.0))] == 3613


# --------------------------------------------------------------------------------------------------- sheets of tiles


def slope(tile_nodes: int) -> DepthGrid:
    """A bottom that falls evenly to the north-east, with a masked node and an island."""
    lats, lons = np.linspace(30.0, 32.0, 41), np.linspace(170.0, 172.0, 41)
    depths = 1000.0 + 100.0 * (lats[:, None] - 30.0) + 50.0 * (lons[None, :] - 170.0)
    depths[10, 10], depths[30, 30] = np.nan, -20.0
    sheet = Sheet(
        lats=latitudes(lats), lons=longitudes(lons), read=lambda r, c: depths[r, c], source="a", tile_nodes=tile_nodes
    )
    return DepthGrid([sheet])


@given(lat=st.floats(30.0, 32.0), lon=st.floats(170.0, 172.0))
def test_the_size_of_the_tiles_changes_nothing(lat: float, lon: float) -> None:
    whole, tiled = slope(1000).depths_m([lat], [lon]), slope(7).depths_m([lat], [lon])
    assert np.array_equal(whole, tiled, equal_nan=True)
    if math.isfinite(whole[0]):
        assert whole[0] == pytest.approx(1000.0 + 100.0 * (lat - 30.0) + 50.0 * (lon - 170.0), abs=1e-6)


def test_many_points_over_many_tiles_are_answered_in_their_order() -> None:
    random = np.random.default_rng(3)
    lat, lon = random.uniform(29.9, 32.1, 2000), random.uniform(169.9, 172.1, 2000)
    assert np.array_equal(slope(1000).depths_m(lat, lon), slope(5).depths_m(lat, lon), equal_nan=True)
    outside = (lat < 30.0) | (lat > 32.0) | (lon < 170.0) | (lon > 172.0)
    assert np.isnan(slope(5).depths_m(lat, lon)[outside]).all()


def test_round_a_masked_node_and_an_island_nothing_is_known() -> None:
    grid = slope(1000)
    assert grid.at(at(30.5, 170.5)).note == "no data here"
    assert grid.at(at(31.5, 171.5)).note == "the nearest point of the grid is land"
    for place in (at(30.55, 170.55), at(31.45, 171.5)):
        assert grid.at(place).depth_m is None
        assert grid.at(place).note.startswith("within a cell")
    assert grid.at(at(29.0, 170.5)).note == "outside the grid of depths"


def part_of(values: FloatArray, rows: slice, columns: slice) -> FloatArray:
    return values[rows, columns]


def test_a_round_axis_may_run_either_way() -> None:
    depths = np.tile(np.linspace(1000.0, 1300.0, 36), (19, 1))
    for lons in (np.linspace(0.0, 350.0, 36), np.linspace(350.0, 0.0, 36)):
        values = depths if lons[0] == 0.0 else depths[:, ::-1]
        rows = latitudes(np.linspace(-90.0, 90.0, 19))
        sheet = Sheet(lats=rows, lons=longitudes(lons), read=partial(part_of, values), source="a")
        found = DepthGrid([sheet]).depths_m([0.0, 0.0, 0.0, 0.0], [0.0, -10.0, 355.0, 12.0])
        assert found == pytest.approx([1000.0, 1300.0, 1150.0, 1000.0 + 300.0 / 35 * 1.2])
