"""One way in: every kind of text goes to its grammar, twins in two languages agree, and programs get all of it."""
# ruff: noqa: RUF001, E501  # the commas of Chinese are its own, and its letters are wide

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from corpora import corpus
from waterspace.domain import Circle, Sector
from waterspace.messages.finding import messages_in
from waterspace.messages.reader import read, read_all
from waterspace.messages.reading import Message, Reading, Verdict
from waterspace.messages.showing import as_data, as_geojson

if TYPE_CHECKING:
    from pathlib import Path

GUNNERY = """HYDROPAC 9999/26(97).
SEA OF JAPAN.
1. GUNNERY EXERCISES 0000Z TO 0900Z DAILY
   20 THRU 21 JUL IN AREA BOUND BY
   40-20.00N 135-40.00E, 40-20.00N 136-20.00E,
   40-00.00N 136-20.00E, 40-00.00N 135-40.00E.
2. CANCEL HYDROPAC 9998/26.
3. CANCEL THIS MSG 211000Z JUL 26.
"""
NOTAM = """P9999/26 NOTAMN
Q) RJJJ/QWMLW/IV/BO/W/000/300/4010N13600E019
A) RJJJ B) 2607200000 C) 2607230900
E) FRNG EXER BOUNDED BY FLW POINTS
402000N1354000E 402000N1362000E 400000N1362000E 400000N1354000E
F) SFC G) FL300
"""
TWINS = [
    (
        (
            "琼航警901/26，南海，自10月10日至10月11日，每日0230时至0430时，在以19-35.85N 110-56.18E为中心，5.4海里为半径的圆形"
            "区域内进行火箭发射，禁止驶入。"
        ),
        (
            "HN902/26 SOUTH CHINA SEA .ROCKET FIRING IN AREA WITHIN 5.4 SEA MILES RADIUS OF 19-35.85N 110-56.18E FROM "
            "1830 UTC TO 2030 UTC DAILY FROM 9 TO 10 OCT. ENTERING PROHIBITED. HAINAN MSA CHINA."
        ),
    ),
    (
        (
            "琼航警903/26，南海，自5月17日至5月19日，每日0730时至0930时，在以18-35.85N 111-56.18E为圆心，3海里为半径的水域内"
            "进行火箭发射，禁止驶入。"
        ),
        (
            "HN904/26 SOUTH CHINA SEA. ROCKET FIRING IN AREA WITHIN 3 SEA MILES RADIUS OF 18-35.85N 111-56.18E FROM 2330 "
            "UTC TO 0130 UTC DAILY FROM 16 TO 19 MAY. ENTERING PROHIBITED. HAINAN MSA CHINA."
        ),
    ),
    (
        (
            "沪航警905/26，东海，9月14日0600时至16日0700时，在以31-12.18N 123-42.69E为圆心，半径3千米的圆形海域内和以31-12.18N "
            "123-42.69E为圆心，方位162°-198°，半径5千米的扇形的海域进行火箭发射。禁止驶入。"
        ),
        (
            "SH906/26 EAST CHINA SEA  ROCKET LAUNCH OPERATIONS IN AREA CENTERED OF 31-12.18N123-42.69E RADIUS 3KM AND "
            "COVERING BEARINGS FROM 162 DEGREE TO 198 DEGREE RADIUS 5KM.FROM 132200UTC TO 152300UTC SEP.ENTERING "
            "PROHIBITED.SHANGHAI MSA CHINA."
        ),
    ),
    (
        (
            "琼航警907/26，南海，10月31日2100时至11月1日1500时，在20-34.32N 110-54.27E、20-35.73N 110-59.82E、20-05.98N "
            "111-10.75E和20-04.33N 111-05.35E诸点连线水域范围内进行军事训练，禁止驶入。"
        ),
        (
            "HN908/26 SOUTH CHINA SEA MILITARY EXERCISES IN AREA BOUNDED BY THE LINES JOINING 20-34.32N 110-54.27E、"
            "20-35.73N 110-59.82E、20-05.98N 111-10.75E AND 20-04.33N 111-05.35E FROM 311300 UTC OCT TO 010700 UTC NOV. "
            "ENTERING PROHIBITED. HAINAN MSA CHINA."
        ),
    ),
    (
        (
            "辽航警909/26，渤海，8月1日0800时至1800时，在38-40N/120-00E、38-40N/120-30E、38-20N/120-30E、38-20N/120-00E四点连线"
            "海域内实弹射击，禁止驶入。"
        ),
        (
            "LN910/26 BOHAI SEA. GUNNERY EXERCISES FROM 0000 UTC TO 1000 UTC 1 AUG IN AREA BOUNDED BY 38-40N/120-00E, "
            "38-40N/120-30E, 38-20N/120-30E AND 38-20N/120-00E. ENTERING PROHIBITED. LIAONING MSA CHINA."
        ),
    ),
    (
        (
            "射撃訓練が実施される。期間 令和8年7月20日〜23日 毎日 0900〜1800 区域 40-20N 135-40E、40-20N 136-20E、"
            "40-00N 136-20E、40-00N 135-40E により囲まれる区域"
        ),
        (
            "NAVAREA XI 911/26\nSEA OF JAPAN.\nGUNNERY. 0000Z TO 0900Z COMMENCING DAILY 20 TO 23 JUL. AREA BOUNDED BY\n"
            "40-20N 135-40E 40-20N 136-20E 40-00N 136-20E 40-00N 135-40E.\nCANCEL THIS MSG 231000Z JUL 2026."
        ),
    ),
]


def _said(reading: Reading) -> list[object]:
    """What a reading says of places, times and kinds, without the words it came from."""
    return [
        (area.form, area.category, area.footprint, area.positions, area.spells, area.reserves) for area in reading.areas
    ]


@pytest.mark.parametrize("pair", TWINS, ids=[pair[0][:10] for pair in TWINS])
def test_a_warning_in_two_languages_gives_the_same_areas_and_times(pair: tuple[str, str]) -> None:
    first, second = (read(Message(id="x", text=text)) for text in pair)
    assert first.verdict is second.verdict is Verdict.UNDERSTOOD
    assert first.areas[0].spells
    assert _said(first) == _said(second)


def test_every_kind_of_text_goes_to_its_grammar() -> None:
    for text in (GUNNERY, NOTAM, TWINS[0][0], TWINS[0][1], TWINS[-1][0]):
        reading = read(Message(id="x", text=text))
        assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
        assert reading.areas


def test_doubts_of_how_a_message_was_found_are_kept() -> None:
    (message,) = messages_in("ZCZC JA42\n" + GUNNERY)
    reading = read(message)
    assert reading.verdict is Verdict.REVIEW
    assert "The end is missing" in reading.reason
    assert reading.areas


def test_a_message_without_a_word_is_for_review() -> None:
    assert read(Message(id="x", text=" \n")).verdict is Verdict.REVIEW


def test_a_folder_is_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(NOTAM)
    (tmp_path / "a.txt").write_text(GUNNERY)
    assert [reading.message.id for reading in read_all([str(tmp_path)])] == ["HYDROPAC 9999/26", "P9999/26"]


def test_a_feature_carries_the_corners_of_the_text_and_the_fixed_properties() -> None:
    (feature,) = as_geojson([read(Message(id="one", text=GUNNERY))])["features"]
    assert feature["geometry"] == {
        "type": "Polygon",
        "coordinates": [
            [
                *([135.666667, 40.333333], [135.666667, 40.0], [136.333333, 40.0], [136.333333, 40.333333]),
                [135.666667, 40.333333],
            ]
        ],
    }
    properties = feature["properties"]
    assert properties["message"] == "one"
    assert (properties["verdict"], properties["reason"], properties["category"]) == ("understood", "", "gunnery")
    assert properties["cancels"] == ["HYDROPAC 9998/26"]
    assert properties["windows"] == [
        ["2026-07-20T00:00:00Z", "2026-07-20T09:00:00Z"],
        ["2026-07-21T00:00:00Z", "2026-07-21T09:00:00Z"],
    ]


def test_a_circle_is_a_polygon_with_its_centre_and_radius() -> None:
    (feature,) = as_geojson([read(Message(id="x", text=TWINS[0][0]))])["features"]
    assert feature["geometry"]["type"] == "Polygon"
    assert feature["properties"]["center"] == pytest.approx([110.936333, 19.5975], abs=1e-6)
    assert feature["properties"]["radius_nm"] == 5.4


def test_an_area_across_180_degrees_is_cut_there_and_an_open_end_is_null() -> None:
    text = (
        "HYDROPAC 9999/26.\nHAZARDOUS OPERATIONS UNTIL FURTHER NOTICE IN AREA BOUND BY\n"
        "10-00.00N 179-00.00E, 10-00.00N 179-00.00W, 09-00.00N 179-00.00W, 09-00.00N 179-00.00E.\n"
    )
    (feature,) = as_geojson([read(Message(id="x", text=text))])["features"]
    assert feature["geometry"]["type"] == "MultiPolygon"
    lons = [lon for ring in feature["geometry"]["coordinates"] for lon, _ in ring[0]]
    assert (min(lons), max(lons)) == (-180.0, 180.0)
    assert [window[1] for window in feature["properties"]["windows"]] == [None]


def test_positions_are_points_lines_are_lines_and_no_area_is_null() -> None:
    texts = (
        "NAVAREA XI 1/26\nWRECK IN 40-00.0N 135-00.0E.",
        "NAVAREA XI 2/26\nCABLE WORKS ALONG LINE JOINING 40-00.0N 135-00.0E 41-00.0N 136-00.0E.",
        "NAVAREA XI 3/26\nCANCEL NAVAREA XI 1/26.",
    )
    features = as_geojson(read(Message(id=str(number), text=text)) for number, text in enumerate(texts))["features"]
    kinds = [feature["geometry"] and feature["geometry"]["type"] for feature in features]
    assert kinds == ["Point", "LineString", None]
    assert features[2]["properties"]["verdict"] == "no area"
    assert features[2]["properties"]["windows"] == []


def test_the_data_of_a_reading_point_into_the_text_and_are_json() -> None:
    data = as_data(read(Message(id="one", text=GUNNERY, file="a.txt", line=3)))
    assert json.loads(json.dumps(data)) == data
    assert (data["file"], data["line"], data["series"], data["number"]) == ("a.txt", 3, "HYDROPAC", "9999/26")
    pieces = [GUNNERY[place["start"] : place["end"]] for place in data["areas"][0]["positions"]]
    assert pieces[0] == "40-20.00N 135-40.00E"


def test_twins_of_the_corpus_agree() -> None:
    path = corpus("navwarn", "navarea11_china_misc.jsonl")
    rows = {row["id"]: row["text"] for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    pairs = [("琼航警190/26", "HN182/26"), ("琼航警174/26", "HN166/26"), ("沪航警722/26", "SH15/26")]
    for names in pairs:
        first, second = (read(Message(id=name, text=rows[name])) for name in names)
        assert first.verdict is second.verdict is Verdict.UNDERSTOOD, names
        assert [area.footprint for area in first.areas] == [area.footprint for area in second.areas]
        assert first.areas[0].spells
        if names[0] != "沪航警722/26":  # the two differ in the text: one ends at 07 in Beijing, one at 15 in UTC
            assert _said(first) == _said(second)
        assert isinstance(first.areas[0].footprint, Circle | Sector)


def test_a_sentence_of_ais_that_is_wrong_is_a_doubt() -> None:
    reading = read(Message(id="1", text="!AIVDM,1,1,,A,85Mwp`1Kf3aCnsNvBWLi=wQuNhA5t43N`5nCuI=p<IBfVqnMgPGs,0*61"))
    assert reading.verdict is Verdict.REVIEW
    assert reading.reason == "A sentence has the checksum 61; 47 is expected."


@pytest.mark.parametrize("day", ["世界时7月20日0800时至1700时", "7月20日世界时0800时至1700时"])
def test_the_word_for_utc_counts_before_the_day_too(day: str) -> None:
    text = f"琼航警182/26，南海，{day}，在以19-35.85N 110-56.18E为中心，5海里为半径的圆形区域内进行实弹射击。"
    (area,) = read(Message(id="1", text=text)).areas
    assert [(spell.start_ms, spell.end_ms) for spell in area.spells] == [(1784534400000, 1784566800000)]
