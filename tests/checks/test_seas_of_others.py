"""Third parties at sea and in the air (WS304 to WS314, WS318): what the planted defects do not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from builders import messages_of, result_of
from dangers import danger_of, feature, gunnery, overlay, passage, rectangles, submarine
from planting import off, sea, seas
from waterspace.checks.views.sifting import surely_clear
from waterspace.domain import Circle, Corridor, Polygon, Position
from waterspace.environment.limits import zones
from waterspace.geometry.balls import balls, near_pairs
from waterspace.geometry.footprints import distance_between_m

if TYPE_CHECKING:
    from waterspace.domain import Footprint

START_MS = 1_780_876_800_000
MIDDLE = Position(lat_deg=38.5, lon_deg=134.0)
HOSTED = """
exercise:
  name: Hosted
  host: KOR
  period: {start: 2026-06-01T00:00Z, end: 2026-06-12T00:00Z}
"""
GROUND = "traffic:\n  fishing:\n    F1: {{circle: {{centre: {where}, radius: 5 nm}}}}\n"


def reasons(fragment: str, code: str) -> list[str]:
    """Why a rule could not be applied in full."""
    return [entry.reason for entry in result_of(fragment, code).not_checked]


# ---------------------------------------------------------------------------------------------------------- nearness


@settings(max_examples=60, deadline=None)
@given(seas(), seas())
def test_what_is_left_out_of_the_pairs_is_farther_away(first: Position, second: Position) -> None:
    ours: list[Footprint] = [
        Circle(centre=first, radius_m=9_000.0),
        Polygon(vertices=(first, off(first, 80.0, 300.0), off(first, 10.0, 200.0))),
        Corridor(waypoints=(first, off(first, 200.0, 500.0)), half_width_m=2_000.0),
    ]
    theirs = [Circle(centre=second, radius_m=500.0)]
    for within_m in (0.0, 50_000.0, 400_000.0):
        found = near_pairs(balls(ours), balls(theirs), within_m)
        for number, footprint in enumerate(ours):
            if distance_between_m(footprint, theirs[0]) <= within_m:
                assert (number, 0) in found


def test_what_lies_far_from_all_shores_is_left_out_and_what_lies_off_one_is_looked_at() -> None:
    places = [Position(lat_deg=lat, lon_deg=lon) for lat, lon in ((30.0, 175.0), (38.5, 134.0), (35.6, 140.9))]
    clear = surely_clear(balls(places), zones.load().surely_none_near, 1)
    assert clear.tolist() == [True, True, False]
    assert not surely_clear(balls(places), zones.load().surely_none_near, 4).any()
    assert not surely_clear(balls([]), zones.load().surely_none_near, 1).size


# ------------------------------------------------------------------------------------------------------------ fishing


def test_ws304_says_who_where_when_by_how_much_and_what_to_do() -> None:
    way = off(MIDDLE, 270.0, 25.0), off(MIDDLE, 90.0, 25.0)
    own = submarine(way, START_MS, 60.0)
    (said,) = messages_of("WS304", own + GROUND.format(where=sea(off(MIDDLE, 0.0, 6.0))))
    assert said.startswith(
        "warning: Delta, submerged at 60 m in S1 (transit), comes within 1.0 nm of the fishing ground F1 near 38-30."
    )
    assert said.endswith("3658 m is to be kept. Lead it clear of the ground, or keep it on the surface there.")


def test_ws304_is_an_error_inside_the_ground_and_silent_on_the_surface() -> None:
    way = off(MIDDLE, 270.0, 25.0), off(MIDDLE, 90.0, 25.0)
    ground = GROUND.format(where=sea(MIDDLE))
    (said,) = messages_of("WS304", submarine(way, START_MS, 60.0) + ground)
    assert said.startswith("error: ")
    assert "goes through the fishing ground F1" in said
    assert not messages_of("WS304", submarine(way, START_MS, 0.0) + ground)


def test_ws304_counts_a_passage_of_which_nobody_gives_the_depth_as_deep_and_warns_even_inside_the_ground() -> None:
    way = passage((off(MIDDLE, 270.0, 25.0), off(MIDDLE, 90.0, 25.0)), START_MS)
    (said,) = messages_of("WS304", way + GROUND.format(where=sea(off(MIDDLE, 0.0, 6.0))))
    assert said.startswith(
        "warning: Delta, on its way from S1 (transit) to S2 (transit) at a depth that nobody gives, comes within "
        "1.0 nm of the fishing ground F1 near 38-30."
    )
    assert said.endswith("Lead it clear of the ground, or plan a transit that keeps it on the surface there.")
    (inside,) = messages_of("WS304", way + GROUND.format(where=sea(MIDDLE)))
    assert inside.startswith("warning: ")
    assert "goes through the fishing ground F1" in inside


_OFF_ULLEUNG = off(Position(lat_deg=37.5, lon_deg=130.93), 0.0, 8.0)
_PASSING = passage((off(_OFF_ULLEUNG, 270.0, 50.0), off(_OFF_ULLEUNG, 90.0, 50.0)), START_MS)


def test_ws318_does_not_check_a_passage_of_which_nobody_gives_the_depth_and_says_where_it_leads() -> None:
    assert not messages_of("WS318", _PASSING)
    (reason,) = reasons(_PASSING, "WS318")
    assert reason.startswith(
        "no depth is given for Delta on its way from S1 (transit) to S2 (transit), through the territorial sea of KOR "
        "near 37-"
    )


@pytest.mark.parametrize(
    "leave",
    [
        HOSTED,
        "permissions:\n  L1: {state: KOR, kind: territorial sea, covers: [], date: 2026-05-01T00:00Z, reference: 17}\n",
        "permissions:\n  L1: {state: KOR, kind: territorial sea, covers: S2, date: 2026-05-01T00:00Z, reference: 17}\n",
    ],
)
def test_ws318_asks_for_no_depth_where_a_state_hosts_or_has_given_leave_for_a_serial_at_either_end(leave: str) -> None:
    fragment = _PASSING.partition("classes:")[2] if leave is HOSTED else _PASSING
    fragment = f"{leave}classes:{fragment}" if leave is HOSTED else fragment + leave
    assert not reasons(fragment, "WS318")


def test_ws318_asks_for_no_depth_of_a_passage_on_the_high_seas() -> None:
    middle = off(_OFF_ULLEUNG, 0.0, 60.0)
    assert not reasons(passage((off(middle, 270.0, 50.0), off(middle, 90.0, 50.0)), START_MS), "WS318")


def test_ws304_lets_a_submarine_lie_where_it_starts_and_where_it_ends() -> None:
    way = passage((off(MIDDLE, 270.0, 25.0), off(MIDDLE, 90.0, 25.0)), START_MS)
    for end_nm in (-26.0, 26.0):
        beside = off(off(MIDDLE, 90.0, end_nm), 90.0 if end_nm > 0.0 else 270.0, 6.5)
        assert not messages_of("WS304", way + GROUND.format(where=sea(beside)))


def test_ws305_measures_the_share_of_the_ground_and_asks_the_staff_how_much_is_too_much() -> None:
    own = gunnery(MIDDLE, START_MS, 4.0)
    ground = GROUND.format(where=sea(danger_of(own).centre)).replace("5 nm", "8 nm")
    (finding,) = result_of(own + ground, "WS305").findings
    assert finding.amount is not None
    assert finding.amount.value == pytest.approx(25.0, abs=1.0)
    assert finding.amount[1:] == (0.0, "%")
    assert not messages_of("WS305", f"{own}{ground}check: {{limits: {{fishing_ground_share: 30 %}}}}\n")


# -------------------------------------------------------------------------------------------- straits, ports, traffic


def test_ws307_tells_what_stays_open_of_a_wide_strait_and_warns_only() -> None:
    (said,) = messages_of("WS307", gunnery(Position(lat_deg=25.5, lon_deg=126.2), START_MS, 4.0))
    assert said.startswith("warning: ")
    assert "the Miyako Strait" in said
    assert "the widest corridor past it is " in said


def test_ws309_is_not_checked_without_a_file_or_without_enough_cells() -> None:
    own = gunnery(MIDDLE, START_MS)
    assert reasons(own, "WS309") == ["no density of traffic is given (environment.traffic_density)"]
    path = overlay(*rectangles(off(MIDDLE, 90.0, 200.0), 0.5, density=3))
    (reason,) = reasons(f"{own}environment: {{traffic_density: {path}}}\n", "WS309")
    assert reason == "the file of traffic density has too few cells in the danger area of S1"


# ---------------------------------------------------------------------------------------------------------------- air


@pytest.mark.parametrize("code", ["WS309", "WS310", "WS312"])
def test_a_plan_that_endangers_nobody_is_checked_without_the_file(code: str) -> None:
    assert not reasons("", code)


@pytest.mark.parametrize("code", ["WS310", "WS312"])
def test_a_danger_below_the_masts_is_checked_without_the_file(code: str) -> None:
    assert reasons(gunnery(MIDDLE, START_MS), code)
    assert not reasons(gunnery(MIDDLE, START_MS, ceiling="100 ft"), code)
    assert not reasons(f"{gunnery(MIDDLE, START_MS)}check: {{limits: {{aloft_height: 4000 ft}}}}\n", code)


def test_ws312_says_which_regions_it_cannot_judge() -> None:
    own = gunnery(MIDDLE, START_MS)
    path = overlay(*rectangles(MIDDLE, 2.0, icao="XXXX"))
    assert reasons(f"{own}environment: {{firs: {path}}}\n", "WS312") == ["it is not known whose XXXX is"]
    path = overlay(*rectangles(off(MIDDLE, 90.0, 400.0), 1.0, icao="UHHH"))
    assert reasons(f"{own}environment: {{firs: {path}}}\n", "WS312") == [
        "no region of the file holds the danger area of S1"
    ]


def test_ws312_knows_whose_a_region_is_by_the_letters_of_packaged_aerodromes() -> None:
    path = overlay(*rectangles(MIDDLE, 2.0, icao="UHHH"))
    (said,) = messages_of("WS312", f"{gunnery(MIDDLE, START_MS)}environment: {{firs: {path}}}\n")
    assert "lies in the flight information region UHHH of RUS near " in said


def test_a_route_that_is_no_route_is_a_file_fault_and_the_rule_is_not_checked() -> None:
    path = overlay(feature("Point", [134.0, 38.5]))
    result = result_of(f"{gunnery(MIDDLE, START_MS)}environment: {{air_routes: {path}}}\n", "WS310", "WS008")
    assert [finding.code for finding in result.findings] == ["WS008"]
    assert [entry.code for entry in result.not_checked] == ["WS310"]


def test_ws314_looks_at_where_a_moving_serial_is_while_the_other_exercise_lasts() -> None:
    fragment = """
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [38-30.0N 134-00.0E, 38-30.0N 138-00.0E]
    start: 2026-06-08T00:00Z
    duration: 24 h
    objectives: O1
context:
  exercises:
    X1:
      name: Swift Heron
      participants: [USA]
      start: 2026-06-08T00:00Z
      end: 2026-06-08T02:00Z
      circle: {centre: 38-30.0N 137-30.0E, radius: 5 nm}
"""
    assert not messages_of("WS314", fragment)
    assert messages_of(
        "WS314", fragment.replace("137-30.0E", "134-30.0E").replace("38-30.0N 134-30", "38-50.0N 134-30")
    )


def test_a_ship_that_waits_in_the_water_of_another_exercise_is_told() -> None:
    text = """
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-06T00:00Z, objectives: O1}
  S2: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-10T00:00Z, objectives: O1}
context:
  exercises:
    X1:
      name: Others
      participants: [USA]
      start: 2026-06-08T00:00Z
      end: 2026-06-09T00:00Z
      circle: {centre: 38-30.0N 134-00.0E, radius: 10 nm}
"""
    (message,) = messages_of("WS314", text)
    assert "which waits for S2 (assembly) in West, lies in the water of Others (USA)" in message
