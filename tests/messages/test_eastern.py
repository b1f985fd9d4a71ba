"""Warnings in Chinese and Japanese: their places, days and clocks, what they cancel, and what is doubted in them."""
# ruff: noqa: RUF001  # their commas are theirs

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import corpus
from waterspace.domain import Circle, Corridor, Polygon, Sector
from waterspace.messages.chinese import read_chinese
from waterspace.messages.japanese import read_japanese
from waterspace.messages.reader import read
from waterspace.messages.reading import Category, Form, Message, Reading, Spell, Verdict
from waterspace.messages.showing import as_data
from waterspace.notation import parse_time
from waterspace.quantity import NAUTICAL_MILE_M

SQUARE = "21-10.00N 112-20.00E、21-10.00N 112-40.00E、21-00.00N 112-40.00E、21-00.00N 112-20.00E"


def chinese(body: str, issued: str | None = None) -> Reading:
    text = f"粤航警101/26，南海，{body}"
    return read_chinese(Message(id="x", text=text, issued_ms=None if issued is None else parse_time(issued)))


def japanese(text: str, issued: str | None = None) -> Reading:
    return read_japanese(Message(id="x", text=text, issued_ms=None if issued is None else parse_time(issued)))


def spell(start: str, end: str | None) -> Spell:
    return Spell(parse_time(start), None if end is None else parse_time(end))


def test_corners_that_lines_join_are_an_area_with_daily_hours_of_beijing() -> None:
    reading = chinese(f"7月25日至27日，每日0800时至1800时，在{SQUARE}四点连线水域内进行实弹射击训练，禁止驶入。")
    (area,) = reading.areas
    assert reading.verdict is Verdict.UNDERSTOOD
    assert (reading.series, reading.number) == ("粤航警", "101/26")
    assert isinstance(area.footprint, Polygon)
    assert area.category is Category.GUNNERY
    assert area.spells == tuple(spell(f"2026-07-{day}T00:00Z", f"2026-07-{day}T10:00Z") for day in (25, 26, 27))
    text = reading.message.text
    assert [text[span.start : span.end] for span in area.spans] == SQUARE.split("、")


@pytest.mark.parametrize(
    "words",
    [
        "在以21-10.00N 112-20.00E为圆心，半径5海里的水域内",
        "在以21-10.00N/112-20.00E为中心，5海里为半径的圆形区域内",
        "在以北纬21度10分、东经112度20分为圆心半径9.26公里范围内",
        "在以21°10′.0N 112°20′.0E为圆心，半径9260米水域",
        "在以２１－１０．００Ｎ １１２－２０．００Ｅ为圆心，半径５海里的水域内",
    ],
)
def test_a_circle_is_told_in_every_wording_and_unit(words: str) -> None:
    reading = chinese(f"9月1日0800时至1200时，{words}进行军事演习。")
    (area,) = reading.areas
    assert reading.verdict is Verdict.UNDERSTOOD
    assert isinstance(area.footprint, Circle)
    assert area.footprint.radius_m == pytest.approx(9260.0)
    assert (area.footprint.centre.lat_deg, area.footprint.centre.lon_deg) == pytest.approx((21 + 1 / 6, 112 + 1 / 3))


def test_a_circle_and_a_sector_of_one_sentence_share_its_time() -> None:
    reading = chinese(
        "2026年9月14日0600时至16日0700时，在以31-12.18N 123-42.69E为圆心，半径3千米的圆形海域内和"
        "以31-12.18N 123-42.69E为圆心，方位162°-198°，半径5千米的扇形海域进行火箭发射。"
    )
    circle, sector = (area.footprint for area in reading.areas)
    assert isinstance(circle, Circle)
    assert isinstance(sector, Sector)
    assert (sector.bearing_deg, sector.half_angle_deg, sector.radius_m) == (180.0, 18.0, 5000.0)
    assert {area.spells for area in reading.areas} == {(spell("2026-09-13T22:00Z", "2026-09-15T23:00Z"),)}


def test_a_line_is_no_area_and_its_sides_make_a_corridor() -> None:
    line = chinese("9月1日至3日，沿30-00N 122-30E、30-10N 122-50E、30-20N 123-10E连线敷设海底光缆。").areas[0]
    assert line.form is Form.LINE
    wide = chinese("9月1日至3日，在24-00N 118-00E至24-10N 118-20E连线两侧1海里范围内施工。").areas[0]
    assert isinstance(wide.footprint, Corridor)
    assert wide.footprint.half_width_m == NAUTICAL_MILE_M


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ("9月24日1600时至1800时", [("2026-09-24T08:00Z", "2026-09-24T10:00Z")]),
        ("9月24日16时30分至18时", [("2026-09-24T08:30Z", "2026-09-24T10:00Z")]),
        ("9月24日2000时至次日0600时", [("2026-09-24T12:00Z", "2026-09-24T22:00Z")]),
        ("9月24日2000时至0600时", [("2026-09-24T12:00Z", "2026-09-24T22:00Z")]),
        ("9月24日0000时至2400时", [("2026-09-23T16:00Z", "2026-09-24T16:00Z")]),
        ("9月24日至26日", [("2026-09-23T16:00Z", "2026-09-26T16:00Z")]),
        ("9月24日0800-1000时", [("2026-09-24T00:00Z", "2026-09-24T02:00Z")]),
        ("9月24日0800时起", [("2026-09-24T00:00Z", None)]),
        ("9月24日0800时至另行通知", [("2026-09-24T00:00Z", None)]),
        ("9月24日0800时至1000时（世界时）", [("2026-09-24T08:00Z", "2026-09-24T10:00Z")]),
        (
            "9月24日、26日0800时至1000时",
            [("2026-09-24T00:00Z", "2026-09-24T02:00Z"), ("2026-09-26T00:00Z", "2026-09-26T02:00Z")],
        ),
        (
            "9月24日0800时至1000时和25日1200时至1400时",
            [("2026-09-24T00:00Z", "2026-09-24T02:00Z"), ("2026-09-25T04:00Z", "2026-09-25T06:00Z")],
        ),
        (
            "每日0800时至1000时，自9月30日至10月1日",
            [("2026-09-30T00:00Z", "2026-09-30T02:00Z"), ("2026-10-01T00:00Z", "2026-10-01T02:00Z")],
        ),
        (
            "9月24日每日0800时至1000时、1200时至1400时",
            [("2026-09-24T00:00Z", "2026-09-24T02:00Z"), ("2026-09-24T04:00Z", "2026-09-24T06:00Z")],
        ),
        (
            "9月25日至28日（周六、周日除外）每日0800时至1000时",
            [("2026-09-25T00:00Z", "2026-09-25T02:00Z"), ("2026-09-28T00:00Z", "2026-09-28T02:00Z")],
        ),
        ("12月31日2000时至1月1日0600时", [("2026-12-31T12:00Z", "2026-12-31T22:00Z")]),
    ],
)
def test_times_of_every_wording_become_spells(times: str, expected: list[tuple[str, str | None]]) -> None:
    reading = chinese(f"{times}，在{SQUARE}诸点连线水域内军事演习。")
    assert not reading.doubts
    assert list(reading.areas[0].spells) == [spell(*pair) for pair in expected]


def test_a_day_without_a_year_lies_near_the_issue() -> None:
    reading = chinese(f"1月3日0800时至1000时，在{SQUARE}诸点连线水域内军事演习。", issued="2026-12-29T00:00Z")
    assert reading.areas[0].spells == (spell("2027-01-03T00:00Z", "2027-01-03T02:00Z"),)


def test_two_places_that_take_turns_with_two_times_have_each_its_own() -> None:
    reading = chinese(
        "9月1日0800时至1000时，在21-00N 112-00E附近；9月2日0800时至1000时，在22-00N 113-00E附近，水下作业。"
    )
    assert [area.spells[0] for area in reading.areas] == [
        spell("2026-09-01T00:00Z", "2026-09-01T02:00Z"),
        spell("2026-09-02T00:00Z", "2026-09-02T02:00Z"),
    ]


def test_what_a_warning_cancels_is_named_and_its_own_number_is_not() -> None:
    reading = chinese("军事训练取消，撤销浙航警815/26、816/26。希各航船注意。")
    assert reading.verdict is Verdict.NO_AREA
    assert reading.cancels == ("浙航警815/26", "浙航警816/26")
    assert chinese("粤航警99/26作废。").cancels == ("粤航警99/26",)


@pytest.mark.parametrize(
    ("body", "piece"),
    [
        (f"9月31日0800时至1000时，在{SQUARE}诸点连线水域内演习。", "9月31日"),
        (f"9月24日2500时至2600时，在{SQUARE}诸点连线水域内演习。", "2500时"),
        (f"9月24日0800时，在{SQUARE}诸点连线以北水域演习。", "以北"),
        (f"9月24日0800时至1000时，在{SQUARE}连线敷设。", SQUARE),
        (f"9月24日0800时至1000时，顺延，在{SQUARE}诸点连线水域内演习。", "顺延"),
        ("9月24日0800时至1000时，在21-10.00N以南、112-20.00E以西演习。", "21-10.00N"),
        ("9月24日0800时至1000时，在以21-70.00N 112-20.00E为圆心，半径5海里水域演习。", "21-70.00N 112-20.00E"),
        ("9月24日0800时至1000时，在以21-10.00N 112-20.00E为圆心的水域演习。", "21-10.00N 112-20.00E"),
        ("9月24日0800时至1000时，在以21-10.00N 112-20.00E为圆心，半径5海里的环形水域演习。", "环形"),
    ],
)
def test_what_was_not_understood_is_doubted_at_its_place(body: str, piece: str) -> None:
    reading = chinese(body)
    assert reading.verdict is Verdict.REVIEW
    assert piece in {reading.message.text[doubt.span.start : doubt.span.end] for doubt in reading.doubts}


def test_a_day_without_any_hint_of_its_year_is_doubted() -> None:
    reading = read_chinese(Message(id="x", text=f"9月1日0800时至1000时，在{SQUARE}诸点连线水域内演习。"))
    assert "no year" in reading.reason
    turn = read_chinese(Message(id="x", text=f"粤航警99/26，1月1日0800时至1000时，在{SQUARE}诸点连线水域内演习。"))
    assert "2026 or in 2027" in turn.reason


JAPANESE_CIRCLE = "区域 31-47.0N 131-56.0E を中心とする半径5海里の円内"


@pytest.mark.parametrize(
    ("times", "expected", "reserves"),
    [
        (
            "平成30年5月23日(予備日24日)、1000〜1555",
            [("2018-05-23T01:00Z", "2018-05-23T06:55Z")],
            [("2018-05-24T01:00Z", "2018-05-24T06:55Z")],
        ),
        ("令和元年8月25日、0700〜1500", [("2019-08-24T22:00Z", "2019-08-25T06:00Z")], []),
        (
            "令和7年6月3日(火)から6月4日(水)まで 毎日 0900から1600まで",
            [("2025-06-03T00:00Z", "2025-06-03T07:00Z"), ("2025-06-04T00:00Z", "2025-06-04T07:00Z")],
            [],
        ),
        (
            "令和7年6月3日〜5日(4日を除く)、連日0900〜1600",
            [("2025-06-03T00:00Z", "2025-06-03T07:00Z"), ("2025-06-05T00:00Z", "2025-06-05T07:00Z")],
            [],
        ),
        (
            "令和7年6月6日〜9日(土曜日及び日曜日を除く)の09:00〜16:00まで",
            [("2025-06-06T00:00Z", "2025-06-06T07:00Z"), ("2025-06-09T00:00Z", "2025-06-09T07:00Z")],
            [],
        ),
        ("令和8年5月1日0800から5月3日1700まで", [("2026-04-30T23:00Z", "2026-05-03T08:00Z")], []),
        ("令和8年5月1日から当分の間", [("2026-04-30T15:00Z", None)], []),
        (
            "令和6年7月22日、24日(毎日 0000〜2400)",
            [("2024-07-21T15:00Z", "2024-07-22T15:00Z"), ("2024-07-23T15:00Z", "2024-07-24T15:00Z")],
            [],
        ),
        (
            "令和7年7月22、23日(予備日25、26日) 0900~1700",
            [("2025-07-22T00:00Z", "2025-07-22T08:00Z"), ("2025-07-23T00:00Z", "2025-07-23T08:00Z")],
            [("2025-07-25T00:00Z", "2025-07-25T08:00Z"), ("2025-07-26T00:00Z", "2025-07-26T08:00Z")],
        ),
    ],
)
def test_periods_of_japan_become_spells_and_reserves(
    times: str, expected: list[tuple[str, str | None]], reserves: list[tuple[str, str]]
) -> None:
    reading = japanese(f"射撃訓練が実施される。\n期間 {times}\n{JAPANESE_CIRCLE}")
    (area,) = reading.areas
    assert not reading.doubts
    assert isinstance(area.footprint, Circle)
    assert area.footprint.radius_m == pytest.approx(9260.0)
    assert list(area.spells) == [spell(*pair) for pair in expected]
    assert list(area.reserves) == [spell(*pair) for pair in reserves]


@pytest.mark.parametrize(
    ("period", "piece"),
    [
        ("令和7年6月3日(水)、0900〜1600", "水"),
        ("令和7年6月1日〜30日(祝日を除く)、0900〜1600", "祝日"),
        ("令和7年6月1日〜3日のうち1日、0900〜1600", "のうち"),
        ("令和7年6月1日〜3日、日出から日没まで", "日出"),
        ("令和7年2月29日、0900〜1600", "令和7年2月29日"),
    ],
)
def test_a_period_that_nobody_can_be_sure_of_is_doubted(period: str, piece: str) -> None:
    reading = japanese(f"射撃訓練\n期間 {period}\n{JAPANESE_CIRCLE}")
    assert reading.verdict is Verdict.REVIEW
    assert piece in {reading.message.text[doubt.span.start : doubt.span.end] for doubt in reading.doubts}


def test_words_before_a_list_say_what_its_corners_are() -> None:
    reading = japanese(
        "射撃訓練 期間 令和8年5月1日0800から1700まで\n区域A 33-50N 130-00E を中心とする半径3海里の円内\n"
        "区域B 下記4地点を結んだ線で囲まれる区域\n(1) 北緯34度00分00秒 東経130度00分00秒\n(2) 34-00N 130-10E\n"
        "(3) 33-55N 130-10E\n(4) 33-55N 130-00E"
    )
    circle, polygon = reading.areas
    assert reading.verdict is Verdict.UNDERSTOOD
    assert isinstance(circle.footprint, Circle)
    assert isinstance(polygon.footprint, Polygon)
    assert len(polygon.positions) == 4


def test_a_list_of_which_nothing_says_that_it_bounds_is_an_area_with_a_doubt() -> None:
    reading = japanese(
        "射撃訓練 期間 令和8年5月1日0800から1700まで\n(1) 34-00N 130-00E\n(2) 34-00N 130-10E\n(3) 33-55N 130-10E"
    )
    assert isinstance(reading.areas[0].footprint, Polygon)
    assert "does not say that lines join them" in reading.reason


def test_a_sector_and_a_line_are_told_in_japanese() -> None:
    sector = japanese(
        "射撃訓練 令和7年7月22日0900~1700 34-00N 137-00E を中心とする方位090度から180度まで半径10海里の扇形区域"
    ).areas[0]
    assert isinstance(sector.footprint, Sector)
    assert (sector.footprint.bearing_deg, sector.footprint.half_angle_deg) == (135.0, 45.0)
    line = japanese("海底電線敷設 令和8年4月1日から当分の間 38-00N 141-40E と 38-10N 141-50E を結ぶ線上").areas[0]
    assert line.form is Form.LINE


LETTERS = (
    "年月日时時至自从到每日、，。(（)）~〜0123456789NE-.为圆心半径海里千米以を中心とする円内連日"
    "予備平成令和元除く撤销航警/° "
)


@pytest.mark.parametrize(
    "text", ["、月0", "(月、火、水", "12.7时", "1.5日08时", "3月2.5日", f"{'1' * 400}月1日{'9' * 400}时"]
)
def test_numbers_that_are_no_days_and_clocks_make_no_spell_and_no_error(text: str) -> None:
    for reader in (read_chinese, read_japanese):
        assert not reader(Message(id="x", text=text)).areas


@given(st.text(alphabet=LETTERS, max_size=120))
def test_any_run_of_their_words_is_read_with_spans_inside_the_text(text: str) -> None:
    message = Message(id="x", text=text)
    for reader in (read_chinese, read_japanese):
        reading = reader(message)
        as_data(reading)
        spans = [doubt.span for doubt in reading.doubts] + [span for area in reading.areas for span in area.spans]
        assert all(0 <= span.start <= span.end <= len(text) for span in spans)


@given(
    st.floats(-89.0, 89.0),
    st.floats(-179.0, 179.0),
    st.floats(0.1, 300.0).map(lambda radius: round(radius, 1)),
    st.datetimes(),
    st.integers(1, 40),
)
def test_a_circle_with_days_is_read_back(lat: float, lon: float, radius: float, start: object, days: int) -> None:
    from datetime import UTC, datetime, timedelta

    assert isinstance(start, datetime)
    first = datetime(2020 + start.year % 10, start.month, min(start.day, 28), tzinfo=UTC)
    last = first + timedelta(days=days)
    halves = []
    for value, width, letters in ((lat, 2, "NS"), (lon, 3, "EW")):
        degrees, rest = divmod(round(abs(value) * 6000), 6000)
        halves.append(f"{degrees:0{width}d}-{rest // 100:02d}.{rest % 100:02d}{letters[value < 0]}")
    text = (
        f"粤航警7/20，{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日，每日0900时至1730时，"
        f"在以{' '.join(halves)}为圆心，半径{radius}海里的水域内实弹射击。"
    )
    reading = read(Message(id="x", text=text))
    (area,) = reading.areas
    assert reading.verdict is Verdict.UNDERSTOOD
    assert isinstance(area.footprint, Circle)
    assert area.footprint.radius_m == pytest.approx(radius * NAUTICAL_MILE_M)
    assert area.footprint.centre.lat_deg == pytest.approx(lat, abs=1.001 * area.resolution_deg)
    assert area.footprint.centre.lon_deg == pytest.approx(lon, abs=1.001 * area.resolution_deg)
    assert len(area.spells) == days + 1
    assert area.spells[0].start_ms == (first + timedelta(hours=1)).timestamp() * 1000
    assert area.spells[-1].end_ms == (last + timedelta(hours=9, minutes=30)).timestamp() * 1000


def test_every_coordinate_of_the_coast_guards_texts_is_used_and_circles_are_those_given() -> None:
    path = corpus("navwarn", "japan_jcg_regional_ja.jsonl")
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        reading = read(Message(id=row["id"], text=row["text"]))
        (area,) = reading.areas
        given_shape = row["geometry_by_me"]
        assert area.spells
        if given_shape["type"] == "circle":
            assert isinstance(area.footprint, Circle)
            assert area.footprint.radius_m == pytest.approx(given_shape["radius_nm"] * NAUTICAL_MILE_M)
            corners = [given_shape["center"]]
        else:
            corners = given_shape["latlon"]
        assert len(area.positions) == len(corners)
        for position, corner in zip(area.positions, corners, strict=True):
            assert (position.lat_deg, position.lon_deg) == pytest.approx(tuple(corner), abs=1e-5)


def test_every_coordinate_of_the_chinese_texts_is_used_in_order() -> None:
    path = corpus("navwarn", "navarea11_china_misc.jsonl")
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "coords_latlon" in row and "航警" in row["text"]:
            reading = read(Message(id=row["id"], text=row["text"]))
            assert reading.verdict is not Verdict.REVIEW, reading.reason
            found = [(place.lat_deg, place.lon_deg) for area in reading.areas for place in area.positions]
            for place, expected in zip(sorted(found), sorted(map(tuple, row["coords_latlon"])), strict=True):
                assert place == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "cancels"),
    [
        ("琼航警901/26，南海，撤销琼航警 998/26。", ("琼航警998/26",)),
        ("琼航警901/26，南海，撤销琼航警 998 /26、999/26。", ("琼航警998/26", "琼航警999/26")),
        ("撤销琼航警998/26。", ("琼航警998/26",)),
        ("日本航行警報26-0430項を取消す。", ("日本航行警報26-0430項",)),
        ("日本航行警報 26-0430 項 を 取消す。", ("日本航行警報26-0430項",)),
        ("日本水路通報8年 28項を取り消す。", ("日本水路通報8年28項",)),
    ],
)
def test_a_cancellation_is_read_with_blanks_and_where_nothing_else_has_a_number(
    text: str, cancels: tuple[str, ...]
) -> None:
    reading = read(Message(id="x", text=text))
    assert reading.cancels == cancels
    assert reading.verdict is Verdict.NO_AREA
    assert reading.number == ("901/26" if text.startswith("琼航警901") else "")


@pytest.mark.parametrize("text", ["撤销本航警。", "この警報を取消す。", "琼航警901/26，南海，军事训练取消。"])
def test_a_cancellation_that_names_no_message_is_doubted(text: str) -> None:
    reading = read(Message(id="x", text=text))
    assert "expected the number of the message that it cancels" in reading.reason
    assert not reading.cancels
