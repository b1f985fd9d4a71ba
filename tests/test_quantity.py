"""Units of measure: times in whole minutes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from waterspace.quantity import MINUTE_MS, whole_minute_ms


@given(st.integers(-(10**15), 10**15))
def test_a_whole_minute_is_the_first_one_that_is_no_earlier(time_ms: int) -> None:
    whole_ms = whole_minute_ms(time_ms)
    assert whole_ms % MINUTE_MS == 0
    assert 0 <= whole_ms - time_ms < MINUTE_MS
