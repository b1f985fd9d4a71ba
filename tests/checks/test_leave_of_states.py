"""Leave of states (WS313, WS315, WS316): who asks for it, who has it, and for how long it holds."""

from __future__ import annotations

import pytest

from builders import messages_of, result_of

HOSTED = """
exercise:
  name: Hosted
  host: KOR
  period: {start: 2026-06-01T00:00Z, end: 2026-06-12T00:00Z}
"""


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


def test_ws301_takes_leave_that_has_run_out_at_an_alternate_time_for_none() -> None:
    plan = """
areas:
  WEST: {name: West, circle: {centre: 37-41.0N 130-54.0E, radius: 5 nm}, vertical: surface to 3000 ft}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA}
    start: 2026-06-08T00:00Z
    duration: 2 h
    reserve: [{start: 2026-06-10T00:00Z, end: 2026-06-10T02:00Z}]
    objectives: O1
permissions:
  L1:
    state: KOR
    kind: territorial sea
    date: 2026-05-01T00:00Z
    reference: note 17
    valid: {start: 2026-06-08T00:00Z, end: 2026-06-%sT00:00Z}
"""
    (said,) = messages_of("WS301", plan % "09")
    assert "L1 holds 080000Z to 090000Z JUN 26 only, not for all of its times, alternate ones included." in said
    assert not messages_of("WS301", plan % "11")
    (said,) = messages_of("WS301", (plan % "11").replace("2026-05-01", "2026-06-09"))
    assert "L1 is dated 090000Z JUN 26, after it starts." in said


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
