"""A target that nobody plays: it wanders inside its area, at its speed, and is anywhere alike at any time."""

from __future__ import annotations

import numpy as np
import pytest

from agreement import agrees
from small_exercise import BAY, START_MS, box_area
from waterspace.domain import Window
from waterspace.geometry.legs import position_at, speed_mps
from waterspace.quantity import HOUR_MS
from waterspace.serials.measuring.hunt import wanderer
from waterspace.serials.seamanship.frame import Sheet, encloses, sheet_of

WINDOW = Window(start_ms=START_MS, end_ms=START_MS + 12 * HOUR_MS)


@pytest.mark.parametrize("footprint", [BAY, box_area(12_000.0, 5_000.0)])
def test_it_stays_inside_at_its_speed_and_is_read_alike_by_everybody(footprint: object) -> None:
    sheet = sheet_of(footprint, 30.0)
    wider = Sheet(frame=sheet.frame, outline=tuple((1.001 * x, 1.001 * y) for x, y in sheet.outline))
    stream = np.random.default_rng(3)
    legs = wanderer(sheet, stream, WINDOW, speed_mps=2.0, serial="S1")
    assert legs == wanderer(sheet, stream, WINDOW, speed_mps=2.0, serial="S1")
    assert (legs[0].start_ms, legs[-1].end_ms) == (WINDOW.start_ms, WINDOW.end_ms)
    assert len(legs) > 2
    for leg in legs:
        assert encloses(wider.outline, sheet.frame.point(leg.end))
        if leg.duration_ms > 10_000:
            assert speed_mps(leg) == pytest.approx(2.0, rel=1e-2)


def test_one_that_stands_stands() -> None:
    (leg,) = wanderer(sheet_of(BAY), np.random.default_rng(3), WINDOW, speed_mps=0.0, serial="S1")
    assert leg.is_wait


@pytest.mark.deep
def test_after_hours_it_is_still_anywhere_alike() -> None:
    sheet = sheet_of(box_area(12_000.0, 5_000.0))
    runs, ahead, corner = 1_500, 0, 0
    for seed in range(runs):
        legs = wanderer(sheet, np.random.default_rng(seed), WINDOW, speed_mps=3.0, serial="S1")
        ahead_m, side_m = sheet.frame.point(position_at(legs, WINDOW.start_ms + 7 * HOUR_MS))
        ahead += ahead_m > 0.0
        corner += ahead_m > 3_000.0 and side_m > 1_250.0
    assert agrees(ahead, 0.5, runs)
    assert agrees(corner, 1.0 / 16.0, runs)
