"""The fuel model: range at economical speed, the square above it, full again after replenishment."""

from __future__ import annotations

import pytest

from waterspace.domain import Leg, Medium, Platform, Position
from waterspace.geometry.geodesic import destination
from waterspace.programme.fuel import fuel_history
from waterspace.quantity import HOUR_MS, KNOT_MPS, NAUTICAL_MILE_M

SHIP = Platform(
    key="ship",
    name="Ship",
    kind="frigate",
    medium=Medium.SURFACE,
    max_speed_mps=30.0 * KNOT_MPS,
    economical_speed_mps=15.0 * KNOT_MPS,
    range_m=1500.0 * NAUTICAL_MILE_M,
)
HERE = Position(lat_deg=39.8, lon_deg=133.2)


def leg(start_h: int, hours: int, speed_kn: float) -> Leg:
    end = destination(HERE, 90.0, speed_kn * hours * NAUTICAL_MILE_M) if speed_kn else HERE
    return Leg(start_ms=start_h * HOUR_MS, end_ms=(start_h + hours) * HOUR_MS, start=HERE, end=end)


def test_the_whole_range_at_economical_speed_empties_the_bunkers() -> None:
    state = fuel_history(SHIP, [leg(0, 50, 15.0), leg(50, 50, 15.0)])[-1]
    assert state.remaining_ratio == pytest.approx(0.0, abs=1e-9)
    assert state.used_ratio == pytest.approx(1.0)


def test_twice_the_economical_speed_takes_four_times_as_much_for_a_mile() -> None:
    slow = fuel_history(SHIP, [leg(0, 10, 15.0)])[-1].used_ratio
    fast = fuel_history(SHIP, [leg(0, 5, 30.0)])[-1].used_ratio
    assert fast == pytest.approx(4.0 * slow)


def test_slow_steaming_and_waiting_save_nothing_and_cost_nothing() -> None:
    assert fuel_history(SHIP, [leg(0, 20, 7.5)])[-1].used_ratio == pytest.approx(0.1)
    assert fuel_history(SHIP, [leg(0, 20, 0.0)])[-1].used_ratio == 0.0


def test_replenishment_fills_the_bunkers_but_does_not_undo_what_was_burnt() -> None:
    first, second = fuel_history(SHIP, [leg(0, 50, 15.0), leg(50, 10, 15.0)], [50 * HOUR_MS])
    assert first.remaining_ratio == pytest.approx(0.5)
    assert second.remaining_ratio == pytest.approx(0.9)
    assert second.used_ratio == pytest.approx(0.6)


def test_a_class_without_a_range_has_no_history() -> None:
    unknown = Platform(key="x", name="x", kind="tug", medium=Medium.SURFACE)
    assert fuel_history(unknown, [leg(0, 1, 10.0)]) == ()
