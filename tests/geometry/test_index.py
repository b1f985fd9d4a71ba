"""The index finds what comparing every pair finds, with the same answers, and keeps up with a live board."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import DAY, SEA, claim
from strategies import moving_boxes, still_footprints, tracks, waters
from waterspace.domain import (
    Band,
    Circle,
    Corridor,
    Footprint,
    MovingBox,
    Polygon,
    Position,
    Reservation,
    Sector,
    Window,
)
from waterspace.geometry.boxes import BoxMotion
from waterspace.geometry.geodesic import destination, distance_m
from waterspace.geometry.legs import hold, legs_at_speed
from waterspace.geometry.meeting import Clash, clash, clashes, track_clash
from waterspace.geometry.reservations.earthframe import earth_centred
from waterspace.geometry.reservations.fleet import Fleet
from waterspace.geometry.reservations.index import ReservationIndex
from waterspace.quantity import DAY_MS, HOUR_MS


def every_pair(claims: list[Reservation]) -> dict[tuple[int, int], Clash]:
    """What the index must find, one pair after the other."""
    found = {}
    for (i, a), (j, b) in itertools.combinations(enumerate(claims), 2):
        met = clash(a, b)
        if met is not None:
            found[i, j] = met
    return found


@st.composite
def reservations(draw: st.DrawFn) -> list[Reservation]:
    """Claims near one another, on several days and heights."""
    water = draw(waters())
    claims = []
    for _ in range(draw(st.integers(0, 12))):
        first_ms = draw(st.integers(0, 10)) * HOUR_MS
        last_ms = first_ms + draw(st.integers(1, 6)) * HOUR_MS
        windows = tuple(
            Window(start_ms=first_ms + day * DAY_MS, end_ms=last_ms + day * DAY_MS)
            for day in range(draw(st.integers(1, 3)))
        )
        band = draw(st.sampled_from((Band(), Band(floor_m=0.0), Band(ceiling_m=-10.0), Band(floor_m=100.0))))
        claims.append(claim(draw(still_footprints(water) | moving_boxes(water)), *windows, band=band))
    return claims


@settings(max_examples=40)
@given(reservations())
def test_the_index_finds_the_meetings_that_comparing_every_pair_finds(claims: list[Reservation]) -> None:
    assert {(a, b): met for a, b, met in ReservationIndex(claims).meetings()} == every_pair(claims)
    assert clashes(claims) == [(a, b, met) for (a, b), met in sorted(every_pair(claims).items())]


@st.composite
def convoys(draw: st.DrawFn) -> list[Reservation]:
    """Moving boxes of several legs and waits, and some areas, each in force for a while again and again."""
    water = draw(waters())
    claims = []
    for _ in range(draw(st.integers(2, 9))):
        first_ms = draw(st.integers(0, 4)) * HOUR_MS
        length_ms, pause_ms = draw(st.integers(1, 5)) * HOUR_MS, draw(st.sampled_from((1, HOUR_MS)))
        starts = (first_ms + turn * (length_ms + pause_ms) for turn in range(draw(st.integers(1, 3))))
        windows = tuple(Window(start_ms=start_ms, end_ms=start_ms + length_ms) for start_ms in starts)
        band = draw(st.sampled_from((Band(), Band(), Band(floor_m=0.0), Band(floor_m=-50.0, ceiling_m=10.0))))
        footprint = draw(moving_boxes(water) | moving_boxes(water) | still_footprints(water))
        claims.append(claim(footprint, *windows, band=band))
    return claims


@settings(max_examples=40)
@given(convoys())
def test_the_index_finds_the_meetings_of_moving_boxes_that_comparing_every_pair_finds(
    claims: list[Reservation],
) -> None:
    alone = every_pair(claims)
    found = ReservationIndex(claims).meetings()
    assert list(zip(found.first.tolist(), found.second.tolist(), strict=True)) == sorted(alone)
    assert found.start_ms.tolist() == [alone[pair].window.start_ms for pair in sorted(alone)]
    assert found.end_ms.tolist() == [alone[pair].window.end_ms for pair in sorted(alone)]
    assert {(a, b): met for a, b, met in found} == alone


@settings(max_examples=60)
@given(waters().flatmap(moving_boxes), st.integers(-1, 20))
def test_boxes_in_the_fleet_are_where_each_box_alone_is(box: MovingBox, hours: int) -> None:
    alone, fleet = BoxMotion.of(box), Fleet.of({3: moving_still(), 7: box})
    time_ms = min(max(hours * HOUR_MS + 1234, box.legs[0].start_ms), box.legs[-1].end_ms)
    leg = fleet.leg_at(np.array([7]), np.array([time_ms]))
    lat, lon = alone.corners(alone.motion.leg_at(np.array([time_ms])), np.array([float(time_ms)]))
    expected = earth_centred(lat.ravel(), lon.ravel())
    assert np.abs(fleet.corners(leg, np.array([float(time_ms)]))[0] - expected).max() < 0.001


def moving_still() -> MovingBox:
    return MovingBox(legs=(hold(SEA, DAY),), ahead_m=100.0, astern_m=100.0, abeam_m=100.0)


def run_box(start: Position, bearing_deg: float, begin_ms: int = 0) -> MovingBox:
    legs = legs_at_speed((start, destination(start, bearing_deg, 72_000.0)), begin_ms, 10.0)
    return MovingBox(legs=legs, ahead_m=2000.0, astern_m=1000.0, abeam_m=1500.0)


def test_boxes_whose_courses_cross_meet_only_if_they_are_there_together() -> None:
    west, south = destination(SEA, 270.0, 36_000.0), destination(SEA, 180.0, 36_000.0)
    east_bound, north_bound, late = run_box(west, 90.0), run_box(south, 0.0), run_box(south, 0.0, HOUR_MS)
    found = ReservationIndex((claim(east_bound), claim(north_bound), claim(late))).meetings()
    assert [(a, b) for a, b, _ in found] == [(0, 1)]
    assert found.clash(0).window.start_ms == pytest.approx(HOUR_MS, abs=HOUR_MS // 10)


def test_a_box_is_met_only_in_the_window_in_which_it_is_there() -> None:
    area, box = Circle(centre=SEA, radius_m=3000.0), run_box(destination(SEA, 270.0, 36_000.0), 90.0)
    hours = [Window(start_ms=hour * HOUR_MS // 4, end_ms=(hour + 1) * HOUR_MS // 4) for hour in range(8)]
    meets = [len(ReservationIndex((claim(area, hour), claim(box))).meetings()) for hour in hours]
    assert meets == [0, 0, 0, 1, 1, 0, 0, 0]
    assert len(ReservationIndex((claim(area, hours[0], hours[4]), claim(box))).meetings()) == 1


def test_a_box_stays_where_it_is_between_two_legs() -> None:
    first = legs_at_speed((destination(SEA, 270.0, 36_000.0), SEA), 0, 10.0)
    later = legs_at_speed((SEA, destination(SEA, 0.0, 36_000.0)), 4 * HOUR_MS, 10.0)
    box = MovingBox(legs=(*first, *later), ahead_m=500.0, astern_m=500.0, abeam_m=500.0)
    claims = [claim(Circle(centre=SEA, radius_m=3000.0), Window(start_ms=2 * HOUR_MS, end_ms=3 * HOUR_MS)), claim(box)]
    assert {(a, b): met for a, b, met in ReservationIndex(claims).meetings()} == every_pair(claims)
    assert len(every_pair(claims)) == 1


def test_what_moves_is_known_after_it_has_gone_from_the_board() -> None:
    board = ReservationIndex((claim(Circle(centre=SEA, radius_m=3000.0)), claim(moving_still())))
    found = board.meetings()
    board.remove(1)
    assert found.start_ms.tolist() == [0]
    assert found.clash(0) is found.clash(0)
    assert len(board.meetings()) == 0


@settings(max_examples=30)
@given(reservations(), st.data())
def test_a_new_claim_meets_in_the_index_what_it_meets_alone(claims: list[Reservation], data: st.DataObject) -> None:
    new = claim(data.draw(still_footprints(SEA) | moving_boxes(SEA)), Window(start_ms=0, end_ms=3 * DAY_MS))
    found = ReservationIndex(claims).meeting(new)
    assert [number for number, _ in found] == [
        number for number, other in enumerate(claims) if clash(new, other) is not None
    ]
    for number, met in found:
        assert met.window == needed(clash(new, claims[number])).window


@settings(max_examples=30)
@given(reservations(), st.data())
def test_a_live_board_is_the_index_of_what_is_on_it(claims: list[Reservation], data: st.DataObject) -> None:
    board = ReservationIndex(claims[:4])
    for other in claims[4:]:
        board.add(other)
    gone = data.draw(st.sets(st.integers(0, max(len(claims) - 1, 0)))) if claims else set()
    for number in gone:
        assert board.remove(number) is claims[number]
    left = {number: other for number, other in enumerate(claims) if number not in gone}
    assert board.reservations == left
    expected = {pair: met for pair, met in every_pair(claims).items() if not gone.intersection(pair)}
    new = claim(Circle(centre=SEA, radius_m=40_000.0), Window(start_ms=0, end_ms=3 * DAY_MS))
    assert [number for number, _ in board.meeting(new)] == [n for n, other in left.items() if clash(new, other)]
    assert {(a, b): met for a, b, met in board.meetings()} == expected


@settings(max_examples=30)
@given(reservations(), tracks(SEA))
def test_a_track_enters_in_the_index_what_it_enters_alone(claims: list[Reservation], legs: tuple[object, ...]) -> None:
    alone = [(number, track_clash(legs, other)) for number, other in enumerate(claims)]  # type: ignore[arg-type]
    found = ReservationIndex(claims).along(legs)  # type: ignore[arg-type]
    assert found == [(number, met) for number, met in alone if met is not None]


def needed(found: Clash | None) -> Clash:
    assert found is not None
    return found


def test_what_is_active_at_a_place_and_time_is_found_by_height_too() -> None:
    low, high = Band(floor_m=-30.0, ceiling_m=50.0), Band(floor_m=3000.0, ceiling_m=6000.0)
    run = legs_at_speed((SEA, destination(SEA, 90.0, 36_000.0)), 0, 10.0)
    board = ReservationIndex(
        (
            claim(Circle(centre=SEA, radius_m=2000.0), Window(start_ms=0, end_ms=HOUR_MS), band=low),
            claim(Circle(centre=SEA, radius_m=2000.0), band=high),
            claim(MovingBox(legs=run, ahead_m=500.0, astern_m=500.0, abeam_m=500.0), band=low),
        )
    )
    assert board.at(SEA, 0) == (0, 2)
    assert board.at(SEA, HOUR_MS // 2) == (0,)
    assert board.at(destination(SEA, 90.0, 18_000.0), HOUR_MS // 2) == (2,)
    assert board.at(SEA, HOUR_MS) == ()
    assert board.at(SEA, HOUR_MS, height_m=4000.0) == (1,)
    board.remove(1)
    assert board.at(SEA, HOUR_MS, height_m=4000.0) == ()
    with pytest.raises(KeyError):
        board.remove(1)


def test_only_the_pairs_that_are_wanted_are_looked_at() -> None:
    board = ReservationIndex([claim(Circle(centre=SEA, radius_m=1000.0)) for _ in range(4)])
    found = board.meetings(lambda first, second: (first == 0) | (second == 0))
    assert {(a, b) for a, b, _ in found} == {(0, 1), (0, 2), (0, 3)}


def test_long_thin_areas_that_cross_like_a_plus_meet_where_they_cross() -> None:
    def strip(bearing_deg: float) -> Polygon:
        ends = destination(SEA, bearing_deg, 30_000.0), destination(SEA, bearing_deg + 180.0, 30_000.0)
        sides = ((ends[0], 1.0), (ends[0], -1.0), (ends[1], -1.0), (ends[1], 1.0))
        return Polygon(vertices=tuple(destination(end, bearing_deg + 90.0, 1000.0 * side) for end, side in sides))

    (met,) = ReservationIndex((claim(strip(0.0)), claim(strip(80.0)))).meetings()
    assert met[2].window == DAY
    assert distance_m(met[2].position, SEA) < 3000.0


def test_claims_of_every_size_are_found_in_one_index() -> None:
    large: list[Footprint] = [
        Corridor(waypoints=(SEA, destination(SEA, 90.0, 5_000_000.0)), half_width_m=10_000.0),
        Circle(centre=destination(SEA, 180.0, 1_500_000.0), radius_m=1_400_000.0),
        Sector(centre=SEA, bearing_deg=180.0, half_angle_deg=20.0, radius_m=1_200_000.0),
        Sector.ring(SEA, 50_000.0, 90_000.0),
        MovingBox(
            legs=legs_at_speed((destination(SEA, 0.0, 200_000.0), destination(SEA, 180.0, 300_000.0)), 0, 200.0),
            ahead_m=1000.0,
            astern_m=1000.0,
            abeam_m=1000.0,
        ),
    ]
    small: list[Footprint] = [
        Circle(centre=destination(SEA, 15.0 * number, 40_000.0 * number), radius_m=3000.0) for number in range(1, 25)
    ]
    claims = [claim(footprint) for footprint in (*large, *small)]
    assert {(a, b): met for a, b, met in ReservationIndex(claims).meetings()} == every_pair(claims)


def test_an_empty_index_finds_nothing() -> None:
    board = ReservationIndex()
    new = claim(Circle(centre=SEA, radius_m=2000.0))
    assert len(board.meetings()) == 0
    assert board.meeting(new) == []
    assert board.at(SEA, 0) == ()
    assert board.along(()) == []
    assert board.add(new) == 0
    assert board.at(SEA, 0) == (0,)
    assert board.along((hold(SEA, DAY),))[0][0] == 0


def test_neighbours_that_share_an_edge_are_left_to_the_exact_code_and_only_touch() -> None:
    def cell(row: int, column: int) -> Reservation:
        corners = ((row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column))
        return claim(
            Polygon(vertices=tuple(Position(lat_deg=39.0 + 0.5 * a, lon_deg=133.0 + 0.5 * b) for a, b in corners))
        )

    cells = [cell(row, column) for row in range(4) for column in range(4)]
    assert len(ReservationIndex(cells).meetings()) == 0


@pytest.mark.parametrize("lon_deg", [179.9, -179.9, 180.0, -180.0])
def test_claims_on_both_sides_of_180_meet(lon_deg: float) -> None:
    west = claim(Circle(centre=Position(lat_deg=52.0, lon_deg=179.95), radius_m=20_000.0))
    here = Position(lat_deg=52.0, lon_deg=lon_deg)
    for other in (
        claim(Circle(centre=here, radius_m=1000.0)),
        claim(Corridor(waypoints=(here, destination(here, 10.0, 9000.0)), half_width_m=500.0)),
        claim(Sector(centre=here, bearing_deg=20.0, half_angle_deg=30.0, radius_m=2000.0)),
        claim(Polygon(vertices=tuple(destination(here, bearing_deg, 900.0) for bearing_deg in (0.0, 120.0, 240.0)))),
    ):
        assert len(ReservationIndex((west, other)).meetings()) == 1


def test_very_large_claims_go_to_the_exact_code() -> None:
    ocean = Polygon(
        vertices=tuple(
            Position(lat_deg=lat_deg, lon_deg=lon_deg)
            for lat_deg, lon_deg in ((10.0, 120.0), (10.0, 170.0), (50.0, 170.0), (50.0, 120.0))
        )
    )
    cap = Circle(centre=Position(lat_deg=90.0, lon_deg=0.0), radius_m=3_000_000.0)
    equator = Position(lat_deg=0.0, lon_deg=140.0)
    small = [claim(Circle(centre=where, radius_m=1000.0)) for where in (SEA, equator)]
    found = ReservationIndex([claim(ocean), *small, claim(cap)]).meetings()
    assert {(a, b) for a, b, _ in found} == set(every_pair([claim(ocean), *small, claim(cap)])) == {(0, 1)}
