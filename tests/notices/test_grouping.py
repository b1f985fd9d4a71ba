"""Grouping: what lies within another is told once, whatever the number of dangers, and nothing else is left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from draft_cases import at
from waterspace.domain import Band, Circle, Footprint, Hazard, Polygon, Window
from waterspace.geometry import footprints
from waterspace.geometry.geodesic import distance_m
from waterspace.messages.reading import Category
from waterspace.notices.drafting.claims import Claim
from waterspace.notices.drafting.grouping import paragraphs
from waterspace.programme.subjects import Subject
from waterspace.quantity import HOUR_MS

MANY = 40


def danger(owner: str, footprint: Footprint, hours: int = 1) -> Claim:
    """Gunnery in a place for some hours."""
    return Claim(
        owners=(owner,),
        footprint=footprint,
        band=Band(),
        windows=(Window(start_ms=0, end_ms=hours * HOUR_MS),),
        reserves=(),
        hazard=Hazard.FIRING,
        subject=Subject(Category.GUNNERY),
    )


def square(lat_deg: float, lon_deg: float, size_deg: float) -> Polygon:
    """A square with its south-west corner at a place."""
    return Polygon(
        vertices=(
            at(lat_deg, lon_deg),
            at(lat_deg, lon_deg + size_deg),
            at(lat_deg + size_deg, lon_deg + size_deg),
            at(lat_deg + size_deg, lon_deg),
        )
    )


@given(
    st.lists(
        st.tuples(st.floats(30.0, 30.4), st.floats(130.0, 130.4), st.integers(1, 30), st.integers(1, 3)),
        min_size=1,
        max_size=15,
        unique_by=lambda one: one[:3],
    )
)
@settings(max_examples=60, deadline=None)
def test_circles_are_left_out_where_a_larger_one_told_holds_them_at_their_times_and_only_there(
    drawn: list[tuple[float, float, int, int]],
) -> None:
    claims = [
        danger(f"S{number}", Circle(centre=at(lat, lon), radius_m=size * 1_000.0), hours)
        for number, (lat, lon, size, hours) in enumerate(drawn)
    ]
    told = [claim for part in paragraphs(claims) for claim in part.claims]

    def room_m(claim: Claim, other: Claim) -> float:
        small, large = claim.footprint, other.footprint
        assert isinstance(small, Circle)
        assert isinstance(large, Circle)
        return large.radius_m - small.radius_m - distance_m(small.centre, large.centre)

    places = {claim.footprint for claim in told}
    for claim in claims:
        holders = [
            other
            for other in told
            if other.footprint != claim.footprint
            and other.windows[0].end_ms >= claim.windows[0].end_ms
            and room_m(claim, other) >= -21.0
        ]
        assert claim.footprint in places or holders
        assert claim.footprint not in places or all(room_m(claim, other) <= -19.0 for other in holders)


@pytest.mark.parametrize("is_near", [False, True], ids=["apart", "one-in-another"])
def test_the_circle_about_a_place_is_made_once_for_all_that_may_lie_in_it(
    monkeypatch: pytest.MonkeyPatch, is_near: bool
) -> None:
    places = [
        square(30.0, 130.0, 0.1 + number / 1_000) if is_near else square(30.0 + number, 130.0, 0.1)
        for number in range(MANY)
    ]
    made: list[Footprint] = []
    real = footprints.bounding_circle

    def counted(footprint: Footprint) -> Circle:
        made.append(footprint)
        return real(footprint)

    monkeypatch.setattr(footprints, "bounding_circle", counted)
    (part,) = paragraphs([danger(f"S{number}", place) for number, place in enumerate(places)])
    assert len(part.claims) == (1 if is_near else MANY)
    assert len(made) <= MANY
