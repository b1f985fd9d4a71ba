"""A NOTAM as a reading: areas from its words, else from line Q; windows, heights, categories, remarks and doubts."""

from __future__ import annotations

import json
import math
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import corpus
from notam_texts import BOX, CORNERS, HEAD, LINE, TAIL, at, corners, flat, read
from waterspace.domain import Circle, Polygon
from waterspace.messages.notam import is_notam, read_notam
from waterspace.messages.notam.category import category_of
from waterspace.messages.practices import PRACTICES
from waterspace.messages.reading import Category, Form, Message, Verdict
from waterspace.messages.warnings import read_warning
from waterspace.quantity import FOOT_M, NAUTICAL_MILE_M

# ------------------------------------------------------------------------------------------------------------- a whole


def test_a_notam_is_read_whole() -> None:
    reading = read(f"FRNG EXER 1.WEAPON: NAVAL GUN 2.AREA: BOUNDED BY FLW POINTS\n{BOX}")
    assert reading.verdict is Verdict.UNDERSTOOD
    assert (reading.series, reading.number) == ("NOTAM", "P9999/26")
    assert reading.issued_ms == at("2607150610")
    assert reading.cancel_ms == at("2607230900")
    (area,) = reading.areas
    assert corners(reading) == pytest.approx(flat(CORNERS))
    assert isinstance(area.footprint, Polygon)
    assert area.category is Category.GUNNERY
    assert area.band.floor_m == 0.0
    assert area.band.ceiling_m == pytest.approx(30_000 * FOOT_M)
    assert area.resolution_deg == pytest.approx(0.5 / 3600)
    assert [(spell.start_ms, spell.end_ms) for spell in area.spells] == [
        (at(f"2607{day}0000"), at(f"2607{day}0900")) for day in range(20, 24)
    ]
    text = reading.message.text
    assert [text[span.start : span.end] for span in area.spans] == BOX.split()[:-1]
    assert reading.remarks == ()


# ------------------------------------------------------------------------------------------- where the area comes from


def test_without_an_area_in_the_words_the_circle_of_line_q_stands_in() -> None:
    reading = read("FRNG WILL TAKE PLACE IN R-116. SEE AIP")
    (area,) = reading.areas
    assert area.label == "Q"
    assert isinstance(area.footprint, Circle)
    assert area.footprint.radius_m == pytest.approx(19 * NAUTICAL_MILE_M)
    assert area.resolution_deg == pytest.approx(0.5 / 60)
    text = reading.message.text
    assert text[area.spans[0].start : area.spans[0].end].endswith("4010N13600E019")


def test_a_position_alone_has_the_circle_of_line_q_beside_it() -> None:
    reading = read("LASER SHOW AT PSN 401000N1360000E")
    assert [(area.form, area.label) for area in reading.areas] == [(Form.AREA, "Q"), (Form.POSITION, "")]


def test_a_circle_of_999_miles_is_a_region_and_no_area() -> None:
    reading = read("RADAR OUT OF SERVICE", line="RJJJ/QWMLW/IV/BO/W/000/999/4010N13600E999")
    assert reading.verdict is Verdict.NO_AREA


@pytest.mark.parametrize("words", ["ALTN RTE: PANDI DCT 4012N 13608E DCT REKEL", "SALMI - 4012N13608E - BOLUT"])
def test_points_of_ways_round_are_no_areas(words: str) -> None:
    reading = read(words, line="RJJJ/QARLC/IV/NBO/E/000/999/4010N13600E999")
    assert reading.verdict is Verdict.NO_AREA


def test_a_cancelling_notam_has_no_areas() -> None:
    text = (HEAD.format(line=LINE.replace("QWMLW", "QWMCN")) + BOX).replace("NOTAMN", "NOTAMC P9998/26")
    reading = read_notam(Message(id="1", text=text + TAIL))
    assert (reading.areas, reading.cancels) == ((), ("P9998/26",))
    assert reading.verdict is Verdict.NO_AREA


def test_a_replacing_notam_cancels_and_warns() -> None:
    text = (HEAD.format(line=LINE) + BOX + TAIL).replace("NOTAMN", "NOTAMR P9998/26")
    reading = read_notam(Message(id="1", text=text))
    assert reading.cancels == ("P9998/26",)
    assert len(reading.areas) == 1


# ------------------------------------------------------------------------------------------------ category and heights


@pytest.mark.parametrize(
    ("code", "words", "category"),
    [
        ("QWMLW", "FRNG EXER", Category.GUNNERY),
        ("QWMLW", "ROCKET LAUNCH", Category.ROCKET_LAUNCHING),
        ("QWMLW", "MISSILE FRNG", Category.MISSILE),
        ("QRDCA", "AREA ACT", Category.HAZARDOUS_OPERATIONS),
        ("QRDCA", "AEROSPACE FLT ACT, DEBRIS", Category.ROCKET_LAUNCHING),
        ("QRDCA", "GUN FIRING", Category.GUNNERY),
        ("QRTCA", "AREA ACT", Category.NAVIGATION_PROHIBITED),
        ("QRPCA", "BOMBING", Category.BOMBING),
        ("QWELW", "EXERCISE WITH ROCKETS", Category.MILITARY_EXERCISE),
        ("QWULW", "UAS FLT", Category.HAZARDOUS_OPERATIONS),
        ("QWDLW", "DEMOLITION", Category.HAZARDOUS_OPERATIONS),
        ("QRALW", "NAVAL EXER", Category.MILITARY_EXERCISE),
        ("QOBCE", "CRANE NEAR FIRING RANGE", Category.OTHER),
    ],
)
def test_the_category_is_that_of_the_q_code_told_apart_by_the_words(code: str, words: str, category: Category) -> None:
    reading = read(f"{words} WI {BOX}", line=LINE.replace("QWMLW", code))
    assert reading.areas[0].category is category


def test_heights_are_those_of_line_q_where_items_f_and_g_are_missing() -> None:
    reading = read_notam(Message(id="1", text=HEAD.format(line=LINE) + BOX))
    assert reading.areas[0].band.ceiling_m == pytest.approx(30_000 * FOOT_M)
    without = read_notam(Message(id="1", text=HEAD.format(line=LINE.replace("/000/300/", "///")) + BOX))
    assert without.areas[0].band.ceiling_m == math.inf


# -------------------------------------------------------------------------------------------------- remarks and doubts


def test_a_circle_that_does_not_cover_the_area_is_remarked() -> None:
    reading = read(BOX, line=LINE.replace("E019", "E012"))
    assert reading.verdict is Verdict.UNDERSTOOD
    (remark,) = reading.remarks
    assert "radius 12 nm, does not cover" in remark.reason
    assert reading.message.text[remark.span.start : remark.span.end].endswith("E012")


def test_an_area_in_another_hemisphere_is_a_doubt() -> None:
    reading = read(BOX.replace("N", "S"))
    assert reading.verdict is Verdict.REVIEW
    assert "a hemisphere or a digit" in reading.reason


def test_hours_that_do_not_fill_items_b_to_c_are_remarked() -> None:
    text = (HEAD.format(line=LINE) + BOX + TAIL).replace("20-23 0000-0900", "20-22 0100-0900")
    reasons = " ".join(each.reason for each in read_notam(Message(id="1", text=text)).remarks)
    assert "do not begin at item B" in reasons
    assert "do not end at item C" in reasons


def test_levels_of_line_q_that_are_exceeded_are_remarked() -> None:
    reading = read(BOX, line=LINE.replace("/300/", "/100/"))
    assert "levels 000 to 100" in reading.remarks[0].reason


@pytest.mark.parametrize(
    ("body", "told_of"),
    [
        ("BOUNDED BY 402000N1354000E 406100N1362000E 400000N1362000E 400000N1354000E", "60 minutes"),
        ("BOUNDED BY 402000N1354000E 40200000N1362000E 400000N1362000E 400000N1354000E", "half of a position"),
        ("BOUNDED BY 402000N1354000E 402000N1362000E", "Fewer than three corners"),
        ("BOUNDED BY 402000N1354000E 400000N1362000E 402000N1362000E 400000N1354000E", "bound no area"),
        ("BOUNDED BY N4020E13540-GURIN-N4000E13620-N4000E13540 BACK TO START", "GURIN has a name"),
        ("BOUNDED BY 4020N13540E 4020N13620E THENCE ALONG THE COAST TO 4000N13540E", "border or a coast"),
        ("WI 0.5 RADIUS OF 401000N1360000E", "no unit"),
        ("RADIUS 1NM CENTERED 4010N13600E 4011N13600E", "for 2 positions"),
        ("BOUNDED BY 402000N1354000E 402000N 400000N1362000E 400000N1354000E", "half of a position"),
        (f"AREA {BOX}. EXCLUDING 4010N13550E 4010N13600E 4005N13600E", "left out"),
        ("WI RADIUS 10NM CENTRED ON 4010N13600E BTN RDL 090 AND RDL 180", "sector"),
        ("WI 15NM ARC OF 4010N13600E FM RDL 090 CLOCKWISE TO RDL 180", "sector"),
        ("DEBRIS 5NM NORTH OF 4010N13600E", "off this position"),
        ("WI 4010N13600E 4010N13610E 4020N13610E AND 4030N13600E 4030N13610E 4040N13610E", "both sides of AND"),
        (f"AREA {BOX} ACT EXC SAT IN THE PART WI 3NM OF 4015N13605E", "left out"),
        ("COVERING BEARINGS FROM 162 DEG TO 198 DEG RADIUS 5KM CENTRED ON 4010N13600E", "sector"),
    ],
)
def test_what_is_not_understood_of_the_words_is_told(body: str, told_of: str) -> None:
    reading = read(body)
    assert reading.verdict is Verdict.REVIEW
    assert told_of in reading.reason
    for doubt in reading.doubts:
        assert 0 <= doubt.span.start <= doubt.span.end <= len(reading.message.text)


def test_a_polygon_that_is_wrong_leaves_the_circle_of_line_q() -> None:
    reading = read("BOUNDED BY 402000N1354000E 406100N1362000E 400000N1362000E")
    assert [area.label for area in reading.areas] == ["Q"]


# ----------------------------------------------------------------------------------------------- pages of restrictions

PAGE = """FDC 6/9999 AIRSPACE SPACE OPERATIONS TFR. Cape Example, Monday, July 20, 2026 Local. NOTAM Number : FDC 6/9999
Download shapefiles Issue Date : July 15, 2026 at 0610 UTC Location : Cape Example Beginning Date and Time : July 20,
2026 at 0100 UTC Ending Date and Time : July 20, 2026 at 0430 UTC Reason for NOTAM : Space Operations Area Type : Space
Operations Replaced NOTAM(s) : 6/9998: Due to schedule Pilots May Contact : Example Affected Area(s) Top Airspace
Definition: Region bounded by: Latitude: Longitude: FRD: From: 402000N 1354000E ABC141034.4 To: 402000N 1362000E
ABC108033.9 To: 400000N 1362000E To: 402000N 1354000E ABC141034.4 Altitude: From the surface up to and including 18000
feet MSL Effective Date(s): From July 20, 2026 at 0100 UTC ENDSECTION1 Operating Restrictions and Requirements Top No
pilots may operate an aircraft."""


def test_a_page_of_a_flight_restriction_is_read() -> None:
    reading = read_notam(Message(id="1", text=PAGE.replace("\n", " ")))
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    assert (reading.number, reading.cancels) == ("FDC 6/9999", ("FDC 6/9998",))
    (area,) = reading.areas
    assert corners(reading) == pytest.approx(flat(CORNERS[:3]))
    assert (area.spells[0].start_ms, area.spells[0].end_ms) == (at("2607200100"), at("2607200430"))
    assert area.band.ceiling_m == pytest.approx(18_000 * FOOT_M)
    assert area.category is Category.ROCKET_LAUNCHING
    assert reading.issued_ms == at("2607150610")


def test_a_page_with_a_circle_and_daily_hours_is_read() -> None:
    page = PAGE.replace("\n", " ")
    start, end = page.index("Region bounded by"), page.index("Altitude:")
    circle = (
        "Center: On the EXAMPLE VORTAC (EXM) 319 degree radial at 50 nautical miles. (Latitude: 40º10'00\"N, "
        "Longitude: 136º00'00\"E) Radius: 15 nautical miles "
    )
    page = page[:start] + circle + page[end:]
    page = page.replace("July 20, 2026 at 0100 UTC Ending", "July 20, 2026 UTC 1400-0600 Daily Ending")
    page = page.replace("July 20, 2026 at 0430 UTC Reason", "July 22, 2026 UTC Reason")
    reading = read_notam(Message(id="1", text=page))
    (area,) = reading.areas
    assert isinstance(area.footprint, Circle)
    assert area.footprint.radius_m == pytest.approx(15 * NAUTICAL_MILE_M)
    assert [(spell.start_ms, spell.end_ms) for spell in area.spells] == [
        (at("2607201400"), at("2607210600")),
        (at("2607211400"), at("2607220600")),
    ]


# ---------------------------------------------------------------------------------------------------------- robustness


@given(st.text(alphabet="0123456789NSEW.-/() \nABCDEFGQRTIUO,", max_size=400))
@settings(deadline=None)
def test_any_words_are_read_without_an_error(body: str) -> None:
    reading = read(body)
    for doubt in (*reading.doubts, *reading.remarks):
        assert 0 <= doubt.span.start <= doubt.span.end <= len(reading.message.text)
    for area in reading.areas:
        assert len(area.positions) == len(area.spans)


@given(st.data())
@settings(deadline=None)
def test_half_a_notam_is_read_without_an_error(data: st.DataObject) -> None:
    whole = HEAD.format(line=LINE) + BOX + TAIL
    end = data.draw(st.integers(0, len(whole)))
    start = data.draw(st.integers(0, end))
    reading = read_notam(Message(id="1", text=whole[start:end]))
    assert reading.verdict in Verdict


@pytest.mark.parametrize(
    ("schedule", "lasts"),
    [
        ("", [("200000", None)]),
        ("D) DAILY 0000-0900\n", [("200000", "200900"), ("210000", "210900"), ("220000", "220900"), ("230000", None)]),
        ("D) DAILY 0000-0800\n", [*((f"{day}0000", f"{day}0800") for day in range(20, 24)), ("230900", None)]),
        ("D) 20-21 0000-0900\n", [("200000", "200900"), ("210000", "210900")]),
    ],
)
def test_an_estimated_end_ends_nothing_and_is_remarked(schedule: str, lasts: list[tuple[str, str | None]]) -> None:
    head = HEAD.format(line=LINE).replace("D) 20-23 0000-0900\n", schedule)
    text = head.replace("C) 2607230900", "C) 2607230900 EST") + BOX + TAIL
    reading = read_notam(Message(id="1", text=text))
    assert [(each.start_ms, each.end_ms) for each in reading.areas[0].spells] == [
        (july_ms(start), july_ms(end) if end else None) for start, end in lasts
    ]
    assert reading.cancel_ms is None
    assert reading.verdict is Verdict.UNDERSTOOD
    (remark,) = reading.remarks
    assert text[remark.span.start : remark.span.end] == "2607230900 EST"
    assert "NOTAMR" in remark.reason


def test_an_estimated_end_that_is_no_date_leaves_every_window_with_a_beginning() -> None:
    text = HEAD.format(line=LINE).replace("D) 20-23", "D) DAILY").replace("2607230900", "2607320900 EST") + BOX + TAIL
    reading = read_notam(Message(id="1", text=text))
    assert reading.verdict is Verdict.REVIEW
    assert all(each.start_ms is not None for each in reading.areas[0].spells)


def july_ms(group: str) -> int:
    return int(datetime.strptime(f"2607{group}", "%y%m%d%H%M").replace(tzinfo=UTC).timestamp()) * 1000


def test_a_notam_is_told_from_other_messages() -> None:
    assert is_notam("A0012/26 NOTAMN")
    assert is_notam("Q) RJJJ/QWMLW/IV")
    assert is_notam("FDC 6/9999 AIRSPACE")
    assert not is_notam("HYDROPAC 9999/26(97). SEA OF JAPAN.")


# --------------------------------------------------------------------------------------------------------- the corpora


def rows(name: str) -> list[dict[str, Any]]:
    lines = corpus("notam", name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", ["world_2026.dev.jsonl", "asia_pacific_danger_areas.dev.jsonl"])
def test_real_notams_yield_an_area_where_they_have_coordinates(name: str) -> None:
    pair = re.compile(r"\d{4,6}(?:\.\d+)?\s?[NS]\W{0,3}\d{5,7}(?:\.\d+)?\s?[EW]|[NS]\d{4,6}(?:\.\d+)?[EW]\d{5}")
    bodies = [row for row in rows(name) if pair.search(row["text"].partition("E)")[2])]
    missed = []
    for row in bodies:
        reading = read_notam(Message(id=row["id"], text=row["text"]))
        if not any(area.form is Form.AREA for area in reading.areas):
            missed.append(row["id"])
    assert len(missed) <= 0.03 * len(bodies), missed


def test_real_notams_begin_and_end_and_lie_where_others_say() -> None:
    for row in rows("world_2026.dev.jsonl"):
        reading = read_notam(Message(id=row["id"], text=row["text"]))
        if not row["from_utc"] or not reading.areas:
            continue
        start_ms = int(datetime.fromisoformat(row["from_utc"]).timestamp()) * 1000
        begins = [spell.start_ms for area in reading.areas for spell in area.spells]
        assert min(each for each in begins if each is not None) >= start_ms, row["id"]
        if re.search(r"C\)\s*\d{10}\s*EST", row["text"]):
            assert reading.cancel_ms is None, row["id"]
        elif row["to_utc"]:
            assert reading.cancel_ms == int(datetime.fromisoformat(row["to_utc"]).timestamp()) * 1000, row["id"]


def test_a_real_circle_that_is_too_small_is_remarked() -> None:
    (row,) = [each for each in rows("asia_pacific_danger_areas.dev.jsonl") if each["id"] == "A1683/23"]
    reading = read_notam(Message(id=row["id"], text=row["text"]))
    assert "radius 12 nm, does not cover the area: its farthest point is 12.69 nm" in reading.remarks[0].reason


@pytest.mark.parametrize("word", sorted(word for names in PRACTICES.values() for word in names))
def test_a_practice_has_the_same_category_for_airmen_as_for_mariners(word: str) -> None:
    text = f"HYDROPAC 1/26.\nLIVE {word} 200000Z TO 200900Z JUL 26 IN AREA WITHIN 5 MILES OF 40-20N 135-40E."
    of_ships = read_warning(Message(id="", text=text)).areas[0].category
    assert category_of("QRDCA", {word}) is of_ships
    assert word in PRACTICES[of_ships]
