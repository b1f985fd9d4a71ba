"""Cards for seafarers: everything that a draft says of place and time stands on the card, in plain words."""
# ruff: noqa: RUF001  # their letters and signs are theirs

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from structured_cases import FIRST_DAY_MS, drafts, schedules, windows_daily
from waterspace.domain import Circle, Corridor, Footprint, Joined, Polygon, Position, Sector, Window, Without
from waterspace.messages.draft import STATUS, Draft, DraftArea, DraftPart, Restriction
from waterspace.messages.languages import CODES
from waterspace.messages.reading import Category, Form
from waterspace.quantity import DAY_MS, HOUR_MS, NAUTICAL_MILE_M
from waterspace.reports.seafarers import as_card, card_words
from waterspace.reports.seafarers.places import place_lines, position_words
from waterspace.reports.seafarers.times import time_lines

AT = Position(lat_deg=40.0, lon_deg=135.0)
SQUARE = Polygon(
    vertices=tuple(
        Position(lat_deg=lat_deg, lon_deg=lon_deg)
        for lat_deg, lon_deg in ((40.0, 135.0), (40.5, 135.0), (40.5, 135.5), (40.0, 135.5))
    )
)
JAPAN_MS = 9 * HOUR_MS
ENGLISH = card_words("en")

every_language = pytest.mark.parametrize("code", CODES)


def draft_of(*areas: DraftArea) -> Draft:
    return Draft(
        id="N1",
        areas=areas,
        series="NAVAREA XI",
        number="999/26",
        general_area="SEA OF JAPAN",
        category=Category.GUNNERY,
        windows=windows_daily(4),
        restriction=Restriction.PROHIBITED,
    )


def test_a_card_says_what_where_when_and_what_to_do() -> None:
    page = as_card(draft_of(DraftArea(footprint=SQUARE)), local_offset_ms=JAPAN_MS, originator="Range <Control>")
    for words in (
        STATUS,
        "Guns fire live shells at sea: Sea of Japan",
        "Do not enter the area at these times.",
        "40°30.00′N 135°30.00′E",
        "Mon 20 Jul to Thu 23 Jul 2026, each day",
        "09:00 to 18:00",
        "00:00 to 09:00",
        "Local time (UTC+09:00)",
        "Official warning: NAVAREA XI 999/26",
        "Range &lt;Control&gt;",
        "<svg",
    ):
        assert words in page, words
    assert "http-equiv" in page
    assert not re.search(r"<script|src=|@import", page)


def test_what_has_no_end_and_what_has_alternates_says_so() -> None:
    draft = replace(draft_of(DraftArea(footprint=SQUARE)), windows=(), parts=())
    assert ENGLISH.others["open"] in as_card(draft, local_offset_ms=0)
    reserve = replace(draft_of(DraftArea(footprint=SQUARE)), reserves=windows_daily(1, FIRST_DAY_MS + 9 * DAY_MS))
    page = as_card(reserve, local_offset_ms=JAPAN_MS)
    assert ENGLISH.others["reserve"] in page
    assert "Wed 29 Jul 2026" in page


def test_a_card_rounds_lengths_and_bearings_outwards_as_the_text_does_and_inwards_for_what_is_left_out() -> None:
    disc = Circle(centre=AT, radius_m=18.7712 * NAUTICAL_MILE_M)
    slice_ = Sector(
        centre=AT,
        bearing_deg=10.0,
        half_angle_deg=25.03,
        radius_m=10.001 * NAUTICAL_MILE_M,
        inner_radius_m=3.009 * NAUTICAL_MILE_M,
    )
    less = Without(base=disc, holes=(Circle(centre=AT, radius_m=5.009 * NAUTICAL_MILE_M),))

    def said(footprint: Footprint) -> str:
        return " ".join(line.words for line in place_lines(DraftArea(footprint=footprint), ENGLISH))

    assert "18.78 nautical miles (34.8 km)" in said(disc)
    assert "from 3 nautical miles (5.5 km) to 10.01 nautical miles (18.6 km)" in said(slice_)
    assert "between 344.9 and 035.1 degrees true" in said(slice_)
    assert "5 nautical miles (9.2 km)" in said(less)
    assert "18.78 nautical miles" in said(less)


@every_language
def test_a_language_that_nobody_reviewed_is_marked_in_itself_and_in_english(code: str) -> None:
    page = as_card(draft_of(DraftArea(footprint=SQUARE)), local_offset_ms=0, languages=(code,))
    words = card_words(code)
    assert page.startswith(f'<!doctype html>\n<html lang="{words.language.code}">')
    is_marked = ENGLISH.others["machine"] in page and words.others["machine"] in page
    assert is_marked == (code != "en")
    assert STATUS in page


@every_language
def test_a_card_says_every_position_time_and_distance_in_every_language(code: str) -> None:
    draft = replace(
        draft_of(DraftArea(footprint=SQUARE), DraftArea(footprint=Circle(centre=AT, radius_m=5_000.0))),
        reserves=windows_daily(1, FIRST_DAY_MS + 9 * DAY_MS),
    )
    page = as_card(draft, local_offset_ms=JAPAN_MS, languages=(code,))
    words = card_words(code)
    assert page.count("40°30.00′N 135°30.00′E") == 1
    for text in (
        "09:00",
        "18:00",
        "00:00",
        "UTC+09:00",
        "2026",
        words.number("2.7"),
        words.number("5.0"),
        "NAVAREA XI",
    ):
        assert text in page, text
    assert words.what[Category.GUNNERY] in page
    assert words.language.sea("SEA OF JAPAN") in page
    assert "{" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def test_days_and_hours_are_written_as_each_language_writes_them() -> None:
    windows = windows_daily(3, FIRST_DAY_MS - 6 * HOUR_MS)
    said = {code: time_lines(windows, 0, card_words(code))[0] for code in CODES}
    assert {code: line.days for code, line in said.items()} == {
        "en": "Sun 19 Jul to Tue 21 Jul 2026, each day",
        "ja": "2026年7月19日（日）から7月21日（火）まで毎日",
        "zh": "2026年7月19日（周日）至7月21日（周二），每日",
        "ru": "с 19 июля (вс) по 21 июля 2026 г. (вт), ежедневно",
        "ko": "2026년 7월 19일(일)부터 7월 21일(화)까지 매일",
    }
    assert said["ru"].local == "с 18:00 до 03:00 следующего дня"
    assert said["ko"].local == "18:00 ~ 다음 날 03:00"


def test_days_of_two_years_name_both() -> None:
    (line,) = time_lines(windows_daily(4, FIRST_DAY_MS + 163 * DAY_MS), 0, ENGLISH)
    assert line.days == "Wed 30 Dec 2026 to Sat 2 Jan 2027, each day"


@pytest.mark.parametrize(
    ("miles", "words"),
    [
        (1, "1 морской мили"),
        (2, "2 морских миль"),
        (5, "5 морских миль"),
        (11, "11 морских миль"),
        (21, "21 морской мили"),
        (111, "111 морских миль"),
        (2.5, "2,5 морской мили"),
    ],
)
def test_russian_distances_stand_in_the_genitive(miles: float, words: str) -> None:
    area = DraftArea(footprint=Circle(centre=AT, radius_m=miles * NAUTICAL_MILE_M))
    (line,) = place_lines(area, card_words("ru"))
    assert line.words.startswith(f"в радиусе {words} ("), line.words


def test_several_languages_stand_on_one_card_with_one_chart() -> None:
    page = as_card(draft_of(DraftArea(footprint=SQUARE)), local_offset_ms=0, languages=("ja", "en", "ja"))
    assert re.findall(r'<article lang="(\w+)"', page) == ["ja", "en"]
    assert page.count("<svg") == 1
    assert page.count("40°30.00′N 135°30.00′E") == 2
    with pytest.raises(ValueError, match="at least one language"):
        as_card(draft_of(), local_offset_ms=0, languages=())
    with pytest.raises(ValueError, match="there are en, ja, zh, ru, ko"):
        as_card(draft_of(), local_offset_ms=0, languages=("fr",))


@every_language
def test_a_locality_in_english_stands_on_the_english_side_alone(code: str) -> None:
    draft = replace(draft_of(DraftArea(footprint=SQUARE)), locality="OKI SHOTO, NORTHWARD")
    page = as_card(draft, local_offset_ms=0, languages=(code,))
    assert ("Oki Shoto, Northward" in page) is (code == "en")


def test_areas_get_letters_and_parts_their_own_times() -> None:
    draft = replace(
        draft_of(DraftArea(footprint=SQUARE), DraftArea(footprint=Circle(centre=AT, radius_m=9_260.0))),
        parts=(DraftPart(areas=(DraftArea(footprint=SQUARE, label="Z"),), windows=windows_daily(1)),),
    )
    page = as_card(draft, local_offset_ms=0)
    assert all(f"<b>Area {letter}</b>" in page for letter in "ABZ")
    assert page.count(f"<h2>{ENGLISH.others['when']}</h2>") == 2
    assert "within 5 nautical miles (9.3 km) of 40°00.00′N 135°00.00′E" in page


@pytest.mark.parametrize(
    ("shape", "form", "words"),
    [
        (Circle(centre=AT, radius_m=0.0), Form.POSITION, "at 40°00.00′N 135°00.00′E"),
        (Corridor(waypoints=(AT,), half_width_m=0.0), Form.LINE, "along the line through:"),
        (
            Corridor(waypoints=(AT,), half_width_m=NAUTICAL_MILE_M),
            Form.AREA,
            "within 1 nautical mile (1.9 km) on each side",
        ),
        (
            Sector(centre=AT, bearing_deg=350.0, half_angle_deg=20.0, radius_m=NAUTICAL_MILE_M),
            Form.AREA,
            "between 330 and 010",
        ),
        (Sector.ring(AT, 926.0, NAUTICAL_MILE_M), Form.AREA, "from 0.5 nautical miles (0.9 km) to 1 nautical mile ("),
        (Without(base=SQUARE, holes=(Circle(centre=AT, radius_m=926.0),)), Form.AREA, "but not:"),
        (Joined(parts=(SQUARE, Circle(centre=AT, radius_m=926.0))), Form.AREA, "within 0.5 nautical miles"),
    ],
)
def test_every_shape_has_words(shape: Polygon, form: Form, words: str) -> None:
    lines = place_lines(DraftArea(footprint=shape, form=form), ENGLISH)
    assert any(words in line.words for line in lines), lines


def test_positions_round_over_the_degree() -> None:
    assert position_words(Position(lat_deg=-39.99999, lon_deg=-179.99999)) == "40°00.00′S 180°00.00′W"
    assert position_words(Position(lat_deg=-0.0000001, lon_deg=0.0)) == "00°00.00′N 000°00.00′E"


def test_hours_over_midnight_and_days_that_differ_by_the_two_clocks_say_so() -> None:
    early = (Window(start_ms=FIRST_DAY_MS - 2 * HOUR_MS, end_ms=FIRST_DAY_MS + 3 * HOUR_MS),)
    (line,) = time_lines(early, JAPAN_MS, ENGLISH)
    assert (line.days, line.local, line.utc) == ("Mon 20 Jul 2026", "07:00 to 12:00", "22:00 (day before) to 03:00")
    (line,) = time_lines(early, 0, ENGLISH)
    assert (line.days, line.local) == ("Sun 19 Jul 2026", "22:00 to 03:00 next day")
    (line,) = time_lines((Window(start_ms=FIRST_DAY_MS, end_ms=FIRST_DAY_MS + 3 * DAY_MS),), JAPAN_MS, ENGLISH)
    assert line.local == "Mon 20 Jul 2026 09:00 to Thu 23 Jul 2026 09:00"
    (line,) = time_lines((Window(start_ms=FIRST_DAY_MS, end_ms=FIRST_DAY_MS + 15 * HOUR_MS),), JAPAN_MS, ENGLISH)
    assert line.local == "09:00 to 24:00"
    late = (Window(start_ms=FIRST_DAY_MS + 20 * HOUR_MS, end_ms=FIRST_DAY_MS + 35 * HOUR_MS),)
    (line,) = time_lines(late, -10 * HOUR_MS, ENGLISH)
    assert (line.local, line.utc) == ("10:00 to 01:00 next day", "20:00 to 11:00 next day")


def test_hours_that_end_two_days_later_by_utc_say_so() -> None:
    late = (Window(start_ms=FIRST_DAY_MS + 6 * HOUR_MS, end_ms=FIRST_DAY_MS + 26 * HOUR_MS),)
    (line,) = time_lines(late, -11 * HOUR_MS, ENGLISH)
    assert (line.days, line.local) == ("Sun 19 Jul 2026", "19:00 to 15:00 next day")
    assert line.utc == "06:00 next day to 02:00 two days later"


@given(windows=schedules())
def test_the_same_hours_on_days_in_a_row_are_one_line(windows: tuple[Window, ...]) -> None:
    assert len(time_lines(windows, JAPAN_MS, ENGLISH)) == 1
    gap = tuple(Window(start_ms=w.start_ms + 30 * DAY_MS, end_ms=w.end_ms + 30 * DAY_MS) for w in windows)
    assert len(time_lines((*gap, *windows), JAPAN_MS, ENGLISH)) == 2


@settings(max_examples=8, deadline=None)
@given(draft=drafts())
def test_any_draft_has_a_card(draft: Draft) -> None:
    page = as_card(draft, local_offset_ms=JAPAN_MS)
    assert page.count("<svg") == 1
    assert page == as_card(draft, local_offset_ms=JAPAN_MS)


@every_language
def test_a_card_says_of_each_paragraph_what_goes_on_there(code: str) -> None:
    areas = (DraftArea(footprint=SQUARE),)
    part = DraftPart(areas=areas, windows=windows_daily(1), category=Category.UNDERWATER_OPERATIONS)
    guns, work = (card_words(code).what[one] for one in (Category.GUNNERY, Category.UNDERWATER_OPERATIONS))
    page = as_card(replace(draft_of(*areas), parts=(part,)), local_offset_ms=JAPAN_MS, languages=(code,))
    assert f'<p class="what">{guns}; {work}' in page
    assert [page.count(f'<p class="what">{one}</p>') for one in (guns, work)] == [1, 1]
    alone = as_card(draft_of(*areas), local_offset_ms=JAPAN_MS, languages=(code,))
    assert alone.count('class="what"') == 1


@pytest.mark.parametrize(
    ("lon_deg", "hours", "is_told"),
    [
        (135.0, 9, True),
        (121.0, 8, True),
        (-9.0, 2, True),  # summer time on the west coast of a state with the clocks of its east
        (175.0, -12, True),  # on the other side of the date line
        (-170.0, 9, False),
        (-40.0, 9, False),
        (0.0, 0, False),
        (135.0, 0, False),
    ],
)
def test_a_local_time_that_nobody_keeps_there_is_left_out_and_utc_stands_alone(
    lon_deg: float, hours: int, is_told: bool
) -> None:
    there = Circle(centre=Position(lat_deg=35.0, lon_deg=lon_deg), radius_m=5.0 * NAUTICAL_MILE_M)
    page = as_card(draft_of(DraftArea(footprint=there)), local_offset_ms=hours * HOUR_MS)
    assert ("Local time (UTC" in page) is is_told
    assert "<th>UTC</th>" in page
    rows = re.findall(r"<tr><td>.*?</tr>", page)
    assert rows
    assert {row.count("<td>") for row in rows} == {3 if is_told else 2}
