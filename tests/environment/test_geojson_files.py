"""Files that a user brings: lanes, flight information regions and areas as GeoJSON, and what is wrong with them."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpora import corpus
from waterspace.domain import Circle, Corridor, Hazard, Polygon, Position
from waterspace.environment.overlays import firs, lanes, user_areas
from waterspace.environment.overlays.geojson import read_features
from waterspace.errors import DataFileError
from waterspace.geometry.geodesic import bearing_deg
from waterspace.notation import parse_time
from waterspace.quantity import FOOT_M, NAUTICAL_MILE_M

SQUARE = [[133.0, 39.0], [134.0, 39.0], [134.0, 40.0], [133.0, 40.0], [133.0, 39.0]]
HOLE = [[133.4, 39.4], [133.6, 39.4], [133.6, 39.6], [133.4, 39.6], [133.4, 39.4]]


def at(lat_deg: float, lon_deg: float) -> Position:
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(geometry: dict[str, Any] | None, **properties: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def written(folder: Path, *features: dict[str, Any]) -> Path:
    path = folder / "some.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")
    return path


# ------------------------------------------------------------------------------------------------------------ reading


def test_features_of_all_kinds_are_read_with_their_properties_and_places(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        feature(polygon(SQUARE, HOLE), name="a"),
        feature({"type": "MultiPoint", "coordinates": [[1.0, 2.0], [3.0, 4.0, 5.0]]}),
        feature(
            {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Point", "coordinates": [1.0, 2.0]},
                    {"type": "LineString", "coordinates": [[1.0, 2.0], [2.0, 3.0]]},
                ],
            }
        ),
    )
    found = read_features(path)
    assert [(each.kind, len(each.parts), each.where) for each in found] == [
        ("Polygon", 1, "feature 1"),
        ("Point", 2, "feature 2"),
        ("Point", 1, "feature 3"),
        ("LineString", 1, "feature 3"),
    ]
    assert found[0].properties == {"name": "a"}
    assert found[0].parts[0].line[0].tolist() == [39.0, 39.0, 40.0, 40.0]
    assert len(found[0].parts[0].holes) == 1


def test_one_feature_and_a_bare_geometry_are_read_too(tmp_path: Path) -> None:
    for document in (feature(polygon(SQUARE)), polygon(SQUARE)):
        path = tmp_path / "one.geojson"
        path.write_text(json.dumps(document), encoding="utf-8")
        assert [each.kind for each in read_features(path)] == ["Polygon"]


@pytest.mark.parametrize(
    ("geometry", "message"),
    [
        (None, "found null for geometry"),
        ({"type": "Circle", "coordinates": [1, 2]}, 'geometry type "Circle"'),
        ({"type": "Polygon", "coordinates": []}, "no ring"),
        ({"type": "MultiPolygon", "coordinates": []}, "geometry is empty"),
        (polygon(SQUARE[:3]), "3 positions: expected at least 4"),
        (polygon([*SQUARE[:4], [133.5, 39.5]]), "expected a closed ring"),
        (polygon([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]), "crosses or touches itself"),
        (polygon([[0, 0], [1, 1], [2, 2], [0, 0]]), "crosses or touches itself|no area"),
        (polygon([[170, 0], [190, 0], [190, 10], [170, 10], [170, 0]]), "longitude 190.0: expected -180 to 180"),
        (polygon([[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]]), "half way round the earth"),
        (polygon([[-180, 0], [180, 0], [180, 10], [-180, 10], [-180, 0]]), "half way round the earth"),
        ({"type": "LineString", "coordinates": [[179, 0], [-179, 0]]}, "half way round the earth"),
        ({"type": "LineString", "coordinates": [[1, 2]]}, "1 positions: expected at least 2"),
        ({"type": "Point", "coordinates": [39.8, 133.2]}, "latitude 133.2.*swapped"),
        ({"type": "Point", "coordinates": [1.0, None]}, "position 1 is"),
        ({"type": "Point", "coordinates": ["1", "2"]}, "position 1 is"),
        ({"type": "Point", "coordinates": {}}, "expected a list"),
        ({"type": "GeometryCollection", "geometries": 5}, "for geometries"),
    ],
)
def test_a_geometry_that_is_none_is_refused_with_the_number_of_its_feature(
    tmp_path: Path, geometry: dict[str, Any] | None, message: str
) -> None:
    path = written(tmp_path, feature(polygon(SQUARE)), feature(geometry))
    with pytest.raises(DataFileError, match=message) as caught:
        read_features(path)
    assert caught.value.where == "feature 2"
    assert caught.value.file == str(path)


def test_a_file_that_is_cut_short_says_so_and_where(tmp_path: Path) -> None:
    path = written(tmp_path, feature(polygon(SQUARE)))
    text = path.read_text(encoding="utf-8")
    for length in range(1, len(text) - 1, 7):
        path.write_text(text[:length], encoding="utf-8")
        with pytest.raises(DataFileError, match=r"ends in the middle|is not JSON"):
            read_features(path)
    path.write_text(text[:60], encoding="utf-8")
    with pytest.raises(DataFileError, match="line 1, column"):
        read_features(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "ends in the middle"),
        (b"[1, 2]", "expected an object of GeoJSON"),
        (b'{"type": "Topology"}', 'found type "Topology"'),
        (b'{"type": "FeatureCollection"}', "found null for features"),
        (b'{"type": "FeatureCollection", "features": [5]}', "expected an object of type Feature"),
        (b'{"type": "Feature", "properties": 3, "geometry": null}', "for properties"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"[" * 100_000, "nested too deeply|not JSON|middle"),
        (
            b'{"type": "FeatureCollection", "crs": "urn:ogc:def:crs:EPSG::3857", "features": []}',
            "EPSG::3857: expected degrees",
        ),
    ],
)
def test_a_file_that_is_no_geojson_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "bad.geojson"
    path.write_bytes(content)
    with pytest.raises(DataFileError, match=message):
        read_features(path)


def test_a_missing_file_is_an_error_about_the_file() -> None:
    with pytest.raises(DataFileError, match="cannot be opened"):
        read_features("no/such.geojson")


# -------------------------------------------------------------------------------------------------------------- lanes


def test_no_lanes_are_packaged() -> None:
    assert lanes.load() == ()


def test_lanes_are_read_from_lines_areas_and_seamark_tags(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[140.0, 45.0], [141.0, 45.0]]}
    tags = '"seamark:type"=>"separation_lane","seamark:separation_lane:orientation"=>"273"'
    path = written(
        tmp_path,
        feature(line, id="east", name="Off a Cape"),
        feature(line, id="back", tss_flow_is_forward_along_geometry=False),
        feature(polygon(SQUARE), id="area", flow="45", OBJNAM="Scheme"),
        feature(polygon(SQUARE), other_tags=tags),
        feature(line, **{"seamark:type": "separation_zone"}),
        feature({"type": "MultiLineString", "coordinates": [line["coordinates"], [[1, 2], [3, 4]]]}, id="two"),
    )
    east, back, area, tagged, first, second = lanes.read(path)
    assert east.flow_deg == pytest.approx(89.65, abs=0.01)
    assert (east.name, east.polygon) == ("Off a Cape", None)
    assert back.line == east.line[::-1]
    assert back.flow_deg == pytest.approx(270.35, abs=0.01)
    assert area.polygon is not None
    assert (area.flow_deg, area.name, area.line) == (45.0, "Scheme", ())
    assert (tagged.id, tagged.flow_deg) == ("lane-4", 273.0)
    assert (first.id, second.id) == ("two/1", "two/2")
    assert east.provenance.source.endswith("feature 1")


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (feature(polygon(SQUARE)), "feature 2: it is an area without a direction of flow"),
        (feature(polygon(SQUARE), flow_deg="north"), "flow_deg is 'north'"),
        (feature(polygon(SQUARE), flow_deg=400), "expected a true direction from 0 to 360"),
        (feature({"type": "Point", "coordinates": [1, 2]}, flow_deg=3), "found a Point"),
    ],
)
def test_a_lane_that_is_none_is_refused_with_its_feature(tmp_path: Path, bad: dict[str, Any], message: str) -> None:
    with pytest.raises(DataFileError, match=message):
        lanes.read(written(tmp_path, feature(polygon(SQUARE), flow_deg=0), bad))


def test_a_file_without_any_lane_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="no lane"):
        lanes.read(written(tmp_path, feature(polygon(SQUARE), **{"seamark:type": "fairway"})))


def test_the_741_lanes_of_the_corpus_are_read_and_flow_the_way_they_are_drawn() -> None:
    found = lanes.read(corpus("zones", "separation_lanes_only.geojson"))
    assert len(found) == 741
    off = [abs((bearing_deg(lane.line[0], lane.line[-1]) - lane.flow_deg + 180.0) % 360.0 - 180.0) for lane in found]
    assert sum(each > 1.0 for each in off) <= 4  # lines that wind: their flow was taken from their first strokes


# --------------------------------------------------------------------------------------------------------------- FIRs


def test_a_region_is_found_by_position_under_the_name_the_file_gives(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        feature(polygon(SQUARE, HOLE), ident="AAAA", name="Alpha"),
        feature(polygon(HOLE), ids=["BBBB", "CCCC"]),
        feature(polygon([[10, 10], [11, 10], [11, 11], [10, 10]]), ICAO="AAAA"),
    )
    regions = firs.read(path)
    assert regions.at(at(39.2, 133.2)) == "AAAA"
    assert regions.at(at(39.5, 133.5)) == "BBBB"
    assert regions.at(at(10.4, 10.8)) == "AAAA"
    assert regions.at(at(0.0, 0.0)) is None
    assert {name: len(areas) for name, areas in regions.footprints.items()} == {"AAAA": 2, "BBBB": 1}


def test_regions_without_a_name_or_an_area_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="feature 1: it has no name"):
        firs.read(written(tmp_path, feature(polygon(SQUARE))))
    with pytest.raises(DataFileError, match="found a Point"):
        firs.read(written(tmp_path, feature({"type": "Point", "coordinates": [1, 2]}, name="x")))
    with pytest.raises(DataFileError, match="no region"):
        firs.read(written(tmp_path))


def test_the_opening_of_the_exercise_lies_in_the_region_that_the_reference_names() -> None:
    path = corpus() / ".." / "reference" / "fir_seaofjapan.geojson"
    if not path.exists():
        pytest.skip("there is no reference/fir_seaofjapan.geojson beside the corpora")
    regions = firs.read(path)
    assert (regions.at(at(39.80, 133.21)) or "").startswith("ZKKP")
    assert (regions.at(at(42.8, 132.5)) or "").startswith("UHHH")
    assert (regions.at(at(36.5, 130.0)) or "").startswith("RKRR")
    assert regions.at(at(20.0, 120.0)) is None


# -------------------------------------------------------------------------------------------------------------- areas


def test_areas_become_reservations_with_bands_windows_and_hazards(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        feature(
            polygon(SQUARE),
            id="D1",
            name="Danger one",
            kind="Danger area",
            floor="surface",
            ceiling="3000 ft",
            windows=[
                {"start": "2026-06-08T02:00Z", "end": "2026-06-08T04:00Z"},
                {"start": "2026-06-08T00:00Z", "end": "2026-06-08T02:00Z"},
                {"start": "100000ZJUN26", "end": "100600ZJUN26"},
            ],
            source="a warning",
        ),
        feature({"type": "Point", "coordinates": [133.0, 39.0]}, name="Range", radius="5 nm", hazard="exercise"),
        feature(
            {"type": "LineString", "coordinates": [[133.0, 39.0], [134.0, 39.0]]},
            name="Lane",
            width="2 nm",
            vertical="depth 40 m to surface",
            start="2026-06-08T00:00Z",
            end="2026-06-09T00:00Z",
        ),
        feature({"type": "MultiPolygon", "coordinates": [[SQUARE], [HOLE]]}, id="M", kind="submarine_exercise_area"),
    )
    danger, disc, corridor, first, second = user_areas.read(path)
    assert (danger.id, danger.owner, danger.name, danger.hazard) == ("D1/area", "D1", "Danger one", Hazard.FIRING)
    assert isinstance(danger.footprint, Polygon)
    assert danger.band.floor_m == 0.0
    assert danger.band.ceiling_m == pytest.approx(3000.0 * FOOT_M)
    assert [window.start_ms for window in danger.windows] == [
        parse_time("2026-06-08T00:00Z"),
        parse_time("2026-06-10T00:00Z"),
    ]
    assert danger.windows[0].end_ms == parse_time("2026-06-08T04:00Z")
    assert danger.provenance.source.startswith("a warning (")
    assert disc.footprint == Circle(centre=at(39.0, 133.0), radius_m=5.0 * NAUTICAL_MILE_M)
    assert (disc.windows, disc.hazard) == ((user_areas.ALWAYS,), Hazard.EXERCISE)
    assert isinstance(corridor.footprint, Corridor)
    assert corridor.footprint.half_width_m == pytest.approx(NAUTICAL_MILE_M)
    assert (corridor.band.floor_m, corridor.hazard) == (-40.0, Hazard.WARNING)
    assert (first.id, second.id, first.hazard) == ("M/area-1", "M/area-2", Hazard.UNDERWATER)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (feature(polygon(SQUARE)), "neither a name nor an id"),
        (feature(polygon(SQUARE), name="a"), "is that of feature 1 too"),
        (feature(polygon(SQUARE, HOLE), name="b"), "without holes"),
        (feature({"type": "Point", "coordinates": [1, 2]}, name="b"), "needs a radius"),
        (feature({"type": "Point", "coordinates": [1, 2]}, name="b", radius="0 nm"), "above 0"),
        (feature({"type": "LineString", "coordinates": [[1, 2], [2, 3]]}, name="b"), "needs a width"),
        (feature(polygon(SQUARE), name="b", radius=5, floor="10"), "height"),
        (feature(polygon(SQUARE), name="b", floor="3000 ft", ceiling="surface"), "floor below the ceiling"),
        (feature(polygon(SQUARE), name="b", hazard="lava"), "one of none, firing"),
        (feature(polygon(SQUARE), name="b", kind="lava"), "or give a property hazard"),
        (feature(polygon(SQUARE), name="b", windows=[]), "windows"),
        (feature(polygon(SQUARE), name="b", windows=["now"]), "a window: an object"),
        (feature(polygon(SQUARE), name="b", start="2026-06-08T00:00Z"), "a time with its zone"),
        (feature(polygon(SQUARE), name="b", start="2026-06-08", end="2026-06-09"), "zone are missing"),
        (
            feature(polygon(SQUARE), name="b", start="2026-06-09T00:00Z", end="2026-06-08T00:00Z"),
            "start is before its end",
        ),
    ],
)
def test_an_area_that_cannot_be_understood_is_refused_with_its_feature(
    tmp_path: Path, bad: dict[str, Any], message: str
) -> None:
    with pytest.raises(DataFileError, match=message) as caught:
        user_areas.read(written(tmp_path, feature(polygon(SQUARE), name="a"), bad))
    assert caught.value.where == "feature 2"


def test_a_file_without_any_area_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="no area"):
        user_areas.read(written(tmp_path))
