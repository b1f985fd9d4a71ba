"""Warnings in Japanese, Chinese, Russian and Korean: worked cases that a speaker can follow, and what they refuse."""
# ruff: noqa: RUF001  # their letters and signs are theirs

from __future__ import annotations

from dataclasses import replace

import pytest

from draft_cases import at, instant
from waterspace.domain import Circle, Corridor, Polygon, Sector, Window, Without
from waterspace.errors import DraftError
from waterspace.messages.draft import ALTERNATE, Draft, DraftArea, DraftPart, Restriction
from waterspace.messages.reading import Category, Form
from waterspace.messages.writing import national
from waterspace.quantity import DAY_MS, HOUR_MS, NAUTICAL_MILE_M

SQUARE = Polygon(vertices=(at(39.0, 134.0), at(39.5, 134.0), at(39.5, 134.5), at(39.0, 134.5)))
CIRCLE = Circle(centre=at(39.25, 134.25), radius_m=9260.0)


def daily(days: int, first_ms: int = instant(2026, 7, 20), length_ms: int = 9 * HOUR_MS) -> tuple[Window, ...]:
    return tuple(
        Window(start_ms=first_ms + day * DAY_MS, end_ms=first_ms + day * DAY_MS + length_ms) for day in range(days)
    )


def draft_of(*areas: DraftArea) -> Draft:
    return Draft(
        id="N1",
        areas=areas or (DraftArea(footprint=SQUARE),),
        number="999/26",
        general_area="SEA OF JAPAN",
        category=Category.GUNNERY,
        windows=daily(3),
        reserves=daily(1, instant(2026, 7, 23)),
        restriction=Restriction.PROHIBITED,
        remarks=("INTERNATIONAL SIGNAL FLAGS UY AND NE4 DISPLAYED",),
    )


WHOLE = {
    "ja": """\
水路通報 26-999項
日本海 射撃訓練
射撃訓練が実施される。
期間 令和8年7月20日～22日（予備日23日）、毎日0900～1800
区域 次の4地点により囲まれる区域
(1) 39-00-00N 134-00-00E
(2) 39-30-00N 134-00-00E
(3) 39-30-00N 134-30-00E
(4) 39-00-00N 134-30-00E
備考 本区域内への立入りを禁止する。
備考 国際信号旗「UY」及び「NE4」を掲揚""",
    "zh": """\
航警999/26，日本海，2026年7月20日至22日每日0800时至1700时（备用日23日），\
在39-00N 134-00E、39-30N 134-00E、39-30N 134-30E、39-00N 134-30E诸点连线水域内进行实弹射击。\
禁止驶入。悬挂国际信号旗“UY”和“NE4”。""",
    "ru": """\
ПРИП 999/26
ЯПОНСКОЕ МОРЕ
АРТИЛЛЕРИЙСКИЕ СТРЕЛЬБЫ С 20 ПО 22 ИЮЛЯ 2026 ЕЖЕДНЕВНО С 0300 ДО 1200 МСК, РЕЗЕРВ 23 ИЮЛЯ 2026
В РАЙОНЕ, ОГРАНИЧЕННОМ ТОЧКАМИ
39-00С 134-00В
39-30С 134-00В
39-30С 134-30В
39-00С 134-30В
РАЙОН ЗАПРЕТЕН ДЛЯ ПЛАВАНИЯ
ПОДНЯТ СИГНАЛ ПО МЕЖДУНАРОДНОМУ СВОДУ СИГНАЛОВ UY И NE4""",
    "ko": """\
항행경보 26-999
동해 해상사격훈련
일시: 2026년 7월 20일 ~ 22일 매일 09:00 ~ 18:00 (예비일 23일)
구역: 다음 4개 지점을 순차 연결한 선내 해역
(1) 39-00-00N 134-00-00E
(2) 39-30-00N 134-00-00E
(3) 39-30-00N 134-30-00E
(4) 39-00-00N 134-30-00E
구역 안으로의 접근을 금지합니다.
국제신호기 UY, NE4 게양""",
}

every_language = pytest.mark.parametrize("code", national.LANGUAGES)


@every_language
def test_a_whole_warning_is_written_as_in_the_worked_case(code: str) -> None:
    assert national.write(draft_of(), code) == WHOLE[code]


@pytest.mark.parametrize(
    ("code", "circle", "sector", "line", "position"),
    [
        (
            "ja",
            "39-15-00N 134-15-00E を中心とする半径5海里の円内",
            "半径5海里、真方位162度から198度までの扇形の区域",
            "次の2地点を結ぶ線の両側1海里以内の区域",
            "39-15-00N 134-15-00E 付近",
        ),
        (
            "zh",
            "以39-15N 134-15E为圆心，半径5海里的水域内",
            "真方位162度至198度，半径5海里的扇形水域内",
            "39-00N 134-00E、39-30N 134-00E连线两侧1海里范围内",
            "39-15N 134-15E附近",
        ),
        (
            "ru",
            "В РАДИУСЕ 5 МИЛЬ ОТ 39-15С 134-15В",
            "В СЕКТОРЕ ИСТИННЫХ ПЕЛЕНГОВ ОТ 162 ДО 198 ГРАД",
            "НЕ ДАЛЕЕ 1 МИЛИ ПО ОБЕ СТОРОНЫ ОТ ЛИНИИ",
            "В ТОЧКЕ 39-15С 134-15В",
        ),
        (
            "ko",
            "39-15-00N 134-15-00E 중심 반경 5해리 이내 해역",
            "진방위 162도부터 198도까지의 해역",
            "다음 2개 지점을 이은 선의 양쪽 1해리 이내 해역",
            "39-15-00N 134-15-00E 부근",
        ),
    ],
)
def test_every_shape_has_words(code: str, circle: str, sector: str, line: str, position: str) -> None:
    places = (
        DraftArea(footprint=CIRCLE),
        DraftArea(footprint=Sector(centre=CIRCLE.centre, bearing_deg=180.0, half_angle_deg=18.0, radius_m=9260.0)),
        DraftArea(footprint=Corridor(waypoints=SQUARE.vertices[:2], half_width_m=NAUTICAL_MILE_M)),
        DraftArea(footprint=replace(CIRCLE, radius_m=0.0), form=Form.POSITION),
    )
    text = national.write(draft_of(*places), code)
    for words in (circle, sector, line, position):
        assert words in text


def test_a_radius_of_whole_kilometres_is_in_kilometres_where_the_issuer_writes_so() -> None:
    draft = draft_of(DraftArea(footprint=replace(CIRCLE, radius_m=5000.0)))
    assert "半径5千米" in national.write(draft, "zh")
    assert "半径2.7海里" in national.write(draft, "ja")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("ja", "期間 令和8年12月31日2100～翌日0500、令和9年1月2日09時00分から4日09時00分まで"),
        ("zh", "2026年12月31日2000时至次日0400时和2027年1月2日0800时至4日0800时"),
        (
            "ru",
            "31 ДЕКАБРЯ 2026 С 1500 ДО 2300 МСК И С 0300 МСК 2 ЯНВАРЯ 2027 ДО 0300 МСК 4 ЯНВАРЯ 2027",
        ),
        ("ko", "2026년 12월 31일 21:00 ~ 다음 날 05:00, 2027년 1월 2일 09:00부터 4일 09:00까지"),
    ],
)
def test_nights_and_stretches_over_the_end_of_a_year_are_told_by_the_local_clock(code: str, words: str) -> None:
    first_ms = instant(2026, 12, 31, 12)
    windows = (
        Window(start_ms=first_ms, end_ms=first_ms + 8 * HOUR_MS),
        Window(start_ms=instant(2027, 1, 2), end_ms=instant(2027, 1, 4)),
    )
    text = national.write(replace(draft_of(), windows=windows, reserves=()), code)
    assert words.replace("31日2100", "31日、2100") in text


@every_language
def test_what_has_no_end_says_so_and_paragraphs_have_their_own_times(code: str) -> None:
    draft = replace(
        draft_of(), windows=(), reserves=(), parts=(DraftPart(areas=(DraftArea(footprint=CIRCLE),), windows=daily(1)),)
    )
    text = national.write(draft, code)
    opened = {"ja": "当分の間", "zh": "即日起至另行通知", "ru": "ДО ОСОБОГО ОБЪЯВЛЕНИЯ", "ko": "별도 통보 시까지"}[code]
    assert 0 < text.index(opened) < text.rindex("134-15")
    assert "20" in text[text.index(opened) :]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("ja", "期間 予備日 令和8年7月20日～22日、毎日0900～1800\n"),
        ("zh", "，备用时间2026年7月20日至22日每日0800时至1700时，在"),
        ("ru", "АРТИЛЛЕРИЙСКИЕ СТРЕЛЬБЫ РЕЗЕРВ С 20 ПО 22 ИЮЛЯ 2026 ЕЖЕДНЕВНО С 0300 ДО 1200 МСК\n"),
        ("ko", "일시: 예비일 2026년 7월 20일 ~ 22일 매일 09:00 ~ 18:00\n"),
    ],
)
def test_times_that_are_only_alternates_are_called_so(code: str, words: str) -> None:
    area = (DraftArea(footprint=CIRCLE),)
    left = DraftPart(areas=area, windows=daily(3), activity=f"GUNNERY EXERCISES{ALTERNATE}", category=Category.GUNNERY)
    draft = replace(draft_of(), areas=(), windows=(), reserves=(), parts=(left,))
    assert words in national.write(draft, code)
    firm = replace(left, activity="GUNNERY EXERCISES")
    assert words not in national.write(replace(draft, parts=(firm,)), code)


def test_seas_that_the_table_lacks_and_remarks_stay_as_they_came_and_localities_in_english_do_not() -> None:
    draft = replace(
        draft_of(), general_area="TASMAN SEA", locality="OKI SHOTO, NORTHWARD", remarks=("CONTACT RANGE CONTROL",)
    )
    for code in national.LANGUAGES:
        text = national.write(draft, code)
        assert "TASMAN SEA" in text
        assert "OKI SHOTO" not in text
        assert "CONTACT RANGE CONTROL" in text
    assert "隠岐諸島北方" in national.write(replace(draft, locality="隠岐諸島北方"), "ja")


def test_two_seas_are_both_named_in_the_language_where_it_has_names_for_both() -> None:
    draft = replace(draft_of(), general_area="SEA OF JAPAN AND YELLOW SEA")
    assert "日本海、黄海" in national.write(draft, "ja")
    assert "日本海和黄海" in national.write(draft, "zh")
    assert "ЯПОНСКОЕ МОРЕ И ЖЁЛТОЕ МОРЕ" in national.write(draft, "ru")
    assert "SEA OF JAPAN AND TASMAN SEA" in national.write(
        replace(draft, general_area="SEA OF JAPAN AND TASMAN SEA"), "ja"
    )


def test_a_number_that_is_not_given_is_a_blank_and_a_series_in_the_language_stands() -> None:
    draft = replace(
        draft_of(), number="", series="琼航警", cancels=("琼航警998/26",), cancel_ms=instant(2026, 7, 23, 10)
    )
    assert national.write(draft, "zh").startswith("琼航警___/26，")
    assert national.write(draft, "zh").endswith("撤销琼航警998/26。")
    assert national.write(replace(draft, series="NAVAREA XI"), "ko").startswith("항행경보 26-___\n")
    assert national.write(draft, "ru").endswith("ОТМЕНИТЬ ЭТО ПРЕДУПРЕЖДЕНИЕ 1300 МСК 23 ИЮЛЯ 2026")


@every_language
def test_a_draft_that_only_cancels_has_no_places(code: str) -> None:
    text = national.write(Draft(id="N1", areas=(), cancels=("琼航警998/26",), number="999/26"), code)
    assert "琼航警998/26" in text
    assert "134" not in text


@every_language
def test_what_has_no_words_is_refused_with_what_to_draft_instead(code: str) -> None:
    hole = Without(base=SQUARE, holes=(CIRCLE,))
    with pytest.raises(DraftError, match="draft the areas"):
        national.write(draft_of(DraftArea(footprint=hole)), code)
    with pytest.raises(DraftError, match="draft the areas"):
        national.write(draft_of(DraftArea(footprint=Sector.ring(at(39.0, 134.0), 926.0, NAUTICAL_MILE_M))), code)
    with pytest.raises(DraftError, match="cancels nothing"):
        national.write(Draft(id="N1", areas=()), code)
    with pytest.raises(DraftError, match="a line is a corridor"):
        national.write(draft_of(DraftArea(footprint=SQUARE, form=Form.LINE)), code)


def test_another_language_is_refused_and_each_is_marked_until_it_is_reviewed() -> None:
    with pytest.raises(ValueError, match="there are ja, zh, ru, ko"):
        national.write(draft_of(), "en")
    assert {national.standing_text(code) for code in national.LANGUAGES} == {
        "TEXT MADE BY A MACHINE - NO SPEAKER HAS REVIEWED IT"
    }


_SEVERAL = {
    "ja": ("日本海 射撃訓練、水中作業\n射撃訓練、水中作業が実施される。\n射撃訓練\n期間 ", "\n水中作業\n期間 "),
    "zh": ("日本海，2026年", "进行实弹射击。2026年", "进行水下作业。"),
    "ru": ("ЯПОНСКОЕ МОРЕ\nАРТИЛЛЕРИЙСКИЕ СТРЕЛЬБЫ С ", "\nПОДВОДНЫЕ РАБОТЫ 25 "),
    "ko": ("동해 해상사격훈련, 수중 작업\n해상사격훈련\n일시: ", "\n수중 작업\n일시: "),
}


@every_language
def test_each_paragraph_is_called_by_what_goes_on_there_and_the_title_by_all_of_it(code: str) -> None:
    part = DraftPart(
        areas=(DraftArea(footprint=CIRCLE),),
        windows=daily(1, instant(2026, 7, 25)),
        category=Category.UNDERWATER_OPERATIONS,
    )
    text = national.write(replace(draft_of(), parts=(part,)), code)
    found = [text.find(words) for words in _SEVERAL[code]]
    assert -1 not in found, text
    assert found == sorted(found)
