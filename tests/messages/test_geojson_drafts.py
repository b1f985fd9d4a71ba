"""Drafts as GeoJSON: one feature for each place, with the names that readings have."""

from __future__ import annotations

import json

import pytest
import shapely
from hypothesis import given, settings

from structured_cases import drafts, windows_daily
from waterspace.domain import Band, Circle, Polygon, Position
from waterspace.messages import reader, showing
from waterspace.messages.draft import STATUS, Draft, DraftArea, DraftPart
from waterspace.messages.reading import Category, Form, Message
from waterspace.messages.writing import geojson, navarea
from waterspace.notation import format_time_iso

ROUND = Circle(centre=Position(lat_deg=39.0, lon_deg=134.0), radius_m=9260.0)
SQUARE = Polygon(
    vertices=tuple(
        Position(lat_deg=lat_deg, lon_deg=lon_deg)
        for lat_deg, lon_deg in ((40.0, 135.0), (41.0, 135.0), (41.0, 136.0), (40.0, 136.0))
    )
)


def test_each_place_of_each_paragraph_is_a_feature_with_its_times() -> None:
    draft = Draft(
        id="N1",
        areas=(DraftArea(footprint=ROUND, label="A", band=Band(floor_m=0.0, ceiling_m=9000.0)),),
        category=Category.GUNNERY,
        windows=windows_daily(2),
        parts=(DraftPart(areas=(DraftArea(footprint=SQUARE),)),),
    )
    first, second = json.loads(geojson.write([draft]))["features"]
    assert first["properties"]["message"] == "N1"
    assert first["properties"]["status"] == STATUS
    assert first["properties"]["windows"] == [
        [format_time_iso(window.start_ms), format_time_iso(window.end_ms)] for window in draft.windows
    ]
    assert first["properties"]["center"] == [134.0, 39.0]
    assert first["properties"]["radius_nm"] == 5.0
    assert (first["properties"]["floor_m"], first["properties"]["ceiling_m"]) == (0.0, 9000.0)
    assert second["properties"]["windows"] == [[None, None]]
    assert shapely.geometry.shape(second["geometry"]).equals(shapely.box(135.0, 40.0, 136.0, 41.0))


def test_a_bare_cancellation_is_a_feature_without_a_geometry() -> None:
    (only,) = geojson.as_features([Draft(id="N1", areas=(), cancels=("NAVAREA XI 123/26",))])["features"]
    assert only["geometry"] is None
    assert only["properties"]["cancels"] == ["NAVAREA XI 123/26"]


@settings(max_examples=40, deadline=None)
@given(draft=drafts())
def test_a_draft_and_the_reading_of_its_text_draw_the_same(draft: Draft) -> None:
    text = navarea.write(draft)
    drawn = [feature for feature in geojson.as_features([draft])["features"] if feature["geometry"] is not None]
    read = showing.as_geojson([reader.read(Message(id="1", text=text))])["features"]
    assert len(drawn) == len(read)
    for ours, theirs in zip(drawn, read, strict=True):
        ours_shape, theirs_shape = (shapely.geometry.shape(one["geometry"]) for one in (ours, theirs))
        # the notch of a sharp bend moves farther than the positions that the text rounds
        assert ours_shape.hausdorff_distance(theirs_shape) == pytest.approx(0.0, abs=5e-3)
        assert ours["properties"]["windows"] == theirs["properties"]["windows"]


def test_each_place_has_the_category_of_its_paragraph() -> None:
    part = DraftPart(areas=(DraftArea(footprint=ROUND),), category=Category.UNDERWATER_OPERATIONS)
    draft = Draft(id="N1", areas=part.areas, category=Category.GUNNERY, parts=(part,))
    found = [feature["properties"]["category"] for feature in geojson.as_features([draft])["features"]]
    assert found == ["gunnery", "underwater_operations"]


@pytest.mark.parametrize("lon_deg", [-180.0, 180.0])
def test_a_position_on_180_degrees_is_drawn_in_the_east_as_its_text_says_it(lon_deg: float) -> None:
    point = Circle(centre=Position(lat_deg=0.0, lon_deg=lon_deg), radius_m=0.0)
    draft = Draft(id="N1", areas=(DraftArea(footprint=point, form=Form.POSITION),))
    assert geojson.as_features([draft])["features"][0]["geometry"]["coordinates"] == [180.0, 0.0]
