"""Crossings: passages through nought between samples."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain import Window
from waterspace.environment.sky.crossings import crossings
from waterspace.geometry.geodesic import FloatArray
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS


def wave(offset_deg: float, period_ms: float = DAY_MS, late_ms: float = 0.0):  # type: ignore[no-untyped-def]  # noqa: ANN201
    def height(times: FloatArray) -> FloatArray:
        return 50.0 * np.sin(2.0 * np.pi * (times - late_ms) / period_ms) + offset_deg

    return height


@given(late_ms=st.integers(0, DAY_MS), start_ms=st.integers(0, 30 * DAY_MS), hours=st.integers(0, 72))
def test_a_wave_passes_nought_twice_a_period(late_ms: int, start_ms: int, hours: int) -> None:
    window = Window(start_ms=start_ms, end_ms=start_ms + hours * HOUR_MS)
    found = crossings(wave(0.0, late_ms=late_ms), window)
    assert abs(len(found) - hours / 12.0) <= 1.0
    for passage in found:
        assert window.start_ms <= passage.time_ms < window.end_ms
        phase = (passage.time_ms - late_ms) / (DAY_MS / 2.0)
        assert abs(phase - round(phase)) * DAY_MS / 2.0 <= 2.0
        assert passage.is_rise == (round(phase) % 2 == 0)


@pytest.mark.parametrize("lifted", [49.999, -49.999])
@pytest.mark.parametrize("late_ms", [0, 7 * MINUTE_MS, 13 * MINUTE_MS])
def test_a_graze_shorter_than_the_step_is_found(lifted: float, late_ms: int) -> None:
    window = Window(start_ms=0, end_ms=DAY_MS)
    found = crossings(wave(lifted, late_ms=late_ms), window)
    assert [passage.is_rise for passage in found] == ([False, True] if lifted > 0.0 else [True, False])
    assert 0 < found[1].time_ms - found[0].time_ms < 5 * MINUTE_MS


def test_a_short_window_finds_a_turn_beyond_its_samples() -> None:
    window = Window(start_ms=DAY_MS // 4 - 2 * MINUTE_MS, end_ms=DAY_MS // 4 + 2 * MINUTE_MS)
    assert len(crossings(wave(-49.9999), window)) == 2


@pytest.mark.parametrize("offset_deg", [60.0, -60.0, 50.5])
def test_what_never_passes_has_no_crossing(offset_deg: float) -> None:
    assert crossings(wave(offset_deg), Window(start_ms=0, end_ms=10 * DAY_MS)) == ()


def test_an_empty_window_has_no_crossing() -> None:
    assert crossings(wave(0.0), Window(start_ms=0, end_ms=0)) == ()


def test_a_flat_height_of_nought_counts_as_above_and_never_passes() -> None:
    assert crossings(np.zeros_like, Window(start_ms=0, end_ms=DAY_MS)) == ()
