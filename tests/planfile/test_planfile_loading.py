"""What an exercise file says is what the exercise holds."""

from __future__ import annotations

import math
import pickle
import sys
from pathlib import Path

import pytest

from plan_texts import FULL, SMALL
from waterspace import planfile
from waterspace.domain import (
    Band,
    Circle,
    Conditions,
    Confidence,
    Corridor,
    Exercise,
    Hazard,
    Medium,
    PhaseKind,
    Place,
    Polygon,
    Position,
    Provenance,
    Sector,
    Window,
)
from waterspace.domain.policy import Condition, GoOn, Postpone, SwapArea, Trouble
from waterspace.environment import classes
from waterspace.errors import PlanFileError
from waterspace.notation import parse_time
from waterspace.quantity import DAY_MS, HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M


@pytest.fixture(scope="module")
def full() -> Exercise:
    return planfile.loads(FULL, "full.exercise.yaml")


def window(start: str, end: str) -> Window:
    return Window(start_ms=parse_time(start), end_ms=parse_time(end))


DAY = window("2024-06-06T00:00Z", "2024-06-06T10:00Z")


def test_the_smallest_file_has_a_name_and_a_period_and_nothing_else() -> None:
    exercise = planfile.loads(SMALL)
    assert exercise.name == "Small"
    assert exercise.window == DAY
    assert not exercise.units
    assert not exercise.serials
    assert not exercise.weather
    assert exercise.host == ""
    assert exercise.provenance == Provenance()
    assert exercise.platforms == classes.library()


def test_the_heading_is_read(full: Exercise) -> None:
    assert (full.name, full.series, full.host, full.marking) == ("Full drill", "Drills", "JPN", "not for navigation")
    assert full.theme == "Search: and rescue"
    assert full.languages == ("ja", "ko", "en")
    assert full.window == DAY
    assert full.local_offset_ms == 9 * HOUR_MS
    assert full.provenance == Provenance(
        source="https://example.org/drill", confidence=Confidence.REPORTED, note="nothing secret"
    )
    assert full.participants["KOR"].service == "coast guard"
    assert full.participants["KOR"].provenance.confidence is Confidence.ESTIMATED


def test_classes_given_in_place_join_the_library(full: Exercise) -> None:
    assert set(full.platforms) == {*classes.library(), "cutter", "helo"}
    cutter = full.platforms["cutter"]
    assert (cutter.key, cutter.kind, cutter.medium) == ("cutter", "patrol vessel", Medium.SURFACE)
    assert (cutter.length_m, cutter.beam_m, cutter.draught_m) == (90.0, 12.0, 4.0)
    assert cutter.displacement_kg == 1_500_000.0
    assert cutter.max_speed_mps == pytest.approx(27 * KNOT_MPS)
    assert cutter.economical_speed_mps == pytest.approx(14 * KNOT_MPS)
    assert cutter.range_m == 4000 * NAUTICAL_MILE_M
    assert (cutter.endurance_ms, cutter.helicopter_spots) == (15 * DAY_MS, 1)
    assert cutter.gun_calibre_m == pytest.approx(0.076)
    helo = full.platforms["helo"]
    assert helo.medium is Medium.AIR
    assert helo.cruise_speed_mps == pytest.approx(120 * KNOT_MPS)
    assert helo.ceiling_m == pytest.approx(3048.0)
    assert helo.length_m is None


def test_units_know_their_base_by_port_by_ship_by_position_or_not_at_all(full: Exercise) -> None:
    wakasa, helo, patrol, lost, bare = (full.units[id_] for id_ in ("WAKASA", "HELO", "PATROL", "LOST", "BARE"))
    assert (wakasa.hull, wakasa.platform, wakasa.nation) == ("121", "cutter", "JPN")
    assert wakasa.command_ship
    assert wakasa.start == Position(lat_deg=36.4, lon_deg=132.3)
    assert wakasa.home_name == "Maizuru"
    assert wakasa.home is not None
    assert wakasa.home.lat_deg == pytest.approx(35.47, abs=0.1)
    assert (helo.home, helo.home_unit, helo.home_name, helo.count) == (None, "WAKASA", "Wakasa", 2)
    assert patrol.home == Position(lat_deg=35.1, lon_deg=129 + 2 / 60)
    assert patrol.start_ms == parse_time("2024-06-06T01:00Z")
    assert (lost.home, lost.home_name, lost.home_unit) == (None, "Nowhere at all", "")
    assert (bare.home, bare.home_name, bare.count, bare.command_ship) == (None, "", 1, False)


@pytest.mark.parametrize(
    ("home", "position", "name", "unit"),
    [
        ("N35-06.0 E129-02.0", Position(lat_deg=35.1, lon_deg=129 + 2 / 60), "", ""),
        ("N1", None, "Carrier", "N1"),
        ("E5X", None, "E5X", ""),
        ("jpmai", Position(lat_deg=35.4667, lon_deg=135.35), "Maizuru", ""),
        ("UHWW", Position(lat_deg=43.399, lon_deg=132.148), "Vladivostok International Airport", ""),
    ],
)
def test_a_home_that_begins_with_a_letter_is_a_name_unless_it_is_a_position(
    home: str, position: Position | None, name: str, unit: str
) -> None:
    units = (
        f"units: {{A: {{name: A, nation: JPN, class: z9, home: {home}}}, N1: {{name: Carrier, nation: JPN, class: x}}}}"
    )
    found = planfile.loads(SMALL + units).units["A"]
    assert (found.home, found.home_name, found.home_unit) == (position, name, unit)


def test_groups_name_their_units_and_a_single_text_is_a_list_of_one(full: Exercise) -> None:
    assert full.groups["TG1"].units == ("WAKASA", "HELO")
    assert full.groups["TG1"].roles == ("OTC", "OCE")
    assert (full.groups["TG1"].commander, full.groups["TG1"].flagship) == ("Captain A", "WAKASA")
    assert (full.groups["TG2"].name, full.groups["TG2"].units) == ("TG2", ("PATROL",))


def test_areas_have_one_of_four_shapes(full: Exercise) -> None:
    corner = Position(lat_deg=36.0, lon_deg=132.0)
    assert full.areas["ALFA"].footprint == Circle(
        centre=Position(lat_deg=36.5, lon_deg=132.4), radius_m=10 * NAUTICAL_MILE_M
    )
    assert full.areas["ALFA"].band == Band(floor_m=0.0, ceiling_m=3048.0)
    bravo = full.areas["BRAVO"]
    assert isinstance(bravo.footprint, Polygon)
    assert len(bravo.footprint.vertices) == 3, "a last corner that repeats the first is left out"
    assert bravo.band == Band(floor_m=-math.inf, ceiling_m=math.inf)
    assert bravo.name == "BRAVO"
    assert full.areas["CHARLIE"].footprint == Sector(
        centre=corner,
        bearing_deg=45.0,
        half_angle_deg=15.0,
        radius_m=12 * NAUTICAL_MILE_M,
        inner_radius_m=NAUTICAL_MILE_M,
    )
    delta = full.areas["DELTA"]
    assert delta.footprint == Corridor(
        waypoints=(corner, Position(lat_deg=37.0, lon_deg=132.0)), half_width_m=2 * NAUTICAL_MILE_M
    )
    assert delta.band == Band(floor_m=-40.0, ceiling_m=0.0)


def test_a_serial_has_the_keys_of_every_serial_and_its_type_s_parameters(full: Exercise) -> None:
    serial = full.serials["S1"]
    assert (serial.type, serial.name, serial.phase, serial.area) == ("transit", "Go there", "P1", "ALFA")
    assert serial.units == {"units": ("TG1", "PATROL")}
    assert (serial.start_ms, serial.end_ms) == (parse_time("2024-06-06T01:00Z"), parse_time("2024-06-06T02:00Z"))
    assert serial.earliest_ms == serial.latest_ms == parse_time("2024-06-06T00:30Z")
    assert serial.duration_ms is None
    assert serial.objectives == ("O1",)
    assert (serial.safety_officer, serial.conducting_officer) == ("First officer", "Captain A")
    assert serial.conditions == Conditions(daylight=True, sea_state_max=4)
    assert serial.provenance.source == "assumed by the tests"
    assert getattr(serial.parameters, "speed_mps") == pytest.approx(12 * KNOT_MPS)  # noqa: B009  # the type's own
    assert getattr(serial.parameters, "route") == (  # noqa: B009
        Position(lat_deg=36.4, lon_deg=132.3),
        Position(lat_deg=36.5, lon_deg=132.4),
    )
    second = full.serials["S2"]
    assert second.duration_ms == 90 * MINUTE_MS
    assert second.after == ("S1", "S9"), "a dangling name is a finding, not a fault"
    assert second.conditions == Conditions()


def test_phases_notices_permissions_and_injects_are_read(full: Exercise) -> None:
    phase = full.phases["P1"]
    assert (phase.name, phase.kind, phase.window) == ("At sea", PhaseKind.FREE_PLAY, DAY)
    notice = full.notices["N1"]
    assert (notice.kind, notice.covers, notice.originator) == ("navarea", ("S1",), "Coast guard")
    assert notice.planned_ms == parse_time("2024-06-01T00:00Z")
    permission = full.permissions["L1"]
    assert (permission.state, permission.kind, permission.covers) == ("JPN", "territorial sea", ("S1",))
    assert (permission.date_ms, permission.reference) == (parse_time("2024-05-01T00:00Z"), "No 7")
    inject = full.injects["I1"]
    assert (inject.to, inject.text, inject.delays, inject.delay_ms) == ("S1", "Engine stops", "S1", 30 * MINUTE_MS)
    assert inject.at_ms == parse_time("2024-06-06T03:00Z")


def test_what_goes_on_around_the_exercise_is_read(full: Exercise) -> None:
    other = full.other_exercises["X1"]
    assert (other.name, other.participants, other.footprint) == ("Other", ("USA", "AUS"), None)
    observer = full.observers["B1"]
    assert (observer.nation, observer.platform, observer.activity) == ("NZL", "type815a", "watches")
    assert observer.route == (Position(lat_deg=36.0, lon_deg=132.0),)
    reservation = full.standing_reservations["R1"]
    assert (reservation.id, reservation.owner, reservation.hazard) == ("R1", "R1", Hazard.FIRING)


def test_windows_of_a_reservation_are_put_in_order_and_joined_where_they_touch(full: Exercise) -> None:
    assert full.standing_reservations["R1"].windows == (
        window("2024-06-06T01:00Z", "2024-06-06T03:00Z"),
        window("2024-06-06T05:00Z", "2024-06-06T06:00Z"),
    )


def test_policies_are_rules_in_order(full: Exercise) -> None:
    written = full.policies["CALM"]
    first, second, third = written.policy.rules
    assert written.serials == ("S1",)
    assert first.when == Condition(troubles=frozenset({Trouble.WEATHER, Trouble.LATE}), clears_within_ms=3 * HOUR_MS)
    assert first.then == Postpone(step_ms=20 * MINUTE_MS, at_most_ms=2 * HOUR_MS)
    assert (second.when.ready_min_count, second.then) == (2, SwapArea(areas=("BRAVO",)))
    assert third.then == GoOn()


def test_breakdowns_and_links_are_read(full: Exercise) -> None:
    rate, link = full.breakdowns["OLD"], full.links["VHF"]
    assert (rate.units, rate.works_mean_ms, rate.repair_mean_ms, rate.shape_ratio) == (
        ("TG1",),
        20 * DAY_MS,
        6 * HOUR_MS,
        1.5,
    )
    assert (link.name, link.range_m, link.delay_ms) == ("Channel 72", 30 * NAUTICAL_MILE_M, 5000)
    assert (link.works_mean_ms, link.repair_mean_ms) == (9 * DAY_MS, 50 * MINUTE_MS)


def test_weather_is_a_schedule(full: Exercise) -> None:
    (spell,) = full.weather
    assert (spell.window, spell.sea_state, spell.wind_from_deg) == (DAY, 3, 240.0)
    assert spell.wind_speed_mps == pytest.approx(15 * KNOT_MPS)
    assert spell.visibility_m == 5 * NAUTICAL_MILE_M


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("exercise.name", "Full drill"),
        ("units.WAKASA", "{name: Wakasa"),
        ("units.WAKASA.class", "cutter, home"),
        ("serials.S1", "S1:\n"),
        ("serials.S1.area", "ALFA\n    units"),
        ("serials.S1.units.units.1", "PATROL]}\n    start"),
        ("serials.S1.route", "route:\n"),
        ("serials.S1.route.1", "36-30.0N 132-24.0E\n    speed"),
        ("context.reservations.R1.windows.2", "{start: 2024-06-06T02:00Z, end: 2024-06-06T03:00Z}"),
        ("weather.0.sea_state", "3, wind_from"),
        ("serials", "serials:"),
    ],
)
def test_every_value_has_its_place_and_a_block_of_lines_has_the_place_of_its_key(
    full: Exercise, path: str, text: str
) -> None:
    offset = FULL.index(text)
    line = FULL.count("\n", 0, offset) + 1
    column = offset - FULL.rfind("\n", 0, offset)
    assert full.places[path] == Place(file="full.exercise.yaml", line=line, column=column)
    assert full.place(*path.split(".")) == full.places[path]


def test_places_cover_every_value_once_and_know_what_they_do_not_know(full: Exercise) -> None:
    assert len(full.places) == len(list(full.places)) == len(set(full.places))
    assert "serials.S1.speed" in full.places
    assert "serials.S1.end.2" not in full.places
    assert "serials.S7" not in full.places
    assert full.place("serials", "S7") == full.places["serials"]
    assert full.places[""] == Place(file="full.exercise.yaml", line=2, column=1)


def test_facts_name_everything_that_can_carry_a_source(full: Exercise) -> None:
    named = {path for path, _, _ in full.facts()}
    assert {"exercise", "units.LOST", "context.reservations.R1", "weather.0"} <= named
    assert all(path in full.places for path in named)


def test_an_exercise_keeps_its_bytes_and_can_be_sent_to_another_process(full: Exercise) -> None:
    assert full.source.content == FULL.encode()
    again: Exercise = pickle.loads(pickle.dumps(full))  # noqa: S301  # what was just dumped
    assert again == full
    assert again.places["exercise.name"] == full.places["exercise.name"]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing_but_the_bytes(full: Exercise) -> None:
    content = b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode()
    exercise = planfile.loads(content, "full.exercise.yaml")
    assert exercise.source.content == content
    assert exercise.units == full.units
    assert exercise.serials == full.serials
    assert dict(exercise.places) == dict(full.places)


def test_a_file_is_read_from_its_path_and_from_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "small.exercise.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert planfile.load(path).source.file == str(path)
    assert planfile.load(str(path)).name == "Small"
    with path.open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        exercise = planfile.load("-")
    assert (exercise.name, exercise.source.file) == ("Small", "-")


def test_the_same_file_loads_as_the_same_exercise_each_time() -> None:
    assert planfile.loads(FULL) == planfile.loads(FULL)


def test_text_in_any_script_is_kept() -> None:
    exercise = planfile.loads(SMALL.replace("Small", "演習 🚢 «учение»"))
    assert exercise.name == "演習 🚢 «учение»"
    assert exercise.places["exercise.period"].column == 11


def test_a_library_class_may_be_given_again_in_place() -> None:
    text = SMALL + "classes: {kcg_3000: {name: Ours, kind: cutter, medium: surface}}\n"
    exercise = planfile.loads(text)
    assert exercise.platforms["kcg_3000"].name == "Ours"
    assert "classes.kcg_3000" in exercise.places


def test_the_error_of_a_bad_text_names_the_text(tmp_path: Path) -> None:
    with pytest.raises(PlanFileError) as caught:
        planfile.loads("waterspace: 1\n")
    assert str(caught.value).startswith("<text>:1:1: ")
