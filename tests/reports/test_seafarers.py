"""Cards for seafarers: everything that a draft says of place and time stands on the card, in plain words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from structured_cases import FIRST_DAY_MS, drafts, schedules, windows_daily
from waterspace.domain import Circle, Corridor, Joined, Polygon, Position, Sector, Window, Without
from waterspace.messages.draft import STATUS, Draft, DraftArea, DraftPart, Restriction
from waterspace.messages.reading import Category, Form
from waterspace.quantity import DAY_MS, HOUR_MS
from waterspace.reports.seafarers import ENGLISH, as_card
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


def test_a_language_that_nobody_reviewed_is_marked() -> None:
    draft = draft_of(DraftArea(footprint=SQUARE))
    words = replace(ENGLISH, is_reviewed=False, language="xx")
    assert ENGLISH.others["machine"] in as_card(draft, local_offset_ms=0, words=words)
    assert ENGLISH.others["machine"] not in as_card(draft, local_offset_ms=0)


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
        (Corridor(waypoints=(AT,), half_width_m=1852.0), Form.AREA, "within 1 nautical miles (1.9 km) on each side"),
        (Sector(centre=AT, bearing_deg=350.0, half_angle_deg=20.0, radius_m=1852.0), Form.AREA, "between 330 and 10"),
        (Sector.ring(AT, 926.0, 1852.0), Form.AREA, "from 0.5 nautical miles (0.9 km) to 1 nautical miles"),
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
