"""Constant-bearing tracks keep their bearing to a metre, and their speed."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import bearings
from waterspace.domain import Position
from waterspace.geometry.geodesic import distance_m
from waterspace.geometry.legs import legs_at_speed, position_at
from waterspace.geometry.rhumb import rhumb_direct, rhumb_inverse
from waterspace.geometry.rhumb_legs import rhumb_route, rhumb_way
from waterspace.quantity import KNOT_MPS, NAUTICAL_MILE_M

starts = st.builds(
    lambda lat, lon: Position(lat_deg=lat, lon_deg=lon),
    st.floats(-80.0, 80.0),
    st.floats(-180.0, 180.0) | st.sampled_from((-179.999, 179.999)),
)


def along(start: Position, bearing_deg: float, run_m: float) -> Position:
    there = rhumb_direct(start.lat_deg, start.lon_deg, bearing_deg, run_m)
    return Position(lat_deg=there.lat2_deg, lon_deg=there.lon2_deg)


@given(starts, bearings(), st.floats(0.01, 500.0), st.floats(0.0, 1.0))
def test_a_ship_on_a_rhumb_line_is_within_a_metre_of_it_at_any_time(
    start: Position, bearing: float, miles: float, share: float
) -> None:
    length_m = miles * NAUTICAL_MILE_M
    end = along(start, bearing, length_m)
    line = rhumb_inverse(start.lat_deg, start.lon_deg, end.lat_deg, end.lon_deg)
    legs = legs_at_speed(rhumb_way(start, end), 0, 300.0 * KNOT_MPS)
    time_ms = round(share * legs[-1].end_ms)
    expected = along(start, line.azimuth_deg, line.distance_m * time_ms / legs[-1].end_ms)
    assert distance_m(position_at(legs, time_ms), expected) <= 1.0
    assert (legs[0].start, legs[-1].end) == (start, end)


def test_a_parallel_is_sailed_east_and_not_over_the_top() -> None:
    start, end = Position(lat_deg=60.0, lon_deg=175.0), Position(lat_deg=60.0, lon_deg=-175.0)
    way = rhumb_way(start, end)
    assert {round(place.lat_deg, 9) for place in way} == {60.0}
    length_m = sum(distance_m(a, b) for a, b in itertools.pairwise(way))
    assert length_m == pytest.approx(rhumb_inverse(60.0, 175.0, 60.0, -175.0).distance_m, abs=1.0)
    assert length_m > distance_m(start, end) + 500.0


def test_a_meridian_and_the_equator_need_one_piece_and_no_way_leads_to_where_one_is() -> None:
    here = Position(lat_deg=0.0, lon_deg=10.0)
    assert len(rhumb_way(here, Position(lat_deg=0.0, lon_deg=15.0))) == 2
    assert len(rhumb_way(here, Position(lat_deg=8.0, lon_deg=10.0))) == 2
    assert rhumb_way(here, here) == (here, here)


def test_a_route_passes_its_waypoints() -> None:
    waypoints = [Position(lat_deg=lat, lon_deg=lon) for lat, lon in ((39.0, 133.0), (43.0, 139.0), (41.0, 130.0))]
    route = rhumb_route(waypoints)
    assert set(waypoints) <= set(route)
    assert (route[0], route[-1]) == (waypoints[0], waypoints[-1])
    assert rhumb_route(waypoints[:1]) == tuple(waypoints[:1])
    assert rhumb_route(()) == ()


def test_a_way_to_the_pole_comes_to_an_end() -> None:
    start, pole = Position(lat_deg=89.0, lon_deg=10.0), Position(lat_deg=90.0, lon_deg=100.0)
    way = rhumb_way(start, pole)
    assert (way[0], way[-1]) == (start, pole)
