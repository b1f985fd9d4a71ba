"""Room between serials, heights, submarines, ranges, quiet and reserve (WS204 to WS212): what planting cannot show."""

from __future__ import annotations

import pytest

from builders import findings_of, messages_of, plan, result_of
from waterspace import checks
from waterspace.checks.words import span
from waterspace.domain import Severity
from waterspace.quantity import MINUTE_MS

BESIDE = """
areas:
  WEST: {name: West, circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}, vertical: surface to 3000 ft}
  EAST: {name: East, circle: {centre: 38-30.0N 134-25.0E, radius: 5 nm}, vertical: surface to 3000 ft}
serials:
  S1: {type: gunnery, area: WEST, units: {firing: ALFA}, practice_radius: 14 nm, start: 2026-06-08T00:00Z,
       duration: 2 h, safety_officer: Executive officer}
  S2: {type: asw_search, area: EAST, units: {searching: BRAVO}, start: 2026-06-08T01:00Z, duration: 2 h}
"""


def test_ws204_says_which_claim_is_how_near_where_and_when_against_which_buffer() -> None:
    found = findings_of("WS204", BESIDE)
    assert [finding.message for finding in found] == [
        (
            "The underwater activity of S2 (asw search) in East comes within 0.63 nm of the firing danger area of S1 "
            "(gunnery) in West near 38-30.0N 134-18.2E, 080100Z to 080200Z JUN 26 (1 h); the buffer is 1.00 nm. Move "
            "one of them in time or place."
        )
    ]
    assert found[0].amount == (0.63, 1.0, "nm")
    assert found[0].where is not None


def test_ws204_takes_its_buffer_from_the_staff() -> None:
    assert not findings_of("WS204", f"{BESIDE}check: {{limits: {{firing_buffer: 0.5 nm}}}}\n")
    assert findings_of("WS204", f"{BESIDE.replace('14 nm', '10 nm')}check: {{limits: {{firing_buffer: 5 nm}}}}\n")


def test_ws204_says_by_how_much_a_flight_clears_the_fire_below_it() -> None:
    fragment = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 39-30.0N 134-00.0E}
  HAWK: {name: Hawk, nation: JPN, class: z9, start: 38-30.0N 134-00.0E}
serials:
  S1: {type: gunnery, area: WEST, units: {firing: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h}
  S2: {type: transit, units: {units: HAWK}, height: %s, route: [38-30.0N 133-50.0E, 38-30.0N 134-10.0E],
       start: 2026-06-08T00:00Z, duration: 1 h}
"""
    found = findings_of("WS204", fragment % "4000 ft")
    assert len(found) == 1
    assert "508 ft above the firing danger area of S1" in found[0].message
    assert found[0].amount == (507.9, 1000.0, "ft")
    assert not findings_of("WS204", fragment % "4600 ft")


def test_ws204_leaves_what_meets_to_the_rules_that_speak_of_it() -> None:
    closer = BESIDE.replace("134-25.0E", "134-23.0E")
    assert {finding.code for finding in result_of(closer, "WS201", "WS202", "WS204").findings} == {"WS201"}


FLIGHT = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
  HAWK: {name: Hawk, nation: JPN, class: z9, start: 38-30.0N 134-00.0E}
  KITE: {name: Kite, nation: KOR, class: z9, home: 38-30.0N 133-20.0E}
areas:
  WEST: {name: West, circle: {centre: 38-30.0N 134-00.0E, radius: 10 nm}, vertical: surface to 9000 ft}
  EAST: {name: East, circle: {centre: 38-30.0N 134-40.0E, radius: 10 nm}, vertical: surface to 9000 ft}
serials:
  S1: {type: search_and_rescue, area: WEST, units: {coordinator: ALFA, searching: HAWK}, height: 1000 ft,
       start: 2026-06-08T00:00Z, duration: 3 h}
  S2: {type: search_and_rescue, area: EAST, units: {coordinator: BRAVO, searching: KITE}, height: %s,
       start: 2026-06-08T01:00Z, duration: 30 min}
"""


def test_ws206_sees_a_flight_out_through_the_block_of_others() -> None:
    found = findings_of("WS206", FLIGHT % "1200 ft")
    assert found
    assert {frozenset(finding.subjects) for finding in found} == {frozenset(("KITE", "S1"))}
    assert "Kite, on its way at 1200 ft, is at the same height as the flying area of S1" in found[0].message
    assert not findings_of("WS206", FLIGHT % "4000 ft")


def test_ws206_lets_aircraft_be_that_fly_in_one_serial() -> None:
    together = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}
  HAWK: {name: Hawk, nation: JPN, class: z9, home: 38-30.0N 133-20.0E}
  KITE: {name: Kite, nation: KOR, class: z9, home: 38-30.0N 133-20.0E}
serials:
  S1: {type: search_and_rescue, area: WEST, units: {coordinator: ALFA, searching: [HAWK, KITE]},
       start: 2026-06-08T00:00Z, duration: 1 h}
"""
    assert not findings_of("WS206", together)


def test_ws207_names_the_ship_that_leads_and_the_time_inside() -> None:
    found = findings_of("WS207", checks.get("WS207").bad)
    assert len(found) == 1
    assert found[0].message.startswith("S2 (transit), led by Bravo, sweeps across the working room of S1 (assembly)")
    assert found[0].amount is not None
    assert found[0].amount.value == pytest.approx(13.7, abs=0.5)
    longer = f"{checks.get('WS207').bad}check: {{limits: {{sweep_least_stay: 30 min}}}}\n"
    assert not findings_of("WS207", longer)


TWICE = """
areas:
  WEST: {name: West, circle: {centre: 38-30.0N 134-00.0E, radius: 10 nm}}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-%sN 133-30.0E}
serials:
  S1: {type: %s, start: 2026-06-08T00:00Z, duration: 12 h}
  S2: {type: transit, units: {units: BRAVO}, start: 2026-06-08T00:00Z, duration: 10 h,
       route: [38-%sN 133-30.0E, 38-%sN 134-30.0E, 38-30.0N 134-30.0E, 38-30.0N 133-30.0E]}
"""
ASSEMBLY = "assembly, area: WEST, units: {units: ALFA}, spacing: 5 nm"
FIRING = "gunnery, area: WEST, units: {firing: ALFA}, practice_radius: 9 nm, safety_officer: Executive officer"


def test_ws207_tells_every_stay_in_the_water_of_another() -> None:
    (finding,) = findings_of("WS207", TWICE % ("35.0", ASSEMBLY, "35.0", "35.0"))
    assert len(finding.when) == 2
    assert finding.when[0].end_ms < finding.when[1].start_ms
    assert f", and again {span(finding.when[1])}. Move" in finding.message
    assert finding.amount is not None
    longest_ms = max(window.end_ms - window.start_ms for window in finding.when)
    assert finding.amount.value == pytest.approx(longest_ms / MINUTE_MS, abs=0.1)


def test_ws207_is_not_silenced_by_a_first_stay_that_is_short() -> None:
    grazing = TWICE % ("35.4", ASSEMBLY, "35.4", "35.4")
    (brief,) = findings_of("WS207", f"{grazing}check: {{limits: {{sweep_least_stay: 0 min}}}}\n")
    stay_min = (brief.when[0].end_ms - brief.when[0].start_ms) / MINUTE_MS
    assert len(brief.when) == 2
    longer = f"check: {{limits: {{sweep_least_stay: {stay_min + 1.0:.0f} min}}}}\n"
    (finding,) = findings_of("WS207", grazing + longer)
    assert finding.when == brief.when[1:]


def test_ws202_tells_every_time_that_a_passage_leads_through_a_danger() -> None:
    (finding,) = findings_of("WS202", TWICE % ("32.0", FIRING, "32.0", "32.0"))
    assert len(finding.when) == 2
    assert f", and again {span(finding.when[1])}. Move" in finding.message


DIVING = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: JPN, class: boat, start: 38-31.0N 133-50.0E}
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn}
  boat: {name: Boat, kind: submarine, medium: subsurface, max_speed: 20 kn}
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h}
  S2: {type: transit, units: {units: BRAVO}, route: [38-31.0N 133-50.0E, 38-31.0N 134-50.0E], depth: %s,
       start: 2026-06-08T00:00Z, duration: 4 h}
"""


def test_ws207_lets_a_submarine_pass_below_ships() -> None:
    assert not findings_of("WS207", DIVING % "60 m")
    assert findings_of("WS207", DIVING % "10 m")


def test_ws207_lets_a_short_stay_be() -> None:
    (finding,) = findings_of("WS207", checks.get("WS207").bad)
    assert finding.amount is not None
    assert finding.amount.limit == 5.0
    assert not findings_of("WS207", f"{checks.get('WS207').bad}check: {{limits: {{sweep_least_stay: 14.5 min}}}}\n")


def test_ws204_gives_the_time_within_the_buffer_of_what_moves() -> None:
    passing = """
serials:
  S1: {type: gunnery, area: WEST, units: {firing: ALFA}, practice_radius: 5 nm, start: 2026-06-08T00:00Z,
       duration: 4 h, objectives: O1}
  S2: {type: transit, units: {units: BRAVO}, route: [38-37.0N 133-00.0E, 38-37.0N 135-00.0E],
       start: 2026-06-08T00:00Z, duration: 4 h, objectives: O1}
areas:
  WEST: {circle: {centre: 38-30.0N 134-00.0E, radius: 5 nm}, vertical: surface to 3000 ft}
check: {limits: {firing_buffer: 3 nm}}
"""
    (finding,) = findings_of("WS204", passing)
    (window,) = finding.when
    assert 0 < window.end_ms - window.start_ms < 60 * MINUTE_MS


FIRED = """
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, target: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 3 h
"""


def test_ws208_lets_a_ship_lay_its_target_and_draw_off_before_anybody_fires() -> None:
    assert not findings_of("WS208", FIRED)


def test_ws208_asks_for_room_outside_the_edge_too() -> None:
    near = f"{FIRED}    clearance: 600 m\n"
    found = findings_of("WS208", near)
    assert len(found) == 1
    assert found[0].amount is not None
    assert found[0].amount[1:] == (0.5, "nm")
    assert found[0].amount.value == pytest.approx(0.32, abs=0.01)
    assert not findings_of("WS208", f"{near}check: {{limits: {{own_unit_clear: 500 m}}}}\n")


def test_ws209_warns_where_the_danger_area_is_shorter_than_what_is_fired_can_reach() -> None:
    short = f"{FIRED}    range: 5 nm\n    ricochet_margin: 0 m\n    greatest_range: 9 nm\n"
    found = findings_of("WS209", short)
    assert [finding.severity for finding in found] == [Severity.WARNING]
    assert found[0].amount is not None
    assert found[0].amount.limit == 9.0
    half = f"{short}check: {{limits: {{danger_range_share: 0.5}}}}\n"
    assert not findings_of("WS209", half)


def test_ws209_says_nothing_of_the_practice_circle_that_coast_guards_publish() -> None:
    assert not findings_of("WS209", FIRED)


def test_ws211_counts_only_the_time_in_which_somebody_may_fire() -> None:
    quiet = "quiet_hours:\n  Q1: {windows: [{start: %s, end: %s}]}\n"
    setting_up = quiet % ("2026-06-07T22:00Z", "2026-06-08T00:20Z")
    assert not findings_of("WS211", f"{FIRED}{setting_up}")
    found = findings_of("WS211", f"{FIRED}{quiet % ('2026-06-08T00:00Z', '2026-06-08T01:00Z')}")
    assert len(found) == 1
    assert found[0].message.startswith("S1 (gunnery) in West fires in the quiet hours Q1 near 38-30.0N 134-00.0E: ")


def test_ws211_speaks_of_a_reserve_time_and_counts_in_it_only_what_is_fired() -> None:
    put_off = f"{FIRED}    reserve: [{{start: 2026-06-09T10:00Z, end: 2026-06-09T14:00Z}}]\n"
    quiet = "quiet_hours:\n  Q1: {windows: [{start: %s, end: %s}]}\n"
    evening = quiet % ("2026-06-09T11:00Z", "2026-06-09T20:00Z")
    assert messages_of("WS211", put_off + evening) == [
        (
            "warning: S1 (gunnery) in West, on its reserve time, 091000Z to 091300Z JUN 26, fires in the quiet hours "
            "Q1 near 38-30.0N 134-00.0E: 091100Z to 091118Z JUN 26 (18 min). Choose another reserve time, or change "
            "what was promised."
        )
    ]
    assert not findings_of("WS211", put_off + quiet % ("2026-06-09T11:20Z", "2026-06-09T20:00Z"))
    both = quiet % ("2026-06-08T00:00Z", "2026-06-09T20:00Z")
    assert [finding.severity for finding in findings_of("WS211", put_off + both)] == [Severity.ERROR, Severity.WARNING]


def test_ws212_finds_the_danger_of_a_reserve_time_in_the_water_of_others() -> None:
    fragment = f"""{FIRED}    reserve: [{{start: 2026-06-09T00:00Z, end: 2026-06-09T03:00Z}}]
  S2: {{type: assembly, area: WEST, units: {{units: CHARLIE}}, start: 2026-06-09T02:00Z, duration: 2 h}}
units:
  ALFA: {{name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}}
  BRAVO: {{name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}}
  CHARLIE: {{name: Charlie, nation: KOR, class: cutter, start: 39-31.0N 134-00.0E}}
"""
    assert messages_of("WS212", fragment) == [
        (
            "warning: If S1 (gunnery) is held in its reserve time, 090000Z to 090300Z JUN 26, the firing danger area "
            "of S1 (gunnery) in West meets the working room of S2 (assembly) in West near 38-30.0N 134-00.0E, on the "
            "surface, 090200Z to 090300Z JUN 26 (1 h). Choose another reserve time."
        )
    ]


def test_no_rule_about_room_says_anything_of_a_plan_without_serials() -> None:
    result = checks.check(plan("serials: {}\n"), select=["WS2"])
    assert not result.findings
    assert not result.not_checked
