"""Maritime zones: one point, many points, lines to draw, and what a footprint reaches into."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waterspace.domain import Circle, Corridor, Polygon, Position
from waterspace.environment.limits import zones
from waterspace.environment.limits.baselines import closed_waters, features, narrow_seas
from waterspace.environment.limits.zones import Zone, Zones
from waterspace.environment.shores import coast
from waterspace.environment.shores.coast import Bounds
from waterspace.errors import GeometryError, NotationError
from waterspace.geometry.geodesic import destination, distance_m, distances_m
from waterspace.quantity import NAUTICAL_MILE_M

ROOT = Path(__file__).parents[2]
MILE_M = NAUTICAL_MILE_M


def at(lat_deg: float, lon_deg: float) -> Position:
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


def circle(lat_deg: float, lon_deg: float, radius_m: float) -> Circle:
    return Circle(centre=at(lat_deg, lon_deg), radius_m=radius_m)


# ---------------------------------------------------------------------------------------------------------- one point


@pytest.mark.parametrize(
    ("place", "zone", "state"),
    [
        (at(39.8, 133.21), Zone.EEZ, "RUS"),  # Northern/Interaction-2023 opened here, beyond every belt
        (at(43.35, 131.9), Zone.LAND, "RUS"),
        (at(42.8, 132.0), Zone.INTERNAL_WATERS, "RUS"),  # Peter the Great Bay
        (at(42.6, 132.6), Zone.TERRITORIAL_SEA, "RUS"),  # just seaward of its line
        (at(34.3, 133.5), Zone.INTERNAL_WATERS, "JPN"),  # Seto Inland Sea
        (at(41.12, 141.0), Zone.INTERNAL_WATERS, "JPN"),  # Mutsu Bay
        (at(31.0, 122.5), Zone.INTERNAL_WATERS, "CHN"),  # behind the lines of 1996
        (at(41.32, 140.28), Zone.CONTIGUOUS_ZONE, "JPN"),  # middle of the western Tsugaru Strait
        (at(45.71, 142.0), Zone.TERRITORIAL_SEA, "RUS"),  # middle of the La Perouse Strait
        (at(45.61, 142.0), Zone.CONTIGUOUS_ZONE, "JPN"),  # six miles south of it
        (at(38.0, 129.0), Zone.TERRITORIAL_SEA, "KOR"),
        (at(30.0, -40.0), Zone.HIGH_SEAS, ""),
        (at(52.5, 3.0), Zone.EEZ, "GBR"),
        (at(46.5, -87.0), Zone.LAND, "USA"),
        (at(47.5, -87.0), Zone.INTERNAL_WATERS, "USA"),  # Lake Superior
        (at(40.0, 51.0), Zone.UNKNOWN, ""),  # the Caspian Sea
        (at(-65.5, 0.0), Zone.HIGH_SEAS, ""),
        (at(-68.0, 0.0), Zone.UNKNOWN, ""),  # within 200 nm of Antarctica alone
        (at(37.2, 131.9), Zone.UNKNOWN, ""),  # Liancourt Rocks
        (at(50.5, 180.0), Zone.EEZ, "USA"),
        (at(90.0, 0.0), Zone.HIGH_SEAS, ""),
        (at(49.0, 127.0), Zone.LAND, ""),  # too far from every shore
    ],
)
def test_a_point_lies_in_the_zone_that_a_chart_and_the_declared_lines_give_it(
    place: Position, zone: Zone, state: str
) -> None:
    found = zones.load().at(place)
    assert (found.zone, found.state) == (zone, state)
    assert zones.CAVEAT in found.notes


def test_four_miles_off_the_coast_in_mid_tsugaru_is_not_territorial_sea_while_it_is_off_an_open_coast() -> None:
    strait = zones.load().at(at(41.62, 140.94))
    assert strait.distance_m > 3.9 * MILE_M
    assert strait.zone is Zone.CONTIGUOUS_ZONE
    assert strait.territorial_sea_m == pytest.approx(3.0 * MILE_M)
    assert any("3 nm wide here" in note and "assumed" in note for note in strait.notes)
    assert any(note.startswith("Tsugaru Strait, east") for note in strait.notes)
    open_coast = zones.load().at(at(39.9, 139.68))
    assert open_coast.zone is Zone.TERRITORIAL_SEA
    assert open_coast.territorial_sea_m == pytest.approx(12.0 * MILE_M)


def test_the_distance_of_a_point_is_that_to_the_declared_line_where_the_line_is_nearer_than_the_shore() -> None:
    place = at(42.3, 132.0)
    assert zones.load().at(place).distance_m < coast.load().nearest_land(place).distance_m - 10.0 * MILE_M


@pytest.mark.parametrize("bad", [at(91.0, 0.0), at(float("nan"), 0.0), at(0.0, float("inf"))])
def test_what_is_no_point_of_the_earth_is_refused_with_what_was_found(bad: Position) -> None:
    with pytest.raises(GeometryError, match="expected a latitude from -90 to 90"):
        zones.load().at(bad)
    with pytest.raises(GeometryError, match="point 1: latitude"):
        zones.load().classify([0.0, bad.lat_deg], [0.0, bad.lon_deg])


# ----------------------------------------------------------------------------------------------------------- features


def test_a_feature_in_dispute_belongs_to_nobody_until_a_planner_assigns_it() -> None:
    near = at(37.3, 131.8)
    free = zones.load().at(near)
    assert (free.zone, free.state) == (Zone.UNKNOWN, "")
    assert any("liancourt_rocks" in note for note in free.notes)
    for state in ("KOR", "JPN"):
        held = zones.load({"liancourt_rocks": state}).at(near)
        assert (held.zone, held.state) == (Zone.TERRITORIAL_SEA, state)


def test_a_feature_without_a_state_takes_nothing_from_a_neighbour() -> None:
    beside = at(43.72, 145.42)  # between Hokkaido and Kunashir, nearer to Kunashir
    assert zones.load().at(beside).state == "JPN"
    assert zones.load({"kunashir": "RUS"}).at(beside).state == "RUS"


def test_an_unknown_feature_is_refused_with_the_one_that_was_probably_meant() -> None:
    with pytest.raises(NotationError, match="'liancourt_rock', perhaps 'liancourt_rocks'"):
        zones.load({"liancourt_rock": "KOR"})
    with pytest.raises(NotationError, match="known are kunashir"):
        zones.load({"xyz": "KOR"})
    for code in ("Korea", "kor", "XYZ"):
        with pytest.raises(NotationError, match="the code of no state with a shore"):
            zones.load({"liancourt_rocks": code})


def test_every_holder_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(NotationError) as caught:
        zones.load({"liancourt_rock": "KOR", "crimea": "XYZ", "tromelin": "FRA"})
    said = str(caught.value)
    assert "liancourt_rock: KOR" in said
    assert "crimea: XYZ" in said
    assert "tromelin" not in said
    assert "?" not in said


@pytest.mark.parametrize(("place", "told"), [(at(39.8, 133.2), True), (at(38.5, 136.5), False)])
def test_a_feature_without_a_state_is_told_of_where_the_answer_depends_on_it(place: Position, told: bool) -> None:
    free = zones.load().at(place)
    held = zones.load({"liancourt_rocks": "KOR"}).at(place)
    assert ((free.zone, free.state) != (held.zone, held.state)) is told
    notes = [note for note in free.notes if "liancourt_rocks" in note]
    assert [note.startswith("Liancourt Rocks, 165 nm away,") for note in notes] == ([True] if told else [])


@settings(max_examples=30, deadline=None)
@given(lat_deg=st.floats(34.0, 44.0), lon_deg=st.floats(126.0, 140.0), holder=st.sampled_from(["KOR", "JPN"]))
def test_a_holder_changes_an_answer_at_sea_only_where_the_feature_is_named(
    lat_deg: float, lon_deg: float, holder: str
) -> None:
    free = zones.load().at(at(lat_deg, lon_deg))
    held = zones.load({"liancourt_rocks": holder}).at(at(lat_deg, lon_deg))
    if not any("liancourt_rocks" in note for note in free.notes):
        assert (held.zone, held.state) == (free.zone, free.state)


@pytest.mark.parametrize("lat_deg", [-90.0, -80.0, -75.0])
def test_land_of_antarctica_is_assigned_to_no_state_however_far_the_shore_is(lat_deg: float) -> None:
    found = zones.load().at(at(lat_deg, 12.0))
    assert (found.zone, found.state) == (Zone.LAND, "")
    assert any("Antarctica, is assigned to no state" in note for note in found.notes)


def test_the_packaged_features_are_those_that_the_coast_was_labelled_with() -> None:
    with (ROOT / "tools" / "coast_holders.csv").open(encoding="utf-8") as file:
        disputed = {row["name"]: row for row in csv.DictReader(file) if not row["state"]}
    packaged = {feature.name: feature for feature in features().values()}
    for name, row in disputed.items():
        sides = tuple(float(row[side]) for side in ("south_deg", "west_deg", "north_deg", "east_deg"))
        assert tuple(packaged[name].bounds) == sides
        assert packaged[name].source == row["source"]


def test_every_shore_without_a_state_belongs_to_a_feature() -> None:
    shores = zones.load().baselines.within(Bounds(-90.0, -180.0, 90.0, 180.0))
    assert "?" not in set(shores.state.tolist())
    assert "" not in set(shores.state.tolist())


# -------------------------------------------------------------------------------------------------------------- lines


def test_every_declared_line_and_narrow_sea_has_a_source_and_says_how_sure_it_is() -> None:
    sources = [entry.provenance for entry in closed_waters()] + [entry.provenance for entry in narrow_seas()]
    for provenance in sources:
        assert "http" in provenance.source
        assert provenance.confidence is not None


def test_the_inland_points_that_close_a_ring_lie_on_land_or_near_it() -> None:
    for closed in closed_waters():
        for lat, lon in closed.inland:
            assert (coast.load().distances_m(lat, lon) < 2.0 * MILE_M).all(), closed.key


def test_the_ends_of_closing_lines_lie_on_the_packaged_shore_or_near_it() -> None:
    for closed in closed_waters():
        for lat, lon in closed.lines:
            ends = coast.load().nearest_land(at(lat[0], lon[0])), coast.load().nearest_land(at(lat[-1], lon[-1]))
            reach = 9.0 if closed.key in {"kamen_opasnosti", "china_1996_north"} else 1.0
            assert max(end.distance_m for end in ends) < reach * MILE_M, closed.key


def test_the_line_of_peter_the_great_bay_is_as_long_as_the_note_of_protest_says() -> None:
    bay = next(closed for closed in closed_waters() if closed.key == "peter_the_great_bay")
    (lat, lon) = bay.lines[0]
    length_m = float(distances_m(lat[:-1], lon[:-1], lat[1:], lon[1:]).sum())
    assert length_m == pytest.approx(110.0 * MILE_M, rel=0.06)  # "approximately 115 miles"


def test_the_bays_that_were_closed_without_a_declaration_are_no_wider_than_24_miles_at_their_entrance() -> None:
    for key in ("mutsu_bay", "kagoshima_bay"):
        (lat, lon) = next(closed for closed in closed_waters() if closed.key == key).lines[0]
        assert distance_m(at(lat[0], lon[0]), at(lat[-1], lon[-1])) <= 24.0 * MILE_M


# -------------------------------------------------------------------------------------------------------- many points


@given(st.lists(st.tuples(st.floats(33.0, 52.0), st.floats(127.0, 147.0)), min_size=1, max_size=8))
@settings(max_examples=8, deadline=None)
def test_many_points_are_in_the_zones_that_each_alone_is_in(points: list[tuple[float, float]]) -> None:
    here = zones.load()
    lat, lon = np.array(points).T
    codes, states = here.classify(lat, lon)
    order = tuple(Zone)
    for code, state, (lat_deg, lon_deg) in zip(codes.tolist(), states.tolist(), points, strict=True):
        alone = here.at(at(lat_deg, lon_deg))
        assert (order[code], state) == (alone.zone, alone.state)


def test_a_hundred_thousand_points_taken_by_cells_are_in_the_zones_that_each_alone_is_in() -> None:
    generator = np.random.default_rng(7)
    lat, lon = generator.uniform(40.0, 46.5, 100_000), generator.uniform(138.0, 146.5, 100_000)
    codes, states = zones.load().classify(lat, lon)
    order = tuple(Zone)
    for index in generator.choice(lat.size, 30, replace=False).tolist():
        alone = zones.load().at(at(float(lat[index]), float(lon[index])))
        assert (order[codes[index]], states[index]) == (alone.zone, alone.state)


def test_points_keep_the_shape_in_which_they_are_given_and_meridians_may_run_on_beyond_180() -> None:
    codes, states = zones.load().classify(np.array([[39.8], [42.8]]), [133.21, 133.21 + 360.0])
    assert codes.shape == states.shape == (2, 2)
    assert (codes[:, 0] == codes[:, 1]).all()
    assert zones.load().classify([], [])[0].size == 0


def test_points_of_the_whole_world_are_classified_across_180_degrees_and_at_the_poles() -> None:
    lat, lon = np.array([52.0, 51.9, -18.0, 90.0, -90.0]), np.array([179.99, -179.99, 180.0, 0.0, 12.0])
    codes, states = zones.load().classify(lat, lon)
    alone = [zones.load().at(at(float(a), float(b))) for a, b in zip(lat, lon, strict=True)]
    assert [tuple(Zone)[code] for code in codes] == [found.zone for found in alone]
    assert states.tolist() == [found.state for found in alone]


# ------------------------------------------------------------------------------------------------------------- limits


@pytest.mark.parametrize(
    ("kind", "breadth_m"), [(Zone.TERRITORIAL_SEA, 12.0 * MILE_M), (Zone.CONTIGUOUS_ZONE, 24.0 * MILE_M)]
)
def test_limits_run_at_their_breadth_from_the_baseline(kind: Zone, breadth_m: float) -> None:
    lines = zones.load().limits(kind, Bounds(37.5, 137.0, 39.5, 139.0))
    assert lines
    lat, lon = (np.concatenate(parts) for parts in zip(*lines, strict=True))
    assert np.abs(coast.load().exact_distances_m(lat, lon) - breadth_m).max() < 300.0


def test_the_limit_in_the_tsugaru_strait_runs_three_miles_off_and_leaves_the_middle_open() -> None:
    lines = zones.load().limits(Zone.TERRITORIAL_SEA, Bounds(41.1, 140.0, 41.9, 141.3))
    lat, lon = (np.concatenate(parts) for parts in zip(*lines, strict=True))
    near = (np.abs(lat - 41.62) < 0.15) & (np.abs(lon - 140.94) < 0.1)
    assert near.any()
    assert coast.load().distances_m(lat[near], lon[near]) == pytest.approx(3.0 * MILE_M, abs=400.0)


def test_declared_lines_are_drawn_whole_and_a_box_far_away_has_none() -> None:
    drawn = zones.load().limits(Zone.INTERNAL_WATERS, Bounds(42.0, 131.0, 43.0, 132.0))
    assert len(drawn) == 1
    assert zones.load().limits(Zone.INTERNAL_WATERS, Bounds(0.0, -40.0, 1.0, -39.0)) == []
    assert zones.load().limits(Zone.EEZ, Bounds(30.0, -40.5, 31.0, -39.5)) == []


@pytest.mark.parametrize("kind", [Zone.LAND, Zone.HIGH_SEAS, Zone.UNKNOWN])
def test_a_zone_without_an_outer_limit_is_not_drawn(kind: Zone) -> None:
    with pytest.raises(GeometryError, match="no outer limit"):
        zones.load().limits(kind, Bounds(37.0, 137.0, 39.0, 139.0))


def test_an_empty_box_is_refused() -> None:
    with pytest.raises(GeometryError, match="south before north"):
        zones.load().limits(Zone.EEZ, Bounds(39.0, 137.0, 37.0, 139.0))


# --------------------------------------------------------------------------------------------------------- footprints


def reached(footprint: Circle | Polygon | Corridor, limits: Zones | None = None) -> dict[str, tuple[Zone, float]]:
    near = (limits or zones.load()).territorial_seas_near(footprint)
    return {each.state or each.feature: (each.zone, each.inside_m) for each in near}


def test_a_footprint_off_an_open_coast_reaches_in_by_twelve_miles_less_its_distance() -> None:
    centre = at(39.9, 139.55)
    shore_m = coast.load().nearest_land(centre).distance_m
    (near,) = zones.load().territorial_seas_near(Circle(centre=centre, radius_m=2000.0))
    assert near.state == "JPN"
    assert near.zone is Zone.TERRITORIAL_SEA
    assert near.distance_m == pytest.approx(shore_m - 2000.0, abs=20.0)
    assert near.inside_m == pytest.approx(12.0 * MILE_M - near.distance_m)
    assert distance_m(near.position, coast.load().nearest_land(centre).position) < 200.0


def test_four_miles_off_in_the_middle_of_the_tsugaru_strait_reaches_nobody() -> None:
    assert zones.load().territorial_seas_near(circle(41.623, 140.93, 0.8 * MILE_M)) == ()
    wide = reached(circle(41.623, 140.93, 3.0 * MILE_M))
    assert wide["JPN"][0] is Zone.TERRITORIAL_SEA
    assert wide["JPN"][1] < 3.0 * MILE_M


def test_a_footprint_that_leaves_a_narrow_sea_is_measured_by_parts() -> None:
    inside, outside = at(41.13, 140.15), at(41.02, 140.05)  # off Kodomari, within the strait and beyond it
    assert reached(Circle(centre=inside, radius_m=500.0)) == {}
    (near,) = zones.load().territorial_seas_near(Corridor(waypoints=(inside, outside), half_width_m=500.0))
    assert near.breadth_m == pytest.approx(12.0 * MILE_M)
    assert near.zone is Zone.TERRITORIAL_SEA


def test_a_footprint_in_peter_the_great_bay_is_in_internal_waters_however_far_the_shore_is() -> None:
    assert reached(circle(42.6, 131.9, 500.0)) == {"RUS": (Zone.INTERNAL_WATERS, 12.0 * MILE_M)}
    across = reached(circle(42.55, 132.6, 4.0 * MILE_M))
    assert across["RUS"][0] is Zone.INTERNAL_WATERS
    outside = reached(circle(42.45, 132.3, 500.0))
    assert outside["RUS"][0] is Zone.TERRITORIAL_SEA


def test_a_footprint_over_land_says_so_even_where_no_shore_runs_through_it() -> None:
    assert reached(circle(38.2, 128.6, 5.0 * MILE_M))["KOR"][0] is Zone.LAND
    assert reached(circle(36.2, 138.0, 2000.0))["JPN"][0] is Zone.LAND


def test_far_from_every_shore_nothing_is_reached() -> None:
    assert zones.load().territorial_seas_near(circle(39.8, 133.21, 20.0 * MILE_M)) == ()
    assert zones.load().territorial_seas_near(circle(30.0, -40.0, 20.0 * MILE_M)) == ()


def test_a_feature_without_a_state_is_reported_apart_and_with_its_holder_once_it_is_assigned() -> None:
    (free,) = zones.load().territorial_seas_near(circle(37.24, 131.7, 2000.0))
    assert (free.state, free.feature, free.zone) == ("", "liancourt_rocks", Zone.UNKNOWN)
    (held,) = zones.load({"liancourt_rocks": "KOR"}).territorial_seas_near(circle(37.24, 131.7, 2000.0))
    assert (held.state, held.feature, held.zone) == ("KOR", "", Zone.TERRITORIAL_SEA)


def test_between_two_neighbours_only_those_are_reached_on_whose_side_the_footprint_lies() -> None:
    border = at(38.615, 128.45)  # the coast where two states meet
    south = destination(border, 120.0, 8.0 * MILE_M)
    north = destination(border, 20.0, 8.0 * MILE_M)
    assert set(reached(Circle(centre=south, radius_m=1000.0))) == {"KOR"}
    assert set(reached(Circle(centre=north, radius_m=1000.0))) == {"PRK"}
    assert set(reached(Circle(centre=destination(border, 65.0, 8.0 * MILE_M), radius_m=4.0 * MILE_M))) == {"KOR", "PRK"}


@given(st.floats(34.0, 46.0), st.floats(128.5, 142.0), st.floats(0.0, 20.0))
@settings(max_examples=15, deadline=None)
def test_what_a_small_footprint_reaches_is_what_its_middle_lies_in(lat_deg: float, lon_deg: float, turn: float) -> None:
    here = zones.load()
    centre = destination(at(lat_deg, lon_deg), turn, turn * 100.0)
    alone = here.at(centre)
    found = {each.state or each.feature for each in here.territorial_seas_near(Circle(centre=centre, radius_m=1.0))}
    if alone.zone in {Zone.TERRITORIAL_SEA, Zone.INTERNAL_WATERS}:
        assert alone.state in found
    if alone.zone in {Zone.EEZ, Zone.CONTIGUOUS_ZONE, Zone.HIGH_SEAS} and abs(alone.distance_m - 12.0 * MILE_M) > 50.0:
        assert not found or alone.territorial_sea_m < 12.0 * MILE_M


def test_corridors_and_polygons_reach_as_circles_do() -> None:
    route = Corridor(waypoints=(at(39.0, 138.0), at(39.9, 139.6)), half_width_m=1000.0)
    assert reached(route)["JPN"][0] is Zone.TERRITORIAL_SEA
    box = Polygon(vertices=(at(42.7, 131.8), at(42.7, 132.0), at(42.6, 132.0), at(42.6, 131.8)))
    assert reached(box)["RUS"][0] is Zone.INTERNAL_WATERS
