"""Files that a user brings: lanes, flight information regions and areas as GeoJSON, and what is wrong with them."""

import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import corpus
from waterspace import planfile
from waterspace.domain import Circle, Corridor, Hazard, Polygon, Position, Without
from waterspace.environment.overlays import firs, lanes, user_areas
from waterspace.environment.overlays.geojson import read_features
from waterspace.environment.overlays.misspelt import misspelt
from waterspace.environment.routing import routes
from waterspace.environment.shores import coast
from waterspace.environment.whereabouts import whereabouts
from waterspace.errors import DataFileError
from waterspace.geometry.footprints import contains
from waterspace.geometry.geodesic import bearing_deg, distance_m
from waterspace.notation import parse_time
from waterspace.quantity import FOOT_M, NAUTICAL_MILE_M, nautical_miles

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


def test_packaged_lanes_name_their_source_lie_at_sea_and_have_the_published_flow_and_width() -> None:
    known = {lane.id: lane for lane in lanes.load()}
    assert len(known) == 6
    for lane in known.values():
        assert lane.polygon is not None
        assert "http" in lane.provenance.source
        corners = lane.polygon.vertices
        assert not any(coast.load().is_land(corner) for corner in corners)
        sides = [bearing_deg(a, b) for a, b in itertools.pairwise((*corners, corners[0]))]
        off_deg = [abs((side - lane.flow_deg + 90.0) % 180.0 - 90.0) for side in sides]
        assert sum(off < 0.5 for off in off_deg) == 2, lane.id
    south, north = known["chengshan_jiao_180"].polygon, known["chengshan_jiao_000"].polygon
    assert south is not None
    assert north is not None
    lane_m, zone_m = (distance_m(south.vertices[2], other) for other in (south.vertices[1], north.vertices[0]))
    assert (nautical_miles(lane_m), nautical_miles(zone_m)) == pytest.approx((2.0, 2.0), abs=0.02)


def test_a_way_past_chengshan_jiao_goes_round_the_packaged_lane_that_it_would_run_against() -> None:
    south, north = Position(lat_deg=36.9, lon_deg=122.86), Position(lat_deg=37.9, lon_deg=122.6)
    straight, kept = (routes.shortest(south, north, routes.RouteRequest(lanes=each)) for each in ((), lanes.load()))
    assert len(straight.waypoints) == 2
    assert straight.length_m < kept.length_m < 1.01 * straight.length_m
    back = routes.shortest(north, south, routes.RouteRequest(lanes=lanes.load()))
    assert back.length_m == pytest.approx(straight.length_m)


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


def test_a_file_with_features_of_which_none_is_a_lane_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="none of its features is a lane"):
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
        (feature({"type": "Point", "coordinates": [1, 2]}, name="b"), "needs a radius"),
        (feature({"type": "Point", "coordinates": [1, 2]}, name="b", radius="0 nm"), "above 0"),
        (feature({"type": "LineString", "coordinates": [[1, 2], [2, 3]]}, name="b"), "needs a width"),
        (feature(polygon(SQUARE), name="b", radius=5, floor="10"), "height"),
        (feature(polygon(SQUARE), name="b", floor="3000 ft", ceiling="surface"), "floor below the ceiling"),
        (feature(polygon(SQUARE), name="b", hazard="lava"), "one of none, firing"),
        (feature(polygon(SQUARE), name="b", kind="lava"), "or give a property hazard"),
        (feature(polygon(SQUARE), name="b", windows=[]), "windows"),
        (feature(polygon(SQUARE), name="b", windows=["now"]), "a window: an object"),
        (feature(polygon(SQUARE), name="b", start="2026-06-08T00:00Z"), "end is missing"),
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
    name = bad["properties"].get("name")
    assert caught.value.where == (f"feature 2 ({name})" if name else "feature 2")


@pytest.mark.parametrize("reader", [user_areas.read, lanes.read])
def test_an_empty_list_of_features_is_a_file_without_any(
    tmp_path: Path, reader: Callable[[Path], tuple[object, ...]]
) -> None:
    assert reader(written(tmp_path)) == ()


def test_an_empty_list_of_features_has_no_regions(tmp_path: Path) -> None:
    regions = firs.read(written(tmp_path))
    assert not regions.footprints
    assert regions.at(at(39.5, 133.5)) is None


def test_the_holes_of_an_area_are_left_out_of_it(tmp_path: Path) -> None:
    other = [[lon - 0.3, lat - 0.3] for lon, lat in HOLE]
    whole, pierced = user_areas.read(
        written(tmp_path, feature(polygon(SQUARE), name="a"), feature(polygon(SQUARE, HOLE, other), name="b"))
    )
    assert isinstance(pierced.footprint, Without)
    for place, inside in ((at(39.5, 133.5), False), (at(39.2, 133.2), False), (at(39.8, 133.8), True)):
        assert contains(whole.footprint, place)
        assert contains(pierced.footprint, place) is inside
    found = whereabouts(at(39.5, 133.5), parse_time("2026-06-08T00:00Z"), claims=(whole, pierced))
    assert [claim.owner for claim in found.active] == ["a"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("windws", "windows"),
        ("hazzard", "hazard"),
        ("Hazrad", "hazard"),
        ("start_", "start"),
        ("week_days", "weekdays"),
        ("verticle", None),
        ("state", None),
        ("colour", None),
        ("_umap_options", None),
        ("styleUrl", None),
        ("nam", None),
        ("WINDOWS", None),
        ("names", None),  # beside a name it is foreign
    ],
)
def test_a_property_one_slip_away_from_one_that_is_understood_is_told_and_a_foreign_one_passes(
    tmp_path: Path, name: str, meant: str | None
) -> None:
    path = written(tmp_path, feature(polygon(SQUARE), name="W", **{name: None}), feature(polygon(SQUARE), name="V"))
    said = misspelt("areas", path)
    expected = f"feature 1 (W) has the property {name!r}, which is passed over. Did you mean {meant}?"
    assert said == ((expected,) if meant else ())


def test_a_slip_that_many_features_share_is_told_once(tmp_path: Path) -> None:
    path = written(tmp_path, *(feature(polygon(SQUARE), name=name, windws=[]) for name in "abc"))
    (said,) = misspelt("areas", path)
    assert said.startswith("feature 1 (a) and 2 more have the property 'windws'")


@given(st.sampled_from([name for name in user_areas.PROPERTIES if len(name) >= 5]), st.data())
def test_every_letter_left_out_doubled_or_swapped_is_a_slip(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name) - 2))
    slip = data.draw(
        st.sampled_from(
            [
                name[:place] + name[place + 1 :],
                name[:place] + name[place] + name[place:],
                name[:place] + name[place + 1] + name[place] + name[place + 2 :],
            ]
        )
    )
    with TemporaryDirectory() as folder:
        path = written(Path(folder), feature(polygon(SQUARE), **{slip: None}))
        told = misspelt("areas", path)
    known = {each.casefold() for each in user_areas.PROPERTIES}
    assert bool(told) is (slip.casefold() not in known)


def test_a_lane_with_a_misspelt_flow_is_told_of(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[133.0, 39.0], [134.0, 39.0]]}
    (said,) = misspelt("lanes", written(tmp_path, feature(line, name="L", flow_dge=90)))
    assert "'flow_dge'" in said
    assert said.endswith("Did you mean flow_deg?")
    assert misspelt("firs", tmp_path / "some.geojson") == ()


# ------------------------------------------------------------------------------------------------- windows of an area

DAILY = {"from": "2023-07-20", "to": "2023-07-23", "daily": "0000Z to 0900Z"}


@pytest.mark.parametrize(
    "form",
    [
        DAILY,
        {**DAILY, "weekdays": ["thu", "fri"], "also": "2023-07-25"},
        {**DAILY, "except": ["2023-07-21"], "weekdays": []},
        {**DAILY, "daily": "sunrise+30min to sunset-1h"},
        {**DAILY, "daily": "2200I to 04:00+09:00"},
        {"start": "2023-07-20T01:00Z", "end": "2023-07-20T02:00Z"},
    ],
)
def test_a_window_of_a_feature_means_what_it_means_in_an_exercise_file(tmp_path: Path, form: dict[str, Any]) -> None:
    text = f"""\
waterspace: 1
exercise: {{name: Windows, period: {{start: 2023-07-20T00:00Z, end: 2023-07-23T00:00Z}}}}
context:
  reservations:
    R:
      hazard: firing
      polygon: [39N 133E, 39N 134E, 40N 134E, 40N 133E]
      windows: {json.dumps([form])}
"""
    expected = planfile.loads(text).standing_reservations["R"].windows
    listed = feature(polygon(SQUARE), name="listed", windows=[form])
    alone = feature(polygon(SQUARE), name="alone", **{key.upper(): value for key, value in form.items()})
    assert [area.windows for area in user_areas.read(written(tmp_path, listed, alone))] == [expected, expected]


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"windows": [DAILY, {**DAILY, "daily": "noon"}]}, "window 2, daily: found 'noon', expected hours"),
        ({**DAILY, "to": "2023-07-19"}, "to: found '2023-07-19', expected a date not before from, which is 2023-07-20"),
        ({**DAILY, "weekdays": ["thu", "friday"]}, "weekdays: found 'friday', expected one of mon, tue"),
        ({**DAILY, "to": "2023-07-21", "weekdays": "sat"}, "no sat falls from 2023-07-20 to 2023-07-21"),
        ({**DAILY, "except": 20230720}, "except: found 20230720, expected a text in quotation marks"),
        ({"from": "2023-07-20", "to": "2023-07-21"}, "daily is missing: a window has start and end, or"),
        ({**DAILY, "start": "2023-07-20T00:00Z"}, "start stands beside from"),
        ({"windows": [{"begin": "2023-07-20T00:00Z"}]}, "window 1 has the key 'begin': expected start, end"),
        ({"windows": [{"start": "2023-07-20T00:00Z"}]}, "window 1, end is missing"),
        ({"windows": [{}]}, "window 1, start is missing"),
        ({"windows": [DAILY], "start": "2023-07-20T00:00Z"}, "it has windows and start beside them"),
        ({"windows": "always"}, 'windows: found "always", expected a list'),
    ],
)
def test_a_window_that_cannot_be_understood_is_refused_with_its_number_and_key(
    tmp_path: Path, properties: dict[str, Any], message: str
) -> None:
    with pytest.raises(DataFileError, match=re.escape(message)) as caught:
        user_areas.read(written(tmp_path, feature(polygon(SQUARE), name="Range K", **properties)))
    assert caught.value.where == "feature 1 (Range K)"


def test_hours_by_a_sun_that_does_not_rise_are_refused(tmp_path: Path) -> None:
    far = [[lon, lat + 41.0] for lon, lat in SQUARE]
    night = {"from": "2023-12-20", "to": "2023-12-21", "daily": "sunrise to sunset"}
    with pytest.raises(DataFileError, match="never in force"):
        user_areas.read(written(tmp_path, feature(polygon(far), name="north", **night)))


# ----------------------------------------------------------------------------------------------------- words of our own


@pytest.mark.parametrize(
    ("content", "where", "message"),
    [
        ('{"type": "Feature",}', "line 1, column", "a comma stands before the end"),
        ('{\n "type": "Feature", name: 3}', "line 2, column 21", 'found "name: 3}"; a key in double quotes'),
        ('{"type" "Feature"}', "line 1, column 9", "a colon is expected"),
        ('{"a": 1 "b": 2}', "line 1, column 9", "a comma, or the end"),
        ('{"a": None}', "line 1, column 7", 'found "None}"; a value is expected'),
        ('{"a": "b', "line 1, column 7", "is never closed"),
        ('{"a": "b\nc"}', "line 1, column 9", "a line break or another control character"),
        ('{"a": "\\x"}', "line 1, column 8", "begins no escape"),
        ('{"a": "\\u12"}', "line 1, column", "four hexadecimal digits"),
        ('{"a": 1} 5', "line 1, column 10", "after the end of the JSON"),
    ],
)
def test_a_slip_in_json_is_told_in_our_words_with_line_and_column(
    tmp_path: Path, content: str, where: str, message: str
) -> None:
    path = tmp_path / "slip.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataFileError, match=re.escape(message)) as caught:
        read_features(path)
    assert caught.value.where.startswith(where)
    with pytest.raises(json.JSONDecodeError) as said:
        json.loads(content)
    assert said.value.msg not in str(caught.value)  # the library's own words


@pytest.mark.parametrize(
    ("ring", "message"),
    [
        (
            [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]],
            "itself at longitude 0.5, latitude 0.5: expected one that does not.",
        ),
        ([[0, 0], [2, 0], [2, 2], [1, 0], [0, 2], [0, 0]], "itself at longitude 1, latitude 0"),
        ([[0, 0], [0, 0], [0, 0], [0, 0]], "fewer than three corners that differ"),
    ],
)
def test_a_ring_that_is_unsound_is_told_in_our_words_with_the_place(
    tmp_path: Path, ring: list[list[float]], message: str
) -> None:
    with pytest.raises(DataFileError, match=re.escape(message)) as caught:
        read_features(written(tmp_path, feature(polygon(ring), name="Loop")))
    assert caught.value.where == "feature 1 (Loop)"
    assert "intersection" not in str(caught.value)


@pytest.mark.parametrize("number", ["1" + "0" * 400, "9" * 5000])
def test_a_number_of_hundreds_of_digits_is_no_position(tmp_path: Path, number: str) -> None:
    path = tmp_path / "large.geojson"
    path.write_text(f'{{"type": "Point", "coordinates": [{number}, 3]}}', encoding="utf-8")
    with pytest.raises(DataFileError, match=r"expected longitude and latitude|thousands of digits"):
        read_features(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="it is a folder, not a file"):
        read_features(tmp_path)
