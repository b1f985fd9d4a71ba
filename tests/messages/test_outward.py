"""No area is written narrower than it is drafted, and nothing is left out of it that was not: bearings and lengths."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draft_cases import at, instant
from waterspace.domain import Circle, Footprint, Polygon, Sector, Window, Without
from waterspace.errors import DraftError
from waterspace.messages.draft import Draft, DraftArea, Issuer
from waterspace.messages.phrasing.numbers import narrower_bearing_texts, wider_bearing_texts
from waterspace.messages.reading import Category
from waterspace.messages.writing import navarea, notam
from waterspace.quantity import NAUTICAL_MILE_M

CENTRE = at(40.0, 136.0)
SQUARE = Polygon(vertices=(at(41.0, 135.0), at(41.0, 137.0), at(39.0, 137.0), at(39.0, 135.0)))


def sector(first_deg: float, last_deg: float, **lengths_m: float) -> Sector:
    """From one bearing clockwise to another."""
    half_deg = (last_deg - first_deg) / 2.0
    radius = {"radius_m": 10_000.0, **lengths_m}
    return Sector(centre=CENTRE, bearing_deg=(first_deg + half_deg) % 360.0, half_angle_deg=half_deg, **radius)


def draft(footprint: Footprint) -> Draft:
    start_ms = instant(2026, 7, 20)
    return Draft(
        id="N1",
        areas=(DraftArea(footprint=footprint),),
        issuer=Issuer.JAPAN,
        category=Category.GUNNERY,
        windows=(Window(start_ms=start_ms, end_ms=start_ms + 3_600_000),),
        firs=("RJJJ",),
    )


@pytest.mark.parametrize(
    ("first_deg", "last_deg", "outer", "inner"),
    [
        (45.0, 90.0, ("045", "090"), ("045", "090")),
        (44.96, 90.04, ("044.9", "090.1"), ("045", "090")),
        (44.996, 90.004, ("045", "090"), ("045", "090")),
        (359.95, 370.05, ("359.9", "010.1"), ("000", "010")),
        (-0.05, 0.15, ("359.9", "000.2"), ("000", "000.1")),
        (0.05, 359.97, None, ("000.1", "359.9")),
        (0.0, 360.0, None, None),
        (1.75, 361.75, None, None),
    ],
)
def test_bearings_go_outwards_and_of_what_is_left_out_inwards(
    first_deg: float, last_deg: float, outer: tuple[str, str] | None, inner: tuple[str, str] | None
) -> None:
    assert wider_bearing_texts(sector(first_deg, last_deg)) == outer
    assert narrower_bearing_texts(sector(first_deg, last_deg)) == inner


def test_a_sector_that_is_nothing_in_tenths_of_a_degree_is_refused_where_it_is_left_out() -> None:
    assert wider_bearing_texts(sector(45.01, 45.09)) == ("045", "045.1")
    with pytest.raises(DraftError, match="nothing in tenths"):
        narrower_bearing_texts(sector(45.01, 45.09))


@given(bearing_deg=st.floats(0.0, 359.99), half_deg=st.floats(0.2, 179.99))
def test_a_written_sector_holds_the_drafted_one_but_for_metres_and_a_tenth_more_at_most(
    bearing_deg: float, half_deg: float
) -> None:
    drafted = Sector(centre=CENTRE, bearing_deg=bearing_deg, half_angle_deg=half_deg, radius_m=1e4)
    for texts, sense in ((wider_bearing_texts(drafted), 1.0), (narrower_bearing_texts(drafted), -1.0)):
        if texts is None:
            assert sense > 0.0
            assert half_deg > 179.9
            continue
        first_deg, last_deg = (float(text) for text in texts)
        for beyond_deg in (bearing_deg - half_deg - first_deg, last_deg - bearing_deg - half_deg):
            near_deg = math.remainder(beyond_deg, 360.0) * sense
            assert -0.005 - 1e-6 <= near_deg <= 0.1 + 1e-6


def test_what_is_left_out_of_an_area_is_written_no_larger_than_it_is() -> None:
    hole = Circle(centre=CENTRE, radius_m=5.009 * NAUTICAL_MILE_M)
    whole = Without(base=SQUARE, holes=(hole, sector(44.96, 90.04)))
    assert "EXCLUDING WI 5NM RADIUS OF" in words(notam.write(draft(Without(base=SQUARE, holes=(hole,)))))
    text = words(navarea.write(draft(whole)))
    assert "EXCEPT AREA WITHIN 5 MILES OF" in text
    assert "BETWEEN BEARINGS 045 DEGREES TRUE AND 090 DEGREES TRUE FROM THAT POSITION" in text


def test_the_inner_edge_of_a_slice_of_a_ring_is_rounded_down_and_the_outer_up() -> None:
    lengths_m = {"radius_m": 10.001 * NAUTICAL_MILE_M, "inner_radius_m": 3.009 * NAUTICAL_MILE_M}
    text = words(notam.write(draft(sector(0.0, 90.0, **lengths_m))))
    assert "RADIUS 10.01NM" in text
    assert "RADIUS 3NM" in text


def words(text: object) -> str:
    return " ".join(str(text).replace("\\n", " ").split())
