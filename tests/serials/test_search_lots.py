"""Lots share an area or its datums out, and count the passes made."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waterspace.domain import Circle, Leg, Position, Window
from waterspace.geometry.geodesic import between, destination, distance_m
from waterspace.quantity import HOUR_MS, NAUTICAL_MILE_M
from waterspace.serials.seamanship.frame import sheet_of
from waterspace.serials.seamanship.search_lots import (
    area_lots,
    datum_lots,
    pass_length_m,
    region_area_m2,
    slots,
)
from waterspace.serials.seamanship.search_patterns import SQUARE_TURN_DEG, expanding_square
from waterspace.serials.seamanship.search_tracks import Searcher, length_inside_m

MIDDLE = Position(lat_deg=39.8, lon_deg=133.2)
SHIP = Searcher(unit="A", speed_mps=6.0, height_m=0.0)
OTHER = Searcher(unit="B", speed_mps=6.0, height_m=0.0)
AIRCRAFT = Searcher(unit="H", speed_mps=45.0, height_m=150.0)
AREA = sheet_of(Circle(centre=MIDDLE, radius_m=15_000.0))


def test_a_strip_for_each_searcher_is_as_wide_as_it_is_fast() -> None:
    ship, aircraft = area_lots(AREA, (SHIP, AIRCRAFT), NAUTICAL_MILE_M * 2)
    assert aircraft.share_ratio / ship.share_ratio == pytest.approx(45.0 / 6.0)
    assert ship.region != aircraft.region
    assert region_area_m2((ship, aircraft)) == pytest.approx(math.pi * 15_000.0**2, rel=5e-3)


def test_an_area_without_width_is_shared_alike() -> None:
    line = sheet_of(Circle(centre=MIDDLE, radius_m=0.0))
    assert [lot.share_ratio for lot in area_lots(line, (SHIP, OTHER), 1000.0)] == [0.5, 0.5]
    assert area_lots(line, (), 1000.0) == ()


def test_ships_beyond_the_named_datums_search_abreast_of_the_first() -> None:
    team = [Searcher(unit=name, speed_mps=6.0, height_m=0.0) for name in "ABCDE"]
    places = slots((MIDDLE,), 0.0, team, 10_000.0)
    assert places[0][1] == MIDDLE
    for (_, one, _), (_, other, _) in itertools.combinations(places, 2):
        assert distance_m(one, other) >= 9_990.0


def test_aircraft_over_one_datum_are_turned_from_each_other() -> None:
    second = Searcher(unit="I", speed_mps=45.0, height_m=450.0)
    pattern = expanding_square(1000.0, 8)
    ship, one, other = datum_lots(
        slots((MIDDLE,), 0.0, (SHIP, AIRCRAFT, second), 9_000.0), 0.0, pattern, SQUARE_TURN_DEG
    )
    assert ship.region == one.region == other.region
    assert [lot.sheet.frame.axis_deg for lot in (ship, one, other)] == [0.0, 45.0, 90.0]
    assert ship.share_ratio == 1.0


def test_the_time_of_a_pass_is_the_time_its_legs_take() -> None:
    (lot,) = datum_lots(((SHIP, MIDDLE, 0),), 0.0, expanding_square(1000.0, 8), SQUARE_TURN_DEG)
    assert pass_length_m(lot) == pytest.approx(20_000.0 + math.hypot(2_000.0, 2_000.0))
    legs = lot.legs(Window(start_ms=0, end_ms=round(2_000.0 * lot.pass_s)), "S1")
    assert lot.passes(legs) == pytest.approx(2.0, rel=1e-3)
    assert distance_m(legs[-1].end, MIDDLE) < 20.0


def test_a_searcher_that_stands_still_makes_no_pass() -> None:
    (lot,) = datum_lots(((SHIP, MIDDLE, 0),), 0.0, ((0.0, 0.0),), 0.0)
    assert lot.passes(lot.legs(Window(start_ms=0, end_ms=HOUR_MS), "S1")) == 0.0


def test_only_what_lies_in_the_area_counts_as_searched() -> None:
    out = AREA.frame.position((45_000.0, 0.0))
    leg = Leg(start_ms=0, end_ms=HOUR_MS, start=MIDDLE, end=out)
    assert length_inside_m((leg,), AREA) == pytest.approx(15_000.0, rel=0.07)
    assert length_inside_m((Leg(start_ms=0, end_ms=1, start=MIDDLE, end=MIDDLE),), AREA) == 0.0


@settings(deadline=None)
@given(
    places=st.lists(st.tuples(st.floats(0.0, 360.0), st.floats(0.0, 60_000.0)), min_size=2, max_size=6, unique=True),
    radius_m=st.floats(1_000.0, 50_000.0),
)
def test_the_length_inside_is_that_of_the_places_on_the_way_that_lie_in_the_area(
    places: list[tuple[float, float]], radius_m: float
) -> None:
    circle = Circle(centre=MIDDLE, radius_m=radius_m)
    route = [destination(MIDDLE, bearing_deg, range_m) for bearing_deg, range_m in places]
    legs = [
        Leg(start_ms=n, end_ms=n + 1, start=here, end=there)
        for n, (here, there) in enumerate(itertools.pairwise(route))
        if here != there
    ]
    sure_m = likely_m = 0.0
    for leg in legs:
        for piece in range(16):
            range_m = distance_m(MIDDLE, between(leg.start, leg.end, (piece + 0.5) / 16))
            part_m = distance_m(leg.start, leg.end) / 16
            sure_m += part_m * (range_m < 0.996 * radius_m)
            likely_m += part_m * (range_m < 1.001 * radius_m)
    assert sure_m - 1e-3 <= length_inside_m(legs, sheet_of(circle)) <= likely_m + 1e-3
