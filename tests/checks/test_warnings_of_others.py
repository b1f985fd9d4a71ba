"""Warnings of others in files that a plan names: what of them is held against it, and what somebody must read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import waterspace
from waterspace.checks.context import Context
from waterspace.checks.example import whole
from waterspace.checks.warned import _is_part as is_part
from waterspace.checks.warned import _is_same_water as is_same_water
from waterspace.domain import Circle, Corridor, Polygon, Position, Severity
from waterspace.geometry.geodesic import destination
from waterspace.messages.writing import navarea
from waterspace.notices import draft_all
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from waterspace.domain import CheckResult, Finding

AREA = "38-20.00N 133-50.00E, 38-20.00N 134-40.00E,\n   38-40.00N 134-40.00E, 38-40.00N 133-50.00E"
ASIDE = "38-20.00N 144-10.00E, 38-20.00N 144-40.00E,\n   38-40.00N 144-40.00E, 38-40.00N 144-10.00E"


def warning(number: int = 77, days: str = "08 THRU 09", area: str = AREA, what: str = "GUNNERY") -> str:
    return (
        f"HYDROPAC {number}/26.\nSEA OF JAPAN.\n"
        f"1. {what} 0000Z TO 0900Z DAILY {days} JUN IN AREA BOUND BY\n   {area}.\n"
        "2. CANCEL THIS MSG 091000Z JUN 26.\n"
    )


def checked(folder: Path, key: str = "w.txt", plan: str = "", **files: str) -> CheckResult:
    """What the rules say of a small plan that names files of warnings; `w` is the file `w.txt`."""
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    file = folder / "plan.exercise.yaml"
    file.write_text(whole(f"{plan}context:\n  warnings: {key}\n"), encoding="utf-8")
    return waterspace.check(waterspace.load(file))


def said(result: CheckResult, *codes: str) -> list[Finding]:
    return [finding for finding in result.findings if finding.code in codes]


def test_a_warning_is_met_with_its_number_its_place_its_times_and_for_how_long(tmp_path: Path) -> None:
    (found,) = said(checked(tmp_path, w=warning()), "WS302")
    assert found.severity is Severity.ERROR
    assert found.subjects == ("S1", "HYDROPAC 77/26")
    assert "HYDROPAC 77/26 (gunnery; w.txt:4; in force 2 times, 080000Z to 080900Z JUN 26 the first" in found.message
    assert found.amount == (2.0, 0.0, "h")


def test_an_area_whose_sides_cross_counts_as_all_water_between_its_corners_and_is_to_be_read(tmp_path: Path) -> None:
    crossed = "38-20.00N 133-50.00E, 38-40.00N 134-40.00E,\n   38-20.00N 134-40.00E, 38-40.00N 133-50.00E"
    result = checked(tmp_path, w=warning(area=crossed))
    assert said(result, "WS302")[0].amount == said(checked(tmp_path, w=warning()), "WS302")[0].amount
    (found,) = said(result, "WS319")
    assert "bound no area" in found.message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(warning(area=ASIDE), id="elsewhere"),
        pytest.param(warning(days="20 THRU 21").replace("091000Z", "211000Z"), id="after the exercise"),
        pytest.param(f"{warning()}\nHYDROPAC 78/26.\nCANCEL HYDROPAC 77/26.\n", id="cancelled by another"),
        pytest.param("HYDROPAC 78/26.\nCANCEL HYDROPAC 77/26.\n", id="a cancellation alone"),
    ],
)
def test_what_lies_elsewhere_or_is_over_is_not_told(tmp_path: Path, text: str) -> None:
    assert not checked(tmp_path, w=text).findings


def test_a_message_that_stands_in_two_files_counts_once(tmp_path: Path) -> None:
    again = warning().replace("\n", "\r\n")
    found = checked(tmp_path, "[w.txt, again.txt]", w=warning(), again=again)
    assert len(said(found, "WS302")) == 1


def test_two_messages_of_one_number_are_told_apart(tmp_path: Path) -> None:
    found = checked(tmp_path, "[w.txt, other.txt]", w=warning(), other=warning(what="MISSILE EXERCISES"))
    assert {one.subjects[1] for one in said(found, "WS302")} == {"HYDROPAC 77/26", "HYDROPAC 77/26 (2)"}


def test_files_of_a_folder_are_read_and_told_by_their_names(tmp_path: Path) -> None:
    folder = tmp_path / "bulletins"
    folder.mkdir()
    (folder / "a.txt").write_text(warning(), encoding="utf-8")
    (found,) = said(checked(tmp_path, "bulletins"), "WS302")
    assert "bulletins/a.txt:4" in found.message


def test_a_track_through_a_warning_is_told_at_the_name_of_its_file(tmp_path: Path) -> None:
    (found,) = said(checked(tmp_path, "[w.txt]", w=warning(days="05 THRU 06")), "WS303")
    assert found.severity is Severity.WARNING
    assert found.amount == (9.0, 0.0, "h")
    line = (tmp_path / "plan.exercise.yaml").read_text(encoding="utf-8").split("\n")[found.place.line - 1]
    assert line[found.place.column - 1 :].startswith("w.txt")


def test_a_buoy_adrift_is_a_warning_where_a_serial_is_and_advice_on_the_way(tmp_path: Path) -> None:
    text = "NAVAREA XI 26-0430\nSEA OF JAPAN\nDERELICT BUOY ADRIFT IN 38-30.0N 134-00.0E AT 070000Z JUN 26.\n"
    found = checked(tmp_path, w=text)
    assert [one.severity for one in said(found, "WS302")] == [Severity.WARNING]
    assert [one.severity for one in said(found, "WS303")] == [Severity.ADVICE]
    assert "in force from 070000Z JUN 26 until further notice" in said(found, "WS302")[0].message


def test_a_doubt_is_told_with_its_line_where_the_message_may_concern_us(tmp_path: Path) -> None:
    (found,) = checked(tmp_path, w=warning(days="31")).findings
    assert (found.code, found.severity) == ("WS319", Severity.WARNING)
    assert "HYDROPAC 77/26 was not understood whole (w.txt:3): 31 JUN" in found.message
    assert not checked(tmp_path, w=warning(days="31", area=ASIDE)).findings


def test_messages_of_which_no_place_is_known_are_told_together(tmp_path: Path) -> None:
    lost = "\n".join(f"HYDROPAC {number}/26.\nGUNNERY IN AREA BOUND BY 38-20.0N.\n" for number in range(1, 9))
    (found,) = checked(tmp_path, w=lost).findings
    assert found.code == "WS319"
    assert "(w.txt:10) and 4 more were not understood" in found.message


def test_a_message_without_a_place_is_advice(tmp_path: Path) -> None:
    (found,) = checked(tmp_path, w="NAVAREA XI 26-0431\nSEA OF JAPAN\nGPS MAY NOT BE RELIED UPON.\n").findings
    assert (found.code, found.severity) == ("WS319", Severity.ADVICE)


def test_our_own_notice_is_not_held_against_us_and_that_is_told(tmp_path: Path) -> None:
    own = (
        "HYDROPAC 80/26.\n1. MILITARY EXERCISES 080000Z TO 080200Z JUN 26 WITHIN 15 MILES OF 38-30.0N 134-00.0E.\n"
        "2. CANCEL THIS MSG 080300Z JUN 26.\n"
    )
    (found,) = checked(tmp_path, w=own).findings
    assert (found.code, found.severity, found.subjects) == ("WS319", Severity.ADVICE, ("HYDROPAC 80/26", "S1"))
    assert said(checked(tmp_path, w=own.replace("WITHIN 15", "WITHIN 14")), "WS302")


def test_the_coastal_warning_of_a_part_of_our_water_is_ours_and_one_of_other_hours_or_limits_is_not(
    tmp_path: Path,
) -> None:
    half = (
        "COASTAL WARNING 12/26.\n1. MILITARY EXERCISES {} IN AREA BOUND BY 38-30.0N 133-40.6E, "
        "38-15.0N 133-40.8E, 38-14.7N 134-19.2E, 38-30.0N 134-19.4E.\n2. CANCEL THIS MSG 080500Z JUN 26.\n"
    )
    corners = "38-30.0N 133-40.8E, 38-22.5N 133-43.4E, 38-14.9N 134-00.0E, 38-22.5N 134-16.6E, 38-30.0N 134-19.2E"
    part = (
        f"COASTAL WARNING 12/26.\n1. MILITARY EXERCISES {{}} IN AREA BOUND BY {corners}.\n"
        "2. CANCEL THIS MSG 080500Z JUN 26.\n"
    )
    (found,) = checked(tmp_path, w=part.format(HOURS)).findings
    assert (found.code, found.subjects) == ("WS319", ("COASTAL WARNING 12/26", "S1"))
    assert said(checked(tmp_path, w=part.format("080000Z TO 080300Z JUN 26")), "WS302")
    assert said(checked(tmp_path, w=half.format(HOURS)), "WS302")
    inside = part.replace("133-40.8E", "133-50.0E").replace("133-43.4E", "133-50.0E").replace("38-14.9N", "38-20.0N")
    inside = inside.replace("134-16.6E", "134-10.0E").replace("134-19.2E", "134-10.0E")
    assert said(checked(tmp_path, w=inside.format(HOURS)), "WS302")


CIRCLE = "WITHIN 15 MILES OF 38-30.0N 134-00.0E"
HOURS = "080000Z TO 080200Z JUN 26"


def lettered(*areas: str, hours: str = HOURS, what: str = "MILITARY EXERCISES") -> str:
    rows = "".join(f"   {letter}. {area}.\n" for letter, area in zip("ABC", areas, strict=False))
    return f"HYDROPAC 80/26.\n1. {what} {hours} IN AREAS:\n{rows}2. CANCEL THIS MSG 201000Z JUN 26.\n"


def test_an_area_of_ours_beside_one_of_somebody_else_does_not_hide_it(tmp_path: Path) -> None:
    wide = CIRCLE.replace("15", "20")
    result = checked(tmp_path, w=lettered(CIRCLE, wide))
    (met,) = said(result, "WS302")
    assert "HYDROPAC 80/26 B" in met.message
    (told,) = said(result, "WS319")
    assert told.subjects == ("HYDROPAC 80/26", "S1")
    assert "warns of 2 areas; 1 of them" in told.message
    assert not said(checked(tmp_path, w=lettered(CIRCLE, CIRCLE)), "WS302")


@pytest.mark.parametrize("what", ["GUNNERY", "MISSILE FIRING", "ROCKET LAUNCHING"])
def test_what_we_do_not_do_is_somebody_elses_even_in_our_very_water_and_hours(tmp_path: Path, what: str) -> None:
    result = checked(tmp_path, w=lettered(CIRCLE, what=what))
    assert said(result, "WS302")
    assert not said(result, "WS319")


@pytest.mark.parametrize("what", ["HAZARDOUS OPERATIONS", "MILITARY EXERCISES"])
def test_our_own_notice_may_say_less_than_what_goes_on(tmp_path: Path, what: str) -> None:
    assert not said(checked(tmp_path, w=lettered(CIRCLE, what=what)), "WS302")


MIDDLE = Position(lat_deg=38.5, lon_deg=134.0)
ROUND = Circle(centre=MIDDLE, radius_m=15.0 * NAUTICAL_MILE_M)


def ring(*bearings_deg: float) -> tuple[Position, ...]:
    return tuple(destination(MIDDLE, bearing_deg, ROUND.radius_m) for bearing_deg in bearings_deg)


RING = ring(*range(0, 360, 15))


def bound(what: str, corners: Iterable[Position]) -> str:
    def angle(value_deg: float, digits: int) -> str:
        return f"{int(value_deg):0{digits}}-{value_deg % 1 * 60:05.2f}"

    told = ",\n   ".join(f"{angle(one.lat_deg, 2)}N {angle(one.lon_deg, 3)}E" for one in corners)
    return (
        f"NAVAREA XI 26-0431\nSEA OF JAPAN\n1. {what} {HOURS} IN AREA BOUND BY\n   {told}.\n"
        "2. CANCEL THIS MSG 080500Z JUN 26.\n"
    )


@pytest.mark.parametrize("what", ["MISSILE FIRING", "MILITARY EXERCISES"])
@pytest.mark.parametrize("reach", [16.5, 80.0])
def test_what_reaches_out_of_our_water_is_held_against_us_however_narrow_it_is(
    tmp_path: Path, what: str, reach: float
) -> None:
    tip = destination(MIDDLE, 97.0, reach * NAUTICAL_MILE_M)
    corners = (*ring(*range(0, 96, 15), 96.5), tip, *ring(97.5, *range(105, 360, 15)))
    result = checked(tmp_path, w=bound(what, corners))
    assert said(result, "WS302")
    assert not said(result, "WS319")


def test_a_segment_at_our_rim_is_ours_only_where_it_is_called_what_we_do(tmp_path: Path) -> None:
    segment = ring(300.0, 340.0, 20.0, 60.0, 90.0, 180.0)
    assert said(checked(tmp_path, w=bound("ROCKET LAUNCHING", segment)), "WS302")
    assert [one.severity for one in checked(tmp_path, w=bound("MILITARY EXERCISES", segment)).findings] == ["advice"]


def test_no_part_of_a_square_reaches_far_out_of_it() -> None:
    corners = [Position(lat_deg=lat, lon_deg=lon) for lat, lon in ((38.0, 134.0), (38.0, 135.0), (39.0, 135.0))]
    square = Polygon(vertices=(*corners, Position(lat_deg=39.0, lon_deg=134.0)))
    spike = [Position(lat_deg=lat, lon_deg=lon) for lat, lon in ((38.49, 135.0), (38.5, 137.4), (38.51, 135.0))]
    half = (corners[0], corners[1], spike[0], Position(lat_deg=38.49, lon_deg=134.0))
    assert is_part(Polygon(vertices=half), square)
    assert not is_part(Polygon(vertices=(*corners[:2], *spike, *square.vertices[2:])), square)


def test_a_small_area_in_a_narrow_lane_is_no_part_of_it_unless_it_is_as_broad() -> None:
    lane = Corridor(waypoints=(MIDDLE, destination(MIDDLE, 90.0, 50_000.0)), half_width_m=250.0)

    def across(half_m: float) -> Polygon:
        ends = [destination(MIDDLE, 90.0, away_m) for away_m in (20_000.0, 24_000.0)]
        sides = [(ends[0], 0.0), (ends[1], 0.0), (ends[1], 180.0), (ends[0], 180.0)]
        return Polygon(vertices=tuple(destination(end, bearing_deg, half_m) for end, bearing_deg in sides))

    assert not is_part(across(100.0), lane)
    assert is_part(across(249.0), lane)


SHORE = {
    "circle": "circle: {centre: 35-54.0N 134-36.0E, radius: 8 nm}",
    "wide circle": "circle: {centre: 35-54.0N 134-36.0E, radius: 15 nm}",
    "polygon": "polygon: [35-40.0N 134-20.0E, 36-05.0N 134-25.0E, 36-04.0N 134-50.0E, 35-42.0N 134-48.0E]",
}


@pytest.mark.parametrize("fires", ["guns", "missiles", "torpedoes", "rockets", "bombs"])
@pytest.mark.parametrize("shape", SHORE)
def test_our_own_drafts_and_their_parts_near_the_shore_are_ours(tmp_path: Path, shape: str, fires: str) -> None:
    plan = (
        f"areas:\n  WEST: {{name: West, {SHORE[shape]}, vertical: surface to 3000 ft}}\n"
        "serials:\n  S1:\n    type: gunnery\n    area: WEST\n    units: {firing: ALFA, target: BRAVO}\n"
        f"    start: 2026-06-08T00:00Z\n    duration: 2 h\n    fires: {fires}\n    practice_radius: 4 nm\n"
        "notices:\n  N1: {kind: navarea, covers: WEST, originator: JPN, planned: 2026-06-02T00:00Z}\n"
        "context:\n  warnings: w.txt\n"
    )
    file = tmp_path / "plan.exercise.yaml"
    file.write_text(whole(plan), encoding="utf-8")
    ships = [draft for draft in draft_all(waterspace.load(file)) if draft.kind in ("navarea", "coastal")]
    texts = [navarea.write(draft).replace("____", str(number)) for number, draft in enumerate(ships, start=1)]
    (tmp_path / "w.txt").write_text("\n".join(texts), encoding="utf-8")
    warned = Context(waterspace.load(file)).warned
    assert len(warned.readings) == len(ships) == 2
    assert not warned.claims
    assert {serial for serials in warned.own.values() for serial in serials} == {"S1"}
    assert len(warned.own) == 2


def test_a_warning_of_many_days_is_not_ours_because_one_of_them_is(tmp_path: Path) -> None:
    text = f"HYDROPAC 80/26.\n1. GUNNERY 0000Z TO 0200Z DAILY {{}} JUN {CIRCLE}.\n2. CANCEL THIS MSG 201000Z JUN 26.\n"
    assert said(checked(tmp_path, w=text.format("08 THRU 19")), "WS302")


def test_our_own_notice_of_alternate_days_is_ours(tmp_path: Path) -> None:
    reserve = (
        "serials:\n  S1:\n    type: assembly\n    area: WEST\n    units: {units: [ALFA, BRAVO]}\n"
        "    start: 2026-06-08T00:00Z\n    duration: 2 h\n    objectives: O1\n"
        "    reserve: [{start: 2026-06-09T00:00Z, end: 2026-06-09T02:00Z}]\n"
    )
    hours = "080000Z TO 080200Z AND 090000Z TO 090200Z JUN 26"
    assert not said(checked(tmp_path, plan=reserve, w=lettered(CIRCLE, hours=hours)), "WS302")
    assert said(checked(tmp_path, w=lettered(CIRCLE, hours=hours)), "WS302")


def test_coarse_coordinates_do_not_make_water_a_mile_away_ours(tmp_path: Path) -> None:
    near = lettered(CIRCLE.replace("38-30.0N", "38-31N").replace("134-00.0E", "134-00E"))
    assert said(checked(tmp_path, w=near), "WS302")
    assert not said(checked(tmp_path, w=near.replace("38-31N", "38-30N")), "WS302")


def test_corners_in_another_order_are_another_area() -> None:
    corners = [
        Position(lat_deg=lat, lon_deg=lon) for lat, lon in ((38.0, 134.0), (38.0, 135.0), (38.1, 134.4), (39.0, 134.5))
    ]
    ours = Polygon(vertices=tuple(corners))
    assert is_same_water(ours, Polygon(vertices=tuple(reversed(corners[2:] + corners[:2]))), 100.0)
    other = Polygon(vertices=(corners[0], corners[2], corners[1], corners[3]))
    assert not is_same_water(ours, other, 100.0)


def test_a_file_that_is_missing_is_told_at_its_name(tmp_path: Path) -> None:
    found = checked(tmp_path, "[w.txt, nowhere.txt]", w=warning())
    (told,) = said(found, "WS008")
    assert "nowhere.txt" in told.message
    assert "WS302" in {entry.code for entry in found.not_checked}
    line = (tmp_path / "plan.exercise.yaml").read_text(encoding="utf-8").split("\n")[told.place.line - 1]
    assert line[told.place.column - 1 :].startswith("nowhere.txt")


def test_a_file_without_a_message_is_advice(tmp_path: Path) -> None:
    found = checked(tmp_path, w="\n")
    assert [one.severity for one in said(found, "WS008")] == [Severity.ADVICE]


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    assert said(checked(tmp_path, w=warning()), "WS302")
    assert not said(checked(tmp_path, w=warning(area=ASIDE)), "WS302")


def test_notam_are_held_against_the_heights_of_serials(tmp_path: Path) -> None:
    notam = (
        "P0123/26 NOTAMN\nQ) RJJJ/QWMLW/IV/BO/W/{low}/100/3830N13400E020\nA) RJJJ B) 2606080000 C) 2606080900\n"
        "E) FIRING WITHIN 20NM RADIUS OF 383000N1340000E\nF) {floor} G) FL100\n"
    )
    low = checked(tmp_path, w=notam.format(low="000", floor="SFC"))
    assert [one.subjects for one in said(low, "WS302")] == [("S1", "P0123/26")]
    assert not said(checked(tmp_path, w=notam.format(low="050", floor="FL050")), "WS302")
