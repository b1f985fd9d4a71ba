"""S-124: what is written follows the schema and is read back as it was; what is broken is said to be."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpora import corpus
from structured_cases import FIRST_DAY_MS, apart_m, drafts, spells_of, windows_daily
from waterspace.domain import Circle, Corridor, Joined, Polygon, Position, Sector, Window, Without
from waterspace.geometry.footprints import area_m2
from waterspace.geometry.geodesic import distance_m
from waterspace.messages.draft import Draft, DraftArea, DraftPart, Restriction
from waterspace.messages.finding import messages_in
from waterspace.messages.gml.telling import is_s124
from waterspace.messages.reader import read
from waterspace.messages.reading import Category, Form, Spell, Verdict
from waterspace.messages.s124 import read_s124
from waterspace.messages.writing import s124
from waterspace.quantity import DAY_MS, HOUR_MS

if TYPE_CHECKING:
    from waterspace.domain import Footprint
    from waterspace.messages.reading import Reading

Schema: TypeAlias = "tuple[Any, Any]"
"""lxml and its schema; lxml ships no types."""

SQUARE = Polygon(
    vertices=tuple(
        Position(lat_deg=lat_deg, lon_deg=lon_deg)
        for lat_deg, lon_deg in ((40.3333333, 135.6666667), (40.3333333, 136.3333333), (40.0, 136.0), (40.0, 135.5))
    )
)
AT = Position(lat_deg=40.0, lon_deg=135.0)
OVER_180 = Polygon(
    vertices=tuple(
        Position(lat_deg=lat_deg, lon_deg=lon_deg) for lat_deg, lon_deg in ((40, 179.5), (40.5, -179.5), (39.5, -179.3))
    )
)
RING = Sector.ring(AT, 3_000.0, 10_000.0)
SLICE = Sector(centre=AT, bearing_deg=350.0, half_angle_deg=20.0, radius_m=10_000.0, inner_radius_m=3_000.0)


def draft_of(*footprints: Footprint, form: Form = Form.AREA) -> Draft:
    return Draft(
        id="N1",
        areas=tuple(DraftArea(footprint=footprint, form=form) for footprint in footprints),
        series="NAVAREA XI",
        number="999/26",
        issued_ms=FIRST_DAY_MS - 7 * DAY_MS,
        general_area="SEA OF JAPAN",
        locality="OKI SHOTO, NORTHWARD",
        charts=("W1009 (INT 5301)", "RUS 61001"),
        category=Category.GUNNERY,
        windows=windows_daily(4),
        cancel_ms=FIRST_DAY_MS + 3 * DAY_MS + 10 * HOUR_MS,
        cancels=("HYDROPAC 1234/26", "NAVAREA XI 12/26"),
        restriction=Restriction.WIDE_BERTH,
    )


def read_back(draft: Draft) -> Reading:
    (reading,) = read_s124(s124.write(draft).encode())
    return reading


@pytest.fixture(scope="module")
def schema() -> Schema:
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed, and validates against the schema")
    path = corpus("s124_xsd", "s-124", "1.0.0", "features", "S-124_GML_Schemas_1.0.0.xsd")
    return etree, etree.XMLSchema(etree.parse(str(path)))


def faults(schema: Schema, text: str) -> list[str]:
    etree, checker = schema
    checker.validate(etree.fromstring(text.encode()))
    return [str(error) for error in checker.error_log]


EVERY_SHAPE: dict[str, Draft] = {
    "polygon": draft_of(SQUARE),
    "polygon across 180": draft_of(OVER_180),
    "circle": draft_of(Circle(centre=AT, radius_m=9_260.0)),
    "circle across 180": draft_of(Circle(centre=Position(lat_deg=40.0, lon_deg=179.99), radius_m=9_260.0)),
    "ring": draft_of(RING),
    "sector": draft_of(replace(SLICE, inner_radius_m=0.0)),
    "sector of a ring": draft_of(SLICE),
    "sector with odd limits": draft_of(replace(SLICE, bearing_deg=12.3456)),
    "corridor": draft_of(Corridor(waypoints=(AT, Position(lat_deg=41.0, lon_deg=136.0)), half_width_m=5_000.0)),
    "hole": draft_of(Without(base=SQUARE, holes=(Circle(centre=SQUARE.vertices[0], radius_m=5_000.0),))),
    "joined": draft_of(Joined(parts=(SQUARE, Circle(centre=Position(lat_deg=41.0, lon_deg=136.0), radius_m=5_000.0)))),
    "line": draft_of(Corridor(waypoints=(AT, Position(lat_deg=41.0, lon_deg=136.0)), half_width_m=0.0), form=Form.LINE),
    "position": draft_of(Circle(centre=AT, radius_m=0.0), form=Form.POSITION),
    "bare": Draft(id="N2", areas=(DraftArea(footprint=SQUARE),)),
    "cancellation": Draft(id="N3", areas=(), cancels=("HYDROPAC 1234/26",)),
    "several schedules": replace(
        draft_of(SQUARE), parts=(DraftPart(areas=(DraftArea(footprint=RING, label="B"),), windows=windows_daily(2)),)
    ),
    "signs that XML keeps for itself": replace(draft_of(SQUARE), remarks=('SHIPS < 10 M & "OTHERS"',)),
}


@pytest.mark.parametrize("name", EVERY_SHAPE)
def test_every_dataset_follows_the_schema(name: str, schema: Schema) -> None:
    assert faults(schema, s124.write(EVERY_SHAPE[name])) == []


def test_the_schema_sees_what_is_wrong(schema: Schema) -> None:
    text = s124.write(draft_of(SQUARE))
    assert faults(schema, text.replace('code="120"', 'code="999"'))
    assert faults(schema, text.replace("SEA OF JAPAN", "A").replace("S124:intService", "S124:service"))


@settings(max_examples=30, deadline=None)
@given(draft=drafts())
def test_datasets_of_any_draft_follow_the_schema(draft: Draft, schema: Schema) -> None:
    assert faults(schema, s124.write(draft)) == []


def test_a_polygon_a_circle_and_sectors_come_back_as_they_were() -> None:
    shapes = (SQUARE, Circle(centre=AT, radius_m=9_260.0), RING, SLICE, replace(SLICE, inner_radius_m=0.0))
    assert tuple(area.footprint for area in read_back(draft_of(*shapes)).areas) == shapes


def test_what_was_cut_at_180_degrees_is_joined_again() -> None:
    (area,) = read_back(draft_of(OVER_180)).areas
    assert isinstance(area.footprint, Polygon)
    assert set(area.footprint.vertices) == set(OVER_180.vertices)
    line = Corridor(
        waypoints=(
            Position(lat_deg=40.0, lon_deg=179.0),
            Position(lat_deg=41.0, lon_deg=-179.0),
            Position(lat_deg=41.0, lon_deg=-178.0),
        ),
        half_width_m=0.0,
    )
    (found,) = read_back(draft_of(line, form=Form.LINE)).areas
    assert found.footprint == line


def test_a_hole_stays_a_hole() -> None:
    holed = Without(base=SQUARE, holes=(Circle(centre=Position(lat_deg=40.2, lon_deg=135.9), radius_m=5_000.0),))
    (area,) = read_back(draft_of(holed)).areas
    assert isinstance(area.footprint, Without)
    assert area_m2(area.footprint) == pytest.approx(area_m2(holed), rel=1e-3)


def test_identity_times_and_cancellations_come_back() -> None:
    draft = draft_of(SQUARE)
    reading = read_back(draft)
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    assert (reading.series, reading.number) == ("NAVAREA XI", "999/26")
    assert reading.cancels == draft.cancels
    assert (reading.issued_ms, reading.cancel_ms) == (draft.issued_ms, draft.cancel_ms)
    assert reading.areas[0].spells == spells_of(draft.windows)
    assert reading.areas[0].category is Category.GUNNERY


def test_each_vertex_knows_its_characters() -> None:
    reading = read_back(draft_of(SQUARE, RING))
    (area, _) = reading.areas
    told = [reading.message.text[span.start : span.end] for span in area.spans]
    assert told[:2] == ["40.3333333 135.6666667", "40.3333333 136.3333333"]
    assert len(area.spans) == len(area.positions)


def test_days_are_given_as_one_range_for_each_run() -> None:
    windows = (*windows_daily(3), *windows_daily(2, FIRST_DAY_MS + 5 * DAY_MS))
    assert [last - first + 1 for first, last in s124.day_runs(windows)] == [3, 2]
    text = s124.write(replace(draft_of(SQUARE), windows=windows))
    assert text.count("<S124:fixedDateRange>") == 2
    assert "<S100:date>2026-07-22</S100:date>" in text
    overnight = (Window(start_ms=FIRST_DAY_MS + 23 * HOUR_MS, end_ms=FIRST_DAY_MS + 33 * HOUR_MS),)
    assert s124.day_runs(overnight) == [(FIRST_DAY_MS // DAY_MS, FIRST_DAY_MS // DAY_MS + 1)]
    to_midnight = (Window(start_ms=FIRST_DAY_MS, end_ms=FIRST_DAY_MS + DAY_MS),)
    assert s124.day_runs(to_midnight) == [(FIRST_DAY_MS // DAY_MS,) * 2]


def test_without_hours_in_the_text_the_whole_days_stand() -> None:
    text = s124.write(draft_of(SQUARE)).replace("0000Z TO 0900Z DAILY 20 THRU 23 JUL 26", "BY DAY")
    (reading,) = read_s124(text.encode())
    assert reading.areas[0].spells == (Spell(FIRST_DAY_MS, FIRST_DAY_MS + 4 * DAY_MS),)


def test_hours_outside_of_the_days_are_a_doubt() -> None:
    text = s124.write(draft_of(SQUARE)).replace("2026-07-23</S100:date>", "2026-07-22</S100:date>")
    (reading,) = read_s124(text.encode())
    assert reading.verdict is Verdict.REVIEW
    assert "outside of the days" in reading.reason


@settings(max_examples=30, deadline=None)
@given(draft=drafts())
def test_any_draft_is_read_back_within_the_resolution(draft: Draft) -> None:
    agrees(draft)


@pytest.mark.deep
@settings(max_examples=400, deadline=None)
@given(draft=drafts())
def test_thousands_of_drafts_are_read_back_within_the_resolution(draft: Draft) -> None:
    agrees(draft)


def agrees(draft: Draft) -> None:
    assume(not any(_turns_back(area.footprint) for area in draft.areas))
    reading = read_back(draft)
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    assert (reading.series, reading.number) == (draft.series, draft.number)
    assert (reading.issued_ms, reading.cancel_ms) == (draft.issued_ms, draft.cancel_ms)
    for given_area, area in zip(draft.areas, reading.areas, strict=True):
        assert (area.form, area.label) == (given_area.form, given_area.label)
        assert area.category is draft.category
        assert area.spells == spells_of(draft.windows)
        shape = given_area.footprint
        assert apart_m(shape, area.footprint) <= 1.0 + _stray_m(shape)
        if area.form is Form.AREA:
            assert area_m2(area.footprint) == pytest.approx(area_m2(shape), rel=3e-3)


def _turns_back(shape: Footprint) -> bool:
    """Whether a corridor runs over its own way again, so that its outline touches itself."""
    return isinstance(shape, Corridor) and len(set(shape.waypoints)) < len(shape.waypoints)


def _stray_m(shape: Footprint) -> float:
    """How far a corridor drawn as a polygon may lie off: its ends are many-sided, its sides are straight."""
    if not isinstance(shape, Corridor):
        return 0.0
    length_m = sum(distance_m(start, end) for start, end in pairwise(shape.waypoints))
    return shape.half_width_m * 0.0013 + length_m * 1e-4


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no XML"),
        (b"<a><b></a>", "no XML"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>', "document type"),
        (b"<Dataset/>", "Dataset of S-124"),
        (b'<D:Dataset xmlns:D="http://www.iho.int/S124/1.0"/>', "NAVWARNPreamble"),
        (b"\xff\xfe\x00broken", "no XML"),
    ],
)
def test_what_is_no_dataset_is_a_doubt(data: bytes, reason: str) -> None:
    (reading,) = read_s124(data)
    assert reading.verdict is Verdict.REVIEW
    assert reason in reading.reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("40.3333333 135.6666667 40.3333333 136.3333333", "40.3333333 135.6666667 40.3333333", "even count"),
        ("40.3333333 136.3333333", "140.3333333 136.3333333", "latitude"),
        ("40.3333333 136.3333333", "40.3333333 E136", "number"),
        ("2026-07-23T10:00:00Z", "2026-07-33T10:00:00Z", "cancellationDate"),
        ("2026-07-23</S100:date>", "2026-07</S100:date>", "dateEnd"),
        ('href="#R001"', 'href="#R999"', "leads to nothing"),
        ("gml:PolygonPatch", "gml:Triangle", "no patch"),
        ("S100:surfaceProperty", "S100:solidProperty", "solidProperty"),
    ],
)
def test_what_is_broken_in_a_dataset_is_a_doubt(old: str, new: str, reason: str) -> None:
    text = s124.write(draft_of(SQUARE))
    assert old in text
    (reading,) = read_s124(text.replace(old, new).encode())
    assert reading.verdict is Verdict.REVIEW
    assert reason in reading.reason


def test_a_file_with_a_dataset_is_read_as_one() -> None:
    (message,) = messages_in(s124.write(draft_of(SQUARE)), "one.gml")
    reading = read(message)
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    assert [area.footprint for area in reading.areas] == [SQUARE]
    assert reading.message.id == "one.gml"


@settings(max_examples=100, deadline=None)
@given(start=st.integers(0, 6_000), length=st.integers(0, 60), junk=st.text(max_size=20))
def test_no_damage_brings_the_reader_down(start: int, length: int, junk: str) -> None:
    text = s124.write(draft_of(SQUARE, RING, SLICE))
    assert read_s124((text[:start] + junk + text[start + length :]).encode("utf-8", errors="replace"))


def test_our_own_example_is_read() -> None:
    (reading,) = read_s124(corpus("examples", "s124_example.gml").read_bytes())
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    assert (reading.series, reading.number) == ("NAVAREA XI", "999/26")
    assert len(reading.areas[0].positions) == 5


def test_datasets_are_told_from_other_texts() -> None:
    assert is_s124(s124.write(draft_of(SQUARE)))
    assert not is_s124("HYDROPAC 12/26 GUNNERY")


def test_each_part_has_the_details_of_its_paragraph() -> None:
    part = DraftPart(areas=(DraftArea(footprint=SQUARE),), category=Category.UNDERWATER_OPERATIONS)
    draft = replace(draft_of(SQUARE), parts=(part,))
    assert [area.category for area in read_back(draft).areas] == [Category.GUNNERY, Category.UNDERWATER_OPERATIONS]
    text = s124.write(draft)
    assert "GUNNERY EXERCISES UNTIL" not in text
    assert text.count('code="278"') == 1


def test_a_prohibition_in_territorial_waters_alone_is_an_entry_that_is_restricted(schema: Schema) -> None:
    text = s124.write(replace(draft_of(SQUARE), restriction=Restriction.PROHIBITED_INSIDE))
    assert '<S124:restriction code="8">Entry Restricted<' in text
    assert not faults(schema, text)
