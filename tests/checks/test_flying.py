"""Flights and the decks they come from (WS108, WS109, WS110, WS405)."""

from __future__ import annotations

import pytest

from builders import findings_of, messages_of, plan, result_of
from planting import flotilla, hunt, period
from waterspace import checks
from waterspace.domain import Position, Severity
from waterspace.quantity import HOUR_MS, MINUTE_MS

START_MS = 1_780_876_800_000
HERE = Position(lat_deg=38.5, lon_deg=134.0)
TWO_HUNTS = "serials:\n" + hunt("S1", START_MS, 60) + hunt("S2", START_MS + 110 * MINUTE_MS, 30)
FLAT = "  TUG: {name: Tug, nation: JPN, class: flat, start: 38-30.0N 134-03.0E}\n"
ONE_HUNT = "serials:\n" + hunt("S1", START_MS, 60)


def fleet(**given: str) -> str:
    return period(START_MS) + flotilla(HERE, **given)


def test_ws109_says_who_takes_off_how_soon() -> None:
    (said,) = messages_of("WS109", fleet() + TWO_HUNTS)
    assert said.startswith("warning: Helo lands from S1 at 08010")
    assert said.endswith("1 h or more should lie between. Put the serials further apart, or plan another aircraft.")


def test_ws109_lets_two_airframes_take_turns() -> None:
    assert not findings_of("WS109", fleet(helicopter=", count: 2") + TWO_HUNTS)


def test_ws109_keeps_to_the_limit_of_the_staff() -> None:
    text = fleet() + TWO_HUNTS + "check: {limits: {turnaround_least: 40 min}}\n"
    assert not findings_of("WS109", text)


def test_ws110_is_an_error_only_where_nothing_can_be_reached() -> None:
    def found(endurance: str, second: str) -> list[Severity]:
        text = fleet(endurance=endurance, second=second) + ONE_HUNT
        return [finding.severity for finding in findings_of("WS110", text)]

    assert found("85 min", "38-31.0N 134-00.0E") == [Severity.WARNING]
    assert found("85 min", "43-30.0N 134-00.0E") == [Severity.ERROR]
    assert found("3 h", "38-31.0N 134-00.0E") == []


def test_ws110_names_the_nearest_other_place_and_how_far_it_is() -> None:
    (said,) = messages_of("WS110", fleet(endurance="85 min", second="38-31.0N 134-00.0E") + ONE_HUNT)
    assert "the nearest other place to land is Bravo, " in said
    assert "30 min of reserve are looked for." in said


def test_ws110_leaves_a_flight_beyond_the_endurance_to_ws103() -> None:
    text = fleet(endurance="50 min") + ONE_HUNT
    assert not findings_of("WS110", text)
    assert findings_of("WS103", text)


def test_ws110_leaves_a_flight_beyond_the_range_to_ws103() -> None:
    text = (fleet(endurance="85 min", second="38-31.0N 134-00.0E") + ONE_HUNT).replace(
        "endurance: 85 min", "endurance: 85 min, range: 1 nm"
    )
    assert any("its range is" in said for said in messages_of("WS103", text))
    assert not findings_of("WS110", text)


def test_ws110_is_not_checked_for_an_aircraft_of_which_nothing_is_known() -> None:
    text = (fleet() + ONE_HUNT).replace(", endurance: 6 h", "")
    assert [one.reason for one in result_of(text, "WS110").not_checked] == ["no endurance or range is given for Helo"]


def test_ws108_says_where_and_when_a_deck_is_too_small() -> None:
    mate = "  MATE: {name: Mate, nation: JPN, class: hopper, home: ALFA}\n"
    text = fleet().replace("areas:\n", mate + "areas:\n") + "serials:\n" + hunt("S1", START_MS, 60, "ALFA, HELO, MATE")
    found = findings_of("WS108", text)
    assert {finding.severity for finding in found} == {Severity.WARNING}
    assert found[0].message.startswith("Helo and Mate want the deck of Alfa near 38-")
    assert found[0].message.endswith("it has 1 helicopter spot. Let one go first, or give it another deck.")
    assert (found[0].value, found[0].limit, found[0].unit) == (2.0, 1.0, "helicopters")


def test_ws108_is_an_error_for_a_ship_without_a_deck_and_not_checked_where_nobody_knows() -> None:
    (found,) = findings_of("WS108", fleet(deck=", helicopter_spots: 0") + ONE_HUNT)
    assert found.severity is Severity.ERROR
    assert found.message.startswith("Helo is to take off from Alfa or to land there for S1 (asw search) (07")
    assert found.message.endswith("); that ship has no helicopter deck. Name another ship.")
    assert found.subjects == ("ALFA", "HELO", "S1")
    reasons = [one.reason for one in result_of(fleet(deck="") + ONE_HUNT, "WS108").not_checked]
    assert reasons == ["nothing says how many helicopters can be on the deck of Alfa"]


def test_ws108_points_at_the_role_where_a_serial_sends_a_helicopter_to_a_ship_without_a_deck() -> None:
    flat = "  flat: {name: Flat, kind: tug, medium: surface, max_speed: 24 kn, helicopter_spots: 0}\n"
    text = fleet(deck=", helicopter_spots: 1").replace("areas:\n", FLAT + "areas:\n")
    text = text.replace(
        "  cutter: {",
        f"{flat}  cutter: {{",
    )
    text += (
        "serials:\n  S1: {type: crossdeck, area: WEST, units: {decks: [ALFA, TUG], helicopters: HELO}, "
        "start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}\n"
    )
    (found,) = checks.check(plan(text), select=["WS108"]).findings
    assert found.subjects == ("TUG", "HELO", "S1")
    assert "or to land there for S1 (crossdeck) (" in found.message
    assert found.place.line == 1 + next(
        number for number, line in enumerate(plan(text).source.content.decode().splitlines()) if "decks: [" in line
    )


def test_ws108_leaves_a_second_helicopter_in_the_hangar_alone() -> None:
    mate = "  MATE: {name: Mate, nation: JPN, class: hopper, home: ALFA}\n"
    text = fleet().replace("areas:\n", mate + "areas:\n") + "serials:\n"
    apart = hunt("S1", START_MS, 60) + hunt("S2", START_MS + 6 * HOUR_MS, 60, "ALFA, MATE")
    assert not findings_of("WS108", text + apart)


@pytest.mark.parametrize(("state", "count"), [(5, 0), (6, 1)])
def test_ws405_takes_the_limit_for_all_where_the_class_has_none(state: int, count: int) -> None:
    weather = f"weather:\n  - {{start: 2026-05-29T00:00Z, end: 2026-06-17T00:00Z, sea_state: {state}}}\n"
    assert len(findings_of("WS405", fleet() + ONE_HUNT + weather)) == count


def test_ws405_is_not_checked_where_the_weather_has_a_gap_and_silent_without_any() -> None:
    weather = "weather:\n  - {start: 2026-05-29T00:00Z, end: 2026-06-01T00:00Z, sea_state: 6}\n"
    result = result_of(fleet() + ONE_HUNT + weather, "WS405")
    assert not result.findings
    assert [one.reason for one in result.not_checked] == ["the weather given leaves out the flights for S1"]
    assert not result_of(fleet() + ONE_HUNT + "weather: []\n", "WS405").not_checked
