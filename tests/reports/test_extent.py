"""A box holds what it is drawn around, wherever on the earth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain import Position
from waterspace.reports.extent import Extent


def at(lat_deg: float, lon_deg: float) -> Position:
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


def holds(extent: Extent, position: Position) -> bool:
    inside = extent.south_deg - 1e-9 <= position.lat_deg <= extent.north_deg + 1e-9
    turns = (position.lon_deg + turn for turn in (-360.0, 0.0, 360.0))
    return inside and any(extent.west_deg - 1e-9 <= lon_deg <= extent.east_deg + 1e-9 for lon_deg in turns)


nearby = st.tuples(
    st.floats(-180.0, 180.0), st.lists(st.tuples(st.floats(-80.0, 80.0), st.floats(-60.0, 60.0)), min_size=1)
)


def placed(given_: tuple[float, list[tuple[float, float]]]) -> list[Position]:
    middle_deg, offsets = given_
    return [at(lat_deg, (middle_deg + off_deg + 180.0) % 360.0 - 180.0) for lat_deg, off_deg in offsets]


@given(nearby)
def test_a_box_holds_its_positions_and_is_no_wider_than_they_are(
    given_: tuple[float, list[tuple[float, float]]],
) -> None:
    points = placed(given_)
    extent = Extent.around(points)
    assert all(holds(extent, point) for point in points)
    assert -180.0 <= extent.west_deg <= 180.0
    assert extent.east_deg - extent.west_deg <= 120.0 + 1e-6


@given(nearby)
def test_a_union_and_every_larger_box_hold_what_the_smaller_ones_hold(
    given_: tuple[float, list[tuple[float, float]]],
) -> None:
    points = placed(given_)
    union = Extent.union(Extent.around([point]) for point in points)
    for extent in (union, union.padded(), union.widened()):
        assert all(holds(extent, point) for point in points)
        assert extent.east_deg - extent.west_deg <= 360.0 + 1e-9


def test_a_box_over_180_degrees_stays_in_one_piece() -> None:
    extent = Extent.around([at(-17.0, 179.0), at(-18.0, -178.0)])
    assert (extent.west_deg, extent.east_deg) == (179.0, 182.0)
    assert extent.middle.lon_deg == pytest.approx(-179.5)
    assert Extent.union([extent, Extent.around([at(0.0, -170.0)])]).east_deg == 190.0


def test_a_box_around_nothing_is_the_world_and_around_a_point_is_no_point() -> None:
    assert Extent.union([]).span_deg == 360.0
    point = Extent.around([at(40.0, 133.0)]).padded()
    assert point.north_deg > 40.0 > point.south_deg


def test_a_wide_box_fills_a_wide_screen_and_a_narrow_one() -> None:
    wide = Extent.around([at(39.0, 120.0), at(43.0, 134.0)]).widened()
    up_deg, across_deg = wide.north_deg - wide.south_deg, (wide.east_deg - wide.west_deg) * 0.755
    assert across_deg > 2.4 * (43.0 - 39.0)
    assert up_deg > 1.3 * (134.0 - 120.0) * 0.755
