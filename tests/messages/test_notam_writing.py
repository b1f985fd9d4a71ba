"""NOTAMs as they are written: cases that a reviewer can follow, and what is refused."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from draft_cases import at, instant
from waterspace.domain import Band, Circle, Corridor, Footprint, Joined, NotamCircle, Polygon, Sector, Window, Without
from waterspace.errors import DraftError
from waterspace.messages.draft import Draft, DraftArea, DraftPart, Restriction
from waterspace.messages.finding import messages_in
from waterspace.messages.phrasing.item_d import item_d, stages
from waterspace.messages.reader import read
from waterspace.messages.reading import Category, Form, Verdict
from waterspace.messages.writing import notam
from waterspace.messages.writing.notam_circle import covering_circle
from waterspace.messages.writing.notam_offices import offices
from waterspace.quantity import DAY_MS, FOOT_M, NAUTICAL_MILE_M

SQUARE = Polygon(
    vertices=(at(40 + 1 / 3, 135 + 2 / 3), at(40 + 1 / 3, 136 + 1 / 3), at(40.0, 136 + 1 / 3), at(40.0, 135 + 2 / 3))
)
DISC = Circle(centre=at(39.5, 134.0), radius_m=5 * NAUTICAL_MILE_M)


def hours(day: int, first: int = 0, last: int = 9, month: int = 7) -> Window:
    """From one full hour of a day in 2026 to another; beyond 24 on the next day."""
    start_ms = instant(2026, month, day)
    return Window(start_ms=start_ms + first * DAY_MS // 24, end_ms=start_ms + last * DAY_MS // 24)


DAYS = tuple(hours(day) for day in (20, 21, 22, 23))


def draft(*footprints: Footprint, **changes: Any) -> Draft:  # noqa: ANN401  # any field of a draft
    """Gunnery in the Sea of Japan on four days, but for what is changed."""
    known = Draft(
        id="N1",
        areas=tuple(DraftArea(footprint=each) for each in footprints or (SQUARE,)),
        windows=DAYS,
        category=Category.GUNNERY,
        firs=("RJJJ",),
    )
    return replace(known, **changes)


def line(text: str, item: str) -> str:
    """The line of a text that begins with an item."""
    return next(each for each in text.splitlines() if each.startswith(f"{item})"))


# -------------------------------------------------------------------------------------------------------------- a whole


def test_gunnery_on_four_days_is_one_notam() -> None:
    band = Band(floor_m=-10.0, ceiling_m=30_000 * FOOT_M)
    areas = (DraftArea(footprint=SQUARE, band=band),)
    text = notam.write(draft(areas=areas, general_area="Sea of Japan", restriction=Restriction.PROHIBITED))
    assert text == (
        "(A____/26 NOTAMN\n"
        "Q) RJJJ/QWMLW/IV/BO/W/000/300/4010N13600E019\n"
        "A) RJJJ B) 2607200000 C) 2607230900\n"
        "D) DAILY 0000-0900\n"
        "E) SEA OF JAPAN.\n"
        "GUN FRNG EXER WILL TAKE PLACE WI AREA BOUNDED BY: 402000N1354000E\n"
        "402000N1362000E 400000N1362000E 400000N1354000E 402000N1354000E.\n"
        "ACFT ARE FORBIDDEN TO FLY INTO THE AREA.\n"
        "F) SFC G) 30000FT AMSL)"
    )


def test_several_areas_have_letters_and_their_own_heights() -> None:
    low, high = Band(floor_m=0.0, ceiling_m=1524.0), Band(floor_m=304.8)
    corridor = Corridor(waypoints=(at(39.0, 134.0), at(39.0, 135.0)), half_width_m=2 * NAUTICAL_MILE_M)
    areas = (DraftArea(footprint=DISC, band=low), DraftArea(footprint=corridor, band=high))
    text = notam.write(draft(areas=areas, windows=DAYS[:1]))
    assert line(text, "Q") == "Q) RJJJ/QWMLW/IV/BO/W/000/999/3914N13427E032"
    assert "IN FLW AREAS:\nAREA A: WI 5NM RADIUS OF 393000N1340000E, SFC - 5000FT AMSL.\n" in text
    assert "AREA B: WI 2NM EITHER SIDE OF LINE 390000N1340000E - 390000N1350000E,\n1000FT AMSL - UNL.\n" in text
    assert line(text, "F") == "F) SFC G) UNL)"
    assert "\nD)" not in text


def test_a_sector_is_told_by_its_arc() -> None:
    sector = Sector(centre=at(39.0, 134.0), bearing_deg=0.0, half_angle_deg=15.0, radius_m=10 * NAUTICAL_MILE_M)
    text = " ".join(notam.write(draft(sector)).split())
    assert (
        "BOUNDED BY: 390000N1340000E 390940N1335640E THENCE CLOCKWISE BY THE ARC OF A CIRCLE RADIUS 10NM CENTRED ON "
        "390000N1340000E TO 390940N1340320E 390000N1340000E."
    ) in text


def test_what_is_left_out_stands_behind_the_heights() -> None:
    holed = DraftArea(footprint=Without(base=SQUARE, holes=(DISC,)), band=Band(floor_m=0.0, ceiling_m=3048.0))
    ring = Sector(
        centre=at(40.0, 135.0), bearing_deg=0.0, half_angle_deg=180.0, radius_m=18_520.0, inner_radius_m=1_852.0
    )
    text = " ".join(notam.write(draft(areas=(holed, DraftArea(footprint=ring)))).split())
    assert "402000N1354000E, SFC - 10000FT AMSL, EXCLUDING WI 5NM RADIUS OF 393000N1340000E. AREA B: WI 10NM" in text
    assert "RADIUS OF 400000N1350000E, SFC - UNL, EXCLUDING WI 1NM RADIUS OF 400000N1350000E. F)" in text


def test_lines_and_positions_are_told() -> None:
    way = DraftArea(footprint=Corridor(waypoints=(at(0.0, 0.0), at(-0.5, -0.25)), half_width_m=0.0), form=Form.LINE)
    spot = DraftArea(footprint=Circle(centre=at(0.0, 0.0), radius_m=0.0), form=Form.POSITION)
    text = notam.write(draft(areas=(way, spot)))
    assert "ALONG LINE 000000N0000000E - 003000S0001500W." in text
    assert "AT PSN 000000N0000000E." in text


def test_alternate_times_are_in_item_d_and_named_in_item_e() -> None:
    text = notam.write(draft(windows=DAYS[:2], reserves=DAYS[2:]))
    assert line(text, "D") == "D) DAILY 0000-0900"
    assert "\nALTN TIMES: 22-23 0000-0900.\n" in text
    assert line(text, "A").endswith("C) 2607230900")


@pytest.mark.parametrize(
    ("category", "code"),
    [
        (Category.GUNNERY, "QWMLW"),
        (Category.MILITARY_EXERCISE, "QWELW"),
        (Category.HAZARDOUS_OPERATIONS, "QRDCA"),
        (Category.NAVIGATION_PROHIBITED, "QRTCA"),
        (Category.OTHER, "QXXLW"),
    ],
)
def test_the_code_follows_the_category(category: Category, code: str) -> None:
    assert f"/{code}/" in notam.write(draft(category=category))


def test_a_code_may_be_given() -> None:
    text = notam.write(draft(category=Category.UNDERWATER_OPERATIONS, activity="Unmanned aircraft ops"), "QWULW")
    assert "/QWULW/" in text
    assert "E) UNMANNED AIRCRAFT OPS WILL TAKE PLACE WI" in text


# ------------------------------------------------------------------------------------------- several, and their numbers


def test_times_of_their_own_make_a_notam_of_their_own() -> None:
    part = DraftPart(areas=(DraftArea(footprint=DISC),), windows=DAYS[:1], activity="Bombing")
    texts = notam.write_all(draft(parts=(part,)))
    assert [line(text, "A") for text in texts] == [
        "A) RJJJ B) 2607200000 C) 2607230900",
        "A) RJJJ B) 2607200000 C) 2607200900",
    ]
    assert "E) BOMBING WILL TAKE PLACE WI 5NM" in texts[1]
    assert [message.text.strip() for message in messages_in(notam.write(draft(parts=(part,))))] == list(texts)


def test_regions_of_one_state_share_a_notam_and_others_have_their_own() -> None:
    texts = notam.write_all(draft(firs=("UHHH", "RJJJ", "UHMM")))
    assert [line(text, "Q")[:8] for text in texts] == ["Q) UHXX/", "Q) RJJJ/"]
    assert [line(text, "A")[:12] for text in texts] == ["A) UHHH UHMM", "A) RJJJ B) 2"]
    assert "ACT ALSO IN RJJJ FIR, SEE NOTAM OF THAT FIR." in texts[0]
    assert "ACT ALSO IN UHHH AND UHMM FIR, SEE NOTAM OF THAT FIR." in texts[1]


@pytest.mark.parametrize(
    ("firs", "regions"),
    [
        (("LFRR", "LFBB"), ["LFXX"]),
        (("ZBPE", "ZYSH"), ["ZXXX"]),
        (("ZSHA", "ZKKP", "ZMUB"), ["ZSHA", "ZKKP", "ZMUB"]),
        (("UUWV", "URRV"), ["UUXX"]),
        (("UHMM", "PAZA", "KZAK"), ["UHMM", "KXXX"]),
        (("VOMF", "VEBF"), ["VOXX"]),
        (("VOMF", "VCCF"), ["VOMF", "VCCF"]),
    ],
)
def test_offices_are_known_by_their_letters(firs: tuple[str, ...], regions: list[str]) -> None:
    assert [office.region for office in offices(firs)] == regions


def test_a_notam_that_cancels_one_and_has_places_replaces_it() -> None:
    text = notam.write(draft(cancels=("NOTAM A0123/26",), number="A0456/26"))
    assert text.startswith("(A0456/26 NOTAMR A0123/26\n")
    reading = read(messages_in(text)[0])
    assert (reading.number, reading.cancels) == ("A0456/26", ("A0123/26",))


def test_what_is_cancelled_beyond_that_has_a_notam_of_its_own() -> None:
    issued_ms = instant(2026, 7, 15, 6)
    texts = notam.write_all(draft(cancels=("A0123/26", "A0124/26"), issued_ms=issued_ms))
    assert texts[0].startswith("(A____/26 NOTAMR A0123/26\n")
    assert texts[1] == (
        "(A____/26 NOTAMC A0124/26\nQ) RJJJ/QWMCN/IV/BO/W/000/999/____N_____E___\nA) RJJJ B) 2607150600\n"
        "E) GUN FRNG EXER CANCELLED)"
    )
    only = notam.write_all(draft(areas=(), windows=(), cancels=("A0123/26",), issued_ms=issued_ms))
    assert [text.splitlines()[0] for text in only] == ["(A____/26 NOTAMC A0123/26"]


def test_line_q_of_a_cancellation_has_the_circle_that_is_given() -> None:
    circle = NotamCircle(centre=at(40.1666, 136.0), radius_m=24.5 * NAUTICAL_MILE_M)
    only = draft(areas=(), windows=(), cancels=("A0123/26",), issued_ms=instant(2026, 7, 15, 6), circle=circle)
    assert line(notam.write(only), "Q") == "Q) RJJJ/QWMCN/IV/BO/W/000/999/4010N13600E025"
    low = replace(only, band=Band(floor_m=-15.0, ceiling_m=10_000 * FOOT_M))
    assert line(notam.write(low), "Q") == "Q) RJJJ/QWMCN/IV/BO/W/000/100/4010N13600E025"


def test_each_notam_has_the_code_of_its_paragraph() -> None:
    part = DraftPart(areas=(DraftArea(footprint=DISC),), windows=DAYS[:1], category=Category.MILITARY_EXERCISE)
    texts = notam.write_all(draft(activity="Gunnery", parts=(part, replace(part, category=None))))
    assert [line(text, "Q")[8:13] for text in texts] == ["QWMLW", "QWELW", "QWMLW"]
    assert ["GUNNERY WILL TAKE PLACE" in text for text in texts] == [True, False, True]
    assert "MIL EXER WILL TAKE PLACE" in texts[1]
    work = replace(part, category=Category.UNDERWATER_OPERATIONS)
    with pytest.raises(DraftError, match="no code of a NOTAM for underwater_operations"):
        notam.write_all(draft(parts=(work,)))
    assert ["/QWULW/" in text for text in notam.write_all(draft(parts=(work,)), "QWULW")] == [True, True]


# --------------------------------------------------------------------------------------------------------------- item D


@pytest.mark.parametrize(
    ("windows", "told"),
    [
        ((hours(20),), ""),
        ((hours(20, 6, 40),), ""),
        (DAYS, "DAILY 0000-0900"),
        ((hours(20, 22, 28), hours(21, 22, 28)), "DAILY 2200-0400"),
        ((hours(20), hours(22), hours(23)), "20 22-23 0000-0900"),
        (tuple(hours(day) for day in range(1, 25) if day not in (9, 16)), "DAILY 0000-0900 EXC 09 16"),
        (tuple(hours(day, 22, 28) for day in (10, 11, 12, 13, 15)), "10-13 15 2200-0400"),
        ((hours(20), hours(20, 12, 15), hours(22)), "20 0000-0900 1200-1500, 22 0000-0900"),
        ((hours(30, 22, 28), hours(31, 22, 28), hours(2, 22, 28, month=8)), "JUL 30-31 AUG 02 2200-0400"),
        ((hours(29), hours(30), hours(31), hours(1, month=8)), "DAILY 0000-0900"),
        (
            (hours(29), hours(30, 0, 60), hours(4, month=8)),
            "JUL 29 0000-0900, JUL 30 0000-AUG 01 1200, AUG 04 0000-0900",
        ),
        ((hours(14), hours(15, 2, 6), hours(17), hours(18)), "14 0000-0900, 15 0200-0600, 17-18 0000-0900"),
        ((hours(20), hours(21, 18, 24)), "20 0000-0900, 21 1800-0000"),
    ],
)
def test_item_d(windows: tuple[Window, ...], told: str) -> None:
    assert item_d(windows) == told


def test_item_d_groups_the_hours_of_several_days_where_it_would_be_too_long_in_order_of_time() -> None:
    windows = tuple(hours(day, 2 * (day % 2)) for day in range(1, 29))
    even, odd = (" ".join(f"{day:02}" for day in range(first, 29, 2)) for first in (2, 1))
    assert item_d(windows) == f"{odd} 0200-0900, {even} 0000-0900"


def test_a_schedule_that_item_d_cannot_hold_makes_several() -> None:
    windows = tuple(hours(day, day % 11, day % 11 + 2 + day % 3) for day in range(1, 31))
    texts = notam.write_all(draft(windows=windows))
    assert len(texts) > 1
    assert all(len(line(text, "D")) <= 203 for text in texts)
    assert [window for stage in stages(windows, 90 * DAY_MS) for window in stage] == list(windows)


def test_alternates_that_touch_by_seconds_lose_the_minute_that_both_have_when_they_are_rounded() -> None:
    start_ms, turn_ms, end_ms = (instant(2026, 7, 20, *clock) for clock in ((0, 0), (3, 0), (5, 0)))
    turn_ms += 30_000
    main, reserve = Window(start_ms=start_ms, end_ms=turn_ms), Window(start_ms=turn_ms, end_ms=end_ms)
    text = notam.write(draft(windows=(main,), reserves=(reserve,)))
    reading = read(messages_in(text)[0])
    (area,) = (one for one in reading.areas if one.label != "Q")
    assert [(one.start_ms, one.end_ms) for one in area.spells] == [(start_ms, turn_ms + 30_000)]
    assert [(one.start_ms, one.end_ms) for one in area.reserves] == [(turn_ms + 30_000, end_ms)]
    earlier = Window(start_ms=turn_ms - 1, end_ms=end_ms)
    with pytest.raises(DraftError, match="overlaps"):
        notam.write(draft(windows=(main,), reserves=(earlier,)))


def test_more_than_three_months_make_several() -> None:
    texts = notam.write_all(draft(windows=(hours(1, month=3), hours(1, month=7))))
    assert [line(text, "A") for text in texts] == [
        "A) RJJJ B) 2603010000 C) 2603010900",
        "A) RJJJ B) 2607010000 C) 2607010900",
    ]


# ----------------------------------------------------------------------------------------------------------- the circle


def test_the_circle_is_rounded_up_over_the_farthest_corner() -> None:
    circle = covering_circle((SQUARE,))
    assert (circle.centre, circle.radius_nm) == (at(40 + 1 / 6, 136.0), 19)


def test_a_disc_on_whole_minutes_is_its_own_circle() -> None:
    assert covering_circle((DISC,)) == (at(39.5, 134.0), 5)


def test_the_circle_knows_180_degrees_and_the_poles() -> None:
    across = (
        Circle(centre=at(40.0, 179.9), radius_m=NAUTICAL_MILE_M),
        Circle(centre=at(40.0, -179.9), radius_m=NAUTICAL_MILE_M),
    )
    circle = covering_circle(across)
    assert abs(circle.centre.lon_deg) == pytest.approx(180.0, abs=0.04)
    assert circle.radius_nm == 6
    around = tuple(Circle(centre=at(89.5, lon), radius_m=1.0) for lon in (-120.0, 0.0, 120.0))
    assert covering_circle(around).radius_nm == 31


def test_a_circle_that_is_given_is_kept_where_it_covers() -> None:
    wide = NotamCircle(centre=at(40.1666, 136.0), radius_m=24.5 * NAUTICAL_MILE_M)
    assert line(notam.write(draft(circle=wide)), "Q").endswith("/4010N13600E025")
    short = NotamCircle(centre=at(40 + 1 / 6, 136.0), radius_m=18 * NAUTICAL_MILE_M)
    with pytest.raises(DraftError, match=r"18\.00 nm, does not cover .* reach 18\.\d\d nm .* give it 19 nm"):
        notam.write(draft(circle=short))


# ---------------------------------------------------------------------------------------------------------- what is not


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"firs": ("Fukuoka",)}, "four capital letters"),
        ({"firs": tuple(f"RJ{letter}J" for letter in "ABCDEFGH")}, "item A holds 7"),
        ({"windows": ()}, "until further notice"),
        ({"areas": ()}, "no places and cancels nothing"),
        ({"windows": (Window(start_ms=0, end_ms=100 * DAY_MS),)}, "AIP"),
        ({"reserves": DAYS[1:2]}, "overlaps"),
        ({"cancel_ms": DAYS[0].end_ms}, "before the last of its times"),
        ({"category": Category.UNDERWATER_OPERATIONS}, "no code"),
        ({"number": "999/26"}, "no number of a NOTAM"),
        (
            {"number": "A0001/26", "parts": (DraftPart(areas=(DraftArea(footprint=DISC),), windows=DAYS[:1]),)},
            "one number",
        ),
        ({"cancels": ("HYDROPAC 12/26",)}, "in the form in which it was made"),
        ({"cancels": ("A0001/26",), "firs": ("RJJJ", "RKRR")}, "a draft for each state"),
        ({"cancels": ("A0001/26", "A0002/26")}, "say when that is"),
        ({"remarks": ("See F) of the order",)}, "reads as an item"),
        ({"remarks": ("50 < 60",)}, "telegraph alphabet"),
    ],
)
def test_what_has_no_words_is_refused(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(DraftError, match=told):
        notam.write_all(draft(**changes))


def test_a_region_that_nobody_has_named_is_a_blank_which_hides_nothing_else() -> None:
    text = notam.write(draft(firs=()))
    assert line(text, "Q").startswith("Q) ____/")
    assert "A) ____ B)" in text
    (message,) = messages_in(text)
    reading = read(message)
    assert reading.verdict is Verdict.UNDERSTOOD
    assert reading.areas


def test_a_code_that_is_none_is_refused() -> None:
    with pytest.raises(DraftError, match="Q and four letters"):
        notam.write(draft(), "WMLW")


@pytest.mark.parametrize(
    ("footprint", "told"),
    [
        (Without(base=SQUARE, holes=(Without(base=DISC, holes=(DISC,)),)), "a hole itself"),
        (Joined(parts=(SQUARE, DISC)), "Joined"),
        (Circle(centre=at(40.0, 135.0), radius_m=0.0), "Circle"),
        (Polygon(vertices=(at(0.0, 0.0), at(0.0, 1e-5), at(1e-5, 0.0))), "too small"),
        (Sector(centre=at(40.0, 135.0), bearing_deg=0.0, half_angle_deg=0.1, radius_m=500.0), "too small"),
        (Corridor(waypoints=(at(40.0, 135.0), at(40.0, 135.00001)), half_width_m=500.0), "too short"),
    ],
)
def test_places_without_words_are_refused(footprint: Footprint, told: str) -> None:
    with pytest.raises(DraftError, match=told):
        notam.write(draft(footprint))


def test_what_is_left_out_as_one_and_in_turn_is_told_piece_by_piece() -> None:
    first, second, third = (Circle(centre=at(40 + turn / 12, 136.0), radius_m=NAUTICAL_MILE_M) for turn in (1, 2, 3))
    together = Joined(parts=(first, Joined(parts=(second,))))
    nested = Without(base=Without(base=SQUARE, holes=(together,)), holes=(third,))
    text = " ".join(notam.write(draft(nested)).split())
    assert [text.find(f"EXCLUDING WI 1NM RADIUS OF {place}N") > 0 for place in ("400500", "401000", "401500")] == [
        True
    ] * 3


def test_a_line_that_comes_back_is_refused() -> None:
    points = (at(40.0, 135.0), at(41.0, 135.0), at(41.0, 136.0), at(40.0, 135.0))
    area = DraftArea(footprint=Corridor(waypoints=points, half_width_m=0.0), form=Form.LINE)
    with pytest.raises(DraftError, match="comes back"):
        notam.write(draft(areas=(area,)))
    with pytest.raises(DraftError, match="a line is a corridor"):
        notam.write(draft(areas=(DraftArea(footprint=DISC, form=Form.LINE),)))


@pytest.mark.parametrize(
    ("band", "told"),
    [(Band(floor_m=-200.0, ceiling_m=-10.0), "below the sea"), (Band(floor_m=31_000.0), "flight level 998")],
)
def test_heights_that_nobody_flies_at_are_refused(band: Band, told: str) -> None:
    with pytest.raises(DraftError, match=told):
        notam.write(draft(areas=(DraftArea(footprint=DISC, band=band),)))


def test_areas_at_both_ends_of_an_ocean_are_refused() -> None:
    far = Circle(centre=at(39.5, 174.0), radius_m=NAUTICAL_MILE_M)
    with pytest.raises(DraftError, match=r"need a circle of \d+ nm .* 998 nm"):
        notam.write(draft(DISC, far, replace(far, centre=at(10.0, 150.0))))


def test_more_than_a_message_holds_is_refused() -> None:
    ring = [at(40.0 + math.sin(turn / 20), 135.0 + math.cos(turn / 20)) for turn in range(120)]
    with pytest.raises(DraftError, match="1800"):
        notam.write(draft(Polygon(vertices=tuple(ring))))
    with pytest.raises(DraftError, match="letters for 26"):
        notam.write(draft(*(replace(DISC, radius_m=NAUTICAL_MILE_M * (1 + n)) for n in range(27))))
