"""Every time that two claims meet."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain import SURFACE, Circle, Hazard, Leg, MovingBox, Position, Reservation, Window
from waterspace.geometry.geodesic import destination
from waterspace.geometry.meeting import clash, every_clash
from waterspace.quantity import HOUR_MS, MINUTE_MS

MIDDLE = Position(lat_deg=38.5, lon_deg=179.95)


def claim(owner: str, footprint: Circle | MovingBox, *windows: tuple[int, int]) -> Reservation:
    return Reservation(
        id=f"{owner}/claim",
        owner=owner,
        name="",
        footprint=footprint,
        band=SURFACE,
        windows=tuple(Window(start_ms=start * MINUTE_MS, end_ms=end * MINUTE_MS) for start, end in windows),
        hazard=Hazard.NONE,
    )


def to_and_fro(bearing_deg: float, passes: int) -> MovingBox:
    """A box that goes to and fro across a middle, an hour each time."""
    ends = [destination(MIDDLE, bearing_deg + side, 20_000.0) for side in (0.0, 180.0)]
    legs = tuple(
        Leg(start_ms=k * HOUR_MS, end_ms=(k + 1) * HOUR_MS, start=ends[k % 2], end=ends[(k + 1) % 2])
        for k in range(passes)
    )
    return MovingBox(legs=legs, ahead_m=200.0, astern_m=200.0, abeam_m=200.0)


@given(st.integers(0, 359), st.integers(1, 5), st.integers(3, 12))
def test_a_box_that_goes_to_and_fro_meets_what_lies_in_its_way_each_time(
    bearing: int, passes: int, reach_km: int
) -> None:
    still = claim("A", Circle(centre=MIDDLE, radius_m=1_000.0 * reach_km), (0, 60 * passes))
    box = claim("B", to_and_fro(float(bearing), passes), (0, 60 * passes))
    first = clash(still, box)
    assert first is not None
    (found,) = every_clash([(still, box, first)])
    assert found[0] == first
    assert len(found) == passes
    for number, one in enumerate(found):
        middle_ms = number * HOUR_MS + HOUR_MS // 2
        assert one.window.start_ms < middle_ms < one.window.end_ms
    assert all(a.window.end_ms < b.window.start_ms for a, b in pairwise(found))


def test_claims_that_stand_still_meet_in_every_window_that_both_have() -> None:
    here = Circle(centre=MIDDLE, radius_m=2_000.0)
    one = claim("A", here, (0, 60), (120, 180), (240, 300))
    other = claim("B", here, (30, 150), (290, 400))
    first = clash(one, other)
    assert first is not None
    (found,) = every_clash([(one, other, first)])
    assert [(met.window.start_ms // MINUTE_MS, met.window.end_ms // MINUTE_MS) for met in found] == [
        (30, 60),
        (120, 150),
        (290, 300),
    ]


def test_pairs_are_answered_in_their_order_and_none_has_no_answer() -> None:
    here = Circle(centre=MIDDLE, radius_m=2_000.0)
    one, other = claim("A", here, (0, 60), (120, 180)), claim("B", here, (0, 300))
    once, twice = clash(other, replace(other, owner="C")), clash(one, other)
    assert once is not None
    assert twice is not None
    assert every_clash([]) == []
    assert [len(found) for found in every_clash([(other, other, once), (one, other, twice)])] == [1, 2]
