"""Wind, sight, animals, anchorages and replenishments (WS404, WS406 to WS409, WS412 to WS414)."""

from __future__ import annotations

import pytest

from builders import findings_of, messages_of, result_of
from planting import flotilla, hunt, period
from waterspace.domain import Position, Severity

SERIAL = """
serials:
  S1:
    type: %s
    area: WEST
    units: %s
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer
"""
MEETING = SERIAL % ("assembly", "{units: [ALFA, BRAVO]}")
FIRING = SERIAL % ("gunnery", "{firing: ALFA, safety: BRAVO}")
ALONGSIDE = SERIAL % ("replenishment", "{supply: ALFA, receiving: BRAVO}")
ROADS = """
areas:
  WEST: {name: Roads, circle: {centre: 32-40.0N 123-30.0E, radius: 3 nm}}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 32-40.0N 123-30.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 32-41.0N 123-30.0E}
  CHARLIE: {name: Charlie, nation: KOR, class: cutter, start: 32-42.0N 123-30.0E}
"""
ANCHORED = SERIAL % ("anchorage_defence", "{anchored: [ALFA, BRAVO], patrol: CHARLIE}")


def spell(more: str) -> str:
    """One spell of weather over the whole exercise."""
    return f"weather:\n  - {{start: 2026-06-01T00:00Z, end: 2026-06-12T00:00Z, {more}}}\n"


def test_ws404_says_what_is_given_and_what_may_be() -> None:
    limits = "    conditions: {wind: 20 kn, visibility: 4 nm}\n"
    assert messages_of("WS404", MEETING + limits + spell("wind_speed: 25 kn, visibility: 2 nm")) == [
        (
            "error: S1 (assembly) in West may run in up to 20.0 kn of wind, but 25.0 kn is given from 080000Z JUN 26 "
            "to 080200Z JUN 26. Move it, or name a reserve day."
        ),
        (
            "error: S1 (assembly) in West may run with a visibility of 4.0 nm or more, but 2.0 nm is given from "
            "080000Z JUN 26 to 080200Z JUN 26. Move it, or name a reserve day."
        ),
    ]


def test_ws404_is_not_checked_only_for_what_a_limit_asks_and_nobody_gives() -> None:
    result = result_of(MEETING + "    conditions: {wind: 20 kn}\n" + spell("visibility: 2 nm"), "WS404")
    assert [one.reason for one in result.not_checked] == ["no wind is given throughout S1"]
    assert not result_of(MEETING + spell("sea_state: 3"), "WS404").not_checked


def test_ws406_needs_a_wind_and_follows_its_limits() -> None:
    assert [one.reason for one in result_of(ALONGSIDE, "WS406").not_checked] == ["no wind is given for S1"]
    windy = ALONGSIDE + '    course: "350"\n' + spell('wind_from: "015", wind_speed: 20 kn')
    assert messages_of("WS406", windy) == [
        (
            "warning: S1 (replenishment) in West steers 350, 25 degrees off the wind of 20.0 kn from 015 that is given "
            "from 080000Z JUN 26 to 080200Z JUN 26; 22.5 degrees are let pass. Steer 015."
        )
    ]
    for limit in ("replenishment_off_wind: 30 degrees", "replenishment_wind: 20 kn"):
        assert not findings_of("WS406", windy + f"check: {{limits: {{{limit}}}}}\n")


def test_ws407_takes_land_for_an_error_and_another_danger_for_a_warning() -> None:
    isle = "areas:\n  WEST: {name: West, circle: {centre: 37-30.0N 130-30.0E, radius: 15 nm}}\n"
    (finding,) = findings_of("WS407", isle + ALONGSIDE + '    course: "090"\n')
    assert finding.severity is Severity.ERROR
    assert finding.message.startswith("S1 (replenishment) in West has land near 37-")
    assert not findings_of("WS407", isle + ALONGSIDE + '    course: "000"\n')
    short = "check: {limits: {replenishment_run_on: 0 min, replenishment_sea_room: 1 m}}\n"
    assert not findings_of("WS407", isle + ALONGSIDE + '    course: "090"\n' + short)


def test_ws408_says_how_deep_it_is_and_lets_a_simulated_anchorage_pass() -> None:
    deep = ANCHORED.replace("S1:", "S1:\n    cable: 250 m")
    found = findings_of("WS408", ROADS.replace("32-40.0N 123-30.0E, radius", "38-30.0N 134-00.0E, radius") + deep)
    assert [finding.subjects for finding in found] == [("S1", "ALFA"), ("S1", "BRAVO")]
    assert "m deep; 60 m at the most are looked for. Move the anchorage, or say `at_anchor: no`." in found[0].message
    roads = ROADS + deep
    assert not findings_of("WS408", roads)
    assert findings_of("WS408", roads + "check: {limits: {anchor_depth_most: 20 m}}\n")


def test_ws408_is_not_checked_where_the_grid_cannot_say() -> None:
    bay = ROADS.replace("32-40.0N 123-30.0E, radius", "37-24.0N 130-50.0E, radius")
    (reason,) = (one.reason for one in result_of(bay + ANCHORED, "WS408").not_checked)
    assert reason.startswith("the grid of depths cannot say how deep it is for Alfa (S1) near 37-24.0N 130-50.0E")


def test_ws409_measures_to_the_other_ship_and_to_land() -> None:
    (finding,) = findings_of("WS409", ROADS + ANCHORED + "    cable: 50 m\n")
    assert finding.amount is not None
    assert finding.amount.value < finding.amount.limit
    assert len(finding.shapes) == 2
    close = ROADS.replace("32-40.0N 123-30.0E, radius", "37-30.0N 130-47.8E, radius")
    messages = messages_of("WS409", close + ANCHORED + "    cable: 900 m\n")
    assert any("from land, and swings on 1050 m of cable and ship. Anchor it farther off." in one for one in messages)


WATCH = "    animal_watch: {distance: 50 m, delay: 20 min, before: 5 min}\n"


def test_ws412_says_how_long_after_sunrise_and_is_silent_without_a_watch_or_in_the_dark_of_ws401() -> None:
    dawn = FIRING.replace("08T00:00Z", "07T20:00Z")
    (message,) = messages_of("WS412", dawn + WATCH)
    assert message.startswith(
        "warning: S1 (gunnery) in West watches for animals and begins at 072000Z JUN 26, 20 min after sunrise ("
    )
    assert not findings_of("WS412", dawn)
    assert not findings_of("WS412", FIRING.replace("08T00:00Z", "08T12:00Z") + WATCH)
    assert findings_of("WS412", FIRING.replace("08T00:00Z", "08T12:00Z") + WATCH + "    conditions: {daylight: no}\n")
    assert not findings_of("WS412", dawn + WATCH + "check: {limits: {firing_after_sunrise: 10 min}}\n")


def test_ws413_lets_harmless_serials_and_other_seasons_pass() -> None:
    ground = "context:\n  habitats:\n    H1: {name: Ground, circle: {centre: 38-30N 134-00E, radius: 20 nm}%s}\n"
    assert findings_of("WS413", FIRING + ground % "")
    assert not findings_of("WS413", MEETING + ground % "")
    july = ", windows: [{start: 2026-07-01T00:00Z, end: 2026-07-31T00:00Z}]"
    assert not findings_of("WS413", FIRING + ground % july)


def test_ws414_names_all_that_falls_short() -> None:
    (message,) = messages_of("WS414", FIRING + WATCH)
    assert message == (
        "warning: S1 (gunnery) in West stops for animals within 50 m (limit 64 m), goes on 20 min after the last "
        "sighting (limit 30 min) and watches for 5 min before it begins (limit 15 min). Watch farther, or longer."
    )


@pytest.mark.parametrize(
    "route",
    ["24-00.0N 153-58.0E, 24-40.0N 153-58.0E", "20-10.0N 136-05.4E, 20-40.0N 136-05.4E"],
    ids=["Minami-Torishima", "Okino-Torishima"],
)
def test_an_island_that_rises_out_of_the_deep_is_seen(route: str) -> None:
    text = f"""
units:
  ALFA: {{name: Alfa, nation: JPN, class: cutter, start: {route.partition(",")[0]}, command_ship: yes}}
  BRAVO: {{name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}}
serials:
  S1:
    type: transit
    units: {{units: ALFA}}
    route: [{route}]
    start: 2026-06-08T00:00Z
    duration: 4 h
    objectives: O1
"""
    assert [finding.code for finding in findings_of("WS411", text)] == ["WS411"]


def test_ws409_is_silent_where_the_depth_alone_forbids_to_anchor() -> None:
    close = ROADS + ANCHORED + "    cable: 50 m\n"
    assert findings_of("WS409", close)
    assert not findings_of("WS409", close + "check: {limits: {anchor_depth_most: 10 m}}\n")
    assert findings_of("WS408", close + "check: {limits: {anchor_depth_most: 10 m}}\n")


@pytest.mark.parametrize(
    ("weather", "conditions", "words"),
    [
        ("wind_speed: 45 kn, visibility: 5 nm", "", ["in up to 35.0 kn of wind, but 45.0 kn is given"]),
        ("wind_speed: 20 kn, visibility: 0.2 nm", "", ["visibility of 1.0 nm or more, but 0.2 nm"]),
        ("wind_speed: 34 kn, visibility: 1 nm", "", []),
        ("wind_speed: 45 kn, visibility: 5 nm", ", conditions: {wind: 50 kn}", []),
    ],
)
def test_ws404_has_limits_for_flights_from_ships_that_give_none(
    weather: str, conditions: str, words: list[str]
) -> None:
    text = period(1_780_876_800_000) + flotilla(Position(lat_deg=38.5, lon_deg=134.0))
    text += "serials:\n" + hunt("S1", 1_780_876_800_000, 60).replace(", objectives", f"{conditions}, objectives")
    text += f"weather:\n  - {{start: 2026-05-01T00:00Z, end: 2026-07-01T00:00Z, sea_state: 3, {weather}}}\n"
    found = messages_of("WS404", text)
    assert len(found) == len(words)
    assert all(word in said for word, said in zip(words, found, strict=True))


@pytest.mark.parametrize(
    ("weather", "more", "words"),
    [
        ("visibility: 2 nm", "", "error: S1 (gunnery) in West may run with a visibility of 3.0 nm or more, but 2.0 nm"),
        ("visibility: 3 nm", "", ""),
        ("visibility: 2 nm", "    conditions: {visibility: 2 nm}\n", ""),
        ("visibility: 2 nm", "check: {limits: {firing_visibility: 1 nm}}\n", ""),
    ],
)
def test_ws404_has_a_limit_of_sight_for_firing_that_gives_none(weather: str, more: str, words: str) -> None:
    found = messages_of("WS404", FIRING + more + spell(f"wind_speed: 45 kn, {weather}"))
    assert len(found) == bool(words)
    assert all(said.startswith(words) for said in found)


def test_ws404_says_that_nobody_gives_the_sight_for_firing() -> None:
    result = result_of(FIRING + spell("wind_speed: 10 kn"), "WS404")
    assert [one.reason for one in result.not_checked] == ["no visibility is given throughout S1"]
