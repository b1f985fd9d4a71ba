"""The payload says what the run holds, small and without anything that JSON cannot hold."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from typing import Any

import pytest

from report_cases import MIDDLE, OPEN_MS, crowded_run, small_run
from waterspace.domain import Corridor, Exercise, MovingBox, Position, Run, Window
from waterspace.geometry.legs import legs_in_window
from waterspace.quantity import HOUR_MS, SECOND_MS
from waterspace.reports.glance import finding_rows
from waterspace.reports.payload import build_payload

HOUR_S = HOUR_MS // SECOND_MS


@pytest.fixture(scope="module")
def wire() -> dict[str, Any]:
    run = small_run()
    return json.loads(json.dumps(build_payload(run, finding_rows(run)), allow_nan=False))  # type: ignore[no-any-return]


def test_the_clock_spans_the_exercise_and_opens_at_its_first_serial(wire: dict[str, Any]) -> None:
    assert wire["epoch_ms"] == OPEN_MS
    assert wire["end_s"] == 24 * HOUR_S
    assert wire["start_s"] == 2 * HOUR_S
    assert wire["local_offset_s"] == 9 * HOUR_S


def test_units_carry_their_tracks_and_symbols(wire: dict[str, Any]) -> None:
    units = {unit["id"]: unit for unit in wire["units"]}
    assert units["ALPHA"]["sidc"] == "10033000001202030000"
    assert units["ALPHA"]["planned"]["t"][0] == 0
    assert sum(units["ALPHA"]["actual"]["t"]) == 24 * HOUR_S
    assert units["CHARLIE"]["carrier"] == "ALPHA"
    assert units["CHARLIE"]["actual"]["h"] == [[1, 300]]
    assert units["DELTA"]["actual"] is None
    assert units["DELTA"]["platform"] == "no such class"


def test_observers_are_neutral_and_marked_as_not_taking_part(wire: dict[str, Any]) -> None:
    watchers = {unit["id"]: unit for unit in wire["units"] if unit["observer"]}
    assert set(watchers) == {"context.W1", "context.W2", "context.W3"}
    assert all(watcher["sidc"][3] == "4" for watcher in watchers.values())
    assert sum(watchers["context.W1"]["actual"]["t"]) == 12 * HOUR_S
    assert len(watchers["context.W2"]["actual"]["t"]) == 2
    assert watchers["context.W3"]["actual"] is None
    assert wire["nations"][watchers["context.W1"]["nation"]] == {
        "code": "JPN",
        "shape": "triangle",
        "participant": False,
    }


def test_claims_of_serials_and_of_others_are_told_apart(wire: dict[str, Any]) -> None:
    claims = {claim["id"]: claim for claim in wire["reservations"]}
    standing = claims["R1"]
    assert (standing["standing"], standing["owner"], standing["hazard"]) == (True, "", "warning")
    assert standing["spans"] == [[0, 5 * HOUR_S], [9 * HOUR_S, 12 * HOUR_S]]
    firing = [claim for claim in claims.values() if claim["owner"] == "S2"]
    assert firing
    assert not any(claim["standing"] for claim in firing)
    assert all(claim["ring"] or claim["box"] for claim in claims.values())


def test_serials_are_planned_against_actual(wire: dict[str, Any]) -> None:
    serials = {serial["id"]: serial for serial in wire["serials"]}
    assert serials["S2"]["planned"] == [6 * HOUR_S, 8 * HOUR_S]
    assert serials["S2"]["actual"] == [round(7.5 * HOUR_S), 8 * HOUR_S]
    assert serials["S2"]["status"] == "cut short"
    assert serials["S4"]["planned"] is serials["S4"]["actual"] is None
    assert serials["S1"]["units"] == ["ALPHA", "BRAVO"]


def test_findings_with_a_place_have_the_number_that_the_page_gives_them(wire: dict[str, Any]) -> None:
    (finding,) = wire["findings"]
    assert (finding["number"], finding["severity"], finding["code"]) == (1, "error", "WS201")


def test_others_exercises_are_there_with_and_without_a_place(wire: dict[str, Any]) -> None:
    placed, unplaced = wire["exercises"]
    assert placed["participants"] == ["USA", "JPN"]
    assert len(placed["ring"]) > 16
    assert unplaced["ring"] == []


def test_nights_lie_in_order_within_the_clock(wire: dict[str, Any]) -> None:
    edges = list(itertools.chain.from_iterable(wire["nights"]))
    assert edges == sorted(edges)
    assert 0 <= edges[0] < edges[-1] <= wire["end_s"]


def test_ports_are_called_by_their_names(wire: dict[str, Any]) -> None:
    assert [place["name"] for place in wire["places"]] == ["Vladivostok"]


def test_the_coast_grows_finer_towards_the_exercise(wire: dict[str, Any]) -> None:
    widths = [sheet["box"][3] - sheet["box"][1] for sheet in wire["coast"]]
    assert widths == sorted(widths, reverse=True)
    assert len(wire["coast"]) == 3
    assert sum(len(ring) for ring in wire["coast"][1]["rings"]) > 500


def test_the_map_opens_on_the_exercise_areas(wire: dict[str, Any]) -> None:
    south, west, north, east = wire["home"]
    assert south < MIDDLE.lat_deg < north
    assert west < MIDDLE.lon_deg < east
    assert north - south < 1.0
    assert wire["everything"][2] > 43.0


def test_a_moving_box_goes_with_its_track() -> None:
    run = small_run()
    window = Window(start_ms=OPEN_MS, end_ms=OPEN_MS + HOUR_MS)
    leg_list = legs_in_window((MIDDLE, replace(MIDDLE, lon_deg=133.5)), window)
    box = MovingBox(legs=leg_list, ahead_m=3000.4, astern_m=1000.0, abeam_m=500.0)
    claim = replace(run.exercise.standing_reservations["R1"], footprint=box)
    moved = replace(run, exercise=replace(run.exercise, standing_reservations={"R1": claim}))
    wire = build_payload(moved)
    (found,) = [one for one in wire["reservations"] if one["id"] == "R1"]  # type: ignore[attr-defined]
    assert found["ring"] is None
    assert (found["box"]["ahead_m"], found["box"]["track"]["t"]) == (3000, [0, HOUR_S])


def test_nine_days_of_twenty_ships_are_small() -> None:
    assert len(json.dumps(build_payload(crowded_run()), separators=(",", ":"))) < 700_000


def test_a_run_of_nothing_has_a_payload() -> None:
    bare = Exercise(
        name="Bare", window=Window(start_ms=OPEN_MS, end_ms=OPEN_MS + HOUR_MS), source=small_run().exercise.source
    )
    run = replace(small_run(), exercise=bare, tracks={}, planned_tracks={}, records=())
    wire = build_payload(_without_findings(run))
    assert wire["units"] == wire["serials"] == wire["areas"] == []
    assert wire["home"] == wire["everything"]


def _without_findings(run: Run) -> Run:
    return replace(run, check=replace(run.check, findings=()))


def test_the_name_of_a_corridor_stands_in_the_middle_of_its_middle_leg() -> None:
    run = small_run()
    turn, end = Position(lat_deg=41.0, lon_deg=133.2), Position(lat_deg=41.0, lon_deg=137.2)
    route = Corridor(waypoints=(MIDDLE, turn, end, Position(lat_deg=44.0, lon_deg=137.2)), half_width_m=5_000.0)
    area = replace(run.exercise.areas["GOLF"], footprint=route)
    wires = [build_payload(one) for one in (replace(run, exercise=replace(run.exercise, areas={"GOLF": area})), run)]
    corridor, square = (json.loads(json.dumps(wire))["areas"][0] for wire in wires)
    assert corridor["at"] == pytest.approx([41.0, 135.2], abs=0.1)
    assert square["at"] is None
