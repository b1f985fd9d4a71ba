"""Room in the area of a serial (WS111), and a base for every aircraft (WS112)."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import findings_of, messages_of, result_of
from planting import flotilla, hunt
from waterspace.checks.families.resources import leaving
from waterspace.domain import Area, Circle, Corridor, Joined, Leg, Polygon, Position, Sector, Without
from waterspace.errors import GeometryError
from waterspace.geometry.footprints import centre, distance_between_m
from waterspace.geometry.geodesic import destination
from waterspace.geometry.reservations.earthframe import points_of
from waterspace.geometry.reservations.legarrays import LegArrays
from waterspace.quantity import HOUR_MS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from waterspace.checks.context import Context
    from waterspace.domain import Footprint

RUN = """
serials:
  S1: {type: replenishment, area: WEST, units: {supply: ALFA, receiving: BRAVO}, speed: 12 kn,
       start: 2026-06-08T00:00Z, duration: %s, objectives: O1}
"""
START_MS = 1_780_876_800_000


def test_ws111_says_who_how_far_where_how_long_and_what_is_let_pass() -> None:
    (finding,) = findings_of("WS111", RUN % "5 h")
    assert finding.message == (
        "S1 (replenishment) takes Bravo up to 15.5 nm out of its area West, farthest near 39-00.6N 134-00.7E. It is "
        "outside for 2 h 33 min, 080000Z to 080500Z JUN 26; 6.0 nm are let pass. Also outside: Alfa (15.0 nm). Give "
        "it a larger area, less time, or another course."
    )
    assert finding.when[0].start_ms == START_MS
    assert len(finding.when) == 2
    assert finding.subjects == ("S1", "BRAVO", "ALFA", "WEST")


def test_ws111_counts_the_time_outside_and_not_the_time_beyond_the_margin() -> None:
    (finding,) = findings_of("WS111", RUN % "5 h" + "check: {limits: {area_overrun: 15.2 nm}}\n")
    outside_h = sum(window.end_ms - window.start_ms for window in finding.when) / HOUR_MS
    assert outside_h == pytest.approx(2.55, abs=0.02)  # 60 nm at 12 kn through an area 30 nm across, beside its middle


def test_ws111_follows_its_limit() -> None:
    assert not findings_of("WS111", RUN % "5 h" + "check: {limits: {area_overrun: 16 nm}}\n")
    assert findings_of("WS111", RUN % "2 h" + "check: {limits: {area_overrun: 0 nm}}\n") == ()
    assert findings_of("WS111", RUN % "3 h" + "check: {limits: {area_overrun: 0 nm}}\n")


@pytest.mark.parametrize(
    "serial",
    [
        "type: transit, units: {units: ALFA}, route: [38-30.0N 134-00.0E, 40-00.0N 134-00.0E], duration: 8 h",
        "type: interception, units: {guard: ALFA, intruder: BRAVO}, standoff: 30 nm, duration: 6 h",
        "type: anchorage_defence, units: {anchored: ALFA, patrol: BRAVO}, duration: 2 h, patrol_distance: 25 nm",
    ],
)
def test_ws111_lets_those_be_that_follow_a_route_or_come_from_outside(serial: str) -> None:
    fragment = f"serials:\n  S1: {{area: WEST, start: 2026-06-08T00:00Z, objectives: O1, {serial}}}\n"
    assert not result_of(fragment, "WS111").findings
    assert not findings_of("WS000", fragment)


def test_ws111_looks_between_the_ends_of_a_way_through_a_bent_area() -> None:
    bent = _polygon(((0, 0), (0, 60), (-5, 60), (-5, 5), (-60, 5), (-60, 0)))
    area = Area(id="WEST", name="West", footprint=bent)
    legs = (_leg(_off(bent.vertices[0], -3, 58), _off(bent.vertices[0], -58, 3)),)
    assert _suspects(area, legs, 6.0)
    away_m = leaving._away_m([area.footprint], leaving._along([legs]))
    assert away_m.max() == pytest.approx(25.0 * NAUTICAL_MILE_M, rel=0.05)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_corner_that_is_written_twice_hides_no_way_past_a_sharp_tip(times: int) -> None:
    (first, tip, last) = _polygon(((3, 0), (0, 60), (-3, 0))).vertices
    middle = Position(lat_deg=38.0, lon_deg=134.0)
    legs = (_leg(_off(middle, 0, 20), _off(middle, 0, 100)),)
    wedges = [(*[first] * times, *[tip] * times, last), (tip, first, last, *[tip] * (times - 1))]
    for corners in wedges:
        area = Area(id="WEST", name="West", footprint=Polygon(vertices=tuple(corners)))
        assert leaving._away_m([area.footprint], leaving._along([legs])).max() > 39.0 * NAUTICAL_MILE_M
        assert _suspects(area, legs, 6.0)
        assert not _suspects(area, (_leg(_off(middle, 0, 20), _off(middle, 0, 50)),), 6.0)


def test_an_area_whose_corners_are_all_one_place_is_looked_at_closely() -> None:
    corners = tuple(Position(lat_deg=0.0, lon_deg=lon_deg) for lon_deg in (180.0, -180.0, 180.0 - 1e-12))
    sides = leaving._sides([Polygon(vertices=corners)])
    assert np.isinf(sides.mitre_ratio).all()


def _polygon(corners: tuple[tuple[float, float], ...]) -> Polygon:
    """Corners in miles north and east of a place."""
    origin = Position(lat_deg=38.0, lon_deg=134.0)
    return Polygon(vertices=tuple(_off(origin, *corner) for corner in corners))


def _off(origin: Position, north: float, east: float) -> Position:
    bearing_deg = float(np.degrees(np.arctan2(east, north)))
    return destination(origin, bearing_deg, float(np.hypot(north, east)) * NAUTICAL_MILE_M)


def _leg(start: Position, end: Position, number: int = 0) -> Leg:
    return Leg(start_ms=number * HOUR_MS, end_ms=(number + 1) * HOUR_MS, start=start, end=end)


def _suspects(area: Area, legs: tuple[Leg, ...], margin_nm: float) -> bool:
    """Whether a way is looked at closely."""
    context = SimpleNamespace(plan_tracks=(("S1", "ALFA", legs),), plan_legs=LegArrays.of([legs]))
    return bool(
        leaving._perhaps_outside(cast("Context", cast("Any", context)), {"S1": area}, margin_nm * NAUTICAL_MILE_M)
    )


@st.composite
def _footprints(draw: st.DrawFn) -> Footprint:
    middle = Position(lat_deg=draw(st.sampled_from((0.0, 38.0, -60.0))), lon_deg=draw(st.sampled_from((134.0, 179.9))))
    reach_m = draw(st.floats(1.0, 60.0)) * NAUTICAL_MILE_M
    turns = sorted(draw(st.lists(st.integers(0, 71), min_size=3, max_size=7, unique=True)))
    if draw(st.booleans()):
        turns.reverse()
    corners = tuple(destination(middle, 5.0 * turn, reach_m * draw(st.sampled_from((0.4, 1.0)))) for turn in turns)
    circle = Circle(centre=middle, radius_m=reach_m)
    polygon = Polygon(vertices=tuple(corner for corner in corners for _ in range(draw(st.integers(1, 3)))))
    corridor = Corridor(waypoints=corners, half_width_m=reach_m / 5.0)
    sector = Sector(
        centre=middle, radius_m=reach_m, inner_radius_m=reach_m / 2.0, bearing_deg=20.0, half_angle_deg=60.0
    )
    hole = Without(base=circle, holes=(Circle(centre=middle, radius_m=reach_m / 2.0),))
    kinds: tuple[Footprint, ...] = (circle, polygon, corridor, sector, Joined(parts=(circle, sector)), hole)
    return draw(st.sampled_from(kinds))


@given(_footprints(), st.data())
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_no_way_out_of_an_area_is_left_out_by_the_first_look(footprint: Footprint, data: st.DataObject) -> None:
    try:
        middle = centre(footprint)
        distance_between_m(footprint, middle)
    except GeometryError:  # a polygon that crosses itself is no area
        return
    margin_nm = data.draw(st.sampled_from((0.0, 2.0, 6.0, 20.0)))
    places = [
        destination(middle, data.draw(st.floats(0, 360)), data.draw(st.floats(0, 90)) * NAUTICAL_MILE_M)
        for _ in range(data.draw(st.integers(2, 4)))
    ]
    legs = tuple(_leg(a, b, number) for number, (a, b) in enumerate(pairwise(places)))
    if not _suspects(Area(id="WEST", name="West", footprint=footprint), legs, margin_nm):
        along = leaving._along([legs])
        for lat, lon in zip(along.lat.tolist(), along.lon.tolist(), strict=True):
            off_m = distance_between_m(footprint, Position(lat_deg=lat, lon_deg=lon))
            assert off_m <= margin_nm * NAUTICAL_MILE_M + 1.0


@given(st.floats(-90, 90), st.sampled_from((0.0, 179.9)), st.floats(0, 360), st.floats(1_000.0, leaving._LONGEST_M))
def test_a_way_is_longer_than_the_line_through_the_earth_by_less_than_is_added(
    lat_deg: float, lon_deg: float, bearing_deg: float, way_m: float
) -> None:
    here = Position(lat_deg=lat_deg, lon_deg=lon_deg)
    ends = points_of([here, destination(here, bearing_deg, way_m)])
    line_m = float(np.linalg.norm(ends[1] - ends[0]))
    assert line_m <= way_m + 1e-6
    assert way_m <= line_m + line_m**3 / leaving._CUBE_M2 + 1e-3


@pytest.mark.parametrize("half_length", [30, 100, 200])
def test_what_is_taken_as_clear_beside_a_long_area_is_within_the_margin(half_length: float) -> None:
    """Round ends of many corners, so that the first look has nothing in hand at them."""
    turns = np.radians(np.arange(0.0, 181.0, 15.0))
    ends = [(30.0 * np.cos(turn), half_length + 30.0 * np.sin(turn)) for turn in turns]
    area = _polygon((*ends, *((-north, -east) for north, east in ends)))
    sides, margin_m = leaving._sides([area]), 6.0 * NAUTICAL_MILE_M
    middle = Position(lat_deg=38.0, lon_deg=134.0)
    clear = 0
    for east in np.linspace(-half_length, half_length, 9):
        for beyond in np.linspace(5.0, 7.0, 41):
            place = _off(middle, 30.0 + beyond, east)
            if sides.off_m(np.zeros(1, dtype=np.intp), points_of([place]))[0] <= leaving._SURELY * margin_m:
                clear += 1
                along = leaving._along([(_leg(place, place),)])
                assert leaving._away_m([area], along).max() <= margin_m
    assert clear > 40


def test_ws112_names_the_aircraft_and_its_serials() -> None:
    text = flotilla(Position(lat_deg=38.5, lon_deg=134.0)).replace(", home: ALFA", "")
    (message,) = messages_of(
        "WS112", text + "serials:\n" + hunt("S1", START_MS, 60) + hunt("S2", START_MS + HOUR_MS, 60)
    )
    assert message == (
        "warning: Helo flies in S1 (asw search) and S2 (asw search), but nothing says where it takes off and lands, so "
        "its flights, its fuel and its deck were not looked at. Name its home: a ship, an airfield or a position."
    )


def test_ws112_says_what_a_start_does_not_say() -> None:
    text = flotilla(Position(lat_deg=38.5, lon_deg=134.0)).replace(", home: ALFA", ", start: 38-30.0N 134-00.0E")
    (message,) = messages_of("WS112", text + "serials:\n" + hunt("S1", START_MS, 60))
    assert message == (
        "warning: Helo flies in S1 (asw search), but its start says only where it begins, not where it takes off and "
        "lands, so its flights, its fuel and its deck were not looked at. Name its home: a ship, an airfield or a "
        "position."
    )


def test_ws112_lasts_until_the_last_of_its_serials_ends() -> None:
    text = flotilla(Position(lat_deg=38.5, lon_deg=134.0)).replace(", home: ALFA", "")
    serials = hunt("S1", START_MS, 60) + hunt("S2", START_MS + HOUR_MS, 600) + hunt("S3", START_MS + 2 * HOUR_MS, 60)
    (found,) = findings_of("WS112", text + "serials:\n" + serials)
    assert found.window is not None
    assert (found.window.start_ms, found.window.end_ms) == (START_MS, START_MS + 11 * HOUR_MS)


@pytest.mark.parametrize("home", [", home: ALFA", ", home: 36-00.0N 133-00.0E", ", home: BRAVVO", ", home: HELO"])
def test_ws112_leaves_a_home_that_is_named_to_others(home: str) -> None:
    text = flotilla(Position(lat_deg=38.5, lon_deg=134.0)).replace(", home: ALFA", home)
    assert not messages_of("WS112", text + "serials:\n" + hunt("S1", START_MS, 60))


def test_ws112_is_silent_about_an_aircraft_that_flies_in_no_serial() -> None:
    text = flotilla(Position(lat_deg=38.5, lon_deg=134.0)).replace(", home: ALFA", "")
    assert not messages_of("WS112", text + "serials:\n" + hunt("S1", START_MS, 60, who="ALFA, BRAVO"))
