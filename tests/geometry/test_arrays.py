"""Distinct values and medians are those that NumPy finds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from waterspace.geometry.arrays import distinct, median


@given(st.lists(st.integers(-3, 3)))
def test_distinct_values_are_those_that_numpy_finds(values: list[int]) -> None:
    array = np.array(values, dtype=np.float64)
    assert distinct(array).tolist() == np.unique(array).tolist()


def test_distinct_words_are_found_too() -> None:
    assert distinct(np.array(["JPN", "", "KOR", "JPN"])).tolist() == ["", "JPN", "KOR"]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1))
def test_the_median_is_that_which_numpy_finds(values: list[float]) -> None:
    assert median(np.array(values)) == np.median(values)
