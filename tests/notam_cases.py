"""Drafts of NOTAMs as Hypothesis strategies, and what a reader should make of their texts."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from draft_cases import at, instant, is_near, schedules
from waterspace.domain import Band, Circle, Corridor, Footprint, Polygon, Position, Sector, Window, Without
from waterspace.errors import DraftError
from waterspace.geometry import footprints
from waterspace.geometry.geodesic import destination, distance_m, inverse
from waterspace.messages.draft import Draft, DraftArea, DraftPart, Restriction
from waterspace.messages.phrasing.positions import Notation
from waterspace.messages.reading import Category, Form
from waterspace.messages.writing.notam_places import place_text
from waterspace.quantity import DAY_MS, FOOT_M, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from waterspace.messages.reading import Reading, WarnedArea

__all__ = ["CATEGORIES", "is_said", "notam_drafts", "places_of", "times_of", "times_read"]

CATEGORIES = tuple(
    category for category in Category if category not in (Category.UNDERWATER_OPERATIONS, Category.DISTRESS)
)
_ROUNDED_M = 70.0
"""More than an arc is moved by its centre, its end and its middle in seconds, each by up to 22 m."""


def _middles() -> st.SearchStrategy[Position]:
    """Anywhere that a ship or an ice camp may be."""
    return st.builds(
        at,
        st.floats(-89.0, 89.0) | st.sampled_from((0.0, 40.0, -0.0001, 88.9)),
        st.floats(-180.0, 180.0) | st.sampled_from((-180.0, 180.0, 0.0, 179.9999, -0.0001)),
    )


def _near(middle: Position, most_m: float = 200_000.0) -> st.SearchStrategy[Position]:
    return st.builds(
        lambda bearing_deg, range_m: destination(middle, bearing_deg, range_m),
        *(st.floats(0.0, 360.0), st.floats(0.0, most_m)),
    )


def _polygons(middle: Position, least_m: float = 1_000.0) -> st.SearchStrategy[Footprint]:
    ranges_m = st.lists(st.floats(least_m, 80_000.0), min_size=3, max_size=9)
    return ranges_m.map(
        lambda found: Polygon(
            vertices=tuple(
                destination(middle, 360.0 * number / len(found), range_m) for number, range_m in enumerate(found)
            )
        )
    )


@st.composite
def _footprints(draw: st.DrawFn, base: Position) -> Footprint:
    middle = draw(_near(base))
    length_m = draw(st.floats(200.0, 90_000.0) | st.sampled_from((NAUTICAL_MILE_M, 9260.0)))
    kind = draw(st.sampled_from(("polygon", "circle", "sector", "ring", "corridor")))
    if kind == "polygon":
        return draw(_polygons(middle))
    if kind == "circle":
        return Circle(centre=middle, radius_m=length_m)
    if kind == "corridor":
        points = draw(st.lists(_near(middle), min_size=1, max_size=6))
        if all(distance_m(one, other) > 100.0 for one, other in pairwise(points)):
            return Corridor(waypoints=tuple(points), half_width_m=length_m)
        return Corridor(waypoints=(middle,), half_width_m=length_m)
    return Sector(
        centre=middle,
        bearing_deg=draw(st.floats(0.0, 359.9)),
        half_angle_deg=draw(st.floats(5.0, 175.0)),
        radius_m=length_m + 3_000.0,
        inner_radius_m=length_m if kind == "ring" else 0.0,
    )


def _bands() -> st.SearchStrategy[Band]:
    floors = st.sampled_from((-math.inf, -15.0, 0.0)) | st.floats(1.0, 9_000.0)
    ceilings = st.sampled_from((math.inf, 9144.0, 3048.0)) | st.floats(10_000.0, 29_000.0)
    return st.builds(lambda floor_m, ceiling_m: Band(floor_m=floor_m, ceiling_m=ceiling_m), floors, ceilings).filter(
        lambda band: band.floor_m < band.ceiling_m
    )


@st.composite
def _without(draw: st.DrawFn, base: Position) -> Footprint:
    """An area less one or two circles, or a ring."""
    middle = draw(_near(base))
    if draw(st.booleans()):
        return Sector(
            centre=middle,
            bearing_deg=7.0,
            half_angle_deg=180.0,
            radius_m=30_000.0,
            inner_radius_m=draw(st.floats(500.0, 9e3)),
        )
    holes = [Circle(centre=destination(middle, 40.0, 3_000.0), radius_m=NAUTICAL_MILE_M)]
    if draw(st.booleans()):
        holes.append(Circle(centre=destination(middle, 220.0, 9_000.0), radius_m=926.0))
    around = _polygons(middle, 25_000.0)  # so that the holes of a triangle lie within it
    whole = draw(around | st.just(Circle(centre=middle, radius_m=20_000.0)))
    return Without(base=whole, holes=tuple(holes))


@st.composite
def _areas(draw: st.DrawFn, base: Position) -> DraftArea:
    band = draw(st.just(Band()) | _bands())
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return DraftArea(footprint=Circle(centre=draw(_near(base)), radius_m=0.0), form=Form.POSITION, band=band)
    if kind == 1:
        ends = destination(base, 20.0, 5_000.0), destination(base, 40.0, 60_000.0), destination(base, 99.0, 70_000.0)
        return DraftArea(footprint=Corridor(waypoints=ends, half_width_m=0.0), form=Form.LINE, band=band)
    if kind == 2:
        return DraftArea(footprint=draw(_without(base)), band=band)
    return DraftArea(footprint=draw(_footprints(base)), band=band)


def _told(area: DraftArea) -> str:
    """The words of a place: a reader takes those that are the same for one."""
    try:
        return place_text(area)
    except DraftError as error:
        return str(error)


@st.composite
def notam_drafts(draw: st.DrawFn) -> Draft:
    """A draft with up to three paragraphs of up to four places, all within a few hundred miles."""
    issued_ms = draw(
        st.integers(instant(2024, 1, 1), instant(2029, 1, 1))
        | st.sampled_from((instant(2026, 12, 30, 6), instant(2028, 2, 26, 23, 59)))
    )
    base = draw(_middles())
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        windows = draw(schedules(issued_ms + draw(st.integers(0, 20)) * DAY_MS))
        reserves: tuple[Window, ...] = ()
        if draw(st.booleans()):
            reserves = draw(schedules(windows[-1].end_ms, 10))
        places = tuple(draw(st.lists(_areas(base), min_size=1, max_size=4, unique_by=_told)))
        category = draw(st.none() | st.sampled_from(CATEGORIES))
        parts.append(DraftPart(areas=places, windows=windows, reserves=reserves, category=category))
    first, *others = parts
    return Draft(
        id="N1",
        issued_ms=issued_ms,
        general_area=draw(st.sampled_from(("", "SEA OF JAPAN"))),
        category=first.category or draw(st.sampled_from(CATEGORIES)),
        areas=first.areas,
        windows=first.windows,
        reserves=first.reserves,
        parts=tuple(others),
        restriction=draw(st.sampled_from(Restriction)),
        remarks=draw(st.sampled_from(((), ("CONTACT RANGE CONTROL ON VHF CHANNEL SIXTEEN",)))),
        originator=draw(st.sampled_from(("", "RANGE OFFICER"))),
        firs=draw(st.sampled_from((("RJJJ",), ("UHHH", "UHMM"), ("RJJJ", "RKRR", "ZYSH", "ZSHA")))),
    )


def places_of(areas: tuple[DraftArea, ...], reading: Reading) -> list[str]:
    """What the places of a reading have otherwise than those of a draft; nothing where all is well.

    Where there are only positions, a reader takes the circle of line Q for the area.
    """
    known = [area for area in reading.areas if area.label != "Q"]
    has_circle = all(area.form is Form.POSITION for area in areas)
    if (len(known), len(reading.areas) - len(known)) != (len(areas), int(has_circle)):
        return [f"{len(reading.areas)} areas for {len(areas)}"]
    found = []
    for area, read in zip(areas, known, strict=True):
        if not is_said(area.footprint, read) or read.form is not area.form:
            found.append(f"{read.footprint} for {area.footprint}")
        found += _heights(area.band, read.band)
    return found


def _heights(meant: Band, said: Band) -> list[str]:
    """Heights are rounded outwards to a foot; what lies under the sea is not told."""
    floor_m = max(meant.floor_m, 0.0)
    is_low = floor_m - FOOT_M - 1e-6 <= said.floor_m <= floor_m + 1e-6
    is_high = meant.ceiling_m == said.ceiling_m or meant.ceiling_m - 1e-6 <= said.ceiling_m <= meant.ceiling_m + FOOT_M
    return [] if is_low and is_high else [f"{said} for {meant}"]


def is_said(meant: Footprint, read: WarnedArea) -> bool:
    """Whether an area that was read is the one that was meant."""
    if isinstance(meant, Sector) and meant.half_angle_deg < 180.0:
        return isinstance(read.footprint, Polygon) and _is_sector(meant, read.footprint)
    return is_near(meant, read.footprint, Notation.SECONDS.resolution_deg)


def _is_sector(meant: Sector, said: Polygon) -> bool:
    """Whether every corner lies on the edge of a sector, and both have the same size."""
    for vertex in said.vertices:
        range_m, bearing_deg = inverse(meant.centre, vertex)
        off_deg = abs((bearing_deg - meant.bearing_deg + 180.0) % 360.0 - 180.0) - meant.half_angle_deg
        is_on_arc = min(abs(range_m - meant.radius_m), abs(range_m - meant.inner_radius_m)) <= _ROUNDED_M
        if not is_on_arc or math.radians(max(off_deg, 0.0)) * range_m > _ROUNDED_M:
            return False
    turn = math.radians(2.0 * meant.half_angle_deg)
    edge_m = turn * (meant.radius_m + meant.inner_radius_m) + 2.0 * (meant.radius_m - meant.inner_radius_m)
    return abs(footprints.area_m2(said) - footprints.area_m2(meant)) <= edge_m * _ROUNDED_M


def times_of(part: DraftPart) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Windows and alternates of a paragraph; those that touch are one."""
    return _joined([(one.start_ms, one.end_ms) for one in part.windows]), _joined(
        [(one.start_ms, one.end_ms) for one in part.reserves]
    )


def times_read(readings: list[Reading]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The same of several readings together, whose areas have the same times."""
    spells: list[tuple[int | None, int | None]] = []
    reserves: list[tuple[int | None, int | None]] = []
    for reading in readings:
        first = reading.areas[0]
        assert all(area.spells == first.spells and area.reserves == first.reserves for area in reading.areas)
        spells += [(each.start_ms, each.end_ms) for each in first.spells]
        reserves += [(each.start_ms, each.end_ms) for each in first.reserves]
    return _joined(spells), _joined(reserves)


def _joined(pairs: list[tuple[int | None, int | None]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start_ms, end_ms in sorted((start or 0, end or 0) for start, end in pairs):
        if found and start_ms <= found[-1][1]:
            found[-1] = found[-1][0], max(end_ms, found[-1][1])
        else:
            found.append((start_ms, end_ms))
    return found
