"""Claims clash exactly where, when and at the height that both want; most of it against sampling."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import DAY, SEA, claim
from strategies import moving_boxes, still_footprints, tracks, waters
from waterspace.domain import (
    SURFACE,
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
from waterspace.geometry.footprints import bounding_circle, contains, distance_between_m, outline_at
from waterspace.geometry.geodesic import between, destination, distance_m
from waterspace.geometry.legs import fill, hold, legs_at_speed, parallel, position_at, shift
from waterspace.geometry.meeting import Clash, clash, clashes, footprints_meet, track_clash, track_clashes
from waterspace.quantity import HOUR_MS, MINUTE_MS, SECOND_MS

DATE_LINE = Position(lat_deg=40.0, lon_deg=180.0)
POLE = Position(lat_deg=90.0, lon_deg=0.0)


def window(start_ms: int, end_ms: int) -> Window:
    return Window(start_ms=start_ms, end_ms=end_ms)


def circle(centre: Position = SEA, radius_m: float = 5000.0) -> Circle:
    return Circle(centre=centre, radius_m=radius_m)


def square(centre: Position = SEA, half_m: float = 5000.0) -> Polygon:
    return Polygon(vertices=tuple(destination(centre, 45.0 + 90.0 * corner, half_m) for corner in range(4)))


def run(start: Position, course_deg: float, length_m: float, speed_mps: float = 10.0) -> tuple[Leg, ...]:
    return legs_at_speed((start, destination(start, course_deg, length_m)), 0, speed_mps)


def tow(legs: tuple[Leg, ...], reach_m: float = 1000.0) -> MovingBox:
    return MovingBox(legs=legs, ahead_m=reach_m, astern_m=reach_m, abeam_m=reach_m / 2.0)


def needed(found: Clash | None) -> Clash:
    assert found is not None
    return found


# ------------------------------------------------------------------------------------------- claims that stand still


def test_claims_clash_in_the_first_window_and_the_heights_that_both_have() -> None:
    low = claim(circle(), window(0, 10), window(20, 40), band=Band(floor_m=-30.0, ceiling_m=300.0))
    high = claim(square(), window(15, 25), window(30, 50), band=Band(floor_m=100.0))
    found = needed(clash(low, high))
    assert found.window == window(20, 25)
    assert found.band == Band(floor_m=100.0, ceiling_m=300.0)
    assert contains(low.footprint, found.position)
    assert contains(high.footprint, found.position)
    assert needed(clash(high, low)).window == found.window


def test_claims_apart_in_time_height_or_space_do_not_clash() -> None:
    here = claim(circle(), window(0, 10), band=Band(floor_m=0.0, ceiling_m=300.0))
    assert clash(here, claim(circle(), window(10, 20))) is None
    assert clash(here, claim(circle(), window(0, 10), band=Band(floor_m=300.0))) is None
    assert clash(here, claim(circle(destination(SEA, 90.0, 10_001.0)), window(0, 10))) is None
    assert clash(here, claim(square(destination(SEA, 90.0, 100_000.0)), window(0, 10))) is None


def test_neighbours_with_a_common_edge_only_touch() -> None:
    south_west, north_east = Position(lat_deg=39.0, lon_deg=133.0), Position(lat_deg=40.0, lon_deg=134.0)
    north_west, south_east = Position(lat_deg=40.0, lon_deg=133.0), Position(lat_deg=39.0, lon_deg=134.0)
    west = Polygon(vertices=(Position(lat_deg=39.5, lon_deg=132.0), south_west, north_west))
    middle = Polygon(vertices=(south_west, south_east, north_east, north_west))
    assert footprints_meet(west, middle) is None
    assert footprints_meet(middle, west) is None
    over = Polygon(vertices=(Position(lat_deg=39.5, lon_deg=132.0), south_east, north_west))
    assert footprints_meet(over, middle) is not None


def test_circles_that_touch_do_not_meet_and_those_that_share_a_little_do() -> None:
    for bearing_deg in (0.0, 77.0, 200.0):
        assert footprints_meet(circle(), circle(destination(SEA, bearing_deg, 10_000.0))) is None
        met = footprints_meet(circle(), circle(destination(SEA, bearing_deg, 9990.0)))
        assert met is not None
        assert distance_m(met, SEA) == pytest.approx(4995.0, abs=1.0)


def test_a_claim_inside_another_meets_it() -> None:
    small = circle(destination(SEA, 30.0, 2000.0), 100.0)
    for large in (circle(), square(half_m=9000.0), Corridor(waypoints=(SEA, small.centre), half_width_m=3000.0)):
        for pair in ((small, large), (large, small)):
            met = footprints_meet(*pair)
            assert met is not None
            assert contains(small, met)
            assert contains(large, met)


def test_a_corridor_whose_waypoints_coincide_is_met_like_a_disc() -> None:
    corridor = Corridor(waypoints=(SEA, SEA), half_width_m=200.0)
    for other in (circle(destination(SEA, 30.0, 5100.0)), square()):
        assert footprints_meet(corridor, other) is not None
        assert footprints_meet(other, corridor) is not None
    assert track_clash((hold(destination(SEA, 9.0, 190.0), DAY),), claim(corridor)) is not None
    assert distance_between_m(corridor, destination(SEA, 9.0, 1200.0)) == pytest.approx(1000.0, abs=0.1)


def test_a_claim_in_the_hole_of_a_ring_does_not_meet_it() -> None:
    ring = Sector(centre=SEA, bearing_deg=0.0, half_angle_deg=180.0, radius_m=20_000.0, inner_radius_m=10_000.0)
    assert footprints_meet(ring, circle()) is None
    assert footprints_meet(ring, square()) is None
    assert footprints_meet(ring, circle(radius_m=10_100.0)) is not None


@pytest.mark.parametrize("centre", [SEA, DATE_LINE, POLE, Position(lat_deg=0.0, lon_deg=-180.0)])
def test_claims_meet_alike_anywhere_on_the_earth(centre: Position) -> None:
    line = (destination(centre, 270.0, 50_000.0), destination(centre, 90.0, 50_000.0))
    corridor = Corridor(waypoints=line, half_width_m=1000.0)
    off = destination(centre, 0.0, 8000.0)
    assert footprints_meet(corridor, square(centre)) is not None
    assert footprints_meet(corridor, circle(off, 6900.0)) is None
    assert footprints_meet(corridor, circle(off, 7100.0)) is not None


def test_a_wide_warning_area_is_right_along_its_far_edge() -> None:
    warning = circle(radius_m=900_000.0)
    for bearing_deg in (10.0, 130.0):
        assert footprints_meet(warning, square(destination(SEA, bearing_deg, 903_000.0), 5000.0)) is not None
        assert footprints_meet(warning, square(destination(SEA, bearing_deg, 906_000.0), 5000.0)) is None


@given(waters().flatmap(lambda place: st.tuples(still_footprints(place), still_footprints(place))))
@settings(max_examples=80, deadline=None)
def test_footprints_meet_where_they_say_and_nowhere_else(pair: tuple[Footprint, Footprint]) -> None:
    met = footprints_meet(*pair)
    gap_m = distance_between_m(*pair)
    if met is None:
        assert gap_m > 0.0 or not any(deep_inside(*pair, place) for place in samples(*pair))
    else:
        assert gap_m < 1.0
        assert all(distance_between_m(footprint, met) < 5.0 for footprint in pair)


def samples(a: Footprint, b: Footprint) -> list[Position]:
    small = min((bounding_circle(a), bounding_circle(b)), key=lambda bounds: bounds.radius_m)
    return [
        destination(small.centre, bearing_deg, small.radius_m * share)
        for bearing_deg in range(0, 360, 20)
        for share in (0.0, 0.2, 0.5, 0.9)
    ]


def deep_inside(a: Footprint, b: Footprint, place: Position) -> bool:
    around = [destination(place, bearing_deg, 10.0) for bearing_deg in (0.0, 90.0, 180.0, 270.0)]
    return all(contains(a, near) and contains(b, near) for near in (place, *around))


# ---------------------------------------------------------------------------------------------------- claims that move


def test_two_tows_head_on_clash_when_their_boxes_touch_until_they_are_past() -> None:
    east = run(SEA, 90.0, 100_000.0)
    west = legs_at_speed((east[0].end, east[0].start), 0, 10.0)
    found = needed(clash(claim(tow(east)), claim(tow(west))))
    assert found.window.start_ms == pytest.approx(4_900_000, abs=1.5 * SECOND_MS)
    assert found.window.end_ms == pytest.approx(5_100_000, abs=10 * SECOND_MS)
    assert distance_m(found.position, between(east[0].start, east[0].end, 0.5)) < 600.0


def test_a_tow_clashes_with_an_area_while_any_part_of_it_is_inside() -> None:
    track = run(destination(SEA, 270.0, 40_000.0), 90.0, 80_000.0)
    for pair in ((claim(tow(track)), claim(circle())), (claim(circle()), claim(tow(track)))):
        found = needed(clash(*pair))
        assert found.window.start_ms == pytest.approx(3_400_000, abs=2.5 * SECOND_MS)
        assert found.window.end_ms == pytest.approx(4_600_000, abs=12 * SECOND_MS)


def test_a_tow_that_passes_clear_does_not_clash() -> None:
    track = run(destination(SEA, 270.0, 40_000.0), 90.0, 80_000.0)
    south = parallel(track, 180.0, 5600.0)
    assert clash(claim(tow(south)), claim(circle())) is None
    assert clash(claim(tow(track)), claim(circle(), window(0, 3_300_000))) is None
    assert clash(claim(tow(track)), claim(circle(), window(5_000_000, 6_000_000))) is None
    assert clash(claim(tow(track)), claim(circle(), window(9_000_000, 9_500_000))) is None


def test_tows_in_company_never_meet_however_long_they_go_on() -> None:
    lead = run(SEA, 60.0, 500_000.0)
    assert clash(claim(tow(lead)), claim(tow(parallel(lead, 330.0, 1100.0)))) is None
    assert clash(claim(tow(lead)), claim(tow(parallel(lead, 330.0, 900.0)))) is not None


def test_a_tow_clashes_in_the_second_window_where_it_is_late_for_the_first() -> None:
    track = run(destination(SEA, 270.0, 40_000.0), 90.0, 80_000.0)
    area = claim(circle(), window(0, HOUR_MS // 2), window(4_000_000, 5_000_000))
    assert needed(clash(claim(tow(track)), area)).window.start_ms == 4_000_000


def test_a_box_that_waits_in_an_area_clashes_for_the_whole_window() -> None:
    moored = tow((hold(SEA, DAY),))
    found = needed(clash(claim(moored), claim(square(), window(HOUR_MS, 3 * HOUR_MS))))
    assert found.window == window(HOUR_MS, 3 * HOUR_MS)
    both = needed(clash(claim(moored), claim(tow((hold(destination(SEA, 0.0, 100.0), DAY),)))))
    assert both.window == DAY


def test_a_box_smaller_than_the_resolution_of_a_chart_still_clashes() -> None:
    track = run(destination(SEA, 270.0, 10_000.0), 90.0, 20_000.0)
    assert clash(claim(tow(track, 0.1)), claim(circle())) is not None
    assert clash(claim(tow(track, 0.1)), claim(tow(run(destination(SEA, 90.0, 10_000.0), 270.0, 20_000.0)))) is not None


def boxes_at(reservation: Footprint, time_ms: int) -> Footprint:
    return Polygon(vertices=outline_at(reservation, time_ms)) if isinstance(reservation, MovingBox) else reservation


def check_moving(box: MovingBox, other: Footprint, step_ms: int) -> None:
    """Compare the first clash with what the footprints do at sampled instants."""
    found = clash(claim(box), claim(other))
    movers = [footprint for footprint in (box, other) if isinstance(footprint, MovingBox)]
    start_ms = max(0, *(mover.legs[0].start_ms for mover in movers))
    end_ms = min(DAY.end_ms, *(mover.legs[-1].end_ms for mover in movers))
    until_ms = end_ms if found is None else min(found.window.start_ms, end_ms)
    for time_ms in range(start_ms, until_ms, step_ms):
        met = footprints_meet(boxes_at(box, time_ms), boxes_at(other, time_ms))
        assert met is None or not deep_inside(boxes_at(box, time_ms), boxes_at(other, time_ms), met)
    if found is not None:
        first_ms = found.window.start_ms
        instants = [first_ms + round(share * SECOND_MS / 4.0) for share in range(6)]
        gaps_m = [distance_between_m(boxes_at(box, time), boxes_at(other, time)) for time in instants]
        assert min(gaps_m) < 2.0
        speed_mps = 2.0 * 240.0
        for footprint in (box, other):
            assert distance_between_m(boxes_at(footprint, first_ms), found.position) < speed_mps + 2.0


@given(waters().flatmap(lambda place: st.tuples(moving_boxes(place), still_footprints(place) | moving_boxes(place))))
@settings(max_examples=40, deadline=None)
def test_a_moving_clash_is_the_first_that_sampling_finds(pair: tuple[MovingBox, Footprint]) -> None:
    check_moving(*pair, step_ms=20 * MINUTE_MS)


@pytest.mark.deep
@given(waters().flatmap(lambda place: st.tuples(moving_boxes(place), still_footprints(place) | moving_boxes(place))))
@settings(max_examples=300, deadline=None)
def test_a_moving_clash_is_the_first_that_dense_sampling_finds(pair: tuple[MovingBox, Footprint]) -> None:
    check_moving(*pair, step_ms=2 * MINUTE_MS)


# --------------------------------------------------------------------------------------------------------- all pairs


@given(waters().flatmap(lambda place: st.lists(still_footprints(place) | moving_boxes(place), max_size=6)), st.data())
@settings(max_examples=20, deadline=None)
def test_all_pairs_together_give_what_each_pair_gives(footprints: list[Footprint], data: st.DataObject) -> None:
    bands = st.sampled_from((Band(), SURFACE, Band(floor_m=1000.0), Band(ceiling_m=-20.0)))
    times = st.sampled_from((DAY, window(0, HOUR_MS), window(HOUR_MS, 2 * HOUR_MS)))
    claims = [claim(footprint, data.draw(times), band=data.draw(bands)) for footprint in footprints]
    expected = [
        (i, j, found)
        for (i, one), (j, other) in itertools.combinations(enumerate(claims), 2)
        if (found := clash(one, other)) is not None
    ]
    assert clashes(claims) == expected


def test_a_claim_without_windows_clashes_with_nothing() -> None:
    never = Reservation(
        id="never", owner="S1", name="never", footprint=circle(), band=Band(), windows=(), hazard=Hazard.NONE
    )
    found = clashes([never, claim(circle()), claim(square())])
    assert [(i, j) for i, j, _ in found] == [(1, 2)]
    assert clashes([never, claim(circle())]) == []
    assert clashes([]) == []
    assert clash(never, claim(circle())) is None


# ------------------------------------------------------------------------------------------------------------ tracks


def test_a_track_is_inside_an_area_from_edge_to_edge() -> None:
    track = run(destination(SEA, 270.0, 20_000.0), 90.0, 40_000.0)
    found = needed(track_clash(track, claim(circle())))
    assert found.window.start_ms == pytest.approx(1_500_000, abs=1.5 * SECOND_MS)
    assert found.window.end_ms == pytest.approx(2_500_000, abs=8 * SECOND_MS)
    assert found.band == SURFACE
    assert distance_m(found.position, position_at(track, found.window.start_ms)) < 20.0


def test_a_track_that_comes_back_is_first_inside_for_its_first_visit() -> None:
    west, east = destination(SEA, 270.0, 20_000.0), destination(SEA, 90.0, 20_000.0)
    track = legs_at_speed((west, east, west), 0, 10.0)
    found = needed(track_clash(track, claim(circle())))
    assert found.window.end_ms == pytest.approx(2_500_000, abs=8 * SECOND_MS)
    later = needed(track_clash(track, claim(circle(), window(3_000_000, 9_000_000))))
    assert later.window.start_ms == pytest.approx(5_500_000, abs=2 * SECOND_MS)


def test_a_ship_that_waits_inside_is_inside_until_the_window_ends() -> None:
    track = fill(run(destination(SEA, 270.0, 20_000.0), 90.0, 20_000.0), DAY)
    found = needed(track_clash(track, claim(square(), window(0, 10 * HOUR_MS))))
    assert found.window.end_ms == 10 * HOUR_MS
    assert track_clash(track, claim(circle(destination(SEA, 0.0, 50_000.0)))) is None


def test_a_track_along_the_edge_of_an_area_is_not_inside() -> None:
    area = square()
    track = legs_at_speed(area.vertices, 0, 5.0)
    assert track_clash(track, claim(area)) is None


@pytest.mark.parametrize(
    ("height_m", "inside"),
    [(0.0, False), (-40.0, False), (300.0, False), (301.0, True), (2999.0, True), (3000.0, False)],
)
def test_an_aircraft_is_inside_only_between_floor_and_ceiling(height_m: float, *, inside: bool) -> None:
    track = (hold(SEA, DAY, height_m=height_m),)
    found = track_clash(track, claim(circle(), band=Band(floor_m=300.0, ceiling_m=3000.0)))
    assert (found is not None) == inside
    if found is not None:
        assert found.band == Band(floor_m=height_m, ceiling_m=height_m)


def test_a_ship_is_not_under_an_area_of_the_air() -> None:
    track = (hold(SEA, DAY),)
    assert track_clash(track, claim(circle(), band=Band(floor_m=60.0))) is None
    found = needed(track_clash(track, claim(circle(), band=Band(floor_m=0.0, ceiling_m=3000.0))))
    assert found.band == Band(floor_m=0.0, ceiling_m=SURFACE.ceiling_m)
    assert track_clash((), claim(circle())) is None


def test_an_aircraft_that_climbs_out_is_inside_until_it_does() -> None:
    low = hold(SEA, window(0, HOUR_MS), height_m=200.0)
    high = hold(SEA, window(HOUR_MS, 2 * HOUR_MS), height_m=2000.0)
    area = claim(circle(), band=Band(floor_m=100.0, ceiling_m=1000.0))
    assert needed(track_clash((low, high), area)).window == window(0, HOUR_MS)
    (descended,) = shift((low,), 2 * HOUR_MS)
    found = needed(track_clash((high, descended), area))
    assert found.window == window(2 * HOUR_MS, 3 * HOUR_MS)
    assert found.band == Band(floor_m=200.0, ceiling_m=200.0)


def test_all_tracks_and_claims_together_give_what_each_pair_gives() -> None:
    units = {
        "EAST": run(destination(SEA, 270.0, 20_000.0), 90.0, 40_000.0),
        "ASHORE": (),
        "HIGH": (hold(SEA, DAY, height_m=9000.0),),
        "NORTH": run(destination(SEA, 180.0, 20_000.0), 0.0, 40_000.0),
    }
    claims = [
        claim(circle(), band=Band(ceiling_m=5000.0)),
        claim(square(destination(SEA, 90.0, 15_000.0))),
        claim(tow(run(destination(SEA, 0.0, 30_000.0), 180.0, 30_000.0)), band=SURFACE),
        claim(circle(), window(-HOUR_MS, 0)),
    ]
    together = track_clashes(units, claims)
    expected = [
        (unit, number, found)
        for unit, legs in units.items()
        for number, reservation in enumerate(claims)
        if (found := track_clash(legs, reservation)) is not None
    ]
    assert together == expected
    assert [(unit, number) for unit, number, _ in together] == [("EAST", 0), ("EAST", 1), ("NORTH", 0), ("NORTH", 2)]


def test_a_ship_overtaken_by_a_tow_is_inside_its_box() -> None:
    slow = run(destination(SEA, 90.0, 10_000.0), 90.0, 40_000.0, 5.0)
    found = needed(track_clash(slow, claim(tow(run(SEA, 90.0, 80_000.0)))))
    assert found.window.start_ms == pytest.approx(1_800_000, abs=3 * SECOND_MS)
    assert found.window.end_ms == pytest.approx(2_200_000, abs=10 * SECOND_MS)


@given(waters().flatmap(lambda place: st.tuples(tracks(place), still_footprints(place))))
@settings(max_examples=50, deadline=None)
def test_no_sampled_position_before_a_clash_is_inside(pair: tuple[tuple[Leg, ...], Footprint]) -> None:
    track, footprint = pair
    found = track_clash(track, claim(footprint, window(0, 10**10)))
    until_ms = track[-1].end_ms if found is None else found.window.start_ms
    step_ms = max((until_ms - track[0].start_ms) // 300, 1)
    for time_ms in range(track[0].start_ms, until_ms, step_ms):
        place = position_at(track, time_ms)
        assert not contains(footprint, place) or not deep_inside(footprint, footprint, place)
    if found is not None:
        instants = range(found.window.start_ms, found.window.start_ms + SECOND_MS + 1, SECOND_MS // 40)
        nearest_m = min(distance_between_m(footprint, position_at(track, time_ms)) for time_ms in instants)
        assert nearest_m < 2.0 + 240.0 / 40.0
        assert distance_between_m(footprint, found.position) < 2.0
        assert math.isfinite(found.position.lat_deg)
