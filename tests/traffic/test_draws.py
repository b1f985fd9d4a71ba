"""Random numbers of many vessels: rows that do not depend on how many there are, and distributions that are right."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.traffic.draws import poisson, rows, triangular


@given(st.integers(0, 2**63), st.text(max_size=10), st.integers(0, 30), st.integers(0, 30), st.integers(1, 9))
def test_a_row_is_the_same_however_many_there_are(seed: int, name: str, few: int, more: int, columns: int) -> None:
    assert np.array_equal(rows(seed, name, few, columns), rows(seed, name, few + more, columns)[:few])


@given(st.integers(0, 2**31), st.floats(0.0, 5000.0), st.floats(0.0, 500.0))
def test_a_larger_mean_never_gives_fewer_events(seed: int, mean: float, more: float) -> None:
    assert poisson(seed, "x", mean) <= poisson(seed, "x", mean + more)


def test_events_have_the_mean_and_the_variance_of_their_law() -> None:
    counts = np.array([poisson(seed, "x", 1500.0) for seed in range(800)])
    assert counts.mean() == pytest.approx(1500.0, abs=4.0 * np.sqrt(1500.0 / 800))
    assert counts.var() == pytest.approx(1500.0, rel=0.25)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(-50.0, 50.0), st.floats(0.1, 50.0))
def test_triangular_values_lie_within_their_bounds_and_rise(one: float, part: float, low: float, whole: float) -> None:
    quantiles = np.sort(np.array([0.0, one, 1.0 - 1e-12]))
    values = triangular(quantiles, low, low + part * whole, low + whole)
    assert (values >= low - 1e-9).all()
    assert (values <= low + whole + 1e-9).all()
    assert (np.diff(values) >= -1e-9).all()


def test_the_mean_of_triangular_values_is_that_of_their_law() -> None:
    quantiles = (np.arange(100_000) + 0.5) / 100_000
    assert triangular(quantiles, 2.0, 3.0, 10.0).mean() == pytest.approx(5.0, abs=1e-3)
