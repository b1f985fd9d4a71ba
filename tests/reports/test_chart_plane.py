"""Projection, frame, border and labels of a chart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Proj

from waterspace.environment.shores.shoreline import Bounds
from waterspace.reports.chart.border import latitude_label, longitude_label, parallel_labels, spacing
from waterspace.reports.chart.frame import fitted
from waterspace.reports.chart.labels import Box, Label, place
from waterspace.reports.chart.letters import text_width
from waterspace.reports.chart.plane import Mercator, PolarStereographic, near_meridian, plane_for
from waterspace.reports.chart.svg import element, number, path_data, text

EARTH_M = 6_378_137.0


@given(st.floats(-83.0, 83.0), st.floats(-170.0, 170.0))
def test_mercator_is_that_of_a_second_library(lat_deg: float, lon_deg: float) -> None:
    x, y = Mercator(0.0).project(np.array([lat_deg]), np.array([lon_deg]))
    their_x, their_y = Proj(proj="merc", ellps="WGS84")(lon_deg, lat_deg)
    assert x[0] * EARTH_M == pytest.approx(their_x, abs=1e-3)
    assert y[0] * EARTH_M == pytest.approx(their_y, abs=1e-3)


@pytest.mark.parametrize("is_north", [True, False])
@given(lat_deg=st.floats(40.0, 89.99), lon_deg=st.floats(-179.0, 179.0))
def test_the_polar_plane_has_the_directions_and_proportions_of_a_second_library(
    is_north: bool, lat_deg: float, lon_deg: float
) -> None:
    sign = 1.0 if is_north else -1.0
    plane = PolarStereographic(10.0, is_north=is_north)
    x, y = plane.project(np.array([sign * lat_deg, sign * 60.0]), np.array([lon_deg, 10.0]))
    other = Proj(proj="stere", lat_0=90.0 * sign, lon_0=10.0, ellps="WGS84")
    their_x, their_y = other(lon_deg, sign * lat_deg)
    reach = abs(y[1]) / abs(other(10.0, sign * 60.0)[1])
    assert x[0] == pytest.approx(their_x * reach, abs=1e-9)
    assert y[0] == pytest.approx(their_y * reach, abs=1e-9)


@given(
    plane=st.sampled_from((Mercator(140.0), PolarStereographic(140.0, is_north=True))),
    lat_deg=st.floats(45.0, 83.0),
    lon_deg=st.floats(-30.0, 310.0),
)
def test_what_is_projected_comes_back(plane: Mercator | PolarStereographic, lat_deg: float, lon_deg: float) -> None:
    lat, lon = plane.unproject(*plane.project(np.array([lat_deg]), np.array([lon_deg])))
    assert lat[0] == pytest.approx(lat_deg, abs=1e-8)
    assert (lon[0] - lon_deg + 180.0) % 360.0 - 180.0 == pytest.approx(0.0, abs=1e-8)


@pytest.mark.parametrize(
    ("box", "name"),
    [
        ((33.0, 126.0, 47.0, 145.0), "Mercator"),
        ((70.0, 0.0, 80.0, 30.0), "Polar stereographic"),
        ((-80.0, 0.0, -66.0, 30.0), "Polar stereographic"),
        ((-70.0, -180.0, 75.0, 180.0), "Mercator"),
        ((50.0, 0.0, 64.9, 30.0), "Mercator"),
    ],
)
def test_high_latitudes_are_drawn_round_the_pole(box: tuple[float, float, float, float], name: str) -> None:
    assert plane_for(*box).name == name


def test_a_line_across_180_degrees_stays_in_one_piece() -> None:
    assert near_meridian(np.array([179.0, -179.0]), 175.0).tolist() == [179.0, 181.0]
    assert near_meridian(np.array([179.0, -179.0]), -175.0).tolist() == [-181.0, -179.0]


@given(
    south_deg=st.floats(-80.0, 79.0),
    west_deg=st.floats(-180.0, 180.0),
    tall_deg=st.floats(0.001, 10.0),
    wide_deg=st.floats(0.001, 60.0),
)
def test_the_whole_box_lies_in_the_frame(south_deg: float, west_deg: float, tall_deg: float, wide_deg: float) -> None:
    bounds = Bounds(south_deg, west_deg, south_deg + tall_deg, west_deg + wide_deg)
    frame = fitted(bounds, 10.0, 20.0, 600.0)
    assert 0.49 * frame.width <= frame.height <= 1.16 * frame.width
    lat = np.array([bounds[0], bounds[0], bounds[2], bounds[2]])
    lon = np.array([bounds[1], bounds[3], bounds[1], bounds[3]])
    for one_lat, one_lon in zip(lat, lon, strict=True):
        x, y = frame.pixels(np.array([one_lat]), np.array([one_lon]))
        assert frame.holds(float(x[0]), float(y[0]), -1.0)
    assert frame.bounds[0] <= bounds[0] + 1e-6
    assert frame.bounds[2] >= bounds[2] - 1e-6


def test_a_pixel_has_the_length_of_the_middle_of_the_chart() -> None:
    frame = fitted(Bounds(39.5, 133.0, 40.5, 135.0), 0.0, 0.0, 600.0)
    assert frame.metres_in_pixel() == pytest.approx(2.0 * 85_394.0 / 600.0, rel=0.01)


@pytest.mark.parametrize(
    ("value_deg", "step_min", "expected"),
    [
        (39.5, 30.0, "39°30′N"),
        (-7.0, 60.0, "07°S"),
        (0.0, 60.0, "00°"),
        (39.99999999, 10.0, "40°00′N"),
        (33.9583333, 0.5, "33°57.5′N"),
    ],
)
def test_latitudes_are_written_as_on_a_chart(value_deg: float, step_min: float, expected: str) -> None:
    assert latitude_label(value_deg, step_min) == expected


@pytest.mark.parametrize(
    ("value_deg", "step_min", "expected"),
    [
        (133.5, 30.0, "133°30′E"),
        (7.0833333333, 5.0, "007°05′E"),
        (190.0, 600.0, "170°W"),
        (180.0, 600.0, "180°"),
        (-180.0, 600.0, "180°"),
        (360.0, 600.0, "000°"),
        (-0.5, 30.0, "000°30′W"),
    ],
)
def test_longitudes_are_written_as_on_a_chart(value_deg: float, step_min: float, expected: str) -> None:
    assert longitude_label(value_deg, step_min) == expected


@given(st.floats(-60.0, 60.0), st.floats(0.05, 20.0))
def test_each_spacing_is_a_multiple_of_the_finer_one(south_deg: float, tall_deg: float) -> None:
    steps = spacing(fitted(Bounds(south_deg, 0.0, south_deg + tall_deg, tall_deg), 0.0, 0.0, 600.0))
    for fine, coarse in ((steps.tick_min, steps.bar_min), (steps.bar_min, steps.line_min)):
        assert fine <= coarse
        assert coarse / fine == pytest.approx(round(coarse / fine), abs=1e-9)


def test_parallels_round_a_pole_are_labelled_inside() -> None:
    frame = fitted(Bounds(70.0, 0.0, 84.0, 60.0), 0.0, 0.0, 600.0)
    assert {label.words for label in parallel_labels(frame, spacing(frame))} >= {"75°N", "80°N"}
    plain = fitted(Bounds(40.0, 0.0, 50.0, 10.0), 0.0, 0.0, 600.0)
    assert parallel_labels(plain, spacing(plain)) == []


# -------------------------------------------------------------------------------------------------------------- labels

PAGE = Box(0.0, 0.0, 400.0, 300.0)


@given(
    st.lists(
        st.tuples(
            st.floats(0.0, 400.0),
            st.floats(0.0, 300.0),
            st.integers(0, 3),
            st.text("abcXYZ 漢", min_size=1, max_size=18),
        ),
        max_size=25,
    )
)
def test_no_label_lies_on_another_or_leaves_the_page(wanted: list[tuple[float, float, int, str]]) -> None:
    labels = [
        Label(words=words, x=x, y=y, size=11.0, role="port", rank=rank, may_lead=rank == 0, may_cover=rank == 1)
        for x, y, rank, words in wanted
    ]
    taken = [Box(x - 2.0, y - 2.0, x + 2.0, y + 2.0) for x, y, _, _ in wanted]
    placed, dropped = place(labels, PAGE, taken, np.empty((0, 2)))
    assert len(placed) + len(dropped) == len(labels)
    for index, one in enumerate(placed):
        assert one.box.within(PAGE)
        assert not any(one.box.meets(other.box) for other in placed[:index])


def test_the_more_important_label_has_the_place() -> None:
    page = Box(0.0, 0.0, 60.0, 16.0)
    labels = [
        Label(words=words, x=5.0, y=8.0, size=11.0, role="port", rank=rank) for rank, words in ((2, "b"), (1, "a"))
    ]
    placed, dropped = place(labels, page, (), np.empty((0, 2)))
    assert placed[0].label.words == "a"
    assert [label.words for label in dropped] in ([], ["b"])


def test_a_label_keeps_off_lines_where_it_can() -> None:
    line = np.stack((np.full(60, 230.0), np.linspace(100.0, 200.0, 60)), axis=1)
    label = Label(words="Here", x=200.0, y=150.0, size=11.0, role="port", rank=1)
    ((placed,), _) = place([label], PAGE, (), line)
    assert not (placed.box.left <= 230.0 <= placed.box.right)


def test_a_crowded_label_is_led_to_its_point() -> None:
    around = [Box(180.0, 130.0, 199.0, 170.0), Box(201.0, 130.0, 220.0, 170.0)]
    around += [Box(190.0, 120.0, 210.0, 148.0), Box(190.0, 152.0, 210.0, 180.0)]
    label = Label(words="Narrows", x=200.0, y=150.0, size=11.0, role="strait", rank=1, may_lead=True)
    placed, dropped = place([label], PAGE, around[:1], np.empty((0, 2)))
    assert placed
    assert not dropped


def test_wide_letters_take_more_room() -> None:
    assert text_width("WWW", 10.0) > text_width("nnn", 10.0) > text_width("iii", 10.0)
    assert text_width("演習", 10.0) >= 20.0
    assert text_width("", 10.0) == 0.0


# ----------------------------------------------------------------------------------------------------------------- svg


@pytest.mark.parametrize(("value", "expected"), [(1.0, "1"), (-0.04, "0"), (2.25, "2.2"), (1e6, "1000000")])
def test_numbers_are_short(value: float, expected: str) -> None:
    assert number(value) == expected


def test_a_path_leaves_out_what_does_not_move() -> None:
    line = np.array([0.0, 0.01, 1.0, 1.0]), np.array([0.0, 0.0, 0.04, 2.0])
    assert path_data([line], is_closed=True) == "M0,0l1,0 0,2z"
    assert path_data([(np.array([1.0]), np.array([1.0]))], is_closed=False) == ""
    assert path_data([(np.array([1.0, 1.01]), np.array([1.0, 1.0]))], is_closed=False) == ""


def test_text_and_attributes_are_escaped() -> None:
    assert text("a<b & \x00c", {"x": 1.0}) == '<text x="1">a&lt;b &amp; c</text>'
    assert element("g", {"id": 'a"b'}) == '<g id="a&quot;b"/>'
