"""Figures in the words of a NOTAM: corners, circles, corridors and arcs, in every notation and wording."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notam_texts import BOX, CORNERS, corners, flat, read
from waterspace.domain import Circle, Corridor, Polygon, Position
from waterspace.geometry import geodesic
from waterspace.messages.reading import Form, Verdict
from waterspace.quantity import FOOT_M, KILOMETRE_M, NAUTICAL_MILE_M


@pytest.mark.parametrize(
    "list_of_corners",
    [
        "402000N1354000E-402000N1362000E-400000N1362000E-400000N1354000E-402000N1354000E",
        "402000N 1354000E - 402000N 1362000E - 400000N 1362000E - 400000N 1354000E - 402000N 1354000E.",
        "N402000E1354000-N402000E1362000-N400000E1362000-N400000E1354000,BACK TO START.",
        "N4020E13540-N4020E13620-N4000E13620-N4000E13540 BACK TO START",
        "4020N13540E, 4020N13620E, 4000N13620E, 4000N13540E",
        "4020N 13540E THENCE TO 4020N 13620E THENCE TO 4000N 13620E THENCE TO 4000N 13540E TO POINT OF ORIGIN",
        "402000.00N1354000.00E 402000.00N1362000.00E 400000.00N1362000.00E 400000.00N1354000.00E",
        "40-20-00N 135-40-00E, 40-20-00N 136-20-00E, 40-00-00N 136-20-00E, 40-00-00N 135-40-00E",
        "N40 20 00 E135 40 00, N40 20 00 E136 20 00, N40 00 00 E136 20 00, N40 00 00 E135 40 00",
        "1.402000N1354000E 2.402000N1362000E 3.400000N1362000E 4.400000N1354000E",
        "(A) 4020N13540E (B) 4020N13620E (C) 4000N13620E (D) 4000N13540E TO BEGINNING",
        "FROM 4020N13540E (NORTH CAPE) - 4020N13620E - 4000N13620E - 4000N13540E TO STARTING POINT",
        "402000N1354000E\n402000N1362000E\n400000N1362000E\n400000N1354000E\n402000N1354000E",
        "N402000E1354000-N402000E1362000-N400000E13620\n00-N40\n0000E1354000 BAC\nK TO START.",
    ],
)
def test_corners_are_read_in_every_notation(list_of_corners: str) -> None:
    reading = read(f"AREA BOUNDED BY: {list_of_corners}")
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    assert len(reading.areas) == 1
    assert corners(reading) == pytest.approx(flat(CORNERS))


@pytest.mark.parametrize(
    ("words", "radius_m"),
    [
        ("A CIRCLE RADIUS 5NM CENTERED ON 401000N1360000E", 5 * NAUTICAL_MILE_M),
        ("RADIUS 3NM CENTRE 401000.0N1360000.00E (OFF CAPE)", 3 * NAUTICAL_MILE_M),
        ("WI 0.7NM RADIUS OF 401000N 1360000E (CAPE)", 0.7 * NAUTICAL_MILE_M),
        ("WITHIN 10NM RADIUS AROUND COORD  401000.00N 1360000.00E", 10 * NAUTICAL_MILE_M),
        ("WITHIN A CIRCLE CENTERED AT N401000E1360000 WITH RADIUS OF 2KM.VERTICAL LIMITS:QNH 900M", 2 * KILOMETRE_M),
        ("PSN 401000N 1360000E RADIUS 3NM. ESTIMATED 30 LOADS", 3 * NAUTICAL_MILE_M),
        ("WI 6NM OF PSN 401000S 1360000E BRG 123 MAG 68.6NM FM CAPE AD", 6 * NAUTICAL_MILE_M),
        ("WI 1900M OF PSN 401000N 1360000E", 1900.0),
        ("INTO A CIRCLE CENTERED ON POINT OF COORD 401000N1360000E WITH 2NM RADIUS", 2 * NAUTICAL_MILE_M),
        ("AREA WITH RADIUS OF 5NM CENTERED ON 401000N1360000E (CAPE) ACTIVATED", 5 * NAUTICAL_MILE_M),
        ("WI A RADIUS OF 500 METERS FM COORD 401000N1360000E.", 500.0),
        ("IS DEFINED AS A CIRCLE, CENTRED ON N4010.0E13600.0 WITH 8NM RADIUS.", 8 * NAUTICAL_MILE_M),
        ("CIRCLE RADIUS 5,5KM CENTRED ON 401000N1360000E", 5.5 * KILOMETRE_M),
        ("WI 12 NAUTICAL MILES RADIUS OF 401000N1360000E", 12 * NAUTICAL_MILE_M),
        ("RADIUS 5.0KM (401000N1360000E RADIUS 2.7NM), WI AIRSPACE G", 5 * KILOMETRE_M),
        ("RADIUS OF 28KM (15.12NM) CENTRED ON 401000N1360000E", 28 * KILOMETRE_M),
    ],
)
def test_circles_are_read_in_every_wording(words: str, radius_m: float) -> None:
    reading = read(f"FRNG {words}")
    assert reading.doubts == () or "136000" in words
    (area,) = reading.areas
    assert isinstance(area.footprint, Circle)
    assert area.footprint.radius_m == pytest.approx(radius_m)
    assert abs(area.footprint.centre.lat_deg) == pytest.approx(40 + 10 / 60)


def test_several_circles_are_several_areas() -> None:
    reading = read("FRNG 1. WI 2NM RADIUS OF 4010N13600E 2. WI 3NM RADIUS OF 4015N13605E")
    assert [
        area.footprint.radius_m / NAUTICAL_MILE_M for area in reading.areas if isinstance(area.footprint, Circle)
    ] == (pytest.approx([2.0, 3.0]))
    assert [area.label for area in reading.areas] == ["1", "2"]


def test_several_polygons_are_several_areas_each_with_its_name_and_heights() -> None:
    reading = read(
        "AREA A: 4020N13540E-4020N13600E-4010N13600E-4010N13540E-4020N13540E SFC-1000FT AMSL\n"
        "AREA B: 4010N13600E-4010N13620E-4000N13620E-4000N13600E-4010N13600E FL100-FL200"
    )
    assert reading.verdict is Verdict.UNDERSTOOD
    assert [area.label for area in reading.areas] == ["A", "B"]
    assert [round(area.band.ceiling_m / FOOT_M) for area in reading.areas] == [1000, 20000]


@pytest.mark.parametrize("joint", [" BACK TO START AND ", ", BACK TO START. ", " TO START; ", "-N4020E13540 "])
def test_a_figure_that_is_closed_ends_there(joint: str) -> None:
    reading = read(
        f"BOUNDED BY: N4020E13540-N4020E13600-N4010E13600{joint}N4010E13600-N4010E13620-N4000E13620 BACK TO START"
    )
    assert [len(area.positions) for area in reading.areas] == [3, 3]


def test_a_list_of_areas_without_closing_corners_is_cut_at_its_numbers() -> None:
    reading = read("WI 1. 4020N13540E 4020N13600E 4010N13600E 2. 4010N13600E 4010N13620E 4000N13620E 4000N13600E")
    assert [len(area.positions) for area in reading.areas] == [3, 4]


def test_a_corner_repeated_behind_its_figure_is_no_area() -> None:
    reading = read("PSN 4020N13540E - 4020N13620E - 4000N13620E - 4020N13540E - (4020N13540E) IMPACT AREA")
    assert [(area.form, len(area.positions)) for area in reading.areas] == [(Form.AREA, 3)]


def test_a_circle_in_brackets_behind_a_polygon_only_sums_it_up() -> None:
    reading = read(f"AREA {BOX} (4010N13600E RADIUS 18.4NM). DUE TO FLYING")
    assert [type(area.footprint) for area in reading.areas] == [Polygon]


def test_a_width_is_twice_the_half_width() -> None:
    reading = read("CORRIDOR 10NM WIDE CENTRED ON LINE 4010N13600E - 4020N13610E")
    (area,) = reading.areas
    assert isinstance(area.footprint, Corridor)
    assert area.footprint.half_width_m == pytest.approx(5 * NAUTICAL_MILE_M)


def test_letters_of_corners_are_no_name_of_the_area() -> None:
    reading = read("A) 4010N13600E B) 4010N13610E C) 4020N13610E D) 4020N13600E")
    assert [(len(area.positions), area.label) for area in reading.areas] == [(4, "")]


def test_a_corridor_has_its_half_width() -> None:
    reading = read("ACT 5.5 NM EITHER SIDE OF A STRAIGHT LINE DEFINED BY: 4000N13540E - 4020N13600E - 4020N13620E")
    (area,) = reading.areas
    assert isinstance(area.footprint, Corridor)
    assert area.footprint.half_width_m == pytest.approx(5.5 * NAUTICAL_MILE_M)
    assert len(area.positions) == 3


# ---------------------------------------------------------------------------------------------------------------- arcs


@pytest.mark.parametrize(
    ("words", "is_long"),
    [
        ("CLOCKWISE ALONG THE ARC OF A CIRCLE 10NM RADIUS CENTRED ON 400000N1360000E TO", False),
        ("THENCE THE ANTICLOCKWISE ARC OF A CIRCLE OF RADIUS OF 10 NM CENTRED ON 400000N1360000E TO", True),
        ("THENCE ANTI-CLOCKWISE BY THE ARC OF A CIRCLE RADIUS 10NM CENTRED ON 400000N1360000E TO", True),
        ("Clockwise on a 10 NM ARC Centered on: 400000N1360000E To:", False),
    ],
)
def test_an_edge_along_an_arc_keeps_its_range(words: str, *, is_long: bool) -> None:
    centre = Position(lat_deg=40.0, lon_deg=136.0)
    north, east = (geodesic.destination(centre, bearing, 10 * NAUTICAL_MILE_M) for bearing in (0.0, 90.0))
    first, last = (f"{each.lat_deg:.6f}N {each.lon_deg:.6f}E" for each in (north, east))
    reading = read(f"WI {first} {words} {last} - 400000N1360000E - {first}")
    assert reading.doubts == ()
    (area,) = reading.areas
    assert isinstance(area.footprint, Polygon)
    assert len(area.positions) == 3
    on_arc = area.footprint.vertices[:-1]
    assert all(abs(geodesic.distance_m(centre, each) - 10 * NAUTICAL_MILE_M) < 1.0 for each in on_arc)
    bearings = [geodesic.bearing_deg(centre, each) for each in on_arc[1:-1]]
    assert all((bearing > 90.0) is is_long for bearing in bearings)


def test_an_arc_between_two_points_that_are_named_again_is_read() -> None:
    centre = Position(lat_deg=51.0, lon_deg=1.0)
    ends = [geodesic.destination(centre, bearing, 4 * NAUTICAL_MILE_M) for bearing in (270.0, 180.0)]
    first, last = (f"{each.lat_deg:.6f}N {each.lon_deg:.6f}E" for each in ends)
    reading = read(
        f"WI {first} THENCE THE ANTICLOCKWISE ARC OF A CIRCLE RADIUS OF 4 NM CENTRED ON 510000N 0010000E BETWEEN "
        f"{first} - {last} - 5050N 00050E - {first}",
        line="EGTT/QRDCA/IV/BO/W/000/008/5100N00100E009",
    )
    assert reading.doubts == ()
    assert len(reading.areas[0].positions) == 3


def test_an_arc_without_a_direction_or_off_its_radius_is_told() -> None:
    body = "WI 4010N13600E {} ARC RADIUS 10NM CENTRED ON 4000N13600E 4000N13613E - 3950N13600E - 4010N13600E"
    assert "no direction" in read(body.format("")).reason
    assert read(body.format("CLOCKWISE")).doubts == ()
    assert "from its centre" in read(body.format("CLOCKWISE").replace("10NM", "20NM")).reason


@given(st.lists(st.tuples(st.integers(-5300, 5300), st.integers(-10700, 10700)), min_size=3, max_size=9, unique=True))
@settings(deadline=None)
def test_corners_written_in_minutes_come_back(places: list[tuple[int, int]]) -> None:
    texts, expected = [], []
    for lat, lon in places:
        north, east = "N" if lat >= 0 else "S", "E" if lon >= 0 else "W"
        lat_minutes, lon_minutes = divmod(abs(lat), 60), divmod(abs(lon), 60)
        texts.append(f"{lat_minutes[0]:02}{lat_minutes[1]:02}{north}{lon_minutes[0]:03}{lon_minutes[1]:02}{east}")
        expected.append((lat / 60, lon / 60))
    reading = read("AREA BOUNDED BY " + " - ".join(texts) + " TO START")
    assert corners(reading, -1) == pytest.approx(flat(expected))
