"""Casualties: hospitals, land and rescue ships (WS603, WS604, WS605)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import findings_of, messages_of, plan, result_of
from planting import flotilla, hunt, period
from waterspace import planfile
from waterspace.checks import check
from waterspace.checks.example import whole
from waterspace.domain import Position

if TYPE_CHECKING:
    from pathlib import Path

START_MS = 1_780_876_800_000
FIRING = """
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
"""
FAR = "areas:\n  WEST: {name: West, circle: {centre: 25-00.0N 150-00.0E, radius: 15 nm}}\n"
HOSPITAL = """{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Hill"},
"geometry": {"type": "Point", "coordinates": [136.7, 36.6]}}]}"""


def test_ws603_is_not_checked_without_a_file_and_clean_where_nobody_is_in_danger() -> None:
    reasons = [one.reason for one in result_of(FIRING, "WS603").not_checked]
    assert reasons == ["no file of hospitals is given under environment.hospitals, or it names none"]
    assert not check(plan(""), select=["WS603"]).not_checked


def test_ws603_says_how_long_the_flight_to_which_hospital_is(tmp_path: Path) -> None:
    (tmp_path / "h.geojson").write_text(HOSPITAL, encoding="utf-8")
    text = whole(FIRING + "areas:\n  WEST: {name: West, circle: {centre: 42-36.0N 136-42.0E, radius: 5 nm}}\n")
    file = str(tmp_path / "plan.exercise.yaml")
    (found,) = check(
        planfile.loads(text + "environment: {hospitals: h.geojson}\n", file=file), select=["WS603"]
    ).findings
    assert found.message == (
        "S1 (gunnery) in West, near 42-36.0N 136-42.0E, is 359.7 nm from Hill, the nearest hospital: 3 h for a "
        "helicopter from ashore at 120.0 kn, and 2 h at most are looked for. Plan a surgeon on board, or hold it "
        "nearer to the coast."
    )
    faster = text + "environment: {hospitals: h.geojson}\ncheck: {limits: {evacuation_speed: 180 kn}}\n"
    assert not check(planfile.loads(faster, file=file), select=["WS603"]).findings


def test_ws604_says_how_far_land_is_and_how_far_a_ship_comes() -> None:
    (said,) = messages_of("WS604", FIRING + FAR)
    assert said.startswith("warning: S1 (gunnery) in West, near 25-00.0N 150-00.0E, is ")
    assert "from the nearest land; there is no helicopter, and Alfa makes 192.0 nm in 8 h. Hold it nearer" in said


def test_ws604_asks_nothing_of_a_serial_in_which_nobody_is_in_danger() -> None:
    assert not findings_of("WS604", FAR)


def test_ws604_takes_the_helicopter_that_goes_farthest() -> None:
    here = Position(lat_deg=25.0, lon_deg=150.0)
    ships = flotilla(here, endurance="2 h", helicopter="")
    (said,) = messages_of("WS604", period(START_MS) + ships + "serials:\n" + hunt("S1", START_MS, 60))
    assert "; Helo fetches a casualty up to 96.0 nm from land. " in said


def test_ws605_names_the_nearest_ship_and_is_content_with_one_in_the_serial() -> None:
    aircraft = """
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn}
  eagle: {name: Eagle, kind: maritime patrol aircraft, medium: air, max_speed: 300 kn, cruise_speed: 250 kn}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 37-30.0N 134-00.0E}
  EAGLE: {name: Eagle, nation: JPN, class: eagle, home: RJOH}
serials:
  S1: {type: asw_search, area: WEST, units: {searching: WHO}, start: 2026-06-08T02:00Z, duration: 2 h}
"""
    (said,) = messages_of("WS605", aircraft.replace("WHO", "EAGLE"))
    assert said == (
        "warning: No ship is within 50.0 nm of S1 (asw search) in West, near 38-30.0N 134-00.0E, with Eagle in the air "
        "(080200Z to 080400Z JUN 26); the nearest, Alfa, is 59.9 nm away. Station a rescue ship."
    )
    assert not findings_of("WS605", aircraft.replace("WHO", "[ALFA, EAGLE]"))
