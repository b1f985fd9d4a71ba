"""Resources: units, ways, fuel, roles and speeds (WS101 to WS107)."""

from __future__ import annotations

from dataclasses import replace

from builders import findings_of, messages_of, plan, result_of
from waterspace.checks import check
from waterspace.domain import Position, Severity

CUTTER = "  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, economical_speed: 12 kn"
TWO_AREAS = """
areas:
  WEST: {circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}}
  EAST: {circle: {centre: 38-30.0N 136-00.0E, radius: 15 nm}}
"""


def test_ws101_gathers_the_units_of_a_pair_of_serials() -> None:
    fragment = """
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-08T00:00Z, duration: 2 h}
  S2: {type: assembly, name: Again, area: WEST, units: {units: [BRAVO, ALFA]}, start: 2026-06-08T01:30Z, duration: 2 h}
  S3: {type: communications_check, units: {control: ALFA, stations: BRAVO}, start: 2026-06-08T01:00Z, duration: 2 h}
  S4: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T03:30Z, duration: 2 h}
"""
    found = findings_of("WS101", fragment)
    assert [finding.message for finding in found] == [
        "Alfa and Bravo are in S1 (assembly) and in S2 (Again) at once, 080130Z to 080200Z JUN 26 (30 min)."
    ]
    assert found[0].subjects == ("S1", "S2", "ALFA", "BRAVO")
    assert found[0].window is not None


def test_ws102_speaks_of_the_latest_unit_and_names_the_others() -> None:
    fragment = (
        TWO_AREAS
        + """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
  SLOW: {name: Slow, nation: KOR, class: tug, start: 38-31.0N 134-00.0E}
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, economical_speed: 12 kn}
  tug: {name: Tug, kind: tug, medium: surface, max_speed: 10 kn, economical_speed: 8 kn}
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO, SLOW]}, start: 2026-06-08T00:00Z, duration: 2 h}
  S2: {type: assembly, area: EAST, units: {units: [ALFA, BRAVO, SLOW]}, start: 2026-06-08T05:00Z, duration: 2 h}
"""
    )
    found = findings_of("WS102", fragment)
    assert len(found) == 1
    assert found[0].subjects[:3] == ("S2", "S1", "SLOW")
    assert found[0].message.startswith("Slow cannot get from S1 (assembly) to S2 (assembly) in time: it has 9")
    assert " in 3 h, needs 3" in found[0].message
    assert " and makes 10.0 kn at most. It would be 6 h " in found[0].message
    assert " late. Also late: " in found[0].message
    assert "Alfa (" in found[0].message
    assert found[0].position is not None


def test_ws102_knows_the_way_from_the_start_and_serials_without_a_gap() -> None:
    fragment = (
        TWO_AREAS
        + """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, start_time: 2026-06-08T00:00Z}
serials:
  S1: {type: assembly, area: EAST, units: {units: ALFA}, start: 2026-06-08T01:00Z, duration: 2 h}
  S2: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T03:00Z, duration: 2 h}
"""
    )
    first, second = messages_of("WS102", fragment)
    assert first.startswith("error: Alfa cannot get from its start at 38-30.0N 134-00.0E to S1 (assembly) in time: ")
    assert " to go and no time for it, and makes 24.0 kn at most." in second


def test_ws102_says_so_where_a_unit_does_not_move_at_all() -> None:
    fragment = (
        TWO_AREAS
        + """
classes:
  cutter: {name: Light ship, kind: light ship, medium: surface, max_speed: 0 kn}
serials:
  S1: {type: assembly, area: EAST, units: {units: ALFA}, start: 2026-06-08T01:00Z, duration: 2 h}
"""
    )
    messages = messages_of("WS102", fragment)
    assert len(messages) == 1
    assert messages[0].startswith("error: Alfa cannot get from its start at 38-30.0N 134-00.0E to S1 (assembly), ")
    assert messages[0].endswith(" away: it does not move.")


def test_ws102_leaves_serials_that_overlap_to_ws101() -> None:
    fragment = (
        TWO_AREAS
        + """
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h}
  S2: {type: assembly, area: EAST, units: {units: ALFA}, start: 2026-06-08T01:00Z, duration: 2 h}
"""
    )
    assert {finding.code for finding in result_of(fragment, "WS101", "WS102").findings} == {"WS101"}


SHUTTLE = """
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [38-30.0N 134-00.0E, 39-30.0N 134-00.0E]
    start: 2026-06-08T00:00Z
    duration: 5 h
  S2:
    type: transit
    units: {units: ALFA}
    route: [39-30.0N 134-00.0E, 38-30.0N 134-00.0E]
    start: 2026-06-09T00:00Z
    duration: 5 h
"""


def test_ws103_warns_of_little_fuel_and_says_when_and_where() -> None:
    messages = messages_of("WS103", SHUTTLE + f"classes:\n{CUTTER}, range: 155 nm}}\n")
    assert messages == [
        (
            "warning: Alfa is down to 8% of its fuel at 090500Z JUN 26 near 38-30.0N 134-00.0E. Plan a "
            "replenishment, or go slower."
        )
    ]


def test_ws103_tells_what_is_left_or_lacking_of_fuel_time_and_way() -> None:
    (low,) = findings_of("WS103", SHUTTLE + f"classes:\n{CUTTER}, range: 155 nm}}\n")
    assert low.amount == (7.9, 10.0, "%")
    (empty,) = findings_of("WS103", SHUTTLE + f"classes:\n{CUTTER}, range: 120 nm}}\n")
    assert empty.amount == (-18.9, 0.0, "%")
    (long,) = findings_of("WS103", SHUTTLE + f"classes:\n{CUTTER}, endurance: 5 d}}\n")
    assert long.amount == (8.21, 5.0, "d")
    assert long.position == Position(lat_deg=38.5, lon_deg=134.0)
    far, late = findings_of("WS103", FLIGHT % ", endurance: 3 h, range: 100 nm")
    assert far.amount is not None
    assert far.amount[1:] == (100.0, "nm")
    assert late.amount is not None
    assert late.amount[1:] == (3.0, "h")
    assert far.position == late.position == Position(lat_deg=38.5, lon_deg=134.0)


def test_ws103_counts_a_replenishment_but_not_faster_than_the_ship_can_go() -> None:
    fuelled = """
  S3:
    type: replenishment
    area: WEST
    units: {supply: BRAVO, receiving: ALFA}
    start: 2026-06-09T12:00Z
    duration: 3 h
  S4:
    type: transit
    units: {units: ALFA}
    route: [38-30.0N 134-00.0E, 40-30.0N 134-00.0E]
    start: 2026-06-10T00:00Z
    duration: 10 h
"""
    tank = f"classes:\n{CUTTER}, range: 280 nm}}\n"
    with_it = findings_of("WS103", SHUTTLE + fuelled + tank)
    without = findings_of("WS103", SHUTTLE + fuelled.replace("receiving: ALFA", "receiving: CHARLIE") + tank)
    assert "ALFA" not in {finding.subjects[0] for finding in with_it}
    assert "ALFA" in {finding.subjects[0] for finding in without}


def test_ws103_compares_time_at_sea_with_endurance() -> None:
    messages = messages_of("WS103", SHUTTLE + f"classes:\n{CUTTER}, endurance: 5 d}}\n")
    assert messages == [
        (
            "error: Alfa is at sea 010000Z to 090500Z JUN 26 without replenishment, 3 d 5 h longer than its "
            "endurance of 5 d."
        )
    ]
    harbour = "units:\n  ALFA: {name: Alfa, nation: JPN, class: cutter, home: 38-30.0N 134-00.0E}\n"
    assert not messages_of("WS103", harbour + SHUTTLE + f"classes:\n{CUTTER}, endurance: 5 d}}\n")


FLIGHT = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-40.0N 134-00.0E}
  HELO: {name: Helo, nation: JPN, class: hopper, home: ALFA}
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, economical_speed: 12 kn, range: 4000 nm}
  hopper: {name: Hopper, kind: helicopter, medium: air, max_speed: 140 kn, cruise_speed: 110 kn%s}
serials:
  S1: {type: asw_search, area: WEST, units: {searching: [ALFA, HELO]}, start: 2026-06-08T00:00Z, duration: 5 h}
"""


def test_ws103_compares_every_flight_with_endurance_and_range() -> None:
    messages = messages_of("WS103", FLIGHT % ", endurance: 3 h, range: 100 nm")
    assert len(messages) == 2
    assert messages[0].startswith("error: The flight of Helo for S1, 07")
    assert " covers " in messages[0]
    assert messages[0].endswith("; its range is 100.0 nm. Relieve it, or bring its base nearer.")
    assert " lasts 5 h" in messages[1]
    assert messages[1].endswith("; its endurance is 3 h. Relieve it, or bring its base nearer.")
    assert not messages_of("WS103", FLIGHT % ", endurance: 8 h, range: 4000 nm")


def test_ws103_is_not_checked_without_figures_or_without_a_base() -> None:
    assert [one.reason for one in result_of(FLIGHT % "", "WS103").not_checked] == [
        "no range or endurance is given for Helo"
    ]
    homeless = (FLIGHT % ", endurance: 8 h").replace(", home: ALFA", ", start: 38-30.0N 134-00.0E")
    assert [one.reason for one in result_of(homeless, "WS103").not_checked] == ["no base to fly from is known for Helo"]


def test_ws103_says_that_a_serial_names_a_ship_that_does_not_exist() -> None:
    fragment = (FLIGHT % ", endurance: 8 h").partition("serials:")[0] + (
        "serials:\n  S1: {type: crossdeck, area: WEST, units: {decks: TUG, helicopters: HELO}, "
        "start: 2026-06-08T00:00Z, duration: 2 h}\n"
    )
    assert "S1 names TUG, which does not exist, so that no flight of Helo is planned" in [
        one.reason for one in result_of(fragment, "WS103").not_checked
    ]


def test_ws103_leaves_a_headquarters_ashore_alone() -> None:
    fragment = """
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, economical_speed: 12 kn, range: 4000 nm}
  staff: {name: Staff, kind: headquarters, medium: shore}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}
  HQ: {name: Staff, nation: JPN, class: staff, home: 38-30.0N 134-00.0E}
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, HQ]}, start: 2026-06-08T00:00Z, duration: 2 h}
"""
    result = result_of(fragment, "WS103", "WS105")
    assert not result.findings
    assert not result.not_checked


def test_ws104_counts_airframes_and_looks_at_where_units_move() -> None:
    fragment = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter}
  FLIGHT: {name: Flight, nation: JPN, class: z9, count: 3}
serials:
  S1: {type: replenishment, area: WEST, units: {supply: [ALFA, FLIGHT]}, start: 2026-06-08T00:00Z, duration: 2 h}
  S2: {type: crossdeck, area: WEST, units: {decks: ALFA, helicopters: FLIGHT}, start: 2026-06-08T06:00Z, duration: 2 h}
  S3: {type: crossdeck, area: WEST, units: {decks: [ALFA, X], helicopters: FLIGHT}, start: 2026-06-08T12:00Z}
"""
    assert messages_of("WS104", fragment) == [
        (
            "error: S1 (replenishment) needs at least 1 unit in the role receiving, but has none: ships that "
            "receive, in the order in which they come alongside."
        ),
        "error: S1 (replenishment) has 4 in the role supply, but there is room for 1: ship that supplies.",
        (
            "error: Flight moves in the air and cannot play the role supply of S1 (replenishment), which is for "
            "surface units."
        ),
        (
            "error: S2 (crossdeck) needs at least 2 units in the role decks, but has 1: ships with a helicopter "
            "deck, from port to starboard."
        ),
    ]


def test_ws105_names_a_class_that_is_unknown_and_its_units() -> None:
    fragment = (
        "units:\n  ALFA: {name: Alfa, nation: JPN, class: ghost}\n  BRAVO: {name: Bravo, nation: KOR, class: ghost}\n"
    )
    found = findings_of("WS105", fragment)
    assert [finding.message for finding in found] == [
        "The class ghost is unknown: Alfa and Bravo are taken to go at 12.0 kn (assumed)."
    ]
    assert found[0].severity is Severity.ADVICE


def test_ws106_speaks_of_the_fastest_leg_only() -> None:
    fragment = """
serials:
  S1:
    type: transit
    units: {units: [ALFA, BRAVO]}
    route: [38-30.0N 134-00.0E, 39-00.0N 134-00.0E, 39-30.0N 134-00.0E]
    start: 2026-06-08T00:00Z
    duration: 2 h
"""
    found = findings_of("WS106", fragment)
    assert [finding.subjects for finding in found] == [("S1", "ALFA"), ("S1", "BRAVO")]


def test_ws106_has_nothing_to_say_of_a_plan_in_which_nobody_moves() -> None:
    assert not check(replace(plan(""), serials={}), select=["WS106"]).findings


def test_ws107_lets_a_type_be_that_takes_place_anywhere() -> None:
    fragment = """
serials:
  S1: {type: communications_check, units: {control: ALFA, stations: BRAVO}, start: 2026-06-08T00:00Z, duration: 2 h}
"""
    assert not findings_of("WS107", fragment)
