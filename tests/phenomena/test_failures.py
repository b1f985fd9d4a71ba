"""Breakdown and repair: distributions, availability, repeatability."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement import RUNS, agrees
from waterspace.errors import ModelError
from waterspace.phenomena.failures import Lifetime, availability_at_ratio, availability_ratio, breakdowns
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from waterspace.domain import Window

lifetimes = st.builds(Lifetime, mean_s=st.floats(1.0, 1e6), shape_ratio=st.floats(0.5, 5.0))
draws = st.floats(0.0, 1.0, exclude_max=True)


@given(lifetimes, draws)
def test_what_is_drawn_is_outlasted_by_the_rest(lifetime: Lifetime, draw: float) -> None:
    assert lifetime.survival_ratio(lifetime.drawn_s(draw)) == pytest.approx(1.0 - draw, abs=1e-9)


@given(lifetimes)
def test_the_area_under_the_survival_is_the_mean(lifetime: Lifetime) -> None:
    shares = (np.arange(200_000) + 0.5) / 200_000
    drawn = lifetime.scale_s * (-np.log1p(-shares)) ** (1.0 / lifetime.shape_ratio)
    assert float(drawn.mean()) == pytest.approx(lifetime.mean_s, rel=1e-3)


def test_shape_one_is_exponential() -> None:
    assert Lifetime(mean_s=500.0).survival_ratio(1000.0) == pytest.approx(math.exp(-2.0))
    assert Lifetime(mean_s=500.0).scale_s == pytest.approx(500.0)


@given(st.integers(0, 2**32), lifetimes, lifetimes, st.integers(0, 10**13))
def test_spells_are_in_order_apart_and_the_same_each_time(
    seed: int, works: Lifetime, repair: Lifetime, start_ms: int
) -> None:
    def drawn() -> list[Window]:
        return list(itertools.islice(breakdowns(np.random.default_rng(seed), start_ms, works, repair), 20))

    spells = drawn()
    assert spells == drawn()
    assert spells[0].start_ms > start_ms
    assert all(spell.start_ms < spell.end_ms for spell in spells)
    assert all(one.end_ms < other.start_ms for one, other in itertools.pairwise(spells))


def test_nothing_is_drawn_before_it_is_asked_for() -> None:
    stream, untouched = np.random.default_rng(5), np.random.default_rng(5)
    spells = breakdowns(stream, 0, Lifetime(mean_s=10.0), Lifetime(mean_s=10.0))
    assert stream.random() == untouched.random()
    next(spells)
    assert stream.random() == untouched.random(3)[2]


@pytest.mark.parametrize("after_s", [600.0, 3600.0, 36_000.0])
def test_drawn_machines_work_at_an_instant_as_often_as_the_closed_form_says(after_s: float) -> None:
    stream, up = np.random.default_rng(21), 0
    works, repair = Lifetime(mean_s=7200.0), Lifetime(mean_s=1800.0)
    for _ in range(RUNS):
        spells = breakdowns(stream, 0, works, repair)
        spell = next(spell for spell in spells if spell.end_ms > after_s * SECOND_MS)
        up += spell.start_ms > after_s * SECOND_MS
    assert agrees(up, availability_at_ratio(7200.0, 1800.0, after_s))


@pytest.mark.parametrize(("wear", "repair_wear"), [(1.0, 1.0), (2.5, 1.0), (0.7, 3.0)])
def test_in_the_long_run_the_share_of_time_in_order_is_that_of_the_means(wear: float, repair_wear: float) -> None:
    works = Lifetime(mean_s=5000.0, shape_ratio=wear)
    repair = Lifetime(mean_s=1000.0, shape_ratio=repair_wear)
    spells = list(itertools.islice(breakdowns(np.random.default_rng(8), 0, works, repair), RUNS))
    down_ms = sum(spell.end_ms - spell.start_ms for spell in spells)
    # The spread of a cycle is below one and a half times its mean for these shapes: 5 in 100 of it at 10,000 cycles.
    assert 1.0 - down_ms / spells[-1].end_ms == pytest.approx(availability_ratio(works, repair), abs=0.01)


@given(st.floats(1.0, 1e5), st.floats(1.0, 1e5), st.floats(0.0, 1e7))
def test_a_new_machine_works_and_comes_down_to_the_long_run(up_s: float, down_s: float, after_s: float) -> None:
    steady = availability_ratio(Lifetime(mean_s=up_s), Lifetime(mean_s=down_s))
    assert availability_at_ratio(up_s, down_s, 0.0) == pytest.approx(1.0)
    assert steady - 1e-12 <= availability_at_ratio(up_s, down_s, after_s) <= 1.0 + 1e-12


def test_what_cannot_be_is_refused_by_name() -> None:
    with pytest.raises(ModelError, match="mean_s is 0"):
        Lifetime(mean_s=0.0)
    with pytest.raises(ModelError, match="shape_ratio is -1"):
        Lifetime(mean_s=1.0, shape_ratio=-1.0)
    with pytest.raises(ModelError, match="after_s is -1"):
        Lifetime(mean_s=1.0).survival_ratio(-1.0)
    with pytest.raises(ModelError, match="a draw of 1"):
        Lifetime(mean_s=1.0).drawn_s(1.0)


@pytest.mark.parametrize("shape", [0.0, 0.001, 0.0999, 20.01, 1e9, math.inf, math.nan])
def test_a_shape_that_nothing_wears_by_is_refused(shape: float) -> None:
    with pytest.raises(ModelError, match=r"shape_ratio is .*from 0\.1 to 20"):
        Lifetime(mean_s=10.0, shape_ratio=shape)


@pytest.mark.parametrize("shape", [0.1, 20.0])
def test_the_bounds_of_the_shape_can_be_computed_with(shape: float) -> None:
    lifetime = Lifetime(mean_s=1e7, shape_ratio=shape)
    assert 0.0 < lifetime.scale_s < math.inf
    assert lifetime.survival_ratio(lifetime.drawn_s(0.5)) == pytest.approx(0.5)
