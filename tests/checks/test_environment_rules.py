"""Environment: light, sea state and land (WS401 to WS403)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import findings_of, messages_of, plan, result_of
from waterspace.checks import check
from waterspace.checks.context import Context
from waterspace.checks.families.environment import daylight
from waterspace.checks.families.environment.daylight import dark_when_light_is_needed
from waterspace.domain import Position, Severity
from waterspace.geometry.legs import hold
from waterspace.quantity import HOUR_MS, MINUTE_MS

START_MS = 1_780_876_800_000


def assembly(start: str, conditions: str, rest: str = "") -> str:
    """An assembly with conditions."""
    return f"""
serials:
  S1:
    type: assembly
    area: WEST
    units: {{units: [ALFA, BRAVO]}}
    start: {start}
    duration: 2 h
    conditions: {conditions}
{rest}"""


def test_ws401_gives_the_time_of_sunset_in_both_zones() -> None:
    fragment = assembly("2026-06-08T09:30Z", "{daylight: yes}", 'settings: {local_time: "+09:00"}\n')
    found = findings_of("WS401", fragment)
    assert len(found) == 1
    assert found[0].message == (
        "S1 (assembly) in West needs daylight until 081130Z JUN 26, but the sun sets at 081026Z JUN 26 (081926I "
        "JUN 26) at 38-30.0N 134-00.0E, 1 h 4 min before the end. End it by then, or begin earlier."
    )
    assert found[0].window is not None
    assert found[0].window.end_ms - found[0].window.start_ms < 65 * 60_000
    assert found[0].amount is not None
    assert 63.0 < found[0].amount.value < 65.0
    assert found[0].amount[1:] == (0.0, "min")


def test_ws401_tells_of_a_serial_through_the_night_how_long_it_is_dark() -> None:
    whole_night = assembly("2026-06-08T06:00Z", "{daylight: yes}").replace("duration: 2 h", "duration: 20 h")
    (found,) = findings_of("WS401", whole_night)
    assert found.amount is not None
    assert 550.0 < found.amount.value < 556.0
    assert found.window is not None
    assert abs(found.window.end_ms - found.window.start_ms - found.amount.value * 60_000) < 3_001


def test_ws401_gives_the_time_of_sunrise_where_it_is_dark_at_the_start() -> None:
    assert messages_of("WS401", assembly("2026-06-08T18:30Z", "{daylight: yes}")) == [
        (
            "error: S1 (assembly) in West needs daylight, but it is dark at 38-30.0N 134-00.0E when it starts at "
            "081830Z JUN 26: the sun set at 081026Z JUN 26 and rises at 081939Z JUN 26."
        )
    ]


def test_ws401_does_not_call_twilight_dark() -> None:
    (message,) = messages_of("WS401", assembly("2026-06-08T10:30Z", "{daylight: yes}"))
    assert "but the sun is down (civil twilight) at 38-30.0N" in message
    assert "the sun set at 081026Z JUN 26 and rises at 081939Z JUN 26." in message


def _spread() -> Context:
    """Serial S1 with one unit in its area and one ten degrees east of it."""
    context = Context(plan(assembly("2026-06-08T08:00Z", "{daylight: yes}")))
    serial, window = context.plans["S1"], context.windows["S1"]
    tracks = {
        "ALFA": (hold(Position(lat_deg=38.5, lon_deg=134.0), window, serial="S1"),),
        "BRAVO": (hold(Position(lat_deg=38.5, lon_deg=144.0), window, serial="S1"),),
    }
    plans = {**context.plans, "S1": replace(serial, tracks=tracks)}
    context.programme = replace(context.programme, plans=plans)
    return context


def test_ws401_looks_at_every_unit() -> None:
    remarks = list(dark_when_light_is_needed(_spread()))
    assert [remark.position for remark in remarks] == [Position(lat_deg=38.5, lon_deg=144.0)]
    assert "the sun sets at 0809" in remarks[0].message


def test_ws401_is_not_checked_for_what_lies_after_the_longest_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daylight, "_LONGEST_MS", HOUR_MS)
    result = result_of(assembly("2026-06-08T00:00Z", "{daylight: yes}"), "WS401")
    assert [one.reason for one in result.not_checked] == ["light was looked for only in the first 1 h of S1"]
    assert not result.findings


def test_ws401_knows_the_polar_night() -> None:
    fragment = """
exercise: {name: Winter, period: {start: 2026-12-20T00:00Z, end: 2026-12-24T00:00Z}}
areas:
  WEST: {circle: {centre: 75-00.0N 035-00.0E, radius: 5 nm}}
""" + assembly("2026-12-21T10:00Z", "{daylight: yes}")
    messages = messages_of("WS401", fragment)
    assert messages[0].endswith(
        "when it starts at 211000Z DEC 26: the sun has not been up for a day and does not rise within a day."
    )


def test_ws401_follows_the_conditions_before_the_type() -> None:
    practice = """
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T12:00Z
    duration: 2 h
    safety_officer: Executive officer
"""
    assert len(findings_of("WS401", practice)) == 1
    assert not findings_of("WS401", practice + "    conditions: {daylight: no}\n")


def test_ws401_is_not_checked_where_nothing_says_where_the_serial_is() -> None:
    fragment = assembly("2026-06-08T01:00Z", "{daylight: yes}").replace("area: WEST", "area: NOWHERE")
    assert [one.reason for one in result_of(fragment, "WS401").not_checked] == ["nothing says where S1 is held"]


def test_ws403_takes_the_lower_of_nothing_but_the_conditions_or_the_type() -> None:
    rough = "weather:\n  - {start: 2026-06-01T00:00Z, end: 2026-06-12T00:00Z, sea_state: 6}\n"
    alongside = """
serials:
  S1:
    type: replenishment
    area: WEST
    units: {supply: ALFA, receiving: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
"""
    (found,) = findings_of("WS403", alongside + rough)
    assert found.amount == (6.0, 5.0, "Douglas sea state")
    assert found.position == Position(lat_deg=38.5, lon_deg=134.0)
    assert not findings_of("WS403", alongside + "    conditions: {sea_state: 6}\n" + rough)
    assert not findings_of("WS403", rough)


SPELLS = (
    "  - {start: 2026-06-08T00:00Z, end: 2026-06-08T00:20Z, sea_state: 6, wind_speed: 40 kn, visibility: 1 nm}\n",
    "  - {start: 2026-06-08T00:20Z, end: 2026-06-08T00:40Z, sea_state: 6, wind_speed: 40 kn, visibility: 1 nm}\n",
    "  - {start: 2026-06-08T00:40Z, end: 2026-06-08T01:00Z, sea_state: 2, wind_speed: 10 kn, visibility: 9 nm}\n",
    "  - {start: 2026-06-08T01:00Z, end: 2026-06-08T01:30Z, sea_state: 6, wind_speed: 40 kn, visibility: 1 nm}\n",
    "  - {start: 2026-06-08T01:30Z, end: 2026-06-08T02:00Z, sea_state: 5, wind_speed: 30 kn, visibility: 2 nm}\n",
)


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (3, 1, 4, 0, 2), (4, 3, 2, 1, 0)])
def test_every_spell_beyond_a_limit_is_told_in_whatever_order_the_file_has_them(order: tuple[int, ...]) -> None:
    weather = "weather:\n" + "".join(SPELLS[number] for number in order)
    limits = "{sea_state: 4, wind: 20 kn, visibility: 3 nm}"
    (sea,) = findings_of("WS403", assembly("2026-06-08T00:00Z", limits, weather))
    assert sea.message.endswith(
        "sea state 6 is given from 080000Z JUN 26 to 080040Z JUN 26 and from 080100Z JUN 26 to 080130Z JUN 26, and "
        "the limit is passed 080000Z to 080040Z JUN 26 and 080100Z to 080200Z JUN 26. Move it, or name a reserve day."
    )
    for one in (sea, *findings_of("WS404", assembly("2026-06-08T00:00Z", limits, weather))):
        times = [((part.start_ms - START_MS) // MINUTE_MS, (part.end_ms - START_MS) // MINUTE_MS) for part in one.when]
        assert times == [(0, 40), (60, 120)], one.message


def test_ws403_speaks_of_the_highest_sea_and_of_gaps_in_the_weather() -> None:
    weather = """
weather:
  - {start: 2026-06-08T00:00Z, end: 2026-06-08T01:00Z, sea_state: 5}
  - {start: 2026-06-08T01:00Z, end: 2026-06-08T01:30Z, sea_state: 6}
"""
    result = result_of(assembly("2026-06-08T00:00Z", "{sea_state: 4}", weather), "WS403")
    assert [finding.message for finding in result.findings] == [
        (
            "S1 (assembly) in West may run up to sea state 4, but sea state 6 is given from 080100Z JUN 26 to "
            "080130Z JUN 26, and the limit is passed 080000Z to 080130Z JUN 26. Move it, or name a reserve day."
        )
    ]
    assert [one.reason for one in result.not_checked] == ["the weather given leaves out S1"]
    assert result.rules == 0


def test_ws403_is_not_checked_without_weather_and_only_where_a_limit_asks_for_it() -> None:
    bare = replace(plan(assembly("2026-06-08T00:00Z", "{sea_state: 4}")), weather=())
    assert [one.reason for one in check(bare, select=["WS403"]).not_checked] == ["no weather is given for S1"]
    assert not check(replace(plan(""), weather=()), select=["WS403"]).not_checked


def test_ws402_takes_firing_over_land_for_an_error_and_an_area_for_a_warning() -> None:
    island = "areas:\n  WEST: {name: West, circle: {centre: 37-30.0N 130-52.0E, radius: 8 nm}}\n"
    practice = """
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    safety_officer: Executive officer
"""
    found = findings_of("WS402", island)
    assert found[0].severity is Severity.WARNING
    assert found[0].message.startswith("The area West holds land near 37-")
    firing = [finding.message for finding in findings_of("WS402", island + practice)]
    assert firing[0].startswith("The firing danger area of S1 (gunnery) in West reaches over land near 37-")
    assert not [message for message in firing if message.startswith("The area West")]


def test_ws402_finds_a_ship_that_starts_ashore_but_not_one_in_harbour() -> None:
    ashore = "units:\n  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 36-00.0N 138-00.0E}\n"
    assert "error: Alfa starts at 36-00.0N 138-00.0E, which is on land." in messages_of("WS402", ashore)
    at_home = ashore.replace("start:", "home: 36-00.0N 138-00.0E, start:")
    assert not [message for message in messages_of("WS402", at_home) if "starts at" in message]


def test_ws402_lets_a_ship_leave_a_named_port_and_follows_its_way_beyond() -> None:
    leaving = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, home: RUVVO}
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [%s, %s]
    start: 2026-06-08T00:00Z
    duration: 20 h
"""
    out = leaving % ("43-07.0N 131-54.0E", "43-05.0N 131-40.0E")
    assert not [message for message in messages_of("WS402", out) if message.startswith("error")]
    inland = leaving % ("43-07.0N 131-54.0E", "44-30.0N 132-30.0E")
    assert len(messages_of("WS402", inland)) == 1


def test_ws402_warns_of_a_straight_way_between_serials_over_land() -> None:
    fragment = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 37-30.0N 136-00.0E}
areas:
  WEST: {circle: {centre: 37-30.0N 136-00.0E, radius: 5 nm}}
  EAST: {circle: {centre: 37-25.0N 137-40.0E, radius: 5 nm}}
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h}
  S2: {type: assembly, area: EAST, units: {units: ALFA}, start: 2026-06-09T00:00Z, duration: 2 h}
"""
    found = findings_of("WS402", fragment)
    assert [(finding.severity, finding.subjects) for finding in found] == [(Severity.WARNING, ("S2", "S1", "ALFA"))]
    assert found[0].message.startswith(
        "The straight way of Alfa from S1 (assembly) to S2 (assembly) crosses land near 37-"
    )
