"""Third parties and law (WS304 to WS318): what the planted defects do not show."""

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


# ------------------------------------------------------------------------------------------------- law and permissions


def test_ws313_reports_aircraft_that_work_from_a_ship_in_a_foreign_territorial_sea() -> None:
    plan = """
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, helicopter_spots: 1}
  hawk: {name: Hawk, kind: helicopter, medium: air, max_speed: 140 kn, cruise_speed: 110 kn}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 37-38.0N 130-58.0E, command_ship: yes}
  HAWK: {name: Hawk, nation: JPN, class: hawk, home: ALFA}
serials:
  S1:
    type: transit
    units: {units: HAWK}
    route: [38-10.0N 131-40.0E, 38-30.0N 132-00.0E]
    start: 2026-06-08T00:00Z
    duration: 15 min
    objectives: O1
"""
    (said,) = messages_of("WS313", plan)
    assert said.startswith("error: Hawk takes off on board Alfa near 37-38.0N 130-58.0E at ")
    assert "from the coast of KOR and so in its waters (12 nm, computed)" in said
    assert not messages_of("WS313", plan.replace("130-58.0E", "131-58.0E"))
    assert not messages_of("WS313", HOSTED + plan)
    leave = (
        "permissions:\n  L1: {state: KOR, kind: territorial sea, covers: S1, date: 2026-06-09T00:00Z, reference: 1}\n"
    )
    (said,) = messages_of("WS313", plan + leave)
    assert "covers S1. L1 is dated 090000Z JUN 26, after it starts. Enter the permission" in said
    assert not messages_of("WS316", plan + leave)


def test_a_state_whose_own_units_take_part_is_asked_no_leave_for_aircraft_by_ws313_or_ws316() -> None:
    plan = """
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, helicopter_spots: 1}
  hawk: {name: Hawk, kind: helicopter, medium: air, max_speed: 140 kn, cruise_speed: 110 kn}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 37-38.0N 130-58.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: %s, class: cutter, start: 38-10.0N 131-40.0E}
  HAWK: {name: Hawk, nation: JPN, class: hawk, home: ALFA}
serials:
  S1:
    type: transit
    units: {units: [HAWK, BRAVO]}
    route: [38-10.0N 131-40.0E, 38-30.0N 132-00.0E]
    start: 2026-06-08T00:00Z
    duration: 15 min
    objectives: O1
permissions:
  L1: {state: KOR, kind: territorial sea, date: 2026-06-09T00:00Z, reference: note 17}
"""
    assert [one.code for one in result_of(plan % "JPN", "WS313", "WS316").findings] == ["WS313"]
    assert not result_of(plan % "KOR", "WS313", "WS316").findings


def test_ws313_and_ws301_never_speak_of_the_same_serial_and_state() -> None:
    fragment = """
areas:
  WEST: {name: West, circle: {centre: 37-41.0N 130-54.0E, radius: 5 nm}, vertical: surface to 3000 ft}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
"""
    found = result_of(fragment, "WS301", "WS313").findings
    assert [finding.code for finding in found] == ["WS301"]


def test_ws315_is_advice_in_the_ports_of_the_host() -> None:
    units = "units:\n  ALFA: {name: Alfa, nation: JPN, class: cutter, home: KRPUS}\n"
    (said,) = messages_of("WS315", units)
    assert said.startswith("warning: Alfa is to be at Busan (KOR) near ")
    (said,) = messages_of("WS315", HOSTED + units)
    assert said.startswith("advice: ")
    assert said.endswith("KOR is the host: enter the note by which it invites them.")


def test_ws316_tells_both_spans_that_a_permission_leaves_out() -> None:
    fragment = """
permissions:
  L1:
    state: KOR
    kind: overflight
    covers: S1
    date: 2026-05-01T00:00Z
    reference: note 17
    valid: {start: 2026-06-08T00:30Z, end: 2026-06-08T01:00Z}
"""
    (said,) = messages_of("WS316", fragment)
    assert said == (
        "warning: The permission L1 of KOR (overflight) holds 080030Z to 080100Z JUN 26 and so not for 080000Z to "
        "080030Z JUN 26 and 080100Z to 080200Z JUN 26 of S1 (assembly), 1 h 30 min. Move the serial into it, or have "
        "it extended."
    )


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


LEAVE = (
    "permissions:\n  L1: {{state: {state}, kind: {kind}, date: 2026-05-01T00:00Z, reference: note 17,"
    " valid: {{start: {start}, end: {end}}}}}\n"
)
IN_BUSAN = "units:\n  ALFA: {name: Alfa, nation: JPN, class: cutter, home: KRPUS}\n"


def leave(kind: str, start: str = "2026-06-01T00:00Z", end: str = "2026-06-07T00:00Z", state: str = "KOR") -> str:
    """A permission that covers nothing in particular, and holds for some of the exercise."""
    return LEAVE.format(state=state, kind=kind, start=start, end=end)


@pytest.mark.parametrize("kind", ["port call", "diplomatic clearance", "landing", "use of airspace", "territorial sea"])
def test_ws316_holds_a_permission_that_covers_nothing_only_against_what_its_kind_is_for(kind: str) -> None:
    assert not messages_of("WS316", leave(kind, state="RUS"))


def test_ws316_holds_one_of_a_kind_that_no_rule_knows_against_all_serials() -> None:
    (said,) = messages_of("WS316", leave("use of frequencies", state="RUS"))
    assert "and so not for 080000Z to 080200Z JUN 26 of S1" in said


def test_ws316_holds_a_port_call_against_the_stays_of_ships_in_the_ports_of_its_state() -> None:
    (said,) = messages_of("WS316", IN_BUSAN + leave("port call", end="2026-06-05T00:00Z"))
    assert " of the stay of Alfa at Busan, " in said
    assert said.endswith("Move the stay into it, or have it extended.")
    assert messages_of("WS316", IN_BUSAN + leave("diplomatic clearance", end="2026-06-05T00:00Z"))
    assert not messages_of("WS316", IN_BUSAN + leave("landing", end="2026-06-05T00:00Z"))
    assert not messages_of("WS316", IN_BUSAN + leave("port call", end="2026-06-05T00:00Z", state="RUS"))


def test_ws316_counts_of_a_ship_that_leaves_only_the_time_until_she_has_left() -> None:
    assert not messages_of("WS316", IN_BUSAN + leave("port call", end="2026-06-07T00:00Z"))
    leaving = (
        "serials:\n  S1: {type: transit, units: {units: ALFA}, route: [35-06.0N 129-03.0E, 35-06.0N 131-00.0E],"
        " start: 2026-06-01T00:00Z, duration: 8 h, objectives: O1}\n"
    )
    away = IN_BUSAN + leaving
    assert not messages_of("WS316", away + leave("port call", end="2026-06-01T02:00Z"))
    assert messages_of("WS316", away + leave("port call", start="2026-06-01T02:00Z", end="2026-06-12T00:00Z"))


def test_ws316_holds_leave_for_the_territorial_sea_against_the_serials_that_need_it() -> None:
    both = """
areas:
  WEST: {name: West, circle: {centre: 37-41.0N 130-54.0E, radius: 5 nm}}
  EAST: {name: East, circle: {centre: 38-30.0N 134-00.0E, radius: 5 nm}}
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}
  S2: {type: assembly, area: EAST, units: {units: BRAVO}, start: 2026-06-10T00:00Z, duration: 2 h, objectives: O1}
"""
    long, short = (leave("territorial sea", end=f"2026-06-0{end}:00Z") for end in ("9T00", "8T01"))
    assert not messages_of("WS316", both + long)
    assert not messages_of("WS313", both + long)
    assert not messages_of("WS316", both + short)
    (said,) = messages_of("WS313", both + short)
    assert " L1 holds 010000Z to 080100Z JUN 26 only, not for all of its time. Enter the permission" in said
    other = "  L2: {state: KOR, kind: territorial sea, covers: S1, date: 2026-05-01T00:00Z, reference: note 18}\n"
    assert not messages_of("WS313", both + short + other)
    (said,) = messages_of("WS316", both + short + other)
    assert " of S1 (assembly), 1 h. Move the serial" in said


def test_ws316_tells_of_late_leave_for_the_territorial_sea_of_a_serial_that_needs_none() -> None:
    late = (
        "permissions:\n"
        "  L1: {state: KOR, kind: territorial sea, covers: S1, date: 2026-06-09T00:00Z, reference: note 17}\n"
    )
    (said,) = messages_of("WS316", late)
    assert "dated 090000Z JUN 26, 1 d after S1 (assembly) begins at 080000Z JUN 26. Put the serial off" in said


def test_ws316_gives_the_time_of_the_first_serial_alone() -> None:
    (said,) = messages_of(
        "WS316",
        """
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}
  S2: {type: assembly, area: WEST, units: {units: BRAVO}, start: 2026-06-08T10:00Z, duration: 2 h, objectives: O1}
permissions:
  L1: {state: RUS, kind: use of frequencies, covers: [S1, S2], date: 2026-06-09T00:00Z, reference: note 17}
""",
    )
    assert " 1 d after S1 (assembly) begins at 080000Z JUN 26, and after 1 more. Put the serial off" in said


IN_VLADIVOSTOK = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, home: RUVVO}
permissions:
  L1: {state: RUS, kind: "%s", covers: S1, date: 2026-05-01T00:00Z, reference: note 17}
"""


@pytest.mark.parametrize(
    "kind",
    [
        "port call, bunkering",
        "Port calls",
        "port_call/visit",
        "(port call)",
        "port visits; overflight",
        "port entries",
        "bunkering and diplomatic clearance",
        "port call without fuelling",
        "no objection to port call",
        "port call (not overnight)",
    ],
)
def test_ws315_reads_the_kind_of_a_permission_as_people_write_it(kind: str) -> None:
    assert not messages_of("WS315", IN_VLADIVOSTOK % kind)


@pytest.mark.parametrize(
    "kind", ["no port call", "port call refused", "overflight, no port call", "not for a port call", "fuel and water"]
)
def test_ws315_counts_no_permission_that_refuses_or_is_for_something_else(kind: str) -> None:
    (said,) = messages_of("WS315", IN_VLADIVOSTOK % kind)
    assert "Did you mean" not in said


def test_ws315_knows_which_kind_was_meant() -> None:
    (said,) = messages_of("WS315", IN_VLADIVOSTOK % "prot call")
    assert " covers it. L1 is of kind prot call. Did you mean port call? Ask RUS for leave" in said
    (said,) = messages_of("WS315", IN_VLADIVOSTOK.replace("covers: S1", "covers: S9") % "prot call")
    assert "Did you mean" not in said


def test_ws313_counts_nothing_but_leave_for_the_territorial_sea_and_says_what_else_there_is() -> None:
    inside = """
areas:
  WEST: {name: West, circle: {centre: 37-41.0N 130-54.0E, radius: 5 nm}}
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}
"""
    (said,) = messages_of("WS313", inside + leave("passage of the territorial sea"))
    assert "L1 covers S1 but is of kind passage of the territorial sea; territorial sea is needed." in said
