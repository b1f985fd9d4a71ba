"""The fields of a NOTAM: line Q, items A to G, parts, broken lines, and what is wrong with them."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime

import pytest

from waterspace.domain import Band
from waterspace.messages.lexing import plain
from waterspace.messages.notam.fields import Notam, read_fields
from waterspace.messages.notam.levels import Level, read_level, read_range
from waterspace.messages.notam.mending import mend
from waterspace.messages.notam.points import body_tokens, points_of

FIRING = """P9999/26 NOTAMN
Q) RJJJ/QWMLW/IV/BO /W /000/300/4010N13600E019
A) RJJJ B) 2607200000 C) 2607230900
D) 20-23 0000-0900
E) FRNG EXER 1.WEAPON: NAVAL GUN 2.AREA: BOUNDED BY FLW POINTS
402000N1354000E 402000N1362000E 400000N1362000E 400000N1354000E 402000N1354000E
F) SFC G) FL300
CREATED: 15 JUL 2026 06:10
SOURCE: RJAAYNYX"""


def fields(text: str) -> Notam:
    return read_fields(plain(text))


def at(group: str) -> int:
    return int(datetime.strptime(group, "%y%m%d%H%M").replace(tzinfo=UTC).timestamp()) * 1000


def test_every_item_is_found() -> None:
    notam = fields(FIRING)
    assert (notam.number, notam.kind, notam.refers) == ("P9999/26", "N", "")
    assert notam.line is not None
    assert (notam.line.fir, notam.line.code, notam.line.traffic) == ("RJJJ", "QWMLW", "IV")
    assert (notam.line.purpose, notam.line.scope) == ("BO", "W")
    assert (notam.line.lower, notam.line.upper) == (0, 300)
    assert notam.line.circle is not None
    assert notam.line.circle.centre.lat_deg == pytest.approx(40 + 10 / 60)
    assert notam.line.circle.centre.lon_deg == pytest.approx(136.0)
    assert notam.line.circle.radius_nm == 19
    assert notam.places == ("RJJJ",)
    assert (notam.start_ms, notam.end_ms) == (at("2607200000"), at("2607230900"))
    assert notam.schedule is not None
    assert notam.schedule.text == "20-23 0000-0900"
    assert notam.bodies[0].text.startswith("FRNG EXER")
    assert notam.bodies[0].text.endswith("402000N1354000E")
    assert notam.lower is not None
    assert notam.upper is not None
    assert (notam.lower.text, notam.upper.text) == ("SFC", "FL300")
    assert (notam.created_ms, notam.source) == (at("2607150610"), "RJAAYNYX")
    assert notam.doubts == ()


@pytest.mark.parametrize("blank", [" ", "  ", "\r\n", " \r\n"])
def test_a_text_on_one_line_or_on_many_reads_the_same(blank: str) -> None:
    one, other = fields(FIRING), fields(blank.join(FIRING.split()))
    assert one.line is not None
    assert other.line is not None
    assert (one.line.circle, one.places, one.start_ms, one.end_ms) == (
        other.line.circle,
        other.places,
        other.start_ms,
        other.end_ms,
    )
    assert other.schedule is not None
    assert other.schedule.text == "20-23 0000-0900" or blank != " "
    assert other.upper is not None
    assert other.upper.text == "FL300"
    assert other.doubts == ()


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("A0012/26 NOTAMR A0011/26", ("A0012/26", "R", "A0011/26")),
        ("A0012/26 NOTAMC A0011/26", ("A0012/26", "C", "A0011/26")),
        ("(A0012/26   NOTAMN", ("A0012/26", "N", "")),
    ],
)
def test_a_heading_says_what_it_replaces_or_cancels(heading: str, expected: tuple[str, str, str]) -> None:
    notam = fields(FIRING.replace("P9999/26 NOTAMN", heading))
    assert (notam.number, notam.kind, notam.refers) == expected


@pytest.mark.parametrize(
    ("item", "end", "is_estimated"),
    [
        ("C) 2607230900 EST", "2607230900", True),
        ("C) 2607230900EST", "2607230900", True),
        ("C) PERM", None, False),
        ("C) UFN", None, False),
        ("C)2607232400", "2607240000", False),
    ],
)
def test_an_end_may_be_estimated_or_absent(item: str, end: str | None, is_estimated: bool) -> None:
    notam = fields(FIRING.replace("C) 2607230900", item))
    assert notam.end_ms == (at(end) if end else None)
    assert (notam.estimated, notam.has_end, notam.doubts) == (is_estimated, True, ())


def test_letters_with_brackets_in_the_words_are_no_items() -> None:
    body = "E) FLW AREAS: A) NORTH B) SOUTH C) MAY BE CLSD D) SEE AIP E) OTHER F) NOT GIVEN G) NONE. BACK TO\nC) START"
    notam = fields(FIRING.replace("E) FRNG EXER", body))
    assert notam.places == ("RJJJ",)
    assert notam.end_ms == at("2607230900")
    assert notam.bodies[0].text.startswith("FLW AREAS: A) NORTH")
    assert "BACK TO" in notam.bodies[0].text
    assert notam.upper is not None
    assert notam.upper.text == "FL300"


def test_the_parts_of_a_notam_are_one() -> None:
    first = FIRING.replace("A) RJJJ B)", "A) RJJJ RKRR PART 1 OF 2 B)").replace("F) SFC G) FL300", "END PART 1 OF 2")
    second = FIRING.replace("A) RJJJ B)", "A) RJJJ RKRR PART 2 OF 2 B)").replace("FRNG EXER", "SECOND PART")
    notam = fields(f"{first}\n{second}\nEND PART 2 OF 2")
    assert notam.part == (1, 2)
    assert notam.places == ("RJJJ", "RKRR")
    assert [body.text[:9] for body in notam.bodies] == ["FRNG EXER", "SECOND PA"]
    assert "END PART" not in notam.bodies[0].text
    assert notam.upper is not None
    assert notam.upper.text == "FL300"
    assert notam.doubts == ()


def test_two_notams_run_together_are_told() -> None:
    notam = fields(f"{FIRING}\n{FIRING.replace('P9999/26', 'P9998/26')}")
    assert [doubt.reason for doubt in notam.doubts] == ["A second NOTAM, P9998/26, begins in the text of P9999/26."]
    assert len(notam.bodies) == 1


@pytest.mark.parametrize(
    ("found", "put", "told_of"),
    [
        ("B) 2607200000", "B) 2607320000", "no date"),
        ("B) 2607200000", "", "Item B"),
        ("C) 2607230900", "", "Item C"),
        ("C) 2607230900", "C) 2607190900", "not later than"),
        ("A) RJJJ", "", "Item A"),
        ("/QWMLW/IV", "/QWMLW IV", "Line Q"),
        ("4010N13600E019", "9910N13600E019", "no position"),
        ("4010N13600E019", "40N136E019", "ddmmNdddmmErrr"),
        ("NOTAMN", "NOTAMR", "replaces or cancels"),
        ("E) FRNG", "FRNG", "Item E"),
    ],
)
def test_what_is_wrong_with_the_fields_is_told(found: str, put: str, told_of: str) -> None:
    assert told_of in " ".join(doubt.reason for doubt in fields(FIRING.replace(found, put)).doubts)


@pytest.mark.parametrize(
    "line",
    [
        "Q)RJJJ/QWMLW/IV/BO/W/000/300/4010N13600E019",
        "Q) RJJJ/QWMLW/IV/BO /W /000/300/4010N13600E019",
        "Q) RJJJ / QWMLW / IV / BO / W / 000 / 300 / 4010N13600E019",
        "Q) RJJJ/QWMLW/IV/BO/W/000/300/4010N13600\nE019",
        "Q) RJJJ/QWMLW/IV/BO/W/000/300/40\r\n10N13600E019",
    ],
)
def test_line_q_may_have_blanks_and_breaks(line: str) -> None:
    notam = fields(FIRING.replace("Q) RJJJ/QWMLW/IV/BO /W /000/300/4010N13600E019", line))
    assert notam.line is not None
    assert notam.line.circle is not None
    assert (notam.line.circle.radius_nm, notam.line.upper) == (19, 300)


def test_a_southern_and_western_centre_is_negative() -> None:
    notam = fields(FIRING.replace("4010N13600E019", "4010S13600W019"))
    assert notam.line is not None
    assert notam.line.circle is not None
    assert notam.line.circle.centre.lat_deg < -40.0
    assert notam.line.circle.centre.lon_deg == -136.0


# -------------------------------------------------------------------------------------------------------- broken lines


def positions(text: str) -> list[tuple[float, float]]:
    mended = mend(text).text
    points, _ = points_of(body_tokens(mended, 0, len(mended)))
    return [(point.position.lat_deg, point.position.lon_deg) for point in points if point.position]


@pytest.mark.parametrize("gap", ["\n", "\r\n", " \r\n", "  ", "\n\n"])
@pytest.mark.parametrize(
    "text",
    [
        "BY: N395600E1192100-N395600E1193300-N394300E1193900 BACK TO START",
        "BY: N3956E11921-N3943E11939-N3943E11921 BACK TO START",
        "WI 395600N1192100E-395600N1193300E-394300N1193900E (OFF)",
        "WI 3956N11921E-3956N11933E-3943N11939E (OFF)",
        "WI 395600N 1192100E - 395600N 1193300E - 394300N 1193900E (OFF)",
        "PSN 395600.25N1192100.75E RADIUS 5NM",
        "WI N395600 E1192100, N395600 E1193300, N394300 E1193900 OFF",
    ],
)
def test_a_coordinate_that_is_broken_anywhere_is_mended(text: str, gap: str) -> None:
    whole = positions(text)
    first = re.search(r"[NS]?\d", text)
    assert first is not None
    for place in range(first.start() + 1, len(text) - 8):
        broken = text[:place] + gap + text[place:]
        assert positions(broken) == whole, broken


@pytest.mark.parametrize("gap", ["\n", "\r\n", "  "])
def test_places_in_a_mended_text_are_places_in_the_text_as_it_came(gap: str) -> None:
    text = f"BY: N39{gap}5600E1192100-N395600E119{gap}3300 BACK"
    mended = mend(text)
    assert gap not in mended.text
    for word in ("BY", "BACK"):
        assert text[mended.place(mended.text.index(word)) :].startswith(word)
    start = mended.text.index("N395600")
    span = mended.span(start, start + len("N395600"))
    assert text[span.start : span.end] == f"N39{gap}5600"


@pytest.mark.parametrize(
    "text",
    [
        "402000N 1354000E\n402000N 1362000E",
        "N395600E1192100\nN395600E1193300",
        "AREA 5\n402000N1354000E",
        "59 49\n00S 130 00 00E",
        "UP TO 3000\nSFC",
        "D) 0000-0900\nE) FRNG",
        "AREAS\nN395600E1192100",
        "N3956E11921\n12 PEOPLE",
    ],
)
def test_breaks_between_coordinates_and_words_stay(text: str) -> None:
    assert mend(text).text == text


# ------------------------------------------------------------------------------------------------------------- levels


@pytest.mark.parametrize(
    ("text", "height_m", "above_ground"),
    [
        ("SFC", 0.0, False),
        ("GND", 0.0, True),
        ("MSL", 0.0, False),
        ("FL300", 9144.0, False),
        ("FL 95", 2895.6, False),
        ("FL095.", 2895.6, False),
        ("2000 FT AMSL", 609.6, False),
        ("2000FT AMSL", 609.6, False),
        ("05000FT AMSL", 1524.0, False),
        ("500FT AGL", 152.4, True),
        ("4,500FT AGL", 1371.6, True),
        ("3000M AMSL", 3000.0, False),
        ("6000M(AGL)", 6000.0, True),
        ("2,000M AMSL", 2000.0, False),
        ("UNL", math.inf, False),
        ("UNL)", math.inf, False),
        ("UNLIMITED", math.inf, False),
        ("999", math.inf, False),
        ("000", 0.0, False),
        ("100", 3048.0, False),
        ("QNH 900M", 900.0, False),
    ],
)
def test_a_level_is_a_height_in_metres(text: str, height_m: float, above_ground: bool) -> None:
    found = read_level(text)
    assert found is not None
    assert found.height_m == pytest.approx(height_m)
    assert found.above_ground is above_ground


@pytest.mark.parametrize("text", ["", "HIGH", "FL", "12", "3000", "3000 KM"])
def test_what_is_no_level_is_none(text: str) -> None:
    assert read_level(text) is None


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("VERTICAL LIMITS:SFC-UNL.", Band(floor_m=0.0, ceiling_m=math.inf)),
        ("VERTICAL LIMITS: GND-1000FT AMSL", Band(floor_m=0.0, ceiling_m=304.8)),
        ("FL100-FL200", Band(floor_m=3048.0, ceiling_m=6096.0)),
        ("SFC TO 3,000M AMSL", Band(floor_m=0.0, ceiling_m=3000.0)),
        ("FM 1000FT AMSL TO FL100", Band(floor_m=304.8, ceiling_m=3048.0)),
    ],
)
def test_a_range_of_levels_is_a_band(text: str, band: Band) -> None:
    found = read_range(text, 0, len(text))
    assert found is not None
    assert (found.floor_m, found.ceiling_m) == pytest.approx((band.floor_m, band.ceiling_m))
    assert read_range("NO LEVELS HERE", 0, 14) is None


def test_a_level_is_told_apart_by_its_datum() -> None:
    assert read_level("SFC") == Level(0.0)
    assert read_level("GND") == Level(0.0, above_ground=True)
