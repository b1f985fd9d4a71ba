"""AIS area notices: what is written is read back within what the format resolves, and others can decode it."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import corpus
from structured_cases import FIRST_DAY_MS, draft_areas, drafts, windows_daily
from waterspace.domain import Circle, Corridor, Joined, Polygon, Position, Sector, Window, Without
from waterspace.errors import DraftError
from waterspace.geometry.footprints import area_m2, contains
from waterspace.geometry.geodesic import destination, distance_m
from waterspace.messages.ais import figures
from waterspace.messages.ais.bits import armoured, unarmoured
from waterspace.messages.ais.notices import HEAD_BITS
from waterspace.messages.ais.sentences import checksum
from waterspace.messages.ais_area import read_area_notices
from waterspace.messages.draft import ALTERNATE, Draft, DraftArea, DraftPart
from waterspace.messages.reading import Category, Form, Reading, Spell, Verdict
from waterspace.messages.writing import ais_area
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS

MMSI = 4_310_001
AT = Position(lat_deg=40.0, lon_deg=135.0)
HALF_GRID_M = 1.4
"""Half of a thousandth of a minute, both ways, and a little."""


def draft_of(*areas: DraftArea, windows: tuple[Window, ...] = windows_daily(1)) -> Draft:
    return Draft(id="N1", areas=areas, category=Category.GUNNERY, windows=windows)


def read_back(draft: Draft) -> list[Reading]:
    lines = [line for number, one in enumerate(ais_area.write(draft, mmsi=MMSI)) for line in one.vdm(number)]
    return list(read_area_notices("\n".join(lines), FIRST_DAY_MS))


def test_a_notice_is_read_back_with_its_time_and_kind() -> None:
    (reading,) = read_back(draft_of(DraftArea(footprint=Circle(centre=AT, radius_m=9_260.0))))
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    assert reading.number == f"{MMSI:09d}/1"
    (area,) = reading.areas
    assert area.footprint == Circle(centre=AT, radius_m=9_260.0)
    assert area.category is Category.GUNNERY
    assert area.spells == (Spell(FIRST_DAY_MS, FIRST_DAY_MS + 9 * HOUR_MS),)


def test_each_daily_window_is_a_notice_with_its_own_linkage() -> None:
    draft = draft_of(DraftArea(footprint=Circle(centre=AT, radius_m=9_260.0)), windows=windows_daily(4))
    broadcasts = ais_area.write(draft, mmsi=MMSI, linkage=1022)
    assert [one.linkage for one in broadcasts] == [1022, 1023, 1, 2]
    assert [one.window for one in broadcasts] == list(draft.windows)
    spells = [area.spells[0] for reading in read_back(draft) for area in reading.areas]
    assert spells == [Spell(window.start_ms, window.end_ms) for window in draft.windows]


def test_an_alternate_time_is_a_notice_that_says_so() -> None:
    days = windows_daily(2)
    disc = DraftArea(footprint=Circle(centre=AT, radius_m=9_260.0))
    draft = replace(draft_of(disc, windows=days[:1]), reserves=days[1:])
    broadcasts = ais_area.write(draft, mmsi=MMSI)
    assert [one.window for one in broadcasts] == list(days)
    assert [figures.read_figures(one.bits[HEAD_BITS:]).text for one in broadcasts] == [
        "GUNNERY",
        "ALTERNATE DATE GUNNERY",
    ]
    assert [reading.areas[0].category for reading in read_back(draft)] == [Category.GUNNERY] * 2
    left = DraftPart(areas=(disc,), windows=days[1:], activity=f"GUNNERY{ALTERNATE}", category=Category.GUNNERY)
    (alone,) = ais_area.write(replace(draft, areas=(), windows=(), reserves=(), parts=(left,)), mmsi=MMSI)
    assert figures.read_figures(alone.bits[HEAD_BITS:]).text == "ALTERNATE DATE GUNNERY"


def test_an_alternate_time_without_room_to_say_so_is_refused() -> None:
    corners = tuple(destination(AT, 10.0 * turn, 30_000.0) for turn in range(33))
    parts = (Polygon(vertices=corners), Circle(centre=AT, radius_m=40_000.0))
    draft = draft_of(DraftArea(footprint=Joined(parts=parts)))
    assert len(ais_area.write(draft, mmsi=MMSI)) == 1
    with pytest.raises(DraftError, match="no room to say ALTERNATE DATE"):
        ais_area.write(replace(draft, reserves=windows_daily(2)[1:]), mmsi=MMSI)


@pytest.mark.parametrize("mmsi", [0, 12, 1_999_999, 10**9])
def test_an_identity_that_is_no_station_of_nine_digits_is_refused(mmsi: int) -> None:
    with pytest.raises(DraftError, match=f"{mmsi:09d}; nine digits"):
        ais_area.write(draft_of(DraftArea(footprint=Circle(centre=AT, radius_m=1e3))), mmsi=mmsi)


def test_a_window_longer_than_a_notice_can_tell_is_several_notices() -> None:
    long = Window(start_ms=FIRST_DAY_MS, end_ms=FIRST_DAY_MS + 262_143 * MINUTE_MS)
    draft = draft_of(DraftArea(footprint=Circle(centre=AT, radius_m=1e3)), windows=(long,))
    spells = [reading.areas[0].spells[0] for reading in read_back(draft)]
    assert spells == [
        Spell(long.start_ms, long.end_ms - MINUTE_MS),
        Spell(long.end_ms - MINUTE_MS, long.end_ms),
    ]


def test_what_is_in_force_until_further_notice_has_no_end() -> None:
    (reading,) = read_back(draft_of(DraftArea(footprint=Circle(centre=AT, radius_m=1e3)), windows=()))
    assert reading.areas[0].spells == (Spell(FIRST_DAY_MS, None),)


def test_a_cancellation_names_the_notice_that_it_takes_back() -> None:
    (reading,) = read_area_notices("\n".join(ais_area.cancellation(7, mmsi=MMSI).vdm()), FIRST_DAY_MS)
    assert reading.cancels == (f"AIS AREA NOTICE {MMSI:09d}/7",)
    assert reading.areas == ()


def test_several_places_share_notices_as_far_as_ten_sub_areas_go() -> None:
    areas = [DraftArea(footprint=Circle(centre=destination(AT, 90.0, 30e3 * n), radius_m=5e3)) for n in range(12)]
    broadcasts = ais_area.write(draft_of(*areas), mmsi=MMSI)
    assert [len(one.areas) for one in broadcasts] == [9, 3]
    assert all(len(one.bits) <= 111 + 10 * 87 for one in broadcasts)
    assert sum(len(reading.areas) for reading in read_back(draft_of(*areas))) == 12


@pytest.mark.parametrize("kind", ["VDM", "BBM"])
def test_no_sentence_is_longer_than_the_standard_allows(kind: str) -> None:
    corners = tuple(destination(AT, 360.0 * n / 30, 20e3 + 3e3 * (n % 2)) for n in range(30))
    (one,) = ais_area.write(draft_of(DraftArea(footprint=Polygon(vertices=corners))), mmsi=MMSI)
    sentences = one.vdm() if kind == "VDM" else one.bbm()
    assert len(sentences) > 1
    for sentence in sentences:
        assert len(sentence) + 2 <= 82
        assert sentence[-2:] == checksum(sentence[1:-3])
    (reading,) = read_area_notices("\r\n".join(sentences), FIRST_DAY_MS)
    assert len(reading.areas[0].positions) == 30


def test_circles_and_sectors_never_shrink() -> None:
    circle = Circle(centre=AT, radius_m=40_961.0)
    assert read_back(draft_of(DraftArea(footprint=circle)))[0].areas[0].footprint == replace(circle, radius_m=41_000.0)
    slice_ = Sector(centre=AT, bearing_deg=10.25, half_angle_deg=20.0, radius_m=5_000.5)
    found = read_back(draft_of(DraftArea(footprint=slice_)))[0].areas[0].footprint
    assert found == Sector(centre=AT, bearing_deg=10.5, half_angle_deg=20.5, radius_m=5_010.0)


def test_a_corridor_is_covered_by_a_polygon_of_few_corners() -> None:
    corridor = Corridor(waypoints=(AT, destination(AT, 60.0, 30e3), destination(AT, 90.0, 50e3)), half_width_m=4e3)
    (one,) = ais_area.write(draft_of(DraftArea(footprint=corridor)), mmsi=MMSI)
    (reading,) = read_area_notices("\n".join(one.vdm()), FIRST_DAY_MS)
    found = reading.areas[0].footprint
    assert area_m2(found) == pytest.approx(area_m2(corridor), rel=0.05)
    assert all(contains(found, point) for point in corridor.waypoints)
    assert one.stray_m < 400.0


def test_a_corridor_with_a_step_too_short_to_have_a_direction_is_shown() -> None:
    west, back = (Position(lat_deg=0.0, lon_deg=lon_deg) for lon_deg in (-179.7561692407971, -179.73486394664837))
    there = Position(lat_deg=2.01228888016e-313, lon_deg=-180.0)
    agrees(DraftArea(footprint=Corridor(waypoints=(west, back, there), half_width_m=2037.5899898609975)))


def test_what_no_notice_can_show_is_refused() -> None:
    ring = Sector.ring(AT, 3e3, 10e3)
    for shape in (ring, Without(base=Circle(centre=AT, radius_m=1e4), holes=(Circle(centre=AT, radius_m=1e3),))):
        with pytest.raises(DraftError, match="hole"):
            ais_area.write(draft_of(DraftArea(footprint=shape)), mmsi=MMSI)
    with pytest.raises(DraftError, match="nine digits"):
        ais_area.write(draft_of(DraftArea(footprint=ring)), mmsi=0)
    with pytest.raises(DraftError, match="4095 km"):
        ais_area.write(draft_of(DraftArea(footprint=Circle(centre=AT, radius_m=5e6))), mmsi=MMSI)


@settings(max_examples=60, deadline=None)
@given(area=draft_areas())
def test_any_place_is_read_back_within_what_the_format_resolves(area: DraftArea) -> None:
    agrees(area)


@pytest.mark.deep
@settings(max_examples=1_500, deadline=None)
@given(area=draft_areas())
def test_thousands_of_places_are_read_back_within_what_the_format_resolves(area: DraftArea) -> None:
    agrees(area)


def agrees(area: DraftArea) -> None:
    shape = area.footprint
    if isinstance(shape, Sector) and shape.half_angle_deg == 180.0 and shape.inner_radius_m:
        with pytest.raises(DraftError, match="hole"):
            ais_area.write(draft_of(area), mmsi=MMSI)
        return
    (reading,) = read_back(draft_of(area))
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    (found,) = reading.areas
    assert found.form is area.form
    match shape:
        case Circle():
            assert isinstance(found.footprint, Circle)
            assert distance_m(shape.centre, found.footprint.centre) <= HALF_GRID_M
            assert 0.0 <= found.footprint.radius_m - shape.radius_m + 0.01 <= step_m(shape.radius_m) + 0.02
        case Polygon():
            assert isinstance(found.footprint, Polygon)
            near(shape.vertices, found.footprint.vertices)
        case Corridor() if area.form is Form.LINE:
            assert isinstance(found.footprint, Corridor)
            near(shape.waypoints, found.footprint.waypoints)
        case Sector() if not shape.inner_radius_m and isinstance(found.footprint, Sector):
            assert 0.0 <= found.footprint.radius_m - shape.radius_m + 0.01 <= step_m(shape.radius_m) + 0.02
            assert 0.0 <= found.footprint.half_angle_deg - shape.half_angle_deg + 1e-5 <= 1.0 + 2e-5
            off_deg = (found.footprint.bearing_deg - shape.bearing_deg + 180.0) % 360.0 - 180.0
            assert abs(off_deg) <= 0.5 + 1e-5


def step_m(radius_m: float) -> float:
    return next(float(scale) for scale in (1, 10, 100, 1000) if math.ceil(radius_m / scale) <= 4095)


def near(written: tuple[Position, ...], found: tuple[Position, ...]) -> None:
    """Corners as near as a step (that of the longest of four legs) and a quarter of a degree let them be."""
    assert len(written) == len(found)
    assert distance_m(written[0], found[0]) <= HALF_GRID_M
    for before, here, there in zip(found, found[1:], written[1:], strict=False):
        assert distance_m(here, there) <= 101.0 + distance_m(before, there) * math.radians(0.2501)


@settings(max_examples=40, deadline=None)
@given(draft=drafts())
def test_any_schedule_is_read_back_to_the_minute(draft: Draft) -> None:
    draft = replace(draft, areas=(DraftArea(footprint=Circle(centre=AT, radius_m=9e3)),))
    spells = [area.spells[0] for reading in read_back(draft) for area in reading.areas]
    assert spells == [Spell(window.start_ms, window.end_ms) for window in draft.windows]
    assert {area.category for r in read_back(draft) for area in r.areas} == {draft.category}


@given(bits=st.text("01", max_size=1000))
def test_the_armour_comes_off_again(bits: str) -> None:
    payload, fill = armoured(bits)
    assert unarmoured(payload, fill) == bits


@given(text=st.text(st.sampled_from("!AIVDM,BB1239\\*0\n`w@"), max_size=300))
def test_no_text_brings_the_reader_down(text: str) -> None:
    assert isinstance(read_area_notices(text, FIRST_DAY_MS), tuple)


def test_what_is_broken_is_a_doubt_and_the_rest_is_read() -> None:
    corners = tuple(destination(AT, 360.0 * n / 30, 20e3) for n in range(30))
    (one,) = ais_area.write(draft_of(DraftArea(footprint=Polygon(vertices=corners))), mmsi=MMSI)
    first, second, third = one.vdm(3)
    lone = ais_area.write(draft_of(DraftArea(footprint=Circle(centre=AT, radius_m=1e3))), mmsi=MMSI)[0].vdm()
    bad = f"{second[:-2]}{'00' if second[-2:] != '00' else '01'}"
    readings = read_area_notices("\n".join((first, bad, third, *lone)), FIRST_DAY_MS)
    assert [reading.verdict for reading in readings] == [Verdict.REVIEW, Verdict.REVIEW, Verdict.UNDERSTOOD]
    assert "checksum" in readings[0].reason
    assert "part 3 of 3" in readings[1].reason.lower()
    assert readings[2].message.line == 4
    (reading,) = read_area_notices(f"{first}\n{second}", FIRST_DAY_MS)
    assert "ends after part 2" in reading.reason


def test_a_notice_without_a_year_beside_it_is_a_doubt() -> None:
    (one,) = ais_area.write(draft_of(DraftArea(footprint=Circle(centre=AT, radius_m=1e3))), mmsi=MMSI)
    (reading,) = read_area_notices("\n".join(one.vdm()))
    assert "no year" in reading.reason


def test_the_year_is_that_nearest_to_the_time_of_hearing() -> None:
    start_ms = FIRST_DAY_MS + 164 * DAY_MS  # 2026-12-31
    draft = draft_of(
        DraftArea(footprint=Circle(centre=AT, radius_m=1e3)),
        windows=(Window(start_ms=start_ms, end_ms=start_ms + 3 * DAY_MS),),
    )
    (one,) = ais_area.write(draft, mmsi=MMSI)
    (reading,) = read_area_notices("\n".join(one.vdm()), start_ms + 2 * DAY_MS)
    assert reading.areas[0].spells == (Spell(start_ms, start_ms + 3 * DAY_MS),)


def test_rectangles_of_others_are_read() -> None:
    from waterspace.messages.ais.bits import Bits
    from waterspace.messages.ais.notices import Head
    from waterspace.messages.ais.sentences import as_vdm

    bits = Bits()
    for value, width in (
        (1, 3),
        (2, 2),
        (135 * 60_000, 25),
        (40 * 60_000, 24),
        (4, 3),
        (50, 8),
        (20, 8),
        (0, 9),
        (0, 5),
    ):
        bits.add(value, width)
    head = Head(mmsi=MMSI, linkage=1, notice=37)
    (reading,) = read_area_notices("\n".join(as_vdm(head.bits() + bits.text())), FIRST_DAY_MS)
    shape = reading.areas[0].footprint
    assert isinstance(shape, Polygon)
    assert shape.vertices[0] == AT
    assert area_m2(shape) == pytest.approx(5_000.0 * 2_000.0, rel=1e-3)


def test_a_sample_of_another_library_is_read() -> None:
    text = corpus("ais", "libais", "typeexamples.nmea").read_text(encoding="ascii", errors="replace")
    (reading,) = read_area_notices(text, 1_325_394_169_000)
    assert reading.number == "003669739/10"
    (area,) = reading.areas
    assert area.spells == (Spell(1_325_394_120_000, 1_325_394_120_000 + 20 * MINUTE_MS),)
    assert area.form is Form.POSITION or isinstance(area.footprint, Circle)


def test_another_library_decodes_what_is_written() -> None:
    pyais = pytest.importorskip("pyais", reason="pyais is not installed, and decodes the same sentences")
    slice_ = Sector(centre=AT, bearing_deg=10.0, half_angle_deg=20.0, radius_m=5_000.0)
    (one,) = ais_area.write(draft_of(DraftArea(footprint=slice_)), mmsi=MMSI, linkage=77)
    decoded = pyais.decode(*(line.encode() for line in one.vdm(2)))
    told = (decoded.msg_type, decoded.mmsi, decoded.dac, decoded.fid, decoded.linkage, decoded.notice)
    assert told == (8, MMSI, 1, 22, 77, 37)
    assert (decoded.month, decoded.day, decoded.hour, decoded.minute, decoded.duration) == (7, 20, 0, 0, 540)


def test_each_notice_is_of_the_kind_of_its_paragraph() -> None:
    area = DraftArea(footprint=Circle(centre=AT, radius_m=5_000.0))
    part = DraftPart(areas=(area,), windows=windows_daily(1), category=Category.UNDERWATER_OPERATIONS)
    draft = replace(draft_of(area), category=Category.GUNNERY, activity="GUNS", parts=(part,))
    found = [reading.areas[0].category for reading in read_back(draft)]
    assert sorted(found) == [Category.GUNNERY, Category.UNDERWATER_OPERATIONS]
