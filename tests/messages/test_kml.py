"""KML: what stands where, and when."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from structured_cases import FIRST_DAY_MS, drafts, windows_daily
from waterspace.domain import Band, Circle, Polygon, Position, Without
from waterspace.geometry.footprints import area_m2
from waterspace.messages.draft import STATUS, Draft, DraftArea, DraftPart
from waterspace.messages.reading import Category, Form
from waterspace.messages.writing import kml
from waterspace.notation import format_time_iso

K = "{http://www.opengis.net/kml/2.2}"
SQUARE = Polygon(
    vertices=tuple(
        Position(lat_deg=lat_deg, lon_deg=lon_deg)
        for lat_deg, lon_deg in ((40.0, 135.0), (41.0, 135.0), (41.0, 136.0), (40.0, 136.0))
    )
)


def root_of(draft: Draft) -> ET.Element:
    return ET.fromstring(kml.write(draft))  # noqa: S314  # our own text


def corners_of(ring: ET.Element) -> list[tuple[float, float]]:
    return [(float(lat), float(lon)) for lon, lat in (pair.split(",") for pair in (ring.text or "").split())]


def test_each_window_is_a_placemark_with_its_time_span() -> None:
    draft = Draft(
        id="N1",
        areas=(DraftArea(footprint=SQUARE, label="A", band=Band(floor_m=0.0, ceiling_m=9000.0)),),
        category=Category.GUNNERY,
        windows=windows_daily(4),
        parts=(DraftPart(areas=(DraftArea(footprint=SQUARE),)),),
    )
    root = root_of(draft)
    spans = [(s.findtext(f"{K}begin"), s.findtext(f"{K}end")) for s in root.iter(f"{K}TimeSpan")]
    assert spans == [(format_time_iso(w.start_ms), format_time_iso(w.end_ms)) for w in draft.windows]
    folders = root.findall(f"{K}Document/{K}Folder")
    assert [len(list(folder.iter(f"{K}Placemark"))) for folder in folders] == [4, 1]
    assert STATUS in (root.findtext(f"{K}Document/{K}name") or "")
    assert "0000Z TO 0900Z DAILY 20 THRU 23 JUL 26" in (folders[0].findtext(f"{K}description") or "")
    assert "UNTIL FURTHER NOTICE" in (folders[1].findtext(f"{K}description") or "")


def test_an_alternate_time_is_a_placemark_that_is_named_so() -> None:
    days = windows_daily(4)
    draft = Draft(id="N1", areas=(DraftArea(footprint=SQUARE, label="A"),), windows=days[:3], reserves=days[3:])
    marks = list(root_of(draft).iter(f"{K}Placemark"))
    assert [mark.findtext(f"{K}name") for mark in marks] == ["A", "A", "A", "A (alternate)"]
    begins = [mark.findtext(f"{K}TimeSpan/{K}begin") for mark in marks]
    assert begins == [format_time_iso(window.start_ms) for window in days]


@pytest.mark.parametrize(
    ("band", "told"),
    [
        (Band(floor_m=-15.0, ceiling_m=3048.0), "surface to 10000 ft"),
        (Band(floor_m=304.8, ceiling_m=3048.0), "1000 ft to 10000 ft"),
        (Band(floor_m=-40.0, ceiling_m=-10.0), "depth 40 m to depth 10 m"),
    ],
)
def test_heights_begin_at_the_surface_unless_all_of_it_lies_below(band: Band, told: str) -> None:
    root = root_of(Draft(id="N1", areas=(DraftArea(footprint=SQUARE, band=band),)))
    assert root.findtext(f".//{K}Placemark/{K}description") == told


def test_a_polygon_keeps_its_corners_and_is_closed() -> None:
    root = root_of(Draft(id="N1", areas=(DraftArea(footprint=SQUARE),)))
    (ring,) = root.iter(f"{K}coordinates")
    corners = corners_of(ring)
    assert corners[0] == corners[-1]
    assert set(corners) == {(vertex.lat_deg, vertex.lon_deg) for vertex in SQUARE.vertices}


def test_holes_lines_positions_and_the_meridian_of_180_degrees() -> None:
    at = Position(lat_deg=40.0, lon_deg=179.99)
    hole = Without(base=SQUARE, holes=(Circle(centre=Position(lat_deg=40.5, lon_deg=135.5), radius_m=5e3),))
    root = root_of(Draft(id="N1", areas=(DraftArea(footprint=hole),)))
    assert len(list(root.iter(f"{K}innerBoundaryIs"))) == 1
    root = root_of(Draft(id="N1", areas=(DraftArea(footprint=Circle(centre=at, radius_m=5e3)),)))
    assert len(list(root.iter(f"{K}Polygon"))) == 2
    root = root_of(Draft(id="N1", areas=(DraftArea(footprint=Circle(centre=at, radius_m=0.0), form=Form.POSITION),)))
    assert root.findtext(f".//{K}Point/{K}coordinates") == "179.990000,40.000000"


@settings(max_examples=40, deadline=None)
@given(draft=drafts())
def test_what_any_draft_draws_has_its_area(draft: Draft) -> None:
    root = root_of(draft)
    assert len(list(root.iter(f"{K}Placemark"))) == len(draft.areas) * len(draft.windows)
    assert str(FIRST_DAY_MS) not in kml.write(draft)
    for folder, area in zip(root.findall(f"{K}Document/{K}Folder/{K}Folder"), draft.areas, strict=True):
        mark = folder.find(f"{K}Placemark")
        assert mark is not None
        if area.form is not Form.AREA:
            continue
        drawn = [
            Polygon(vertices=tuple(Position(lat_deg=lat, lon_deg=lon) for lat, lon in corners_of(ring)[:-1]))
            for ring in mark.iter(f"{K}coordinates")
        ]
        outer = list(mark.iter(f"{K}outerBoundaryIs"))
        sign = [1.0] * len(outer) + [-1.0] * (len(drawn) - len(outer))
        if len(outer) == 1 or len(outer) == len(drawn):
            total_m2 = sum(one * area_m2(ring) for one, ring in zip(sign, drawn, strict=True))
            assert total_m2 == pytest.approx(area_m2(area.footprint), rel=5e-3)


def test_each_paragraph_is_named_by_what_goes_on_there() -> None:
    part = DraftPart(areas=(DraftArea(footprint=SQUARE),), category=Category.UNDERWATER_OPERATIONS)
    root = root_of(Draft(id="N1", areas=part.areas, category=Category.GUNNERY, activity="Guns", parts=(part,)))
    names = [folder.findtext(f"{K}name") for folder in root.findall(f"{K}Document/{K}Folder")]
    assert names == ["1. Guns", "2. UNDERWATER OPERATIONS"]
