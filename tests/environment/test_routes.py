"""Sea routes: never over land, as short as they can be, round what is closed when the ship passes."""

import dataclasses
import functools
import itertools
import json
import math
import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from waterspace.domain import (
    Band,
    Circle,
    Footprint,
    Hazard,
    Joined,
    Leg,
    MovingBox,
    Polygon,
    Position,
    Provenance,
    Reservation,
    Sector,
    Window,
    Without,
)
from waterspace.environment.bathymetry import depth
from waterspace.environment.overlays.lanes import Lane
from waterspace.environment.routing import offing, routes, seaways, widening
from waterspace.environment.routing.routes import Route, RouteRequest
from waterspace.environment.shores import coast
from waterspace.errors import GeometryError, RouteError
from waterspace.geometry.footprints import distance_between_m
from waterspace.geometry.geodesic import destination, distance_m, inverse, position_arrays, route_length_m
from waterspace.notation import parse_time
from waterspace.quantity import HOUR_MS, KNOT_MPS, NAUTICAL_MILE_M, nautical_miles


def at(lat_deg: float, lon_deg: float) -> Position:
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


VLADIVOSTOK = at(43.1167, 131.8833)
NIIGATA = at(37.93, 139.06)
QINGDAO = at(36.065, 120.3853)
OPENING = at(39.8, 133.2)
START_MS = 1_689_800_400_000

OPEN_SEA = st.sampled_from(
    (
        at(42.0, 132.5),
        at(39.8, 133.2),
        at(37.0, 131.0),
        at(44.5, 138.0),
        at(36.2, 134.5),
        at(40.5, 139.2),
        at(34.6, 130.4),
        at(33.0, 128.0),
        at(36.5, 123.5),
        at(31.0, 124.0),
        at(40.0, 143.0),
        at(34.0, 140.5),
        at(30.5, 132.0),
        at(46.2, 139.5),
        at(46.5, 144.5),
    )
)


@functools.cache
def way(a: Position, b: Position, clearance_m: float = routes.CLEARANCE_M) -> Route:
    return routes.shortest(a, b, RouteRequest(clearance_m=clearance_m))


def legs(route: Route) -> list[tuple[Position, Position]]:
    pairs = zip(route.waypoints, route.waypoints[1:], strict=False)
    return [pair for pair, canal in zip(pairs, route.canals, strict=True) if not canal]


def offing_m(a: Position, b: Position) -> float:
    lat, lon = position_arrays([a, b])
    return float(offing.offings_m(lat[:1], lon[:1], lat[1:], lon[1:], routes.CLEARANCE_M)[0])


def keep_out(footprint: Footprint, **changes: object) -> Reservation:
    values: dict[str, object] = {
        "id": "X/area",
        "owner": "X",
        "name": "area X",
        "footprint": footprint,
        "band": Band(floor_m=0.0, ceiling_m=3000.0),
        "windows": (Window(start_ms=START_MS, end_ms=START_MS + 6 * HOUR_MS),),
        "hazard": Hazard.FIRING,
    }
    return Reservation(**(values | changes))  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------------- known ways


def test_vladivostok_to_the_exercise_is_within_two_percent_of_the_great_circle() -> None:
    route = way(VLADIVOSTOK, OPENING)
    assert 1.0 <= route.length_m / distance_m(VLADIVOSTOK, OPENING) <= 1.02
    assert "approach point" in route.notes[0]


def test_qingdao_to_the_exercise_goes_through_the_korea_strait() -> None:
    route = way(QINGDAO, OPENING)
    assert "korea_w" in route.straits
    assert nautical_miles(route.length_m) == pytest.approx(817.0, abs=1.0)
    mainland = QINGDAO, Position(lat_deg=34.30, lon_deg=126.52), Position(lat_deg=35.08, lon_deg=129.09), OPENING
    over_the_islands_m = sum(distance_m(a, b) for a, b in itertools.pairwise(mainland))
    assert nautical_miles(over_the_islands_m) == pytest.approx(799.0, abs=1.0)


@pytest.mark.deep
def test_the_islands_are_in_the_way_to_qingdao_whatever_the_clearance() -> None:
    close = way(QINGDAO, OPENING, clearance_m=0.05 * NAUTICAL_MILE_M)
    assert nautical_miles(close.length_m) > 815.0


def test_a_port_that_the_coast_has_on_land_starts_from_its_approach_point() -> None:
    for port in (VLADIVOSTOK, NIIGATA):
        assert coast.load().is_land(port)
        end = routes.resolve_end(port)
        assert not coast.load().is_land(end)
        assert distance_m(port, end) <= 5.0 * NAUTICAL_MILE_M


def test_a_route_runs_on_across_180_degrees() -> None:
    a, b = at(45.0, 172.0), at(43.0, -170.0)
    assert way(a, b).length_m == pytest.approx(distance_m(a, b), rel=1e-6)


def test_canals_are_used_unless_they_are_closed() -> None:
    a, b = at(33.0, 30.0), at(20.0, 38.5)
    through = routes.shortest(a, b)
    assert "suez" in through.canals
    assert any("Suez" in note for note in through.notes)
    around = routes.shortest(a, b, RouteRequest(closed_canals=frozenset({"suez"})))
    assert around.length_m > 8.0 * through.length_m
    assert not any(around.canals)


# ------------------------------------------------------------------------------------------------------------- laws


def slack(*ways: Route) -> float:
    """How far the shortest of some ways may be missed: in narrow waters a mile counts a twentieth more."""
    return 0.05 if any(route.least_offing_m < 0.5 * routes.CLEARANCE_M for route in ways) else 2e-3


@settings(max_examples=25, deadline=None)
@given(OPEN_SEA, OPEN_SEA)
def test_no_leg_touches_land_and_every_leg_keeps_the_offing_it_claims(a: Position, b: Position) -> None:
    route = way(a, b)
    assert not any(coast.load().land_on_legs(legs(route)))
    least_m = min((offing_m(*leg) for leg in legs(route)), default=math.inf)
    assert least_m >= route.least_offing_m * 0.999
    through_narrows = {"kanmon"} & set(route.straits)
    assert through_narrows or route.least_offing_m >= 0.8 * routes.CLEARANCE_M


@settings(max_examples=25, deadline=None)
@given(OPEN_SEA, OPEN_SEA)
def test_a_route_is_no_shorter_than_the_geodesic_and_as_long_as_its_legs(a: Position, b: Position) -> None:
    route = way(a, b)
    assert route.length_m >= distance_m(a, b) * (1.0 - 1e-9)
    assert route.length_m >= routes.lower_bound_m(a, b)
    assert route.length_m == pytest.approx(route_length_m(route.waypoints))


@settings(max_examples=25, deadline=None)
@given(OPEN_SEA, OPEN_SEA)
def test_there_is_as_far_as_back(a: Position, b: Position) -> None:
    assert way(a, b).length_m == pytest.approx(way(b, a).length_m, rel=1e-9)
    assert way(a, b).waypoints == way(b, a).waypoints[::-1]


@settings(max_examples=25, deadline=None)
@given(OPEN_SEA, OPEN_SEA, OPEN_SEA)
def test_a_third_place_shortens_no_way(a: Position, b: Position, c: Position) -> None:
    direct, first, second = way(a, c), way(a, b), way(b, c)
    assert direct.length_m <= (first.length_m + second.length_m) * (1.0 + slack(direct, first, second))


@settings(max_examples=25, deadline=None)
@given(OPEN_SEA, OPEN_SEA)
def test_no_waypoint_can_be_left_out(a: Position, b: Position) -> None:
    route = way(a, b)
    for before, here, after in zip(route.waypoints, route.waypoints[1:], route.waypoints[2:], strict=False):
        held_m = min(offing_m(before, here), offing_m(here, after), routes.CLEARANCE_M)
        assert offing_m(before, after) < held_m


def test_a_route_asked_for_again_is_the_same() -> None:
    first = routes.shortest(QINGDAO, OPENING)
    routes._remembered.cache_clear()
    assert routes.shortest(QINGDAO, OPENING) == first


# --------------------------------------------------------------------------------------------------------- keep out


BLOCK = Circle(centre=at(41.4, 132.5), radius_m=20.0 * NAUTICAL_MILE_M)
A, B = at(42.4, 132.2), at(40.4, 132.8)


def test_an_area_in_force_is_gone_round_and_costs_some_way() -> None:
    free = routes.shortest(A, B)
    round_it = routes.shortest(A, B, RouteRequest(keep_out=(keep_out(BLOCK),)))
    assert free.length_m < round_it.length_m < 1.2 * free.length_m
    for start, end in zip(round_it.waypoints, round_it.waypoints[1:], strict=False):
        length_m, course_deg = inverse(start, end)
        for run_m in np.linspace(0.0, length_m, 200):
            assert distance_m(destination(start, course_deg, float(run_m)), BLOCK.centre) >= BLOCK.radius_m - 50.0


@pytest.mark.parametrize("hours_later", [-20, 20])
def test_an_area_not_yet_or_no_longer_in_force_is_no_hindrance(hours_later: int) -> None:
    request = RouteRequest(
        keep_out=(keep_out(BLOCK),), depart_ms=START_MS + hours_later * HOUR_MS, speed_mps=15.0 * KNOT_MPS
    )
    assert routes.shortest(A, B, request).length_m == pytest.approx(distance_m(A, B), rel=1e-9)


def test_an_area_that_opens_while_the_ship_is_in_it_is_gone_round() -> None:
    request = RouteRequest(keep_out=(keep_out(BLOCK),), depart_ms=START_MS - 4 * HOUR_MS, speed_mps=15.0 * KNOT_MPS)
    assert routes.shortest(A, B, request).length_m > distance_m(A, B) * 1.01


def test_an_area_high_above_the_sea_is_no_hindrance() -> None:
    request = RouteRequest(keep_out=(keep_out(BLOCK, band=Band(floor_m=3000.0, ceiling_m=9000.0)),))
    assert routes.shortest(A, B, request).length_m == pytest.approx(distance_m(A, B), rel=1e-9)


@settings(max_examples=25, deadline=None)
@given(OPEN_SEA, OPEN_SEA, st.floats(0.2, 0.8), st.floats(-2.0, 2.0), st.floats(5_000.0, 60_000.0))
def test_one_more_area_shortens_no_way_and_alters_one_that_leads_through_it(
    a: Position, b: Position, part_ratio: float, aside_ratio: float, radius_m: float
) -> None:
    direct_m, course_deg = inverse(a, b)
    assume(direct_m * min(part_ratio, 1.0 - part_ratio) > 1.1 * radius_m)  # both ends outside, whatever is drawn aside
    on_way = destination(a, course_deg, direct_m * part_ratio)
    centre = destination(on_way, course_deg + math.copysign(90.0, aside_ratio), radius_m * abs(aside_ratio))
    block = keep_out(Circle(centre=centre, radius_m=radius_m))
    free, kept = way(a, b), routes.shortest(a, b, RouteRequest(keep_out=(block,)))
    assert kept.length_m >= free.length_m * (1.0 - slack(free, kept))
    assert all(distance_m(centre, place) >= radius_m * 0.999 for place in _along(kept))  # its edge is drawn by strokes
    if any(distance_m(centre, place) < 0.8 * radius_m for place in _along(free)):
        assert kept.waypoints != free.waypoints


def _along(route: Route) -> list[Position]:
    """Places on a route, a mile or less apart."""
    found = []
    for start, end in legs(route):
        length_m, course_deg = inverse(start, end)
        steps = math.ceil(length_m / NAUTICAL_MILE_M)
        found += [destination(start, course_deg, length_m * step / steps) for step in range(steps + 1)]
    return found


def test_a_place_inside_an_area_that_is_always_closed_is_refused() -> None:
    with pytest.raises(RouteError, match="area X"):
        routes.shortest(BLOCK.centre, B, RouteRequest(keep_out=(keep_out(BLOCK),)))


# ------------------------------------------------------------------------------------------- lanes, depth, preferred


def lane(flow_deg: float) -> Lane:
    corners = (at(41.2, 131.8), at(41.2, 133.2), at(41.5, 133.2), at(41.5, 131.8))
    return Lane(
        id="L1", name="lane", polygon=Polygon(vertices=corners), line=(), flow_deg=flow_deg, provenance=Provenance()
    )


def test_a_lane_is_sailed_with_its_flow_or_crossed_but_not_against_it() -> None:
    straight_m = distance_m(A, B)
    southward, across, northward = (
        routes.shortest(A, B, RouteRequest(lanes=(lane(flow_deg),))).length_m for flow_deg in (170.0, 90.0, 350.0)
    )
    assert southward == pytest.approx(straight_m, rel=1e-9)
    assert across == pytest.approx(straight_m, rel=1e-9)
    assert northward > straight_m * 1.01


def test_a_preferred_line_is_followed_when_that_costs_little() -> None:
    line = (at(42.0, 132.5), at(40.8, 132.9))
    route = routes.shortest(A, B, RouteRequest(preferred=(line,), preferred_ratio=0.7))
    assert set(line) <= set(route.waypoints)
    assert route.length_m > distance_m(A, B)


def test_water_known_to_be_too_shallow_is_avoided_and_the_limits_of_that_are_said() -> None:
    grid = depth.load()
    route = routes.shortest(at(37.5, 122.9), at(33.0, 123.0), RouteRequest(draught_m=12.0, depth=grid))
    assert "not known more finely" in route.notes[-1]
    unheeded = routes.shortest(at(37.5, 122.9), at(33.0, 123.0), RouteRequest(draught_m=12.0))
    assert "not compared" in unheeded.notes[-1]


# -------------------------------------------------------------------------------------------------------- bad input


def test_a_place_well_inland_is_refused_with_its_nearest_shore() -> None:
    with pytest.raises(RouteError, match=r"on land, \d+\.\d nm from the nearest shore"):
        routes.shortest(at(47.0, 125.0), OPENING)


def test_a_closed_sea_is_refused() -> None:
    with pytest.raises(RouteError, match="no way by sea"):
        routes.shortest(at(41.0, 51.0), OPENING)


@pytest.mark.parametrize("place", [at(math.nan, 130.0), at(40.0, math.inf), at(95.0, 130.0)])
def test_what_is_no_position_is_refused(place: Position) -> None:
    with pytest.raises(GeometryError, match="position"):
        routes.shortest(place, OPENING)


def test_a_pole_is_refused() -> None:
    with pytest.raises(RouteError, match="pole"):
        routes.shortest(at(90.0, 0.0), OPENING)


@pytest.mark.parametrize(
    "request_", [RouteRequest(clearance_m=0.0), RouteRequest(draught_m=-1.0), RouteRequest(speed_mps=0.0)]
)
def test_numbers_out_of_bounds_are_refused(request_: RouteRequest) -> None:
    with pytest.raises(GeometryError, match="expected"):
        routes.shortest(A, B, request_)


def test_passages_through_the_arctic_are_closed_unless_asked_for() -> None:
    a, b = at(72.5, 40.0), at(70.0, 175.0)
    through = routes.shortest(a, b, RouteRequest(arctic=True))
    assert through.length_m < 2.0 * distance_m(a, b)
    assert routes.shortest(a, b).length_m > 3.0 * through.length_m


# ------------------------------------------------------------------------------------ shapes, berths and closed ends


SHAPES: dict[str, Footprint] = {
    "ring": Sector.ring(centre=BLOCK.centre, inner_radius_m=9.0 * NAUTICAL_MILE_M, radius_m=20.0 * NAUTICAL_MILE_M),
    "joined": Joined(parts=(BLOCK, Circle(centre=at(41.4, 133.2), radius_m=15.0 * NAUTICAL_MILE_M))),
    "without": Without(base=BLOCK, holes=(Circle(centre=at(41.4, 132.5), radius_m=4.0 * NAUTICAL_MILE_M),)),
    "moving box": MovingBox(
        legs=(
            Leg(
                start=at(41.4, 131.8),
                end=at(41.4, 133.4),
                start_ms=START_MS,
                end_ms=START_MS + 6 * HOUR_MS,
            ),
        ),
        ahead_m=20_000.0,
        astern_m=20_000.0,
        abeam_m=15_000.0,
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_an_area_of_any_shape_is_kept_out_of_with_a_berth(shape: str) -> None:
    area = SHAPES[shape]
    route = routes.shortest(A, B, RouteRequest(keep_out=(keep_out(area),)))
    assert route.length_m > distance_m(A, B) * 1.001
    nearest_m = min(distance_between_m(area, place) for place in _along(route))
    assert nearest_m >= 0.9 * routes.CLEARANCE_M
    assert "keeps out of area X" in route.notes


def test_a_place_in_the_middle_of_a_ring_is_enclosed_and_that_is_said() -> None:
    with pytest.raises(RouteError, match="keeps out of area X"):
        routes.shortest(BLOCK.centre, B, RouteRequest(keep_out=(keep_out(SHAPES["ring"]),)))


def test_a_moving_box_bars_only_the_water_that_it_covers_when_the_ship_is_there() -> None:
    speed = 15.0 * KNOT_MPS
    free_m = distance_m(A, B)
    abeam_ms = round(free_m / 2.0 / speed * 1000.0)
    meets = RouteRequest(
        keep_out=(keep_out(SHAPES["moving box"]),), depart_ms=START_MS + 3 * HOUR_MS - abeam_ms, speed_mps=speed
    )
    misses = dataclasses.replace(meets, depart_ms=START_MS + 6 * HOUR_MS - abeam_ms)
    assert routes.shortest(A, B, meets).length_m > free_m * 1.001
    assert routes.shortest(A, B, misses).length_m == pytest.approx(free_m, rel=1e-9)


def test_an_end_close_to_an_area_is_reached_all_the_same() -> None:
    near = destination(BLOCK.centre, 180.0, BLOCK.radius_m + 300.0)
    route = routes.shortest(A, near, RouteRequest(keep_out=(keep_out(BLOCK),)))
    assert route.waypoints[-1] == near
    assert all(distance_m(BLOCK.centre, place) >= BLOCK.radius_m * 0.999 for place in _along(route))


def test_a_start_that_is_closed_says_until_when() -> None:
    request = RouteRequest(keep_out=(keep_out(BLOCK),), depart_ms=START_MS + HOUR_MS, speed_mps=5.0)
    with pytest.raises(RouteError, match="in force until 200300Z JUL 23"):
        routes.shortest(BLOCK.centre, B, request)
    later = dataclasses.replace(request, depart_ms=START_MS + 6 * HOUR_MS)
    assert routes.shortest(BLOCK.centre, B, later).length_m == pytest.approx(distance_m(BLOCK.centre, B), rel=1e-9)


def test_a_goal_that_is_closed_on_arrival_says_when_to_leave() -> None:
    speed = 10.0
    run_ms = round(distance_m(A, BLOCK.centre) / speed * 1000.0)
    request = RouteRequest(keep_out=(keep_out(BLOCK),), depart_ms=START_MS + HOUR_MS - run_ms, speed_mps=speed)
    with pytest.raises(RouteError, match="leave no sooner than") as caught:
        routes.shortest(A, BLOCK.centre, request)
    advised = re.search(r"sooner than (\S+ \S+ \d+)", str(caught.value))
    assert advised
    advised_ms = parse_time(advised[1])
    entry_ms = advised_ms + run_ms - round(BLOCK.radius_m / speed * 1000.0)
    assert abs(entry_ms - (START_MS + 6 * HOUR_MS)) < 0.1 * HOUR_MS  # less than the berth takes
    in_time = dataclasses.replace(request, depart_ms=advised_ms)
    assert routes.shortest(A, BLOCK.centre, in_time).length_m == pytest.approx(distance_m(A, BLOCK.centre), rel=1e-9)
    with pytest.raises(RouteError, match="leave no sooner than"):
        routes.shortest(A, BLOCK.centre, dataclasses.replace(request, depart_ms=advised_ms - HOUR_MS))


# ----------------------------------------------------------------------------------------------- clearance and canals


@pytest.mark.parametrize("clearance_nm", [1.0, 2.0, pytest.param(5.0, marks=pytest.mark.deep)])
def test_a_greater_clearance_is_kept_on_every_long_leg(clearance_nm: float) -> None:
    clearance_m = clearance_nm * NAUTICAL_MILE_M
    route = routes.shortest(at(36.5, 123.5), OPENING, RouteRequest(clearance_m=clearance_m))
    assert not any(coast.load().land_on_legs(legs(route)))
    for start, end in legs(route):
        length_m, course_deg = inverse(start, end)
        near_m = max(2.0 * clearance_m, 5_000.0)  # where the water at a waypoint is narrow there is no more room
        if length_m > max(3.0 * near_m, 20_000.0):
            inner = destination(start, course_deg, near_m), destination(start, course_deg, length_m - near_m)
            lat, lon = position_arrays(inner)
            assert offing.offings_m(lat[:1], lon[:1], lat[1:], lon[1:], clearance_m)[0] >= 0.8 * clearance_m
    assert route.length_m >= way(at(36.5, 123.5), OPENING).length_m * (1.0 - 2e-3)


def test_the_bearings_of_the_packaged_corners_lead_off_the_land() -> None:
    packaged, wide = seaways.load(), widening.kept_off(2.0 * NAUTICAL_MILE_M)
    room = wide.narrow_m == 0.0
    off_m = coast.load().exact_distances_m(wide.lat[room], wide.lon[room])
    assert room.mean() > 0.9
    assert off_m.min() >= 0.95 * 2.0 * NAUTICAL_MILE_M
    assert np.array_equal(packaged.lines.first, wide.lines.first)


@pytest.mark.parametrize(("a", "b"), [(at(10.5, -79.5), at(7.0, -79.5)), (at(7.0, -79.5), at(10.5, -79.5))])
def test_a_canal_is_entered_at_the_end_that_is_nearer(a: Position, b: Position) -> None:
    route = routes.shortest(a, b)
    assert "panama" in route.canals
    assert nautical_miles(route.length_m) < 240.0
    assert not any(coast.load().land_on_legs(legs(route)))


# ------------------------------------------------------------------------------------------------------ independence


HISTORY = """
import json, sys
from waterspace.domain import Position
from waterspace.environment.routing import routes
asked = json.loads(sys.argv[1])
found = {}
for key, a, b, closed in asked:
    ends = [Position(lat_deg=lat, lon_deg=lon) for lat, lon in (a, b)]
    found[key] = routes.shortest(*ends, routes.RouteRequest(closed_canals=frozenset(closed))).length_m
print(json.dumps(found))
"""


@pytest.mark.deep
def test_a_route_does_not_depend_on_what_was_asked_before() -> None:
    asked = [
        ["alaska to the Caribbean", [61.13, -146.35], [17.71, -64.88], ["panama"]],
        ["through Panama", [61.13, -146.35], [17.71, -64.88], []],
        ["Qingdao to Busan", [36.065, 120.3853], [35.1, 129.04], []],
        ["Busan to the exercise", [35.1, 129.04], [39.8, 133.2], []],
        ["Murmansk to Yokohama", [69.1, 33.5], [35.3, 139.7], []],
        ["Kobe to Shanghai", [34.6, 135.2], [31.4, 121.6], []],
    ]
    forth, back = (
        json.loads(
            subprocess.run([sys.executable, "-c", HISTORY, json.dumps(order)], check=True, capture_output=True).stdout
        )
        for order in (asked, asked[::-1])
    )
    assert forth == back
