"""A chart: valid and self-contained SVG, the same bytes each time, with everything that was asked for and legible."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from source_tree import ROOT
from waterspace.domain import Area, Band, Circle, Hazard, Polygon, Position, Reservation, Window, Without
from waterspace.errors import GeometryError
from waterspace.reports.chart import (
    Bounds,
    ChartContent,
    ChartLine,
    ChartMark,
    ChartRequest,
    ChartStyle,
    LineKind,
    MarkKind,
    draw,
)

NAMESPACE = {"svg": "http://www.w3.org/2000/svg"}
TSUGARU = Bounds(40.8, 139.6, 42.0, 141.8)
KNOWN = frozenset({ChartContent.DEPTHS, ChartContent.STRAITS, ChartContent.PORTS})
BAD_NAMES = ("</text><script>alert(1)</script>", "a & b \"c\" 'd'", "\x00\x1b\ud800bell", "演習区域")


def at(lat_deg: float, lon_deg: float) -> Position:
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


def area(name: str, lat_deg: float = 41.0, lon_deg: float = 139.8) -> Area:
    corners = (at(lat_deg, lon_deg), at(lat_deg, lon_deg + 0.4), at(lat_deg + 0.3, lon_deg + 0.4))
    return Area(id="A", name=name, footprint=Polygon(vertices=corners))


def reservation(hazard: Hazard) -> Reservation:
    return Reservation(
        id=f"R/{hazard}",
        owner="R",
        name="",
        footprint=Circle(centre=at(41.2, 141.6), radius_m=9_000.0),
        band=Band(),
        windows=(Window(start_ms=0, end_ms=1),),
        hazard=hazard,
    )


def everything(style: ChartStyle = ChartStyle.LIGHT) -> ChartRequest:
    return ChartRequest(
        bounds=TSUGARU,
        title="Tsugaru",
        style=style,
        contents=KNOWN,
        areas=(area("Area ALFA"),),
        reservations=(reservation(Hazard.FIRING), reservation(Hazard.MANOEUVRE)),
        lines=tuple(
            ChartLine(name=kind.value.title(), positions=(at(41.3, 139.7), at(41.35, 141.7 - 0.1 * number)), kind=kind)
            for number, kind in enumerate(LineKind)
        ),
        marks=(
            ChartMark(name="Datum", position=at(41.9, 139.9)),
            ChartMark(name="Home", position=at(41.78, 140.7), kind=MarkKind.PORT),
        ),
        key="tsugaru",
    )


def parsed(picture: str) -> ET.Element:
    return ET.fromstring(picture)  # noqa: S314  # our own text


def words(picture: str) -> list[str]:
    return [" ".join(element.itertext()) for element in parsed(picture).iterfind(".//svg:text", NAMESPACE)]


def test_a_chart_names_what_was_asked_for() -> None:
    found = words(draw(everything()))
    for name in ("Tsugaru", "Area ALFA", "Datum", "Home", "Tsugaru Strait, east", "Tsugaru Strait, west", "Hakodate"):
        assert name in found, name
    for entry in ("Land", "Exercise area", "Track", "Route", "Position", "Port", "Strait, at its narrowest"):
        assert entry in found, entry
    assert "Firing, or a warning in force" in found
    assert found.count("Port") == 1  # known ones and one of the caller's
    assert any("nautical miles at 41°" in line for line in found)
    assert any("Not for navigation." in line for line in found)
    assert any("GSHHG" in line for line in found)
    assert any("ETOPO1" in line for line in found)


def test_the_graticule_is_labelled_as_navigators_write() -> None:
    found = words(draw(everything()))
    assert {"41°00′N", "41°20′N", "140°00′E", "141°40′E"} <= set(found)


def test_a_chart_can_be_read_out() -> None:
    root = parsed(draw(everything()))
    assert root.get("role") == "img"
    said = {element.get("id"): element.text for element in root if element.tag.endswith(("title", "desc"))}
    assert root.get("aria-labelledby") == " ".join(said)  # type: ignore[arg-type]
    assert said["tsugaru-title"] == "Tsugaru"
    assert "Exercise area" in str(said["tsugaru-description"])


def test_ids_begin_with_the_key_and_every_reference_has_its_target() -> None:
    picture = draw(everything())
    ids = set(re.findall(r' id="([^"]+)"', picture))
    assert all(name.startswith("tsugaru-") for name in ids)
    assert set(re.findall(r"url\(#([^)]+)\)", picture)) <= ids


@pytest.mark.parametrize("style", ChartStyle)
def test_a_chart_needs_nothing_from_outside_and_no_style_sheet(style: ChartStyle) -> None:
    picture = draw(everything(style))
    assert " style=" not in picture
    assert "href" not in picture
    assert re.findall(r"https?://[^\"]+", picture) == ["http://www.w3.org/2000/svg"]


def test_a_printed_chart_has_black_grey_and_white_only() -> None:
    colours = set(re.findall(r"#[0-9a-f]{6}", draw(everything(ChartStyle.PRINT))))
    assert len(colours) > 3
    for colour in colours:
        assert colour[1:3] == colour[3:5] == colour[5:7], colour
    assert set(re.findall(r'(?:fill|stroke)="([a-z]+)"', draw(everything(ChartStyle.PRINT)))) <= {"none", "url"}


def test_an_area_with_a_piece_taken_out_has_a_ring_for_the_hole() -> None:
    whole = Circle(centre=at(41.4, 140.5), radius_m=30_000.0)
    ringed = Without(base=whole, holes=(Circle(centre=at(41.4, 140.5), radius_m=9_000.0),))
    plain, holed = (
        draw(ChartRequest(bounds=TSUGARU, title="Rings", areas=(Area(id="A", name="Ring", footprint=shape),)))
        for shape in (whole, ringed)
    )
    closed = [picture.count("z") for picture in (plain, holed)]
    assert closed[1] == closed[0] + 1


def test_hatching_tells_danger_from_other_claims() -> None:
    picture = draw(everything(ChartStyle.PRINT))
    assert picture.count("<pattern ") == 2
    assert len(re.findall(r'fill="url\(#tsugaru-danger\)"', picture)) == 2  # the reservation and the legend
    assert len(re.findall(r'fill="url\(#tsugaru-claim\)"', picture)) == 2


@pytest.mark.parametrize("name", BAD_NAMES)
def test_names_are_text_whatever_is_in_them(name: str) -> None:
    request = ChartRequest(bounds=TSUGARU, title=name, areas=(area(name),), key="names")
    picture = draw(request)
    assert "<script" not in picture
    plain = re.sub("[\x00-\x1f\ud800-\udfff]", "", name)
    assert words(picture).count(plain) == 2


@pytest.mark.parametrize(
    "bounds",
    [
        Bounds(50.0, 170.0, 60.0, 190.0),
        Bounds(-20.0, -190.0, -10.0, -170.0),
        Bounds(70.0, -30.0, 85.0, 60.0),
        Bounds(66.0, -180.0, 90.0, 180.0),
        Bounds(-90.0, -180.0, -66.0, 180.0),
        pytest.param(Bounds(-75.0, -180.0, 80.0, 180.0), marks=pytest.mark.deep),
        Bounds(33.95, 130.94, 33.9501, 130.9401),
        Bounds(0.0, -1.0, 1.0, 1.0),
    ],
)
@pytest.mark.filterwarnings("error")
def test_any_part_of_the_earth_can_be_drawn(bounds: Bounds) -> None:
    picture = draw(ChartRequest(bounds=bounds, title="Somewhere", contents=KNOWN, width=480))
    assert "nan" not in picture
    assert "inf" not in picture
    assert len(words(picture)) > 10


@pytest.mark.parametrize(
    "bounds",
    [
        Bounds(math.nan, 0.0, 1.0, 1.0),
        Bounds(0.0, 0.0, math.inf, 1.0),
        Bounds(2.0, 0.0, 1.0, 1.0),
        Bounds(0.0, 170.0, 1.0, -170.0),
        Bounds(0.0, 0.0, 1.0, 361.0),
        Bounds(-91.0, 0.0, 1.0, 1.0),
        Bounds(0.0, 0.0, 0.0, 0.0),
    ],
)
def test_a_box_that_cannot_be_drawn_is_refused(bounds: Bounds) -> None:
    with pytest.raises(GeometryError, match="cannot be drawn"):
        draw(ChartRequest(bounds=bounds, title="Nowhere"))


def test_a_page_too_narrow_to_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="320 is the least"):
        draw(ChartRequest(bounds=TSUGARU, title="Narrow", width=200))


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(
    south_deg=st.floats(-60.0, 55.0),
    west_deg=st.floats(-180.0, 180.0),
    span_deg=st.sampled_from((0.05, 0.7, 6.0, 30.0)),
)
def test_every_word_of_a_chart_lies_on_its_page(south_deg: float, west_deg: float, span_deg: float) -> None:
    bounds = Bounds(south_deg, west_deg, min(south_deg + span_deg, 85.0), west_deg + span_deg)
    root = parsed(draw(ChartRequest(bounds=bounds, title="Somewhere", contents=frozenset({ChartContent.PORTS}))))
    width, height = (float(value) for value in root.attrib["viewBox"].split()[2:])
    for element in [*root.iterfind(".//svg:text[@x]", NAMESPACE), *root.iterfind(".//svg:tspan", NAMESPACE)]:
        assert 0.0 <= float(element.attrib["x"]) <= width
        assert 0.0 <= float(element.attrib["y"]) <= height


def test_a_chart_is_the_same_in_every_process() -> None:
    code = (
        "import sys; from waterspace.reports.chart import *; sys.stdout.write(draw(ChartRequest("
        "bounds=Bounds(40.8, 139.6, 42.0, 141.8), title='Tsugaru', contents=frozenset({ChartContent.DEPTHS,"
        " ChartContent.STRAITS, ChartContent.PORTS}))))"
    )
    drawn = set()
    for seed in ("0", "4711"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
        drawn.add(done.stdout)
    assert len(drawn) == 1


def test_the_charts_of_the_documentation_are_those_of_the_code() -> None:
    command = [sys.executable, str(ROOT / "tools" / "draw_charts.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["sea-of-japan.svg", "sea-of-japan-print.svg"])
def test_the_charts_of_the_documentation_name_every_strait_that_leads_out(name: str) -> None:
    found = words((ROOT / "docs" / "images" / name).read_text(encoding="utf-8"))
    for strait in ("Korea Strait", "Tsushima Strait", "Tsugaru Strait", "La Perouse", "Kanmon Strait"):
        assert any(word.startswith(strait) for word in found), strait


def test_limits_and_the_line_between_neighbours_are_drawn_with_a_warning() -> None:
    request = ChartRequest(
        bounds=Bounds(42.0, 130.4, 42.9, 132.0), title="Near the Tumen", contents=frozenset({ChartContent.ZONES})
    )
    picture = draw(request)
    found = words(picture)
    assert "Territorial sea, outer limit" in found
    assert "Equally far from two states" in found
    assert any("Limits are computed, not legal." in line for line in found)
    assert draw(request) == picture
