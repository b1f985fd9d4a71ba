"""The coast: land, legs over it, and whose shore is near."""

import itertools
from importlib import resources

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waterspace.domain import Circle, Corridor, Footprint, Leg, MovingBox, Polygon, Position, Sector
from waterspace.environment import places
from waterspace.environment.shores.coast import Bounds, Coast, load
from waterspace.geometry.geodesic import destination, destinations, distance_m, distances_m
from waterspace.quantity import HOUR_MS, NAUTICAL_MILE_M, nautical_miles

TWELVE_MILES_M = 12.0 * NAUTICAL_MILE_M

# Source: gates of the straits of the Sea of Japan, computed from GSHHG at full resolution: two positions and the width
# in nautical miles between them.
GATES = {
    "Korea Strait, western channel": ((34.8841, 128.9562), (34.6504, 129.3208), 22.82),
    "Tsushima Strait, eastern channel": ((34.1279, 129.2833), (33.8462, 129.6758), 25.85),
    "Tsugaru Strait, west": ((41.2604, 140.3391), (41.397, 140.1992), 10.35),
    "Tsugaru Strait, east": ((41.5463, 140.9142), (41.7088, 140.9642), 10.0),
    "La Perouse Strait": ((45.5229, 141.9399), (45.8929, 142.0808), 22.98),
    "Tatar Strait": ((52.2058, 141.5375), (52.2233, 141.6391), 3.9),
    "Kanmon Strait": ((33.9629, 130.9633), (33.9656, 130.9594), 0.25),
}


def at(lat_deg: float, lon_deg: float) -> Position:
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


OPENING = at(39.8, 133.21)

SHORES = st.sampled_from(
    (
        at(34.8, 129.2),
        at(41.4, 140.5),
        at(42.9, 132.2),
        at(45.7, 142.0),
        at(37.8, 125.2),
        at(34.2, 126.8),
        at(20.5, 114.9),
        at(52.0, 179.9),
        at(36.4, 25.5),
        at(-16.8, -179.9),
        at(70.0, 25.0),
    )
)


@st.composite
def near_shores(draw: st.DrawFn) -> Position:
    return destination(draw(SHORES), draw(st.floats(0.0, 359.0)), draw(st.floats(0.0, 60_000.0)))


@pytest.fixture(scope="module")
def coast() -> Coast:
    return load()


# ---------------------------------------------------------------------------------------------------------- facts


@pytest.mark.parametrize(
    ("position", "is_land"),
    [
        (at(36.2, 138.2), True),  # Honshu
        (at(37.5, 128.0), True),  # Korea
        (at(43.9, 142.8), True),  # Hokkaido
        (at(48.0, 135.5), True),  # the mainland at Khabarovsk
        (at(33.37, 126.53), True),  # Jeju
        (at(30.0, 115.0), True),  # on the line where the two resolutions meet
        (at(48.8, 2.3), True),  # Paris
        (at(-25.0, 135.0), True),  # Australia
        (at(-89.9, 45.0), True),  # Antarctica
        (at(-16.85, -179.97), True),  # Taveuni, east of 180 degrees
        (at(-16.6, 179.2), True),  # Vanua Levu, west of it
        (at(71.1, 179.9), True),  # Wrangel Island
        (OPENING, False),
        (at(42.0, 134.0), False),
        (at(40.0, 51.0), False),  # the Caspian Sea
        (at(47.7, -88.0), False),  # Lake Superior
        (at(43.0, 34.0), False),  # the Black Sea
        (at(0.0, 0.0), False),
        (at(90.0, 0.0), False),
        (at(-17.5, 180.0), False),
    ],
)
def test_land_is_land_and_sea_is_sea(coast: Coast, position: Position, is_land: bool) -> None:
    assert coast.is_land(position) is is_land


def test_many_points_are_asked_at_once(coast: Coast) -> None:
    lat, lon = np.array([36.2, 39.8, 48.8, -16.6]), np.array([138.2, 133.21, 2.3, 179.2 - 360.0])
    assert coast.on_land(lat, lon).tolist() == [True, False, True, True]
    assert coast.on_land(36.2, 138.2).tolist() == [True]
    assert coast.on_land([], []).tolist() == []


def test_the_opening_position_is_beyond_every_twelve_mile_belt(coast: Coast) -> None:
    assert coast.nearest(OPENING, TWELVE_MILES_M) == ()
    assert coast.nearest(Circle(centre=OPENING, radius_m=20_000.0), TWELVE_MILES_M) == ()
    far = coast.nearest(OPENING, 400_000.0)
    assert {near.state for near in far} == {"", "JPN", "KOR", "PRK", "RUS"}
    assert far[0].distance_m > 300_000.0
    assert [near.distance_m for near in far] == sorted(near.distance_m for near in far)


@pytest.mark.parametrize("gate", GATES.values(), ids=GATES.keys())
def test_the_gates_of_the_straits_stand_on_the_shore_and_are_as_wide_as_computed(
    coast: Coast, gate: tuple[tuple[float, float], tuple[float, float], float]
) -> None:
    first, second, width_nm = at(*gate[0]), at(*gate[1]), gate[2]
    ends = [coast.nearest(end, 600.0) for end in (first, second)]
    assert all(ends)
    measured_m = distance_m(ends[0][0].position, ends[1][0].position)
    assert nautical_miles(measured_m) == pytest.approx(width_nm, abs=0.5)


def test_both_sides_of_la_perouse_strait_are_told_apart(coast: Coast) -> None:
    soya, krilon = coast.nearest(at(45.7, 142.0), 40_000.0)
    assert (soya.state, krilon.state) == ("JPN", "RUS")
    assert nautical_miles(distance_m(soya.position, krilon.position)) == pytest.approx(23.0, abs=0.1)


@pytest.mark.parametrize(
    "place",
    [place for place in places.every() if place.kind is places.PlaceKind.PORT],
    ids=lambda place: place.name,
)
def test_every_port_stands_on_the_coast_of_its_state(coast: Coast, place: places.NamedPlace) -> None:
    assert coast.nearest(place.position, 6000.0)[0].state == place.state


@pytest.mark.parametrize(
    ("position", "state"),
    [
        (at(37.6, 130.9), "KOR"),  # Ulleungdo
        (at(34.4, 129.4), "JPN"),  # Tsushima
        (at(36.2, 133.2), "JPN"),  # Oki
        (at(43.6, 145.35), "JPN"),  # Notsuke, across the water from Kunashir
        (at(46.2, 150.3), "RUS"),  # Urup
        (at(46.25, 141.25), "RUS"),  # Moneron
        (at(37.95, 124.6), "KOR"),  # Paengnyong-do
        (at(37.65, 125.7), "KOR"),  # Yonpyong-do
        (at(37.75, 125.35), "PRK"),
        (at(24.45, 118.3), "TWN"),  # Kinmen
        (at(24.45, 118.15), "CHN"),  # Amoy
        (at(22.25, 114.15), "CHN"),  # Hong Kong
        (at(64.2, -51.8), "DNK"),  # Greenland
        (at(13.45, 144.6), "USA"),  # Guam
        (at(45.1, 36.8), "RUS"),  # Taman
        (at(46.5, 30.8), "UKR"),  # Odesa
    ],
)
def test_shores_are_labelled_with_the_state_that_holds_them(coast: Coast, position: Position, state: str) -> None:
    assert coast.nearest(position, 20_000.0)[0].state == state


@pytest.mark.parametrize(
    "position",
    [
        at(44.1, 146.0),  # Kunashir
        at(45.2, 148.2),  # Iturup
        at(43.8, 146.75),  # Shikotan
        at(43.45, 146.1),  # Habomai
        at(37.24, 131.87),  # Liancourt Rocks
        at(25.75, 123.48),  # Senkaku or Diaoyu Islands
        at(16.83, 112.33),  # Paracel Islands
        at(10.38, 114.37),  # Spratly Islands
        at(44.6, 33.4),  # Crimea
        at(-51.8, -58.5),  # Falkland Islands
        at(35.4, 33.3),  # the north of Cyprus
        at(-70.0, 20.0),  # Antarctica
    ],
)
def test_shores_in_dispute_are_nobodys(coast: Coast, position: Position) -> None:
    assert coast.nearest(position, 15_000.0)[0].state == ""


# ----------------------------------------------------------------------------------------------------------- legs


def test_a_leg_through_the_open_sea_meets_no_land(coast: Coast) -> None:
    assert coast.land_on_leg(at(42.5, 132.3), OPENING) is None


def test_a_leg_across_korea_meets_land_where_it_begins(coast: Coast) -> None:
    found = coast.land_on_leg(at(37.0, 125.0), at(38.0, 130.0))
    assert found is not None
    assert 126.0 < found.lon_deg < 126.8
    assert coast.nearest(found, 500.0)


def test_a_leg_that_starts_on_land_meets_it_at_once(coast: Coast) -> None:
    matsumoto = at(36.2, 138.0)
    found = coast.land_on_leg(matsumoto, OPENING)
    assert found is not None
    assert distance_m(found, matsumoto) < 1.0


def test_a_leg_that_only_ends_on_land_meets_it(coast: Coast) -> None:
    found = coast.land_on_leg(OPENING, at(36.2, 138.0))
    assert found is not None
    assert coast.nearest(found, 500.0)[0].state == "JPN"


def test_slack_leaves_out_the_harbour_at_either_end(coast: Coast) -> None:
    qingdao = places.find("CNTAO")
    assert qingdao is not None
    road = at(35.9, 120.6)
    assert coast.land_on_leg(qingdao.position, road) is not None
    assert coast.land_on_leg(road, qingdao.position) is not None
    assert coast.land_on_leg(qingdao.position, road, slack_m=9000.0) is None
    assert coast.land_on_leg(qingdao.position, road, slack_m=50_000.0) is None


def test_a_wait_on_land_is_on_land_and_a_wait_at_sea_is_not(coast: Coast) -> None:
    inland = at(36.2, 138.0)
    assert coast.land_on_leg(inland, inland) == inland
    assert coast.land_on_leg(OPENING, OPENING) is None


def test_a_leg_across_180_degrees_is_followed(coast: Coast) -> None:
    clear = coast.land_on_leg(at(50.0, 170.0), at(50.0, -170.0))
    found = coast.land_on_leg(at(50.0, 175.0), at(53.0, -175.0))
    back = coast.land_on_leg(at(53.0, -175.0), at(50.0, 175.0))
    assert clear is None
    assert found is not None
    assert back is not None
    assert all(coast.nearest(position, 2000.0)[0].state == "USA" for position in (found, back))
    taveuni = coast.land_on_leg(at(-16.85, 179.5), at(-16.85, -179.5))
    assert taveuni is not None


def test_a_leg_from_one_resolution_into_the_other_is_followed(coast: Coast) -> None:
    hainan = coast.land_on_leg(at(21.0, 116.0), at(19.0, 108.5))
    assert hainan is not None
    assert coast.nearest(hainan, 2000.0)[0].state == "CHN"
    assert coast.land_on_leg(at(21.0, 116.0), at(18.0, 114.0)) is None


def test_many_legs_are_asked_at_once(coast: Coast) -> None:
    legs = [(OPENING, at(36.2, 138.0)), (at(42.5, 132.3), OPENING), (at(37.0, 125.0), at(38.0, 130.0))]
    assert coast.land_on_legs(legs) == tuple(coast.land_on_leg(*leg) for leg in legs)
    assert coast.land_on_legs([]) == ()
    assert coast.land_on_legs([(OPENING, OPENING)], slack_m=1.0) == (None,)


@given(start=near_shores(), bearing_deg=st.floats(0.0, 359.0), length_m=st.floats(1.0, 300_000.0))
@settings(deadline=None)
def test_no_land_that_sampling_finds_is_missed(start: Position, bearing_deg: float, length_m: float) -> None:
    coast = load()
    end = destination(start, bearing_deg, length_m)
    found = coast.land_on_leg(start, end)
    runs_m = np.linspace(0.0, length_m, 400)
    lat, lon = destinations(start.lat_deg, start.lon_deg, bearing_deg, runs_m)
    land = np.flatnonzero(coast.on_land(lat, lon))
    if found is None:
        assert all(coast.nearest(at(lat[index], lon[index]), 100.0) for index in land)
        return
    assert distance_m(start, found) <= length_m + 1.0
    # The point lies on the shore as that runs, straight in latitude and longitude; `nearest` measures to pieces of 1 km
    # that are straight on a plane, 0.1 m from it. Measured to whole segments it lay 6 m off where they are long.
    assert coast.nearest(found, 0.5) or coast.is_land(found)
    if land.size:
        assert distance_m(start, found) <= runs_m[land[0]] + 100.0


@given(a=near_shores(), b=near_shores())
@settings(deadline=None, max_examples=50)
def test_the_way_back_meets_land_exactly_when_the_way_there_does(a: Position, b: Position) -> None:
    coast = load()
    at_the_waterline = any(coast.nearest(end, 1.0) for end in (a, b))  # where rounding decides what is land
    if distance_m(a, b) < 1e6 and not at_the_waterline:
        assert (coast.land_on_leg(a, b) is None) == (coast.land_on_leg(b, a) is None)


# ------------------------------------------------------------------------------------------------------- nearness


def sampled_m(coast: Coast, position: Position, within_m: float) -> dict[str, float]:
    """Least distance to points every 30 m of the shore, by state: slow and simple."""
    least: dict[str, float] = {}
    reach_deg = within_m / 30_000.0
    box = Bounds(
        position.lat_deg - reach_deg / 3.0,
        position.lon_deg - reach_deg,
        position.lat_deg + reach_deg / 3.0,
        position.lon_deg + reach_deg,
    )
    for cut in coast.cuts(box):
        shores = cut.shoreline.segments(cut.shoreline.shore_cells(cut.bounds))
        ends = distances_m(shores.lat1, shores.lon1, shores.lat2, shores.lon2)
        near = distances_m(position.lat_deg, position.lon_deg, shores.lat1, shores.lon1) <= within_m + ends
        for index in np.flatnonzero(near):
            part = np.linspace(0.0, 1.0, max(2, int(ends[index] / 30.0)))
            lat = shores.lat1[index] + part * (shores.lat2[index] - shores.lat1[index])
            lon = shores.lon1[index] + part * (shores.lon2[index] - shores.lon1[index])
            distance = float(distances_m(position.lat_deg, position.lon_deg, lat, lon).min())
            state = str(shores.state[index])
            least[state] = min(distance, least.get(state, np.inf))
    return least


@given(position=near_shores(), within_m=st.sampled_from((5000.0, TWELVE_MILES_M)))
@settings(deadline=None, max_examples=40)
def test_the_nearest_shore_of_each_state_is_the_one_that_sampling_finds(position: Position, within_m: float) -> None:
    coast = load()
    found = {near.state: near for near in coast.nearest(position, within_m)}
    sampled = sampled_m(coast, position, within_m)
    for state, least_m in sampled.items():
        if least_m < within_m:
            assert found[state].distance_m == pytest.approx(least_m, abs=20.0)
    for state, near in found.items():
        assert distance_m(position, near.position) == pytest.approx(near.distance_m, abs=1.0)
        assert state in sampled


@given(position=near_shores(), radius_m=st.floats(1.0, 80_000.0))
@settings(deadline=None, max_examples=40)
def test_a_circle_is_nearer_than_its_centre_by_its_radius(position: Position, radius_m: float) -> None:
    coast = load()
    of_centre = {near.state: near.distance_m for near in coast.nearest(position, radius_m + 20_000.0)}
    of_circle = {
        near.state: near.distance_m for near in coast.nearest(Circle(centre=position, radius_m=radius_m), 19e3)
    }
    assert of_circle.keys() <= of_centre.keys()
    for state, least_m in of_centre.items():
        if least_m <= radius_m + 18_900.0:
            assert of_circle[state] == pytest.approx(max(least_m - radius_m, 0.0), abs=20.0)


def footprints_around(centre: Position) -> tuple[Footprint, ...]:
    """One of each kind, reaching 5 km to the north of a position."""
    north = destination(centre, 0.0, 5000.0)
    leg = Leg(start_ms=0, end_ms=HOUR_MS, start=centre, end=north)
    return (
        Polygon(vertices=tuple(destination(centre, bearing, 5000.0) for bearing in (0.0, 120.0, 240.0))),
        Circle(centre=centre, radius_m=5000.0),
        Sector(centre=centre, bearing_deg=0.0, half_angle_deg=180.0, radius_m=5000.0, inner_radius_m=100.0),
        Corridor(waypoints=(centre, north), half_width_m=1.0),
        MovingBox(legs=(leg,), ahead_m=0.0, astern_m=0.0, abeam_m=1.0),
    )


def test_every_kind_of_footprint_can_be_asked_about(coast: Coast) -> None:
    centre = at(45.7, 142.0)
    alone = {near.state: near.distance_m for near in coast.nearest(centre, 40_000.0)}
    for footprint in footprints_around(centre):
        reached = {near.state: near.distance_m for near in coast.nearest(footprint, 40_000.0)}
        assert reached["RUS"] == pytest.approx(alone["RUS"] - 5000.0, abs=500.0)
        assert reached["JPN"] <= alone["JPN"]


def test_a_long_passage_is_measured_as_exactly_as_a_short_one(coast: Coast) -> None:
    waypoints = (at(36.0, 121.2), at(33.0, 125.4), at(34.05, 128.95), at(38.0, 132.0), at(42.3, 132.3))
    whole = Corridor(waypoints=waypoints, half_width_m=2000.0)
    pieces = [
        near
        for a, b in itertools.pairwise(waypoints)
        for near in coast.nearest(Corridor(waypoints=(a, b), half_width_m=2000.0), 60_000.0)
    ]
    for near in coast.nearest(whole, 60_000.0):
        assert near.distance_m == pytest.approx(min(p.distance_m for p in pieces if p.state == near.state), abs=100.0)


def test_nearness_is_found_across_180_degrees_and_at_the_pole(coast: Coast) -> None:
    (near,) = coast.nearest(Circle(centre=at(71.1, 179.0), radius_m=1000.0), 100_000.0)
    assert near.state == "RUS"
    taveuni = coast.nearest(at(-17.0, 179.8), 40_000.0)
    assert [shore.state for shore in taveuni] == ["FJI"]
    assert coast.nearest(at(90.0, 0.0), 500_000.0) == ()
    assert {near.state for near in coast.nearest(at(90.0, 0.0), 800_000.0)} == {"CAN", "DNK"}


def test_an_area_is_over_land_if_any_of_it_is(coast: Coast) -> None:
    assert coast.land_in(Circle(centre=OPENING, radius_m=50_000.0)) is None
    over_oki = coast.land_in(Circle(centre=at(36.6, 133.2), radius_m=50_000.0))
    assert over_oki is not None
    assert coast.nearest(over_oki, 10.0)[0].state == "JPN"


@pytest.mark.parametrize(("centre", "is_land"), [(at(47.35, 123.9), True), (OPENING, False)])
def test_an_area_without_shore_is_all_land_or_all_sea(coast: Coast, centre: Position, is_land: bool) -> None:
    for footprint in footprints_around(centre):
        found = coast.land_in(footprint)
        assert (found is not None) is is_land
        assert found is None or coast.is_land(found)


# ------------------------------------------------------------------------------------------------------- drawing


def test_rings_are_closed_clipped_and_few(coast: Coast) -> None:
    bounds = Bounds(33.0, 127.0, 52.0, 147.0)
    rings = coast.polygons(bounds, 0.02)
    assert 50 < len(rings) < 1000
    for lat, lon in rings:
        assert len(lat) == len(lon) >= 4
        assert (lat[0], lon[0]) == (lat[-1], lon[-1])
        assert bounds.south_deg <= lat.min() <= lat.max() <= bounds.north_deg
        assert bounds.west_deg <= lon.min() <= lon.max() <= bounds.east_deg
        assert max(np.ptp(lat), np.ptp(lon)) >= 0.02
    coarser = coast.polygons(bounds, 0.2)
    assert sum(len(lat) for lat, _ in coarser) < sum(len(lat) for lat, _ in rings) / 4


def inside(rings: list[tuple[np.ndarray, np.ndarray]], lat: float, lon: float) -> bool:
    """Even-odd rule."""
    crossed = 0
    for ring_lat, ring_lon in rings:
        a_lat, b_lat, a_lon, b_lon = ring_lat[:-1], ring_lat[1:], ring_lon[:-1], ring_lon[1:]
        over = (a_lat > lat) != (b_lat > lat)
        at_lon = a_lon[over] + (lat - a_lat[over]) / (b_lat[over] - a_lat[over]) * (b_lon[over] - a_lon[over])
        crossed += int((at_lon > lon).sum())
    return crossed % 2 == 1


@pytest.mark.parametrize(
    "bounds",
    [
        Bounds(33.5, 129.0, 35.5, 132.0),
        Bounds(18.0, 112.0, 23.0, 118.0),
        Bounds(50.0, 157.0, 56.0, 163.0),
        Bounds(40.0, 46.0, 46.0, 54.0),
        Bounds(64.0, 174.0, 72.0, 186.0),
    ],
)
def test_what_is_drawn_as_land_is_land(coast: Coast, bounds: Bounds) -> None:
    rings = coast.polygons(bounds, 0.0)
    draws = np.random.default_rng(7)
    lat = draws.uniform(bounds.south_deg, bounds.north_deg, 150)
    lon = draws.uniform(bounds.west_deg, bounds.east_deg, 150)
    drawn = [inside(rings, *point) for point in zip(lat.tolist(), lon.tolist(), strict=True)]
    assert coast.on_land(lat, lon).tolist() == drawn


def test_land_across_180_degrees_is_drawn_in_one_piece(coast: Coast) -> None:
    lat, lon = coast.polygons(Bounds(60.0, 170.0, 72.0, 195.0), 0.05)[0]
    assert lon.min() < 175.0
    assert lon.max() > 188.0
    on_the_line = np.isclose(lon, 180.0)
    assert not (on_the_line[:-1] & on_the_line[1:]).any()
    assert lat.max() < 72.0


def test_land_across_both_resolutions_is_drawn_in_one_piece(coast: Coast) -> None:
    lat, lon = coast.polygons(Bounds(20.0, 105.0, 45.0, 125.0), 0.05)[0]
    assert (lon.min(), lon.max()) == (105.0, 125.0)
    on_the_line = np.isclose(lon, 115.0) & (lat > 23.5) & (lat < 44.0)
    assert not on_the_line.any()


def test_a_box_whose_edge_runs_along_a_cape_is_drawn(coast: Coast) -> None:
    bounds = Bounds(south_deg=42.488, west_deg=151.181, north_deg=61.427, east_deg=252.888)
    for lat_deg, lon_deg in coast.polygons(bounds, 0.01):
        assert np.all(lat_deg <= bounds.north_deg + 1e-9)
        assert np.all(lon_deg >= bounds.west_deg - 1e-9)


def test_a_box_without_land_has_no_rings(coast: Coast) -> None:
    assert coast.polygons(Bounds(39.0, 132.0, 40.0, 134.0), 0.01) == []


# ----------------------------------------------------------------------------------------------------------- data


def test_the_packaged_data_is_small_and_carries_its_licence() -> None:
    folder = resources.files("waterspace.environment").joinpath("data")
    sizes = {entry.name: len(entry.read_bytes()) for entry in folder.iterdir() if entry.is_file()}
    assert sum(size for name, size in sizes.items() if name.startswith("coast")) <= 2_000_000
    notice = folder.joinpath("LICENSE.gshhg").read_text(encoding="utf-8")
    assert "Lesser General Public" in notice
    for name in ("LICENSE.gshhg.lgpl-3.0.txt", "LICENSE.gshhg.gpl-3.0.txt"):
        assert name in notice
        assert "Version 3, 29 June 2007" in folder.joinpath(name).read_text(encoding="utf-8")


def test_the_coast_is_loaded_once_and_the_world_only_when_it_is_needed() -> None:
    assert load() is load()
    fresh = Coast()
    assert not fresh.is_land(OPENING)
    assert fresh.land_on_leg(at(42.5, 132.3), OPENING) is None
    assert fresh.nearest(OPENING, TWELVE_MILES_M) == ()
    assert "_world" not in vars(fresh)
    assert fresh.is_land(at(48.8, 2.3))
    assert "_world" in vars(fresh)
