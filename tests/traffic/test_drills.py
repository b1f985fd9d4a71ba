"""Ships of an exercise of others: inside, on water, one more changes none of the others."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from waterspace.domain import Circle, Position
from waterspace.environment.shores import coast
from waterspace.geometry.footprints import contains
from waterspace.geometry.legs import position_at
from waterspace.quantity import HOUR_MS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.traffic.drills import Drill, build

SEA = Position(lat_deg=37.7, lon_deg=131.8)
OKI = Position(lat_deg=36.2, lon_deg=133.2)
INLAND = Position(lat_deg=36.0, lon_deg=138.0)


def _drill(centre: Position, ships: int, radius_m: float = 20.0 * NAUTICAL_MILE_M) -> Drill:
    footprint = Circle(centre=centre, radius_m=radius_m)
    return Drill(name="X", footprint=footprint, start_ms=0, end_ms=10 * HOUR_MS, ships=ships)


@given(st.integers(0, 2**32), st.integers(1, 4))
@settings(max_examples=10)
def test_one_ship_more_leaves_the_others_as_they_were(seed: int, ships: int) -> None:
    few, more = build(_drill(SEA, ships), seed), build(_drill(SEA, ships + 1), seed)
    assert len(more) == len(few) + 1
    assert [more.legs(number) for number in range(len(few))] == [few.legs(number) for number in range(len(few))]
    assert [vessel.id for vessel in more.vessels] == [f"X/{number + 1}" for number in range(ships + 1)]


def test_ships_keep_inside_and_off_the_islands_in_it() -> None:
    drill = _drill(OKI, 4)
    traffic = build(drill, 2)
    assert len(traffic) == 4
    for number in range(4):
        legs = traffic.legs(number)
        assert (legs[0].start_ms, legs[-1].end_ms) == (0, 10 * HOUR_MS)
        assert all(contains(drill.footprint, position_at(legs, t)) for t in range(0, 10 * HOUR_MS, 5 * MINUTE_MS))
        assert not any(coast.load().land_on_legs([(leg.start, leg.end) for leg in legs if not leg.is_wait]))


def test_an_exercise_on_land_has_no_ships_and_says_so() -> None:
    traffic = build(_drill(INLAND, 3, 5.0 * NAUTICAL_MILE_M), 1)
    assert len(traffic) == 0
    assert "3 of 3 ships found no water" in traffic.notes[0]
