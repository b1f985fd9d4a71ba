"""Cutting a place at the limit of a territorial sea: nothing is lost, and each part is where it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waterspace.domain import Circle, Corridor, Joined, Polygon, Position, Sector, Without
from waterspace.environment.limits.belts import belts
from waterspace.environment.limits.breadths import Zone
from waterspace.environment.limits.zones import load
from waterspace.geometry.footprints import bounding_circle
from waterspace.geometry.plane import Plane
from waterspace.geometry.shapes import solid
from waterspace.messages.draft import Draft, DraftArea, Issuer
from waterspace.messages.reader import read
from waterspace.messages.reading import Message
from waterspace.messages.writing import navarea as navarea_form
from waterspace.notices.waters.dividing import LEAST_M2, Piece, split

if TYPE_CHECKING:
    from waterspace.domain import Footprint

INNER = ("land", "internal_waters", "territorial_sea")
EDGE_M = 2_500.0
"""How far a part may reach over the limit: a cut with few corners, its rounding, and half a step of the shore."""


def at(lat_deg: float, lon_deg: float) -> Position:
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


def box(south: float, west: float, north: float, east: float) -> Polygon:
    return Polygon(vertices=(at(south, west), at(north, west), at(north, east), at(south, east)))


def is_told(piece: Piece) -> bool:
    """Whether a part has few corners, each to a hundredth of a minute."""
    assert isinstance(piece.footprint, Polygon)
    corners = piece.footprint.vertices
    degrees = [degrees for corner in corners for degrees in (corner.lat_deg, corner.lon_deg)]
    return len(corners) <= 12 and all(abs(value * 6000 - round(value * 6000)) < 1e-6 for value in degrees)


def lost_m2(footprint: Footprint, pieces: tuple[Piece, ...]) -> float:
    import shapely

    plane = Plane(bounding_circle(footprint).centre)
    kept = shapely.union_all([solid(piece.footprint, plane) for piece in pieces])
    return float(shapely.difference(solid(footprint, plane), kept.buffer(1.0)).area)


def astray_m(footprint: Footprint, piece: Piece) -> float:
    """How far a part reaches into waters that are not its own, inside of the whole."""
    import shapely

    plane = Plane(bounding_circle(footprint).centre)
    held = belts(load().baselines, footprint, plane)
    whole, part = solid(footprint, plane), solid(piece.footprint, plane)
    if piece.state is None:
        own = shapely.difference(whole, shapely.union_all(list(held.values())))
    else:
        own = held[piece.state or f"?{piece.feature}"]
    wrong = shapely.difference(shapely.intersection(part, whole), own)
    corners = shapely.points(shapely.get_coordinates(shapely.segmentize(wrong, 500.0)))
    return float(max(shapely.distance(corners, own), default=0.0))


def test_a_place_at_sea_stays_as_it_is() -> None:
    circle = Circle(centre=at(39.0, 134.0), radius_m=60_000.0)
    assert split(circle) == (Piece(footprint=circle, state=None),)


def test_a_place_in_one_territorial_sea_stays_as_it_is() -> None:
    sector = Sector(centre=at(42.45, 131.5), bearing_deg=90.0, half_angle_deg=30.0, radius_m=9_000.0)
    assert split(sector) == (Piece(footprint=sector, state="RUS"),)


def test_a_place_across_the_limit_is_cut_once_with_its_own_corners_kept() -> None:
    corners = tuple(at(*corner) for corner in ((42.66, 131.68), (42.66, 131.95), (42.25, 132.25), (42.25, 131.68)))
    inner, outer = split(Polygon(vertices=corners))
    assert (inner.state, outer.state) == ("RUS", None)
    assert is_told(inner)
    assert is_told(outer)
    both = {*inner.footprint.vertices, *outer.footprint.vertices}  # type: ignore[union-attr]
    assert both.issuperset(corners)
    assert lost_m2(Polygon(vertices=corners), (inner, outer)) == 0.0


def test_islands_around_which_water_stays_free_are_cut_out() -> None:
    around_oki = Circle(centre=at(36.5, 133.2), radius_m=100_000.0)
    pieces = split(around_oki)
    assert {piece.state for piece in pieces} == {"JPN", None}
    assert all(map(is_told, pieces))
    assert lost_m2(around_oki, pieces) == 0.0


def test_between_two_states_each_has_its_side() -> None:
    between = Circle(centre=at(34.75, 129.15), radius_m=25_000.0)
    pieces = split(between)
    assert {piece.state for piece in pieces} == {"JPN", "KOR", None}
    assert lost_m2(between, pieces) == 0.0
    assert max(astray_m(between, piece) for piece in pieces) < EDGE_M


def test_what_hangs_on_a_disputed_feature_says_so_until_a_planner_assigns_it() -> None:
    circle = Circle(centre=at(37.24, 131.87), radius_m=40_000.0)
    assert {(piece.state, piece.feature) for piece in split(circle)} == {("", "liancourt_rocks"), (None, "")}
    assert {piece.state for piece in split(circle, load({"liancourt_rocks": "KOR"}))} == {"KOR", None}


def test_a_tiny_part_is_not_cut_off() -> None:
    limit = next(piece for piece in split(box(42.25, 131.68, 42.66, 132.2)) if piece.state is None)
    touching = box(42.0, 131.7, 42.2605, 131.75)
    assert limit.state is None
    assert [piece.state for piece in split(touching, least_m2=50.0 * LEAST_M2)] == [None]
    assert split(touching, least_m2=50.0 * LEAST_M2)[0].footprint == touching


def test_a_line_or_a_point_is_not_cut_and_belongs_where_most_of_it_is() -> None:
    line = Corridor(waypoints=(at(42.0, 131.9), at(42.7, 131.9)), half_width_m=0.0)
    point = Circle(centre=at(39.0, 134.0), radius_m=0.0)
    assert split(line) == (Piece(footprint=line, state="RUS"),)
    assert split(point) == (Piece(footprint=point, state=None),)


def test_parts_are_cut_one_by_one_and_holes_stay_holes() -> None:
    sea, shore = box(39.0, 134.0, 39.5, 134.5), box(42.25, 131.68, 42.66, 132.2)
    assert {piece.state for piece in split(Joined(parts=(sea, shore)))} == {"RUS", None}
    hole = Circle(centre=at(42.3, 131.9), radius_m=2_000.0)
    pieces = split(Without(base=shore, holes=(hole,)))
    assert all(isinstance(piece.footprint, Without) for piece in pieces)


@st.composite
def coastal(draw: st.DrawFn) -> Footprint:
    """Places off the shores of the Sea of Japan and of Fiji, which lies on both sides of 180 degrees."""
    lat_deg, lon_deg = draw(
        st.sampled_from([(37.6, 136.5), (42.3, 131.9), (35.6, 130.0), (-16.4, 179.9), (44.3, 141.0)])
    )
    middle = at(lat_deg + draw(st.floats(-0.3, 0.3)), (lon_deg + draw(st.floats(-0.3, 0.3)) + 180.0) % 360.0 - 180.0)
    size_m = draw(st.floats(3_000.0, 30_000.0))
    kind = draw(st.sampled_from(["circle", "sector", "corridor", "polygon"]))
    if kind == "circle":
        return Circle(centre=middle, radius_m=size_m)
    bearing_deg = draw(st.floats(0.0, 359.0))
    if kind == "sector":
        return Sector(centre=middle, bearing_deg=bearing_deg, half_angle_deg=draw(st.floats(10, 80)), radius_m=size_m)
    plane = Plane(middle)
    if kind == "corridor":
        return Corridor(
            waypoints=(plane.position(-size_m, 0.0), plane.position(size_m, size_m)), half_width_m=size_m / 4.0
        )
    sides = [(-size_m, -size_m / 2), (-size_m / 2, size_m), (size_m, size_m / 2), (size_m / 2, -size_m)]
    return Polygon(vertices=tuple(plane.position(*side) for side in sides))


@given(coastal())
@settings(max_examples=25, deadline=None)
def test_nothing_of_a_place_is_lost_and_no_part_strays_far(footprint: Footprint) -> None:
    pieces = split(footprint)
    assert lost_m2(footprint, pieces) == 0.0
    if len(pieces) > 1:
        assert max(astray_m(footprint, piece) for piece in pieces) < EDGE_M + LEAST_M2**0.5
        fresh = [piece for piece in pieces if isinstance(piece.footprint, Polygon)]
        assert all(len(piece.footprint.vertices) <= 12 for piece in fresh)  # type: ignore[union-attr]


@given(st.floats(-17.0, -15.5), st.floats(-0.4, 0.4))
@settings(max_examples=10, deadline=None)
def test_parts_across_180_degrees_are_written_and_read_back(lat_deg: float, off_deg: float) -> None:
    circle = Circle(centre=at(lat_deg, (180.0 + off_deg + 180.0) % 360.0 - 180.0), radius_m=60_000.0)
    pieces = split(circle)
    for issuer in Issuer:
        areas = tuple(DraftArea(footprint=piece.footprint) for piece in pieces)
        text = navarea_form.write(Draft(id="N1", areas=areas, issuer=issuer, series="NAVAREA XIV"))
        found = read(Message(id="N1", text=text)).areas
        assert len(found) == len(pieces)
        assert lost_m2(circle, tuple(Piece(footprint=area.footprint, state=None) for area in found)) < 20.0 * 400_000.0


@pytest.mark.parametrize(
    ("lat_deg", "lon_deg", "radius_m"),
    [(36.8, 133.2, 60_000.0), (34.75, 129.15, 40_000.0), (-17.0, 180.0, 60_000.0), (42.5, 132.0, 50_000.0)],
)
def test_belts_are_the_zones_of_points(lat_deg: float, lon_deg: float, radius_m: float) -> None:
    import numpy as np
    import shapely

    circle = Circle(centre=at(lat_deg, lon_deg), radius_m=radius_m)
    plane = Plane(circle.centre)
    held = belts(load().baselines, circle, plane)
    turn, away = np.meshgrid(np.radians(np.arange(0.0, 360.0, 11.0)), np.arange(0.03, 1.0, 0.07) * radius_m)
    points = np.stack((away * np.sin(turn), away * np.cos(turn)), axis=-1).reshape(-1, 2)
    codes, states = load().classify(*plane.unproject(points))
    zones = np.array(list(Zone))[codes]
    for holder, area in held.items():
        edge_m = shapely.distance(shapely.points(points), area.boundary)
        own = np.isin(zones, INNER) & (states == holder)
        sure = edge_m > 300.0
        assert (shapely.contains_xy(area, *points.T) == own)[sure].all()
