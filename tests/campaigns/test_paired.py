"""Variants compared seed by seed: against an analysis of variance done by hand, and against chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from waterspace.campaigns.paired import spread_between

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.campaigns.table import Table


def _table(values: NDArray[np.float64]) -> Table:
    """Rows are seeds, columns variants."""
    cells = [(seed, variant) for seed in range(len(values)) for variant in range(values.shape[1])]
    return {
        "plan": [1] * len(cells),
        "variant": [variant + 1 for _, variant in cells],
        "replication": [seed + 1 for seed, _ in cells],
        "S1.x_m": [float(values[cell]) for cell in cells],
    }


def test_a_worked_case_has_its_share() -> None:
    # Deviations from the mean of each seed: (-1, 1) and (-2, 2), so the variants have 9 of 10 squares.
    found = spread_between(_table(np.array([[0.0, 2.0], [100.0, 104.0]])), "S1.x_m")
    assert found is not None
    assert found.share == pytest.approx(0.9)
    assert found.seeds == 2


def test_luck_that_all_variants_share_hides_no_effect() -> None:
    luck = np.random.default_rng(2)
    values = luck.normal(0.0, 1000.0, size=(20, 1)) + np.array([0.0, 0.0, 0.0, 3.0]) + luck.normal(size=(20, 4))
    found = spread_between(_table(values), "S1.x_m")
    assert found is not None
    assert found.chance < 1e-4


def test_an_effect_without_any_luck_is_sure_and_none_at_all_is_not() -> None:
    for effect, chance in ((1.0, 0.0), (0.0, 1.0)):
        found = spread_between(_table(np.array([[5.1, 5.1 + effect]] * 3)), "S1.x_m")
        assert found is not None
        assert found.chance == chance


def test_chance_is_as_often_as_it_says() -> None:
    luck = np.random.default_rng(3)
    found = [spread_between(_table(luck.normal(size=(6, 4))), "S1.x_m") for _ in range(600)]
    chances = np.array([one.chance for one in found if one is not None])
    for level in (0.1, 0.5, 0.9):
        assert abs(np.mean(chances < level) - level) < 4.0 * (level * (1.0 - level) / 600) ** 0.5


def test_a_seed_that_lacks_a_variant_does_not_count() -> None:
    table = _table(np.array([[0.0, 2.0], [100.0, 104.0], [7.0, 8.0]]))
    table["S1.x_m"][5] = None
    found = spread_between(table, "S1.x_m")
    assert found is not None
    assert found.seeds == 2
    table["S1.x_m"][3] = None
    assert spread_between(table, "S1.x_m") is None
