"""Intervals against closed forms and printed tables."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.campaigns.intervals import estimate, mean_interval, t_quantile, wilson_interval
from waterspace.campaigns.results import cell_estimates, differences, overall_estimates

if TYPE_CHECKING:
    from waterspace.campaigns.table import Table


@pytest.mark.parametrize(
    ("freedom", "expected"),
    [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (30, 2.042), (60, 2.000), (120, 1.980), (10**6, 1.960)],
)
def test_quantiles_of_students_t_are_those_of_the_printed_table(freedom: int, expected: float) -> None:
    # Source: Abramowitz and Stegun, Handbook of Mathematical Functions, table 26.10, A = 0.95.
    assert t_quantile(0.975, freedom) == pytest.approx(expected, abs=6e-4)


@given(probability=st.floats(0.5001, 0.9999))
def test_quantiles_for_one_and_two_degrees_of_freedom_have_closed_forms(probability: float) -> None:
    assert t_quantile(probability, 1) == pytest.approx(math.tan(math.pi * (probability - 0.5)), rel=1e-9)
    p = 2.0 * probability - 1.0
    assert t_quantile(probability, 2) == pytest.approx(p * math.sqrt(2.0 / (1.0 - p * p)), rel=1e-9)


def test_the_interval_of_a_mean_is_that_of_a_worked_case() -> None:
    found = mean_interval([1.0, 2.0, 3.0, 4.0, 5.0])
    half = 2.776445105 * math.sqrt(2.5) / math.sqrt(5.0)
    assert found.value == 3.0
    assert found.half_width == pytest.approx(half, rel=1e-9)


@given(successes=st.integers(0, 400), more=st.integers(0, 400))
def test_the_ends_of_wilsons_interval_solve_its_equation(successes: int, more: int) -> None:
    count = max(1, successes + more)
    found = wilson_interval(successes, count)
    assert found.low is not None
    assert found.high is not None
    assert 0.0 <= found.low <= found.value <= found.high <= 1.0
    for end in (found.low, found.high):
        left = (found.value - end) ** 2
        right = 1.959963984540054**2 * end * (1.0 - end) / count
        assert left == pytest.approx(right, abs=1e-12)


def test_what_never_happened_in_ten_runs_may_still_happen() -> None:
    found = estimate("S1.completed_ratio", [1.0] * 10)
    assert found is not None
    assert found.method == "Wilson"
    assert found.low == pytest.approx(10.0 / (10.0 + 1.959963984540054**2))


def test_one_value_has_no_interval_and_none_has_no_estimate() -> None:
    one = estimate("S1.track_m", [5.0])
    assert one is not None
    assert one.low is None
    assert one.half_width == math.inf
    assert estimate("S1.track_m", []) is None


def test_the_intervals_hold_the_truth_as_often_as_they_say() -> None:
    luck = np.random.default_rng(5)
    held = 0
    for _ in range(2000):
        found = mean_interval(luck.normal(3.0, 2.0, size=8).tolist())
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 3.0 <= found.high
    assert abs(held / 2000 - 0.95) < 4.0 * math.sqrt(0.95 * 0.05 / 2000)


def _table(rows: list[tuple[int, int, int, float | None]]) -> Table:
    plan, variant, replication, value = (list(column) for column in zip(*rows, strict=True))
    return {"plan": plan, "variant": variant, "replication": replication, "S1.x_m": value}


def test_differences_are_paired_and_what_has_no_partner_is_counted() -> None:
    rows: list[tuple[int, int, int, float | None]] = []
    for replication, luck in enumerate((10.0, 20.0, 60.0), start=1):
        rows += ((1, 1, replication, luck), (2, 1, replication, luck + 1.0 + replication))
    rows += ((1, 1, 4, 5.0), (2, 1, 4, None))
    (found,) = differences(_table(rows), ("S1.x_m",))
    assert found.estimate.value == pytest.approx(3.0)
    assert found.estimate.half_width == pytest.approx(mean_interval([2.0, 3.0, 4.0]).half_width)
    assert found.unpaired == 1


def test_variants_that_share_their_luck_do_not_count_as_independent_runs() -> None:
    rows = [
        (1, variant, replication, 100.0 + 10.0 * replication) for replication in (1, 2, 3) for variant in (1, 2, 3, 4)
    ]
    found = overall_estimates(_table(list(rows)), ("S1.x_m",))["S1.x_m"]
    assert found.count == 12
    assert found.half_width == pytest.approx(mean_interval([10.0, 20.0, 30.0]).half_width)


def test_the_interval_of_parts_of_a_whole_stays_within_it() -> None:
    found = estimate("S1.screen_kept_ratio", [1.0, 0.98, 1.0, 1.0])
    assert found is not None
    assert (found.high, found.method) == (1.0, "t")
    free = estimate("S1.effort_ratio", [1.5, 0.2, 1.0])
    assert free is not None
    assert free.high is not None
    assert free.high > 1.5


@pytest.mark.parametrize("name", ["S1.calls_count", "S1.late_ms", "S1.track_m"])
def test_the_interval_of_what_was_never_negative_begins_at_nothing_or_above(name: str) -> None:
    found = estimate(name, [0.0, 0.0, 9.0])
    assert found is not None
    assert found.low == 0.0
    early = estimate(name, [-1.0, 0.0, 9.0])
    assert early is not None
    assert early.low is not None
    assert early.low < 0.0


def _shares(values: dict[tuple[int, int], float]) -> Table:
    variant, replication = (list(column) for column in zip(*values, strict=True))
    rows = len(values)
    return {"plan": [1] * rows, "variant": variant, "replication": replication, "S1.x_ratio": [*values.values()]}


def test_a_share_that_every_seed_gives_alike_is_no_surer_than_so_many_seeds() -> None:
    table = _shares({(variant, seed): float(variant > 1) for seed in range(4) for variant in range(1, 6)})
    found = overall_estimates(table, ("S1.x_ratio",))["S1.x_ratio"]
    of_seeds = wilson_interval(0.8 * 4, 4)
    assert (found.count, found.seeds, found.method) == (20, 4, "Wilson")
    assert (found.value, found.low, found.high) == pytest.approx((0.8, of_seeds.low, of_seeds.high))


def test_the_interval_of_a_variant_and_that_over_all_stay_within_the_whole() -> None:
    table = _shares({(1, 1): 1.0, (1, 2): 0.4, (1, 3): 1.0, (2, 1): 1.0, (2, 2): 0.9, (2, 3): 1.0})
    ends = [overall_estimates(table, ("S1.x_ratio",))["S1.x_ratio"], *cell_estimates(table, "S1.x_ratio").values()]
    assert [one.high for one in ends] == [1.0, 1.0, 1.0]


def test_two_shares_differ_by_no_more_than_the_whole() -> None:
    table: Table = {
        "plan": [1, 2, 1, 2, 1, 2],
        "variant": [1] * 6,
        "replication": [1, 1, 2, 2, 3, 3],
        "S1.x_ratio": [0.0, 1.0, 0.0, 1.0, 0.0, 0.0],
    }
    (found,) = differences(table, ("S1.x_ratio",))
    assert found.estimate.high == 1.0
