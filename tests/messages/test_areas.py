"""The grammar of places: what words and positions of a warning make."""

from __future__ import annotations

import pytest

from waterspace.domain import Circle, Corridor, Polygon, Sector, Without
from waterspace.geometry import inverse
from waterspace.messages.reading import Form, Message, Reading, Verdict
from waterspace.messages.warnings import read_warning
from waterspace.quantity import NAUTICAL_MILE_M

TRIANGLE = "12-00N 110-00E, 13-00N 110-00E, 13-00N 111-00E"
OTHER = "14-00N 110-00E, 15-00N 110-00E, 15-00N 111-00E"
CORNERS = [(12.0, 110.0), (13.0, 110.0), (13.0, 111.0)]
OTHERS = [(14.0, 110.0), (15.0, 110.0), (15.0, 111.0)]
CENTRE = (12.0, 110.0)


def read(text: str) -> Reading:
    """A reading of a text."""
    return read_warning(Message(id="1", text=text))


def places(text: str) -> list[tuple[str, list[tuple[float, float]]]]:
    """What is warned of, by form and positions, of a text without doubts."""
    reading = read(text)
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    return [(area.form.value, [(at.lat_deg, at.lon_deg) for at in area.positions]) for area in reading.areas]


AREAS = (
    f"GUNNERY IN AREA BOUND BY {TRIANGLE}.",
    f"GUNNERY IN AREA BOUNDED BY\n{TRIANGLE}.\nWIDE BERTH REQUESTED.",
    f"IN AREA BOUNDED BY THE LINES JOINING {TRIANGLE}",
    f"IN AREA BOUNDED BY LINES JOINING THE FOLLOWING POSITIONS: {TRIANGLE}",
    f"IN AREA ENCLOSED BY {TRIANGLE.replace(', ', '/')}",
    f"DANGEROUS AREA {TRIANGLE.replace(',', '')} CLOSED",
    f"IN AREA BOUND BY {TRIANGLE}, 12-00N 110-00E.",
    "BOUNDED BY (1) 12-00N 110-00E (2) 13-00N 110-00E (3) 13-00N 111-00E",
    "BOUND BY\nA. 12-00N 110-00E.\nB. 13-00N 110-00E.\nC. 13-00N 111-00E.",
    "BOUND BY POINT A 12-00N 110-00E POINT B 13-00N 110-00E POINT C 13-00N 111-00E",
    "BOUNDED BY 12-00N 110-00E TO 13-00N 110-00E TO 13-00N 111-00E AND BACK TO START",
    "BOUND BY 120000N1100000E 130000N1100000E 130000N1110000E",
    "BOUND BY 12-00N 110-00E, 13-00N 110-00E AND 13-00N 111-00E",
    "BOUND BY 12-00N, 110-00E; 13-00N, 110-00E; 13-00N, 111-00E.",
    f"IN AREA {TRIANGLE}. VESSELS TO KEEP WITHIN 5 MILES OF THE COAST.",
)


@pytest.mark.parametrize("text", AREAS)
def test_corners_make_an_area(text: str) -> None:
    assert places(text) == [("area", CORNERS)]


RADII = {
    "WITHIN 5 NM OF 12-00N 110-00E": 5.0,
    "IN AREA WITHIN TEN MILES OF 12-00N 110-00E": 10.0,
    "WITHIN ONE AND A HALF MILES OF 12-00N 110-00E": 1.5,
    "WITHIN 5.4 SEA MILES RADIUS OF 12-00N 110-00E": 5.4,
    "WITHIN 20 MILE RADIUS OF 12-00N 110-00E": 20.0,
    "WITHIN A RADIUS OF 5 MILES FROM 12-00N 110-00E": 5.0,
    "IN AREA CENTERED OF 12-00N110-00E RADIUS 3KM.": 3000 / NAUTICAL_MILE_M,
    "IN AREA CENTERED ON 12-00N 110-00E WITH RADIUS OF 10 NAUTICAL MILES": 10.0,
    "CIRCLE OF RADIUS 5 NM CENTRED ON 12-00N 110-00E": 5.0,
    "CIRCLE 4 MILES IN DIAMETER CENTRED ON 12-00N 110-00E": 2.0,
    "CIRCLE DIAMETER 4 MILES CENTRED ON 12-00N 110-00E": 2.0,
    "5 NM RADIUS CENTERED ON 12-00N 110-00E": 5.0,
    "FIRING IN 12-00N 110-00E, RADIUS 5NM": 5.0,
    "FIRING 12-00N 110-00E 5NM RADIUS": 5.0,
    "PSN 12-00N 110-00E RAD 5NM": 5.0,
    "SAFETY ZONE 500 METRES AROUND PLATFORM TERN IN 12-00N 110-00E": 500 / NAUTICAL_MILE_M,
}


@pytest.mark.parametrize(("text", "radius_nm"), RADII.items(), ids=RADII)
def test_a_distance_of_a_position_makes_a_circle(text: str, radius_nm: float) -> None:
    (area,) = read(text).areas
    assert read(text).verdict is Verdict.UNDERSTOOD, read(text).reason
    assert isinstance(area.footprint, Circle)
    assert area.form is Form.AREA
    assert (area.footprint.centre.lat_deg, area.footprint.centre.lon_deg) == CENTRE
    assert area.footprint.radius_m == pytest.approx(radius_nm * NAUTICAL_MILE_M)


def test_a_distance_holds_for_all_positions_of_a_list() -> None:
    for text in (
        "WITHIN 5 MILES OF 12-00N 110-00E, 13-00N 110-00E AND 13-00N 111-00E",
        "IN AREAS WITHIN 5 MILES OF:\nA. 12-00N 110-00E.\nB. 13-00N 110-00E.\nC. 13-00N 111-00E.",
        "WITHIN 9260 METRE RADIUS OF\n1. 12-00N 110-00E\n2. 13-00N 110-00E\n3. 13-00N 111-00E",
    ):
        assert places(text) == [("area", [corner]) for corner in CORNERS]
        assert {area.footprint.radius_m for area in read(text).areas if isinstance(area.footprint, Circle)} == {9260.0}


SECTORS = (
    "WITHIN 20 MILES OF 12-00N 110-00E BETWEEN 270 DEGREES AND 360 DEGREES",
    "IN SECTOR FROM 270 DEGREES TO 360 DEGREES WITHIN 20 MILES OF 12-00N 110-00E",
    "SECTOR BETWEEN BEARINGS 270 AND 360 DEGREES FROM 12-00N 110-00E RADIUS 20 MILES",
    "FIRING FROM 12-00N 110-00E IN SECTOR 270 TO 360 DEGREES, RANGE 20 MILES",
    "IN AREAS WITHIN:\nA. 20 MILES OF 12-00N 110-00E BETWEEN 270 DEGREES AND 360 DEGREES.",
)


@pytest.mark.parametrize("text", SECTORS)
def test_two_bearings_cut_a_sector(text: str) -> None:
    (area,) = read(text).areas
    assert isinstance(area.footprint, Sector)
    assert (area.footprint.bearing_deg, area.footprint.half_angle_deg) == (315.0, 45.0)
    assert area.footprint.radius_m == pytest.approx(20 * NAUTICAL_MILE_M)


def test_a_circle_and_a_sector_of_one_centre_are_two_areas() -> None:
    text = "CENTERED OF 12-00N 110-00E RADIUS 3KM AND COVERING BEARINGS FROM 162 DEGREE TO 198 DEGREE RADIUS 5KM."
    round_one, cut_one = (area.footprint for area in read(text).areas)
    assert isinstance(round_one, Circle)
    assert isinstance(cut_one, Sector)
    assert (round_one.radius_m, cut_one.radius_m) == (3000.0, 5000.0)
    assert (cut_one.bearing_deg, cut_one.half_angle_deg) == (180.0, 18.0)


BOXES = (
    "IN AREA BETWEEN 12-00N 13-00N AND 110-00E 111-00E",
    "IN AREA BETWEEN 13-00N 12-00N AND 111-00E 110-00E",
    "IN AREA BETWEEN LATITUDES 12-00N AND 13-00N AND LONGITUDES 110-00E AND 111-00E",
    "IN AREA BETWEEN LAT 12-00N AND 13-00N LONG 110-00E AND 111-00E",
    "IN AREA BETWEEN 12-00N TO 13-00N, 110-00E TO 111-00E",
    "BOUNDED BY PARALLELS 12-00N AND 13-00N AND MERIDIANS 110-00E AND 111-00E",
    "IN AREA BETWEEN 12-00N AND 13-00N FROM 110-00E TO 111-00E",
    "AREA NORTH OF 12-00N, SOUTH OF 13-00N, EAST OF 110-00E AND WEST OF 111-00E",
    "AREA BOUNDED ON NORTH BY 13-00N, SOUTH BY 12-00N, EAST BY 111-00E AND WEST BY 110-00E",
)


@pytest.mark.parametrize("text", BOXES)
def test_latitudes_and_longitudes_make_a_box(text: str) -> None:
    ((form, corners),) = places(text)
    assert form == "area"
    assert sorted(corners) == [(12.0, 110.0), (12.0, 111.0), (13.0, 110.0), (13.0, 111.0)]


def test_a_box_may_lie_across_180_degrees_and_follows_its_parallels() -> None:
    (area,) = read("IN AREA BETWEEN 60-00N 61-00N AND 176-00E 176-00W").areas
    assert isinstance(area.footprint, Polygon)
    vertices = area.footprint.vertices
    assert {vertex.lat_deg for vertex in vertices} == {60.0, 61.0}
    assert all(abs(vertex.lon_deg) >= 176.0 for vertex in vertices)
    assert len(vertices) > 4
    assert len(area.positions) == 4


LINES = {
    f"CABLE OPERATIONS ALONG TRACKLINE JOINING {TRIANGLE}.": (CORNERS, 0.0),
    f"IN VICINITY OF LINE JOINING {TRIANGLE}.": (CORNERS, 0.0),
    "ALONG TRACKLINE BETWEEN 12-00N 110-00E AND 13-00N 110-00E": (CORNERS[:2], 0.0),
    "TOW FROM 12-00N 110-00E TO 13-00N 110-00E": (CORNERS[:2], 0.0),
    "TOW FROM 12-00N 110-00E IN 13-00N 111-00E VIA 13-00N 110-00E": (CORNERS, 0.0),
    "VESSEL OVERDUE TERNHAVEN (12-00N 110-00E) TO\nSKUA BAY, WEST PIER (13-00N 110-00E)": (CORNERS[:2], 0.0),
    f"WITHIN 5 MILES OF TRACKLINE JOINING {TRIANGLE}": (CORNERS, 5.0),
    "WITHIN 2 MILES EITHER SIDE OF LINE JOINING 12-00N 110-00E AND 13-00N 110-00E": (CORNERS[:2], 2.0),
    f"TRACKLINE JOINING {TRIANGLE}, 2 MILES EACH SIDE": (CORNERS, 2.0),
    f"CORRIDOR 4 MILES WIDE CENTERED ON LINE JOINING {TRIANGLE}": (CORNERS, 2.0),
}


@pytest.mark.parametrize(("text", "expected"), LINES.items(), ids=LINES)
def test_lines_and_corridors_have_their_points_in_order(
    text: str, expected: tuple[list[tuple[float, float]], float]
) -> None:
    points, half_width_nm = expected
    assert places(text) == [("area" if half_width_nm else "line", points)]
    (area,) = read(text).areas
    assert isinstance(area.footprint, Corridor)
    assert area.footprint.half_width_m == pytest.approx(half_width_nm * NAUTICAL_MILE_M)


SEVERAL = (
    f"1. IN AREAS BOUND BY:\n   A. {TRIANGLE}.\n   B. {OTHER}.\n2. CANCEL NAVAREA XI 1/26.",
    f"AREA A: {TRIANGLE}. AREA B: {OTHER}.",
    f"IN AREA BOUND BY {TRIANGLE}, 12-00N 110-00E, {OTHER}, 14-00N 110-00E.",
    f"IN AREA BOUND BY {TRIANGLE} AND IN AREA BOUND BY {OTHER}.",
    f"1. GUNNERY:\nA. IN AREA BOUND BY {TRIANGLE}.\nB. IN AREA BOUND BY {OTHER}.",
)


@pytest.mark.parametrize("text", SEVERAL)
def test_several_areas_are_told_apart(text: str) -> None:
    assert places(text) == [("area", CORNERS), ("area", OTHERS)]


def test_parts_are_called_what_the_message_calls_them() -> None:
    text = f"1. IN AREAS BOUND BY:\nA. {TRIANGLE}.\nB. {OTHER}.\n"
    assert [area.label for area in read(text).areas] == ["A", "B"]
    text += f"2. ROCKETS IN AREAS BOUND BY:\nA. {TRIANGLE}.\nB. {OTHER}.\n"
    assert [area.label for area in read(text).areas] == ["1A", "1B", "2A", "2B"]


def test_areas_and_positions_may_stand_in_one_message() -> None:
    text = f"IN AREA BOUND BY {TRIANGLE}. DANGEROUS WRECK IN 14-00N 110-00E. MINES WITHIN 2 MILES OF 15-00N 110-00E."
    assert [form for form, _ in places(text)] == ["area", "position", "area"]


def test_every_position_has_the_characters_that_gave_it() -> None:
    text = f"Gunnery in area bound by {TRIANGLE}."
    (area,) = read(text).areas
    assert [text[span.start : span.end] for span in area.spans] == TRIANGLE.split(", ")


def test_an_exception_is_taken_out_of_the_area_before_it() -> None:
    text = f"IN AREA BOUND BY {TRIANGLE}, EXCEPT AREA WITHIN 5 MILES OF 12-50N 110-10E AND AREA BOUND BY {OTHER}"
    area, other = read(text).areas
    assert isinstance(area.footprint, Without)
    (hole,) = area.footprint.holes
    assert isinstance(hole, Circle)
    assert isinstance(other.footprint, Polygon)


def test_a_place_by_bearing_and_range_is_computed() -> None:
    for text in (
        "BUOY BEARING 090 DEGREES 10 MILES FROM 12-00N 110-00E",
        "BUOY 090 DEGREES 10 MILES FROM CAPE TERN LIGHT (12-00N 110-00E)",
        "WRECK 10 MILES EAST OF 12-00N 110-00E",
    ):
        ((form, ((lat_deg, lon_deg),)),) = places(text)
        found = inverse(12.0, 110.0, lat_deg, lon_deg)
        assert form == "position"
        assert found.distance_m == pytest.approx(10 * NAUTICAL_MILE_M, abs=1.0)
        assert found.azimuth1_deg == pytest.approx(90.0, abs=0.01)


def test_an_arc_bends_the_edge_the_way_it_is_told() -> None:
    told = (
        "BOUNDED BY 12-10N 110-00E THEN {} ALONG ARC OF CIRCLE RADIUS 10 NM CENTRED ON 12-00N 110-00E TO 11-50N 110-00E"
    )
    text = told + " THENCE 12-00N 109-00E"
    east = read(text.format("CLOCKWISE")).areas[0]
    west = read(text.format("ANTICLOCKWISE")).areas[0]
    assert read(text.format("CLOCKWISE")).verdict is Verdict.UNDERSTOOD
    for area, side in ((east, 1.0), (west, -1.0)):
        assert isinstance(area.footprint, Polygon)
        bent = [vertex for vertex in area.footprint.vertices if vertex not in area.positions]
        assert len(bent) > 30
        assert all((vertex.lon_deg - 110.0) * side > 0.0 for vertex in bent)
        assert len(area.positions) == 3


DOUBTFUL = {
    "an edge along a coast": f"BOUNDED BY {TRIANGLE} COASTLINE",
    "a coast between corners": "BOUNDED BY 12-00N 110-00E THEN COASTAL LINE TO 13-00N 110-00E 13-00N 111-00E",
    "a coast that bounds": f"AREA BOUNDED BY THE COAST AND LINES JOINING {TRIANGLE}",
    "a limit of waters": "BOUNDED BY 12-00N 110-00E ALONG LIMIT OF TERRITORIAL SEA TO 13-00N 110-00E 13-00N 111-00E",
    "an arc without its sense": "BOUNDED BY 12-10N 110-00E ALONG ARC CENTRED ON 12-00N 110-00E TO 12-00N 110-10E",
    "two corners": "IN AREA BOUND BY 12-00N 110-00E, 13-00N 110-00E.",
    "two positions of an area": "SURVEY IN AREA BETWEEN 12-00N 110-00E AND 13-00N 111-00E",
    "half a position": "IN AREA BOUND BY 12-00N 110-00E, 13-00N, 13-00N 111-00E, 12-00N 111-00E",
    "a hemisphere twice": "IN AREA BOUND BY 12-00N 110-00E, 13-00E 110-00E, 13-00N 111-00E, 12-00N 111-00E",
    "a letter for a zero": "IN AREA BOUND BY 12-00N 110-00E, 13-00N 110-0OE, 13-00N 111-00E, 12-00N 111-00E",
    "a position without letters": "IN AREA BOUND BY 12-00N 110-00E, 13-00N 110-00E, 13-00 111-00, 12-00N 111-00E",
    "a position without letters at the end": f"IN AREA BOUND BY {TRIANGLE}, 12-00 111-00.",
    "minutes beyond 60": "WRECK IN 12-61N 110-00E",
    "a circle without a radius": "IN A CIRCLE CENTRED ON 12-00N 110-00E",
    "miles or metres": "WITHIN 5M OF 12-00N 110-00E",
    "a distance without a bearing": "WRECK 5 MILES FROM 12-00N 110-00E",
    "half a circle": "SEMICIRCLE RADIUS 5 MILES CENTRED ON 12-00N 110-00E",
    "an ellipse": "ELLIPSE CENTRED ON 12-00N 110-00E",
    "one side": "IN AREA NORTH OF 12-00N",
    "two sides": "IN AREA NORTH OF 12-00N AND EAST OF 110-00E",
    "positions without a word": f"HAZARDOUS OPERATIONS {TRIANGLE}, 12-00N 111-00E.",
    "areas joined by and": f"IN AREAS BOUND BY {TRIANGLE} AND {OTHER}",
    "corners behind the last": f"IN AREA BOUND BY {TRIANGLE}, 12-00N 110-00E, 14-00N 110-00E",
    "a name between corners": "BOUND BY 12-00N 110-00E, TERN LIGHT 13-00N 110-00E, 13-00N 111-00E",
    "waters left out": f"IN AREA BOUND BY {TRIANGLE} EXCLUDING TERRITORIAL WATERS",
    "land left out": f"IN AREA BOUND BY {TRIANGLE} EXCEPT PORTION WITHIN 12 MILES OF TERN ISLAND",
    "a sector without a range": "FIRING FROM 12-00N 110-00E IN SECTOR 270 TO 360 DEGREES",
    "another hemisphere": "IN AREA BOUND BY 42-00N 110-00E, 43-00N 110-00E, 43-00S 111-00E, 42-00N 111-00E",
    "a corner far away": "IN AREA BOUND BY 42-00N 132-00E, 42-30N 132-00E, 42-30N 123-30E, 42-00N 132-30E",
    "an ellipse in the next part": f"BOUNDED BY {TRIANGLE} COASTLINE 2. IN ELLIPSE CENTERED IN 14-00N 110-00E",
    "parts that are one position": "IN AREAS BOUND BY:\nA. 12-00N 110-00E.\nB. 13-00N 110-00E.\nC. 13-00N 111-00E.",
    "places of one vessel": "VESSEL OVERDUE TERNHAVEN (12-00N 110-00E). LAST KNOWN POSITION IN 13-00N 110-00E.",
}


@pytest.mark.parametrize("text", DOUBTFUL.values(), ids=DOUBTFUL)
def test_what_may_change_the_place_is_doubted(text: str) -> None:
    reading = read(text)
    assert reading.verdict is Verdict.REVIEW
    for doubt in reading.doubts:
        assert 0 <= doubt.span.start < doubt.span.end <= len(text)
        assert doubt.reason[0].isupper() or not doubt.reason[0].isalpha()
        assert doubt.reason.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "CANCEL NAVAREA XI 12/26, 13/26.",
        "1. LIGHT UNLIT.\n2. CANCEL HYDROPAC 5/26 (WRECK IN 12-00N 110-00E).",
        "CHART 12345. PHONE: 21 89 2517 9382\nE-MAIL: TERN@EXAMPLE.ORG",
        "VESSELS TO KEEP WITHIN 5 MILES OF THE COAST. DEPTHS OF 10 METERS REPORTED.",
    ],
)
def test_a_message_without_a_place_has_none(text: str) -> None:
    assert not read(text).areas


@pytest.mark.parametrize(
    "words", ["EXCEPT SUNDAYS", "EXCEPT 03 JUL", "EXCEPT AUTHORIZED VESSELS", "EXCLUDING WEEKENDS"]
)
def test_days_and_vessels_that_are_excepted_take_nothing_out(words: str) -> None:
    reading = read(f"GUNNERY {words} IN AREA BOUND BY {TRIANGLE}.")
    assert [type(area.footprint) for area in reading.areas] == [Polygon]
    assert "left out of an area" not in reading.reason


def test_an_area_on_both_sides_of_the_equator_is_no_slip() -> None:
    corners = "05-00N 110-00E, 05-00N 111-00E, 05-00S 111-00E, 05-00S 110-00E"
    assert [form for form, _ in places(f"IN AREA BOUND BY {corners}")] == ["area"]


def test_what_is_run_in_behind_a_cancellation_is_read_and_doubted() -> None:
    text = f"1. LIGHT UNLIT.\n2. CANCEL THIS MSG 011200Z JUL 26.\n12/26\nSEA.\n1. IN AREA BOUND BY {TRIANGLE}."
    reading = read(text)
    assert len(reading.areas) == 1
    assert "run together" in reading.reason
