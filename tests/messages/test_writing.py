"""Notices in the styles of their issuers, as one would see them on the air; areas and numbers are made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from draft_cases import at, faults, instant
from waterspace.domain import Circle, Corridor, Joined, MovingBox, Polygon, Sector, Window, Without
from waterspace.errors import DraftError
from waterspace.geometry.legs import hold
from waterspace.messages.draft import Draft, DraftArea, DraftPart, Issuer, Restriction
from waterspace.messages.phrasing.positions import Notation
from waterspace.messages.reader import read
from waterspace.messages.reading import Category, Form, Message
from waterspace.messages.writing import hydropac, navarea, navtex, safetynet
from waterspace.messages.writing.places import notation_of
from waterspace.messages.writing.styles import STYLES
from waterspace.quantity import DAY_MS, HOUR_MS, NAUTICAL_MILE_M

NORTH_DEG, WEST_DEG, EAST_DEG = 40 + 20 / 60, 135 + 40 / 60, 136 + 20 / 60
BOX = Polygon(vertices=(at(NORTH_DEG, WEST_DEG), at(NORTH_DEG, EAST_DEG), at(40, EAST_DEG), at(40, WEST_DEG)))
CIRCLE = Circle(centre=at(41.504, 137.25), radius_m=5 * NAUTICAL_MILE_M)
SECTOR = Sector(centre=at(18.42, 109.7), bearing_deg=180.0, half_angle_deg=18.0, radius_m=2.7 * NAUTICAL_MILE_M)
DAYS = tuple(Window(start_ms=instant(2026, 7, day), end_ms=instant(2026, 7, day, 9)) for day in range(20, 24))
NIGHTS = tuple(Window(start_ms=instant(2026, 7, day, 23), end_ms=instant(2026, 7, day + 1, 9)) for day in (20, 21, 22))
PLAIN = Draft(
    id="N1",
    issuer=Issuer.USA,
    number="999/26",
    issued_ms=instant(2026, 7, 15, 6),
    general_area="Sea of Japan",
    charts=("W1009 (INT 5301)",),
    category=Category.GUNNERY,
    areas=(DraftArea(footprint=BOX),),
    windows=DAYS,
    restriction=Restriction.WIDE_BERTH,
    cancel_ms=instant(2026, 7, 23, 10),
)

JAPAN = """\
NAVAREA XI 26-0999 DATE:2026/07/15 06 UTC
SEA OF JAPAN.
CHART W1009 (INT 5301).
GUNNERY 2300Z TO 0900Z COMMENCING DAILY 20 TO 22 JUL IN AREA BOUNDED
BY 40-20-00N 135-40-00E, 40-20-00N 136-20-00E, 40-00-00N 136-20-00E,
40-00-00N 135-40-00E.
WIDE BERTH REQUESTED.
CANCEL THIS MSG 231000Z JUL."""

RUSSIA = """\
150600 UTC JUL 26
NAVAREA XIII 999/26
SEA OF JAPAN.
CHART RUS 61001.
1. MISSILE FIRINGS 0000 TO 0900 UTC DAILY 20 TO 23 JUL IN AREA
BOUNDED BY 40-20N 135-40E, 40-20N 136-20E, 40-00N 136-20E,
40-00N 135-40E.
AREA TEMPORARILY DANGEROUS TO NAVIGATION.
2. CANCEL THIS MESSAGE 231000 UTC JUL 26."""

CHINA = """\
150600 UTC JUL 26
HN 182/26
SOUTH CHINA SEA.
ROCKET LAUNCHING FROM 200000 UTC TO 200900 UTC JUL IN FOLLOWING
AREAS:
A. AREA WITHIN 5 SEA MILES RADIUS OF 41-30.24N 137-15.00E.
B. AREA WITHIN 2.7 SEA MILES RADIUS OF 18-25.20N 109-42.00E BETWEEN
BEARINGS 162 DEGREES TRUE AND 198 DEGREES TRUE FROM THAT POSITION.
ENTERING PROHIBITED.
CANCEL THIS MSG 231000 UTC JUL 26.
HAINAN MSA CHINA."""

CHINA_BOX = """\
150600 UTC JUL 26
HN 182/26
YELLOW SEA.
MILITARY EXERCISE FROM 0000 UTC TO 0900 UTC DAILY 20 TO 23 JUL IN
AREA BOUNDED BY THE LINES JOINING 40-20N 135-40E, 40-20N 136-20E,
40-00N 136-20E AND 40-00N 135-40E.
ENTERING PROHIBITED.
LIAONING MSA CHINA."""

NAVAREA_XII = """\
150600Z JUL 26
NAVAREA XII 999/26
EASTERN NORTH PACIFIC.
1. MISSILE FIRING EXERCISES 0000Z TO 0900Z DAILY 20 THRU 23 JUL,
ALTERNATE 0000Z TO 0900Z DAILY 25 AND 26 JUL IN AREAS BOUND BY:
A. 40-20.00N 135-40.00E, 40-20.00N 136-20.00E, 40-00.00N 136-20.00E,
40-00.00N 135-40.00E.
B. 12-00.00N 179-30.00E, 12-00.00N 179-30.00W, 11-00.00N 180-00.00E.
2. MISSILE FIRING EXERCISES 302200Z JUL TO 010400Z AUG IN AREA WITHIN
2 MILES OF LINE JOINING 10-00.00N 179-54.00E, 10-30.00N 179-30.00W.
3. WIDE BERTH REQUESTED.
4. CANCEL NAVAREA XII 12/26 AND NAVAREA XII 13/26.
5. CANCEL THIS MSG 010500Z AUG 26."""

HYDROPAC = """\
150600Z JUL 26
HYDROPAC ___/26(97).
SEA OF JAPAN.
1. GUNNERY EXERCISES 0000Z TO 0900Z DAILY 20 THRU 23 JUL IN AREA
BOUND BY 40-20.00N 135-40.00E, 40-20.00N 136-20.00E,
40-00.00N 136-20.00E, 40-00.00N 135-40.00E EXCEPT AREA WITHIN 1 MILE
OF 40-12.00N 136-00.00E.
2. CANCEL THIS MSG 231000Z JUL 26."""

NAVTEX = """\
ZCZC JA42
150600 UTC JUL 26
NAV WARN 0999/26
SEA OF JAPAN.
GUNNERY EXERCISES 0000 TO 0900 UTC DAILY
20 TO 23 JUL IN AREA BOUND BY
40-20.00N 135-40.00E,
40-20.00N 136-20.00E,
40-00.00N 136-20.00E,
40-00.00N 135-40.00E.
WIDE BERTH REQUESTED.
CANCEL THIS MSG 231000 UTC JUL 26.
NNNN"""

SAFETYNET = """\
150600 UTC JUL 26
NAVAREA XIII ---/26
SEA OF JAPAN.
1. NAVAL EXERCISES 0000 TO 0900 UTC
DAILY 20 TO 23 JUL IN AREA BOUNDED BY
40-20N 135-40E, 40-20N 136-20E,
40-00N 136-20E, 40-00N 135-40E.
2. CANCEL THIS MESSAGE
231000 UTC JUL 26."""

_ALTERNATES = tuple(Window(start_ms=instant(2026, 7, day), end_ms=instant(2026, 7, day, 9)) for day in (25, 26))

GOLDEN = {
    "japan": (navarea.write, replace(PLAIN, issuer=Issuer.JAPAN, number="26-0999", windows=NIGHTS), JAPAN),
    "russia": (
        navarea.write,
        replace(
            PLAIN,
            issuer=Issuer.RUSSIA,
            charts=("RUS 61001",),
            category=Category.MISSILE,
            restriction=Restriction.DANGEROUS,
        ),
        RUSSIA,
    ),
    "china": (
        navarea.write,
        replace(
            PLAIN,
            issuer=Issuer.CHINA,
            series="HN",
            number="182/26",
            general_area="South China Sea",
            charts=(),
            category=Category.ROCKET_LAUNCHING,
            areas=(DraftArea(footprint=CIRCLE), DraftArea(footprint=SECTOR)),
            windows=DAYS[:1],
            restriction=Restriction.PROHIBITED,
            originator="Hainan MSA China",
        ),
        CHINA,
    ),
    "china, corners": (
        navarea.write,
        replace(
            PLAIN,
            issuer=Issuer.CHINA,
            series="HN",
            number="182/26",
            general_area="Yellow Sea",
            charts=(),
            category=Category.MILITARY_EXERCISE,
            restriction=Restriction.PROHIBITED,
            cancel_ms=None,
            originator="LIAONING MSA CHINA.",
        ),
        CHINA_BOX,
    ),
    "usa": (
        navarea.write,
        replace(
            PLAIN,
            general_area="Eastern North Pacific",
            charts=(),
            category=Category.MISSILE,
            areas=(
                DraftArea(footprint=BOX),
                DraftArea(footprint=Polygon(vertices=(at(12, 179.5), at(12, -179.5), at(11, -180)))),
            ),
            reserves=_ALTERNATES,
            parts=(
                DraftPart(
                    areas=(
                        DraftArea(
                            footprint=Corridor(
                                waypoints=(at(10, 179.9), at(10.5, -179.5)), half_width_m=2 * NAUTICAL_MILE_M
                            )
                        ),
                    ),
                    windows=(Window(start_ms=instant(2026, 7, 30, 22), end_ms=instant(2026, 8, 1, 4)),),
                ),
            ),
            cancels=("NAVAREA XII 12/26", "NAVAREA XII 13/26"),
            cancel_ms=instant(2026, 8, 1, 5),
        ),
        NAVAREA_XII,
    ),
    "hydropac": (
        lambda draft: hydropac.write(draft, ("97",)),
        replace(
            PLAIN,
            issuer=Issuer.JAPAN,
            number="",
            charts=(),
            areas=(
                DraftArea(footprint=Without(base=BOX, holes=(Circle(centre=at(40.2, 136), radius_m=NAUTICAL_MILE_M),))),
            ),
            restriction=Restriction.NONE,
        ),
        HYDROPAC,
    ),
    "navtex": (
        lambda draft: navtex.write(draft, "J", 42),
        replace(PLAIN, number="0999/26", charts=()),
        NAVTEX,
    ),
    "safetynet": (
        safetynet.write,
        replace(
            PLAIN,
            issuer=Issuer.RUSSIA,
            number="",
            charts=(),
            category=Category.MILITARY_EXERCISE,
            restriction=Restriction.NONE,
        ),
        SAFETYNET,
    ),
}
every_style = pytest.mark.parametrize("name", sorted(GOLDEN))


@every_style
def test_a_style_is_written_as_its_issuer_writes(name: str) -> None:
    write, draft, text = GOLDEN[name]
    assert write(draft) == text


@every_style
def test_every_golden_text_is_read_back(name: str) -> None:
    _, draft, text = GOLDEN[name]
    reading = read(Message(id="", text=text))
    notation = Notation.HUNDREDTHS if name in ("hydropac", "navtex") else notation_of(draft, STYLES[draft.issuer])
    assert not faults(draft, reading, notation.resolution_deg)


def _times(*windows: Window, reserves: tuple[Window, ...] = (), issuer: Issuer = Issuer.USA) -> str:
    """The times in the text of a draft."""
    draft = replace(PLAIN, issuer=issuer, windows=windows, reserves=reserves, cancel_ms=None, charts=())
    text = " ".join(navarea.write(draft).split())
    return text.partition("EXERCISES ")[2].partition(" IN AREA")[0]


def _daily(month: int, days: tuple[int, ...], start: int = 0, hours: int = 9) -> tuple[Window, ...]:
    starts = [instant(2026, month, day, start) for day in days]
    return tuple(Window(start_ms=start_ms, end_ms=start_ms + hours * HOUR_MS) for start_ms in starts)


@pytest.mark.parametrize(
    ("windows", "text"),
    [
        (_daily(7, (20,)), "200000Z TO 200900Z JUL"),
        (_daily(7, (20, 21)), "0000Z TO 0900Z DAILY 20 AND 21 JUL"),
        (_daily(7, (20, 22, 23, 24, 27)), "0000Z TO 0900Z DAILY 20, 22 THRU 24 AND 27 JUL"),
        (_daily(7, (29, 30, 31)) + _daily(8, (1, 2)), "0000Z TO 0900Z DAILY 29 JUL THRU 02 AUG"),
        (_daily(7, (20, 31)) + _daily(8, (1, 4)), "0000Z TO 0900Z DAILY 20, 31 JUL, 01 AND 04 AUG"),
        (
            _daily(7, tuple(day for day in range(10, 29) if day not in (19, 26))),
            "0000Z TO 0900Z DAILY 10 THRU 28 JUL EXCEPT 19 AND 26 JUL",
        ),
        (_daily(7, (20, 21, 22), 22, 6), "2200Z TO 0400Z DAILY 20 THRU 22 JUL"),
        (_daily(7, (20, 21, 22), 15, 9), "1500Z TO 2400Z DAILY 20 THRU 22 JUL"),
        (_daily(7, (20,), 6, 84), "200600Z TO 231800Z JUL"),
        (_daily(7, (30,), 22, 30), "302200Z JUL TO 010400Z AUG"),
        (
            (*_daily(7, (20, 21, 22), 0, 3), *_daily(7, (20, 21, 22), 6, 3)),
            "0000Z TO 0300Z AND 0600Z TO 0900Z DAILY 20 THRU 22 JUL",
        ),
        (
            (*_daily(7, (20, 21, 22), 0, 3), *_daily(7, (25,), 6, 48)),
            "0000Z TO 0300Z DAILY 20 THRU 22 JUL AND 250600Z TO 270600Z JUL",
        ),
        ((), "UNTIL FURTHER NOTICE"),
    ],
)
def test_times_are_written_as_briefly_as_on_the_air(windows: tuple[Window, ...], text: str) -> None:
    assert _times(*windows) == text


def test_years_stand_where_a_notice_goes_over_the_end_of_one() -> None:
    windows = (Window(start_ms=instant(2026, 12, 31, 22), end_ms=instant(2027, 1, 1, 4)),)
    assert _times(*windows) == "312200Z DEC 26 TO 010400Z JAN 27"


def test_alternates_stand_behind_the_times() -> None:
    said = _times(*DAYS, reserves=_daily(7, (25,)), issuer=Issuer.RUSSIA)
    assert said == "0000 TO 0900 UTC DAILY 20 TO 23 JUL, ALTERNATE 250000 UTC TO 250900 UTC JUL"


def test_times_are_never_written_shorter_than_they_are() -> None:
    start_ms, end_ms = instant(2026, 7, 20, 4) + 1, instant(2026, 7, 20, 5) + 1
    assert _times(Window(start_ms=start_ms, end_ms=end_ms)) == "200400Z TO 200501Z JUL"


def test_positions_round_up_to_the_next_degree_and_keep_zero_north_and_east() -> None:
    west = Polygon(vertices=(at(39.99999, -179.99999), at(-0.00001, 170.0), at(10.0, 170.0)))
    east = Polygon(vertices=(at(10.0, -0.00001), at(20.0, 0.5), at(10.0, 0.5)))
    text = navarea.write(replace(PLAIN, areas=(DraftArea(footprint=west), DraftArea(footprint=east))))
    assert "40-00.00N 180-00.00E, 00-00.00N 170-00.00E" in text
    assert "B. 10-00.00N 000-00.00E" in text


def test_lines_are_no_longer_than_receivers_print() -> None:
    _, draft, _ = GOLDEN["usa"]
    assert max(map(len, navtex.write(draft, "J", 42).splitlines())) <= navtex.LINE_LENGTH
    assert max(map(len, safetynet.write(draft).splitlines())) <= safetynet.LINE_LENGTH
    assert max(map(len, navarea.write(draft).splitlines())) <= navarea.LINE_LENGTH


def test_a_telex_has_the_nearest_signs() -> None:
    text = safetynet.write(replace(PLAIN, remarks=("Área “A” & B; VHF_16",)))
    assert "AREA 'A' + B, VHF-16." in text


def test_a_sign_that_no_telex_has_is_refused() -> None:
    with pytest.raises(DraftError, match="has no '海'"):
        navtex.write(replace(PLAIN, general_area="海 SEA"))


@pytest.mark.parametrize(
    ("length_m", "outer", "inner"),
    [
        (9_260.0, "5", "5"),
        (9_261.0, "5.01", "5"),
        (10_000.0, "5.4", "5.39"),
        (9_278.519, "5.01", "5"),
        (100.0, "0.06", "0.05"),
    ],
)
def test_no_area_is_written_smaller_than_it_is(length_m: float, outer: str, inner: str) -> None:
    circle = Circle(centre=at(40, 135), radius_m=length_m)
    base = Circle(centre=at(40, 135), radius_m=4 * length_m)
    assert f"WITHIN {outer} MILES" in navarea.write(replace(PLAIN, areas=(DraftArea(footprint=circle),)))
    text = " ".join(
        navarea.write(replace(PLAIN, areas=(DraftArea(footprint=Without(base=base, holes=(circle,))),))).split()
    )
    assert f"EXCEPT AREA WITHIN {inner} MILES" in text


_CROSSED = Polygon(vertices=(at(40, 135), at(41, 136), at(40, 136), at(41, 135)))
_TINY = Polygon(vertices=(at(40, 135), at(40.00001, 135), at(40, 135.00001)))
_SPECK = Circle(centre=at(40, 135), radius_m=1.0)
_MOVING = MovingBox(
    legs=(hold(at(40, 135), Window(start_ms=0, end_ms=DAY_MS)),), ahead_m=1.0, astern_m=1.0, abeam_m=1.0
)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"areas": (DraftArea(footprint=_TINY),)}, "too small"),
        ({"areas": (DraftArea(footprint=_CROSSED),)}, "bounds nothing"),
        ({"areas": (DraftArea(footprint=_MOVING),)}, "MovingBox has no words"),
        ({"areas": (DraftArea(footprint=Joined(parts=(BOX, CIRCLE))),)}, "Joined has no words"),
        ({"areas": (DraftArea(footprint=Without(base=CIRCLE, holes=(_SPECK,))),)}, "nothing in hundredths"),
        ({"areas": (DraftArea(footprint=BOX, form=Form.LINE),)}, "a line is a corridor"),
        ({"areas": (DraftArea(footprint=BOX),) * 27}, "27 areas"),
        ({"areas": ()}, "no places"),
        ({"cancel_ms": instant(2026, 7, 23, 8)}, "cancels itself before"),
    ],
)
def test_what_has_no_words_is_refused(change: dict[str, object], reason: str) -> None:
    with pytest.raises(DraftError, match=reason):
        navarea.write(replace(PLAIN, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [{"station": "JJ"}, {"station": "1"}, {"serial": 100}, {"subject": "B"}])
def test_letters_that_no_receiver_knows_are_refused(given: dict[str, object]) -> None:
    with pytest.raises(DraftError):
        navtex.write(PLAIN, **given)  # type: ignore[arg-type]


def test_a_draft_that_only_cancels_has_no_places() -> None:
    draft = replace(PLAIN, areas=(), windows=(), cancels=("HYDROPAC 12/26",), cancel_ms=None, charts=())
    reading = read(Message(id="", text=hydropac.write(draft)))
    assert reading.cancels == ("HYDROPAC 12/26",)
    assert reading.verdict == "no area"


def test_a_time_behind_the_cancellation_is_doubted_and_not_taken_for_one_a_year_ago() -> None:
    _, draft, _ = GOLDEN["usa"]
    text = navarea.write(draft).replace("010500Z AUG 26", "231000Z JUL 26")
    reading = read(Message(id="", text=text))
    assert "cancels itself before the last of its times has ended" in reading.reason
    starts = [spell.start_ms for area in reading.areas for spell in area.spells]
    assert min(start for start in starts if start is not None) == DAYS[0].start_ms


@pytest.mark.parametrize("chart", ["W1009", "RUS 61001", "W1009 (INT 5301), W1203", "N4205"])
def test_numbers_of_charts_are_no_halves_of_positions(chart: str) -> None:
    draft = replace(PLAIN, charts=(chart,))
    assert not faults(draft, read(Message(id="", text=navarea.write(draft))), Notation.HUNDREDTHS.resolution_deg)


@pytest.mark.parametrize("write", [navarea.write, hydropac.write, navtex.write, safetynet.write])
def test_a_number_that_is_not_given_yet_hides_neither_series_nor_issue(write: Callable[[Draft], str]) -> None:
    reading = read(Message(id="", text=write(replace(PLAIN, number=""))))
    assert reading.issued_ms == PLAIN.issued_ms
    assert reading.series
    assert not reading.number


def test_windows_that_touch_stay_apart() -> None:
    windows = (*_daily(7, (20, 21, 22), 0, 3), *_daily(7, (20, 21, 22), 3, 3))
    draft = replace(PLAIN, windows=tuple(sorted(windows)))
    assert not faults(draft, read(Message(id="", text=navarea.write(draft))), Notation.HUNDREDTHS.resolution_deg)


@pytest.mark.parametrize("issuer", Issuer)
def test_a_prohibition_in_territorial_waters_alone_is_said_in_the_words_of_russian_warnings(issuer: Issuer) -> None:
    draft = replace(PLAIN, issuer=issuer, restriction=Restriction.PROHIBITED_INSIDE)
    text = " ".join(navarea.write(draft).split())
    assert "NAVIGATION PROHIBITED IN TERRITORIAL WATERS DANGEROUS OUTSIDE." in text
    (area,) = read(Message(id="N1", text=text, issued_ms=PLAIN.issued_ms)).areas
    assert area.category is Category.GUNNERY


def test_a_paragraph_with_a_category_of_its_own_is_not_called_what_the_draft_is() -> None:
    part = DraftPart(areas=(DraftArea(footprint=CIRCLE),), windows=DAYS[:1], category=Category.UNDERWATER_OPERATIONS)
    alike = replace(part, category=None)
    draft = replace(PLAIN, activity="Gunnery", parts=(part, alike))
    text = " ".join(navarea.write(draft).split())
    assert [text.count(word) for word in ("1. GUNNERY 0000Z", "2. UNDERWATER OPERATIONS 20", "3. GUNNERY 20")] == [
        1,
        1,
        1,
    ]
    found = read(Message(id="N1", text=text, issued_ms=PLAIN.issued_ms)).areas
    assert [area.category for area in found] == [draft.category_of(each) for each in draft.paragraphs]
    assert draft.categories == (Category.GUNNERY, Category.UNDERWATER_OPERATIONS)


def test_what_is_left_out_as_one_of_several_that_are_one_has_words() -> None:
    first, second = (Circle(centre=at(40 + turn / 12, 136.0), radius_m=NAUTICAL_MILE_M) for turn in (1, 2))
    whole = Without(base=BOX, holes=(Joined(parts=(first, Joined(parts=(second,)))),))
    text = " ".join(hydropac.write(replace(PLAIN, areas=(DraftArea(footprint=whole),))).split())
    assert text.count("EXCEPT AREA WITHIN 1 MILE OF") == 2
