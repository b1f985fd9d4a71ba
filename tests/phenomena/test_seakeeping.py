"""Speed in a sea: the table, worked cases, and the laws any such model must obey."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.environment.metoc.sea_scales import BEAUFORT, douglas
from waterspace.environment.metoc.weather import Conditions
from waterspace.errors import ModelError
from waterspace.phenomena.seakeeping import (
    Sector,
    attainable_mps,
    force_in,
    force_of_sea_state,
    involuntary_loss_ratio,
    sector_of,
    voluntary_ceiling_mps,
)
from waterspace.quantity import KNOT_MPS

lengths = st.floats(20.0, 400.0)
forces = st.integers(0, 12)
states = st.integers(0, 9)
sectors = st.sampled_from(Sector)


@pytest.mark.parametrize(
    ("length_m", "force", "sector", "percent"),
    [
        # Source: Aertssen's formula m / L + n, worked by hand.
        (200.0, 5, Sector.HEAD, 6.5),
        (200.0, 6, Sector.BOW, 10.0),
        (100.0, 7, Sector.BEAM, 12.0),
        (100.0, 8, Sector.FOLLOWING, 10.0),
        (150.0, 8, Sector.HEAD, 42.0),
        (150.0, 4, Sector.HEAD, 0.0),
    ],
)
def test_the_loss_is_aertssens(length_m: float, force: int, sector: Sector, percent: float) -> None:
    assert 100.0 * involuntary_loss_ratio(length_m, force, sector) == pytest.approx(percent)


@pytest.mark.parametrize(
    ("course", "sea_from", "sector"),
    [
        (0.0, 0.0, Sector.HEAD),
        (350.0, 10.0, Sector.HEAD),
        (0.0, 45.0, Sector.BOW),
        (90.0, 30.0, Sector.BOW),
        (0.0, 90.0, Sector.BEAM),
        (10.0, 190.0, Sector.FOLLOWING),
        (0.0, 200.0, Sector.FOLLOWING),
    ],
)
def test_the_sector_is_told_from_the_bow(course: float, sea_from: float, sector: Sector) -> None:
    assert sector_of(course, sea_from) is sector


@given(st.floats(-720.0, 720.0), st.floats(-720.0, 720.0))
def test_port_and_starboard_are_alike(course: float, off: float) -> None:
    if min(abs(abs((off + 180.0) % 360.0 - 180.0) - end) for end in (30.0, 60.0, 150.0)) > 1e-6:
        assert sector_of(course, course + off) is sector_of(course, course - off)


@given(lengths, lengths, forces, forces, sectors)
def test_a_heavier_sea_and_a_shorter_ship_never_lose_less(
    one_m: float, other_m: float, one: int, other: int, sector: Sector
) -> None:
    short, long = sorted((one_m, other_m))
    calm, rough = sorted((one, other))
    assert 0.0 <= involuntary_loss_ratio(long, calm, sector) <= involuntary_loss_ratio(long, rough, sector) <= 0.8
    assert involuntary_loss_ratio(long, rough, sector) <= involuntary_loss_ratio(short, rough, sector)


@given(lengths, forces)
def test_a_sea_from_ahead_costs_most(length_m: float, force: int) -> None:
    losses = [involuntary_loss_ratio(length_m, force, sector) for sector in Sector]
    assert losses == sorted(losses, reverse=True)


@given(st.floats(0.0, 40.0), st.floats(0.1, 40.0), lengths, states, sectors)
def test_nobody_is_faster_than_wanted_nor_than_in_calm_water_nor_stopped(
    wanted: float, greatest: float, length_m: float, state: int, sector: Sector
) -> None:
    made = attainable_mps(wanted, greatest, length_m, state, sector)
    assert made <= min(wanted, greatest)
    assert made > 0.0 or wanted == 0.0
    if state > 0:
        assert made <= attainable_mps(wanted, greatest, length_m, state - 1, sector)


def test_a_ship_with_power_to_spare_makes_the_loss_good() -> None:
    wanted, greatest = 14.0 * KNOT_MPS, 30.0 * KNOT_MPS
    assert attainable_mps(wanted, greatest, 155.0, 5, Sector.HEAD) == wanted
    assert attainable_mps(greatest, greatest, 155.0, 5, Sector.HEAD) < 24.0 * KNOT_MPS


def test_a_master_slows_in_a_high_sea() -> None:
    assert voluntary_ceiling_mps(5, Sector.HEAD) == math.inf
    assert voluntary_ceiling_mps(8, Sector.HEAD) == pytest.approx(6.0 * KNOT_MPS)


@pytest.mark.parametrize(("state", "force"), [(0, 0), (3, 4), (4, 5), (5, 7), (6, 8), (9, 12)])
def test_a_sea_state_goes_with_the_wind_that_raises_it(state: int, force: int) -> None:
    assert force_of_sea_state(state) == force
    assert douglas(BEAUFORT[force].wave_m) <= state


def test_the_sea_counts_before_the_wind_and_nothing_known_is_no_force() -> None:
    assert force_in(Conditions(sea_state=4, wind_mps=30.0)) == 5
    assert force_in(Conditions(wind_mps=11.0)) == 6
    assert force_in(Conditions()) is None


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ModelError, match="Beaufort force 13"):
        involuntary_loss_ratio(100.0, 13, Sector.HEAD)
    with pytest.raises(ModelError, match="sea state 10"):
        force_of_sea_state(10)
    with pytest.raises(ModelError, match="greatest_mps is 0"):
        attainable_mps(1.0, 0.0, 100.0, 3, Sector.HEAD)
